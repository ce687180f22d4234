"""Cases for reductions."""

import numpy as np

g = np.random.default_rng(2)
V = g.normal(size=4)
M = g.normal(size=(3, 4))
T = g.normal(size=(2, 3, 4))
Z = g.normal(size=(2, 3)) + 1j * g.normal(size=(2, 3))
SOME = np.array([[True, False, True, True], [True, True, False, True], [False, True, True, True]])
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
for f in (
    np.sum, np.mean, np.prod, np.max, np.min, np.amax, np.amin, np.nanmax, np.nanmin, np.ptp,
    np.var, np.std,
):  # fmt: skip
    CASES += [(f, (x,), {}) for x in (V, M)]
    CASES += [
        (f, (x,), {"axis": axis, "keepdims": keep}) for x, axis in AXES for keep in (False, True)
    ]
    CASES += [
        (f, (T.T,), {"axis": 1}),  # not contiguous
        (f, (T[:, ::-2],), {"axis": (0, 2), "keepdims": True}),
        (f, (g.normal(size=(3, 1, 2)),), {"axis": (0, 1)}),
    ]
for f in (np.sum, np.mean, np.prod, np.max, np.min):
    CASES += [(f, (1.5,), {}), (f, (np.array(1.5),), {})]
for f in (np.var, np.std):
    CASES += [(f, (x,), {"axis": axis, "ddof": 1}) for x, axis in AXES]
    CASES += [
        (f, (Z,), {}),
        (f, (Z,), {"axis": 1, "ddof": 1}),
        (f, (Z,), {"axis": 0, "keepdims": True}),
        (f, (M,), {"correction": 1}),
        (f, (M,), {"where": SOME}),
        (f, (M,), {"where": SOME, "axis": 1, "ddof": 1}),
        (f, (M,), {"where": SOME, "axis": (0, 1), "keepdims": True, "correction": 0.5}),
        (f, (M,), {"where": np.array([[True], [False], [True]]), "axis": 0}),
    ]
for f in (np.sum, np.mean, np.prod):
    CASES += [
        (f, (Z,), {}),
        (f, (Z,), {"axis": 0}),
        (f, (M,), {"dtype": float}),
        (f, (M,), {"where": SOME}),
        (f, (M,), {"where": SOME, "axis": 1}),
        (f, (M,), {"where": SOME, "axis": (0, -1), "keepdims": True}),
        (f, (M,), {"where": SOME[:, :1], "axis": 0}),
        (f, (V,), {"where": SOME[0]}),
    ]
for f in (
    np.sum,
    np.prod,
    np.max,
    np.min,
    np.amax,
    np.amin,
    np.nanmin,
):  # axis, (dtype), out, keepdims, initial
    rest = (None, None, None, False) if f in (np.sum, np.prod) else (None, None, False)
    kept = (1, *rest[1:-1], True)
    CASES += [
        (f, (V, *rest, 0.3), {}),
        (f, (M, *kept, 0.3), {}),
        (f, (M, *rest, 0.3), {"where": SOME}),
        (f, (M, *kept, 0.3), {"where": SOME}),
        (f, (M,), {"axis": 0, "initial": 0.3, "where": SOME[:, :1]}),
    ]
    if f is not np.nanmin:
        CASES += [(f, (1.5,), {"initial": 0.3})]
CASES += [
    (np.max, (np.array([0.1, 0.2]), None, None, False, 3.0), {}),
    (np.max, (M,), {"where": SOME, "initial": -np.inf, "axis": 1}),
    (np.nanmax, (np.array([0.1, np.nan, 0.2]), None, None, False, -9.0), {}),
    (np.nanmin, (np.array([[0.1, np.nan, 0.2], [0.4, 0.3, np.nan]]),), {"axis": 1}),
    (np.nanmax, (np.array([0.1, np.nan, 0.2]),), {}),
    (np.prod, (np.array([2.0, 0.0, 3.0]),), {}),
    (np.prod, (np.array([[2.0, 0.0], [0.0, 0.0]]),), {"axis": 1}),
    (np.prod, (np.zeros((2, 3)),), {"axis": 0}),
    (np.max, (np.array([1.0, 3.0, 3.0]),), {}),
    (np.min, (np.array([[1.0, 1.0], [2.0, 3.0]]),), {"axis": 1}),
    (np.max, ([1.0, 3.0, 2.0],), {}),
    (np.sum, ([1.0, 3.0, 2.0],), {}),
    (np.mean, ([1.0, 3.0, 2.0],), {}),
    (np.trace, (M,), {}),
    (np.trace, (M,), {"offset": 1}),
    (np.trace, (M,), {"offset": -1}),
    (np.trace, (T,), {}),
    (np.trace, (T,), {"offset": 1, "axis1": 2, "axis2": 0}),
    (np.trace, (Z,), {}),
]
