"""What users call: `grad`, `value_and_grad`, `vjp`, `jvp`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, overload

from .derivative import Derivative
from .errors import WrongUse
from .pullbacks import vjp
from .pushforwards import jvp, jvp_source

Argnums = int | str | tuple[int | str, ...] | list[int | str]


@overload
def grad(
    f: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False, source: str | None = None
) -> Derivative: ...
@overload
def grad(
    f: None = None, argnums: Argnums = 0, has_aux: bool = False, source: str | None = None
) -> Callable[[Callable[..., Any]], Derivative]: ...
def grad(
    f: Any = None, argnums: Argnums = 0, has_aux: bool = False, source: str | None = None
) -> Any:
    """The gradient of a function with a scalar result; also as a decorator.

    `argnums` are the arguments to differentiate, by position or by name; for a tuple of them the
    gradient is a tuple.  With `has_aux`, the function returns `(value, aux)` and its derivative
    `(gradient, aux)`.

    A function made by `exec` or `python -c` has no file: `source` is the text that was executed.

    >>> @grad(argnums=("w", "b"))
    ... def loss(w, b, x):
    ...     return (w * x + b) ** 2
    >>> loss(2.0, 1.0, 3.0)
    (42.0, 14.0)
    """
    return _derivative("grad", f, argnums, has_aux, source)


@overload
def value_and_grad(
    f: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False, source: str | None = None
) -> Derivative: ...
@overload
def value_and_grad(
    f: None = None, argnums: Argnums = 0, has_aux: bool = False, source: str | None = None
) -> Callable[[Callable[..., Any]], Derivative]: ...
def value_and_grad(
    f: Any = None, argnums: Argnums = 0, has_aux: bool = False, source: str | None = None
) -> Any:
    """Like `grad`, but a call returns `(value, gradient)`.

    >>> value_and_grad(lambda x: x**3)(2.0)
    (8.0, 12.0)
    """
    return _derivative("value_and_grad", f, argnums, has_aux, source)


def _derivative(returns: str, f: Any, argnums: Any, has_aux: bool, source: str | None) -> Any:
    if f is None:
        return functools.partial(
            _derivative, returns, argnums=argnums, has_aux=has_aux, source=source
        )
    if not callable(f) and not isinstance(f, (staticmethod, classmethod)):
        raise WrongUse(
            f"{returns} takes a function, not {f!r:.40}; as a decorator with arguments, name "
            f"them: @{returns}(argnums=...)"
        )
    return Derivative(f, argnums, has_aux, returns, source)


__all__ = ["Derivative", "grad", "jvp", "jvp_source", "value_and_grad", "vjp"]
