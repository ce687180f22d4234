"""A value used once stands where it is used; an assignment and the addition to it become one.

>>> from ..syntax import stmts, to_debug_text
>>> block = stmts('''
... t1_bar = y_bar * b
... x_bar = t1_bar * r
... x_bar += y_bar
... ''')
>>> print(to_debug_text(renest(block, {"t1_bar"}, Groups([block]), {"x_bar"})))
x_bar = y_bar * b * r + y_bar
"""

from __future__ import annotations

from typing import Any

import gast

from ..algebra import negated, number
from ..syntax import (
    Done,
    Origin,
    blocks_of,
    copy_tree,
    locate_like,
    mark_of,
    names_read,
    names_stored,
    substitute,
    walk,
)
from .memory import Groups, is_pure, written_by

LARGEST = 45  # nodes of an expression that is still moved into another one


def renest(
    block: list[gast.stmt], movable: set[str], groups: Groups, kept: set[str]
) -> list[gast.stmt]:
    """Move single uses; ``movable`` names may disappear, ``kept`` names are read elsewhere."""
    counts = _Counts(block)
    return _block(block, movable - kept, groups, counts)


class _Counts:
    """How often each name is read and assigned in a whole text."""

    def __init__(self, block: list[gast.stmt]):
        self.reads: dict[str, int] = {}
        self.stores: dict[str, int] = {}
        for statement in block:
            for node in walk(statement):
                if isinstance(node, gast.Name):
                    counter = self.reads if isinstance(node.ctx, gast.Load) else self.stores
                    counter[node.id] = counter.get(node.id, 0) + 1
                if isinstance(node, gast.AugAssign) and isinstance(node.target, gast.Name):
                    self.reads[node.target.id] = self.reads.get(node.target.id, 0) + 1


def _block(
    block: list[gast.stmt], movable: set[str], groups: Groups, counts: _Counts
) -> list[gast.stmt]:
    block = list(block)
    for statement in block:
        for inner in blocks_of(statement):
            inner[:] = _block(inner, movable, groups, counts)
    position = 0
    while position < len(block):
        new = (
            _move(block, position, movable, groups, counts)
            or _merge(block, position, groups)
            or _gather(block, position, groups)
        )
        if new:
            del block[position]
            position = max(0, position - 3)
            continue
        position += 1
    return block


def _move(
    block: list[gast.stmt], position: int, movable: set[str], groups: Groups, counts: _Counts
) -> bool:
    """Put the value assigned at ``position`` in place of its only use."""
    node = block[position]
    if not isinstance(node, gast.Assign) or not isinstance(node.targets[0], gast.Name):
        return False
    identifier = node.targets[0].id
    if (
        identifier not in movable
        or counts.reads.get(identifier, 0) != 1
        or counts.stores.get(identifier, 0) != 1
    ):
        return False
    use = next((k for k in range(position + 1, len(block)) if _reads(block[k], identifier)), None)
    if use is None or not _in_header(block[use], identifier) or _size(node.value) > LARGEST:
        return False
    if not _may_pass(node.value, block[position + 1 : use], groups) or _hidden(
        block[use], identifier
    ):
        return False
    if _has_effect(node.value) and _reads_beside(block[use], identifier, node.value, groups):
        return False
    if isinstance(block[use], gast.AugAssign) and _overlaps(block[use], node.value):
        return False
    block[use] = _with_value(block[use], identifier, node.value)
    return True


def _has_effect(value: gast.expr) -> bool:
    return any(isinstance(n, gast.Call) and not is_pure(n) for n in walk(value))


def _reads_beside(node: gast.stmt, identifier: str, value: gast.expr, groups: Groups) -> bool:
    """Whether a call put in the place of a name may write what the statement has read before."""
    given = names_read(value)
    beside = [n for n in names_read(node) if n != identifier]
    if isinstance(node, gast.AugAssign):
        beside += [n.id for n in walk(node.target) if isinstance(n, gast.Name)]
    if isinstance(node, (gast.Return, gast.Assign)) and isinstance(
        node.value, (gast.Name, gast.Tuple)
    ):
        return False  # names alone: they refer to the same memory before and after the call
    return any(groups.share(a, b) for a in given for b in beside)


