"""Rules that move elements, where differences say nothing: empty arrays, types, edges."""

import numpy as np
import pytest

from tapeless import runtime
from tapeless.rules import class_of, pushforwards_for, rules_for

X = np.arange(6.0, dtype=np.float32).reshape(2, 3)


def rule_named(primitive, name):
    return next(r.function for r in rules_for(primitive) if r.function.__name__ == name)


@pytest.mark.parametrize("seed", [0.1, np.float32(0.1)])
def test_a_number_as_seed_takes_the_precision_of_the_array(seed):
    assert runtime.untake(seed, X, 1).dtype == np.float32
    assert runtime.untake(seed, X.astype(float), 1).dtype == np.float64
    assert runtime.untake(0.1, np.zeros(3), 1)[1] == 0.1
    assert runtime.at_index(0.1, np.zeros(3), 2)[2] == 0.1
    assert runtime.untake(1j, X, 1).dtype.kind == "c"


def test_single_precision_stays():
    y_bar = np.ones(5, np.float32)
    found = [
        *runtime.split_like(y_bar, [y_bar[:2], y_bar[2:]]),
        *runtime.line_cotangents(y_bar, y_bar[:1], y_bar[:1], 5),
        runtime.unresize(y_bar, y_bar[:2]),
        runtime.undelete(y_bar[:4], y_bar, 1),
        runtime.uninsert(y_bar, y_bar[:4], 1),
        runtime.inserted_cotangent(y_bar, y_bar[:4], 1, y_bar[:1]),
        runtime.unrepeat(np.ones(10, np.float32), y_bar, 2),
        runtime.untile(np.ones(10, np.float32), y_bar, 2),
        runtime.unwindow(np.ones((4, 2), np.float32), y_bar, 2),
        *runtime.select_cotangent(y_bar, [y_bar > 0], [y_bar]),
        runtime.unselected(y_bar, [y_bar > 0], y_bar),
        *(runtime.fold_pad(np.ones(7, np.float32), y_bar, 1, mode) for mode in PADDINGS),
    ]
    assert {np.asarray(x_bar).dtype for x_bar in found} == {np.dtype(np.float32)}


PADDINGS = ("edge", "reflect", "symmetric", "wrap", "mean", "linear_ramp")


def test_empty_arrays():
    nothing = np.zeros((0, 2))
    assert runtime.unresize(np.zeros(4), np.zeros(0)).shape == (0,)
    parts = runtime.split_like(np.zeros((0, 5)), [nothing, np.zeros((0, 3))], 1)
    assert [part.shape for part in parts] == [(0, 2), (0, 3)]
    assert runtime.untile(nothing, nothing, 1).shape == (0, 2)
    assert runtime.unrepeat(np.zeros(0), nothing, 3).shape == (0, 2)
    assert runtime.uninsert(np.ones(3), np.zeros(0), 0).shape == (0,)
    np.testing.assert_array_equal(
        runtime.inserted_cotangent(np.ones(3), np.zeros(0), 0, np.zeros(3)), np.ones(3)
    )
    assert runtime.fold_pad(nothing, nothing, 0, "edge").shape == (0, 2)


def test_an_array_is_padded_with_nothing():
    for mode in PADDINGS:
        np.testing.assert_array_equal(runtime.fold_pad(X, X, 0, mode), X)


@pytest.mark.parametrize("trim", ["f", "b", "fb", "FB"])
@pytest.mark.parametrize("x", [[0.0, 0.0, 1.0, 0.0, 2.0, 0.0], [0.0, 0.0], [1.0], []])
def test_zeros_that_are_trimmed_get_no_cotangent(x, trim):
    x = np.array(x)
    y = np.trim_zeros(x, trim)
    places = np.arange(1.0, x.size + 1)
    kept = runtime.trimmed_like(places, x, trim)
    assert kept.shape == y.shape
    x_bar = rule_named(np.trim_zeros, "trim_zeros_pullback")(y, kept, x, trim)
    np.testing.assert_array_equal(x_bar, np.where(np.isin(places, kept), places, 0.0))
    (pushforward,) = pushforwards_for(np.trim_zeros)
    np.testing.assert_array_equal(pushforward.function(y, places, x, trim), kept)


def test_where_several_conditions_hold_the_first_is_taken():
    both = np.array([True, True])
    parts = runtime.select_cotangent(np.ones(2), [both, both], [np.zeros(2), np.zeros(2)])
    np.testing.assert_array_equal(parts, [[1.0, 1.0], [0.0, 0.0]])


def test_a_choice_passes_no_nan_on():
    parts = runtime.choose_cotangent(np.array([np.nan, 1.0]), np.array([0, 1]), [X[0, :2]] * 2)
    np.testing.assert_array_equal(parts[1], [0.0, 1.0])


def test_numbers_get_numbers():
    assert type(runtime.shaped_like(np.ones((1, 1)), 2.0)) is float
    assert type(runtime.shaped_like(np.ones((1, 1)) + 1j, 2.0)) is float
    assert type(runtime.shaped_like(np.ones((1, 1)) + 1j, 2j)) is complex
    assert type(runtime.unblock(np.ones(3), [1.5, np.ones(2)])[0]) is float


def test_pad_widths_by_axis():
    if np.lib.NumpyVersion(np.__version__) >= "2.2.0":
        y = np.pad(X, {-1: (1, 2)})
        np.testing.assert_array_equal(runtime.unpad(y, X, {-1: (1, 2)}), X)
    np.testing.assert_array_equal(runtime.pad_widths(X, {0: 3}), [[3, 3], [0, 0]])


def test_what_the_strides_reach_is_refused():
    assert class_of(np.lib.stride_tricks.as_strided) == "not yet"
