"""Objects with attributes: what making one, its operators, properties and calls stand for.

An instance of a class of the user is a *record*: attributes are read and written as the items of a
dict are.  Methods are followed as functions; what Python looks up on the class (`v + w`,
`p.area`, `model(x)`) becomes a call of the function that it finds there.
"""

from __future__ import annotations

import abc
import dataclasses
import functools
import inspect
import operator
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import gast
import numpy as np

from ..errors import NotSupported
from ..runtime import stand_ins
from .kinds import Kind, Record, Sequence

OPERATORS = {
    "Add": ("__add__", "__radd__"), "Sub": ("__sub__", "__rsub__"),
    "Mult": ("__mul__", "__rmul__"), "Div": ("__truediv__", "__rtruediv__"),
    "Pow": ("__pow__", "__rpow__"), "MatMult": ("__matmul__", "__rmatmul__"),
    "Mod": ("__mod__", "__rmod__"), "FloorDiv": ("__floordiv__", "__rfloordiv__"),
    "BitAnd": ("__and__", "__rand__"), "BitOr": ("__or__", "__ror__"),
    "BitXor": ("__xor__", "__rxor__"), "LShift": ("__lshift__", "__rlshift__"),
    "RShift": ("__rshift__", "__rrshift__"),
    "USub": ("__neg__", ""), "UAdd": ("__pos__", ""), "Invert": ("__invert__", ""),
    "Eq": ("__eq__", "__eq__"), "NotEq": ("__ne__", "__ne__"), "Lt": ("__lt__", "__gt__"),
    "LtE": ("__le__", "__ge__"), "Gt": ("__gt__", "__lt__"), "GtE": ("__ge__", "__le__"),
}  # fmt: skip


SYMBOLS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "Pow": "**", "MatMult": "@", "Mod": "%",
    "FloorDiv": "//", "USub": "-", "UAdd": "+", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=",
    "Gt": ">", "GtE": ">=", "BitAnd": "&", "BitOr": "|", "BitXor": "^", "Invert": "~",
    "LShift": "<<", "RShift": ">>",
}  # fmt: skip

# What Python's functions of an object call; the results are numbers, or what can be gone through.
PROTOCOLS: dict[object, str] = {
    abs: "__abs__", float: "__float__", int: "__int__", complex: "__complex__",
    round: "__round__", len: "__len__", list: "__iter__", tuple: "__iter__",
}  # fmt: skip


ITERATING = (sum, max, min, sorted, zip, enumerate, reversed, any, all, set)  # what they are given


@dataclass(frozen=True)
class Made:
    """`Cls(…)`: an object is made and its `__init__` called."""

    form: type
    positional: list[gast.expr]
    keywords: dict[str, gast.expr]


@dataclass(frozen=True)
class Stored:
    """`p.v = x`, `a[2] = x` where the class says what happens; `setattr(p, name, x)`."""

    statement: gast.stmt


@dataclass(frozen=True)
class Updated:
    """`p.v *= x`, `v += w`: what is there is read, changed and stored, one after the other."""


@dataclass(frozen=True)
class Copied:
    """`copy(p)`: another object of the class is given these attributes."""

    form: type
    fields: dict[str, gast.expr]


@dataclass(frozen=True)
class Filled:
    """`Base.__init__(self, w)` of a dataclass: what the method that nobody wrote does."""

    owner: gast.expr
    fields: dict[str, gast.expr]
    after: gast.expr | None  # the call of `__post_init__`


@dataclass(frozen=True)
class Attributes:
    """`vars(p)`: a dict of the attributes as they are now; to Python it is the attributes."""

    display: gast.Dict
    owner: gast.expr


Expansion = gast.expr | Attributes | Made | Stored | Updated | Copied | Filled


def is_user_class(thing: object) -> bool:
    """Whether instances of a class are records: plain classes written in Python."""
    if not isinstance(thing, type) or type(thing) not in (type, abc.ABCMeta):
        return False
    if issubclass(thing, (BaseException, Enum, tuple, list, dict, set, str, int, float)):
        return False
    library = thing.__module__.partition(".")[0] in ("numpy", "scipy", "builtins", "tapeless")
    if library and thing.__module__ != stand_ins.__name__:
        return False
    return vars_of(thing, "__new__") is None and vars_of(thing, "__setattr__") is None


