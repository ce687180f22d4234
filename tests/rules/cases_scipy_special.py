"""Cases for `scipy.special`: (primitive, positional arguments, keyword arguments).

Arguments without a derivative in closed form are integers here; see test_scipy_special.py.
"""

from types import SimpleNamespace

import numpy as np
from scipy import special


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(5)
ANY = [-0.7, np.array(0.4), g.normal(size=(2, 3))]
POSITIVE = [0.7, np.array(0.4), g.uniform(0.2, 0.9, (2, 3)), np.full((1, 1), 0.45)]
COMPLEX = [0.7 + 0.4j, g.normal(size=3) + 1j * g.normal(size=3)]
PAIRS = [  # broadcasting both ways
    (0.7, 1.3),
    (g.uniform(0.4, 1.0, (2, 3)), 1.3),
    (1.3, g.uniform(0.4, 1.0, 3)),
    (g.uniform(0.4, 1.0, (2, 1)), g.uniform(1.1, 2.0, (1, 3))),
    (g.uniform(0.4, 1.0, 3), g.uniform(1.1, 2.0, (2, 3))),
]
x, m = g.uniform(0.2, 0.9, 3), g.uniform(0.2, 0.9, (2, 3))
counts = np.array([0, 1, 3])

CASES = []
for f in (
    special.gamma, special.rgamma, special.digamma, special.erf, special.erfc, special.erfcx,
    special.erfi, special.wofz, special.dawsn, special.ndtr, special.log_ndtr, special.ndtri_exp,
    special.expi, special.expm1, special.exp2, special.exp10, special.exprel, special.cosm1,
    special.sindg, special.cosdg, special.tandg, special.cotdg, special.expit, special.log_expit,
    special.wrightomega, special.j0, special.j1, special.i0, special.i1, special.i0e, special.i1e,
    special.fresnel, special.sici, special.shichi, special.airy, special.ber, special.bei,
    special.berp, special.beip, special.ellipk, special.ellipe, special.itairy,
):  # fmt: skip
    values = [0.7, 0.35] if f in (special.expi, special.sici, special.shichi) else ANY
    values = [-np.abs(v) for v in ANY] if f is special.ndtri_exp else values
    values = [0.4, g.uniform(-2.0, 0.9, 3)] if f in (special.ellipk, special.ellipe) else values
    CASES += [(f, (v,), {}) for v in values]
for f in (
    special.gammaln, special.loggamma, special.gamma, special.erfinv, special.erfcinv,
    special.ndtri, special.exp1, special.spence, special.log1p, special.cbrt, special.logit,
    special.entr,
    special.y0, special.y1, special.k0, special.k1, special.k0e, special.k1e, special.ker,
    special.kei, special.kerp, special.keip, special.itj0y0, special.it2j0y0, special.iti0k0,
    special.it2i0k0, special.itstruve0, special.it2struve0, special.itmodstruve0, special.sici,
    special.shichi, special.ellipkm1, special.lambertw, special.expi,
):  # fmt: skip
    CASES += [(f, (v,), {}) for v in POSITIVE]
for f in (
    special.gamma, special.rgamma, special.loggamma, special.erf, special.erfcx, special.erfi,
    special.wofz, special.dawsn, special.log_ndtr, special.exp1, special.expi, special.spence,
    special.log1p, special.expm1, special.lambertw, special.wrightomega, special.airy,
    special.sici, special.shichi, special.fresnel,
):  # fmt: skip
    CASES += [(f, (z,), {}) for z in COMPLEX]
for f in (
    special.poch, special.binom, special.beta, special.betaln, special.owens_t, special.huber,
    special.pseudo_huber, special.xlogy, special.xlog1py, special.rel_entr, special.kl_div,
    special.boxcox, special.boxcox1p, special.inv_boxcox, special.inv_boxcox1p, special.agm,
    special.elliprc, special.powm1, special.comb, special.perm,
):  # fmt: skip
    CASES += [(f, pair[::-1], {}) for pair in PAIRS]
for f in (special.ellipkinc, special.ellipeinc):
    CASES += [
        (f, (0.7, 0.6), {}),
        (f, (g.normal(size=(2, 1)) * 4.0, g.uniform(-1.0, 0.8, (1, 3))), {}),
        (f, (-2.5, np.array([0.0, 1e-9, 0.3])), {}),
    ]
if hasattr(special, "softplus"):
    CASES += [(special.softplus, (v,), {}) for v in ANY]

