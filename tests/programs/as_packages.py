"""What functions of packages do: small programs, one for each way of writing them."""

import copy
import functools
import inspect
import math
import sys
import warnings

import numpy as np

from .corpus import program

Q = np.array([0.8, 0.2, -0.4, 0.4])
M = np.array([[0.1, 0.2], [0.3, 0.4]])
ONE = {"make": lambda g: (0.4,)}
TWO = {"make": lambda g: (0.3, 0.5), "wrt": (0, 1)}
FOUR = {"make": lambda g: (Q,)}
MATRIX = {"make": lambda g: (M,)}


# --- imports and names ----------------------------------------------------------------------------


@program(**ONE, note="two imports under one name")
def one_name_imported_twice(x):
    from math import sin as h

    y = h(x)
    from math import cos as h

    return y * h(x)


@program(**ONE)
def import_hides_parameter(x, cos=2.0):
    y = x * cos
    from math import cos

    return y * cos(x)


@program(**ONE)
def one_name_defined_twice(x):
    def h(a):
        return a * a

    y = h(x)

    def h(a):
        return 3.0 * a

    return y * h(x)


def exp(*args, **options):
    from math import exp

    return exp(*args, **options)


def norm_of_one(*args):
    import numpy.linalg

    return numpy.linalg.norm(np.array([3.0, 4.0])) * numpy.sin(*args)


@program(**ONE, note="a wrapper that imports what it is called after")
def lazy_import_under_its_own_name(x):
    return exp(x) * x + exp(2.0 * x)


@program(**ONE)
def lazy_import_of_a_submodule(x):
    numpy = 2.0 * x
    return norm_of_one(x) * numpy


def _check(variables, name, shape):
    if np.shape(variables[name]) != shape:
        raise ValueError(name)


@program(**FOUR)
def locals_given_to_a_check(q):
    _check(locals(), "q", (4,))
    r = q * q
    _check(locals(), "r", (4,))
    return np.sum(r * q)


@program(**TWO)
def locals_with_a_derivative(a, b):
    b = b * a
    return math.prod([locals()["a"], locals()["b"]]) + b


# --- numbers as arrays ----------------------------------------------------------------------------


@program(**FOUR)
def norm_with_an_axis(q):
    n = np.linalg.norm(q, axis=-1)
    return np.sum(q / n[..., np.newaxis] * np.arange(4.0))


@program(**FOUR)
def number_as_array_written(q):
    n = np.sum(q)
    m = n[np.newaxis]
    m *= 2.0
    return np.sum(m * m) + n * n


@program(**FOUR)
def mask_of_rank_zero(q):
    n = np.sum(q)
    m = n > 0.0
    e = np.exp(n)
    return np.sum(q[m] * 2.0) + np.sum(e[m, np.newaxis] * q[m, 1:]) + e[()] * e[...]


@program(**FOUR)
def mask_of_rank_zero_that_takes_nothing(q):
    n = np.sum(q)
    m = np.logical_not(n > 0.0)
    return np.sum(q[m] * 2.0) + np.sum(n[m, np.newaxis] * q[m, 1:]) + n * n


@program(**FOUR)
def stores_through_a_mask_of_rank_zero(q):
    n = np.sum(q)
    m = n > 0.0
    out = np.zeros(4)
    out[m] = q * n
    out[np.logical_not(m)] = 1.0
    out[m] *= 2.0
    return np.sum(out**2)


@program(**FOUR)
def number_as_array_in_a_loop(q):
    total = 0.0
    for i in range(3):
        n = np.sum(q) * q[i]
        a = n[None]
        a += 1.0
        total = total + np.sum(a * a) * n
    return total


@program(**ONE, note="np.where makes an array of rank 0")
def store_into_a_choice(x):
    a = np.where(x > 0, x, 0.0 * x)
    a[x > 100] = 2.0 * x
    return a * a


def _row_or_all(x):
    for _ in range(1):
        x = x[0] if x[0, 0] > 100 else x
    return x


