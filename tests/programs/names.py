"""Names that a generator of code could trip over, and odd but legal signatures."""

from math import sqrt as root

import numpy
import numpy as np
import numpy as xnp

from . import _library
from .corpus import program

y_bar = 100.0
value = 7.0
SHIFT = 0.5


@program(make=lambda g: (0.7, 0.4), wrt=(0, 1), note="the user's own x_bar")
def own_bar_names(x, x_bar):
    y = x * x_bar
    x_bar_bar = y * x
    t_bar = x_bar_bar + x_bar**2
    return t_bar * y


@program(make=lambda g: (0.7, 5), note="the user's own stacks, trips and value")
def own_stack_names(x, trips):
    x_stack = 0.0
    value = x
    for _ in range(trips):
        value = value * x + x_stack
        x_stack = x_stack + value * 0.1
    return value * x_stack


@program(make=lambda g: (0.7,), note="a global that looks like an adjoint")
def global_bar(y):
    z = y * y_bar
    return z * value * 0.001 + SHIFT * y**2


@program(make=lambda g: (g.normal(size=4),), note="builtins shadowed by locals")
def shadowed_builtins(x):
    sum = 0.0
    len = 4
    list = x * 2.0
    for range_ in range(len):
        sum += list[range_] ** 2
    return sum


@program(make=lambda g: (g.normal(size=4), 2.0), wrt=(0, 1), note="np is a local variable")
def np_is_a_local(x, np):
    y = x * np
    return xnp.sum(y**2) * np


@program(make=lambda g: (g.normal(size=4),), note="several names for numpy")
def several_numpys(x):
    return np.sum(x) * xnp.mean(x**2) + numpy.max(x)


@program(make=lambda g: (0.7,), note="renamed import")
def renamed_import(x):
    return root(x) * x


@program(make=lambda g: (0.7, 0.4), wrt=(0, 1), note="positional-only and keyword-only")
def signature_kinds(x, /, y, *, k=3):
    return x**k * y


@program(make=lambda g: (0.7, 0.4), wrt=(0, 1), note="underscore and unicode names")
def odd_names(_x, θ):
    _ = _x * θ
    __t = _ + θ**2
    σ = __t * _
    return σ * _x


@program(make=lambda g: (0.7,), note="a function called grad, a variable called pullback")
def library_words(x):
    def grad(v):
        return v * v

    pullback = grad(x)
    seed = pullback + x
    return seed * pullback


@program(make=lambda g: (0.7,), note="keeps its own name as a local")
def self_name(x):
    self_name = x * x
    return self_name + x


@program(make=lambda g: (g.normal(size=3),), note="loop variable reuses an argument's name")
def loop_reuses_argument(x):
    s = 0.0
    for x in x:
        s += x**2
    return s * x


@program(make=lambda g: (g.normal(size=3), 2), note="counter is overwritten in the body")
def counter_overwritten(x, n):
    s = 0.0
    for i in range(3):
        s += x[i] ** 2
        i = n
        s *= i
    return s


@program(make=lambda g: (g.normal(size=3),), note="the bound of the loop changes inside it")
def bound_changes(x):
    n = 3
    s = 1.0
    for i in range(n):
        n = n + 1
        s = s * x[i] + n
    return s * n


@program(make=lambda g: (g.normal(size=3),), note="the array that is iterated is rebound")
def iterated_is_rebound(x):
    s = 0.0
    y = x * 2.0
    for v in y:
        y = x + s
        s = s + v * y[0]
    return s


@program(make=lambda g: (g.normal(size=4),), note="the array that is iterated is written")
def iterated_is_written(x):
    u = x * 2.0
    s = 0.0
    for v in u:
        u[-1] = u[-1] * 0.5 + v
        s = s * v + v**2
    return s + u[-1]


