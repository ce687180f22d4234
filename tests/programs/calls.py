"""Calls of the user's own functions."""

import functools

import numpy as np

from . import _library
from ._library import soft_threshold
from .corpus import program


def square(x):
    return x * x


def scaled(x, factor=2.0, *, shift=0.0):
    """A default and a keyword-only argument."""
    return factor * x + shift


def energy(x, k):
    e = 0.0
    for v in x:
        e += 0.5 * k * v**2
    return e


def normalise_in_place(v):
    v /= np.sqrt(np.sum(v * v))


def add_into(target, x, c):
    target += c * x


def shift_into(out, x):
    out[1:] = x[:-1]
    out[0] = x[-1]
    return out


def fill_with_squares(out, x):
    for i in range(len(x)):
        out[i] = x[i] ** 2


def first(a, b):
    return a


def bigger(a, b):
    if np.sum(a) > np.sum(b):
        return a
    return b


def halves(x):
    n = len(x) // 2
    return x[:n], x[n:]


def statistics(x):
    m = np.mean(x)
    return m, np.mean((x - m) ** 2)


def interior(u):
    return u[1:-1]


@program(make=lambda g: (0.7,))
def one_call(x):
    return square(x) + 1.0


@program(make=lambda g: (0.7, 0.4), wrt=(0, 1))
def nested_calls(x, y):
    return square(square(x) + square(y * x))


@program(make=lambda g: (g.normal(size=4),), note="the same helper on float and array")
def helper_on_both_kinds(x):
    return square(np.sum(square(x))) + square(2.0)


@program(make=lambda g: (0.7, 0.4), wrt=(0, 1))
def keywords_and_defaults(x, y):
    a = scaled(x)
    b = scaled(x, 3.0)
    c = scaled(factor=y, x=x)
    d = scaled(x, shift=y)
    return a * b + c * d


@program(make=lambda g: (0.7,), note="own default used")
def own_default(x, y=0.3, *, z=2.0):
    return x**2 * y + z * x


@program(make=lambda g: (g.normal(size=4), 1.3), wrt=(0, 1))
def callee_with_loop(x, k):
    return energy(x, k) * energy(x * 2.0, 1.0) + k


@program(make=lambda g: (g.normal(size=4), 1.3), wrt=(0, 1))
def call_in_loop(x, k):
    s = 0.0
    for i in range(3):
        x = x * 0.9 + 0.1
        s = s + energy(x, k) * s + 1.0
    return s


@program(make=lambda g: (0.7,))
def call_in_while(x):
    y = x
    while square(y) < 30.0:
        y = scaled(y, 1.5, shift=square(x))
    return y


@program(make=lambda g: (0.7,), note="a call in a condition and in a branch")
def call_in_branch(x):
    if square(x) > 0.1:
        y = scaled(square(x))
    else:
        y = x
    return y if scaled(y) > 0 else square(y)


@program(make=lambda g: (g.normal(size=4),), note="callee writes into its argument")
def callee_writes(x):
    v = x * 2.0
    normalise_in_place(v)
    return np.sum(v * np.arange(4.0))


@program(make=lambda g: (g.normal(size=4),), note="callee writes into the caller's argument")
def callee_writes_into_callers_argument(x):
    s = np.sum(x**2)
    normalise_in_place(x)
    return s + np.sum(x * np.arange(4.0))


@program(make=lambda g: (g.normal(size=6), 0.3), wrt=(0, 1), note="callee writes into a view")
def callee_writes_into_view(x, c):
    u = x.copy()
    add_into(u[1:], u[:-1], c)
    add_into(u[::2], x[:3], 2.0)
    normalise_in_place(u[2:])
    return np.sum(u**2 * np.arange(6.0))


@program(make=lambda g: (g.normal(size=4), 0.3), wrt=(0, 1), note="the same array passed twice")
def same_array_twice(x, c):
    u = x.copy()
    add_into(u, u, c)
    v = u * 1.0
    shift_into(v, v)
    return np.sum(u * v * np.arange(4.0))


@program(make=lambda g: (g.normal(size=4),), note="same array twice, only read")
def same_array_twice_read(x):
    return _library.weighted_norm(x, x) + np.sum(first(x, x))


@program(make=lambda g: (g.normal(size=4),), note="callee fills a buffer")
def callee_fills(x):
    buf = np.empty(4)
    fill_with_squares(buf, x)
    s = np.sum(buf * x)
    fill_with_squares(buf, buf)
    return s + np.sum(buf)


@program(make=lambda g: (g.normal(size=4),), note="buffer filled in each trip")
def callee_fills_in_loop(x):
    buf = np.zeros(4)
    s = 0.0
    for k in range(3):
        fill_with_squares(buf, x)
        s += np.sum(buf * x)
        x = x + 0.1 * buf
    return s


@program(make=lambda g: (g.normal(size=4),), note="returns what it wrote into")
def returns_its_argument(x):
    buf = np.zeros(4)
    y = shift_into(buf, x)
    y *= x
    return np.sum(buf**2)


@program(
    make=lambda g: (g.normal(size=4), g.normal(size=4)), wrt=(0, 1), note="returns an argument"
)
def returns_first_argument(x, y):
    a = x * 1.0
    r = first(a, y)
    r += y**2
    return np.sum(a**2)


