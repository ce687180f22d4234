"""Both sweeps of a function: started, seeded, and put together with what is kept between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import gast

from .. import runtime
from ..analysis.activity import analyse_activity
from ..analysis.doubled import refuse_writes_into_doubled
from ..analysis.indexing import select
from ..analysis.kinds import STRUCTURES, Array
from ..analysis.layout import Layout
from ..analysis.liveness import Liveness
from ..analysis.recording import Recorder, Slot
from ..analysis.unit import Site, Unit
from ..analysis.writes import Write
from ..errors import NotSupported
from ..syntax import (
    Origin,
    assign,
    call,
    const,
    copy_tree,
    is_step,
    locate_like,
    name,
    names_read,
    names_stored,
    subscript,
)
from .crossing import may_be_unbound
from .forward import Forward, Plan, pop, push
from .forward_mode import ForwardMode
from .reverse import Calls, Pending, Place, Reverse


class Module(Protocol):
    """What differentiation asks of the module that it writes for."""

    changed: frozenset[str]  # places outside that the program changes

    def bind(self, thing: object, wish: str) -> str:
        """The name of an object."""

    def module_name(self, wish: str) -> str:
        """A name that nothing else in the module has."""

    def simplify(
        self, sweep: Reverse, forward: list[gast.stmt], reverse: list[gast.stmt], plan: Plan
    ) -> tuple[list[gast.stmt], list[gast.stmt]]:
        """Both sweeps, made plain."""

    def simplify_forward(self, mode: ForwardMode, body: list[gast.stmt]) -> list[gast.stmt]:
        """A function in forward mode, made plain."""


@dataclass
class Sweeps:
    """What was made of a unit: statements of both sweeps, and the names that cross between them."""

    forward: list[gast.stmt]
    reverse: list[gast.stmt]
    value: str


Index = (
    tuple[gast.expr, gast.expr] | None
)  # of a write: as it is, and as the reverse sweep reads it
Places = dict[tuple[int, bool], list[gast.stmt]]


def start(
    module: Module, pairs: Calls, unit: Unit, active: tuple[str, ...], wanted: bool
) -> Reverse:
    """A reverse sweep, ready to be seeded."""
    inference = unit.facts["inference"]
    layout, effects, flows = Layout(unit.tree), unit.facts["effects"], unit.facts["flows"]
    result = unit.tree.body[-1]
    assert isinstance(result, gast.Return)
    ends = {p for p in unit.facts["written"] if p in unit.kinds}
    if wanted and isinstance(result.value, gast.Name):
        ends.add(result.value.id)
    activity = analyse_activity(flows, active, ends)
    live = frozenset(names_read(result)) | frozenset(unit.facts["written"])
    liveness = Liveness(unit.tree, live, effects.ties)
    refuse_writes_into_doubled(unit, effects, liveness, activity.active)
    recorder = Recorder(unit, inference, layout, effects, module.changed)
    sweep = Reverse(
        unit, inference, layout, effects, activity, liveness, recorder, module.bind, pairs
    )
    sweep.value = value_name(unit, result)
    return sweep


def value_name(unit: Unit, result: gast.Return) -> str:
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
    module: Module, sweep: Reverse, seed: Callable[[], None], results: Callable[[], list[gast.expr]]
) -> Sweeps:
    """Run the reverse sweep and put both sweeps together."""
    unit = sweep.unit
    result = unit.tree.body[-1]
    sweep.adjoints.emit(Origin(result))
    seed()
    sweep.adjoints.out += sweep.block(unit.tree.body[:-1])
    returned = results()
    reverse = sweep.adjoints.out
    plan, places = plan_of(sweep)
    if returned:
        reverse = [
            *reverse,
            gast.Return(returned[0] if len(returned) == 1 else gast.Tuple(returned, gast.Load())),
        ]
    reverse = fill_places(reverse, places)
    added = [s for d in (plan.before, plan.after) for block in d.values() for s in block]
    plan.read_later = set(names_read(reverse)) | set(names_read(added))
    if any(sweep.value in names_stored(block) for block in places.values()):
        # The reverse sweep puts earlier values back under the name of the result.
        sweep.value = unit.namer.fresh("result")
    value = sweep.value
    forward = Forward(unit, sweep.layout, plan, value).block(unit.tree.body)
    forward = [*plan.start, *forward]
    forward, reverse = module.simplify(sweep, forward, reverse, plan)
    return Sweeps(forward, reverse, value)


def plan_of(sweep: Reverse) -> tuple[Plan, Places]:
    """Where values are kept in the forward sweep and put back in the reverse sweep."""
    plan = Plan(tests=dict(sweep.tests), trips=dict(sweep.loops.trips))
    places: Places = {}
    for node_id, (pair, site, y) in sweep.replaced.items():
        if pair.has_forward:
            plan.calls[node_id] = forward_call(sweep, node_id, pair.forward, site, y)
    while True:
        restored = sweep.recorder.restored()
        indices = {id(w): written_index(sweep, w) for w in restored}
        for write in restored:
            sweep.recorder.reference(write.name, write.statement)
        slots = sweep.recorder.slots()
        anchors = [s.anchor for s in slots] + [w.statement for w in restored]
        late = [
            p
            for p in sweep.pending
            if p.made is None
            and any(sweep.layout.inside(a, p.statement) and a is not p.statement for a in anchors)
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
    plan.progress, plan.caught = dict(sweep.attempts.progress), dict(sweep.attempts.caught)
    plan.start += [
        assign(n, const(0.0)) for n in sweep.attempts.unsure if n not in sweep.unit.parameters
    ]
    for made, view, base in sweep.effects.guarded(sweep.unit, sweep.layout):
        check = call(sweep.bind(runtime.must_share, "must_share"), name(view), name(base))
        plan.after.setdefault(id(made), []).append(gast.Expr(check))
    for anchor in sweep.layout.statements():
        for variable, made in sweep.adjoints.early.get(id(anchor), {}).items():
            plan.before.setdefault(id(anchor), []).append(assign(variable, made))
        for identifier, variable in sweep.adjoints.apart.get(id(anchor), {}).items():
            plan.before.setdefault(id(anchor), []).append(assign(variable, name(identifier)))
            if may_be_unbound(sweep.layout, sweep.unit, identifier, anchor):
                plan.start.append(assign(identifier, const(0.0)))
    for slot in slots:
        keep(sweep, plan, places, slot)
        if may_be_unbound(sweep.layout, sweep.unit, slot.name, slot.anchor):
            plan.start.append(assign(slot.name, const(0.0)))
    for write in restored:
        keep_memory(sweep, plan, places, write, indices[id(write)])
    return plan, places


def written_index(sweep: Reverse, write: Write) -> Index:
    """The part that a write is to."""
    if write.index is None:
        return None
    return write.index, sweep.recorder.expression(write.index, write.statement)


def keep(sweep: Reverse, plan: Plan, places: Places, slot: Slot) -> None:
    """Keep the value of a name, and give the name that value again at the mirrored place."""
    value: gast.expr = name(slot.name)
    if slot.copied:
        value = call(sweep.bind(runtime.copy_of, "copy_of"), value)
    back = stow(sweep, plan, slot.name, value, slot.anchor, slot.after, slot.stacked)
    places.setdefault((id(slot.anchor), False), []).append(assign(slot.name, back))


def keep_memory(sweep: Reverse, plan: Plan, places: Places, write: Write, index: Index) -> None:
    """Keep what a write overwrites, and put it back at the mirrored place."""
    unit, anchor = sweep.unit, write.statement
    kind = unit.env.get(write.name)
    if isinstance(kind, STRUCTURES) and write.form == "call":
        # A function of the user may write into anything that an object or a list holds.
        found = call(sweep.bind(runtime.memory_of, "memory_of"), name(write.name))
        stacked = bool(sweep.layout.loops(anchor))
        old = stow(sweep, plan, write.name, found, anchor, False, stacked)
        undo = gast.Expr(call(sweep.bind(runtime.undo_writes, "undo_writes"), old))
        places.setdefault((id(anchor), True), []).append(undo)
        return
    if not isinstance(kind, Array):
        raise NotSupported(
            anchor,
            f"'{write.name}' is changed here, and its old value is needed",
            instead="a copy before the change",
        )
    if index is None:
        kept: gast.expr = sweep.adjoints.copied(name(write.name), write.name)
        spot = subscript(name(write.name), gast.Constant(Ellipsis, None), store=True)
    else:
        found = select(kind, index[0], sweep.inference.kind)
        kept = subscript(name(write.name), copy_tree(index[0]))
        if found.form != "element":
            kept = sweep.adjoints.copied(kept, write.name)
        spot = subscript(name(write.name), index[1], store=True)
    stacked = bool(sweep.layout.loops(anchor))
    back = gast.Assign([spot], stow(sweep, plan, write.name, kept, anchor, False, stacked), None)
    places.setdefault((id(anchor), write.form == "call"), []).append(back)


def stow(
    sweep: Reverse,
    plan: Plan,
    label: str,
    value: gast.expr,
    anchor: gast.stmt,
    after: bool,
    stacked: bool,
) -> gast.expr:
    """Keep a value in the forward sweep; returns what gives it back in the reverse sweep."""
    namer = sweep.unit.namer
    if stacked:
        stack = namer.fresh(f"{label}_stack")
        sweep.recorder.locals.add(stack)
        plan.start.append(assign(stack, gast.List([], gast.Load())))
        kept, back = push(stack, value), pop(stack)
        if defer(sweep, plan, label, stack, value, anchor, after):
            return back
        if not after or not isinstance(anchor, (gast.For, gast.While)):
            plan.stacks.setdefault(id(sweep.layout.parent[id(anchor)]), []).append(stack)
    else:
        variable = namer.fresh(f"{label}_kept")
        sweep.recorder.locals.add(variable)
        kept, back = assign(variable, value), name(variable)
    (plan.after if after else plan.before).setdefault(id(anchor), []).append(kept)
    return back


def defer(
    sweep: Reverse,
    plan: Plan,
    label: str,
    stack: str,
    value: gast.expr,
    anchor: gast.stmt,
    after: bool,
) -> bool:
    """Keep a value only if the step that it is kept in is done, so that pops meet their pushes."""
    layout = sweep.layout
    innermost = True
    inside_loop = False
    for around in [anchor, *layout.ancestors(anchor)]:
        if isinstance(around, (gast.For, gast.While)) and around is not anchor:
            inside_loop = True
        if not is_step(around) or not layout.loops(around):
            continue
        if innermost and not inside_loop and (around is anchor or anchor in around.body):
            innermost = False
            at_end = plan.at_end.setdefault(id(around), [])
            later = [] if around is anchor else around.body[layout.index[id(anchor)] + after :]
            if isinstance(value, gast.Name) and value.id not in names_stored(later):
                at_end.append(push(stack, value))
                continue
            variable = sweep.unit.namer.fresh(f"{label}_kept")
            place = plan.after if after else plan.before
            place.setdefault(id(anchor), []).append(assign(variable, value))
            at_end.append(push(stack, name(variable)))
            continue
        attempt = layout.parent[id(around)]
        if isinstance(attempt, gast.With):
            raise NotSupported(
                attempt,
                "a `with` that may swallow an exception, around a branch or loop, in a loop",
                instead="a `try` that says what is caught",
            )
        stacks = plan.cuts.setdefault(id(attempt), [])
        if stack not in stacks:
            stacks.append(stack)
    return not innermost


def forward_call(
    sweep: Reverse, node_id: int, forward: str, site: Site, y: str | None
) -> gast.stmt:
    """``y, saved = f_forward(…)`` in place of ``y = f(…)``."""
    saved = sweep.unit.facts["saved_names"][(id(sweep), node_id)]
    arguments = [copy_tree(e) for e in site.arguments.values()]
    left: gast.expr = gast.Name(y if y is not None else "_", gast.Store(), None, None)
    where = gast.Tuple([left, gast.Name(saved, gast.Store(), None, None)], gast.Store())
    statement = next(s for s in sweep.layout.statements() if id(s) == node_id)
    return locate_like(gast.Assign([where], call(forward, *arguments), None), statement)


def fill_places(block: list[gast.stmt], places: Places) -> list[gast.stmt]:
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
        if isinstance(statement, (gast.If, gast.For, gast.With)):
            statement.body = fill_places(statement.body, places)
        if isinstance(statement, (gast.If, gast.For)):
            statement.orelse = fill_places(statement.orelse, places)
        found.append(statement)
    return found


def function(identifier: str, parameters: list[str], body: list[gast.stmt]) -> gast.FunctionDef:
    """A function definition with plain parameters."""
    arguments = gast.arguments(
        [gast.Name(p, gast.Param(), None, None) for p in parameters], [], None, [], [], None, []
    )
    return gast.FunctionDef(identifier, arguments, body, [], None, None, [])
