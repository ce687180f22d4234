"""Assignments, expressions and their order of evaluation: run before equals run after."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.normalise.same_meaning import Register, check_same, say

case = Register()
A = np.array([1.0, -2.0, 3.5])
M = np.arange(6.0).reshape(2, 3)
CONFIG = {"scale": 2.0}


class Thing:
    def __init__(self, x):
        self.x = x
        self.n = 0

    def double(self):
        self.n += 1
        return self.x * 2


# --- assignments ---------------------------------------------------------------------------


@case((A,))
def annotated(x):
    y: float = x.sum()
    z: int  # noqa: F842
    (w): float = 3.0
    return y + w


@case((A,))
def chained(x):
    a = b = x + 1
    b[0] = 7.0
    c = d = 5
    e = f = x
    i = a[i] = 1
    x = y = x
    p, q = r = (1, 2)
    return a, b, c, d, e is f, i, x is y, p, q, r


@case(([1, 2, 3],))
def chained_over_itself(x):
    x, y, z = w = x
    return x, y, z, w


@case((M,))
def unpacks(m):
    rows, cols = m.shape
    (a, b), c = [1, 2], 3
    [d, e] = m
    return rows, cols, a, b, c, d, e


@case((1, 2), (A, 3.0))
def swaps(a, b):
    a, b = b, a
    a, b = b, a + b
    c, a, b = a, b, a
    return a, b, c


@case(([1, 2, 3], 0, 2))
def swaps_elements(x, i, j):
    x[i], x[j] = x[j], x[i]
    i, x[i] = 1, 9
    x[j], j = j, 0
    return x, i, j


@case((5,))
def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


@case(([1, 2, 3, 4],), ((1, 2),), (A,))
def starred(v):
    a, *b = v
    *c, d = v
    e, *f, g = v
    h, *i = 1, 2, 3
    (j, *k), l = v, a
    return a, b, c, d, e, f, g, h, i, j, k, l


@case(([1, 2],))
def display_with_stars(v):
    a, b, c = (*v, 3)
    d = [*v, *v]
    e = {**CONFIG, "k": v[0]}
    return a, b, c, d, e


@case(({"a": 1, "b": 2},))
def unpacks_iterators(d):
    a, b = d.values()
    c, e = map(say, [1, 2])
    f, g = zip([1, 2], [3, 4])
    (h, i), j = d.items(), 0
    k, l = (v * 2 for v in [1, 2])
    return a, b, c, e, f, g, h, i, k, l


@case((1,))
def unpacks_to_nothing_read(x):
    a, _ = x, say(2)
    _, b = [3, 4]
    return a, b


@case((Thing(1.0),))
def unpacks_into_places(thing):
    d = {}
    thing.x, d["k"] = 1, 2
    (d["a"], thing.y), *d["b"] = [3, 4], 5
    return d, thing.x, thing.y


@case((3,))
def closures_see_assignments(x):
    def g():
        return a

    a = 1
    a, b = 2, g()
    return a, b


@case((A,))
def deletes(x):
    y = x * 2
    del y
    return x


@case(
    (A, 1),
)
def augmented(x, i):
    x += 1
    x[i] *= 2
    x[:2] -= x[1:]
    y = x
    y **= 2
    i <<= 2
    s = "a"
    s += "b"
    return x, i, s


@case((Thing(A), [[1, 2], [3]]))
def augmented_places(thing, rows):
    thing.n += 2
    thing.x[0] += thing.n
    rows[0][1] += 5
    rows[1] += [say(4)]
    thing.x[thing.n - 1] = thing.x.sum()
    return thing.n


@case(([1, 2, 3],))
def augmented_by_what_changes_it(x):
    x[0] += x.pop()
    return x


@case((Thing([1, 2]),))
def stored_deep(thing):
    thing.x[0] = [0, 1]
    thing.x[0][1] = thing.x[1] * 2
    thing.y = Thing(0)
    thing.y.z = say(3) + say(4)
    thing.x[say(1)] = say(9)
    return thing.x, thing.y.z


@case((3,))
def order_of_a_store(n):
    d = {}
    say(d)[say("k")] = say(n)
    say(d)[say("k")] += say(n)
    return d


# --- expressions -----------------------------------------------------------------------------


@case((A, 2.0))
def arithmetic(x, a):
    y = -(x * a + 1) / (a**2 - x) // 1 % 3
    return -y @ x + ~3 - +a


@case((A,))
def methods(x):
    return (
        np.exp(x).sum() + x.copy().reshape(3, 1).T[0][1] + (x + 1).max(axis=0, keepdims=bool(1 - 1))
    )


@case((M,))
def shapes(m):
    return m.shape[0] * m.T.shape[m.ndim - 1] + m[1:, ::-1][0, m.shape[0] - 1] + m[..., None].ndim


@case((2, 3))
def order_of_operands(a, b):
    return say(a) + say(b) * (say(a - 1) - say(4)) ** say(1)


@case((2, 3))
def order_of_arguments(a, b):
    def f(*args, **kwargs):
        return args, kwargs

    return f(say(a), *say([1, 2]), say(3), k=say(b), **say({"z": 1})), say(f)(say(1))


@case((2, 3))
def order_of_displays(a, b):
    return [
        say(a),
        (say(1), say(b)),
        {say("k"): say(2), "l": say(3)},
        {say(4)},
        say({5: 6})[say(5)],
    ]


@case((1,), (0,), (-1,))
def conditional(x):
    a = say(1) if say(x) > 0 else say(2) if x else say(3)
    b = (x if x > 0 else -x) * say(5) + (1 if a else 0)
    x = x if x > 0 else x + 10
    return a, b, x, [say(7) if x > 5 else None]


@case((1, 0.0), (0, 2.0), (2, 3.0))
def and_or(a, b):
    c = say(a) and say(b)
    d = say(a) or say(b) or say(9)
    e = a > 0 and b > 0
    f = (a and b) or (b and 3.0) or None
    b = b or 5.0
    g = not (a or b)
    h = a and b > 2 and say(3)
    d = a and d
    c = c or c
    a = a if b else a  # noqa: RUF034
    return c, d, e, f, b, g, h, (a or b) + 1


@case((1, 2, 3), (3, 2, 1))
def comparisons(a, b, c):
    d = say(a) < say(b) < say(c)
    e = a is not None and a in (1, 2) and not b == c
    return d, e, (a < b) + (b < c), say(a) == say(b) + 1


@case((A,))
def masks(x):
    x[x > 0] = 0.0
    y = np.where(x < 0, x**2, 0.0)
    return x, y, (x == 0) & (y > 1) | ~(x < 0)


@case((4,))
def calls_of_values(n):
    fs = [lambda v: v + 1, np.sqrt]
    make = lambda k: lambda v: v * k
    return fs[0](n) + make(2)(n) + (lambda a, b=2: a * b)(n) + fs[1](n * 4.0)


@case((3,))
def strings(n):
    name = f"{n + 1:>{n}}|{say(n)!r}"
    return name + "%d" % n + f"{n}".upper()


@case((A,))
def slices(x):
    s = slice(1, len(x) - 0)
    t = x[s], x[slice(None)], x[(0, 2),], x[len(x) - 1], x[-1], x[int(x.argmax())]
    return t


@case((A,))
def statements_for_nothing(x):
    x.shape
    x[0] + 1
    x
    ...
    say(x)
    None
    return x.size


@case((A,))
def local_import(x):
    import math
    from math import sqrt

    assert x.size == 3, f"size {x.size}"
    return math.pi * sqrt(4.0) * x


@case((A,))
def static_paths(x):
    return np.linalg.norm(x) * np.pi + np.float64(2.0) + np.random.default_rng(0).normal()


@case((Thing(3),))
def method_chains(thing):
    return thing.double() + getattr(thing, "double")() - thing.n


@case((2,), (-2,))
def raises(x):
    if x < 0:
        raise ValueError(f"negative: {x}")
    try:
        y = x / 0
    except (ZeroDivisionError, TypeError) as error:
        y = str(error)
    return y


@case((A,))
def in_with(x):
    with np.errstate(all="ignore") as state:
        y = np.log(x * 2)
        a, b = x[:2] + y[:2]
    return y, a, b


# --- assignment expressions --------------------------------------------------------------------


@case((3,), (0,))
def walrus_in_a_test(x):
    if (y := x + 1) > 2:
        return y
    elif (z := y * 2) > 1:
        return z, y
    return x


@case((5,), (0,))
def walrus_in_a_loop(n):
    out = []
    while (m := say(n * 2)) > 3:
        n -= 1
        if m == 6:
            continue
        out.append(m)
    else:
        out.append("else")
    return out, m


@case((5,), (0,), (9,))
def walrus_in_a_loop_with_breaks(n):
    while (m := say(n)) > 1:
        n -= 1
        if m == 3:
            break
        say(m)
    while (m := say(n)) < 4:
        if n == 2:
            break
        n += 1
    return m, n


@case((5,), (0,))
def walrus_in_a_guard(n):
    while True:
        if (m := say(n)) < 2:
            break
        n -= 2
    return m


@case((2,))
def walrus_in_a_value(x):
    y = x + (x := 5) * x + (z := say(x) + 1)
    w = [say(1), (v := say(2)), v + 1]
    u = (a := 1, a := 2) if False else (a := say(3))
    return y, z, w, u, a, x


@case((0,), (2,))
def walrus_behind_a_condition(x):
    y = x and (z := say(x + 1))
    z = 5
    w = (z := 6) if x else z
    v = x < 1 < (u := 2) < 3
    if (x > 1 and (t := say(x)) > 0) or (t := 4):
        y = t
    return y, z, w, v


@case(([1, 2, 3],))
def walrus_elsewhere(x):
    x[(i := 1)] = i + (j := 2)
    x[0] += (k := 3)
    for v in (y := x[1:]):
        say(v)
    for n in range(m := 2):
        say(n)
    assert (p := len(x)) == 3  # noqa: RUF018
    say(f"{(q := 2)} {q}")
    with np.errstate(divide=(r := "ignore")):
        say(r)
    return i, j, k, y, m, p, x


@case((2,))
def walrus_of_three(x):
    return (x := x + 1) + (x := x * 2) + x


@pytest.mark.parametrize("name", case)
def test_same_meaning(name):
    check_same(*case[name])
