"""Random programs: the derivative is right, or it is refused."""

import copy

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tapeless

from .generate import RandomProgram, random_program
from .judge import judge
from .language import language_program
from .shrink import shrink


def programs(size=8):
    """A Hypothesis strategy: programs by their seeds."""
    return st.integers(0, 2**32 - 1).map(lambda seed: random_program(seed, size))


@pytest.mark.parametrize("seed", range(120))
def test_right_or_refused(seed):
    program = random_program(seed)
    outcome = judge(program, tapeless)
    assert not outcome.bad, f"{outcome.word}: {outcome.detail}\n{program}"


@pytest.mark.parametrize("seed", range(60))
def test_right_or_refused_of_the_language(seed):
    program = language_program(seed)
    outcome = judge(program, tapeless)
    assert not outcome.bad, f"{outcome.word}: {outcome.detail}\n{program}"


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(programs())
def test_right_or_refused_from_hypothesis(program):
    outcome = judge(program, tapeless)
    assert not outcome.bad, f"{outcome.word}: {outcome.detail}"


# --- the generator, the judge and the shrinking themselves ----------------------------------


def test_the_same_program_for_the_same_seed():
    for profile in (random_program, language_program):
        assert [profile(k) for k in range(20)] == [profile(k) for k in range(20)]


def test_most_programs_can_be_judged():
    for profile in (random_program, language_program):
        words = [judge(profile(k), _Always(0.0)).word for k in range(100)]
        assert words.count("unjudged") <= 3


def test_programs_have_loops_views_and_writes():
    text = "".join(random_program(k).source for k in range(100))
    words = "for |while |break|continue|+=|[::-1]|.T|out=|.append(|lambda |else:"
    assert [word for word in words.split("|") if word not in text] == []


def test_programs_of_the_language_have_containers_objects_and_closures():
    text = "".join(language_program(k).source for k in range(150))
    words = "class |@property|try:|lambda |.append(|.pop(|.items()|sorted(|while |.get("
    assert [word for word in words.split("|") if word not in text] == []


class _Always:
    """An engine whose gradient is wrong: it takes every component to be the same number."""

    NotSupported = tapeless.NotSupported

    def __init__(self, component):
        self.component = component

    def value_and_grad(self, f, argnums):
        def derivative(*args):
            grads = [
                np.full_like(a, self.component) if np.ndim(a) else self.component for a in args
            ]
            return f(*copy.deepcopy(args)), tuple(grads)

        return derivative

    def jvp(self, f, primals, tangents):
        moving = [np.sum(x_dot) for x_dot in tangents if x_dot is not None]
        return f(*copy.deepcopy(primals)), self.component * float(np.sum(moving))


def test_a_wrong_gradient_is_found_and_the_program_shrunk():
    source = """
import numpy as np
def f(x, y):
    z = np.sin(x)
    w = z + 1.0
    for i in range(3):
        w = w * 1.0
    return np.sum(w) + y
"""
    program = RandomProgram(source, ("np.array([0.1, 0.2])", "0.3"), (0, 1))
    engine = _Always(0.0)
    outcome = judge(program, engine)
    assert outcome.word == "WRONG"
    assert "d/d arg0[0] = 0, should be 0.995004" in outcome.detail
    small = shrink(program, lambda p: judge(p, engine).word == "WRONG", seconds=5.0)
    assert len(small.source.splitlines()) <= 4


def test_a_right_gradient_is_right():
    program = RandomProgram("def f(x):\n    return x.sum()", ("np.array([0.1, 0.2])",), (0,))
    assert judge(program, _Always(1.0)).word == "right"


def test_a_wrong_tangent_is_found():
    class Backwards(_Always):
        def jvp(self, f, primals, tangents):
            out, out_dot = super().jvp(f, primals, tangents)
            return out, -out_dot

    program = RandomProgram("def f(x):\n    return x.sum()", ("np.array([0.1, 0.2])",), (0,))
    outcome = judge(program, Backwards(1.0))
    assert outcome.word == "WRONG"
    assert outcome.detail.startswith("forward mode: tangent")


def test_what_cannot_be_judged():
    def word(text, argument="0.5"):
        return judge(RandomProgram(text, (argument,), (0,)), _Always(1.0)).word

    assert word("def f(x):\n    return 1.0 / (x - 0.5)") == "unjudged"
    assert word("def f(x):\n    return 1.0 if x > 0.5 else 0.0") == "unjudged"
    assert word("def f(x):\n    return missing") == "unjudged"
    assert word("x = 1") == "unjudged"
