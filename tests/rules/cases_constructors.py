"""Cases for arrays made of numbers."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(8)


def n(*shape):
    return g.normal(size=shape)


def z(*shape):
    return g.normal(size=shape) + 1j * g.normal(size=shape)


u, v = np.abs(n(2)) + 0.5, np.abs(n(2)) + 0.5
CASES = [
    (np.full, (3, 1.5), {}),
    (np.full, ((2, 3), np.array([1.0, 2.0, 3.0])), {}),
    (np.full, ((2, 2), [1.0, 2.0]), {}),
    (np.full, (3, 1.5, known(int)), {}),
    (np.full, (3, 1.5 + 2j), {"dtype": known(complex)}),
    (np.full_like, (np.zeros((2, 3)), 1.5), {}),
    (np.full_like, (np.zeros((2, 3)), 1.5), {"shape": 4}),
    (np.full_like, (np.zeros((2, 3)), np.array([[1.0], [2.0]])), {}),
    (np.full_like, (np.zeros((2, 3)), 1.5), {"dtype": known(int)}),
    (np.linspace, (0.5, 2.5, 7), {}),
    (np.linspace, (0.5, 2.5, 7), {"endpoint": False}),
    (np.linspace, (0.5, 2.5), {"num": 1}),
    (np.linspace, (0.5 + 1j, 2.5), {"num": 4}),
    (np.linspace, (u, v, 4), {}),
    (np.linspace, (u, 2.5, 4), {"axis": -1, "endpoint": False}),
    (np.linspace, (n(2, 1), n(3), 4), {"axis": 1}),
    (np.linspace, ([0.5, 1.0], 2.0, 3), {}),
    (np.linspace, (0.5, 2.5, 7), {"retstep": True}),
    (np.linspace, (u, 2.5, 4), {"retstep": True, "endpoint": False}),
    (np.geomspace, (0.5, 2.5, 5), {}),
    (np.geomspace, (-0.5, -2.5, 5), {"endpoint": False}),
    (np.geomspace, (u, v, 4), {}),
    (np.geomspace, (u, 2.5, 4), {"axis": -1}),
    (np.logspace, (0.2, 0.7, 5), {}),
    (np.logspace, (0.2, 0.7, 5, False, 2.5), {}),
    (np.logspace, (u, v, 4, True, 2.5), {"axis": 1}),
    (np.logspace, (0.2, v, 4), {}),
    (np.arange, (3.5,), {}),
    (np.arange, (0.5, 3.7), {}),
    (np.arange, (0.5, 3.7, 0.3), {}),
    (np.arange, (3.5, None, 0.3), {}),
    (np.arange, (0.5, 3.7), {"dtype": known(float)}),
    (np.meshgrid, (n(3), n(2)), {}),
    (np.meshgrid, (n(3), n(2)), {"sparse": True}),
    (np.meshgrid, (n(3), n(2)), {"indexing": "ij"}),
]
for indexing in ("xy", "ij"):
    CASES += [
        (np.meshgrid, (n(3),), {"indexing": indexing}),
        (np.meshgrid, (1.5, n(2)), {"indexing": indexing}),
        (np.meshgrid, (n(3), n(2, 2)), {"indexing": indexing, "sparse": True}),
        (np.meshgrid, (n(3), n(2), n(4)), {"indexing": indexing}),
        (np.meshgrid, (n(3), 1.5, n(2), n(4)), {"indexing": indexing, "sparse": True}),
    ]
