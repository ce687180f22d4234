"""The six primals whose derivatives are also written by hand (benchmarks/golden_adjoints.py)."""

import numpy as np

from .corpus import program


@program(
    make=lambda g: (
        g.normal(size=(5, 4)),
        g.normal(size=4),
        g.normal(size=(4, 3)),
        g.normal(size=(7, 5)),
        g.normal(size=(7, 3)),
    ),
    wrt=(0, 1, 2),
)
def mlp_loss(w1, b1, w2, x, y):
    h = np.tanh(x @ w1 + b1)
    r = h @ w2 - y
    return np.mean(r**2)


@program(make=lambda g: (3.3, 0.4, 12), wrt=(0, 1))
def logistic_map(r, x, n):
    for _ in range(n):
        x = r * x * (1.0 - x)
    return x


@program(make=lambda g: (g.normal(size=12), 0.2, 9))
def heat(u0, nu, steps):
    u = u0.copy()
    for _ in range(steps):
        u[1:-1] += nu * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    return np.sum(u**2)


@program(make=lambda g: (np.array([0.3, -0.5, 0.8, -0.1, 2.5, 0.2]), 2.0))
def clipped_path(x, limit):
    y = np.zeros(len(x))
    s = 0.0
    for i in range(len(x)):
        if x[i] > limit:
            break
        elif x[i] > 0.0:
            s += x[i] ** 2
        else:
            s -= x[i]
        y[i] = s * x[i]
    return np.sum(y) * s


@program(make=lambda g: (2.0, 3.0, 1e-3), wrt=(0, 1))
def newton_root(a, x, tol):
    while abs(x * x - a) > tol:
        x = 0.5 * (x + a / x)
    return x


def lotka_volterra(u, p):
    return np.array([p[0] * u[0] - p[1] * u[0] * u[1], p[3] * u[0] * u[1] - p[2] * u[1]])


@program(
    make=lambda g: (np.array([1.1, 0.4, 0.4, 0.1]), np.array([2.0, 1.0]), 0.05, 20), wrt=(0, 1)
)
def euler_path(p, u0, dt, steps):
    u = u0
    for _ in range(steps):
        u = u + dt * lotka_volterra(u, p)
    return np.sum(u**2)
