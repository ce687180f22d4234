"""Programs on which a differentiator goes wrong easily: each is right, or refused."""

import copy
import functools
import operator

import numpy as np

X = np.array([0.7, 0.3, 1.2, 0.4])
A = np.array([[2.0, 0.3, 0.1], [0.4, 3.0, 0.2], [0.1, 0.2, 2.5]])
GLOBAL_LIST = [0.0]
GLOBAL_DICT = {}
GLOBAL_ARRAY = np.zeros(4)
GROWING = []


class Thing:
    value = 1.0


THING = Thing()


def slice_of_list(x):
    values = [x[0] * 1.0, x[1] * 2.0, x[2] * 3.0]
    first = values[:2]
    return first[0] * first[1]


def attribute_read(x):
    THING.value = np.sum(x * x)
    return THING.value * x[0]


def sum_of_lists(x):
    v = [x[0] * 2.0] + [x[1] * 3.0]
    return v[0] * v[1]


def list_of_tuples(x):
    v = [(x[0], x[1]), (x[1] * 2.0, x[2])]
    t = 0.0
    for a, b in v:
        t = t + a * b
    return t


def product_of_list(x):
    v = [x[0]] * 3
    v[1] = x[1]
    return v[0] * v[1] * v[2]


def starred_in_enumerate(x):
    total = 0.0
    for k, v in enumerate(*[x]):
        total += k * v
    return total


def sorted_list(x):
    v = [x[0] * 2.0, x[1]]
    w = sorted(v)
    return w[0] * 3.0 + w[1]


def reversed_list(x):
    v = [x[0] * 2.0, x[1]]
    w = v[::-1]
    return w[0] * 3.0 + w[1]


def slice_of_tuple(x):
    v = (x[0] * 2.0, x[1], x[2])
    w = v[1:]
    return w[0] * w[1]


def zip_of_star(x):
    v = [(x[0], x[1]), (x[1] * 2.0, x[2])]
    a, b = zip(*v)
    return a[0] * b[1]


def dict_call(x):
    d = dict(a=x[0], b=x[1] ** 2)
    return d["a"] * d["b"]


def dict_update(x):
    d = {"a": x[0] * 2.0}
    d.update(b=x[1])
    return d["a"] * d["b"]


def list_extend(x):
    v = [x[0] * 2.0]
    v.extend([x[1], x[2]])
    return v[0] * v[1] * v[2]


def list_iadd(x):
    v = [x[0] * 2.0]
    v += [x[1], x[2]]
    return v[0] * v[1] * v[2]


def list_insert(x):
    v = [x[0] * 2.0]
    v.insert(0, x[1])
    return v[0] ** 2 * v[1]


def list_copy(x):
    v = [x[0] * 2.0, x[1]]
    w = v.copy()
    w[0] = x[2]
    return v[0] * w[0]


def list_alias(x):
    v = [x[0] * 2.0, x[1]]
    w = v
    w[0] = x[2]
    return v[0] * w[1]


def nested_lists(x):
    v = [[x[0], x[1]], [x[2], x[0] * x[1]]]
    return v[0][1] * v[1][1]


def array_of_list(x):
    v = [x[0] * 2.0, x[1]]
    return np.sum(np.array(v) ** 2)


def list_of_arrays_written(x):
    v = [x * 1.0, x * 2.0]
    v[0][1] = 5.0
    return np.sum(v[0] * v[1])


def list_of_arrays_written_by_name(x):
    v = [x * 1.0, x * 2.0]
    a = v[0]
    a[1] = x[2]
    return np.sum(v[0] * v[1])


def partition_in_place(x):
    y = x * 1.0
    y.partition(1)
    return y[0] * x[1]


def operator_setitem(x):
    y = x * 1.0
    operator.setitem(y, 0, x[1])
    return np.sum(y * x)


def dunder_setitem(x):
    y = x * 1.0
    y.__setitem__(0, x[1])
    return np.sum(y * x)


def operator_iadd_statement(x):
    y = x * 1.0
    operator.iadd(y, x)
    return np.sum(y * x)


