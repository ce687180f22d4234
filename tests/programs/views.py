"""Views and aliases: written through the view, written through the base."""

import numpy as np

from .corpus import program


@program(make=lambda g: (g.normal(size=4),), note="alias written")
def alias(x):
    a = x * 2.0
    b = a
    b[0] = a[1] * a[2]
    return np.sum(a**2)


@program(make=lambda g: (g.normal(size=4),), note="alias of an alias")
def alias_of_alias(x):
    a = x * x
    b = a
    c = b
    c[1] *= x[0]
    b += 1.0
    return np.sum(a * c) + a[0]


@program(make=lambda g: (g.normal(size=5),), note="w = a[1:]; w *= 2")
def view_written_base_read(x):
    a = x * x
    w = a[1:]
    w *= 2.0
    return np.sum(a**2)


@program(make=lambda g: (g.normal(size=5),))
def base_written_view_read(x):
    a = x * x
    w = a[1:3]
    a[2] = x[0] * 3.0
    a *= x
    return np.sum(w**2)


@program(make=lambda g: (g.normal(size=5),), note="the view is read before and after")
def view_read_before_and_after(x):
    a = x * 1.5
    w = a[1:4]
    s = np.sum(w**2)
    a[1:4] = w * w[0]
    t = np.sum(w**3)
    w[1] = s
    return s * t + np.sum(a**2)


@program(make=lambda g: (g.normal(size=5),), note="v[::-1]")
def reversed_view(x):
    a = x * 1.5
    r = a[::-1]
    r[0] = x[0] ** 2
    r[1:3] += a[:2]
    return np.sum(a * np.arange(5.0)) + r[4] ** 2


@program(make=lambda g: (g.normal(size=(3, 4)),))
def transpose_written(a):
    b = a * a
    t = b.T
    t[0] = a[:, 1]
    t[1:, 0] *= 3.0
    return np.sum(b**2 * np.arange(12.0).reshape(3, 4))


@program(make=lambda g: (g.normal(size=(3, 4)),), note="for row in A: row *= 2")
def rows_written(a):
    b = a * a
    for row in b:
        row *= 2.0
        row[0] += row[1] ** 2
    return np.sum(b**2)


@program(make=lambda g: (g.normal(size=(3, 4)), g.normal(size=3)), wrt=(0, 1))
def rows_written_with_zip(a, c):
    b = a.copy()
    for row, w in zip(b, c):
        row *= w
        row[:] = row**2 + w
    return np.sum(b * a)


@program(make=lambda g: (g.normal(size=(3, 4)),), note="enumerate over rows, writes")
def rows_written_with_enumerate(a):
    b = a.copy()
    for i, row in enumerate(b):
        row[i:] *= row[i]
    return np.sum(b**2)


@program(make=lambda g: (g.normal(size=(3, 4)),), may_refuse=True)
def reshape_view_written(a):
    b = a * 2.0
    v = b.reshape(-1)
    v[3:7] = v[0] * v[8:12]
    w = b.ravel()
    w[0] = 5.0
    return np.sum(b**2)


@program(
    make=lambda g: (g.normal(size=(3, 4)),), note="reshape of a transpose copies", may_refuse=True
)
def reshape_that_copies(a):
    b = a * 2.0
    v = b.T.reshape(-1)
    v[3:7] = 0.0
    f = b.flatten()
    f *= 0.0
    return np.sum(b**2) + np.sum(v**2) + np.sum(f)


@program(
    make=lambda g: (g.normal(size=6),), note="ravel of a strided slice copies", may_refuse=True
)
def ravel_that_copies(x):
    b = x * 2.0
    v = b[::2].ravel()
    v += 1.0
    v *= v
    return np.sum(b**2) + np.sum(v)


@program(make=lambda g: (g.normal(size=6),), note="asarray and array")
def asarray_aliases(x):
    a = x * 2.0
    b = np.asarray(a)
    c = np.array(a)
    b[0] = x[1] ** 2
    c[1] = x[2] ** 2
    return np.sum(a**2) + np.sum(b * c)


@program(make=lambda g: (g.normal(size=6),), note="view of a view")
def view_of_view(x):
    a = x * x
    v = a[1:]
    w = v[::2]
    w[1] = x[0]
    v[0] *= w[2]
    a[-1] = w[0]
    return np.sum(a**2) + np.sum(w)


@program(make=lambda g: (g.normal(size=6),), note="two views of one base overlap")
def overlapping_views(x):
    a = x * 1.0
    lo = a[:4]
    hi = a[2:]
    lo += hi
    hi *= lo
    return np.sum(a**2)


@program(make=lambda g: (g.normal(size=6),), note="left and right named outside the loop")
def named_views_in_loop(x):
    u = x.copy()
    left, mid, right = u[:-2], u[1:-1], u[2:]
    for _ in range(4):
        mid += 0.1 * (left - 2 * mid + right) * mid
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=6),), note="views taken anew in each trip")
def views_in_loop(x):
    u = x.copy()
    s = 0.0
    for k in range(1, 5):
        head = u[:k]
        tail = u[k:]
        tail += head[-1] * 0.5
        head *= tail[0]
        s += np.sum(head)
    return s + np.sum(u**2)


@program(make=lambda g: (g.normal(size=(4, 4)),), note="row and column of one matrix")
def row_and_column(a):
    b = a.copy()
    row = b[1]
    col = b[:, 2]
    row += col
    col *= row
    return np.sum(b**2)


