"""Sixty-five idioms of ordinary NumPy code, and what users of other tools asked for by name.

The functions c01 … c65 are the idioms; the functions issue_… come from reports against
an earlier source-to-source tool, under their numbers there.
"""

import numpy
import numpy as np

from .corpus import program

SCALE = 2.5


@program(make=lambda g: (g.normal(size=4),))
def c01_exp_sum(x):
    return np.exp(x).sum()


@program(make=lambda g: (g.normal(size=(2, 3)),))
def c02_transpose(x):
    return np.sum(x.T @ x)


@program(make=lambda g: (g.normal(size=(2, 3)),))
def c03_shape_loops(x):
    r, c = x.shape
    s = 0.0
    for i in range(r):
        for j in range(c):
            s = s + x[i, j] ** 2
    return s


@program(make=lambda g: (g.normal(size=(2, 3)), g.normal(size=3)), wrt=(0, 1))
def c04_matmul(a, x):
    return np.sum((a @ x) ** 2)


@program(make=lambda g: (g.normal(size=(2, 3)),))
def c05_newaxis(x):
    return np.sum(np.sum(x**2, axis=1)[:, np.newaxis] * x)


@program(make=lambda g: (g.normal(size=4),))
def c06_reshape(x):
    return np.sum(x.reshape(-1, 1) * x)


@program(make=lambda g: (g.normal(size=(2, 3)),))
def c07_dot_rows(x):
    return np.dot(x[0, :], x[1, :])


@program(make=lambda g: (g.normal(size=(3, 4)),))
def c08_column_in_loop(x):
    s = 0.0
    for f in range(x.shape[1]):
        s = s + np.sum(x[:, f]) ** 2
    return s


@program(make=lambda g: (g.normal(size=3), g.normal(size=3)), wrt=(0, 1))
def c09_dot_1d(x, y):
    return np.dot(x, y)


@program(make=lambda g: (g.normal(size=(1, 3)), g.normal(size=(3, 1))), wrt=(0, 1))
def c10_dot_one_by_n(x, y):
    return np.sum(np.dot(x, y)) + np.sum(np.dot(y, x) ** 2)


@program(make=lambda g: (g.normal(size=4),))
def c11_log_sum_exp(a):
    m = a[0]
    for i in range(len(a)):
        if a[i] > m:
            m = a[i]
    result = 0.0
    for i in range(len(a)):
        result += np.exp(a[i] - m)
    return m + np.log(result)


@program(make=lambda g: (0.7,))
def c12_augmented_chain(x):
    a = x
    a += x * 2
    b = a
    b += a * x
    a += b
    return a * b


@program(make=lambda g: (0.7,), may_refuse=True)
def c13_list_append(x):
    out = []
    for i in range(5):
        out.append(x * i)
    return out[1] * out[2] + out[4]


@program(make=lambda g: (g.normal(size=(3, 3)), g.normal(size=3)), wrt=(0, 1))
def c14_diagonal_store(s0, v):
    s = s0.copy()
    for i in range(3):
        if i == 2:
            s[i, i] += v[i]
    return np.sum(s**2)


@program(make=lambda g: (g.uniform(0.5, 2, size=4),))
def c15_divide_by_first(v):
    return np.sum((v / v[0]) ** 2)


@program(make=lambda g: (g.uniform(0.5, 2, size=4),))
def c16_power_of_first(v):
    return np.sum(v ** v[0])


@program(make=lambda g: (g.normal(size=4),))
def c17_multiply_first(v):
    return np.sum(np.multiply(v[0], v) ** 2)


@program(make=lambda g: (0.0,))
def c18_zero_squared(x):
    return x**2 + x


@program(make=lambda g: (g.normal(size=4),))
def c19_alias(x):
    a = x * 1.0
    b = a
    b[0] = a[1] ** 2
    return np.sum(a * x)


@program(make=lambda g: (g.normal(size=4),))
def c20_view(x):
    a = x * 1.0
    w = a[1:]
    w *= 2
    return np.sum(a**2)


@program(make=lambda g: (g.normal(size=4),))
def c21_overlap(x):
    a = x * 1.0
    a[1:] += a[:-1]
    return np.sum(a**2)


