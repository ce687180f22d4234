"""The units of one derivation, analysed as they are called, and the names of its module."""

from __future__ import annotations

import builtins
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

import gast

from .analysis.conclude import conclude, summary
from .analysis.infer import Inference
from .analysis.iteration import check_iteration, mappings_among
from .analysis.kinds import Kind, without_value
from .analysis.lifting import is_lifted
from .analysis.unit import NeedsInline, Place, Unit
from .analysis.webs import split_webs
from .differentiate.forward import Plan
from .differentiate.forward_mode import ForwardMode
from .differentiate.pairs import Pairs
from .differentiate.pushforwards import Pushforwards
from .differentiate.reverse import Reverse
from .emit.standalone import global_names
from .errors import NotSupported, reading
from .frontend.parse import Function, resolve
from .normalise import Normalised, normalise
from .refine import refine
from .refine.augmented import hides_kinds
from .refine.cells import check_cells
from .refine.expand import expand
from .refine.inline import inline_calls
from .refine.objects import write_objects, write_supers
from .refine.prune import prune
from .simplify import simplify, simplify_forward
from .syntax import Namer, copy_tree, names_stored, walk

MOST_EXPANSIONS = 100
MOST_DEEP = 8  # kinds of one function inside each other
Key = tuple[object, tuple[tuple[str, Kind], ...]]  # a function and the kinds of its parameters


