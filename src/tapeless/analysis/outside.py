"""What lives outside of the differentiated code: globals, captured objects, their attributes.

A place outside has a *label*: ``@id`` for the contents of an array, list or dict, ``@id.name`` for
an attribute. Two expressions may reach the same place if they have a label in common, however they
reach it. A derivative that is kept in such a place cannot be followed to where it is read again,
and a place that the program changes is not what it was when the reverse sweep reads it.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import gast
import numpy as np

from ..frontend.parse import resolve
from ..rules import registry
from ..syntax import names_read, to_debug_text, walk, walk_scope
from .baked import NOTHING, Labels, labels_of_attribute
from .kinds import NUMBER_IN_TEXT, Closure, Record, Static
from .unit import Site, Unit
from .writes import HARMLESS, Write, find_writes

if TYPE_CHECKING:
    from .activity import Flows
    from .infer import Inference

UNKNOWN = object()
DEPTH, MOST = 4, 2000  # how far, and how many, objects are looked through
LOGS = ("append", "extend", "update", "add", "appendleft", "put")  # methods that only take
UNCHANGING = (
    int, float, complex, str, bytes, bool, type(None), np.generic, np.dtype, type, np.ufunc,
    types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType,
    types.MethodDescriptorType, types.WrapperDescriptorType, type(np.sum),
)  # fmt: skip


@dataclass(frozen=True)
class Escape:
    """A derivative that is kept outside: of which names, where; a log is only added to."""

    statement: gast.stmt | None  # None for callers of the function
    operands: frozenset[str]
    labels: Labels
    log: bool
    what: str


# --- places


def labels_of(node: gast.expr, unit: Unit, inference: Inference) -> Labels:
    """The places outside that an expression of names, attributes and subscripts reaches."""
    if isinstance(node, gast.Name):
        kind = unit.env.get(node.id)
        if node.id in inference.locals and not isinstance(kind, Static):
            effects = unit.facts.get("effects")
            roots = effects.roots.get(node.id, NOTHING) if effects is not None else NOTHING
            return frozenset(r for r in roots if r.startswith("@"))
        return reached(_object(node, unit, inference))
    if isinstance(node, gast.Attribute):
        return cells(node, unit, inference) | reached(_object(node, unit, inference))
    if isinstance(node, gast.Call):
        return reached(_object(node, unit, inference))
    if isinstance(node, gast.Subscript):
        found = _object(node, unit, inference)
        inner = labels_of(node.value, unit, inference)
        return inner if found is UNKNOWN else reached(found)
    return NOTHING


def chains(node: gast.AST) -> Iterator[gast.expr]:
    """The names in an expression, each with the attributes that are taken of it."""
    inner = node
    while isinstance(inner, gast.Attribute):
        inner = inner.value
    if isinstance(inner, gast.Name):
        yield node
        return
    for child in gast.iter_child_nodes(node):
        yield from chains(child)


def cells(node: gast.Attribute, unit: Unit, inference: Inference) -> Labels:
    """The labels of an attribute itself: of the object's own, and of one that it inherits."""
    owner = _object(node.value, unit, inference)
    if owner is UNKNOWN or isinstance(owner, np.ndarray):
        return NOTHING
    return labels_of_attribute(owner, node.attr)


def reached(value: object) -> Labels:
    """The labels of everything that can be reached from an object and be changed."""
    found: set[str] = set()
    stack: list[tuple[Any, int]] = [(value, 0)]
    while stack and len(found) < MOST:
        thing, depth = stack.pop()
        if thing is UNKNOWN or isinstance(thing, UNCHANGING):
            continue
        inside: list[Any] = []
        if isinstance(thing, np.ndarray):
            while isinstance(thing.base, np.ndarray):
                thing = thing.base
        elif isinstance(thing, dict):
            inside = list(thing.values())
        elif isinstance(thing, (list, tuple, set, frozenset)):
            inside = list(thing)
        else:
            fields = getattr(thing, "__dict__", {})
            found.update(f"@{id(thing)}.{k}" for k in fields)
            inside = list(fields.values())
        if f"@{id(thing)}" not in found and not isinstance(thing, tuple):
            found.add(f"@{id(thing)}")
        elif not isinstance(thing, tuple):
            continue
        if depth < DEPTH:
            stack += [(i, depth + 1) for i in inside]
    return frozenset(found)


