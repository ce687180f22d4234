"""Every way to write and to call a function: stars, decorators, partials, functions as values."""

import functools
import math
import operator

import numpy as np

from .corpus import program


def numbers(count):
    """Positive numbers away from kinks."""
    return lambda g: tuple(float(v) for v in g.uniform(0.4, 1.2, size=count))


def vector(g):
    return (g.uniform(0.4, 1.2, size=4),)


# --- parameters with stars ------------------------------------------------------------------


def total(*terms, scale=2.0, **more):
    return sum(terms) * scale + more.get("shift", 0.0)


def weighted(first, *others, power=2):
    found = first**power
    for other in others:
        found = found + 0.5 * other**power
    return found


def norm_of(**parts):
    return math.sqrt(parts["a"] ** 2 + parts["b"] ** 2)


def keyword_only(x, y=2.0, *, z=3.0):
    return x * y * z


def positional_only(x, y=0.5, /):
    return x * x + y


@program(make=numbers(2), wrt=(0, 1))
def star_parameter(x, y):
    return total(x, x * y, 1.0)


@program(make=numbers(2), wrt=(0, 1))
def star_and_keywords(x, y):
    return total(x, x * 2.0, scale=y, shift=x**2)


@program(make=numbers(3), wrt=(0, 1, 2))
def star_after_a_plain_parameter(x, y, z):
    return weighted(x) + weighted(x, y) * weighted(x, y, z, power=3)


@program(make=numbers(2), wrt=(0, 1))
def keywords_parameter(x, y):
    return norm_of(a=x, b=x * y)


@program(make=numbers(2), wrt=(0, 1))
def keyword_only_parameters(x, y):
    return keyword_only(x, z=y) + keyword_only(y, x) + keyword_only(x, y, z=x)


@program(make=numbers(2), wrt=(0, 1))
def positional_only_parameters(x, y):
    return positional_only(x, y) * positional_only(y)


@program(make=numbers(3), wrt=(0, 1, 2))
def call_with_a_starred_tuple(x, y, z):
    both = (y, z)
    return keyword_only(*both) + weighted(x, *both)


@program(make=lambda g: ((0.4, 0.9), 1.3), wrt=(0, 1))
def call_with_a_starred_argument(pair, x):
    return keyword_only(*pair, z=x)


@program(make=lambda g: ({"y": 0.4, "z": 0.9}, 1.3), wrt=(0, 1))
def call_with_a_starred_dict(options, x):
    return keyword_only(x, **options)


@program(make=numbers(2), wrt=(0, 1))
def call_with_both_stars(x, y):
    return total(*[x, 1.0], **{"scale": y})


@program(make=lambda g: (g.normal(size=(3, 3)), (0.4, 0.9)), wrt=(0, 1))
def parameters_unpacked_in_a_model(a, theta):
    def model(v, slope, shift):
        return np.tanh(slope * v + shift)

    return np.sum(model(a, *theta))


def forwards(x, *args, **options):
    return keyword_only(x, *args, **options) * 1.5


@program(make=numbers(3), wrt=(0, 1, 2))
def stars_handed_on(x, y, z):
    return forwards(x, y, z=z) + forwards(x)


def objective(x, func, *args):
    return func(x, *args) + 1.0


def quadratic(x, a, b):
    return np.sum(a * x**2 + b * x)


@program(make=lambda g: (g.normal(size=3), 0.7, 0.3), wrt=(0, 1, 2))
def minimise_style(x, a, b):
    return objective(x, quadratic, a, b)


COUNTS = [2.0, 3.0]


def with_list_default(x, weights=COUNTS, *, table=(1.0, 0.5)):
    return x * weights[0] + x**2 * weights[1] * table[1]


@program(make=numbers(1))
def defaults_that_are_data(x):
    return with_list_default(x)


@program(make=numbers(2), wrt=(0, 1))
def computed_default_of_a_nested_function(x, y):
    scale = x * y

    def inner(v, k=scale, p=2):
        return k * v**p

    scale = 10.0
    return inner(x) + inner(y, 3.0) + scale


@program(make=numbers(2), wrt=(0, 1))
def lambda_with_a_computed_default(x, y):
    f = lambda v, k=x * y: k * v
    return f(y) + f(y, 2.0)


@program(make=numbers(2), wrt=(0, 1))
def nested_function_with_stars(x, y):
    def product(*values, power=1, **other):
        found = 1.0
        for v in values:
            found = found * v**power
        return found * other.get("scale", 1.0)

    return product(x, y) + product(x, y, x, power=2, scale=y)


