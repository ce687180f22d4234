"""Which statement can run after which."""

import gast
import pytest

from tapeless.analysis.layout import Layout, assigned_names, read_names

from .helpers import statement, tree_of

TREE = tree_of("""
def f(x, n):
    a = x
    if x > 0:
        b = 1
    else:
        c = 2
    for i in range(n):
        d = i
        if d > 2:
            e = 3
        else:
            g = 4
        while d > 0:
            h = 5
    k = 6
    return k
""")
LAYOUT = Layout(TREE)


def at(text):
    return statement(TREE, text)


@pytest.mark.parametrize(
    ("first", "later", "follows"),
    [
        ("a = x", "k = 6", True),
        ("k = 6", "a = x", False),
        ("a = x", "a = x", False),
        ("b = 1", "c = 2", False),
        ("c = 2", "b = 1", False),
        ("b = 1", "k = 6", True),
        ("e = 3", "g = 4", True),  # in another trip
        ("g = 4", "e = 3", True),
        ("d = i", "d = i", True),
        ("h = 5", "d = i", True),
        ("h = 5", "h = 5", True),
        ("k = 6", "h = 5", False),
        ("h = 5", "c = 2", False),
        ("d = i", "for i in range(n):", True),  # the counter is assigned again
        ("for i in range(n):", "a = x", False),
        ("c = 2", "h = 5", True),
    ],
)
def test_may_follow(first, later, follows):
    assert LAYOUT.may_follow(at(first), at(later)) is follows


def test_loops_around_a_statement_innermost_first():
    assert LAYOUT.loops(at("h = 5")) == [at("while d > 0:"), at("for i in range(n):")]
    assert LAYOUT.loops(at("b = 1")) == []


def test_inside():
    loop = at("for i in range(n):")
    assert LAYOUT.inside(at("h = 5"), loop)
    assert LAYOUT.inside(loop, loop)
    assert not LAYOUT.inside(at("k = 6"), loop)
    assert LAYOUT.defines(loop, "e")
    assert LAYOUT.defines(loop, "i")
    assert not LAYOUT.defines(loop, "b")


def test_single_definition():
    tree = tree_of("def f(x):\n    x = 1\n    y = 2\n    z = 3\n    z = 4\n    return z")
    layout = Layout(tree)
    assert layout.single_definition("y") is tree.body[1]
    assert layout.single_definition("z") is None
    assert layout.single_definition("x") is None


@pytest.mark.parametrize(
    ("text", "assigned", "read"),
    [
        ("y = x + z", ["y"], {"x", "z"}),
        ("y[i] = x", [], {"y", "i", "x"}),
        ("y += x", [], {"y", "x"}),
        ("y, z = x", ["y", "z"], {"x"}),
        ("for i in range(n):\n        y = x", ["i"], {"range", "n"}),
        ("while y > 0:\n        z = 1", [], {"y"}),
        ("import numpy as np", ["np"], set()),
        ("with a as b:\n        pass", ["b"], {"a"}),
    ],
)
def test_names_of_a_statement(text, assigned, read):
    node = tree_of(f"def f():\n    {text}").body[0]
    assert assigned_names(node) == assigned
    assert set(read_names(node)) == read
    assert isinstance(node, gast.stmt)
