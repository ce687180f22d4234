"""Cotangents of functions that change shapes."""

import math

import numpy as np

from .indexing import put_back, untake, zeros_for

SHAPE_OF = {
    "unbroadcast": 1,
    "shaped_like": 1,
    "spread": 1,
    "count_of": 0,
    "shared_by": 1,
    "split_like": 1,
    "unblock": 1,
    "on_diagonal": 1,
    "undiag": 1,
    "untile": 1,
    "unrepeat": 1,
    "unresize": 1,
    "uninsert": 1,
    "inserted_cotangent": 3,
    "undelete": 1,
    "unpad": 1,
    "fold_pad": 1,
    "margin_sum": 1,
    "along_axis": 1,
}

SHARING = (
    "unbroadcast",
    "shaped_like",
    "shared_by",
    "split_like",
    "unblock",
    "unrollaxis",
    "unpad",
    "ungrid",
)


def unbroadcast(x_bar, x):
    """Sum `x_bar` down to the shape of `x`; a float for a Python number."""
    if np.iscomplexobj(x_bar) and not np.iscomplexobj(x):
        x_bar = np.real(x_bar)
    shape = np.shape(x)
    if np.shape(x_bar) != shape:
        full = np.broadcast_shapes(np.shape(x_bar), shape)
        lead = len(full) - len(shape)
        stretched = [lead + i for i, n in enumerate(shape) if n == 1 != full[lead + i]]
        x_bar = np.sum(np.broadcast_to(x_bar, full), axis=(*range(lead), *stretched))
        x_bar = x_bar.reshape(shape) if shape else x_bar
    if type(x) in (float, int, bool):
        return float(x_bar)
    return x_bar


def shaped_like(y_bar, x):
    """`y_bar`, of as many elements, in the shape of `x`; a number for a number."""
    x_bar = np.reshape(y_bar, np.shape(x))
    if np.iscomplexobj(x_bar) and not np.iscomplexobj(x):
        x_bar = np.real(x_bar)
    return x_bar if np.ndim(x) else x_bar.item()


def spread(y_bar, x, axis=None, keepdims=False):
    """The cotangent of a sum over `axis`, put back onto the shape of `x`."""
    shape = np.shape(x)
    if not shape:
        return y_bar
    if axis is not None and not keepdims:
        y_bar = np.expand_dims(y_bar, tuple(np.atleast_1d(axis) % len(shape)))
    return np.array(np.broadcast_to(y_bar, shape), np.result_type(y_bar, np.asarray(x), np.float16))


def count_of(x, axis=None):
    """How many elements of `x` a reduction over `axis` takes together."""
    if axis is None:
        return np.size(x)
    return math.prod(np.shape(x)[i] for i in np.atleast_1d(axis))


def inverse_axes(axes):
    """The permutation that undoes a transposition by `axes`."""
    return np.argsort([axis % len(axes) for axis in axes])


def unrollaxis(y_bar, axis, start=0):
    """Move the axis back that `np.rollaxis(x, axis, start)` moved."""
    rank = np.ndim(y_bar)
    axis, start = axis % rank, start + rank if start < 0 else start
    return np.moveaxis(y_bar, start - 1 if axis < start else start, axis)


def shared_by(y_bar, items):
    """The cotangents of the items of a sum."""
    if isinstance(items, np.ndarray):
        return np.array(np.broadcast_to(y_bar, items.shape))
    return [unbroadcast(y_bar, item) for item in items]


