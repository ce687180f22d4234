"""Small programs that went wrong once, found by random programs."""

import numpy as np

from .corpus import program

LINE = "the mask is made from what is written"


@program(make=lambda g: (np.array([[0.57, -1.19, 0.93], [0.12, -0.4, -0.39]]),), note=LINE)
def mask_of_itself(x):
    s = np.sum(x**2)
    x[x < 0.5] = 1.0
    return np.sum(x) + s


@program(make=lambda g: (np.array([0.27, -0.23, -0.52]), np.array([0.86, 0.75])), wrt=(0, 1))
def mask_of_itself_augmented(x, y):
    x[x > 0.137] -= y[0]
    return np.sum(x)


@program(make=lambda g: (np.array([-1.07, 0.35, -0.52, -0.53]),))
def negated_mask_of_itself(y):
    y[~(y < 0.319)] = 0.0
    return np.sum(y)


@program(
    make=lambda g: (np.array([0.55, 1.19, -1.13]),), note="the element before changes the mask"
)
def negated_mask_of_changed(y):
    y[1] -= np.sum(y + 1.0)
    y[~(y > -1.0)] = 1.0
    return np.sum(y * np.arange(1.0, 4.0))


@program(make=lambda g: (np.array([-0.26, -0.3, 0.35, -1.2]),))
def mask_of_alias(x):
    p = x
    p[x > 0.213] = 0.0
    return np.sum(x)


@program(make=lambda g: (np.array([[-0.99, -1.0, 0.21], [1.11, 0.84, -1.14]]),))
def mask_of_alias_of_result(w):
    u = np.cos(w + w)
    p = u
    p[u > 0.319] = 0.0
    return np.sum(u)


@program(make=lambda g: (np.array([0.22, 1.07, -0.45, 0.35, -0.6]),))
def mask_of_reversed_view(x):
    x[x[::-1] < 0.1] = x[0]
    return np.sum(x * np.arange(1.0, 6.0))


@program(make=lambda g: (np.array([0.22, 1.07, -0.45]),), note="in a branch that is not taken")
def mask_in_untaken_branch(x):
    v = x
    x = np.linspace(1.0, 2.0, 3)
    if x[1] > 1.0:
        pass
    else:
        v[v > 1.0] -= x[0]
    return np.sum(v)


@program(
    make=lambda g: (g.normal(size=(3, 2)),), note="the shadow must not be zeroed before it is read"
)
def store_itself(z):
    z[...] = z
    return np.sum(z)


@program(make=lambda g: (g.normal(size=4),))
def copy_onto_itself(x):
    np.copyto(x, x)
    return np.sum(x**2)


@program(make=lambda g: (g.normal(size=5),))
def store_itself_through_views(x):
    v = x[1:]
    v[:3] = x[1:4]
    x[1:] = v
    return np.sum(x * np.arange(1.0, 6.0))


@program(make=lambda g: (g.normal(size=3),), note="a number that becomes an array")
def number_becomes_array(y):
    t = 0.0
    for i in range(2):
        t = y - t
        u = t[::1]
    return np.sum(u * np.arange(1.0, 4.0))


@program(make=lambda g: (g.normal(size=3),))
def number_becomes_array_and_is_written(y):
    t = 0.0
    for i in range(2):
        t = y - t
    np.copyto(y, t)
    t[0] = 1.0
    return np.sum(y * np.arange(1.0, 4.0)) + np.sum(t**2)


@program(make=lambda g: (g.normal(size=(4, 2)),), note="a loop that only restores memory")
def loop_that_only_restores(x):
    v = x[:, 0]
    x[3, 0] = np.sin(v[1])
    for i in range(3):
        v[i : i + 2] += 1.0
    return np.sum(v)


@program(make=lambda g: (g.normal(size=(3, 3)), g.normal(size=4), 0.7), wrt=(0, 1, 2))
def nested_loop_that_only_restores(x, y, z):
    z /= 1.0 + (np.sum(np.full((3, 3), y[1]) * x) / (1.0 + y[0] ** 2)) ** 2
    for a, b in zip(y, y):
        s = np.sin(x[1, 2] / (1.0 + y[1] ** 2) + (z + b))
        for i in range(2):
            x[i, 1] += 0.5
    return s + np.sum(x) + np.sum(y)


