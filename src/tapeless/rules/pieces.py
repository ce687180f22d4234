"""Functions made of pieces: absolute values, choices, limits, parts of numbers.

At a tie (`maximum`, `minimum`, `clip`) the derivative is shared in equal parts; that of `abs` and
of `copysign` at 0 is 0.  At a jump (`remainder`, `modf`) it is that of the piece that was taken.
"""

import numpy as np

from ..runtime import divmod_tangent, unbroadcast
from .conditions import is_complex, is_none, is_number, is_real
from .registry import elementwise, linear, pullback, pushforward


@pullback(np.absolute, when=lambda x: is_complex(x), broadcasts=True)
def absolute_of_complex_pullback(y, y_bar, x):
    """Zero at 0."""
    return y_bar * np.conjugate(np.sign(x))


@pushforward(np.absolute, when=lambda x: is_complex(x))
def absolute_of_complex_pushforward(y, x_dot, x):
    return np.real(np.conjugate(np.sign(x)) * x_dot)


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


@pullback(
    np.clip,
    when=lambda a_min, a_max: not is_none(a_min) and not is_none(a_max),
    broadcasts=True,
)
def clip_pullback(y, y_bar, a, a_min=None, a_max=None):
    """`np.minimum(np.maximum(a, a_min), a_max)`"""
    raised = np.maximum(a, a_min)
    upper = 0.5 * (y_bar * (raised > a_max) + y_bar * (raised >= a_max))
    inner = y_bar - upper
    lower = 0.5 * (inner * (a < a_min) + inner * (a <= a_min))
    return inner - lower, lower, upper


@pullback(np.clip, when=lambda max: is_none(max), broadcasts=True)
def clip_from_pullback(y, y_bar, a, min=None, max=None):
    return (
        0.5 * (y_bar * (a > min) + y_bar * (a >= min)),
        0.5 * (y_bar * (a < min) + y_bar * (a <= min)),
    )


@pullback(np.clip, when=lambda min: is_none(min), broadcasts=True)
def clip_up_to_pullback(y, y_bar, a, min=None, max=None):
    return (
        0.5 * (y_bar * (a < max) + y_bar * (a <= max)),
        None,
        0.5 * (y_bar * (a > max) + y_bar * (a >= max)),
    )


@pullback(np.clip, broadcasts=True)
def clip_within_pullback(y, y_bar, a, min=None, max=None):
    """`np.minimum(np.maximum(a, min), max)`"""
    raised = np.maximum(a, min)
    upper = 0.5 * (y_bar * (raised > max) + y_bar * (raised >= max))
    inner = y_bar - upper
    lower = 0.5 * (inner * (a < min) + inner * (a <= min))
    return inner - lower, lower, upper


linear(np.where, of=(1, 2))


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


@pullback(
    np.nan_to_num,
    when=lambda x, copy: is_real(x) and copy.static and bool(copy.value),
    broadcasts=True,
)
def nan_to_num_pullback(y, y_bar, x, copy=True, nan=0.0, posinf=None, neginf=None):
    return y_bar * np.isfinite(x)


@pullback(
    np.nan_to_num,
    when=lambda x, copy: is_complex(x) and copy.static and bool(copy.value),
    broadcasts=True,
)
def nan_to_num_of_complex_pullback(y, y_bar, x, copy=True, nan=0.0, posinf=None, neginf=None):
    """Both parts are replaced by themselves."""
    part = np.real(y_bar) * np.isfinite(np.real(x))
    return part + 1j * (np.imag(y_bar) * np.isfinite(np.imag(x)))


# --- parts of numbers ----------------------------------------------------------------------------


@pullback(np.modf)
def modf_pullback(y, y_bar, x):
    return y_bar[0]


@pushforward(np.modf)
def modf_pushforward(y, x_dot, x):
    return x_dot, np.zeros_like(x_dot)


@pullback(np.frexp)
def frexp_pullback(y, y_bar, x):
    return np.ldexp(y_bar[0], -y[1])


@pushforward(np.frexp)
def frexp_pushforward(y, x_dot, x):
    return np.ldexp(x_dot, -y[1]), np.zeros_like(x_dot)


@pullback(np.divmod, divmod, when=lambda x1, x2: x1.is_scalar and x2.is_scalar)
def divmod_of_numbers_pullback(y, y_bar, x1, x2):
    return y_bar[1], -y_bar[1] * y[0]


@pullback(np.divmod, divmod)
def divmod_pullback(y, y_bar, x1, x2):
    return unbroadcast(y_bar[1], x1), unbroadcast(-y_bar[1] * y[0], x2)


@pushforward(np.divmod, divmod)
def divmod_pushforward(y, x1_dot, x2_dot, x1, x2):
    return divmod_tangent(y, x1_dot, x2_dot)
