"""Arrays made of numbers."""

import math

import numpy as np

from ..runtime import line_cotangents, shaped_like, unbroadcast, ungrid
from .conditions import cuts_to_integers, is_false, is_none, is_true, is_word, keeps_reals, ranks
from .registry import linear, pullback, pushforward

# --- filled with one value -----------------------------------------------------------------------


@pullback(np.full, when=lambda fill_value, dtype: fill_value.is_scalar and keeps_reals(dtype))
def full_pullback(y, y_bar, shape, fill_value, dtype=None, order="C"):
    return None, np.sum(y_bar)


@pullback(np.full, when=keeps_reals)
def full_of_array_pullback(y, y_bar, shape, fill_value, dtype=None, order="C"):
    return None, unbroadcast(y_bar, fill_value)


@pullback(np.full_like, when=lambda fill_value, dtype: fill_value.is_scalar and keeps_reals(dtype))
def full_like_pullback(y, y_bar, a, fill_value, dtype=None, order="K", subok=True, shape=None):
    return None, np.sum(y_bar)


@pullback(np.full_like, when=keeps_reals)
def full_like_of_array_pullback(
    y, y_bar, a, fill_value, dtype=None, order="K", subok=True, shape=None
):
    return None, unbroadcast(y_bar, fill_value)


@pullback(np.full, when=cuts_to_integers)
def full_of_integers_pullback(y, y_bar, shape, fill_value, dtype=None, order="C"):
    return None, None


@pullback(np.full_like, when=cuts_to_integers)
def full_like_of_integers_pullback(
    y, y_bar, a, fill_value, dtype=None, order="K", subok=True, shape=None
):
    return None, None


linear(np.full, np.full_like, of=(1,))

# --- points on a line ----------------------------------------------------------------------------


@pullback(
    np.linspace,
    when=lambda start, stop, retstep, dtype: (
        start.is_scalar and stop.is_scalar and is_false(retstep) and keeps_reals(dtype)
    ),
)
def linspace_pullback(
    y, y_bar, start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0
):
    t = np.linspace(0.0, 1.0, num, endpoint)
    return np.sum(y_bar * (1.0 - t)), np.sum(y_bar * t)


@pullback(np.linspace, when=lambda retstep, dtype: is_false(retstep) and keeps_reals(dtype))
def linspace_of_arrays_pullback(
    y, y_bar, start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0
):
    ends = line_cotangents(y_bar, start, stop, num, endpoint, axis)
    return ends[0], ends[1]


@pullback(np.linspace, when=lambda retstep, dtype: is_true(retstep) and keeps_reals(dtype))
def linspace_and_step_pullback(
    y, y_bar, start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0
):
    """The step is the difference of the ends, divided by the number of steps."""
    ends = line_cotangents(y_bar[0], start, stop, num, endpoint, axis)
    step_bar = y_bar[1] / (num - endpoint)
    return ends[0] - unbroadcast(step_bar, start), ends[1] + unbroadcast(step_bar, stop)


linear(np.linspace, of=(0, 1))


