"""Rules of SciPy's special functions and distributions beyond what the tables show.

Orders and shapes that are no integers, kinks, edges, what is refused, and the form of the rules.
"""

import ast
import inspect
import textwrap

import numpy as np
import pytest

pytest.importorskip("scipy")
from scipy import special, stats
from tests.rules.test_rules import cotangents_of, select
from tests.together import hold_for_all

from tapeless import NotSupported, grad, runtime
from tapeless.rules import registered, rules_for


def partials(primitive, *args, **kwargs):
    """The partial derivatives by all arguments."""
    rule, bound = select(primitive, args, kwargs)
    y = primitive(*args, **kwargs)
    return cotangents_of(rule, y, np.ones_like(y) if np.ndim(y) else 1.0, bound)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("primitive", "orders"),
    [
        (special.jv, (1.3,)), (special.yv, (0.3,)), (special.iv, (1.3,)), (special.ive, (0.3,)),
        (special.kv, (0.3,)), (special.kve, (1.3,)), (special.struve, (0.3,)),
        (special.modstruve, (0.3,)), (special.gammainc, (2.3,)), (special.gammaincc, (0.3,)),
        (special.gammaincinv, (2.3,)), (special.betainc, (2.3, 0.7)), (special.chdtr, (2.3,)),
        (special.betaincinv, (2.3, 0.7)), (special.fdtr, (2.3, 3.7)), (special.fdtri, (2.3, 3.7)),
        (special.stdtr, (2.3,)), (special.stdtrit, (2.3,)), (special.hyp1f1, (0.4, 1.7)),
        (special.hyp2f1, (0.4, 1.7, 2.3)), (special.hyperu, (0.4, 1.7)), (special.pdtr, (2.7,)),
        (special.eval_legendre, (1.7,)), (special.eval_gegenbauer, (1.7, 0.6)),
        (special.eval_genlaguerre, (3, 0.6)), (special.eval_jacobi, (2.3, 0.6, 1.2)),
        (special.wright_bessel, (0.4, 1.2)), (special.bdtr, (2.7, 5)), (special.zeta, (2.5,)),
        (special.pbwa, (0.3,)), (special.lpmv, (1, 1.6)), (special.eval_sh_jacobi, (2, 2.6, 1.3)),
    ],
)  # fmt: skip
def test_in_the_last_argument_for_any_order(primitive, orders):
    x, h = 0.43, 1e-6
    found = partials(primitive, *orders, x)[-1] if primitive is not special.pbwa else None
    if found is None:
        rule, bound = select(primitive, (*orders, x), {})
        found = rule.function(primitive(*orders, x), (1.0, 0.0), *bound.values())[-1]
        above, below = primitive(*orders, x + h)[0], primitive(*orders, x - h)[0]
    else:
        above, below = primitive(*orders, x + h), primitive(*orders, x - h)
    np.testing.assert_allclose(found, (above - below) / (2.0 * h), rtol=1e-6)


@pytest.mark.filterwarnings("error")
def test_kinks():
    assert partials(special.huber, 1.0, 0.0)[1] == 0.0
    assert partials(special.i0e, np.array([0.0]))[0] == 0.0
    assert partials(special.k0e, 0.5)[0] < 0.0
    assert partials(stats.laplace.logpdf, 0.0)[0] == 0.0
    np.testing.assert_array_equal(partials(special.diric, np.array([0.0, 2 * np.pi]), 3)[0], 0.0)
    np.testing.assert_array_equal(
        partials(special.xlogy, np.array([0, 0]), np.array([1.0, 2.0]))[1], 0.0
    )
    assert partials(special.rgamma, -1.0)[0] == -1.0
    # Equal elements share in what is kept.
    tied = partials(stats.trim_mean, np.array([1.0, 1.0, 2.0, 5.0, 5.0, 5.0]), 0.2)[0]
    np.testing.assert_allclose(tied, np.array([0.5, 0.5, 1.0, 2 / 3, 2 / 3, 2 / 3]) / 4)


def test_a_weight_of_nothing_has_no_slope_in_what_it_multiplies():
    with np.errstate(divide="ignore"):
        by_count, by_rate = partials(special.xlogy, np.array([0.0, 2.0]), np.array([0.0, 4.0]))
    np.testing.assert_array_equal(by_rate, [0.0, 0.5])
    np.testing.assert_array_equal(by_count, [-np.inf, np.log(4.0)])


@pytest.mark.filterwarnings("error")
def test_nothing_flows_outside_of_the_support():
    for law, shapes in ((stats.expon, ()), (stats.halfnorm, ()), (stats.gamma, (2.5,)),
                        (stats.lognorm, (0.5,)), (stats.pareto, (2.5,)), (stats.chi2, (3.5,)),
                        (stats.weibull_min, (1.5,)), (stats.uniform, ())):  # fmt: skip
        for method in (law.pdf, law.logpdf):
            for part in partials(method, -0.7, *shapes, 0.1, 1.2):
                assert part == 0.0, method
    assert partials(stats.poisson.logpmf, -1, 2.5)[1] == 0.0