@program(make=lambda g: (g.normal(size=(2, 3, 4)),), note="Ellipsis, None, transpose chain")
def chain_of_views(a):
    b = a * 1.0
    v = b[..., ::2].transpose(2, 0, 1)[1]
    v[0] = v[1] * a[0, :, 0]
    w = b[0][None, :, 1:3]
    w += 2.0 * a[1, 0, 0]
    return np.sum(b**2)


@program(make=lambda g: (g.normal(size=5),), note="fancy indexing gives a copy")
def fancy_is_a_copy(x):
    a = x * x
    c = a[[0, 2]]
    c *= 5.0
    m = a[a > -1]
    m[0] = 100.0
    return np.sum(a) + np.sum(c**2) + np.sum(m[1:])


@program(make=lambda g: (g.normal(size=5),), note="arithmetic gives a copy")
def expression_is_a_copy(x):
    a = x * x
    b = a + 0
    c = +a
    b[0] = 7.0
    c[1] *= 2.0
    return np.sum(a * b * c)


@program(make=lambda g: (g.normal(size=5),), note="view of the argument written")
def view_of_argument(x):
    v = x[1:4]
    v *= x[0]
    return np.sum(x**2) + np.sum(v)


@program(make=lambda g: (g.normal(size=(2, 5)),), note="unpacked rows are views")
def unpacked_rows_are_views(a):
    p, q = a
    p += q
    q[0] = p[1] ** 2
    return np.sum(a**2)


@program(make=lambda g: (g.normal(size=6),), note="alias chosen by a branch", may_refuse=True)
def alias_by_branch(x):
    a = x * 2.0
    b = x * 3.0
    if x.size > 3:
        c = a
    else:
        c = b
    c[0] = x[1] * x[2]
    return np.sum(a**2) + np.sum(b**2)


@program(
    make=lambda g: (g.normal(size=6), True),
    note="maybe the argument, maybe a copy",
    may_refuse=True,
)
def maybe_copied(x, copy):
    u = x.copy() if copy else x
    u *= u
    return np.sum(u * x)


@program(make=lambda g: (g.normal(size=4),), note="rebound while an alias is held")
def alias_of_previous_state(x):
    u = x * 1.0
    for k in range(3):
        old = u
        u = u * 1.1
        u[1:] += old[:-1] ** 2
    return np.sum(u * old)


@program(make=lambda g: (g.normal(size=4),), note="copy of previous state kept")
def copy_of_previous_state(x):
    u = x.copy()
    s = 0.0
    for k in range(3):
        old = u.copy()
        u[1:] = old[:-1] * u[1:]
        s += np.sum((u - old) ** 2)
    return s


@program(make=lambda g: (g.normal(size=4),), note="view kept across trips", may_refuse=True)
def view_across_trips(x):
    u = x * 1.0
    v = u[:2]
    s = 0.0
    for k in range(4):
        u[k] = u[k] * 2.0 + v[0]
        s += v[1] ** 2
        v = u[k : k + 2]
    return s + np.sum(v**2)


@program(make=lambda g: (g.normal(size=5),), note="self-assignment through views")
def shift_through_views(x):
    u = x.copy()
    a = u[1:]
    b = u[:-1]
    a[:] = b
    b *= 2.0
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=5),), note="element is a float, not a view")
def element_is_not_a_view(x):
    u = x.copy()
    e = u[0]
    u[0] = 2.0 * e
    e = e * u[0]
    u *= e
    return np.sum(u) * e


@program(
    make=lambda g: (g.normal(size=(3, 3)),), note="diagonal through a strided view", may_refuse=True
)
def strided_diagonal(a):
    b = a * 1.0
    d = b.ravel()[::4]
    d += np.sum(a, axis=0)
    return np.sum(b**2)


@program(
    make=lambda g: (g.normal(size=(3, 3)),), note="in a list, still the same array", may_refuse=True
)
def views_in_a_tuple(a):
    b = a * a
    for r in (b[0], b[1:, 1]):
        r *= r
    return np.sum(b)


@program(
    make=lambda g: (g.normal(size=(3, 4)),),
    note="swapaxes, squeeze, expand_dims are views",
    may_refuse=True,
)
def other_views(a):
    b = a * 1.0
    np.swapaxes(b, 0, 1)[0] = 2.0 * a[:, 3]
    c = np.expand_dims(b, 0)
    c[0, 1] *= 3.0
    d = np.squeeze(c)
    d[2] += 1.0
    return np.sum(b**2)


@program(make=lambda g: (g.normal(size=5),), note="broadcast view only read", may_refuse=True)
def broadcast_view_read(x):
    a = x * 2.0
    b = np.broadcast_to(a, (3, 5))
    s = np.sum(b**2)
    a[0] = 3.0 * x[1]
    return s + np.sum(b**2)


@program(make=lambda g: (g.normal(size=5),), note="same value read from view after base rebound")
def base_rebound(x):
    a = x * x
    v = a[1:]
    a = a + 1.0
    a[1] = 0.0
    v *= 2.0
    return np.sum(v**2) + np.sum(a * x)


@program(
    make=lambda g: (g.normal(size=(3, 4)),),
    note="np.transpose and np.reshape as functions",
    may_refuse=True,
)
def function_views(a):
    b = a * 1.0
    t = np.transpose(b)
    t[1] *= 2.0
    r = np.reshape(b, (4, 3))
    r[0] = t[0]
    v = np.ravel(b)
    v[-1] = v[0] * v[1]
    return np.sum(b**2)
