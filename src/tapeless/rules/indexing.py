"""Elements taken by index, by order or by interpolation (subscripts belong to the engine)."""

import numpy as np

from ..runtime import interp_slope, uninterp, untake, untake_along
from .conditions import is_array, is_none
from .registry import pullback


@pullback(np.take)
def take_pullback(y, y_bar, a, indices, axis=None):
    return untake(y_bar, a, indices, axis)


@pullback(np.take_along_axis)
def take_along_axis_pullback(y, y_bar, arr, indices, axis=-1):
    return untake_along(y_bar, arr, indices, axis)


@pullback(np.sort, when=lambda axis: not is_none(axis))
def sort_pullback(y, y_bar, a, axis=-1):
    return untake_along(y_bar, a, np.argsort(a, axis), axis)


@pullback(np.interp, when=lambda xp: is_array(xp) or xp.rank is None)
def interp_pullback(y, y_bar, x, xp, fp):
    """At a knot the slope is the mean of both sides; outside the knots it is zero."""
    return (
        y_bar * interp_slope(x, xp, fp),
        -uninterp(y_bar * interp_slope(x, xp, fp), x, xp),
        uninterp(y_bar, x, xp),
    )
