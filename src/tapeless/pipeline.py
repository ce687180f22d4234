"""The stages in order: from a function and the kinds of its arguments to the text of its derivative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType

import gast
import numpy as np

from . import runtime
from .analysis.activity import Flows
from .analysis.calls import is_lifted
from .analysis.effects import analyse_effects, holds_memory
from .analysis.infer import Inference
from .analysis.kinds import Array, Closure, Kind, Number, Sequence, Table, is_inexact, without_value
from .analysis.layout import Layout
from .analysis.unit import NeedsInline, Place, Unit
from .analysis.webs import split_webs
from .differentiate.crossing import free_names, surely_assigned
from .differentiate.forward import Plan
from .differentiate.pairs import Pair, Pairs
from .differentiate.reverse import Reverse
from .differentiate.seeds import final, seed_result, seeds_of
from .differentiate.sweeps import Sweeps, finish, function, start
from .emit.printer import to_text
from .emit.standalone import global_names
from .errors import NotSupported, WrongUse, internal, reading
from .frontend.parse import Function, resolve
from .normalise import normalise
from .refine import refine
from .refine.captures import hide_captures
from .refine.inline import inline_calls
from .simplify.memory import Groups
from .simplify.propagate import plain_expressions, propagate
from .simplify.protect import protect
from .simplify.renest import renest
from .simplify.renumber import renumber
from .simplify.tidy import (
    comments,
    drop_unread_functions,
    drop_unused_counters,
    loop_on_stacks,
    without_empty_blocks,
)
from .syntax import (
    Blank,
    Comment,
    Namer,
    assign,
    attribute,
    call,
    const,
    copy_tree,
    mark,
    name,
    names_read,
    names_stored,
    substitute,
    target,
    to_debug_text,
    walk,
    walk_scope,
)


@dataclass(frozen=True)
class Derived:
    """A generated module: its text, and what its names stand for."""

    text: str
    entry: str
    namespace: dict[str, object]
    guards: tuple[tuple[Mapping[str, object], str, object], ...] = ()
    written: frozenset[str] = frozenset()
    origin: tuple[str, ...] = ()


@dataclass
class Program:
    """The units of one derivation and the names of its module."""

    units: dict[tuple, Unit] = field(default_factory=dict)
    namespace: dict[str, object] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    active: list[tuple] = field(default_factory=list)
    log: list[tuple[str, str]] = field(default_factory=list)
    recursive: bool = False

    def __post_init__(self) -> None:
        self.pairs = Pairs(self)
        self.module = Namer()

    # --- units

    def unit(self, function: Function, kinds: Mapping[str, Kind]) -> Unit:
        """A function analysed for these kinds; each combination once."""
        identity = (
            id(function.tree)
            if is_lifted(function)
            else (id(function.object.__code__), function.name)
        )
        if any(key[0] == identity for key in self.active):
            kinds = {p: without_value(k, p) for p, k in kinds.items()}
        key = (identity, tuple(kinds.items()))
        found = self.units.get(key)
        if found is not None:
            if not found.finished:
                found.facts["recursive"] = True
                self.recursive = True
            return found
        with reading(function.source):
            return self._analyse(key, function, dict(kinds))

    def _analyse(self, key: tuple, function: Function, kinds: dict[str, Kind]) -> Unit:
        tree = flat_parameters(function, list(kinds))
        normalised = normalise(tree)
        unit = Unit(
            function,
            function.name,
            tuple(kinds),
            kinds,
            normalised.tree,
            normalised.namer,
            dict(normalised.originals),
        )
        unit.facts["module"] = self.namespace
        unit.facts["indexed"] = normalised.indexed
        unit.facts["unpacked"] = normalised.unpacked
        self.units[key] = unit
        self.active.append(key)
        self.note(function, "normalise", unit.tree)
        inlined: set[Place] = set()
        try:
            while True:
                before, known = unit.result, set(self.units)
                unit.facts["recursive"] = False
                unit.tree = split_webs(normalised.tree, unit.namer)
                inference = self.infer(unit)
                if inlined:
                    written = inline_calls(unit.tree, unit, inference, inlined, self.bind)
                    unit.tree = split_webs(written, unit.namer)
                    inference = self.infer(unit)
                unit.tree = split_webs(refine(unit, inference), unit.namer)
                inference = self.infer(unit)
                if not unit.facts["recursive"] or unit.result == before:
                    try:
                        self.conclude(unit, inference)
                        break
                    except NeedsInline as wanted:
                        if unit.facts["recursive"] or wanted.place in inlined:
                            raise wanted.refusal from None
                        inlined.add(wanted.place)
                for other in set(self.units) - known:
                    del self.units[other]  # analysed with a result that was not yet right
        finally:
            self.active.pop()
        self.note(function, "refine", unit.tree)
        unit.finished = True
        if not self.active and self.recursive:
            self.settle_recursion()
        return unit

    def settle_recursion(self) -> None:
        """Functions that call each other: what is known of them, from nothing up until it is consistent."""
        for unit in self.units.values():
            unit.facts.update(
                written=frozenset(),
                returns=frozenset(),
                identity=None,
                depends={"return": frozenset()},
            )
        while True:
            before = [summary(unit) for unit in self.units.values()]
            for unit in self.units.values():
                with reading(unit.function.source):
                    try:
                        self.conclude(unit, unit.facts["inference"])
                    except NeedsInline as wanted:
                        raise wanted.refusal from None
            if before == [summary(unit) for unit in self.units.values()]:
                break

    def infer(self, unit: Unit) -> Inference:
        inference = Inference(unit, self.unit)
        inference.run()
        check_iteration(unit)
        return inference

    def conclude(self, unit: Unit, inference: Inference) -> None:
        """What callers need to know: what is written, what is returned, what depends on what."""
        layout = Layout(unit.tree)
        result = unit.tree.body[-1]
        returned = names_read(result)
        visible = frozenset(returned) | frozenset(
            p for p in unit.parameters if holds_memory(unit.kinds[p])
        )
        effects = analyse_effects(unit, inference, layout, visible)
        flows = Flows(unit, inference, layout, effects, depends_of)
        written = {
            p
            for w in effects.writes
            for p in unit.parameters
            if p in effects.roots.get(w.name, frozenset())
        }
        unit.facts.update(
            inference=inference, effects=effects, flows=flows, written=frozenset(written)
        )
        unit.facts["returns"] = frozenset(
            p for r in returned for p in unit.parameters if p in effects.roots.get(r, frozenset())
        )
        unit.facts["identity"] = identity_of(returned, unit, layout)
        unit.facts["depends"] = dependencies(unit, flows, returned)
        unit.facts["buffers"] = frozenset(buffers(unit, layout))

    def note(self, function: Function, stage: str, tree: object) -> None:
        self.log.append(
            (f"{stage} {function.name}", tree if isinstance(tree, str) else to_debug_text(tree))
        )

    # --- names of the module

    def bind(self, thing: object, wish: str) -> str:
        """The name of an object in the generated module."""
        known = self.names.get(id(thing))
        if known is not None:
            return known
        chosen = self.module_name(wish)
        self.namespace[chosen] = thing
        self.names[id(thing)] = chosen
        return chosen

    def module_name(self, wish: str) -> str:
        """A name that no unit and no other object of the module uses."""
        for unit in self.units.values():
            self.module.reserve(*unit.namer.used)
        chosen = self.module.fresh(wish)
        for unit in self.units.values():
            unit.namer.reserve(chosen)
        return chosen

    def adopt_globals(self) -> None:
        """Bind the names that the user's code refers to, under the user's own names where possible."""
        for unit in self.units.values():
            for identifier, thing in unit.globals_used.items():
                if identifier not in self.namespace and id(thing) not in self.names:
                    self.namespace[identifier] = thing
                    self.names[id(thing)] = identifier
                elif identifier not in self.namespace:
                    self.namespace[identifier] = thing
        for identifier in self.namespace:
            self.module.reserve(identifier)

    def adopt_missing(self, text: str) -> None:
        """Bind names that only a lambda or a nested function of the user reads."""
        for identifier in global_names(text):
            for unit in self.units.values():
                if identifier in self.namespace:
                    break
                try:
                    self.namespace[identifier] = resolve(unit.function, identifier)
                except KeyError:
                    continue

    # --- simplification of one pair of sweeps

    def simplify(
        self, sweep: Reverse, forward: list[gast.stmt], reverse: list[gast.stmt], plan: Plan
    ) -> tuple[list[gast.stmt], list[gast.stmt]]:
        """Make both sweeps plain; the reverse sweep decides what the forward sweep must leave behind."""
        unit = sweep.unit
        loop_on_stacks(forward, reverse, plan.trips, plan.stacks)
        groups = Groups([forward, reverse])
        bars = {
            n
            for n in names_stored(reverse)
            if unit.namer.is_temporary(n) or (is_bar(n) and is_temporary_bar(n, sweep))
        }
        copies = {n for n in names_stored(reverse) if is_bar(n)}
        inexact = sweep.adjoints.is_inexact

        def is_number(identifier: str) -> bool:
            return isinstance(unit.env.get(identifier), Number)

        def number(node: gast.expr) -> bool:
            return isinstance(sweep.inference.kind(node), Number)

        primal = set(names_stored(forward)) | set(unit.parameters)

        def copied(identifier: str, value: gast.expr) -> gast.expr:
            kind = unit.env.get(identifier)
            if isinstance(kind, Array) and kind.axes is not None:
                return gast.Call(attribute(value, "copy"), [], [])
            return call(self.bind(runtime.copy_of, "copy_of"), value)

        reverse = protect(reverse, is_number, lambda n: n in primal, copied, sweep.effects.share)
        reverse = plain_expressions(propagate(reverse, copies), inexact, number)
        reverse = plain_expressions(renest(reverse, bars, groups, set()), inexact, number)
        reverse = plain_expressions(propagate(reverse, copies), inexact, number)
        reverse = without_empty_blocks(reverse)
        drop_unused_counters(reverse)
        reverse = comments(reverse, unit.function.source.lines, unit.originals)
        forward = drop_unread_functions(forward, reverse)
        forward = renest(
            hide_captures(forward), set(unit.namer.temporaries), groups, set(names_read(reverse))
        )
        return forward, reverse


def check_iteration(unit: Unit) -> None:
    """The normalised program indexes what the user's iterates over and unpacks: the kinds must allow it."""
    for identifier in unit.facts["indexed"]:
        kind = unit.env.get(identifier)
        if isinstance(kind, Table):
            raise NotSupported(
                _mention(unit, identifier),
                "a loop over a dict",
                instead="a loop over list(d), d.keys() or d.items()",
            )
    for (line, column), targets in unit.facts["unpacked"].items():
        for identifier, count, exact in targets:
            kind = unit.env.get(identifier)
            length = None
            if isinstance(kind, Sequence) and kind.items is not None:
                length = len(kind.items)
            elif (
                isinstance(kind, Array)
                and kind.axes
                and kind.axes[0] is not None
                and kind.axes[0].is_constant
            ):
                length = kind.axes[0].constant
            if length is not None and (length != count if exact else length < count):
                where = unit.originals.get((line, column))
                raise NotSupported(
                    where,
                    f"{length} values are unpacked into {count} names",
                    instead="as many names as there are values",
                )


