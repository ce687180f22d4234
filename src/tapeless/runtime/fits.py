"""Derivatives of least-squares fits with polynomials.

With the basis A (a column for each function), the weights W on a diagonal and P the pseudo-inverse
of B = W A, of full column rank, the coefficients are c = P W y.  With the residual r = y - A c,

    dc = P (dW r + W (dy - dA c)) + P P' (dB' W r)    (Golub and Pereyra 1973)

where the two terms with dW are equal.
"""

import numpy as np

SHAPE_OF = {"fit_values_cotangent": 1}


def fit_weights(basis, w):
    """The weights as a column."""
    return np.ones((len(basis), 1), basis.dtype) if w is None else np.reshape(w, (-1, 1))


def fit_inverse(basis, w):
    """P, of columns scaled to length one as NumPy does."""
    weighted = fit_weights(basis, w) * basis
    scale = np.sqrt(np.sum(weighted * weighted, axis=0))
    scale = np.where(scale == 0, 1.0, scale).astype(scale.dtype)
    return np.linalg.pinv(weighted / scale) / scale[:, None]


def as_columns(values):
    """A vector as a matrix of one column."""
    return np.reshape(values, (len(values), -1))


def fit_values_cotangent(y_bar, values, basis, w=None):
    """The cotangent of the values: W P' y_bar."""
    found = fit_weights(basis, w) * (fit_inverse(basis, w).T @ as_columns(y_bar))
    return np.reshape(found, np.shape(values))


def fit_basis_cotangent(y_bar, y, values, basis, w=None):
    """The cotangent of the basis: -W P' y_bar c' + W W r (P P' y_bar)'."""
    inverse, weights = fit_inverse(basis, w), fit_weights(basis, w)
    y, residual = as_columns(y), as_columns(values) - basis @ as_columns(y)
    t = inverse.T @ as_columns(y_bar)
    return weights**2 * residual @ (inverse @ t).T - weights * t @ y.T


def fit_weights_cotangent(y_bar, y, values, basis, w):
    """The cotangent of the weights: 2 r P' y_bar."""
    residual = as_columns(values) - basis @ as_columns(y)
    return 2.0 * np.sum(residual * (fit_inverse(basis, w).T @ as_columns(y_bar)), axis=1)


def fit_basis_tangent(basis_dot, y, values, basis, w=None):
    """The tangent of the coefficients for that of the basis."""
    inverse, weights = fit_inverse(basis, w), fit_weights(basis, w)
    c, residual = as_columns(y), as_columns(values) - basis @ as_columns(y)
    found = inverse @ (inverse.T @ (basis_dot.T @ (weights**2 * residual)))
    return np.reshape(found - inverse @ (weights * (basis_dot @ c)), np.shape(y))


def fit_weights_tangent(w_dot, y, values, basis, w):
    """The tangent of the coefficients for that of the weights: 2 P dW r."""
    residual = as_columns(values) - basis @ as_columns(y)
    found = 2.0 * (fit_inverse(basis, w) @ (np.reshape(w_dot, (-1, 1)) * residual))
    return np.reshape(found, np.shape(y))
