"""Cases with complex arguments."""

import numpy as np

g = np.random.default_rng(6)


def n(*shape):
    return g.normal(size=shape) + 1j * g.normal(size=shape)


CASES = []
for f in (
    np.negative, np.positive, np.conjugate, np.square, np.exp, np.sin, np.cosh, np.tanh, np.sqrt,
    np.log, np.absolute, np.real, np.imag, np.sum, np.mean, np.prod, np.cumsum, np.transpose,
    np.copy, np.ravel, np.linalg.norm, np.trace,
):  # fmt: skip
    CASES += [(f, (n(2, 3),), {})]
for f in (abs, np.absolute, np.conjugate, np.exp, np.real, np.imag):
    CASES += [(f, (0.3 - 0.8j,), {})]
CASES += [
    (np.imag, (1.5,), {}),
    (np.imag, (g.normal(size=3),), {}),
    (np.real, (g.normal(size=3),), {}),
]
for f in (np.add, np.subtract, np.multiply, np.divide, np.power):
    CASES += [
        (f, (n(2, 3), n(3)), {}),
        (f, (n(3), 1.5), {}),
        (f, (1.5, n(3)), {}),
        (f, (n(3), 2), {}),
    ]
for f in (np.dot, np.matmul):
    CASES += [
        (f, (n(2, 3), n(3, 2)), {}),
        (f, (n(3), n(3)), {}),
        (f, (n(2, 3), g.normal(size=3)), {}),
    ]
CASES += [
    (np.vdot, (n(3), n(3)), {}),
    (np.vdot, (n(3), g.normal(size=3)), {}),
    (np.vdot, (g.normal(size=(2, 3)), n(2, 3)), {}),
    (np.outer, (n(3), n(2)), {}),
    (np.einsum, ("ij,jk->ik", n(2, 3), n(3, 2)), {}),
    (np.linalg.inv, (n(3, 3),), {}),
    (np.linalg.det, (n(3, 3),), {}),
    (np.linalg.solve, (n(3, 3), n(3)), {}),
    (np.where, (np.array([True, False]), n(2), g.normal(size=2)), {}),
    (np.concatenate, ([n(2), n(3)],), {}),
    (np.array, ([1.0 + 2.0j, 2.0],), {}),
]
