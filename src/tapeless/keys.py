"""What of values a derivative was made for: keys of arguments, and guards of everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import FunctionType
from typing import Any, ClassVar, Protocol

import numpy as np

from .analysis.kinds import fields_of, static

NUMBERS = frozenset({float, int, complex, np.float64, np.float32, np.int64, np.complex128})


class Lookup(Protocol):
    """What a guard looks a name up in."""

    def get(self, name: str, /) -> object:
        """What the name stands for now; None for nothing."""


Guard = tuple[Lookup, str, object]  # a scope, a name and what it stood for


def key_of(value: Any) -> object:
    """A hashable key; values with equal keys have equal kinds.

    >>> key_of(np.ones((2, 1))) == key_of(np.zeros((5, 1))) != key_of(np.ones((2, 2)))
    True
    """
    kind = type(value)
    if kind in NUMBERS:
        return kind
    if kind is np.ndarray:
        return _array_key(value)
    if kind in (bool, str, bytes) or value is None:
        return kind, value
    if isinstance(value, np.ndarray):
        return kind, _array_key(value)
    if isinstance(value, (np.number, np.bool_, int, float, complex)):
        return kind
    if isinstance(value, (list, tuple)):
        return _sequence_key(kind, value)
    if isinstance(value, dict):
        return kind, tuple([(k, key_of(v)) for k, v in value.items()])
    if kind is FunctionType:
        return FunctionKey(value)
    fields = fields_of(value)
    if fields is not None:
        return kind, tuple([(f, key_of(getattr(value, f))) for f in fields])
    return static(value)


def _array_key(array: np.ndarray) -> object:
    shape, dtype = array.shape, array.dtype
    letter = dtype.char if dtype.kind in "fiubc" else str(dtype)
    return letter, tuple([n == 1 for n in shape]) if 1 in shape else len(shape)


def _sequence_key(kind: type, value: Sequence[Any]) -> object:
    if kind is list:
        kinds = frozenset(map(type, value))
        if kinds <= NUMBERS:
            return kind, kinds, min(len(value), 2)
    return kind, tuple([key_of(item) for item in value])


class FunctionKey:
    """Functions are alike if they run the same code in the same surroundings."""

    __slots__ = ("function", "parts")

    def __init__(self, function: FunctionType) -> None:
        self.function = function  # keeps alive what the parts are identities of
        surroundings: list[object] = [function.__globals__, *(function.__closure__ or ())]
        surroundings += function.__defaults__ or ()
        for item in (function.__kwdefaults__ or {}).items():
            surroundings += item
        self.parts = (id(function.__code__), tuple(map(id, surroundings)))

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FunctionKey) and self.parts == other.parts


class Contents:
    """A scope in which numbers, arrays and containers are looked up as their keys.

    For guards of what changes without becoming another kind of thing, such as the attributes of an
    object, and of what is changed in place. Equal keys are one object: guards compare identities.

    >>> scope = {"rate": 1.0, "mode": "fast", "terms": [1.0]}
    >>> before = [Contents(scope).get(name) for name in scope]
    >>> scope.update(rate=2.0, mode="slow")
    >>> scope["terms"].append("x")
    >>> [Contents(scope).get(name) is old for name, old in zip(scope, before)]
    [True, False, False]
    """

    _seen: ClassVar[dict[object, object]] = {}

    def __init__(self, scope: Mapping[str, object]) -> None:
        self.scope = scope

    def get(self, name: str) -> object:
        """The key of what a name stands for; what has none stands for itself."""
        value = self.scope.get(name)
        kind = type(value)
        if kind in NUMBERS:
            return kind
        if isinstance(value, (bool, np.ndarray, list, tuple, dict)):
            key = (kind, key_of(value))
            if len(self._seen) > 10_000:
                self._seen.clear()
            return self._seen.setdefault(key, key)
        return value


def is_fresh(guards: Sequence[Guard]) -> bool:
    """Whether everything that was baked in is still what it was.

    >>> globals_of_user = {"rate": 2.0}
    >>> guards = [(globals_of_user, "rate", globals_of_user["rate"])]
    >>> is_fresh(guards)
    True
    >>> globals_of_user["rate"] = 3.0
    >>> is_fresh(guards)
    False
    """
    return all(mapping.get(name) is thing for mapping, name, thing in guards)
