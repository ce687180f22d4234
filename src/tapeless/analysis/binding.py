"""The arguments of a call, by parameter.

A call hands `*args` and `**kwargs` to a followed function as one tuple and one dict: what
`refine/expand.py` has packed stands in the call as `*args` and `**kwargs` alone.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field

import gast
import numpy as np

from ..errors import NotSupported
from ..frontend.parse import Function
from ..syntax import const

PLACES = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


@dataclass
class Bound:
    """The argument of each parameter, and what is left for `*args` and `**kwargs`."""

    arguments: dict[str, gast.expr] = field(default_factory=dict)
    rest: list[gast.expr] = field(default_factory=list)
    more: dict[str, gast.expr] = field(default_factory=dict)


def bind(
    node: gast.Call, function: Function, positional: list[gast.expr], keywords: dict[str, gast.expr]
) -> dict[str, gast.expr]:
    """The argument expression of each parameter, defaults filled in."""
    found = distribute(node, function, positional, keywords)
    arguments = found.arguments
    for parameter in function.parameters:
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            arguments[parameter.name] = gast.Tuple(found.rest, gast.Load())
        elif parameter.kind is inspect.Parameter.VAR_KEYWORD:
            arguments[parameter.name] = gast.Dict(
                [const(k) for k in found.more], list(found.more.values())
            )
    return {p.name: arguments[p.name] for p in function.parameters}


def distribute(
    node: gast.AST, function: Function, positional: list[gast.expr], keywords: dict[str, gast.expr]
) -> Bound:
    """Which argument goes to which parameter; defaults are filled in."""
    found = Bound(rest=list(positional))
    names = {p.kind for p in function.parameters}
    for parameter in function.parameters:
        if parameter.kind in PLACES and parameter.name not in function.bound and found.rest:
            found.arguments[parameter.name] = found.rest.pop(0)
    if found.rest and inspect.Parameter.VAR_POSITIONAL not in names:
        places = [
            p for p in function.parameters if p.kind in PLACES and p.name not in function.bound
        ]
        raise NotSupported(
            node,
            f"{function.name}() gets {len(positional)} positional arguments, "
            f"it takes {len(places)}",
            instead="pass as many as it has parameters",
        )
    by_name = {
        p.name
        for p in function.parameters
        if p.kind in (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    }
    for key, value in keywords.items():
        if key in by_name and key not in found.arguments:
            found.arguments[key] = value
        elif key in by_name:
            raise NotSupported(
                node, f"{function.name}() gets '{key}' twice", instead="pass it once"
            )
        elif inspect.Parameter.VAR_KEYWORD in names:
            found.more[key] = value
        else:
            raise NotSupported(
                node, f"{function.name}() has no parameter '{key}'", instead="see its signature"
            )
    for parameter in function.parameters:
        if parameter.name in found.arguments or parameter.kind in (
            inspect.Parameter.VAR_POSITIONAL,
            inspect.Parameter.VAR_KEYWORD,
        ):
            continue
        value = function.bound.get(parameter.name, parameter.default)
        if value is inspect.Parameter.empty:
            raise NotSupported(
                node, f"{function.name}() misses the argument '{parameter.name}'", instead="pass it"
            )
        found.arguments[parameter.name] = (
            value if isinstance(value, gast.AST) else constant_expression(value)
        )
    return found


def constant_expression(value: object) -> gast.expr:
    """An object as a literal where it has one, else as a constant to be bound to a name."""
    if isinstance(value, (int, float)) and not isinstance(value, np.generic):
        return const(value)
    if isinstance(value, tuple) and type(value) is tuple:
        return gast.Tuple([constant_expression(v) for v in value], gast.Load())
    return gast.Constant(value, None)