def operator_iadd(x):
    y = x * 1.0
    z = operator.iadd(y, x)
    return np.sum(y * z)


def putmask(x):
    y = x * 1.0
    np.putmask(y, x > 0.5, x * x)
    return np.sum(y * x)


def place(x):
    y = x * 1.0
    np.place(y, x > 0.5, x[:2])
    return np.sum(y * x)


def fill_diagonal(x):
    y = np.outer(x, x)
    np.fill_diagonal(y, x[1])
    return np.sum(y**2)


def put_along_axis(x):
    y = x * 1.0
    np.put_along_axis(y, np.array([0]), x[1], 0)
    return np.sum(y * x)


def shuffle(x):
    y = x * 1.0
    np.random.default_rng(1).shuffle(y)
    return np.sum(y * x)


def attribute_set_and_read(x):
    THING.value = np.sum(x * x)
    return THING.value * x[0]


def setattr_and_read(x):
    setattr(THING, "value", np.sum(x * x))
    return THING.value * x[0]


def shape_set(x):
    y = x * 1.0
    y.shape = (3, 1)
    return np.sum(y * x)


def flat_written(x):
    y = np.outer(x, x)
    y.flat[2] = x[1]
    return np.sum(y**2)


def real_written(x):
    y = x * 1.0
    y.real[0] = x[1]
    return np.sum(y**2)


def resize_in_place(x):
    y = x * 1.0
    y.resize((2,))
    return np.sum(y**2)


def transpose_written(x):
    y = np.outer(x, x)
    y.T[0, 1] = x[1]
    return np.sum(y**2)


def einsum_view_written(x):
    y = np.outer(x, x)
    np.einsum("ii->i", y)[:] = x
    return np.sum(y**2)


def map_that_writes(x):
    y = x * 1.0
    list(map(lambda i: operator.setitem(y, i, x[1]), range(2)))
    return np.sum(y * x)


def multiply_at(x):
    y = x * 1.0
    np.multiply.at(y, [0, 0, 1], x[1])
    return np.sum(y * x)


def cumsum_with_out(x):
    y = x * 1.0
    np.cumsum(x * x, out=y)
    return np.sum(y * x)


def sum_with_out(x):
    y = np.zeros(())
    np.sum(x * x, out=y)
    return y * x[0]


def functools_reduce(x):
    return functools.reduce(lambda a, b: a * b + b, [x[0], x[1], x[2]])


def sum_of_map(x):
    return sum(map(lambda v: v * v, x))


def sum_of_filter(x):
    return sum(filter(lambda v: v > 0.5, x))


def min_with_key(x):
    return min(x, key=lambda v: -v)


def deepcopy(x):
    y = copy.deepcopy(x)
    y[0] = 2.0 * x[1]
    return np.sum(x * y)


def divmod_pair(x):
    q, r = divmod(x[2], x[0])
    return q * r


def float_of_str(x):
    return float(str(x[0])) * x[1]


def tolist(x):
    a, b, c, _ = x.tolist()
    return a * b * c


def frombuffer(x):
    y = np.frombuffer(x.tobytes())
    return np.sum(y * x)


def memoryview_read(x):
    y = np.asarray(memoryview(x))
    return np.sum(y * x)


def vectorize(x):
    return np.sum(np.vectorize(lambda v: v * v)(x))


def piecewise(x):
    return np.sum(np.piecewise(x, [x < 0.5], [lambda v: v * v, 2.0]))


def lstsq(x):
    return np.sum(np.linalg.lstsq(np.outer(x, x) + np.eye(4), x, rcond=None)[0])


def histogram(x):
    return np.histogram(x, weights=x)[0].sum()


def unique(x):
    return np.sum(np.unique(x) * np.array([1.0, 2.0, 3.0]))


def real_part_of_fft(x):
    return np.sum(np.fft.fft(x).real ** 2)


def setdefault(x):
    d = {}
    d.setdefault("a", x[0])
    return d["a"] * x[1]


def iter_and_next(x):
    it = iter(x)
    a = next(it)
    b = next(it)
    return a * b


