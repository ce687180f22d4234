"""Functions that are refused; the message stands beside the offending line, after `# E:`."""

import contextlib
import itertools
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tapeless import grad

CASES = []
X = np.array([0.3, 0.7, 1.2])
A = np.array([[2.0, 0.3, 0.1], [0.4, 3.0, 0.2], [0.1, 0.2, 2.5]])


@dataclass(frozen=True)
class Case:
    """A function, its arguments, and whether it runs as plain Python."""

    function: Callable
    arguments: tuple
    wrt: tuple
    runs: bool
    marked: Callable  # where the offending line is


def refused(*arguments, wrt=(0,), runs=True, marked=None):
    def register(function):
        CASES.append(Case(function, arguments or (X,), wrt, runs, marked or function))
        return function

    return register


TOTAL = 0.0


class Model:
    scale = 2.0

    def __call__(self, x):
        return self.scale * np.sum(x)

    def __matmul__(self, x):
        return np.sum(x)


MODEL = Model()
STATE = Model()


# --- statements that no stage can handle --------------------------------------------------


@refused(runs=False)
def generator(x):
    yield np.sum(x)  # E: a generator


@refused(runs=False)
async def coroutine(x):  # E: a coroutine
    return np.sum(x)


@refused()
def class_inside(x):
    class Point:  # E: a class defined inside the function
        pass

    return np.sum(x)


@refused()
def evaluates_text(x):
    return eval("np.sum(x)")  # E: a call of eval()


@refused()
def executes_text(x):
    exec("pass")  # E: a call of exec()
    return np.sum(x)


@refused()
def looks_at_locals(x):
    return np.sum(locals()["x"])  # E: a call of locals()


@refused()
def writes_a_global(x):
    global TOTAL  # E: writes a global: TOTAL
    TOTAL = np.sum(x)
    return TOTAL


@refused()
def writes_an_outer_variable(x):
    total = 0.0

    def add(value):
        nonlocal total  # E: writes a variable of another function: total
        total = total + value

    for i in range(len(x)):
        add(x[i])
    return total


@refused()
def matches(x):
    match len(x):  # E: `match`
        case 3:
            return np.sum(x)
    return 0.0


@refused()
def except_star(x):
    try:  # E: `except*`
        y = np.sum(x)
    except* ValueError:
        y = 0.0
    return y


@refused()
def deletes_an_element(x):
    parts = [x[0], x[1]]
    del parts[0]  # E: `del` of an element
    return parts[0]


@refused()
def return_before_finally(x):
    try:  # E: `return` inside a `try` with `finally`
        return np.sum(x)
    finally:
        print(end="")


@refused()
def differentiated_inside_try(x):
    try:  # E: a 'try' block around differentiated code
        y = np.sum(x)
    except ValueError:
        y = 0.0
    return y


@refused()
def differentiated_inside_with(x):
    with contextlib.nullcontext():  # E: a 'with' block around differentiated code
        y = np.sum(x)
    return y


# --- expressions and the order of their evaluation ------------------------------------------


@refused()
def walrus_in_updated_place(x):
    y = np.zeros(3)
    y[(k := 1)] += x[0]  # E: `:=` changes what this statement updates
    return y[k]


@refused()
def walrus_in_assert_message(x):
    assert len(x) == 3, (text := "three")  # E: `:=` in the message of an assert
    return np.sum(x)


@refused()
def walrus_in_second_context(x):
    with contextlib.nullcontext(), contextlib.nullcontext(n := 2):  # E: `:=` here
        y = np.sum(x)
    return y * n


@refused()
def walrus_in_comprehension_of_a_test(x):
    while sum([last := v for v in x]) < 0.0:  # E: `:=` inside a comprehension in this test
        x = x + 1.0
    return np.sum(x)


@refused()
def generator_expression_as_a_value(x):
    g = (v * v for v in x)  # E: a generator expression here
    return next(g)


@refused()
def loop_over_nested_generator(x):
    total = 0.0
    for v in (a * b for a in x for b in x):  # E: a loop over this generator expression
        total += v
    return total


@refused(runs=False)
def too_many_values(x):
    a, b = x[0], x[1], x[2]  # E: 3 values for 2 targets
    return a * b


@refused()
def endless_iterator(x):
    total = 0.0
    for k in itertools.count():  # E: an endless iterator
        if k == 3:
            break
        total += x[k]
    return total


