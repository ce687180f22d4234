"""Filters of `scipy.ndimage` with a known kernel: linear in the image.

What stands beyond the edge in the mode "constant" is `cval`, in a tangent 0.
"""

from scipy import ndimage

from ...runtime import (
    convolve_line_cotangent,
    correlate_line_cotangent,
    gaussian_cotangent,
    gaussian_line_cotangent,
    uniform_cotangent,
    uniform_line_cotangent,
)
from ..conditions import is_none, is_real
from ..registry import pullback, pushforward


def is_filtered(input, output, mode):
    """The edges are treated alike, and the result is a new array."""
    return is_real(input) and is_none(output) and mode.static and isinstance(mode.value, str)


@pullback(ndimage.gaussian_filter, when=is_filtered)
def gaussian_filter_pullback(
    y, y_bar, input, sigma, order=0, output=None, mode="reflect", cval=0.0, truncate=4.0
):
    return gaussian_cotangent(y_bar, sigma, order, mode, truncate)


@pushforward(ndimage.gaussian_filter, when=is_filtered)
def gaussian_filter_pushforward(
    y, input_dot, input, sigma, order=0, output=None, mode="reflect", cval=0.0, truncate=4.0
):
    return ndimage.gaussian_filter(input_dot, sigma, order, mode=mode, truncate=truncate)


@pullback(ndimage.gaussian_filter1d, when=is_filtered)
def gaussian_filter1d_pullback(
    y, y_bar, input, sigma,
    axis=-1, order=0, output=None, mode="reflect", cval=0.0, truncate=4.0, radius=None,
):  # fmt: skip
    return gaussian_line_cotangent(y_bar, sigma, axis, order, mode, truncate, radius)


@pushforward(ndimage.gaussian_filter1d, when=is_filtered)
def gaussian_filter1d_pushforward(
    y, input_dot, input, sigma,
    axis=-1, order=0, output=None, mode="reflect", cval=0.0, truncate=4.0, radius=None,
):  # fmt: skip
    return ndimage.gaussian_filter1d(
        input_dot, sigma, axis, order, mode=mode, truncate=truncate, radius=radius
    )


@pullback(ndimage.uniform_filter, when=is_filtered)
def uniform_filter_pullback(
    y, y_bar, input, size=3, output=None, mode="reflect", cval=0.0, origin=0
):
    return uniform_cotangent(y_bar, size, mode, origin)


@pushforward(ndimage.uniform_filter, when=is_filtered)
def uniform_filter_pushforward(
    y, input_dot, input, size=3, output=None, mode="reflect", cval=0.0, origin=0
):
    return ndimage.uniform_filter(input_dot, size, mode=mode, origin=origin)


@pullback(ndimage.uniform_filter1d, when=is_filtered)
def uniform_filter1d_pullback(
    y, y_bar, input, size, axis=-1, output=None, mode="reflect", cval=0.0, origin=0
):
    return uniform_line_cotangent(y_bar, size, axis, mode, origin)


@pushforward(ndimage.uniform_filter1d, when=is_filtered)
def uniform_filter1d_pushforward(
    y, input_dot, input, size, axis=-1, output=None, mode="reflect", cval=0.0, origin=0
):
    return ndimage.uniform_filter1d(input_dot, size, axis, mode=mode, origin=origin)


@pullback(ndimage.correlate1d, when=is_filtered)
def correlate1d_pullback(
    y, y_bar, input, weights, axis=-1, output=None, mode="reflect", cval=0.0, origin=0
):
    return correlate_line_cotangent(y_bar, weights, axis, mode, origin)


@pushforward(ndimage.correlate1d, when=is_filtered)
def correlate1d_pushforward(
    y, input_dot, input, weights, axis=-1, output=None, mode="reflect", cval=0.0, origin=0
):
    return ndimage.correlate1d(input_dot, weights, axis, mode=mode, origin=origin)


@pullback(ndimage.convolve1d, when=is_filtered)
def convolve1d_pullback(
    y, y_bar, input, weights, axis=-1, output=None, mode="reflect", cval=0.0, origin=0
):
    return convolve_line_cotangent(y_bar, weights, axis, mode, origin)


@pushforward(ndimage.convolve1d, when=is_filtered)
def convolve1d_pushforward(
    y, input_dot, input, weights, axis=-1, output=None, mode="reflect", cval=0.0, origin=0
):
    return ndimage.convolve1d(input_dot, weights, axis, mode=mode, origin=origin)
