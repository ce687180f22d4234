"""Interpolation.

At a knot the slope is the mean of those of both sides; outside the knots it is zero.
"""

import numpy as np

from ..runtime import interp_slope, interp_tangent, uninterp, uninterp_side
from .conditions import is_none
from .registry import pullback, pushforward


def has_plain_sides(left, right, period):
    return is_none(left) and is_none(right) and is_none(period)


@pullback(np.interp, when=has_plain_sides)
def interp_pullback(y, y_bar, x, xp, fp, left=None, right=None, period=None):
    """The knots move with minus the slope, shared as the values are."""
    return (
        y_bar * interp_slope(x, xp, fp),
        -uninterp(y_bar * interp_slope(x, xp, fp), x, xp),
        uninterp(y_bar, x, xp),
    )


@pullback(np.interp)
def interp_with_sides_pullback(y, y_bar, x, xp, fp, left=None, right=None, period=None):
    """The period has no derivative here."""
    return (
        y_bar * interp_slope(x, xp, fp, period),
        -uninterp(y_bar * interp_slope(x, xp, fp, period), x, xp, None, None, period),
        uninterp(y_bar, x, xp, left, right, period),
        uninterp_side(y_bar, np.less(x, xp[0]), left, period),
        uninterp_side(y_bar, np.greater(x, xp[-1]), right, period),
    )


@pushforward(np.interp, when=has_plain_sides)
def interp_pushforward(y, x_dot, xp_dot, fp_dot, x, xp, fp, left=None, right=None, period=None):
    return (
        x_dot * interp_slope(x, xp, fp),
        -interp_slope(x, xp, fp) * np.interp(x, xp, xp_dot),
        np.interp(x, xp, fp_dot),
    )


@pushforward(np.interp, when=lambda period: is_none(period))
def interp_with_sides_pushforward(
    y,
    x_dot,
    xp_dot,
    fp_dot,
    left_dot,
    right_dot,
    x,
    xp,
    fp,
    left=None,
    right=None,
    period=None,
):
    return (
        x_dot * interp_slope(x, xp, fp),
        -interp_slope(x, xp, fp) * np.interp(x, xp, xp_dot),
        interp_tangent(fp_dot, x, xp, left, right),
        left_dot * np.less(x, xp[0]),
        right_dot * np.greater(x, xp[-1]),
    )


@pushforward(np.interp)
def periodic_interp_pushforward(
    y, x_dot, xp_dot, fp_dot, x, xp, fp, left=None, right=None, period=None
):
    return (
        x_dot * interp_slope(x, xp, fp, period),
        -interp_slope(x, xp, fp, period) * np.interp(x, xp, xp_dot, period=period),
        np.interp(x, xp, fp_dot, period=period),
    )
