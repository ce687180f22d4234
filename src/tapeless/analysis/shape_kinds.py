"""The kinds of reductions and reshapes, from the kinds of their arguments."""

from __future__ import annotations

from typing import Any

import gast
import numpy as np

from ..syntax import const, copy_tree
from .indexing import broadcast_axes
from .kinds import (
    NO_VALUE,
    Array,
    Kind,
    Number,
    Opaque,
    Record,
    Sequence,
    Static,
    dtype_code,
    integer,
    is_complex,
)
from .probe import DTYPES
from .sizes import ONE, Size, constant_size

REDUCTIONS = (
    np.sum,
    np.mean,
    np.prod,
    np.max,
    np.min,
    np.amax,
    np.amin,
    np.var,
    np.std,
    np.any,
    np.all,
    np.ptp,
)


def reduction_kind(
    primitive: object, kinds: list[Kind | None], named: dict[str, Kind | None]
) -> Kind:
    """The kind of ``np.sum(x, axis, keepdims=…)`` and its like."""
    x = kinds[0]
    assert isinstance(x, Array)
    result = primitive(np.ones(2, dtype=DTYPES[x.dtype]))  # type: ignore[operator]
    dtype = dtype_code(np.asarray(result).dtype) or "f"
    axis = kinds[1] if len(kinds) > 1 else named.get("axis")
    keepdims = named.get("keepdims")
    keeps = keepdims is not None and not (keepdims.static and not keepdims.value)
    if axis is None or (isinstance(axis, Static) and axis.value is None):
        if not keeps:
            return Number(dtype, python=False)
        return Array(dtype, None if x.axes is None else (ONE,) * len(x.axes))
    if x.axes is None:
        return Array(dtype, None)
    places = _axes(axis, len(x.axes))
    if places is None:
        if isinstance(axis, Number) and not keeps:
            count = len(x.axes) - 1
            return Array(dtype, (None,) * count) if count else Number(dtype, python=False)
        return Array(dtype, None)
    if keeps:
        return Array(dtype, tuple(ONE if k in places else d for k, d in enumerate(x.axes)))
    left = tuple(d for k, d in enumerate(x.axes) if k not in places)
    return Array(dtype, left) if left else Number(dtype, python=False)


def _axes(axis: Kind, rank: int) -> set[int] | None:
    if not axis.static:
        return None
    value = axis.value
    items = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(i, (int, np.integer)) and -rank <= i < rank for i in items):
        return None
    return {int(i) % rank for i in items}


def reshape_kind(x: Array, shape: list[Kind | None]) -> Kind:
    """The kind of ``x.reshape(shape)``; a length of -1 is unknown unless it is all there is."""
    items: list[Kind | None] | None = list(shape)
    if len(shape) == 1 and isinstance(shape[0], Sequence):
        items = list(shape[0].items) if shape[0].items is not None else None
    if items is None or not all(isinstance(k, Number) and k.dtype == "i" for k in items):
        return Array(x.dtype, None)
    axes: list[Size | None] = []
    for kind in items:
        assert isinstance(kind, Number)
        size = kind.size
        if size is not None and size.is_constant and size.constant < 0:
            only = len(items) == 1 and x.axes is not None and len(x.axes) == 1
            size = x.axes[0] if only and x.axes is not None else None
        axes.append(size)
    return Array(x.dtype, tuple(axes))


def einsum_kind(kinds: list[Kind | None], named: dict[str, Kind | None]) -> Kind:
    """The kind of ``np.einsum("ij,jk->ik", a, b)``: the lengths of the labels that are left.

    Samples with a length of its own for each label would be slow to contract.
    """
    text, *operands = kinds
    known = [k for k in operands if isinstance(k, (Array, Number)) and k.dims is not None]
    options = {k: v.value for k, v in named.items() if v is not None}
    if text is None or not isinstance(text.value, str) or NO_VALUE in options.values():
        return Opaque("einsum")
    if len(known) < len(operands):
        return Opaque("einsum")
    samples: list[Any] = [np.ones((1,) * len(k.dims or ()), DTYPES[k.dtype]) for k in known]
    try:
        result: Any = np.einsum(text.value, *samples, **options)  # type: ignore[call-overload]
    except Exception:
        return Opaque("einsum")
    dtype = dtype_code(result.dtype)
    if dtype is None:
        return Opaque("einsum")
    if not isinstance(result, np.ndarray):
        return Number(dtype, python=False)
    return Array(dtype, einsum_axes(text.value, [list(k.dims or ()) for k in known]))


