"""The stages in order, from a function and kinds of arguments to the text of its derivative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .analysis.baked import check_baked_in
from .analysis.kinds import Kind, Sequence, Table, is_inexact
from .analysis.sources import holds_memory
from .analysis.unit import Unit
from .analysis.unresolved import check_resolved
from .emit.printer import to_text
from .errors import NotSupported, WrongUse, internal, reading
from .frontend.generators import first_yield, is_generator
from .frontend.parse import Function
from .keys import Contents, Guard
from .modules import grad_module, jvp_module, module, used_names, vjp_module
from .program import Program
from .syntax import to_debug_text


@dataclass(frozen=True)
class Derived:
    """A generated module: its text, and what its names stand for."""

    text: str
    entry: str
    namespace: dict[str, object]
    guards: tuple[Guard, ...] = ()
    written: frozenset[str] = frozenset()
    origin: tuple[str, ...] = ()


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
    return [*((stage, to_debug_text(tree)) for stage, tree in program.log), ("text", derived.text)]


def _derive(
    function: Function,
    kinds: Mapping[str, Kind],
    wrt: tuple[str, ...],
    mode: str,
    has_aux: bool,
    single: bool,
) -> tuple[Derived, Program]:
    with reading(function.source), internal(function.tree):
        if is_generator(function.tree):
            raise NotSupported(first_yield(function.tree), "a generator", instead="return a list")
        program, unit = analysed(function, kinds)
        unit.facts["root"] = True
        program.adopt_globals()
        program.bind(np, "np")
        check_arguments(unit, wrt)
        # Differentiated and simplified; so is every function through which a derivative flows.
        if mode == "vjp":
            functions, entry = vjp_module(program, unit, wrt)
        elif mode == "jvp":
            functions, entry = jvp_module(program, unit, wrt)
        else:
            functions, entry = grad_module(program, unit, wrt, has_aux, single)
        text = to_text(module(program, functions, unit)) + "\n"
        program.adopt_missing(text)
    names = used_names(text, program.namespace)
    written = frozenset(p for p in unit.facts["written"] if holds_memory(unit.kinds[p]))
    return Derived(text, entry, names, guards(program), written, (function.name,)), program


def analysed(function: Function, kinds: Mapping[str, Kind]) -> tuple[Program, Unit]:
    """Normalised, split into webs, its kinds inferred, refined; so is every function it calls."""
    moving: frozenset[str] = frozenset()
    while True:
        program = Program(moving=moving)
        unit = program.unit(function, dict(kinds))
        changing = check_baked_in(program.units.values(), unit.facts["changed"])
        if not changing:
            for made in program.units.values():
                with reading(made.function.source):
                    check_resolved(made)
            return program, unit
        moving |= changing


def check_arguments(unit: Unit, wrt: tuple[str, ...]) -> None:
    """There must be something to differentiate with respect to (or an empty list)."""
    for parameter in wrt:
        kind = unit.kinds[parameter]
        empty = isinstance(kind, (Sequence, Table)) and not kind.items
        if not is_inexact(kind) and not empty:
            raise WrongUse(f"'{parameter}' is {kind}: nothing to differentiate with respect to")


def guards(program: Program) -> tuple[Guard, ...]:
    """Which globals, captured variables and attributes the derivative was made for."""
    units = program.units.values()
    baked_in = [g for unit in units for g in unit.facts.get("guards", ()) if g[0].get(g[1]) is g[2]]
    for unit in units:
        for identifier, thing in unit.globals_used.items():
            captured = identifier in unit.function.closure
            scope = unit.function.closure if captured else unit.function.globals
            if scope.get(identifier) is thing:
                baked_in.append((scope, identifier, thing))
    changing = {
        (id(scope), identifier): (Contents(scope), identifier)
        for scope, identifier, thing in baked_in
        if isinstance(thing, (list, tuple, dict))
    }
    for unit in units:
        for (_, identifier), owner in unit.facts.get("attributes", {}).items():
            scope = getattr(owner, "__dict__", {})
            changing[id(owner), identifier] = (Contents(scope), identifier)
    return (*baked_in, *((seen, name, seen.get(name)) for seen, name in changing.values()))
