"""Lists, tuples and dicts that are changed, joined, sliced, sorted, merged and looked up."""

import collections
import enum
import heapq
import math
from collections import OrderedDict, defaultdict

import numpy as np

from .corpus import program

SETTINGS = {"gain": 2.0, "steps": 3}


# --- lists


@program(make=lambda g: (0.7,))
def extend_and_insert(x):
    a = [x, x * 2]
    a.extend([x**2, 1.0])
    a.insert(1, x**3)
    b = a.pop(0)
    a[2] = b * x
    c = a + [x]
    d = [x] * 3
    return sum(c) + d[2] * len(d) + a[-1] * a[0]


@program(make=lambda g: (0.7, 0.3), wrt=(0, 1))
def insert_places(x, y):
    a = [x]
    a.insert(0, y)
    a.insert(10, x * y)
    a.insert(-1, x + y)
    s = 0.0
    for i in range(len(a)):
        s += a[i] ** (i + 1)
    return s


@program(make=lambda g: (0.7,))
def pop_places(x):
    a = [x, x * x, x**3, x**4]
    b = a.pop(1)
    c = a.pop(-2)
    a.reverse()
    return b * a[0] + c * a[1] ** 2


@program(make=lambda g: (0.7,))
def pop_at_computed_place(x):
    a = [x * k for k in range(1, 6)]
    s = 0.0
    for i in range(3):
        s += a.pop(-i - 1) * (i + 1)
    return s * a[0]


@program(make=lambda g: (0.7,))
def slices(x):
    a = [x * i for i in range(6)]
    return sum(a[1:4]) * a[-1] + a[::2][1] + a[::-1][0] * a[-3:-1][1]


@program(make=lambda g: (0.7, 2))
def slices_of_unknown_bounds(x, n):
    a = []
    for i in range(5):
        a.append(x ** (i + 1))
    return sum(a[n:]) * sum(a[:-n]) + a[n::2][0]


@program(make=lambda g: (0.7,))
def store_into_slice(x):
    a = [x, 2.0, x * x, 1.0]
    a[1:3] = [a[0] * 3.0, x**4]
    return a[0] * a[1] + a[2] * a[3]


@program(make=lambda g: (0.7,))
def history_by_addition(x):
    history = [x]
    for i in range(4):
        history = history + [history[-1] * x + i]
    return sum(history)


@program(make=lambda g: (0.7,))
def history_at_front(x):
    history = [x]
    for i in range(3):
        history = [history[0] * x + i] + history
    return history[0] * history[-1]


@program(make=lambda g: (0.7,))
def grown_in_place(x):
    a = [x]
    for i in range(3):
        a += [a[-1] * x, x + i]
    return sum(a) * a[2]


@program(make=lambda g: (g.normal(size=3),))
def extended_by_an_array(x):
    a = [x[0] * 2.0]
    a.extend(x)
    return a[0] * a[1] + a[2] * a[3]


@program(make=lambda g: (g.normal(size=3), g.normal(size=3)), wrt=(0, 1))
def lists_of_arrays_joined(x, y):
    a = [x, y]
    b = [x * y]
    c = a + b
    s = 0.0
    for k in range(len(c)):
        s += np.sum(c[k] ** 2) * (k + 1)
    return s


@program(make=lambda g: (0.7, 0.3), wrt=(0, 1))
def repeated(x, y):
    a = [x, y] * 3
    b = 2 * [x * y]
    return a[0] * a[3] + a[4] * b[1] + sum(a)


@program(make=lambda g: (g.normal(size=4),))
def sorted_values(x):
    a = sorted(x)
    return a[0] * a[1] + a[3] ** 2


@program(make=lambda g: ([0.5, -0.3, 0.9, 0.1],))
def sorted_by_key(v):
    a = sorted(v, key=lambda t: -abs(t))
    b = sorted(v, reverse=True)
    return a[0] * a[1] + b[0] * b[3] ** 2


@program(make=lambda g: ([0.5, -0.3, 0.9, 0.1],))
def sorted_in_place(v):
    a = [t * t for t in v]
    a.sort()
    s = a[0] * 2.0 + a[1] * a[2]
    a.sort(reverse=True)
    return s + a[0] ** 3


@program(make=lambda g: ([(0.5, 1.0), (0.3, 2.0), (0.4, 0.5)],))
def sorted_pairs(pairs):
    s = 0.0
    for k, (a, b) in enumerate(sorted(pairs, key=lambda p: p[1])):
        s += k * a * b
    return s


