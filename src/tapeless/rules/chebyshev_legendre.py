"""Chebyshev and Legendre series of `np.polynomial`.

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
    series_slopes,
    unbroadcast,
    unseries,
    unseries_product,
    unvander,
)
from .power_series import is_plain_fit, of_array, of_degree, of_matrix, of_vector
from .registry import linear, pullback, pushforward

# --- Chebyshev series -----------------------------------------------------------------------------


@pullback(np.polynomial.chebyshev.chebval, when=of_vector)
def chebval_pullback(y, y_bar, x, c, tensor=True):
    return (
        y_bar * np.polynomial.chebyshev.chebval(x, np.polynomial.chebyshev.chebder(c)),
        unvander(y_bar, np.polynomial.chebyshev.chebvander(x, np.size(c) - 1)),
    )


@pushforward(np.polynomial.chebyshev.chebval, when=of_vector)
def chebval_pushforward(y, x_dot, c_dot, x, c, tensor=True):
    return x_dot * np.polynomial.chebyshev.chebval(
        x, np.polynomial.chebyshev.chebder(c)
    ), np.polynomial.chebyshev.chebval(x, c_dot)


@pullback(np.polynomial.chebyshev.chebval2d, when=of_matrix)
def chebval2d_pullback(y, y_bar, x1, x2, c):
    return (
        y_bar * np.polynomial.chebyshev.chebval2d(x1, x2, np.polynomial.chebyshev.chebder(c)),
        y_bar
        * np.polynomial.chebyshev.chebval2d(x1, x2, np.polynomial.chebyshev.chebder(c, axis=1)),
        unvander(
            y_bar,
            np.polynomial.chebyshev.chebvander(x1, np.shape(c)[0] - 1),
            np.polynomial.chebyshev.chebvander(x2, np.shape(c)[1] - 1),
        ),
    )


@pushforward(np.polynomial.chebyshev.chebval2d, when=of_matrix)
def chebval2d_pushforward(y, x1_dot, x2_dot, c_dot, x1, x2, c):
    return (
        x1_dot * np.polynomial.chebyshev.chebval2d(x1, x2, np.polynomial.chebyshev.chebder(c)),
        x2_dot
        * np.polynomial.chebyshev.chebval2d(x1, x2, np.polynomial.chebyshev.chebder(c, axis=1)),
        np.polynomial.chebyshev.chebval2d(x1, x2, c_dot),
    )


@pullback(np.polynomial.chebyshev.chebvander, when=of_degree)
def chebvander_pullback(y, y_bar, x, deg):
    return unbroadcast(np.sum(y_bar * series_slopes("chebyshev", x, deg), axis=-1), x)


@pushforward(np.polynomial.chebyshev.chebvander, when=of_degree)
def chebvander_pushforward(y, x_dot, x, deg):
    return np.expand_dims(x_dot, -1) * series_slopes("chebyshev", x, deg)


@pullback(np.polynomial.chebyshev.chebder)
def chebder_pullback(y, y_bar, c, m=1, scl=1, axis=0):
    return unseries(
        y_bar, np.polynomial.chebyshev.chebder(np.eye(np.shape(c)[axis]), m, scl), c, axis
    )


@pullback(np.polynomial.chebyshev.chebint)
def chebint_pullback(y, y_bar, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    matrix = np.polynomial.chebyshev.chebint(np.eye(np.shape(c)[axis]), m, [], lbnd, scl)
    return unseries(y_bar, matrix, c, axis)


@pushforward(np.polynomial.chebyshev.chebint)
def chebint_pushforward(y, c_dot, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    return np.polynomial.chebyshev.chebint(c_dot, m, [], lbnd, scl, axis)


@pullback(np.polynomial.chebyshev.chebmul)
def chebmul_pullback(y, y_bar, c1, c2):
    return (
        unseries_product(y_bar, "chebyshev", c1, c2),
        unseries_product(y_bar, "chebyshev", c2, c1),
    )


@pushforward(np.polynomial.chebyshev.chebmul)
def chebmul_pushforward(y, c1_dot, c2_dot, c1, c2):
    return (
        left_aligned(np.polynomial.chebyshev.chebmul(c1_dot, c2), y),
        left_aligned(np.polynomial.chebyshev.chebmul(c1, c2_dot), y),
    )


@pullback(np.polynomial.chebyshev.chebfit, when=is_plain_fit)
def chebfit_pullback(y, y_bar, x, values, deg, rcond=None, full=False, w=None):
    basis = np.polynomial.chebyshev.chebvander(x, deg)
    return (
        np.sum(
            fit_basis_cotangent(y_bar, y, values, basis, w) * series_slopes("chebyshev", x, deg),
            axis=1,
        ),
        fit_values_cotangent(y_bar, values, basis, w),
        None,
        None,
        None,
        fit_weights_cotangent(y_bar, y, values, basis, w),
    )


@pushforward(np.polynomial.chebyshev.chebfit, when=is_plain_fit)
def chebfit_pushforward(
    y, x_dot, values_dot, w_dot, x, values, deg, rcond=None, full=False, w=None
):
    basis = np.polynomial.chebyshev.chebvander(x, deg)
    basis_dot = np.expand_dims(x_dot, -1) * series_slopes("chebyshev", x, deg)
    return (
        fit_basis_tangent(basis_dot, y, values, basis, w),
        np.polynomial.chebyshev.chebfit(x, values_dot, deg, w=w),
        fit_weights_tangent(w_dot, y, values, basis, w),
    )


linear(np.polynomial.chebyshev.chebder)

# --- Legendre series ------------------------------------------------------------------------------


@pullback(np.polynomial.legendre.legval, when=of_vector)
def legval_pullback(y, y_bar, x, c, tensor=True):
    return (
        y_bar * np.polynomial.legendre.legval(x, np.polynomial.legendre.legder(c)),
        unvander(y_bar, np.polynomial.legendre.legvander(x, np.size(c) - 1)),
    )


@pushforward(np.polynomial.legendre.legval, when=of_vector)
def legval_pushforward(y, x_dot, c_dot, x, c, tensor=True):
    return x_dot * np.polynomial.legendre.legval(
        x, np.polynomial.legendre.legder(c)
    ), np.polynomial.legendre.legval(x, c_dot)


@pullback(np.polynomial.legendre.legval2d, when=of_matrix)
def legval2d_pullback(y, y_bar, x1, x2, c):
    return (
        y_bar * np.polynomial.legendre.legval2d(x1, x2, np.polynomial.legendre.legder(c)),
        y_bar * np.polynomial.legendre.legval2d(x1, x2, np.polynomial.legendre.legder(c, axis=1)),
        unvander(
            y_bar,
            np.polynomial.legendre.legvander(x1, np.shape(c)[0] - 1),
            np.polynomial.legendre.legvander(x2, np.shape(c)[1] - 1),
        ),
    )


@pushforward(np.polynomial.legendre.legval2d, when=of_matrix)
def legval2d_pushforward(y, x1_dot, x2_dot, c_dot, x1, x2, c):
    return (
        x1_dot * np.polynomial.legendre.legval2d(x1, x2, np.polynomial.legendre.legder(c)),
        x2_dot * np.polynomial.legendre.legval2d(x1, x2, np.polynomial.legendre.legder(c, axis=1)),
        np.polynomial.legendre.legval2d(x1, x2, c_dot),
    )


@pullback(np.polynomial.legendre.legvander, when=of_degree)
def legvander_pullback(y, y_bar, x, deg):
    return unbroadcast(np.sum(y_bar * series_slopes("legendre", x, deg), axis=-1), x)


@pushforward(np.polynomial.legendre.legvander, when=of_degree)
def legvander_pushforward(y, x_dot, x, deg):
    return np.expand_dims(x_dot, -1) * series_slopes("legendre", x, deg)


@pullback(np.polynomial.legendre.legder)
def legder_pullback(y, y_bar, c, m=1, scl=1, axis=0):
    return unseries(
        y_bar, np.polynomial.legendre.legder(np.eye(np.shape(c)[axis]), m, scl), c, axis
    )


@pullback(np.polynomial.legendre.legint)
def legint_pullback(y, y_bar, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    matrix = np.polynomial.legendre.legint(np.eye(np.shape(c)[axis]), m, [], lbnd, scl)
    return unseries(y_bar, matrix, c, axis)


@pushforward(np.polynomial.legendre.legint)
def legint_pushforward(y, c_dot, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    return np.polynomial.legendre.legint(c_dot, m, [], lbnd, scl, axis)


@pullback(np.polynomial.legendre.legmul)
def legmul_pullback(y, y_bar, c1, c2):
    return (
        unseries_product(y_bar, "legendre", c1, c2),
        unseries_product(y_bar, "legendre", c2, c1),
    )


@pushforward(np.polynomial.legendre.legmul)
def legmul_pushforward(y, c1_dot, c2_dot, c1, c2):
    return (
        left_aligned(np.polynomial.legendre.legmul(c1_dot, c2), y),
        left_aligned(np.polynomial.legendre.legmul(c1, c2_dot), y),
    )


@pullback(np.polynomial.legendre.legroots, when=of_array)
def legroots_pullback(y, y_bar, c):
    """A simple root z moves by -dp(z) / p'(z) (implicit function theorem)."""
    return -np.polynomial.legendre.legvander(y, np.size(c) - 1).T @ (
        y_bar / np.polynomial.legendre.legval(y, np.polynomial.legendre.legder(c))
    )


