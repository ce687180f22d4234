"""Pairs: a function as a forward part and a pullback, and the sweeps that both are made of.

The forward part of a call runs once. Where the pullback needs nothing but arguments, the forward
part is the user's function itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import gast

from .. import runtime
from ..analysis.again import is_container
from ..analysis.kinds import STRUCTURES, Array, Record, is_inexact
from ..analysis.lifting import is_lifted
from ..analysis.recording import Need, can_be_kept
from ..analysis.sources import holds_memory
from ..analysis.ties import may_hold
from ..analysis.unit import Site, Unit
from ..errors import NotSupported, reading
from ..syntax import (
    assign,
    call,
    const,
    copy_tree,
    name,
    names_read,
    names_stored,
)
from .adjoints import Held
from .crossing import free_names, surely_assigned
from .reverse import Reverse
from .seeds import final, flowing_into, seed_result, seed_values, seeds_of
from .sweeps import Module, Sweeps, finish, function, start

RESULT = ""  # in the place of a parameter


@dataclass(eq=False)
class Pair:
    """The protocol between a call and the pair of its callee."""

    unit: Unit
    active: tuple[str, ...]
    wanted: bool  # whether a derivative flows from the result
    forward: str
    pullback: str
    seeds: list[str] = field(default_factory=list)  # adjoints of (the items of) the result
    inout: list[str] = field(default_factory=list)  # parameters whose adjoint is added into
    returned: list[str] = field(default_factory=list)
    needed: list[str] = field(default_factory=list)  # parameters that the pullback reads
    content: set[str] = field(default_factory=set)  # … and not only the shape of
    saved: list[str] = field(default_factory=list)
    kept_parameters: set[str] = field(default_factory=set)  # whose memory is among what is saved
    kept_containers: dict[str, bool] = field(default_factory=dict)  # … whether items are read
    kept_objects: set[str] = field(default_factory=set)  # … whose attributes may be read
    unkept: dict[str, gast.stmt] = field(default_factory=dict)  # what a recursive call relies on
    relied: set[str] = field(default_factory=set)  # what a recursive call takes for not kept
    known: set[str] = field(default_factory=set)  # … and what is known to be kept
    kept_result: bool = False  # whether the result's is
    held_of: dict[str, set[str]] = field(default_factory=dict)  # what is kept of each of these
    kept_arrays: dict[str, set[str]] = field(default_factory=dict)  # all that is read of each
    in_result: dict[str, bool] = field(default_factory=dict)  # … containers; whether items are read
    saved_values: gast.Tuple = field(default_factory=lambda: gast.Tuple([], gast.Load()))
    done: bool = False
    recursive: bool = False
    text: list[gast.stmt] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its functions."""
        return (self.forward, self.pullback)

    @property
    def has_forward(self) -> bool:
        """Whether the call is replaced by one of the forward part."""
        return self.recursive or not self.done or bool(self.saved)

    def forget(self, kept: set[str]) -> None:
        """Begin again: what recursive calls relied on was not so."""
        self.known |= kept
        self.relied, self.unkept = set(), {}
        self.seeds, self.inout, self.returned = [], [], []

    def has_copies_of(self, parameter: str) -> bool:
        """Whether copies can be kept of all that is kept of a parameter."""
        held = self.held_of.get(parameter, set())
        others = self.kept_arrays.get(parameter, set()) - held
        return bool(held) and not others and self.can_be_copied(held)

    def can_be_copied(self, names: set[str]) -> bool:
        """Whether copies of these say what they were like; no array in them is put back."""
        return all(can_be_kept(self.unit.env.get(n)) for n in names)


