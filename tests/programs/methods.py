"""Attributes and methods of arrays, chained."""

import numpy as np

from .corpus import program


@program(make=lambda g: (g.normal(size=(3, 4)),))
def sums(a):
    return (
        a.sum() * a.sum(axis=0).sum()
        + (a.sum(axis=1) ** 2).sum()
        + (a.sum(1, keepdims=True) * a).sum()
    )


@program(make=lambda g: (g.normal(size=(3, 4)),))
def means(a):
    return (
        a.mean() + (a.mean(axis=0) ** 2).sum() + (a - a.mean(1, keepdims=True)).prod(axis=0).sum()
    )


@program(make=lambda g: (g.normal(size=(3, 4)),))
def extremes(a):
    return a.max() * a.min() + (a.max(axis=0) - a.min(axis=0)).sum()


@program(make=lambda g: (g.normal(size=4),))
def products(x):
    return x.prod() + x.cumsum().sum() ** 2 + x.dot(x) * x.cumsum()[1]


@program(make=lambda g: (g.normal(size=(3, 4)), g.normal(size=4)), wrt=(0, 1))
def dots(a, x):
    return a.dot(x).sum() ** 2 + (a @ x).dot(a.dot(x)) + a.T.dot(a).sum()


@program(make=lambda g: (g.normal(size=(3, 4)),))
def shapes(a):
    n, m = a.shape
    return (
        a.sum() ** 2 / (n * m)
        + a.size * a[0, 0]
        + a.ndim * a[0, 1]
        + len(a) * a.T.shape[0] * a[1, 1]
    )


@program(make=lambda g: (g.normal(size=(3, 4)),))
def reshaped(a):
    v = a.reshape(-1)
    b = a.reshape((2, 6))
    c = a.reshape(4, -1).T
    return (v[1:] * v[:-1]).sum() + (b[0] * b[1]).sum() + (c[0] * c[1]).sum()


@program(make=lambda g: (g.normal(size=(2, 3, 4)),))
def transposed(a):
    return (
        (a.T[0] * a.transpose(2, 1, 0)[1]).sum()
        + (a.transpose((1, 0, 2))[0] ** 2).sum()
        + a.transpose()[1, 2, 1]
    )


@program(make=lambda g: (g.normal(size=(3, 4)),))
def flattened(a):
    return (a.ravel() * a.flatten()[::-1]).sum() + a.flatten()[3] ** 2


@program(make=lambda g: (g.normal(size=(3, 4)),), note="#17: newaxis after a sum")
def pairwise_distances(x):
    sq = np.sum(x**2, axis=1)[:, np.newaxis]
    d = sq + sq.T - 2.0 * x @ x.T
    return np.sum(np.exp(-d))


@program(make=lambda g: (g.normal(size=(3, 4)),))
def chained(a):
    return (
        np.exp(a).sum(axis=1).reshape(-1, 1).T.copy().ravel()[1:].prod()
        + (a**2).sum(axis=0)[::-1].cumsum().mean()
    )


@program(make=lambda g: (g.normal(size=(3, 4)),))
def copied(a):
    b = a.copy()
    b[0] = 0.0
    return (a * b).sum()


@program(make=lambda g: (np.array([-1.5, 0.2, 0.7]),))
def clip_method(x):
    return (x.clip(-1.0, 0.5) * x).sum()


@program(make=lambda g: (g.normal(size=4),))
def item_method(x):
    return x[1].item() ** 2 + x.sum().item() if False else x[1] ** 2


@program(make=lambda g: (g.normal(size=4),), may_refuse=True)
def item_of_array(x):
    return x.item(2) ** 2 + x[:1].item()


@program(make=lambda g: (g.normal(size=4).astype(np.float32),), note="cast", may_refuse=True)
def cast(x):
    y = x.astype(np.float64)
    return (y**2).sum()


@program(make=lambda g: (g.normal(size=(3, 1, 4)),), may_refuse=True)
def squeezed(a):
    return (a.squeeze() ** 2).sum() * a.squeeze(axis=1)[0, 1] + (a.swapaxes(0, 2)[0] ** 2).sum()


@program(make=lambda g: (g.normal(size=(3, 3)),), may_refuse=True)
def diagonals(a):
    return a.trace() * a.diagonal().sum() + a.diagonal()[1] ** 2


@program(make=lambda g: (g.normal(size=(3, 3)),), may_refuse=True)
def spread(a):
    return a.std() * a.var(axis=0).sum()


@program(make=lambda g: (g.normal(size=4),), may_refuse=True)
def repeated(x):
    return (x.repeat(3) ** 2).sum() + (np.tile(x, 2) ** 3).sum()


@program(make=lambda g: (g.normal(size=4),), note="argmax gives a constant index")
def argmax_method(x):
    k = x.argmax()
    return x[k] ** 2 + x[np.argmin(x)]


@program(make=lambda g: (g.normal(size=4),), note="sorted by argsort")
def argsort_index(x):
    order = np.argsort(x)
    return (x[order] * np.arange(4)).sum()


@program(make=lambda g: (g.normal(size=4),), note="np.sort", may_refuse=True)
def sort(x):
    return (np.sort(x) * np.arange(4)).sum()


@program(make=lambda g: (g.normal(size=(3, 4)),), note="dtype used in a constructor")
def dtype_attribute(a):
    b = np.zeros(a.shape, dtype=a.dtype)
    c = np.ones((a.shape[1], 2), a.dtype)
    b[1] = a[1]
    return (b @ c).sum() ** 2


@program(make=lambda g: (g.normal(size=(3, 4)),), note="#19: zeros((4, np.shape(x)[0]))")
def shape_function(x):
    z = np.zeros((4, np.shape(x)[0]))
    w = z + x.T
    return np.sum(w**2) * np.ndim(x) / np.size(x)


@program(make=lambda g: (g.normal(size=(3, 4)),), note="methods of expressions")
def methods_of_expressions(a):
    return (a * 2.0).sum() * (a - 1.0).T.mean(axis=0)[0] + (a @ a.T).ravel().max()


@program(make=lambda g: (g.normal(size=4),), note="real and imag of a real array", may_refuse=True)
def real_part(x):
    return (x.real**2).sum() + np.real(x).sum()
