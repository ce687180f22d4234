"""Which names carry a derivative."""

import numpy as np
import pytest

from tapeless.analysis.activity import analyse_activity

from .helpers import unit_of

X = np.ones(3)


def activity(function, *arguments, wrt=("x",)):
    unit = unit_of(function, *arguments)
    returned = [n for n in ("value", "y") if n in unit.env] or ["value"]
    from tapeless.syntax import names_read

    return analyse_activity(unit.facts["flows"], wrt, names_read(unit.tree.body[-1]) or returned)


def test_active_is_varied_and_useful():
    def f(x, c):
        a = x * 2.0
        b = c * 3.0
        unused = a * 5.0
        y = a * b
        return y

    found = activity(f, 1.0, 2.0)
    assert {"x", "a", "unused", "y"} <= found.varied
    assert "b" not in found.varied
    assert "unused" not in found.useful
    assert found.active == {"x", "a", "y"}


@pytest.mark.parametrize(
    "constant",
    [
        lambda x: np.sign(x), lambda x: np.floor(x), lambda x: x > 0.0, lambda x: len(x),
        lambda x: x.shape[0] * 1.0, lambda x: np.argmax(x) * 1.0, lambda x: np.zeros_like(x),
        lambda x: x.size * 2.0, lambda x: np.ones(x.shape), lambda x: (x > 0.0) * 1.0,
    ],
)  # fmt: skip
def test_constants_carry_none(constant):
    unit = unit_of(constant, X)
    assert unit.facts["depends"]["return"] == frozenset()


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x[0], lambda x: -x, lambda x: np.where(x > 0.0, x, 0.0), lambda x: [x, 1.0],
        lambda x: {"a": x}, lambda x: x.T, lambda x: np.exp(x), lambda x: (1.0, (x,)),
        lambda x: x if len(x) > 1 else 2.0, lambda x: [v for v in x], lambda x: float(x[0]),
    ],
)  # fmt: skip
def test_these_depend_on_the_argument(function):
    unit = unit_of(function, X)
    assert unit.facts["depends"]["return"] == {"x"}


def test_memory_makes_other_names_varied():
    def f(x):
        u = np.zeros(3)
        v = u[1:]
        v[0] = x[0]
        y = u[1]
        return y

    assert {"u", "v", "y"} <= activity(f, X).varied


def test_loops_go_round():
    def f(x):
        a = 1.0
        b = 1.0
        for _ in range(3):
            b = b + a
            a = x * 2.0
        return b

    assert {"a", "b"} <= activity(f, 1.0).active


def two(a, b):
    return a * 2.0, b * 3.0


def second(a, b):
    return b * 3.0


def fill(target, source):
    target[:] = source


def test_summaries_of_callees_say_what_depends_on_what():
    assert unit_of(second, 1.0, 2.0).facts["depends"]["return"] == {"b"}
    assert unit_of(two, 1.0, 2.0).facts["depends"]["return"] == {"a", "b"}
    assert "source" in unit_of(fill, X, X).facts["depends"]["target"]


def test_a_callee_that_fills_an_array():
    def f(x):
        u = np.zeros(3)
        fill(u, x)
        y = u[0]
        return y

    assert {"u", "y"} <= activity(f, X).varied
