"""Which names may share memory before each statement."""

from __future__ import annotations

import gast

from .kinds import STRUCTURES, Array
from .liveness import Liveness
from .sources import Sources
from .unit import Unit

Pairs = frozenset[frozenset[str]]


class Aliases:
    """Follows structured code; ``at`` holds the pairs before each statement."""

    def __init__(self, unit: Unit, sources: Sources, liveness: Liveness):
        self.unit, self.sources, self.liveness = unit, sources, liveness
        self.at: dict[int, Pairs] = {}  # before each statement
        self.breaks: list[Pairs] = []

    def block(self, block: list[gast.stmt], pairs: Pairs) -> Pairs:
        """The pairs after a block."""
        for statement in block:
            self.at[id(statement)] = self.at.get(id(statement), frozenset()) | pairs
            live = self.liveness.after.get(id(statement))
            pairs = self.statement(statement, pairs)
            if live is not None:  # what is not read again cannot be told apart
                pairs = frozenset(p for p in pairs if p <= live)
        return pairs

    def statement(self, node: gast.stmt, pairs: Pairs) -> Pairs:
        """The pairs after a statement."""
        if isinstance(node, gast.If):
            return self.block(node.body, pairs) | self.block(node.orelse, pairs)
        if isinstance(node, (gast.For, gast.While)):
            self.breaks.append(frozenset())
            while True:
                new = pairs | self.block(node.body, pairs)
                if new == pairs:
                    break
                pairs = new
            return pairs | self.breaks.pop()
        if isinstance(node, gast.Break):
            self.breaks[-1] |= pairs
            return pairs
        if isinstance(node, (gast.With, gast.Try)):
            for field_name in ("body", "orelse", "finalbody"):
                pairs |= self.block(getattr(node, field_name, []) or [], pairs)
            for handler in getattr(node, "handlers", []):
                pairs |= self.block(handler.body, pairs)
            return pairs
        if isinstance(node, gast.Assign):
            return self.assign(node, pairs)
        if isinstance(node, gast.Expr) and isinstance(node.value, gast.Call):
            return self.expression(node.value, pairs)
        return pairs

    def assign(self, node: gast.Assign, pairs: Pairs) -> Pairs:
        """The pairs after an assignment."""
        where = node.targets[0]
        sources = self.sources.of(node.value)
        if isinstance(node.value, gast.Call):
            pairs = self.kept(node.value, pairs)
        if isinstance(where, gast.Name):
            with_old = pairs
            if where.id not in sources:
                pairs = frozenset(p for p in pairs if where.id not in p)
            for source in sources:
                pairs |= _joined(where.id, source, with_old if where.id in sources else pairs)
        elif isinstance(where, (gast.Subscript, gast.Attribute)) and isinstance(
            where.value, gast.Name
        ):
            if not isinstance(self.sources.kind(where.value), Array):
                pairs = self.put(where.value, node.value, pairs)
        return pairs

    def put(self, owner: gast.expr, item: gast.expr, pairs: Pairs) -> Pairs:
        """The pairs after something went into a container: what holds the container holds it."""
        if not isinstance(owner, gast.Name):
            return pairs
        holders = {owner.id} | {
            other
            for pair in pairs
            if owner.id in pair
            for other in pair
            if isinstance(self.unit.env.get(other), STRUCTURES)
        }
        for source in self.sources.of(item):
            for holder in holders - {source}:
                pairs |= _joined(holder, source, pairs)
        return pairs

    def kept(self, call: gast.Call, pairs: Pairs) -> Pairs:
        """The pairs after a call: what a function puts into one argument of another."""
        site = self.unit.sites.get(id(call))
        for owner, item in site.kept() if site is not None else ():
            pairs = self.put(owner, item, pairs)
        return pairs

    def expression(self, call: gast.Call, pairs: Pairs) -> Pairs:
        """The pairs after a call: what goes into a container is reached through it."""
        site = self.unit.sites.get(id(call))
        if site is not None and site.form == "method" and isinstance(site.positional[0], gast.Name):
            for argument in self.sources.put_in(site):
                pairs = self.put(site.positional[0], argument, pairs)
        return self.kept(call, pairs)


def _joined(name: str, source: str, pairs: Pairs) -> Pairs:
    partners = {source} | {other for p in pairs if source in p for other in p}
    return frozenset(frozenset((name, other)) for other in partners if other != name)
