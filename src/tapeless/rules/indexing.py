"""Elements taken by index or by mask (subscripts belong to the engine)."""

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from ..runtime import (
    in_range,
    put_back,
    trimmed_like,
    untake,
    untake_along,
    untrimmed,
    unwindow,
)
from .conditions import is_none, is_word, ranks
from .registry import linear, pullback, pushforward, refused


@pullback(np.take, when=lambda out, mode: is_none(out) and is_word(mode, "raise"))
def take_pullback(y, y_bar, a, indices, axis=None, out=None, mode="raise"):
    return untake(y_bar, a, indices, axis)


@pullback(np.take, when=lambda out, mode: is_none(out) and is_word(mode, "wrap", "clip"))
def take_in_range_pullback(y, y_bar, a, indices, axis=None, out=None, mode="raise"):
    return untake(y_bar, a, in_range(indices, a, axis, mode), axis)


@pullback(np.take_along_axis)
def take_along_axis_pullback(y, y_bar, arr, indices, axis=-1):
    return untake_along(y_bar, arr, indices, axis)


@pullback(np.compress, when=lambda out: is_none(out))
def compress_pullback(y, y_bar, condition, a, axis=None, out=None):
    return None, put_back(y_bar, a, np.flatnonzero(condition), axis)


@pullback(np.ndarray.compress, when=lambda out: is_none(out))
def compress_method_pullback(y, y_bar, a, condition, axis=None, out=None):
    return put_back(y_bar, a, np.flatnonzero(condition), axis)


@pullback(np.extract)
def extract_pullback(y, y_bar, condition, arr):
    return None, put_back(y_bar, arr, np.flatnonzero(condition))


@pullback(sliding_window_view)
def sliding_window_view_pullback(y, y_bar, x, window_shape, axis=None, subok=False):
    return unwindow(y_bar, x, window_shape, axis)


@pullback(np.trim_zeros, when=lambda filt: ranks(filt, 1))
def trim_zeros_pullback(y, y_bar, filt, trim="fb"):
    """Which zeros are cut off is held fixed."""
    return put_back(y_bar, filt, untrimmed(filt, trim))


@pushforward(np.trim_zeros, when=lambda filt: ranks(filt, 1))
def trim_zeros_pushforward(y, filt_dot, filt, trim="fb"):
    return trimmed_like(filt_dot, filt, trim)


linear(np.take, np.take_along_axis, np.ndarray.compress, sliding_window_view)
linear(np.compress, np.extract, of=(1,))

refused(
    as_strided,
    reason="which elements the strides reach depends on the layout of the memory",
    instead="np.lib.stride_tricks.sliding_window_view, or subscripts",
)
