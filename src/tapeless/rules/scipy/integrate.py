"""Quadrature of `scipy.integrate` on given points.

The first argument, which SciPy calls `y`, is called `values` here.
"""

import numpy as np
from scipy import integrate

from ...runtime import (
    cumulative_trapezoid_cotangent,
    cumulative_trapezoid_steps,
    romb_cotangent,
    simpson_change,
    simpson_cotangent,
    simpson_steps,
    untrapezoid,
    untrapezoid_steps,
)
from ..conditions import is_none
from ..registry import pullback, pushforward

# --- trapezoids ----------------------------------------------------------------------------------


@pullback(integrate.trapezoid, when=lambda x: is_none(x))
def trapezoid_of_steps_pullback(y, y_bar, values, x=None, dx=1.0, axis=-1):
    return (
        untrapezoid(y_bar, values, x, dx, axis),
        None,
        untrapezoid_steps(y_bar, values, x, dx, axis),
    )


@pullback(integrate.trapezoid)
def trapezoid_pullback(y, y_bar, values, x=None, dx=1.0, axis=-1):
    return untrapezoid(y_bar, values, x, dx, axis), untrapezoid_steps(y_bar, values, x, dx, axis)


@pushforward(integrate.trapezoid, when=lambda x: is_none(x))
def trapezoid_of_steps_pushforward(y, values_dot, dx_dot, values, x=None, dx=1.0, axis=-1):
    return (
        integrate.trapezoid(values_dot, dx=dx, axis=axis),
        integrate.trapezoid(values, dx=dx_dot, axis=axis),
    )


@pushforward(integrate.trapezoid)
def trapezoid_pushforward(y, values_dot, x_dot, values, x=None, dx=1.0, axis=-1):
    return (
        integrate.trapezoid(values_dot, x, axis=axis),
        integrate.trapezoid(values, x_dot, axis=axis),
    )


@pullback(integrate.cumulative_trapezoid, when=lambda x: is_none(x))
def cumulative_trapezoid_of_steps_pullback(y, y_bar, values, x=None, dx=1.0, axis=-1, initial=None):
    return (
        cumulative_trapezoid_cotangent(y_bar, values, x, dx, axis, initial),
        None,
        np.sum(y_bar * y) / dx,
    )


@pullback(integrate.cumulative_trapezoid)
def cumulative_trapezoid_pullback(y, y_bar, values, x=None, dx=1.0, axis=-1, initial=None):
    return (
        cumulative_trapezoid_cotangent(y_bar, values, x, dx, axis, initial),
        cumulative_trapezoid_steps(y_bar, values, x, axis, initial),
    )


@pushforward(integrate.cumulative_trapezoid, when=lambda x: is_none(x))
def cumulative_trapezoid_of_steps_pushforward(
    y, values_dot, dx_dot, values, x=None, dx=1.0, axis=-1, initial=None
):
    return (
        integrate.cumulative_trapezoid(values_dot, dx=dx, axis=axis, initial=initial),
        y * (dx_dot / dx),
    )


@pushforward(integrate.cumulative_trapezoid)
def cumulative_trapezoid_pushforward(
    y, values_dot, x_dot, values, x=None, dx=1.0, axis=-1, initial=None
):
    return (
        integrate.cumulative_trapezoid(values_dot, x, axis=axis, initial=initial),
        integrate.cumulative_trapezoid(values, x_dot, axis=axis, initial=initial),
    )


# --- rules of higher order -----------------------------------------------------------------------


@pullback(integrate.simpson, when=lambda x: is_none(x))
def simpson_of_steps_pullback(y, y_bar, values, x=None, dx=1.0, axis=-1):
    return simpson_cotangent(y_bar, values, x, dx, axis), None, np.sum(y_bar * y) / dx


@pullback(integrate.simpson)
def simpson_pullback(y, y_bar, values, x=None, dx=1.0, axis=-1):
    return simpson_cotangent(y_bar, values, x, dx, axis), simpson_steps(y_bar, values, x, axis)


@pushforward(integrate.simpson, when=lambda x: is_none(x))
def simpson_of_steps_pushforward(y, values_dot, dx_dot, values, x=None, dx=1.0, axis=-1):
    return integrate.simpson(values_dot, dx=dx, axis=axis), y * (dx_dot / dx)


@pushforward(integrate.simpson)
def simpson_pushforward(y, values_dot, x_dot, values, x=None, dx=1.0, axis=-1):
    return (
        integrate.simpson(values_dot, x=x, axis=axis),
        simpson_change(x_dot, values, x, axis),
    )


@pullback(integrate.romb)
def romb_pullback(y, y_bar, values, dx=1.0, axis=-1):
    return romb_cotangent(y_bar, values, dx, axis), np.sum(y_bar * y) / dx


@pushforward(integrate.romb)
def romb_pushforward(y, values_dot, dx_dot, values, dx=1.0, axis=-1):
    return integrate.romb(values_dot, dx, axis), y * (dx_dot / dx)
