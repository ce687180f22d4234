"""Partial derivatives with a stated value where the formula has none, and those made of series."""

import math

import numpy as np

SHARING = ("real_if_close_tangent",)


def log_or_zero(x):
    """The logarithm where there is one, else zero."""
    if np.iscomplexobj(x):
        return np.where(np.equal(x, 0), 0.0, np.log(np.where(np.equal(x, 0), 1.0, x)))
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
    """The derivative of `np.sinc`; near zero by its series, where the formula cancels."""
    near = np.abs(x) < 0.05
    away = np.where(near, 1.0, x)
    u2 = (np.pi * np.where(near, x, 0.0)) ** 2
    tail = 1.0 - u2 / 28.0 * (1.0 - u2 / 54.0 * (1.0 - u2 / 88.0))
    series = -(np.pi**2) / 3.0 * x * (1.0 - u2 / 10.0 * tail)
    return np.where(near, series, (np.cos(np.pi * away) - np.sinc(away)) / away)


def logaddexp_share(x, other, y, unit=1.0):
    """The part of `x` in `y = log(exp(x) + exp(other))`; equal parts if both are one infinity.

    `unit` is the logarithm of the base.
    """
    tied = np.equal(x, other)
    level = tied | np.equal(x, y)
    return np.where(tied, 0.5, np.exp(unit * (np.where(level, 0.0, x) - np.where(level, 0.0, y))))


def bessel_i1(x):
    """The modified Bessel function I1, the derivative of `np.i0`.

    The midpoint rule for its integral (Abramowitz & Stegun 9.6.19) converges geometrically; the
    terms have one sign, so that nothing cancels.
    """
    total = 0.0 * x
    for j in range(64):
        c = math.cos(math.pi * (j + 0.5) / 128.0)
        total = total + c * np.sinh(c * x)
    return total / 64.0


def digamma(x):
    """The derivative of `math.lgamma`; NaN at its poles.

    Abramowitz & Stegun 6.3.7 (reflection), 6.3.5 (recurrence) and 6.3.18 (asymptotic series).
    """
    x = float(x)  # it may be a 0-d array
    if x <= 0.0:
        beyond = x - round(x)  # exact, unlike `math.tan(math.pi * x)`
        if beyond == 0.0 or math.isinf(x):
            return math.nan
        return digamma(1.0 - x) - math.pi / math.tan(math.pi * beyond)
    below = 0.0
    while x < 10.0:
        below += 1.0 / x
        x += 1.0
    z = 1.0 / (x * x)
    series = z * (
        1 / 12
        - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z * (1 / 132 - z * (691 / 32760 - z / 12)))))
    )
    return math.log(x) - 0.5 / x - series - below


def dist_cotangent(y_bar, y, p, q):
    """The cotangent of `p` in `y = math.dist(p, q)`; zero where `p == q`."""
    size = y if y > 0.0 else 1.0
    if isinstance(p, np.ndarray):
        return y_bar * (np.subtract(p, q) / size)
    return [y_bar * ((a - b) / size) for a, b in zip(p, q, strict=True)]


def dist_tangent(y, p_dot, p, q):
    """The tangent of `y = math.dist(p, q)` that a tangent of `p` makes."""
    slopes = dist_cotangent(1.0, y, p, q)
    return math.fsum(slope * dot for slope, dot in zip(slopes, p_dot, strict=True))


def scaled_items(factor, items):
    """The items of a sequence times a number."""
    return [factor * item for item in items]


def real_if_close_tangent(a_dot, y):
    """The tangent of `y = np.real_if_close(a)`: its real part where the result is real."""
    return a_dot if np.iscomplexobj(y) else np.real(a_dot)


def one_for_zero(y):
    """`y` with ones for its zeros, to divide by: where the root is 0, so is its stated slope."""
    return y + (y == 0.0)


def divmod_tangent(y, x1_dot, x2_dot):
    """The tangents of the quotient and the remainder of `np.divmod(x1, x2)`."""
    return 0.0 * y[1], x1_dot - y[0] * x2_dot
