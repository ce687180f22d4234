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
import functools
import io
import types
import warnings
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from .kinds import (
    NUMBER_IN_TEXT,
    Array,
    Closure,
    Kind,
    Number,
    Opaque,
    Record,
    Sequence,
    Static,
    Table,
    dtype_code,
    integer,
    is_inexact,
    promote,
    static,
)
from .sizes import ONE, Size, Symbol, constant_size

LENGTHS = (  # by turns the first longer than the second and shorter: some take only one of these
    (5, 11, 7, 13, 17, 19, 23, 29),
    (19, 7, 11, 5, 23, 13, 29, 17),
    (7, 17, 13, 5, 11, 23, 19, 31),
    (23, 13, 29, 7, 31, 11, 17, 5),
)
Lengths = tuple[int, ...]
UNKNOWN: dict[Lengths, tuple[int, int]] = dict(
    zip(LENGTHS, ((37, 2), (43, 6), (41, 4), (47, 8)), strict=True)
)  # unknown lengths
COUNTS: dict[Lengths, int] = dict(
    zip(LENGTHS, (9, 12, 10, 14), strict=True)
)  # items of lists of unknown length
DTYPES = {"b": bool, "i": int, "f": float, "f4": np.float32, "c": complex, "c8": np.complex64}


class Unlearnable(Exception):
    """An argument that no sample can stand for, or a call that failed on every sample."""


class _Sample:
    """One assignment of lengths to symbols."""

    def __init__(self, lengths: tuple[int, ...], distinct: bool, scale: float = 1.0):
        self.lengths, self.distinct, self.scale = lengths, distinct, scale
        self.rough = False
        self.numbers: dict[Symbol, int] = {}
        self.sizes: dict[int, Size | None] = {1: ONE}
        self.generator = np.random.default_rng(0)
        self.unknown = 0
        self.integers = 2

    def number(self, size: Size | None) -> int:
        if size is None:  # another number in each sample, and so are sums and differences of two
            self.unknown += 1
            first, step = UNKNOWN.get(self.lengths, (41, 2))
            value = self.lengths[0] if not self.distinct else first + step * self.unknown
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
            items = kind.items if kind.items is not None else (kind.element,) * self.count()
            made = [self.value(k) for k in items]
            return made if kind.form is list else tuple(made)
        if isinstance(kind, Table):
            return {k: self.value(v) for k, v in kind.items}
        if kind.static:
            return kind.value
        if isinstance(kind, Number):
            return self.scalar(kind)
        if isinstance(kind, Array) and kind.axes is None and self.rough:
            return self.array((self.number(None),), kind.dtype)  # for the dtype of the result
        if isinstance(kind, Array) and kind.axes is not None:
            shape = tuple(self.number(d) for d in kind.axes)
            if any(n < 0 for n in shape) or np.prod(shape, dtype=float) > 200_000:
                raise Unlearnable
            return self.array(shape, kind.dtype)
        raise Unlearnable

    def count(self) -> int:
        """How many items a list of unknown length has here."""
        number = COUNTS.get(self.lengths, 3) if self.distinct else self.lengths[0]
        self.sizes[number] = None
        return number

    def scalar(self, kind: Number) -> object:
        if kind.dtype == "i":
            if kind.size is not None:
                return self.number(kind.size)
            self.integers += 1
            value = self.integers + self.lengths[0] % 5  # another number in each of the two probes
            self.sizes[value] = None
            return value
        made = DTYPES[kind.dtype](self.scale * self.generator.uniform(0.2, 0.8))
        return made if kind.python else np.dtype(DTYPES[kind.dtype]).type(made)

    def array(self, shape: tuple[int, ...], dtype: str) -> np.ndarray:
        made = self.scale * self.generator.uniform(0.2, 0.8, size=shape)
        if dtype == "i":
            return np.full(shape, 0 if self.scale else 1)  # the last sample has other values
        return np.asarray(made > 0.5) if dtype == "b" else made.astype(DTYPES[dtype])


# Whose functions may be called on samples: they look at their arguments and do nothing else.
PURE_PACKAGES = frozenset(
    "numpy scipy math cmath operator tapeless functools itertools _bisect statistics".split()
)
PURE_BUILTINS = frozenset(
    """
    abs all any ascii bin bool bytes chr complex dict divmod enumerate float format frozenset
    hash hex int isinstance issubclass len list max min oct ord pow range repr reversed round
    set slice sorted str sum tuple type zip
    """.split()
)
# … but for these, which read or write files, change settings, or print.
WITH_EFFECTS = frozenset(
    """
    save savez savez_compressed savetxt tofile dump load loadtxt genfromtxt fromfile fromregex
    memmap open_memmap DataSource seterr seterrcall setbufsize set_printoptions set_string_function
    set_numeric_ops show_config show_runtime info test seed set_state set_bit_generator
    loadmat savemat setflags
    """.split()
)


