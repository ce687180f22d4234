"""What a list, a dict or a set held when it was read, though it is changed later."""

import collections
import itertools

import numpy as np

from .corpus import program


def three(g):
    return (np.array([0.3, 0.7, 1.2]),)


@program(make=three)
def len_dict(x):
    d = {}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        d[i] = 1
    return t


@program(make=three)
def len_set(x):
    d = set()
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        d.add(i)
    return t


@program(make=three)
def len_list(x):
    d = []
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        d.append(i)
    return t


@program(make=three)
def len_bytearray(x):
    d = bytearray()
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        d.append(i)
    return t


@program(make=three)
def len_str(x):
    d = ""
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        d += "a"
    return t


@program(make=three)
def in_dict(x):
    d = {}
    t = 1.0
    for i, v in enumerate(x):
        if 1 in d:
            t = t + v * v
        else:
            t = t + v
        d[i] = 1
    return t


@program(make=three)
def in_dict_factor(x):
    d = {}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * (1 in d)
        d[i] = 1
    return t


@program(make=three)
def in_list_factor(x):
    d = []
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * float(1 in d)
        d.append(i)
    return t


@program(make=three)
def in_set(x):
    d = set()
    t = 1.0
    for i, v in enumerate(x):
        if 1 not in d:
            t = t + v * v
        d.add(i)
    return t


@program(make=three)
def get_untracked(x):
    d = {}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * d.get(0, 5)
        d[0] = i
    return t


@program(make=three)
def get_untracked_factor(x):
    d = {0: 1}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * d[0]
        d[0] = d[0] + i
    return t


@program(make=three)
def get_as_index(x):
    d = {0: 0}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * x[d[0]]
        d[0] = i
    return t


@program(make=three)
def list_as_index(x):
    d = [0]
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * x[d[-1]]
        d.append(i)
    return t


@program(make=three)
def len_as_index(x):
    d = []
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * x[len(d)]
        d.append(i)
    return t


@program(make=three)
def len_dict_as_index(x):
    d = {}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * x[len(d)]
        d[i] = 1
    return t


@program(make=three)
def len_set_as_range(x):
    d = set()
    t = 1.0
    for i, v in enumerate(x):
        for k in range(len(d)):
            t = t + v * x[k]
        d.add(i)
    return t


@program(make=three)
def len_dict_as_range(x):
    d = {}
    t = 1.0
    for i, v in enumerate(x):
        for k in range(len(d)):
            t = t + v * x[k]
        d[i] = 2
    return t


@program(make=three)
def len_dict_power(x):
    d = {}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v ** len(d)
        d[i] = 2
    return t


@program(make=three)
def len_dict_straight(x):
    d = {}
    a = x[0] * len(d)
    d["a"] = 1
    b = x[1] * len(d)
    d["b"] = 1
    c = x[2] * x[1] * len(d)
    return a * b + c


@program(make=three)
def if_dict(x):
    d = {}
    t = 1.0
    for i, v in enumerate(x):
        if d:
            t = t + v * v
        else:
            t = t + v
        d[i] = 1
    return t


@program(make=three)
def if_list(x):
    s = []
    t = 1.0
    for i, v in enumerate(x):
        if s:
            t = t + v * v
        else:
            t = t + v
        s.append(i)
    return t


@program(make=three)
def if_set(x):
    s = set()
    t = 1.0
    for i, v in enumerate(x):
        if s:
            t = t + v * v
        else:
            t = t + v
        s.add(i)
    return t


@program(make=three)
def if_not_list(x):
    s = []
    t = 1.0
    for i, v in enumerate(x):
        if not s:
            t = t + v * v
        else:
            t = t + v
        s.append(i)
    return t


@program(make=three)
def if_list_eq(x):
    s = []
    t = 1.0
    for i, v in enumerate(x):
        if s == []:
            t = t + v * v
        else:
            t = t + v
        s.append(i)
    return t


@program(make=three)
def ifexp_list(x):
    s = []
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v if s else t + v
        s.append(i)
    return t


@program(make=three)
def and_or_list(x):
    s = []
    t = 1.0
    for i, v in enumerate(x):
        if s and v > 0 and i != 7:
            t = t + v * v
        else:
            t = t + v
        s.append(i)
    return t


@program(make=three)
def and_or_dict(x):
    s = {}
    t = 1.0
    for i, v in enumerate(x):
        if 0 in s and s[0] == 1:
            t = t + v * v
        else:
            t = t + v
        s[0] = i
    return t


@program(make=three)
def while_stack(x):
    s = [0, 1, 2]
    t = 1.0
    while s:
        i = s.pop()
        t = t * x[i] + x[0]
    return t


@program(make=three)
def while_stack_len(x):
    s = [0, 1, 2]
    t = 1.0
    while len(s) > 0:
        i = s.pop()
        if len(s) > 1:
            s.append(0) if t > 100 else None
        t = t * x[i] * len(s) + x[0]
    return t


@program(make=three)
def while_active_stack(x):
    s = [v for v in x]
    t = 1.0
    while s:
        i = s.pop()
        t = t * i + x[0]
    return t


