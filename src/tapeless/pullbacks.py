"""`vjp`: a function's result, and a function that turns its cotangent into the arguments'."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from .alike import fitted, pattern_of
from .arguments import parameters_of
from .callables import Target, target_of
from .derivative import bind
from .errors import WrongUse
from .keys import key_of
from .residuals import Copier, needs_copy, owners, uses_up
from .specialise import Request, Specialisation, Specialiser


def vjp(
    f: Callable[..., Any], *primals: Any, has_aux: bool = False, source: str | None = None
) -> tuple[Any, ...]:
    """The result of `f(*primals)`, and its pullback: `(out, pullback)`.

    `pullback(out_bar)` takes a cotangent of the structure of `out` and returns a tuple with one
    entry for each primal.  It may be called any number of times.  With `has_aux`, `f` returns
    `(out, aux)` and `vjp` returns `(out, pullback, aux)`.  `source` is as for `grad`.

    >>> import numpy as np
    >>> def circle(angle):
    ...     return np.stack((np.cos(angle), np.sin(angle)))
    >>> out, pullback = vjp(circle, np.zeros(2))
    >>> pullback(np.ones((2, 2)))
    (array([1., 1.]),)
    """
    if not primals:
        raise WrongUse("vjp needs the values of the arguments: vjp(f, x, y)")
    target = target_of(f, source)
    names = positional_names(target, len(primals), "vjp")
    specialiser = cached_specialiser(target, names, bool(has_aux), "vjp")
    found, values = specialiser.find(bind(target, primals, {}))
    if found.before is not None:
        found.before(*values)
    entry = found.derived.entry
    out, saved = found.namespace[f"{entry}_forward"](*values)
    aux = None
    if has_aux:
        out, aux = out
    if needs_copy(saved):
        # What the caller holds too may change before the pullback is called.
        shared = frozenset(owners((values, out, aux)))
        saved = Copier(shared)(saved)
    pullback = _pullback(found, saved, out, specialiser, _zeros(aux) if has_aux else None)
    return (out, pullback, aux) if has_aux else (out, pullback)


def _pullback(
    found: Specialisation, saved: Any, out: Any, specialiser: Specialiser, aux_bar: Any
) -> Callable[[Any], tuple[Any, ...]]:
    called = f"{found.derived.entry}_pullback"
    run = found.namespace[called]
    if found.uses_up is None:
        found.uses_up = uses_up(found.derived.text, called)
    copied = found.uses_up and needs_copy(saved)
    kept = frozenset(owners(saved))
    name = specialiser.name
    like = pattern_of(out)
    last = specialiser.request.wrt[-1]
    variadic = inspect.Parameter.VAR_POSITIONAL
    spread = any(p.name == last and p.kind is variadic for p in specialiser.parameters)

    def pullback(out_bar: Any) -> tuple[Any, ...]:
        """The cotangents of the arguments, for a cotangent of the result."""
        seed = fitted(out_bar, like, "out_bar", "the result", as_adjoint=True)
        if specialiser.request.has_aux:
            seed = seed, Copier()(aux_bar)
        bars = run(Copier()(saved) if copied else saved, seed)
        if not copied:  # the caller may change what is returned
            bars = Copier(kept)(bars)
        return tuple(bars) if not spread else (*bars[:-1], *bars[-1])

    pullback.__qualname__ = pullback.__name__ = f"{name}_pullback"
    return pullback


def _zeros(value: Any) -> Any:
    """A cotangent that says: this part of the result does not count."""
    if isinstance(value, dict):
        return {key: _zeros(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        parts = [_zeros(part) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
    if isinstance(value, (np.ndarray, np.number)):
        return np.zeros_like(value, float if value.dtype.kind in "iu" else None)
    return 0.0


# --- which function, which arguments ----------------------------------------------------------


def positional_names(target: Target, count: int, asked: str) -> tuple[str, ...]:
    """The parameters that this many positional arguments go to."""
    kinds = inspect._ParameterKind
    parameters = parameters_of(target.function)
    places = [
        p.name for p in parameters if p.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD)
    ][len(target.positional) :]
    rest = [p.name for p in parameters if p.kind is kinds.VAR_POSITIONAL]
    if count > len(places) and not rest:
        raise WrongUse(
            f"{asked}: {target.function.__name__} takes {len(places)} positional arguments, "
            f"but {count} were given"
        )
    if count > len(places):
        return (*places, rest[0])
    return tuple(places[:count])


class _Key:
    """What makes two calls alike: the function, the arguments, the form."""

    def __init__(self, target: Target, names: tuple[str, ...], has_aux: bool, mode: str) -> None:
        self.target, self.names, self.has_aux, self.mode = target, names, has_aux, mode
        inner = target.inner
        about = (inner.specialiser, inner.returns) if inner is not None else None
        self.parts = (key_of(target.function), names, has_aux, mode, about)

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.parts == other.parts


@functools.lru_cache(maxsize=256)
def _cached(key: _Key) -> Specialiser:
    request = Request(key.names, False, key.has_aux, key.mode)
    return Specialiser(key.target.function, request, inner=key.target.inner)


def cached_specialiser(
    target: Target, names: tuple[str, ...], has_aux: bool, mode: str
) -> Specialiser:
    """What `vjp` or `jvp` has generated from a function, kept from call to call."""
    return _cached(_Key(target, names, has_aux, mode))
