"""Tangents and cotangents must have the structure of what they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .analysis.kinds import fields_of
from .analysis.objects import is_user_class
from .errors import WrongUse
from .runtime import fields_in, with_fields


@dataclass(frozen=True)
class _Leaf:
    """What must be known of a part of a value; the part itself may change."""

    shape: tuple[int, ...]
    dtype: np.dtype
    is_array: bool


@dataclass(frozen=True)
class _Fixed:
    """What has no derivative, such as a string."""

    value: Any


@dataclass(frozen=True)
class _Fields:
    """An object with attributes: its class, the patterns of the attributes, and the object."""

    form: type
    parts: dict[str, Any]
    example: Any


def pattern_of(out: Any) -> Any:
    """What a tangent or cotangent of this value must look like."""
    if isinstance(out, dict):
        return {key: pattern_of(item) for key, item in out.items()}
    if isinstance(out, (list, tuple)):
        parts = [pattern_of(item) for item in out]
        return type(out)(*parts) if hasattr(out, "_fields") else type(out)(parts)
    if fields_of(out) is not None or is_user_class(type(out)):
        fields = fields_in(out) or {}
        return _Fields(type(out), {f: pattern_of(part) for f, part in fields.items()}, out)
    if not isinstance(out, (bool, int, float, complex, np.ndarray, np.generic)):
        return _Fixed(out)
    dtype = getattr(out, "dtype", np.dtype(complex if isinstance(out, complex) else float))
    return _Leaf(np.shape(out), dtype, isinstance(out, np.ndarray))


def fitted(bar: Any, like: Any, path: str, what: str, as_adjoint: bool = False) -> Any:
    """A value as the generated code takes it: of the structure of a pattern, and a copy.

    `path` and `what` say in a message what the value is and what it must be like. For an object a
    dict of its attributes will do; as an adjoint it becomes one.
    """
    if isinstance(like, dict):
        if not isinstance(bar, dict) or bar.keys() != like.keys():
            raise WrongUse(f"{path} must be a dict with the keys {list(like)}, like {what}")
        return {
            key: fitted(bar[key], like[key], f"{path}[{key!r}]", what, as_adjoint) for key in like
        }
    if isinstance(like, (list, tuple)):
        form = type(like)
        if not isinstance(bar, (list, tuple)) or len(bar) != len(like):
            raise WrongUse(f"{path} must be a {form.__name__} of length {len(like)}, like {what}")
        parts = [
            fitted(part, item, f"{path}[{k}]", what, as_adjoint)
            for k, (part, item) in enumerate(zip(bar, like, strict=True))
        ]
        return form(*parts) if hasattr(form, "_fields") else form(parts)
    if isinstance(like, _Fields):
        return _fitted_fields(bar, like, path, what, as_adjoint)
    if isinstance(like, _Fixed):
        return None if as_adjoint else like.value
    return _fitted_leaf(bar, like, path, what)


def _fitted_fields(bar: Any, like: _Fields, path: str, what: str, as_adjoint: bool) -> Any:
    given = bar if isinstance(bar, dict) else fields_in(bar) if type(bar) is like.form else None
    wanted = [f for f, part in like.parts.items() if not isinstance(part, _Fixed)]
    if given is None or not set(wanted) <= set(given) <= set(like.parts):
        listed = ", ".join(map(repr, wanted))
        raise WrongUse(
            f"{path} must be a {like.form.__name__}, like {what}, or a dict with the keys {listed}"
        )
    parts = {
        f: fitted(given.get(f), part, f"{path}.{f}", what, as_adjoint)
        for f, part in like.parts.items()
    }
    return parts if as_adjoint else with_fields(like.example, parts)


def _fitted_leaf(bar: Any, like: _Leaf, path: str, what: str) -> Any:
    try:
        array = np.asarray(bar)
    except ValueError:  # a ragged list
        array = np.asarray(None)
    if array.dtype.kind not in "fciub":
        raise WrongUse(f"{path} must be a number or an array, like {what}, not {bar!r:.40}")
    if array.shape != like.shape:
        raise WrongUse(f"{path} must have the shape {like.shape} of {what}, not {array.shape}")
    dtype = like.dtype if like.dtype.kind in "fc" else np.dtype(float)
    if array.dtype.kind == "c" and dtype.kind != "c":
        raise WrongUse(f"{path} must be real, like {what}")
    if like.is_array:
        return array.astype(dtype)  # a copy: generated code may write into it
    if dtype in (float, complex):
        return dtype.type(array[()]).item()
    return dtype.type(array[()])
