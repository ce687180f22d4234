"""Norms and condition numbers.

At the origin, where a norm has no derivative, its cotangent is 0; tied maxima share in equal parts.
"""

import numpy as np

from ..runtime import (
    condition_slope,
    matrix_norm_slope,
    norm_slope,
    spread,
    tie_share,
    vector_norm_slope,
)
from .conditions import is_complex, is_int, is_none, is_number, is_real, ranks
from .registry import pullback, pushforward


def is_euclidean(x, ord, axis):
    """The root of the sum of all squares."""
    if not is_none(axis):
        return False
    return (
        is_none(ord)
        or (is_number(ord, 2) and ranks(x, 1))
        or (ord.static and ord.value in ("fro", "f") and ranks(x, 2))
    )


@pullback(np.linalg.norm, when=lambda x, ord, axis: is_complex(x) and is_euclidean(x, ord, axis))
def norm_of_complex_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    return y_bar * np.conjugate(x) / (y + (y == 0.0))


@pullback(np.linalg.norm, when=lambda x, ord, axis: is_real(x) and is_euclidean(x, ord, axis))
def norm_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    return y_bar * x / (y + (y == 0.0))


@pullback(
    np.linalg.norm,
    when=lambda x, ord, axis: is_real(x) and is_int(axis) and (is_none(ord) or is_number(ord, 2)),
)
def norm_of_axis_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    return spread(y_bar / (y + (y == 0.0)), x, axis, keepdims) * x


@pullback(
    np.linalg.norm,
    when=lambda x, ord, axis: is_real(x) and is_number(ord, 1) and (is_int(axis) or ranks(x, 1)),
)
def sum_norm_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    return spread(y_bar, x, axis, keepdims) * np.sign(x)


@pullback(
    np.linalg.norm,
    when=lambda x, ord, axis: (
        is_real(x) and is_number(ord, np.inf) and (is_int(axis) or ranks(x, 1))
    ),
)
def largest_norm_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    return spread(y_bar, x, axis, keepdims) * np.sign(x) * tie_share(np.abs(x), y, axis, keepdims)


@pullback(np.linalg.norm)
def general_norm_pullback(y, y_bar, x, ord=None, axis=None, keepdims=False):
    return spread(y_bar, x, axis, keepdims) * norm_slope(x, ord, axis)


@pushforward(np.linalg.norm, when=lambda x, ord, axis: is_real(x) and is_euclidean(x, ord, axis))
def norm_pushforward(y, x_dot, x, ord=None, axis=None, keepdims=False):
    return np.sum(x * x_dot) / (y + (y == 0.0))


@pushforward(
    np.linalg.norm,
    when=lambda x, ord, axis: is_real(x) and is_int(axis) and (is_none(ord) or is_number(ord, 2)),
)
def norm_of_axis_pushforward(y, x_dot, x, ord=None, axis=None, keepdims=False):
    return np.sum(x * x_dot, axis=axis, keepdims=keepdims) / (y + (y == 0.0))


@pushforward(np.linalg.norm)
def general_norm_pushforward(y, x_dot, x, ord=None, axis=None, keepdims=False):
    return np.sum(np.real(norm_slope(x, ord, axis) * x_dot), axis=axis, keepdims=keepdims)


@pullback(np.linalg.vector_norm)
def vector_norm_pullback(y, y_bar, x, axis=None, keepdims=False, ord=2):
    return spread(y_bar, x, axis, keepdims) * vector_norm_slope(x, ord, axis)


@pushforward(np.linalg.vector_norm)
def vector_norm_pushforward(y, x_dot, x, axis=None, keepdims=False, ord=2):
    return np.sum(np.real(vector_norm_slope(x, ord, axis) * x_dot), axis=axis, keepdims=keepdims)


@pullback(np.linalg.matrix_norm)
def matrix_norm_pullback(y, y_bar, x, keepdims=False, ord="fro"):
    return spread(y_bar, x, (-2, -1), keepdims) * matrix_norm_slope(x, ord)


@pushforward(np.linalg.matrix_norm)
def matrix_norm_pushforward(y, x_dot, x, keepdims=False, ord="fro"):
    return np.sum(np.real(matrix_norm_slope(x, ord) * x_dot), axis=(-2, -1), keepdims=keepdims)


@pullback(np.linalg.cond)
def cond_pullback(y, y_bar, x, p=None):
    return spread(y_bar, x, (-2, -1)) * condition_slope(x, p)


@pushforward(np.linalg.cond)
def cond_pushforward(y, x_dot, x, p=None):
    return np.sum(np.real(condition_slope(x, p) * x_dot), axis=(-2, -1))
