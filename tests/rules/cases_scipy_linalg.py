"""Cases for `scipy.linalg`."""

from types import SimpleNamespace

import numpy as np
from scipy import linalg

g = np.random.default_rng(23)


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


def n(*shape):
    return g.normal(size=shape)


def c(*shape):
    return g.normal(size=shape) + 1j * g.normal(size=shape)


S = n(3, 3) + 4.0 * np.eye(3)
P = S @ S.T
Q = np.diag([1.0, 2.0, 4.0]) + 0.1 * (P - np.diag(np.diag(P)))
Z = c(3, 3) + 4.0 * np.eye(3)

# --- inverses, norms -----------------------------------------------------------------------------

CASES = [(f, (m,), {}) for f in (linalg.inv, linalg.det) for m in (S, Z, n(1, 1))]
CASES += [(linalg.inv, (S,), {"check_finite": False})]
CASES += [(f, (n(2, 3, 3),), {}) for f in (linalg.inv, linalg.det)]
CASES += [
    (linalg.norm, (n(4),), {}),
    (linalg.norm, (c(2, 3),), {}),
    (linalg.norm, (n(2, 3), "fro"), {}),
    (linalg.norm, (n(2, 3), 2), {}),
    (linalg.norm, (n(2, 3), 1), {}),
    (linalg.norm, (n(2, 3), 3, 0), {"keepdims": True}),
    (linalg.norm, (n(2, 3),), {"axis": -1, "check_finite": False}),
]

# --- systems -------------------------------------------------------------------------------------

CASES += [
    (linalg.solve, (S, n(3)), {}),
    (linalg.solve, (S, n(3, 2)), {"assume_a": "gen"}),
    (linalg.solve, (Z, c(3)), {}),
    (linalg.solve, (S, [0.3, 1.0, -0.5]), {}),
    (linalg.solve, (Z, n(3, 2)), {"check_finite": False}),
]
CASES += [
    (linalg.solve, (P + n(3, 3), b), {"assume_a": form, "lower": lower})
    for form in ("sym", "her", "pos")
    for b in (n(3), n(3, 2))
    for lower in (False, True)
]
for unit in (False, True):
    for lower in (False, True):
        CASES += [
            (linalg.solve_triangular, (S, n(3), trans, lower, unit), {}) for trans in (0, 1, 2)
        ]
        CASES += [
            (linalg.solve_triangular, (S, n(3, 2), trans, lower, unit), {}) for trans in ("N", "T")
        ]
CASES += [(linalg.solve_triangular, (Z, c(3)), {"trans": trans, "lower": True}) for trans in (0, 1)]
CASES += [
    (linalg.cho_solve, ((S, lower), b), {}) for lower in (False, True) for b in (n(3), n(3, 2))
]
PIV = linalg.lu_factor(n(4, 4))[1]
CASES += [
    (linalg.lu_solve, ((n(4, 4) + 3.0 * np.eye(4), PIV), b, trans), {})
    for b in (n(4), n(4, 2))
    for trans in (0, 1)
]
CASES += [
    (linalg.solve_sylvester, (S, n(2, 2), n(3, 2)), {}),
    (linalg.solve_sylvester, (Z, c(2, 2), c(3, 2)), {}),
    (linalg.solve_continuous_lyapunov, (S, n(3, 3)), {}),
    (linalg.solve_discrete_lyapunov, (0.1 * S, n(3, 3)), {}),
    (linalg.solve_discrete_lyapunov, (0.1 * S, n(3, 3)), {"method": "bilinear"}),
]

# --- bands, diagonals, blocks --------------------------------------------------------------------

for l_and_u in ((1, 1), (2, 1), (0, 2), (1, 0)):
    ab = n(sum(l_and_u) + 1, 4)
    ab[l_and_u[1]] += 6.0
    CASES += [
        (linalg.solve_banded, (l_and_u, ab, n(4)), {}),
        (linalg.solve_banded, (l_and_u, ab, n(4, 2)), {}),
    ]
    CASES += [(linalg.solve_banded, (l_and_u, ab + 0.1j, c(4)), {})]