def _constant_first_row(a):
    a[0] = 1.0
    return np.tanh(1.0)


def _raise_small(b):
    b[b < 1.0] = 1.0
    return 1.0


@program(
    make=lambda g: (g.normal(size=(2, 3)),),
    note="a call in a condition that writes",
    may_refuse=True,
)
def writes_in_the_condition(x):
    if _constant_first_row(x) < 1.0:
        pass
    return np.sum(x**2)


@program(make=lambda g: (np.array([0.89, -1.16, 1.14]),), may_refuse=True)
def writes_masked_in_the_condition(y):
    if _raise_small(y) < 1.5:
        pass
    return np.sum(y)


@program(make=lambda g: (-0.54,), note="np.where of a float and an int")
def where_of_float_and_int(x):
    a = np.full(5, x)
    b = np.where(a < 1.0, a, 5)[::1]
    return np.sum(b)


def _same(a):
    if a[2, 1] < 1.0:
        pass
    return a


@program(make=lambda g: (0.26,))
def where_of_float_in_an_argument(x):
    return np.sum(x / _same(np.where(np.linspace(0.1, 1.9, 9).reshape(3, 3) > 1.0, 3, x)))


@program(make=lambda g: (g.normal(size=(3, 3)),), note="a loop that never runs")
def while_that_never_runs(x):
    t = np.cos(x)
    k = 5
    while k < 4 and x[0, 0] < 5.0:
        x[1] = 2.0
        k += 1
    return t[0, 1] * x[1, 1]


@program(make=lambda g: (np.array([0.27, 1.16, -0.51, 1.17]),), note="left before the store")
def break_before_masked_store(y):
    k = 1
    v = y[:2:-1][0:1]
    for j in range(2):
        t = 0
        for i in range(3):
            t = t + 0.5 * np.cos(v)
        if t[0] * y[k] > 0.0113:
            break
        u = np.array([2.2, -1.0, np.sum(y[::-1]), v[0]])
        y[u < 0.0113] += np.sin(1.0)
    return np.sum(y * np.arange(1.0, 5.0))


def _tanh_of(a):
    return np.tanh(a)


@program(make=lambda g: (-0.26,), note="the caller writes into what the callee's pullback reads")
def result_of_call_overwritten(z):
    r = _tanh_of(np.full(6, z))
    r[...] = np.tanh(r)
    return np.sum(r)


@program(make=lambda g: (g.normal(size=4),))
def result_of_call_scaled(x):
    r = _tanh_of(x)
    r *= 2.0
    s = np.sum(r)
    r += x
    return s + np.sum(r**2)


@program(make=lambda g: (np.array([[0.14, -1.02], [-0.63, -0.1], [0.35, 0.75]]),))
def element_stored_where_mask(x):
    x[x < 0.137] = x[0, -2] ** 2
    for j in range(2):
        x -= 2
    return np.sum(x[:2])


@program(make=lambda g: (g.normal(size=5),), note="an element minus its own array")
def element_minus_array(x):
    return np.sum((x[4] - x) * np.arange(1.0, 6.0))


def _fill_where_true(a, b):
    a[a > -5.0] = b
    return b


@program(make=lambda g: (0.86, g.normal(size=(2, 3))), wrt=(0, 1), may_refuse=True)
def writes_argument_in_the_condition(x, y):
    if _fill_where_true(y, x) < 1.0:
        pass
    return np.sum(y)


def _first_to_one(a):
    a[0] = 1.0


@program(
    make=lambda g: (g.normal(size=5),),
    note="a procedure as a condition: its result is None",
    may_refuse=True,
)
def procedure_in_the_condition(w):
    if not _first_to_one(w):
        pass
    return np.sum(w)


@program(make=lambda g: (g.normal(size=(3, 2)),))
def copy_from_alias_then_product(x):
    w = x
    np.copyto(x, w)
    x[1] = np.prod(w)
    return np.sum(x)


@program(make=lambda g: (np.array([0.71, -1.13, -0.58, 0.72]), -0.75), wrt=(0, 1))
def growing_slice_then_mask(x, z):
    for i in range(4):
        x[i:] = np.sum(x) * z
    x[~(x < 1.0)] = z
    return np.sum(x)


