"""Cotangents of functions that change shapes."""

import math

import numpy as np

from .indexing import untake

SHAPE_OF = {
    "unbroadcast": 1,
    "spread": 1,
    "count_of": 0,
    "shared_by": 1,
    "split_like": 1,
    "on_diagonal": 1,
    "undiag": 1,
    "untile": 1,
    "unrepeat": 1,
    "unpad": 1,
    "undiff": 1,
}

SHARING = ("unbroadcast", "shared_by", "split_like")


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
    return [
        part.item() if np.ndim(array) == 0 else part.reshape(np.shape(array))
        for part, array in zip(parts, arrays, strict=True)
    ]


def on_diagonal(y_bar, x, offset=0, axis1=0, axis2=1):
    """Zeros in the shape of `x` with `y_bar` on the diagonal."""
    x_bar = np.zeros(np.shape(x), np.result_type(y_bar, np.float32(0)))
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
    size = np.size(x) if axis is None else np.shape(x)[axis]
    return untake(y_bar, x, np.repeat(np.arange(size), repeats), axis)


def unpad(y_bar, x, pad_width):
    """Cut off the margins that `np.pad(x, pad_width)` added."""
    widths = np.broadcast_to(pad_width, (np.ndim(x), 2))
    return y_bar[tuple(slice(w[0], w[0] + n) for w, n in zip(widths, np.shape(x), strict=True))]


def undiff(y_bar, x, axis=-1):
    """The cotangent of the first differences of `x` along `axis`."""
    margin = np.zeros_like(np.take(x, [0], axis))
    return np.concatenate([margin, y_bar], axis) - np.concatenate([y_bar, margin], axis)
