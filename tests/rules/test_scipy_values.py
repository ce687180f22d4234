"""What rules of SciPy give where differences show nothing: knots, edges, equal eigenvalues."""

import numpy as np
import pytest
from scipy import fft, integrate, interpolate, linalg

from tapeless import runtime
from tapeless.rules import rules_for

rules_for(linalg.inv)  # loads the rules of SciPy, and what they call

X, Y = np.array([0.0, 1.0, 3.0]), np.array([0.0, 2.0, 8.0])


@pytest.mark.parametrize("kind", ["linear", "slinear"])
def test_a_knot_of_a_linear_interpolant_has_the_mean_of_both_slopes(kind):
    inside = interpolate.interp1d(X, Y, kind, bounds_error=False, fill_value=0.0)
    beyond = interpolate.interp1d(X, Y, kind, fill_value="extrapolate")
    points = np.array([-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0])
    np.testing.assert_allclose(
        runtime.interp1d_slope(inside, points), [0.0, 1.0, 2.0, 2.5, 3.0, 1.5, 0.0]
    )
    np.testing.assert_allclose(
        runtime.interp1d_slope(beyond, points), [2.0, 2.0, 2.0, 2.5, 3.0, 3.0, 3.0]
    )


@pytest.mark.parametrize("kind", ["nearest", "previous", "next", "zero"])
def test_between_jumps_the_slope_is_zero(kind):
    interpolant = interpolate.interp1d(X, Y, kind)
    np.testing.assert_array_equal(runtime.interp1d_slope(interpolant, np.array([0.5, 1.0])), 0.0)


def test_ends_of_a_half_spectrum_are_real():
    y_bar = np.array([1.0, -2.0, 0.5, 3.0])
    for f in (runtime.irfft_cotangent, runtime.hfft_cotangent):
        z_bar = f(y_bar, 3)
        assert z_bar[0].imag == z_bar[2].imag == 0.0
        assert z_bar[1].imag != 0.0


def test_equal_eigenvalues_of_a_pair_give_no_nan():
    y = linalg.eigh(np.eye(3), 2.0 * np.eye(3))
    y_bar = (np.ones(3), np.zeros((3, 3)))
    a_bar, b_bar = runtime.general_eigh_cotangents(y_bar, y)
    np.testing.assert_allclose(a_bar, 0.5 * np.eye(3))
    np.testing.assert_allclose(b_bar, -0.25 * np.eye(3))


def test_norm_at_the_origin_has_slope_zero():
    for a in (np.zeros(3), np.zeros((2, 2))):
        rule = next(r for r in rules_for(linalg.norm) if r.function.__name__ == "norm_pullback")
        np.testing.assert_array_equal(rule.function(0.0, 1.0, a), a)


def test_a_stack_of_matrices_is_refused_where_only_one_is_understood():
    with pytest.raises(NotImplementedError, match="one by one"):
        runtime.frechet(linalg.logm, np.ones((2, 3, 3)), np.ones((2, 3, 3)))
    with pytest.raises(NotImplementedError, match="one by one"):
        runtime.triangular_cotangent(np.ones((2, 2)), np.ones((2, 2)), np.ones((2, 2, 2)))


def test_points_that_coincide_weigh_nothing_in_simpsons_rule():
    x, y = np.array([0.0, 1.0, 1.0, 2.0, 3.0]), np.arange(5.0)
    weights = runtime.simpson_cotangent(1.0, y, x, 1.0, -1)
    assert weights @ y == pytest.approx(integrate.simpson(y, x=x))


def test_single_precision_stays():
    x = np.linspace(0.1, 1.0, 5, dtype=np.float32)
    assert runtime.dct_cotangent(x, 5).dtype == np.float32
    assert runtime.rfft_cotangent(fft.rfft(x), 5).dtype == np.float32
    assert runtime.irfft_cotangent(x, 3).dtype == np.complex64
    assert runtime.simpson_cotangent(np.float32(1.0), x, x, 1.0, -1).dtype == np.float32
    assert runtime.savgol_cotangent(x, 3, 1).dtype == np.float32
    matrix = np.eye(2, dtype=np.float32)
    assert runtime.expm_frechet(matrix, matrix).dtype == np.float32
