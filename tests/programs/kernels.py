"""Realistic programs: time stepping, linear algebra by loops, likelihoods, networks."""

import math

import numpy as np

from .corpus import program

# --- ordinary differential equations --------------------------------------------------


def lotka_volterra(y, t, p):
    hare, lynx = y
    return np.array([p[0] * hare - p[1] * hare * lynx, p[3] * hare * lynx - p[2] * lynx])


def rk4(rhs, y0, times, params, substeps):
    path = np.empty((len(times), len(y0)))
    path[0] = y0
    y = y0
    for i in range(len(times) - 1):
        t = times[i]
        h = (times[i + 1] - times[i]) / substeps
        for _ in range(substeps):
            k1 = rhs(y, t, params)
            k2 = rhs(y + 0.5 * h * k1, t + 0.5 * h, params)
            k3 = rhs(y + 0.5 * h * k2, t + 0.5 * h, params)
            k4 = rhs(y + h * k3, t + h, params)
            y = y + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
            t = t + h
        path[i + 1] = y
    return path


@program(
    make=lambda g: (
        np.log([0.55, 0.028, 0.8, 0.024, 33.0, 6.0]),
        np.arange(6.0),
        g.uniform(5.0, 60.0, size=(6, 2)),
    ),
    note="log-normal misfit of a predator-prey model",
)
def predator_prey_misfit(theta, times, counts):
    values = np.exp(theta)
    path = rk4(lotka_volterra, values[4:], times, values[:4], 4)
    r = np.log(counts / path)
    return 0.5 * np.sum(r**2) / 0.25**2


def fill_trajectory(out, rhs, y0, h, params):
    out[0] = y0
    for i in range(out.shape[0] - 1):
        k1 = rhs(out[i], 0.0, params)
        k2 = rhs(out[i] + h * k1, 0.0, params)
        out[i + 1] = out[i] + 0.5 * h * (k1 + k2)


@program(
    make=lambda g: (np.array([1.1, 0.4, 0.4, 0.1]), np.array([2.0, 1.0])),
    wrt=(0, 1),
    note="trajectory filled by a callee",
)
def heun_filled_by_callee(p, y0):
    out = np.empty((8, 2))
    fill_trajectory(out, lotka_volterra, y0, 0.1, p)
    return np.sum(out[::2] ** 2)


@program(make=lambda g: (1.2, 0.4, np.array([0.9, 0.1, 0.0])), wrt=(0, 1, 2))
def sir_epidemic(beta, gamma, y0):
    s, i, r = y0
    peak = 0.0
    dt = 0.25
    for _ in range(12):
        infections = beta * s * i * dt
        recoveries = gamma * i * dt
        s = s - infections
        i = i + infections - recoveries
        r = r + recoveries
        peak += i**2
    return r + peak


@program(
    make=lambda g: (np.array([1.0, 2.0, 1.5]), g.normal(size=(3, 2)), 0.1 * g.normal(size=(3, 2))),
    wrt=(0, 1, 2),
    note="leapfrog, in place",
)
def n_body(mass, pos, vel):
    n = len(mass)
    dt = 0.02
    acc = np.zeros_like(pos)
    for step in range(5):
        acc[:] = 0.0
        for i in range(n):
            for j in range(n):
                if i != j:
                    d = pos[j] - pos[i]
                    r2 = np.sum(d**2) + 0.1
                    acc[i] += mass[j] * d / r2**1.5
        vel += dt * acc
        pos += dt * vel
    return np.sum(mass[:, None] * vel**2) + np.sum(pos[0] * pos[1])


@program(make=lambda g: (np.array([0.0, 1.1, 1.9, 3.2]), 2.5, 1.0), wrt=(0, 1, 2))
def spring_chain_energy(x, k, rest):
    energy = 0.0
    for i in range(len(x) - 1):
        stretch = abs(x[i + 1] - x[i]) - rest
        energy += 0.5 * k * stretch**2
    return energy + 0.1 * np.sum(x**4)


@program(make=lambda g: (np.array([1.0, 1.0, 1.0]), np.array([10.0, 28.0, 8.0 / 3.0])), wrt=(0, 1))
def lorenz(u, p):
    path = np.empty((20, 3))
    for k in range(20):
        x, y, z = u
        u = u + 0.01 * np.array([p[0] * (y - x), x * (p[1] - z) - y, x * y - p[2] * z])
        path[k] = u
    return np.mean(path**2)


@program(make=lambda g: (0.3, 0.0, 1.4), wrt=(0, 1, 2), note="symplectic Euler on floats")
def pendulum(theta, omega, g):
    energy = 0.0
    for _ in range(25):
        omega = omega - 0.05 * g * math.sin(theta)
        theta = theta + 0.05 * omega
        energy += 0.5 * omega**2 + g * (1.0 - math.cos(theta))
    return energy


