"""Iterators, generators, `itertools`, stacks, queues, and what dicts and lists are made of."""

import bisect
import functools
import itertools
import operator
from collections import Counter, defaultdict
from itertools import (
    accumulate,
    chain,
    combinations,
    cycle,
    islice,
    pairwise,
    product,
    repeat,
    starmap,
    zip_longest,
)

import numpy as np

from .corpus import program


def three(g):
    return (np.array([0.3, 0.7, 1.2]),)


@program(make=three)
def next_iter2(x):
    return next(iter(x)) * x[1]


@program(make=three)
def next_gen(x):
    return next(v * v for v in x if v > 0.5) * x[1]


@program(make=three)
def next_gen_default(x):
    return next((v * v for v in x if v > 5.5), x[2]) * x[1]


@program(make=lambda g: ({"a": 1.0, "b": 2.0},))
def next_dict(d):
    return next(iter(d.values())) * d["b"]


@program(make=lambda g: ({"a": 1.0, "b": 2.0},))
def items_len(d):
    it = d.items()
    return len(it) * sum(v for k, v in it) * len(d.values())


@program(make=lambda g: ({"a": 1.0, "b": 2.0},))
def items_in(d):
    return d["a"] ** 2 if "a" in d.keys() else d["b"]


@program(make=three)
def items_open(x):
    d = {}
    for i in range(3):
        d[i] = x[i] ** 2
    it = d.items()
    t = 0.0
    for k, v in it:
        t = t + k * v
    for v in d.values():
        t = t + v * v
    ks = d.keys()
    for k in ks:
        t = t + d[k]
    return t


@program(make=three)
def rev_arr(x):
    t = 0.0
    z = reversed(x)
    for v in z:
        t = t * 0.5 + v * v
    return t


@program(make=three)
def range_kept(x):
    r = range(len(x))
    t = 0.0
    for i in r:
        t = t + x[i] ** 2 * i
    for i in r:
        t = t + x[i]
    return t * len(r)


@program(make=three)
def window(x):
    r = []
    t = 0.0
    for v in x:
        r.append(v * v)
        if len(r) > 2:
            r.pop(0)
        t = t + sum(r) ** 2
    return t


@program(make=three)
def window_mean(x):
    r = []
    t = 0.0
    for v in x:
        r.append(v * v)
        if len(r) > 2:
            r.pop(0)
        t = t + sum(r) / len(r)
    return t


@program(make=three)
def window_del(x):
    r = []
    t = 0.0
    for v in x:
        r.append(v)
        if len(r) > 2:
            del r[0]
        t = t * 0.5 + r[0] * r[-1]
    return t


@program(make=three)
def window_slice(x):
    r = []
    t = 0.0
    for v in x:
        r.append(v)
        r = r[-2:]
        t = t + sum(r) ** 2
    return t


@program(make=three)
def window_np(x):
    r = []
    t = 0.0
    for v in x:
        r.append(v * v)
        if len(r) > 2:
            r.pop(0)
        t = t + np.mean(r) ** 2 + np.sum(np.array(r))
    return t


@program(make=three)
def queue_while(x):
    q = [v for v in x]
    t = 0.0
    while q:
        v = q.pop(0)
        t = t * v + v
    return t


@program(make=three)
def queue_grow(x):
    q = [x[0]]
    t = 0.0
    while q:
        v = q.pop()
        if v > 0.01:
            q.append(v * 0.3)
            q.append(v * 0.2)
        else:
            t = t + v * x[1]
    return t


@program(make=three)
def queue_len(x):
    q = [v for v in x]
    while len(q) > 1:
        a = q.pop(0)
        b = q.pop(0)
        q.append(a * b + a)
    return q[0]


@program(make=three)
def calc(x):
    stack = []
    for tok in ["0", "1", "*", "2", "+"]:
        if tok == "*":
            stack.append(stack.pop() * stack.pop())
        elif tok == "+":
            stack.append(stack.pop() + stack.pop())
        else:
            stack.append(x[int(tok)])
    return stack.pop()


@program(make=three)
def calc_named(x):
    stack = []
    for tok in ["0", "1", "-", "2", "/"]:
        if tok == "-":
            b = stack.pop()
            a = stack.pop()
            stack.append(a - b)
        elif tok == "/":
            b = stack.pop()
            a = stack.pop()
            stack.append(a / b)
        else:
            stack.append(x[int(tok)])
    return stack[0]


