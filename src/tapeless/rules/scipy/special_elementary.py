"""Logistic, entropy, loss and power functions, `logsumexp` and `softmax`."""

import math

import numpy as np
from scipy import special

from ...runtime import (
    diric_slope,
    exprel_slope,
    log1p_ratio_slope,
    log_or_zero,
    logsumexp_cotangent,
    logsumexp_share,
    ratio_or_zero,
    spread,
    unbroadcast,
)
from ..conditions import is_none, is_real, ranks
from ..registry import elementwise, pullback, pushforward


def over_all(x, axis):
    """A reduction to one number."""
    return is_none(axis) or ranks(x, 1)


# --- exponentials, logarithms, powers ------------------------------------------------------------


@elementwise(special.expm1)
def expm1_partial(y, x):
    return y + 1.0


@elementwise(special.exp2)
def exp2_partial(y, x):
    return y * math.log(2.0)


@elementwise(special.exp10)
def exp10_partial(y, x):
    return y * math.log(10.0)


@elementwise(special.exprel)
def exprel_partial(y, x):
    return exprel_slope(x)


@pullback(special.log1p, broadcasts=True)
def log1p_pullback(y, y_bar, x):
    return y_bar / (1.0 + x)


@elementwise(special.cbrt)
def cbrt_partial(y, x):
    return 1.0 / (3.0 * y**2)


@elementwise(special.powm1)
def powm1_partials(y, x1, x2):
    return x2 * x1 ** (x2 - 1.0), (y + 1.0) * log_or_zero(x1)


@elementwise(special.cosm1)
def cosm1_partial(y, x):
    return -np.sin(x)


@elementwise(special.sindg)
def sindg_partial(y, x):
    return math.pi / 180.0 * special.cosdg(x)


@elementwise(special.cosdg)
def cosdg_partial(y, x):
    return -math.pi / 180.0 * special.sindg(x)


@elementwise(special.tandg)
def tandg_partial(y, x):
    return math.pi / 180.0 * (1.0 + y**2)


@elementwise(special.cotdg)
def cotdg_partial(y, x):
    return -math.pi / 180.0 * (1.0 + y**2)


@pullback(special.radian, broadcasts=True)
def radian_pullback(y, y_bar, d, m, s):
    degree = y_bar * math.pi / 180.0
    return degree, degree / 60.0, degree / 3600.0


@pullback(special.diric, broadcasts=True)
def diric_pullback(y, y_bar, x, n):
    return y_bar * diric_slope(x, n)


@elementwise(special.lambertw)
def lambertw_partial(y, z, k=0, tol=1e-8):
    return np.exp(-y) / (1.0 + y)


@elementwise(special.wrightomega)
def wrightomega_partial(y, z):
    return y / (1.0 + y)


# --- logistic ------------------------------------------------------------------------------------


@elementwise(special.expit)
def expit_partial(y, x):
    return y * (1.0 - y)


@elementwise(special.logit)
def logit_partial(y, x):
    return 1.0 / (x * (1.0 - x))


@elementwise(special.log_expit)
def log_expit_partial(y, x):
    return special.expit(-x)


if hasattr(special, "softplus"):

    @elementwise(special.softplus)
    def softplus_partial(y, x):
        return special.expit(x)


# --- entropies and losses ------------------------------------------------------------------------


@pullback(special.xlogy, broadcasts=True)
def xlogy_pullback(y, y_bar, x1, x2):
    """Where `x1` is 0, so is the derivative with respect to `x2`, also at `x2 == 0`."""
    return y_bar * np.log(x2), y_bar * ratio_or_zero(x1, x2)


@pullback(special.xlog1py, broadcasts=True)
def xlog1py_pullback(y, y_bar, x1, x2):
    return y_bar * np.log1p(x2), y_bar * ratio_or_zero(x1, 1.0 + x2)


@elementwise(special.entr)
def entr_partial(y, x):
    return -1.0 - np.log(x)


@pullback(special.rel_entr, broadcasts=True)
def rel_entr_pullback(y, y_bar, x1, x2):
    return y_bar * (np.log(x1 / x2) + 1.0), -y_bar * ratio_or_zero(x1, x2)


@pullback(special.kl_div, broadcasts=True)
def kl_div_pullback(y, y_bar, x1, x2):
    return y_bar * np.log(x1 / x2), y_bar * (1.0 - ratio_or_zero(x1, x2))


@elementwise(special.huber)
def huber_partials(y, delta, r):
    return np.maximum(np.abs(r) - delta, 0.0), np.minimum(np.maximum(r, -delta), delta)


@elementwise(special.pseudo_huber)
def pseudo_huber_partials(y, delta, r):
    bend = np.sqrt(1.0 + (r / delta) ** 2)
    return 2.0 * delta * (bend - 1.0) - r**2 / (delta * bend), r / bend


# --- Box and Cox ---------------------------------------------------------------------------------


@elementwise(special.boxcox)
def boxcox_partials(y, x, lmbda):
    return x ** (lmbda - 1.0), np.log(x) ** 2 * exprel_slope(lmbda * np.log(x))


@elementwise(special.boxcox1p)
def boxcox1p_partials(y, x, lmbda):
    return (1.0 + x) ** (lmbda - 1.0), np.log1p(x) ** 2 * exprel_slope(lmbda * np.log1p(x))


