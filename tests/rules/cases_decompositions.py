"""Cases for factorisations of matrices."""

import numpy as np

g = np.random.default_rng(5)


def n(*shape):
    return g.normal(size=shape)


def c(*shape):
    return n(*shape) + 1j * n(*shape)


S, C = n(3, 3) + 3.0 * np.eye(3), c(3, 3) + 2.0 * np.eye(3)
P, H = S @ S.T, C @ C.conj().T
SIMILAR = S @ np.diag([1.0, 2.0, 4.0]) @ np.linalg.inv(S)  # its eigenvalues are real
CASES = []
for a in (P, H, np.array([P, P + np.eye(3)]), np.array([H, H.T]), np.array([[2.0]]), n(3, 3) + P):
    CASES += [
        (np.linalg.cholesky, (a,), {}),
        (np.linalg.cholesky, (a,), {"upper": True}),
    ]
for a in (P, n(3, 3), H, c(3, 3), np.array([P, S]), np.array([H, C]), np.array([[2.0]])):
    CASES += [
        (np.linalg.eigh, (a,), {}),
        (np.linalg.eigh, (a, "U"), {}),
        (np.linalg.eigvalsh, (a,), {}),
        (np.linalg.eigvalsh, (a, "U"), {}),
    ]
for a in (n(3, 3), SIMILAR, C, np.array([SIMILAR, S]), np.array([C, H]), np.array([[2.0]])):
    CASES += [
        (np.linalg.eig, (a,), {}),
        (np.linalg.eigvals, (a,), {}),
    ]
for shape in ((3, 3), (4, 3), (3, 4), (4, 1), (1, 3), (2, 4, 2), (2, 2, 4)):
    for a in (n(*shape), c(*shape)):
        CASES += [
            (np.linalg.svd, (a, False), {}),
            (np.linalg.svd, (a,), {"compute_uv": False}),
            (np.linalg.svdvals, (a,), {}),
            (np.linalg.qr, (a,), {}),
            (np.linalg.qr, (a, "r"), {}),
        ]
        if shape[-2] <= shape[-1]:
            CASES += [(np.linalg.qr, (a, "complete"), {})]
        if shape[-2] == shape[-1]:
            CASES += [(np.linalg.svd, (a,), {})]
