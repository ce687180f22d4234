"""Functions of `scipy.special` without a rule, and why.

Most have no derivative in closed form, or one that SciPy has no function for.
"""

from scipy import special

from ..constants import named
from ..registry import refused

refused(
    *named(special, "bdtrik bdtrin btdtria btdtrib chdtriv chndtridf chndtrinc chndtrix fdtridfd"),
    *named(special, "gdtrib nbdtrik nbdtrin ncfdtr ncfdtri ncfdtridfd ncfdtridfn ncfdtrinc nctdtr"),
    *named(special, "nctdtridf nctdtrinc nctdtrit pdtrik stdtridf kolmogi kolmogorov smirnov"),
    *named(special, "smirnovi"),
    reason="the density or the derivative by a parameter of this distribution has no closed form",
    instead="scipy.special.ndtr, gammainc, betainc or their inverses",
)
refused(
    *named(special, "mathieu_a mathieu_b mathieu_cem mathieu_even_coef mathieu_modcem1"),
    *named(special, "mathieu_modcem2 mathieu_modsem1 mathieu_modsem2 mathieu_odd_coef mathieu_sem"),
    *named(special, "obl_ang1 obl_ang1_cv obl_cv obl_cv_seq obl_rad1 obl_rad1_cv obl_rad2"),
    *named(special, "obl_rad2_cv pro_ang1 pro_ang1_cv pro_cv pro_cv_seq pro_rad1 pro_rad1_cv"),
    *named(special, "pro_rad2 pro_rad2_cv ellip_harm ellip_harm_2 ellip_normal pbdv_seq pbvv_seq"),
    *named(special, "pbdn_seq lmbda riccati_jn riccati_yn lqmn lqn airye kelvin"),
    reason="this wave function comes with its derivative, and a rule would need the next one",
    instead="the differential equation it solves, written out, or a Bessel function",
)
refused(
    *named(special, "assoc_legendre_p assoc_legendre_p_all legendre_p legendre_p_all sph_harm_y"),
    *named(special, "sph_harm_y_all sph_legendre_p sph_legendre_p_all"),
    reason="the derivatives of Legendre functions are given by their argument diff_n",
    instead="scipy.special.eval_legendre, or the recurrence written out",
)
refused(
    *named(special, "roots_jacobi j_roots roots_gegenbauer cg_roots roots_genlaguerre la_roots"),
    *named(special, "roots_sh_jacobi js_roots jacobi gegenbauer genlaguerre sh_jacobi"),
    reason="how the roots of a family of polynomials move with its parameter is not written down",
    instead="roots made outside, and scipy.special.eval_jacobi, eval_gegenbauer, eval_genlaguerre",
)
refused(
    *named(special, "besselpoly elliprj modfresnelm modfresnelp zetac factorial2 factorialk"),
    reason="its derivative needs a function that SciPy does not have",
    instead="scipy.special.gamma for factorials, or an integral on fixed nodes",
)
