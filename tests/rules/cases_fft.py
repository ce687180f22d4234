"""Cases for Fourier transforms."""

import itertools

import numpy as np

g = np.random.default_rng(21)


def n(*shape):
    return g.normal(size=shape)


def c(*shape):
    return g.normal(size=shape) + 1j * g.normal(size=shape)


NORMS = ("backward", "ortho", "forward")
CASES = []
for f, make in itertools.product((np.fft.fft, np.fft.ifft), (n, c)):
    CASES += [(f, (make(5),), {}), (f, (make(1),), {}), (f, (make(3, 4),), {"axis": 0})]
    CASES += [(f, (make(3, 4),), {"norm": norm, "axis": -1}) for norm in NORMS]
    CASES += [(f, (make(3, 4), m, axis), {}) for m in (2, 3, 6) for axis in (0, -2, 1)]
for f in (np.fft.rfft, np.fft.ihfft):
    CASES += [(f, (n(m),), {}) for m in (1, 2, 5, 6)]
    CASES += [(f, (n(3, 4),), {"norm": norm, "axis": axis}) for norm in NORMS for axis in (0, -1)]
    CASES += [(f, (n(3, 4), m), {"axis": axis}) for m in (1, 2, 3, 6, 7) for axis in (0, -1)]
for f, make in itertools.product((np.fft.irfft, np.fft.hfft), (n, c)):
    CASES += [(f, (make(m),), {}) for m in (2, 4, 5)]
    CASES += [(f, (make(3, 4),), {"norm": norm, "axis": axis}) for norm in NORMS for axis in (0, 1)]
    CASES += [(f, (make(3, 4), m), {"axis": axis}) for m in (1, 2, 5, 8, 9) for axis in (0, -1)]
for f, make in itertools.product((np.fft.fft2, np.fft.ifft2, np.fft.fftn, np.fft.ifftn), (n, c)):
    CASES += [
        (f, (make(3, 4),), {}),
        (f, (make(2, 3, 4),), {}),
        (f, (make(2, 3, 4),), {"axes": (0, 2), "norm": "ortho"}),
        (f, (make(2, 3, 4), (3, 2)), {"axes": (2, -3), "norm": "forward"}),
        (f, (make(2, 3), (4, 2)), {"axes": (0, 1)}),
        (f, (make(2, 3), (4, -1)), {"axes": (0, 1)}),
        (f, (make(2, 3), (2, 4)), {"axes": (1, 1)}),
    ]
for f in (np.fft.rfft2, np.fft.rfftn):
    CASES += [
        (f, (n(3, 4),), {}),
        (f, (n(2, 3, 5),), {}),
        (f, (n(2, 3, 4),), {"axes": (0, 2), "norm": "ortho"}),
        (f, (n(2, 3, 4), (3, 2)), {"axes": (2, -3), "norm": "forward"}),
        (f, (n(2, 3), (4, 5)), {"axes": (0, 1)}),
        (f, (n(2, 3), (-1, 2)), {"axes": (0, 1)}),
    ]
for f, make in itertools.product((np.fft.irfft2, np.fft.irfftn), (n, c)):
    CASES += [
        (f, (make(3, 4),), {}),
        (f, (make(2, 3, 3),), {}),
        (f, (make(2, 3, 4),), {"axes": (0, 2), "norm": "ortho"}),
        (f, (make(2, 3, 4), (3, 5)), {"axes": (2, -3), "norm": "forward"}),
        (f, (make(2, 3), (4, 3)), {"axes": (0, 1)}),
        (f, (make(2, 3), (-1, 7)), {"axes": (0, 1)}),
        (f, (make(4, 3), (2, 5)), {"axes": (0, 1)}),
    ]
for f in (np.fft.fftshift, np.fft.ifftshift):
    CASES += [
        (f, (n(5),), {}),
        (f, (c(4),), {}),
        (f, (n(3, 4),), {}),
        (f, (n(3, 4),), {"axes": 0}),
        (f, (n(3, 4, 5), (0, -1)), {}),
    ]
