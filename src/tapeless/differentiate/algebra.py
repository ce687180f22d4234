"""Expressions built so that no neutral element and no double sign is ever written.

>>> from ..syntax import expr, to_debug_text
>>> show = lambda node: print(to_debug_text(node))
>>> show(tidy(expr("1.0 * (x * y)"), lambda node: True))
x * y
>>> show(tidy(expr("a + -b * c"), lambda node: True))
a - b * c
>>> show(tidy(expr("1.0 / n * 2.0 * r"), lambda node: True))
2.0 / n * r
>>> show(tidy(expr("n * x ** (3 - 1)"), lambda node: True))
n * x ** 2
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from ..syntax import const, copy_tree, locate_like

IsInexact = Callable[[gast.expr], bool]


def number(node: gast.expr) -> int | float | None:
    """The value of a numeric literal, signs included."""
    if isinstance(node, gast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, gast.UnaryOp) and isinstance(node.op, gast.USub):
        inner = number(node.operand)
        return None if inner is None else -inner
    return None


def negated(node: gast.expr) -> gast.expr | None:
    """The expression without its minus sign, if it has one in front."""
    if isinstance(node, gast.UnaryOp) and isinstance(node.op, gast.USub):
        return node.operand
    if isinstance(node, gast.BinOp) and isinstance(node.op, (gast.Mult, gast.Div)):
        left = negated(node.left)
        if left is not None:
            return gast.BinOp(left, node.op, node.right)
    if isinstance(node, gast.Constant) and type(node.value) in (int, float) and node.value < 0:
        return gast.Constant(-node.value, None)
    return None


def neg(node: gast.expr) -> gast.expr:
    """``-node``."""
    plain = negated(node)
    return plain if plain is not None else gast.UnaryOp(gast.USub(), node)


def plus(left: gast.expr, right: gast.expr) -> gast.expr:
    """``left + right``."""
    plain = negated(right)
    if plain is not None:
        return gast.BinOp(left, gast.Sub(), plain)
    return gast.BinOp(left, gast.Add(), right)


def tidy(node: gast.expr, is_inexact: IsInexact) -> gast.expr:
    """The same value in fewer words; ``is_inexact`` tells what ``1.0 *`` may be dropped from."""
    return _Tidy(is_inexact).visit(copy_tree(node))


class _Tidy(gast.NodeTransformer):
    def __init__(self, is_inexact: IsInexact):
        self.is_inexact = is_inexact

    def visit_UnaryOp(self, node: gast.UnaryOp) -> gast.expr:
        node = self.generic_visit(node)
        if isinstance(node.op, gast.USub):
            plain = negated(node.operand)
            if plain is not None:
                return plain
        return node

    def visit_BinOp(self, node: gast.BinOp) -> gast.expr:
        node = self.generic_visit(node)
        rule = getattr(self, "of_" + type(node.op).__name__, None)
        found = rule(node, node.left, node.right) if rule is not None else None
        return locate_like(found, node) if found is not None else node  # type: ignore[return-value]

    def folded(self, node: gast.BinOp) -> gast.expr | None:
        a, b = number(node.left), number(node.right)
        if a is None or b is None or isinstance(a, int) != isinstance(b, int) and not isinstance(a, float) and not isinstance(b, float):
            return None
        made = {gast.Add: lambda: a + b, gast.Sub: lambda: a - b, gast.Mult: lambda: a * b}.get(type(node.op))
        return const(made()) if made is not None else None

    def of_Mult(self, node: gast.BinOp, left: gast.expr, right: gast.expr) -> gast.expr | None:
        folded = self.folded(node)
        if folded is not None:
            return folded
        for one, other in ((left, right), (right, left)):
            value = number(one)
            if value == 1 and isinstance(value, float) and self.is_inexact(other) or value == 1 and isinstance(value, int):
                return other
            if value == -1 and isinstance(value, float) and self.is_inexact(other):
                return neg(other)
        signs = [negated(left), negated(right)]
        if signs[0] is not None and signs[1] is not None:
            return self.of_Mult(node, signs[0], signs[1]) or gast.BinOp(signs[0], gast.Mult(), signs[1])
        if signs[1] is not None:
            return neg(gast.BinOp(left, gast.Mult(), signs[1]))
        if isinstance(left, gast.BinOp) and isinstance(left.op, gast.Div) and number(left.left) == 1.0 and number(right) is not None:
            return gast.BinOp(const(float(number(right))), gast.Div(), left.right)  # type: ignore[arg-type]
        if isinstance(left, gast.BinOp) and isinstance(left.op, gast.Mult) and number(left.right) is not None and number(right) is not None:
            return gast.BinOp(left.left, gast.Mult(), const(number(left.right) * number(right)))  # type: ignore[operator]
        return None

    def of_Div(self, node: gast.BinOp, left: gast.expr, right: gast.expr) -> gast.expr | None:
        if number(right) == 1 and self.is_inexact(left):
            return left
        return None

    def of_Add(self, node: gast.BinOp, left: gast.expr, right: gast.expr) -> gast.expr | None:
        folded = self.folded(node)
        if folded is not None:
            return folded
        plain = negated(right)
        if plain is not None:
            return gast.BinOp(left, gast.Sub(), plain)
        plain = negated(left)
        if plain is not None and not isinstance(left, gast.Constant):
            return gast.BinOp(right, gast.Sub(), plain)
        return None

    def of_Sub(self, node: gast.BinOp, left: gast.expr, right: gast.expr) -> gast.expr | None:
        folded = self.folded(node)
        if folded is not None:
            return folded
        plain = negated(right)
        return gast.BinOp(left, gast.Add(), plain) if plain is not None else None

    def of_Pow(self, node: gast.BinOp, left: gast.expr, right: gast.expr) -> gast.expr | None:
        return left if number(right) == 1 and self.is_inexact(left) else None