@program(make=lambda g: (g.normal(size=4),), note="the condition's operands change in the branch")
def condition_changes_in_loop(x):
    s = 0.2
    for v in x:
        k = s * v
        if k > 0.1:
            v = -v
            s = s + v**2
            k = s
        s = s + 0.3 * k * v
    return s


@program(make=lambda g: (g.normal(size=4),), note="index array written between uses")
def index_array_changes(x):
    idx = np.array([0, 1, 2, 3])
    s = 0.0
    for k in range(3):
        s += np.sum(x[idx] * np.arange(4.0) ** k)
        y = x[idx] ** 2
        idx[0] = idx[k + 1]
        s += y[0]
    return s


@program(make=lambda g: (g.normal(size=4),), note="mask changes between store and reverse")
def mask_changes(x):
    mask = np.array([True, False, True, False])
    u = x * 2.0
    for k in range(3):
        u[mask] *= x[mask]
        mask[k] = not mask[k]
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=4),), note="factors and constants overwritten in place")
def inactive_buffer_changes(x):
    w = np.ones(4)
    s = 0.0
    for k in range(4):
        w[k] = k + 2.0
        s += np.sum(w * x) * x[k]
        w *= 0.5
    return s


@program(make=lambda g: (g.normal(size=4),), note="an inactive float changes between uses")
def inactive_float_changes(x):
    c = 1.0
    s = 0.0
    for v in x:
        s = s * c + v * v
        c = c * 0.5 + 1.0
    c = -c
    return s * c


@program(
    make=lambda g: (g.normal(size=4), np.random.default_rng(3)),
    note="random numbers: drawn once",
    may_refuse=True,
)
def random_numbers(x, rng):
    noise = rng.normal(size=4)
    s = 0.0
    for k in range(3):
        s += np.sum((x + rng.normal(size=4)) ** 2 * noise)
    return s


@program(make=lambda g: (0.7,), note="two functions on one line of a lambda table")
def lambdas_on_one_line(x):
    f, g = (lambda v: v * v), (lambda v: v + 3.0)
    return f(x) * g(x)


@program(make=lambda g: (0.7,), note="semicolons and one-line suites")
def one_liners(x):
    a = x * x; b = a * x  # fmt: skip  # noqa: E702
    if b > 0: b = b * 2  # fmt: skip  # noqa: E701
    for k in range(2): b = b * a  # fmt: skip  # noqa: E701
    return a + b


@program(make=lambda g: (g.normal(size=4),), note="long expressions that must be wrapped")
def long_expression(observations):
    weighted_mean_of_observations = np.sum(observations * np.array([0.1, 0.2, 0.3, 0.4]))
    centred_observations_to_be_weighted = observations - weighted_mean_of_observations
    return np.sum(
        centred_observations_to_be_weighted**2 * np.exp(-centred_observations_to_be_weighted)
        + weighted_mean_of_observations * centred_observations_to_be_weighted
        - 0.25 * np.sin(centred_observations_to_be_weighted) * np.cos(weighted_mean_of_observations)
    )


@program(make=lambda g: (0.7,), note="strings with braces, quotes and backslashes pass through")
def strings(x):
    label = "a {b} 'c' \"d\" \\n"
    message = f"{label!r:>20} {x:.3f} {{}}"
    assert len(message) > 3, message
    return x * x


@program(make=lambda g: (0.7,), note="large, small and special constants")
def constants(x):
    big = 1e300
    s = x * 1e-300 * big + 0.1 * x**2
    if s > float("inf") or s == -np.inf:
        s = s * np.nan
    return s + 1_000 * x + 0x10 * x


def bent(x):
    return np.sin(x)


@program(make=lambda g: (0.7,), note="two modules use one name for two functions, two numbers")
def same_names_in_two_modules(x):
    return bent(x) * SHIFT + _library.shifted_and_bent(x) * SHIFT


@program(make=lambda g: (g.normal(size=3),), note="a global that a helper of ours is called, too")
def spread(x):
    return np.sum(np.max(x * np.ones((2, 3)), axis=1, keepdims=True) * x)