@program(make=lambda g: (np.array([-0.98, 0.63, -0.14]),))
def alias_restored_in_loop(x):
    w = x
    x[1:-1:2] = 1.0 + np.sin(x[-1:]) ** 2
    v = x[2::2][0:]
    for i in range(3):
        w[i:] += 0.3
    u = (np.cumsum(w) * np.sum(w)).copy()
    return np.sum(u * np.arange(1.0, 4.0)) + np.sum(v) + np.sum(x) + np.sum(w)


@program(make=lambda g: (np.array([0.24, 0.59, -0.79, 0.1]),), note="a branch that is not taken")
def store_in_untaken_branch(y):
    x = np.prod(y)
    if x < -1.0:
        y /= 2.0
    return x * np.sum(y)


@program(make=lambda g: (g.uniform(0.1, 0.9, size=5), g.normal(size=4), 0.3), wrt=(0, 1, 2))
def loop_in_untaken_branch(x, y, z):
    k = 0
    for j in range(2):
        y[0:] = y + np.arctan(y)
    if x[-5] < -0.443:
        pass
    elif np.sum(y) > 300.0:
        while k < 2:
            k += 1
            y.fill(np.sin(z))
    return np.sum(x) + z + np.sum(y**2)


@program(make=lambda g: (g.normal(size=(3, 3)), g.normal(size=5)), wrt=(0, 1))
def number_becomes_array_early_return(x, y):
    t = 0
    for i in range(2):
        t = np.where(x[i, :] < 0.319, y[2:], y[:-2]) - t
    if np.sin(0.25) > 0.943:
        return 0.5 * np.cos(t[0])
    return np.sum(t * np.arange(1.0, 4.0))


@program(make=lambda g: (g.normal(size=4),))
def number_grows_in_place_and_is_viewed(y):
    t = 1.0
    for i in range(2):
        t += y * y
        v = t[-1:-2:-1]
    return np.sum(t * np.arange(1.0, 5.0)) + v[0]


@program(make=lambda g: (g.normal(size=6),), note="a list that is read in a loop after the write")
def list_of_one_sum(y):
    xs = [y.sum()]
    k = 0
    while k < 1:
        k = 1
        y[2:] = xs[0]
    return np.sum(y)


@program(
    make=lambda g: (g.normal(size=6),),
    note="both elements are loaded before either is stored",
    may_refuse=True,
)
def swap_elements_of_grown_number(y):
    t = 0.0
    for i in range(2):
        t += y
    t[2], t[4] = (t[4], t[2])
    return np.sum(t * np.arange(1.0, 7.0))


@program(make=lambda g: (g.normal(size=(3, 4)),), note="rows are views of what is written")
def swap_rows(a):
    a[0], a[1] = a[1].copy(), a[0]
    a[1], a[2] = a[2], a[1]
    return np.sum(a**2 * np.arange(12.0).reshape(3, 4))


@program(
    make=lambda g: (
        np.array([[0.66, -0.85], [0.22, 0.94]]),
        np.array([0.48, -0.04, 0.29, -0.14]),
    ),
    wrt=(0, 1),
    note="the condition reads what the branch changes",
)
def loop_changes_its_condition(x, y):
    for v in y:
        if v * v < 0.137:
            for i in range(2):
                y[i] = np.sin(2.0)
        else:
            x[x < 0.319] = v
    return np.sum(x) + np.sum(y)


def _three_after_the_first(a):
    a[1:] = 3.0
    return a[0] * 2.0


@program(
    make=lambda g: (g.normal(size=4),),
    note="x[3] is read before the call that writes it",
    may_refuse=True,
)
def augmented_by_a_call_that_writes(x):
    x[3] += _three_after_the_first(x)
    return np.sum(x)


@program(
    make=lambda g: ([g.normal(size=3), g.normal(size=3)],), note="a list grows", may_refuse=True
)
def argument_list_grows(p):
    p.append(np.ones(3))
    return np.sum(p[1] * p[2])


@program(
    make=lambda g: (g.normal(size=4) * 0.5,),
    note="a number becomes an array, and a return in a loop",
)
def number_becomes_array_return_in_loop(x):
    t = 1.0
    for i in range(1):
        t += np.cos(x)
    for v in t:
        if t[-3] > 0.443:
            return np.sin(x[0] * t[3])
    return np.sum(t)


