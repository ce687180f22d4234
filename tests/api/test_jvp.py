"""`jvp` and `jvp_source`: arguments, structures, numbers, what is left as it was."""

import functools
import math
from collections import namedtuple

import numpy as np
import pytest

import tapeless
from tapeless import NotSupported, grad, jvp, jvp_source, vjp
from tapeless.errors import WrongUse

from . import functions

X = np.array([0.3, 0.7, 1.2])
X_DOT = np.array([1.0, -2.0, 0.5])
Layer = namedtuple("Layer", "w b")


def close(a, b):
    np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)


def along(f, x, x_dot, h=1e-6):
    return (f(x + h * x_dot) - f(x - h * x_dot)) / (2.0 * h)


# --- values ---------------------------------------------------------------------------------------


def test_scalar_function():
    out, out_dot = jvp(lambda x: x**3, (2.0,), (1.0,))
    assert (out, out_dot) == (8.0, 12.0)
    assert type(out_dot) is float


def test_array_function():
    def f(x):
        return np.sin(x) * x[::-1]

    out, out_dot = jvp(f, (X,), (X_DOT,))
    close(out, f(X))
    np.testing.assert_allclose(out_dot, along(f, X, X_DOT), rtol=1e-7)


def test_it_is_linear_in_the_tangents():
    def f(x, k):
        return np.exp(k * x) / (1.0 + x @ x)

    one = jvp(f, (X, 0.4), (X_DOT, 0.0))[1]
    other = jvp(f, (X, 0.4), (np.zeros(3), 1.0))[1]
    close(jvp(f, (X, 0.4), (3.0 * X_DOT, -2.0))[1], 3.0 * one - 2.0 * other)


def test_it_agrees_with_the_pullback():
    def f(a, x):
        u = a @ x
        for k in range(3):
            u[1:] += np.tanh(u[:-1]) * k
        return u

    a, a_dot = np.outer(X, X) + np.eye(3), np.ones((3, 3))
    out, out_dot = jvp(f, (a, X), (a_dot, X_DOT))
    out_bar = np.array([0.2, -1.0, 3.0])
    same, pullback = vjp(f, a, X)
    a_bar, x_bar = pullback(out_bar)
    close(out, same)
    close(out_bar @ out_dot, np.sum(a_bar * a_dot) + x_bar @ X_DOT)


def test_an_argument_without_tangent_is_a_constant():
    def f(x, y, n):
        return x * y**n

    close(jvp(f, (2.0, 3.0, 2), (1.0, None, None)), (18.0, 9.0))
    close(jvp(f, (2.0, 3.0, 2), (None, 1.0, None)), (18.0, 12.0))


def test_defaults_and_star_arguments():
    def f(x, k=3.0, *rest):
        return x * k + sum(rest)

    close(jvp(f, (2.0,), (1.0,)), (6.0, 3.0))
    close(jvp(f, (2.0, 4.0), (1.0, 1.0)), (8.0, 6.0))

    def product(x, *rest):
        return x * rest[0] * rest[1]

    close(jvp(product, (2.0, 3.0, 4.0), (1.0, 1.0, 1.0)), (24.0, 12.0 + 8.0 + 6.0))


def test_an_integer_counts_as_a_float():
    out, out_dot = jvp(lambda x: x**2, (3,), (1,))
    assert (out, out_dot) == (9.0, 6.0)
    assert isinstance(out_dot, float)
    close(jvp(lambda x: x * x, (np.array([1.0, 2.0]),), ([1, 1],))[1], [2.0, 4.0])


def test_integer_arrays():
    def f(x, index):
        return x[index]

    index = np.array([2, 0])
    close(jvp(f, (X, index), (X_DOT, None))[1], X_DOT[index])
    with pytest.raises(WrongUse, match=r"pass index.astype\(float\)"):
        jvp(f, (X, index), (X_DOT, np.ones(2)))


def test_result_that_does_not_depend_on_the_argument():
    out, out_dot = jvp(lambda x: 3.0, (1.0,), (1.0,))
    assert (out, out_dot) == (3.0, 0.0)
    out, out_dot = jvp(lambda x: np.ones(2), (X,), (X_DOT,))
    close(out, np.ones(2))
    close(out_dot, np.zeros(2))
    out, out_dot = jvp(lambda x, y: (x * 2.0, y * 3.0), (1.0, X), (1.0, None))
    assert out_dot[0] == 2.0
    close(out_dot[1], np.zeros(3))
    close(jvp(lambda x: np.floor(x), (X,), (X_DOT,))[1], np.zeros(3))


