"""What a called closure reads of the function that made it becomes visible at the call.

``g(x)`` with ``g`` reading ``k`` becomes ``g(x, captured:k=k)``: not Python, but a name that every
later analysis sees; so does the variable that holds a computed default. The keywords go again when
the forward sweep is printed.

>>> import tapeless
>>> def outer(x, k):
...     def g(v):
...         return k * v
...     return g(x)
>>> print(dict(tapeless.grad(outer).stages(2.0, 3.0))["refine outer"])
def outer(x, k):
<BLANKLINE>
    def g(v):
        return k * v
    value = g(x, captured:k=k)
    return value
"""

from __future__ import annotations

import gast

from ..analysis.infer import Inference
from ..analysis.lifting import CAPTURED
from ..analysis.unit import Unit
from ..syntax import copy_tree, locate_like, names_read, walk
from .rewrite import rewrite_statements


def show_captures(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """Give every call of a closure the variables that it captures, as keywords."""

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        header = node.test if isinstance(node, (gast.If, gast.While)) else node
        if isinstance(node, (gast.For, gast.With, gast.Try, gast.FunctionDef)):
            return None
        for inner in walk(header):
            site = unit.sites.get(id(inner))
            if site is None or site.form != "user":
                continue
            shown = {k.arg for k in inner.keywords}
            given = set(names_read([inner.args, [k.value for k in inner.keywords]]))
            for parameter, value in site.arguments.items():
                default = isinstance(value, gast.Name) and value.id not in given
                unseen = parameter in site.hidden or (default and value.id in inference.locals)
                if unseen and CAPTURED + parameter not in shown:
                    inner.keywords.append(gast.keyword(CAPTURED + parameter, copy_tree(value)))
        return None

    return rewrite_statements(tree, change)


class _Hide(gast.NodeTransformer):
    def visit_Call(self, node: gast.Call) -> gast.expr:
        node = self.generic_visit(node)
        node.keywords = [k for k in node.keywords if not (k.arg or "").startswith(CAPTURED)]
        return node


def hide_captures(block: list[gast.stmt]) -> list[gast.stmt]:
    """The statements without those keywords."""
    if not any(
        isinstance(n, gast.keyword) and (n.arg or "").startswith(CAPTURED) for n in walk(block)
    ):
        return block
    return [locate_like(_Hide().visit(copy_tree(s)), s) for s in block]
