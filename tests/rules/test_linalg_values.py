"""Linear algebra: values at kinks and ties, empty arrays, single precision, free phases."""

import numpy as np
import pytest

from tapeless import runtime
from tapeless.rules import pushforwards_for, rules_for

pytestmark = pytest.mark.filterwarnings("error")
g = np.random.default_rng(11)


def n(*shape):
    return g.normal(size=shape)


def c(*shape):
    return n(*shape) + 1j * n(*shape)


def numerical(f, x, h=1e-6):
    """Central differences; of a complex argument in the convention of JAX."""
    found = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        for unit, sign in ((1.0, 1.0), (1j, -1j)) if np.iscomplexobj(x) else ((1.0, 1.0),):
            step = np.zeros_like(x)
            step[index] = h * unit
            found[index] += sign * (f(x + step) - f(x - step)) / (2.0 * h)
    return found


# --- norms at their kinks ------------------------------------------------------------------------


@pytest.mark.parametrize("ord", [None, 1, 2, 3.5, 0.5, -1, -2.5, np.inf, -np.inf, 0])
@pytest.mark.parametrize("dtype", [float, complex, np.float32])
def test_slope_of_vector_norm_of_zeros_is_zero(ord, dtype):
    x = np.zeros((2, 3), dtype)
    for axis in (None, 1, (0, 1)):
        slope = runtime.vector_norm_slope(x, 2 if ord is None else ord, axis)
        assert slope.dtype == dtype
        np.testing.assert_array_equal(slope, x)


@pytest.mark.parametrize("ord", ["fro", "nuc", 1, -1, 2, -2, np.inf, -np.inf])
@pytest.mark.parametrize("dtype", [float, complex, np.float32])
def test_slope_of_matrix_norm_of_zeros_is_zero(ord, dtype):
    x = np.zeros((2, 3), dtype)
    slope = runtime.matrix_norm_slope(x, ord)
    assert slope.dtype == dtype
    np.testing.assert_array_equal(slope, x)


def test_norm_rules_at_the_origin():
    for table in (rules_for, pushforwards_for):
        for rule in table(np.linalg.norm):
            if rule.function.__name__.startswith("norm"):
                x = np.zeros((2, 3))
                axis = 1 if "axis" in rule.function.__name__ else None
                y = np.linalg.norm(x, axis=axis)
                given, like = (np.ones_like(y), x) if table is rules_for else (np.ones_like(x), y)
                found = rule.function(y, given, x, axis=axis)
                np.testing.assert_array_equal(found, 0.0 * like)


def test_zeros_inside_a_vector_have_slope_zero():
    x = np.array([0.0, 2.0, -3.0])
    for ord in (1, 1.5, 0.5, 3):
        slope = runtime.vector_norm_slope(x, ord)
        assert slope[0] == 0.0
        np.testing.assert_allclose(slope[1:], runtime.vector_norm_slope(x[1:], ord))
    np.testing.assert_array_equal(runtime.vector_norm_slope(x, -2), 0.0 * x)


def test_tied_maxima_share():
    np.testing.assert_allclose(
        runtime.vector_norm_slope(np.array([2.0, -2.0, 1.0]), np.inf), [0.5, -0.5, 0.0]
    )
    np.testing.assert_allclose(runtime.matrix_norm_slope(np.eye(2), 1), np.eye(2) / 2.0)
    np.testing.assert_allclose(runtime.matrix_norm_slope(np.eye(3), 2), np.eye(3) / 3.0, atol=1e-15)
    np.testing.assert_allclose(runtime.matrix_norm_slope(np.diag([1.0, 0.0]), "nuc")[1, 1], 0.0)


def test_norms_of_large_and_small_numbers():
    x = np.array([1e200, -2e200, 0.5e200])
    for ord in (3, 0.5, -2):
        expected = runtime.vector_norm_slope(x / 1e200, ord)
        np.testing.assert_allclose(runtime.vector_norm_slope(x, ord), expected)
        np.testing.assert_allclose(runtime.vector_norm_slope(x / 1e300 / 1e180, ord), expected)


# --- equal eigenvalues, zero singular values -----------------------------------------------------


def equal_in_pairs():
    q = np.linalg.qr(n(4, 4))[0]
    a = q @ np.diag([1.0, 1.0, 2.0, 2.0]) @ q.T
    return 0.5 * (a + a.T)


