"""Functions of Python numbers in `math`.  What they give stays a Python number.

Squares are written as products: `x**2` of a large Python float is an error, `x * x` infinity.
Where the derivative is infinite (`sqrt` at 0, `asin` at 1), Python stops at the division by zero.
"""

import math

from ..runtime import (
    digamma,
    dist_cotangent,
    dist_tangent,
    product_of_others,
    scaled_items,
    shared_by,
)
from .conditions import is_none, is_number
from .constants import named
from .registry import constant, elementwise, linear, multilinear, pullback, pushforward


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
    return math.exp(x)


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
    return 1.0 / math.sqrt((1.0 - x) * (1.0 + x))


@elementwise(math.acos)
def acos_partial(y, x):
    return -1.0 / math.sqrt((1.0 - x) * (1.0 + x))


@elementwise(math.atan)
def atan_partial(y, x):
    return 1.0 / (1.0 + x * x)


@pullback(math.atan2, broadcasts=True)
def atan2_pullback(y, y_bar, x1, x2):
    """Zero at the origin."""
    size = math.hypot(x1, x2)
    scale = size + (size == 0.0)
    return y_bar * (x2 / scale) / scale, -y_bar * (x1 / scale) / scale


@pullback(math.hypot, when=lambda x2: is_none(x2), broadcasts=True)
def hypot_of_one_pullback(y, y_bar, x1, x2=None):
    return y_bar * x1 / (y + (y == 0.0))


@pullback(math.hypot, when=lambda x3: is_none(x3), broadcasts=True)
def hypot_pullback(y, y_bar, x1, x2=None, x3=None):
    """Zero at the origin."""
    return y_bar * x1 / (y + (y == 0.0)), y_bar * x2 / (y + (y == 0.0))


@pullback(math.hypot, when=lambda x4: is_none(x4), broadcasts=True)
def hypot_of_three_pullback(y, y_bar, x1, x2=None, x3=None, x4=None):
    size = y + (y == 0.0)
    return y_bar * x1 / size, y_bar * x2 / size, y_bar * x3 / size


@pullback(math.hypot, when=lambda x5: is_none(x5), broadcasts=True)
def hypot_of_four_pullback(y, y_bar, x1, x2=None, x3=None, x4=None, x5=None):
    size = y + (y == 0.0)
    return y_bar * x1 / size, y_bar * x2 / size, y_bar * x3 / size, y_bar * x4 / size


@pullback(math.dist)
def dist_pullback(y, y_bar, p, q):
    """Zero where the points are one."""
    return dist_cotangent(y_bar, y, p, q), dist_cotangent(y_bar, y, q, p)


@pushforward(math.dist)
def dist_pushforward(y, p_dot, q_dot, p, q):
    return dist_tangent(y, p_dot, p, q), dist_tangent(y, q_dot, q, p)


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
    return 1.0 / math.hypot(x, 1.0)


@elementwise(math.acosh)
def acosh_partial(y, x):
    return 1.0 / (math.sqrt(x - 1.0) * math.sqrt(x + 1.0))


@elementwise(math.atanh)
def atanh_partial(y, x):
    return 1.0 / ((1.0 - x) * (1.0 + x))


@elementwise(math.erf)
def erf_partial(y, x):
    return 2.0 / math.sqrt(math.pi) * math.exp(-x * x)


@elementwise(math.erfc)
def erfc_partial(y, x):
    return -2.0 / math.sqrt(math.pi) * math.exp(-x * x)


@elementwise(math.gamma)
def gamma_partial(y, x):
    return y * digamma(x)


@elementwise(math.lgamma)
def lgamma_partial(y, x):
    return digamma(x)


@elementwise(math.degrees)
def degrees_partial(y, x):
    return 180.0 / math.pi


@elementwise(math.radians)
def radians_partial(y, x):
    return math.pi / 180.0


@elementwise(math.fabs)
def fabs_partial(y, x):
    """Zero at 0."""
    return math.copysign(1.0, x) * (x != 0.0)


@pullback(math.copysign, broadcasts=True)
def copysign_pullback(y, y_bar, x1, x2):
    """Zero at 0."""
    return y_bar * math.copysign(1.0, x1) * math.copysign(1.0, x2) * (x1 != 0.0), None


@pullback(math.fmod, math.remainder, broadcasts=True)
def remainder_pullback(y, y_bar, x1, x2):
    return y_bar, y_bar * (y - x1) / x2


@pullback(math.nextafter, broadcasts=True)
def nextafter_pullback(y, y_bar, x1, x2):
    return y_bar, None


@pullback(*named(math, "fma"), broadcasts=True)
def fma_pullback(y, y_bar, x1, x2, x3):
    return y_bar * x2, y_bar * x1, y_bar


# --- parts of numbers ----------------------------------------------------------------------------


@pullback(math.ldexp, broadcasts=True)
def ldexp_pullback(y, y_bar, x1, x2):
    return math.ldexp(y_bar, x2), None


@pullback(math.modf)
def modf_pullback(y, y_bar, x):
    return y_bar[0]


@pushforward(math.modf)
def modf_pushforward(y, x_dot, x):
    return x_dot, 0.0


@pullback(math.frexp)
def frexp_pullback(y, y_bar, x):
    return math.ldexp(y_bar[0], -y[1])


@pushforward(math.frexp)
def frexp_pushforward(y, x_dot, x):
    return math.ldexp(x_dot, -y[1]), 0.0


# --- sums and products ---------------------------------------------------------------------------

linear(math.fsum)
multilinear(*named(math, "sumprod"))


@pullback(math.fsum)
def fsum_pullback(y, y_bar, seq):
    return shared_by(y_bar, seq)


@pullback(*named(math, "sumprod"))
def sumprod_pullback(y, y_bar, p, q):
    return scaled_items(y_bar, q), scaled_items(y_bar, p)


@pullback(math.prod, when=lambda start: is_number(start, 1))
def prod_pullback(y, y_bar, iterable, start=1):
    return y_bar * product_of_others(iterable)


@pullback(math.prod)
def prod_from_pullback(y, y_bar, iterable, start=1):
    return y_bar * start * product_of_others(iterable), y_bar * math.prod(iterable)


@pushforward(math.prod)
def prod_pushforward(y, iterable_dot, start_dot, iterable, start=1):
    others = start * product_of_others(iterable)
    return math.fsum(others * iterable_dot), start_dot * math.prod(iterable)


constant(
    math.floor, math.ceil, math.trunc, math.isnan, math.isinf, math.isfinite, math.isclose,
    math.factorial, math.comb, math.perm, math.gcd, math.lcm, math.isqrt, math.ulp,
)  # fmt: skip
