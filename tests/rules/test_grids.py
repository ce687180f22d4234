"""Derivatives on grids where differences do not show them: knots, short vectors, float32."""

import warnings

import numpy as np
import pytest

from tapeless.analysis.kinds import Array, kind_of
from tapeless.analysis.probe import probe
from tapeless.analysis.sizes import constant_size
from tapeless.rules import linear_in, rules_for
from tapeless.runtime import cross_cotangent, interp_slope, undiff, uninterp

XP = np.array([0.0, 1.0, 3.0])
FP = np.array([0.0, 2.0, 0.0])


@pytest.mark.parametrize(
    ("x", "slope"), [(0.0, 1.0), (1.0, 0.5), (3.0, -0.5), (-1.0, 0.0), (4.0, 0.0), (2.0, -1.0)]
)
def test_the_slope_at_a_knot_is_the_mean_of_both_sides(x, slope):
    assert interp_slope(x, XP, FP) == slope


def test_at_a_knot_its_value_takes_all():
    np.testing.assert_array_equal(uninterp(np.ones(3), XP, XP), np.ones(3))
    np.testing.assert_array_equal(uninterp(1.0, 9.0, XP), [0.0, 0.0, 1.0])


def test_a_knot_given_twice_is_a_jump():
    xp, fp = np.array([0.0, 1.0, 1.0, 2.0]), np.array([0.0, 1.0, 5.0, 7.0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_array_equal(interp_slope(np.array([0.5, 1.0, 1.5]), xp, fp), [1, 1.5, 2])
        np.testing.assert_array_equal(uninterp(1.0, 1.0, xp), [0.0, 0.0, 1.0, 0.0])


@pytest.mark.parametrize(("n", "m"), [(2, 2), (2, 3), (3, 2)])
@pytest.mark.parametrize("rows", [(), (4,)])
def test_cross_products_of_vectors_of_two(n, m, rows):
    """NumPy warns that they will go."""
    g = np.random.default_rng(0)
    a, b, a_dot = g.normal(size=(*rows, n)), g.normal(size=m), g.normal(size=(*rows, n))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        y_dot = np.cross(a_dot, b)
        y_bar = g.normal(size=np.shape(y_dot))
        back = -cross_cotangent(y_bar, b, a)
        assert back.shape == b.shape
        there = np.sum(y_bar * np.cross(a, b))
    np.testing.assert_allclose(np.sum(cross_cotangent(y_bar, a, b) * a_dot), np.sum(y_bar * y_dot))
    np.testing.assert_allclose(np.sum(back * b), there)


def test_differences_of_too_few():
    np.testing.assert_array_equal(undiff(np.zeros((2, 0)), np.ones((2, 1)), 3), np.zeros((2, 1)))
    np.testing.assert_array_equal(undiff(np.zeros(0), np.ones(0)), np.zeros(0))


X = np.linspace(0.3, 2.0, 5, dtype=np.float32)


@pytest.mark.parametrize(
    ("primitive", "args"),
    [
        (np.diff, (X, 2)),
        (np.ediff1d, (X,)),
        (np.gradient, (X,)),
        (np.gradient, (X, 0.5)),
        (np.trapezoid, (X, X)),
        (np.convolve, (X, X[:2])),
        (np.convolve, (X, X[:2], "same")),
        (np.correlate, (X, X[:2], "full")),
        (np.polyval, (X, X)),
        (np.polyadd, (X, X[:2])),
        (np.polymul, (X, X[:2])),
        (np.polyder, (X, 2)),
        (np.polyint, (X, 2)),
        (np.poly, (X,)),
        (np.polynomial.polynomial.polyval, (X, X)),
        (np.polynomial.chebyshev.chebval, (X, X)),
        (np.polynomial.chebyshev.chebder, (X,)),
        (np.polynomial.legendre.legmul, (X, X[:2])),
        (np.polynomial.laguerre.lagvander, (X, 2)),
        (np.polynomial.hermite.hermfit, (X, X**2, 1)),
    ],
)
def test_single_precision_stays(primitive, args):
    from .test_rules import cotangents_of, select

    rule, bound = select(primitive, args, {})
    y = primitive(*args)
    y_bar = np.ones(np.shape(y), np.float32) if np.ndim(y) else 1.0
    for x, x_bar in zip(args, cotangents_of(rule, y, y_bar, bound), strict=False):
        if isinstance(x, np.ndarray):
            assert x_bar.dtype == np.float32


def test_linear_in_the_edges():
    assert linear_in(np.diff).of == (0, 3, 4)
    assert rules_for(np.unwrap)[0].broadcasts


@pytest.mark.parametrize(
    "roots", [np.roots, np.polynomial.polynomial.polyroots, np.polynomial.legendre.legroots]
)
def test_roots_of_real_coefficients_count_as_complex(roots):
    """What is inferred from a sample must allow for both."""
    for length in range(3, 40):
        kind = probe(roots, [kind_of(np.ones(length), "c")], {})
        fixed = probe(roots, [Array("f", (constant_size(length),))], {})
        assert kind.dtype == fixed.dtype == "c"
