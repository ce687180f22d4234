"""Reductions and cumulative sums.  Tied extrema share the derivative in equal parts."""

import numpy as np

from ..runtime import (
    count_of,
    on_diagonal,
    product_of_others,
    reverse_cumprod,
    reverse_cumsum,
    spread,
    tie_share,
)
from .conditions import is_array, is_int, is_none, is_number, is_real, keeps_reals, ranks
from .registry import pullback


@pullback(np.sum, when=keeps_reals)
def sum_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    return spread(y_bar, a, axis, keepdims)


@pullback(np.mean, when=lambda axis, dtype, out: is_none(axis) and keeps_reals(dtype, out))
def mean_of_all_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    return spread(y_bar / np.size(a), a, axis, keepdims)


@pullback(np.mean, when=lambda axis, dtype, out: is_int(axis) and keeps_reals(dtype, out))
def mean_of_axis_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    return spread(y_bar / np.shape(a)[axis], a, axis, keepdims)


@pullback(np.mean, when=keeps_reals)
def mean_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    return spread(y_bar / count_of(a, axis), a, axis, keepdims)


@pullback(np.prod, when=keeps_reals)
def prod_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    return spread(y_bar, a, axis, keepdims) * product_of_others(a, axis)


@pullback(
    np.max,
    np.min,
    np.amax,
    np.amin,
    when=lambda a, axis, out: is_none(axis) and is_array(a) and is_none(out),
)
def max_of_all_pullback(y, y_bar, a, axis=None, out=None, keepdims=False):
    return y_bar * (a == y) / np.count_nonzero(a == y)


@pullback(np.max, np.min, np.amax, np.amin, when=lambda out: is_none(out))
def max_pullback(y, y_bar, a, axis=None, out=None, keepdims=False):
    return spread(y_bar, a, axis, keepdims) * tie_share(a, y, axis, keepdims)


@pullback(np.ptp, when=lambda out: is_none(out))
def ptp_pullback(y, y_bar, a, axis=None, out=None, keepdims=False):
    top = tie_share(a, np.max(a, axis, keepdims=True), axis, True)
    bottom = tie_share(a, np.min(a, axis, keepdims=True), axis, True)
    return spread(y_bar, a, axis, keepdims) * (top - bottom)


@pullback(
    np.var,
    when=lambda a, axis, dtype, out, ddof: (
        is_real(a) and is_none(axis) and is_number(ddof, 0) and keeps_reals(dtype, out)
    ),
)
def var_of_all_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return y_bar * 2.0 * (a - np.mean(a)) / np.size(a)


@pullback(np.var, when=lambda a, dtype, out: is_real(a) and keeps_reals(dtype, out))
def var_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = a - np.mean(a, axis, keepdims=True)
    return spread(y_bar * 2.0 / (count_of(a, axis) - ddof), a, axis, keepdims) * centred


@pullback(
    np.std,
    when=lambda a, axis, dtype, out, ddof: (
        is_real(a) and is_none(axis) and is_number(ddof, 0) and keeps_reals(dtype, out)
    ),
)
def std_of_all_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return y_bar * (a - np.mean(a)) / (y * np.size(a))


@pullback(np.std, when=lambda a, dtype, out: is_real(a) and keeps_reals(dtype, out))
def std_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = a - np.mean(a, axis, keepdims=True)
    return spread(y_bar / (y * (count_of(a, axis) - ddof)), a, axis, keepdims) * centred


@pullback(np.cumsum, when=lambda a, axis, dtype, out: ranks(a, 1) and keeps_reals(dtype, out))
def cumsum_of_vector_pullback(y, y_bar, a, axis=None, dtype=None, out=None):
    return np.cumsum(y_bar[::-1])[::-1]


@pullback(np.cumsum, when=keeps_reals)
def cumsum_pullback(y, y_bar, a, axis=None, dtype=None, out=None):
    return reverse_cumsum(y_bar, a, axis)


@pullback(np.cumprod, when=keeps_reals)
def cumprod_pullback(y, y_bar, a, axis=None, dtype=None, out=None):
    return reverse_cumprod(y_bar, a, axis)


@pullback(
    np.trace,
    when=lambda a, offset, dtype, out: (
        ranks(a, 2) and is_number(offset, 0) and keeps_reals(dtype, out)
    ),
)
def trace_of_matrix_pullback(y, y_bar, a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    return y_bar * np.eye(np.shape(a)[0], np.shape(a)[1])


@pullback(np.trace, when=keeps_reals)
def trace_pullback(y, y_bar, a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    return on_diagonal(np.expand_dims(y_bar, -1), a, offset, axis1, axis2)
