"""Derivatives through what is not local: followed rightly, or refused; never dropped.

Each program keeps a value in a global, in an attribute of a module's object or in a captured
array, and reads it again, itself or in another function.
"""

from __future__ import annotations

import numpy as np
import pytest

from tapeless import NotSupported, grad, jvp


class Store:
    """An object of the module."""

    def __init__(self):
        self.a = 2.0
        self.t = 0.0
        self.l = [0.0]
        self.arr = np.zeros(2)
        self.d = {}


G = Store()
BUF = np.zeros(2)
L = [0.0]
D = {}
total = 0.0


def reset():
    BUF[:] = 2.0
    G.t = 0.0
    G.arr[:] = 2.0
    L[:] = [0.0]
    G.l[:] = [0.0]
    D.clear()
    D["x"] = D["a"] = 1.0
    G.d["a"] = 1.0
    Store.cls = 0.0


reset()  # the kinds of what is read are those of the objects as they are


def s1(s, t):
    s.t = t


def r1(s):
    return s.t


def s2(t):
    G.t = t


def r2():
    return G.t


def s3(t):
    BUF[0] = t


def r3():
    return BUF[0] * 1.0


def s4(t):
    L[0] = t


def r4():
    return L[0]


def s5(t):
    D["a"] = t


def r5():
    return D["a"]


def s6(t):
    G.l.append(t)


def r6():
    return G.l[-1]


def s7(t):
    G.arr[:] = t


def r7():
    return G.arr.sum()


def s8(t):
    setattr(G, "t", t)


def s9(t):
    L.append(t)


def r9():
    return L[-1]


def s10(t):
    D.update(a=t)


def s11(t):
    Store.cls = t


def r11():
    return G.cls


def s12(t):
    G.__dict__["t"] = t


def s13(t):
    np.copyto(BUF, t)


def s14(t):
    s2(t)


def s15(t):
    G.d["a"] = t


def r15():
    return G.d["a"]


def s16(t):
    g = G
    g.t = t


def s17(t):
    for k in range(2):
        G.l[0] = t


def r17():
    return G.l[0]


def s18(t):
    global total
    total = t


def r18():
    return total


def s19(t):
    G.t += t


def s20(t):
    np.multiply(t, 1.0, out=BUF)


def f1(t):
    s1(G, t)
    return r1(G)


def f2(t):
    s2(t)
    return r2()


def f3(t):
    s3(t)
    return r3()


def f4(t):
    s4(t)
    return r4()


def f5(t):
    s5(t)
    return r5()


def f6(t):
    s6(t)
    return r6()


def f7(t):
    s7(t)
    return r7()


def f8(t):
    s8(t)
    return r2()


def f9(t):
    s9(t)
    return r9()


def f10(t):
    s10(t)
    return r5()


def f11(t):
    s11(t)
    return r11()


def f12(t):
    s12(t)
    return r2()


def f13(t):
    s13(t)
    return r3()


def f14(t):
    s14(t)
    return r2()


def f15(t):
    s15(t)
    return r15()


def f16(t):
    s16(t)
    return r2()


def f17(t):
    s17(t)
    return r17()


def f18(t):
    s18(t)
    return r18()


def f19(t):
    s19(t)
    return r2()


def f20(t):
    s20(t)
    return r3()


def f21(t):
    G.t = t
    return r2()


def f22(t):
    BUF[0] = t
    return r3()


def f23(t):
    G.t = t
    return G.t * 2


def f24(t):
    L.append(t)
    return L[-1] * 2


def f25(t):
    def inner():
        box[0] = t

    box = [0.0]
    inner()
    return box[0]


def f26(t):
    o = Store()
    s1(o, t)
    return r1(o)


def f27(t):
    a = np.zeros(2)

    def w(k):
        a[k] = t

    w(0)
    w(1)
    return a.sum()


def f28(t):
    y = 0.0

    def w():
        nonlocal y
        y = t

    w()
    return y


def g1(t):
    m = BUF
    m[0] = t
    return BUF[0] * t


def g2(t):
    G.arr[0] = t
    return G.arr[0] * t


def g3(t):
    m = G.arr
    m[0] = t
    return G.arr[0] * t


def g4(t):
    m = BUF
    m[0] = t
    return m[0] * t


def g5(t):
    m = L
    m[0] = t
    return L[0] * t


def g6(t):
    m = L
    m.append(t)
    return L[-1] * t


