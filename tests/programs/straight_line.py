"""Straight-line code: expressions, broadcasting, reductions, constructors."""

import numpy
import numpy as np
from numpy import cos, sin
from numpy import exp as e_to

from .corpus import program

GRAVITY = 9.81
WEIGHTS = np.array([0.5, -1.5, 2.0])


@program(make=lambda g: (1.3, 0.7), wrt=(0, 1))
def quotient(a, b):
    return (a + b) / (a - 3.0 * b)


@program(make=lambda g: (1.3, 0.7, -0.4), wrt=(0, 1, 2))
def polynomial(x, y, z):
    return 3 * x**2 * y - 2 * y * z**3 + x / 4 - 7


@program(make=lambda g: (-1.7, -0.6), wrt=(0, 1), note="integer powers of negative bases")
def negative_bases(x, y):
    return x**3 + y**-2 - (x * y) ** 2 + x**1 * y**0


@program(make=lambda g: (1.7, 0.6), wrt=(0, 1))
def real_powers(x, y):
    return x**y + 2.0**x + y**0.5 + x**-1.5


@program(make=lambda g: (0.8,), note="unary operators")
def unary(x):
    return -(x**2) + (+x) - -x * 3


@program(make=lambda g: (2.5,), note="derived powers bind as in Python")
def minus_two_to_the_x(x):
    return -(2**x) + -(2.0**-x)


@program(make=lambda g: (0.8, 1.1), wrt=(0, 1))
def reused_name(x, y):
    t = x * y
    t = t + x
    t = t * t
    x = t - y
    return x * t


@program(make=lambda g: (0.8, 1.1), wrt=(0, 1), note="sequence of augmented names (#64)")
def augmented_sequence(x, y):
    a = x
    b = y
    a += y * 2.0
    b += a * x
    a *= b
    b -= a
    a /= 3.0 + b**2
    b **= 2
    return a * b


@program(make=lambda g: (0.8,), note="chained assignment")
def chained_assignment(x):
    a = b = x * x
    a = a + 1.0
    return a * b


@program(make=lambda g: (0.8, 0.3), wrt=(0, 1))
def unused_argument(x, y):
    z = y * 3.0
    return x**2


@program(make=lambda g: (0.8,), note="result does not depend on the argument")
def constant_result(x):
    return 3.0


@program(make=lambda g: (0.8,), note="identity")
def identity(x):
    return x


@program(make=lambda g: (g.normal(size=4),), note="identity on an array of size one")
def size_one_result(x):
    return (x[:1] * x[1:2]) * 2.0


@program(make=lambda g: (g.normal(size=(1, 1)),))
def one_by_one_result(x):
    return x @ x


@program(make=lambda g: (3,), note="a Python int counts as a float")
def integer_argument(n):
    return n * n / 2.0


@program(make=lambda g: (g.normal(size=4), 2), wrt=(0, 1), note="int argument as exponent base")
def integer_argument_with_array(x, k):
    return np.sum(k * x**2)


@program(make=lambda g: (np.float64(1.4),))
def numpy_scalar(x):
    return x * np.sin(x)


@program(make=lambda g: (np.array(1.4), g.normal(size=3)), wrt=(0, 1), note="0-d array")
def zero_dim(x, y):
    return np.sum(x * y) + x**2


@program(make=lambda g: (np.array(1.4), np.array(0.3)), wrt=(0, 1))
def two_zero_dim(x, y):
    return x * np.exp(y) / (x + y)


@program(make=lambda g: (np.array(1.4),), note="index of a 0-d array")
def zero_dim_index(x):
    return x[()] * x[...].sum()


@program(make=lambda g: (g.normal(size=5).astype(np.float32),))
def single_precision(x):
    return np.sum(np.sin(x) * x)


@program(
    make=lambda g: (g.normal(size=(4, 3)).astype(np.float32), g.normal(size=3)),
    wrt=(0, 1),
    note="float32 beside float64",
)
def mixed_precision(w, x):
    return np.sum(np.tanh(w @ x))


@program(make=lambda g: (g.normal(size=3).astype(np.float32), 0.5), wrt=(0, 1))
def single_precision_and_float(x, a):
    y = a * x
    return np.mean(y * y)


@program(make=lambda g: (g.normal(size=5), g.normal(size=5)), wrt=(0, 1))
def elementwise(x, y):
    return np.sum(x * y - x / (2.0 + y**2))


@program(make=lambda g: (g.normal(size=(3, 4)), g.normal(size=4)), wrt=(0, 1))
def matrix_plus_row(a, b):
    return np.sum((a + b) * (a - b) * a)


