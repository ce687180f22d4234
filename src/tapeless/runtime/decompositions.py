"""Factorisations of matrices."""

import numpy as np


def cholesky_cotangent(y_bar, y):
    """The cotangent of `a` in `np.linalg.cholesky(a)`, which reads the lower triangle of `a`."""
    inner = np.tril(np.swapaxes(y, -1, -2) @ y_bar)
    inner = inner - 0.5 * inner * np.eye(y.shape[-1])
    right = np.linalg.inv(y)
    a_bar = np.swapaxes(right, -1, -2) @ inner @ right
    both = a_bar + np.swapaxes(a_bar, -1, -2)
    return np.tril(both) - 0.5 * both * np.eye(y.shape[-1])
