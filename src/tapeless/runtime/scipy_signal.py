"""Transposed convolutions and filters."""

import numpy as np
from scipy import signal

from .fft import fit_axis
from .scipy_ndimage import middle_point, unfilter
from .shapes import unbroadcast

SHAPE_OF = {
    "convolve_left": 1,
    "convolve_right": 2,
    "correlate_left": 1,
    "correlate_right": 2,
    "hilbert_cotangent": 1,
}


def convolved_axes(in1, axes=None):
    """The axes along which two arrays are convolved, counted from the front."""
    axes = range(np.ndim(in1)) if axes is None else np.atleast_1d(axes)
    return [axis % np.ndim(in1) for axis in axes]


def whole_convolution(y_bar, in1, in2, mode="full", axes=None, late=False):
    """`y_bar` in its place in the full convolution, with zeros around it.

    Of two middles `mode="same"` takes the earlier one, `correlate2d` the later one.
    """
    along = convolved_axes(in1, axes)
    widths = []
    for axis, (n, m) in enumerate(zip(np.shape(in1), np.shape(in2), strict=True)):
        length = n + m - 1 if axis in along else max(n, m)
        first = {"full": 0, "same": (length - n + late) // 2, "valid": min(n, m) - 1}[mode]
        first = 0 if axis not in along and mode == "valid" else first
        widths.append((first, length - first - np.shape(y_bar)[axis]))
    return np.pad(y_bar, widths)


def convolve_left(y_bar, in1, in2, mode="full", axes=None, late=False):
    """The cotangent of `in1` in a convolution with `in2` along some axes."""
    return convolve_either(y_bar, in1, in2, in1, in2, mode, axes, late)


def convolve_right(y_bar, in1, in2, mode="full", axes=None, late=False):
    """The cotangent of `in2` in a convolution with `in1` along some axes."""
    return convolve_either(y_bar, in1, in2, in2, in1, mode, axes, late)


def convolve_either(y_bar, in1, in2, wanted, other, mode, axes, late):
    """The cotangent of `wanted`, one of the two, from the convolution with the other reversed."""
    along = convolved_axes(in1, axes)
    whole = whole_convolution(y_bar, in1, in2, mode, axes, late)
    if axes is None:
        return signal.convolve(whole, np.flip(other, along), "valid")
    x_bar = signal.fftconvolve(whole, np.flip(other, along), "valid", axes)
    return unbroadcast(x_bar, wanted)


def correlate_left(y_bar, in1, in2, mode="full", late=False):
    """The cotangent of `in1` in `scipy.signal.correlate(in1, in2, mode)`."""
    return convolve_left(y_bar, in1, np.conjugate(np.flip(in2)), mode, None, late)


def correlate_right(y_bar, in1, in2, mode="full", late=False):
    """The cotangent of `in2` in `scipy.signal.correlate(in1, in2, mode)`."""
    return np.conjugate(np.flip(convolve_right(y_bar, in1, in2, mode, None, late)))


# --- recursive filters ---------------------------------------------------------------------------


def lfilter_cotangent(y_bar, b, a, axis=-1):
    """Of the signal in `scipy.signal.lfilter(b, a, x)`: the same filter, back in time."""
    return np.flip(signal.lfilter(b, a, np.flip(y_bar, axis), axis), axis)


def coefficient_cotangent(y_bar, x, coefficients, a, axis=-1):
    """Of the numerator in `scipy.signal.lfilter(coefficients, a, x)`: what it is multiplied by."""
    one = np.ones(1, np.asarray(a).dtype)
    answer = np.moveaxis(signal.lfilter(one, a, x, axis), axis, -1)
    y_bar, n = np.moveaxis(y_bar, axis, -1), np.shape(x)[axis]
    sums = [np.sum(y_bar[..., k:] * answer[..., : max(n - k, 0)]) for k in range(len(coefficients))]
    return np.array(sums, np.result_type(y_bar, answer))


def sosfilt_cotangent(y_bar, sos, axis=-1):
    """Of the signal in `scipy.signal.sosfilt(sos, x)`: the same filter, back in time."""
    return np.flip(signal.sosfilt(sos, np.flip(y_bar, axis), axis), axis)


# --- smoothing, analytic signals -----------------------------------------------------------------


def savgol_cotangent(y_bar, window_length, polyorder, deriv=0, delta=1.0, axis=-1, mode="interp"):
    """Of the signal in `scipy.signal.savgol_filter`, which is a matrix along `axis`.

    The matrix is read off from what the filter does to single points: inside it is a convolution,
    and what lies beyond the ends is made of the points there.
    """
    y_bar = np.moveaxis(y_bar, axis, 0)
    n, half = len(y_bar), window_length // 2
    if mode == "interp":
        points = np.eye(window_length, dtype=y_bar.dtype)
        answers = signal.savgol_filter(points, window_length, polyorder, deriv, delta, 0)
        weights = answers[half]
        inside = np.zeros_like(y_bar)
        for k in range(window_length):
            inside[k : n - window_length + 1 + k] += weights[k] * y_bar[half : n - half]
        inside[:window_length] += np.tensordot(answers[:half].T, y_bar[:half], 1)
        inside[n - window_length :] += np.tensordot(answers[half + 1 :].T, y_bar[n - half :], 1)
        return np.moveaxis(inside, 0, axis)
    point = middle_point(window_length).astype(y_bar.dtype)
    answer = signal.savgol_filter(point, window_length, polyorder, deriv, delta, 0, "constant")
    return np.moveaxis(unfilter(y_bar, answer, 0, mode), 0, axis)


def hilbert_cotangent(y_bar, x, N=None, axis=-1):
    """Of the signal in `scipy.signal.hilbert`, which doubles the positive frequencies."""
    length = np.shape(y_bar)[axis]
    weights = np.zeros(length, np.real(y_bar).dtype)
    weights[: (length + 1) // 2] = 2.0
    weights[0] = 1.0
    if length % 2 == 0:
        weights[length // 2] = 1.0
    shape = [1] * np.ndim(y_bar)
    shape[axis] = length
    x_bar = np.fft.fft(weights.reshape(shape) * np.fft.ifft(y_bar, None, axis), None, axis)
    return np.ascontiguousarray(fit_axis(np.real(x_bar), np.shape(x)[axis], axis))
