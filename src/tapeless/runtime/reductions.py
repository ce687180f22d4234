"""Reductions, extrema and cumulative sums and products."""

import math

import numpy as np

from .shapes import inverse_axes, spread

SHAPE_OF = {"reverse_cumsum": 1, "count_where": 1, "from_rows": 1, "unreduceat": 1}


def axes_split(x, axis=None):
    """The axes of `x` that a reduction over `axis` keeps, and those over which it goes."""
    rank = np.ndim(x)
    axes = range(rank) if axis is None or not rank else [i % rank for i in np.atleast_1d(axis)]
    return [i for i in range(rank) if i not in axes], list(axes)


def rows_over(x, axis=None):
    """A matrix: in each row the elements that a reduction over `axis` takes together."""
    kept, axes = axes_split(x, axis)
    shape = np.shape(x)
    moved = np.transpose(x, [*kept, *axes])
    return np.reshape(moved, [math.prod(shape[i] for i in part) for part in (kept, axes)])


def from_rows(rows, x, axis=None):
    """What `rows_over(x, axis)` does, undone."""
    kept, axes = axes_split(x, axis)
    order = [*kept, *axes]
    return np.transpose(np.reshape(rows, [np.shape(x)[i] for i in order]), inverse_axes(order))


def with_axes(y, x, axis=None):
    """A reduction `y` of `x` over `axis`, with the axes kept as of length one."""
    _, axes = axes_split(x, axis)
    return np.reshape(y, [1 if i in axes else n for i, n in enumerate(np.shape(x))])


def count_where(where, x, axis=None, keepdims=False):
    """How many elements of `x` a reduction over `axis` takes together, in the type of `x`."""
    dtype = np.result_type(np.asarray(np.real(x)), np.float16)
    return np.sum(np.broadcast_to(where, np.shape(x)), axis=axis, keepdims=keepdims, dtype=dtype)


# --- extrema -------------------------------------------------------------------------------------


def tie_share(x, y, axis=None, keepdims=False):
    """What part of the extremum `y` over `axis` each element of `x` is: equal parts at a tie."""
    tied = np.equal(x, spread(y, x, axis, keepdims))
    share = tied / np.maximum(np.sum(tied, axis=axis, keepdims=True), 1)
    return share.astype(np.result_type(np.asarray(x), np.float16))


def tie_share_where(x, y, axis, initial, where):
    """`tie_share` among the elements `where` and, if there is one, the number `initial`."""
    y = with_axes(y, x, axis)
    tied = np.equal(x, y) & where
    started = 0 if initial is None else np.equal(y, initial)
    share = tied / np.maximum(np.sum(tied, axis=axis, keepdims=True) + started, 1)
    return share.astype(np.result_type(np.asarray(x), np.float16))


def tie_share_of_initial(x, y, axis, initial, where):
    """What part of each extremum `y` of the elements `where` is the number `initial`."""
    if initial is None:
        return np.zeros_like(y)
    kept = with_axes(y, x, axis)
    tied = np.sum(np.equal(x, kept) & where, axis=axis, keepdims=True)
    share = np.equal(kept, initial) / (tied + 1)
    return np.reshape(share, np.shape(y)).astype(np.result_type(np.asarray(x), np.float16))


# --- products ------------------------------------------------------------------------------------


def product_of_others(x, axis=None):
    """For each element of `x`, the product over `axis` of all others (zeros need no division)."""
    rows = rows_over(x, axis)
    ones = np.ones_like(rows[:, :1])
    before = np.cumprod(np.concatenate([ones, rows[:, :-1]], axis=1), axis=1)
    after = np.cumprod(np.concatenate([ones, rows[:, :0:-1]], axis=1), axis=1)[:, ::-1]
    return from_rows(before * after, x, axis)


# --- cumulative ----------------------------------------------------------------------------------


