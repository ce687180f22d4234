"""Determinants, inverses and solutions of linear equations."""

import numpy as np

from ..runtime import (
    cofactors,
    cofactors_tangent,
    from_triangle,
    in_triangle,
    lstsq_cotangents,
    lstsq_tangent_of_matrix,
    lstsq_tangent_of_sides,
    on_diagonal,
    pinv_cotangent,
    pinv_tangent,
    solve_cotangents,
    solve_tangent,
    tensorinv_cotangent,
    tensorinv_tangent,
    tensorsolve_cotangents,
    tensorsolve_tangent,
)
from .conditions import at_least, is_false, is_real, keeps_reals, ranks
from .registry import linear, pullback, pushforward, view

linear(np.linalg.matrix_transpose, np.matrix_transpose, np.linalg.diagonal, np.linalg.trace)
view(np.linalg.matrix_transpose, np.matrix_transpose, np.linalg.diagonal)


@pullback(np.linalg.matrix_transpose, np.matrix_transpose)
def matrix_transpose_pullback(y, y_bar, x):
    return np.swapaxes(y_bar, -1, -2)


@pullback(np.linalg.diagonal)
def diagonal_pullback(y, y_bar, x, offset=0):
    return on_diagonal(y_bar, x, offset, -2, -1)


@pullback(np.linalg.trace, when=keeps_reals)
def trace_pullback(y, y_bar, x, offset=0, dtype=None):
    return on_diagonal(np.expand_dims(y_bar, -1), x, offset, -2, -1)


# --- inverses ------------------------------------------------------------------------------------


@pullback(np.linalg.inv, when=lambda a: ranks(a, 2))
def inv_pullback(y, y_bar, a):
    """Giles (2008), section 2.2.3."""
    return -y.T @ y_bar @ y.T


@pullback(np.linalg.inv)
def inv_of_stack_pullback(y, y_bar, a):
    return -np.swapaxes(y, -1, -2) @ y_bar @ np.swapaxes(y, -1, -2)


@pushforward(np.linalg.inv)
def inv_pushforward(y, a_dot, a):
    return -y @ a_dot @ y


@pullback(np.linalg.pinv, when=lambda hermitian: is_false(hermitian))
def pinv_pullback(y, y_bar, a, rcond=None, hermitian=False):
    """Of matrices whose rank does not change."""
    return pinv_cotangent(y_bar, y, a)


@pushforward(np.linalg.pinv, when=lambda hermitian: is_false(hermitian))
def pinv_pushforward(y, a_dot, a, rcond=None, hermitian=False):
    return pinv_tangent(a_dot, y, a)


@pullback(np.linalg.pinv, when=lambda hermitian: hermitian.static)
def pinv_of_hermitian_pullback(y, y_bar, a, rcond=None, hermitian=False):
    """NumPy reads the lower triangle only: there the cotangent is."""
    return in_triangle(pinv_cotangent(y_bar, y, from_triangle(a)))


@pushforward(np.linalg.pinv, when=lambda hermitian: hermitian.static)
def pinv_of_hermitian_pushforward(y, a_dot, a, rcond=None, hermitian=False):
    return pinv_tangent(from_triangle(a_dot), y, from_triangle(a))


@pullback(np.linalg.tensorinv)
def tensorinv_pullback(y, y_bar, a, ind=2):
    return tensorinv_cotangent(y_bar, y, a, ind)


@pushforward(np.linalg.tensorinv)
def tensorinv_pushforward(y, a_dot, a, ind=2):
    return tensorinv_tangent(a_dot, y, a, ind)


# --- determinants --------------------------------------------------------------------------------


@pullback(np.linalg.det, when=lambda a: ranks(a, 2))
def det_pullback(y, y_bar, a):
    """Also of a matrix that has no inverse."""
    return y_bar * cofactors(a)


@pullback(np.linalg.det)
def det_of_stack_pullback(y, y_bar, a):
    return np.expand_dims(y_bar, (-2, -1)) * cofactors(a)


@pushforward(np.linalg.det)
def det_pushforward(y, a_dot, a):
    return np.sum(cofactors(a) * a_dot, axis=(-2, -1))


@pullback(cofactors)
def cofactors_pullback(y, y_bar, a):
    return cofactors_tangent(y_bar, a)