@program(make=lambda g: (0.7, 1.0), wrt=(0, 1), note="step size control, while")
def adaptive_euler(k, y):
    t = 0.0
    h = 0.2
    while t < 1.0:
        full = y - h * k * y * y
        half = y - 0.5 * h * k * y * y
        half = half - 0.5 * h * k * half * half
        if abs(full - half) > 5e-3:
            h = 0.5 * h
            continue
        y = 2.0 * half - full
        t = t + h
        h = min(1.3 * h, 1.0 - t + 1e-12)
    return y


# --- partial differential equations ----------------------------------------------------


@program(make=lambda g: (g.normal(size=(5, 6)), 0.15), wrt=(0, 1))
def heat_2d(u0, c):
    u = u0.copy()
    for _ in range(5):
        u[1:-1, 1:-1] += c * (
            u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4.0 * u[1:-1, 1:-1]
        )
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=(5, 5)), 0.2), wrt=(0, 1), note="u, v = v, u")
def jacobi_ping_pong(u, c):
    v = u.copy()
    for _ in range(5):
        v[1:-1, 1:-1] = (1 - 4 * c) * u[1:-1, 1:-1] + c * (
            u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2]
        )
        u, v = v, u
    return np.sum(u**2)


@program(make=lambda g: (g.normal(size=(4, 5)), g.normal(size=(4, 5))), wrt=(0, 1))
def gauss_seidel_2d(u, f):
    n, m = u.shape
    for _ in range(3):
        for i in range(1, n - 1):
            for j in range(1, m - 1):
                u[i, j] = 0.25 * (u[i - 1, j] + u[i + 1, j] + u[i, j - 1] + u[i, j + 1] - f[i, j])
    return np.sum(u**2)


@program(
    make=lambda g: (g.normal(size=10), g.uniform(0.3, 0.6, size=10)),
    wrt=(0, 1),
    note="three time levels",
)
def wave_equation(u, c):
    prev = u.copy()
    cur = u.copy()
    for _ in range(6):
        new = np.zeros_like(cur)
        new[1:-1] = 2 * cur[1:-1] - prev[1:-1] + c[1:-1] ** 2 * (cur[2:] - 2 * cur[1:-1] + cur[:-2])
        prev = cur
        cur = new
    return np.sum(cur**2) + np.sum(cur * prev)


@program(make=lambda g: (g.uniform(0.2, 1.0, size=8),), note="Burgers, Godunov-like flux")
def burgers_flux(u0):
    u = u0.copy()
    flux = np.zeros(len(u) + 1)
    for _ in range(5):
        flux[1:-1] = 0.5 * np.maximum(u[:-1], 0.0) ** 2 + 0.5 * np.minimum(u[1:], 0.0) ** 2
        flux[0] = flux[1]
        flux[-1] = flux[-2]
        u -= 0.1 * (flux[1:] - flux[:-1])
    return np.sum(u**3)


@program(
    make=lambda g: (g.uniform(0.4, 0.6, size=(5, 5)), g.uniform(0.2, 0.3, size=(5, 5)), 0.04, 0.06),
    wrt=(0, 1, 2, 3),
    note="Gray-Scott with np.roll written out",
)
def gray_scott(u, v, feed, kill):
    lap = np.empty_like(u)
    for _ in range(3):
        lap[1:-1, 1:-1] = (
            u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4 * u[1:-1, 1:-1]
        )
        lap[0, :] = lap[-2, :]
        lap[-1, :] = lap[1, :]
        lap[:, 0] = lap[:, -2]
        lap[:, -1] = lap[:, 1]
        uvv = u * v * v
        u += 0.16 * lap - uvv + feed * (1 - u)
        v += uvv - (feed + kill) * v
    return np.sum(v**2) + np.sum(u)


@program(make=lambda g: (g.normal(size=(6, 6)), g.normal(size=(3, 3))), wrt=(0, 1))
def convolution_2d(image, kernel):
    n, m = image.shape
    k = kernel.shape[0]
    out = np.zeros((n - k + 1, m - k + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + k, j : j + k] * kernel)
    return np.sum(np.maximum(out, 0.0) ** 2)


@program(
    make=lambda g: (g.normal(size=(6, 6)), g.normal(size=(3, 3))),
    wrt=(0, 1),
    note="shifts of the whole image",
)
def convolution_by_shifts(image, kernel):
    out = np.zeros((4, 4))
    for i in range(3):
        for j in range(3):
            out += kernel[i, j] * image[i : i + 4, j : j + 4]
    return np.sum(out**2)


# --- linear algebra by loops ------------------------------------------------------------


def positive_definite(g, n):
    a = g.normal(size=(n, n))
    return a @ a.T + n * np.eye(n)


@program(make=lambda g: (positive_definite(g, 4),))
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
    return np.sum(low**3) + np.log(low[-1, -1])


