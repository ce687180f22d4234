"""Integrals of Bessel and Struve functions from 0, or of them over t from `x`."""

from scipy import special

from ..registry import elementwise, pullback, pushforward


@pullback(special.itj0y0)
def itj0y0_pullback(y, y_bar, x):
    return y_bar[0] * special.j0(x) + y_bar[1] * special.y0(x)


@pushforward(special.itj0y0)
def itj0y0_pushforward(y, x_dot, x):
    return special.j0(x) * x_dot, special.y0(x) * x_dot


@pullback(special.it2j0y0)
def it2j0y0_pullback(y, y_bar, x):
    return (y_bar[0] * (1.0 - special.j0(x)) - y_bar[1] * special.y0(x)) / x


@pushforward(special.it2j0y0)
def it2j0y0_pushforward(y, x_dot, x):
    return (1.0 - special.j0(x)) / x * x_dot, -special.y0(x) / x * x_dot


@pullback(special.iti0k0)
def iti0k0_pullback(y, y_bar, x):
    return y_bar[0] * special.i0(x) + y_bar[1] * special.k0(x)


@pushforward(special.iti0k0)
def iti0k0_pushforward(y, x_dot, x):
    return special.i0(x) * x_dot, special.k0(x) * x_dot


@pullback(special.it2i0k0)
def it2i0k0_pullback(y, y_bar, x):
    return (y_bar[0] * (special.i0(x) - 1.0) - y_bar[1] * special.k0(x)) / x


@pushforward(special.it2i0k0)
def it2i0k0_pushforward(y, x_dot, x):
    return (special.i0(x) - 1.0) / x * x_dot, -special.k0(x) / x * x_dot


@pullback(special.itairy)
def itairy_pullback(y, y_bar, x):
    here = special.airy(x)
    there = special.airy(-x)
    return y_bar[0] * here[0] + y_bar[1] * here[2] + y_bar[2] * there[0] + y_bar[3] * there[2]


@pushforward(special.itairy)
def itairy_pushforward(y, x_dot, x):
    here = special.airy(x)
    there = special.airy(-x)
    return here[0] * x_dot, here[2] * x_dot, there[0] * x_dot, there[2] * x_dot


@elementwise(special.itstruve0)
def itstruve0_partial(y, x):
    return special.struve(0.0, x)


@elementwise(special.it2struve0)
def it2struve0_partial(y, x):
    return -special.struve(0.0, x) / x


@elementwise(special.itmodstruve0)
def itmodstruve0_partial(y, x):
    return special.modstruve(0.0, x)
