"""The adjoint of each simple statement of the core language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast

from ..analysis.kinds import Array, Number, Opaque, Sequence, Table
from ..analysis.sources import VIEW_ATTRIBUTES
from ..analysis.unit import Site
from ..analysis.writes import HARMLESS, SCATTERS
from ..errors import NotSupported
from ..rules import registry
from ..syntax import attribute
from .arrays import Arrays
from .containers import Containers
from .operations import Operations
from .parts import Part

if TYPE_CHECKING:
    from .reverse import Reverse


class Statements(Part):
    """Differentiates simple statements for one :class:`Reverse`."""

    def __init__(self, sweep: Reverse):
        super().__init__(sweep)
        self.operations, self.containers = Operations(sweep), Containers(sweep)
        self.arrays = Arrays(sweep, self.containers)

    def reverse(self, node: gast.stmt) -> None:
        """Write the adjoint of a statement."""
        if isinstance(node, gast.Assign):
            where = node.targets[0]
            if isinstance(where, gast.Name):
                self.assign(node, where.id)
            elif isinstance(where, gast.Subscript):
                self.arrays.store(node, where)
            else:
                self.refuse_active_attribute(node)
        elif isinstance(node, gast.AugAssign):
            self.arrays.augmented(node)
        elif isinstance(node, gast.Expr) and isinstance(node.value, gast.Call):
            self.expression(node, node.value)

    def refuse_active_attribute(self, node: gast.Assign) -> None:
        """Attributes hold no derivatives."""
        if self.varied_names(node.value):
            raise NotSupported(
                node, "a derivative that flows through an attribute", instead="a local variable"
            )

    def assign(self, node: gast.Assign, y: str) -> None:
        """``y = …``."""
        value = node.value
        site = self.unit.sites.get(id(value)) if isinstance(value, gast.Call) else None
        if site is not None and site.form == "user":
            self.sweep.pairs.reverse_call(self.sweep, node, site, y)
            return
        if y in self.effects.ties:
            return
        if y in self.sweep.apart:
            self.containers.tuple_apart(node, y)
            return
        if site is not None and site.form == "method" and site.target == "pop":
            if self.containers.popped(node, value, site, y):
                return
        if not self.sweep.is_active(y) or self.adjoints.is_zero(y):
            self.adjoints.kill(y)
            return
        if site is not None and site.form == "method":
            self.containers.method(node, value, site, y)
            return
        if self.adjoints.kind(y) is None or isinstance(self.adjoints.kind(y), Opaque):
            raise NotSupported(
                value,
                f"the kind of '{y}' is not known",
                instead="numbers and arrays made by NumPy functions that tapeless knows",
            )
        kind = self.adjoints.kind(y)
        if isinstance(kind, (Number, Array)) and kind.dtype[0] == "c":
            raise NotSupported(
                value,
                "complex numbers in differentiated code",
                instead="real and imaginary part by themselves",
            )
        if isinstance(value, gast.Name):
            self.alias(node, y, value.id)
        elif isinstance(value, (gast.BinOp, gast.UnaryOp, gast.Call)):
            self.operations.operation(node, value, y, site)
        elif isinstance(value, gast.Subscript):
            self.arrays.load(node, value, y)
        elif isinstance(value, gast.Attribute):
            self.attribute(node, value, y)
        elif isinstance(value, (gast.Tuple, gast.List, gast.Dict)):
            self.containers.display(node, value, y)
        elif isinstance(value, gast.Constant):
            self.adjoints.kill(y)
        else:
            raise NotSupported(
                value,
                "this expression with a derivative flowing through it",
                instead="assignments of calls and operations",
            )

    def alias(self, node: gast.Assign, y: str, x: str) -> None:
        """``y = x``."""
        if not self.sweep.is_active(x):
            self.adjoints.kill(y)
            return
        held = self.adjoints.state[y]
        flowing = self.adjoints.whole(y, node)
        self.adjoints.kill(y)
        first = x not in self.adjoints.state
        self.adjoints.add(x, flowing, node, held.short)
        if first and held.owned and x in self.adjoints.state and x not in self.effects.ties:
            self.adjoints.moved(x, held.short)

    def attribute(self, node: gast.Assign, value: gast.Attribute, y: str) -> None:
        """``y = x.T``."""
        if not isinstance(value.value, gast.Name) or not self.wanted(value):
            self.adjoints.kill(y)
            return
        if value.attr == "T" and isinstance(self.kind(value.value), Array):
            flowing, x = attribute(self.adjoints.full(y, node), "T"), value.value.id
        elif value.attr == "real" and value.attr in VIEW_ATTRIBUTES:
            flowing, x = self.adjoints.full(y, node), value.value.id
        else:
            raise NotSupported(
                value,
                f"the attribute '{value.attr}' with a derivative flowing through it",
                instead="a local variable",
            )
        self.adjoints.kill(y)
        self.adjoints.add(x, flowing, node)

    def expression(self, node: gast.Expr, value: gast.Call) -> None:
        """A call whose result is thrown away."""
        site = self.unit.sites.get(id(value))
        if site is None:
            return
        if site.form == "user":
            self.sweep.pairs.reverse_call(self.sweep, node, site, None)
        elif site.form == "method":
            self.containers.changed(node, value, site)
        elif site.form == "primitive":
            self.effect(node, value, site)
        elif site.form == "opaque" and site.target != "random":
            self.opaque(value, site)

    def effect(self, node: gast.Expr, value: gast.Call, site: Site) -> None:
        """A primitive that is called for its effect."""
        first = site.positional[0] if site.positional else None
        if (
            isinstance(first, gast.Name)
            and self.sweep.is_active(first.id)
            and site.target in SCATTERS
        ):
            self.arrays.scattered(node, site, first.id)
        elif any(self.sweep.is_active(self.effects.base(w.name)) for w in self.effects.of(node)):
            raise NotSupported(
                value, "a function that writes into an array with derivatives", instead="a store"
            )
        elif not any(site.target is h for h in HARMLESS) and not self.only_looks(site.target):
            if any(self.varied_names(a) for a in [*site.positional, *site.keywords.values()]):
                raise NotSupported(
                    value,
                    "a call for its effect with a value that carries a derivative",
                    instead="the effect written out",
                )

    def only_looks(self, target: object) -> bool:
        """Whether a function is known to check or report and nothing else."""
        module = getattr(target, "__module__", "") or ""
        return module.startswith(
            ("numpy.testing", "warnings", "logging", "time")
        ) or registry.is_constant(target)

    def opaque(self, value: gast.Call, site: Site) -> None:
        """A call whose result is thrown away: harmless unless it could write into what it gets."""
        arguments = [
            n for a in [*site.positional, *site.keywords.values()] for n in self.active_names(a)
        ]
        if any(isinstance(self.adjoints.kind(n), (Array, Sequence, Table)) for n in arguments):
            raise NotSupported(
                value,
                "a call of an unknown function with an array that carries a derivative",
                instead="pass it a copy",
            )
