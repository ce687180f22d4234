"""Determinants, inverses and solutions of linear equations.

Cotangents are paired without conjugation; where a formula of the literature pairs them with it,
`conj` stands at both ends.
"""

import math

import numpy as np

from .decompositions import adjoint, svdvals_cotangent, svdvals_tangent
from .reductions import product_of_others
from .shapes import unbroadcast

SHAPE_OF = {"solve_cotangents": 3}


def solve_cotangents(y_bar, y, a, b):
    """The cotangents of `a` and `b` in `y = np.linalg.solve(a, b)`, stacked or not."""
    turned = np.swapaxes(a, -1, -2)
    if np.ndim(b) == 1:
        b_bar = np.linalg.solve(turned, y_bar[..., None])
        return unbroadcast(-b_bar * y[..., None, :], a), unbroadcast(b_bar[..., 0], b)
    b_bar = np.linalg.solve(turned, y_bar)
    return unbroadcast(-b_bar @ np.swapaxes(y, -1, -2), a), unbroadcast(b_bar, b)


def solve_tangent(a_dot, y, a, b):
    """What `a_dot` contributes to the tangent of `y = np.linalg.solve(a, b)`."""
    if np.ndim(b) == 1:
        return -np.linalg.solve(a, a_dot @ y[..., None])[..., 0]
    return -np.linalg.solve(a, a_dot @ y)


# --- determinants --------------------------------------------------------------------------------


def cofactors(a):
    """The derivative of `np.linalg.det(a)`, the matrix of cofactors, of any square matrix.

    It comes from the singular values, because a singular matrix has cofactors and no inverse.
    """
    u, s, vh = np.linalg.svd(a)
    sign = (np.linalg.det(u) * np.linalg.det(vh))[..., None, None]
    return sign * (np.conjugate(u) * product_of_others(s, -1)[..., None, :] @ np.conjugate(vh))


def cofactors_tangent(a_dot, a):
    """The tangent of `cofactors(a)`, and its cotangent: the second derivative is symmetric."""
    u, s, vh = np.linalg.svd(a)
    sign = np.linalg.det(u) * np.linalg.det(vh)
    inner = adjoint(u) @ a_dot @ adjoint(vh)
    ones = np.eye(s.shape[-1], dtype=bool)
    # The products of all singular values but two
    others = product_of_others(np.where(ones, s.dtype.type(1), s[..., None, :]), -1)
    others = np.where(ones, s.dtype.type(0), others)
    on_diagonal = others @ np.diagonal(inner, 0, -2, -1)[..., None]
    core = on_diagonal * ones - others * np.swapaxes(inner, -1, -2)
    return sign[..., None, None] * (np.conjugate(u) @ core @ np.conjugate(vh))


# --- pseudo-inverses and least squares -----------------------------------------------------------


def pinv_cotangent(y_bar, y, a):
    """The cotangent of `a` in `np.linalg.pinv(a)`, of matrices whose rank does not change.

    Golub and Pereyra (1973), "The differentiation of pseudo-inverses", equation (4.12).
    """
    g, p = np.conjugate(y_bar), adjoint(y)
    left = y @ p @ g
    right = g @ p @ y
    a_bar = adjoint(left - left @ a @ y) + adjoint(right - y @ a @ right) - p @ g @ p
    return np.conjugate(a_bar)


def pinv_tangent(a_dot, y, a):
    """The tangent of `np.linalg.pinv(a)`."""
    p, turned = adjoint(y), adjoint(a_dot)
    left = y @ p @ turned
    right = turned @ p @ y
    return -y @ a_dot @ y + left - left @ a @ y + right - y @ a @ right


def least_squares_inverse(a, rcond=None):
    """The pseudo-inverse that `np.linalg.lstsq` applies."""
    smallest = np.finfo(np.result_type(a, np.float32)).eps
    if rcond is None:
        rcond = max(np.shape(a)) * smallest
    return np.linalg.pinv(a, max(rcond, smallest))


