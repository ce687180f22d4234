"""Factorisations and least squares in `scipy.linalg`, of one matrix each."""

from scipy import linalg

from ...runtime import (
    cho_factor_cotangent,
    cho_factor_tangent,
    cholesky_cotangent,
    cholesky_tangent,
    eigh_cotangent,
    eigh_tangent,
    eigvalsh_cotangent,
    eigvalsh_tangent,
    general_eigh_cotangents,
    general_eigh_tangent,
    general_eigvalsh_cotangents,
    general_eigvalsh_tangent,
    lstsq_cotangents,
    lstsq_tangent,
    lu_factor_cotangent,
    lu_factor_tangent,
    pinv_cotangent,
    pinv_tangent,
    qr_cotangent,
    qr_tangent,
    separate_lu_cotangent,
    separate_lu_tangent,
    svd_cotangent,
    svd_tangent,
    svdvals_cotangent,
    svdvals_tangent,
)
from ..conditions import is_false, is_none, is_number, is_real
from ..registry import pullback, pushforward


def keeps_matrix(a, overwrite_a):
    return a.rank != 1 and is_false(overwrite_a)


def keeps_real_matrix(a, overwrite_a):
    return keeps_matrix(a, overwrite_a) and is_real(a)


def is_true(kind):
    return kind.static and bool(kind.value)


# --- Cholesky and LU -----------------------------------------------------------------------------


def is_lower(a, lower, overwrite_a):
    return keeps_matrix(a, overwrite_a) and is_true(lower)


def is_upper(a, lower, overwrite_a):
    return keeps_matrix(a, overwrite_a) and is_false(lower)


@pullback(linalg.cholesky, when=is_lower)
def lower_cholesky_pullback(y, y_bar, a, lower=False, overwrite_a=False, check_finite=True):
    """SciPy reads one triangle only, and there the cotangent lies."""
    return cholesky_cotangent(y_bar, y)


@pushforward(linalg.cholesky, when=is_lower)
def lower_cholesky_pushforward(y, a_dot, a, lower=False, overwrite_a=False, check_finite=True):
    return cholesky_tangent(a_dot, y)


@pullback(linalg.cholesky, when=is_upper)
def upper_cholesky_pullback(y, y_bar, a, lower=False, overwrite_a=False, check_finite=True):
    return cholesky_cotangent(y_bar, y, True)


@pushforward(linalg.cholesky, when=is_upper)
def upper_cholesky_pushforward(y, a_dot, a, lower=False, overwrite_a=False, check_finite=True):
    return cholesky_tangent(a_dot, y, True)


@pullback(linalg.cho_factor, when=keeps_real_matrix)
def cho_factor_pullback(y, y_bar, a, lower=False, overwrite_a=False, check_finite=True):
    return cho_factor_cotangent(y_bar, y)


@pushforward(linalg.cho_factor, when=keeps_real_matrix)
def cho_factor_pushforward(y, a_dot, a, lower=False, overwrite_a=False, check_finite=True):
    return cho_factor_tangent(a_dot, y)


@pullback(linalg.lu_factor, when=keeps_real_matrix)
def lu_factor_pullback(y, y_bar, a, overwrite_a=False, check_finite=True):
    """Of a square matrix; which rows are exchanged does not change."""
    return lu_factor_cotangent(y_bar, y)


@pushforward(linalg.lu_factor, when=keeps_real_matrix)
def lu_factor_pushforward(y, a_dot, a, overwrite_a=False, check_finite=True):
    return lu_factor_tangent(a_dot, y)


def is_separate_lu(a, permute_l, overwrite_a):
    return keeps_real_matrix(a, overwrite_a) and is_false(permute_l)


@pullback(linalg.lu, when=is_separate_lu)
def lu_pullback(y, y_bar, a, permute_l=False, overwrite_a=False, check_finite=True):
    """Of a square matrix; which rows are exchanged does not change."""
    return separate_lu_cotangent(y_bar, y)


@pushforward(linalg.lu, when=is_separate_lu)
def lu_pushforward(y, a_dot, a, permute_l=False, overwrite_a=False, check_finite=True):
    return separate_lu_tangent(a_dot, y)


# --- orthogonal factors --------------------------------------------------------------------------


def is_whole_qr(a, overwrite_a, mode, pivoting):
    """Two factors, the columns in their order."""
    known = mode.static and mode.value in ("full", "economic")
    return keeps_matrix(a, overwrite_a) and known and is_false(pivoting)


@pullback(linalg.qr, when=is_whole_qr)
def qr_pullback(
    y, y_bar, a, overwrite_a=False, lwork=None, mode="full", pivoting=False, check_finite=True
):
    return qr_cotangent(y_bar, y)


@pushforward(linalg.qr, when=is_whole_qr)
def qr_pushforward(
    y, a_dot, a, overwrite_a=False, lwork=None, mode="full", pivoting=False, check_finite=True
):
    return qr_tangent(a_dot, y)


