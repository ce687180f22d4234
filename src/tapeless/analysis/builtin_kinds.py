"""The kinds of the results of Python's built-in functions."""

from __future__ import annotations

import collections
import copy
import inspect
import operator
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gast
import numpy as np

from .. import runtime
from ..frontend.parse import resolve
from .container_kinds import any_key, keys_of, merged, table_method, with_key
from .expressions import attribute_kind, elementwise_kind, kind_of_object
from .iterator_kinds import iterator_kinds
from .kinds import (
    BOOL,
    FLOAT,
    NUMBER_IN_TEXT,
    Array,
    Closure,
    Kind,
    Number,
    Opaque,
    Record,
    Sequence,
    Static,
    Table,
    integer,
    is_optional,
    join,
    kind_of,
    kind_of_key,
    settle,
    static,
    text_of,
    without_value,
)
from .probe import probe
from .sizes import constant_size

Kinds = list[Kind | None]
Named = dict[str, Kind | None]


def _len(kinds: Kinds, named: Named) -> Kind:
    kind = kinds[0]
    if isinstance(kind, Array) and kind.axes:
        return integer(kind.axes[0])
    if isinstance(kind, Sequence) and kind.items is not None:
        return integer(constant_size(len(kind.items)))
    if isinstance(kind, Static) and isinstance(kind.value, str):
        return integer(constant_size(len(kind.value)))
    if isinstance(kind, Table) and kind.rest is None:
        return integer(constant_size(len(kind.items)))
    return integer(None)


def _float(kinds: Kinds, named: Named) -> Kind:
    if not kinds:
        return kind_of_object(0.0)
    if isinstance(kinds[0], Static) and isinstance(kinds[0].value, str):
        try:
            return kind_of_object(float(kinds[0].value))
        except ValueError:
            return FLOAT  # it raises where the program runs
    return Opaque() if kinds[0] == NUMBER_IN_TEXT else FLOAT


def _complex(kinds: Kinds, named: Named) -> Kind:
    return Opaque() if kinds and kinds[0] == NUMBER_IN_TEXT else Number("c")


def _int(kinds: Kinds, named: Named) -> Kind:
    kind = kinds[0] if kinds else None
    if isinstance(kind, Number) and kind.dtype == "i":
        return integer(kind.size)
    if kind is not None and kind.static:
        try:
            return integer(constant_size(int(kind.value)))  # type: ignore[call-overload]
        except (TypeError, ValueError, OverflowError):
            return integer(None)
    return integer(None)


def _extreme(kinds: Kinds, named: Named) -> Kind:
    items = kinds
    if len(kinds) == 1 and "default" in named:
        found = join(_extreme(kinds, {}), named["default"])
        return found or Opaque("extreme")
    if len(kinds) == 1:
        only = kinds[0]
        if isinstance(only, (Sequence, Table)):
            return element_kind(only) or Opaque("empty")
        if isinstance(only, Array) and only.rank == 1:
            return Number(only.dtype, False)
        return Opaque("extreme")
    if all(isinstance(k, Number) and k.dtype in "ib" for k in items):
        return integer(None)
    joined: Kind | None = None
    for k in items:
        joined = join(joined, k)
    return joined or Opaque()


def _extreme_of(function: Callable[..., Any]) -> Callable[[Kinds, Named], Kind]:
    def kind_of_call(kinds: Kinds, named: Named) -> Kind:
        values = [k.value if isinstance(k, Number) else None for k in kinds]
        if len(values) > 1 and not named and all(type(v) is int for v in values):
            return integer(constant_size(function(values)))
        return _extreme(kinds, named)

    return kind_of_call


def _sum(kinds: Kinds, named: Named) -> Kind:
    kind = kinds[0]
    element = element_kind(kind)
    start = kinds[1] if len(kinds) > 1 else named.get("start")
    if element is None and start is not None:
        return start
    if element is None:
        return kind_of_object(0) if isinstance(kind, Sequence) else Opaque("sum")
    if isinstance(start, (Number, Array)) and isinstance(element, (Number, Array)):
        return elementwise_kind(operator.add, [element, start]) or Opaque("sum")
    if isinstance(element, Number):
        return Number("i" if element.dtype == "b" else element.dtype, element.python)
    return element


