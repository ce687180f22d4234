"""Matrices of `scipy.linalg` with bands, equal diagonals or blocks, and systems with them."""

from scipy import linalg

from ...runtime import (
    band_cotangent,
    band_product,
    diagonal_block,
    half_band_cotangent,
    half_band_product,
    khatri_rao_left,
    khatri_rao_right,
    solve_toeplitz_cotangent,
    sum_antidiagonals,
    sum_circulant,
    sum_diagonals,
    toeplitz_cotangent,
    transpose_band,
    transpose_toeplitz,
    without_first,
)
from ..conditions import is_false, is_none, is_real, ranks
from ..registry import linear, multilinear, pullback, pushforward

linear(linalg.circulant)
linear(linalg.toeplitz, linalg.hankel, of=(0, 1))
linear(linalg.block_diag, of=(0, 1, 2, 3))
multilinear(linalg.khatri_rao, linalg.matmul_toeplitz)

# --- making matrices -----------------------------------------------------------------------------


@pullback(linalg.toeplitz, when=lambda c, r: ranks(c, 1) and is_real(c) and is_none(r))
def symmetric_toeplitz_pullback(y, y_bar, c, r=None):
    return sum_diagonals(y_bar, c.size) + without_first(sum_diagonals(y_bar, c.size, 1))


@pullback(linalg.toeplitz, when=lambda c, r: ranks(c, 1, r, 1))
def toeplitz_pullback(y, y_bar, c, r=None):
    """The first element of `r` is not read."""
    return sum_diagonals(y_bar, c.size), without_first(sum_diagonals(y_bar, r.size, 1))


@pullback(linalg.hankel, when=lambda c, r: ranks(c, 1) and is_none(r))
def square_hankel_pullback(y, y_bar, c, r=None):
    return sum_antidiagonals(y_bar)[: c.size]


@pullback(linalg.hankel, when=lambda c, r: ranks(c, 1, r, 1))
def hankel_pullback(y, y_bar, c, r=None):
    """The first element of `r` is not read."""
    sums = sum_antidiagonals(y_bar)
    return sums[: c.size], without_first(sums[c.size - 1 :])


@pullback(linalg.circulant, when=lambda c: ranks(c, 1))
def circulant_pullback(y, y_bar, c):
    return sum_circulant(y_bar)


@pullback(linalg.block_diag, when=lambda a, b: is_none(b))
def block_diag_of_one_pullback(y, y_bar, a, b=None, c=None, d=None):
    return diagonal_block(y_bar, a)


@pullback(linalg.block_diag, when=lambda b, c: is_none(c) and not is_none(b))
def block_diag_of_two_pullback(y, y_bar, a, b=None, c=None, d=None):
    return diagonal_block(y_bar, a), diagonal_block(y_bar, b, a)


@pullback(linalg.block_diag, when=lambda c, d: is_none(d) and not is_none(c))
def block_diag_of_three_pullback(y, y_bar, a, b=None, c=None, d=None):
    return diagonal_block(y_bar, a), diagonal_block(y_bar, b, a), diagonal_block(y_bar, c, a, b)


@pullback(linalg.block_diag, when=lambda d: not is_none(d))
def block_diag_of_four_pullback(y, y_bar, a, b=None, c=None, d=None):
    return (
        diagonal_block(y_bar, a),
        diagonal_block(y_bar, b, a),
        diagonal_block(y_bar, c, a, b),
        diagonal_block(y_bar, d, a, b, c),
    )


@pullback(linalg.khatri_rao)
def khatri_rao_pullback(y, y_bar, a, b):
    return khatri_rao_left(y_bar, a, b), khatri_rao_right(y_bar, a, b)


# --- products and systems ------------------------------------------------------------------------


def is_real_band_system(ab, b, overwrite_ab, overwrite_b):
    return is_real(ab) and is_real(b) and is_false(overwrite_ab) and is_false(overwrite_b)


def is_band_system(ab, b, overwrite_ab, overwrite_b):
    return ranks(ab, 2) and is_false(overwrite_ab) and is_false(overwrite_b)


@pullback(linalg.solve_banded, when=is_band_system)
def solve_banded_pullback(
    y, y_bar, l_and_u, ab, b, overwrite_ab=False, overwrite_b=False, check_finite=True
):
    b_bar = linalg.solve_banded(l_and_u[::-1], transpose_band(ab, l_and_u), y_bar)
    return None, band_cotangent(b_bar, y, l_and_u), b_bar


@pushforward(linalg.solve_banded, when=is_band_system)
def solve_banded_pushforward(
    y, ab_dot, b_dot, l_and_u, ab, b, overwrite_ab=False, overwrite_b=False, check_finite=True
):
    return (
        -linalg.solve_banded(l_and_u, ab, band_product(ab_dot, l_and_u, y)),
        linalg.solve_banded(l_and_u, ab, b_dot),
    )


@pullback(linalg.solveh_banded, when=is_real_band_system)
def solveh_banded_pullback(
    y, y_bar, ab, b, overwrite_ab=False, overwrite_b=False, lower=False, check_finite=True
):
    b_bar = linalg.solveh_banded(ab, y_bar, lower=lower)
    return half_band_cotangent(b_bar, y, ab, lower), b_bar


@pushforward(linalg.solveh_banded, when=is_real_band_system)
def solveh_banded_pushforward(
    y, ab_dot, b_dot, ab, b, overwrite_ab=False, overwrite_b=False, lower=False, check_finite=True
):
    return (
        -linalg.solveh_banded(ab, half_band_product(ab_dot, lower, y), lower=lower),
        linalg.solveh_banded(ab, b_dot, lower=lower),
    )


def is_symmetric_toeplitz(c_or_cr):
    return ranks(c_or_cr, 1) and is_real(c_or_cr)


@pullback(linalg.solve_toeplitz, when=is_symmetric_toeplitz)
def solve_symmetric_toeplitz_pullback(y, y_bar, c_or_cr, b, check_finite=True):
    b_bar = linalg.solve_toeplitz(c_or_cr, y_bar)
    return solve_toeplitz_cotangent(b_bar, y, c_or_cr), b_bar


@pullback(linalg.solve_toeplitz, when=lambda c_or_cr: c_or_cr.rank is None)
def solve_toeplitz_pullback(y, y_bar, c_or_cr, b, check_finite=True):
    b_bar = linalg.solve_toeplitz(transpose_toeplitz(c_or_cr), y_bar)
    return solve_toeplitz_cotangent(b_bar, y, c_or_cr), b_bar


@pushforward(
    linalg.solve_toeplitz,
    when=lambda c_or_cr: is_symmetric_toeplitz(c_or_cr) or c_or_cr.rank is None,
)
def solve_toeplitz_pushforward(y, c_or_cr_dot, b_dot, c_or_cr, b, check_finite=True):
    return (
        -linalg.solve_toeplitz(c_or_cr, linalg.matmul_toeplitz(c_or_cr_dot, y)),
        linalg.solve_toeplitz(c_or_cr, b_dot),
    )


@pullback(
    linalg.matmul_toeplitz,
    when=lambda c_or_cr: is_symmetric_toeplitz(c_or_cr) or c_or_cr.rank is None,
)
def matmul_toeplitz_pullback(y, y_bar, c_or_cr, x, check_finite=False, workers=None):
    return (
        toeplitz_cotangent(y_bar, x, c_or_cr),
        linalg.matmul_toeplitz(transpose_toeplitz(c_or_cr), y_bar),
    )
