"""Elementwise functions of numpy and math, on floats and arrays."""

import math

import numpy as np

from .corpus import program


@program(make=lambda g: (g.uniform(-0.9, 0.9, size=5),))
def trigonometry(x):
    return np.sum(np.sin(x) * np.cos(x) + np.tan(x) - np.arcsin(x) * np.arccos(x) + np.arctan(x))


@program(make=lambda g: (g.uniform(-0.9, 0.9, size=5),))
def hyperbolic(x):
    return np.sum(
        np.sinh(x) * np.cosh(x) + np.tanh(x) - np.arcsinh(x) + np.arctanh(x) * np.arccosh(2.5 + x)
    )


@program(make=lambda g: (g.uniform(0.2, 2.0, size=5),))
def exponentials(x):
    return np.sum(np.exp(x) + np.exp2(x) * np.expm1(x))


@program(make=lambda g: (g.uniform(0.2, 2.0, size=5),))
def logarithms(x):
    return np.sum(np.log(x) + np.log2(x) * np.log10(x) + np.log1p(x))


@program(make=lambda g: (g.uniform(0.2, 2.0, size=5),))
def roots_and_squares(x):
    return np.sum(np.sqrt(x) + np.cbrt(x) * np.square(x) + np.reciprocal(x))


@program(make=lambda g: (g.uniform(0.2, 2.0, size=5), g.uniform(0.2, 2.0, size=5)), wrt=(0, 1))
def two_arguments(x, y):
    return np.sum(np.arctan2(x, y) + np.hypot(x, y) * np.logaddexp(x, y) + np.logaddexp2(y, x))


@program(make=lambda g: (g.uniform(0.2, 2.0, size=(3, 1)), g.uniform(0.2, 2.0, size=4)), wrt=(0, 1))
def two_arguments_broadcast(x, y):
    return np.sum(np.arctan2(x, y) * np.hypot(x, y) + np.power(x, y))


@program(make=lambda g: (g.uniform(0.2, 2.0, size=5), g.uniform(0.2, 2.0, size=5)), wrt=(0, 1))
def operators_as_functions(x, y):
    a = np.add(x, y)
    b = np.subtract(a, np.multiply(x, 2.0))
    c = np.divide(b, np.true_divide(y, 3.0))
    return np.sum(np.negative(c) * np.positive(x) + np.power(y, 3) + np.float_power(x, 1.5))


@program(make=lambda g: (np.array([-1.5, 0.4, 2.0, -0.3]),))
def absolute_values(x):
    return np.sum(np.abs(x) * x) + np.sum(abs(x) ** 3) + np.sum(np.absolute(x) + np.fabs(x) * 2.0)


@program(make=lambda g: (-1.3,))
def absolute_float(x):
    return abs(x) * 2.0 + abs(x * 3.0) ** 2


@program(make=lambda g: (np.array([-1.5, 0.4, 2.0]), np.array([0.1, 0.9, -1.0])), wrt=(0, 1))
def maxima_and_minima(x, y):
    return np.sum(
        np.maximum(x, y) * 3.0 + np.minimum(x, y) ** 2 + np.fmax(x, 0.0) - np.fmin(y, 0.5)
    )


@program(make=lambda g: (np.array([-1.5, 0.4, 2.0]), 0.2), wrt=(0, 1))
def maximum_with_float(x, c):
    return np.sum(np.maximum(x, c) ** 2) + np.sum(np.minimum(c, x))


@program(make=lambda g: (np.array([-1.5, 0.4, 2.0]),))
def clipped(x):
    return np.sum(np.clip(x, -1.0, 1.0) * x) + np.sum(x.clip(0.0, 3.0) ** 2)


@program(
    make=lambda g: (np.array([-1.5, 0.4, 2.0]), -1.0, 1.0), wrt=(0, 1, 2), note="active bounds"
)
def clipped_with_active_bounds(x, low, high):
    return np.sum(np.clip(x, low, high) ** 2)


@program(make=lambda g: (np.array([-1.5, 0.4, 2.0]), np.array([0.1, 0.9, -1.0])), wrt=(0, 1))
def where_on_condition(x, y):
    return np.sum(np.where(x > 0.0, x**2, x * y)) + np.sum(np.where(y > x, 1.0, x))


@program(make=lambda g: (np.array([[-1.5, 0.4], [2.0, -0.7]]), 0.3), wrt=(0, 1))
def where_broadcast(x, c):
    return np.sum(np.where(x > 0.0, x, c) ** 2 * np.where([True, False], x, 1.0))


@program(make=lambda g: (np.array([-1.5, 0.4, 2.0]),))
def relu_and_leaky(x):
    r = np.maximum(0.0, x)
    leaky = np.where(x >= 0, x, 0.01 * x)
    return np.sum(r**2 + leaky)


@program(make=lambda g: (np.array([-1.6, 0.4, 2.3, 0.8]),))
def rounding_is_constant(x):
    return np.sum(
        x * np.sign(x) + np.floor(x) * x + np.ceil(x) * x**2 + np.round(x) + np.rint(x) * x
    )


@program(make=lambda g: (np.array([-1.5, 0.4, 2.3, 0.8]),), note="remainder by a constant")
def remainder(x):
    return np.sum((x % 1.0) ** 2) + np.sum(np.mod(x, 0.7) * x)


