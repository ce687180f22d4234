"""What scripts do with iterators, columns, rows, stacks and recursion."""

import collections
import copy
import enum
import heapq
import itertools
import math
from collections import defaultdict
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from .corpus import program


def four(g):
    return (np.array([0.3, 0.71, 1.2, 0.45]),)


@program(make=four)
def script_iterator_1(x):
    it = iter(x)
    prev = next(it)
    tot = 0.0
    for cur in it:
        tot += (cur - prev) ** 2
        prev = cur
    return tot * prev


@program(make=four)
def script_iterator_2(x):
    g = (v * v for v in x if v > 0.4)
    first = next(g, 0.0)
    return first + sum(g) ** 2


@program(make=four)
def script_iterator_3(x):
    it = iter(list(x) + [1.0])
    t = 0.0
    while True:
        try:
            v = next(it)
        except StopIteration:
            break
        t = t * 0.5 + v**2
    return t


@program(make=four)
def script_iterator_4(x):
    it = iter(x)
    t = 0.0
    for a in it:
        b = next(it, 1.0)
        t += a * b
    return t


@program(make=four)
def script_iterator_5(x):
    it = iter(x)
    t = 0.0
    for a, b in zip(it, it):
        t += a * b**2
    return t


@program(make=four)
def script_iterator_6(x):
    d = {"a": x[0], "b": x[1]}
    it = iter(d)
    k = next(it)
    t = d[k]
    for k in it:
        t += d[k] ** 2
    return t


@program(make=four)
def script_iterator_7(x):
    it = iter(x)
    t = 0.0
    for v in it:
        if v > 1:
            break
        t += v * v
    rest = list(it)
    return t + sum(rest) * 3


@program(make=four)
def script_iterator_8(x):
    it = iter(x)
    a, b = next(it), next(it)
    return a * b + sum(it)


@program(make=four)
def script_iterator_9(x):
    it = iter(zip(x, x[1:]))  # noqa: RUF007
    (a, b) = next(it)
    return a * b + sum(p * q for p, q in it)


@program(make=four)
def script_iterator_10(x):
    toks = iter("1 + 2 * 3".split())
    v = x[int(next(toks)) - 1]
    for op in toks:
        w = x[int(next(toks)) - 1]
        v = v + w if op == "+" else v * w
    return v


@program(make=four)
def script_iterator_11(x):
    y = x * 2
    it = iter(y)
    t = next(it)
    y[1] = x[0]
    for v in it:
        t = t * v
    return t


@program(make=four)
def script_iterator_12(x):
    it = iter(x)
    first = next(it)
    d = [b - first for b in it]
    return sum(v * v for v in d)


@program(make=four)
def script_zipped_1(x):
    it = list(zip(x, x[1:]))  # noqa: RUF007
    a, b = it[0]
    return a * b + sum(p * q for p, q in it[1:])


@program(make=four)
def script_columns_1(x):
    m = [[v * w + 1 for w in x] for v in x]
    t = [list(c) for c in zip(*m)]
    return sum(t[i][j] * (i + 2 * j) for i in range(3) for j in range(3))


@program(make=four)
def script_columns_2(x):
    pts = [(v, v**2) for v in x]
    xs, ys = zip(*pts)
    return sum(a * b for a, b in zip(xs, ys)) + xs[0] * len(ys)


@program(make=four)
def script_columns_3(x):
    y = np.outer(x, x + 1)
    return sum(max(c) * c[0] for c in zip(*y))


@program(make=four)
def script_columns_4(x):
    rows = [[v * w for w in x] for v in x]
    return sum(sum(c) ** 2 for c in zip(*rows))


@program(make=four)
def script_columns_5(x):
    rows = [[v * w for w in x] for v in x]
    t = 0.0
    for a, b, *c in zip(*rows):
        t += a * b + sum(c)
    return t


@program(make=four)
def script_columns_6(x):
    rot = [list(r) for r in zip(*[[x[0], x[1]], [x[2], x[3]]][::-1])]
    return rot[0][0] * rot[1][1] + rot[0][1] ** 3


@program(make=four)
def script_columns_7(x):
    pts = [(v, v**2) for v in x]
    t = 0.0
    for c in zip(*pts):
        t += sum(c) * c[-1]
    return t


@program(make=four)
def script_indexed_1(x):
    t = 0.0
    for i, v in np.ndenumerate(x):
        t += v * i[0]
    return t


@program(make=four)
def script_indexed_2(x):
    t = 0.0
    for (i, j), v in np.ndenumerate(np.outer(x, x)):
        t += v * (i - j) ** 2
    return t


