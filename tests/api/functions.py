"""Functions that the tests differentiate; importable, so that derivatives of them pickle."""

import numpy as np

from tapeless import grad, value_and_grad

RATE = 2.0


def loss(w, b, x):
    """Squares of a line."""
    return np.sum((w * x + b) ** 2)


def area(r, scale=2.0, *, power=2):
    return scale * r**power


def rated(x):
    return RATE * x**2


@grad
def decorated(x):
    """The cube."""
    return x**3


@value_and_grad(argnums=("b", "w"))
def both(w, b, x):
    return np.sum((w * x + b) ** 2)


class Model:
    def __init__(self, rate):
        self.rate = rate

    @grad
    def misfit(self, w, x):
        """Of this model."""
        return self.rate * np.sum((w - x) ** 2)

    @staticmethod
    @grad
    def static(w):
        return w**2

    @grad
    @staticmethod
    def static_inside(w):
        return w**2

    @grad
    @classmethod
    def of_class(cls, w):
        return w**3

    @classmethod
    @grad
    def around(cls, w):
        return w**3

    def plain(self, w):
        return self.rate * w**2

    def __call__(self, w):
        return self.rate * w**3
