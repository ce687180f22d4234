"""`jvp`: a function's result and its tangent, for tangents of the arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from .alike import fitted, pattern_of
from .arguments import as_floats, parameters_of
from .callables import Target, target_of
from .derivative import bind
from .errors import WrongUse
from .pullbacks import cached_specialiser, positional_names
from .specialise import Specialiser


def jvp(
    f: Callable[..., Any],
    primals: Any,
    tangents: Any,
    has_aux: bool = False,
    source: str | None = None,
) -> tuple[Any, ...]:
    """The result of `f(*primals)` and its tangent: `(out, out_dot)`.

    `primals` and `tangents` are tuples, one entry for each argument; a tangent has the structure
    and the shapes of its primal, or is None for an argument that stays as it is.  With `has_aux`,
    `f` returns `(out, aux)` and `jvp` returns `(out, out_dot, aux)`.  `source` is as for `grad`.

    Raises `WrongUse` (a `TypeError`) where a tangent does not fit its primal, and `NotSupported`
    where `grad` does.

    >>> import numpy as np
    >>> def circle(angle):
    ...     return np.stack((np.cos(angle), np.sin(angle)))
    >>> jvp(circle, (0.0,), (1.0,))
    (array([1., 0.]), array([-0.,  1.]))
    """
    for given, word in ((primals, "primals"), (tangents, "tangents")):
        if not isinstance(given, (tuple, list)):
            raise WrongUse(
                f"jvp takes tuples: jvp(f, (x, y), (x_dot, y_dot)); {word} is {given!r:.40}"
            )
    if len(primals) != len(tangents) or not primals:
        raise WrongUse(f"jvp: {len(primals)} primals, but {len(tangents)} tangents")
    target = target_of(f, source)
    specialiser = _specialiser(target, [x_dot is not None for x_dot in tangents], has_aux)
    found, values = specialiser.find(bind(target, primals, {}))
    if found.before is not None:
        found.before(*values)
    if not specialiser.request.wrt:
        raise WrongUse("jvp: all tangents are None")
    dots = _tangents(target, specialiser, values, tangents)
    assert found.entry is not None
    out, out_dot = found.entry(*values, *dots)
    if has_aux:
        if not isinstance(out, tuple) or len(out) != 2:
            raise WrongUse(
                f"has_aux=True needs a function that returns (out, aux), not {out!r:.30}"
            )
        return out[0], out_dot[0], out[1]
    return out, out_dot


def jvp_source(f: Callable[..., Any], *primals: Any) -> str:
    """The text of the function that `jvp` runs, for arguments like these; nothing is run.

    >>> def kinetic(m, v):
    ...     return 0.5 * m * v**2
    >>> print(jvp_source(kinetic, 2.0, 3.0).rstrip())
    def kinetic_jvp(m, v, m_dot, v_dot):
        value = 0.5 * m * v**2
        value_dot = 0.5 * m_dot * v**2 + 0.5 * m * (2.0 * v_dot * v)
        return value, value_dot
    """
    target = target_of(f)
    specialiser = _specialiser(target, [True] * len(primals), False)
    return specialiser.find(bind(target, primals, {}))[0].derived.text


def _specialiser(target: Target, wanted: list[bool], has_aux: bool) -> Specialiser:
    names = positional_names(target, len(wanted), "jvp")
    chosen = tuple(n for n, one in zip(names, wanted, strict=False) if one)
    return cached_specialiser(target, chosen, bool(has_aux), "jvp")


def _tangents(target: Target, specialiser: Specialiser, values: Any, tangents: Any) -> list[Any]:
    """The tangents in the order of the parameters, checked against the values."""
    parameters = parameters_of(target.function)
    fixed = len(target.positional)
    places = [p for p in parameters if p.kind is not inspect.Parameter.KEYWORD_ONLY][fixed:]
    given: dict[str, Any] = {}
    for k, x_dot in enumerate(tangents):
        parameter = places[min(k, len(places) - 1)]
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            given.setdefault(parameter.name, []).append(x_dot)
        else:
            given[parameter.name] = x_dot
    found = []
    for parameter, value in zip(parameters, values, strict=True):
        if parameter.name in specialiser.request.wrt:
            x_dot = given[parameter.name]
            x_dot = tuple(x_dot) if isinstance(value, tuple) and type(x_dot) is list else x_dot
            like = pattern_of(value)
            path = f"the tangent of '{parameter.name}'"
            found.append(fitted(as_floats(x_dot), like, path, "the argument"))
    return found
