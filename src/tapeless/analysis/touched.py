"""Which names anything of a differentiated value may have reached, by whatever way.

What nothing of it has reached, a file, a table of settings, a logger, is the program's own affair:
it is executed and never looked at by the reverse sweep.
"""

from __future__ import annotations

from collections.abc import Iterable

import gast

from ..syntax import names_read, names_stored, statements_in, walk
from .kinds import is_inexact
from .unit import Unit


def touched_names(unit: Unit) -> set[str]:
    """What anything of the arguments that can carry derivatives may have reached."""
    return touched(unit.tree, [p for p, k in unit.kinds.items() if is_inexact(k)])


def touched(tree: gast.FunctionDef, parameters: Iterable[str]) -> set[str]:
    """The names that are computed from, hold, or were given any of the parameters.

    >>> from ..syntax import stmts
    >>> tree = stmts('''
    ... def f(x, path):
    ...     lines = path.read()
    ...     u = [x]
    ...     v = u[0]
    ... ''')[0]
    >>> sorted(touched(tree, ["x"]))
    ['u', 'v', 'x']
    """
    edges: dict[str, set[str]] = {}
    for statement in statements_in(tree.body):
        targets, sources = _flow(statement)
        for source in sources:
            edges.setdefault(source, set()).update(targets)
    found: set[str] = set()
    stack = list(parameters)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack += edges.get(name, ())
    return found


def _flow(statement: gast.stmt) -> tuple[set[str], set[str]]:
    """Names that a statement changes, and names that it reads."""
    if isinstance(statement, (gast.If, gast.While)):
        header: gast.AST = statement.test
    elif isinstance(statement, gast.For):
        header = gast.Assign([statement.target], statement.iter, None)
    elif isinstance(statement, gast.With):
        header = gast.Tuple([i.context_expr for i in statement.items], gast.Load())
        bound = {n for i in statement.items if i.optional_vars for n in _names(i.optional_vars)}
        return bound | _called(header), set(names_read(header))
    elif isinstance(statement, gast.Try):
        return set(), set()
    else:
        header = statement
    reads = set(names_read(header))
    changed = set(names_stored(header)) | _called(header)
    for node in walk(header):
        if isinstance(node, (gast.Subscript, gast.Attribute)) and isinstance(node.ctx, gast.Store):
            changed |= _names(node)
        if isinstance(node, gast.AugAssign):
            changed |= _names(node.target)
            reads |= _names(node.target)
    return changed, reads


def _called(node: gast.AST) -> set[str]:
    """Names that a call may change: what it is a method of, and what it is given."""
    return {name for call in walk(node) if isinstance(call, gast.Call) for name in names_read(call)}


def _names(node: gast.AST) -> set[str]:
    return {n.id for n in walk(node) if isinstance(n, gast.Name)}