for u in (0, 1, 2):
    ab = n(u + 1, 4)
    ab[-1] += 8.0
    CASES += [
        (linalg.solveh_banded, (ab, n(4)), {}),
        (linalg.solveh_banded, (ab, n(4, 2)), {}),
        (linalg.solveh_banded, (ab[::-1].copy(), n(4)), {"lower": True}),
    ]
D = np.array([5.0, 1.0, 0.5])
CASES += [
    (linalg.solve_toeplitz, (D, n(3)), {}),
    (linalg.solve_toeplitz, (D, n(3, 2)), {}),
    (linalg.solve_toeplitz, ((D, n(3)), n(3)), {}),
    (linalg.solve_toeplitz, ((D, n(3)), n(3, 2)), {}),
    (linalg.solve_toeplitz, ((D + 0.5j, c(3)), c(3)), {}),
    (linalg.matmul_toeplitz, (n(3), n(3)), {}),
    (linalg.matmul_toeplitz, ((n(3), n(4)), n(4)), {}),
    (linalg.matmul_toeplitz, ((n(3), n(2)), n(2, 3)), {}),
    (linalg.toeplitz, (n(4),), {}),
    (linalg.toeplitz, (n(3), n(4)), {}),
    (linalg.toeplitz, (c(3), n(2)), {}),
    (linalg.hankel, (n(4),), {}),
    (linalg.hankel, (n(3), n(4)), {}),
    (linalg.hankel, (n(4), n(1)), {}),
    (linalg.circulant, (n(5),), {}),
    (linalg.circulant, (n(1),), {}),
    (linalg.block_diag, (n(2, 3),), {}),
    (linalg.block_diag, (n(2, 3), n(3)), {}),
    (linalg.block_diag, (n(2, 3), n(3), 1.5), {}),
    (linalg.block_diag, (n(2, 3), n(3), n(1, 2), n(2, 2)), {}),
    (linalg.khatri_rao, (n(2, 3), n(4, 3)), {}),
]

# --- factorisations ------------------------------------------------------------------------------

for lower in (False, True):
    CASES += [
        (linalg.cholesky, (P + n(3, 3), lower), {}),
        (linalg.cholesky, (Z @ Z.conj().T,), {"lower": lower}),
        (linalg.cho_factor, (P + n(3, 3), int(lower)), {}),
        (linalg.eigh, (Q,), {"lower": lower, "driver": "evd"}),
        (linalg.eigh, (Q, P), {"lower": lower}),
        (linalg.eigvalsh, (Q,), {"lower": lower}),
        (linalg.eigvalsh, (Q, P), {"lower": lower}),
    ]
CASES += [
    (linalg.eigh, (Q,), {"eigvals_only": True}),
    (linalg.lu_factor, (n(4, 4),), {}),
    (linalg.lu, (n(4, 4),), {}),
    (linalg.qr, (n(4, 3),), {}),
    (linalg.qr, (n(4, 2),), {"mode": "economic"}),
    (linalg.qr, (n(2, 4),), {}),
    (linalg.qr, (S,), {}),
    (linalg.svd, (n(3, 3),), {}),
    (linalg.svd, (n(4, 2), False), {}),
    (linalg.svd, (n(2, 4),), {"compute_uv": False}),
    (linalg.svdvals, (n(2, 4),), {}),
    (linalg.svdvals, (c(3, 3),), {}),
    (linalg.pinv, (n(4, 2),), {}),
    (linalg.pinv, (n(2, 4),), {"rtol": 1e-12}),
    (linalg.lstsq, (n(5, 3), n(5)), {}),
    (linalg.lstsq, (n(5, 3), n(5, 2)), {}),
    (linalg.lstsq, (n(2, 4), n(2)), {}),
]

# --- functions -----------------------------------------------------------------------------------

CASES += [(f, (m,), {}) for f in (
    linalg.expm, linalg.sqrtm, linalg.logm, linalg.sinm, linalg.cosm, linalg.tanm, linalg.sinhm,
    linalg.coshm, linalg.tanhm) for m in (S / 4.0, Z / 4.0)]  # fmt: skip
CASES += [(linalg.expm, (n(1, 1),), {}), (linalg.sqrtm, (P,), {})]
CASES += [(linalg.fractional_matrix_power, (S, t), {}) for t in (0.3, -1.5, 2)]
