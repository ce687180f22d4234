"""Transposed Fourier transforms.

The matrix of a discrete Fourier transform is symmetric, and so it is its own transpose.  In a
transform of real numbers, or to real numbers, each inner frequency stands for two.
"""

import numpy as np

SHAPE_OF = {
    "fftn_cotangent": 1,
    "ifftn_cotangent": 1,
    "rfftn_cotangent": 1,
    "irfftn_cotangent": 1,
}

SHARING = ("fit_axis",)


def fit_axis(x, length, axis=-1):
    """Cut `x` along `axis`, or lengthen it by zeros."""
    missing = length - np.shape(x)[axis]
    if missing <= 0:
        return np.moveaxis(np.moveaxis(x, axis, 0)[:length], 0, axis)
    widths = [(0, 0)] * np.ndim(x)
    widths[axis] = (0, missing)
    return np.pad(x, widths)


def double_inside(z, n, axis=-1):
    """Double the frequencies of a half spectrum that stand for two of the `n` in the full one."""
    doubled = np.array(z)
    np.moveaxis(doubled, axis, 0)[1 : (n + 1) // 2] *= 2.0
    return doubled


def rfft_cotangent(y_bar, length, n=None, axis=-1, norm=None):
    """Of `np.fft.rfft(a, n, axis, norm)`, where `a` has this length along `axis`."""
    x_bar = np.fft.fft(y_bar, length if n is None else n, axis, norm)
    return np.ascontiguousarray(fit_axis(np.real(x_bar), length, axis))


def irfft_cotangent(y_bar, length, axis=-1, norm=None):
    """Of `np.fft.irfft(a, n, axis, norm)`, which reads no imaginary part at the two ends."""
    n = np.shape(y_bar)[axis]
    return fit_axis(double_inside(np.fft.ihfft(y_bar, n, axis, norm), n, axis), length, axis)


def hfft_cotangent(y_bar, length, axis=-1, norm=None):
    """Of `np.fft.hfft(a, n, axis, norm)`, which reads no imaginary part at the two ends."""
    n = np.shape(y_bar)[axis]
    return fit_axis(double_inside(np.fft.rfft(y_bar, n, axis, norm), n, axis), length, axis)


def ihfft_cotangent(y_bar, length, n=None, axis=-1, norm=None):
    """Of `np.fft.ihfft(a, n, axis, norm)`, where `a` has this length along `axis`."""
    x_bar = np.fft.ifft(y_bar, length if n is None else n, axis, norm)
    return np.ascontiguousarray(fit_axis(np.real(x_bar), length, axis))


def transformed_axes(shape, s=None, axes=None):
    """The axes that a transform of several axes takes, and the lengths they are brought to."""
    if axes is None:
        axes = range(-(len(shape) if s is None else np.size(s)), 0)
    axes = tuple(np.atleast_1d(axes))
    return axes, [None] * len(axes) if s is None else list(np.atleast_1d(s))


def undo_lengths(shape, axes, s):
    """The transforms along one axis each, the last to be made first: (axis, length before).

    They are made in the order in which `axes` is given.
    """
    lengths, steps = list(shape), []
    for axis, n in zip(axes, s, strict=True):
        steps.append((axis, lengths[axis]))
        lengths[axis] = lengths[axis] if n in (-1, None) else n
    return steps[::-1]


def fftn_cotangent(y_bar, a, s=None, axes=None, norm=None):
    """Of `np.fft.fftn(a, s, axes, norm)`."""
    axes, s = transformed_axes(np.shape(a), s, axes)
    for axis, length in undo_lengths(np.shape(a), axes[::-1], s[::-1]):
        y_bar = fit_axis(np.fft.fft(y_bar, None, axis, norm), length, axis)
    return y_bar


def ifftn_cotangent(y_bar, a, s=None, axes=None, norm=None):
    """Of `np.fft.ifftn(a, s, axes, norm)`."""
    axes, s = transformed_axes(np.shape(a), s, axes)
    for axis, length in undo_lengths(np.shape(a), axes[::-1], s[::-1]):
        y_bar = fit_axis(np.fft.ifft(y_bar, None, axis, norm), length, axis)
    return y_bar


def rfftn_cotangent(y_bar, a, s=None, axes=None, norm=None):
    """Of `np.fft.rfftn(a, s, axes, norm)`: the last axis first, of real numbers."""
    axes, s = transformed_axes(np.shape(a), s, axes)
    *steps, (last, length) = undo_lengths(np.shape(a), axes[::-1], s[::-1])
    for axis, before in steps:
        y_bar = fit_axis(np.fft.fft(y_bar, None, axis, norm), before, axis)
    n = None if s[-1] in (-1, None) else s[-1]
    return rfft_cotangent(y_bar, length, n, last, norm)


def irfftn_cotangent(y_bar, a, s=None, axes=None, norm=None):
    """Of `np.fft.irfftn(a, s, axes, norm)`: the last axis last, to real numbers."""
    axes, s = transformed_axes(np.shape(a), s, axes)
    (last, length), *steps = undo_lengths(np.shape(a), axes, s)
    y_bar = irfft_cotangent(y_bar, length, last, norm)
    for axis, before in steps:
        y_bar = fit_axis(np.fft.ifft(y_bar, None, axis, norm), before, axis)
    return y_bar
