"""Orders: `max`, `min` and `sorted` of tuples, by keys, and functions with computed defaults."""

import functools

import numpy as np

from .corpus import program


def three(g):
    return (np.array([0.3, 0.7, 1.2]),)


@program(make=three)
def default_map(x):
    return sum(map(lambda v, k=x[1] * 2.0: v * k, x))


@program(make=three)
def default_reduce(x):
    return functools.reduce(lambda a, v, k=x[1] * 2.0: a * k + v, x)


@program(make=three)
def default_sorted(x):
    return sorted(x, key=lambda v, k=x[1] * 2.0: -v * k)[0] * x[1]


@program(make=three)
def default_filter(x):
    return sum(filter(lambda v, k=x[1] * 2.0: v * k > 0.5, x)) * x[1]


@program(make=three)
def default_max(x):
    return max(x, key=lambda v, k=x[1] * 2.0: v * k) * x[1]


@program(make=three)
def default_named(x):
    f = lambda v, k=x[1] * 2.0: v * k
    return sum(map(f, x))


@program(make=three)
def default_def(x):
    def f(v, k=x[1] * 2.0):
        return v * k

    return sum(map(f, x))


@program(make=three)
def default_def_var(x):
    q = x[1] * 2

    def f(v, k=q):
        return v * k

    q = x[2]
    return sum(map(f, x)) * q


@program(make=three)
def default_lambda_var(x):
    q = x[1] * 2
    f = lambda v, k=q: v * k
    q = x[2]
    return sum(map(f, x)) * q


@program(make=three)
def default_kwonly(x):
    return sum(map(lambda v, *, k=x[1] * 2.0: v * k, x))


@program(make=three)
def default_in_loop(x):
    t = 0.0
    for i in range(3):
        t = t + sum(map(lambda v, k=x[i] * 2.0: v * k, x))
    return t


@program(make=three)
def default_arg(x):
    def app(f, v):
        return f(v)

    return app(lambda v, k=x[1] * 2.0: v * k, x[0])


@program(make=three)
def default_partial(x):
    return functools.partial(lambda v, k=x[1] * 2.0: v * k)(x[0])


@program(make=three)
def default_apply(x):
    return np.sum(np.apply_along_axis(lambda v, k=x[1] * 2.0: v * k, 0, x))


@program(make=three)
def default_vec(x):
    return np.sum(np.vectorize(lambda v, k=x[1] * 2.0: v * k)(x))


@program(make=three)
def max_tuples(x):
    m = max([(x[0], x[1]), (x[1], x[2])])
    return m[0] * m[1]


@program(make=three)
def min_tuples(x):
    return min((v * v, v) for v in x)[1]


@program(make=three)
def max_tuple_idx(x):
    return max([(x[i], i) for i in range(3)])[0] ** 2


@program(make=three)
def max_tuple_idx2(x):
    v, i = max([(x[i], i) for i in range(3)])
    return v * x[i] * i


@program(make=three)
def max_tuple_names(x):
    v, i = max((x[0], "a"), (x[1], "b"))
    return v * 2 if i == "b" else v


@program(make=three)
def max_tuple_args(x):
    m = max((x[0], x[1]), (x[1], x[2]))
    return m[0] * m[1]


@program(make=three)
def min_two_args_tuples(x):
    best = (x[2], 0)
    for i in range(3):
        best = min(best, (x[i] * x[i], i))
    return best[0] ** 2


@program(make=three)
def sorted_tuples(x):
    s = sorted([(x[i], i) for i in range(3)], reverse=True)
    return s[0][0] * s[1][0] ** 2


@program(make=three)
def sorted_tuples2(x):
    s = sorted((v * v, v) for v in x)
    return s[0][1] * s[1][0] ** 2


@program(make=three)
def sorted_tuples_loop(x):
    t = 0.0
    for k, (v, i) in enumerate(sorted((v, i) for i, v in enumerate(-x))):
        t = t + v * v * k * i
    return t


@program(make=three)
def max_key_tuples(x):
    m = max([(x[0], x[1]), (x[1], x[2])], key=lambda p: p[1])
    return m[0] * m[1]


@program(make=three)
def min_key_arr(x):
    m = min(range(3), key=lambda i: x[i])
    return x[m] ** 2


@program(make=three)
def max_key_args(x):
    return max(x[0] * 2, x[1], -x[2], key=lambda v: abs(v)) ** 2


@program(make=three)
def max_key_args_tup(x):
    return max((x[0], 1), (x[1], 2), key=lambda v: v[1])[0] ** 2


@program(make=three)
def max_lists(x):
    m = max([[x[0], x[1]], [x[1], x[2]]])
    return m[0] * m[1]


