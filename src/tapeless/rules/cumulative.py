"""Cumulative sums, products and extrema.  NaN counts as zero, or as one, in those that skip it."""

import numpy as np

from ..runtime import (
    cumprod_tangent,
    cumulative_extremum_cotangent,
    cumulative_extremum_tangent,
    reverse_cumprod,
    reverse_cumsum,
    unreduceat,
)
from .conditions import is_false, is_none, keeps_reals, ranks
from .registry import linear, pullback, pushforward


@pullback(np.cumsum, when=lambda a, dtype, out: ranks(a, 1) and keeps_reals(dtype, out))
def cumsum_of_vector_pullback(y, y_bar, a, axis=None, dtype=None, out=None):
    return np.cumsum(y_bar[::-1])[::-1]


@pullback(np.cumsum, when=keeps_reals)
def cumsum_pullback(y, y_bar, a, axis=None, dtype=None, out=None):
    return reverse_cumsum(y_bar, a, axis)


linear(np.cumsum)


@pullback(np.nancumsum, when=keeps_reals)
def nancumsum_pullback(y, y_bar, a, axis=None, dtype=None, out=None):
    return np.where(np.isnan(a), 0.0, reverse_cumsum(y_bar, a, axis))


@pushforward(np.nancumsum, when=keeps_reals)
def nancumsum_pushforward(y, a_dot, a, axis=None, dtype=None, out=None):
    return np.cumsum(np.where(np.isnan(a), 0.0, a_dot), axis)


@pullback(np.cumprod, when=keeps_reals)
def cumprod_pullback(y, y_bar, a, axis=None, dtype=None, out=None):
    return reverse_cumprod(y_bar, a, axis)


@pushforward(np.cumprod, when=keeps_reals)
def cumprod_pushforward(y, a_dot, a, axis=None, dtype=None, out=None):
    return cumprod_tangent(a_dot, a, axis)


@pullback(np.nancumprod, when=keeps_reals)
def nancumprod_pullback(y, y_bar, a, axis=None, dtype=None, out=None):
    factors = np.where(np.isnan(a), 1.0, a)
    return np.where(np.isnan(a), 0.0, reverse_cumprod(y_bar, factors, axis))


@pushforward(np.nancumprod, when=keeps_reals)
def nancumprod_pushforward(y, a_dot, a, axis=None, dtype=None, out=None):
    factors = np.where(np.isnan(a), 1.0, a)
    return cumprod_tangent(np.where(np.isnan(a), 0.0, a_dot), factors, axis)


# --- of the array standard (NumPy 2.1) -----------------------------------------------------------


def of_vector_from_first(x, dtype, out, include_initial):
    return ranks(x, 1) and from_first(dtype, out, include_initial)


def from_first(dtype, out, include_initial):
    return is_false(include_initial) and keeps_reals(dtype, out)


def from_initial(dtype, out, include_initial):
    return include_initial.static and keeps_reals(dtype, out)


if hasattr(np, "cumulative_sum"):

    @pullback(np.cumulative_sum, when=of_vector_from_first)
    def cumulative_sum_of_vector_pullback(
        y, y_bar, x, axis=None, dtype=None, out=None, include_initial=False
    ):
        return np.cumsum(y_bar[::-1])[::-1]

    @pullback(np.cumulative_sum, when=from_first)
    def cumulative_sum_pullback(
        y, y_bar, x, axis=None, dtype=None, out=None, include_initial=False
    ):
        return reverse_cumsum(y_bar, x, axis)

    @pullback(np.cumulative_sum, when=from_initial)
    def cumulative_sum_from_zero_pullback(
        y, y_bar, x, axis=None, dtype=None, out=None, include_initial=False
    ):
        return reverse_cumsum(np.delete(y_bar, 0, axis), x, axis)

    @pullback(np.cumulative_prod, when=from_first)
    def cumulative_prod_pullback(
        y, y_bar, x, axis=None, dtype=None, out=None, include_initial=False
    ):
        return reverse_cumprod(y_bar, x, axis)

    @pullback(np.cumulative_prod, when=from_initial)
    def cumulative_prod_from_one_pullback(
        y, y_bar, x, axis=None, dtype=None, out=None, include_initial=False
    ):
        return reverse_cumprod(np.delete(y_bar, 0, axis), x, axis)

    @pushforward(np.cumulative_prod, when=from_first)
    def cumulative_prod_pushforward(
        y, x_dot, x, axis=None, dtype=None, out=None, include_initial=False
    ):
        return cumprod_tangent(x_dot, x, axis)

    @pushforward(np.cumulative_prod, when=from_initial)
    def cumulative_prod_from_one_pushforward(
        y, x_dot, x, axis=None, dtype=None, out=None, include_initial=False
    ):
        return np.insert(cumprod_tangent(x_dot, x, axis), 0, 0.0, axis)

    linear(np.cumulative_sum)

# --- methods of ufuncs: the first axis is the default --------------------------------------------


@pullback(np.add.accumulate, when=keeps_reals)
def add_accumulate_pullback(y, y_bar, array, axis=0, dtype=None, out=None):
    return reverse_cumsum(y_bar, array, axis)


@pullback(np.multiply.accumulate, when=keeps_reals)
def multiply_accumulate_pullback(y, y_bar, array, axis=0, dtype=None, out=None):
    return reverse_cumprod(y_bar, array, axis)


@pushforward(np.multiply.accumulate, when=keeps_reals)
def multiply_accumulate_pushforward(y, array_dot, array, axis=0, dtype=None, out=None):
    return cumprod_tangent(array_dot, array, axis)


@pullback(
    np.maximum.accumulate,
    np.minimum.accumulate,
    when=lambda dtype, out: is_none(dtype) and is_none(out),
)
def maximum_accumulate_pullback(y, y_bar, array, axis=0, dtype=None, out=None):
    """All elements up to a place that equal the extremum there share it in equal parts."""
    return cumulative_extremum_cotangent(y_bar, y, array, axis)


@pushforward(
    np.maximum.accumulate,
    np.minimum.accumulate,
    when=lambda dtype, out: is_none(dtype) and is_none(out),
)
def maximum_accumulate_pushforward(y, array_dot, array, axis=0, dtype=None, out=None):
    return cumulative_extremum_tangent(array_dot, y, array, axis)


@pullback(np.add.reduceat, when=keeps_reals)
def add_reduceat_pullback(y, y_bar, array, indices, axis=0, dtype=None, out=None):
    return unreduceat(y_bar, array, indices, axis)


linear(np.add.accumulate, np.add.reduceat)
