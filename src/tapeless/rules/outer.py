"""`np.add.outer` and its like: a binary function of each element of `a` with each element of `b`.

At a tie of `maximum` and `minimum` the derivative is shared in equal parts.
"""

import numpy as np

from ..runtime import beside, log_or_zero, outer_left, outer_right, power_slope
from .conditions import ranks
from .registry import linear, multilinear, pullback, pushforward

linear(np.add.outer, np.subtract.outer, of=(0, 1))
multilinear(np.multiply.outer)


@pullback(np.add.outer, when=lambda a, b: ranks(a, 1, b, 1))
def add_outer_of_vectors_pullback(y, y_bar, a, b):
    return np.sum(y_bar, axis=1), np.sum(y_bar, axis=0)


@pullback(np.add.outer)
def add_outer_pullback(y, y_bar, a, b):
    return outer_left(y_bar, a), outer_right(y_bar, b)


@pullback(np.subtract.outer, when=lambda a, b: ranks(a, 1, b, 1))
def subtract_outer_of_vectors_pullback(y, y_bar, a, b):
    return np.sum(y_bar, axis=1), -np.sum(y_bar, axis=0)


@pullback(np.subtract.outer)
def subtract_outer_pullback(y, y_bar, a, b):
    return outer_left(y_bar, a), -outer_right(y_bar, b)


@pullback(np.multiply.outer, when=lambda a, b: ranks(a, 1, b, 1))
def multiply_outer_of_vectors_pullback(y, y_bar, a, b):
    return y_bar @ b, a @ y_bar


@pullback(np.multiply.outer)
def multiply_outer_pullback(y, y_bar, a, b):
    return outer_left(y_bar * b, a), outer_right(y_bar * beside(a, b), b)


@pullback(np.divide.outer)
def divide_outer_pullback(y, y_bar, a, b):
    return outer_left(y_bar / b, a), -outer_right(y_bar * y, b) / b


@pushforward(np.divide.outer)
def divide_outer_pushforward(y, a_dot, b_dot, a, b):
    return beside(a_dot, b) / b, -y * b_dot / b


@pullback(np.power.outer)
def power_outer_pullback(y, y_bar, a, b):
    """Where the base is not positive the exponent has no derivative; zero stands for it."""
    return (
        outer_left(y_bar * power_slope(beside(a, b), b), a),
        outer_right(y_bar * y * log_or_zero(beside(a, b)), b),
    )


@pushforward(np.power.outer)
def power_outer_pushforward(y, a_dot, b_dot, a, b):
    return (
        beside(a_dot, b) * power_slope(beside(a, b), b),
        y * log_or_zero(beside(a, b)) * b_dot,
    )


@pullback(np.maximum.outer)
def maximum_outer_pullback(y, y_bar, a, b):
    wide = beside(a, b)
    return (
        outer_left(0.5 * (y_bar * (wide > b) + y_bar * (wide >= b)), a),
        outer_right(0.5 * (y_bar * (wide < b) + y_bar * (wide <= b)), b),
    )


@pushforward(np.maximum.outer)
def maximum_outer_pushforward(y, a_dot, b_dot, a, b):
    wide = beside(a, b)
    wide_dot = beside(a_dot, b)
    return (
        0.5 * (wide_dot * (wide > b) + wide_dot * (wide >= b)),
        0.5 * (b_dot * (wide < b) + b_dot * (wide <= b)),
    )


@pullback(np.minimum.outer)
def minimum_outer_pullback(y, y_bar, a, b):
    wide = beside(a, b)
    return (
        outer_left(0.5 * (y_bar * (wide < b) + y_bar * (wide <= b)), a),
        outer_right(0.5 * (y_bar * (wide > b) + y_bar * (wide >= b)), b),
    )


@pushforward(np.minimum.outer)
def minimum_outer_pushforward(y, a_dot, b_dot, a, b):
    wide = beside(a, b)
    wide_dot = beside(a_dot, b)
    return (
        0.5 * (wide_dot * (wide < b) + wide_dot * (wide <= b)),
        0.5 * (b_dot * (wide > b) + b_dot * (wide >= b)),
    )


@pullback(np.arctan2.outer)
def arctan2_outer_pullback(y, y_bar, a, b):
    radius = beside(a, b) ** 2 + b**2
    return outer_left(y_bar * b / radius, a), -outer_right(y_bar * beside(a, b) / radius, b)


@pushforward(np.arctan2.outer)
def arctan2_outer_pushforward(y, a_dot, b_dot, a, b):
    radius = beside(a, b) ** 2 + b**2
    return beside(a_dot, b) * b / radius, -beside(a, b) * b_dot / radius


@pullback(np.hypot.outer)
def hypot_outer_pullback(y, y_bar, a, b):
    """At the origin the derivative is 0."""
    inverse = 1.0 / (y + (y == 0.0))
    return outer_left(y_bar * beside(a, b) * inverse, a), outer_right(y_bar * inverse, b) * b


@pushforward(np.hypot.outer)
def hypot_outer_pushforward(y, a_dot, b_dot, a, b):
    inverse = 1.0 / (y + (y == 0.0))
    return beside(a * a_dot, b) * inverse, b * b_dot * inverse
