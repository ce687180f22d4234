"""The forward sweep: the primal as written, with what the reverse sweep needs kept on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import gast

from ..analysis.kinds import Array, Number
from ..analysis.layout import Layout
from ..analysis.unit import Unit
from ..normalise.leaving import Leaving
from ..syntax import (
    assign,
    attribute,
    call,
    const,
    copy_tree,
    is_step,
    locate_like,
    name,
    names_read,
    walk,
    walk_scope,
)


@dataclass
class Plan:
    """What the forward sweep does besides the primal; keys are ``id(statement)``."""

    before: dict[int, list[gast.stmt]] = field(default_factory=dict)
    after: dict[int, list[gast.stmt]] = field(default_factory=dict)
    start: list[gast.stmt] = field(default_factory=list)
    tests: dict[int, str] = field(default_factory=dict)
    trips: dict[int, str] = field(default_factory=dict)
    calls: dict[int, gast.stmt] = field(default_factory=dict)
    stacks: dict[int, list[str]] = field(default_factory=dict)
    read_later: set[str] = field(default_factory=set)
    # Of what an exception may cut short: variable and number of steps, the variable that says which
    # handler has run, what a step does last, and stacks that a failed step must leave as they were.
    progress: dict[int, tuple[str, int]] = field(default_factory=dict)
    caught: dict[int, str] = field(default_factory=dict)
    at_end: dict[int, list[gast.stmt]] = field(default_factory=dict)
    cuts: dict[int, list[str]] = field(default_factory=dict)
    first_in_else: dict[int, list[gast.stmt]] = field(default_factory=dict)

    def touches(self, statement: gast.stmt) -> bool:
        """Whether something is added at a statement."""
        key = id(statement)
        return any(key in d for d in (self.before, self.after, self.tests, self.trips, self.calls))


def cut_off(stack: str, size: str) -> gast.expr:
    """``stack[size:]``, to be deleted."""
    return gast.Subscript(name(stack), gast.Slice(name(size), None, None), gast.Del())


COMPREHENSIONS = (gast.ListComp, gast.SetComp, gast.DictComp, gast.GeneratorExp)


def push(stack: str, value: gast.expr) -> gast.stmt:
    """``stack.append(value)``."""
    return gast.Expr(gast.Call(attribute(name(stack), "append"), [value], []))


def pop(stack: str) -> gast.expr:
    """``stack.pop()``."""
    return gast.Call(attribute(name(stack), "pop"), [], [])


class Forward:
    """Prints the primal of one unit under a plan."""

    def __init__(self, unit: Unit, layout: Layout, plan: Plan, value: str):
        self.unit, self.layout, self.plan, self.value = unit, layout, plan, value

    def block(self, block: list[gast.stmt]) -> list[gast.stmt]:
        """A block of the forward sweep; where nothing was added, it is as the user wrote it."""
        found: list[gast.stmt] = []
        for group in groups_of(block, self.unit.originals):
            original = self.as_written(group) if len(group) >= 1 else None
            if original is None:
                for statement in group:
                    found += self.plan.before.get(id(statement), [])
                    found += self.statement(statement)
                    found += self.plan.after.get(id(statement), [])
                continue
            for statement in group:
                found += self.plan.before.get(id(statement), [])
            found.append(original)
            for statement in group:
                found += self.plan.after.get(id(statement), [])
        return found

    def statement(self, node: gast.stmt) -> list[gast.stmt]:
        """A statement of the forward sweep."""
        plan, key = self.plan, id(node)
        if key in plan.calls:
            return [plan.calls[key]]
        if (
            isinstance(node, gast.Expr)
            and isinstance(node.value, gast.Constant)
            and isinstance(node.value.value, str)
        ):
            return []  # the docstring of the primal
        if isinstance(node, gast.Return):
            if isinstance(node.value, gast.Name) and node.value.id == self.value:
                return []
            return [locate_like(assign(self.value, node.value), node)]
        if isinstance(node, gast.If):
            test: gast.expr = node.test
            found: list[gast.stmt] = []
            if key in plan.tests:
                found.append(assign(plan.tests[key], self.outcome(node.test)))
                test = name(plan.tests[key])
            found.append(
                locate_like(
                    gast.If(test, self.block(node.body) or [gast.Pass()], self.block(node.orelse)),
                    node,
                )
            )
            return found
        if isinstance(node, (gast.For, gast.While)):
            return self.loop(node)
        if isinstance(node, (gast.With, gast.Try)):
            return self.attempt(node)
        return [node]

    def outcome(self, test: gast.expr) -> gast.expr:
        """A test as a value to be kept: of a list or an array, what it says now."""
        kind = self.unit.facts["inference"].kind(test)
        return test if isinstance(kind, Number) else call("bool", test)

    def attempt(self, node: gast.With | gast.Try) -> list[gast.stmt]:
        """A ``with`` or ``try``, how far it has come noted if the plan asks for it."""
        variable, count = self.plan.progress.get(id(node), (None, 0))
        before: list[gast.stmt] = []
        cuts = {s: self.unit.namer.fresh(f"{s}_size") for s in self.plan.cuts.get(id(node), ())}
        sizes = [assign(size, call("len", name(stack))) for stack, size in cuts.items()]
        if variable is not None and (count > 1 or isinstance(node, gast.With)):
            before.append(assign(variable, const(0 if count > 1 else False)))
        if id(node) in self.plan.caught and self.layout.loops(node):
            before.append(assign(self.plan.caught[id(node)], const(0)))  # it is kept on a stack
        body: list[gast.stmt] = []
        number = 0
        for statement in node.body:
            if not is_step(statement):
                body += self.block([statement])
                continue
            number += 1
            body += self.plan.before.get(id(statement), [])
            body += self.block(statement.body)
            body += self.plan.after.get(id(statement), [])
            body += self.plan.at_end.get(id(statement), [])
            if number < count:
                body += copy_tree(sizes)
            if variable is not None:
                body.append(assign(variable, const(number if count > 1 else True)))
        body = body or [gast.Pass()]
        if isinstance(node, gast.With):
            return [*before, locate_like(gast.With(node.items, body, None), node)]
        failed = [gast.Delete([cut_off(stack, size)]) for stack, size in cuts.items()]
        if variable is not None and count == 1:
            failed.append(assign(variable, const(False)))
        handlers = self.handlers(node, failed)
        otherwise = [*self.plan.first_in_else.get(id(node), []), *self.block(node.orelse)]
        rest = otherwise, self.block(node.finalbody)
        return [*before, *sizes, locate_like(gast.Try(body, handlers, *rest), node)]

    def handlers(self, node: gast.Try, failed: list[gast.stmt]) -> list[gast.ExceptHandler]:
        """The handlers after which the function goes on say that they have run."""
        found = []
        caught, number = self.plan.caught.get(id(node)), 0
        for handler in node.handlers:
            first: list[gast.stmt] = []
            if Leaving().falls(handler.body):
                number += 1
                first += copy_tree(failed)
                if caught is not None:
                    first.append(assign(caught, const(number)))
            inner = self.block(handler.body)
            if first and all(isinstance(s, gast.Pass) for s in inner):
                inner = []
            body = [*first, *inner] or [gast.Pass()]
            found.append(locate_like(gast.ExceptHandler(handler.type, handler.name, body), handler))
        return found

    def loop(self, node: gast.For | gast.While) -> list[gast.stmt]:
        """A loop of the forward sweep, its trips counted if the plan asks for it."""
        body = self.block(node.body)
        found: list[gast.stmt] = []
        trips = self.plan.trips.get(id(node))
        if trips is not None:
            found.append(assign(trips, const(0)))
            count = gast.AugAssign(gast.Name(trips, gast.Store(), None, None), gast.Add(), const(1))
            place = len(body)
            last = node.body[-1]
            if (
                isinstance(last, gast.If)
                and any(isinstance(s, gast.Break) for s in last.body)
                and node.body[0] is not last
            ):
                place -= 1
            body.insert(place, count)
        if isinstance(node, gast.For):
            new: gast.stmt = gast.For(node.target, node.iter, body or [gast.Pass()], [], None)
        else:
            new = gast.While(node.test, body or [gast.Pass()], [])
        found.append(locate_like(new, node))
        return found

    # --- the user's own text

    def as_written(self, group: list[gast.stmt]) -> gast.stmt | None:
        """The statement that the user wrote, if the group does nothing else."""
        first = group[0]
        original = self.unit.originals.get(
            (getattr(first, "lineno", -1), getattr(first, "col_offset", -1))
        )
        if isinstance(first, gast.Expr) and isinstance(first.value, gast.Constant):
            return None
        if original is None or any(isinstance(s, gast.FunctionDef) for s in [original, *group]):
            return None
        if (original.lineno, original.col_offset) in self.unit.facts.get("rewritten", ()):
            return None  # an operator or a class stands there, and here what it means
        if (
            isinstance(first, gast.Return)
            and isinstance(first.value, gast.Name)
            and first.value.id == self.value
        ):
            return None
        inside = [s for top in group for s in self.layout.within(top)]
        if not self.is_all_of(original, group, inside):
            return None
        for k, statement in enumerate(inside):
            top = statement is group[0] and k == 0
            last = statement is group[-1]
            if (
                id(statement) in self.plan.calls
                or id(statement) in self.plan.tests
                or id(statement) in self.plan.trips
            ):
                return None
            if (
                id(statement) in self.plan.before
                and not top
                and not self.can_go_first(statement, group)
            ):
                return None
            if id(statement) in self.plan.after and not last:
                return None
        made = {
            n.id
            for s in inside
            for n in walk_scope(s)
            if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)
        }
        if not self.assigns_the_same(original, made):
            return None
        if any(self.unit.namer.is_temporary(n) and n in self.plan.read_later for n in made):
            return None
        return self.renamed(original, group)

    def assigns_the_same(self, original: gast.stmt, made: set[str]) -> bool:
        """Whether a group assigns what the user's statement assigns, and nothing else."""
        namer = self.unit.namer
        bound = {
            n.id
            for n in walk(original)
            if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)
        }
        here = {namer.called_by_user(n) for n in made if not namer.is_temporary(n)} - {
            self.value,
            namer.called_by_user(self.value),
        }
        if isinstance(original, gast.Return):
            here -= {n for n in here if n not in bound and n == namer.called_by_user(self.value)}
        inner = {
            n.id
            for c in walk(original)
            if isinstance(c, gast.comprehension)
            for n in walk(c.target)
            if isinstance(n, gast.Name)
        }
        return here - inner <= bound and all(b in here for b in bound - inner)

    def is_all_of(
        self, original: gast.stmt, group: list[gast.stmt], inside: list[gast.stmt]
    ) -> bool:
        """Whether a group is the user's statement: not a branch of it, not an `if` around it."""
        place = (original.lineno, original.col_offset)
        alike = [
            s
            for s in self.layout.statements()
            if (getattr(s, "lineno", -1), getattr(s, "col_offset", -1)) == place
        ]
        if len(alike) != len(
            [s for s in inside if (getattr(s, "lineno", -1), getattr(s, "col_offset", -1)) == place]
        ):
            return False
        for statement in group:
            if isinstance(statement, gast.If) and not self.tests_an_expression(
                statement.test, original
            ):
                return False
            if isinstance(statement, (gast.For, gast.While)) and not any(
                isinstance(n, COMPREHENSIONS) for n in walk(original)
            ):
                return False
        return True

    def tests_an_expression(self, test: gast.expr, original: gast.stmt) -> bool:
        """Whether a test is part of the user's statement (``a if c else b``, ``a or b``)."""
        if isinstance(test, gast.UnaryOp) and isinstance(test.op, gast.Not):
            test = test.operand
        if isinstance(test, gast.Name) and self.unit.namer.is_temporary(test.id):
            return True
        start = (getattr(test, "lineno", -1), getattr(test, "col_offset", -1))
        return (
            (original.lineno, original.col_offset)
            <= start
            < (original.end_lineno, original.end_col_offset)
        )

    def can_go_first(self, statement: gast.stmt, group: list[gast.stmt]) -> bool:
        """Whether what is pushed before a statement in a group may be pushed before the group."""
        pushed = set(names_read(self.plan.before[id(statement)]))
        for other in group:
            if other is statement:
                return True
            if any(n in pushed for n in (*_stored(other), *_written(other))):
                return False
        return False

    def renamed(self, original: gast.stmt, group: list[gast.stmt]) -> gast.stmt | None:
        """The user's statement with the names that webs were given."""
        namer = self.unit.namer
        stores: dict[str, set[str]] = {}
        loads: dict[tuple[int, int], set[str]] = {}
        for node in walk(group):
            if isinstance(node, gast.Name) and not namer.is_temporary(node.id):
                if isinstance(node.ctx, gast.Store):
                    stores.setdefault(namer.called_by_user(node.id), set()).add(node.id)
                elif hasattr(node, "lineno"):
                    loads.setdefault((node.lineno, node.col_offset), set()).add(node.id)
        renamed = {namer.called_by_user(n) for n in namer.origin}
        new = copy_tree(original)
        for node in walk(new):
            if not isinstance(node, gast.Name):
                continue
            place = (getattr(node, "lineno", -1), getattr(node, "col_offset", -1))
            found = stores.get(node.id) if isinstance(node.ctx, gast.Store) else loads.get(place)
            if found is not None:
                found = {n for n in found if namer.called_by_user(n) == node.id} or None
            if found is not None and len(found) == 1:
                node.id = next(iter(found))
            elif found is not None or node.id in renamed:
                return None
        if isinstance(new, gast.Return):
            value = new.value if new.value is not None else const(None)
            return locate_like(assign(self.value, value), original)
        if isinstance(new, gast.AugAssign) and isinstance(new.target, gast.Name):
            if any(isinstance(s, gast.Assign) for s in group) and not self._rebinds_itself(
                new, group
            ):
                return None
        return new

    def _rebinds_itself(self, new: gast.AugAssign, group: list[gast.stmt]) -> bool:
        """Whether ``s += e`` of the user is still one name on both sides."""
        assert isinstance(new.target, gast.Name)
        if isinstance(self.unit.env.get(new.target.id), Array) and isinstance(
            group[-1], gast.Assign
        ):
            if isinstance(group[-1].targets[0], gast.Name):
                return False  # an array would be changed in place, and with it what was kept
        last = group[-1]
        if not isinstance(last, gast.Assign):
            return True
        where = last.targets[0]
        if isinstance(where, gast.Subscript):
            return True
        return (
            isinstance(where, gast.Name)
            and where.id == new.target.id
            and where.id in names_read(last.value)
        )


def _stored(statement: gast.stmt) -> list[str]:
    return [
        n.id
        for n in walk_scope(statement)
        if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)
    ]


def _written(statement: gast.stmt) -> list[str]:
    if isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Subscript):
        return names_read(statement.targets[0])[:1]
    return names_read(statement) if isinstance(statement, gast.Expr) else []


def groups_of(
    block: list[gast.stmt], originals: Mapping[tuple[int, int], gast.stmt]
) -> list[list[gast.stmt]]:
    """Runs of statements that came from one statement of the user."""
    found: list[list[gast.stmt]] = []
    previous = None
    for statement in block:
        place = (getattr(statement, "lineno", -1), getattr(statement, "col_offset", -1))
        if place == previous and place in originals:
            found[-1].append(statement)
        else:
            found.append([statement])
        previous = place
    return found
