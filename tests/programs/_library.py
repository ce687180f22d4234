"""Somebody else's module: what the programs import and call."""

import numpy as xp
from numpy import sqrt


def square(x):
    """Not the square of the other module: this one is shifted."""
    return (x + 1.0) ** 2


def apply_square(x):
    return 3.0 * square(x)


def weighted_norm(x, w):
    return sqrt(xp.sum(w * x**2 * w) + 1.0)


def soft_threshold(x, t):
    return xp.sign(x) * xp.maximum(xp.abs(x) - t, 0.0)


def diffuse(u, c):
    u[1:-1] += c * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    u[0] = u[1]


def huber(v, c):
    if v > c:
        return c * (v - 0.5 * c)
    if v < -c:
        return -c * (v + 0.5 * c)
    return 0.5 * v * v


def dimension(x):
    return x.shape[0]


def ignore(x, value):
    return value


def checked_sqrt(v):
    if v < 0.0:
        raise ValueError(f"negative: {v}")
    return sqrt(v)


def level_two(out, x):
    out[0] += x[1] ** 2
    out[1:] = out[1:] * 0.5 + x[:-1] * out[0]


def level_one(out, x):
    level_two(out, x)
    level_two(out[::-1], x)


SHIFT = 3.0  # tests/programs/names.py has another


def bent(x):
    return x**3


def shifted_and_bent(x):
    return bent(x) * SHIFT