@program(make=lambda g: (g.normal(size=4), 0.3), wrt=(0, 1))
def number_becomes_array_in_nested_loop(x, y):
    for j in range(1):
        t = 1.0
        for i in range(4):
            t = np.tanh(x) - t
        if y > -0.213:
            return -t[0]
    return np.sum(x)


@program(
    make=lambda g: (g.normal(size=(3, 2)),),
    note="both are loaded before either is stored",
    may_refuse=True,
)
def swap_elements_under_a_view(x):
    t = 0.0
    for i in range(1):
        t = t + x
    v = t[0, 0:2]
    t[1, 1], t[0, 1] = t[0, 1], t[1, 1]
    return np.sum(v * np.arange(1.0, 3.0)) + np.sum(t * np.arange(6.0).reshape(3, 2))


@program(make=lambda g: (g.normal(size=3),), may_refuse=True)
def swap_elements_repeatedly(x):
    t = 1.0
    for i in range(3):
        t = t + np.array([1.5, x[0], x[i % 3]])
    for k in range(3):
        t[0], t[2] = t[2], t[0]
    return np.sum(t * np.arange(1.0, 4.0))


@program(
    make=lambda g: (np.array([-0.68, 0.78, 0.22, 0.59]), [0.92, -1.04, 0.7]),
    wrt=(0, 1),
    note="the list is longer when the loop over it is reversed",
    may_refuse=True,
)
def list_grows_after_the_loop(y, p):
    for v in p:
        y[1:] = np.sin(v) * y[1:]
        y[y > 0.6] = 0.5
    p.append(y)
    return np.sum(y)


@program(
    make=lambda g: ([0.4, -0.33, 0.19],),
    note="what is taken from the list is not used",
    may_refuse=True,
)
def argument_list_shrinks(p):
    s = p.pop()
    return p[1] ** 2


@program(make=lambda g: (g.normal(size=(3, 2)),), note="views in a temporary list", may_refuse=True)
def concatenate_views_then_write(x):
    x[0] = np.concatenate([x[1, 1:], x[2, :1]])
    y = np.stack([x[0], x[2]])
    x[2] = 1.0
    return np.sum(x * np.arange(6.0).reshape(3, 2)) + np.sum(y**2)


@program(make=lambda g: (g.normal(size=(3, 3)),), note="a comprehension of rows", may_refuse=True)
def sum_of_rows_in_a_list(x):
    return np.sum([row for row in x])


@program(make=lambda g: (g.normal(size=6),), note="elements read in a list, then written")
def array_of_elements_then_write(x):
    a = np.array([x[0], x[1], x[2]])
    x[1] = 2.0
    b = np.array([np.sin(v) * x[1] for v in x])
    x[:3] = a * b[:3]
    return np.sum(x * np.arange(6.0)) + np.sum(b)


@program(
    make=lambda g: (-0.36, g.normal(size=(4, 2))),
    wrt=(0, 1),
    note="the name becomes a number in a branch",
)
def alias_kept_while_name_is_rebound(x, y):
    u = y
    if x < 1.0:
        y = 2
        u[:] = y * u
    return np.sum(u) + np.sum(y)


@program(
    make=lambda g: (0.56, 0.32, g.normal(size=3)),
    wrt=(0, 1, 2),
    note="in a branch that is not taken",
)
def number_from_grown_array(x, y, z):
    s = np.mean(z * z)
    if s < -1.0:
        t = 0
        for i in range(1):
            t += np.tanh(z)
        y = np.sin(t[1])
    return s + x + y


@program(make=lambda g: (g.normal(size=6), -0.31), wrt=(0, 1), note="returned from inside a loop")
def return_of_element_in_a_loop(x, y):
    for i in range(2):
        if i > 0:
            p = np.tanh(np.linalg.solve(np.eye(3) + 0.1 * np.outer(x[1::2], x[1::2]), x[1::2]))
            return p[i] / (1.0 + p[i] ** 2)
    return y + np.sum(x)


@program(
    make=lambda g: (0.65, g.normal(size=6)),
    wrt=(0, 1),
    note="an alias in a branch, then another array",
)
def alias_rebound_in_a_branch(x, z):
    if x > 0.319:
        y = z
        y = np.exp(y[:])
    return np.sum(y)


