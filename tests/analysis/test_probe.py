"""The kinds of results, learnt from calls, are right for other lengths."""

import numpy as np
import pytest

from tapeless.analysis.kinds import Array, Number, Opaque, Sequence, kind_of
from tapeless.analysis.probe import probe

V, W, M, N = "v", "w", "m", "n"
VALUES = {
    V: np.arange(1.0, 4.0),
    W: np.arange(1.0, 9.0),
    M: np.arange(12.0).reshape(3, 4),
    N: np.arange(12.0).reshape(4, 3) + np.eye(4, 3),
}
FUNCTIONS = [
    (np.outer, (V, W), {}),
    (np.sum, (M,), {"axis": 0}),
    (np.sum, (M,), {"axis": 1, "keepdims": True}),
    (np.mean, (M,), {}),
    (np.concatenate, ((V, W),), {}),
    (np.stack, ((V, V),), {"axis": 1}),
    (np.transpose, (M,), {}),
    (np.dot, (M, N), {}),
    (np.einsum, ("ij,jk->ik", M, N), {}),
    (np.argmax, (M,), {"axis": 1}),
    (np.cumsum, (M,), {"axis": 1}),
    (np.diff, (W,), {}),
    (np.tile, (V, 2), {}),
    (np.repeat, (V, 2), {}),
    (np.diag, (V,), {}),
    (np.where, (V,), {}),
    (np.zeros_like, (M,), {}),
    (np.array_split, (W, 2), {}),
    (np.shape, (M,), {}),
    (np.expand_dims, (M, 1), {}),
    (np.ravel, (M,), {}),
    (np.kron, (V, W), {}),
    (np.meshgrid, (V, W), {}),
    (np.linalg.norm, (V,), {}),
    (np.linalg.inv, (np.eye(3),), {}),
    (np.sort, (V,), {}),
    (np.triu, (M,), {}),
]


def as_value(item):
    if isinstance(item, tuple):
        return tuple(as_value(i) for i in item)
    return VALUES.get(item, item) if isinstance(item, str) else item


def as_kind(item):
    if isinstance(item, tuple):
        return Sequence(tuple, tuple(as_kind(i) for i in item))
    if isinstance(item, str) and item in VALUES:
        return kind_of(VALUES[item], item)
    if isinstance(item, np.ndarray):
        return kind_of(item, "q")
    from tapeless.analysis.expressions import kind_of_object

    return kind_of_object(item)


LENGTHS = {f"{n}.{k}": length for n, v in VALUES.items() for k, length in enumerate(v.shape)}
LENGTHS |= {"q.0": 3, "q.1": 3}


def length_of(size):
    return sum(c * LENGTHS[s.name] for s, c in size.terms) + size.constant


def agrees(kind, value):
    if isinstance(kind, Array):
        assert isinstance(value, np.ndarray)
        assert kind.dtype == kind_of(value, "r").dtype
        assert kind.rank == value.ndim
        for axis, length in zip(kind.axes, value.shape, strict=True):
            assert axis is None or length_of(axis) == length
    elif isinstance(kind, Number):
        assert np.ndim(value) == 0
        assert kind.dtype == kind_of(value, "r").dtype
        assert kind.python == (not isinstance(value, np.generic))
        assert kind.size is None or length_of(kind.size) == value
    elif isinstance(kind, Sequence):
        assert isinstance(value, kind.form)
        if kind.items is not None:
            assert len(kind.items) == len(value)
            for item, part in zip(kind.items, value, strict=True):
                agrees(item, part)
    else:
        pytest.fail(f"nothing learnt: {kind}")


@pytest.mark.parametrize(
    ("function", "arguments", "named"), FUNCTIONS, ids=[f[0].__name__ for f in FUNCTIONS]
)
def test_what_is_learnt_holds_for_other_lengths(function, arguments, named):
    kind = probe(
        function, [as_kind(a) for a in arguments], {k: as_kind(v) for k, v in named.items()}
    )
    agrees(kind, function(*map(as_value, arguments), **named))


def test_a_length_that_depends_on_the_numbers_is_not_learnt():
    kind = probe(np.unique, [kind_of(np.ones(4), "x")], {})
    assert kind.axes == (None,)


def test_what_fails_on_samples_is_unknown():
    assert probe(np.linalg.inv, [kind_of(1.0, "x")], {}) == Opaque("probe")
    assert probe(np.sum, [Opaque()], {}) == Opaque("probe")


def test_known_arguments_are_passed_as_they_are():
    kind = probe(np.linspace, [kind_of(0.0, "a"), kind_of(1.0, "b"), as_kind(7)], {})
    assert str(kind) == "f8[7]"