@pushforward(np.polynomial.legendre.legroots, when=of_array)
def legroots_pushforward(y, c_dot, c):
    return -np.polynomial.legendre.legval(y, c_dot) / np.polynomial.legendre.legval(
        y, np.polynomial.legendre.legder(c)
    )


@pullback(np.polynomial.legendre.legfit, when=is_plain_fit)
def legfit_pullback(y, y_bar, x, values, deg, rcond=None, full=False, w=None):
    basis = np.polynomial.legendre.legvander(x, deg)
    return (
        np.sum(
            fit_basis_cotangent(y_bar, y, values, basis, w) * series_slopes("legendre", x, deg),
            axis=1,
        ),
        fit_values_cotangent(y_bar, values, basis, w),
        None,
        None,
        None,
        fit_weights_cotangent(y_bar, y, values, basis, w),
    )


@pushforward(np.polynomial.legendre.legfit, when=is_plain_fit)
def legfit_pushforward(y, x_dot, values_dot, w_dot, x, values, deg, rcond=None, full=False, w=None):
    basis = np.polynomial.legendre.legvander(x, deg)
    basis_dot = np.expand_dims(x_dot, -1) * series_slopes("legendre", x, deg)
    return (
        fit_basis_tangent(basis_dot, y, values, basis, w),
        np.polynomial.legendre.legfit(x, values_dot, deg, w=w),
        fit_weights_tangent(w_dot, y, values, basis, w),
    )


linear(np.polynomial.legendre.legder)
