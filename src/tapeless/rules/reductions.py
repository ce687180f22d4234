"""Reductions.  Tied extrema share the derivative in equal parts.

`keepdims`, `where` and `initial` are those of NumPy.  The derivative of `std` is 0 where
all elements are equal.
"""

import numpy as np

from ..runtime import (
    count_of,
    count_where,
    on_diagonal,
    one_for_zero,
    product_of_others,
    spread,
    tie_share,
    tie_share_of_initial,
    tie_share_where,
)
from .conditions import (
    is_array,
    is_complex,
    is_int,
    is_none,
    is_number,
    is_real,
    keeps_reals,
    ranks,
    reduces_all,
)
from .registry import linear, pullback, pushforward

# --- sums and means ------------------------------------------------------------------------------


@pullback(np.sum, when=keeps_reals)
def sum_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    return spread(y_bar, a, axis, keepdims)


@pullback(np.sum, when=keeps_reals)
def sum_from_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False, initial=0.0):
    return spread(y_bar, a, axis, keepdims), None, None, None, None, np.sum(y_bar)


@pullback(np.sum, when=keeps_reals)
def sum_where_pullback(
    y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True
):
    return (
        np.where(where, spread(y_bar, a, axis, keepdims), 0.0),
        None,
        None,
        None,
        None,
        np.sum(y_bar),
    )


def from_initial(dtype, out, initial):
    return not is_none(initial) and keeps_reals(dtype, out)


@pushforward(np.sum, when=from_initial)
def sum_from_pushforward(
    y, a_dot, initial_dot, a, axis=None, dtype=None, out=None, keepdims=False, initial=None
):
    return np.sum(a_dot, axis=axis, keepdims=keepdims), np.full_like(y, initial_dot)


@pushforward(np.sum, when=from_initial)
def sum_where_pushforward(
    y, a_dot, initial_dot, a, axis=None, dtype=None, out=None, keepdims=False, initial=None,
    where=True,
):  # fmt: skip
    return np.sum(a_dot, axis=axis, keepdims=keepdims, where=where), np.full_like(y, initial_dot)


@pullback(np.mean, when=lambda axis, dtype, out: is_none(axis) and keeps_reals(dtype, out))
def mean_of_all_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    return spread(y_bar / np.size(a), a, axis, keepdims)


@pullback(np.mean, when=lambda axis, dtype, out: is_int(axis) and keeps_reals(dtype, out))
def mean_of_axis_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    return spread(y_bar / np.shape(a)[axis], a, axis, keepdims)


@pullback(np.mean, when=keeps_reals)
def mean_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    return spread(y_bar / count_of(a, axis), a, axis, keepdims)


@pullback(np.mean, when=keeps_reals)
def mean_where_pullback(
    y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False, where=True
):  # fmt: skip
    share = y_bar / count_where(where, a, axis, keepdims)
    return np.where(where, spread(share, a, axis, keepdims), 0.0)


linear(np.sum, np.mean, np.trace)


