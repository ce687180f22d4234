"""A name that only repeats another name, or a number, is replaced by it.

>>> from ..syntax import stmts, to_debug_text
>>> block = stmts('''
... value_bar = 1.0
... t_bar = r_bar
... h_bar = t_bar @ w.T
... w_bar = h.T @ t_bar * value_bar
... ''')
>>> print(to_debug_text(propagate(block, {"t_bar", "value_bar"})))
h_bar = r_bar @ w.T
w_bar = h.T @ r_bar * 1.0
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from ..algebra import negated, number, tidy
from ..syntax import attribute, blocks_of, copy_tree, names_stored, statements_in, substitute, walk
from .memory import Groups, written_by


def propagate(block: list[gast.stmt], movable: set[str]) -> list[gast.stmt]:
    """Replace ``movable`` names that are assigned once, to a name or a number."""
    reads, stores = _counts(block)
    groups = Groups([block])
    here = _Reads()
    for inner in _blocks(block):
        position = 0
        while position < len(inner):
            found = _copy(inner[position], movable, stores)
            if found is not None and _replace(inner, position, *found, reads, groups, here):
                position = max(0, position - 1)  # what stands before may be a copy of it
            else:
                position += 1
    return block


class _Reads:
    """How often each statement reads each name, counted once per statement."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[gast.stmt, dict[str, int]]] = {}

    def of(self, statement: gast.stmt) -> dict[str, int]:
        """The counts of one statement, those inside it included."""
        held = self.known.get(id(statement))
        if held is None or held[0] is not statement:
            held = self.known[id(statement)] = (statement, _counts([statement])[0])
        return held[1]


def _replace(
    inner: list[gast.stmt],
    position: int,
    identifier: str,
    value: gast.expr,
    reads: dict[str, int],
    groups: Groups,
    here: _Reads,
) -> bool:
    """Replace one copy in the statements after it; whether all its reads are there and it holds."""
    left = reads.get(identifier, 0)
    uses: list[int] = []
    end = position
    while left and end + 1 < len(inner):
        end += 1
        count = here.of(inner[end]).get(identifier, 0)
        if count:
            uses.append(end)
            left -= count
    if left or not _holds(identifier, value, inner[position + 1 : end + 1], groups):
        return False
    for use in uses:
        inner[use] = substitute(inner[use], {identifier: value})
    del inner[position]
    for name in (n.id for n in walk(value) if isinstance(n, gast.Name)):
        reads[name] = reads.get(name, 0) - 1 + reads.get(identifier, 0)
    return True


def _counts(block: list[gast.stmt]) -> tuple[dict[str, int], dict[str, int]]:
    reads: dict[str, int] = {}
    stores: dict[str, int] = {}
    for node in walk(block):
        if isinstance(node, gast.Name):
            counter = reads if isinstance(node.ctx, gast.Load) else stores
            counter[node.id] = counter.get(node.id, 0) + 1
    return reads, stores


def _copy(
    statement: gast.stmt, movable: set[str], stores: dict[str, int]
) -> tuple[str, gast.expr] | None:
    if not isinstance(statement, gast.Assign) or not isinstance(statement.targets[0], gast.Name):
        return None
    identifier = statement.targets[0].id
    if identifier not in movable or stores.get(identifier, 0) != 1:
        return None
    value = statement.value
    if (isinstance(value, gast.Name) and value.id != identifier) or number(value) is not None:
        return identifier, value
    if (
        isinstance(value, gast.UnaryOp)
        and isinstance(value.op, gast.USub)
        and isinstance(value.operand, gast.Name)
    ):
        return identifier, value  # the sign goes into `-=` and products
    return None


def _holds(identifier: str, value: gast.expr, rest: list[gast.stmt], groups: Groups) -> bool:
    """Whether the value stays the same in ``rest``, which ends with the last read of the name."""
    if isinstance(value, gast.UnaryOp) and isinstance(value.operand, gast.Name):
        value = value.operand
        if any(
            groups.share(w, n) for s in rest for w in written_by(s) for n in (identifier, value.id)
        ):
            return False
        if any(
            isinstance(s, gast.AugAssign) or not isinstance(s, gast.Assign)
            for s in rest
            if value.id in names_stored(s)
        ):
            return False
    if not isinstance(value, gast.Name):
        return True
    for k, statement in enumerate(rest):
        if value.id in names_stored(statement):
            compound = bool(blocks_of(statement))
            if k < len(rest) - 1 or compound or isinstance(statement, gast.AugAssign):
                return False
    return True


def _blocks(block: list[gast.stmt]) -> list[list[gast.stmt]]:
    found = [block]
    for statement in block:
        for inner in blocks_of(statement):
            found += _blocks(inner)
    return found


def plain_expressions(
    block: list[gast.stmt],
    is_inexact: Callable[[gast.expr], bool],
    is_number: Callable[[gast.expr], bool],
) -> list[gast.stmt]:
    """Neutral elements and double signs that moving expressions has brought about go again."""
    for statement in statements_in(block):
        if (
            isinstance(statement, (gast.Assign, gast.Return, gast.Expr))
            and statement.value is not None
        ):
            before, statement.value = statement.value, tidy(statement.value, is_inexact)
            if (
                isinstance(before, (gast.BinOp, gast.UnaryOp))
                and isinstance(statement, gast.Assign)
                and not is_number(statement.targets[0])
                and not is_number(statement.value)
            ):
                if isinstance(statement.value, (gast.Name, gast.Subscript, gast.Attribute)):
                    # `1.0 * x` was memory of its own
                    statement.value = gast.Call(attribute(statement.value, "copy"), [], [])
        elif isinstance(statement, gast.AugAssign):
            statement.value = tidy(statement.value, is_inexact)
            plain = negated(statement.value)
            if plain is not None and isinstance(statement.op, (gast.Add, gast.Sub)):
                statement.op = gast.Sub() if isinstance(statement.op, gast.Add) else gast.Add()
                statement.value = copy_tree(plain)
    return block
