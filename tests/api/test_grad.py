"""Calling derivatives: which arguments, in which form, of which callables."""

import functools
import inspect
import threading
from collections import namedtuple

import numpy as np
import pytest

from tapeless import NotSupported, grad, value_and_grad
from tapeless.errors import WrongUse

from . import functions

W, B, X = 2.0, 1.0, np.array([1.0, 2.0, 3.0])
W_BAR = np.sum(2 * (W * X + B) * X)
B_BAR = np.sum(2 * (W * X + B))
VALUE = np.sum((W * X + B) ** 2)


def close(a, b):
    np.testing.assert_allclose(a, b, rtol=1e-6, atol=1e-8)


# --- argnums --------------------------------------------------------------------------------


def test_first_argument_by_default():
    d = grad(functions.loss)
    close(d(W, B, X), W_BAR)


@pytest.mark.parametrize(
    ("argnums", "expected"),
    [
        (0, W_BAR), (1, B_BAR), (-2, B_BAR), ("b", B_BAR), (np.int64(1), B_BAR),
        ((0,), (W_BAR,)), ((0, 1), (W_BAR, B_BAR)), (("b", "w"), (B_BAR, W_BAR)),
        ((0, "b"), (W_BAR, B_BAR)), ([1], (B_BAR,)),
    ],
)  # fmt: skip
def test_argnums(argnums, expected):
    found = grad(functions.loss, argnums)(W, B, X)
    assert isinstance(found, tuple) == isinstance(expected, tuple)
    close(found, expected)
    value, again = value_and_grad(functions.loss, argnums)(W, B, X)
    close(value, VALUE)
    close(again, expected)


def test_gradient_of_array():
    found = grad(functions.loss, "x")(W, B, X)
    assert isinstance(found, np.ndarray)
    close(found, 2 * (W * X + B) * W)


@pytest.mark.parametrize(
    ("argnums", "message"),
    [
        ("v", "loss has no argument 'v'; it has: w, b, x"),
        (3, "argnums=3 is out of range: loss takes (w, b, x)"),
        (-4, "out of range"),
        ((), "argnums is empty"),
        ((0, "w"), "argnums names 'w' twice"),
        ((1, 1), "argnums names 'b' twice"),
        (True, "not True"),
        (1.0, "not 1.0"),
        (None, "not None"),
        (("w", (1,)), "not (1,)"),
    ],
)
def test_wrong_argnums(argnums, message):
    with pytest.raises(WrongUse) as info:
        grad(functions.loss, argnums)
    assert message in str(info.value)


def test_argnums_within_star_args():
    def f(x, *rest):
        return x * rest[0]

    with pytest.raises(NotSupported, match="argnums='rest'"):
        grad(f, 1)


def test_keywords_and_defaults():
    d = grad(functions.area)
    close(d(3.0), 12.0)
    close(d(r=3.0, scale=1.0), 6.0)
    close(d(3.0, power=3), 54.0)
    close(grad(functions.area, "scale")(3.0), 9.0)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'r'"):
        d()
    with pytest.raises(TypeError, match="unexpected keyword argument 'q'"):
        d(3.0, q=1)


# --- kinds of arguments ---------------------------------------------------------------------


def test_python_int_counts_as_float():
    found = grad(functions.area)(3)
    assert type(found) is float
    close(found, 12.0)
    close(grad(functions.area)(np.int64(3)), 12.0)


def test_structures_come_back():
    Pair = namedtuple("Pair", "u v")

    def f(p, q):
        return np.sum(p["a"] * p["b"]) * q

    found = grad(f)({"a": np.ones(2), "b": 3, "c": 1.0}, 2.0)
    assert list(found) == ["a", "b", "c"]
    close(found["a"], [6.0, 6.0])
    close((found["b"], found["c"]), (4.0, 0.0))

    found = grad(lambda pair: pair[0] * pair[1])((2, 3.0))
    assert isinstance(found, tuple)
    close(found, (3.0, 2.0))

    found = grad(lambda pair: pair[0] * pair[1])(Pair(2, 3.0))
    assert isinstance(found, Pair)
    close(found, (3.0, 2.0))


def test_nested_structures_come_back():
    def f(p, q):
        return np.sum(p["a"] * p["b"][0]) + p["b"][1] * q

    found = grad(f)({"a": np.ones(2), "b": (3.0, 4)}, 2.0)
    assert isinstance(found["b"], tuple)
    close(found["a"], [3.0, 3.0])
    close(found["b"], (2.0, 2.0))