def why_not_followed(form: type) -> str:
    """What keeps a class from being one of which instances are records.

    >>> import numpy as np
    >>> why_not_followed(type("Vector", (np.ndarray,), {}))
    'it extends ndarray'
    """
    built_in = (np.ndarray, BaseException, Enum, tuple, list, dict, set, str, int, float)
    for base in form.__mro__[:-1]:
        if base in built_in:
            return f"it extends {base.__name__}"
    if type(form) not in (type, abc.ABCMeta):
        return f"it has the metaclass {type(form).__name__}"
    if vars_of(form, "__new__") is not None:
        return "it has a method __new__"
    if vars_of(form, "__setattr__") is not None:
        return "it has a method __setattr__"
    return "it is not written in Python"


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


def method_of(kind: Record | Sequence, name: str) -> tuple[Callable[..., Any], bool] | None:
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


def check_not_cached(form: type, where: gast.Attribute, function: str) -> None:
    """A cached property is computed again here, so the object must stay what it is."""
    if function in ("__init__", "__post_init__"):
        return
    for base in form.__mro__[:-1]:
        for name, value in vars(base).items():
            if isinstance(value, functools.cached_property):
                raise NotSupported(
                    where,
                    f"a store into an object of {form.__name__}, which caches the value of its "
                    f"property '{name}'",
                    instead="a plain property",
                )


def setter_of(form: type, name: str, node: gast.expr) -> Callable[..., Any] | None:
    """The function that a store into an attribute calls; None for a plain attribute."""
    found = vars_of(form, name)
    if isinstance(found, property):
        if found.fset is None:
            raise NotSupported(
                node,
                f"a store into the property '{name}' of {form.__name__}, which has no setter",
                instead="the attribute behind it",
            )
        return found.fset
    if hasattr(type(found), "__set__") and not inspect.ismemberdescriptor(found):
        raise NotSupported(
            node,
            f"the descriptor behind the attribute '{name}' of {form.__name__}",
            instead="a property, or a plain attribute",
        )
    return None


def class_value(kind: Record, name: str, node: gast.expr) -> object:
    """What the class of an object has under a name that the object itself does not have."""
    found = vars_of(kind.form, name)
    if hasattr(type(found), "__get__"):
        raise NotSupported(
            node,
            f"the attribute '{name}' of {kind.form.__name__}, which is a "
            f"{type(found).__name__} object",
            instead="a method or a property",
        )
    return found


def is_class_value(form: type, name: str) -> bool:
    """Whether an object without this attribute has that of its class: `rate = 2.0` in a class."""
    if is_bundle(form) and name in getattr(form, "__dataclass_fields__", ()):
        return False  # every instance has it
    found = vars_of(form, name)
    return found is not None and not hasattr(type(found), "__get__")


def method_value(kind: Record, name: str, owner: gast.expr) -> gast.expr | None:
    """What a method stands for that is not called here: `f = model.rhs`."""
    found = method_of(kind, name)
    if found is None:
        return None
    function: gast.expr = gast.Constant(found[0], None)
    return call_of(functools.partial, function, owner) if found[1] else function


def is_iterable(kind: Kind | None) -> bool:
    """Whether the class of an object says what iterating over it gives."""
    return isinstance(kind, Record) and vars_of(kind.form, "__iter__") is not None


