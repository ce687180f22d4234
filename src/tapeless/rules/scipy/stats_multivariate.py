"""The multivariate normal distribution, and Dirichlet's.

Of a covariance SciPy reads the lower triangle only: its cotangent is lower triangular.
"""

import numpy as np
from scipy import stats

from ...runtime import (
    dirichlet_slope,
    dirichlet_weight_slope,
    lower_triangle,
    normal_cov_cotangent,
    normal_cov_tangent,
    unbroadcast,
    whitened,
)
from ..conditions import is_array, is_false, is_none, ranks
from ..registry import pullback, pushforward

normal = stats.multivariate_normal


def is_full(x, mean, cov, allow_singular):
    """Vectors, a mean vector and a matrix of full rank."""
    return is_array(x) and ranks(mean, 1, cov, 2) and is_false(allow_singular)


def is_centred(x, mean, cov, allow_singular):
    """Without a mean."""
    return is_array(x) and is_none(mean) and ranks(cov, 2) and is_false(allow_singular)


@pullback(normal.logpdf, when=is_full)
def normal_logpdf_pullback(y, y_bar, x, mean=None, cov=1, allow_singular=False):
    part = np.expand_dims(y_bar, -1) * whitened(x, mean, cov)
    return -part, unbroadcast(part, mean), normal_cov_cotangent(y_bar, x, mean, cov)


@pushforward(normal.logpdf, when=is_full)
def normal_logpdf_pushforward(
    y, x_dot, mean_dot, cov_dot, x, mean=None, cov=1, allow_singular=False
):
    pulled = whitened(x, mean, cov)
    return (
        np.reshape(-np.sum(pulled * x_dot, axis=-1), np.shape(y)),
        np.reshape(np.sum(pulled * mean_dot, axis=-1), np.shape(y)),
        np.reshape(normal_cov_tangent(cov_dot, x, mean, cov), np.shape(y)),
    )


@pullback(normal.logpdf, when=is_centred)
def centred_logpdf_pullback(y, y_bar, x, mean=None, cov=1, allow_singular=False):
    part = np.expand_dims(y_bar, -1) * whitened(x, 0.0, cov)
    return -part, None, normal_cov_cotangent(y_bar, x, 0.0, cov)


@pushforward(normal.logpdf, when=is_centred)
def centred_logpdf_pushforward(y, x_dot, cov_dot, x, mean=None, cov=1, allow_singular=False):
    pulled = whitened(x, 0.0, cov)
    return (
        np.reshape(-np.sum(pulled * x_dot, axis=-1), np.shape(y)),
        np.reshape(normal_cov_tangent(cov_dot, x, 0.0, cov), np.shape(y)),
    )


@pullback(normal.pdf, when=is_full)
def normal_pdf_pullback(y, y_bar, x, mean=None, cov=1, allow_singular=False):
    part = np.expand_dims(y_bar * y, -1) * whitened(x, mean, cov)
    return -part, unbroadcast(part, mean), normal_cov_cotangent(y_bar * y, x, mean, cov)


@pushforward(normal.pdf, when=is_full)
def normal_pdf_pushforward(y, x_dot, mean_dot, cov_dot, x, mean=None, cov=1, allow_singular=False):
    pulled = whitened(x, mean, cov)
    return (
        -y * np.reshape(np.sum(pulled * x_dot, axis=-1), np.shape(y)),
        y * np.reshape(np.sum(pulled * mean_dot, axis=-1), np.shape(y)),
        y * np.reshape(normal_cov_tangent(cov_dot, x, mean, cov), np.shape(y)),
    )


@pullback(normal.pdf, when=is_centred)
def centred_pdf_pullback(y, y_bar, x, mean=None, cov=1, allow_singular=False):
    part = np.expand_dims(y_bar * y, -1) * whitened(x, 0.0, cov)
    return -part, None, normal_cov_cotangent(y_bar * y, x, 0.0, cov)


@pushforward(normal.pdf, when=is_centred)
def centred_pdf_pushforward(y, x_dot, cov_dot, x, mean=None, cov=1, allow_singular=False):
    pulled = whitened(x, 0.0, cov)
    return (
        -y * np.reshape(np.sum(pulled * x_dot, axis=-1), np.shape(y)),
        y * np.reshape(normal_cov_tangent(cov_dot, x, 0.0, cov), np.shape(y)),
    )


@pullback(normal.entropy, when=lambda cov: ranks(cov, 2))
def normal_entropy_pullback(y, y_bar, mean=None, cov=1):
    """The mean does not matter."""
    return None, y_bar * lower_triangle(0.5 * np.linalg.inv(cov))


@pushforward(normal.entropy, when=lambda cov: ranks(cov, 2))
def normal_entropy_pushforward(y, cov_dot, mean=None, cov=1):
    return np.sum(lower_triangle(0.5 * np.linalg.inv(cov)) * cov_dot)


# --- Dirichlet -----------------------------------------------------------------------------------


@pullback(stats.dirichlet.logpdf, when=lambda x, alpha: ranks(x, 1, alpha, 1))
def dirichlet_logpdf_pullback(y, y_bar, x, alpha):
    return y_bar * dirichlet_slope(x, alpha), y_bar * dirichlet_weight_slope(x, alpha)


@pushforward(stats.dirichlet.logpdf, when=lambda x, alpha: ranks(x, 1, alpha, 1))
def dirichlet_logpdf_pushforward(y, x_dot, alpha_dot, x, alpha):
    return (
        np.sum(dirichlet_slope(x, alpha) * x_dot),
        np.sum(dirichlet_weight_slope(x, alpha) * alpha_dot),
    )


@pullback(stats.dirichlet.pdf, when=lambda x, alpha: ranks(x, 1, alpha, 1))
def dirichlet_pdf_pullback(y, y_bar, x, alpha):
    part = y_bar * y
    return part * dirichlet_slope(x, alpha), part * dirichlet_weight_slope(x, alpha)


@pushforward(stats.dirichlet.pdf, when=lambda x, alpha: ranks(x, 1, alpha, 1))
def dirichlet_pdf_pushforward(y, x_dot, alpha_dot, x, alpha):
    return (
        y * np.sum(dirichlet_slope(x, alpha) * x_dot),
        y * np.sum(dirichlet_weight_slope(x, alpha) * alpha_dot),
    )