def and_of_numbers(x):
    return x[0] and x[1] * x[0]


def or_of_numbers(x):
    return (x[0] * 0.0 or x[1]) * x[2]


def global_list_grows(x):
    GROWING.append(x[0])
    return GROWING[-1] * x[1]


def mutable_default(x, acc=[]):
    acc.append(x[0] * x[0])
    return acc[-1] * x[1]


def local_object(x):
    o = Thing()
    o.a = x[0]
    return o.a * x[1]


def global_list_written(x):
    GLOBAL_LIST[0] = x[0] * x[1]
    return GLOBAL_LIST[0] * x[2]


def global_dict_written(x):
    GLOBAL_DICT["a"] = x[0] * x[1]
    return GLOBAL_DICT["a"] * x[2]


def global_array_written(x):
    GLOBAL_ARRAY[0] = x[0] * x[1]
    return GLOBAL_ARRAY[0] * x[2]


def global_array_written_by_alias(x):
    g = GLOBAL_ARRAY
    g[0] = x[0] * x[1]
    return GLOBAL_ARRAY[0] * x[2]


def global_array_zeroed(x):
    global GLOBAL_ARRAY
    GLOBAL_ARRAY[:] = 0.0
    return np.sum(GLOBAL_ARRAY * x) + x[0]


def view_written(x):
    y = x * 1.0
    v = y.view()
    v[0] = x[1]
    return np.sum(y**2)


def asanyarray_written(x):
    y = x * 1.0
    v = np.asanyarray(y)
    v[0] = x[1]
    return np.sum(y**2)


def ascontiguousarray_written(x):
    y = x * 1.0
    v = np.ascontiguousarray(y)
    v[0] = x[1]
    return np.sum(y**2)


def atleast_2d_written(x):
    y = x * 1.0
    v = np.atleast_2d(y)
    v[0, 0] = x[1]
    return np.sum(y**2)


def split_written(x):
    y = x * 1.0
    v = np.split(y, 2)
    v[0][0] = x[1]
    return np.sum(y**2)


def split_pair_written(x):
    y = x * 1.0
    _, b = np.split(y, 2)
    b[0] = x[1]
    return np.sum(y**2)


def swapaxes_written(x):
    y = np.outer(x, x)
    v = np.swapaxes(y, 0, 1)
    v[0, 1] = x[1]
    return np.sum(y**2)


def reshape_of_transpose_written(x):
    y = np.outer(x, x)
    v = y.T.reshape(-1)
    v[1] = x[1]
    return np.sum(y**2)


def diagonal_copy_written(x):
    y = np.outer(x, x)
    v = np.diagonal(y).copy()
    v[1] = x[1]
    return np.sum(y**2) + np.sum(v)


def rows_written_in_a_loop(x):
    y = np.outer(x, x)
    for row in y:
        row[0] = x[1]
    return np.sum(y**2)


def row_scaled_in_a_loop(x):
    y = np.outer(x, x)
    for i in range(4):
        r = y[i]
        r *= x[i]
    return np.sum(y**2)


def astype_without_copy_written(x):
    y = x.astype(float, copy=False)
    y[0] = 2 * x[1]
    return np.sum(x**2)


def asarray_of_argument_written(x):
    y = np.asarray(x)
    y[0] = 2 * x[1]
    return np.sum(x**2)


def squeeze_written(x):
    y = np.squeeze(x[None])
    y[0] = 2 * x[1]
    return np.sum(x**2)


def flip_written(x):
    y = np.flip(x)
    y[0] = 2 * x[1]
    return np.sum(x**2)


def either_of_two_written(x):
    y = x if x[0] > 0 else x * 2
    y[0] = 2 * x[1]
    return np.sum(x**2)


def sliding_windows(x):
    from numpy.lib.stride_tricks import sliding_window_view

    w = sliding_window_view(x, 2)
    return np.sum(np.prod(w, axis=1))


def as_strided_written(x):
    from numpy.lib.stride_tricks import as_strided

    y = x * 1.0
    w = as_strided(y, (2,), (16,))
    w[0] = x[1]
    return np.sum(y**2)