def _mention(unit: Unit, identifier: str) -> gast.AST:
    for node in walk(unit.tree.body):
        if isinstance(node, gast.Name) and node.id == identifier and hasattr(node, "lineno"):
            return node
    return unit.tree


def is_bar(identifier: str) -> bool:
    """Whether a name is that of an adjoint."""
    return identifier.rstrip("0123456789").rstrip("_").endswith("_bar")


def is_temporary_bar(identifier: str, sweep: Reverse) -> bool:
    """Whether an adjoint is that of a temporary of ours."""
    for owner, variable in sweep.adjoints.names.items():
        if variable == identifier:
            return sweep.unit.namer.is_temporary(owner.partition("[")[0])
    return False


def summary(unit: Unit) -> tuple:
    """What callers know of a unit."""
    facts = unit.facts
    return (
        facts["written"],
        facts["returns"],
        facts["identity"],
        tuple(sorted(facts["depends"].items())),
    )


def depends_of(unit: Unit) -> dict[str, frozenset[str]]:
    """On which parameters the result and the written parameters depend (all, while that is not known)."""
    known = unit.facts.get("depends")
    if known is not None:
        return known
    inexact = frozenset(p for p, k in unit.kinds.items() if is_inexact(k))
    return {"return": inexact}


def dependencies(unit: Unit, flows: Flows, returned: list[str]) -> dict[str, frozenset[str]]:
    """For the result and each written parameter: the parameters it is a differentiable function of."""
    from .analysis.activity import analyse_activity

    found: dict[str, set[str]] = {"return": set(), **{p: set() for p in unit.facts["written"]}}
    for parameter, kind in unit.kinds.items():
        if not is_inexact(kind):
            continue
        varied = analyse_activity(flows, [parameter], []).varied
        for end in found:
            reached = returned if end == "return" else [end]
            if any(r in varied for r in reached):
                found[end].add(parameter)
    return {end: frozenset(names) for end, names in found.items()}


