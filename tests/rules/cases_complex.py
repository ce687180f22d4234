"""Cases with complex arguments."""

import cmath

import numpy as np

g = np.random.default_rng(6)


def n(*shape):
    return g.normal(size=shape) + 1j * g.normal(size=shape)


CASES = []
for f in (
    np.negative, np.positive, np.conjugate, np.square, np.exp, np.sin, np.cosh, np.tanh, np.sqrt,
    np.log, np.absolute, np.real, np.imag, np.sum, np.mean, np.prod, np.cumsum, np.transpose,
    np.copy, np.ravel, np.linalg.norm, np.trace, np.arcsin, np.arccos, np.arctan, np.arcsinh,
    np.arccosh, np.arctanh, np.tan, np.angle, np.real_if_close, np.exp2, np.log2, np.log10,
    np.expm1, np.log1p, np.reciprocal, np.sinc, np.cos, np.sinh,
):  # fmt: skip
    CASES += [(f, (n(2, 3),), {})]
for f in (abs, np.absolute, np.conjugate, np.exp, np.real, np.imag, np.angle, np.real_if_close):
    CASES += [(f, (0.3 - 0.8j,), {})]
for z in (n(2, 3), 0.3 - 0.8j, np.array([1e3 + 1j, 1e-3j, -2.0 + 0.0j])):
    CASES += [(np.sign, (z,), {})]
CASES += [
    (np.imag, (1.5,), {}),
    (np.imag, (g.normal(size=3),), {}),
    (np.real, (g.normal(size=3),), {}),
    (np.real_if_close, (g.normal(size=3),), {}),
    (np.angle, (n(3),), {"deg": True}),
    (np.angle, (n(3), True), {}),
    (np.angle, (g.normal(size=3),), {}),
    (np.angle, (-1.5,), {"deg": True}),
    (np.sinc, (np.array([0.0, 0.01 + 0.02j, 1e-5j]),), {}),
    (np.power, (g.normal(size=3), n(3)), {}),  # a negative base has a logarithm here
    (np.float_power, (g.normal(size=3), n(3)), {}),
    (pow, (-1.5, 0.3 - 0.8j), {}),
    (np.arccosh, (np.array([-1.5 + 0.5j, -1.5 - 0.5j]),), {}),
    (np.arcsin, (np.array([-1.5 + 0.5j, 1.5 - 0.5j]),), {}),
]
for name in """exp log10 sqrt sin cos tan sinh cosh tanh asin acos atan asinh acosh atanh log phase
               polar""".split():
    CASES += [(getattr(cmath, name), (z,), {}) for z in (0.3 - 0.8j, -1.2 + 0.4j, 0.37)]
for name in "sqrt log log10".split():
    CASES += [(getattr(cmath, name), (-1.5,), {})]
CASES += [
    (cmath.asin, (1.5,), {}),
    (cmath.acos, (-1.5,), {}),
    (cmath.acosh, (-1.5,), {}),
    (cmath.log, (0.3 - 0.8j, 2.5), {}),
    (cmath.log, (0.3 - 0.8j, -1.2 + 0.4j), {}),
    (cmath.rect, (1.5, -0.4), {}),
]
for f in (np.add, np.subtract, np.multiply, np.divide, np.power):
    CASES += [
        (f, (n(2, 3), n(3)), {}),
        (f, (n(3), 1.5), {}),
        (f, (1.5, n(3)), {}),
        (f, (n(3), 2), {}),
    ]
for f in (np.dot, np.matmul):
    CASES += [
        (f, (n(2, 3), n(3, 2)), {}),
        (f, (n(3), n(3)), {}),
        (f, (n(2, 3), g.normal(size=3)), {}),
    ]
CASES += [
    (np.vdot, (n(3), n(3)), {}),
    (np.vdot, (n(3), g.normal(size=3)), {}),
    (np.vdot, (g.normal(size=(2, 3)), n(2, 3)), {}),
    (np.outer, (n(3), n(2)), {}),
    (np.einsum, ("ij,jk->ik", n(2, 3), n(3, 2)), {}),
    (np.linalg.inv, (n(3, 3),), {}),
    (np.linalg.det, (n(3, 3),), {}),
    (np.linalg.solve, (n(3, 3), n(3)), {}),
    (np.where, (np.array([True, False]), n(2), g.normal(size=2)), {}),
    (np.concatenate, ([n(2), n(3)],), {}),
    (np.array, ([1.0 + 2.0j, 2.0],), {}),
    (np.nan_to_num, (n(2, 3),), {}),
    (np.imag, ([1.0, 2.0],), {}),
    (np.abs, ([n(2), n(2)],), {}),
]
