"""Reductions, quantiles and sorting where elements are equal, and where there are none."""

from types import SimpleNamespace as Known

import numpy as np
import pytest

from tapeless import runtime
from tapeless.rules import linear_in, pushforwards_for, rules_for


def kind(value):
    """What the `when` of a rule asks of an argument."""
    known = value is None or isinstance(value, (bool, int, str, tuple))
    numeric = isinstance(value, (bool, int, float, np.ndarray, np.generic))
    rank = np.ndim(value) if numeric else None
    return Known(value=value, static=known, rank=rank, is_scalar=numeric and rank == 0, dtype="f")


def chosen(table, primitive, args, kwargs):
    """The variant that takes these arguments, and its arguments."""
    for rule in table(primitive):
        bound = dict(zip(rule.parameters, args)) | kwargs
        if bound.keys() <= set(rule.parameters):
            bound = {p: bound.get(p, rule.defaults.get(p)) for p in rule.parameters}
            if rule.when is None or rule.when(**{p: kind(v) for p, v in bound.items()}):
                return rule, bound
    return None, {}


def cotangent(primitive, y_bar, *args, **kwargs):
    """The cotangent of the first argument."""
    rule, bound = chosen(rules_for, primitive, args, kwargs)
    found = rule.function(primitive(*args, **kwargs), y_bar, **bound)
    return found[0] if isinstance(found, tuple) else found


def tangent(primitive, x_dot, *args, **kwargs):
    """The tangent of the result, only the first argument having one."""
    rule, bound = chosen(pushforwards_for, primitive, args, kwargs)
    if rule is None:
        assert 0 in linear_in(primitive).of
        return primitive(x_dot, *args[1:], **kwargs)
    dots = [x_dot, *[0.0 for _ in rule.tangents[1:]]]
    found = rule.function(primitive(*args, **kwargs), *dots, **bound)
    return found[0] if isinstance(found, tuple) else found


X = np.array([2.0, 1.0, 2.0, 2.0, 0.5])
DOT = np.array([1.0, 10.0, 2.0, 6.0, 100.0])


@pytest.mark.parametrize("f", [np.max, np.nanmax, np.maximum.reduce, np.sort])
def test_the_greatest(f):
    share = [0.0, 0.0, 0.0, 3.0, 0.0] if f is np.sort else [1.0, 0.0, 1.0, 1.0, 0.0]
    y_bar = np.array([0.0, 0.0, 0.0, 0.0, 3.0]) if f is np.sort else 3.0
    np.testing.assert_allclose(cotangent(f, y_bar, X), share)
    found = tangent(f, DOT, X)
    np.testing.assert_allclose(found, [100.0, 10.0, 1.0, 2.0, 6.0] if f is np.sort else 3.0)


def test_equal_elements_are_sorted_in_the_order_in_which_they_stand():
    y_bar = np.arange(5.0)
    np.testing.assert_array_equal(cotangent(np.sort, y_bar, X), [2.0, 1.0, 3.0, 4.0, 0.0])
    np.testing.assert_array_equal(cotangent(np.partition, y_bar, X, 1).sum(), 10.0)
    rows = np.array([X, X[::-1]])
    found = cotangent(np.sort, np.array([y_bar, y_bar]), rows, axis=1)
    np.testing.assert_array_equal(found, [[2, 1, 3, 4, 0], [0, 2, 3, 1, 4]])


def test_spread_between_extremes_of_equal_elements_is_zero():
    np.testing.assert_array_equal(cotangent(np.ptp, 1.0, np.ones(3)), np.zeros(3))
    np.testing.assert_array_equal(tangent(np.ptp, DOT[:3], np.ones(3)), 0.0)


def test_the_initial_value_takes_part():
    rule, bound = chosen(rules_for, np.max, (X,), {"initial": 2.0})
    found = rule.function(np.float64(2.0), 4.0, **bound)
    np.testing.assert_allclose(found[0], [1.0, 0.0, 1.0, 1.0, 0.0])
    np.testing.assert_allclose(found[4], 1.0)
    rule, bound = chosen(pushforwards_for, np.max, (X,), {"initial": 2.0})
    found = rule.function(np.float64(2.0), DOT, 8.0, **bound)
    np.testing.assert_allclose(found, [9.0 / 4.0, 2.0])


def test_the_greatest_of_some():
    some = np.array([True, True, False, True, True])
    found = cotangent(np.max, 3.0, X, where=some, initial=0.0)
    np.testing.assert_allclose(found, [1.5, 0.0, 0.0, 1.5, 0.0])


@pytest.mark.parametrize("f", [np.median, np.nanmedian])
def test_the_median_of_equal_elements(f):
    np.testing.assert_allclose(cotangent(f, 3.0, X), [1.0, 0.0, 1.0, 1.0, 0.0])
    np.testing.assert_allclose(tangent(f, DOT, X), 3.0)
    np.testing.assert_allclose(cotangent(f, 1.0, X[:4]), np.array([1.0, 0.0, 1.0, 1.0]) / 3.0)


def test_a_quantile_between_two_groups():
    x = np.array([1.0, 1.0, 4.0, 4.0])
    np.testing.assert_allclose(cotangent(np.quantile, 1.0, x, 0.5), np.full(4, 0.25))
    np.testing.assert_allclose(cotangent(np.quantile, 1.0, x, 1.0), [0.0, 0.0, 0.5, 0.5])


def test_the_slope_of_a_quantile_on_an_element_is_the_mean_of_both_sides():
    x = np.array([3.0, 0.0, 1.0])
    found = runtime.quantile_slopes(np.zeros(3), x, np.array([0.0, 0.5, 1.0]))
    np.testing.assert_allclose(found, [2.0, 3.0, 4.0])  # one side at the ends
    assert runtime.quantile_slopes(np.zeros(()), x[:1], 0.5) == 0.0


