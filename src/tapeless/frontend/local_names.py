"""`locals()` is written as the dict that it is, where it is plain which variables have a value.

>>> from ..syntax import stmts, to_debug_text
>>> tree = stmts('''
... def f(x, y):
...     z = x * y
...     check(locals(), "z")
...     return z
... ''')[0]
>>> print(to_debug_text(spell_locals(tree)))
def f(x, y):
    z = x * y
    check({'x': x, 'y': y, 'z': z}, 'z')
    return z
"""

from __future__ import annotations

from collections.abc import Iterator

import gast

from ..syntax import blocks_of, const, locate_like, name, names_stored, parameters_of, walk

SCOPES = (
    gast.FunctionDef, gast.Lambda, gast.ListComp, gast.SetComp, gast.DictComp, gast.GeneratorExp,
)  # fmt: skip
SIMPLE = (
    gast.Assign, gast.AnnAssign, gast.AugAssign, gast.Expr, gast.Return, gast.Assert, gast.Raise,
)  # fmt: skip


def spell_locals(tree: gast.FunctionDef) -> gast.FunctionDef:
    """Spell out the calls of `locals()` that can be; what is left is refused."""
    if not any(_is_locals(n) for n in walk(tree.body)) or "locals" in names_stored(tree.body):
        return tree
    parameters = [a.id for a in parameters_of(tree.args)]
    unsure = any(isinstance(n, gast.NamedExpr) or _is_deleted(n) for n in walk(tree.body))
    if not unsure and not any(p.startswith("__") for p in parameters):
        _block(tree.body, parameters)
    return tree


def _block(block: list[gast.stmt], known: list[str]) -> list[str] | None:
    """The names with a value after a block; None where that depends on the way taken."""
    left: list[str] | None = known
    for statement in block:
        if left is None:
            return None
        if isinstance(statement, SIMPLE):
            _Spelled(left).visit(statement)
        elif isinstance(statement, gast.If):
            _Spelled(left).visit(statement.test)
            for inner in blocks_of(statement):
                _block(inner, left)
        elif isinstance(statement, gast.With):
            left = _block(statement.body, left) if not _bound(statement.items) else None
        if left is not None:
            left = _after(statement, left)
    return left


def _after(statement: gast.stmt, known: list[str]) -> list[str] | None:
    """The names with a value after a statement."""
    stored = [n for n in _bound(statement) if n not in known]
    if any(n.startswith("__") for n in stored):
        return None
    plain = isinstance(statement, (*SIMPLE, gast.FunctionDef, gast.Import, gast.ImportFrom))
    if isinstance(statement, gast.AnnAssign) and statement.value is None:
        return known
    if isinstance(statement, (gast.If, gast.With, *SIMPLE)) and not stored:
        return known
    return [*known, *stored] if plain else (known if not stored else None)


def _bound(node: object) -> list[str]:
    """The names that a statement binds in the function, not in a scope of its own."""
    inner = {n for s in _scopes(node) for n in names_stored(getattr(s, "generators", []))}
    return [n for n in names_stored(node) if n not in inner]


def _scopes(node: object) -> Iterator[gast.AST]:
    return (n for n in walk(node) if isinstance(n, SCOPES))


def _is_deleted(node: gast.AST) -> bool:
    return isinstance(node, gast.Name) and isinstance(node.ctx, gast.Del)


def _is_locals(node: gast.AST) -> bool:
    plain = isinstance(node, gast.Call) and not node.args and not node.keywords
    return plain and isinstance(node.func, gast.Name) and node.func.id == "locals"


class _Spelled(gast.NodeTransformer):
    def __init__(self, known: list[str]):
        self.known = known

    def visit(self, node: gast.AST) -> gast.AST:
        if isinstance(node, SCOPES):
            return node
        if not _is_locals(node):
            return self.generic_visit(node)
        shown = gast.Dict([const(n) for n in self.known], [name(n) for n in self.known])
        for inner in walk(shown):
            locate_like(inner, node)
        return shown
