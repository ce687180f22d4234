"""Fourier, cosine and sine transforms of `scipy.fft`: linear."""

import numpy as np
from scipy import fft

from ...runtime import (
    dct_cotangent,
    dctn_cotangent,
    dst_cotangent,
    dstn_cotangent,
    fftn_cotangent,
    fit_axis,
    hfft_cotangent,
    idct_cotangent,
    idctn_cotangent,
    idst_cotangent,
    idstn_cotangent,
    ifftn_cotangent,
    ihfft_cotangent,
    irfft_cotangent,
    irfftn_cotangent,
    rfft_cotangent,
    rfftn_cotangent,
)
from ..conditions import is_false, is_none, is_number, is_real
from ..registry import linear, pullback

linear(
    fft.fft, fft.ifft, fft.rfft, fft.irfft, fft.hfft, fft.ihfft,
    fft.fft2, fft.ifft2, fft.rfft2, fft.irfft2, fft.fftn, fft.ifftn, fft.rfftn, fft.irfftn,
    fft.fftshift, fft.ifftshift,
    fft.dct, fft.idct, fft.dst, fft.idst, fft.dctn, fft.idctn, fft.dstn, fft.idstn,
)  # fmt: skip


def keeps_argument(overwrite_x):
    return is_false(overwrite_x)


def is_of_reals(x, overwrite_x):
    """SciPy forgets `orthogonalize` where the numbers are complex."""
    return is_real(x) and is_false(overwrite_x)


def is_plain(n, axis, norm, overwrite_x):
    """Nothing but the array is given."""
    return is_none(n) and is_number(axis, -1) and is_none(norm) and is_false(overwrite_x)


# --- one axis -------------------------------------------------------------------------------------


@pullback(fft.fft, when=is_plain)
def plain_fft_pullback(y, y_bar, x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None):
    return np.fft.fft(y_bar)


@pullback(fft.fft, when=keeps_argument)
def fft_pullback(y, y_bar, x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None):
    return fit_axis(np.fft.fft(y_bar, axis=axis, norm=norm), np.shape(x)[axis], axis)


@pullback(fft.ifft, when=is_plain)
def plain_ifft_pullback(y, y_bar, x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None):
    return np.fft.ifft(y_bar)


@pullback(fft.ifft, when=keeps_argument)
def ifft_pullback(y, y_bar, x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None):
    return fit_axis(np.fft.ifft(y_bar, axis=axis, norm=norm), np.shape(x)[axis], axis)


@pullback(fft.rfft, when=is_plain)
def plain_rfft_pullback(y, y_bar, x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None):
    return np.real(np.fft.fft(y_bar, np.shape(x)[-1]))


@pullback(fft.rfft, when=keeps_argument)
def rfft_pullback(y, y_bar, x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None):
    return rfft_cotangent(y_bar, np.shape(x)[axis], n, axis, norm)


@pullback(fft.irfft, when=keeps_argument)
def irfft_pullback(y, y_bar, x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None):
    return irfft_cotangent(y_bar, np.shape(x)[axis], axis, norm)


@pullback(fft.hfft, when=keeps_argument)
def hfft_pullback(y, y_bar, x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None):
    return hfft_cotangent(y_bar, np.shape(x)[axis], axis, norm)


@pullback(fft.ihfft, when=keeps_argument)
def ihfft_pullback(y, y_bar, x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None):
    return ihfft_cotangent(y_bar, np.shape(x)[axis], n, axis, norm)


# --- several axes ---------------------------------------------------------------------------------


@pullback(fft.fft2, when=keeps_argument)
def fft2_pullback(y, y_bar, x, s=None, axes=(-2, -1), norm=None, overwrite_x=False, workers=None):
    return fftn_cotangent(y_bar, x, s, axes, norm)


@pullback(fft.fftn, when=keeps_argument)
def fftn_pullback(y, y_bar, x, s=None, axes=None, norm=None, overwrite_x=False, workers=None):
    return fftn_cotangent(y_bar, x, s, axes, norm)


@pullback(fft.ifft2, when=keeps_argument)
def ifft2_pullback(y, y_bar, x, s=None, axes=(-2, -1), norm=None, overwrite_x=False, workers=None):
    return ifftn_cotangent(y_bar, x, s, axes, norm)


@pullback(fft.ifftn, when=keeps_argument)
def ifftn_pullback(y, y_bar, x, s=None, axes=None, norm=None, overwrite_x=False, workers=None):
    return ifftn_cotangent(y_bar, x, s, axes, norm)


@pullback(fft.rfft2, when=keeps_argument)
def rfft2_pullback(y, y_bar, x, s=None, axes=(-2, -1), norm=None, overwrite_x=False, workers=None):
    return rfftn_cotangent(y_bar, x, s, axes, norm)


@pullback(fft.rfftn, when=keeps_argument)
def rfftn_pullback(y, y_bar, x, s=None, axes=None, norm=None, overwrite_x=False, workers=None):
    return rfftn_cotangent(y_bar, x, s, axes, norm)


@pullback(fft.irfft2, when=keeps_argument)
def irfft2_pullback(y, y_bar, x, s=None, axes=(-2, -1), norm=None, overwrite_x=False, workers=None):
    return irfftn_cotangent(y_bar, x, s, axes, norm)


