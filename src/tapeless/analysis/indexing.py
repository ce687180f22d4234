"""What a subscript selects: its kind, and whether it is a view, a copy, or a single element.

>>> from .kinds import integer, kind_of, static
>>> import numpy as np
>>> x = kind_of(np.ones((3, 4)), "x")
>>> from ..syntax import expr, to_debug_text
>>> def literal(node):
...     value = eval(to_debug_text(node))
...     return static(value) if value is None else integer(constant_size(value))
>>> one = lambda text: select(x, expr(text).slice, literal)
>>> str(one("x[0]").kind), one("x[0]").form, str(one("x[1:-1, None]").kind), one("x[0, 1]").form
('f8[x.1]', 'view', 'f8[x.0 - 2, 1, x.1]', 'element')
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import gast

from ..syntax import const
from .kinds import Array, Kind, Number, Opaque, Sequence, Static, mixed_like
from .sizes import ONE, Size, add, constant_size

KindOf = Callable[[gast.expr], Kind | None]


@dataclass(frozen=True)
class Selection:
    """``form`` is "element" (a scalar), "view" (basic indexing) or "copy" (advanced indexing).

    It is "any" where the index is not known: the selection may be each of these.
    """

    kind: Kind
    form: str
    advanced: bool = False
    unique: bool = True  # no element can be selected twice


def index_items(index: gast.expr) -> list[gast.expr]:
    """The index of each axis, as written."""
    return list(index.elts) if isinstance(index, gast.Tuple) else [index]


def is_ellipsis(node: gast.expr) -> bool:
    """``...``"""
    return isinstance(node, gast.Constant) and node.value is Ellipsis


def is_newaxis(node: gast.expr, kind: Kind | None) -> bool:
    """``None`` or ``np.newaxis``."""
    return isinstance(kind, Static) and kind.value is None


def indexable(kind: Kind | None) -> Array | None:
    """The array that a subscript takes its part from; a NumPy scalar counts as one of rank 0."""
    if isinstance(kind, Number) and not kind.python and not kind.optional:
        return Array(kind.dtype, ())
    return kind if isinstance(kind, Array) else None


def select(base: Array, index: gast.expr, kind_of: KindOf) -> Selection:
    """What ``base[index]`` selects."""
    found = _select(base, index, kind_of)
    return replace(found, kind=mixed_like(found.kind, [base])) if base.mixed else found


def _select(base: Array, index: gast.expr, kind_of: KindOf) -> Selection:
    if base.axes is None:
        return Selection(Array(base.dtype, None), "copy", True, False)
    parts = _expanded(index_items(index), kind_of)
    kinds = [
        None if isinstance(p, gast.Slice) or is_ellipsis(p) else _as_mask(kind_of(p)) for p in parts
    ]
    if len(parts) == 1 and _is_index_tuple(kinds[0]):
        return Selection(Array(base.dtype, None), "view", True, False)
    consumed = sum(_axes_of(p, k) for p, k in zip(parts, kinds, strict=True))
    if consumed < 0 or consumed > len(base.axes):
        return Selection(Array(base.dtype, None), "copy", True, False)
    axes: list[Size | None] = []
    position, advanced, where = 0, [], []
    for part, kind in zip(parts, kinds, strict=True):
        if is_ellipsis(part):
            rest = len(base.axes) - consumed
            axes += base.axes[position : position + rest]
            position += rest
        elif isinstance(part, gast.Slice):
            axes.append(slice_length(part, base.axes[position], kind_of))
            position += 1
        elif is_newaxis(part, kind):
            axes.append(ONE)
        elif isinstance(kind, Number):
            position += 1
        else:
            if not isinstance(kind, (Array, Sequence)):
                return Selection(Array(base.dtype, None), "any", True, False)
            where.append(len(axes))
            advanced.append(kind)
            position += _axes_of(part, kind)
    axes += base.axes[position:]
    if not advanced:
        if not axes and not any(is_ellipsis(p) for p in parts):
            return Selection(Number(base.dtype, python=False), "element")
        return Selection(Array(base.dtype, tuple(axes)), "view")
    return _advanced(base, axes, advanced, where, parts, kinds)


def _expanded(parts: list[gast.expr], kind_of: KindOf) -> list[gast.expr]:
    """Calls of ``slice`` as slices; a tuple of known items as these items."""
    found: list[gast.expr] = []
    for part in parts:
        if (
            isinstance(part, gast.Call)
            and isinstance(part.func, gast.Name)
            and part.func.id == "slice"
        ):
            bounds = [*([None] if len(part.args) == 1 else []), *part.args, None, None][:3]
            found.append(
                gast.Slice(
                    *[
                        None
                        if b is None or (isinstance(b, gast.Constant) and b.value is None)
                        else b
                        for b in bounds
                    ]
                )
            )
            continue
        kind = None if isinstance(part, gast.Slice) or is_ellipsis(part) else kind_of(part)
        if isinstance(kind, Opaque) and kind.made_by is slice:
            found.append(gast.Slice(part, part, None))  # its bounds are not known
            continue
        if isinstance(kind, Static) and isinstance(kind.value, slice):
            ends = (kind.value.start, kind.value.stop, kind.value.step)
            found.append(gast.Slice(*(const(e) if e is not None else None for e in ends)))
            continue
        if (
            isinstance(kind, Sequence)
            and kind.form is tuple
            and kind.items is not None
            and len(parts) == 1
        ):
            found += [
                gast.Subscript(part, gast.Constant(k, None), gast.Load())
                for k in range(len(kind.items))
            ]
        else:
            found.append(part)
    return found


def _as_mask(kind: Kind | None) -> Kind | None:
    """A bool as the mask of rank 0 that it is: it takes everything or nothing."""
    return Array("b", ()) if isinstance(kind, Number) and kind.dtype == "b" else kind


def _is_index_tuple(kind: Kind | None) -> bool:
    return isinstance(kind, Sequence) and kind.form is tuple


def _axes_of(part: gast.expr, kind: Kind | None) -> int:
    if is_ellipsis(part) or is_newaxis(part, kind):
        return 0
    if isinstance(kind, Array) and kind.dtype == "b":
        return -99 if kind.rank is None else kind.rank
    if isinstance(kind, Array) and kind.rank is None and not isinstance(part, gast.Slice):
        return -99
    return 1


def _advanced(
    base: Array,
    axes: list[Any],
    advanced: list[Any],
    where: list[int],
    parts: list[Any],
    kinds: list[Any],
) -> Selection:
    """Advanced indices broadcast together; their axes stand where the first was, or in front."""
    together: list[Size | None] | None = []
    for kind in advanced:
        shape: tuple[Size | None, ...] | None
        if isinstance(kind, Sequence):
            shape = (constant_size(len(kind.items)) if kind.items is not None else None,)
        elif kind.dtype == "b":
            shape = (None,)
        else:
            shape = kind.axes
        if shape is None or together is None:
            together = None
            break
        together = broadcast_axes(together, list(shape))
    if together is None:
        return Selection(Array(base.dtype, None), "copy", True, False)
    masks_only = len(advanced) == 1 and isinstance(advanced[0], Array) and advanced[0].dtype == "b"
    scalars = any(isinstance(k, Number) for k in kinds)
    positions = [
        n
        for n, (p, k) in enumerate(zip(parts, kinds, strict=True))
        if isinstance(k, (Array, Sequence, Number))
    ]
    adjacent = positions == list(range(positions[0], positions[-1] + 1))
    if (scalars and not adjacent) or len(set(where)) > 1 or not adjacent:
        at = 0
    else:
        at = where[0]
    return Selection(
        Array(base.dtype, tuple(axes[:at] + together + axes[at:])), "copy", True, masks_only
    )


def broadcast_axes(left: list[Size | None], right: list[Size | None]) -> list[Size | None]:
    """The shape of an operation on two shapes.

    Two lengths of which one is known not to be 1 are equal, or NumPy itself refuses.
    """
    if len(left) < len(right):
        left, right = right, left
    pad = len(left) - len(right)
    found = list(left[:pad])
    for a, b in zip(left[pad:], right, strict=True):
        if a is not None and (a == b or (b is not None and b.is_one)):
            found.append(a)
        elif a is not None and a.is_one:
            found.append(b)
        elif a is not None and a.is_many:
            found.append(a)
        elif b is not None and b.is_many:
            found.append(b)
        else:
            found.append(None)
    return found


def slice_length(part: gast.Slice, axis: Size | None, kind_of: KindOf) -> Size | None:
    """How many elements a slice takes; unknown where the bounds may be cut off."""
    step = part.step and kind_of(part.step)
    if part.step is not None and not (isinstance(step, Number) and step.value in (1, -1)):
        return None
    if part.step is not None and step.value == -1:  # type: ignore[union-attr]
        return axis if part.lower is None and part.upper is None else None
    lower = _bound(part.lower, constant_size(0), axis, kind_of)
    upper = _bound(part.upper, axis, axis, kind_of)
    if part.lower is None and part.upper is None:
        return axis
    length = add(upper, lower, -1) if lower is not None and upper is not None else None
    if length is not None and length.is_constant and length.constant < 0:
        return constant_size(0)
    return length


def _bound(
    node: gast.expr | None, default: Size | None, axis: Size | None, kind_of: KindOf
) -> Size | None:
    """A bound of a slice as a size; a negative literal counts from the end.

    A bound past the end is cut off at run time. Then both operands of an operation were cut off
    at the same length, or NumPy refuses; equal sizes still mean equal lengths for one base.
    """
    if node is None:
        return default
    kind = kind_of(node)
    if not isinstance(kind, Number) or kind.dtype != "i" or kind.size is None:
        return None
    if kind.size.is_constant:
        number = kind.size.constant
        return (
            add(axis, number)
            if number < 0
            else (
                kind.size
                if axis is None or not axis.is_constant
                else constant_size(min(number, axis.constant))
            )
        )
    return kind.size
