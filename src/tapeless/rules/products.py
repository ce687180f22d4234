"""Products and contractions."""

import numpy as np

from ..runtime import (
    contract_left,
    contract_right,
    dot_axes,
    einsum_cotangent,
    kron_left,
    kron_right,
    matmul_left,
    matmul_right,
    matrix_power_tangent,
    multi_dot_cotangents,
    multi_dot_tangent,
    unbroadcast,
    vecdot_cotangent,
)
from .conditions import at_least, is_complex, is_none, is_number, is_real, ranks
from .registry import multilinear, pullback, pushforward

multilinear(
    np.dot, np.inner, np.matmul, np.vdot, np.vecdot, np.outer, np.tensordot, np.kron,
    np.linalg.matmul, np.linalg.vecdot, np.linalg.outer, np.linalg.tensordot,
)  # fmt: skip
multilinear(np.einsum, of=(1, 2, 3, 4, 5, 6))


# --- of vectors and matrices ---------------------------------------------------------------------


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


@pullback(np.matmul, np.dot, np.linalg.matmul, when=lambda x1, x2: ranks(x1, 2, x2, 2))
def matrix_matrix_pullback(y, y_bar, x1, x2):
    return y_bar @ x2.T, x1.T @ y_bar


@pullback(np.matmul, when=lambda x1, x2: at_least(2, x1, x2), broadcasts=True)
def matmul_of_stacks_pullback(y, y_bar, x1, x2):
    return y_bar @ np.swapaxes(x2, -1, -2), np.swapaxes(x1, -1, -2) @ y_bar


@pullback(np.matmul, np.linalg.matmul)
def matmul_pullback(y, y_bar, x1, x2):
    return matmul_left(y_bar, x1, x2), matmul_right(y_bar, x1, x2)


@pullback(np.dot, np.inner, when=lambda a, b: a.rank == 0 or b.rank == 0, broadcasts=True)
def dot_with_number_pullback(y, y_bar, a, b):
    return y_bar * b, y_bar * a


@pullback(np.dot)
def dot_pullback(y, y_bar, a, b):
    return contract_left(y_bar, a, b, dot_axes(b)), contract_right(y_bar, a, b, dot_axes(b))


@pullback(np.inner, when=lambda a, b: ranks(a, 2, b, 2))
def inner_of_matrices_pullback(y, y_bar, a, b):
    return y_bar @ b, y_bar.T @ a


@pullback(np.inner)
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


@pullback(np.vecdot, np.linalg.vecdot, when=lambda x1, x2: is_complex(x1) or is_complex(x2))
def vecdot_of_complex_pullback(y, y_bar, x1, x2, axis=-1):
    """The first vector is conjugated."""
    return (
        np.conjugate(vecdot_cotangent(y_bar, x1, x2, axis)),
        vecdot_cotangent(y_bar, x2, np.conjugate(x1), axis),
    )


@pullback(np.vecdot, np.linalg.vecdot)
def vecdot_pullback(y, y_bar, x1, x2, axis=-1):
    return vecdot_cotangent(y_bar, x1, x2, axis), vecdot_cotangent(y_bar, x2, x1, axis)


if hasattr(np, "matvec"):  # NumPy 2.2
    multilinear(np.matvec, np.vecmat)

    @pullback(np.matvec)
    def matvec_pullback(y, y_bar, x1, x2):
        return (
            unbroadcast(np.expand_dims(y_bar, -1) * np.expand_dims(x2, -2), x1),
            unbroadcast(np.matvec(np.swapaxes(x1, -1, -2), y_bar), x2),
        )

    @pullback(np.vecmat, when=lambda x1, x2: is_real(x1) and is_real(x2))
    def vecmat_pullback(y, y_bar, x1, x2):
        return (
            unbroadcast(np.matvec(x2, y_bar), x1),
            unbroadcast(np.expand_dims(x1, -1) * np.expand_dims(y_bar, -2), x2),
        )

    @pullback(np.vecmat)
    def vecmat_of_complex_pullback(y, y_bar, x1, x2):
        """The vector is conjugated."""
        return (
            unbroadcast(np.conjugate(np.matvec(x2, y_bar)), x1),
            unbroadcast(np.expand_dims(np.conjugate(x1), -1) * np.expand_dims(y_bar, -2), x2),
        )


# --- outer products and contractions -------------------------------------------------------------


@pullback(np.linalg.outer)
@pullback(np.outer, when=lambda a, b: ranks(a, 1, b, 1))
def outer_of_vectors_pullback(y, y_bar, a, b):
    return y_bar @ b, a @ y_bar


@pullback(np.outer)
def outer_pullback(y, y_bar, a, b):
    return np.reshape(y_bar @ np.ravel(b), np.shape(a)), np.reshape(
        np.ravel(a) @ y_bar, np.shape(b)
    )


@pullback(np.tensordot, np.linalg.tensordot)
def tensordot_pullback(y, y_bar, a, b, axes=2):
    return contract_left(y_bar, a, b, axes), contract_right(y_bar, a, b, axes)


@pullback(np.kron)
def kron_pullback(y, y_bar, a, b):
    return kron_left(y_bar, a, b), kron_right(y_bar, a, b)


@pullback(np.linalg.multi_dot)
def multi_dot_pullback(y, y_bar, arrays):
    return multi_dot_cotangents(y_bar, arrays)


