"""Objects with attributes: dataclasses, classes of the user, named tuples, namespaces, None."""

from __future__ import annotations

import copy
import math
import types
from abc import ABC, abstractmethod
from collections import namedtuple
from dataclasses import asdict, astuple, dataclass, field, replace
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


# --- what Python looks up on the class -----------------------------------------------------------


class Scaled:
    """A property with a setter, and attributes of the class."""

    rate = 2.0
    weights = np.array([1.0, 2.0, 3.0])
    bias = 0.0

    def __init__(self, value):
        self._value = value

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        self._value = value * self.rate

    def learn(self, x):
        self.bias = self.bias + x
        return self.bias * self.rate


class Samples:
    """A container of its own."""

    def __init__(self, values):
        self.values = [v * 2.0 for v in values]

    def __iter__(self):
        return iter(self.values)

    def __len__(self):
        return len(self.values)

    def __getitem__(self, k):
        return self.values[k]

    def __setitem__(self, k, value):
        self.values[k] = value

    def __float__(self):
        return float(sum(self.values))

    def __abs__(self):
        return Samples([abs(v) for v in self.values])

    def __iadd__(self, other):
        for k in range(len(self.values)):
            self.values[k] = self.values[k] + other
        return self

    def __lt__(self, other):
        return float(self) < other


class Slotted:
    """No dict, and a private attribute."""

    __slots__ = ("__hidden", "shown")

    def __init__(self, hidden, shown):
        self.__hidden = hidden
        self.shown = shown

    def both(self):
        return self.__hidden * self.shown


class Shape(ABC):
    """An abstract class."""

    @abstractmethod
    def area(self):
        """What the others say."""

    def twice(self):
        return 2.0 * self.area()


class Square(Shape):
    def __init__(self, a):
        self.a = a

    def area(self):
        return self.a**2


class Box(Shape):
    def __init__(self, a, b):
        self.a = a
        self.b = b

    def area(self):
        return self.a * self.b


class Quantity:
    """An operator that calls itself for what is no quantity yet."""

    def __init__(self, *args):
        if len(args) == 1 and isinstance(args[0], Quantity):
            self.q = args[0].q
        else:
            self.q = np.asarray(args[0])

    def __mul__(self, other):
        if isinstance(other, Quantity):
            return self.__class__(self.q * other.q)
        return self * self.__class__(other)


class Oscillator:
    """Methods that are handed on as functions."""

    def __init__(self, k):
        self.k = k

    def rhs(self, t, y):
        return -self.k * y + t

    def solve(self, y, steps):
        for i in range(steps):
            y = midpoint(self.rhs, 0.1 * i, y, 0.1)
        return y


def midpoint(f, t, y, h):
    return y + h * f(t + 0.5 * h, y + 0.5 * h * f(t, y))


class History:
    """Lists, dicts and a counter in attributes."""

    def __init__(self):
        self.values = []
        self.named = {}
        self.count = 0

    def add(self, value):
        self.values.append(value)
        self.count += 1
        return self

    def put(self, key, value):
        self.named[key] = value


class Field:
    """Arrays in attributes, written in place."""

    def __init__(self, n):
        self.u = np.zeros(n)
        self.old = np.ones(n)

    def fill(self, k, value):
        self.u[k] = value

    def relax(self, rate):
        self.old[...] = self.u
        self.u[1:-1] += rate * (self.old[2:] - 2.0 * self.old[1:-1] + self.old[:-2])

    def swap(self):
        self.u, self.old = self.old, self.u


class Spring:
    """Keyword-only arguments and `super` in all forms."""

    def __init__(self, k, *, rest=1.0):
        self.k = k
        self.rest = rest

    def force(self, x):
        return self.k * (x - self.rest)


class Damped(Spring):
    def __init__(self, k, c, **options):
        super().__init__(k, **options)
        self.c = c

    def force(self, x):
        return super().force(x) - self.c * x


class Driven(Damped):
    def __init__(self, *args, **options):
        super(Driven, self).__init__(*args, **options)
        self.both = self.k * self.c

    def force(self, x):
        return super(Driven, self).force(x) * self.both


@dataclass
class Derived:
    """A field that is computed."""

    a: float
    b: float = 2.0
    c: float = field(init=False)

    def __post_init__(self):
        self.c = self.a * self.b


class Steeper(Line):
    """A plain class on top of a dataclass."""

    def __init__(self, slope):
        super().__init__(slope, offset=slope * 2.0)
        self.extra = slope**2


@dataclass
class Particle:
    """One of many."""

    x: float
    v: float


