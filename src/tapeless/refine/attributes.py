"""A dict of the attributes of an object may stand for `vars(p)` while nobody can tell them apart.

It is read by its keys, and until it was read for the last time no object is given attributes.
"""

from __future__ import annotations

from typing import Any

import gast

from ..analysis.kinds import Kind, Number, Static
from ..analysis.unit import Unit
from ..errors import NotSupported
from ..syntax import names_read, statements_in, walk

READING = ("items", "values", "keys", "get", "copy")
LOOKING = ("dict", "list", "tuple", "len", "sorted", "sum", "iter", "set", "print")


def check_attributes(node: Any, unit: Unit) -> None:
    """Refuse `d = vars(p)` where a change of one would have to be seen in the other."""
    where = node.targets[0] if isinstance(node, gast.Assign) else None
    if not isinstance(where, gast.Name):
        raise NotSupported(
            node, "the dict of the attributes of an object here", instead="a variable for it"
        )
    order = list(statements_in(unit.tree.body))
    held = {where.id}  # the dict, and what goes through it: `items = vars(p).items()`
    for statement in order:
        if isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Name):
            value = statement.value
            if isinstance(value, gast.Call) and held & set(names_read(value)):
                held.add(statement.targets[0].id)
    start = next(k for k, s in enumerate(order) if s is node)
    reads = [k for k, s in enumerate(order) if k > start and held & set(names_read(_header(s)))]
    for statement in order[start + 1 : max(reads, default=start) + 1]:
        _check_reading(statement, where.id, node)
        if _may_give_attributes(statement, unit, held):
            raise NotSupported(
                statement,
                "a change while the dict of the attributes of an object is in use",
                instead="the attributes by their names",
            )
    for loop in order:
        if isinstance(loop, (gast.For, gast.While)) and node not in list(statements_in(loop.body)):
            if any(order[k] in list(statements_in(loop.body)) for k in reads):
                for statement in statements_in(loop.body):
                    if _may_give_attributes(statement, unit, held):
                        raise NotSupported(
                            statement,
                            "a change while the dict of the attributes of an object is in use",
                            instead="the attributes by their names",
                        )


def _header(statement: Any) -> Any:
    """The part of a statement that is no block of statements."""
    for field in ("test", "iter"):
        if hasattr(statement, "body") and hasattr(statement, field):
            return getattr(statement, field)
    return [] if hasattr(statement, "body") else statement


def _check_reading(statement: gast.stmt, identifier: str, made: gast.stmt) -> None:
    """What is done with the dict itself must only look at it."""
    header = _header(statement)
    harmless: set[int] = set()
    for inner in walk(header):
        if isinstance(inner, gast.Subscript) and isinstance(inner.ctx, gast.Load):
            harmless.add(id(inner.value))
        elif isinstance(inner, gast.Call):
            function = inner.func
            if isinstance(function, gast.Attribute) and function.attr in READING:
                harmless.add(id(function.value))
            if isinstance(function, gast.Name) and function.id in LOOKING:
                harmless.update(id(a) for a in inner.args)
            harmless.update(id(k.value) for k in inner.keywords if k.arg is None)
        elif isinstance(inner, gast.Compare):
            harmless.update(id(n) for n in inner.comparators)
    for inner in walk(header):
        if isinstance(inner, gast.Name) and inner.id == identifier and id(inner) not in harmless:
            raise NotSupported(
                statement if hasattr(statement, "lineno") else made,
                "the dict of the attributes of an object, which may be changed here",
                instead="setattr, or the attributes by their names",
            )


def _may_give_attributes(statement: gast.stmt, unit: Unit, held: set[str]) -> bool:
    """Whether a statement may change an attribute of an object."""
    header = _header(statement)
    for inner in walk(header):
        if isinstance(inner, gast.Attribute) and isinstance(inner.ctx, gast.Store):
            return True
        if isinstance(inner, gast.Call):
            given = set(names_read(inner)) - held
            if any(_may_hold_object(unit.env.get(n)) for n in given if n in unit.env):
                return True
    return False


def _may_hold_object(kind: Kind | None) -> bool:
    return not isinstance(kind, (Number, Static)) and getattr(kind, "dtype", None) is None
