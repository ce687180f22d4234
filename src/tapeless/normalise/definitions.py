"""Decorators and computed defaults of nested functions are evaluated where they stand.

>>> from tapeless.normalise.show import show
>>> show(definitions, '''
... def f(x):
...     @scaled(x)
...     def g(v, k=x * x):
...         return k * v
...     return g(2.0)
... ''')
def f(x):
    k1 = x * x
<BLANKLINE>
    def g1(v, k=k1):
        return k * v
    g = scaled(x)(g1)
    return g(2.0)
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import gast

from ..syntax import Namer, assign, copy_tree, dotted, locate_like, name, walk_scope

LATER = (
    gast.Lambda, gast.IfExp, gast.BoolOp,
    gast.ListComp, gast.SetComp, gast.DictComp, gast.GeneratorExp,
)  # fmt: skip


TRANSPARENT = (functools.wraps, functools.lru_cache, functools.cache)  # change no value
Lookup = Callable[[str], object]


def definitions(
    tree: gast.FunctionDef, namer: Namer, lookup: Lookup | None = None
) -> gast.FunctionDef:
    """The function with plain definitions inside."""
    return _Definitions(namer, lookup).function(tree)


class _Definitions:
    def __init__(self, namer: Namer, lookup: Lookup | None):
        self.namer, self.lookup = namer, lookup

    def function(self, tree: gast.FunctionDef) -> gast.FunctionDef:
        tree.body = self.block(tree.body)
        return tree

    def block(self, block: list[gast.stmt]) -> list[gast.stmt]:
        return [new for node in block for new in self.statement(node)]

    def statement(self, node: gast.stmt) -> list[gast.stmt]:
        if isinstance(node, gast.FunctionDef):
            return self.definition(node)
        for field in ("body", "orelse", "finalbody"):
            inner = getattr(node, field, None)
            if isinstance(inner, list):
                setattr(node, field, self.block(inner))
        for part in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
            part.body = self.block(part.body)
        if isinstance(node, gast.While):
            return [node]
        found: list[gast.stmt] = []
        for inner in self._at_once(node):
            found += self.defaults(inner, node)
        return [*found, node]

    def _at_once(self, node: gast.stmt) -> list[gast.Lambda]:
        """The lambdas that are made whenever the statement runs, once."""
        found: list[gast.Lambda] = []

        def look(inner: Any) -> None:
            if isinstance(inner, gast.Lambda):
                found.append(inner)
            elif isinstance(inner, gast.AST) and not isinstance(inner, LATER):
                for field in inner._fields:
                    if not (isinstance(inner, gast.stmt) and field in ("body", "orelse")):
                        for part in _parts(getattr(inner, field, None)):
                            look(part)

        look(node)
        return found

    def definition(self, node: gast.FunctionDef) -> list[gast.stmt]:
        found = self.defaults(node, node)
        decorators = [d for d in node.decorator_list if not self._is_transparent(d)]
        node.decorator_list = []
        if not decorators:
            return [*found, node]
        called = node.name
        made: gast.expr = name(self.namer.fresh(called))
        node.name = made.id
        kept: list[gast.expr] = []
        for decorator in decorators:
            value: gast.expr = copy_tree(decorator)
            if not isinstance(value, (gast.Name, gast.Attribute)) and len(decorators) > 1:
                found.append(locate_like(assign(self.namer.temporary(), value), node))
                value = name(found[-1].targets[0].id)
            kept.append(value)
        for value in reversed(kept):
            made = gast.Call(value, [made], [])
        return [*found, node, _located(assign(called, made), node)]

    def _is_transparent(self, decorator: gast.expr) -> bool:
        """Whether a decorator returns a function with the same values."""
        path = dotted(decorator.func if isinstance(decorator, gast.Call) else decorator)
        if path is None or self.lookup is None:
            return False
        root, *rest = path.split(".")
        try:
            found = self.lookup(root)
        except KeyError:
            return False
        for part in rest:
            found = getattr(found, part, None)
        return any(found is known for known in TRANSPARENT)

    def defaults(self, node: Any, statement: gast.stmt) -> list[gast.stmt]:
        """The statements that evaluate the computed defaults of a function."""
        found: list[gast.stmt] = []
        arguments = node.args
        positional = [*arguments.posonlyargs, *arguments.args][-len(arguments.defaults) or 999 :]
        groups = (
            (positional, arguments.defaults),
            (arguments.kwonlyargs, arguments.kw_defaults),
        )
        for parameters, values in groups:
            for k, (parameter, value) in enumerate(zip(parameters, values, strict=True)):
                if value is None or isinstance(value, gast.Constant) or _is_negative(value):
                    continue
                chosen = self.namer.fresh(parameter.id)
                self.namer.cells.add(chosen)
                found.append(_located(assign(chosen, value), statement))
                values[k] = name(chosen)
        return found


def _is_negative(value: gast.expr) -> bool:
    return isinstance(value, gast.UnaryOp) and isinstance(value.operand, gast.Constant)


def _parts(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _located(new: gast.stmt, old: gast.stmt) -> gast.stmt:
    locate_like(new, old)
    for inner in walk_scope(new):
        if not hasattr(inner, "lineno"):
            locate_like(inner, old)
    return new
