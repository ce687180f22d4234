"""Transposed filters along the axes of an image."""

import numpy as np
from scipy import ndimage

SHARING = ("unextend", "unfilter")


def padding_of(mode):
    """What `np.pad` calls a way to go on beyond the ends; None for a constant."""
    names = {"reflect": "symmetric", "grid-mirror": "symmetric", "mirror": "reflect"}
    names |= {"nearest": "edge", "wrap": "wrap", "grid-wrap": "wrap"}
    return names.get(mode)


def unextend(extended, n, margin, mode):
    """What is read beyond the ends of the first axis, added to the points that stand there."""
    if padding_of(mode) is None:
        return extended[margin : margin + n]
    x_bar = np.zeros((n, *extended.shape[1:]), extended.dtype)
    np.add.at(x_bar, np.pad(np.arange(n), margin, padding_of(mode)), extended)
    return x_bar


def unfilter(y_bar, response, axis, mode):
    """The cotangent of a line that is filtered, from what a point alone in the middle becomes."""
    y_bar = np.moveaxis(y_bar, axis, 0)
    n, margin = len(y_bar), len(response) // 2
    extended = np.zeros((n + 2 * margin, *y_bar.shape[1:]), y_bar.dtype)
    for start, weight in enumerate(response[::-1].astype(y_bar.dtype)):
        if weight != 0.0:
            extended[start : start + n] += weight * y_bar
    return np.moveaxis(unextend(extended, n, margin, mode), 0, axis)


def middle_point(margin):
    """A line of zeros with a one in the middle."""
    point = np.zeros(2 * margin + 1)
    point[margin] = 1.0
    return point


def gaussian_line_cotangent(
    y_bar, sigma, axis=-1, order=0, mode="reflect", truncate=4.0, radius=None
):
    """Of the image in `scipy.ndimage.gaussian_filter1d`."""
    margin = int(truncate * sigma + 0.5) if radius is None else radius
    response = ndimage.gaussian_filter1d(
        middle_point(margin), sigma, order=order, mode="constant", truncate=truncate, radius=radius
    )
    return unfilter(y_bar, response, axis, mode)


def gaussian_cotangent(y_bar, sigma, order=0, mode="reflect", truncate=4.0):
    """Of the image in `scipy.ndimage.gaussian_filter`, which goes through the axes."""
    for axis in range(np.ndim(y_bar)):
        width, degree = (np.broadcast_to(v, np.ndim(y_bar))[axis] for v in (sigma, order))
        if width > 1e-15:
            y_bar = gaussian_line_cotangent(y_bar, width, axis, degree, mode, truncate)
    return y_bar


def uniform_line_cotangent(y_bar, size, axis=-1, mode="reflect", origin=0):
    """Of the image in `scipy.ndimage.uniform_filter1d`."""
    response = ndimage.uniform_filter1d(middle_point(size), size, mode="constant", origin=origin)
    return unfilter(y_bar, response, axis, mode)


def uniform_cotangent(y_bar, size=3, mode="reflect", origin=0):
    """Of the image in `scipy.ndimage.uniform_filter`, which goes through the axes."""
    for axis in range(np.ndim(y_bar)):
        width, shift = (int(np.broadcast_to(v, np.ndim(y_bar))[axis]) for v in (size, origin))
        if width > 1:
            y_bar = uniform_line_cotangent(y_bar, width, axis, mode, shift)
    return y_bar


def correlate_line_cotangent(y_bar, weights, axis=-1, mode="reflect", origin=0):
    """Of the image in `scipy.ndimage.correlate1d`."""
    point = middle_point(np.size(weights))
    response = ndimage.correlate1d(point, weights, mode="constant", origin=origin)
    return unfilter(y_bar, response, axis, mode)


def convolve_line_cotangent(y_bar, weights, axis=-1, mode="reflect", origin=0):
    """Of the image in `scipy.ndimage.convolve1d`."""
    point = middle_point(np.size(weights))
    response = ndimage.convolve1d(point, weights, mode="constant", origin=origin)
    return unfilter(y_bar, response, axis, mode)