def reverse_cumsum(y_bar, x, axis=None):
    """The cotangent of a cumulative sum: sums from each element to the end."""
    if axis is None or not np.ndim(x):
        return np.reshape(np.cumsum(y_bar[::-1])[::-1], np.shape(x))
    return np.flip(np.cumsum(np.flip(y_bar, axis), axis), axis)


def reverse_cumprod(y_bar, x, axis=None):
    """The cotangent of a cumulative product, zeros in `x` included."""
    axis = axis if np.ndim(x) else None
    rows = np.reshape(x, -1) if axis is None else np.moveaxis(x, axis, 0)
    rows_bar = y_bar if axis is None else np.moveaxis(y_bar, axis, 0)
    before = np.concatenate([np.ones_like(rows[:1]), np.cumprod(rows[:-1], axis=0)])
    after = np.array(rows_bar, np.result_type(rows_bar, np.asarray(x)))
    for i in range(len(rows) - 2, -1, -1):
        after[i] += rows[i + 1] * after[i + 1]
    if axis is None:
        return np.reshape(before * after, np.shape(x))
    return np.moveaxis(before * after, 0, axis)


def cumprod_tangent(x_dot, x, axis=None):
    """The tangent of a cumulative product, zeros in `x` included."""
    axis = axis if np.ndim(x) else None
    rows = np.reshape(x, -1) if axis is None else np.moveaxis(x, axis, 0)
    rows_dot = np.reshape(x_dot, -1) if axis is None else np.moveaxis(x_dot, axis, 0)
    before = np.concatenate([np.ones_like(rows[:1]), np.cumprod(rows[:-1], axis=0)])
    y_dot = before * rows_dot
    for i in range(1, len(rows)):
        y_dot[i] += y_dot[i - 1] * rows[i]
    return y_dot if axis is None else np.moveaxis(y_dot, 0, axis)


def tied_so_far(x, y):
    """Which rows of `x` are the extremum `y` of all rows up to them, and how many so far are."""
    tied = np.equal(x, y)
    count = tied.astype(np.result_type(x, np.float16))
    for i in range(1, len(x)):
        count[i] += np.where(np.equal(y[i], y[i - 1]), count[i - 1], 0.0)
    return tied, np.maximum(count, 1.0)


def cumulative_extremum_cotangent(y_bar, y, x, axis=0):
    """The cotangent of `np.maximum.accumulate`: what ties with an extremum has a part in it."""
    x, y = np.moveaxis(x, axis, 0), np.moveaxis(y, axis, 0)
    tied, count = tied_so_far(x, y)
    after = np.moveaxis(y_bar, axis, 0) / count
    for i in range(len(x) - 2, -1, -1):
        after[i] += np.where(np.equal(y[i], y[i + 1]), after[i + 1], 0.0)
    return np.moveaxis(after * tied, 0, axis)


def cumulative_extremum_tangent(x_dot, y, x, axis=0):
    """The tangent of `np.maximum.accumulate`: at each place the mean of those that are tied."""
    x, y = np.moveaxis(x, axis, 0), np.moveaxis(y, axis, 0)
    tied, count = tied_so_far(x, y)
    before = np.moveaxis(x_dot, axis, 0) * tied
    for i in range(1, len(x)):
        before[i] += np.where(np.equal(y[i], y[i - 1]), before[i - 1], 0.0)
    return np.moveaxis(before / count, 0, axis)


def unreduceat(y_bar, x, indices, axis=0):
    """The cotangent of `np.add.reduceat(x, indices, axis)`: each sum goes to its stretch."""
    rows_bar = np.moveaxis(y_bar, axis, 0)
    x_bar = np.zeros(np.shape(x), y_bar.dtype)
    rows = np.moveaxis(x_bar, axis, 0)
    for i, start in enumerate(indices):
        stop = indices[i + 1] if i + 1 < len(indices) else len(rows)
        rows[start : max(stop, start + 1)] += rows_bar[i]
    return x_bar
