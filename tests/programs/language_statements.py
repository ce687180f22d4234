"""`match`, unpacking, `del`, imports, loops with `else`, and the other statements of Python."""

import enum
import math
from collections import namedtuple
from dataclasses import dataclass

import numpy as np

from .corpus import program

Point = namedtuple("Point", "x y")
RATE = 1.7
LEVEL = 3
POWERS = {1, 2}
WEIGHTS = {"a": 0.5, "b": 1.5}


class Scheme(enum.Enum):
    EULER = 1
    MIDPOINT = 2


@dataclass
class Disc:
    radius: float
    height: float = 1.0


@dataclass
class Box:
    a: float
    b: float


def positive(g, n=None):
    return g.uniform(0.3, 1.5, size=n)


# --- match ------------------------------------------------------------------------------------


def by_name(x, mode):
    match mode:
        case "square":
            return x * x
        case "cube" | "third":
            return x**3
        case _:
            return math.exp(-x)


@program(make=lambda g: (0.7, "square"))
def match_string_first(x, mode):
    return by_name(x, mode)


@program(make=lambda g: (0.7, "third"))
def match_string_alternatives(x, mode):
    match mode:
        case "square":
            return x * x
        case "cube" | "third":
            return x**3
        case _:
            return math.exp(-x)


@program(make=lambda g: (0.7, "other"))
def match_string_default(x, mode):
    y = 2.0 * x
    match mode:
        case "square":
            y = x * x
        case _:
            y = y + math.exp(-x)
    return y * x


@program(make=lambda g: (0.7,))
def match_in_three_calls(x):
    return by_name(x, "square") + by_name(x, "cube") * by_name(x, "none")


@program(make=lambda g: (0.7, 2))
def match_number(x, order):
    match order:
        case 1:
            return x
        case 2:
            return x * x
        case 3 | 4:
            return x**3
    return 0.0


@program(make=lambda g: (0.7, -1))
def match_negative_number(x, sign):
    match sign:
        case -1:
            y = -x * x
        case 0:
            y = 0.0
        case 1:
            y = x * x
        case _:
            raise ValueError(f"no sign: {sign}")
    return y


@program(make=lambda g: (0.7, None))
def match_none(x, w):
    match w:
        case None:
            return x * x
        case True:
            return x
        case _:
            return w * x


@program(make=lambda g: (0.7, True))
def match_true(x, flag):
    match flag:
        case None:
            return x * x
        case True:
            return x**3
        case _:
            return x


@program(make=lambda g: (0.7, False), may_refuse=True, note="falls to None at the end")
def match_true_and_false(x, flag):
    match flag:
        case True:
            return x**3
        case False:
            return x


@program(make=lambda g: (0.7, Scheme.MIDPOINT))
def match_enum(x, scheme):
    match scheme:
        case Scheme.EULER:
            return x + 0.1 * x**2
        case Scheme.MIDPOINT:
            half = x + 0.05 * x**2
            return x + 0.1 * half**2


@program(make=lambda g: (0.7, math.pi))
def match_dotted_value(x, angle):
    match angle:
        case math.pi:
            return math.sin(x)
        case math.tau:
            return math.cos(x)
        case _:
            return x


@program(make=lambda g: (0.7,))
def match_capture(x):
    match x * x:
        case y:
            return y * x


@program(make=lambda g: (0.7,))
def match_capture_guard(x):
    match x * x:
        case y if y > 1.0:
            return y
        case y if y > 0.1:
            return y * x
        case _:
            return 0.0


@program(make=lambda g: (0.7,))
def match_guard_falls_through(x):
    y = 2.0
    match x:
        case y if y > 1.0:
            return y
    return y * x


@program(make=lambda g: ((0.7, 0.3),))
def match_pair(p):
    match p:
        case (a, b):
            return a * b**2
        case _:
            return 0.0


@program(make=lambda g: ((0.7, 0.3),))
def match_pair_guard(p):
    match p:
        case (a, b) if a > b:
            return a * b**2
        case (a, b):
            return a + b


