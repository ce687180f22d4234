"""Cotangents and tangents of the solvers of `scipy.linalg`."""

import numpy as np
from scipy import linalg

from .decompositions import (
    cholesky_cotangent,
    cholesky_tangent,
    from_triangle,
    in_triangle,
    svdvals_tangent,
)
from .inverses import least_squares_inverse

SHAPE_OF = {"system_cotangent": 2, "symmetric_cotangent": 2, "triangular_cotangent": 2}

SHARING = ("one_matrix",)


def one_matrix(x):
    """`x`, which must not be a stack of matrices."""
    if np.ndim(x) != 2:
        raise NotImplementedError("the derivative for a stack of matrices: take them one by one")
    return x


# --- triangles -----------------------------------------------------------------------------------


def triangle_of(x, lower=False, unit_diagonal=False):
    """One triangle of a matrix, without the diagonal where that is taken for ones."""
    away = 1 if unit_diagonal else 0
    return np.tril(x, -away) if lower else np.triu(x, away)


def opposite(trans):
    """The form of a system (0, "N" or 1, "T") with the matrix transposed."""
    return 1 if trans in (0, "N") else 0


def product_with(b_bar, y):
    """`b_bar @ y.T`, also of vectors."""
    return np.outer(b_bar, y) if np.ndim(y) == 1 else b_bar @ y.T


def system_cotangent(b_bar, y, a):
    """Of the matrix in `scipy.linalg.solve`."""
    one_matrix(a)
    return -product_with(b_bar, y)


def symmetric_cotangent(b_bar, y, a, lower=False):
    """Of the matrix in `scipy.linalg.solve`, one triangle of which is read."""
    one_matrix(a)
    return in_triangle(-product_with(b_bar, y), not lower)


def triangular_cotangent(b_bar, y, a, trans=0, lower=False, unit_diagonal=False):
    """Of the matrix in `scipy.linalg.solve_triangular`."""
    one_matrix(a)
    a_bar = product_with(b_bar, y) if trans in (0, "N") else product_with(y, b_bar)
    return -triangle_of(a_bar, lower, unit_diagonal)


def triangular_change(a_dot, y, trans=0, lower=False, unit_diagonal=False):
    """`a_dot @ y` for what `scipy.linalg.solve_triangular` reads of the matrix."""
    read = triangle_of(one_matrix(a_dot), lower, unit_diagonal)
    return read @ y if trans in (0, "N") else read.T @ y


# --- systems with a factorised matrix ------------------------------------------------------------


def cho_solve_cotangent(b_bar, y, c_and_lower):
    """Of the factor in `scipy.linalg.cho_solve`, and None for the flag beside it."""
    c, lower = one_matrix(c_and_lower[0]), c_and_lower[1]
    a_bar = product_with(b_bar, y)
    both = a_bar + a_bar.T
    c_bar = -np.tril(both @ np.tril(c)) if lower else -np.triu(np.triu(c) @ both)
    return c_bar, None


def cho_solve_change(c_dot, c_and_lower, y):
    """`a_dot @ y` for the matrix of which `scipy.linalg.cho_solve` is given the factor."""
    c, lower = one_matrix(c_and_lower[0]), c_and_lower[1]
    left = np.tril(c) if lower else np.triu(c).T
    left_dot = np.tril(c_dot) if lower else np.triu(c_dot).T
    return left_dot @ (left.T @ y) + left @ (left_dot.T @ y)


def pivot_rows(x, piv):
    """The rows of `x` exchanged one after the other, as LAPACK does."""
    order = list(range(len(x)))
    for i, p in enumerate(piv):
        order[i], order[p] = order[p], order[i]
    return x[order]


def unpivot_rows(x, piv):
    """What undoes `pivot_rows`."""
    order = np.argsort(pivot_rows(np.arange(len(x)), piv))
    return x[order]


def lower_of(lu):
    """The lower factor, with ones on the diagonal."""
    return np.tril(lu, -1) + np.eye(len(lu), dtype=lu.dtype)


