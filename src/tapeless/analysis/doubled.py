"""Lists, dicts and objects in which one array stands twice: `rows = [u, u]`, `self.old = self.u`.

A write through one of the places is seen through the other.  The adjoint of such a container has
two arrays there, so that the reverse sweep refuses the write; forward mode does to the tangent
what is done to the container.
"""

from __future__ import annotations

from typing import Any

import gast

from ..errors import NotSupported
from ..syntax import names_read, same, walk
from .aliases import Aliases, Pairs
from .effects import Effects, holders_of_items
from .kinds import STRUCTURES, Array, Kind, Opaque, Record, Sequence, Table
from .layout import Layout
from .liveness import Liveness
from .sources import Sources, makes_container
from .unit import Site, Unit
from .writes import Write

SLOTS = (gast.Subscript, gast.Attribute)
Shared = frozenset[object]  # what may stand twice: "array", "list", "dict", classes of objects


def memory_in(kind: Kind | None) -> Shared:
    """What a value is or holds that can be written in place."""
    if isinstance(kind, Array):
        return frozenset(["array"])
    if isinstance(kind, Sequence):
        items = kind.items if kind.items is not None else (kind.element,)
        own = {"list"} if kind.form is list else set()
        return frozenset(own).union(*map(memory_in, items))
    if isinstance(kind, Table):
        return frozenset(["dict"]).union(*map(memory_in, (*dict(kind.items).values(), kind.rest)))
    if isinstance(kind, Record):
        return frozenset([kind.form]).union(*(memory_in(k) for _, k in kind.items))
    return frozenset(["array", "list", "dict"]) if isinstance(kind, Opaque) else frozenset()


def find_doubled(
    unit: Unit, sources: Sources, layout: Layout, aliases: Aliases
) -> dict[str, Shared]:
    """The names of what may hold one memory in two places, and what that may be."""
    finder = _Finder(unit, sources, layout, aliases)
    before = None
    while finder.found != before:
        before = dict(finder.found)
        for statement in layout.statements():
            finder.statement(statement)
    return finder.found


class _Finder:
    def __init__(self, unit: Unit, sources: Sources, layout: Layout, aliases: Aliases):
        self.unit, self.sources, self.layout, self.aliases = unit, sources, layout, aliases
        self.found: dict[str, Shared] = {}
        self.pairs: Pairs = frozenset()
        self.node: gast.stmt | None = None

    def add(self, identifier: str, what: Shared) -> None:
        """Note that something may stand twice in a container."""
        what = self.found.get(identifier, frozenset()) | what & self.memory(identifier)
        if what:
            self.found[identifier] = what

    def memory(self, identifier: str) -> Shared:
        return memory_in(self.unit.env.get(identifier))

    def known(self, node: gast.expr) -> Shared:
        """What stands twice in what a value may be a part of."""
        return frozenset().union(*(self.found.get(n, frozenset()) for n in self.sources.of(node)))

    def statement(self, node: gast.stmt) -> None:
        """What a statement makes hold one memory twice."""
        value: Any = getattr(node, "value", None)
        where = node.targets[0] if isinstance(node, gast.Assign) else None
        self.node, self.pairs = node, self.aliases.at.get(id(node), frozenset())
        site = self.unit.sites.get(id(value))
        if isinstance(where, gast.Name) and isinstance(self.unit.env.get(where.id), STRUCTURES):
            self.add(where.id, self.known(value) | self.overlap(_parts(value, site)))
        if isinstance(where, SLOTS) and isinstance(where.value, gast.Name):
            if not isinstance(self.unit.env.get(where.value.id), Array):
                if not _is_exchange(node, where, self.layout, self.unit):
                    self.put(where.value.id, [value])
        if site is None:
            return
        if site.form == "method" and isinstance(node, gast.Expr):
            if isinstance(site.positional[0], gast.Name):
                self.put(site.positional[0].id, site.positional[1:])
        if site.form == "user" and site.unit is not None:
            self.called(site, where)

    def called(self, site: Site, where: gast.expr | None) -> None:
        """What a function of the user makes hold one memory twice."""
        assert site.unit is not None
        for end, what in site.unit.facts.get("doubled", {}).items():
            names = names_read(site.arguments[end]) if end in site.arguments else []
            for identifier in [where.id] if end == "return" and where is not None else names:
                self.add(identifier, what)
        kept: dict[str, list[gast.expr]] = {}
        for owner, item in site.kept():
            if isinstance(owner, gast.Name):
                kept.setdefault(owner.id, []).append(item)
        for identifier, items in kept.items():
            self.put(identifier, items)
            self.add(identifier, self.overlap(items))

    def shared(self, node: gast.expr) -> Shared:
        """What a value may have in common with another one: nothing that is new here."""
        what = memory_in(self.sources.kind(node))
        made = self.layout.single_definition(node.id) if isinstance(node, gast.Name) else None
        if isinstance(made, gast.Assign) and self.node is not None:
            site = self.unit.sites.get(id(made.value))
            new = site is not None and (site.target is object.__new__ or site.form == "bundle")
            here = self.layout.block[id(made)] is self.layout.block[id(self.node)]
            if here and (new or makes_container(made.value, site)):
                kind = self.sources.kind(node)
                if isinstance(kind, STRUCTURES) and not self.handed_on(node.id, made):
                    what -= {_own(kind)}
        return what

    def handed_on(self, identifier: str, made: gast.stmt) -> bool:
        """Whether something new has gone into a container, or has got another name, by now."""
        block = self.layout.block[id(made)]
        start, stop = self.layout.index[id(made)], self.layout.index[id(self.node)]
        for statement in block[start + 1 : stop]:
            looked_at: set[int] = set()
            for inner in walk(statement):
                if isinstance(inner, SLOTS):
                    looked_at.add(id(inner.value))
                site = self.unit.sites.get(id(inner))
                if site is not None and site.form == "user":
                    items = {id(item) for _, item in site.kept()}
                    looked_at |= {id(a) for a in site.arguments.values()} - items
            for inner in walk(statement):
                if isinstance(inner, gast.Name) and inner.id == identifier:
                    if id(inner) not in looked_at:
                        return True
        return False

    def overlap(self, parts: list[gast.expr]) -> Shared:
        """What two of some values may have in common."""
        found: Shared = frozenset()
        seen: list[tuple[set[str], Shared]] = []
        for part in parts:
            mine, what = self.sources.of(part), self.shared(part)
            for theirs, other in seen:
                if mine & theirs:
                    found |= memory_in(self.sources.kind(part))
                elif any(frozenset((a, b)) in self.pairs for a in mine for b in theirs):
                    found |= what & other
            seen.append((mine, what))
        return found

    def put(self, owner: str, items: list[gast.expr]) -> None:
        """A container gets what it, or what it gets it from, has already."""
        what: Shared = frozenset()
        for item in items:
            held = self.sources.of(item)
            what |= self.known(item)
            if any(n == owner or frozenset((n, owner)) in self.pairs for n in held):
                what |= self.shared(item)
        for holder in (owner, *holders_of_items(self.unit, self.layout).get(owner, ())):
            self.add(holder, what)


