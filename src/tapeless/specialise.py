"""The specialisations of one function: made on demand, found again by the kinds of arguments."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import FunctionType
from typing import Any

import numpy as np

from .analysis.kinds import EXACT, FLOAT, Array, Kind, kind_of
from .arguments import (
    as_floats,
    check_apart,
    check_argument,
    check_scalar,
    generic_kind,
    parameters_of,
)
from .depth import deep_trees
from .dispatch import FORMS, Dispatcher, parameter_list
from .emit.live import load
from .errors import KeptOutside, NotSupported, TapelessError, WrongUse
from .frontend import Function, parse
from .keys import Guard, is_fresh, key_of
from .opened import guards_of, opened
from .pipeline import Derived, derive, stages
from .sized import lengths_of, sized

# More specialisations than this at a time are a sign that every call brings a new one.
LIMIT = 128
# A specialisation that was found so often through the dictionary is worth the fast path.
PREFER_AFTER = (16, 1024, 65536)

# What to assume of an argument of which nothing is known, the widest first.
VECTOR = kind_of(np.zeros(2), "")
UNKNOWN: tuple[Kind, ...] = (Array("f", None), VECTOR, FLOAT)


@dataclass(eq=False)
class Specialisation:
    """The function generated for certain kinds of arguments."""

    derived: Derived
    namespace: Mapping[str, Any]
    guards: Sequence[Guard]
    entry: Callable[..., Any] | None
    kinds: Mapping[str, Kind]
    before: Callable[..., None] | None = None
    found: int = 0
    uses_up: bool | None = None  # of a pullback: whether it changes what it is given

    def about(self) -> str:
        """A comment that says for which arguments the text is right."""
        listed = ", ".join(f"{name}: {kind}" for name, kind in self.kinds.items())
        return f"# For arguments of these kinds: {listed}\n" if listed else ""

    def is_fresh(self) -> bool:
        return is_fresh(self.guards)


@dataclass(frozen=True)
class Request:
    """What is to be generated: which adjoints, in which form."""

    wrt: tuple[str, ...]
    single: bool = True
    has_aux: bool = False
    mode: str = "grad"

    def options(self) -> dict[str, Any]:
        return {"mode": self.mode, "has_aux": self.has_aux, "single": self.single}


@dataclass(eq=False)
class Specialiser:
    """Everything generated from one function for one request."""

    function: FunctionType
    request: Request
    last: Specialisation | None = None
    _by_key: dict[object, Specialisation] = field(default_factory=dict)
    _by_kinds: dict[object, Specialisation] = field(default_factory=dict)
    _dispatchers: dict[str, Dispatcher] = field(default_factory=dict)
    inner: Inner | None = None
    sized: bool = False  # whether it is made for the lengths of arguments
    _generic: dict[Kind, Specialisation] = field(default_factory=dict)
    _parsed: Function | None = None

    def __post_init__(self) -> None:
        self.parameters = parameters_of(self.function)
        self.names = tuple(p.name for p in self.parameters)
        self.name = self.function.__name__
        if self.name == "<lambda>":
            self.name = f"lambda_{self.function.__code__.co_firstlineno}"
        wanted = {*self.request.wrt}
        if self.inner is not None:
            wanted |= {*self.inner.specialiser.request.wrt}
        self._wanted = tuple(k for k, n in enumerate(self.names) if n in wanted)
        self._lock = threading.RLock()

    # --- finding ---------------------------------------------------------------------------

    def call(self, *values: Any) -> Any:
        """Run the generated function: what a call does that the fast path does not recognise."""
        specialisation, converted = self.find(values)
        specialisation.found += 1
        if specialisation.found in PREFER_AFTER:
            self._prefer(specialisation, converted)
        if specialisation.before is not None:
            specialisation.before(*converted)
        assert specialisation.entry is not None
        return specialisation.entry(*converted)

    def find(self, values: Sequence[Any]) -> tuple[Specialisation, Sequence[Any]]:
        """The specialisation for these values, and the values with integers made floats."""
        values = self.converted(values)
        key = self._key(values)
        found = self._by_key.get(key)
        if found is None or not found.is_fresh():
            with self._lock:
                found = self._make(values)
                _bounded(self._by_key)[self._key(values)] = found
        self.last = found
        return found, values

    def _key(self, values: Sequence[Any]) -> object:
        key: tuple[object, ...] = tuple([key_of(v) for v in values])
        return (key, *[lengths_of(v) for v in values]) if self.by_length else key

    @property
    def by_length(self) -> bool:
        """Whether what is generated depends on the lengths of arguments."""
        return self.sized or (self.inner is not None and self.inner.specialiser.by_length)

    def converted(self, values: Sequence[Any]) -> Sequence[Any]:
        """The values with the integers that are differentiated made floats."""
        listed = list(values)
        for k in self._wanted:
            listed[k] = as_floats(listed[k])
        return listed

    def kinds_of(self, values: Sequence[Any]) -> dict[str, Kind]:
        """The kinds of arguments; raises if there can be no derivative for one of them."""
        for name, value in zip(self.names, values, strict=True):
            check_argument(name, value, name in self.request.wrt, self.name)
        kinds = {n: kind_of(v, n) for n, v in zip(self.names, values, strict=True)}
        return (sized(kinds, values) or kinds) if self.by_length else kinds

    def generic(self, fixed: Mapping[str, Any], guess: bool = False) -> Specialisation:
        """For what annotations and defaults tell of the arguments; `fixed` are known.

        Where nothing is told, for any array; and, if that is too little to go by and `guess` is
        set, for a vector, or a float.
        """
        with self._lock:
            first: Exception | None = None
            for unknown in UNKNOWN if guess else UNKNOWN[:1]:
                made = self._generic.get(unknown)
                if made is not None and made.is_fresh() and not fixed:
                    return made
                try:
                    made = self.generate(self._generic_kinds(fixed, unknown), None)
                except (NotSupported, WrongUse, TapelessError) as error:
                    first = first or error
                else:
                    self._generic[unknown] = made
                    return made
            assert first is not None
            first.add_note(
                "This was for arguments of which little is known: call the derivative first, give "
                "arguments as in a call, or annotate the parameters."
            )
            raise first

    def _generic_kinds(self, fixed: Mapping[str, Any], unknown: Kind) -> dict[str, Kind]:
        wrt = self.request.wrt
        return {
            p.name: kind_of(fixed[p.name], p.name)
            if p.name in fixed
            else generic_kind(p, p.name in wrt, unknown)
            for p in self.parameters
        }

    # --- making ----------------------------------------------------------------------------

    def _make(self, values: Sequence[Any]) -> Specialisation:
        kinds = self.kinds_of(values)
        key = tuple(kinds.values())
        found = self._by_kinds.get(key)
        if found is not None and found.is_fresh():
            return found
        try:
            made = self._generate(kinds, values, self.sized)
        except NotSupported as refusal:
            exact = sized(kinds, values)
            if refusal.never or exact is None:
                raise
            try:
                made = self._generate(exact, values, True)
            except (NotSupported, WrongUse, TapelessError):
                raise refusal from None
            self.sized = True
        if self.by_length:
            key = tuple(self.kinds_of(values).values())
        _bounded(self._by_kinds)[key] = made
        self._prefer(made, values)
        return made

    def _generate(
        self, kinds: Mapping[str, Kind], values: Sequence[Any], exact: bool
    ) -> Specialisation:
        """Generate; ``exact`` says that constants have the lengths that they have, too."""
        token = EXACT.set(exact)
        try:
            return self.generate(kinds, values)
        finally:
            EXACT.reset(token)

    @deep_trees()
    def generate(self, kinds: Mapping[str, Kind], values: Sequence[Any] | None) -> Specialisation:
        """Generate, without looking for what is there already."""
        function, guards = self.primal_for(values)
        seen_as = kinds
        try:
            derived = derive(function, kinds, self.request.wrt, **self.request.options())
        except KeptOutside:
            looked_into = opened(kinds)
            if looked_into is None:
                raise
            seen_as = looked_into
            derived = derive(function, seen_as, self.request.wrt, **self.request.options())
            guards = (*guards, *guards_of(kinds, seen_as))
        namespace = load(derived.text, derived.entry, derived.namespace)
        written = derived.written
        before = partial(_check_apart, self.names, written) if written else None
        return Specialisation(
            derived,
            namespace,
            (*derived.guards, *guards),
            namespace.get(derived.entry),
            kinds,
            before,
        )

    @deep_trees()
    def stages(self, values: Sequence[Any]) -> list[tuple[str, str]]:
        """What each stage of the pipeline makes of the function."""
        values = self.converted(values)
        function, _ = self.primal_for(values)
        if values and not self.sized:
            with contextlib.suppress(NotSupported, WrongUse, TapelessError):
                self._make(values)  # what it is made for
        kinds = self.kinds_of(values)
        try:
            return list(stages(function, kinds, self.request.wrt, **self.request.options()))
        except KeptOutside:
            looked_into = opened(kinds)
            if looked_into is None:
                raise
            return list(stages(function, looked_into, self.request.wrt, **self.request.options()))

    def primal_for(self, values: Sequence[Any] | None) -> tuple[Function, Sequence[Guard]]:
        """The tree to differentiate, and what it depends on besides its own names."""
        if self.inner is not None:
            function, guards = self.inner.function_for(values)
            return parse(function), guards
        if self._parsed is None:
            self._parsed = parse(self.function)
        return self._parsed, ()

    # --- the functions that callers see ----------------------------------------------------

    def dispatcher(self, returns: str) -> Callable[..., Any]:
        """A function with the primal's parameters; `returns` is "grad" or "value_and_grad"."""
        made = self._dispatchers.get(returns)
        if made is None:
            form = returns, self.request.has_aux
            check = partial(check_scalar, function=self.name)
            made = Dispatcher(self.name, self.parameters, form, self.call, check)
            self._dispatchers[returns] = made
        return made.function

    def _prefer(self, specialisation: Specialisation, values: Sequence[Any]) -> None:
        if specialisation.entry is None:
            return
        with self._lock:
            for dispatcher in self._dispatchers.values():
                dispatcher.prefer(
                    specialisation.entry,
                    values,
                    specialisation.guards,
                    specialisation.before,
                    self.by_length,
                )