@program(make=three)
def pop_tuples(x):
    s = [(x[0], x[1]), (x[1], x[2])]
    t = 0.0
    while s:
        a, b = s.pop()
        t = t + a * b
    return t


@program(make=three)
def pop_tuples_for(x):
    s = [(x[0], x[1]), (x[1], x[2])]
    t = 0.0
    for _ in range(2):
        a, b = s.pop(0)
        t = t * a + a * b
    return t


@program(make=three)
def pop_lists(x):
    s = [[x[0], x[1]], [x[1], x[2]]]
    t = 0.0
    while s:
        r = s.pop()
        t = t + r[0] * r[1]
    return t


@program(make=three)
def pop_arrays(x):
    s = [x * 1.0, x * x]
    t = 0.0
    while s:
        r = s.pop()
        t = t + np.sum(r) ** 2
    return t


@program(make=three)
def pop_thrown(x):
    s = [x * 1.0, x * x]
    s.pop()
    return np.sum(s[0] ** 2)


@program(make=three)
def pop_thrown_tuple(x):
    s = [(x[0], 1), (x[1], 2)]
    s.pop()
    return s[0][0] ** 2


@program(make=three)
def del_key(x):
    d = {"a": x * 1.0, "b": x * x}
    del d["a"]
    return np.sum(d["b"] ** 2)


@program(make=three)
def del_key_num(x):
    d = {"a": x[0], "b": x[1] ** 2}
    t = d["a"] * 2
    del d["a"]
    return d["b"] * t


@program(make=three)
def pop_key_arr(x):
    d = {"a": x * 1.0, "b": x * x}
    y = d.pop("a")
    return np.sum(d["b"] * y)


@program(make=three)
def remove_val(x):
    s = [x[0], x[1], x[2]]
    s.remove(x[1])
    return s[0] * s[1]


@program(make=three)
def clear(x):
    s = [x[0], x[1], x[2]]
    t = sum(s) ** 2
    s.clear()
    s.append(x[0])
    return t * s[0]


@program(make=three)
def clear_loop(x):
    s = []
    t = 0.0
    for i, v in enumerate(x):
        s.append(v * v)
        if i == 1:
            t = t + sum(s) ** 2
            s.clear()
    return t + sum(s)


@program(make=three)
def memo_closure(x):
    memo = {}

    def f(n):
        if n in memo:
            return memo[n]
        r = x[n] if n < 2 else f(n - 1) * f(n - 2)
        memo[n] = r
        return r

    return f(5)


@program(make=three)
def memo_dict(x):
    memo = {0: x[0], 1: x[1]}
    for n in range(2, 6):
        memo[n] = memo[n - 1] * memo[n - 2]
    return memo[5]


def fib(n, memo, x):
    if n in memo:
        return memo[n]
    memo[n] = x[n] if n < 2 else fib(n - 1, memo, x) * fib(n - 2, memo, x)
    return memo[n]


@program(make=three)
def memo_arg(x):
    return fib(5, {}, x)


@functools.lru_cache(None)
def binom(n, k):
    return 1 if k in (0, n) else binom(n - 1, k - 1) + binom(n - 1, k)


@program(make=three)
def lru_const(x):
    return sum(binom(2, k) * x[k] for k in range(3)) ** 2


@program(make=three)
def prod_loop(x):
    t = 0.0
    for a, b in product(x, x):
        t = t + a * b * b
    return t


@program(make=three)
def prod_repeat(x):
    t = 0.0
    for i, j in product(range(3), repeat=2):
        t = t + x[i] * x[j] * i
    return t


@program(make=three)
def prod_sum(x):
    return sum(a * b for a, b in itertools.product(x, [1.0, 2.0])) * x[0]


@program(make=three)
def prod_three(x):
    return sum(x[i] * x[j] * x[k] for i, j, k in product(range(3), range(2), range(2)))


@program(make=three)
def acc_loop(x):
    t = 0.0
    for a in accumulate(x):
        t = t + a * a
    return t


@program(make=three)
def acc_list(x):
    return list(accumulate(x))[1] * list(accumulate(x, lambda a, b: a * b))[-1]


