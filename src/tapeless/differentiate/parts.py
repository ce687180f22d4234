"""What everything that writes adjoints of statements has at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast

from ..analysis.kinds import Kind

if TYPE_CHECKING:
    from .reverse import Reverse


class Part:
    """A part of the reverse sweep, with the facts and the adjoints of the unit."""

    def __init__(self, sweep: Reverse):
        self.sweep = sweep
        self.unit, self.recorder, self.inference = sweep.unit, sweep.recorder, sweep.inference
        self.adjoints, self.effects = sweep.adjoints, sweep.effects

    def active_names(self, node: gast.expr) -> list[str]:
        """Active names of which an expression is a differentiable function."""
        flows = self.unit.facts["flows"]
        return [n for n in sorted(flows.operands(node)) if self.sweep.is_active(n)]

    def varied_names(self, node: gast.expr) -> list[str]:
        """Names that depend on the arguments and on which an expression depends smoothly."""
        return self.sweep.guards.varied_names(node)

    def wanted(self, node: gast.expr) -> bool:
        """Whether a derivative with respect to an argument is asked for."""
        return bool(self.active_names(node))

    def kind(self, node: gast.expr) -> Kind | None:
        """The kind of an expression."""
        return self.inference.kind(node)
