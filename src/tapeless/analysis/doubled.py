"""Lists, dicts and objects in which one array stands twice: `rows = [u, u]`, `self.old = self.u`.

A write through one of the places is seen through the other.  The adjoint of such a container has
two arrays there, so that the reverse sweep refuses the write; forward mode does to the tangent
what is done to the container.
"""

from __future__ import annotations

from typing import Any

import gast

from ..errors import NotSupported
from ..syntax import names_read, same
from .aliases import Aliases, Pairs
from .effects import Effects
from .kinds import STRUCTURES, Array
from .layout import Layout
from .liveness import Liveness
from .sources import Sources
from .unit import Unit
from .writes import Write

SLOTS = (gast.Subscript, gast.Attribute)


def find_doubled(
    unit: Unit, sources: Sources, layout: Layout, aliases: Aliases
) -> frozenset[str]:
    """The names of what may hold one memory in two places."""
    found: set[str] = set()
    before = -1
    while len(found) != before:
        before = len(found)
        for statement in layout.statements():
            found |= _by(statement, found, unit, sources, layout, aliases)
    return frozenset(found)


def _by(
    node: gast.stmt,
    found: set[str],
    unit: Unit,
    sources: Sources,
    layout: Layout,
    aliases: Aliases,
) -> set[str]:
    """What a statement makes hold one memory twice."""
    value: Any = getattr(node, "value", None)
    where = node.targets[0] if isinstance(node, gast.Assign) else None
    pairs = aliases.at.get(id(node), frozenset())
    site = unit.sites.get(id(value))
    new: set[str] = set()
    if isinstance(where, gast.Name) and isinstance(unit.env.get(where.id), STRUCTURES):
        if sources.of(value) & found or _overlap(_parts(value, site), sources, pairs):
            new.add(where.id)
    if isinstance(where, SLOTS) and isinstance(where.value, gast.Name):
        if not isinstance(unit.env.get(where.value.id), Array):
            if not _is_exchange(node, where, layout):
                new |= _put(where.value, [value], found, sources, pairs)
    if site is None:
        return new
    if site.form == "method" and isinstance(node, gast.Expr):
        new |= _put(site.positional[0], site.positional[1:], found, sources, pairs)
    if site.form == "user" and site.unit is not None:
        doubled = site.unit.facts.get("doubled", frozenset())
        for parameter in doubled & set(site.arguments):
            new |= set(names_read(site.arguments[parameter]))
        if "return" in doubled and isinstance(where, gast.Name):
            new.add(where.id)
        kept: dict[str, list[gast.expr]] = {}
        for owner, item in site.kept():
            if isinstance(owner, gast.Name):
                kept.setdefault(owner.id, []).append(item)
        for identifier, items in kept.items():
            owner = gast.Name(identifier, gast.Load(), None, None)
            new |= _put(owner, items, found, sources, pairs)
            if _overlap(items, sources, pairs):
                new.add(identifier)
    return new


def _parts(value: Any, site: Any) -> list[gast.expr]:
    """What the parts of a container are made from, where it is made from its parts."""
    if isinstance(value, (gast.List, gast.Tuple)):
        return [e for e in value.elts if not isinstance(e, gast.Starred)]
    if isinstance(value, gast.Dict):
        return list(value.values)
    if site is not None and site.form == "bundle":
        return list(site.keywords.values())
    return []


def _overlap(parts: list[gast.expr], sources: Sources, pairs: Pairs) -> bool:
    """Whether two of some values may share memory."""
    seen: list[set[str]] = []
    for part in parts:
        mine = sources.of(part)
        for theirs in seen:
            if mine & theirs or any(frozenset((a, b)) in pairs for a in mine for b in theirs):
                return True
        seen.append(mine)
    return False


def _put(
    owner: gast.expr,
    items: list[gast.expr],
    found: set[str],
    sources: Sources,
    pairs: Pairs,
) -> set[str]:
    """The containers that get what they, or what they hold it in, have already."""
    if not isinstance(owner, gast.Name):
        return set()
    held = {n for item in items for n in sources.of(item)}
    if held & found or any(n == owner.id or frozenset((n, owner.id)) in pairs for n in held):
        partners = {n for p in pairs if owner.id in p for n in p}
        return {owner.id} | {n for n in partners if isinstance(sources.unit.env.get(n), STRUCTURES)}
    return set()


def _is_exchange(node: gast.Assign, where: Any, layout: Layout) -> bool:
    """Whether a store takes a value from a place that is given another one next: a swap."""
    made = layout.single_definition(node.value.id) if isinstance(node.value, gast.Name) else None
    taken = made.value if isinstance(made, gast.Assign) else None
    if not isinstance(taken, SLOTS):
        return False
    if _same_place(taken, where):
        return True
    block, start = layout.block[id(node)], layout.index[id(node)]
    for other in block[start + 1 :]:
        if not isinstance(other, gast.Assign):
            return False
        place = other.targets[0]
        if isinstance(place, SLOTS) and _same_place(taken, place):
            return True
        if not isinstance(place, (gast.Name, *SLOTS)) or isinstance(other.value, gast.Call):
            return False
    return False


def _same_place(left: Any, right: Any) -> bool:
    if isinstance(left, gast.Attribute) and isinstance(right, gast.Attribute):
        return same(left.value, _loaded(right.value)) and bool(left.attr == right.attr)
    if isinstance(left, gast.Subscript) and isinstance(right, gast.Subscript):
        known = isinstance(left.slice, gast.Constant)
        return known and same(left.value, _loaded(right.value)) and same(left.slice, right.slice)
    return False


def _loaded(node: gast.expr) -> gast.expr:
    return gast.Name(node.id, gast.Load(), None, None) if isinstance(node, gast.Name) else node


def refuse_writes_into_doubled(
    unit: Unit, effects: Effects, liveness: Liveness, active: frozenset[str]
) -> None:
    """The reverse sweep cannot follow a write into what stands in two places of a container."""
    for write in effects.writes:
        if effects.base(write.name) not in active:
            continue
        for holder in sorted(effects.doubled):
            if not effects.share(write.name, holder) or _changes_slots_only(write, holder):
                continue
            base = effects.base(write.name)
            if holder in liveness.after[id(write.statement)] or holder in (write.name, base):
                raise NotSupported(
                    write.statement,
                    f"a write into something that may stand twice in "
                    f"'{unit.namer.called_by_user(holder)}'",
                    instead="a copy for one of the places",
                )


def _changes_slots_only(write: Write, holder: str) -> bool:
    """Whether a write only replaces what the container itself holds."""
    return write.name == holder and write.form in ("attribute", "list", "store")
