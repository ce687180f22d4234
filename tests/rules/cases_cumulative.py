"""Cases for cumulative sums, products and extrema."""

import numpy as np

g = np.random.default_rng(21)
V = g.normal(size=4)
M = g.normal(size=(3, 4))
T = g.normal(size=(2, 3, 4))
Z = g.normal(size=(2, 3)) + 1j * g.normal(size=(2, 3))
GAPS = np.array([[0.3, np.nan, -1.2], [np.nan, 0.7, 2.1]])

CASES = []
for f in (np.cumsum, np.cumprod, np.nancumsum, np.nancumprod):
    CASES += [
        (f, (V,), {}),
        (f, (V,), {"axis": 0}),
        (f, (M,), {}),
        (f, (M,), {"axis": 0}),
        (f, (M,), {"axis": 1, "dtype": float}),
        (f, (T,), {"axis": -1}),
        (f, (T,), {"axis": 1}),
        (f, (T.T,), {"axis": 1}),
        (f, (g.normal(size=(1, 2)),), {"axis": 0}),
    ]
for f in (np.cumsum, np.cumprod):
    CASES += [(f, (Z,), {}), (f, (Z,), {"axis": 1})]
for f in (np.nancumsum, np.nancumprod):
    CASES += [(f, (GAPS,), {}), (f, (GAPS,), {"axis": 0}), (f, (GAPS[0],), {})]
CASES += [
    (np.cumprod, (np.array([2.0, 0.0, 3.0, 0.0, 1.5]),), {}),
    (np.cumprod, (np.array([[2.0, 0.0], [0.0, 0.5]]),), {"axis": 0}),
]
if hasattr(np, "cumulative_sum"):
    for f in (np.cumulative_sum, np.cumulative_prod):
        CASES += [
            (f, (V,), {}),
            (f, (V,), {"axis": 0}),
            (f, (M,), {"axis": 0}),
            (f, (T,), {"axis": -2}),
            (f, (V,), {"include_initial": True}),
            (f, (M,), {"axis": 1, "include_initial": True}),
            (f, (T,), {"axis": -2, "include_initial": True}),
        ]
for f in (np.add, np.multiply, np.maximum, np.minimum):
    CASES += [
        (f.accumulate, (V,), {}),
        (f.accumulate, (M,), {}),
        (f.accumulate, (M, 1), {}),
        (f.accumulate, (T,), {"axis": -2}),
        (f.accumulate, (T.T,), {}),
    ]
CASES += [
    (np.add.reduceat, (V, np.array([0, 2])), {}),
    (np.add.reduceat, (g.normal(size=6), [0, 4, 1, 5]), {}),
    (np.add.reduceat, (M, [0, 1, 1]), {}),
    (np.add.reduceat, (T, [1, 3]), {"axis": -1}),
]