def identity_of(returned: list[str], unit: Unit, layout: Layout) -> str | None:
    """The parameter that a function returns as it is, if it does."""
    if len(returned) != 1:
        return None
    name_now = returned[0]
    for _ in range(10):
        if name_now in unit.parameters:
            return name_now if not layout.definitions.get(name_now) else None
        made = layout.single_definition(name_now)
        if not isinstance(made, gast.Assign) or not isinstance(made.value, gast.Name):
            return None
        name_now = made.value.id
    return None


def buffers(unit: Unit, layout: Layout) -> set[str]:
    """Names whose adjoint is added into in place: written, taken apart by subscripts, or so in a callee."""
    effects = unit.facts["effects"]
    found = {effects.base(n) for n in effects.written_names()} | {
        effects.base(n) for n in effects.ties
    }
    for node in walk_scope(unit.tree.body):
        if isinstance(node, gast.Subscript) and isinstance(node.value, gast.Name):
            found.add(node.value.id)
    for site in unit.sites.values():
        if site.form == "user" and site.unit is not None:
            for parameter in site.unit.facts.get("buffers", ()):
                argument = site.arguments.get(parameter)
                if isinstance(argument, gast.Name):
                    found.add(effects.base(argument.id))
    return found


def flat_parameters(function: Function, names: list[str]) -> gast.FunctionDef:
    """The function with plain positional parameters; captured variables of closures come last."""
    tree = copy_tree(function.tree)
    tree.args = gast.arguments(
        [gast.Name(n, gast.Param(), None, None) for n in names], [], None, [], [], None, []
    )
    tree.returns = None
    tree.decorator_list = []
    return tree


