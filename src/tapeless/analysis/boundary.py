"""Kinds across a call: sizes are renamed after the callee's parameters, and back.

So one function called with arrays of like structure is analysed and written once.

>>> import numpy as np
>>> from .kinds import kind_of
>>> inside, back = enter({"u": kind_of(np.ones(3), "y"), "n": kind_of(3, "m")})
>>> str(inside["u"]), str(leave(inside["u"], back))
('f8[u.0]', 'f8[y.0]')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .kinds import NO_VALUE, Array, Closure, Kind, Number, Opaque, Record, Sequence, Table
from .sizes import Size, Symbol, add, constant_size, multiply, size_of_symbol

Back = dict[Symbol, Size | None]


def enter(kinds: Mapping[str, Kind], keep_values: bool = True) -> tuple[dict[str, Kind], Back]:
    """The kinds as the callee sees them, and what its symbols mean to the caller."""
    renaming = _Renaming(keep_values)
    return {
        parameter: renaming.kind(kind, parameter) for parameter, kind in kinds.items()
    }, renaming.back


class _Renaming:
    def __init__(self, keep_values: bool):
        self.keep_values = keep_values
        self.known: dict[Size, Size] = {}
        self.back: Back = {}

    def size(self, size: Size | None, label: str) -> Size:
        if size is not None and size.is_constant and (self.keep_values or size.is_one):
            return size
        if size is not None and size in self.known:
            return self.known[size]
        symbol = Symbol(label, size is not None and size.is_many)
        renamed = size_of_symbol(symbol)
        self.back[symbol] = size
        if size is not None:
            self.known[size] = renamed
        return renamed

    def kind(self, kind: Kind, label: str) -> Kind:
        if isinstance(kind, Number):
            if kind.dtype == "i":
                if kind.static and self.keep_values:
                    return kind
                return replace(kind, size=self.size(kind.size, label), known=NO_VALUE)
            known = kind.known if kind.dtype == "b" and self.keep_values else NO_VALUE
            return replace(kind, known=known)
        if isinstance(kind, Array) and kind.axes is not None:
            axes = tuple(
                d if d is not None and d.is_one else self.size(d, f"{label}.{k}")
                for k, d in enumerate(kind.axes)
            )
            return replace(kind, axes=axes)
        if isinstance(kind, Sequence):
            items = (
                None
                if kind.items is None
                else tuple(self.kind(k, f"{label}.{n}") for n, k in enumerate(kind.items))
            )
            element = self.kind(kind.element, f"{label}.each") if kind.element is not None else None
            return Sequence(kind.form, items, element)
        if isinstance(kind, Table):
            rest = self.kind(kind.rest, f"{label}.rest") if kind.rest is not None else None
            return replace(
                kind,
                items=tuple((key, self.kind(k, f"{label}.{key}")) for key, k in kind.items),
                rest=rest,
            )
        if isinstance(kind, Record):
            return Record(
                kind.form, tuple((f, self.kind(k, f"{label}.{f}")) for f, k in kind.items)
            )
        if isinstance(kind, Closure):
            captured = tuple(hidden_name(label, c) for c in kind.names)
            return Closure(kind.function, captured, kind.names)
        return kind


def hidden_name(parameter: str, captured: str) -> str:
    """The parameter that carries a captured variable of a function passed as ``parameter``.

    >>> hidden_name("rhs", "rate"), hidden_name("self.rhs", "rate")
    ('rhs_rate', 'self_rhs_rate')
    """
    return f"{parameter}_{captured}".replace(".", "_")


def captures_in(kind: Kind | None, label: str) -> Iterator[tuple[str, str, str]]:
    """What the closures capture that a value is, or has as attributes.

    Where the closure is, the name of the variable here, and the one that the closure knows.
    """
    if isinstance(kind, Closure):
        for captured, own in zip(kind.captured, kind.names, strict=True):
            yield label, captured, own
    elif isinstance(kind, Record):
        for field, part in kind.items:
            yield from captures_in(part, f"{label}.{field}")


def with_names(kind: Kind | None, names: Mapping[str, str]) -> Kind | None:
    """The closures in an object with the variables as the caller calls them.

    What captures a variable of a call that is over is no function that could be called again.
    """
    if isinstance(kind, Closure):
        if not set(kind.captured) <= set(names):
            return Opaque("a function that captures variables of a finished call")
        return replace(kind, captured=tuple(names[c] for c in kind.captured))
    if isinstance(kind, Record):
        return Record(kind.form, tuple((f, with_names(k, names) or k) for f, k in kind.items))
    return kind


def leave(kind: Kind | None, back: Mapping[Symbol, Size | None]) -> Kind | None:
    """The kind of a result as the caller sees it."""
    if isinstance(kind, Number):
        return replace(kind, size=_leave_size(kind.size, back))
    if isinstance(kind, Array) and kind.axes is not None:
        return replace(kind, axes=tuple(_leave_size(d, back) for d in kind.axes))
    if isinstance(kind, Sequence):
        items = None if kind.items is None else tuple(leave(k, back) or k for k in kind.items)
        return Sequence(kind.form, items, leave(kind.element, back))
    if isinstance(kind, Record):
        return Record(kind.form, tuple((f, leave(k, back) or k) for f, k in kind.items))
    if isinstance(kind, Table):
        return replace(
            kind,
            items=tuple((key, leave(k, back) or k) for key, k in kind.items),
            rest=leave(kind.rest, back),
        )
    return kind


def _leave_size(size: Size | None, back: Mapping[Symbol, Size | None]) -> Size | None:
    if size is None:
        return None
    total: Size | None = constant_size(size.constant)
    for symbol, coefficient in size.terms:
        if symbol not in back:
            return None  # made inside the callee
        total = add(total, multiply(back[symbol], constant_size(coefficient)))
    return total
