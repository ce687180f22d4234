"""Symbolic lengths behave as the integers they stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeless.analysis.sizes import (
    ONE,
    Size,
    Symbol,
    add,
    constant_size,
    multiply,
    same_size,
    size_of_symbol,
)

SYMBOLS = [Symbol("n"), Symbol("m", many=True), Symbol("i", varying=True)]
sizes = st.builds(
    lambda coefficients, constant: Size(
        tuple(sorted((s, c) for s, c in zip(SYMBOLS, coefficients, strict=True) if c)), constant
    ),
    st.tuples(*[st.integers(-3, 3)] * 3),
    st.integers(-5, 5),
)
values = st.tuples(*[st.integers(-9, 9)] * 3)


def evaluated(size, numbers):
    of = dict(zip(SYMBOLS, numbers, strict=True))
    return sum(c * of[s] for s, c in size.terms) + size.constant


@given(sizes, sizes, values)
def test_sums_and_differences_are_those_of_the_numbers(a, b, numbers):
    total, difference = add(a, b), add(a, b, -1)
    assert evaluated(total, numbers) == evaluated(a, numbers) + evaluated(b, numbers)
    assert evaluated(difference, numbers) == evaluated(a, numbers) - evaluated(b, numbers)


@given(sizes, sizes)
def test_adding_and_taking_away_gives_the_same_size(a, b):
    assert add(add(a, b), b, -1) == a
    assert add(a, b) == add(b, a)


@given(sizes, st.integers(-4, 4), values)
def test_products_with_a_known_number(a, factor, numbers):
    for made in (multiply(a, constant_size(factor)), multiply(constant_size(factor), a)):
        assert evaluated(made, numbers) == factor * evaluated(a, numbers)


def test_a_product_of_two_unknown_numbers_is_unknown():
    n, m = (size_of_symbol(s) for s in SYMBOLS[:2])
    assert multiply(n, m) is None


def test_what_is_unknown_stays_unknown():
    assert add(None, ONE) is None
    assert add(ONE, None) is None
    assert multiply(ONE, None) is None
    assert not same_size(None, None)


@pytest.mark.parametrize(
    ("size", "one", "many", "varies"),
    [
        (ONE, True, False, False),
        (constant_size(0), False, True, False),
        (constant_size(2), False, True, False),
        (size_of_symbol(SYMBOLS[0]), False, False, False),
        (size_of_symbol(SYMBOLS[1]), False, True, False),
        (add(size_of_symbol(SYMBOLS[1]), -1), False, False, False),
        (multiply(size_of_symbol(SYMBOLS[1]), constant_size(-1)), False, False, False),
        (size_of_symbol(SYMBOLS[2]), False, False, True),
    ],
    ids=str,
)
def test_what_is_known_of_a_size(size, one, many, varies):
    assert (size.is_one, size.is_many, size.varies) == (one, many, varies)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (constant_size(-2), "-2"),
        (add(size_of_symbol(Symbol("x.0")), 3), "x.0 + 3"),
        (add(multiply(size_of_symbol(Symbol("n")), constant_size(2)), -1), "2*n - 1"),
    ],
)
def test_sizes_as_text(size, text):
    assert str(size) == text
