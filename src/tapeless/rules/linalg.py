"""Products, contractions and `np.linalg`.  Not yet: eigenvalues, singular values, `pinv`."""

import numpy as np

from ..runtime import (
    cholesky_cotangent,
    contract_left,
    contract_right,
    dot_axes,
    einsum_cotangent,
    kron_left,
    kron_right,
    matmul_left,
    matmul_right,
    on_diagonal,
    spread,
    tie_share,
)
from .conditions import is_complex, is_int, is_none, is_number, is_real, ranks
from .registry import pullback


def at_least(rank, *kinds):
    return all(kind.rank is not None and kind.rank >= rank for kind in kinds)


# --- products ------------------------------------------------------------------------------------


@pullback(np.dot, np.inner, when=lambda a, b: ranks(a, 1, b, 1))
def dot_of_vectors_pullback(y, y_bar, a, b):
    return y_bar * b, y_bar * a


@pullback(np.matmul, when=lambda x1, x2: ranks(x1, 1, x2, 1))
def matmul_of_vectors_pullback(y, y_bar, x1, x2):
    return y_bar * x2, y_bar * x1


@pullback(np.matmul, np.dot, when=lambda x1, x2: ranks(x1, 2, x2, 1))
def matrix_vector_pullback(y, y_bar, x1, x2):
    return np.outer(y_bar, x2), x1.T @ y_bar


@pullback(np.matmul, np.dot, when=lambda x1, x2: ranks(x1, 1, x2, 2))
def vector_matrix_pullback(y, y_bar, x1, x2):
    return x2 @ y_bar, np.outer(x1, y_bar)


@pullback(np.matmul, np.dot, when=lambda x1, x2: ranks(x1, 2, x2, 2))
def matrix_matrix_pullback(y, y_bar, x1, x2):
    return y_bar @ x2.T, x1.T @ y_bar


@pullback(np.matmul, when=lambda x1, x2: at_least(2, x1, x2), broadcasts=True)
def matmul_of_stacks_pullback(y, y_bar, x1, x2):
    return y_bar @ np.swapaxes(x2, -1, -2), np.swapaxes(x1, -1, -2) @ y_bar


@pullback(np.matmul)
def matmul_pullback(y, y_bar, x1, x2):
    return matmul_left(y_bar, x1, x2), matmul_right(y_bar, x1, x2)


@pullback(np.dot, np.inner, when=lambda a, b: a.rank == 0 or b.rank == 0, broadcasts=True)
def dot_with_number_pullback(y, y_bar, a, b):
    return y_bar * b, y_bar * a


@pullback(np.dot, when=lambda a, b: at_least(1, a, b))
def dot_pullback(y, y_bar, a, b):
    return contract_left(y_bar, a, b, dot_axes(b)), contract_right(y_bar, a, b, dot_axes(b))


@pullback(np.inner, when=lambda a, b: ranks(a, 2, b, 2))
def inner_of_matrices_pullback(y, y_bar, a, b):
    return y_bar @ b, y_bar.T @ a


@pullback(np.inner, when=lambda a, b: at_least(1, a, b))
def inner_pullback(y, y_bar, a, b):
    return contract_left(y_bar, a, b, (-1, -1)), contract_right(y_bar, a, b, (-1, -1))


@pullback(np.vdot, when=lambda a, b: is_complex(a) or is_complex(b))
def vdot_of_complex_pullback(y, y_bar, a, b):
    return (
        np.conjugate(y_bar * np.reshape(b, np.shape(a))),
        y_bar * np.conjugate(np.reshape(a, np.shape(b))),
    )


@pullback(np.vdot, when=lambda a, b: ranks(a, 1, b, 1))
def vdot_of_vectors_pullback(y, y_bar, a, b):
    return y_bar * b, y_bar * a


@pullback(np.vdot)
def vdot_pullback(y, y_bar, a, b):
    return y_bar * np.reshape(b, np.shape(a)), y_bar * np.reshape(a, np.shape(b))


@pullback(np.outer, when=lambda a, b: ranks(a, 1, b, 1))
def outer_of_vectors_pullback(y, y_bar, a, b):
    return y_bar @ b, a @ y_bar


@pullback(np.outer)
def outer_pullback(y, y_bar, a, b):
    return np.reshape(y_bar @ np.ravel(b), np.shape(a)), np.reshape(
        np.ravel(a) @ y_bar, np.shape(b)
    )


@pullback(np.cross)
def cross_pullback(y, y_bar, a, b):
    """Of vectors of length three along the last axis."""
    return np.cross(b, y_bar), np.cross(y_bar, a)


@pullback(np.tensordot)
def tensordot_pullback(y, y_bar, a, b, axes=2):
    return contract_left(y_bar, a, b, axes), contract_right(y_bar, a, b, axes)


@pullback(np.kron)
def kron_pullback(y, y_bar, a, b):
    return kron_left(y_bar, a, b), kron_right(y_bar, a, b)


