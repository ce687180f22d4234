"""The walk that the passes of this folder share: statements are replaced, expressions are kept.

Expression nodes are handed on, not copied, because what the analysis knows of a call is keyed by
its node.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gast

from ..syntax import locate_like


def rewrite_statements(
    tree: gast.FunctionDef, change: Callable[[gast.stmt], list[gast.stmt] | None]
) -> gast.FunctionDef:
    """A new function in which ``change(statement)`` stands for each statement (None keeps it)."""
    return _rebuilt(tree, body=_block(tree.body, change))


def rewrite_blocks(
    tree: gast.FunctionDef, change: Callable[[list[gast.stmt]], list[gast.stmt]]
) -> gast.FunctionDef:
    """A new function with what ``change(block)`` makes of each block, the inner ones first."""
    return _rebuilt(tree, body=change([_with_blocks(s, change) for s in tree.body]))


def _with_blocks(
    node: gast.stmt, change: Callable[[list[gast.stmt]], list[gast.stmt]]
) -> gast.stmt:
    if not isinstance(node, (gast.If, gast.For, gast.While, gast.With, gast.Try)):
        return node
    fields = {
        f: change([_with_blocks(s, change) for s in block])
        for f in ("body", "orelse", "finalbody")
        if (block := getattr(node, f, None)) is not None
    }
    if isinstance(node, gast.Try):
        fields["handlers"] = [
            _rebuilt(h, body=change([_with_blocks(s, change) for s in h.body]))
            for h in node.handlers
        ]
    return _rebuilt(node, **fields)


def _block(
    block: list[gast.stmt], change: Callable[[gast.stmt], list[gast.stmt] | None]
) -> list[gast.stmt]:
    found: list[gast.stmt] = []
    for statement in block:
        new = change(statement)
        for item in [statement] if new is None else new:
            found.append(_inside(item, change))
    return found


def _inside(node: gast.stmt, change: Callable[[gast.stmt], list[gast.stmt] | None]) -> gast.stmt:
    if isinstance(node, (gast.If, gast.For, gast.While, gast.With, gast.Try)):
        fields = {
            f: _block(b, change)
            for f in ("body", "orelse", "finalbody")
            if (b := getattr(node, f, None)) is not None
        }
        if isinstance(node, gast.Try):
            fields["handlers"] = [_rebuilt(h, body=_block(h.body, change)) for h in node.handlers]
        return _rebuilt(node, **fields)
    return node


def _rebuilt(node: Any, **fields: Any) -> Any:
    form: Any = type(node)
    new = form.__new__(form)
    for field in node._fields:
        setattr(new, field, fields.get(field, getattr(node, field, None)))
    return locate_like(new, node)
