"""Random numbers: a sample is a constant; it moves with the location and the scale it is drawn by.

The sample is drawn once; its derivative is read off the sample (the reparametrisation of Kingma &
Welling, 2014): `y = loc + scale * z` with `z` fixed.  Where `scale` is 0 there is no `z` to be read
off, and the derivative with respect to it is NaN.  The methods of `Generator` stand for those of
`RandomState` and for the functions of `np.random` of the same name.  Shape parameters (of `gamma`,
`beta`, …) have no rule: their samples come from rejection.
"""

import random

import numpy as np

from .registry import pullback

_G = np.random.Generator


@pullback(_G.normal, _G.laplace, _G.logistic, _G.gumbel, broadcasts=True)
def normal_pullback(y, y_bar, loc=0.0, scale=1.0, size=None):
    return y_bar, y_bar * (y - loc) / scale


@pullback(_G.uniform, broadcasts=True)
def uniform_pullback(y, y_bar, low=0.0, high=1.0, size=None):
    return y_bar * (high - y) / (high - low), y_bar * (y - low) / (high - low)


@pullback(_G.exponential, _G.rayleigh, broadcasts=True)
def exponential_pullback(y, y_bar, scale=1.0, size=None):
    return y_bar * y / scale


@pullback(_G.gamma, broadcasts=True)
def gamma_pullback(y, y_bar, shape, scale=1.0, size=None):
    return None, y_bar * y / scale


@pullback(_G.lognormal, broadcasts=True)
def lognormal_pullback(y, y_bar, mean=0.0, sigma=1.0, size=None):
    return y_bar * y, y_bar * y * (np.log(y) - mean) / sigma


@pullback(_G.weibull, _G.power, broadcasts=True)
def weibull_pullback(y, y_bar, a, size=None):
    """`y**a` is a sample of a distribution without parameters."""
    return -y_bar * y * np.log(y) / a


@pullback(_G.pareto, broadcasts=True)
def pareto_pullback(y, y_bar, a, size=None):
    return -y_bar * (1.0 + y) * np.log1p(y) / a


@pullback(random.gauss, random.normalvariate, broadcasts=True)
def gauss_pullback(y, y_bar, mu=0.0, sigma=1.0):
    return y_bar, y_bar * (y - mu) / sigma


@pullback(random.uniform, broadcasts=True)
def uniform_between_pullback(y, y_bar, a, b):
    return y_bar * (b - y) / (b - a), y_bar * (y - a) / (b - a)


@pullback(random.expovariate, broadcasts=True)
def expovariate_pullback(y, y_bar, lambd=1.0):
    return -y_bar * y / lambd
