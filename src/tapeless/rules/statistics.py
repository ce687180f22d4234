"""Quantiles, weighted means, covariances and histograms.

A quantile is between two elements, or on one; elements that are equal to it share its derivative in
equal parts.
"""

import numpy as np

from ..runtime import (
    average_cotangent,
    average_weights_cotangent,
    average_weights_tangent,
    corrcoef_cotangent,
    corrcoef_tangent,
    count_of,
    cov_cotangent,
    cov_tangent,
    histogram_edges_cotangent,
    histogram_edges_tangent,
    histogram_weights_cotangent,
    quantile_cotangent,
    quantile_level_cotangent,
    quantile_level_tangent,
    quantile_tangent,
    spread,
)
from .conditions import is_false, is_none, reduces_all
from .registry import linear, pullback, pushforward

# --- quantiles -----------------------------------------------------------------------------------


def writes_nothing(out, overwrite_input):
    return is_none(out) and is_false(overwrite_input)


def between_neighbours(out, overwrite_input, method):
    linear_method = method.static and method.value == "linear"
    return writes_nothing(out, overwrite_input) and linear_method


@pullback(np.median, when=writes_nothing)
def median_pullback(y, y_bar, a, axis=None, out=None, overwrite_input=False, keepdims=False):
    return quantile_cotangent(y_bar, a, 0.5, axis)


@pushforward(np.median, when=writes_nothing)
def median_pushforward(y, a_dot, a, axis=None, out=None, overwrite_input=False, keepdims=False):
    return quantile_tangent(a_dot, y, a, 0.5, axis)


@pullback(np.nanmedian, when=writes_nothing)
def nanmedian_pullback(y, y_bar, a, axis=None, out=None, overwrite_input=False, keepdims=False):
    return quantile_cotangent(y_bar, a, 0.5, axis, "linear", True)


@pushforward(np.nanmedian, when=writes_nothing)
def nanmedian_pushforward(y, a_dot, a, axis=None, out=None, overwrite_input=False, keepdims=False):
    return quantile_tangent(a_dot, y, a, 0.5, axis, "linear", True)


