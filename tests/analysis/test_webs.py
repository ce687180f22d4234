"""Assignments of one name that share no use get names of their own."""

import pytest

from tapeless.analysis.webs import split_webs
from tapeless.syntax import Namer, names_stored, to_debug_text

from .helpers import tree_of

PROGRAMS = """\
== straight line
def f(x):
    x = x * 2
    x = x + 1
    return x
->
def f(x):
    x1 = x * 2
    x2 = x1 + 1
    return x2
== branches meet
def f(x):
    if x > 0:
        y = 1
    else:
        y = 2
    return y
== one branch assigns a parameter
def f(x):
    if x > 0:
        x = 1
    return x
== branches do not meet
def f(x):
    if x > 0:
        y = 1
        z = y
    else:
        y = 2
        z = -y
    return z
->
def f(x):
    if x > 0:
        y = 1
        z = y
    else:
        y1 = 2
        z = -y1
    return z
== carried by a loop
def f(x):
    y = 0
    for i in range(3):
        y = y + x
    return y
== new in each trip
def f(x):
    y = x
    z = y
    for i in range(3):
        y = x * i
        z = z + y
    return z
->
def f(x):
    y = x
    z = y
    for i in range(3):
        y1 = x * i
        z = z + y1
    return z
== augmented in place
def f(x):
    y = x
    y += 1
    return y
== counters of two loops
def f(x):
    for i in range(3):
        x = x * i
    for i in range(4):
        x = x + i
    return x
== counter of an inner loop
def f(x):
    for i in range(3):
        for i in range(4):
            x = x + i
    return x
->
def f(x):
    for i in range(3):
        for i1 in range(4):
            x = x + i1
    return x
== leaving by break
def f(x):
    y = 0
    while x > 0:
        y = 1
        if x > 2:
            break
        y = 2
        x = x - 1
    return y
== read by a lambda
def f(x):
    y = 1
    g = lambda: y
    y = 2
    return g()
== a try may stop anywhere
def f(x):
    y = 0
    try:
        y = g(x)
    except E:
        pass
    return y
"""


def _cases():
    """Name, text before and text after; without an arrow nothing changes."""
    found = {}
    for block in PROGRAMS.split("== ")[1:]:
        name, _, texts = block.partition("\n")
        before, _, after = texts.partition("->\n")
        found[name] = before, after or before
    return found


CASES = _cases()


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
