"""What may be passed to a derivative: checks, conversions, kinds without a value."""

from __future__ import annotations

import inspect
import operator
import re
from collections.abc import Iterator, Sequence
from types import FunctionType
from typing import Any

import numpy as np

from .analysis.kinds import Array, Kind, Opaque, fields_of, kind_of
from .analysis.objects import is_user_class
from .errors import NotSupported, WrongUse
from .frontend import Parameter
from .runtime import with_fields

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_EMPTY = inspect.Parameter.empty
_FLOATS = frozenset({float, np.float64, np.ndarray})


def parameters_of(function: FunctionType) -> tuple[Parameter, ...]:
    """The parameters of a plain function, as its code has them.

    >>> def model(w, /, x, *rest, scale=1.0): ...
    >>> [p.name for p in parameters_of(model)]
    ['w', 'x', 'rest', 'scale']
    """
    kinds = inspect._ParameterKind
    code = function.__code__
    count, only = code.co_argcount, code.co_kwonlyargcount
    names = code.co_varnames
    listed = [
        (n, kinds.POSITIONAL_ONLY if k < code.co_posonlyargcount else kinds.POSITIONAL_OR_KEYWORD)
        for k, n in enumerate(names[:count])
    ]
    extra = count + only
    if code.co_flags & inspect.CO_VARARGS:
        listed.append((names[extra], kinds.VAR_POSITIONAL))
        extra += 1
    listed += [(n, kinds.KEYWORD_ONLY) for n in names[count : count + only]]
    if code.co_flags & inspect.CO_VARKEYWORDS:
        listed.append((names[extra], kinds.VAR_KEYWORD))
    values = function.__defaults__ or ()
    defaults = dict(zip(names[count - len(values) : count], values, strict=True))
    defaults |= function.__kwdefaults__ or {}
    hints = function.__annotations__
    return tuple(
        Parameter(n, kind, defaults.get(n, _EMPTY), hints.get(n, _EMPTY)) for n, kind in listed
    )


# --- which arguments are differentiated -----------------------------------------------------


def names_of(argnums: Any, parameters: Sequence[Parameter], function: str) -> tuple[str, ...]:
    """The names of the parameters that `argnums` means; `WrongUse` if it means none.

    >>> names_of((0, "x"), parameters_of(lambda w, b, x: 0.0), "f")
    ('w', 'x')
    """
    wanted = argnums if isinstance(argnums, (tuple, list)) else (argnums,)
    if not wanted:
        raise WrongUse(f"argnums is empty: name at least one argument of {function}")
    names = tuple(_name_of(item, parameters, function) for item in wanted)
    for name in names:
        if names.count(name) > 1:
            raise WrongUse(f"argnums names {name!r} twice: {argnums!r}")
    return names


def _name_of(item: Any, parameters: Sequence[Parameter], function: str) -> str:
    listing = ", ".join(p.name for p in parameters) or "none"
    if isinstance(item, str):
        if all(item != p.name for p in parameters):
            raise WrongUse(f"argnums: {function} has no argument {item!r}; it has: {listing}")
        return item
    if isinstance(item, bool) or not hasattr(item, "__index__"):
        raise WrongUse(
            f"argnums must be positions or names of arguments of {function}, not {item!r}"
        )
    position = operator.index(item)
    places = [p for p in parameters if p.kind in _POSITIONAL]
    if -len(places) <= position < len(places):
        return places[position].name
    if position >= 0:
        for p in parameters:
            if p.kind is inspect.Parameter.VAR_POSITIONAL:
                raise NotSupported(
                    None,
                    f"argnums={position} of {function} lies in *{p.name}",
                    instead=f"argnums={p.name!r}, for the gradients of all of them",
                )
    raise WrongUse(f"argnums={position} is out of range: {function} takes ({listing})")


# --- values -----------------------------------------------------------------------------------


