"""Functions on containers and objects that are refused; see functions.py for the form."""

import copy
import functools
import math
from dataclasses import asdict, dataclass

import numpy as np

from .functions import X, refused


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


# --- objects --------------------------------------------------------------------------------------


@refused(runs=False)
def operator_that_the_class_lacks(x):
    p = Pair(x[0], x[1])
    q = p - p  # E: the operator '-' of an object of Pair, which has no method '__sub__'
    return q.a


@refused(runs=False)
def object_that_cannot_be_called(x):
    p = Pair(x[0], x[1])
    return p(2.0)  # E: a call of an object of Pair, which has no method '__call__'


@refused(runs=False)
def object_that_cannot_be_iterated_over(x):
    total = 0.0
    for v in Pair(x[0], x[1]):  # E: a loop over an object of Pair, which has no method '__iter__'
        total = total + v
    return total


@refused(runs=False)
def object_that_has_no_absolute_value(x):
    return abs(Pair(x[0], x[1])).a  # E: abs() of an object of Pair, which has no method '__abs__'


@refused()
def method_that_is_no_function(x):
    return Pair(x[0], x[1]).doubled()  # E: the method 'doubled' of Pair, which is a partialmethod


@refused()
def method_that_is_no_function_as_a_value(x):
    f = Pair(x[0], x[1]).doubled  # E: the attribute 'doubled' of Pair, which is a partialmethod
    return f()


@refused()
def extremes_of_objects(x):
    pairs = [Pair(x[0], x[1]), Pair(x[1], x[2])]
    return max(pairs).b  # E: max() of objects of Pair


class Guarded:
    """What is looked up in other ways."""

    def __init__(self, a):
        self.a = a

    def __getattr__(self, name):
        return self.a * 2.0 if name == "double" else 0.0

    @property
    def fixed(self):
        return self.a

    @functools.cached_property
    def square(self):
        return self.a**2

    def __copy__(self):
        return Guarded(self.a * 2.0)


class Positive:
    """A descriptor."""

    def __get__(self, owner, form=None):
        return owner.held

    def __set__(self, owner, value):
        owner.held = abs(value)


class Checked:
    value = Positive()

    def __init__(self, value):
        self.value = value  # E: the descriptor behind the attribute 'value' of Checked


@refused()
def attribute_that_is_made_up(x):
    return Guarded(x[0]).double  # E: the attribute 'double' of Guarded, which __getattr__ finds


@refused(runs=False)
def property_without_setter(x):
    g = Guarded(x[0])
    g.fixed = x[1]  # E: a store into the property 'fixed' of Guarded, which has no setter
    return g.a


@refused()
def changed_after_caching(x):
    g = Guarded(x[0])
    before = g.square
    g.a = x[1]  # E: a store into an object of Guarded, which caches the value of its property
    return before * g.square


@refused(marked=Checked.__init__)
def descriptor(x):
    return Checked(x[0]).held


class Closed:
    """It keeps a function that reads the object itself."""

    def __init__(self, k):
        self.k = k
        self.f = lambda v: v * self.k

    def value(self, v):
        return self.f(v)


@refused()
def function_of_its_own_object(x):
    p = Closed(x[1])
    return p.value(x[0])  # E: a function in an attribute of an object that it reads itself


@refused(X, ["a", "b"])
def names_in_a_list(x, names):
    p, total = Pair(x[0], x[1]), 0.0
    for name in [n for n in names if n]:  # E: a loop over attributes of unknown number
        total = total + getattr(p, name)
    return total


@refused()
def name_that_is_computed(x):
    p, name = Pair(x[0], x[1]), "a" if x[0] < 1.0 else "b"
    return getattr(p, name)  # E: an attribute that is chosen while the program runs


@refused(runs=False)
def name_that_is_none(x):
    return getattr(Pair(x[0], x[1]), 2)  # E: an attribute whose name is computed


@refused()
def attributes_written_as_a_dict(x):
    p = Pair(x[0], x[1])
    p.__dict__["a"] = x[2] ** 2  # E: the dict of the attributes of an object, which may be changed
    return p.a


@refused()
def attributes_of_nobody(x):
    p = Pair(x[0], x[1])
    vars(p)  # E: the dict of the attributes of an object here
    return p.a


@refused()
def attributes_that_change(x):
    p = Pair(x[0], x[1])
    found = vars(p)
    p.a = x[2]  # E: a change while the dict of the attributes of an object is in use
    return found["a"]


@refused()
def attributes_that_change_in_a_loop(x):
    p, total = Pair(x[0], x[1]), 0.0
    found = vars(p)
    for _ in range(2):
        total = total + found["a"]
        p.a = total  # E: a change while the dict of the attributes of an object is in use
    return total


@refused()
def dict_with_a_factory(x):
    return asdict(Link(x[0]), dict_factory=dict)["value"]  # E: asdict with a factory


@refused()
def copied_by_its_own_method(x):
    return copy.copy(Guarded(x[0])).a  # E: a copy of Guarded by a method of its own


@refused()
def copied_with_two_arrays(x):
    return np.sum(copy.deepcopy(Pair(x, x)).a)  # E: a deep copy of an object with several arrays


@refused()
def copied_with_an_object(x):
    other = copy.deepcopy(Link(Pair(x[0], x[1])))  # E: a deep copy of what this object holds
    return other.value.a


@dataclass
class Started:
    a: float

    def __post_init__(self):
        self.b = self.a * 2.0


@refused(runs=False)
def too_many_fields(x):
    return Started(x[0], x[1]).b  # E: these arguments of Started()


@refused(forward="")
def array_in_two_places(x):
    p = Pair(x * 1.0, x * 2.0)
    p.b = p.a
    p.a[0] = x[1] ** 2  # E: a write into something that may stand twice in 'p'
    return np.sum(p.b**2)


@refused()
def array_that_an_object_keeps(x):
    y = x * 1.0
    p = Pair(y, 2.0)
    y[0] = x[1] ** 2  # E: 'y' is written here and may share memory with 'p'
    return np.sum(p.a**2)


@refused(X, 1)
def object_that_is_chosen(x, n):
    shapes = [Pair(x[0], x[1]), Guarded(x[1])]
    return shapes[n].a  # E: an object of one of several classes that is chosen


@refused(forward="the kind of")
def linked_list(x):
    first = None
    for v in x:
        first = Link(v, first)
    total = 0.0
    while first is not None:
        total += first.value**2
        first = first.rest  # E: the kind of what this gives is not known
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
    for f in SCALINGS:  # E: a loop over 65 functions, more than 64
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


@refused(runs=False)
def object_for_an_array(x):
    return np.outer(Pair(x[0], x[1]), x)  # E: an object of Pair as an argument of outer