@program(make=lambda g: ((0.2, 0.3),))
def match_pair_guard_fails(p):
    match p:
        case (a, b) if a > b:
            return a * b**2
        case (a, b):
            return a + b * a


@program(make=lambda g: ((0.2, 0.3),))
def match_failing_guard_keeps_what_it_captured(p):
    a = 5.0
    match p:
        case (a, b) if a > b:
            return a * b**2
    return a * p[1]


@program(make=lambda g: ([0.2, 0.3, 0.9],))
def match_star(v):
    match v:
        case [first, *rest]:
            return first * sum(rest)
        case _:
            return 0.0


@program(make=lambda g: ([0.2, 0.3],))
def match_lengths(v):
    match v:
        case []:
            return 0.0
        case [a]:
            return a**2
        case [a, b]:
            return a**2 * b
        case _:
            raise ValueError("too many")


@program(make=lambda g: ([0.2, 0.3, 0.9],), may_refuse=True, note="falls to None at the end")
def match_star_or_nothing(v):
    match v:
        case [first, *rest]:
            return first * sum(rest)
        case []:
            return 0.0


@program(make=lambda g: ([0.2, 0.3, 0.9, 1.1],))
def match_star_middle(v):
    match v:
        case [a]:
            return a
        case [a, *inner, b]:
            return a * b + sum(inner) * inner[0]
        case _:
            return 0.0


@program(make=lambda g: ((0.2, 0.3, 0.9),))
def match_star_ignored(v):
    match v:
        case (a, *_):
            return a * a
        case _:
            return 0.0


@program(make=lambda g: (0.7, 0.4), wrt=(0, 1))
def match_two_subjects(x, y):
    match x, y:
        case 0.0, b:
            return b
        case a, b if a > b:
            return a * b
        case _:
            return x + y


@program(make=lambda g: (0.3, 0.4), wrt=(0, 1))
def match_two_subjects_swapped(x, y):
    match x, y:
        case (y, x):
            return x * y**2
    return 0.0


@program(make=lambda g: (0.3, ("scale", 2.0)))
def match_command(x, command):
    match command:
        case ("scale", factor):
            return x * x * factor
        case ("shift", by):
            return x * x + by
        case ("clip", low, high):
            return min(max(x, low), high)


def apply(x, command):
    match command:
        case ["scale", factor]:
            return x * factor
        case ["shift", by]:
            return x + by
        case ["poly", *coefficients]:
            total = 0.0
            for c in coefficients:
                total = total * x + c
            return total
        case ["noop"]:
            return x
        case _:
            raise ValueError("unknown command")


@program(
    make=lambda g: (0.3, [("scale", 2.0), ("shift", 0.4), ("poly", 1.0, 0.5, 2.0), ("noop",)]),
    may_refuse=True,
    note="tuples of several lengths in a list",
)
def match_program_of_commands(x, commands):
    for command in commands:
        x = apply(x, command)
    return x * x


@program(make=lambda g: (0.3,))
def match_nested(x):
    tree = ("+", ("*", x, 2.0), ("neg", x))
    match tree:
        case ("+", ("*", a, b), ("neg", c)):
            return a * b - c * a
        case _:
            return 0.0


def evaluate(tree, x):
    match tree:
        case ("+", left, right):
            return evaluate(left, x) + evaluate(right, x)
        case ("*", left, right):
            return evaluate(left, x) * evaluate(right, x)
        case ("sin", inner):
            return math.sin(evaluate(inner, x))
        case "x":
            return x
        case float(c) | int(c):
            return c


@program(make=lambda g: (0.3,))
def match_expression_tree(x):
    return evaluate(("+", ("*", "x", ("sin", "x")), ("*", 2.0, "x")), x)


@program(make=lambda g: ({"w": 0.3, "b": 0.7},))
def match_mapping(p):
    match p:
        case {"w": w, "b": b}:
            return w * w * b
        case {"w": w}:
            return w


@program(make=lambda g: ({"w": 0.3},))
def match_mapping_missing_key(p):
    match p:
        case {"w": w, "b": b}:
            return w * w * b
        case {"w": w}:
            return w**3


