"""What undoes interpolation."""

import numpy as np

from .shapes import unbroadcast


def interp_knots(x, xp, fp, period=None):
    """Points, knots and values of `np.interp`; with a period, a knot more on either side.

    Last come the positions of the knots in `xp`.
    """
    order = np.arange(len(xp))
    if period is None:
        return np.asarray(x), np.asarray(xp), np.asarray(fp), order
    period = abs(period)
    xp = np.remainder(xp, period)
    order = np.argsort(xp)
    order = np.concatenate([order[-1:], order, order[:1]])
    xp = np.take(xp, order)
    xp[0] -= period
    xp[-1] += period
    return np.remainder(x, period), xp, np.take(fp, order), order


def interp_slope(x, xp, fp, period=None):
    """The derivative of `np.interp` in `x`: at a knot the mean of both sides, outside zero."""
    x, xp, fp, _ = interp_knots(x, xp, fp, period)
    widths = np.diff(xp)
    flat = np.zeros(1, widths.dtype)
    slopes = np.concatenate([flat, np.diff(fp) / np.where(widths == 0, np.inf, widths), flat])
    return 0.5 * (slopes[np.searchsorted(xp, x, "left")] + slopes[np.searchsorted(xp, x, "right")])


def uninterp(y_bar, x, xp, left=None, right=None, period=None):
    """Share `y_bar` among the knots that `np.interp(x, xp, …)` reads, by their weights."""
    x, knots, _, order = interp_knots(x, xp, xp, period)
    before = np.clip(np.searchsorted(knots, x, "right") - 1, 0, max(len(knots) - 2, 0))
    after = np.minimum(before + 1, len(knots) - 1)
    width = knots[after] - knots[before]
    t = np.clip((x - knots[before]) / np.where(width == 0, 1.0, width), 0.0, 1.0)
    if period is None:
        y_bar = y_bar if left is None else y_bar * (x >= knots[0])
        y_bar = y_bar if right is None else y_bar * (x <= knots[-1])
    ahead = y_bar * t
    fp_bar = np.zeros(len(xp), np.result_type(ahead))
    np.add.at(fp_bar, order[before], y_bar - ahead)
    np.add.at(fp_bar, order[after], ahead)
    return fp_bar


def uninterp_side(y_bar, outside, value, period=None):
    """The cotangent of the value of `np.interp` on one side of the knots."""
    if value is None:
        return None
    return unbroadcast(y_bar * outside if period is None else 0.0 * y_bar, value)


def interp_tangent(fp_dot, x, xp, left=None, right=None, period=None):
    """`np.interp` of tangents of the values, where the values on the sides are constants."""
    left = None if left is None else 0.0
    right = None if right is None else 0.0
    return np.interp(x, xp, fp_dot, left, right, period)
