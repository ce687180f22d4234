"""Loops and comprehensions: run before equals run after."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.normalise.same_meaning import Register, check_same, say

case = Register()
A = np.array([1.0, -2.0, 3.5])
B = np.array([0.5, 4.0, -1.0, 2.0])
M = np.arange(6.0).reshape(2, 3)
E = np.zeros(0)


@case((3,), (0,), (-2,))
def plain_range(n):
    s = 0.0
    for i in range(n):
        s += i
    return s


@case((1, 7, 2), (7, 1, -2), (3, 3, 1))
def range_with_step(a, b, c):
    out = []
    for i in range(a, b, c):
        out.append(i)
    return out, a


@case((4,))
def range_variable_is_assigned(n):
    out = []
    for i in range(n):
        i = i * i
        out.append(i)
    return out, i


@case((3,))
def range_over_its_own_bound(n):
    s = 0
    for n in range(n):
        s += n
    return s, n


@case(((1, 5, 2),))
def range_from_a_tuple(bounds):
    return [i for i in range(*bounds)]


@case((4,))
def range_into_an_element(n):
    a = [0, 0]
    for a[1] in range(n):
        a[0] += a[1]
    return a


@case((3,), (0,))
def variable_after_the_loop(n):
    i = -1
    for i in range(n):
        pass
    return i


@case((A,), (E,), ([1, 2],), ((1, 2),))
def over_an_array(x):
    s = 0.0
    for v in x:
        s = s + v * v
    return s


@case((M,))
def over_rows(m):
    s = 0.0
    for row in m:
        for v in row:
            s = s * 0.5 + v
    return s


@case((M,))
def rows_are_views(m):
    for row in m:
        row += 1.0
    return m.sum()


@case(([[1, 2], [3, 4]],))
def name_of_the_list_is_reused(x):
    for x in x:
        pass
    return x


@case((A,))
def list_is_rebound_in_the_loop(x):
    s = 0.0
    for v in x:
        x = x * 2
        s += v
    return s, x


@case((A, 0), (A, 5), (E, 2))
def enumerated(x, start):
    out = []
    for i, v in enumerate(x, start):
        out.append(i * v)
    for k, v in enumerate(x, start=2):
        out.append(k)
    for i, v in enumerate(x):
        out.append(i - v)
    return out


@case((A,))
def enumerate_counter_is_assigned(x):
    s = 0
    for i, v in enumerate(x):
        i += 10
        s += i * v
    return s


@case((A,))
def enumerate_into_one_name(x):
    out = []
    for pair in enumerate(x):
        out.append(pair)
    return out


@case((A, B), (B, A), (E, A))
def zipped(x, y):
    s = 0.0
    for a, b in zip(x, y):
        s += a * b
    return s


@case((A, B), (A, A))
def zipped_strictly(x, y):
    s = 0.0
    for a, b in zip(x, y, strict=True):
        s += a * b
    return s


@case((A, B, M.ravel()))
def zip_of_three_enumerated(x, y, z):
    s = 0.0
    for i, (a, b, c) in enumerate(zip(x, y, z)):
        s += i * a * b + c
    return s


@case((A, B))
def zip_of_enumerate(x, y):
    s = 0.0
    for (i, a), b in zip(enumerate(x), y):
        s += i * a * b
    return s


@case((A, B))
def zip_swaps_its_names(x, y):
    s = 0.0
    for x, y in zip(y, x):
        s += x - 2 * y
    return s, x, y


@case(([(1, 2), (3, 4)],))
def zip_of_a_starred_list(pairs):
    out = []
    for column in zip(*pairs):
        out.append(column)
    return out


@case((A, 4), (A, 2))
def zip_with_ranges(x, n):
    out = []
    for i, j, v in zip(range(n), range(1, 10, 3), x):
        out.append((i, j, v))
    return out


@case((A,), (E,), ([1, 2, 3],))
def backwards(x):
    s = 0.0
    for v in reversed(x):
        s = s * 2 + v
    return s


@case((A, 4), (E, 0))
def backwards_otherwise(x, n):
    out = []
    for i in reversed(range(n)):
        out.append(i)
    for i in reversed(range(1, n)):
        out.append(i)
    for i, v in enumerate(reversed(x)):
        out.append(i * v)
    for v in reversed(list(enumerate(x))):
        out.append(v)
    return out


@case(({"a": 1.0, "b": 2.0},), ({},))
def over_items(d):
    s = 0.0
    for k, v in d.items():
        s += v * len(k)
    for item in d.items():
        s += item[1]
    for k in d.keys():
        s += d[k]
    for v in d.values():
        s *= v
    return s


@case(({"a": (1.0, 3.0), "b": (2.0, 4.0)},))
def over_items_unpacked(d):
    s = []
    for i, (k, (v, w)) in enumerate(d.items()):
        s.append((i, k, v, w))
    return s


@case(({"a": 1.0, "b": 2.0},))
def items_are_changed(d):
    for k, v in d.items():
        d[k] = v + 1
        d["b"] = d["b"] * 2
    return d


@case((3,))
def over_a_dictionary_made_here(n):
    d = {}
    for i in range(n):
        d[i] = i * i + 1
    s = []
    for k in d:
        s.append(k)
    for k in {0: 5, 1: 6}:
        s.append(k)
    for k in dict(a=1):
        s.append(k)
    for k in {4}:
        s.append(k)
    return s


@case(("abc",))
def over_letters(s):
    out = []
    for c in s:
        out.append(c)
    for c in "xyz":
        out.append(c)
    return out


@case((A, B))
def mapped(x, y):
    out = []
    for v in map(say, x):
        say("body")
        out.append(v)
    for v in map(lambda a, b: a - b, x, y):
        out.append(v)
    for v in filter(lambda a: a > 0, x):
        out.append(v)
    return out


@case((A,))
def over_sorted_and_arange(x):
    out = []
    for v in sorted(x):
        out.append(v)
    for t in np.arange(0.0, 1.0, 0.25):
        out.append(t)
    for i, j in np.ndindex(2, 2):
        out.append(i + j)
    for idx, v in np.ndenumerate(x):
        out.append((idx, v))
    return out


@case((A,))
def iterated_once(x):
    for v in say(x) * 2:
        say(v)
    for a, b in zip(say(x), say(x + 1)):
        say(a + b)
    for i in range(say(1), say(6), say(2)):
        say(i)


@case(([[1.0, [2.0, 3.0]], [4.0, [5.0, 6.0]]],))
def nested_targets(x):
    s = 0.0
    for a, (b, c) in x:
        s = s * 3 + a + b * c
    for a, [*b] in x:
        s += b[1]
    return s


class Thing:
    def __init__(self, x):
        self.x = x


@case((Thing(A),))
def over_an_attribute(thing):
    s = 0.0
    for v in thing.x:
        s += v
    for thing.last in thing.x:
        s += thing.last
    return s


@case((4, A), (0, E))
def nested_loops_need_two_counters(n, x):
    s = 0.0
    for a in x:
        for b in x:
            for i in range(n):
                s += a * b * i
    for c in x:
        s -= c
    return s


@case((A,))
def shadowed_builtins(x):
    zip = lambda a, b: [a + b]
    len_ = 0
    for v in zip(x, x):
        len_ += v.sum()
    return len_


@case((A,))
def over_literals(x):
    s = 0.0
    for w in (0.25, 0.5):
        for p in [1, 2]:
            s += w * (x**p).sum()
    for a, b in ((1, 2), (3, 4)):
        s += a * b
    return s


@case((3,))
def underscore(n):
    s = 0
    for _ in range(n):
        for _ in [1, 2]:
            s += 1
    for a, _ in [(1, 2)]:
        s += a
    return s


# --- comprehensions ----------------------------------------------------------------------


@case((A,), (E,))
def list_comprehension(x):
    y = [v * 2 for v in x if v > 0]
    return y


@case((M,))
def two_generators(m):
    return [v + i for i, row in enumerate(m) if i < 5 for v in row if v > 0 if v != 2]


@case((M,))
def nested_comprehension(m):
    return [[v * v for v in row] for row in m]


@case((M,))
def nested_comprehension_same_name(x):
    return [[x * 2 for x in x] for x in x]


@case((A,))
def comprehension_has_its_own_scope(x):
    v = 10.0
    y = [v * 2 for v in x]
    x = [x + 1 for x in x]
    return v, y, x


SCALE = 3.0


@case((A,))
def comprehension_hides_a_global(x):
    y = [SCALE * 2 for SCALE in x]
    return y, SCALE


@case((A,))
def comprehension_reads_its_result(y):
    y = [a * len(y) for a in y]
    return y


@case((A,))
def comprehension_with_lambdas(x):
    fs = [lambda: v for v in x]
    gs = [lambda v=v: v for v in x]
    ws = [v for v in x]
    return [f() for f in fs], [g() for g in gs], ws


@case((A,), (E,))
def folds(x):
    a = sum(v * v for v in x)
    b = sum([v for v in x], 10.0)
    c = sum(v for v in x if v > 0) + sum(2 * v for v in x)
    return a, b, c


@case((A,), (-A,), (E,))
def short_circuits(x):
    a = any(say(v) > 1 for v in x)
    b = all(say(v) > 1 for v in x)
    c = any(say(v + w) > 1 for v in x for w in x if w > v)
    d = all([say(v) > 0 for v in x])
    return a, b, c, d


@case((A,))
def eager_calls(x):
    a = min(v * v for v in x)
    b = max((v for v in x), default=0)
    c = tuple(v + 1 for v in x)
    d = sorted((v for v in x), key=lambda v: -v)
    e = np.array([v * 2 for v in x])
    f = dict((i, v) for i, v in enumerate(x))
    g = ",".join(str(v) for v in x)
    return a, b, c, d, e, f, g, set(v for v in x)


@case((A,))
def dictionary_and_set_comprehension(x):
    d = {say(i): say(v * v) for i, v in enumerate(x) if v > 0}
    s = {v > 0 for v in x}
    return d, s


@case((A,))
def comprehension_keeps_the_order(x):
    return say(1) + sum([say(v) for v in x]) * say(2) - len([say(v) for v in x] + [say(5)])


@case((A,), (-A,))
def comprehension_behind_a_condition(x):
    a = [say(v) for v in x] if x[0] > 0 else [say(-v) for v in x if v]
    b = x[0] > 0 and [say(v) for v in x]
    c = len(x) > 7 or [say(v) for v in x]
    return a, b, c


@case((A,))
def comprehension_in_a_test(x):
    if any(v > 3 for v in x):
        x = x - 1
    while sum(v for v in x) > 1:
        x = x - 1
    v = x[[i for i in range(2)]]
    assert all(v < 3 for v in x), [v for v in x]
    return v, len([v for v in x]) == 3


@case((A,))
def comprehension_assigns_outside(x):
    y = [last for v in x if (last := v + 1) > 0]
    if [z := 5 for _ in x]:
        y.append(z)
    return y, last


@case((A,))
def loop_over_a_generator(x):
    out = []
    for y in (say(v * 2) for v in x if v > 0):
        say("body")
        if y > 6:
            continue
        out.append(y)
    else:
        out.append("end")
    for y in [say(v) for v in x]:
        say("body")
    return out


@case((M,))
def comprehension_inside_the_iterable(m):
    s = 0.0
    for row in [r * 2 for r in m]:
        s += row.sum()
    for i in range(len([r for r in m])):
        s += i
    return s + sum(v for row in [r + 1 for r in m] for v in row)


@case((A, B))
def starred_generators(x, y):
    return np.hypot(*(v for v in x[:2])), max(*[v for v in y], 0.5)


@pytest.mark.parametrize("name", case)
def test_same_meaning(name):
    check_same(*case[name])