@program(**MATRIX, note="of unknown rank, and a number")
def store_into_what_may_be_a_number(x):
    y = _row_or_all(x)[1]
    a = np.where(y[1] > 0, y[1], 0.0)
    a[a > 100] = 2.0
    a[a > 0] += 1.0
    return a * a


@program(**ONE, note="a number, or an array")
def shape_of_what_may_be_a_number(x):
    y = x
    if x > 100:
        y = np.array([x, x])
    return np.sum(np.ravel(y)) + np.sum(np.atleast_1d(y)) * np.max(y) + np.size(y) * x


@program(make=lambda g: (M, np.array([1.0, 2.0]), 0.5), wrt=(0, 1, 2))
def products_of_unknown_rank(a, v, s):
    a, v = (a[0] if s > 100 else a), (v[0] if s > 100 else v)
    s = np.array([s, s]) if s > 100 else s
    total = np.sum(np.dot(a, v) ** 2) + np.sum(np.inner(v, a) ** 2) + np.inner(v, v)
    return total + np.sum(np.dot(s, a) ** 2) + np.sum(np.inner(v, s) ** 3) + np.inner(s, s)


@program(**ONE)
def squeezed_where_it_can_be(x):
    x = np.atleast_1d(x)
    shape = np.shape(x)
    if len(shape) > 1:
        x = x.reshape(np.size(x))
    elif shape[0] == 1:
        x = x[0]
    x /= 2.0
    return np.sin(x) * np.size(x)


# --- exceptions that are not raised ---------------------------------------------------------------

WHEN = {"end": 0, "begin": 1, 0: 0, 1: 1}
AXES = {"sxyz": (0, 1, 0), "rzyx": (2, 0, 1)}
NEXT = [1, 2, 0, 1]


def _when(when):
    try:
        return WHEN[when]
    except (KeyError, TypeError):
        return [WHEN[x] for x in when]


@program(**ONE)
def known_key_in_a_try(r, when="begin"):
    return r * (1.0 + r * _when(when))


@program(**ONE)
def several_keys_in_a_try(r):
    return np.sum(r * (1.0 + r * np.asarray(_when(("end", "begin")))))


@program(make=lambda g: (np.array([1.0, 2.0, 3.0]),))
def axes_by_name(v, axes="sxyz"):
    try:
        i, parity, repeat = AXES[axes.lower()]
    except (AttributeError, KeyError):
        i, parity, repeat = axes
    k = NEXT[i - parity + 1]
    return math.atan2(v[k], v[i]) * 2.0 + v[repeat]


@program(**ONE)
def missing_key_in_a_try(x):
    try:
        k = WHEN["middle"]
    except KeyError:
        k = 3.0
    return x * k


@program(**ONE)
def keys_of_a_loop_in_a_try(x):
    total = 0.0
    for key in ("end", "begin", "middle"):
        try:
            weight = WHEN[key]
        except KeyError:
            weight = 5.0
        total = total + weight * x * x
    return total


@program(**TWO)
def names_of_numpy_in_a_try(a, b):
    try:
        a, b = np.broadcast_arrays(a, b)
        if (a > 100).any():
            raise ValueError("too large")
    except NameError:
        if a > 100:
            raise ValueError("too large") from None
    return a * b


@program(**ONE, note="whether a name has a value")
def first_trip_by_name_error(x):
    for i in range(3):
        try:
            total = total + x * i
        except NameError:
            total = x * x
    return total


@program(**ONE)
def one_of_two_handlers(x):
    try:
        y = np.sin(x)
        z = 1.0 / x
    except NameError:
        y, z = x, "none"
    except ZeroDivisionError:
        y, z = x, 2.0 * x
    return y * z


# --- copies, flat, broadcasting -------------------------------------------------------------------


@program(make=lambda g: (0.3, np.array([1.0, 2.0])), wrt=(0, 1))
def copies_of_numbers_and_arrays(x, a):
    y, b, c = copy.copy(np.sin(x)), copy.copy(a), copy.deepcopy(a)
    b[0] = y * copy.deepcopy(x)
    c *= 2.0
    return np.sum(a * b * c)


