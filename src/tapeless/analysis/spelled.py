"""Methods of lists, tuples and dicts called by their special names: ``m.__getitem__(0)``."""

from __future__ import annotations

import gast

from ..errors import NotSupported
from .objects import Expansion, Stored, call_of

OPERATORS: dict[str, type] = {"__add__": gast.Add, "__mul__": gast.Mult, "__or__": gast.BitOr}
REFLECTED: dict[str, type] = {"__radd__": gast.Add, "__rmul__": gast.Mult}
CHANGES: dict[str, str] = {"__iadd__": "extend", "__ior__": "update", "__delitem__": "pop"}
CHANGING = (*CHANGES, "__setitem__", "__imul__")


def spelled(node: gast.Call, owner: gast.expr, method: str, given: list[gast.expr]) -> Expansion:
    """What such a call stands for; refuses what stands for nothing that is followed.

    >>> from ..syntax import expr, to_debug_text
    >>> call = expr("m.__getitem__(0)")
    >>> print(to_debug_text(spelled(call, call.func.value, "__getitem__", call.args)))
    m[0]
    """
    if method == "__getitem__" and len(given) == 1:
        return gast.Subscript(owner, given[0], gast.Load())
    if method == "__setitem__" and len(given) == 2:
        where = gast.Subscript(owner, given[0], gast.Store())
        return Stored(gast.Assign([where], given[1], None))
    if method in OPERATORS and len(given) == 1:
        return gast.BinOp(owner, OPERATORS[method](), given[0])
    if method in REFLECTED and len(given) == 1:
        return gast.BinOp(given[0], REFLECTED[method](), owner)
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
