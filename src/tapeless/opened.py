"""Arguments that are objects, looked into: their attributes as values that carry derivatives.

An object among the arguments, such as the `self` of a bound method, is a constant as a rule: its
attributes are read where they are used. A function that keeps a derivative in one of them, to read
it again later, needs more: then the derivative is made for the attributes, one by one.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from .analysis.kinds import Kind, Record, Static, fields_of, kind_of
from .analysis.objects import is_user_class
from .keys import Contents, Guard
from .runtime import fields_in


class _Shared(Exception):
    """Something is reached in two ways: a copy would come apart."""


def opened(kinds: Mapping[str, Kind]) -> dict[str, Kind] | None:
    """The kinds with objects as records of their attributes; None if no argument is such an object.

    >>> class Counter:
    ...     __module__ = "script"
    ...     def __init__(self):
    ...         self.total, self.name = 0.0, "sum"
    >>> from tapeless.analysis.kinds import static
    >>> print(opened({"self": static(Counter())})["self"])
    Counter(total: float, name: 'sum')
    """
    found, seen = dict(kinds), set[int]()
    try:
        for name, kind in kinds.items():
            if isinstance(kind, Static) and _can_be_opened(kind.value):
                found[name] = _kind(kind.value, name, seen)
    except _Shared:
        return None
    return None if found == dict(kinds) else found


def guards_of(kinds: Mapping[str, Kind], seen_as: Mapping[str, Kind]) -> Iterator[Guard]:
    """The attributes of the objects that were opened are still of the kinds that they were."""
    for name, kind in kinds.items():
        if isinstance(kind, Static) and isinstance(seen_as[name], Record):
            for owner in _owners(kind.value):
                contents = Contents(vars(owner))
                yield from ((contents, field, contents.get(field)) for field in vars(owner))


def _can_be_opened(value: object) -> bool:
    return (
        not isinstance(value, (type, types.FunctionType, types.ModuleType))
        and is_user_class(type(value))
        and fields_of(value) is None
        and hasattr(value, "__dict__")
    )


def _kind(value: Any, name: str, seen: set[int]) -> Kind:
    if isinstance(value, (np.ndarray, list, dict)) or fields_in(value) is not None:
        base = value
        while isinstance(base, np.ndarray) and isinstance(base.base, np.ndarray):
            base = base.base
        if id(base) in seen:
            raise _Shared
        seen.add(id(base))
    if _can_be_opened(value):
        fields = ((f, _kind(v, f"{name}.{f}", seen)) for f, v in vars(value).items())
        return Record(type(value), tuple(fields))
    for inner in _inside(value):
        _kind(inner, name, seen)  # for what is shared
    return kind_of(value, name)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, (list, tuple)):
        return list(value)
    if isinstance(value, dict):
        return list(value.values())
    return list((fields_in(value) or {}).values())


def _owners(value: Any) -> Iterator[Any]:
    if _can_be_opened(value):
        yield value
        for inner in vars(value).values():
            yield from _owners(inner)
