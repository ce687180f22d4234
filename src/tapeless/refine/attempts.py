"""Steps of a ``try`` that nothing tells apart become one: done as a whole, or never seen.

>>> import math
>>> import tapeless
>>> def root(x):
...     try:
...         y = math.log(x)
...         z = math.sqrt(y)
...     except ValueError:
...         z = 0.0
...     return z
>>> print(dict(tapeless.grad(root).stages(2.0))["refine root"])
def root(x):
    try:
        if True:
            y = math.log(x)
            z = math.sqrt(y)
    except ValueError:
        z = 0.0
    return z
"""

from __future__ import annotations

from typing import Any

import gast

from ..analysis.attempts import LeftBehind
from ..analysis.infer import Inference
from ..analysis.layout import Layout
from ..analysis.liveness import Liveness
from ..analysis.sources import holds_memory
from ..analysis.unit import Unit
from ..analysis.writes import find_writes
from ..syntax import is_step, locate_like, names_read, step, walk_scope
from .rewrite import rewrite_statements


def join_steps(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """Keep two steps apart only if the first is seen where the second fails."""
    if not any(is_step(n) for n in walk_scope(tree.body)):
        return tree
    layout = Layout(tree)
    kept = {p for p in unit.parameters if holds_memory(unit.kinds[p])}
    liveness = Liveness(tree, frozenset(names_read(tree.body[-1])) | kept)
    left = LeftBehind(unit.env, layout, find_writes(unit, inference, layout), liveness.caught)

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        if not isinstance(node, (gast.With, gast.Try)) or not any(is_step(s) for s in node.body):
            return None
        steps: list[list[gast.stmt]] = []
        apart = True
        for statement in node.body:
            inner = statement.body if is_step(statement) else [statement]
            if apart:
                steps.append([])
            steps[-1] += inner
            apart = any(left.names(s, node) for s in inner)
        form: Any = type(node)
        new = form.__new__(form)
        for field in node._fields:
            setattr(new, field, getattr(node, field, None))
        new.body = [step(body, node) for body in steps]
        return [locate_like(new, node)]

    return rewrite_statements(tree, change)
