"""Calls that are written out as what they do before anything else is known of them.

`reduce(f, v)` is a loop, `itemgetter(1)(v)` a subscript, `partial(g, x)` a lambda, a decorator's
wrapper is its body: such a call is *pending*. Its kind is not known until `refine/expand.py` has
put in its place what it stands for.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import Parameter
from typing import Any

import gast
import numpy as np

from ..errors import NotSupported
from ..frontend.iterators import items_of
from ..frontend.parse import Function, parse
from ..rules import registry
from ..syntax import walk
from .kinds import Array, Closure, Kind, Number, Record, Sequence, Static, Table, is_inexact

LIBRARIES = ("builtins", "numpy", "scipy", "decimal", "fractions", "datetime")  # plain classes
GETTERS = (operator.itemgetter, operator.attrgetter, operator.methodcaller)
STARS = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)


OPERATIONS: dict[object, type] = {
    operator.add: gast.Add, operator.sub: gast.Sub, operator.mul: gast.Mult,
    operator.truediv: gast.Div, operator.floordiv: gast.FloorDiv, operator.mod: gast.Mod,
    operator.pow: gast.Pow, operator.neg: gast.USub, operator.pos: gast.UAdd,
}  # fmt: skip


ITERTOOLS: dict[object, str] = {
    itertools.accumulate: "accumulate", itertools.chain: "chain",
    itertools.chain.from_iterable: "chain of", itertools.combinations: "combinations",
    itertools.combinations_with_replacement: "combinations", itertools.compress: "compress",
    itertools.dropwhile: "dropwhile", itertools.filterfalse: "filterfalse",
    itertools.islice: "islice", itertools.pairwise: "pairwise",
    itertools.permutations: "combinations", itertools.product: "product",
    itertools.repeat: "repeat", itertools.starmap: "starmap", itertools.takewhile: "takewhile",
    itertools.zip_longest: "zip_longest",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Pending:
    """A call to be written out: how, and the function or object that is called."""

    form: str
    target: Any = None
    closure: Closure | None = None
    kinds: tuple[Kind | None, ...] = ()


def elementwise_map(f: Callable[..., Any], *arrays: Any) -> Any:
    """What a call of `np.vectorize(f)` stands for; always written out."""
    return np.vectorize(f)(*arrays)


def has_stars(node: gast.Call) -> bool:
    """Whether arguments of a call are taken apart."""
    return any(isinstance(a, gast.Starred) for a in node.args) or any(
        k.arg is None for k in node.keywords
    )


def star_parameters(function: Function) -> tuple[str | None, str | None]:
    """The names of `*args` and `**kwargs`."""
    found: dict[Any, str] = {p.kind: p.name for p in function.parameters if p.kind in STARS}
    return found.get(Parameter.VAR_POSITIONAL), found.get(Parameter.VAR_KEYWORD)


def only_forwards(function: Function) -> bool:
    """Whether a function does nothing with `*args` and `**kwargs` but hand them on."""
    stars = {s for s in star_parameters(function) if s is not None}
    uses = [n for n in walk(function.tree.body) if isinstance(n, gast.Name) and n.id in stars]
    handed_on = [
        n
        for c in walk(function.tree.body)
        if isinstance(c, gast.Call)
        for n in [
            *(a.value for a in c.args if isinstance(a, gast.Starred)),
            *(k.value for k in c.keywords if k.arg is None),
        ]
        if isinstance(n, gast.Name) and n.id in stars
    ]
    return len(uses) == len(handed_on)


def followed(target: Kind) -> Function | None:
    """The function with source that a value is, if it is one."""
    if isinstance(target, Closure):
        return target.function  # type: ignore[return-value]
    if not isinstance(target, Static) or not callable(target.value):
        return None
    if target.value in (elementwise_map, items_of):
        return None
    if not isinstance(target.value, type) and hasattr(target.value, "__code__"):
        return parse(target.value)
    return None


def pending_call(
    node: gast.Call, target: Kind, kinds: list[Kind | None], named: dict[str, Kind | None]
) -> Pending | None:
    """How a call is to be written out; None for a call that stays."""
    value: Any = target.value if isinstance(target, Static) else None
    if isinstance(value, GETTERS):
        return Pending("getter", value)
    if isinstance(value, functools.partial) and _needs_writing(value, named):
        return Pending("partial object", value)
    if value is functools.partial and any(
        k is None or not k.static for k in [*kinds, *named.values()]
    ):
        return Pending("partial", value)
    if _is_plain(value) and value in OPERATIONS and not named:
        if all(isinstance(k, (Number, Record)) for k in kinds) and len(kinds) in (1, 2):
            return Pending("operation", value)
        return None
    if value is np.vectorize and kinds and isinstance(kinds[0], (Closure, Static)):
        return Pending("vectorize", value)
    if isinstance(value, np.vectorize):
        return Pending("vectorized", value)
    if value in (functools.reduce, map, filter) if _is_plain(value) else False:
        if len(kinds) > 1 and _indexed(kinds[1:]) and _is_function(kinds[0]):
            return Pending(value.__name__, value, kinds=tuple(kinds))
        return None
    if value is sum and len(kinds) == 2 and kinds[1] == Sequence(list, ()) and _rows(kinds[0]):
        return Pending("joined", value, kinds=tuple(kinds))
    if _is_plain(value) and value in (itertools.groupby, itertools.tee):
        raise NotSupported(
            node, f"{value.__name__}, whose iterators depend on each other", instead="lists"
        )
    if _is_plain(value) and value in ITERTOOLS:
        if any(is_inexact(k) for k in [*kinds, *named.values()]):
            return Pending(ITERTOOLS[value], value, kinds=tuple(kinds))
        return None
    forms: dict[object, str] = {
        np.apply_along_axis: "apply_along_axis",
        np.piecewise: "piecewise",
        np.fromfunction: "fromfunction",
        elementwise_map: "elementwise map",
        items_of: "items",
    }
    form = forms.get(value) if _is_plain(value) else None
    if form == "piecewise" and not _has_functions(kinds):
        return None
    if form is not None:
        return Pending(form, value, kinds=tuple(kinds))
    return Pending("stars") if has_stars(node) else None


def _rows(kind: Kind | None) -> bool:
    """Whether a value is a sequence of lists."""
    element = kind.of_elements() if isinstance(kind, Sequence) else None
    return isinstance(element, Sequence) and element.form is list


def _is_plain(value: object) -> bool:
    return callable(value) and getattr(type(value), "__hash__", None) is not None


def _needs_writing(value: functools.partial[Any], named: dict[str, Kind | None]) -> bool:
    """Whether a partial is of a primitive, or the call replaces values that it fixes."""
    below: Any = value
    fixed: set[str] = set()
    while isinstance(below, functools.partial):
        fixed |= set(below.keywords)
        below = below.func
    return bool(fixed & set(named)) or not hasattr(below, "__code__")


def _is_function(kind: Kind | None) -> bool:
    return isinstance(kind, Closure) or (isinstance(kind, Static) and callable(kind.value))


def _indexed(kinds: list[Kind | None]) -> bool:
    return all(isinstance(k, (Array, Sequence, Number)) for k in kinds)


def _has_functions(kinds: list[Kind | None]) -> bool:
    given = kinds[2] if len(kinds) > 2 else None
    return isinstance(given, Sequence) and any(_is_function(k) for k in given.items or ())


def closures_in(kind: Kind | None) -> Iterator[Closure]:
    """The closures over variables that a value is or holds."""
    if isinstance(kind, Closure):
        if kind.captured:
            yield kind
    elif isinstance(kind, Sequence):
        for item in kind.items or (kind.element,):
            yield from closures_in(item)
    elif isinstance(kind, (Table, Record)):
        for _, item in kind.items:
            yield from closures_in(item)


def holds_functions(kind: Kind | None) -> bool:
    """Whether the items of a container are, or hold, different functions, or different classes."""
    if isinstance(kind, Table):
        items = tuple(item for _, item in kind.items)
    elif isinstance(kind, Sequence):
        items = kind.items or ()
    else:
        return False
    if holds_objects(kind):
        return True
    return len({tuple(_functions(item)) for item in items}) > 1


def holds_objects(kind: Kind | None) -> bool:
    """Whether the items of a list or tuple are objects of different classes."""
    items = kind.items if isinstance(kind, Sequence) and kind.items is not None else ()
    return len({k.form for k in items if isinstance(k, Record)}) > 1


def _functions(kind: Kind | None) -> Iterator[object]:
    """The functions that a value is, or holds in its items and attributes."""
    if isinstance(kind, Sequence):
        for item in kind.items or ():
            yield from _functions(item)
    elif isinstance(kind, Record):
        for field, item in kind.items:
            yield from ((field, f) for f in _functions(item))
    elif is_a_function(kind):
        yield kind


def is_a_function(kind: Kind | None) -> bool:
    """Whether a value is a function that can be followed, a primitive, a closure or a class."""
    value = kind.value if kind is not None else None
    if isinstance(value, type):
        module = value.__module__.partition(".")[0]
        return module not in LIBRARIES and not issubclass(value, BaseException)
    return _is_function(kind)


def dispatched(target: Any, kind: Kind | None, class_of: Callable[[Kind], type | None]) -> Any:
    """What `functools.singledispatch` calls for a first argument of this kind."""
    form = class_of(kind) if kind is not None else None
    if form is None or not hasattr(target, "registry") or not hasattr(target, "dispatch"):
        return None
    return target.dispatch(form)


def is_known(primitive: object) -> bool:
    """Whether there is a rule for a primitive."""
    return bool(registry.rules_for(primitive))