@program(make=lambda g: ([0.5, 0.3, 0.9],))
def reversed_list(v):
    s = 0.0
    for k, t in enumerate(reversed(v)):
        s += k * t * t
    w = list(reversed(v))
    return s + w[0] ** 3 * w[1]


@program(make=lambda g: ([0.5, 0.3, 0.9],))
def copies(v):
    a = v.copy()
    b = list(v)
    c = tuple(v)
    a.append(v[0] * 2.0)
    b[0] = v[1] ** 2
    return sum(a) * sum(b) + c[0] * c[2]


@program(make=lambda g: ([0.5, 0.3, 0.9], [1.0, 2.0, 0.5]), wrt=(0, 1))
def zipped(v, w):
    pairs = list(zip(v, w))
    s = 0.0
    for a, b in pairs:
        s += a * b**2
    return s + pairs[1][0]


@program(make=lambda g: ([0.5, 0.3, 0.9], [1.0, 2.0]), wrt=(0, 1))
def zipped_unevenly(v, w):
    pairs = list(zip(v, w, range(5)))
    return sum(a * b * (k + 1) for a, b, k in pairs)


@program(make=lambda g: ([(0.5, 1.0), (0.3, 2.0), (0.4, 0.5)],))
def transposed_by_zip(rows):
    xs, ys = zip(*rows)
    return sum(xs) * sum(ys) + xs[0] * ys[1]


@program(make=lambda g: ([0.5, 0.3, 0.9],))
def enumerated(v):
    pairs = list(enumerate(v, 1))
    return sum(k * a * a for k, a in pairs)


@program(make=lambda g: ([0.5, 0.3, 0.9],))
def extremes_of_lists(v):
    w = [a * (1.0 - a) for a in v]
    return max(w) * min(v) + max(v, key=lambda a: -a) ** 2 + min(w, key=abs)


@program(make=lambda g: ([0.5, 0.3, 0.9],))
def any_and_all(v):
    w = [a * a for a in v]
    return sum(w) if any(a > 0.5 for a in w) and all(a > 0 for a in w) else v[0]


@program(make=lambda g: (0.7,))
def nested_lists(x):
    rows = [[x * (i + j) for j in range(3)] for i in range(2)]
    rows[0][1] = x**3
    rows[1].append(x * 5.0)
    return rows[0][1] * rows[1][2] + rows[1][3]


@program(make=lambda g: (g.normal(size=3),))
def lists_of_lists_of_arrays(x):
    blocks = [[x, x * 2.0], [x**2]]
    blocks[1].append(blocks[0][0] * x)
    s = 0.0
    for block in blocks:
        for k, b in enumerate(block):
            s += np.sum(b) * (k + 1)
    return s


@program(make=lambda g: (0.7,))
def buckets_by_index(x):
    buckets = [[], [], []]
    for i in range(7):
        buckets[i % 3].append(x ** (i + 1))
    return sum(buckets[0]) * sum(buckets[1]) + buckets[2][1]


@program(make=lambda g: ([0.5, 0.3],))
def starred_display(v):
    a = [*v, v[0] * v[1], *[1.0, v[1]]]
    b = (0.5, *a)
    return a[2] * a[4] + b[1] * b[3]


@program(make=lambda g: (0.7,))
def star_unpacking(x):
    a, *b = [x, x * 2, x * 3]
    *c, d = b
    return a * d + sum(c)


@program(make=lambda g: (0.7,))
def array_of_list(x):
    rows = []
    for i in range(3):
        rows.append([x * i, x**i])
    return np.sum(np.array(rows) ** 2)


@program(make=lambda g: (0.7,))
def stack_machine(x):
    stack = [x, 2.0]
    for k in range(3):
        a = stack.pop()
        b = stack.pop()
        stack.append(a * b + k)
        stack.append(a - b)
    return stack[0] * stack[1]


@program(make=lambda g: (0.7,))
def queue(x):
    items = [x, x * x]
    s = 0.0
    for k in range(4):
        first = items.pop(0)
        s += first * (k + 1)
        items.append(first * x)
    return s + items[0]


@program(make=lambda g: (0.7,))
def window(x):
    recent = [0.0, 0.0, 0.0]
    s = 0.0
    for k in range(5):
        recent = recent[1:] + [x ** (k + 1)]
        s += sum(recent) / 3
    return s


def total_of(values):
    return sum(values)


def scaled(values, factor):
    return [factor * v for v in values]


def append_square(values, v):
    values.append(v * v)


@program(make=lambda g: ([0.5, 0.3, 0.9],))
def lists_passed_on(v):
    w = scaled(v, v[0])
    append_square(w, v[1])
    return total_of(w) * total_of(v) + w[-1]


