"""for and while loops."""

import numpy as np

from .corpus import program


@program(make=lambda g: (g.normal(size=5),))
def sum_of_squares(x):
    s = 0.0
    for i in range(len(x)):
        s += x[i] ** 2
    return s


@program(make=lambda g: (g.normal(size=6),))
def recurrence(x):
    s = 0.0
    for i in range(1, len(x)):
        s = s + np.sin(x[i]) * x[i - 1]
    return s


@program(make=lambda g: (3.3, 0.4, 12), wrt=(0, 1))
def nonlinear_state(r, x, n):
    for _ in range(n):
        x = r * x * (1.0 - x)
    return x


@program(make=lambda g: (0.3, 0.7), wrt=(0, 1))
def two_states(a, b):
    for k in range(5):
        a, b = a * b + 0.1 * k, a - b**2
    return a * b


@program(make=lambda g: (0.3, 0.7), wrt=(0, 1))
def fibonacci_swap(a, b):
    for _ in range(6):
        a, b = b, a + np.sin(b)
    return a * b


@program(make=lambda g: (0.3, 0.7, 1.1), wrt=(0, 1, 2))
def rotation_of_three(a, b, c):
    for _ in range(4):
        a, b, c = b * c, c, a + b
    return a + b * c


@program(make=lambda g: (0.3,), note="zero trips")
def zero_trips(x):
    y = x * x
    for _ in range(0):
        y = y * x + 1.0
    return y


@program(make=lambda g: (0.3, 0), note="zero trips that only the data knows")
def zero_trips_from_argument(x, n):
    y = x
    for i in range(n):
        y = y**2 + i
    return y * x


@program(make=lambda g: (0.7,))
def negative_range(x):
    y = x
    for k in range(5, 0, -2):
        y = y * x + k
    return y


@program(make=lambda g: (0.7,), note="the loop variable is used afterwards")
def counter_after_loop(x):
    y = x
    for k in range(4):
        y = y * x
    return y * k + k * x


@program(make=lambda g: (g.normal(size=(3, 4)),))
def nested(a):
    n, m = a.shape
    s = 0.0
    for i in range(n):
        for j in range(m):
            s += a[i, j] * a[i, j - 1]
    return s


@program(make=lambda g: (g.normal(size=(4, 4)),), note="inner bound from the outer counter")
def triangular(a):
    s = 0.0
    p = 1.0
    for i in range(4):
        for j in range(i):
            s += a[i, j] * p
            p = p * (1.0 + 0.1 * a[j, i])
        p = p * 0.5 + s
    return s * p


@program(make=lambda g: (g.normal(size=(4, 4)),), note="inner bound varies, state in three levels")
def three_levels(a):
    t = 1.0
    for i in range(3):
        u = t
        for j in range(i, 4):
            v = u
            for k in range(j):
                v = v * np.cos(a[i, k])
            u = u + v * a[i, j]
        t = t * 0.3 + u
    return t


@program(make=lambda g: (g.normal(size=(3, 5)),), note="#31: np.arange as range")
def arange_loop(x):
    rows, cols = x.shape
    s = 0.0
    for i in range(rows):
        for j in np.arange(i, cols):
            s = s + x[i, j] ** 2
    return s


@program(make=lambda g: (g.normal(size=(3, 4)),))
def rows_of_array(a):
    s = 0.0
    for row in a:
        s += np.sum(row) ** 2
    return s


@program(make=lambda g: (g.normal(size=5),))
def elements_of_array(x):
    p = 1.0
    for v in x:
        p = p * (v + 2.0)
    return p


@program(make=lambda g: (g.normal(size=5), g.normal(size=5)), wrt=(0, 1))
def zipped(x, y):
    s = 0.0
    for a, b in zip(x, y):
        s = s * 0.5 + a * b
    return s


@program(make=lambda g: (g.normal(size=5),))
def enumerated(x):
    s = 0.0
    for i, v in enumerate(x):
        s += (i + 1) * v**2
    return s


