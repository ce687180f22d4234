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


# --- what is not a field --------------------------------------------------------------------------


class Counted:
    rate = 2.0

    def __init__(self, x):
        self.x = x
        if x > 0.5:
            self.rate = x * 3.0

    def value(self):
        return self.x * self.rate


def test_an_attribute_of_the_class_has_no_derivative():
    f = lambda x: Counted(x).value()
    for x, expected in ((0.25, 2.0), (2.0, 12.0)):
        close(grad(f)(x), expected)
        close(jvp(f, (x,), (1.0,))[1], expected)


def test_another_value_in_the_class_is_noticed():
    class Model:
        squared = True

        def __init__(self, x):
            self.x = x

        def value(self):
            return self.x**2 if self.squared else self.x

    f = grad(lambda x: Model(x).value())
    assert f(3.0) == 6.0
    Model.squared = False
    assert f(3.0) == 1.0


def test_an_attribute_that_was_added_to_a_dataclass():
    line = Line(2.0, 3.0)
    line.extra = 5.0
    bar = grad(lambda p: p.slope * p.offset * p.extra)(line)
    close([bar.slope, bar.offset, bar.extra], [15.0, 10.0, 6.0])
    assert grad(lambda p: sum(vars(p).values()) ** 2)(line).slope == 20.0
    assert grad(lambda p: p.slope * getattr(p, "extra", 1.0))(line).slope == 5.0


class Slots:
    __slots__ = ("__a", "b")

    def __init__(self, a, b):
        self.__a = a
        self.b = b

    @property
    def a(self):
        return self.__a


def test_results_and_cotangents_of_plain_classes():
    def made(x):
        return Slots(x[0] ** 2, x[1] * 3.0)

    x = np.array([2.0, 5.0])
    out, pullback = vjp(made, x)
    assert (out.a, out.b) == (4.0, 15.0)
    close(pullback(Slots(1.0, 10.0))[0], [4.0, 30.0])
    out_dot = jvp(made, (x,), (np.ones(2),))[1]
    assert (out_dot.a, out_dot.b) == (4.0, 3.0)


def test_a_cotangent_may_be_a_dict():
    def made(x):
        return Model(Line(x**2, x), np.array([x, 2.0 * x]))

    pullback = vjp(made, 3.0)[1]
    seed = {"line": {"slope": 1.0, "offset": 10.0}, "weights": np.ones(2), "extra": []}
    assert pullback(seed) == pullback(Model(Line(1.0, 10.0), np.ones(2))) == (19.0,)
    assert vjp(lambda x: Settings(x * 2.0), 3.0)[1](Settings(5.0)) == (10.0,)
    with pytest.raises(WrongUse, match="or a dict with the keys 'line', 'weights', 'extra'"):
        pullback({"line": {"slope": 1.0, "offset": 10.0}})


def test_namespaces_in_namespaces():
    bar = grad(lambda n: n.inner.a * n.b[1])(
        SimpleNamespace(inner=SimpleNamespace(a=2.0), b=[1, 3])
    )
    assert bar == SimpleNamespace(inner=SimpleNamespace(a=3.0), b=[0.0, 2.0])
    dot = SimpleNamespace(a=1.0, b=0.0)
    assert jvp(lambda n: n.a**2 * n.b, (SimpleNamespace(a=3.0, b=2.0),), (dot,))[1] == 12.0


def test_the_way_out_for_a_plain_object_is_named():
    with pytest.raises(WrongUse, match="make it inside the function"):
        grad(lambda s: s.energy(1.0))(Spring(3.0))


def test_both_modes_refuse_what_is_not_known():
    def f(x):
        return Spring(x).nothing(2.0)

    for derivative in (lambda: grad(f)(2.0), lambda: jvp(f, (2.0,), (1.0,))):
        with pytest.raises(NotSupported, match="is not known"):
            derivative()


# --- one memory in two places ---------------------------------------------------------------------


class Pair:
    def __init__(self, a, b):
        self.a = a
        self.b = b

    def share(self):
        self.b = self.a


def written_twice(x):
    pair = Pair(x * 1.0, x * 2.0)
    pair.share()
    pair.a[0] = x[1] ** 2
    return np.sum(pair.b**2)


def test_a_write_that_is_seen_in_another_place():
    x = np.array([1.0, 2.0, 3.0])
    with pytest.raises(NotSupported, match="may stand twice in 'pair'"):
        grad(written_twice)(x)
    close(jvp(written_twice, (x,), (np.ones(3),))[1], 4.0 * 2.0**3 + 2.0 * (2.0 + 3.0))


def test_what_a_method_keeps_is_not_written_elsewhere():
    def f(x):
        y = x * 1.0
        pair = Pair(None, 1.0)
        pair.a = y
        y[0] = x[1] ** 2
        return np.sum(pair.a**2)

    def g(x):
        y = x * 1.0
        pair = Pair(y, 1.0)
        y[0] = x[1] ** 2
        return np.sum(pair.a**2)

    for function in (f, g):
        with pytest.raises(NotSupported, match="may share memory"):
            grad(function)(np.ones(3))


def test_the_arguments_stay_what_they_are():
    def f(model):
        model.weights[0] *= 3.0
        model.extra.append(model.weights[1])
        return np.sum(model.weights) * sum(model.extra)

    model = Model(Line(3.0), np.array([1.0, 2.0]), [4.0])
    bar = grad(f)(model)
    assert model.extra == [4.0]
    close(model.weights, [1.0, 2.0])
    close([bar.line.slope, *bar.weights, *bar.extra], [0.0, 18.0, 11.0, 5.0])
