"""Objects among the arguments whose attributes carry derivatives from one method to another."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from tapeless import NotSupported, grad, jvp, value_and_grad, vjp


class Oscillator:
    """A simulation as scripts have them: the state is an attribute."""

    def __init__(self, n=2, dt=0.1):
        self.state = np.zeros(n)
        self.force = np.sin
        self.dt = dt
        self.t = 0.0
        self.steps = 0
        self.name = "oscillator"
        self.times = []

    def step(self, k):
        self.state = self.state - self.dt * k * self.force(self.state)
        self.t += self.dt
        self.steps += 1
        self.times.append(self.t)

    def run(self, x, k):
        self.state = x.copy()
        for _ in range(3):
            self.step(k)
        return np.sum(self.state**2) * self.t


def numerical(f, x, k, h=1e-6):
    by_x = [(f(x + h * e, k) - f(x - h * e, k)) / (2 * h) for e in np.eye(x.size)]
    return np.array(by_x), (f(x, k + h) - f(x, k - h)) / (2 * h)


def run(x, k):
    return Oscillator().run(x, k)


def test_a_state_that_a_method_leaves_behind():
    x, k, model = np.array([0.3, 0.4]), 2.0, Oscillator()
    before = copy.deepcopy(vars(model))
    expected = numerical(run, x, k)
    value, found = value_and_grad(model.run, argnums=(0, 1))(x, k)
    assert value == pytest.approx(run(x, k))
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-6)
    out, out_dot = jvp(model.run, (x, k), (np.ones(2), 1.0))
    assert out == pytest.approx(value)
    assert out_dot == pytest.approx(expected[0].sum() + expected[1])
    _, pullback = vjp(model.run, x, k)
    np.testing.assert_allclose(pullback(1.0)[0], expected[0], rtol=1e-6)
    np.testing.assert_equal(vars(model), before)  # the work was done on a copy


def test_the_kinds_of_attributes_may_change_between_two_calls():
    x, model = np.array([0.3, 0.4]), Oscillator()
    derivative = grad(model.run, argnums="k")
    first = derivative(x, 2.0)
    model.state, model.dt = 0.0, np.array(0.1)
    assert derivative(x, 2.0) == pytest.approx(first)


class Scaled:
    def __init__(self, w):
        self.w = w


def scaled_in_place(x, model):
    model.w = model.w * x
    return np.sum(model.w**2)


def test_an_object_that_is_an_argument():
    x, model = np.array([0.3, 0.4]), Scaled(np.array([1.0, 2.0]))
    np.testing.assert_allclose(grad(scaled_in_place)(x, model), 2 * x * model.w**2)
    np.testing.assert_allclose(model.w, [1.0, 2.0])


class Part:
    def __init__(self):
        self.value = 1.0


class Whole:
    def __init__(self):
        self.part = Part()

    def change(self, x):
        self.part.value = self.part.value * x
        return self.part.value**2


def test_an_object_inside_an_object():
    assert grad(Whole().change)(3.0) == 6.0


def test_what_is_reached_in_two_ways_is_not_copied_apart():
    whole = Whole()
    whole.part.owner = whole
    with pytest.raises(NotSupported, match="is not local"):
        grad(whole.change)(3.0)
    both = Whole()
    both.same = both.part
    with pytest.raises(NotSupported, match="is not local"):
        grad(both.change)(3.0)