@program(make=numbers(2), wrt=(0, 1))
def lambda_with_stars(x, y):
    f = lambda *v: v[0] * v[1]
    return f(x, y) + f(y, y)


@program(make=numbers(3), wrt=(0, 1, 2))
def nested_function_with_keyword_only(x, y, z):
    def g(a, *, b, c=2.0):
        return a * b**c + z

    return g(x, b=y) + g(y, c=3.0, b=x)


# --- decorators -----------------------------------------------------------------------------


def doubled(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs) * 2.0

    return wrapper


def plain_decorator(f):
    def wrapper(x):
        return f(x) + x

    return wrapper


def scaled_by(factor):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            found = f(*args, **kwargs)
            return factor * found

        return wrapper

    return decorate


def logged(f):
    calls = []

    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        calls.append(f.__name__)
        return f(*args, **kwargs)

    return wrapper


@doubled
def doubled_square(x):
    return x**2


@doubled
def doubled_product(x, y=2.0):
    return x * y


@plain_decorator
def decorated_sine(x):
    return math.sin(x)


@scaled_by(1.5)
@doubled
def twice_decorated(x, *, k=1.0):
    return k * math.exp(x)


@logged
def logged_cube(x):
    return x**3


@program(make=numbers(2), wrt=(0, 1))
def decorated_with_wraps(x, y):
    return doubled_square(x) * x + doubled_product(x, y=y) + doubled_product(y)


@program(make=numbers(1))
def decorated_without_wraps(x):
    return decorated_sine(x) * x


@program(make=numbers(2), wrt=(0, 1))
def decorated_twice(x, y):
    return twice_decorated(x) + twice_decorated(x, k=y)


@program(make=numbers(1))
def decorated_with_a_log(x):
    return logged_cube(x) * 2.0


@program(make=numbers(2), wrt=(0, 1), may_refuse=True)
@doubled
def itself_decorated(x, y):
    return x * y**2


@program(make=numbers(1))
def decorated_inside(x):
    @doubled
    def inner(v):
        return v * v * x

    return inner(x) + inner(2.0)


@program(make=numbers(1))
def decorator_called_inside(x):
    return doubled(math.sin)(x) + doubled(positional_only)(x, x)


def make_line(slope):
    def line(x):
        return slope * x

    return line


STEEP, FLAT = make_line(3.0), make_line(0.5)


@program(make=numbers(1))
def two_closures_of_one_code(x):
    return STEEP(x) * FLAT(x) + STEEP(2.0 * x) ** 2


@functools.lru_cache(maxsize=None)
def cached_table(n):
    return n * 2.0


@functools.lru_cache
def cached_square(x):
    return x**2


@functools.cache
def cached_power(x, n):
    return x if n == 1 else x * cached_power(x, n - 1)


@program(make=numbers(1))
def cached_helpers(x):
    return cached_table(3) * x + cached_square(x) + cached_power(x, 3)


@functools.singledispatch
def size_of(x):
    return x * 1.0


@size_of.register(float)
def size_of_number(x):
    return x * x


@size_of.register(np.ndarray)
def size_of_array(x):
    return np.sum(x**3)


@program(make=lambda g: (0.7, g.uniform(size=3)), wrt=(0, 1))
def single_dispatch(x, v):
    return size_of(x) + size_of(v) + size_of(v[0])


# --- functools.partial ----------------------------------------------------------------------

HALF = functools.partial(keyword_only, y=0.5)
QUARTER = functools.partial(HALF, z=0.25)


@program(make=numbers(1))
def partials_of_the_module(x):
    return HALF(x) + QUARTER(x) + QUARTER(x, z=x)


@program(make=numbers(2), wrt=(0, 1))
def partial_over_active_values(x, y):
    f = functools.partial(keyword_only, y=x)
    return f(2.0, z=y) + f(y)


@program(make=numbers(2), wrt=(0, 1))
def partial_of_positional_arguments(x, y):
    f = functools.partial(keyword_only, x)
    g = functools.partial(f, y)
    return f(y) + g() + g(z=x)


@program(make=numbers(2), wrt=(0, 1))
def partial_keeps_the_value_of_then(x, y):
    a = x * y
    f = functools.partial(keyword_only, a)
    a = 2.0
    return f(y) + a


@program(make=lambda g: (g.normal(size=3), 0.7, 0.3), wrt=(0, 1, 2))
def partial_handed_to_a_function(x, a, b):
    return objective(x, functools.partial(quadratic, a=a, b=b)) * a


@program(make=vector)
def partial_of_a_primitive(x):
    rows = functools.partial(np.sum, axis=0)
    return rows(x * x) + functools.partial(np.power, x)(2).sum()