@program(make=lambda g: (0.3, {"kind": "disc", "h": 2.0}))
def match_mapping_kind(x, p):
    match p:
        case {"kind": "box", "a": a}:
            return a * x
        case {"kind": "disc", "h": h}:
            return x * x * h


@program(make=lambda g: (0.3, {"kind": "disc", "h": 2.0, "k": 0.5}))
def match_mapping_kind_and_rest(x, p):
    match p:
        case {"kind": "disc", **rest}:
            return x * x * rest["h"] * len(rest)
        case _:
            return x


@program(make=lambda g: (0.3,))
def match_mapping_rest(x):
    match {"r": x, "h": x * x, "k": 2.0}:
        case {"r": r, **rest}:
            return r * rest["h"] + sum(rest.values())


@program(make=lambda g: (0.3,))
def match_class_float(x):
    match x:
        case int():
            return x
        case float(v):
            return v * v
        case str():
            return 0.0


@program(make=lambda g: (positive(g, 3),))
def match_class_array(x):
    match x:
        case float() | int():
            return x * x
        case np.ndarray():
            return np.sum(x * x)


@program(make=lambda g: (0.4,))
def match_class_array_with_float(x):
    match x:
        case np.ndarray(shape=(n,)):
            return np.sum(x * x) / n
        case _:
            return x * x


@program(make=lambda g: (positive(g, 3),))
def match_array_attribute(x):
    match x.shape:
        case (n,):
            return np.sum(x * x) / n
        case (n, m):
            return np.sum(x * x) / (n * m)


@program(make=lambda g: (positive(g, (3, 2)),))
def match_array_rank(x):
    match x.ndim:
        case 1:
            return np.sum(x**3)
        case 2:
            return np.sum(x**2)


@program(make=lambda g: (Point(0.4, 0.7),))
def match_named_tuple(p):
    match p:
        case Point(x=0.0, y=y):
            return y
        case Point(x=x, y=y):
            return x * y**2


@program(make=lambda g: (Point(0.4, 0.7),))
def match_named_tuple_positional(p):
    match p:
        case Point(x, y) if x > y:
            return x
        case Point(x, y):
            return x * y**2


@program(make=lambda g: (0.4,))
def match_named_tuple_local(x):
    match Point(x, x * x):
        case Point(a, b):
            return a * b


@program(make=lambda g: (Disc(0.4, 2.0),))
def match_dataclass(shape):
    match shape:
        case Box(a=a, b=b):
            return a * b
        case Disc(radius=r, height=h):
            return math.pi * r**2 * h


@program(make=lambda g: (Disc(0.4, 2.0),))
def match_dataclass_positional(shape):
    match shape:
        case Box(a, b):
            return a * b
        case Disc(r, h) if r > 0:
            return math.pi * r**2 * h
        case _:
            return 0.0


def area(shape):
    match shape:
        case Disc(radius=r):
            return math.pi * r**2
        case Box(a, b):
            return a * b


@program(make=lambda g: (0.4,))
def match_dataclass_local(x):
    return area(Disc(x)) * area(Box(x, 2.0))


@program(make=lambda g: (0.4,))
def match_as(x):
    match (x, 2.0):
        case (float() as a, 2.0 as b) as pair:
            return a * b * len(pair)


@program(make=lambda g: (0.4, 3), wrt=(0,))
def match_or_captures(x, n):
    match (n, x):
        case (0, y) | (3, y):
            return y * y
        case _:
            return x


@program(make=lambda g: ((1, 0.6), 0.3), wrt=(1,))
def match_or_different_places(p, x):
    match p:
        case (0, r) | (r, 0.6):
            return r * x * x
        case _:
            return p[0] * x


@program(make=lambda g: (positive(g, 4),))
def match_or_guard_in_loop(x):
    total = 0.0
    for i in range(4):
        match (i % 2, x[i]):
            case (0, v) | (1, v) if v > 0.7:
                total += v * v
            case (1, _):
                total += x[i]
    return total