# --- tuples


@program(make=lambda g: ((0.7, 0.3, 0.5),))
def tuple_slices(t):
    u = t[1:] + (t[0] * 2.0,)
    a, *rest = u
    return a * sum(rest) + u[-1] * t[::-1][0]


def stepped(state, dt):
    x, v = state
    return (x + dt * v, v - dt * x)


@program(make=lambda g: ((0.7, 0.3),))
def tuple_state(state):
    path = [state]
    for _ in range(3):
        state = stepped(state, 0.1)
        path.append(state)
    return sum(p[0] * p[1] for p in path)


@program(make=lambda g: (0.7,))
def tuples_in_dicts(x):
    d = {"a": (x, x * 2), "b": (1.0, x**2)}
    s = 0.0
    for key in d:
        first, second = d[key]
        s += first * second
    return s


# --- dicts


@program(make=lambda g: (0.7,))
def dict_by_keys(x):
    d = {"a": x, "b": x * x}
    d["c"] = d["a"] * 2
    d.update(e=x**3)
    s = 0.0
    for k, v in d.items():
        s += v * len(k)
    return s + d.get("zz", x) + d.get("b")


@program(make=lambda g: (0.7,))
def dict_comprehension(x):
    d = {k: x**k for k in range(1, 4)}
    return sum(v for v in d.values())


@program(make=lambda g: ({"a": 0.5, "b": 0.3},))
def dict_values_mapped(p):
    q = {k: v * v for k, v in p.items()}
    return sum(q.values()) * q["a"] + max(q.values())


@program(make=lambda g: (0.7,))
def dict_merged(x):
    d = {"a": x, "c": 1.0}
    e = {**d, "b": x * x, "c": x}
    f = d | {"a": x**3}
    return sum(e.values()) + e["a"] * f["a"] + f["c"]


@program(make=lambda g: ({"w": g.normal(size=2), "b": 0.3},))
def dict_updated(p):
    q = dict(p)
    q.update({"b": p["b"] * 2.0})
    q["w"] = q["w"] * q["b"]
    return np.sum(q["w"] ** 2) + p["b"]


@program(make=lambda g: (0.7,))
def dict_updated_of_unknown_keys(x):
    d = {}
    for k in range(4):
        d[k % 3] = x ** (k + 1)
    e = {0: x}
    e.update(d)
    e |= {5: x * 2.0}
    return sum(e.values()) * e[0]


@program(make=lambda g: (0.7,))
def dict_popped(x):
    d = {"a": x, "b": x * x, "c": x**3}
    b = d.pop("b")
    z = d.pop("zz", x * 5.0)
    return b * z + sum(d.values())


@program(make=lambda g: (0.7,))
def dict_setdefault(x):
    d = {}
    for k in ["a", "b", "a"]:
        d.setdefault(k, []).append(x)
    return sum(d["a"]) * x + d["b"][0]


@program(make=lambda g: (0.7,))
def memo(x):
    known = {}
    s = 0.0
    for n in (1, 2, 1, 3, 2):
        if n not in known:
            known[n] = x**n
        s += known[n] * n
    return s


@program(make=lambda g: (0.7,))
def counted_weights(x):
    totals = defaultdict(float)
    for k, word in enumerate(["a", "b", "a", "c"]):
        totals[word] += x ** (k + 1)
    return totals["a"] * totals["b"] + totals["c"]


@program(make=lambda g: (0.7,))
def grouped(x):
    groups = defaultdict(list)
    for k in range(5):
        groups[k % 2].append(x ** (k + 1))
    return sum(groups[0]) * sum(groups[1])


@program(make=lambda g: (0.7,))
def get_or_zero(x):
    totals = {}
    for k, word in enumerate(["a", "b", "a"]):
        totals[word] = totals.get(word, 0.0) + x ** (k + 1)
    return totals["a"] * totals["b"]


@program(make=lambda g: (0.7,))
def ordered(x):
    d = OrderedDict()
    d["b"] = x
    d["a"] = x * x
    return sum(v * (k + 1) for k, v in enumerate(d.values()))


@program(make=lambda g: (0.7,))
def tuple_keys(x):
    grid = {}
    for i in range(3):
        for j in range(2):
            grid[i, j] = x ** (i + 1) * (j + 1)
    return grid[2, 1] * grid[0, 0] + sum(grid.values())


@program(
    make=lambda g: (
        {"layers": [{"w": g.normal(size=2), "b": 0.1}, {"w": g.normal(size=2), "b": 0.2}]},
    )
)
def nested_parameters(params):
    h = np.ones(2)
    for layer in params["layers"]:
        h = np.tanh(h * layer["w"] + layer["b"])
    return np.sum(h)


