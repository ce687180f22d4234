"""Which names the value of an expression may share memory with."""

from __future__ import annotations

from collections.abc import Iterator

import gast
import numpy as np

from .. import runtime
from ..rules import registry
from .indexing import select
from .infer import Inference
from .kinds import (
    Array,
    Closure,
    Kind,
    Number,
    Opaque,
    Record,
    Sequence,
    Static,
    Table,
    is_text,
)
from .outside import cells, labels_of
from .unit import Site, Unit

VIEWS = (dict.keys, dict.values, dict.items)  # a change of the dict is seen in them
VIEW_ATTRIBUTES = ("T", "mT", "real", "imag", "flat")


def holds_memory(kind: Kind | None) -> bool:
    """Whether values of a kind can be written in place, or hold something that can."""
    if kind is None or isinstance(kind, (Number, Static, Closure)) or is_text(kind):
        return False
    if isinstance(kind, Sequence):
        if kind.form is list:
            return True
        if kind.items is not None:
            return any(holds_memory(k) for k in kind.items)
        return holds_memory(kind.element)
    return isinstance(kind, (Array, Opaque, Table, Record))


class Sources:
    """Which names the value of an expression may share memory with."""

    def __init__(self, unit: Unit, inference: Inference):
        self.unit, self.inference = unit, inference

    def kind(self, node: gast.expr) -> Kind | None:
        """The kind of an expression."""
        return self.inference.kind(node)

    def of(self, node: gast.expr) -> set[str]:
        """Local names whose memory the value may be (a part of)."""
        if not holds_memory(self.kind(node)):
            return set()
        if isinstance(node, gast.Name):
            if node.id in self.inference.locals:
                return {node.id}
            return {node.id, *labels_of(node, self.unit, self.inference)}
        if isinstance(node, gast.Attribute):
            outside = labels_of(node, self.unit, self.inference)
            if outside:
                return set(outside)
            base = self.kind(node.value)
            if isinstance(base, Array) and node.attr not in VIEW_ATTRIBUTES:
                return set()
            return self.of(node.value)
        if isinstance(node, gast.Subscript):
            base = self.kind(node.value)
            if isinstance(base, Static):
                return set(labels_of(node, self.unit, self.inference))
            if isinstance(node.slice, gast.Slice) and isinstance(base, Sequence):
                if not holds_parts(base):
                    return set()
            if (
                isinstance(base, Array)
                and base.axes is not None
                and select(base, node.slice, self.kind).form not in ("view", "any")
            ):
                return set()
            return self.of(node.value)
        if isinstance(node, gast.Call):
            return self.of_call(node)
        if isinstance(node, (gast.BinOp, gast.UnaryOp, gast.Compare)):
            if isinstance(self.kind(node), (Array, Number)) or not holds_parts(self.kind(node)):
                return set()
            return self.of_all(list(ast_children(node)))
        if isinstance(node, (gast.Constant, gast.JoinedStr, gast.Lambda)):
            return set()
        return self.of_all(list(ast_children(node)))

    def places(self, where: gast.expr) -> set[str]:
        """The labels of an attribute of an object that is not local."""
        if isinstance(where, gast.Attribute):
            return set(cells(where, self.unit, self.inference))
        return set()

    def put_in(self, site: Site) -> list[gast.expr]:
        """The arguments that a method puts into its container, or that hold what it puts there."""
        given = site.positional[1:]
        if site.target in ("extend", "extendleft"):  # numbers are put in, not the list of them
            flat = [a for a in given if getattr(self.kind(a), "rank", None) == 1]
            return [a for a in given if a not in flat and holds_parts(self.kind(a))]
        return given

    def of_all(self, nodes: list[gast.expr]) -> set[str]:
        found: set[str] = set()
        for node in nodes:
            found |= self.of(node)
        return found

    def of_call(self, node: gast.Call) -> set[str]:
        site = self.unit.sites.get(id(node))
        if makes_container(node, site) and not holds_parts(self.kind(node)):
            return set()
        if site is None:
            return self.of_all([n for n in ast_children(node) if n is not node.func])
        if site.form == "user":
            assert site.unit is not None
            found: set[str] = set()
            for parameter in site.unit.facts.get("returns", frozenset(site.arguments)):
                if parameter in site.arguments:
                    found |= self.of(site.arguments[parameter])
            return found | set(site.unit.facts.get("returned_outside", ()))
        operands = [*site.positional, *site.keywords.values()]
        if site.form == "primitive":
            if any(site.target is f for f in (globals, locals, vars)):
                return {"@names"}
            if "out" in site.keywords:
                return self.of(site.keywords["out"])
            if registry.is_view(site.target) and site.positional and not _copies_always(site):
                if isinstance(site.kind, Sequence):  # each result may be a part of any argument
                    return self.of_all(site.positional)
                return self.of(site.positional[0])
            if site.target is np.einsum and len(site.positional) == 2:
                return self.of(site.positional[1])  # a diagonal or a transpose is a view
            if any(site.target is v for v in VIEWS):
                return self.of(site.positional[0])
            if registry.is_constant(site.target):
                return set()  # shapes, new arrays, tests: nothing of what it is given
            if isinstance(site.kind, (Array, Number)) and not isinstance(site.target, type):
                return set()
            if isinstance(site.kind, Array):
                return set()
        if site.form == "opaque" and site.target == "random":
            return set()
        return self.of_all(operands)


MAKERS = (
    list, tuple, dict, sorted, zip, enumerate, list.copy, dict.copy,
    *(runtime.FUNCTIONS[f] for f in ("sorting_order", "exchanged", "items_at")),
)  # fmt: skip


def makes_container(node: gast.expr, site: Site | None) -> bool:
    """Whether an expression makes a new list, tuple or dict: only its items are shared."""
    if isinstance(node, (gast.List, gast.Tuple, gast.Dict, gast.BinOp)):
        return True
    if isinstance(node, gast.Subscript):
        return isinstance(node.slice, gast.Slice)
    return (
        isinstance(node, gast.Call)
        and site is not None
        and site.form == "primitive"
        and any(site.target is m for m in MAKERS)
    )


def holds_parts(kind: Kind | None) -> bool:
    """Whether what is in a container can be written in place."""
    if isinstance(kind, Sequence):
        parts = kind.items if kind.items is not None else (kind.element,)
        return any(holds_memory(k) for k in parts)
    if isinstance(kind, Table):
        return any(holds_memory(k) for _, k in kind.items) or holds_memory(kind.rest)
    return True


def _copies_always(site: Site) -> bool:
    return site.target in (np.array, np.copy, np.ndarray.astype) and "copy" not in site.keywords


def ast_children(node: gast.AST) -> Iterator[gast.expr]:
    """The expressions directly below a node."""
    for field_name in node._fields:
        value = getattr(node, field_name, None)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, gast.expr):
                yield item
            elif isinstance(item, gast.keyword):
                yield item.value
