"""Taking expressions apart without changing the order in which Python evaluates them.

Some subexpressions have to become statements before the one they stand in: comprehensions and
assignment expressions. What Python evaluates before them then has to be evaluated before them
too, so it becomes a temporary; what stands behind a short circuit goes into an ``if``:

    y = f(x) + (n := g(x)) * h(n)        t1 = f(x)
                                         n = g(x)
                                         y = t1 + n * h(n)

    y = a and (n := g(a))                t1 = a
                                         if t1:
                                             n = g(a)
                                             t1 = n
                                         y = t1
"""

from __future__ import annotations

from typing import Any

import gast

from ..errors import NotSupported
from ..syntax import assign, locate_like, name
from .rewriter import COMPREHENSIONS, NESTED, Rewriter, children, local_names, root, walruses

# An operand is a place: an attribute of a node or an item of a list.
Place = tuple[Any, Any]


def get(place: Place) -> gast.expr:
    """The expression at a place."""
    holder, key = place
    return holder[key] if isinstance(holder, list) else getattr(holder, key)


def put(place: Place, value: gast.expr) -> None:
    """Replace the expression at a place."""
    holder, key = place
    if isinstance(holder, list):
        holder[key] = value
    else:
        setattr(holder, key, value)


def index_places(holder: Any, key: Any) -> list[Place]:
    """The parts of an index that are expressions (a slice is not)."""
    node = get((holder, key))
    if isinstance(node, gast.Slice):
        return [(node, f) for f in ("lower", "upper", "step") if getattr(node, f) is not None]
    if isinstance(node, gast.Tuple):
        return [place for i in range(len(node.elts)) for place in index_places(node.elts, i)]
    if isinstance(node, gast.Starred):
        return [(node, "value")]
    return [(holder, key)]


def items(values: list[gast.expr]) -> list[Place]:
    """The places of a list of expressions, behind the star of the starred ones."""
    return [
        (v, "value") if isinstance(v, gast.Starred) else (values, i) for i, v in enumerate(values)
    ]


def operands(node: gast.expr) -> list[Place]:
    """The places of the operands of an expression, in the order of evaluation."""
    match node:
        case gast.BinOp():
            return [(node, "left"), (node, "right")]
        case gast.UnaryOp():
            return [(node, "operand")]
        case gast.Compare():
            return [(node, "left"), *items(node.comparators)]
        case gast.BoolOp():
            return items(node.values)
        case gast.IfExp():
            return [(node, "test"), (node, "body"), (node, "orelse")]
        case gast.Call():
            function = (
                (node.func, "value") if isinstance(node.func, gast.Attribute) else (node, "func")
            )
            return [function, *items(node.args), *((k, "value") for k in node.keywords)]
        case gast.Attribute() | gast.Starred() | gast.NamedExpr():
            return [(node, "value")]
        case gast.Subscript():
            return [(node, "value"), *index_places(node, "slice")]
        case gast.Tuple() | gast.List() | gast.Set():
            return items(node.elts)
        case gast.Dict():
            both = (
                [(node.keys, i) for i in range(len(node.keys))],
                [(node.values, i) for i in range(len(node.values))],
            )
            return [
                place
                for pair in zip(*both, strict=True)
                for place in pair
                if get(place) is not None
            ]
        case gast.JoinedStr():
            return [
                p for v in node.values if isinstance(v, gast.FormattedValue) for p in operands(v)
            ]
        case gast.FormattedValue():
            spec = [(node, "format_spec")] if node.format_spec is not None else []
            return [(node, "value"), *spec]
    return []


