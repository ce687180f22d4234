"""Kinds of operations and attributes: the arithmetic of the abstract interpretation."""

from __future__ import annotations

import fractions
import functools
import operator
import types
import warnings
from collections.abc import Callable
from typing import Any

import gast
import numpy as np

from .indexing import broadcast_axes
from .kinds import (
    BOOL,
    FLOAT,
    NO_VALUE,
    Array,
    Kind,
    Number,
    Opaque,
    Sequence,
    Static,
    Table,
    dtype_code,
    integer,
    is_optional,
    is_text,
    kind_of,
    mixed_like,
    static,
    text_of,
)
from .probe import DTYPES
from .sizes import Size, add, constant_size, multiply

OPERATORS: dict[str, Callable[..., Any]] = {
    "Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": operator.truediv,
    "FloorDiv": operator.floordiv, "Mod": operator.mod, "Pow": operator.pow,
    "MatMult": operator.matmul, "BitAnd": operator.and_,
    "BitOr": operator.or_, "BitXor": operator.xor,
    "LShift": operator.lshift, "RShift": operator.rshift,
    "USub": operator.neg, "UAdd": operator.pos, "Not": operator.not_, "Invert": operator.invert,
    "Eq": operator.eq, "NotEq": operator.ne, "Lt": operator.lt, "LtE": operator.le,
    "Gt": operator.gt, "GtE": operator.ge, "Is": operator.is_, "IsNot": operator.is_not,
    "In": lambda a, b: a in b, "NotIn": lambda a, b: a not in b,
}  # fmt: skip


def operator_name(op: gast.AST) -> str:
    """``"Add"`` for ``+``."""
    return type(op).__name__


@functools.lru_cache(4096)
def _scalar_result(
    function: Callable[..., Any], signature: tuple[tuple[str, bool, bool], ...]
) -> Kind:
    """The dtype of an elementwise operation, from one call on samples of the same dtypes."""
    for number in (1, 0.5, 2):  # not every function is defined everywhere
        found = _sampled(function, signature, number)
        if not isinstance(found, Opaque):
            return found
    return found


def _sampled(
    function: Callable[..., Any], signature: tuple[tuple[str, bool, bool], ...], number: float
) -> Kind:
    samples: list[object] = []
    for dtype, python, is_array in signature:
        made = DTYPES[dtype](number)
        if is_array:
            samples.append(np.full((1,), number, dtype=DTYPES[dtype]))
        else:
            samples.append(made if python else np.dtype(DTYPES[dtype]).type(made))
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            result = function(*samples)
        except Exception:
            return Opaque("operation")
    if isinstance(result, np.ndarray):
        code = dtype_code(result.dtype)
        return Array(code, ()) if code else Opaque()
    kind = kind_of(result, "")
    if isinstance(kind, Number):
        return Number(kind.dtype, kind.python)
    return kind


def _signature(kind: Kind) -> tuple[str, bool, bool]:
    assert isinstance(kind, (Number, Array))
    if isinstance(kind, Number):
        return kind.dtype, kind.python, False
    return kind.dtype, False, True


def elementwise_kind(function: Callable[..., Any], operands: list[Kind | None]) -> Kind | None:
    """The kind of an operation that broadcasts its operands."""
    if any(k is None for k in operands):
        return None
    if not all(isinstance(k, (Number, Array)) for k in operands):
        return Opaque("operation")
    base = _scalar_result(function, tuple(_signature(k) for k in operands if k is not None))
    arrays = [k for k in operands if isinstance(k, Array)]
    if not arrays or not isinstance(base, Array):
        return base
    mixed = any(k.mixed for k in arrays)
    if any(k.axes is None for k in arrays):
        return Array(base.dtype, None, mixed=mixed)
    axes: list[Size | None] = []
    for k in arrays:
        axes = broadcast_axes(axes, list(k.axes or ()))
    if not axes:  # NumPy turns 0-d results into scalars
        return Number(base.dtype, python=False)
    return Array(base.dtype, tuple(axes), mixed=mixed)


def binary_kind(op: gast.AST, left: Kind | None, right: Kind | None) -> Kind | None:
    """The kind of ``left op right``."""
    if left is None or right is None:
        return None
    function = OPERATORS[operator_name(op)]
    if left.static and right.static:
        return _known(function, left.value, right.value)
    if isinstance(left, Number) and is_fraction(right):
        right = FLOAT  # with a float it makes a float
    elif isinstance(right, Number) and is_fraction(left):
        left = FLOAT
    if (
        isinstance(left, Number)
        and isinstance(right, Number)
        and left.dtype in "ib"
        and right.dtype in "ib"
    ):
        return _integer_kind(operator_name(op), left, right)
    if isinstance(op, gast.MatMult):
        return mixed_like(matmul_kind(left, right), [left, right])
    if is_text(left) and (is_text(right) or isinstance(op, gast.Mod)):
        return text_of(left, right)
    made = getattr(left, "made_by", None)
    if made in (set, frozenset, bytearray) and isinstance(right, Opaque):
        return Opaque("operation", made)
    if isinstance(left, Table) and isinstance(right, Table) and isinstance(op, gast.BitOr):
        from .container_kinds import merged

        return merged(left, right)
    if isinstance(left, Sequence) or isinstance(right, Sequence):
        return _sequence_arithmetic(operator_name(op), left, right)
    return elementwise_kind(function, [left, right])


