"""`scipy.linalg`: inverses, norms and systems of equations, with one matrix each."""

import numpy as np
from scipy import linalg

from ...runtime import (
    cho_solve_change,
    cho_solve_cotangent,
    from_triangle,
    lu_solve_change,
    lu_solve_cotangent,
    norm_slope,
    one_matrix,
    opposite,
    spread,
    symmetric_cotangent,
    system_cotangent,
    triangular_change,
    triangular_cotangent,
)
from ..conditions import is_complex, is_false, is_real, ranks
from ..norms import is_euclidean
from ..registry import pullback, pushforward


def keeps_matrix(a, overwrite_a):
    return ranks(a, 2) and is_false(overwrite_a)


def is_word(kind, *words):
    return kind.static and kind.value in words


# --- inverses and determinants -------------------------------------------------------------------


@pullback(linalg.inv, when=keeps_matrix)
def inv_pullback(y, y_bar, a, overwrite_a=False, check_finite=True):
    return -y.T @ y_bar @ y.T


@pullback(linalg.inv, when=lambda overwrite_a: is_false(overwrite_a))
def inv_of_stack_pullback(y, y_bar, a, overwrite_a=False, check_finite=True):
    return -np.swapaxes(y, -1, -2) @ y_bar @ np.swapaxes(y, -1, -2)


@pushforward(linalg.inv, when=lambda overwrite_a: is_false(overwrite_a))
def inv_pushforward(y, a_dot, a, overwrite_a=False, check_finite=True):
    return -y @ a_dot @ y


@pullback(linalg.det, when=keeps_matrix)
def det_pullback(y, y_bar, a, overwrite_a=False, check_finite=True):
    """Of a matrix that has an inverse."""
    return y_bar * y * np.linalg.inv(a).T


@pullback(linalg.det, when=lambda overwrite_a: is_false(overwrite_a))
def det_of_stack_pullback(y, y_bar, a, overwrite_a=False, check_finite=True):
    return spread(y_bar * y, a, (-2, -1)) * np.swapaxes(np.linalg.inv(a), -1, -2)


@pushforward(linalg.det, when=lambda overwrite_a: is_false(overwrite_a))
def det_pushforward(y, a_dot, a, overwrite_a=False, check_finite=True):
    return y * np.trace(np.linalg.solve(a, a_dot), axis1=-2, axis2=-1)


@pullback(
    linalg.norm,
    when=lambda a, ord, axis: is_complex(a) and is_euclidean(a, ord, axis),
)
def norm_of_complex_pullback(y, y_bar, a, ord=None, axis=None, keepdims=False, check_finite=True):
    """At the origin the derivative is 0."""
    return y_bar * np.conjugate(a) / (y + (y == 0.0))


@pullback(linalg.norm, when=lambda a, ord, axis: is_euclidean(a, ord, axis))
def norm_pullback(y, y_bar, a, ord=None, axis=None, keepdims=False, check_finite=True):
    """At the origin the derivative is 0."""
    return y_bar * a / (y + (y == 0.0))


@pullback(linalg.norm)
def general_norm_pullback(y, y_bar, a, ord=None, axis=None, keepdims=False, check_finite=True):
    return spread(y_bar, a, axis, keepdims) * norm_slope(a, ord, axis)


@pushforward(linalg.norm)
def norm_pushforward(y, a_dot, a, ord=None, axis=None, keepdims=False, check_finite=True):
    return np.sum(np.real(norm_slope(a, ord, axis) * a_dot), axis=axis, keepdims=keepdims)


# --- systems of equations ------------------------------------------------------------------------


def is_kept_system(a, overwrite_a, overwrite_b, transposed):
    """With one matrix, as far as is known; a stack of them is refused when it comes."""
    kept = is_false(overwrite_a) and is_false(overwrite_b) and is_false(transposed)
    return kept and a.rank in (None, 2)


def is_plain_system(a, overwrite_a, overwrite_b, assume_a, transposed):
    """All of the matrix is read."""
    kept = is_kept_system(a, overwrite_a, overwrite_b, transposed)
    return kept and is_word(assume_a, None, "gen", "general")


def is_plain_system_of_vector(a, b, overwrite_a, overwrite_b, assume_a, transposed):
    plain = is_plain_system(a, overwrite_a, overwrite_b, assume_a, transposed)
    return plain and ranks(a, 2, b, 1)