class Hoister(Rewriter):
    """A pass that moves subexpressions out of their statement: say which, and what they become."""

    def wanted(self, node: gast.expr, in_value: bool) -> bool:
        """Whether a node has to become statements; ``in_value``: what it gives may be active."""
        raise NotImplementedError

    def replace(self, node: gast.expr, out: list[gast.stmt]) -> gast.expr:
        """Append the statements for a wanted node, whose operands are done; return what is left."""
        raise NotImplementedError

    def function(self, tree: gast.FunctionDef) -> gast.FunctionDef:
        self.locals = local_names(tree)
        return super().function(tree)

    # --- finding ------------------------------------------------------------------

    def marks(self, node: gast.expr | None, in_value: bool = True) -> set[int]:
        """Identities of the nodes that are wanted or contain something wanted."""
        found: set[int] = set()
        if node is not None:
            self._mark(node, in_value, found)
        return found

    def _mark(self, node: gast.AST, in_value: bool, found: set[int]) -> bool:
        hit = self.wanted(node, in_value) if isinstance(node, gast.expr) else False
        if not isinstance(node, (*NESTED, *COMPREHENSIONS)):
            for child in children(node):
                if self._mark(child, in_value and is_value(node, child), found):
                    hit = True
        if hit:
            found.add(id(node))
        return hit

    # --- taking apart ---------------------------------------------------------------

    def split(self, node: gast.expr, out: list[gast.stmt], in_value: bool = True) -> gast.expr:
        """Move what is wanted in an expression to ``out``; return the rest."""
        marks = self.marks(node, in_value)
        return self._lift(node, marks, out) if marks else node

    def save(self, node: gast.expr, out: list[gast.stmt]) -> gast.Name:
        """Evaluate an expression here, into a temporary."""
        temporary = self.namer.temporary()
        out.append(assign(temporary, node))
        return locate_like(name(temporary), node)

    def _lift(self, node: gast.expr, marks: set[int], out: list[gast.stmt]) -> gast.expr:
        if id(node) not in marks:
            return node
        if isinstance(node, gast.BoolOp) and any(id(v) in marks for v in node.values[1:]):
            return self._lift_bool(node, marks, out)
        if isinstance(node, gast.IfExp) and (id(node.body) in marks or id(node.orelse) in marks):
            return self._lift_conditional(node, marks, out)
        if isinstance(node, gast.Compare) and any(id(c) in marks for c in node.comparators[1:]):
            return self._lift_chain(node, marks, out)
        places = operands(node)
        last = max((i for i, place in enumerate(places) if id(get(place)) in marks), default=-1)
        for i, place in enumerate(places[: last + 1]):
            value = self._lift(get(place), marks, out)
            if i < last and not self._stays(value, places[i + 1 : last + 1]):
                value = self.save(value, out)
            put(place, value)
        if self.wanted(node, True):
            return locate_like(self.replace(node, out), node)
        return node

    def _stays(self, value: gast.expr, later: list[Place]) -> bool:
        """Whether a value may be read after the operands that follow have been evaluated."""
        if isinstance(value, (gast.Constant, gast.Lambda)):
            return True
        found = root(value)
        if isinstance(value, gast.Name):
            return not any(found in walruses(get(place)) for place in later)
        return found is not None and found not in self.locals

    def _lift_bool(self, node: gast.BoolOp, marks: set[int], out: list[gast.stmt]) -> gast.expr:
        first, rest = node.values[0], node.values[1:]
        result = self.save(self._lift(first, marks, out), out)
        tail = rest[0]
        if len(rest) > 1:
            tail = gast.BoolOp(node.op, rest)
            marks.add(id(tail))
        body: list[gast.stmt] = []
        body.append(assign(result.id, self._lift(tail, marks, body)))
        test = name(result.id)
        if isinstance(node.op, gast.Or):
            test = gast.UnaryOp(gast.Not(), test)
        out.append(gast.If(test, body, []))
        return locate_like(name(result.id), node)

    def _lift_conditional(
        self, node: gast.IfExp, marks: set[int], out: list[gast.stmt]
    ) -> gast.expr:
        test = self._lift(node.test, marks, out)
        result = self.namer.temporary()
        body: list[gast.stmt] = []
        body.append(assign(result, self._lift(node.body, marks, body)))
        orelse: list[gast.stmt] = []
        orelse.append(assign(result, self._lift(node.orelse, marks, orelse)))
        out.append(gast.If(test, body, orelse))
        return locate_like(name(result), node)

    def _lift_chain(self, node: gast.Compare, marks: set[int], out: list[gast.stmt]) -> gast.expr:
        left = self._lift(node.left, marks, out)
        if not isinstance(left, gast.Constant):
            left = self.save(left, out)
        middle = self.save(self._lift(node.comparators[0], marks, out), out)
        head = gast.Compare(left, node.ops[:1], [middle])
        tail = gast.Compare(name(middle.id), node.ops[1:], node.comparators[1:])
        marks.add(id(tail))
        return self._lift_bool(locate_like(gast.BoolOp(gast.And(), [head, tail]), node), marks, out)

    # --- statements -----------------------------------------------------------------

    def on_Expr(self, node: gast.Expr) -> list[gast.stmt]:
        out: list[gast.stmt] = []
        node.value = self.split(node.value, out)
        return [*out, node]

    on_Return = on_Expr

    def statement(self, node: gast.stmt) -> list[gast.stmt]:
        if isinstance(node, (gast.Return, gast.AnnAssign)) and node.value is None:
            return [node]
        return super().statement(node)

    def on_Assign(self, node: gast.Assign | gast.AnnAssign) -> list[gast.stmt]:
        out: list[gast.stmt] = []
        node.value = self.split(node.value, out)
        targets = node.targets if isinstance(node, gast.Assign) else [node.target]
        for target in targets:
            marks = self.marks(target)
            if marks and len(targets) > 1:
                raise NotSupported(
                    target, "`:=` in one of several assignment targets", instead="assign it before"
                )
            if marks:
                node.value = self.save(node.value, out)
                self._lift(target, marks, out)
        return [*out, node]

    on_AnnAssign = on_Assign

    def on_AugAssign(self, node: gast.AugAssign) -> list[gast.stmt]:
        out: list[gast.stmt] = []
        names = walruses(node.value)
        if self.marks(node.target) or (names and names & _names(node.target)):
            raise NotSupported(
                node,
                "`:=` changes what this statement updates",
                instead="assign it in a line before",
            )
        node.value = self.split(node.value, out)
        return [*out, node]

    def on_If(self, node: gast.If) -> list[gast.stmt]:
        out: list[gast.stmt] = []
        node.test = self.split(node.test, out, in_value=False)
        return [*out, self.inside(node)]

    def on_For(self, node: gast.For) -> list[gast.stmt]:
        out: list[gast.stmt] = []
        node.iter = self.split(node.iter, out, in_value=not is_range(node.iter))
        return [*out, self.inside(node)]

    def on_Assert(self, node: gast.Assert) -> list[gast.stmt]:
        out: list[gast.stmt] = []
        if self.marks(node.msg, False):
            raise NotSupported(
                node.msg, "`:=` in the message of an assert", instead="assign it in a line before"
            )
        node.test = self.split(node.test, out, in_value=False)
        return [*out, node]

    def on_Raise(self, node: gast.Raise) -> list[gast.stmt]:
        out: list[gast.stmt] = []
        if node.exc is not None:
            node.exc = self.split(node.exc, out, in_value=False)
        return [*out, node]

    def on_With(self, node: gast.With) -> list[gast.stmt]:
        out: list[gast.stmt] = []
        first, *others = node.items
        first.context_expr = self.split(first.context_expr, out, in_value=False)
        for item in others:
            if self.marks(item.context_expr, False):
                raise NotSupported(
                    item.context_expr, "`:=` here", instead="assign it in a line before"
                )
        return [*out, self.inside(node)]


