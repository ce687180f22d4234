"""Reversed ranges run through the same counters, last first."""

import itertools

import gast
import pytest

from tapeless.ranges import counted_range, reversed_range
from tapeless.syntax import const, expr, name, to_debug_text

BOUNDS = range(-4, 6)
STEPS = [-3, -2, -1, 1, 2, 3]


def reversed_text(source):
    return to_debug_text(reversed_range(expr(source).args)).strip()


@pytest.mark.parametrize("step", STEPS)
def test_reversed_ranges_of_variables(step):
    text = reversed_text(f"range(a, b, {step})")
    for a, b in itertools.product(BOUNDS, BOUNDS):
        found = list(eval(text, {"a": a, "b": b}))
        assert found == list(range(a, b, step))[::-1], (a, b)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "form", ["range({a}, {b}, {c})", "range({a}, n + {b}, {c})", "range(n - 2, {b}, {c})"]
)
def test_reversed_ranges_of_literals(form, step):
    for a, b in itertools.product(BOUNDS, BOUNDS):
        source = form.format(a=a, b=b, c=step)
        for n in (0, 3):
            expected = list(eval(source, {"n": n}))[::-1]
            assert list(eval(reversed_text(source), {"n": n})) == expected, source


@pytest.mark.parametrize("source", ["range(a, b, c)", "range(0, b, c)", "range(a, b + 1, c)"])
def test_a_step_that_is_not_known(source):
    text = reversed_text(source)
    for a, b, c in itertools.product(BOUNDS, BOUNDS, STEPS):
        scope = {"a": a, "b": b, "c": c}
        assert list(eval(text, scope)) == list(eval(source, scope))[::-1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("range(n)", "range(n - 1, -1, -1)"),
        ("range(5)", "range(4, -1, -1)"),
        ("range(0, n)", "range(n - 1, -1, -1)"),
        ("range(1, n)", "range(n - 1, 0, -1)"),
        ("range(n + 1)", "range(n, -1, -1)"),
        ("range(1, n - 1)", "range(n - 2, 0, -1)"),
        ("range(j + 1, n)", "range(n - 1, j, -1)"),
        ("range(n - 1, -1, -1)", "range(n)"),
        ("range(n, 0, -1)", "range(1, n + 1)"),
        ("range(len(x) - 1)", "range(len(x) - 2, -1, -1)"),
    ],
)
def test_reversed_ranges_as_text(before, after):
    assert reversed_text(before) == after


@pytest.mark.parametrize("step", ["", ", 1", ", 2", ", -1", ", -3", ", c"])
def test_the_first_trips_last_first(step):
    source = f"range(a, b{step})"
    text = to_debug_text(counted_range(expr(source).args, name("trips"))).strip()
    for a, b in itertools.product(BOUNDS, BOUNDS):
        scope = {"a": a, "b": b, "c": 2}
        counters = list(eval(source, scope))
        for trips in range(len(counters) + 1):
            assert list(eval(text, {**scope, "trips": trips})) == counters[:trips][::-1]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("range(n)", "range(trips - 1, -1, -1)"),
        ("range(1, n)", "range(1 + trips - 1, 0, -1)"),
    ],
)
def test_counted_ranges_as_text(source, text):
    assert to_debug_text(counted_range(expr(source).args, name("trips"))).strip() == text


def test_the_arguments_are_left_as_they_were():
    node = expr("range(n - 1, -1, -1)")
    before = gast.dump(node)
    reversed_range(node.args)
    counted_range(node.args, const(3))
    assert gast.dump(node) == before