@program(make=four)
def script_indexed_3(x):
    t = 0.0
    for v in np.nditer(x):
        t += v**2
    return t


@program(make=four)
def script_indexed_4(x):
    y = np.outer(x, x + 1)
    z = np.zeros_like(y)
    for idx, v in np.ndenumerate(y):
        z[idx] = v**2 + sum(idx)
    return z.sum()


@program(make=four)
def script_indexed_7(x):
    y = np.outer(x, x + 1)
    z = np.zeros_like(y)
    for i, j in np.ndindex(y.shape):
        z[i, j] = y[j, i] * i
    for i, j in np.ndindex(*y.shape):
        z[i, j] += y[j, i] * j
    return (z**2).sum()


@program(make=four)
def script_indexed_8(x):
    y = np.outer(x, x + 1)
    m = -1.0
    for k, v in np.ndenumerate(y):
        if v > m:
            m = v
            best = k
    return y[best] ** 2 + y[0, best[1]]


class StackOfObject:
    def __init__(self, *a):
        self.items = list(a)

    def push(self, v):
        self.items.append(v)
        return self

    def pop(self):
        return self.items.pop()

    def peek(self):
        return self.items[-1]

    def __bool__(self):
        return bool(self.items)

    def __len__(self):
        return len(self.items)


@program(make=four)
def script_object_1(x):
    s = StackOfObject()
    s.push(x[0]).push(x[1]).push(x[2])
    t = 1.0
    while s:
        t = t * s.pop() + len(s)
    return t


@program(make=four)
def script_object_2(x):
    s = StackOfObject()
    for v in x:
        s.push(v)
    t = 0.0
    while len(s) > 1:
        a = s.pop()
        b = s.pop()
        s.push(a * b + 1)
        t += s.peek()
    return t


class CountsOfObject:
    def __init__(self, first):
        self.by_name = {"total": first}

    def step(self, v):
        self.by_name["total"] = self.by_name["total"] * v
        return v


@program(make=four)
def script_object_3(x):
    counts, score = CountsOfObject(x[0]), 0.0
    for v in x:
        score += counts.by_name["total"] * counts.step(v)
    return score


class BufOfObject:
    def __init__(self, n):
        self.n = n
        self.buf = []

    def add(self, v):
        self.buf.append(v)
        if len(self.buf) > self.n:
            self.buf.pop(0)
        return self

    @property
    def mean(self):
        return sum(self.buf) / len(self.buf)


@program(make=four)
def script_object_4(x):
    b = BufOfObject(2)
    t = 0.0
    for v in x:
        t += b.add(v).mean ** 2
    return t


class RMSPropOfObject:
    def __init__(self, lr):
        self.lr = lr
        self.cache = defaultdict(float)

    def step(self, params, grads):
        for i, (p, g) in enumerate(zip(params, grads)):
            self.cache[i] = 0.9 * self.cache[i] + 0.1 * g * g
            params[i] = p - self.lr * g / (math.sqrt(self.cache[i]) + 1e-6)


class HistOfObject:
    def __init__(self):
        self.h = {"a": [], "b": []}
        self.last = 0.0

    def put(self, k, v):
        self.h[k].append(v)
        self.last = v * self.last + 1

    def total(self, k):
        return sum(v**2 for v in self.h[k])


@program(make=four)
def script_object_6(x):
    h = HistOfObject()
    t = 0.0
    for i, v in enumerate(x):
        h.put("a" if i % 2 else "b", v * t + 1)
        t = t + h.total("a") * h.last
    return t + h.total("b")


class VmOfObject:
    def __init__(self):
        self.st = []
        self.mem = {}

    def run(self, prog):
        for op, *a in prog:
            getattr(self, "op_" + op)(*a)
        return self.st[-1]

    def op_push(self, v):
        self.st.append(v)

    def op_add(self):
        b, a = self.st.pop(), self.st.pop()
        self.st.append(a + b)

    def op_mul(self):
        b, a = self.st.pop(), self.st.pop()
        self.st.append(a * b)

    def op_store(self, k):
        self.mem[k] = self.st.pop()

    def op_load(self, k):
        self.st.append(self.mem[k])


class PQOfObject:
    def __init__(self):
        self.items = []

    def push(self, p, v):
        self.items.append((p, v))
        self.items.sort(key=lambda t: t[0])

    def pop(self):
        return self.items.pop(0)

    def __len__(self):
        return len(self.items)


@program(make=four)
def script_object_8(x):
    q = PQOfObject()
    t = 1.0
    for i, v in enumerate(x):
        q.push(-i, v)
    while q:
        k, v = q.pop()
        t = t * v + k
    return t