# --- the whole way ----------------------------------------------------------------------


def derive(
    function: Function,
    kinds: Mapping[str, Kind],
    wrt: tuple[str, ...],
    *,
    mode: str = "grad",
    has_aux: bool = False,
    single: bool = True,
) -> Derived:
    """The derivative of a function for arguments of these kinds."""
    return _derive(function, kinds, wrt, mode, has_aux, single)[0]


def stages(
    function: Function,
    kinds: Mapping[str, Kind],
    wrt: tuple[str, ...],
    *,
    mode: str = "grad",
    has_aux: bool = False,
    single: bool = True,
) -> list[tuple[str, str]]:
    """What each stage made of the function and of those it calls, as text."""
    derived, program = _derive(function, kinds, wrt, mode, has_aux, single)
    return [*program.log, ("text", derived.text)]


def _derive(
    function: Function,
    kinds: Mapping[str, Kind],
    wrt: tuple[str, ...],
    mode: str,
    has_aux: bool,
    single: bool,
) -> tuple[Derived, Program]:
    program = Program()
    with reading(function.source), internal(function.tree):
        unit = program.unit(function, dict(kinds))
        program.adopt_globals()
        program.bind(np, "np")
        for parameter in wrt:
            kind = unit.kinds[parameter]
            if not is_inexact(kind) and not (
                isinstance(kind, (Sequence, Table)) and not getattr(kind, "items", ())
            ):
                raise WrongUse(
                    f"'{parameter}' is {unit.kinds[parameter]}: nothing to differentiate with respect to"
                )
        body, entry = (
            vjp_module(program, unit, wrt)
            if mode == "vjp"
            else grad_module(program, unit, wrt, has_aux, single)
        )
        tree = module(program, body, unit)
        text = to_text(tree) + "\n"
        program.adopt_missing(text)
    guards = tuple(
        (scope, identifier, thing)
        for u in program.units.values()
        for identifier, thing in u.globals_used.items()
        for scope in [
            u.function.closure if identifier in u.function.closure else u.function.globals
        ]
        if scope.get(identifier) is thing
    )
    written = frozenset(p for p in unit.facts["written"] if holds_memory(unit.kinds[p]))
    return Derived(
        text, entry, used_names(text, program.namespace), guards, written, (function.name,)
    ), program


