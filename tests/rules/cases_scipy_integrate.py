"""Cases for `scipy.integrate`."""

import numpy as np
from scipy import integrate

g = np.random.default_rng(25)


def n(*shape):
    return g.normal(size=shape)


def points(*shape):
    return np.cumsum(g.uniform(0.5, 1.5, size=shape), axis=-1)


CASES = []
for f in (integrate.trapezoid, integrate.simpson, integrate.cumulative_trapezoid):
    CASES += [(f, (n(m), points(m)), {}) for m in (2, 3, 4, 5, 8)]
    CASES += [
        (f, (n(5),), {}),
        (f, (n(2, 4),), {"dx": 0.3}),
        (f, (n(4, 2),), {"axis": 0}),
        (f, (n(2, 6, 2), points(6)), {"axis": 1}),
        (f, (n(2, 5), points(2, 5)), {}),
        (f, (n(4, 2), points(2, 4).T.copy()), {"axis": 0}),
    ]
CASES += [
    (integrate.trapezoid, (n(5), None, 0.4), {}),
    (integrate.cumulative_trapezoid, (n(5), None, 0.4), {}),
    (integrate.cumulative_trapezoid, (n(5),), {"initial": 0}),
    (integrate.cumulative_trapezoid, (n(3, 2), points(3)), {"initial": 0, "axis": 0}),
    (integrate.romb, (n(2),), {}),
    (integrate.romb, (n(3),), {}),
    (integrate.romb, (n(9), 0.3), {}),
    (integrate.romb, (n(2, 5), 0.3), {}),
    (integrate.romb, (n(5, 2), 1.5), {"axis": 0}),
]