def builtin_call(
    target: Any,
    kinds: list[Kind | None],
    positional: list[gast.expr],
    keywords: Mapping[str, gast.expr],
    node: gast.expr,
) -> gast.expr | None:
    """What a built-in function of an object stands for: `abs(v)` calls `Vector.__abs__`."""
    kind = kinds[0]
    if target in ITERATING and any(map(is_iterable, kinds)):
        listed = [
            call_of(list, a) if is_iterable(k) else a
            for a, k in zip(positional, kinds, strict=True)
        ]
        return gast.Call(
            gast.Constant(target, None), listed, [gast.keyword(k, v) for k, v in keywords.items()]
        )
    if isinstance(kind, Record) and target in PROTOCOLS:
        method = PROTOCOLS[target]
        made = call_of(lookup(kind, method, f"{target.__name__}()", node), *positional)
        return call_of(target, made) if method == "__iter__" else made
    items = kind.of_elements() if isinstance(kind, Sequence) else None
    if not isinstance(items, Record) or target not in (max, min, sum):
        return None
    if target in (max, min):
        raise NotSupported(
            node,
            f"{target.__name__}() of objects of {items.form.__name__}",
            instead=f"{target.__name__}(..., key=lambda item: ...), or a loop",
        )
    start = positional[1:] or [gast.Constant(0, None)]
    plus: gast.expr = gast.Constant(operator.add, None)
    return call_of(functools.reduce, plus, positional[0], *start)


def attributes_of(kind: Record, owner: gast.expr) -> Attributes:
    """``vars(p)``: the attributes of an object as a dict."""
    keys: list[gast.expr] = [gast.Constant(field, None) for field, _ in kind.items]
    values: list[gast.expr] = [gast.Attribute(owner, field, gast.Load()) for field, _ in kind.items]
    return Attributes(gast.Dict(keys, values), owner)


def lookup(kind: Record, method: str, what: str, node: gast.AST) -> Callable[..., Any]:
    """A method that something done to an object calls; refused where the class has none."""
    found = method_of(kind, method)
    if found is None or not found[1]:
        raise NotSupported(
            node,
            f"{what} of an object of {kind.form.__name__}, which has no method '{method}'",
            instead="an attribute or a method of it",
        )
    return found[0]


def overloads(kind: Kind | None, op: str) -> bool:
    """Whether a class says what an operator does: that of an object, or a named tuple."""
    if not isinstance(kind, Sequence):
        return isinstance(kind, Record)
    return any(name and method_of(kind, name) is not None for name in OPERATORS.get(op, ()))


def operator_call(
    op: str,
    left: gast.expr,
    right: gast.expr | None,
    kinds: tuple[Kind | None, Kind | None],
    node: gast.AST,
) -> gast.expr:
    """The call of a method that an operator stands for where one of the operands is a record."""
    plain, swapped = OPERATORS.get(op, ("", ""))
    sides = [(plain, kinds[0], (left, right)), (swapped, kinds[1], (right, left))]
    if _goes_first(kinds[1], kinds[0], swapped):
        sides.reverse()
    for name, kind, operands in sides:
        if isinstance(kind, (Record, Sequence)) and name:
            found = method_of(kind, name)
            if found is not None and found[1]:
                return call_of(found[0], *[o for o in operands if o is not None])
    form = next(k.form for k in kinds if isinstance(k, (Record, Sequence)))
    raise NotSupported(
        node,
        f"the operator '{SYMBOLS.get(op, op)}' of an object of {form.__name__}, "
        f"which has no method '{plain}'",
        instead="a method of the class, or its attributes",
    )


def _goes_first(right: Kind | None, left: Kind | None, method: str) -> bool:
    """Whether Python asks the right operand first: of a class below that of the left one."""
    if not isinstance(right, Record) or not isinstance(left, Record) or right.form is left.form:
        return False
    overrides = vars_of(right.form, method) is not vars_of(left.form, method)
    return issubclass(right.form, left.form) and overrides


def update_call(
    op: str, left: Kind | None, target: gast.expr, right: gast.expr
) -> gast.expr | None:
    """What `v += w` gives where the class of `v` says so; None where it is `v = v + w`."""
    plain = OPERATORS.get(op, ("", ""))[0]
    found = method_of(left, f"__i{plain[2:]}") if isinstance(left, Record) else None
    return call_of(found[0], target, right) if found is not None and found[1] else None


def call_of(function: Callable[..., Any], *arguments: gast.expr) -> gast.expr:
    """A call of a function that is known."""
    return gast.Call(gast.Constant(function, None), list(arguments), [])
