"""Convolutions and filters of `scipy.signal`."""

import numpy as np
from scipy import signal

from ...runtime import (
    coefficient_cotangent,
    convolve_left,
    convolve_right,
    correlate_left,
    correlate_right,
    hilbert_cotangent,
    lfilter_cotangent,
    savgol_cotangent,
    sosfilt_cotangent,
)
from ..conditions import is_array, is_false, is_none, is_number, is_real
from ..registry import linear, multilinear, pullback, pushforward

multilinear(
    signal.convolve, signal.correlate, signal.fftconvolve, signal.oaconvolve,
    signal.convolve2d, signal.correlate2d,
)  # fmt: skip
linear(signal.detrend, signal.hilbert)
linear(signal.sosfilt, of=(1,))

# --- convolutions --------------------------------------------------------------------------------


def has_full_mode(in1, in2, mode):
    return are_arrays(in1, in2) and mode.static and mode.value == "full"


def are_arrays(in1, in2):
    return (is_array(in1) or in1.rank is None) and (is_array(in2) or in2.rank is None)


@pullback(signal.convolve, when=has_full_mode)
def full_convolve_pullback(y, y_bar, in1, in2, mode="full", method="auto"):
    return (
        signal.convolve(y_bar, np.flip(in2), "valid"),
        signal.convolve(y_bar, np.flip(in1), "valid"),
    )


@pullback(signal.convolve, when=are_arrays)
def convolve_pullback(y, y_bar, in1, in2, mode="full", method="auto"):
    return convolve_left(y_bar, in1, in2, mode), convolve_right(y_bar, in1, in2, mode)


@pullback(signal.correlate, when=has_full_mode)
def full_correlate_pullback(y, y_bar, in1, in2, mode="full", method="auto"):
    return (
        signal.convolve(y_bar, np.conjugate(in2), "valid"),
        np.conjugate(np.flip(signal.convolve(y_bar, np.flip(in1), "valid"))),
    )


@pullback(signal.correlate, when=are_arrays)
def correlate_pullback(y, y_bar, in1, in2, mode="full", method="auto"):
    return correlate_left(y_bar, in1, in2, mode), correlate_right(y_bar, in1, in2, mode)


@pullback(signal.fftconvolve, signal.oaconvolve, when=are_arrays)
def fftconvolve_pullback(y, y_bar, in1, in2, mode="full", axes=None):
    return convolve_left(y_bar, in1, in2, mode, axes), convolve_right(y_bar, in1, in2, mode, axes)


def is_filled_with_zeros(boundary, fillvalue):
    return boundary.static and boundary.value == "fill" and is_number(fillvalue, 0)


@pullback(signal.convolve2d, when=is_filled_with_zeros)
def convolve2d_pullback(y, y_bar, in1, in2, mode="full", boundary="fill", fillvalue=0):
    return convolve_left(y_bar, in1, in2, mode), convolve_right(y_bar, in1, in2, mode)


@pullback(signal.correlate2d, when=is_filled_with_zeros)
def correlate2d_pullback(y, y_bar, in1, in2, mode="full", boundary="fill", fillvalue=0):
    return correlate_left(y_bar, in1, in2, mode, True), correlate_right(y_bar, in1, in2, mode, True)


# --- filters -------------------------------------------------------------------------------------


@pullback(signal.lfilter, when=lambda zi: is_none(zi))
def lfilter_pullback(y, y_bar, b, a, x, axis=-1, zi=None):
    return (
        coefficient_cotangent(y_bar, x, b, a, axis),
        -coefficient_cotangent(y_bar, y, a, a, axis),
        lfilter_cotangent(y_bar, b, a, axis),
    )


@pushforward(signal.lfilter, when=lambda zi: is_none(zi))
def lfilter_pushforward(y, b_dot, a_dot, x_dot, b, a, x, axis=-1, zi=None):
    """From `a * y = b * x`, where `*` is a convolution."""
    return (
        signal.lfilter(b_dot, a, x, axis),
        -signal.lfilter(a_dot, a, y, axis),
        signal.lfilter(b, a, x_dot, axis),
    )


@pullback(signal.sosfilt, when=lambda zi: is_none(zi))
def sosfilt_pullback(y, y_bar, sos, x, axis=-1, zi=None):
    return None, sosfilt_cotangent(y_bar, sos, axis)


@pullback(signal.detrend, when=lambda overwrite_data: is_false(overwrite_data))
def detrend_pullback(y, y_bar, data, axis=-1, type="linear", bp=0, overwrite_data=False):
    """An orthogonal projection."""
    return signal.detrend(y_bar, axis, type, bp)


@pullback(signal.savgol_filter, when=lambda x, window_length: is_real(x) and is_odd(window_length))
def savgol_filter_pullback(
    y, y_bar, x, window_length, polyorder, deriv=0, delta=1.0, axis=-1, mode="interp", cval=0.0
):
    return savgol_cotangent(y_bar, window_length, polyorder, deriv, delta, axis, mode)


@pushforward(signal.savgol_filter)
def savgol_filter_pushforward(
    y, x_dot, x, window_length, polyorder, deriv=0, delta=1.0, axis=-1, mode="interp", cval=0.0
):
    return signal.savgol_filter(x_dot, window_length, polyorder, deriv, delta, axis, mode)


def is_odd(kind):
    return not kind.static or kind.value % 2 == 1


@pullback(signal.hilbert)
def hilbert_pullback(y, y_bar, x, N=None, axis=-1):
    return hilbert_cotangent(y_bar, x, N, axis)