def grad_module(
    program: Program, unit: Unit, wrt: tuple[str, ...], has_aux: bool, single: bool
) -> tuple[list[gast.stmt], str]:
    """One function: value and gradient from one run."""
    kind = unit.result
    items = kind.items if isinstance(kind, Sequence) else None
    if has_aux and (items is None or len(items) != 2):
        raise WrongUse(
            f"has_aux=True needs a function that returns (value, aux), {unit.name} returns {kind}"
        )
    check_result(items[0] if has_aux and items is not None else kind, unit)
    sweep = start(program, program.pairs, unit, wrt, True)
    result = unit.tree.body[-1]

    def seed() -> None:
        value_kind = items[0] if has_aux and items is not None else kind
        short = isinstance(value_kind, Array) and value_kind.rank != 0
        seed_result(sweep, result, 0 if has_aux else None, const(1.0), short)

    made = finish(program, sweep, seed, lambda: gradients(program, sweep, wrt, single))
    entry = program.module_name(f"{unit.name}_grad")
    last = made.reverse.pop()
    assert isinstance(last, gast.Return)
    body: list[gast.stmt] = [
        mark(Comment("Forward sweep")),
        *entry_copies(program, unit, sweep),
        *made.forward,
        *result_copy(program, unit, sweep, made),
    ]
    if made.reverse:
        body += [mark(Blank("")), mark(Comment("Reverse sweep")), *made.reverse]
    body.append(gast.Return(gast.Tuple([name(made.value), last.value], gast.Load())))
    return [function(entry, list(unit.parameters), body)], entry


def vjp_module(program: Program, unit: Unit, wrt: tuple[str, ...]) -> tuple[list[gast.stmt], str]:
    """A forward part that returns what the pullback needs, and the pullback."""
    if not seeds_of(unit.result):
        raise WrongUse(f"{unit.name} returns {unit.result}: nothing to differentiate")
    sweep = start(program, program.pairs, unit, wrt, True)
    result = unit.tree.body[-1]
    entry = program.module_name(unit.name)
    out_bar = unit.namer.fresh(f"{sweep.value}_bar")
    sweep.recorder.locals.add(out_bar)

    def seed() -> None:
        for item in seeds_of(unit.result):
            value: gast.expr = (
                name(out_bar)
                if item is None
                else gast.Subscript(name(out_bar), const(item), gast.Load())
            )
            seed_result(sweep, result, item, value)

    made = finish(program, sweep, seed, lambda: gradients(program, sweep, wrt, False))
    local = set(names_stored(made.forward)) | set(unit.parameters)
    saved = [n for n in free_names(made.reverse, [out_bar]) if n in local]
    first = [
        assign(n, const(None))
        for n in saved
        if n not in unit.parameters and not surely_assigned(n, made.forward)
    ]
    packed = gast.Tuple([name(n) for n in saved], gast.Load())
    forward = [
        *first,
        *entry_copies(program, unit, sweep),
        *made.forward,
        *result_copy(program, unit, sweep, made),
    ]
    forward.append(gast.Return(gast.Tuple([name(made.value), packed], gast.Load())))
    unpack: list[gast.stmt] = []
    kept = unit.namer.fresh("saved")
    if saved:
        unpack.append(
            gast.Assign([gast.Tuple([target(n) for n in saved], gast.Store())], name(kept), None)
        )
    return [
        function(f"{entry}_forward", list(unit.parameters), forward),
        function(f"{entry}_pullback", [kept, out_bar], [*unpack, *made.reverse]),
    ], entry