@program(make=lambda g: (positive_definite(g, 4),), note="in place, on a copy")
def cholesky_in_place(a):
    a = a.copy()
    n = len(a)
    for j in range(n):
        a[j, j] = math.sqrt(a[j, j])
        a[j + 1 :, j] /= a[j, j]
        for k in range(j + 1, n):
            a[k:, k] -= a[k:, j] * a[k, j]
    s = 0.0
    for j in range(n):
        s += 2.0 * math.log(a[j, j]) + np.sum(a[j:, j])
    return s


@program(
    make=lambda g: (g.normal(size=(4, 4)) + 5 * np.eye(4), g.normal(size=4)),
    wrt=(0, 1),
    note="LU and two triangular solves",
)
def lu_solve(a, b):
    n = len(b)
    for k in range(n - 1):
        for i in range(k + 1, n):
            a[i, k] = a[i, k] / a[k, k]
            a[i, k + 1 :] -= a[i, k] * a[k, k + 1 :]
    x = b.copy()
    for i in range(n):
        x[i] -= np.dot(a[i, :i], x[:i])
    for i in range(n - 1, -1, -1):
        x[i] = (x[i] - np.dot(a[i, i + 1 :], x[i + 1 :])) / a[i, i]
    return np.sum(x**2)


@program(
    make=lambda g: (g.normal(size=(4, 4)) + 5.0 * np.eye(4)[[2, 0, 3, 1]], g.normal(size=4)),
    wrt=(0, 1),
    note="Gaussian elimination with pivoting",
)
def gauss_pivoting(a, b):
    n = len(b)
    a = a.copy()
    x = b.copy()
    for k in range(n):
        p = k + np.argmax(np.abs(a[k:, k]))
        if p != k:
            a[[k, p]] = a[[p, k]]
            x[[k, p]] = x[[p, k]]
        for i in range(k + 1, n):
            f = a[i, k] / a[k, k]
            a[i] -= f * a[k]
            x[i] -= f * x[k]
    for k in range(n - 1, -1, -1):
        x[k] = (x[k] - a[k, k + 1 :] @ x[k + 1 :]) / a[k, k]
    return np.dot(x, x)


@program(
    make=lambda g: (
        g.uniform(0.1, 1, size=5),
        g.uniform(3, 4, size=6),
        g.uniform(0.1, 1, size=5),
        g.normal(size=6),
    ),
    wrt=(0, 1, 2, 3),
)
def thomas_algorithm(a, b, c, d):
    n = len(b)
    cp = np.zeros(n - 1)
    dp = np.zeros(n)
    cp[0] = c[0] / b[0]
    dp[0] = d[0] / b[0]
    for i in range(1, n):
        m = b[i] - a[i - 1] * cp[i - 1]
        if i < n - 1:
            cp[i] = c[i] / m
        dp[i] = (d[i] - a[i - 1] * dp[i - 1]) / m
    x = np.zeros(n)
    x[-1] = dp[-1]
    for i in range(n - 2, -1, -1):
        x[i] = dp[i] - cp[i] * x[i + 1]
    return np.sum(x**2)


@program(make=lambda g: (positive_definite(g, 4), g.normal(size=4)), wrt=(0, 1))
def conjugate_gradient(a, b):
    x = np.zeros_like(b)
    r = b - a @ x
    p = r.copy()
    rs = r @ r
    for _ in range(3):
        ap = a @ p
        alpha = rs / (p @ ap)
        x += alpha * p
        r -= alpha * ap
        new = r @ r
        p = r + (new / rs) * p
        rs = new
    return np.sum(x**3) + rs


@program(make=lambda g: (positive_definite(g, 3), np.ones(3)), wrt=(0,))
def power_method(a, v):
    value = 0.0
    for _ in range(6):
        w = a @ v
        value = w.max()
        v = w / value
    return value * v[0]


@program(
    make=lambda g: (g.normal(size=(3, 3)) + 3 * np.eye(3),),
    note="3 by 3 determinant and inverse written out",
)
def inverse_by_newton(a):
    x = a.T / np.sum(a * a)
    eye = np.eye(3)
    for _ in range(6):
        x = x @ (2.0 * eye - a @ x)
    return np.sum(x**2)


@program(make=lambda g: (g.normal(size=(3, 3)),), note="matrix exponential by Taylor")
def matrix_exponential(a):
    term = np.eye(3)
    total = np.eye(3)
    for k in range(1, 8):
        term = term @ a / k
        total = total + term
    return np.sum(total**2) / 100.0


@program(make=lambda g: (g.normal(size=(4, 3)),), note="Householder QR")
def householder(a):
    r = a.copy()
    n = r.shape[1]
    for k in range(n):
        v = r[k:, k].copy()
        norm = np.sqrt(np.sum(v * v))
        v[0] += norm if v[0] > 0 else -norm
        v /= np.sqrt(v @ v)
        r[k:, k:] -= 2.0 * np.outer(v, v @ r[k:, k:])
    return r[0, 1] * r[1, 2] + r[0, 0] * r[2, 2]


@program(make=lambda g: (positive_definite(g, 3), g.normal(size=3)), wrt=(0, 1), may_refuse=True)
def gaussian_log_density(cov, x):
    _, logdet = np.linalg.slogdet(cov)
    return -0.5 * x @ np.linalg.solve(cov, x) - 0.5 * logdet


