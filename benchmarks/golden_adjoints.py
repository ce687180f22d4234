"""Six ordinary functions, and the value-and-gradient function written by hand for each.

The adjoints are what an expert would write, in the style of generated code. They set
the mark for length and speed; `golden.py` compares.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

# --- 1. straight-line code -------------------------------------------------------


def mlp_loss(w1, b1, w2, x, y):
    h = np.tanh(x @ w1 + b1)
    r = h @ w2 - y
    return np.mean(r**2)


def mlp_loss_adjoint(w1, b1, w2, x, y):
    # Forward sweep
    h = np.tanh(x @ w1 + b1)
    r = h @ w2 - y
    value = np.mean(r**2)

    # Reverse sweep
    # return np.mean(r**2)
    r_bar = 2.0 * r / r.size
    # r = h @ w2 - y
    h_bar = r_bar @ w2.T
    w2_bar = h.T @ r_bar
    # h = np.tanh(x @ w1 + b1)
    t_bar = h_bar * (1.0 - h**2)
    w1_bar = x.T @ t_bar
    b1_bar = np.sum(t_bar, axis=0)
    return value, (w1_bar, b1_bar, w2_bar)


# --- 2. a scalar loop that overwrites its state ------------------------------------


def logistic_map(r, x, n):
    for _ in range(n):
        x = r * x * (1.0 - x)
    return x


def logistic_map_adjoint(r, x, n):
    # Forward sweep
    x_stack = []
    for _ in range(n):
        x_stack.append(x)
        x = r * x * (1.0 - x)
    value = x

    # Reverse sweep
    r_bar = 0.0
    # return x
    x_bar = 1.0
    for _ in range(n):
        # x = r * x * (1.0 - x)
        x = x_stack.pop()
        r_bar += x_bar * x * (1.0 - x)
        x_bar = x_bar * (r * (1.0 - x) - r * x)
    return value, (r_bar, x_bar)


# --- 3. in-place update, linear in what it overwrites: nothing is stored -----------


def heat(u0, nu, steps):
    u = u0.copy()
    for _ in range(steps):
        u[1:-1] += nu * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    return np.sum(u**2)


def heat_adjoint_u0(u0, nu, steps):
    # Forward sweep
    u = u0.copy()
    for _ in range(steps):
        u[1:-1] += nu * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    value = np.sum(u**2)

    # Reverse sweep
    # return np.sum(u**2)
    u_bar = 2.0 * u
    for _ in range(steps):
        # u[1:-1] += nu * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        t_bar = nu * u_bar[1:-1]
        u_bar[2:] += t_bar
        u_bar[1:-1] -= 2.0 * t_bar
        u_bar[:-2] += t_bar
    # u = u0.copy()
    return value, u_bar


# --- 4. a branch in a loop, element stores, an early exit ---------------------------


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


def clipped_path_adjoint(x, limit):
    # Forward sweep
    y = np.zeros(len(x))
    s = 0.0
    s_stack = []
    trips = 0
    for i in range(len(x)):
        if x[i] > limit:
            break
        elif x[i] > 0.0:
            s += x[i] ** 2
        else:
            s -= x[i]
        s_stack.append(s)
        y[i] = s * x[i]
        trips += 1
    value = np.sum(y) * s

    # Reverse sweep
    x_bar = np.zeros_like(x)
    # return np.sum(y) * s
    y_bar = np.full_like(y, s)
    s_bar = np.sum(y)
    for i in range(trips - 1, -1, -1):
        # y[i] = s * x[i]
        s = s_stack.pop()
        s_bar += y_bar[i] * x[i]
        x_bar[i] += y_bar[i] * s
        y_bar[i] = 0.0
        if x[i] > 0.0:
            # s += x[i] ** 2
            x_bar[i] += s_bar * 2.0 * x[i]
        else:
            # s -= x[i]
            x_bar[i] -= s_bar
    return value, x_bar


# --- 5. while, with a trip count only the data knows ---------------------------------


def newton_root(a, x, tol):
    while abs(x * x - a) > tol:
        x = 0.5 * (x + a / x)
    return x


def newton_root_adjoint(a, x, tol):
    # Forward sweep
    x_stack = []
    while abs(x * x - a) > tol:
        x_stack.append(x)
        x = 0.5 * (x + a / x)
    value = x

    # Reverse sweep
    a_bar = 0.0
    # return x
    x_bar = 1.0
    while x_stack:
        # x = 0.5 * (x + a / x)
        x = x_stack.pop()
        t_bar = 0.5 * x_bar
        a_bar += t_bar / x
        x_bar = t_bar - t_bar * a / x**2
    return value, (a_bar, x_bar)


# --- 6. a user's own function, called in a loop: its pair stands beside it -----------


def lotka_volterra(u, p):
    return np.array([p[0] * u[0] - p[1] * u[0] * u[1], p[3] * u[0] * u[1] - p[2] * u[1]])


def euler_path(p, u0, dt, steps):
    u = u0
    for _ in range(steps):
        u = u + dt * lotka_volterra(u, p)
    return np.sum(u**2)


def lotka_volterra_pullback(u_bar, p_bar, f_bar, u, p):
    # return np.array([p[0] * u[0] - p[1] * u[0] * u[1], p[3] * u[0] * u[1] - p[2] * u[1]])
    u_bar[0] += f_bar[0] * (p[0] - p[1] * u[1]) + f_bar[1] * p[3] * u[1]
    u_bar[1] += f_bar[1] * (p[3] * u[0] - p[2]) - f_bar[0] * p[1] * u[0]
    p_bar[0] += f_bar[0] * u[0]
    p_bar[1] -= f_bar[0] * u[0] * u[1]
    p_bar[2] -= f_bar[1] * u[1]
    p_bar[3] += f_bar[1] * u[0] * u[1]


def euler_path_adjoint(p, u0, dt, steps):
    # Forward sweep
    u = u0
    u_stack = []
    for _ in range(steps):
        u_stack.append(u)
        u = u + dt * lotka_volterra(u, p)
    value = np.sum(u**2)

    # Reverse sweep
    p_bar = np.zeros_like(p)
    # return np.sum(u**2)
    u_bar = 2.0 * u
    for _ in range(steps):
        # u = u + dt * lotka_volterra(u, p)
        u = u_stack.pop()
        lotka_volterra_pullback(u_bar, p_bar, dt * u_bar, u, p)
    # u = u0
    return value, (p_bar, u_bar)


@dataclass(frozen=True)
class Pair:
    """A primal, its adjoint by hand, and arguments of two sizes."""

    primal: Callable
    adjoint: Callable
    small: Callable
    large: Callable
    argnums: int | tuple[int, ...]
    parts: tuple[Callable, ...] = ()  # what else belongs to the hand-written text


def _mlp(g, inputs, hidden, outputs, batch):
    return (
        g.normal(size=(inputs, hidden)),
        g.normal(size=hidden),
        g.normal(size=(hidden, outputs)),
        g.normal(size=(batch, inputs)),
        g.normal(size=(batch, outputs)),
    )


PAIRS = [
    Pair(
        mlp_loss,
        mlp_loss_adjoint,
        lambda g: _mlp(g, 5, 4, 3, 7),
        lambda g: _mlp(g, 60, 40, 10, 200),
        (0, 1, 2),
    ),
    Pair(
        logistic_map,
        logistic_map_adjoint,
        lambda g: (3.3, 0.4, 12),
        lambda g: (3.3, 0.4, 2000),
        (0, 1),
    ),
    Pair(
        heat,
        heat_adjoint_u0,
        lambda g: (g.normal(size=12), 0.2, 9),
        lambda g: (g.normal(size=2000), 0.2, 200),
        0,
    ),
    Pair(
        clipped_path,
        clipped_path_adjoint,
        lambda g: (np.array([0.3, -0.5, 0.8, -0.1, 2.5, 0.2]), 2.0),
        lambda g: (np.append(g.uniform(-1.0, 1.0, size=1500), [2.5, 0.2]), 2.0),
        0,
    ),
    Pair(
        newton_root,
        newton_root_adjoint,
        lambda g: (2.0, 3.0, 1e-3),
        lambda g: (2.0, 1e100, 1e-12),
        (0, 1),
    ),
    Pair(
        euler_path,
        euler_path_adjoint,
        lambda g: (np.array([1.1, 0.4, 0.4, 0.1]), np.array([2.0, 1.0]), 0.05, 20),
        lambda g: (np.array([1.1, 0.4, 0.4, 0.1]), np.array([2.0, 1.0]), 0.01, 500),
        (0, 1),
        (lotka_volterra, lotka_volterra_pullback),
    ),
]
