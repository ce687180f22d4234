"""Assignment expressions become assignments in front of their statement.

>>> from tapeless.normalise.show import show
>>> show(walrus, '''
... def f(x, tol):
...     while (e := error(x)) > tol:
...         x = step(x, e)
...     return x
... ''')
def f(x, tol):
    e = error(x)
    while e > tol:
        x = step(x, e)
        e = error(x)
    return x

Runs when `continue` is gone, so that the end of a loop body is where the next test is made.
"""

from __future__ import annotations

import gast

from ..errors import NotSupported
from ..syntax import Namer, assign, copy_tree, locate_like, name
from .evaluation import Hoister
from .rewriter import COMPREHENSIONS, negated, nodes, walruses


def walrus(tree: gast.FunctionDef, namer: Namer) -> gast.FunctionDef:
    """Replace `:=` by assignments; consumes the tree."""
    if not walruses(tree.body):
        return tree
    return Walrus(namer).function(tree)


class Walrus(Hoister):
    def wanted(self, node: gast.expr, in_value: bool) -> bool:
        if isinstance(node, COMPREHENSIONS) and walruses(node):
            raise NotSupported(
                node, "`:=` inside a comprehension here", instead="write it as a loop"
            )
        return isinstance(node, gast.NamedExpr)

    def replace(self, node: gast.NamedExpr, out: list[gast.stmt]) -> gast.expr:
        out.append(assign(node.target.id, node.value))
        return name(node.target.id)

    def on_While(self, node: gast.While) -> list[gast.stmt]:
        before: list[gast.stmt] = []
        node.test = self.split(node.test, before, in_value=False)
        self.inside(node)
        if not before:
            return [node]
        again = [copy_tree(s) for s in before]
        for statement in again:
            for inner in nodes(statement):
                if isinstance(inner, gast.stmt) and getattr(inner, "lineno", None) is None:
                    locate_like(inner, node)
        last = node.body[-1]
        if (
            isinstance(last, gast.If)
            and isinstance(last.body[0], gast.Break)
            and len(node.body) > 1
        ):
            again = [locate_like(gast.If(negated(copy_tree(last.test)), again, []), node), last]
            node.body = [*node.body[:-1], *again]
        else:
            node.body = [*node.body, *again]
        return [*before, node]
