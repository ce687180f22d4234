"""``s += e`` on floats and tuples is an assignment; on arrays it writes in place and stays.

``u[i] op= e`` for operators other than ``+ - * /`` becomes load, operation, store.

>>> import tapeless
>>> def total(x):
...     s = 0.0
...     s += x
...     return s
>>> print(dict(tapeless.grad(total).stages(2.0))["refine total"])
def total(x):
    s = 0.0
    s1 = s + x
    return s1
"""

from __future__ import annotations

import gast

from ..analysis.infer import Inference
from ..analysis.kinds import Array, Number, Sequence, Static
from ..analysis.sources import holds_memory
from ..analysis.unit import Unit
from ..errors import NotSupported
from ..syntax import assign, attribute, call, copy_tree, locate_like, name, subscript, walk_scope
from .rewrite import rewrite_statements

IN_PLACE = (gast.Add, gast.Sub, gast.Mult, gast.Div)


def resolve_augmented(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """After this, an augmented assignment to a name is an in-place operation on an array."""
    fresh = _fresh_names(tree, inference)

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        if not isinstance(node, gast.AugAssign):
            return None
        if isinstance(node.target, gast.Name):
            return _on_name(node, node.target.id, unit, fresh)
        return _on_part(node, unit, inference)

    return rewrite_statements(tree, change)


def _on_name(
    node: gast.AugAssign, identifier: str, unit: Unit, fresh: set[str]
) -> list[gast.stmt] | None:
    kind = unit.env.get(identifier)
    if isinstance(kind, Array) and kind.axes is not None:
        if len(kind.axes) == 0:
            # Written in place, but arithmetic on it gives scalars: whole-array store.
            return None
        if isinstance(node.op, IN_PLACE):
            return None
        temporary = unit.namer.temporary()
        old = locate_like(name(identifier), node.target)
        value = gast.BinOp(old, node.op, node.value)
        store = gast.Assign(
            [subscript(name(identifier), gast.Constant(Ellipsis, None), store=True)],
            name(temporary),
            None,
        )
        return [locate_like(assign(temporary, value), node), locate_like(store, node)]
    if isinstance(kind, Sequence) and kind.form is list and not isinstance(node.op, gast.Add):
        raise NotSupported(
            node, "a list that is repeated in place", instead=f"{identifier} = {identifier} * n"
        )
    if isinstance(kind, Sequence) and kind.form is list:
        grown = gast.Expr(call(attribute(name(identifier), "extend"), node.value))
        return [locate_like(grown, node)]
    if isinstance(kind, Array) and identifier not in fresh:
        raise NotSupported(
            node,
            f"'{identifier}' may be a number or an array here, "
            "so that it is not known whether this writes in place",
            instead=f"{identifier} = {identifier} + ... or give it the same shape from the start",
        )
    if (
        kind is None
        or isinstance(kind, (Number, Array, Static, Sequence))
        or not holds_memory(kind)
    ):
        target = gast.Name(identifier, gast.Store(), None, None)
        locate_like(target, node.target)
        value = gast.BinOp(locate_like(name(identifier), node.target), node.op, node.value)
        return [locate_like(gast.Assign([target], locate_like(value, node), None), node)]
    return None


def _fresh_names(tree: gast.FunctionDef, inference: Inference) -> set[str]:
    """Names whose every value is a number or an array made for it: ``+=`` may rebind them."""
    shared: set[str] = {a.id for a in tree.args.args}
    assigned: set[str] = set()
    for node in walk_scope(tree.body):
        if isinstance(node, gast.Assign):
            if isinstance(node.targets[0], gast.Name):
                assigned.add(node.targets[0].id)
                if isinstance(
                    node.value, (gast.Attribute, gast.Subscript, gast.Call)
                ) and not isinstance(inference.kind(node.value), Number):
                    shared.add(node.targets[0].id)
            if isinstance(node.value, gast.Name) and holds_memory(inference.kind(node.value)):
                shared.update(
                    (node.value.id, *[t.id for t in node.targets if isinstance(t, gast.Name)])
                )
    return assigned - shared


def _on_part(node: gast.AugAssign, unit: Unit, inference: Inference) -> list[gast.stmt] | None:
    assert isinstance(node.target, (gast.Subscript, gast.Attribute))
    base = inference.kind(node.target.value)
    if (
        isinstance(base, Array)
        and isinstance(node.op, IN_PLACE)
        and isinstance(node.target, gast.Subscript)
    ):
        from ..analysis.indexing import select

        found = select(base, node.target.slice, inference.kind)
        if found.form not in ("copy", "any") or found.unique:
            return None
    loaded, made = unit.namer.temporary(), unit.namer.temporary()
    load = copy_tree(node.target)
    load.ctx = gast.Load()
    value = gast.BinOp(name(loaded), node.op, node.value)
    store = copy_tree(node.target)
    return [
        locate_like(assign(loaded, load), node),
        locate_like(assign(made, value), node),
        locate_like(gast.Assign([store], name(made), None), node),
    ]
