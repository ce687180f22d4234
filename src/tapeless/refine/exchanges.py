"""`rows[i], rows[p] = rows[p], rows[i]` brings a list into another order: no row stands twice.

>>> import numpy as np
>>> import tapeless
>>> def f(x, p):
...     rows = [[v, v * v] for v in x]
...     rows[0], rows[p] = rows[p], rows[0]
...     return rows[0][1]
>>> text = tapeless.grad(f).source_for(np.ones(3), 2)
>>> print(*[line.strip() for line in text.splitlines() if "permute" in line], sep="\\n")
permute(rows, t1)
unpermute(rows_bar, t1)
"""

from __future__ import annotations

import gast

from .. import runtime
from ..analysis.infer import Inference
from ..analysis.kinds import STRUCTURES, Array, Sequence
from ..analysis.unit import Unit
from ..syntax import assign, call, copy_tree, locate_like, name, same, walk
from .rewrite import rewrite_blocks


def exchange(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """Write the exchange of two rows of a list as a change of their order."""
    return rewrite_blocks(tree, _Exchanges(tree, unit).block)


class _Exchanges:
    def __init__(self, tree: gast.FunctionDef, unit: Unit):
        self.unit = unit
        self.uses: dict[str, int] = {}
        for node in walk(tree.body):
            if isinstance(node, gast.Name):
                self.uses[node.id] = self.uses.get(node.id, 0) + 1

    def block(self, block: list[gast.stmt]) -> list[gast.stmt]:
        """The block with exchanges written so."""
        found: list[gast.stmt] = []
        for statement in block:
            found.append(statement)
            places = self.exchanged(found[-4:])
            if places is not None:
                found[-4:] = self.written(statement, *places)
        return found

    def exchanged(self, four: list[gast.stmt]) -> tuple[str, gast.expr, gast.expr] | None:
        """The list and the two places, if four statements exchange its rows."""
        if len(four) < 4 or not all(isinstance(s, gast.Assign) for s in four):
            return None
        loads, stores = four[:2], four[2:]
        taken = {s.targets[0].id: s.value for s in loads if isinstance(s.targets[0], gast.Name)}
        if len(taken) != 2 or any(self.uses[n] != 2 for n in taken):
            return None
        for s in stores:
            if not isinstance(s.value, gast.Name) or s.value.id not in taken:
                return None
        (one, other), into = [taken[s.value.id] for s in stores], [s.targets[0] for s in stores]
        places = [one, other, *into]
        if not all(
            isinstance(p, gast.Subscript) and isinstance(p.value, gast.Name) for p in places
        ):
            return None
        if len({p.value.id for p in places}) != 1 or stores[0].value.id == stores[1].value.id:
            return None
        if not (same(one.slice, into[1].slice) and same(other.slice, into[0].slice)):
            return None
        rows = one.value.id
        if not all(_is_counted(p.slice, rows) for p in places):
            return None
        kind = self.unit.env.get(rows)
        if not isinstance(kind, Sequence) or kind.form is not list or kind.items is not None:
            return None
        held = isinstance(kind.element, (Array, *STRUCTURES))
        return (rows, into[0].slice, into[1].slice) if held else None

    def written(self, node: gast.stmt, rows: str, i: gast.expr, k: gast.expr) -> list[gast.stmt]:
        count, order = self.unit.namer.temporary(), self.unit.namer.temporary()
        exchanged = gast.Constant(runtime.FUNCTIONS["exchanged"], None)
        permute = gast.Constant(runtime.FUNCTIONS["permute"], None)
        places: list[gast.expr] = [name(count)]
        made: list[gast.stmt] = [assign(count, call("len", name(rows)))]
        for index in (i, k):
            if isinstance(index, (gast.Name, gast.Constant)):
                places.append(copy_tree(index))
            else:
                place = self.unit.namer.temporary()
                made.append(assign(place, copy_tree(index)))
                places.append(name(place))
        made += [
            assign(order, gast.Call(exchanged, places, [])),
            gast.Expr(gast.Call(permute, [name(rows), name(order)], [])),
        ]
        return [locate_like(s, node) for s in made]


def _is_counted(index: gast.expr, rows: str) -> bool:
    """Whether an index is reckoned from counters, and not from what is exchanged."""
    plain = (gast.Name, gast.Constant, gast.BinOp, gast.UnaryOp, gast.operator, gast.unaryop)
    parts = [n for n in walk(index) if not isinstance(n, gast.expr_context)]
    return all(isinstance(n, plain) and getattr(n, "id", "") != rows for n in parts)