@program(make=lambda g: (g.normal(size=5), g.normal(size=5)), wrt=(0, 1))
def enumerated_zip(x, y):
    s = 0.0
    for i, (a, b) in enumerate(zip(x, y)):
        s += i * a * b + s * 0.1
    return s


@program(make=lambda g: (g.normal(size=5),))
def enumerated_from(x):
    s = 1.0
    for i, v in enumerate(x, start=2):
        s *= 1.0 + v / i
    return s


@program(make=lambda g: (g.normal(size=5),))
def reversed_array(x):
    s = 0.0
    for v in reversed(x):
        s = s * 0.7 + v**2
    return s


@program(make=lambda g: (g.normal(size=5),), note="Horner's rule")
def reversed_range(c):
    p = 0.0
    for i in reversed(range(len(c))):
        p = p * 1.3 + c[i]
    return p**2


@program(make=lambda g: (0.4,))
def over_list(x):
    s = 0.0
    for w in [1.0, 2.5, -3.0]:
        s = s * x + w
    return s


@program(make=lambda g: (0.4, 0.9), wrt=(0, 1))
def over_tuple_of_active(x, y):
    s = 1.0
    for v in (x, y, x * y):
        s = s * v + v**2
    return s


@program(make=lambda g: (g.normal(size=4), g.normal(size=4)), wrt=(0, 1))
def over_list_of_arrays(x, y):
    s = 0.0
    for v in [x, y, x * y]:
        s += np.sum(v**2)
    return s


@program(make=lambda g: (0.4,))
def over_pairs(x):
    s = 0.0
    for w, k in [(1.0, 2), (2.5, 3), (-3.0, 1)]:
        s += w * x**k
    return s


@program(make=lambda g: (2.0,), note="counted while")
def counted_while(a):
    x = a
    i = 0
    while i < 5:
        x = 0.5 * (x + a / x)
        i += 1
    return x


@program(make=lambda g: (2.0, 3.0, 0.3), wrt=(0, 1), note="while, data-dependent")
def newton_while(a, x, tol):
    while abs(x * x - a) > tol:
        x = 0.5 * (x + a / x)
    return x


@program(make=lambda g: (0.3, 50.0), wrt=(0,), note="while the state grows")
def growth(x, limit):
    y = x
    n = 0
    while y < limit:
        y = y * 2.0 + x
        n += 1
    return y * n


@program(make=lambda g: (np.array([2.0, 3.0, 5.0]), np.array([1.0, 1.0, 1.0])), wrt=(0, 1))
def vector_newton(a, x):
    while np.max(np.abs(x * x - a)) > 0.3:
        x = 0.5 * (x + a / x)
    return np.sum(x)


@program(make=lambda g: (0.3, 0.7), wrt=(0, 1), note="while inside for")
def while_in_for(x, y):
    s = 0.0
    for i in range(3):
        z = x + i
        while z < 5.0:
            z = z * (1.5 + y)
        s = s + z * y
    return s


@program(make=lambda g: (0.3,), note="for inside while")
def for_in_while(x):
    s = x
    k = 0
    while s < 20.0:
        for j in range(k + 1):
            s = s * 1.3 + x
        k += 1
    return s * k


@program(make=lambda g: (0.3,))
def for_else(x):
    y = x
    for k in range(3):
        y = y * x + k
    else:
        y = y * 3.0
    return y


@program(make=lambda g: (0.3,))
def while_else(x):
    y = x
    while y < 4.0:
        y = y + 1.0 + x
    else:
        y = y * x
    return y


@program(make=lambda g: (g.normal(size=4),), note="vector state that is rebound")
def vector_state(x):
    for k in range(4):
        x = np.sin(x) * 1.2 + 0.1 * k
    return np.sum(x)


@program(make=lambda g: (g.normal(size=(3, 3)), g.normal(size=3)), wrt=(0, 1))
def power_iteration(a, v):
    for _ in range(4):
        v = a @ v
        v = v / np.sqrt(v @ v)
    return v @ a @ v


@program(make=lambda g: (0.4,), note="float here, array there")
def becomes_array(a):
    s = 0.0
    for k in range(3):
        s = s + a * np.arange(1.0, 4.0) ** k
    return np.sum(s**2)