@program(make=lambda g: (0.7,))
def c22_early_return(x):
    if x > 0:
        return x * x
    return -x


@program(make=lambda g: (0.7,))
def c23_break(x):
    s = x
    for i in range(10):
        s = s * x + 1.0
        if i > 3:
            break
    return s


@program(make=lambda g: (0.7,))
def c24_continue(x):
    s = x
    for i in range(6):
        if i % 2 == 0:
            continue
        s = s * x + i
    return s


@program(make=lambda g: (2.0,))
def c25_counted_newton(a):
    x = 1.0
    i = 0
    while i < 6:
        x = 0.5 * (x + a / x)
        i += 1
    return x


@program(make=lambda g: (2.0,))
def c26_data_dependent_while(a):
    x = a
    while x * x - a > 1e-3:
        x = 0.5 * (x + a / x)
    return x


@program(make=lambda g: (0.7,))
def c27_conditional_expression(x):
    return x**2 if x > 0 else x**3


@program(make=lambda g: (0.7,))
def c28_nested_def(x):
    def g(y):
        return y * y * x

    return g(x) + g(2.0)


@program(make=lambda g: (0.7,))
def c29_lambda(x):
    g = lambda y: np.sin(y) * y
    return g(x) * x


def helper(x, power=2, scale=1.0):
    return scale * x**power


@program(make=lambda g: (0.7,))
def c30_keyword_call(x):
    return helper(x, scale=3.0) + helper(x, power=3) + helper(x)


@program(make=lambda g: (g.normal(size=4),), may_refuse=True)
def c31_list_comprehension(x):
    return sum([v**2 for v in x])


@program(make=lambda g: (g.normal(size=4),), may_refuse=True)
def c32_generator(x):
    return sum(v**2 for v in x)


@program(make=lambda g: (0.7,), may_refuse=True)
def c33_dict_literal(x):
    d = {"a": x * x, "b": np.sin(x)}
    return d["a"] * d["b"]


@program(make=lambda g: (0.7, 0.2), wrt=(0, 1))
def c34_tuple_swap(a, b):
    a, b = b, a * b
    return a + b**2


def two_values(x):
    return x * x, np.sin(x)


@program(make=lambda g: (0.7,))
def c35_tuple_return(x):
    a, b = two_values(x)
    return a * b


@program(make=lambda g: (0.7,))
def c36_chained_assignment(x):
    a = b = x * 2
    a = a * b
    return a + b


def power_by_recursion(x, n):
    return 1.0 if n == 0 else x * power_by_recursion(x, n - 1)


@program(make=lambda g: (0.7,))
def c37_recursion(x):
    return power_by_recursion(x, 4)


@program(make=lambda g: (g.normal(size=4),))
def c38_reversed(v):
    return np.sum(v[::-1] * v * np.arange(4))


@program(make=lambda g: (g.normal(size=4),))
def c39_fancy_duplicates(v):
    return np.sum(v[[0, 0, 2]] ** 2)


@program(make=lambda g: (np.array([0.3, -0.4, 1.2]),))
def c40_boolean_mask(v):
    return np.sum(v[v > 0] ** 2)


@program(make=lambda g: (np.array([0.3, -0.4, 1.2]),))
def c41_where(v):
    return np.sum(np.where(v > 0, v**2, -v))


@program(make=lambda g: (g.normal(size=(3, 4)),))
def c42_keepdims(a):
    return np.sum(a / (1.0 + np.sum(a**2, axis=1, keepdims=True)))


@program(make=lambda g: (g.normal(size=(3, 4)),))
def c43_softmax(a):
    e = np.exp(a - np.max(a, axis=-1, keepdims=True))
    p = e / np.sum(e, axis=-1, keepdims=True)
    return np.sum(p * a)


@program(make=lambda g: (g.normal(size=(3, 4)), g.normal(size=(4, 2))), wrt=(0, 1), may_refuse=True)
def c44_einsum(a, b):
    return np.sum(np.einsum("ij,jk->ik", a, b) ** 2)


@program(
    make=lambda g: (g.normal(size=(3, 3)) + 3 * np.eye(3), g.normal(size=3)),
    wrt=(0, 1),
    may_refuse=True,
)
def c45_solve(a, b):
    return np.sum(np.linalg.solve(a, b) ** 2)