def _merge(block: list[gast.stmt], position: int, groups: Groups) -> bool:
    """``x = a`` and later ``x += b`` become ``x = a + b``."""
    node = block[position]
    if (
        not isinstance(node, gast.Assign)
        or not isinstance(node.targets[0], gast.Name)
        or not node.targets[0].id.endswith("_bar")
    ):
        return False
    identifier = node.targets[0].id
    zero = number(node.value) == 0
    if not zero and not isinstance(node.value, (gast.BinOp, gast.UnaryOp, gast.Name)):
        return False
    later = range(position + 1, len(block))
    use = next((k for k in later if _mentions(block[k], identifier)), None)
    if use is None:
        return False
    found = _addition(block[use], identifier)
    if (
        found is None
        or _size(node.value) + _size(found[1]) > LARGEST
        or identifier in names_read(found[1])
    ):
        return False
    if not _may_pass(node.value, block[position + 1 : use], groups):
        return False
    op, added = found
    if zero:
        value = added if isinstance(op, gast.Add) else gast.UnaryOp(gast.USub(), added)
    else:
        value = _sum(node.value, op, added)
    block[use] = locate_like(gast.Assign([copy_tree(node.targets[0])], value, None), block[use])
    return True


def _gather(block: list[gast.stmt], position: int, groups: Groups) -> bool:
    """``u_bar[0] += a`` and a later ``u_bar[0] += b`` become one addition."""
    node = block[position]
    spot = _literal_spot(node)
    if spot is None or not isinstance(node, gast.AugAssign):
        return False
    for use in range(position + 1, len(block)):
        later = block[use]
        other = _literal_spot(later)
        if other == spot and isinstance(later, gast.AugAssign):
            if _size(node.value) + _size(later.value) > LARGEST or not _may_pass(
                node.value, _others(block[position + 1 : use], spot[0]), groups
            ):
                return False
            first = (
                node.value
                if isinstance(node.op, gast.Add)
                else gast.UnaryOp(gast.USub(), node.value)
            )
            value = _sum(first, later.op, later.value)
            op = gast.Add()
            if isinstance(node.op, gast.Sub) and isinstance(later.op, gast.Sub):
                value, op = gast.BinOp(node.value, gast.Add(), later.value), gast.Sub()
            block[use] = locate_like(gast.AugAssign(later.target, op, value), later)
            return True
        if other is not None and other[0] == spot[0] and spot[0] not in names_read(later.value):
            continue
        if mark_of(later) is None and not isinstance(later, (Origin, Done)):
            if spot[0] in (*names_read(later), *names_stored(later)) or any(
                groups.share(w, spot[0]) for w in written_by(later)
            ):
                return False
    return False


def _others(between: list[gast.stmt], base: str) -> list[gast.stmt]:
    """The statements that are not additions to other places of the same array."""
    return [s for s in between if (_literal_spot(s) or ("",))[0] != base]


def _literal_spot(node: gast.stmt) -> tuple[Any, ...] | None:
    """The array and the literal index of ``u_bar[0] += …``."""
    if not isinstance(node, gast.AugAssign) or not isinstance(node.op, (gast.Add, gast.Sub)):
        return None
    where = node.target
    if (
        not isinstance(where, gast.Subscript)
        or not isinstance(where.value, gast.Name)
        or not where.value.id.rstrip("0123456789").endswith("_bar")
    ):
        return None
    parts = where.slice.elts if isinstance(where.slice, gast.Tuple) else [where.slice]
    numbers = tuple(number(p) for p in parts)
    if not all(isinstance(n, int) and n >= 0 for n in numbers):
        return None
    return where.value.id, numbers


