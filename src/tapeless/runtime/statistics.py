"""Quantiles, weighted means, covariances and histograms."""

import numpy as np

from .reductions import axes_split, from_rows, rows_over, tie_share, with_axes

SHAPE_OF = {
    "quantile_tangent": 1,
    "quantile_slopes": 0,
    "quantile_level_cotangent": 1,
    "quantile_level_tangent": 1,
    "weights_over": 1,
    "unweighted": 2,
}

# --- quantiles -----------------------------------------------------------------------------------


def quantile_places(rows, q, method="linear", skip_nan=False):
    """Where in each sorted row each quantile lies, on an element or between two.

    A quantile of the ramp 0, 1, 2, … is its place, whatever the method.
    """
    full = np.full(len(rows), rows.shape[1])
    counts = np.count_nonzero(~np.isnan(rows), axis=1) if skip_nan else full
    places = np.zeros((np.size(q), len(rows)))
    for n in np.unique(counts[counts > 0]):
        place = np.quantile(np.arange(float(n)), q, method=method)
        places[:, counts == n] = np.reshape(place, (-1, 1))
    return places


def quantile_share(rows, ordered, place):
    """What part of the quantile at `place` each element of a row is: equal parts at a tie."""
    if not rows.size:
        return np.zeros_like(rows)
    low = np.floor(place).astype(int)[:, None]
    high = np.minimum(low + 1, rows.shape[1] - 1)
    lower = tie_share(rows, np.take_along_axis(ordered, low, 1), 1, True)
    upper = tie_share(rows, np.take_along_axis(ordered, high, 1), 1, True)
    t = (place[:, None] - low).astype(lower.dtype)
    return (1.0 - t) * lower + t * upper


def quantile_cotangent(y_bar, x, q, axis=None, method="linear", skip_nan=False):
    """The cotangent of the elements of `np.quantile(x, q, axis, method=method)`."""
    rows = rows_over(x, axis)
    places = quantile_places(rows, q, method, skip_nan)
    ordered = np.sort(rows, axis=1)
    rows_bar = np.zeros(rows.shape, np.result_type(y_bar, rows, np.float16))
    for bar, place in zip(np.reshape(y_bar, places.shape), places, strict=True):
        rows_bar += bar[:, None] * quantile_share(rows, ordered, place)
    return from_rows(rows_bar, x, axis)


def quantile_tangent(x_dot, y, x, q, axis=None, method="linear", skip_nan=False):
    """The tangent of `y = np.quantile(x, q, axis, method=method)`, from that of the elements."""
    rows, rows_dot = rows_over(x, axis), rows_over(x_dot, axis)
    ordered = np.sort(rows, axis=1)
    tangents = [
        np.sum(rows_dot * quantile_share(rows, ordered, place), axis=1)
        for place in quantile_places(rows, q, method, skip_nan)
    ]
    return np.reshape(np.array(tangents), np.shape(y))


def quantile_slopes(y, x, q, axis=None, skip_nan=False):
    """The derivative of `y = np.quantile(x, q, axis)` in `q`; on an element the mean of both sides.

    At the ends it is that of the one side.
    """
    rows = rows_over(x, axis)
    full = np.full(len(rows), rows.shape[1])
    counts = np.count_nonzero(~np.isnan(rows), axis=1) if skip_nan else full
    ordered = np.sort(rows, axis=1)
    steps = np.diff(ordered, axis=1, append=ordered[:, -1:])
    slopes = []
    for place in quantile_places(rows, q, skip_nan=skip_nan):
        sides = np.clip([np.ceil(place) - 1, np.floor(place)], 0, np.maximum(counts - 2, 0))
        both = np.take_along_axis(steps, sides.astype(int).T, 1)
        slopes.append(0.5 * (counts - 1) * np.sum(both, axis=1))
    return np.reshape(np.array(slopes), np.shape(y))


