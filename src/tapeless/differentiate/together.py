"""Forward mode in a ``try``: a primal and its tangent are changed together, or neither is.

A tangent that reads what its statement overwrites is computed before it and assigned after it. One
that may raise what a handler would catch goes into the ``else``.
"""

from __future__ import annotations

import gast

from ..analysis.liveness import Liveness
from ..errors import NotSupported
from ..syntax import (
    assign,
    blocks_of,
    dotted,
    is_step,
    locate_like,
    name,
    names_read,
    names_stored,
    statements_in,
    substitute,
)
from .forward import Plan, groups_of
from .forward_mode import ForwardMode

# What the tangents of numbers never raise.
NARROW = frozenset(
    """
    ValueError TypeError IndexError KeyError LookupError AttributeError NameError LinAlgError
    AssertionError RuntimeError NotImplementedError StopIteration ImportError ModuleNotFoundError
    OSError IOError FileNotFoundError UnicodeDecodeError EOFError
    """.split()
)


def keep_together(mode: ForwardMode, plan: Plan) -> None:
    """Arrange the tangents of all attempts of a function."""
    result = mode.unit.tree.body[-1]
    kept = frozenset(names_read(result)) | frozenset(mode.unit.facts["written"])
    attempts = [
        s
        for s in statements_in(mode.unit.tree.body)
        if isinstance(s, (gast.With, gast.Try)) and any(is_step(inner) for inner in s.body)
    ]
    if not attempts:
        return
    caught = Liveness(mode.unit.tree, kept, mode.effects.ties).caught
    for attempt in attempts:
        for step in attempt.body:
            _assign_late(mode, plan, step, caught[id(attempt)])
        if isinstance(attempt, gast.Try) and any(_is_broad(h.type) for h in attempt.handlers):
            for step in attempt.body[:-1]:
                if any(_may_raise(t) for t in _tangents(plan, [step])):
                    _refuse(attempt)
            _move_out(mode, plan, attempt, attempt.body[-1])
        if isinstance(attempt, gast.With) and any(
            _may_raise(t) for t in _tangents(plan, attempt.body)
        ):
            _refuse(attempt)


def _assign_late(mode: ForwardMode, plan: Plan, step: gast.stmt, caught: frozenset[str]) -> None:
    """What would be assigned before its primal waits until the primal is there."""
    owners = {dot: owner for owner, dot in mode.dots.items()}
    for block in _blocks([step]):
        for group in groups_of(block, mode.unit.originals):
            for statement in group:
                before = plan.before.get(id(statement), [])
                late: list[gast.stmt] = []
                renamed: dict[str, gast.expr] = {}
                found: list[gast.stmt] = []
                for tangent in before:
                    tangent = substitute(tangent, {}) if not renamed else _reading(tangent, renamed)
                    where = _place(tangent)
                    base = _base(where)
                    plain = isinstance(where, gast.Name)
                    if base is None or (plain and owners.get(base, base) not in caught):
                        if base is None and blocks_of(tangent):
                            _refuse(step)
                        found.append(tangent)
                        continue
                    waiting = mode.unit.namer.fresh(f"{base}_next")
                    found.append(locate_like(assign(waiting, tangent.value), tangent))
                    tangent.value = name(waiting)
                    late.append(tangent)
                    if isinstance(tangent, gast.Assign) and plain:
                        renamed[base] = name(waiting)
                if late:
                    plan.before[id(statement)] = found
                    last = id(group[-1])
                    plan.after[last] = [*late, *plan.after.get(last, [])]


def _reading(tangent: gast.stmt, renamed: dict[str, gast.expr]) -> gast.stmt:
    """A tangent that reads others of its group which are not assigned yet."""
    new = substitute(tangent, {})
    if isinstance(new, (gast.Assign, gast.AugAssign)):
        new.value = substitute(new.value, renamed)
    return new


def _move_out(mode: ForwardMode, plan: Plan, attempt: gast.Try, step: gast.stmt) -> None:
    """The tangents of the last step go into the ``else``, where nothing is caught."""
    if not any(_may_raise(t) for t in _tangents(plan, [step])):
        return
    moved: list[gast.stmt] = []
    for position, statement in enumerate(step.body):
        here = plan.after.get(id(statement), [])
        inner = [s for s in statements_in([statement]) if s is not statement]
        later = step.body[position + 1 :]
        read = set(names_read(here)) | {b for t in here if (b := _base(_place(t))) is not None}
        written = {w.name for s in statements_in(later) for w in mode.effects.of(s)}
        if (
            plan.before.get(id(statement))
            or any(plan.before.get(id(s)) or plan.after.get(id(s)) for s in inner)
            or read & set(names_stored(later))
            or any(mode.effects.share(w, r) for w in written for r in read)
        ):
            _refuse(attempt)
        moved += here
    for statement in step.body:
        plan.after.pop(id(statement), None)
    plan.first_in_else[id(attempt)] = moved


def _refuse(attempt: gast.stmt) -> None:
    raise NotSupported(
        attempt,
        "forward mode where a handler might catch what the derivative raises, not the function",
        instead="the exception that is meant (`except ValueError`), or vjp and grad",
    )


def _tangents(plan: Plan, block: list[gast.stmt]) -> list[gast.stmt]:
    return [
        t
        for s in statements_in(block)
        for t in (*plan.before.get(id(s), ()), *plan.after.get(id(s), ()))
    ]


def _may_raise(tangent: gast.stmt) -> bool:
    """Whether a tangent may raise where its primal did not: it divides, or calls something."""
    risky = (gast.Div, gast.Pow, gast.Call)
    return any(isinstance(n, risky) for n in gast.walk(tangent))


def _is_broad(caught: gast.expr | None) -> bool:
    """Whether a handler may catch a division by zero or an overflow."""
    kinds = caught.elts if isinstance(caught, gast.Tuple) else [caught]
    return any(k is None or (dotted(k) or "").rpartition(".")[2] not in NARROW for k in kinds)


def _blocks(block: list[gast.stmt]) -> list[list[gast.stmt]]:
    return [block] + [b for s in block for inner in blocks_of(s) for b in _blocks(inner)]


def _place(tangent: gast.stmt) -> gast.expr | None:
    if isinstance(tangent, gast.Assign):
        return tangent.targets[0]
    return tangent.target if isinstance(tangent, gast.AugAssign) else None


def _base(where: gast.expr | None) -> str | None:
    while isinstance(where, (gast.Subscript, gast.Attribute)):
        where = where.value
    return where.id if isinstance(where, gast.Name) else None