@program(make=lambda g: (g.normal(size=4),), may_refuse=True)
def c46_norm(x):
    return np.linalg.norm(x) ** 3


@program(make=lambda g: (g.normal(size=4),))
def c47_concatenate(x):
    return np.sum(np.concatenate([x, x**2, x[:2]]) ** 2)


@program(make=lambda g: (g.normal(size=4),), may_refuse=True)
def c48_cumprod(x):
    return np.sum(np.cumprod(x))


@program(make=lambda g: (g.normal(size=6),))
def c49_seidel(x):
    u = x.copy()
    for i in range(1, len(u) - 1):
        u[i] = 0.5 * (u[i - 1] + u[i + 1])
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=4),))
def c50_mutated_argument(x):
    x[0] = x[1] * 3
    x *= 2
    return np.sum(x**2)


@program(make=lambda g: (g.normal(size=4),))
def c51_f_string_assert(x):
    assert x.size == 4, f"{x.size} is not 4"
    return np.sum(x**2)


@program(make=lambda g: (0.7,))
def c52_unary_plus_floor_division(x):
    n = 7 // 2
    return +x * n + x**2


@program(make=lambda g: (0.7,))
def c53_not_in(x):
    y = x
    if not y < 0 and 3 not in (1, 2) and 1 in (1, 2):
        y = y * y
    return y


@program(make=lambda g: (0.7,))
def c54_annotated_assignment(x):
    y: float = x * x
    return y * 2


@program(make=lambda g: (g.normal(size=4), g.normal(size=4)), wrt=(0, 1))
def c55_enumerate_zip(x, y):
    s = 0.0
    for i, (a, b) in enumerate(zip(x, y)):
        s = s + i * a * b
    return s


@program(make=lambda g: (g.normal(size=(3, 2)),))
def c56_for_row(x):
    s = 0.0
    for row in x:
        s = s + np.prod(row)
    return s


@program(make=lambda g: (0.7,), may_refuse=True)
def c57_try_except(x):
    try:
        y = x * x
    except ValueError:
        y = x
    return y * x


@program(make=lambda g: (0.7,))
def c58_module_constant(x):
    return SCALE * x**2


@program(make=lambda g: (0.7,))
def c59_local_import(x):
    import math

    return math.sin(x) * x


@program(make=lambda g: (0.7,), may_refuse=True)
def c60_walrus(x):
    y = (z := x * x) + z
    return y * z


@program(make=lambda g: (g.normal(size=4),), may_refuse=True)
def c61_starred(x):
    a, *b = x
    return a * b[0] + b[-1] ** 2


@program(make=lambda g: (g.normal(size=3),))
def c62_row_store(v):
    h = np.zeros((4, 3))
    for t in range(4):
        h[t] = v * t
    return np.sum(h**2)


@program(make=lambda g: (0.7,))
def c63_defined_in_dead_branch(x):
    y = x * x
    if x < 0:
        z = y * 2
        y = z
    return y


@program(make=lambda g: (0.7,))
def c64_zero_trips(x):
    y = x * x
    for _ in range(0):
        y = y * 100
    return y


@program(make=lambda g: (g.normal(size=3),))
def c65_changes_rank(x):
    y = x * 2
    y = np.sum(y)
    y = y * x
    y = np.outer(y, y)
    return np.sum(y)


# --- reported against an earlier tool -----------------------------------------------------


@program(make=lambda g: (g.normal(size=(2, 3)),))
def issue_17_chained_reshape(w):
    return np.sum(np.sum(w**2, axis=1).reshape(-1, 1) * w)


@program(make=lambda g: (g.normal(size=4),))
def issue_18_method_sum(x):
    return x.sum()


@program(make=lambda g: (g.normal(size=(2, 3)),))
def issue_19_zeros_of_shape(x):
    z = np.zeros((4, np.shape(x)[0]))
    z[0] = x[:, 0]
    return np.sum((z + x[:, 1]) ** 2)


@program(make=lambda g: (g.normal(size=4),))
def issue_23_import_numpy(x):
    return numpy.sum(numpy.tanh(x) ** 2)


