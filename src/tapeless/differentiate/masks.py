"""What was not chosen must not spoil the derivative of what was.

``np.where(r > 0, 1 / r, 0)`` computes ``1 / r`` at zero too and throws it away.  Its cotangent is
zero there, and zero times the slope, which is infinite, would be NaN.  So the mask goes outward
through elementwise operations: ``r_bar = np.where(r > 0, -y_bar / r**2, 0.0)``.  Where a value is
used more than once, and for stores that mend an array (``y[r == 0] = 0``), the cotangent itself
is asked: where it is zero, nothing flows.
"""

from __future__ import annotations

from collections.abc import Callable

import gast
import numpy as np

from ..analysis.infer import Inference
from ..analysis.kinds import Array, Number, Sequence
from ..analysis.layout import Layout
from ..analysis.unit import Unit
from ..rules import registry
from ..syntax import assign, call, const, copy_tree, name, walk_scope
from .splice import Cotangent

CHOOSING = (np.where, np.select, np.choose, np.nan_to_num)
SMOOTH = (np.add, np.subtract, np.negative, np.positive, np.conjugate)  # slopes are constants
STRETCHING = (np.linalg.solve, np.dot, np.inner)  # whose stacks broadcast, and nothing else

Mask = tuple[str, bool]  # a name, and whether the value was taken where it is true


