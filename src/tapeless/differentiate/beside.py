"""Where tangents stand: after the statement of the user that they belong to, or before it.

The user's ``x = a * x + b`` is several statements in core form; its tangents go before it together
if they read what it overwrites, else after it, and only where neither is possible in between.
"""

from __future__ import annotations

from collections.abc import Sequence

import gast

from ..syntax import blocks_of, names_read, names_stored
from .forward import Plan, groups_of
from .forward_mode import ForwardMode


def place_beside(mode: ForwardMode) -> Plan:
    """The plan with the tangents of each user's statement gathered."""
    plan = mode.plan
    for block in _all_blocks(mode.unit.tree.body):
        for group in groups_of(block, mode.unit.originals):
            if len(group) > 1 and all(not blocks_of(s) for s in group):
                _gather(group, mode)
    added = [s for d in (plan.before, plan.after) for block in d.values() for s in block]
    plan.read_later = set(names_read(added))
    return plan


def _all_blocks(block: list[gast.stmt]) -> list[list[gast.stmt]]:
    found = [block]
    for statement in block:
        for inner in blocks_of(statement):
            found += _all_blocks(inner)
    return found


def _gather(group: Sequence[gast.stmt], mode: ForwardMode) -> None:
    plan = mode.plan
    if any(id(s) in plan.calls for s in group):
        return
    reads = []  # for each statement of the group, what its tangents read
    for statement in group:
        here = [*plan.before.get(id(statement), ()), *plan.after.get(id(statement), ())]
        reads.append(set(names_read(here)) | set(_written_targets(here)))
    changes = [_changed(s, mode) for s in group]
    late = all(
        id(s) not in mode.early and not any(_meets(reads[k], c, mode) for c in changes[k + 1 :])
        for k, s in enumerate(group)
    )
    early = not late and not any(
        _meets(reads[k], c, mode)
        for k, s in enumerate(group)
        for c in changes[: k if id(s) in mode.early else k + 1]
    )
    if not late and not early:
        _as_early_as_possible(group, mode)
        return
    gathered = [t for s in group for t in (*plan.before.pop(id(s), ()), *plan.after.pop(id(s), ()))]
    if gathered:
        place = plan.after if late else plan.before
        place[id(group[-1] if late else group[0])] = gathered


def _as_early_as_possible(group: Sequence[gast.stmt], mode: ForwardMode) -> None:
    """Before a statement where they do not read its result: next to what they read."""
    plan = mode.plan
    for statement in group:
        tangents = plan.after.get(id(statement), [])
        reads = set(names_read(tangents)) | set(_written_targets(tangents))
        if tangents and not _meets(reads, _changed(statement, mode), mode):
            plan.before[id(statement)] = plan.after.pop(id(statement))


def _changed(statement: gast.stmt, mode: ForwardMode) -> tuple[set[str], set[str]]:
    """Names that a statement assigns, and names whose memory it writes."""
    written = {w.name for w in mode.effects.of(statement)}
    return set(names_stored(statement)) - written, written


def _meets(reads: set[str], change: tuple[set[str], set[str]], mode: ForwardMode) -> bool:
    assigned, written = change
    if reads & assigned:
        return True
    return any(mode.effects.share(w, r) for w in written for r in reads)


def _written_targets(block: list[gast.stmt]) -> list[str]:
    return [
        n.id
        for s in block
        for n in gast.walk(s)
        if isinstance(n, gast.Name) and isinstance(s, gast.AugAssign)
    ]