@program(make=four)
def script_object_9(x):
    s = StackOfObject()
    t = 1.0
    for i, v in enumerate(x):
        s.push(v * t)
        if i % 2:
            t = t * s.pop() * s.peek()
    return t + s.peek()


@program(make=four)
def script_recursive_1(x):
    out = []

    def walk(t, d):
        if d == 0:
            out.append(t)
            return
        y = t * x[:2]
        walk(y[0], d - 1)
        y[1] = y[1] * 2
        walk(y[1], d - 1)

    walk(x[2], 2)
    return sum(o * o * (i + 1) for i, o in enumerate(out))


@program(make=four)
def script_recursive_2(x):
    y = x.copy()

    def f(n):
        if n == 0:
            return y[0]
        y[1] = y[1] * y[0] + n
        r = f(n - 1)
        y[0] = r * y[1]
        return r * y[0]

    return f(3) + y.sum()


@program(make=four)
def script_recursive_3(x):
    def hanoi(n, a, b, c, log):
        if n == 0:
            return 0.0
        s = hanoi(n - 1, a, c, b, log)
        log.append(x[a] * x[c] + s)
        return s * 0.5 + hanoi(n - 1, b, a, c, log) + x[b]

    log = []
    r = hanoi(3, 0, 1, 2, log)
    return r + sum(v * v for v in log)


@program(make=four)
def script_recursive_4(x):
    stack = [1.0]

    def go(n):
        if n == 0:
            return stack[-1]
        stack.append(stack[-1] * x[n])
        r = go(n - 1) + go(n - 1) if n < 3 else go(n - 1)
        r = r * stack.pop()
        return r

    return go(3)


@program(make=four)
def script_recursive_5(x):
    def quick(a):
        if len(a) <= 1:
            return a
        p = a[0]
        return quick([v for v in a[1:] if v < p]) + [p] + quick([v for v in a[1:] if v >= p])

    return sum((i + 1) * v * v for i, v in enumerate(quick(list(x))))


@program(make=four)
def script_recursive_6(x):
    def merge(a):
        if len(a) < 2:
            return a
        m = len(a) // 2
        l, r = merge(a[:m]), merge(a[m:])
        out = []
        i = j = 0
        while i < len(l) and j < len(r):
            if l[i] <= r[j]:
                out.append(l[i])
                i += 1
            else:
                out.append(r[j])
                j += 1
        return out + l[i:] + r[j:]

    return sum((i + 1) * v * v for i, v in enumerate(merge(list(x))))


@program(make=four)
def script_recursive_7(x):
    perms = []

    def rec(cur, rest):
        if not rest:
            perms.append(cur)
            return
        for i in range(len(rest)):
            rec(cur * x[rest[i]] + i, rest[:i] + rest[i + 1 :])

    rec(1.0, [0, 1, 2])
    return sum(p * p for p in perms)


@program(make=four)
def script_recursive_8(x):
    best = [0.0]

    def dfs(i, acc, w):
        if acc > best[0]:
            best[0] = acc
        if i == 4:
            return
        dfs(i + 1, acc, w)
        if w + 1 <= 2:
            dfs(i + 1, acc + x[i] * x[i], w + 1)

    dfs(0, 0.0, 0)
    return best[0] ** 2


@program(make=four)
def script_recursive_9(x):
    buf = np.zeros(4)

    def fill(lo, hi, v):
        if hi - lo == 1:
            buf[lo] += v * x[lo]
            return
        m = (lo + hi) // 2
        fill(lo, m, v * 0.5 + x[lo])
        fill(m, hi, v * v)
        buf[lo] *= 2

    fill(0, 4, 1.5)
    return (buf**2).sum()


@program(make=four)
def script_tried_1(x):
    s = 0.0
    try:
        for k in range(10):
            s += x[k] * k
    except IndexError:
        s *= 2
    return s


@program(make=four)
def script_tried_2(x):
    s = 0.0
    try:
        for k in range(10):
            s += x[k]
    except IndexError:
        s *= 2
    else:
        s *= 5
    finally:
        s += x[0]
    return s


@program(make=four)
def script_tried_3(x):
    s = 0.0
    try:
        for k, v in enumerate(x):
            s += math.sqrt(v) * s + v
    except ValueError:
        s = 0.0
    else:
        s *= 5
    return s


@program(make=four)
def script_tried_4(x):
    s = 0.0
    try:
        for v in x:
            s += v
            s *= math.log(v - 0.8)
    except (ValueError, KeyError):
        s = s**2
    return s