def test_list_of_ints():
    def f(items):
        s = 0.0
        for item in items:
            s = s + item * item
        return s

    d = grad(f)
    close(d([1, 2, 3]), [2.0, 4.0, 6.0])
    close(d([1.0, 2.5]), [2.0, 5.0])
    close(d([3]), [6.0])


def test_sizes_one_and_rank_zero():
    d = grad(functions.loss, ("w", "b"))
    w, b, x = np.ones((2, 1)), np.ones((1, 3)), np.ones((2, 3))
    w_bar, b_bar = d(w, b, x)
    assert (w_bar.shape, b_bar.shape) == ((2, 1), (1, 3))
    w_bar, b_bar = d(np.array(2.0), 1.0, np.ones(1))
    assert (np.shape(w_bar), np.shape(b_bar)) == ((), ())
    w_bar, b_bar = d(np.ones(3), np.ones(3), x)
    assert (w_bar.shape, b_bar.shape) == ((3,), (3,))


def test_result_of_size_one_array():
    def f(x):
        return x[:1] ** 2

    value, bar = value_and_grad(f)(np.array([3.0, 4.0]))
    assert value.shape == (1,)
    close(bar, [6.0, 0.0])


def test_arguments_are_not_changed():
    def f(x):
        x[0] = 2.0 * x[1]
        return np.sum(x**2)

    x = np.array([1.0, 2.0])
    close(grad(f)(x), [0.0, 20.0])
    close(x, [1.0, 2.0])


def test_arguments_that_share_memory():
    def f(x, y):
        x[0] = y[1]
        return np.sum(x * y)

    x = np.array([1.0, 2.0, 3.0])
    d = grad(f)
    close(d(x, x.copy()), [0.0, 2.0, 3.0])
    for y in (x, x[:], x[::-1]):
        with pytest.raises(
            NotSupported, match=r"share memory, and .* writes into x[\s\S]*x.copy()"
        ):
            d(x, y)
    close(d(x[:2], x[1:].copy()), [0.0, 3.0])
    even, odd = np.arange(4.0)[::2], np.arange(4.0)[1::2]
    close(d(even, odd), [0.0, 3.0])


def test_same_array_twice_where_nothing_is_written():
    def f(x, y):
        return np.sum(x * y)

    x = np.array([1.0, 2.0])
    close(grad(f, (0, 1))(x, x), (x, x))


def test_what_is_returned_belongs_to_the_caller():
    def f(x, y):
        return np.sum(x * y) + np.sum(y)

    x, y = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    x_bar, y_bar = grad(f, (0, 1))(x, y)
    x_bar *= 10.0
    y_bar *= 10.0
    close(x, [1.0, 2.0])
    close(y, [3.0, 4.0])

    x_bar, y_bar = grad(lambda x, y: np.sum((x + y) ** 2), (0, 1))(x, y)
    x_bar *= 10.0
    close(y_bar, [8.0, 12.0])


# --- has_aux ----------------------------------------------------------------------------------


def test_has_aux():
    def f(x):
        y = x**2
        return 2.0 * y, {"y": y}

    bar, aux = grad(f, has_aux=True)(3.0)
    close(bar, 12.0)
    close(aux["y"], 9.0)
    (value, aux), bar = value_and_grad(f, has_aux=True)(3.0)
    close((value, bar, aux["y"]), (18.0, 12.0, 9.0))


# --- what can be differentiated -----------------------------------------------------------------


def test_decorators():
    close(functions.decorated(2.0), 12.0)
    close(functions.decorated.value_and_grad(2.0), (8.0, 12.0))
    close(functions.decorated.primal(2.0), 8.0)
    value, bars = functions.both(W, B, X)
    close(value, VALUE)
    close(bars, (B_BAR, W_BAR))
    close(functions.both.grad(W, B, X), (B_BAR, W_BAR))


def test_decorator_with_parentheses():
    @grad()
    def f(x):
        return x**2

    close(f(3.0), 6.0)
    with pytest.raises(WrongUse, match=r"@grad\(argnums=...\)"):
        grad("x")