# --- structures -----------------------------------------------------------------------------------


def test_lists_tuples_dicts_and_named_tuples():
    def f(items, pair, table, layer):
        return items[0] * pair[1] + table["a"] * np.sum(layer.w) + layer.b

    primals = ([2.0, 1.0], (1.0, 3.0), {"a": 0.5, "b": X}, Layer(X, 4.0))
    tangents = ([1.0, 0.0], (0.0, 1.0), {"a": 1.0, "b": X_DOT}, Layer(X_DOT, 1.0))
    out, out_dot = jvp(f, primals, tangents)
    close(out, f(*primals))
    close(out_dot, 3.0 + 2.0 + np.sum(X) + 0.5 * np.sum(X_DOT) + 1.0)


def test_a_tangent_may_be_a_list_where_the_primal_is_a_tuple():
    close(jvp(lambda p: p[0] * p[1], ((2.0, 3.0),), ([1.0, 1.0],))[1], 5.0)
    close(jvp(lambda p: p.w * p.b, (Layer(2.0, 3.0),), ((1.0, 1.0),))[1], 5.0)
    close(jvp(lambda p: p[0] * p[1], [(2.0, 3.0)], [(1.0, 1.0)])[1], 5.0)


def test_structured_result():
    def f(x, layer):
        return {"a": x**2, "b": (np.sum(x), [x[0], 2.0]), "c": layer}

    out, out_dot = jvp(f, (X, Layer(X, 1.0)), (X_DOT, Layer(-X_DOT, 0.0)))
    assert list(out_dot) == list(out) == ["a", "b", "c"]
    assert type(out_dot["c"]) is Layer
    close(out_dot["a"], 2.0 * X * X_DOT)
    close(out_dot["b"][0], np.sum(X_DOT))
    close(out_dot["b"][1], [X_DOT[0], 0.0])
    close(out_dot["c"].w, -X_DOT)
    close(out_dot["c"].b, 0.0)


def test_has_aux():
    out, out_dot, aux = jvp(lambda x: (x**2, "note"), (3.0,), (1.0,), has_aux=True)
    assert (out, out_dot, aux) == (9.0, 6.0, "note")


# --- numbers --------------------------------------------------------------------------------------


def test_complex_numbers():
    def f(z):
        return np.exp(1j * z) * z

    z, z_dot = 0.3 - 0.2j, 1.0 + 0.5j
    out, out_dot = jvp(f, (z,), (z_dot,))
    close(out, f(z))
    close(out_dot, np.exp(1j * z) * (1j * z + 1.0) * z_dot)
    close(jvp(lambda z: np.abs(z) ** 2, (z,), (z_dot,))[1], 2.0 * (np.conj(z) * z_dot).real)
    close(jvp(f, (np.array([z, z]),), (np.array([z_dot, 0.0]),))[1][1], 0.0)
    # A real argument of a function that goes through complex numbers
    close(jvp(lambda x: np.exp(1j * x).real, (0.4,), (1.0,))[1], -math.sin(0.4))


def test_single_precision_stays():
    x = np.array([0.3, 0.7], "f4")
    out, out_dot = jvp(lambda x: np.sin(x) * 2.0 + x.sum(), (x,), (np.ones(2),))
    assert out.dtype == out_dot.dtype == np.float32
    out, out_dot = jvp(lambda x: x[0] * x[1], (x,), (x,))
    assert out_dot.dtype == np.float32


# --- functions ------------------------------------------------------------------------------------


