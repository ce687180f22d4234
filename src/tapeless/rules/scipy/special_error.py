"""Error functions, exponential and trigonometric integrals, the normal distribution."""

import math

import numpy as np
from scipy import special

from ...runtime import faddeeva_slope, spence_slope
from ..registry import elementwise, pullback, pushforward


@elementwise(special.erf)
def erf_partial(y, x):
    return 2.0 / math.sqrt(math.pi) * np.exp(-(x**2))


@elementwise(special.erfc)
def erfc_partial(y, x):
    return -2.0 / math.sqrt(math.pi) * np.exp(-(x**2))


@elementwise(special.erfcx)
def erfcx_partial(y, x):
    return 2.0 * x * y - 2.0 / math.sqrt(math.pi)


@elementwise(special.erfi)
def erfi_partial(y, x):
    return 2.0 / math.sqrt(math.pi) * np.exp(x**2)


@elementwise(special.erfinv)
def erfinv_partial(y, x):
    return 0.5 * math.sqrt(math.pi) * np.exp(y**2)


@elementwise(special.erfcinv)
def erfcinv_partial(y, x):
    return -0.5 * math.sqrt(math.pi) * np.exp(y**2)


@elementwise(special.wofz)
def wofz_partial(y, z):
    return 2j / math.sqrt(math.pi) - 2.0 * z * y


@elementwise(special.dawsn)
def dawsn_partial(y, x):
    return 1.0 - 2.0 * x * y


@elementwise(special.voigt_profile)
def voigt_profile_partials(y, x, sigma, gamma):
    """The real part of the Faddeeva function of (x + iγ) / (√2 σ), for σ > 0."""
    slope = faddeeva_slope(x, sigma, gamma) / (2.0 * math.sqrt(math.pi) * sigma**2)
    return np.real(slope), -(y + np.real(slope * (x + 1j * gamma))) / sigma, -np.imag(slope)


@pullback(special.fresnel)
def fresnel_pullback(y, y_bar, z):
    return y_bar[0] * np.sin(0.5 * math.pi * z**2) + y_bar[1] * np.cos(0.5 * math.pi * z**2)


@pushforward(special.fresnel)
def fresnel_pushforward(y, z_dot, z):
    return np.sin(0.5 * math.pi * z**2) * z_dot, np.cos(0.5 * math.pi * z**2) * z_dot


# --- the normal distribution ---------------------------------------------------------------------


@elementwise(special.ndtr)
def ndtr_partial(y, x):
    return np.exp(-0.5 * x**2) / math.sqrt(2.0 * math.pi)


@elementwise(special.log_ndtr)
def log_ndtr_partial(y, x):
    return np.exp(-0.5 * x**2 - y) / math.sqrt(2.0 * math.pi)


@elementwise(special.ndtri)
def ndtri_partial(y, p):
    return math.sqrt(2.0 * math.pi) * np.exp(0.5 * y**2)


@elementwise(special.ndtri_exp)
def ndtri_exp_partial(y, x):
    return math.sqrt(2.0 * math.pi) * np.exp(0.5 * y**2 + x)


@elementwise(special.owens_t)
def owens_t_partials(y, h, a):
    steep = 1.0 + a**2
    return (
        -np.exp(-0.5 * h**2) * special.erf(a * h / math.sqrt(2.0)) / math.sqrt(8.0 * math.pi),
        np.exp(-0.5 * h**2 * steep) / (2.0 * math.pi * steep),
    )


# --- integrals -----------------------------------------------------------------------------------


@elementwise(special.exp1)
def exp1_partial(y, z):
    return -np.exp(-z) / z


@elementwise(special.expi)
def expi_partial(y, x):
    return np.exp(x) / x


@pullback(special.expn, broadcasts=True)
def expn_pullback(y, y_bar, n, x):
    """Of order one at least."""
    return None, -y_bar * special.expn(n - 1, x)


@elementwise(special.spence)
def spence_partial(y, z):
    return spence_slope(z)


@pullback(special.sici)
def sici_pullback(y, y_bar, x):
    return (y_bar[0] * np.sin(x) + y_bar[1] * np.cos(x)) / x


@pushforward(special.sici)
def sici_pushforward(y, x_dot, x):
    return np.sin(x) / x * x_dot, np.cos(x) / x * x_dot


@pullback(special.shichi)
def shichi_pullback(y, y_bar, x):
    return (y_bar[0] * np.sinh(x) + y_bar[1] * np.cosh(x)) / x


@pushforward(special.shichi)
def shichi_pushforward(y, x_dot, x):
    return np.sinh(x) / x * x_dot, np.cosh(x) / x * x_dot
