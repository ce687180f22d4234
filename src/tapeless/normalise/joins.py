"""``np.r_[a, b]`` and ``np.c_[a, b]`` are calls: what is joined is data, not an index.

``getattr(x, "name")`` is ``x.name``, and ``setattr(x, "name", v)`` a store. What an ``__iter__``
hands out is gone through at once, so that it may be a list; ``next(iter(x))`` is a first item.

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

from ..syntax import attribute, call, const, locate_like, subscript

JOINERS = ("r_", "c_")


def joins(tree: gast.FunctionDef, namer: object = None) -> gast.FunctionDef:
    """Write subscripts of the joining objects as calls; consumes the tree."""
    new: gast.FunctionDef = _Joins(tree.name).visit(tree)
    return new


class _Joins(gast.NodeTransformer):
    def __init__(self, inside: str):
        self.inside = inside  # the name of the function

    def visit_Return(self, node: gast.Return) -> gast.stmt:
        node = self.generic_visit(node)
        value = node.value
        if self.inside == "__iter__" and isinstance(value, gast.Call) and len(value.args) == 1:
            if isinstance(value.func, gast.Name) and value.func.id == "iter":
                value.func.id = "list"
        return node

    def visit_Expr(self, node: gast.Expr) -> gast.stmt:
        node = self.generic_visit(node)
        value = node.value
        if not isinstance(value, gast.Call) or len(value.args) != 3 or value.keywords:
            return node
        owner, field, item = value.args
        named = isinstance(value.func, gast.Name) and value.func.id == "setattr"
        if named and isinstance(owner, gast.Name) and isinstance(field, gast.Constant):
            if isinstance(field.value, str) and field.value.isidentifier():
                where = locate_like(gast.Attribute(owner, field.value, gast.Store()), node)
                return locate_like(gast.Assign([where], item, None), node)
        return node

    def visit_Call(self, node: gast.Call) -> gast.expr:
        node = self.generic_visit(node)
        if _is_call(node, "next") and _is_call(node.args[0], "iter"):
            whole = locate_like(call("list", node.args[0].args[0]), node)
            return locate_like(subscript(whole, const(0)), node)
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


def _is_call(node: gast.expr, function: str) -> bool:
    """Whether this is a call with one argument of a function of Python's."""
    named = isinstance(node, gast.Call) and isinstance(node.func, gast.Name)
    return named and node.func.id == function and len(node.args) == 1 and not node.keywords


def _as_value(part: gast.expr) -> gast.expr:
    if not isinstance(part, gast.Slice):
        return part
    ends = [p if p is not None else const(None) for p in (part.lower, part.upper, part.step)]
    made = gast.Call(gast.Name("slice", gast.Load(), None, None), ends, [])
    return locate_like(made, part)