@program(make=four)
def script_tried_5(x):
    it = iter(x)
    s = 0.0
    try:
        while True:
            a = next(it)
            s = s * 0.5 + a
            b = next(it)
            s += a * b
    except StopIteration:
        pass
    return s


@program(make=four)
def script_tried_6(x):
    d = {"a": x[0], "b": x[1]}
    s = 0.0
    try:
        for k in ["b", "a", "c"]:
            s = s * d[k] + 1 + d[k]
    except KeyError as e:
        s = s * x[2]
    return s


@program(make=four)
def script_tried_7(x):
    out = []
    try:
        for v in x:
            if v > 1:
                raise StopIteration
            out.append(v * v)
    except StopIteration:
        out.append(x[3])
    return sum(v * (i + 1) for i, v in enumerate(out))


class PolyOfGenerator:
    def __init__(self, c):
        self.c = list(c)

    def __call__(self, t):
        r = 0.0
        for a in reversed(self.c):
            r = r * t + a
        return r

    def __add__(self, o):
        return PolyOfGenerator(a + b for a, b in itertools.zip_longest(self.c, o.c, fillvalue=0.0))

    def scale(self, k):
        return PolyOfGenerator(k * a for a in self.c)


@program(make=four)
def script_generator_1(x):
    p = PolyOfGenerator(x) + PolyOfGenerator(v * v for v in x[:2])
    return p(0.5)


@program(make=four)
def script_generator_2(x):
    q = tuple(x)
    c = (q[0], *(-v for v in q[1:]))
    return sum(i * v * v * v for i, v in enumerate(c))


@program(make=four)
def script_generator_3(x):
    g = (v * v for v in x if v > 0.4)
    return sum(g)


@program(make=four)
def script_generator_4(x):
    g = (math.sin(v) for v in x)
    t = 0.0
    for v in g:
        t = t * 0.5 + v
    return t


def _mean_of_generator(vals):
    vals = list(vals)
    return sum(vals) / len(vals)


@program(make=four)
def script_generator_5(x):
    return _mean_of_generator(v**2 for v in x) * _mean_of_generator(x)


@program(make=four)
def script_generator_7(x):
    return PolyOfGenerator(x).scale(x[0])(0.3)


def _total_of_generator(vals):
    t = 0.0
    for v in vals:
        t += v
    return t


@program(make=four)
def script_generator_8(x):
    return _total_of_generator(v * w for v, w in zip(x, x[1:]))  # noqa: RUF007


@program(make=four)
def script_generator_9(x):
    d = [[v * i for i in range(3)] for v in x]
    g = (sum(r) for r in d)
    return max(g)


@program(make=four)
def script_generator_10(x):
    pairs = ((i, v) for i, v in enumerate(x) if i != 1)
    return sum(i * v for i, v in pairs)


@program(make=four)
def script_rows_1(x):
    M = [[x[0], x[1]], [x[2], x[3]]]
    for i in range(2):
        M[0], M[1] = M[1], M[0]
        M[1][0] -= M[0][1] * M[1][1]
    return M[0][0] * M[1][1] - M[0][1]


@program(make=four)
def script_rows_2(x):
    M = [[x[0], x[1]], [x[2], x[3]]]
    p = 1 if x[0] < x[2] else 0
    M[0], M[p] = M[p], M[0]
    M[1][0] -= M[0][1] * M[1][1]
    return M[0][0] * M[1][1] - M[0][1]


@program(make=four)
def script_rows_3(x):
    n = 3
    L = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for k in range(i, n):
            L[k][i] = x[k] - sum(L[k][j] * L[i][j] for j in range(i))
    return L[2][1]


@program(make=four)
def script_rows_4(x):
    n = 3
    L = [[float(i == j) for j in range(n)] for i in range(n)]
    for i in range(n):
        for k in range(i + 1, n):
            L[k][i] = x[k] - L[k][0] * L[i][0]
    return L[2][1]


@program(make=four)
def script_rows_5(x):
    n = 3
    M = [[v * w for w in x] for v in x]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(M[r][i]))
        M[i], M[p] = M[p], M[i]
        for r in range(i + 1, n):
            f = M[r][i] / (1 + M[i][i])
            for c in range(i, n):
                M[r][c] -= f * M[i][c]
    return M[0][0] + M[2][2] * M[1][1]


@program(make=four)
def script_rows_6(x):
    M = [[v * w for w in x] for v in x]
    M[0], M[1] = M[1], M[0]
    return M[0][0] + M[2][2] * M[1][1]


