"""Arguments with the lengths that they have: for functions that are refused without.

A derivative is made for arrays of any length as a rule. Where the length of an argument decides
what a function does, as it does for `np.cross`, `a, b = x` or `f(*x)`, it is made for this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from .analysis import kinds as of
from .analysis.kinds import Kind, fields_of, kind_of
from .analysis.sizes import constant_size

MOST = 32  # longer ones stay as they are: no program is written out for each of their elements


def sized(kinds: Mapping[str, Kind], values: Sequence[Any]) -> dict[str, Kind] | None:
    """The kinds with the lengths of arrays and lists as numbers; None if nothing changes.

    >>> print(*sized({"x": kind_of(np.ones(3), "x"), "y": of.FLOAT}, (np.ones(3), 1.0)).values())
    f8[3] float
    """
    found = {n: _sized(k, v, n) for (n, k), v in zip(kinds.items(), values, strict=True)}
    return None if found == dict(kinds) else found


def _sized(kind: Kind, value: Any, name: str) -> Kind:
    if isinstance(kind, of.Array) and isinstance(value, np.ndarray) and kind.axes is not None:
        pairs = zip(kind.axes, value.shape, strict=True)
        return replace(kind, axes=tuple(constant_size(n) if n <= MOST else a for a, n in pairs))
    if isinstance(kind, of.Sequence) and isinstance(value, (list, tuple)):
        if kind.items is None and len(value) > MOST:
            return kind
        named = ((v, f"{name}.{k}") for k, v in enumerate(value))
        return of.Sequence(kind.form, tuple(_sized(kind_of(v, n), v, n) for v, n in named))
    if isinstance(kind, of.Table) and isinstance(value, dict):
        items = ((k, _sized(held, value[k], f"{name}.{k}")) for k, held in kind.items)
        return replace(kind, items=tuple(items))
    if isinstance(kind, of.Record):
        fields = ((f, _sized(k, getattr(value, f), f"{name}.{f}")) for f, k in kind.items)
        return replace(kind, items=tuple(fields))
    return kind


def lengths_of(value: Any) -> object:
    """A key that says how long a value and its parts are.

    >>> lengths_of(np.ones((2, 3))), lengths_of([1.0, 2.0]), lengths_of({"a": np.ones(2)})
    ((2, 3), 2, ((2,),))
    """
    if isinstance(value, np.ndarray):
        return value.shape
    if isinstance(value, (list, tuple)):
        parts = [lengths_of(v) for v in value]
        return len(value) if all(p is None for p in parts) else (len(value), *parts)
    if isinstance(value, dict):
        return tuple([lengths_of(v) for v in value.values()])
    fields = fields_of(value) if not isinstance(value, (int, float, complex, str)) else None
    return tuple([lengths_of(getattr(value, f)) for f in fields]) if fields else None
