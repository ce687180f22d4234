"""Wrong calls: no line of a function is to blame, so that the message has no place."""

import dataclasses
import functools
import types
from unittest.mock import patch

import gast
import numpy as np

from tapeless import grad, jvp, vjp
from tapeless.arguments import check_scalar
from tapeless.frontend import parse
from tapeless.normalise import normalise
from tapeless.rules import pullback, registry

CASES = []
X = np.array([0.3, 0.7, 1.2])


def wrong(message):
    """Register a call, and a part of what it says."""

    def register(call):
        CASES.append((call, message))
        return call

    return register


def total(x, k=1.0):
    return np.sum(x) * k


def pair(x, *rest):
    return np.sum(x) * len(rest)


halved = np.vectorize(lambda v: 0.5 * v)
halved.__module__, halved.__name__ = __name__, "halved"


class Boat:
    pass


class Subclass(np.ndarray):
    pass


# --- what is differentiated --------------------------------------------------------------

wrong("grad takes a function, not 3")(lambda: grad(3))
wrong("is compiled: it has no Python source")(lambda: grad(len)(X))
wrong("is a class, not a function")(lambda: grad(Boat)(X))
wrong("argnums is empty")(lambda: grad(total, ())(X))
wrong("argnums names 'x' twice")(lambda: grad(total, (0, "x"))(X))
wrong("total has no argument 'y'; it has: x, k")(lambda: grad(total, "y")(X))
wrong("argnums must be positions or names")(lambda: grad(total, 1.5)(X))
wrong("argnums=5 is out of range: total takes (x, k)")(lambda: grad(total, 5)(X))
wrong("argnums=1 of pair lies in *rest")(lambda: grad(pair, 1)(X, X))
wrong("fixed arguments go into `*args`")(lambda: parse(functools.partial(pair, X, X, X)))
wrong("a partial that fixes 'z', which is not a free parameter")(
    lambda: parse(functools.partial(total, z=1.0))
)


@wrong("wraps itself")
def _():
    ring = functools.partial(total)
    ring.__setstate__((ring, (), {}, {}))
    parse(ring)


@wrong("there is no source for f (<string>)")
def _():
    scope = {}
    exec("def f(x):\n    return x", scope)
    grad(scope["f"])(1.0)


@wrong("the file has changed since it was imported")
def _():
    code = total.__code__.replace(co_firstlineno=1)
    grad(types.FunctionType(code, globals(), "total", (1.0,)))(X)


# --- arguments ---------------------------------------------------------------------------

wrong("argument x of total is an array of int64, which has no gradient")(
    lambda: grad(total)(np.array([1, 2]))
)
wrong("is a bool, which has no gradient: pass float(x)")(lambda: grad(total)(True))
wrong("is not a float or an array (but 'text', of type str)")(lambda: grad(total)("text"))
wrong("masked array")(lambda: grad(total)(np.ma.masked_array([1.0], [0])))
wrong("array of Python objects")(lambda: grad(total)(np.array([1.0, None])))
wrong("array of records")(lambda: grad(total)(np.zeros(2, [("a", float)])))
wrong("Subclass")(lambda: grad(total)(X.view(Subclass)))


@wrong("np.matrix")
def _():
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        grad(total)(np.matrix([[1.0]]))


@dataclasses.dataclass
class Point:
    x: float
    y: float = 1.0


wrong("must be a Point, like the result")(
    lambda: vjp(lambda p: Point(p.y, p.x), Point(2.0))[1]((1.0, 1.0))
)


@wrong("x and y share memory, and the function writes into x")
def _():
    def f(x, y):
        x[0] = 2.0 * y[1]
        return np.sum(x * y)

    v = X.copy()
    grad(f)(v, v)


# --- results -----------------------------------------------------------------------------

wrong("not a scalar: grad needs a scalar; see vjp and jacobian")(lambda: grad(lambda x: 2.0 * x)(X))
wrong("a boolean has no derivative")(lambda: grad(lambda x: np.sum(x) > 0.0)(X))
wrong("not a real number: return its real part")(lambda: grad(lambda x: np.sum(x) * 1j)(X))
wrong("grad needs a float; see vjp and jacobian for other results")(
    lambda: grad(lambda x: (np.sum(x), 1.0))(X)
)
wrong("has_aux=True needs a function that returns (value, aux)")(
    lambda: grad(total, has_aux=True)(X)
)
wrong("has_aux=True needs a function that returns (out, aux)")(
    lambda: jvp(total, (X,), (X,), has_aux=True)
)
wrong("source= is not the text that total was compiled from")(
    lambda: grad(total, source="def total(x):\n    return x\n")
)
wrong("returned an array of shape (0,), but a gradient needs a float")(
    lambda: grad(lambda x, n: x[:n])(X, 0)
)
wrong("returns None, not a scalar")(lambda: grad(lambda x: None)(X))
wrong("returned int64, not a float")(lambda: grad(lambda x: np.sum(x > 0.0))(X))
wrong("f returned a boolean: it has no gradient")(lambda: check_scalar(True, "f"))
wrong("f returned a complex number, which has no gradient")(lambda: check_scalar(1j, "f"))
wrong("f returned None, but a gradient needs a float")(lambda: check_scalar(None, "f"))
wrong("nothing to differentiate")(lambda: vjp(lambda x: "text", X))