class Masks:
    """Which cotangents are masked, while the reverse sweep of one unit is written."""

    def __init__(
        self,
        unit: Unit,
        inference: Inference,
        layout: Layout,
        bind: Callable[[object, str], str],
        emit: Callable[[gast.stmt], None],
    ):
        self.unit, self.inference, self.layout = unit, inference, layout
        self.bind, self.emit = bind, emit
        self.carried: dict[str, Mask] = {}
        self.variables: list[str] = []
        self.reads: dict[str, int] = {}
        for node in walk_scope(unit.tree.body):
            if isinstance(node, gast.Name) and isinstance(node.ctx, gast.Load):
                self.reads[node.id] = self.reads.get(node.id, 0) + 1
        self.doubtful = self._doubtful()

    # --- which values may be thrown away

    def _doubtful(self) -> set[str]:
        """Names of arrays and numbers that are, in parts, thrown away somewhere."""
        stack: list[str] = []
        for statement in self.layout.statements():
            value = getattr(statement, "value", None)
            site = self.unit.sites.get(id(value))
            if site is not None and any(site.target is f for f in CHOOSING):
                stack += self._names([*site.positional[-2:], *site.keywords.values()])
            if isinstance(statement, gast.Assign):
                where = statement.targets[0]
                if isinstance(where, gast.Subscript) and isinstance(where.value, gast.Name):
                    if self._is_mask(where.slice):
                        stack.append(where.value.id)
        found: set[str] = set()
        while stack:
            identifier = stack.pop()
            if identifier in found:
                continue
            found.add(identifier)
            for made in self.layout.definitions.get(identifier, ()):
                if isinstance(made, gast.Assign):
                    stack += self._sources(made.value)
        return found

    def _is_mask(self, index: gast.expr) -> bool:
        kind = self.inference.kind(index)
        return isinstance(kind, Array) and kind.dtype == "b"

    def _sources(self, value: gast.expr) -> list[str]:
        """The names that the elements of a value come from, one by one."""
        if isinstance(value, gast.Name):
            return [value.id]
        if isinstance(value, (gast.Tuple, gast.List)):
            return self._names(value.elts)
        primitive, operands = self._operation(value)
        if primitive is None or not is_elementwise(primitive):
            return []
        return self._names(operands)

    def _names(self, nodes: list[gast.expr]) -> list[str]:
        found = []
        for node in nodes:
            if isinstance(node, gast.Name):
                kind = self.unit.env.get(node.id)
                if isinstance(kind, (Array, Number, Sequence)):
                    found.append(node.id)
        return found

    def _operation(self, value: gast.expr) -> tuple[object, list[gast.expr]]:
        if isinstance(value, gast.BinOp):
            return registry.operator_primitive(type(value.op).__name__), [value.left, value.right]
        if isinstance(value, gast.UnaryOp):
            return registry.operator_primitive(type(value.op).__name__), [value.operand]
        site = self.unit.sites.get(id(value))
        if site is None or site.form != "primitive":
            return None, []
        return site.target, [*site.positional, *site.keywords.values()]

    # --- masking cotangents

    def apply(
        self,
        node: gast.Assign,
        y: str,
        primitive: object,
        flowing: gast.expr,
        found: list[Cotangent],
    ) -> None:
        """Mask the cotangents of one operation, or let the mask go on to where they flow."""
        if primitive is np.where and len(found) and found[0].broadcasts:
            self._begin(node, y, flowing, found)
            return
        mask = self.carried.pop(y, None)
        for cotangent in found:
            if mask is not None:
                if not self._carry(node, y, cotangent, mask):
                    cotangent.value = self.masked(cotangent.value, name(mask[0]), mask[1])
            elif y in self.doubtful and self._needs_care(primitive, cotangent, flowing):
                test = gast.Compare(copy_tree(flowing), [gast.NotEq()], [const(0.0)])
                cotangent.value = self.masked(cotangent.value, test, True)

    def _begin(self, node: gast.Assign, y: str, flowing: gast.expr, found: list[Cotangent]) -> None:
        """``np.where(c, a, b)``: what flows to ``a`` is masked later, if it can be."""
        variable = ""
        for cotangent in found:
            value = cotangent.value
            if not self._passes_on(node, y, cotangent.argument) or not isinstance(value, gast.Call):
                continue
            if len(value.args) != 3:
                continue
            condition, taken = value.args[0], not is_zero(value.args[1])
            if not variable:
                variable = self.unit.namer.temporary()
                self.variables.append(variable)
                self.inference.locals.add(variable)
                self.inference.env[variable] = self.inference.kind(condition)
                self.emit(assign(variable, copy_tree(condition)))
            assert isinstance(cotangent.argument, gast.Name)
            self.carried[cotangent.argument.id] = (variable, taken)
            cotangent.value = copy_tree(flowing)

    def _carry(self, node: gast.Assign, y: str, cotangent: Cotangent, mask: Mask) -> bool:
        if not self._passes_on(node, y, cotangent.argument):
            return False
        assert isinstance(cotangent.argument, gast.Name)
        self.carried[cotangent.argument.id] = mask
        return True

    def _passes_on(self, node: gast.Assign, y: str, argument: gast.expr) -> bool:
        """Whether an argument is used here alone, and made by an elementwise operation."""
        if not isinstance(argument, gast.Name) or self.reads.get(argument.id) != 1:
            return False
        made = self.layout.single_definition(argument.id)
        if not isinstance(made, gast.Assign) or self.unit.env[argument.id] != self.unit.env[y]:
            return False
        if self.layout.block[id(made)] is not self.layout.block[id(node)]:
            return False
        kind = self.unit.env[y]
        if not isinstance(kind, (Array, Number)) or kind.dims is None or None in kind.dims:
            return False
        primitive, _ = self._operation(made.value)
        return primitive is not None and is_elementwise(primitive) and primitive is not np.where

    def _needs_care(self, primitive: object, cotangent: Cotangent, flowing: gast.expr) -> bool:
        """Whether a slope may be infinite."""
        return (
            is_elementwise(primitive)
            and primitive not in SMOOTH
            and primitive not in CHOOSING
            and not is_scaled(cotangent.value, flowing)
        )

    def masked(self, value: gast.expr, test: gast.expr, taken: bool) -> gast.expr:
        """A value where a test holds (or does not), zero elsewhere."""
        if isinstance(self.inference.kind(test), Number):
            body, other = (value, const(0.0)) if taken else (const(0.0), value)
            return gast.IfExp(test, body, other)
        sides = (value, const(0.0)) if taken else (const(0.0), value)
        return call(f"{self.bind(np, 'np')}.where", test, *sides)


def is_zero(node: gast.expr) -> bool:
    """Whether an expression is a literal zero."""
    return isinstance(node, gast.Constant) and node.value == 0


def is_scaled(value: gast.expr, flowing: gast.expr) -> bool:
    """Whether a cotangent is the one of the result times a literal."""
    while isinstance(value, gast.BinOp) and isinstance(value.op, gast.Mult):
        if isinstance(value.left, gast.Constant):
            value = value.right
        elif isinstance(value.right, gast.Constant):
            value = value.left
        else:
            return False
    return type(value) is type(flowing) and isinstance(value, (gast.Name, gast.Constant))


def is_elementwise(primitive: object) -> bool:
    """Whether each element of the result depends on one element of each argument."""
    if isinstance(primitive, np.ufunc):
        return primitive.signature is None
    if any(primitive is f for f in STRETCHING):
        return False
    return any(rule.broadcasts for rule in registry.rules_for(primitive))
