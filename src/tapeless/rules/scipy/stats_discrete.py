"""Discrete distributions of `scipy.stats`, in their continuous parameters."""

import numpy as np
from scipy import special, stats

from ..registry import elementwise

# --- Poisson -------------------------------------------------------------------------------------


@elementwise(stats.poisson.pmf)
def poisson_pmf_partial(y, k, mu, loc=0):
    return None, y * ((k - loc) / mu - 1.0)


@elementwise(stats.poisson.logpmf)
def poisson_logpmf_partial(y, k, mu, loc=0):
    return None, (y > -np.inf) * ((k - loc) / mu - 1.0)


@elementwise(stats.poisson.cdf)
def poisson_cdf_partial(y, k, mu, loc=0):
    return None, -stats.poisson.pmf(np.floor(k - loc), mu)


@elementwise(stats.poisson.sf)
def poisson_sf_partial(y, k, mu, loc=0):
    return None, stats.poisson.pmf(np.floor(k - loc), mu)


@elementwise(stats.poisson.logcdf)
def poisson_logcdf_partial(y, k, mu, loc=0):
    return None, -np.exp(stats.poisson.logpmf(np.floor(k - loc), mu) - y)


@elementwise(stats.poisson.logsf)
def poisson_logsf_partial(y, k, mu, loc=0):
    return None, np.exp(stats.poisson.logpmf(np.floor(k - loc), mu) - y)


# --- binomial, Bernoulli -------------------------------------------------------------------------


@elementwise(stats.binom.pmf)
def binom_pmf_partial(y, k, n, p, loc=0):
    return None, None, y * ((k - loc) / p - (n - k + loc) / (1.0 - p))


@elementwise(stats.binom.logpmf)
def binom_logpmf_partial(y, k, n, p, loc=0):
    return None, None, (y > -np.inf) * ((k - loc) / p - (n - k + loc) / (1.0 - p))


@elementwise(stats.binom.cdf)
def binom_cdf_partial(y, k, n, p, loc=0):
    return None, None, -n * stats.binom.pmf(np.floor(k - loc), n - 1, p)


@elementwise(stats.binom.sf)
def binom_sf_partial(y, k, n, p, loc=0):
    return None, None, n * stats.binom.pmf(np.floor(k - loc), n - 1, p)


@elementwise(stats.bernoulli.pmf)
def bernoulli_pmf_partial(y, k, p, loc=0):
    return None, y * ((k - loc) / p - (1.0 - k + loc) / (1.0 - p))


@elementwise(stats.bernoulli.logpmf)
def bernoulli_logpmf_partial(y, k, p, loc=0):
    return None, (y > -np.inf) * ((k - loc) / p - (1.0 - k + loc) / (1.0 - p))


@elementwise(stats.bernoulli.cdf)
def bernoulli_cdf_partial(y, k, p, loc=0):
    return None, -1.0 * np.equal(np.floor(k - loc), 0.0)


@elementwise(stats.bernoulli.sf)
def bernoulli_sf_partial(y, k, p, loc=0):
    return None, 1.0 * np.equal(np.floor(k - loc), 0.0)


# --- negative binomial, geometric ----------------------------------------------------------------


@elementwise(stats.nbinom.pmf)
def nbinom_pmf_partials(y, k, n, p, loc=0):
    return (
        None,
        y * (special.digamma(np.maximum(k - loc, 0) + n) - special.digamma(n) + np.log(p)),
        y * (n / p - (k - loc) / (1.0 - p)),
    )


@elementwise(stats.nbinom.logpmf)
def nbinom_logpmf_partials(y, k, n, p, loc=0):
    inside = y > -np.inf
    events = np.maximum(k - loc, 0)
    return (
        None,
        inside * (special.digamma(events + n) - special.digamma(n) + np.log(p)),
        inside * (n / p - events / (1.0 - p)),
    )


@elementwise(stats.nbinom.cdf)
def nbinom_cdf_partial(y, k, n, p, loc=0):
    done = np.floor(k - loc)
    return None, None, (n + done) / p * stats.nbinom.pmf(done, n, p)


@elementwise(stats.nbinom.sf)
def nbinom_sf_partial(y, k, n, p, loc=0):
    done = np.floor(k - loc)
    return None, None, -(n + done) / p * stats.nbinom.pmf(done, n, p)


@elementwise(stats.geom.pmf)
def geom_pmf_partial(y, k, p, loc=0):
    return None, y * (1.0 / p - (k - loc - 1.0) / (1.0 - p))


@elementwise(stats.geom.logpmf)
def geom_logpmf_partial(y, k, p, loc=0):
    return None, (y > -np.inf) * (1.0 / p - (k - loc - 1.0) / (1.0 - p))


@elementwise(stats.geom.cdf)
def geom_cdf_partial(y, k, p, loc=0):
    done = np.floor(k - loc)
    return None, done / p * stats.geom.pmf(done, p)


@elementwise(stats.geom.sf)
def geom_sf_partial(y, k, p, loc=0):
    done = np.floor(k - loc)
    return None, -done / p * stats.geom.pmf(done, p)
