"""A generator function is read as one that returns the list of what it yields.

That is the same where the list is gone through at once and to its end, which is checked at each
call (`analysis/lazy.py`); what no list can stand for is refused here.

>>> import gast
>>> from tapeless.syntax import to_debug_text
>>> print(to_debug_text(as_lists(gast.parse('''
... def squares(x):
...     for v in x:
...         yield v * v
... ''').body[0])))
def squares(x):
    yielded = []
    for v in x:
        yielded.append(v * v)
    return yielded
"""

from __future__ import annotations

from typing import Any

import gast

from ..errors import NotSupported
from ..syntax import (
    assign,
    attribute,
    blocks_of,
    const,
    copy_tree,
    locate_like,
    name,
    statements_in,
    walk,
    walk_scope,
)

MARK = "generator"  # stands on the statement that makes the list
YIELDS = (gast.Yield, gast.YieldFrom)


def as_lists(tree: gast.FunctionDef, decorated: bool = False) -> gast.FunctionDef:
    """The function, and those inside it, without `yield`; consumes the tree."""
    if not any(isinstance(n, YIELDS) for n in walk(tree)):
        return tree
    for node in walk(tree.body):
        if isinstance(node, gast.FunctionDef):
            _as_list(node, bool(node.decorator_list))
    return _as_list(tree, decorated)


def is_generator(tree: gast.FunctionDef) -> bool:
    """Whether a function was a generator function."""
    return any(isinstance(s, gast.Assign) and s.type_comment == MARK for s in tree.body[:1])


def first_yield(tree: gast.FunctionDef) -> gast.AST:
    """Where a generator yields for the first time."""
    listed = tree.body[0].targets[0].id
    for statement in statements_in(tree.body):
        if isinstance(statement, gast.Expr) and isinstance(statement.value, gast.Call):
            owner = getattr(statement.value.func, "value", None)
            if isinstance(owner, gast.Name) and owner.id == listed:
                return statement
    return tree


def may_be_endless(tree: gast.FunctionDef) -> bool:
    """Whether only the run can tell whether a generator comes to an end."""
    return any(isinstance(n, gast.While) for n in walk(tree.body))


def _as_list(tree: gast.FunctionDef, decorated: bool) -> gast.FunctionDef:
    inside = [n for n in walk_scope(tree.body) if isinstance(n, YIELDS)]
    if not inside:
        return tree
    if decorated:
        raise NotSupported(inside[0], "a generator in a decorator", instead="return a list")
    _check(tree)
    used = {n.id for n in walk(tree) if isinstance(n, gast.Name)}
    listed = next(n for n in ("yielded", *(f"yielded{k}" for k in range(9))) if n not in used)
    first = assign(listed, gast.List([], gast.Load()))
    first.type_comment = MARK
    last: gast.stmt = gast.Return(name(listed))
    body = [_Rewrite(listed).visit(s) for s in tree.body]
    tree.body = [locate_like(first, tree), *body, locate_like(last, tree)]
    return tree


def _check(tree: gast.FunctionDef) -> None:
    alone: set[int] = set()
    for statement in statements_in(tree.body):
        if isinstance(statement, gast.Expr):
            alone.add(id(statement.value))
        if isinstance(statement, (gast.With, gast.Try)):
            if any(isinstance(n, YIELDS) for b in blocks_of(statement) for n in walk_scope(b)):
                raise NotSupported(statement, "`yield` in a `with` or `try`", instead="a list")
        if isinstance(statement, gast.Return) and not _is_none(statement.value):
            raise NotSupported(statement, "a generator that returns a value", instead="a list")
        if isinstance(statement, gast.While) and isinstance(statement.test, gast.Constant):
            leaves = (gast.Break, gast.Return, gast.Raise)
            if not any(isinstance(n, leaves) for n in walk_scope(statement.body)):
                raise NotSupported(
                    statement, "a generator without end", instead="a loop that stops"
                )
    for node in walk_scope(tree.body):
        if isinstance(node, YIELDS) and id(node) not in alone:
            raise NotSupported(node, "a value that is sent to a generator", instead="a list")


def _is_none(value: gast.expr | None) -> bool:
    return value is None or (isinstance(value, gast.Constant) and value.value is None)


class _Rewrite(gast.NodeTransformer):
    def __init__(self, listed: str):
        self.listed = listed

    def visit_Expr(self, node: gast.Expr) -> Any:
        if not isinstance(node.value, YIELDS):
            return node
        method = "append" if isinstance(node.value, gast.Yield) else "extend"
        value = node.value.value if node.value.value is not None else const(None)
        where = locate_like(attribute(name(self.listed), method), node)
        made = locate_like(gast.Call(where, [copy_tree(value)], []), node)
        return locate_like(gast.Expr(made), node)

    def visit_Return(self, node: gast.Return) -> gast.stmt:
        return locate_like(gast.Return(name(self.listed)), node)

    def visit_FunctionDef(self, node: gast.FunctionDef) -> gast.stmt:
        return node

    def visit_Lambda(self, node: gast.Lambda) -> gast.expr:
        return node
