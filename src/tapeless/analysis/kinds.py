"""Kinds: what is known of a value when the code is generated.

A derivative is generated for the kinds of its arguments and an abstract interpretation carries
kinds through the program. Kinds are immutable and hashable; ``None`` stands for "no value yet".

>>> import numpy as np
>>> str(kind_of(np.ones((3, 1)), "x")), str(kind_of(2.0, "s")), str(kind_of([1.0, 2.0], "v"))
('f8[x.0, 1]', 'float', 'list of float')
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .sizes import Size, Symbol, constant_size, size_of_symbol

RANK_OF_DTYPE = "bifc"  # promotion order of the kinds of numbers


RAISED_BY_CONSTANTS = (TypeError, ValueError, ArithmeticError, LookupError)
RAISES = "what surely raises"  # the note of a kind
NUMERIC = (bool, int, float, complex, np.ndarray, np.generic)


class _NoValue:
    def __repr__(self) -> str:
        return "unknown"


NO_VALUE = _NoValue()


class Kind:
    """Base of all kinds; these attributes are what the ``when`` of a rule may ask."""

    rank: int | None = None
    is_scalar: bool = False
    is_numeric: bool = False

    @property
    def static(self) -> bool:
        """Whether the value itself is known when the code is generated."""
        return self.value is not NO_VALUE

    @property
    def value(self) -> object:
        """The value, where it is known."""
        return NO_VALUE

    @property
    def dims(self) -> tuple[Size | None, ...] | None:
        """Lengths of the axes of an array."""
        return None


@dataclass(frozen=True)
class Number(Kind):
    """A scalar: a Python or NumPy float, int, bool or complex (immutable).

    ``dtype`` is "b", "i", "f", "f4", "c" or "c8"; ``python`` tells a Python number from a NumPy
    one; ``size`` is what is known of an integer; ``known`` its value.
    """

    dtype: str
    python: bool = True
    size: Size | None = None
    known: object = NO_VALUE
    optional: bool = False  # it may also be None

    rank = 0
    is_scalar = True
    is_numeric = True

    @property
    def value(self) -> object:
        return self.known

    @property
    def dims(self) -> tuple[Size | None, ...]:
        return ()

    def __str__(self) -> str:
        word = {
            "b": "bool",
            "i": "int",
            "f": "float",
            "c": "complex",
            "f4": "float32",
            "c8": "complex64",
        }[self.dtype]
        text = word if self.python else f"np.{word}"
        return f"{text} {self.known!r}" if self.static else text


@dataclass(frozen=True)
class Array(Kind):
    """An array; ``axes`` None means that even its rank is unknown (it may be a scalar)."""

    dtype: str
    axes: tuple[Size | None, ...] | None
    optional: bool = False  # it may also be None
    mixed: bool = False  # it may also hold integers: what is like it need not hold floats

    is_numeric = True

    @property
    def rank(self) -> int | None:  # type: ignore[override]
        return None if self.axes is None else len(self.axes)

    @property
    def dims(self) -> tuple[Size | None, ...] | None:
        return self.axes

    def __str__(self) -> str:
        word = {"b": "bool", "i": "int", "f": "f8", "c": "c16", "f4": "f4", "c8": "c8"}[self.dtype]
        if self.axes is None:
            return f"{word}[...]"
        return f"{word}[{', '.join('?' if d is None else str(d) for d in self.axes)}]"


@dataclass(frozen=True)
class Sequence(Kind):
    """A list or tuple: of known items, or (``items`` None) of any number of like elements."""

    form: type
    items: tuple[Kind, ...] | None
    element: Kind | None = None

    def __str__(self) -> str:
        word = self.form.__name__
        if self.items is None:
            return f"{word} of {self.element}"
        return f"{word}({', '.join(str(k) for k in self.items)})"

    @property
    def value(self) -> object:
        if self.items is not None and self.form is tuple and all(k.static for k in self.items):
            return tuple(k.value for k in self.items)
        return NO_VALUE

    def of_elements(self) -> Kind | None:
        """The kind of any element."""
        if self.items is None:
            return self.element
        found: Kind | None = None
        for item in self.items:
            found = join(found, item)
        return found


@dataclass(frozen=True)
class Table(Kind):
    """A dict: the kinds under the keys that are known.

    With a kind for the ``rest`` the dict is open: keys may be missing, and there may be others, of
    kind ``others``. ``form`` is its class.
    """

    items: tuple[tuple[object, Kind], ...]
    rest: Kind | None = None
    others: Kind | None = None
    form: type = dict

    @property
    def closed(self) -> bool:
        """Whether these keys, and no others, are surely there."""
        return self.rest is None

    def of_values(self) -> Kind | None:
        """The kind of any value."""
        found = self.rest
        for _, item in self.items:
            found = join(found, item)
        return found

    def get(self, key: object) -> Kind | None:
        """The kind under a key."""
        return dict(self.items).get(key, self.rest)

    def __str__(self) -> str:
        return "{" + ", ".join(f"{k!r}: {v}" for k, v in self.items) + "}"


@dataclass(frozen=True)
class Record(Kind):
    """An object with named attributes: an instance of a dataclass or of a class of the user."""

    form: type
    items: tuple[tuple[str, Kind], ...]

    def get(self, field: str) -> Kind | None:
        """The kind of an attribute that instances have."""
        return dict(self.items).get(field)

    def __str__(self) -> str:
        return f"{self.form.__name__}({', '.join(f'{k}: {v}' for k, v in self.items)})"


STRUCTURES = (Sequence, Table, Record)  # their adjoints are lists and dicts


class _ByIdentity:
    """Compares by identity and keeps the object alive (constants need not be hashable)."""

    __slots__ = ("object",)

    def __init__(self, thing: object):
        self.object = thing

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _ByIdentity):
            return False
        mine, theirs = self.object, other.object
        return mine is theirs or (
            type(mine) is type(theirs)
            and isinstance(mine, (str, bytes, int, slice, type(None)))
            and mine == theirs
        )

    def __hash__(self) -> int:
        return (
            hash(self.object)
            if isinstance(self.object, (str, bytes, int))
            else id(type(self.object))
        )


@dataclass(frozen=True)
class Static(Kind):
    """A known object: a function, a module, a string, None, a dtype."""

    held: _ByIdentity

    @property
    def value(self) -> object:
        return self.held.object

    def __str__(self) -> str:
        return getattr(self.value, "__name__", None) or repr(self.value)


@dataclass(frozen=True)
class Closure(Kind):
    """A function defined inside the differentiated code.

    ``captured`` are the names, where it is known, of the variables that it calls ``names``.
    """

    function: object
    captured: tuple[str, ...]
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"closure {self.function.name}"  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Opaque(Kind):
    """Anything else: nothing is known but, at most, the class of the object."""

    note: str = ""
    made_by: type | None = None

    def __str__(self) -> str:
        return "anything"


def static(value: object) -> Static:
    """The kind of a known object."""
    return Static(_ByIdentity(value))


NONE = static(None)
FLOAT = Number("f")
NUMPY_FLOAT = Number("f", python=False)
BOOL = Number("b")


def integer(size: Size | None, python: bool = True) -> Number:
    """An integer of which so much is known."""
    if size is not None and size.is_constant:
        return Number("i", python, size, size.constant)
    return Number("i", python, size)


def dtype_code(dtype: np.dtype) -> str | None:
    """Our letter for a NumPy dtype; None where it is no number."""
    if dtype.kind in "iu":
        return "i"
    if dtype.kind == "b":
        return "b"
    if dtype.kind == "f":
        return "f4" if dtype.itemsize <= 4 else "f"
    if dtype.kind == "c":
        return "c8" if dtype.itemsize <= 8 else "c"
    return None


def promote(left: Kind, right: Kind) -> str:
    """The dtype of an operation, after NEP 50: a Python number does not widen a float32."""
    a: str = left.dtype  # type: ignore[attr-defined]
    b: str = right.dtype  # type: ignore[attr-defined]
    if a == b:
        return a
    weak_a = isinstance(left, Number) and left.python
    weak_b = isinstance(right, Number) and right.python
    if RANK_OF_DTYPE.index(a[0]) < RANK_OF_DTYPE.index(b[0]):
        a, b, weak_a, weak_b = b, a, weak_b, weak_a
    if a[0] == b[0]:  # float64 and float32, or the complex pair
        if weak_a != weak_b:
            return b if weak_a else a
        return a[0]
    if len(a) == 2 and not weak_b and not b.endswith(("4", "8")) and b[0] in "if":
        return a[0]  # float32 with an int64 array gives float64
    if weak_a and len(b) == 2:
        return {"f": "f4", "c": "c8"}[a[0]]
    return a


EXACT: ContextVar[bool] = ContextVar("EXACT", default=False)  # constants have their lengths


def kind_of(value: object, name: str) -> Kind:
    """The kind of an argument called ``name``."""
    if isinstance(value, (bool, np.bool_)):
        return Number("b", isinstance(value, bool))
    if isinstance(value, np.generic):
        code = dtype_code(value.dtype)
        return Number(code, python=False) if code else static(value)
    if isinstance(value, int):
        return Number("i", True, size_of_symbol(Symbol(name)))
    if isinstance(value, float):
        return FLOAT
    if isinstance(value, complex):
        return Number("c")
    if isinstance(value, np.ndarray):
        code = dtype_code(value.dtype)
        if code is None:
            return Opaque(str(value.dtype))
        return Array(
            code,
            tuple(
                constant_size(n)
                if n == 1 or (EXACT.get() and n <= 32)
                else size_of_symbol(Symbol(f"{name}.{k}", True))
                for k, n in enumerate(value.shape)
            ),
        )
    if isinstance(value, dict):
        return Table(tuple((k, kind_of(v, f"{name}.{k}")) for k, v in value.items()))
    if isinstance(value, (list, tuple)):
        return _kind_of_sequence(value, name)
    if isinstance(value, (np.random.Generator, np.random.RandomState)):
        return Opaque("random generator", type(value))
    fields = fields_of(value)
    if fields is not None:
        parts = ((f, kind_of(getattr(value, f), f"{name}.{f}")) for f in fields)
        return Record(type(value), tuple(parts))
    return static(value)


def fields_of(value: object) -> tuple[str, ...] | None:
    """The attributes of an object that is a bundle of values: a dataclass or a SimpleNamespace."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [f.name for f in dataclasses.fields(value) if hasattr(value, f.name)]
        more = getattr(value, "__dict__", {}).items()  # attributes that it was given later
        return (*fields, *(f for f, v in more if f not in fields and isinstance(v, NUMERIC)))
    if type(value) is types.SimpleNamespace:
        return tuple(vars(value))
    return None


