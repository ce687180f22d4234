"""Dataclasses, plain objects and named tuples as arguments, results, tangents and cotangents."""

import math
import pickle
from dataclasses import FrozenInstanceError, dataclass, field
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pytest

from tapeless import NotSupported, grad, jvp, value_and_grad, vjp
from tapeless.errors import WrongUse


@dataclass
class Line:
    slope: float
    offset: float = 1.0

    def __call__(self, x):
        return self.slope * x + self.offset


@dataclass(frozen=True)
class Settings:
    rate: float
    steps: int = 3
    name: str = "euler"


@dataclass
class Model:
    line: Line
    weights: np.ndarray
    extra: list = field(default_factory=list)


@dataclass
class Other:
    slope: float
    offset: float


class Sides(NamedTuple):
    a: float
    b: float = 2.0

    @property
    def area(self):
        return self.a * self.b


class Spring:
    def __init__(self, stiffness, label="s"):
        self.stiffness = stiffness
        self.label = label

    def energy(self, x):
        return 0.5 * self.stiffness * x**2


def close(a, b):
    np.testing.assert_allclose(a, b, rtol=1e-12)


# --- grad -----------------------------------------------------------------------------------------


def test_gradient_of_a_dataclass_has_its_type():
    bar = grad(lambda p: p(3.0) ** 2)(Line(2.0, 1.0))
    assert type(bar) is Line
    assert bar == Line(42.0, 14.0)


def test_of_one_field_only():
    assert grad(lambda p: p.slope**2)(Line(3.0)) == Line(6.0, 0.0)


def test_value_and_gradient_together():
    value, bar = value_and_grad(lambda p: p.slope * p.offset)(Line(2.0, 5.0))
    assert value == 10.0
    assert bar == Line(5.0, 2.0)


def test_frozen_with_an_integer_and_a_string():
    def grown(settings, x):
        for _ in range(int(settings.steps)):
            x = x + settings.rate * x
        return x if settings.name == "euler" else -x

    bar, x_bar = grad(grown, (0, 1))(Settings(0.5), 2.0)
    assert type(bar) is Settings
    close(bar.rate, 3 * 2.0 * 1.5**2)
    close(x_bar, 1.5**3)
    with pytest.raises(FrozenInstanceError):
        bar.rate = 0.0


def test_objects_in_an_object():
    def f(model):
        return model.line(2.0) * np.sum(model.weights**2) + model.extra[1] * model.line.offset

    model = Model(Line(0.5, 0.25), np.array([1.0, 2.0]), [3.0, 4.0])
    bar = grad(f)(model)
    assert type(bar) is Model
    assert type(bar.line) is Line
    close([bar.line.slope, bar.line.offset], [2.0 * 5.0, 5.0 + 4.0])
    close(bar.weights, 2.0 * 1.25 * model.weights)
    close(bar.extra, [0.0, 0.25])


def test_objects_in_lists_and_dicts():
    def f(lines, more):
        return lines[0](2.0) * lines[1].offset + more["k"].slope

    bars, more_bar = grad(f, (0, 1))([Line(1.0, 2.0), Line(3.0, 4.0)], {"k": Line(5.0)})
    assert bars == [Line(8.0, 4.0), Line(0.0, 4.0)]
    assert more_bar == {"k": Line(1.0, 0.0)}


def test_object_that_is_no_dataclass():
    """Which of its attributes are numbers to differentiate, only a maker of it can know."""
    spring = Spring(3.0)
    with pytest.raises(WrongUse, match="of type Spring"):
        grad(lambda s, x: s.energy(x))(spring, 2.0)
    assert grad(lambda k, x: Spring(k).energy(x))(3.0, 2.0) == 2.0
    assert grad(lambda s, x: s.energy(x), 1)(spring, 2.0) == 6.0
    assert vars(spring) == {"stiffness": 3.0, "label": "s"}


def test_namespace():
    bar = grad(lambda n: n.a**2 * n.b)(SimpleNamespace(a=3.0, b=2.0))
    assert bar == SimpleNamespace(a=12.0, b=9.0)


def test_named_tuple_with_methods():
    bar = grad(lambda s: s.area * s.a)(Sides(3.0))
    assert type(bar) is Sides
    assert bar == Sides(12.0, 9.0)


def test_the_argument_is_left_as_it_was():
    def f(line, w):
        line.slope = line.slope * 2.0
        w[0] = line.slope
        return np.sum(w * line.slope) * line.offset

    line, w = Line(0.5, 3.0), np.array([1.0, 2.0])
    bar, w_bar = grad(f, (0, 1))(line, w)
    assert line == Line(0.5, 3.0)
    close(w, [1.0, 2.0])
    close([bar.slope, bar.offset], [3.0 * 2.0 * (2.0 * 1.0 + 2.0), 3.0])
    close(w_bar, [0.0, 3.0])


