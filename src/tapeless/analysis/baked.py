"""What is taken for what it is now: globals, and attributes of modules and classes.

Such values decide about branches and are written into the text; guards see to it that another
derivative is made when they have changed. What the differentiated function itself changes must be
looked up while it runs instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ..errors import NotSupported, reading
from ..syntax import to_debug_text
from .container_kinds import any_key
from .kinds import NO_VALUE, Kind, Number, Opaque, Sequence, Table
from .unit import Unit

Labels = frozenset[str]
NOTHING: Labels = frozenset()
MOST = 200  # items of a container that are looked at


def labels_of_attribute(owner: Any, field: str) -> Labels:
    """The labels of an attribute of an object: its own, and those that it may inherit."""
    kinds = owner.__mro__ if isinstance(owner, type) else (owner, *type(owner).__mro__)
    return frozenset(f"@{id(k)}.{field}" for k in kinds)


def containers_in(value: object, depth: int = 4) -> Iterator[object]:
    """The lists and dicts that a value is, or holds."""
    if isinstance(value, (list, dict)):
        yield value
    if isinstance(value, (list, tuple, dict)) and depth:
        for item in list(value.values() if isinstance(value, dict) else value)[:MOST]:
            yield from containers_in(item, depth - 1)


def as_it_is(value: object, found: Kind | None, facts: dict[str, Any]) -> Kind | None:
    """The kind of a value from outside, with what it holds now if nothing here changes that."""
    labels = {f"@{id(c)}" for c in containers_in(value)}
    if labels & facts.get("moving", NOTHING):
        return of_changing(found)
    facts.setdefault("baked", {}).update(dict.fromkeys(labels))
    return found


def of_changing(kind: Kind | None) -> Kind | None:
    """The kind of what the program itself changes: nothing is known of the value.

    >>> from .kinds import kind_of
    >>> str(of_changing(kind_of({"rate": 2, "steps": [1, 2]}, "settings")))
    "{'rate': int, 'steps': list of int}"
    """
    if isinstance(kind, Number):
        return replace(kind, known=NO_VALUE, size=None)
    if isinstance(kind, Sequence) and kind.form is list:
        return Sequence(list, None, of_changing(kind.of_elements()))
    if isinstance(kind, Sequence):
        items = None if kind.items is None else tuple(of_changing(k) or k for k in kind.items)
        return Sequence(kind.form, items, of_changing(kind.element))
    if isinstance(kind, Table):
        parts = tuple((key, of_changing(k) or k) for key, k in kind.items)
        table = Table(parts, kind.rest, kind.others, kind.form)
        return replace(table, rest=table.of_values(), others=any_key(table))
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
