"""Cases for `scipy.ndimage`: widths and weights are known numbers."""

import numpy as np
from scipy import ndimage

g = np.random.default_rng(27)
LINE, IMAGE = g.normal(size=7), g.normal(size=(4, 5))
WEIGHTS = np.array([1, 2, -3, 4])  # whole numbers: no derivative is asked for


CASES = []
for mode in ("reflect", "mirror", "nearest", "wrap", "constant", "grid-wrap", "grid-constant"):
    CASES += [
        (ndimage.gaussian_filter, (IMAGE, 2), {"mode": mode, "cval": 1.0}),
        (ndimage.gaussian_filter, (IMAGE, [1, 2], (1, 0)), {"mode": mode, "truncate": 2.0}),
        (ndimage.gaussian_filter1d, (LINE, 1), {"mode": mode}),
        (ndimage.gaussian_filter1d, (IMAGE, 1, 0, 2), {"mode": mode, "radius": 3}),
        (ndimage.uniform_filter, (IMAGE,), {"mode": mode}),
        (ndimage.uniform_filter, (IMAGE, (2, 4)), {"mode": mode, "origin": -1, "cval": 2.0}),
        (ndimage.uniform_filter1d, (IMAGE, 2, 0), {"mode": mode}),
        (ndimage.correlate1d, (LINE, WEIGHTS), {"mode": mode}),
        (ndimage.correlate1d, (IMAGE, WEIGHTS[:3], 0), {"mode": mode, "origin": 1}),
        (ndimage.convolve1d, (LINE, WEIGHTS), {"mode": mode}),
        (ndimage.convolve1d, (IMAGE, WEIGHTS[:3], 0), {"mode": mode, "origin": 1}),
    ]
