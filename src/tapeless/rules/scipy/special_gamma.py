"""Gamma, beta and what is made of them.  `a` and `b` of incomplete functions: no closed form."""

from scipy import special

from ...runtime import beta_density, gamma_density, multigammaln_slope, rgamma_slope
from ..conditions import is_complex, is_none, is_real
from ..registry import elementwise, pullback


@elementwise(special.gamma)
def gamma_partial(y, x):
    return y * special.digamma(x)


@elementwise(special.rgamma, when=lambda x: is_complex(x))
def rgamma_of_complex_partial(y, x):
    return -y * special.digamma(x)


@elementwise(special.rgamma)
def rgamma_partial(y, x):
    return rgamma_slope(x)


@elementwise(special.gammaln, special.loggamma)
def gammaln_partial(y, x):
    return special.digamma(x)


@elementwise(special.digamma, when=lambda x: is_real(x))
def digamma_partial(y, x):
    """The trigamma function as a Hurwitz zeta function."""
    return special.zeta(2.0, x)


@pullback(special.polygamma, broadcasts=True)
def polygamma_pullback(y, y_bar, n, x):
    return None, y_bar * special.polygamma(n + 1, x)


@pullback(special.zeta, when=lambda q, out: not is_none(q) and is_none(out), broadcasts=True)
def zeta_pullback(y, y_bar, x, q=None, out=None):
    return None, -y_bar * x * special.zeta(x + 1.0, q)


@pullback(special.multigammaln, broadcasts=True)
def multigammaln_pullback(y, y_bar, a, d):
    return y_bar * multigammaln_slope(a, d)


@elementwise(special.factorial, when=lambda exact: not exact.value)
def factorial_partial(y, n, exact=False, extend="zero"):
    return y * special.digamma(n + 1.0), None, None


@elementwise(special.poch)
def poch_partials(y, z, m):
    return y * (special.digamma(z + m) - special.digamma(z)), y * special.digamma(z + m)


@elementwise(special.binom)
def binom_partials(y, n, k):
    others = special.digamma(n - k + 1.0)
    return y * (special.digamma(n + 1.0) - others), y * (others - special.digamma(k + 1.0))


@elementwise(special.comb, when=lambda exact, repetition: not exact.value and not repetition.value)
def comb_partials(y, N, k, exact=False, repetition=False):
    others = special.digamma(N - k + 1.0)
    return (
        y * (special.digamma(N + 1.0) - others),
        y * (others - special.digamma(k + 1.0)),
        None,
        None,
    )


@elementwise(special.perm, when=lambda exact: not exact.value)
def perm_partials(y, N, k, exact=False):
    others = special.digamma(N - k + 1.0)
    return y * (special.digamma(N + 1.0) - others), y * others, None


# --- beta ----------------------------------------------------------------------------------------


@elementwise(special.beta)
def beta_partials(y, a, b):
    both = special.digamma(a + b)
    return y * (special.digamma(a) - both), y * (special.digamma(b) - both)


@elementwise(special.betaln)
def betaln_partials(y, a, b):
    both = special.digamma(a + b)
    return special.digamma(a) - both, special.digamma(b) - both


# --- incomplete, and their inverses --------------------------------------------------------------


@elementwise(special.gammainc)
def gammainc_partial(y, a, x):
    return None, gamma_density(a, x)


@elementwise(special.gammaincc)
def gammaincc_partial(y, a, x):
    return None, -gamma_density(a, x)


@elementwise(special.gammaincinv)
def gammaincinv_partial(y, a, p):
    return None, 1.0 / gamma_density(a, y)


@elementwise(special.gammainccinv)
def gammainccinv_partial(y, a, p):
    return None, -1.0 / gamma_density(a, y)


@elementwise(special.betainc)
def betainc_partial(y, a, b, x):
    return None, None, beta_density(a, b, x)


@elementwise(special.betaincc)
def betaincc_partial(y, a, b, x):
    return None, None, -beta_density(a, b, x)


@elementwise(special.betaincinv)
def betaincinv_partial(y, a, b, p):
    return None, None, 1.0 / beta_density(a, b, y)


@elementwise(special.betainccinv)
def betainccinv_partial(y, a, b, p):
    return None, None, -1.0 / beta_density(a, b, y)
