"""Tuples, unpacking, lists and dicts inside the function."""

import numpy as np

from .corpus import program


def sum_and_product(a, b):
    return a + b, a * b


@program(make=lambda g: (0.7, 0.3), wrt=(0, 1))
def swap(a, b):
    a, b = b, a
    return a**2 * b


@program(make=lambda g: (0.7, 0.3), wrt=(0, 1))
def fibonacci_pair(a, b):
    a, b = b, a + b
    a, b = b, a * b
    return a + b**2


@program(make=lambda g: (0.7, 0.3), wrt=(0, 1))
def nested_targets(a, b):
    (p, q), r = (a * b, a), b
    return p * q + r


@program(make=lambda g: (0.7, 0.3), wrt=(0, 1))
def tuple_value(a, b):
    t = (a * b, a + b)
    return t[0] * t[1] + t[-1]


@program(make=lambda g: (0.7, 0.3), wrt=(0, 1))
def tuple_return(a, b):
    s, p = sum_and_product(a, b)
    t = sum_and_product(s, p)
    return t[0] * t[1]


@program(make=lambda g: (g.normal(size=3),))
def unpack_array(x):
    a, b, c = x
    return a * b + c**2


@program(make=lambda g: (g.normal(size=(2, 3)),))
def unpack_rows(x):
    a, b = x
    return np.sum(a * b**2)


@program(make=lambda g: (g.normal(size=(2, 3)),))
def unpack_shape(x):
    rows, cols = x.shape
    s = 0.0
    for i in range(rows):
        for j in range(cols):
            s += x[i, j] * (i - j)
    return s**2


@program(make=lambda g: (0.7, 0.3), wrt=(0, 1), note="list of floats")
def list_value(a, b):
    v = [a, b, a * b]
    return v[0] * v[1] + v[2] ** 2


@program(make=lambda g: (g.normal(size=3), g.normal(size=3)), wrt=(0, 1), note="list of arrays")
def list_of_arrays(x, y):
    layers = [x, y, x * y]
    s = 0.0
    for i in range(3):
        s += np.sum(layers[i] ** 2) * (i + 1)
    return s


@program(make=lambda g: (0.7,), note="#57: list append", may_refuse=True)
def list_append(x):
    out = []
    for i in range(5):
        out.append(x**i)
    return sum(out) * out[2]


@program(make=lambda g: (g.normal(size=3),), note="appended arrays, stacked", may_refuse=True)
def list_append_arrays(x):
    states = [x]
    for k in range(3):
        states.append(np.sin(states[-1]) * 1.1)
    return np.sum(np.array(states) ** 2) + np.sum(states[1])


@program(make=lambda g: (0.7, 0.2), wrt=(0, 1), note="store into a list", may_refuse=True)
def list_store(a, b):
    v = [a, b]
    v[0] = v[0] * v[1]
    v[1] += v[0]
    return v[0] * v[1]


@program(make=lambda g: (0.7, 0.2), wrt=(0, 1), note="dict literal", may_refuse=True)
def dict_literal(a, b):
    d = {"a": a * b, "b": b}
    return d["a"] * d["b"] + d["a"]


@program(make=lambda g: (0.7, 0.2), wrt=(0, 1), note="store into a dict", may_refuse=True)
def dict_store(a, b):
    d = {"a": a}
    d["b"] = b * d["a"]
    return d["b"] ** 2


@program(make=lambda g: (g.normal(size=4),), note="list comprehension", may_refuse=True)
def list_comprehension(x):
    return sum([v**2 for v in x if v > -5.0]) + sum([x[i] * i for i in range(4)])


@program(make=lambda g: (g.normal(size=4),), note="generator in sum", may_refuse=True)
def generator_sum(x):
    return sum(v * v for v in x)


@program(make=lambda g: (g.normal(size=4),), note="array from a comprehension", may_refuse=True)
def array_from_comprehension(x):
    return np.sum(np.array([np.sin(v) * v for v in x]) ** 2)


@program(make=lambda g: (g.normal(size=4),), note="starred target", may_refuse=True)
def starred_target(x):
    first, *rest = x
    return first * sum(rest)


@program(make=lambda g: (0.7,), note="walrus", may_refuse=True)
def walrus(x):
    if (y := x * x) > 0.1:
        return y * x
    return y


@program(make=lambda g: (0.7, 0.2), wrt=(0, 1), note="state as a tuple in a loop")
def tuple_state(a, b):
    state = (a, b)
    for _ in range(4):
        p, q = state
        state = (p * q, p + q)
    return state[0] + state[1]


@program(make=lambda g: (0.7, 0.2), wrt=(0, 1), note="tuple of tuples")
def tuple_of_tuples(a, b):
    pairs = ((a, b), (b, a * b))
    s = 0.0
    for p, q in pairs:
        s += p * q**2
    return s


@program(make=lambda g: (0.7, 0.2), wrt=(0, 1), note="tuple concatenation", may_refuse=True)
def tuple_concatenation(a, b):
    t = (a, b) + (a * b,)
    return t[0] * t[2] + t[1]


@program(
    make=lambda g: (g.normal(size=3), g.normal(size=3)), wrt=(0, 1), note="arrays swapped in a loop"
)
def array_swap(x, y):
    for k in range(3):
        x, y = y, x * y + k
    return np.sum(x * y)


@program(make=lambda g: (0.7, 0.2), wrt=(0, 1), note="right side is evaluated first")
def simultaneous(a, b):
    for _ in range(3):
        a, b = a + 0.1 * b, b - 0.1 * a * a
    return a * b


@program(make=lambda g: (g.normal(size=4),), note="slice into names")
def unpack_slice(x):
    a, b = x[1:3]
    (c,) = x[:1]
    return a * b * c
