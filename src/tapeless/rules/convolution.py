"""Convolution and correlation of vectors."""

import numpy as np

from ..runtime import unconvolve, uncorrelate_left, uncorrelate_right
from .conditions import is_real, ranks
from .registry import multilinear, pullback


def is_mode(mode, *names):
    return mode.static and mode.value in (names or ("full", "same", "valid"))


@pullback(
    np.convolve,
    when=lambda a, v, mode: (
        ranks(a, 1, v, 1) and is_real(a) and is_real(v) and is_mode(mode, "full")
    ),
)
def full_convolve_pullback(y, y_bar, a, v, mode="full"):
    return np.correlate(y_bar, v, "valid"), np.correlate(y_bar, a, "valid")


@pullback(np.convolve, when=lambda mode: is_mode(mode))
def convolve_pullback(y, y_bar, a, v, mode="full"):
    return unconvolve(y_bar, a, v, mode), unconvolve(y_bar, v, a, mode)


@pullback(np.correlate, when=lambda mode: is_mode(mode))
def correlate_pullback(y, y_bar, a, v, mode="valid"):
    """The correlation conjugates its second argument."""
    return uncorrelate_left(y_bar, a, v, mode), uncorrelate_right(y_bar, a, v, mode)


multilinear(np.convolve, np.correlate)
