"""The kinds of what the methods of lists, tuples and dicts return."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .expressions import kind_of_object
from .kinds import Kind, Number, Opaque, Sequence, Table, join, kind_of_key, settle, static

# Methods that change nothing: functions of their container like any other.
LOOKING = {
    list: ("copy", "index", "count"),
    tuple: ("index", "count"),
    dict: ("keys", "values", "items", "copy"),
}


def primitive_method(receiver: Kind, method: str) -> Any:
    """The function that a method is, if it changes nothing; else None."""
    form = receiver.form  # type: ignore[attr-defined]
    for owner, methods in LOOKING.items():
        if issubclass(form, owner) and method in methods:
            return getattr(owner, method)
    return None


def list_method(receiver: Sequence, method: str) -> Kind:
    """The kind of what a method of a list or tuple returns."""
    if method == "pop":
        return receiver.of_elements() or Opaque("empty")
    if method == "copy":
        return receiver
    return Number("i") if method in ("index", "count") else static(None)


def list_after(receiver: Sequence, method: str, added: Kind | None) -> Sequence:
    """The kind of a list after a method was called that puts this into it."""
    if receiver.form is not list or method in ("copy", "index", "count"):
        return receiver
    if method in ("append", "insert", "extend") and added is None:
        return receiver
    if method == "reverse" and receiver.items is not None:
        return replace(receiver, items=receiver.items[::-1])
    if method == "sort" and receiver.items is not None:
        return replace(receiver, items=(receiver.of_elements() or Opaque(),) * len(receiver.items))
    if method in ("pop", "remove", "clear") and receiver.items == ():
        return receiver
    return Sequence(list, None, join(receiver.of_elements(), added))


def table_method(receiver: Table, method: str, kinds: list[Any]) -> Kind:
    """The kind of what a method of a dict returns."""
    if method in ("get", "pop", "setdefault"):
        return _looked_up(receiver, kinds)
    if method == "keys":
        return keys_of(receiver)
    if method == "values":
        if receiver.closed:
            return Sequence(tuple, tuple(v for _, v in receiver.items))
        return Sequence(tuple, None, receiver.of_values())
    if method == "items":
        return items_of(receiver)
    if method == "copy":
        return receiver
    return static(None) if method in ("update", "clear") else Opaque("dict method")


def table_after(
    table: Table, method: str, kinds: list[Any], named: dict[str, Kind | None]
) -> Table:
    """The kind of a dict after a method was called."""
    if method == "update":
        for kind in kinds:
            if isinstance(kind, Table):
                table = merged(table, kind)
            elif isinstance(kind, Sequence):
                pair = kind.of_elements()
                known = isinstance(pair, Sequence) and pair.items is not None
                key, value = pair.items if known and len(pair.items) == 2 else (None, None)  # type: ignore[union-attr]
                table = with_key(table, key and settle(kind_without_value(key)), value or Opaque())
        for key, value in named.items():
            table = with_key(table, static(key), value or Opaque())
    elif method == "setdefault" and kinds:
        default = kinds[1] if len(kinds) > 1 else static(None)
        found = _looked_up(table, [kinds[0], default])
        table = with_key(table, kinds[0], found)
    elif method in ("pop", "popitem", "clear") and table.items:
        rest, others = table.of_values(), any_key(table)
        key = kinds[0] if kinds else None
        if method == "pop" and key is not None and key.static:
            return replace(table, items=tuple(p for p in table.items if p[0] != key.value))
        return replace(table, rest=rest, others=others)
    return table


def kind_without_value(kind: Kind) -> Kind:
    """The kind of one of several keys like this one."""
    return kind_of_key(kind.value) if kind.static else kind


def keys_of(table: Table) -> Sequence:
    """The kind of the keys of a dict, in order."""
    if table.closed:
        return Sequence(tuple, tuple(kind_of_object(k) for k, _ in table.items))
    return Sequence(tuple, None, any_key(table))


def items_of(table: Table) -> Kind:
    """The kind of the pairs of keys and values of a dict."""
    if table.closed:
        pairs = [(kind_of_object(k), v) for k, v in table.items]
        return Sequence(tuple, tuple(Sequence(tuple, pair) for pair in pairs))
    pair = (any_key(table) or Opaque("key"), table.of_values() or Opaque("empty"))
    return Sequence(tuple, None, Sequence(tuple, pair))


def any_key(table: Table) -> Kind | None:
    """The kind of any key of a dict."""
    found = table.others
    for key, _ in table.items:
        found = join(found, kind_of_key(key))
    return found


def _looked_up(table: Table, kinds: list[Any]) -> Kind:
    default = kinds[1] if len(kinds) > 1 else static(None)
    key = kinds[0] if kinds else None
    if key is None or not key.static:
        return join(table.of_values(), default) or Opaque()
    found = dict(table.items).get(key.value)
    if table.closed:
        return found or default
    return join(join(found, table.rest), default) or Opaque()


def with_key(base: Table, key: Kind | None, found: Kind) -> Table:
    """A dict in which a value was stored."""
    if key is None or not key.static:
        others = join(base.others, settle(key) or Opaque())
        numbered = isinstance(key, Number)  # and no key that is known to be a text
        known = tuple(
            (k, v if numbered and isinstance(k, str) else join(v, found) or found)
            for k, v in base.items
        )
        return replace(base, items=known, rest=join(base.rest, found), others=others)
    items = dict(base.items)
    items[key.value] = join(items.get(key.value), found) or found
    return replace(base, items=tuple(items.items()))


def merged(base: Table, other: Table) -> Table:
    """A dict that took over what another one has."""
    made = base
    for key, value in other.items:
        if other.closed:
            made = with_key(made, static(key), value)
        else:
            known = dict(made.items)
            known[key] = join(known.get(key), value) or value
            made = replace(made, items=tuple(known.items()))
    if other.rest is not None:
        made = with_key(made, other.others or Opaque("key"), other.rest)
    return made


def with_slice(base: Sequence, bounds: list[Kind | None], found: Kind) -> Kind:
    """A list in which a slice was replaced."""
    if not isinstance(found, Sequence):
        return Sequence(list, None, Opaque("items"))
    if base.items is not None and found.items is not None:
        if all(b is not None and b.static for b in bounds):
            items = list(base.items)
            ends: list[Any] = [b.value for b in bounds if b is not None]
            items[slice(*ends)] = found.items
            return Sequence(list, tuple(items))
    return Sequence(list, None, join(base.of_elements(), found.of_elements()))
