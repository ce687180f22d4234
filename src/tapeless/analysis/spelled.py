"""Methods that are called by their special names: ``m.__getitem__(0)``, ``x.__mul__(y)``."""

from __future__ import annotations

import gast

from ..errors import NotSupported
from ..syntax import copy_tree
from .objects import Expansion, Stored, call_of

SYMBOLS = {
    "add": gast.Add, "sub": gast.Sub, "mul": gast.Mult, "truediv": gast.Div, "pow": gast.Pow,
    "matmul": gast.MatMult, "mod": gast.Mod, "floordiv": gast.FloorDiv,
}  # fmt: skip


def written_as_operator(
    receiver: gast.expr, method: str, positional: list[gast.expr]
) -> gast.expr | None:
    """`x.__mul__(y)` as `x * y`, `x.__getitem__(i)` as `x[i]`; None for other methods."""
    stem = method.strip("_")
    if f"__{stem}__" != method:
        return None
    own = copy_tree(receiver)
    if not positional and stem in ("neg", "pos"):
        return gast.UnaryOp(gast.USub() if stem == "neg" else gast.UAdd(), own)
    if len(positional) != 1:
        return None
    other = copy_tree(positional[0])
    if stem == "getitem":
        return gast.Subscript(own, other, gast.Load())
    if stem in SYMBOLS:
        return gast.BinOp(own, SYMBOLS[stem](), other)
    if stem[:1] == "r" and stem[1:] in SYMBOLS:
        return gast.BinOp(other, SYMBOLS[stem[1:]](), own)
    return None


OF_LISTS = ("__getitem__", "__add__", "__mul__", "__radd__", "__rmul__")
CHANGES: dict[str, str] = {"__iadd__": "extend", "__ior__": "update", "__delitem__": "pop"}
CHANGING = (*CHANGES, "__setitem__", "__imul__")


def spelled(node: gast.Call, owner: gast.expr, method: str, given: list[gast.expr]) -> Expansion:
    """What a call on a list, tuple or dict stands for; refuses what is not followed.

    >>> from ..syntax import expr, to_debug_text
    >>> call = expr("m.__getitem__(0)")
    >>> print(to_debug_text(spelled(call, call.func.value, "__getitem__", call.args)))
    m[0]
    """
    meant = written_as_operator(owner, method, given) if method in OF_LISTS else None
    if meant is not None:
        return meant
    if method == "__or__" and len(given) == 1:
        return gast.BinOp(owner, gast.BitOr(), given[0])
    if method == "__setitem__" and len(given) == 2:
        where = gast.Subscript(owner, given[0], gast.Store())
        return Stored(gast.Assign([where], given[1], None))
    if method in CHANGES and len(given) == 1:
        changed = gast.Attribute(owner, CHANGES[method], gast.Load())
        return gast.Call(changed, given, [])
    if method == "__contains__" and len(given) == 1:
        return gast.Compare(given[0], [gast.In()], [owner])
    if method == "__len__" and not given:
        return call_of(len, owner)
    raise NotSupported(
        node, f"a call of the special method '{method}'", instead="the operator, or the function"
    )