@pullback(np.einsum, when=lambda a, b: is_none(b) and not is_none(a))
def einsum_of_one_pullback(y, y_bar, subscripts, a, b=None, c=None, d=None):
    return None, einsum_cotangent(y_bar, subscripts, 0, a)


@pullback(np.einsum, when=lambda b, c: is_none(c) and not is_none(b))
def einsum_of_two_pullback(y, y_bar, subscripts, a, b=None, c=None, d=None):
    return (
        None,
        einsum_cotangent(y_bar, subscripts, 0, a, b),
        einsum_cotangent(y_bar, subscripts, 1, b, a),
    )


@pullback(np.einsum, when=lambda c, d: is_none(d) and not is_none(c))
def einsum_of_three_pullback(y, y_bar, subscripts, a, b=None, c=None, d=None):
    return (
        None,
        einsum_cotangent(y_bar, subscripts, 0, a, b, c),
        einsum_cotangent(y_bar, subscripts, 1, b, a, c),
        einsum_cotangent(y_bar, subscripts, 2, c, a, b),
    )


@pullback(np.einsum, when=lambda d: not is_none(d))
def einsum_of_four_pullback(y, y_bar, subscripts, a, b=None, c=None, d=None):
    return (
        None,
        einsum_cotangent(y_bar, subscripts, 0, a, b, c, d),
        einsum_cotangent(y_bar, subscripts, 1, b, a, c, d),
        einsum_cotangent(y_bar, subscripts, 2, c, a, b, d),
        einsum_cotangent(y_bar, subscripts, 3, d, a, b, c),
    )


# --- np.linalg -----------------------------------------------------------------------------------


@pullback(
    np.linalg.norm, when=lambda x, ord, axis: is_complex(x) and is_none(axis) and is_none(ord)
)
def norm_of_complex_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    return y_bar * np.conjugate(x) / y


@pullback(
    np.linalg.norm,
    when=lambda x, ord, axis: (
        is_real(x) and is_none(axis) and (is_none(ord) or (is_number(ord, 2) and ranks(x, 1)))
    ),
)
def norm_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    """At the origin there is no derivative."""
    return y_bar * x / y


@pullback(
    np.linalg.norm,
    when=lambda x, ord, axis: is_real(x) and is_none(axis) and ord.static and ord.value == "fro",
)
def frobenius_norm_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    return y_bar * x / y


@pullback(
    np.linalg.norm,
    when=lambda x, ord, axis: is_real(x) and is_int(axis) and (is_none(ord) or is_number(ord, 2)),
)
def norm_of_axis_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    return spread(y_bar / y, x, axis, keepdims) * x


@pullback(
    np.linalg.norm,
    when=lambda x, ord, axis: is_real(x) and is_number(ord, 1) and (is_int(axis) or ranks(x, 1)),
)
def sum_norm_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    return spread(y_bar, x, axis, keepdims) * np.sign(x)


@pullback(
    np.linalg.norm,
    when=lambda x, ord, axis: (
        is_real(x) and is_number(ord, np.inf) and (is_int(axis) or ranks(x, 1))
    ),
)
def largest_norm_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    return spread(y_bar, x, axis, keepdims) * np.sign(x) * tie_share(np.abs(x), y, axis, keepdims)


@pullback(np.linalg.inv, when=lambda a: ranks(a, 2))
def inv_pullback(y, y_bar, a):
    return -y.T @ y_bar @ y.T


@pullback(np.linalg.inv)
def inv_of_stack_pullback(y, y_bar, a):
    return -np.swapaxes(y, -1, -2) @ y_bar @ np.swapaxes(y, -1, -2)


@pullback(np.linalg.det, when=lambda a: ranks(a, 2))
def det_pullback(y, y_bar, a):
    """Of a matrix that has an inverse."""
    return y_bar * y * np.linalg.inv(a).T


@pullback(np.linalg.det)
def det_of_stack_pullback(y, y_bar, a):
    return (y_bar * y)[..., None, None] * np.swapaxes(np.linalg.inv(a), -1, -2)


@pullback(np.linalg.slogdet, when=lambda a: ranks(a, 2))
def slogdet_pullback(y, y_bar, a):
    return y_bar[1] * np.linalg.inv(a).T


@pullback(np.linalg.solve, when=lambda a, b: ranks(a, 2, b, 1))
def solve_vector_pullback(y, y_bar, a, b):
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


@pullback(np.linalg.cholesky, when=lambda a: is_real(a))
def cholesky_pullback(y, y_bar, a):
    """NumPy reads the lower triangle only: the cotangent is lower triangular."""
    return cholesky_cotangent(y_bar, y)


@pullback(np.linalg.matrix_transpose, np.matrix_transpose)
def matrix_transpose_pullback(y, y_bar, x):
    return np.swapaxes(y_bar, -1, -2)


@pullback(np.linalg.diagonal)
def diagonal_pullback(y, y_bar, x, offset=0):
    return on_diagonal(y_bar, x, offset, -2, -1)
