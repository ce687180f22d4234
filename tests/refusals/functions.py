"""Functions that are refused; the message stands beside the offending line, after `# E:`."""

import contextlib
import io
import itertools
import math
import threading
import types
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
    forward: str | None  # the message of forward mode where it is another one; "" where it can


def refused(*arguments, wrt=(0,), runs=True, marked=None, forward=None):
    def register(function):
        case = Case(function, arguments or (X,), wrt, runs, marked or function, forward)
        CASES.append(case)
        return function

    return register


TOTAL, COUNT = 0.0, 0


class Model:
    scale = 2.0

    def __call__(self, x):
        return self.scale * np.sum(x)

    def __matmul__(self, x):
        return np.sum(x)


MODEL = Model()
STATE = types.SimpleNamespace(total=0.0)


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
    if x[0] > 0.0:
        y = 2.0
    return np.sum(locals()["x"])  # E: a call of locals()


@refused()
def writes_a_global(x):
    global TOTAL
    TOTAL = np.sum(x)  # E: a value that carries a derivative is kept in 'functions.TOTAL'
    return TOTAL


@refused(runs=False)
def imports_a_global(x):
    global TOTAL  # E: writes a global: TOTAL
    import math as TOTAL

    return np.sum(x)


def _count():
    global COUNT
    COUNT += 1


@refused()
def reads_a_global_that_changes(x):
    _count()
    return np.sum(x) * COUNT  # E: 'COUNT' is changed while the function runs, and is read here


def _counting():
    calls = 0

    def counted(x):
        nonlocal calls  # E: writes a variable of another function: calls
        calls += 1
        return np.sum(x)

    return counted


writes_an_outer_variable = refused()(_counting())


class Span:
    __match_args__ = ("low", "high")


@refused(runs=False)
def more_patterns_than_attributes(x):
    match x:
        case Span(low, high, step):  # E: 3 positional patterns for the 2 of Span.__match_args__
            return low * high * step
    return np.sum(x)


@refused()
def class_of_a_local_name(x):
    form = Span
    match x:
        case form(low):  # E: a positional pattern of a class that is not known here
            return low
    return np.sum(x)


@refused()
def except_star(x):
    try:  # E: `except*`
        y = np.sum(x)
    except* ValueError:
        y = 0.0
    return y


@refused()
def deletes_a_slice(x):
    parts = [x[0], x[1]]
    del parts[:1]  # E: `del` of a slice
    return parts[0]


@refused()
def deletes_an_attribute(x):
    model = Model()
    model.offset = 1.0
    del model.offset  # E: `del` of an attribute
    return np.sum(x)


@refused(forward="the kind of")
def reads_a_number_from_a_text(x):
    total = np.sum(x)
    return float(f"{total:.6f}") * 2.0  # E: the kind of


@refused()
def puts_derivatives_into_a_set(x):
    found = set()  # E: a set that holds values with derivatives
    found.add(np.sum(x))
    return sum(found)


@refused(forward="the kind of")
def set_of_derivatives(x):
    return sum({v * v for v in x})  # E: the kind of


class Celsius(float):
    """A class of numbers."""


@refused()
def class_of_numbers(x):
    t = Celsius(x[0])  # E: an object of Celsius, a class that is not followed: it extends float
    return t * 2.0


@refused()
def reads_a_global_past_a_variable(x):
    TOTAL = np.sum(x)

    def both(value):
        global TOTAL  # E: reads the global 'TOTAL' past a variable of the same name
        return value + TOTAL

    return both(TOTAL)


@refused()
def returns_in_finally(x):
    try:
        y = np.sum(x)
    finally:
        return y  # E: `return` inside `finally`


@refused(forward="")
def loop_cut_short(x):
    total = 0.0
    try:
        total += x[0]
        for i in range(5):  # E: an exception may leave 'total' half changed here
            total += x[i]
    except IndexError:
        print(end="")
    return total


@refused(forward="")
def two_changes_in_a_branch(x):
    y = x * 2.0
    for i in range(5):
        try:
            if i % 2:
                y[0] = y[0] * x[i]  # E: an exception may leave 'y' half changed here
                y[i] = y[0]
        except IndexError:
            y[0] = 1.0
    return np.sum(y)


