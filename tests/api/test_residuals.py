"""Copies that preserve who shares memory with whom."""

import numpy as np
import pytest

from tapeless.residuals import Copier, needs_copy, owner, owners, uses_up


def test_plain_values_need_no_copy():
    assert not needs_copy((1.0, 2, "a", None, (np.float64(1.0), True)))
    assert needs_copy((1.0, [2.0]))
    assert needs_copy((1.0, (np.zeros(1),)))


@pytest.mark.parametrize("order", ["C", "F"])
def test_views_stay_views(order):
    u = np.asarray(np.arange(24.0).reshape(2, 3, 4), order=order)
    views = [
        u[0],
        u[:, ::-1],
        u.T,
        u[..., None],
        u.reshape(6, 4) if order == "C" else u[:, 1],
        u[1, 2, 3:],
    ]
    copied, *rest = Copier()((u, *views))
    assert copied.strides == u.strides
    for view, made in zip(views, rest, strict=True):
        assert made.strides == view.strides
        np.testing.assert_array_equal(made, view)
        assert not np.shares_memory(made, u)
    copied[...] = -1.0
    for made in rest:
        assert (made == -1.0).all()
    assert (u >= 0.0).all()


def test_views_without_their_base():
    u = np.arange(5.0)
    left, right = Copier()((u[:3], [u[1:]]))
    left[1] = 10.0
    assert right[0][0] == 10.0
    assert u[1] == 1.0


def test_same_list_and_same_array():
    a, stack = np.ones(2), [1.0, 2.0]
    first, second, third, fourth = Copier()((a, a, stack, stack))
    assert first is second
    assert third is fourth
    assert third is not stack


def test_windows_and_broadcasts():
    u = np.arange(4.0)
    window = np.lib.stride_tricks.sliding_window_view(u, 2, writeable=True)
    wide = np.broadcast_to(u, (3, 4))
    copied, moved, spread = Copier()((u, window, wide))
    copied[1] = 9.0
    assert moved[0, 1] == moved[1, 0] == spread[2, 1] == 9.0
    assert owner(window) is u


def test_other_memory():
    raw = bytearray(32)
    array = np.frombuffer(raw, float)
    one, two = Copier()((array[:2], array[1:]))
    one[1] = 3.0
    assert two[0] == 3.0
    assert not array.any()


def test_only_some():
    u, v = np.ones(2), np.zeros(2)
    a, b = Copier(frozenset(owners([u])))((u[:1], v))
    assert b is v
    assert not np.shares_memory(a, u)


def test_structures():
    found = Copier()(({"a": [np.ones(1)]}, [(1.0, np.zeros((0, 2)))], "s"))
    assert found[0]["a"][0] == 1.0
    assert found[1][0][1].shape == (0, 2)
    assert found[2] == "s"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("h_bar = y_bar @ w.T", False),
        ("y_bar *= 2.0", False),
        ("u_bar1 = np.zeros_like(w)\n    u_bar1[0] += 1.0", False),
        ("np.add.at(w_bar, [0], 1.0)", False),
        ("w[0] = 1.0", True),
        ("w *= 2.0", True),
        ("np.add.at(w, [0], 1.0)", True),
        ("np.multiply(w, 2.0, out=w)", True),
        ("np.multiply(w, 2.0, out=w_bar)", False),
        ("np.copyto(w, y_bar)", True),
        ("w.fill(0.0)", True),
        ("t = stack.pop()", True),
        ("t_bar = helper(w, y_bar)", False),
        ("t_bar = other(w, y_bar)", True),
        ("w, x_bar = w", True),
    ],
)
def test_uses_up(body, expected):
    text = f"""
def helper(w, y_bar):
    return w * y_bar

def other(w, y_bar):
    w[0] = 2.0
    return w

def f_pullback(saved, y_bar):
    w, stack = saved
    {body}
    return w * y_bar
"""
    assert uses_up(text, "f_pullback") is expected
