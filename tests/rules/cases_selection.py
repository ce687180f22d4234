"""Cases for elements chosen among several arrays."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(7)


def n(*shape):
    return g.normal(size=shape)


def z(*shape):
    return g.normal(size=shape) + 1j * g.normal(size=shape)


A = np.array([0, 1, 1])
YES, NO = np.array([True, False, False]), np.array([True, True, False])
CASES = [
    (np.choose, (A, [n(3), n(3)]), {}),
    (np.choose, (A, (1.5, n(3), n(2, 3))), {}),
    (np.choose, (A, n(2, 3)), {}),
    (np.choose, (np.array([-1, 1, 5]), [n(3), n(3)]), {"mode": "wrap"}),
    (np.choose, (np.array([-1, 1, 5]), [n(3), n(3)]), {"mode": "clip"}),
    (np.choose, (1, [n(3), n(3)]), {}),
    (np.select, ([YES, NO], [n(3), n(3)]), {}),
    (np.select, ([YES, NO], [n(3), n(3)], 1.5), {}),
    (np.select, ([YES, NO], [1.5, n(2, 3)], n(3)), {}),
    (np.select, ([YES], (n(3),), n(2, 1)), {}),
]