def test_functions_of_equal_eigenvalues():
    a = equal_in_pairs()
    y = np.linalg.eigh(a)
    expected = runtime.in_triangle(3.0 * a @ a)
    for cotangent, tangent in (
        (runtime.eigh_cotangent([3.0 * y[0] ** 2, np.zeros((4, 4))], y), runtime.eigh_tangent),
        (runtime.eigvalsh_cotangent(3.0 * y[0] ** 2, a), None),
    ):
        np.testing.assert_allclose(cotangent, expected, atol=1e-12)
        a_dot = n(4, 4)
        w_dot = tangent(a_dot, y)[0] if tangent else runtime.eigvalsh_tangent(a_dot, a)
        found = np.sum(3.0 * y[0] ** 2 * w_dot)
        np.testing.assert_allclose(found, np.sum(expected * a_dot), atol=1e-12)
    w, v = np.linalg.eig(a)
    found = runtime.eig_cotangent([3.0 * w**2, np.zeros((4, 4))], (w, v), a)
    np.testing.assert_allclose(found, 3.0 * a @ a, atol=1e-10)


def test_vectors_of_equal_eigenvalues_have_no_derivative():
    """Also where a function of them has one, it is not to be known: NaN, not a number."""
    a = equal_in_pairs()
    v_bar = n(4, 4)
    for y, cotangent in (
        (np.linalg.eigh(a), runtime.eigh_cotangent),
        (np.linalg.eig(a), lambda y_bar, y: runtime.eig_cotangent(y_bar, y, a)),
    ):
        assert np.all(np.isnan(np.tril(cotangent([np.zeros(4), v_bar], y))[np.tril_indices(4)]))
    y = np.linalg.svd(a)
    assert np.all(np.isnan(runtime.svd_cotangent([v_bar, np.zeros(4), v_bar], y)))
    assert np.all(np.isnan(runtime.eigh_tangent(n(4, 4), np.linalg.eigh(a))[1]))
    u_dot, s_dot, vh_dot = runtime.svd_tangent(n(4, 4), y)
    assert np.all(np.isnan(u_dot))
    assert np.all(np.isnan(vh_dot))
    assert np.all(np.isfinite(s_dot))


def test_vectors_beside_equal_singular_values():
    """Only what belongs to the equal ones is lost."""
    q, p = np.linalg.qr(n(4, 4))[0], np.linalg.qr(n(3, 3))[0]
    a = q[:, :3] @ np.diag([2.0, 1.0, 1.0]) @ p
    y = np.linalg.svd(a, full_matrices=False)

    def f(a):
        u, s, vh = np.linalg.svd(a, full_matrices=False)
        return np.sum(WEIGHT[:, :3] * np.outer(u[:, 0], vh[0])) + np.sum(s**2)

    lead = np.zeros(3)
    lead[0] = 1.0
    y_bar = [
        np.outer(WEIGHT[:, :3] @ y[2][0], lead),
        2.0 * y[1],
        np.outer(lead, y[0][:, 0] @ WEIGHT[:, :3]),
    ]
    np.testing.assert_allclose(runtime.svd_cotangent(y_bar, y), numerical(f, a), atol=1e-7)


WEIGHT = n(4, 4)


def test_singular_values_cut_off():
    """Of a matrix of low rank: what the cut sets to zero has no part in the derivative."""
    a = n(4, 2) @ n(2, 3)

    def f(u, s, vh):
        return np.sum(WEIGHT[:, :3] * ((u * np.maximum(s - 0.1, 0.0)) @ vh))

    y = np.linalg.svd(a, full_matrices=False)
    kept = np.maximum(y[1] - 0.1, 0.0)
    rest = WEIGHT[:, :3] @ y[2].T
    y_bar = [rest * kept, np.sum(y[0] * rest, 0) * (kept > 0.0), (y[0] * kept).T @ WEIGHT[:, :3]]
    expected = numerical(lambda a: f(*np.linalg.svd(a, full_matrices=False)), a)
    np.testing.assert_allclose(runtime.svd_cotangent(y_bar, y), expected, atol=1e-7)


def test_tangents_that_keep_eigenvalues_equal():
    """The exponential of `t * a` at t = 1."""
    a = equal_in_pairs()
    w, v = np.linalg.eigh(a)
    w_dot, v_dot = runtime.eigh_tangent(a, (w, v))
    scaled = v * np.exp(w)
    moved = (v_dot * np.exp(w) + scaled * w_dot) @ v.T + scaled @ v_dot.T
    np.testing.assert_allclose(moved, a @ scaled @ v.T, atol=1e-10)


def test_values_alone_stay_finite():
    for a in (np.eye(3), np.zeros((3, 3)), np.diag([1.0, 1.0, 0.0]), np.eye(3) * (1.0 + 0j)):
        for y, cotangent in (
            (np.linalg.eigh(a), runtime.eigh_cotangent),
            (np.linalg.svd(a), runtime.svd_cotangent),
            (np.linalg.eig(a), lambda y_bar, y: runtime.eig_cotangent(y_bar, y, a)),
        ):
            y_bar = [n(3) if np.ndim(part) == 1 else np.zeros_like(part) for part in y]
            assert np.all(np.isfinite(cotangent(y_bar, y)))


