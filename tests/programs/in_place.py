"""In-place stores into arrays: elements, slices, overlaps, buffers, out=."""

import numpy as np

from .corpus import program


@program(make=lambda g: (g.normal(size=5), 0.7), wrt=(0, 1))
def fill_elements(x, c):
    y = np.zeros(len(x))
    for i in range(len(x)):
        y[i] = c * x[i] ** 2
    return np.sum(y * y)


@program(make=lambda g: (g.normal(size=5),), note="h[t] = v * t")
def fill_rows(x):
    h = np.zeros((4, 5))
    for t in range(4):
        h[t] = x * t + x**2
    return np.sum(h**2)


@program(make=lambda g: (g.normal(size=6),), note="prefix sum with overlapping views")
def overlapping_add(x):
    u = x.copy()
    u[1:] += u[:-1]
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=6),), note="overlap repeated and nonlinear use between")
def overlapping_add_in_loop(x):
    u = x.copy()
    s = 0.0
    for _ in range(3):
        u[1:] += u[:-1]
        s += np.sum(np.sin(u))
    return s


@program(make=lambda g: (g.uniform(0.5, 1.5, size=6),), note="overlapping product")
def overlapping_multiply(x):
    u = x.copy()
    u[1:] *= u[:-1]
    u[:-1] *= u[1:]
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=6),))
def overlapping_store(x):
    u = x.copy()
    u[:-1] = u[1:]
    u[2:] = u[:-2] * u[1:-1]
    return np.sum(u**3)


@program(make=lambda g: (g.normal(size=6),), note="store of a reversed self")
def reversed_store(x):
    u = x * 1.0
    u[:] = u[::-1]
    u[::2] += u[1::2] * 3.0
    u[::-1] -= u * 0.5
    return np.sum(u**2 * np.arange(6.0))


@program(make=lambda g: (g.normal(size=(3, 3)),), note="symmetrise in place")
def add_own_transpose(a):
    b = a.copy()
    b += b.T
    return np.sum(b**2 * np.arange(9.0).reshape(3, 3))


@program(make=lambda g: (g.normal(size=(3, 3)),))
def store_own_transpose(a):
    b = a * 2.0
    b[...] = b.T
    b[0, :] = b[:, 1]
    return np.sum(b**2 * np.arange(9.0).reshape(3, 3))


@program(make=lambda g: (g.normal(size=12), 0.2), wrt=(0, 1))
def heat_step_loop(u0, nu):
    u = u0.copy()
    for _ in range(9):
        u[1:-1] += nu * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=8), 0.2), wrt=(0, 1), note="nonlinear in what it overwrites")
def burgers(u0, dt):
    u = u0.copy()
    for _ in range(6):
        u[1:-1] -= dt * u[1:-1] * (u[2:] - u[:-2])
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=6),), note="Gauss-Seidel: the sweep reads what it wrote")
def seidel_sweep(x):
    u = x.copy()
    for _ in range(3):
        for i in range(1, len(u) - 1):
            u[i] = 0.5 * (u[i - 1] + u[i + 1]) + 0.1 * u[i] ** 2
    return np.sum(u**2)


@program(make=lambda g: (g.uniform(0.5, 1.5, size=5), 0.3), wrt=(0, 1))
def augmented_all(x, c):
    u = x.copy()
    s = np.sum(u**3)
    u[1:] *= c
    s += np.sum(u**3)
    u[:-1] /= u[1:]
    s += np.sum(u**2)
    u[::2] **= 2
    s += np.sum(u**2)
    u -= c
    u[...] += x**2
    return s * np.sum(u**2)


@program(make=lambda g: (g.uniform(0.5, 1.5, size=5),), note="u **= with active exponent")
def augmented_power(x):
    u = x.copy()
    u **= x[0]
    v = x.copy()
    v[2:] **= v[:-2]
    return np.sum(u) + np.sum(v)


@program(make=lambda g: (g.uniform(0.5, 1.5, size=5),), note="overwritten value needed earlier")
def overwritten_after_use(x):
    u = x * 2.0
    a = np.sin(u)
    b = u * u[0]
    u[0] = 3.0
    c = u * a
    u[:] = b
    d = u * c
    u *= 0.0
    return np.sum(a + b * c + d + u)


@program(make=lambda g: (g.uniform(0.5, 1.5, size=5),), note="overwritten in a loop, used before")
def overwritten_in_loop(x):
    u = x.copy()
    s = 0.0
    for i in range(4):
        s += u[i] ** 2 * u[i + 1]
        u[i + 1] = u[i] * np.cos(u[i + 1])
    return s + np.sum(u**2)