def _kind_of_sequence(value: list[Any] | tuple[Any, ...], name: str) -> Kind:
    items = tuple(kind_of(v, f"{name}.{k}") for k, v in enumerate(value))
    if isinstance(value, list) and items and all(isinstance(k, Number) for k in items):
        element: Kind | None = None
        for item in items:
            element = join(element, item)
        return Sequence(list, None, element)
    return Sequence(type(value), items)


def without_value(kind: Kind, name: str) -> Kind:
    """The kind of other values like this one: what is known of a number is dropped."""
    if isinstance(kind, Number):
        size = size_of_symbol(Symbol(name)) if kind.dtype == "i" else None
        return replace(kind, known=NO_VALUE, size=size)
    return kind


def settle(kind: Kind | None) -> Kind | None:
    """Forget sizes that change from trip to trip, for names that carry values between trips."""
    if isinstance(kind, Number) and kind.size is not None and kind.size.varies:
        return replace(kind, size=None, known=NO_VALUE)
    if isinstance(kind, Array) and kind.axes is not None:
        return replace(kind, axes=tuple(None if d is None or d.varies else d for d in kind.axes))
    if isinstance(kind, Sequence) and kind.items is not None:
        return Sequence(kind.form, tuple(settle(k) or k for k in kind.items))
    if isinstance(kind, Record):
        return Record(kind.form, tuple((f, settle(k) or k) for f, k in kind.items))
    return kind