def check_result(kind: Kind | None, unit: Unit) -> None:
    """A gradient needs a real scalar."""
    if isinstance(kind, (Number, Array)):
        if kind.dtype[0] == "c":
            raise WrongUse(
                f"{unit.name} returns {kind}, not a real number: return its real part or its absolute value"
            )
        if kind.dtype == "b":
            raise WrongUse(f"{unit.name} returns {kind}: a boolean has no derivative")
        dims = kind.dims
        if dims is not None and any(d is not None and d.is_many for d in dims):
            raise WrongUse(
                f"{unit.name} returns {kind}, not a scalar: grad needs a scalar; see vjp and jacobian for arrays"
            )
        return
    if kind is not None and not isinstance(kind, (Sequence, Table, Closure)) and is_inexact(kind):
        return
    raise WrongUse(
        f"{unit.name} returns {kind}, not a scalar: grad needs a float; see vjp and jacobian for other results"
    )


def gradients(
    program: Program, sweep: Reverse, wrt: tuple[str, ...], single: bool
) -> list[gast.expr]:
    """The adjoints of the arguments, each in the structure and the dtype of its argument."""
    first = sweep.unit.tree.body[0]
    found: list[gast.expr] = []
    for parameter in wrt:
        kind = sweep.unit.kinds[parameter]
        if isinstance(kind, (Sequence, Table)) and parameter not in sweep.adjoints.state:
            zeros = call(
                program.bind(runtime.zeros_of, "zeros_of"), name(given_name(sweep.unit, parameter))
            )
            found.append(
                call(
                    program.bind(runtime.as_structure, "as_structure"),
                    zeros,
                    name(given_name(sweep.unit, parameter)),
                )
            )
            continue
        value = final(sweep, parameter, first)
        if isinstance(kind, (Sequence, Table)):
            value = call(
                program.bind(runtime.as_structure, "as_structure"),
                value,
                name(given_name(sweep.unit, parameter)),
            )
        elif kind.dtype == "f4":  # type: ignore[attr-defined]
            value = cast(program, value, parameter, kind)
        elif (
            isinstance(kind, Number)
            and kind.python
            and (
                not isinstance(sweep.unit.env.get(parameter), Number)
                or any(getattr(k, "dtype", "") == "f4" for k in sweep.unit.env.values())
            )
        ):
            value = call(program.bind(float, "float"), value)
        found.append(value)
    return [found[0] if single and len(found) == 1 else gast.Tuple(found, gast.Load())]


def given_name(unit: Unit, parameter: str) -> str:
    """The name of a structured argument as the caller gave it; the function may change its own copy."""
    if parameter not in unit.facts["written"]:
        return parameter
    names = unit.facts.setdefault("given", {})
    if parameter not in names:
        names[parameter] = unit.namer.fresh(f"{parameter}_given")
    return str(names[parameter])


def cast(program: Program, value: gast.expr, parameter: str, kind: Kind) -> gast.expr:
    """A gradient in the dtype of its argument."""
    dtype = attribute(name(parameter), "dtype")
    if isinstance(kind, Number):
        return gast.Call(attribute(dtype, "type"), [value], [])
    return call(f"{program.bind(np, 'np')}.asarray", value, dtype)


