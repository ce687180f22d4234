"""Loops in reverse: the same trips, last first.

The trips of a ``for`` without ``break`` follow from its bounds; those of a ``while``, or of a loop
that may be left early, are counted in the forward sweep.

"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gast

from ..analysis.kinds import STRUCTURES, Array, Kind, Number, Sequence, is_inexact
from ..errors import NotSupported
from ..ranges import counted_range, reversed_range
from ..syntax import (
    call,
    locate_like,
    name,
    statements_in,
    target,
)

if TYPE_CHECKING:
    from .reverse import Reverse


class LoopReversal:
    """Reverses loops for one :class:`Reverse`."""

    def __init__(self, reverse: Reverse):
        self.reverse_sweep = reverse
        self.trips: dict[int, str] = {}  # loops whose trips are counted

    def reverse(self, node: gast.For | gast.While) -> None:
        """Write the reversed loop."""
        sweep, adjoints = self.reverse_sweep, self.reverse_sweep.adjoints
        outer = self.outer_names(node)
        required = {n for n in outer if self.receives(node, n)}
        while True:
            before, written = dict(adjoints.state), len(adjoints.out)
            self.prepare(node, outer, required)
            entry = dict(adjoints.state)
            body = self.body(node, outer, entry)
            missed = {n for n in adjoints.state if n in outer and n not in entry}
            if not missed:
                break
            required |= missed
            adjoints.state = before
            del adjoints.out[written:]
        adjoints.state = {n: entry[n] for n in entry}
        if not sweep.says_something(body):
            del adjoints.out[written:]
            adjoints.state = before
            sweep.leave_pending(node, [body])
            return
        for identifier in sorted(outer & set(adjoints.state)):
            adjoints.settle(identifier, node)
        adjoints.emit(locate_like(self.header(node, body), node))

    def outer_names(self, node: gast.stmt) -> set[str]:
        """Active names of the loop that live longer than a trip."""
        sweep = self.reverse_sweep
        live = sweep.liveness.head[id(node)]
        touched: set[str] = set()
        for statement in statements_in([node]):
            for inner in gast.walk(statement):
                if isinstance(inner, gast.Name):
                    touched.add(sweep.effects.base(inner.id))
        found = {n for n in touched if n in live and sweep.is_active(n)}
        apart = {n for n in found if n in sweep.apart}
        items = {f"{n}[{k}]" for n in apart for k in range(sweep.item_count(n))}
        return (found - apart) | {n for n in items if is_inexact(sweep.unit.env.get(n))}

    def receives(self, node: gast.stmt, identifier: str) -> bool:
        """Whether something in the loop gives a derivative to a name."""
        sweep = self.reverse_sweep
        for statement, (targets, sources) in sweep.unit.facts["flows"].flows:
            if sweep.layout.inside(statement, node) and any(sweep.is_active(t) for t in targets):
                if any(sweep.effects.base(s) == sweep.local_name(identifier) for s in sources):
                    return True
        return False

    def prepare(self, node: gast.stmt, outer: set[str], required: set[str]) -> None:
        """Before the reversed loop: every adjoint that lives through it is there, at full shape."""
        adjoints = self.reverse_sweep.adjoints
        for identifier in sorted(outer):
            if identifier in adjoints.state:
                adjoints.fill_up(identifier, node)
                if identifier in adjoints.buffers:
                    adjoints.ensure(identifier, node)
            elif identifier in required:
                adjoints.zero(identifier, node)

    def body(
        self, node: gast.For | gast.While, outer: set[str], entry: dict[str, Any]
    ) -> list[gast.stmt]:
        """The reversed body; at its end the adjoints are as they were at its beginning."""
        sweep, adjoints = self.reverse_sweep, self.reverse_sweep.adjoints
        from .adjoints import Held

        for identifier in sorted(outer & set(entry)):
            entry[identifier] = Held(False, identifier in adjoints.buffers)
            adjoints.state[identifier] = entry[identifier]
        body = sweep.block(node.body)
        saved, adjoints.out = adjoints.out, body
        for identifier in sorted(entry):
            if identifier not in adjoints.state:
                if keeps_shape(adjoints.kind(identifier)):
                    adjoints.zero(identifier, node, after=True)
                else:  # like what it was when the trip began
                    adjoints.zero(identifier, first_of(node), after=False)
            else:
                adjoints.fill_up(identifier, node)
                if identifier in adjoints.buffers and identifier in outer:
                    adjoints.ensure(identifier, node)
        adjoints.out = saved
        adjoints.state = {n: h for n, h in adjoints.state.items() if n in outer or n in entry}
        return body

    def header(self, node: gast.For | gast.While, body: list[gast.stmt]) -> gast.stmt:
        """The reversed loop with this body."""
        sweep = self.reverse_sweep
        leaves = any(isinstance(s, gast.Break) for s in _own_breaks(node))
        if isinstance(node, gast.For) and not leaves:
            return gast.For(
                target(node.target.id),
                reversed_range(self.bounds(node)),
                body,
                [],
                None,
            )
        trips = self.counted(node)
        if isinstance(node, gast.While):
            return gast.For(target("_"), call("range", name(trips)), body, [], None)
        arguments = [sweep.recorder.expression(a, node) for a in node.iter.args]
        return gast.For(
            target(node.target.id), counted_range(arguments, name(trips)), body, [], None
        )

    def bounds(self, node: gast.For) -> list[gast.expr]:
        """The bounds of a loop for the reverse sweep: computed again, or the trips counted."""
        try:
            return [self.reverse_sweep.recorder.expression(a, node) for a in node.iter.args]
        except NotSupported:  # what they are computed from is changed later
            if len(node.iter.args) > 1:
                raise
            return [name(self.counted(node))]

    def counted(self, node: gast.stmt) -> str:
        """The variable that counts the trips of a loop in the forward sweep."""
        sweep = self.reverse_sweep
        if id(node) not in self.trips:
            identifier = sweep.unit.namer.fresh("trips")
            self.trips[id(node)] = identifier
            sweep.recorder.locals.add(identifier)
            sweep.unit.env[identifier] = Number("i")
            sweep.layout.definitions[identifier] = [node]
        sweep.recorder.value(self.trips[id(node)], node, True)
        return self.trips[id(node)]


def keeps_shape(kind: Kind | None) -> bool:
    """Whether all values of a name have one shape."""
    if isinstance(kind, Sequence):
        return kind.items is not None and all(map(keeps_shape, kind.items))
    if isinstance(kind, Array):
        known = kind.axes is not None and all(d is not None for d in kind.axes)
        return known and not kind.optional
    return not isinstance(kind, STRUCTURES)


def first_of(loop: gast.For | gast.While) -> gast.stmt:
    """The first statement that every trip runs, and nothing but a trip."""
    guard = loop.body[0]
    leaves = isinstance(guard, gast.If) and any(isinstance(s, gast.Break) for s in guard.body)
    return loop.body[1] if leaves and len(loop.body) > 1 else guard


def _own_breaks(node: gast.For | gast.While) -> list[gast.stmt]:
    """The ``break`` statements that leave this loop."""
    found: list[gast.stmt] = []

    def search(block: list[gast.stmt]) -> None:
        for statement in block:
            if isinstance(statement, gast.Break):
                found.append(statement)
            elif isinstance(statement, (gast.If, gast.With, gast.Try)):
                for field in ("body", "orelse", "finalbody"):
                    search(getattr(statement, field, None) or [])

    search(node.body)
    return found