@program(make=four)
def script_rows_7(x):
    M = [[v * w for w in x] for v in x]
    tmp = M[0]
    M[0] = M[2]
    M[2] = tmp
    return M[0][0] + M[2][2] * M[1][1]


class VecOfNamed(NamedTuple):
    x: float
    y: float

    def __add__(self, o):
        return VecOfNamed(self.x + o.x, self.y + o.y)

    def __mul__(self, k):
        return VecOfNamed(self.x * k, self.y * k)

    @property
    def r(self):
        return math.hypot(*self)


@program(make=four)
def script_named_1(x):
    return VecOfNamed(x[0], x[1]).r


@program(make=four)
def script_named_2(x):
    v = VecOfNamed(x[0], 0.0)
    for k in range(3):
        v = v + VecOfNamed(x[1], x[2]) * 0.1
    return v.r**2


@program(make=four)
def script_named_3(x):
    vs = [VecOfNamed(v, 2 * v) for v in x]
    return sum(v.r**2 for v in vs)


def _f_of_named(a, b):
    return a * b


@program(make=four)
def script_named_4(x):
    v = VecOfNamed(x[0], x[1])
    a, b = v
    return _f_of_named(*v) + a * b + sum(v) + max(v)


class WOfNamed(NamedTuple):
    a: float
    b: float

    def __add__(self, o):
        return WOfNamed(self.a + o.a, self.b + o.b)

    def __sub__(self, o):
        return WOfNamed(self.a - o.a, self.b - o.b)

    def __rmul__(self, k):
        return WOfNamed(self.a * k, self.b * k)

    def __neg__(self):
        return WOfNamed(-self.a, -self.b)

    def __matmul__(self, o):
        return self.a * o.a + self.b * o.b

    def __radd__(self, o):
        return self if o == 0 else self + o


@program(make=four)
def script_named_5(x):
    v = WOfNamed(x[0], x[1])
    w = WOfNamed(x[2], x[3])
    v += 2.0 * w
    u = -v - w
    return u @ v + u.a


@program(make=four)
def script_named_6(x):
    y = WOfNamed(x[0], 1.0)
    _f_of_named = lambda u: WOfNamed(u.b, -x[1] * u.a)
    for k in range(3):
        k1 = _f_of_named(y)
        k2 = _f_of_named(y + 0.5 * k1)
        y = y + 0.1 * (k1 + 2.0 * k2)
    return y @ y


@program(make=four)
def script_named_8(x):
    t = (x[0], x[1]) + (x[2],)
    v = WOfNamed(*t[:2])
    q = v * 2 if False else (v.a,) * 2
    return sum(q) + t[2] * v.b


class WOfField(NamedTuple):
    a: float
    b: float


@program(make=four)
def script_field_1(x):
    f = lambda u: WOfField(u.b, -x[1] * u.a)
    y = f(WOfField(x[0], 1.0))
    return y.a * y.b


@program(make=four)
def script_field_3(x):
    f = lambda u: WOfField(u.b, -x[1] * u.a)
    y = WOfField(x[0], 1.0)
    for k in range(2):
        y = f(y)
    return y.a * y.b


@program(make=four)
def script_field_4(x):
    f = lambda u: (u[1], -x[1] * u[0])
    y = (x[0], 1.0)
    for k in range(2):
        k1 = f(y)
        k2 = f((k1[0], y[1]))
        y = k2
    return y[1]


@program(make=four)
def script_taken_1(x):
    g = (v * v for v in x)
    return next(g)


def _nested_of_taken(v, n):
    if n == 0:
        return [v]
    found = _nested_of_taken(v * v, n - 1)
    found.append(v)
    return found


@program(make=four)
def script_taken_2(x):
    a = _nested_of_taken(x[0], 2)
    return a[0] * a[1] * x[1]


@program(make=four)
def script_taken_3(x):
    it = iter(x)
    next(it)
    return next(it) ** 2 + next(it)


@program(make=four)
def script_taken_4(x):
    it = iter(x)
    if next(it) > 0:
        t = next(it) * 2
    else:
        t = 0.0
    next(it)
    return t + next(it, 3.0) + next(it, x[0])


@program(make=four)
def script_taken_5(x):
    t = 0.0
    it = iter(x)
    while t < 1.5:
        t += next(it)
    return t


@program(make=four)
def script_taken_6(x):
    t = 0.0
    for k in range(2):
        it = iter(x[k:])
        t += next(it) * next(it)
    return t


@program(make=four)
def script_taken_7(x):
    def first(v):
        return next(iter(v))

    return first(x) * 2 + next(iter(x[1:]))


