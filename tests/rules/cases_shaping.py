"""Cases for shapes, orders of axes and elements, copies and casts."""

import copy
from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(4)


def n(*shape):
    return g.normal(size=shape)


def z(*shape):
    return g.normal(size=shape) + 1j * g.normal(size=shape)


COPIES = (np.array, np.asarray, np.asanyarray, np.ascontiguousarray, np.asfortranarray,
          np.asarray_chkfinite, np.require)  # fmt: skip
CASES = []
for f in (np.ravel, np.ndarray.flatten, np.squeeze, np.transpose, np.copy, np.atleast_1d,
          np.atleast_2d, np.atleast_3d, np.flip, np.flipud, np.ndarray.tolist,
          *COPIES):  # fmt: skip
    CASES += [(f, (n(3),), {}), (f, (n(2, 1, 3),), {})]
    CASES += [(f, (np.asfortranarray(n(2, 3)),), {}), (f, (z(2, 2),), {})]
for f in (np.atleast_1d, np.atleast_2d, np.atleast_3d):
    CASES += [(f, (1.5,), {}), (f, (np.array(1.5),), {}), (f, (1.5, n(2)), {})]
    CASES += [(f, (n(2, 3), n(3)), {}), (f, (n(2), 1.5, n(2, 2)), {})]
for f in COPIES:
    CASES += [
        (f, (np.array([1.2, 2.3]),), {"dtype": known(int)}),
        (f, (1.5,), {}),
        (f, ([1.0, 2.0],), {}),
        (f, ([[1.0, 2.0], [3.0, 4.0]], known(float)), {}),
        (f, ([n(3), n(3)],), {}),
        (f, (n(3), known(complex)), {}),
    ]
for f in (np.ndarray.astype, np.astype):
    CASES += [
        (f, (n(3), known(float)), {}),
        (f, (n(3), known(complex)), {"copy": False}),
        (f, (np.array([1.2, 2.3]), known(int)), {}),
    ]
for f in (np.tril, np.triu):
    CASES += [(f, (n(3, 4),), {}), (f, (n(2, 3, 3), 1), {}), (f, (n(3, 3),), {"k": -1})]
    CASES += [(f, (n(3),), {}), (f, (n(4), 1), {})]
for f in (np.reshape, np.ravel, np.ndarray.flatten):
    shape = ((3, 2),) if f is np.reshape else ()
    CASES += [(f, (n(2, 3), *shape), {"order": order}) for order in "CF"]
    CASES += [(f, (n(3, 2).T, *shape), {"order": order}) for order in "CF"]
for f in (np.broadcast_arrays,):
    CASES += [
        (f, (n(3),), {}),
        (f, (n(3), n(2, 1)), {}),
        (f, (1.5, n(2, 2)), {}),
        (f, (n(3), n(2, 1), 1.5), {}),
        (f, (n(3), n(2, 1), 1.5, n(1)), {}),
        (f, (n(3), n(2, 1), 1.5, n(1), n(2, 3)), {}),
        (f, (n(3), n(2, 1), 1.5, n(1), n(2, 3), 0.5), {}),
    ]
CASES += [(copy.copy, (n(2, 3),), {}), (copy.deepcopy, (n(3),), {}), (copy.copy, (1.5,), {})]
CASES += [
    (np.reshape, (n(2, 3), (3, 2)), {}),
    (np.reshape, (n(6), (3, -1)), {}),
    (np.reshape, (n(2, 3), -1), {}),
    (np.reshape, (1.5, (1, 1)), {}),
    (np.ravel, (1.5,), {}),
    (np.squeeze, (n(2, 1),), {"axis": 1}),
    (np.squeeze, (n(1, 1),), {}),
    (np.squeeze, (1.5,), {}),
    (np.expand_dims, (n(2, 3), 1), {}),
    (np.expand_dims, (n(2, 3), (0, -1)), {}),
    (np.expand_dims, (1.5, 0), {}),
    (np.transpose, (n(2, 3, 4), (1, 2, 0)), {}),
    (np.transpose, (n(2, 3, 4), (-1, 0, 1)), {}),
    (np.permute_dims, (n(2, 3, 4), (2, 0, 1)), {}),
    (np.permute_dims, (n(2, 3),), {}),
    (np.swapaxes, (n(2, 3, 4), 0, 2), {}),
    (np.swapaxes, (n(2, 3, 4), -1, 1), {}),
    (np.moveaxis, (n(2, 3, 4), 0, -1), {}),
    (np.moveaxis, (n(2, 3, 4), (0, 1), (2, 0)), {}),
    (np.rollaxis, (n(2, 3, 4), 2), {}),
    (np.rollaxis, (n(2, 3, 4), -1, 1), {}),
    (np.rollaxis, (n(2, 3, 4), 0, 3), {}),
    (np.rollaxis, (n(2, 3, 4), 0, -1), {}),
    (np.rollaxis, (n(2, 3, 4), 1, 1), {}),
    (np.broadcast_to, (n(3), (2, 3)), {}),
    (np.broadcast_to, (n(2, 1), (2, 3)), {}),
    (np.broadcast_to, (1.5, (2, 3)), {}),
    (np.ndarray.item, (n(1, 1),), {}),
    (np.ndarray.item, (n(2, 3), 4), {}),
    (np.ndarray.item, (n(2, 3), -1), {}),
    (np.ndarray.item, (n(2, 3), (1, -1)), {}),
    (np.ndarray.item, (n(2, 3), 1, 2), {}),
    (np.roll, (n(5), 2), {}),
    (np.roll, (n(2, 3), 1), {}),
    (np.roll, (n(2, 3), -1), {"axis": 1}),
    (np.roll, (n(2, 3), (1, 2)), {"axis": (0, 1)}),
    (np.roll, (n(2, 3), 1), {"axis": (0, -1)}),
    (np.flip, (n(2, 3),), {"axis": 1}),
    (np.flip, (n(2, 3, 2),), {"axis": (0, -1)}),
    (np.fliplr, (n(2, 3),), {}),
    (np.rot90, (n(2, 3),), {}),
    (np.rot90, (n(2, 3, 4), 3), {"axes": (2, 0)}),
    (np.diag, (n(3),), {}),
    (np.diag, (n(3), -1), {}),
    (np.diag, (n(3, 4),), {"k": 1}),
    (np.diag, (n(2, 2),), {"k": 5}),
    (np.diagflat, (n(3),), {}),
    (np.diagflat, (n(2, 2), -1), {}),
    (np.diagflat, (1.5,), {"k": 2}),
    (np.diagonal, (n(3, 4),), {}),
    (np.diagonal, (n(2, 3, 4),), {"offset": -1, "axis1": 2, "axis2": 1}),
    (np.array, (n(3),), {"ndmin": 3}),
    (np.array, ([1.0, 2.0],), {"ndmin": 2}),
    (np.array, (n(2, 3),), {"copy": True, "order": "F"}),
    (np.asarray, (n(2, 3),), {"order": "F"}),
    (np.require, (n(2, 3),), {"requirements": "F"}),
    (np.copy, (n(2, 3),), {"order": "F"}),
]
