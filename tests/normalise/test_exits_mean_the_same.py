"""break, continue, return, else: run before equals run after."""

import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.normalise.same_meaning import Register, check_same, say

case = Register()
A = np.array([1.0, -2.0, 3.5])
E = np.zeros(0)
NUMBERS = [(n,) for n in range(-1, 9)]
PAIRS = [(a, b) for a in range(-1, 5) for b in range(-1, 5)]


@case((1,))
def nothing(x):
    pass


@case((1,))
def docstring_only(x):
    """Says nothing."""


@case((1,))
def falls_off(x):
    """Has a text."""
    x = x + 1


@case((1,), (-1,))
def bare_return(x):
    if x > 0:
        return
    say(x)


@case(*NUMBERS)
def sometimes_none(x):
    if x > 0:
        return x
    say(x)


@case(*NUMBERS)
def guards(x):
    if x < 0:
        return -1
    if x == 0:
        return 0
    if x > 5:
        x = 5
    elif x == 4:
        return "four"
    return x * 2


@case(*NUMBERS)
def all_branches_return(x):
    if x < 0:
        return "a"
    elif x < 3:
        return "b"
    else:
        return "c"


@case(*PAIRS)
def both_branches_go_on(x, y):
    if x > 1:
        if y > 1:
            return "both"
        say("x")
    else:
        if y == 0:
            return "zero"
        say("y")
    say("rest")
    z = x + y
    return z


@case(*PAIRS)
def both_branches_to_a_short_return(x, y):
    z = 0
    if x > 1:
        if y > 1:
            return "both"
        z = 1
    elif y > 2:
        return "y"
    else:
        z = 2
    return z


@case(*PAIRS)
def return_in_an_else(x, y):
    if x > y:
        say("greater")
    else:
        if x == y:
            return "equal"
        else:
            say("less")
    return x - y


@case(*NUMBERS)
def dead_code(x):
    if x:
        return 1
        say("never")
    else:
        raise ValueError
    say("never")


@case(*NUMBERS)
def long_chain(x):
    if x == 0:
        return "0"
    if x == 1:
        return "1"
    if x == 2:
        return "2"
    if x == 3:
        return "3"
    if x == 4:
        return "4"
    if x == 5:
        return "5"
    if x == 6:
        return "6"
    if x == 10:
        return "10"
    if x == 11:
        return "11"
    if x == 12:
        return "12"
    if x == 13:
        return "13"
    if x == 14:
        return "14"
    if x == 15:
        return "15"
    if x == 16:
        return "16"
    if x == 17:
        return "17"
    if x == 18:
        return "18"
    if x == 19:
        return "19"
    if x == 20:
        return "20"
    if x == 21:
        return "21"
    if x == 22:
        return "22"
    if x == 23:
        return "23"
    if x == 7:
        return "7"
    return "more"


@case((A, 2.0), (A, 9.0), (A, 0.0), (E, 1.0))
def breaks_in_the_middle(x, limit):
    s = 0.0
    for v in x:
        if v > limit:
            break
        s += v
    return s


@case(*PAIRS)
def guard_break(n, limit):
    s = 0
    for i in range(n):
        if i > limit:
            break
        s += i
    return s, i if n > 0 else None


@case(*PAIRS)
def guard_break_and_continue(n, limit):
    s = 0
    for i in range(n):
        if s > limit:
            break
        if i == 1:
            continue
        s += i
    return s


@case(*PAIRS)
def two_breaks(n, limit):
    s = 0
    for i in range(n):
        if i > limit:
            break
        s += i
        if s == 3:
            say("three")
            break
        say(s)
    return s


@case(*NUMBERS)
def while_true(n):
    s = 0
    while True:
        s += n
        if s > 10 or s <= 0:
            break
        n += 1
    return s


@case(*NUMBERS)
def while_true_break_in_the_middle(n):
    while True:
        n = n - 1
        if n < 0:
            say("out")
            break
        say(n)
        if n == 4:
            continue
        n -= 1
    return n


@case(*NUMBERS)
def while_true_return(n):
    while True:
        n = n - 1
        if n < 0:
            return n
        say(n)


@case(*NUMBERS)
def break_by_truth_of_an_object(n):
    items = [1] * max(n, 0)
    while True:
        if not items:
            break
        items.pop()
        if items:
            break
    return items


@case(*PAIRS)
def breaks_in_both_loops(n, m):
    out = []
    for i in range(n):
        for j in range(m):
            if j > i:
                break
            if i + j == 3:
                continue
            out.append((i, j))
        if len(out) > 4:
            break
        out.append(i)
    return out


@case(*PAIRS)
def returns_in_nested_loops(n, m):
    for i in range(n):
        for j in range(m):
            if i * j == 2:
                return i, j
            say((i, j))
        if i == 3:
            return "three"
        say(i)
    return None


@case(*PAIRS)
def break_and_return_in_one_loop(n, m):
    s = 0
    for i in range(n):
        if i == 3:
            break
        for j in range(m):
            if j == 2:
                break
            if i + j == 4:
                return "four"
            s += 1
        if s == m:
            return s
        say(s)
    else:
        say("else")
    say("after")
    return s