def test_lambda_closure_partial_method_instance():
    a = 3.0
    close(grad(lambda x: a * x**2)(2.0), 12.0)
    close(grad(functools.partial(functions.area, scale=3.0))(2.0), 12.0)
    close(grad(functools.partial(functions.area, 2.0))(3.0), 4.0)  # now scale comes first
    model = functions.Model(5.0)
    close(grad(model.plain)(2.0), 20.0)
    close(grad(model)(2.0), 60.0)
    close(grad(functions.Model.plain, 1)(model, 2.0), 20.0)


def test_ufuncs():
    close(grad(np.sin)(0.5), np.cos(0.5))
    close(grad(np.multiply, (0, 1))(2.0, 3.0), (3.0, 2.0))
    assert grad(np.sin).__name__ == "sin"


def test_changed_closure_and_global(monkeypatch):
    d = grad(functions.rated)
    close(d(3.0), 12.0)
    monkeypatch.setattr(functions, "RATE", 5.0)
    close(d(3.0), 30.0)
    close(d.value_and_grad(3.0), (45.0, 30.0))

    def make():
        rate = 1.0

        def f(x):
            return rate * x

        def change(r):
            nonlocal rate
            rate = r

        return f, change

    f, change = make()
    d = grad(f)
    close(d(2.0), 1.0)
    change(4.0)
    close(d(2.0), 4.0)


# --- methods --------------------------------------------------------------------------------------


def test_methods():
    model, other = functions.Model(2.0), functions.Model(3.0)
    x = np.array([1.0, 2.0])
    close(model.misfit(0.0, x), -12.0)
    close(other.misfit(0.0, x), -18.0)
    close(model.misfit(w=0.0, x=x), -12.0)
    close(model.misfit.value_and_grad(0.0, x), (10.0, -12.0))
    close(model.misfit.primal(0.0, x), 10.0)
    close(functions.Model.misfit(model, 0.0, x), -12.0)
    assert list(inspect.signature(model.misfit).parameters) == ["w", "x"]
    assert list(inspect.signature(functions.Model.misfit).parameters) == ["self", "w", "x"]
    assert model.misfit.__doc__ == "Of this model."
    model.rate = 4.0
    close(model.misfit(0.0, x), -24.0)


def test_static_and_class_methods():
    for holder in (functions.Model, functions.Model(1.0)):
        close(holder.static(3.0), 6.0)
        close(holder.static_inside(3.0), 6.0)
        close(holder.of_class(2.0), 12.0)
        close(holder.around(2.0), 12.0)


def test_function_put_into_a_class():
    class Holder:
        rate = 2.0
        gradient = grad(lambda self, x: self.rate * x**2)
        sine = grad(np.sin)

    close(Holder().gradient(3.0), 12.0)
    close(Holder().sine(0.0), 1.0)


# --- again ----------------------------------------------------------------------------------------


def test_second_derivative():
    def f(x, y):
        return x**3 * y

    np.testing.assert_allclose(grad(grad(f))(2.0, 3.0), 36.0, rtol=1e-3)
    np.testing.assert_allclose(grad(grad(f), "y")(2.0, 3.0), 12.0, rtol=1e-3)
    np.testing.assert_allclose(grad(grad(f), "y")(2, 3), 12.0, rtol=1e-3)


def test_threads():
    d = grad(functions.loss)
    shapes = [(), (3,), (1,), (2, 3), (1, 3), (2, 1)]
    wrong = []

    def work(k):
        for step in range(60):
            shape = shapes[(k + step) % len(shapes)]
            w = np.full(shape, 2.0)
            try:
                found = d(w, 1.0, X)
                expected = np.sum(2 * (w * X + 1.0) * X * np.ones(shape + ()), axis=None) * 1.0
                if not np.isclose(np.sum(found), expected, rtol=1e-5):
                    wrong.append((shape, found))
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not wrong


def test_argnums_of_methods_do_not_count_self():
    class Model:
        @grad(argnums=1)
        def f(self, u, v):
            return u * v**2

        def g(self, u, v):
            return u * v**2

    model = Model()
    close(model.f(2.0, 3.0), 12.0)
    close(Model.f(model, 2.0, 3.0), 12.0)
    close(grad(model.g)(2.0, 3.0), 9.0)
    close(grad(Model.g, 1)(model, 2.0, 3.0), 9.0)
    with pytest.raises((WrongUse, RuntimeError)):
        type("Bad", (), {"f": grad(Model.g, 3)})


def test_a_derivative_in_two_places_keeps_its_argnums():
    d = grad(functions.loss, 1)

    class Holder:
        gradient = d

    close(d(W, B, X), B_BAR)
