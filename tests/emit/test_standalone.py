"""Modules that stand alone: the same numbers, with nothing but NumPy."""

import math
import subprocess
import sys
from collections import namedtuple

import numpy as np
import numpy.linalg as la
import pytest
import scipy.special
from numpy.testing import assert_array_equal

from tapeless import runtime
from tapeless.emit.literals import literal
from tapeless.emit.standalone import global_names, module_text
from tapeless.errors import NotSupported


def run(text):
    """The module in a fresh interpreter in which tapeless cannot be imported."""
    code = "import sys; sys.modules['tapeless'] = None\n" + text
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_modules_are_imported():
    text = "def f(x):\n    return np.sum(x) + math.pi + la.norm(x) + sc.erf(0.0)"
    found = module_text(text, {"np": np, "math": math, "la": la, "sc": scipy.special, "os": None})
    assert found.startswith(
        "import math\n\nimport numpy as np\nimport numpy.linalg as la\nimport scipy.special as sc\n"
    )
    assert "os" not in found
    assert found.endswith(text + "\n")


def test_the_runtime_is_pasted_with_what_it_uses():
    text = "def f(x):\n    return spread(2.0, x) + put(x)"
    found = module_text(text, {"spread": runtime.spread, "put": runtime.unbroadcast})
    assert "tapeless" not in found
    assert "import numpy as np" in found
    assert "def spread(" in found
    assert "put = unbroadcast" in found
    with pytest.raises(NotSupported, match="spread is the name of a function of the runtime"):
        module_text("def spread(x):\n    return up(x)", {"up": runtime.spread})


FUNCTIONS = list(runtime.FUNCTIONS.values())


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_every_runtime_function_can_be_pasted(function):
    text = module_text("def f(*a):\n    return g(*a)", {"g": function})
    namespace = {}
    exec(text, namespace)
    missing = [n for n in global_names(text) if n not in namespace and n not in dir(__builtins__)]
    assert [n for n in missing if n not in __import__("builtins").__dict__] == []


def test_all_of_it_runs_without_tapeless():
    constants = {"a": np.arange(3.0), "b": np.float32(0.5), "c": {"k": (1, None)}, "np": np}
    text = "def f(x):\n    return unbroadcast(a * x * b, x) * c['k'][0]\n\n\nprint(f(2.0))"
    assert run(module_text(text, {"unbroadcast": runtime.unbroadcast, **constants})) == "3.0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.add, "from numpy import add as f"),
        (np.sum, "from numpy import sum as f"),
        (scipy.special.erf, "from scipy.special import erf as f"),
        (math.sin, "from math import sin as f"),
        (np.float64, "from numpy import float64 as f"),
        (namedtuple, "from collections import namedtuple as f"),
    ],
)
def test_functions_are_imported(value, text):
    assert module_text("def g(x):\n    return f(x)", {"f": value}).startswith(text + "\n")


def test_builtins_stay():
    text = "def g(x):\n    return abs(x)"
    assert module_text(text, {"abs": abs}) == text + "\n"


VALUES = [
    None,
    True,
    -3,
    0.1,
    -0.0,
    float("inf"),
    1 - 2j,
    "text",
    b"bytes",
    (),
    (1,),
    [1.0, (2, "a")],
    {"a": [1]},
    {3, 1},
    frozenset({2}),
    set(),
    range(1, 5, 2),
    slice(1, None),
    np.float32(0.1),
    np.int64(-7),
    np.bool_(True),
    np.dtype("float32"),
]

ARRAYS = [
    np.arange(6.0).reshape(2, 3),
    np.array([1, 2], dtype=np.int8),
    np.array(3.5),
    np.array([0.1, np.inf, -np.inf], dtype=np.float32),
    np.array([np.nan, -0.0]),
    np.array([0.0, -0.0]),
    np.array([1 + 2j, -3j]),
    np.zeros((0, 3)),
    np.ones(5, dtype=bool),
    np.full((3, 4), 2.5),
    np.array(["a", "bc"]),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_literals(value):
    found = eval(literal(value, "c"), {"np": np})
    assert type(found) is type(value)
    assert repr(found) == repr(value)


@pytest.mark.parametrize("value", ARRAYS, ids=lambda a: f"{a.dtype}{a.shape}")
def test_arrays(value):
    found = eval(literal(value, "c"), {"np": np})
    assert (found.dtype, found.shape) == (value.dtype, value.shape)
    assert_array_equal(found, value)
    if value.dtype.kind == "f":
        assert_array_equal(np.signbit(found), np.signbit(value))


Point = namedtuple("Point", "x y")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (np.zeros(20_000), "an array of 20000 elements, is too large"),
        (np.array([None]), "elements of type object"),
        (object(), "an object of type object"),
        (Point(1, 2), "an object of type Point"),
        (lambda x: x, r"c \(function\) cannot be imported"),
    ],
)
def test_what_cannot_be_written(value, message):
    with pytest.raises(NotSupported, match=message):
        module_text("def f(x):\n    return c", {"c": value})


def test_long_constants_are_broken():
    text = module_text("def f(x):\n    return c", {"c": np.linspace(0.0, 1.0, 20)})
    assert max(map(len, text.splitlines())) <= 88


def test_the_same_in_any_order():
    values = {"b": 1.0, "a": 2.0, "np": np, "math": math}
    text = "def f(x):\n    return a * b * np.pi * math.pi"
    backwards = dict(reversed(values.items()))
    assert module_text(text, values) == module_text(text, backwards)
