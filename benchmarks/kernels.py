"""Gradient over primal for realistic kernels: `python benchmarks/kernels.py [pattern]`.

Each kernel is ordinary NumPy. The table shows the primal's time, the time of value and
gradient together, their ratio (median over interleaved rounds), and how long generating
the derivative took the first time. Gradients are checked against a central difference.
"""

# ruff: noqa: I001

import math
import sys
import time

import timing  # before NumPy, which it keeps to one thread
import numpy as np

import tapeless

KERNELS = []


def kernel(make):
    """Register a kernel with a maker of its arguments; the first one is differentiated."""

    def register(function):
        KERNELS.append((function, make))
        return function

    return register


def positive_definite(g, n):
    a = g.normal(size=(n, n))
    return a @ a.T + n * np.eye(n)


@kernel(lambda g: (g.normal(size=(100, 100)), 0.15, 100))
def heat_2d(u0, c, steps):
    u = u0.copy()
    for _ in range(steps):
        u[1:-1, 1:-1] += c * (
            u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4.0 * u[1:-1, 1:-1]
        )
    return np.sum(u**2)


@kernel(lambda g: (g.normal(size=1000), 0.01, 200))
def burgers(u0, dt, steps):
    u = u0.copy()
    for _ in range(steps):
        u[1:-1] -= dt * u[1:-1] * (u[2:] - u[:-2])
    return np.sum(u**2)


@kernel(lambda g: (g.normal(size=(100, 100)), 0.2, 100))
def jacobi_ping_pong(u0, c, steps):
    u = u0.copy()
    v = u0.copy()
    for _ in range(steps):
        v[1:-1, 1:-1] = (1 - 4 * c) * u[1:-1, 1:-1] + c * (
            u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2]
        )
        u, v = v, u
    return np.sum(u**2)


@kernel(lambda g: (g.normal(size=(16, 16)), g.normal(size=(16, 16)), 5))
def gauss_seidel(u0, f, sweeps):
    u = u0.copy()
    n, m = u.shape
    for _ in range(sweeps):
        for i in range(1, n - 1):
            for j in range(1, m - 1):
                u[i, j] = 0.25 * (u[i - 1, j] + u[i + 1, j] + u[i, j - 1] + u[i, j + 1] - f[i, j])
    return np.sum(u**2)


@kernel(lambda g: (positive_definite(g, 16),))
def cholesky_loops(a):
    n = a.shape[0]
    low = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            s = a[i, j]
            for k in range(j):
                s -= low[i, k] * low[j, k]
            if i == j:
                low[i, j] = np.sqrt(s)
            else:
                low[i, j] = s / low[j, j]
    return np.sum(low**2) + np.log(low[-1, -1])


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


@kernel(
    lambda g: (
        0.2 * g.normal(size=(128, 32)),
        0.2 * g.normal(size=(128, 32)),
        np.zeros(128),
        g.normal(size=(50, 32)),
    )
)
def lstm(w, u, b, xs):
    n = xs.shape[1]
    h = np.zeros(n)
    c = np.zeros(n)
    loss = 0.0
    for x in xs:
        z = w @ x + u @ h + b
        i = sigmoid(z[:n])
        f = sigmoid(z[n : 2 * n])
        o = sigmoid(z[2 * n : 3 * n])
        g = np.tanh(z[3 * n :])
        c = f * c + i * g
        h = o * np.tanh(c)
        loss += np.sum((h - x) ** 2)
    return loss


@kernel(lambda g: (g.normal(size=(8, 3)), g.normal(size=(8, 3)), np.ones(8), 10))
def n_body(pos0, vel0, mass, steps):
    pos = pos0.copy()
    vel = vel0.copy()
    acc = np.zeros_like(pos)
    for _ in range(steps):
        acc[:] = 0.0
        for i in range(len(mass)):
            d = pos - pos[i]
            r2 = np.sum(d**2, axis=1) + 0.1
            acc[i] += (mass / r2**1.5) @ d
        vel += 0.01 * acc
        pos += 0.01 * vel
    return np.sum(vel**2)


@kernel(lambda g: (g.normal(size=(5, 4)), g.normal(size=5), g.normal(size=(500, 4))))
def gmm(means, logits, data):
    top = np.max(logits)
    log_weights = logits - (top + np.log(np.sum(np.exp(logits - top))))
    d = data[:, None, :] - means[None, :, :]
    terms = log_weights - 0.5 * np.sum(d**2, axis=2)
    m = np.max(terms, axis=1)
    return np.sum(m + np.log(np.sum(np.exp(terms - m[:, None]), axis=1)))


@kernel(
    lambda g: (
        0.9 * np.eye(4) + 0.05 * g.normal(size=(4, 4)),
        0.2 * np.eye(4),
        g.normal(size=4),
        0.4,
        g.normal(size=200),
    )
)
def kalman_filter(f, q, h, r, ys):
    x = np.zeros(len(h))
    p = np.eye(len(h))
    ll = 0.0
    for y in ys:
        x = f @ x
        p = f @ p @ f.T + q
        s = h @ p @ h + r
        k = p @ h / s
        e = y - h @ x
        x = x + k * e
        p = p - np.outer(k, h @ p)
        ll -= 0.5 * (np.log(s) + e**2 / s)
    return ll


