"""`vjp`: structures of results, repeated calls, wrong cotangents."""

import functools

import numpy as np
import pytest

from tapeless import grad, vjp
from tapeless.errors import WrongUse

from . import functions


def close(a, b):
    np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-8)


def test_scalar_function():
    x = np.array([1.0, 2.0])
    out, pullback = vjp(functions.loss, 2.0, 1.0, x)
    close(out, functions.loss(2.0, 1.0, x))
    bars = pullback(1.0)
    assert isinstance(bars, tuple)
    assert len(bars) == 3
    close(bars[1], np.sum(2 * (2 * x + 1)))
    close(pullback(2)[1], 2 * bars[1])


def test_array_function_repeatedly():
    def f(x, y):
        u = x.copy()
        for _ in range(3):
            u[1:] = u[1:] * u[:-1] + y
        return u

    x, y = np.array([1.1, 0.7, 1.3]), 0.5
    out, pullback = vjp(f, x, y)
    kept = out.copy()
    first = pullback(np.ones(3))
    second = pullback(np.ones(3))
    close(first[0], second[0])
    close(first[1], second[1])
    close(out, kept)
    directions = np.eye(3)
    jacobian = np.array([pullback(e)[0] for e in directions])
    close(np.ones(3) @ jacobian, first[0])


def test_what_the_caller_changes_afterwards_does_not_matter():
    def f(x):
        u = x**2
        u *= x
        return u

    x = np.array([1.0, 2.0])
    out, pullback = vjp(f, x)
    expected = pullback(np.ones(2))[0]
    close(expected, 3 * x**2)
    x += 5.0
    out += 7.0
    close(pullback(np.ones(2))[0], expected)


def test_cotangent_is_not_changed():
    def f(x):
        u = x.copy()
        u[0] = u[1]
        return u

    seed = np.array([1.0, 2.0])
    _, pullback = vjp(f, np.array([3.0, 4.0]))
    close(pullback(seed)[0], [0.0, 3.0])
    close(seed, [1.0, 2.0])


def test_what_is_returned_belongs_to_the_caller():
    x, y = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    _, pullback = vjp(lambda x, y: np.sum(x * y), x, y)
    for bars in (pullback(1.0), pullback(1.0)):
        close(bars[0], [3.0, 4.0])
        close(bars[1], [1.0, 2.0])
        for bar in bars:
            bar *= 10.0
    close(x, [1.0, 2.0])
    close(y, [3.0, 4.0])


def test_structured_result():
    def f(x):
        return {"a": x**2, "b": (np.sum(x), [x[0]])}

    x = np.array([1.0, 2.0])
    out, pullback = vjp(f, x)
    assert list(out) == ["a", "b"]
    close(pullback({"a": [1.0, 0.0], "b": (2.0, [3.0])})[0], [7.0, 2.0])
    for wrong in (1.0, {"a": x}, {"a": x, "b": 1.0}, {"a": x, "b": (1.0, [x])}):
        with pytest.raises(WrongUse, match="out_bar"):
            pullback(wrong)


@pytest.mark.parametrize(
    ("seed", "message"),
    [
        (1.0, r"shape \(2,\) of the result, not \(\)"),
        (np.ones(3), r"not \(3,\)"),
        ("a", "must be a number"),
        (None, "must be a number"),
        (np.ones(2) * 1j, "must be real"),
        ([[1.0], 2.0], "must be a number"),
    ],
)
def test_wrong_cotangent(seed, message):
    _, pullback = vjp(lambda x: x * 2.0, np.ones(2))
    with pytest.raises(WrongUse, match=message):
        pullback(seed)


def test_cotangent_takes_the_dtype_of_the_result():
    _, pullback = vjp(lambda x: x * x, np.ones(2, "f4"))
    (bar,) = pullback(np.ones(2))
    assert bar.dtype == np.float32
    close(pullback([1, 1])[0], [2.0, 2.0])


def test_has_aux():
    out, pullback, aux = vjp(lambda x: (x**2, "note"), 3.0, has_aux=True)
    assert aux == "note"
    close(out, 9.0)
    close(pullback(1.0), (6.0,))


def test_callables():
    close(vjp(functools.partial(functions.area, scale=3.0), 2.0)[1](1.0), (12.0,))
    close(vjp(functions.Model(2.0).plain, 3.0)[1](1.0), (12.0,))
    close(vjp(np.multiply, 2.0, 3.0)[1](1.0), (3.0, 2.0))
    a = 4.0
    for k in range(3):
        close(vjp(lambda x: a * k * x, 3.0)[1](1.0), (4.0 * k,))


def test_vjp_of_a_derivative():
    def f(x):
        return np.sum(x**3)

    out, pullback = vjp(grad(f), np.array([1.0, 2.0]))
    close(out, [3.0, 12.0])
    np.testing.assert_allclose(pullback(np.array([1.0, 0.0]))[0], [6.0, 0.0], rtol=1e-3, atol=1e-3)


def test_wrong_calls():
    with pytest.raises(WrongUse, match="values of the arguments"):
        vjp(functions.loss)
    with pytest.raises(WrongUse, match="takes 3 positional"):
        vjp(functions.loss, 1.0, 2.0, 3.0, 4.0)
    with pytest.raises(TypeError, match="missing a required argument: 'x'"):
        vjp(functions.loss, 1.0, 2.0)
    with pytest.raises(WrongUse, match=r"x.astype\(float\)"):
        vjp(functions.loss, 1.0, 2.0, np.array([1, 2]))
    close(vjp(functions.loss, 1, 2, 3)[0], 25.0)


def test_arguments_after_the_primals_keep_their_defaults():
    out, pullback = vjp(functions.area, 3.0)
    close(out, 18.0)
    close(pullback(1.0), (12.0,))


def test_star_args():
    def f(x, *rest):
        return x * rest[0] + rest[1]

    out, pullback = vjp(f, 2.0, 3.0, 4.0)
    close(out, 10.0)
    close(pullback(1.0), (3.0, 2.0, 1.0))
