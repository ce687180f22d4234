"""Calls that stand for other calls, and objects of libraries that are made of numbers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import gast
import numpy as np

from ..errors import NotSupported
from ..rules import registry
from ..runtime.stand_ins import FrozenDistribution, Poly1d
from ..syntax import const, copy_tree
from . import objects
from .kinds import Array, Kind, Number, Record, Sequence, Static, dtype_code, is_complex
from .objects import Made

if TYPE_CHECKING:
    from .values import Values

LISTS_AS_ARRAYS = (
    np.sinc, np.unwrap, np.linalg.norm, np.fft.fft, np.fft.ifft, np.fft.rfft, np.fft.irfft,
    np.fft.hfft, np.fft.ihfft, np.fft.fft2, np.fft.ifft2, np.fft.rfft2, np.fft.irfft2, np.fft.fftn,
    np.fft.ifftn, np.fft.rfftn, np.fft.irfftn,
)  # fmt: skip
MAKE_POLYNOMIALS = (np.polyadd, np.polysub, np.polymul, np.polydiv, np.polyder, np.polyint)


def _is_object(kind: Kind | None) -> bool:
    """Whether a value is an object with attributes."""
    return isinstance(kind, Record) and kind.form is not np.broadcast


def _holds_numbers(kind: Sequence) -> bool:
    """Whether a list or tuple is of numbers, arrays, and lists of them."""
    parts = kind.items if kind.items is not None else (kind.element,)
    return all(
        _holds_numbers(k) if isinstance(k, Sequence) else isinstance(k, (Number, Array, Static))
        for k in parts
    )


def are_arrays(inference: Values, node: gast.Call, target: Any, arguments: list[Any]) -> bool:
    """Whether there are objects among the arguments that NumPy makes arrays of."""
    module = str(getattr(target, "__module__", None)).partition(".")[0]
    if not isinstance(target, np.ufunc) and module not in ("numpy", "scipy"):
        return False
    if not any(rule.function for rule in registry.rules_for(target)):
        return False
    found = False
    for argument in arguments:
        kind = inference.kind(argument)
        if isinstance(kind, Sequence) and kind.items and any(map(_is_object, kind.items)):
            kind = next(k for k in kind.items if _is_object(k))
            made = None
        elif isinstance(kind, Record) and _is_object(kind):
            made = objects.method_of(kind, "__array__")
        else:
            continue
        assert isinstance(kind, Record)
        if made is None or (kind.form is Poly1d and target in MAKE_POLYNOMIALS):
            raise NotSupported(
                node,
                f"an object of {kind.form.__name__} as an argument of {target.__name__}",
                instead="the array or number that it stands for",
            )
        method = gast.Attribute(copy_tree(argument), "__array__", gast.Load())
        inference.stands_for(argument, gast.Call(method, [], []))
        found = True
    return found


def plainer(
    target: Any,
    positional: list[Any],
    kinds: list[Kind | None],
    keywords: dict[str, Any],
    named: dict[str, Kind | None],
) -> gast.expr | None:
    """A ufunc of lists, or with `dtype=`, as the same of arrays that have this type."""
    if _is_of_arrays(target) and isinstance(kinds[0] if kinds else None, Sequence):
        if not _holds_numbers(kinds[0]):  # type: ignore[arg-type]
            return None
        first = objects.call_of(np.asarray, copy_tree(positional[0]))
        rest = [copy_tree(e) for e in positional[1:]]
        given = [gast.keyword(k, copy_tree(v)) for k, v in keywords.items()]
        return gast.Call(gast.Constant(target, None), [first, *rest], given)
    if not isinstance(target, np.ufunc) or target.signature is not None:
        return None
    if not registry.rules_for(target) or registry.is_constant(target):
        return None
    wanted = named.get("dtype")
    code = None
    if isinstance(wanted, Static) and wanted.value is not None:
        try:
            code = dtype_code(np.dtype(wanted.value))  # type: ignore[call-overload]
        except TypeError:
            return None
    if code not in (None, "f", "f4", "c", "c8") or len(positional) != target.nin:
        code = None
    operands: list[gast.expr] = []
    listed = False
    for operand, kind in zip(positional, kinds, strict=True):
        fresh = copy_tree(operand)
        if isinstance(kind, Sequence) and _holds_numbers(kind):
            listed = True
            fresh = objects.call_of(np.asarray, fresh)
        elif code is not None:
            if not isinstance(kind, (Array, Number)) or (is_complex(kind) and code[0] != "c"):
                return None
            if isinstance(kind, Array) and kind.dtype != code:
                method = gast.Attribute(fresh, "astype", gast.Load())
                fresh = gast.Call(method, [copy_tree(keywords["dtype"])], [])
            elif isinstance(kind, Number) and not kind.python and kind.dtype != code:
                return None
        operands.append(fresh)
    none = isinstance(wanted, Static) and wanted.value is None
    typed = any(isinstance(k, Array) or getattr(k, "dtype", None) == code for k in kinds)
    if none or (code is not None and typed):
        keywords = {k: v for k, v in keywords.items() if k != "dtype"}
    elif not listed:
        return None
    options = [gast.keyword(k, copy_tree(v)) for k, v in keywords.items()]
    return gast.Call(gast.Constant(target, None), operands, options)


def _is_of_arrays(target: object) -> bool:
    """Whether a function takes a list of numbers for an array."""
    return any(target is function for function in LISTS_AS_ARRAYS)


# --- frozen distributions and polynomials --------------------------------------------------------

VALUES_OF_DISTRIBUTIONS = "pdf logpdf pmf logpmf cdf logcdf sf logsf ppf isf".split()


def of_frozen(
    node: gast.Call,
    target: Any,
    positional: list[gast.expr],
    keywords: dict[str, gast.expr],
    kinds: list[Kind | None],
) -> Made | gast.expr | None:
    """What `norm(loc, scale)`, or a method of what it gave outside, stands for."""
    if target is np.poly1d and "variable" not in keywords and not all(map(_is_known, kinds)):
        return Made(Poly1d, positional, keywords)
    stats: Any = sys.modules.get("scipy.stats")
    if stats is None:
        return None
    several = type(stats.multivariate_normal).__mro__[-2]
    if isinstance(target, (stats.rv_continuous, stats.rv_discrete, several)):
        if any(name in ("seed", "allow_singular") for name in keywords):
            return None
        return Made(FrozenDistribution, [copy_tree(node.func), *positional], keywords)
    owner: Any = getattr(target, "__self__", None)
    is_frozen = isinstance(owner, type(stats.norm()).__mro__[-2])
    if not is_frozen or target.__name__ not in VALUES_OF_DISTRIBUTIONS:
        return None
    if not isinstance(node.func, gast.Attribute) or keywords:
        return None
    held = node.func.value
    args = gast.Attribute(copy_tree(held), "args", gast.Load())
    kwds = gast.Attribute(copy_tree(held), "kwds", gast.Load())
    method = gast.Attribute(
        gast.Attribute(copy_tree(held), "dist", gast.Load()), node.func.attr, gast.Load()
    )
    given = [gast.Subscript(copy_tree(args), const(k), gast.Load()) for k in range(len(owner.args))]
    named = [
        gast.keyword(k, gast.Subscript(copy_tree(kwds), const(k), gast.Load())) for k in owner.kwds
    ]
    return gast.Call(method, [*map(copy_tree, positional), *given], named)


def _is_known(kind: Kind | None) -> bool:
    """Whether a value is known when the code is generated: numbers, and lists of them."""
    if isinstance(kind, Sequence):
        return kind.items is not None and all(map(_is_known, kind.items))
    return kind is not None and kind.static