@program(make=lambda g: (positive(g, 4),))
def match_in_loop(x):
    total = 0.0
    for i in range(len(x)):
        match i % 3:
            case 0:
                total += x[i]
            case 1:
                total *= x[i]
            case _:
                total -= x[i] ** 2
    return total


@program(make=lambda g: (positive(g, 5),))
def match_with_exits(x):
    total = 0.0
    for i, v in enumerate(x):
        match i:
            case 1:
                continue
            case 4:
                break
            case k if k > 2:
                total += v * k
            case _:
                total += v**2
    return total


@program(make=lambda g: (positive(g, 5),))
def match_data_dependent(x):
    total = 0.0
    for v in x:
        match v > 0.8:
            case True:
                total += v
            case _:
                total += v**2
    return total


@program(make=lambda g: (0.4,))
def match_sequence_is_not_a_string(x):
    match "ab":
        case [a, b]:
            return x
        case str():
            return x * x


@program(make=lambda g: (positive(g, 2),))
def match_sequence_is_not_an_array(x):
    match x:
        case [a, b]:
            return a * b
        case _:
            return np.sum(x**2)


@program(make=lambda g: (0.4,))
def match_nested_function(x):
    def step(kind, y):
        match kind:
            case "a":
                return y * x
            case _:
                return y + x

    return step("a", x) * step("b", x)


@program(make=lambda g: (0.4,))
def match_inside_match(x):
    mode = ("outer", ("inner", 2.0))
    match mode:
        case ("outer", rest):
            match rest:
                case ("inner", k):
                    return k * x * x
                case _:
                    return x
        case _:
            return 0.0


# --- unpacking --------------------------------------------------------------------------------


@program(make=lambda g: (0.7,))
def star_first(x):
    a, *b = [x, x * 2, x * 3]
    return a * sum(b)


@program(make=lambda g: (0.7,))
def star_last(x):
    *c, d = [x, x * 2, x * 3]
    return d * sum(c)


@program(make=lambda g: (0.7,))
def star_twice(x):
    a, *b = [x, x * 2, x * 3]
    *c, d = b
    return a * d + sum(c)


@program(make=lambda g: ([0.7, 0.4, 0.2, 0.9],))
def star_of_list_argument(v):
    first, *middle, last = v
    return first * last + sum(middle) * len(middle)


@program(make=lambda g: ([0.7, 0.4, 0.2, 0.9],))
def star_last_of_list_argument(v):
    *init, last = v
    return sum(init) * last


@program(make=lambda g: ((0.7, 0.4, 0.2),))
def star_of_tuple_argument(v):
    *init, last = v
    return init[0] * init[1] * last


@program(make=lambda g: (positive(g, 4),))
def star_of_array(v):
    first, *rest = v
    return first * rest[0] + rest[-1]


@program(make=lambda g: (0.7, 0.4), wrt=(0, 1))
def nested_targets(x, y):
    (a, b), c = (x, y), x * y
    [d, (e, f)] = [a, (b, c)]
    return d * e + f


@program(make=lambda g: (0.7, 0.4), wrt=(0, 1))
def swapped(x, y):
    x, y = y, x * y
    return x * y**2


@program(make=lambda g: (0.7,))
def chained_targets(x):
    a = b = x * x
    a += 1.0
    return a * b


@program(make=lambda g: (0.7,))
def chained_target_with_element(x):
    v = [0.0, 0.0]
    a = v[0] = x * x
    v[1] = a * x
    return v[0] * v[1]


@program(make=lambda g: (0.7,))
def chained_unpacking(x):
    p = a, b = (x, x * x)
    return a * b * p[0]


@program(make=lambda g: (0.7,))
def star_in_display(x):
    a = [x, x * x]
    b = [1.0, *a, x]
    c = (*a, *b)
    return sum(b) * c[1] * len(c)


@program(make=lambda g: ([(0.7, 0.2), (0.1, 0.9)],))
def unpacking_in_for(pairs):
    total = 1.0
    for a, b in pairs:
        total = total * a + b
    return total


