"""Kinds of values, and the smallest kind that covers two."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from tapeless.analysis.kinds import (
    BOOL,
    FLOAT,
    NO_VALUE,
    NUMPY_FLOAT,
    Array,
    Number,
    Opaque,
    Sequence,
    Table,
    integer,
    is_inexact,
    join,
    kind_of,
    promote,
    settle,
    static,
    without_value,
)
from tapeless.analysis.sizes import ONE, Symbol, constant_size, size_of_symbol

VECTOR = kind_of(np.ones(3), "x")
MATRIX = kind_of(np.ones((2, 3)), "a")
NUMBERS = [1, 2.0, 1j, np.float32(1.0), np.float64(1.0), np.complex64(1.0)]
SAMPLES = [
    kind_of(v, "v")
    for v in (
        True, 2, 2.5, 1j, np.float32(1.0), np.ones(3), np.ones((3, 1)), np.ones(3, np.float32),
        np.ones(2, int), np.ones(2, bool), [1.0, 2.0], (1.0, np.ones(2)), {"a": 1.0}, None, "text",
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "bool"),
        (np.True_, "np.bool"),
        (3, "int"),
        (3.0, "float"),
        (np.float64(3.0), "np.float"),
        (np.float32(3.0), "np.float32"),
        (1j, "complex"),
        (np.ones((3, 1)), "f8[x.0, 1]"),
        (np.ones(()), "f8[]"),
        (np.ones(2, np.float32), "f4[x.0]"),
        (np.ones(2, bool), "bool[x.0]"),
        (np.ones(2, np.uint8), "int[x.0]"),
        (np.ones(2, complex), "c16[x.0]"),
        ([1.0, 2.0], "list of float"),
        ([1.0, np.ones(2)], "list(float, f8[x.1.0])"),
        ((1.0, 2), "tuple(float, int)"),
        ({"w": 1.0}, "{'w': float}"),
        (None, "None"),
        ("text", "'text'"),
        (np.sum, "sum"),
        (np.array(["a"]), "anything"),
    ],
)
def test_kinds_as_text(value, text):
    assert str(kind_of(value, "x")) == text


def test_an_argument_has_no_known_value():
    assert not kind_of(2.0, "x").static
    assert not kind_of(2, "x").static
    assert kind_of("text", "x").value == "text"


def test_equal_structure_gives_equal_kinds():
    assert kind_of(np.ones((3, 4)), "x") == kind_of(np.zeros((7, 2)), "x")
    assert kind_of(np.ones((3, 4)), "x") != kind_of(np.zeros((3, 1)), "x")
    assert hash(kind_of({"a": [1.0]}, "x")) == hash(kind_of({"a": [2.0]}, "x"))


@pytest.mark.parametrize("kind", SAMPLES, ids=str)
def test_joining_with_itself_or_nothing_changes_nothing(kind):
    assert join(kind, kind) == kind
    assert join(None, kind) == kind
    assert join(kind, None) == kind


@pytest.mark.parametrize(("a", "b"), list(itertools.combinations(SAMPLES, 2)), ids=str)
def test_joining_knows_no_order(a, b):
    assert join(a, b) == join(b, a)


@pytest.mark.parametrize(("a", "b"), list(itertools.combinations(SAMPLES, 2)), ids=str)
def test_a_joined_kind_covers_both(a, b):
    both = join(a, b)
    assert join(both, a) == both
    assert join(both, b) == both


@pytest.mark.parametrize(
    ("a", "b", "joined"),
    [
        (FLOAT, integer(None), FLOAT),
        (FLOAT, NUMPY_FLOAT, NUMPY_FLOAT),
        (integer(constant_size(2)), integer(constant_size(3)), Number("i")),
        (FLOAT, VECTOR, Array("f", None)),
        (VECTOR, MATRIX, Array("f", None)),
        (VECTOR, kind_of(np.ones(3), "y"), Array("f", (None,))),
        (VECTOR, kind_of(np.ones(1), "y"), Array("f", (None,))),
        (VECTOR, kind_of(np.ones(3, int), "x"), replace(VECTOR, mixed=True)),
        (Sequence(tuple, (FLOAT, VECTOR)), Sequence(tuple, (FLOAT, FLOAT)),
         Sequence(tuple, (FLOAT, Array("f", None)))),
        (Sequence(list, (FLOAT,)), Sequence(list, (FLOAT, FLOAT)), Sequence(list, None, FLOAT)),
        (Table((("a", FLOAT),)), Table((("a", VECTOR),)), Table((("a", Array("f", None)),))),
        (static(None), FLOAT, replace(FLOAT, optional=True)),
        (static("a"), static("b"), Opaque("string", str)),
    ],
    ids=str,
)  # fmt: skip
def test_joined(a, b, joined):
    assert join(a, b) == joined


@pytest.mark.parametrize(
    ("left", "right"),
    list(itertools.product(NUMBERS, repeat=2)),
)
def test_promotion_is_that_of_numpy(left, right):
    result = (
        np.asarray(left + right) if not isinstance(left, int) or not isinstance(right, int) else 2
    )
    found = promote(kind_of(left, "a"), kind_of(right, "b"))
    expected = kind_of(result[()] if isinstance(result, np.ndarray) else result, "c")
    assert found == expected.dtype


@pytest.mark.parametrize(
    ("value", "inexact"),
    [
        (1.0, True), (1, False), (True, False), (1j, True), (np.ones(2), True),
        (np.ones(2, int), False), ([1, 2.0], True), ((1, "a"), False), ({"a": 1.0}, True),
        ("text", False), (None, False),
    ],
)  # fmt: skip
def test_what_can_carry_a_derivative(value, inexact):
    assert is_inexact(kind_of(value, "x")) is inexact


def test_values_carried_between_trips_forget_the_trip():
    here = size_of_symbol(Symbol("f.i", varying=True))
    assert settle(integer(here)) == Number("i")
    assert settle(Array("f", (here, ONE))) == Array("f", (None, ONE))
    assert settle(VECTOR) == VECTOR


def test_a_kind_without_its_value():
    assert without_value(Number("b", True, None, True), "flag") == BOOL
    assert without_value(integer(constant_size(4)), "n").value is NO_VALUE
    assert without_value(VECTOR, "x") == VECTOR
