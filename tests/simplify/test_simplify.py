"""Passes over generated code: text before and after, what must stay, and the same results."""

import copy

import numpy as np
import pytest

from tapeless.simplify.memory import Groups
from tapeless.simplify.propagate import propagate
from tapeless.simplify.protect import protect
from tapeless.simplify.renest import renest
from tapeless.simplify.tidy import (
    drop_unread_functions,
    drop_unused_counters,
    opposite,
    without_empty_blocks,
)
from tapeless.syntax import expr, names_stored, stmts, to_debug_text

SCOPE = {
    "a": np.array([0.3, 0.7, 1.2]), "b": np.array([1.5, 0.2, 0.4]), "c": 0.6, "n": 3, "np": np,
    "u": np.array([1.0, 2.0, 3.0]), "flag": True,
}  # fmt: skip


def text(block):
    return "\n".join(to_debug_text(s).strip("\n") for s in block)


def run(block, *names):
    scope = copy.deepcopy({k: v for k, v in SCOPE.items() if k != "np"}) | {"np": np}
    exec(text(block), scope)
    return [scope[n] for n in names]


def nested(source, movable, kept=()):
    block = stmts(source)
    return renest(block, set(movable.split()), Groups([block]), set(kept))


def check(before, after, *results):
    """The results of two texts are the same numbers."""
    for left, right in zip(run(before, *results), run(after, *results), strict=True):
        np.testing.assert_allclose(left, right, rtol=1e-15)


# --- a value that is used once ----------------------------------------------------------------

MOVES = [
    ("t = a * b\nx = t + c", "t", "x = a * b + c"),
    ("t = a + b\nx = t * c", "t", "x = (a + b) * c"),
    ("t = a + b\nx = c - t", "t", "x = c - (a + b)"),
    ("t = -a\nx = t ** 2", "t", "x = (-a) ** 2"),
    ("s = a * b\nt = s + c\nx = t * t", "s t", "t = a * b + c\nx = t * t"),
    ("t = a * b\nif flag:\n    x = 1.0\nelse:\n    x = 2.0\ny = t", "t",
     "if flag:\n    x = 1.0\nelse:\n    x = 2.0\ny = a * b"),
    ("for i in range(n):\n    t = a * i\n    b = b + t",
     "t", "for i in range(n):\n    b = b + a * i"),
    ("t = c > 0.5\nif t:\n    x = 1.0", "t", "if c > 0.5:\n    x = 1.0"),
    ("x_bar = a\nx_bar += b", "", "x_bar = a + b"),
    ("x_bar = a * c\nx_bar = x_bar + b", "", "x_bar = a * c + b"),
    ("x_bar = -a\nx_bar += b", "", "x_bar = b - a"),
    ("x_bar = a\nx_bar -= b", "", "x_bar = a - b"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "movable", "after"), MOVES, ids=[m[0] for m in MOVES])
def test_a_single_use_is_put_in_its_place(before, movable, after):
    found = nested(before, movable)
    assert text(found) == text(stmts(after))
    check(stmts(before), found, *(set(names_stored(stmts(before))) & {"x", "y", "b", "x_bar"}))


STAYS = [
    ("t = a * b\nx = t + t", "t"),  # read twice
    ("t = a * b\na = c\nx = t", "t"),  # an operand changes
    ("t = u[1:]\nu[1] = 5.0\nx = t * 1.0", "t"),  # its memory changes
    ("v = u[1:]\nt = u * 2.0\nv[0] = 9.0\nx = t + 0.0", "t"),  # through a view
    ("t = u * 2.0\nu += 1.0\nx = t", "t"),
    ("t = a * b\nfor i in range(n):\n    c = c + t", "t"),  # once in the text, not in the run
    ("t = a * b\nwhile c < t[0]:\n    c = c + 1.0", "t"),
    ("t = a * b\nif flag:\n    t = a\nx = t", "t"),  # assigned twice
    ("t = c * 2.0\ng = lambda: t\nc = 1.0\nx = g()", "t"),
    ("t = c * 2.0\nc = 5.0\nx = [t for i in range(n)]", "t"),
    ("stack = [1.0, 2.0]\nt = stack.pop()\ny = stack.pop()\nx = t", "t"),  # the order of pops
    ("x_bar = a\nu = x_bar\nx_bar = x_bar + b\nx = u", ""),
]


@pytest.mark.parametrize(("before", "movable"), STAYS, ids=[s[0] for s in STAYS])
def test_what_would_change_the_result_stays(before, movable):
    found = nested(before, movable)
    assert text(found) == text(stmts(before))


def test_names_that_are_read_elsewhere_stay():
    before = "t = a * b\nx = t + c"
    assert text(nested(before, "t", kept={"t"})) == text(stmts(before))


def test_very_long_expressions_stay_apart():
    long = " + ".join(["a * b"] * 40)
    before = f"t = {long}\nx = t * ({long})"
    assert len(nested(before, "t")) == 2


# --- names that repeat others ---------------------------------------------------------------------

