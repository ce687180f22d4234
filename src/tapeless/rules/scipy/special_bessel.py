"""Bessel, Airy, Kelvin and Struve functions (DLMF chapters 9 to 11).  Orders are fixed."""

import numpy as np
from scipy import special

from ...runtime import struve_term
from ..conditions import is_false, is_real
from ..registry import elementwise, pullback, pushforward

# --- of order zero and one -----------------------------------------------------------------------


@elementwise(special.j0)
def j0_partial(y, x):
    return -special.j1(x)


@elementwise(special.j1)
def j1_partial(y, x):
    return 0.5 * (special.j0(x) - special.jv(2.0, x))


@elementwise(special.y0)
def y0_partial(y, x):
    return -special.y1(x)


@elementwise(special.y1)
def y1_partial(y, x):
    return special.y0(x) - y / x


@elementwise(special.i0)
def i0_partial(y, x):
    return special.i1(x)


@elementwise(special.i1)
def i1_partial(y, x):
    return 0.5 * (special.i0(x) + special.iv(2.0, x))


@elementwise(special.i0e)
def i0e_partial(y, x):
    """0 at 0, half way between the slopes on both sides."""
    return special.i1e(x) - np.sign(x) * y


@elementwise(special.i1e)
def i1e_partial(y, x):
    return 0.5 * (special.i0e(x) + special.ive(2.0, x)) - np.sign(x) * y


@elementwise(special.k0)
def k0_partial(y, x):
    return -special.k1(x)


@elementwise(special.k1)
def k1_partial(y, x):
    return -special.k0(x) - y / x


@elementwise(special.k0e)
def k0e_partial(y, x):
    return y - special.k1e(x)


@elementwise(special.k1e)
def k1e_partial(y, x):
    return y * (1.0 - 1.0 / x) - special.k0e(x)


# --- of any order (DLMF 10.6.1, 10.29.1) ---------------------------------------------------------


@elementwise(special.jv)
def jv_partial(y, v, z):
    return None, 0.5 * (special.jv(v - 1, z) - special.jv(v + 1, z))


@elementwise(special.jve, when=lambda z: is_real(z))
def jve_partial(y, v, z):
    return None, 0.5 * (special.jve(v - 1, z) - special.jve(v + 1, z))


@elementwise(special.yv)
def yv_partial(y, v, z):
    return None, 0.5 * (special.yv(v - 1, z) - special.yv(v + 1, z))


@elementwise(special.yve, when=lambda z: is_real(z))
def yve_partial(y, v, z):
    return None, 0.5 * (special.yve(v - 1, z) - special.yve(v + 1, z))


@elementwise(special.yn)
def yn_partial(y, n, x):
    return None, 0.5 * (special.yn(n - 1, x) - special.yn(n + 1, x))


@elementwise(special.iv)
def iv_partial(y, v, z):
    return None, 0.5 * (special.iv(v - 1, z) + special.iv(v + 1, z))


@elementwise(special.ive, when=lambda z: is_real(z))
def ive_partial(y, v, z):
    return None, 0.5 * (special.ive(v - 1, z) + special.ive(v + 1, z)) - np.sign(z) * y


@elementwise(special.kv)
def kv_partial(y, v, z):
    return None, -0.5 * (special.kv(v - 1, z) + special.kv(v + 1, z))


@elementwise(special.kve)
def kve_partial(y, v, z):
    return None, y - 0.5 * (special.kve(v - 1, z) + special.kve(v + 1, z))


@elementwise(special.kn)
def kn_partial(y, n, x):
    return None, -0.5 * (special.kn(n - 1, x) + special.kn(n + 1, x))


@elementwise(special.hankel1)
def hankel1_partial(y, v, z):
    return None, 0.5 * (special.hankel1(v - 1, z) - special.hankel1(v + 1, z))


@elementwise(special.hankel2)
def hankel2_partial(y, v, z):
    return None, 0.5 * (special.hankel2(v - 1, z) - special.hankel2(v + 1, z))


@elementwise(special.hankel1e)
def hankel1e_partial(y, v, z):
    """Scaled by exp(-iz)."""
    neighbours = special.hankel1e(v - 1, z) - special.hankel1e(v + 1, z)
    return None, 0.5 * neighbours - 1j * y


@elementwise(special.hankel2e)
def hankel2e_partial(y, v, z):
    """Scaled by exp(iz)."""
    neighbours = special.hankel2e(v - 1, z) - special.hankel2e(v + 1, z)
    return None, 0.5 * neighbours + 1j * y


@pullback(special.jvp, broadcasts=True)
def jvp_pullback(y, y_bar, v, z, n=1):
    return None, y_bar * special.jvp(v, z, n + 1)


@pullback(special.yvp, broadcasts=True)
def yvp_pullback(y, y_bar, v, z, n=1):
    return None, y_bar * special.yvp(v, z, n + 1)


@pullback(special.ivp, broadcasts=True)
def ivp_pullback(y, y_bar, v, z, n=1):
    return None, y_bar * special.ivp(v, z, n + 1)


