"""Elementwise functions of arrays and numbers: arithmetic and the smooth functions.

Where the derivative is infinite (`arcsin` at 1, `arccosh` at 1) it is infinity, and NumPy warns as
it does for `1 / 0`; that of `hypot` and `arctan2` at the origin, where there is none, is 0.
"""

import math

import numpy as np

from ..runtime import bessel_i1, logaddexp_share, sinc_slope
from .conditions import is_complex
from .registry import elementwise, pullback, pushforward

# --- arithmetic ----------------------------------------------------------------------------------


@pullback(np.add, broadcasts=True)
def add_pullback(y, y_bar, x1, x2):
    return y_bar, y_bar


@pullback(np.subtract, broadcasts=True)
def subtract_pullback(y, y_bar, x1, x2):
    return y_bar, -y_bar


@pullback(np.multiply, broadcasts=True)
def multiply_pullback(y, y_bar, x1, x2):
    return y_bar * x2, y_bar * x1


@pullback(np.divide, broadcasts=True)
def divide_pullback(y, y_bar, x1, x2):
    return y_bar / x2, -y_bar * x1 / x2**2


@pullback(np.negative, broadcasts=True)
def negative_pullback(y, y_bar, x):
    return -y_bar


@pullback(np.positive, broadcasts=True)
def positive_pullback(y, y_bar, x):
    return y_bar


@pullback(np.remainder, broadcasts=True)
def remainder_pullback(y, y_bar, x1, x2):
    return y_bar, -y_bar * (x1 // x2)


@pullback(np.fmod, broadcasts=True)
def fmod_pullback(y, y_bar, x1, x2):
    """The quotient is that of the result: `x1 / x2` may round up to the next integer."""
    return y_bar, y_bar * (y - x1) / x2


@pullback(np.nextafter, broadcasts=True)
def nextafter_pullback(y, y_bar, x1, x2):
    return y_bar, None


@pushforward(np.nextafter)
def nextafter_pushforward(y, x1_dot, x1, x2):
    return np.broadcast_to(x1_dot, np.shape(y)).copy()


# --- exponentials and logarithms -----------------------------------------------------------------


@elementwise(np.exp)
def exp_partial(y, x):
    return y


@elementwise(np.exp2)
def exp2_partial(y, x):
    return y * math.log(2.0)


@elementwise(np.expm1)
def expm1_partial(y, x):
    return np.exp(x)


@pullback(np.log, broadcasts=True)
def log_pullback(y, y_bar, x):
    return y_bar / x


@elementwise(np.log2)
def log2_partial(y, x):
    return 1.0 / (x * math.log(2.0))


@elementwise(np.log10)
def log10_partial(y, x):
    return 1.0 / (x * math.log(10.0))


@pullback(np.log1p, broadcasts=True)
def log1p_pullback(y, y_bar, x):
    return y_bar / (1.0 + x)


@elementwise(np.logaddexp)
def logaddexp_partials(y, x1, x2):
    return logaddexp_share(x1, x2, y), logaddexp_share(x2, x1, y)


@elementwise(np.logaddexp2)
def logaddexp2_partials(y, x1, x2):
    return (
        logaddexp_share(x1, x2, y, math.log(2.0)),
        logaddexp_share(x2, x1, y, math.log(2.0)),
    )


@elementwise(np.i0)
def i0_partial(y, x):
    return bessel_i1(x)


# --- circular and hyperbolic functions -----------------------------------------------------------


@elementwise(np.sin)
def sin_partial(y, x):
    return np.cos(x)


@elementwise(np.cos)
def cos_partial(y, x):
    return -np.sin(x)


@elementwise(np.tan)
def tan_partial(y, x):
    return 1.0 + y**2


@elementwise(np.arcsin, when=lambda x: is_complex(x))
def arcsin_of_complex_partial(y, x):
    return 1.0 / np.cos(y)


@elementwise(np.arcsin)
def arcsin_partial(y, x):
    return 1.0 / np.sqrt((1.0 - x) * (1.0 + x))


@elementwise(np.arccos, when=lambda x: is_complex(x))
def arccos_of_complex_partial(y, x):
    return -1.0 / np.sin(y)


@elementwise(np.arccos)
def arccos_partial(y, x):
    return -1.0 / np.sqrt((1.0 - x) * (1.0 + x))


@elementwise(np.arctan)
def arctan_partial(y, x):
    return 1.0 / (1.0 + x**2)


@pullback(np.arctan2, broadcasts=True)
def arctan2_pullback(y, y_bar, x1, x2):
    """Zero at the origin."""
    size = np.hypot(x1, x2)
    scale = size + (size == 0.0)
    return y_bar * (x2 / scale) / scale, -y_bar * (x1 / scale) / scale


@pullback(np.hypot, broadcasts=True)
def hypot_pullback(y, y_bar, x1, x2):
    """Zero at the origin."""
    return y_bar * x1 / (y + (y == 0.0)), y_bar * x2 / (y + (y == 0.0))


@elementwise(np.sinh)
def sinh_partial(y, x):
    return np.cosh(x)


@elementwise(np.cosh)
def cosh_partial(y, x):
    return np.sinh(x)


@elementwise(np.tanh)
def tanh_partial(y, x):
    return 1.0 - y**2


@elementwise(np.arcsinh, when=lambda x: is_complex(x))
def arcsinh_of_complex_partial(y, x):
    return 1.0 / np.cosh(y)


@elementwise(np.arcsinh)
def arcsinh_partial(y, x):
    return 1.0 / np.hypot(x, 1.0)


@elementwise(np.arccosh, when=lambda x: is_complex(x))
def arccosh_of_complex_partial(y, x):
    return 1.0 / np.sinh(y)


@elementwise(np.arccosh)
def arccosh_partial(y, x):
    return 1.0 / (np.sqrt(x - 1.0) * np.sqrt(x + 1.0))


@elementwise(np.arctanh)
def arctanh_partial(y, x):
    return 1.0 / ((1.0 - x) * (1.0 + x))


@elementwise(np.sinc)
def sinc_partial(y, x):
    return sinc_slope(x)


@elementwise(np.deg2rad, np.radians)
def radians_partial(y, x):
    return math.pi / 180.0


@elementwise(np.rad2deg, np.degrees)
def degrees_partial(y, x):
    return 180.0 / math.pi