@elementwise(special.inv_boxcox)
def inv_boxcox_partials(y, x, lmbda):
    return y ** (1.0 - lmbda), y * x**2 * log1p_ratio_slope(lmbda * x)


@elementwise(special.inv_boxcox1p)
def inv_boxcox1p_partials(y, x, lmbda):
    return (1.0 + y) ** (1.0 - lmbda), (1.0 + y) * x**2 * log1p_ratio_slope(lmbda * x)


# --- reductions ----------------------------------------------------------------------------------


@pullback(special.softmax, when=over_all)
def softmax_of_all_pullback(y, y_bar, x, axis=None):
    return y * (y_bar - np.sum(y_bar * y))


@pullback(special.softmax)
def softmax_pullback(y, y_bar, x, axis=None):
    return y * (y_bar - np.sum(y_bar * y, axis=axis, keepdims=True))


@pushforward(special.softmax)
def softmax_pushforward(y, x_dot, x, axis=None):
    return y * (x_dot - np.sum(y * x_dot, axis=axis, keepdims=True))


@pullback(special.log_softmax, when=over_all)
def log_softmax_of_all_pullback(y, y_bar, x, axis=None):
    return y_bar - np.exp(y) * np.sum(y_bar)


@pullback(special.log_softmax)
def log_softmax_pullback(y, y_bar, x, axis=None):
    return y_bar - np.exp(y) * np.sum(y_bar, axis=axis, keepdims=True)


@pushforward(special.log_softmax)
def log_softmax_pushforward(y, x_dot, x, axis=None):
    return x_dot - np.sum(np.exp(y) * x_dot, axis=axis, keepdims=True)


@pullback(
    special.logsumexp,
    when=lambda a, axis, b, keepdims, return_sign: (
        is_real(a)
        and over_all(a, axis)
        and is_none(b)
        and not keepdims.value
        and not return_sign.value
    ),
)
def logsumexp_of_all_pullback(y, y_bar, a, axis=None, b=None, keepdims=False, return_sign=False):
    return y_bar * np.exp(a - y)


@pullback(
    special.logsumexp,
    when=lambda a, b, return_sign: is_real(a) and is_none(b) and not return_sign.value,
)
def logsumexp_pullback(y, y_bar, a, axis=None, b=None, keepdims=False, return_sign=False):
    return spread(y_bar, a, axis, keepdims) * np.exp(a - spread(y, a, axis, keepdims))


@pushforward(
    special.logsumexp,
    when=lambda a, b, return_sign: is_real(a) and is_none(b) and not return_sign.value,
)
def logsumexp_pushforward(y, a_dot, a, axis=None, b=None, keepdims=False, return_sign=False):
    share = np.exp(a - spread(y, a, axis, keepdims))
    return np.sum(share * a_dot, axis=axis, keepdims=keepdims)


@pullback(special.logsumexp, when=lambda a, return_sign: is_real(a) and not return_sign.value)
def weighted_logsumexp_pullback(y, y_bar, a, axis=None, b=None, keepdims=False, return_sign=False):
    b_bar = logsumexp_cotangent(y_bar, y, a, b, axis, keepdims)
    return unbroadcast(b_bar * b, a), None, unbroadcast(b_bar, b)


@pushforward(special.logsumexp, when=lambda a, return_sign: is_real(a) and not return_sign.value)
def weighted_logsumexp_pushforward(
    y, a_dot, b_dot, a, axis=None, b=None, keepdims=False, return_sign=False
):
    share = logsumexp_share(y, a, b, axis, keepdims)
    return (
        np.sum(share * b * a_dot, axis=axis, keepdims=keepdims),
        np.sum(share * b_dot, axis=axis, keepdims=keepdims),
    )


@pullback(special.logsumexp, when=lambda a, b: is_real(a) and is_none(b))
def sign_of_logsumexp_pullback(y, y_bar, a, axis=None, b=None, keepdims=False, return_sign=False):
    return logsumexp_cotangent(y_bar[0] * y[1], y[0], a, 1.0, axis, keepdims)


@pushforward(special.logsumexp, when=lambda a, b: is_real(a) and is_none(b))
def sign_of_logsumexp_pushforward(
    y, a_dot, a, axis=None, b=None, keepdims=False, return_sign=False
):
    share = logsumexp_share(y[0], a, 1.0, axis, keepdims)
    a_part = np.sum(share * a_dot, axis=axis, keepdims=keepdims)
    return y[1] * a_part, np.zeros_like(y[1])


@pullback(special.logsumexp, when=lambda a: is_real(a))
def signed_logsumexp_pullback(y, y_bar, a, axis=None, b=None, keepdims=False, return_sign=False):
    """The weights are constants."""
    return unbroadcast(b * logsumexp_cotangent(y_bar[0] * y[1], y[0], a, b, axis, keepdims), a)


@pushforward(special.logsumexp, when=lambda a: is_real(a))
def signed_logsumexp_pushforward(y, a_dot, a, axis=None, b=None, keepdims=False, return_sign=False):
    share = b * logsumexp_share(y[0], a, b, axis, keepdims)
    a_part = np.sum(share * a_dot, axis=axis, keepdims=keepdims)
    return y[1] * a_part, np.zeros_like(y[1])
