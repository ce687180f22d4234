"""Classes that stand for objects of libraries that are made inside differentiated functions.

They keep what they are made of in attributes, where derivatives can follow it.
"""

import numpy as np


class FrozenDistribution:
    """What `scipy.stats.norm(loc, scale)` gives: a distribution and its parameters."""

    def __init__(self, dist, *args, **kwds):
        self.dist = dist
        self.args = args
        self.kwds = kwds

    def pdf(self, x):
        return self.dist.pdf(x, *self.args, **self.kwds)

    def logpdf(self, x):
        return self.dist.logpdf(x, *self.args, **self.kwds)

    def pmf(self, k):
        return self.dist.pmf(k, *self.args, **self.kwds)

    def logpmf(self, k):
        return self.dist.logpmf(k, *self.args, **self.kwds)

    def cdf(self, x):
        return self.dist.cdf(x, *self.args, **self.kwds)

    def logcdf(self, x):
        return self.dist.logcdf(x, *self.args, **self.kwds)

    def sf(self, x):
        return self.dist.sf(x, *self.args, **self.kwds)

    def logsf(self, x):
        return self.dist.logsf(x, *self.args, **self.kwds)

    def ppf(self, q):
        return self.dist.ppf(q, *self.args, **self.kwds)

    def isf(self, q):
        return self.dist.isf(q, *self.args, **self.kwds)

    def mean(self):
        return self.dist.mean(*self.args, **self.kwds)

    def var(self):
        return self.dist.var(*self.args, **self.kwds)

    def std(self):
        return self.dist.std(*self.args, **self.kwds)

    def entropy(self):
        return self.dist.entropy(*self.args, **self.kwds)

    def rvs(self, size=None, random_state=None):
        return self.dist.rvs(*self.args, size=size, random_state=random_state, **self.kwds)


class Poly1d:
    """What `np.poly1d(coefficients)` gives; `held` may begin with zeros."""

    def __init__(self, c_or_r, r=False):
        self.held = np.poly(c_or_r) if r else np.atleast_1d(c_or_r)

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.coeffs, dtype)

    @property
    def coeffs(self):
        if not np.any(self.held):
            return self.held[-1:]
        return np.trim_zeros(self.held, "f")

    @property
    def coefficients(self):
        return self.coeffs

    @property
    def coef(self):
        return self.coeffs

    @property
    def c(self):
        return self.coeffs

    @property
    def order(self):
        return len(self.coeffs) - 1

    @property
    def o(self):
        return len(self.coeffs) - 1

    def __getitem__(self, power):
        return self.held[len(self.held) - 1 - power]

    def __call__(self, val):
        return np.polyval(self.held, val)

    def deriv(self, m=1):
        return Poly1d(np.polyder(self.held, m))

    def integ(self, m=1, k=0):
        return Poly1d(np.polyint(self.held, m, k))

    def __neg__(self):
        return Poly1d(-self.held)

    def __add__(self, other):
        return Poly1d(np.polyadd(self.held, np.atleast_1d(other)))

    def __radd__(self, other):
        return Poly1d(np.polyadd(self.held, np.atleast_1d(other)))

    def __sub__(self, other):
        return Poly1d(np.polysub(self.held, np.atleast_1d(other)))

    def __rsub__(self, other):
        return Poly1d(np.polysub(np.atleast_1d(other), self.held))

    def __mul__(self, other):
        return Poly1d(np.polymul(self.held, np.atleast_1d(other)))

    def __rmul__(self, other):
        return Poly1d(np.polymul(self.held, np.atleast_1d(other)))

    def __truediv__(self, other):
        return Poly1d(self.held / other)
