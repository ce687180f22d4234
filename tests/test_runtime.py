"""The functions that generated code may call (what the rules use is tested through the rules)."""

import ast
import importlib.util
import inspect
import math
from collections import namedtuple

import numpy as np
import pytest

from tapeless import runtime

Point = namedtuple("Point", "x y")
if importlib.util.find_spec("scipy"):
    runtime.include("scipy")
MODULES = {"np", "math", "special", "linalg", "fft", "signal", "ndimage"}  # are imported on export
FUNCTIONS = list(runtime.FUNCTIONS.values())


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_stands_for_itself(function):
    """Pasted into a module, a function needs modules and other functions of the runtime."""
    assert function.__doc__
    names = inspect.getclosurevars(function)
    assert set(names.globals) - {"__name__"} <= {f.__name__ for f in FUNCTIONS} | MODULES
    assert not names.nonlocals
    tree = ast.parse(inspect.getsource(function))
    assert not any(
        isinstance(node, (ast.Import, ast.ImportFrom, ast.Global)) for node in ast.walk(tree)
    )
    namespace = {"np": np, "math": math}
    exec(inspect.getsource(function), namespace)
    assert function.__name__ in namespace


SHAPES = [
    ((2, 3), (2, 3)),
    ((2, 3), (3,)),
    ((2, 3), (1, 3)),
    ((2, 3), (2, 1)),
    ((2, 3), ()),
    ((4, 2, 3), (2, 1)),
    ((1, 3), (2, 3)),
    ((), (2, 3)),
    ((3,), (2, 1)),
    ((), ()),
    ((1,), (1,)),
    ((1, 1), (1,)),
    ((0, 3), (3,)),
]


@pytest.mark.parametrize(("given", "wanted"), SHAPES)
def test_unbroadcast_is_the_transpose_of_broadcasting(given, wanted):
    generator = np.random.default_rng(0)
    x_bar, x = generator.normal(size=given), generator.normal(size=wanted)
    result = runtime.unbroadcast(x_bar, x)
    assert np.shape(result) == wanted
    full = np.broadcast_shapes(given, wanted)
    expected = np.sum(np.broadcast_to(x_bar, full) * np.broadcast_to(x, full))
    assert np.sum(result * x) == pytest.approx(expected)


def test_unbroadcast_gives_numbers_for_numbers():
    assert type(runtime.unbroadcast(np.ones((2, 3)), 1.5)) is float
    assert type(runtime.unbroadcast(np.float64(2.0), 3)) is float
    assert type(runtime.unbroadcast(2.0, 1.5)) is float
    assert runtime.unbroadcast(np.ones((2, 3)), 1.5) == 6.0
    assert runtime.unbroadcast(np.ones(3, np.float32), np.float32(1.5)).dtype == np.float32


def test_unbroadcast_of_a_complex_cotangent_of_something_real():
    np.testing.assert_array_equal(runtime.unbroadcast(np.array([1.0 + 2.0j]), np.ones(1)), [1.0])
    assert runtime.unbroadcast(np.array([1.0 + 2.0j, 1.0]), 0.5) == 2.0


@pytest.mark.parametrize(
    ("shape", "axis"),
    [((), None), ((3,), None), ((2, 3), 0), ((2, 3), -1), ((2, 3), (0, -1)), ((2, 3, 4), (2, 0))],
)
@pytest.mark.parametrize("keepdims", [False, True])
def test_spread_is_the_transpose_of_a_sum(shape, axis, keepdims):
    generator = np.random.default_rng(0)
    x = generator.normal(size=shape) if shape else 0.7
    y = np.sum(x, axis=axis, keepdims=keepdims)
    y_bar = generator.normal(size=np.shape(y)) if np.ndim(y) else 1.5
    x_bar = runtime.spread(y_bar, x, axis, keepdims)
    assert np.shape(x_bar) == shape
    assert np.sum(x_bar * x) == pytest.approx(np.sum(y_bar * y))
    if shape:
        x_bar[...] = 0.0  # its own memory