@program(make=lambda g: ([(0.7, (0.2, 1.0)), (0.1, (0.9, 2.0))],))
def nested_unpacking_in_for(pairs):
    total = 1.0
    for i, (a, (b, c)) in enumerate(pairs):
        total = total * a + b * c * i
    return total


# --- del --------------------------------------------------------------------------------------


@program(make=lambda g: (0.7,))
def del_name(x):
    y = x * x
    z = y * 2
    del y
    return z * x


@program(make=lambda g: (positive(g, 3),))
def del_several_names(x):
    a, b = np.sin(x), np.cos(x)
    c = a * b
    del a, b
    return np.sum(c)


@program(make=lambda g: (positive(g, 3),))
def del_in_loop(x):
    total = 0.0
    for i in range(3):
        y = x * i
        total += np.sum(y * x)
        del y
    return total


@program(make=lambda g: (0.7,))
def del_last_of_list(x):
    a = [x, x * x, x**3]
    del a[-1]
    return a[0] * a[-1]


@program(make=lambda g: (0.7,))
def del_element_of_list(x):
    a = [x, x * x, x**3]
    del a[1]
    return a[0] * a[1]


@program(make=lambda g: (0.7,))
def del_key(x):
    d = {"a": x, "b": x * x}
    del d["a"]
    return sum(d.values())


@program(make=lambda g: (0.7,))
def del_key_of_settings(x):
    settings = {"scale": 2.0, "name": "run"}
    del settings["name"]
    return x * x * settings["scale"] * len(settings)


# --- names ------------------------------------------------------------------------------------


@program(make=lambda g: (0.7,))
def global_read(x):
    global RATE
    return x * x * RATE


@program(make=lambda g: (0.7,))
def nonlocal_read(x):
    rate = x * 2.0

    def step(y):
        nonlocal rate
        return y * rate

    return step(x)


@program(make=lambda g: (0.7,))
def imports_inside(x):
    import math as m
    from math import cos, sin

    return m.exp(-x) * sin(x) + cos(x)


@program(make=lambda g: (positive(g, 3),))
def import_of_submodule(x):
    import numpy.linalg as la
    from numpy import dot

    return la.norm(x) * dot(x, x)


@program(make=lambda g: (positive(g, 3), "slow"))
def import_under_a_switch(x, mode):
    if mode == "fast":
        from numpy import sin as function
    else:
        from numpy import cos as function
    return np.sum(function(x))


@program(make=lambda g: (positive(g, 3),))
def import_that_may_fail(x):
    try:
        from numpy import trapezoid
    except ImportError:
        from numpy import trapz as trapezoid
    return trapezoid(x * x)


@program(make=lambda g: (0.7,))
def annotations(x: float) -> float:
    y: float = x * x
    z: "np.ndarray"  # noqa: F842
    w: list[float] = [y, x]
    return w[0] * w[1]


@program(make=lambda g: (0.7,))
def type_comments(x):
    # type: (float) -> float
    y = x * x  # type: float
    return y * x


@program(make=lambda g: (0.7,))
def docstring_and_strings(x):
    """A docstring.

    With more than one line.
    """
    y = x * x
    """A string as a comment."""
    ...
    pass
    return y


# --- assert, raise ----------------------------------------------------------------------------


@program(make=lambda g: (0.7,))
def asserts(x):
    assert x > 0, f"negative: {x}"
    assert isinstance(x, float)
    y = math.sqrt(x)
    assert y > 0, ("not positive", y)
    return y * x


@program(make=lambda g: (0.7, "a"))
def raises(x, mode):
    if x > 10:
        raise ValueError("too large: %g" % x)
    if mode not in ("a", "b"):
        raise KeyError(mode)
    if x < 0:
        raise ArithmeticError
    return x * x


@program(make=lambda g: (positive(g, 3),))
def raises_in_loop(x):
    total = 0.0
    for i, v in enumerate(x):
        if v <= 0:
            raise ValueError(f"element {i} is {v:.3f}") from None
        total += math.log(v)
    return total


