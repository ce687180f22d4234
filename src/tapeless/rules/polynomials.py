"""Polynomials with the highest power first: `np.polyval` and its like."""

import numpy as np
from numpy.polynomial._polybase import ABCPolyBase

from ..runtime import (
    fit_basis_cotangent,
    fit_basis_tangent,
    fit_values_cotangent,
    fit_weights_cotangent,
    fit_weights_tangent,
    lower_part,
    polydiv_cotangents,
    polydiv_tangent,
    polyval_cotangent,
    polyval_slope,
    right_aligned,
    root_slopes,
    unbroadcast,
    unpolyder,
    unpolyint,
    unpolyint_constants,
    unpolymul,
    vander_slope,
)
from .conditions import is_int, is_none, is_real, ranks
from .registry import linear, pullback, pushforward


def is_order(m):
    """How often something is differentiated; not at all gives back the argument itself."""
    return is_int(m) and m.value >= 1


def is_vector(p):
    """An array of rank one, or a list."""
    return p.rank == 1 or (p.rank is None and not getattr(p, "is_numeric", False))


# --- values --------------------------------------------------------------------------------------


@pullback(np.polyval, when=lambda p: ranks(p, 1))
def polyval_pullback(y, y_bar, p, x):
    return polyval_cotangent(y_bar, p, x), y_bar * polyval_slope(p, x)


@pullback(np.polyval)
def polyval_of_list_pullback(y, y_bar, p, x):
    """The coefficients may be arrays, too."""
    return polyval_cotangent(y_bar, p, x), unbroadcast(y_bar * polyval_slope(p, x), x)


@pushforward(np.polyval)
def polyval_pushforward(y, p_dot, x_dot, p, x):
    return np.polyval(p_dot, x), x_dot * polyval_slope(p, x)


@pullback(np.vander, when=lambda x: ranks(x, 1))
def vander_pullback(y, y_bar, x, N=None, increasing=False):
    return np.sum(y_bar * vander_slope(y, increasing), axis=1)


@pushforward(np.vander, when=lambda x: ranks(x, 1))
def vander_pushforward(y, x_dot, x, N=None, increasing=False):
    return x_dot[:, None] * vander_slope(y, increasing)


# --- arithmetic ----------------------------------------------------------------------------------


@pullback(np.polyadd)
def polyadd_pullback(y, y_bar, a1, a2):
    return lower_part(y_bar, a1), lower_part(y_bar, a2)


@pullback(np.polysub)
def polysub_pullback(y, y_bar, a1, a2):
    return lower_part(y_bar, a1), -lower_part(y_bar, a2)


linear(np.polyadd, np.polysub, of=(0, 1))


@pullback(np.polymul)
def polymul_pullback(y, y_bar, a1, a2):
    return unpolymul(y_bar, a1, a2), unpolymul(y_bar, a2, a1)


@pushforward(np.polymul)
def polymul_pushforward(y, a1_dot, a2_dot, a1, a2):
    return right_aligned(np.polymul(a1_dot, a2), y), right_aligned(np.polymul(a1, a2_dot), y)


@pullback(np.polydiv)
def polydiv_pullback(y, y_bar, u, v):
    return polydiv_cotangents(y_bar, y, u, v)[0], polydiv_cotangents(y_bar, y, u, v)[1]


@pushforward(np.polydiv)
def polydiv_pushforward(y, u_dot, v_dot, u, v):
    return polydiv_tangent(u_dot, v_dot, y, v)


# --- differentiated and integrated ---------------------------------------------------------------


@pullback(np.polyder, when=lambda m: is_order(m))
def polyder_pullback(y, y_bar, p, m=1):
    return unpolyder(y_bar, p, m)


@pullback(np.polyint, when=lambda m: is_order(m))
def polyint_pullback(y, y_bar, p, m=1, k=None):
    return unpolyint(y_bar, p, m), None, unpolyint_constants(y_bar, p, m, k)


linear(np.polyder)
linear(np.polyint, of=(0, 2))


# --- roots (those of real coefficients count as complex) and fits --------------------------------


@pullback(np.poly, when=lambda seq_of_zeros: is_vector(seq_of_zeros))
def poly_pullback(y, y_bar, seq_of_zeros):
    return root_slopes(seq_of_zeros).T @ y_bar


@pushforward(np.poly, when=lambda seq_of_zeros: is_vector(seq_of_zeros))
def poly_pushforward(y, seq_of_zeros_dot, seq_of_zeros):
    return root_slopes(seq_of_zeros) @ seq_of_zeros_dot


@pullback(np.roots, when=lambda p: ranks(p, 1))
def roots_pullback(y, y_bar, p):
    """A simple root z moves by -dp(z) / p'(z) (implicit function theorem)."""
    return -np.vander(y, np.size(p)).T @ (y_bar / polyval_slope(p, y))


@pushforward(np.roots, when=lambda p: ranks(p, 1))
def roots_pushforward(y, p_dot, p):
    return -np.polyval(p_dot, y) / polyval_slope(p, y)


def is_plain_fit(x, rcond, full, cov):
    """Coefficients alone are asked for."""
    return (
        is_real(x)
        and is_none(rcond)
        and full.static
        and full.value is False
        and cov.static
        and cov.value is False
    )


@pullback(np.polyfit, when=is_plain_fit)
def polyfit_pullback(y, y_bar, x, values, deg, rcond=None, full=False, w=None, cov=False):
    """The rule calls `values` what NumPy calls `y`."""
    basis = np.vander(x, deg + 1)
    return (
        np.sum(fit_basis_cotangent(y_bar, y, values, basis, w) * vander_slope(basis), axis=1),
        fit_values_cotangent(y_bar, values, basis, w),
        None,
        None,
        None,
        fit_weights_cotangent(y_bar, y, values, basis, w),
    )


@pushforward(np.polyfit, when=is_plain_fit)
def polyfit_pushforward(
    y, x_dot, values_dot, w_dot, x, values, deg, rcond=None, full=False, w=None, cov=False
):
    basis = np.vander(x, deg + 1)
    basis_dot = np.expand_dims(x_dot, 1) * vander_slope(basis)
    return (
        fit_basis_tangent(basis_dot, y, values, basis, w),
        np.polyfit(x, values_dot, deg, w=w),
        fit_weights_tangent(w_dot, y, values, basis, w),
    )


# --- polynomials as objects ----------------------------------------------------------------------


@pullback(np.poly1d.__call__, ABCPolyBase.__call__, broadcasts=True)
def value_of_polynomial_pullback(y, y_bar, self, x):
    """A polynomial made outside, or of constants, at points with derivatives."""
    return None, y_bar * self.deriv()(x)


@pushforward(np.poly1d.__call__, ABCPolyBase.__call__)
def value_of_polynomial_pushforward(y, x_dot, self, x):
    return self.deriv()(x) * x_dot
