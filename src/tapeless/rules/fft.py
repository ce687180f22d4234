"""Fourier transforms: linear, and for complex numbers their own transposes.

The cotangent of a complex number is paired with it without conjugation, so that no sign of an
exponent changes.
"""

import numpy as np

from ..runtime import (
    fftn_cotangent,
    fit_axis,
    hfft_cotangent,
    ifftn_cotangent,
    ihfft_cotangent,
    irfft_cotangent,
    irfftn_cotangent,
    rfft_cotangent,
    rfftn_cotangent,
)
from .conditions import is_none, is_number
from .registry import linear, pullback

linear(
    np.fft.fft, np.fft.ifft, np.fft.rfft, np.fft.irfft, np.fft.hfft, np.fft.ihfft,
    np.fft.fft2, np.fft.ifft2, np.fft.rfft2, np.fft.irfft2,
    np.fft.fftn, np.fft.ifftn, np.fft.rfftn, np.fft.irfftn,
    np.fft.fftshift, np.fft.ifftshift,
)  # fmt: skip


def is_last_axes(axes):
    return axes.static and axes.value == (-2, -1)


# --- one axis ------------------------------------------------------------------------------------


@pullback(
    np.fft.fft,
    when=lambda n, axis, norm: is_none(n) and is_number(axis, -1) and is_none(norm),
)
def plain_fft_pullback(y, y_bar, a, n=None, axis=-1, norm=None):
    return np.fft.fft(y_bar)


@pullback(np.fft.fft, when=lambda n: is_none(n))
def fft_pullback(y, y_bar, a, n=None, axis=-1, norm=None):
    return np.fft.fft(y_bar, axis=axis, norm=norm)


@pullback(np.fft.fft)
def fitted_fft_pullback(y, y_bar, a, n=None, axis=-1, norm=None):
    return fit_axis(np.fft.fft(y_bar, axis=axis, norm=norm), np.shape(a)[axis], axis)


@pullback(
    np.fft.ifft,
    when=lambda n, axis, norm: is_none(n) and is_number(axis, -1) and is_none(norm),
)
def plain_ifft_pullback(y, y_bar, a, n=None, axis=-1, norm=None):
    return np.fft.ifft(y_bar)


@pullback(np.fft.ifft, when=lambda n: is_none(n))
def ifft_pullback(y, y_bar, a, n=None, axis=-1, norm=None):
    return np.fft.ifft(y_bar, axis=axis, norm=norm)


@pullback(np.fft.ifft)
def fitted_ifft_pullback(y, y_bar, a, n=None, axis=-1, norm=None):
    return fit_axis(np.fft.ifft(y_bar, axis=axis, norm=norm), np.shape(a)[axis], axis)


@pullback(
    np.fft.rfft,
    when=lambda n, axis, norm: is_none(n) and is_number(axis, -1) and is_none(norm),
)
def plain_rfft_pullback(y, y_bar, a, n=None, axis=-1, norm=None):
    return np.real(np.fft.fft(y_bar, np.shape(a)[-1]))


@pullback(np.fft.rfft)
def rfft_pullback(y, y_bar, a, n=None, axis=-1, norm=None):
    return rfft_cotangent(y_bar, np.shape(a)[axis], n, axis, norm)


@pullback(np.fft.irfft)
def irfft_pullback(y, y_bar, a, n=None, axis=-1, norm=None):
    """The imaginary parts of the first frequency, and of the last of an even `n`, are not read."""
    return irfft_cotangent(y_bar, np.shape(a)[axis], axis, norm)


@pullback(np.fft.hfft)
def hfft_pullback(y, y_bar, a, n=None, axis=-1, norm=None):
    """The imaginary parts of the first frequency, and of the last of an even `n`, are not read."""
    return hfft_cotangent(y_bar, np.shape(a)[axis], axis, norm)


@pullback(np.fft.ihfft)
def ihfft_pullback(y, y_bar, a, n=None, axis=-1, norm=None):
    return ihfft_cotangent(y_bar, np.shape(a)[axis], n, axis, norm)