@program(make=three)
def bool_list(x):
    s = []
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * bool(s)
        s.append(i)
    return t


@program(make=three)
def any_list(x):
    s = []
    t = 1.0
    for i, v in enumerate(x):
        if any(s):
            t = t + v * v
        s.append(i)
    return t


@program(make=three)
def max_list(x):
    s = [0]
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * max(s)
        s.append(i)
    return t


@program(make=three)
def sum_list(x):
    s = [0]
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * sum(s)
        s.append(i)
    return t


@program(make=three)
def index_list(x):
    s = [0]
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * s.index(0) + v * s.count(0)
        s.insert(0, i)
    return t


@program(make=three)
def last_list(x):
    s = [0]
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * s[-1]
        s.append(i)
    return t


@program(make=three)
def shape_list(x):
    s = []
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * np.shape(s)[0] + v * v * np.size(s)
        s.append(1)
    return t


@program(make=three)
def alias_list(x):
    s = []
    r = s
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(r)
        s.append(1)
    return t


@program(make=three)
def nested_list(x):
    s = {"a": []}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(s["a"])
        s["a"].append(i)
    return t


@program(make=three)
def nested_set(x):
    s = {"a": set()}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(s["a"])
        s["a"].add(i)
    return t


def fill(s, i):
    s.append(i)


@program(make=three)
def by_callee_list(x):
    s = []
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(s)
        fill(s, i)
    return t


def fillset(s, i):
    s.add(i)


@program(make=three)
def by_callee_set(x):
    s = set()
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(s)
        fillset(s, i)
    return t


def filldict(s, i):
    s[i] = 1


@program(make=three)
def by_callee_dict(x):
    s = {}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(s)
        filldict(s, i)
    return t


@program(make=three)
def by_closure(x):
    s = []
    t = 1.0

    def add(i):
        s.append(i)

    for i, v in enumerate(x):
        t = t + v * v * len(s)
        add(i)
    return t


@program(make=three)
def counter(x):
    c = collections.Counter()
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * c["a"]
        c["a"] += 1
    return t


@program(make=three)
def deque_len(x):
    c = collections.deque()
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(c)
        c.append(i)
    return t


@program(make=three)
def array_flag(x):
    c = np.zeros(3, dtype=int)
    t = 1.0
    for i, v in enumerate(x):
        if c[0]:
            t = t + v * v * c[0]
        c[0] += 1
    return t


@program(make=three)
def array_any(x):
    c = np.zeros(3, dtype=int)
    t = 1.0
    for i, v in enumerate(x):
        if c.any():
            t = t + v * v * c.sum()
        c[0] += 1
    return t


@program(make=three)
def discard(x):
    d = {0, 1, 2}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        d.discard(i)
    return t


@program(make=three)
def ior_set(x):
    d = {0}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        d |= {i}
    return t


@program(make=three)
def del_dict(x):
    d = {0: 1, 1: 1, 2: 1}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        del d[i]
    return t


@program(make=three)
def dict_update(x):
    d = {0: 1}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        d.update({i: 2})
    return t


@program(make=three)
def list_setitem(x):
    d = [1, 2, 3]
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * d[0]
        d[0] = i
    return t


@program(make=three)
def list_slice_store(x):
    d = [1, 2, 3]
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        d[0:1] = [1, 2]
    return t


@program(make=three)
def list_aug(x):
    d = [1, 2, 3]
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        d += [1]
    return t


@program(make=three)
def list_augi(x):
    d = [1, 2, 3]
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * d[0]
        d[0] += 2
    return t


@program(make=three)
def dict_augi(x):
    d = {"a": 0}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * d["a"]
        d["a"] += 2
    return t


@program(make=three)
def range_over_list(x):
    d = [1]
    t = 1.0
    for i, v in enumerate(x):
        for k in d:
            t = t + v * v * k
        d.append(2)
    return t


@program(make=three)
def range_over_dict(x):
    d = {0: 1}
    t = 1.0
    for i, v in enumerate(x):
        for k in d:
            t = t + v * v * d[k]
        d[i] = 2
    return t


@program(make=three)
def range_over_items(x):
    d = {0: 1}
    t = 1.0
    for i, v in enumerate(x):
        for k, w in d.items():
            t = t + v * v * w
        d[i] = 2
    return t


@program(make=three)
def join_text(x):
    d = []
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len("".join(d))
        d.append("a")
    return t


@program(make=three)
def sorted_list(x):
    d = [3]
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * sorted(d)[0]
        d.append(i)
    return t


@program(make=three)
def np_array_of_list(x):
    d = [1]
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * np.sum(d) + v * v * np.array(d).sum()
        d.append(i)
    return t


@program(make=three)
def tuple_key(x):
    d = {}
    t = 1.0
    for i, v in enumerate(x):
        if (0, 0) in d and d[0, 0] > 1:
            t = t + v * v
        d[0, 0] = i
    return t