@program(make=three)
def acc_op(x):

    return sum(accumulate(x, operator.mul)) * x[0]


@program(make=three)
def acc_initial(x):
    return sum(accumulate(x, initial=x[0] * 2)) ** 2


@program(make=three)
def acc_max(x):
    return sum(accumulate(x, max)) ** 2


@program(make=three)
def chain_loop(x):
    t = 0.0
    for a in chain(x, x[:1], [1.0]):
        t = t + a * a
    return t


@program(make=three)
def chain_from(x):
    rows = [[x[0], x[1]], [x[2]]]
    return sum(v * v for v in chain.from_iterable(rows)) * x[0]


@program(make=three)
def pair_loop(x):
    t = 0.0
    for a, b in pairwise(x):
        t = t + a * b
    return t


@program(make=three)
def pair_sum(x):
    return sum((b - a) ** 2 for a, b in itertools.pairwise(x))


@program(make=three)
def pair_enum(x):
    t = 0.0
    for i, (a, b) in enumerate(pairwise(x)):
        t = t + i * a * b
    return t


@program(make=three)
def pair_list(x):
    p = list(pairwise(x))
    return p[0][1] * p[1][1]


@program(make=three)
def comb_loop(x):
    t = 0.0
    for a, b in combinations(x, 2):
        t = t + a * b * b
    return t


@program(make=three)
def comb_sum(x):
    return sum(x[i] * x[j] for i, j in combinations(range(3), 2))


@program(make=three)
def comb_abs(x):
    return sum(abs(a - b) for a, b in combinations([x[0], x[1], x[2]], 2))


@program(make=three)
def perm_sum(x):
    return sum(x[i] ** 2 * x[j] for i, j in itertools.permutations(range(3), 2))


@program(make=three)
def comb_wr(x):
    return sum(a * b for a, b in itertools.combinations_with_replacement(x, 2))


@program(make=three)
def zl(x):
    t = 0.0
    for a, b in zip_longest(x, x[:2], fillvalue=0.5):
        t = t + a * b
    return t


@program(make=three)
def zl_none(x):
    t = 0.0
    for a, b in zip_longest(x, x[:2]):
        t = t + a * (b if b is not None else 1.0)
    return t


@program(make=three)
def isl(x):
    t = 0.0
    for a in islice(x, 1, None):
        t = t + a * a
    for a in islice(x, 2):
        t = t + a
    return t


@program(make=three)
def rep(x):
    t = 0.0
    for a, b in zip(x, repeat(2.0)):
        t = t + a**b
    for a in repeat(x[0], 3):
        t = t * a + a
    return t


@program(make=three)
def cyc(x):
    t = 0.0
    for a, b in zip(x, cycle([1.0, 2.0])):
        t = t + a * a * b
    for a in islice(cycle(x), 5):
        t = t * 0.5 + a
    return t


@program(make=three)
def stm(x):
    t = 0.0
    for a in map(lambda p, q: p * q, x, x[::-1]):
        t = t + a * a
    return t + sum(starmap(pow, [(x[0], 2), (x[1], 3)]))


@program(make=three)
def tw(x):
    return sum(itertools.takewhile(lambda v: v < 1, x)) * x[2]


@program(make=three)
def dw(x):
    return sum(itertools.dropwhile(lambda v: v < 0.5, x)) * x[0]


@program(make=three)
def comprs(x):
    return sum(itertools.compress(x, [1, 0, 1])) * x[0]


@program(make=three)
def cnt(x):
    t = 0.0
    for i, v in zip(itertools.count(1), x):
        t = t + i * v * v
    return t


@program(make=three)
def dd_list(x):
    d = defaultdict(list)
    for k in (0, 1, 0):
        d[k].append(x[k])
    return sum(d[0]) * d[1][0]


@program(make=three)
def dd_float(x):
    d = defaultdict(float)
    for k in (0, 1, 0):
        d[k] += x[k] ** 2
    return d[0] * d[1]


@program(make=three)
def cnt_const(x):
    c = Counter("abca")
    return x[0] ** c["a"] * x[1] ** c["b"]


@program(make=three)
def cnt_loop(x):
    c = Counter([0, 1, 1, 2])
    t = 0.0
    for k, n in c.items():
        t = t + n * x[k] ** 2
    return t


