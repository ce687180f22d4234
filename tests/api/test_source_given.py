"""Functions without a file: `source` is the text that was executed."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from tapeless import NotSupported, WrongUse, grad, jvp, value_and_grad, vjp

TEXT = """\
import numpy as np

SCALE = 2.0

def energy(x):
    return np.sum(potential(x)) * SCALE

def potential(x):
    return x**3

class Spring:
    def __init__(self, k):
        self.k = k
    def pull(self, x):
        return self.k * x**2

cube = lambda x: x**3
"""


@pytest.fixture
def namespace():
    made = {"__name__": "made"}
    exec(TEXT, made)
    return made


def test_all_four(namespace):
    energy, x = namespace["energy"], np.array([1.0, 2.0])
    np.testing.assert_allclose(grad(energy, source=TEXT)(x), 6 * x**2)
    value, gradient = value_and_grad(energy, source=TEXT)(x)
    assert value == 18.0
    np.testing.assert_allclose(gradient, 6 * x**2)
    assert jvp(energy, (x,), (np.ones(2),), source=TEXT)[1] == 30.0
    np.testing.assert_allclose(vjp(energy, x, source=TEXT)[1](1.0)[0], 6 * x**2)


def test_given_once_it_is_known(namespace):
    grad(namespace["energy"], source=TEXT)
    np.testing.assert_allclose(grad(namespace["potential"])(2.0), 12.0)


def test_methods_and_lambdas(namespace):
    assert grad(namespace["Spring"](2.0).pull, source=TEXT)(3.0) == 12.0
    assert grad(namespace["cube"], source=TEXT)(2.0) == 12.0


def test_as_a_decorator():
    made = {"grad": grad}
    text = "@grad(source=text)\ndef f(x):\n    return x * x\n"
    exec(text, {"text": text, **made}, made)
    assert made["f"](3.0) == 6.0


def test_another_text_is_refused(namespace):
    with pytest.raises(WrongUse, match="not the text that energy was compiled from"):
        grad(namespace["energy"], source=TEXT.replace("* SCALE", "/ SCALE"))


def test_the_refusal_names_the_way_out():
    made = {}
    exec("def f(x): return x", made)
    with pytest.raises(NotSupported, match=r"grad\(f, source=text\)"):
        grad(made["f"])(1.0)


def test_in_a_command_line(tmp_path):
    text = "def f(x):\n    return x**3\n"
    command = f"import tapeless; t = {text!r}; exec(t); print(tapeless.grad(f, source=t)(2.0))"
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout.strip() == "12.0"


def test_the_message_shows_the_line():
    text = "def f(x):\n    y = x[::-1]\n    yield y\n"
    made = {}
    exec(text, made)
    with pytest.raises(NotSupported, match="yield y"):
        grad(made["f"], source=text)(np.ones(3))
