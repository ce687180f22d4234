"""What undoes differences, gradients, integrals and cross products."""

import numpy as np

from .shapes import unbroadcast

SHAPE_OF = {
    "undiff": 1,
    "undiff_part": 1,
    "unediff": 1,
    "gradient_cotangent": 1,
    "untrapezoid": 1,
    "cross_cotangent": 1,
}

SHARING = ("unediff",)


def undiff(y_bar, x, n=1, axis=-1):
    """The cotangent of the differences of order `n` of `x` along `axis`."""
    if n > np.shape(x)[axis]:  # there are none
        return np.zeros(np.shape(x), y_bar.dtype)
    edge = np.zeros((), y_bar.dtype)
    for _ in range(n):
        y_bar = -np.diff(y_bar, axis=axis, prepend=edge, append=edge)
    return y_bar


def undiff_part(y_bar, a, n, axis, prepend, append, part):
    """The cotangent of one of `(prepend, a, append)`, joined before `np.diff` takes differences."""
    pieces = (prepend, a, append)
    lengths = [0, np.shape(a)[axis], 0]
    for i in (0, 2):
        if pieces[i] is not None:
            lengths[i] = np.shape(pieces[i])[axis] if np.ndim(pieces[i]) else 1
    shape = list(np.shape(a))
    shape[axis] = sum(lengths)
    joined = undiff(y_bar, np.broadcast_to(0.0, shape), n, axis)
    return unbroadcast(np.split(joined, np.cumsum(lengths)[:-1], axis)[part], pieces[part])


def unediff(y_bar, ary, to_end=None, to_begin=None, part=1):
    """The cotangent of one of `(to_begin, ary, to_end)` in `np.ediff1d`."""
    before = 0 if to_begin is None else np.size(to_begin)
    after = np.size(y_bar) - (0 if to_end is None else np.size(to_end))
    if part == 1:
        return np.reshape(undiff(y_bar[before:after], np.ravel(ary)), np.shape(ary))
    edge, edge_bar = (to_begin, y_bar[:before]) if part == 0 else (to_end, y_bar[after:])
    return None if edge is None else unbroadcast(np.reshape(edge_bar, np.shape(edge)), edge)


# --- np.gradient: means of the slopes between neighbours -----------------------------------------


def gradient_axes(y_bar, f, axis, spacings):
    """For each axis of `np.gradient`: itself, the steps, the place of its spacing, the cotangent.

    Steps are as many as there are slopes.
    """
    rank = np.ndim(f)
    axes = range(rank) if axis is None else [int(i) % rank for i in np.atleast_1d(axis)]
    given = [spacing for spacing in spacings if spacing is not None] or [1.0]
    y_bars = y_bar if isinstance(y_bar, (list, tuple)) else [y_bar]
    found = []
    for k, (i, part) in enumerate(zip(axes, y_bars, strict=True)):
        place = k if len(given) > 1 else 0
        h = given[place]
        steps = np.diff(h) if np.ndim(h) else np.full(np.shape(f)[i] - 1, h)
        found.append((i, steps, place, np.moveaxis(part, i, -1)))
    return found


def left_weights(dx):
    """How much the slope on the left counts in the mean at an inner point: the steps weigh across.

    The mean is exact for parabolas.
    """
    return dx[1:] / (dx[:-1] + dx[1:])


def mean_slopes(s, dx, edge_order):
    """`np.gradient` along the last axis, from the slopes `s` between neighbours."""
    w = left_weights(dx)
    first, last = s[..., :1], s[..., -1:]
    if edge_order == 2:
        first = first + (first - s[..., 1:2]) * (1.0 - w[:1])
        last = last + (last - s[..., -2:-1]) * w[-1:]
    return np.concatenate([first, w * s[..., :-1] + (1.0 - w) * s[..., 1:], last], -1)


def unmean_slopes(y_bar, dx, edge_order):
    """The cotangent of the slopes in `mean_slopes`."""
    w = left_weights(dx)
    s_bar = np.zeros((*y_bar.shape[:-1], len(dx)), np.result_type(y_bar, dx))
    s_bar[..., :-1] += w * y_bar[..., 1:-1]
    s_bar[..., 1:] += (1.0 - w) * y_bar[..., 1:-1]
    s_bar[..., 0] += y_bar[..., 0]
    s_bar[..., -1] += y_bar[..., -1]
    if edge_order == 2:
        first, last = y_bar[..., 0] * (1.0 - w[0]), y_bar[..., -1] * w[-1]
        s_bar[..., 0] += first
        s_bar[..., 1] -= first
        s_bar[..., -1] += last
        s_bar[..., -2] -= last
    return s_bar


def gradient_cotangent(y_bar, f, axis, edge_order, *spacings):
    """The cotangent of `f` in `np.gradient(f, *spacings, axis=axis, edge_order=edge_order)`."""
    kept = y_bar if isinstance(y_bar, np.ndarray) else y_bar[0]
    x_bar = np.zeros(np.shape(f), kept.dtype)
    for i, dx, _, part in gradient_axes(y_bar, f, axis, spacings):
        slopes_bar = unmean_slopes(part, dx, edge_order)
        x_bar += np.moveaxis(-np.diff(slopes_bar / dx, prepend=0.0, append=0.0), -1, i)
    return x_bar


