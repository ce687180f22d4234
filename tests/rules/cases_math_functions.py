"""Cases for functions of Python numbers."""

import math
from types import SimpleNamespace

import numpy as np

CASES = []
for f in (math.sqrt, math.cbrt, math.exp, math.exp2, math.expm1, math.log, math.log2, math.log10,
          math.log1p,
          math.sin, math.cos, math.tan, math.asin, math.acos, math.atan, math.sinh, math.cosh,
          math.tanh, math.asinh, math.atanh, math.erf, math.erfc, math.degrees, math.radians,
          math.fabs, math.gamma, math.lgamma, math.frexp, math.hypot, complex, abs, float,
          np.float64):  # fmt: skip
    CASES += [(f, (0.37,), {}), (f, (0.81,), {})]
for f in (math.fabs, abs, math.sin, math.erf, math.tanh, math.modf, math.frexp, math.gamma,
          math.lgamma, math.hypot):  # fmt: skip
    CASES += [(f, (-1.3,), {})]
for f in (
    math.atan2,
    math.hypot,
    math.copysign,
    math.fmod,
    math.remainder,
    math.nextafter,
    complex,
    math.pow,
    pow,
    max,
    min,
    math.log,
):
    CASES += [(f, (7.3, 2.0), {}), (f, (1.1, 2.7), {})]
CASES += [
    (math.acosh, (1.8,), {}),
    (math.hypot, (1.0, 2.0, -3.0), {}),
    (math.copysign, (-1.5, -2.0), {}),
    (math.fmod, (-7.3, 2.0), {}),
    (math.remainder, (-7.3, 2.0), {}),
    (math.ldexp, (1.3, 4), {}),
    (math.fsum, ([1.0, 2.0, 3.0],), {}),
    (math.fsum, (np.array([1.0, 2.0, 3.0]),), {}),
    (math.prod, ([1.5, 2.0, 3.0],), {}),
    (math.prod, ([1.5, 0.0, 3.0],), {}),
    (math.prod, ([1.5, 2.0, 3.0],), {"start": 0.5}),
    (math.prod, (np.array([1.5, 2.0, 3.0]),), {}),
    (math.gamma, (4.5,), {}),
    (math.gamma, (0.01,), {}),
    (math.lgamma, (15.5,), {}),
    (math.lgamma, (-3.4,), {}),
    (math.hypot, (1.0, 2.0, -3.0, 0.5), {}),
    (math.dist, ([1.0, 2.0], [0.3, 2.5]), {}),
    (math.dist, ((1.0, 2.0, 0.1), (0.3, 2.5, 1.1)), {}),
    (math.dist, (np.array([1.0, 2.0]), np.array([0.3, 2.5])), {}),
    (complex, (1.0 + 0.5j, 0.3 - 2.0j), {}),
    (complex, (1.0, SimpleNamespace(value=2.0)), {}),
    (math.fabs, (0.0,), {}),
    (abs, (0.0,), {}),
    (abs, (np.array([-1.0, 0.0, 2.0]),), {}),
    (float, (np.array(1.5),), {}),
    (np.float64, (np.array(1.5),), {}),
    (max, (1.0, 1.0), {}),
    (min, (1.0, 1.0), {}),
    (max, (1.0, 3.0, 2.0), {}),
    (max, (3.0, 3.0, 2.0), {}),
    (min, (1.0, 3.0, 2.0), {}),
    (max, (1.0, 3.0, 3.0), {}),
    (min, (np.array([1.0, 3.0, 3.0]),), {}),
    (max, ([1.0, 3.0, 2.0],), {}),
    (max, (np.array([1.0, 3.0, 3.0]),), {}),
    (min, ([1.0, 3.0, 2.0],), {}),
    (sum, ([1.0, 3.0, 2.0],), {}),
    (sum, ([1.0, 3.0, 2.0], 0.5), {}),
    (sum, ([np.ones(3), np.full((2, 3), 2.0)], 0.5), {}),
    (sum, ([np.ones(3), np.full((2, 3), 2.0), 1.5],), {}),
    (sum, (np.arange(6.0).reshape(2, 3),), {}),
]
if hasattr(math, "sumprod"):
    CASES += [(math.sumprod, ([1.0, 2.0, 3.0], [0.5, -1.0, 2.0]), {})]
if hasattr(math, "fma"):
    CASES += [(math.fma, (1.0, 2.0, 3.0), {})]