@refused(X, True)
def strict_is_a_variable(x, strict):
    total = 0.0
    for a, b in zip(x, x, strict=strict):  # E: `strict` is not a literal
        total += a * b
    return total


@refused()
def list_grows_while_it_is_run_over(x):
    values = [x[0]]
    for v in values:
        if len(values) < 3:
            values.append(v * v)  # E: `values` changes its length while the loop runs over it
    return values[-1]


@refused()
def walrus_in_set_comprehension(x):
    y = len({(last := v) for v in x})  # E: `:=` inside this comprehension
    return x[0] * last * y


# --- names and calls --------------------------------------------------------------------------


@refused(runs=False)
def undefined_name(x):
    return np.sum(x) * missing  # E: the name 'missing' is not defined


def plain(x, factor=2.0):
    return factor * np.sum(x)


def with_star(x, *rest):
    return np.sum(x) * len(rest)


def with_keywords(x, **rest):
    return np.sum(x) * len(rest)


@refused(runs=False)
def too_many_arguments(x):
    return plain(x, 1.0, 2.0)  # E: plain() gets 3 positional arguments, it takes 2


@refused(runs=False)
def unknown_keyword(x):
    return plain(x, weight=1.0)  # E: plain() has no parameter 'weight'


@refused(runs=False)
def missing_argument(x):
    return plain(factor=1.0) + x[0]  # E: plain() misses the argument 'x'


@refused()
def callee_with_star(x):
    return with_star(x)  # E: with_star() takes *args or **kwargs


@refused()
def callee_with_keywords(x):
    return with_keywords(x)  # E: with_keywords() takes *args or **kwargs


@refused(X, [1.0, 2.0])
def starred_argument_of_unknown_length(x, numbers):
    rest = [v * 1.0 for v in numbers]
    return np.sum(x) * math.hypot(*rest)  # E: a starred argument of unknown length


@refused(runs=False)
def keywords_of_unknown_dict(x):
    options = MODEL
    return plain(x, **options)  # E: keyword arguments from an unknown dict


@refused()
def nested_function_with_star(x):
    def total(*values):  # E: a nested function with * parameters
        return values[0]

    return total(np.sum(x))


@refused()
def nested_function_with_computed_default(x):
    def scaled(v, factor=np.pi / 2.0):  # E: a computed default of a nested function
        return v * factor

    return scaled(np.sum(x))


@refused(runs=False)
def unknown_array_method(x):
    return np.sum(x.smooth())  # E: arrays have no method 'smooth'


@refused()
def compiled_function(x):
    return operator.itemgetter(0)(x)  # E: the kind of 'value' is not known


@refused()
def no_rule(x):
    return np.sum(np.unwrap(x))  # E: unwrap has no derivative rule


# --- kinds --------------------------------------------------------------------------------------


@refused()
def complex_inside(x):
    z = np.exp(1j * x)  # E: complex numbers in differentiated code
    return np.sum(z.real)


@refused()
def merged_dicts(x):
    d = {**{"a": x[0]}, "b": x[1]}  # E: merged dicts with derivatives
    return d["a"] * d["b"]


@refused()
def get_of_a_dict(x):
    d = {"a": x[0] * x[0]}
    return d.get("a") * 2.0  # E: dict.get with derivatives


@refused()
def reversed_in_place(x):
    values = [x[0] * 1.0, x[1] * 2.0]
    values.reverse()  # E: the method 'reverse' on a list with derivatives
    return values[0] * x[2]


@refused(A)
def popped_array_thrown_away(a):
    rows = [a[0] * 1.0, a[1] * 2.0]
    rows.pop()  # E: a popped array that is thrown away
    return np.sum(rows[0] ** 2)


@refused()
def out_with_where(x):
    y = x.copy()
    np.multiply(x, x, out=y, where=x > 0.5)  # E: out= together with where=
    return np.sum(y)


# --- memory ---------------------------------------------------------------------------------------


@refused(X, True)
def written_memory_seen_by_a_branch(x, flag):
    a = x * 1.0
    b = x * 2.0
    y = a if flag and len(x) > 2 else b
    if x[0] > 0.0:
        y = a
    else:
        y = b
    y[0] = x[1] * 3.0  # E: is written here and may share memory with 'a'
    return np.sum(a * b)


def shift_into(target, source):
    scaled = lambda v: v * 2.0
    target[0] = scaled(source[1])
    return target[1]