@program(**MATRIX)
def flat_unpacked(m):
    a, b, c, d = m.T.flat
    return a * b + c * d * d


@program(**MATRIX)
def flat_in_a_loop(m):
    n = m * 1.0
    n[0, 0] = n[1, 1] * 2.0
    total = 0.0
    for k, v in enumerate(n.flat):
        total += v ** (k + 1) * n.flat[-1]
    return total


@program(**MATRIX, note="what flat goes over changes", may_refuse=True)
def flat_of_what_is_written(m):
    n = m * 1.0
    f = n.flat
    n[0, 0] = n[1, 1] * 2.0
    return f[0] * f[1]


@program(
    make=lambda g: (0.3, 0.5, np.array([1.0, 2.0]), 2.0, np.array([[3.0], [4.0]]), 1.5),
    wrt=(0, 1, 2, 3, 4, 5),
)
def broadcast_of_six(a, b, c, d, e, f):
    a, b, c, d, e, f = np.broadcast_arrays(a, b, c, d, e, f)
    return np.sum(a * b * c * d * e * f**2)


@program(**TWO)
def broadcast_of_numbers(a, b):
    a, b = np.broadcast_arrays(a, b)
    d = a * b
    try:
        d[d < 1e-3] = a[d < 1e-3]
    except (AttributeError, TypeError):
        if d < 1e-3:
            d = a
    return d.squeeze()[()] * b[()]


@program(make=lambda g: (g.normal(size=4), g.normal(size=4)), wrt=(0, 1))
def product_into_a_broadcast_shape(p, q):
    out = np.empty(np.broadcast(p, q).shape)
    out[..., 0] = p[..., 0] * q[..., 0] - np.sum(p[..., 1:] * q[..., 1:], axis=-1)
    out[..., 1:] = p[..., 0, np.newaxis] * q[..., 1:] + np.cross(p[..., 1:], q[..., 1:])
    return np.sum(out * np.arange(4.0))


@program(make=lambda g: (g.normal(size=(2, 3)), g.normal(size=(3, 2))), wrt=(0, 1))
def einsum_of_a_chain(a, b):
    return np.einsum("ij,jk,kl,lm,mn,ni->", a, b, a, b, a, b) * 1.0


@program(make=lambda g: (g.normal(size=(2, 3, 4)), g.normal(size=(4, 3))), wrt=(0, 1))
def einsum_with_an_ellipsis(a, b):
    return np.sum(np.einsum("...ij,jk->k...i", a, b) ** 2) + np.sum(np.einsum("...ij,jk", a, b))


# --- integers where floats come later -------------------------------------------------------------


@program(**ONE, note="the adjoint must not be of integers")
def integers_at_first(p):
    x = np.array([1, 2])
    total = 0.0
    for _ in range(3):
        y = np.array([x[0] * p, p])
        total = total + np.sum(x[1:] * p)
        x = y
    return total


def _parts(x, p):
    q = np.asarray(x)
    return np.sum(q.T[1:] * p), np.array([q[0] * p, p])


@program(**ONE)
def integers_at_first_in_a_function(p):
    x = np.array([1, 2])
    total = 0.0
    for _ in range(3):
        part, x = _parts(x, p)
        total = total + part
    return total


# --- None that goes into a function, and comes out ------------------------------------------------


def _weighted(a, w):
    if w is None:
        return a * 2.0
    return a * np.sum(w)


def _weights(a, x):
    return x * 2.0 if a > 0.5 else None


@program(make=lambda g: (0.3, np.array([1.0, 2.0])), wrt=(0, 1))
def weights_that_may_be_none(a, x):
    w = None
    for _ in range(2):
        a = _weighted(a, w)
        w = x * 1.0
    return a


@program(make=lambda g: (0.3, np.array([1.0, 2.0])), wrt=(0, 1))
def none_from_a_function(a, x):
    w = _weights(a, x)
    return a * a + np.sum(x) if w is None else np.sum(w) * a


@program(make=lambda g: (0.8, np.array([1.0, 2.0])), wrt=(0, 1))
def weights_from_a_function(a, x):
    w = _weights(a, x)
    return a * a + np.sum(x) if w is None else np.sum(w) * a


