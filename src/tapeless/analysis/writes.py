"""The in-place writes of a function."""

from __future__ import annotations

import collections
import operator
from dataclasses import dataclass

import gast
import numpy as np

from .. import runtime
from ..syntax import names_read, walk
from .infer import Inference
from .kinds import Array, Kind, Number, Opaque, Sequence, Static, Table
from .layout import Layout
from .reach import LOOKERS
from .unit import Site, Unit


@dataclass(frozen=True)
class Write:
    """An in-place write: through which name, and to which part of it (None: all of it)."""

    statement: gast.stmt
    name: str
    index: gast.expr | None
    form: str  # "store", "augmented", "scatter", "call", "list"
    nested: bool = False  # the call that writes is a part of an expression
    keeps_length: bool = False  # a call that leaves as many items in what it writes into
    slots: bool = False  # a call that writes into no array, but replaces items of containers


SHRINKING = ("append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort")


PERMUTE = runtime.FUNCTIONS["permute"]  # what sorting a list in place becomes


SCATTERS = (np.add.at, np.subtract.at)


WRITERS = {
    PERMUTE: 0,
    np.copyto: 0,
    np.put: 0,
    np.fill_diagonal: 0,
    np.place: 0,
    np.putmask: 0,
    np.put_along_axis: 0,
    np.ndarray.fill: 0,
    np.ndarray.sort: 0,
    np.ndarray.put: 0,
    np.ndarray.partition: 0,
    np.ndarray.__setitem__: 0,
    operator.setitem: 0,
}


HARMLESS = (print, isinstance, len, repr, str, hasattr, callable, id, type)


def find_writes(unit: Unit, inference: Inference, layout: Layout) -> list[Write]:
    """Every in-place write of a function."""
    found: list[Write] = []
    for statement in layout.statements():
        if isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Subscript):
            where = statement.targets[0]
            if isinstance(where.value, gast.Name):
                found.append(Write(statement, where.value.id, where.slice, "store"))
        elif isinstance(statement, gast.Assign) and isinstance(
            statement.targets[0], gast.Attribute
        ):
            if isinstance(statement.targets[0].value, gast.Name):
                found.append(Write(statement, statement.targets[0].value.id, None, "attribute"))
        elif isinstance(statement, gast.AugAssign):
            if isinstance(statement.target, gast.Name):
                found.append(Write(statement, statement.target.id, None, "augmented"))
            elif isinstance(statement.target, gast.Subscript) and isinstance(
                statement.target.value, gast.Name
            ):
                found.append(
                    Write(statement, statement.target.value.id, statement.target.slice, "augmented")
                )
        if not isinstance(statement, (gast.FunctionDef,)):
            found += _writes_of_calls(statement, unit)
    return found


def _writes_of_calls(statement: gast.stmt, unit: Unit) -> list[Write]:
    found = []
    header: list[gast.AST] = [statement]
    if isinstance(statement, (gast.If, gast.While)):
        header = [statement.test]
    elif isinstance(statement, gast.For):
        header = [statement.iter]
    elif isinstance(statement, (gast.With, gast.Try)):
        header = [i.context_expr for i in getattr(statement, "items", [])]
    for node in walk(header):
        site = unit.sites.get(id(node))
        if site is None:
            continue
        alone = isinstance(statement, gast.Expr) and statement.value is node
        written_here = _written_arguments(site) or (_may_be_written(site) if alone else [])
        for written in written_here or _changed_by_method(site, unit):
            if isinstance(written, gast.Constant):
                continue
            for name in [written.id] if isinstance(written, gast.Name) else names_read(written):
                index = (
                    site.positional[1]
                    if site.form == "primitive" and site.target in SCATTERS
                    else None
                )
                listed = site.form == "method" or site.target is PERMUTE
                form = "list" if listed else "scatter" if index is not None else "call"
                if form == "call" and _is_among(site, written, "filled"):
                    form = "attribute"
                nested = getattr(statement, "value", None) is not node
                kept = _is_among(site, written, "same_length")
                slots = _is_among(site, written, "slots")
                found.append(Write(statement, name, index, form, nested, kept, slots))
    return found