def lu_solve_cotangent(b_bar, y, lu_and_piv, trans=0):
    """Of the factors in `scipy.linalg.lu_solve`, and None for the pivots."""
    lu, piv = one_matrix(lu_and_piv[0]), lu_and_piv[1]
    a_bar = -product_with(b_bar, y) if trans == 0 else -product_with(y, b_bar)
    m_bar = pivot_rows(a_bar, piv)
    return np.tril(m_bar @ np.triu(lu).T, -1) + np.triu(lower_of(lu).T @ m_bar), None


def lu_solve_change(lu_dot, lu_and_piv, y, trans=0):
    """`a_dot @ y` for the matrix of which `scipy.linalg.lu_solve` is given the factors."""
    lu, piv = one_matrix(lu_and_piv[0]), lu_and_piv[1]
    m_dot = np.tril(lu_dot, -1) @ np.triu(lu) + lower_of(lu) @ np.triu(lu_dot)
    a_dot = unpivot_rows(m_dot, piv)
    return a_dot @ y if trans == 0 else a_dot.T @ y


def lu_cotangent(factors_bar, factors):
    """Of a square matrix in its factors, with exchanges that do not change, all packed."""
    left, right = lower_of(one_matrix(factors)), np.triu(factors)
    inner = np.tril(left.T @ np.tril(factors_bar, -1), -1)
    inner = inner + np.triu(np.triu(factors_bar) @ right.T)
    inner = linalg.solve_triangular(left, inner, 1, lower=True, unit_diagonal=True)
    return linalg.solve_triangular(right, inner.T).T


def lu_tangent(a_dot, factors):
    """Of both factors of a square matrix with its rows in their new order, packed."""
    left, right = lower_of(one_matrix(factors)), np.triu(factors)
    inner = linalg.solve_triangular(left, a_dot, lower=True, unit_diagonal=True)
    inner = linalg.solve_triangular(right, inner.T, 1).T
    return left @ np.tril(inner, -1) + np.triu(inner) @ right


def lu_factor_cotangent(y_bar, y):
    """Of the matrix in `scipy.linalg.lu_factor`."""
    return unpivot_rows(lu_cotangent(y_bar[0], y[0]), y[1])


def lu_factor_tangent(a_dot, y):
    """Of the factors in `scipy.linalg.lu_factor`, and None for the pivots."""
    return lu_tangent(pivot_rows(a_dot, y[1]), y[0]), None


def separate_lu_cotangent(y_bar, y):
    """Of the matrix in `p, l, u = scipy.linalg.lu(a)`."""
    return y[0] @ lu_cotangent(np.tril(y_bar[1], -1) + np.triu(y_bar[2]), np.tril(y[1], -1) + y[2])


def separate_lu_tangent(a_dot, y):
    """Of the factors in `scipy.linalg.lu`; the permutation stays."""
    y_dot = lu_tangent(y[0].T @ a_dot, np.tril(y[1], -1) + y[2])
    return np.zeros_like(y[0]), np.tril(y_dot, -1), np.triu(y_dot)


# --- factorisations ------------------------------------------------------------------------------


def cho_factor_cotangent(y_bar, y):
    """Of the matrix in `scipy.linalg.cho_factor`, which leaves the other triangle as it was."""
    c, lower = y
    factor = np.tril(c) if lower else np.triu(c)
    other = np.triu(y_bar[0], 1) if lower else np.tril(y_bar[0], -1)
    return cholesky_cotangent(y_bar[0] - other, factor, not lower) + other


def cho_factor_tangent(a_dot, y):
    """Of the factor in `scipy.linalg.cho_factor`, and None for the flag beside it."""
    c, lower = y
    other = np.triu(a_dot, 1) if lower else np.tril(a_dot, -1)
    return cholesky_tangent(a_dot, np.tril(c) if lower else np.triu(c), not lower) + other, None


def inverse_gaps(w):
    """`1 / (w[j] - w[i])`, 0 where the two are equal up to rounding, and a mask of these.

    So what depends on the space of equal eigenvalues alone has its derivative, and nothing is NaN.
    """
    gaps = w - w[:, None]
    equal = np.abs(gaps) <= len(w) * np.finfo(w.dtype).eps * np.max(np.abs(w), initial=0.0)
    return np.where(equal, 0.0, 1.0).astype(w.dtype) / np.where(equal, 1.0, gaps), equal