@program(make=lambda g: (g.normal(size=5),), note="array += rebinding for everyone")
def iadd_on_array(x):
    y = x * x
    z = y
    z += x
    return np.sum(y * z)


@program(make=lambda g: (g.normal(size=5),), note="y = y + x is not y += x")
def rebinding_is_not_writing(x):
    y = x * x
    z = y
    z = z + x
    return np.sum(y * z)


@program(make=lambda g: (g.normal(size=5),), note="augmented name on an argument's array")
def iadd_on_argument(x):
    x += 1.0
    x *= x
    return np.sum(x * np.arange(5.0))


@program(make=lambda g: (g.normal(size=5),), note="element stores into the argument")
def store_into_argument(x):
    x[0] = x[1] * x[2]
    x[3] += x[0] ** 2
    return np.sum(x**2)


@program(make=lambda g: (g.normal(size=5), g.normal(size=5)), wrt=(0, 1))
def argument_as_workspace(x, work):
    work[:] = np.sin(x)
    work[1:] += work[:-1] * x[0]
    return np.sum(work**2)


@program(
    make=lambda g: (g.normal(size=5), np.zeros(5)), wrt=(0,), note="workspace not differentiated"
)
def inactive_argument_becomes_active(x, work):
    for i in range(len(x)):
        work[i] = x[i] ** 2 + work[i - 1]
    return np.sum(work * x)


@program(make=lambda g: (g.normal(size=5), g.normal(size=5)), wrt=(0, 1))
def argument_overwritten_then_used(x, y):
    s = np.sum(y**2)
    y[2:] = x[:3] * y[2:]
    return s + np.sum(y**3)


@program(make=lambda g: (g.normal(size=5),), note="zeroed entries kill the adjoint")
def zeroed(x):
    u = x**2
    u[1] = 0.0
    u[3:] = 0
    return np.sum(u * x)


@program(make=lambda g: (g.normal(size=5),), note="fill")
def filled(x):
    u = x * 2.0
    s = np.sum(u**2)
    u.fill(x[1])
    s += np.sum(u * x)
    u[2:].fill(0.0)
    return s + np.sum(u**2)


@program(make=lambda g: (g.normal(size=5),))
def copyto(x):
    u = np.empty(5)
    np.copyto(u, x**2)
    s = np.sum(u * x)
    np.copyto(u[1:], u[:-1])
    np.copyto(u, 2.0, where=x > 100)
    return s + np.sum(u**2)


@program(
    make=lambda g: (g.normal(size=(3, 4)), g.normal(size=4)), wrt=(0, 1), note="copyto broadcasts"
)
def copyto_broadcast(a, x):
    b = np.empty_like(a)
    np.copyto(b, x)
    b *= a
    np.copyto(b[0], 1.5)
    return np.sum(b**2)


@program(make=lambda g: (np.array([0.5, -0.3, 0.9]),), note="copyto where", may_refuse=True)
def copyto_where(x):
    u = x * 3.0
    np.copyto(u, x**2, where=x > 0)
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=5), g.normal(size=5)), wrt=(0, 1))
def out_argument(x, y):
    u = np.empty_like(x)
    np.multiply(x, y, out=u)
    s = np.sum(u**2)
    np.sin(u, out=u)
    np.add(u, x, out=u)
    np.exp(u, u)
    return s + np.sum(u * y)


@program(make=lambda g: (g.normal(size=5),), note="out= a view that overlaps an operand")
def out_overlapping(x):
    u = x.copy()
    np.add(u[1:], u[:-1], out=u[1:])
    np.multiply(u[:-1], u[1:], out=u[:-1])
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=(3, 4)), g.normal(size=4)), wrt=(0, 1))
def out_of_dot(a, x):
    buf = np.empty(3)
    s = 0.0
    for k in range(3):
        np.dot(a, x, out=buf)
        buf *= buf
        s += np.sum(buf)
        x = x * 0.9 + s
    return s


@program(make=lambda g: (g.normal(size=(3, 4)),))
def out_of_reduction(a):
    buf = np.zeros(4)
    np.sum(a, axis=0, out=buf)
    buf *= a[0]
    t = np.matmul(a, buf, out=np.empty(3))
    return np.sum(t**2)


