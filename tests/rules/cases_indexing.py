"""Cases for elements taken by index, order or interpolation."""

import numpy as np

g = np.random.default_rng(5)
XP = np.array([0.0, 0.7, 1.5, 3.0])
FP = np.array([1.0, -2.0, 0.5, 2.0])
CASES = [
    (np.take, (g.normal(size=4), np.array([0, 2, 2, -1])), {}),
    (np.take, (g.normal(size=4), 2), {}),
    (np.take, (g.normal(size=(3, 4)), np.array([[0, 2], [2, -1]])), {}),
    (np.take, (g.normal(size=(3, 4)), np.array([[0, 2], [2, -1]])), {"axis": 1}),
    (np.take, (g.normal(size=(3, 4)), 1), {"axis": -2}),
    (np.take_along_axis, (g.normal(size=(3, 4)), np.array([[0, 0], [1, 3], [2, -1]])), {"axis": 1}),
    (np.take_along_axis, (g.normal(size=(3, 4)), np.array([[0, 2, 1, 1]])), {"axis": 0}),
    (np.take_along_axis, (g.normal(size=(2, 2)), np.array([0, 3, 3])), {"axis": None}),
    (np.sort, (g.normal(size=5),), {}),
    (np.sort, (g.normal(size=(3, 4)),), {"axis": 0}),
    (np.interp, (0.4, XP, FP), {}),
    (np.interp, (np.array([-1.0, 0.2, 0.9, 1.1, 2.9, 5.0]), XP, FP), {}),
    (np.interp, (np.array([[0.2, 0.9], [1.7, 2.9]]), XP, FP), {}),
]
