"""Elliptic integrals and functions, by Carlson's symmetric integrals (DLMF 19.18, 19.25).

These lose no digits where the parameter is near 0.
"""

import numpy as np
from scipy import special

from ...runtime import (
    agm_slope,
    ellipj_cotangent,
    ellipj_tangent,
    ellipkinc_slope,
    incomplete_d,
    unbroadcast,
)
from ..registry import elementwise, pullback, pushforward


@elementwise(special.ellipk)
def ellipk_partial(y, m):
    return (y - special.elliprd(0.0, 1.0 - m, 1.0) / 3.0) / (2.0 * (1.0 - m))


@elementwise(special.ellipkm1)
def ellipkm1_partial(y, p):
    return (special.elliprd(0.0, p, 1.0) / 3.0 - y) / (2.0 * p)


@elementwise(special.ellipe)
def ellipe_partial(y, m):
    return -special.elliprd(0.0, 1.0 - m, 1.0) / 6.0


@elementwise(special.ellipkinc)
def ellipkinc_partials(y, phi, m):
    return 1.0 / np.sqrt(1.0 - m * np.sin(phi) ** 2), ellipkinc_slope(y, phi, m)


@elementwise(special.ellipeinc)
def ellipeinc_partials(y, phi, m):
    return np.sqrt(1.0 - m * np.sin(phi) ** 2), -0.5 * incomplete_d(phi, m)


@pullback(special.ellipj)
def ellipj_pullback(y, y_bar, u, m):
    return ellipj_cotangent(y, y_bar, u, m), None


@pushforward(special.ellipj)
def ellipj_pushforward(y, u_dot, u, m):
    return ellipj_tangent(y, u_dot, m)


@elementwise(special.elliprc)
def elliprc_partials(y, x1, x2):
    return -special.elliprd(x2, x2, x1) / 6.0, -special.elliprd(x1, x2, x2) / 3.0


@elementwise(special.elliprf)
def elliprf_partials(y, x1, x2, x3):
    return (
        -special.elliprd(x2, x3, x1) / 6.0,
        -special.elliprd(x3, x1, x2) / 6.0,
        -special.elliprd(x1, x2, x3) / 6.0,
    )


@elementwise(special.elliprd)
def elliprd_partials(y, x1, x2, x3):
    """Where no two arguments are equal; the last by homogeneity of degree -3/2."""
    first = 0.5 * (special.elliprd(x2, x3, x1) - y) / (x1 - x3)
    second = 0.5 * (special.elliprd(x3, x1, x2) - y) / (x2 - x3)
    return first, second, -(1.5 * y + x1 * first + x2 * second) / x3


@elementwise(special.elliprg)
def elliprg_partials(y, x1, x2, x3):
    whole = special.elliprf(x1, x2, x3)
    return (
        0.25 * (whole - x1 * special.elliprd(x2, x3, x1) / 3.0),
        0.25 * (whole - x2 * special.elliprd(x3, x1, x2) / 3.0),
        0.25 * (whole - x3 * special.elliprd(x1, x2, x3) / 3.0),
    )


@elementwise(special.agm)
def agm_partials(y, a, b):
    """Of two positive numbers."""
    return agm_slope(y, a, b), agm_slope(y, b, a)


# --- parabolic cylinder functions and their derivatives (DLMF 12.2) ------------------------------


@pullback(special.pbdv, special.pbvv)
def pbdv_pullback(y, y_bar, v, x):
    return None, unbroadcast(y_bar[0] * y[1] + y_bar[1] * (0.25 * x**2 - v - 0.5) * y[0], x)


@pushforward(special.pbdv, special.pbvv)
def pbdv_pushforward(y, x_dot, v, x):
    return y[1] * x_dot, (0.25 * x**2 - v - 0.5) * y[0] * x_dot


@pullback(special.pbwa)
def pbwa_pullback(y, y_bar, a, x):
    return None, unbroadcast(y_bar[0] * y[1] + y_bar[1] * (a - 0.25 * x**2) * y[0], x)


@pushforward(special.pbwa)
def pbwa_pushforward(y, x_dot, a, x):
    return y[1] * x_dot, (a - 0.25 * x**2) * y[0] * x_dot