@program(make=numbers(1))
def partial_of_a_lambda(x):
    f = functools.partial(lambda a, b: a * b + x, 3.0)
    return f(x)


@program(make=numbers(1))
def partial_called_at_once(x):
    return functools.partial(positional_only, x)(x)


# --- reduce, vectorize and their kin --------------------------------------------------------


@program(make=numbers(2), wrt=(0, 1))
def reduce_a_list(x, y):
    return functools.reduce(lambda a, b: a * b + x, [x, 2.0, y])


@program(make=vector)
def reduce_an_array(v):
    return functools.reduce(lambda a, b: a * b + 1.0, v)


@program(make=lambda g: ([0.4, 0.8, 0.3], 0.5), wrt=(0, 1))
def reduce_with_a_start(v, x):
    return functools.reduce(keyword_only, v, x)


@program(make=lambda g: (g.normal(size=(2, 2)), g.normal(size=(2, 2))), wrt=(0, 1))
def reduce_matrices(a, b):
    return np.sum(functools.reduce(np.matmul, [a, b, a]))


@program(make=vector)
def reduce_an_operator(v):
    return functools.reduce(operator.mul, v) + functools.reduce(operator.add, [v[0], v[1]], v[2])


@program(make=vector)
def vectorize_a_branch(x):
    f = np.vectorize(lambda v: v * v if v > 0.8 else v)
    return f(x).sum()


@np.vectorize
def bump(x, width):
    if x < width:
        return math.exp(-x / width)
    return 0.25 * x


@program(make=lambda g: (g.uniform(0.4, 1.2, size=(2, 3)), 0.8), wrt=(0, 1))
def vectorize_as_decorator(x, width):
    return np.sum(bump(x, width) ** 2)


@program(make=lambda g: (g.normal(size=(3, 4)),))
def apply_along_an_axis(a):
    def spread(row):
        return np.sum(row**2) - np.mean(row)

    return np.sum(np.apply_along_axis(spread, 1, a) * np.arange(3.0)) + np.sum(
        np.apply_along_axis(spread, 0, a) ** 2
    )


@program(make=lambda g: (g.normal(size=(3, 4)),))
def apply_a_vector_function(a):
    w = np.arange(12.0).reshape(3, 4)
    return np.sum(np.apply_along_axis(np.cumsum, 1, a) * w) + np.sum(
        np.apply_along_axis(lambda c: c * c[0], 0, a) * w
    )


@program(make=vector)
def piecewise_functions(x):
    y = np.piecewise(x, [x < 0.6, x >= 0.9], [lambda v: v**2, lambda v: np.sin(v), 0.5])
    return np.sum(y * x)


@program(make=numbers(1))
def from_function(x):
    a = np.fromfunction(lambda i, j: i * x + j**2, (3, 4))
    return np.sum(a**2)


@program(make=lambda g: ([0.4, 0.8, 0.3], 0.5), wrt=(0, 1))
def map_and_filter(v, x):
    squares = list(map(lambda a: a * a * x, v))
    large = [a for a in filter(lambda a: a > 0.35, v)]
    return sum(squares) + sum(large)


@program(make=lambda g: ([0.4, 0.8, 0.3], 0.5), wrt=(0, 1))
def map_of_a_named_function(v, x):
    return sum(map(keyword_only, v)) + sum(keyword_only(a, x) for a in v)


@program(make=lambda g: ((0.4, 0.8, 0.3), np.array([0.5, 0.7])), wrt=(0, 1))
def operators_as_functions(t, v):
    first, rest = operator.itemgetter(0), operator.itemgetter(1, 2)
    b, c = rest(t)
    return first(t) * b + c * operator.methodcaller("sum")(v) + operator.itemgetter(1)(v)


# --- functions as values --------------------------------------------------------------------

FUNCTIONS = {"sin": math.sin, "square": lambda v: v * v, "bump": make_line(2.0)}


@program(make=lambda g: (0.7, "square"))
def table_of_functions(x, name):
    return FUNCTIONS[name](x) + FUNCTIONS["bump"](x)


@program(make=numbers(1))
def loop_over_functions(x):
    found = 0.0
    for f in (math.sin, positional_only, lambda v: v * x):
        found = found + f(x) ** 2
    return found


@program(make=numbers(1))
def sum_over_functions(x):
    return sum(f(x) for f in [math.cos, math.exp])


@program(make=vector)
def list_of_layers(x):
    layers = [np.tanh, lambda v: v * 2.0, np.sin]
    for layer in layers:
        x = layer(x)
    return np.sum(x)


