"""Distributions of `scipy.stats` whose parameters were given before."""

from __future__ import annotations

import sys
from typing import Any

import gast

from ..runtime.stand_ins import FrozenDistribution
from ..syntax import const, copy_tree
from .objects import Made

VALUES = "pdf logpdf pmf logpmf cdf logcdf sf logsf ppf isf".split()


def of_frozen(
    node: gast.Call, target: Any, positional: list[gast.expr], keywords: dict[str, gast.expr]
) -> Made | gast.expr | None:
    """What `norm(loc, scale)`, or a method of what it gave outside, stands for."""
    stats: Any = sys.modules.get("scipy.stats")
    if stats is None:
        return None
    several = type(stats.multivariate_normal).__mro__[-2]
    if isinstance(target, (stats.rv_continuous, stats.rv_discrete, several)):
        if any(name in ("seed", "allow_singular") for name in keywords):
            return None
        return Made(FrozenDistribution, [copy_tree(node.func), *positional], keywords)
    owner = getattr(target, "__self__", None)
    kinds = tuple({type(stats.norm()).__mro__[-2]})
    if not isinstance(owner, kinds) or target.__name__ not in VALUES:
        return None
    if not isinstance(node.func, gast.Attribute) or keywords:
        return None
    held = node.func.value
    args = gast.Attribute(copy_tree(held), "args", gast.Load())
    kwds = gast.Attribute(copy_tree(held), "kwds", gast.Load())
    method = gast.Attribute(
        gast.Attribute(copy_tree(held), "dist", gast.Load()), node.func.attr, gast.Load()
    )
    given = [gast.Subscript(copy_tree(args), const(k), gast.Load()) for k in range(len(owner.args))]
    named = [
        gast.keyword(k, gast.Subscript(copy_tree(kwds), const(k), gast.Load())) for k in owner.kwds
    ]
    return gast.Call(method, [*map(copy_tree, positional), *given], named)
