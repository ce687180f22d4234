"""Cases for products, contractions and `np.linalg`."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(3)


def n(*shape):
    return g.normal(size=shape)


S = n(3, 3) + 3.0 * np.eye(3)
P = S @ S.T
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
CASES += [(np.cross, pair, {}) for pair in ((n(3), n(3)), (n(4, 3), n(4, 3)))]
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
CASES += [
    (np.linalg.norm, (n(3),), {}),
    (np.linalg.norm, (n(2, 3),), {}),
    (np.linalg.norm, (n(2, 3),), {"keepdims": True}),
    (np.linalg.norm, (n(3), 2), {}),
    (np.linalg.norm, (n(2, 3), "fro"), {}),
    (np.linalg.norm, (n(2, 3),), {"axis": 1}),
    (np.linalg.norm, (n(2, 3), 2), {"axis": -2, "keepdims": True}),
    (np.linalg.norm, (n(3), 1), {}),
    (np.linalg.norm, (n(2, 3), 1), {"axis": 0}),
    (np.linalg.norm, (n(3), np.inf), {}),
    (np.linalg.norm, (n(2, 3),), {"ord": known(np.inf), "axis": 1}),
    (np.linalg.inv, (S,), {}),
    (np.linalg.inv, (np.array([S, P]),), {}),
    (np.linalg.det, (S,), {}),
    (np.linalg.det, (np.array([S, -S]),), {}),
    (np.linalg.slogdet, (S,), {}),
    (np.linalg.slogdet, (-S,), {}),
    (np.linalg.solve, (S, n(3)), {}),
    (np.linalg.solve, (S, n(3, 2)), {}),
    (np.linalg.solve, (np.array([S, P]), n(2, 3, 2)), {}),
    (np.linalg.solve, (np.array([S, P]), n(3, 2)), {}),
    (np.linalg.solve, (S, n(2, 3, 2)), {}),
    (np.linalg.cholesky, (P,), {}),
    (np.linalg.cholesky, (np.array([P, P + np.eye(3)]),), {}),
    (np.linalg.matrix_transpose, (n(2, 3, 4),), {}),
    (np.matrix_transpose, (n(2, 3),), {}),
    (np.linalg.diagonal, (n(2, 3, 4),), {"offset": 1}),
]
CASES = [
    (f, tuple(known(a) if a is np.inf else a for a in args), kwargs) for f, args, kwargs in CASES
]
