"""The reverse sweep: the statements of the primal, last first, each replaced by its adjoint."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

import gast

from ..algebra import number
from ..analysis.activity import Activity
from ..analysis.effects import Effects
from ..analysis.infer import Inference
from ..analysis.kinds import Number, Sequence
from ..analysis.layout import Layout
from ..analysis.liveness import Liveness
from ..analysis.recording import Recorder
from ..analysis.sources import holds_memory, makes_container
from ..analysis.unit import Site
from ..errors import NotSupported
from ..syntax import Done, Origin, locate_like, name, names_read, walk_scope
from .adjoints import Adjoints, Held, State
from .attempts import Attempts
from .guards import Guards
from .loops import LoopReversal
from .statements import Statements

if TYPE_CHECKING:
    from ..analysis.unit import Unit


class Calls(Protocol):
    """What writes the adjoints of calls of users' functions."""

    def reverse_call(self, sweep: Reverse, node: gast.stmt, site: Site, y: str | None) -> None:
        """The adjoint of ``y = f(…)``, or of ``f(…)``."""


class Place(gast.Pass):
    """A place in the reverse sweep where values are put back before (after) an adjoint."""

    _fields = ()

    def __init__(self, statement: gast.stmt, late: bool):
        super().__init__()
        self.statement, self.late = statement, late


class Pending(gast.Pass):
    """A reversed branch or loop that says nothing unless something is put back inside."""

    _fields = ()

    def __init__(
        self,
        statement: gast.stmt,
        bodies: list[list[gast.stmt]],
        make: Callable[[], gast.stmt] | None = None,
    ):
        super().__init__()
        self.statement, self.bodies, self.make = statement, bodies, make
        self.made: gast.stmt | None = None


