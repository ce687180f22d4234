"""Calls whose arguments or result share memory are written out in the caller.

``add_into(u[1:], u[:-1])`` writes into one argument and reads the other, and both are the same
array: a pair of functions would see two arrays. Written out, the views of the callee are views
of ``u``, and what holds for views in one function holds here.

>>> import numpy as np
>>> import tapeless
>>> def add_into(a, b):
...     a += b
>>> def shifted(x):
...     u = x * 1.0
...     add_into(u[1:], u[:-1])
...     return np.sum(u)
>>> print(dict(tapeless.grad(shifted).stages(np.ones(3)))["refine shifted"])
def shifted(x):
    u = x * 1.0
    t1 = u[1:]
    t2 = u[:-1]
    a = t1
    b = t2
    a += b
    value = np.sum(u)
    return value
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from ..analysis.infer import Inference
from ..analysis.unit import Place, Site, Unit, place_of
from ..errors import NotSupported
from ..syntax import assign, copy_tree, locate_like, names_stored, walk
from .rewrite import rewrite_statements


def inline_calls(
    tree: gast.FunctionDef,
    unit: Unit,
    inference: Inference,
    places: set[Place],
    bind: Callable[[object, str], str],
) -> gast.FunctionDef:
    """Write out the calls at these places."""
    if not places:
        return tree

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        value = getattr(node, "value", None)
        if (
            not isinstance(node, (gast.Assign, gast.Expr))
            or not isinstance(value, gast.Call)
            or place_of(value) not in places
        ):
            return None
        site = unit.sites.get(id(value))
        if site is None or site.form != "user":
            return None
        return _written_out(node, site, unit, bind)

    return rewrite_statements(tree, change)


def _written_out(
    node: gast.stmt, site: Site, unit: Unit, bind: Callable[[object, str], str]
) -> list[gast.stmt]:
    callee = site.unit
    assert callee is not None
    if any(isinstance(n, (gast.FunctionDef, gast.Lambda)) for n in walk(callee.tree.body)):
        raise NotSupported(
            node,
            "a call that shares memory between its arguments, of a function with functions inside",
            instead="a copy of one argument",
        )
    local = dict.fromkeys([*callee.parameters, *names_stored(callee.tree.body)])
    renamed = {
        old: unit.namer.temporary() if callee.namer.is_temporary(old) else unit.namer.fresh(old)
        for old in local
    }
    found: list[gast.stmt] = [assign(renamed[p], copy_tree(e)) for p, e in site.arguments.items()]
    for statement in copy_tree(callee.tree.body):
        for inner in walk(statement):
            if isinstance(inner, gast.Name):
                if inner.id in renamed:
                    inner.id = renamed[inner.id]
                elif inner.id in callee.globals_used:
                    inner.id = bind(callee.globals_used[inner.id], inner.id)
        if isinstance(statement, gast.Return):
            if isinstance(node, gast.Assign) and statement.value is not None:
                found.append(gast.Assign([copy_tree(node.targets[0])], statement.value, None))
            continue
        found.append(statement)
    for statement in found:
        for inner in walk(statement):
            locate_like(inner, node)
    return found