@refused()
def value_in_an_exception(x):
    try:
        y = math.sqrt(x[0])
        raise ArithmeticError(y)
    except ArithmeticError as error:
        y = float(error.args[0])  # E: a value that is handed on by an exception
    return y * x[1]


class Swallow:
    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return True


@refused(forward="forward mode where a handler might catch")
def swallowed_in_a_loop(x):
    total = 0.0
    for v in x:
        with Swallow():  # E: a `with` that may swallow an exception
            if v > 0.5:
                total += math.sqrt(v)
    return total


@refused()
def given_to_a_context(x):
    with contextlib.nullcontext(x):  # E: a context manager that is given 'x'
        total = np.sum(x)
    return total + np.sum(x)


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
def generator_expression_read_after_a_change(x):
    y = list(x)
    g = (v * v for v in y)
    y[0] = 3.0  # E: the result of genexpr(…) that is read after 'y' has changed
    return sum(g)


def _any_above(values, limit):
    for v in values:
        if v > limit:
            return v
    return limit


@refused()
def generator_expression_left_before_its_end(x):
    return _any_above((v * v for v in x), 1.0)  # E: that is given to another function


@refused()
def call_of_a_decorated_recursion(x):
    def kept(f):
        store = {}

        def inner(*a):
            if a not in store:
                store[a] = f(*a)
            return store[a]

        return inner

    @kept
    def binomial(n, k):  # E: the kind of 'binomial' is not known
        return 1.0 if k in (0, n) else binomial(n - 1, k - 1) + binomial(n - 1, k)

    return sum(binomial(3, k) * x[k] for k in range(2))


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


@refused(runs=False)
def too_many_arguments(x):
    return plain(x, 1.0, 2.0)  # E: plain() gets 3 positional arguments, it takes 2


@refused(runs=False)
def unknown_keyword(x):
    return plain(x, weight=1.0)  # E: plain() has no parameter 'weight'


@refused(runs=False)
def missing_argument(x):
    return plain(factor=1.0) + x[0]  # E: plain() misses the argument 'x'


@refused(X, [1.0, 2.0])
def starred_argument_of_unknown_length(x, numbers):
    rest = [v * 1.0 for v in numbers]
    return np.sum(x) * math.hypot(*rest)  # E: a starred argument of unknown length


@refused(runs=False)
def keywords_of_unknown_dict(x):
    options = MODEL
    return plain(x, **options)  # E: keyword arguments from an unknown dict


@refused(X, 1)
def function_chosen_by_data(x, k):
    functions = (math.sin, math.exp)
    return functions[k](x[0])  # E: a function that is chosen while the program runs


@refused(runs=False)
def argument_given_twice(x):
    return plain(x, x=x)  # E: plain() gets 'x' twice


@refused()
def default_in_a_comprehension(x):
    functions = [lambda v, i=i: v * i for i in range(3)]  # E: a computed default
    return functions[1](x[0])


@refused()
def function_of_an_earlier_trip(x):
    for i in range(3):
        f = lambda v, i=i: v**i * x[0]
        if i == 1:
            first = f
    return first(x[1])  # E: a function made in one trip of a loop and used after it


@refused()
def vectorized_with_integers(x):
    f = np.vectorize(lambda v: v * v if v > 0.5 else 0)
    return np.sum(f(x))  # E: np.vectorize of a function with an integer among its results


@refused()
def functions_in_a_loop_that_is_left(x):
    total = 0.0
    for f in (math.sin, math.exp):  # E: a loop over functions that is left early
        total = total + f(x[0])
        if total > 1.5:
            break
    return total


@refused(runs=False)
def unknown_array_method(x):
    return np.sum(x.smooth())  # E: arrays have no method 'smooth'


CUBED = np.frompyfunc(lambda v: v**3, 1, 1)


@refused()
def no_rule(x):
    return np.sum(CUBED(x))  # E: is not known


@refused()
def rule_with_a_reason(x):
    return np.sum(np.unique(x))  # E: np.unique: which elements a set of numbers keeps changes


