"""Calls that write into an argument become stores: ``np.copyto``, ``x.fill``, ``x.sort``, ``out=``.

Where nothing of the statement is needed by the reverse sweep, the call is printed as written.

>>> import numpy as np
>>> import tapeless
>>> def copied(x):
...     u = np.zeros(3)
...     np.copyto(u, x)
...     return np.sum(u)
>>> print(dict(tapeless.grad(copied).stages(np.ones(3)))["refine copied"])
def copied(x):
    u = np.zeros(3)
    u[...] = x
    value = np.sum(u)
    return value
"""

from __future__ import annotations

import gast
import numpy as np

from ..analysis.infer import Inference
from ..analysis.kinds import Array, Static
from ..analysis.unit import Site, Unit
from ..analysis.writes import WRITERS
from ..errors import NotSupported
from ..syntax import assign, call, copy_tree, locate_like, name, subscript
from .placing import placed
from .rewrite import rewrite_statements


def stores_for_calls(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """After this, the primitives that write are stores and ``np.add.at``."""

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        value = getattr(node, "value", None)
        if not isinstance(node, (gast.Expr, gast.Assign)) or not isinstance(value, gast.Call):
            return None
        site = unit.sites.get(id(value))
        if site is None or site.form != "primitive":
            return None
        made = _store(value, site, unit, inference)
        if made is None and isinstance(node, gast.Assign) and returns_nothing(site.target):
            made = [gast.Expr(value)], None
        if made is None:
            return None
        statements, result = made
        if isinstance(node, gast.Assign) and result is not None:
            statements.append(gast.Assign([copy_tree(node.targets[0])], result, None))
        elif isinstance(node, gast.Assign):
            statements.append(
                gast.Assign([copy_tree(node.targets[0])], gast.Constant(None, None), None)
            )
        return [locate_like(s, node) for s in statements]

    return rewrite_statements(tree, change)


def returns_nothing(target: object) -> bool:
    """Whether a primitive does nothing but write into its argument."""
    at = getattr(target, "__name__", "") == "at"
    return at or any(target is writer for writer in WRITERS)


def _whole(target: gast.expr, value: gast.expr) -> gast.Assign:
    return gast.Assign(
        [subscript(copy_tree(target), gast.Constant(Ellipsis, None), store=True)], value, None
    )


def _store(
    node: gast.Call, site: Site, unit: Unit, inference: Inference
) -> tuple[list[gast.stmt], gast.expr | None] | None:
    """The statements that a writing call stands for, and the value of the call."""
    first = site.positional[0] if site.positional else None
    stores = placed(site, unit, inference)
    if stores is not None:
        return stores, None
    if site.target is np.copyto and isinstance(first, gast.Name):
        _plain(node, site, ("dst", "src", "casting", "where"))
        if "where" in site.keywords:
            temporary = unit.namer.temporary()
            chosen = gast.Call(
                gast.Constant(np.where, None),
                [site.keywords["where"], site.positional[1], copy_tree(first)],
                [],
            )
            return [assign(temporary, chosen), _whole(first, name(temporary))], None
        return [_whole(first, site.positional[1])], None
    if site.target is np.ndarray.fill and isinstance(first, gast.Name):
        return [_whole(first, site.positional[1])], None
    if site.target is np.ndarray.sort and isinstance(first, gast.Name):
        temporary = unit.namer.temporary()
        made = call("np.sort", copy_tree(first), *site.positional[1:], **site.keywords)
        made.func = gast.Constant(np.sort, None)
        return [assign(temporary, made), _whole(first, name(temporary))], None
    out = site.keywords.get("out")
    positional, keywords = list(node.args), [k for k in node.keywords if k.arg != "out"]
    if (
        isinstance(site.target, np.ufunc)
        and site.target.nout == 1
        and len(node.args) == site.target.nin + 1
    ):
        out = positional.pop()
    if out is None or isinstance(inference.kind(out), Static) or not isinstance(out, gast.Name):
        return None
    if not isinstance(inference.kind(out), Array):
        raise NotSupported(node, f"'{out.id}' as out=", instead="an array")
    mask = next((k.value for k in keywords if k.arg == "where"), None)
    if mask is not None and not isinstance(site.target, np.ufunc):
        raise NotSupported(node, "out= together with where=", instead="a store with a mask")
    temporary = unit.namer.temporary()
    keywords = [k for k in keywords if k.arg != "where"]
    plain = locate_like(gast.Call(node.func, positional, keywords), node)
    statements: list[gast.stmt] = [assign(temporary, plain)]
    if mask is not None:  # elsewhere the array stays as it is
        chosen = unit.namer.temporary()
        where = gast.Constant(np.where, None)
        made = gast.Call(where, [mask, name(temporary), copy_tree(out)], [])
        statements.append(assign(chosen, made))
        temporary = chosen
    return [*statements, _whole(out, name(temporary))], copy_tree(out)


def _plain(node: gast.Call, site: Site, known: tuple[str, ...]) -> None:
    for key in site.keywords:
        if key not in known:
            raise NotSupported(node, f"the keyword '{key}'", instead="a store with a mask")
