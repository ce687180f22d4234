"""The adjoints of operations and of calls of primitives: their rules, spliced and summed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast

from .. import runtime
from ..algebra import tidy
from ..analysis.activity import is_constant_here
from ..analysis.expressions import operator_name
from ..analysis.kinds import Array, Number
from ..analysis.unit import Site
from ..errors import NotSupported
from ..rules import registry
from ..syntax import const, copy_tree, names_read, same
from .masks import Masks, is_elementwise
from .parts import Part
from .splice import Cotangent, Operation, Splicer

if TYPE_CHECKING:
    from .reverse import Reverse


class Operations(Part):
    """Differentiates ``y = a * b`` and ``y = np.sin(a)``."""

    def __init__(self, sweep: Reverse):
        super().__init__(sweep)
        self.masks = Masks(self.unit, self.inference, sweep.layout, sweep.bind, self.adjoints.emit)
        self.splicer = Splicer(self.inference, self.recorder, sweep.bind, self.adjoints.emit)

    def operation(self, node: gast.Assign, value: gast.expr, y: str, site: Site | None) -> None:
        """A primitive: its rule, un-broadcast where it must be."""
        primitive, positional, keywords = primitive_of(value, site)
        if is_constant_here(primitive, positional, self.inference):
            self.adjoints.kill(y)
            return
        if not self.wanted(value) and all(
            not self.wanted(a) for a in [*positional, *keywords.values()]
        ):
            self.adjoints.kill(y)
            return
        operation = Operation(primitive, positional, keywords, y, node, value)
        chosen = self.splicer.choose(operation)
        short = self.adjoints.state[y].short if y in self.adjoints.state else False
        if short and not (chosen[0].broadcasts and is_elementwise(primitive)):
            self.adjoints.fill_up(y, node)
            short = False
        flowing = self.adjoints.whole(y, node)
        owned = self.adjoints.state[y].owned if y in self.adjoints.state else False
        self.adjoints.kill(y)
        found = self.splicer.cotangents(operation, flowing, chosen, self.wanted)
        if chosen[0].broadcasts:
            self.masks.apply(node, y, primitive, flowing, found)
        self.flow(node, y, found, short)
        if owned and len(found) == 1 and isinstance(found[0].argument, gast.Name):
            self.hand_over(found[0].argument.id, flowing)

    def apart(
        self, node: gast.Assign, value: gast.Call, y: str, site: Site, parts: list[gast.expr]
    ) -> None:
        """A primitive with several results, whose adjoints are ``parts``."""
        primitive, positional, keywords = primitive_of(value, site)
        if is_constant_here(primitive, positional, self.inference):
            return
        operation = Operation(primitive, positional, keywords, y, node, value)
        chosen = self.splicer.choose(operation)
        flowing = gast.Tuple(parts, gast.Load())
        found = self.splicer.cotangents(operation, flowing, chosen, self.wanted)
        self.flow(node, y, found, False)

    def hand_over(self, x: str, flowing: gast.expr) -> None:
        """An adjoint that went to one operand unchanged is that operand's now."""
        last = self.adjoints.out[-1] if self.adjoints.out else None
        if (
            isinstance(last, gast.Assign)
            and x in self.adjoints.state
            and x not in self.effects.ties
        ):
            value = last.value
            if (
                isinstance(value, gast.Call)
                and isinstance(value.func, gast.Attribute)
                and value.func.attr == "copy"
            ):
                value = value.func.value
            if (
                same(value, flowing)
                and isinstance(last.targets[0], gast.Name)
                and last.targets[0].id == self.adjoints.variable(x)
            ):
                self.adjoints.moved(x, self.adjoints.state[x].short)

    def flow(self, node: gast.Assign, y: str, found: list[Cotangent], short: bool) -> None:
        """Let the cotangents of one operation flow to its operands; to the name it assigns last."""
        parts: dict[str, list[tuple[gast.expr, bool]]] = {}
        for cotangent in found:
            for x, value, is_short in self.spread_over(node, y, cotangent, short):
                parts.setdefault(x, []).append((value, is_short))
        for x in sorted(parts, key=lambda n: n == y):
            values = parts[x]
            total, is_short = values[0]
            if len(values) == 2 and same(values[0][0], values[1][0]):
                values = [(gast.BinOp(const(2.0), gast.Mult(), total), is_short)]
                total = values[0][0]
            for value, other in values[1:]:
                total, is_short = gast.BinOp(total, gast.Add(), value), is_short and other
            self.adjoints.add(x, total, node, is_short)

    def spread_over(
        self, node: gast.Assign, y: str, cotangent: Cotangent, short: bool
    ) -> list[tuple[str, gast.expr, bool]]:
        """The cotangent of one argument, for the names that the argument is made of."""
        argument = cotangent.argument
        value, is_short = self.replace_spread(cotangent.value, argument)
        value = tidy(value, self.adjoints.is_inexact)
        if not isinstance(argument, gast.Name):
            raise NotSupported(
                argument, "this argument with a derivative flowing through it", instead="a name"
            )
        if cotangent.broadcasts:
            is_short = self.stays_short(node, value, y, short)
            if self.is_only_array(node, argument.id):
                return [(argument.id, value, is_short)]  # the result has the shape of the argument
            like = (
                self.recorder.value(y, node, True, False)
                if self.needs_like(y, argument.id, is_short)
                else None
            )
            value, is_short = self.adjoints.shapes.to_argument(
                value, is_short, self.adjoints.kind(y), like, argument.id, node
            )
        return [(argument.id, value, is_short)]

    def is_only_array(self, node: gast.Assign, argument: str) -> bool:
        """Whether all other operands of an operation are numbers."""
        value = node.value
        if isinstance(value, gast.Call):
            site = self.unit.sites.get(id(value))
            operands = [*site.positional, *site.keywords.values()] if site is not None else []
        else:
            operands = (
                [value.left, value.right] if isinstance(value, gast.BinOp) else [value.operand]
            )
        arrays = [
            o
            for o in operands
            if not isinstance(self.kind(o), Number)
            and not (isinstance(o, gast.Constant) and o.value is None)
        ]
        return len(arrays) == 1 and isinstance(arrays[0], gast.Name) and arrays[0].id == argument

    def needs_like(self, y: str, argument: str, short: bool) -> bool:
        """Whether un-broadcasting needs to know the shape of the result."""
        mine, result = self.adjoints.kind(argument), self.adjoints.kind(y)
        return short and not (mine == result and isinstance(mine, Number))

    def stays_short(self, node: gast.Assign, value: gast.expr, y: str, short: bool) -> bool:
        """Whether a cotangent made from a short adjoint still is."""
        if not short:
            return False
        arrays = {n for n in names_read(value) if not isinstance(self.unit.env.get(n), Number)}
        whole = {n for n in arrays if n == y or self.is_only_array(node, n)}
        if whole and not isinstance(self.kind(value), Number):
            return False  # a slope that reads the result, or what the result has its shape from
        kind, result = self.kind(value), self.adjoints.kind(y)
        return not (isinstance(kind, Array) and isinstance(result, Array) and fills(kind, result))

    def replace_spread(self, value: gast.expr, argument: gast.expr) -> tuple[gast.expr, bool]:
        """Calls of ``spread`` by expressions that broadcast; whether the result is short."""
        helper = self.sweep.bind(runtime.spread, "spread")
        kind = self.kind(argument)
        replaced = False
        adjoints = self.adjoints

        class Replace(gast.NodeTransformer):
            def visit_Call(self, node: gast.Call) -> gast.expr:
                nonlocal replaced
                node = self.generic_visit(node)
                if isinstance(node.func, gast.Name) and node.func.id == helper:
                    short = adjoints.shapes.spread(node, kind)
                    if short is not None:
                        replaced = True
                        return short
                return node

        new = Replace().visit(copy_tree(value))
        if not replaced or isinstance(kind, Number):
            return new, False
        made = self.kind(new)
        return new, not (isinstance(made, Array) and isinstance(kind, Array) and fills(made, kind))


def primitive_of(
    value: gast.expr, site: Site | None
) -> tuple[object, list[gast.expr], dict[str, gast.expr]]:
    """The primitive of an operation and its operands."""
    if isinstance(value, gast.BinOp):
        return (
            registry.operator_primitive(operator_name(value.op)),
            [value.left, value.right],
            {},
        )
    if isinstance(value, gast.UnaryOp):
        return registry.operator_primitive(operator_name(value.op)), [value.operand], {}
    if site is None or site.form != "primitive":
        what = site.target if site is not None else None
        if isinstance(what, NotSupported):
            raise NotSupported(value, what.reason, instead=what.instead, never=what.never) from what
        raise NotSupported(
            value,
            "a call of an unknown function with a value that carries a derivative",
            instead="a function with Python source, or one of NumPy",
        )
    return site.target, site.positional, dict(site.keywords)


def fills(kind: Array, whole: Array) -> bool:
    """Whether a value of this kind surely has the shape of another (they broadcast together)."""
    if kind.dims is None or whole.dims is None or len(kind.dims) != len(whole.dims):
        return False
    return all(
        d is not None and (d == w or d.is_many) for d, w in zip(kind.dims, whole.dims, strict=True)
    )
