"""Slopes of distributions of `scipy.stats`, and cotangents of summaries of data."""

import math

import numpy as np
from scipy import special

from .shapes import count_of


def mills_ratio(x):
    """The derivative of the logarithm of the normal distribution function."""
    return np.exp(-0.5 * x**2 - special.log_ndtr(x)) / math.sqrt(2.0 * math.pi)


def whitened(x, mean, cov):
    """The inverse of `cov` times `x - mean`, along the last axis."""
    rows = np.reshape(x - mean, (-1, np.shape(cov)[0]))
    return np.reshape(np.linalg.solve(cov, rows.T).T, np.shape(x))


def lower_triangle(a_bar):
    """The cotangent of a symmetric matrix of which only the lower triangle is read."""
    both = a_bar + a_bar.T
    return np.tril(both) - np.diag(np.diag(a_bar))


def normal_cov_cotangent(seed, x, mean, cov):
    """The cotangent of `cov` in the log density of the multivariate normal distribution."""
    pulled = np.reshape(whitened(x, mean, cov), (-1, np.shape(cov)[0]))
    weights = np.reshape(seed, -1)
    outer = np.transpose(pulled * weights[:, None]) @ pulled
    return lower_triangle(0.5 * (outer - np.sum(weights) * np.linalg.inv(cov)))


def normal_cov_tangent(cov_dot, x, mean, cov):
    """The tangent of the log density of the multivariate normal distribution when `cov` moves."""
    moved = np.tril(cov_dot) + np.tril(cov_dot, -1).T
    pulled = whitened(x, mean, cov)
    trace = np.sum(np.linalg.inv(cov) * moved)
    return 0.5 * (np.sum((pulled @ moved) * pulled, axis=-1) - trace)


def dirichlet_slope(x, alpha):
    """The slope of the log density in `x`; the last element may be left out: it is the rest."""
    given = np.size(x)
    slope = (alpha[:given] - 1.0) / x
    if given == np.size(alpha):
        return slope
    return slope - (alpha[-1] - 1.0) / (1.0 - np.sum(x))


def dirichlet_weight_slope(x, alpha):
    """The slope of the log density in `alpha`."""
    whole = x if np.size(x) == np.size(alpha) else np.append(x, 1.0 - np.sum(x))
    return np.log(whole) - special.digamma(alpha) + special.digamma(np.sum(alpha))


def divergence_slope(pk, qk, base, axis):
    """The slope in `pk` of the relative entropy of `pk` and `qk`, both over their sums."""
    total = np.sum(pk, axis=axis, keepdims=True)
    ratio = np.log(pk / total * np.sum(qk, axis=axis, keepdims=True) / qk)
    slope = (ratio - np.sum(pk * ratio, axis=axis, keepdims=True) / total) / total
    return slope if base is None else slope / math.log(base)


def reference_slope(pk, qk, base, axis):
    """The slope in `qk` of the relative entropy of `pk` and `qk`, both over their sums."""
    p = pk / np.sum(pk, axis=axis, keepdims=True)
    slope = 1.0 / np.sum(qk, axis=axis, keepdims=True) - p / qk
    return slope if base is None else slope / math.log(base)


def zscore_linear(a_dot, y, a, axis, ddof):
    """How the scores `y` of `a` move with it; this linear map is its own transpose."""
    along = np.sum(a_dot * y, axis=axis, keepdims=True) / (count_of(a, axis) - ddof)
    centred = a_dot - np.mean(a_dot, axis=axis, keepdims=True)
    return (centred - y * along) / np.std(a, axis=axis, ddof=ddof, keepdims=True)


def moment_slope(a, order, axis):
    """The derivative of the central moment of this order with respect to each element."""
    centred = a - np.mean(a, axis=axis, keepdims=True)
    power = centred ** (order - 1)
    return order / count_of(a, axis) * (power - np.mean(power, axis=axis, keepdims=True))


def standard_moment_slope(a, order, axis):
    """The derivative of a central moment over that power of the standard deviation."""
    centred = a - np.mean(a, axis=axis, keepdims=True)
    variance = np.mean(centred**2, axis=axis, keepdims=True)
    moment = np.mean(centred**order, axis=axis, keepdims=True)
    scaled = moment_slope(a, order, axis) - order * moment / variance * centred / count_of(a, axis)
    return scaled / variance ** (0.5 * order)


def trimmed_share(a, cut, axis):
    """The derivative of a trimmed mean; equal elements at its ends share in equal parts."""
    rows = np.reshape(a, -1) if axis is None else np.moveaxis(a, axis, 0)
    ordered = np.sort(rows, axis=0)
    out = int(cut * len(rows))
    kept = ordered[out : len(rows) - out]
    low, high = kept[0], kept[-1]
    at_low, at_high = np.equal(rows, low), np.equal(rows, high) & np.not_equal(low, high)
    share = np.where(at_low, np.sum(kept == low, axis=0) / np.sum(at_low, axis=0), 0.0)
    taken = np.sum(kept == high, axis=0) / np.maximum(np.sum(at_high, axis=0), 1)
    share = (share + at_high * taken + ((rows > low) & (rows < high))) / len(kept)
    share = share.astype(np.result_type(np.asarray(a), np.float16))
    return np.reshape(share, np.shape(a)) if axis is None else np.moveaxis(share, 0, axis)