def as_floats(value: Any) -> Any:
    """The value with its integers made floats (arrays aside); itself if there are none.

    >>> as_floats(2), as_floats([1, 2.5]), as_floats({"a": (1,)})
    (2.0, [1.0, 2.5], {'a': (1.0,)})
    """
    if isinstance(value, (bool, np.bool_)):
        return value
    if isinstance(value, (int, np.integer)):
        return float(value)
    if isinstance(value, dict):
        parts = {k: as_floats(v) for k, v in value.items()}
        if all(parts[k] is v for k, v in value.items()):
            return value
        return parts if type(value) is dict else _refilled(value, parts)
    if isinstance(value, (list, tuple)):
        if set(map(type, value)) <= _FLOATS:
            return value
        items = [as_floats(v) for v in value]
        if all(a is b for a, b in zip(items, value, strict=True)):
            return value
        if hasattr(value, "_fields"):
            return type(value)(*items)
        return type(value)(items)
    fields = fields_of(value)
    if fields is not None:
        old = {f: getattr(value, f) for f in fields}  # the integers of an object stay what they are
        new = {f: v if isinstance(v, int) else as_floats(v) for f, v in old.items()}
        if all(getattr(value, f) is part for f, part in new.items()):
            return value
        return with_fields(value, new)
    return value


def _refilled(table: dict[Any, Any], parts: dict[Any, Any]) -> dict[Any, Any]:
    new = table.copy()
    new.update(parts)
    return new


def leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The parts of a structured argument, each with the expression that reaches it."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, f"{path}[{key!r}]")
    elif isinstance(value, (list, tuple)):
        for k, part in enumerate(value):
            yield from leaves(part, f"{path}[{k}]")
    elif (fields := fields_of(value)) is not None:
        for field in fields:
            part = getattr(value, field)
            if not isinstance(part, (int, str, type(None))):
                yield from leaves(part, f"{path}.{field}")
    else:
        yield path, value


def check_argument(name: str, value: Any, differentiated: bool, function: str) -> None:
    """Raise if a derivative cannot take this value."""
    for path, leaf in leaves(value, name):
        if isinstance(leaf, np.ndarray):
            _check_array(path, leaf, function)
        if differentiated:
            _check_differentiable(path, leaf, function)


def _check_array(path: str, array: np.ndarray, function: str) -> None:
    what = f"argument {path} of {function} is a"
    if isinstance(array, np.ma.MaskedArray):
        raise NotSupported(None, f"{what} masked array", instead=f"{path}.filled(...)")
    if isinstance(array, np.matrix):
        raise NotSupported(None, f"{what} np.matrix", instead=f"np.asarray({path})")
    if array.dtype.names is not None or array.dtype.kind == "V":
        raise NotSupported(None, f"{what}n array of records", instead="pass its fields")
    if array.dtype.kind == "O":
        instead = f"{path}.astype(float), or a list"
        raise NotSupported(None, f"{what}n array of Python objects", instead=instead)
    if type(array) not in (np.ndarray, np.memmap):
        raise NotSupported(None, f"{what} {type(array).__name__}", instead=f"np.asarray({path})")


def _check_differentiable(path: str, leaf: Any, function: str) -> None:
    where = f"argument {path} of {function}"
    if isinstance(leaf, (np.ndarray, np.generic)):
        if leaf.dtype.kind in "fc":
            return
        what = f"an array of {leaf.dtype}" if isinstance(leaf, np.ndarray) else f"a {leaf.dtype}"
        cast = f"{path}.astype(float)" if isinstance(leaf, np.ndarray) else f"float({path})"
        way = f"pass {cast}" if leaf.dtype.kind in "iub" else "leave it out of argnums"
        raise WrongUse(f"{where} is {what}, which has no gradient: {way}")
    if isinstance(leaf, bool):
        raise WrongUse(f"{where} is a bool, which has no gradient: pass float({path})")
    if isinstance(leaf, (float, complex)):
        return
    kind = type(leaf).__name__
    if is_user_class(type(leaf)):
        raise WrongUse(
            f"{where} is an object of type {kind}, of which is not known what is a number to "
            "differentiate: make it inside the function, from numbers and arrays, or make its "
            "class a dataclass"
        )
    raise WrongUse(
        f"{where} is not a float or an array (but {leaf!r:.40}, of type {kind}): "
        "it has no gradient; leave it out of what argnums names"
    )


