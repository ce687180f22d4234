"""Cotangents and tangents of matrices with bands or equal diagonals, and of systems with them."""

import numpy as np

# --- bands ---------------------------------------------------------------------------------------


def band(d, n):
    """Where rows and columns of the diagonal `d` lie: `a[rows][i]` is beside `x[columns][i]`."""
    return slice(max(-d, 0), n - max(d, 0)), slice(max(d, 0), n - max(-d, 0))


def transpose_band(ab, l_and_u):
    """The transposed matrix, stored as `scipy.linalg.solve_banded` wants it."""
    lower, upper = l_and_u
    turned = np.zeros_like(ab)
    for d in range(-lower, upper + 1):
        rows, columns = band(d, ab.shape[1])
        turned[lower + d, rows] = ab[upper - d, columns]
    return turned


def band_cotangent(b_bar, y, l_and_u):
    """Of the diagonals in `scipy.linalg.solve_banded`."""
    lower, upper = l_and_u
    n = len(y)
    products = np.result_type(b_bar, y)
    ab_bar = np.zeros((lower + upper + 1, n), products)
    for d in range(-lower, upper + 1):
        rows, columns = band(d, n)
        product = -b_bar[rows] * y[columns]
        ab_bar[upper - d, columns] = np.sum(product.reshape(len(product), -1), axis=1)
    return ab_bar


def band_product(ab, l_and_u, y):
    """The product of a matrix stored by diagonals with a vector or a matrix."""
    lower, upper = l_and_u
    n = len(y)
    result = np.zeros(np.shape(y), np.result_type(ab, y))
    for d in range(-lower, upper + 1):
        rows, columns = band(d, n)
        result[rows] += (y[columns].T * ab[upper - d, columns]).T
    return result


def mirror_band(ab, lower=False):
    """All diagonals of the symmetric matrix of which `ab` holds one half."""
    u, n = len(ab) - 1, ab.shape[1]
    full = np.zeros((2 * u + 1, n), ab.dtype)
    for d in range(u + 1):
        diagonal = ab[d, : n - d] if lower else ab[u - d, d:]
        full[u - d, d:] = diagonal
        full[u + d, : n - d] = diagonal
    return full


def fold_band(full_bar, lower=False):
    """The cotangent of one half of the diagonals of a symmetric matrix."""
    u, n = len(full_bar) // 2, full_bar.shape[1]
    ab_bar = np.zeros((u + 1, n), full_bar.dtype)
    for d in range(u + 1):
        diagonal = full_bar[u - d, d:] + (full_bar[u + d, : n - d] if d else 0.0)
        if lower:
            ab_bar[d, : n - d] = diagonal
        else:
            ab_bar[u - d, d:] = diagonal
    return ab_bar


def half_band_cotangent(b_bar, y, ab, lower=False):
    """Of the diagonals in `scipy.linalg.solveh_banded`."""
    u = len(ab) - 1
    return fold_band(band_cotangent(b_bar, y, (u, u)), lower)


def half_band_product(ab, lower, y):
    """The product of a symmetric matrix stored by half its diagonals."""
    u = len(ab) - 1
    return band_product(mirror_band(ab, lower), (u, u), y)


# --- equal diagonals -----------------------------------------------------------------------------


def sum_diagonals(x_bar, count, sign=-1):
    """The sums of the first `count` diagonals, from the main one down (or up: `sign` 1)."""
    sums = [np.trace(x_bar, sign * k) for k in range(count)]
    return np.array(sums, x_bar.dtype)


def without_first(x):
    """`x` with a zero in its first place."""
    cleared = np.array(x)
    cleared[:1] = 0.0
    return cleared


def sum_antidiagonals(x_bar):
    """The sums over equal `i + j`."""
    turned = x_bar[:, ::-1]
    m, n = turned.shape
    return np.array([np.trace(turned, k) for k in range(n - 1, -m, -1)], x_bar.dtype)


def sum_circulant(x_bar):
    """The sums over equal `i - j` modulo the length."""
    i = np.arange(len(x_bar))
    return np.sum(x_bar[np.add.outer(i, i) % len(x_bar), i], axis=1)


def sum_lags(left, right):
    """The sums of `left[i] * right[j]` over equal `i - j`: those from 0 up, and from 0 down."""
    n = len(right)
    pairs = zip(left.reshape(len(left), -1).T, right.reshape(n, -1).T, strict=True)
    sums = np.sum([np.convolve(a, b[::-1]) for a, b in pairs], axis=0)
    return sums[n - 1 :], without_first(sums[n - 1 :: -1])


def transpose_toeplitz(c_or_cr):
    """First column and first row of the transposed Toeplitz matrix."""
    if not isinstance(c_or_cr, (list, tuple)):
        return c_or_cr, np.conjugate(c_or_cr)
    c, r = c_or_cr
    return np.concatenate([np.ravel(c)[:1], np.ravel(r)[1:]]), np.ravel(c)


def solve_toeplitz_cotangent(b_bar, y, c_or_cr):
    """Of the first column, or of the first column and row, in `scipy.linalg.solve_toeplitz`."""
    down, right = sum_lags(-b_bar, y)
    return [down, right] if isinstance(c_or_cr, (list, tuple)) else down + right


def toeplitz_cotangent(y_bar, x, c_or_cr):
    """Of the first column, or of the first column and row, in `scipy.linalg.matmul_toeplitz`."""
    down, right = sum_lags(y_bar, x)
    return [down, right] if isinstance(c_or_cr, (list, tuple)) else down + right


# --- blocks --------------------------------------------------------------------------------------


def diagonal_block(y_bar, x, *before):
    """The part of `y_bar` where `scipy.linalg.block_diag` puts `x`, after those before it."""
    shapes = [np.atleast_2d(block).shape for block in (*before, x)]
    row, column = (sum(shape[i] for shape in shapes[:-1]) for i in (0, 1))
    part = y_bar[row : row + shapes[-1][0], column : column + shapes[-1][1]]
    return part[0, 0] if np.ndim(x) == 0 else np.array(part).reshape(np.shape(x))


def khatri_rao_left(y_bar, a, b):
    """The cotangent of `a` in `scipy.linalg.khatri_rao(a, b)`."""
    return np.sum(y_bar.reshape(len(a), len(b), -1) * b, axis=1)


def khatri_rao_right(y_bar, a, b):
    """The cotangent of `b` in `scipy.linalg.khatri_rao(a, b)`."""
    return np.sum(y_bar.reshape(len(a), len(b), -1) * a[:, None], axis=0)
