"""Names that cross from one sweep to the other."""

from __future__ import annotations

import gast

from ..analysis.layout import Layout
from ..analysis.unit import Unit
from ..syntax import in_steps, is_step, names_read, names_stored, walk


def free_names(block: list[gast.stmt], given: list[str]) -> list[str]:
    """Names that a sweep reads before it assigns them, in order of appearance."""
    return [n for n in names_read(block) if n not in given and not _assigned_first(n, block)]


def _assigned_first(identifier: str, block: list[gast.stmt]) -> bool:
    """Whether a name is surely assigned in a block before it is read."""
    for statement in block:
        if isinstance(statement, gast.With):
            if identifier in names_read([i.context_expr for i in statement.items]):
                return False
            if any(
                isinstance(n, gast.Name) and n.id == identifier
                for s in statement.body
                for n in walk(s)
            ):
                return _assigned_first(identifier, statement.body)
            continue
        compound = isinstance(statement, (gast.If, gast.For, gast.While))
        if not compound:
            if identifier in names_read(statement):
                return False
            if (
                isinstance(statement, gast.AugAssign)
                and isinstance(statement.target, gast.Name)
                and statement.target.id == identifier
            ):
                return False
            if identifier in names_stored(statement):
                return True
            continue
        header = statement.test if isinstance(statement, (gast.If, gast.While)) else statement.iter
        if identifier in names_read(header):
            return False
        mentions = any(isinstance(n, gast.Name) and n.id == identifier for n in walk(statement))
        if not mentions:
            continue
        if (
            isinstance(statement, gast.For)
            and isinstance(statement.target, gast.Name)
            and statement.target.id == identifier
        ):
            continue
        branches = [statement.body, statement.orelse]
        outcomes = [
            _assigned_first(identifier, b)
            if any(isinstance(n, gast.Name) and n.id == identifier for n in walk(b))
            else None
            for b in branches
        ]
        if any(o is False for o in outcomes):
            return False
        if isinstance(statement, gast.If) and all(o is True for o in outcomes):
            return True
    return True


def surely_assigned(identifier: str, block: list[gast.stmt]) -> bool:
    """Whether a name is assigned on every way through a block."""
    for statement in in_steps(block):
        if isinstance(statement, gast.If):
            if (
                surely_assigned(identifier, statement.body)
                and statement.orelse
                and surely_assigned(identifier, statement.orelse)
            ):
                return True
        elif isinstance(statement, gast.Try):
            ways = [[*statement.body, *statement.orelse], *(h.body for h in statement.handlers)]
            if all(surely_assigned(identifier, w) for w in ways) or surely_assigned(
                identifier, statement.finalbody
            ):
                return True
        elif isinstance(statement, gast.With) and any(is_step(s) for s in statement.body):
            continue
        elif not isinstance(statement, (gast.For, gast.While)) and identifier in names_stored(
            statement
        ):
            return True
    return False


def may_be_unbound(layout: Layout, unit: Unit, identifier: str, anchor: gast.stmt) -> bool:
    """Whether a name may not be assigned yet where it is kept (nothing reads it then)."""
    if identifier in unit.parameters or any(
        d is anchor for d in layout.definitions.get(identifier, ())
    ):
        return False
    here: gast.stmt | None = anchor
    while here is not None:
        block = layout.block[id(here)]
        if surely_assigned(identifier, block[: layout.index[id(here)]]):
            return False
        here = layout.parent[id(here)]
        if isinstance(here, gast.Try) and block is here.orelse:
            if surely_assigned(identifier, here.body):
                return False
        if isinstance(here, gast.For) and here.target.id == identifier:
            return False
    return True
