"""Elementwise functions of arrays and numbers.

At a tie (`maximum`, `minimum`, `clip`) the derivative is shared in equal parts; that of `abs` at
0 is 0.
"""

import math

import numpy as np

from ..runtime import log_or_zero, power_slope, sinc_slope
from .conditions import is_complex, is_none, is_number
from .registry import elementwise, pullback

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


@pullback(np.conjugate, when=lambda x: is_complex(x), broadcasts=True)
def conjugate_pullback(y, y_bar, x):
    return np.conjugate(y_bar)


@pullback(np.conjugate, broadcasts=True)
def conjugate_of_real_pullback(y, y_bar, x):
    return y_bar


@pullback(np.remainder, broadcasts=True)
def remainder_pullback(y, y_bar, x1, x2):
    return y_bar, -y_bar * (x1 // x2)


@pullback(np.fmod, broadcasts=True)
def fmod_pullback(y, y_bar, x1, x2):
    return y_bar, -y_bar * np.trunc(x1 / x2)


# --- powers --------------------------------------------------------------------------------------


@pullback(
    np.power, np.float_power, pow, math.pow, when=lambda x2: is_number(x2, 0), broadcasts=True
)
def zeroth_power_pullback(y, y_bar, x1, x2):
    return None, y_bar * log_or_zero(x1)


@pullback(
    np.power, np.float_power, pow, math.pow, when=lambda x2: is_number(x2, 1), broadcasts=True
)
def first_power_pullback(y, y_bar, x1, x2):
    return y_bar, y_bar * y * log_or_zero(x1)


@pullback(
    np.power, np.float_power, pow, math.pow, when=lambda x2: is_number(x2, 2), broadcasts=True
)
def square_power_pullback(y, y_bar, x1, x2):
    return y_bar * 2.0 * x1, y_bar * y * log_or_zero(x1)


@pullback(
    np.power, np.float_power, pow, math.pow, when=lambda x2: is_number(x2, 0.5), broadcasts=True
)
def root_power_pullback(y, y_bar, x1, x2):
    return y_bar * 0.5 / y, y_bar * y * log_or_zero(x1)


@pullback(np.power, np.float_power, pow, math.pow, when=lambda x2: is_number(x2), broadcasts=True)
def constant_power_pullback(y, y_bar, x1, x2):
    return y_bar * x2 * x1 ** (x2 - 1), y_bar * y * log_or_zero(x1)


@pullback(
    np.power,
    np.float_power,
    pow,
    math.pow,
    when=lambda x1: is_number(x1) and x1.value > 0,
    broadcasts=True,
)
def constant_base_pullback(y, y_bar, x1, x2):
    return y_bar * power_slope(x1, x2), y_bar * y * math.log(x1)


@pullback(np.power, np.float_power, pow, math.pow, broadcasts=True)
def power_pullback(y, y_bar, x1, x2):
    """Where the base is not positive the exponent has no derivative; zero stands for it."""
    return y_bar * power_slope(x1, x2), y_bar * y * log_or_zero(x1)


@elementwise(np.square)
def square_partial(y, x):
    return 2.0 * x


@elementwise(np.sqrt)
def sqrt_partial(y, x):
    return 0.5 / y


@elementwise(np.cbrt)
def cbrt_partial(y, x):
    return 1.0 / (3.0 * y**2)


@elementwise(np.reciprocal)
def reciprocal_partial(y, x):
    return -(y**2)


# --- exponentials and logarithms -----------------------------------------------------------------


@elementwise(np.exp)
def exp_partial(y, x):
    return y


@elementwise(np.exp2)
def exp2_partial(y, x):
    return y * math.log(2.0)


@elementwise(np.expm1)
def expm1_partial(y, x):
    return y + 1.0


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
    return np.exp(x1 - y), np.exp(x2 - y)


@elementwise(np.logaddexp2)
def logaddexp2_partials(y, x1, x2):
    return np.exp2(x1 - y), np.exp2(x2 - y)


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


@elementwise(np.arcsin)
def arcsin_partial(y, x):
    return 1.0 / np.sqrt(1.0 - x**2)


@elementwise(np.arccos)
def arccos_partial(y, x):
    return -1.0 / np.sqrt(1.0 - x**2)


@elementwise(np.arctan)
def arctan_partial(y, x):
    return 1.0 / (1.0 + x**2)


@pullback(np.arctan2, broadcasts=True)
def arctan2_pullback(y, y_bar, x1, x2):
    return y_bar * x2 / (x1**2 + x2**2), -y_bar * x1 / (x1**2 + x2**2)


@pullback(np.hypot, broadcasts=True)
def hypot_pullback(y, y_bar, x1, x2):
    return y_bar * x1 / y, y_bar * x2 / y


@elementwise(np.sinh)
def sinh_partial(y, x):
    return np.cosh(x)


@elementwise(np.cosh)
def cosh_partial(y, x):
    return np.sinh(x)


@elementwise(np.tanh)
def tanh_partial(y, x):
    return 1.0 - y**2


@elementwise(np.arcsinh)
def arcsinh_partial(y, x):
    return 1.0 / np.sqrt(x**2 + 1.0)


@elementwise(np.arccosh)
def arccosh_partial(y, x):
    return 1.0 / np.sqrt(x**2 - 1.0)


@elementwise(np.arctanh)
def arctanh_partial(y, x):
    return 1.0 / (1.0 - x**2)


@elementwise(np.sinc)
def sinc_partial(y, x):
    return sinc_slope(x)


@elementwise(np.deg2rad, np.radians)
def radians_partial(y, x):
    return math.pi / 180.0


@elementwise(np.rad2deg, np.degrees)
def degrees_partial(y, x):
    return 180.0 / math.pi


# --- pieces --------------------------------------------------------------------------------------


@pullback(np.absolute, when=lambda x: is_complex(x), broadcasts=True)
def absolute_of_complex_pullback(y, y_bar, x):
    return y_bar * np.conjugate(np.sign(x))


@elementwise(np.absolute, np.fabs)
def absolute_partial(y, x):
    return np.sign(x)


@pullback(np.copysign, broadcasts=True)
def copysign_pullback(y, y_bar, x1, x2):
    return y_bar * np.sign(x1) * np.copysign(1.0, x2), None


@pullback(np.heaviside, broadcasts=True)
def heaviside_pullback(y, y_bar, x1, x2):
    return None, y_bar * (x1 == 0.0)


@pullback(np.ldexp, broadcasts=True)
def ldexp_pullback(y, y_bar, x1, x2):
    return np.ldexp(y_bar, x2), None


@pullback(np.maximum, broadcasts=True)
def maximum_pullback(y, y_bar, x1, x2):
    return (
        0.5 * (y_bar * (x1 > x2) + y_bar * (x1 >= x2)),
        0.5 * (y_bar * (x2 > x1) + y_bar * (x2 >= x1)),
    )


@pullback(np.minimum, broadcasts=True)
def minimum_pullback(y, y_bar, x1, x2):
    return (
        0.5 * (y_bar * (x1 < x2) + y_bar * (x1 <= x2)),
        0.5 * (y_bar * (x2 < x1) + y_bar * (x2 <= x1)),
    )


@pullback(np.fmax, np.fmin, broadcasts=True)
def fmax_pullback(y, y_bar, x1, x2):
    """The one that is taken, also beside a NaN."""
    return (
        0.5 * (y_bar * (x1 == y) + y_bar * (x2 != y)),
        0.5 * (y_bar * (x2 == y) + y_bar * (x1 != y)),
    )


@pullback(
    np.clip,
    when=lambda a_min, a_max: is_number(a_min) and is_number(a_max) and a_min.value < a_max.value,
    broadcasts=True,
)
def clip_between_pullback(y, y_bar, a, a_min=None, a_max=None):
    return 0.5 * (y_bar * ((a > a_min) & (a < a_max)) + y_bar * ((a >= a_min) & (a <= a_max)))


@pullback(np.clip, when=lambda a_min: is_none(a_min), broadcasts=True)
def clip_above_pullback(y, y_bar, a, a_min=None, a_max=None):
    return (
        0.5 * (y_bar * (a < a_max) + y_bar * (a <= a_max)),
        None,
        0.5 * (y_bar * (a > a_max) + y_bar * (a >= a_max)),
    )


@pullback(np.clip, when=lambda a_max: is_none(a_max), broadcasts=True)
def clip_below_pullback(y, y_bar, a, a_min=None, a_max=None):
    return (
        0.5 * (y_bar * (a > a_min) + y_bar * (a >= a_min)),
        0.5 * (y_bar * (a < a_min) + y_bar * (a <= a_min)),
    )


@pullback(np.clip, broadcasts=True)
def clip_pullback(y, y_bar, a, a_min=None, a_max=None):
    """`np.minimum(np.maximum(a, a_min), a_max)`"""
    raised = np.maximum(a, a_min)
    upper = 0.5 * (y_bar * (raised > a_max) + y_bar * (raised >= a_max))
    inner = y_bar - upper
    lower = 0.5 * (inner * (a < a_min) + inner * (a <= a_min))
    return inner - lower, lower, upper


@pullback(np.where, when=lambda a: is_none(a))
def where_true_pullback(y, y_bar, condition, a=None, b=None):
    return None


@pullback(
    np.where,
    when=lambda condition, a, b: condition.is_scalar and a.is_scalar and b.is_scalar,
    broadcasts=True,
)
def where_of_numbers_pullback(y, y_bar, condition, a=None, b=None):
    return None, y_bar * (condition != 0), y_bar * (condition == 0)


@pullback(np.where, broadcasts=True)
def where_pullback(y, y_bar, condition, a=None, b=None):
    return None, np.where(condition, y_bar, 0.0), np.where(condition, 0.0, y_bar)


@pullback(np.nan_to_num, broadcasts=True)
def nan_to_num_pullback(y, y_bar, x, copy=True, nan=0.0, posinf=None, neginf=None):
    return y_bar * np.isfinite(x)
