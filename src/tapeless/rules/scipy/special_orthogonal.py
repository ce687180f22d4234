"""Orthogonal polynomials and hypergeometric functions, in their argument (DLMF 15.5.1, 18.9)."""

import numpy as np
from scipy import special

from ..registry import elementwise, pullback

# --- polynomials ---------------------------------------------------------------------------------


@elementwise(special.eval_legendre)
def eval_legendre_partial(y, n, x):
    return None, 0.5 * (n + 1) * special.eval_jacobi(n - 1, 1.0, 1.0, x)


@elementwise(special.eval_sh_legendre)
def eval_sh_legendre_partial(y, n, x):
    return None, (n + 1) * special.eval_jacobi(n - 1, 1.0, 1.0, 2.0 * x - 1.0)


@elementwise(special.eval_jacobi)
def eval_jacobi_partial(y, n, alpha, beta, x):
    lower = special.eval_jacobi(n - 1, alpha + 1.0, beta + 1.0, x)
    return None, None, None, 0.5 * (n + alpha + beta + 1.0) * lower


@elementwise(special.eval_sh_jacobi)
def eval_sh_jacobi_partial(y, n, p, q, x):
    lower = special.eval_sh_jacobi(np.maximum(n - 1, 0), p + 2.0, q + 1.0, x)
    return None, None, None, n * lower


@elementwise(special.eval_gegenbauer)
def eval_gegenbauer_partial(y, n, alpha, x):
    return None, None, 2.0 * alpha * special.eval_gegenbauer(n - 1, alpha + 1.0, x)


@elementwise(special.eval_chebyt)
def eval_chebyt_partial(y, n, x):
    return None, n * special.eval_chebyu(n - 1, x)


@elementwise(special.eval_chebyu)
def eval_chebyu_partial(y, n, x):
    return None, 2.0 * special.eval_gegenbauer(n - 1, 2.0, x)


@elementwise(special.eval_chebyc)
def eval_chebyc_partial(y, n, x):
    return None, n * special.eval_chebys(n - 1, x)


@elementwise(special.eval_chebys)
def eval_chebys_partial(y, n, x):
    return None, special.eval_gegenbauer(n - 1, 2.0, 0.5 * x)


@elementwise(special.eval_sh_chebyt)
def eval_sh_chebyt_partial(y, n, x):
    return None, 2.0 * n * special.eval_sh_chebyu(n - 1, x)


@elementwise(special.eval_sh_chebyu)
def eval_sh_chebyu_partial(y, n, x):
    return None, 4.0 * special.eval_gegenbauer(n - 1, 2.0, 2.0 * x - 1.0)


@elementwise(special.eval_hermite)
def eval_hermite_partial(y, n, x):
    return None, 2.0 * n * special.eval_hermite(np.maximum(n - 1, 0), x)


@elementwise(special.eval_hermitenorm)
def eval_hermitenorm_partial(y, n, x):
    return None, n * special.eval_hermitenorm(np.maximum(n - 1, 0), x)


@elementwise(special.eval_laguerre)
def eval_laguerre_partial(y, n, x):
    return None, -special.eval_genlaguerre(n - 1, 1.0, x)


@elementwise(special.eval_genlaguerre)
def eval_genlaguerre_partial(y, n, alpha, x):
    return None, None, -special.eval_genlaguerre(n - 1, alpha + 1.0, x)


@pullback(special.assoc_laguerre, broadcasts=True)
def assoc_laguerre_pullback(y, y_bar, x, n, k=0.0):
    return -y_bar * special.eval_genlaguerre(n - 1, k + 1.0, x)


@elementwise(special.lpmv)
def lpmv_partial(y, m, v, x):
    """Inside of -1 < x < 1 (DLMF 14.10.5)."""
    return None, None, ((v + m) * special.lpmv(m, v - 1, x) - v * x * y) / (1.0 - x**2)


# --- hypergeometric functions --------------------------------------------------------------------


@elementwise(special.hyp0f1)
def hyp0f1_partial(y, v, z):
    return None, special.hyp0f1(v + 1.0, z) / v


@elementwise(special.hyp1f1)
def hyp1f1_partial(y, a, b, x):
    return None, None, a / b * special.hyp1f1(a + 1.0, b + 1.0, x)


@elementwise(special.hyp2f1)
def hyp2f1_partial(y, a, b, c, z):
    return None, None, None, a * b / c * special.hyp2f1(a + 1.0, b + 1.0, c + 1.0, z)


@elementwise(special.hyperu)
def hyperu_partial(y, a, b, x):
    return None, None, -a * special.hyperu(a + 1.0, b + 1.0, x)
