"""Operands become temporaries, in the order in which Python evaluates them (A-normal form).

>>> from tapeless.normalise.show import show
>>> show(intermediates, '''
... def f(x, w):
...     y = np.exp(x * w).sum() if w.size > 1 else w[0] - 1
...     x[1:-1] += y * x.shape[0]
...     return y / 2
... ''')
def f(x, w):
    if w.size > 1:
        t1 = x * w
        t2 = np.exp(t1)
        y = t2.sum()
    else:
        t3 = w[0]
        y = t3 - 1
    t4 = x.shape
    t5 = t4[0]
    t6 = y * t5
    x[1:-1] += t6
    value = y / 2
    return value

Tests, indices, bounds of `range` and comparisons are never differentiated and stay whole.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable

import gast
import numpy as np

from ..errors import NotSupported
from ..syntax import Namer, assign, copy_tree, locate_like, name
from .evaluation import get, index_places, is_truth, put
from .rewriter import COMPREHENSIONS, Rewriter, local_names, negated, nodes, static_roots

WHOLE_CALLS = {"slice", "range"}
PLAIN_CALLS = {"len", "int", "min", "max", "abs", "range", "slice", "round"}
LOOKING = {"get", "keys", "values", "items", "index", "count", "copy", "find", "s_", "index_exp"}
MUTATING = {
    "append",
    "insert",
    "pop",
    "remove",
    "extend",
    "clear",
    "popitem",
    "sort",
    "reverse",
    "fill",
    "update",
}


def intermediates(
    tree: gast.FunctionDef, namer: Namer, is_static: Callable[[str], bool] | None = None
) -> gast.FunctionDef:
    """Name the intermediate values of a function; consumes the tree."""
    return Intermediates(namer, is_static).function(tree)


def is_atom(node: gast.expr, is_path: Callable[[gast.expr], bool]) -> bool:
    """Whether an expression may be an operand."""
    if isinstance(node, (gast.Name, gast.Constant)):
        return True
    if isinstance(node, gast.UnaryOp):
        return isinstance(node.op, gast.USub) and isinstance(node.operand, gast.Constant)
    return isinstance(node, gast.Attribute) and is_path(node)


class Intermediates(Rewriter):
    def __init__(self, namer: Namer, is_static: Callable[[str], bool] | None = None):
        super().__init__(namer)
        self.is_static = is_static
        self.out: list[gast.stmt] = []

    def function(self, tree: gast.FunctionDef) -> gast.FunctionDef:
        self.locals = local_names(tree)
        self.is_path = static_roots(tree, self.is_static)
        body = tree.body
        text = [body[0]] if _is_docstring(body[0]) else []
        tree.body = [*text, *self.block(body[len(text) :])]
        return tree

    # --- expressions -------------------------------------------------------------------

    def emit(self, statement: gast.stmt) -> None:
        self.out.append(statement)

    def atom(self, node: gast.expr) -> gast.expr:
        """The value of an expression as an operand: itself, or a temporary."""
        if is_atom(node, self.is_path):
            return node
        if isinstance(node, gast.IfExp) or (isinstance(node, gast.BoolOp) and not is_truth(node)):
            temporary = self.namer.temporary()
            self.assign(temporary, node)
        else:
            value = self.value(node)
            temporary = self.namer.temporary()
            self.emit(assign(temporary, value))
        return locate_like(name(temporary), node)

    def assign(self, place: str, node: gast.expr) -> None:
        """Emit the assignment of an expression to a name."""
        if isinstance(node, gast.IfExp):
            body = self._nested(lambda: self.assign(place, node.body))
            orelse = self._nested(lambda: self.assign(place, node.orelse))
            self._branch(node.test, body, orelse)
        elif isinstance(node, gast.BoolOp) and not is_truth(node):
            first, *others = node.values
            tail = (
                others[0] if len(others) == 1 else locate_like(gast.BoolOp(node.op, others), node)
            )
            test = self.atom(first)
            rest = self._nested(lambda: self.assign(place, tail))
            done = [] if _is_name(test, place) else [assign(place, copy_tree(test))]
            both = (rest, done) if isinstance(node.op, gast.And) else (done, rest)
            self._branch(test, *both)
        elif not _is_name(node, place):
            self.emit(assign(place, self.value(node)))

    def _branch(self, test: gast.expr, body: list[gast.stmt], orelse: list[gast.stmt]) -> None:
        if orelse and not body:
            test, body, orelse = negated(test), orelse, []
        self.emit(gast.If(test, body or [gast.Pass()], orelse))

    def _nested(self, action: Callable[[], None]) -> list[gast.stmt]:
        """What an action emits, as a block of its own."""
        outer, self.out = self.out, []
        action()
        inner, self.out = self.out, outer
        return inner

    def value(self, node: gast.expr) -> gast.expr:
        """An expression as a right-hand side: its operands become atoms."""
        match node:
            case gast.BinOp():
                node.left = self.atom(node.left)
                node.right = self.atom(node.right)
            case gast.UnaryOp():
                if not isinstance(node.op, gast.Not):
                    node.operand = self.atom(node.operand)
            case gast.Call():
                self._call(node)
            case gast.Attribute():
                if not self.is_path(node):
                    node.value = self.atom(node.value)
            case gast.Subscript():
                node.value = self.atom(node.value)
                self._index(node)
            case gast.Tuple() | gast.List() | gast.Set():
                self._items(node.elts)
            case gast.Dict():
                for i, key in enumerate(node.keys):
                    node.keys[i] = self.atom(key) if key is not None else None
                    node.values[i] = self.atom(node.values[i])
            case gast.IfExp():
                return self.atom(node)
            case gast.BoolOp() if not is_truth(node):
                return self.atom(node)
            case gast.NamedExpr() | gast.ListComp() | gast.DictComp() | gast.GeneratorExp():
                raise NotSupported(node, "this expression here", instead="write it as statements")
        return node

    def _call(self, node: gast.Call) -> None:
        function = node.func
        if isinstance(function, gast.Name):
            if function.id in WHOLE_CALLS and function.id not in self.locals:
                return
        elif isinstance(function, gast.Attribute):
            if not self.is_path(function):
                function.value = self.atom(function.value)
        else:
            node.func = self.atom(function)
        self._items(node.args)
        for keyword in node.keywords:
            keyword.value = self.atom(keyword.value)

    def _items(self, values: list[gast.expr]) -> None:
        for i, value in enumerate(values):
            if isinstance(value, gast.Starred):
                value.value = self.atom(value.value)
            else:
                values[i] = self.atom(value)

    # --- statements ------------------------------------------------------------------------

    def statement(self, node: gast.stmt) -> list[gast.stmt]:
        outer, self.out = self.out, []
        new = super().statement(node)
        before, self.out = self.out, outer
        return [*before, *new]

    def on_Assign(self, node: gast.Assign) -> list[gast.stmt]:
        place = node.targets[0]
        if isinstance(place, gast.Name):
            self.assign(place.id, node.value)
            return []
        node.value = self.atom(node.value)
        self._place(place)
        if isinstance(place, gast.Subscript):
            self._index(place)
        return [node]

    def on_For(self, node: gast.For) -> list[gast.stmt]:
        for i, bound in enumerate(node.iter.args):
            if _may_act(bound, self.locals):
                node.iter.args[i] = self.atom(bound)
        return [self.inside(node)]

    def _index(self, node: gast.Subscript) -> None:
        """An index is evaluated again: what does something by that is done once, before."""
        for part in index_places(node, "slice"):
            if _may_act(get(part), self.locals):
                put(part, self.atom(get(part)))

    def _place(self, place: gast.expr) -> None:
        """The base of a stored element or attribute becomes a name."""
        if not isinstance(place, gast.Name) and not isinstance(place.value, gast.Name):
            base = self.value(place.value)
            temporary = self.namer.temporary()
            self.emit(assign(temporary, base))
            place.value = locate_like(name(temporary), place.value)

    def on_AugAssign(self, node: gast.AugAssign) -> list[gast.stmt]:
        place = node.target
        self._place(place)
        if isinstance(place, gast.Subscript):
            self._index(place)
        if not isinstance(place, gast.Name) and _may_resize(node.value):
            return self._update(node, place)
        if isinstance(place, gast.Subscript) and _looks(place.slice) and _calls(node.value):
            for part in index_places(place, "slice"):
                put(part, self.atom(get(part)))
        node.value = self.atom(node.value)
        return [node]

    def _update(self, node: gast.AugAssign, place: gast.expr) -> list[gast.stmt]:
        """The value changes what is updated: read it first, as Python does."""
        if _calls(place):
            raise NotSupported(
                node, "this order of evaluation", instead="compute the right side in a line before"
            )
        old = copy_tree(place)
        old.ctx = gast.Load()
        temporary = self.namer.temporary()
        self.emit(assign(temporary, old))
        result = gast.AugAssign(
            gast.Name(temporary, gast.Store(), None, None), node.op, self.atom(node.value)
        )
        return [result, assign(place, name(temporary))]

    def on_Return(self, node: gast.Return) -> list[gast.stmt]:
        if not is_atom(node.value, self.is_path):
            result = self.namer.fresh("value")
            self.assign(result, node.value)
            node.value = locate_like(name(result), node.value)
        return [node]

    def on_Expr(self, node: gast.Expr) -> list[gast.stmt]:
        value = node.value
        if isinstance(value, gast.Constant):
            return []
        if isinstance(value, gast.Call):
            self._call(value)
            return [node]
        if isinstance(value, gast.Name):
            return []
        self.atom(value)
        return []


def _is_docstring(node: gast.stmt) -> bool:
    value = node.value if isinstance(node, gast.Expr) else None
    return isinstance(value, gast.Constant) and isinstance(value.value, str)


def _is_name(node: gast.expr, place: str) -> bool:
    return isinstance(node, gast.Name) and node.id == place


def _calls(node: gast.expr) -> bool:
    """Whether an expression calls something that may be the user's."""
    for inner in nodes(node, enter_nested=False):
        if isinstance(inner, gast.Call) and not (
            isinstance(inner.func, gast.Name) and inner.func.id in PLAIN_CALLS
        ):
            return True
    return False


