"""if, conditional expressions, boolean algebra."""

import numpy as np

from .corpus import program


@program(make=lambda g: (0.8,))
def if_taken(x):
    if x > 0.0:
        y = x**2
    else:
        y = -x
    return y * 3.0


@program(make=lambda g: (-0.8,))
def if_not_taken(x):
    if x > 0.0:
        y = x**2
    else:
        y = -x
    return y * x


@program(make=lambda g: (-0.8,))
def if_without_else(x):
    y = x * 2
    if x < 0:
        y = y * x
    return y


@program(make=lambda g: (0.4,))
def elif_chain(x):
    if x < 0.0:
        y = x
    elif x < 0.3:
        y = x**2
    elif x < 0.6:
        y = x**3
    else:
        y = x**4
    return y


@program(make=lambda g: (0.4, 1.5), wrt=(0, 1))
def nested_ifs(x, y):
    if x < y:
        if x * y > 0:
            z = x * y
            y = z + y
        else:
            z = x
    else:
        z = y
        if y > 3:
            x = y
    return z * x * y


@program(make=lambda g: (0.4, 1.5), wrt=(0, 1), note="branch overwrites what the condition used")
def condition_overwritten(x, y):
    if x < y:
        x = x * y
        y = x - y
    if y < x:
        y = y * y
        x = x * y
    return x * y


@program(make=lambda g: (0.4,), note="only one branch defines it")
def defined_in_one_branch(x):
    if x > 0:
        c = x * 3.0
        y = c * c
    else:
        y = x
    return y


@program(make=lambda g: (0.4, True), note="used only where it was defined")
def defined_and_used_under_flag(x, flag):
    if flag:
        c = np.sin(x)
    y = x * x
    if flag:
        y = y * c
    return y


@program(make=lambda g: (0.4, False))
def flag_is_false(x, flag):
    y = x * x
    if flag:
        y = np.sin(y)
    return y


@program(make=lambda g: (0.4, "cubic"), note="decided by a string")
def decided_by_string(x, kind):
    if kind == "linear":
        y = x
    elif kind == "cubic":
        y = x**3
    else:
        raise ValueError(kind)
    return y * 2


@program(make=lambda g: (0.4, None), note="None as default")
def decided_by_none(x, scale=None):
    if scale is None:
        scale = 2.0
    return scale * x**2


@program(make=lambda g: (0.4, 0.9), wrt=(0, 1))
def conditional_expression(x, y):
    z = x**2 if x > y else y**3
    return z * (x if y > 0 else 1.0)


@program(make=lambda g: (0.4, 0.9), wrt=(0, 1))
def nested_conditional_expression(x, y):
    return x * y if x > 1.0 else (x**2 if y > 0.5 else y)


@program(make=lambda g: (0.4, 0.9), wrt=(0, 1))
def boolean_operators(x, y):
    if (x > 0 and y > 0) or not x < 5:
        z = x * y
    else:
        z = x - y
    if not (x > 1 or y > 1):
        z = z * z
    return z


@program(make=lambda g: (0.4, 0.9), wrt=(0, 1))
def chained_comparison(x, y):
    if 0.0 < x < y <= 1.0:
        return x * y**2
    return x + y


@program(make=lambda g: (0.4, 0.9), wrt=(0, 1), note="a comparison kept in a variable")
def stored_condition(x, y):
    big = x > 0.1
    both = big and y > 0.1
    x = -x * y
    if both:
        x = x * 3.0
    return x * (1.0 if big else 2.0)


@program(make=lambda g: (np.array([0.5, -0.2, 0.9, -0.4]),))
def branch_in_loop(x):
    s = 0.0
    for v in x:
        if v > 0:
            s += v**2
        else:
            s -= v * s
    return s


@program(make=lambda g: (np.array([0.5, -0.2, 0.9, -0.4]),), note="condition on the state")
def branch_on_state(x):
    s = 0.3
    for v in x:
        if s > 0.5:
            s = s * v
        elif s > 0.2:
            s = s + v**2
        else:
            s = 0.4 - s * v
    return s**2


@program(make=lambda g: (np.array([0.5, -0.2, 0.9, -0.4]),), note="running maximum")
def running_maximum(x):
    m = x[0]
    for i in range(1, len(x)):
        if x[i] > m:
            m = x[i]
    return m**2