@program(
    make=lambda g: (g.normal(size=(4, 2)),), note="a number that grew into an array, transposed"
)
def grown_number_transposed_into_argument(y):
    t = 1.0
    for i in range(3):
        t += 0.5 * np.cos(y)
        y[:] = (t.T / (1.0 + y.T**2)).T
    return np.sum(t * np.arange(8.0).reshape(4, 2)) + np.sum(y * np.arange(8.0).reshape(4, 2))


@program(make=lambda g: (-0.32, g.normal(size=4)), wrt=(0, 1), note="an element of a grown number")
def float_from_grown_number_in_a_loop(x, y):
    t = 0
    for i in range(2):
        t += y
    k = 0
    while k < 3 and x < 0.319:
        if t[1] < 50.0:
            x = np.sin(t[3 - k])
        k += 1
    return np.sum(y * np.arange(1.0, 5.0)) + x + np.sum(t)


@program(make=lambda g: (g.normal(size=6), g.normal(size=3)), wrt=(0, 1))
def choice_of_elements_returned_from_a_loop(x, y):
    r = np.sin(x[2:6])
    t = 0.0
    for i in range(1):
        t += 0.5 * np.cos(np.where(r > 0.0113, r, r))
    for v in x:
        if np.sum(y) > -50.0:
            return (r[-3] if 100.0 < np.sum(r) < 200.0 else t[1]) / (1.0 + t[1] ** 2)
    return np.sum(x)


def _grown_inside(a):
    t = 0.0
    for i in range(2):
        t += np.flip(np.ones(4)) * 0.3
    return np.sin(t[-4]), a


@program(make=lambda g: (g.normal(size=(4, 2)),), note="a number grows into an array in a helper")
def number_becomes_array_in_a_helper(x):
    r, q = _grown_inside(np.mean(x))
    return r + q * np.sum(x)


def _touched(u):
    u[0] = u[1] * 2.0
    return u[0]


@program(make=lambda g: (np.array([0.3, 0.7, 1.2]),), note="the index writes", may_refuse=True)
def writes_in_the_index_of_a_store(x):
    u = x * 1.0
    u[int(_touched(u))] = x[1]
    return np.sum(u * x)


@program(make=lambda g: (np.array([0.5, 0.5, 0.5]),), note="shuffled in place", may_refuse=True)
def shuffled_in_place(x):
    y = x * 2.0
    np.random.shuffle(y)
    return np.sum(y * x)


def _stores_sine(x, y):
    y[1] = np.sin(x)


@program(make=lambda g: (np.array([0.34, -0.91, 1.12]),), note="an element of what the call writes")
def element_beside_its_array(x):
    a = x * 1.0
    _stores_sine(a[1], a)
    return np.sum(a) + a[1] * x[0]


def _stored_and_squared(x, y):
    x[1] = y
    return x[1] ** 2


def _stored_first(x, y):
    x[1] = y[0]
    return x[1] ** 2


@program(make=lambda g: (1.1,), note="a call writes into an array that was made for it")
def array_made_in_the_call(x):
    a = _stored_and_squared(np.array([1.0, 1.0]), x)
    return a * _stored_and_squared(np.ones(2) * x, x) + _stored_first(np.array([1.0, 1.0]), [x])


@program(
    make=lambda g: (np.array([0.3, 0.7, 1.2]),), note="the start of a sum, of integers or none"
)
def sums_with_a_start(x):
    none = []
    t = sum([], x[0]) + sum([1, 2], start=x[1]) + sum(none, x[2] * x[0]) + sum(range(3), x[0])
    return (
        t
        + np.sum(sum([x[:1], x], x[1]))
        + np.sum(sum([1.0, 2.0], x)) * sum({"a": 1}.values(), x[1])
    )


@program(make=lambda g: (np.array([0.3, 0.7, 1.2]),), note="special methods by their names")
def special_methods(x):
    m, d = [0, 0.0], {"a": 1}
    m.__setitem__(0, x[0])
    d.__setitem__("a", x[1])
    m.__iadd__([x[2], x[0]])
    m.__delitem__(1)
    return m.__getitem__(0) * len(m) + d["a"] * sum(m.__add__([x[2]])) * m.__len__()