@program(
    make=lambda g: (np.array([1.0, 2.0]), np.array([0.5, 0.1])),
    wrt=(0, 1),
    note="returns one of its arguments, by data",
)
def returns_either_argument(x, y):
    a = x * 2.0
    b = y * 3.0
    r = bigger(a, b)
    return np.sum(r**2) + np.sum(a * b)


@program(
    make=lambda g: (np.array([1.0, 2.0]), np.array([0.5, 0.1])),
    wrt=(0, 1),
    note="and is then written",
    may_refuse=True,
)
def returned_argument_written(x, y):
    a = x * 2.0
    b = y * 3.0
    r = bigger(a, b)
    r *= 2.0
    return np.sum(a * b) + np.sum(a**2)


@program(make=lambda g: (g.normal(size=6),), note="callee returns a view that is written")
def returned_view_written(x):
    u = x * x
    v = interior(u)
    v *= x[0]
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=6),), note="two results")
def two_results(x):
    m, v = statistics(x)
    lo, hi = halves(x)
    return m * v + np.sum(lo * hi**2)


@program(make=lambda g: (g.normal(size=6),), note="one of two results is used")
def unused_result(x):
    _, v = statistics(x)
    return v * statistics(x)[0]


@program(make=lambda g: (g.normal(size=6),), note="functions from another module")
def from_other_module(x):
    return np.sum(soft_threshold(x, 0.1)) + _library.weighted_norm(x, WEIGHT * x)


WEIGHT = 0.3


@program(make=lambda g: (0.8, 0.4), wrt=(0, 1), note="names collide: another module's square")
def same_name_elsewhere(x, y):
    return square(x) * _library.square(y) + _library.apply_square(x * y)


@program(make=lambda g: (g.normal(size=6), 0.5), wrt=(0, 1), note="in-place stencil in a function")
def stencil_function(u, c):
    def_steps = 4
    u = u.copy()
    for _ in range(def_steps):
        _library.diffuse(u, c)
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=6), 0.5), wrt=(0, 1), note="callee with early returns")
def callee_with_early_returns(x, c):
    s = 0.0
    for v in x:
        s += _library.huber(v, c)
    return s


@program(make=lambda g: (g.normal(size=4),), note="callee with unused argument and constant result")
def constant_callee(x):
    return np.sum(x) * _library.dimension(x) + _library.ignore(x, np.sum(x**2))


@program(make=lambda g: (g.normal(size=4),), note="one statement, result dropped")
def call_without_result(x):
    y = x * 1.0
    shift_into(y, x)
    return np.sum(y**2 * np.arange(4.0))


@program(make=lambda g: (0.6, 1.2), wrt=(0, 1), note="functools.partial")
def partial(x, y):
    double = functools.partial(scaled, factor=2.0)
    return double(x) * double(y, shift=x)


@functools.lru_cache(maxsize=None)
def cached_weights(n):
    return np.arange(float(n))


@program(
    make=lambda g: (g.normal(size=4),),
    note="unknown function of inactive values only",
    may_refuse=True,
)
def inactive_unknown_call(x):
    return np.sum(x * cached_weights(4))


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@logged
def decorated_square(x):
    return x * x


@program(make=lambda g: (0.6,), note="decorated helper", may_refuse=True)
def decorated_callee(x):
    return decorated_square(x) * 3.0


def variadic(*values, **options):
    total = 0.0
    for v in values:
        total = total * options["decay"] + v**2
    return total


@program(make=lambda g: (0.6, 0.9), wrt=(0, 1), note="*args, **kwargs", may_refuse=True)
def variadic_callee(x, y):
    return variadic(x, y, x * y, decay=0.5)


@program(make=lambda g: (np.array([0.6, 0.9]),), note="f(*args)", may_refuse=True)
def starred_call(p):
    args = (p[0], p[1])
    return nested_calls(*args)


def rhs(u, p):
    return np.array([p[0] * u[0] - p[1] * u[0] * u[1], p[3] * u[0] * u[1] - p[2] * u[1]])


@program(make=lambda g: (np.array([1.1, 0.4, 0.4, 0.1]), np.array([2.0, 1.0])), wrt=(0, 1))
def array_of_scalars_callee(p, u):
    for _ in range(5):
        u = u + 0.05 * rhs(u, p)
    return np.sum(u**2)


def both_written(a, b):
    a[0] = b[1]
    b[:] = a * b
    return np.sum(a) * 2.0


@program(make=lambda g: (g.normal(size=3), g.normal(size=3)), wrt=(0, 1))
def callee_writes_two_arguments(x, y):
    s = both_written(x, y)
    t = both_written(y, x)
    return s * t + np.sum(x * y)


@program(make=lambda g: (g.normal(size=3),), note="raises under a condition")
def checked(x):
    return _library.checked_sqrt(np.sum(x**2)) * 2.0


@program(make=lambda g: (g.normal(size=3),), note="three levels of calls, writes at the bottom")
def deep_writes(x):
    u = np.zeros(3)
    _library.level_one(u, x)
    _library.level_one(u, x * u)
    return np.sum(u**2)