def _isinstance(kinds: Kinds, named: Named) -> Kind:
    kind, classes = kinds
    if classes is None or not classes.static or kind is None:
        return BOOL
    wanted = classes.value if isinstance(classes.value, tuple) else (classes.value,)
    made = class_of(kind)
    if made is None:
        return BOOL
    found = any(issubclass(made, c) for c in wanted)
    if is_optional(kind) and found is not any(issubclass(type(None), c) for c in wanted):
        return BOOL
    return Number("b", True, None, found)


def class_of(kind: Kind) -> type | None:
    """The Python class of values of a kind, where the kind decides it."""
    if isinstance(kind, Number):
        if not kind.python:
            return {
                "f": np.float64,
                "f4": np.float32,
                "i": np.int64,
                "b": np.bool_,
                "c": np.complex128,
                "c8": np.complex64,
            }[kind.dtype]
        return {"f": float, "i": int, "b": bool, "c": complex}.get(kind.dtype)
    if isinstance(kind, Array):
        return np.ndarray if kind.axes is not None else None
    if isinstance(kind, Sequence):
        return kind.form
    if isinstance(kind, Table):
        return dict
    if isinstance(kind, Record):
        return kind.form
    if isinstance(kind, Static):
        return type(kind.value)
    if isinstance(kind, Closure):
        return type(class_of)
    return None


def _hasattr(kinds: Kinds, named: Named) -> Kind:
    kind, field = kinds
    if not isinstance(field, Static) or not isinstance(field.value, str) or kind is None:
        return BOOL
    if is_optional(kind) or isinstance(kind, Closure):
        return BOOL
    if isinstance(kind, Static):
        return kind_of_object(hasattr(kind.value, field.value))
    made = kind.form if isinstance(kind, Table) else class_of(kind)
    if made is None:
        return BOOL
    known = hasattr(made, field.value)
    if isinstance(kind, Record):
        known = known or kind.get(field.value) is not None
        if not known and any(hasattr(made, m) for m in ("__getattr__", "__slots__")):
            return BOOL
        if known and kind.get(field.value) is None and not callable(getattr(made, field.value)):
            return BOOL  # a property may raise
    return kind_of_object(known)


def _any_or_all(decisive: bool) -> Callable[[Kinds, Named], Kind]:
    """``any`` and ``all`` of truths that are known: of none that decides, the other one."""

    def kind_of_call(kinds: Kinds, named: Named) -> Kind:
        kind = kinds[0]
        if not isinstance(kind, Sequence):
            return BOOL
        truths = [
            k.value if isinstance(k, Number) and k.dtype == "b" else None
            for k in (kind.items if kind.items is not None else (kind.element,))
        ]
        if kind.items is None and kind.element is None:
            return BOOL
        if all(t is (not decisive) for t in truths):
            return kind_of_object(not decisive)
        return kind_of_object(decisive) if kind.items and decisive in truths else BOOL

    return kind_of_call


def _isscalar(kinds: Kinds, named: Named) -> Kind:
    kind = kinds[0]
    if is_optional(kind) or (isinstance(kind, Array) and kind.axes is None):
        return BOOL
    if isinstance(kind, Static):
        return kind_of_object(bool(np.isscalar(kind.value)))
    if isinstance(kind, (Number, Array, Sequence, Table)):
        return kind_of_object(isinstance(kind, Number))
    return BOOL


def _callable(kinds: Kinds, named: Named) -> Kind:
    kind = kinds[0]
    if isinstance(kind, Closure):
        return kind_of_object(True)
    if isinstance(kind, Static):
        return kind_of_object(callable(kind.value))
    return kind_of_object(False) if isinstance(kind, (Number, Array, Sequence, Table)) else BOOL