def is_fraction(kind: Kind) -> bool:
    """Whether a kind is a known fraction."""
    return isinstance(kind, Static) and isinstance(kind.value, fractions.Fraction)


def _known(function: Callable[..., Any], *values: object) -> Kind:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = function(*values)
    except Exception:
        return Opaque("raises")
    return kind_of_object(result)


def _integer_kind(op: str, left: Number, right: Number) -> Kind:
    if op == "Add":
        return integer(add(left.size, right.size))
    if op == "Sub":
        return integer(add(left.size, right.size, -1))
    if op == "Mult":
        return integer(multiply(left.size, right.size))
    if op == "Div":
        return Number("f", left.python and right.python)
    if (
        op == "Pow"
        and not (right.static and isinstance(right.value, int) and right.value >= 0)
        and left.python
    ):
        return Number("i") if right.size is not None else Number("f")
    if left.dtype == right.dtype == "b" and op in ("BitAnd", "BitOr", "BitXor"):
        return BOOL
    return Number("i", left.python and right.python)


def _sequence_arithmetic(op: str, left: Kind, right: Kind) -> Kind:
    if (
        op == "Add"
        and isinstance(left, Sequence)
        and isinstance(right, Sequence)
        and left.form is right.form
    ):
        if left.items is not None and right.items is not None:
            return Sequence(left.form, left.items + right.items)
        from .kinds import join

        return Sequence(left.form, None, join(left.of_elements(), right.of_elements()))
    if op == "Mult" and isinstance(left, Sequence) and isinstance(right, Number):
        if left.items is not None and right.static and isinstance(right.value, int):
            return Sequence(left.form, left.items * max(right.value, 0))
        return Sequence(left.form, None, left.of_elements())
    if op == "Mult" and isinstance(right, Sequence) and isinstance(left, Number):
        return _sequence_arithmetic(op, right, left)
    if isinstance(left, (Array, Number)) or isinstance(right, (Array, Number)):
        # NumPy turns the list into an array; the normalised program says np.asarray instead.
        return Opaque("list as array")
    return Opaque("sequence arithmetic")


def matmul_kind(left: Kind, right: Kind) -> Kind:
    """The kind of ``left @ right``."""
    if not isinstance(left, Array) or not isinstance(right, Array):
        return Opaque("matmul")
    base = _scalar_result(operator.mul, (_signature(left), _signature(right)))
    dtype = base.dtype if isinstance(base, (Array, Number)) else "f"
    if left.axes is None or right.axes is None:
        return Array(dtype, None)
    a, b = list(left.axes), list(right.axes)
    if not a or not b:
        return Opaque("matmul of a scalar")
    rows = a[-2:-1]
    columns = b[-1:] if len(b) > 1 else []
    batch = broadcast_axes(a[:-2], b[:-2])
    axes = (*batch, *rows, *columns)
    return Array(dtype, axes) if axes else Number(dtype, python=False)


def dot_kind(left: Kind, right: Kind) -> Kind:
    """The kind of ``np.dot(left, right)``."""
    if isinstance(left, Number) or isinstance(right, Number) or 0 in (left.rank, right.rank):
        return elementwise_kind(operator.mul, [left, right]) or Opaque()
    if (
        not isinstance(left, Array)
        or not isinstance(right, Array)
        or left.axes is None
        or right.axes is None
    ):
        return matmul_kind(left, right)
    if len(left.axes) <= 2 and len(right.axes) <= 2:
        return matmul_kind(left, right)
    base = matmul_kind(Array(left.dtype, left.axes[-1:]), Array(right.dtype, right.axes[-1:]))
    dtype = base.dtype if isinstance(base, (Array, Number)) else "f"
    last = right.axes[:-2] + right.axes[-1:] if len(right.axes) > 1 else ()
    axes = left.axes[:-1] + last
    return Array(dtype, axes)