@program(make=numbers(1))
def loop_over_a_table(x):
    found = 0.0
    for _name, f in FUNCTIONS.items():
        found += f(x)
    for f in FUNCTIONS.values():
        found += f(found)
    return found


@program(make=lambda g: (g.normal(size=(2, 3)), g.normal(size=3)), wrt=(0, 1))
def weights_and_activations(w, x):
    for k, act in enumerate([np.tanh, np.sin]):
        x = act(w[k] * x)
    return np.sum(x)


@program(make=lambda g: (0.7, True), may_refuse=True)
def chosen_by_a_flag(x, fast):
    f = math.sin if fast else math.cos
    g = positional_only if not fast else keyword_only
    return f(x) * g(x)


def apply_deep(f, x, depth):
    return f(x) if depth == 0 else apply_deep(f, x, depth - 1) * 1.1


@program(make=numbers(2), wrt=(0, 1))
def passed_through_levels(x, y):
    return apply_deep(lambda v: v * y, x, 2)


def make_rhs(k, c=1.0):
    def rhs(t, y):
        return -k * y + c * t

    return rhs


def euler(rhs, y, dt, steps):
    for i in range(steps):
        y = y + dt * rhs(i * dt, y)
    return y


@program(make=numbers(2), wrt=(0, 1))
def factory_over_active_values(k, y):
    rhs = make_rhs(k)
    return rhs(0.5, y) + euler(rhs, y, 0.1, 3)


@program(make=numbers(2), wrt=(0, 1))
def factory_called_at_once(k, y):
    return make_rhs(k, y)(0.5, y) + euler(make_rhs(y), k, 0.1, 3)


def compose(f, g):
    return lambda x: f(g(x))


@program(make=numbers(1))
def composition(x):
    h = compose(math.sin, compose(math.exp, lambda v: v * x))
    return h(x)


def compose_all(*functions):
    def composed(x):
        for f in functions:
            x = f(x)
        return x

    return composed


@program(make=numbers(1))
def composition_of_many(x):
    return compose_all(math.sin, positional_only, math.exp)(x)


PIPELINE = compose_all(math.sin, positional_only, math.exp)


@program(make=numbers(1))
def pipeline_of_the_module(x):
    return PIPELINE(x) * x


@program(make=vector, may_refuse=True)
def methods_as_values(x):
    total_of = x.sum
    mean = np.ndarray.mean
    return total_of() * mean(x) + (x * x).dot(x)


class Model:
    """A model that is no argument: a constant object."""

    def __init__(self, k):
        self.k = k

    def rhs(self, t, y):
        return -self.k * y + t

    def __call__(self, x):
        return self.k * x * x


MODEL = Model(0.8)


@program(make=numbers(1))
def loop_over_functions_and_an_object(x):
    found = 0.0
    for f in [MODEL, positional_only]:
        found += f(x)
    return found


@program(make=numbers(1))
def method_of_a_constant_object(y):
    step = MODEL.rhs
    return euler(MODEL.rhs, y, 0.1, 3) + step(0.5, y) + MODEL(y)


def is_even(n, x):
    return x if n == 0 else is_odd(n - 1, x * 1.1)


def is_odd(n, x):
    return is_even(n - 1, x * x)


@program(make=numbers(1))
def mutual_recursion(x):
    return is_even(4, x)


@program(make=numbers(1))
def lambdas_in_a_list(x):
    pieces = [lambda v: v * x, lambda v: v + x, math.sin]
    return pieces[0](2.0) * pieces[1](x) + pieces[-1](x)


@program(make=numbers(2), wrt=(0, 1))
def functions_in_a_local_dict(x, y):
    table = {"a": lambda v: v * x, "b": keyword_only}
    return table["a"](y) + table["b"](x, y)


@program(make=numbers(2), wrt=(0, 1))
def closure_over_a_variable_that_changes(x, y):
    k = x
    f = lambda v: k * v
    first = f(y)
    k = y * y
    return first + f(x)


@program(make=numbers(1))
def closures_made_in_a_loop(x):
    found = 0.0
    for i in range(3):
        f = lambda v, i=i: v**i * x
        found += f(x)
    return found


@program(make=lambda g: (0.7, None))
def optional_function(x, act):
    act = act or math.tanh
    return act(x)


@program(make=numbers(1))
def lambda_called_where_it_stands(x):
    return (lambda a, b=2.0: a * b)(x) + (lambda *a: a[0] * a[1])(x, x)


@program(make=numbers(1), may_refuse=True)
def function_kept_from_the_first_trip(x):
    first = math.sin
    for i in range(1, 4):
        f = lambda v, i=i: v**i * x
        if i == 1:
            first = f
    return first(x)