def test_callables():
    a = 4.0

    def helper(x, k):
        return k * x**2

    def power(x, n):
        return 1.0 if n == 0 else x * power(x, n - 1)

    close(jvp(functools.partial(functions.area, scale=3.0), (2.0,), (1.0,))[1], 12.0)
    close(jvp(functions.Model(2.0).plain, (3.0,), (1.0,))[1], 12.0)
    close(jvp(np.multiply, (2.0, 3.0), (1.0, 1.0))[1], 5.0)
    close(jvp(math.sin, (0.5,), (2.0,))[1], 2.0 * math.cos(0.5))
    for k in range(3):
        close(jvp(lambda x: a * k * x, (3.0,), (1.0,))[1], 4.0 * k)
    close(jvp(lambda x: helper(x, k=a) + helper(1.0, x), (3.0,), (1.0,))[1], 25.0)
    close(jvp(power, (2.0, 5), (1.0, None))[1], 80.0)
    close(jvp(lambda f, x: f(x), (math.exp, 0.5), (None, 1.0))[1], math.exp(0.5))


def test_control_flow():
    def f(x):
        total = 0.0
        while total < 2.0:
            for v in x:
                if v > 1.0:
                    continue
                total += v * x[0]
                if total > 1.4:
                    return total**2
        return total

    out, out_dot = jvp(f, (X,), (X_DOT,))
    close(out, f(X))
    np.testing.assert_allclose(out_dot, along(f, X, X_DOT), rtol=1e-7)


def test_a_list_that_is_sorted_out_in_place():
    def f(x):
        items = [v * v for v in x]
        items.reverse()
        items.insert(1, x[0])
        return items[0] * items.pop(1) + items.pop(0)

    np.testing.assert_allclose(jvp(f, (X,), (X_DOT,))[1], along(f, X, X_DOT), rtol=1e-7)


# --- what is left as it was -----------------------------------------------------------------------


def test_arguments_and_tangents_are_not_changed():
    def f(x, table):
        x[0] = x[1] * 2.0
        x *= 3.0
        return np.sum(x * table["w"])

    x, table = X.copy(), {"w": np.ones(3)}
    x_dot, table_dot = X_DOT.copy(), {"w": np.array([0.0, 1.0, 0.0])}
    out, out_dot = jvp(f, (x, table), (x_dot, table_dot))
    np.testing.assert_array_equal(x, X)
    np.testing.assert_array_equal(x_dot, X_DOT)
    np.testing.assert_array_equal(table["w"], np.ones(3))
    np.testing.assert_array_equal(table_dot["w"], [0.0, 1.0, 0.0])
    close(out, 3.0 * (1.4 + 0.7 + 1.2))
    h = 1e-6
    above, below = (
        f(X + s * X_DOT, {"w": np.ones(3) + s * np.array([0.0, 1.0, 0.0])}) for s in (h, -h)
    )
    np.testing.assert_allclose(out_dot, (above - below) / (2.0 * h), rtol=1e-7)


def test_what_is_returned_belongs_to_the_caller():
    x, x_dot = X.copy(), X_DOT.copy()
    for f in (lambda x: x, lambda x: x[1:], lambda x: (x, x)):
        _, out_dot = jvp(f, (x,), (x_dot,))
        for part in out_dot if isinstance(out_dot, tuple) else (out_dot,):
            part *= 5.0
    np.testing.assert_array_equal(x_dot, X_DOT)
    np.testing.assert_array_equal(x, X)


def test_a_generator_advances_once():
    def f(x, rng):
        return x * rng.normal() + rng.normal(x, 2.0)

    generator, twin = np.random.default_rng(7), np.random.default_rng(7)
    first, second = twin.normal(), twin.normal(0.5, 2.0)
    out, out_dot = jvp(f, (0.5, generator), (1.0, None))
    close((out, out_dot), (0.5 * first + second, first + 1.0))
    assert generator.bit_generator.state == twin.bit_generator.state


def test_a_print_happens_once(capsys):
    def f(x):
        print("here")
        return x * x

    jvp(f, (2.0,), (1.0,))
    assert capsys.readouterr().out == "here\n"


def test_generated_code_is_kept_between_calls(monkeypatch):
    def f(x, y):
        return x * y

    jvp(f, (2.0, X), (1.0, X_DOT))
    made = []
    original = tapeless.specialise.derive
    monkeypatch.setattr(
        tapeless.specialise, "derive", lambda *a, **k: made.append(a) or original(*a, **k)
    )
    jvp(f, (5.0, X_DOT), (2.0, X))
    jvp(f, (5.0, np.ones(7)), (2.0, np.ones(7)))
    assert made == []
    jvp(f, (5.0, X), (2.0, None))  # another question
    jvp(f, (5.0, 2.0), (2.0, 1.0))  # other kinds
    assert len(made) == 2