def with_letters(arguments: list[gast.expr], kinds: list[Kind | None]) -> list[gast.expr] | None:
    """The arguments of ``np.einsum(a, [0, 1], b, [1, 2], [0, 2])`` with ``"AB,BC->AC"``, if known.

    None for calls that have letters already, and where a label is not known.
    """
    if len(kinds) < 2 or not isinstance(kinds[0], (Array, Number)):
        return None
    texts = [_letters(k) for k in kinds[1::2]]
    if len(kinds) % 2:
        texts.append(_letters(kinds[-1]))
    if None in texts:
        return None
    count = len(kinds) // 2
    text = ",".join(str(t) for t in texts[:count])
    text += "".join(f"->{t}" for t in texts[count:])
    return [const(text), *(copy_tree(a) for a in arguments[: 2 * count : 2])]


def _letters(labels: Kind | None) -> str | None:
    """The letters of a list of numbers, in the order of the numbers."""
    if not isinstance(labels, Sequence) or labels.items is None:
        return None
    found = ""
    for kind in labels.items:
        value: Any = kind.value if kind.static else None
        if isinstance(kind, Number) and kind.size is not None and kind.size.is_constant:
            value = kind.size.constant
        if value is Ellipsis:
            found += "..."
        elif isinstance(value, int) and 0 <= value < 52:
            found += chr(ord("A") + value if value < 26 else ord("a") + value - 26)
        else:
            return None
    return found


def einsum_axes(subscripts: str, shapes: list[list[Size | None]]) -> tuple[Size | None, ...]:
    """The shape of the result; an ellipsis stands for the axes that have no label.

    >>> from .sizes import constant_size
    >>> two, three = constant_size(2), constant_size(3)
    >>> [str(n) for n in einsum_axes("...ij,jk", [[two, three, two], [two, three]])]
    ['2', '3', '3']
    """
    given, arrow, left = subscripts.replace(" ", "").replace("...", ".").partition("->")
    lengths: dict[str, Size | None] = {}
    others: list[Size | None] = []
    for labels, shape in zip(given.split(","), shapes, strict=True):
        unlabelled = len(shape) - len(labels.replace(".", ""))
        start, _, end = labels.partition(".")
        spread = shape[len(start) : len(start) + unlabelled]
        others = broadcast_axes(others, spread)
        rest = shape[: len(start)] + shape[len(start) + unlabelled :]
        for label, length in zip(start + end, rest, strict=True):
            known = lengths.get(label, ONE)
            [lengths[label]] = broadcast_axes([known], [length])
    if not arrow:
        labels = given.replace(",", "").replace(".", "")
        left = "." + "".join(sorted(n for n in lengths if labels.count(n) == 1))
    found: list[Size | None] = []
    for label in left:
        found += others if label == "." else [lengths[label]]
    return tuple(found)


def broadcast_kind(primitive: object, operands: list[Kind | None]) -> Kind:
    """The kind of ``np.broadcast(a, b)`` and ``np.broadcast_arrays(a, b)``."""
    axes: list[Size | None] = []
    known = [k for k in operands if isinstance(k, (Array, Number)) and k.dims is not None]
    if len(known) < len(operands) or not operands:
        return Opaque("broadcast")
    for kind in known:
        axes = broadcast_axes(axes, list(kind.dims or ()))
    if primitive is np.broadcast:
        shape = Sequence(tuple, tuple(integer(d) for d in axes))
        fields = (("shape", shape), ("ndim", integer(constant_size(len(axes)))))
        return Record(np.broadcast, fields)
    form = type(np.broadcast_arrays(0.0))  # a list in older versions of NumPy
    return Sequence(form, tuple(Array(k.dtype, tuple(axes)) for k in known))


SEVERAL = (
    np.split,
    np.array_split,
    np.hsplit,
    np.vsplit,
    np.modf,
    np.frexp,
    np.meshgrid,
    np.linalg.slogdet,
    np.divmod,
    divmod,
    np.broadcast_arrays,
    np.histogram,
    np.gradient,
    np.dsplit,
    np.polydiv,
    getattr(np, "unstack", None),
    np.linalg.lstsq,
    np.linalg.eig,
    np.linalg.eigh,
    np.linalg.svd,
    np.linalg.qr,
)


def unknown_shape(kinds: list[Kind | None], otherwise: Kind) -> Kind:
    """An array of unknown rank, as a primitive gives for arrays that could not be sampled."""
    flat = [
        k for kind in kinds for k in (kind.items or () if isinstance(kind, Sequence) else [kind])
    ]
    arrays = [k for k in flat if isinstance(k, Array) and k.dtype[0] in "fc"]
    if not arrays:
        return otherwise
    complex_too = any(is_complex(k) for k in flat)
    return Array("c" if complex_too else arrays[0].dtype, None)