def _sum(left: gast.expr, op: gast.AST, right: gast.expr) -> gast.expr:
    plain = negated(left)
    ordered = _has_effect(left) or _has_effect(right)  # `-stack.pop() + stack.pop()`
    if plain is not None and isinstance(op, gast.Add) and not ordered:
        return gast.BinOp(right, gast.Sub(), plain)
    return gast.BinOp(left, op, right)


def _addition(node: gast.stmt, identifier: str) -> tuple[gast.AST, gast.expr] | None:
    if (
        isinstance(node, gast.AugAssign)
        and isinstance(node.target, gast.Name)
        and node.target.id == identifier
    ):
        return (node.op, node.value) if isinstance(node.op, (gast.Add, gast.Sub)) else None
    if (
        isinstance(node, gast.Assign)
        and isinstance(node.targets[0], gast.Name)
        and node.targets[0].id == identifier
    ):
        value = node.value
        if isinstance(value, gast.BinOp) and isinstance(value.op, (gast.Add, gast.Sub)):
            if isinstance(value.left, gast.Name) and value.left.id == identifier:
                return value.op, value.right
    return None


def _reads(node: gast.stmt, identifier: str) -> bool:
    return any(
        isinstance(n, gast.Name) and n.id == identifier and isinstance(n.ctx, gast.Load)
        for n in walk(node)
    )


def _mentions(node: gast.stmt, identifier: str) -> bool:
    return any(isinstance(n, gast.Name) and n.id == identifier for n in walk(node))


def _in_header(node: gast.stmt, identifier: str) -> bool:
    """Whether a statement reads the name itself, once, and not in a block inside it."""
    if isinstance(node, (gast.While, gast.FunctionDef, gast.With, gast.Try)):
        return False
    return not any(_reads(s, identifier) for b in blocks_of(node) for s in b)


def _hidden(node: gast.stmt, identifier: str) -> bool:
    """Whether the use is inside a lambda or comprehension, which run later or more than once."""
    for inner in walk(node):
        if isinstance(
            inner, (gast.Lambda, gast.ListComp, gast.SetComp, gast.DictComp, gast.GeneratorExp)
        ):
            if identifier in names_read(inner):
                return True
    return False


def _may_pass(value: gast.expr, between: list[gast.stmt], groups: Groups) -> bool:
    """Whether an expression gives the same after some statements as before them."""
    reads = set(names_read(value))
    impure = any(isinstance(n, gast.Call) and not is_pure(n) for n in walk(value))
    for statement in between:
        if mark_of(statement) is not None or isinstance(statement, (Origin, Done)):
            continue
        if impure:
            return False
        if reads & set(names_stored(statement)):
            return False
        written = written_by(statement)
        if any(groups.share(w, r) for w in written for r in reads):
            return False
    return True


def _overlaps(node: gast.AugAssign, value: gast.expr) -> bool:
    """``u[1:] += u[:-1]``: right in NumPy, wrong under Numba; the view stays a variable."""
    target = node.target
    while isinstance(target, (gast.Subscript, gast.Attribute)):
        target = target.value
    source = value
    while isinstance(source, (gast.Subscript, gast.Attribute)):
        source = source.value
    return (
        isinstance(source, gast.Name)
        and isinstance(target, gast.Name)
        and source.id == target.id
        and source is not value
    )


def _size(node: gast.expr) -> int:
    return sum(1 for n in walk(node) if isinstance(n, gast.expr))


def _with_value(node: gast.stmt, identifier: str, value: gast.expr) -> gast.stmt:
    new = copy_header(node)
    for field in new._fields:
        old = getattr(new, field, None)
        if field in ("body", "orelse") or not isinstance(old, (gast.AST, list)):
            continue
        setattr(
            new,
            field,
            substitute(old, {identifier: value})
            if isinstance(old, gast.AST)
            else [
                substitute(o, {identifier: value}) if isinstance(o, gast.AST) else o for o in old
            ],
        )
    return new


def copy_header(node: gast.stmt) -> gast.stmt:
    """A statement anew, with the same children."""
    form: Any = type(node)
    new = form.__new__(form)
    for field in node._fields:
        setattr(new, field, getattr(node, field, None))
    return locate_like(new, node)
