"""Cases for polynomials with the highest power first."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(13)


def n(*shape):
    return g.normal(size=shape)


Z = np.array([0.5 + 1.0j, 0.5 - 1.0j, 2.0 + 0.0j])
CASES = [
    (np.polyval, (n(4), 0.7), {}),
    (np.polyval, (n(4), n(3)), {}),
    (np.polyval, (n(3), n(2, 3)), {}),
    (np.polyval, (n(1), n(3)), {}),
    (np.polyval, ([1.0, 2.0, -0.5], n(3)), {}),
    (np.polyval, ((1.0, 2.0, -0.5), 0.4), {}),
    (np.polyval, ([n(3), n(3), n(3)], n(3)), {}),
    (np.polyval, (n(4, 3), n(2, 3)), {}),
    (np.polyval, (n(4, 3), 0.3), {}),
    (np.polyval, (n(3) + 1j * n(3), n(2) + 1j * n(2)), {}),
    (np.vander, (n(3),), {}),
    (np.vander, (n(3), 5), {}),
    (np.vander, (n(3), 1), {}),
    (np.vander, (n(3), 0), {}),
    (np.vander, (n(3), 4), {"increasing": True}),
    (np.vander, (n(3) + 1j * n(3),), {"increasing": True}),
    (np.polyadd, (n(4), n(2)), {}),
    (np.polyadd, (n(2), [1.0, 2.0, 3.0]), {}),
    (np.polyadd, (1.5, n(3)), {}),
    (np.polysub, (n(4), n(2)), {}),
    (np.polysub, (n(2), n(2)), {}),
    (np.polymul, (n(4), n(2)), {}),
    (np.polymul, (n(2), [1.0, 2.0, 3.0]), {}),
    (np.polymul, (1.5, n(3)), {}),
    (np.polymul, (n(3) + 1j * n(3), n(2) + 1j * n(2)), {}),
    (np.polymul, (np.array([2.0, 1.0]), known([0, 0, 2.0, 1.0])), {}),
    (np.polydiv, (n(5), n(2)), {}),
    (np.polydiv, (n(5), n(3)), {}),
    (np.polydiv, (n(3), n(3)), {}),
    (np.polydiv, (n(2), n(3)), {}),
    (np.polydiv, (n(3), n(1)), {}),
    (np.polydiv, (n(4) + 1j * n(4), n(2) + 1j * n(2)), {}),
    (np.polyder, (n(4),), {}),
    (np.polyder, (n(5), 2), {}),
    (np.polyder, (n(2), 3), {}),
    (np.polyder, ([1.0, 2.0, 3.0],), {"m": 2}),
    (np.polyint, (n(4),), {}),
    (np.polyint, (n(3), 2), {}),
    (np.polyint, (n(3), 1, 0.7), {}),
    (np.polyint, (n(3), 3, n(3)), {}),
    (np.polyint, (n(3), 3, n(1)), {}),
    (np.polyint, ([1.0, 2.0, 3.0], 2, [0.3, 0.4]), {}),
    (np.poly, (n(3),), {}),
    (np.poly, (n(1),), {}),
    (np.poly, ([1.0, 2.0, 2.0],), {}),
    (np.poly, (n(3) + 1j * n(3),), {}),
    (np.poly, (Z,), {}),
    (np.roots, (np.array([1.0, -6.0, 11.0, -6.0]),), {}),
    (np.roots, (n(5),), {}),
    (np.roots, (n(2),), {}),
    (np.roots, (n(4) + 1j * n(4),), {}),
    (np.polyfit, (n(6), n(6), 2), {}),
    (np.polyfit, (n(6), n(6, 2), 1), {}),
    (np.polyfit, (n(6), n(6), 0), {}),
    (np.polyfit, (n(3), n(3), 2), {}),
    (np.polyfit, (n(6), n(6) + 1j * n(6), 2), {}),
    (np.polyfit, (n(6), n(6), 2, known(None), False, g.uniform(0.5, 2.0, 6)), {}),
    (np.polyfit, (n(6), n(6, 2), 2, known(None), False, g.uniform(0.5, 2.0, 6)), {}),
    (np.polyfit, (n(6), n(6), known(2)), {"w": known(g.uniform(0.5, 2.0, 6))}),
]


# --- polynomials as objects ----------------------------------------------------------------------


def at_points(polynomial, x):
    return (type(polynomial).__call__, (polynomial, x), {})


for made in (
    np.poly1d([1.0, -2.0, 0.5]),
    np.poly1d([2.0]),
    np.polynomial.Polynomial([1.0, -2.0, 0.5, 0.1]),
    np.polynomial.Polynomial([1.0, -2.0, 0.5], domain=[0.0, 3.0]),
    np.polynomial.Chebyshev([1.0, -2.0, 0.5], domain=[0.0, 2.0]),
    np.polynomial.Legendre([1.0, -2.0, 0.5]),
    np.polynomial.Laguerre([1.0, -2.0]),
    np.polynomial.Hermite([1.0, -2.0, 0.3]),
    np.polynomial.HermiteE([1.0]),
):
    CASES += [at_points(made, n(3)), at_points(made, n(2, 3)), at_points(made, 0.7)]
