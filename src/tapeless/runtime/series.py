"""What undoes series of polynomials, `np.polynomial`; lowest powers come first."""

import numpy as np

SHAPE_OF = {"upper_part": 1, "unseries": 2}

SHARING = ("upper_part",)


def series_function(basis, name):
    """A function of `np.polynomial` by the name of its module and what follows the prefix."""
    prefixes = {
        "polynomial": "poly",
        "chebyshev": "cheb",
        "legendre": "leg",
        "hermite": "herm",
        "hermite_e": "herme",
        "laguerre": "lag",
    }
    return getattr(getattr(np.polynomial, basis), prefixes[basis] + name)


def left_aligned(c, y):
    """Coefficients with the lowest power first, cut or filled with zeros to the length of `y`."""
    n, m = np.size(c), np.size(y)
    return np.pad(np.reshape(c, -1)[:m], (0, max(m - n, 0)))


def upper_part(y_bar, c, sign=1.0):
    """The cotangent of the coefficients of a summand; trailing zeros of the sum are dropped."""
    c_bar = sign * y_bar[: np.size(c)]
    return np.reshape(np.pad(c_bar, (0, np.size(c) - np.size(c_bar))), np.shape(c))


def unvander(y_bar, *powers):
    """The cotangent of the coefficients of a series, from the values of the basis at the points."""
    y_bar = np.reshape(y_bar, -1)
    rows = [np.reshape(values, (np.size(y_bar), -1)) for values in powers]
    if len(rows) == 1:
        return rows[0].T @ y_bar
    return np.einsum("p,pi,pj->ij", y_bar, *rows)


def unseries(y_bar, matrix, c, axis=0):
    """The cotangent of coefficients along `axis`, from the matrix of a linear function of them."""
    matrix = matrix.astype(np.result_type(y_bar, np.float16), copy=False)
    c_bar = np.moveaxis(np.tensordot(matrix, y_bar, (0, axis)), 0, axis)
    return np.reshape(c_bar, np.shape(c))


def series_slopes(basis, x, deg):
    """The derivatives of the functions of a basis up to degree `deg` at the points `x`."""
    unit = np.eye(deg + 1, dtype=np.result_type(np.asarray(x), np.float16))
    slopes = series_function(basis, "val")(x, series_function(basis, "der")(unit))
    return np.reshape(np.moveaxis(slopes, 0, -1), (*np.shape(np.atleast_1d(x)), deg + 1))


def unseries_product(y_bar, basis, a, b):
    """The cotangent of the series `a` in its product with the series `b`."""
    multiply, unit = series_function(basis, "mul"), np.eye(np.size(a))
    full = left_aligned(y_bar, np.broadcast_to(0.0, np.size(a) + np.size(b) - 1))
    products = [left_aligned(multiply(row, b), full) for row in unit]
    matrix = np.asarray(products, np.result_type(full, np.asarray(b), np.float16))
    return np.reshape(matrix @ full, np.shape(a))
