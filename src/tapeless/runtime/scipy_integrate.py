"""Transposed quadrature on given points."""

import numpy as np

from .calculus import trapezoid_steps, undiff
from .shapes import unbroadcast

# --- cumulative trapezoids -----------------------------------------------------------------------


def sums_to_the_end(y_bar, axis, initial=None):
    """The cotangents of the terms of a cumulative sum, which may stand behind a first value."""
    y_bar = np.moveaxis(y_bar, axis, -1)
    y_bar = y_bar if initial is None else y_bar[..., 1:]
    return np.moveaxis(np.cumsum(y_bar[..., ::-1], axis=-1)[..., ::-1], -1, axis)


def cumulative_trapezoid_cotangent(y_bar, values, x, dx, axis, initial=None):
    """Of the values in `scipy.integrate.cumulative_trapezoid`."""
    halves = 0.5 * sums_to_the_end(y_bar, axis, initial) * trapezoid_steps(values, x, dx, axis)
    halves = np.moveaxis(halves, axis, -1)
    values_bar = np.zeros((*halves.shape[:-1], halves.shape[-1] + 1), halves.dtype)
    values_bar[..., 1:] += halves
    values_bar[..., :-1] += halves
    return np.moveaxis(values_bar, -1, axis)


def cumulative_trapezoid_steps(y_bar, values, x, axis, initial=None):
    """The cotangent of the coordinates in `scipy.integrate.cumulative_trapezoid`."""
    moved = np.moveaxis(values, axis, -1)
    heights = np.moveaxis(0.5 * (moved[..., 1:] + moved[..., :-1]), -1, axis)
    widths_bar = sums_to_the_end(y_bar, axis, initial) * heights
    widths_bar = unbroadcast(widths_bar, trapezoid_steps(values, x, 1.0, axis))
    return undiff(widths_bar.reshape(-1), x) if np.ndim(x) == 1 else undiff(widths_bar, x, 1, axis)


# --- Simpson's rule ------------------------------------------------------------------------------


def over_width(a, b):
    """`a / b`, 0 where two points are the same, as SciPy has it."""
    return np.where(b == 0.0, 0.0, a) / np.where(b == 0.0, 1.0, b)


def simpson_widths(values, x, dx, axis):
    """The distances of the points, along the last axis."""
    if x is None:
        return np.full(np.shape(values)[axis] - 1, dx, np.result_type(values, np.float16))
    return np.diff(x) if np.ndim(x) == 1 else np.moveaxis(np.diff(x, axis=axis), axis, -1)


def simpson_weights(h):
    """What Simpson's rule multiplies the values by: parabolas over two steps each.

    Of an odd number of steps the last has half of a parabola of its own (Cartwright, 2017).
    """
    steps = h.shape[-1]
    weights = np.zeros((*h.shape[:-1], steps + 1), h.dtype)
    if steps == 1:
        weights[...] = 0.5 * h
        return weights
    pairs = steps - steps % 2
    h0, h1 = h[..., 0:pairs:2], h[..., 1:pairs:2]
    weights[..., 0:pairs:2] += (h0 + h1) * (2.0 - over_width(h1, h0)) / 6.0
    weights[..., 1:pairs:2] += over_width((h0 + h1) ** 3, h0 * h1) / 6.0
    weights[..., 2 : pairs + 1 : 2] += (h0 + h1) * (2.0 - over_width(h0, h1)) / 6.0
    if steps % 2:
        h0, h1 = h[..., -2], h[..., -1]
        weights[..., -1] += over_width(2.0 * h1**2 + 3.0 * h0 * h1, 6.0 * (h0 + h1))
        weights[..., -2] += over_width(h1**2 + 3.0 * h0 * h1, 6.0 * h0)
        weights[..., -3] -= over_width(h1**3, 6.0 * h0 * (h0 + h1))
    return weights


