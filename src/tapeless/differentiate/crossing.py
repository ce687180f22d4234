"""Names that cross from one sweep to the other."""

from __future__ import annotations

import gast

from ..syntax import names_read, names_stored, walk


def free_names(block: list[gast.stmt], given: list[str]) -> list[str]:
    """Names that a sweep reads before it assigns them, in order of appearance."""
    return [n for n in names_read(block) if n not in given and not _assigned_first(n, block)]


def _assigned_first(identifier: str, block: list[gast.stmt]) -> bool:
    """Whether a name is surely assigned in a block before it is read."""
    for statement in block:
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
    for statement in block:
        if isinstance(statement, gast.If):
            if (
                surely_assigned(identifier, statement.body)
                and statement.orelse
                and surely_assigned(identifier, statement.orelse)
            ):
                return True
        elif not isinstance(statement, (gast.For, gast.While)) and identifier in names_stored(
            statement
        ):
            return True
    return False
