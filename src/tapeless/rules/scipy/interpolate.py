"""Interpolants of `scipy.interpolate`, made outside, at points with derivatives.

A call `spline(x)` is the call `type(spline).__call__(spline, x)`.  Where the interpolant has a jump
in its derivative, the slope is the one that its own derivative has there.
"""

from scipy import interpolate

from ...runtime import beside_values, contract_values, interp1d_slope
from ..conditions import is_none, is_number
from ..registry import pullback, pushforward

PIECES = interpolate.PPoly.__call__
BASIS = interpolate.BSpline.__call__
FITPACK = interpolate.UnivariateSpline.__call__
POINTS = interpolate.interp1d.__call__
SURFACE = interpolate.RectBivariateSpline.__call__


def is_one_function(self):
    """A number for each point, not a curve of several components."""
    if not self.static:
        return False
    value = self.value
    if isinstance(value, interpolate.BSpline):
        return value.c.ndim == 1
    return value.c.ndim == 2


def is_value_of_one(self, nu, extrapolate):
    return is_one_function(self) and is_number(nu, 0) and is_none(extrapolate)


@pullback(PIECES, BASIS, when=is_value_of_one, broadcasts=True)
def value_of_spline_pullback(y, y_bar, self, x, nu=0, extrapolate=None):
    return None, y_bar * self(x, 1)


@pullback(PIECES, BASIS, when=lambda self: is_one_function(self), broadcasts=True)
def spline_pullback(y, y_bar, self, x, nu=0, extrapolate=None):
    return None, y_bar * self(x, nu + 1, extrapolate)


@pullback(PIECES, BASIS)
def curve_pullback(y, y_bar, self, x, nu=0, extrapolate=None):
    return None, contract_values(y_bar * self(x, nu + 1, extrapolate), x, self.axis)


@pushforward(PIECES, BASIS)
def curve_pushforward(y, x_dot, self, x, nu=0, extrapolate=None):
    return self(x, nu + 1, extrapolate) * beside_values(x_dot, y, self.axis)


@pullback(FITPACK, when=lambda nu: is_number(nu, 0), broadcasts=True)
def value_of_fitted_spline_pullback(y, y_bar, self, x, nu=0):
    return None, y_bar * self.derivative()(x)


@pullback(FITPACK, broadcasts=True)
def fitted_spline_pullback(y, y_bar, self, x, nu=0):
    return None, y_bar * self.derivative(nu + 1)(x)


# --- interpolants through points -----------------------------------------------------------------


def is_interp1d(self):
    return self.static and isinstance(self.value, interpolate.interp1d)


def is_one_interp1d(self):
    return is_interp1d(self) and not self.value._y_extra_shape


def is_polynomial(self):
    return self.static and isinstance(self.value, interpolate.KroghInterpolator)


@pullback(POINTS, when=lambda self: is_one_interp1d(self), broadcasts=True)
def interp1d_pullback(y, y_bar, self, x):
    """See `interp1d_slope` for the slope at a knot."""
    return None, y_bar * interp1d_slope(self, x)


@pullback(POINTS, when=lambda self: is_interp1d(self))
def interp1d_of_curve_pullback(y, y_bar, self, x):
    return None, contract_values(y_bar * interp1d_slope(self, x), x, self._y_axis)


@pushforward(POINTS, when=lambda self: is_interp1d(self))
def interp1d_pushforward(y, x_dot, self, x):
    return interp1d_slope(self, x) * beside_values(x_dot, y, self._y_axis)


@pullback(POINTS, when=lambda self: is_polynomial(self))
def polynomial_pullback(y, y_bar, self, x):
    return None, contract_values(y_bar * self.derivative(x), x, self._y_axis)


@pushforward(POINTS, when=lambda self: is_polynomial(self))
def polynomial_pushforward(y, x_dot, self, x):
    return self.derivative(x) * beside_values(x_dot, y, self._y_axis)


# --- surfaces ------------------------------------------------------------------------------------


@pullback(SURFACE, when=lambda grid: grid.static and not grid.value, broadcasts=True)
def points_of_surface_pullback(y, y_bar, self, x1, x2, dx=0, dy=0, grid=True):
    return (
        None,
        y_bar * self(x1, x2, dx + 1, dy, grid=False),
        y_bar * self(x1, x2, dx, dy + 1, grid=False),
    )
