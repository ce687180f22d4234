"""Fields of named tuples become items: ``p.x`` is ``p[0]``.

After this, attributes of tuples are read by index alone.

>>> import tapeless
>>> from typing import NamedTuple
>>> Sides = NamedTuple("Sides", [("width", float), ("height", float)])
>>> def area(s):
...     return s.width * s.height
>>> print(dict(tapeless.grad(area).stages(Sides(1.0, 2.0)))["refine area"])
def area(s):
    t1 = s[0]
    t2 = s[1]
    value = t1 * t2
    return value
"""

from __future__ import annotations

import gast

from ..analysis.infer import Inference
from ..analysis.kinds import Sequence
from ..analysis.unit import Unit
from ..syntax import const, locate_like, walk
from .rewrite import rewrite_statements


def index_fields(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """Replace reads of the fields of named tuples."""
    if not any(isinstance(k, Sequence) and hasattr(k.form, "_fields") for k in unit.env.values()):
        return tree

    class Fields(gast.NodeTransformer):
        def visit_Attribute(self, node: gast.Attribute) -> gast.expr:
            known = isinstance(node.value, gast.Name) and node.value.id in unit.env
            kind = inference.kind(node.value) if known else None
            if isinstance(kind, Sequence) and node.attr in getattr(kind.form, "_fields", ()):
                place = kind.form._fields.index(node.attr)  # type: ignore[attr-defined]
                return locate_like(gast.Subscript(node.value, const(place), node.ctx), node)
            return self.generic_visit(node)

        def visit_Lambda(self, node: gast.Lambda) -> gast.expr:
            return node  # its parameters are its own

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        if isinstance(node, gast.FunctionDef):
            return None
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, gast.expr) and any(
                isinstance(n, gast.Attribute) for n in walk(value)
            ):
                setattr(node, field, Fields().visit(value))
        return None

    return rewrite_statements(tree, change)