def _object(node: gast.expr, unit: Unit, inference: Inference) -> Any:
    """The object that an expression stands for, where that is known without running anything."""
    if isinstance(node, gast.Name):
        if node.id in inference.locals:
            kind = unit.env.get(node.id)
            return kind.value if isinstance(kind, Static) else UNKNOWN
        if isinstance(unit.env.get(node.id), Closure):
            return UNKNOWN
        try:
            return resolve(unit.function, node.id)
        except KeyError:
            return UNKNOWN
    if isinstance(node, gast.Attribute):
        owner = _object(node.value, unit, inference)
        fields = getattr(owner, "__dict__", {})
        return fields.get(node.attr, UNKNOWN)
    if isinstance(node, gast.Call):
        kind = inference.kind(node)
        return kind.value if isinstance(kind, Static) else UNKNOWN
    if isinstance(node, gast.Subscript) and isinstance(node.slice, gast.Constant):
        owner = _object(node.value, unit, inference)
        try:
            plain = isinstance(owner, (dict, list, tuple))
            return owner[node.slice.value] if plain else UNKNOWN
        except (KeyError, IndexError, TypeError):
            return UNKNOWN
    return UNKNOWN


def is_outside(identifier: str, unit: Unit, inference: Inference) -> bool:
    """Whether a name stands for something that outlives the call, and carries no adjoint."""
    if identifier in inference.locals:
        kind = unit.env.get(identifier)
        if isinstance(kind, Static):  # of these the attributes can be set
            settable = (type, types.FunctionType, types.ModuleType)
            return isinstance(kind.value, settable) or not isinstance(kind.value, UNCHANGING)
        if isinstance(kind, Record) and _is_own(identifier, unit):
            return False  # whatever it holds
        return bool(labels_of(gast.Name(identifier, gast.Load(), None, None), unit, inference))
    return not isinstance(unit.env.get(identifier), Closure)


def _is_own(identifier: str, unit: Unit) -> bool:
    """Whether an object is one of the caller, who knows more of it, or made here."""
    layout = unit.facts["flows"].layout if "flows" in unit.facts else None
    if layout is None or identifier in unit.parameters:
        return layout is not None and not layout.definitions.get(identifier)
    made = layout.single_definition(identifier)
    site = unit.sites.get(id(getattr(made, "value", None)))
    return site is not None and (site.target is object.__new__ or site.form == "bundle")


# --- what is changed


def changed_by(unit: Unit, inference: Inference, flows: Flows) -> Labels:
    """The places outside that a function changes, itself or through a function that it calls."""
    found: set[str] = set()
    for statement in flows.layout.statements():
        where = statement_target(statement)
        if isinstance(where, gast.Attribute):
            found |= cells(where, unit, inference)
        elif isinstance(where, gast.Subscript):
            found |= _contents(where.value, unit, inference)
        elif isinstance(where, gast.Name) and isinstance(statement, gast.AugAssign):
            found |= _contents(where, unit, inference)
    for write in find_writes(unit, inference, flows.layout):
        if isinstance(write.statement, gast.Expr) or write.form in ("call", "list", "scatter"):
            name = gast.Name(write.name, gast.Load(), None, None)
            if write.form != "attribute":
                found |= _contents(name, unit, inference)
    for site in unit.sites.values():
        if site.form == "user" and site.unit is not None:
            found |= site.unit.facts.get("changed", NOTHING)
            for parameter in site.unit.facts.get("written", ()):
                if parameter in site.arguments:
                    found |= _contents(site.arguments[parameter], unit, inference)
        elif site.form == "method" and site.target not in ("index", "count", "copy", "get"):
            found |= _contents(site.positional[0], unit, inference)
    return frozenset(found)


