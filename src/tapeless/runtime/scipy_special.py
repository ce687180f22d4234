"""Slopes of functions of `scipy.special` that take more than a line."""

import math

import numpy as np
from scipy import special

from .shapes import spread, unbroadcast


def rgamma_slope(x):
    """The derivative of 1/Γ, also where it is zero: (-1)^n n! at x = -n."""
    pole = np.less_equal(x, 0.0) & np.equal(x, np.floor(x))
    away = np.where(pole, 0.5, x)
    at_pole = np.cos(np.pi * x) * special.gamma(np.where(pole, 1.0 - x, 1.0))
    return np.where(pole, at_pole, -special.rgamma(away) * special.digamma(away))


def multigammaln_slope(a, d):
    """The derivative of the logarithm of the multivariate gamma function: d digammas."""
    return sum(special.digamma(a - 0.5 * j) for j in range(int(d)))


def gamma_density(a, x):
    """The derivative of `gammainc(a, x)` with respect to `x`."""
    return np.exp(special.xlogy(a - 1.0, x) - x - special.gammaln(a))


def beta_density(a, b, x):
    """The derivative of `betainc(a, b, x)` with respect to `x`."""
    return np.exp(special.xlogy(a - 1.0, x) + special.xlog1py(b - 1.0, -x) - special.betaln(a, b))


def binomial_slope(k, n, p):
    """Minus the derivative of `bdtr(k, n, p)` with respect to `p`."""
    done = np.floor(k)
    return beta_density(done + 1.0, n - done, p)


def poisson_mass(k, m):
    """The probability of `floor(k)` events where `m` are expected."""
    done = np.floor(k)
    return np.exp(special.xlogy(done, m) - m - special.gammaln(done + 1.0))


def t_density(df, t):
    """The density of Student's t."""
    scale = special.gammaln(0.5 * (df + 1.0)) - special.gammaln(0.5 * df)
    tail = -0.5 * (df + 1.0) * np.log1p(t**2 / df)
    return np.exp(scale + tail) / np.sqrt(np.pi * df)


def f_density(dfn, dfd, x):
    """The density of the F distribution, from that of the beta distribution."""
    total = dfd + dfn * x
    return beta_density(0.5 * dfn, 0.5 * dfd, dfn * x / total) * dfn * dfd / total**2


def noncentral_density(x, df, nc):
    """The density of the noncentral chi-squared distribution, for `nc > 0`."""
    order = 0.5 * df - 1.0
    bessel = special.ive(order, np.sqrt(x * nc))
    return 0.5 * np.exp(-0.5 * (np.sqrt(x) - np.sqrt(nc)) ** 2) * (x / nc) ** (0.5 * order) * bessel


def exprel_slope(x):
    """The derivative of (e^x - 1) / x; its Taylor series near 0."""
    near = np.abs(x) < 0.05
    u = np.where(near, x, 0.0)
    away = np.where(near, 1.0, x)
    series = 0.5 + u * (1 / 3 + u * (1 / 8 + u * (1 / 30 + u * (1 / 144 + u * (1 / 840)))))
    large = np.minimum(away, 700.0)  # the slope is infinite beyond
    return np.where(near, series, ((away - 1.0) * np.exp(large) + 1.0) / away**2)


def log1p_ratio_slope(x):
    """The derivative of log(1 + x) / x; its Taylor series near 0."""
    near = np.abs(x) < 0.01
    u = np.where(near, x, 0.0)
    away = np.where(near, 1.0, x)
    series = -1 / 2 + u * (2 / 3 - u * (3 / 4 - u * (4 / 5 - u * (5 / 6 - u * (6 / 7)))))
    return np.where(near, series, (away / (1.0 + away) - np.log1p(away)) / away**2)


def spence_slope(z):
    """The derivative log(z) / (1 - z) of Spence's function, -1 at z = 1."""
    one = np.equal(z, 1.0)
    away = np.where(one, 2.0, z)
    return np.where(one, -1.0, np.log(away) / (1.0 - away))


