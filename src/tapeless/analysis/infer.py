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
from ..syntax import in_steps, is_step, names_read, names_stored, walk_scope
from . import objects
from .container_kinds import with_key, with_slice
from .expressions import (
    binary_kind,
    kind_of_object,
    operator_name,
)
from .kinds import (
    RAISES,
    STRUCTURES,
    Array,
    Kind,
    Number,
    Opaque,
    Record,
    Sequence,
    Table,
    integer,
    join,
    settle,
    static,
)
from .raising import Raising
from .reach import Reach, forgotten, widened
from .sizes import Symbol, size_of_symbol
from .unit import Site, Unit
from .values import Values

ROUNDS = 30
FEW = 16  # trips of a loop over arguments that is written out
SURELY_RAISES = ("missing key", "index out of range", RAISES)  # opaque kinds of what cannot be had


class Inference(Values):
    """Interprets one unit; ``analyse(function, kinds)`` gives the units of functions it calls."""

    def __init__(self, unit: Unit, analyse: Callable[[Function, dict[str, Kind]], Unit]):
        super().__init__(unit, analyse)
        self.assigned: dict[str, int] = {}
        self.augmented: dict[str, int] = {}
        self.changed = False
        self.attempts = 0  # how many `try` the statement at hand stands in
        self.result: Kind | None = None
        self.truths: dict[int, bool] = {}
        self.met: dict[int, bool | None] = {}
        self.counters: set[str] = set()
        self.origins: dict[str, dict[int, gast.expr]] = {}  # items of containers, by name
        self.aliases: dict[str, set[str]] = {}  # other names for what a name stands for
        self.reach: Reach | None = None
        self.handed: set[str] = set()  # lists whose items are handed on one by one, `f(*args)`
        self.wished: list[gast.expr] = []  # indices of stores into them
        for node in walk_scope(unit.tree.body):
            if isinstance(node, gast.Starred) and isinstance(node.value, gast.Name):
                self.handed.add(node.value.id)
            if isinstance(node, gast.Call):
                self.handed |= {
                    k.value.id
                    for k in node.keywords
                    if k.arg is None and isinstance(k.value, gast.Name)
                }
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
            self.reach = None
            self.calls.sites.clear()
            self.expansions.clear()
            self.calls.pending.clear()
            self.unrolled.clear()
            self.chosen.clear()
            self.wished.clear()
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
            try:
                getattr(self, "do_" + type(statement).__name__, self.do_other)(statement)
            except NotSupported as refusal:
                if refusal.location is not None or not hasattr(statement, "lineno"):
                    raise
                raise NotSupported(
                    statement, refusal.reason, instead=refusal.instead, never=refusal.never
                ) from refusal

    def do_other(self, node: gast.stmt) -> None:
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, gast.expr):
                self.kind(value)

    def do_Assign(self, node: gast.Assign) -> None:
        found = self.kind(node.value)
        where = node.targets[0]
        if isinstance(where, gast.Name):
            held = isinstance(node.value, (gast.Subscript, gast.Attribute))
            if held and isinstance(node.value.value, gast.Name):
                self.origins.setdefault(where.id, {})[id(node)] = node.value
            if not (self.attempts and isinstance(found, Opaque) and found.note in SURELY_RAISES):
                self.bind(where.id, found)
            self.also(where.id, node.value, found)
        elif isinstance(where, gast.Subscript):
            self.store(where, found, node)
        elif isinstance(where, gast.Attribute):
            base = self.kind(where.value)
            if isinstance(base, Record) and isinstance(where.value, gast.Name):
                self.store_field(node, where, base, found)
            if isinstance(base, Array):
                raise NotSupported(
                    where,
                    f"a store into the attribute '{where.attr}' of an array",
                    instead="reshape, astype or a new array",
                )

    def store_field(
        self, node: gast.Assign, where: gast.Attribute, base: Record, found: Kind | None
    ) -> None:
        """``p.w = a``: an attribute more, unless the class says what a store does."""
        setter = objects.setter_of(base.form, where.attr, where)
        objects.check_not_cached(base.form, where, self.unit.function.name)
        if setter is not None:
            called = objects.call_of(setter, where.value, node.value)
            self.stands_for(node, objects.Stored(gast.Expr(called)))
        elif found is not None:
            fields = {**dict(base.items), where.attr: found}
            self.replace(where.value.id, Record(base.form, tuple(fields.items())))

    def do_AugAssign(self, node: gast.AugAssign) -> None:
        found = self.kind(node.value)
        if self.is_of_class(node, found):
            self.stands_for(node, objects.Updated())
            return
        if isinstance(node.target, gast.Name):
            old = self.current(node.target.id)
            if isinstance(old, Array) and old.rank != 0:
                self.bind(node.target.id, old)
            elif isinstance(old, Sequence) and old.form is list and isinstance(found, Sequence):
                self.replace(
                    node.target.id,
                    Sequence(list, None, join(old.of_elements(), found.of_elements())),
                )
            elif isinstance(old, Table) and found is not None:
                self.replace(node.target.id, binary_kind(node.op, old, found) or Opaque())
            else:
                self.bind(node.target.id, binary_kind(node.op, old, found))
        elif isinstance(node.target, gast.Subscript):
            base = self.kind(node.target.value)
            self.kind(node.target.slice)
            if isinstance(base, (Sequence, Table)):
                element = self.subscript(base, node.target.slice)
                made = binary_kind(node.op, element, found)
                self.store(node.target, made)
                if isinstance(node.target.value, gast.Name) and isinstance(element, STRUCTURES):
                    self.spread(self.reached().held.get(node.target.value.id), element, made)

    def is_of_class(self, node: gast.AugAssign, found: Kind | None) -> bool:
        """Whether classes of the user say what an augmented assignment does."""
        if not isinstance(node.target, gast.Name):
            if isinstance(self.kind(node.target.value), Record):
                return True
            if isinstance(node.target, gast.Attribute):
                return False
            return isinstance(found, Record)
        old = self.current(node.target.id)
        if isinstance(old, Sequence) and objects.overloads(old, operator_name(node.op)):
            return True
        return isinstance(old, Record) or (isinstance(found, Record) and isinstance(old, Number))

    def do_If(self, node: gast.If) -> None:
        truth = self.decide(node) if not is_step(node) else None
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
        trips = known_range(node, self.kind)
        empty = trips is not None and len(trips) == 0
        if self.decided(node, False if empty else None) is False:
            return
        counter = node.target.id
        self.bind(
            counter,
            integer(size_of_symbol(Symbol(f"{self.unit.name}.{counter}", varying=True))),
            settled=True,
        )
        met, before = len(self.chosen), len(self.wished)
        self.loop(node.body)
        changing = {counter, *names_stored(node.body)}
        if any(not changing.isdisjoint(names_read(index)) for index in self.chosen[met:]):
            self.unrolled[id(node)] = known_range(node, self.kind)
        elif any(not changing.isdisjoint(names_read(index)) for index in self.wished[before:]):
            self.wish(node)

    def wish(self, node: gast.For) -> None:
        """A loop over the items of a list that are handed on one by one is written out."""
        trips = known_range(node, self.kind)
        broken = any(isinstance(n, gast.Break) for n in walk_scope(node.body))
        if trips is not None and len(trips) <= FEW and not broken:
            self.unit.facts["chosen"] = "an item"
            self.unrolled[id(node)] = trips

    def do_Return(self, node: gast.Return) -> None:
        found = self.kind(node.value) if node.value is not None else static(None)
        self.result = join(self.result, found)

    def do_Raise(self, node: gast.Raise) -> None:
        """What is raised is no value of ours: a call that makes it may stay as it is."""
        try:
            self.do_other(node)
        except NotSupported:
            for name in walk_scope(node):
                if isinstance(name, gast.Name):
                    self.kind(name)
        for inner in walk_scope(node):
            pending = self.calls.pending.get(id(inner))
            if pending is not None and pending.form in ("stars", "pack"):
                del self.calls.pending[id(inner)]
                self.calls.note(inner, Site("opaque", None, [], {}, kind=Opaque("exception")))

    def do_FunctionDef(self, node: gast.FunctionDef) -> None:
        self.bind(node.name, self.calls.closure(node, node.name))

    def do_With(self, node: gast.With) -> None:
        for item in node.items:
            self.opaque(item.context_expr)
            if isinstance(item.optional_vars, gast.Name):
                self.bind(item.optional_vars.id, Opaque("context"))
        self.block(node.body)

    def opaque(self, context: gast.expr) -> None:
        """A context manager is executed, and never followed into."""
        if isinstance(context, gast.Call):
            for part in (context.func, *context.args, *(k.value for k in context.keywords)):
                self.opaque(part.value if isinstance(part, gast.Starred) else part)
        else:
            self.kind(context)

    def do_Try(self, node: gast.Try) -> None:
        seen = dict(self.here or {})
        self.attempts += 1
        raising = Raising(self, node)
        for statement in in_steps(node.body):
            raising.before(statement)
            self.block([statement])
            raising.after(statement)
            seen = _joined([seen, self.here or {}])
        self.attempts -= 1
        self.block(node.orelse)
        ends = [self.here or {}]
        for handler in node.handlers:
            if self.decided(handler, False if raising.unreached(handler) else None) is False:
                continue
            self.here = dict(seen)
            if isinstance(handler.name, gast.Name):
                self.bind(handler.name.id, Opaque("exception"))
            self.block(handler.body)
            if not isinstance(handler.body[-1], gast.Raise):
                ends.append(self.here)
        self.here = _joined(ends)
        self.block(node.finalbody)

    def do_Import(self, node: gast.Import) -> None:
        for alias in node.names:
            module = imported(alias.name)
            if alias.asname is None:
                module = imported(alias.name.split(".")[0])
            self.bind(alias.asname or alias.name.split(".")[0], module)

    def do_ImportFrom(self, node: gast.ImportFrom) -> None:
        package = self.unit.function.globals.get("__package__")
        path = "." * (node.level or 0) + (node.module or "")
        module = imported(path, package)
        for alias in node.names:
            if module is not None:
                submodule = f"{path}{'' if path.endswith('.') else '.'}{alias.name}"
                found = getattr(module.value, alias.name, None)
                known = hasattr(module.value, alias.name)
                kind = kind_of_object(found) if known else imported(submodule, package)
                self.bind(alias.asname or alias.name, kind)

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

    def store(
        self, where: gast.Subscript, found: Kind | None, node: gast.stmt | None = None
    ) -> None:
        """A store into an item of a container."""
        base = self.kind(where.value)
        self.kind(where.slice)
        if isinstance(base, Record) and isinstance(node, gast.Assign):
            setter = objects.lookup(base, "__setitem__", "a store into an item", where)
            called = objects.call_of(setter, where.value, where.slice, node.value)
            self.stands_for(node, objects.Stored(gast.Expr(called)))
            return
        if not isinstance(where.value, gast.Name):
            return
        if found is None:
            self.forget(where.value, wholly=True)
            return
        if isinstance(base, Table):
            key = self.kind(where.slice)
            if where.value.id in self.handed and key is not None and not key.static:
                self.wished.append(where.slice)
            self.replace(where.value.id, with_key(base, key, found))
        elif isinstance(base, Sequence) and base.form is list:
            self.replace(where.value.id, self.with_item(base, where, found))

    def with_item(self, base: Sequence, where: gast.Subscript, found: Kind) -> Kind:
        """A list in which an item, or those of a slice, were replaced."""
        place = where.slice
        if isinstance(place, gast.Slice):
            bounds = [self.kind(b) for b in (place.lower, place.upper, place.step)]
            return with_slice(base, bounds, found)
        index = self.kind(place)
        if base.items and isinstance(index, Number) and index.dtype == "i" and not index.static:
            if isinstance(where.value, gast.Name) and where.value.id in self.handed:
                self.wished.append(place)
                return Sequence(list, tuple(join(k, found) or found for k in base.items))
        if base.items is None or not isinstance(index, Number) or not isinstance(index.value, int):
            return Sequence(list, None, join(base.of_elements(), found))
        items = list(base.items)
        if items and abs(index.value) <= len(items):
            items[index.value] = join(items[index.value], found) or found
        return Sequence(list, tuple(items))

    def carry(self, identifier: str) -> None:
        """What changed an item of a container changed the container, and other names of both."""
        found = self.current(identifier)
        if found is None:
            return
        for other in sorted(self.aliases.get(identifier, ())):
            if self.current(other) != found:
                self.replace(other, found)
        for origin in list(self.origins.get(identifier, {}).values()):
            base = self.kind(origin.value)
            if origin.value.id == identifier:
                continue
            if isinstance(base, Record) and isinstance(origin, gast.Attribute):
                if base.get(origin.attr) != found:
                    fields = {**dict(base.items), origin.attr: found}
                    self.replace(origin.value.id, Record(base.form, tuple(fields.items())))
            elif isinstance(origin, gast.Subscript):
                if self.subscript(base, origin.slice) != found:
                    self.store(origin, found)

    def also(self, identifier: str, value: gast.expr, found: Kind | None) -> None:
        """Note that a name is another one for an object, list or dict that has a name already."""
        if isinstance(value, gast.Call):
            site = self.calls.sites.get(id(value))
            known = site.unit.facts.get("identity") if site is not None and site.unit else None
            value = site.arguments[known] if site is not None and known is not None else value
        if isinstance(value, gast.Name) and isinstance(found, STRUCTURES):
            if value.id != identifier and value.id in self.locals:
                self.aliases.setdefault(identifier, set()).add(value.id)
                self.aliases.setdefault(value.id, set()).add(identifier)

    def replace(self, identifier: str, kind: Kind) -> None:
        """A container was changed in place."""
        old = self.current(identifier)
        self.bind(identifier, kind)
        self.carry(identifier)
        self.spread(self.reached().own.get(identifier), old, self.current(identifier), identifier)

    def spread(
        self, changed: set[str] | None, old: Kind | None, new: Kind | None, known: str = ""
    ) -> None:
        """What was made in one of these places has changed: names that may hold it hold either."""
        if self.here is None or not changed or old is None or new is None or old == new:
            return
        reach = self.reached()
        for other in sorted(reach.holders - {known}):
            same, held = bool(changed & reach.own[other]), self.here.get(other)
            if same or changed & reach.held[other]:
                wider = widened(held, old, new, same)
                if wider is not None and wider != held:
                    self.bind(other, wider)

    def reached(self) -> Reach:
        """Which names may stand for one container, or hold it."""
        if self.reach is None:
            self.reach = Reach(self.unit.tree, list(self.unit.parameters), self.env)
        return self.reach

    def forget(self, node: gast.expr, wholly: bool = False) -> None:
        """A call of which nothing is known may change the containers that it can get at.

        ``wholly``: it will be known what the call does, and nothing may be decided until then.
        """
        if self.here is None:
            return
        names = [n for n in names_read(node) if n in self.locals]
        for name in dict.fromkeys([*names, *(o for n in names for o in self.reached().within(n))]):
            held = self.here.get(name)
            unsure = forgotten(held)
            if held is None or unsure == held or isinstance(held, Number):
                continue
            if wholly:
                self.here[name] = None
            elif unsure is not None:
                self.bind(name, unsure)

    def decide(self, node: gast.If | gast.While) -> bool | None:
        """The truth of a test; known only if it is the same each time the test is met."""
        return self.decided(node, self.truth(node.test))

    def decided(self, node: gast.stmt, truth: bool | None) -> bool | None:
        """What a statement decides, if it is the same each time it is met."""
        if id(node) in self.met and self.met[id(node)] is not truth:
            truth = None
        self.met[id(node)] = truth
        if truth is None:
            self.truths.pop(id(node), None)
        else:
            self.truths[id(node)] = truth
        return truth


def imported(path: str, package: object = None) -> Kind | None:
    """A module; None where it cannot be imported, so that what follows is not reached."""
    try:
        return static(importlib.import_module(path, package))  # type: ignore[arg-type]
    except ImportError:
        return None


def known_range(node: gast.For, kind: Callable[[gast.expr], Kind | None]) -> range | None:
    """The trips of a loop, where its bounds are known."""
    found = [k.value if k is not None else None for k in map(kind, node.iter.args)]
    bounds = [b for b in found if isinstance(b, int)]
    return range(*bounds) if len(bounds) == len(found) else None


def _joined(states: list[dict[str, Kind | None]]) -> dict[str, Kind | None]:
    """Kinds where ways meet; a name that one way does not assign has the kind of the others."""
    merged: dict[str, Kind | None] = {}
    for state in states:
        for identifier, kind in state.items():
            merged[identifier] = join(merged.get(identifier), kind)
    return merged
