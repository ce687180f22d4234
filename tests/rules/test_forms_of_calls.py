"""Calls that stand for other calls, objects made of numbers, and primitives as functions."""

import functools
import math
import operator
import runpy

import numpy as np
import pytest

from tapeless import grad, jvp, value_and_grad, vjp

X = np.array([0.3, 0.7, 0.2, 0.9])
M = np.arange(12.0).reshape(3, 4) / 7.0
POLYNOMIAL = np.poly1d([1.0, 2.0, -1.0])


def labels(x):
    return np.sum(np.einsum(x, [0, 1], M, [2, 1], [0, 2]) ** 2)


def labels_without_result(x):
    named = (0, 1)
    return np.sum(np.einsum(x, named, x, [2, 1]) * M[:, :3])


def labels_with_dots(x):
    return np.einsum(x, [..., 1], X, [1], [...], optimize=True)[1]


def of_lists(x):
    return np.sum(np.log([x[0], 2.0]) * np.negative((x[1], x[2]))) + np.sum(np.square([x, 2 * x]))


def of_types(x):
    return np.sum(np.multiply(x, X, dtype=float) + np.exp(x, dtype=None))


def of_operators(x):
    return np.sum(x.__mul__(2.0) + x.__rsub__(1.0) * x.__neg__()) + operator.getitem(x, 1)


def coefficients(x):
    p = np.poly1d(x)
    made = p.deriv()(1.5) + p.integ()(0.5) + p(x[0]) + np.polyval(p, 0.3) + p[1] * p.order
    return made + (p * p + 2.0 * p - 1.5)(0.2) + np.sum(p.coeffs)


def known_polynomial(x):
    return np.sum(POLYNOMIAL(x) * np.poly1d([2.0, 1.0])(x))


def both_complex(x):
    return np.sum(np.abs([1j * x, x**2]) ** 2)


def of_parts(x):
    return np.sum(np.abs(np.meshgrid((1.0 + 2.0j) * x, x)) ** 2)


def taken_in_turn(x):
    return [f(x) for f in (np.sin, np.cos)]


def zero_d(x):
    return math.exp(np.array(x[0])) * math.hypot(np.asarray(x[1]), 1.0)


def axes_of_numbers(x):
    y = np.array(x[0])
    sums = np.cumsum(y, axis=-1)[0] + np.cumprod(x[1], axis=0)[0] * np.repeat(y, 2, axis=0)[1]
    return sums + np.prod(x[2], axis=-1) * np.nanprod(y, axis=0)


def arrays_from_lists(x):
    total = np.linalg.norm([x[0], x[1]]) * np.unwrap([x[2], 9.0 * x[3]])[1] * np.sinc([x[3]])[0]
    return total + np.sum(np.abs(np.fft.fft([x[0], x[2], 1.0])) ** 2)


class Held:
    def __init__(self, content):
        self.content = content

    def __array__(self, dtype=None, copy=None):
        return np.asarray(2.0 * self.content, dtype)


def of_an_object(x):
    return np.dot(Held(x), x) + np.sum(np.sin(Held(x)))


def slope(f, x, x_dot):
    h = 1e-6
    return (f(x + h * x_dot) - f(x - h * x_dot)) / (2 * h)


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (labels, M), (labels_without_result, M), (labels_with_dots, M), (of_lists, X),
        (of_types, X), (of_operators, X), (coefficients, X), (known_polynomial, X),
        (axes_of_numbers, X), (arrays_from_lists, X), (both_complex, X), (of_parts, X),
        (zero_d, X), (of_an_object, X),
    ],
)  # fmt: skip
def test_forms(f, x):
    x_dot = np.cos(np.arange(x.size)).reshape(x.shape)
    value, x_bar = value_and_grad(f)(x)
    expected = slope(f, x, x_dot)
    np.testing.assert_allclose(value, f(x))
    np.testing.assert_allclose(np.sum(x_bar * x_dot), expected, rtol=1e-6)
    np.testing.assert_allclose(jvp(f, (x,), (x_dot,))[1], expected, rtol=1e-6)


def test_what_is_taken_from_a_list_is_taken_in_order():
    """`-bars.pop() * a + bars.pop() * b` is not `bars.pop() * b - bars.pop() * a`."""
    _, pullback = vjp(taken_in_turn, X)
    (x_bar,) = pullback([np.full(4, 2.0), np.full(4, 3.0)])
    np.testing.assert_allclose(x_bar, 2.0 * np.cos(X) - 3.0 * np.sin(X))


# --- frozen distributions ------------------------------------------------------------------------


def test_frozen_distributions(tmp_path):
    stats = pytest.importorskip("scipy.stats")
    outside = stats.norm(0.3, 1.7)

    def made_inside(x):
        d = stats.norm(x[0], scale=x[1])
        return np.sum(d.logpdf(x)) + stats.gamma(2.0, scale=1.5).cdf(x[2])

    def made_outside(x):
        return np.sum(outside.pdf(x) + outside.logcdf(2.0 * x) * outside.ppf(x))

    for f in (made_inside, made_outside):
        x_dot = np.cos(np.arange(4.0))
        expected = slope(f, X, x_dot)
        np.testing.assert_allclose(np.sum(grad(f)(X) * x_dot), expected, rtol=1e-6)
        np.testing.assert_allclose(jvp(f, (X,), (x_dot,))[1], expected, rtol=1e-6)
    np.testing.assert_allclose(grad(outside.pdf)(0.4), slope(outside.pdf, 0.4, 1.0), rtol=1e-6)
    derivative = grad(made_inside)
    expected = derivative(X)
    path = derivative.save(tmp_path / "saved.py")
    assert "tapeless" not in path.read_text().partition("\n\n")[2]
    _, found = runpy.run_path(str(path))["made_inside_grad"](X)
    np.testing.assert_allclose(found, expected)


# --- primitives as functions ---------------------------------------------------------------------


def test_primitives_with_any_number_of_arguments():
    assert grad(np.where, (1, 2))(True, 1.0, 2.0) == (1.0, 0.0)
    assert grad(max, (0, 1))(1.0, 2.0) == (0.0, 1.0)
    np.testing.assert_allclose(grad(math.hypot, (0, 1))(3.0, 4.0), (0.6, 0.8))
    np.testing.assert_allclose(grad(np.einsum, 1)("ii", np.eye(3)), np.eye(3))
    left, right = grad(np.einsum, (1, 2))("ij,ij->", M, 2.0 * M)
    np.testing.assert_allclose(left, 2.0 * M)
    np.testing.assert_allclose(right, M)


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (operator.methodcaller("sum"), np.ones(4)),
        (operator.itemgetter(1), [0.0, 1.0, 0.0, 0.0]),
        (np.ndarray.sum, np.ones(4)),
        (X.dot, X),
        (functools.partial(np.sum, axis=None), np.ones(4)),
    ],
)
def test_objects_that_are_called(f, expected):
    np.testing.assert_allclose(grad(f)(X), expected)


def test_a_polynomial_is_called():
    assert grad(POLYNOMIAL)(0.5) == 3.0