@program(make=lambda g: (g.normal(size=(3, 4)), g.normal(size=(3, 1))), wrt=(0, 1))
def matrix_plus_column(a, b):
    return np.sum((a * b) ** 2)


@program(make=lambda g: (g.normal(size=(3, 1)), g.normal(size=(1, 4))), wrt=(0, 1))
def both_ways(a, b):
    return np.sum(np.sin(a * b) + a / (3.0 + b * b))


@program(make=lambda g: (g.normal(size=(3, 1)), g.normal(size=4)), wrt=(0, 1))
def column_and_vector(a, b):
    return np.sum((a - b) ** 3)


@program(make=lambda g: (g.normal(size=(2, 1, 4)), g.normal(size=(3, 1))), wrt=(0, 1))
def three_dims(a, b):
    return np.sum(np.exp(0.3 * a) * b + b * b)


@program(make=lambda g: (g.normal(size=(1, 1)), g.normal(size=(2, 3))), wrt=(0, 1))
def size_one_matrix(a, b):
    return np.sum(a * b) + np.sum(a)


@program(make=lambda g: (g.normal(size=(1,)), g.normal(size=(4,))), wrt=(0, 1))
def size_one_vector(a, b):
    return np.sum(a / (1.0 + b**2) - a * b)


@program(make=lambda g: (0.7, g.normal(size=(2, 3))), wrt=(0, 1))
def float_and_matrix(a, b):
    c = a - b
    d = b / a
    return np.sum(c * d + a) + a


@program(make=lambda g: (g.uniform(0.5, 2.0, size=(3, 4)), g.uniform(0.5, 2.0, size=4)), wrt=(0, 1))
def broadcast_power(a, b):
    return np.sum(a**b) + np.sum(b ** a[:, :1])


@program(
    make=lambda g: (g.uniform(0.5, 2.0, size=(3, 4)), g.uniform(0.5, 2.0, size=(4,))), wrt=(0, 1)
)
def broadcast_quotient(a, b):
    return np.sum(a / b) + np.sum(b / a)


@program(make=lambda g: (g.normal(size=4),), note="the same array on both sides")
def same_operand(x):
    return np.sum(x * x + x / (2.0 + x * x) - (x - x))


@program(make=lambda g: (g.normal(size=(3, 4)),))
def reductions(a):
    rows = np.sum(a, axis=0)
    cols = np.sum(a, axis=1, keepdims=True)
    return np.sum(rows**2) + np.sum(cols**3) + np.sum(a) ** 2


@program(make=lambda g: (g.normal(size=(2, 3, 4)),))
def reduction_over_two_axes(a):
    s = np.sum(a, axis=(0, 2))
    m = np.mean(a, axis=(1, 2), keepdims=True)
    return np.sum(s**2) + np.sum(a * m)


@program(make=lambda g: (g.normal(size=(3, 4)),))
def negative_axis(a):
    return np.sum(np.sum(a, axis=-1) ** 2) + np.sum(np.mean(a, axis=-2) ** 3)


@program(make=lambda g: (g.normal(size=(3, 4)),))
def mean_of_everything(a):
    return np.mean(a) * np.mean(a * a)


@program(make=lambda g: (g.normal(size=(3, 4)),), note="centred by a keepdims mean")
def centred(a):
    c = a - np.mean(a, axis=1, keepdims=True)
    return np.sum(c**2 * a)


@program(make=lambda g: (g.normal(size=(3, 4)),))
def max_and_min(a):
    return np.max(a) * np.min(a) + np.sum(np.max(a, axis=0) ** 2) - np.sum(np.min(a, axis=1) * 3.0)


@program(make=lambda g: (g.normal(size=(3, 4)),))
def max_keepdims(a):
    m = np.max(a, axis=1, keepdims=True)
    return np.sum(np.exp(a - m) * a)


@program(make=lambda g: (g.normal(size=(3, 4)),))
def log_sum_exp_rows(a):
    m = a.max(axis=1)
    return np.sum(m + np.log(np.sum(np.exp(a - m[:, None]), axis=1)))


@program(make=lambda g: (g.normal(size=5),))
def product(x):
    return np.prod(x) + np.prod(x[1:]) ** 2


@program(make=lambda g: (g.normal(size=(3, 4)),))
def product_axis(a):
    return np.sum(np.prod(a, axis=0) ** 2) + np.sum(np.prod(a, axis=1, keepdims=True) * a)


@program(make=lambda g: (np.array([1.5, 0.0, -2.0]),), note="product with a zero factor")
def product_with_zero(x):
    return np.prod(x) + np.sum(x)


@program(make=lambda g: (g.normal(size=6),))
def cumulative_sum(x):
    return np.sum(np.cumsum(x) ** 2)


