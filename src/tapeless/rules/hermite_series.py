"""Series of Hermite polynomials of `np.polynomial`, the physicists' and the probabilists'.

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

# --- Hermite series -------------------------------------------------------------------------------


@pullback(np.polynomial.hermite.hermval, when=of_vector)
def hermval_pullback(y, y_bar, x, c, tensor=True):
    return (
        y_bar * np.polynomial.hermite.hermval(x, np.polynomial.hermite.hermder(c)),
        unvander(y_bar, np.polynomial.hermite.hermvander(x, np.size(c) - 1)),
    )


@pushforward(np.polynomial.hermite.hermval, when=of_vector)
def hermval_pushforward(y, x_dot, c_dot, x, c, tensor=True):
    return x_dot * np.polynomial.hermite.hermval(
        x, np.polynomial.hermite.hermder(c)
    ), np.polynomial.hermite.hermval(x, c_dot)


@pullback(np.polynomial.hermite.hermval2d, when=of_matrix)
def hermval2d_pullback(y, y_bar, x1, x2, c):
    return (
        y_bar * np.polynomial.hermite.hermval2d(x1, x2, np.polynomial.hermite.hermder(c)),
        y_bar * np.polynomial.hermite.hermval2d(x1, x2, np.polynomial.hermite.hermder(c, axis=1)),
        unvander(
            y_bar,
            np.polynomial.hermite.hermvander(x1, np.shape(c)[0] - 1),
            np.polynomial.hermite.hermvander(x2, np.shape(c)[1] - 1),
        ),
    )


@pushforward(np.polynomial.hermite.hermval2d, when=of_matrix)
def hermval2d_pushforward(y, x1_dot, x2_dot, c_dot, x1, x2, c):
    return (
        x1_dot * np.polynomial.hermite.hermval2d(x1, x2, np.polynomial.hermite.hermder(c)),
        x2_dot * np.polynomial.hermite.hermval2d(x1, x2, np.polynomial.hermite.hermder(c, axis=1)),
        np.polynomial.hermite.hermval2d(x1, x2, c_dot),
    )


@pullback(np.polynomial.hermite.hermvander, when=of_degree)
def hermvander_pullback(y, y_bar, x, deg):
    return unbroadcast(np.sum(y_bar * series_slopes("hermite", x, deg), axis=-1), x)


@pushforward(np.polynomial.hermite.hermvander, when=of_degree)
def hermvander_pushforward(y, x_dot, x, deg):
    return np.expand_dims(x_dot, -1) * series_slopes("hermite", x, deg)


@pullback(np.polynomial.hermite.hermder)
def hermder_pullback(y, y_bar, c, m=1, scl=1, axis=0):
    return unseries(
        y_bar, np.polynomial.hermite.hermder(np.eye(np.shape(c)[axis]), m, scl), c, axis
    )


@pullback(np.polynomial.hermite.hermint)
def hermint_pullback(y, y_bar, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    matrix = np.polynomial.hermite.hermint(np.eye(np.shape(c)[axis]), m, [], lbnd, scl)
    return unseries(y_bar, matrix, c, axis)


@pushforward(np.polynomial.hermite.hermint)
def hermint_pushforward(y, c_dot, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    return np.polynomial.hermite.hermint(c_dot, m, [], lbnd, scl, axis)


@pullback(np.polynomial.hermite.hermmul)
def hermmul_pullback(y, y_bar, c1, c2):
    return (
        unseries_product(y_bar, "hermite", c1, c2),
        unseries_product(y_bar, "hermite", c2, c1),
    )


@pushforward(np.polynomial.hermite.hermmul)
def hermmul_pushforward(y, c1_dot, c2_dot, c1, c2):
    return (
        left_aligned(np.polynomial.hermite.hermmul(c1_dot, c2), y),
        left_aligned(np.polynomial.hermite.hermmul(c1, c2_dot), y),
    )


@pullback(np.polynomial.hermite.hermfit, when=is_plain_fit)
def hermfit_pullback(y, y_bar, x, values, deg, rcond=None, full=False, w=None):
    basis = np.polynomial.hermite.hermvander(x, deg)
    return (
        np.sum(
            fit_basis_cotangent(y_bar, y, values, basis, w) * series_slopes("hermite", x, deg),
            axis=1,
        ),
        fit_values_cotangent(y_bar, values, basis, w),
        None,
        None,
        None,
        fit_weights_cotangent(y_bar, y, values, basis, w),
    )


@pushforward(np.polynomial.hermite.hermfit, when=is_plain_fit)
def hermfit_pushforward(
    y, x_dot, values_dot, w_dot, x, values, deg, rcond=None, full=False, w=None
):
    basis = np.polynomial.hermite.hermvander(x, deg)
    basis_dot = np.expand_dims(x_dot, -1) * series_slopes("hermite", x, deg)
    return (
        fit_basis_tangent(basis_dot, y, values, basis, w),
        np.polynomial.hermite.hermfit(x, values_dot, deg, w=w),
        fit_weights_tangent(w_dot, y, values, basis, w),
    )


linear(np.polynomial.hermite.hermder)

# --- series of probabilists' Hermite polynomials --------------------------------------------------


@pullback(np.polynomial.hermite_e.hermeval, when=of_vector)
def hermeval_pullback(y, y_bar, x, c, tensor=True):
    return (
        y_bar * np.polynomial.hermite_e.hermeval(x, np.polynomial.hermite_e.hermeder(c)),
        unvander(y_bar, np.polynomial.hermite_e.hermevander(x, np.size(c) - 1)),
    )


@pushforward(np.polynomial.hermite_e.hermeval, when=of_vector)
def hermeval_pushforward(y, x_dot, c_dot, x, c, tensor=True):
    return x_dot * np.polynomial.hermite_e.hermeval(
        x, np.polynomial.hermite_e.hermeder(c)
    ), np.polynomial.hermite_e.hermeval(x, c_dot)


@pullback(np.polynomial.hermite_e.hermeval2d, when=of_matrix)
def hermeval2d_pullback(y, y_bar, x1, x2, c):
    return (
        y_bar * np.polynomial.hermite_e.hermeval2d(x1, x2, np.polynomial.hermite_e.hermeder(c)),
        y_bar
        * np.polynomial.hermite_e.hermeval2d(x1, x2, np.polynomial.hermite_e.hermeder(c, axis=1)),
        unvander(
            y_bar,
            np.polynomial.hermite_e.hermevander(x1, np.shape(c)[0] - 1),
            np.polynomial.hermite_e.hermevander(x2, np.shape(c)[1] - 1),
        ),
    )


@pushforward(np.polynomial.hermite_e.hermeval2d, when=of_matrix)
def hermeval2d_pushforward(y, x1_dot, x2_dot, c_dot, x1, x2, c):
    return (
        x1_dot * np.polynomial.hermite_e.hermeval2d(x1, x2, np.polynomial.hermite_e.hermeder(c)),
        x2_dot
        * np.polynomial.hermite_e.hermeval2d(x1, x2, np.polynomial.hermite_e.hermeder(c, axis=1)),
        np.polynomial.hermite_e.hermeval2d(x1, x2, c_dot),
    )


@pullback(np.polynomial.hermite_e.hermevander, when=of_degree)
def hermevander_pullback(y, y_bar, x, deg):
    return unbroadcast(np.sum(y_bar * series_slopes("hermite_e", x, deg), axis=-1), x)


@pushforward(np.polynomial.hermite_e.hermevander, when=of_degree)
def hermevander_pushforward(y, x_dot, x, deg):
    return np.expand_dims(x_dot, -1) * series_slopes("hermite_e", x, deg)


@pullback(np.polynomial.hermite_e.hermeder)
def hermeder_pullback(y, y_bar, c, m=1, scl=1, axis=0):
    return unseries(
        y_bar, np.polynomial.hermite_e.hermeder(np.eye(np.shape(c)[axis]), m, scl), c, axis
    )


@pullback(np.polynomial.hermite_e.hermeint)
def hermeint_pullback(y, y_bar, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    matrix = np.polynomial.hermite_e.hermeint(np.eye(np.shape(c)[axis]), m, [], lbnd, scl)
    return unseries(y_bar, matrix, c, axis)


@pushforward(np.polynomial.hermite_e.hermeint)
def hermeint_pushforward(y, c_dot, c, m=1, k=None, lbnd=0, scl=1, axis=0):
    return np.polynomial.hermite_e.hermeint(c_dot, m, [], lbnd, scl, axis)


@pullback(np.polynomial.hermite_e.hermemul)
def hermemul_pullback(y, y_bar, c1, c2):
    return (
        unseries_product(y_bar, "hermite_e", c1, c2),
        unseries_product(y_bar, "hermite_e", c2, c1),
    )


@pushforward(np.polynomial.hermite_e.hermemul)
def hermemul_pushforward(y, c1_dot, c2_dot, c1, c2):
    return (
        left_aligned(np.polynomial.hermite_e.hermemul(c1_dot, c2), y),
        left_aligned(np.polynomial.hermite_e.hermemul(c1, c2_dot), y),
    )


@pullback(np.polynomial.hermite_e.hermefit, when=is_plain_fit)
def hermefit_pullback(y, y_bar, x, values, deg, rcond=None, full=False, w=None):
    basis = np.polynomial.hermite_e.hermevander(x, deg)
    return (
        np.sum(
            fit_basis_cotangent(y_bar, y, values, basis, w) * series_slopes("hermite_e", x, deg),
            axis=1,
        ),
        fit_values_cotangent(y_bar, values, basis, w),
        None,
        None,
        None,
        fit_weights_cotangent(y_bar, y, values, basis, w),
    )


@pushforward(np.polynomial.hermite_e.hermefit, when=is_plain_fit)
def hermefit_pushforward(
    y, x_dot, values_dot, w_dot, x, values, deg, rcond=None, full=False, w=None
):
    basis = np.polynomial.hermite_e.hermevander(x, deg)
    basis_dot = np.expand_dims(x_dot, -1) * series_slopes("hermite_e", x, deg)
    return (
        fit_basis_tangent(basis_dot, y, values, basis, w),
        np.polynomial.hermite_e.hermefit(x, values_dot, deg, w=w),
        fit_weights_tangent(w_dot, y, values, basis, w),
    )


linear(np.polynomial.hermite_e.hermeder)
