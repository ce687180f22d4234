"""Partial derivatives with a stated value where the formula has none."""

import math

import numpy as np


def log_or_zero(x):
    """The logarithm where there is one, else zero."""
    if np.iscomplexobj(x):
        return np.log(x)
    if np.ndim(x) == 0:
        return math.log(x) if x > 0 else 0.0
    positive = np.greater(x, 0)
    return np.where(positive, np.log(np.where(positive, x, 1.0)), 0.0)


def power_slope(x, n):
    """The derivative of `x**n` with respect to `x`; zero for `n == 0`, also at `x == 0`."""
    if np.ndim(n) == 0:
        return n * x ** (n - 1.0) if n != 0 else 0.0 * n
    return n * x ** np.where(np.equal(n, 0), 1.0, np.subtract(n, 1.0))


def sinc_slope(x):
    """The derivative of `np.sinc`."""
    near = np.abs(x) < 1e-3
    away = np.where(near, 1.0, x)
    series = -(np.pi**2) / 3.0 * x * (1.0 - (np.pi * x) ** 2 / 10.0)
    return np.where(near, series, (np.cos(np.pi * away) - np.sinc(away)) / away)
