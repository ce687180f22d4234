"""What the derivative is where there is none, in both modes; and that partials lose no digits.

A stated value comes without a warning.  Where the derivative is infinite, so is the value, with
the warning that NumPy gives for `1 / 0`; of Python numbers it is the error that Python raises.
"""

import math
import operator
import warnings
from types import SimpleNamespace

import numpy as np
import pytest
import scipy.special
from tests.rules.test_rules import cotangents_of, select, tangent_of

from tapeless import grad, runtime
from tapeless.rules import is_constant

INF = math.inf
ZERO = np.zeros(2)
ONES = np.ones(2)


def known(value):
    return SimpleNamespace(value=value)


def partials(primitive, *args, **kwargs):
    """The partial derivatives by the arguments, in reverse and in forward mode."""
    values = [getattr(value, "value", value) for value in args]
    y = primitive(*values, **kwargs)
    rule, bound = select(primitive, args, kwargs)
    y_bar = np.ones_like(y) if np.ndim(y) else 1.0
    back = cotangents_of(rule, y, y_bar, bound)[: len(args)]
    forth = []
    for i in range(len(back)):
        if back[i] is None or args[i] is not values[i]:
            forth.append(None)
            continue
        dots: list = [None] * len(args)
        dots[i] = np.ones_like(values[i]) if np.ndim(values[i]) else 1.0
        forth.append(tangent_of(primitive, y, args, kwargs, dots))
    return back, forth


# --- stated values -------------------------------------------------------------------------------

