"""Keys, and the function that callers see."""

import itertools

import numpy as np
import pytest

import tapeless.specialise
from tapeless import grad
from tapeless.analysis.kinds import kind_of
from tapeless.arguments import parameters_of
from tapeless.dispatch import Dispatcher, parameter_list
from tapeless.keys import key_of

from . import functions


def _dispatcher(f):
    def miss(*values):
        return 1.0, "slow"

    return Dispatcher("f", parameters_of(f), ("grad", False), miss, lambda value: None)


def _values():
    a = 1.0

    def closing(x):
        return a * x

    numbers = [
        1.0,
        2.5,
        1,
        2,
        0,
        True,
        False,
        1j,
        np.float64(1),
        np.float32(1),
        np.int64(1),
        np.True_,
    ]
    shapes = [(), (1,), (2,), (5,), (0,), (1, 1), (2, 1), (1, 2), (3, 2), (2, 2, 1)]
    arrays = [np.zeros(s, t) for s in shapes for t in (float, int, "f4", complex, bool, ">f8")]
    lists = [
        [],
        [1.0],
        [1.0, 2.0],
        [1, 2],
        [1],
        [1, 2.0],
        [[1.0], [2.0]],
        [True],
        [np.ones(2)],
        [np.ones(3), 1.0],
    ]
    others = [(), (1.0,), (1.0, 2.0), (1, 2), {"a": 1.0}, {"a": 1}, {"b": 1.0}, {}]
    others += [{"a": 1.0, "b": 2.0}, {"b": 1.0, "a": 2.0}, "a", "b", None, len, closing, np]
    others += [slice(1), slice(2), b"a", np.array(["a"]), np.array(["abc"]), object()]
    others += [np.datetime64("2020"), range(3)]
    others += [{"w": np.ones(2), "b": [1.0, ()]}, {"w": np.ones(2), "b": [1.0, (1.0,)]}]
    others += [(np.ones(2), 1.0), [np.ones(2), 1.0], {1: 2.0}, [(), ()], [[], 1.0], (1.0,) * 9]
    return numbers + arrays + lists + others + [[(1.0, x), "a"] for x in numbers]


def test_equal_keys_mean_equal_kinds():
    for left, right in itertools.combinations(_values(), 2):
        if key_of(left) == key_of(right):
            assert kind_of(left, "x") == kind_of(right, "x"), (left, right)


def test_sizes_are_not_part_of_a_key():
    assert key_of(np.ones((2, 3))) == key_of(np.ones((4, 5)))
    assert key_of([1.0, 2.0]) == key_of([1.0, 2.0, 3.0])


def test_functions_with_the_same_surroundings_are_alike():
    def make(a):
        return lambda x: a * x

    def plain():
        return lambda x: x

    assert key_of(plain()) == key_of(plain())
    assert key_of(make(1.0)) != key_of(make(2.0))
    assert key_of(make(1.0)) != key_of(make(1.0))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "x, /",
        "x, /, y",
        "x, *, y",
        "*x",
        "**x",
        "x, y=None, *z, u, v=None, **w",
        "x=None, /, y=None, *, z",
    ],
)
def test_parameter_list(text):
    scope = {}
    exec(f"def f({text}): pass", scope)
    assert parameter_list(parameters_of(scope["f"])) == text


def test_names_of_ours_do_not_meet_parameters():
    def f(_miss, _value, _c1, __type, type, float):
        return 0.0

    seen = []

    def miss(*values):
        seen.append(values)
        return 1.0, 2.0

    dispatcher = Dispatcher("f", parameters_of(f), ("grad", False), miss, lambda value: None)
    assert dispatcher.function(1, 2, 3, 4, 5, 6) == 2.0
    assert seen == [(1, 2, 3, 4, 5, 6)]
    dispatcher.prefer(lambda *values: (1.0, 3.0), (1, 2, 3, 4, 5, 6), [])
    assert dispatcher.function(1, 2, 3, 4, 5, 6) == 3.0
    assert dispatcher.function(1.0, 2, 3, 4, 5, 6) == 2.0


@pytest.mark.parametrize("value", _values(), ids=lambda v: f"{type(v).__name__}")
def test_fast_path_recognises_what_has_the_same_key(value):
    def f(x):
        return 0.0

    entry = lambda x: (1.0, "fast")
    dispatcher = _dispatcher(f)
    dispatcher.prefer(entry, (value,), [])
    assert dispatcher.function(value) == "fast"
    for other in _values():
        if dispatcher.function(other) == "fast":
            assert kind_of(other, "x") == kind_of(value, "x")


def test_guards():
    home = {"a": 1.0, "b": None}

    def f(x):
        return 0.0

    dispatcher = _dispatcher(f)
    dispatcher.prefer(
        lambda x: (1.0, "fast"),
        (1.0,),
        [(home, "a", home["a"]), (home, "b", None), (home, "c", None)],
    )
    assert dispatcher.function(1.0) == "fast"
    home["a"] = 2.0
    assert dispatcher.function(1.0) == "slow"
    del home["a"]
    assert dispatcher.function(1.0) == "slow"


def test_constants_of_old_code_are_dropped():
    def f(x):
        return 0.0

    dispatcher = _dispatcher(f)
    sizes = []
    for _ in range(4):
        dispatcher.prefer(lambda x: (1.0, 2.0), (1.0,), [])
        sizes.append(len(dispatcher.namespace))
    assert sizes[-1] == sizes[-2]


def _count(monkeypatch):
    """A list that grows by one with every generation."""
    made = []
    derive = tapeless.specialise.derive

    def counting(*args, **kwargs):
        made.append(args)
        return derive(*args, **kwargs)

    monkeypatch.setattr(tapeless.specialise, "derive", counting)
    return made


def test_one_generation_for_each_set_of_kinds(monkeypatch):
    made = _count(monkeypatch)
    d = grad(functions.loss)
    for n in (2, 3, 4):
        d(2.0, 1.0, np.ones(n))
        d.value_and_grad(2, 1.0, np.ones(n))
        d.source_for(2.0, 1.0, np.ones(n))
    assert len(made) == 1
    d(2.0, 1.0, np.ones(1))
    d(2.0, 1.0, np.ones(2))
    d(2.0, 1.0, np.ones(1))
    assert len(made) == 2
    d(2.0, 1.0, np.ones(2, ">f8"))  # another key, the same kind
    assert len(made) == 2


def test_many_specialisations_are_forgotten(monkeypatch):
    monkeypatch.setattr(tapeless.specialise, "LIMIT", 4)

    def f(x, k):
        return x**2

    d = grad(f)
    for k in range(10):
        assert d(3.0, str(k)) == pytest.approx(6.0)
    assert len(d._specialiser._by_key) <= 4
    assert len(d._specialiser._by_kinds) <= 4


def test_preference_moves(monkeypatch):
    d = grad(functions.area)
    d(2.0)
    d(np.array(2.0))
    slow = []
    call = d._specialiser.call
    code = d.grad.__code__
    for _ in range(20):
        d(2.0)
    assert d.grad.__code__ is not code
    monkeypatch.setitem(
        d._specialiser._dispatchers["grad"].namespace,
        "_miss",
        lambda *v: slow.append(v) or call(*v),
    )
    d(2.0)
    assert not slow
    d(np.array(2.0))
    assert slow
