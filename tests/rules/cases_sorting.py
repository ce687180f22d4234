"""Cases for sorting."""

import numpy as np

g = np.random.default_rng(24)
V = g.normal(size=6)
M = g.normal(size=(3, 5))
T = g.normal(size=(2, 3, 4))
Z = g.normal(size=(2, 3)) + 1j * g.normal(size=(2, 3))

CASES = [
    (np.sort, (V,), {}),
    (np.sort, (V, 0), {}),
    (np.sort, (V,), {"kind": "stable"}),
    (np.sort, (V,), {"stable": True}),
    (np.sort, (M,), {}),
    (np.sort, (M,), {"axis": 0}),
    (np.sort, (M,), {"axis": None}),
    (np.sort, (T,), {"axis": -2}),
    (np.sort, (T.T,), {"axis": 1}),
    (np.sort, (Z,), {}),
    (np.sort, (g.normal(size=(3, 1)),), {}),
    (np.partition, (V, 2), {}),
    (np.partition, (V, [1, 4]), {}),
    (np.partition, (M, 2), {"axis": 0}),
    (np.partition, (M, -2), {"axis": -1}),
    (np.partition, (M, 7), {"axis": None}),
    (np.partition, (T.T, 1), {"axis": 1}),
    (np.partition, (g.normal(size=400), 17), {}),
]