TABLE = [
    # absolute values and signs: 0
    (abs, (0.0,), (0.0,)),
    (abs, (-0.0,), (0.0,)),
    (abs, (ZERO,), (0.0,)),
    (abs, (0j,), (0.0,)),
    (operator.abs, (0.0,), (0.0,)),
    (np.absolute, (ZERO,), (0.0,)),
    (np.absolute, (ZERO + 0j,), (0.0,)),
    (np.fabs, (ZERO,), (0.0,)),
    (math.fabs, (0.0,), (0.0,)),
    (math.fabs, (np.float64(0.0),), (0.0,)),
    (np.copysign, (ZERO, ONES), (0.0,)),
    (np.copysign, (0.0, -2.0), (0.0,)),
    (math.copysign, (0.0, -2.0), (0.0,)),
    (math.copysign, (np.float64(-3.0), np.float64(-2.0)), (1.0,)),
    # ties share in equal parts
    (np.maximum, (ONES, ONES), (0.5, 0.5)),
    (np.minimum, (ONES, ONES), (0.5, 0.5)),
    (np.fmax, (ONES, ONES), (0.5, 0.5)),
    (np.fmin, (ONES, ONES), (0.5, 0.5)),
    (np.maximum, (INF, INF), (0.5, 0.5)),
    (np.fmax, (math.nan, 2.0), (0.0, 1.0)),
    (np.fmin, (2.0, math.nan), (1.0, 0.0)),
    (max, (2.0, 2.0), (0.5, 0.5)),
    (min, (2.0, 2.0), (0.5, 0.5)),
    (max, (2.0, 2.0, 2.0), (1 / 3, 1 / 3, 1 / 3)),
    (min, (2.0, 3.0, 2.0), (0.5, 0.0, 0.5)),
    (np.clip, (ONES, known(1.0), known(2.0)), (0.5,)),
    (np.clip, (ONES, ONES, 2.0 * ONES), (0.5, 0.5, 0.0)),
    (np.clip, (ONES, None, ONES), (0.5, None, 0.5)),
    (np.clip, (ONES, ONES, None), (0.5, 0.5)),
    (np.logaddexp, (1.0, 1.0), (0.5, 0.5)),
    (np.logaddexp, (-INF, -INF), (0.5, 0.5)),
    (np.logaddexp, (INF, INF), (0.5, 0.5)),
    (np.logaddexp, (-INF, 0.3), (0.0, 1.0)),
    (np.logaddexp, (INF, 0.3), (1.0, 0.0)),
    (np.logaddexp2, (np.full(2, -INF), np.array([-INF, 1.0])), ([0.5, 0.0], [0.5, 1.0])),
    # powers: the slope of the polynomial, no logarithm
    (np.power, (ZERO, known(0)), (None,)),
    (np.power, (ZERO, known(1)), (1.0,)),
    (np.power, (ZERO, known(2)), (0.0,)),
    (np.power, (ZERO, known(3)), (0.0,)),
    (np.power, (-ONES, known(3)), (3.0,)),
    (np.power, (-ONES, known(2.0)), (-2.0,)),
    (np.power, (ZERO, 0.0), (0.0, 0.0)),
    (np.power, (ZERO, 1.5), (0.0, 0.0)),
    (np.power, (ZERO, np.array([1.0, 2.0])), ([1.0, 0.0], 0.0)),
    (np.power, (np.zeros(2) + 0j, 2.0 + 0j), (0.0, 0.0)),
    (pow, (0.0, 0.0), (0.0, 0.0)),
    (pow, (0.0, 2.0), (0.0, 0.0)),
    (math.pow, (0.0, 1.0), (1.0, 0.0)),
    (operator.pow, (0.0, 2.0), (0.0, 0.0)),
    (np.square, (ZERO,), (0.0,)),
    # the origin: 0
    (np.hypot, (0.0, 0.0), (0.0, 0.0)),
    (np.hypot, (ZERO, ZERO), (0.0, 0.0)),
    (math.hypot, (0.0,), (0.0,)),
    (math.hypot, (0.0, 0.0), (0.0, 0.0)),
    (math.hypot, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
    (math.hypot, (0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0)),
    (np.arctan2, (ZERO, ZERO), (0.0, 0.0)),
    (math.atan2, (0.0, 0.0), (0.0, 0.0)),
    (np.angle, (ZERO + 0j,), (0.0,)),
    # jumps: the piece that was taken
    (np.heaviside, (ZERO, 0.5 * ONES), (None, 1.0)),
    (np.remainder, (4.0 * ONES, known(2.0)), (1.0,)),
    (np.fmod, (1.0, 0.1), (1.0, -9.0)),  # though 1.0 / 0.1 is 10.0
    (math.fmod, (1.0, 0.1), (1.0, -9.0)),
    (np.remainder, (1.0, 0.1), (1.0, -9.0)),
    (math.remainder, (4.0, 2.0), (1.0, -2.0)),
    (np.nan_to_num, (np.array([math.nan, INF]),), (0.0,)),
    (np.where, (np.array([True, False]), ONES, ONES), (None, [1.0, 0.0], [0.0, 1.0])),
    (np.sinc, (ZERO,), (0.0,)),
    (np.i0, (ZERO,), (0.0,)),
]


@pytest.mark.parametrize(("primitive", "args", "expected"), TABLE)
def test_stated_values(primitive, args, expected):
    with np.errstate(all="warn", under="ignore"):
        back, forth = partials(primitive, *args)
    for i, value in enumerate(expected):
        for found in (back[i], forth[i]):
            if value is None:
                assert found is None
            elif found is not None:
                assert np.shape(found) == np.shape(getattr(args[i], "value", args[i])) or (
                    found is forth[i]
                )
                np.testing.assert_allclose(found, value + 0.0 * np.real(found), rtol=1e-12)


@pytest.mark.parametrize("f", [np.sign, np.floor, np.ceil, np.rint, np.trunc, round, math.floor])
def test_steps_have_the_derivative_zero(f):
    assert is_constant(f)


def test_points_that_are_one():
    rule, bound = select(math.dist, ([1.0, 2.0], [1.0, 2.0]), {})
    assert rule.function(0.0, 1.0, **bound) == ([0.0, 0.0], [0.0, 0.0])


def test_both_parts_of_a_division():
    for f in (np.divmod, divmod):
        rule, bound = select(f, (7.3, 2.0), {})
        assert rule.function(f(7.3, 2.0), (5.0, 1.0), **bound) == (1.0, -3.0)
        rule, bound = select(f, (np.array([7.3, -7.3]), 2.0), {})
        y = f(np.array([7.3, -7.3]), 2.0)
        x1_bar, x2_bar = rule.function(y, (ZERO, ONES), **bound)
        np.testing.assert_array_equal(x1_bar, ONES)
        assert x2_bar == -(3.0 - 4.0)


INFINITE = [
    (np.sqrt, math.sqrt, 0.0),
    (np.cbrt, math.cbrt, 0.0),
    (np.arcsin, math.asin, 1.0),
    (np.arccosh, math.acosh, 1.0),
]


@pytest.mark.parametrize(("of_arrays", "of_numbers", "x"), INFINITE)
def test_infinite_slopes(of_arrays, of_numbers, x):
    x = np.array([x])
    with np.errstate(divide="ignore"):
        back, forth = partials(of_arrays, x)
    assert back[0] == forth[0] == INF
    with pytest.warns(RuntimeWarning, match="divide by zero"):
        partials(of_arrays, x)
    with pytest.raises(ZeroDivisionError):
        partials(of_numbers, float(x[0]))


# --- the same through the engine -----------------------------------------------------------------


def distance(v):
    return np.hypot(v[0], v[1]) + abs(v[0]) + np.maximum(v[1], 0.0)


def parabola(v):
    return np.sum(v**2) + np.sum(v**3) + np.sum(np.power(v, 1))


def polar_angle(v):
    return math.atan2(v[0], v[1]) + math.hypot(v[0], v[1], 0.0) + max(v[0], v[1])


@pytest.mark.parametrize(
    ("f", "expected"),
    [(distance, [0.0, 0.5]), (parabola, [1.0, 1.0]), (polar_angle, [0.5, 0.5])],
)
def test_gradients_at_kinks(f, expected):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_array_equal(grad(f)(np.zeros(2)), expected)


# --- no digits are lost --------------------------------------------------------------------------

LONG = np.longdouble
near_one = 1.0 - np.array([1e-3, 1e-6, 1e-9, 1e-12])
PRECISE = [  # the partial in extended precision
    (np.expm1, math.expm1, -np.array([1e-9, 1.0, 20.0, 36.0, 50.0]), np.exp),
    (np.log1p, math.log1p, np.array([-1.0 + 1e-12, 1e-18, 1e300]), lambda x: 1 / (1 + x)),
    (np.arcsin, math.asin, near_one, lambda x: 1 / np.sqrt((1 - x) * (1 + x))),
    (np.arccos, math.acos, -near_one, lambda x: -1 / np.sqrt((1 - x) * (1 + x))),
    (np.arctanh, math.atanh, near_one, lambda x: 1 / ((1 - x) * (1 + x))),
    (np.arcsinh, math.asinh, np.array([1e-9, 1e9, -1e200]), lambda x: 1 / np.sqrt(1 + x**2)),
    (np.arccosh, math.acosh, 2.0 - near_one, lambda x: 1 / np.sqrt((x - 1) * (x + 1))),
    (np.arccosh, math.acosh, np.array([1e9, 1e200]), lambda x: 1 / np.sqrt((x - 1) * (x + 1))),
    (np.tan, math.tan, np.array([1e-9, 1.5, -1.570796]), lambda x: 1 / np.cos(x) ** 2),
    (np.reciprocal, None, np.array([1e-150, 1e150]), lambda x: -1 / x / x),
    (np.sinc, None, np.array([1e-12, 1e-3, 0.0499, 0.0501, 0.3]), None),
]


def sinc_slope_in_full(x):
    u = LONG("3.14159265358979323846264338327950288") * x
    terms = (
        (-1) ** k * 2 * k * u ** (2 * k - 1) / LONG(math.factorial(2 * k + 1)) for k in range(1, 25)
    )
    return sum(terms) * LONG("3.14159265358979323846264338327950288")


@pytest.mark.skipif(np.finfo(LONG).eps > 1e-18, reason="no extended precision here")
@pytest.mark.parametrize(("of_arrays", "of_numbers", "x", "partial"), PRECISE)
def test_partials_lose_no_digits(of_arrays, of_numbers, x, partial):
    expected = np.asarray((partial or sinc_slope_in_full)(x.astype(LONG)), float)
    back, forth = partials(of_arrays, x)
    np.testing.assert_allclose(back[0], expected, rtol=1e-12)
    np.testing.assert_allclose(forth[0], expected, rtol=1e-12)
    for value, slope in zip(x, expected, strict=True):
        if of_numbers is not None:
            np.testing.assert_allclose(partials(of_numbers, float(value))[0][0], slope, rtol=1e-12)


@pytest.mark.parametrize("x", [1e200, -1e200, 30.0, -30.0])
def test_numbers_that_are_large_are_no_error(x):
    """`x**2` of a large Python float would be."""
    assert partials(math.atan, x)[0][0] == pytest.approx(0.0 if abs(x) > 1e100 else 1 / 901)
    assert partials(math.asinh, x)[0][0] >= 0.0
    assert partials(math.erf, x)[0][0] < 1e-300
    assert partials(math.erfc, x)[0][0] > -1e-300
    scale = abs(x)
    np.testing.assert_allclose(partials(math.atan2, x, scale)[0][0], 0.5 / scale)
    np.testing.assert_allclose(partials(np.arctan2, x, scale)[0][0], 0.5 / scale)


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_angles_of_tiny_and_huge_vectors(scale):
    for f in (np.arctan2, math.atan2):
        back, _ = partials(f, 3.0 * scale, 4.0 * scale)
        np.testing.assert_allclose(back, [0.16 / scale, -0.12 / scale], rtol=1e-14)
    for f in (np.hypot, math.hypot):
        np.testing.assert_allclose(partials(f, 3.0 * scale, 4.0 * scale)[0], [0.6, 0.8])


def test_digamma():
    x = np.concatenate(
        [np.linspace(0.013, 30.0, 500), np.logspace(-8, 15, 60), -np.linspace(0.013, 9.77, 400)]
    )
    found = np.array([runtime.digamma(float(value)) for value in x])
    expected = scipy.special.psi(x)
    assert np.max(np.abs(found - expected) / np.maximum(1.0, np.abs(expected))) < 2e-13
    gamma = 0.57721566490153286061  # Abramowitz & Stegun 6.3.2 and 6.3.3
    for value, exact in ((1.0, -gamma), (0.5, -gamma - 2.0 * math.log(2.0)), (2.0, 1.0 - gamma)):
        assert runtime.digamma(value) == pytest.approx(exact, rel=1e-14, abs=1e-14)
    assert math.isnan(runtime.digamma(0.0))
    assert math.isnan(runtime.digamma(-3.0))
    assert type(runtime.digamma(0.3)) is float


def test_bessel_function():
    x = np.concatenate([np.logspace(-10, 0, 30), np.linspace(1.0, 700.0, 90)])
    np.testing.assert_allclose(runtime.bessel_i1(x), scipy.special.i1(x), rtol=1e-13)
    np.testing.assert_allclose(runtime.bessel_i1(-x), -scipy.special.i1(x), rtol=1e-13)
    assert runtime.bessel_i1(np.ones(2, np.float32)).dtype == np.float32


# --- types ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "f", [np.expm1, np.arcsin, np.arccos, np.arctanh, np.arcsinh, np.i0, np.sinc, np.log1p]
)
def test_single_precision_stays(f):
    x = np.linspace(0.3, 0.8, 4, dtype=np.float32)
    assert partials(f, x)[0][0].dtype == np.float32


@pytest.mark.parametrize("f", [np.arctan2, np.logaddexp, np.logaddexp2, np.fmod, np.copysign])
def test_single_precision_stays_in_pairs(f):
    x = np.linspace(0.3, 0.8, 4, dtype=np.float32)
    for x_bar in partials(f, x, x[::-1].copy())[0]:
        assert x_bar is None or x_bar.dtype == np.float32


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (math.gamma, (0.4,)),
        (math.lgamma, (0.4,)),
        (math.asin, (0.4,)),
        (math.atan2, (0.4, 1.5)),
        (math.hypot, (0.4, 1.5, 2.0)),
        (math.copysign, (0.4, 1.5)),
        (math.remainder, (0.4, 1.5)),
        (max, (0.4, 1.5, 2.0)),
        (operator.mul, (0.4, 1.5)),
    ],
)
def test_python_floats_stay_python_floats(f, args):
    assert all(type(x_bar) in (float, int) for x_bar in partials(f, *args)[0] if x_bar is not None)
