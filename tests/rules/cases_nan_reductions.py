"""Cases for reductions that skip NaN."""

import numpy as np

g = np.random.default_rng(23)
nan = np.nan
V = np.array([0.4, nan, -1.3, 0.9])
M = np.array([[0.4, nan, -1.3, 0.9], [nan, 0.7, 0.2, nan], [2.0, -0.6, 1.4, 0.1]])
T = g.normal(size=(2, 3, 4))
T[0, 1, 2] = T[1, 0, 0] = nan

CASES = []
for f in (np.nansum, np.nanmean, np.nanprod, np.nanvar, np.nanstd):
    CASES += [
        (f, (V,), {}),
        (f, (g.normal(size=3),), {}),
        (f, (M,), {}),
        (f, (M,), {"axis": 1}),
        (f, (M,), {"axis": -1, "keepdims": True}),
        (f, (T,), {"axis": (0, 2)}),
        (f, (T.T,), {"axis": 1}),
    ]
for f in (np.nanvar, np.nanstd):
    CASES += [(f, (M,), {"axis": 1, "ddof": 1}), (f, (V,), {"ddof": 1})]
