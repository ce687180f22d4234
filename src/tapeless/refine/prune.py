"""Branches that the kinds decide are taken out: ``if mode == "fast"``, ``if x is None``.

After this no ``if`` or ``while`` with a known test remains (``while True`` excepted).

>>> import numpy as np
>>> import tapeless
>>> def size(x, mode):
...     if mode == "sum":
...         return np.sum(x)
...     return np.max(x)
>>> print(dict(tapeless.grad(size).stages(np.ones(3), "sum"))["refine size"])
def size(x, mode):
    value = np.sum(x)
    return value
"""

from __future__ import annotations

import gast

from ..analysis.infer import Inference
from ..analysis.unit import Unit
from ..syntax import locate_like, walk_scope
from .rewrite import rewrite_statements


def prune(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """Keep the branch that is taken; a loop that is never entered goes."""

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        truth = inference.truths.get(id(node))
        if truth is None or not isinstance(node, (gast.If, gast.While)):
            return None
        calls = [
            n
            for n in walk_scope(node.test)
            if (site := unit.sites.get(id(n))) is not None and site.form in ("user", "opaque")
        ]
        first: list[gast.stmt] = [locate_like(gast.Expr(node.test), node)] if calls else []
        if isinstance(node, gast.While):
            return first if truth is False else None
        if any(isinstance(s, gast.Break) for s in node.body):
            return None
        kept = node.body if truth else node.orelse
        found: list[gast.stmt] = first
        for statement in kept:
            found += change(statement) or ([statement] if change(statement) is None else [])
        return found or [locate_like(gast.Pass(), node)]

    return rewrite_statements(tree, change)
