"""Passes that make generated code plainer; none changes what it computes."""

from __future__ import annotations

import gast

from ..analysis.kinds import Number
from ..differentiate.forward import Plan
from ..differentiate.forward_mode import ForwardMode
from ..differentiate.reverse import Reverse
from ..errors import NotSupported
from ..refine.captures import hide_captures
from ..syntax import names_read, names_stored, statements_in
from .memory import Groups
from .propagate import plain_expressions, propagate
from .protect import protect
from .renest import renest
from .tidy import (
    comments,
    drop_unread,
    drop_unread_functions,
    drop_unused_counters,
    loop_on_stacks,
    without_empty_blocks,
)


def simplify(
    sweep: Reverse, forward: list[gast.stmt], reverse: list[gast.stmt], plan: Plan
) -> tuple[list[gast.stmt], list[gast.stmt]]:
    """Make both sweeps plain, the reverse sweep first: it decides what must be left behind."""
    unit = sweep.unit
    loop_on_stacks(forward, reverse, plan.trips, plan.stacks)
    groups = Groups([forward, reverse])
    bars = {
        n
        for n in names_stored(reverse)
        if unit.namer.is_temporary(n) or (is_bar(n) and is_temporary_bar(n, sweep))
    }
    copies = {n for n in names_stored(reverse) if is_bar(n)} | sweep.statements.masked()
    inexact = sweep.adjoints.is_inexact

    def is_number(identifier: str) -> bool:
        return isinstance(unit.env.get(identifier), Number)

    def number(node: gast.expr) -> bool:
        try:
            return isinstance(sweep.inference.kind(node), Number)
        except NotSupported:  # a call of a pullback: the primal knows no such name
            return False

    primal = set(names_stored(forward)) | set(unit.parameters)

    def copied(identifier: str, value: gast.expr) -> gast.expr:
        return sweep.adjoints.copied(value, identifier)

    reverse = protect(reverse, is_number, lambda n: n in primal, copied, sweep.effects.share)
    reverse = plain_expressions(propagate(reverse, copies), inexact, number)
    reverse = plain_expressions(renest(reverse, bars, groups, set()), inexact, number)
    reverse = plain_expressions(propagate(reverse, copies), inexact, number)
    reverse = without_empty_blocks(reverse)
    drop_unused_counters(reverse)
    reverse = comments(reverse, unit.function.source.lines, unit.originals)
    forward = drop_unread_functions(forward, reverse)
    forward = renest(
        hide_captures(forward), set(unit.namer.temporaries), groups, set(names_read(reverse))
    )
    return forward, reverse


def simplify_forward(mode: ForwardMode, body: list[gast.stmt]) -> list[gast.stmt]:
    """Make a function in forward mode plain; the statements of the user stay as they are."""
    unit = mode.unit
    dots = set(mode.dots.values())

    def number(node: gast.expr) -> bool:
        return isinstance(mode.inference.kind(node), Number)

    def plain(block: list[gast.stmt]) -> list[gast.stmt]:
        ours = [s for s in statements_in(block) if assigns_only(s, dots)]
        plain_expressions(ours, mode.is_numeric, number)
        return block

    body = drop_unread_functions(hide_captures(body), [])
    body = plain(propagate(body, {d for d in dots if unit.namer.is_temporary(d)}))
    body = drop_unread(body, dots)
    body = plain(renest(body, set(unit.namer.temporaries), Groups([body]), set()))
    return drop_unread(body, dots)


def assigns_only(statement: gast.stmt, names: set[str]) -> bool:
    """Whether a statement assigns some of these names, or a part of one, and nothing else."""
    if isinstance(statement, gast.Assign):
        where = statement.targets[0]
    elif isinstance(statement, gast.AugAssign):
        where = statement.target
    else:
        return False
    while isinstance(where, gast.Subscript):
        where = where.value
    return isinstance(where, gast.Name) and where.id in names


def is_bar(identifier: str) -> bool:
    """Whether a name is that of an adjoint."""
    return identifier.rstrip("0123456789").rstrip("_").endswith("_bar")


def is_temporary_bar(identifier: str, sweep: Reverse) -> bool:
    """Whether an adjoint is that of a temporary of ours."""
    for owner, variable in sweep.adjoints.names.items():
        if variable == identifier:
            return sweep.unit.namer.is_temporary(owner.partition("[")[0])
    return False


__all__ = ["simplify", "simplify_forward"]