# --- signal processing and interpolation -------------------------------------------------


@program(make=lambda g: (g.normal(size=8),))
def dft_by_loops(x):
    n = len(x)
    power = 0.0
    for k in range(n // 2):
        re = 0.0
        im = 0.0
        for t in range(n):
            angle = 2.0 * math.pi * k * t / n
            re += x[t] * math.cos(angle)
            im -= x[t] * math.sin(angle)
        power += (k + 1) * (re**2 + im**2)
    return power


@program(make=lambda g: (g.normal(size=(4, 5)), 1.3, 2.6), wrt=(0, 1, 2))
def bilinear_interpolation(image, x, y):
    i = int(np.floor(x))
    j = int(np.floor(y))
    u = x - i
    v = y - j
    return (
        (1 - u) * (1 - v) * image[i, j]
        + u * (1 - v) * image[i + 1, j]
        + (1 - u) * v * image[i, j + 1]
        + u * v * image[i + 1, j + 1]
    ) ** 2


@program(
    make=lambda g: (g.normal(size=6), 0.3, 0.5), wrt=(0, 1, 2), note="IIR filter with delay line"
)
def iir_filter(x, a, b):
    y = np.zeros_like(x)
    d1 = 0.0
    d2 = 0.0
    for i in range(len(x)):
        w = x[i] - a * d1 - b * d2
        y[i] = w + 0.4 * d1
        d2 = d1
        d1 = w
    return np.sum(y**2)


@program(
    make=lambda g: (np.array([0.0, 1.0, 2.5, 4.0]), g.normal(size=4), np.array([0.3, 1.7, 3.1])),
    wrt=(1, 2),
)
def linear_interpolation(xs, ys, points):
    s = 0.0
    for p in points:
        for k in range(len(xs) - 1):
            if xs[k] <= p < xs[k + 1]:
                w = (p - xs[k]) / (xs[k + 1] - xs[k])
                s += ((1 - w) * ys[k] + w * ys[k + 1]) ** 2
                break
    return s


@program(make=lambda g: (g.normal(size=(4, 2)), 0.3), wrt=(0, 1), note="de Casteljau")
def bezier(points, t):
    b = points.copy()
    n = len(b)
    for r in range(1, n):
        b[: n - r] = (1 - t) * b[: n - r] + t * b[1 : n - r + 1]
    return b[0, 0] ** 2 + b[0, 1]


@program(make=lambda g: (np.array([0.2, 1.1, 2.3]), g.normal(size=3), 0.7), wrt=(0, 1, 2))
def lagrange_interpolation(xs, ys, x):
    s = 0.0
    for i in range(len(xs)):
        basis = 1.0
        for j in range(len(xs)):
            if j != i:
                basis *= (x - xs[j]) / (xs[i] - xs[j])
        s += ys[i] * basis
    return s


# --- likelihoods and statistics ------------------------------------------------------------


@program(
    make=lambda g: (
        g.normal(size=3),
        g.normal(size=(3, 2)),
        np.zeros((3, 2)),
        g.normal(size=(6, 2)),
    ),
    wrt=(0, 1, 2),
)
def gmm_log_likelihood(logits, means, log_scales, data):
    n_comp = len(logits)
    top = np.max(logits)
    log_weights = logits - (top + np.log(np.sum(np.exp(logits - top))))
    total = 0.0
    for x in data:
        terms = np.zeros(n_comp)
        for k in range(n_comp):
            z = (x - means[k]) / np.exp(log_scales[k])
            terms[k] = log_weights[k] - np.sum(log_scales[k]) - 0.5 * np.sum(z**2)
        m = np.max(terms)
        total += m + np.log(np.sum(np.exp(terms - m)))
    return total / len(data)


@program(
    make=lambda g: (g.normal(size=(3, 3)), g.normal(size=(3, 4)), np.array([0, 2, 1, 3, 3, 0])),
    wrt=(0, 1),
    note="forward algorithm in logs",
)
def hmm_forward(trans, emit, obs):
    log_a = trans - np.log(np.sum(np.exp(trans), axis=1, keepdims=True))
    log_b = emit - np.log(np.sum(np.exp(emit), axis=1, keepdims=True))
    alpha = log_b[:, obs[0]] - np.log(3.0)
    for t in range(1, len(obs)):
        scores = alpha[:, None] + log_a
        m = scores.max(axis=0)
        alpha = m + np.log(np.exp(scores - m).sum(axis=0)) + log_b[:, obs[t]]
    m = alpha.max()
    return m + np.log(np.sum(np.exp(alpha - m)))


@program(make=lambda g: (np.array([0.5, -0.2, 0.1]), 0.3, g.normal(size=12)), wrt=(0, 1))
def ar_likelihood(phi, log_sigma, y):
    p = len(phi)
    sigma2 = np.exp(2.0 * log_sigma)
    ll = 0.0
    for t in range(p, len(y)):
        pred = 0.0
        for k in range(p):
            pred += phi[k] * y[t - 1 - k]
        ll -= 0.5 * np.log(2.0 * np.pi * sigma2) + 0.5 * (y[t] - pred) ** 2 / sigma2
    return ll


@program(make=lambda g: (0.1, 0.2, 0.6, g.normal(size=8)), wrt=(0, 1, 2))
def garch(omega, alpha, beta, r):
    h = np.zeros(len(r))
    h[0] = omega / (1.0 - alpha - beta)
    for t in range(1, len(r)):
        h[t] = omega + alpha * r[t - 1] ** 2 + beta * h[t - 1]
    return 0.5 * np.sum(np.log(h) + r**2 / h)


@program(
    make=lambda g: (0.9, 0.3, 0.5, g.normal(size=8)), wrt=(0, 1, 2), note="scalar Kalman filter"
)
def kalman_scalar(a, q, r, y):
    m = 0.0
    p = 1.0
    ll = 0.0
    for obs in y:
        m = a * m
        p = a * p * a + q
        s = p + r
        v = obs - m
        k = p / s
        m = m + k * v
        p = (1.0 - k) * p
        ll += -0.5 * (math.log(2.0 * math.pi * s) + v * v / s)
    return ll


@program(
    make=lambda g: (
        np.array([[0.9, 0.1], [0.0, 0.8]]),
        0.2 * np.eye(2),
        np.array([1.0, 0.3]),
        0.4,
        g.normal(size=6),
    ),
    wrt=(0, 1, 2, 3),
)
def kalman_filter(f, q, h, r, ys):
    x = np.zeros(2)
    p = np.eye(2)
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


@program(
    make=lambda g: (
        g.normal(size=3),
        0.1,
        g.normal(size=(8, 3)),
        (g.normal(size=8) > 0).astype(float),
    ),
    wrt=(0, 1),
)
def logistic_regression(w, b, x, y):
    z = x @ w + b
    return np.mean(np.logaddexp(0.0, z) - y * z) + 0.01 * np.sum(w**2)


@program(
    make=lambda g: (g.normal(size=(3, 4)), g.normal(size=(8, 3)), g.integers(0, 4, size=8)),
    wrt=(0,),
)
def softmax_regression(w, x, labels):
    z = x @ w
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


@program(
    make=lambda g: (
        np.array([0.3, -0.2]),
        g.normal(size=(6, 2)),
        g.integers(0, 5, size=6).astype(float),
    ),
    wrt=(0,),
)
def poisson_regression(beta, x, y):
    eta = x @ beta
    return np.sum(np.exp(eta) - y * eta)


@program(
    make=lambda g: (0.3, -0.2, g.normal(size=5), g.normal(size=(5, 5))),
    wrt=(0, 1),
    note="Gaussian process kernel by loops",
)
def kernel_matrix(log_scale, log_amp, x, k):
    n = len(x)
    total = 0.0
    for i in range(n):
        for j in range(i, n):
            d = (x[i] - x[j]) / np.exp(log_scale)
            k[i, j] = np.exp(2.0 * log_amp) * np.exp(-0.5 * d * d)
            k[j, i] = k[i, j]
    for i in range(n):
        total += x @ k[i]
    return total


@program(make=lambda g: (g.normal(size=(5, 2)), g.normal(size=(3, 2))), wrt=(0, 1))
def k_means_objective(points, centres):
    cost = 0.0
    for p in points:
        best = np.inf
        for c in centres:
            d = np.sum((p - c) ** 2)
            if d < best:
                best = d
        cost += best
    return cost


@program(
    make=lambda g: (g.normal(size=(4, 2)), g.normal(size=(5, 2)), g.normal(size=(4, 5))), wrt=(0, 1)
)
def matrix_factorisation(u, v, data):
    mask = data > -0.5
    r = np.where(mask, u @ v.T - data, 0.0)
    return np.sum(r**2) + 0.1 * (np.sum(u**2) + np.sum(v**2))


@program(make=lambda g: (g.normal(size=(5, 2)),), note="stress of a map")
def multidimensional_scaling(x):
    n = len(x)
    stress = 0.0
    for i in range(n):
        for j in range(i + 1, n):
            dist = np.sqrt(np.sum((x[i] - x[j]) ** 2))
            stress += (dist - (j - i)) ** 2
    return stress


# --- neural networks ------------------------------------------------------------------------


def dense(x, w, b):
    return x @ w + b


@program(
    make=lambda g: (
        [
            [g.normal(size=(3, 5)), g.normal(size=5)],
            [g.normal(size=(5, 5)), g.normal(size=5)],
            [g.normal(size=(5, 1)), g.normal(size=1)],
        ],
        g.normal(size=(6, 3)),
        g.normal(size=(6, 1)),
    ),
    wrt=(0,),
)
def mlp(params, x, y):
    for i, (w, b) in enumerate(params):
        x = dense(x, w, b)
        if i + 1 < len(params):
            x = np.maximum(x, 0.0)
    return np.mean((x - y) ** 2)


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


@program(
    make=lambda g: (
        0.5 * g.normal(size=(12, 3)),
        0.5 * g.normal(size=(12, 3)),
        g.normal(size=12),
        g.normal(size=(5, 3)),
    ),
    wrt=(0, 1, 2),
    note="LSTM cell in a loop",
)
def lstm(w, u, b, xs):
    n = 3
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


@program(
    make=lambda g: (g.normal(size=(3, 3)), g.normal(size=(3, 2)), g.normal(size=(4, 2))),
    wrt=(0, 1),
    note="states stored in rows",
)
def recurrent_network(w, u, xs):
    h = np.zeros((len(xs) + 1, 3))
    for t in range(len(xs)):
        h[t + 1] = np.tanh(w @ h[t] + u @ xs[t])
    return np.sum(h[1:] ** 2)


@program(
    make=lambda g: (
        g.normal(size=(4, 3)),
        g.normal(size=(3, 3)),
        g.normal(size=(3, 3)),
        g.normal(size=(3, 3)),
    ),
    wrt=(0, 1, 2, 3),
)
def attention(x, wq, wk, wv):
    q = x @ wq
    k = x @ wk
    v = x @ wv
    scores = q @ k.T / np.sqrt(k.shape[1])
    scores = scores - scores.max(axis=-1, keepdims=True)
    weights = np.exp(scores)
    weights /= weights.sum(axis=-1, keepdims=True)
    return np.sum((weights @ v) ** 2)


@program(make=lambda g: (g.normal(size=(4, 5)), g.normal(size=5), g.normal(size=5)), wrt=(0, 1, 2))
def batch_norm(x, gamma, beta):
    mu = x.mean(axis=0)
    xc = x - mu
    var = (xc**2).mean(axis=0)
    y = gamma * xc / np.sqrt(var + 1e-5) + beta
    return np.sum(np.tanh(y) * np.arange(5.0))


@program(
    make=lambda g: (g.normal(size=4), g.normal(size=(3, 4)), g.normal(size=3)),
    wrt=(0,),
    note="gradient descent unrolled, momentum in place",
)
def unrolled_descent(w0, x, y):
    w = w0.copy()
    m = np.zeros_like(w)
    for _ in range(4):
        r = x @ w - y
        m *= 0.9
        m += 0.1 * (x.T @ r)
        w -= m
    return np.sum((x @ w - y) ** 2)


# --- finance -----------------------------------------------------------------------------------


@program(
    make=lambda g: (100.0, 95.0, 0.03, 0.2, 1.0),
    wrt=(0, 1, 2, 3, 4),
    note="European call, binomial tree",
)
def binomial_option(spot, strike, rate, sigma, maturity):
    n = 6
    dt = maturity / n
    up = np.exp(sigma * np.sqrt(dt))
    down = 1.0 / up
    p = (np.exp(rate * dt) - down) / (up - down)
    disc = np.exp(-rate * dt)
    value = np.zeros(n + 1)
    for j in range(n + 1):
        value[j] = max(spot * up**j * down ** (n - j) - strike, 0.0)
    for i in range(n, 0, -1):
        for j in range(i):
            value[j] = disc * (p * value[j + 1] + (1.0 - p) * value[j])
    return value[0]


@program(
    make=lambda g: (100.0, 97.0, 0.03, 0.2), wrt=(0, 2, 3), note="American put, in-place slices"
)
def american_put(spot, strike, rate, sigma):
    n = 5
    dt = 1.0 / n
    u = math.exp(sigma * math.sqrt(dt))
    p = (math.exp(rate * dt) - 1.0 / u) / (u - 1.0 / u)
    disc = math.exp(-rate * dt)
    prices = spot * u ** (2.0 * np.arange(n + 1) - n)
    v = np.maximum(strike - prices, 0.0)
    for i in range(n - 1, -1, -1):
        v[: i + 1] = disc * (p * v[1 : i + 2] + (1 - p) * v[: i + 1])
        level = spot * u ** (2.0 * np.arange(i + 1) - i)
        v[: i + 1] = np.maximum(v[: i + 1], strike - level)
    return v[0]


@program(make=lambda g: (100.0, 105.0, 0.02, 0.25, 0.5), wrt=(0, 1, 2, 3, 4))
def black_scholes(s, k, r, sigma, t):
    d1 = (math.log(s / k) + (r + 0.5 * sigma**2) * t) / (sigma * math.sqrt(t))
    d2 = d1 - sigma * math.sqrt(t)
    n1 = 0.5 * (1.0 + math.erf(d1 / math.sqrt(2.0)))
    n2 = 0.5 * (1.0 + math.erf(d2 / math.sqrt(2.0)))
    return s * n1 - k * math.exp(-r * t) * n2


@program(
    make=lambda g: (0.05, np.array([3.0, 3.0, 103.0])),
    wrt=(0, 1),
    note="yield by Newton iterations",
)
def bond_yield(rate, cash):
    y = rate
    for _ in range(20):
        f = -98.0
        df = 0.0
        for k in range(len(cash)):
            f += cash[k] / (1.0 + y) ** (k + 1)
            df -= (k + 1) * cash[k] / (1.0 + y) ** (k + 2)
        step = f / df
        y = y - step
        if abs(step) < 1e-12:
            break
    return y * 100.0 + rate


@program(
    make=lambda g: (100.0, 0.02, 0.2, g.normal(size=(6, 4))),
    wrt=(0, 1, 2),
    note="Monte Carlo, Asian option",
)
def asian_option(s0, r, sigma, z):
    n_paths, n_steps = z.shape
    dt = 1.0 / n_steps
    payoff = 0.0
    for p in range(n_paths):
        s = s0
        mean = 0.0
        for k in range(n_steps):
            s = s * math.exp((r - 0.5 * sigma**2) * dt + sigma * math.sqrt(dt) * z[p, k])
            mean += s / n_steps
        payoff += max(mean - 95.0, 0.0)
    return math.exp(-r) * payoff / n_paths


# --- physics and geometry -----------------------------------------------------------------------


@program(make=lambda g: (g.normal(size=(4, 3)) * 2.0,))
def lennard_jones(x):
    n = x.shape[0]
    e = 0.0
    for i in range(n):
        for j in range(i):
            r2 = ((x[i] - x[j]) ** 2).sum()
            inv6 = 1.0 / (r2 + 0.5) ** 3
            e += 4.0 * (inv6**2 - inv6)
    return e


@program(
    make=lambda g: (g.normal(size=(4, 2)),), note="softened forces accumulated with += on pairs"
)
def pair_forces(x):
    f = np.zeros_like(x)
    n = len(x)
    for i in range(n):
        for j in range(i + 1, n):
            d = x[i] - x[j]
            w = d / (d @ d + 1.0)
            f[i] += w
            f[j] -= w
    return np.sum(f**2)


@program(make=lambda g: (g.normal(size=3), g.normal(size=3)), wrt=(0, 1), note="Rodrigues")
def rotate_vector(axis, v):
    theta = np.sqrt(np.sum(axis**2))
    k = axis / theta
    cross = np.array(
        [k[1] * v[2] - k[2] * v[1], k[2] * v[0] - k[0] * v[2], k[0] * v[1] - k[1] * v[0]]
    )
    r = v * np.cos(theta) + cross * np.sin(theta) + k * np.dot(k, v) * (1 - np.cos(theta))
    return r[0] * r[1] + r[2] ** 2


@program(
    make=lambda g: (np.array([0.3, -0.5, 0.8]), np.array([1.0, 0.8, 0.5])),
    wrt=(0, 1),
    note="planar robot arm",
)
def forward_kinematics(angles, lengths):
    x, y, a = 0.0, 0.0, 0.0
    for angle, length in zip(angles, lengths):
        a += angle
        x += length * np.cos(a)
        y += length * np.sin(a)
    return (x - 1.0) ** 2 + (y - 0.5) ** 2


@program(make=lambda g: (np.array([0.5, 0.4]), 0.9), wrt=(0, 1), note="ray through layers, Snell")
def refraction(depths, slope):
    x = 0.0
    n = 1.0
    s = math.sin(slope)
    for d in depths:
        s = s / 1.2
        n = n * 1.2
        x += d * s / math.sqrt(1.0 - s * s)
    return x * n


@program(make=lambda g: (0.8, 0.4), wrt=(0, 1), note="Kepler's equation")
def kepler(mean_anomaly, ecc):
    e = mean_anomaly
    while True:
        step = (e - ecc * math.sin(e) - mean_anomaly) / (1.0 - ecc * math.cos(e))
        e -= step
        if abs(step) < 1e-11:
            break
    return math.cos(e) - ecc


@program(make=lambda g: (np.array([2.0, 0.5]),), note="2-D Newton by Cramer's rule")
def newton_system(p):
    x, y = 1.0, 1.0
    for _ in range(6):
        f = x * x + y * y - p[0]
        g = x * y - p[1]
        a, b, c, d = 2 * x, 2 * y, y, x
        det = a * d - b * c + 0.1
        x, y = x - (f * d - b * g) / det, y - (a * g - c * f) / det
    return x * 2.0 + y**2


@program(
    make=lambda g: (g.uniform(0.5, 1.5, size=6), 0.3), wrt=(0, 1), note="work buffers and out="
)
def work_buffers(x, c):
    buf = np.empty_like(x)
    tmp = np.empty_like(x)
    u = x.copy()
    s = 0.0
    for _ in range(4):
        np.multiply(u, c, out=buf)
        np.exp(buf, out=tmp)
        np.subtract(u, tmp, out=u)
        np.copyto(buf, u[::-1])
        s += np.dot(buf, u)
        u *= 0.5
    return s


def relax(u, rhs, omega):
    """Successive over-relaxation, writing into its argument."""
    for i in range(1, len(u) - 1):
        u[i] += omega * (0.5 * (u[i - 1] + u[i + 1] - rhs[i]) - u[i])


@program(
    make=lambda g: (g.normal(size=7), 1.3), wrt=(0, 1), note="the callee writes into its argument"
)
def over_relaxation(rhs, omega):
    u = np.zeros(len(rhs))
    for _ in range(4):
        relax(u, rhs, omega)
    return np.sum(u**2)


def restrict(fine):
    return 0.25 * fine[:-2:2] + 0.5 * fine[1:-1:2] + 0.25 * fine[2::2]


@program(make=lambda g: (g.normal(size=9),), note="two-grid cycle with recursion")
def multigrid(rhs):
    def cycle(f):
        u = np.zeros_like(f)
        if len(f) <= 3:
            u[1:-1] = -0.5 * f[1:-1]
            return u
        for i in range(1, len(f) - 1):
            u[i] = 0.5 * (u[i - 1] + u[i + 1] - f[i])
        r = f.copy()
        r[1:-1] -= u[:-2] - 2.0 * u[1:-1] + u[2:]
        coarse = np.zeros(len(f) // 2 + 1)
        coarse[1:-1] = (
            restrict(r)[1:-1] if len(restrict(r)) == len(coarse) else restrict(r)[: len(coarse) - 2]
        )
        e = cycle(4.0 * coarse)
        u[2:-2:2] += e[1:-1]
        return u

    return np.sum(cycle(rhs) ** 2)


@program(
    make=lambda g: (g.normal(size=(5, 5)), 0.4), wrt=(0, 1), note="shortest path relaxed: softmin"
)
def soft_dynamic_programming(cost, t):
    n, m = cost.shape
    d = np.zeros((n, m))
    d[0, 0] = cost[0, 0]
    for j in range(1, m):
        d[0, j] = d[0, j - 1] + cost[0, j]
    for i in range(1, n):
        d[i, 0] = d[i - 1, 0] + cost[i, 0]
        for j in range(1, m):
            a, b, c = d[i - 1, j], d[i, j - 1], d[i - 1, j - 1]
            low = min(a, b, c)
            z = np.exp((low - a) / t) + np.exp((low - b) / t) + np.exp((low - c) / t)
            d[i, j] = cost[i, j] + low - t * np.log(z)
    return d[-1, -1]


@program(make=lambda g: (g.uniform(0.1, 1.0, size=(4, 4)),), note="Floyd-Warshall by rows")
def floyd_warshall(w):
    path = w.copy()
    for k in range(path.shape[0]):
        path = np.minimum(path, path[:, k][:, None] + path[k, :][None, :])
    return np.sum(path * np.arange(16.0).reshape(4, 4))


@program(
    make=lambda g: (np.array([5.0, 3.0, 8.0, 1.0]), np.array([1, 0, 1, 0, 1])),
    note="histogram with soft weights, add.at",
)
def weighted_bins(x, bins):
    h = np.zeros(2)
    for i, b in enumerate(bins[:4]):
        h[b] += x[i] ** 2
    np.add.at(h, bins[:4], x)
    return h[0] * h[1]


@program(
    make=lambda g: (g.normal(size=(3, 3, 2)), 0.5), wrt=(0, 1), note="fluxes on a staggered grid"
)
def staggered_divergence(u, dt):
    div = np.zeros((3, 3))
    p = np.zeros((3, 3))
    for _ in range(3):
        div[:, :] = 0.0
        div[:-1, :] += u[1:, :, 0] - u[:-1, :, 0]
        div[:, :-1] += u[:, 1:, 1] - u[:, :-1, 1]
        p += 0.2 * div
        u[1:, :, 0] += dt * (p[1:, :] - p[:-1, :])
        u[:, 1:, 1] += dt * (p[:, 1:] - p[:, :-1])
    return np.sum(u**2) + np.sum(p * div)


@program(
    make=lambda g: (g.normal(size=6), g.normal(size=3)),
    wrt=(0, 1),
    note="correlate, max-pool and dense by hand",
)
def tiny_conv_net(signal, kernel):
    n = len(signal) - len(kernel) + 1
    conv = np.empty(n)
    for i in range(n):
        conv[i] = signal[i : i + 3] @ kernel
    conv = np.tanh(conv)
    pooled = np.empty(n // 2)
    for i in range(n // 2):
        pooled[i] = conv[2 * i : 2 * i + 2].max()
    return pooled @ pooled


@program(
    make=lambda g: (np.array([1.0, 0.5, 0.2]), np.array([0.2, 0.4, 0.9, 1.4]), g.normal(size=4)),
    wrt=(0,),
    note="Gauss-Newton step written out for one parameter",
)
def exponential_fit(p, t, y):
    model = p[0] * np.exp(-p[1] * t) + p[2]
    r = y - model
    return 0.5 * (r @ r)
