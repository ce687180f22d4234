"""Factorisations of matrices; the formulas and what they cite are in `runtime/decompositions.py`.

Of eigenvalues that are equal, functions symmetric in them have their derivative; their vectors have
none, and where a derivative flows through these it is NaN.  It is the same with singular values,
which have derivative 0 at zero where they are computed alone.  Of vectors whose sign or phase is
free, the one that NumPy returns is differentiated.
"""

import numpy as np

from ..runtime import (
    cholesky_cotangent,
    cholesky_tangent,
    eig_cotangent,
    eig_tangent,
    eigh_cotangent,
    eigh_tangent,
    eigvals_cotangent,
    eigvals_tangent,
    eigvalsh_cotangent,
    eigvalsh_tangent,
    qr_cotangent,
    qr_factor_cotangent,
    qr_tangent,
    svd_cotangent,
    svd_tangent,
    svdvals_cotangent,
    svdvals_tangent,
)
from .conditions import is_false
from .registry import pullback, pushforward


@pullback(np.linalg.cholesky)
def cholesky_pullback(y, y_bar, a, upper=False):
    """NumPy reads one triangle only: there the cotangent is."""
    return cholesky_cotangent(y_bar, y, upper)


@pushforward(np.linalg.cholesky)
def cholesky_pushforward(y, a_dot, a, upper=False):
    return cholesky_tangent(a_dot, y, upper)


# --- eigenvalues ---------------------------------------------------------------------------------


@pullback(np.linalg.eigh)
def eigh_pullback(y, y_bar, a, UPLO="L"):
    """NumPy reads one triangle only: there the cotangent is."""
    return eigh_cotangent(y_bar, y, UPLO)


@pushforward(np.linalg.eigh)
def eigh_pushforward(y, a_dot, a, UPLO="L"):
    return eigh_tangent(a_dot, y, UPLO)


@pullback(np.linalg.eigvalsh)
def eigvalsh_pullback(y, y_bar, a, UPLO="L"):
    return eigvalsh_cotangent(y_bar, a, UPLO)


@pushforward(np.linalg.eigvalsh)
def eigvalsh_pushforward(y, a_dot, a, UPLO="L"):
    return eigvalsh_tangent(a_dot, a, UPLO)


@pullback(np.linalg.eig)
def eig_pullback(y, y_bar, a):
    """Of a matrix that has a full set of eigenvectors."""
    return eig_cotangent(y_bar, y, a)


@pushforward(np.linalg.eig)
def eig_pushforward(y, a_dot, a):
    return eig_tangent(a_dot, y)


@pullback(np.linalg.eigvals)
def eigvals_pullback(y, y_bar, a):
    """Of a matrix that has a full set of eigenvectors."""
    return eigvals_cotangent(y_bar, y, a)


@pushforward(np.linalg.eigvals)
def eigvals_pushforward(y, a_dot, a):
    return eigvals_tangent(a_dot, y, a)


# --- singular values -----------------------------------------------------------------------------


@pullback(np.linalg.svd, when=lambda compute_uv: is_false(compute_uv))
def svd_without_vectors_pullback(y, y_bar, a, full_matrices=True, compute_uv=True):
    return svdvals_cotangent(y_bar, a)


@pullback(np.linalg.svd, when=lambda compute_uv: compute_uv.static)
def svd_pullback(y, y_bar, a, full_matrices=True, compute_uv=True):
    return svd_cotangent(y_bar, y)


@pushforward(np.linalg.svd, when=lambda compute_uv: is_false(compute_uv))
def svd_without_vectors_pushforward(y, a_dot, a, full_matrices=True, compute_uv=True):
    return svdvals_tangent(a_dot, a)


@pushforward(np.linalg.svd, when=lambda compute_uv: compute_uv.static)
def svd_pushforward(y, a_dot, a, full_matrices=True, compute_uv=True):
    return svd_tangent(a_dot, y)


@pullback(np.linalg.svdvals)
def svdvals_pullback(y, y_bar, x):
    return svdvals_cotangent(y_bar, x)


@pushforward(np.linalg.svdvals)
def svdvals_pushforward(y, x_dot, x):
    return svdvals_tangent(x_dot, x)


# --- QR ------------------------------------------------------------------------------------------


def is_mode(mode, *modes):
    return mode.static and mode.value in modes


@pullback(np.linalg.qr, when=lambda mode: is_mode(mode, "reduced", "complete"))
def qr_pullback(y, y_bar, a, mode="reduced"):
    """Of a matrix whose first columns (all, or as many as there are rows) are independent."""
    return qr_cotangent(y_bar, y)


@pushforward(np.linalg.qr, when=lambda mode: is_mode(mode, "reduced", "complete"))
def qr_pushforward(y, a_dot, a, mode="reduced"):
    return qr_tangent(a_dot, y)


@pullback(np.linalg.qr, when=lambda mode: is_mode(mode, "r"))
def qr_factor_pullback(y, y_bar, a, mode="reduced"):
    return qr_factor_cotangent(y_bar, a)


@pushforward(np.linalg.qr, when=lambda mode: is_mode(mode, "r"))
def qr_factor_pushforward(y, a_dot, a, mode="reduced"):
    return qr_tangent(a_dot, np.linalg.qr(a))[1]