def quantile_level_cotangent(y_bar, y, x, q, axis=None, skip_nan=False):
    """The cotangent of `q` in `y = np.quantile(x, q, axis)`."""
    products = np.reshape(y_bar * quantile_slopes(y, x, q, axis, skip_nan), (np.size(q), -1))
    return np.reshape(np.sum(products, axis=1), np.shape(q))


def quantile_level_tangent(q_dot, y, x, q, axis=None, skip_nan=False):
    """The tangent of `y = np.quantile(x, q, axis)`, from that of `q`."""
    slopes = quantile_slopes(y, x, q, axis, skip_nan)
    ones = (1,) * (np.ndim(y) - np.ndim(q))
    return np.reshape(q_dot, np.shape(q) + ones) * slopes


# --- weighted means ------------------------------------------------------------------------------


def weights_over(weights, x, axis=None):
    """The weights of `np.average(x, axis, weights)`, with axes that fit those of `x`."""
    if np.shape(weights) == np.shape(x):
        return np.asarray(weights)
    kept, axes = axes_split(x, axis)
    return np.expand_dims(np.transpose(weights, np.argsort(axes)), tuple(kept))


def unweighted(full_bar, weights, x, axis=None):
    """The cotangent of the weights of `np.average(x, axis, weights)`, from one like `x`."""
    if np.shape(weights) == np.shape(x):
        return full_bar
    kept, axes = axes_split(x, axis)
    return np.transpose(np.sum(full_bar, axis=tuple(kept)), np.argsort(np.argsort(axes)))


def average_cotangent(y_bar, x, axis, weights):
    """The cotangent of the elements of a weighted mean."""
    weights = weights_over(weights, x, axis)
    full = np.broadcast_to(weights, np.shape(x))
    _, axes = axes_split(x, axis)
    return with_axes(y_bar, x, axis) * weights / np.sum(full, axis=tuple(axes), keepdims=True)


def average_weights_cotangent(y_bar, y, x, axis, weights):
    """The cotangent of the weights of a weighted mean `y`."""
    full = np.broadcast_to(weights_over(weights, x, axis), np.shape(x))
    _, axes = axes_split(x, axis)
    share = with_axes(y_bar, x, axis) / np.sum(full, axis=tuple(axes), keepdims=True)
    return unweighted(share * (x - with_axes(y, x, axis)), weights, x, axis)


def average_weights_tangent(weights_dot, y, x, axis, weights):
    """The tangent of a weighted mean `y`, from that of its weights."""
    full = np.broadcast_to(weights_over(weights, x, axis), np.shape(x))
    _, axes = axes_split(x, axis)
    moved = weights_over(weights_dot, x, axis) * (x - with_axes(y, x, axis))
    total = np.sum(moved, axis=tuple(axes)) / np.sum(full, axis=tuple(axes))
    return np.reshape(total, np.shape(y))


# --- covariances ---------------------------------------------------------------------------------


def variables_of(m, other=None, rowvar=True):
    """The variables of `np.cov(m, other, rowvar)`, one in each row, and how many are of `m`.

    Besides, whether `m` and `other` stand with one variable in each column.
    """
    rows = np.atleast_2d(m)
    turned = not rowvar and np.ndim(m) != 1
    rows = rows.T if turned else rows
    if other is None:
        return rows, len(rows), (turned, False)
    others = np.atleast_2d(other)
    other_turned = not rowvar and len(others) != 1
    others = others.T if other_turned else others
    return np.concatenate([rows, others]), len(rows), (turned, other_turned)


def observation_weights(n, bias, ddof, fweights, aweights):
    """The weights with which `np.cov` averages products, and those with which it averages."""
    weights = np.ones(n)
    if fweights is not None:
        weights = weights * fweights
    if aweights is not None:
        weights = weights * aweights
    total = np.sum(weights)
    lost = (0 if bias else 1) if ddof is None else ddof
    if aweights is not None and lost:
        lost = lost * np.sum(weights * aweights) / total
    return weights / (total - lost), weights / total


