"""What a subscript selects, compared with NumPy."""

import itertools

import gast
import numpy as np
import pytest

from tapeless.analysis.expressions import kind_of_object
from tapeless.analysis.indexing import broadcast_axes, select
from tapeless.analysis.kinds import Array, Number, kind_of
from tapeless.syntax import expr, to_debug_text

SHAPES = [(5,), (4, 6), (1, 6), (3, 4, 5)]
I = np.array([0, 2, 1])
J = np.array([[0, 1], [2, 0]])
K = np.array([1])
SCOPE = {"I": I, "J": J, "K": K, "np": np, "k": 1, "m": None}
PARTS = [
    "0", "-1", "k", ":", "1:", ":-1", "1:-1", "::-1", "::2", "1:3", ":k", "k:", "-2:", "...",
    "None", "np.newaxis", "I", "J", "K", "[0, 2]", "m",
]  # fmt: skip


def kind_in_scope(node):
    """The kind of an expression over the names above, as an analysis knows it."""
    if isinstance(node, gast.Name):
        return kind_of(SCOPE[node.id], node.id)
    value = eval(to_debug_text(node), SCOPE)
    return kind_of_object(value)


def indices(rank):
    for part in PARTS:
        yield part
        yield f"x{rank} > 0.0" if part == ":" else part
    for pair in itertools.product(PARTS, repeat=2):
        yield ", ".join(pair)
    for triple in itertools.product(["0", ":", "1:", "I", "None", "..."], repeat=3):
        yield ", ".join(triple)


def cases():
    for shape in SHAPES:
        rank = len(shape)
        x = np.arange(1.0, np.prod(shape) + 1.0).reshape(shape)
        for index in dict.fromkeys(indices(rank)):
            scope = {**SCOPE, f"x{rank}": x}
            try:
                selected = eval(f"x{rank}[{index}]", scope)
            except (IndexError, ValueError):
                continue
            yield shape, index, x, selected


CASES = list(cases())


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_selections_are_those_of_numpy(shape):
    seen = 0
    for of, index, x, selected in CASES:
        if of != shape:
            continue
        seen += 1
        scope = dict(SCOPE)
        name = f"x{x.ndim}"
        scope[name] = x

        def kind(node, scope=scope):
            if isinstance(node, gast.Name):
                return kind_of(scope[node.id], node.id)
            if any(isinstance(n, gast.Name) and n.id.startswith("x") for n in gast.walk(node)):
                return kind_of(eval(to_debug_text(node), scope), "mask")
            return kind_of_object(eval(to_debug_text(node), SCOPE))

        base = kind_of(x, name)
        found = select(base, expr(f"{name}[{index}]").slice, kind)
        check(found, selected, x, index)
    assert seen > 100


def check(found, selected, x, index):
    where = f"x{x.shape}[{index}] has shape {np.shape(selected)}: {found}"
    if not isinstance(selected, np.ndarray):
        assert isinstance(found.kind, Number), where
        assert found.form == "element", where
        return
    assert isinstance(found.kind, Array), where
    if found.kind.axes is None:
        pytest.fail(f"rank unknown: {where}")
    assert found.kind.rank == selected.ndim, where
    lengths = {f"x{x.ndim}.{k}": n for k, n in enumerate(x.shape)} | {
        "I.0": 3, "J.0": 2, "J.1": 2, "K.0": 1, "k": 1,
    }  # fmt: skip
    for axis, length in zip(found.kind.axes, selected.shape, strict=True):
        if axis is not None:
            # A bound past the end is cut off: then the length is less than its formula.
            value = sum(c * lengths[s.name] for s, c in axis.terms) + axis.constant
            assert value == length or (value > length and is_cut(index)), where
            assert not axis.is_one or length == 1, where
    if selected.size > 1:
        assert (found.form == "view") == np.shares_memory(selected, x), where


def is_cut(index):
    return any(part in index for part in ("1:3", "1:-1", ":k", "k:", "1:", ":-1", "-2:"))


@pytest.mark.parametrize(
    ("index", "unique"),
    [("I", False), ("[0, 0]", False), ("1:3", True), ("x1 > 2.0", True), ("2", True)],
)
def test_whether_an_element_can_be_selected_twice(index, unique):
    x = np.arange(5.0)

    def kind(node):
        text = to_debug_text(node)
        return kind_of(eval(text, {**SCOPE, "x1": x}), text)

    assert select(kind_of(x, "x1"), expr(f"x1[{index}]").slice, kind).unique is unique


@pytest.mark.parametrize(
    ("left", "right"),
    list(itertools.product([(), (1,), (4,), (3, 4), (3, 1), (1, 4), (2, 3, 4)], repeat=2)),
)
def test_broadcast_shapes_are_those_of_numpy(left, right):
    shape = np.broadcast_shapes(left, right)
    lengths = {}

    def axes(of, name):
        kind = kind_of(np.zeros(of), name)
        lengths.update({f"{name}.{k}": n for k, n in enumerate(of)})
        return list(kind.axes)

    found = broadcast_axes(axes(left, "a"), axes(right, "b"))
    known = [sum(c * lengths[s.name] for s, c in d.terms) + d.constant for d in found]
    assert tuple(known) == shape