@program(make=four)
def script_rest_2(x):
    it = iter(x)
    t = 0.0
    while sum(v for v in it) > 0.1:
        t += 1 * x[0]
    return t + x[1]


@program(make=four)
def script_rest_5(x):
    it = iter(x)
    for v in it:
        for w in it:
            v = v * w
    return v


@program(make=four)
def script_rest_6(x):
    it = iter(x)
    t = 0.0
    for k in range(2):
        for v in it:
            t = t * 0.5 + v
            if v > 0.5:
                break
    return t


@program(make=four)
def script_rest_7(x):
    it = iter(x)
    a, *b = it
    return a * sum(b) + len(list(it))


@program(make=four)
def script_rest_8(x):
    it = iter(x)
    a = next(it)
    y = [*it]
    z = list(it)
    return a * sum(y) + sum(z)


@program(make=four)
def script_rest_9(x):
    it = iter(x)
    t = 0.0
    for a in it:
        t += a * next(it)
    else:
        t *= 2
    return t


@program(make=four)
def script_rest_10(x):
    t = 0.0
    for row in [x, x * 2]:
        it = iter(row)
        first = next(it)
        for v in it:
            t += v * first
    return t


@program(make=four)
def script_rest_12(x):
    x = x * 1.0
    it = iter(x)
    a = next(it)
    x = x * 2
    for v in it:
        a = a * v + x[0]
    return a


@program(make=four)
def script_chunks_1(x):
    def chunks(seq, n):
        it = iter(seq)
        while True:
            c = list(itertools.islice(it, n))
            if not c:
                return
            yield c

    return sum(sum(c) ** 2 for c in chunks(list(x), 3))


@program(make=four)
def script_chunks_2(x):
    it = iter(x)
    a = sum(itertools.islice(it, 2))
    b = list(it)
    return a * sum(v * v for v in b)


@program(make=four)
def script_chunks_3(x):
    rows = [[v, v * v] for v in x]
    for i in range(3):
        if rows[i][0] > rows[i + 1][0]:
            rows[i], rows[i + 1] = rows[i + 1], rows[i]
            rows[i][1] += rows[i + 1][0]
    return sum((k + 1) * r[0] * r[1] for k, r in enumerate(rows))


@program(make=four)
def script_chunks_4(x):
    rows = [[v, v * v] for v in x]
    rows[-1], rows[0] = rows[0], rows[-1]
    k = 0
    rows[k], rows[k] = rows[k], rows[k]
    rows[k - 2], rows[k + 1] = rows[k + 1], rows[k - 2]
    rows[k][1] += rows[2][0] * rows[1][1]
    return sum((k + 1) * r[0] * r[1] for k, r in enumerate(rows))


class FifoOfState:
    def __init__(self, n):
        self.n = n
        self.q = []
        self.dropped = 0.0

    def put(self, v):
        self.q.append(v)
        if len(self.q) > self.n:
            self.dropped += self.q.pop(0)

    def __iter__(self):
        return iter(self.q)

    def __len__(self):
        return len(self.q)

    def __getitem__(self, i):
        return self.q[i]


@program(make=four)
def script_state_1(x):
    f = FifoOfState(2)
    t = 0.0
    for v in x:
        f.put(v * (1 + t))
        t += sum(u**2 for u in f) * f[-1]
    return t + f.dropped * t


@program(make=four)
def script_state_2(x):
    snaps = []
    f = FifoOfState(3)
    for v in x:
        f.put(v)
        snaps.append(list(f.q))
    return sum(sum(s) ** 2 for s in snaps)


@program(make=four)
def script_state_4(x):
    f = FifoOfState(3)
    for v in x:
        f.put(v)
    g = copy.deepcopy(f)
    g.put(x[0] * x[1])
    f.q[0] = f.q[0] * 2
    return sum(g) * sum(f) + g.dropped


class AccOfState:
    def __init__(self):
        self.hist = []
        self.s = 0.0

    def add(self, v):
        self.s += v
        self.hist.append(self.s)
        return self

    def undo(self):
        self.hist.pop()
        self.s = self.hist[-1] if self.hist else 0.0
        return self


@program(make=four)
def script_state_5(x):
    a = AccOfState()
    t = 0.0
    for v in x:
        a.add(v * v)
        t += a.s * v
    a.undo().undo().add(x[0])
    t *= a.s
    return t + sum(a.hist)


@program(make=four)
def script_state_7(x):
    objs = [AccOfState() for _ in range(2)]
    for i, v in enumerate(x):
        objs[i % 2].add(v * (1 + objs[0].s))
    return sum(o.s**2 for o in objs)