def dict_of_array_written(x):
    y = x * 1.0
    d = {"a": y}
    d["a"][0] = x[1]
    return np.sum(y**2)


def tuple_of_array_written(x):
    y = x * 1.0
    t = (y,)
    t[0][0] = x[1]
    return np.sum(y**2)


def closure_writes(x):
    y = x * 1.0

    def f():
        y[0] = x[1]

    f()
    return np.sum(y**2)


def callee_writes_and_returns(x):
    y = x * 1.0

    def f(z):
        z[0] = x[1]
        return z

    w = f(y)
    w[1] = 2.0
    return np.sum(y**2)


def overlapping_slices(x):
    y = np.zeros(4)
    y[1:] = x[:-1]
    y[:-1] = y[1:]
    y[1:] += y[:-1]
    return np.sum(y**2 * x)


def swap_of_slices(x):
    x = x.copy()
    x[::2], x[1::2] = x[1::2].copy(), x[::2].copy()
    return x[0] * 2 + x[1]


def swap_of_elements(x):
    x = x.copy()
    x[0], x[1] = x[1], x[0]
    return x[0] * 2 + x[1] ** 2


def swap_by_index_array(x):
    x = x.copy()
    x[[0, 1]] = x[[1, 0]]
    return x[0] * 2 + x[1] ** 2


def adds_its_reverse(x):
    x = x.copy()
    x += x[::-1]
    return x[0] * 2 + x[1] ** 2


def times_its_reverse(x):
    x = x.copy()
    x *= x[::-1]
    return x[0] * 2 + x[1] ** 2


def memoryview_written(x):
    y = x * 1.0
    m = memoryview(y)
    m[0] = 2.0
    return np.sum(y**2)


def real_of_argument_written(x):
    y = x.real
    y[0] = 2 * x[1]
    return np.sum(x**2)


def copy_of_broadcast_written(x):
    y = np.broadcast_to(x, (2, 4))
    z = y.copy()
    z[0, 0] = x[1]
    return np.sum(z**2)


def same_array_twice_in_a_list(x):
    a = [x * 1.0] * 2
    a[0][0] = x[1]
    return np.sum(a[1] ** 2)


def two_rows_of_one_array(x):
    a = np.zeros((2, 4))
    b = a[0]
    b[:] = x
    c = a[1]
    c[:] = b * b
    return np.sum(a**2)


def growing_views_scaled(x):
    u = x * 1.0
    for i in range(1, 4):
        v = u[:i]
        v *= x[i]
    return np.sum(u)


def view_with_changed_index(x):
    u = x * 1.0
    i = 0
    v = u[i:]
    i = 2
    v[0] = x[1]
    return np.sum(u**2) + i


def view_outlives_its_base(x):
    u = x * 1.0
    v = u[1:]
    u = u * 2.0
    v[0] = x[0]
    return np.sum(u * x) + np.sum(v)


def alias_of_updated_array(x):
    u = x * 1.0
    w = u
    u += x
    return np.sum(w**2)


def while_over_written_array(x):
    s = 0.0
    u = x * 1.0
    while s < 5.0:
        u[0] += u[1] ** 2
        s += 1.0 + u[0]
    return s * u[0]


def add_at_with_repeats(x):
    u = np.zeros(4)
    np.add.at(u, [0, 0, 1], x[:3])
    return np.sum(u**2)


def repeated_index_added(x):
    u = x * 1.0
    u[[0, 0]] += x[:2]
    return np.sum(u**2)


def repeated_index_stored(x):
    u = x * 1.0
    u[[0, 0]] = x[1:3]
    return np.sum(u**2)


def mask_of_written_array(x):
    u = x * 1.0
    u[u > 0.5] *= x[0]
    return np.sum(u**2)


def mask_of_written_view(x):
    u = x * 1.0
    u[1:][u[1:] > 0.35] = x[0]
    return np.sum(u**2 * x)


def reshape_of_argument_written(x):
    u = x.reshape(2, 2)
    u[0] = u[1] * 2
    return np.sum(x**2)