@program(make=lambda g: (g.normal(size=5), np.array([0, 2, 0, 4, 2])))
def add_at_duplicates(x, idx):
    u = np.zeros(5)
    np.add.at(u, idx, x**2)
    np.add.at(u, [1, 1], x[0])
    return np.sum(u**2 * np.arange(1.0, 6.0))


@program(make=lambda g: (g.normal(size=5), np.array([0, 2, 0, 4, 2])), may_refuse=True)
def subtract_at(x, idx):
    u = x * 2
    np.subtract.at(u, idx, x**2)
    return np.sum(u**2)


@program(make=lambda g: (np.array([0.5, -0.3, 0.9, -1.2]),))
def mask_store_constant(x):
    u = x**2
    u[x < 0] = 0.0
    return np.sum(u * x)


@program(make=lambda g: (np.array([0.5, -0.3, 0.9, -1.2]), 0.7), wrt=(0, 1))
def mask_store_active(x, c):
    u = x * 2.0
    m = x > 0
    u[m] = x[m] ** 2 * c
    u[~m] *= c
    u[u > 100] = 0.0
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=(3, 3)),))
def mask_store_two_dims(a):
    b = a * a
    mask = np.eye(3) > 0
    b[mask] = a[0]
    b[:, 1][a[:, 1] > 50] = 7.0
    return np.sum(b**2)


@program(make=lambda g: (g.normal(size=6),), note="integer array store, no duplicates")
def integer_array_store(x):
    u = x**2
    idx = np.array([4, 0, 2])
    u[idx] = x[:3] * 3.0
    return np.sum(u * x)


@program(make=lambda g: (g.normal(size=6),), note="the last store of a duplicate wins")
def integer_array_store_duplicates(x):
    u = x**2
    u[[1, 3, 1]] = x[:3]
    return np.sum(u * np.arange(6.0))


@program(make=lambda g: (g.normal(size=6),), note="augmented duplicates count once")
def integer_array_augmented_duplicates(x):
    u = x * 2
    idx = np.array([1, 3, 1])
    u[idx] += x[:3]
    u[[0, 0, 5]] *= x[3:]
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=(4, 4)), g.normal(size=4)), wrt=(0, 1), note="#69")
def diagonal_under_if(s0, d):
    s = s0.copy()
    for i in range(4):
        s[i, 2] = 1.0
        if i == 2:
            s[i, i] += d[i]
        s[i, i] *= d[i]
    return np.sum(s**2)


@program(make=lambda g: (g.normal(size=(3, 3)), g.normal(size=(3, 3))), wrt=(0, 1))
def matmul_by_loops(a, b):
    c = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            for k in range(3):
                c[i, j] += a[i, k] * b[k, j]
    return np.sum(c**2)


@program(
    make=lambda g: (g.normal(size=5), 0.4), wrt=(0, 1), note="a buffer used again in each trip"
)
def work_buffer(x, c):
    buf = np.empty(5)
    s = 0.0
    for k in range(4):
        buf[:] = x * (k + 1) + c
        buf **= 2
        s += np.sum(buf * x)
    return s * c


@program(make=lambda g: (g.normal(size=5),), note="two buffers in turn")
def two_buffers(x):
    a = np.zeros(5)
    b = np.zeros(5)
    y = x
    for k in range(3):
        a[:] = np.sin(y)
        b[1:] = a[:-1] * y[1:]
        b[0] = a[-1]
        y = y + b
    return np.sum(y**2)


@program(make=lambda g: (g.normal(size=6), 0.3), wrt=(0, 1), note="ping-pong")
def swap_buffers(x, c):
    u = x.copy()
    v = np.zeros_like(u)
    for _ in range(4):
        v[1:-1] = u[1:-1] + c * (u[2:] - 2 * u[1:-1] + u[:-2]) * u[1:-1]
        v[0] = u[0]
        v[-1] = u[-1] * 0.5
        u, v = v, u
    return np.sum(u**2) + np.sum(v * x)


@program(make=lambda g: (g.normal(size=6), 0.3), wrt=(0, 1), note="whole row copied back")
def copy_back(x, c):
    u = x.copy()
    v = u.copy()
    for _ in range(4):
        v[1:-1] = u[1:-1] + c * np.sin(u[2:] - u[:-2])
        u[:] = v
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=6),), note="time levels as rows of one array")
def time_levels(x):
    n = 5
    u = np.empty((n + 1, len(x)))
    u[0] = x
    for k in range(n):
        u[k + 1, 0] = u[k, 0]
        u[k + 1, -1] = 0.0
        u[k + 1, 1:-1] = u[k, 1:-1] - 0.1 * u[k, 1:-1] * (u[k, 2:] - u[k, :-2])
    return np.sum(u[-1] ** 2) + u[2, 2] * u[3, 1]


