"""Cases for what is joined, cut, repeated and padded."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(6)


def n(*shape):
    return g.normal(size=shape)


def z(*shape):
    return g.normal(size=shape) + 1j * g.normal(size=shape)


CASES = []
for f in (np.concatenate, np.hstack, np.vstack, np.column_stack, np.dstack, np.stack):
    CASES += [
        (f, ([n(2, 3), n(2, 3)],), {}),
        (f, ((n(2, 3), n(2, 3), n(2, 3)),), {}),
        (f, (n(2, 3, 2),), {}),
        (f, ([n(2, 2), z(2, 2)],), {}),
        (f, ([n(3), n(3)],), {}),
    ]
for f in (np.hstack, np.vstack, np.column_stack, np.dstack, np.stack):
    CASES += [(f, (n(3, 2),), {}), (f, ([n(2, 2)],), {})]
for f in (np.concatenate, np.stack, np.hstack, np.vstack):
    CASES += [(f, ([n(2), n(2)],), {"dtype": known(float)})]
CASES += [
    (np.concatenate, ([n(2), n(3)],), {}),
    (np.concatenate, ([n(2, 1), n(2, 3)],), {"axis": 1}),
    (np.concatenate, ([n(2, 1), n(2, 3)],), {"axis": -1}),
    (np.concatenate, ([n(2, 1), n(3)],), {"axis": None}),
    (np.concatenate, ([n(0), n(3)],), {}),
    (np.concatenate, (n(2, 3, 2), -1), {}),
    (np.concatenate, (n(2, 3), None), {}),
    (np.hstack, ([n(2), n(3)],), {}),
    (np.hstack, ([1.5, n(3)],), {}),
    (np.vstack, ([n(3), n(2, 3)],), {}),
    (np.column_stack, ([n(2), n(2, 3)],), {}),
    (np.dstack, ([n(3), n(1, 3, 2)],), {}),
    (np.stack, ([n(2, 3), n(2, 3)],), {"axis": 1}),
    (np.stack, ([n(2, 3), n(2, 3)],), {"axis": -1}),
    (np.stack, ([1.0, 2.0],), {}),
    (np.block, ([[n(2, 2), n(2, 3)], [n(1, 2), n(1, 3)]],), {}),
    (np.block, ([n(2), 1.5, n(3)],), {}),
    (np.block, ([[n(2), 1.5], [n(1, 3)]],), {}),
    (np.block, ([[[n(2, 1, 2)]], [[n(1, 2)]]],), {}),
    (np.block, (n(2, 2),), {}),
    (np.append, (n(3), 1.5), {}),
    (np.append, (n(2, 3), n(2)), {}),
    (np.append, (n(2, 3), n(1, 3)), {"axis": 0}),
    (np.append, (n(2, 3), [1.0, 2.0]), {}),
    (np.insert, (n(4), 1, 1.5), {}),
    (np.insert, (n(4), -1, n(2)), {}),
    (np.insert, (n(4), (3, 1, 1), n(3)), {}),
    (np.insert, (n(4), (3, 1), 1.5), {}),
    (np.insert, (n(4), slice(0, 3), n(3)), {}),
    (np.insert, (n(4), np.array([True, False, True, False]), n(2)), {}),
    (np.insert, (n(2, 3), 2, 1.5), {}),
    (np.insert, (n(2, 3), 1, n(2)), {"axis": 1}),
    (np.insert, (n(2, 3), 1, n(3, 2)), {"axis": 1}),
    (np.insert, (n(2, 3), (1,), n(2, 1)), {"axis": 1}),
    (np.insert, (n(2, 3), (0, 2), n(2, 2)), {"axis": -1}),
    (np.insert, (n(2, 3), (0, 2), 1.5), {"axis": -1}),
    (np.insert, (n(2, 3), 0, n(3)), {"axis": 0}),
    (np.insert, (n(2, 3), 0, n(2, 3)), {"axis": 0}),
    (np.insert, (n(2, 3, 2), 1, n(2, 2)), {"axis": 1}),
    (np.delete, (n(4), 1), {}),
    (np.delete, (n(4), (0, -1)), {}),
    (np.delete, (n(4), slice(0, 3, 2)), {}),
    (np.delete, (n(4), np.array([True, False, True, False])), {}),
    (np.delete, (n(2, 3), 1), {}),
    (np.delete, (n(2, 3), (0, 2)), {"axis": -1}),
    (np.split, (n(6), 3), {}),
    (np.split, (n(2, 6), (1, 4)), {"axis": 1}),
    (np.array_split, (n(7), 3), {}),
    (np.array_split, (n(2, 5), 2), {"axis": -1}),
    (np.vsplit, (n(4, 2), 2), {}),
    (np.hsplit, (n(4, 2), 2), {}),
    (np.hsplit, (n(4), 2), {}),
    (np.dsplit, (n(2, 2, 4), (1,)), {}),
    (np.tile, (n(3), 2), {}),
    (np.tile, (n(3), (2, 2)), {}),
    (np.tile, (n(2, 3), 2), {}),
    (np.tile, (n(2, 3, 1), (2, 1)), {}),
    (np.tile, (1.5, 3), {}),
    (np.repeat, (n(3), 2), {}),
    (np.repeat, (n(2, 3), 2), {}),
    (np.repeat, (n(2, 3), 2), {"axis": 1}),
    (np.repeat, (n(2, 3), 2), {"axis": -2}),
    (np.repeat, (n(2, 3), (2, 0, 1)), {"axis": 1}),
    (np.repeat, (n(2, 3), (2,)), {"axis": 1}),
    (np.repeat, (n(3), np.array([0, 2, 1])), {}),
    (np.repeat, (1.5, 3), {}),
    (np.resize, (n(3), (2, 4)), {}),
    (np.resize, (n(2, 3), 4), {}),
    (np.resize, (1.5, (2, 2)), {}),
    (np.pad, (n(3), 2), {}),
    (np.pad, (n(2, 3), ((1, 0), (0, 2))), {}),
    (np.pad, (n(2, 3), (1, 2)), {}),
    (np.pad, (n(2, 3), ((1, 2),)), {}),
    (np.pad, (n(2, 3), 1, "constant"), {"constant_values": 2}),
    (np.pad, (n(2, 3), (1, 0)), {"constant_values": known(((1.0, 2.0), (3.0, 4.0)))}),
    (np.pad, (n(2, 3), (1, 0)), {"constant_values": 1.5}),
]
for mode in ("edge", "reflect", "symmetric", "wrap", "mean", "linear_ramp"):
    CASES += [
        (np.pad, (n(4), 2, mode), {}),
        (np.pad, (n(3), (4, 7), mode), {}),
        (np.pad, (n(2, 3), ((1, 0), (0, 2)), mode), {}),
        (np.pad, (n(2, 3), (1, 2)), {"mode": mode}),
        (np.pad, (z(2, 3), 1), {"mode": mode}),
        (np.pad, (n(1, 2), 1, mode), {}),
    ]
CASES += [(np.pad, (n(3), (2, 1), "linear_ramp"), {"end_values": 2})]
if hasattr(np, "unstack"):
    CASES += [(np.unstack, (n(2, 3),), {}), (np.unstack, (n(2, 3, 2),), {"axis": -1})]
    CASES += [(np.unstack, (n(3),), {})]