@wrong("returns is not known")
def _():
    class Empty:
        """There is no such attribute."""

    grad(lambda x: Empty().double)(X)


@wrong("make it inside the function")
def _():
    class Spring:
        def __init__(self, k):
            self.k = k

    grad(lambda s: s.k)(Spring(2.0))


# --- vjp ---------------------------------------------------------------------------------

wrong("vjp needs the values of the arguments")(lambda: vjp(total))
wrong("total takes 2 positional arguments, but 3 were given")(lambda: vjp(total, X, 1.0, 2.0))
wrong("must have the shape (3,) of the result, not (2,)")(
    lambda: vjp(lambda x: x * x, X)[1](np.ones(2))
)
wrong("must be real, like the result")(lambda: vjp(lambda x: x * x, X)[1](1j * X))
wrong("must be a number or an array, like the result")(lambda: vjp(lambda x: x * x, X)[1]("text"))
wrong("must be a tuple of length 2, like the result")(lambda: vjp(lambda x: (x, x * x), X)[1]((X,)))
wrong("must be a dict with the keys ['a'], like the result")(
    lambda: vjp(lambda x: {"a": x * x}, X)[1]({"b": X})
)


# --- jvp ---------------------------------------------------------------------------------

wrong("jvp takes tuples: jvp(f, (x, y), (x_dot, y_dot)); primals is array([0.3, 0.7, 1.2])")(
    lambda: jvp(total, X, (X,))
)
wrong("tangents is 1.0")(lambda: jvp(total, (2.0,), 1.0))
wrong("jvp: 1 primals, but 2 tangents")(lambda: jvp(total, (X,), (X, 1.0)))
wrong("jvp: 0 primals, but 0 tangents")(lambda: jvp(total, (), ()))
wrong("jvp: all tangents are None")(lambda: jvp(total, (X, 2.0), (None, None)))
wrong("total takes 2 positional arguments, but 3 were given")(
    lambda: jvp(total, (X, 1.0, 2.0), (X, 1.0, 2.0))
)
wrong("the tangent of 'x' must have the shape (3,) of the argument, not (2,)")(
    lambda: jvp(total, (X,), (np.ones(2),))
)
wrong("the tangent of 'x' must be real, like the argument")(lambda: jvp(total, (X,), (1j * X,)))
wrong("the tangent of 'x' must be a number or an array, like the argument")(
    lambda: jvp(total, (X,), ("text",))
)
wrong("returns 'text': nothing to differentiate")(lambda: jvp(lambda x: "text", (X,), (X,)))


@wrong("calls.halved in forward mode")
def _():
    def halved_pullback(y, y_bar, x):
        return 0.5 * y_bar

    with patch.dict(registry._RULES):
        pullback(halved)(halved_pullback)
        jvp(lambda x: np.sum(halved(x)), (X,), (X,))


# --- saving ------------------------------------------------------------------------------


def saved(function, *arguments):
    derivative = grad(function)
    derivative(*arguments)
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        derivative.save(f"{folder}/saved.py")


LARGE = np.zeros(100_000)
BOAT = Boat()
BOAT.parts = [1.0]
DATES = np.array(["2020-01-01"], dtype="datetime64[D]")


wrong("is not callable")(lambda: parse(3))
wrong("cannot be written into a module")(lambda: saved(lambda x: np.sum(x) * len(DATES), X))
wrong("cannot be written into a module")(lambda: saved(lambda x: np.sum(x) * len(BOAT.parts), X))
wrong("an array of 100000 elements, is too large to be written into a module")(
    lambda: saved(lambda x: np.sum(x) + LARGE[0] * x[0], X)
)


# --- the normaliser by itself (the frontend refuses most of this before) -----------------


def normalised(text):
    return lambda: normalise(gast.parse(text).body[0])


wrong("an asynchronous function")(normalised("async def f(x):\n    return x"))
wrong("a generator function")(normalised("def f(x):\n    yield x"))
wrong("asynchronous code")(normalised("def f(x):\n    await x"))
wrong("asynchronous code")(normalised("def f(x):\n    return [a async for a in x]"))
wrong("a class inside a function")(normalised("def f(x):\n    class A: pass\n    return x"))
wrong("the function assigns `n`, which it does not own")(
    normalised("def f(x):\n    global n\n    n = x")
)
wrong("a nested function assigns `n` of the function around it")(
    normalised(
        "def f(x):\n    n = x\n    def g():\n        nonlocal n\n        n = 1\n    return n"
    )
)
