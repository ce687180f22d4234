"""What a call is found to do, and which function it is found to call."""

import math

import gast
import numpy as np
import pytest

from tapeless.analysis.binding import bind
from tapeless.frontend import parse
from tapeless.syntax import expr, to_debug_text, walk

from .helpers import unit_of

X = np.ones(3)


def sites(function, *arguments):
    """The forms of all calls, by their text."""
    unit = unit_of(function, *arguments)
    return {
        to_debug_text(node).strip(): unit.sites[id(node)]
        for node in walk(unit.tree.body)
        if isinstance(node, gast.Call) and id(node) in unit.sites
    }


def double(v, factor=2.0):
    return factor * v


def scaled(x, function):
    return np.sum(function(x))


class Model:
    def __init__(self, w):
        self.w = w

    def predict(self, x):
        return self.w * x


MODEL = Model(2.0)


def test_primitives_methods_and_functions_of_the_user():
    def f(x):
        parts = []
        parts.append(np.sum(x))
        y = x.sum(axis=0)
        z = double(y)
        return z * math.exp(y) * parts[0]

    found = sites(f, X)
    forms = {text: site.form for text, site in found.items()}
    assert forms["double(y)"] == "user"
    assert [forms[t] for t in forms if t.startswith("parts.append")] == ["method"]
    assert found["x.sum(axis=0)"].target is np.sum
    assert all(s.target is not None for s in found.values())


def test_a_function_that_is_passed_is_followed():
    def f(x):
        return scaled(x, np.sin) + scaled(x, double)

    unit = unit_of(f, X)
    inner = [s.unit for s in unit.sites.values() if s.form == "user"]
    assert len(inner) == 2
    targets = [[s.target for s in u.sites.values()] for u in inner]
    assert [np.sin in ts for ts in targets] == [True, False]


def test_methods_and_bound_objects_are_followed():
    def f(x):
        return np.sum(MODEL.predict(x))

    (site,) = [s for s in sites(f, X).values() if s.form == "user"]
    assert site.target.name == "predict"


def test_like_calls_share_one_unit():
    def f(x, y):
        return np.sum(double(x)) + np.sum(double(y)) + np.sum(double(x[0]))

    unit = unit_of(f, X, np.ones(7))
    units = {id(s.unit) for s in unit.sites.values() if s.form == "user"}
    assert len(units) == 2  # one for vectors, one for numbers


def test_closures_bring_what_they_capture():
    def f(x, c):
        def scale(v):
            return c * v

        return np.sum(scale(x))

    (site,) = [s for s in sites(f, X, 2.0).values() if s.form == "user"]
    assert sorted(to_debug_text(a).strip() for a in site.arguments.values()) == ["c", "x"]


def test_a_call_of_compiled_code_is_opaque():
    import operator

    def f(x):
        return operator.itemgetter(0)(x) * 1.0

    assert "opaque" in {s.form for s in sites(f, X).values()}


@pytest.mark.parametrize(
    ("call", "bound"),
    [
        ("g(p)", {"a": "p", "b": "2.0", "c": "None"}),
        ("g(p, q)", {"a": "p", "b": "q", "c": "None"}),
        ("g(p, c=q)", {"a": "p", "b": "2.0", "c": "q"}),
        ("g(b=q, a=p)", {"a": "p", "b": "q", "c": "None"}),
    ],
)
def test_arguments_are_bound_as_python_binds_them(call, bound):
    def g(a, b=2.0, c=None):
        return a

    node = expr(call)
    named = {k.arg: k.value for k in node.keywords}
    found = bind(node, parse(g), list(node.args), named)
    assert {p: to_debug_text(v).strip() for p, v in found.items()} == bound
    assert list(found) == ["a", "b", "c"]
