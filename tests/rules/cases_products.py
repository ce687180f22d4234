"""Cases for products and contractions."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(3)


def n(*shape):
    return g.normal(size=shape)


def c(*shape):
    return n(*shape) + 1j * n(*shape)


CASES = [(np.dot, pair, {}) for pair in (
    (n(3), n(3)), (n(2, 3), n(3)), (n(3), n(3, 2)), (n(2, 3), n(3, 4)), (n(2, 2, 3), n(3)),
    (n(3), n(2, 3, 4)), (n(2, 2, 3), n(3, 4)), (n(2, 3), n(2, 3, 4)), (n(5, 2, 3), n(2, 3, 4)),
    (1.5, n(3)), (n(2, 3), 1.5))]  # fmt: skip
CASES += [(np.inner, pair, {}) for pair in (
    (n(3), n(3)), (n(2, 3), n(3)), (n(2, 3), n(4, 3)), (n(2, 2, 3), n(4, 3)),
    (1.5, n(3)))]  # fmt: skip
CASES += [(np.matmul, pair, {}) for pair in (
    (n(3), n(3)), (n(2, 3), n(3)), (n(3), n(3, 2)), (n(2, 3), n(3, 4)), (n(5, 2, 3), n(3)),
    (n(3), n(5, 3, 4)), (n(5, 2, 3), n(3, 4)), (n(2, 3), n(5, 3, 4)), (n(5, 1, 2, 3), n(6, 3, 4)),
    (n(5, 2, 3), n(5, 3, 4)), (n(5, 2, 1), n(5, 1, 4)), (n(1, 2, 3), n(5, 3, 1)))]  # fmt: skip
CASES += [(np.vdot, pair, {}) for pair in ((n(3), n(3)), (n(2, 3), n(2, 3)), (n(2, 3), n(6)))]
CASES += [(np.outer, pair, {}) for pair in ((n(3), n(2)), (n(2, 3), n(2)), (n(2), 1.5))]
CASES += [
    (np.tensordot, (n(2, 3, 4), n(3, 4, 5)), {}),
    (np.tensordot, (n(2, 3), n(3, 4), 1), {}),
    (np.tensordot, (n(2, 3), n(4), 0), {}),
    (np.tensordot, (n(2, 3, 4), n(4, 5, 2)), {"axes": ((0, 2), (2, 0))}),
    (np.tensordot, (n(2, 3, 4), n(4, 5, 2)), {"axes": ((-1, 0), (0, -1))}),
    (np.tensordot, (n(2, 3, 4), n(4, 5, 3)), {"axes": (1, 2)}),
    (np.kron, (n(2, 3), n(4, 2)), {}),
    (np.kron, (n(3), n(2)), {}),
    (np.kron, (n(3), n(2, 2)), {}),
    (np.kron, (n(2, 2), 1.5), {}),
]
for subscripts, shapes in {
    "ii->i": [(3, 3)],
    "ii": [(3, 3)],
    "ij->ji": [(2, 3)],
    "ij->i": [(2, 3)],
    "ij->": [(2, 3)],
    "ijj->i": [(2, 3, 3)],
    "...i->...": [(2, 3)],
    "ij,jk->ik": [(2, 3), (3, 4)],
    "ij,jk": [(2, 3), (3, 4)],
    "i,j->ij": [(2,), (3,)],
    "ij,ij->": [(2, 3), (2, 3)],
    "ij,k->i": [(2, 3), (4,)],
    "ij,ij->ij": [(2, 3), (1, 3)],
    "...ij,...jk->...ik": [(5, 2, 3), (3, 4)],
    "...i,...i": [(2, 3), (5, 2, 3)],
    "...i, i -> ...": [(2, 3), (3,)],
    "ii,ij->j": [(3, 3), (3, 2)],
    "ij,jk,kl->il": [(2, 3), (3, 4), (4, 2)],
    "i,i,i->": [(3,), (3,), (3,)],
    "ij,jk,k": [(2, 3), (3, 4), (4,)],
    "a,b,c,d->acbd": [(2,), (3,), (2,), (2,)],
}.items():
    CASES += [(np.einsum, (subscripts, *(n(*shape) for shape in shapes)), {})]
for subscripts, shapes in {
    "ij,jk,kl,lm,mn": [(2, 3), (3, 2), (2, 2), (2, 3), (3, 2)],
    "ij,jk,kl,lm,mn,ni->": [(2, 3), (3, 2), (2, 2), (2, 3), (3, 2), (2, 2)],
    "ii,i->": [(3, 3), (1,)],
    "ij,ij->i": [(2, 3), (2, 1)],
    "ii->": [(1, 1)],
    "i...,i...->...": [(2, 3, 1), (2, 4)],
    "...ii->...i": [(2, 3, 3)],
}.items():
    CASES += [(np.einsum, (subscripts, *(n(*shape) for shape in shapes)), {})]
CASES += [
    (np.einsum, ("ij,jk->ik", n(2, 3).T.copy().T, np.asfortranarray(n(3, 4))), {}),
    (np.einsum, ("ij,jk,kl->il", n(2, 3), n(3, 4), n(4, 2)), {"optimize": True}),
    (np.einsum, ("ij,jk->ik", n(2, 3), n(3, 4)), {"optimize": known("optimal")}),
    (np.einsum, ("ij,kj->ik", c(2, 3), n(4, 3)), {}),
    (np.einsum, ("ii,i", c(3, 3), c(3)), {}),
    (np.einsum, (",i->i", 1.5, n(3)), {}),
    (np.dot, (c(2, 3), n(2, 3, 4)), {}),
    (np.dot, (n(3, 2).T, n(4, 3).T), {}),
    (np.inner, (c(2, 3), n(2, 2, 3)), {}),
    (np.matmul, (c(2, 2, 3), n(3)), {}),
    (np.matmul, (c(3), n(2, 3, 2)), {}),
    (np.matmul, (n(0, 3), n(3, 2)), {}),
    (np.tensordot, (c(2, 3), n(2, 3)), {}),
    (np.tensordot, (n(2, 3), n(2, 3)), {"axes": ([0, 1], [0, 1])}),
    (np.kron, (c(2, 2), n(3)), {}),
    (np.kron, (n(2, 1, 2), n(2, 3)), {}),
    (np.kron, (1.5, n(2)), {}),
    (np.outer, (c(2), n(1, 3)), {}),
    (np.vdot, (c(2, 2), c(4)), {}),
    (np.linalg.outer, (n(2), c(3)), {}),
    (np.linalg.matmul, (n(2, 3), c(3, 2)), {}),
    (np.linalg.matmul, (n(5, 2, 3), n(3, 2)), {}),
    (np.linalg.tensordot, (n(2, 3), n(3, 4)), {"axes": 1}),
    (np.linalg.tensordot, (n(2, 3, 4), n(4, 5, 2)), {"axes": ((0, 2), (2, 0))}),
]
for f in (np.vecdot, np.linalg.vecdot):
    CASES += [
        (f, (n(3), n(3)), {}),
        (f, (n(2, 3), n(3)), {}),
        (f, (n(3), n(4, 2, 3)), {}),
        (f, (n(3, 2), n(3, 2)), {"axis": 0}),
        (f, (n(3, 2), n(4, 3, 2)), {"axis": -2}),
        (f, (n(2, 1, 3), n(1, 4, 3)), {}),
        (f, (c(2, 3), n(3)), {}),
        (f, (n(3), c(2, 3)), {}),
        (f, (c(3), c(3)), {}),
    ]
if hasattr(np, "matvec"):
    CASES += [
        (np.matvec, (n(2, 3), n(3)), {}),
        (np.matvec, (n(5, 2, 3), n(3)), {}),
        (np.matvec, (n(2, 3), c(5, 3)), {}),
        (np.vecmat, (n(2), n(2, 3)), {}),
        (np.vecmat, (n(2), n(5, 2, 3)), {}),
        (np.vecmat, (n(5, 2), n(2, 3)), {}),
        (np.vecmat, (c(2), c(2, 3)), {}),
        (np.vecmat, (n(4, 2), c(2, 3)), {}),
    ]
CASES += [
    (np.linalg.multi_dot, ([n(2, 3), n(3, 4)],), {}),
    (np.linalg.multi_dot, ([n(3), n(3, 4), n(4)],), {}),
    (np.linalg.multi_dot, ([n(3), n(3)],), {}),
    (np.linalg.multi_dot, ([n(2, 3), c(3, 4), n(4, 2), n(2)],), {}),
    (np.linalg.multi_dot, ([n(3), n(3, 4), n(4, 2)],), {}),
]
for power in (0, 1, 2, 3, 5, -1, -2):
    CASES += [(np.linalg.matrix_power, (n(3, 3) + 2.0 * np.eye(3), power), {})]
CASES += [
    (np.linalg.matrix_power, (c(3, 3), 3), {}),
    (np.linalg.matrix_power, (n(2, 3, 3), 3), {}),
    (np.linalg.matrix_power, (n(2, 3, 3), 2), {}),
    (np.linalg.trace, (n(3, 4),), {}),
    (np.linalg.trace, (c(2, 3, 4),), {"offset": -1}),
    (np.linalg.matrix_transpose, (n(2, 3, 4),), {}),
    (np.matrix_transpose, (n(2, 3),), {}),
    (np.linalg.diagonal, (n(2, 3, 4),), {"offset": 1}),
    (np.linalg.diagonal, (c(2, 3),), {}),
]
for f in (
    np.add, np.subtract, np.multiply, np.divide, np.power, np.maximum, np.minimum, np.arctan2,
    np.hypot,
):  # fmt: skip
    CASES += [
        (f.outer, (0.1 + np.abs(n(3)), n(2)), {}),
        (f.outer, (0.1 + np.abs(n(3, 2)), n(2)), {}),
        (f.outer, (0.1 + np.abs(n(2)), n(1, 3)), {}),
        (f.outer, (1.5, n(3)), {}),
        (f.outer, (0.1 + np.abs(n(3)), -0.7), {}),
    ]
for f in (np.add, np.subtract, np.multiply, np.divide, np.power):
    CASES += [(f.outer, (c(2), c(2)), {}), (f.outer, (0.1 + np.abs(n(2)), c(2)), {})]