@refused()
def no_rule_for_this_form(x):
    y = np.median(x.copy(), overwrite_input=True)  # E: this form of np.median has no derivative
    return y * x[0]


@refused()
def sample_by_its_shape(x):
    rng = np.random.default_rng(0)
    return rng.gamma(x[0], 2.0)  # E: with respect to 'shape'


# --- kinds --------------------------------------------------------------------------------------


@refused(A)
def out_with_where(a):
    y = np.zeros(3)
    np.sum(a, axis=0, out=y, where=a > 0.5)  # E: out= together with where=
    return np.sum(y**2)


@refused()
def out_in_a_tuple(x):
    y = np.zeros(3)
    places = (y,)
    np.multiply(x, x, out=places)  # E: 'places' as out=
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
    for i in range(3):
        z = y
        y += x[: i + 1].sum() if i < 1 else x  # E: 'y' may be a number or an array here
    return np.sum(y) + np.sum(z)


@refused()
def shuffled(x):
    y = x * 1.0
    np.random.default_rng(0).shuffle(y)  # E: carries a derivative
    return np.sum(y * x)


@refused()
def put_with_a_mode(x):
    y = x * 1.0
    np.put(y, [4], x[1], mode="wrap")  # E: writes into an array
    return np.sum(y * x)


@refused(runs=False)
def base_class_without_arguments(x):
    return super().norm(x)  # E: super() without arguments


@refused(runs=False)
def asynchronous_comprehension(x):
    values = (v async for v in x)  # E: asynchronous code
    return values


@refused()
def flat_iterator(x):
    return np.sum(np.outer(x, x).flat)  # E: the attribute 'flat' with a derivative


@refused()
def attribute_of_an_object(x):
    y = np.sum(x)
    STATE.total = y  # E: is kept in 'STATE.total', which is not local
    return STATE.total * y


@refused()
def attribute_of_an_unknown_object(x):
    held = threading.local()
    y = np.sum(x)
    held.total = y  # E: a derivative that flows through an attribute
    return y * y


def grow(v, w):  # E: 'v' is written in place and also given a new value
    for _ in range(2):
        v += w
        v = v * w
    return np.sum(v)


@refused(marked=grow, forward="")
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
    return np.linalg.norm(x, ord=x[0] + 1.0)  # E: of np.linalg.norm with respect to 'ord'


@refused(runs=False)  # newer NumPy warns when the shape is set
def shape_that_is_set(x):
    y = x * 1.0
    y.shape = (3, 1)  # E: a store into the attribute 'shape' of an array
    return np.sum(y)


MEMORY = np.zeros(3)
HISTORY = [0.0]


@refused()
def global_array(x):
    MEMORY[0] = x[0]  # E: is kept in 'MEMORY[0]', which is not local
    return MEMORY[0] * x[1]


@refused()
def global_list(x):
    HISTORY.append(x[0])  # E: is kept in 'HISTORY', which is not local
    return HISTORY[-1] * x[1]


# --- derivatives, and functions that write, inside expressions ------------------------------------


cube_grad = grad(lambda x: np.sum(x**3))


@refused()
def derivative_inside(x):
    return np.sum(cube_grad(x))  # E: a call of the derivative


def double_first(u):
    u[0] = u[1] * 2.0
    return u[0]


@refused(forward="")
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


TABLE = np.zeros((3, 3))


@refused()
def diagonal_filled_for_its_effect(x):
    y = x[0] * 2.0
    np.fill_diagonal(TABLE, y)  # E: is kept in 'TABLE', which is not local
    return y * x[1]


@refused()
def saved_for_its_effect(x):
    y = x[0] * 2.0
    np.save(io.BytesIO(), y)  # E: a call for its effect with a value that carries a derivative
    return x[0] * x[1]


@refused(forward="")
def table_that_changes(x):
    TABLE[0] = 2.0
    y = np.sum(x * TABLE[0])  # E: which is not local, is changed while the function runs
    TABLE[0] = 1.0
    return y


RANDOM = np.random.default_rng(0)


@refused()
def permutation_of_a_varied_array(x):
    y = RANDOM.permutation(x * 1.0)  # E: a call of an unknown function with a value
    return np.sum(y * x)


def product(a, b):
    return a * b