def _contents(node: gast.expr, unit: Unit, inference: Inference) -> Labels:
    """What a store into a value changes: the value, not what can be reached from it."""
    found = _object(node, unit, inference)
    if found is UNKNOWN:
        return labels_of(node, unit, inference)
    if isinstance(found, np.ndarray):
        return reached(found)
    return frozenset([f"@{id(found)}"])


# --- what escapes


def escapes_of(unit: Unit, inference: Inference, flows: Flows) -> list[Escape]:
    """What a function, or a function that it calls, keeps outside."""
    found = []
    writes = find_writes(unit, inference, flows.layout)
    for statement in flows.layout.statements():
        where = statement_target(statement)
        kept = None if isinstance(where, gast.Name) and not _adds(statement) else where
        base = None if kept is None else _base(kept)
        if base is not None and is_outside(base, unit, inference):
            operands = _operands(statement.value, inference, flows)
            places = cells(kept, unit, inference) if isinstance(kept, gast.Attribute) else NOTHING
            found.append(Escape(statement, operands, places, bool(places), _shown(kept, unit)))
        call = getattr(statement, "value", None)
        for write in writes:
            if write.statement is statement and isinstance(call, gast.Call):
                if is_outside(write.name, unit, inference):
                    found += _by_call(unit, inference, flows, call, write)
        for node in walk_scope(header_of(statement)):
            found += _by_part(unit, inference, flows, statement, node)
    texts = {n for n, k in unit.env.items() if k == NUMBER_IN_TEXT}
    found = [replace(e, operands=e.operands - texts) for e in found]
    return [e for e in found if e.operands]


def _shown(kept: gast.expr, unit: Unit) -> str:
    """A place as the user would name it."""
    while isinstance(kept, gast.Subscript) and any(
        unit.namer.is_temporary(n) for n in names_read(kept.slice)
    ):
        kept = kept.value
    return to_debug_text(kept)


def _by_part(
    unit: Unit, inference: Inference, flows: Flows, statement: gast.stmt, node: gast.AST
) -> Iterator[Escape]:
    """What a call inside a statement keeps, in a callee or through a method."""
    site = unit.sites.get(id(node))
    if site is None:
        return
    if site.form == "user":
        assert site.unit is not None
        for escape in site.unit.facts.get("escapes", ()):
            given = [site.arguments[p] for p in escape.operands if p in site.arguments]
            operands = frozenset(n for a in given for n in flows.operands(a))
            yield replace(escape, statement=statement, operands=operands)
    elif isinstance(node.func, gast.Attribute) and (
        site.form == "opaque" or (site.form == "method" and site.target in LOGS)
    ):
        base = _base(node.func.value)
        if base is not None and is_outside(base, unit, inference):
            labels = _contents(node.func.value, unit, inference)
            what = to_debug_text(node.func.value)
            yield Escape(statement, _given(site, 1, flows), labels, True, what)


def header_of(node: gast.stmt) -> list[gast.AST]:
    """What a statement evaluates itself, outside of its blocks."""
    if isinstance(node, (gast.If, gast.While)):
        return [node.test]
    if isinstance(node, gast.For):
        return [node.iter]
    if isinstance(node, gast.With):
        return [item.context_expr for item in node.items]
    return [] if isinstance(node, (gast.Try, gast.FunctionDef, gast.ClassDef)) else [node]


def is_read(labels: Labels, unit: Unit, seen: set[int] | None = None) -> bool:
    """Whether a function or one that it calls does more with a place than to add to it.

    To compare what is there with something carries no derivative.
    """
    seen = set() if seen is None else seen
    if id(unit) in seen:
        return False
    seen.add(id(unit))
    inference = unit.facts.get("inference")
    if inference is None:
        return True
    harmless = _harmless(unit)
    own = {n for n in inference.locals if not isinstance(unit.env.get(n), Static)}
    for node in walk(unit.tree.body):
        if isinstance(node, gast.Name) and node.id in own:
            continue  # read where it got its value
        if isinstance(node, (gast.Name, gast.Attribute)) and isinstance(node.ctx, gast.Load):
            if id(node) not in harmless and labels & labels_of(node, unit, inference):
                return True
    return any(
        is_read(labels, s.unit, seen)
        for s in unit.sites.values()
        if s.form == "user" and s.unit is not None
    )