def may_be_probed(function: object, arguments: list[Kind | None]) -> bool:
    """Whether calling a function on samples can have no effect that anybody would notice."""
    if any(isinstance(k, Closure) or (k is not None and _calls(k)) for k in arguments):
        return False  # it may call what it is given: a function of the user
    called = str(getattr(function, "__name__", ""))
    if called in WITH_EFFECTS:
        return False
    owner = getattr(function, "__self__", None)
    module = getattr(function, "__module__", None) or type(owner).__module__
    if isinstance(function, np.ufunc) or function in (np.r_.__getitem__, np.c_.__getitem__):
        return True
    root = str(module).partition(".")[0]
    if root == "builtins":
        if isinstance(owner, (str, bytes, int, float, complex)):
            return True  # their methods change nothing
        return called in PURE_BUILTINS or type(owner).__module__.partition(".")[0] in PURE_PACKAGES
    return root in PURE_PACKAGES


def _calls(kind: Kind) -> bool:
    """Whether a value is a function written in Python, or holds one."""
    if isinstance(kind, Sequence):
        return any(_calls(k) for k in kind.items or ())
    return kind.static and isinstance(kind.value, (types.FunctionType, types.MethodType))


def probe(
    function: object, arguments: list[Kind | None], keywords: Mapping[str, Kind | None]
) -> Kind:
    """The kind of ``function(*arguments, **keywords)``; `Opaque` where it cannot be learnt."""
    given = [*arguments, *keywords.values()]
    if not may_be_probed(function, given):
        return Opaque("not probed")
    found = _probe(function, arguments, keywords)
    known = all(k is not None and k.static for k in given)
    text = None if known else _text_of(found)
    return NUMBER_IN_TEXT if text is not None and any(map(is_inexact, given)) else text or found


def _text_of(kind: Kind) -> Opaque | None:
    """The kind of a text that may be another one for other values; None for other kinds."""
    if isinstance(kind, Opaque) and kind.made_by in (str, bytes):
        return kind
    if kind.static and isinstance(kind.value, (str, bytes)):
        return Opaque("string", type(kind.value))
    return None


def _probe(
    function: object, arguments: list[Kind | None], keywords: Mapping[str, Kind | None]
) -> Kind:
    for distinct in (True, False):
        found: list[Kind] = []
        accepted: list[tuple[int, ...]] = []
        for tried, lengths in enumerate(LENGTHS):
            if len(found) == 3 or tried - len(found) == 2 + (len(found) > 0):
                break
            with contextlib.suppress(Exception):
                found.append(_once(function, arguments, keywords, _Sample(lengths, distinct)))
                accepted.append(lengths)
        if len(found) > 1:
            agreed = functools.reduce(_agree, found)
            if getattr(function, "__name__", "").endswith(("fit", "lstsq")):
                return agreed  # LAPACK prints what it thinks of zeros
            with contextlib.suppress(Exception):  # lengths that depend on values are not known
                flat = _Sample(accepted[0], distinct, 0.0)
                agreed = _where_alike(agreed, _once(function, arguments, keywords, flat))
            return agreed
    return Opaque("probe")


def probe_roughly(
    function: object, arguments: list[Kind | None], keywords: Mapping[str, Kind | None]
) -> Kind:
    """What kind of thing a function returns, where only some lengths or values are accepted.

    Lengths that many numbers divide, all lengths alike, numbers above one: the first samples that
    are accepted tell how many results there are and of which dtype, but no length.
    """
    if not may_be_probed(function, [*arguments, *keywords.values()]):
        return Opaque("not probed")
    divisible = ((60, 120, 180, 240, 300), (120, 60, 240, 180, 360))
    constants = sorted({n for k in [*arguments, *keywords.values()] for n in _constants(k)})
    alike = tuple((k,) for k in (*constants, 2, 3, 4, 1, 6, 8))
    found: list[Kind] = []
    for scale in (1.0, 4.0):
        for lengths in (*divisible, *alike):
            sample = _Sample(lengths, len(lengths) > 1, scale)
            sample.rough = True
            with contextlib.suppress(Exception):
                found.append(without_lengths(_once(function, arguments, keywords, sample)))
            if len(found) == 2:
                known = found[0] == found[1] and not any(map(_of_any_rank, arguments))
                return found[0] if known else without_ranks(found[0], found[1])
    return without_ranks(found[0], found[0]) if found else Opaque("probe")


