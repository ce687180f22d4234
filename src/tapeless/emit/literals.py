"""Values as expressions that make them again."""

from __future__ import annotations

import math

import gast
import numpy as np

from ..errors import NotSupported
from .printer import to_text

# More elements than this do not belong into a text.
_MOST = 10_000


def literal(value: object, name: str) -> str:
    """The text of a value; `NotSupported`, with the `name` it has, if there is none.

    >>> literal((1.5, [True, None], {"a": float("inf")}), "c")
    '(1.5, [True, None], {"a": float("inf")})'
    >>> literal(np.array([1, 2], dtype=np.int8), "c")
    'np.array([1, 2], dtype="int8")'
    """
    kind = type(value)
    if value is None or value is Ellipsis or kind in (bool, int, float, complex, str, bytes):
        return to_text(gast.Constant(value, None))
    if isinstance(value, np.ndarray) and kind is np.ndarray:
        return _array(value, name)
    if isinstance(value, np.dtype):
        return f'np.dtype("{_dtype(value, name)}")'
    if isinstance(value, np.generic):
        item = literal(value.item(), name) if _dtype(value.dtype, name) else ""
        return f"np.{kind.__name__}({item})"
    if isinstance(value, range):
        return repr(value)
    if isinstance(value, slice):
        parts = (literal(part, name) for part in (value.start, value.stop, value.step))
        return f"slice({', '.join(parts)})"
    return _container(value, name)


def uses_numpy(text: str) -> bool:
    """Whether a literal needs NumPy under the name `np`."""
    tree = gast.parse(text)
    return any(isinstance(n, gast.Name) and n.id == "np" for n in gast.walk(tree))


def _container(value: object, name: str) -> str:
    if type(value) is dict:
        items = (f"{literal(k, name)}: {literal(v, name)}" for k, v in value.items())
        return "{" + ", ".join(items) + "}"
    if type(value) in (set, frozenset):
        # Sorted by their text: the order of a set is another one in each process.
        inner = ", ".join(sorted(literal(item, name) for item in value))  # type: ignore[attr-defined]
        if type(value) is frozenset:
            return f"frozenset([{inner}])"
        return "{" + inner + "}" if value else "set()"
    if type(value) is list:
        return "[" + ", ".join(literal(item, name) for item in value) + "]"
    if type(value) is tuple:
        comma = "," if len(value) == 1 else ""
        return "(" + ", ".join(literal(item, name) for item in value) + comma + ")"
    raise NotSupported(
        None,
        f"{name}, an object of type {type(value).__name__}, cannot be written into a module",
        instead=f"make {name} an argument of the function",
    )


def _array(value: np.ndarray, name: str) -> str:
    if value.size > _MOST:
        raise NotSupported(
            None,
            f"{name}, an array of {value.size} elements, is too large to be written into a module",
            instead=f"make {name} an argument of the function",
        )
    dtype = _dtype(value.dtype, name)
    shape = value.shape
    if value.size > 1 and _is_uniform(value):
        fill = literal(value.flat[0].item(), name)
        return f'np.full({shape if value.ndim > 1 else shape[0]}, {fill}, dtype="{dtype}")'
    text = f'np.array({literal(value.tolist(), name)}, dtype="{dtype}")'
    return f"{text}.reshape({shape})" if value.size == 0 and value.ndim > 1 else text


def _is_uniform(value: np.ndarray) -> bool:
    """Whether all elements are one and the same number, signs of zeros included."""
    first = value.flat[0]
    if value.dtype.kind not in "biuf" or not math.isfinite(first):
        return False
    return bool(np.all(value == first)) and not (
        value.dtype.kind == "f"
        and first == 0.0
        and bool(np.any(np.signbit(value) != np.signbit(first)))
    )


def _dtype(dtype: np.dtype, name: str) -> str:
    plain = dtype.kind in "biuSU" or dtype.char in "efdFD"
    if not plain or not dtype.isnative:
        raise NotSupported(
            None,
            f"{name}, with elements of type {dtype}, cannot be written into a module",
            instead=f"make {name} an argument of the function",
        )
    return dtype.name if dtype.kind in "biufc" else dtype.str