class World:
    """Objects in a list in an object, which change each other."""

    def __init__(self, particles):
        self.particles = particles

    def step(self, dt):
        for one in self.particles:
            force = 0.0
            for other in self.particles:
                if other is not one:
                    force = force + (other.x - one.x) ** 3
            one.v = one.v + dt * force
        for one in self.particles:
            one.x = one.x + dt * one.v

    def energy(self):
        return sum(one.v**2 for one in self.particles)


class Kalman:
    """A filter that logs."""

    def __init__(self, q, r):
        self.x, self.p, self.q, self.r, self.log = 0.0, 1.0, q, r, []

    def predict(self):
        self.p += self.q

    def update(self, z):
        gain = self.p / (self.p + self.r)
        self.x = self.x + gain * (z - self.x)
        self.p *= 1.0 - gain
        self.log.append((z - self.x) ** 2)


THREE = np.array([0.3, 0.7, 1.2])


@program(make=lambda g: (0.7, 0.4), wrt=(0, 1), note="a property with a setter, also augmented")
def property_setter(x, y):
    s = Scaled(x)
    s.value = y * x
    s.value *= x
    return s.value * s._value


@program(make=lambda g: (g.uniform(0.5, 1.0, size=3),), note="attributes of the class")
def attributes_of_the_class(x):
    s = Scaled(x[0])
    total = s.bias
    for v in x:
        total = total + s.learn(v * v)
    return total + np.sum(s.weights * x) * s.rate


@program(make=lambda g: (THREE.copy(),), note="__iter__, __setitem__, __abs__, __float__, __iadd__")
def container_of_its_own(x):
    s = Samples(x)
    s[1] = s[0] * x[2]
    s[2] *= x[1]
    s += x[0]
    total = float(abs(s))
    for k, v in enumerate(s):
        total = total + v * v * k
    first, *others = s
    return total + first * others[1] + sum(s) * max(s) + sum(a * b for a, b in zip(s, x))


@program(make=lambda g: (THREE.copy(),), note="an operator of a class in the test of a loop")
def operator_in_a_test(x):
    s, n = Samples(x), 0
    while n < 5 and s < 20.0:
        n += 1
        if n == 2:
            continue
        s[0] = s[0] + x[1] * n
    if n > 1 or s < 3.0:
        return float(s) * n
    return x[0]


@program(make=lambda g: (0.7,), note="__slots__ and a private name")
def slots(x):
    s = Slotted(x, x * 2.0)
    s.shown = s.shown * s.both()
    return s.both()


@program(make=lambda g: (THREE.copy(),), note="objects of several classes in a list")
def abstract_classes(x):
    total = 0.0
    for shape in [Square(x[0]), Box(x[1], x[2])]:
        total += shape.twice() ** 2
    return total


@program(make=lambda g: (THREE.copy(),), note="a method that calls itself in another branch")
def operator_that_converts(x):
    return np.sum((Quantity(x) * Quantity(x * 2.0) * 3.0).q)


@program(make=lambda g: (THREE.copy(),), note="methods as values")
def methods_as_values(x):
    o = Oscillator(x[0])
    f = o.rhs
    o = Oscillator(x[1])
    y = midpoint(f, 0.0, x[2], 0.1) + midpoint(o.rhs, 0.0, x[2], 0.1)
    return o.solve(y, 3) + Oscillator.rhs(o, 0.5, y) + sum(map(o.rhs, [0.0, 0.1], [y, x[0]]))


@program(make=lambda g: (THREE.copy(),), note="lists, dicts and counters in attributes")
def history(x):
    h = History()
    add = h.add
    for v in x:
        h.add(v * v)
        add(v).put("last", v)
    h.values.append(x[0])
    h.named["last"] = h.named["last"] * x[1]
    return sum(h.values) * h.count + h.named["last"] ** 2


@program(make=lambda g: (THREE.copy(),), note="arrays in attributes")
def arrays_in_attributes(x):
    f = Field(5)
    for k in range(3):
        f.fill(k + 1, x[k] ** 2)
    f.u[0] *= 3.0
    f.u[0] += x[2]
    f.u += 0.5
    for _ in range(2):
        f.relax(x[0])
    return np.sum(f.u**2)


@program(make=lambda g: (THREE.copy(),), note="two buffers that change places")
def buffers_swapped(x):
    f = Field(3)
    f.u[...] = x
    for k in range(3):
        f.old[...] = f.u * x[0] + k
        f.swap()
    return np.sum(f.u**2) * f.old[1]