# --- in place, and seen elsewhere -----------------------------------------------------------------


def _same(x):
    return x


@program(**MATRIX, note="a list of it", may_refuse=True)
def unknown_rank_in_a_list(x):
    y = _row_or_all(x) * 2.0
    items = [y]
    y += x
    return np.sum(items[0] ** 2) + np.sum(y)


@program(**MATRIX, note="a view of it", may_refuse=True)
def unknown_rank_and_a_view(x):
    y = _row_or_all(x) * 2.0
    z = y[0]
    y += x
    return np.sum(z**2) + np.sum(y)


@program(**MATRIX, note="another name for it", may_refuse=True)
def unknown_rank_through_a_function(x):
    y = _row_or_all(x) * 2.0
    z = _same(y)
    y *= 2.0
    return np.sum(z**2) + np.sum(y)


@program(**MATRIX)
def unknown_rank_of_its_own(x):
    y = np.sin(_row_or_all(x))
    y %= 0.3
    y += x
    return np.sum(y**2)


@program(make=lambda g: (np.array([0.1, 0.2]),), may_refuse=True)
def item_that_has_another_name(x):
    y = x * 2.0
    items = [y]
    items[0] += x
    return np.sum(y**2)


@program(make=lambda g: (np.array([0.1, 0.2]),), may_refuse=True)
def item_of_a_dict_that_has_another_name(x):
    table = {"a": x * 2.0}
    y = table["a"]
    table["a"] **= 2
    return np.sum(y**2)


@program(make=lambda g: (np.array([0.1, 0.2]),), may_refuse=True)
def list_in_a_list_that_has_another_name(x):
    items = [[x[0]], 2]
    y = items[0]
    items[0] += [x[1] * x[0]]
    return y[0] * y[1]


@program(make=lambda g: (np.array([0.1, 0.2]),))
def items_added_to(x):
    table = {"a": np.zeros(2), "b": np.ones(2)}
    rows = [np.zeros(2) for _ in range(3)]
    for i in range(3):
        table["a"] += x * i
        table["b"] *= x
        rows[i] += x * i
        rows[i] -= x**2
    return np.sum(table["a"] * table["b"]) + np.sum(rows[0] * rows[1] * rows[2])


# --- shapes that change from trip to trip ---------------------------------------------------------

THREE = {"make": lambda g: (np.array([0.1, 0.2, 0.3]),)}


@program(**THREE, note="a number first, then an array")
def last_of_number_and_arrays(x):
    y = 0.0
    z = y
    for i in range(3):
        y += x[: i + 1].sum() if i < 1 else x
        z = y
    return np.sum(y) + np.sum(z)


@program(**THREE)
def last_of_growing_arrays(x):
    y = x * 1.0
    z = y
    total = 0.0
    for _ in range(3):
        y = np.concatenate([y, x * y[0]])
        total = total + y[-1] * y[1]
        z = y
    return np.sum(y) + np.sum(z**2) + total


@program(**THREE)
def last_of_growing_parts(x):
    y = x * 1.0
    z = y[:1]
    for i in range(3):
        y = np.concatenate([y, x * y[0]])
        z = y[: i + 1] * 2.0
    return np.sum(y) + np.sum(z**2)


@program(**THREE)
def kept_of_growing_arrays(x):
    z = x[0]
    y = x[0]
    for i in range(2):
        y = y * x
        if i == 0:
            z = y
    return np.sum(y) + np.sum(z**2)


# --- lists and tuples beside arrays ---------------------------------------------------------------


def _three(a, b):
    return a * b, a + b, a - b


@program(**TWO)
def tuple_times_array(a, b):
    return np.sum(_three(a, b) * np.arange(1.0, 4.0)) + np.sum((a, b, a * b) - np.ones(3) * a)


@program(**TWO)
def array_and_list(a, b):
    w, t = np.arange(1.0, 4.0), [a, b, a * b]
    u = w * 1.0
    u += t
    u *= (a, b, b)
    return np.sum(w / t) + np.sum(w**t) + np.sum(u) + np.sum(np.eye(3) @ t) + w @ (a, b, b)


