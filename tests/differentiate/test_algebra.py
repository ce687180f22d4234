"""Expressions in fewer words, with the same value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeless.algebra import neg, negated, number, plus, tidy
from tapeless.syntax import expr, to_debug_text


def text(node):
    return to_debug_text(node).strip()


def tidied(source):
    return text(tidy(expr(source), lambda node: True))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.0 * x", "x"),
        ("x * 1.0", "x"),
        ("x * -1.0", "-x"),
        ("x / 1.0", "x"),
        ("x ** 1", "x"),
        ("--x", "x"),
        ("-x * -y", "x * y"),
        ("x * -y", "-(x * y)"),
        ("a + -b", "a - b"),
        ("a - -b", "a + b"),
        ("-a + b", "b - a"),
        ("2.0 * 3.0 * x", "6.0 * x"),
        ("3 - 1", "2"),
        ("n * x ** (3 - 1)", "n * x ** 2"),
        ("x ** (2 - 1)", "x"),
        ("1.0 / n * 2.0", "2.0 / n"),
        ("a * (1.0 * b) / 1.0", "a * b"),
    ],
)
def test_plainer(before, after):
    assert tidied(before) == after


@pytest.mark.parametrize(
    "source",
    ["x * y", "a - b", "x + 0.5", "x ** 2", "-x ** 2", "x / y", "2.0 * x", "-2 ** x",
     "-(s.pop() * x) + s.pop() * y", "1.0 / s.pop() * s.pop()"],
)  # fmt: skip
def test_what_is_plain_stays(source):
    assert tidied(source) == text(expr(source))


def test_a_factor_of_one_stays_where_it_makes_a_float():
    assert text(tidy(expr("1.0 * n"), lambda node: False)) == "1.0 * n"
    assert text(tidy(expr("n / 1.0"), lambda node: False)) == "n / 1.0"
    assert text(tidy(expr("1 * n"), lambda node: False)) == "n"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("2", 2),
        ("2.5", 2.5),
        ("-2.5", -2.5),
        ("--3", 3),
        ("x", None),
        ("True", None),
        ("'2'", None),
    ],
)
def test_numbers(source, value):
    assert number(expr(source)) == value


@pytest.mark.parametrize(
    ("source", "plain"),
    [("-x", "x"), ("-x * y", "x * y"), ("-x / y", "x / y"), ("x", None), ("x - y", None)],
)
def test_the_sign_in_front(source, plain):
    found = negated(expr(source))
    assert (found and text(found)) == plain


def test_signs_are_never_doubled():
    assert text(neg(expr("-x"))) == "x"
    assert text(neg(expr("x"))) == "-x"
    assert text(plus(expr("a"), expr("-b"))) == "a - b"
    assert text(plus(expr("a"), expr("b"))) == "a + b"


leaves = st.sampled_from(["x", "y", "1.0", "2.0", "-1.0", "0.5", "3.0"])
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        ),
        inner.map(lambda t: f"(-{t})"),
        inner.map(lambda t: f"({t} ** 1)"),
    ),
    max_leaves=8,
)


@given(trees)
def test_the_value_is_the_same(source):
    scope = {"x": 1.3, "y": 0.7}
    try:
        expected = eval(source, scope)
    except ZeroDivisionError:
        return
    assert eval(tidied(source), scope) == pytest.approx(expected, rel=1e-12, abs=1e-12)