@program(make=three)
def max_default(x):
    m = max([v for v in x if v > 5], default=x[0])
    return m * x[1]


@program(make=three)
def max_default2(x):
    m = max([v for v in x if v > 0.5], default=x[0])
    return m * x[1]


@program(make=three)
def max_default_key(x):
    m = max([(v, i) for i, v in enumerate(x) if v > 0.5], default=(x[0], 0), key=lambda p: p[0])
    return m[0] * x[1]


@program(make=three)
def max_dict_values(x):
    d = {i: x[i] ** 2 for i in range(3)}
    return max(d.values()) * min(d.values())


@program(make=three)
def max_dict_key2(x):
    d = {"a": x[0], "b": x[1]}
    k = max(d, key=lambda q: d[q])
    return d[k] * x[0]


@program(make=three)
def max_items_key(x):
    d = {"a": x[0], "b": x[1]}
    _, v = max(d.items(), key=lambda q: q[1])
    return v * x[0]


@program(make=three)
def max_zip(x):
    a, b = max(zip(x, x[::-1]))
    return a * b


@program(make=three)
def max_map(x):
    return max(map(lambda v: v * v, x)) * x[0]


@program(make=three)
def min_enumerate(x):
    i, v = min(enumerate(x), key=lambda p: p[1])
    return v * v * (i + 1)


@program(make=three)
def sorted_by_len(x):
    s = sorted([[x[0], x[1]], [x[2]]], key=len)
    return s[0][0] ** 2 * s[1][1]


@program(make=three)
def sorted_strs(x):
    d = {"b": x[0], "a": x[1]}
    t = 0.0
    for k, n in enumerate(sorted(d)):
        t = t + d[n] ** 2 * (k + 1)
    return t


@program(make=three)
def sorted_items(x):
    d = {"b": x[0], "a": x[1]}
    t = 0.0
    for j, (k, v) in enumerate(sorted(d.items(), key=lambda p: -p[1])):
        t = t + v**2 * (j + 1)
    return t


@program(make=three)
def sort_method_tuples(x):
    s = [(x[i], i) for i in range(3)]
    s.sort(key=lambda p: -p[0])
    return s[0][0] * s[1][0] ** 2


@program(make=three)
def max_np_arrays_key(x):
    rows = [x * 1.0, x[::-1] * 2, x - 1]
    r = max(rows, key=np.sum)
    return r @ x


class State:
    """Its method changes what the statement that calls it reads."""

    def __init__(self, v):
        self.total, self.by_name, self.items = v, {"a": v}, [v, 2.0 * v]

    def step(self, v):
        self.total = self.total * v
        self.by_name["a"] = self.by_name["a"] * v
        self.items[0] = self.items[0] * v
        self.items.append(v)
        return v

    @property
    def doubled(self):
        self.total *= 2.0
        return self.total


def _both(a, b):
    return a + 2.0 * b


@program(make=three)
def attribute_loaded_before_the_call(x):
    s = State(x[1])
    s.total += s.step(x[0])
    return s.total


@program(make=three)
def item_loaded_before_the_call(x):
    d, values = {"a": x[1]}, [x[2], x[0]]

    def step(v):
        d["a"] = d["a"] * v
        values[0] = values[0] * v
        return v

    d["a"] += step(x[0])
    values[0] += step(x[1])
    return d["a"] * values[0]


@program(make=three)
def index_found_before_the_call(x):
    s, y = State(x[1]), np.zeros(3)
    y[0] = s.total
    y[len(s.items) - 2] += s.total * s.step(x[0])
    return np.sum(y * y)


@program(make=three)
def arguments_in_order(x):
    s = State(x[1])
    t = _both(s.total, s.step(x[0])) + _both(b=s.step(x[2]), a=s.total)
    r = {"a": s.total, "b": s.step(x[0]), "c": s.total}
    a, b = s.total, s.step(x[0])
    z = np.array([s.total, s.step(x[2]), s.total]) @ x
    return t + r["a"] + 2.0 * r["b"] + 3.0 * r["c"] + a * b + z + sum([s.total, s.step(x[1])])


@program(make=three)
def operands_in_order(x):
    s = State(x[1])
    t = s.items[0] * s.step(x[0]) + len(s.items) * x[0] - s.total + s.step(x[2]) ** s.total
    s.items[0], s.items[1] = s.items[1] * s.step(x[0]), s.items[0]
    return t + s.doubled * x[0] + s.total + s.items[0] * s.items[1] + max(s.total, s.step(x[1]))


@program(make=three)
def popped_in_order(x):
    a, b, c = [x[0], x[1]], [x[1], x[2]], [x[2], x[0]]
    a[0] += a.pop()
    return a[0] + b[0] * b.pop(0) + b[0] + c.pop() * c[-1]
