"""Differences, gradients, integrals and cross products of values on a grid."""

import numpy as np

from ..runtime import (
    cross_cotangent,
    gradient_cotangent,
    gradient_tangent,
    spacing_cotangent,
    spacing_tangent,
    undiff,
    undiff_part,
    unediff,
    untrapezoid,
    untrapezoid_steps,
)
from .conditions import is_int, is_none, is_number, ranks
from .registry import linear, multilinear, pullback, pushforward


def is_order(n):
    """An order of differences; of order zero `np.diff` returns its argument itself."""
    return is_int(n) and n.value >= 1


# --- differences ---------------------------------------------------------------------------------


@pullback(
    np.diff, when=lambda n, prepend, append: is_order(n) and is_none(prepend) and is_none(append)
)
def diff_pullback(y, y_bar, a, n=1, axis=-1, prepend=None, append=None):
    return undiff(y_bar, a, n, axis)


@pullback(np.diff, when=lambda n: is_order(n))
def diff_of_joined_pullback(y, y_bar, a, n=1, axis=-1, prepend=None, append=None):
    return (
        undiff_part(y_bar, a, n, axis, prepend, append, 1),
        None,
        None,
        undiff_part(y_bar, a, n, axis, prepend, append, 0),
        undiff_part(y_bar, a, n, axis, prepend, append, 2),
    )


linear(np.diff, of=(0, 3, 4))


@pullback(np.ediff1d, when=lambda to_end, to_begin: is_none(to_end) and is_none(to_begin))
def ediff1d_of_inner_pullback(y, y_bar, ary, to_end=None, to_begin=None):
    return unediff(y_bar, ary)


@pullback(np.ediff1d)
def ediff1d_pullback(y, y_bar, ary, to_end=None, to_begin=None):
    return (
        unediff(y_bar, ary, to_end, to_begin, 1),
        unediff(y_bar, ary, to_end, to_begin, 2),
        unediff(y_bar, ary, to_end, to_begin, 0),
    )


linear(np.ediff1d, of=(0, 1, 2))


@pullback(np.unwrap, broadcasts=True)
def unwrap_pullback(y, y_bar, p, discont=None, axis=-1, period=2.0 * np.pi):
    """The number of periods that is added is constant, except at jumps."""
    return y_bar, None, None, y_bar * (y - p) / period


# --- gradients -----------------------------------------------------------------------------------


def of_one_axis(f, h, h2, axis):
    return is_none(h2) and not is_none(h) and (is_int(axis) or (is_none(axis) and ranks(f, 1)))


@pullback(np.gradient, when=lambda h: is_none(h))
def gradient_of_unit_steps_pullback(y, y_bar, f, h=None, h2=None, h3=None, axis=None, edge_order=1):
    return gradient_cotangent(y_bar, f, axis, edge_order)


@pullback(np.gradient, when=lambda h2: is_none(h2))
def gradient_of_one_spacing_pullback(
    y, y_bar, f, h=None, h2=None, h3=None, axis=None, edge_order=1
):
    return (
        gradient_cotangent(y_bar, f, axis, edge_order, h),
        spacing_cotangent(y_bar, f, axis, edge_order, 0, h),
    )


@pullback(np.gradient)
def gradient_pullback(y, y_bar, f, h=None, h2=None, h3=None, axis=None, edge_order=1):
    return (
        gradient_cotangent(y_bar, f, axis, edge_order, h, h2, h3),
        spacing_cotangent(y_bar, f, axis, edge_order, 0, h, h2, h3),
        spacing_cotangent(y_bar, f, axis, edge_order, 1, h, h2, h3),
        spacing_cotangent(y_bar, f, axis, edge_order, 2, h, h2, h3),
    )


@pushforward(np.gradient, when=lambda h: is_none(h))
def gradient_of_unit_steps_pushforward(
    y, f_dot, f, h=None, h2=None, h3=None, axis=None, edge_order=1
):
    return np.gradient(f_dot, axis=axis, edge_order=edge_order)