@program(make=four)
def script_state_8(x):
    d = {k: AccOfState() for k in "ab"}
    for k, v in zip("abba", x):
        d[k].add(v * (1 + d["a"].s))
    return d["a"].s * d["b"].s


@program(make=four)
def script_state_10(x):
    rows = [[v, v * v] for v in x]
    i = 0
    while i < 3:
        if rows[i][0] > rows[i + 1][0]:
            rows[i], rows[i + 1] = rows[i + 1], rows[i]
            rows[i][1] += rows[i + 1][0]
            i = max(i - 1, 0)
        else:
            i += 1
    return sum((k + 1) * r[0] * r[1] for k, r in enumerate(rows))


@program(make=four)
def script_state_11(x):
    pts = [np.array([v, v * v]) for v in x]
    for i in range(3):
        j = (i * 2 + 1) % 4
        pts[i], pts[j] = pts[j], pts[i]
        pts[i] = pts[i] * 0.5 + pts[j]
    return sum(np.sum(p) * (k + 1) for k, p in enumerate(pts))


@program(make=four)
def script_state_12(x):
    pts = [np.array([v, v * v]) for v in x]
    for i in range(3):
        j = (i * 2 + 1) % 4
        pts[i], pts[j] = pts[j], pts[i]
        pts[i] *= 0.5
        pts[j][0] += pts[i][1]
    return sum(np.sum(p) * (k + 1) for k, p in enumerate(pts))


@program(make=four)
def script_state_13(x):
    it = iter(x.tolist())
    acc = []
    for v in it:
        if v < 0.5:
            v = v + next(it, 0.0)
        acc.append(v)
    return sum(a * a for a in acc)


@program(make=four)
def script_state_16(x):
    t = 0.0
    for i, v in np.ndenumerate(x.reshape(2, 2)):
        if i[0] == i[1]:
            continue
        t += v * v
        if t > 0.5:
            break
    return t


@program(make=four)
def script_state_17(x):
    y = x.reshape(2, 2).copy()
    for idx in np.ndindex(*y.shape):
        y[idx] *= sum(idx) + 1
    for (i, j), v in np.ndenumerate(y):
        y[j, i] = v + y[i, j]
    return (y**2).sum()


@program(make=four)
def script_state_18(x):
    out = []
    try:
        for i in range(6):
            try:
                out.append(x[i] * x[i + 1])
            except IndexError:
                out.append(x[i])
    except IndexError:
        pass
    return sum(o * (k + 1) for k, o in enumerate(out))


@program(make=four)
def script_state_19(x):
    tot = 0.0
    n = 0
    for s in "0.5 1.5 x 2.5".split():
        try:
            w = float(s)
        except ValueError:
            continue
        else:
            tot += w * x[n]
        finally:
            n += 1
    return tot * n


class POfState:
    x: float
    y: float = 0.0

    def __add__(self, o):
        return POfState(self.x + o.x, self.y + o.y)

    def __iter__(self):
        yield self.x
        yield self.y

    def __abs__(self):
        return math.hypot(*self)


@program(make=four)
def script_state_23(x):
    cfg = {
        "layers": [{"w": x[0], "act": "tanh"}, {"w": x[1], "act": "relu"}, {"w": x[2], "act": None}]
    }
    acts = {"tanh": math.tanh, "relu": lambda v: max(v, 0.0)}
    y = 1.0
    for layer in cfg["layers"]:
        y = layer["w"] * y + 0.1
        if layer.get("act"):
            y = acts[layer["act"]](y)
    return y


@program(make=four)
def script_state_24(x):
    class_counts = collections.Counter()
    sums = defaultdict(float)
    for lab, v in zip("abab", x):
        class_counts[lab] += 1
        sums[lab] += v * v
    return sum(sums[k] / class_counts[k] * (i + 1) for i, k in enumerate(sorted(sums)))


@program(make=four)
def script_state_25(x):
    state = {"h": np.zeros(2), "c": np.zeros(2)}
    for v in x:
        i = 1 / (1 + np.exp(-v * state["h"] - 0.1))
        state["c"] = i * state["c"] + (1 - i) * v
        state["h"] = np.tanh(state["c"]) * i
    return state["h"].sum() + state["c"][0]


@program(make=four)
def script_state_26(x):
    best, arg = -math.inf, None
    for combo in itertools.combinations(range(4), 2):
        s = sum(x[i] for i in combo) * x[combo[0]]
        if s > best:
            best, arg = s, combo
    return best + x[arg[1]]