def ratio_or_zero(x1, x2):
    """`x1 / x2`, and 0 where `x1` is 0."""
    return x1 / np.where(np.equal(x1, 0.0), 1.0, x2)


def incomplete_d(phi, m):
    """Legendre's D(φ|m) = ∫ sin² θ / √(1 - m sin² θ) dθ from 0 to φ (DLMF 19.25.13)."""
    turns = np.round(phi / np.pi)
    s = np.sin(phi - np.pi * turns)
    whole = special.elliprd(0.0, 1.0 - m, 1.0)
    return (2.0 * turns * whole + s**3 * special.elliprd(1.0 - s**2, 1.0 - m * s**2, 1.0)) / 3.0


def ellipkinc_slope(first, phi, m):
    """The derivative of `first = ellipkinc(phi, m)` with respect to `m` (DLMF 19.4.5)."""
    s, c = np.sin(phi), np.cos(phi)
    bend = s * c / np.sqrt(1.0 - m * s**2)
    return (first - incomplete_d(phi, m) - bend) / (2.0 * (1.0 - m))


def struve_term(v, x):
    """What the derivatives of the Struve functions have beside their neighbours (DLMF 11.4.27)."""
    return (0.5 * x) ** v * special.rgamma(v + 1.5) / math.sqrt(math.pi)


def faddeeva_slope(x, sigma, gamma):
    """The derivative of the Faddeeva function where the Voigt profile takes it."""
    z = (x + 1j * gamma) / (sigma * math.sqrt(2.0))
    return 2j / math.sqrt(math.pi) - 2.0 * z * special.wofz(z)


def agm_slope(y, a, b):
    """The derivative of `y = agm(a, b)` with respect to `a`: it is π (a + b) / (4 K(m))."""
    r = (a - b) / (a + b)
    p = 1.0 - r**2
    k = special.ellipkm1(p)
    k_slope = (k - special.elliprd(0.0, p, 1.0) / 3.0) / (2.0 * p)
    return y / (a + b) * (1.0 - 4.0 * r * b / (a + b) * k_slope / k)


def diric_slope(x, n):
    """The derivative of the periodic sinc function; 0 at its peaks."""
    s = np.sin(0.5 * x)
    peak = np.abs(s) < 1e-7
    away = np.where(peak, 1.0, s)
    wave, c = 0.5 * n * np.cos(0.5 * n * x) * away, 0.5 * np.sin(0.5 * n * x) * np.cos(0.5 * x)
    return np.where(peak, 0.0, (wave - c) / (n * away**2))


def logsumexp_share(y, a, b, axis, keepdims):
    """The derivative of `y = log sum(b exp(a))` with respect to each weight."""
    both = np.broadcast_to(a, np.broadcast_shapes(np.shape(a), np.shape(b)))
    return np.exp(a - spread(y, both, axis, keepdims))


def logsumexp_cotangent(y_bar, y, a, b, axis, keepdims):
    """The cotangent of the weights in `y = log sum(b exp(a))`; times `b` it is that of `a`."""
    share = logsumexp_share(y, a, b, axis, keepdims)
    return spread(y_bar, share, axis, keepdims) * share


def ellipj_tangent(y, u_dot, m):
    """The tangents of `sn`, `cn`, `dn` and the amplitude (DLMF 22.13.1)."""
    sn, cn, dn, _ = y
    return cn * dn * u_dot, -sn * dn * u_dot, -m * sn * cn * u_dot, dn * u_dot


def ellipj_cotangent(y, y_bar, u, m):
    """The cotangent of the first argument of the Jacobi elliptic functions."""
    slopes = ellipj_tangent(y, 1.0, m)
    return unbroadcast(sum(b * slope for b, slope in zip(y_bar, slopes, strict=True)), u)