@program(make=lambda g: (0.7,))
def debug_flag(x):
    y = x * x
    if __debug__:
        y = y * 2.0
    return y


# --- loops ------------------------------------------------------------------------------------


@program(make=lambda g: (0.7,))
def for_else(x):
    for i in range(3):
        if x * i > 5:
            break
    else:
        x = x * 2
    return x * x


@program(make=lambda g: (0.7,))
def for_else_left(x):
    for i in range(30):
        x = x * 1.2
        if x > 2:
            break
    else:
        x = x * 100
    return x * i


@program(make=lambda g: (0.7,))
def while_else(x):
    n = 0
    while n < 3:
        x = x * 1.1
        n += 1
    else:
        x = x * x
    return x


@program(make=lambda g: (0.7,))
def while_true(x):
    n = 0
    while True:
        x = x + 0.1 * x * x
        n += 1
        if n >= 4:
            break
    return x * n


@program(make=lambda g: (0.7,))
def while_one(x):
    while 1:
        x = 0.5 * (x + 2.0 / x)
        if abs(x * x - 2.0) < 1e-3:
            return x * x * x


@program(make=lambda g: ([0.7, 0.2, 0.4],))
def enumerate_from_one(v):
    total = 0.0
    for k, a in enumerate(v, start=1):
        total += a**k
    return total


@program(make=lambda g: ([0.7, 0.2, 0.4], [1.0, 2.0, 3.0]), wrt=(0, 1))
def zip_strict(v, w):
    return sum(a * b**2 for a, b in zip(v, w, strict=True))


@program(make=lambda g: (positive(g, 4), positive(g, 4)), wrt=(0, 1))
def zip_strict_of_arrays(v, w):
    total = 0.0
    for a, b in zip(v, w, strict=True):
        total = total * a + b
    return total


@program(make=lambda g: ([0.7, 0.2, 0.4],))
def reversed_list(v):
    total = 0.0
    for a in reversed(v):
        total = total * 0.5 + a * a
    return total


@program(make=lambda g: (positive(g, 6),))
def ranges_with_steps(x):
    total = 0.0
    for i in range(0, 6, 2):
        total += x[i] * i
    for i in range(5, -1, -3):
        total *= x[i]
    for i in reversed(range(1, 4)):
        total += x[i] ** i
    return total


@program(make=lambda g: ({"a": 0.3, "b": 0.5},))
def over_a_dict(d):
    total = 0.0
    for k in d:
        total += d[k] ** 2
    for k in d.keys():
        total *= d[k]
    for k, v in d.items():
        total += v * len(k)
    for v in d.values():
        total += v**3
    return total


@program(make=lambda g: (0.3,))
def over_a_set(x):
    total = 0.0
    for k in {3, 1, 2}:
        total += x**k
    for k in sorted(POWERS):
        total *= k + x
    for k in POWERS:
        total += x**k
    return total


@program(make=lambda g: (0.3,))
def over_a_global_dict(x):
    total = 0.0
    for name in WEIGHTS:
        total += WEIGHTS[name] * x**2
    for name, weight in WEIGHTS.items():
        if name in POWERS or name.startswith("a"):
            total += x * weight
    return total


@program(make=lambda g: (0.3,))
def over_a_string(x):
    total = 1.0
    for c in "abca":
        if c == "a":
            total *= x
        else:
            total += x
    return total


@program(make=lambda g: (0.3,), may_refuse=True, note="a function is chosen while it runs")
def over_a_split_string(x):
    total = 0.0
    for word in "sin cos exp".split():
        total += {"sin": math.sin, "cos": math.cos, "exp": math.exp}[word](x)
    return total


@program(make=lambda g: (0.3,))
def over_a_tuple_of_settings(x):
    total = 0.0
    for name, weight in (("a", 1.0), ("b", 2.0)):
        if name != "b" or weight > 1:
            total += weight * x * x
    return total


# --- slices -----------------------------------------------------------------------------------


