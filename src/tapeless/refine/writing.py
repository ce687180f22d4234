"""What stands in the place of a call that is written out: statements, and an expression.

Names are found for the objects that the new text mentions, and what was made for one call is
located at that call, so that messages and comments speak of the user's line.
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field
from typing import Any, Protocol

import gast
import numpy as np

from ..analysis.binding import constant_expression
from ..analysis.infer import Inference
from ..analysis.kinds import Kind
from ..analysis.unit import Unit
from ..errors import NotSupported
from ..frontend.parse import resolve
from ..syntax import assign, const, copy_tree, name, subscript, walk


class Names(Protocol):
    """Names of objects in the generated module."""

    def bind(self, thing: object, wish: str) -> str:
        """The name of an object."""

    def alias(self, thing: object, wish: str) -> str:
        """One more name of an object."""


@dataclass
class Writing:
    """Writes out one call; ``statements`` come before the statement of the call."""

    unit: Unit
    inference: Inference
    names: Names
    node: gast.Call
    statements: list[gast.stmt] = field(default_factory=list)
    avoided: set[str] = field(default_factory=set)  # names that mean something else where we write

    def refuse(self, reason: str, instead: str) -> NotSupported:
        """A refusal at the call."""
        return NotSupported(self.node, reason, instead=instead)

    def kind(self, node: gast.expr) -> Kind | None:
        """The kind of an expression of the unit, where the program ends."""
        return self.inference.kind(node)

    def let(self, wish: str | None, value: gast.expr) -> gast.Name:
        """A new name for a value; a temporary without a wish."""
        namer = self.unit.namer
        chosen = namer.temporary() if wish is None else namer.fresh(wish)
        self.statements.append(assign(chosen, value))
        return name(chosen)

    def atom(self, value: gast.expr) -> gast.expr:
        """A value as an atom."""
        if isinstance(value, (gast.Name, gast.Constant)) and not isinstance(value, gast.Subscript):
            return value
        return self.let(None, value)

    def item(self, base: gast.expr, index: gast.expr | int | str) -> gast.expr:
        """An item of a container, under a name."""
        key = index if isinstance(index, gast.AST) else const(index)
        return self.let(None, subscript(copy_tree(base), key))

    def function(self, *path: str) -> gast.expr:
        """A function of NumPy, such as ``np.zeros_like``."""
        found: gast.expr = self.reach(np, "np")
        for part in path:
            found = gast.Attribute(found, part, gast.Load())
        return found

    def builtin(self, thing: object, wish: str) -> gast.expr:
        """A function of Python, which the user may have hidden."""
        return self.reach(thing, wish)

    def reach(self, thing: object, wish: str) -> gast.expr:
        """An expression for an object: a literal, or a name that stands for it in this unit."""
        if isinstance(thing, (bool, int, float, str, type(None))) and type(thing).__module__ == (
            "builtins"
        ):
            return const(thing)
        wish = "".join(c if c.isalnum() or c == "_" else "_" for c in wish).strip("_") or "value"
        wish = wish if wish.isidentifier() else f"a_{wish}"
        function = self.unit.function
        local = {n.id for n in walk(self.unit.tree) if isinstance(n, gast.Name)} | self.avoided
        try:
            if resolve(function, wish) is thing and wish not in self.inference.locals:
                return name(wish)
        except KeyError:
            pass
        if not isinstance(function.closure, ChainMap):
            within: Any = function.closure
            object.__setattr__(function, "closure", ChainMap({}, within))
        reached: dict[str, object] = function.closure.maps[0]  # type: ignore[attr-defined]
        for known, other in reached.items():
            if other is thing:
                return name(known)
        chosen = self.names.bind(thing, wish)
        if chosen in local:
            chosen = self.names.alias(thing, wish)
        reached[chosen] = thing
        self.unit.namer.reserve(chosen)
        return name(chosen)

    def value_of(self, thing: object, wish: str) -> gast.expr:
        """A constant of the program as an expression."""
        if isinstance(thing, tuple) and type(thing) is tuple:
            parts = [self.value_of(v, wish) for v in thing]
            return self.let(None, gast.Tuple(parts, gast.Load()))
        found = constant_expression(thing)
        if isinstance(found, gast.Constant) and found.value is thing:
            return self.reach(thing, wish)
        return found
