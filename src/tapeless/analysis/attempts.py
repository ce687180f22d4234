"""What is left behind where an exception cuts a ``try`` short."""

from __future__ import annotations

from collections.abc import Iterable

import gast

from ..syntax import called_name, statements_in
from .kinds import Kind, is_inexact
from .layout import Layout, assigned_names
from .sources import holds_memory
from .writes import Write

CONSTRUCTORS = frozenset(
    "zeros ones empty full zeros_like ones_like empty_like full_like copy array arange".split()
)


class LeftBehind:
    """Answers for the attempts of one function."""

    def __init__(
        self,
        env: dict[str, Kind | None],
        layout: Layout,
        writes: Iterable[Write],
        caught: dict[int, frozenset[str]],
    ):
        self.env, self.layout, self.caught = env, layout, caught
        self.writes: dict[int, list[Write]] = {}
        for write in writes:
            self.writes.setdefault(id(write.statement), []).append(write)

    def names(self, statement: gast.stmt, attempt: gast.stmt) -> list[str]:
        """Names that a statement gives another value which is seen if a later one fails."""
        read = self.caught.get(id(attempt), frozenset())
        found: dict[str, None] = {}
        for inner in statements_in([statement]):
            for identifier in assigned_names(inner):
                kind = self.env.get(identifier)
                if identifier in read and (is_inexact(kind) or holds_memory(kind)):
                    found[identifier] = None
            for write in self.writes.get(id(inner), ()):
                if write.name in read or not self._made_inside(write.name, attempt):
                    found[write.name] = None
        return list(found)

    def _made_inside(self, identifier: str, attempt: gast.stmt) -> bool:
        """Whether memory comes into being in the attempt, and is reached by this name alone."""
        made = self.layout.single_definition(identifier)
        if not isinstance(made, gast.Assign) or not self.layout.inside(made, attempt):
            return False
        if isinstance(made.value, gast.Call):
            return called_name(made.value) in CONSTRUCTORS
        return isinstance(made.value, (gast.BinOp, gast.List, gast.Dict))
