"""Which names are still read after each statement.

Names in the same tie (a view and its base) live and die together.
"""

from __future__ import annotations

from collections.abc import Mapping

import gast

from .layout import assigned_names, read_names

Live = frozenset[str]


class Liveness:
    """Names live ``before`` and ``after`` each statement, and at the ``head`` of each loop body."""

    def __init__(
        self,
        tree: gast.FunctionDef,
        result: Live = frozenset(),
        ties: Mapping[str, str] | None = None,
    ):
        self.after: dict[int, Live] = {}
        self.before: dict[int, Live] = {}
        self.head: dict[int, Live] = {}
        self.ties = dict(ties or {})
        self.breaks: list[Live] = []
        self.entry = self.block(tree.body, result)

    def reads(self, statement: gast.stmt) -> Live:
        """Names read, and those that they are views of."""
        found = set(read_names(statement))
        for identifier in list(found):
            while identifier in self.ties:
                identifier = self.ties[identifier]
                found.add(identifier)
        return frozenset(found)

    def block(self, block: list[gast.stmt], live: Live) -> Live:
        """Names live before a block."""
        for statement in reversed(block):
            self.after[id(statement)] = live
            live = self.statement(statement, live)
            self.before[id(statement)] = live
        return live

    def statement(self, node: gast.stmt, live: Live) -> Live:
        """Names live before a statement."""
        if isinstance(node, gast.If):
            return self.block(node.body, live) | self.block(node.orelse, live) | self.reads(node)
        if isinstance(node, (gast.For, gast.While)):
            return self.loop(node, live)
        if isinstance(node, gast.Break):
            return self.breaks[-1]
        if isinstance(node, gast.Try):
            end = self.block(node.finalbody, live)
            handlers = [self.block(h.body, end) for h in node.handlers]
            body = self.block(node.body, self.block(node.orelse, end))
            return body.union(end, *handlers)
        if isinstance(node, gast.With):
            return (self.block(node.body, live) - set(assigned_names(node))) | self.reads(node)
        return (live - frozenset(assigned_names(node))) | self.reads(node)

    def loop(self, node: gast.For | gast.While, live: Live) -> Live:
        """Names live before a loop."""
        self.breaks.append(live)
        bound = frozenset(assigned_names(node))
        reads = self.reads(node) if isinstance(node, gast.While) else frozenset()
        head = live | reads
        while True:
            inside = self.block(node.body, head)
            new = head | (inside - bound)
            if new == head:
                break
            head = new
        self.breaks.pop()
        self.head[id(node)] = head
        return head | self.reads(node)
