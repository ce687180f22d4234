"""Functions given as arguments, returned, kept in variables."""

import math

import numpy as np

from .corpus import program


def decay(y, t, k):
    return -k * y


def oscillator(y, t):
    return np.array([y[1], -y[0] - 0.1 * y[1] ** 3])


def pendulum(y, p):
    return np.array([y[1], -p[0] * np.sin(y[0]) - p[1] * y[1]])


def rk4_step(rhs, y, t, dt):
    k1 = rhs(y, t)
    k2 = rhs(y + 0.5 * dt * k1, t + 0.5 * dt)
    k3 = rhs(y + 0.5 * dt * k2, t + 0.5 * dt)
    k4 = rhs(y + dt * k3, t + dt)
    return y + dt / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)


def euler(rhs, y, dt, steps):
    for i in range(steps):
        y = y + dt * rhs(y, i * dt)
    return y


def twice(f, x):
    return f(f(x))


def newton(f, df, x, steps):
    for _ in range(steps):
        x = x - f(x) / df(x)
    return x


def integrate(f, a, b, n):
    h = (b - a) / n
    s = 0.5 * (f(a) + f(b))
    for i in range(1, n):
        s += f(a + i * h)
    return s * h


def apply_to_all(f, values):
    s = 0.0
    for v in values:
        s += f(v)
    return s


def update(target, f):
    for i in range(len(target)):
        target[i] = f(target[i])


def compose(f, g):
    def composed(x):
        return f(g(x))

    return composed


def cube(x):
    return x**3


@program(make=lambda g: (np.array([1.0, 0.2]), 0.1), wrt=(0, 1))
def rk4_steps(y, dt):
    t = 0.0
    for _ in range(5):
        y = rk4_step(oscillator, y, t, dt)
        t = t + dt
    return np.sum(y**2)


@program(make=lambda g: (0.8, 1.3), wrt=(0, 1), note="lambda with captured parameter as the rhs")
def rk4_with_lambda(y0, k):
    y = y0
    for i in range(4):
        y = rk4_step(lambda y, t: decay(y, t, k), y, 0.1 * i, 0.1)
    return y**2


@program(make=lambda g: (np.array([0.5, 0.0]), np.array([1.2, 0.1])), wrt=(0, 1))
def euler_with_nested_def(y0, p):
    def rhs(y, t):
        return pendulum(y, p)

    y = euler(rhs, y0, 0.05, 10)
    return np.sum(y**2)


@program(make=lambda g: (0.7,))
def twice_of_functions(x):
    return twice(np.sin, x) + twice(cube, x) + twice(lambda v: v * v + 1.0, x)


@program(make=lambda g: (0.7,), note="math and numpy functions as values")
def functions_as_values(x):
    f = math.exp
    g = np.tanh
    return f(x) * g(x) + twice(math.cos, x)


@program(make=lambda g: (2.0,))
def newton_with_functions(a):
    return newton(lambda x: x**3 - a, lambda x: 3.0 * x**2, 1.5, 5)


@program(make=lambda g: (0.2, 1.4, 0.7), wrt=(0, 1, 2))
def quadrature(a, b, w):
    return integrate(lambda t: np.exp(-w * t**2), a, b, 8)


@program(make=lambda g: (g.normal(size=4), 0.7), wrt=(0, 1))
def applied_to_all(x, c):
    return apply_to_all(cube, x) + apply_to_all(lambda v: c * v**2, x)


@program(make=lambda g: (g.normal(size=4), 0.7), wrt=(0, 1), note="function given, writes in place")
def update_in_place(x, c):
    u = x.copy()
    update(u, cube)
    update(u[1:3], lambda v: v * c + 1.0)
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=4), np.tanh))
def function_as_argument(x, activation):
    return np.sum(activation(x) * activation(x * 2.0))


@program(make=lambda g: (g.normal(size=4), cube), note="own function as an argument of the program")
def own_function_as_argument(x, f):
    return np.sum(f(x)) + f(x[0])


@program(make=lambda g: (g.normal(size=4),), note="chosen by a branch", may_refuse=True)
def chosen_function(x):
    if len(x) > 3:
        f = np.sin
    else:
        f = np.cos
    return np.sum(f(x))


@program(make=lambda g: (g.normal(size=4),), note="loop over a tuple of functions", may_refuse=True)
def loop_over_functions(x):
    for f in (np.sin, np.tanh, cube):
        x = f(x) + x
    return np.sum(x)


@program(make=lambda g: (0.7,), note="a function that returns a function", may_refuse=True)
def composed_function(x):
    h = compose(cube, math.sin)
    return h(x) * compose(math.exp, cube)(x)


@program(make=lambda g: (0.7,), note="functions in a dict", may_refuse=True)
def function_table(x):
    table = {"cube": cube, "sin": math.sin}
    return table["cube"](x) + table["sin"](x)


@program(
    make=lambda g: (0.7, 0.4), wrt=(0, 1), note="function given to a function given to a function"
)
def third_order(x, c):
    def outer(apply, f, v):
        return apply(f, v) * c

    return outer(twice, lambda v: v * v, x)


@program(make=lambda g: (0.7,), note="map", may_refuse=True)
def mapped(x):
    a, b = map(cube, (x, 2.0 * x))
    return a + b


@program(make=lambda g: (g.normal(size=3), 0.3), wrt=(0, 1), note="a solver that takes a residual")
def fixed_point(x, c):
    def iterate(g, y, steps):
        for _ in range(steps):
            y = g(y)
        return y

    return np.sum(iterate(lambda y: c * np.cos(y) + 0.1 * x, x, 6) ** 2)
