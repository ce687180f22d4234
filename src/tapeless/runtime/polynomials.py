"""What undoes products, quotients, roots and fits of polynomials; highest powers come first."""

import math

import numpy as np

from .shapes import unbroadcast

SHAPE_OF = {
    "lower_part": 1,
    "right_aligned": 1,
    "polyval_cotangent": 1,
    "unpolyder": 1,
    "unpolyint": 1,
    "unpolymul": 1,
}

SHARING = ("lower_part",)


def lower_part(y_bar, p):
    """The cotangents of the lowest powers, as many as `p` has."""
    return np.reshape(y_bar[np.size(y_bar) - np.size(p) :], np.shape(p))[()]


def right_aligned(p, y):
    """Coefficients with the lowest power last, cut or filled with zeros to the length of `y`."""
    n, m = np.size(p), np.size(y)
    return np.pad(np.reshape(p, -1), (max(m - n, 0), 0))[max(n - m, 0) :]


def polyval_slope(p, x):
    """The derivative of `np.polyval(p, x)` in `x`, also where the coefficients are arrays."""
    value, slope = 0.0 * x, 0.0 * x
    for coefficient in p:
        slope = slope * x + value
        value = value * x + coefficient
    return slope


def polyval_cotangent(y_bar, p, x):
    """The cotangent of the coefficients in `np.polyval(p, x)`."""
    rows = []
    for coefficient in reversed(np.asarray(p)):
        rows.append(unbroadcast(y_bar, coefficient))
        y_bar = y_bar * x
    return np.array(rows[::-1])


def unpolyder(y_bar, p, m):
    """The cotangent of `p` in `np.polyder(p, m)`; the lowest `m` coefficients disappear."""
    powers = np.arange(np.size(p) - 1, m - 1, -1)
    factors = np.ones(np.size(powers), y_bar.real.dtype)
    for k in range(m):
        factors *= powers - k
    p_bar = np.zeros(np.size(p), y_bar.dtype)
    p_bar[: np.size(powers)] = y_bar * factors
    return p_bar


def unpolyint(y_bar, p, m):
    """The cotangent of `p` in `np.polyint(p, m)`."""
    powers = np.arange(np.size(p) - 1, -1, -1)
    factors = np.ones(np.size(p), y_bar.real.dtype)
    for k in range(m):
        factors *= powers + k + 1
    return np.reshape(y_bar[: np.size(p)] / factors, np.shape(p))


def unpolyint_constants(y_bar, p, m, k):
    """The cotangent of the integration constants in `np.polyint(p, m, k)`."""
    if k is None:
        return None
    factors = np.array([math.factorial(m - 1 - j) for j in range(m)], y_bar.real.dtype)
    return unbroadcast(y_bar[np.size(p) :] / factors, k)


def unpolymul(y_bar, a, b):
    """The cotangent of `a` in `np.polymul(a, b)`, which drops leading zeros."""
    b = np.atleast_1d(b)
    if not np.size(a) * b.size:
        return np.zeros(np.shape(a), y_bar.dtype)
    full = right_aligned(y_bar, np.broadcast_to(0.0, np.size(a) + b.size - 1))
    return np.reshape(np.correlate(full, np.conjugate(b), "valid"), np.shape(a))[()]


# --- division ------------------------------------------------------------------------------------


def multiples(v, count):
    """The matrix whose product with `count` coefficients is that of polynomials with `v`."""
    v = np.atleast_1d(v)
    matrix = np.zeros((v.size + count - 1, count), np.result_type(v, np.float16))
    for j in range(count):
        matrix[j : j + v.size, j] = v
    return matrix


def polydiv_cotangents(y_bar, y, u, v):
    """The cotangents of `u` and `v` in `q, r = np.polydiv(u, v)`, where u = q v + r.

    With e = du - q dv: dq solves the upper rows of `multiples(v)`, dr is what the lower leave.
    """
    n, count = np.size(u), np.size(u) - np.size(v) + 1
    remainder_bar = right_aligned(y_bar[1], np.broadcast_to(0.0, n))
    if count < 1:  # the quotient is zero
        return remainder_bar, np.zeros(np.shape(v), remainder_bar.dtype)
    matrix = multiples(v, count)
    e_bar = np.concatenate([y_bar[0], remainder_bar[count:]])
    e_bar[:count] -= matrix[count:].T @ remainder_bar[count:]
    e_bar[:count] = np.linalg.solve(matrix[:count].T, e_bar[:count])
    v_bar = -np.correlate(e_bar, np.conjugate(y[0]), "valid")
    return np.reshape(e_bar, np.shape(u)), np.reshape(v_bar, np.shape(v))


def polydiv_tangent(u_dot, v_dot, y, v):
    """The tangents of quotient q and remainder: quotient and remainder of du - q dv."""
    e = np.polysub(u_dot, np.polymul(y[0], v_dot))
    quotient, remainder = np.polydiv(right_aligned(e, np.broadcast_to(0.0, np.size(u_dot))), v)
    return right_aligned(quotient, y[0]), right_aligned(remainder, y[1])


# --- roots ---------------------------------------------------------------------------------------


def root_slopes(roots):
    """The matrix of the derivatives of `np.poly(roots)`; a column is a product of the others."""
    roots = np.atleast_1d(roots)
    columns = [np.atleast_1d(np.poly(np.delete(roots, i))) for i in range(roots.size)]
    slopes = np.zeros((roots.size + 1, roots.size), np.result_type(roots, np.float16))
    slopes[1:] = -np.reshape(np.transpose(columns), (roots.size, roots.size))
    return slopes


def vander_slope(y, increasing=False):
    """The derivatives of the powers in a Vandermonde matrix `y`, element by element."""
    powers = np.arange(1, y.shape[1]).astype(y.real.dtype)
    slope = np.zeros_like(y)
    if increasing:
        slope[:, 1:] = y[:, :-1] * powers
    else:
        slope[:, :-1] = y[:, 1:] * powers[::-1]
    return slope
