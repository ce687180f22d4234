"""Cases for `scipy.signal`."""

import itertools

import numpy as np
from scipy import signal

g = np.random.default_rng(24)


def n(*shape):
    return g.normal(size=shape)


def c(*shape):
    return g.normal(size=shape) + 1j * g.normal(size=shape)


MODES = ("full", "same", "valid")
PAIRS = [(n(5), n(3)), (n(3), n(5)), (n(4), n(2)), (n(1), n(4)), (n(4, 5), n(2, 3)), (c(4), c(3))]
SECTIONS = np.array([[1, 2, 1, 1, 0, 0], [1, 0, 2, 1, -1, 1]])
CASES = [
    (f, pair, {"mode": mode})
    for f, pair, mode in itertools.product(
        (signal.convolve, signal.correlate, signal.fftconvolve, signal.oaconvolve), PAIRS, MODES
    )
]
CASES += [
    (signal.convolve, (n(5), n(3), "full", "direct"), {}),
    (signal.convolve, (c(5), n(3)), {}),
    (signal.correlate, (n(5), c(3), "same", "fft"), {}),
    (signal.convolve, (n(3, 4), n(4, 2)), {}),
]
for f, mode in itertools.product((signal.fftconvolve, signal.oaconvolve), MODES):
    CASES += [
        (f, (n(2, 5), n(2, 3), mode), {"axes": 1}),
        (f, (n(2, 5), n(1, 3), mode), {"axes": -1}),
        (f, (n(1, 4, 5), n(2, 2, 3), mode), {"axes": (1, 2)}),
        (f, (n(5, 2), n(3, 1), mode), {"axes": [0]}),
    ]
for f, mode in itertools.product((signal.convolve2d, signal.correlate2d), MODES):
    CASES += [(f, (n(4, 5), n(2, 3), mode), {}), (f, (n(2, 3), n(4, 4), mode), {})]
CASES += [
    (signal.lfilter, (n(3), np.array([2.0, 0.5, -0.3]), n(6)), {}),
    (signal.lfilter, (n(1), np.array([1.5, 0.5]), n(3, 4)), {"axis": 0}),
    (signal.lfilter, (n(4), np.array([1.0]), n(2, 3)), {}),
    (signal.lfilter, (n(2), np.array([1.0, 0.5, -0.3]), n(1)), {}),
    (signal.lfilter, (c(2), np.array([1.0, 0.5 + 0.2j]), c(4)), {}),
    (signal.sosfilt, (SECTIONS, n(2, 7)), {}),
    (signal.sosfilt, (SECTIONS, n(7, 2)), {"axis": 0}),
    (signal.detrend, (n(6),), {}),
    (signal.detrend, (n(2, 6),), {"bp": 3}),
    (signal.detrend, (n(4, 3), 0, "constant"), {}),
    (signal.hilbert, (n(6),), {}),
    (signal.hilbert, (n(5, 3), 7, 0), {}),
    (signal.hilbert, (n(5), 4), {}),
]
for mode in ("interp", "mirror", "nearest", "wrap", "constant"):
    CASES += [
        (signal.savgol_filter, (n(9), 5, 2), {"mode": mode, "cval": 1.5}),
        (signal.savgol_filter, (n(7, 2), 7, 3, 1, 0.5), {"mode": mode, "axis": 0}),
    ]
