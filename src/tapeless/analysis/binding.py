"""The arguments of a call, by parameter."""

from __future__ import annotations

import inspect

import gast
import numpy as np

from ..errors import NotSupported
from ..frontend.parse import Function
from ..syntax import const


def bind(
    node: gast.Call, function: Function, positional: list[gast.expr], keywords: dict[str, gast.expr]
) -> dict[str, gast.expr]:
    """The argument expression of each parameter, defaults filled in."""
    free = [p for p in function.parameters if p.name not in function.bound]
    arguments: dict[str, gast.expr] = {}
    places = [
        p
        for p in free
        if p.kind in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    ]
    rest = list(positional)
    for parameter in places:
        if rest:
            arguments[parameter.name] = rest.pop(0)
    if rest:
        raise NotSupported(
            node,
            f"{function.name}() gets {len(positional)} positional arguments, "
            f"it takes {len(places)}",
            instead="pass as many as it has parameters",
        )
    for key, value in keywords.items():
        if key not in {p.name for p in free}:
            raise NotSupported(
                node, f"{function.name}() has no parameter '{key}'", instead="see its signature"
            )
        arguments[key] = value
    for parameter in function.parameters:
        if parameter.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
            raise NotSupported(
                node,
                f"{function.name}() takes *args or **kwargs",
                instead="give it plain parameters",
            )
        if parameter.name in arguments:
            continue
        value = function.bound.get(parameter.name, parameter.default)
        if value is inspect.Parameter.empty:
            raise NotSupported(
                node, f"{function.name}() misses the argument '{parameter.name}'", instead="pass it"
            )
        arguments[parameter.name] = constant_expression(value)
    return {p.name: arguments[p.name] for p in function.parameters}


def constant_expression(value: object) -> gast.expr:
    """An object as a literal where it has one, else as a constant to be bound to a name."""
    if isinstance(value, (int, float)) and not isinstance(value, np.generic):
        return const(value)
    if isinstance(value, tuple):
        return gast.Tuple([constant_expression(v) for v in value], gast.Load())
    return gast.Constant(value, None)