@program(**TWO)
def array_compared_with_a_tuple(a, b):
    w, t = np.arange(1.0, 4.0), (a, b, 2.5)
    return np.sum(np.where(w > t, w * a, b)) + np.sum(np.eye(2) * [[a, b], [b, a]])


@program(**TWO)
def array_and_a_list_of_a_loop(a, b):
    rows = []
    for i in range(3):
        rows.append(a * i + b)
    return np.sum(np.arange(3.0) * rows)


# --- decorators that convert arguments ------------------------------------------------------------


def _as_arrays(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        args = list(args)
        for i, v in enumerate(args):
            if v is not None:
                args[i] = np.asarray(v)
        for k, v in kwargs.items():
            if v is not None:
                kwargs[k] = np.asarray(v)
        return f(*args, **kwargs)

    return wrapper


def _named_as_arrays(*names):
    def decorator(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            listed = inspect.getfullargspec(f)
            args = list(args)
            for i, (k, v) in enumerate(zip(listed.args, args, strict=False)):
                if k in names and v is not None:
                    args[i] = np.array(v)
            for k, v in kwargs.items():
                if k in names and v is not None:
                    kwargs[k] = np.array(v)
            return f(*args, **kwargs)

        return wrapper

    return decorator


@_as_arrays
def _scalar_product(a, b, axis=None):
    return np.sum(a * b, axis=axis)


@_named_as_arrays("q")
def _pair_of(q, dtype=None):
    return np.array([q[0], q[1]], dtype=dtype or q.dtype)


@program(**FOUR)
def arguments_made_arrays(q):
    return _scalar_product(q, 2.0 * q) + _scalar_product(q, b=q[::-1]) * _scalar_product(q[0], q[1])


@program(**FOUR)
def some_arguments_made_arrays(q):
    return np.sum(_pair_of(q) * _pair_of(q, q.dtype)) + _pair_of(q=q, dtype=None)[1]


# --- what an argument is --------------------------------------------------------------------------


def _coordinates(place):
    if hasattr(place, "__geo_interface__"):
        return place.__geo_interface__["coordinates"][:2]
    return place[0], place[1]


@program(**TWO)
def attribute_that_no_tuple_has(a, b):
    x, y = _coordinates((a, b))
    return float(x) * float(y)


@program(make=lambda g: (-0.3,), note="None is no array")
def array_or_none(x):
    y = np.array([x, 2.0 * x]) if x > 0.0 else None
    if isinstance(y, np.ndarray):
        return np.sum(y)
    return x * x


@program(**TWO)
def option_beside_numbers(a, b, option=None):
    scale = 1.0
    if a > 0.0 and option is not None and b > 0.0:
        scale = option.scale / a
    if a and option:
        scale = option.scale
    return a * b * scale


@program(**TWO)
def option_beside_what_raises(a, b, option=None):
    table = {}
    try:
        if table["a"] and option:
            return a
    except KeyError:
        return 3.0 * a * b
    return a * b


@program(**TWO)
def angles_or_a_vector(a, b):
    angles = [a, b] if np.isscalar(a) else a
    dtype = None if any([isinstance(v, complex) for v in angles]) else float
    return np.prod(np.array(angles, dtype=dtype)) + (a if all(v for v in (True, True)) else b)


def _part(a, *rest):
    return a * len(rest) if rest else a[0]


@program(**FOUR, note="made for the length that the array has")
def vector_as_some_arguments(q):
    return _part(*q) * q[2]


@program(make=lambda g: (np.array([0.3, -0.2, 0.5]), np.array([1.0, 0.2, 0.1])), wrt=(0, 1))
def rows_from_cross_products(a, b):
    side = np.cross(a, b)
    side = side / np.linalg.norm(side)
    up = np.cross(side, a)
    rows = np.array([[side[0], up[0]], [side[1], up[1]], [side[2], up[2]]])
    return np.sum(rows * np.arange(6.0).reshape(3, 2))


@program(make=lambda g: (np.array([0.3, -0.2, 0.5]),))
def rank_that_is_made_two(a):
    if a.ndim < 2:
        a = np.atleast_2d(a)
    a = a * 2.0
    a /= np.linalg.norm(a, axis=1)[:, None]
    return np.sum(a[:, 0] * a[:, 1])


@program(**ONE)
def unpacked_in_another_branch(x):
    return _scaled(x)[0] * _scaled(x, 2.0)[1]


def _scaled(*scale):
    if len(scale) == 1:
        sx = sy = float(scale[0])
    else:
        sx, sy = scale
    return sx, sy


BY_AXES = {"xy": np.sin, "yx": np.cos}


@program(**ONE)
def function_by_a_part_of_a_name(x, axes="rxy"):
    return BY_AXES[axes[1:]](x) * BY_AXES[axes[:0:-1]](x)


AXIS = np.array([0.2, 0.5, -0.4])


@program(make=lambda g: (np.array([0.3, -0.2, 0.5]),), note="a constant has its length, too")
def cross_product_with_a_constant(a):
    side = np.cross(AXIS, a)
    angle = np.arctan2(np.dot(side, AXIS), np.dot(np.vstack((side, AXIS, a)), a)[1])
    if angle > 2.0:
        angle -= np.pi
    return angle * side[0] + side[2]


# --- messages and settings ------------------------------------------------------------------------


@program(**ONE)
def message_with_a_number(x):
    if x < 0.0:
        message = "negative: {0:f}".format(x)
        warnings.warn(message, UserWarning, stacklevel=2)
    elif x > 100.0:
        warnings.warn(f"too large: {x}")
    elif x > 99.0:
        raise _error(_scaled, x, **{str(_scaled): 1.0})
    return x * x


def _error(f, value, **more):
    return ValueError(f"{f.__name__}: {value} {more}")


@program(**ONE)
def settings_put_back(x):
    old = np.seterr(all="ignore")
    y = x * x
    np.seterr(**old)
    return y * x


# --- lengths that are not known -------------------------------------------------------------------


@program(make=lambda g: (np.array([0.3, -0.4, 1.2]),), note="the list has one item: it broadcasts")
def list_of_unknown_length(x):
    found = [v * v for v in x if v > 1.0]
    more = []
    for i in range(int(x[2])):
        more.append(x[i] * x[i])
    w = np.arange(1.0, 4.0)
    return np.sum(w * np.asarray(found)) + np.sum(w * more) + np.sum(w * np.sort(x[x > 1.0]))


@program(make=lambda g: (np.array([0.3, -0.4, 1.2]),))
def length_that_looks_known(x):
    found = np.asarray([v * v for v in x if v > 0.0])
    order = np.sort(x[x > 0.0])
    some = np.concatenate([x[x > 0.0], x[x < 0.0]])
    scale = 2.0 if len(found) == 3 else 5.0
    return np.sum(found) * scale + np.sum(order) * len(order) + np.cumsum(some)[-1] * some.size


# --- returned from a loop, rebound in one ---------------------------------------------------------


def _first_above(d, bound):
    k = 0
    while True:
        k += 1
        if d[0] * k > bound:
            return d * 2.0, [d[0], d[1] * k]


def _found_in(d, n):
    for k in range(n):
        if k > 0:
            return d["a"] * k, d
    raise ValueError(n)


@program(**FOUR)
def tuple_from_a_loop(q):
    d, rest = _first_above(q, 1.0)
    v, held = _found_in({"a": q[1]}, 3)
    return d[0] * rest[1] + v * held["a"]


def _unit_and_length(v):
    n = np.linalg.norm(v)
    if n < 1e-9:
        raise ValueError("zero")
    return v / n, n


@program(**FOUR)
def tuple_in_an_attempt(q):
    w = 2.0 * q
    try:
        w, n = _unit_and_length(w)
    except ValueError:
        return 1.0
    return w[0] * n + w[1]


# --- long expressions -----------------------------------------------------------------------------


def _polynomial(terms):
    """A function with one sum of so many terms, written to a file of its own."""
    import linecache

    body = "".join(f"\n        + {k * 1e-3} * x ** {k % 5} * y ** {k % 3}" for k in range(terms))
    text = f"def polynomial(x, y):\n    return (\n        x{body}\n    )\n"
    filename = f"<polynomial of {terms} terms>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    made = {"__name__": __name__}
    exec(compile(text, filename, "exec"), made)
    return made["polynomial"]


polynomial_of_300_terms = _polynomial(300)
polynomial_of_300_terms.__name__ = "polynomial_of_300_terms"
program(**TWO)(polynomial_of_300_terms)


class StateFilter:
    """As in filterpy: arrays of other shapes are put in, one of them is of objects."""

    def __init__(self, dim_x, dim_z):
        self.dim_x, self.dim_z = dim_x, dim_z
        self.x = np.zeros((dim_x, 1))
        self.P, self.Q, self.R = np.eye(dim_x), np.eye(dim_x), np.eye(dim_z)
        self.B = None
        self.z = np.array([[None] * dim_z]).T
        self.x_prior = self.x.copy()
        self._likelihood = sys.float_info.min
        self.inv = np.linalg.inv

    def predict(self, u=None):
        if self.B is not None and u is not None:
            self.x = self.F @ self.x + self.B @ u
        else:
            self.x = np.dot(self.F, self.x)
        self.P = np.dot(np.dot(self.F, self.P), self.F.T) + self.Q
        self.x_prior = self.x.copy()

    def update(self, z):
        self._likelihood = None
        if z is None:
            self.z = np.array([[None] * self.dim_z]).T
            return
        self.y = z - np.dot(self.H, self.x)
        pht = np.dot(self.P, self.H.T)
        self.S = np.dot(self.H, pht) + self.R
        gain = np.dot(pht, self.inv(self.S))
        self.x = self.x + np.dot(gain, self.y)
        self.P = np.dot(np.eye(self.dim_x) - np.dot(gain, self.H), self.P)
        self.z = copy.deepcopy(z)


@program(make=lambda g: (0.1, 0.5), wrt=(0, 1), note="the filter of filterpy")
def state_filter(q, r):
    f = StateFilter(dim_x=2, dim_z=1)
    f.x, f.F = np.array([0.0, 1.0]), np.array([[1.0, 0.1], [0.0, 1.0]])
    f.H, f.P = np.array([[1.0, 0.0]]), f.P * 2.0
    f.Q, f.R = np.eye(2) * q, np.array([[r]])
    total = 0.0
    for z in (0.1, 0.25, 0.3):
        f.predict()
        f.update(z)
        total += f.y[0] ** 2 / f.S[0, 0]
    return total + np.sum(f.x)


class Angle:
    """As in pymeeus: `__init__` hands on its arguments, and looks at how many there are."""

    def __init__(self, *args, **options):
        self._degrees = 0.0
        if len(args) != 0:
            if "radians" in options:
                self._degrees = Angle.reduced(np.degrees(args[0]))
            else:
                self.set(*args, **options)

    def set(self, *args, **options):
        if len(args) == 1:
            degrees = args[0]
            if isinstance(degrees, Angle):
                self._degrees = degrees._degrees
            elif isinstance(degrees, (int, float)):
                self._degrees = Angle.reduced(degrees)
            elif isinstance(degrees, (list, tuple)):
                self._degrees = degrees[0] + degrees[1] / 60.0
            else:
                raise TypeError("no angle")
        elif len(args) == 2:
            self._degrees = args[0] + args[1] / 60.0

    @staticmethod
    def reduced(degrees):
        if abs(degrees) >= 360.0:
            degrees = degrees % 360.0
        return degrees

    def __add__(self, other):
        if isinstance(other, (int, float)):
            return Angle(self._degrees + other)
        return Angle(self._degrees + other._degrees)


@program(**TWO, note="all arguments are handed on")
def angles(a, b):
    x, y = Angle(a), Angle(b, a * b)
    z = Angle((a, b))
    z += Angle(b, radians=True)
    return (x + y + 1.0)._degrees ** 2 * Angle(z)._degrees
