"""Cases for elements taken by index, by mask or in windows."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


g = np.random.default_rng(5)


def n(*shape):
    return g.normal(size=shape)


def z(*shape):
    return g.normal(size=shape) + 1j * g.normal(size=shape)


WINDOWS = np.lib.stride_tricks.sliding_window_view
MASK = np.array([True, False, True])
CASES = [
    (np.take, (n(4), np.array([0, 2, 2, -1])), {}),
    (np.take, (n(4), 2), {}),
    (np.take, (z(4), np.array([1, 1])), {}),
    (np.take, (n(3, 4), np.array([[0, 2], [2, -1]])), {}),
    (np.take, (n(3, 4), np.array([[0, 2], [2, -1]])), {"axis": 1}),
    (np.take, (n(3, 4), 1), {"axis": -2}),
    (np.take, (n(3, 4), np.array([-5, 3, 7])), {"axis": 1, "mode": "wrap"}),
    (np.take, (n(3, 4), np.array([-5, 3, 70])), {"mode": "clip"}),
    (np.take_along_axis, (n(3, 4), np.array([[0, 0], [1, 3], [2, -1]])), {"axis": 1}),
    (np.take_along_axis, (n(3, 4), np.array([[0, 2]])), {"axis": 1}),
    (np.take_along_axis, (n(1, 4), np.array([[0, 2], [1, 1], [3, 2]])), {"axis": 1}),
    (np.take_along_axis, (n(3, 4), np.array([[0, 2, 1, 1]])), {"axis": 0}),
    (np.take_along_axis, (n(2, 2), np.array([0, 3, 3])), {"axis": None}),
    (np.compress, (MASK, n(3)), {}),
    (np.compress, (MASK, n(2, 2)), {}),
    (np.compress, (MASK, n(2, 4)), {"axis": 1}),
    (np.ndarray.compress, (n(3), MASK), {}),
    (np.ndarray.compress, (n(4, 2), MASK), {"axis": -2}),
    (np.extract, (MASK, n(3)), {}),
    (np.extract, (np.array([[True, False], [True, True]]), z(2, 2)), {}),
    (WINDOWS, (n(5), 3), {}),
    (WINDOWS, (n(3, 4), (2, 2)), {}),
    (WINDOWS, (n(3, 4), 2), {"axis": -1}),
    (WINDOWS, (n(3, 4), (2, 3)), {"axis": (1, 0)}),
    (WINDOWS, (n(6), (2, 2)), {"axis": (0, 0)}),
    (np.trim_zeros, (np.array([1.0, 2.0, 3.0]),), {}),
    (np.trim_zeros, (np.array([1.0, 2.0]), "f"), {}),
]