@program(make=lambda g: (positive(g, 6),))
def slices_in_variables(x):
    s = slice(1, 4)
    t = np.s_[::2]
    u = np.s_[1:-1]
    return x[s].sum() * x[t].sum() + x[u].prod()


@program(make=lambda g: (positive(g, (4, 5)),))
def slices_in_tuples(x):
    inner = (slice(1, -1), slice(1, -1))
    left = np.s_[1:-1, :-2]
    return np.sum(x[inner] * x[left][:, :3]) + np.sum(x[np.index_exp[0]])


@program(make=lambda g: (positive(g, 6),))
def slices_stored_through(x):
    s = slice(None, 3)
    y = np.zeros(6)
    y[s] = x[s] ** 2
    y[slice(3, None)] = x[3:] * y[s]
    return np.sum(y)


@program(make=lambda g: ([0.1, 0.5, 0.9, 0.3],))
def slice_of_list_in_variable(v):
    s = slice(1, 3)
    return sum(v[s]) * v[0]


class Layout:
    inner = slice(1, -1)


@program(make=lambda g: (positive(g, 4),))
def view_through_a_slice(x):
    s = slice(1, 3)
    y = x * 1.0
    v = y[s]
    v[0] = 7.0
    v *= y[0]
    return np.sum(y**2)


@program(make=lambda g: (positive(g, 4), 3))
def view_through_a_computed_slice(x, n):
    s = slice(1, n)
    y = x * 1.0
    v = y[s]
    y[1] = 7.0
    return np.sum(v**2)


@program(make=lambda g: (positive(g, 4),))
def view_through_an_index_object(x):
    s = np.s_[1:3]
    y = x * 1.0
    v = y[s]
    y[1] = 7.0
    return np.sum(v**2)


@program(make=lambda g: (positive(g, 4), 3), may_refuse=True)
def view_through_a_tuple_of_slices(x, n):
    t = (slice(0, n), slice(None))
    y = np.outer(x, x)
    v = y[t]
    y[1] = 7.0 * x
    return np.sum(v**2)


@program(make=lambda g: (positive(g, 4),))
def stores_through_slices_in_a_list(x):
    y = x * 1.0
    for s in [np.s_[0:2], np.s_[1:3]]:
        y[s] = y[s] ** 2
    return np.sum(y**2)


@program(make=lambda g: (positive(g, 4),))
def slice_of_a_class(x):
    y = x * 1.0
    v = y[Layout.inner]
    v[:] = x[0]
    return np.sum(y**2)


# --- nested functions and lambdas ---------------------------------------------------------------


@program(make=lambda g: (0.3,))
def nested_with_constant_default(x):
    def scale(y, k=3.0, n=2):
        return y**n * k

    return scale(x) + scale(x, 2.0) + scale(x, n=3)


@program(make=lambda g: (0.3,))
def nested_with_computed_default(x):
    k = 2.0 * x

    def scale(y, factor=k):
        return y * factor

    k = 0.0
    return scale(x) + scale(x, 5.0) + k


@program(make=lambda g: (0.3,))
def lambda_with_default(x):
    f = lambda a, b=2.0: a**2 * b
    return f(x) + f(x, x)


@program(make=lambda g: (0.3,))
def lambda_with_computed_default(x):
    y = x * x
    f = lambda a, b=y: a * b
    return f(x) + f(2.0, x)


@program(make=lambda g: (0.3,), may_refuse=True)
def lambdas_that_bind_the_counter(x):
    fs = [lambda a, k=k: a**k for k in range(1, 4)]
    return sum(f(x) for f in fs)


@program(make=lambda g: (0.3,))
def lambda_with_star(x):
    f = lambda *a: a[0] * a[1] * len(a)
    return f(x, x, 1.0)


@program(make=lambda g: (0.3,))
def nested_with_star(x):
    def total(*terms, scale=2.0):
        s = 0.0
        for t in terms:
            s += t * t
        return s * scale

    return total(x, 2.0 * x) + total(x, scale=x)


@program(make=lambda g: (0.3,))
def lambda_called_at_once(x):
    return (lambda a, b: a * b)(x, x + 1.0)


