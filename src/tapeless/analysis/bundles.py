"""Named tuples, dataclasses and namespaces: what they are made from and what they do unasked."""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Mapping
from typing import Any

import gast

from ..errors import NotSupported
from .kinds import Kind, Opaque, Record, kind_of
from .objects import Filled, call_of, vars_of


def is_named_tuple(form: object) -> bool:
    """Whether a class is one of named tuples."""
    return isinstance(form, type) and issubclass(form, tuple) and hasattr(form, "_fields")


def tuple_fields(
    form: Any, positional: list[gast.expr], keywords: Mapping[str, gast.expr]
) -> dict[str, gast.expr] | None:
    """The expressions that the items of a named tuple are made from; None if they do not fit."""
    if vars_of(form, "__new__") is not None and "_field_defaults" not in vars(form):
        return None
    found = dict(zip(form._fields, positional, strict=False)) | dict(keywords)
    for field, value in form._field_defaults.items():
        found.setdefault(field, gast.Constant(value, None))
    if len(positional) > len(form._fields) or set(found) != set(form._fields):
        return None
    return {f: found[f] for f in form._fields}


def named_tuple_method(
    kind: Any, method: str, row: gast.expr, keywords: Mapping[str, gast.expr]
) -> gast.expr | types.FunctionType | None:
    """What a method of a named tuple stands for, or the function that it is."""
    form = kind.form
    if method == "_replace" and set(keywords) <= set(form._fields):
        items = [keywords.get(f) or _item(row, k) for k, f in enumerate(form._fields)]
        return gast.Call(gast.Constant(form, None), items, [])
    if method == "_asdict":
        keys = [gast.Constant(f, None) for f in form._fields]
        return gast.Dict(keys, [_item(row, k) for k in range(len(keys))])
    found = vars_of(form, method)
    return found if isinstance(found, types.FunctionType) and method[0] != "_" else None


def _item(row: gast.expr, k: int) -> gast.expr:
    return gast.Subscript(row, gast.Constant(k, None), gast.Load())


def is_generated(function: object) -> bool:
    """Whether a function is an `__init__` that `dataclass` made."""
    code = getattr(function, "__code__", None)
    named = getattr(function, "__name__", "") == "__init__"
    return named and code is not None and code.co_filename == "<string>"


def filled(
    function: Any,
    kind: Record,
    positional: list[gast.expr],
    keywords: Mapping[str, gast.expr],
    node: gast.expr,
) -> Filled:
    """What a generated `__init__` does: it stores its arguments and calls `__post_init__`."""
    form = next(b for b in kind.form.__mro__ if b.__dict__.get("__init__") is function)
    parts: dict[str, Any] = form.__dataclass_fields__  # type: ignore[attr-defined]
    owner, *given = positional
    names = list(inspect.signature(function).parameters)[1:]
    known = dict(zip(names, given, strict=False)) | dict(keywords)
    if len(given) > len(names) or not set(known) <= set(names):
        raise NotSupported(node, f"these arguments of {form.__name__}()", instead="its fields")
    for name, part in parts.items():
        if name in known or (name not in names and part.init):
            continue
        if part.default_factory is not dataclasses.MISSING:
            known[name] = call_of(part.default_factory)
        elif part.default is not dataclasses.MISSING and name in names:
            known[name] = gast.Attribute(gast.Constant(form, None), name, gast.Load())
    stored = {f.name: known[f.name] for f in dataclasses.fields(form) if f.name in known}
    after = vars_of(kind.form, "__post_init__")
    called = None
    if isinstance(after, types.FunctionType):
        handed_on = [known[n] for n in names if n in known and n not in stored]
        called = call_of(after, owner, *handed_on)
    return Filled(owner, stored, called)


def defaults_of(form: type) -> dict[str, Kind]:
    """The kinds of the fields of a bundle that are not given."""
    if not dataclasses.is_dataclass(form):
        return {}
    found: dict[str, Kind] = {}
    for field in dataclasses.fields(form):
        if field.default is not dataclasses.MISSING:
            found[field.name] = kind_of(field.default, field.name)
        elif field.default_factory in (list, dict):
            found[field.name] = kind_of(field.default_factory(), field.name)
        else:
            found[field.name] = Opaque("a default")
    return found


def with_factories(
    form: type,
    fields: Mapping[str, gast.expr],
    positional: list[gast.expr],
    keywords: Mapping[str, gast.expr],
) -> gast.Call | None:
    """The call that also gives what `default_factory` would make; None if there is nothing."""
    if not dataclasses.is_dataclass(form):
        return None
    made: dict[str, gast.expr] = {}
    for field in dataclasses.fields(form):
        factory = field.default_factory
        if field.name in fields or factory is dataclasses.MISSING or not field.init:
            continue
        if factory is list:
            made[field.name] = gast.List([], gast.Load())
        elif factory is dict:
            made[field.name] = gast.Dict([], [])
        else:
            made[field.name] = call_of(factory)
    if not made:
        return None
    called = call_of(form, *positional)
    called.keywords = [gast.keyword(k, v) for k, v in {**keywords, **made}.items()]
    return called


def in_order(form: type, fields: Mapping[str, Kind | None]) -> list[str]:
    """The fields of a bundle in the order in which it is given them."""
    if not dataclasses.is_dataclass(form):
        return list(fields)
    return [f.name for f in dataclasses.fields(form) if f.name in fields]


def bundle_fields(
    form: type, positional: list[gast.expr], keywords: Mapping[str, gast.expr]
) -> dict[str, gast.expr] | None:
    """The expressions that the fields of a bundle are made from; None if they do not fit."""
    if form is types.SimpleNamespace:
        return dict(keywords) if not positional else None
    names = [f.name for f in dataclasses.fields(form) if f.init]
    if len(positional) > len(names):
        return None
    found = dict(zip(names, positional, strict=False))
    for key, value in keywords.items():
        if key not in names or key in found:
            return None
        found[key] = value
    return found
