"""Functions of Python numbers: `math` and the builtins.  What they give stays a Python number.

Not yet: `math.gamma`, `math.lgamma` (their derivative is no elementary function), `math.dist`,
`divmod`.
"""

import builtins
import math

import numpy as np

from ..runtime import product_of_others, shared_by, spread, tie_share
from .conditions import is_complex, is_none
from .registry import constant, elementwise, pullback

# --- math ----------------------------------------------------------------------------------------


@elementwise(math.sqrt)
def sqrt_partial(y, x):
    return 0.5 / y


@elementwise(math.cbrt)
def cbrt_partial(y, x):
    return 1.0 / (3.0 * y**2)


@elementwise(math.exp)
def exp_partial(y, x):
    return y


@elementwise(math.exp2)
def exp2_partial(y, x):
    return y * math.log(2.0)


@elementwise(math.expm1)
def expm1_partial(y, x):
    return y + 1.0


@pullback(math.log, when=lambda base: is_none(base), broadcasts=True)
def log_pullback(y, y_bar, x, base=None):
    return y_bar / x


@pullback(math.log, broadcasts=True)
def log_base_pullback(y, y_bar, x, base=None):
    return y_bar / (x * math.log(base)), -y_bar * y / (base * math.log(base))


@elementwise(math.log2)
def log2_partial(y, x):
    return 1.0 / (x * math.log(2.0))


@elementwise(math.log10)
def log10_partial(y, x):
    return 1.0 / (x * math.log(10.0))


@pullback(math.log1p, broadcasts=True)
def log1p_pullback(y, y_bar, x):
    return y_bar / (1.0 + x)


@elementwise(math.sin)
def sin_partial(y, x):
    return math.cos(x)


@elementwise(math.cos)
def cos_partial(y, x):
    return -math.sin(x)


@elementwise(math.tan)
def tan_partial(y, x):
    return 1.0 + y**2


@elementwise(math.asin)
def asin_partial(y, x):
    return 1.0 / math.sqrt(1.0 - x**2)


@elementwise(math.acos)
def acos_partial(y, x):
    return -1.0 / math.sqrt(1.0 - x**2)


@elementwise(math.atan)
def atan_partial(y, x):
    return 1.0 / (1.0 + x**2)


@pullback(math.atan2, broadcasts=True)
def atan2_pullback(y, y_bar, x1, x2):
    return y_bar * x2 / (x1**2 + x2**2), -y_bar * x1 / (x1**2 + x2**2)


@pullback(math.hypot, broadcasts=True, when=lambda x2, x3: is_none(x3) and not is_none(x2))
def hypot_pullback(y, y_bar, x1, x2=None, x3=None):
    return y_bar * x1 / y, y_bar * x2 / y


@pullback(math.hypot, broadcasts=True, when=lambda x3: not is_none(x3))
def hypot3_pullback(y, y_bar, x1, x2=None, x3=None):
    return y_bar * x1 / y, y_bar * x2 / y, y_bar * x3 / y


@elementwise(math.sinh)
def sinh_partial(y, x):
    return math.cosh(x)


@elementwise(math.cosh)
def cosh_partial(y, x):
    return math.sinh(x)


@elementwise(math.tanh)
def tanh_partial(y, x):
    return 1.0 - y**2


@elementwise(math.asinh)
def asinh_partial(y, x):
    return 1.0 / math.sqrt(x**2 + 1.0)


@elementwise(math.acosh)
def acosh_partial(y, x):
    return 1.0 / math.sqrt(x**2 - 1.0)


@elementwise(math.atanh)
def atanh_partial(y, x):
    return 1.0 / (1.0 - x**2)


@elementwise(math.erf)
def erf_partial(y, x):
    return 2.0 / math.sqrt(math.pi) * math.exp(-(x**2))


@elementwise(math.erfc)
def erfc_partial(y, x):
    return -2.0 / math.sqrt(math.pi) * math.exp(-(x**2))


@elementwise(math.degrees)
def degrees_partial(y, x):
    return 180.0 / math.pi