@refused()
def callee_with_a_function_writes_shared_argument(x):
    y = x * 1.0
    s = shift_into(y, y)  # E: shares memory between its arguments, of a function with functions
    return s + np.sum(y)


def multiply_down(target, source, n):
    target[n] = source[n] * source[0]
    if n > 0:
        multiply_down(target, source, n - 1)


@refused()
def recursive_callee_writes_shared_argument(x):
    y = x * 1.0
    multiply_down(y, y, 2)  # E: is written by multiply_down() and shares memory
    return np.sum(y)


@refused()
def number_or_array(x):
    y = 0.0
    z = y
    for i in range(3):
        y += x[: i + 1].sum() if i < 1 else x  # E: 'y' may be a number or an array here
        z = y
    return np.sum(y) + np.sum(z)


@refused()
def sorts_in_place(x):
    y = [x[0] * 1.0, x[1] * 2.0]
    y.sort()  # E: the method 'sort' on a list with derivatives
    return y[0]


@refused()
def inserted(x):
    y = [x[0] * 1.0]
    y.insert(0, x[1])  # E: the method 'insert' on a list with derivatives
    return y[0] * y[0]


@refused()
def shuffled(x):
    y = x * 1.0
    np.random.default_rng(0).shuffle(y)  # E: carries a derivative
    return np.sum(y * x)


@refused()
def put(x):
    y = x * 1.0
    np.put(y, [0], x[1])  # E: writes into an array
    return np.sum(y * x)


@refused()
def changed_dict(x):
    d = {"a": x[0] * x[0], "b": x[1]}
    y = d["a"] * d["b"]
    d["a"] = y
    d.pop("b")  # E: the method 'pop'
    return d["a"] * y


@refused()
def unpacked_list_of_unknown_length(x):
    rest = [v * v for v in x if v > 0.5]
    values = [x[0], *rest]
    return values[0] * values[1]  # E: the kind of 'value' is not known


@refused(runs=False)
def base_class_without_arguments(x):
    return super().norm(x)  # E: super() without arguments


@refused(runs=False)
def asynchronous_comprehension(x):
    values = (v async for v in x)  # E: asynchronous code
    return values


@refused()
def pair_of_divmod(x):
    q, r = divmod(x[2], x[0])  # E: a tuple of this origin with derivatives
    return q * r


@refused()
def sample_with_a_varied_mean(x):
    noise = np.random.default_rng(0).normal(x[0])
    return noise * x[1]  # E: the kind of 'value' is not known


@refused()
def callable_objects(x):
    total = 0.0
    for f in [MODEL, plain]:
        total += f(x)  # E: this on 'total'
    return total


@refused()
def starred_pair(x):
    pair = (x[0], x[1])
    return np.hypot(*pair)  # E: this argument with a derivative flowing through it


@refused()
def flat_iterator(x):
    return np.sum(np.outer(x, x).flat)  # E: the attribute 'flat' with a derivative


@refused()
def repeated_list(x):
    values = [x[0]] * 3  # E: a tuple of this origin with derivatives
    return values[0] * values[1]


@refused()
def joined_lists(x):
    values = [x[0]] + [x[1]]  # E: a tuple of this origin with derivatives
    return values[0] * values[1]


@refused()
def slice_of_a_growing_list(x):
    values = [v * v for v in x]
    first = values[: len(x) - 1]  # E: slice of a list of values that carry derivatives
    return first[0] * first[1]


@refused()
def slice_of_a_list_with_steps(x):
    values = [v * v for v in x]
    odd = values[1::2]  # E: slice of a list of values that carry derivatives
    return odd[0] * x[0]


@refused()
def copied_list(x):
    values = [x[0] * 1.0, x[1] * 2.0]
    other = values.copy()  # E: a tuple of this origin with derivatives
    return other[0] * other[1]


@refused()
def attribute_of_an_object(x):
    y = np.sum(x)
    STATE.total = y  # E: a derivative that flows through an attribute
    return y * y


def grow(v, w):  # E: 'v' is written in place and also given a new value
    for _ in range(2):
        v += w
        v = v * w
    return np.sum(v)


@refused(marked=grow)
def callee_writes_and_rebinds(x):
    y = x * 1.0
    s = grow(y, x)
    return s + np.sum(y)


