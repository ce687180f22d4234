"""The tangent of one operation: by a written pushforward, by linearity, or from its partials."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Collection, Mapping
from typing import Any

import gast
import numpy as np

from .. import runtime
from ..algebra import tidy
from ..analysis.again import INLINE_LIMIT, Again
from ..analysis.kinds import Array, Kind, Number, Sequence
from ..analysis.unit import Unit, place_of
from ..errors import NotSupported
from ..rules import registry
from ..rules.registry import Linear, Rule
from ..syntax import call, copy_tree, name, names_read, same, substitute
from .splice import ZERO_WHERE_NONE, Operation, Splicer, body_of, label

Tangent = Callable[[gast.expr], gast.expr | None]  # of an argument; None where it is zero


RESULT = "result:"  # stands for what a statement assigns until it is known where the tangent goes


class AsTheyStand:
    """Values of the primal in a forward sweep: the names themselves.

    What is cheap and was given a name only by us is written out again, so that the statement of
    the user can stay as it is.
    """

    def __init__(self, unit: Unit, again: Again):
        self.unit, self.again = unit, again
        self.late = False  # whether what is written out must hold after the statement, too

    def value(self, identifier: str, at: gast.stmt, after: bool, content: bool = True) -> gast.expr:
        if after:
            inference = self.again.inference
            inference.locals.add(RESULT + identifier)
            inference.env[RESULT + identifier] = self.unit.env.get(identifier)
            return name(RESULT + identifier)
        made = self.again.layout.single_definition(identifier)
        if (
            isinstance(made, gast.Assign)
            and made is not at
            and self.unit.namer.is_temporary(identifier)
            and place_of(made) == place_of(at)
            and self.is_cheap(made.value)
            and self.again.unchanged(made, at, self.late)
            and self.again.weight(made.value, at) <= INLINE_LIMIT
        ):
            return self.expression(made.value, at)
        return name(identifier)

    def is_cheap(self, node: gast.expr) -> bool:
        """Whether an expression is rather written twice than given a name."""
        if isinstance(node, gast.BinOp):
            power = isinstance(node.op, gast.Pow) and not isinstance(node.right, gast.Constant)
            return isinstance(self.again.inference.kind(node), Number) and not power
        return self.again.repeatable(node, True)

    def expression(
        self, node: gast.expr, at: gast.stmt, after: bool = False, content: bool = True
    ) -> gast.expr:
        local = self.again.locals
        found = {n: self.value(n, at, False) for n in names_read(node) if n in local}
        changed = {n: e for n, e in found.items() if not isinstance(e, gast.Name)}
        written: gast.expr = substitute(node, changed)
        return written


class TangentRules(Splicer):
    """Turns operations into expressions for the tangents of their results."""

    def __init__(
        self,
        unit: Unit,
        again: Again,
        bind: Callable[[object, str], str],
        emit: Callable[[gast.stmt], None],
        zeros: Callable[[gast.expr], gast.expr],
    ):
        self.values = AsTheyStand(unit, again)
        super().__init__(again.inference, self.values, bind, emit)
        self.zeros = zeros

    def tangent(self, operation: Operation, dot: Tangent) -> gast.expr | None:
        """The tangent of the result; None where no argument has one."""
        parts = self.contributions(operation, dot)
        if not parts:
            return None
        total = parts[0]
        several = isinstance(self.kind_of(name(operation.y)), Sequence)
        for part in parts[1:]:
            total = (
                call(self.bind(runtime.add_to, "add_to"), total, part)
                if several
                else plus(total, part)
            )
        return tidy(total, lambda node: isinstance(self.kind_of(node), (Number, Array)))

    def contributions(self, operation: Operation, dot: Tangent) -> list[gast.expr]:
        """What each argument that has a tangent contributes."""
        primitive = operation.primitive
        written, _ = self.first_that_holds(operation, registry.pushforwards_for(primitive))
        if written is not None:
            return self.pushed(operation, *written, dot)
        linear = registry.linear_in(primitive)
        chosen = self.choose(operation)
        if linear is not None:
            return self.same_call(operation, chosen[0], linear, dot)
        if chosen[0].broadcasts:
            return self.from_partials(operation, *chosen, dot)
        raise NotSupported(
            operation.node,
            f"{label(primitive)} in forward mode",
            instead="vjp or grad, which have a rule for it",
        )

    def pushed(
        self, operation: Operation, rule: Rule, bound: dict[str, gast.expr], dot: Tangent
    ) -> list[gast.expr]:
        """By a written pushforward."""
        body = body_of(rule)
        dots = {p: dot(bound[p]) for p in rule.tangents}
        self.refuse_others(operation, bound, rule.tangents, dot)
        made = {f"{p}_dot": x_dot for p, x_dot in dots.items() if x_dot is not None}
        if len(dots) > 1 and isinstance(body.value, gast.Tuple):
            parts = zip(dots.values(), body.returned, strict=True)
            values = [part for x_dot, part in parts if x_dot is not None]
        else:
            absent = {f"{p}_dot" for p, x_dot in dots.items() if x_dot is None}
            joint = without(body.value, absent) if made else None
            values = [joint] if joint is not None else []
            for parameter in dots:  # what cannot be left out is zero
                if f"{parameter}_dot" in names_read(values) and dots[parameter] is None:
                    made[f"{parameter}_dot"] = self.zeros(bound[parameter])
        unused = gast.Constant(0.0, None)
        return [self.with_locals(v, body, operation, bound, unused, made) for v in values]

    def from_partials(
        self, operation: Operation, rule: Rule, bound: dict[str, gast.expr], dot: Tangent
    ) -> list[gast.expr]:
        """Element by element: what `y_bar` is multiplied by is what `x_dot` is multiplied by."""
        found = []
        for parameter in rule.parameters:
            argument = bound.get(parameter)
            x_dot = dot(argument) if argument is not None else None
            if x_dot is not None:
                only = functools.partial(operator.is_, argument)
                flowing = gast.Constant(1.0, None) if rule.form == "elementwise" else x_dot
                for cotangent in self.cotangents(operation, flowing, (rule, bound), only):
                    value = cotangent.value
                    if rule.form == "elementwise":  # as it is written by hand: f'(x) * x_dot
                        value = gast.BinOp(value.right, gast.Mult(), x_dot)
                    found.append(value)
        return found

    def same_call(
        self, operation: Operation, rule: Rule, linear: Linear, dot: Tangent
    ) -> list[gast.expr]:
        """The same call with tangents in the places of the arguments."""
        places: list[gast.expr] = []
        for position in linear.of:
            if position < len(operation.positional):
                places.append(operation.positional[position])
            elif (
                position < len(rule.parameters) and rule.parameters[position] in operation.keywords
            ):
                places.append(operation.keywords[rule.parameters[position]])
        dots = [(place, dot(place)) for place in places]
        bound = dict(enumerate([*operation.positional, *operation.keywords.values()]))
        self.refuse_others(operation, bound, [k for k, a in bound.items() if a in places], dot)
        if not any(x_dot is not None for _, x_dot in dots):
            return []
        if linear.jointly:
            filled = {
                id(place): x_dot if x_dot is not None else self.zeros(place)
                for place, x_dot in dots
            }
            return [replaced(operation, filled, self.kind_of)]
        return [
            replaced(operation, {id(p): x_dot}, self.kind_of)
            for p, x_dot in dots
            if x_dot is not None
        ]

    def refuse_others(
        self,
        operation: Operation,
        bound: Mapping[Any, gast.expr],
        known: Collection[Any],
        dot: Tangent,
    ) -> None:
        """An argument with a tangent that the rule says nothing of."""
        if any(operation.primitive is known_zero for known_zero in ZERO_WHERE_NONE):
            return
        for parameter, argument in bound.items():
            if parameter not in known and dot(argument) is not None:
                raise NotSupported(
                    argument,
                    f"the derivative of {label(operation.primitive)} with respect to '{parameter}'",
                    instead="a value on which no derivative depends",
                )


def plus(left: gast.expr, right: gast.expr) -> gast.expr:
    """The sum of two expressions; twice the one if they are equal."""
    if same(left, right):
        return gast.BinOp(gast.Constant(2.0, None), gast.Mult(), left)
    return gast.BinOp(left, gast.Add(), right)


def without(node: gast.expr, absent: Collection[str]) -> gast.expr | None:
    """An expression that is linear in some names, for these names zero; None if it is zero.

    >>> from ..syntax import expr, to_debug_text
    >>> print(to_debug_text(without(expr("(a_dot - y * b_dot) / b"), {"a_dot"})))
    -(y * b_dot) / b
    """
    if isinstance(node, gast.Name):
        return None if node.id in absent else node
    if isinstance(node, gast.UnaryOp):
        inner = without(node.operand, absent)
        return gast.UnaryOp(node.op, inner) if inner is not None else None
    if isinstance(node, (gast.Subscript, gast.Attribute)):
        base = without(node.value, absent)
        return node if base is node.value else _copy(node, {id(node.value): base}) if base else None
    if not isinstance(node, gast.BinOp):
        return node
    left, right = without(node.left, absent), without(node.right, absent)
    if isinstance(node.op, (gast.Add, gast.Sub)):
        if left is None or right is None:
            other = left if right is None else right
            negative = left is None and other is not None and isinstance(node.op, gast.Sub)
            return gast.UnaryOp(gast.USub(), other) if negative else other
        if isinstance(node.op, gast.Add):
            return plus(left, right)
    elif left is None or right is None:
        return None
    return gast.BinOp(left, node.op, right)


def plain_call(
    node: gast.expr, operation: Operation, kind_of: Callable[[gast.expr], Kind | None]
) -> gast.expr:
    """A method of a number as the function: the tangent of a number is a float."""
    if (
        isinstance(node, gast.Call)
        and isinstance(node.func, gast.Attribute)
        and operation.positional[:1] == [node.func.value]
        and isinstance(kind_of(node.func.value), Number)
    ):
        field = getattr(operation.primitive, "__name__", "")
        if getattr(np, field, None) is operation.primitive:
            function = gast.Constant(operation.primitive, None)
            return gast.Call(function, [node.func.value, *node.args], node.keywords)
    return node


def replaced(
    operation: Operation,
    filled: dict[int, gast.expr],
    kind_of: Callable[[gast.expr], Kind | None],
) -> gast.expr:
    """The expression of an operation with other arguments in some places."""
    node = plain_call(operation.node, operation, kind_of)
    direct = {id(n) for n in gast.walk(node)}
    if all(key in direct for key in filled):
        return _copy(node, filled)
    positional = [_copy(a, filled) for a in operation.positional]
    keywords = [gast.keyword(k, _copy(a, filled)) for k, a in operation.keywords.items()]
    if isinstance(node.func, gast.Attribute) and operation.positional[:1] == [node.func.value]:
        return gast.Call(
            gast.Attribute(positional[0], node.func.attr, gast.Load()), positional[1:], keywords
        )
    return gast.Call(copy_tree(node.func), positional, keywords)


def _copy(node: gast.expr, filled: dict[int, gast.expr]) -> gast.expr:
    """A copy of a tree with some of its nodes (by identity) replaced."""
    if id(node) in filled:
        found: gast.expr = copy_tree(filled[id(node)])
        return found
    form: Any = type(node)
    new: gast.expr = form.__new__(form)
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, gast.AST):
            value = _copy(value, filled)
        elif isinstance(value, list):
            value = [_copy(v, filled) if isinstance(v, gast.AST) else v for v in value]
        setattr(new, field, value)
    return new


def keeps_shape(primitive: object) -> bool:
    """Whether the tangents of a primitive broadcast as its operands do."""
    if isinstance(primitive, np.ufunc):
        return primitive.signature is None
    return any(rule.broadcasts for rule in registry.rules_for(primitive))
