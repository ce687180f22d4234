"""Cases for the transforms of `scipy.fft`."""

import itertools

import numpy as np
from scipy import fft

g = np.random.default_rng(22)


def n(*shape):
    return g.normal(size=shape)


def c(*shape):
    return g.normal(size=shape) + 1j * g.normal(size=shape)


NORMS = ("backward", "ortho", "forward")
CASES = []
for f, make in itertools.product((fft.fft, fft.ifft), (n, c)):
    CASES += [(f, (make(5),), {}), (f, (make(3, 4),), {"axis": 0, "norm": "ortho"})]
    CASES += [(f, (make(3, 4), m, axis), {}) for m in (2, 6) for axis in (0, -1)]
for f in (fft.rfft, fft.ihfft):
    CASES += [(f, (n(m),), {}) for m in (1, 2, 5, 6)]
    CASES += [(f, (n(3, 4), m), {"axis": 0, "norm": "ortho"}) for m in (2, 3, 6, 7)]
for f, make in itertools.product((fft.irfft, fft.hfft), (n, c)):
    CASES += [(f, (make(m),), {}) for m in (2, 4, 5)]
    CASES += [(f, (make(3, 4), m), {"axis": 0, "norm": "ortho"}) for m in (1, 2, 5, 8, 9)]
for f, make in itertools.product((fft.fft2, fft.ifft2, fft.fftn, fft.ifftn), (n, c)):
    CASES += [
        (f, (make(3, 4),), {}),
        (f, (make(2, 3, 4), (3, 2)), {"axes": (2, -3), "norm": "forward"}),
    ]
for f in (fft.rfft2, fft.rfftn):
    CASES += [
        (f, (n(3, 4),), {}),
        (f, (n(2, 3, 4), (3, 2)), {"axes": (2, -3), "norm": "forward"}),
    ]
for f, make in itertools.product((fft.irfft2, fft.irfftn), (n, c)):
    CASES += [
        (f, (make(3, 4),), {}),
        (f, (make(2, 3, 4), (3, 5)), {"axes": (2, -3), "norm": "forward"}),
    ]
for f in (fft.rfftn, fft.fftn, fft.irfftn):
    CASES += [(f, (n(2, 3, 4), (5,)), {})]
for f in (fft.dct, fft.idct, fft.dst, fft.idst):
    CASES += [(f, (n(5),), {}), (f, (n(2),), {"type": 3})]
    CASES += [
        (f, (n(3, 4),), {"type": kind, "norm": norm, "orthogonalize": orthogonalize, "axis": 0})
        for kind in (1, 2, 3, 4)
        for norm in (*NORMS, None)
        for orthogonalize in (None, True, False)
    ]
    CASES += [(f, (n(3, 4), kind, m), {}) for kind in (1, 2, 3, 4) for m in (3, 6)]
for f in (fft.dctn, fft.idctn, fft.dstn, fft.idstn):
    CASES += [
        (f, (n(3, 4),), {}),
        (f, (n(2, 3, 4), 3, (3, 2)), {"axes": (2, -3), "norm": "ortho", "orthogonalize": False}),
        (f, (n(3, 4), 1), {"axes": 1, "norm": "forward"}),
        (f, (n(2, 3, 4), 4), {"s": (3, 2)}),
        (f, (n(2, 3, 4),), {"type": 3, "axes": (0, -1), "norm": "ortho"}),
        (f, (n(3, 4),), {"norm": "ortho"}),
    ]
for f in (fft.fftshift, fft.ifftshift):
    CASES += [(f, (n(5),), {}), (f, (c(3, 4),), {}), (f, (n(3, 4, 5), (0, -1)), {})]