def cov_cotangent(
    c_bar, place, m, other=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None
):
    """The cotangent of `m` (place 0) or `other` (place 1) in `np.cov(m, other, …)`."""
    rows, first, turned = variables_of(m, other, rowvar)
    scale, shares = observation_weights(rows.shape[1], bias, ddof, fweights, aweights)
    centred = rows - rows @ shares[:, None]
    c_bar = np.reshape(c_bar, (len(rows), len(rows)))
    rows_bar = (c_bar @ np.conjugate(centred) + np.conjugate(c_bar.T @ centred)) * scale
    part = rows_bar[first:] if place else rows_bar[:first]
    return np.reshape(part.T if turned[place] else part, np.shape(other if place else m))


def cov_tangent(
    m_dot, other_dot, m, other=None, rowvar=True, bias=False, ddof=None, fweights=None,
    aweights=None,
):  # fmt: skip
    """The tangent of `np.cov(m, other, …)`; that of an argument may be None."""
    rows, _, _ = variables_of(m, other, rowvar)
    scale, shares = observation_weights(rows.shape[1], bias, ddof, fweights, aweights)
    m_dot = np.zeros_like(m) if m_dot is None else m_dot
    other_dot = np.zeros_like(other) if other_dot is None and other is not None else other_dot
    rows_dot, _, _ = variables_of(m_dot, other_dot, rowvar)
    half = (rows_dot * scale) @ np.conjugate(rows - rows @ shares[:, None]).T
    return np.squeeze(half + np.conjugate(half).T)


def corrcoef_cotangent(r_bar, r, c):
    """The cotangent of the covariances `c` whose correlations are `r`."""
    c, r = np.atleast_2d(c), np.atleast_2d(r)
    r_bar = np.reshape(r_bar, c.shape)
    variances = np.real(np.diag(c))
    products = np.real(r_bar * r)
    variances_bar = -0.5 * (np.sum(products, axis=0) + np.sum(products, axis=1)) / variances
    return r_bar / np.sqrt(np.outer(variances, variances)) + np.diag(variances_bar)


def corrcoef_tangent(c_dot, r, c):
    """The tangent of the correlations `r` of covariances `c`."""
    shape, c, c_dot = np.shape(r), np.atleast_2d(c), np.atleast_2d(c_dot)
    variances = np.real(np.diag(c))
    relative = 0.5 * np.real(np.diag(c_dot)) / variances
    drift = r * (relative[:, None] + relative)
    return np.reshape(c_dot / np.sqrt(np.outer(variances, variances)) - drift, shape)


# --- histograms ----------------------------------------------------------------------------------


def histogram_weights_cotangent(counts_bar, x, edges):
    """What each element of `x` receives from its bin; nothing outside of all."""
    bins = np.searchsorted(edges, x, "right") - 1
    bins = np.where(np.equal(x, edges[-1]), len(edges) - 2, bins)
    inside = (bins >= 0) & (bins < len(edges) - 1)
    return np.where(inside, np.take(counts_bar, bins, mode="clip"), 0.0)


def histogram_edges_cotangent(edges_bar, x):
    """The cotangent of the elements, from that of bins of equal width from least to greatest."""
    t = np.linspace(0.0, 1.0, len(edges_bar))
    top = np.sum(edges_bar * t) * tie_share(x, np.max(x))
    return top + np.sum(edges_bar * (1.0 - t)) * tie_share(x, np.min(x))


def histogram_edges_tangent(x_dot, x, edges):
    """The tangent of bins of equal width from the least to the greatest element."""
    t = np.linspace(0.0, 1.0, len(edges))
    top, bottom = np.sum(x_dot * tie_share(x, np.max(x))), np.sum(x_dot * tie_share(x, np.min(x)))
    return bottom + t * (top - bottom)
