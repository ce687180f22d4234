"""Functions of the module `statistics`, of lists, tuples and vectors of numbers."""

import statistics

import numpy as np

from ..runtime import (
    along,
    correlation_slopes,
    deviations,
    like_items,
    middle_cotangent,
    middle_tangent,
    one_for_zero,
    shared_by,
    weights_of,
)
from .conditions import is_none
from .registry import linear, pullback, pushforward, refused

# --- means ---------------------------------------------------------------------------------------

linear(statistics.mean)


@pullback(statistics.mean)
def mean_pullback(y, y_bar, data):
    return shared_by(y_bar / len(data), data)


@pullback(statistics.fmean, when=lambda weights: is_none(weights))
def fmean_unweighted_pullback(y, y_bar, data, weights=None):
    return shared_by(y_bar / len(data), data)


@pushforward(statistics.fmean, when=lambda weights: is_none(weights))
def fmean_unweighted_pushforward(y, data_dot, data, weights=None):
    return along(weights_of(data), data_dot)


@pullback(statistics.fmean)
def fmean_pullback(y, y_bar, data, weights=None):
    return (
        like_items(y_bar * weights_of(data, weights), data),
        like_items(y_bar * deviations(data, y) / sum(weights), weights),
    )


@pushforward(statistics.fmean)
def fmean_pushforward(y, data_dot, weights_dot, data, weights=None):
    return (
        along(weights_of(data, weights), data_dot),
        along(deviations(data, y) / sum(weights), weights_dot),
    )


@pullback(statistics.geometric_mean)
def geometric_mean_pullback(y, y_bar, data):
    return like_items(y_bar * y / (len(data) * np.asarray(data, float)), data)


@pushforward(statistics.geometric_mean)
def geometric_mean_pushforward(y, data_dot, data):
    return along(y / (len(data) * np.asarray(data, float)), data_dot)


@pullback(statistics.harmonic_mean, when=lambda weights: is_none(weights))
def harmonic_mean_unweighted_pullback(y, y_bar, data, weights=None):
    return like_items(y_bar / len(data) * (y / np.asarray(data, float)) ** 2, data)


@pushforward(statistics.harmonic_mean, when=lambda weights: is_none(weights))
def harmonic_mean_unweighted_pushforward(y, data_dot, data, weights=None):
    return along((y / np.asarray(data, float)) ** 2 / len(data), data_dot)


@pullback(statistics.harmonic_mean)
def harmonic_mean_pullback(y, y_bar, data, weights=None):
    return (
        like_items(y_bar * weights_of(data, weights) * (y / np.asarray(data, float)) ** 2, data),
        like_items(y_bar * (y - y**2 / np.asarray(data, float)) / sum(weights), weights),
    )


@pushforward(statistics.harmonic_mean)
def harmonic_mean_pushforward(y, data_dot, weights_dot, data, weights=None):
    return (
        along(weights_of(data, weights) * (y / np.asarray(data, float)) ** 2, data_dot),
        along((y - y**2 / np.asarray(data, float)) / sum(weights), weights_dot),
    )


@pullback(statistics.median)
def median_of_items_pullback(y, y_bar, data):
    """Items that are equal to the median share its derivative in equal parts."""
    return like_items(middle_cotangent(y_bar, data), data)


@pushforward(statistics.median)
def median_of_items_pushforward(y, data_dot, data):
    return middle_tangent(y, data_dot, data)


# --- spread --------------------------------------------------------------------------------------


@pullback(statistics.variance)
def variance_pullback(y, y_bar, data, xbar=None):
    slopes = deviations(data, xbar) * (2.0 / (len(data) - 1))
    return like_items(y_bar * slopes, data), -y_bar * sum(slopes)


@pushforward(statistics.variance)
def variance_pushforward(y, data_dot, xbar_dot, data, xbar=None):
    slopes = deviations(data, xbar) * (2.0 / (len(data) - 1))
    return along(slopes, data_dot), -xbar_dot * sum(slopes)


@pullback(statistics.stdev)
def stdev_pullback(y, y_bar, data, xbar=None):
    slopes = deviations(data, xbar) / (one_for_zero(y) * (len(data) - 1))
    return like_items(y_bar * slopes, data), -y_bar * sum(slopes)


@pushforward(statistics.stdev)
def stdev_pushforward(y, data_dot, xbar_dot, data, xbar=None):
    slopes = deviations(data, xbar) / (one_for_zero(y) * (len(data) - 1))
    return along(slopes, data_dot), -xbar_dot * sum(slopes)


@pullback(statistics.pvariance)
def pvariance_pullback(y, y_bar, data, mu=None):
    slopes = deviations(data, mu) * (2.0 / len(data))
    return like_items(y_bar * slopes, data), -y_bar * sum(slopes)


@pushforward(statistics.pvariance)
def pvariance_pushforward(y, data_dot, mu_dot, data, mu=None):
    slopes = deviations(data, mu) * (2.0 / len(data))
    return along(slopes, data_dot), -mu_dot * sum(slopes)


@pullback(statistics.pstdev)
def pstdev_pullback(y, y_bar, data, mu=None):
    slopes = deviations(data, mu) / (one_for_zero(y) * len(data))
    return like_items(y_bar * slopes, data), -y_bar * sum(slopes)


@pushforward(statistics.pstdev)
def pstdev_pushforward(y, data_dot, mu_dot, data, mu=None):
    slopes = deviations(data, mu) / (one_for_zero(y) * len(data))
    return along(slopes, data_dot), -mu_dot * sum(slopes)


# --- of two lists --------------------------------------------------------------------------------


@pullback(statistics.covariance)
def covariance_pullback(y, y_bar, first, second):
    return (
        like_items(y_bar * deviations(second) / (len(first) - 1), first),
        like_items(y_bar * deviations(first) / (len(first) - 1), second),
    )


@pushforward(statistics.covariance)
def covariance_pushforward(y, first_dot, second_dot, first, second):
    return (
        along(deviations(second) / (len(first) - 1), first_dot),
        along(deviations(first) / (len(first) - 1), second_dot),
    )


def is_linear(method):
    """Of the values themselves, not of their ranks."""
    return method.static and method.value == "linear"


@pullback(statistics.correlation, when=is_linear)
def correlation_pullback(y, y_bar, first, second, method="linear"):
    return (
        like_items(y_bar * correlation_slopes(y, first, second), first),
        like_items(y_bar * correlation_slopes(y, second, first), second),
    )


@pushforward(statistics.correlation, when=is_linear)
def correlation_pushforward(y, first_dot, second_dot, first, second, method="linear"):
    return (
        along(correlation_slopes(y, first, second), first_dot),
        along(correlation_slopes(y, second, first), second_dot),
    )


refused(
    statistics.linear_regression, statistics.quantiles, statistics.median_grouped,
    statistics.median_high, statistics.median_low, statistics.mode, statistics.multimode,
    reason="this function of the module statistics has no rule",
    instead="np.polyfit, np.quantile, np.sort and the like",
)  # fmt: skip
