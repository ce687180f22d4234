"""Branches that the kinds decide are taken out: ``if mode == "fast"``, ``if x is None``.

So are handlers that are never reached. After this no ``if`` or ``while`` with a known test remains
(``while True`` excepted).

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

import operator

import gast

from ..analysis.infer import Inference
from ..analysis.unit import Unit
from ..syntax import in_steps, locate_like, walk_scope
from .rewrite import rewrite_statements


def prune(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """Keep the branch that is taken; a loop that is never entered goes."""

    def has_calls(test: gast.expr) -> bool:
        """Whether evaluating a test may be noticed."""
        sites = [unit.sites.get(id(n)) for n in walk_scope(test)]
        return any(site is not None and site.form in ("user", "opaque") for site in sites)

    def undecided(test: gast.expr) -> gast.expr:
        """A test without the parts of `and` and `or` that are known not to matter."""
        if not isinstance(test, gast.BoolOp):
            return test
        neutral = isinstance(test.op, gast.And)
        parts = [undecided(v) for v in test.values]
        kept = [p for p in parts if inference.truth(p) is not neutral or has_calls(p)]
        if not kept or (len(kept) == len(parts) and all(map(operator.is_, kept, test.values))):
            return test
        whole = gast.BoolOp(test.op, kept) if len(kept) > 1 else kept[0]
        return locate_like(whole, test) if len(kept) > 1 else whole

    def without_handlers(node: gast.Try) -> list[gast.stmt] | None:
        """An attempt without the handlers that are never reached; its body if none is left."""
        left = [h for h in node.handlers if inference.truths.get(id(h)) is not False]
        if len(left) == len(node.handlers) or (node.finalbody and not left):
            return None
        if left:
            return [locate_like(gast.Try(node.body, left, node.orelse, node.finalbody), node)]
        found = [*in_steps(node.body), *node.orelse]
        return [new for s in found for new in (change(s) or [s])]

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        if isinstance(node, gast.For) and inference.truths.get(id(node)) is False:
            return [locate_like(gast.Pass(), node)]
        if isinstance(node, gast.Try):
            return without_handlers(node)
        if not isinstance(node, (gast.If, gast.While)):
            return None
        truth = inference.truths.get(id(node))
        if truth is None:
            test = undecided(node.test)
            if test is node.test:
                return None
            return [locate_like(type(node)(test, node.body, node.orelse), node)]
        calls = has_calls(node.test)
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
