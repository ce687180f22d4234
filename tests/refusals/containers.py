"""What is read late, changed lists and dicts, generators; see functions.py for the form."""

import collections
import contextlib
import itertools
import math

import numpy as np

from .functions import refused

# --- iterators and views ----------------------------------------------------------------


@refused()
def view_of_a_dict_that_changes(x):
    d = {"a": x[0]}
    values = d.values()
    d["b"] = x[1]  # E: the result of values() that is read after 'd' has changed
    return sum(values)


@refused()
def view_that_is_returned(x):
    def items(d):
        return d.items()  # E: the result of items() that is kept or returned

    return sum(v for _, v in items({"a": x[0]}))


@refused()
def iterator_read_twice(x):
    rows = zip(x, x)
    total = 0.0
    for a, b in rows:
        total = total + a * b
    for a, b in rows:  # E: the result of zip(…) that is read twice
        total = total + a * b
    return total


@refused()
def iterator_over_a_list_that_changes(x):
    values = [x[0], x[1]]
    backwards = reversed(values)
    values[0] = x[2]  # E: the result of reversed(…) that is read after 'values' has changed
    total = 0.0
    for v in backwards:
        total = total * 0.5 + v
    return total


@refused()
def function_of_a_map_that_changes(x):
    k = 2.0
    doubled = map(lambda v: v * k, x)
    k = 3.0  # E: the result of map(…) that is read after 'k' has changed
    return sum(doubled) * k


@refused()
def chain_over_a_list_that_changes(x):
    values = [x[0], x[1]]
    total = 0.0
    for v in itertools.chain(values, [1.0]):
        total = total + v * v
        values[1] = x[2]  # E: the result of chain(…) that is read after 'values' has changed
    return total


