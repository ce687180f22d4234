"""Golden text: the core form of each construct; what is refused; what is handed on."""

import sys
import textwrap
from pathlib import Path

import gast
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.normalise.same_meaning import text_of

from tapeless.errors import NotSupported
from tapeless.normalise import NotCore, normalise, verify_core
from tapeless.normalise.rewriter import nodes
from tapeless.normalise.show import function_from


def body(source, **options):
    """The core form of the body of ``def f(x, y, n):``."""
    tree = function_from("def f(x, y, n):\n" + textwrap.indent(textwrap.dedent(source), "    "))
    result = normalise(tree, **options)
    verify_core(result.tree, **options)
    return textwrap.dedent("\n".join(text_of(result.tree).split("\n")[1:]))


def same(source, expected):
    assert body(source).strip() == textwrap.dedent(expected).strip()


FORMS = {
    "return of a value": (
        "return x + y",
        """
        value = x + y
        return value
        """,
    ),
    "return of an atom": ("x = -1\nreturn x", "x = -1\nreturn x"),
    "guard clause": (
        """
        if n == 0:
            return x
        y = x * y
        return y
        """,
        """
        if n == 0:
            value = x
        else:
            y = x * y
            value = y
        return value
        """,
    ),
    "guard break stays": (
        """
        for i in range(n):
            if x > y:
                break
            x = x * y
        return x
        """,
        """
        for i in range(n):
            if x > y:
                break
            x = x * y
        return x
        """,
    ),
    "break in the middle": (
        """
        for v in x:
            if v > y:
                break
            y = y * v
        return y
        """,
        """
        stop = False
        for i in range(len(x)):
            v = x[i]
            if v > y:
                stop = True
            else:
                y = y * v
            if stop:
                break
        return y
        """,
    ),
    "break at the end": (
        """
        while True:
            x = x * y
            if x > 5:
                break
        return x
        """,
        """
        while True:
            x = x * y
            stop = x > 5
            if stop:
                break
        return x
        """,
    ),
    "continue": (
        """
        for i in range(n):
            if i == 3:
                continue
            x = x * y
        return x
        """,
        """
        for i in range(n):
            if not i == 3:
                x = x * y
        return x
        """,
    ),
    "for else": (
        """
        for i in range(n):
            if i == x:
                break
            y = y * x
        else:
            y = x
        return y
        """,
        """
        stop = False
        for i in range(n):
            if i == x:
                stop = True
            else:
                y = y * x
            if stop:
                break
        if not stop:
            y = x
        return y
        """,
    ),
    "enumerate": (
        """
        for i, v in enumerate(x):
            y[i] = v
        return y
        """,
        """
        for i in range(len(x)):
            v = x[i]
            y[i] = v
        return y
        """,
    ),
    "zip, reversed, items": (
        """
        for a, b in zip(x, y):
            n += a
        for a in reversed(x):
            n += a
        for k in reversed(range(2, n)):
            n += k
        for k, v in y.items():
            n += v
        return n
        """,
        """
        for i in range(min(len(x), len(y))):
            a = x[i]
            b = y[i]
            n += a
        for i in range(len(x) - 1, -1, -1):
            a = x[i]
            n += a
        for k in range(n - 1, 1, -1):
            n += k
        t2 = y.keys()
        t1 = list(t2)
        for i in range(len(t1)):
            k = t1[i]
            v = y[k]
            n += v
        return n
        """,
    ),
    "conditional expression": (
        "x = x if n > 0 else y * 2\nreturn x and y",
        """
        if not n > 0:
            x = y * 2
        if x:
            value = y
        else:
            value = x
        return value
        """,
    ),
    "whole where nothing is differentiated": (
        """
        mask = x * 2 > np.sum(y) and not n
        while np.abs(x - y).max() > 1e-3 * n:
            x[n - 1, 2 * n:] = y[n + 1] if x[n + n] > 0 else 0.0
        return f"{x + y}"
        """,
        """
        mask = x * 2 > np.sum(y) and (not n)
        while np.abs(x - y).max() > 0.001 * n:
            if x[n + n] > 0:
                t1 = y[n + 1]
            else:
                t1 = 0.0
            x[n - 1, 2 * n:] = t1
        value = f'{x + y}'
        return value
        """,
    ),
    "chains and places": (
        """
        x.w[0].v[n] = np.exp(x.w).sum() * np.pi
        y[0] += x.T[1] @ y
        return None
        """,
        """
        t1 = x.w
        t2 = np.exp(t1)
        t3 = t2.sum()
        t4 = t3 * np.pi
        t5 = x.w
        t6 = t5[0]
        t7 = t6.v
        t7[n] = t4
        t8 = x.T
        t9 = t8[1]
        t10 = t9 @ y
        y[0] += t10
        return None
        """,
    ),
    "walrus": (
        """
        while (e := x - y) > 1:
            x = e / 2
        return x
        """,
        """
        e = x - y
        while e > 1:
            x = e / 2
            e = x - y
        return x
        """,
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_form(form):
    same(*FORMS[form])


REFUSED = {
    "match n:\n    case Unknown(1):\n        x = y\n": "a positional pattern of a class",
    "yield x": "a generator function",
    "class A:\n    pass\n": "a class inside a function",
    "global total\ntotal = x": "assigns `total`",
    "def g():\n    nonlocal x\n    x = 1\ng()": "a nested function assigns `x`",
    "del x[0:2]": "`del` of a slice",
    "del n.state": "`del` of an attribute",
    "for v in x:\n    x.append(v)": "`x` changes its length",
    "import itertools\nfor i in itertools.count():\n    x += i": "an endless iterator",
    "while [a := v for v in x]:\n    x = a": "inside a comprehension",
    "x[(i := n)] += 1": "`:=` changes what this statement updates",
    "a, b = 1, 2, 3": "3 values for 2 targets",
    "for v in (a for b in x for a in b):\n    y += v": "a loop over this generator expression",
}


@pytest.mark.parametrize("source", REFUSED)
def test_refused(source):
    with pytest.raises(NotSupported) as caught:
        body(source)
    assert REFUSED[source] in str(caught.value)


def test_locations_are_those_of_the_user():
    source = """
    def f(x, n):
        a = b = [v * 2 for v in x]
        while x[0] > 0:
            y = a[0] * b[1] + (1 if n else 2)
            if y > 3: return y
        return np.sum(a) + 1
    """
    result = normalise(function_from(source))
    original = function_from(source)
    lines = {s.lineno for s in nodes(original) if isinstance(s, gast.stmt)}
    places = {(s.lineno, s.col_offset) for s in nodes(original) if isinstance(s, gast.stmt)}
    for statement in nodes(result.tree):
        if isinstance(statement, gast.stmt):
            assert statement.lineno in lines
            assert (statement.lineno, statement.col_offset) in places
            assert statement.end_lineno >= statement.lineno
    texts = {text_of(s) for s in result.originals.values()}
    assert "a = b = [v * 2 for v in x]" in texts
    assert "return np.sum(a) + 1" in texts
    assert not any(isinstance(s, gast.While) for s in result.originals.values())
    for place, statement in result.originals.items():
        assert place == (statement.lineno, statement.col_offset)


def test_the_namer_knows_temporaries_and_avoids_the_names_of_the_user():
    result = normalise(function_from("def f(t1, value):\n    return t1 * value + g(t2)"))
    assert "t3 = t1 * value" in text_of(result.tree)
    assert "return value1" in text_of(result.tree)
    assert result.namer.is_temporary("t3")
    assert not result.namer.is_temporary("t1")


def test_what_stands_for_an_iteration_is_told():
    result = normalise(
        function_from("def f(x, y):\n    for v in x:\n        a, b = y\n    return a")
    )
    assert result.indexed == {"x", "y"}
    assert list(result.unpacked.values()) == [[("y", 2, True)]]


def test_static_paths():
    assert body("return cfg.w * n").startswith("value = cfg.w * n")
    core = body("import math\nreturn cfg.w * math.pi", is_static=lambda name: name == "np")
    assert "t1 = cfg.w\nvalue = t1 * math.pi" in core


def test_a_tree_that_is_not_core_is_found():
    for source in (
        "def f(x):\n    return x + 1",
        "def f(x):\n    y = x * x + 1\n    return y",
        "def f(x):\n    for v in x:\n        pass\n    return x",
        "def f(x):\n    a, b = x\n    return a",
        "def f(x):\n    while x:\n        g(x)\n        if x > 1: break\n        g()\n    return x",
        "def f(x):\n    if (y := x):\n        pass\n    return y",
        "def f(x):\n    if x:\n        return x\n    return 1",
        "def f(x):\n    y = g(x * 2)\n    return y",
        "def f(x):\n    x[0][1] = 1\n    return x",
    ):
        with pytest.raises(NotCore):
            verify_core(function_from(source))