# --- two axes ------------------------------------------------------------------------------------


@pullback(
    np.fft.fft2, when=lambda s, axes, norm: is_none(s) and is_last_axes(axes) and is_none(norm)
)
def plain_fft2_pullback(y, y_bar, a, s=None, axes=(-2, -1), norm=None):
    return np.fft.fft2(y_bar)


@pullback(np.fft.fft2)
def fft2_pullback(y, y_bar, a, s=None, axes=(-2, -1), norm=None):
    return fftn_cotangent(y_bar, a, s, axes, norm)


@pullback(
    np.fft.ifft2, when=lambda s, axes, norm: is_none(s) and is_last_axes(axes) and is_none(norm)
)
def plain_ifft2_pullback(y, y_bar, a, s=None, axes=(-2, -1), norm=None):
    return np.fft.ifft2(y_bar)


@pullback(np.fft.ifft2)
def ifft2_pullback(y, y_bar, a, s=None, axes=(-2, -1), norm=None):
    return ifftn_cotangent(y_bar, a, s, axes, norm)


@pullback(
    np.fft.rfft2, when=lambda s, axes, norm: is_none(s) and is_last_axes(axes) and is_none(norm)
)
def plain_rfft2_pullback(y, y_bar, a, s=None, axes=(-2, -1), norm=None):
    return np.real(np.fft.fft2(y_bar, np.shape(a)[-2:]))


@pullback(np.fft.rfft2)
def rfft2_pullback(y, y_bar, a, s=None, axes=(-2, -1), norm=None):
    return rfftn_cotangent(y_bar, a, s, axes, norm)


@pullback(np.fft.irfft2)
def irfft2_pullback(y, y_bar, a, s=None, axes=(-2, -1), norm=None):
    return irfftn_cotangent(y_bar, a, s, axes, norm)


# --- any axes ------------------------------------------------------------------------------------


@pullback(np.fft.fftn, when=lambda s, axes, norm: is_none(s) and is_none(axes) and is_none(norm))
def plain_fftn_pullback(y, y_bar, a, s=None, axes=None, norm=None):
    return np.fft.fftn(y_bar)


@pullback(np.fft.fftn)
def fftn_pullback(y, y_bar, a, s=None, axes=None, norm=None):
    return fftn_cotangent(y_bar, a, s, axes, norm)


@pullback(np.fft.ifftn, when=lambda s, axes, norm: is_none(s) and is_none(axes) and is_none(norm))
def plain_ifftn_pullback(y, y_bar, a, s=None, axes=None, norm=None):
    return np.fft.ifftn(y_bar)


@pullback(np.fft.ifftn)
def ifftn_pullback(y, y_bar, a, s=None, axes=None, norm=None):
    return ifftn_cotangent(y_bar, a, s, axes, norm)


@pullback(np.fft.rfftn)
def rfftn_pullback(y, y_bar, a, s=None, axes=None, norm=None):
    return rfftn_cotangent(y_bar, a, s, axes, norm)


@pullback(np.fft.irfftn)
def irfftn_pullback(y, y_bar, a, s=None, axes=None, norm=None):
    return irfftn_cotangent(y_bar, a, s, axes, norm)


# --- order of the frequencies --------------------------------------------------------------------


@pullback(np.fft.fftshift, when=lambda axes: is_none(axes))
def plain_fftshift_pullback(y, y_bar, x, axes=None):
    return np.fft.ifftshift(y_bar)


@pullback(np.fft.fftshift)
def fftshift_pullback(y, y_bar, x, axes=None):
    return np.fft.ifftshift(y_bar, axes)


@pullback(np.fft.ifftshift, when=lambda axes: is_none(axes))
def plain_ifftshift_pullback(y, y_bar, x, axes=None):
    return np.fft.fftshift(y_bar)


@pullback(np.fft.ifftshift)
def ifftshift_pullback(y, y_bar, x, axes=None):
    return np.fft.fftshift(y_bar, axes)