COPIES = [
    ("t = a\nx = t * t", "x = a * a"),
    ("t = 1.0\nx = t * a", "x = 1.0 * a"),
    ("t = a\ns = t\nx = s + t", "x = a + a"),
    ("t = a\nif flag:\n    x = t", "if flag:\n    x = a"),
]


@pytest.mark.parametrize(("before", "after"), COPIES, ids=[c[0] for c in COPIES])
def test_copies_are_replaced(before, after):
    found = propagate(stmts(before), {"t", "s"})
    assert text(found) == text(stmts(after))
    check(stmts(before), found, "x")


@pytest.mark.parametrize(
    "before",
    [
        "t = a\na = b\nx = t",
        "t = a\na += 1.0\nx = t",
        "t = a\nfor i in range(n):\n    a = t * 2.0",
        "t = a\nt = b\nx = t",
        "if flag:\n    t = a\nx = t",
        "t = a * 1.0\nx = t",
        "q = a\nx = q",  # not ours
    ],
)
def test_copies_that_matter_stay(before):
    assert text(propagate(stmts(before), {"t"})) == text(stmts(before))


# --- views that are read too late ----------------------------------------


def protected(source):
    return protect(stmts(source), lambda n: n in ("c", "n"), lambda n: False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("e = u[1:]\nu[1] = 0.0\nx = e * 2.0\nout = x",
         "e = u[1:].copy()\nu[1] = 0.0\nx = e * 2.0\nout = x"),
        ("e = u\nu += 1.0\nx = e * 2.0", "e = u.copy()\nu += 1.0\nx = e * 2.0"),
        ("e = u.T\nu *= 2.0\nx = e + u", "e = u.T.copy()\nu *= 2.0\nx = e + u"),
        ("for i in range(n):\n    e = u[1:]\n    u[1] = 5.0\n    b[1:] += e",
         "for i in range(n):\n    e = u[1:].copy()\n    u[1] = 5.0\n    b[1:] += e"),
        ("u[1:] += u[:-1]", "u[1:] += u[:-1].copy()"),
    ],
)  # fmt: skip
def test_a_view_that_is_read_after_a_write_becomes_a_copy(before, after):
    assert text(protected(before)) == text(stmts(after))


@pytest.mark.parametrize(
    "source",
    [
        "e = u[1:]\nx = e * 2.0\nu[1] = 0.0",  # read before the write
        "e = u[1:] * 2.0\nu[1] = 0.0\nx = e",  # not a view
        "e = u[1:].copy()\nu[1] = 0.0\nx = e",
        "e = u[1:]\nb[1] = 0.0\nx = e",  # other memory
        "u[1:] += a[:-1]",
    ],
)
def test_other_views_stay_views(source):
    assert text(protected(source)) == text(stmts(source))


# --- the last touches ----------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if flag:\n    pass\nx = 1", "x = 1"),
        ("if flag:\n    pass\nelse:\n    x = 1", "if not flag:\n    x = 1"),
        ("if flag:\n    x = 1\nelse:\n    pass", "if flag:\n    x = 1"),
        ("if a == b:\n    pass\nelse:\n    x = 1", "if a != b:\n    x = 1"),
        ("for i in range(n):\n    if flag:\n        pass", ""),
        (
            "if flag:\n    for i in range(n):\n        pass\nelse:\n    x = 1",
            "if not flag:\n    x = 1",
        ),
        ("for i in range(n):\n    x = 1", "for i in range(n):\n    x = 1"),
    ],
)
def test_empty_blocks_go(before, after):
    assert text(without_empty_blocks(stmts(before))) == text(stmts(after))


@pytest.mark.parametrize(
    ("test", "other"),
    [
        ("flag", "not flag"),
        ("not flag", "flag"),
        ("a == b", "a != b"),
        ("a is None", "a is not None"),
        ("a in b", "a not in b"),
        ("a < b", "not a < b"),  # nan is neither less nor greater
        ("a >= b", "not a >= b"),
        ("a == b == c", "not a == b == c"),
    ],
)
def test_opposites(test, other):
    assert to_debug_text(opposite(expr(test))).strip() == other


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("for i in range(n - 1, -1, -1):\n    x = x * c", "for _ in range(n):\n    x = x * c"),
        ("for i in range(n):\n    x = x * c", "for _ in range(n):\n    x = x * c"),
        ("for i in range(n - 1, -1, -1):\n    x = x * i",
         "for i in range(n - 1, -1, -1):\n    x = x * i"),
        ("for i in range(n):\n    for j in range(i):\n        x = x * j",
         "for i in range(n):\n    for j in range(i):\n        x = x * j"),
    ],
)  # fmt: skip
def test_counters_that_nobody_reads(before, after):
    block = stmts(before)
    drop_unused_counters(block)
    assert text(block) == text(stmts(after))


def test_functions_that_nobody_reads_go():
    forward = stmts("def g(t):\n    return t\nh = lambda t: t\nk = lambda t: t\nx = k(a)")
    reverse = stmts("y = 1")
    assert text(drop_unread_functions(forward, reverse)) == text(stmts("k = lambda t: t\nx = k(a)"))
    assert drop_unread_functions(forward, stmts("y = g(1)\nz = h(2)")) == forward
