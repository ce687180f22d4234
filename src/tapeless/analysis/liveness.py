"""Which names are still read after each statement.

Names in the same tie (a view and its base) live and die together.
"""

from __future__ import annotations

from collections.abc import Mapping

import gast

from ..syntax import is_step
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
        self.caught: dict[int, Live] = {}  # where an exception inside a `try` or `with` leads
        self.landing: list[Live] = [frozenset()]
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
            live |= self.landing[-1]
            self.after[id(statement)] = live
            live = self.statement(statement, live)
            self.before[id(statement)] = live
        return live

    def statement(self, node: gast.stmt, live: Live) -> Live:
        """Names live before a statement."""
        if is_step(node):  # done as a whole, or an exception leads elsewhere
            return self.block(node.body, live) | self.landing[-1]
        if isinstance(node, gast.If):
            return self.block(node.body, live) | self.block(node.orelse, live) | self.reads(node)
        if isinstance(node, (gast.For, gast.While)):
            return self.loop(node, live)
        if isinstance(node, gast.Break):
            return self.breaks[-1]
        if isinstance(node, gast.Try):
            # What is not caught here goes through `finally` to where it is caught, if anywhere.
            escape = self.block(node.finalbody, self.landing[-1]) if node.finalbody else frozenset()
            end = self.block(node.finalbody, live)
            caught = escape.union(*(self.block(h.body, end) for h in node.handlers))
            body = self.cut_short(node, caught, self.block(node.orelse, end))
            return body | caught
        if isinstance(node, gast.With):
            if any(is_step(s) for s in node.body):
                body = self.cut_short(node, live, live)
            else:
                body = self.block(node.body, live)
            return (body - set(assigned_names(node))) | self.reads(node)
        return (live - frozenset(assigned_names(node))) | self.reads(node)

    def cut_short(self, node: gast.Try | gast.With, caught: Live, live: Live) -> Live:
        """Names live before a body that may be left after any of its statements."""
        self.caught[id(node)] = caught
        self.landing.append(self.landing[-1] | caught)
        found = self.block(node.body, live)
        self.landing.pop()
        return found

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