def simpson_slopes(values, h):
    """The derivative of Simpson's rule with respect to the distances of the points."""
    steps = h.shape[-1]
    if steps == 1:
        return 0.5 * (values[..., :-1] + values[..., 1:])
    slopes = np.zeros(values[..., 1:].shape, np.result_type(values, h))
    pairs = steps - steps % 2
    h0, h1 = h[..., 0:pairs:2], h[..., 1:pairs:2]
    left, middle = values[..., 0:pairs:2], values[..., 1:pairs:2]
    right = values[..., 2 : pairs + 1 : 2]
    up, down = h1 / h0, h0 / h1
    slopes[..., 0:pairs:2] = (
        left * (2.0 + up**2) + middle * (2.0 * down + 3.0 - up**2) + right * (1.0 - 2.0 * down)
    ) / 6.0
    slopes[..., 1:pairs:2] = (
        left * (1.0 - 2.0 * up) + middle * (2.0 * up + 3.0 - down**2) + right * (2.0 + down**2)
    ) / 6.0
    if steps % 2:
        h0, h1 = h[..., -2], h[..., -1]
        both, a, b, c = h0 + h1, values[..., -3], values[..., -2], values[..., -1]
        slopes[..., -2] += (
            c * h1**2 / both**2 - b * h1**2 / h0**2 + a * h1**3 * (h0 + both) / (h0 * both) ** 2
        ) / 6.0
        slopes[..., -1] += (
            c * (2.0 * h1**2 + 4.0 * h0 * h1 + 3.0 * h0**2) / both**2
            + b * (2.0 * h1 / h0 + 3.0)
            - a * h1**2 * (3.0 * h0 + 2.0 * h1) / (h0 * both**2)
        ) / 6.0
    return slopes


def simpson_cotangent(y_bar, values, x, dx, axis):
    """Of the values in `scipy.integrate.simpson`."""
    weights = simpson_weights(simpson_widths(values, x, dx, axis))
    return np.moveaxis(np.asarray(y_bar)[..., None] * weights, -1, axis)


def simpson_steps(y_bar, values, x, axis):
    """The cotangent of the coordinates in `scipy.integrate.simpson`."""
    h = simpson_widths(values, x, 1.0, axis)
    slopes = simpson_slopes(np.moveaxis(values, axis, -1), h)
    h_bar = unbroadcast(np.asarray(y_bar)[..., None] * slopes, h)
    return undiff(h_bar, x) if np.ndim(x) == 1 else undiff(np.moveaxis(h_bar, -1, axis), x, 1, axis)


def simpson_change(x_dot, values, x, axis):
    """What the tangent of the coordinates contributes to that of `scipy.integrate.simpson`."""
    h_dot = simpson_widths(values, x_dot, 1.0, axis)
    slopes = simpson_slopes(np.moveaxis(values, axis, -1), simpson_widths(values, x, 1.0, axis))
    return np.sum(slopes * h_dot, axis=-1)


# --- Romberg's rule ------------------------------------------------------------------------------


def romb_weights(count, dx=1.0):
    """What Romberg's rule multiplies the values by: trapezoids of all widths, extrapolated."""
    levels = (count - 1).bit_length()
    table = np.eye(levels)
    for order in range(1, levels):
        table = table[1:] + (table[1:] - table[:-1]) / (4.0**order - 1.0)
    weights = np.zeros(count)
    for level, share in enumerate(table[0]):
        step = (count - 1) >> level
        weights[::step] += share * step * dx
        weights[[0, -1]] -= 0.5 * share * step * dx
    return weights


def romb_cotangent(y_bar, values, dx=1.0, axis=-1):
    """Of the values in `scipy.integrate.romb`."""
    kind = np.result_type(y_bar, np.asarray(values), np.float16)
    weights = romb_weights(np.shape(values)[axis], dx).astype(kind)
    return np.moveaxis(np.asarray(y_bar, kind)[..., None] * weights, -1, axis)