# --- strings ----------------------------------------------------------------------------------


@program(make=lambda g: (0.3,))
def printed(x):
    y = x * x
    message = f"x = {x:.3f}, y = {y}"
    print(message, end="\r")
    print("%g %g" % (x, y), "{}".format(y), str(x), repr(y))
    return y


@program(make=lambda g: (0.3,))
def key_from_f_string(x):
    values = {"n1": x, "n2": x * x}
    total = 0.0
    for i in (1, 2):
        total += values[f"n{i}"] * i
    return total


@program(make=lambda g: (0.3, "Gauss-2"))
def string_methods(x, rule):
    name, _, number = rule.lower().partition("-")
    n = int(number)
    if name.startswith("gau") and name.endswith("s"):
        return x**n
    return x


@program(make=lambda g: (0.3,))
def log_in_a_list(x):
    log = []
    for i in range(3):
        x = x * 1.5
        log.append(f"{i}: {x}")
    return x * len(log)


# --- augmented assignments ----------------------------------------------------------------------


@program(make=lambda g: (0.3,))
def augmented_items(x):
    d = {"n": 0, "s": 0.0}
    for i in range(4):
        d["n"] += 1
        d["s"] += x**i
    return d["s"] / d["n"]


@program(make=lambda g: (0.3,))
def augmented_list_items(x):
    v = [0.0, 1.0]
    for i in range(4):
        v[0] += x * i
        v[1] *= x
    return v[0] * v[1]


@program(make=lambda g: (0.3,))
def all_augmented(x):
    y = x
    y += 1.0
    y -= x * x
    y *= x
    y /= 2.0
    y **= 2
    n = 7
    n //= 2
    n %= 2
    n <<= 3
    n >>= 1
    n |= 2
    n &= 6
    n ^= 1
    return y * n


# --- integers and truth values --------------------------------------------------------------------


@program(make=lambda g: (7, 0.3), wrt=(1,))
def integer_arithmetic(n, x):
    y = x * (n // 2) + x * (n % 3) + (x if n & 1 else 0) + (n << 1) * x
    y += ~n * x + (n ^ 5) * x**2 + (n >> 1) + (n | 8) * x
    return y


@program(make=lambda g: (7, 0.3), wrt=(1,))
def integer_divmod(n, x):
    q, r = divmod(n, 3)
    return x**q * r


@program(make=lambda g: (5.3,))
def float_divmod(x):
    q, r = divmod(x, 2.0)
    return q * r + x % 1.5 + x // 2.0


@program(make=lambda g: (0.3,))
def bits_in_loop(x):
    total = 0.0
    for i in range(8):
        if i & (i - 1) == 0:
            total += x**i
        total += (i >> 1) * x + bool(i % 2) * x
    return total


@program(make=lambda g: (0.3,))
def truth_as_number(x):
    return (x > 0.1) * x**2 + (x > 0.5) * 7.0 + True * x + sum([x > 0.2, x > 0.1]) * x


@program(make=lambda g: (positive(g, 5),))
def mask_as_number(x):
    mask = x > 0.8
    return np.sum(mask * x) + np.sum(x * ~mask) ** 2 + mask.sum() * x[0]


@program(make=lambda g: (0.3,))
def chained_comparisons(x):
    if 0 < x < 1 < 2:
        return x * x
    if 1 <= x != 3:
        return x
    return 0.0


@program(make=lambda g: (0.3,))
def complex_literals(x):
    z = x + 2j * x
    w = z * (1 - 1j)
    return w.real * w.imag + abs(z) ** 2


@program(make=lambda g: (0.3,))
def number_literals(x):
    return x * 0x10 + x * 1_000.5 + x**2 * 0b11 + x * 1e-3 + x * 0o7


@program(make=lambda g: (0.3,))
def conditional_expressions(x):
    y = x if x > 0 else -x
    z = (y if y > 1 else y * y) * (2 if LEVEL > 2 else 3)
    return z + (x and 2.0 * x) + (0.0 or x)
