"""Indices that are computed from arrays get a name before the store that uses them.

``x[x > 0] = 0`` becomes ``t1 = x > 0; x[t1] = 0``: the reverse sweep needs the index as it was
before the store, and the store may change what the index was computed from.

>>> import numpy as np
>>> import tapeless
>>> def clipped(x):
...     u = x * 1.0
...     u[u > 1.0] = 1.0
...     return np.sum(u)
>>> print(dict(tapeless.grad(clipped).stages(np.ones(3)))["refine clipped"])
def clipped(x):
    u = x * 1.0
    t1 = u > 1.0
    u[t1] = 1.0
    value = np.sum(u)
    return value
"""

from __future__ import annotations

import gast

from ..analysis.indexing import index_items, is_ellipsis
from ..analysis.infer import Inference
from ..analysis.kinds import Array, Sequence
from ..analysis.sources import holds_memory
from ..analysis.unit import Unit
from ..analysis.writes import SHRINKING
from ..syntax import assign, attribute, copy_tree, locate_like, name, names_read, names_stored, walk
from .rewrite import rewrite_statements


def name_indices(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """After this, no index of a store is an expression over the elements of arrays."""

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        if isinstance(node, gast.For):
            return _bounds_first(node, unit)
        where = node.targets[0] if isinstance(node, gast.Assign) else getattr(node, "target", None)
        if not isinstance(node, (gast.Assign, gast.AugAssign)) or not isinstance(
            where, gast.Subscript
        ):
            return None
        if not isinstance(inference.kind(where.value), Array):
            return None
        before: list[gast.stmt] = []
        items = [
            _copied(part, where, before, unit) or _named(part, before, unit, inference)
            for part in index_items(where.slice)
        ]
        if not before:
            return None
        index = gast.Tuple(items, gast.Load()) if isinstance(where.slice, gast.Tuple) else items[0]
        target = locate_like(gast.Subscript(where.value, index, gast.Store()), where)
        if isinstance(node, gast.Assign):
            new: gast.stmt = gast.Assign([target], node.value, None)
        else:
            new = gast.AugAssign(target, node.op, node.value)
        return [locate_like(s, node) for s in [*before, new]]

    return rewrite_statements(tree, change)


def _copied(
    part: gast.expr, where: gast.Subscript, before: list[gast.stmt], unit: Unit
) -> gast.expr | None:
    """An array that is its own index is copied before it is written."""
    if (
        not isinstance(part, gast.Name)
        or not isinstance(where.value, gast.Name)
        or part.id != where.value.id
    ):
        return None
    temporary = unit.namer.temporary()
    before.append(assign(temporary, gast.Call(attribute(copy_tree(part), "copy"), [], [])))
    return name(temporary)


def _bounds_first(node: gast.For, unit: Unit) -> list[gast.stmt] | None:
    """Bounds that the body of a loop changes get names of their own before it."""
    stored = set(names_stored(node.body)) | {
        n
        for n, k in unit.env.items()
        if isinstance(k, Sequence) and k.form is list and n in changed_lists(unit)
    }
    if not any(n in stored for a in node.iter.args for n in names_read(a)):
        return None
    before: list[gast.stmt] = []
    arguments: list[gast.expr] = []
    for argument in node.iter.args:
        temporary = unit.namer.temporary()
        before.append(locate_like(assign(temporary, argument), node))
        arguments.append(name(temporary))
    loop = locate_like(
        gast.For(
            node.target, gast.Call(node.iter.func, arguments, []), node.body, node.orelse, None
        ),
        node,
    )
    return [*before, loop]


def changed_lists(unit: Unit) -> set[str]:
    """Lists whose length a method of theirs changes somewhere."""
    found: set[str] = set()
    for site in unit.sites.values():
        if (
            site.form == "method"
            and site.target in SHRINKING
            and isinstance(site.positional[0], gast.Name)
        ):
            found.add(site.positional[0].id)
    return found


def _named(part: gast.expr, before: list[gast.stmt], unit: Unit, inference: Inference) -> gast.expr:
    if isinstance(part, (gast.Name, gast.Constant)) or is_ellipsis(part):
        return part
    if isinstance(part, gast.Slice):
        bounds = [
            b if b is None else _named(b, before, unit, inference)
            for b in (part.lower, part.upper, part.step)
        ]
        return gast.Slice(*bounds)
    if not any(
        isinstance(n, gast.Name) and holds_memory(inference.kind(n))
        for n in walk(part)
        if not _shape_only(n, part)
    ):
        return part
    temporary = unit.namer.temporary()
    before.append(assign(temporary, copy_tree(part)))
    return name(temporary)


def _shape_only(node: gast.AST, part: gast.expr) -> bool:
    """Whether a name is read for its length alone."""
    for outer in walk(part):
        if (
            isinstance(outer, gast.Attribute)
            and outer.value is node
            and outer.attr in ("shape", "size", "ndim")
        ):
            return True
        if (
            isinstance(outer, gast.Call)
            and isinstance(outer.func, gast.Name)
            and outer.func.id == "len"
            and outer.args
            and outer.args[0] is node
        ):
            return True
    return False
