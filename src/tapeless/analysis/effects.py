"""Effects: which statements write memory in place, and which names may share it.

A write through one name that nobody else can see is an update of that name's value. Where another
name that may share the memory is still alive, the two are tied; what cannot be tied is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import gast
import numpy as np

from ..errors import NotSupported
from .aliases import Aliases
from .infer import Inference
from .kinds import Array, Sequence, Table
from .layout import Layout
from .liveness import Liveness
from .sources import Sources, holds_memory, makes_container
from .ties import is_contiguous, refuse_shared_arguments, tie_once
from .unit import Unit
from .writes import Write, find_writes

ITEMS = (gast.Subscript, gast.Attribute)


@dataclass
class Effects:
    """``ties``: the names that views are views of; ``roots``: where memory may be from."""

    writes: list[Write]
    roots: dict[str, frozenset[str]]
    ties: dict[str, str] = field(default_factory=dict)
    # What may hold one memory in two places, and what that may be; see `doubled.py`.
    doubled: dict[str, frozenset[object]] = field(default_factory=dict)

    def guarded(self, unit: Unit, layout: Layout) -> list[tuple[gast.stmt, str, str]]:
        """Ties of which only the run can tell whether they are views: definition, view and base."""
        found = []
        for view, base in self.ties.items():
            made = layout.single_definition(view)
            site = unit.sites.get(id(made.value)) if isinstance(made, gast.Assign) else None
            if (
                site is not None
                and site.target in (np.reshape, np.ravel)
                and not is_contiguous(base, unit)
            ):
                found.append((made, view, base))
        return found

    def of(self, statement: gast.stmt) -> list[Write]:
        """The writes of one statement."""
        return [w for w in self.writes if w.statement is statement]

    def base(self, name: str) -> str:
        """The end of a chain of ties."""
        while name in self.ties:
            name = self.ties[name]
        return name

    def share(self, left: str, right: str) -> bool:
        """Whether two names may share memory at some time."""
        return left == right or bool(
            self.roots.get(left, frozenset()) & self.roots.get(right, frozenset())
        )

    def may_reach(self, write: Write, name: str, unit: Unit, layout: Layout) -> bool:
        """Whether a write may change what a name holds: an item does not see its container."""
        made = layout.single_definition(write.name)
        container = isinstance(unit.env.get(write.name), (Sequence, Table))
        if container and write.form in ("list", "store") and isinstance(made, gast.Assign):
            if makes_container(made.value, unit.sites.get(id(made.value))):
                own = f"{write.name}@{layout.order[id(made)]}"
                return write.name == name or own in self.roots.get(name, frozenset())
        return self.share(write.name, name)

    def written_names(self) -> set[str]:
        """Names through which something is written."""
        return {w.name for w in self.writes}

    def is_written(self, name: str) -> bool:
        """Whether the memory behind a name is ever written."""
        return any(self.share(name, w.name) for w in self.writes)


def analyse_effects(
    unit: Unit, inference: Inference, layout: Layout, result: frozenset[str]
) -> Effects:
    """The effects of a unit; refuses writes that another live name sees and no tie follows."""
    sources = Sources(unit, inference)
    writes = find_writes(unit, inference, layout)
    effects = Effects(writes, roots_of(unit, sources, layout))
    if not writes:
        return effects
    aliases = Aliases(unit, sources, Liveness(layout.tree, result))
    aliases.block(layout.tree.body, frozenset())
    refuse_shared_arguments(unit, effects, aliases, sources)
    for _ in range(20):
        liveness = Liveness(layout.tree, result, effects.ties)
        if not tie_once(unit, layout, effects, aliases, liveness, sources):
            return effects
    raise NotSupported(layout.tree, "arrays that share memory in a circle")


def holders_of_items(unit: Unit, layout: Layout) -> dict[str, set[str]]:
    """The lists, dicts and objects that a name is, or may be, an item of, and those of these."""
    found: dict[str, set[str]] = {}
    for statement in layout.statements():
        value = getattr(statement, "value", None)
        if not isinstance(statement, gast.Assign) or not isinstance(value, ITEMS):
            continue
        where = statement.targets[0]
        if isinstance(where, gast.Name) and isinstance(value.value, gast.Name):
            if not isinstance(unit.env.get(value.value.id), Array):
                found.setdefault(where.id, set()).add(value.value.id)
    changed = True
    while changed:
        changed = False
        for holders in found.values():
            more = {h for holder in holders for h in found.get(holder, ())} - holders
            holders |= more
            changed |= bool(more)
    return found


def roots_of(unit: Unit, sources: Sources, layout: Layout) -> dict[str, frozenset[str]]:
    """Flow-insensitive: names from which the memory of each name may come."""
    direct: dict[str, set[str]] = {p: {p} for p in unit.kinds if holds_memory(unit.kinds[p])}
    edges: dict[str, set[str]] = {}
    holders = holders_of_items(unit, layout)

    def put(owner: gast.expr, item: gast.expr) -> None:
        if isinstance(owner, gast.Name) and not isinstance(unit.env.get(owner.id), Array):
            for holder in (owner.id, *holders.get(owner.id, ())):
                edges.setdefault(holder, set()).update(sources.of(item) - {holder})

    for statement in layout.statements():
        value = getattr(statement, "value", None)
        site = unit.sites.get(id(value))
        if site is not None and site.form == "user":
            for owner, item in site.kept():
                put(owner, item)
        if isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Name):
            name = statement.targets[0].id
            if not holds_memory(unit.env.get(name)):
                continue
            found = sources.of(statement.value)
            edges.setdefault(name, set()).update(found)
            if not found or not isinstance(unit.env.get(name), Array):
                direct.setdefault(name, set()).add(f"{name}@{layout.order[id(statement)]}")
        elif isinstance(statement, gast.Assign) and isinstance(
            statement.targets[0], (gast.Subscript, gast.Attribute)
        ):
            where = statement.targets[0].value
            put(where, statement.value)
            if isinstance(where, gast.Name) and not isinstance(unit.env.get(where.id), Array):
                for place in sources.places(statement.targets[0]):
                    for other in sources.of(statement.value):
                        # What an attribute outside refers to from here on.
                        edges.setdefault(other, set()).add(place)
        elif isinstance(statement, gast.Expr) and site is not None and site.form == "method":
            for argument in sources.put_in(site):
                put(site.positional[0], argument)
    for label in {o for others in edges.values() for o in others if o.startswith("@")}:
        direct[label] = {label}
    roots = {n: set(r) for n, r in direct.items()}
    changed = True
    while changed:
        changed = False
        for name, others in edges.items():
            mine = roots.setdefault(name, set())
            before = len(mine)
            for other in others:
                mine |= roots.get(other, set())
            changed |= len(mine) != before
    return {n: frozenset(r) for n, r in roots.items()}