@program(make=lambda g: (0.7,), note="result of size one")
def issue_28_np_array(x):
    x = np.array(x)
    return x**2


@program(make=lambda g: (g.normal(size=(3, 4)),))
def issue_31_arange_inner_loop(x):
    rows, cols = x.shape
    s = 0.0
    for i in range(rows):
        for j in np.arange(i, cols):
            s = s + x[i, j]
    return s * s


@program(make=lambda g: (0.7,))
def issue_54_return_in_if(x):
    if x > 0.5:
        return x * x
    for i in range(3):
        if i == 1:
            break
        x = x * x
    return x


@program(make=lambda g: (g.normal(size=(2, 2, 3)),))
def issue_56_literal_shape_index(x):
    s = 0.0
    for f in range(np.shape(x)[2]):
        r = x[:, :, f]
        s = s + np.sum(r * r.T)
    return s


@program(make=lambda g: (0.7,), may_refuse=True)
def issue_57_append(x):
    out = []
    for i in range(5):
        out.append(i)
    return x * out[3]


@program(make=lambda g: (g.normal(size=(1, 3)), g.normal(size=3)), wrt=(0, 1))
def issue_59_dot_shapes(x, y):
    return np.sum(np.dot(x, y)) ** 2 + np.dot(y, y)


@program(make=lambda g: (g.normal(size=(2, 3)), g.normal(size=(2, 3))), wrt=(0, 1))
def issue_62_dot_of_slices(x, y):
    return np.dot(x[0, :], y[0, :])


@program(make=lambda g: (0.7, 0.3), wrt=(0, 1))
def issue_64_sequence(x, y):
    a = 0.0
    b = 1.0
    a += x * y
    b += a
    a += b * x
    b += a * y
    return a * b


@program(make=lambda g: (np.array([1.0, 3.0, 2.0]),))
def issue_66_running_log_sum_exp(a):
    m = a[0]
    for i in range(a.shape[0]):
        if a[i] > m:
            m = a[i]
    result = 0
    for i in range(a.shape[0]):
        result += np.exp(a[i] - m)
    return np.log(result) + m


@program(make=lambda g: (np.zeros((4, 4)), g.normal(size=4)), wrt=(0, 1))
def issue_69_store_under_if(s, d):
    for i in range(4):
        s[i, 2] = 1.0
        if i == 2:
            s[i, i] += d[i]
    return np.sum(s**2)


@program(make=lambda g: (g.normal(size=(2, 3)),))
def issue_70_reshape_method(x):
    return np.sum(x.reshape(3, 2)[0] ** 2)


def softplus(x):
    return np.log(1.0 + np.exp(x))


@program(make=lambda g: (0.7, 0.3, 1.1), wrt=(0, 1, 2))
def issue_71_helper_twice(a, b, c):
    return softplus(a * b) * softplus(b * c) + c


@program(make=lambda g: (g.normal(size=3),))
def issue_73_sum_plus_one(x):
    return np.exp(x).sum() + 1


@program(make=lambda g: (0.7,))
def issue_77_nested_def(x):
    def inner(y):
        return y**2

    return inner(x)


@program(make=lambda g: ([0.5, 1.5, 2.5],))
def issue_80_list_input(x):
    return x[0] * x[1] + x[2] ** 2


@program(make=lambda g: (0.7,))
def issue_83_empty_if(x):
    y = x
    if x > 0:
        unused = x * 3
    else:
        y = x * x
    return y * x


@program(make=lambda g: (g.normal(size=(4, 4)),), may_refuse=True)
def issue_94_fft(x):
    return np.sum(np.abs(np.fft.fft2(x)) ** 2)


@program(make=lambda g: (0.7, 1.3), wrt=(0, 1), may_refuse=True)
def with_block(x, y):
    with np.errstate(all="ignore"):
        z = x / y
    return z * x


@program(make=lambda g: (0.7,))
def is_none(x, y=None):
    if y is None:
        y = x
    return x * y


@program(make=lambda g: (g.normal(size=4),))
def print_passes_through(x):
    if x.size > 100:
        print(f"large: {x.size}")
    return np.sum(x**3)
