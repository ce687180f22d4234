"""Functions of SciPy whose derivative is zero everywhere it exists.

They are given counts and orders, compare, look for positions, or change a setting.
"""

from scipy import fft, integrate, linalg, signal, special, stats

from ..constants import named
from ..registry import constant, constructor

# --- special -------------------------------------------------------------------------------------

# Nodes and weights, and polynomials as objects, of families that have no parameter but the order.
_OF_ORDER = """
    roots_legendre p_roots roots_hermite h_roots roots_hermitenorm he_roots roots_laguerre l_roots
    roots_chebyt t_roots roots_chebyu u_roots roots_chebyc c_roots roots_chebys s_roots
    roots_sh_legendre ps_roots roots_sh_chebyt ts_roots roots_sh_chebyu us_roots
    legendre hermite hermitenorm laguerre chebyt chebyu chebyc chebys
    sh_legendre sh_chebyt sh_chebyu
    bernoulli euler stirling2
"""
_ZEROS = """
    ai_zeros bi_zeros bei_zeros beip_zeros ber_zeros berp_zeros kei_zeros keip_zeros ker_zeros
    kerp_zeros kelvin_zeros erf_zeros fresnel_zeros fresnelc_zeros fresnels_zeros
    jn_zeros jnp_zeros jnjnp_zeros jnyn_zeros y0_zeros y1_zeros y1p_zeros yn_zeros ynp_zeros
"""
constructor(*named(special, _OF_ORDER), *named(special, _ZEROS))
constant(*named(special, "round errstate geterr seterr gammasgn"))

# --- linalg --------------------------------------------------------------------------------------

_MATRICES = "dft hadamard helmert hilbert invhilbert pascal invpascal"
constructor(*named(linalg, _MATRICES))
constant(
    *named(linalg, "bandwidth ishermitian issymmetric"),
    *named(linalg, "find_best_blas_type get_blas_funcs get_lapack_funcs"),
)

# --- fft -----------------------------------------------------------------------------------------

_BACKENDS = """
    get_workers set_workers set_backend set_global_backend skip_backend register_backend
    next_fast_len prev_fast_len
"""
constant(*named(fft, _BACKENDS))

# --- signal, integrate, interpolate --------------------------------------------------------------

_POSITIONS = """
    argrelextrema argrelmax argrelmin check_COLA check_NOLA choose_conv_method correlation_lags
"""
constant(*named(signal, _POSITIONS))
constructor(*named(signal, "unit_impulse max_len_seq"))
constructor(*named(integrate, "lebedev_rule"))

# --- stats ---------------------------------------------------------------------------------------

constant(*named(stats, "rankdata tiecorrect percentileofscore"))
