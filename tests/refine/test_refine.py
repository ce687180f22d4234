"""Passes that need kinds: text before and after, and the same results."""

import copy

import gast
import numpy as np
import pytest
from tests.analysis.helpers import unit_of

from tapeless import NotSupported
from tapeless.syntax import to_debug_text

X = np.array([0.3, 0.7, 1.2])


def body(function, *arguments):
    """The statements of a refined function, without its name and parameters."""
    text = to_debug_text(unit_of(function, *arguments).tree)
    return [line[4:] for line in text.strip().splitlines()[1:]]


def run(function, *arguments):
    """The refined function, called."""
    unit = unit_of(function, *arguments)
    scope = {"np": np, **unit.globals_used}
    tree = unit.tree
    for node in gast.walk(tree):  # a function as a constant stands for its name
        if isinstance(node, gast.Call) and isinstance(node.func, gast.Constant):
            scope[node.func.value.__name__] = node.func.value
            node.func = gast.Name(node.func.value.__name__, gast.Load(), None, None)
    exec(to_debug_text(tree), scope)
    return scope[tree.name](*arguments)


def same(function, *arguments):
    expected = function(*copy.deepcopy(arguments))
    np.testing.assert_array_equal(run(function, *copy.deepcopy(arguments)), expected)


# --- decided branches ----------------------------------------------------------------------


def by_name(x, mode):
    if mode == "square":
        return np.sum(x * x)
    elif mode == "sum":
        return np.sum(x)
    return 0.0


def optional(x, scale=None):
    if scale is None:
        scale = 2.0
    y = x * scale
    return np.sum(y)


def never_entered(x):
    y = np.sum(x)
    while False:
        y = y * 2.0
    return y


@pytest.mark.parametrize(
    ("function", "arguments"),
    [(by_name, (X, "square")), (by_name, (X, "sum")), (optional, (X, None)), (never_entered, (X,))],
)
def test_decided_branches_go(function, arguments):
    lines = body(function, *arguments)
    assert not any(line.lstrip().startswith(("if", "while", "else")) for line in lines)
    same(function, *arguments)


def test_open_branches_stay():
    def f(x, n):
        y = np.sum(x)
        if n > 2:
            y = y * 2.0
        return y

    assert "if n > 2:" in body(f, X, 3)
    same(f, X, 3)
    same(f, X, 1)


# --- augmented assignments -----------------------------------------------------------------


def test_on_floats_it_is_an_assignment():
    def f(x):
        s = 0.0
        s += x[0]
        s *= 2.0
        return s

    lines = body(f, X)
    assert not any("+=" in line or "*=" in line for line in lines)
    same(f, X)


def test_on_arrays_it_stays():
    def f(x):
        u = x.copy()
        u += x
        u[0] -= 2.0
        return np.sum(u)

    lines = body(f, X)
    assert "u += x" in lines
    assert "u[0] -= 2.0" in lines
    same(f, X)


def test_other_operators_become_stores():
    def f(x):
        u = x.copy()
        u **= 2
        u[0] **= 3
        return np.sum(u)

    lines = body(f, X)
    assert not any("**=" in line for line in lines)
    assert any(line.startswith("u[...] = ") for line in lines)
    assert any(line.startswith("u[0] = ") for line in lines)
    same(f, X)


def test_repeated_indices_are_loaded_and_stored():
    def f(x):
        u = x.copy()
        u[[0, 0]] += 1.0
        return np.sum(u)

    assert not any("+=" in line for line in body(f, X))
    same(f, X)


def test_tuples_are_joined():
    def f(x):
        t = (x[0],)
        t += (x[1],)
        return t[0] * t[1]

    assert not any("+=" in line for line in body(f, X))
    same(f, X)


def test_a_name_that_may_be_a_number_or_a_shared_array_is_refused():
    def f(x, n):
        y = x if n > 2 else 0.0
        y += 1.0
        return np.sum(y)

    with pytest.raises(NotSupported, match="may be a number or an array"):
        unit_of(f, X, 3)


WRITING = """\
import numpy as np


def f(x):
    u = x[::-1].copy()
    {}
    return u * 1.0
"""

# --- calls that write ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [
        "np.copyto(u, x)", "np.copyto(u, x, where=x > 0.5)", "u.fill(2.0)", "u.sort()",
        "np.multiply(x, x, out=u)", "np.multiply(x, x, u)", "np.cumsum(x, out=u)", "np.exp(x, u)",
    ],
)  # fmt: skip
def test_calls_that_write_become_stores(write, tmp_path):
    path = tmp_path / "program.py"
    path.write_text(WRITING.format(write))
    import importlib.util

    spec = importlib.util.spec_from_file_location("program", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lines = body(module.f, X)
    assert any(line.startswith("u[...] = ") for line in lines)
    assert not any("out=" in line for line in lines)
    same(module.f, X)


def test_the_value_of_a_call_with_out_is_the_array():
    def f(x):
        u = np.zeros(3)
        v = np.sin(x, out=u)
        v[0] = 5.0
        return u * 1.0

    same(f, X)


# --- results apart from operands -----------------------------------------------------------


def test_a_nonlinear_result_gets_a_name_of_its_own():
    def f(x):
        for _ in range(2):
            x = np.sin(x)
        return np.sum(x)

    lines = [line.strip() for line in body(f, X)]
    (made,) = [line for line in lines if line.endswith("np.sin(x)")]
    assert not made.startswith("x =")
    assert f"x = {made.partition(' ')[0]}" in lines
    same(f, X)


def test_a_linear_one_does_not():
    def f(x):
        for _ in range(2):
            x = x + 1.0
        return np.sum(x)

    assert "x = x + 1.0" in [line.strip() for line in body(f, X)]


def test_the_tree_that_is_given_is_left_as_it_was():
    from tapeless.refine import refine

    unit = unit_of(by_name, X, "sum")
    before = to_debug_text(unit.tree)
    refine(unit, unit.facts["inference"])
    assert to_debug_text(unit.tree) == before
