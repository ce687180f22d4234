"""Functions of matrices in `scipy.linalg`, of one matrix each.

The derivative of `f` at `A` has the transpose that it has at `A.T`.
"""

import numpy as np
from scipy import linalg

from ...runtime import expm_frechet, frechet, one_matrix, power_frechet
from ..registry import pullback, pushforward


def is_matrix(A):
    """One matrix at least; a stack of them is refused when it comes."""
    return A.rank in (None, 2)


@pullback(linalg.expm, when=is_matrix)
def expm_pullback(y, y_bar, A):
    """Al-Mohy and Higham (2009), "Computing the Fréchet derivative of the matrix exponential"."""
    return expm_frechet(A.T, y_bar)


@pushforward(linalg.expm, when=is_matrix)
def expm_pushforward(y, A_dot, A):
    return expm_frechet(A, A_dot)


@pullback(linalg.sqrtm, when=is_matrix)
def sqrtm_pullback(y, y_bar, A):
    """From `y @ y_dot + y_dot @ y = A_dot`."""
    return linalg.solve_sylvester(one_matrix(y).T, y.T, y_bar)


@pushforward(linalg.sqrtm, when=is_matrix)
def sqrtm_pushforward(y, A_dot, A):
    return linalg.solve_sylvester(one_matrix(y), y, A_dot)


@pullback(linalg.logm, when=is_matrix)
def logm_pullback(y, y_bar, A):
    return frechet(linalg.logm, A.T, y_bar)


@pushforward(linalg.logm, when=is_matrix)
def logm_pushforward(y, A_dot, A):
    return frechet(linalg.logm, A, A_dot)


@pullback(linalg.sinm, when=is_matrix)
def sinm_pullback(y, y_bar, A):
    return frechet(linalg.sinm, A.T, y_bar)


@pushforward(linalg.sinm, when=is_matrix)
def sinm_pushforward(y, A_dot, A):
    return frechet(linalg.sinm, A, A_dot)


@pullback(linalg.cosm, when=is_matrix)
def cosm_pullback(y, y_bar, A):
    return frechet(linalg.cosm, A.T, y_bar)


@pushforward(linalg.cosm, when=is_matrix)
def cosm_pushforward(y, A_dot, A):
    return frechet(linalg.cosm, A, A_dot)


@pullback(linalg.tanm, when=is_matrix)
def tanm_pullback(y, y_bar, A):
    return frechet(linalg.tanm, A.T, y_bar)


@pushforward(linalg.tanm, when=is_matrix)
def tanm_pushforward(y, A_dot, A):
    return frechet(linalg.tanm, A, A_dot)


@pullback(linalg.sinhm, when=is_matrix)
def sinhm_pullback(y, y_bar, A):
    return frechet(linalg.sinhm, A.T, y_bar)


@pushforward(linalg.sinhm, when=is_matrix)
def sinhm_pushforward(y, A_dot, A):
    return frechet(linalg.sinhm, A, A_dot)


@pullback(linalg.coshm, when=is_matrix)
def coshm_pullback(y, y_bar, A):
    return frechet(linalg.coshm, A.T, y_bar)


@pushforward(linalg.coshm, when=is_matrix)
def coshm_pushforward(y, A_dot, A):
    return frechet(linalg.coshm, A, A_dot)


@pullback(linalg.tanhm, when=is_matrix)
def tanhm_pullback(y, y_bar, A):
    return frechet(linalg.tanhm, A.T, y_bar)


@pushforward(linalg.tanhm, when=is_matrix)
def tanhm_pushforward(y, A_dot, A):
    return frechet(linalg.tanhm, A, A_dot)


@pullback(linalg.fractional_matrix_power, when=is_matrix)
def fractional_matrix_power_pullback(y, y_bar, A, t):
    return power_frechet(A.T, t, y_bar), np.sum(y_bar * (linalg.logm(A) @ y))


@pushforward(linalg.fractional_matrix_power, when=is_matrix)
def fractional_matrix_power_pushforward(y, A_dot, t_dot, A, t):
    return power_frechet(A, t, A_dot), t_dot * (linalg.logm(A) @ y)
