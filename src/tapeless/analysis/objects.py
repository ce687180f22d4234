"""Objects with attributes: what making one, its operators, properties and calls stand for.

An instance of a class of the user is a *record*: attributes are read and written as the items of a
dict are.  Methods are followed as functions; what Python looks up on the class (`v + w`,
`p.area`, `model(x)`) becomes a call of the function that it finds there.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import gast

from .kinds import Kind, Opaque, Record, Sequence, kind_of

OPERATORS = {
    "Add": ("__add__", "__radd__"), "Sub": ("__sub__", "__rsub__"),
    "Mult": ("__mul__", "__rmul__"), "Div": ("__truediv__", "__rtruediv__"),
    "Pow": ("__pow__", "__rpow__"), "MatMult": ("__matmul__", "__rmatmul__"),
    "Mod": ("__mod__", "__rmod__"), "FloorDiv": ("__floordiv__", "__rfloordiv__"),
    "USub": ("__neg__", ""), "UAdd": ("__pos__", ""),
    "Eq": ("__eq__", "__eq__"), "NotEq": ("__ne__", "__ne__"), "Lt": ("__lt__", "__gt__"),
    "LtE": ("__le__", "__ge__"), "Gt": ("__gt__", "__lt__"), "GtE": ("__ge__", "__le__"),
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """`Cls(…)`: an object is made and its `__init__` called."""

    form: type
    positional: list[gast.expr]
    keywords: dict[str, gast.expr]


Expansion = gast.expr | Made


def is_user_class(thing: object) -> bool:
    """Whether instances of a class are records: plain classes written in Python."""
    if type(thing) is not type:
        return False
    if issubclass(thing, (BaseException, Enum, tuple, list, dict, set, str, int, float)):
        return False
    if thing.__module__.partition(".")[0] in ("numpy", "scipy", "builtins", "tapeless"):
        return False
    return vars_of(thing, "__new__") is None and vars_of(thing, "__setattr__") is None


def is_bundle(thing: object) -> bool:
    """Whether a class is a dataclass whose `__init__` does nothing but store, or a namespace."""
    if thing is types.SimpleNamespace:
        return True
    if not isinstance(thing, type) or not dataclasses.is_dataclass(thing):
        return False
    made = thing.__dict__.get("__init__") or getattr(thing, "__init__", None)
    written = isinstance(made, types.FunctionType) and made.__code__.co_filename != "<string>"
    return not written and not hasattr(thing, "__post_init__")


def vars_of(form: type, name: str) -> object | None:
    """What a class or its bases, `object` aside, define under a name."""
    for base in form.__mro__[:-1]:
        if name in base.__dict__:
            found: object = base.__dict__[name]
            return found
    return None


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


def method_of(kind: Record, name: str) -> tuple[Callable[..., Any], bool] | None:
    """The function that a method is, and whether the object is its first argument."""
    found = vars_of(kind.form, name)
    if isinstance(found, staticmethod):
        return found.__func__, False
    if isinstance(found, classmethod):
        return types.MethodType(found.__func__, kind.form), False
    if isinstance(found, types.FunctionType):
        return found, True
    return None


def property_of(kind: Record | Sequence, name: str) -> Callable[..., Any] | None:
    """The function behind a property."""
    found = vars_of(kind.form, name)
    if isinstance(found, property):
        return found.fget
    function = getattr(found, "func", None)
    if type(found).__name__ == "cached_property" and inspect.isfunction(function):
        return function
    return None


def operator_call(
    op: str, left: gast.expr, right: gast.expr | None, kinds: tuple[Kind | None, Kind | None]
) -> gast.expr | None:
    """The call of a method that an operator stands for, if one of the operands is a record."""
    plain, swapped = OPERATORS.get(op, ("", ""))
    for name, kind, operands in (
        (plain, kinds[0], (left, right)),
        (swapped, kinds[1], (right, left)),
    ):
        if isinstance(kind, Record) and name:
            found = method_of(kind, name)
            if found is not None and found[1]:
                return call_of(found[0], *[o for o in operands if o is not None])
    return None


def call_of(function: Callable[..., Any], *arguments: gast.expr) -> gast.expr:
    """A call of a function that is known."""
    return gast.Call(gast.Constant(function, None), list(arguments), [])


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
