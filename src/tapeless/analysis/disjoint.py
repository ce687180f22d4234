"""Proofs that a later write in a loop never touches what an earlier adjoint reads.

The trajectory that is filled step by step, ``y[k + 1] = y[k] + dt * f(y[k])``: in every later trip
the written row lies beyond all rows that were read. The proof looks at the first index of both.
"""

from __future__ import annotations

import gast

from ..syntax import names_read
from .effects import Effects
from .indexing import index_items
from .infer import Inference
from .kinds import Array, Number
from .layout import Layout
from .sizes import Size, add
from .unit import Unit
from .writes import Write


def never_overwrites(
    write: Write,
    read: str,
    at: gast.stmt,
    layout: Layout,
    effects: Effects,
    inference: Inference,
    unit: Unit,
) -> bool:
    """Whether no run of ``write`` after ``at`` touches the part of memory that ``read`` names."""
    mine = _first_index(write.name, write.index, layout, effects, inference, unit)
    theirs = _first_index(read, None, layout, effects, inference, unit)
    if mine is None or theirs is None or mine[0] != theirs[0]:
        return False
    if len(effects.roots.get(write.name, frozenset())) != 1:
        return False
    written, seen = mine[1], theirs[1]
    difference = add(written, seen, -1)
    if difference is None or not difference.is_constant or difference.constant == 0:
        return False
    loop = _common_counter(written, write.statement, at, layout, unit)
    if loop is None:
        # Both indices are fixed while both live: they differ, so they never meet.
        return written.is_constant and seen.is_constant
    lowest = _lowest(loop, inference)
    if (
        lowest is None
        or len(written.terms) != 1
        or min(written.constant, seen.constant) + lowest < 0
    ):
        return False  # an index may be negative: counted from the end
    direction = _direction(loop, inference)
    return direction is not None and difference.constant * direction > 0


def _first_index(
    identifier: str,
    index: gast.expr | None,
    layout: Layout,
    effects: Effects,
    inference: Inference,
    unit: Unit,
) -> tuple[str, Size] | None:
    """The array a name is a part of, and its index along the first axis."""
    if index is None:
        made = layout.single_definition(identifier)
        if not isinstance(made, gast.Assign) or not isinstance(made.value, gast.Subscript):
            return None
        if not isinstance(made.value.value, gast.Name):
            return None
        if any(isinstance(n, str) and n == identifier for n in names_read(made.value)):
            return None
        return _first_index(made.value.value.id, made.value.slice, layout, effects, inference, unit)
    kind = unit.env.get(identifier)
    if not isinstance(kind, Array) or (
        layout.single_definition(identifier) is None and identifier not in layout.parameters
    ):
        return None
    found = inference.kind(index_items(index)[0])
    if not isinstance(found, Number) or found.dtype != "i" or found.size is None:
        return None
    if found.size.is_constant and found.size.constant < 0:
        return None
    return identifier, found.size


def _common_counter(
    written: Size, write: gast.stmt, at: gast.stmt, layout: Layout, unit: Unit
) -> gast.For | None:
    """The loop around both statements whose counter the indices move with."""
    counters = [
        symbol for symbol, coefficient in written.terms if symbol.varying and coefficient == 1
    ]
    if len(counters) != 1 or len([s for s, _ in written.terms if s.varying]) != 1:
        return None
    around = {id(loop) for loop in layout.loops(at)}
    for loop in layout.loops(write):
        if (
            isinstance(loop, gast.For)
            and id(loop) in around
            and f"{unit.name}.{loop.target.id}" == counters[0].name
        ):
            # An outer loop would run through the rows again.
            return loop if not layout.loops(loop) else None
    return None


def _lowest(loop: gast.For, inference: Inference) -> int | None:
    """The smallest value of a loop's counter, where it is known."""
    arguments = loop.iter.args
    if len(arguments) == 1:
        return 0
    direction = _direction(loop, inference)
    bound = inference.kind(arguments[0] if direction == 1 else arguments[1])
    if direction is None or not isinstance(bound, Number) or not isinstance(bound.value, int):
        return None
    return bound.value if direction == 1 else bound.value + 1


def _direction(loop: gast.For, inference: Inference) -> int | None:
    arguments = loop.iter.args
    if len(arguments) < 3:
        return 1
    step = inference.kind(arguments[2])
    if isinstance(step, Number) and isinstance(step.value, int) and step.value != 0:
        return 1 if step.value > 0 else -1
    return None
