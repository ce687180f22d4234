"""Cases for determinants, inverses and solutions of linear equations."""

from types import SimpleNamespace

import numpy as np

from tapeless import runtime


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(3)


def n(*shape):
    return g.normal(size=shape)


def c(*shape):
    return n(*shape) + 1j * n(*shape)


S = n(3, 3) + 3.0 * np.eye(3)
P = S @ S.T
C = c(3, 3) + 2.0 * np.eye(3)
SINGULAR = n(3, 2) @ n(2, 3)
LOW = n(4, 2) @ n(2, 3)  # of rank 2
CASES = [
    (np.linalg.inv, (S,), {}),
    (np.linalg.inv, (np.array([S, P]),), {}),
    (np.linalg.inv, (C,), {}),
    (np.linalg.inv, (np.array([[2.0]]),), {}),
    (np.linalg.inv, (np.asfortranarray(S),), {}),
    (np.linalg.det, (S,), {}),
    (np.linalg.det, (C,), {}),
    (np.linalg.det, (np.array([S, -S]),), {}),
    (np.linalg.det, (np.array([[S, C], [C.T, S]]),), {}),
    (np.linalg.det, (SINGULAR,), {}),
    (np.linalg.det, (np.array([[1.5]]),), {}),
    (np.linalg.det, (np.zeros((2, 2)),), {}),
    (np.linalg.det, (np.outer(n(3), n(3)),), {}),
    (np.linalg.det, (c(3, 2) @ c(2, 3),), {}),
    (runtime.cofactors, (S,), {}),
    (runtime.cofactors, (SINGULAR,), {}),
    (runtime.cofactors, (np.array([S, S.T]),), {}),
    (runtime.cofactors, (C,), {}),
    (np.linalg.slogdet, (S,), {}),
    (np.linalg.slogdet, (-S,), {}),
    (np.linalg.slogdet, (np.array([S, -S]),), {}),
    (np.linalg.slogdet, (C,), {}),
    (np.linalg.slogdet, (np.array([C, S]),), {}),
    (np.linalg.solve, (S, n(3)), {}),
    (np.linalg.solve, (S, n(3, 2)), {}),
    (np.linalg.solve, (S, c(3)), {}),
    (np.linalg.solve, (C, n(3, 2)), {}),
    (np.linalg.solve, (np.array([S, P]), n(2, 3, 2)), {}),
    (np.linalg.solve, (np.array([S, P]), n(3, 2)), {}),
    (np.linalg.solve, (np.array([S, P]), n(3)), {}),
    (np.linalg.solve, (np.array([S, C]), c(3)), {}),
    (np.linalg.solve, (S, n(2, 3, 2)), {}),
    (np.linalg.solve, (np.array([[S], [P]]), n(1, 2, 3, 1)), {}),
    (np.linalg.pinv, (n(4, 3),), {}),
    (np.linalg.pinv, (n(2, 3),), {}),
    (np.linalg.pinv, (c(4, 3),), {}),
    (np.linalg.pinv, (c(2, 3),), {}),
    (np.linalg.pinv, (S, 1e-12), {}),
    (np.linalg.pinv, (n(2, 4, 3),), {"hermitian": False}),
    (np.linalg.pinv, (S,), {"hermitian": True}),
    (np.linalg.pinv, (np.array([P, C]),), {"hermitian": True}),
    (np.linalg.tensorinv, (n(2, 3, 6),), {}),
    (np.linalg.tensorinv, (n(6, 2, 3),), {"ind": 1}),
    (np.linalg.tensorinv, (c(2, 2, 4),), {}),
    (np.linalg.tensorsolve, (n(2, 3, 6), n(2, 3)), {}),
    (np.linalg.tensorsolve, (n(2, 6, 3), n(2, 3)), {"axes": (1,)}),
    (np.linalg.tensorsolve, (n(2, 2, 2, 2), n(2, 2), (0, 3)), {}),
    (np.linalg.tensorsolve, (c(4, 2, 2), n(4)), {}),
]
# The forward mode of least squares has several results of several arguments: test_linalg_values.py.
for a, b in (
    (n(4, 3), n(4)), (n(4, 3), n(4, 2)), (n(2, 3), n(2)), (n(2, 3), n(2, 2)), (S, n(3)),
    (c(4, 3), c(4)), (c(4, 2), n(4, 2)), (n(4, 1), n(4)),
):  # fmt: skip
    CASES += [(np.linalg.lstsq, (known(a), known(b)), {"rcond": None})]
