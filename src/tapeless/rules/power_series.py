"""Power series of `np.polynomial`, and what holds for series in any basis.

The lowest power comes first.  A rule calls `x1`, `x2` and `values` what NumPy calls `x`, `y` and,
in a fit, `y`.
"""

import numpy as np

from ..runtime import (
    fit_basis_cotangent,
    fit_basis_tangent,
    fit_values_cotangent,
    fit_weights_cotangent,
    fit_weights_tangent,
    left_aligned,
    root_slopes,
    series_slopes,
    unbroadcast,
    unseries,
    unseries_product,
    unvander,
    upper_part,
)
from .conditions import is_none, is_real, ranks
from .polynomials import is_vector
from .registry import linear, pullback, pushforward, refused


def of_vector(c):
    return is_vector(c)


def of_array(c):
    return ranks(c, 1)


def of_matrix(c):
    return ranks(c, 2)


def of_degree(deg):
    return deg.rank == 0


def is_plain_fit(x, deg, rcond, full):
    """Up to one degree, with the coefficients alone as the result."""
    return is_real(x) and deg.rank == 0 and is_none(rcond) and full.static and full.value is False


# --- sums, whatever the basis --------------------------------------------------------------------


@pullback(
    np.polynomial.polynomial.polyadd,
    np.polynomial.chebyshev.chebadd,
    np.polynomial.legendre.legadd,
    np.polynomial.hermite.hermadd,
    np.polynomial.hermite_e.hermeadd,
    np.polynomial.laguerre.lagadd,
)
def seriesadd_pullback(y, y_bar, c1, c2):
    return upper_part(y_bar, c1), upper_part(y_bar, c2)


@pushforward(
    np.polynomial.polynomial.polyadd,
    np.polynomial.chebyshev.chebadd,
    np.polynomial.legendre.legadd,
    np.polynomial.hermite.hermadd,
    np.polynomial.hermite_e.hermeadd,
    np.polynomial.laguerre.lagadd,
)
def seriesadd_pushforward(y, c1_dot, c2_dot, c1, c2):
    return left_aligned(c1_dot, y), left_aligned(c2_dot, y)


@pullback(
    np.polynomial.polynomial.polysub,
    np.polynomial.chebyshev.chebsub,
    np.polynomial.legendre.legsub,
    np.polynomial.hermite.hermsub,
    np.polynomial.hermite_e.hermesub,
    np.polynomial.laguerre.lagsub,
)
def seriessub_pullback(y, y_bar, c1, c2):
    return upper_part(y_bar, c1), -upper_part(y_bar, c2)


@pushforward(
    np.polynomial.polynomial.polysub,
    np.polynomial.chebyshev.chebsub,
    np.polynomial.legendre.legsub,
    np.polynomial.hermite.hermsub,
    np.polynomial.hermite_e.hermesub,
    np.polynomial.laguerre.lagsub,
)
def seriessub_pushforward(y, c1_dot, c2_dot, c1, c2):
    return left_aligned(c1_dot, y), -left_aligned(c2_dot, y)


# --- roots: real or complex, as their values will have it --------------------------------------

refused(
    np.polynomial.chebyshev.chebroots,
    np.polynomial.hermite.hermroots,
    np.polynomial.hermite_e.hermeroots,
    np.polynomial.laguerre.lagroots,
    reason="whether the roots are real or complex is known only when they are computed",
    instead="np.roots of the coefficients of the powers",
)


@pullback(np.polynomial.polynomial.polyfromroots)
def polyfromroots_pullback(y, y_bar, roots):
    return root_slopes(roots).T @ y_bar[::-1]


@pushforward(np.polynomial.polynomial.polyfromroots)
def polyfromroots_pushforward(y, roots_dot, roots):
    return (root_slopes(roots) @ roots_dot)[::-1]


# --- power series ---------------------------------------------------------------------------------


@pullback(np.polynomial.polynomial.polyval, when=of_vector)
def powerval_pullback(y, y_bar, x, c, tensor=True):
    return (
        y_bar * np.polynomial.polynomial.polyval(x, np.polynomial.polynomial.polyder(c)),
        unvander(y_bar, np.polynomial.polynomial.polyvander(x, np.size(c) - 1)),
    )


@pushforward(np.polynomial.polynomial.polyval, when=of_vector)
def powerval_pushforward(y, x_dot, c_dot, x, c, tensor=True):
    return x_dot * np.polynomial.polynomial.polyval(
        x, np.polynomial.polynomial.polyder(c)
    ), np.polynomial.polynomial.polyval(x, c_dot)