def _looks(node: gast.expr) -> bool:
    """Whether an expression reads what a call could change: items, attributes, lengths."""
    looking = (gast.Call, gast.Subscript, gast.Attribute)
    return any(isinstance(n, looking) for n in nodes(node, enter_nested=False))


def _may_act(node: gast.expr, local: set[str]) -> bool:
    """Whether evaluating an expression may do more than give a value: `d.pop()`, `next(it)`."""
    inside = list(nodes(node))
    if any(isinstance(n, (*COMPREHENSIONS, gast.Lambda)) for n in inside):
        return False
    for call in inside:
        if not isinstance(call, gast.Call):
            continue
        if isinstance(call.func, gast.Name):
            builtin = hasattr(builtins, call.func.id) and call.func.id not in local
            if not builtin or call.func.id == "next":
                return True
        elif isinstance(call.func, gast.Attribute):
            known = hasattr(np, call.func.attr) or hasattr(np.ndarray, call.func.attr)
            path = (getattr(n, "attr", None) or getattr(n, "id", None) for n in nodes(call.func))
            drawn = "random" in path
            if drawn or not (known or call.func.attr in LOOKING):
                return True
    return False


def _may_resize(node: gast.expr) -> bool:
    """Whether evaluating an expression may change a list or dictionary for certain code to see."""
    return any(
        isinstance(n, gast.Call) and isinstance(n.func, gast.Attribute) and n.func.attr in MUTATING
        for n in nodes(node, enter_nested=False)
    )
