"""What `np.r_` and `np.c_` join."""

import numpy as np

SHAPE_OF = {"unjoin_rows": 1, "unjoin_columns": 1}


def unjoin_rows(y_bar, key):
    """The cotangents of what `np.r_[key]` joins along the first axis."""
    found = []
    start = 0
    for item in key:
        count = len(np.r_[item]) if isinstance(item, slice) or np.ndim(item) == 0 else len(item)
        part = y_bar[start : start + count]
        start += count
        found.append(None if isinstance(item, slice) else part[0] if np.ndim(item) == 0 else part)
    return tuple(found)


def unjoin_columns(y_bar, key):
    """The cotangents of what `np.c_[key]` joins along the last axis."""
    found = []
    start = 0
    for item in key:
        count = np.c_[item].shape[-1]
        part = y_bar[..., start : start + count]
        start += count
        found.append(None if isinstance(item, slice) else np.reshape(part, np.shape(item)))
    return tuple(found)


def joined_tangents(key_dot, key):
    """The tangents of what is joined; zeros for ranges."""
    return tuple(
        np.zeros(np.shape(np.r_[item])) if isinstance(item, slice) else item_dot
        for item_dot, item in zip(key_dot, key, strict=True)
    )
