"""Functions on containers and objects that are refused; see functions.py for the form."""

import functools
import math
from dataclasses import dataclass

import numpy as np

from .functions import refused


class Pair:
    """What has two attributes and few methods."""

    names = 2

    def __init__(self, a, b):
        self.a = a
        self.b = b

    def __add__(self, other):
        return Pair(self.a + other.a, self.b + other.b)

    def __lt__(self, other):
        return self.a < other.a

    def scaled(self, factor):
        return self.a * factor

    doubled = functools.partialmethod(scaled, 2.0)


@dataclass
class Link:
    """A list whose items know the next one."""

    value: float
    rest: object = None


def checked(function):
    @functools.wraps(function)
    def inner(*args):
        return function(*args) * missing  # E: the name 'missing' is not defined

    return inner


# --- lists and dicts ------------------------------------------------------------------------------


@refused()
def key_with_a_derivative(x):
    table = {}
    table[x[0]] = 2.0  # E: a value that carries a derivative as a key
    return sum(table.keys())


@refused()
def one_list_in_two_places(x):
    rows = [[]] * 2  # E: one list, dict or array that stands in several places and is written
    rows[0].append(x[0])
    return sum(rows[1]) + x[1]


@refused()
def list_repeated_in_place(x):
    values = [x[0]]
    values *= 3  # E: a list that is repeated in place
    return sum(values)


@refused()
def item_removed(x):
    values = [x[0], 2.0, x[1]]
    values.remove(2.0)  # E: the method 'remove' of a list or dict with derivatives
    return values[0] * values[1]


@refused(forward="")
def slice_of_another_length(x):
    values = [x[0], x[1], x[2]]
    values[0:2] = [x[0] * 2.0]  # E: a store into a slice of a list with derivatives
    return values[0] * values[1]


@refused(forward="")
def several_unpacked_lists(x):
    a = [v * 2.0 for v in x]
    b = [*a, x[0], *a]  # E: several unpacked lists of unknown length
    return sum(b) * b[0]


@refused(forward="")
def tuple_that_was_popped(x):
    pairs = [(x[0], x[1]), (x[1], x[2])]
    a, b = pairs.pop()  # E: a tuple of this origin with derivatives
    return a * b


@refused(forward="")
def memory_of_a_recursion(x):
    memo = {}

    def f(n):
        if n < 2:
            return x[n]
        if n not in memo:
            memo[n] = f(n - 1) * f(n - 2)  # E: 'memo' is changed here
        return memo[n]

    return f(5)


# --- objects --------------------------------------------------------------------------------------


@refused(runs=False)
def operator_that_the_class_lacks(x):
    p = Pair(x[0], x[1])
    q = p - p  # E: this operation on an object
    return q.a


@refused(runs=False)
def object_that_cannot_be_called(x):
    p = Pair(x[0], x[1])
    return p(2.0)  # E: a call of an object of Pair


@refused()
def method_that_is_no_function(x):
    return Pair(x[0], x[1]).doubled()  # E: the method 'doubled' of Pair


@refused()
def operator_in_the_test_of_a_loop(x):
    p, limit = Pair(x[0], x[1]), Pair(2.0, 0.0)
    while p < limit:  # E: an operation of a class in the test of a loop
        p = p + p
    return p.a * p.b


@refused()
def object_made_in_a_test(x):
    if Pair(x[0], x[1]) < Pair(x[1], x[0]):  # E: an object made here
        return x[0] * x[1]
    return x[2]


@refused(forward="the kind of")
def linked_list(x):
    first = None
    for v in x:
        first = Link(v, first)
    total = 0.0
    while first is not None:
        total += first.value**2
        first = first.rest  # E: the kind of 'first' is not known
    return total


# --- functions ------------------------------------------------------------------------------------


def nested(value, depth, rest):  # E: nested() calls itself with values that grow each time
    if depth == 0:
        return rest
    return nested(value, depth - 1, (value, rest))


@refused(marked=nested)
def pairs_in_pairs(x):
    return nested(x[0], 5, (x[1],))[0]


SCALINGS = tuple([lambda v, k=k: v * (1.0 + 0.01 * k) for k in range(65)])


@refused()
def many_functions(x):
    y = x[0]
    for f in SCALINGS:  # E: a loop over functions of unknown number
        y = f(y)
    return y


@refused()
def default_of_a_lambda_that_is_chosen(x):
    f = (lambda v, k=x[1] * 2.0: v * k) if x[0] > 0.0 else math.sin  # E: a computed default
    return f(x[0])


@checked
def decorated(x):
    return np.sum(x)


@refused(runs=False, marked=checked)
def undefined_name_in_a_decorator(x):
    return decorated(x)


def endless(*args):
    return endless(*args, 1.0)


@refused(runs=False)
def wrapper_without_end(x):  # E: without end
    return endless(x[0])