@case(*PAIRS)
def return_deep_inside(n, m):
    while n > 0:
        while m > 0:
            for k in range(n):
                if k == m:
                    return k
                if k > m:
                    break
            else:
                say("no break")
            m -= 1
        n -= 1
        say(n)
    say("end")


@case(*PAIRS)
def for_else(n, wanted):
    for i in range(n):
        if i == wanted:
            break
    else:
        say("not found")
        return -1
    return i


@case(*PAIRS)
def for_else_guard_first(n, wanted):
    for i in range(n):
        if i == wanted:
            break
        say(i)
    else:
        wanted = "none"
    return wanted


@case(*NUMBERS)
def while_else(n):
    while n > 0:
        n -= 2
        if n == 3:
            break
    else:
        say("else")
    return n


@case(*NUMBERS)
def else_without_break(n):
    for i in range(n):
        say(i)
    else:
        say("else")
    while n > 5:
        n -= 1
    else:
        return n
    return "never"


@case(*PAIRS)
def else_with_return_inside(n, m):
    for i in range(n):
        if i == m:
            return "found"
    else:
        say("else")
    return "rest"


@case(*PAIRS)
def else_breaks_the_outer_loop(n, m):
    for i in range(n):
        for j in range(i):
            if j == m:
                break
            if j == 3:
                return j
        else:
            say((i, "else"))
            if i == 2:
                break
            continue
        say((i, "tail"))
    else:
        say("outer else")
    return n


@case(*NUMBERS)
def continues(n):
    s = 0
    for i in range(n):
        if i % 2:
            continue
        if i == 4:
            s += 100
            continue
        else:
            s += 1
        s += i
    return s


@case(*NUMBERS)
def continue_from_several_branches(n):
    s = 0
    for i in range(n):
        if i % 2:
            if i == 3:
                continue
            s += 1
        else:
            if i == 4:
                continue
            s += 10
        s += 1000
        say(s)
    return s


@case(*NUMBERS)
def mixed_exits_from_several_branches(n):
    s = 0
    for i in range(n):
        if i % 2:
            if i == 3:
                continue
            if i == 5:
                break
            s += 1
        else:
            if i == 4:
                continue
            if i == 6:
                return "six"
            s += 10
        s += 1000
        say(s)
    return s


@case(*NUMBERS)
def continue_in_while(n):
    while n > 0:
        n -= 1
        if n == 2:
            continue
        say(n)
    return n


@case(*NUMBERS)
def only_exits(n):
    for i in range(n):
        break
    for i in range(n):
        continue
    while True:
        return n


@case(*NUMBERS)
def break_in_both_branches(n):
    while True:
        if n > 4:
            n -= 1
            break
        else:
            say("else")
            break
    return n


@case(*NUMBERS)
def flags_are_taken(n):
    stop = returned = value = skip = t1 = 3
    for i in range(n):
        if i == value:
            return stop + returned
        if i == 5:
            break
        t1 += i * skip
    return t1 + value


@case(*NUMBERS)
def return_in_with(n):
    with np.errstate(divide="ignore"):
        if n > 3:
            return n / 2
        say(n)
    with np.errstate(divide="ignore"):
        return n * 2


@case(*NUMBERS)
def return_in_suppressing_with(n):
    with suppress(ZeroDivisionError):
        return 1 / n
    return "suppressed"


@case(*NUMBERS)
def exits_in_with_in_a_loop(n):
    out = []
    for i in range(n):
        with suppress(ValueError):
            if i == 1:
                continue
            if i == 5:
                break
            if i == 3:
                raise ValueError
            out.append(i)
        say(i)
    return out


@case(*NUMBERS)
def return_in_try(n):
    try:
        return 1 / n
    except ZeroDivisionError:
        say("zero")
    else:
        say("never")
    return 0


@case(*NUMBERS)
def exits_in_try(n):
    for i in range(n):
        try:
            if i == 2:
                continue
            if i == 5:
                break
            x = 1 / (i - 3)
        except ZeroDivisionError as error:
            say(str(error))
            if n == 7:
                return "seven"
            continue
        else:
            say("else")
        say(x)
    return n


@case(*NUMBERS)
def try_finally_without_exits(n):
    try:
        say(1 / n)
    except ZeroDivisionError:
        say("zero")
    finally:
        say("finally")
    return n


@case(*NUMBERS)
def recursion(n):
    if n < 2:
        return 1
    return n * recursion(n - 1) + recursion(n - 2)


@case(*NUMBERS)
def return_of_a_conditional(n):
    if n > 6:
        return n if n > 7 else -n
    return say(n) and (n + 1 or 5)


@case((A, 1e-3, 50), (A, 1e3, 2), (E, 1.0, 3))
def iteration(x, tolerance, most):
    for step in range(most):
        new = 0.5 * x
        if np.abs(new - x).max(initial=0.0) < tolerance:
            return new, step
        x = new
    raise ValueError("no convergence")


@case(*NUMBERS)
def nested_function_with_exits(n):
    def inner(k):
        for i in range(k):
            if i == 3:
                return i
        return k

    for i in range(n):
        if inner(i) == 3:
            return inner(n)
    return lambda: n


@pytest.mark.parametrize("name", case)
def test_same_meaning(name):
    check_same(*case[name])