def join(left: Kind | None, right: Kind | None) -> Kind | None:
    """The smallest kind that covers both."""
    if left is None or left == right:
        return right
    if right is None:
        return left
    if left == NONE or right == NONE:
        return _or_none(right if left == NONE else left)
    if is_optional(left) or is_optional(right):
        both = join(_surely(left), _surely(right))
        return _or_none(both) if both is not None else None
    if isinstance(left, Number) and isinstance(right, Number):
        return _join_numbers(left, right)
    if left.is_numeric and right.is_numeric:
        return _join_arrays(left, right)
    if isinstance(left, Sequence) and isinstance(right, Sequence) and left.form is right.form:
        return _join_sequences(left, right)
    if isinstance(left, Record) and isinstance(right, Record) and left.form is right.form:
        names = dict.fromkeys([k for k, _ in left.items] + [k for k, _ in right.items])
        fields = ((k, join(left.get(k), right.get(k)) or Opaque()) for k in names)
        return Record(left.form, tuple(fields))
    if isinstance(left, Table) and isinstance(right, Table) and left.form is right.form:
        return _join_tables(left, right)
    if is_text(left) and is_text(right):
        return text_of(left, right)
    return Opaque()


def is_optional(kind: Kind | None) -> bool:
    """Whether a number or an array may also be None."""
    return isinstance(kind, (Number, Array)) and kind.optional


def _or_none(kind: Kind) -> Kind:
    """The kind of values like these, or None."""
    if isinstance(kind, Number):
        return replace(kind, known=NO_VALUE, size=None, optional=True)
    return replace(kind, optional=True) if isinstance(kind, Array) else Opaque()


def _surely(kind: Kind) -> Kind:
    """The kind of the values that are not None."""
    return replace(kind, optional=False) if isinstance(kind, (Number, Array)) else kind


NUMBER_IN_TEXT = Opaque("a number in a text", str)  # it may be read from the text again


