"""``x = f(x)`` gets its result under another name first: result and operand can both be read.

A rule may read the result of a primitive and its operands; where both had one name, the reverse
sweep could hold only one of them.

>>> import numpy as np
>>> import tapeless
>>> def twice(x):
...     y = x
...     for i in range(2):
...         y = np.sin(y)
...     return y
>>> print(dict(tapeless.grad(twice).stages(1.0))["refine twice"])
def twice(x):
    y = x
    for i in range(2):
        t1 = np.sin(y)
        y = t1
    return y
"""

from __future__ import annotations

import gast

from ..analysis.infer import Inference
from ..analysis.kinds import is_inexact
from ..analysis.unit import Unit
from ..syntax import assign, locate_like, name, names_read
from .rewrite import rewrite_statements


def separate_results(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """After this, no primitive that is not linear reads the name that it assigns."""

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        if not isinstance(node, gast.Assign) or not isinstance(node.targets[0], gast.Name):
            return None
        identifier = node.targets[0].id
        if not is_inexact(unit.env.get(identifier)) or identifier not in names_read(node.value):
            return None
        if isinstance(node.value, gast.BinOp) and isinstance(
            node.value.op, (gast.Add, gast.Sub, gast.Mult, gast.MatMult)
        ):
            return None
        if isinstance(node.value, (gast.Name, gast.UnaryOp, gast.Tuple, gast.List)):
            return None
        temporary = unit.namer.temporary()
        return [
            locate_like(assign(temporary, node.value), node),
            locate_like(gast.Assign(node.targets, name(temporary), None), node),
        ]

    return rewrite_statements(tree, change)