@program(make=lambda g: (THREE.copy(),), note="vars, getattr, setattr, replace, asdict, copy")
def looked_at(x):
    line = Line(x[0], x[1])
    total = vars(line)["slope"] * line.__dict__["offset"] + sum(vars(line).values()) ** 2
    for name, value in vars(line).items():
        total = total + value * len(name)
    setattr(line, "slope", x[2] ** 2)
    for name in ("slope", "offset"):
        total = total * 2.0 + getattr(line, name) ** 2
    other = replace(line, offset=x[0])
    same = copy.copy(other)
    same.slope = x[1]
    slope, offset = astuple(other)
    return total + asdict(line)["slope"] * slope * offset + same(x[2]) + getattr(line, "none", x[0])


@program(make=lambda g: (0.7, 0.4, 1.3), wrt=(0, 1, 2), note="super() in all forms")
def supers(x, y, z):
    return Damped(x, y).force(z) + Driven(x, y, rest=z).force(z)


@program(make=lambda g: (0.7,), note="__init__ of a dataclass, called by hand, and __post_init__")
def generated_init(x):
    s = Steeper(x)
    return s(x) * s.extra + Derived(x).c * Derived(x, x).c


@program(make=lambda g: (THREE.copy(),), note="as many arguments as the function has")
def starred_array(x):
    return Box(*x[:2]).area() * Box(*Samples(x[:2])).a + Damped(*x[1:], rest=2.0).force(1.0)


@program(make=lambda g: (THREE.copy(),), note="objects that change each other in loops")
def world(x):
    w = World([Particle(v, v * v) for v in x])
    for _ in range(3):
        w.step(0.1)
    return w.energy()


@program(make=lambda g: (0.3, 0.5, 1.1), wrt=(0, 1, 2), note="a filter")
def kalman(q, r, gain):
    k = Kalman(q, r)
    for z in (1.0, 0.9, 1.1, 1.3):
        k.predict()
        k.update(z * gain)
    return sum(k.log)


@program(make=lambda g: (THREE.copy(),), note="methods that return the object, and another name")
def fluent(x):
    h = History()
    again = h.add(x[0]).add(x[1] ** 2)
    other = again
    other.add(x[2] * other.values[0])
    return sum(h.values) * h.count


class Solver:
    """It keeps a function over variables of its caller."""

    def __init__(self, rhs, dt=0.1):
        self.rhs, self.dt, self.t, self.log = rhs, dt, 0.0, []

    def step(self, y):
        k1 = self.rhs(self.t, y)
        k2 = self.rhs(self.t + self.dt / 2.0, y + self.dt / 2.0 * k1)
        self.t += self.dt
        self.log.append(np.max(y))
        return y + self.dt * k2

    def run(self, y, n):
        for _ in range(n):
            y = self.step(y)
        return y


class Applied:
    def __init__(self, f):
        self.f = f

    def twice(self, v):
        return self.f(self.f(v))


class Around:
    def __init__(self, inner):
        self.inner = inner

    def go(self, v):
        return self.inner.twice(v)


@dataclass
class Activated:
    w: np.ndarray
    act: object
    scales: list = field(default_factory=lambda: [2.0])

    def __call__(self, z):
        return self.scales[0] * self.act(self.w * z)


@program(make=lambda g: (THREE.copy(),), note="a solver that keeps a closure")
def solver_with_a_closure(x):
    s = Solver(lambda t, y: -x[0] * y + np.sin(t) * x[1])
    return np.sum(s.run(x, 5)) + s.t * x[0] + len(s.log) * x[1]


@program(make=lambda g: (THREE.copy(),), note="closures over variables that change")
def kept_closures(x):
    k = x[0]
    s = Applied(lambda v: v * k)
    r = s.f(x[1]) + s.twice(x[2])
    k = x[2]
    other = Applied(np.sin)
    other.f = lambda v: v * x[0] + k
    return r * s.f(x[1]) + other.twice(x[1]) + Around(other).go(x[2]) * s.twice(x[0])


def _applied(x):
    return Applied(lambda v: v * x[0])


@program(make=lambda g: (THREE.copy(),), note="an object that a function makes around a closure")
def made_with_a_closure(x):
    def outer(k):
        s = Applied(lambda v: v * k + x[0])
        return s.twice(x[1])

    t = _applied(x).twice(x[1]) + outer(x[2]) + outer(2.0)
    for v in x:
        t += _applied(x * 2.0).f(v)
    return t


@program(make=lambda g: (THREE.copy(),), note="layers with activations of their own")
def layers_with_closures(x):
    a = x[2]
    net = [Activated(x, lambda z: np.tanh(a * z)), Activated(x[::-1], lambda z: z * x[0])]
    y = x
    for layer in net:
        y = layer(y)
    return np.sum(y)