def spacing_cotangent(y_bar, f, axis, edge_order, place, *spacings):
    """The cotangent of the spacing at `place`, a step or the coordinates of the grid."""
    total = 0.0
    for i, dx, owner, part in gradient_axes(y_bar, f, axis, spacings):
        if owner == place:
            s = np.diff(np.moveaxis(f, i, -1)) / dx
            dx_bar = -unmean_slopes(part, dx, edge_order) * s / dx
            w_bar = part[..., 1:-1] * (s[..., :-1] - s[..., 1:])
            if edge_order == 2:
                w_bar[..., 0] -= part[..., 0] * (s[..., 0] - s[..., 1])
                w_bar[..., -1] -= part[..., -1] * (s[..., -2] - s[..., -1])
            w_bar = w_bar / (dx[:-1] + dx[1:]) ** 2
            dx_bar[..., :-1] -= w_bar * dx[1:]
            dx_bar[..., 1:] += w_bar * dx[:-1]
            dx_bar = dx_bar.reshape(-1, len(dx))
            total = total + np.sum(dx_bar, axis=0 if np.ndim(spacings[place]) else None)
    h = spacings[place]
    return undiff(total, h) if np.ndim(h) else unbroadcast(total, h)


def spacing_tangent(h_dot, f, h, axis, edge_order):
    """The tangent of `np.gradient` along one axis for that of its spacing."""
    f = np.moveaxis(f, 0 if axis is None else axis, -1)
    dx = np.diff(h) if np.ndim(h) else np.full(np.shape(f)[-1] - 1, h)
    dx_dot = np.diff(h_dot) if np.ndim(h) else np.full_like(dx, h_dot)
    s = np.diff(f) / dx
    w_dot = (dx[:-1] * dx_dot[1:] - dx[1:] * dx_dot[:-1]) / (dx[:-1] + dx[1:]) ** 2
    y_dot = mean_slopes(-s * dx_dot / dx, dx, edge_order)
    bend = w_dot * (s[..., :-1] - s[..., 1:])
    y_dot[..., 1:-1] += bend
    if edge_order == 2:
        y_dot[..., 0] -= bend[..., 0]
        y_dot[..., -1] -= bend[..., -1]
    return np.moveaxis(y_dot, -1, 0 if axis is None else axis)


def gradient_tangent(f_dot, spacings_dot, f, axis, edge_order, *spacings):
    """The tangents of `np.gradient` along several axes, for those of `f` and of the spacings."""
    rank = np.ndim(f)
    axes = range(rank) if axis is None else [int(i) % rank for i in axis]
    found = []
    for k, i in enumerate(axes):
        place = k if len(spacings) > 1 else 0
        y_dot = np.gradient(f_dot, spacings[place], axis=i, edge_order=edge_order)
        found.append(
            y_dot + spacing_tangent(spacings_dot[place], f, spacings[place], i, edge_order)
        )
    return found


# --- np.trapezoid --------------------------------------------------------------------------------


def trapezoid_steps(values, x, dx, axis):
    """The widths of the trapezoids, in a shape that broadcasts against their heights."""
    if x is None:
        return dx
    if np.ndim(x) != 1:
        return np.diff(x, axis=axis)
    shape = [1] * np.ndim(values)
    shape[axis] = np.size(x) - 1
    return np.reshape(np.diff(x), shape)


def untrapezoid(y_bar, values, x, dx, axis):
    """The cotangent of the values in `np.trapezoid`: half of each width goes to both sides."""
    dtype = np.result_type(y_bar, np.asarray(values), np.float16)
    y_bar = np.expand_dims(np.asarray(y_bar, dtype), axis)
    halves = 0.5 * y_bar * trapezoid_steps(values, x, dx, axis)
    values = np.moveaxis(np.asarray(values), axis, -1)
    halves = np.moveaxis(halves, axis, -1)
    shape = np.broadcast_shapes(halves.shape, values[..., 1:].shape)
    halves = unbroadcast(np.broadcast_to(halves, shape), values[..., 1:])
    values_bar = np.zeros(values.shape, halves.dtype)
    values_bar[..., 1:] += halves
    values_bar[..., :-1] += halves
    return np.moveaxis(values_bar, -1, axis)


def untrapezoid_steps(y_bar, values, x, dx, axis):
    """The cotangent of the coordinates in `np.trapezoid`, of the step where there are none."""
    values = np.moveaxis(values, axis, -1)
    heights = np.moveaxis(0.5 * (values[..., 1:] + values[..., :-1]), -1, axis)
    widths_bar = np.expand_dims(np.asarray(y_bar, np.result_type(y_bar, heights)), axis) * heights
    if x is None:
        return unbroadcast(np.sum(widths_bar), dx)
    widths_bar = unbroadcast(widths_bar, trapezoid_steps(values, x, dx, axis))
    return undiff(widths_bar.reshape(-1), x) if np.ndim(x) == 1 else undiff(widths_bar, x, 1, axis)


# --- np.cross ------------------------------------------------------------------------------------


def cross_cotangent(y_bar, a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """The cotangent of `a` in `np.cross(a, b, …)`: `b` x `y_bar`; vectors of two lie in a plane."""
    if axis is not None:
        axisa = axisb = axisc = axis
    length = np.shape(a)[axisa]
    b = np.moveaxis(np.asarray(b), axisb, -1)
    if length == b.shape[-1] == 2:
        y_bar = np.stack([np.zeros_like(y_bar), np.zeros_like(y_bar), y_bar], -1)
    else:
        y_bar = np.moveaxis(y_bar, axisc, -1)
    if b.shape[-1] == 2:
        b = np.concatenate([b, np.zeros_like(b[..., :1])], -1)
    a = np.moveaxis(np.asarray(a), axisa, -1)
    return np.moveaxis(unbroadcast(np.cross(b, y_bar)[..., :length], a), -1, axisa)