@program(make=lambda g: (np.array([0.5, -0.2, 0.9, 1.4]),), note="#66: one pass log-sum-exp")
def online_log_sum_exp(a):
    m = a[0]
    result = 0.0
    for i in range(len(a)):
        if a[i] > m:
            result = result * np.exp(m - a[i]) + 1.0
            m = a[i]
        else:
            result += np.exp(a[i] - m)
    return m + np.log(result)


@program(make=lambda g: (np.array([0.5, -0.2, 0.9, -0.4]),), note="defined in a loop's branch")
def defined_in_loop_branch(x):
    best = 0.0
    for i in range(len(x)):
        if i == 2:
            best = x[i] * x[0]
        if i > 2:
            best = best * x[i]
    return best


@program(make=lambda g: (np.array([0.5, -0.2, 0.9, -0.4]),), note="branch with an empty arm (#83)")
def empty_arm(x):
    s = 0.0
    for v in x:
        if v > 0:
            pass
        else:
            s += v**2
    if s > 100.0:
        pass
    return s


@program(make=lambda g: (0.4, 0.9), wrt=(0, 1), note="float in one branch, array in the other")
def kind_differs(x, y):
    if x > 1.0:
        z = x
    else:
        z = y * np.ones(3)
    return np.sum(z * x)


@program(make=lambda g: (g.normal(size=4), 1))
def dispatch_on_rank(x, axis):
    if x.ndim == 1:
        y = x * 2.0
    else:
        y = np.sum(x, axis=axis)
    return np.sum(y**2)


@program(make=lambda g: (np.array([0.5, -0.2, 0.9, -0.4]),), note="np.any, np.all decide")
def any_and_all(x):
    y = x
    if np.any(x > 0.8):
        y = y * 2
    if np.all(x > -1) and x.max() < 1:
        y = y**2
    return y.sum()


@program(make=lambda g: (np.array([0.5, -0.2, 0.9, -0.4]),), note="boolean masks combined")
def mask_algebra(x):
    inside = (x > -0.3) & (x < 0.8)
    outside = ~inside | (x > 2)
    return np.sum(inside * x**2) + np.sum(np.where(outside, x**3, 0.0))


@program(make=lambda g: (0.4, 0.3), wrt=(0, 1), note="and/or give values", may_refuse=True)
def or_gives_value(x, y):
    z = x or y
    w = x and y
    return z * w


@program(make=lambda g: (np.array([0.5, -0.2, 0.9, -0.4]),), note="branch depends on i and data")
def limiter(u):
    s = 0.0
    for i in range(1, len(u) - 1):
        a = u[i] - u[i - 1]
        b = u[i + 1] - u[i]
        if a * b <= 0.0:
            slope = 0.0
        elif abs(a) < abs(b):
            slope = a
        else:
            slope = b
        s += (u[i] + 0.5 * slope) ** 2
    return s


@program(make=lambda g: (0.4,), note="branch inside while")
def collatz_like(x):
    y = 7 + x
    n = 0
    while n < 6:
        if n % 2 == 0:
            y = y * 0.5
        else:
            y = 3.0 * y + x * y
        n += 1
    return y


@program(make=lambda g: (0.4, [1, 2, 3]), note="in, not in, is")
def membership(x, keys):
    y = x
    if 2 in keys:
        y = y * x
    if 7 not in keys and keys is not None:
        y = y + 1
    return y * y


@program(make=lambda g: (0.7, 0.2), wrt=(0, 1), note="saturating exchange of the roles")
def ordered(a, b):
    if a > b:
        a, b = b, a
    return a * 3.0 + b**2


@program(make=lambda g: (0.7, np.array([0.0, 0.5, 1.0]), np.array([1.0, 2.0, 5.0])), wrt=(0, 2))
def piecewise_linear(x, xs, ys):
    if x <= xs[0]:
        return ys[0]
    k = 0
    while xs[k + 1] < x:
        k += 1
    w = (x - xs[k]) / (xs[k + 1] - xs[k])
    return (1 - w) * ys[k] + w * ys[k + 1]


@program(make=lambda g: (np.array([0.1, 0.6]),), note="complementary branches over arrays")
def array_in_branch(x):
    if x[0] < x[1]:
        y = np.array([x[0], x[1] ** 2])
        z = y.sum()
    else:
        y = x
        z = y[0]
    return z * y[1]
