"""Cases for series of polynomials, `np.polynomial`."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(14)


def n(*shape):
    return g.normal(size=shape)


CASES = []
for module, prefix in (
    (np.polynomial.polynomial, "poly"),
    (np.polynomial.chebyshev, "cheb"),
    (np.polynomial.legendre, "leg"),
    (np.polynomial.hermite, "herm"),
    (np.polynomial.hermite_e, "herme"),
    (np.polynomial.laguerre, "lag"),
):
    val, val2d, vander, der, integral, mul, fit, add, sub = (
        getattr(module, prefix + name)
        for name in "val val2d vander der int mul fit add sub".split()
    )
    CASES += [
        (val, (0.3, n(4)), {}),
        (val, (n(3), n(4)), {}),
        (val, (n(2, 3), n(1)), {}),
        (val, (n(3), [1.0, 0.5, -2.0]), {}),
        (val2d, (n(3), n(3), n(2, 4)), {}),
        (val2d, (n(2, 3), n(2, 3), n(3, 1)), {}),
        (val2d, (0.3, -0.4, n(3, 2)), {}),
        (vander, (n(3), 3), {}),
        (vander, (n(2, 3), 0), {}),
        (vander, (n(1), 2), {}),
        (vander, (0.4, 3), {}),
        (der, (n(4),), {}),
        (der, (n(5), 2, known(3)), {}),
        (der, (n(2), 3), {}),
        (der, (n(3, 4),), {"axis": 1}),
        (der, ([1.0, 2.0, 3.0],), {}),
        (integral, (n(3),), {}),
        (integral, (n(3), 2, known([1, 2]), known(1), known(2)), {}),
        (integral, (n(3, 2), 2), {"axis": -1, "lbnd": 1}),
        (mul, (n(3), n(4)), {}),
        (mul, (n(1), [1.0, 0.5]), {}),
        (mul, (n(3), known(np.array([1, 2, 0, 0]))), {}),
        (add, (n(3), n(4)), {}),
        (add, ([1.0, 2.0, 0.5], n(2)), {}),
        (sub, (n(3), n(4)), {}),
        (fit, (n(6), n(6), 2), {}),
        (fit, (n(6), n(6, 2), known(1)), {}),
        (fit, (n(6), n(6), 2, known(None), False, g.uniform(0.5, 2.0, 6)), {}),
    ]
for f in (np.polynomial.polynomial.polyroots, np.polynomial.legendre.legroots):
    CASES += [(f, (n(2),), {}), (f, (n(5),), {}), (f, (n(3) + 1j * n(3),), {})]
CASES += [
    (np.polynomial.polynomial.polyfromroots, (n(3),), {}),
    (np.polynomial.polynomial.polyfromroots, ([1.0, 2.0],), {}),
]
