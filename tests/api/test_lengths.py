"""Functions that are made for the lengths of their arguments: each length gets its own."""

import numpy as np
import pytest

from tapeless import grad, jvp, value_and_grad, vjp


def _part(a, *rest):
    return a * a * len(rest) if rest else a


def spread_out(q):
    return _part(*q) * q[1] * q[1]


def expected(n):
    return [8.0 * (n - 1), 4.0 * (n - 1), *[0.0] * (n - 2)]


def test_another_length_is_another_derivative():
    derivative = value_and_grad(spread_out)
    for n in (3, 4, 3, 5, 4):
        value, bar = derivative(np.arange(1.0, n + 1))
        assert value == 4.0 * (n - 1)
        np.testing.assert_allclose(bar, expected(n))


@pytest.mark.parametrize("of", [tuple, list])
def test_lists_and_tuples_have_lengths(of):
    derivative = grad(spread_out)
    for n in (3, 4, 3):
        assert derivative(of(np.arange(1.0, n + 1).tolist())) == of(expected(n))


def test_derivatives_of_it_have_lengths_too():
    derivative = grad(spread_out)
    for n in (3, 4, 3):
        q, v = np.arange(1.0, n + 1), np.ones(n)
        second = np.zeros((n, n))
        second[0, :2] = second[:2, 0] = 8.0 * (n - 1)
        second[1, 1] = 2.0 * (n - 1)
        _, pullback = vjp(derivative, q)
        np.testing.assert_allclose(pullback(v)[0], second @ v)
        np.testing.assert_allclose(jvp(derivative, (q,), (v,))[1], second @ v)
        np.testing.assert_allclose(jvp(spread_out, (q,), (v,))[1], np.sum(expected(n)))


def test_the_saved_module_says_so(tmp_path):
    derivative = grad(spread_out)
    derivative(np.arange(1.0, 4.0))
    derivative.save(tmp_path / "spread_out_grad.py")
    assert "q: f8[3]" in (tmp_path / "spread_out_grad.py").read_text()


def test_an_array_as_a_constant_has_its_length():
    axis = np.array([0.2, 0.5, -0.4])

    def rows(a):
        side = np.cross(axis, a)
        return np.sum(np.array([[side[0], a[0]], [side[1], a[1]]]) * np.arange(4.0).reshape(2, 2))

    bar = grad(rows)(np.array([0.3, -0.2, 0.5]))
    np.testing.assert_allclose(bar, [rows(e) for e in np.eye(3)])  # it is linear