@pullback(special.kvp, broadcasts=True)
def kvp_pullback(y, y_bar, v, z, n=1):
    return None, y_bar * special.kvp(v, z, n + 1)


@pullback(special.h1vp, broadcasts=True)
def h1vp_pullback(y, y_bar, v, z, n=1):
    return None, y_bar * special.h1vp(v, z, n + 1)


@pullback(special.h2vp, broadcasts=True)
def h2vp_pullback(y, y_bar, v, z, n=1):
    return None, y_bar * special.h2vp(v, z, n + 1)


# --- spherical; of the derivative by the differential equation (DLMF 10.47.1, 10.47.2) -----------


@pullback(special.spherical_jn, when=lambda derivative: is_false(derivative), broadcasts=True)
def spherical_jn_pullback(y, y_bar, n, z, derivative=False):
    return None, y_bar * special.spherical_jn(n, z, True)


@pullback(special.spherical_jn, broadcasts=True)
def slope_of_spherical_jn_pullback(y, y_bar, n, z, derivative=False):
    return None, y_bar * ((n * (n + 1) / z**2 - 1.0) * special.spherical_jn(n, z) - 2.0 * y / z)


@pullback(special.spherical_yn, when=lambda derivative: is_false(derivative), broadcasts=True)
def spherical_yn_pullback(y, y_bar, n, z, derivative=False):
    return None, y_bar * special.spherical_yn(n, z, True)


@pullback(special.spherical_yn, broadcasts=True)
def slope_of_spherical_yn_pullback(y, y_bar, n, z, derivative=False):
    return None, y_bar * ((n * (n + 1) / z**2 - 1.0) * special.spherical_yn(n, z) - 2.0 * y / z)


@pullback(special.spherical_in, when=lambda derivative: is_false(derivative), broadcasts=True)
def spherical_in_pullback(y, y_bar, n, z, derivative=False):
    return None, y_bar * special.spherical_in(n, z, True)


@pullback(special.spherical_in, broadcasts=True)
def slope_of_spherical_in_pullback(y, y_bar, n, z, derivative=False):
    return None, y_bar * ((n * (n + 1) / z**2 + 1.0) * special.spherical_in(n, z) - 2.0 * y / z)


@pullback(special.spherical_kn, when=lambda derivative: is_false(derivative), broadcasts=True)
def spherical_kn_pullback(y, y_bar, n, z, derivative=False):
    return None, y_bar * special.spherical_kn(n, z, True)


@pullback(special.spherical_kn, broadcasts=True)
def slope_of_spherical_kn_pullback(y, y_bar, n, z, derivative=False):
    return None, y_bar * ((n * (n + 1) / z**2 + 1.0) * special.spherical_kn(n, z) - 2.0 * y / z)


# --- Airy: Ai, Ai', Bi, Bi' ----------------------------------------------------------------------


@pullback(special.airy)
def airy_pullback(y, y_bar, z):
    return y_bar[0] * y[1] + y_bar[2] * y[3] + z * (y_bar[1] * y[0] + y_bar[3] * y[2])


@pushforward(special.airy)
def airy_pushforward(y, z_dot, z):
    return y[1] * z_dot, z * y[0] * z_dot, y[3] * z_dot, z * y[2] * z_dot


# --- Kelvin; of the derivatives by the differential equation (DLMF 10.61.3), not at 0 ------------


@elementwise(special.ber)
def ber_partial(y, x):
    return special.berp(x)


@elementwise(special.bei)
def bei_partial(y, x):
    return special.beip(x)


@elementwise(special.ker)
def ker_partial(y, x):
    return special.kerp(x)


@elementwise(special.kei)
def kei_partial(y, x):
    return special.keip(x)


@elementwise(special.berp)
def berp_partial(y, x):
    return -special.bei(x) - y / x


@elementwise(special.beip)
def beip_partial(y, x):
    return special.ber(x) - y / x


@elementwise(special.kerp)
def kerp_partial(y, x):
    return -special.kei(x) - y / x


@elementwise(special.keip)
def keip_partial(y, x):
    return special.ker(x) - y / x


# --- Struve, Wright ------------------------------------------------------------------------------


@elementwise(special.struve)
def struve_partial(y, v, x):
    around = special.struve(v - 1, x) - special.struve(v + 1, x)
    return None, 0.5 * (around + struve_term(v, x))


@elementwise(special.modstruve)
def modstruve_partial(y, v, x):
    around = special.modstruve(v - 1, x) + special.modstruve(v + 1, x)
    return None, 0.5 * (around + struve_term(v, x))


@elementwise(special.wright_bessel)
def wright_bessel_partial(y, a, b, x):
    return None, None, special.wright_bessel(a, a + b, x)


if hasattr(special, "log_wright_bessel"):

    @elementwise(special.log_wright_bessel)
    def log_wright_bessel_partial(y, a, b, x):
        return None, None, np.exp(special.log_wright_bessel(a, a + b, x) - y)
