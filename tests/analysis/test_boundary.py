"""Sizes across a call: the callee's names inside, the caller's outside."""

import numpy as np
import pytest

from tapeless.analysis.boundary import enter, leave
from tapeless.analysis.expressions import kind_of_object
from tapeless.analysis.kinds import NO_VALUE, Sequence, kind_of

ARGUMENTS = {
    "vector": np.ones(3),
    "matrix": np.ones((2, 3)),
    "column": np.ones((3, 1)),
    "list": [1.0, np.ones(2)],
    "table": {"w": np.ones((2, 3)), "b": 1.0},
    "integer": 3,
    "pair": (np.ones(2), 2),
}


@pytest.mark.parametrize("value", ARGUMENTS.values(), ids=ARGUMENTS)
def test_there_and_back_again(value):
    outside = kind_of(value, "y")
    inside, back = enter({"u": outside})
    assert "y" not in str(inside["u"]).replace("anything", "")
    assert leave(inside["u"], back) == outside


def test_like_arguments_give_one_kind_inside():
    first, _ = enter({"u": kind_of(np.ones(3), "y"), "v": kind_of(np.ones(3), "z")})
    second, _ = enter({"u": kind_of(np.ones(3), "a"), "v": kind_of(np.ones(3), "b")})
    assert first == second


def test_equal_lengths_stay_equal():
    y = kind_of(np.ones(3), "y")
    inside, _ = enter({"u": y, "v": y})
    assert inside["u"] == inside["v"]
    other, _ = enter({"u": y, "v": kind_of(np.ones(3), "z")})
    assert other["u"] != other["v"]


def test_a_known_number_stays_or_is_dropped():
    three = kind_of_object(3)
    assert enter({"n": three})[0]["n"].value == 3
    assert enter({"n": three}, keep_values=False)[0]["n"].value is NO_VALUE
    assert enter({"s": kind_of_object(2.5)})[0]["s"].value is NO_VALUE
    assert enter({"flag": kind_of_object(True)})[0]["flag"].value is True


def test_an_axis_of_length_one_stays_known():
    inside, _ = enter({"u": kind_of(np.ones((3, 1)), "y")}, keep_values=False)
    assert str(inside["u"]) == "f8[u.0, 1]"


def test_a_length_made_inside_is_unknown_outside():
    _, back = enter({"u": kind_of(np.ones(3), "y")})
    assert str(leave(kind_of(np.ones(5), "t"), back)) == "f8[?]"
    made = Sequence(tuple, (kind_of(np.ones(5), "t"),))
    assert str(leave(made, back)) == "tuple(f8[?])"