@pullback(np.quantile, when=between_neighbours)
def quantile_pullback(
    y, y_bar, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    return quantile_cotangent(y_bar, a, q, axis), quantile_level_cotangent(y_bar, y, a, q, axis)


@pushforward(np.quantile, when=between_neighbours)
def quantile_pushforward(
    y, a_dot, q_dot, a, q, axis=None, out=None, overwrite_input=False, method="linear",
    keepdims=False,
):  # fmt: skip
    return quantile_tangent(a_dot, y, a, q, axis), quantile_level_tangent(q_dot, y, a, q, axis)


@pullback(np.quantile, when=writes_nothing)
def quantile_by_method_pullback(
    y, y_bar, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    return quantile_cotangent(y_bar, a, q, axis, method)


@pushforward(np.quantile, when=writes_nothing)
def quantile_by_method_pushforward(
    y, a_dot, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    return quantile_tangent(a_dot, y, a, q, axis, method)


@pullback(np.nanquantile, when=between_neighbours)
def nanquantile_pullback(
    y, y_bar, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    return (
        quantile_cotangent(y_bar, a, q, axis, method, True),
        quantile_level_cotangent(y_bar, y, a, q, axis, True),
    )


@pushforward(np.nanquantile, when=between_neighbours)
def nanquantile_pushforward(
    y, a_dot, q_dot, a, q, axis=None, out=None, overwrite_input=False, method="linear",
    keepdims=False,
):  # fmt: skip
    return (
        quantile_tangent(a_dot, y, a, q, axis, method, True),
        quantile_level_tangent(q_dot, y, a, q, axis, True),
    )


@pullback(np.nanquantile, when=writes_nothing)
def nanquantile_by_method_pullback(
    y, y_bar, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    return quantile_cotangent(y_bar, a, q, axis, method, True)


@pushforward(np.nanquantile, when=writes_nothing)
def nanquantile_by_method_pushforward(
    y, a_dot, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    return quantile_tangent(a_dot, y, a, q, axis, method, True)


# np.percentile(a, q) is np.quantile(a, q / 100)


@pullback(np.percentile, when=between_neighbours)
def percentile_pullback(
    y, y_bar, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    level = np.true_divide(q, 100)
    return (
        quantile_cotangent(y_bar, a, level, axis),
        quantile_level_cotangent(y_bar, y, a, level, axis) / 100,
    )


@pushforward(np.percentile, when=between_neighbours)
def percentile_pushforward(
    y, a_dot, q_dot, a, q, axis=None, out=None, overwrite_input=False, method="linear",
    keepdims=False,
):  # fmt: skip
    level = np.true_divide(q, 100)
    return (
        quantile_tangent(a_dot, y, a, level, axis),
        quantile_level_tangent(np.true_divide(q_dot, 100), y, a, level, axis),
    )


@pullback(np.percentile, when=writes_nothing)
def percentile_by_method_pullback(
    y, y_bar, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    return quantile_cotangent(y_bar, a, np.true_divide(q, 100), axis, method)


@pushforward(np.percentile, when=writes_nothing)
def percentile_by_method_pushforward(
    y, a_dot, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    return quantile_tangent(a_dot, y, a, np.true_divide(q, 100), axis, method)


@pullback(np.nanpercentile, when=between_neighbours)
def nanpercentile_pullback(
    y, y_bar, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    level = np.true_divide(q, 100)
    return (
        quantile_cotangent(y_bar, a, level, axis, method, True),
        quantile_level_cotangent(y_bar, y, a, level, axis, True) / 100,
    )


@pushforward(np.nanpercentile, when=between_neighbours)
def nanpercentile_pushforward(
    y, a_dot, q_dot, a, q, axis=None, out=None, overwrite_input=False, method="linear",
    keepdims=False,
):  # fmt: skip
    level = np.true_divide(q, 100)
    return (
        quantile_tangent(a_dot, y, a, level, axis, method, True),
        quantile_level_tangent(np.true_divide(q_dot, 100), y, a, level, axis, True),
    )


@pullback(np.nanpercentile, when=writes_nothing)
def nanpercentile_by_method_pullback(
    y, y_bar, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    return quantile_cotangent(y_bar, a, np.true_divide(q, 100), axis, method, True)


@pushforward(np.nanpercentile, when=writes_nothing)
def nanpercentile_by_method_pushforward(
    y, a_dot, a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False
):
    return quantile_tangent(a_dot, y, a, np.true_divide(q, 100), axis, method, True)


# --- weighted means ------------------------------------------------------------------------------


def without_weights(weights, returned):
    return is_none(weights) and is_false(returned)


def weighs_all(a, axis, weights, returned, keepdims):
    alike = a.rank is not None and a.rank == weights.rank
    return alike and is_false(returned) and reduces_all(axis, keepdims)


def with_weights(weights, returned):
    return not is_none(weights) and is_false(returned)


@pullback(np.average, when=without_weights)
def average_pullback(y, y_bar, a, axis=None, weights=None, returned=False, keepdims=False):
    return spread(y_bar / count_of(a, axis), a, axis, keepdims)


@pushforward(np.average, when=without_weights)
def average_pushforward(y, a_dot, a, axis=None, weights=None, returned=False, keepdims=False):
    return np.mean(a_dot, axis=axis, keepdims=keepdims)


@pullback(np.average, when=weighs_all)
def weighted_average_of_all_pullback(
    y, y_bar, a, axis=None, weights=None, returned=False, keepdims=False
):
    return y_bar * weights / np.sum(weights), None, y_bar * (a - y) / np.sum(weights)


@pushforward(np.average, when=weighs_all)
def weighted_average_of_all_pushforward(
    y, a_dot, weights_dot, a, axis=None, weights=None, returned=False, keepdims=False
):
    return (
        np.sum(weights * a_dot) / np.sum(weights),
        np.sum(weights_dot * (a - y)) / np.sum(weights),
    )


@pullback(np.average, when=with_weights)
def weighted_average_pullback(y, y_bar, a, axis=None, weights=None, returned=False, keepdims=False):
    return (
        average_cotangent(y_bar, a, axis, weights),
        None,
        average_weights_cotangent(y_bar, y, a, axis, weights),
    )


@pushforward(np.average, when=with_weights)
def weighted_average_pushforward(
    y, a_dot, weights_dot, a, axis=None, weights=None, returned=False, keepdims=False
):
    return (
        np.average(a_dot, axis, weights, keepdims=keepdims),
        average_weights_tangent(weights_dot, y, a, axis, weights),
    )


# --- covariances ---------------------------------------------------------------------------------
# What NumPy calls `y` is `other` here, `y` being the result: it is given by position.


@pullback(np.cov, when=lambda other: is_none(other))
def cov_pullback(
    y, y_bar, m, other=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None
):
    return cov_cotangent(y_bar, 0, m, None, rowvar, bias, ddof, fweights, aweights)


@pushforward(np.cov, when=lambda other: is_none(other))
def cov_pushforward(
    y, m_dot, m, other=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None
):
    return cov_tangent(m_dot, None, m, None, rowvar, bias, ddof, fweights, aweights)


@pullback(np.cov)
def cov_of_two_pullback(
    y, y_bar, m, other=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None
):
    return (
        cov_cotangent(y_bar, 0, m, other, rowvar, bias, ddof, fweights, aweights),
        cov_cotangent(y_bar, 1, m, other, rowvar, bias, ddof, fweights, aweights),
    )


@pushforward(np.cov)
def cov_of_two_pushforward(
    y, m_dot, other_dot, m, other=None, rowvar=True, bias=False, ddof=None, fweights=None,
    aweights=None,
):  # fmt: skip
    return (
        cov_tangent(m_dot, None, m, other, rowvar, bias, ddof, fweights, aweights),
        cov_tangent(None, other_dot, m, other, rowvar, bias, ddof, fweights, aweights),
    )


@pullback(np.corrcoef, when=lambda other: is_none(other))
def corrcoef_pullback(y, y_bar, x, other=None, rowvar=True):
    c_bar = corrcoef_cotangent(y_bar, y, np.cov(x, None, rowvar))
    return cov_cotangent(c_bar, 0, x, None, rowvar)


@pushforward(np.corrcoef, when=lambda other: is_none(other))
def corrcoef_pushforward(y, x_dot, x, other=None, rowvar=True):
    return corrcoef_tangent(cov_tangent(x_dot, None, x, None, rowvar), y, np.cov(x, None, rowvar))


@pullback(np.corrcoef)
def corrcoef_of_two_pullback(y, y_bar, x, other=None, rowvar=True):
    c_bar = corrcoef_cotangent(y_bar, y, np.cov(x, other, rowvar))
    return cov_cotangent(c_bar, 0, x, other, rowvar), cov_cotangent(c_bar, 1, x, other, rowvar)


@pushforward(np.corrcoef)
def corrcoef_of_two_pushforward(y, x_dot, other_dot, x, other=None, rowvar=True):
    c = np.cov(x, other, rowvar)
    return (
        corrcoef_tangent(cov_tangent(x_dot, None, x, other, rowvar), y, c),
        corrcoef_tangent(cov_tangent(None, other_dot, x, other, rowvar), y, c),
    )


# --- histograms ----------------------------------------------------------------------------------


def from_least_to_greatest(bins, range, density, weights):
    return bins.is_scalar and is_none(range) and is_false(density) and is_none(weights)


def with_known_edges(bins, range, density, weights):
    named = bins.static and isinstance(bins.value, str)
    given = not named and not (bins.is_scalar and is_none(range))
    return given and is_false(density) and is_none(weights)


def of_weights(density, weights):
    return is_false(density) and not is_none(weights)


@pullback(np.histogram, when=from_least_to_greatest)
def histogram_pullback(y, y_bar, a, bins=10, range=None, density=None, weights=None):
    """The counts are constant; the edges move with the least and the greatest element."""
    return histogram_edges_cotangent(y_bar[1], a)


@pushforward(np.histogram, when=from_least_to_greatest)
def histogram_pushforward(y, a_dot, a, bins=10, range=None, density=None, weights=None):
    return np.zeros(np.shape(y[0])), histogram_edges_tangent(a_dot, a, y[1])


@pullback(np.histogram, when=with_known_edges)
def histogram_with_edges_pullback(y, y_bar, a, bins=10, range=None, density=None, weights=None):
    return np.zeros_like(a)


@pushforward(np.histogram, when=with_known_edges)
def histogram_with_edges_pushforward(y, a_dot, a, bins=10, range=None, density=None, weights=None):
    return np.zeros(np.shape(y[0])), np.zeros_like(y[1])


@pullback(np.histogram, when=of_weights)
def histogram_of_weights_pullback(y, y_bar, a, bins=10, range=None, density=None, weights=None):
    return None, None, None, None, histogram_weights_cotangent(y_bar[0], a, y[1])


@pushforward(np.histogram, when=of_weights)
def histogram_of_weights_pushforward(
    y, weights_dot, a, bins=10, range=None, density=None, weights=None
):
    return np.histogram(a, y[1], weights=weights_dot)[0], np.zeros_like(y[1])


@pullback(np.bincount, when=lambda weights: not is_none(weights))
def bincount_pullback(y, y_bar, x, weights=None, minlength=0):
    return None, np.take(y_bar, x)


linear(np.bincount, of=(1,))