def _is_among(site: Site, argument: gast.expr, fact: str) -> bool:
    """Whether what a call passes on are parameters of which a fact of the callee tells.

    ``filled``: an object gets other attributes, and nothing that it holds is written into;
    ``same_length``: what is written into has as many items as before; ``slots``: lists and dicts
    get other items, and no array that they hold is written into.
    """
    if site.form != "user" or site.unit is None:
        return False
    known = site.unit.facts.get(fact, frozenset())
    places = [p for p, e in site.arguments.items() if e is argument]
    return bool(places) and all(p in known for p in places)


def keeps_length(write: Write, written: Kind | None, kind: Kind | None) -> bool:
    """Whether a write leaves the adjoint of a container, of this kind, with as many items."""
    if write.form == "attribute" or write.keeps_length:
        return True
    if isinstance(written, Table):  # zeros for more keys do no harm; a view of a dict gets longer
        return isinstance(kind, Table) and write.form in ("store", "augmented")
    part = write.index is not None and not isinstance(write.index, gast.Slice)
    return part and write.form in ("store", "augmented")


def _may_be_written(site: Site) -> list[gast.expr]:
    """A call for its effect alone, of a function that is not known, may write into any argument."""
    if site.form not in ("primitive", "opaque") or site.target == "random":
        return []
    if site.form == "primitive" and any(site.target is h for h in HARMLESS):
        return []
    return [e for e in [*site.positional, *site.keywords.values()] if isinstance(e, gast.Name)]


def _changed_by_method(site: Site, unit: Unit) -> list[gast.expr]:
    """A set or a queue may be changed by a method whose result is used: `d.pop()`."""
    if site.form != "opaque" or not isinstance(site.target, str) or site.target in LOOKERS:
        return []
    owner = site.positional[0] if site.positional else None
    kind = unit.env.get(owner.id) if isinstance(owner, gast.Name) else None
    changing = isinstance(kind, Opaque) and kind.made_by in (set, collections.deque, bytearray)
    return [owner] if changing and owner is not None else []


def _is_false(node: gast.expr | None) -> bool:
    return isinstance(node, gast.Constant) and node.value is False


def _written_arguments(site: Site) -> list[gast.expr]:
    if site.form == "user":
        assert site.unit is not None
        written = site.unit.facts.get("written", frozenset())
        return [
            e
            for p, e in site.arguments.items()
            if p in written and not isinstance(e, gast.Constant)
        ]
    if site.form == "method" and site.target in (*SHRINKING, "update", "setdefault", "popitem"):
        return site.positional[:1]
    if site.form == "primitive":
        if getattr(site.target, "__name__", "") == "at" and isinstance(
            getattr(site.target, "__self__", None), np.ufunc
        ):
            return site.positional[:1]
        if site.target is np.nan_to_num and _is_false(site.keywords.get("copy")):
            return site.positional[:1]
        try:
            place = WRITERS.get(site.target)
        except TypeError:
            place = None
        if place is not None:
            return [site.positional[place]]
        return (
            [site.keywords["out"]]
            if "out" in site.keywords and not isinstance(site.keywords["out"], gast.Constant)
            else []
        )
    return []


def among_others(write: Write, written: Kind | None, kind: Kind | None) -> bool:
    """Whether containers get other items, and a value neither is nor holds one of their sort."""
    direct = write.form in ("store", "list") and isinstance(written, (Sequence, Table))
    if not write.slots and not direct:
        return False
    changed, held = _containers(written), _containers(kind)
    return changed is not None and held is not None and not changed & held


def _containers(kind: Kind | None) -> frozenset[str] | None:
    """The sorts of containers that a value is or holds; None where that is not known."""
    if isinstance(kind, (Array, Number, Static)):
        return frozenset()
    if isinstance(kind, Sequence):
        parts = [*(kind.items if kind.items is not None else (kind.element,))]
        own = {"list"} if kind.form is list else set()
    elif isinstance(kind, Table):
        parts = [*(k for _, k in kind.items), *([kind.rest] if kind.rest is not None else [])]
        own = {"dict"}
    else:
        return None
    inside = [_containers(k) for k in parts]
    if any(found is None for found in inside):
        return None
    return frozenset(own.union(*(found for found in inside if found is not None)))
