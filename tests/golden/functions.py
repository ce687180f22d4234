"""Realistic functions whose derivatives are kept as text, each with arguments for it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from tests.programs import golden as six

CASES = []


@dataclass(frozen=True)
class Case:
    """A function, how arguments for it are made, and which are differentiated."""

    function: Callable
    make: Callable[[np.random.Generator], tuple]
    wrt: tuple[int, ...]

    @property
    def name(self) -> str:
        return self.function.__name__

    def arguments(self) -> tuple:
        return self.make(np.random.default_rng(5))


def case(make, wrt=(0,)):
    def register(function):
        CASES.append(Case(function, make, wrt))
        return function

    return register


# --- the six that are also written by hand ------------------------------------------------

case(
    lambda g: (
        g.normal(size=(5, 4)),
        g.normal(size=4),
        g.normal(size=(4, 3)),
        g.normal(size=(7, 5)),
        g.normal(size=(7, 3)),
    ),
    (0, 1, 2),
)(six.mlp_loss)
case(lambda g: (3.3, 0.4, 12), (0, 1))(six.logistic_map)
case(lambda g: (g.normal(size=12), 0.2, 9))(six.heat)
case(lambda g: (np.array([0.3, -0.5, 0.8, -0.1, 2.5, 0.2]), 2.0))(six.clipped_path)
case(lambda g: (2.0, 3.0, 1e-3), (0, 1))(six.newton_root)
case(lambda g: (np.array([1.1, 0.4, 0.4, 0.1]), np.array([2.0, 1.0]), 0.05, 20), (0, 1))(
    six.euler_path
)


# --- straight-line code --------------------------------------------------------------------


@case(lambda g: (g.normal(size=3), g.normal(size=(9, 3)), (g.random(9) < 0.5) * 1.0))
def logistic_regression(w, x, y):
    z = x @ w
    return np.mean(np.log1p(np.exp(z)) - y * z) + 0.01 * np.sum(w**2)


@case(lambda g: (0.5, 1.3, g.normal(size=8)), (0, 1))
def normal_log_likelihood(mu, sigma, x):
    z = (x - mu) / sigma
    return -0.5 * np.sum(z**2) - len(x) * math.log(sigma)


@case(lambda g: (2.5, 1.5, g.random(8) + 0.5), (0, 1))
def gamma_like_log_density(shape, rate, x):
    return np.sum((shape - 1.0) * np.log(x) - rate * x) + x.size * shape * np.log(rate)


@case(lambda g: (g.normal(size=(4, 6)), np.array([1, 5, 0, 2])))
def cross_entropy(logits, labels):
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    log_sum = np.log(np.sum(np.exp(shifted), axis=1))
    picked = shifted[np.arange(len(labels)), labels]
    return np.mean(log_sum - picked)


@case(lambda g: (g.normal(size=(6, 4)), g.normal(size=4), g.normal(size=4)), (0, 1, 2))
def layer_norm(x, gain, bias):
    centred = x - np.mean(x, axis=1)[:, None]
    scale = np.sqrt(np.mean(centred**2, axis=1) + 1e-5)
    y = centred / scale[:, None] * gain + bias
    return np.sum(y**3)


@case(
    lambda g: tuple(g.normal(size=s) for s in ((3, 12), (3, 12), (12,), (3,), (3,), (3,))),
    (0, 1, 2),
)
def lstm_step(w, u, b, x, h, c):
    gates = x @ w + h @ u + b
    i = 1.0 / (1.0 + np.exp(-gates[:3]))
    f = 1.0 / (1.0 + np.exp(-gates[3:6]))
    o = 1.0 / (1.0 + np.exp(-gates[6:9]))
    candidate = np.tanh(gates[9:])
    c = f * c + i * candidate
    h = o * np.tanh(c)
    return np.sum(h)


@case(lambda g: (g.normal(size=(4, 4)) + 4.0 * np.eye(4), g.normal(size=4)), (0, 1))
def quadratic_solve(a, b):
    x = np.linalg.solve(a, b)
    return x @ b + np.log(np.linalg.det(a))


@case(lambda g: (g.normal(size=(5, 3)), g.normal(size=(4, 3))), (0, 1))
def pairwise_energy(x, y):
    difference = x[:, None, :] - y[None, :, :]
    squared = np.sum(difference**2, axis=-1)
    return np.sum(1.0 / (1.0 + squared))


@case(lambda g: (g.normal(size=7), 0.7), (0, 1))
def huber(r, delta):
    small = np.abs(r) <= delta
    return np.sum(np.where(small, 0.5 * r**2, delta * (np.abs(r) - 0.5 * delta)))


@case(lambda g: (g.normal(size=8), 0.3), (0, 1))
def brownian_bridge(steps, scale):
    path = np.cumsum(scale * steps)
    bridge = path - np.arange(1, len(path) + 1) / len(path) * path[-1]
    return np.max(bridge) - np.min(bridge)


@case(lambda g: (g.normal(size=6), np.array([0, 2, 2, 5]), g.normal(size=4)), (0, 2))
def gather_and_scatter(x, index, weights):
    total = np.zeros_like(x)
    np.add.at(total, index, weights * x[index])
    return np.sum(total**2)


@case(lambda g: (g.normal(size=9),))
def positive_part(x):
    chosen = x[x > 0.0]
    y = np.zeros_like(x)
    y[x > 0.0] = chosen**2
    return np.sum(y) + np.sum(np.sqrt(chosen))


@case(lambda g: (g.normal(size=(3, 5)), g.normal(size=5)), (0, 1))
def reductions(x, w):
    rows = x.sum(axis=1)
    spread = x.max(axis=0) - x.min(axis=0)
    return np.prod(rows) + np.dot(spread, w) + np.std(x) + np.linalg.norm(w)


@case(lambda g: (1.2, 0.7), (0, 1))
def scalar_formula(a, b):
    radius = math.sqrt(a * a + b * b)
    angle = math.atan2(b, a)
    return radius * math.cos(3.0 * angle) - a / b


# --- in place ------------------------------------------------------------------------------


@case(lambda g: (g.normal(size=7), g.normal(size=7), 0.2, 4), (0, 1))
def gauss_seidel(u0, f, h, sweeps):
    u = u0.copy()
    for _ in range(sweeps):
        for i in range(1, len(u) - 1):
            u[i] = 0.5 * (u[i - 1] + u[i + 1] - h**2 * f[i])
    return np.sum(u**2)


@case(lambda g: (lambda m: (m @ m.T + 4.0 * np.eye(4),))(g.normal(size=(4, 4))))
def cholesky_in_place(a):
    n = len(a)
    for j in range(n):
        a[j, j] = np.sqrt(a[j, j] - a[j, :j] @ a[j, :j])
        for i in range(j + 1, n):
            a[i, j] = (a[i, j] - a[i, :j] @ a[j, :j]) / a[j, j]
    total = 0.0
    for j in range(n):
        total += np.log(a[j, j])
    return total


@case(lambda g: (g.normal(size=8), 0.3, 6), (0, 1))
def wave_with_buffers(u0, c, steps):
    u = u0.copy()
    v = np.zeros_like(u)
    force = np.empty_like(u)
    for _ in range(steps):
        np.subtract(np.roll(u, 1), u, out=force)
        np.multiply(force, c, out=force)
        v += force
        u += v
    return np.sum(u * u)


@case(lambda g: (g.normal(size=(6, 6)), 5))
def jacobi_two_grids(u0, sweeps):
    u = u0.copy()
    new = u0.copy()
    for _ in range(sweeps):
        new[1:-1, 1:-1] = 0.25 * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2])
        u, new = new, u
    return np.sum(u**2)


@case(lambda g: (g.normal(size=6), g.normal(size=3)), (0, 1))
def convolution(x, kernel):
    y = np.zeros(len(x) - len(kernel) + 1)
    for k in range(len(kernel)):
        y += kernel[k] * x[k : k + len(y)]
    return np.sum(np.tanh(y))


@case(lambda g: (g.normal(size=5) * 0.3,))
def saturating_update(x):
    x *= 2.0
    x += np.sin(x)
    x /= 1.0 + x[0] ** 2
    return np.sum(x)


# --- loops and branches ----------------------------------------------------------------------


@case(lambda g: (np.array([0.2, 1.4, -0.3]), 0.4))
def early_return(x, limit):
    total = 0.0
    for i in range(len(x)):
        if x[i] > limit:
            return total * x[i]
        total = total + np.exp(x[i])
    return total


@case(lambda g: (1.7, 1e-10))
def square_root_with_break(a, tol):
    x = a
    while True:
        new = 0.5 * (x + a / x)
        if abs(new - x) < tol:
            break
        x = new
    return x


@case(lambda g: (0.3, 2), (0,))
def conditional_expression(x, n):
    step = x if n > 1 else 0.5 * x
    y = x * step
    return y if y > 0.05 else -y


@case(lambda g: (g.normal(size=5), "huber"), (0,))
def by_name(r, loss="square"):
    if loss == "square":
        return np.sum(r**2)
    elif loss == "huber":
        return np.sum(np.sqrt(1.0 + r**2) - 1.0)
    raise ValueError(loss)


@case(lambda g: (1.3,))
def power_by_recursion(x, n=5):
    if n == 0:
        return 1.0
    return x * power_by_recursion(x, n - 1)


@case(lambda g: (g.normal(size=6), 0.9), (0, 1))
def exponential_smoothing(x, alpha):
    level = x[0]
    error = 0.0
    for value in x[1:]:
        error += (value - level) ** 2
        level = alpha * level + (1.0 - alpha) * value
    return error


@case(lambda g: (g.normal(size=(5, 3)), g.normal(size=3)), (1,))
def signs_of_margins(x, w):
    loss = 0.0
    for row in x:
        margin = row @ w
        if margin < 1.0:
            loss += 1.0 - margin
        else:
            continue
        if margin < -0.5:
            loss += 0.1 * margin**2
    return loss


@case(lambda g: (g.normal(size=4), g.normal(size=(4, 4)) * 0.3, 6), (0, 1))
def recurrent_network(h, w, steps):
    loss = 0.0
    for t in range(steps):
        h = np.tanh(w @ h)
        loss += np.sum(h**2) / (t + 1)
    return loss


@case(lambda g: (np.log(np.array([0.6, 0.4])), np.array([0, 1, 1, 0])), (0,))
def hidden_markov(log_start, observations):
    transition = np.log(np.array([[0.7, 0.3], [0.2, 0.8]]))
    emission = np.log(np.array([[0.9, 0.1], [0.3, 0.7]]))
    alpha = log_start + emission[:, observations[0]]
    for k in observations[1:]:
        scores = alpha[:, None] + transition
        top = np.max(scores)
        alpha = top + np.log(np.sum(np.exp(scores - top), axis=0)) + emission[:, k]
    return np.log(np.sum(np.exp(alpha)))


# --- functions of functions ------------------------------------------------------------------


def pendulum(state, length):
    angle, speed = state
    return np.array([speed, -9.81 / length * np.sin(angle)])


def rk4_step(rhs, y, h, parameters):
    k1 = rhs(y, parameters)
    k2 = rhs(y + 0.5 * h * k1, parameters)
    k3 = rhs(y + 0.5 * h * k2, parameters)
    k4 = rhs(y + h * k3, parameters)
    return y + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)


@case(lambda g: (1.2, np.array([0.3, 0.0]), 0.05, 5), (0, 1))
def pendulum_with_rk4(length, y0, h, steps):
    y = y0
    for _ in range(steps):
        y = rk4_step(pendulum, y, h, length)
    return y[0]


def softplus(x, sharpness=2.0):
    return np.log1p(np.exp(sharpness * x)) / sharpness


@case(lambda g: (g.normal(size=4), g.normal(size=4)), (0, 1))
def keyword_defaults(x, y):
    return np.sum(softplus(x) * softplus(y, sharpness=3.0))


@case(lambda g: (g.normal(size=5), 0.8), (0, 1))
def closure(x, decay):
    def kernel(distance):
        return np.exp(-decay * distance**2)

    total = 0.0
    for i in range(len(x)):
        total += kernel(x[i] - x[0])
    return total


@case(lambda g: (0.7, 0.2), (0, 1))
def lambdas(a, b):
    wave = lambda t: np.sin(a * t)
    shifted = lambda f, t: f(t + b) - f(t)
    return shifted(wave, 0.5) + shifted(lambda t: t**2, a)


# --- structures -------------------------------------------------------------------------------


@case(
    lambda g: (
        [(g.normal(size=(3, 4)), g.normal(size=4)), (g.normal(size=(4, 2)), g.normal(size=2))],
        g.normal(size=(6, 3)),
        g.normal(size=(6, 2)),
    )
)
def list_of_layers(layers, x, y):
    for w, b in layers:
        x = np.tanh(x @ w + b)
    return np.mean((x - y) ** 2)


@case(
    lambda g: (
        {"w": g.normal(size=3), "b": 0.3, "scale": 1.1},
        g.normal(size=(6, 3)),
        g.normal(size=6),
    )
)
def dict_of_parameters(parameters, x, y):
    prediction = parameters["scale"] * (x @ parameters["w"]) + parameters["b"]
    return np.sum((prediction - y) ** 2)


@case(lambda g: ((0.4, 1.5), g.normal(size=5)))
def tuple_of_parameters(theta, x):
    mean, spread = theta
    return np.sum(((x - mean) / spread) ** 2) + 2.0 * len(x) * np.log(spread)


@case(lambda g: (g.normal(size=5),))
def list_of_results(x):
    values = [np.sin(v) for v in x]
    values.append(values[0] * values[-1])
    return sum(values)
