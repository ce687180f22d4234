"""A slice that a variable holds is written where something is sliced with it.

>>> import tapeless
>>> def middle(v):
...     inner = slice(1, -1)
...     return sum(v[inner])
>>> print(dict(tapeless.grad(middle).stages([1.0, 2.0, 3.0]))["refine middle"])
def middle(v):
    inner = slice(1, -1)
    t1 = v[1:-1]
    value = sum(t1)
    return value
"""

from __future__ import annotations

import gast

from ..analysis.infer import Inference
from ..analysis.kinds import Array, Sequence
from ..analysis.unit import Unit
from ..syntax import const, locate_like, walk_scope
from .rewrite import rewrite_statements


def spell_slices(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """Replace known slices that are values by slices that are written out."""

    def spelled(node: gast.Subscript) -> gast.expr:
        if not isinstance(inference.kind(node.value), (Sequence, Array)):
            return node.slice
        if isinstance(node.slice, gast.Tuple):
            parts = [_written(part, inference) for part in node.slice.elts]
            if all(new is old for new, old in zip(parts, node.slice.elts, strict=True)):
                return node.slice
            return locate_like(gast.Tuple(parts, gast.Load()), node.slice)
        return _written(node.slice, inference)

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        if isinstance(node, (gast.Assign, gast.AugAssign)):
            for inner in walk_scope(node):
                if isinstance(inner, gast.Subscript):
                    inner.slice = spelled(inner)
        return None

    return rewrite_statements(tree, change)


def _written(part: gast.expr, inference: Inference) -> gast.expr:
    """A part of an index that is known to be a slice, or a tuple with slices, written out."""
    if not isinstance(part, (gast.Name, gast.Attribute, gast.Call, gast.Subscript)):
        return part
    kind = inference.kind(part)
    written = None if kind is None else _display(kind.value)
    return part if written is None else locate_like(written, part)


def _display(key: object) -> gast.expr | None:
    if isinstance(key, slice):
        ends = (key.start, key.stop, key.step)
        if all(e is None or isinstance(e, int) for e in ends):
            return gast.Slice(*(const(e) if e is not None else None for e in ends))
    if isinstance(key, tuple) and any(isinstance(k, slice) for k in key):
        parts = [const(k) if isinstance(k, int) else _display(k) for k in key]
        if all(p is not None for p in parts):
            return gast.Tuple(parts, gast.Load())
    return None