def columns_and_mean(x):
    u = x.reshape(2, 2).copy()
    u[:, 0] /= u[:, 1]
    u -= u.mean(axis=0)
    return np.sum(u**3)


def power_and_floor_in_place(x):
    u = x * 1.0
    u **= 2
    u //= 0.1
    return np.sum(u * x)


def other_operators_in_place(x):
    u = x * 1.0
    u[0] **= 3
    u[1] -= u[0]
    u[1] /= u[2]
    return np.sum(u * x)


def store_at_mask_of_itself(x):
    u = x * 1.0
    u[u > 0.5] = x[0] * x[1]
    return np.sum(u**2)


def scale_at_argmax_of_itself(x):
    u = x * 1.0
    u[np.argmax(u)] *= 0.1 * x[1]
    return np.sum(u**2)


def scale_at_argsort_of_itself(x):
    u = x * 1.0
    u[np.argsort(u)] *= x
    return np.sum(u**2)


def store_at_argmax_of_itself(x):
    u = x * 1.0
    u[np.argmax(u)] = x[0] * x[1]
    return np.sum(u**2)


def extremes_in_a_loop(x):
    u = x * 1.0
    for i in range(3):
        u[np.argmax(u)] = u[np.argmin(u)] * x[i]
    return np.sum(u**2)


def branch_on_written_element(x):
    u = x * 1.0
    for i in range(3):
        if u[i] > 0.5:
            u[i] = u[i] * u[i + 1]
        else:
            u[i + 1] = u[i] ** 2
    return np.sum(u**2)


def while_on_written_element(x):
    u = x * 1.0
    i = 0
    while u[i] > 0.1 and i < 3:
        u[i + 1] = u[i + 1] * u[i]
        i += 1
    return np.sum(u**2)


def index_array_rebound(x):
    u = x * 1.0
    idx = np.array([0, 1])
    u[idx] = x[idx] ** 2
    idx = idx + 1
    u[idx] *= 2.0
    return np.sum(u**3)


def index_array_changed(x):
    u = x * 1.0
    idx = np.array([0, 1])
    u[idx] = x[idx] ** 2
    idx += 1
    u[idx] *= 2.0
    return np.sum(u**3)


def counter_as_index(x):
    k = 0
    u = np.zeros(4)
    for i in range(4):
        if x[i] > 0.35:
            u[k] = x[i] ** 2
            k += 1
    return np.sum(u * np.array([1.0, 2.0, 3.0, 4.0]))


def index_list_changed(x):
    p = [3, 1, 0, 2]
    u = x * 1.0
    for i in range(4):
        u[p[i]] *= u[i]
        p[i] = 0
    return np.sum(u)


def index_array_filled_and_cleared(x):
    n = np.zeros(4, int)
    u = x * 1.0
    for i in range(3):
        n[i] = np.argmax(u)
        u[n[i]] = u[i] * x[i]
    n[:] = 0
    return np.sum(u**2)


def mask_cleared(x):
    u = x * 1.0
    m = u > 0.5
    u[m] = u[m] ** 2
    m[:] = False
    return np.sum(u)


def mask_in_a_loop(x):
    u = x * 1.0
    s = 0.0
    for i in range(3):
        m = u > 0.5
        s += np.sum(u[m])
        u[m] *= 0.5 * x[i]
    return s + np.sum(u)


def two_buffers_swapped(x):
    a = x * 1.0
    b = x * 2.0
    for i in range(3):
        a, b = b, a
        a[0] *= b[1]
    return np.sum(a * x) + np.sum(b)


def copies_in_a_loop(x):
    a = x * 1.0
    for i in range(3):
        b = a.copy() if i % 2 else a * 1.0
        a = b
        a[i] *= x[0]
    return np.sum(a)


def filled_with_a_varied_value(x):
    y = np.array([x[0], np.nan])
    return np.sum(np.nan_to_num(y, nan=x[1] * x[1]))


def starred_tuple_in_a_list(x):
    rest = (x[1] * 2.0, x[2])
    values = [x[0], *rest]
    return values[0] * values[1]
