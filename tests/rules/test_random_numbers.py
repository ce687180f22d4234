"""Samples as programs: gradients against differences of the same seed; numbers are drawn once."""

import random

import numpy as np
import pytest

from tapeless import NotSupported, grad, jvp, value_and_grad, vjp
from tapeless.rules import registered

SEED = 4711


def normal(a, b, rng):
    return np.sum(rng.normal(a, b, size=4) ** 2)


def normal_by_keyword(a, b, rng):
    return rng.normal(scale=b, loc=a) ** 2


def normal_of_arrays(a, b, rng):
    x = rng.normal(a * np.array([1.0, 2.0, 3.0]), b)
    return x[0] * x[1] + x[2] ** 2


def laplace(a, b, rng):
    return np.sum(rng.laplace(a, b, size=(2, 3)) ** 2)


def logistic(a, b, rng):
    return np.sum(rng.logistic(a, b, size=4) ** 2)


def gumbel(a, b, rng):
    return np.sum(rng.gumbel(a, b, size=4) ** 2)


def uniform(a, b, rng):
    return np.sum(rng.uniform(a, b, size=4) ** 2)


def exponential(a, b, rng):
    return np.sum(rng.exponential(a, size=4) ** 2) * b


def rayleigh(a, b, rng):
    return np.sum(rng.rayleigh(a, size=4) ** 2) * b


def gamma(a, b, rng):
    return np.sum(rng.gamma(2.5, b, size=4) ** 2) * a


def lognormal(a, b, rng):
    return np.sum(rng.lognormal(a, b, size=4))


def weibull(a, b, rng):
    return np.sum(rng.weibull(a, size=4) ** 2) * b


def power(a, b, rng):
    return np.sum(rng.power(a, size=4) ** 2) * b


def pareto(a, b, rng):
    return np.sum(rng.pareto(a, size=4)) * b


def walk_in_a_loop(a, b, rng):
    x = np.zeros(3)
    for _ in range(5):
        x = x + a * rng.normal(0.1 * a, b, size=3)
        if rng.random() < 0.5:
            x = x * 0.9
    return np.sum(x**2)


def step_of(x, a, b, rng):
    return x * a + rng.normal(x, b)


def called(a, b, rng):
    x = a
    for _ in range(3):
        x = step_of(x, a, b, rng)
    return x**2


def standard_normal_is_a_constant(a, b, rng):
    return np.sum((a + b * rng.standard_normal(4)) ** 2)


OF_A_GENERATOR = [
    normal, normal_by_keyword, normal_of_arrays, laplace, logistic, gumbel, exponential, rayleigh,
    gamma, lognormal, weibull, power, pareto, walk_in_a_loop, called, standard_normal_is_a_constant,
]  # fmt: skip
MAKERS = [
    (f, make) for f in OF_A_GENERATOR for make in (np.random.default_rng, np.random.RandomState)
]
MAKERS += [(uniform, np.random.RandomState)]


def legacy(a, b):
    return np.random.normal(a, b) * np.random.uniform(a, a + b) + np.random.exponential(b)


def gauss(a, b):
    return random.gauss(a, b) * random.normalvariate(mu=b, sigma=a)


def between(a, b):
    return random.uniform(a, b) ** 2


def expovariate(a, b):
    return random.expovariate(a) * random.expovariate(lambd=b)


OF_THE_MODULES = [legacy, gauss, between, expovariate]


def seeded(function, a, b, rng=None):
    """The function of two numbers alone, always with the same random numbers."""
    if function in OF_THE_MODULES:
        np.random.seed(SEED)
        random.seed(SEED)
        return function(a, b)
    return function(a, b, rng or np.random.default_rng(SEED))


def differences(function, a, b, h=1e-6):
    by_a = (seeded(function, a + h, b) - seeded(function, a - h, b)) / (2.0 * h)
    by_b = (seeded(function, a, b + h) - seeded(function, a, b - h)) / (2.0 * h)
    return by_a, by_b


def states():
    return np.random.get_state(), random.getstate()


