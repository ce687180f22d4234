"""Cases for shapes, joins, copies and casts."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(4)


def n(*shape):
    return g.normal(size=shape)


CASES = []
for f in (np.ravel, np.ndarray.flatten, np.squeeze, np.transpose, np.copy, np.real, np.array,
          np.asarray,
          np.asanyarray, np.ascontiguousarray, np.atleast_1d, np.atleast_2d, np.atleast_3d,
          np.flip, np.flipud, np.ndarray.tolist):  # fmt: skip
    CASES += [(f, (n(3),), {}), (f, (n(2, 1, 3),), {})]
for f in (np.atleast_1d, np.atleast_2d, np.atleast_3d):
    CASES += [(f, (1.5,), {}), (f, (np.array(1.5),), {})]
for f in (np.array, np.asarray, np.asanyarray, np.ascontiguousarray):
    CASES += [(f, (np.array([1.2, 2.3]),), {"dtype": known(int)})]
for f in (np.array, np.asarray, np.asanyarray, np.ascontiguousarray):
    CASES += [
        (f, ([1.0, 2.0],), {}),
        (f, ([[1.0, 2.0], [3.0, 4.0]], known(float)), {}),
        (f, ([n(3), n(3)],), {}),
    ]
for f in (np.ndarray.astype, np.astype):
    CASES += [(f, (n(3), known(float)), {}), (f, (np.array([1.2, 2.3]), known(int)), {})]
for f in (np.concatenate, np.hstack, np.vstack, np.column_stack, np.dstack):
    CASES += [(f, ([n(2, 3), n(2, 3)],), {}), (f, ((n(2, 3), n(2, 3), n(2, 3)),), {})]
for f in (np.tril, np.triu):
    CASES += [(f, (n(3, 4),), {}), (f, (n(2, 3, 3), 1), {}), (f, (n(3, 3),), {"k": -1})]
CASES += [
    (np.reshape, (n(2, 3), (3, 2)), {}),
    (np.reshape, (n(6), (3, -1)), {}),
    (np.reshape, (n(2, 3), -1), {}),
    (np.reshape, (1.5, (1, 1)), {}),
    (np.ravel, (n(2, 3),), {"order": "C"}),
    (np.squeeze, (n(2, 1),), {"axis": 1}),
    (np.squeeze, (n(1, 1),), {}),
    (np.expand_dims, (n(2, 3), 1), {}),
    (np.expand_dims, (n(2, 3), (0, -1)), {}),
    (np.expand_dims, (1.5, 0), {}),
    (np.transpose, (n(2, 3, 4), (1, 2, 0)), {}),
    (np.transpose, (n(2, 3, 4), (-1, 0, 1)), {}),
    (np.permute_dims, (n(2, 3, 4), (2, 0, 1)), {}),
    (np.swapaxes, (n(2, 3, 4), 0, 2), {}),
    (np.moveaxis, (n(2, 3, 4), 0, -1), {}),
    (np.moveaxis, (n(2, 3, 4), (0, 1), (2, 0)), {}),
    (np.broadcast_to, (n(3), (2, 3)), {}),
    (np.broadcast_to, (n(2, 1), (2, 3)), {}),
    (np.broadcast_to, (1.5, (2, 3)), {}),
    (np.ndarray.item, (n(1, 1),), {}),
    (np.concatenate, ([n(2), n(3)],), {}),
    (np.concatenate, ([n(2, 1), n(2, 3)],), {"axis": 1}),
    (np.concatenate, ([n(2, 1), n(2, 3)],), {"axis": -1}),
    (np.concatenate, ([n(2, 1), n(3)],), {"axis": None}),
    (np.concatenate, ([n(0), n(3)],), {}),
    (np.hstack, ([n(2), n(3)],), {}),
    (np.hstack, ([1.5, n(3)],), {}),
    (np.vstack, ([n(3), n(2, 3)],), {}),
    (np.column_stack, ([n(2), n(2, 3)],), {}),
    (np.dstack, ([n(3), n(3)],), {}),
    (np.stack, ([n(2, 3), n(2, 3)],), {}),
    (np.stack, ([n(2, 3), n(2, 3)],), {"axis": 1}),
    (np.stack, ([n(2, 3), n(2, 3)],), {"axis": -1}),
    (np.stack, ([1.0, 2.0],), {}),
    (np.append, (n(3), 1.5), {}),
    (np.append, (n(2, 3), n(2)), {}),
    (np.append, (n(2, 3), n(1, 3)), {"axis": 0}),
    (np.split, (n(6), 3), {}),
    (np.split, (n(2, 6), (1, 4)), {"axis": 1}),
    (np.array_split, (n(7), 3), {}),
    (np.vsplit, (n(4, 2), 2), {}),
    (np.hsplit, (n(4, 2), 2), {}),
    (np.hsplit, (n(4), 2), {}),
    (np.tile, (n(3), 2), {}),
    (np.tile, (n(3), (2, 2)), {}),
    (np.tile, (n(2, 3), 2), {}),
    (np.tile, (1.5, 3), {}),
    (np.repeat, (n(3), 2), {}),
    (np.repeat, (n(2, 3), 2), {}),
    (np.repeat, (n(2, 3), 2), {"axis": 1}),
    (np.repeat, (n(2, 3), (2, 0, 1)), {"axis": 1}),
    (np.roll, (n(5), 2), {}),
    (np.roll, (n(2, 3), 1), {}),
    (np.roll, (n(2, 3), -1), {"axis": 1}),
    (np.roll, (n(2, 3), (1, 2)), {"axis": (0, 1)}),
    (np.flip, (n(2, 3),), {"axis": 1}),
    (np.fliplr, (n(2, 3),), {}),
    (np.rot90, (n(2, 3),), {}),
    (np.rot90, (n(2, 3, 4), 3), {"axes": (2, 0)}),
    (np.diag, (n(3),), {}),
    (np.diag, (n(3), -1), {}),
    (np.diag, (n(3, 4),), {"k": 1}),
    (np.diagonal, (n(3, 4),), {}),
    (np.diagonal, (n(2, 3, 4),), {"offset": -1, "axis1": 2, "axis2": 1}),
    (np.pad, (n(3), 2), {}),
    (np.pad, (n(2, 3), ((1, 0), (0, 2))), {}),
    (np.pad, (n(2, 3), (1, 2)), {}),
    (np.diff, (n(4),), {}),
    (np.diff, (n(3, 4),), {"axis": 0}),
]