def test_spread_keeps_single_precision():
    assert runtime.spread(1.0, np.ones(2, np.float32)).dtype == np.float32
    assert runtime.spread(1.0, np.ones(2, int)).dtype == np.float64


@pytest.mark.parametrize(
    ("x", "zeros", "structure"),
    [
        (1.5, 0.0, 0.0),
        (3, 0.0, 0.0),
        (np.float32(1.5), np.float32(0.0), np.float32(0.0)),
        ((1.0, [2, 3.0]), [0.0, [0.0, 0.0]], (0.0, [0.0, 0.0])),
        ({"a": (1.0, 2.0), "b": 3.0}, {"a": [0.0, 0.0], "b": 0.0}, {"a": (0.0, 0.0), "b": 0.0}),
        (Point(1.0, (2.0,)), [0.0, [0.0]], Point(0.0, (0.0,))),
        ((), [], ()),
    ],
)
def test_zeros_and_back(x, zeros, structure):
    found = runtime.zeros_of(x)
    assert found == zeros
    assert type(found) is type(zeros)
    again = runtime.as_structure(found, x)
    assert again == structure
    assert type(again) is type(structure)


def test_zeros_of_arrays():
    x = np.ones((2, 3), np.float32)
    zeros = runtime.zeros_of(x)
    assert zeros.dtype == np.float32
    assert not np.shares_memory(zeros, x)
    assert runtime.zeros_of(np.arange(3)).dtype == np.float64
    assert runtime.zeros_of("text") is None


def test_add_to():
    assert runtime.add_to(1.0, 2.0) == 3.0
    assert runtime.add_to(None, 2.0) == 2.0
    assert runtime.add_to(2.0, None) == 2.0
    assert runtime.add_to([1.0, (2.0, None)], [3.0, (4.0, None)]) == [4.0, (6.0, None)]
    assert runtime.add_to({"a": 1.0, "b": 2.0}, {"b": 3.0, "c": 4.0}) == {
        "a": 1.0,
        "b": 5.0,
        "c": 4.0,
    }
    assert runtime.add_to(Point(1.0, 2.0), Point(1.0, 1.0)) == Point(2.0, 3.0)
    a, b = np.ones(2), np.ones(2)
    np.testing.assert_array_equal(runtime.add_to(a, b), [2.0, 2.0])
    np.testing.assert_array_equal(a, [1.0, 1.0])


@pytest.mark.filterwarnings("error")
def test_guarded_logarithm_and_power():
    assert runtime.log_or_zero(0.0) == 0.0
    assert runtime.log_or_zero(-1.0) == 0.0
    np.testing.assert_allclose(runtime.log_or_zero(np.array([-1.0, 0.0, math.e])), [0.0, 0.0, 1.0])
    assert runtime.power_slope(0.0, 0.0) == 0.0
    assert runtime.power_slope(0.0, 1.0) == 1.0
    assert runtime.power_slope(-2.0, 3) == 12.0
    np.testing.assert_array_equal(
        runtime.power_slope(np.zeros(3), np.array([0.0, 1.0, 2.0])), [0, 1, 0]
    )


def test_products_without_division():
    np.testing.assert_array_equal(
        runtime.product_of_others(np.array([2.0, 0.0, 5.0])), [0.0, 10.0, 0.0]
    )
    assert runtime.product_of_others(np.zeros((0, 3)), axis=1).shape == (0, 3)
    assert runtime.product_of_others(np.zeros((0,))).shape == (0,)


def test_einsum_labels():
    a, b = np.zeros((5, 2, 3)), np.zeros((3, 4))
    assert runtime.einsum_labels("...ij,jk", [a, b]) == (["Aij", "jk"], "Aik")
    assert runtime.einsum_labels("ba", [b]) == (["ba"], "ab")
    assert runtime.einsum_labels("...i,...i->...", [a, b[0]]) == (["BAi", "i"], "BA")
