"""Cases for the module `statistics`."""

import statistics

import numpy as np

DATA = [1.3, 0.7, 2.9, 2.1, 0.4]
MORE = [0.2, 1.7, 2.0, 0.9, 1.4]
ARRAY = np.array(DATA)
CASES = []
for f in (
    statistics.mean,
    statistics.fmean,
    statistics.geometric_mean,
    statistics.harmonic_mean,
    statistics.median,
    statistics.variance,
    statistics.stdev,
    statistics.pvariance,
    statistics.pstdev,
):
    CASES += [(f, (DATA,), {}), (f, (tuple(DATA),), {}), (f, (ARRAY,), {}), (f, (DATA[:4],), {})]
for f in (statistics.covariance, statistics.correlation):
    CASES += [(f, (DATA, MORE), {}), (f, (ARRAY, np.array(MORE)), {})]
CASES += [
    (statistics.fmean, (DATA, MORE), {}),
    (statistics.fmean, (ARRAY, np.array(MORE)), {}),
    (statistics.harmonic_mean, (DATA, MORE), {}),
    (statistics.variance, (DATA, 1.1), {}),
    (statistics.stdev, (DATA, 1.1), {}),
    (statistics.pvariance, (DATA, 1.1), {}),
    (statistics.pstdev, (DATA, 1.1), {}),
]