def test_singular_values_at_zero():
    a = np.diag([2.0, 1.0, 0.0])
    np.testing.assert_allclose(runtime.svdvals_cotangent(np.ones(3), a), np.diag([1.0, 1.0, 0.0]))
    np.testing.assert_allclose(runtime.svdvals_tangent(np.eye(3), a), [1.0, 1.0, 0.0])


def test_eigenvalues_in_another_order():
    a = n(4, 4)
    w = np.linalg.eigvals(a)
    order = np.array([2, 0, 3, 1])
    v = runtime.eigenvectors_of(a, w[order])
    np.testing.assert_allclose(a @ v, v * w[order], atol=1e-12)


# --- gauges --------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [n, c])
@pytest.mark.parametrize("shape", [(4, 2), (2, 4), (3, 3), (4, 1)])
def test_full_singular_vectors(make, shape):
    """The vectors that span the rest: what does not change when they turn is differentiated."""
    a = make(*shape)
    weights = make(shape[0], shape[0]), make(shape[1], shape[1])
    k = min(shape)

    def f(u, s, vh):
        rest, null = u[:, k - 1 :] @ u[:, k - 1 :].conj().T, vh[k - 1 :].conj().T @ vh[k - 1 :]
        return np.sum(s) + np.real(np.sum(rest * weights[0]) + np.sum(null * weights[1]))

    y = np.linalg.svd(a)
    y_bar = [numerical(lambda part: f(*y[:i], part, *y[i + 1 :]), part) for i, part in enumerate(y)]
    expected = numerical(lambda a: f(*np.linalg.svd(a)), a)
    np.testing.assert_allclose(runtime.svd_cotangent(y_bar, y), expected, atol=1e-7)
    a_dot = make(*shape)
    found = sum(
        np.real(np.sum(b * d)) for b, d in zip(y_bar, runtime.svd_tangent(a_dot, y), strict=True)
    )
    assert found == pytest.approx(np.real(np.sum(expected * a_dot)), abs=1e-6)


@pytest.mark.parametrize("make", [n, c])
def test_complete_qr(make):
    a, weight = make(4, 2), make(4, 4)

    def f(q, r):
        return np.real(np.sum(r**2)) + np.real(np.sum(q[:, 2:] @ q[:, 2:].conj().T * weight))

    y = np.linalg.qr(a, "complete")
    y_bar = [numerical(lambda q: f(q, y[1]), y[0]), numerical(lambda r: f(y[0], r), y[1])]
    expected = numerical(lambda a: f(*np.linalg.qr(a, "complete")), a)
    np.testing.assert_allclose(runtime.qr_cotangent(y_bar, y), expected, atol=1e-6)
    a_dot = make(4, 2)
    found = sum(
        np.real(np.sum(b * d)) for b, d in zip(y_bar, runtime.qr_tangent(a_dot, y), strict=True)
    )
    assert found == pytest.approx(np.real(np.sum(expected * a_dot)), abs=1e-6)


# --- least squares -------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [n, c])
@pytest.mark.parametrize(("shape", "sides"), [((4, 2), (4,)), ((4, 3), (4, 2)), ((2, 3), (2, 2))])
def test_tangents_of_least_squares(make, shape, sides):
    a, b, a_dot, b_dot = make(*shape), n(*sides), make(*shape), n(*sides)
    y = np.linalg.lstsq(a, b, rcond=None)
    h = 1e-6
    from_a = runtime.lstsq_tangent_of_matrix(a_dot, y, a, b)
    from_b = runtime.lstsq_tangent_of_sides(b_dot, y, a, b)
    for found, (da, db) in ((from_a, (a_dot, 0.0)), (from_b, (0.0, b_dot))):
        above = np.linalg.lstsq(a + h * da, b + h * db, rcond=None)
        below = np.linalg.lstsq(a - h * da, b - h * db, rcond=None)
        for k in (0, 1, 3):
            assert np.shape(found[k]) == np.shape(y[k])
            expected = (above[k] - below[k]) / (2.0 * h)
            np.testing.assert_allclose(found[k], expected, atol=1e-6, rtol=1e-5)


