"""Slopes of norms: the array `slope` with `norm_dot = sum(slope * x_dot)`, real parts taken.

Where a norm has no derivative its slope is the mean of those around it: 0 at the origin and in the
place of a zero, equal parts for maxima that are tied.
"""

import numpy as np

from .reductions import tie_share


def norm_slope(x, ord=None, axis=None):
    """The slope of `np.linalg.norm(x, ord, axis)`."""
    count = np.ndim(x) if axis is None else np.size(axis)
    if ord is None or (count == 2 and ord in ("fro", "f")):
        return vector_norm_slope(x, 2, axis)
    if count == 2:
        return matrix_norm_slope(x, ord, (0, 1) if axis is None else axis)
    return vector_norm_slope(x, ord, axis)


def vector_norm_slope(x, ord=2, axis=None):
    """The slope of `np.linalg.vector_norm(x, axis=axis, ord=ord)`, of any order."""
    axis = tuple(axis) if isinstance(axis, list) else axis
    away = np.conjugate(np.sign(x))  # from the origin; 0 there
    if ord == 0:
        return 0.0 * away
    if ord == 1:
        return away
    size = np.abs(x)
    if np.isinf(ord):
        extreme = np.max if ord > 0 else np.min
        return away * tie_share(size, extreme(size, axis=axis, keepdims=True), axis, True)
    ord = float(ord)
    # Sizes beside the largest (for a negative order, the smallest): their powers do not overflow.
    extreme, start = (np.max, 0.0) if ord > 0 else (np.min, np.inf)
    largest = extreme(size, axis=axis, keepdims=True, initial=start)
    inside = (size > 0.0) & (largest > 0.0)
    part = np.where(inside, size, 1.0) / np.where(largest > 0.0, largest, 1.0)
    total = np.sum(np.where(inside, part**ord, 0.0), axis=axis, keepdims=True)
    total = np.where(total > 0.0, total, 1.0)
    return np.where(inside, away * part ** (ord - 1.0) * total ** (1.0 / ord - 1.0), 0.0)


def matrix_norm_slope(x, ord="fro", axis=(-2, -1)):
    """The slope of a matrix norm over two axes, of any order."""
    if ord is None or ord in ("fro", "f"):
        return vector_norm_slope(x, 2, tuple(axis))
    matrices = np.moveaxis(x, axis, (-2, -1))
    if ord == "nuc" or abs(ord) == 2:
        slope = singular_norm_slope(matrices, ord)
    else:
        along = -2 if abs(ord) == 1 else -1
        sums = np.sum(np.abs(matrices), axis=along, keepdims=True)
        extreme = np.max if ord > 0 else np.min
        share = tie_share(sums, extreme(sums, axis=(-2, -1), keepdims=True), (-2, -1), True)
        slope = np.conjugate(np.sign(matrices)) * share
    return np.moveaxis(slope, (-2, -1), axis)


def singular_norm_slope(x, ord):
    """The slope of the sum ("nuc"), the largest (2) or the smallest (-2) of the singular values."""
    u, s, vh = np.linalg.svd(x, full_matrices=False)
    if s.shape[-1] == 0:
        return np.zeros(np.shape(x), u.dtype)
    blur = max(np.shape(x)[-2:]) * np.finfo(s.dtype).eps * s[..., :1]
    weight = np.where(s > blur, np.ones_like(s), 0.0)
    if ord != "nuc":
        tied = np.abs(s - (s[..., :1] if ord > 0 else s[..., -1:])) <= blur
        weight = weight * tied / np.sum(tied, axis=-1, keepdims=True).astype(s.dtype)
    return np.conjugate(u * weight[..., None, :] @ vh)


def condition_slope(x, p=None):
    """The slope of `np.linalg.cond(x, p)`, a norm of the matrix times one of its inverse."""
    if p is None or p in (2, -2):
        s = np.linalg.svd(x, compute_uv=False)[..., None]
        large, small = s[..., :1, :], s[..., -1:, :]
        tops, bottoms = singular_norm_slope(x, 2), singular_norm_slope(x, -2)
        if p == -2:
            return bottoms / large - tops * small / large**2
        return tops / small - bottoms * large / small**2
    inverse = np.linalg.inv(x)
    turned = np.swapaxes(inverse, -1, -2)
    norms = [np.linalg.norm(m, p, axis=(-2, -1))[..., None, None] for m in (x, inverse)]
    through = turned @ matrix_norm_slope(inverse, p) @ turned
    return norms[1] * matrix_norm_slope(x, p) - norms[0] * through
