"""What loops and unpacked assignments ask of the kinds of what they go over."""

from __future__ import annotations

from enum import EnumMeta

import gast

from ..errors import NotSupported
from ..syntax import walk
from .kinds import Array, Kind, Opaque, Record, Sequence, Static, Table
from .objects import vars_of
from .unit import Place, Unit


def check_iteration(unit: Unit) -> None:
    """What the user iterates over and unpacks is indexed: the kinds must allow it."""
    for identifier in unit.facts["indexed"]:
        kind = unit.env.get(identifier)
        if isinstance(kind, Table):
            raise NotSupported(
                _mention(unit, identifier),
                "a loop over a dict",
                instead="a loop over list(d), d.keys() or d.items()",
            )
    statements = (s for s in walk(unit.tree.body) if isinstance(s, gast.stmt))
    there = {(getattr(s, "lineno", -1), getattr(s, "col_offset", -1)) for s in statements}
    for (line, column), targets in unit.facts["unpacked"].items():
        if (line, column) not in there:
            continue  # it stood in a branch that is not taken
        for identifier, count, exact in targets:
            kind = unit.env.get(identifier)
            length = None
            if isinstance(kind, Sequence) and kind.items is not None:
                length = len(kind.items)
            elif (
                isinstance(kind, Array)
                and kind.axes
                and kind.axes[0] is not None
                and kind.axes[0].is_constant
            ):
                length = kind.axes[0].constant
            if length is not None and (length != count if exact else length < count):
                where = unit.originals.get((line, column))
                raise NotSupported(
                    where,
                    f"{length} values are unpacked into {count} names",
                    instead="as many names as there are values",
                )


def mappings_among(unit: Unit) -> frozenset[str | Place]:
    """What is iterated over and cannot be indexed: names, as the user calls them, and places.

    A dict, a set, and an object whose class says what iterating over it gives.
    """
    indexed = unit.facts["indexed"]
    named = ((unit.namer.called_by_user(n), k) for n, k in unit.env.items())
    found: set[str | Place] = {n for n, k in named if n in indexed and _is_mapping(k)}
    for identifier, kind in unit.env.items():
        iterable = isinstance(kind, Record) and vars_of(kind.form, "__iter__") is not None
        if iterable or _is_mapping(kind):
            found |= unit.facts["iterated"].get(unit.namer.called_by_user(identifier), set())
    unordered = (dict, set, frozenset, EnumMeta)
    found |= {n for n, v in unit.globals_used.items() if n in indexed and isinstance(v, unordered)}
    return frozenset(found)


def _is_mapping(kind: Kind | None) -> bool:
    if isinstance(kind, Static):
        return isinstance(kind.value, (set, frozenset, EnumMeta))
    if isinstance(kind, Opaque):
        return kind.made_by in (set, frozenset)
    return isinstance(kind, Table)


def _mention(unit: Unit, identifier: str) -> gast.AST:
    for node in walk(unit.tree.body):
        if isinstance(node, gast.Name) and node.id == identifier and hasattr(node, "lineno"):
            return node
    return unit.tree
