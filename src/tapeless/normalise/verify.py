"""Whether a function is in the core language of `docs/architecture.md`.

>>> from tapeless.normalise.show import function_from
>>> verify_core(function_from("def f(x): return x"))
>>> verify_core(function_from("def f(x): return x + 1"))
Traceback (most recent call last):
...
tapeless.normalise.verify.NotCore: line 1: return of something that is no atom: return x + 1
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from ..syntax import to_debug_text
from .evaluation import is_range, is_truth
from .intermediates import WHOLE_CALLS, is_atom
from .rewriter import local_names, nodes, static_roots


class NotCore(AssertionError):
    """A tree that a pass made is not in core form: an error of ours."""


def verify_core(tree: gast.FunctionDef, is_static: Callable[[str], bool] | None = None) -> None:
    """Raise :class:`NotCore` for the first statement that is not in core form."""
    Verifier(local_names(tree), static_roots(tree, is_static)).function(tree)


class Verifier:
    def __init__(self, local: set[str], is_path: Callable[[gast.expr], bool]):
        self.locals = local
        self.is_path = is_path

    def function(self, tree: gast.FunctionDef) -> None:
        *body, last = tree.body
        if not isinstance(last, gast.Return):
            self.fail(last, "the last statement is no return")
        if last.value is None or not self.atom(last.value):
            self.fail(last, "return of something that is no atom")
        if body and isinstance(body[0], gast.Expr) and isinstance(body[0].value, gast.Constant):
            body = body[1:]
        self.block(body, in_loop=False)

    def fail(self, node: gast.AST, what: str) -> None:
        raise NotCore(f"line {getattr(node, 'lineno', '?')}: {what}: {to_debug_text(node)}")

    # --- statements ----------------------------------------------------------------------

    def block(self, body: list[gast.stmt], in_loop: bool) -> None:
        for i, node in enumerate(body):
            if getattr(node, "lineno", None) is None:
                self.fail(node, "no location")
            if in_loop and i == 0 and _is_guard(node):
                self.test(node.test)
            elif (
                in_loop
                and i == len(body) - 1
                and _is_guard(node)
                and isinstance(node.test, gast.Name)
            ):
                pass
            else:
                self.statement(node)

    def statement(self, node: gast.stmt) -> None:
        match node:
            case gast.Assign(targets=[gast.Name()]):
                self.rhs(node.value, node)
            case gast.Assign(targets=[gast.Subscript() | gast.Attribute() as place]):
                self.place(place, node)
                self.need_atom(node.value, node)
            case gast.AugAssign():
                self.place(node.target, node)
                self.need_atom(node.value, node)
            case gast.Expr(value=gast.Call()):
                self.rhs(node.value, node)
            case gast.If():
                self.test(node.test)
                self.block(node.body, False)
                self.block(node.orelse, False)
            case gast.While(orelse=[]):
                self.test(node.test)
                self.block(node.body, True)
            case gast.For(orelse=[], target=gast.Name()) if is_range(node.iter):
                for bound in node.iter.args:
                    self.pure(bound)
                self.block(node.body, True)
            case gast.Assert() | gast.Raise():
                self.pure(node)
            case gast.Pass() | gast.FunctionDef() | gast.Import() | gast.ImportFrom():
                pass
            case gast.With():
                self.block(node.body, False)
            case gast.Try():
                for part in (
                    node.body,
                    node.orelse,
                    node.finalbody,
                    *(h.body for h in node.handlers),
                ):
                    self.block(part, False)
            case _:
                self.fail(node, "not a statement of the core language")

    def place(self, node: gast.expr, statement: gast.stmt) -> None:
        if isinstance(node, gast.Name):
            return
        if not isinstance(node, (gast.Subscript, gast.Attribute)) or not isinstance(
            node.value, gast.Name
        ):
            self.fail(statement, "stored into something that has no name")
        if isinstance(node, gast.Subscript):
            self.pure(node.slice)

    # --- expressions -----------------------------------------------------------------------

    def atom(self, node: gast.expr) -> bool:
        return is_atom(node, self.is_path)

    def need_atom(self, node: gast.expr, statement: gast.stmt) -> None:
        if not self.atom(node.value if isinstance(node, gast.Starred) else node):
            self.fail(statement, f"operand {to_debug_text(node)}")

    def pure(self, node: gast.AST) -> None:
        for inner in nodes(node, enter_nested=False):
            if isinstance(inner, (gast.NamedExpr, gast.Await, gast.Yield, gast.YieldFrom)):
                self.fail(node, "assignment or suspension inside an expression")

    test = pure

    def rhs(self, node: gast.expr, statement: gast.stmt) -> None:
        if self.atom(node):
            return
        match node:
            case gast.BinOp():
                operands = [node.left, node.right]
            case gast.UnaryOp() if not isinstance(node.op, gast.Not):
                operands = [node.operand]
            case gast.Compare() | gast.UnaryOp() | gast.JoinedStr() | gast.SetComp():
                return self.pure(node)
            case gast.BoolOp() if is_truth(node):
                return self.pure(node)
            case gast.Lambda():
                return None
            case gast.Call():
                return self.call(node, statement)
            case gast.Attribute():
                operands = [node.value]
            case gast.Subscript():
                self.pure(node.slice)
                operands = [node.value]
            case gast.Tuple() | gast.List() | gast.Set():
                operands = node.elts
            case gast.Dict():
                operands = [v for v in [*node.keys, *node.values] if v is not None]
            case _:
                self.fail(statement, "right-hand side")
        for operand in operands:
            self.need_atom(operand, statement)
        return None

    def call(self, node: gast.Call, statement: gast.stmt) -> None:
        function = node.func
        if (
            isinstance(function, gast.Name)
            and function.id in WHOLE_CALLS
            and function.id not in self.locals
        ):
            return self.pure(node)
        if isinstance(function, gast.Attribute):
            if not self.is_path(function):
                self.need_atom(function.value, statement)
        elif not isinstance(function, gast.Name):
            self.fail(statement, "callee")
        for argument in [*node.args, *(k.value for k in node.keywords)]:
            self.need_atom(argument, statement)
        return None


def _is_guard(node: gast.stmt) -> bool:
    return (
        isinstance(node, gast.If)
        and not node.orelse
        and len(node.body) == 1
        and isinstance(node.body[0], gast.Break)
    )
