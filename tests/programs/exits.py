"""break, continue, early return, returns from nested loops."""

import numpy as np

from .corpus import program


@program(make=lambda g: (-0.4,))
def early_return(x):
    if x < 0:
        return x**2
    y = np.sin(x)
    return y * x


@program(make=lambda g: (0.4,))
def early_return_not_taken(x):
    if x < 0:
        return x**2
    y = np.sin(x)
    return y * x


@program(make=lambda g: (0.4,))
def many_returns(x):
    if x < 0:
        return -x
    elif x < 0.5:
        y = x * x
        if y > 0.1:
            return y * x
        return y
    else:
        return x**3


@program(make=lambda g: (np.array([0.5, 0.7, 2.5, 0.2]), 2.0))
def breaks(x, limit):
    s = 0.0
    for v in x:
        if v > limit:
            break
        s += v**2
    return s


@program(make=lambda g: (np.array([0.5, -0.7, 2.5, 0.2]),))
def continues(x):
    s = 1.0
    for v in x:
        if v < 0:
            continue
        s = s * v
    return s


@program(make=lambda g: (np.array([0.3, -0.5, 0.8, -0.1, 2.5, 0.2]), 2.0))
def break_and_continue(x, limit):
    s = 0.0
    for i in range(len(x)):
        if x[i] < 0.0:
            continue
        s = s * x[i] + x[i] ** 2
        if s > limit:
            break
        s = s * 1.1
    return s * x[0]


@program(make=lambda g: (0.3, 0.9), wrt=(0, 1))
def while_true_break(x, c):
    n = 0
    while True:
        x = x * (1.0 + c)
        n += 1
        if x > 10.0:
            break
    return x / n


@program(make=lambda g: (2.0,), note="converged: break after the update")
def newton_break(a):
    x = 1.0
    for _ in range(50):
        step = (x * x - a) / (2.0 * x)
        x = x - step
        if abs(step) < 1e-4:
            break
    return x


@program(make=lambda g: (2.0,), note="converged: return from the loop")
def newton_return(a):
    x = 1.0
    for _ in range(50):
        new = 0.5 * (x + a / x)
        if abs(new - x) < 1e-4:
            return new
        x = new
    return x


@program(make=lambda g: (2.0,), note="for-else with raise")
def newton_else_raise(a):
    x = 1.0
    for _ in range(50):
        x = 0.5 * (x + a / x)
        if abs(x * x - a) < 1e-5:
            break
    else:
        raise RuntimeError("no convergence")
    return x


@program(make=lambda g: (0.4,), note="for-else taken, no break")
def for_else_without_break(x):
    y = x
    for k in range(4):
        y = y * x
        if y > 100:
            break
    else:
        y = y + x**2
    return y


@program(make=lambda g: (1.4,), note="for-else skipped by break")
def for_else_with_break(x):
    y = x
    for k in range(10):
        y = y * x + k
        if y > 10:
            break
    else:
        y = y + x**2
    return y * k


@program(make=lambda g: (np.array([[0.1, 0.2, 0.3], [0.4, 5.0, 0.6], [0.7, 0.8, 0.9]]),))
def return_from_nested_loops(a):
    s = 1.0
    for i in range(3):
        for j in range(3):
            if a[i, j] > 1.0:
                return s * a[i, j] ** 2
            s = s + a[i, j] * s
    return s


@program(make=lambda g: (g.uniform(0.1, 0.9, size=(3, 3)),), note="the return is not reached")
def return_from_nested_loops_not_taken(a):
    s = 1.0
    for i in range(3):
        for j in range(3):
            if a[i, j] > 1.0:
                return s * a[i, j] ** 2
            s = s + a[i, j] * s
    return s


@program(make=lambda g: (g.uniform(0.1, 0.9, size=(4, 4)),), note="break of the inner loop only")
def break_inner(a):
    s = 0.0
    for i in range(4):
        t = 1.0
        for j in range(4):
            if j > i:
                break
            t = t * a[i, j]
        s = s * 0.5 + t
    return s


@program(make=lambda g: (g.uniform(0.1, 0.9, size=(4, 4)),), note="a flag leaves both loops")
def break_outer_by_flag(a):
    s = 1.0
    done = False
    for i in range(4):
        for j in range(4):
            s = s + a[i, j] * s
            if s > 5.0:
                done = True
                break
        if done:
            break
    return s


@program(make=lambda g: (g.uniform(0.1, 0.9, size=(4, 4)),), note="continue in nested loops")
def continue_nested(a):
    s = 1.0
    for i in range(4):
        if i == 1:
            continue
        for j in range(4):
            if i == j:
                continue
            s = s * 0.9 + a[i, j] * a[j, i]
        s = s * s
    return s


@program(make=lambda g: (0.3,), note="while with continue")
def while_continue(x):
    k = 0
    y = 1.0
    while k < 8:
        k += 1
        if k % 3 == 0:
            continue
        y = y + x * y / k
    return y


@program(make=lambda g: (0.3,), note="while with break and return")
def while_break_return(x):
    y = x
    n = 0
    while n < 100:
        y = y + x * x
        n += 1
        if y > 0.6:
            return y * n
        if n > 50:
            break
    return y


@program(
    make=lambda g: (np.array([0.3, 0.5, -0.8, 0.9]),), note="break in the first trip of the inner"
)
def break_at_once(x):
    s = 0.0
    for i in range(4):
        for j in range(3):
            if x[i] > 0:
                break
            s += x[i] * x[j]
        s = s * 0.5 + x[i]
    return s**2


@program(make=lambda g: (0.35, 0.6), wrt=(0, 1), note="store before and after break")
def stores_around_break(x, y):
    v = np.zeros(6)
    for i in range(6):
        v[i] = x * i + y
        if v[i] > 1.5:
            v[i] = v[i] ** 2
            break
        v[i] = v[i] * x
    return np.sum(v**2)


@program(make=lambda g: (g.normal(size=4), 0), note="return before the loop")
def return_for_trivial_case(x, n):
    if n == 0:
        return np.sum(x**2)
    for _ in range(n):
        x = x * x
    return np.sum(x)


@program(make=lambda g: (1.7,), note="bisection: only the bracket moves")
def bisection(c):
    a, b = 0.0 * c, c
    for _ in range(5):
        m = 0.5 * (a + b)
        if m * m - 2.0 < 0:
            a = m
        else:
            b = m
    return 0.5 * (a + b)


@program(make=lambda g: (0.3, 5), note="return in the else of an if in a loop")
def return_in_else(x, n):
    y = 1.0
    for i in range(n):
        if y < 2.0:
            y = y * (1.0 + x)
        else:
            return y**2 + i
    return y


@program(make=lambda g: (g.uniform(0.2, 0.9, size=5),), note="two breaks")
def two_breaks(x):
    s = 0.0
    i = 0
    while True:
        if i == len(x):
            break
        s += x[i] ** 2
        if s > 1e3:
            break
        i += 1
    return s * i


@program(make=lambda g: (g.uniform(0.2, 0.9, size=5),), note="array result built until return")
def array_state_and_return(x):
    u = np.zeros(5)
    for k in range(10):
        u = 0.5 * u + x * (k + 1)
        if u[0] > 3.0:
            return np.sum(u**2)
    return np.sum(u)
