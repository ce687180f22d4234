"""What undoes taking, cutting out and looking through windows."""

import numpy as np

SHAPE_OF = {
    "zeros_for": 1,
    "untake": 1,
    "untake_along": 1,
    "put_back": 1,
    "in_range": 1,
    "unwindow": 1,
    "at_index": 1,
}

SHARING = ("trimmed_like",)


def zeros_for(y_bar, x):
    """Zeros in the shape of `x` that can hold `y_bar`."""
    return np.zeros(np.shape(x), np.result_type(y_bar, np.asarray(x), np.float16))


def untake(y_bar, x, indices, axis=None):
    """Add `y_bar` to zeros in the shape of `x`, where `np.take(x, indices, axis)` read."""
    x_bar = zeros_for(y_bar, x)
    if axis is None:
        np.add.at(x_bar.reshape(-1), indices, y_bar)
    else:
        np.add.at(x_bar, (slice(None),) * (axis % x_bar.ndim) + (indices,), y_bar)
    return x_bar


def in_range(indices, x, axis, mode):
    """The places that `np.take(x, indices, axis, mode=mode)` reads, wrapped or clipped."""
    n = np.size(x) if axis is None else np.shape(x)[axis]
    return np.take(np.arange(n), indices, mode=mode)


def untake_along(y_bar, x, indices, axis=-1):
    """Add `y_bar` to zeros in the shape of `x`, at the places that `np.take_along_axis` read."""
    x_bar = zeros_for(y_bar, x)
    if axis is None:
        np.add.at(x_bar.reshape(-1), indices, y_bar)
    else:
        places = list(np.ogrid[tuple(slice(n) for n in x_bar.shape)])
        places[axis] = indices
        np.add.at(x_bar, tuple(places), y_bar)
    return x_bar


def put_back(y_bar, x, places, axis=None):
    """Zeros in the shape of `x` with `y_bar` along `axis` at `places`, each of them named once."""
    x_bar = zeros_for(y_bar, x)
    if axis is None:
        x_bar.reshape(-1)[places] = y_bar
    else:
        x_bar[(slice(None),) * (axis % x_bar.ndim) + (places,)] = y_bar
    return x_bar


def at_index(y_bar, x, index):
    """Zeros in the shape of `x` with `y_bar` where `x.item(index)` read."""
    x_bar = zeros_for(y_bar, x)
    if isinstance(index, tuple):
        x_bar[index] = y_bar
    else:
        x_bar.reshape(-1)[index] = y_bar
    return x_bar


def unwindow(y_bar, x, window_shape, axis=None):
    """Add the windows of `y_bar` to zeros in the shape of `x`, each at its place."""
    x_bar = zeros_for(y_bar, x)
    window = tuple(int(n) for n in np.atleast_1d(window_shape))
    axes = range(x_bar.ndim) if axis is None else [i % x_bar.ndim for i in np.atleast_1d(axis)]
    for offset in np.ndindex(window):
        starts = [0] * x_bar.ndim
        for i, step in zip(axes, offset, strict=True):
            starts[i] += step
        lengths = y_bar.shape[: x_bar.ndim]
        region = tuple(slice(s, s + n) for s, n in zip(starts, lengths, strict=True))
        x_bar[region] += y_bar[(..., *offset)]
    return x_bar


def untrimmed(x, trim="fb"):
    """The places of a vector that `np.trim_zeros` leaves."""
    places = np.arange(np.size(x))
    found = np.flatnonzero(x)
    if not found.size:
        return places[:0]
    start = found[0] if "f" in trim.lower() else 0
    return places[start : found[-1] + 1 if "b" in trim.lower() else None]


def trimmed_like(x_dot, x, trim="fb"):
    """The part of `x_dot` where `np.trim_zeros(x, trim)` cut nothing off."""
    places = untrimmed(x, trim)
    return x_dot[places[0] : places[-1] + 1] if places.size else x_dot[:0]