# --- the text -------------------------------------------------------------------------------------


def spring(x, k):
    total = 0.0
    for v in x:
        total += k * v**2
    return total


def test_the_text():
    text = jvp_source(spring, X, 2.0)
    scope = {}
    exec(text, {"np": np, "math": math}, scope)
    close(scope["spring_jvp"](X, 2.0, X_DOT, 1.0), jvp(spring, (X, 2.0), (X_DOT, 1.0)))
    assert text == jvp_source(spring, X, 2.0)
    assert text.startswith("def spring_jvp(x, k, x_dot, k_dot):\n")
    assert "v_dot = x_dot[i]\n" in text


def test_the_text_runs_nothing():
    def f(x):
        raise AssertionError("was run")

    def g(x):
        f(x)
        return x

    assert "return x, x_dot" in jvp_source(g, 1.0)


# --- wrong calls ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("primals", "tangents", "message"),
    [
        (X, (X,), "jvp takes tuples"),
        ((X,), X, "tangents is array"),
        ((X,), (X, X), "1 primals, but 2 tangents"),
        ((), (), "0 primals"),
        ((X,), (None,), "all tangents are None"),
        ((X,), (np.ones(2),), r"must have the shape \(3,\) of the argument, not \(2,\)"),
        ((X,), (1.0,), r"must have the shape \(3,\)"),
        ((2.0,), (X,), r"must have the shape \(\) of the argument"),
        ((X,), (1j * X,), "must be real"),
        ((X,), ("text",), "must be a number or an array"),
        (((1.0, 2.0),), ((1.0,),), "must be a tuple of length 2"),
        (([1.0, 2.0],), (1.0,), "must be a list of length 2"),
        (({"a": 1.0},), ({"b": 1.0},), r"must be a dict with the keys \['a'\]"),
        (({"a": X},), ({"a": 1.0},), r"'x'\['a'\] must have the shape|\['a'\] must have the shape"),
        ((True,), (1.0,), r"pass float\(x\)"),
        (("text",), (1.0,), "not a float or an array"),
        ((1.0, 2.0), (1.0, 1.0), "takes 1 positional"),
    ],
)
def test_wrong_use(primals, tangents, message):
    def f(x):
        return x

    with pytest.raises(WrongUse, match=message):
        jvp(f, primals, tangents)


def test_missing_arguments():
    with pytest.raises(TypeError, match="missing a required argument: 'x'"):
        jvp(functions.loss, (1.0, 2.0), (1.0, 1.0))


def test_what_is_refused():
    def f(x):
        return np.sum(np.unique(x))

    with pytest.raises(NotSupported, match=r"np.unique: which elements") as info:
        jvp(f, (X,), (X_DOT,))
    assert info.value.location.text.strip() == "return np.sum(np.unique(x))"
    with pytest.raises(NotSupported, match=r"np\.unique"):
        jvp_source(f, X)
    scope = {}
    exec("def g(x):\n    return x", scope)
    with pytest.raises(NotSupported, match="there is no source"):
        jvp(scope["g"], (1.0,), (1.0,))


def test_a_function_without_rule_may_stand_beside():
    def f(x, labels):
        return x * np.unique(labels).size

    close(jvp(f, (2.0, np.ones(3)), (1.0, None))[1], 1.0)


def test_forward_over_a_gradient():
    def f(x):
        return np.sum(x**3)

    out, out_dot = jvp(grad(f), (X,), (X_DOT,))
    close(out, 3.0 * X**2)
    np.testing.assert_allclose(out_dot, 6.0 * X * X_DOT, rtol=1e-3)


def test_an_exception_between_two_changes_of_a_variable():
    def f(x):
        s = 0.0
        try:
            for v in x:
                s = s + v
                s = s * math.log(v - 0.8)
        except (ValueError, TypeError):
            s = s**2
        return s

    out, out_dot = jvp(f, (X,), (X_DOT,))
    close(out, f(X))
    np.testing.assert_allclose(out_dot, along(f, X, X_DOT), rtol=1e-6)