def general_eigh_inner(w, v, w_bar, v_bar):
    """What reaches `v.T @ a @ v` and `v.T @ b @ v` in `a @ v = b @ v * w`, `v.T @ b @ v = 1`."""
    across = v.T @ v_bar
    slopes, equal = inverse_gaps(w)
    inner = slopes * across
    return inner + np.diag(w_bar), -inner * w - 0.5 * (equal * across) - np.diag(w_bar * w)


def general_eigh_cotangents(y_bar, y, lower=True):
    """Of the two symmetric matrices in `w, v = scipy.linalg.eigh(a, b)`."""
    v = one_matrix(y[1])
    a_inner, b_inner = general_eigh_inner(*y, *y_bar)
    return (
        in_triangle(v @ a_inner @ v.T, not lower),
        in_triangle(v @ b_inner @ v.T, not lower),
    )


def general_eigh_tangent(a_dot, b_dot, y, lower=True):
    """Of `w, v = scipy.linalg.eigh(a, b)`."""
    w, v = y[0], one_matrix(y[1])
    a_inner = v.T @ from_triangle(a_dot, not lower) @ v
    b_inner = v.T @ from_triangle(b_dot, not lower) @ v
    moved = a_inner - b_inner * w
    slopes, equal = inverse_gaps(w)
    return np.diag(moved).copy(), v @ (slopes * moved - 0.5 * (equal * b_inner))


def general_eigvalsh_cotangents(y_bar, a, b, lower=True):
    """Of the two symmetric matrices in `scipy.linalg.eigvalsh(a, b)`."""
    w, v = linalg.eigh(one_matrix(a), b, lower=lower)
    return (
        in_triangle(v * y_bar @ v.T, not lower),
        in_triangle(-v * (y_bar * w) @ v.T, not lower),
    )


def general_eigvalsh_tangent(a_dot, b_dot, a, b, lower=True):
    """Of `scipy.linalg.eigvalsh(a, b)`."""
    return general_eigh_tangent(a_dot, b_dot, linalg.eigh(a, b, lower=lower), lower)[0]


def lstsq_tangent(a_dot, b_dot, y, a, b, cond=None):
    """Of `scipy.linalg.lstsq`, while the rank stays; see `pinv_cotangent`."""
    x, squares, _, s = y
    p = least_squares_inverse(one_matrix(a), cond)
    rest = b - a @ x
    change = b_dot - a_dot @ x
    normal = a_dot.T @ (p.T @ x)
    x_dot = p @ change + p @ (p.T @ (a_dot.T @ rest)) + normal - p @ (a @ normal)
    squares_dot = 2.0 * np.sum(rest * change, axis=0) if np.size(squares) else squares
    return x_dot, squares_dot, None, None if s is None else svdvals_tangent(a_dot, a)


# --- functions of matrices -----------------------------------------------------------------------


def frechet(function, a, a_dot):
    """The derivative of a function of the matrix `a` in the direction `a_dot`.

    It stands beside the diagonal in the function of `[[a, a_dot], [0, a]]` (Higham, Functions of
    Matrices, theorem 3.6).
    """
    n = len(one_matrix(a))
    return function(np.block([[a, a_dot], [np.zeros_like(a), a]]))[:n, n:]


def expm_frechet(a, a_dot):
    """The derivative of `scipy.linalg.expm(a)` in the direction `a_dot`, in its precision."""
    change = linalg.expm_frechet(one_matrix(a), a_dot, compute_expm=False)
    return change.astype(np.result_type(a, a_dot), copy=False)


def power_frechet(a, t, a_dot):
    """The derivative of `scipy.linalg.fractional_matrix_power(a, t)` in the direction `a_dot`."""
    n = len(one_matrix(a))
    block = np.block([[a, a_dot], [np.zeros_like(a), a]])
    return linalg.fractional_matrix_power(block, t)[:n, n:]