@pullback(
    np.trace,
    when=lambda a, offset, dtype, out: (
        ranks(a, 2) and is_number(offset, 0) and keeps_reals(dtype, out)
    ),
)
def trace_of_matrix_pullback(y, y_bar, a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    return y_bar * np.eye(np.shape(a)[0], np.shape(a)[1], dtype=a.dtype)


@pullback(np.trace, when=keeps_reals)
def trace_pullback(y, y_bar, a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    return on_diagonal(np.expand_dims(y_bar, -1), a, offset, axis1, axis2)


# --- products ------------------------------------------------------------------------------------


@pullback(np.prod, when=keeps_reals)
def prod_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    return spread(y_bar, a, axis, keepdims) * product_of_others(a, axis)


@pushforward(
    np.prod,
    when=lambda axis, dtype, out, keepdims: reduces_all(axis, keepdims) and keeps_reals(dtype, out),
)
def prod_of_all_pushforward(y, a_dot, a, axis=None, dtype=None, out=None, keepdims=False):
    return np.sum(a_dot * product_of_others(a))


@pushforward(np.prod, when=keeps_reals)
def prod_pushforward(y, a_dot, a, axis=None, dtype=None, out=None, keepdims=False):
    return np.sum(a_dot * product_of_others(a, axis), axis=axis, keepdims=keepdims)


@pullback(np.prod, when=keeps_reals)
def prod_from_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False, initial=1.0):
    return (
        spread(y_bar * initial, a, axis, keepdims) * product_of_others(a, axis),
        None,
        None,
        None,
        None,
        np.sum(y_bar * np.prod(a, axis=axis, keepdims=keepdims)),
    )


@pushforward(np.prod, when=keeps_reals)
def prod_from_pushforward(
    y, a_dot, initial_dot, a, axis=None, dtype=None, out=None, keepdims=False, initial=1.0
):
    return (
        initial * np.sum(a_dot * product_of_others(a, axis), axis=axis, keepdims=keepdims),
        initial_dot * np.prod(a, axis=axis, keepdims=keepdims),
    )


@pullback(np.prod, when=keeps_reals)
def prod_where_pullback(
    y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False, initial=1.0, where=True
):
    others = np.where(where, product_of_others(np.where(where, a, 1.0), axis), 0.0)
    product = np.prod(a, axis=axis, keepdims=keepdims, where=where)
    return (
        spread(y_bar * initial, a, axis, keepdims) * others,
        None,
        None,
        None,
        None,
        np.sum(y_bar * product),
    )


@pushforward(np.prod, when=keeps_reals)
def prod_where_pushforward(
    y, a_dot, initial_dot, a, axis=None, dtype=None, out=None, keepdims=False, initial=1.0,
    where=True,
):  # fmt: skip
    others = np.where(where, product_of_others(np.where(where, a, 1.0), axis), 0.0)
    return (
        initial * np.sum(a_dot * others, axis=axis, keepdims=keepdims),
        initial_dot * np.prod(a, axis=axis, keepdims=keepdims, where=where),
    )


# --- extrema -------------------------------------------------------------------------------------

EXTREMA = (np.max, np.min, np.amax, np.amin, np.nanmax, np.nanmin)


@pullback(*EXTREMA, when=lambda a, axis, out: is_none(axis) and is_array(a) and is_none(out))
def max_of_all_pullback(y, y_bar, a, axis=None, out=None, keepdims=False):
    return y_bar * (a == y) / np.count_nonzero(a == y)


@pullback(*EXTREMA, when=lambda out: is_none(out))
def max_pullback(y, y_bar, a, axis=None, out=None, keepdims=False):
    return spread(y_bar, a, axis, keepdims) * tie_share(a, y, axis, keepdims)


@pullback(*EXTREMA, when=lambda out: is_none(out))
def max_where_pullback(y, y_bar, a, axis=None, out=None, keepdims=False, initial=None, where=True):
    """`initial` is one more element."""
    return (
        spread(y_bar, a, axis, keepdims) * tie_share_where(a, y, axis, initial, where),
        None,
        None,
        None,
        np.sum(y_bar * tie_share_of_initial(a, y, axis, initial, where)),
    )


@pushforward(
    *EXTREMA,
    when=lambda a, axis, out, keepdims: (
        reduces_all(axis, keepdims) and is_array(a) and is_none(out)
    ),
)
def max_of_all_pushforward(y, a_dot, a, axis=None, out=None, keepdims=False):
    return np.mean(a_dot[a == y])


@pushforward(*EXTREMA, when=lambda out: is_none(out))
def max_pushforward(y, a_dot, a, axis=None, out=None, keepdims=False):
    return np.sum(a_dot * tie_share(a, y, axis, keepdims), axis=axis, keepdims=keepdims)


@pushforward(*EXTREMA, when=lambda out: is_none(out))
def max_where_pushforward(
    y, a_dot, initial_dot, a, axis=None, out=None, keepdims=False, initial=None, where=True
):
    share = tie_share_where(a, y, axis, initial, where)
    return (
        np.sum(a_dot * share, axis=axis, keepdims=keepdims),
        initial_dot * tie_share_of_initial(a, y, axis, initial, where),
    )


@pullback(np.ptp, when=lambda out: is_none(out))
def ptp_pullback(y, y_bar, a, axis=None, out=None, keepdims=False):
    top = tie_share(a, np.max(a, axis, keepdims=True), axis, True)
    bottom = tie_share(a, np.min(a, axis, keepdims=True), axis, True)
    return spread(y_bar, a, axis, keepdims) * (top - bottom)


@pushforward(np.ptp, when=lambda out: is_none(out))
def ptp_pushforward(y, a_dot, a, axis=None, out=None, keepdims=False):
    top = tie_share(a, np.max(a, axis, keepdims=True), axis, True)
    bottom = tie_share(a, np.min(a, axis, keepdims=True), axis, True)
    return np.sum(a_dot * (top - bottom), axis=axis, keepdims=keepdims)


# --- variances -----------------------------------------------------------------------------------


def of_all_reals(a, axis, dtype, out, ddof):
    return is_real(a) and is_none(axis) and is_number(ddof, 0) and keeps_reals(dtype, out)


def of_all_reals_to_a_number(a, axis, dtype, out, ddof, keepdims):
    return of_all_reals(a, axis, dtype, out, ddof) and reduces_all(axis, keepdims)


def of_reals(a, dtype, out):
    return is_real(a) and keeps_reals(dtype, out)


def of_complex(a, dtype, out):
    return is_complex(a) and is_none(dtype) and is_none(out)


@pullback(np.var, when=of_all_reals)
def var_of_all_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return y_bar * 2.0 * (a - np.mean(a)) / np.size(a)


@pullback(np.var, when=of_reals)
def var_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = a - np.mean(a, axis, keepdims=True)
    return spread(y_bar * 2.0 / (count_of(a, axis) - ddof), a, axis, keepdims) * centred


@pullback(np.var, when=of_complex)
def var_of_complex_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = a - np.mean(a, axis, keepdims=True)
    share = y_bar * 2.0 / (count_of(a, axis) - ddof)
    return spread(share, a, axis, keepdims) * np.conjugate(centred)


@pullback(np.var, when=of_reals)
def var_where_pullback(
    y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, where=True, correction=0
):
    """Of `ddof` and `correction` NumPy takes one at most."""
    centred = np.where(where, a - np.mean(a, axis, keepdims=True, where=where), 0.0)
    count = count_where(where, a, axis, keepdims) - (ddof + correction)
    return spread(y_bar * 2.0 / count, a, axis, keepdims) * centred


@pushforward(np.var, when=of_all_reals_to_a_number)
def var_of_all_pushforward(y, a_dot, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return 2.0 * np.mean((a - np.mean(a)) * a_dot)


@pushforward(np.var, when=of_reals)
def var_pushforward(y, a_dot, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = a - np.mean(a, axis, keepdims=True)
    count = count_of(a, axis) - ddof
    return 2.0 * np.sum(centred * a_dot, axis=axis, keepdims=keepdims) / count


@pushforward(np.var, when=of_complex)
def var_of_complex_pushforward(
    y, a_dot, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False
):
    centred = a - np.mean(a, axis, keepdims=True)
    products = np.real(np.conjugate(centred) * a_dot)
    return 2.0 * np.sum(products, axis=axis, keepdims=keepdims) / (count_of(a, axis) - ddof)


@pushforward(np.var, when=of_reals)
def var_where_pushforward(
    y, a_dot, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, where=True, correction=0
):
    centred = a - np.mean(a, axis, keepdims=True, where=where)
    count = count_where(where, a, axis, keepdims) - (ddof + correction)
    return 2.0 * np.sum(centred * a_dot, axis=axis, keepdims=keepdims, where=where) / count


@pullback(np.std, when=of_all_reals)
def std_of_all_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return y_bar * (a - np.mean(a)) / (one_for_zero(y) * np.size(a))


@pullback(np.std, when=of_reals)
def std_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = a - np.mean(a, axis, keepdims=True)
    return (
        spread(y_bar / (one_for_zero(y) * (count_of(a, axis) - ddof)), a, axis, keepdims) * centred
    )


@pullback(np.std, when=of_complex)
def std_of_complex_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = a - np.mean(a, axis, keepdims=True)
    share = y_bar / (one_for_zero(y) * (count_of(a, axis) - ddof))
    return spread(share, a, axis, keepdims) * np.conjugate(centred)


@pullback(np.std, when=of_reals)
def std_where_pullback(
    y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, where=True, correction=0
):
    centred = np.where(where, a - np.mean(a, axis, keepdims=True, where=where), 0.0)
    count = count_where(where, a, axis, keepdims) - (ddof + correction)
    return spread(y_bar / (one_for_zero(y) * count), a, axis, keepdims) * centred


@pushforward(np.std, when=of_all_reals_to_a_number)
def std_of_all_pushforward(y, a_dot, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return np.mean((a - np.mean(a)) * a_dot) / one_for_zero(y)


@pushforward(np.std, when=of_reals)
def std_pushforward(y, a_dot, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = a - np.mean(a, axis, keepdims=True)
    count = count_of(a, axis) - ddof
    return np.sum(centred * a_dot, axis=axis, keepdims=keepdims) / (one_for_zero(y) * count)


@pushforward(np.std, when=of_complex)
def std_of_complex_pushforward(
    y, a_dot, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False
):
    centred = a - np.mean(a, axis, keepdims=True)
    products = np.real(np.conjugate(centred) * a_dot)
    return np.sum(products, axis=axis, keepdims=keepdims) / (
        one_for_zero(y) * (count_of(a, axis) - ddof)
    )


@pushforward(np.std, when=of_reals)
def std_where_pushforward(
    y, a_dot, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, where=True, correction=0
):
    centred = a - np.mean(a, axis, keepdims=True, where=where)
    count = count_where(where, a, axis, keepdims) - (ddof + correction)
    return np.sum(centred * a_dot, axis=axis, keepdims=keepdims, where=where) / (
        one_for_zero(y) * count
    )