@pytest.mark.parametrize(("function", "make"), MAKERS, ids=lambda f: f.__name__)
def test_of_a_generator(function, make):
    a, b = 0.7, 1.3
    h = 1e-6
    expected = [
        (function(a + da, b + db, make(SEED)) - function(a - da, b - db, make(SEED))) / (2.0 * h)
        for da, db in ((h, 0.0), (0.0, h))
    ]
    generator = make(SEED)
    value, bars = value_and_grad(function, (0, 1))(a, b, generator)
    assert value == pytest.approx(function(a, b, make(SEED)), rel=1e-14)
    np.testing.assert_allclose(bars, expected, rtol=1e-6, atol=1e-7)
    used = make(SEED)
    function(a, b, used)
    assert generator.normal() == used.normal()  # where the function itself leaves it

    generator = make(SEED)
    out, out_dot = jvp(function, (a, b, generator), (0.3, -1.1, None))
    assert out == pytest.approx(value, rel=1e-14)
    assert out_dot == pytest.approx(0.3 * bars[0] - 1.1 * bars[1], rel=1e-10)
    used = make(SEED)
    function(a, b, used)
    assert generator.normal() == used.normal()


@pytest.mark.parametrize("function", OF_THE_MODULES, ids=lambda f: f.__name__)
def test_of_the_modules(function):
    a, b = 0.7, 1.3
    expected = differences(function, a, b)
    value = seeded(function, a, b)
    after = states()

    np.random.seed(SEED)
    random.seed(SEED)
    found, bars = value_and_grad(function, (0, 1))(a, b)
    np.testing.assert_equal(states(), after)
    assert found == pytest.approx(value, rel=1e-14)
    np.testing.assert_allclose(bars, expected, rtol=1e-6, atol=1e-7)

    np.random.seed(SEED)
    random.seed(SEED)
    out, out_dot = jvp(function, (a, b), (0.3, -1.1))
    np.testing.assert_equal(states(), after)
    assert out == pytest.approx(value, rel=1e-14)
    assert out_dot == pytest.approx(0.3 * bars[0] - 1.1 * bars[1], rel=1e-10)


def test_a_pullback_draws_nothing():
    generator = np.random.default_rng(SEED)
    _, pullback = vjp(lambda a, b: normal(a, b, generator), 0.7, 1.3)
    before = generator.bit_generator.state
    np.testing.assert_allclose(pullback(1.0), 2.0 * np.array(pullback(0.5)))
    assert generator.bit_generator.state == before


def test_an_array_of_locations_has_an_array_of_cotangents():
    def total(loc, scale, rng):
        x = rng.normal(loc, scale)
        return np.dot(x, np.array([1.0, 2.0, 3.0]))

    bars = grad(total, (0, 1))(np.zeros(3), 1.0, np.random.default_rng(SEED))
    np.testing.assert_allclose(bars[0], [1.0, 2.0, 3.0])
    drawn = np.random.default_rng(SEED).normal(np.zeros(3), 1.0)
    assert bars[1] == pytest.approx(np.dot(drawn, [1.0, 2.0, 3.0]))


def test_a_scale_of_zero_has_no_slope():
    def total(loc, scale, rng):
        return rng.normal(loc, scale)

    with np.errstate(invalid="ignore", divide="ignore"):
        bars = grad(total, (0, 1))(np.float64(2.0), np.float64(0.0), np.random.default_rng(SEED))
    assert bars[0] == 1.0
    assert np.isnan(bars[1])


def test_shapes_are_refused():
    def by_shape(a, rng):
        return rng.gamma(a, 1.0)

    with pytest.raises(NotSupported, match="with respect to 'shape'"):
        grad(by_shape)(2.0, np.random.default_rng(SEED))


def test_every_rule_of_samples_is_here():
    home = "tapeless.rules.random_numbers"
    rules = [r for r in registered() if r.function and r.function.__module__ == home]
    names = {rule.primitive.__name__ for rule in rules}
    code = {f.__code__ for f in (*OF_A_GENERATOR, *OF_THE_MODULES)}
    assert names - {name for c in code for name in c.co_names} == set()
