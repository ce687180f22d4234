"""What the reverse sweep reads of the primal, and how it gets it.

A value is *available* if its name cannot be assigned once the statement has run. Else it is
*recomputed* (loads, views, index arithmetic, cheap scalar arithmetic), or recorded: on a stack
inside loops, under a name of its own outside. Memory that is written in place is restored at the
mirrored place of the write, only if an adjoint of something earlier reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

import gast

from ..errors import NotSupported
from ..syntax import name, substitute, walk
from .again import Again, shape_only
from .disjoint import never_overwrites
from .effects import Effects
from .infer import Inference
from .kinds import STRUCTURES, Array, Sequence, Static, Table
from .layout import Layout
from .sources import holds_memory
from .unit import Unit
from .writes import Write


@dataclass(frozen=True)
class Need:
    """The reverse sweep of ``statement`` reads ``name`` as it was before (or right after) it."""

    name: str
    statement: gast.stmt
    after: bool


@dataclass
class Slot:
    """A recorded value: pushed before (after) ``anchor``, popped before the adjoint of it."""

    name: str
    anchor: gast.stmt
    after: bool
    stacked: bool


class Recorder(Again):
    """Collects the needs of one reverse sweep and decides how each is met."""

    def __init__(self, unit: Unit, inference: Inference, layout: Layout, effects: Effects):
        super().__init__(unit, inference, layout, effects)
        self.needs: dict[tuple[str, int, bool], Need] = {}
        self.contents: list[Need] = []

    def value(
        self, identifier: str, at: gast.stmt, after: bool = False, content: bool = True
    ) -> gast.expr:
        """An expression for the value of a name at a statement; ``content``: not just its shape."""
        if identifier not in self.locals:
            return name(identifier)
        kind = self.unit.env.get(identifier)
        if isinstance(kind, Static) and (kind.value is None or isinstance(kind.value, (str, bool))):
            return gast.Constant(kind.value, None)
        if isinstance(kind, STRUCTURES):
            self.refuse_changed(identifier, at, after, content)
        if not content:
            identifier = self.shape_witness(identifier, at, after)
        inline = self.inline(identifier, at, after)
        if inline is not None:
            return self.expression(inline, at, after, content)
        if content and holds_memory(kind):
            self.contents.append(Need(identifier, at, after))
        if not self.available(identifier, at, after):
            self.record(identifier, at, after, content)
        return name(identifier)

    def refuse_changed(self, identifier: str, at: gast.stmt, after: bool, content: bool) -> None:
        """A list that was changed since cannot be read in the reverse sweep: it is not put back."""
        for write in self.effects.writes:
            if not self.effects.share(write.name, identifier):
                continue
            if write.form == "attribute" and not content:
                continue
            if isinstance(self.unit.env.get(write.name), Array) or (
                write.form != "list" and not content
            ):
                continue  # arrays are put back
            if self.layout.may_follow(at, write.statement) or (write.statement is at and not after):
                raise NotSupported(
                    at,
                    f"'{identifier}' is changed after the reverse sweep needs it as it is here",
                    instead="a copy of the list",
                )

    def reference(self, identifier: str, at: gast.stmt) -> None:
        """The name itself must refer to what it referred to at a statement (to put memory back)."""
        if not self.available(identifier, at, False):
            self.record(identifier, at, False, False)

    def expression(
        self, node: gast.expr, at: gast.stmt, after: bool = False, content: bool = True
    ) -> gast.expr:
        """An expression of the primal, with every name in it as it was at the statement."""
        shapes = {id(n) for m in walk(node) for n in shape_only(m)}
        found: dict[str, gast.expr] = {}
        for inner in walk(node):
            if isinstance(inner, gast.Name) and inner.id in self.locals and inner.id not in found:
                reads_content = content and any(
                    isinstance(n, gast.Name) and n.id == inner.id and id(n) not in shapes
                    for n in walk(node)
                )
                found[inner.id] = self.value(inner.id, at, after, reads_content)
        return substitute(node, found)

    # --- recorded

    def record(self, identifier: str, at: gast.stmt, after: bool, content: bool) -> None:
        """Note that the value of a name must be kept."""
        self.needs.setdefault((identifier, id(at), after), Need(identifier, at, after))

    def slots(self) -> list[Slot]:
        """Where each value is pushed and popped: once for all needs of one value in one block."""
        anchored: dict[tuple[str, int], list[tuple[int, gast.stmt, bool]]] = {}
        for need in self.needs.values():
            anchor, after = self._anchor(need)
            place = (need.name, id(self.layout.block[id(anchor)]))
            anchored.setdefault(place, []).append((self.layout.index[id(anchor)], anchor, after))
        found: list[Slot] = []
        for (identifier, _), places in anchored.items():
            places.sort(key=lambda p: (p[0], p[2]))
            last = None
            for place in reversed(places):
                if last is None or self._changes_between(identifier, place, last):
                    found.append(
                        Slot(identifier, place[1], place[2], bool(self.layout.loops(place[1])))
                    )
                last = place
        return found

    def _anchor(self, need: Need) -> tuple[gast.stmt, bool]:
        """Climb out of compound statements that do not assign the name."""
        here: gast.stmt = need.statement
        if need.after and self._defines(here, need.name):
            return here, True
        for outer in self.layout.ancestors(need.statement):
            if self.layout.defines(outer, need.name):
                break
            here = outer
        return here, need.after if here is need.statement else False

    def _defines(self, statement: gast.stmt, identifier: str) -> bool:
        return any(d is statement for d in self.layout.definitions.get(identifier, ()))

    def _changes_between(
        self, identifier: str, first: tuple[int, gast.stmt, bool], last: tuple[int, gast.stmt, bool]
    ) -> bool:
        block = self.layout.block[id(first[1])]
        start = first[0] + (1 if first[2] else 0)
        stop = last[0] + (1 if last[2] else 0)
        return any(self.layout.defines(s, identifier) for s in block[start:stop])

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
        if not self.effects.share(write.name, need.name):
            return False
        if isinstance(self.unit.env.get(write.name), (Sequence, Table)) and isinstance(
            self.unit.env.get(need.name), Array
        ):
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
