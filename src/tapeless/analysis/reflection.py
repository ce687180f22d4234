"""Functions that look at objects as such: `vars`, `getattr`, `dataclasses.replace`, `copy.copy`.

Each call of one stands for the attributes that it means: `vars(p)` is a dict of them, `asdict(p)`
a dict of copies of them, `replace(p, w=x)` makes another object of the class.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import gast

from ..errors import NotSupported
from .bundles import filled, is_generated
from .kinds import Array, Kind, Number, Record, Sequence, Static, Table, is_text
from .objects import (
    ITERATING,
    PROTOCOLS,
    Copied,
    Expansion,
    Stored,
    attributes_of,
    builtin_call,
    is_iterable,
    method_of,
    vars_of,
)

LOOKS = (
    type, vars, getattr, setattr, dataclasses.replace, dataclasses.asdict, dataclasses.astuple,
    copy.copy, copy.deepcopy,
)  # fmt: skip


def is_about_objects(target: object, kinds: list[Any]) -> bool:
    """Whether a call is one of a function of this page, of an object of a class of the user."""
    if not kinds or not callable(target) or isinstance(target, (list, dict)):
        return False
    if any(target is f for f in LOOKS) or is_generated(target):
        return isinstance(kinds[0], Record)
    if any(target is f for f in PROTOCOLS):
        return isinstance(kinds[0], Record)
    if any(target is f for f in ITERATING) and (len(kinds) == 1 or target in (zip, sum)):
        if any(map(is_iterable, kinds)):
            return True
    items = kinds[0].of_elements() if isinstance(kinds[0], Sequence) else None
    return isinstance(items, Record) and any(target is f for f in (max, min, sum))


def meaning(
    node: gast.Call,
    target: Any,
    kinds: list[Any],
    positional: list[gast.expr],
    keywords: Mapping[str, gast.expr],
) -> Expansion | None:
    """What a call stands for; None for one that stays as it is."""
    if target in (max, min) and "key" in keywords and not is_iterable(kinds[0]):
        return None
    if is_generated(target):
        return filled(target, kinds[0], positional, keywords, node)
    if target is type:
        return gast.Constant(kinds[0].form, None) if len(positional) == 1 else None
    if target is vars:
        return attributes_of(kinds[0], positional[0])
    if target is getattr:
        return _getattr(node, kinds, positional)
    if target is setattr:
        where = gast.Attribute(positional[0], _field(node, kinds[1]), gast.Store())
        return Stored(gast.Assign([where], positional[2], None))
    if target is dataclasses.replace:
        return _replaced(kinds[0], positional[0], keywords)
    if target in (dataclasses.asdict, dataclasses.astuple):
        if len(positional) > 1 or keywords:
            raise NotSupported(node, f"{target.__name__} with a factory", instead="a dict display")
        return _plain(kinds[0], positional[0], target, node)
    if target in (copy.copy, copy.deepcopy):
        return _copied(kinds[0], positional[0], target, node)
    return builtin_call(target, kinds, positional, keywords, node)


def _field(node: gast.expr, kind: Kind) -> str:
    if isinstance(kind, Static) and isinstance(kind.value, str):
        return kind.value
    raise NotSupported(
        node,
        "an attribute whose name is computed",
        instead="a dict, or a loop over a tuple of names",
    )


def is_computed_name(target: object, kinds: list[Any]) -> bool:
    """Whether the name of an attribute is a string that is not known yet, as in a loop."""
    named = target in (getattr, setattr) and len(kinds) > 1
    return named and not kinds[1].static


def _getattr(node: gast.Call, kinds: list[Any], positional: list[gast.expr]) -> gast.expr:
    field, kind = _field(node, kinds[1]), kinds[0]
    there = kind.get(field) is not None or vars_of(kind.form, field) is not None
    if not there and not field.startswith("__") and len(positional) > 2:
        refuse_own_lookup(kind, field, node)
        return positional[2]
    return gast.Attribute(positional[0], field, gast.Load())


def refuse_own_lookup(kind: Record, field: str, node: gast.AST) -> None:
    """What `__getattr__` gives is not followed."""
    for method in ("__getattr__", "__getattribute__"):
        if vars_of(kind.form, method) is not None:
            raise NotSupported(
                node,
                f"the attribute '{field}' of {kind.form.__name__}, which {method} finds",
                instead="a property",
            )


def _replaced(kind: Record, owner: gast.expr, changes: Mapping[str, gast.expr]) -> gast.expr:
    """``replace(p, w=x)``: made again, with other values for some fields."""
    given = {
        f.name: changes.get(f.name) or gast.Attribute(owner, f.name, gast.Load())
        for f in dataclasses.fields(kind.form)
        if f.init
    }
    options = [gast.keyword(k, v) for k, v in {**given, **changes}.items()]
    return gast.Call(gast.Constant(kind.form, None), [], options)


def _plain(kind: Kind | None, value: gast.expr, target: Any, node: gast.expr) -> gast.expr:
    """A value as `asdict` and `astuple` give it: dataclasses taken apart, the rest copied."""
    if isinstance(kind, Record) and dataclasses.is_dataclass(kind.form):
        fields = [f.name for f in dataclasses.fields(kind.form)]
        parts = [
            _plain(kind.get(f), gast.Attribute(value, f, gast.Load()), target, node) for f in fields
        ]
        if target is dataclasses.astuple:
            return gast.Tuple(parts, gast.Load())
        keys: list[gast.expr] = [gast.Constant(f, None) for f in fields]
        return gast.Dict(keys, parts)
    return _deep(kind, value, node, lambda k, v: _plain(k, v, target, node))


def _deep(
    kind: Kind | None,
    value: gast.expr,
    node: gast.expr,
    again: Callable[[Kind, gast.expr], gast.expr],
) -> gast.expr:
    """A copy of a value and of all that it holds."""
    if isinstance(kind, (Number, Static)) or (kind is not None and is_text(kind)):
        return value
    if isinstance(kind, Array) and kind.axes and not kind.optional:
        return gast.Call(gast.Attribute(value, "copy", gast.Load()), [], [])
    if isinstance(kind, Sequence) and kind.form in (list, tuple) and kind.items is not None:
        parts = [
            again(k, gast.Subscript(value, gast.Constant(i, None), gast.Load()))
            for i, k in enumerate(kind.items)
        ]
        return (gast.List if kind.form is list else gast.Tuple)(parts, gast.Load())
    if isinstance(kind, Sequence) and kind.form is list and isinstance(kind.element, Number):
        return gast.Call(gast.Constant(list, None), [value], [])
    if isinstance(kind, Table) and kind.closed and kind.form is dict:
        keys: list[gast.expr] = [gast.Constant(k, None) for k, _ in kind.items]
        items = [
            again(k, gast.Subscript(value, key, gast.Load()))
            for key, (_, k) in zip(keys, kind.items, strict=True)
        ]
        return gast.Dict(keys, items)
    raise NotSupported(
        node, "a deep copy of what this object holds", instead="a method that makes the copy"
    )


def _copied(kind: Record, owner: gast.expr, target: Any, node: gast.expr) -> Expansion:
    """``copy(p)``: another object with the same attributes, or with copies of them."""
    own = method_of(kind, "__copy__" if target is copy.copy else "__deepcopy__")
    if own is not None:
        raise NotSupported(
            node, f"a copy of {kind.form.__name__} by a method of its own", instead="the method"
        )
    deep = target is copy.deepcopy
    if deep and sum(not isinstance(k, (Number, Static)) for _, k in kind.items) > 1:
        # What two attributes share, the attributes of the copy share as well.
        raise NotSupported(
            node,
            "a deep copy of an object with several arrays, lists or objects",
            instead="a method that makes the copy",
        )

    def part(kind: Kind | None, value: gast.expr) -> gast.expr:
        return _deep(kind, value, node, part) if deep else value

    return Copied(
        kind.form,
        {f: part(k, gast.Attribute(owner, f, gast.Load())) for f, k in kind.items},
    )
