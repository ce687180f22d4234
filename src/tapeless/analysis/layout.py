"""Where each statement stands: its block, its loops, what assigns a name, what can run later."""

from __future__ import annotations

from collections.abc import Iterator

import gast

from ..syntax import blocks_of, is_quiet, is_step, names_read, walk_scope


class Layout:
    """The structure of one function's tree, as look-up tables keyed by ``id(statement)``."""

    def __init__(self, tree: gast.FunctionDef):
        self.tree = tree
        self.parent: dict[int, gast.stmt | None] = {}
        self.block: dict[int, list[gast.stmt]] = {}
        self.index: dict[int, int] = {}
        self.order: dict[int, int] = {}
        self.last: dict[int, int] = {}  # order of the last statement inside
        self.definitions: dict[str, list[gast.stmt]] = {}
        self.parameters = [a.id for a in tree.args.args]
        self._statements: list[gast.stmt] = []
        self._enter(tree.body, None)

    def _enter(self, block: list[gast.stmt], parent: gast.stmt | None) -> None:
        for index, statement in enumerate(block):
            key = id(statement)
            self.parent[key], self.block[key], self.index[key] = parent, block, index
            self.order[key] = len(self._statements)
            self._statements.append(statement)
            for identifier in assigned_names(statement):
                self.definitions.setdefault(identifier, []).append(statement)
            for inner in blocks_of(statement):
                self._enter(inner, statement)
            self.last[key] = len(self._statements) - 1

    def statements(self) -> Iterator[gast.stmt]:
        """Every statement, in the order of the text."""
        return iter(self._statements)

    def within(self, statement: gast.stmt) -> list[gast.stmt]:
        """A statement and those inside it, in the order of the text."""
        return self._statements[self.order[id(statement)] : self.last[id(statement)] + 1]

    def ancestors(self, statement: gast.stmt) -> Iterator[gast.stmt]:
        """The compound statements around a statement, the innermost first."""
        found = self.parent[id(statement)]
        while found is not None:
            yield found
            found = self.parent[id(found)]

    def loops(self, statement: gast.stmt) -> list[gast.stmt]:
        """The loops around a statement, the innermost first."""
        return [s for s in self.ancestors(statement) if isinstance(s, (gast.For, gast.While))]

    def inside(self, statement: gast.stmt, compound: gast.stmt) -> bool:
        """Whether a statement is the compound statement or stands in it."""
        return self.order[id(compound)] <= self.order[id(statement)] <= self.last[id(compound)]

    def defines(self, compound: gast.stmt, identifier: str) -> bool:
        """Whether the name is assigned by the statement or inside it."""
        return any(self.inside(d, compound) for d in self.definitions.get(identifier, ()))

    def may_follow(self, first: gast.stmt, later: gast.stmt) -> bool:
        """Whether ``later`` can run after ``first`` has run (again, if they are the same).

        Statements of the two branches of one ``if`` follow each other only around a loop.
        """
        around = {id(loop) for loop in self.loops(first)}
        if any(id(loop) in around for loop in self.loops(later)):
            return True
        if (
            isinstance(later, (gast.For, gast.While))
            and self.inside(first, later)
            and first is not later
        ):
            return True
        if self.order[id(later)] <= self.order[id(first)]:
            return False
        return not self._exclusive(first, later)

    def _exclusive(self, first: gast.stmt, later: gast.stmt) -> bool:
        chain = {id(s): s for s in self.ancestors(later)}
        inner: gast.stmt = first
        for outer in self.ancestors(first):
            if id(outer) in chain:
                if not isinstance(outer, gast.If) and not self._ends_attempt(first, outer, later):
                    return False
                other: gast.stmt = later
                while self.parent[id(other)] is not outer:
                    parent = self.parent[id(other)]
                    assert parent is not None
                    other = parent
                return self.block[id(inner)] is not self.block[id(other)]
            inner = outer
        return False

    def _ends_attempt(self, first: gast.stmt, outer: gast.stmt, later: gast.stmt) -> bool:
        """Whether a ``try`` has come to its end where the first has run, so that no handler runs.

        It may also be in a handler, or in the ``else``.
        """
        if not isinstance(outer, gast.Try):
            return False
        if any(self.inside(first, s) or self.inside(later, s) for s in outer.finalbody):
            return False
        handled = any(self.inside(later, s) for h in outer.handlers for s in h.body)
        if not handled or not any(self.inside(first, s) for s in outer.body):
            return handled
        block = self.block[id(first)]
        return (
            is_step(outer.body[-1])
            and block is outer.body[-1].body
            and all(is_quiet(s) for s in block[self.index[id(first)] + 1 :])
        )

    def single_definition(self, identifier: str) -> gast.stmt | None:
        """The only statement that assigns a name (None for parameters and names assigned twice)."""
        found = self.definitions.get(identifier, [])
        if len(found) == 1 and identifier not in self.parameters:
            return found[0]
        return None


def assigned_names(statement: gast.stmt) -> list[str]:
    """Names bound by a statement itself (not inside it); in-place operations bind nothing."""
    if isinstance(statement, gast.Assign):
        return [n.id for t in statement.targets for n in _targets(t)]
    if isinstance(statement, gast.For):
        return [n.id for n in _targets(statement.target)]
    if isinstance(statement, gast.FunctionDef):
        return [statement.name]
    if isinstance(statement, (gast.Import, gast.ImportFrom)):
        return [(a.asname or a.name).split(".")[0] for a in statement.names]
    if isinstance(statement, gast.With):
        return [
            n.id
            for item in statement.items
            if item.optional_vars is not None
            for n in _targets(item.optional_vars)
        ]
    if isinstance(statement, gast.Try):
        return [h.name.id for h in statement.handlers if isinstance(h.name, gast.Name)]
    return []


def _targets(node: gast.expr) -> list[gast.Name]:
    return [
        n for n in walk_scope(node) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)
    ]


def read_names(statement: gast.stmt) -> list[str]:
    """Names read by a statement itself: for a compound statement, by its header."""
    if isinstance(statement, (gast.If, gast.While)):
        return names_read(statement.test)
    if isinstance(statement, gast.For):
        return names_read(statement.iter)
    if isinstance(statement, gast.With):
        return names_read([i.context_expr for i in statement.items])
    if isinstance(statement, gast.Try):
        return []
    found = names_read(statement)
    if isinstance(statement, gast.AugAssign) and isinstance(statement.target, gast.Name):
        found.append(statement.target.id)
    return found
