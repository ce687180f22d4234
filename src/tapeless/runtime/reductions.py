"""Reductions and cumulative sums."""

import numpy as np

from .shapes import inverse_axes, spread

SHAPE_OF = {"reverse_cumsum": 1}


def tie_share(x, y, axis=None, keepdims=False):
    """What part of the extremum `y` over `axis` each element of `x` is: equal parts at a tie."""
    tied = np.equal(x, spread(y, x, axis, keepdims))
    share = tied / np.maximum(np.sum(tied, axis=axis, keepdims=True), 1)
    return share.astype(np.result_type(np.asarray(x), np.float16))


def product_of_others(x, axis=None):
    """For each element of `x`, the product over `axis` of all others (zeros need no division)."""
    shape = np.shape(x)
    axes = range(len(shape)) if axis is None else [i % len(shape) for i in np.atleast_1d(axis)]
    kept = [i for i in range(len(shape)) if i not in axes]
    order = [*kept, *axes]
    moved = np.transpose(x, order)
    rows = moved.reshape([shape[i] for i in kept] + [-1 if np.size(x) else 0])
    ones = np.ones_like(rows[..., :1])
    before = np.cumprod(np.concatenate([ones, rows[..., :-1]], axis=-1), axis=-1)
    after = np.cumprod(np.concatenate([ones, rows[..., :0:-1]], axis=-1), axis=-1)[..., ::-1]
    return np.transpose((before * after).reshape(moved.shape), inverse_axes(order))


def reverse_cumsum(y_bar, x, axis=None):
    """The cotangent of a cumulative sum: sums from each element to the end."""
    if axis is None:
        return np.reshape(np.cumsum(y_bar[::-1])[::-1], np.shape(x))
    return np.flip(np.cumsum(np.flip(y_bar, axis), axis), axis)


def reverse_cumprod(y_bar, x, axis=None):
    """The cotangent of a cumulative product, zeros in `x` included."""
    rows = np.reshape(x, -1) if axis is None else np.moveaxis(x, axis, 0)
    rows_bar = y_bar if axis is None else np.moveaxis(y_bar, axis, 0)
    before = np.concatenate([np.ones_like(rows[:1]), np.cumprod(rows[:-1], axis=0)])
    after = np.array(rows_bar)
    for i in range(len(rows) - 2, -1, -1):
        after[i] += rows[i + 1] * after[i + 1]
    if axis is None:
        return np.reshape(before * after, np.shape(x))
    return np.moveaxis(before * after, 0, axis)
