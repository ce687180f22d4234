"""Wrong use, and arguments that are refused: before any number is returned."""

import numpy as np
import pytest

from tapeless import NotSupported, grad, value_and_grad
from tapeless.errors import WrongUse


def total(x, k=1.0):
    return np.sum(x * k)


class Boat:
    pass


class Subclass(np.ndarray):
    pass


INTEGERS = np.array([1, 2])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (INTEGERS, "argument x of total is an array of int64, which has no gradient"),
        (INTEGERS, "no gradient: pass x.astype(float)"),
        (INTEGERS > 1, "array of bool, which has no gradient: pass x.astype(float)"),
        (True, "is a bool, which has no gradient: pass float(x)"),
        (np.True_, "is a bool, which has no gradient: pass float(x)"),
        ([1.0, INTEGERS], "argument x[1] of total is an array of int64"),
        ({"a": (INTEGERS,)}, "pass x['a'][0].astype(float)"),
        ("text", "argument x of total is not a float or an array"),
        (None, "argument x of total is not a float or an array"),
        (np.sin, "not a float or an array"),
        (np.array(["a"]), "leave it out of argnums"),
        (Boat(), "of which is not known what is a number to differentiate"),
    ],
)  # fmt: skip
def test_no_gradient(value, message):
    with pytest.raises(WrongUse) as info:
        grad(total)(value)
    assert message in str(info.value)


def test_integers_elsewhere_are_welcome():
    np.testing.assert_allclose(grad(total)(np.ones(2), INTEGERS), [1.0, 2.0])


@pytest.mark.parametrize("argnums", [0, 1])
@pytest.mark.parametrize(
    ("value", "message"),
    [
        (np.ma.masked_array([1.0, 2.0], [0, 1]), "masked array"),
        (np.array([1.0, None]), "array of Python objects"),
        (np.zeros(2, [("a", float)]), "array of records"),
        (np.ones(2).view(Subclass), "Subclass"),
        ([np.ma.masked_array([1.0], [0])], "masked array"),
    ],
)
def test_refused_arrays(value, message, argnums):
    values = [1.0, 1.0]
    values[argnums] = value
    for k in (0, 1):
        with pytest.raises(NotSupported, match=message):
            grad(total, k)(*values)


@pytest.mark.filterwarnings("ignore:the matrix subclass:PendingDeprecationWarning")
def test_matrix():
    with pytest.raises(NotSupported, match=r"np\.asarray"):
        grad(total)(np.matrix([[1.0]]))


@pytest.mark.parametrize("make", [grad, value_and_grad])
def test_results_without_gradient(make):
    x = np.array([1.0, 2.0])
    cases = [
        (lambda x: x * 2.0, "vjp"),
        (lambda x: x[:0], "vjp"),
        (lambda x: np.sum(x) > 0.0, "boolean"),
        (lambda x: np.sum(x) * 1j, "complex"),
        (lambda x: (np.sum(x), 1.0), "vjp|has_aux"),
        (lambda x: [np.sum(x)], "vjp"),
        (lambda x: np.sum(x > 0.0), "int"),
        (lambda x: None, "None"),
        (lambda x: "text", "str|text"),
    ]
    for f, message in cases:
        with pytest.raises((WrongUse, NotSupported), match=message):
            make(f)(x)


def test_python_integer_result():
    def f(x, n):
        s = 0
        for i in range(n):
            s = s + x[i] ** 2
        return s

    d = grad(f)
    np.testing.assert_allclose(d(np.array([3.0, 4.0]), 0), [0.0, 0.0])
    np.testing.assert_allclose(d(np.array([3.0, 4.0]), 1), [6.0, 0.0])


def test_without_source():
    for f in (len, int.bit_length):
        with pytest.raises(NotSupported):
            grad(f)(1.0)
    with pytest.raises(NotSupported):
        grad(dict)(1.0)
    with pytest.raises(WrongUse):
        grad(3)
    scope = {}
    exec("def f(x):\n    return x", scope)
    with pytest.raises(NotSupported, match="no source"):
        grad(scope["f"])(1.0)


def test_an_error_of_the_primal_passes_through():
    def f(x):
        if x > 0.0:
            raise ValueError("positive")
        return x

    d = grad(f)
    assert d(-1.0) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="positive"):
        d(1.0)