@dataclass
class Program:
    """The units of one derivation and the names of its module."""

    units: dict[Key, Unit] = field(default_factory=dict)
    namespace: dict[str, object] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    active: list[Key] = field(default_factory=list)
    log: list[tuple[str, gast.FunctionDef]] = field(default_factory=list)
    recursive: bool = False
    changed: frozenset[str] = frozenset()  # places outside that some function changes
    moving: frozenset[str] = frozenset()  # … and that are looked up where the program runs

    def __post_init__(self) -> None:
        self.pairs = Pairs(self)
        self.pushforwards = Pushforwards(self)
        self.module = Namer()

    # --- units

    def unit(self, function: Function, kinds: Mapping[str, Kind]) -> Unit:
        """A function analysed for these kinds; each combination once."""
        identity = (
            id(function.tree)
            if is_lifted(function)
            else (id(function.object.__code__), function.name, cells_of(function))
        )
        depth = sum(key[0] == identity for key in self.active)
        if depth > MOST_DEEP:
            raise NotSupported(
                function.tree,
                f"{function.name}() calls itself with values that grow each time",
                instead="a loop",
            )
        if depth:
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

    def _analyse(self, key: Key, function: Function, kinds: dict[str, Kind]) -> Unit:
        tree = flat_parameters(function, list(kinds))
        supers = write_supers(tree, function, kinds)
        lookup = functools.partial(resolve, function)
        normalised = normalise(tree, lookup=lookup)
        unit = Unit(
            function,
            function.name,
            tuple(kinds),
            kinds,
            normalised.tree,
            normalised.namer,
            dict(normalised.originals),
        )
        unit.facts["module"], unit.facts["moving"] = self.namespace, self.moving
        unit.facts["rewritten"] = supers
        unit.facts["indexed"], unit.facts["iterated"] = normalised.indexed, normalised.iterated
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
                inference = self.with_objects(unit, self.infer(unit, checked=False))
                if inference is None:  # what cannot be indexed by position is listed first
                    normalised = normalise(tree, lookup=lookup, mappings=unit.facts["mappings"])
                    take(unit, normalised)
                    continue
                if inlined:
                    written = inline_calls(unit.tree, unit, inference, inlined, self.bind)
                    unit.tree = split_webs(written, unit.namer)
                    inference = self.with_objects(unit, self.infer(unit, checked=False))
                    assert inference is not None
                if hides_kinds(unit, inference):
                    unit.tree = split_webs(prune(unit.tree, unit, inference), unit.namer)
                    inference = self.infer(unit, checked=False)
                unit.tree = split_webs(refine(unit, inference), unit.namer)
                inference = self.infer(unit)
                if not unit.facts["recursive"] or unit.result == before:
                    try:
                        conclude(unit, inference)
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

    def with_objects(self, unit: Unit, inference: Inference) -> Inference | None:
        """Operations on objects written as the calls that they are, until there are none left.

        None if what turned out cannot be indexed by position, and must be normalised otherwise.
        """
        known = unit.facts.setdefault("mappings", frozenset())
        for _ in range(MOST_EXPANSIONS):
            found = mappings_among(unit)
            if not found <= known:
                unit.facts["mappings"] = known | found
                return None
            written = expand(unit, inference, self)  # calls that stand for other code
            wrapped = written is not None
            if written is None and not inference.expansions:
                check_cells(unit)
                if not inference.truths:  # else once the branches that are not taken have gone
                    check_iteration(unit)
                return inference
            if written is None:
                written = write_objects(unit.tree, unit, inference)
            unit.tree = split_webs(written, unit.namer)
            inference = self.infer(unit, checked=False)
        what = (
            "functions with *args that call each other" if wrapped else "objects that make objects"
        )
        raise NotSupported(unit.tree, f"{what} without end", instead="a loop")

    def settle_recursion(self) -> None:
        """What is known of functions that call each other, from nothing up to a fixed point."""
        for unit in self.units.values():
            unit.facts.update(
                written=frozenset(),
                filled=frozenset(),
                slots=frozenset(),
                returns=frozenset(),
                keeps={},
                doubled={},
                identity=None,
                depends={"return": frozenset()},
            )
        while True:
            before = [summary(unit) for unit in self.units.values()]
            for unit in self.units.values():
                with reading(unit.function.source):
                    try:
                        conclude(unit, unit.facts["inference"])
                    except NeedsInline as wanted:
                        raise wanted.refusal from None
            if before == [summary(unit) for unit in self.units.values()]:
                break

    def infer(self, unit: Unit, checked: bool = True) -> Inference:
        inference = Inference(unit, self.unit)
        inference.run()
        if checked:
            check_iteration(unit)
        return inference

    def note(self, function: Function, stage: str, tree: gast.FunctionDef) -> None:
        """Remember what a stage made; it is only printed if somebody asks for the stages."""
        self.log.append((f"{stage} {function.name}", tree))

    # --- names of the module

    def bind(self, thing: object, wish: str) -> str:
        """The name of an object in the generated module."""
        known = self.names.get(id(thing))
        if known is not None:
            return known
        if getattr(builtins, wish, None) is thing and not self.is_hidden(wish):
            return wish
        chosen = self.module_name(wish)
        self.namespace[chosen] = thing
        self.names[id(thing)] = chosen
        return chosen

    def is_hidden(self, builtin: str) -> bool:
        """Whether some unit calls something else by the name of a function of Python's."""
        thing = getattr(builtins, builtin)
        return self.namespace.get(builtin, thing) is not thing or any(
            unit.globals_used.get(builtin, thing) is not thing
            or builtin in unit.parameters
            or builtin in names_stored(unit.tree.body)
            for unit in self.units.values()
        )

    def alias(self, thing: object, wish: str) -> str:
        """One more name of an object, for where its name means something else."""
        chosen = self.module_name(wish)
        self.namespace[chosen] = thing
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
        """Bind the names that the user's code refers to, as the user calls them if possible."""
        for unit in self.units.values():
            for identifier, thing in unit.globals_used.items():
                if identifier not in self.namespace and id(thing) not in self.names:
                    self.namespace[identifier] = thing
                    self.names[id(thing)] = identifier
                elif identifier not in self.namespace:
                    self.namespace[identifier] = thing
                elif not same_constant(self.namespace[identifier], thing):
                    self.call_differently(unit, identifier, thing)
        for identifier in self.namespace:
            self.module.reserve(identifier)

    def call_differently(self, unit: Unit, identifier: str, thing: object) -> None:
        """Give a global another name where two modules use one name for two things."""
        for known in self.units.values():
            self.module.reserve(*known.globals_used)
        other = self.bind(thing, identifier)
        for node in walk([unit.tree, *unit.originals.values()]):
            if isinstance(node, gast.Name) and node.id == identifier:
                node.id = other

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

    # --- the last stage before the text

    def simplify(
        self, sweep: Reverse, forward: list[gast.stmt], reverse: list[gast.stmt], plan: Plan
    ) -> tuple[list[gast.stmt], list[gast.stmt]]:
        """Both sweeps of a unit, made plain."""
        return simplify(sweep, forward, reverse, plan)

    def simplify_forward(self, mode: ForwardMode, body: list[gast.stmt]) -> list[gast.stmt]:
        """A function in forward mode, made plain."""
        return simplify_forward(mode, body)


def cells_of(function: Function) -> tuple[int, ...]:
    """Which values the captured variables have: a factory makes many functions of one code."""
    return tuple(id(value) for value in function.closure.values())


def same_constant(one: object, other: object) -> bool:
    """Whether two objects may stand under one name."""
    if one is other:
        return True
    plain = (int, float, complex, str, bytes, bool)
    return type(one) is type(other) and isinstance(one, plain) and repr(one) == repr(other)


def take(unit: Unit, normalised: Normalised) -> None:
    """Let a unit be what another normalisation has made of its function."""
    unit.namer = normalised.namer
    unit.facts["indexed"], unit.facts["unpacked"] = normalised.indexed, normalised.unpacked
    unit.facts["iterated"] = normalised.iterated
    unit.tree = split_webs(normalised.tree, unit.namer)


def flat_parameters(function: Function, names: list[str]) -> gast.FunctionDef:
    """The function with plain positional parameters; captured variables of closures come last."""
    tree = copy_tree(function.tree)
    tree.args = gast.arguments(
        [gast.Name(n, gast.Param(), None, None) for n in names], [], None, [], [], None, []
    )
    tree.returns = None
    tree.decorator_list = []
    return tree
