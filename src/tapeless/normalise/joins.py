"""``np.r_[a, b]`` and ``np.c_[a, b]`` are calls: what is joined is data, not an index.

``getattr(x, "name")`` is ``x.name``.

>>> from tapeless.normalise.show import show
>>> show(joins, '''
... def f(x, y):
...     return np.r_[x, 0.0, y * y]
... ''')
def f(x, y):
    return np.r_.__getitem__((x, 0.0, y * y))
"""

from __future__ import annotations

import gast

from ..syntax import attribute, const, locate_like

JOINERS = ("r_", "c_")


def joins(tree: gast.FunctionDef, namer: object = None) -> gast.FunctionDef:
    """Write subscripts of the joining objects as calls; consumes the tree."""
    new: gast.FunctionDef = _Joins().visit(tree)
    return new


class _Joins(gast.NodeTransformer):
    def visit_Call(self, node: gast.Call) -> gast.expr:
        node = self.generic_visit(node)
        plain = isinstance(node.func, gast.Name) and node.func.id == "getattr"
        if plain and len(node.args) == 2 and not node.keywords:
            field = node.args[1]
            if isinstance(field, gast.Constant) and isinstance(field.value, str):
                if field.value.isidentifier():
                    return locate_like(attribute(node.args[0], field.value), node)
        return node

    def visit_Subscript(self, node: gast.Subscript) -> gast.expr:
        node = self.generic_visit(node)
        if not isinstance(node.value, gast.Attribute) or node.value.attr not in JOINERS:
            return node
        parts = node.slice.elts if isinstance(node.slice, gast.Tuple) else [node.slice]
        key = gast.Tuple([_as_value(p) for p in parts], gast.Load())
        called = locate_like(attribute(node.value, "__getitem__"), node)
        return locate_like(gast.Call(called, [locate_like(key, node)], []), node)


def _as_value(part: gast.expr) -> gast.expr:
    if not isinstance(part, gast.Slice):
        return part
    ends = [p if p is not None else const(None) for p in (part.lower, part.upper, part.step)]
    made = gast.Call(gast.Name("slice", gast.Load(), None, None), ends, [])
    return locate_like(made, part)
