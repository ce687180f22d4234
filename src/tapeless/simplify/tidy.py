"""The last touches on both sweeps: comments, unused counters, loops that empty a stack.

>>> from ..syntax import stmts, to_debug_text
>>> block = stmts('''
... for i in range(n - 1, -1, -1):
...     if x > 0:
...         pass
...     else:
...         y_bar = a
... ''')
>>> block = without_empty_blocks(block)
>>> drop_unused_counters(block)
>>> print(to_debug_text(block))
for _ in range(n):
    if not x > 0:
        y_bar = a
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import gast

from ..ranges import reversed_range
from ..syntax import (
    Comment,
    Done,
    Origin,
    blocks_of,
    mark,
    mark_of,
    name,
    names_read,
    names_stored,
    statements_in,
    target,
    walk,
)
from .memory import is_pure


def comments(
    block: list[gast.stmt],
    lines: Sequence[str],
    simple: Mapping[tuple[int, int], gast.stmt],
    current: tuple[int, int] | None = None,
) -> list[gast.stmt]:
    """Marks of origin become comments with the primal line, where something is said."""
    found: list[gast.stmt] = []
    pending: tuple[int, int] | None = None
    said = current
    for statement in block:
        if isinstance(statement, Origin):
            pending = (getattr(statement, "lineno", -1), getattr(statement, "col_offset", -1))
            continue
        if isinstance(statement, Done):
            pending = None
            continue
        place = pending
        is_simple = place in simple
        inner = None
        if place is not None and is_simple and place != said:
            found.append(mark(Comment(text_of(simple[place], lines))))
            said = place
        if is_simple:
            inner = place
        pending = None
        if isinstance(statement, (gast.If, gast.For, gast.While, gast.With)):
            statement.body = comments(statement.body, lines, simple, inner) or [gast.Pass()]
            if not isinstance(statement, gast.With):
                statement.orelse = comments(statement.orelse, lines, simple, inner)
            if not is_simple:
                said = current
        found.append(statement)
    return found


def text_of(statement: gast.stmt, lines: Sequence[str]) -> str:
    """The text of a statement on one line."""
    first, last = getattr(statement, "lineno", None), getattr(statement, "end_lineno", None)
    if first is None or last is None or last > len(lines):
        return ""
    parts = [lines[k - 1].encode() for k in range(first, last + 1)]
    parts[-1] = parts[-1][: statement.end_col_offset]
    parts[0] = parts[0][statement.col_offset :]
    words = [p.decode(errors="ignore").strip() for p in parts]
    if any("#" in w for w in words[:-1]):
        words = [w.split("  #")[0].rstrip() if "#" in w else w for w in words]
    return " ".join(w for w in words if w)


def drop_unused_counters(block: list[gast.stmt]) -> None:
    """``for i in range(n - 1, -1, -1)`` that does not read ``i`` is ``for _ in range(n)``."""
    for statement in statements_in(block):
        if isinstance(statement, gast.For) and isinstance(statement.target, gast.Name):
            if statement.target.id not in names_read(statement.body) and isinstance(
                statement.iter, gast.Call
            ):
                arguments = statement.iter.args
                if len(arguments) == 3:
                    statement.iter = reversed_range(arguments)
                statement.target = target("_")


def loop_on_stacks(
    forward: list[gast.stmt],
    reverse: list[gast.stmt],
    trips: Mapping[int, str],
    stacks: Mapping[int, list[str]],
) -> None:
    """A counted loop whose trips each leave a value on a stack runs until the stack is empty."""
    for loop, counter in trips.items():
        for block in _all_blocks(reverse):
            for position, statement in enumerate(block):
                if not (isinstance(statement, gast.For) and isinstance(statement.iter, gast.Call)):
                    continue
                arguments = statement.iter.args
                if (
                    len(arguments) != 1
                    or not isinstance(arguments[0], gast.Name)
                    or arguments[0].id != counter
                ):
                    continue
                stack = next(
                    (s for s in stacks.get(loop, ()) if _popped_once(s, statement.body)), None
                )
                if (
                    stack is None
                    or _inside_loop(statement, reverse)
                    or _reads(counter, reverse) != 1
                ):
                    continue
                block[position] = gast.While(name(stack), statement.body, [])
                _remove_counter(forward, counter)


def _popped_once(stack: str, body: list[gast.stmt]) -> bool:
    direct = sum(1 for s in body if isinstance(s, gast.Assign) and stack in names_read(s))
    return direct == 1


def _reads(identifier: str, block: list[gast.stmt]) -> int:
    return sum(1 for s in block for n in walk(s) if isinstance(n, gast.Name) and n.id == identifier)


def _inside_loop(statement: gast.stmt, block: list[gast.stmt]) -> bool:
    for outer in statements_in(block):
        if isinstance(outer, (gast.For, gast.While)) and outer is not statement:
            if any(inner is statement for inner in statements_in(outer.body)):
                return True
    return False


def _all_blocks(block: list[gast.stmt]) -> list[list[gast.stmt]]:
    found = [block]
    for statement in block:
        for inner in blocks_of(statement):
            found += _all_blocks(inner)
    return found


def _remove_counter(block: list[gast.stmt], counter: str) -> None:
    for inner in _all_blocks(block):
        inner[:] = [
            s
            for s in inner
            if not (isinstance(s, (gast.Assign, gast.AugAssign)) and names_stored(s) == [counter])
        ]


def drop_unread_functions(forward: list[gast.stmt], reverse: list[gast.stmt]) -> list[gast.stmt]:
    """Nested functions that the generated code never mentions go."""
    read = set(names_read([*forward, *reverse]))

    def keep(statement: gast.stmt) -> bool:
        if isinstance(statement, gast.FunctionDef):
            return statement.name in read
        if (
            isinstance(statement, gast.Assign)
            and isinstance(statement.value, gast.Lambda)
            and isinstance(statement.targets[0], gast.Name)
        ):
            return statement.targets[0].id in read
        return True

    return [s for s in forward if keep(s)]


def drop_unread(block: list[gast.stmt], names: set[str]) -> list[gast.stmt]:
    """Assignments to ``names`` that nothing reads go, and what only they have read."""
    while True:
        read = set(names_read(block)) | {
            s.target.id
            for s in statements_in(block)
            if isinstance(s, gast.AugAssign) and isinstance(s.target, gast.Name)
        }
        unread = {
            id(s)
            for s in statements_in(block)
            if isinstance(s, gast.Assign)
            and isinstance(s.targets[0], gast.Name)
            and s.targets[0].id in names - read
            and all(is_pure(n) for n in walk(s.value) if isinstance(n, gast.Call))
        }
        if not unread:
            return block
        block = _without(block, unread)


def _without(block: list[gast.stmt], gone: set[int]) -> list[gast.stmt]:
    found = []
    for statement in block:
        if id(statement) in gone:
            continue
        for inner in blocks_of(statement):
            left = _without(inner, gone)
            optional = inner is getattr(statement, "orelse", None)
            inner[:] = left or ([] if optional else [gast.Pass()])
        found.append(statement)
    return found


def without_empty_blocks(block: list[gast.stmt]) -> list[gast.stmt]:
    """``if``, ``for``, ``while`` with nothing inside go; an empty first branch is turned round."""
    found: list[gast.stmt] = []
    for statement in block:
        if isinstance(statement, (gast.If, gast.For, gast.While)):
            statement.body = without_empty_blocks(statement.body)
            statement.orelse = without_empty_blocks(statement.orelse)
            says = [_says(statement.body), _says(statement.orelse)]
            if not any(says):
                continue
            if isinstance(statement, gast.If):
                if not says[0]:
                    statement.test, statement.body, statement.orelse = (
                        opposite(statement.test),
                        statement.orelse,
                        [],
                    )
                elif not says[1]:
                    statement.orelse = []
        elif isinstance(statement, gast.With):
            statement.body = without_empty_blocks(statement.body)
            if not _says(statement.body):
                continue
        found.append(statement)
    return found


def _says(block: list[gast.stmt]) -> bool:
    return any(mark_of(s) is None and not isinstance(s, gast.Pass) for s in block)


OPPOSITES = {
    gast.Eq: gast.NotEq,
    gast.NotEq: gast.Eq,
    gast.Is: gast.IsNot,
    gast.IsNot: gast.Is,
    gast.In: gast.NotIn,
    gast.NotIn: gast.In,
}


def opposite(test: gast.expr) -> gast.expr:
    """``not test``; orderings are not turned, since nan is neither less nor greater."""
    if isinstance(test, gast.UnaryOp) and isinstance(test.op, gast.Not):
        return test.operand
    if isinstance(test, gast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in OPPOSITES:
        return gast.Compare(test.left, [OPPOSITES[type(test.ops[0])]()], test.comparators)
    return gast.UnaryOp(gast.Not(), test)