# orders in front
for f in (
    special.jv, special.jve, special.yv, special.yve, special.yn, special.iv, special.ive,
    special.kv, special.kve, special.kn, special.hankel1, special.hankel2, special.hankel1e,
    special.hankel2e, special.jvp, special.yvp, special.ivp, special.kvp, special.h1vp,
    special.h2vp, special.spherical_jn, special.spherical_yn, special.spherical_in,
    special.spherical_kn, special.struve, special.modstruve, special.polygamma, special.zeta,
    special.gammainc, special.gammaincc, special.gammaincinv, special.gammainccinv,
    special.chdtr, special.chdtrc, special.chdtri, special.stdtr, special.stdtrit, special.pdtr,
    special.pdtrc, special.hyp0f1, special.eval_legendre, special.eval_sh_legendre,
    special.eval_chebyt, special.eval_chebyu, special.eval_chebyc, special.eval_chebys,
    special.eval_sh_chebyt, special.eval_sh_chebyu, special.eval_hermite, special.eval_hermitenorm,
    special.eval_laguerre, special.pbdv, special.pbvv, special.pbwa, special.expn, special.pdtri,
):  # fmt: skip
    order = 2
    CASES += [(f, (order, v), {}) for v in (0.6, x, m)]
    if f not in (
        special.zeta,
        special.jvp,
        special.yvp,
        special.ivp,
        special.kvp,
        special.h1vp,
        special.h2vp,
    ):
        CASES += [(f, (np.array([[1], [3]]), x), {})]
for f in (
    special.eval_legendre, special.eval_sh_legendre, special.eval_chebyt, special.eval_chebyu,
    special.eval_chebyc, special.eval_chebys, special.eval_sh_chebyt, special.eval_sh_chebyu,
    special.eval_hermite, special.eval_hermitenorm, special.eval_laguerre, special.jv, special.yn,
    special.kn, special.iv, special.kv, special.pdtr, special.spherical_jn, special.yve,
):  # fmt: skip
    CASES += [(f, (counts, x), {}), (f, (0, 0.3), {})]
for f in (special.jv, special.yv, special.iv, special.kv, special.kve, special.hankel1,
          special.hankel1e, special.hankel2, special.hankel2e, special.spherical_jn,
          special.hyp0f1, special.jvp):  # fmt: skip
    CASES += [(f, (1, z), {}) for z in COMPLEX]
for f in (
    special.spherical_jn,
    special.spherical_yn,
    special.spherical_in,
    special.spherical_kn,
):
    CASES += [
        (f, (2, 0.7, True), {}),
        (f, (counts, x), {"derivative": True}),
        (f, (counts, x), {"derivative": False}),
    ]
CASES += [(special.jvp, (2, x, 2), {}), (special.kvp, (2, x), {"n": 0})]

# two parameters in front
for f in (
    special.betainc, special.betaincc, special.betaincinv, special.betainccinv, special.fdtr,
    special.fdtrc, special.fdtri, special.hyp1f1, special.hyperu, special.eval_gegenbauer,
    special.eval_genlaguerre, special.wright_bessel, special.nbdtr, special.nbdtrc,
    special.nbdtri, special.bdtr, special.bdtrc, special.bdtri, special.lpmv,
):  # fmt: skip
    CASES += [(f, (1, 3, v), {}) for v in (0.6, x, m)]
    CASES += [(f, (np.array([[1], [2]]), 3, x), {})]
if hasattr(special, "log_wright_bessel"):
    CASES += [(special.log_wright_bessel, (1, 3, v), {}) for v in (0.6, m)]
CASES += [
    (special.eval_gegenbauer, (counts, 2, x), {}),
    (special.eval_genlaguerre, (counts, 2, x), {}),
    (special.eval_jacobi, (counts, 2, 1, x), {}),
    (special.eval_jacobi, (3, 2, 1, m), {}),
    (special.eval_sh_jacobi, (counts, 3, 2, x), {}),
    (special.eval_sh_jacobi, (3, 3, 2, m), {}),
    (special.assoc_laguerre, (x, 3), {}),
    (special.assoc_laguerre, (0.4, 2, 1), {}),
    (special.hyp2f1, (1, 2, 3, 0.4), {}),
    (special.hyp2f1, (1, np.array([[2], [5]]), 3, x), {}),
    (special.hyp2f1, (1, 2, 3, 0.4 + 0.2j), {}),
    (special.hyp1f1, (1, 2, 0.4 + 0.2j), {}),
]