def only_logged(parameter: str, unit: Unit) -> bool:
    """Whether a function does nothing with a parameter but to add to it."""
    harmless = _harmless(unit)
    return all(
        id(n) in harmless
        for n in walk(unit.tree.body)
        if isinstance(n, gast.Name) and n.id == parameter
    )


def _harmless(unit: Unit) -> set[int]:
    """Nodes that read nothing of the place that they name: what is only added to or compared."""
    found: set[int] = set()
    named: dict[str, list[gast.expr]] = {}
    loads: dict[str, list[int]] = {}
    for inner in walk(unit.tree.body):
        if isinstance(inner, gast.Call) and isinstance(inner.func, gast.Attribute):
            if inner.func.attr in LOGS:
                found.add(id(inner.func.value))
        if isinstance(inner, gast.Attribute):
            found.add(id(inner.value))  # read by the attribute, which is looked at
        elif isinstance(inner, gast.Compare):
            found.update(id(o) for o in [inner.left, *inner.comparators])
        elif isinstance(inner, gast.Name) and isinstance(inner.ctx, gast.Load):
            loads.setdefault(inner.id, []).append(id(inner))
        elif isinstance(inner, gast.Assign) and isinstance(inner.targets[0], gast.Name):
            named.setdefault(inner.targets[0].id, []).append(inner.value)
        site = unit.sites.get(id(inner))
        if site is not None and site.form == "user":
            found.update(id(a) for a in site.arguments.values())
    for identifier, values in named.items():
        if all(i in found for i in loads.get(identifier, ())):
            found.update(id(v) for v in values)  # a name for what is only added to
    return found


def _by_call(
    unit: Unit, inference: Inference, flows: Flows, call: gast.Call, write: Write
) -> list[Escape]:
    """What a call that writes into an argument puts there."""
    site = unit.sites.get(id(call))
    if site is None:
        return []
    if site.unit is not None:
        operands = frozenset(
            n for targets, sources in flows.of_calls(call) if write.name in targets for n in sources
        )
        into = [p for p, a in site.arguments.items() if _base(a) == write.name]
        logged = bool(into) and all(only_logged(p, site.unit) for p in into)
        here = gast.Name(write.name, gast.Load(), None, None)
        labels = _contents(here, unit, inference) if logged else NOTHING
        return [Escape(write.statement, operands, labels, logged, write.name)]
    if any(site.target is h for h in HARMLESS) or only_looks(site.target):
        return []
    if site.form == "opaque" or (site.form == "method" and site.target in LOGS):
        return []  # found with the methods
    return [Escape(write.statement, _given(site, 0, flows), NOTHING, False, write.name)]


def _adds(statement: gast.stmt) -> bool:
    return isinstance(statement, gast.AugAssign)


def _given(site: Site, first: int, flows: Flows) -> frozenset[str]:
    given = [*site.positional[first:], *site.keywords.values()]
    given = [a for a in given if flows.inference.kind(a) != NUMBER_IN_TEXT]
    return frozenset(n for a in given for n in flows.operands(a))


def _operands(node: gast.expr, inference: Inference, flows: Flows) -> frozenset[str]:
    if inference.kind(node) is None:
        return flows.inexact(names_read(node))
    if inference.kind(node) == NUMBER_IN_TEXT:
        return frozenset()
    return flows.operands(node)


def statement_target(statement: gast.stmt) -> gast.expr | None:
    """Where a statement stores something."""
    if isinstance(statement, gast.Assign):
        return statement.targets[0]
    return statement.target if isinstance(statement, gast.AugAssign) else None


def _base(node: gast.expr) -> str | None:
    while isinstance(node, (gast.Subscript, gast.Attribute)):
        node = node.value
    return node.id if isinstance(node, gast.Name) else None


def only_looks(target: object) -> bool:
    """Whether a function is known to check or report and nothing else."""
    module = getattr(target, "__module__", "") or ""
    looks = module.startswith(("numpy.testing", "warnings", "logging", "time"))
    return looks or registry.is_constant(target)
