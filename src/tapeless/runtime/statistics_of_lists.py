"""What `statistics` computes of lists, tuples and vectors of numbers: the derivatives."""

import math

import numpy as np

from .statistics import quantile_cotangent, quantile_tangent


def like_items(x_bar, data):
    """The cotangents of the items of `data`: an array for an array, else a list of numbers."""
    return np.asarray(x_bar, data.dtype) if isinstance(data, np.ndarray) else list(x_bar)


def deviations(data, centre=None):
    """How far the items are from `centre`, which is their mean unless it is given."""
    items = np.asarray(data, float)
    return items - (np.mean(items) if centre is None else centre)


def along(slopes, data_dot):
    """What the tangents of the items add to the tangent of a number."""
    return math.fsum(slopes * np.asarray(data_dot, float))


def weights_of(data, weights=None):
    """The part that each item has in a mean."""
    if weights is None:
        return np.full(len(data), 1.0 / len(data))
    return np.asarray(weights, float) / math.fsum(weights)


def correlation_slopes(y, data, other):
    """The derivatives of the correlation `y` of two lists by the items of the first."""
    here, there = deviations(data), deviations(other)
    spread = np.sum(here**2)
    return there / math.sqrt(spread * np.sum(there**2)) - y * here / spread


def middle_cotangent(y_bar, data):
    """The cotangents of the items of which a median is taken."""
    return quantile_cotangent(y_bar, np.asarray(data, float), 0.5)


def middle_tangent(y, data_dot, data):
    """The tangent of a median."""
    items = np.asarray(data, float)
    return float(quantile_tangent(np.asarray(data_dot, float), y, items, 0.5))
