"""A loop that is tried as a whole is one whose body is tried, and left where something is caught.

What was done until then stays, step by step, and the handler sees it.

>>> from tapeless.normalise.show import show
>>> show(tried_loops, '''
... def f(x, total):
...     try:
...         for k in range(10):
...             total += x[k]
...     except IndexError:
...         total = 2.0 * total
...     return total
... ''')
def f(x, total):
    for k in range(10):
        try:
            total += x[k]
        except IndexError:
            total = 2.0 * total
            break
    return total
"""

from __future__ import annotations

import gast

from ..syntax import Namer, assign, const, dotted, locate_like, name, walk, walk_scope
from .rewriter import Rewriter, negated

COUNTED = ("range", "enumerate", "zip", "reversed", "len")  # of names: what raises, raises here
ANYTHING = ("TypeError", "AttributeError", "NameError", "Exception", "BaseException")
LEAVING = (gast.Break, gast.Continue)
LOOPS = (gast.For, gast.While)


def tried_loops(tree: gast.FunctionDef, namer: Namer) -> gast.FunctionDef:
    """Move each `try` around a loop into the loop; consumes the tree."""
    return _TriedLoops(namer).function(tree)


class _TriedLoops(Rewriter):
    def on_Try(self, node: gast.Try) -> list[gast.stmt]:
        self.inside(node)
        if not node.handlers or len(node.body) != 1:
            return [node]
        (loop,) = node.body
        if not isinstance(loop, LOOPS) or loop.orelse or not _begins_safely(loop, node):
            return [node]
        if any(isinstance(s, LOOPS) for s in walk(loop.body)):
            return [node]
        if any(_leaves(h.body) for h in node.handlers):
            return [node]
        caught = None
        if node.orelse and any(_leaves(b) for b in (loop.body, node.orelse)):
            return [node]
        if node.orelse:
            caught = self.namer.fresh("caught")
        for handler in node.handlers:
            if caught is not None:
                handler.body.insert(0, assign(caught, const(True)))
            if not isinstance(handler.body[-1], (gast.Raise, gast.Return)):
                handler.body.append(gast.Break())
        loop.body = [gast.Try(loop.body, node.handlers, [], [])]
        made: list[gast.stmt] = [loop]
        if caught is not None:
            made.insert(0, assign(caught, const(False)))
            made.append(gast.If(negated(name(caught)), node.orelse, []))
        if node.finalbody:
            made = [gast.Try(made, [], [], node.finalbody)]
        for inner in walk(made):
            if not hasattr(inner, "lineno"):
                locate_like(inner, node)
        return made


def _leaves(block: list[gast.stmt]) -> bool:
    """Whether statements leave a loop around them."""
    return any(isinstance(n, LEAVING) for n in walk_scope(block))


def _begins_safely(loop: gast.For | gast.While, tried: gast.Try) -> bool:
    """Whether the head of a loop raises nothing that is to be caught."""
    head = loop.iter if isinstance(loop, gast.For) else loop.test
    for node in walk(head):
        if isinstance(node, gast.Call):
            plain = isinstance(node.func, gast.Name) and node.func.id in COUNTED
            if not plain or any(k.arg == "strict" for k in node.keywords):
                return False
        elif isinstance(node, (gast.Subscript, gast.Attribute, gast.NamedExpr)):
            return False
    if isinstance(loop, gast.While):
        return isinstance(head, gast.Constant)
    fixed = isinstance(head, gast.Call) and all(isinstance(a, gast.Constant) for a in head.args)
    return fixed or all(_is_about_values(h.type) for h in tried.handlers)


def _is_about_values(caught: gast.expr | None) -> bool:
    """Whether an exception is none that Python raises where something cannot be gone through."""
    if isinstance(caught, gast.Tuple):
        return all(_is_about_values(e) for e in caught.elts)
    label = dotted(caught) if caught is not None else None
    return label is not None and label.rpartition(".")[2] not in ANYTHING