def g7(t):
    m = G.l
    m.append(t)
    return G.l[-1] * t


def g8(t):
    a = BUF[:1]
    a[0] = t
    return BUF[0] * t


def g9(t):
    a = [BUF, BUF]
    a[0][0] = t
    return a[1][0] * t


def g10(t):
    for b in (BUF,):
        b[0] = t
    return BUF[0] * t


def g11(t):
    a = BUF.ravel()
    a += t
    return BUF[0] * t


def g12(t):
    a = np.asarray(BUF)
    a *= t
    return BUF[0] * t + a[1]


def get():
    return BUF


def g13(t):
    a = get()
    a[0] = t
    return BUF[0] * t


def getg():
    return G.arr


def g14(t):
    a = getg()
    a[0] = t
    return G.arr[0] * t


def g15(t):
    G.arr[0] = 5.0  # a constant: recorded value
    y = G.arr[0] * t
    G.arr[0] = 7.0
    return y * t


def g16(t):
    m = BUF
    y = BUF[0] * t
    m[0] = 7.0
    return y * t


def g17(t):
    m = G.arr
    G.arr[0] = 3.0
    y = m[0] * t
    G.arr[0] = 7.0
    return y * t


def g18(t):
    G.t = 3.0
    y = G.t * t * t
    G.t = 7.0
    return y


def seven():
    G.t = 7.0


def g19(t):
    G.t = 3.0
    y = G.t * t * t
    seven()
    return y


def g20(t):
    G.t = 3.0
    if G.t > 2.0:
        y = G.t * t * t
    else:
        y = t
    seven()
    if G.t < 5:
        y = y * t
    return y


def fill(b, v):
    b[:] = v


def g21(t):
    fill(BUF, t)
    return BUF[0] * t


def g22(t):
    fill(G.arr, t)
    return G.arr[0] * t


def g23(t):
    fill(BUF, 3.0)
    y = BUF[0] * t * t
    fill(BUF, 4.0)
    return y


def g24(t):
    m = globals()["BUF"]
    m[0] = t
    return BUF[0] * t


def g25(t):
    D["x"] = 3.0
    y = D["x"] * t * t
    D["x"] = 4.0
    return y


PROGRAMS = [v for n, v in list(globals().items()) if n[0] in "fg" and n[1:].isdigit()]


def run(f, t):
    reset()
    return f(t)


@pytest.mark.parametrize("f", PROGRAMS, ids=lambda f: f.__name__)
def test_right_or_refused(f):
    expected = (run(f, 0.5 + 1e-6) - run(f, 0.5 - 1e-6)) / 2e-6
    for derivative in (lambda: grad(f)(0.5), lambda: jvp(f, (0.5,), (1.0,))[1]):
        reset()
        try:
            found = derivative()
        except NotSupported:
            continue
        np.testing.assert_allclose(found, expected, rtol=1e-5)


class Model:
    """What scripts do beside computing: count, log, remember the best."""

    def __init__(self):
        self.w = np.ones(3)
        self.calls = 0
        self.history = []
        self.buffer = np.zeros(3)
        self.best = np.inf

    def logged(self, x):
        self.calls += 1
        self.history.append(x.copy())
        return np.sum(self.w * x**3)

    def counted(self, x):
        self.calls += 1
        if self.calls > 1000:
            raise ValueError("too many")
        self.buffer[:] = 1.5
        return np.sum(self.w * x**2) * self.buffer[0]

    def remembered(self, x):
        value = np.sum(self.w * x**2)
        if value < self.best:
            self.best = value
        return value


@pytest.mark.parametrize("name", ["logged", "counted", "remembered"])
def test_what_is_only_kept_for_later_does_no_harm(name):
    model, x = Model(), np.arange(3.0)
    expected = {"logged": 3 * x**2, "counted": 3 * x, "remembered": 2 * x}[name]
    np.testing.assert_allclose(grad(getattr(model, name))(x), expected)
    assert name == "remembered" or model.calls == 1
    assert name != "logged" or len(model.history) == 1
    assert name != "remembered" or model.best == np.sum(x**2)


def log(x, history):
    history.append(x)


def logged_by_a_callee(x):
    log(x.sum(), L)
    return np.sum(x**2)


def test_a_log_in_a_callee():
    reset()
    np.testing.assert_allclose(grad(logged_by_a_callee)(np.arange(3.0)), [0, 2, 4])
    assert L == [0.0, 3.0]
