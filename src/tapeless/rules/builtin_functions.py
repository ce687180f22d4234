"""Python's builtin functions.  What they give of Python numbers stays a Python number.

Ties of `max` and `min` share the derivative in equal parts; that of `abs` at 0 is 0.
"""

import builtins
import copy

import numpy as np

from ..runtime import shared_by, spread, tie_share, unbroadcast
from .conditions import is_complex, is_none
from .registry import constant, elementwise, linear, pullback, pushforward


@pullback(abs, when=lambda x: is_complex(x), broadcasts=True)
def abs_of_complex_pullback(y, y_bar, x):
    return y_bar * np.conjugate(np.sign(x))


@pushforward(abs, when=lambda x: is_complex(x))
def abs_of_complex_pushforward(y, x_dot, x):
    return np.real(np.conjugate(np.sign(x)) * x_dot)


@elementwise(abs, when=lambda x: x.is_scalar and getattr(x, "python", True))
def abs_number_partial(y, x):
    return (x > 0.0) - (x < 0.0)


@elementwise(abs)
def abs_partial(y, x):
    return np.sign(x)


linear(float, np.float64, np.float32)


@pullback(float, np.float64, np.float32, when=lambda x: x.is_scalar)
def float_pullback(y, y_bar, x):
    return y_bar


@pullback(float, np.float64, np.float32)
def float_of_array_pullback(y, y_bar, x):
    return spread(y_bar, x)


linear(copy.copy, copy.deepcopy)


@pullback(copy.copy, copy.deepcopy)
def copy_pullback(y, y_bar, x, memo=None):
    """Of a number or an array."""
    return y_bar


linear(complex, of=(0, 1))


@pullback(complex)
def complex_pullback(y, y_bar, real, imag=0):
    return y_bar, y_bar * 1j


@pullback(
    builtins.max,
    when=lambda x1, x2, x3: is_none(x3) and x1.is_scalar and x2.is_scalar,
    broadcasts=True,
)
def max_pullback(y, y_bar, x1, x2=None, x3=None):
    return y_bar * ((x1 > x2) + 0.5 * (x1 == x2)), y_bar * ((x2 > x1) + 0.5 * (x1 == x2))


@pullback(
    builtins.min,
    when=lambda x1, x2, x3: is_none(x3) and x1.is_scalar and x2.is_scalar,
    broadcasts=True,
)
def min_pullback(y, y_bar, x1, x2=None, x3=None):
    return y_bar * ((x1 < x2) + 0.5 * (x1 == x2)), y_bar * ((x2 < x1) + 0.5 * (x1 == x2))


@pullback(
    builtins.max,
    builtins.min,
    when=lambda x1, x2, x3: x1.is_scalar and x2.is_scalar and x3.is_scalar,
    broadcasts=True,
)
def max_of_three_pullback(y, y_bar, x1, x2=None, x3=None):
    share = y_bar / (0.0 + (x1 == y) + (x2 == y) + (x3 == y))
    return share * (x1 == y), share * (x2 == y), share * (x3 == y)


@pullback(builtins.max, builtins.min, when=lambda x1, x2: is_none(x2) and not x1.is_scalar)
def max_of_items_pullback(y, y_bar, x1, x2=None, x3=None):
    return y_bar * tie_share(x1, y)


@pushforward(builtins.max, builtins.min, when=lambda x1, x2: is_none(x2) and not x1.is_scalar)
def max_of_items_pushforward(y, x1_dot, x1, x2=None, x3=None):
    return np.dot(tie_share(x1, y), x1_dot)


linear(builtins.sum, of=(0, 1))


@pullback(builtins.sum)
def sum_pullback(y, y_bar, iterable, start=0):
    return shared_by(y_bar, iterable), unbroadcast(y_bar, start)


constant(round)