@program(make=three)
def cnt_mc(x):
    c = Counter([0, 1, 1, 2])
    k = c.most_common(1)[0][0]
    return x[k] ** 2


@program(make=three)
def fromkeys(x):
    d = dict.fromkeys(["p", "q"], x[2])
    d["p"] = d["p"] * x[0]
    return d["q"] * d["p"]


@program(make=three)
def fromkeys0(x):
    d = dict.fromkeys(["p", "q"], 0.0)
    for k in d:
        d[k] = d[k] + x[0]
    d["p"] += x[1]
    return d["p"] * d["q"]


@program(make=three)
def fromkeys_range(x):
    d = dict.fromkeys(range(3), 0.0)
    for i, v in enumerate(x):
        d[i] += v * v
    return sum(d.values()) * d[0]


@program(make=three)
def nxt(x):
    return next(iter(x)) * x[1]


@program(make=three)
def nxt_dict(x):
    d = {"a": x[0] * 2, "b": x[1]}
    return next(iter(d.values())) * d[next(iter(d))]


@program(make=three)
def nxt_gen(x):
    return next(v * v for v in x if v > 0.5) * x[0]


@program(make=three)
def nxt_gen_default(x):
    return next((v * v for v in x if v > 5), x[2]) * x[0]


@program(make=three)
def nxt_gen_idx(x):
    i = next(i for i, v in enumerate(x) if v > 0.5)
    return x[i] ** 2


@program(make=three)
def nxt_gen_none(x):
    i = next((i for i, v in enumerate(x) if v > 5), None)
    return x[i] ** 2 if i is not None else x[0] ** 3


def squares(x):
    for v in x:
        yield v * v


@program(make=three)
def gen_loop(x):
    t = 0.0
    for v in squares(x):
        t = t * 0.5 + v
    return t


@program(make=three)
def gen_list(x):
    a = list(squares(x))
    return a[0] * a[2]


@program(make=three)
def gen_sum(x):
    return sum(squares(x)) * x[0]


@program(make=three)
def gen_comp(x):
    return sum(v * w for v, w in zip(squares(x), x))


@program(make=three)
def gen_np(x):
    return np.sum(np.array(list(squares(x))) ** 2)


def pairs_gen(x):
    n = len(x)
    for i in range(n):
        for j in range(i + 1, n):
            yield x[i], x[j]


@program(make=three)
def gen_pairs(x):
    t = 0.0
    for a, b in pairs_gen(x):
        t = t + a * b * b
    return t


def newton(x0, a):
    v = x0
    while abs(v * v - a) > 1e-9:
        yield v
        v = 0.5 * (v + a / v)
    yield v


@program(make=three)
def gen_newton(x):
    t = 0.0
    for v in newton(1.0 + x[0], x[1]):
        t = v
    return t * t + t


def two(x):
    yield from x
    yield x[0] * x[1]
    yield from squares(x)


@program(make=three)
def gen_from(x):
    return sum(two(x)) ** 2


@program(make=three)
def gen_nested(x):
    def g():
        for v in x:
            yield v * 2

    return sum(g()) * max(g())


@program(make=three)
def gen_local(x):
    def g(n):
        for i in range(n):
            yield x[i] ** 2

    t = 0.0
    for i, v in enumerate(g(3)):
        t = t + v * i
    return t


def early(x):
    for v in x:
        if v > 1:
            return
        yield v * v


@program(make=three)
def gen_return(x):
    return sum(early(x)) * x[2]


@program(make=three)
def gen_break(x):
    t = 0.0
    for v in squares(x):
        if v > 1:
            break
        t = t + v
    return t


@program(make=three)
def gen_dict(x):
    def kv():
        for i, v in enumerate(x):
            yield i, v * v

    d = dict(kv())
    return d[0] * d[2]


@program(make=three)
def swap(x):
    s = [x[0], x[1], x[2]]
    s[0], s[2] = s[2], s[0] * s[1]
    return s[0] * s[1] - s[2] ** 2


@program(make=three)
def bubble(x):
    s = [x[2], x[1], x[0]]
    for i in range(3):
        for j in range(2 - i):
            if s[j] > s[j + 1]:
                s[j], s[j + 1] = s[j + 1], s[j]
    return s[0] * s[1] ** 2 * s[2] ** 3


