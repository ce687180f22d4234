"""The adjoint of each simple statement of the core language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast

from ..analysis.kinds import Array, Opaque, Record, Sequence, is_complex
from ..analysis.unit import Site
from ..analysis.writes import PERMUTE, SCATTERS
from ..errors import NotSupported
from ..syntax import attribute, const
from .arrays import Arrays
from .changes import Changes
from .containers import Containers
from .operations import Operations
from .parts import Part
from .unknown import unknown_kind

if TYPE_CHECKING:
    from .reverse import Reverse


class Statements(Part):
    """Differentiates simple statements for one :class:`Reverse`."""

    def __init__(self, sweep: Reverse):
        super().__init__(sweep)
        self.operations, self.containers = Operations(sweep), Containers(sweep)
        self.arrays = Arrays(sweep, self.containers)
        self.changes = Changes(sweep)

    def masked(self) -> set[str]:
        """Variables that hold a condition for the reverse sweep."""
        return set(self.operations.masks.variables)

    def reverse(self, node: gast.stmt) -> None:
        """Write the adjoint of a statement."""
        if isinstance(node, gast.Assign):
            where = node.targets[0]
            if isinstance(where, gast.Name):
                self.assign(node, where.id)
            elif isinstance(where, gast.Subscript):
                self.arrays.store(node, where)
            elif isinstance(self.kind(where.value), Record) and isinstance(where.value, gast.Name):
                self.containers.store_field(node, where, where.value.id)
            else:
                self.sweep.guards.refuse_active_attribute(node)
        elif isinstance(node, gast.AugAssign):
            self.arrays.augmented(node)
        elif isinstance(node, gast.Expr) and isinstance(node.value, gast.Call):
            self.expression(node, node.value)

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
        if site is not None and site.form == "method":
            self.changes.assigned(node, value, site, y)
            return
        if not self.sweep.is_active(y) or self.adjoints.is_zero(y):
            self.adjoints.kill(y)
            return
        if site is not None and site.target is object.__new__:
            self.adjoints.kill(y)
            return
        if site is not None and site.form == "bundle":
            self.containers.bundle(node, site, y)
            return
        if self.adjoints.kind(y) is None or isinstance(self.adjoints.kind(y), Opaque):
            if self.sweep.guards.is_only_kept(y):
                self.adjoints.kill(y)
                return
            raise unknown_kind(self.unit, y, value)
        if isinstance(value, gast.Name):
            self.alias(node, y, value.id)
        elif isinstance(value, gast.BinOp) and isinstance(self.adjoints.kind(y), Sequence):
            self.changes.joined(node, value, y)
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
        if isinstance(self.kind(value.value), Record):
            self.containers.load_field(node, value, y)
            return
        if value.attr in ("T", "mT") and isinstance(self.kind(value.value), Array):
            flowing, x = attribute(self.adjoints.full(y, node), value.attr), value.value.id
        elif value.attr == "real":
            flowing, x = self.adjoints.full(y, node), value.value.id
        elif value.attr == "imag" and is_complex(self.kind(value.value)):
            # z = x + iy pairs with z_bar dz: what flows to y flows to z times -i.
            whole = self.adjoints.full(y, node)
            flowing, x = gast.BinOp(const(-1j), gast.Mult(), whole), value.value.id
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
            self.changes.changed(node, value, site)
        elif site.form == "primitive":
            self.effect(node, value, site)
        elif site.form == "opaque" and site.target != "random":
            self.sweep.guards.refuse_opaque(value, site)

    def effect(self, node: gast.Expr, value: gast.Call, site: Site) -> None:
        """A primitive that is called for its effect."""
        first = site.positional[0] if site.positional else None
        if (
            isinstance(first, gast.Name)
            and self.sweep.is_active(first.id)
            and site.target in SCATTERS
        ):
            self.arrays.scattered(node, site, first.id)
        elif site.target is PERMUTE and isinstance(first, gast.Name):
            if self.sweep.is_active(first.id):
                self.changes.permuted(node, first.id, site.positional[1])
        else:
            self.sweep.guards.refuse_effect(node, value, site)