def test_least_squares_of_lower_rank():
    """The solution of least norm, along a change that keeps the rank."""
    left, right, b = n(4, 2), n(2, 3), n(4)
    a, a_dot = left @ right, n(4, 2) @ right
    y = np.linalg.lstsq(a, b, rcond=None)
    h = 1e-6
    above, below = (np.linalg.lstsq(a + s * a_dot, b, rcond=1e-8)[0] for s in (h, -h))
    found = runtime.lstsq_tangent_of_matrix(a_dot, y, a, b)[0]
    np.testing.assert_allclose(found, (above - below) / (2.0 * h), atol=1e-6)
    y_bar = [n(3), np.zeros(0), 0, np.zeros(3)]
    a_bar = runtime.lstsq_cotangents(y_bar, y, a, b)[0]
    np.testing.assert_allclose(np.sum(a_bar * a_dot), np.sum(y_bar[0] * found))
    p, h = np.linalg.pinv(a), 1e-6
    moved = (np.linalg.pinv(a + h * a_dot, 1e-8) - np.linalg.pinv(a - h * a_dot, 1e-8)) / (2.0 * h)
    np.testing.assert_allclose(runtime.pinv_tangent(a_dot, p, a), moved, atol=1e-5)


# --- single precision and empty arrays -----------------------------------------------------------


def single(*shape):
    return n(*shape).astype(np.float32)


def test_single_precision_stays():
    a = single(3, 3) + 3.0 * np.eye(3, dtype=np.float32)
    p = a @ a.T
    for primitive, args in (
        (np.linalg.inv, (a,)), (np.linalg.det, (a,)), (np.linalg.pinv, (single(4, 3),)),
        (np.linalg.cholesky, (p,)), (np.linalg.eigh, (p,)), (np.linalg.eigvalsh, (p,)),
        (np.linalg.svd, (a,)), (np.linalg.svdvals, (a,)), (np.linalg.qr, (a,)),
        (np.linalg.slogdet, (a,)), (np.linalg.solve, (a, single(3))), (np.linalg.eig, (p,)),
        (np.linalg.lstsq, (single(4, 3), single(4))), (np.linalg.vector_norm, (a,)),
        (np.linalg.matrix_norm, (a,)), (np.linalg.cond, (a,)), (np.add.outer, (a, a)),
        (np.maximum.outer, (a, a)), (np.hypot.outer, (a, a)), (np.linalg.matrix_power, (a, 3)),
        (np.power.outer, (p**2, a)), (np.vecdot, (a, a)), (np.linalg.tensorinv, (a, 1)),
    ):  # fmt: skip
        y = primitive(*args)
        y_bar = list(map(np.ones_like, y)) if isinstance(y, tuple) else np.ones_like(y)
        for table in (rules_for, pushforwards_for):
            names = ("complex", "hermitian")
            rules = [r for r in table(primitive) if not any(n in str(r.function) for n in names)]
            for rule in rules[-1:]:
                dots = [np.ones_like(x) for x in args[: len(rule.tangents)]]
                rest = dots if table is pushforwards_for else [y_bar]
                found = rule.function(y, *rest, *args)
                for part in found if isinstance(found, tuple) else (found,):
                    for item in part if isinstance(part, (list, tuple)) else (part,):
                        if isinstance(item, np.ndarray):
                            assert item.dtype == np.float32, rule.function.__name__


def test_empty_products():
    nothing = np.zeros(0)
    for subscripts in ("i,i", "i,i->", "i,j->ij"):
        y_bar = np.einsum(subscripts, nothing, nothing)
        assert runtime.einsum_cotangent(y_bar, subscripts, 0, nothing, nothing).shape == (0,)
    np.testing.assert_array_equal(
        runtime.einsum_cotangent(np.zeros(0), "ij->i", 0, np.zeros((0, 2))), np.zeros((0, 2))
    )
    np.testing.assert_array_equal(runtime.outer_left(np.zeros((2, 0)), np.ones(2)), np.zeros(2))
    assert runtime.norm_slope(nothing).shape == (0,)
    empty = np.zeros((0, 0))
    assert runtime.svd_cotangent([empty, nothing, empty], np.linalg.svd(empty)).shape == (0, 0)
    assert runtime.eigh_cotangent([nothing, empty], np.linalg.eigh(empty)).shape == (0, 0)


def test_ties_of_outer_extrema_share():
    a, b = np.array([1.0, 2.0]), np.array([2.0, np.inf])
    (rule,) = (r for r in rules_for(np.maximum.outer) if r.when is None)
    a_bar, b_bar = rule.function(np.maximum.outer(a, b), np.ones((2, 2)), a, b)
    np.testing.assert_array_equal(a_bar, [0.0, 0.5])
    np.testing.assert_array_equal(b_bar, [1.5, 2.0])


def test_determinant_of_a_singular_matrix():
    a = np.diag([2.0, 3.0, 0.0])
    np.testing.assert_allclose(runtime.cofactors(a), np.diag([0.0, 0.0, 6.0]), atol=1e-14)
    np.testing.assert_array_equal(runtime.cofactors(np.zeros((3, 3))), np.zeros((3, 3)))
    np.testing.assert_allclose(runtime.cofactors(np.zeros((1, 1))), np.ones((1, 1)))
