"""Cases for arrays made of numbers."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


CASES = [
    (np.full, (3, 1.5), {}),
    (np.full, ((2, 3), np.array([1.0, 2.0, 3.0])), {}),
    (np.full, (3, 1.5, known(int)), {}),
    (np.full_like, (np.zeros((2, 3)), 1.5), {}),
    (np.full_like, (np.zeros((2, 3)), np.array([[1.0], [2.0]])), {}),
    (np.full_like, (np.zeros((2, 3)), 1.5), {"dtype": known(int)}),
    (np.linspace, (0.5, 2.5, 7), {}),
    (np.linspace, (0.5, 2.5, 7), {"endpoint": False}),
    (np.arange, (3.5,), {}),
    (np.arange, (0.5, 3.7), {}),
    (np.arange, (0.5, 3.7, 0.3), {}),
    (np.meshgrid, (np.arange(3.0), np.arange(2.0)), {}),
    (np.meshgrid, (np.arange(3.0), np.arange(2.0)), {"indexing": "ij"}),
]