def test_an_object_beside_the_differentiated_argument():
    assert grad(lambda x, p: p(x) ** 2)(2.0, Line(3.0, 1.0)) == 42.0
    assert grad(lambda x, s: s.rate * x)(2.0, Settings(0.5)) == 0.5


def test_other_values_need_no_new_derivative_and_other_types_do():
    f = grad(lambda p: p.slope * p.offset)
    assert f(Line(2.0, 3.0)) == Line(3.0, 2.0)
    assert f(Line(4.0, 5.0)) == Line(5.0, 4.0)
    assert f(Other(2.0, 3.0)) == Other(3.0, 2.0)


def test_auxiliary_results_may_be_objects():
    def f(p):
        return p.slope**2, Line(p.offset, p.slope)

    assert grad(f, has_aux=True)(Line(3.0, 4.0)) == (Line(6.0, 0.0), Line(4.0, 3.0))


def test_a_method_is_differentiated_for_its_argument():
    assert grad(Spring(3.0).energy)(2.0) == 6.0
    assert grad(Line(3.0))(2.0) == 3.0


def test_gradient_can_be_pickled():
    bar = grad(lambda p: p.slope**2)(Line(3.0))
    assert pickle.loads(pickle.dumps(bar)) == bar


# --- vjp and jvp ----------------------------------------------------------------------------------


def turned(p, angle):
    c, s = math.cos(angle), math.sin(angle)
    return Line(c * p.slope - s * p.offset, s * p.slope + c * p.offset)


def test_pullback_takes_and_returns_objects():
    out, pullback = vjp(turned, Line(1.0, 2.0), 0.5)
    c, s = math.cos(0.5), math.sin(0.5)
    assert out == turned(Line(1.0, 2.0), 0.5)
    p_bar, angle_bar = pullback(Line(1.0, 0.0))
    assert type(p_bar) is Line
    close([p_bar.slope, p_bar.offset], [c, -s])
    close(angle_bar, -s - 2.0 * c)


def test_tangents_are_objects():
    out, out_dot = jvp(turned, (Line(1.0, 2.0), 0.5), (Line(1.0, 0.0), 0.0))
    c, s = math.cos(0.5), math.sin(0.5)
    assert type(out) is Line
    assert type(out_dot) is Line
    close([out_dot.slope, out_dot.offset], [c, s])


def test_both_modes_agree():
    def f(model, x):
        y = np.tanh(model.weights * x) * model.line.slope
        return Model(Line(np.sum(y), model.line(x)), y * y, [model.line.offset * x])

    def flat(model):
        return np.concatenate(
            [[model.line.slope, model.line.offset], model.weights, np.ravel(model.extra)]
        )

    primals = Model(Line(0.4, 0.3), np.array([1.0, -2.0]), []), 0.7
    dots = Model(Line(1.0, -0.5), np.array([0.2, 0.6]), []), 1.5
    _, out_dot = jvp(f, primals, dots)
    out_bar = Model(Line(0.3, 0.9), np.array([1.0, 2.0]), [-0.4])
    model_bar, x_bar = vjp(f, *primals)[1](out_bar)
    close(flat(out_bar) @ flat(out_dot), flat(model_bar) @ flat(dots[0]) + x_bar * dots[1])


def test_named_tuples_in_both_modes():
    def swapped(s):
        return Sides(s.b * s.a, s.a)

    out, pullback = vjp(swapped, Sides(2.0, 3.0))
    assert out == Sides(6.0, 2.0)
    assert pullback(Sides(1.0, 10.0)) == (Sides(13.0, 2.0),)
    out_dot = jvp(swapped, (Sides(2.0, 3.0),), (Sides(1.0, 0.0),))[1]
    assert out_dot == Sides(3.0, 1.0)
    assert type(out_dot) is Sides


# --- wrong use ------------------------------------------------------------------------------------


def test_a_cotangent_of_another_type():
    pullback = vjp(turned, Line(1.0, 2.0), 0.5)[1]
    for seed in (Other(1.0, 0.0), (1.0, 0.0), 1.0):
        with pytest.raises(WrongUse, match="must be a Line, like the result"):
            pullback(seed)


def test_a_tangent_of_another_type():
    with pytest.raises(WrongUse, match="must be a Line, like the argument"):
        jvp(turned, (Line(1.0), 0.5), ((1.0, 0.0), 0.0))


def test_an_object_is_no_scalar():
    with pytest.raises(WrongUse, match="grad needs a float"):
        grad(turned)(Line(1.0), 0.5)


def test_what_the_class_does_not_define():
    with pytest.raises(NotSupported):
        grad(lambda p: (p - p).slope)(Line(1.0))