@refused(runs=False)
def too_many_names(x):
    triple = (x[0], x[1], x[2])
    a, b = triple  # E: 3 values are unpacked into 2 names
    return a * b


@refused()
def filled_with_a_varied_value(x):
    y = x[0] * 2.0
    z = np.nan_to_num(x, nan=y)  # E: the derivative of np.nan_to_num with respect to 'nan'
    return np.sum(z) * y


@refused()
def order_of_a_norm(x):
    return np.linalg.norm(x, ord=x[0] + 1.0)  # E: this form of np.linalg.norm has no derivative


@refused({"a": 2.0, "b": 3.0})
def loop_over_a_dict(d):
    total = 0.0
    for key in d:  # E: a loop over a dict
        total += d[key]
    return total


@refused(runs=False)  # newer NumPy warns when the shape is set
def shape_that_is_set(x):
    y = x * 1.0
    y.shape = (3, 1)  # E: a store into the attribute 'shape' of an array
    return np.sum(y)


MEMORY = np.zeros(3)
HISTORY = [0.0]


@refused()
def global_array(x):
    MEMORY[0] = x[0]  # E: into 'MEMORY', which is not local
    return MEMORY[0] * x[1]


@refused()
def global_list(x):
    HISTORY.append(x[0])  # E: into 'HISTORY', which is not local
    return HISTORY[-1] * x[1]


# --- derivatives, and functions that write, inside expressions ------------------------------------


cube_grad = grad(lambda x: np.sum(x**3))


@refused()
def derivative_inside(x):
    return np.sum(cube_grad(x))  # E: a call of the derivative


def double_first(u):
    u[0] = u[1] * 2.0
    return u[0]


@refused()
def augmented_store_of_a_writing_call(x):
    u = x * 1.0
    u[1] += double_first(u)  # E: an augmented store into 'u' of a call that writes into it
    return np.sum(u)


@refused()
def writing_call_in_a_test(x):
    u = x * 1.0
    if double_first(u) > 0.0:  # E: a call inside an expression that writes into 'u'
        u[2] = u[0]
    return np.sum(u)


@refused()
def key_that_reads_a_derivative(x):
    k = x[0] * 2.0
    ys = sorted([1.0, 2.0], key=lambda v: v * k)  # E: a function that reads values with derivatives
    return ys[0] * k


TABLE = np.zeros((3, 3))


@refused()
def diagonal_filled_for_its_effect(x):
    y = x[0] * 2.0
    np.fill_diagonal(TABLE, y)  # E: a call for its effect with a value that carries a derivative
    return y * x[1]


RANDOM = np.random.default_rng(0)


@refused()
def permutation_of_a_varied_array(x):
    y = RANDOM.permutation(x * 1.0)  # E: a call of an unknown function with a value
    return np.sum(y * x)


def product(a, b):
    return a * b


@refused()
def starred_list_given_to_a_function(x):
    parts = [x[0], x[1]]
    return product(*parts)  # E: is not a name and carries a derivative


# --- lists ----------------------------------------------------------------------------------------


@refused()
def index_list_sorted_later(x):
    p = [2, 0]
    y = np.sum(x[p]) * x[1]  # E: 'p' is changed after the reverse sweep needs it
    p.sort()
    return y * y


@refused()
def list_of_arrays_overwritten(x):
    rows = [x * 1.0, x * 2.0]
    total = np.sum(rows[0] ** 2)
    rows[0] = rows[1] * total  # E: 'rows' is changed here, and its old value is needed
    return np.sum(rows[0] ** 2)


@refused()
def copy_of_a_growing_list(x):
    values = [v * v for v in x]
    other = values.copy()  # E: the method 'copy' with derivatives
    return other[0]


@refused()
def pop_from_the_middle(x):
    values = [v * v for v in x]
    first = values.pop(0)  # E: pop from the middle of a list with derivatives
    return first * values[0]


@refused()
def unpacked_items(x):
    values = [x[0], *[x[1], x[2]]]  # E: unpacked items with derivatives
    return values[0] * values[1]


@refused()
def slice_of_a_tuple_with_steps(x):
    values = (x[0] * 1.0, x[1], x[2])
    a, b = values[::2]  # E: this slice of a list of values that carry derivatives
    return a * b


@refused()
def joined_growing_lists(x):
    values = [v * v for v in x]
    more = values + [x[0]]  # E: joined or repeated lists of values that carry derivatives
    return more[0] * more[3]