def _as_sequence(form: type) -> Callable[[Kinds, Named], Kind]:
    def kind_of_call(kinds: Kinds, named: Named) -> Kind:
        if not kinds:
            return Sequence(form, ())
        kind = kinds[0]
        if isinstance(kind, Sequence):
            return Sequence(form, kind.items, kind.element)
        if isinstance(kind, Array) and kind.axes:
            return Sequence(form, None, element_kind(kind))
        if isinstance(kind, Table):
            keys = keys_of(kind)
            return Sequence(form, keys.items, keys.element)
        if isinstance(kind, Static) and isinstance(kind.value, str):
            return Sequence(form, tuple(static(c) for c in kind.value))
        return Sequence(form, None, element_kind(kind) or Opaque("element"))

    return kind_of_call


def _range(kinds: Kinds, named: Named) -> Kind:
    if all(k is not None and k.static for k in kinds):
        numbers = range(*(k.value for k in kinds))  # type: ignore[union-attr,arg-type]
        if len(numbers) <= 64:
            return Sequence(tuple, tuple(kind_of_object(n) for n in numbers))
    return Sequence(tuple, None, integer(None))


def _round(kinds: Kinds, named: Named) -> Kind:
    digits = [*kinds[1:], *named.values()]
    if isinstance(kinds[0], Number) and all(d == static(None) for d in digits):
        return integer(None)
    return kinds[0] or Opaque()


def _zip(kinds: Kinds, named: Named) -> Kind:
    elements = [element_kind(k) for k in kinds]
    if any(e is None for e in elements):
        return Opaque("zip")
    if all(isinstance(k, Sequence) and k.items is not None for k in kinds):
        rows = zip(*(k.items for k in kinds), strict=False)  # type: ignore[union-attr]
        return Sequence(tuple, tuple(Sequence(tuple, tuple(r)) for r in rows))
    return Sequence(tuple, None, Sequence(tuple, tuple(e for e in elements if e is not None)))


def _enumerate(kinds: Kinds, named: Named) -> Kind:
    kind, start = kinds[0], (kinds[1] if len(kinds) > 1 else named.get("start"))
    counted = start is None or start.value == 0
    if isinstance(kind, Sequence) and kind.items is not None:
        numbers = [integer(constant_size(k) if counted else None) for k in range(len(kind.items))]
        pairs = zip(numbers, kind.items, strict=True)
        return Sequence(tuple, tuple(Sequence(tuple, pair) for pair in pairs))
    element = element_kind(kind)
    if element is None:
        return Opaque("enumerate")
    return Sequence(tuple, None, Sequence(tuple, (integer(None), element)))


def _reversed(kinds: Kinds, named: Named) -> Kind:
    kind = kinds[0]
    if isinstance(kind, Sequence) and kind.items is not None:
        return Sequence(tuple, kind.items[::-1])
    element = element_kind(kind)
    return Sequence(tuple, None, element) if element is not None else Opaque("reversed")


def _tolist(kinds: Kinds, named: Named) -> Kind:
    kind = kinds[0]
    if not isinstance(kind, (Array, Number)) or kind.dims is None:
        return Opaque("list of an array")
    made: Kind = Number(kind.dtype[0])
    for _ in kind.dims:
        made = Sequence(list, None, made)
    return made


def _as_attribute(function: object, field: str) -> Callable[[Kinds, Named], Kind]:
    """``np.shape(x)`` is known as well as ``x.shape``."""

    def kind_of_call(kinds: Kinds, named: Named) -> Kind:
        array = probe(np.asarray, kinds, {}) if isinstance(kinds[0], Sequence) else kinds[0]
        if isinstance(array, (Array, Number)) and len(kinds) == 1 and not named:
            return attribute_kind(array, field) or Opaque()
        return probe(function, kinds, named)

    return kind_of_call


def _items_at(kinds: Kinds, named: Named) -> Kind:
    return Sequence(list, None, element_kind(kinds[0]) or Opaque())