@pullback(fft.irfftn, when=keeps_argument)
def irfftn_pullback(y, y_bar, x, s=None, axes=None, norm=None, overwrite_x=False, workers=None):
    return irfftn_cotangent(y_bar, x, s, axes, norm)


# --- cosines and sines ----------------------------------------------------------------------------


def is_orthogonal(x, n, norm, overwrite_x, orthogonalize):
    return (
        is_of_reals(x, overwrite_x)
        and is_none(n)
        and norm.static
        and norm.value == "ortho"
        and is_none(orthogonalize)
    )


def is_orthogonal_of_axes(x, s, norm, overwrite_x, orthogonalize):
    return is_orthogonal(x, s, norm, overwrite_x, orthogonalize)


@pullback(fft.dct, when=is_orthogonal)
def orthogonal_dct_pullback(
    y,
    y_bar,
    x,
    type=2,
    n=None,
    axis=-1,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return fft.idct(y_bar, type, axis=axis, norm=norm)


@pullback(fft.idct, when=is_orthogonal)
def orthogonal_idct_pullback(
    y,
    y_bar,
    x,
    type=2,
    n=None,
    axis=-1,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return fft.dct(y_bar, type, axis=axis, norm=norm)


@pullback(fft.dst, when=is_orthogonal)
def orthogonal_dst_pullback(
    y,
    y_bar,
    x,
    type=2,
    n=None,
    axis=-1,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return fft.idst(y_bar, type, axis=axis, norm=norm)


@pullback(fft.idst, when=is_orthogonal)
def orthogonal_idst_pullback(
    y,
    y_bar,
    x,
    type=2,
    n=None,
    axis=-1,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return fft.dst(y_bar, type, axis=axis, norm=norm)


@pullback(fft.dctn, when=is_orthogonal_of_axes)
def orthogonal_dctn_pullback(
    y,
    y_bar,
    x,
    type=2,
    s=None,
    axes=None,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return fft.idctn(y_bar, type, axes=axes, norm=norm)


@pullback(fft.idctn, when=is_orthogonal_of_axes)
def orthogonal_idctn_pullback(
    y,
    y_bar,
    x,
    type=2,
    s=None,
    axes=None,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return fft.dctn(y_bar, type, axes=axes, norm=norm)


@pullback(fft.dstn, when=is_orthogonal_of_axes)
def orthogonal_dstn_pullback(
    y,
    y_bar,
    x,
    type=2,
    s=None,
    axes=None,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return fft.idstn(y_bar, type, axes=axes, norm=norm)


@pullback(fft.idstn, when=is_orthogonal_of_axes)
def orthogonal_idstn_pullback(
    y,
    y_bar,
    x,
    type=2,
    s=None,
    axes=None,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return fft.dstn(y_bar, type, axes=axes, norm=norm)


@pullback(fft.dct, when=is_of_reals)
def dct_pullback(
    y,
    y_bar,
    x,
    type=2,
    n=None,
    axis=-1,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return dct_cotangent(y_bar, np.shape(x)[axis], type, n, axis, norm, orthogonalize)


@pullback(fft.idct, when=is_of_reals)
def idct_pullback(
    y,
    y_bar,
    x,
    type=2,
    n=None,
    axis=-1,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return idct_cotangent(y_bar, np.shape(x)[axis], type, n, axis, norm, orthogonalize)


@pullback(fft.dst, when=is_of_reals)
def dst_pullback(
    y,
    y_bar,
    x,
    type=2,
    n=None,
    axis=-1,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return dst_cotangent(y_bar, np.shape(x)[axis], type, n, axis, norm, orthogonalize)


@pullback(fft.idst, when=is_of_reals)
def idst_pullback(
    y,
    y_bar,
    x,
    type=2,
    n=None,
    axis=-1,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return idst_cotangent(y_bar, np.shape(x)[axis], type, n, axis, norm, orthogonalize)


@pullback(fft.dctn, when=is_of_reals)
def dctn_pullback(
    y,
    y_bar,
    x,
    type=2,
    s=None,
    axes=None,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return dctn_cotangent(y_bar, x, type, s, axes, norm, orthogonalize)


@pullback(fft.idctn, when=is_of_reals)
def idctn_pullback(
    y,
    y_bar,
    x,
    type=2,
    s=None,
    axes=None,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return idctn_cotangent(y_bar, x, type, s, axes, norm, orthogonalize)


@pullback(fft.dstn, when=is_of_reals)
def dstn_pullback(
    y,
    y_bar,
    x,
    type=2,
    s=None,
    axes=None,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return dstn_cotangent(y_bar, x, type, s, axes, norm, orthogonalize)


@pullback(fft.idstn, when=is_of_reals)
def idstn_pullback(
    y,
    y_bar,
    x,
    type=2,
    s=None,
    axes=None,
    norm=None,
    overwrite_x=False,
    workers=None,
    orthogonalize=None,
):
    return idstn_cotangent(y_bar, x, type, s, axes, norm, orthogonalize)


# --- order of the frequencies ---------------------------------------------------------------------


@pullback(fft.fftshift)
def fftshift_pullback(y, y_bar, x, axes=None):
    return np.fft.ifftshift(y_bar, axes)


@pullback(fft.ifftshift)
def ifftshift_pullback(y, y_bar, x, axes=None):
    return np.fft.fftshift(y_bar, axes)
