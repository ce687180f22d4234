"""The kinds of all names of small functions."""

import numpy as np
import pytest

from .helpers import kinds_of, unit_of

X = np.ones(3)
A = np.ones((3, 4))


def test_arithmetic_and_broadcasting():
    def f(x, a, s):
        y = x[:, None] * a
        z = y.sum(axis=0) * s
        w = a.T @ x
        return np.sum(z * w)

    kinds = kinds_of(f, X, A, 2.0)
    assert (kinds["y"], kinds["z"]) == ("f8[x.0, a.1]", "f8[a.1]")
    assert kinds["w"] == "f8[a.1]"
    assert unit_of(f, X, A, 2.0).result.dtype == "f"


def test_lengths_follow_shape_and_len():
    def f(x):
        n = len(x)
        y = np.zeros(n - 2)
        z = np.zeros((n, x.shape[0] + 1))
        return np.sum(y) + np.sum(z)

    kinds = kinds_of(f, X)
    assert (kinds["y"], kinds["z"]) == ("f8[x.0 - 2]", "f8[x.0, x.0 + 1]")


def test_a_float_that_becomes_an_array_in_a_loop():
    def f(x):
        s = 0.0
        for i in range(3):
            s = s + x * i
        return np.sum(s)

    assert kinds_of(f, X)["s"] == "f8[...]"


def test_a_slice_that_grows_has_no_fixed_length():
    def f(x):
        s = 0.0
        for i in range(len(x)):
            part = x[:i]
            kept = part
            s = s + np.sum(kept)
        return s

    assert kinds_of(f, X)["kept"] == "f8[f.i]"


def test_what_a_loop_carries_forgets_the_trip():
    def f(x):
        y = x
        for i in range(3):
            y = x[:i]
        return np.sum(y)

    assert kinds_of(f, X)["y"] == "f8[?]"


def test_branches_that_arguments_decide_are_not_entered():
    def f(x, mode, scale):
        if mode == "fast":
            y = x * 2.0
        else:
            y = "never"
        if scale is None:
            z = y
        else:
            z = (y, scale)
        return np.sum(z)

    kinds = kinds_of(f, X, "fast", None)
    assert kinds["y"] == "f8[x.0]"
    assert kinds["z"] == "f8[x.0]"


def test_branches_that_are_open_are_joined():
    def f(x, n):
        if n > 2:
            y = x
        else:
            y = 0.0
        return np.sum(y)

    assert kinds_of(f, X, 3)["y"] == "f8[...]"


def test_lists_that_grow():
    def f(x):
        values = []
        for i in range(len(x)):
            values.append(x[i] * 2.0)
        last = values[-1]
        return last

    kinds = kinds_of(f, X)
    assert (kinds["values"], kinds["last"]) == ("list of np.float", "np.float")


def test_tuples_and_dicts_are_known_item_by_item():
    def f(x):
        pair = (x, 2.0)
        table = {"a": x, "b": 1.0}
        first = pair[0]
        b = table["b"]
        return np.sum(first) * b

    kinds = kinds_of(f, X)
    assert kinds["pair"] == "tuple(f8[x.0], float 2.0)"
    assert (kinds["first"], kinds["b"]) == ("f8[x.0]", "float 1.0")


@pytest.mark.parametrize(
    ("dtype", "kind"), [(np.float32, "f4[x.0]"), (float, "f8[x.0]"), (complex, "c16[x.0]")]
)
def test_python_numbers_do_not_widen(dtype, kind):
    def f(x):
        y = 2.0 * x + 1
        return np.sum(abs(y))

    assert kinds_of(f, np.ones(3, dtype))["y"] == kind


def test_python_floats_stay_python_floats():
    def f(a, x):
        b = a * 2.0 + 1
        c = float(x[0])
        d = x[0]
        return b * c * d

    kinds = kinds_of(f, 1.0, X)
    assert (kinds["b"], kinds["c"], kinds["d"]) == ("float", "float", "np.float")


@pytest.mark.parametrize(
    "function",
    [
        lambda x, a: x @ a,
        lambda x, a: np.outer(x, a[0]),
        lambda x, a: a[1:, ::2],
        lambda x, a: np.concatenate([x, a[:, 0]]),
        lambda x, a: np.where(a > 0.0, a, 0.0),
        lambda x, a: a.reshape(2, 6),
        lambda x, a: a.mean(axis=1, keepdims=True),
        lambda x, a: np.einsum("i,ij->j", x, a),
        lambda x, a: np.cumsum(a, axis=0),
        lambda x, a: x[a[:, 0] > 0.0],
        lambda x, a: a[np.array([0, 2]), 1:3],
        lambda x, a: np.linalg.norm(a, axis=0),
        lambda x, a: np.max(a),
        lambda x, a: a.T.copy(),
        lambda x, a: np.stack([x, x]),
        lambda x, a: np.full((2, len(x)), x[0]),
        lambda x, a: x.astype(np.float32) * 2,
        lambda x, a: (x > 0.0) & (x < 2.0),
        lambda x, a: np.argsort(x),
        lambda x, a: a.shape,
        lambda x, a: a.size,
        lambda x, a: -x ** 2,
        lambda x, a: x.ravel()[0],
        lambda x, a: divmod(len(x), 2),
    ],
)  # fmt: skip
def test_results_have_the_kind_that_was_found(function):
    lengths = {"x.0": 3, "a.0": 3, "a.1": 4}
    agrees(unit_of(function, X, A).result, function(X, A), lengths)


def agrees(kind, value, lengths):
    if isinstance(value, tuple):
        assert len(kind.items) == len(value)
        for item, part in zip(kind.items, value, strict=True):
            agrees(item, part, lengths)
        return
    found = np.asarray(value).dtype
    assert kind.dtype[0] == found.kind.replace("u", "i")
    assert kind.rank in (np.ndim(value), None)
    for axis, length in zip(kind.dims or (), np.shape(value), strict=kind.rank is not None):
        if axis is not None:
            assert sum(c * lengths[s.name] for s, c in axis.terms) + axis.constant == length