def compare_kind(operators: list[gast.AST], operands: list[Kind | None]) -> Kind | None:
    """The kind of a comparison, and its truth where kinds decide it."""
    if any(k is None for k in operands):
        return None
    truths: list[object] = []
    for op, left, right in zip(operators, operands[:-1], operands[1:], strict=True):
        truths.append(_truth(operator_name(op), left, right))  # type: ignore[arg-type]
    if all(t is not NO_VALUE for t in truths):
        return Number("b", True, None, all(truths))
    if any(t is False for t in truths) and len(truths) > 1:
        return Number("b", True, None, False)
    if len(operators) == 1 and operator_name(operators[0]) not in ("Is", "IsNot", "In", "NotIn"):
        found = elementwise_kind(OPERATORS[operator_name(operators[0])], operands)
        return found if isinstance(found, (Number, Array)) else BOOL
    return BOOL


def _truth(op: str, left: Kind, right: Kind) -> object:
    if left.static and right.static:
        found = _known(OPERATORS[op], left.value, right.value)
        return found.value if isinstance(found.value, (bool, np.bool_)) else NO_VALUE
    if op in ("Is", "IsNot"):
        for one, other in ((left, right), (right, left)):
            if (
                isinstance(one, Static)
                and one.value is None
                and not isinstance(other, (Opaque, Static))
                and not is_optional(other)
            ):
                return op == "IsNot"
        return NO_VALUE
    if op in ("In", "NotIn") and isinstance(right, Table) and left.static and right.closed:
        return (left.value in dict(right.items)) is (op == "In")
    sizes = [k.size if isinstance(k, Number) else None for k in (left, right)]
    if sizes[0] is not None and sizes[0] == sizes[1] and op in ("Eq", "LtE", "GtE"):
        return NO_VALUE if sizes[0].varies else True
    if (
        isinstance(left, Static)
        and isinstance(left.value, str)
        and isinstance(right, (Number, Array))
    ):
        return {"Eq": False, "NotEq": True}.get(op, NO_VALUE)
    if (
        isinstance(right, Static)
        and isinstance(right.value, str)
        and isinstance(left, (Number, Array))
    ):
        return {"Eq": False, "NotEq": True}.get(op, NO_VALUE)
    return NO_VALUE


def attribute_kind(base: Kind | None, field: str) -> Kind | None:
    """The kind of ``base.field``."""
    if base is None:
        return None
    if isinstance(base, (Array, Number)):
        return mixed_like(_array_attribute(base, field), [base])
    if isinstance(base, Static):
        try:
            value = getattr(base.value, field)
        except AttributeError:
            return Opaque("no such attribute")
        found = kind_of_object(value)
        if not isinstance(base.value, (types.ModuleType, type)) and isinstance(found, Number):
            return Number(found.dtype, found.python)  # an attribute may change between two calls
        return found
    if isinstance(base, Sequence) and base.items is not None and hasattr(base.form, "_fields"):
        fields = base.form._fields
        return base.items[fields.index(field)] if field in fields else Opaque()
    return Opaque("attribute")


def _array_attribute(base: Array | Number, field: str) -> Kind:
    dims = base.dims
    if field == "shape":
        if dims is None:
            return Sequence(tuple, None, integer(None))
        return Sequence(tuple, tuple(integer(d) for d in dims))
    if field == "ndim":
        return integer(None if dims is None else constant_size(len(dims)))
    if field == "size":
        if dims is None:
            return integer(None)
        size: Size | None = constant_size(1)
        for length in dims:
            size = multiply(size, length)
        return integer(size)
    if field == "T":
        if dims is None:
            return Array(base.dtype, None)
        return Array(base.dtype, tuple(reversed(dims))) if isinstance(base, Array) else base
    if field == "mT" and isinstance(base, Array) and hasattr(np.ndarray, "mT"):
        if dims is None:
            return Array(base.dtype, None)
        if len(dims) > 1:
            return Array(base.dtype, (*dims[:-2], dims[-1], dims[-2]))
    if field in ("real", "imag"):
        real = {"c": "f", "c8": "f4"}.get(base.dtype, base.dtype)
        return Array(real, dims) if isinstance(base, Array) else Number(real, base.python)
    if field == "dtype":
        return static(np.dtype(DTYPES[base.dtype]))
    if field == "flat":
        return Array(base.dtype, (None,))
    return Opaque("array attribute")


def kind_of_object(value: object, name: str = "constant") -> Kind:
    """The kind of a constant of the program: numbers and strings by value, data by kind."""
    if isinstance(value, bool):
        return Number("b", True, None, value)
    if isinstance(value, int):
        return integer(constant_size(value))
    if isinstance(value, float):
        return Number("f", True, None, value)
    if isinstance(value, tuple):
        return Sequence(
            type(value), tuple(kind_of_object(v, f"{name}.{k}") for k, v in enumerate(value))
        )
    if isinstance(value, (list, np.ndarray, np.generic, complex)):
        return kind_of(value, name)
    if isinstance(value, dict):
        return Table(tuple((k, kind_of_object(v, f"{name}.{k}")) for k, v in value.items()))
    return static(value)