@dataclass(frozen=True, eq=False)
class Inner:
    """A derivative that is differentiated again: its generated functions are the primals."""

    specialiser: Specialiser
    returns: str

    def function_for(self, values: Sequence[Any] | None) -> tuple[FunctionType, Sequence[Guard]]:
        """A function that calls the generated one and returns what the derivative returns."""
        if values is None:
            found = self.specialiser.generic({})
        else:
            found = self.specialiser.find(values)[0]
        assert found.entry is not None
        called = found.entry.__name__
        name = f"{self.specialiser.name}_{'gradient' if self.returns == 'grad' else self.returns}"
        targets, result = FORMS[self.returns, self.specialiser.request.has_aux]
        words = {word: word for word in ("value", "bars", "aux")}
        while {*words.values(), called} & {*self.specialiser.names}:
            words = {word: f"{text}_" for word, text in words.items()}
            called += "_"
        text = (
            f"def {name}({parameter_list(self.specialiser.parameters)}):\n"
            f"    {targets.format(**words)} = {called}({', '.join(self.specialiser.names)})\n"
            f"    return {result.format(**words)}\n"
        )
        function: FunctionType = load(text, name, {called: found.entry})[name]
        return function, found.guards


def _check_apart(names: Sequence[str], written: frozenset[str], *values: Any) -> None:
    check_apart(names, values, written)


def _bounded(table: dict[object, Specialisation]) -> dict[object, Specialisation]:
    while len(table) >= LIMIT:
        table.pop(next(iter(table)))
    return table