@pullback(
    np.geomspace,
    when=lambda start, stop, dtype: start.is_scalar and stop.is_scalar and keeps_reals(dtype),
)
def geomspace_pullback(y, y_bar, start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """`start ** (1 - t) * stop ** t`"""
    t = np.linspace(0.0, 1.0, num, endpoint)
    return np.sum(y_bar * y * (1.0 - t)) / start, np.sum(y_bar * y * t) / stop


@pullback(np.geomspace, when=keeps_reals)
def geomspace_of_arrays_pullback(y, y_bar, start, stop, num=50, endpoint=True, dtype=None, axis=0):
    ends = line_cotangents(y_bar * y, start, stop, num, endpoint, axis)
    return ends[0] / start, ends[1] / stop


@pushforward(np.geomspace, when=keeps_reals)
def geomspace_pushforward(
    y, start_dot, stop_dot, start, stop, num=50, endpoint=True, dtype=None, axis=0
):
    return (
        y * np.linspace(start_dot / start, np.zeros_like(stop), num, endpoint, axis=axis),
        y * np.linspace(np.zeros_like(start), stop_dot / stop, num, endpoint, axis=axis),
    )


@pullback(
    np.logspace,
    when=lambda start, stop, base, dtype: (
        start.is_scalar and stop.is_scalar and base.is_scalar and keeps_reals(dtype)
    ),
)
def logspace_pullback(y, y_bar, start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    """`base ** ((1 - t) * start + t * stop)`"""
    t = np.linspace(0.0, 1.0, num, endpoint)
    return (
        np.sum(y_bar * y * (1.0 - t)) * math.log(base),
        np.sum(y_bar * y * t) * math.log(base),
        None,
        None,
        np.sum(y_bar * y * np.linspace(start, stop, num, endpoint)) / base,
    )


@pullback(np.logspace, when=lambda base, dtype: base.is_scalar and keeps_reals(dtype))
def logspace_of_arrays_pullback(
    y, y_bar, start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0
):
    ends = line_cotangents(y_bar * y, start, stop, num, endpoint, axis)
    return (
        ends[0] * math.log(base),
        ends[1] * math.log(base),
        None,
        None,
        np.sum(y_bar * y * np.linspace(start, stop, num, endpoint, axis=axis)) / base,
    )


@pushforward(np.logspace, when=lambda base, dtype: base.is_scalar and keeps_reals(dtype))
def logspace_pushforward(
    y,
    start_dot,
    stop_dot,
    base_dot,
    start,
    stop,
    num=50,
    endpoint=True,
    base=10.0,
    dtype=None,
    axis=0,
):
    return (
        y * math.log(base) * np.linspace(start_dot, np.zeros_like(stop), num, endpoint, axis=axis),
        y * math.log(base) * np.linspace(np.zeros_like(start), stop_dot, num, endpoint, axis=axis),
        y * base_dot / base * np.linspace(start, stop, num, endpoint, axis=axis),
    )


@pullback(np.arange, when=lambda stop, dtype: is_none(stop) and keeps_reals(dtype))
def arange_from_zero_pullback(y, y_bar, start, stop=None, step=None, dtype=None):
    """The first argument is where it stops."""
    return None, None, np.sum(y_bar * np.arange(np.size(y)))


@pullback(np.arange, when=keeps_reals)
def arange_pullback(y, y_bar, start, stop=None, step=None, dtype=None):
    return np.sum(y_bar), None, np.sum(y_bar * np.arange(np.size(y)))


@pushforward(np.arange, when=lambda stop, dtype: is_none(stop) and keeps_reals(dtype))
def arange_from_zero_pushforward(y, start_dot, step_dot, start, stop=None, step=None, dtype=None):
    return np.zeros_like(y), step_dot * np.arange(np.size(y))


@pushforward(np.arange, when=keeps_reals)
def arange_pushforward(y, start_dot, stop_dot, step_dot, start, stop=None, step=None, dtype=None):
    return np.full_like(y, start_dot), np.zeros_like(y), step_dot * np.arange(np.size(y))


# --- grids ---------------------------------------------------------------------------------------


@pullback(np.meshgrid, when=lambda x2: is_none(x2))
def meshgrid_of_one_pullback(
    y, y_bar, x1, x2=None, x3=None, x4=None, x5=None, sparse=False, indexing="xy"
):
    return shaped_like(y_bar[0], x1)


@pullback(
    np.meshgrid,
    when=lambda x1, x2, x3, indexing: (
        is_none(x3) and ranks(x1, 1, x2, 1) and is_word(indexing, "xy")
    ),
)
def meshgrid_pullback(
    y, y_bar, x1, x2=None, x3=None, x4=None, x5=None, sparse=False, indexing="xy"
):
    return np.sum(y_bar[0], axis=0), np.sum(y_bar[1], axis=1)


@pullback(
    np.meshgrid,
    when=lambda x1, x2, x3, indexing: (
        is_none(x3) and ranks(x1, 1, x2, 1) and is_word(indexing, "ij")
    ),
)
def meshgrid_ij_pullback(
    y, y_bar, x1, x2=None, x3=None, x4=None, x5=None, sparse=False, indexing="xy"
):
    return np.sum(y_bar[0], axis=1), np.sum(y_bar[1], axis=0)


@pullback(np.meshgrid, when=lambda x3: is_none(x3))
def meshgrid_of_two_pullback(
    y, y_bar, x1, x2=None, x3=None, x4=None, x5=None, sparse=False, indexing="xy"
):
    parts = ungrid(y_bar, (x1, x2), indexing)
    return parts[0], parts[1]


@pullback(np.meshgrid, when=lambda x4: is_none(x4))
def meshgrid_of_three_pullback(
    y, y_bar, x1, x2=None, x3=None, x4=None, x5=None, sparse=False, indexing="xy"
):
    parts = ungrid(y_bar, (x1, x2, x3), indexing)
    return parts[0], parts[1], parts[2]


@pullback(np.meshgrid, when=lambda x5: is_none(x5))
def meshgrid_of_four_pullback(
    y, y_bar, x1, x2=None, x3=None, x4=None, x5=None, sparse=False, indexing="xy"
):
    parts = ungrid(y_bar, (x1, x2, x3, x4), indexing)
    return parts[0], parts[1], parts[2], parts[3]


linear(np.meshgrid, of=(0, 1, 2, 3))