def check_scalar(value: Any, function: str) -> None:
    """Raise `WrongUse` unless a gradient of a function with this result makes sense.

    >>> check_scalar(2.0, "f"), check_scalar(np.ones((1, 1)), "f")
    (None, None)
    >>> check_scalar(np.ones(3), "f")
    Traceback (most recent call last):
        ...
    tapeless.errors.WrongUse: f returned an array of shape (3,), but a gradient needs a float
    or an array of size one: use vjp or jacobian, or reduce the result, as np.sum does
    """
    if isinstance(value, np.ndarray) and value.size != 1:
        raise WrongUse(
            f"{function} returned an array of shape {value.shape}, but a gradient needs a float "
            "or an array of size one: use vjp or jacobian, or reduce the result, as np.sum does"
        )
    if isinstance(value, (bool, np.bool_)):
        raise WrongUse(f"{function} returned a boolean: it has no gradient")
    if isinstance(value, (int, float)):
        return
    if isinstance(value, (np.ndarray, np.generic)):
        if value.dtype.kind == "f":
            return
        if value.dtype.kind != "c":
            raise WrongUse(f"{function} returned {value.dtype}, not a float: it has no gradient")
    if isinstance(value, complex) or getattr(getattr(value, "dtype", None), "kind", "") == "c":
        raise WrongUse(
            f"{function} returned a complex number, which has no gradient: return its .real, "
            ".imag or abs(), or use vjp"
        )
    raise WrongUse(
        f"{function} returned {'None' if value is None else 'a ' + type(value).__name__}, but a "
        "gradient needs a float: use vjp or jacobian, or has_aux=True for further results"
    )


def check_apart(names: Sequence[str], values: Sequence[Any], written: frozenset[str]) -> None:
    """Raise `NotSupported` where an argument that is written into shares memory with another."""
    arrays = [
        (name, path, leaf)
        for name, value in zip(names, values, strict=True)
        for path, leaf in leaves(value, name)
        if isinstance(leaf, np.ndarray)
    ]
    for k, (owner, path, array) in enumerate(arrays):
        for other_owner, other_path, other in arrays[:k]:
            if owner not in written and other_owner not in written:
                continue
            if np.may_share_memory(array, other) and _share(array, other):
                target = path if owner in written else other_path
                raise NotSupported(
                    None,
                    f"{other_path} and {path} share memory, and the function writes into {target}",
                    instead=f"pass {target}.copy()",
                )


def _share(left: np.ndarray, right: np.ndarray) -> bool:
    try:
        return np.shares_memory(left, right, max_work=10_000)  # type: ignore[arg-type]
    except np.exceptions.TooHardError:
        return True


# --- kinds where there is no value --------------------------------------------------------------

_SAMPLES: dict[str, Any] = {
    "float": 1.0, "int": 2, "bool": True, "complex": 1j, "np.float64": np.float64(1.0),
    "np.float32": np.float32(1.0), "list[float]": [1.0, 2.0], "list[int]": [1, 2],
}  # fmt: skip
_ARRAY = re.compile(r"(np\.|numpy\.|npt\.|numpy\.typing\.)?(ndarray|NDArray|ArrayLike)\b")


def generic_kind(parameter: Parameter, differentiated: bool, unknown: Kind) -> Kind:
    """The kind of an argument by its annotation or its default, else as for `unknown`.

    >>> def f(x, n: int, flag=False): ...
    >>> [str(generic_kind(p, False, Array("f", None))) for p in parameters_of(f)]
    ['f8[...]', 'int', 'bool']
    """
    text = _text_of(parameter.annotation)
    if text in _SAMPLES:
        sample = _SAMPLES[text]
        return kind_of(as_floats(sample) if differentiated else sample, parameter.name)
    wanted = _named(unknown, parameter.name)
    if _ARRAY.match(text):
        return wanted if isinstance(wanted, Array) else Array("f", None)
    value = parameter.default
    if value is not _EMPTY and not (differentiated and value is None):
        return kind_of(as_floats(value) if differentiated else value, parameter.name)
    if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
        return kind_of((), parameter.name)
    if parameter.kind is inspect.Parameter.VAR_KEYWORD:
        return kind_of({}, parameter.name)
    if parameter.name in ("self", "cls"):
        return Opaque()
    return wanted


def _named(unknown: Kind, name: str) -> Kind:
    """The kind with axes of lengths of its own."""
    if isinstance(unknown, Array) and unknown.rank:
        return kind_of(np.zeros((2,) * unknown.rank), name)
    return unknown


def _text_of(annotation: Any) -> str:
    if annotation is _EMPTY:
        return ""
    if isinstance(annotation, str):
        return annotation.replace("numpy.", "np.").strip("'\" ")
    if isinstance(annotation, type) and not hasattr(annotation, "__origin__"):
        name = annotation.__name__
        return f"np.{name}" if annotation.__module__ == "numpy" else name
    return str(annotation).replace("numpy.", "np.")
