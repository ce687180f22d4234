"""The units of one derivation, analysed as they are called, and the names of its module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import gast

from .analysis.conclude import conclude, summary
from .analysis.infer import Inference
from .analysis.iteration import check_iteration
from .analysis.kinds import Kind, without_value
from .analysis.lifting import is_lifted
from .analysis.unit import NeedsInline, Place, Unit
from .analysis.webs import split_webs
from .differentiate.forward import Plan
from .differentiate.pairs import Pairs
from .differentiate.reverse import Reverse
from .emit.standalone import global_names
from .errors import reading
from .frontend.parse import Function, resolve
from .normalise import normalise
from .refine import refine
from .refine.inline import inline_calls
from .simplify import simplify
from .syntax import Namer, copy_tree

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

    def _analyse(self, key: Key, function: Function, kinds: dict[str, Kind]) -> Unit:
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

    def settle_recursion(self) -> None:
        """What is known of functions that call each other, from nothing up to a fixed point."""
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
                        conclude(unit, unit.facts["inference"])
                    except NeedsInline as wanted:
                        raise wanted.refusal from None
            if before == [summary(unit) for unit in self.units.values()]:
                break

    def infer(self, unit: Unit) -> Inference:
        inference = Inference(unit, self.unit)
        inference.run()
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
        """Bind the names that the user's code refers to, as the user calls them if possible."""
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

    # --- the last stage before the text

    def simplify(
        self, sweep: Reverse, forward: list[gast.stmt], reverse: list[gast.stmt], plan: Plan
    ) -> tuple[list[gast.stmt], list[gast.stmt]]:
        """Both sweeps of a unit, made plain."""
        return simplify(sweep, forward, reverse, plan)


def flat_parameters(function: Function, names: list[str]) -> gast.FunctionDef:
    """The function with plain positional parameters; captured variables of closures come last."""
    tree = copy_tree(function.tree)
    tree.args = gast.arguments(
        [gast.Name(n, gast.Param(), None, None) for n in names], [], None, [], [], None, []
    )
    tree.returns = None
    tree.decorator_list = []
    return tree