def test_dirichlet_in_a_point_given_in_full():
    """Along the simplex, where the elements still sum to one."""
    x, alpha = np.array([0.2, 0.3, 0.5]), np.array([1.4, 2.3, 3.1])
    x_bar, alpha_bar = partials(stats.dirichlet.logpdf, x, alpha)
    along, h = np.array([1.0, 1.0, -2.0]), 1e-6
    above, below = (stats.dirichlet.logpdf(x + step * along, alpha) for step in (h, -h))
    np.testing.assert_allclose(x_bar @ along, (above - below) / (2.0 * h), rtol=1e-6)
    h = np.array([0.0, 1e-6, 0.0])
    above, below = (stats.dirichlet.logpdf(x, alpha + step) for step in (h, -h))
    np.testing.assert_allclose(alpha_bar[1], (above - below) / 2e-6, rtol=1e-6)


@pytest.mark.parametrize("shape", [(0,), (2, 0)])
def test_nothing_of_nothing(shape):
    x = np.zeros(shape)
    for primitive in (special.gamma, special.erf, special.rgamma, special.exprel, special.spence):
        assert partials(primitive, x)[0].shape == shape
    assert partials(stats.norm.logpdf, x, 0.3)[0].shape == shape
    assert partials(stats.gamma.pdf, x, 2.5)[0].shape == shape


def test_single_precision_stays():
    x = np.linspace(0.3, 0.8, 4, dtype=np.float32)
    for primitive in (special.gamma, special.gammaln, special.digamma, special.rgamma, special.erf,
                      special.erfinv, special.ndtr, special.log_ndtr, special.ndtri, special.expit,
                      special.logit, special.log_expit, special.exprel, special.spence,
                      special.j0, special.j1, special.i0, special.i0e, special.i1e, special.k1,
                      special.ellipk, special.ellipe, special.softmax, special.log_softmax,
                      special.logsumexp, special.exp1, special.entr, special.dawsn):  # fmt: skip
        (found,) = partials(primitive, x)[:1]
        assert found.dtype == np.float32, primitive
    for primitive in (special.xlogy, special.beta, special.betaln, special.huber, special.boxcox,
                      special.rel_entr, special.kl_div, special.ellipkinc):  # fmt: skip
        for found in partials(primitive, x, x[::-1].copy()):
            assert found.dtype == np.float32, primitive


# --- through the engine --------------------------------------------------------------------------


def of_order(v):
    return special.jv(v, 2.0)


def of_shape(a, x):
    return stats.gamma.cdf(x, a)


def with_order(x):
    total = 0.0
    for n in range(1, 4):
        total += special.jv(n, x) * stats.norm.logpdf(x, loc=n, scale=2.0)
    return total


def mixture(means, x):
    return np.sum(special.logsumexp(stats.norm.logpdf(x[:, None], means[None, :], 1.5), axis=1))


def test_what_has_no_closed_form_is_refused():
    with pytest.raises(NotSupported, match="with respect to 'v'"):
        grad(of_order)(1.5)
    with pytest.raises(NotSupported, match="with respect to 'a'"):
        grad(of_shape)(1.5, 0.7)


def test_in_programs():
    h = 1e-6
    expected = (with_order(1.3 + h) - with_order(1.3 - h)) / (2.0 * h)
    assert grad(with_order)(1.3) == pytest.approx(expected, rel=1e-6)
    means, x = np.array([-1.0, 0.5]), np.array([0.2, -0.7, 1.9])
    step = np.array([h, 0.0])
    expected = (mixture(means + step, x) - mixture(means - step, x)) / (2.0 * h)
    assert grad(mixture)(means, x)[0] == pytest.approx(expected, rel=1e-6)
    assert "stats.norm.pdf" not in grad(mixture).source_for(means, x)


# --- the form of the rules -----------------------------------------------------------------------


def ours():
    """The rules of each module."""
    rules_for(special.gamma)
    modules = {}
    for function, rule in {rule.function: rule for rule in registered() if rule.function}.items():
        home = function.__globals__["__name__"]
        if home.startswith("tapeless.rules.scipy"):
            modules.setdefault(home, []).append((function.__qualname__, (rule,)))
    return modules


OURS = ours()


@pytest.mark.parametrize("module", OURS)
def test_bodies_use_modules_and_the_runtime_alone(module):
    hold_for_all(check_body, OURS[module])


def check_body(rule):
    definition = ast.parse(textwrap.dedent(inspect.getsource(rule.function))).body[0]
    assert isinstance(definition.body[-1], ast.Return)
    local = {a.arg for a in definition.args.args} | {"y", "y_bar", "np", "math"}
    scope = rule.function.__globals__
    for statement in definition.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                local.add(node.id)
            elif isinstance(node, ast.Name) and node.id not in local:
                known = inspect.ismodule(scope[node.id])
                assert known or scope[node.id] is getattr(runtime, node.id)
