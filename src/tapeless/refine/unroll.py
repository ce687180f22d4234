"""A loop over different functions is written out, one trip after the other.

>>> import math, tapeless
>>> def f(x):
...     for g in (math.sin, math.exp):
...         x = g(x)
...     return x
>>> print(dict(tapeless.grad(f).stages(1.0))["refine f"].replace("math.", ""))
def f(x):
    t1 = (sin, exp)
    x1 = sin(x)
    x2 = exp(x1)
    return x2
"""

from __future__ import annotations

import gast

from ..analysis.unit import Unit
from ..errors import NotSupported
from ..syntax import assign, const, copy_tree, locate_like, name, substitute, walk, walk_scope

MOST = 64  # trips that are written out
PLURALS = {
    "a function": "functions",
    "an attribute": "attributes",
    "an item": "items",
    "an object of one of several classes": "objects of several classes",
}


def unroll(node: gast.For, trips: range | None, unit: Unit) -> list[gast.stmt]:
    """The body once for each trip."""
    if trips is None or len(trips) > MOST:
        raise too_many(node, trips, PLURALS[unit.facts["chosen"]])
    if any(isinstance(n, gast.Break) for n in walk_scope(node.body)):
        what = PLURALS[unit.facts["chosen"]]
        raise NotSupported(
            node, f"a loop over {what} that is left early", instead="a loop without break"
        )
    found: list[gast.stmt] = []
    for statement in walk(node.body):
        place = (getattr(statement, "lineno", -1), getattr(statement, "col_offset", -1))
        unit.originals.pop(place, None)
    cells = unit.facts.get("cells", set())
    for trip in trips:
        body = copy_tree(node.body)
        own = {
            n.id: unit.namer.fresh(n.id)
            for n in walk(body)
            if isinstance(n, gast.Name) and n.id in cells and isinstance(n.ctx, gast.Store)
        }
        cells |= set(own.values())
        for inner in walk(body):
            if isinstance(inner, gast.Name) and inner.id in own:
                inner.id = own[inner.id]
        found += _direct(substitute(body, {node.target.id: const(trip)}), node, unit)
    inside = {id(n) for n in walk(node)}
    used = any(
        isinstance(n, gast.Name) and n.id == node.target.id and id(n) not in inside
        for n in walk(unit.tree.body)
    )
    if used and len(trips):
        found.append(locate_like(assign(name(node.target.id).id, const(trips[-1])), node))
    return found or [locate_like(gast.Pass(), node)]


def too_many(node: gast.For, trips: range | None, what: str) -> NotSupported:
    """The refusal of a loop that is not written out."""
    if trips is not None:
        return NotSupported(
            node, f"a loop over {len(trips)} {what}, more than {MOST}", instead="several loops"
        )
    if any(isinstance(n, gast.Name) and n.id == "min" for n in walk(node.iter)):
        return NotSupported(
            node,
            f"a loop over {what} beside something of unknown length",
            instead="a loop over their positions, `for k in range(3)`",
        )
    return NotSupported(node, f"a loop over {what} of unknown number", instead="a tuple of them")


def _direct(body: list[gast.stmt], loop: gast.For, unit: Unit) -> list[gast.stmt]:
    """One trip in which the function itself is called, where a display in the text names it."""
    first = body[0]
    if not isinstance(first, gast.Assign) or not isinstance(first.targets[0], gast.Name):
        return body
    variable, value = first.targets[0].id, first.value
    if (
        not isinstance(value, gast.Subscript)
        or not isinstance(value.value, gast.Name)
        or not isinstance(value.slice, gast.Constant)
    ):
        return body
    displays = [
        s.value
        for s in walk(unit.tree.body)
        if isinstance(s, gast.Assign)
        and isinstance(s.targets[0], gast.Name)
        and s.targets[0].id == value.value.id
    ]
    if len(displays) != 1 or not isinstance(displays[0], (gast.Tuple, gast.List)):
        return body
    function = displays[0].elts[value.slice.value]
    names = [n for n in walk(unit.tree.body) if isinstance(n, gast.Name) and n.id == variable]
    inside = {id(n) for n in walk(loop)}
    if not isinstance(function, gast.Attribute) or any(id(n) not in inside for n in names):
        return body
    if sum(isinstance(n.ctx, gast.Store) for n in names) != 1 or len(body) == 1:
        return body
    return list(substitute(body[1:], {variable: function}))