@program(make=lambda g: (5.3, 1.7), wrt=(0, 1))
def remainder_of_floats(x, y):
    return (x % y) ** 2 + x * (x // y)


@program(make=lambda g: (g.uniform(0.2, 2.0, size=3),))
def angles(x):
    return np.sum(np.deg2rad(x) * np.rad2deg(x) + np.degrees(x) * 0.01 + np.radians(x))


@program(make=lambda g: (0.6,))
def math_trigonometry(x):
    return math.sin(x) * math.cos(x) + math.tan(x) - math.asin(x) + math.acos(x) * math.atan(x)


@program(make=lambda g: (0.6,))
def math_hyperbolic(x):
    return (
        math.sinh(x) * math.cosh(x)
        + math.tanh(x)
        + math.asinh(x)
        - math.atanh(x)
        + math.acosh(x + 2.0)
    )


@program(make=lambda g: (0.6, 1.7), wrt=(0, 1))
def math_powers(x, y):
    return (
        math.exp(x) * math.log(y)
        + math.sqrt(x * y)
        + math.pow(x, y)
        + math.log10(y)
        + math.log2(x)
        + math.log1p(x)
        + math.expm1(y)
    )


@program(make=lambda g: (0.6, 1.7), wrt=(0, 1))
def math_two_arguments(x, y):
    return math.atan2(x, y) * math.hypot(x, y) + math.fabs(-x)


@program(make=lambda g: (0.6, 1.7), wrt=(0, 1), note="log with a base", may_refuse=True)
def math_log_with_base(x, y):
    return math.log(y, 2.0) + math.log(y, 3.0 + x)


@program(make=lambda g: (0.6,))
def math_constants(x):
    return math.pi * x**2 + math.e**x + math.floor(3.7) * x


@program(make=lambda g: (0.6,))
def math_erf(x):
    return 0.5 * (1.0 + math.erf(x / math.sqrt(2.0))) * math.erfc(x)


@program(make=lambda g: (2.6,), note="math.gamma needs digamma", may_refuse=True)
def math_gamma(x):
    return math.gamma(x) + math.lgamma(x)


@program(make=lambda g: (0.6,))
def numpy_on_floats(x):
    return np.exp(x) * np.sin(x) + np.sqrt(x) + np.tanh(x * 2)


@program(make=lambda g: (0.6, 1.4), wrt=(0, 1))
def builtin_max_and_min(x, y):
    return max(x, y) ** 2 + min(x, y, 3.0) + max(0.0, x - 5.0)


@program(make=lambda g: (0.6, 1.4), wrt=(0, 1))
def builtin_pow(x, y):
    return pow(x, 3) + pow(y, x)


@program(make=lambda g: (0.6,))
def float_conversion(x):
    return float(x) ** 2 + x


@program(make=lambda g: (g.normal(size=5),))
def sum_builtin(x):
    return sum(x) ** 2 + sum([x[0], x[1]])


@program(make=lambda g: (g.normal(size=5),))
def sigmoid_forms(x):
    a = 1.0 / (1.0 + np.exp(-x))
    b = np.exp(x) / (1 + np.exp(x))
    c = 0.5 * (1 + np.tanh(x / 2))
    return np.sum(a * b + c**2)


@program(make=lambda g: (g.normal(size=5),))
def softplus(x):
    return np.sum(np.log1p(np.exp(-np.abs(x))) + np.maximum(x, 0.0))


@program(make=lambda g: (g.normal(size=5),))
def gelu(x):
    return np.sum(0.5 * x * (1.0 + np.tanh(np.sqrt(2.0 / np.pi) * (x + 0.044715 * x**3))))


@program(make=lambda g: (g.normal(size=5),), note="huber loss")
def huber(x):
    a = np.abs(x)
    return np.sum(np.where(a < 0.5, 0.5 * x**2, 0.5 * (a - 0.25)))


@program(make=lambda g: (np.array([0.0, 1.5, -2.0]),), note="0.0 ** 2 and friends")
def powers_at_zero(x):
    return np.sum(x**2) + np.sum(x**3) + np.sum(x**1) + np.sum(x**0)


@program(make=lambda g: (np.array([0.5, 1.5, 2.0]),), note="power with array of integer exponents")
def array_exponent(x):
    return np.sum(x ** np.arange(3)) + np.sum(x[0] ** np.array([2.0, 3.0]))


@program(make=lambda g: (0.0, 2.0), wrt=(0,), note="0.0 ** 2 on a float")
def float_power_at_zero(x, n):
    return x**n + x**2 + x


@program(make=lambda g: (np.array([0.3, 0.7, 1.9]),), may_refuse=True)
def sinc_and_heaviside(x):
    return np.sum(np.sinc(x)) + np.sum(np.heaviside(x - 1.0, 0.5) * x)


@program(make=lambda g: (np.array([0.3, -0.7, 1.9]), np.array([-1.0, 2.0, -0.5])), may_refuse=True)
def copysign(x, y):
    return np.sum(np.copysign(x, y) * x)


@program(make=lambda g: (g.normal(size=4), g.normal(size=4)), wrt=(0, 1), may_refuse=True)
def products_of_vectors(x, y):
    return np.inner(x, y) + np.vdot(x, y) ** 2
