"""Reductions that skip NaN: what is skipped has the derivative zero."""

import numpy as np

from ..runtime import count_where, one_for_zero, product_of_others, spread
from .conditions import is_real, keeps_reals
from .registry import pullback, pushforward


def of_reals(a, dtype, out):
    return is_real(a) and keeps_reals(dtype, out)


@pullback(np.nansum, when=keeps_reals)
def nansum_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    return np.where(np.isnan(a), 0.0, spread(y_bar, a, axis, keepdims))


@pushforward(np.nansum, when=keeps_reals)
def nansum_pushforward(y, a_dot, a, axis=None, dtype=None, out=None, keepdims=False):
    return np.sum(a_dot, axis=axis, keepdims=keepdims, where=~np.isnan(a))


@pullback(np.nanmean, when=keeps_reals)
def nanmean_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    share = y_bar / count_where(~np.isnan(a), a, axis, keepdims)
    return np.where(np.isnan(a), 0.0, spread(share, a, axis, keepdims))


@pushforward(np.nanmean, when=keeps_reals)
def nanmean_pushforward(y, a_dot, a, axis=None, dtype=None, out=None, keepdims=False):
    return np.mean(a_dot, axis=axis, keepdims=keepdims, where=~np.isnan(a))


@pullback(np.nanprod, when=keeps_reals)
def nanprod_pullback(y, y_bar, a, axis=None, dtype=None, out=None, keepdims=False):
    others = product_of_others(np.where(np.isnan(a), 1.0, a), axis)
    return np.where(np.isnan(a), 0.0, spread(y_bar, a, axis, keepdims) * others)


@pushforward(np.nanprod, when=keeps_reals)
def nanprod_pushforward(y, a_dot, a, axis=None, dtype=None, out=None, keepdims=False):
    others = product_of_others(np.where(np.isnan(a), 1.0, a), axis)
    return np.sum(a_dot * others, axis=axis, keepdims=keepdims, where=~np.isnan(a))


@pullback(np.nanvar, when=of_reals)
def nanvar_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = np.where(np.isnan(a), 0.0, a - np.nanmean(a, axis, keepdims=True))
    count = count_where(~np.isnan(a), a, axis, keepdims) - ddof
    return spread(y_bar * 2.0 / count, a, axis, keepdims) * centred


@pushforward(np.nanvar, when=of_reals)
def nanvar_pushforward(y, a_dot, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = np.where(np.isnan(a), 0.0, a - np.nanmean(a, axis, keepdims=True))
    count = count_where(~np.isnan(a), a, axis, keepdims) - ddof
    return 2.0 * np.sum(centred * a_dot, axis=axis, keepdims=keepdims) / count


@pullback(np.nanstd, when=of_reals)
def nanstd_pullback(y, y_bar, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = np.where(np.isnan(a), 0.0, a - np.nanmean(a, axis, keepdims=True))
    count = count_where(~np.isnan(a), a, axis, keepdims) - ddof
    return spread(y_bar / (one_for_zero(y) * count), a, axis, keepdims) * centred


@pushforward(np.nanstd, when=of_reals)
def nanstd_pushforward(y, a_dot, a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    centred = np.where(np.isnan(a), 0.0, a - np.nanmean(a, axis, keepdims=True))
    count = count_where(~np.isnan(a), a, axis, keepdims) - ddof
    return np.sum(centred * a_dot, axis=axis, keepdims=keepdims) / (one_for_zero(y) * count)