def split_like(y_bar, arrays, axis=0):
    """Cut `y_bar` along `axis` (the last one at most) into the cotangents of joined arrays."""
    axis = 0 if axis is None else min(axis, y_bar.ndim - 1)
    across = max(y_bar.size // max(y_bar.shape[axis], 1), 1)
    ends = np.cumsum([np.size(array) // across for array in arrays])
    parts = np.split(y_bar, ends[:-1], axis)
    return [shaped_like(part, array) for part, array in zip(parts, arrays, strict=True)]


def unblock(y_bar, arrays):
    """Cut `y_bar` into the cotangents of what `np.block(arrays)` joined, nested in the same way."""
    if not isinstance(arrays, list):
        return shaped_like(y_bar, arrays)
    depths, shapes = zip(*[first_leaf(item) for item in arrays], strict=True)
    axis = depths[0] + 1  # counted from the last
    lengths = [shape[-axis] if len(shape) >= axis else 1 for shape in shapes]
    parts = np.split(y_bar, np.cumsum(lengths)[:-1], -axis)
    return [unblock(part, item) for part, item in zip(parts, arrays, strict=True)]


def first_leaf(item):
    """How deep the first array of nested lists lies, and its shape."""
    depth = 0
    while isinstance(item, list):
        depth, item = depth + 1, item[0]
    return depth, np.shape(item)


def on_diagonal(y_bar, x, offset=0, axis1=0, axis2=1):
    """Zeros in the shape of `x` with `y_bar` on the diagonal."""
    x_bar = zeros_for(y_bar, x)
    matrix = np.moveaxis(x_bar, (axis1, axis2), (-2, -1))
    n, m = matrix.shape[-2:]
    i = np.arange(max(0, -offset), max(min(n, m - offset), max(0, -offset)))
    matrix[..., i, i + offset] = y_bar
    return x_bar


def undiag(y_bar, v, k=0):
    """The cotangent of `np.diag(v, k)`: a matrix of a vector, or a vector of a matrix."""
    return np.array(np.diag(y_bar, k)) if np.ndim(v) == 1 else on_diagonal(y_bar, v, k)


def untile(y_bar, x, reps):
    """Sum the copies that `np.tile(x, reps)` made."""
    reps = tuple(np.atleast_1d(reps))
    rank = max(len(reps), np.ndim(x))
    shape = (1,) * (rank - np.ndim(x)) + np.shape(x)
    reps = (1,) * (rank - len(reps)) + reps
    copies = np.reshape(y_bar, [n for pair in zip(reps, shape, strict=True) for n in pair])
    return np.reshape(np.sum(copies, axis=tuple(range(0, 2 * rank, 2))), np.shape(x))


def unrepeat(y_bar, x, repeats, axis=None):
    """Sum the copies that `np.repeat(x, repeats, axis)` made."""
    axis = axis if np.ndim(x) else None
    size = np.size(x) if axis is None else np.shape(x)[axis]
    if np.size(repeats) == 1:
        before = () if axis is None else np.shape(x)[: axis % np.ndim(x)]
        copies = np.reshape(
            y_bar, (*before, size, *np.ravel(repeats), *y_bar.shape[len(before) + 1 :])
        )
        return np.reshape(np.sum(copies, axis=len(before) + 1), np.shape(x))
    return untake(y_bar, x, np.repeat(np.arange(size), repeats), axis)


def unresize(y_bar, x):
    """Sum the copies of the elements of `x` that `np.resize` filled the new shape with."""
    if not np.size(x):
        return zeros_for(y_bar, x)
    rounds = -(-np.size(y_bar) // np.size(x))
    copies = np.zeros((rounds, np.size(x)), y_bar.dtype)
    copies.reshape(-1)[: np.size(y_bar)] = np.ravel(y_bar)
    return np.reshape(np.sum(copies, axis=0), np.shape(x))


def insertion(count, total, obj):
    """The places that `np.insert` leaves to `count` old elements, and those of the new ones."""
    order = np.insert(np.full(count, -1), obj, np.arange(total - count))
    return np.flatnonzero(order < 0), np.argsort(order, kind="stable")[count:]


def uninsert(y_bar, arr, obj, axis=None):
    """The part of `y_bar` that `np.insert(arr, obj, values, axis)` took from `arr`."""
    along = 0 if axis is None else axis
    count = np.size(arr) if axis is None else np.shape(arr)[axis]
    old, _ = insertion(count, y_bar.shape[along], obj)
    return np.reshape(np.take(y_bar, old, along), np.shape(arr))


def inserted_cotangent(y_bar, arr, obj, values, axis=None):
    """The part of `y_bar` that `np.insert(arr, obj, values, axis)` took from `values`."""
    along = 0 if axis is None else axis
    count = np.size(arr) if axis is None else np.shape(arr)[axis]
    _, new = insertion(count, y_bar.shape[along], obj)
    part = np.take(y_bar, new, along)
    if not isinstance(obj, slice) and np.ndim(obj) == 0:  # the first axis of the values goes along
        part = np.moveaxis(part, along, 0)
    return unbroadcast(part, values)


def undelete(y_bar, arr, obj, axis=None):
    """Zeros where `np.delete(arr, obj, axis)` left elements out, `y_bar` elsewhere."""
    count = np.size(arr) if axis is None else np.shape(arr)[axis]
    return put_back(y_bar, arr, np.delete(np.arange(count), obj), axis)


def pad_widths(x, pad_width):
    """How many elements `np.pad(x, pad_width)` adds before and after, for each axis."""
    if isinstance(pad_width, dict):
        widths = np.zeros((np.ndim(x), 2), dtype=int)
        for axis, width in pad_width.items():
            widths[axis] = width
        return widths
    return np.broadcast_to(pad_width, (np.ndim(x), 2))


def unpad(y_bar, x, pad_width):
    """Cut off the margins that `np.pad(x, pad_width)` added."""
    widths = pad_widths(x, pad_width)
    return y_bar[tuple(slice(w[0], w[0] + n) for w, n in zip(widths, np.shape(x), strict=True))]


def margin_sum(y_bar, x, pad_width):
    """The sum of the margins that `np.pad(x, pad_width)` added."""
    margins = np.array(y_bar)
    unpad(margins, x, pad_width)[...] = 0.0
    return np.sum(margins)


def fold_pad(y_bar, x, pad_width, mode):
    """Add the margins of `np.pad(x, pad_width, mode)` to the elements that they are made of."""
    widths = pad_widths(x, pad_width)
    for axis in range(np.ndim(x) - 1, -1, -1):
        (before, after), n = widths[axis], np.shape(x)[axis]
        full = np.moveaxis(y_bar, axis, 0)
        left, x_bar, right = np.split(np.array(full), [before, before + n])
        if mode == "mean":
            x_bar += (np.sum(left, axis=0) + np.sum(right, axis=0)) / n
        elif mode == "linear_ramp":
            column = (-1,) + (1,) * (full.ndim - 1)
            ramps = [
                np.reshape(np.arange(w, dtype=full.real.dtype) / max(w, 1), column)
                for w in (before, after)
            ]
            x_bar[0] += np.sum(left * ramps[0], axis=0)
            x_bar[-1] += np.sum(right[::-1] * ramps[1], axis=0)
        else:
            places = np.pad(np.arange(n), (before, after), mode)
            np.add.at(x_bar, places[:before], left)
            np.add.at(x_bar, places[before + n :], right)
        y_bar = np.moveaxis(x_bar, 0, axis)
    return np.array(y_bar)


def along_axis(y_bar, x, axis):
    """Sum a grid over all axes but one, along which it has the elements of `x`."""
    others = tuple(i for i in range(np.ndim(y_bar)) if i != axis)
    return shaped_like(np.sum(y_bar, axis=others), x)


def ungrid(y_bars, vectors, indexing="xy"):
    """The cotangents of the vectors that `np.meshgrid` made grids of."""
    axes = list(range(len(vectors)))
    if indexing == "xy":
        axes[:2] = axes[1::-1]
    return [
        along_axis(y_bar, x, axis) for y_bar, x, axis in zip(y_bars, vectors, axes, strict=True)
    ]


def line_cotangents(y_bar, start, stop, num=50, endpoint=True, axis=0):
    """The cotangents of the ends of `np.linspace(start, stop, num, endpoint, axis=axis)`."""
    t = np.linspace(0.0, 1.0, num, endpoint, dtype=np.asarray(y_bar).real.dtype)
    points = np.moveaxis(y_bar, axis, 0)
    return (
        unbroadcast(np.tensordot(1.0 - t, points, 1), start),
        unbroadcast(np.tensordot(t, points, 1), stop),
    )
