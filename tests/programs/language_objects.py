"""Objects with attributes: dataclasses, classes of the user, named tuples, namespaces, None."""

from __future__ import annotations

import math
import types
from collections import namedtuple
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from .corpus import program

Point = namedtuple("Point", "x y")


class Sides(NamedTuple):
    """A named tuple with a default, a method and a property."""

    a: float
    b: float = 2.0

    def norm(self):
        return math.sqrt(self.a**2 + self.b**2)

    @property
    def area(self):
        return self.a * self.b


@dataclass
class Line:
    """A dataclass with all kinds of methods."""

    slope: float
    offset: float = 1.0

    def __call__(self, x):
        return self.slope * x + self.offset

    @property
    def steep(self):
        return self.slope * 2.0

    @staticmethod
    def squash(z):
        return math.tanh(z)

    @classmethod
    def through(cls, slope):
        return cls(slope, slope * 2.0)


@dataclass
class Body:
    """Arrays as attributes that methods replace."""

    position: np.ndarray
    velocity: np.ndarray
    mass: float = 1.0

    def kick(self, force, dt):
        self.velocity = self.velocity + dt * force / self.mass

    def drift(self, dt):
        self.position = self.position + dt * self.velocity

    @property
    def energy(self):
        return 0.5 * self.mass * np.sum(self.velocity**2)


@dataclass(frozen=True)
class Settings:
    """Frozen, and with an integer."""

    rate: float
    steps: int = 3


@dataclass
class Tree:
    """A dataclass in a dataclass."""

    line: Line
    weights: list = field(default_factory=list)


class State:
    """A plain class that changes itself."""

    def __init__(self, x):
        self.x = x
        self.n = 0

    def step(self, dt):
        self.x = self.x + dt * self.x**2
        self.n += 1
        return self.x


class Doubled(State):
    """Inherits, and calls its base."""

    def __init__(self, x):
        super().__init__(x * 2.0)

    def step(self, dt):
        return super().step(dt) * 2.0


class Vector:
    """Operators written in Python."""

    def __init__(self, a, b):
        self.a = a
        self.b = b

    def __add__(self, other):
        return Vector(self.a + other.a, self.b + other.b)

    def __mul__(self, k):
        return Vector(self.a * k, self.b * k)

    __rmul__ = __mul__

    def __neg__(self):
        return Vector(-self.a, -self.b)

    def __getitem__(self, i):
        return (self.a, self.b)[i]

    def dot(self, other):
        return self.a * other.a + self.b * other.b


class Dual:
    """Forward mode by operators: differentiated in reverse."""

    def __init__(self, value, slope=0.0):
        self.value = value
        self.slope = slope

    def __mul__(self, other):
        return Dual(self.value * other.value, self.value * other.slope + self.slope * other.value)

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)


class Layer:
    """One layer of a network."""

    def __init__(self, w, b):
        self.w = w
        self.b = b

    def __call__(self, x):
        return np.tanh(self.w @ x + self.b)


class Network:
    """Objects in a list."""

    def __init__(self, weights, biases):
        self.layers = [Layer(w, b) for w, b in zip(weights, biases, strict=True)]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Polynomial:
    """Coefficients from `*args`."""

    def __init__(self, *coefficients):
        self.coefficients = coefficients

    def __call__(self, x):
        total = 0.0
        for c in self.coefficients:
            total = total * x + c
        return total


@program(make=lambda g: (Point(0.7, 0.3),), note="a named tuple as argument, replaced")
def named_tuple_argument(p):
    q = p._replace(x=p.y * 2.0)
    return p.x * q.x + q.y


@program(make=lambda g: (0.7,), note="a named tuple made here, with a method")
def named_tuple_local(x):
    p = Sides(x, x * 2.0)
    a, b = p
    return p.norm() * a * b + p.area


@program(make=lambda g: (0.7,), note="the default of a named tuple")
def named_tuple_default(x):
    p = Sides(x)
    return p.a * p.b + p[0]


