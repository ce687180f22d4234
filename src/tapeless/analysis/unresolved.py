"""Calls of which the analysis has found out nothing: refused, since nothing was followed there."""

from __future__ import annotations

import gast

from ..errors import NotSupported
from ..syntax import blocks_of, names_read, walk_scope
from .unit import Unit


def check_resolved(unit: Unit) -> None:
    """Refuse a variable whose value is a call, where the program gets to, that has no meaning.

    A call that never returns gives no kind either; what comes after it is not reached.
    """
    _Check(unit).block(unit.tree.body)


class _Check:
    def __init__(self, unit: Unit):
        self.unit = unit
        self.truths: dict[int, bool] = unit.facts["inference"].truths
        self.never: set[str] = set()  # names for what never comes

    def block(self, block: list[gast.stmt]) -> None:
        for statement in block:
            truth = self.truths.get(id(statement))
            if isinstance(statement, gast.If):
                taken = [statement.body] * (truth is not False)
                taken += [statement.orelse] * (truth is not True)
            elif isinstance(statement, gast.Try):
                unreached = [h for h in statement.handlers if self.truths.get(id(h)) is False]
                skipped = [id(h.body) for h in unreached]
                taken = [b for b in blocks_of(statement) if id(b) not in skipped]
            else:
                taken = [] if truth is False else blocks_of(statement)
            for inner in taken:
                self.block(inner)
            if isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Name):
                if statement.targets[0].id not in self.unit.env:
                    self.assigned(statement, statement.targets[0].id)
            elif isinstance(statement, gast.Expr) and self.ends(statement):
                return

    def ends(self, node: gast.AST) -> bool:
        """Whether there is a call that never returns."""
        sites = [self.unit.sites.get(id(c)) for c in walk_scope(node)]
        return any(site is not None and site.kind is None for site in sites)

    def assigned(self, statement: gast.Assign, identifier: str) -> None:
        """A name without a kind is assigned."""
        value = statement.value
        unknown = isinstance(value, gast.Call) and id(value) not in self.unit.sites
        if not unknown or not self.never.isdisjoint(names_read(value)):
            self.never.add(identifier)
            return
        raise NotSupported(
            statement,
            f"the kind of '{self.unit.namer.called_by_user(identifier)}' is not known",
            instead="functions and values whose kinds can be followed",
        )