class Reverse:
    """Writes the reverse sweep of one unit."""

    def __init__(
        self,
        unit: Unit,
        inference: Inference,
        layout: Layout,
        effects: Effects,
        activity: Activity,
        liveness: Liveness,
        recorder: Recorder,
        bind: Callable[[object, str], str],
        pairs: Calls,
    ):
        self.unit, self.inference, self.layout, self.effects = unit, inference, layout, effects
        self.activity, self.liveness, self.recorder = activity, liveness, recorder
        self.bind, self.pairs = bind, pairs
        # Calls of users' functions that become calls of forward parts: pair, site, result.
        self.replaced: dict[int, tuple[Any, Site, str | None]] = {}
        self.kept_below: set[str] = set()  # containers that functions called here keep by reference
        self.tests: dict[int, str] = {}
        self.pending: list[Pending] = []
        self.guards = Guards(unit, inference, effects, activity)
        self.guards.refuse_escapes()
        self.value = "value"
        self.apart = self.tuples_held_apart()
        self.adjoints = Adjoints(inference, recorder, bind, self.find_buffers())
        self.statements = Statements(self)
        self.loops = LoopReversal(self)
        self.attempts = Attempts(self)

    # --- preparation

    def is_active(self, identifier: str) -> bool:
        """Whether an adjoint is formed for a name."""
        return identifier in self.activity.active or (
            identifier.partition("[")[0] in self.activity.active and "[" in identifier
        )

    def find_buffers(self) -> set[str]:
        """Names whose adjoint is an array (or list) that is written in place."""
        return set(self.unit.facts["buffers"]) - self.apart

    def tuples_held_apart(self) -> set[str]:
        """Tuples that are only made and taken apart: each item has its own adjoint."""
        candidates = {
            n
            for n, k in self.unit.env.items()
            if isinstance(k, Sequence)
            and k.items is not None
            and self.layout.single_definition(n) is not None
            and not any(
                isinstance(e, gast.Starred) for e in walk_scope(self.layout.single_definition(n))
            )
            and self.can_be_apart(self.layout.single_definition(n))
        }
        written = self.effects.written_names()
        inside: set[int] = set()
        for node in walk_scope(self.unit.tree.body):
            if (
                isinstance(node, gast.Subscript)
                and isinstance(node.value, gast.Name)
                and isinstance(node.ctx, gast.Load)
            ):
                if (
                    isinstance(node.slice, gast.Constant)
                    and type(node.slice.value) is int
                    and node.slice.value >= 0
                ):
                    inside.add(id(node.value))
            if isinstance(node, gast.Return) and isinstance(node.value, gast.Name):
                if getattr(self.unit.env.get(node.value.id), "form", None) is not list:
                    inside.add(id(node.value))  # of a list the adjoint comes as one
        for node in walk_scope(self.unit.tree.body):
            if (
                isinstance(node, gast.Name)
                and isinstance(node.ctx, gast.Load)
                and id(node) not in inside
            ):
                candidates.discard(node.id)
        viewed = set(self.effects.ties.values())  # their items have views, which need the whole
        found = candidates - written - viewed
        for identifier in found:
            for k, item in enumerate(self.unit.env[identifier].items):  # type: ignore[union-attr]
                self.unit.env[f"{identifier}[{k}]"] = item
        return found

    def can_be_apart(self, made: gast.stmt | None) -> bool:
        """Whether the items of what a statement makes can be told apart."""
        value = getattr(made, "value", None)
        if isinstance(value, gast.Subscript) and isinstance(value.slice, gast.Slice):
            bounds = [number(b) for b in (value.slice.lower, value.slice.upper) if b is not None]
            plain = all(isinstance(b, int) and b >= 0 for b in bounds)
            return plain and value.slice.step is None
        site = self.unit.sites.get(id(value))
        if site is not None and site.form == "method":
            return False  # what `pop` gives goes back as a whole
        return not isinstance(value, gast.BinOp) and not (
            site is not None and site.form == "primitive" and makes_container(value, site)
        )

    def item_count(self, identifier: str) -> int:
        """How many items a tuple has that is held apart."""
        kind = self.unit.env[identifier]
        assert isinstance(kind, Sequence)
        assert kind.items is not None
        return len(kind.items)

    # --- blocks

    def block(self, block: list[gast.stmt]) -> list[gast.stmt]:
        """The adjoint of a block; the state of the adjoints moves from its end to its beginning."""
        outer, self.adjoints.out = self.adjoints.out, []
        for statement in reversed(block):
            self.statement(statement)
        found, self.adjoints.out = self.adjoints.out, outer
        return found

    def statement(self, node: gast.stmt) -> None:
        """The adjoint of one statement, between the marks of where it begins and ends."""
        out = self.adjoints.out
        self.adjoints.emit(Origin(node))
        self.adjoints.emit(Place(node, False))
        try:
            self.dispatch(node)
        except NotSupported as refusal:
            if refusal.location is not None or not hasattr(node, "lineno"):
                raise
            raise NotSupported(
                node, refusal.reason, instead=refusal.instead, never=refusal.never
            ) from refusal
        assert out is self.adjoints.out
        self.adjoints.emit(Place(node, True))
        self.adjoints.emit(Done())

    def dispatch(self, node: gast.stmt) -> None:
        """The adjoint of one statement, by its form."""
        self.guards.check(node)
        if isinstance(node, gast.If):
            self.branch(node)
        elif isinstance(node, (gast.For, gast.While)):
            self.loops.reverse(node)
        elif isinstance(node, (gast.With, gast.Try)):
            self.attempts.reverse(node)
        else:
            self.statements.reverse(node)

    def branch(self, node: gast.If) -> None:
        """``if`` is reversed by the same test, evaluated again or recorded."""
        start: State = dict(self.adjoints.state)
        ends: list[tuple[list[gast.stmt], State]] = []
        for block in (node.body, node.orelse):
            self.adjoints.state = dict(start)
            ends.append((self.block(block), self.adjoints.state))
        self.join(node, ends)
        self.adjoints.state = ends[0][1]
        bodies = [body for body, _ in ends]
        if not any(self.says_something(body) for body in bodies):
            self.leave_pending(node, bodies)
            return
        test = self.test_again(node)
        self.adjoints.emit(locate_like(gast.If(test, bodies[0], bodies[1]), node))

    def leave_pending(
        self,
        node: gast.stmt,
        bodies: list[list[gast.stmt]],
        make: Callable[[], gast.stmt] | None = None,
    ) -> None:
        """Remember a branch or loop in which only places for kept values stand."""
        pending = Pending(node, bodies, make)
        self.pending.append(pending)
        self.adjoints.emit(pending)

    def write_out(self, pending: Pending) -> None:
        """Make the statement of a pending branch or loop after all."""
        node = pending.statement
        if pending.make is not None:
            pending.made = pending.make()
        elif isinstance(node, gast.If):
            pending.made = gast.If(self.test_again(node), pending.bodies[0], pending.bodies[1])
        else:
            pending.made = self.loops.header(node, pending.bodies[0])

    def says_something(self, block: list[gast.stmt]) -> bool:
        """Whether a reversed block has statements of its own (slots may still be filled)."""
        return any(not isinstance(s, (Place, Origin, Done, Pending)) for s in block)

    def join(
        self,
        node: gast.stmt,
        ends: list[tuple[list[gast.stmt], State]],
        live: frozenset[str] | None = None,
    ) -> None:
        """Give every adjoint the same form at the end of all reversed branches."""
        live = live if live is not None else self.liveness.before[id(node)]
        names = list(dict.fromkeys(n for _, state in ends for n in state))
        for identifier in names:
            helds = [state.get(identifier) for _, state in ends]
            if all(held == helds[0] for held in helds):
                continue
            if self.local_name(identifier) not in live:
                for _, state in ends:
                    state.pop(identifier, None)
                continue
            for body, state in ends:
                outer, self.adjoints.out, self.adjoints.state = self.adjoints.out, body, state
                if identifier not in state:
                    self.adjoints.zero(identifier, node, after=False)
                else:
                    self.adjoints.fill_up(identifier, node)
                self.adjoints.out = outer
            owned = all(state[identifier].owned for _, state in ends)
            for _, state in ends:
                state[identifier] = Held(False, owned)

    def local_name(self, identifier: str) -> str:
        """The name that an adjoint belongs to."""
        return identifier.partition("[")[0]

    def test_again(self, node: gast.If) -> gast.expr:
        """The test of an ``if`` for the reverse sweep."""
        names = [
            n.id
            for n in walk_scope(node.test)
            if isinstance(n, gast.Name) and n.id in self.recorder.locals
        ]
        changed = any(self.layout.defines(node, n) for n in names)
        # The test is made before the branch is undone: what it reads must be the same after it.
        memory = [n for n in self.leaves(names, node) if holds_memory(self.unit.env.get(n))]
        memory += [n for n in names_read(node.test) if n not in self.recorder.locals]
        changed = changed or any(self.effects.is_written(n) for n in memory)
        changed = changed or self.recorder.reads_what_changes_outside(node.test)
        calls = any(isinstance(n, gast.Call) and not self.cheap(n) for n in walk_scope(node.test))
        if not changed and not calls and all(self.cheaply_available(n, node) for n in names):
            return self.recorder.expression(node.test, node)
        return name(self.recorder_of_tests(node))

    def leaves(self, names: list[str], node: gast.If) -> list[str]:
        """The names that a test comes down to where values are made again."""
        found: list[str] = []
        for identifier in names:
            made = (
                None
                if self.recorder.available(identifier, node, False)
                else self.recorder.inline(identifier, node, False)
            )
            found += (
                [identifier]
                if made is None
                else self.leaves([n for n in names_read(made) if n in self.recorder.locals], node)
            )
        return found

    def cheap(self, node: gast.Call) -> bool:
        """Whether a call in a test may be made again."""
        site = self.unit.sites.get(id(node))
        return (
            site is not None and site.form == "primitive" and site.target in (len, abs, isinstance)
        )

    def cheaply_available(self, identifier: str, node: gast.stmt) -> bool:
        """Whether a name, or what it is made from, still holds its value."""
        if self.recorder.available(identifier, node, False):
            return True
        made = self.recorder.inline(identifier, node, False)
        return made is not None and self.recorder.leaves_available(made, node)

    def new_number(self, wish: str, node: gast.stmt, dtype: str) -> str:
        """A variable that the forward sweep assigns at a statement."""
        identifier = self.unit.namer.fresh(wish)
        self.recorder.locals.add(identifier)
        self.unit.env[identifier] = Number(dtype)
        self.layout.definitions.setdefault(identifier, []).append(node)
        return identifier

    def place(self, node: gast.stmt, late: bool) -> gast.stmt:
        """A place where values may be put back."""
        return Place(node, late)

    def recorder_of_tests(self, node: gast.If) -> str:
        """A name for the outcome of a test, assigned before the ``if`` in the forward sweep."""
        tests = self.tests
        if id(node) not in tests:
            tests[id(node)] = self.new_number("taken", node, "b")
        # The test is made where the `if` stands: its outcome is there right after.
        self.recorder.value(tests[id(node)], node, True)
        return tests[id(node)]
