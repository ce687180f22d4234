"""A view that is read after its base was changed becomes a copy.

>>> from ..syntax import stmts, to_debug_text
>>> block = stmts('''
... e_bar = u_bar[1:]
... u_bar[1:] = 0.0
... x_bar += e_bar
... ''')
>>> print(to_debug_text(protect(block, Groups([block]), lambda name: False)))
e_bar = u_bar[1:].copy()
u_bar[1:] = 0.0
x_bar += e_bar
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from ..syntax import attribute, names_read, names_stored, statements_in
from .memory import Groups, base_names, written_by


def protect(block: list[gast.stmt], groups: Groups, is_number: Callable[[str], bool]) -> list[gast.stmt]:
    """Add ``.copy()`` where memory is written while a view of it is still to be read."""
    everything = list(statements_in(block))
    _walk(block, groups, is_number, everything, [])
    return block


def _walk(block: list[gast.stmt], groups: Groups, is_number: Callable[[str], bool], everything: list[gast.stmt], loops: list[gast.stmt]) -> None:
    for position, statement in enumerate(block):
        if isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Name):
            identifier = statement.targets[0].id
            if _is_view(statement.value) and not is_number(identifier):
                if _written_while_read(identifier, block[position + 1 :], groups, loops, everything, statement):
                    statement.value = gast.Call(attribute(statement.value, "copy"), [], [])
        elif isinstance(statement, gast.AugAssign) and _overlapping(statement):
            statement.value = gast.Call(attribute(statement.value, "copy"), [], [])
        for field in ("body", "orelse"):
            inner = getattr(statement, field, None)
            if isinstance(inner, list) and isinstance(statement, (gast.If, gast.For, gast.While)):
                around = [*loops, statement] if isinstance(statement, (gast.For, gast.While)) else loops
                _walk(inner, groups, is_number, everything, around)


def _is_view(node: gast.expr) -> bool:
    return isinstance(node, (gast.Name, gast.Subscript, gast.Attribute)) and bool(base_names(node)) and not (
        isinstance(node, gast.Attribute) and node.attr in ("shape", "size", "ndim", "dtype")
    )


def _overlapping(node: gast.AugAssign) -> bool:
    value, where = node.value, node.target
    if not isinstance(value, (gast.Subscript, gast.Attribute)) or not isinstance(where, (gast.Subscript, gast.Name)):
        return False
    if isinstance(value, gast.Attribute) and value.attr != "T":
        return False
    same = base_names(value)[:1] == base_names(where)[:1] and bool(base_names(value))
    return same and any(isinstance(n, gast.Slice) for n in gast.walk(value)) or same and isinstance(value, gast.Attribute)


def _written_while_read(
    identifier: str, rest: list[gast.stmt], groups: Groups, loops: list[gast.stmt], everything: list[gast.stmt], here: gast.stmt
) -> bool:
    """Whether the memory of a name is written before its last read."""
    statements = list(statements_in(rest))
    last = max((k for k, s in enumerate(statements) if identifier in names_read_here(s)), default=-1)
    after = {id(s) for s in statements}
    inside = {id(s) for loop in loops for s in statements_in([loop])}
    carried = any(identifier in names_read_here(s) for s in everything if id(s) not in after and s is not here and id(s) in inside)
    searched = statements[: last + 1] if not carried else [s for s in everything if id(s) in inside or id(s) in after]
    return any(
        groups.share(w, identifier) and not _only_itself(s, identifier)
        for s in searched
        if not isinstance(s, (gast.If, gast.For, gast.While))
        for w in written_by(s)
    ) or _outer_reads(identifier, everything, after, here, groups)


def _outer_reads(identifier: str, everything: list[gast.stmt], after: set[int], here: gast.stmt, groups: Groups) -> bool:
    """Reads in blocks that follow this one: any later write to the memory counts."""
    position = next(k for k, s in enumerate(everything) if s is here)
    later = [s for s in everything[position + 1 :] if id(s) not in after]
    reads = [k for k, s in enumerate(later) if identifier in names_read_here(s)]
    if not reads:
        return False
    for statement in everything[position + 1 :]:
        if statement is later[reads[-1]]:
            return False
        if identifier in names_stored(statement) and statement is not here and not isinstance(statement, (gast.If, gast.For, gast.While)):
            return False
        if not isinstance(statement, (gast.If, gast.For, gast.While)):
            if any(groups.share(w, identifier) for w in written_by(statement)):
                return True
    return False


def _only_itself(statement: gast.stmt, identifier: str) -> bool:
    return isinstance(statement, gast.AugAssign) and isinstance(statement.target, gast.Name) and statement.target.id == identifier and False


def names_read_here(statement: gast.stmt) -> list[str]:
    """Names a statement reads itself (for a compound statement: in its header)."""
    if isinstance(statement, (gast.If, gast.While)):
        return names_read(statement.test)
    if isinstance(statement, gast.For):
        return names_read(statement.iter)
    found = names_read(statement)
    if isinstance(statement, gast.AugAssign):
        found += base_names(statement.target)
    return found
