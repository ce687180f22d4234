"""What the passes share: rewriting statement by statement, and facts about the function's names.

A pass is a :class:`Rewriter`: for each kind of statement a method returns the statements that
take its place. New statements get the location of the user's statement that they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import gast

from ..syntax import Namer, locate_like

NESTED = (gast.FunctionDef, gast.AsyncFunctionDef, gast.ClassDef, gast.Lambda)
COMPREHENSIONS = (gast.ListComp, gast.SetComp, gast.DictComp, gast.GeneratorExp)
BLOCKS = ("body", "orelse", "finalbody")


# Fields that hold no nodes, or operators and contexts, which no pass looks for.
_PLAIN = {"ctx", "op", "ops", "id", "attr", "kind", "type_comment", "conversion", "simple"}
_FIELDS: dict[type, tuple[str, ...]] = {gast.Name: (), gast.Constant: ()}


def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a class of nodes that may hold nodes."""
    _FIELDS[kind] = tuple(f for f in kind._fields if f not in _PLAIN)  # type: ignore[attr-defined]
    return _FIELDS[kind]


def children(node: gast.AST) -> list[gast.AST]:
    """The nodes directly below, in field order; operators are left out."""
    found = []
    kind = type(node)
    for field in _FIELDS.get(kind) or (() if kind in _FIELDS else _fields(kind)):
        value = getattr(node, field, None)
        if isinstance(value, list):
            found += [item for item in value if isinstance(item, gast.AST)]
        elif isinstance(value, gast.AST):
            found.append(value)
    return found


def nodes(node: gast.AST | list[Any], enter_nested: bool = True) -> list[gast.AST]:
    """Every node below (order unspecified); quicker than the generators of ``syntax``."""
    found = list(node) if isinstance(node, list) else [node]
    for current in found:  # grows while it is run over
        kind = type(current)
        if kind is gast.Name or kind is gast.Constant:
            continue
        if enter_nested or not isinstance(current, NESTED):
            found += children(current)
    return found


def stored(node: gast.AST | list[Any]) -> set[str]:
    """Names assigned below, nested functions left out."""
    names = set()
    for found in nodes(node, enter_nested=False):
        if isinstance(found, gast.Name):
            if not isinstance(found.ctx, gast.Load):
                names.add(found.id)
        elif isinstance(found, (gast.FunctionDef, gast.ClassDef)):
            names.add(found.name)
    return names


def read(node: gast.AST | list[Any]) -> set[str]:
    """Names read below, nested functions included."""
    return {n.id for n in nodes(node) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Load)}


def walruses(node: gast.AST | list[Any]) -> set[str]:
    """Names that ``:=`` assigns below."""
    return {n.target.id for n in nodes(node, False) if isinstance(n, gast.NamedExpr)}


def parameters(tree: gast.FunctionDef) -> list[str]:
    """Names of all parameters."""
    a = tree.args
    every = [*a.posonlyargs, *a.args, a.vararg, *a.kwonlyargs, a.kwarg]
    return [p.id for p in every if p is not None]


def local_names(tree: gast.FunctionDef) -> set[str]:
    """Names that the function binds; imports are left out: ``np`` stays static."""
    return stored(tree.body) | set(parameters(tree))


def imported_names(tree: gast.FunctionDef) -> set[str]:
    """Names that `import` statements inside the function bind."""
    found = [n for n in nodes(tree.body, enter_nested=False) if isinstance(n, gast.alias)]
    return {(a.asname or a.name).split(".")[0] for a in found}


def static_roots(
    tree: gast.FunctionDef, is_static: Callable[[str], bool] | None
) -> Callable[[gast.expr], bool]:
    """The test for static paths: chains of attributes that start at a name that is not local."""
    local, imported = local_names(tree), imported_names(tree)

    def is_path(node: gast.expr) -> bool:
        found = root(node)
        if found is None or found in local:
            return False
        return is_static is None or found in imported or is_static(found)

    return is_path


def all_names(tree: gast.FunctionDef) -> set[str]:
    """Every identifier that occurs, for the namer."""
    names = {tree.name}
    for node in nodes(tree):
        if isinstance(node, gast.Name):
            names.add(node.id)
        elif isinstance(node, (gast.FunctionDef, gast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, gast.alias):
            names.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, (gast.Global, gast.Nonlocal)):
            names.update(node.names)
        elif isinstance(node, (gast.MatchAs, gast.MatchStar, gast.MatchMapping)):
            found = node.rest if isinstance(node, gast.MatchMapping) else node.name
            names.update([found] if found else [])
    return names


def captured_names(tree: gast.FunctionDef) -> set[str]:
    """Names that nested functions and lambdas read: they see every assignment."""
    inner = [n for n in nodes(tree.body) if isinstance(n, NESTED)]
    return set().union(*(read(n) for n in inner)) if inner else set()


def root(node: gast.expr) -> str | None:
    """``"np"`` for ``np.linalg.norm``; None where the chain does not start at a name."""
    while isinstance(node, gast.Attribute):
        node = node.value
    return node.id if isinstance(node, gast.Name) else None


def negated(test: gast.expr) -> gast.expr:
    """``not test``, written as people write it where that is the same."""
    if isinstance(test, gast.UnaryOp) and isinstance(test.op, gast.Not):
        return test.operand
    if isinstance(test, gast.Compare) and len(test.ops) == 1:
        opposite = {
            gast.Is: gast.IsNot,
            gast.IsNot: gast.Is,
            gast.In: gast.NotIn,
            gast.NotIn: gast.In,
        }
        found = opposite.get(type(test.ops[0]))
        if found is not None:
            return locate_like(gast.Compare(test.left, [found()], test.comparators), test)
    return locate_like(gast.UnaryOp(gast.Not(), test), test)


def stamp(statement: gast.stmt, origin: gast.AST) -> None:
    """Give statements that have no location yet, here and inside, the location of ``origin``."""
    if getattr(statement, "lineno", None) is not None:
        return
    locate_like(statement, origin)
    for field in BLOCKS:
        for inner in getattr(statement, field, None) or ():
            if isinstance(inner, gast.stmt):
                stamp(inner, origin)


class Rewriter:
    """Base of the passes; methods are named after the statement: ``on_Assign``, ``on_For``, …"""

    def __init__(self, namer: Namer):
        self.namer = namer

    def function(self, tree: gast.FunctionDef) -> gast.FunctionDef:
        """Rewrite a function in place and return it."""
        tree.body = self.block(tree.body)
        return tree

    def block(self, body: Iterable[gast.stmt]) -> list[gast.stmt]:
        """Rewrite a list of statements; never empty."""
        out: list[gast.stmt] = []
        statement = None
        for statement in body:
            for new in self.statement(statement):
                stamp(new, statement)
                out.append(new)
        if not out:
            out.append(gast.Pass())
            if statement is not None:
                locate_like(out[0], statement)
        return out

    def statement(self, node: gast.stmt) -> list[gast.stmt]:
        """The statements that take the place of one."""
        method = getattr(self, "on_" + type(node).__name__, None)
        if method is not None:
            new: list[gast.stmt] = method(node)
            return new
        return [self.inside(node)]

    def inside(self, node: gast.stmt) -> gast.stmt:
        """Rewrite the blocks of a compound statement; nested functions stay as they are."""
        if isinstance(node, NESTED):
            return node
        for field in BLOCKS:
            body = getattr(node, field, None)
            if body:
                setattr(node, field, self.block(body))
        for handler in getattr(node, "handlers", ()):
            handler.body = self.block(handler.body)
        return node