@program(make=lambda g: (g.normal(size=(3, 4)),))
def cumulative_sum_axis(a):
    return np.sum(np.cumsum(a, axis=0) ** 2 * np.cumsum(a, axis=1)) + np.sum(np.cumsum(a) ** 2)


@program(make=lambda g: (g.normal(size=(3, 4)), g.normal(size=4), g.normal(size=3)), wrt=(0, 1, 2))
def bilinear_form(a, x, y):
    return y @ a @ x


@program(make=lambda g: (g.normal(size=(3, 4)), g.normal(size=(4, 2))), wrt=(0, 1))
def matrix_product(a, b):
    return np.sum(np.tanh(a @ b))


@program(make=lambda g: (g.normal(size=(2, 3, 4)), g.normal(size=(4, 5))), wrt=(0, 1))
def batched_product(a, b):
    return np.sum((a @ b) ** 2)


@program(make=lambda g: (g.normal(size=(2, 3, 4)), g.normal(size=(2, 4, 3))), wrt=(0, 1))
def doubly_batched_product(a, b):
    return np.sum(np.matmul(a, b) ** 2)


@program(make=lambda g: (g.normal(size=(2, 3, 4)), g.normal(size=4)), wrt=(0, 1))
def batched_matrix_vector(a, x):
    return np.sum((a @ x) ** 2)


@program(make=lambda g: (g.normal(size=5), g.normal(size=5)), wrt=(0, 1))
def dot_of_vectors(x, y):
    return np.dot(x, y) ** 2 + np.dot(x, x)


@program(make=lambda g: (g.normal(size=(3, 4)), g.normal(size=4)), wrt=(0, 1))
def dot_matrix_vector(a, x):
    return np.dot(np.dot(a, x), np.dot(a, x))


@program(make=lambda g: (g.normal(size=(3, 4)), g.normal(size=(4, 2)), 1.5), wrt=(0, 1, 2))
def dot_with_scalars(a, b, c):
    return np.sum(np.dot(c, np.dot(a, b)) ** 2)


@program(make=lambda g: (g.normal(size=3), g.normal(size=4)), wrt=(0, 1))
def outer_product(x, y):
    return np.sum(np.outer(x, y) ** 2) + np.sum(np.sin(np.outer(y, x)))


@program(make=lambda g: (g.normal(size=(3, 4)),))
def reshapes(a):
    b = np.reshape(a, (2, 6))
    c = a.reshape(-1, 3)
    return np.sum(b[0] * b[1]) + np.sum(c[1:] * c[:-1])


@program(make=lambda g: (g.normal(size=(2, 3, 4)),))
def transposes(a):
    b = np.transpose(a, (2, 0, 1))
    c = a.T
    d = np.transpose(a)
    return np.sum(b[1] * b[0]) + np.sum(c[0] * d[1])


@program(make=lambda g: (g.normal(size=(3, 4)),))
def ravelled(a):
    v = np.ravel(a)
    w = a.ravel()
    return np.sum(v[1:] * w[:-1]) + np.sum(a.flatten() ** 3)


@program(make=lambda g: (g.normal(size=3), g.normal(size=4)), wrt=(0, 1))
def concatenation(x, y):
    z = np.concatenate([x, y, x])
    w = np.concatenate((y, x**2))
    return np.sum(z[2:] ** 2 * z[:-2]) + np.sum(w * np.arange(7.0))


@program(make=lambda g: (g.normal(size=(2, 3)), g.normal(size=(2, 2))), wrt=(0, 1))
def concatenation_axis(a, b):
    c = np.concatenate((a, b), axis=1)
    return np.sum(c[:, 1:] * c[:, :-1])


@program(make=lambda g: (g.normal(size=4), g.normal(size=4)), wrt=(0, 1))
def stacking(x, y):
    a = np.stack([x, y])
    b = np.stack((x, y, x), axis=1)
    return np.sum(a[0] * a[1] ** 2) + np.sum(b @ np.array([1.0, 2.0, 3.0])) ** 2


@program(make=lambda g: (g.normal(size=4),))
def broadcast_to_shape(x):
    b = np.broadcast_to(x, (3, 4))
    return np.sum(b * np.arange(12.0).reshape(3, 4) * x)


@program(make=lambda g: (0.3, 1.2), wrt=(0, 1))
def array_of_scalars(a, b):
    v = np.array([a, b, a * b, 1.0])
    return np.sum(v**2) + v[0] * v[2]


@program(make=lambda g: (0.3, 1.2), wrt=(0, 1))
def array_nested(a, b):
    r = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return np.sum((r @ np.array([b, 1.0])) * np.array([2.0, b]))