def _constants(kind: Kind | None) -> list[int]:
    """The lengths that are known numbers, in a kind."""
    if isinstance(kind, Array):
        axes = kind.axes or ()
        return [d.constant for d in axes if d is not None and d.is_constant and d.constant > 1]
    if isinstance(kind, Sequence):
        return [n for k in kind.items or () for n in _constants(k)]
    return []


def _where_alike(kind: Kind, other: Kind) -> Kind:
    """A kind without the lengths that another sample does not confirm."""
    if isinstance(kind, Array) and isinstance(other, Array) and kind.rank == other.rank:
        pairs = zip(kind.axes or (), other.axes or (), strict=True)
        return Array(kind.dtype, tuple(a if a == b else None for a, b in pairs))
    if isinstance(kind, Number) and isinstance(other, Number):
        return replace(kind, size=kind.size if kind.size == other.size else None)
    if isinstance(kind, Sequence) and isinstance(other, Sequence):
        if kind.items is not None and len(kind.items) == len(other.items or ()):
            both = zip(kind.items, other.items or (), strict=True)
            return Sequence(kind.form, tuple(_where_alike(a, b) for a, b in both))
    return kind


def _of_any_rank(kind: Kind | None) -> bool:
    """Whether not even the rank of an array is known."""
    if isinstance(kind, Sequence):
        return any(_of_any_rank(k) for k in kind.items or ())
    return isinstance(kind, Array) and kind.axes is None


def without_ranks(kind: Kind, other: Kind) -> Kind:
    """A kind of which even the ranks are not known: other lengths may bring other ranks."""
    if isinstance(kind, Sequence) and kind.items is not None:
        if not isinstance(other, Sequence) or len(other.items or ()) != len(kind.items):
            return Opaque("probe")
        pairs = zip(kind.items, other.items or (), strict=True)
        return Sequence(kind.form, tuple(without_ranks(a, b) for a, b in pairs))
    if isinstance(kind, (Array, Number)) and isinstance(other, (Array, Number)):
        return Array(promote(kind, other), None)
    return kind if kind == other else Opaque("probe")


def without_lengths(kind: Kind) -> Kind:
    """A kind of which no length and no integer is known."""
    if isinstance(kind, Array):
        return Array(kind.dtype, None if kind.axes is None else (None,) * len(kind.axes))
    if isinstance(kind, Number):
        return Number(kind.dtype, kind.python)
    if isinstance(kind, Sequence) and kind.items is not None:
        return Sequence(kind.form, tuple(without_lengths(k) for k in kind.items))
    return kind


def as_complex(kind: Kind) -> Kind:
    """A kind with complex numbers in place of real ones."""
    if isinstance(kind, Array):
        return Array({"f4": "c8"}.get(kind.dtype, "c"), kind.axes)
    if isinstance(kind, Number):
        return Number({"f4": "c8"}.get(kind.dtype, "c"), kind.python)
    if isinstance(kind, Sequence) and kind.items is not None:
        return Sequence(kind.form, tuple(as_complex(k) for k in kind.items))
    return kind


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
        if hasattr(result, "_fields"):
            form = type(result)
        return Sequence(form, tuple(_kind(item, sample) for item in result))
    if result is None or isinstance(result, (str, np.dtype, type)):
        return static(result)
    if isinstance(result, np.broadcast):
        shape = tuple(integer(_axis(n, sample)) for n in result.shape)
        fields = (("shape", Sequence(tuple, shape)), ("ndim", integer(constant_size(result.ndim))))
        return Record(np.broadcast, fields)
    if isinstance(result, (np.random.Generator, np.random.RandomState)):
        return Opaque("random generator", type(result))
    return Opaque(type(result).__name__, type(result))


def _axis(length: int, sample: _Sample) -> Size | None:
    if not sample.distinct:
        return None  # a length of one may come about because all lengths are alike
    if length == 1:
        return ONE
    return sample.sizes.get(length, constant_size(length))


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
    if isinstance(left, Sequence) and isinstance(right, Sequence) and left.items is None:
        first = right.items[0] if right.items else None
        if left.element is None or first is None:
            return left
        return Sequence(left.form, None, _agree(left.element, first))
    if isinstance(left, Static) and left == right:
        return left
    if left == right:
        return left
    return (_text_of(left) if _text_of(left) == _text_of(right) else None) or Opaque()
