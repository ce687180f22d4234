"""Calls that stand for other code are written out, until none is left.

A decorator's wrapper is put in the place of its call, `*args` are taken apart, `reduce` becomes a
loop: what comes out are calls that the analysis understands, in core form.

>>> import functools
>>> import tapeless
>>> def scaled(f):
...     return lambda *args, **options: 2.0 * f(*args, **options)
>>> @scaled
... def area(a, b=1.0):
...     return a * b
>>> def f(x):
...     return area(x, b=x)
>>> print(dict(tapeless.grad(f).stages(2.0))["refine f"])
def f(x):
    t1 = f1(x, b=x)
    t2 = 2.0 * t1
    value = t2
    return value
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from ..analysis.higher_order import Pending
from ..analysis.infer import Inference
from ..analysis.lazy import check_late, is_late
from ..analysis.unit import Unit
from ..errors import NotSupported
from ..syntax import locate_like, walk, walk_scope
from .functional import FORMS
from .iterators import FORMS as ITERATORS
from .rewrite import rewrite_statements
from .stars import drop_packed, pack, take_apart
from .unroll import unroll
from .writing import Names, Writing
from .written_out import write_out

Writer = Callable[[Writing, Pending], gast.expr]
WRITERS: dict[str, Writer] = {
    **FORMS, **ITERATORS, "inline": write_out, "pack": pack, "stars": take_apart,
}  # fmt: skip
ROUNDS = 200  # of one unit; a wrapper of a wrapper takes one each


def expand(unit: Unit, inference: Inference, names: Names) -> gast.FunctionDef | None:
    """The function with its pending calls written out; None if there are none."""
    pending = inference.calls.pending
    if inference.chosen and not inference.unrolled:
        raise NotSupported(
            inference.chosen[0],
            f"{unit.facts['chosen']} that is chosen while the program runs",
            instead=f"a branch for each {unit.facts['chosen'].split()[1]}",
        )
    if not pending and not inference.unrolled:
        return None
    rounds = unit.facts["expansions"] = unit.facts.get("expansions", 0) + 1
    if rounds > ROUNDS:
        raise NotSupported(unit.tree, "wrappers that call each other without end")

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        if isinstance(node, gast.For) and (key := id(node)) in inference.unrolled:
            return unroll(node, inference.unrolled[key], unit)
        if isinstance(node, (gast.FunctionDef, gast.With, gast.Try)) or inference.unrolled:
            return None  # what calls are given is known once loops are written out
        header = {gast.If: "test", gast.While: "test", gast.For: "iter"}.get(type(node))
        inside = getattr(node, header) if header else node
        calls = [n for n in walk_scope(inside) if id(n) in pending]
        if not calls:
            return None
        return _written(node, calls[-1], pending[id(calls[-1])])

    def _written(node: gast.stmt, call: gast.AST, wanted: Pending) -> list[gast.stmt]:
        assert isinstance(call, gast.Call)
        if is_late(wanted.target) and isinstance(node, gast.Assign) and node.value is call:
            check_late(unit, inference, node, call, wanted.target)
        writing = Writing(unit, inference, names, call)
        found = WRITERS[wanted.form](writing, wanted)
        if wanted.form in ("partial", "vectorize", "items"):  # what it is made of is called by name
            unit.facts.setdefault("rewritten", set()).add((node.lineno, node.col_offset))
        if writing.statements and not _comes_first(node, call):
            raise writing.refuse("this call where it may not be reached", "name its result first")
        made = [*writing.statements, found]
        for inner in walk(made):
            if not hasattr(inner, "lineno"):
                locate_like(inner, node)
        new = _Replace(call, found).visit(node)
        for inner in walk(writing.statements):
            locate_like(inner, node)
        if isinstance(new, gast.Expr) and isinstance(found, (gast.Name, gast.Constant)):
            return writing.statements or [locate_like(gast.Pass(), node)]
        return [*writing.statements, new]

    return drop_packed(unit, rewrite_statements(unit.tree, change))


def _comes_first(node: gast.stmt, call: gast.Call) -> bool:
    """Whether a call is evaluated whenever its statement is, and once."""
    if isinstance(node, gast.While):
        return False
    around = [
        n
        for n in walk_scope(node)
        if isinstance(n, (gast.BoolOp, gast.IfExp))
        and any(inner is call for inner in walk_scope(n))
    ]
    return not around


class _Replace(gast.NodeTransformer):
    def __init__(self, old: gast.AST, new: gast.expr):
        self.old, self.new = old, new

    def visit(self, node: gast.AST) -> gast.AST:
        if node is self.old:
            return self.new
        if isinstance(node, (gast.FunctionDef, gast.Lambda)):
            return node
        return self.generic_visit(node)
