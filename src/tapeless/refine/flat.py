"""`m.flat`, where it is only read element by element, becomes `m.flatten()`.

>>> import numpy as np
>>> import tapeless
>>> def spread(m):
...     low, high = m.flat
...     return high - low
>>> print(dict(tapeless.grad(spread).stages(np.ones((2, 1))))["refine spread"])
def spread(m):
    t1 = m.flatten()
    low = t1[0]
    high = t1[1]
    value = high - low
    return value
"""

from __future__ import annotations

import gast
import numpy as np

from ..analysis.effects import Effects, roots_of
from ..analysis.infer import Inference
from ..analysis.kinds import Array, Number
from ..analysis.layout import Layout
from ..analysis.sources import Sources
from ..analysis.unit import Unit
from ..analysis.writes import find_writes
from ..syntax import attribute, locate_like, walk
from .rewrite import rewrite_statements

READERS = (len, list, tuple, np.array)


def flatten(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """Copy what iterators over arrays go over; nothing may change it while they are read."""
    if not any(isinstance(n, gast.Attribute) and n.attr == "flat" for n in walk(tree.body)):
        return tree
    layout = Layout(tree)
    sources = Sources(unit, inference)
    writes = find_writes(unit, inference, layout)
    effects = Effects(writes, roots_of(unit, sources, layout))

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        if not isinstance(node, gast.Assign) or not isinstance(node.targets[0], gast.Name):
            return None
        value, made = node.value, node.targets[0].id
        if not isinstance(value, gast.Attribute) or value.attr != "flat":
            return None
        owner = value.value
        if not isinstance(owner, gast.Name) or not isinstance(inference.kind(owner), Array):
            return None
        later = [w for w in writes if layout.may_follow(node, w.statement)]
        if any(effects.share(w.name, n) for w in later for n in (owner.id, made)):
            return None
        if not _read_by_element(made, tree, inference):
            return None
        unit.facts.setdefault("rewritten", set()).add((node.lineno, node.col_offset))
        copied = locate_like(gast.Call(attribute(owner, "flatten"), [], []), value)
        return [locate_like(gast.Assign(node.targets, copied, None), node)]

    return rewrite_statements(tree, change)


def _read_by_element(identifier: str, tree: gast.FunctionDef, inference: Inference) -> bool:
    """Whether a name is only read as ``t[i]``, ``len(t)`` and ``list(t)``."""
    read, known = 0, 0
    for node in walk(tree.body):
        if isinstance(node, gast.Name) and node.id == identifier:
            read += isinstance(node.ctx, gast.Load)
        inside: gast.AST | None = None
        if isinstance(node, gast.Subscript) and isinstance(node.ctx, gast.Load):
            index = None if isinstance(node.slice, gast.Slice) else inference.kind(node.slice)
            inside = node.value if isinstance(index, Number) and index.dtype == "i" else None
        elif isinstance(node, gast.Call) and len(node.args) == 1:
            called = inference.kind(node.func)
            if called is not None and any(called.value is reader for reader in READERS):
                inside = node.args[0]
        known += isinstance(inside, gast.Name) and inside.id == identifier
    return read == known