@pushforward(np.linalg.multi_dot)
def multi_dot_pushforward(y, arrays_dot, arrays):
    return multi_dot_tangent(arrays_dot, arrays)


@pullback(np.linalg.matrix_power, when=lambda a, n: ranks(a, 2) and is_number(n, 2))
def matrix_square_pullback(y, y_bar, a, n):
    return y_bar @ a.T + a.T @ y_bar


@pullback(np.linalg.matrix_power)
def matrix_power_pullback(y, y_bar, a, n):
    """The cotangent of a power is the tangent of the power of the transposed matrix."""
    return matrix_power_tangent(y_bar, np.swapaxes(a, -1, -2), n)


@pushforward(np.linalg.matrix_power, when=lambda n: is_number(n, 2))
def matrix_square_pushforward(y, a_dot, a, n):
    return a_dot @ a + a @ a_dot


@pushforward(np.linalg.matrix_power)
def matrix_power_pushforward(y, a_dot, a, n):
    return matrix_power_tangent(a_dot, a, n)


# --- einsum of subscripts and up to six operands; the form with lists of labels is refused --------


def are_subscripts(subscripts, optimize):
    """A text, and no seventh operand in the place of `optimize`."""
    return (
        subscripts.static
        and isinstance(subscripts.value, str)
        and optimize.static
        and (optimize.value is None or isinstance(optimize.value, (bool, str, list, tuple)))
    )


@pullback(
    np.einsum,
    when=lambda subscripts, a, b, optimize: (
        are_subscripts(subscripts, optimize) and is_none(b) and not is_none(a)
    ),
)
def einsum_of_one_pullback(
    y, y_bar, subscripts, a, b=None, c=None, d=None, e=None, f=None, optimize=False
):
    return None, einsum_cotangent(y_bar, subscripts, 0, a)


@pullback(
    np.einsum,
    when=lambda subscripts, b, c, optimize: (
        are_subscripts(subscripts, optimize) and is_none(c) and not is_none(b)
    ),
)
def einsum_of_two_pullback(
    y, y_bar, subscripts, a, b=None, c=None, d=None, e=None, f=None, optimize=False
):
    return (
        None,
        einsum_cotangent(y_bar, subscripts, 0, a, b),
        einsum_cotangent(y_bar, subscripts, 1, b, a),
    )


@pullback(
    np.einsum,
    when=lambda subscripts, c, d, optimize: (
        are_subscripts(subscripts, optimize) and is_none(d) and not is_none(c)
    ),
)
def einsum_of_three_pullback(
    y, y_bar, subscripts, a, b=None, c=None, d=None, e=None, f=None, optimize=False
):
    return (
        None,
        einsum_cotangent(y_bar, subscripts, 0, a, b, c),
        einsum_cotangent(y_bar, subscripts, 1, b, a, c),
        einsum_cotangent(y_bar, subscripts, 2, c, a, b),
    )


@pullback(
    np.einsum,
    when=lambda subscripts, d, e, optimize: (
        are_subscripts(subscripts, optimize) and is_none(e) and not is_none(d)
    ),
)
def einsum_of_four_pullback(
    y, y_bar, subscripts, a, b=None, c=None, d=None, e=None, f=None, optimize=False
):
    return (
        None,
        einsum_cotangent(y_bar, subscripts, 0, a, b, c, d),
        einsum_cotangent(y_bar, subscripts, 1, b, a, c, d),
        einsum_cotangent(y_bar, subscripts, 2, c, a, b, d),
        einsum_cotangent(y_bar, subscripts, 3, d, a, b, c),
    )


@pullback(
    np.einsum,
    when=lambda subscripts, e, f, optimize: (
        are_subscripts(subscripts, optimize) and is_none(f) and not is_none(e)
    ),
)
def einsum_of_five_pullback(
    y, y_bar, subscripts, a, b=None, c=None, d=None, e=None, f=None, optimize=False
):
    return (
        None,
        einsum_cotangent(y_bar, subscripts, 0, a, b, c, d, e),
        einsum_cotangent(y_bar, subscripts, 1, b, a, c, d, e),
        einsum_cotangent(y_bar, subscripts, 2, c, a, b, d, e),
        einsum_cotangent(y_bar, subscripts, 3, d, a, b, c, e),
        einsum_cotangent(y_bar, subscripts, 4, e, a, b, c, d),
    )


@pullback(
    np.einsum,
    when=lambda subscripts, f, optimize: are_subscripts(subscripts, optimize) and not is_none(f),
)
def einsum_of_six_pullback(
    y, y_bar, subscripts, a, b=None, c=None, d=None, e=None, f=None, optimize=False
):
    return (
        None,
        einsum_cotangent(y_bar, subscripts, 0, a, b, c, d, e, f),
        einsum_cotangent(y_bar, subscripts, 1, b, a, c, d, e, f),
        einsum_cotangent(y_bar, subscripts, 2, c, a, b, d, e, f),
        einsum_cotangent(y_bar, subscripts, 3, d, a, b, c, e, f),
        einsum_cotangent(y_bar, subscripts, 4, e, a, b, c, d, f),
        einsum_cotangent(y_bar, subscripts, 5, f, a, b, c, d, e),
    )
