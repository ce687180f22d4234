"""From what `grad` is given to the plain function that is differentiated."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

import numpy as np

from .emit.live import load
from .frontend.locate import supply
from .frontend.unwrap import unwrap
from .rules import Rule, rules_for


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
    found = unwrap(f)
    if source is not None:
        supply(found.function, source)
    return Target(found.function, found.positional, found.keywords)


@functools.lru_cache(maxsize=256)
def function_calling(primitive: Callable[..., Any]) -> FunctionType:
    """A Python function that calls a primitive and nothing else."""
    name = getattr(primitive, "__name__", "primitive")
    namespace, called = _reachable(primitive, name)
    defaults: dict[str, object] = {}
    if isinstance(primitive, np.ufunc):
        names = ["x"] if primitive.nin == 1 else ["x", "y", "z", "w"][: primitive.nin]
    else:
        rule: Rule = rules_for(primitive)[-1]
        names = [n for n in rule.parameters if n not in rule.defaults]
        defaults = {n: rule.defaults[n] for n in rule.parameters if n not in names}
    parameters = ", ".join([*names, *(f"{n}={v!r}" for n, v in defaults.items())])
    arguments = ", ".join([*names, *(f"{n}={n}" for n in defaults)])
    text = f"def {name}({parameters}):\n    return {called}({arguments})\n"
    function: FunctionType = load(text, name, namespace)[name]
    return function


def _reachable(primitive: object, name: str) -> tuple[dict[str, Any], str]:
    """Globals, and the expression that reaches the primitive from them."""
    for path, home in (("np", np), ("np.linalg", np.linalg), ("np.fft", np.fft)):
        if getattr(home, name, None) is primitive:
            return {"np": np}, f"{path}.{name}"
    return {f"{name}_": primitive}, f"{name}_"
