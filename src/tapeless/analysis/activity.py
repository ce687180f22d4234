"""Which names carry a derivative.

They are varied (they depend on an argument) and useful (the result depends on them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import gast
import numpy as np

from ..rules import registry
from ..syntax import names_read
from .effects import Effects
from .infer import Inference
from .kinds import NUMBER_IN_TEXT, Opaque, Record, Static, is_complex, is_inexact
from .layout import Layout
from .unit import Site, Unit

STRUCTURAL = ("shape", "size", "ndim", "dtype", "itemsize", "nbytes", "strides", "flags")


@dataclass(frozen=True)
class Activity:
    """``active`` names are varied and useful; of the others no adjoint is ever formed."""

    varied: frozenset[str]
    useful: frozenset[str]
    texts: frozenset[str] = frozenset()  # from which a number may be read again

    @property
    def active(self) -> frozenset[str]:
        """Names of which an adjoint is formed."""
        return (self.varied & self.useful) - self.texts


Flow = tuple[frozenset[str], frozenset[str]]  # targets, differentiable operands


class Flows:
    """For each statement: which names it gives derivatives to, from which."""

    def __init__(
        self,
        unit: Unit,
        inference: Inference,
        layout: Layout,
        effects: Effects,
        depends: Callable[[Unit], dict[str, frozenset[str]]],
    ):
        self.unit, self.inference, self.effects, self.depends = unit, inference, effects, depends
        self.layout = layout
        self.flows: list[tuple[gast.stmt, Flow]] = []
        for statement in layout.statements():
            self.flows += [(statement, flow) for flow in self.of(statement)]

    def inexact(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the names that can carry a derivative."""
        return frozenset(n for n in names if is_inexact(self.unit.env.get(n)))

    def of(self, node: gast.stmt) -> list[Flow]:
        """The flows of one statement."""
        if isinstance(node, gast.Assign):
            where = node.targets[0]
            target = where.id if isinstance(where, gast.Name) else _base_name(where)
            flows = self.of_calls(node.value)
            operands = self.operands(node.value)
            return flows + ([(frozenset([target]), operands)] if target else [])
        if isinstance(node, gast.AugAssign):
            target = _base_name(node.target)
            operands = self.operands(node.value)
            return [(frozenset([target]), operands | frozenset([target]))] if target else []
        if isinstance(node, gast.Expr):
            return self.of_calls(node.value)
        return []

    def of_calls(self, value: gast.expr) -> list[Flow]:
        """Flows into arguments that a call writes."""
        if not isinstance(value, gast.Call):
            return []
        site = self.unit.sites.get(id(value))
        if site is None:
            return []
        if site.form == "user":
            assert site.unit is not None
            flows = []
            for target, sources in self.depends(site.unit).items():
                if target == "return" or target not in site.arguments:
                    continue
                operands = frozenset(
                    n
                    for p in sources
                    if p in site.arguments
                    for n in self.operands(site.arguments[p])
                )
                flows.append((frozenset(names_read(site.arguments[target])), operands))
            return flows
        if site.form == "opaque" and isinstance(value.func, gast.Attribute):
            return self.kept_by(value.func.value, site)
        if (
            site.form in ("method", "primitive")
            and site.positional
            and isinstance(site.positional[0], gast.Name)
        ):
            written = [w for w in self.effects.writes if w.name == site.positional[0].id]
            if written:
                others = [n for a in site.positional[1:] for n in self.operands(a)]
                return [(frozenset([site.positional[0].id]), frozenset(others))]
        return []

    def kept_by(self, receiver: gast.expr, site: Site) -> list[Flow]:
        """An object of which nothing is known may keep what its methods are given."""
        kind = self.inference.kind(receiver)
        if not isinstance(receiver, gast.Name) or not isinstance(kind, Opaque):
            return []
        if kind.made_by in (np.random.Generator, np.random.RandomState):
            return []
        given = [*site.positional[1:], *site.keywords.values()]
        return [(frozenset([receiver.id]), frozenset(n for a in given for n in self.operands(a)))]

    def operands(self, node: gast.expr) -> frozenset[str]:
        """Names of which the value is a differentiable function."""
        if not is_inexact(self.inference.kind(node)):
            return frozenset()
        if isinstance(node, gast.Name):
            return self.inexact([node.id])
        if isinstance(node, gast.Subscript):
            if isinstance(
                self.inference.kind(node.value), Static
            ):  # np.mgrid[a:b:5j] reads a and b
                return self.inexact(names_read(node.slice))
            return self.operands(node.value)
        if isinstance(node, gast.Attribute):
            base = self.inference.kind(node.value)
            if isinstance(base, Record) and base.get(node.attr) is None:
                return frozenset()  # it is an attribute of the class
            return frozenset() if node.attr in STRUCTURAL else self.operands(node.value)
        if isinstance(node, gast.Call):
            return self.operands_of_call(node)
        if isinstance(node, (gast.Compare, gast.Constant, gast.Lambda)):
            return frozenset()
        if isinstance(node, (gast.SetComp, gast.DictComp, gast.ListComp, gast.GeneratorExp)):
            return self.inexact(names_read(node))
        if isinstance(node, gast.JoinedStr):
            return self.inexact(names_read(node))  # a number may be read from the text again
        found: frozenset[str] = frozenset()
        for child in _children(node):
            found |= self.operands(child)
        return found

    def operands_of_call(self, node: gast.Call) -> frozenset[str]:
        """Names of which the result of a call is a differentiable function."""
        site = self.unit.sites.get(id(node))
        if site is None:
            return self.inexact(names_read([*node.args]))
        if site.form == "opaque" and not isinstance(node.func, gast.Attribute):
            # A method taken from a value with `getattr` is as much of it as the value is.
            called = self.inexact(names_read(node.func))
            given = [
                n for a in [*node.args, *(k.value for k in node.keywords)] for n in self.operands(a)
            ]
            return called | frozenset(given)
        if site.form == "user":
            assert site.unit is not None
            sources = self.depends(site.unit).get("return", frozenset())
            return frozenset(
                n for p in sources if p in site.arguments for n in self.operands(site.arguments[p])
            )
        if (
            site.form == "primitive"
            and is_constant_here(site.target, site.positional, self.inference)
            and site.target not in (str, repr, format)
        ):
            return frozenset()
        return frozenset(
            n for a in [*site.positional, *site.keywords.values()] for n in self.operands(a)
        )


