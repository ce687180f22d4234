"""Summaries of data of `scipy.stats`: means, moments, scores, entropy."""

import numpy as np
from scipy import stats

from ...runtime import (
    count_of,
    divergence_slope,
    moment_slope,
    reference_slope,
    spread,
    standard_moment_slope,
    trimmed_share,
    zscore_linear,
)
from ..conditions import is_array, is_int, is_none, is_real
from ..registry import pullback, pushforward, refused


def is_plain(a):
    return is_real(a) and is_array(a)


def is_biased(a, bias):
    return is_plain(a) and bias.static and bias.value is True


def are_alike(pk, qk):
    """Weights of the same rank, and axes of the same length."""
    return is_plain(pk) and is_plain(qk) and pk.rank == qk.rank


@pullback(stats.gmean, when=is_plain)
def gmean_pullback(y, y_bar, a, axis=0):
    return spread(y_bar * y, a, axis) / (count_of(a, axis) * a)


@pushforward(stats.gmean, when=is_plain)
def gmean_pushforward(y, a_dot, a, axis=0):
    return y * np.mean(a_dot / a, axis=axis)


@pullback(stats.hmean, when=is_plain)
def hmean_pullback(y, y_bar, a, axis=0):
    return spread(y_bar * y**2, a, axis) / (count_of(a, axis) * a**2)


@pushforward(stats.hmean, when=is_plain)
def hmean_pushforward(y, a_dot, a, axis=0):
    return y**2 * np.mean(a_dot / a**2, axis=axis)


@pullback(stats.sem, when=is_plain)
def sem_pullback(y, y_bar, a, axis=0, ddof=1):
    n = count_of(a, axis)
    centred = a - np.mean(a, axis=axis, keepdims=True)
    return spread(y_bar / (y * n * (n - ddof)), a, axis) * centred


@pushforward(stats.sem, when=is_plain)
def sem_pushforward(y, a_dot, a, axis=0, ddof=1):
    n = count_of(a, axis)
    centred = a - np.mean(a, axis=axis, keepdims=True)
    return np.sum(centred * a_dot, axis=axis) / (y * n * (n - ddof))


@pullback(stats.moment, when=lambda a, order: is_plain(a) and is_int(order))
def moment_pullback(y, y_bar, a, order=1, axis=0):
    return spread(y_bar, a, axis) * moment_slope(a, order, axis)


@pushforward(stats.moment, when=lambda a, order: is_plain(a) and is_int(order))
def moment_pushforward(y, a_dot, a, order=1, axis=0):
    return np.sum(moment_slope(a, order, axis) * a_dot, axis=axis)


@pullback(stats.skew, when=is_biased)
def skew_pullback(y, y_bar, a, axis=0, bias=True):
    return spread(y_bar, a, axis) * standard_moment_slope(a, 3, axis)


@pushforward(stats.skew, when=is_biased)
def skew_pushforward(y, a_dot, a, axis=0, bias=True):
    return np.sum(standard_moment_slope(a, 3, axis) * a_dot, axis=axis)


@pullback(stats.kurtosis, when=is_biased)
def kurtosis_pullback(y, y_bar, a, axis=0, fisher=True, bias=True):
    return spread(y_bar, a, axis) * standard_moment_slope(a, 4, axis)


@pushforward(stats.kurtosis, when=is_biased)
def kurtosis_pushforward(y, a_dot, a, axis=0, fisher=True, bias=True):
    return np.sum(standard_moment_slope(a, 4, axis) * a_dot, axis=axis)


@pullback(stats.zscore, when=is_plain)
def zscore_pullback(y, y_bar, a, axis=0, ddof=0):
    return zscore_linear(y_bar, y, a, axis, ddof)


@pushforward(stats.zscore, when=is_plain)
def zscore_pushforward(y, a_dot, a, axis=0, ddof=0):
    return zscore_linear(a_dot, y, a, axis, ddof)


@pullback(stats.trim_mean, when=is_plain)
def trim_mean_pullback(y, y_bar, a, proportiontocut, axis=0):
    """Equal elements at the ends of what is kept share in equal parts."""
    return spread(y_bar, a, axis) * trimmed_share(a, proportiontocut, axis)


@pushforward(stats.trim_mean, when=is_plain)
def trim_mean_pushforward(y, a_dot, a, proportiontocut, axis=0):
    return np.sum(trimmed_share(a, proportiontocut, axis) * a_dot, axis=axis)


refused(
    stats.pearsonr,
    reason="the result is an object with the statistic and its p-value",
    instead="np.corrcoef(x, y)[0, 1]",
)

# --- entropy; y is that of p = pk / sum(pk), relative to q if there is one -----------------------


@pullback(stats.entropy, when=lambda pk, qk: is_plain(pk) and is_none(qk))
def entropy_pullback(y, y_bar, pk, qk=None, base=None, axis=0):
    return spread(y_bar, pk, axis) * -divergence_slope(pk, np.ones_like(pk), base, axis)


@pushforward(stats.entropy, when=lambda pk, qk: is_plain(pk) and is_none(qk))
def entropy_pushforward(y, pk_dot, pk, qk=None, base=None, axis=0):
    return -np.sum(divergence_slope(pk, np.ones_like(pk), base, axis) * pk_dot, axis=axis)


@pullback(stats.entropy, when=are_alike)
def divergence_pullback(y, y_bar, pk, qk=None, base=None, axis=0):
    first = spread(y_bar, pk, axis) * divergence_slope(pk, qk, base, axis)
    return first, spread(y_bar, qk, axis) * reference_slope(pk, qk, base, axis)


@pushforward(stats.entropy, when=are_alike)
def divergence_pushforward(y, pk_dot, qk_dot, pk, qk=None, base=None, axis=0):
    return (
        np.sum(divergence_slope(pk, qk, base, axis) * pk_dot, axis=axis),
        np.sum(reference_slope(pk, qk, base, axis) * qk_dot, axis=axis),
    )