def is_text(kind: Kind) -> bool:
    """Whether a value is one of the strings that stand in the program."""
    if isinstance(kind, Opaque):
        return kind.made_by is str
    return isinstance(kind, Static) and isinstance(kind.value, str)


def _join_numbers(left: Number, right: Number) -> Number:
    dtype = (
        left.dtype
        if left.dtype == right.dtype
        else promote(replace(left, python=False), replace(right, python=False))
    )
    size = left.size if left.size == right.size else None
    known = (
        left.known
        if type(left.known) is type(right.known) and left.known == right.known
        else NO_VALUE
    )
    if size is not None and not size.is_constant:
        known = NO_VALUE
    return Number(dtype, left.python and right.python, size, known)


def _join_arrays(left: Kind, right: Kind) -> Array:
    strong = [replace(k, python=False) if isinstance(k, Number) else k for k in (left, right)]
    dtype = promote(strong[0], strong[1])
    exact = {k.dtype[0] in "ib" for k in (left, right)}  # type: ignore[attr-defined]
    mixed = len(exact) > 1 or is_mixed(left) or is_mixed(right)
    if (
        left.dims is None
        or right.dims is None
        or len(left.dims) != len(right.dims)
        or left.is_scalar != right.is_scalar
    ):
        return Array(dtype, None, mixed=mixed)
    dims = tuple(a if a == b else None for a, b in zip(left.dims, right.dims, strict=True))
    return Array(dtype, dims, mixed=mixed)


def is_mixed(kind: Kind | None) -> bool:
    """Whether what is called an array of floats may hold integers."""
    if isinstance(kind, Sequence):
        return any(map(is_mixed, kind.items)) if kind.items is not None else is_mixed(kind.element)
    return isinstance(kind, Array) and kind.mixed


def mixed_like(kind: Kind, operands: Iterable[Kind | None]) -> Kind:
    """The kind of a result; of what may hold integers the result may, too."""
    if isinstance(kind, Sequence) and kind.items is not None:
        return replace(kind, items=tuple(mixed_like(k, operands) for k in kind.items))
    if isinstance(kind, Array) and not kind.mixed and any(map(is_mixed, operands)):
        return replace(kind, mixed=True)
    return kind


def _join_sequences(left: Sequence, right: Sequence) -> Sequence:
    if left.items is not None and right.items is not None and len(left.items) == len(right.items):
        return Sequence(
            left.form,
            tuple(join(a, b) or Opaque() for a, b in zip(left.items, right.items, strict=True)),
        )
    return Sequence(left.form, None, join(left.of_elements(), right.of_elements()))


def _join_tables(left: Table, right: Table) -> Table:
    """A key that only one of both has may be missing: what is joined is open."""
    mine, theirs = dict(left.items), dict(right.items)
    items = tuple(
        (k, join(left.get(k), right.get(k)) or Opaque()) for k in dict.fromkeys([*mine, *theirs])
    )
    rest, others = join(left.rest, right.rest), join(left.others, right.others)
    for key, kind in [*left.items, *right.items]:
        if (key in mine) != (key in theirs):
            rest, others = join(rest, kind), join(others, kind_of_key(key))
    return Table(items, rest, others, left.form)


def kind_of_key(key: object) -> Kind:
    """The kind of one of several keys."""
    if isinstance(key, tuple):
        return Sequence(tuple, tuple(kind_of_key(k) for k in key))
    if isinstance(key, (bool, int, float)):
        return Number({bool: "b", int: "i"}.get(type(key), "f"))
    return static(key)


def is_complex(kind: Kind | None) -> bool:
    """Whether a value of this kind is a complex number, or an array of them."""
    return isinstance(kind, (Number, Array)) and kind.dtype[0] == "c"


def is_inexact(kind: Kind | None) -> bool:
    """Whether a value of this kind can carry a derivative at all."""
    if kind is None:
        return False
    if isinstance(kind, (Number, Array)):
        return kind.dtype[0] in "fc"
    if isinstance(kind, Sequence):
        if kind.items is None:
            return is_inexact(kind.element)
        return any(is_inexact(k) for k in kind.items)
    if isinstance(kind, Table):
        return any(is_inexact(k) for _, k in kind.items) or is_inexact(kind.rest)
    if isinstance(kind, Record):
        return True  # or it may be given an attribute that can
    if kind == NUMBER_IN_TEXT:
        return True
    return isinstance(kind, Opaque) and kind.made_by not in (str, bytes)


def text_of(*kinds: Kind | None) -> Kind:
    """The kind of a text made from values of these kinds."""
    return NUMBER_IN_TEXT if any(map(is_inexact, kinds)) else Opaque("string", str)
