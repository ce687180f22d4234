"""Temporaries are numbered in the order in which they appear.

>>> from ..syntax import stmts, to_debug_text
>>> block = stmts("t7 = a * b") + stmts("t9_bar = t7 * c")
>>> print(to_debug_text(renumber(block, {"t7", "t9", "t9_bar"}, {"a", "b", "c"})))
t1 = a * b
t2_bar = t1 * c
"""

from __future__ import annotations

import re

import gast

from ..syntax import name, substitute, walk

OURS = re.compile(r"t(\d+)((?:_bar|_dot|_stack|_kept)?\d*)$")


def renumber(block: list[gast.stmt], ours: set[str], taken: set[str]) -> list[gast.stmt]:
    """The statements with our temporaries called t1, t2, … without gaps."""
    order: dict[str, str] = {}
    numbers: dict[str, int] = {}
    free = iter(n for n in range(1, 100_000) if f"t{n}" not in taken)
    for node in walk(block):
        if not isinstance(node, gast.Name) or node.id in order:
            continue
        found = OURS.match(node.id)
        if found is None or (f"t{found[1]}" not in ours and node.id not in ours):
            continue
        if found[1] not in numbers:
            numbers[found[1]] = next(free)
        order[node.id] = f"t{numbers[found[1]]}{found[2]}"
    changes = {old: name(new) for old, new in order.items() if old != new}
    return substitute(block, changes) if changes else block