@kernel(lambda g: (g.normal(size=(8, 8)), g.normal(size=(8, 6)), g.integers(0, 6, size=100)))
def hmm_forward(trans, emit, obs):
    log_a = trans - np.log(np.sum(np.exp(trans), axis=1))[:, None]
    log_b = emit - np.log(np.sum(np.exp(emit), axis=1))[:, None]
    alpha = log_b[:, obs[0]]
    for t in range(1, len(obs)):
        scores = alpha[:, None] + log_a
        m = scores.max(axis=0)
        alpha = m + np.log(np.exp(scores - m).sum(axis=0)) + log_b[:, obs[t]]
    m = alpha.max()
    return m + np.log(np.sum(np.exp(alpha - m)))


@kernel(
    lambda g: (
        [
            (g.normal(size=(30, 50)) / 6, np.zeros(50)),
            (g.normal(size=(50, 50)) / 7, np.zeros(50)),
            (g.normal(size=(50, 10)) / 7, np.zeros(10)),
        ],
        g.normal(size=(100, 30)),
        g.normal(size=(100, 10)),
    )
)
def mlp(layers, x, y):
    for w, b in layers:
        x = np.tanh(x @ w + b)
    return np.mean((x - y) ** 2)


def predator_prey(u, p):
    return np.array([p[0] * u[0] - p[1] * u[0] * u[1], p[3] * u[0] * u[1] - p[2] * u[1]])


def rk4(rhs, y0, params, h, steps):
    path = np.empty((steps + 1, len(y0)))
    path[0] = y0
    for i in range(steps):
        y = path[i]
        k1 = rhs(y, params)
        k2 = rhs(y + 0.5 * h * k1, params)
        k3 = rhs(y + 0.5 * h * k2, params)
        k4 = rhs(y + h * k3, params)
        path[i + 1] = y + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
    return path


@kernel(lambda g: (np.array([1.1, 0.4, 0.4, 0.1]), np.array([2.0, 1.0]), 0.05, 200))
def predator_prey_rk4(p, u0, h, steps):
    return np.sum(np.log(rk4(predator_prey, u0, p, h, steps)) ** 2)


@kernel(lambda g: (0.2, 100.0, 95.0, 0.03, 40))
def binomial_option(sigma, spot, strike, rate, n):
    dt = 1.0 / n
    up = math.exp(sigma * math.sqrt(dt))
    p = (math.exp(rate * dt) - 1.0 / up) / (up - 1.0 / up)
    disc = math.exp(-rate * dt)
    value = np.zeros(n + 1)
    for j in range(n + 1):
        value[j] = max(spot * up ** (2 * j - n) - strike, 0.0)
    for i in range(n, 0, -1):
        value[:i] = disc * (p * value[1 : i + 1] + (1.0 - p) * value[:i])
    return value[0]


@kernel(lambda g: (g.uniform(3, 4, size=200), g.uniform(0.1, 1, size=200), g.normal(size=200)))
def thomas_algorithm(b, a, d):
    n = len(b)
    cp = np.zeros(n)
    dp = np.zeros(n)
    cp[0] = a[0] / b[0]
    dp[0] = d[0] / b[0]
    for i in range(1, n):
        m = b[i] - a[i] * cp[i - 1]
        cp[i] = a[i] / m
        dp[i] = (d[i] - a[i] * dp[i - 1]) / m
    x = np.zeros(n)
    x[-1] = dp[-1]
    for i in range(n - 2, -1, -1):
        x[i] = dp[i] - cp[i] * x[i + 1]
    return np.sum(x**2)


def moved(tree, direction, t):
    if isinstance(tree, (list, tuple)):
        return type(tree)(moved(a, b, t) for a, b in zip(tree, direction, strict=True))
    return tree + t * direction


def inner(tree, other):
    if isinstance(tree, (list, tuple)):
        return sum(inner(a, b) for a, b in zip(tree, other, strict=True))
    return float(np.sum(np.asarray(tree) * other))


def noise(tree, g):
    if isinstance(tree, (list, tuple)):
        return type(tree)(noise(part, g) for part in tree)
    return g.normal(size=np.shape(tree)) if np.ndim(tree) else float(g.normal())


def check(function, args, gradient):
    d = noise(args[0], np.random.default_rng(1))
    h = 1e-5
    ahead = function(moved(args[0], d, h), *args[1:])
    behind = function(moved(args[0], d, -h), *args[1:])
    difference = (ahead - behind) / (2.0 * h)
    slope = inner(gradient, d)
    if abs(slope - difference) > 1e-5 * max(1.0, abs(difference)):
        raise SystemExit(f"{function.__name__}: {slope} against {difference} by differences")


def main(patterns):
    ratios = []
    print(f"{'kernel':20}{'primal':>12}{'gradient':>12}{'ratio':>8}{'generated in':>14}")
    for function, make in KERNELS:
        if patterns and not any(p in function.__name__ for p in patterns):
            continue
        args = make(np.random.default_rng(0))
        start = time.perf_counter()
        try:
            generated = tapeless.value_and_grad(function).specialize(*args)
        except tapeless.NotSupported as error:
            print(f"{function.__name__:20}  refused: {str(error).splitlines()[0]}")
            continue
        spent = time.perf_counter() - start
        _, gradient = generated(*args)
        check(function, args, gradient)
        slow, fast, ratio = timing.compare(generated, function, args, rounds=15, target=0.02)
        ratios.append(ratio)
        print(
            f"{function.__name__:20}{timing.readable(fast):>12}{timing.readable(slow):>12}"
            f"{ratio:8.2f}{timing.readable(spent):>14}"
        )
    if ratios:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        print(f"geometric mean of {len(ratios)} ratios {mean:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
