"""Pairs: a function as a forward part and a pullback, and the sweeps that both are made of.

The forward part of a call runs once. Where the pullback needs nothing but arguments, the forward
part is the user's function itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gast

from .. import runtime
from ..analysis.activity import analyse_activity
from ..analysis.calls import is_lifted
from ..analysis.effects import holds_memory
from ..analysis.indexing import select
from ..analysis.kinds import Array, Kind, Sequence, Table, is_inexact
from ..analysis.layout import Layout
from ..analysis.liveness import Liveness
from ..analysis.recording import Need, Recorder
from ..analysis.unit import Site, Unit
from ..errors import NotSupported, reading
from ..syntax import (
    assign,
    attribute,
    call,
    const,
    copy_tree,
    locate_like,
    name,
    names_read,
    names_stored,
    subscript,
    walk,
)
from .adjoints import Held, is_fresh
from .forward import Forward, Plan, pop, push
from .reverse import Origin, Pending, Reverse
from .reverse import Slot as Place

if TYPE_CHECKING:
    from ..pipeline import Program


@dataclass(eq=False)
class Pair:
    """The protocol between a call and the pair of its callee."""

    unit: Unit
    active: tuple[str, ...]
    wanted: bool  # whether a derivative flows from the result
    forward: str
    pullback: str
    seeds: list[str] = field(default_factory=list)  # adjoints of (the items of) the result
    inout: list[str] = field(
        default_factory=list
    )  # parameters whose adjoint is added into in place
    returned: list[str] = field(default_factory=list)
    needed: list[str] = field(default_factory=list)  # parameters that the pullback reads
    content: set[str] = field(default_factory=set)  # … and not only the shape of
    saved: list[str] = field(default_factory=list)
    kept_parameters: set[str] = field(default_factory=set)  # whose memory is among what is saved
    kept_result: bool = False  # whether the result's is
    done: bool = False
    recursive: bool = False
    text: list[gast.stmt] = field(default_factory=list)

    @property
    def has_forward(self) -> bool:
        """Whether the call is replaced by one of the forward part."""
        return self.recursive or not self.done or bool(self.saved)


@dataclass
class Sweeps:
    """What was made of a unit: statements of both sweeps, and the names that cross between them."""

    forward: list[gast.stmt]
    reverse: list[gast.stmt]
    value: str
    sweep: Reverse
    copies: list[gast.stmt]


class Pairs:
    """Makes sweeps and pairs, each once."""

    def __init__(self, program: Program):
        self.program = program
        self.made: dict[tuple[int, tuple[str, ...], bool], Pair] = {}
        self.order: list[Pair] = []

    # --- calls

    def reverse_call(self, sweep: Reverse, node: gast.stmt, site: Site, y: str | None) -> None:
        """The adjoint of ``y = g(…)``: a call of the pullback."""
        unit = site.unit
        assert unit is not None
        adjoints = sweep.adjoints
        active = tuple(
            p
            for p, e in site.arguments.items()
            if is_inexact(unit.kinds.get(p)) and sweep.statements.wanted(e)
        )
        written = [p for p in active if p in unit.facts["written"]]
        seeds = self.seeds_of(unit.result)
        flowing = [self.seed_key(y, s, sweep) for s in seeds] if y is not None else []
        wanted = any(k is not None and k in adjoints.state for k in flowing)
        if (
            not active
            or (not wanted
            and not any(not adjoints.is_zero(_name(site.arguments[p], p, node)) for p in written))
        ):
            for key in flowing:
                if key is not None:
                    adjoints.kill(key)
            return
        pair = self.pair(unit, active, wanted)
        values = self.seed_values(sweep, node, y, flowing, pair) if wanted else []
        places = []
        for parameter in pair.inout:
            x = _name(site.arguments[parameter], parameter, node)
            adjoints.ensure(sweep.effects.base(x), node)
            places.append(adjoints.whole(x, node))
        self.replace_call(sweep, node, site, pair, y)
        reads = []
        for parameter in pair.needed:
            reads.append(
                sweep.recorder.expression(
                    site.arguments[parameter], node, False, parameter in pair.content
                )
            )
        self.need_kept_memory(sweep, node, site, pair, y)
        if pair.has_forward:
            saved = self.saved_name(sweep, node)
            reads.append(sweep.recorder.value(saved, node, True))
        made = call(pair.pullback, *values, *places, *reads)
        self.receive(sweep, node, site, pair, made)

    def need_kept_memory(
        self, sweep: Reverse, node: gast.stmt, site: Site, pair: Pair, y: str | None
    ) -> None:
        """What the callee keeps by reference must be restored if the caller writes into it."""
        contents = sweep.recorder.contents
        for parameter, argument in site.arguments.items():
            if parameter in pair.kept_parameters or not pair.done:
                for identifier in names_read(argument):
                    if holds_memory(sweep.unit.env.get(identifier)):
                        contents.append(Need(identifier, node, False))
        if (
            y is not None
            and (pair.kept_result or not pair.done)
            and holds_memory(sweep.unit.env.get(y))
        ):
            contents.append(Need(y, node, True))

    def receive(
        self, sweep: Reverse, node: gast.stmt, site: Site, pair: Pair, made: gast.expr
    ) -> None:
        """Let what a pullback returns flow to the arguments."""
        if not pair.returned:
            sweep.adjoints.emit(gast.Expr(made))
            return
        results = []
        for parameter in pair.returned:
            temporary = sweep.unit.namer.fresh(f"{sweep.unit.namer.temporary()}_bar")
            sweep.unit.namer.temporaries.add(temporary)
            sweep.recorder.locals.add(temporary)
            sweep.unit.env[temporary] = sweep.unit.env.get(
                _name(site.arguments[parameter], parameter, node)
            )
            results.append(temporary)
        if len(results) == 1:
            sweep.adjoints.emit(assign(results[0], made))
        else:
            where = gast.Tuple(
                [gast.Name(r, gast.Store(), None, None) for r in results], gast.Store()
            )
            sweep.adjoints.emit(gast.Assign([where], made, None))
        for parameter, temporary in zip(pair.returned, results, strict=True):
            x = _name(site.arguments[parameter], parameter, node)
            fresh = x not in sweep.adjoints.state
            sweep.adjoints.add(x, name(temporary), node)
            if fresh and x in sweep.adjoints.state:
                sweep.statements.moved(x, False)

    def seeds_of(self, kind: Kind | None) -> list[int | None]:
        """Which items of a result carry derivatives; ``[None]`` for a result that is one value."""
        if isinstance(kind, Sequence) and kind.items is not None and kind.form is not list:
            return [k for k, item in enumerate(kind.items) if is_inexact(item)]
        return [None] if is_inexact(kind) else []

    def seed_key(self, y: str, seed: int | None, sweep: Reverse) -> str | None:
        if y in sweep.effects.ties:
            return None  # an argument that is returned: its adjoint is the argument's
        if seed is None:
            return y if sweep.is_active(y) else None
        if y in sweep.apart:
            return f"{y}[{seed}]"
        return y if sweep.is_active(y) else None

    def seed_values(
        self, sweep: Reverse, node: gast.stmt, y: str | None, flowing: list[str | None], pair: Pair
    ) -> list[gast.expr]:
        assert y is not None
        values: list[gast.expr] = []
        seeds = self.seeds_of(pair.unit.result)
        for seed, key in zip(seeds, flowing, strict=True):
            if key is None:
                values.append(const(0.0))
            elif key in sweep.adjoints.state:
                value = sweep.adjoints.full(key, node)
                values.append(value if seed is None or key != y else subscript(value, const(seed)))
            else:
                values.append(sweep.adjoints.zeros(key, node))
        for key in flowing:
            if key is not None:
                sweep.adjoints.kill(key)
        return values

    def saved_name(self, sweep: Reverse, node: gast.stmt) -> str:
        saved = sweep.unit.facts.setdefault("saved_names", {})
        key = (id(sweep), id(node))
        if key not in saved:
            identifier = sweep.unit.namer.fresh("saved")
            saved[key] = identifier
            sweep.recorder.locals.add(identifier)
            sweep.layout.definitions[identifier] = [node]
        return saved[key]

    def replace_call(
        self, sweep: Reverse, node: gast.stmt, site: Site, pair: Pair, y: str | None
    ) -> None:
        """In the forward sweep the call becomes one of the forward part, if that keeps something."""
        sweep.replaced[id(node)] = (pair, site, y)

    # --- pairs

    def pair(self, unit: Unit, active: tuple[str, ...], wanted: bool) -> Pair:
        """The pair of a unit for these active parameters."""
        key = (id(unit), active, wanted)
        found = self.made.get(key)
        if found is not None:
            if not found.done:
                found.recursive = True
            return found
        found = Pair(
            unit,
            active,
            wanted,
            self.program.module_name(f"{unit.name}_forward"),
            self.program.module_name(f"{unit.name}_pullback"),
        )
        self.made[key] = found
        with reading(unit.function.source):
            self.fill(found)
        return found

    def fill(self, pair: Pair) -> None:
        """Differentiate the callee and write both parts."""
        unit = pair.unit
        sweep = self.start(unit, pair.active, pair.wanted)
        self.protocol(pair, sweep)
        made = self.finish(sweep, lambda: self.seed(pair, sweep), lambda: self.results(pair, sweep))
        local = set(names_stored(made.forward)) | set(unit.parameters)
        free = [
            n
            for n in _free(
                made.reverse, pair.seeds + [sweep.adjoints.variable(p) for p in pair.inout]
            )
            if n in local
        ]
        stored = set(names_stored(made.forward))
        pair.needed = (
            [] if pair.recursive else [p for p in unit.parameters if p in free and p not in stored]
        )
        pair.content = {n.name for n in sweep.recorder.contents} | {
            p for p in pair.needed if not holds_memory(unit.env.get(p))
        }
        pair.saved = [n for n in free if n not in pair.needed]
        again = [] if pair.recursive else self.loads_again(pair, sweep)
        effects = unit.facts["effects"]
        pair.kept_parameters = {
            p for p in unit.parameters if any(effects.share(n, p) for n in pair.saved)
        }
        pair.kept_result = any(
            effects.share(n, r)
            for n in (*pair.saved, *pair.needed)
            for r in names_read(unit.tree.body[-1])
        )
        pair.done = True
        made.reverse[:0] = again
        self.write(pair, made, sweep)
        self.order.append(pair)

    def loads_again(self, pair: Pair, sweep: Reverse) -> list[gast.stmt]:
        """Values that were only taken out of arguments are taken out again instead of being kept."""
        unit = pair.unit
        again: list[gast.stmt] = []
        for identifier in list(pair.saved):
            made = sweep.layout.single_definition(identifier)
            if not isinstance(made, gast.Assign) or not isinstance(made.value, gast.Subscript):
                continue
            reads = names_read(made.value)
            fixed = all(
                r in unit.parameters and not sweep.layout.definitions.get(r)
                for r in reads
                if r in sweep.recorder.locals
            )
            written = any(sweep.effects.is_written(r) for r in reads)
            if (
                fixed
                and not written
                and not sweep.layout.loops(made)
                and sweep.recorder.repeatable(made.value, True)
            ):
                pair.saved.remove(identifier)
                again.append(assign(identifier, copy_tree(made.value)))
                for name_read in reads:
                    if name_read in unit.parameters and name_read not in pair.needed:
                        pair.needed.append(name_read)
                    pair.content.add(name_read)
        pair.needed.sort(key=unit.parameters.index)
        return again

    def protocol(self, pair: Pair, sweep: Reverse) -> None:
        unit = pair.unit
        for parameter in pair.active:
            kind = unit.kinds[parameter]
            structured = isinstance(kind, (Sequence, Table))
            rebound = bool(sweep.layout.definitions.get(parameter))
            if structured or (
                isinstance(kind, Array)
                and kind.rank != 0
                and not rebound
                and parameter in sweep.adjoints.buffers
            ):
                pair.inout.append(parameter)
            elif parameter in unit.facts["written"]:
                raise NotSupported(
                    unit.tree,
                    f"'{parameter}' is written in place and also given a new value",
                    instead="another name for the new value",
                )
            else:
                pair.returned.append(parameter)
        sweep.adjoints.inout = set(pair.inout)

    def seed(self, pair: Pair, sweep: Reverse) -> None:
        """The adjoints that the caller hands in."""
        adjoints = sweep.adjoints
        for parameter in pair.inout:
            adjoints.state[parameter] = Held(False, True)
            adjoints.variable(parameter)
        if not pair.wanted:
            return
        result = pair.unit.tree.body[-1]
        for seed in self.seeds_of(pair.unit.result):
            label = sweep.value if seed is None else f"{sweep.value}_{seed}"
            variable = pair.unit.namer.fresh(f"{label}_bar")
            pair.seeds.append(variable)
            sweep.recorder.locals.add(variable)
            self.seed_result(sweep, result, seed, name(variable))

    def seed_result(
        self,
        sweep: Reverse,
        result: gast.stmt,
        seed: int | None,
        value: gast.expr,
        short: bool = False,
    ) -> None:
        """Let a derivative flow to (an item of) what is returned."""
        assert isinstance(result, gast.Return)
        returned = result.value
        if not isinstance(returned, gast.Name) or not sweep.is_active(returned.id):
            return
        adjoints = sweep.adjoints
        key = returned.id if seed is None else f"{returned.id}[{seed}]"
        plain = returned.id not in sweep.effects.ties and returned.id not in sweep.unit.parameters
        if (
            isinstance(value, gast.Name)
            and plain
            and key not in adjoints.state
            and (seed is None or returned.id in sweep.apart)
        ):
            adjoints.names[key] = value.id  # the caller's adjoint is that of the result
            adjoints.state[key] = Held(False, False)
            sweep.unit.env[value.id] = adjoints.kind(key)
            return
        if seed is None:
            kind = adjoints.kind(returned.id)
            if isinstance(value, gast.Name):
                sweep.unit.env[value.id] = kind
            adjoints.add(returned.id, value, result, short)
        elif returned.id in sweep.apart:
            if isinstance(value, gast.Name):
                sweep.unit.env[value.id] = adjoints.kind(f"{returned.id}[{seed}]")
            adjoints.add(f"{returned.id}[{seed}]", value, result, short)
        else:
            kind = sweep.unit.env.get(returned.id)
            adjoints.ensure(returned.id, result)
            item = (
                kind.items[seed] if isinstance(kind, Sequence) and kind.items is not None else None
            )
            sweep.statements.add_to_item(
                subscript(adjoints.whole(returned.id, result), const(seed)), value, item
            )

    def results(self, pair: Pair, sweep: Reverse) -> list[gast.expr]:
        """What the pullback returns, in memory of its own."""
        first = pair.unit.tree.body[0]
        return [self.final(sweep, p, first) for p in pair.returned]

    def final(self, sweep: Reverse, parameter: str, first: gast.stmt) -> gast.expr:
        """The adjoint of a parameter at the beginning of the function."""
        adjoints = sweep.adjoints
        if parameter not in adjoints.state:
            return adjoints.zeros(parameter, first, after=False)
        adjoints.fill_up(parameter, first)
        value = adjoints.whole(parameter, first)
        kind = adjoints.kind(parameter)
        if isinstance(kind, Array) and not adjoints.state[parameter].owned:
            last = next(
                (
                    s
                    for s in reversed(adjoints.out)
                    if isinstance(s, gast.Assign)
                    and isinstance(s.targets[0], gast.Name)
                    and s.targets[0].id == adjoints.variable(parameter)
                ),
                None,
            )
            if last is not None and not is_fresh(last.value):
                last.value = (
                    gast.Call(attribute(last.value, "copy"), [], [])
                    if kind.axes is not None
                    else call(adjoints.bind(runtime.copy_of, "copy_of"), last.value)
                )
            elif last is None:
                value = (
                    gast.Call(attribute(value, "copy"), [], [])
                    if kind.axes is not None
                    else call(adjoints.bind(runtime.copy_of, "copy_of"), value)
                )
        return value

    def write(self, pair: Pair, made: Sweeps, sweep: Reverse) -> None:
        """Both parts as functions."""
        unit = pair.unit
        saved = gast.Tuple([name(n) for n in pair.saved], gast.Load())
        unpack: list[gast.stmt] = []
        if pair.saved:
            where = gast.Tuple(
                [gast.Name(n, gast.Store(), None, None) for n in pair.saved], gast.Store()
            )
            unpack = [gast.Assign([where], name(self.saved_parameter(unit)), None)]
        if pair.has_forward:
            start = [
                assign(n, const(None))
                for n in pair.saved
                if n not in unit.parameters and not _surely_assigned(n, made.forward)
            ]
            body = [
                *start,
                *self.own_definition(unit, made.forward),
                *made.forward,
                gast.Return(gast.Tuple([name(made.value), saved], gast.Load())),
            ]
            pair.text.append(function(pair.forward, list(unit.parameters), body))
        parameters = [*pair.seeds, *[sweep.adjoints.variable(p) for p in pair.inout], *pair.needed]
        if pair.has_forward:
            parameters.append(self.saved_parameter(unit))
        body = [*unpack, *made.reverse]
        pair.text.append(function(pair.pullback, parameters, body or [gast.Pass()]))

    def own_definition(self, unit: Unit, forward: list[gast.stmt]) -> list[gast.stmt]:
        """A nested function that calls itself, defined where its forward part can call it."""
        mentioned = unit.function.name in names_read(
            forward
        ) and unit.function.name not in names_stored(forward)
        return [copy_tree(unit.function.tree)] if mentioned and is_lifted(unit.function) else []

    def saved_parameter(self, unit: Unit) -> str:
        """The name under which a pullback gets what was kept."""
        return str(unit.facts.setdefault("saved_parameter", unit.namer.fresh("saved")))

    # --- sweeps

    def start(
        self, unit: Unit, active: tuple[str, ...], wanted: bool, dependents: tuple[str, ...] = ()
    ) -> Reverse:
        """A reverse sweep, ready to be seeded."""
        inference = unit.facts["inference"]
        layout, effects, flows = Layout(unit.tree), unit.facts["effects"], unit.facts["flows"]
        result = unit.tree.body[-1]
        assert isinstance(result, gast.Return)
        ends = set(dependents) | {p for p in unit.facts["written"] if p in unit.kinds}
        if wanted and isinstance(result.value, gast.Name):
            ends.add(result.value.id)
        activity = analyse_activity(flows, active, ends)
        live = frozenset(names_read(result)) | frozenset(unit.facts["written"])
        liveness = Liveness(unit.tree, live, effects.ties)
        recorder = Recorder(unit, inference, layout, effects)
        sweep = Reverse(
            unit, inference, layout, effects, activity, liveness, recorder, self.program.bind, self
        )
        sweep.value = self.value_name(unit, result)
        return sweep

    def value_name(self, unit: Unit, result: gast.Return) -> str:
        """The name of the result in the generated function."""
        if "value" not in unit.facts:
            if (
                isinstance(result.value, gast.Name)
                and not unit.namer.is_temporary(result.value.id)
                and result.value.id not in unit.parameters
                and result.value.id.startswith("value")
            ):
                unit.facts["value"] = result.value.id
            else:
                unit.facts["value"] = unit.namer.fresh(
                    "value" if "value" not in unit.namer.used else "result"
                )
        return str(unit.facts["value"])

    def finish(
        self, sweep: Reverse, seed: Callable[[], None], results: Callable[[], list[gast.expr]]
    ) -> Sweeps:
        """Run the reverse sweep and put both sweeps together."""
        unit = sweep.unit
        result = unit.tree.body[-1]
        sweep.adjoints.emit(Origin(result))
        seed()
        sweep.adjoints.out += sweep.block(unit.tree.body[:-1])
        returned = results()
        reverse = sweep.adjoints.out
        plan, places = self.plan(sweep)
        if returned:
            reverse = [
                *reverse,
                gast.Return(
                    returned[0] if len(returned) == 1 else gast.Tuple(returned, gast.Load())
                ),
            ]
        reverse = fill_places(reverse, places)
        plan.read_later = {n for n in names_read(reverse)}
        value = sweep.value
        forward = Forward(unit, sweep.layout, plan, value).block(unit.tree.body)
        forward = [*plan.start, *forward]
        copies = self.program.simplify(sweep, forward, reverse, plan)
        return Sweeps(copies[0], copies[1], value, sweep, [])

    def plan(self, sweep: Reverse) -> tuple[Plan, dict[tuple[int, bool], list[gast.stmt]]]:
        """Where values are kept in the forward sweep and put back in the reverse sweep."""
        plan = Plan(tests=dict(sweep.tests), trips=dict(sweep.loops.trips))
        places: dict[tuple[int, bool], list[gast.stmt]] = {}
        for node_id, (pair, site, y) in sweep.replaced.items():
            if pair.has_forward:
                plan.calls[node_id] = self.forward_call(sweep, node_id, pair, site, y)
        while True:
            restored = sweep.recorder.restored()
            indices = {id(w): self.written_index(sweep, w) for w in restored}
            for write in restored:
                sweep.recorder.reference(write.name, write.statement)
            slots = sweep.recorder.slots()
            anchors = [s.anchor for s in slots] + [w.statement for w in restored]
            late = [
                p
                for p in sweep.pending
                if p.made is None
                and any(
                    sweep.layout.inside(a, p.statement) and a is not p.statement for a in anchors
                )
            ]
            for pending in late:
                sweep.write_out(pending)
            if (
                not late
                and restored == sweep.recorder.restored()
                and len(slots) == len(sweep.recorder.slots())
            ):
                break
        plan.tests, plan.trips = dict(sweep.tests), dict(sweep.loops.trips)
        for slot in slots:
            self.keep(sweep, plan, places, slot.name, slot.anchor, slot.after, slot.stacked)
        for write in restored:
            self.keep_memory(sweep, plan, places, write, indices[id(write)])
        return plan, places

    def written_index(self, sweep: Reverse, write: Any) -> tuple[gast.expr, gast.expr] | None:
        if write.index is None:
            return None
        return write.index, sweep.recorder.expression(write.index, write.statement)

    def keep(
        self,
        sweep: Reverse,
        plan: Plan,
        places: dict,
        identifier: str,
        anchor: gast.stmt,
        after: bool,
        stacked: bool,
    ) -> None:
        namer = sweep.unit.namer
        if stacked:
            stack = namer.fresh(f"{identifier}_stack")
            plan.start.append(assign(stack, gast.List([], gast.Load())))
            kept, back = push(stack, name(identifier)), assign(identifier, pop(stack))
            if not after or not isinstance(anchor, (gast.For, gast.While)):
                plan.stacks.setdefault(id(sweep.layout.parent[id(anchor)]), []).append(stack)
        else:
            stack = namer.fresh(f"{identifier}_kept")
            kept, back = assign(stack, name(identifier)), assign(identifier, name(stack))
        (plan.after if after else plan.before).setdefault(id(anchor), []).append(kept)
        places.setdefault((id(anchor), False), []).append(back)

    def keep_memory(self, sweep: Reverse, plan: Plan, places: dict, write: Any, index: Any) -> None:
        """Keep what a write overwrites, and put it back at the mirrored place."""
        unit, anchor = sweep.unit, write.statement
        kind = unit.env.get(write.name)
        whole: gast.expr = gast.Constant(Ellipsis, None)
        if not isinstance(kind, Array):
            raise NotSupported(
                anchor,
                f"'{write.name}' is changed here, and its old value is needed",
                instead="a copy before the change",
            )
        if index is None:
            kept: gast.expr = sweep.adjoints.copied(name(write.name), write.name)
            spot = subscript(name(write.name), whole, store=True)
        else:
            found = select(kind, index[0], sweep.inference.kind)
            kept = subscript(name(write.name), copy_tree(index[0]))
            if found.form != "element":
                kept = sweep.adjoints.copied(kept, write.name)
            spot = subscript(name(write.name), index[1], store=True)
        stacked = bool(sweep.layout.loops(anchor))
        if stacked:
            stack = unit.namer.fresh(f"{write.name}_stack")
            plan.start.append(assign(stack, gast.List([], gast.Load())))
            plan.before.setdefault(id(anchor), []).append(push(stack, kept))
            back: gast.stmt = gast.Assign([spot], pop(stack), None)
            plan.stacks.setdefault(id(sweep.layout.parent[id(anchor)]), []).append(stack)
        else:
            stack = unit.namer.fresh(f"{write.name}_kept")
            plan.before.setdefault(id(anchor), []).append(assign(stack, kept))
            back = gast.Assign([spot], name(stack), None)
        places.setdefault((id(anchor), write.form == "call"), []).append(back)

    def forward_call(
        self, sweep: Reverse, node_id: int, pair: Pair, site: Site, y: str | None
    ) -> gast.stmt:
        saved = sweep.unit.facts["saved_names"][(id(sweep), node_id)]
        arguments = [copy_tree(e) for e in site.arguments.values()]
        left: gast.expr = gast.Name(y if y is not None else "_", gast.Store(), None, None)
        where = gast.Tuple([left, gast.Name(saved, gast.Store(), None, None)], gast.Store())
        statement = next(s for s in sweep.layout.statements() if id(s) == node_id)
        return locate_like(gast.Assign([where], call(pair.forward, *arguments), None), statement)  # type: ignore[return-value]


def fill_places(
    block: list[gast.stmt], places: dict[tuple[int, bool], list[gast.stmt]]
) -> list[gast.stmt]:
    """The reverse sweep with kept values put back where they belong."""
    found: list[gast.stmt] = []
    for statement in block:
        if isinstance(statement, Pending):
            if statement.made is None:
                continue
            statement = statement.made
        if isinstance(statement, Place):
            found += places.get((id(statement.statement), statement.late), [])
            continue
        if isinstance(statement, (gast.If, gast.For)):
            statement.body = fill_places(statement.body, places)
            statement.orelse = fill_places(statement.orelse, places)
        found.append(statement)
    return found


def function(identifier: str, parameters: list[str], body: list[gast.stmt]) -> gast.FunctionDef:
    """A function definition with plain parameters."""
    arguments = gast.arguments(
        [gast.Name(p, gast.Param(), None, None) for p in parameters], [], None, [], [], None, []
    )
    return gast.FunctionDef(identifier, arguments, body, [], None, None, [])


def _name(argument: gast.expr, parameter: str, node: gast.stmt) -> str:
    if not isinstance(argument, gast.Name):
        raise NotSupported(
            argument if hasattr(argument, "lineno") else node,
            f"the argument '{parameter}' is not a name and carries a derivative",
            instead="give it a name first",
        )
    return argument.id


def _free(block: list[gast.stmt], given: list[str]) -> list[str]:
    """Names that a sweep reads before it assigns them, in order of appearance."""
    read = [n for n in names_read(block)]
    return [n for n in read if n not in given and not _assigned_first(n, block)]


def _assigned_first(identifier: str, block: list[gast.stmt]) -> bool:
    """Whether a name is surely assigned in a block before it is read."""
    for statement in block:
        compound = isinstance(statement, (gast.If, gast.For, gast.While))
        if not compound:
            if identifier in names_read(statement):
                return False
            if (
                isinstance(statement, gast.AugAssign)
                and isinstance(statement.target, gast.Name)
                and statement.target.id == identifier
            ):
                return False
            if identifier in names_stored(statement):
                return True
            continue
        header = statement.test if isinstance(statement, (gast.If, gast.While)) else statement.iter
        if identifier in names_read(header):
            return False
        mentions = any(isinstance(n, gast.Name) and n.id == identifier for n in walk(statement))
        if not mentions:
            continue
        if (
            isinstance(statement, gast.For)
            and isinstance(statement.target, gast.Name)
            and statement.target.id == identifier
        ):
            continue
        branches = [statement.body, statement.orelse]
        outcomes = [
            _assigned_first(identifier, b)
            if any(isinstance(n, gast.Name) and n.id == identifier for n in walk(b))
            else None
            for b in branches
        ]
        if any(o is False for o in outcomes):
            return False
        if isinstance(statement, gast.If) and all(o is True for o in outcomes):
            return True
    return True


def _surely_assigned(identifier: str, block: list[gast.stmt]) -> bool:
    for statement in block:
        if isinstance(statement, gast.If):
            if (
                _surely_assigned(identifier, statement.body)
                and statement.orelse
                and _surely_assigned(identifier, statement.orelse)
            ):
                return True
        elif not isinstance(statement, (gast.For, gast.While)) and identifier in names_stored(
            statement
        ):
            return True
    return False
