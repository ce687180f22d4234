"""Abstract interpretation of core form: the kind of every name, the meaning of every call.

One kind per name (names are webs, so this loses little); the body is interpreted until nothing
changes. Branches that kinds decide are not entered.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

import gast

from ..errors import NotSupported
from ..frontend.parse import Function
from ..syntax import walk_scope
from .expressions import (
    binary_kind,
    kind_of_object,
)
from .kinds import (
    Array,
    Kind,
    Number,
    Opaque,
    Sequence,
    Table,
    integer,
    join,
    settle,
    static,
)
from .sizes import Symbol, size_of_symbol
from .unit import Unit
from .values import Values

ROUNDS = 30


class Inference(Values):
    """Interprets one unit; ``analyse(function, kinds)`` gives the units of functions it calls."""

    def __init__(self, unit: Unit, analyse: Callable[[Function, dict[str, Kind]], Unit]):
        super().__init__(unit, analyse)
        self.assigned: dict[str, int] = {}
        self.augmented: dict[str, int] = {}
        self.changed = False
        self.result: Kind | None = None
        self.truths: dict[int, bool] = {}
        self.met: dict[int, bool | None] = {}
        self.counters: set[str] = set()
        for node in walk_scope(unit.tree.body):
            if isinstance(node, gast.Name) and isinstance(node.ctx, gast.Store):
                self.assigned[node.id] = self.assigned.get(node.id, 0) + 1
            if isinstance(node, gast.AugAssign) and isinstance(node.target, gast.Name):
                self.augmented[node.target.id] = self.augmented.get(node.target.id, 0) + 1
            if isinstance(node, gast.For) and isinstance(node.target, gast.Name):
                self.counters.add(node.target.id)

    def run(self) -> None:
        """Interpret until nothing changes; results go to the unit."""
        for _ in range(ROUNDS):
            self.changed = False
            self.calls.sites.clear()
            self.truths.clear()
            self.met.clear()
            self.here = dict(self.unit.kinds)
            self.block(self.unit.tree.body)
            if not self.changed:
                break
        else:
            raise NotSupported(self.unit.tree, "the kinds of its values do not settle")
        self.here = None
        self.unit.env = self.env
        self.unit.sites = dict(self.calls.sites)
        self.unit.result = self.result

    def block(self, block: list[gast.stmt]) -> None:
        """Interpret the statements in order."""
        for statement in block:
            getattr(self, "do_" + type(statement).__name__, self.do_other)(statement)

    def do_other(self, node: gast.stmt) -> None:
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, gast.expr):
                self.kind(value)

    def do_Assign(self, node: gast.Assign) -> None:
        found = self.kind(node.value)
        where = node.targets[0]
        if isinstance(where, gast.Name):
            self.bind(where.id, found)
        elif isinstance(where, gast.Subscript):
            self.store(where, found)
        elif isinstance(where, gast.Attribute):
            if isinstance(self.kind(where.value), Array):
                raise NotSupported(
                    where,
                    f"a store into the attribute '{where.attr}' of an array",
                    instead="reshape, astype or a new array",
                )

    def do_AugAssign(self, node: gast.AugAssign) -> None:
        found = self.kind(node.value)
        if isinstance(node.target, gast.Name):
            old = self.current(node.target.id)
            if isinstance(old, Array) and old.rank != 0:
                self.bind(node.target.id, old)
            elif isinstance(old, Sequence) and old.form is list and isinstance(found, Sequence):
                self.bind(
                    node.target.id,
                    Sequence(list, None, join(old.of_elements(), found.of_elements())),
                )
            else:
                self.bind(node.target.id, binary_kind(node.op, old, found))
        elif isinstance(node.target, gast.Subscript):
            base = self.kind(node.target.value)
            self.kind(node.target.slice)
            if isinstance(base, (Sequence, Table)):
                element = self.subscript(base, node.target.slice)
                self.store(node.target, binary_kind(node.op, element, found))

    def do_If(self, node: gast.If) -> None:
        truth = self.decide(node)
        before = dict(self.here or {})
        ends = []
        for block, taken in ((node.body, truth is not False), (node.orelse, truth is not True)):
            if taken:
                self.here = dict(before)
                self.block(block)
                if (
                    not (block and isinstance(block[-1], (gast.Raise, gast.Break)))
                    or truth is not None
                ):
                    ends.append(self.here)
        self.here = _joined(ends) if ends else before

    def do_While(self, node: gast.While) -> None:
        if self.decide(node) is False:
            return
        self.loop(node.body)
        self.kind(node.test)

    def loop(self, body: list[gast.stmt]) -> None:
        """Interpret a body until the kinds at its beginning are those of every trip."""
        for _ in range(ROUNDS):
            before = dict(self.here or {})
            self.block(body)
            self.here = _joined([before, self.here or {}])
            if self.here == before:
                break

    def do_For(self, node: gast.For) -> None:
        for argument in node.iter.args:
            self.kind(argument)
        counter = node.target.id
        self.bind(
            counter,
            integer(size_of_symbol(Symbol(f"{self.unit.name}.{counter}", varying=True))),
            settled=True,
        )
        self.loop(node.body)

    def do_Return(self, node: gast.Return) -> None:
        found = self.kind(node.value) if node.value is not None else static(None)
        self.result = join(self.result, found)

    def do_FunctionDef(self, node: gast.FunctionDef) -> None:
        self.bind(node.name, self.calls.closure(node, node.name))

    def do_With(self, node: gast.With) -> None:
        for item in node.items:
            self.kind(item.context_expr)
            if isinstance(item.optional_vars, gast.Name):
                self.bind(item.optional_vars.id, Opaque("context"))
        self.block(node.body)

    def do_Try(self, node: gast.Try) -> None:
        self.block(node.body)
        for handler in node.handlers:
            if isinstance(handler.name, gast.Name):
                self.bind(handler.name.id, Opaque("exception"))
            self.block(handler.body)
        self.block(node.orelse)
        self.block(node.finalbody)

    def do_Import(self, node: gast.Import) -> None:
        for alias in node.names:
            module = importlib.import_module(alias.name)
            if alias.asname is None:
                module = importlib.import_module(alias.name.split(".")[0])
            self.bind(alias.asname or alias.name.split(".")[0], static(module))

    def do_ImportFrom(self, node: gast.ImportFrom) -> None:
        package = self.unit.function.globals.get("__package__")
        module = importlib.import_module("." * (node.level or 0) + (node.module or ""), package)  # type: ignore[arg-type]
        for alias in node.names:
            self.bind(alias.asname or alias.name, kind_of_object(getattr(module, alias.name)))

    def bind(self, identifier: str, found: Kind | None, settled: bool = False) -> None:
        """Let the name also stand for values of this kind."""
        if found is None:
            return
        count = self.assigned.get(identifier, 0) + (identifier in self.unit.kinds)
        if isinstance(found, Array):
            count -= self.augmented.get(identifier, 0)  # writes in place bind nothing
        many = count > 1
        if many and not settled:
            found = settle(found)
        if self.here is not None:
            self.here[identifier] = found
        old = self.env.get(identifier)
        new = join(old, found)
        if many and not settled:
            new = settle(new)
        if new != old:
            self.env[identifier] = new
            self.changed = True

    def store(self, where: gast.Subscript, found: Kind | None) -> None:
        """A store into an item of a container."""
        base = self.kind(where.value)
        self.kind(where.slice)
        if not isinstance(where.value, gast.Name) or found is None:
            return
        if isinstance(base, Table):
            key = self.kind(where.slice)
            self.bind(where.value.id, _with_key(base, key, found))
        elif isinstance(base, Sequence) and base.form is list:
            index = self.kind(where.slice)
            if (
                base.items is not None
                and isinstance(index, Number)
                and isinstance(index.value, int)
                and abs(index.value) <= len(base.items)
            ):
                items = list(base.items)
                if items:
                    items[index.value] = join(items[index.value], found) or found
                self.bind(where.value.id, Sequence(list, tuple(items)))
            else:
                self.bind(where.value.id, Sequence(list, None, join(base.of_elements(), found)))

    def grow(self, identifier: str, element: Kind | None) -> None:
        """A list gets another element."""
        if element is not None:
            old = self.current(identifier)
            if isinstance(old, Sequence):
                self.bind(identifier, Sequence(list, None, join(old.of_elements(), element)))

    def decide(self, node: gast.If | gast.While) -> bool | None:
        """The truth of a test; known only if it is the same each time the test is met."""
        truth = self.truth(node.test)
        if id(node) in self.met and self.met[id(node)] is not truth:
            truth = None
        self.met[id(node)] = truth
        if truth is None:
            self.truths.pop(id(node), None)
        else:
            self.truths[id(node)] = truth
        return truth


def _joined(states: list[dict[str, Kind | None]]) -> dict[str, Kind | None]:
    """Kinds where ways meet; a name that one way does not assign has the kind of the others."""
    merged: dict[str, Kind | None] = {}
    for state in states:
        for identifier, kind in state.items():
            merged[identifier] = join(merged.get(identifier), kind)
    return merged


def _with_key(base: Table, key: Kind | None, found: Kind) -> Table:
    if key is None or not key.static:
        return Table(base.items, join(base.rest, found))
    items = dict(base.items)
    items[key.value] = join(items.get(key.value), found) or found
    return Table(tuple(items.items()), base.rest)
