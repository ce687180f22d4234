"""`np.r_[a, b]` and `np.c_[a, b]`, which join what stands in their brackets."""

import numpy as np

from ..runtime.joining import joined_tangents, unjoin_columns, unjoin_rows
from .registry import pullback, pushforward


def joins_numbers(key):
    """Whether nothing but numbers, arrays and ranges is joined (no directive such as `'0,2'`)."""
    items = getattr(key, "items", None)
    return items is not None and not any(isinstance(k.value, str) for k in items if k.static)


@pullback(np.r_.__getitem__, when=lambda key: joins_numbers(key))
def rows_pullback(y, y_bar, key):
    return unjoin_rows(y_bar, key)


@pushforward(np.r_.__getitem__, when=lambda key: joins_numbers(key))
def rows_pushforward(y, key_dot, key):
    return np.r_[joined_tangents(key_dot, key)]


@pullback(np.c_.__getitem__, when=lambda key: joins_numbers(key))
def columns_pullback(y, y_bar, key):
    return unjoin_columns(y_bar, key)


@pushforward(np.c_.__getitem__, when=lambda key: joins_numbers(key))
def columns_pushforward(y, key_dot, key):
    return np.c_[joined_tangents(key_dot, key)]