def is_plain_system_of_matrix(a, b, overwrite_a, overwrite_b, assume_a, transposed):
    plain = is_plain_system(a, overwrite_a, overwrite_b, assume_a, transposed)
    return plain and ranks(a, 2, b, 2)


def is_symmetric_system(a, b, overwrite_a, overwrite_b, assume_a, transposed):
    """One triangle of the matrix is read."""
    return (
        is_kept_system(a, overwrite_a, overwrite_b, transposed)
        and is_real(a)
        and is_real(b)
        and is_word(assume_a, "sym", "symmetric", "her", "hermitian", "pos", "positive definite")
    )


@pullback(linalg.solve, when=is_plain_system_of_vector)
def solve_vector_pullback(
    y, y_bar, a, b,
    lower=False, overwrite_a=False, overwrite_b=False, check_finite=True,
    assume_a=None, transposed=False,
):  # fmt: skip
    b_bar = linalg.solve(a.T, y_bar)
    return -np.outer(b_bar, y), b_bar


@pullback(linalg.solve, when=is_plain_system_of_matrix)
def solve_matrix_pullback(
    y, y_bar, a, b,
    lower=False, overwrite_a=False, overwrite_b=False, check_finite=True,
    assume_a=None, transposed=False,
):  # fmt: skip
    b_bar = linalg.solve(a.T, y_bar)
    return -b_bar @ y.T, b_bar


@pullback(linalg.solve, when=is_plain_system)
def solve_pullback(
    y, y_bar, a, b,
    lower=False, overwrite_a=False, overwrite_b=False, check_finite=True,
    assume_a=None, transposed=False,
):  # fmt: skip
    b_bar = linalg.solve(np.swapaxes(a, -1, -2), y_bar)
    return system_cotangent(b_bar, y, a), b_bar


@pullback(linalg.solve, when=is_symmetric_system)
def solve_symmetric_pullback(
    y, y_bar, a, b,
    lower=False, overwrite_a=False, overwrite_b=False, check_finite=True,
    assume_a=None, transposed=False,
):  # fmt: skip
    b_bar = linalg.solve(a, y_bar, lower, assume_a=assume_a)
    return symmetric_cotangent(b_bar, y, a, lower), b_bar


@pushforward(linalg.solve, when=is_plain_system)
def solve_pushforward(
    y, a_dot, b_dot, a, b,
    lower=False, overwrite_a=False, overwrite_b=False, check_finite=True,
    assume_a=None, transposed=False,
):  # fmt: skip
    return -linalg.solve(a, one_matrix(a_dot) @ y), linalg.solve(a, b_dot)


@pushforward(linalg.solve, when=is_symmetric_system)
def solve_symmetric_pushforward(
    y, a_dot, b_dot, a, b,
    lower=False, overwrite_a=False, overwrite_b=False, check_finite=True,
    assume_a=None, transposed=False,
):  # fmt: skip
    return (
        -linalg.solve(a, from_triangle(one_matrix(a_dot), not lower) @ y, lower, assume_a=assume_a),
        linalg.solve(a, b_dot, lower, assume_a=assume_a),
    )


def is_triangular_system(a, b, trans, overwrite_b):
    readable = (is_real(a) and is_real(b)) or is_word(trans, 0, 1, "N", "T")
    return readable and a.rank in (None, 2) and is_false(overwrite_b)


def is_upright_triangular_system(a, b, trans, overwrite_b):
    return is_triangular_system(a, b, trans, overwrite_b) and is_word(trans, 0, "N")


@pullback(linalg.solve_triangular, when=is_upright_triangular_system)
def solve_upright_triangular_pullback(
    y, y_bar, a, b,
    trans=0, lower=False, unit_diagonal=False, overwrite_b=False, check_finite=True,
):  # fmt: skip
    b_bar = linalg.solve_triangular(a, y_bar, 1, lower, unit_diagonal)
    return triangular_cotangent(b_bar, y, a, 0, lower, unit_diagonal), b_bar


@pullback(linalg.solve_triangular, when=is_triangular_system)
def solve_triangular_pullback(
    y, y_bar, a, b,
    trans=0, lower=False, unit_diagonal=False, overwrite_b=False, check_finite=True,
):  # fmt: skip
    b_bar = linalg.solve_triangular(a, y_bar, opposite(trans), lower, unit_diagonal)
    return triangular_cotangent(b_bar, y, a, trans, lower, unit_diagonal), b_bar


