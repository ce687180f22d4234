"""What is asked of every program: value, gradient, and that nothing else changed."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

import numpy as np

MISMATCH_RTOL = 1e-6
SINGLE_RTOL = 2e-3
COMPONENTS = 24


class Wrong(AssertionError):
    """A derivative call returned something it should not have."""


# --- structured arguments -------------------------------------------------------------


def children(tree: Any) -> list | None:
    """The parts of a container, in order; None for a leaf."""
    if isinstance(tree, (list, tuple)):
        return list(tree)
    if isinstance(tree, dict):
        return list(tree.values())
    if dataclasses.is_dataclass(tree) and not isinstance(tree, type):
        return [getattr(tree, field.name) for field in dataclasses.fields(tree)]
    return None


def rebuild(tree: Any, parts: list) -> Any:
    """A container like `tree` with other parts."""
    if isinstance(tree, tuple) and hasattr(tree, "_fields"):
        return type(tree)(*parts)
    if isinstance(tree, (list, tuple)):
        return type(tree)(parts)
    if isinstance(tree, dict):
        return dict(zip(tree, parts, strict=True))
    return type(tree)(*parts)


def leaves(tree: Any) -> list:
    parts = children(tree)
    if parts is None:
        return [tree]
    return [leaf for part in parts for leaf in leaves(part)]


def with_leaves(tree: Any, values: list) -> Any:
    values = list(values)

    def walk(node):
        parts = children(node)
        return values.pop(0) if parts is None else rebuild(node, [walk(p) for p in parts])

    return walk(tree)


def same_structure(tree: Any, other: Any, where: str) -> None:
    """Raise unless `other` has the containers, shapes and dtypes of `tree`."""
    parts = children(tree)
    if parts is None:
        same_leaf(tree, other, where)
        return
    if type(tree) is not type(other):
        raise Wrong(f"{where}: gradient is a {type(other).__name__}, not {type(tree).__name__}")
    if isinstance(tree, dict) and list(tree) != list(other):
        raise Wrong(f"{where}: gradient has keys {list(other)}, not {list(tree)}")
    other_parts = children(other)
    if len(parts) != len(other_parts):
        raise Wrong(f"{where}: gradient has {len(other_parts)} parts, not {len(parts)}")
    for k, (part, other_part) in enumerate(zip(parts, other_parts, strict=True)):
        same_structure(part, other_part, f"{where}[{k}]")


def same_leaf(leaf: Any, other: Any, where: str) -> None:
    if isinstance(leaf, np.ndarray):
        kinds = (np.ndarray, np.generic) if leaf.ndim == 0 else np.ndarray
        if not isinstance(other, kinds):
            raise Wrong(f"{where}: gradient is a {type(other).__name__}, not an array")
        if other.shape != leaf.shape:
            raise Wrong(f"{where}: gradient has shape {other.shape}, not {leaf.shape}")
        if other.dtype != leaf.dtype:
            raise Wrong(f"{where}: gradient has dtype {other.dtype}, not {leaf.dtype}")
    elif isinstance(leaf, np.floating):
        if np.ndim(other) or np.asarray(other).dtype.kind != "f":
            raise Wrong(f"{where}: gradient {other!r} is not a float")
    elif not isinstance(other, float):
        raise Wrong(f"{where}: gradient is {type(other).__name__} {other!r}, not a float")


def identical(a: Any, b: Any) -> bool:
    """Whether two structures hold the same numbers (NaN equals NaN)."""
    parts, other_parts = children(a), children(b)
    if parts is None:
        if isinstance(a, (np.ndarray, np.generic, float, int)):
            return bool(np.array_equal(a, b, equal_nan=np.asarray(a).dtype.kind in "fc"))
        return True
    return len(parts) == len(other_parts) and all(map(identical, parts, other_parts))


# --- finite differences -----------------------------------------------------------------


def scalar(value: Any) -> float:
    array = np.asarray(value)
    if array.size != 1:
        raise ValueError(f"a program returned a result of shape {array.shape}")
    return float(array.reshape(()))


def double(tree: Any) -> Any:
    """The structure with float32 leaves widened, so that differences are meaningful."""
    values = [
        leaf.astype(np.float64)
        if isinstance(leaf, (np.ndarray, np.generic)) and leaf.dtype.kind == "f"
        else leaf
        for leaf in leaves(tree)
    ]
    return with_leaves(tree, values)


def directions(leaf: Any, g: np.random.Generator) -> list:
    """Unit vectors for small leaves and a few random directions for all."""
    shape = np.shape(leaf)
    size = int(np.prod(shape))
    result = [g.normal(size=shape) for _ in range(3 if size else 0)]
    if size <= COMPONENTS:
        for k in range(size):
            unit = np.zeros(size)
            unit[k] = 1.0
            result.append(unit.reshape(shape))
    return result


def call(function, args) -> float:
    return scalar(function(*copy.deepcopy(args)))


def slope(function, args, position, number, direction, step) -> float:
    """Central difference along a direction in one leaf of one argument."""

    def at(t):
        values = leaves(args[position])
        moved = values[number] + t * direction
        is_array = isinstance(values[number], np.ndarray)
        values[number] = np.asarray(moved) if is_array else float(moved)
        changed = list(args)
        changed[position] = with_leaves(args[position], values)
        return call(function, changed)

    return (at(step) - at(-step)) / (2.0 * step)


def richardson(function, args, position, number, direction, step) -> float:
    coarse = slope(function, args, position, number, direction, step)
    fine = slope(function, args, position, number, direction, 0.5 * step)
    return (4.0 * fine - coarse) / 3.0


def reference_slopes(program):
    """(position, leaf number, direction, slope, its uncertainty) of a program."""
    g = np.random.default_rng(7)
    args = tuple(double(arg) for arg in program.arguments())
    for position in program.wrt:
        for number, leaf in enumerate(leaves(args[position])):
            for direction in directions(leaf, g):
                here = (program.function, args, position, number, direction)
                good, other = richardson(*here, 4e-4), richardson(*here, 1e-3)
                yield position, number, direction, good, abs(good - other)


# --- the checks -------------------------------------------------------------------------


def check_primal(program) -> None:
    """The program itself runs, is smooth where it is tested, and depends on `wrt`."""
    scalar(program.function(*program.arguments()))
    for position, number, direction, good, doubt in reference_slopes(program):
        if not np.isfinite(good) or doubt > 2e-7 * max(1.0, abs(good)):
            raise Wrong(f"argument {position}.{number}: slope {good} uncertain by {doubt:.1e}")
        del direction


def check_gradient(program, grads) -> None:
    single = any(
        isinstance(leaf, (np.ndarray, np.generic)) and leaf.dtype == np.float32
        for arg in program.arguments()
        for leaf in leaves(arg)
    )
    rtol = SINGLE_RTOL if single else MISMATCH_RTOL
    flat = {p: leaves(grad) for p, grad in zip(program.wrt, grads, strict=True)}
    for position, number, direction, good, doubt in reference_slopes(program):
        gradient = np.asarray(flat[position][number], dtype=float)
        got = float(np.sum(gradient * direction))
        if not abs(got - good) <= rtol * max(1.0, abs(good)) + 2.0 * doubt:
            raise Wrong(
                f"gradient of argument {position}, leaf {number}, along "
                f"{np.array2string(np.asarray(direction), precision=2, threshold=6)}: "
                f"{got!r}, finite differences say {good!r}"
            )


def check_forward(program, tapeless, value, grads) -> None:
    """Forward mode is the witness of reverse mode: the dot-product test."""
    g = np.random.default_rng(11)
    args = program.arguments()
    before = copy.deepcopy(args)
    tangents = [None] * len(args)
    expected, scale = 0.0, 1.0
    for position, grad in zip(program.wrt, grads, strict=True):
        dots = []
        for leaf, leaf_bar in zip(leaves(args[position]), leaves(grad), strict=True):
            dot = g.normal(size=np.shape(leaf))
            dots.append(dot if isinstance(leaf, np.ndarray) else float(dot))
            expected += float(np.sum(leaf_bar * dot))
            scale += float(np.sum(np.abs(leaf_bar * dot)))
        tangents[position] = with_leaves(args[position], dots)
    out, out_dot = tapeless.jvp(program.function, args, tuple(tangents))
    if not identical(list(args), list(before)):
        raise Wrong("forward mode changed the caller's arguments")
    if not np.allclose(scalar(out), scalar(value), rtol=1e-12, atol=1e-300):
        raise Wrong(f"forward mode says {out!r}, reverse mode {value!r}")
    if np.shape(out_dot) != np.shape(out):
        raise Wrong(f"the tangent has shape {np.shape(out_dot)}, the result {np.shape(out)}")
    single = any(np.asarray(leaf).dtype == np.float32 for arg in args for leaf in leaves(arg))
    if not abs(scalar(out_dot) - expected) <= (SINGLE_RTOL if single else 1e-9) * scale:
        raise Wrong(f"forward mode gives {out_dot!r}, the gradient {expected!r} along the tangent")


def check_program(program, tapeless) -> None:
    """Everything that is asked of one program; raises Wrong, or what the engine raises."""
    f, wrt = program.function, program.wrt
    args = program.arguments()
    before = copy.deepcopy(args)
    expected = f(*copy.deepcopy(args))

    derivative = tapeless.value_and_grad(f, argnums=wrt)
    value, grads = derivative(*args)
    if np.asarray(value).shape != np.asarray(expected).shape:
        raise Wrong(f"value has shape {np.shape(value)}, not {np.shape(expected)}")
    if not np.allclose(scalar(value), scalar(expected), rtol=1e-12, atol=1e-300):
        raise Wrong(f"value is {value!r}, the primal's is {expected!r}")
    if not identical(list(args), list(before)):
        raise Wrong("the caller's arguments were changed")
    if not isinstance(grads, tuple) or len(grads) != len(wrt):
        raise Wrong(f"gradients are {type(grads).__name__}, not a tuple of {len(wrt)}")
    for position, grad in zip(wrt, grads, strict=True):
        same_structure(args[position], grad, f"argument {position}")
    first = copy.deepcopy((value, grads))
    check_gradient(program, grads)

    again = derivative(*program.arguments())
    if not identical([*again], [*first]):
        raise Wrong(f"a second call gave {again!r}, the first {first!r}")
    if not identical([value, grads], [*first]):
        raise Wrong("a second call changed what the first had returned")

    check_forward(program, tapeless, value, grads)

    # Another object, which generates the text anew.
    plain = tapeless.grad(f, argnums=wrt)
    if not identical(list(plain(*program.arguments())), list(first[1])):
        raise Wrong("grad and value_and_grad disagree")
    text = derivative.source_for(*program.arguments())
    if text != plain.source_for(*program.arguments()):
        raise Wrong("the generated text differs between two derivative objects")