@program(make=lambda g: (0.3, 0.8), wrt=(0, 1), note="float stored, read and stored again")
def trajectory(a, b):
    y = np.empty(8)
    y[0] = a
    for i in range(7):
        y[i + 1] = y[i] + 0.2 * (b - y[i] ** 2)
    return np.sum((y - 0.5) ** 2)


@program(
    make=lambda g: (g.normal(size=(3, 4)), g.normal(size=4)), wrt=(0, 1), note="broadcast store"
)
def broadcast_store(a, x):
    b = a**2
    b[:] = x
    b[1:] *= a[1:]
    b[:, 1] = x[0]
    b[:, 2:] += x[:2]
    return np.sum(b**2)


@program(make=lambda g: (g.normal(size=(3, 4)), g.normal(size=(3, 1))), wrt=(0, 1))
def broadcast_augmented(a, c):
    b = a * 1.0
    b += c
    b *= c
    b -= c[0]
    b /= 2.0 + c**2
    return np.sum(b**2)


@program(
    make=lambda g: (g.normal(size=(3, 4)), 0.6), wrt=(0, 1), note="float broadcast into slices"
)
def scalar_store(a, c):
    b = a * a
    b[0] = c
    b[1:, ::2] *= c
    b[-1, -1] = c**2
    return np.sum(b * b)


@program(make=lambda g: (g.normal(size=(2, 3, 4)),))
def ellipsis_and_none_store(a):
    b = a * 2.0
    b[..., 0] = a[..., 1] ** 2
    b[0, ...] += a[1]
    b[:, None, 1, ::-1] *= a[:, None, 2, :]
    return np.sum(b**2)


@program(make=lambda g: (g.normal(size=6),), note="negative steps as target")
def negative_step_store(x):
    u = np.zeros(6)
    u[::-1] = x
    u[4:1:-1] *= x[:3]
    u[-2::-2] += x[0]
    return np.sum(u**2 * np.arange(6.0))


@program(make=lambda g: (g.normal(size=6), 2), note="index from an argument")
def index_from_argument(x, k):
    u = x**2
    u[k] = u[k + 1] * x[k]
    u[k:] += x[k]
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=5),), note="the index changes after the store")
def index_changes(x):
    u = np.zeros(5)
    i = 0
    for k in range(5):
        u[i] = x[k] ** 2 + u[i - 1]
        i = (i + 2) % 5
    return np.sum(u * x)


@program(make=lambda g: (g.normal(size=5),), note="tuple of stores")
def swap_elements(x):
    u = x.copy()
    u[0], u[1] = u[1], u[0] * u[2]
    u[2], s = u[3] * 2, u[4]
    return np.sum(u * np.arange(1.0, 6.0)) * s


@program(make=lambda g: (g.normal(size=5),), note="bubble sort: data-dependent swaps")
def bubble_sort(x):
    u = x.copy()
    n = len(u)
    for i in range(n):
        for j in range(n - 1 - i):
            if u[j] > u[j + 1]:
                u[j], u[j + 1] = u[j + 1], u[j]
    return np.sum(u**2 * np.arange(n))


@program(make=lambda g: (g.normal(size=(4, 3)),), note="swapped rows through a copy")
def swap_rows(a):
    b = a * 1.0
    t = b[0].copy()
    b[0] = b[2]
    b[2] = t
    b[[1, 3]] = b[[3, 1]]
    return np.sum(b**2 * np.arange(12.0).reshape(4, 3))


@program(make=lambda g: (g.normal(size=5).astype(np.float32),), note="float32 buffers")
def single_precision_stores(x):
    u = np.zeros_like(x)
    u[1:] = x[:-1] * 2
    u[0] = x[-1]
    u *= x
    return np.sum(u**2)


@program(make=lambda g: (np.array(0.7),), note="0-d array written", may_refuse=True)
def zero_dim_store(x):
    y = x.copy()
    y[...] = y * y
    y += x
    return y * 2.0


@program(make=lambda g: (g.normal(size=4),), note="chained target")
def chained_store(x):
    u = np.zeros(4)
    u[0] = u[1] = t = x[0] * x[1]
    u[2:] = v = x[2:] ** 2
    return np.sum(u**2) + t * np.sum(v)


