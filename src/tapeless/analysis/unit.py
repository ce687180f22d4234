"""A unit: one function for one tuple of argument kinds, with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import gast

from ..errors import NotSupported
from ..frontend.parse import Function
from ..syntax import LOCATION, Namer
from .kinds import Kind

Place = tuple[int | None, ...]


def place_of(node: gast.AST) -> Place:
    """Where a node stands in the user's file."""
    return tuple(getattr(node, field, None) for field in LOCATION)


class NeedsInline(Exception):
    """Raised by the analysis of effects: this call must be written out; else ``refusal`` holds."""

    def __init__(self, node: gast.AST, refusal: NotSupported):
        super().__init__(str(refusal))
        self.place, self.refusal = place_of(node), refusal


@dataclass(eq=False)
class Site:
    """What one call does.

    ``form`` is "primitive" (a function of NumPy, math, Python that may have a rule), "user" (a
    function with source: ``unit`` is what it becomes for these arguments), "method" (of a list
    or dict) or "opaque" (anything else).
    """

    form: str
    target: Any
    positional: list[gast.expr] = field(default_factory=list)  # the receiver of a method first
    keywords: dict[str, gast.expr] = field(default_factory=dict)
    unit: Unit | None = None
    arguments: dict[str, gast.expr] = field(
        default_factory=dict
    )  # of a user's function, by parameter
    kind: Kind | None = None
    receiver: Kind | None = None  # of a method of a container: its kind at the call
    hidden: frozenset[str] = frozenset()  # parameters that carry captured variables

    def kept(self) -> list[tuple[gast.expr, gast.expr]]:
        """Arguments of a user's function, and what each may hold afterwards of the others."""
        keeps = self.unit.facts.get("keeps", {}) if self.unit is not None else {}
        return [
            (self.arguments[q], self.arguments[p])
            for q, others in keeps.items()
            for p in others
            if q in self.arguments and p in self.arguments
        ]


@dataclass(eq=False)
class Unit:
    """One function, specialised on the kinds of its parameters."""

    function: Function
    name: str
    parameters: tuple[str, ...]
    kinds: dict[str, Kind]
    tree: gast.FunctionDef
    namer: Namer
    originals: dict[tuple[int, int], gast.stmt]
    env: dict[str, Kind | None] = field(default_factory=dict)
    sites: dict[int, Site] = field(default_factory=dict)
    result: Kind | None = None
    globals_used: dict[str, object] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    finished: bool = False

    def kind(self, name: str) -> Kind | None:
        """The kind of a name of this unit."""
        return self.env.get(name)