@pullback(np.polynomial.polynomial.polyval2d, when=of_matrix)
def powerval2d_pullback(y, y_bar, x1, x2, c):
    return (
        y_bar * np.polynomial.polynomial.polyval2d(x1, x2, np.polynomial.polynomial.polyder(c)),
        y_bar
        * np.polynomial.polynomial.polyval2d(x1, x2, np.polynomial.polynomial.polyder(c, axis=1)),
        unvander(
            y_bar,
            np.polynomial.polynomial.polyvander(x1, np.shape(c)[0] - 1),
            np.polynomial.polynomial.polyvander(x2, np.shape(c)[1] - 1),
        ),
    )


@pushforward(np.polynomial.polynomial.polyval2d, when=of_matrix)
def powerval2d_pushforward(y, x1_dot, x2_dot, c_dot, x1, x2, c):
    return (
        x1_dot * np.polynomial.polynomial.polyval2d(x1, x2, np.polynomial.polynomial.polyder(c)),
        x2_dot
        * np.polynomial.polynomial.polyval2d(x1, x2, np.polynomial.polynomial.polyder(c, axis=1)),
        np.polynomial.polynomial.polyval2d(x1, x2, c_dot),
    )


@pullback(np.polynomial.polynomial.polyvander, when=of_degree)
def powervander_pullback(y, y_bar, x, deg):
    return unbroadcast(np.sum(y_bar * series_slopes("polynomial", x, deg), axis=-1), x)


@pushforward(np.polynomial.polynomial.polyvander, when=of_degree)
def powervander_pushforward(y, x_dot, x, deg):
    return np.expand_dims(x_dot, -1) * series_slopes("polynomial", x, deg)


@pullback(np.polynomial.polynomial.polyder)
def powerder_pullback(y, y_bar, c, m=1, scl=1, axis=0):
    return unseries(
        y_bar, np.polynomial.polynomial.polyder(np.eye(np.shape(c)[axis]), m, scl), c, axis
    )


@pullback(np.polynomial.polynomial.polyint)
def powerint_pullback(y, y_bar, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    matrix = np.polynomial.polynomial.polyint(np.eye(np.shape(c)[axis]), m, [], lbnd, scl)
    return unseries(y_bar, matrix, c, axis)


@pushforward(np.polynomial.polynomial.polyint)
def powerint_pushforward(y, c_dot, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    return np.polynomial.polynomial.polyint(c_dot, m, [], lbnd, scl, axis)


@pullback(np.polynomial.polynomial.polymul)
def powermul_pullback(y, y_bar, c1, c2):
    return (
        unseries_product(y_bar, "polynomial", c1, c2),
        unseries_product(y_bar, "polynomial", c2, c1),
    )


@pushforward(np.polynomial.polynomial.polymul)
def powermul_pushforward(y, c1_dot, c2_dot, c1, c2):
    return (
        left_aligned(np.polynomial.polynomial.polymul(c1_dot, c2), y),
        left_aligned(np.polynomial.polynomial.polymul(c1, c2_dot), y),
    )


@pullback(np.polynomial.polynomial.polyroots, when=of_array)
def powerroots_pullback(y, y_bar, c):
    """A simple root z moves by -dp(z) / p'(z) (implicit function theorem)."""
    return -np.polynomial.polynomial.polyvander(y, np.size(c) - 1).T @ (
        y_bar / np.polynomial.polynomial.polyval(y, np.polynomial.polynomial.polyder(c))
    )


@pushforward(np.polynomial.polynomial.polyroots, when=of_array)
def powerroots_pushforward(y, c_dot, c):
    return -np.polynomial.polynomial.polyval(y, c_dot) / np.polynomial.polynomial.polyval(
        y, np.polynomial.polynomial.polyder(c)
    )


@pullback(np.polynomial.polynomial.polyfit, when=is_plain_fit)
def powerfit_pullback(y, y_bar, x, values, deg, rcond=None, full=False, w=None):
    basis = np.polynomial.polynomial.polyvander(x, deg)
    return (
        np.sum(
            fit_basis_cotangent(y_bar, y, values, basis, w) * series_slopes("polynomial", x, deg),
            axis=1,
        ),
        fit_values_cotangent(y_bar, values, basis, w),
        None,
        None,
        None,
        fit_weights_cotangent(y_bar, y, values, basis, w),
    )


@pushforward(np.polynomial.polynomial.polyfit, when=is_plain_fit)
def powerfit_pushforward(
    y, x_dot, values_dot, w_dot, x, values, deg, rcond=None, full=False, w=None
):
    basis = np.polynomial.polynomial.polyvander(x, deg)
    basis_dot = np.expand_dims(x_dot, -1) * series_slopes("polynomial", x, deg)
    return (
        fit_basis_tangent(basis_dot, y, values, basis, w),
        np.polynomial.polynomial.polyfit(x, values_dot, deg, w=w),
        fit_weights_tangent(w_dot, y, values, basis, w),
    )


linear(np.polynomial.polynomial.polyder)