@refused()
def groups(x):
    total = 0.0
    for _, group in itertools.groupby(range(3), lambda i: i // 2):  # E: groupby, whose iterators
        total = total + sum(x[i] for i in group)
    return total


@refused()
def function_put_away(x):
    k = x[0] * 2.0
    seen = set()
    seen.add(lambda v: v * k)  # E: a function that reads values with derivatives
    return len(seen) * k


# --- generators -------------------------------------------------------------------------


def with_a_result(x):
    yield x[0]
    return x[1]  # E: a generator that returns a value


@refused(marked=with_a_result)
def generator_with_a_result(x):
    return sum(with_a_result(x))


def answered(x):
    y = yield x[0]  # E: a value that is sent to a generator
    yield y


@refused(marked=answered)
def generator_that_is_answered(x):
    return next(answered(x)) * x[1]


def guarded(x):
    try:  # E: `yield` in a `with` or `try`
        yield x[0]
    finally:
        pass


@refused(marked=guarded)
def generator_in_a_try(x):
    return sum(guarded(x))


def halves(x):
    while True:  # E: a generator without end
        yield x
        x = x * 0.5


@refused(marked=halves)
def generator_without_end(x):
    return sum(itertools.islice(halves(x[0]), 4))


@contextlib.contextmanager
def doubling(x):
    yield x * 2.0  # E: a generator in a decorator


@refused(marked=doubling.__wrapped__, runs=False)
def generator_behind_a_decorator(x):
    return sum(doubling(x))


def twice(f):
    return f


@refused()
def decorated_generator_inside(x):
    @twice
    def both(v):
        yield v  # E: a generator in a decorator
        yield v * v

    return sum(both(x[0]))


def roots(x):
    v = x[0] + 1.0
    while abs(v * v - x[1]) > 1e-9:
        yield v
        v = 0.5 * (v + x[1] / v)


@refused()
def generator_left_early(x):
    total = 0.0
    for v in roots(x):  # E: the result of roots(…) that may be left before its end
        if v < 1.0:
            break
        total = total + v
    return total


def logged(x, log):
    for v in x:
        log.append(v)
        yield v * v


@refused()
def generator_that_writes(x):
    log = []
    total = 0.0
    for v in logged(x, log):  # E: the result of logged(…) that changes what it is given
        total = total + v * len(log)
    return total


# --- what is changed --------------------------------------------------------------------


@refused(forward="")
def set_that_grows_around_its_loop(x):
    seen = {0}
    total = 1.0
    for i, v in enumerate(x):
        for k in seen:
            total = total + v * v * x[k]
        seen.add(i)  # E: 'seen' is changed here, and the reverse sweep needs 'k' as it was
    return total


@refused(forward="")
def dict_that_a_callee_reads(x):
    def scaled(v, d):
        return v * v * len(d)

    d = {}
    total = 0.0
    for i, v in enumerate(x):
        total = total + scaled(v, d)
        d[i] = 1  # E: 'd' is changed here, and its old value is needed
    return total


@refused()
def last_item_of_a_dict(x):
    d = {"a": x[0], "b": x[1]}
    d.popitem()  # E: the method 'popitem' of a list or dict with derivatives
    return d["a"] ** 2


@refused()
def functions_beside_an_array(x):
    total = 0.0
    for f, v in zip((math.sin, math.cos), x[x > 0.0]):  # E: beside something of unknown length
        total = total + f(v)
    return total


FUNCTIONS = (math.sin, math.cos)


@refused(np.array([0.3, 0.7]), 2)
def unknown_number_of_functions(x, n):
    y = x[0]
    for k in range(n):  # E: a loop over functions of unknown number
        f = FUNCTIONS[k]
        y = f(y)
    return y


@refused()
def queue(x):
    d = collections.deque([x[0]], maxlen=2)  # E: a deque that holds values with derivatives
    for v in x:
        d.append(v * v)
    return sum(d)


@refused(np.array([0.3, 0.7]), (1.0, 2.0), forward="the kind of 'pair' is not known")
def one_name_for_a_tuple_and_a_list(x, pair):
    pair = [x[0], 0.0, x[1]]

    def shown():
        return pair

    pair[2] = 1.0  # E: a store into 'pair', which is not known to be
    return np.sum(pair) * len(shown())


def _nested(v, n):
    if n == 0:
        return [v]
    found = _nested(v * v, n - 1)
    v[0] = found[0][1] * found[-1][0]
    found.append(v)  # E: a change of what a function has returned and needs as it was
    return found


@refused(marked=_nested, forward="")
def grown_result_of_a_recursion(x):
    a = _nested(x * 1.0, 2)
    return a[0][0] * a[1][1] * x[1]


class _Gauge:
    def __init__(self, level):
        self.level = level

    def step(self, level):
        self.level = level
        return 1.0


@refused()
def attribute_given_in_a_test(x):
    gauge = _Gauge(x[0])
    if gauge.step(x[1]) < 2.0:  # E: a call inside an expression that writes into 'gauge'
        pass
    return gauge.level * x[1]


@refused()
def taken_out_in_a_test(x):
    items = [x[0], x[1]]
    if items.pop() < 9.0:  # E: a call inside an expression that writes into 'items'
        return items[0] * x[1]
    return x[0]


@refused()
def list_that_grows_by_a_sum(x):
    found, total = [x[0]], 0.0
    for v in found:
        total += v
        if len(found) < 4:
            found += [v * x[1]]  # E: 'found' changes its length while the loop runs over it
    return total


def _grown(items, v):
    items.append(v)


@refused()
def list_that_a_callee_grows(x):
    found, total = [x[0]], 0.0
    for v in found:
        total += v
        if len(found) < 4:
            _grown(found, v * x[1])  # E: 'found' changes its length while the loop runs over it
    return total


@refused()
def special_method_that_is_not_followed(x):
    m = [x[0], x[1]]
    m.__imul__(2)  # E: a call of the special method '__imul__'
    return sum(m)


@refused()
def special_method_as_a_value(x):
    m = [0.0, x[1]]
    put = m.__setitem__  # E: the special method '__setitem__' as a value
    put(0, x[0])
    return sum(m)


@refused(forward="")
def list_that_grows_before_and_after_an_exception(x):
    n, t = [x[0]], 0.0
    try:  # E: 'n' changes its length before and after an exception
        n.append(x[1])
        t = n[5]
    except IndexError:
        n.append(x[2])
    else:
        t = n[0] * 2.0
    return t + x[2]
