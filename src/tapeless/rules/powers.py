"""Powers and roots.

A constant exponent is never asked for its logarithm: `x**2` is differentiated at 0 and below as
everywhere else.  Where the base is not positive the exponent has no derivative; zero stands for it.
Where the derivative is infinite (`sqrt` and `cbrt` at 0) it is infinity, and NumPy warns as it does
for `1 / 0`.
"""

import math

import numpy as np

from ..runtime import log_or_zero, power_slope
from .conditions import is_complex, is_number
from .registry import elementwise, pullback

POWERS = (np.power, np.float_power, pow, math.pow)


@pullback(*POWERS, when=lambda x2: is_number(x2, 0), broadcasts=True)
def zeroth_power_pullback(y, y_bar, x1, x2):
    return None, y_bar * log_or_zero(x1)


@pullback(*POWERS, when=lambda x2: is_number(x2, 1), broadcasts=True)
def first_power_pullback(y, y_bar, x1, x2):
    return y_bar, y_bar * y * log_or_zero(x1)


@pullback(*POWERS, when=lambda x2: is_number(x2, 2), broadcasts=True)
def square_power_pullback(y, y_bar, x1, x2):
    return y_bar * 2.0 * x1, y_bar * y * log_or_zero(x1)


@pullback(*POWERS, when=lambda x2: is_number(x2, 0.5), broadcasts=True)
def root_power_pullback(y, y_bar, x1, x2):
    return y_bar * 0.5 / y, y_bar * y * log_or_zero(x1)


@pullback(*POWERS, when=lambda x2: is_number(x2), broadcasts=True)
def constant_power_pullback(y, y_bar, x1, x2):
    return y_bar * x2 * x1 ** (x2 - 1), y_bar * y * log_or_zero(x1)


@pullback(
    *POWERS,
    when=lambda x1: is_number(x1) and x1.value > 0,
    broadcasts=True,
)
def constant_base_pullback(y, y_bar, x1, x2):
    return y_bar * power_slope(x1, x2), y_bar * y * math.log(x1)


@pullback(*POWERS[:-1], when=lambda x2: is_complex(x2), broadcasts=True)
def complex_power_pullback(y, y_bar, x1, x2):
    return y_bar * power_slope(x1, x2), y_bar * y * log_or_zero(x1 + 0j)


@pullback(*POWERS, broadcasts=True)
def power_pullback(y, y_bar, x1, x2):
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