def test_nothing_flows_to_nan():
    gaps = np.array([np.nan, 1.0, np.nan, 3.0])
    for f in (np.nansum, np.nanmean, np.nanprod, np.nanvar, np.nanmax, np.nanmin, np.nanmedian):
        found = cotangent(f, 1.0, gaps)
        assert (found[[0, 2]] == 0.0).all()
        assert np.isfinite(found).all()
        assert np.isfinite(tangent(f, np.ones(4), gaps))
    for f in (np.nancumsum, np.nancumprod):
        assert (cotangent(f, np.ones(4), gaps)[[0, 2]] == 0.0).all()


def test_running_extremes_share_with_all_before():
    x = np.array([1.0, 0.5, 1.0, 2.0, 2.0])
    y_bar = np.array([1.0, 1.0, 1.0, 1.0, 1.0])
    found = cotangent(np.maximum.accumulate, y_bar, x)
    np.testing.assert_allclose(found, [2.5, 0.0, 0.5, 1.5, 0.5])
    found = tangent(np.maximum.accumulate, DOT, x)
    np.testing.assert_allclose(found, [1.0, 1.0, 1.5, 6.0, 53.0])
    found = cotangent(np.minimum.accumulate, y_bar, x)
    np.testing.assert_allclose(found, [1.0, 4.0, 0.0, 0.0, 0.0])
    last = cotangent(np.maximum.accumulate, np.array([0.0, 0.0, 0.0, 0.0, 1.0]), x)
    np.testing.assert_allclose(last, cotangent(np.max, 1.0, x))


def test_histogram_of_an_element_on_an_edge():
    x, edges = np.array([0.0, 0.5, 1.0, 1.5, -0.1]), np.array([0.0, 0.5, 1.0])
    counts, _ = np.histogram(x, edges)
    np.testing.assert_array_equal(counts, [1, 2])
    found = runtime.histogram_weights_cotangent(np.array([3.0, 7.0]), x, edges)
    np.testing.assert_array_equal(found, [3.0, 7.0, 7.0, 0.0, 0.0])


SINGLE = np.linspace(0.3, 0.8, 4, dtype=np.float32)


@pytest.mark.parametrize(
    "f",
    [
        np.sum, np.prod, np.mean, np.max, np.ptp, np.var, np.std, np.nansum, np.nanmean, np.nanprod,
        np.nanvar, np.nanstd, np.nanmax, np.median, np.nanmedian, np.cumsum, np.cumprod, np.sort,
        np.average, np.nancumsum, np.nancumprod, np.add.reduce, np.multiply.reduce,
        np.maximum.reduce, np.logaddexp.reduce, np.maximum.accumulate, np.multiply.accumulate,
    ],
)  # fmt: skip
def test_single_precision_stays(f):
    y = f(SINGLE)
    assert tangent(f, SINGLE[::-1], SINGLE).dtype == np.float32
    if f in (np.max, np.nanmax):
        assert cotangent(f, y, SINGLE, axis=0).dtype == np.float32
    else:
        assert cotangent(f, np.ones_like(y)[()], SINGLE).dtype == np.float32


@pytest.mark.parametrize("f", [np.mean, np.var, np.std, np.nansum])
def test_single_precision_of_some(f):
    where = np.array([True, False, True, True])
    if f is not np.nansum:
        assert cotangent(f, np.float32(1.0), SINGLE, where=where).dtype == np.float32
        assert tangent(f, SINGLE, SINGLE, where=where).dtype == np.float32
    kwargs = {"where": where, "initial": np.float32(0.1)}
    assert cotangent(np.max, np.float32(1.0), SINGLE, **kwargs).dtype == np.float32
    assert cotangent(np.sum, np.float32(1.0), SINGLE, **kwargs).dtype == np.float32
    assert cotangent(np.prod, np.float32(1.0), SINGLE, **kwargs).dtype == np.float32


@pytest.mark.parametrize(
    "f", [np.sum, np.prod, np.nansum, np.nanprod, np.cumsum, np.cumprod, np.sort, np.add.reduce]
)
def test_of_nothing(f):
    x = np.zeros(0)
    y = f(x)
    assert np.shape(cotangent(f, np.ones_like(y)[()], x)) == (0,)
    assert np.shape(tangent(f, x, x)) == np.shape(y)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("f", [np.mean, np.var, np.nanmean, np.median])
def test_mean_of_nothing(f):
    x = np.zeros(0)
    assert np.shape(cotangent(f, np.float64(1.0), x)) == (0,)


def test_rows_of_nothing():
    x = np.zeros((0, 3))
    assert cotangent(np.sum, np.ones(0), x, axis=1).shape == (0, 3)
    assert cotangent(np.max, np.ones(0), x, axis=1).shape == (0, 3)
    assert cotangent(np.prod, np.ones(3), x, axis=0).shape == (0, 3)
    assert cotangent(np.median, np.ones(0), x, axis=1).shape == (0, 3)
    assert tangent(np.median, x, x, axis=1).shape == (0,)


def test_the_caller_keeps_what_was_given():
    x, y_bar = np.array([0.3, 0.2, 0.9]), np.ones(3)
    for f in (np.cumprod, np.sort, np.maximum.accumulate, np.add.accumulate):
        before = x.copy(), y_bar.copy()
        found = cotangent(f, y_bar, x)
        found[...] = 7.0
        np.testing.assert_array_equal([x, y_bar], before)