@program(make=lambda g: (g.normal(size=4),), note="the stored array stays connected to nothing")
def store_copies(x):
    row = x**2
    a = np.zeros((2, 4))
    a[0] = row
    row *= 3.0
    a[1] = row
    row[:] = 0.0
    return np.sum(a[0] * a[1]) + np.sum(row)


@program(make=lambda g: (g.normal(size=4),), note="conditional stores in a loop")
def conditional_stores(x):
    u = np.ones(4)
    for i in range(4):
        if i % 2 == 0:
            u[i] = x[i] * u[i - 1]
        else:
            u[i - 1] *= x[i]
            u[i] += u[i - 1] ** 2
    return np.sum(u)


@program(make=lambda g: (g.normal(size=6),), note="upwind: direction depends on the sign")
def upwind(u0):
    u = u0.copy()
    for _ in range(4):
        for i in range(1, 5):
            if u[i] > 0:
                u[i] = u[i] - 0.1 * u[i] * (u[i] - u[i - 1])
            else:
                u[i] = u[i] - 0.1 * u[i] * (u[i + 1] - u[i])
    return np.sum(u**2)


@program(make=lambda g: (g.uniform(0.2, 1.0, size=5),), note="sieve of stores with stride")
def strided_stores(x):
    u = np.ones(12)
    for k in range(2, 5):
        u[k::k] *= x[k]
        u[::k] += x[0] * u[k]
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=5),), note="cumulative product by stores")
def running_product(x):
    p = np.empty(6)
    p[0] = 1.0
    for i in range(5):
        p[i + 1] = p[i] * x[i]
    return np.sum(p)


@program(make=lambda g: (g.normal(size=(3, 3)),), note="Gram-Schmidt")
def gram_schmidt(a):
    q = a.copy()
    for j in range(3):
        for k in range(j):
            q[:, j] -= (q[:, k] @ q[:, j]) * q[:, k]
        q[:, j] /= np.sqrt(q[:, j] @ q[:, j])
    return np.sum(q * np.arange(9.0).reshape(3, 3))


@program(make=lambda g: (g.normal(size=4),), note="a float taken before the write")
def scalar_read_before_write(x):
    u = x.copy()
    a = u[0]
    u[0] = u[1] ** 2
    b = u[0]
    u[:] = u * a
    return np.sum(u) * a * b


@program(make=lambda g: (g.normal(size=4),), note="integer buffer stays constant")
def integer_buffer(x):
    count = np.zeros(4, dtype=int)
    s = 0.0
    for i in range(4):
        count[i % 2] += 1
        s += x[i] * count[i % 2]
    return s**2


@program(make=lambda g: (g.normal(size=4),), note="ones_like, empty_like, full as workspace")
def workspaces(x):
    a = np.ones_like(x)
    b = np.empty_like(x)
    c = np.full(4, 0.5)
    a[1:] = x[1:]
    b[:] = a * x
    c += b
    return np.sum(a * b * c)


@program(make=lambda g: (g.uniform(0.2, 0.9, size=3),), note="values are put at places")
def put_at_places(x):
    y, a = np.zeros(4), np.zeros((2, 3))
    np.put(y, [0, 2], x[:2])
    y.put([1, 3], x[2])
    np.put(a, [1, 5, 3], x)
    a.put([0, 2], [x[0]])
    np.putmask(y, y > 0.5, x * 2.0)
    np.place(a, a == 0.0, [x[1]])
    b = np.zeros((3, 3))
    np.fill_diagonal(b, x)
    np.fill_diagonal(b[:2], x[0] * x[1])
    return y @ np.arange(4.0) + np.sum(a**2) + np.sum(b @ x)


@program(make=lambda g: (g.uniform(0.2, 0.9, size=3),), note="along an axis")
def put_along_an_axis(x):
    y, a = np.zeros(3), np.ones((2, 3))
    np.put_along_axis(y, np.array([0, 2]), x[:2], 0)
    np.put_along_axis(a, np.array([[2], [0]]), x[1] * 2.0, 1)
    np.put_along_axis(a, np.array([[0, 1, 0]]), x * 3.0, axis=0)
    return y @ x + np.sum(a * x)


@program(make=lambda g: (np.array([0.3, 0.7, 1.2]),), note="what a writing call gives is used")
def writers_in_expressions(x):
    y, z = np.zeros(3), x.copy()
    nothing = np.put(y, [0], x[0])
    t = np.add.at(y, [1, 1], x[:2]) or y.sum()
    np.copyto(z, y) or z.sort()
    z.partition(1)
    z.__setitem__(0, x[2])
    return t * z @ x if nothing is None else 0.0