@pushforward(cofactors)
def cofactors_pushforward(y, a_dot, a):
    return cofactors_tangent(a_dot, a)


@pullback(np.linalg.slogdet, when=lambda a: is_real(a) and ranks(a, 2))
def slogdet_pullback(y, y_bar, a):
    return y_bar[1] * np.linalg.inv(a).T


@pullback(np.linalg.slogdet, when=lambda a: is_real(a))
def slogdet_of_stack_pullback(y, y_bar, a):
    return np.expand_dims(y_bar[1], (-2, -1)) * np.swapaxes(np.linalg.inv(a), -1, -2)


@pullback(np.linalg.slogdet)
def slogdet_of_complex_pullback(y, y_bar, a):
    """The sign is a number of the unit circle, and it turns."""
    weight = np.real(y_bar[1]) + 1j * np.imag(y_bar[0] * y[0])
    return np.expand_dims(weight, (-2, -1)) * np.swapaxes(np.linalg.inv(a), -1, -2)


@pushforward(np.linalg.slogdet, when=lambda a: is_real(a))
def slogdet_pushforward(y, a_dot, a):
    return np.zeros_like(y[0]), np.trace(np.linalg.solve(a, a_dot), axis1=-2, axis2=-1)


@pushforward(np.linalg.slogdet)
def slogdet_of_complex_pushforward(y, a_dot, a):
    change = np.trace(np.linalg.solve(a, a_dot), axis1=-2, axis2=-1)
    return 1j * y[0] * np.imag(change), np.real(change)


# --- equations -----------------------------------------------------------------------------------


@pullback(np.linalg.solve, when=lambda a, b: ranks(a, 2, b, 1))
def solve_vector_pullback(y, y_bar, a, b):
    """Giles (2008), section 2.3.1."""
    b_bar = np.linalg.solve(a.T, y_bar)
    return -np.outer(b_bar, y), b_bar


@pullback(np.linalg.solve, when=lambda a, b: ranks(a, 2, b, 2))
def solve_matrix_pullback(y, y_bar, a, b):
    b_bar = np.linalg.solve(a.T, y_bar)
    return -b_bar @ y.T, b_bar


@pullback(np.linalg.solve, when=lambda a, b: at_least(2, a, b), broadcasts=True)
def solve_stack_pullback(y, y_bar, a, b):
    b_bar = np.linalg.solve(np.swapaxes(a, -1, -2), y_bar)
    return -b_bar @ np.swapaxes(y, -1, -2), b_bar


@pullback(np.linalg.solve)
def solve_pullback(y, y_bar, a, b):
    both = solve_cotangents(y_bar, y, a, b)
    return both[0], both[1]


@pushforward(np.linalg.solve, when=lambda a, b: ranks(a, 2) and at_least(1, b))
def solve_pushforward(y, a_dot, b_dot, a, b):
    return -np.linalg.solve(a, a_dot @ y), np.linalg.solve(a, b_dot)


@pushforward(np.linalg.solve)
def solve_stack_pushforward(y, a_dot, b_dot, a, b):
    return solve_tangent(a_dot, y, a, b), np.linalg.solve(a, b_dot)


@pullback(np.linalg.lstsq)
def lstsq_pullback(y, y_bar, a, b, rcond=None):
    """Of matrices whose rank does not change."""
    both = lstsq_cotangents(y_bar, y, a, b, rcond)
    return both[0], both[1]


@pushforward(np.linalg.lstsq)
def lstsq_pushforward(y, a_dot, b_dot, a, b, rcond=None):
    return (
        lstsq_tangent_of_matrix(a_dot, y, a, b, rcond),
        lstsq_tangent_of_sides(b_dot, y, a, b, rcond),
    )


@pullback(np.linalg.tensorsolve)
def tensorsolve_pullback(y, y_bar, a, b, axes=None):
    both = tensorsolve_cotangents(y_bar, y, a, b, axes)
    return both[0], both[1]


@pushforward(np.linalg.tensorsolve)
def tensorsolve_pushforward(y, a_dot, b_dot, a, b, axes=None):
    return tensorsolve_tangent(a_dot, y, a, b, axes), np.linalg.tensorsolve(a, b_dot, axes)
