"""Functions made in a loop that remember values of their trip must be used in that trip.

`lambda v, i=i: …` and what a factory returns have variables of their own each time they are made;
here these are variables of the function around, of which there is one.
"""

from __future__ import annotations

from typing import Any

import gast

from ..analysis.unit import Unit
from ..errors import NotSupported
from ..syntax import names_read, walk


def check_cells(unit: Unit) -> None:
    """Refuse a function of one trip that is used after it."""
    cells: set[str] = unit.facts.get("cells", set())
    for loop in walk(unit.tree.body):
        if isinstance(loop, (gast.For, gast.While)):
            _check_loop(unit, loop, cells)


def _check_loop(unit: Unit, loop: gast.For | gast.While, cells: set[str]) -> None:
    made: set[str] = set()
    inside = list(_in_order(loop.body))
    met: set[str] = set()
    for node in inside:
        if isinstance(node, gast.FunctionDef) and _remembers(node, cells):
            made.add(node.name)
            met.add(node.name)
        elif isinstance(node, gast.Assign) and isinstance(node.targets[0], gast.Name):
            value, where = node.value, node.targets[0].id
            if (isinstance(value, gast.Lambda) and _remembers(value, cells)) or (
                isinstance(value, gast.Name) and value.id in made
            ):
                made.add(where)
                met.add(where)
    if not made:
        return
    met.clear()
    for node in inside:
        if isinstance(node, gast.Name) and node.id in made:
            if isinstance(node.ctx, gast.Store):
                met.add(node.id)
            elif node.id not in met:
                raise _refusal(node)
        elif isinstance(node, gast.FunctionDef):
            met.add(node.name)
    known = {id(n) for n in walk(loop.body)}
    for node in walk(unit.tree.body):
        outside = isinstance(node, gast.Name) and id(node) not in known
        if outside and node.id in made and isinstance(node.ctx, gast.Load):
            raise _refusal(node)


def _in_order(block: list[gast.stmt]) -> list[gast.AST]:
    """The nodes of a block in the order in which they run; what is assigned comes last."""
    found: list[gast.AST] = []
    for node in block:
        if isinstance(node, gast.Assign):
            found += [node, *walk(node.value), *walk(node.targets)]
        elif isinstance(node, gast.FunctionDef):
            found.append(node)
        else:
            for field in node._fields:
                value: Any = getattr(node, field, None)
                if field in ("body", "orelse", "finalbody"):
                    found += _in_order(value)
                elif field == "handlers":
                    for handler in value:
                        found += _in_order(handler.body)
                elif isinstance(value, (gast.AST, list)):
                    found += walk(value)
    return found


def _remembers(node: gast.FunctionDef | gast.Lambda, cells: set[str]) -> bool:
    defaults = [*node.args.defaults, *node.args.kw_defaults]
    return any(isinstance(d, gast.Name) for d in defaults) or not cells.isdisjoint(
        names_read(node.body)
    )


def _refusal(node: gast.AST) -> NotSupported:
    return NotSupported(
        node,
        "a function made in one trip of a loop and used after it",
        instead="the loop inside one function, or a list of the values that it remembers",
    )
