"""Proofs that a write never meets an earlier read: none that NumPy contradicts."""

import gast
import numpy as np
import pytest

from tapeless.analysis.disjoint import never_overwrites
from tapeless.analysis.layout import Layout

from .helpers import unit_of

N = 8


def ahead(y):
    for k in range(7):
        row = y[k]
        y[k + 1] = row * 2.0
    return np.sum(y)


def behind(y):
    for k in range(7):
        row = y[k + 1]
        y[k] = row * 2.0
    return np.sum(y)


def backwards(y):
    for k in range(6, -1, -1):
        row = y[k + 1]
        y[k] = row * 2.0
    return np.sum(y)


def itself(y):
    for k in range(7):
        row = y[k]
        y[k] = row * 2.0
    return np.sum(y)


def two_ahead(y):
    for k in range(6):
        row = y[k]
        y[k + 2] = row * 2.0
    return np.sum(y)


def repeated(y):
    for _ in range(2):
        for k in range(7):
            row = y[k]
            y[k + 1] = row * 2.0
    return np.sum(y)


def from_the_end(y):
    for k in range(7):
        row = y[k - 3]
        y[k + 1] = row * 2.0
    return np.sum(y)


def fixed(y):
    row = y[2]
    y[3] = row * 2.0
    return np.sum(y)


def same(y):
    row = y[2]
    y[2] = row * 2.0
    return np.sum(y)


def last_and_fixed(y):
    row = y[7]
    y[-1] = row * 2.0
    return np.sum(y)


def twice_as_fast(y):
    for k in range(4):
        row = y[k]
        y[2 * k] = row * 2.0
    return np.sum(y)


FUNCTIONS = [
    ahead, behind, backwards, itself, two_ahead, repeated, from_the_end, fixed, same,
    last_and_fixed, twice_as_fast,
]  # fmt: skip
PROVED = {ahead, backwards, two_ahead, fixed}


def proof(function):
    unit = unit_of(function, np.ones((N, 2)))
    layout, facts = Layout(unit.tree), unit.facts
    (write,) = [w for w in facts["effects"].writes if w.form == "store"]
    (read,) = [
        s for s in layout.statements()
        if isinstance(s, gast.Assign) and getattr(s.targets[0], "id", "") == "row"
    ]  # fmt: skip
    return never_overwrites(write, "row", read, layout, facts["effects"], facts["inference"], unit)


def meets(function):
    """Whether some store really changes a row that was read before."""
    seen = []

    class Rows(list):
        def __getitem__(self, k):
            seen.append(("read", range(N)[k]))
            return 1.0

        def __setitem__(self, k, value):
            seen.append(("write", range(N)[k]))

    try:
        function(Rows())
    except TypeError:
        pass  # np.sum of no numbers
    read = set()
    for what, k in seen:
        if what == "write" and k in read:
            return True
        read.add(k) if what == "read" else None
    return False


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_what_is_proved_is_true(function):
    if proof(function):
        assert not meets(function)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_what_can_be_proved_is_proved(function):
    assert proof(function) is (function in PROVED)
