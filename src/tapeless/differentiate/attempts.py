"""``with`` and ``try`` in reverse.

The forward sweep notes how far an attempt has come; the reverse sweep undoes what was done. A
``with`` is not entered again, but for those that say how errors in floating-point arithmetic and
warnings are treated: the adjoint of ``1 / x`` divides by zero where the primal did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast

from ..analysis.attempts import LeftBehind
from ..analysis.kinds import Sequence
from ..errors import NotSupported
from ..normalise.leaving import Leaving
from ..syntax import blocks_of, copy_tree, dotted, in_steps, is_quiet, is_step, locate_like, name
from .adjoints import State
from .parts import Part

if TYPE_CHECKING:
    from .reverse import Reverse

ENTERED_AGAIN = ("errstate", "catch_warnings")
Way = tuple[list[gast.stmt], State]


class Attempts(Part):
    """Reverses ``with`` and ``try`` for one :class:`Reverse`."""

    def __init__(self, sweep: Reverse):
        super().__init__(sweep)
        self.progress: dict[int, tuple[str, int]] = {}  # of an attempt: its variable, its steps
        self.caught: dict[int, str] = {}
        self.unsure: dict[str, None] = {}  # names whose shape is asked for where they may be unset
        effects, layout = sweep.effects, sweep.layout
        self.left = LeftBehind(self.unit.env, layout, effects.writes, sweep.liveness.caught)

    def reverse(self, node: gast.With | gast.Try) -> None:
        """The adjoint of one statement."""
        self.sweep.guards.refuse_carried(node)
        for statement in reversed(getattr(node, "finalbody", [])):
            self.sweep.statement(statement)
        steps = [s for s in node.body if is_step(s)]
        if not steps:
            self.straight(node)
            return
        refuse_halfway(self.left, self.sweep.activity.active, node)
        self.ways(node, steps)
        for number in range(len(steps) - 1, 0, -1):
            self.one_step(node, steps[number - 1], number)

    def straight(self, node: gast.With | gast.Try) -> None:
        """A block that is done as a whole, or the call ends."""
        for statement in reversed(getattr(node, "orelse", [])):
            self.sweep.statement(statement)
        body = self.sweep.block(node.body)
        if isinstance(node, gast.With) and self.sweep.says_something(body):
            again = [copy_tree(i) for i in node.items if is_entered_again(i)]
            if again:
                around = [s for s in node.body if is_filter(s)]
                new = gast.With(again, [*map(copy_tree, around), *body], None)
                body = [locate_like(new, node)]
        self.adjoints.out += body

    def ways(self, node: gast.With | gast.Try, steps: list[gast.stmt]) -> None:
        """The ways on: the last step was done and what follows it, or a handler."""
        handlers = falling(node)
        parts = [getattr(node, "orelse", []), *(h.body for h in handlers)]
        if isinstance(node, gast.With):
            parts.append([])
        start: State = dict(self.adjoints.state)
        ends: list[Way] = []
        for part in parts:
            self.adjoints.state = dict(start)
            body = self.sweep.block(part)
            if not ends:
                body += self.body_of(steps[-1])
            ends.append((body, self.adjoints.state))
        if len(steps) == 1:
            self.sweep.join(node, ends)
        else:
            live = self.sweep.liveness.before[id(steps[-1])]
            self.give_all(steps[:-1], ends, live)
            self.sweep.join(node, ends, live)
        self.adjoints.state = ends[0][1]
        bodies = [body for body, _ in ends]

        def made() -> gast.stmt:
            test = self.reached(node, len(steps), len(steps))
            chain = self.chain(node, bodies[1:])
            if isinstance(test, gast.Compare) and not self.sweep.says_something(bodies[0]):
                test.ops = [gast.Lt()]
                return locate_like(gast.If(test, chain or [gast.Pass()], bodies[0]), node)
            return locate_like(gast.If(test, bodies[0] or [gast.Pass()], chain), node)

        if any(self.sweep.says_something(body) for body in bodies):
            self.adjoints.emit(made())
        elif any(bodies):
            self.sweep.leave_pending(node, bodies, made)

    def give_all(self, before: list[gast.stmt], ends: list[Way], live: frozenset[str]) -> None:
        """What the steps make has an adjoint on every way, zero where nothing has read it."""
        for identifier in dict.fromkeys(n for _, state in ends for n in state):
            local = self.sweep.local_name(identifier)
            steps = [s for s in before if self.sweep.layout.defines(s, local)]
            for body, state in ends:
                if identifier in state or not steps or local not in live:
                    continue
                outer, self.adjoints.out, self.adjoints.state = self.adjoints.out, body, state
                self.unsure[local] = None
                self.adjoints.zero(identifier, steps[-1])
                self.adjoints.out = outer

    def chain(self, node: gast.stmt, bodies: list[list[gast.stmt]]) -> list[gast.stmt]:
        """Which handler has run."""
        if len(bodies) < 2 or not any(self.sweep.says_something(b) for b in bodies):
            return bodies[0] if bodies else []
        if id(node) not in self.caught:
            self.caught[id(node)] = self.sweep.new_number("caught", node, "i")
        found = bodies[-1]
        for number in range(len(bodies) - 1, 0, -1):
            variable = name(self.caught[id(node)])
            self.recorder.value(variable.id, node, True)
            test = gast.Compare(variable, [gast.Eq()], [gast.Constant(number, None)])
            found = [locate_like(gast.If(test, bodies[number - 1], found), node)]
        return found

    def body_of(self, step: gast.stmt) -> list[gast.stmt]:
        """The adjoint of a step, between its places for kept values."""
        return [
            self.sweep.place(step, late=False),
            *self.sweep.block(step.body),
            self.sweep.place(step, late=True),
        ]

    def one_step(self, node: gast.stmt, step: gast.stmt, number: int) -> None:
        """One step, if it was reached."""
        start: State = dict(self.adjoints.state)
        body = self.body_of(step)
        ends: list[Way] = [(body, self.adjoints.state), ([], start)]
        self.sweep.join(step, ends)
        self.adjoints.state = ends[0][1]
        count = sum(is_step(s) for s in node.body)

        def made() -> gast.stmt:
            return locate_like(gast.If(self.reached(node, number, count), body, ends[1][0]), node)

        if self.sweep.says_something(body) or ends[1][0]:
            self.adjoints.emit(made())
        else:
            self.sweep.leave_pending(step, [body, []], made)

    def reached(self, node: gast.stmt, number: int, count: int) -> gast.expr:
        """Whether a step was done."""
        if id(node) not in self.progress:
            wish, kind = ("completed", "b") if count == 1 else ("steps", "i")
            self.progress[id(node)] = self.sweep.new_number(wish, node, kind), count
        variable = self.progress[id(node)][0]
        self.recorder.value(variable, node, True)
        if count == 1:
            return name(variable)
        return gast.Compare(name(variable), [gast.GtE()], [gast.Constant(number, None)])


def falling(node: gast.stmt) -> list[gast.ExceptHandler]:
    """The handlers after which the function goes on."""
    leaving = Leaving()
    return [h for h in getattr(node, "handlers", []) if leaving.falls(h.body)]


def is_entered_again(item: gast.withitem) -> bool:
    """Whether the reverse sweep enters a context, too."""
    context = item.context_expr
    path = dotted(context.func) if isinstance(context, gast.Call) else None
    named = item.optional_vars is not None
    return path is not None and path.rpartition(".")[2] in ENTERED_AGAIN and not named


def is_filter(node: gast.stmt) -> bool:
    """Whether a statement says which warnings are shown."""
    if not isinstance(node, gast.Expr) or not isinstance(node.value, gast.Call):
        return False
    path = dotted(node.value.func) or ""
    return path.rpartition(".")[2] in ("simplefilter", "filterwarnings")


def takes_item(node: gast.stmt, left: LeftBehind) -> bool:
    """Whether a statement gives a name to an item of a tuple that has as many."""
    value = node.value if isinstance(node, gast.Assign) else None
    if not isinstance(value, gast.Subscript) or not isinstance(node.targets[0], gast.Name):
        return False
    if not isinstance(value.value, gast.Name) or not isinstance(value.slice, gast.Constant):
        return False
    kind, place = left.env.get(value.value.id), value.slice.value
    if not isinstance(kind, Sequence) or kind.items is None or not isinstance(place, int):
        return False
    return -len(kind.items) <= place < len(kind.items)


def refuse_halfway(left: LeftBehind, active: frozenset[str], node: gast.stmt) -> None:
    """What a step leaves behind where it fails in the middle cannot be told apart."""

    def check(block: list[gast.stmt]) -> None:
        last = len(block) - 1
        while last > 0 and (is_quiet(block[last]) or takes_item(block[last], left)):
            last -= 1
        for statement in block[: last + 1]:
            names = [n for n in left.names(statement, node) if n in active]
            if not names:
                continue
            if statement is block[last] and ends_with_it(statement):
                continue
            raise NotSupported(
                statement,
                f"an exception may leave '{names[0]}' half changed here, "
                "and what was done until then is read after it is caught",
                instead="a statement for each step in the `try` itself, or a new variable",
            )

    def ends_with_it(statement: gast.stmt) -> bool:
        """Whether a change that is seen is the last thing that a statement does."""
        if isinstance(statement, (gast.For, gast.While)):
            return False
        if isinstance(statement, gast.Try):
            if statement.finalbody and not all(is_quiet(s) for s in statement.finalbody):
                return False
            check(in_steps([*statement.body, *statement.orelse]))
            for handler in statement.handlers:
                check(handler.body)
        elif blocks_of(statement):
            for block in blocks_of(statement):
                check(in_steps(block))
        return not any(w.form == "call" for w in left.writes.get(id(statement), ()))

    for step in (s for s in node.body if is_step(s)):
        check(step.body)
