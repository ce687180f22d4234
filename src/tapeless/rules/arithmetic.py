"""Products and quotients in forward mode, as they are written by hand."""

import numpy as np

from .registry import pushforward


@pushforward(np.multiply)
def multiply_pushforward(y, x1_dot, x2_dot, x1, x2):
    return x1_dot * x2 + x1 * x2_dot


@pushforward(np.divide)
def divide_pushforward(y, x1_dot, x2_dot, x1, x2):
    return (x1_dot - y * x2_dot) / x2
