"""What is taken for what it is now: globals, and attributes of modules and classes.

Such values decide about branches and are written into the text; guards see to it that another
derivative is made when they have changed. What the differentiated function itself changes must be
looked up while it runs instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..errors import NotSupported, reading
from ..syntax import to_debug_text
from .kinds import NO_VALUE, Kind, Number, Opaque
from .unit import Unit

Labels = frozenset[str]
NOTHING: Labels = frozenset()


def labels_of_attribute(owner: Any, field: str) -> Labels:
    """The labels of an attribute of an object: its own, and those that it may inherit."""
    kinds = owner.__mro__ if isinstance(owner, type) else (owner, *type(owner).__mro__)
    return frozenset(f"@{id(k)}.{field}" for k in kinds)


def of_changing(kind: Kind | None) -> Kind | None:
    """The kind of what the program itself changes: nothing is known of the value."""
    if isinstance(kind, Number):
        return replace(kind, known=NO_VALUE, size=None)
    if kind is None or not kind.static:
        return kind
    return Opaque("changes", str) if isinstance(kind.value, str) else Opaque("changes")


def check_baked_in(units: Iterable[Unit], changed: Labels) -> Labels:
    """What was taken for what it is now, and changes while the function runs.

    An attribute can be looked up where the program runs; a name of the module is refused.
    """
    found: set[str] = set()
    for unit in units:
        for label, node in unit.facts.get("baked_by_name", {}).items():
            if label in changed:
                with reading(unit.function.source):
                    raise NotSupported(
                        node,
                        f"'{to_debug_text(node)}' is changed while the function runs, and is read "
                        "here",
                        instead="an argument, and the new value as a result",
                    )
        found |= changed & set(unit.facts.get("baked", ()))
    return frozenset(found)