# the rest
thirds = tuple(g.uniform(0.3, 2.0, (3, 2)))
CASES += [
    (special.rgamma, (np.array([0.0, -1.0, -4.0, 2.5, -2.5]),), {}),
    (special.multigammaln, (2.7, 2), {}),
    (special.multigammaln, (np.array([2.7, 3.1]), 3), {}),
    (special.zeta, (3, 1.5), {}),
    (special.factorial, (2.6,), {}),
    (special.factorial, (np.array([0.5, 3.2]),), {}),
    (special.voigt_profile, (0.3, 0.8, 0.4), {}),
    (special.voigt_profile, (g.normal(size=(2, 1)), x, 0.4), {}),
    (special.voigt_profile, (0.3, 0.8, x), {}),
    (special.radian, (3.0, 20.0, 11.0), {}),
    (special.radian, (x, 20.0, m), {}),
    (special.diric, (np.array([0.0, 0.3, -1.4, 2.0 * np.pi]), 4), {}),
    (special.diric, (0.3, 5), {}),
    (special.exprel, (np.array([0.0, 1e-9, 0.04, -0.04, 0.06, 3.0]),), {}),
    (special.boxcox, (np.array([0.5, 1.0, 3.0]), np.array([[0.0], [1e-6], [0.3], [-2.0]])), {}),
    (special.boxcox1p, (np.array([0.5, 0.0, 3.0]), np.array([[0.0], [1e-6], [0.3], [-2.0]])), {}),
    (special.inv_boxcox, (np.array([0.5, 0.0, -0.2]), np.array([[1e-5], [0.3], [-1.3]])), {}),
    (special.inv_boxcox1p, (np.array([0.5, 0.0, -0.2]), np.array([[1e-5], [0.3], [-1.3]])), {}),
    (special.spence, (np.array([1.0, 1.0 + 1e-9, 0.4]),), {}),
    (special.huber, (1.3, np.array([-2.0, -1.3, 0.4, 1.3, 5.0])), {}),
    (special.i0e, (0.0,), {}),
    (special.i1, (0.0,), {}),
    (special.j1, (0.0,), {}),
    (special.lambertw, (0.4, 0), {}),
    (special.lambertw, (-0.2, -1), {}),
    (special.lambertw, (0.4,), {"k": 2}),
    (special.lambertw, (0.0,), {}),
    (special.chndtr, (0.9, 3, 1.4), {}),
    (special.chndtr, (x, 2, g.uniform(0.5, 2.0, (2, 3))), {}),
    (special.gdtr, (0.7, 2, x), {}),
    (special.gdtr, (m, 2, 1.4), {}),
    (special.gdtrc, (0.7, 2, x), {}),
    (special.gdtrix, (0.7, 2, x), {}),
    (special.gdtria, (x, 2, 0.9), {}),
    (special.tklmbda, (np.array([-0.3, 0.1]), 1), {}),
    (special.nrdtrimn, (x, 1.4, m), {}),
    (special.nrdtrisd, (0.3, 0.8, 2.0), {}),
    (special.nrdtrisd, (0.3, np.array([0.7, 0.9]), 2.0), {}),
    (special.bdtr, (2, 5, 0.4), {}),
    (special.ellipk, (0.0,), {}),
    (special.ellipj, (0.7, 0), {}),
    (special.ellipj, (g.normal(size=3), 0), {}),
    (special.ellipj, (0.7, np.array([0, 0])), {}),
    (special.elliprf, (0.4, 1.3, 2.0), {}),
    (special.elliprf, thirds, {}),
    (special.elliprd, (0.4, 1.3, 2.0), {}),
    (special.elliprd, thirds, {}),
    (special.elliprg, (0.4, 1.3, 2.0), {}),
    (special.elliprg, (1.3, g.uniform(0.4, 1.0, (2, 1)), x), {}),
    (special.agm, (1.3, 1.3), {}),
]

# reductions
w = g.uniform(0.3, 2.0, (2, 3))
for f in (special.softmax, special.log_softmax):
    CASES += [
        (f, (g.normal(size=3),), {}),
        (f, (g.normal(size=(2, 3)),), {}),
        (f, (g.normal(size=(2, 3)),), {"axis": -1}),
        (f, (g.normal(size=(2, 3)), 0), {}),
        (f, (np.asfortranarray(g.normal(size=(2, 3, 2))),), {"axis": (0, 2)}),
        (f, (g.normal(size=(2, 1)),), {"axis": 1}),
    ]
for given in ({}, {"b": w}, {"return_sign": True}):
    CASES += [
        (special.logsumexp, (g.normal(size=(2, 3)),), given),
        (special.logsumexp, (g.normal(size=(2, 3)),), {"axis": 1, **given}),
        (special.logsumexp, (g.normal(size=(2, 3)),), {"axis": -2, "keepdims": True, **given}),
        (special.logsumexp, (g.normal(size=(2, 3)),), {"axis": (0, 1), **given}),
        (special.logsumexp, (g.normal(size=(2, 3)),), {"keepdims": True, **given}),
    ]
signs = np.array([1, -1, 1])
CASES += [
    (special.logsumexp, (g.normal(size=3),), {}),
    (special.logsumexp, (np.array(0.4),), {}),
    (special.logsumexp, (g.normal(size=(2, 3)), 1, g.uniform(0.3, 2.0, 3)), {}),
    (special.logsumexp, (g.normal(size=3), None, w), {}),
    (special.logsumexp, (g.normal(size=3), 0, 0.7), {}),
    (special.logsumexp, (np.array([0.3, 2.0, 0.1]), None, signs), {"return_sign": True}),
    (special.logsumexp, (g.normal(size=(2, 3)), 1, signs), {"return_sign": True}),
]