@program(make=lambda g: (g.normal(size=3),), note="0 as the start of an array sum")
def integer_start(x):
    s = 0
    for k in range(1, 4):
        s = s + np.cos(k * x)
    return np.sum(s * s)


@program(make=lambda g: (g.normal(size=3),), note="0 as the start of a float sum")
def integer_start_of_float(x):
    s = 0
    p = 1
    for v in x:
        s += v
        p *= v
    return s * p


@program(make=lambda g: (g.normal(size=5),), note="a temporary in the loop, nonlinear")
def temporaries(x):
    s = 1.0
    for i in range(len(x)):
        t = np.exp(-x[i]) * s
        u = t * t + s
        s = np.log(1.0 + u) * x[i]
    return s


@program(make=lambda g: (g.normal(size=5),), note="value from the previous trip")
def previous_trip(x):
    prev = x[0]
    s = 0.0
    for i in range(1, 5):
        cur = x[i]
        s += (cur - prev) ** 2 * cur
        prev = cur * 0.9
    return s * prev


@program(make=lambda g: (g.normal(size=5),), note="two loops one after the other")
def two_loops(x):
    m = 0.0
    for v in x:
        m += v
    m = m / len(x)
    s = 0.0
    for v in x:
        s += (v - m) ** 2 * v
    return s


@program(make=lambda g: (0.4,), note="step size changes in the loop")
def adaptive_step(k):
    t = 0.0
    y = 1.0
    dt = 0.1
    steps = 0
    while t < 1.0 and steps < 50:
        f = -k * y
        y = y + dt * f
        t = t + dt
        dt = dt * 1.1
        steps += 1
    return y**2


@program(make=lambda g: (g.normal(size=6),), note="stride and offset")
def strided_range(x):
    s = 0.0
    for i in range(0, len(x) - 1, 2):
        s += x[i] * x[i + 1]
    return s


@program(make=lambda g: (0.5, 8))
def taylor_series(x, n):
    term = 1.0
    s = 1.0
    for k in range(1, n):
        term *= x / k
        s += term
    return s


@program(make=lambda g: (1.5, 0.3), wrt=(0, 1))
def continued_fraction(x, y):
    f = x
    for k in range(6, 0, -1):
        f = x + k * y / f
    return f


@program(make=lambda g: (g.normal(size=(5, 2)),))
def unpacked_rows(points):
    s = 0.0
    for x, y in points:
        s += x * y**2
    return s


@program(make=lambda g: (g.normal(size=(5, 2)),), note="polygon area")
def shoelace(p):
    n = len(p)
    area = 0.0
    for i in range(n):
        j = (i + 1) % n
        area += p[i, 0] * p[j, 1] - p[j, 0] * p[i, 1]
    return 0.5 * area * area


@program(make=lambda g: (g.normal(size=6),), note="counter changed by hand inside while")
def two_pointers(x):
    i, j = 0, len(x) - 1
    s = 1.0
    while i < j:
        s = s + x[i] * x[j] * s
        i += 1
        j -= 1
    return s


@program(make=lambda g: (g.normal(size=4), 3), note="loop bound from shape arithmetic")
def convolution(x, k):
    w = np.array([0.2, 0.5, 0.3])
    s = 0.0
    for i in range(x.shape[0] - k + 1):
        acc = 0.0
        for j in range(k):
            acc += x[i + j] * w[j]
        s += acc**2
    return s


@program(make=lambda g: (0.4,), note="no statement in the loop is active")
def inactive_loop(x):
    c = 0
    for k in range(4):
        c += k
    return x * c


@program(make=lambda g: (0.4,), note="dead loop")
def dead_loop(x):
    y = x
    z = x * 2
    for k in range(4):
        y = y * x
    return z**2


@program(make=lambda g: (0.4, 1.2), wrt=(0, 1), note="loop-invariant active expression")
def invariant_expression(x, y):
    s = 0.0
    for k in range(4):
        c = np.exp(x * y)
        s = s * c + k
    return s