@program(make=three)
def matrix(x):
    m = [[0.0] * 3 for _ in range(3)]
    for i in range(3):
        for j in range(3):
            m[i][j] += x[i] * x[j]
            m[i][j] *= 2
    return sum(m[i][i] for i in range(3)) * m[0][2]


@program(make=three)
def matmul_lists(x):
    a = [[x[0], x[1]], [x[1], x[2]]]
    c = [[sum(a[i][k] * a[k][j] for k in range(2)) for j in range(2)] for i in range(2)]
    return c[0][1] * c[1][0]


@program(make=three)
def gauss_lists(x):
    a = [[2.0 + x[0], x[1]], [x[1], 3.0 + x[2]]]
    b = [x[0], 1.0]
    for i in range(2):
        p = a[i][i]
        for j in range(i + 1, 2):
            f = a[j][i] / p
            for k in range(i, 2):
                a[j][k] -= f * a[i][k]
            b[j] -= f * b[i]
    y = [0.0, 0.0]
    for i in (1, 0):
        s = b[i]
        for k in range(i + 1, 2):
            s -= a[i][k] * y[k]
        y[i] = s / a[i][i]
    return y[0] * y[1]


@program(make=three)
def swap_rows(x):
    a = [[x[0], x[1]], [x[1], x[2]]]
    a[0], a[1] = a[1], a[0]
    return a[0][1] * a[1][0]


@program(make=three)
def list_mult(x):
    s = [x[0] * x[1]] * 3
    s[1] = s[1] * 2
    return sum(s) * s[1]


@program(make=three)
def neg_slices(x):
    s = [v * v for v in x]
    return sum(s[-2:]) * sum(s[:-1]) * sum(s[::-1]) * s[-1]


@program(make=three)
def zip_star(x):
    rows = [[x[0], x[1]], [x[1], x[2]]]
    t = 0.0
    for c in zip(*rows):
        t = t + c[0] * c[1]
    return t


@program(make=three)
def transposed(x):
    m = [[x[0], x[1]], [x[1] * 2, x[2]]]
    t = list(map(list, zip(*m)))
    return t[0][1] * t[1][0]


@program(make=three)
def transposed2(x):
    m = [[x[0], x[1]], [x[1] * 2, x[2]]]
    t = [list(r) for r in zip(*m)]
    return t[0][1] * t[1][0]


@program(make=three)
def sum_lists(x):
    rows = [[x[0]], [x[1], x[2]]]
    f = sum(rows, [])  # noqa: RUF017
    return f[0] * f[2]


@program(make=three)
def sum_lists2(x):
    rows = [[v, v * v] for v in x]
    f = sum(rows, [])  # noqa: RUF017
    return f[0] * f[5]


@program(make=three)
def sort_key(x):
    s = sorted([(v, i) for i, v in enumerate(x)], key=lambda p: -p[0])
    return s[0][0] * s[1][0] ** 2


@program(make=three)
def enum_start(x):
    t = 0.0
    for i, v in enumerate(x, start=1):
        t = t + i * v * v
    return t


@program(make=three)
def rev(x):
    t = 0.0
    for v in reversed([x[0], x[1], x[2]]):
        t = t * 0.5 + v
    return t


@program(make=three)
def dict_comp(x):
    d = {"a": x[0], "b": x[1]}
    e = {k: v * v for k, v in d.items()}
    f = {v: k for k, v in enumerate("ab")}
    return e["a"] * e["b"] + x[f["b"]]


@program(make=three)
def dict_comp_filter(x):
    d = {i: v for i, v in enumerate(x)}
    e = {k: v * v for k, v in d.items() if v > 0.5}
    return sum(e.values()) * len(e)


@program(make=three)
def int_set(x):
    seen = set()
    t = 0.0
    for i in [0, 1, 0, 2]:
        if i in seen:
            continue
        seen.add(i)
        t = t + x[i] ** 2
    return t * len(seen)


@program(make=three)
def set_loop(x):
    t = 0.0
    for i in {0, 2}:
        t = t + x[i] ** 2
    for i in set([1, 1]):
        t = t + x[i] ** 3
    return t