@program(make=four)
def script_state_28(x):
    buf = [0.0] * 3
    head = 0
    t = 0.0
    for v in x:
        buf[head] = v
        head = (head + 1) % len(buf)
        t += sum(buf) / 3 * v
    return t


@program(make=four)
def script_state_29(x):
    m = [[0.0] * 3 for _ in range(3)]
    for i, (a, b) in enumerate(itertools.product(x[:3], repeat=2)):
        m[i // 3][i % 3] = a * b + i
    m = [list(r) for r in zip(*m[::-1])]
    tr = sum(m[i][i] for i in range(3))
    m[0], m[2] = m[2], m[0]
    return tr * m[0][1] + m[2][2]


@program(make=four)
def script_state_30(x):
    u = [v for v in x]
    log_ = []

    def record(tag, v):
        log_.append((tag, v))
        return v

    s = record("a", u[0] * u[1]) + record("b", u[2])
    return s * sum(v for t, v in log_ if t == "b") + len(log_)


class AOfClasses:
    def __init__(self, k):
        self.k = k

    def f(self, v):
        return v * self.k


class BOfClasses(AOfClasses):
    def f(self, v):
        return v**2 * self.k


REG = {"a": AOfClasses, "b": BOfClasses}


@program(make=four)
def script_classes_1(x):
    t = 0.0
    for n in ("a", "b"):
        t += REG[n](x[0]).f(x[1])
    return t


def p2(x, kind="b"):
    return REG[kind](x[0]).f(x[1])


@program(make=four)
def script_classes_3(x):
    t = 0.0
    for cls in (AOfClasses, BOfClasses):
        t += cls(x[0]).f(x[1])
    return t


@program(make=four)
def script_classes_4(x):
    return sum(c(x[0]).f(x[1]) for c in REG.values())


class PhaseOfClasses(enum.Enum):
    SOLID = "s"
    LIQUID = "l"

    @property
    def factor(self):
        return {"s": 1.0, "l": 2.0}[self.value]


@program(make=four)
def script_heap_1(x):
    h = []
    for i, v in enumerate(x):
        heappush(h, v)
    t = 0.0
    while h:
        t = t * 0.5 + heappop(h)
    return t


@program(make=four)
def script_heap_2(x):
    h = []
    for i, v in enumerate(x):
        heappush(h, (v, i))
    tot = 0.0
    while h:
        v, i = heappop(h)
        tot = tot * 0.5 + v * i
    return tot


@program(make=four)
def script_heap_3(x):
    g = {"a": {"b": x[0], "c": x[2]}, "b": {"c": x[1], "d": x[2]}, "c": {"d": x[3]}, "d": {}}
    dist = {k: math.inf for k in g}
    dist["a"] = 0.0
    q = [(0.0, "a")]
    while q:
        d, u = heappop(q)
        if d > dist[u]:
            continue
        for v, w in g[u].items():
            if dist[u] + w < dist[v]:
                dist[v] = dist[u] + w
                heappush(q, (dist[v], v))
    return dist["d"] ** 2


@program(make=four)
def script_heap_4(x):

    q = [(0.0, 0)]
    dist = [math.inf] * 4
    dist[0] = 0.0
    adj = [[(1, x[0]), (2, x[2])], [(2, x[1]), (3, x[2])], [(3, x[3])], []]
    while q:
        q.sort()
        d, u = q.pop(0)
        if d > dist[u]:
            continue
        for v, w in adj[u]:
            nd = d + w
            if nd < dist[v]:
                dist[v] = nd
                q.append((nd, v))
    return dist[3] ** 2


@program(make=four)
def script_heap_6(x):
    h = []
    for i, v in enumerate(x):
        heapq.heappush(h, (i % 2, i))
    return sum(x[i] * x[i] * (k + 1) for k, (_, i) in enumerate(sorted(h)))


@program(make=four)
def script_heap_7(x):
    h = []
    for i, v in enumerate(x):
        heapq.heappush(h, -v * v)
    return h[0] * 3 + sum(i * v for i, v in enumerate(h))


@program(make=four, may_refuse=True)
def script_cut_short_between_two_changes(x):
    s = 0.0
    try:
        for v in x:
            s = s + v
            s = s * math.log(v - 0.8)
    except (ValueError, TypeError):
        s = s**2
    return s


@program(make=four, may_refuse=True)
def script_scalar_or_sequence(x):
    y = x[0]
    total = 0.0
    try:
        for v in y:
            total += v
    except TypeError:
        total = y * 2.0
    return total * x[1]
