"""Arrays made of numbers."""

import numpy as np

from ..runtime import unbroadcast
from .conditions import cuts_to_integers, is_none, keeps_reals
from .registry import pullback


@pullback(np.full, when=lambda fill_value, dtype: fill_value.is_scalar and keeps_reals(dtype))
def full_pullback(y, y_bar, shape, fill_value, dtype=None):
    return None, np.sum(y_bar)


@pullback(np.full, when=keeps_reals)
def full_of_array_pullback(y, y_bar, shape, fill_value, dtype=None):
    return None, unbroadcast(y_bar, fill_value)


@pullback(np.full_like, when=lambda fill_value, dtype: fill_value.is_scalar and keeps_reals(dtype))
def full_like_pullback(y, y_bar, a, fill_value, dtype=None):
    return None, np.sum(y_bar)


@pullback(np.full_like, when=keeps_reals)
def full_like_of_array_pullback(y, y_bar, a, fill_value, dtype=None):
    return None, unbroadcast(y_bar, fill_value)


@pullback(np.full, np.full_like, when=cuts_to_integers)
def full_of_integers_pullback(y, y_bar, a, fill_value, dtype=None):
    return None, None


@pullback(np.linspace, when=lambda start, stop: start.is_scalar and stop.is_scalar)
def linspace_pullback(y, y_bar, start, stop, num=50, endpoint=True):
    return (
        np.sum(y_bar * (1.0 - np.linspace(0.0, 1.0, num, endpoint))),
        np.sum(y_bar * np.linspace(0.0, 1.0, num, endpoint)),
    )


@pullback(np.arange, when=lambda stop: is_none(stop))
def arange_from_zero_pullback(y, y_bar, start, stop=None, step=None):
    """The one argument is where it stops."""
    return None


@pullback(np.arange)
def arange_pullback(y, y_bar, start, stop=None, step=None):
    return np.sum(y_bar), None, np.sum(y_bar * np.arange(np.size(y)))


@pullback(np.meshgrid, when=lambda x2, indexing: indexing.static and indexing.value == "xy")
def meshgrid_pullback(y, y_bar, x1, x2, indexing="xy"):
    return np.sum(y_bar[0], axis=0), np.sum(y_bar[1], axis=1)


@pullback(np.meshgrid, when=lambda x2, indexing: indexing.static and indexing.value == "ij")
def meshgrid_ij_pullback(y, y_bar, x1, x2, indexing="xy"):
    return np.sum(y_bar[0], axis=1), np.sum(y_bar[1], axis=0)
