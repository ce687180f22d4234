"""Slopes of interpolants."""

import numpy as np


def contract_values(product, x, axis=0):
    """The sum over the components of a curve that stand before and behind the axes of `x`."""
    last = axis + np.ndim(x) if np.ndim(x) else 0
    others = [i for i in range(np.ndim(product)) if not axis <= i < last]
    return np.sum(product, axis=tuple(others))


def beside_values(x_dot, like, axis=0):
    """`x_dot` with axes of length one where `like` has the components of a curve."""
    if np.ndim(x_dot) == 0:
        return x_dot
    after = np.ndim(like) - axis - np.ndim(x_dot)
    return np.reshape(x_dot, (1,) * axis + np.shape(x_dot) + (1,) * after)


def interp1d_slope(self, x):
    """The derivative of a `scipy.interpolate.interp1d`.

    At a knot of a piecewise linear one it is the mean of both sides; where a fill value stands, and
    between the jumps of `nearest`, `previous`, `next` and `zero`, it is zero.
    """
    points, degree = np.ravel(x), getattr(self._spline, "k", 1) if self._kind == "spline" else 1
    if self._kind not in ("linear", "spline") or degree == 0:
        slopes = np.zeros((len(points), self._y.shape[1]))
    elif degree == 1:
        inside = np.diff(self._y, axis=0) / np.diff(self.x)[:, None]
        ends = inside[[0, -1]] * float(self._extrapolate)
        each = np.concatenate([ends[:1], inside, ends[1:]])
        left, right = (np.searchsorted(self.x, points, side) for side in ("left", "right"))
        slopes = 0.5 * (each[left] + each[right])
    else:
        slopes = self._spline(points, 1)
        beyond = (points < self.x[0]) | (points > self.x[-1])
        slopes = np.where(beyond[:, None] & (not self._extrapolate), 0.0, slopes)
    return self._finish_y(slopes, np.shape(x))
