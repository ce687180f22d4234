"""Refuse, before anything is rewritten, the statements that have no core form.

>>> import gast
>>> check(gast.parse("def f(x):\\n    global total\\n    total = x").body[0])
Traceback (most recent call last):
...
tapeless.errors.NotSupported: ...
"""

from __future__ import annotations

import gast

from ..errors import NotSupported
from .rewriter import nodes, parameters, stored

RETURN_IT = "return the value and let the caller keep it"


def check(tree: gast.FunctionDef) -> None:
    """Raise :class:`NotSupported` for generators, coroutines, classes and global state."""
    if isinstance(tree, gast.AsyncFunctionDef):
        raise NotSupported(tree, "an asynchronous function", never=True)
    assigned = stored(tree.body) | set(parameters(tree))
    for statement in tree.body:
        for node in nodes(statement, enter_nested=False):
            _check(node, assigned)


def _check(node: gast.AST, assigned: set[str]) -> None:
    match node:
        case gast.Yield() | gast.YieldFrom():
            raise NotSupported(node, "a generator function", instead="return a list", never=True)
        case gast.Await() | gast.AsyncFor() | gast.AsyncWith() | gast.AsyncFunctionDef():
            raise NotSupported(node, "asynchronous code", never=True)
        case gast.ClassDef():
            raise NotSupported(
                node, "a class inside a function", instead="define it at module level"
            )
        case gast.Global() | gast.Nonlocal():
            written = [n for n in node.names if n in assigned]
            if written:
                raise NotSupported(
                    node,
                    f"the function assigns `{written[0]}`, which it does not own",
                    instead=RETURN_IT,
                )
        case gast.Delete():
            for target in node.targets:
                _check_deleted(target)
        case gast.FunctionDef():
            _check_nested(node, assigned)
        case gast.comprehension() if node.is_async:
            raise NotSupported(node, "asynchronous code", never=True)
        case _ if type(node).__name__ == "TryStar":
            raise NotSupported(node, "`except*`", instead="a plain try")


def _check_deleted(target: gast.expr) -> None:
    """A name, or one element of a list or dict (or several of these in brackets)."""
    if isinstance(target, (gast.Tuple, gast.List)):
        for inner in target.elts:
            _check_deleted(inner)
    elif isinstance(target, gast.Attribute):
        raise NotSupported(target, "`del` of an attribute", instead="assign None to it")
    elif isinstance(target, gast.Subscript) and isinstance(target.slice, gast.Slice):
        raise NotSupported(target, "`del` of a slice", instead="a new list of the elements to keep")


def _check_nested(node: gast.FunctionDef, assigned: set[str]) -> None:
    for inner in nodes(node):
        if isinstance(inner, gast.Nonlocal):
            written = [n for n in inner.names if n in assigned]
            if written:
                reason = f"a nested function assigns `{written[0]}` of the function around it"
                raise NotSupported(inner, reason, instead="return the value")
