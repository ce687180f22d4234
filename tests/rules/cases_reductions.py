"""Cases for reductions and cumulative sums."""

import numpy as np

g = np.random.default_rng(2)
V = g.normal(size=4)
M = g.normal(size=(3, 4))
T = g.normal(size=(2, 3, 4))
AXES = [
    (V, None),
    (V, 0),
    (V, -1),
    (M, None),
    (M, 0),
    (M, 1),
    (M, -1),
    (M, (0, 1)),
    (T, (0, 2)),
    (T, (-1, 0)),
    (T, 1),
]

CASES = []
for f in (np.sum, np.mean, np.prod, np.max, np.min, np.amax, np.amin, np.ptp, np.var, np.std):
    CASES += [(f, (x,), {}) for x in (V, M)]
    CASES += [
        (f, (x,), {"axis": axis, "keepdims": keep}) for x, axis in AXES for keep in (False, True)
    ]
for f in (np.sum, np.mean, np.prod, np.max, np.min):
    CASES += [(f, (1.5,), {}), (f, (np.array(1.5),), {})]
for f in (np.var, np.std):
    CASES += [(f, (x,), {"axis": axis, "ddof": 1}) for x, axis in AXES]
CASES += [
    (np.prod, (np.array([2.0, 0.0, 3.0]),), {}),
    (np.prod, (np.array([[2.0, 0.0], [0.0, 0.0]]),), {"axis": 1}),
    (np.prod, (np.zeros((2, 3)),), {"axis": 0}),
    (np.max, (np.array([1.0, 3.0, 3.0]),), {}),
    (np.min, (np.array([[1.0, 1.0], [2.0, 3.0]]),), {"axis": 1}),
    (np.max, ([1.0, 3.0, 2.0],), {}),
    (np.sum, ([1.0, 3.0, 2.0],), {}),
    (np.mean, ([1.0, 3.0, 2.0],), {}),
    (np.cumsum, (V,), {}),
    (np.cumsum, (V,), {"axis": 0}),
    (np.cumsum, (M,), {}),
    (np.cumsum, (M,), {"axis": 0}),
    (np.cumsum, (T,), {"axis": -1}),
    (np.cumprod, (V,), {}),
    (np.cumprod, (M,), {}),
    (np.cumprod, (T,), {"axis": 1}),
    (np.cumprod, (np.array([2.0, 0.0, 3.0, 0.0, 1.5]),), {}),
    (np.trace, (M,), {}),
    (np.trace, (M,), {"offset": 1}),
    (np.trace, (M,), {"offset": -1}),
    (np.trace, (T,), {}),
    (np.trace, (T,), {"offset": 1, "axis1": 2, "axis2": 0}),
]