@program(make=lambda g: (Point(0.7, 0.3),), note="_asdict")
def named_tuple_as_dict(p):
    d = p._asdict()
    return d["x"] * d["y"] + d["y"] ** 2


@program(make=lambda g: (Line(0.7, 0.2),), note="attributes, __call__, property, staticmethod")
def dataclass_argument(p):
    return p(2.0) * p.steep + Line.squash(p.offset)


@program(make=lambda g: (0.7,), note="made by a classmethod, an attribute replaced")
def dataclass_local(x):
    p = Line.through(x)
    p.offset = p.offset * x
    return p(x) + p.steep


@program(make=lambda g: (Settings(0.4), 0.7), wrt=(0, 1), note="frozen; an integer stays one")
def frozen_dataclass(c, x):
    for _ in range(int(c.steps)):
        x = x * c.rate + x
    return x


@program(make=lambda g: ([Line(0.4), Line(0.3, 0.1)],), note="a list of dataclasses")
def list_of_dataclasses(lines):
    total = 1.0
    for line in lines:
        total = total * line.slope + line.offset**2
    return total


@program(make=lambda g: (Tree(Line(0.4, 0.2), [0.1, 0.5]),), note="a dataclass in a dataclass")
def nested_dataclass(t):
    return t.line.slope * t.weights[1] + t.line(2.0) * t.weights[0]


@program(
    make=lambda g: (Body(np.array([1.0, 0.0]), np.array([0.0, 1.0]), 2.0),),
    note="leapfrog with methods that replace arrays",
)
def orbit(body):
    total = 0.0
    for _ in range(4):
        r = np.sqrt(np.sum(body.position**2))
        body.kick(-body.position / r**3, 0.1)
        body.drift(0.1)
        total += body.energy
    return total


@program(make=lambda g: (0.3,), note="an object that changes itself in a loop")
def object_state(x):
    s = State(x)
    total = 0.0
    for _ in range(3):
        total += s.step(0.1)
    return total * s.n


@program(make=lambda g: (0.3,), note="inheritance and super()")
def inheritance(x):
    s = Doubled(x)
    return s.step(0.1) + s.x


@program(make=lambda g: (0.7,), note="operators of a class")
def operators_of_a_class(x):
    v = Vector(x, 2.0)
    w = 2.0 * v + Vector(1.0, x) * x
    return v.dot(-w) + w[0]


@program(make=lambda g: (0.7,), note="dual numbers")
def dual_numbers(x):
    d = Dual(x, 1.0)
    for _ in range(2):
        d = d * d + d
    return d.value * d.slope


@program(
    make=lambda g: (
        [g.normal(size=(2, 2)), g.normal(size=(2, 2))],
        [g.normal(size=2), g.normal(size=2)],
        g.normal(size=2),
    ),
    wrt=(0, 1, 2),
    note="objects in a list, called in a loop",
)
def network(weights, biases, x):
    return np.sum(Network(weights, biases).forward(x) ** 2)


@program(make=lambda g: (0.7,), note="*args kept in an attribute")
def polynomial(x):
    return Polynomial(1.0, x, 2.0)(x)


@program(make=lambda g: (0.7,), note="a namespace")
def namespace(x):
    n = types.SimpleNamespace(a=x, b=2.0)
    n.c = n.a * n.b
    return n.c * n.a


@program(make=lambda g: (g.uniform(0.2, 0.9, size=4),), note="None until there is something")
def best_so_far(x):
    best = None
    for v in x:
        if best is None or v * v > best:
            best = v * v
    return best * 2.0


@program(make=lambda g: (g.normal(size=3),), note="None, then an array")
def previous_array(x):
    previous = None
    total = 0.0
    for i in range(3):
        current = x * (i + 1.0)
        if previous is not None:
            total = total + np.sum(current * previous)
        previous = current
    return total


@program(make=lambda g: (0.7,), note="None as a default, and in a conditional expression")
def none_sentinel(x, w=None):
    if w is None:
        w = x * 2.0
    y = None
    for _ in range(2):
        y = x if y is None else y * x
    return y * w
