"""Cases for `np.r_` and `np.c_`: the primitive is what a subscript calls, with all of its key."""

import numpy as np

g = np.random.default_rng(19)


def n(*shape):
    return g.normal(size=shape)


CASES = []
for key in (
    (n(3), n(2)),
    (n(3), 1.5),
    (1.5, n(2), -0.3, n(1)),
    (0.3, -1.2),
    (n(2), slice(0, 3), n(1)),
    (slice(0.0, 1.0, 4j), n(2)),
    (n(2, 3), n(1, 3)),
    (n(2), n(0)),
    (n(2) + 1j * n(2), n(3)),
):
    CASES += [(np.r_.__getitem__, (key,), {})]
for key in (
    (n(3), n(3)),
    (n(3), n(3, 2), n(3)),
    (n(3, 2), slice(0, 3)),
    (n(2, 3), n(2, 1)),
    (n(1), n(1)),
    (n(2, 2, 3), n(2, 2, 1)),
    (n(2) + 1j * n(2), n(2)),
):
    CASES += [(np.c_.__getitem__, (key,), {})]