@program(make=lambda g: ({"x": 0.7, "v": 0.3},))
def state_dict(state):
    for _ in range(3):
        state = {"x": state["x"] + 0.1 * state["v"], "v": state["v"] - 0.1 * state["x"]}
    return state["x"] * state["v"]


@program(make=lambda g: (g.normal(size=3),))
def array_in_a_dict_written(x):
    state = {"u": np.zeros(3), "t": 0.0}
    for k in range(3):
        state["u"][k] = x[k] ** 2
        state["t"] += x[k]
    return np.sum(state["u"] * x) * state["t"]


@program(make=lambda g: (0.7,))
def dict_written_through_a_name(x):
    d = {"a": {"n": 1.0}, "b": 2.0}
    inner = d["a"]
    inner["n"] = x * x
    inner["m"] = x
    return d["a"]["n"] * d["b"] + d["a"]["m"]


def loss_of(params, x):
    return params["w"] * x + params["b"]


def with_decay(params, rate):
    return {k: v * (1.0 - rate) for k, v in params.items()}


@program(make=lambda g: ({"w": 0.5, "b": 0.3},))
def dicts_passed_on(params):
    q = with_decay(params, 0.1)
    return loss_of(q, 2.0) ** 2 + loss_of(params, 1.0)


@program(make=lambda g: ({"w": 0.5, "b": 0.3},))
def keys_by_value(p):
    best = max(p, key=p.get)
    return p[best] ** 2 + sum(p[k] for k in sorted(p))


@program(make=lambda g: (["a", "b"], [0.5, 0.3]), wrt=(1,))
def dict_of_zip(names, values):
    d = dict(zip(names, values))
    return d["a"] * d["b"] ** 2


@program(make=lambda g: (0.7,))
def settings(x):
    options = {"scale": 2.0, "power": 2}
    gain = SETTINGS.get("gain", 1.0)
    return x ** options.get("power", 1) * options["scale"] * gain + SETTINGS["steps"]


@program(make=lambda g: ({"a": 0.5, "b": 0.3},))
def items_sorted(p):
    s = 0.0
    for k, (_, v) in enumerate(sorted(p.items())):
        s += v ** (k + 1)
    return s


@program(make=lambda g: ({"a": 0.5, "b": 0.3},))
def items_as_list(p):
    pairs = list(p.items())
    return pairs[0][1] * pairs[1][1] ** 2


@program(make=lambda g: (g.normal(size=2),), note="an item is written through a name of its own")
def item_written_through_a_name(x):
    v = [x * 1.0, x * 2.0]
    a = v[0]
    b = v[1]
    a[0] = a[1] * 3.0
    return np.sum(v[0] * b)


# --- lists that a function grows, empties or replaces


def _grown(x, y):
    y.append(x)
    t = 0.0
    for u, v in zip(y, y):
        t += u * v
    return t


@program(make=lambda g: (0.7,))
def grown_in_a_helper(x):
    a = [x]
    return _grown(x, []) * _grown(x * x, a) * _grown(x, a) * a[1]


class _Holder:
    def __init__(self, items):
        self.items = items


def _held(x):
    return _Holder([x])


@program(make=lambda g: (0.7,))
def grown_in_a_result(x):
    h = _held(x)
    h.items.append(x * x)
    return h.items[0] * h.items[1] ** 2


@program(make=lambda g: (0.7,))
def grown_in_a_branch(y):
    s = [y]
    t = 1.0
    if y < 1.0:
        s.append(y * y)
        t = sum(s)
    if y > 2.0:
        return t
    s.append(3.0)
    for v in s:
        t = t * v
    return t


@program(make=lambda g: (np.array([0.3, 0.7]),))
def mapped_item_of_an_attribute(x):
    h = _Holder([x[0]])
    z = []
    z.extend([h.items[0]])
    return sum(map(lambda v: v * x[1], z))


@program(make=lambda g: (0.7,))
def containers_replaced(x):
    q = {"b": {"a": x}, "c": [[x], [x * x]]}
    before = q["b"]["a"] * q["c"][0][0]
    q["b"] = {"a": x * x}
    q["c"][0] = [x**3, x]
    return before * q["b"]["a"] * q["c"][0][1] * q["c"][1][0]


@program(make=lambda g: (0.7,))
def methods_as_values(x):
    m, d = [], {"a": x}
    add, look = m.append, d.get
    for k in range(3):
        add(x * k)
    list.append(m, x * x)
    list(map(m.append, [x, x**3]))
    return sum(m) * look("a")


