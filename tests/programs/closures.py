"""Lambdas and nested definitions that capture floats and arrays."""

import numpy as np

from .corpus import program


def make_quadratic(a, b):
    def quadratic(x):
        return a * x**2 + b * x

    return quadratic


def make_fit(xs, ys):
    def loss(p):
        r = p[0] + p[1] * xs + p[2] * xs**2 - ys
        return np.sum(r**2)

    return loss


def make_counter_free(n):
    scale = 1.0 / n
    weights = np.linspace(0.0, 1.0, n)

    def weighted(x):
        def inner(v):
            return v * weights

        return scale * np.sum(inner(x) ** 2)

    return weighted


program(make=lambda g: (0.7,), note="closure over floats")(make_quadratic(2.0, -1.0))
program(make=lambda g: (g.normal(size=3),), note="closure over data arrays")(
    make_fit(np.linspace(0.0, 1.0, 7), np.sin(np.linspace(0.0, 3.0, 7)))
)
program(make=lambda g: (g.normal(size=5),), note="closure in a closure")(make_counter_free(5))


@program(make=lambda g: (0.7, 0.3), wrt=(0, 1))
def nested_def(x, y):
    def f(v):
        return v * y + x

    return f(x) * f(y)


@program(make=lambda g: (0.7, 0.3), wrt=(0, 1))
def lambda_captures(x, y):
    f = lambda v: v**2 * y
    return f(x) + f(x * y)


@program(make=lambda g: (0.7,), note="sees the later value of the captured name")
def captured_name_rebound(x):
    c = x

    def f(v):
        return v * c

    a = f(2.0)
    c = x * x
    b = f(2.0)
    return a * b + b


@program(make=lambda g: (g.normal(size=4),), note="captured array is written later")
def captured_array_written(x):
    u = x * 1.0

    def total():
        return np.sum(u**2)

    a = total()
    u[1:] += u[:-1]
    return a * total()


@program(make=lambda g: (g.normal(size=4),), note="nested def writes into a captured array")
def closure_writes(x):
    u = x * 1.0

    def relax(i):
        u[i] = 0.5 * (u[i - 1] + u[i]) ** 2

    for i in range(1, 4):
        relax(i)
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=4), 0.5), wrt=(0, 1))
def closure_in_loop(x, c):
    s = 0.0
    for i in range(4):

        def f(v):
            return v * x[i] + c

        s = f(s) ** 2 + f(c)
    return s


@program(make=lambda g: (0.7,), note="lambda with a default", may_refuse=True)
def lambda_default(x):
    f = lambda v, k=x: v * k
    x = x * 2.0
    return f(x)


@program(make=lambda g: (0.7,), note="lambda called at once")
def immediate_lambda(x):
    return (lambda v: v * v + v)(x)


program(make=lambda g: (0.7,), note="conditional in a lambda")(lambda x: x**3 if x > 0 else -x)


@program(make=lambda g: (0.7, 0.2), wrt=(0, 1), note="nested defs call each other")
def mutual(x, y):
    def f(v):
        return g(v) * y

    def g(v):
        return v * v + x

    return f(x) + g(y)


@program(make=lambda g: (g.normal(size=3), g.normal(size=(3, 3))), wrt=(0, 1))
def local_operator(x, a):
    def apply(v):
        return a @ v - 0.1 * v

    r = apply(apply(x))
    return np.dot(r, r)


@program(make=lambda g: (0.7,), note="two nested levels, captured at both")
def two_levels(x):
    a = x * x

    def outer(v):
        b = v + a

        def inner(w):
            return w * b + a * x

        return inner(v) * inner(b)

    return outer(x)


@program(make=lambda g: (0.7,), note="nested def with a loop and a branch")
def nested_def_with_control_flow(x):
    def series(v, n):
        s = 0.0
        for k in range(n):
            if k % 2:
                s = s - v**k
            else:
                s = s + v * s + 1.0
        return s

    return series(x, 4) * series(0.5 * x, 3)


@program(make=lambda g: (0.7,), note="nonlocal is refused or right", may_refuse=True)
def nonlocal_write(x):
    total = 0.0

    def add(v):
        nonlocal total
        total = total + v * v

    add(x)
    add(2.0 * x)
    return total * x


@program(make=lambda g: (np.array([0.3, 0.4]),), note="a counter of an inner function")
def counting(x):
    calls = 0

    def rhs(t, y):
        nonlocal calls
        calls += 1
        return -y * x[1] * t

    y = x[0]
    for k in range(4):
        y = y + 0.1 * rhs(0.1 * k, y)
    return y * calls


@program(make=lambda g: (np.array([0.3, 0.4]),), note="nonlocal numbers that carry derivatives")
def nonlocal_numbers(x):
    n, best, total = 0, None, 0.0

    def visit(v):
        nonlocal n, best, total
        n += 1
        total += v * n
        if best is None or v > best:
            best = v * v

    for v in x:
        visit(v)
    return best**2 * total


@program(make=lambda g: (np.array([0.3, 0.4]),), note="a nonlocal array that is replaced")
def nonlocal_array(x):
    mean = np.zeros(2)

    def see(v):
        nonlocal mean
        mean = 0.5 * mean + v * x

    for v in x:
        see(v)
    return np.sum(mean**2)


@program(make=lambda g: (np.array([0.3, 0.4]), 2.0), wrt=(0, 1), note="a nonlocal parameter")
def nonlocal_parameter(x, scale):
    def shrunk(v):
        nonlocal scale
        scale = scale * v
        return scale

    return sum([shrunk(v) for v in x]) * scale


@program(make=lambda g: (np.array([0.3, 0.4]),), note="through two functions")
def nonlocal_of_the_outermost(x):
    energy = 0.0

    def outer():
        def inner(v):
            nonlocal energy
            energy = energy + v**2

        for v in x:
            inner(v)

    outer()
    energy *= x[0]
    return energy


@program(make=lambda g: (np.array([0.3, 0.4]),), note="what a call changes is read before it")
def nonlocal_in_order(x):
    k = 1.0

    def shrink(v):
        nonlocal k
        k = k * v
        return v

    k += shrink(x[0])
    k = k + shrink(x[1]) * k
    a = [k, shrink(x[0]), k]
    return a[0] + 2.0 * a[1] + 3.0 * a[2]
