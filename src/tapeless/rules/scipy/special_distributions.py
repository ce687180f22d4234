"""Distribution functions of `scipy.special` in their argument, and their inverses.

A parameter in which the derivative has no closed form is refused.
"""

import math

import numpy as np
from scipy import special

from ...runtime import (
    beta_density,
    binomial_slope,
    f_density,
    gamma_density,
    noncentral_density,
    poisson_mass,
    t_density,
)
from ..registry import elementwise

# --- continuous ----------------------------------------------------------------------------------


@elementwise(special.chdtr)
def chdtr_partial(y, v, x):
    return None, 0.5 * gamma_density(0.5 * v, 0.5 * x)


@elementwise(special.chdtrc)
def chdtrc_partial(y, v, x):
    return None, -0.5 * gamma_density(0.5 * v, 0.5 * x)


@elementwise(special.chdtri)
def chdtri_partial(y, v, p):
    return None, -2.0 / gamma_density(0.5 * v, 0.5 * y)


@elementwise(special.chndtr)
def chndtr_partials(y, x, df, nc):
    """For a noncentrality above 0."""
    return noncentral_density(x, df, nc), None, -noncentral_density(x, df + 2.0, nc)


@elementwise(special.gdtr)
def gdtr_partials(y, a, b, x):
    density = gamma_density(b, a * x)
    return x * density, None, a * density


@elementwise(special.gdtrc)
def gdtrc_partials(y, a, b, x):
    density = gamma_density(b, a * x)
    return -x * density, None, -a * density


@elementwise(special.gdtrix)
def gdtrix_partials(y, a, b, p):
    return -y / a, None, 1.0 / (a * gamma_density(b, a * y))


@elementwise(special.gdtria)
def gdtria_partials(y, p, b, x):
    return 1.0 / (x * gamma_density(b, x * y)), None, -y / x


@elementwise(special.fdtr)
def fdtr_partial(y, dfn, dfd, x):
    return None, None, f_density(dfn, dfd, x)


@elementwise(special.fdtrc)
def fdtrc_partial(y, dfn, dfd, x):
    return None, None, -f_density(dfn, dfd, x)


@elementwise(special.fdtri)
def fdtri_partial(y, dfn, dfd, p):
    return None, None, 1.0 / f_density(dfn, dfd, y)


@elementwise(special.stdtr)
def stdtr_partial(y, df, t):
    return None, t_density(df, t)


@elementwise(special.stdtrit)
def stdtrit_partial(y, df, p):
    return None, 1.0 / t_density(df, y)


@elementwise(special.tklmbda)
def tklmbda_partial(y, x, lmbda):
    return 1.0 / (y ** (lmbda - 1.0) + (1.0 - y) ** (lmbda - 1.0)), None


@elementwise(special.nrdtrimn)
def nrdtrimn_partials(y, p, std, x):
    """The mean is x - std ndtri(p)."""
    score = (x - y) / std
    return -std * math.sqrt(2.0 * math.pi) * np.exp(0.5 * score**2), -score, 1.0


@elementwise(special.nrdtrisd)
def nrdtrisd_partials(y, mn, p, x):
    """The standard deviation is (x - mn) / ndtri(p)."""
    score = (x - mn) / y
    return -1.0 / score, -y / score * math.sqrt(2.0 * math.pi) * np.exp(0.5 * score**2), 1.0 / score


# --- discrete, in the continuous parameter -------------------------------------------------------


@elementwise(special.bdtr)
def bdtr_partial(y, k, n, p):
    return None, None, -binomial_slope(k, n, p)


@elementwise(special.bdtrc)
def bdtrc_partial(y, k, n, p):
    return None, None, binomial_slope(k, n, p)


@elementwise(special.bdtri)
def bdtri_partial(y, k, n, p):
    return None, None, -1.0 / binomial_slope(k, n, y)


@elementwise(special.nbdtr)
def nbdtr_partial(y, k, n, p):
    return None, None, beta_density(n, k + 1.0, p)


@elementwise(special.nbdtrc)
def nbdtrc_partial(y, k, n, p):
    return None, None, -beta_density(n, k + 1.0, p)


@elementwise(special.nbdtri)
def nbdtri_partial(y, k, n, p):
    return None, None, 1.0 / beta_density(n, k + 1.0, y)


@elementwise(special.pdtr)
def pdtr_partial(y, k, m):
    return None, -poisson_mass(k, m)


@elementwise(special.pdtrc)
def pdtrc_partial(y, k, m):
    return None, poisson_mass(k, m)


@elementwise(special.pdtri)
def pdtri_partial(y, k, p):
    return None, -1.0 / poisson_mass(k, y)
