"""Passes that make generated code plainer; none changes what it computes."""

from __future__ import annotations

import gast

from ..analysis.kinds import Number
from ..differentiate.forward import Plan
from ..differentiate.reverse import Reverse
from ..refine.captures import hide_captures
from ..syntax import names_read, names_stored
from .memory import Groups
from .propagate import plain_expressions, propagate
from .protect import protect
from .renest import renest
from .tidy import (
    comments,
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
    copies = {n for n in names_stored(reverse) if is_bar(n)}
    inexact = sweep.adjoints.is_inexact

    def is_number(identifier: str) -> bool:
        return isinstance(unit.env.get(identifier), Number)

    def number(node: gast.expr) -> bool:
        return isinstance(sweep.inference.kind(node), Number)

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


def is_bar(identifier: str) -> bool:
    """Whether a name is that of an adjoint."""
    return identifier.rstrip("0123456789").rstrip("_").endswith("_bar")


def is_temporary_bar(identifier: str, sweep: Reverse) -> bool:
    """Whether an adjoint is that of a temporary of ours."""
    for owner, variable in sweep.adjoints.names.items():
        if variable == identifier:
            return sweep.unit.namer.is_temporary(owner.partition("[")[0])
    return False


__all__ = ["simplify"]
