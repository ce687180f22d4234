"""Complex numbers: conjugates, parts and angles, and the functions of `cmath`.

The cotangent of `z` is paired with `dz` without conjugation; parts and angles are linear over the
reals alone, so that each mode is written.  The angle of 0 has the derivative 0.
"""

import cmath
import math

import numpy as np

from ..runtime import real_if_close_tangent, zeros_of
from .conditions import is_complex, is_none
from .elementwise import (
    arccos_of_complex_partial,
    arccosh_of_complex_partial,
    arcsin_of_complex_partial,
    arcsinh_of_complex_partial,
)
from .operators import same_as
from .registry import constant, elementwise, linear, pullback, pushforward, turns_complex

# --- parts ---------------------------------------------------------------------------------------

linear(np.conjugate, np.real, np.imag)


@pullback(np.conjugate, when=lambda x: is_complex(x), broadcasts=True)
def conjugate_pullback(y, y_bar, x):
    return np.conjugate(y_bar)


@pullback(np.conjugate, broadcasts=True)
def conjugate_of_real_pullback(y, y_bar, x):
    return y_bar


@pullback(np.real)
def real_pullback(y, y_bar, val):
    return y_bar


@pullback(np.imag, when=lambda val: is_complex(val))
def imag_pullback(y, y_bar, val):
    return y_bar * -1j


@pullback(np.imag, when=lambda val: val.rank is not None or getattr(val, "items", None))
def imag_of_real_pullback(y, y_bar, val):
    return zeros_of(val)


turns_complex(np.real_if_close)


@pullback(np.real_if_close)
def real_if_close_pullback(y, y_bar, a, tol=100):
    return y_bar


@pushforward(np.real_if_close)
def real_if_close_pushforward(y, a_dot, a, tol=100):
    return real_if_close_tangent(a_dot, y)


# --- angles --------------------------------------------------------------------------------------


@pullback(np.angle, when=lambda z, deg: is_complex(z) and deg.static and not deg.value)
def angle_pullback(y, y_bar, z, deg=False):
    return -1j * y_bar * (z != 0) / (z + (z == 0))


@pullback(np.angle, when=lambda z, deg: is_complex(z) and deg.static and deg.value)
def angle_in_degrees_pullback(y, y_bar, z, deg=False):
    return -180j / math.pi * y_bar * (z != 0) / (z + (z == 0))


@pullback(np.angle, when=lambda z: not is_complex(z) and z.rank is not None)
def angle_of_real_pullback(y, y_bar, z, deg=False):
    return zeros_of(z)


@pushforward(np.angle, when=lambda z, deg: is_complex(z) and deg.static and not deg.value)
def angle_pushforward(y, z_dot, z, deg=False):
    return np.imag(z_dot * (z != 0) / (z + (z == 0)))


@pushforward(np.angle, when=lambda z, deg: is_complex(z) and deg.static and deg.value)
def angle_in_degrees_pushforward(y, z_dot, z, deg=False):
    return 180.0 / math.pi * np.imag(z_dot * (z != 0) / (z + (z == 0)))


@pushforward(np.angle, when=lambda z: not is_complex(z) and z.rank is not None)
def angle_of_real_pushforward(y, z_dot, z, deg=False):
    return zeros_of(z)


# --- cmath ---------------------------------------------------------------------------------------

for _name in ("exp", "log10", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh"):
    same_as(getattr(cmath, _name), getattr(np, _name))
same_as(cmath.atan, np.arctan)
same_as(cmath.atanh, np.arctanh)

# Also of a real argument, where the result may be complex.
elementwise(cmath.asin)(arcsin_of_complex_partial)
elementwise(cmath.acos)(arccos_of_complex_partial)
elementwise(cmath.asinh)(arcsinh_of_complex_partial)
elementwise(cmath.acosh)(arccosh_of_complex_partial)

constant(cmath.isnan, cmath.isinf, cmath.isfinite, cmath.isclose)


@pullback(cmath.log, when=lambda base: is_none(base), broadcasts=True)
def log_pullback(y, y_bar, x, base=None):
    return y_bar / x


@pullback(cmath.log, broadcasts=True)
def log_base_pullback(y, y_bar, x, base=None):
    return y_bar / (x * np.log(base + 0j)), -y_bar * y / (base * np.log(base + 0j))


@pullback(cmath.phase)
def phase_pullback(y, y_bar, z):
    return -1j * y_bar * (z != 0) / (z + (z == 0))


@pushforward(cmath.phase)
def phase_pushforward(y, z_dot, z):
    return np.imag(z_dot * (z != 0) / (z + (z == 0)))


@pullback(cmath.polar)
def polar_pullback(y, y_bar, z):
    angle_bar = -1j * y_bar[1] * (z != 0) / (z + (z == 0))
    return y_bar[0] * np.conjugate(np.sign(z)) + angle_bar


@pushforward(cmath.polar)
def polar_pushforward(y, z_dot, z):
    angle_dot = np.imag(z_dot * (z != 0) / (z + (z == 0)))
    return np.real(np.conjugate(np.sign(z)) * z_dot), angle_dot


@elementwise(cmath.rect)
def rect_partials(y, r, phi):
    return np.exp(1j * phi), 1j * y


@pullback(np.sign, when=lambda x: is_complex(x), broadcasts=True)
def sign_of_complex_pullback(y, y_bar, x):
    """`y = x / abs(x)`: what flows along `x` itself is lost; 0 at 0."""
    return (y_bar - np.conjugate(y) * np.real(y * y_bar)) / np.where(x == 0, np.inf, np.abs(x))


@pushforward(np.sign, when=lambda x: is_complex(x))
def sign_of_complex_pushforward(y, x_dot, x):
    return (x_dot - y * np.real(np.conjugate(y) * x_dot)) / np.where(x == 0, np.inf, np.abs(x))