class Pairs:
    """Makes sweeps and pairs, each once."""

    def __init__(self, module: Module):
        self.module = module
        self.made: dict[tuple[int, tuple[str, ...], bool], Pair] = {}
        self.order: list[Pair] = []

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
        flowing = flowing_into(y, unit.result, sweep) if y is not None else []
        wanted = any(k is not None and k in adjoints.state for k in flowing)
        if not active or (
            not wanted
            and not any(not adjoints.is_zero(_name(site.arguments[p], p, node)) for p in written)
        ):
            for key in flowing:
                if key is not None:
                    adjoints.kill(key)
            return
        pair = self.pair(unit, active, wanted)
        values = seed_values(sweep, node, y, flowing, unit.result) if wanted else []
        places = []
        for parameter in pair.inout:
            x = _name(site.arguments[parameter], parameter, node)
            adjoints.ensure(sweep.effects.base(x), node)
            places.append(adjoints.whole(x, node))
        sweep.replaced[id(node)] = (
            pair,
            site,
            y,
        )  # by a call of the forward part, if that keeps something
        reads = []
        for parameter in pair.needed:
            reads.append(
                sweep.recorder.expression(
                    site.arguments[parameter],
                    node,
                    is_left_changed(unit, parameter),
                    parameter in pair.content,
                )
            )
        need_kept_memory(sweep, node, site, pair, y)
        if pair.has_forward:
            saved = saved_name(sweep, node)
            reads.append(sweep.recorder.value(saved, node, True))
        made = call(pair.pullback, *values, *places, *reads)
        receive(sweep, node, site, pair, made)

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
            self.module.module_name(f"{unit.name}_forward"),
            self.module.module_name(f"{unit.name}_pullback"),
        )
        self.made[key] = found
        with reading(unit.function.source):
            self.fill(found)
        return found

    def fill(self, pair: Pair) -> None:
        """Differentiate the callee and write both parts."""
        unit, known = pair.unit, list(self.made.values())
        sweep = start(self.module, self, unit, pair.active, pair.wanted)
        protocol(pair, sweep)
        made = finish(self.module, sweep, lambda: seed(pair, sweep), lambda: results(pair, sweep))
        local = set(names_stored(made.forward)) | set(unit.parameters)
        free = [
            n
            for n in free_names(
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
        again = [] if pair.recursive else loads_again(pair, sweep)
        effects = unit.facts["effects"]
        # Of an array that is kept by reference the pullback may read no more than the shape; how
        # many items a list has may change.
        holders = {n for n in pair.saved if is_container(unit.env.get(n), True)}
        needed = {n.name for n in sweep.recorder.contents}
        read = needed | holders
        pair.kept_parameters = {
            p for p in unit.parameters if any(effects.share(n, p) for n in read)
        }
        pair.kept_containers = {
            p: any(effects.share(n, p) for n in needed & holders)
            for p in pair.kept_parameters
            if any(effects.share(n, p) for n in holders)
        }
        for n in sweep.kept_below:  # there is no telling a callee of ours to keep a copy now
            pair.kept_containers |= {p: True for p in unit.parameters if effects.share(n, p)}
        pair.kept_objects = {
            p
            for p in pair.kept_containers
            if any(
                is_or_is_in(unit, n, p) for n in holders | sweep.kept_below if effects.share(n, p)
            )
        }
        pair.kept_result = any(
            effects.share(n, r) for n in read for r in names_read(unit.tree.body[-1])
        )
        pair.held_of = {
            p: {n for n in holders if effects.share(n, p)} for p in pair.kept_containers
        }
        pair.kept_arrays = {
            p: {n for n in read if effects.share(n, p)} for p in pair.kept_containers
        }
        pair.in_result = {
            n: n in needed
            for n in pair.saved
            if n in holders and any(effects.share(n, r) for r in names_read(unit.tree.body[-1]))
        }
        kept = pair.kept_parameters | ({RESULT} if pair.kept_result else set())
        if pair.relied & kept:
            for other in [o for o in self.made.values() if o not in known]:
                if other is not pair:  # it may rely on that, too
                    self.order.remove(other)
            self.made = {k: o for k, o in self.made.items() if o in known or o is pair}
            pair.forget(kept)
            self.fill(pair)
            return
        pair.done = True
        for parameter, node in pair.unkept.items():
            if parameter in pair.kept_parameters and not pair.has_copies_of(parameter):
                raise changed_later(node, parameter)
        made.reverse[:0] = again
        write(pair, made, sweep)
        for parameter in pair.unkept:
            copied(sweep, pair, pair.held_of.get(parameter, set()))
        if RESULT in pair.unkept:
            keep_apart(sweep, pair, pair.unkept[RESULT])
        self.order.append(pair)


def protocol(pair: Pair, sweep: Reverse) -> None:
    """Decide which adjoints of parameters are added into in place, and which are returned."""
    unit = pair.unit
    for parameter in pair.active:
        kind = unit.kinds[parameter]
        structured = isinstance(kind, STRUCTURES)
        rebound = bool(sweep.layout.definitions.get(parameter))
        # With another value under its name, in a branch or a loop, there is another adjoint.
        if not rebound and (
            structured
            or (isinstance(kind, Array) and kind.rank != 0 and parameter in sweep.adjoints.buffers)
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


def seed(pair: Pair, sweep: Reverse) -> None:
    """The adjoints that the caller hands in."""
    adjoints = sweep.adjoints
    for parameter in pair.inout:
        adjoints.state[parameter] = Held(False, True)
        adjoints.variable(parameter)
    if not pair.wanted:
        return
    result = pair.unit.tree.body[-1]
    for seed in seeds_of(pair.unit.result):
        label = sweep.value if seed is None else f"{sweep.value}_{seed}"
        variable = pair.unit.namer.fresh(f"{label}_bar")
        pair.seeds.append(variable)
        sweep.recorder.locals.add(variable)
        seed_result(sweep, result, seed, name(variable))


def results(pair: Pair, sweep: Reverse) -> list[gast.expr]:
    """What the pullback returns, in memory of its own."""
    first = pair.unit.tree.body[0]
    found = []
    for parameter in pair.returned:
        held = sweep.adjoints.state.get(parameter)
        value = final(sweep, parameter, first)
        if isinstance(pair.unit.kinds[parameter], STRUCTURES) and held and not held.owned:
            value = sweep.adjoints.copied(value, parameter)
        found.append(value)
    return found


def need_kept_memory(
    sweep: Reverse, node: gast.stmt, site: Site, pair: Pair, y: str | None
) -> None:
    """What the callee keeps by reference must be restored if the caller writes into it."""
    contents = sweep.recorder.contents
    for parameter, argument in site.arguments.items():
        if pair.done and parameter not in pair.kept_parameters:
            continue
        if not pair.done and parameter not in pair.known:
            pair.relied.add(parameter)
            continue
        content = pair.kept_containers.get(parameter, True)
        for identifier in names_read(argument):
            after = is_left_changed(pair.unit, parameter)
            change = sweep.recorder.change_after(identifier, node, after, content)
            if change is not None and not pair.done:
                pair.unkept[parameter] = change.statement  # seen when it is done
            elif change is not None and parameter in (
                pair.kept_objects if change.form == "attribute" else pair.kept_containers
            ):
                if pair.kept_containers.get(parameter, True) and not pair.has_copies_of(parameter):
                    raise changed_later(change.statement, parameter)
                copied(sweep, pair, pair.held_of[parameter])
            elif holds_memory(sweep.unit.env.get(identifier)):
                contents.append(Need(identifier, node, False))
                if parameter in pair.kept_containers:
                    sweep.kept_below.add(identifier)
    if y is not None and not pair.done and RESULT not in pair.known:
        pair.relied.add(RESULT)
    elif (
        y is not None
        and (pair.kept_result or not pair.done)
        and holds_memory(sweep.unit.env.get(y))
    ):
        contents.append(Need(y, node, True))
        content = any(pair.in_result.values()) or not pair.done
        change = sweep.recorder.change_after(y, node, True, content)
        if change is not None and not pair.done:
            pair.unkept[RESULT] = change.statement
        elif change is not None:
            keep_apart(sweep, pair, change.statement)


def is_left_changed(unit: Unit, parameter: str) -> bool:
    """Whether a pullback starts from an array, list or object as its function has left it."""
    return holds_memory(unit.kinds.get(parameter)) and parameter in unit.facts["written"]


def keep_apart(sweep: Reverse, pair: Pair, change: gast.stmt) -> None:
    """The result of a callee is changed later: of what is in it the callee keeps a copy."""
    if any(pair.in_result.values()) and not pair.can_be_copied(set(pair.in_result)):
        raise changed_later(change, RESULT)
    copied(sweep, pair, set(pair.in_result))


def copied(sweep: Reverse, pair: Pair, names: set[str]) -> None:
    """Let the forward part keep copies of lists, dicts and objects, to know what they were like."""
    copy_of = sweep.bind(runtime.copy_of, "copy_of")
    values = pair.saved_values.elts
    values[:] = [
        call(copy_of, e) if isinstance(e, gast.Name) and e.id in names else e for e in values
    ]


def is_or_is_in(unit: Unit, name: str, parameter: str) -> bool:
    """Whether a name may refer to what was passed as a parameter, or to a part of that.

    Another object of which the parameter has got an array is neither.
    """
    if parameter in unit.facts["effects"].roots.get(name, frozenset()):
        return True
    kind, held = unit.kinds[parameter], unit.env.get(name)
    return not isinstance(kind, Record) or any(may_hold(k, held) for _, k in kind.items)


def changed_later(node: gast.stmt, parameter: str) -> NotSupported:
    """The refusal of a change of what a callee has kept by reference."""
    how = "has returned" if parameter == RESULT else f"has got as '{parameter}'"
    return NotSupported(
        node,
        f"a change of what a function {how} and needs as it was",
        instead="a new list or dict",
    )


def receive(sweep: Reverse, node: gast.stmt, site: Site, pair: Pair, made: gast.expr) -> None:
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
        where = gast.Tuple([gast.Name(r, gast.Store(), None, None) for r in results], gast.Store())
        sweep.adjoints.emit(gast.Assign([where], made, None))
    for parameter, temporary in zip(pair.returned, results, strict=True):
        x = _name(site.arguments[parameter], parameter, node)
        fresh = x not in sweep.adjoints.state
        sweep.adjoints.add(x, name(temporary), node)
        if fresh and x in sweep.adjoints.state:
            sweep.adjoints.moved(x, False)


def saved_name(sweep: Reverse, node: gast.stmt) -> str:
    """The variable that holds what the forward part of a call kept."""
    saved = sweep.unit.facts.setdefault("saved_names", {})
    key = (id(sweep), id(node))
    if key not in saved:
        identifier = sweep.unit.namer.fresh("saved")
        saved[key] = identifier
        sweep.recorder.locals.add(identifier)
        sweep.layout.definitions[identifier] = [node]
    return str(saved[key])


def loads_again(pair: Pair, sweep: Reverse) -> list[gast.stmt]:
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


def write(pair: Pair, made: Sweeps, sweep: Reverse) -> None:
    """Both parts as functions."""
    unit = pair.unit
    saved = pair.saved_values = gast.Tuple([name(n) for n in pair.saved], gast.Load())
    unpack: list[gast.stmt] = []
    if pair.saved:
        where = gast.Tuple(
            [gast.Name(n, gast.Store(), None, None) for n in pair.saved], gast.Store()
        )
        unpack = [gast.Assign([where], name(saved_parameter(unit)), None)]
    if pair.has_forward:
        first = [
            assign(n, const(None))
            for n in pair.saved
            if n not in unit.parameters and not surely_assigned(n, made.forward)
        ]
        body = [
            *first,
            *own_definition(unit, made.forward),
            *made.forward,
            gast.Return(gast.Tuple([name(made.value), saved], gast.Load())),
        ]
        pair.text.append(function(pair.forward, list(unit.parameters), body))
    parameters = [*pair.seeds, *[sweep.adjoints.variable(p) for p in pair.inout], *pair.needed]
    if pair.has_forward:
        parameters.append(saved_parameter(unit))
    body = [*unpack, *made.reverse]
    pair.text.append(function(pair.pullback, parameters, body or [gast.Pass()]))


def own_definition(unit: Unit, forward: list[gast.stmt]) -> list[gast.stmt]:
    """A nested function that calls itself, defined where its forward part can call it."""
    own = unit.function.name
    mentioned = own in names_read(forward) and own not in names_stored(forward)
    return [copy_tree(unit.function.tree)] if mentioned and is_lifted(unit.function) else []


def saved_parameter(unit: Unit) -> str:
    """The name under which a pullback gets what was kept."""
    return str(unit.facts.setdefault("saved_parameter", unit.namer.fresh("saved")))


def _name(argument: gast.expr, parameter: str, node: gast.stmt) -> str:
    if not isinstance(argument, gast.Name):
        raise NotSupported(
            argument if hasattr(argument, "lineno") else node,
            f"the argument '{parameter}' is not a name and carries a derivative",
            instead="give it a name first",
        )
    return str(argument.id)