@pushforward(linalg.solve_triangular, when=is_triangular_system)
def solve_triangular_pushforward(
    y, a_dot, b_dot, a, b,
    trans=0, lower=False, unit_diagonal=False, overwrite_b=False, check_finite=True,
):  # fmt: skip
    a_y_dot = triangular_change(a_dot, y, trans, lower, unit_diagonal)
    return (
        -linalg.solve_triangular(a, a_y_dot, trans, lower, unit_diagonal),
        linalg.solve_triangular(a, b_dot, trans, lower, unit_diagonal),
    )


@pullback(linalg.cho_solve, when=lambda b, overwrite_b: is_real(b) and is_false(overwrite_b))
def cho_solve_pullback(y, y_bar, c_and_lower, b, overwrite_b=False, check_finite=True):
    b_bar = linalg.cho_solve(c_and_lower, y_bar)
    return cho_solve_cotangent(b_bar, y, c_and_lower), b_bar


@pushforward(linalg.cho_solve, when=lambda b, overwrite_b: is_real(b) and is_false(overwrite_b))
def cho_solve_pushforward(
    y, c_and_lower_dot, b_dot, c_and_lower, b, overwrite_b=False, check_finite=True
):
    return (
        -linalg.cho_solve(c_and_lower, cho_solve_change(c_and_lower_dot[0], c_and_lower, y)),
        linalg.cho_solve(c_and_lower, b_dot),
    )


def is_factorised_system(b, trans, overwrite_b):
    return is_real(b) and is_word(trans, 0, 1) and is_false(overwrite_b)


@pullback(linalg.lu_solve, when=is_factorised_system)
def lu_solve_pullback(y, y_bar, lu_and_piv, b, trans=0, overwrite_b=False, check_finite=True):
    b_bar = linalg.lu_solve(lu_and_piv, y_bar, 1 - trans)
    return lu_solve_cotangent(b_bar, y, lu_and_piv, trans), b_bar


@pushforward(linalg.lu_solve, when=is_factorised_system)
def lu_solve_pushforward(
    y, lu_and_piv_dot, b_dot, lu_and_piv, b, trans=0, overwrite_b=False, check_finite=True
):
    return (
        -linalg.lu_solve(
            lu_and_piv, lu_solve_change(lu_and_piv_dot[0], lu_and_piv, y, trans), trans
        ),
        linalg.lu_solve(lu_and_piv, b_dot, trans),
    )


@pullback(linalg.solve_sylvester)
def solve_sylvester_pullback(y, y_bar, a, b, q):
    q_bar = linalg.solve_sylvester(a.T, b.T, y_bar)
    return -q_bar @ y.T, -y.T @ q_bar, q_bar


@pushforward(linalg.solve_sylvester)
def solve_sylvester_pushforward(y, a_dot, b_dot, q_dot, a, b, q):
    return (
        -linalg.solve_sylvester(a, b, a_dot @ y),
        -linalg.solve_sylvester(a, b, y @ b_dot),
        linalg.solve_sylvester(a, b, q_dot),
    )


@pullback(linalg.solve_continuous_lyapunov, when=lambda a, q: is_real(a) and is_real(q))
def solve_continuous_lyapunov_pullback(y, y_bar, a, q):
    q_bar = linalg.solve_continuous_lyapunov(a.T, y_bar)
    return -q_bar @ y.T - q_bar.T @ y, q_bar


@pushforward(linalg.solve_continuous_lyapunov, when=lambda a, q: is_real(a) and is_real(q))
def solve_continuous_lyapunov_pushforward(y, a_dot, q_dot, a, q):
    return (
        -linalg.solve_continuous_lyapunov(a, a_dot @ y + y @ a_dot.T),
        linalg.solve_continuous_lyapunov(a, q_dot),
    )


@pullback(linalg.solve_discrete_lyapunov, when=lambda a, q: is_real(a) and is_real(q))
def solve_discrete_lyapunov_pullback(y, y_bar, a, q, method=None):
    q_bar = linalg.solve_discrete_lyapunov(a.T, y_bar, method)
    return q_bar @ a @ y.T + q_bar.T @ a @ y, q_bar


@pushforward(linalg.solve_discrete_lyapunov, when=lambda a, q: is_real(a) and is_real(q))
def solve_discrete_lyapunov_pushforward(y, a_dot, q_dot, a, q, method=None):
    return (
        linalg.solve_discrete_lyapunov(a, a_dot @ y @ a.T + a @ y @ a_dot.T, method),
        linalg.solve_discrete_lyapunov(a, q_dot, method),
    )
