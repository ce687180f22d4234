"""Cases for convolution and correlation."""

import numpy as np

g = np.random.default_rng(12)


def n(*shape):
    return g.normal(size=shape)


CASES = []
for f in (np.convolve, np.correlate):
    for mode in ("full", "same", "valid"):
        for sizes in ((5, 3), (3, 5), (6, 2), (2, 6), (5, 4), (4, 5), (4, 4), (3, 1), (1, 1)):
            CASES += [(f, (n(sizes[0]), n(sizes[1])), {"mode": mode})]
        CASES += [
            (f, (n(5) + 1j * n(5), n(3) + 1j * n(3)), {"mode": mode}),
            (f, (n(2), n(4) + 1j * n(4)), {"mode": mode}),
            (f, ([1.0, 2.0, 4.0], n(2)), {"mode": mode}),
        ]
    CASES += [(f, (n(9)[::-2], n(6)[::3]), {})]
CASES += [(np.convolve, (n(4), 1.5), {}), (np.convolve, (1.5, n(4)), {"mode": "same"})]
