"""Laguerre series of `np.polynomial`.

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
from .power_series import is_plain_fit, of_degree, of_matrix, of_vector
from .registry import linear, pullback, pushforward

# --- Laguerre series ------------------------------------------------------------------------------


@pullback(np.polynomial.laguerre.lagval, when=of_vector)
def lagval_pullback(y, y_bar, x, c, tensor=True):
    return (
        y_bar * np.polynomial.laguerre.lagval(x, np.polynomial.laguerre.lagder(c)),
        unvander(y_bar, np.polynomial.laguerre.lagvander(x, np.size(c) - 1)),
    )


@pushforward(np.polynomial.laguerre.lagval, when=of_vector)
def lagval_pushforward(y, x_dot, c_dot, x, c, tensor=True):
    return x_dot * np.polynomial.laguerre.lagval(
        x, np.polynomial.laguerre.lagder(c)
    ), np.polynomial.laguerre.lagval(x, c_dot)


@pullback(np.polynomial.laguerre.lagval2d, when=of_matrix)
def lagval2d_pullback(y, y_bar, x1, x2, c):
    return (
        y_bar * np.polynomial.laguerre.lagval2d(x1, x2, np.polynomial.laguerre.lagder(c)),
        y_bar * np.polynomial.laguerre.lagval2d(x1, x2, np.polynomial.laguerre.lagder(c, axis=1)),
        unvander(
            y_bar,
            np.polynomial.laguerre.lagvander(x1, np.shape(c)[0] - 1),
            np.polynomial.laguerre.lagvander(x2, np.shape(c)[1] - 1),
        ),
    )


@pushforward(np.polynomial.laguerre.lagval2d, when=of_matrix)
def lagval2d_pushforward(y, x1_dot, x2_dot, c_dot, x1, x2, c):
    return (
        x1_dot * np.polynomial.laguerre.lagval2d(x1, x2, np.polynomial.laguerre.lagder(c)),
        x2_dot * np.polynomial.laguerre.lagval2d(x1, x2, np.polynomial.laguerre.lagder(c, axis=1)),
        np.polynomial.laguerre.lagval2d(x1, x2, c_dot),
    )


@pullback(np.polynomial.laguerre.lagvander, when=of_degree)
def lagvander_pullback(y, y_bar, x, deg):
    return unbroadcast(np.sum(y_bar * series_slopes("laguerre", x, deg), axis=-1), x)


@pushforward(np.polynomial.laguerre.lagvander, when=of_degree)
def lagvander_pushforward(y, x_dot, x, deg):
    return np.expand_dims(x_dot, -1) * series_slopes("laguerre", x, deg)


@pullback(np.polynomial.laguerre.lagder)
def lagder_pullback(y, y_bar, c, m=1, scl=1, axis=0):
    return unseries(
        y_bar, np.polynomial.laguerre.lagder(np.eye(np.shape(c)[axis]), m, scl), c, axis
    )


@pullback(np.polynomial.laguerre.lagint)
def lagint_pullback(y, y_bar, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    matrix = np.polynomial.laguerre.lagint(np.eye(np.shape(c)[axis]), m, [], lbnd, scl)
    return unseries(y_bar, matrix, c, axis)


@pushforward(np.polynomial.laguerre.lagint)
def lagint_pushforward(y, c_dot, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    return np.polynomial.laguerre.lagint(c_dot, m, [], lbnd, scl, axis)


@pullback(np.polynomial.laguerre.lagmul)
def lagmul_pullback(y, y_bar, c1, c2):
    return (
        unseries_product(y_bar, "laguerre", c1, c2),
        unseries_product(y_bar, "laguerre", c2, c1),
    )


@pushforward(np.polynomial.laguerre.lagmul)
def lagmul_pushforward(y, c1_dot, c2_dot, c1, c2):
    return (
        left_aligned(np.polynomial.laguerre.lagmul(c1_dot, c2), y),
        left_aligned(np.polynomial.laguerre.lagmul(c1, c2_dot), y),
    )


@pullback(np.polynomial.laguerre.lagfit, when=is_plain_fit)
def lagfit_pullback(y, y_bar, x, values, deg, rcond=None, full=False, w=None):
    basis = np.polynomial.laguerre.lagvander(x, deg)
    return (
        np.sum(
            fit_basis_cotangent(y_bar, y, values, basis, w) * series_slopes("laguerre", x, deg),
            axis=1,
        ),
        fit_values_cotangent(y_bar, values, basis, w),
        None,
        None,
        None,
        fit_weights_cotangent(y_bar, y, values, basis, w),
    )


@pushforward(np.polynomial.laguerre.lagfit, when=is_plain_fit)
def lagfit_pushforward(y, x_dot, values_dot, w_dot, x, values, deg, rcond=None, full=False, w=None):
    basis = np.polynomial.laguerre.lagvander(x, deg)
    basis_dot = np.expand_dims(x_dot, -1) * series_slopes("laguerre", x, deg)
    return (
        fit_basis_tangent(basis_dot, y, values, basis, w),
        np.polynomial.laguerre.lagfit(x, values_dot, deg, w=w),
        fit_weights_tangent(w_dot, y, values, basis, w),
    )


linear(np.polynomial.laguerre.lagder)