@elementwise(math.radians)
def radians_partial(y, x):
    return math.pi / 180.0


@elementwise(math.fabs)
def fabs_partial(y, x):
    return (x > 0.0) - (x < 0.0)


@pullback(math.copysign, broadcasts=True)
def copysign_pullback(y, y_bar, x1, x2):
    return y_bar * ((x1 > 0.0) - (x1 < 0.0)) * math.copysign(1.0, x2), None


@pullback(math.fmod, broadcasts=True)
def fmod_pullback(y, y_bar, x1, x2):
    return y_bar, -y_bar * math.trunc(x1 / x2)


@pullback(math.remainder, broadcasts=True)
def remainder_pullback(y, y_bar, x1, x2):
    return y_bar, y_bar * (y - x1) / x2


@pullback(math.ldexp, broadcasts=True)
def ldexp_pullback(y, y_bar, x1, x2):
    return math.ldexp(y_bar, x2), None


@pullback(math.modf)
def modf_pullback(y, y_bar, x):
    return y_bar[0]


@pullback(math.fsum)
def fsum_pullback(y, y_bar, seq):
    return shared_by(y_bar, seq)


@pullback(math.prod)
def prod_pullback(y, y_bar, iterable):
    return y_bar * product_of_others(iterable)


constant(
    math.floor, math.ceil, math.trunc, math.isnan, math.isinf, math.isfinite, math.isclose,
    math.factorial, math.comb, math.perm, math.gcd, math.lcm, math.isqrt, math.ulp,
)  # fmt: skip


# --- builtins ------------------------------------------------------------------------------------


@pullback(abs, when=lambda x: is_complex(x), broadcasts=True)
def abs_of_complex_pullback(y, y_bar, x):
    return y_bar * np.conjugate(np.sign(x))


@elementwise(abs, when=lambda x: x.is_scalar and getattr(x, "python", True))
def abs_number_partial(y, x):
    return (x > 0.0) - (x < 0.0)


@elementwise(abs)
def abs_partial(y, x):
    return np.sign(x)


@pullback(float, np.float64, np.float32, when=lambda x: x.is_scalar)
def float_pullback(y, y_bar, x):
    return y_bar


@pullback(float, np.float64, np.float32)
def float_of_array_pullback(y, y_bar, x):
    return spread(y_bar, x)


@pullback(builtins.max, when=lambda x1, x2, x3: is_none(x3) and x1.is_scalar and x2.is_scalar)
def max_pullback(y, y_bar, x1, x2=None, x3=None):
    return y_bar * ((x1 > x2) + 0.5 * (x1 == x2)), y_bar * ((x2 > x1) + 0.5 * (x1 == x2))


@pullback(builtins.min, when=lambda x1, x2, x3: is_none(x3) and x1.is_scalar and x2.is_scalar)
def min_pullback(y, y_bar, x1, x2=None, x3=None):
    return y_bar * ((x1 < x2) + 0.5 * (x1 == x2)), y_bar * ((x2 < x1) + 0.5 * (x1 == x2))


@pullback(
    builtins.max,
    builtins.min,
    when=lambda x1, x2, x3: x1.is_scalar and x2.is_scalar and x3.is_scalar,
)
def max3_pullback(y, y_bar, x1, x2=None, x3=None):
    return (
        y_bar * tie_share((x1, x2, x3), y)[0],
        y_bar * tie_share((x1, x2, x3), y)[1],
        y_bar * tie_share((x1, x2, x3), y)[2],
    )


@pullback(builtins.max, builtins.min, when=lambda x1, x2: is_none(x2) and not x1.is_scalar)
def max_of_items_pullback(y, y_bar, x1, x2=None, x3=None):
    return y_bar * tie_share(x1, y)


@pullback(builtins.sum)
def sum_pullback(y, y_bar, iterable, start=0):
    return shared_by(y_bar, iterable), y_bar


constant(
    round, int, bool, len, range, isinstance, issubclass, any, all, str, repr, format, print,
    type, id, hash, callable, hasattr,
)  # fmt: skip