@pushforward(np.gradient, when=of_one_axis)
def gradient_of_one_axis_pushforward(
    y, f_dot, h_dot, f, h=None, h2=None, h3=None, axis=None, edge_order=1
):
    return (
        np.gradient(f_dot, h, axis=axis, edge_order=edge_order),
        spacing_tangent(h_dot, f, h, axis, edge_order),
    )


@pushforward(np.gradient, when=lambda h2: is_none(h2))
def gradient_of_one_spacing_pushforward(
    y, f_dot, h_dot, f, h=None, h2=None, h3=None, axis=None, edge_order=1
):
    return gradient_tangent(f_dot, (h_dot,), f, axis, edge_order, h)


@pushforward(np.gradient, when=lambda h3: is_none(h3))
def gradient_of_two_spacings_pushforward(
    y, f_dot, h_dot, h2_dot, f, h=None, h2=None, h3=None, axis=None, edge_order=1
):
    return gradient_tangent(f_dot, (h_dot, h2_dot), f, axis, edge_order, h, h2)


@pushforward(np.gradient)
def gradient_pushforward(
    y, f_dot, h_dot, h2_dot, h3_dot, f, h=None, h2=None, h3=None, axis=None, edge_order=1
):
    return gradient_tangent(f_dot, (h_dot, h2_dot, h3_dot), f, axis, edge_order, h, h2, h3)


# --- integrals; the rule calls `values` what NumPy calls `y` -------------------------------------

TRAPEZOIDS = [getattr(np, name) for name in ("trapezoid", "trapz") if name in dir(np)]


@pullback(*TRAPEZOIDS, when=lambda x: is_none(x))
def trapezoid_of_steps_pullback(y, y_bar, values, x=None, dx=1.0, axis=-1):
    return (
        untrapezoid(y_bar, values, x, dx, axis),
        None,
        untrapezoid_steps(y_bar, values, x, dx, axis),
    )


@pullback(*TRAPEZOIDS)
def trapezoid_pullback(y, y_bar, values, x=None, dx=1.0, axis=-1):
    return untrapezoid(y_bar, values, x, dx, axis), untrapezoid_steps(y_bar, values, x, dx, axis)


@pushforward(*TRAPEZOIDS, when=lambda x: is_none(x))
def trapezoid_of_steps_pushforward(y, values_dot, dx_dot, values, x=None, dx=1.0, axis=-1):
    return (
        np.trapezoid(values_dot, dx=dx, axis=axis),
        np.trapezoid(values, dx=dx_dot, axis=axis),
    )


@pushforward(*TRAPEZOIDS)
def trapezoid_pushforward(y, values_dot, x_dot, values, x=None, dx=1.0, axis=-1):
    return np.trapezoid(values_dot, x, axis=axis), np.trapezoid(values, x_dot, axis=axis)


# --- cross products ------------------------------------------------------------------------------


@pullback(
    np.cross,
    when=lambda axisa, axisb, axisc, axis: (
        is_number(axisa, -1) and is_number(axisb, -1) and is_number(axisc, -1) and is_none(axis)
    ),
)
def cross_of_last_axes_pullback(y, y_bar, a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    return cross_cotangent(y_bar, a, b), -cross_cotangent(y_bar, b, a)


@pullback(np.cross)
def cross_pullback(y, y_bar, a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """Vectors of two components have a third that is zero."""
    return (
        cross_cotangent(y_bar, a, b, axisa, axisb, axisc, axis),
        -cross_cotangent(y_bar, b, a, axisb, axisa, axisc, axis),
    )


@pullback(np.linalg.cross, broadcasts=True)
def cross_of_three_pullback(y, y_bar, x1, x2, axis=-1):
    return np.linalg.cross(x2, y_bar, axis=axis), np.linalg.cross(y_bar, x1, axis=axis)


multilinear(np.cross, np.linalg.cross)