def _cleared(items):
    items.clear()


@program(make=lambda g: (0.7,))
def lengths_that_change(x):
    a, b, c, d = [1.0], [1.0, 2.0], [[1.0, 2.0]], [1.0]
    alias = b
    holder = _Holder(d)
    a.clear()
    alias.remove(2.0)
    c[0].pop()
    holder.items.append(2.0)
    y = x
    if len(a) == 0 and not a:
        y = y * x
    if len(b) == 1:
        y = y * x
    if len(c[0]) == 1:
        y = y * x
    if len(d) == 2:
        y = y * x
    _cleared(b)
    if not b:
        y = y * x
    return y


@program(make=lambda g: (0.7,))
def lengths_changed_by_others(x):
    heap, order, table = [3.0, 1.0], [1.0, 2.0], {"a": 1.0}
    heapq.heappop(heap)
    order.sort(reverse=True)
    table.__setitem__("b", 2.0)
    y = x
    if len(heap) == 1:
        y = y * x
    if order[0] == 2.0:
        y = y * x
    if len(table) == 2:
        y = y * x
    return y


@program(make=lambda g: (0.7,))
def constants_that_raise(y):
    p = 1.0
    try:
        p = float("no")
    except ValueError:
        p = p + 1.0
    try:
        p = -"a"
    except TypeError:
        p = p + 1.0
    return y**p


def _second_at_two(items):
    items[1][0] = 2.0


@program(make=lambda g: (0.7,))
def array_in_a_list_written_by_a_call(x):
    p = [np.ones(2) * x, np.ones(2) * x * x]
    y = np.cos(p[1][0])
    _second_at_two(p)
    return y * np.sum(p[1])


def _either(c, y, z):
    if c > 1.0:
        y = z
    return y


def _squared(c, y):
    if c > 1.0:
        y = {"a": y["a"] * y["a"]}
    return y["a"]


@program(make=lambda g: (0.7,))
def parameter_that_is_another_container(x):
    a, b = [x], [x * x]
    r = _either(2.0, a, b)
    s = _either(0.5, a, b)
    return r[0] * s[0] ** 2 * a[0] * b[0] * _squared(2.0, {"a": x}) * _squared(0.5, {"a": x})


def _put(holder, v):
    holder.items.append(v)
    total = 0.0
    for item in holder.items:
        total += item * item
    return total


@program(make=lambda g: (0.7,))
def grown_after_a_function_has_kept_it(x):
    holder = _Holder([])
    total = _put(holder, x)
    return total * _put(holder, x * x) * holder.items[1]


class Gas(enum.Enum):
    """Members are iterated over, counted, looked up."""

    N2 = "n2"
    O2 = "o2"


HEAT = {Gas.N2: (29.1, 0.001), Gas.O2: (29.4, -0.002)}


@program(make=lambda g: (np.array([0.3, 0.7, 1.2]),), note="an enumeration in loops")
def members(x):
    h = 0.0
    for gas, y in zip(Gas, (x[1], 1.0 - x[1])):
        a, b = HEAT[gas]
        h += y * (a + b * x[0])
    for k, gas in enumerate(Gas):
        h += HEAT[gas][0] * x[k]
    d = {gas: x[k] for k, gas in enumerate(Gas)}
    h += d[Gas.N2] * d[Gas["O2"]] * d[Gas("n2")]
    return h + sum(HEAT[gas][0] for gas in Gas) * x[0] + len(Gas) * x[1]


@program(make=lambda g: (np.array([0.3, 0.7, 1.2]),), note="defaults of a function of no arguments")
def defaults_by_a_lambda(x):
    dist = collections.defaultdict(lambda: math.inf)
    dist["a"] = 0.0
    for (u, v), w in {("a", "b"): x[0], ("b", "c"): x[1], ("a", "c"): x[2] * 2.0}.items():
        if dist[u] + w < dist[v]:
            dist[v] = dist[u] + w
    total = collections.defaultdict(lambda: 0.0)
    for k, v in enumerate(x):
        total[k % 2] += v * v
    return dist["c"] + total[0] * total[1] + total[7]


@program(make=lambda g: (np.array([0.3, 0.7, 1.2]),), note="an item grows, not the list")
def items_grow_in_their_loop(x):
    rows, found = [[x[0]], [x[1] * 2.0]], [x[2]]
    for row in rows:
        row.append(row[0] * 3.0)
    for v in list(found):
        found.append(v * x[0])
    for k in range(len(found)):
        found += [found[k] * 2.0]
    return sum(sum(row) for row in rows) * sum(found)
