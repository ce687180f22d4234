"""`global n` of what a function writes: an attribute of the module, imported under its own name.

>>> import gast
>>> from tapeless.syntax import to_debug_text
>>> import json as script
>>> tree = gast.parse('''
... def f(x):
...     global calls
...     calls += 1
...     return x * calls
... ''').body[0]
>>> print(to_debug_text(spell_globals(tree, vars(script))))
def f(x):
    import json
    json.calls += 1
    return x * json.calls
"""

from __future__ import annotations

import sys
import types
from collections.abc import Mapping

import gast

from ..syntax import locate_like, walk, walk_scope


def module_of(scope: Mapping[str, object]) -> types.ModuleType | None:
    """The module of which these are the globals; None if they are of no module."""
    found = sys.modules.get(str(scope.get("__name__")))
    return found if found is not None and vars(found) is scope else None


def spell_globals(tree: gast.FunctionDef, scope: Mapping[str, object]) -> gast.FunctionDef:
    """Spell out the declarations that can be; what is left is refused."""
    module = module_of(scope)
    if module is not None:
        for inner in [n for n in walk(tree) if isinstance(n, gast.FunctionDef)]:
            _spell(inner, module.__name__, scope)
    return tree


def _spell(tree: gast.FunctionDef, module: str, scope: Mapping[str, object]) -> None:
    declared = [n for n in walk_scope(tree.body) if isinstance(n, gast.Global)]
    stored = {
        n.id
        for n in walk_scope(tree.body)
        if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)
    }
    names = {n for d in declared for n in d.names if n in stored}
    if not names:
        return
    used = {n.id for n in walk(tree) if isinstance(n, gast.Name)} | set(scope)
    alias = module.rpartition(".")[2]
    while alias in used and scope.get(alias) is not sys.modules[module]:
        alias += "_"
    for node in declared:
        node.names = [n for n in node.names if n not in names]
    spelled = _Spelled(names, alias)
    tree.body = [spelled.visit(s) for s in tree.body]
    tree.body = [s for s in tree.body if not (isinstance(s, gast.Global) and not s.names)]
    statement = gast.Import([gast.alias(module, alias if alias != module else None)])
    place = locate_like(statement, declared[0])
    for name in place.names:
        locate_like(name, declared[0])
    tree.body.insert(1 if _is_docstring(tree.body) else 0, place)


def _is_docstring(body: list[gast.stmt]) -> bool:
    first = body[0] if body else None
    return isinstance(first, gast.Expr) and isinstance(first.value, gast.Constant)


class _Spelled(gast.NodeTransformer):
    """Names of globals as attributes; what functions inside call by these names is theirs."""

    def __init__(self, names: set[str], module: str) -> None:
        self.names, self.module = names, module

    def visit_Name(self, node: gast.Name) -> gast.expr:
        if node.id not in self.names:
            return node
        module = locate_like(gast.Name(self.module, gast.Load(), None, None), node)
        return locate_like(gast.Attribute(module, node.id, node.ctx), node)

    def visit_FunctionDef(self, node: gast.FunctionDef) -> gast.FunctionDef:
        return node

    def visit_Lambda(self, node: gast.Lambda) -> gast.Lambda:
        return node
