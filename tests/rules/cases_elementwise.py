"""Cases for elementwise functions: (primitive, positional arguments, keyword arguments)."""

import math
from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(1)

POSITIVE = [0.7, np.array(0.4), g.uniform(0.2, 0.9, 3), g.uniform(0.2, 0.9, (2, 3))]
ANY = [-0.7, np.float64(0.4), g.normal(size=3), g.normal(size=(2, 3))]
ABOVE_ONE = [1.7, g.uniform(1.2, 2.0, (2, 2))]
PAIRS = [  # broadcasting both ways, numbers, 0-d
    (0.7, 1.3),
    (np.array(0.7), 1.3),
    (g.uniform(0.4, 1.0, 3), 1.3),
    (1.3, g.uniform(0.4, 1.0, 3)),
    (g.uniform(0.4, 1.0, (2, 3)), g.uniform(1.1, 2.0, 3)),
    (g.uniform(0.4, 1.0, 3), g.uniform(1.1, 2.0, (2, 3))),
    (g.uniform(0.4, 1.0, (2, 1)), g.uniform(1.1, 2.0, (1, 3))),
    (g.uniform(0.4, 1.0, (2, 3)), g.uniform(1.1, 2.0, (2, 3))),
]

CASES = []
for f in (np.negative, np.positive, np.conjugate, np.square, np.exp, np.exp2, np.expm1, np.sin,
          np.cos, np.tan,
          np.arctan, np.sinh, np.cosh, np.tanh, np.arcsinh, np.sinc, np.deg2rad, np.radians,
          np.rad2deg, np.degrees, np.absolute, np.fabs, np.nan_to_num, np.modf,
          np.frexp, np.i0):  # fmt: skip
    CASES += [(f, (x,), {}) for x in ANY]
for f in (
    np.sqrt,
    np.cbrt,
    np.reciprocal,
    np.log,
    np.log2,
    np.log10,
    np.log1p,
    np.arcsin,
    np.arccos,
    np.arctanh,
):
    CASES += [(f, (x,), {}) for x in POSITIVE]
CASES += [(np.arccosh, (x,), {}) for x in ABOVE_ONE]
for f in (np.add, np.subtract, np.multiply, np.divide, np.power, np.float_power, np.arctan2,
          np.hypot,
          np.logaddexp, np.logaddexp2, np.maximum, np.minimum, np.fmax, np.fmin, np.remainder,
          np.fmod, np.copysign, np.heaviside):  # fmt: skip
    CASES += [(f, pair, {}) for pair in PAIRS]
CASES += [
    (np.sinc, (np.array([0.0, 1e-5, 2e-3, 1.0, -0.5]),), {}),
    (np.absolute, (np.array([0.0, -1.0]),), {}),
    (np.fabs, (0.0,), {}),
    (np.remainder, (np.array([-7.3, 7.3]), np.array([2.0, -3.1])), {}),
    (np.fmod, (np.array([-7.3, 7.3]), np.array([2.0, -3.1])), {}),
    (np.nextafter, (0.7, 1.3), {}),
    (np.nextafter, (g.normal(size=(2, 3)), g.normal(size=3)), {}),
    (np.modf, (np.array([-7.3, 7.3]),), {}),
    (np.i0, (np.array([0.0, -5.0]),), {}),
    (np.frexp, (np.array([-7.3, 0.2]),), {}),
    (np.copysign, (np.array([-2.0, 3.0, -1.0]), np.array([1.0, -2.0, -3.0])), {}),
    (np.ldexp, (np.array([1.5, -0.3]), 3), {}),
    (np.nan_to_num, (np.array([1.0, 2.0]),), {"nan": 3.0}),
    # ties
    (np.maximum, (np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0])), {}),
    (np.maximum, (np.array([0.0, -2.0, 3.0]), known(0.0)), {}),
    (np.minimum, (np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0])), {}),
    (np.minimum, (1.0, 1.0), {}),
    (np.fmax, (np.array([1.0, 2.0]), np.array([1.0, 3.0])), {}),
    (np.fmin, (np.array([1.0, 2.0]), np.array([1.0, 3.0])), {}),
    # clip
    (np.clip, (np.array([-2.0, -1.0, 0.3, 1.0, 4.0]), known(-1.0), known(1.0)), {}),
    (np.clip, (0.3, known(-1.0), known(1.0)), {}),
    (np.clip, (np.array([-2.0, -1.0, 0.3]), -1.0, None), {}),
    (np.clip, (np.array([2.0, 1.0, 0.3]), None, np.array([1.0, 1.0, 0.1])), {}),
    (np.clip, (np.array([-2.0, -1.0, 0.3, 1.0, 4.0]), -1.0, 1.0), {}),
    (
        np.clip,
        (np.array([-2.0, 0.3, 4.0]), np.array([1.0, 0.0, 3.0]), np.array([-1.0, 1.0, 3.5])),
        {},
    ),
    (np.clip, (0.3, np.array([0.0, 0.5]), 1.0), {}),
    (np.clip, (0.3, 1.0, 1.0), {}),
    # where
    (np.where, (np.array([True, False, True]),), {}),
    (np.where, (np.array([True, False, True]), g.normal(size=3), 1.5), {}),
    (np.where, (np.array([True, False, True]), g.normal(size=(2, 1)), g.normal(size=3)), {}),
    (np.where, (True, 1.5, 2.5), {}),
    (np.where, (False, g.normal(size=3), 2.5), {}),
]

for f in (np.power, np.float_power, pow, math.pow):
    for n in (0, 1, 2, 3, 0.5, -1, 2.5, -2.0):
        CASES += [(f, (0.6, known(n)), {})]
        if f is not math.pow:
            CASES += [(f, (g.uniform(0.3, 1.2, (2, 3)), known(n)), {})]
    CASES += [(f, (known(2.0), x), {}) for x in (ANY if f is not math.pow else [-0.7, 1.2])]
    CASES += [(f, (0.6, 1.7), {}), (f, (0.6, 0.0), {})]
for n in (
    0,
    1,
    2,
    3,
    4,
):  # exact also at and below zero; the exponent itself has no derivative there
    CASES += [(np.power, (np.array([0.0, -1.5, 0.7]), n), {})]
CASES += [
    (np.power, (g.uniform(0.3, 1.0, 3), np.array([0.0, 1.0, 2.0])), {}),
    (np.power, (np.array([0.3, 0.4]), known(np.array([2, 3]))), {}),
    (np.power, (-1.5, 3), {}),
]

for f in (np.divmod, divmod):  # forward where the divisor is known
    CASES += [
        (f, (7.3, known(2.0)), {}),
        (f, (np.array([-7.3, 7.3]), known(2.0)), {}),
        (f, (np.array([-7.3, 7.3]), known(np.array([[2.0], [-3.1]]))), {}),
    ]

if np.lib.NumpyVersion(np.__version__) >= "2.1.0":  # `min` and `max` as keywords of clip
    x = np.array([-2.0, 0.3, 4.0])
    CASES += [
        (np.clip, (x,), {"min": known(-1.0)}),
        (np.clip, (x,), {"max": known(np.array([1.0, 0.0, 3.0]))}),
        (np.clip, (x,), {"min": known(-1.0), "max": known(np.array([1.0, 0.0, 3.0]))}),
    ]