@program(make=three)
def set_ops(x):
    a = {0, 1}
    b = {1, 2}
    t = 0.0
    for i in sorted(a | b):
        t = t + x[i] ** 2
    for i in a & b:
        t = t + x[i]
    return t * len(a - b)


@program(make=three)
def merge(x):
    a = {"p": x[0]}
    b = {"p": x[1], "q": x[2]}
    c = {**a, **b}
    d = a | b
    e = b | a
    return c["p"] * d["q"] * e["p"]


@program(make=three)
def merge_ior(x):
    a = {"p": x[0]}
    a |= {"q": x[1]}
    a |= dict(r=x[2])
    return a["p"] * a["q"] * a["r"]


@program(make=three)
def list_of_dicts(x):
    ps = [{"w": v, "b": v * v} for v in x]
    for p in ps:
        p["w"] = p["w"] * 2
    return sum(p["w"] * p["b"] for p in ps)


@program(make=three)
def dict_of_lists(x):
    d = {"a": [], "b": []}
    for i, v in enumerate(x):
        d["a" if i % 2 == 0 else "b"].append(v * v)
    return sum(d["a"]) * d["b"][0]


@program(make=three)
def nested_dict(x):
    d = {"l1": {"w": x[0], "b": x[1]}, "l2": {"w": x[2]}}
    d["l1"]["w"] *= 2
    return sum(v for l in d.values() for v in l.values()) * d["l1"]["w"]


@program(make=three)
def star_unpack(x):
    a, *b = [v * v for v in x]
    *c, d = x
    return a * sum(b) * c[0] * d


@program(make=three)
def tuple_acc(x):
    t = ()
    for v in x:
        t = t + (v * v,)
    return t[0] * t[2]


@program(make=three)
def list_eq(x):
    s = []
    t = 0.0
    for v in x:
        if s == []:
            t = t + v
        elif s[-1] < v:
            t = t + v * v
        s.append(v)
    return t


@program(make=three)
def in_list_active(x):
    s = [x[0], x[1]]
    return x[0] ** 2 if x[0] in s else x[1]


@program(make=three)
def any_all(x):
    return x[0] ** 2 if any(v > 1 for v in x) and not all(v > 1 for v in x) else x[1]


@program(make=three)
def copy_list(x):
    a = [x[0], x[1]]
    b = a[:]
    c = a.copy()
    d = list(a)
    b[0] = x[2]
    c.append(b[0] * 2)
    d[1] *= 3
    return a[0] * b[0] * c[2] * d[1]


@program(make=three)
def alias_list(x):
    a = [x[0], x[1]]
    b = a
    b[0] = x[2]
    return a[0] * b[1]


@program(make=three)
def insert_sorted(x):
    s = []
    for v in [x[1], x[0], x[2]]:
        k = 0
        while k < len(s) and s[k] < v:
            k += 1
        s.insert(k, v)
    return s[0] * s[1] ** 2 * s[2] ** 3


@program(make=three)
def bisect_(x):

    grid = [0.0, 0.5, 1.0, 2.0]
    t = 0.0
    for v in x:
        i = bisect.bisect(grid, v) - 1
        t = t + (v - grid[i]) ** 2
    return t


@program(make=three)
def string_keys(x):
    d = {f"w{i}": x[i] for i in range(3)}
    return sum(d[f"w{i}"] ** 2 * (i + 1) for i in range(3))


@program(make=three)
def split_keys(x):
    names = "a b c".split()
    d = dict(zip(names, x))
    return d["a"] * d["c"]


@program(make=three)
def get_default(x):
    d = {"a": x[0]}
    return d.get("a", 0.0) * d.get("z", x[1])


@program(make=three)
def setdefault_(x):
    d = {}
    for i, v in enumerate(x):
        d.setdefault(i % 2, []).append(v)
    return sum(d[0]) * d[1][0]


@program(make=three)
def map_two(x):
    return sum(map(lambda a, b: a * b, x, x[::-1]))


@program(make=three)
def filt(x):
    return sum(filter(lambda v: v > 0.5, x)) * x[0]


@program(make=three)
def any_gen_break(x):
    for i, v in enumerate(x):
        if v > 0.5:
            break
    else:
        i = 0
    return x[i] ** 2
