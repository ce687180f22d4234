"""Cases for differences, gradients, integrals and cross products."""

import numpy as np

g = np.random.default_rng(11)


def n(*shape):
    return g.normal(size=shape)


def grid(*shape):
    """Coordinates with uneven steps."""
    return np.cumsum(g.uniform(0.5, 1.5, size=shape), axis=-1)


F = np.asfortranarray(n(3, 4))
CASES = [
    (np.diff, (n(4),), {}),
    (np.diff, (n(1),), {}),
    (np.diff, (n(3, 4),), {"axis": 0}),
    (np.diff, (n(2, 1, 3)[:, :, ::2],), {"axis": -1}),
    (np.diff, (n(5), 2), {}),
    (np.diff, (n(2), 3), {}),
    (np.diff, (n(2, 5), 3), {}),
    (np.diff, (F, 2), {"axis": -2}),
    (np.diff, (n(4), 1, -1, 0.7), {}),
    (np.diff, (n(4), 2, 0, n(2), 0.3), {}),
    (np.diff, (n(2, 3), 1, 1, n(2, 2), n(2, 1)), {}),
    (np.diff, (n(2, 3), 2, 0, 0.2, 0.4), {}),
    (np.diff, (n(3) + 1j * n(3),), {}),
    (np.ediff1d, (n(4),), {}),
    (np.ediff1d, (n(2, 3), 0.4), {}),
    (np.ediff1d, (n(4), n(2), n(3)), {}),
    (np.ediff1d, (n(1), np.zeros(0), 0.3), {}),
    (np.unwrap, (np.array([0.1, 2.0, 5.5, 6.5, 0.3, -4.0]),), {}),
    (np.unwrap, (np.array([[0.1, 2.0, 5.5], [6.5, 0.3, -4.0]]), 4.0), {"axis": 0}),
    (np.unwrap, (np.array([0.1, 0.9, 0.3, 1.7]),), {"period": 1.0}),
    (np.linalg.cross, (n(3), n(3)), {}),
    (np.linalg.cross, (n(4, 3), n(3)), {}),
    (np.linalg.cross, (n(1, 3), n(4, 3)), {}),
    (np.linalg.cross, (n(3, 4), n(3, 4)), {"axis": 0}),
]
for pair in ((n(3), n(3)), (n(4, 3), n(4, 3)), (n(4, 3), n(3)), (n(2, 1, 3), n(4, 3))):
    CASES += [(np.cross, pair, {})]
CASES += [
    (np.cross, (n(3) + 1j * n(3), n(3)), {}),
    (np.cross, (n(3, 4), n(4, 3)), {"axisa": 0, "axisc": 0}),
    (np.cross, (n(4, 3), n(3, 4)), {"axisb": 0}),
    (np.cross, (n(2, 3, 4), n(2, 3, 4)), {"axis": 1}),
]

# --- gradients

for f in (n(2), n(5), n(3, 4), n(3, 4) + 1j * n(3, 4)):
    CASES += [(np.gradient, (f,), {})]
for order in (1, 2):
    CASES += [
        (np.gradient, (n(3),), {"edge_order": order}),
        (np.gradient, (n(6), 0.3), {"edge_order": order}),
        (np.gradient, (n(6), grid(6)), {"edge_order": order}),
        (np.gradient, (n(3, 5, 4), grid(5)), {"edge_order": order, "axis": 1}),
        (np.gradient, (n(4, 3), 0.7), {"edge_order": order, "axis": -2}),
        (np.gradient, (n(4, 3), 0.7), {"edge_order": order}),
        (np.gradient, (n(4, 3), 0.7, grid(3)), {"edge_order": order}),
        (np.gradient, (n(3, 4, 3), 2, 3, 2), {"edge_order": order}),
        (np.gradient, (n(3, 4, 3), grid(3), 2), {"edge_order": order, "axis": (2, 0)}),
    ]

# --- integrals

CASES += [
    (np.trapezoid, (n(5),), {}),
    (np.trapezoid, (n(1),), {}),
    (np.trapezoid, (n(5), None, 0.3), {}),
    (np.trapezoid, (n(5), grid(5)), {}),
    (np.trapezoid, (n(3, 4),), {}),
    (np.trapezoid, (F, None, 0.3), {"axis": 0}),
    (np.trapezoid, (n(3, 4), grid(4)), {}),
    (np.trapezoid, (n(3, 4), grid(3)), {"axis": -2}),
    (np.trapezoid, (n(3, 4), grid(3, 4)), {}),
    (np.trapezoid, (n(3, 4, 2), n(3, 4, 2)), {"axis": 1}),
    (np.trapezoid, (n(4), grid(3, 4)), {}),
    (np.trapezoid, (n(3, 1, 4), grid(1, 2, 4)), {}),
    (np.trapezoid, (n(4) + 1j * n(4), grid(4)), {}),
    (np.trapezoid, ([1.0, 2.0, 4.0], [0.0, 0.5, 2.0]), {}),
]