def _of_method(method: str) -> Callable[[Kinds, Named], Kind]:
    def kind_of_call(kinds: Kinds, named: Named) -> Kind:
        return table_method(kinds[0], method, []) if isinstance(kinds[0], Table) else Opaque()

    return kind_of_call


def _dict(kinds: Kinds, named: Named) -> Kind:
    made = Table(())
    if kinds and isinstance(kinds[0], Table):
        made = merged(made, kinds[0])
    elif kinds:
        pairs = kinds[0]
        if not isinstance(pairs, Sequence):
            return Opaque("dict")
        for pair in pairs.items if pairs.items is not None else (pairs.element,):
            if not isinstance(pair, Sequence) or pair.items is None or len(pair.items) != 2:
                return made if pairs.items == () or pair is None else Opaque("dict")
            key = pair.items[0]
            made = with_key(made, key, pair.items[1])
    for name, kind in named.items():
        made = with_key(made, static(name), kind or Opaque())
    return made


def _defaultdict(kinds: Kinds, named: Named) -> Kind:
    factory = kinds[0].value if kinds and kinds[0] is not None else None
    first: dict[object, Kind] = {
        float: FLOAT,
        int: Number("i"),
        list: Sequence(list, ()),
        dict: Table(()),
    }
    if named or len(kinds) != 1:
        return Opaque("defaultdict")
    made = first.get(factory) or _constant_of(kinds[0])
    if made is None:
        return Opaque("defaultdict", collections.defaultdict)
    return Table((), made, None, collections.defaultdict)


def _constant_of(kind: Kind | None) -> Kind | None:
    """The kind of the number that a function of no arguments gives: ``lambda: math.inf``."""
    if not isinstance(kind, Closure):
        return None
    function: Any = kind.function
    if function.parameters or len(function.tree.body) != 1:
        return None
    path = value = function.tree.body[0].value
    fields = []
    while isinstance(path, gast.Attribute):
        fields.append(path.attr)
        path = path.value
    if isinstance(path, gast.Constant):
        found: object = value.value
    elif isinstance(path, gast.Name) and not kind.captured:
        try:
            found = resolve(function, path.id)
            for field in reversed(fields):
                found = getattr(found, field)
        except (KeyError, AttributeError):
            return None
    else:
        return None
    number = isinstance(found, (int, float)) and not isinstance(found, bool)
    return without_value(kind_of(found, "default"), "default") if number else None


def _counter(kinds: Kinds, named: Named) -> Kind:
    key = settle(element_kind(kinds[0])) or Opaque("key") if kinds else None
    if named:
        key = Opaque("key")
    return Table((), integer(None), key, collections.Counter)


def _fromkeys(kinds: Kinds, named: Named) -> Kind:
    held = kinds[1] if len(kinds) > 1 else static(None)
    keys = kinds[0]
    if isinstance(keys, Sequence) and keys.items is not None and all(k.static for k in keys.items):
        return Table(tuple((k.value, held or Opaque()) for k in keys.items))
    return Table((), held, settle(element_kind(keys)) or Opaque("key"))


def element_kind(kind: Kind | None) -> Kind | None:
    """The kind of what iteration over a value of this kind gives."""
    if isinstance(kind, Table):
        return any_key(kind)
    if isinstance(kind, Sequence):
        return kind.of_elements()
    if isinstance(kind, Array) and kind.axes:
        rest = kind.axes[1:]
        return replace(kind, axes=rest) if rest else Number(kind.dtype, False)
    if isinstance(kind, Static) and isinstance(kind.value, (set, frozenset)):
        found: Kind | None = None
        for member in kind.value:
            found = join(found, kind_of_key(member))
        return found
    return None


def _slice(kinds: Kinds, named: Named) -> Kind:
    if all(k is not None and k.static for k in kinds):
        bounds: list[Any] = [k.value for k in kinds if k is not None]
        return static(slice(*bounds))
    return Opaque("slice", slice)