@program(make=lambda g: (g.normal(size=3),))
def array_of_rows(x):
    a = np.array([x, 2 * x, x**2])
    return np.sum(a[0] * a[2]) + a[1, 1] * a[2, 0]


@program(make=lambda g: (g.normal(size=4),))
def copies(x):
    y = np.array(x)
    z = x.copy()
    w = np.asarray(x)
    return np.sum(y * z + w**2 * np.copy(x))


@program(make=lambda g: (g.normal(size=4), 1.5), wrt=(0, 1))
def constructors(x, c):
    n = len(x)
    a = np.full(n, c)
    b = np.full_like(x, c)
    i = np.eye(n)
    s = np.linspace(0.0, 1.0, n)
    return (
        np.sum(a * x * np.arange(n) + b * s)
        + np.sum(i @ x * np.ones(n))
        + np.sum(np.zeros_like(x) + x)
    )


@program(make=lambda g: (0.4, 2.0), wrt=(0, 1), note="active end points", may_refuse=True)
def active_linspace(a, b):
    return np.sum(np.linspace(a, b, 5) ** 2)


@program(make=lambda g: (g.normal(size=4),))
def module_constants(x):
    return GRAVITY * np.sum(x[1:] * WEIGHTS) + np.pi * x[0]


@program(make=lambda g: (g.normal(size=4),), note="import numpy, from numpy import sin")
def import_names(x):
    return numpy.sum(sin(x) * cos(x)) + e_to(x).sum() + numpy.add(x, 1.0).mean()


@program(make=lambda g: (g.normal(size=4),))
def annotated(x: np.ndarray) -> float:
    """Has a docstring and annotations."""
    y: np.ndarray = x * 2.0
    total: float = np.sum(y**2)
    return total


@program(make=lambda g: (g.normal(size=4),))
def asserts_and_strings(x):
    n = len(x)
    assert n == 4, f"expected 4 entries, got {n}"
    label = f"{n} entries"
    if n > 100:
        raise ValueError(f"too long: {label}")
    return np.sum(x**2) / n


@program(make=lambda g: (g.normal(size=(3, 2)),), note="only some of it matters")
def partly_dead(a):
    n, m = a.shape
    b = a * 3.0
    c = np.exp(b)
    d = b[:, 0] * n
    return np.sum(d**2) * m


@program(make=lambda g: (g.normal(size=5),))
def deep_expression(x):
    return np.sum(np.exp(-((x - 0.5) ** 2) / (2 * 0.3**2)) / np.sqrt(2 * np.pi * 0.3**2))


@program(make=lambda g: (g.normal(size=5), g.normal(size=5)), wrt=(0, 1))
def cosine_similarity(x, y):
    return np.dot(x, y) / (np.sqrt(np.dot(x, x)) * np.sqrt(np.dot(y, y)))


@program(make=lambda g: (g.normal(size=(4, 3)), g.normal(size=3), g.normal(size=4)), wrt=(0, 1, 2))
def least_squares(a, x, b):
    r = a @ x - b
    return 0.5 * r.T @ r


@program(make=lambda g: (g.normal(size=(4, 3)),))
def softmax_rows(a):
    e = np.exp(a - a.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.sum(np.log(p[:, 0])) + np.sum(p**2)


@program(make=lambda g: (g.normal(size=(4, 3)),), note="variance written out")
def layer_norm(a):
    mu = a.mean(axis=0)
    var = ((a - mu) ** 2).mean(axis=0)
    z = (a - mu) / np.sqrt(var + 1e-3)
    return np.sum(z**3)


@program(make=lambda g: (g.normal(size=(4, 3)),), may_refuse=True)
def variance(a):
    return np.sum(a.var(axis=0) * np.std(a, axis=0)) + np.var(a)


@program(make=lambda g: (g.normal(size=5),), may_refuse=True)
def differences(x):
    return np.sum(np.diff(x) ** 2) + np.sum(np.roll(x, 1) * x)


@program(make=lambda g: (0.3,), note="a chain of scalars to an array and back")
def scalar_array_scalar(a):
    x = a * np.arange(1.0, 5.0)
    s = np.sum(x**2)
    y = np.sin(s) * x
    return float(y[1]) * s


@program(make=lambda g: (g.normal(size=(3, 3)),), may_refuse=True)
def trace_and_diagonal(a):
    return np.trace(a @ a) + np.sum(np.diag(a) ** 2)


@program(make=lambda g: (g.normal(size=4),), note="neutral elements must not lose a term")
def neutral_elements(x):
    y = 0 + x * 1
    z = y - 0.0
    w = 1.0 * z / 1
    return np.sum(w**2) + 0.0 * x[0]