def has_vectors(a, compute_uv, overwrite_a):
    return keeps_real_matrix(a, overwrite_a) and is_true(compute_uv)


def has_no_vectors(a, compute_uv, overwrite_a):
    return keeps_matrix(a, overwrite_a) and is_false(compute_uv)


@pullback(linalg.svd, when=has_vectors)
def svd_pullback(
    y, y_bar, a,
    full_matrices=True, compute_uv=True, overwrite_a=False, check_finite=True,
    lapack_driver="gesdd",
):  # fmt: skip
    return svd_cotangent(y_bar, y)


@pushforward(linalg.svd, when=has_vectors)
def svd_pushforward(
    y, a_dot, a,
    full_matrices=True, compute_uv=True, overwrite_a=False, check_finite=True,
    lapack_driver="gesdd",
):  # fmt: skip
    return svd_tangent(a_dot, y)


@pullback(linalg.svd, when=has_no_vectors)
def svd_values_pullback(
    y, y_bar, a,
    full_matrices=True, compute_uv=True, overwrite_a=False, check_finite=True,
    lapack_driver="gesdd",
):  # fmt: skip
    return svdvals_cotangent(y_bar, a)


@pushforward(linalg.svd, when=has_no_vectors)
def svd_values_pushforward(
    y, a_dot, a,
    full_matrices=True, compute_uv=True, overwrite_a=False, check_finite=True,
    lapack_driver="gesdd",
):  # fmt: skip
    return svdvals_tangent(a_dot, a)


@pullback(linalg.svdvals, when=keeps_matrix)
def svdvals_pullback(y, y_bar, a, overwrite_a=False, check_finite=True):
    return svdvals_cotangent(y_bar, a)


@pushforward(linalg.svdvals, when=keeps_matrix)
def svdvals_pushforward(y, a_dot, a, overwrite_a=False, check_finite=True):
    return svdvals_tangent(a_dot, a)


@pullback(linalg.pinv, when=lambda a, return_rank: is_false(return_rank))
def pinv_pullback(y, y_bar, a, atol=None, rtol=None, return_rank=False, check_finite=True):
    """While the rank stays."""
    return pinv_cotangent(y_bar, y, a)


@pushforward(linalg.pinv, when=lambda a, return_rank: is_false(return_rank))
def pinv_pushforward(y, a_dot, a, atol=None, rtol=None, return_rank=False, check_finite=True):
    return pinv_tangent(a_dot, y, a)


def is_kept_system(a, b, overwrite_a, overwrite_b):
    kept = is_false(overwrite_a) and is_false(overwrite_b)
    return kept and is_real(a) and is_real(b) and a.rank in (None, 2)


@pullback(linalg.lstsq, when=is_kept_system)
def lstsq_pullback(
    y, y_bar, a, b,
    cond=None, overwrite_a=False, overwrite_b=False, check_finite=True, lapack_driver=None,
):  # fmt: skip
    """While the rank stays."""
    both = lstsq_cotangents(y_bar, y, a, b, cond)
    return both[0], both[1]


@pushforward(linalg.lstsq, when=is_kept_system)
def lstsq_pushforward(
    y, a_dot, b_dot, a, b,
    cond=None, overwrite_a=False, overwrite_b=False, check_finite=True, lapack_driver=None,
):  # fmt: skip
    return lstsq_tangent(a_dot, b_dot, y, a, b, cond)


# --- symmetric eigenvalues -----------------------------------------------------------------------


def is_one_kept_matrix(a, b, overwrite_a):
    return keeps_real_matrix(a, overwrite_a) and is_none(b)


def has_eigenvectors(a, b, lower, eigvals_only, overwrite_a):
    known = is_true(lower) and is_false(eigvals_only)
    return is_one_kept_matrix(a, b, overwrite_a) and known


def has_eigenvectors_of_upper(a, b, lower, eigvals_only, overwrite_a):
    known = is_false(lower) and is_false(eigvals_only)
    return is_one_kept_matrix(a, b, overwrite_a) and known


def has_eigenvalues_alone(a, b, lower, eigvals_only, overwrite_a):
    known = is_true(lower) and is_true(eigvals_only)
    return is_one_kept_matrix(a, b, overwrite_a) and known


def is_pair(a, b, overwrite_a, overwrite_b, type, eigvals_only):
    kept = keeps_real_matrix(a, overwrite_a) and is_false(overwrite_b)
    first = is_number(type, 1) and is_false(eigvals_only)
    return kept and first and is_real(b) and b.rank in (None, 2)


@pullback(linalg.eigh, when=has_eigenvectors)
def eigh_pullback(
    y, y_bar, a, b=None,
    lower=True, eigvals_only=False, overwrite_a=False, overwrite_b=False,
    type=1, check_finite=True, driver=None,
):  # fmt: skip
    """One triangle is read; a function of the space of equal eigenvalues has its derivative."""
    return eigh_cotangent(y_bar, y)


