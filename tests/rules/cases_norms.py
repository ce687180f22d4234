"""Cases for norms and condition numbers."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(4)


def n(*shape):
    return g.normal(size=shape)


def c(*shape):
    return n(*shape) + 1j * n(*shape)


INF = known(np.inf)
VECTOR_ORDERS = (None, 0, 1, -1, 2, -2, 3, INF, known(-np.inf), known(1.5), known(0.5), known(-0.7))
MATRIX_ORDERS = (None, "fro", "nuc", 1, -1, 2, -2, INF, known(-np.inf))
norm = np.linalg.norm
CASES = [
    (norm, (n(3),), {}),
    (norm, (n(2, 3),), {}),
    (norm, (n(2, 3).T,), {}),
    (norm, (n(2, 3, 2),), {}),
    (norm, (c(2, 3),), {}),
    (norm, (-1.5,), {}),
    (norm, (n(2, 3),), {"keepdims": True}),
    (norm, (n(2, 3), "fro"), {"keepdims": True}),
    (norm, (n(2, 3),), {"axis": 1}),
    (norm, (n(2, 3), 2), {"axis": -2, "keepdims": True}),
    (norm, (n(2, 3),), {"axis": (1,)}),
    (norm, (n(2, 3, 2),), {"axis": (0, 2)}),
    (norm, (n(2, 3, 2), 1), {"axis": (2, 0), "keepdims": True}),
    (norm, (c(2, 3, 2), INF), {"axis": (-1, 0)}),
    (norm, (n(2, 3, 2), "nuc"), {"axis": (2, 1)}),
    (norm, (c(2, 3, 2), 2), {"axis": (2, 1), "keepdims": True}),
    (norm, (n(2, 3),), {"ord": INF, "axis": 1}),
    (norm, (n(3), 2.5), {}),
    (norm, (c(2, 3),), {"axis": 0, "keepdims": True}),
]
for order in VECTOR_ORDERS:
    CASES += [
        (norm, (n(4), order), {}),
        (norm, (c(3), order), {}),
        (norm, (n(2, 3), order), {"axis": 1}),
        (norm, (n(2, 3), order), {"axis": 0, "keepdims": True}),
    ]
    if order is not None:
        CASES += [
            (np.linalg.vector_norm, (n(2, 3),), {"ord": order}),
            (np.linalg.vector_norm, (c(2, 3),), {"ord": order, "axis": -1}),
            (np.linalg.vector_norm, (n(2, 3, 2),), {"ord": order, "axis": (0, 2)}),
        ]
for order in MATRIX_ORDERS:
    CASES += [
        (norm, (n(2, 3), order), {}),
        (norm, (n(3, 2), order), {"keepdims": True}),
        (norm, (c(3, 3), order), {}),
    ]
    if order is not None:
        CASES += [
            (np.linalg.matrix_norm, (n(2, 3, 2),), {"ord": order}),
            (np.linalg.matrix_norm, (c(2, 2),), {"ord": order, "keepdims": True}),
        ]
CASES += [
    (np.linalg.vector_norm, (n(2, 3),), {"keepdims": True}),
    (np.linalg.vector_norm, (n(2, 3),), {"axis": 0, "keepdims": True}),
    (np.linalg.matrix_norm, (n(2, 3),), {}),
]
for p in (None, 2, -2, 1, -1, "fro", "nuc", INF, known(-np.inf)):
    CASES += [
        (np.linalg.cond, (n(3, 3), p), {}),
        (np.linalg.cond, (n(2, 3, 3),), {"p": p}),
        (np.linalg.cond, (c(2, 2), p), {}),
    ]
CASES += [(np.linalg.cond, (n(3, 2),), {}), (np.linalg.cond, (n(2, 3), -2), {})]