def _names(node: gast.AST) -> set[str]:
    found = {node.id} if isinstance(node, gast.Name) else set()
    return found.union(*(_names(c) for c in children(node)))


def is_range(node: gast.expr) -> bool:
    """Whether an expression is ``range(a)``, ``range(a, b)`` or ``range(a, b, c)``."""
    return (
        isinstance(node, gast.Call)
        and isinstance(node.func, gast.Name)
        and node.func.id == "range"
        and 1 <= len(node.args) <= 3
        and not node.keywords
        and not any(isinstance(a, gast.Starred) for a in node.args)
    )


TRUTHS = {"isinstance", "callable", "hasattr", "any", "all", "bool", "issubclass"}
STATIC_TRUTHS = {
    "any",
    "all",
    "isnan",
    "isfinite",
    "isinf",
    "isscalar",
    "allclose",
    "array_equal",
    "iscomplexobj",
}


def is_truth(node: gast.expr) -> bool:
    """Whether an expression is a truth value for certain: nothing in it is differentiated."""
    match node:
        case gast.Compare():
            return True
        case gast.UnaryOp(op=gast.Not()):
            return True
        case gast.BoolOp():
            return all(is_truth(v) for v in node.values)
        case gast.IfExp():
            return is_truth(node.body) and is_truth(node.orelse)
        case gast.Constant():
            return isinstance(node.value, bool)
        case gast.Call(func=gast.Name()):
            return node.func.id in TRUTHS
        case gast.Call(func=gast.Attribute(value=gast.Name())):
            return node.func.value.id in ("np", "numpy", "math") and node.func.attr in STATIC_TRUTHS
    return False


def is_value(parent: gast.AST, child: gast.AST) -> bool:
    """Whether the value of a child may become part of a differentiable value of the parent."""
    match parent:
        case gast.Compare() | gast.JoinedStr() | gast.UnaryOp(op=gast.Not()):
            return False
        case gast.BoolOp():
            return not is_truth(parent)
        case gast.Subscript():
            return child is parent.value
        case gast.IfExp():
            return child is not parent.test
    return True
