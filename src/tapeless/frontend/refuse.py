"""What no stage can handle is refused at the door, at its line."""

from __future__ import annotations

import gast

from ..errors import NotSupported
from ..syntax import parameters_of, walk, walk_scope

# Calls that see or make names behind the back of the syntax tree.
_BY_NAME = {
    "eval": "write the expression out",
    "exec": "write the statements out",
    "locals": "name the variables",
}

_REFUSED: tuple[tuple[tuple[type, ...], str, str, bool], ...] = (
    ((gast.Yield, gast.YieldFrom), "a generator", "return a list", True),
    (
        (gast.AsyncFunctionDef, gast.Await, gast.AsyncFor, gast.AsyncWith),
        "asynchronous code",
        "a plain function",
        True,
    ),
    ((gast.ClassDef,), "a class defined inside the function", "define it outside", False),
)


def refuse_unsupported(tree: gast.FunctionDef) -> None:
    """Raise `NotSupported` at the first thing that is out of reach; drop idle `global`s."""
    for node in walk(tree):
        for kinds, what, instead, never in _REFUSED:
            if isinstance(node, kinds):
                raise NotSupported(node, what, instead=instead, never=never)
        if isinstance(node, gast.comprehension) and node.is_async:
            raise NotSupported(node.target, "asynchronous code", "a plain function", never=True)
        if isinstance(node, gast.Call) and isinstance(node.func, gast.Name):
            _refuse_call(node, node.func.id)
    _refuse_declarations(tree, set())
    _without_declarations(tree)


def _refuse_call(node: gast.Call, name: str) -> None:
    if name in _BY_NAME:
        raise NotSupported(node, f"a call of {name}()", instead=_BY_NAME[name], never=True)


def _refuse_declarations(scope: gast.FunctionDef, around: set[str]) -> None:
    """`global` and `nonlocal` of what a function writes; ``around``: what owners of it assign."""
    written = _stored(scope)
    declared = [n for n in walk_scope(scope.body) if isinstance(n, (gast.Global, gast.Nonlocal))]
    for node in declared:
        for name in node.names:
            if name in written:
                what = "a global" if isinstance(node, gast.Global) else "a variable of another"
                what += "" if isinstance(node, gast.Global) else " function"
                raise NotSupported(
                    node, f"writes {what}: {name}", instead="return the new value", never=True
                )
            if name in around and isinstance(node, gast.Global):
                raise NotSupported(
                    node,
                    f"reads the global '{name}' past a variable of the same name",
                    instead="give the variable another name",
                )
    own = written | {a.id for a in parameters_of(scope.args)}
    for node in walk_scope(scope.body):
        if isinstance(node, gast.FunctionDef):
            _refuse_declarations(node, around | own)


def _stored(scope: gast.FunctionDef) -> set[str]:
    """Names that are assigned, deleted, imported or defined in a function, not inside others."""
    found: set[str] = set()
    for node in walk_scope(scope.body):
        if isinstance(node, gast.Name) and not isinstance(node.ctx, gast.Load):
            found.add(node.id)
        elif isinstance(node, gast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, gast.alias):
            found.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, (gast.MatchAs, gast.MatchStar)) and node.name:
            found.add(node.name)
        elif isinstance(node, gast.MatchMapping) and node.rest:
            found.add(node.rest)
    return found


def _without_declarations(tree: gast.FunctionDef) -> None:
    """Remove `global` and `nonlocal`: where nothing is written they say nothing."""
    for node in walk(tree):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if not isinstance(block, list):
                continue
            kept = [s for s in block if not isinstance(s, (gast.Global, gast.Nonlocal))]
            if len(kept) != len(block):
                block[:] = kept or [gast.copy_location(gast.Pass(), block[0])]
