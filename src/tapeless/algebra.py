"""Expressions built so that no neutral element and no double sign is ever written.

>>> from .syntax import expr, to_debug_text
>>> show = lambda node: print(to_debug_text(node))
>>> show(tidy(expr("1.0 * (x * y)"), lambda node: True))
x * y
>>> show(tidy(expr("a + -b * c"), lambda node: True))
a - b * c
>>> show(tidy(expr("1.0 / n * 2.0 * r"), lambda node: True))
2.0 / n * r
>>> show(tidy(expr("n * x ** (3 - 1)"), lambda node: True))
n * x ** 2
>>> is_inexact = lambda node: getattr(node, "id", None) != "np"
>>> show(tidy(expr("np.sum(-(x_bar * 2.0))"), is_inexact))
-(2.0 * np.sum(x_bar))
>>> show(tidy(expr("0.5 / t * 2.0 * r"), lambda node: True))
r / t
>>> show(tidy(expr("2.0 * (0.5 * (1.0 / m)) * x"), lambda node: True))
x / m
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from .syntax import const, copy_tree, locate_like, same

IsInexact = Callable[[gast.expr], bool]


def number(node: gast.expr) -> int | float | None:
    """The value of a numeric literal, signs included."""
    if isinstance(node, gast.Constant) and type(node.value) in (int, float):
        return node.value  # type: ignore[no-any-return]
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


def takes(node: gast.expr) -> bool:
    """Whether an expression takes something from a list: then what it is in stays in order."""
    return any(
        isinstance(n, gast.Call) and isinstance(n.func, gast.Attribute) and n.func.attr == "pop"
        for n in gast.walk(node)
    )


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


def _factors(node: gast.expr) -> list[tuple[bool, gast.expr]]:
    """The factors along the left side of a chain of ``*`` and ``/``; whether each divides."""
    found: list[tuple[bool, gast.expr]] = []
    while isinstance(node, gast.BinOp) and isinstance(node.op, (gast.Mult, gast.Div)):
        found.append((isinstance(node.op, gast.Div), node.right))
        node = node.left
    found.append((False, node))
    return found[::-1]


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
        return locate_like(found, node) if found is not None else node

    def folded(self, node: gast.BinOp) -> gast.expr | None:
        a, b = number(node.left), number(node.right)
        if (
            a is None
            or b is None
            or (
                isinstance(a, int) != isinstance(b, int)
                and not isinstance(a, float)
                and not isinstance(b, float)
            )
        ):
            return None
        made = {gast.Add: lambda: a + b, gast.Sub: lambda: a - b, gast.Mult: lambda: a * b}.get(
            type(node.op)
        )
        return const(made()) if made is not None else None

    def of_Mult(self, node: gast.BinOp, left: gast.expr, right: gast.expr) -> gast.expr | None:
        return self.product(node)

    def of_Div(self, node: gast.BinOp, left: gast.expr, right: gast.expr) -> gast.expr | None:
        return self.product(node)

    def product(self, node: gast.BinOp) -> gast.expr | None:
        """A chain of ``*`` and ``/``: its literals gathered in front, its signs taken out."""
        factors = _factors(node)
        coefficient: int | float = 1
        minus = False
        kept: list[tuple[bool, gast.expr]] = []  # (whether it divides, factor)
        opened = False  # a factor in brackets has come apart
        for divides, factor in factors:
            plain = negated(factor)
            if plain is not None:
                minus, factor = not minus, plain
            value = number(factor)
            if (
                not divides
                and isinstance(factor, gast.BinOp)
                and isinstance(factor.op, gast.Div)
                and isinstance(number(factor.left), float)
            ):
                coefficient = coefficient * number(factor.left)  # type: ignore[operator]
                kept.append((True, factor.right))
                opened = True
            elif not divides and not kept and isinstance(number(_factors(factor)[0][1]), float):
                (_, literal), *others = _factors(factor)  # `2.0 * (0.5 * y) * x`
                coefficient = coefficient * number(literal)  # type: ignore[operator]
                kept += others
                opened = opened or bool(others)
            elif value is not None and not divides:
                coefficient = coefficient * value
            elif not (
                value == 1
                and divides
                and any(self.is_inexact(f) for _, f in factors if f is not factor)
            ):
                kept.append((divides, factor))
        if (
            len(kept) + (coefficient != 1) == len(factors)
            and not minus
            and not opened
            and number(factors[0][1]) == coefficient
        ):
            return None
        if not kept:
            return const(-coefficient if minus else coefficient)
        must_stay = coefficient != 1 or (
            isinstance(coefficient, float) and not any(self.is_inexact(f) for _, f in kept)
        )
        if must_stay:
            total: gast.expr = const(coefficient)
        else:
            first = next((k for k, (divides, _) in enumerate(kept) if not divides), None)
            if first and any(takes(factor) for _, factor in kept):
                first = None
            total = const(1.0) if first is None else kept.pop(first)[1]
        for divides, factor in kept:
            total = gast.BinOp(total, gast.Div() if divides else gast.Mult(), factor)
        if not minus and same(total, node):
            return None
        return neg(total) if minus else total

    def visit_Call(self, node: gast.Call) -> gast.expr:
        """A minus sign or a literal factor comes out of a sum."""
        node = self.generic_visit(node)
        if not (
            isinstance(node.func, gast.Attribute)
            and node.func.attr == "sum"
            and isinstance(node.func.value, gast.Name)
            and node.args
            and not self.is_inexact(node.func.value)  # x.sum(-1): the axis
        ):
            return node
        plain = negated(node.args[0])
        if plain is not None:
            return gast.UnaryOp(
                gast.USub(),
                self.visit_Call(gast.Call(node.func, [plain, *node.args[1:]], node.keywords)),
            )
        inner = node.args[0]
        if isinstance(inner, gast.BinOp) and isinstance(inner.op, gast.Mult):
            factors = _factors(inner)
            if len(factors) > 1 and number(factors[0][1]) is not None:
                rest = factors[1][1]
                for divides, factor in factors[2:]:
                    rest = gast.BinOp(rest, gast.Div() if divides else gast.Mult(), factor)
                if not factors[1][0]:
                    return gast.BinOp(
                        factors[0][1],
                        gast.Mult(),
                        gast.Call(node.func, [rest, *node.args[1:]], node.keywords),
                    )
        return node

    def of_Add(self, node: gast.BinOp, left: gast.expr, right: gast.expr) -> gast.expr | None:
        folded = self.folded(node)
        if folded is not None:
            return folded
        for zero, other in ((right, left), (left, right)):
            if number(zero) == 0 and self.is_inexact(other):
                return other
        plain = negated(right)
        if plain is not None:
            return gast.BinOp(left, gast.Sub(), plain)
        plain = negated(left)
        if plain is not None and not isinstance(left, gast.Constant) and not takes(left):
            return gast.BinOp(right, gast.Sub(), plain)
        return None

    def of_Sub(self, node: gast.BinOp, left: gast.expr, right: gast.expr) -> gast.expr | None:
        folded = self.folded(node)
        if folded is not None:
            return folded
        if number(right) == 0 and self.is_inexact(left):
            return left
        plain = negated(right)
        return gast.BinOp(left, gast.Add(), plain) if plain is not None else None

    def of_Pow(self, node: gast.BinOp, left: gast.expr, right: gast.expr) -> gast.expr | None:
        return left if number(right) == 1 and self.is_inexact(left) else None
