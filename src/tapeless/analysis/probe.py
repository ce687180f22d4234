"""The kind of a primitive's result, learnt by calling it on small arrays.

Lengths of axes are played by numbers chosen so that they can be recognised in the shape of the
result; a second call with other numbers must agree. What cannot be learnt so stays unknown.

>>> import numpy as np
>>> from .kinds import kind_of
>>> str(probe(np.outer, [kind_of(np.ones(3), "x"), kind_of(np.ones(4), "y")], {}))
'f8[x.0, y.0]'
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Mapping

import numpy as np

from .kinds import Array, Kind, Number, Opaque, Sequence, Static, Table, dtype_code, static
from .sizes import ONE, Size, Symbol, constant_size

LENGTHS = ((5, 11, 7, 13, 17, 19, 23, 29), (7, 17, 13, 5, 11, 23, 19, 31))
DTYPES = {"b": bool, "i": int, "f": float, "f4": np.float32, "c": complex, "c8": np.complex64}


class Unlearnable(Exception):
    """An argument that no sample can stand for, or a call that failed on every sample."""


class _Sample:
    """One assignment of lengths to symbols."""

    def __init__(self, lengths: tuple[int, ...], distinct: bool):
        self.lengths, self.distinct = lengths, distinct
        self.numbers: dict[Symbol, int] = {}
        self.sizes: dict[int, Size | None] = {1: ONE}
        self.generator = np.random.default_rng(0)
        self.unknown = 0
        self.integers = 2

    def number(self, size: Size | None) -> int:
        if size is None:
            self.unknown += 1
            value = self.lengths[0] if not self.distinct else 41 + 2 * self.unknown
            self.sizes[value] = None
            return value
        value = size.constant
        for symbol, coefficient in size.terms:
            if symbol not in self.numbers:
                index = len(self.numbers) % len(self.lengths) if self.distinct else 0
                self.numbers[symbol] = self.lengths[index]
            value += coefficient * self.numbers[symbol]
        if value in self.sizes and self.sizes[value] != size:
            self.sizes[value] = None
        else:
            self.sizes[value] = size
        return value

    def value(self, kind: Kind | None) -> object:
        if kind is None or isinstance(kind, Opaque):
            raise Unlearnable
        if isinstance(kind, Sequence):
            items = kind.items if kind.items is not None else (kind.element,) * 3
            made = [self.value(k) for k in items]
            return made if kind.form is list else tuple(made)
        if isinstance(kind, Table):
            return {k: self.value(v) for k, v in kind.items}
        if kind.static:
            return kind.value
        if isinstance(kind, Number):
            return self.scalar(kind)
        if isinstance(kind, Array) and kind.axes is not None:
            shape = tuple(self.number(d) for d in kind.axes)
            if any(n < 0 for n in shape) or np.prod(shape, dtype=float) > 200_000:
                raise Unlearnable
            return self.array(shape, kind.dtype)
        raise Unlearnable

    def scalar(self, kind: Number) -> object:
        if kind.dtype == "i":
            if kind.size is not None:
                return self.number(kind.size)
            self.integers += 1
            value = self.integers + self.lengths[0] % 5  # another number in each of the two probes
            self.sizes[value] = None
            return value
        made = DTYPES[kind.dtype](self.generator.uniform(0.2, 0.8))
        return made if kind.python else np.dtype(DTYPES[kind.dtype]).type(made)

    def array(self, shape: tuple[int, ...], dtype: str) -> np.ndarray:
        made = self.generator.uniform(0.2, 0.8, size=shape)
        if dtype == "i":
            return np.zeros(shape, dtype=int)
        return np.asarray(made > 0.5) if dtype == "b" else made.astype(DTYPES[dtype])


def probe(
    function: object, arguments: list[Kind | None], keywords: Mapping[str, Kind | None]
) -> Kind:
    """The kind of ``function(*arguments, **keywords)``; `Opaque` where it cannot be learnt."""
    for distinct in (True, False):
        found: list[Kind] = []
        for lengths in LENGTHS:
            try:
                found.append(_once(function, arguments, keywords, _Sample(lengths, distinct)))
            except Exception:
                break
        if len(found) == 2:
            return _agree(found[0], found[1])
    return Opaque("probe")


def _once(
    function: object,
    arguments: list[Kind | None],
    keywords: Mapping[str, Kind | None],
    sample: _Sample,
) -> Kind:
    values = [sample.value(k) for k in arguments]
    named = {name: sample.value(k) for name, k in keywords.items()}
    with (
        np.errstate(all="ignore"),
        warnings.catch_warnings(),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        result = function(*values, **named)  # type: ignore[operator]
    return _kind(result, sample)


def _kind(result: object, sample: _Sample) -> Kind:
    if isinstance(result, (bool, np.bool_)):
        return Number("b", isinstance(result, bool))
    if isinstance(result, (int, np.integer)):
        size = sample.sizes.get(int(result)) if int(result) != 1 or not sample.distinct else None
        return Number("i", isinstance(result, int), size)
    if isinstance(result, np.generic):
        code = dtype_code(result.dtype)
        return Number(code, False) if code else static(result)
    if isinstance(result, float):
        return Number("f")
    if isinstance(result, complex):
        return Number("c")
    if isinstance(result, np.ndarray):
        code = dtype_code(result.dtype)
        if code is None:
            return Opaque(str(result.dtype))
        return Array(code, tuple(_axis(n, sample) for n in result.shape))
    if isinstance(result, (list, tuple)):
        form = list if isinstance(result, list) else tuple
        return Sequence(form, tuple(_kind(item, sample) for item in result))
    if result is None or isinstance(result, (str, np.dtype, type)):
        return static(result)
    return Opaque(type(result).__name__)


def _axis(length: int, sample: _Sample) -> Size | None:
    if length == 1:
        return ONE
    if not sample.distinct:
        return None
    known = sample.sizes.get(length)
    return known if known is not None else constant_size(length)


def _agree(left: Kind, right: Kind) -> Kind:
    """What two probes agree on; a length that differs, or that only looks constant, is unknown."""
    if isinstance(left, Array) and isinstance(right, Array) and left.rank == right.rank:
        axes = tuple(
            a if a == b else None for a, b in zip(left.axes or (), right.axes or (), strict=True)
        )
        return Array(left.dtype, axes)
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.dtype, left.python, left.size if left.size == right.size else None)
    if (
        isinstance(left, Sequence)
        and isinstance(right, Sequence)
        and left.items is not None
        and right.items is not None
    ):
        if len(left.items) == len(right.items):
            return Sequence(
                left.form, tuple(_agree(a, b) for a, b in zip(left.items, right.items, strict=True))
            )
        return Sequence(
            left.form,
            None,
            _agree(left.items[0], right.items[0]) if left.items and right.items else None,
        )
    if isinstance(left, Static) and left == right:
        return left
    return left if left == right else Opaque()
