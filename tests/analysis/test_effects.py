"""Who writes, who shares memory, who is tied to whom."""

import numpy as np
import pytest

from tapeless import NotSupported, grad

from .helpers import unit_of

X = np.ones(4)
A = np.ones((4, 4))


def effects_of(function, *arguments):
    return unit_of(function, *arguments).facts["effects"]


def test_stores_and_updates_are_writes():
    def f(x):
        u = x.copy()
        u[0] = 2.0
        u[1:] += 1.0
        u *= 2.0
        np.add.at(u, [0, 1], 1.0)
        return np.sum(u)

    found = [(w.name, w.form) for w in effects_of(f, X).writes]
    assert [name for name, _ in found] == ["u"] * 4
    assert [form for _, form in found] == ["store", "augmented", "augmented", "scatter"]


def test_rebinding_is_no_write():
    def f(x):
        s = 0.0
        s += x[0]
        y = x
        y = y + 1.0
        return np.sum(y) * s

    assert effects_of(f, X).writes == []


def test_a_view_of_what_is_written_is_tied_to_it():
    def f(x):
        u = x.copy()
        v = u[1:-1]
        u[1] = 5.0
        return np.sum(v)

    found = effects_of(f, X)
    assert found.ties == {"v": "u"}
    assert found.base("v") == "u"


def test_a_write_through_a_view_ties_it():
    def f(x):
        u = x.copy()
        v = u[1:-1]
        v[0] = 5.0
        return np.sum(u)

    assert effects_of(f, X).ties == {"v": "u"}


def test_a_view_of_a_view():
    def f(a):
        u = a.copy()
        row = u[1]
        part = row[2:]
        part[0] = 5.0
        return np.sum(u)

    found = effects_of(f, A)
    assert found.base("part") == "u"


def test_a_view_that_is_no_longer_read_is_left_alone():
    def f(x):
        u = x.copy()
        v = u[1:-1]
        s = np.sum(v)
        u[1] = 5.0
        return np.sum(u) * s

    assert effects_of(f, X).ties == {}


def test_a_copy_shares_nothing():
    def f(x):
        u = x.copy()
        v = u[1:].copy()
        w = u[[0, 1]]
        z = u * 1.0
        u[1] = 5.0
        return np.sum(v) + np.sum(w) + np.sum(z) + np.sum(u)

    found = effects_of(f, X)
    assert found.ties == {}
    assert not any(found.share("u", other) for other in ("v", "w", "z"))
    assert not found.share("u", "x")


@pytest.mark.parametrize(
    "view",
    [
        lambda u: u[1:], lambda u: u.T, lambda u: u.reshape(2, 2), lambda u: u.ravel(),
        lambda u: np.asarray(u), lambda u: u[None], lambda u: np.transpose(u), lambda u: u.real,
        lambda u: np.squeeze(u), lambda u: u[...], lambda u: np.atleast_2d(u),
        lambda u: np.expand_dims(u, 0), lambda u: u.view(), lambda u: np.flip(u),
        lambda u: np.split(u, 2)[0], lambda u: np.broadcast_to(u, (2, 4)), lambda u: u,
    ],
)  # fmt: skip
def test_every_view_of_numpy_shares_memory(view):
    made = np.arange(4.0)
    assert np.shares_memory(made, view(made))

    def f(x):
        u = x * 1.0
        v = view(u)
        return np.sum(v)

    assert effects_shared(f)


def effects_shared(f):
    """Whether a call of a view function is seen to return a part of its argument."""
    unit = unit_of(f, X)
    inner = next(s.unit for s in unit.sites.values() if s.form == "user")
    return inner.facts["returns"] == {"u"}


def writes_first(v):
    v[0] = 2.0
    return v[1]


def first_half(v):
    return v[: len(v) // 2]


def test_a_callee_that_writes():
    def f(x):
        u = x.copy()
        s = writes_first(u)
        return np.sum(u) * s

    unit = unit_of(f, X)
    assert [(w.name, w.form) for w in unit.facts["effects"].writes] == [("u", "call")]


def test_a_function_that_writes_into_its_argument():
    assert unit_of(writes_first, X).facts["written"] == {"v"}
    assert unit_of(first_half, X).facts["written"] == frozenset()
    assert unit_of(first_half, X).facts["returns"] == {"v"}


def refuses(function, *arguments):
    with pytest.raises(NotSupported) as info:
        unit_of(function, *arguments)
    return info.value.reason


def test_an_alias_that_depends_on_a_branch_is_refused():
    def f(x):
        u = x * 1.0
        v = x * 2.0
        w = u if x[0] > 0.0 else v
        w[0] = 3.0
        return np.sum(u) + np.sum(v)

    assert "is written here and may share memory" in refuses(f, X)


def test_a_writing_callee_with_shared_memory_in_two_arguments_is_written_out():
    def add_into(target, source):
        target += source
        return np.sum(target)

    def f(x):
        u = x * 1.0
        return add_into(u, u)

    assert all(site.form != "user" for site in unit_of(f, X).sites.values())


def test_a_writing_callee_that_is_written_out_is_differentiated_right():
    def add_into(target, source):
        target += source * source
        return np.sum(target)

    def f(x):
        u = x * 1.0
        return add_into(u, u) * u[0] + add_into(u[1:], u[:-1])

    x = np.array([0.3, 0.7, 1.2, -0.4])
    text = grad(f).source_for(x)
    code = [line for line in text.splitlines() if not line.strip().startswith("#")]
    assert not any("add_into(" in line for line in code)
    assert text.count("+= source") >= 2
    moves = 1e-6 * np.eye(len(x))
    expected = [(f(x + move) - f(x - move)) / 2e-6 for move in moves]
    np.testing.assert_allclose(grad(f)(x), expected, rtol=1e-6)