def entry_copies(program: Program, unit: Unit, sweep: Reverse) -> list[gast.stmt]:
    """What the function writes into is copied first, so that the caller's arrays stay as they are."""
    found: list[gast.stmt] = []
    for parameter in unit.parameters:
        if parameter not in unit.facts["written"] or not holds_memory(unit.kinds[parameter]):
            continue
        if isinstance(unit.kinds[parameter], Array):
            found.append(assign(parameter, gast.Call(attribute(name(parameter), "copy"), [], [])))
        else:
            found.append(assign(given_name(unit, parameter), name(parameter)))
            found.append(
                assign(parameter, call(program.bind(runtime.copy_of, "copy_of"), name(parameter)))
            )
    return found


def result_copy(program: Program, unit: Unit, sweep: Reverse, made: Sweeps) -> list[gast.stmt]:
    """The result is copied where the reverse sweep puts back memory that it may be a part of."""
    if not holds_memory(unit.result):
        return []
    returned = [n for n in names_read(unit.tree.body[-1])]
    for write in sweep.recorder.restored():
        if any(sweep.effects.share(write.name, r) for r in returned):
            return [
                assign(made.value, call(program.bind(runtime.copy_of, "copy_of"), name(made.value)))
            ]
    return []


def renumbered(part: gast.stmt, unit: Unit) -> gast.stmt:
    """A function with its temporaries numbered without gaps."""
    ours = set(unit.namer.temporaries)
    return renumber([part], ours, {n for n in unit.namer.used if n not in ours})[0]


def module(program: Program, body: list[gast.stmt], root: Unit) -> list[gast.stmt]:
    """Pairs of callees, then the function itself; constants that have no literal get names."""
    found: list[gast.stmt] = []
    same_as: dict[str, str] = {}
    seen: dict[str, tuple[str, str]] = {}
    for pair in program.pairs.order:
        pair.text = [renumbered(part, pair.unit) for part in pair.text]
        known = seen.setdefault(shape_of(pair, same_as), (pair.forward, pair.pullback))
        if known != (pair.forward, pair.pullback):
            same_as.update({pair.forward: known[0], pair.pullback: known[1]})
            continue
        for part in pair.text:
            found += [part, mark(Blank("")), mark(Blank(""))]
    found += [renumbered(part, root) for part in body]
    renamed = substitute(found, {old: name(new) for old, new in same_as.items()})
    return [named_constants(s, program) for s in renamed]


def shape_of(pair: Pair, same_as: Mapping[str, str]) -> str:
    """The text of a pair without its own names: pairs for like kinds often come out the same."""
    changes = {old: name(new) for old, new in same_as.items()} | {
        pair.forward: name("FORWARD"),
        pair.pullback: name("PULLBACK"),
    }
    parts = []
    for part in pair.text:
        renamed = substitute(part, changes)
        renamed.name = "FORWARD" if part.name == pair.forward else "PULLBACK"
        parts.append(to_debug_text(renamed))
    return "\n".join(parts)


class _Constants(gast.NodeTransformer):
    def __init__(self, program: Program):
        self.program = program

    def visit_Constant(self, node: gast.Constant) -> gast.expr:
        value = node.value
        if (
            value is None
            or value is Ellipsis
            or (
                isinstance(value, (str, bytes, int, float, complex, bool))
                and not isinstance(value, np.generic)
            )
        ):
            return node
        wish = getattr(value, "__name__", None) or "constant"
        if isinstance(value, ModuleType) or not str(wish).isidentifier():
            wish = "constant"
        return name(self.program.bind(value, str(wish)))


def named_constants(node: gast.stmt, program: Program) -> gast.stmt:
    """Objects among the constants as names."""
    return _Constants(program).visit(node)  # type: ignore[no-any-return]


def used_names(text: str, namespace: Mapping[str, object]) -> dict[str, object]:
    """The part of a namespace that a text reads."""
    read = {n.id for n in walk(gast.parse(text)) if isinstance(n, gast.Name)}
    return {identifier: thing for identifier, thing in namespace.items() if identifier in read}
