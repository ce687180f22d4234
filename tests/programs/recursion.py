"""Functions that call themselves."""

import numpy as np

from .corpus import program


def power(x, n):
    if n == 0:
        return 1.0
    if n % 2 == 0:
        half = power(x, n // 2)
        return half * half
    return x * power(x, n - 1)


def tree_sum(x):
    n = len(x)
    if n == 1:
        return x[0]
    return tree_sum(x[: n // 2]) + tree_sum(x[n // 2 :]) * 0.5


def chebyshev(n, x):
    if n == 0:
        return 1.0
    if n == 1:
        return x
    return 2.0 * x * chebyshev(n - 1, x) - chebyshev(n - 2, x)


def even(x, n):
    return x if n == 0 else odd(x * x, n - 1)


def odd(x, n):
    return x + 1.0 if n == 0 else even(2.0 * x, n - 1)


def refine(u, depth):
    if depth == 0:
        return np.sum(u**2)
    u[1:] += 0.5 * u[:-1]
    return refine(u, depth - 1) * u[0]


def simpson(f, a, b, depth):
    m = 0.5 * (a + b)
    if depth == 0:
        return (b - a) / 6.0 * (f(a) + 4.0 * f(m) + f(b))
    return simpson(f, a, m, depth - 1) + simpson(f, m, b, depth - 1)


def countdown(x):
    if x < 1.0:
        return x
    return countdown(x * 0.6) + x**2


@program(make=lambda g: (1.3,))
def fast_power(x):
    return power(x, 5) * power(2.0, 3)


@program(make=lambda g: (g.normal(size=6),), note="recursion over views of one array")
def sum_over_tree(x):
    return tree_sum(x**2) * tree_sum(x)


@program(make=lambda g: (0.3,))
def chebyshev_polynomial(x):
    return chebyshev(5, x) * chebyshev(2, x * x)


@program(make=lambda g: (0.8,), note="mutual recursion")
def even_and_odd(x):
    return even(x, 4) * odd(x, 3)


@program(make=lambda g: (g.normal(size=4),), note="writes on every level")
def recursion_writes(x):
    u = x.copy()
    s = refine(u, 3)
    return s + np.sum(u)


@program(make=lambda g: (0.2, 1.1, 0.7), wrt=(0, 1, 2), note="takes a function")
def adaptive_simpson(a, b, w):
    return simpson(lambda t: np.sin(w * t * t), a, b, 2)


@program(make=lambda g: (4.3,), note="depth only the data knows")
def data_dependent_depth(x):
    return countdown(x) * x


@program(make=lambda g: (1.3, 4), note="the program calls itself")
def itself(x, n):
    if n <= 0:
        return x
    return itself(x, n - 1) * x + n


@program(make=lambda g: (1.3,), note="nested recursive def")
def nested_recursion(x):
    def factorial_like(n):
        if n == 0:
            return x
        return (n + x) * factorial_like(n - 1)

    return factorial_like(3)


@program(
    make=lambda g: (g.normal(size=4), g.normal(size=3)), wrt=(0, 1), note="Horner by recursion"
)
def horner(c, xs):
    def evaluate(k, x):
        if k == len(c):
            return 0.0
        return c[k] + x * evaluate(k + 1, x)

    s = 0.0
    for x in xs:
        s += evaluate(0, x) ** 2
    return s


@program(make=lambda g: (2.0, 1.4), wrt=(0, 1), note="Ackermann-like two branches of calls")
def binomial_tree(s, u):
    def value(k, price):
        if k == 0:
            return price * price
        return 0.5 * value(k - 1, price * u) + 0.4 * value(k - 1, price / u)

    return value(3, s)
