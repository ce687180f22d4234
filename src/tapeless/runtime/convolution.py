"""What undoes convolutions."""

import numpy as np

SHAPE_OF = {"unconvolve": 1}


def unconvolve(y_bar, a, v, mode, reverse=False):
    """The cotangent of `a` in `np.convolve(a, v, mode)`.

    The result is a part of the full convolution; with `reverse` that part is counted from the end,
    as `np.correlate` counts it where the first argument is the shorter one.
    """
    n, m = np.size(a), np.size(v)
    first = {"full": 0, "same": (min(n, m) - 1) // 2, "valid": min(n, m) - 1}[mode]
    rest = n + m - 1 - first - np.size(y_bar)
    first, rest = (rest, first) if reverse else (first, rest)
    full = np.pad(y_bar, (first, rest))
    return np.reshape(np.correlate(full, np.conjugate(np.atleast_1d(v)), "valid"), np.shape(a))


def flipped(v):
    """The kernel with which `np.convolve` does what `np.correlate` does with `v`."""
    return np.conjugate(np.atleast_1d(v)[::-1])


def uncorrelate_left(y_bar, a, v, mode):
    """The cotangent of `a` in `np.correlate(a, v, mode)`."""
    return unconvolve(y_bar, a, flipped(v), mode, np.size(a) < np.size(v))


def uncorrelate_right(y_bar, a, v, mode):
    """The cotangent of `v` in `np.correlate(a, v, mode)`."""
    v_bar = unconvolve(y_bar, np.atleast_1d(v), a, mode, np.size(a) < np.size(v))
    return np.reshape(flipped(v_bar), np.shape(v))