def is_constant_here(target: object, operands: list[gast.expr], inference: Inference) -> bool:
    """Whether a primitive has no derivative for these operands.

    `np.sign` is constant on the reals, but turns with a complex number.
    """
    if not registry.is_constant(target):
        return False
    turns = target is np.sign
    return not (turns and any(is_complex(inference.kind(o)) for o in operands))


def _base_name(node: gast.expr) -> str | None:
    while isinstance(node, (gast.Subscript, gast.Attribute)):
        node = node.value
    return node.id if isinstance(node, gast.Name) else None


def _children(node: gast.AST) -> list[gast.expr]:
    found: list[gast.expr] = []
    for field in node._fields:
        value = getattr(node, field, None)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, gast.expr):
                found.append(item)
    return found


def analyse_activity(
    flows: Flows, independents: Iterable[str], dependents: Iterable[str]
) -> Activity:
    """Propagate from the independents forwards and from the dependents backwards."""
    memory = _sharing(flows)
    varied = _closure(
        set(flows.inexact(independents)), [(f[1], f[0]) for _, f in flows.flows], memory, flows
    )
    useful = _closure(set(dependents), [(f[0], f[1]) for _, f in flows.flows], memory, flows)
    texts = frozenset(n for n, k in flows.unit.env.items() if k == NUMBER_IN_TEXT)
    return Activity(frozenset(varied), frozenset(useful), texts)


def _sharing(flows: Flows) -> dict[str, set[str]]:
    """Names that may share memory which is written: a write through one is seen by the others."""
    written = flows.effects.written_names()
    found: dict[str, set[str]] = {}
    for name in written:
        for other in flows.effects.roots:
            if other != name and flows.effects.share(name, other):
                found.setdefault(name, set()).add(other)
                found.setdefault(other, set()).add(name)
    return found


def _closure(
    start: set[str], edges: list[Flow], memory: dict[str, set[str]], flows: Flows
) -> set[str]:
    by_source: dict[str, list[frozenset[str]]] = {}
    for sources, targets in edges:
        for source in sources:
            by_source.setdefault(source, []).append(targets)
    found: set[str] = set()
    stack = list(start)
    while stack:
        name = stack.pop()
        if name in found:
            continue
        found.add(name)
        for targets in by_source.get(name, ()):
            stack.extend(flows.inexact(targets) - found)
        stack.extend(flows.inexact(memory.get(name, set())) - found)
    return found
