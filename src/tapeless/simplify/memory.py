"""Which names of generated code may share memory, and what is written: read off the text.

>>> from ..syntax import expr
>>> base_names(expr("u[1:].reshape(n, 2)")), base_names(expr("np.sum(u)"))
(['u', 'n'], [])
"""

from __future__ import annotations

from collections.abc import Iterable

import gast

from .. import runtime
from ..rules import registry
from ..syntax import called_name, names_read, statements_in, walk

VIEW_METHODS = frozenset("reshape ravel transpose swapaxes squeeze view diagonal".split())
MUTATORS = frozenset("append pop extend insert remove clear fill sort update".split())
FRESH_MODULES = frozenset(["np", "numpy", "math"])
VIEW_FUNCTIONS = frozenset(["as_structure", "split_like", *registry.view_names()])


def base_names(node: gast.expr) -> list[str]:
    """Names whose memory the value of an expression may be a part of."""
    if isinstance(node, gast.Name):
        return [node.id]
    if isinstance(node, (gast.Subscript, gast.Attribute, gast.Starred)):
        return base_names(node.value)
    if isinstance(node, (gast.Tuple, gast.List)):
        return [n for e in node.elts for n in base_names(e)]
    if isinstance(node, gast.IfExp):
        return base_names(node.body) + base_names(node.orelse)
    if isinstance(node, gast.Call):
        called = called_name(node)
        if called == "copy":
            return []
        if isinstance(node.func, gast.Attribute):
            owner = node.func.value
            if called in VIEW_METHODS or called in ("pop", "get"):
                return base_names(owner) + [n for a in node.args for n in base_names(a)]
            if (
                isinstance(owner, gast.Name)
                and owner.id in FRESH_MODULES
                and called not in VIEW_FUNCTIONS
            ):
                return []
            return [n for a in node.args for n in base_names(a)] + base_names(owner)
        if called in FRESH_FUNCTIONS or _is_helper(called, runtime.SHARING):
            return []
        return [
            n
            for a in (node.args[:1] if called == "unbroadcast" else node.args)
            for n in base_names(a)
        ]
    return []


FRESH_FUNCTIONS = frozenset(["float", "int", "len", "abs"])


class Groups:
    """Names united by assignments that copy no memory."""

    def __init__(self, blocks: Iterable[list[gast.stmt]]):
        self.parent: dict[str, str] = {}
        for block in blocks:
            for statement in statements_in(block):
                if isinstance(statement, gast.Assign):
                    sources = base_names(statement.value)
                    targets = [
                        n.id
                        for t in statement.targets
                        for n in walk(t)
                        if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)
                    ]
                    targets += [
                        n
                        for t in statement.targets
                        if isinstance(t, (gast.Subscript, gast.Attribute))
                        for n in base_names(t)
                    ]
                    for one in targets:
                        for other in sources:
                            self.unite(one, other)
                elif isinstance(statement, gast.Expr) and isinstance(statement.value, gast.Call):
                    self._call(statement.value)

    def _call(self, node: gast.Call) -> None:
        if isinstance(node.func, gast.Attribute) and node.func.attr in (
            "append",
            "insert",
            "extend",
        ):
            for argument in node.args:
                for other in base_names(argument):
                    for owner in base_names(node.func.value):
                        self.unite(owner, other)

    def find(self, identifier: str) -> str:
        """The representative of a group."""
        while self.parent.get(identifier, identifier) != identifier:
            identifier = self.parent[identifier]
        return identifier

    def unite(self, one: str, other: str) -> None:
        """Make one group of two."""
        a, b = self.find(one), self.find(other)
        if a != b:
            self.parent[max(a, b)] = min(a, b)

    def share(self, one: str, other: str) -> bool:
        """Whether two names may share memory."""
        return self.find(one) == self.find(other)


def written_by(statement: gast.stmt) -> list[str]:
    """Names of memory that a statement may write in place (those inside it included)."""
    found: list[str] = []
    for inner in statements_in([statement]):
        if isinstance(inner, gast.Assign):
            found += [
                n
                for t in inner.targets
                if isinstance(t, (gast.Subscript, gast.Attribute))
                for n in base_names(t)
            ]
        elif isinstance(inner, gast.AugAssign):
            found += base_names(inner.target)
        if not isinstance(inner, (gast.If, gast.For, gast.While, gast.With, gast.Try)):
            for node in walk(inner):
                if isinstance(node, gast.Call) and not is_pure(node):
                    found += names_read(node)
    return found


def is_pure(node: gast.Call) -> bool:
    """Whether a call has no effect but its value."""
    if any(k.arg == "out" for k in node.keywords):
        return False
    if isinstance(node.func, gast.Attribute):
        owner = node.func.value
        if node.func.attr in MUTATORS or node.func.attr == "at":
            return False
        if isinstance(owner, gast.Name) and owner.id in FRESH_MODULES:
            return node.func.attr not in (
                "copyto",
                "put",
                "place",
                "putmask",
                "fill_diagonal",
                "shuffle",
            )
        if isinstance(owner, gast.Attribute):
            root = owner
            while isinstance(root, gast.Attribute):
                root = root.value
            if isinstance(root, gast.Name) and root.id in FRESH_MODULES:
                return bool(owner.attr != "random")
        return node.func.attr in PURE_METHODS
    if not isinstance(node.func, gast.Name):
        return False
    acting = {*CHECKING, *runtime.CHANGING}
    return node.func.id in PURE_FUNCTIONS or _is_helper(node.func.id, acting)


PURE_METHODS = frozenset(
    """
    copy sum mean prod max min std var reshape ravel transpose swapaxes squeeze astype dot
    cumsum trace flatten item any all argmax argmin round clip repeat conj diagonal
    """.split()
)
PURE_FUNCTIONS = frozenset("len float int abs min max range bool sum tuple round pow".split())
CHECKING = frozenset(["must_share", "view_as"])  # of the runtime: these may raise


def _is_helper(called: str, but: Iterable[str]) -> bool:
    """Whether a name is that of a function of the runtime, with exceptions."""
    return called in runtime.FUNCTIONS and called not in but