def _argument_names(kinds: Kinds, named: Named) -> Kind:
    """``inspect.getfullargspec(f)``: the names of the parameters are known."""
    function = kinds[0]
    if not isinstance(function, Static):
        return Opaque("names of arguments")
    return kind_of_object(inspect.getfullargspec(function.value))


def _ndindex(kinds: Kinds, named: Named) -> Kind:
    """``np.ndindex(x.shape)`` or ``np.ndindex(m, n)``: tuples of integers."""
    shape = kinds[0] if len(kinds) == 1 else None
    rank: int | None = len(kinds)
    if isinstance(shape, Sequence):
        rank = None if shape.items is None else len(shape.items)
    if rank is None:
        return Sequence(tuple, None, Sequence(tuple, None, integer(None)))
    return Sequence(tuple, None, Sequence(tuple, (integer(None),) * rank))


BUILTINS: dict[object, Callable[[Kinds, Named], Kind]] = {
    **iterator_kinds(element_kind),
    len: _len,
    float: _float,
    int: _int,
    bool: lambda kinds, named: BOOL,
    str: lambda kinds, named: text_of(*kinds),
    repr: lambda kinds, named: text_of(*kinds),
    abs: lambda kinds, named: elementwise_kind(abs, kinds) or Opaque(),
    min: _extreme_of(min),
    max: _extreme_of(max),
    sum: _sum,
    isinstance: _isinstance,
    callable: _callable,
    hasattr: _hasattr,
    inspect.getfullargspec: _argument_names,
    ord: lambda kinds, named: integer(None),
    list: _as_sequence(list),
    tuple: _as_sequence(tuple),
    range: _range,
    **{
        made: lambda kinds, named, made=made: Opaque(made.__name__, made)  # type: ignore[misc]
        for made in (set, frozenset, bytearray, collections.deque)
    },
    slice: _slice,
    zip: _zip,
    round: _round,
    print: lambda kinds, named: static(None),
    any: _any_or_all(True),
    all: _any_or_all(False),
    np.isscalar: _isscalar,
    dict: _dict,
    enumerate: _enumerate,
    reversed: _reversed,
    dict.values: _of_method("values"),
    dict.items: _of_method("items"),
    dict.keys: _of_method("keys"),
    dict.copy: _of_method("copy"),
    np.ndarray.tolist: _tolist,
    np.ndindex: _ndindex,
    np.shape: _as_attribute(np.shape, "shape"),
    np.ndim: _as_attribute(np.ndim, "ndim"),
    np.size: _as_attribute(np.size, "size"),
    **dict.fromkeys(
        (list.copy, copy.copy, copy.deepcopy), lambda kinds, named: kinds[0] or Opaque()
    ),
    **dict.fromkeys(
        (list.index, list.count, tuple.index, tuple.count), lambda kinds, named: integer(None)
    ),
    runtime.FUNCTIONS["exchanged"]: lambda kinds, named: Sequence(list, None, integer(None)),
    runtime.FUNCTIONS["sorting_order"]: lambda kinds, named: Sequence(list, None, integer(None)),
    runtime.FUNCTIONS["items_at"]: _items_at,
    runtime.FUNCTIONS["permute"]: lambda kinds, named: static(None),
    **dict.fromkeys(
        (runtime.FUNCTIONS["position_of_max"], runtime.FUNCTIONS["position_of_min"]),
        lambda kinds, named: integer(None),
    ),
    collections.OrderedDict: _dict,
    collections.defaultdict: _defaultdict,
    collections.Counter: _counter,
    dict.fromkeys: _fromkeys,
    sorted: lambda kinds, named: Sequence(list, None, element_kind(kinds[0]) or Opaque()),
    complex: _complex,
    **dict.fromkeys(
        (time.time, time.perf_counter, time.monotonic, time.process_time),
        lambda kinds, named: Number("f"),
    ),
    time.sleep: lambda kinds, named: static(None),
}
