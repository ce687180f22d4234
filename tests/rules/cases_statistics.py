"""Cases for quantiles, weighted means, covariances and histograms."""

import numpy as np

g = np.random.default_rng(25)
nan = np.nan
V = g.normal(size=5)
W = g.uniform(0.5, 2.0, size=5)
M = g.normal(size=(3, 4))
T = g.normal(size=(2, 3, 5))
Z = g.normal(size=(2, 5)) + 1j * g.normal(size=(2, 5))
GAPS = np.array([[0.4, nan, -1.3, 0.9], [nan, 0.7, 0.2, nan], [2.0, -0.6, 1.4, 0.1]])
CONTINUOUS = "hazen weibull interpolated_inverted_cdf median_unbiased normal_unbiased midpoint"
OTHERS = "lower higher nearest inverted_cdf averaged_inverted_cdf closest_observation"

CASES = []

# --- quantiles

for f in (np.median, np.nanmedian):
    CASES += [
        (f, (V,), {}),
        (f, (M,), {}),
        (f, (M,), {"axis": 0}),
        (f, (M,), {"axis": -1, "keepdims": True}),
        (f, (T,), {"axis": (0, -1)}),
        (f, (T.T,), {"axis": 1}),
        (f, (V[:1],), {}),
    ]
CASES += [
    (np.nanmedian, (GAPS,), {}),
    (np.nanmedian, (GAPS,), {"axis": 1}),
    (np.nanmedian, (GAPS[0],), {}),
]
for f, scale in (
    (np.quantile, 1.0),
    (np.nanquantile, 1.0),
    (np.percentile, 100.0),
    (np.nanpercentile, 100.0),
):
    CASES += [
        (f, (V, 0.3 * scale), {}),
        (f, (M, 0.3 * scale), {}),
        (f, (M, 0.3 * scale), {"axis": 0}),
        (f, (M, 0.8 * scale, -1), {"keepdims": True}),
        (f, (M, np.array([0.3, 0.8, 0.35]) * scale), {}),
        (f, (M, np.array([0.3, 0.8]) * scale), {"axis": 1}),
        (f, (M, np.array([[0.3, 0.8], [0.1, 0.55]]) * scale), {"axis": 0, "keepdims": True}),
        (f, (T, np.array([0.3, 0.8]) * scale), {"axis": (2, 0)}),
        (f, (M, [0.3 * scale, 0.8 * scale]), {"axis": 1}),
        (f, (V, 0.25 * scale), {}),  # on an element
        (f, (np.array([1.5]), 0.4 * scale), {}),
        (f, (V,), {"q": 0}),
        (f, (V,), {"q": int(scale)}),
    ]
    CASES += [
        (f, (M,), {"q": np.array([0.33, 0.81]) * scale, "axis": axis, "method": method})
        for method in f"{CONTINUOUS} {OTHERS}".split()
        for axis in (None, 1)
    ]
for f, scale in ((np.nanquantile, 1.0), (np.nanpercentile, 100.0)):
    CASES += [
        (f, (GAPS, 0.3 * scale), {}),
        (f, (GAPS, np.array([0.3, 0.8]) * scale), {"axis": 1}),
        (f, (GAPS,), {"q": np.array([0.3, 0.8]) * scale, "axis": 0, "method": "hazen"}),
    ]

# --- weighted means

CASES += [
    (np.average, (V,), {}),
    (np.average, (M,), {"axis": 0}),
    (np.average, (M,), {"axis": (0, 1), "keepdims": True}),
    (np.average, (V, None, W), {}),
    (np.average, (V, 0, W), {}),
    (np.average, (M, None, g.uniform(0.5, 2.0, size=(3, 4))), {}),
    (np.average, (M, None, g.uniform(0.5, 2.0, size=(3, 4))), {"keepdims": True}),
    (np.average, (M, 1, g.uniform(0.5, 2.0, size=(3, 4))), {}),
    (np.average, (M, -1, W[:4]), {}),
    (np.average, (M, 0, W[:3]), {"keepdims": True}),
    (np.average, (T, 1, W[:3]), {}),
    (np.average, (T, (0, 2), g.uniform(0.5, 2.0, size=(2, 3, 5))), {}),
    (np.average, (Z, None, g.uniform(0.5, 2.0, size=(2, 5))), {}),
    (np.average, (Z, 1, W), {}),
    (np.average, (V,), {"weights": np.array([1, 2, 0, 3, 1])}),
]
if np.lib.NumpyVersion(np.__version__) >= "2.1.0":  # weights over several axes
    CASES += [
        (np.average, (T, (0, 2), g.uniform(0.5, 2.0, size=(2, 5))), {}),
        (np.average, (T, (2, 0), g.uniform(0.5, 2.0, size=(5, 2))), {}),
    ]

# --- covariances

for f in (np.cov, np.corrcoef):
    CASES += [
        (f, (M,), {}),
        (f, (M,), {"rowvar": False}),
        (f, (V, W), {}),
        (f, (M, g.normal(size=(2, 4))), {}),
        (f, (M, g.normal(size=4)), {}),
        (f, (M, g.normal(size=(3, 2))), {"rowvar": False}),
        (f, (V, W), {"rowvar": False}),
        (f, (Z,), {}),
        (f, (Z, g.normal(size=5)), {}),
    ]
CASES += [
    (np.corrcoef, (V,), {}),
    (np.cov, (V,), {}),
    (np.cov, (M,), {"bias": True}),
    (np.cov, (M,), {"ddof": 0}),
    (np.cov, (M,), {"ddof": 2}),
    (np.cov, (M,), {"aweights": W[:4]}),
    (np.cov, (M,), {"aweights": W[:4], "bias": True}),
    (np.cov, (M,), {"fweights": np.array([1, 2, 1, 3])}),
    (np.cov, (M, M[:2] ** 2), {"fweights": np.array([1, 2, 1, 3]), "aweights": W[:4]}),
]

# --- histograms

COUNTED = np.array([0.113, 0.913, 0.413, 0.463, -0.287, 0.987, 2.013])
WEIGHTS = g.uniform(0.5, 2.0, size=7)
EDGES = np.array([0.0, 0.2, 0.45, 1.0])
CASES += [
    (np.histogram, (V,), {}),
    (np.histogram, (M, 3), {}),
    (np.histogram, (COUNTED,), {"bins": EDGES}),
    (np.histogram, (COUNTED, 4), {"range": (0.0, 1.0)}),
    (np.histogram, (np.arange(7) % 4, 3, None, None, WEIGHTS), {}),
    (np.histogram, (np.arange(6).reshape(2, 3), 3, None, False, WEIGHTS[:6].reshape(2, 3)), {}),
    (np.histogram, (np.arange(7), 3, (2, 5), None, WEIGHTS), {}),
    (np.bincount, (np.array([0, 3, 3, 1]), W[:4]), {}),
    (np.bincount, (np.array([0, 3, 3, 1]), W[:4], 6), {}),
    (np.bincount, (np.array([0, 3, 3, 1]), W[:4]), {"minlength": 2}),
]