@program(make=three)
def dict_keys_list(x):
    d = {}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d.keys()) + v * v * len(list(d)) + v * v * len(d.items())
        d[i] = i
    return t


@program(make=three)
def all_of_values(x):
    d = {5: 1}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * sum(d.values()) + v * v * max(d)
        d[i] = i
    return t


@program(make=three)
def product_changes(x):
    u = [x[0], x[1]]
    t = 0.0
    for a, b in itertools.product(u, u):
        t = t + a * b
        u[1] = x[2]
    return t


@program(make=three)
def items_changes(x):
    d = {"a": x[0], "b": x[1]}
    t = 0.0
    for k, v in d.items():
        t = t + v * v
        d["b"] = x[2]
    return t


@program(make=three)
def items_comp(x):
    d = {"a": x[0], "b": x[1]}
    d2 = [(k, v * v) for k, v in d.items()]
    d["a"] = x[2]
    return d2[0][1] * d["a"]


@program(make=three)
def starmap_rows(x):
    t = 0.0
    for a in itertools.starmap(lambda p, q: p * q, [(x[0], x[1]), (x[1], x[2])]):
        t = t + a * a
    return t


@program(make=three)
def count_step(x):
    t = 0.0
    for i, v in zip(itertools.count(1, 2), x):
        t = t + i * v * v
    for i, v in zip(itertools.count(), x):
        t = t + i * v
    return t


@program(make=three)
def enum_cycle(x):
    t = 0.0
    for i, (v, w) in enumerate(zip(x, itertools.cycle([1.0, -1.0]))):
        t = t + i * v * v * w
    return t


@program(make=three)
def opaque_pop_reads(x):
    d = {1, 2, 3}
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        k = d.pop()
    return t


@program(make=three)
def opaque_popleft_reads(x):
    d = collections.deque([1, 2, 3])
    t = 1.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        k = d.popleft()
        if k == 7:
            t = t * 2
    return t


@program(make=three)
def index_pop(x):
    d = [0, 1, 2]
    t = 1.0
    for i in range(3):
        t = t * x[d.pop()] + x[0]
    return t


@program(make=three)
def index_next(x):
    it = iter([0, 2, 1])
    t = 1.0
    for i in range(3):
        t = t * x[next(it)] + x[0]
    return t


@program(make=three)
def param_list_len(x):
    def g(v, s):
        return v * v * len(s)

    s = []
    t = 0.0
    for v in x:
        t = t + g(v, s)
        s.append(1)
    return t


@program(make=three)
def captured_len(x):
    s = []
    t = 0.0

    def g(v):
        return v * v * len(s)

    for v in x:
        t = t + g(v)
        s.append(1)
    return t


@program(make=three)
def captured_if(x):
    s = []
    t = 0.0

    def g(v):
        if s:
            return v * v
        return v

    for v in x:
        t = t + g(v)
        s.append(1)
    return t


@program(make=three)
def param_array_in_list(x):
    s = [x * 1.0]
    t = 0.0

    def g(s):
        return np.sum(s[0] ** 2) * len(s)

    for i in range(3):
        t = t + g(s)
        s.append(x[0])
        s[0][1] = t * 0.1
    return t


@program(make=three)
def list_of_arrays_stored(x):
    s = [x * 1.0, x * 2.0]
    t = 0.0
    for i in range(2):
        t = t + np.sum(s[i] * s[1 - i])
        s[i] = s[i] * t
    return t


@program(make=three)
def dict_of_arrays_snap(x):
    d = {"a": x * 1.0}
    t = 0.0
    for i in range(3):
        t = t + sum(np.sum(v**2) for v in d.values())
        d["b%d" % i] = x * (i + 1.0)
    return t


@program(make=three)
def tuple_optional(x):
    rows = [(x[0], None), (x[1], x[2])]
    t = 0.0
    for a, b in rows:
        t = t + a * (b if b is not None else 1.0)
    return t


@program(make=three)
def arr_flag1(x):
    flag = np.zeros(1)
    t = 0.0
    for v in x:
        if flag:
            t = t + v * v
        else:
            t = t + v
        flag[0] = 1
    return t


@program(make=three)
def bytes_rebuilt(x):
    d = b""
    t = 0.0
    for v in x:
        t = t + v * v * len(d)
        d = d + b"a"
    return t


@program(make=three)
def str_join(x):
    d = ""
    t = 0.0
    for i, v in enumerate(x):
        t = t + v * v * len(d)
        d = d + str(i)
    return t


@program(make=three)
def str_fstring(x):
    d = ""
    t = 0.0
    for i, v in enumerate(x):
        if "1" in d:
            t = t + v * v
        d = f"{d}{i}"
        t = t + v * len(d)
    return t


@program(make=three)
def while_len(x):
    s = [1, 2]
    t = 1.0
    while len(s) < 5:
        t = t * x[0] + len(s) * x[1]
        s.append(3)
    return t


@program(make=three)
def nested_table_len(x):
    d = {}
    t = 1.0
    for i, v in enumerate(x):
        d.setdefault("a", []).append(i)
        t = t + v * v * len(d["a"])
    return t
