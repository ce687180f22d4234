"""What is kept for the reverse sweep, what is computed again, and what is put back."""

import re

import numpy as np
import pytest

from tapeless import grad

X = np.linspace(0.2, 1.4, 5)


def text_of(function, *arguments):
    return grad(function, tuple(range(len(arguments))) if len(arguments) == 1 else 0).source_for(
        *arguments
    )


def stacks(text):
    """The names of which values are kept in loops."""
    return {m[1] for m in re.finditer(r"(\w+?)_stack\d* = \[\]", text)}


def kept(text):
    """The names of which values are kept in straight-line code."""
    return {m[1] for m in re.finditer(r"(\w+?)_kept\d* = ", text)}


def test_straight_line_code_keeps_nothing():
    def f(x):
        y = np.sin(x)
        y = y * x
        z = np.exp(y)
        return np.sum(z * y)

    text = text_of(f, X)
    assert stacks(text) == kept(text) == set()


def test_a_value_that_a_loop_carries_is_stacked():
    def f(x):
        for _ in range(3):
            x = x * x
        return x

    assert stacks(text_of(f, 1.1)) == {"x"}


def test_a_loop_that_is_linear_in_what_it_overwrites_keeps_nothing():
    def f(x):
        u = x.copy()
        for i in range(4):
            u[1:-1] += 0.1 * (u[2:] - u[:-2])
            u *= 0.5
            u = u + 1.0
        return np.sum(u)

    text = text_of(f, X)
    assert stacks(text) == kept(text) == set()


def test_what_is_constant_in_a_loop_is_not_stacked():
    def f(x):
        s = 0.0
        c = np.cos(x[0])
        for i in range(4):
            s = s + c * x[i]
        return s

    assert stacks(text_of(f, X)) == set()


@pytest.mark.xfail(strict=True, reason="a load under a name is stacked")
def test_loads_and_index_arithmetic_are_done_again():
    def f(x):
        s = 0.0
        for i in range(4):
            j = i + 1
            a = x[j]
            s = s + a * x[i]
        return s

    assert stacks(text_of(f, X)) == set()


def test_the_result_is_kept_where_the_rule_reads_the_result():
    def f(x):
        s = 0.0
        for i in range(4):
            e = np.exp(x[i] * x[0])
            s = s + e
        return s

    assert stacks(text_of(f, X)) == {"e"}


def test_overwritten_memory_is_put_back_where_it_is_read():
    def f(x):
        u = x * 1.0
        v = u**2
        u[0] = 3.0
        return np.sum(v) + np.sum(u)

    assert kept(text_of(f, X)) == {"u"}


def test_overwritten_memory_that_nobody_reads_is_not_kept():
    def f(x):
        u = x * 1.0
        v = u * 2.0
        u[0] = 3.0
        return np.sum(v) + np.sum(u)

    assert kept(text_of(f, X)) == set()


@pytest.mark.xfail(strict=True, reason="the proof is not asked for inlined loads")
def test_a_trajectory_that_is_filled_is_not_kept():
    def f(x):
        y = np.zeros((6, 5))
        y[0] = x
        for k in range(5):
            y[k + 1] = y[k] + 0.1 * np.sin(y[k])
        return np.sum(y)

    assert stacks(text_of(f, X)) == set()


def test_a_branch_is_taken_again_by_its_test_or_by_a_record():
    def again(x):
        s = 0.0
        for i in range(4):
            if x[i] > 0.5:
                s = s + x[i] ** 2
        return s

    def changed(x):
        s = 1.0
        for i in range(4):
            if s > 1.5:
                s = s * x[i]
            else:
                s = s + x[i] * x[0]
        return s

    assert stacks(text_of(again, X)) == set()
    assert "taken" in stacks(text_of(changed, X))


def test_trips_of_a_while_are_counted_or_read_off_a_stack():
    def squares(x):
        while x < 10.0:
            x = x * x
        return x

    def sums(x):
        while x < 10.0:
            x = x + 1.0
        return x

    assert "while x_stack:" in text_of(squares, 1.5)
    assert "for" not in text_of(sums, 1.5).partition("# Reverse sweep")[2]


@pytest.mark.xfail(strict=True, reason="a stack that is popped and not read")
def test_only_the_shape_is_needed():
    def f(x):
        s = 0.0
        for _ in range(3):
            s = s + np.sum(x)
            x = x * 2.0
        return s

    assert stacks(text_of(f, X)) == set()
