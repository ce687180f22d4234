"""Which names are still to be read."""

import pytest

from tapeless.analysis.liveness import Liveness

from .helpers import statement, tree_of


@pytest.mark.parametrize(
    ("text", "where", "live"),
    [
        ("a = x\n    b = a\n    return b", "a = x", {"a"}),
        ("a = x\n    b = a\n    return b", "b = a", {"b"}),
        ("a = x\n    a = 2\n    return a", "a = x", set()),
        ("a = x\n    if x:\n        a = 1\n    return a", "a = x", {"a", "x"}),
        ("a = x\n    if x:\n        a = 1\n    else:\n        a = 2\n    return a", "a = x", {"x"}),
        ("a = x\n    for i in range(n):\n        a = a + 1\n    return a", "a = a + 1", {"a"}),
        ("a = x\n    for i in range(n):\n        b = a\n        a = 1"
         "\n    return x", "a = 1", {"a", "x"}),
        ("a = x\n    for i in range(n):\n        a = 1\n        b = a"
         "\n    return x", "b = a", {"x"}),
        ("a = x\n    while a > 0:\n        a = a - x\n    return n", "a = a - x", {"a", "x", "n"}),
        ("a = x\n    while True:\n        if a:\n            break\n        b = 1\n        a = b"
         "\n    return n",
         "b = 1", {"b", "n"}),
        ("a = x\n    a[0] = n\n    return a", "a = x", {"a", "n"}),
        ("a = x\n    a += n\n    return a", "a = x", {"a", "n"}),
    ],
)  # fmt: skip
def test_live_after(text, where, live):
    tree = tree_of(f"def f(x, n):\n    {text}")
    found = Liveness(tree).after[id(statement(tree, where))]
    assert found - {"range", "True"} == live


def test_live_on_entry_and_at_the_head_of_a_loop():
    tree = tree_of("def f(x, n):\n    for i in range(n):\n        y = x\n    return y")
    found = Liveness(tree)
    assert found.entry - {"range"} == {"x", "n", "y"}
    assert found.head[id(tree.body[0])] == {"x", "y"}


def test_a_view_keeps_its_base_alive():
    tree = tree_of("def f(x):\n    u = x\n    v = u\n    w = 1\n    return v")
    last = tree.body[2]
    assert Liveness(tree).after[id(last)] == {"v"}
    assert Liveness(tree, ties={"v": "u"}).after[id(last)] == {"v", "u"}


def test_results_beyond_the_return():
    tree = tree_of("def f(x):\n    x = 1\n    return x")
    assert Liveness(tree, frozenset({"w"})).entry == {"w"}