def lstsq_cotangents(y_bar, y, a, b, rcond=None):
    """The cotangents of `a` and `b` in `np.linalg.lstsq(a, b, rcond)`; see `pinv_cotangent`."""
    solution, squares = y[:2]
    columns = (np.shape(a)[1], -1)
    p = least_squares_inverse(a, rcond)
    x, g = np.reshape(solution, columns), np.conjugate(np.reshape(y_bar[0], columns))
    rest = np.reshape(b, (len(a), -1)) - a @ x
    right = adjoint(p) @ g
    outside = g - p @ (a @ g)
    a_bar = rest @ adjoint(p @ right) - right @ adjoint(x) + adjoint(p) @ x @ adjoint(outside)
    b_bar = right
    if np.size(squares):  # squares of what is left over
        scaled = 2.0 * rest * np.real(y_bar[1])
        a_bar, b_bar = a_bar - scaled @ adjoint(x), b_bar + scaled
    a_bar = np.conjugate(a_bar)
    if np.any(y_bar[3]):
        a_bar = a_bar + svdvals_cotangent(y_bar[3], a)
    return a_bar, np.reshape(np.conjugate(b_bar), np.shape(b))


def lstsq_tangent_of_matrix(a_dot, y, a, b, rcond=None):
    """What `a_dot` contributes to the tangents of `np.linalg.lstsq(a, b, rcond)`."""
    solution, squares = y[:2]
    p = least_squares_inverse(a, rcond)
    x = np.reshape(solution, (np.shape(a)[1], -1))
    rest, turned = np.reshape(b, (len(a), -1)) - a @ x, adjoint(a_dot)
    outside = turned @ (adjoint(p) @ x)
    x_dot = p @ (adjoint(p) @ (turned @ rest)) - p @ (a_dot @ x) + outside - p @ (a @ outside)
    squares_dot = -2.0 * np.sum(np.real(np.conjugate(rest) * (a_dot @ x)), axis=0)
    return (
        np.reshape(x_dot, np.shape(solution)),
        squares_dot if np.size(squares) else np.zeros_like(squares),
        0,
        svdvals_tangent(a_dot, a),
    )


def lstsq_tangent_of_sides(b_dot, y, a, b, rcond=None):
    """What `b_dot` contributes to the tangents of `np.linalg.lstsq(a, b, rcond)`, as a list.

    It is to be added item by item to the tuple of the matrix, which `+` refuses for a list.
    """
    solution, squares, _, s = y
    wide = (len(a), -1)
    rest = np.reshape(b, wide) - a @ np.reshape(solution, (np.shape(a)[1], -1))
    b_dot = np.reshape(b_dot, wide)
    squares_dot = 2.0 * np.sum(np.real(np.conjugate(rest) * b_dot), axis=0)
    return [
        np.reshape(least_squares_inverse(a, rcond) @ b_dot, np.shape(solution)),
        squares_dot if np.size(squares) else np.zeros_like(squares),
        0,
        np.zeros_like(s),
    ]


# --- tensors -------------------------------------------------------------------------------------


def tensorsolve_cotangents(y_bar, y, a, b, axes=None):
    """The cotangents of `a` and `b` in `np.linalg.tensorsolve(a, b, axes)`."""
    order = tensorsolve_order(a, axes)
    moved = np.transpose(a, order)
    size = np.size(b)
    b_bar = np.linalg.solve(np.reshape(moved, (size, size)).T, np.ravel(y_bar))
    a_bar = np.reshape(-np.outer(b_bar, np.ravel(y)), moved.shape)
    return np.transpose(a_bar, np.argsort(order)), np.reshape(b_bar, np.shape(b))


def tensorsolve_tangent(a_dot, y, a, b, axes=None):
    """What `a_dot` contributes to the tangent of `np.linalg.tensorsolve(a, b, axes)`."""
    moved = np.transpose(a_dot, tensorsolve_order(a, axes))
    b_dot = np.reshape(np.tensordot(moved, y, np.ndim(y)), np.shape(b))
    return -np.linalg.tensorsolve(a, b_dot, axes)


def tensorsolve_order(a, axes=None):
    """The axes of `a` in the order in which `np.linalg.tensorsolve` takes them."""
    last = [] if axes is None else [axis % np.ndim(a) for axis in axes]
    return [i for i in range(np.ndim(a)) if i not in last] + last


def tensorinv_tangent(a_dot, y, a, ind=2):
    """The tangent of `np.linalg.tensorinv(a, ind)`."""
    size = math.prod(np.shape(a)[:ind])
    matrix = np.reshape(y, (-1, size))
    return -np.reshape(matrix @ np.reshape(a_dot, (size, -1)) @ matrix, np.shape(y))


def tensorinv_cotangent(y_bar, y, a, ind=2):
    """The cotangent of `a` in `np.linalg.tensorinv(a, ind)`."""
    size = math.prod(np.shape(a)[:ind])
    turned = np.reshape(y, (-1, size)).T
    return -np.reshape(turned @ np.reshape(y_bar, (-1, size)) @ turned, np.shape(a))
