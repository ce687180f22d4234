"""From what `grad` is given to the plain function that is differentiated."""

from __future__ import annotations

import functools
import inspect
import operator
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

import numpy as np

from .emit.live import load
from .frontend.locate import supply
from .frontend.unwrap import unwrap
from .rules import rules_for


@dataclass(frozen=True, eq=False)
class Target:
    """A plain function, and the arguments that a partial or a bound method fixes.

    Of a derivative, `function` is the primal and `inner` finds the generated function.
    """

    function: FunctionType
    positional: tuple[object, ...] = ()
    keywords: Mapping[str, object] = field(default_factory=dict)
    inner: Any = None


class Targeted:
    """Base of objects that say themselves what is differentiated."""

    __slots__ = ()

    def _as_target(self) -> Target:
        raise NotImplementedError


CALLED = (operator.methodcaller, operator.itemgetter, operator.attrgetter, np.vectorize, np.poly1d)


def target_of(f: Any, source: str | None = None) -> Target:
    """What to differentiate; a function of NumPy becomes a function that calls it.

    `source` is the text of a function that has no file.

    >>> import inspect
    >>> print(inspect.getsource(target_of(np.sin).function))
    def sin(x):
        return np.sin(x)
    """
    if isinstance(f, Targeted):
        return f._as_target()
    if isinstance(f, np.ufunc) or any(rule.function for rule in rules_for(f)):
        return Target(function_calling(f))
    if isinstance(f, CALLED) or _is_of_arrays(f) or _fixes_a_primitive(f):
        return Target(function_of_one(f))
    found = unwrap(f)
    if source is not None:
        supply(found.function, source)
    return Target(found.function, found.positional, found.keywords)


POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


@functools.lru_cache(maxsize=256)
def function_calling(primitive: Callable[..., Any]) -> FunctionType:
    """A Python function that calls a primitive and nothing else."""
    name = getattr(primitive, "__name__", "primitive")
    namespace, called = _reachable(primitive, name)
    more = _further(primitive)
    names, options = more or _parameters(primitive)
    parameters = ", ".join([*names, *(f"{n}=None" for n in options)])
    if more is not None:
        body = [
            f"    if {n} is None:\n        return {called}({', '.join([*names, *options[:k]])})\n"
            for k, n in enumerate(options)
        ]
        body.append(f"    return {called}({', '.join([*names, *options])})\n")
    else:
        arguments = ", ".join([*names, *(f"{n}={n}" for n in options)])
        body = [f"    return {called}({arguments})\n"]
    text = f"def {name}({parameters}):\n{''.join(body)}"
    function: FunctionType = load(text, name, namespace)[name]
    return function


def function_of_one(called: Callable[..., Any]) -> FunctionType:
    """A Python function of one argument that calls an object with it, or a method of arrays."""
    name = getattr(called, "__name__", type(called).__name__)
    if isinstance(called, types.MethodDescriptorType):
        text = f"def {name}(x):\n    return x.{name}()\n"
        function: FunctionType = load(text, name, {})[name]
        return function
    if isinstance(called, types.BuiltinMethodType):
        text = f"def {name}(x):\n    return array.{name}(x)\n"
        namespace: dict[str, Any] = {"array": called.__self__}
    else:
        text = f"def {name}(x):\n    return {name}_(x)\n"
        namespace = {f"{name}_": called}
    function = load(text, name, namespace)[name]
    return function


def _is_of_arrays(f: object) -> bool:
    """Whether a callable is a method of arrays, by itself or of one of them."""
    if isinstance(f, types.MethodDescriptorType):
        return f.__objclass__ is np.ndarray
    return isinstance(f, types.BuiltinMethodType) and isinstance(f.__self__, np.ndarray)


def _fixes_a_primitive(f: object) -> bool:
    """Whether a callable is a function of NumPy some of whose arguments are given."""
    inner = f
    while isinstance(inner, functools.partial):
        inner = inner.func
    return inner is not f and (isinstance(inner, np.ufunc) or bool(rules_for(inner)))


def _parameters(primitive: Callable[..., Any]) -> tuple[list[str], list[str]]:
    """What must be given to a primitive, and what may be given: options that are None if not.

    Rules look at the values of other options, and those of arguments are not known.
    """
    if isinstance(primitive, np.ufunc):
        return (["x"] if primitive.nin == 1 else ["x", "y", "z", "w"][: primitive.nin]), []
    try:
        listed = list(inspect.signature(primitive).parameters.values())
    except (TypeError, ValueError):  # nothing tells but the rule
        rule = rules_for(primitive)[-1]
        needed = [n for n in rule.parameters if n not in rule.defaults]
        return needed or list(rule.parameters[:1]), []
    empty = inspect.Parameter.empty
    placed = [p for p in listed if p.kind in POSITIONAL]
    names = [p.name for p in placed if p.default is empty or p.name in ("a_min", "a_max")]
    if not names:
        names = [p.name for p in listed if p.kind is inspect.Parameter.VAR_POSITIONAL] or ["x"]
    known = {n for rule in rules_for(primitive) for n in rule.parameters} - {"out", "dtype"}
    options = [p.name for p in placed if p.default is None]
    options = [n for n in options if n in known and n not in names]
    return names, options


def _further(primitive: Callable[..., Any]) -> tuple[list[str], list[str]] | None:
    """What a primitive that takes any number of arguments needs, and what it takes beside that."""
    try:
        listed = list(inspect.signature(primitive).parameters.values())
    except (TypeError, ValueError):
        listed = []
    kinds = [p.kind for p in listed]
    if listed and inspect.Parameter.VAR_POSITIONAL not in kinds and primitive is not np.where:
        return None
    rule = max(rules_for(primitive), key=lambda r: len(r.parameters), default=None)
    if rule is None or isinstance(primitive, np.ufunc):
        return None
    named = [p.name for p in listed if p.kind is inspect.Parameter.KEYWORD_ONLY]
    needed = [n for n in rule.parameters if n not in rule.defaults]
    more = [n for n in rule.parameters if n not in named and rule.defaults.get(n, named) is None]
    return (needed, more) if needed and more else None


def _reachable(primitive: object, name: str) -> tuple[dict[str, Any], str]:
    """Globals, and the expression that reaches the primitive from them."""
    for path, home in (("np", np), ("np.linalg", np.linalg), ("np.fft", np.fft)):
        if getattr(home, name, None) is primitive:
            return {"np": np}, f"{path}.{name}"
    return {f"{name}_": primitive}, f"{name}_"
