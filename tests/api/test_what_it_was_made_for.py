"""A derivative that is called again after a global or an attribute has changed."""

from __future__ import annotations

import types

import numpy as np
import pytest

from tapeless import grad, jvp, specialise

config = types.SimpleNamespace(
    mode="square", flag=True, steps=2, rate=2.0, weights=np.ones(3), option=None
)


def chosen_by_a_string(x):
    return x * x if config.mode == "square" else x**3


def chosen_by_a_flag(x):
    return x * x if config.flag else x**3


def chosen_by_none(x):
    if config.option is None:
        return x * x
    return x**3 * config.option


def repeated(x):
    total = 0.0
    for _ in range(config.steps):
        total = total + x * x
    return total


def scaled(x):
    return config.rate * x * x


def weighted(x):
    return np.sum(config.weights * x * x)


CHANGES = [
    (chosen_by_a_string, "mode", "cube", 2.0, 3.0),
    (chosen_by_a_flag, "flag", False, 2.0, 3.0),
    (chosen_by_none, "option", 2.0, 2.0, 6.0),
    (repeated, "steps", 5, 4.0, 10.0),
    (scaled, "rate", 5, 4.0, 10.0),
    (scaled, "rate", np.array(5.0), 4.0, 10.0),
    (weighted, "weights", np.ones((4, 2)), 6.0, 16.0),
    (weighted, "weights", np.ones(1), 6.0, 2.0),
    (weighted, "weights", 0.5, 6.0, 1.0),
]


@pytest.mark.parametrize(("f", "name", "value", "before", "after"), CHANGES)
def test_an_attribute_that_changes_between_two_calls(monkeypatch, f, name, value, before, after):
    derivative = grad(f)
    assert derivative(1.0) == before
    assert jvp(f, (1.0,), (1.0,))[1] == before
    monkeypatch.setattr(config, name, value)
    assert derivative(1.0) == after
    assert jvp(f, (1.0,), (1.0,))[1] == after


class Model:
    def __init__(self):
        self.calls = 0

    def loss(self, x):
        self.calls += 1
        return x * x


def test_a_number_that_changes_does_not_cost_a_new_derivative(monkeypatch):
    made = []
    real = specialise.derive
    monkeypatch.setattr(specialise, "derive", lambda *a, **k: made.append(a) or real(*a, **k))
    model = Model()
    derivative = grad(model.loss)
    assert [derivative(x) for x in (1.0, 2.0, 3.0)] == [2.0, 4.0, 6.0]
    assert model.calls == 3
    assert len(made) == 1


NUMBERS = [1.0, 2.0]
RATES = {"a": 1.0}
MAPS = [np.sin]
ARRAYS = [np.ones(2)]


def over_a_list(x):
    total = 0.0
    for v in NUMBERS:
        total += v * x * x
    return total


def over_a_dict(x):
    total = 0.0
    for key in RATES:
        total += RATES[key] * x * x
    return total


def asked_for_a_key(x):
    return RATES["a"] * x * x if "b" not in RATES else RATES["b"] * x**3


def of_functions(x):
    return sum(h(x) for h in MAPS)


def of_arrays(x):
    return sum(np.sum(a) * x * x for a in ARRAYS)


@pytest.mark.parametrize("f", [over_a_list, over_a_dict, asked_for_a_key, of_functions, of_arrays])
def test_a_container_that_is_changed_in_place_between_two_calls(monkeypatch, f):
    def slope():
        return (f(0.5 + 1e-6) - f(0.5 - 1e-6)) / 2e-6

    for name, held in (("NUMBERS", [1.0, 2.0]), ("RATES", {"a": 1.0}), ("MAPS", [np.sin])):
        monkeypatch.setitem(globals(), name, held)
    monkeypatch.setitem(globals(), "ARRAYS", [np.ones(2)])
    derivative = grad(f)
    assert derivative(0.5) == pytest.approx(slope())
    NUMBERS.append(3.0)
    RATES["b"] = 2.0
    MAPS.append(np.cos)
    ARRAYS.append(np.ones((3, 2)))
    assert derivative(0.5) == pytest.approx(slope())
    assert jvp(f, (0.5,), (1.0,))[1] == pytest.approx(slope())
