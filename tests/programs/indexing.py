"""Reading with slices, integers, arrays, masks, None and Ellipsis."""

import numpy as np

from .corpus import program


@program(make=lambda g: (g.normal(size=6),))
def elements(x):
    return x[0] * x[-1] + x[2] ** 2 * x[2]


@program(make=lambda g: (g.normal(size=(3, 4)),))
def matrix_elements(a):
    return a[0, 1] * a[-1, -2] + a[1][2] * a[1, 2]


@program(make=lambda g: (g.normal(size=6),))
def slices(x):
    return (
        np.sum(x[1:] * x[:-1]) + np.sum(x[::2] ** 2) + np.sum(x[-2:] * x[:2]) + np.sum(x[1:-1] ** 3)
    )


@program(make=lambda g: (g.normal(size=6),))
def negative_steps(x):
    return np.sum(x[::-1] * x * np.arange(6.0)) + np.sum(x[4:0:-2] ** 2 * np.arange(2.0))


@program(make=lambda g: (g.normal(size=6), 2), note="slice bounds from an argument")
def slice_bounds(x, k):
    return np.sum(x[k:] ** 2) + np.sum(x[:k] * x[k : 2 * k]) + np.sum(x[: len(x) - k : k])


@program(make=lambda g: (g.normal(size=6),), note="empty slice")
def empty_slice(x):
    return np.sum(x[3:3]) + np.sum(x[10:]) + np.sum(x**2)


@program(make=lambda g: (g.normal(size=(3, 4)),))
def rows_and_columns(a):
    return (
        np.sum(a[1] * a[2])
        + np.sum(a[:, 1] * a[:, 2])
        + np.sum(a[1:, ::2] ** 2)
        + np.sum(a[:, -1:] * a)
    )


@program(make=lambda g: (g.normal(size=(2, 3, 4)),))
def ellipsis(a):
    return np.sum(a[..., 0] * a[..., 1]) + np.sum(a[0, ...] ** 2) + np.sum(a[1, ..., 2])


@program(make=lambda g: (g.normal(size=4), g.normal(size=3)), wrt=(0, 1))
def new_axes(x, y):
    d = x[:, None] - y[None, :]
    e = x[np.newaxis] * y[:, np.newaxis]
    return np.sum(d**2) + np.sum(np.sin(e))


@program(make=lambda g: (g.normal(size=6),), note="fancy index with duplicates")
def integer_arrays(x):
    idx = np.array([0, 3, 3, 5])
    return np.sum(x[idx] ** 2 * np.arange(1.0, 5.0)) + np.sum(x[[1, 1, 2]] * x[:3])


@program(make=lambda g: (g.normal(size=(4, 3)), np.array([0, 2, 2])), note="rows by index")
def rows_by_index(a, idx):
    return np.sum(a[idx] ** 2) + np.sum(a[:, [0, 0, 2]] * a[:, :1])


@program(make=lambda g: (g.normal(size=(4, 3)), np.array([0, 2, 1, 2])), note="one entry per row")
def entry_per_row(a, labels):
    return -np.sum(a[np.arange(4), labels]) + np.sum(a[labels, labels[::-1] % 3] ** 2)


@program(make=lambda g: (g.normal(size=(4, 3)),), note="index array of rank 2")
def index_matrix(a):
    idx = np.array([[0, 1], [1, 3]])
    return np.sum(a[idx] ** 2) + np.sum(a[:, 0][idx] * np.arange(4.0).reshape(2, 2))


@program(make=lambda g: (np.array([0.5, -0.3, 0.9, -1.2]),))
def masks(x):
    m = x > 0
    return np.sum(x[m] ** 2) + np.sum(x[~m]) * x[x < -1.0][0]


@program(make=lambda g: (g.normal(size=(3, 4)),), note="mask of rank 2, and along one axis")
def matrix_masks(a):
    m = np.tril(np.ones((3, 4))) > 0
    return (
        np.sum(a[m] ** 2)
        + np.sum(a[np.array([True, False, True])] ** 3)
        + np.sum(a[:, np.array([True, False, False, True])])
    )


@program(make=lambda g: (g.normal(size=(3, 3, 3)),), note="#56: x[:, :, f] in a loop")
def planes_in_loop(x):
    s = 0.0
    for f in range(np.shape(x)[2]):
        r = x[:, :, f]
        s += np.sum(r @ r)
    return s


@program(make=lambda g: (g.normal(size=(2, 4)), g.normal(size=(2, 4))), wrt=(0, 1), note="#62")
def dot_of_rows(x, y):
    return np.dot(x[0, :], y[0, :]) * np.dot(x[1], y[1])


@program(make=lambda g: (g.normal(size=5),), note="index computed in the loop")
def computed_index(x):
    s = 0.0
    for i in range(10):
        s += x[(3 * i) % 5] * x[i // 2]
    return s


@program(make=lambda g: (g.normal(size=(3, 4)),), note="index is a tuple")
def tuple_index(a):
    where = (1, 2)
    return a[where] ** 2 + a[(0, slice(1, 3))].sum()


@program(
    make=lambda g: (g.normal(size=6),), note="np.nonzero, np.flatnonzero as index", may_refuse=True
)
def nonzero_index(x):
    return np.sum(x[np.nonzero(x > -9)] ** 2) + np.sum(x[np.flatnonzero(x > -9)])


@program(make=lambda g: (g.normal(size=6),), note="np.take", may_refuse=True)
def take(x):
    return np.sum(np.take(x, [0, 2, 2]) ** 2)


@program(make=lambda g: (g.normal(size=(4, 4)),), note="triangular parts", may_refuse=True)
def triangles(a):
    i, j = np.triu_indices(4, 1)
    return np.sum(a[i, j] ** 2) + np.sum(np.tril(a) * np.triu(a, 1).T)


@program(make=lambda g: (g.normal(size=(3, 4)),), note="a[i][j] chains")
def chained_subscripts(a):
    return a[1:][0][::2][1] * a.T[2][0] + a[:2][:, 1:][1].sum()


@program(make=lambda g: (g.normal(size=4),), note="index of an expression")
def index_of_expression(x):
    return (x * 2.0)[1] * np.sin(x)[2] + (x + x[::-1])[0] ** 2


@program(
    make=lambda g: (g.normal(size=5), np.array([3, 1, 4, 0, 2])),
    note="integer array read in a loop",
)
def permuted_chain(x, perm):
    i = 0
    s = 1.0
    for _ in range(4):
        i = perm[i]
        s = s * x[i] + x[perm[i]]
    return s


@program(
    make=lambda g: (g.normal(size=8), np.array([0, 1, 2, 4, 5]), np.array([1, 0, 2, 1, 0, 2, 1])),
    note="CSR product",
)
def sparse_matrix_vector(v, indptr, cols):
    y = np.zeros(4)
    for i in range(4):
        for k in range(indptr[i], indptr[i + 1]):
            y[i] += v[k] * v[cols[k]]
    return np.sum(y**2)
