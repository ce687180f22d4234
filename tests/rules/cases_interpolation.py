"""Cases for interpolation."""

from types import SimpleNamespace

import numpy as np


def known(value):
    """An argument known at generation time."""
    return SimpleNamespace(value=value)


XP = np.array([0.0, 0.7, 1.5, 3.0])
FP = np.array([1.0, -2.0, 0.5, 2.0])
X = np.array([-1.0, 0.2, 0.9, 1.1, 2.9, 5.0])
ANGLES = np.array([350.0, 30.0, 100.0, 215.0])
CASES = [
    (np.interp, (0.4, XP, FP), {}),
    (np.interp, (X, XP, FP), {}),
    (np.interp, (np.array([[0.2, 0.9], [1.7, 2.9]]), XP, FP), {}),
    (np.interp, (X, [0.0, 0.7, 1.5], [1.0, -2.0, 0.5]), {}),
    (np.interp, (X, XP[:1], FP[:1]), {}),
    (np.interp, (X, XP[::2], FP[::-2]), {}),
    (np.interp, (X, XP, FP + 1j * FP[::-1]), {}),
    (np.interp, (X, XP, FP, 0.3), {}),
    (np.interp, (X, XP, FP, 0.3, -0.5), {}),
    (np.interp, (-1.0, XP, FP, 0.3, -0.5), {}),
    (np.interp, (7.0, XP, FP, known(None), 0.5), {}),
    (np.interp, (X, XP, FP), {"right": 0.5}),
    (np.interp, (np.array([10.0, -20.0, 60.0, 355.0, 700.0]), ANGLES, FP), {"period": 360}),
    (np.interp, (5.0, ANGLES, FP), {"period": -360.0}),
]
