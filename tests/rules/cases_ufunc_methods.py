"""Cases for `np.add.reduce` and its like."""

import numpy as np

g = np.random.default_rng(22)
V = g.normal(size=4)
M = g.normal(size=(3, 4))
T = g.normal(size=(2, 3, 4))
SOME = np.array([[True, False, True, True], [True, True, False, True], [False, True, True, True]])

CASES = []
for f in (np.add, np.multiply, np.maximum, np.minimum, np.logaddexp, np.hypot):
    CASES += [
        (f.reduce, (V,), {}),
        (f.reduce, (M,), {}),
        (f.reduce, (M, 1), {}),
        (f.reduce, (M,), {"axis": -1, "keepdims": True}),
        (f.reduce, (T.T,), {}),
    ]
for f in (np.add, np.multiply, np.maximum, np.minimum):
    CASES += [(f.reduce, (T,), {"axis": (0, -1)}), (f.reduce, (M,), {"axis": None})]
for f in (np.add, np.maximum, np.minimum):
    CASES += [
        (f.reduce, (M, 0, None, None, False, 0.3), {}),
        (f.reduce, (M, 1, None, None, True, 0.3), {"where": SOME}),
        (f.reduce, (M,), {"axis": None, "where": SOME, "initial": -0.1}),
    ]
CASES += [(np.add.reduce, (M,), {"where": SOME})]
