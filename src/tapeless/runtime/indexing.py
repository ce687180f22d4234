"""What undoes taking, sorting and interpolating."""

import numpy as np

SHAPE_OF = {"untake": 1, "untake_along": 1}


def untake(y_bar, x, indices, axis=None):
    """Add `y_bar` to zeros in the shape of `x`, where `np.take(x, indices, axis)` read."""
    x_bar = np.zeros(np.shape(x), np.result_type(y_bar, np.float32(0)))
    if axis is None:
        np.add.at(x_bar.reshape(-1), indices, y_bar)
    else:
        np.add.at(x_bar, (slice(None),) * (axis % x_bar.ndim) + (indices,), y_bar)
    return x_bar


def untake_along(y_bar, x, indices, axis=-1):
    """Add `y_bar` to zeros in the shape of `x`, at the places that `np.take_along_axis` read."""
    x_bar = np.zeros(np.shape(x), np.result_type(y_bar, np.float32(0)))
    if axis is None:
        np.add.at(x_bar.reshape(-1), indices, y_bar)
    else:
        places = list(np.ogrid[tuple(slice(n) for n in np.shape(indices))])
        places[axis] = indices
        np.add.at(x_bar, tuple(places), y_bar)
    return x_bar


def interp_place(x, xp):
    """The segments of `xp` that `x` lies in, and how far along."""
    segment = np.clip(np.searchsorted(xp, x, "right") - 1, 0, len(xp) - 2)
    left = np.take(xp, segment)
    return segment, np.clip((x - left) / (np.take(xp, segment + 1) - left), 0.0, 1.0)


def interp_slope(x, xp, fp):
    """The derivative of `np.interp` in `x`: at a knot the mean of both sides, outside zero."""
    slopes = np.concatenate([[0.0], np.diff(fp) / np.diff(xp), [0.0]])
    return 0.5 * (slopes[np.searchsorted(xp, x, "left")] + slopes[np.searchsorted(xp, x, "right")])


def uninterp(y_bar, x, xp):
    """Share `y_bar` among the knots that `np.interp(x, xp, …)` reads, by their weights."""
    segment, t = interp_place(x, xp)
    fp_bar = np.zeros(len(xp), np.result_type(y_bar, np.float32))
    np.add.at(fp_bar, segment, y_bar * (1.0 - t))
    np.add.at(fp_bar, segment + 1, y_bar * t)
    return fp_bar
