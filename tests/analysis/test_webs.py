"""Assignments of one name that share no use get names of their own."""

import pytest

from tapeless.analysis.webs import split_webs
from tapeless.syntax import Namer, names_stored, to_debug_text

from .helpers import tree_of

CASES = {
    "straight line": (
        "def f(x):\n    x = x * 2\n    x = x + 1\n    return x",
        "def f(x):\n    x1 = x * 2\n    x2 = x1 + 1\n    return x2",
    ),
    "branches meet": (
        "def f(x):\n    if x > 0:\n        y = 1\n    else:\n        y = 2\n    return y",
        "def f(x):\n    if x > 0:\n        y = 1\n    else:\n        y = 2\n    return y",
    ),
    "one branch assigns a parameter": (
        "def f(x):\n    if x > 0:\n        x = 1\n    return x",
        "def f(x):\n    if x > 0:\n        x = 1\n    return x",
    ),
    "branches do not meet": (
        "def f(x):\n    if x > 0:\n        y = 1\n        z = y\n    else:\n        y = 2\n        z = -y\n    return z",
        "def f(x):\n    if x > 0:\n        y = 1\n        z = y\n    else:\n        y1 = 2\n        z = -y1\n    return z",
    ),
    "carried by a loop": (
        "def f(x):\n    y = 0\n    for i in range(3):\n        y = y + x\n    return y",
        "def f(x):\n    y = 0\n    for i in range(3):\n        y = y + x\n    return y",
    ),
    "new in each trip": (
        "def f(x):\n    y = x\n    z = y\n    for i in range(3):\n        y = x * i\n        z = z + y\n    return z",
        "def f(x):\n    y = x\n    z = y\n    for i in range(3):\n        y1 = x * i\n        z = z + y1\n    return z",
    ),
    "augmented in place": (
        "def f(x):\n    y = x\n    y += 1\n    return y",
        "def f(x):\n    y = x\n    y += 1\n    return y",
    ),
    "counters of two loops": (
        "def f(x):\n    for i in range(3):\n        x = x * i\n    for i in range(4):\n        x = x + i\n    return x",
        "def f(x):\n    for i in range(3):\n        x = x * i\n    for i in range(4):\n        x = x + i\n    return x",
    ),
    "counter of an inner loop": (
        "def f(x):\n    for i in range(3):\n        for i in range(4):\n            x = x + i\n    return x",
        "def f(x):\n    for i in range(3):\n        for i1 in range(4):\n            x = x + i1\n    return x",
    ),
    "leaving by break": (
        "def f(x):\n    y = 0\n    while x > 0:\n        y = 1\n        if x > 2:\n            break\n        y = 2\n        x = x - 1\n    return y",
        "def f(x):\n    y = 0\n    while x > 0:\n        y = 1\n        if x > 2:\n            break\n        y = 2\n        x = x - 1\n    return y",
    ),
    "read by a lambda": (
        "def f(x):\n    y = 1\n    g = lambda: y\n    y = 2\n    return g()",
        "def f(x):\n    y = 1\n    g = lambda: y\n    y = 2\n    return g()",
    ),
    "a try may stop anywhere": (
        "def f(x):\n    y = 0\n    try:\n        y = g(x)\n    except E:\n        pass\n    return y",
        "def f(x):\n    y = 0\n    try:\n        y = g(x)\n    except E:\n        pass\n    return y",
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_names_of_webs(before, after):
    tree = tree_of(before)
    made = split_webs(tree, Namer({"f", "x", "y", "z", "i"}))
    assert to_debug_text(made).strip() == to_debug_text(tree_of(after)).strip()


@pytest.mark.parametrize("before", [b for b, _ in CASES.values() if "g(" not in b], ids=str)
def test_the_function_means_the_same(before):
    tree = tree_of(before)
    made = split_webs(tree, Namer({"f", "x", "y", "z", "i"}))
    for x in (-1.0, 0.5, 3.0):
        assert run(made, x) == run(tree, x)


def run(tree, x):
    scope = {}
    exec(to_debug_text(tree), scope)
    return scope["f"](x)


def test_what_a_new_name_was_called():
    namer = Namer({"f", "x"})
    split_webs(tree_of("def f(x):\n    x = x * 2\n    return x"), namer)
    assert namer.called_by_user("x1") == "x"


def test_temporaries_become_temporaries():
    namer = Namer({"f", "x"})
    t = namer.temporary()
    tree = tree_of(f"def f(x):\n    {t} = x\n    x = {t}\n    {t} = x * x\n    return {t}")
    made = split_webs(tree, namer)
    new = set(names_stored(made.body)) - {t, "x", "x1"}
    assert len(new) == 1
    assert namer.is_temporary(new.pop())
