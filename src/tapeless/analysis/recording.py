"""What the reverse sweep reads of the primal, and how it gets it.

A value is *available* if its name cannot be assigned once the statement has run. Else it is
*recomputed* (loads, views, index arithmetic, cheap scalar arithmetic), or recorded: on a stack
inside loops, under a name of its own outside. Memory that is written in place is restored at the
mirrored place of the write, only if an adjoint of something earlier reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

import gast

from ..errors import KeptOutside, NotSupported
from ..syntax import name, substitute, to_debug_text, walk
from .again import Again
from .disjoint import never_overwrites
from .effects import Effects
from .infer import Inference
from .kinds import Array, Kind, Number, Opaque, Record, Sequence, Static, Table, is_text
from .layout import Layout
from .outside import chains, labels_of
from .sources import VIEWS, holds_memory
from .unit import Unit
from .writes import Write


@dataclass(frozen=True)
class Need:
    """The reverse sweep of ``statement`` reads ``name`` as it was before (or right after) it."""

    name: str
    statement: gast.stmt
    after: bool
    copied: bool = False  # a container that is changed in place later


@dataclass
class Slot:
    """A recorded value: pushed before (after) ``anchor``, popped before the adjoint of it."""

    name: str
    anchor: gast.stmt
    after: bool
    stacked: bool
    copied: bool


class Recorder(Again):
    """Collects the needs of one reverse sweep and decides how each is met."""

    def __init__(
        self,
        unit: Unit,
        inference: Inference,
        layout: Layout,
        effects: Effects,
        changed: frozenset[str],
    ):
        super().__init__(unit, inference, layout, effects, changed)
        self.needs: dict[tuple[str, int, bool], Need] = {}
        self.contents: list[Need] = []

    def value(
        self, identifier: str, at: gast.stmt, after: bool = False, content: bool = True
    ) -> gast.expr:
        """An expression for the value of a name at a statement; ``content``: not just its shape."""
        if identifier not in self.locals:
            change = self.change_after(identifier, at, after, content)
            return self.as_it_was(identifier, at, after, change) if change else name(identifier)
        kind = self.unit.env.get(identifier)
        if isinstance(kind, Static) and (kind.value is None or isinstance(kind.value, (str, bool))):
            return gast.Constant(kind.value, None)
        if not content:
            identifier = self.shape_witness(identifier, at, after)
        inline = self.inline(identifier, at, after)
        if inline is not None:
            try:
                return self.expression(inline, at, after, content)
            except NotSupported:
                if not isinstance(kind, Number):
                    raise  # a number is kept where what it is computed from has changed
        change = self.change_after(identifier, at, after, content)
        if change is not None:
            return self.as_it_was(identifier, at, after, change)
        if content and holds_memory(kind):
            self.refuse_changed_outside(name(identifier), at)
            self.contents.append(Need(identifier, at, after))
        if not self.available(identifier, at, after):
            self.record(identifier, at, after)
        return name(identifier)

    def as_it_was(self, identifier: str, at: gast.stmt, after: bool, change: Write) -> gast.expr:
        """A container that is changed later: a copy of it is kept, as of an array the old part."""
        if not self.can_be_copied(identifier):
            called = self.unit.namer.called_by_user
            needed = "it" if change.name == identifier else f"'{called(identifier)}'"
            line = getattr(at, "lineno", None)
            raise NotSupported(
                change.statement,
                f"'{called(change.name)}' is changed here, and the reverse sweep needs {needed} "
                "as it was" + (f" in line {line}" if line else ""),
                instead="a copy before the change",
            )
        self.record(identifier, at, after, copied=True)
        return name(identifier)

    def refuse_changed_outside(self, node: gast.expr, at: gast.stmt) -> None:
        """What is not local is not put back: the reverse sweep would read what it is at the end."""
        if self.changed & labels_of(node, self.unit, self.inference):
            raise KeptOutside(
                at,
                f"'{to_debug_text(node)}', which is not local, is changed while the function runs, "
                "and the reverse sweep needs it as it is here",
                instead="a local copy",
            )

    def can_be_copied(self, identifier: str) -> bool:
        """Whether a copy of a container can be kept; of a view of a dict it would change too."""
        made = self.layout.single_definition(identifier)
        site = self.unit.sites.get(id(getattr(made, "value", None)))
        if identifier not in self.locals or (site is not None and site.target in VIEWS):
            return False
        return can_be_copied(self.unit.env.get(identifier))

    def reference(self, identifier: str, at: gast.stmt) -> None:
        """The name itself must refer to what it referred to at a statement (to put memory back)."""
        if not self.available(identifier, at, False):
            self.record(identifier, at, False)

    def expression(
        self, node: gast.expr, at: gast.stmt, after: bool = False, content: bool = True
    ) -> gast.expr:
        """An expression of the primal, with every name in it as it was at the statement."""
        shapes = self.shapes_read(node)
        found: dict[str, gast.expr] = {}
        if content and self.changed:
            for place in chains(node):
                if id(place) not in shapes:
                    self.refuse_changed_outside(place, at)
        for inner in walk(node):
            if isinstance(inner, gast.Name) and inner.id in self.locals and inner.id not in found:
                reads_content = content and any(
                    isinstance(n, gast.Name) and n.id == inner.id and id(n) not in shapes
                    for n in walk(node)
                )
                found[inner.id] = self.value(inner.id, at, after, reads_content)
        return substitute(node, found)

    # --- recorded

    def record(self, identifier: str, at: gast.stmt, after: bool, copied: bool = False) -> None:
        """Note that the value of a name must be kept."""
        key = (identifier, id(at), after)
        if key not in self.needs or copied:
            self.needs[key] = Need(identifier, at, after, copied)

    def slots(self) -> list[Slot]:
        """Where each value is pushed and popped: once for all needs of one value in one block."""
        anchored: dict[tuple[str, int], list[Slot]] = {}
        for need in self.needs.values():
            anchor, after = self._anchor(need)
            slot = Slot(need.name, anchor, after, bool(self.layout.loops(anchor)), need.copied)
            place = (need.name, id(self.layout.block[id(anchor)]))
            anchored.setdefault(place, []).append(slot)
        found: list[Slot] = []
        for slots in anchored.values():
            slots.sort(key=lambda s: (self.layout.index[id(s.anchor)], s.after))
            groups: list[list[Slot]] = []  # needs of the same value, the last one first
            for slot in reversed(slots):
                if not groups or self._changes_between(slot, groups[-1][-1]):
                    groups.append([])
                groups[-1].append(slot)
            for group in groups:
                group[0].copied = any(slot.copied for slot in group)
                found.append(group[0])
        return found

    def _anchor(self, need: Need) -> tuple[gast.stmt, bool]:
        """Climb out of compound statements that neither assign nor change the name."""
        here: gast.stmt = need.statement
        if need.after and self._defines(here, need.name):
            return here, True
        for outer in self.layout.ancestors(need.statement):
            if self._changes(outer, need.name, need.copied):
                break
            here = outer
        return here, need.after if here is need.statement else False

    def _defines(self, statement: gast.stmt, identifier: str) -> bool:
        return any(d is statement for d in self.layout.definitions.get(identifier, ()))

    def _changes_between(self, first: Slot, last: Slot) -> bool:
        block = self.layout.block[id(first.anchor)]
        start = self.layout.index[id(first.anchor)] + first.after
        stop = self.layout.index[id(last.anchor)] + last.after
        copied = first.copied or last.copied
        return any(self._changes(s, first.name, copied) for s in block[start:stop])

    def _changes(self, statement: gast.stmt, identifier: str, in_place: bool) -> bool:
        """Whether a statement assigns a name, or (where that matters) writes into what it holds."""
        return self.layout.defines(statement, identifier) or (
            in_place
            and any(
                self.effects.share(w.name, identifier)
                for w in self.effects.writes
                if self.layout.inside(w.statement, statement)
            )
        )

    # --- memory

    def restored(self) -> list[Write]:
        """The writes whose overwritten part an earlier adjoint reads."""
        found = []
        for write in self.effects.writes:
            if write.form in ("list", "attribute"):
                continue
            if any(self._disturbs(write, need) for need in self.contents):
                found.append(write)
        return found

    def _disturbs(self, write: Write, need: Need) -> bool:
        if not self.may_reach(write, need.name):
            return False
        replacing = write.form in ("list", "store")
        if replacing and isinstance(self.unit.env.get(write.name), (Sequence, Table)):
            if isinstance(self.unit.env.get(need.name), Array):
                return False  # another item in its place leaves an array as it is
        if write.statement is need.statement:
            again = bool(self.layout.loops(write.statement))
            return (not need.after or again) and not self._disjoint(write, need)
        return self.layout.may_follow(need.statement, write.statement) and not self._disjoint(
            write, need
        )

    def _disjoint(self, write: Write, need: Need) -> bool:
        return never_overwrites(
            write, need.name, need.statement, self.layout, self.effects, self.inference, self.unit
        )


COPYABLE = (set, frozenset, bytearray)


def can_be_copied(kind: Kind | None) -> bool:
    """Whether `copy_of` makes something of its own that a later change leaves as it is."""
    if isinstance(kind, Sequence):
        return all(can_be_copied(k) for k in (kind.items or ())) and (
            kind.element is None or can_be_copied(kind.element)
        )
    if isinstance(kind, Table):
        parts = (*(k for _, k in kind.items), *(k for k in (kind.rest,) if k is not None))
        return kind.form is dict and all(can_be_copied(k) for k in parts)
    if isinstance(kind, Record):
        return all(can_be_kept(k) for _, k in kind.items)
    if isinstance(kind, Opaque):
        return kind.made_by in COPYABLE or is_text(kind)
    return isinstance(kind, (Number, Array, Static))


def can_be_kept(kind: Kind | None) -> bool:
    """Whether a copy serves as well as the value, although the reverse sweep puts memory back."""
    return can_be_copied(kind) and not _is_held(kind)


def _is_held(kind: Kind | None) -> bool:
    """Whether a copy of an object would hold what must stay one thing.

    An array is put back in its place, not in a copy; other objects refer to who knows what.
    """
    if isinstance(kind, Sequence):
        return any(_is_held(k) for k in (*(kind.items or ()), kind.element))
    if isinstance(kind, Table):
        return any(_is_held(k) for k in (*(k for _, k in kind.items), kind.rest))
    if isinstance(kind, Static):
        plain = isinstance(kind.value, (int, float, complex, str, bytes, type(None)))
        return not plain and not callable(kind.value)
    return isinstance(kind, Array)