def _own(kind: Any) -> object:
    """What a container itself is, of what can stand twice."""
    if isinstance(kind, Record):
        return kind.form
    return "dict" if isinstance(kind, Table) else "list"


def _parts(value: Any, site: Any) -> list[gast.expr]:
    """What the parts of a container are made from, where it is made from its parts."""
    if isinstance(value, (gast.List, gast.Tuple)):
        return [e for e in value.elts if not isinstance(e, gast.Starred)]
    if isinstance(value, gast.Dict):
        return list(value.values)
    if site is not None and site.form == "bundle":
        return list(site.keywords.values())
    return []


def _is_exchange(node: gast.Assign, where: Any, layout: Layout, unit: Unit) -> bool:
    """Whether a store takes a value from a place that is given another one: a swap."""
    made = layout.single_definition(node.value.id) if isinstance(node.value, gast.Name) else None
    taken = made.value if isinstance(made, gast.Assign) else None
    if not isinstance(taken, SLOTS):
        return False
    if _same_place(taken, where):
        return True
    block = layout.block[id(node)]
    if layout.block[id(made)] is not block:
        return False
    for other in block[layout.index[id(made)] + 1 :]:
        if not isinstance(other, gast.Assign) or isinstance(other.value, gast.Call):
            return False
        place = other.targets[0]
        if isinstance(place, SLOTS) and other is not node:
            if _same_place(taken, place):
                return True
            if isinstance(unit.env.get(getattr(place.value, "id", "")), Array):
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
        base = effects.base(write.name)
        if base not in active:
            continue
        written = _written_by(write, unit)
        for holder, twice in sorted(effects.doubled.items()):
            slots = write.name == holder and write.form in ("attribute", "list", "store")
            if slots or not written & twice or not effects.share(write.name, holder):
                continue
            if holder in liveness.after[id(write.statement)] or holder in (write.name, base):
                raise NotSupported(
                    write.statement,
                    f"a write into something that may stand twice in "
                    f"'{unit.namer.called_by_user(holder)}'",
                    instead="a copy for one of the places",
                )


def _written_by(write: Write, unit: Unit) -> Shared:
    """What a write may change: the container itself, or also what it holds."""
    kind = unit.env.get(write.name)
    if isinstance(kind, STRUCTURES) and write.form in ("attribute", "list", "store"):
        return frozenset([_own(kind)])
    found: Shared = frozenset()
    for node in walk(write.statement):
        site = unit.sites.get(id(node))
        if site is None or site.form != "user" or site.unit is None or write.form != "call":
            continue
        changed = site.unit.facts.get("changes")
        for parameter, argument in site.arguments.items():
            if write.name in names_read(argument):
                found |= memory_in(kind) if changed is None else changed.get(parameter, frozenset())
    return found or memory_in(kind)


def changes_of(unit: Unit, effects: Effects) -> dict[str, Shared]:
    """For each parameter that is written: what of it may be changed in place."""
    found: dict[str, Shared] = {}
    for parameter in unit.facts["written"]:
        for write in effects.writes:
            if parameter in effects.roots.get(write.name, ()):
                found[parameter] = found.get(parameter, frozenset()) | _written_by(write, unit)
    return found
