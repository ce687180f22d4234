"""Transposed cosine and sine transforms."""

import math

import numpy as np
from scipy import fft

from .fft import fit_axis, transformed_axes, undo_lengths

SHAPE_OF = {"dctn_cotangent": 1, "idctn_cotangent": 1, "dstn_cotangent": 1, "idstn_cotangent": 1}


def scale_ends(x, axis, first, last):
    """A copy of `x` with its first and last elements along `axis` multiplied."""
    scaled = np.array(x)
    along = np.moveaxis(scaled, axis, 0)
    along[0] *= first
    along[-1] *= last
    return scaled


def dct_cotangent(y_bar, length, type=2, n=None, axis=-1, norm=None, orthogonalize=None):
    """Of `scipy.fft.dct(x, type, n, axis, norm)`, where `x` has this length along `axis`.

    With `orthogonalize` the transposes are those of orthogonal matrices: type 2 of type 3, the
    others of themselves.  Without it the ends are weighted, and the transpose has the weights on
    the other side.
    """
    root = math.sqrt(2.0)
    plain = not (norm == "ortho" if orthogonalize is None else orthogonalize)
    before = {1: (root, root), 2: (root, 1.0), 3: (1.0, 1.0), 4: (1.0, 1.0)}[type]
    after = {1: (1 / root, 1 / root), 2: (1.0, 1.0), 3: (1 / root, 1.0), 4: (1.0, 1.0)}[type]
    other = {1: 1, 2: 3, 3: 2, 4: 4}[type]
    x_bar = scale_ends(y_bar, axis, *before) if plain else y_bar
    x_bar = fft.dct(x_bar, other, None, axis, norm, orthogonalize=True)
    x_bar = scale_ends(x_bar, axis, *after) if plain else x_bar
    return fit_axis(x_bar, length, axis)


def dst_cotangent(y_bar, length, type=2, n=None, axis=-1, norm=None, orthogonalize=None):
    """Of `scipy.fft.dst(x, type, n, axis, norm)`, where `x` has this length along `axis`."""
    root = math.sqrt(2.0)
    plain = not (norm == "ortho" if orthogonalize is None else orthogonalize)
    other = {1: 1, 2: 3, 3: 2, 4: 4}[type]
    x_bar = scale_ends(y_bar, axis, 1.0, root) if plain and type == 2 else y_bar
    x_bar = fft.dst(x_bar, other, None, axis, norm, orthogonalize=True)
    x_bar = scale_ends(x_bar, axis, 1.0, 1 / root) if plain and type == 3 else x_bar
    return fit_axis(x_bar, length, axis)


def idct_cotangent(y_bar, length, type=2, n=None, axis=-1, norm=None, orthogonalize=None):
    """Of `scipy.fft.idct`, which is `dct` of the partner type with the scale of the inverse."""
    partner = {1: 1, 2: 3, 3: 2, 4: 4}[type]
    inverse = {None: "forward", "backward": "forward", "ortho": "ortho", "forward": None}[norm]
    return dct_cotangent(y_bar, length, partner, n, axis, inverse, orthogonalize)


def idst_cotangent(y_bar, length, type=2, n=None, axis=-1, norm=None, orthogonalize=None):
    """Of `scipy.fft.idst`, which is `dst` of the partner type with the scale of the inverse."""
    partner = {1: 1, 2: 3, 3: 2, 4: 4}[type]
    inverse = {None: "forward", "backward": "forward", "ortho": "ortho", "forward": None}[norm]
    return dst_cotangent(y_bar, length, partner, n, axis, inverse, orthogonalize)


def dctn_cotangent(y_bar, x, type=2, s=None, axes=None, norm=None, orthogonalize=None):
    """Of `scipy.fft.dctn(x, type, s, axes, norm)`."""
    axes, s = transformed_axes(np.shape(x), s, axes)
    for axis, length in undo_lengths(np.shape(x), axes, s):
        y_bar = dct_cotangent(y_bar, length, type, None, axis, norm, orthogonalize)
    return y_bar


def dstn_cotangent(y_bar, x, type=2, s=None, axes=None, norm=None, orthogonalize=None):
    """Of `scipy.fft.dstn(x, type, s, axes, norm)`."""
    axes, s = transformed_axes(np.shape(x), s, axes)
    for axis, length in undo_lengths(np.shape(x), axes, s):
        y_bar = dst_cotangent(y_bar, length, type, None, axis, norm, orthogonalize)
    return y_bar


def idctn_cotangent(y_bar, x, type=2, s=None, axes=None, norm=None, orthogonalize=None):
    """Of `scipy.fft.idctn(x, type, s, axes, norm)`."""
    axes, s = transformed_axes(np.shape(x), s, axes)
    for axis, length in undo_lengths(np.shape(x), axes, s):
        y_bar = idct_cotangent(y_bar, length, type, None, axis, norm, orthogonalize)
    return y_bar


def idstn_cotangent(y_bar, x, type=2, s=None, axes=None, norm=None, orthogonalize=None):
    """Of `scipy.fft.idstn(x, type, s, axes, norm)`."""
    axes, s = transformed_axes(np.shape(x), s, axes)
    for axis, length in undo_lengths(np.shape(x), axes, s):
        y_bar = idst_cotangent(y_bar, length, type, None, axis, norm, orthogonalize)
    return y_bar