@pushforward(linalg.eigh, when=has_eigenvectors)
def eigh_pushforward(
    y, a_dot, a, b=None,
    lower=True, eigvals_only=False, overwrite_a=False, overwrite_b=False,
    type=1, check_finite=True, driver=None,
):  # fmt: skip
    return eigh_tangent(a_dot, y)


@pullback(linalg.eigh, when=has_eigenvectors_of_upper)
def eigh_of_upper_pullback(
    y, y_bar, a, b=None,
    lower=True, eigvals_only=False, overwrite_a=False, overwrite_b=False,
    type=1, check_finite=True, driver=None,
):  # fmt: skip
    return eigh_cotangent(y_bar, y, "U")


@pushforward(linalg.eigh, when=has_eigenvectors_of_upper)
def eigh_of_upper_pushforward(
    y, a_dot, a, b=None,
    lower=True, eigvals_only=False, overwrite_a=False, overwrite_b=False,
    type=1, check_finite=True, driver=None,
):  # fmt: skip
    return eigh_tangent(a_dot, y, "U")


@pullback(linalg.eigh, when=has_eigenvalues_alone)
def eigh_values_pullback(
    y, y_bar, a, b=None,
    lower=True, eigvals_only=False, overwrite_a=False, overwrite_b=False,
    type=1, check_finite=True, driver=None,
):  # fmt: skip
    return eigvalsh_cotangent(y_bar, a)


@pushforward(linalg.eigh, when=has_eigenvalues_alone)
def eigh_values_pushforward(
    y, a_dot, a, b=None,
    lower=True, eigvals_only=False, overwrite_a=False, overwrite_b=False,
    type=1, check_finite=True, driver=None,
):  # fmt: skip
    return eigvalsh_tangent(a_dot, a)


@pullback(linalg.eigh, when=is_pair)
def general_eigh_pullback(
    y, y_bar, a, b=None,
    lower=True, eigvals_only=False, overwrite_a=False, overwrite_b=False,
    type=1, check_finite=True, driver=None,
):  # fmt: skip
    both = general_eigh_cotangents(y_bar, y, lower)
    return both[0], both[1]


@pushforward(linalg.eigh, when=is_pair)
def general_eigh_pushforward(
    y, a_dot, b_dot, a, b=None,
    lower=True, eigvals_only=False, overwrite_a=False, overwrite_b=False,
    type=1, check_finite=True, driver=None,
):  # fmt: skip
    return general_eigh_tangent(a_dot, b_dot, y, lower)


def has_values_of_lower(a, b, lower, overwrite_a):
    return is_one_kept_matrix(a, b, overwrite_a) and is_true(lower)


def has_values_of_upper(a, b, lower, overwrite_a):
    return is_one_kept_matrix(a, b, overwrite_a) and is_false(lower)


def has_values_of_pair(a, b, overwrite_a, overwrite_b, type):
    kept = keeps_real_matrix(a, overwrite_a) and is_false(overwrite_b)
    return kept and is_number(type, 1) and is_real(b) and b.rank in (None, 2)


@pullback(linalg.eigvalsh, when=has_values_of_lower)
def eigvalsh_pullback(
    y, y_bar, a, b=None,
    lower=True, overwrite_a=False, overwrite_b=False, type=1, check_finite=True, driver=None,
):  # fmt: skip
    return eigvalsh_cotangent(y_bar, a)


@pushforward(linalg.eigvalsh, when=has_values_of_lower)
def eigvalsh_pushforward(
    y, a_dot, a, b=None,
    lower=True, overwrite_a=False, overwrite_b=False, type=1, check_finite=True, driver=None,
):  # fmt: skip
    return eigvalsh_tangent(a_dot, a)


@pullback(linalg.eigvalsh, when=has_values_of_upper)
def eigvalsh_of_upper_pullback(
    y, y_bar, a, b=None,
    lower=True, overwrite_a=False, overwrite_b=False, type=1, check_finite=True, driver=None,
):  # fmt: skip
    return eigvalsh_cotangent(y_bar, a, "U")


@pushforward(linalg.eigvalsh, when=has_values_of_upper)
def eigvalsh_of_upper_pushforward(
    y, a_dot, a, b=None,
    lower=True, overwrite_a=False, overwrite_b=False, type=1, check_finite=True, driver=None,
):  # fmt: skip
    return eigvalsh_tangent(a_dot, a, "U")


@pullback(linalg.eigvalsh, when=has_values_of_pair)
def general_eigvalsh_pullback(
    y, y_bar, a, b=None,
    lower=True, overwrite_a=False, overwrite_b=False, type=1, check_finite=True, driver=None,
):  # fmt: skip
    both = general_eigvalsh_cotangents(y_bar, a, b, lower)
    return both[0], both[1]


@pushforward(linalg.eigvalsh, when=has_values_of_pair)
def general_eigvalsh_pushforward(
    y, a_dot, b_dot, a, b=None,
    lower=True, overwrite_a=False, overwrite_b=False, type=1, check_finite=True, driver=None,
):  # fmt: skip
    return general_eigvalsh_tangent(a_dot, b_dot, a, b, lower)
