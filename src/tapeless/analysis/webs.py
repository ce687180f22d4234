"""Which assignments of a name belong together.

A *web* is a largest set of assignments of one name that are tied by common uses. Webs of one name
never share a value, so each can have a name of its own: after :func:`split_webs` a name that was
reassigned in straight-line code is two names, and a name that a loop carries is still one.

>>> from ..syntax import stmts, to_debug_text
>>> tree = stmts('''
... def f(x):
...     x = x * 2.0
...     for i in range(3):
...         x = x * x
...     y = x
...     return y
... ''')[0]
>>> print(to_debug_text(split_webs(tree, Namer({"f", "x", "y", "i"}))))
def f(x):
    x1 = x * 2.0
    for i in range(3):
        x1 = x1 * x1
    y = x1
    return y
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gast

from ..syntax import (
    Namer,
    bound_by,
    copy_tree,
    import_as,
    in_steps,
    locate_like,
    walk,
    walk_scope,
)

State = dict[str, frozenset[int]]


class _Webs:
    """Reaching definitions over structured code, uniting what meets at a use."""

    def __init__(self, tree: gast.FunctionDef):
        self.parent: list[int] = []  # union-find over definitions
        self.name_of: list[str] = []
        self.node_of_use: dict[int, int] = {}  # id(Name node) -> a definition of its web
        self.breaks: list[list[State]] = []
        self.seen: list[State] = []  # what the handlers around may find
        self.definition_ids: dict[tuple[int, str], int] = {}
        self.pinned = _captured_names(tree)
        self.counters: dict[int, gast.For] = {}  # definition -> its loop
        state: State = {}
        for argument in tree.args.args:
            state[argument.id] = frozenset([self.define(id(argument), argument.id)])
        self.parameters = {name: min(ids) for name, ids in state.items()}
        self.block(tree.body, state)

    def define(self, node: int, name: str) -> int:
        """The number of the assignment of a name at a node."""
        known = self.definition_ids.get((node, name))
        if known is None:
            known = len(self.parent)
            self.definition_ids[node, name] = known
            self.parent.append(known)
            self.name_of.append(name)
        return known

    def find(self, definition: int) -> int:
        """The representative of a web."""
        while self.parent[definition] != definition:
            self.parent[definition] = self.parent[self.parent[definition]]
            definition = self.parent[definition]
        return definition

    def unite(self, ids: frozenset[int]) -> int:
        """Make one web of several definitions."""
        roots = sorted({self.find(i) for i in ids})
        for other in roots[1:]:
            self.parent[other] = roots[0]
        return roots[0]

    # --- statements: each takes and returns the state; None means "not reached"

    def block(self, block: list[gast.stmt], state: State | None) -> State | None:
        """The state after a block."""
        for statement in block:
            if state is None:
                return None
            state = self.statement(statement, state)
            for position, seen in enumerate(self.seen):
                self.seen[position] = _merge([seen, state]) or seen
        return state

    def statement(self, node: gast.stmt, state: State) -> State | None:
        """The state after a statement."""
        if isinstance(node, gast.If):
            self.uses(node.test, state)
            return _merge(
                [self.block(node.body, dict(state)), self.block(node.orelse, dict(state))]
            )
        if isinstance(node, (gast.For, gast.While)):
            return self.loop(node, state)
        if isinstance(node, gast.Break):
            self.breaks[-1].append(dict(state))
            return None
        if isinstance(node, gast.Try):
            return self.attempt(node, state)
        if isinstance(node, gast.With):
            for item in node.items:
                self.uses(item.context_expr, state)
                if item.optional_vars is not None:
                    self.stores(item.optional_vars, state)
            return self.block(node.body, state)
        if isinstance(node, gast.FunctionDef):
            self.bound(node, node.name, state)
            return state
        if isinstance(node, (gast.Import, gast.ImportFrom)):
            for alias in node.names:
                self.bound(alias, bound_by(alias), state)
            return state
        if isinstance(node, gast.Raise):
            self.uses(node, state)
            return None
        self.uses(node, state)
        if isinstance(node, gast.AugAssign) and isinstance(node.target, gast.Name):
            old = state.get(node.target.id, frozenset())
            new = self.define(id(node.target), node.target.id)
            self.node_of_use[id(node.target)] = self.unite(old | {new})
            state[node.target.id] = frozenset([new])
            return state
        if isinstance(node, gast.Assign):
            for where in node.targets:
                self.stores(where, state)
        return state

    def loop(self, node: gast.For | gast.While, state: State) -> State | None:
        """The state after a loop."""
        if isinstance(node, gast.For):
            self.uses(node.iter, state)
        entry = state
        self.breaks.append([])
        while True:
            inside = dict(entry)
            if isinstance(node, gast.While):
                self.uses(node.test, inside)
            else:
                self.stores(node.target, inside)
                self.counters[self.definition_ids[id(node.target), node.target.id]] = node
            after = self.block(node.body, inside)
            merged = _merge([entry, after]) or entry
            if merged == entry:
                break
            entry = merged
        leaving = self.breaks.pop()
        return _merge([entry, *leaving])

    def attempt(self, node: gast.Try, state: State) -> State | None:
        """The state after ``try``: any statement of it may be the last that ran."""
        seen: State = dict(state)
        current: State | None = state
        for statement in in_steps(node.body):
            if current is None:
                break
            self.seen.append(seen)  # what a loop or branch assigns on its way may be seen, too
            current = self.statement(statement, dict(current))
            seen = _merge([self.seen.pop(), current]) or seen
        ends = [self.block(node.orelse, dict(current)) if current is not None else None]
        ends += [self.block(handler.body, dict(seen)) for handler in node.handlers]
        end = _merge(ends)
        return self.block(node.finalbody, end if end is not None else dict(seen))

    def uses(self, node: gast.AST, state: State) -> None:
        """What meets at a use is one web."""
        for inner in walk(node):
            if (
                isinstance(inner, gast.Name)
                and isinstance(inner.ctx, gast.Load)
                and inner.id in state
            ):
                self.node_of_use[id(inner)] = self.unite(state[inner.id])

    def stores(self, where: gast.expr, state: State) -> None:
        """A definition of each name that is assigned."""
        for inner in walk_scope(where):
            if isinstance(inner, gast.Name) and isinstance(inner.ctx, gast.Store):
                new = self.define(id(inner), inner.id)
                self.node_of_use[id(inner)] = new
                state[inner.id] = frozenset([new])

    def bound(self, node: gast.AST, name: str, state: State) -> None:
        """A definition by something that has its name as a plain string: a `def`, an import."""
        new = self.define(id(node), name)
        self.node_of_use[id(node)] = new
        state[name] = frozenset([new])


def _merge(states: list[State | None]) -> State | None:
    reached = [s for s in states if s is not None]
    if not reached:
        return None
    merged: State = {}
    for state in reached:
        for name, ids in state.items():
            merged[name] = merged.get(name, frozenset()) | ids
    return merged


def _captured_names(tree: gast.FunctionDef) -> set[str]:
    """Names that nested functions and comprehensions mention: they keep one web."""
    found: set[str] = set()
    for node in walk(tree.body):
        if isinstance(
            node,
            (
                gast.FunctionDef,
                gast.Lambda,
                gast.ListComp,
                gast.SetComp,
                gast.DictComp,
                gast.GeneratorExp,
            ),
        ):
            found.update(n.id for n in walk(node) if isinstance(n, gast.Name))
    return found


def split_webs(tree: gast.FunctionDef, namer: Namer) -> gast.FunctionDef:
    """Give each web of the function a name of its own; the first keeps the user's."""
    webs = _Webs(tree)
    names: dict[int, str] = {}
    taken: dict[str, int] = {}
    for name, definition in webs.parameters.items():
        names[webs.find(definition)] = name
        taken[name] = webs.find(definition)
    shared = _shared_counters(webs)
    for definition, name in enumerate(webs.name_of):
        root = webs.find(definition)
        if root in names:
            continue
        if name in webs.pinned or name not in taken or root in shared:
            names[root] = name
            taken.setdefault(name, root)
        elif namer.is_temporary(name):
            names[root] = namer.temporary()
        else:
            names[root] = namer.fresh(name)
            namer.origin[names[root]] = namer.called_by_user(name)
    renamed = {node: names[webs.find(d)] for node, d in webs.node_of_use.items()}
    return _rename(tree, renamed, namer)


def _shared_counters(webs: _Webs) -> set[int]:
    """Webs that only count one loop, which is not inside a loop with the same counter."""
    members: dict[int, list[int]] = {}
    for definition in range(len(webs.parent)):
        members.setdefault(webs.find(definition), []).append(definition)
    alone = {root for root, ids in members.items() if len(ids) == 1 and ids[0] in webs.counters}
    nested = set()
    for root in alone:
        loop = webs.counters[members[root][0]]
        for inner in walk_scope(loop.body):
            if (
                isinstance(inner, gast.For)
                and isinstance(inner.target, gast.Name)
                and inner.target.id == loop.target.id
            ):
                nested.add(webs.find(webs.definition_ids[id(inner.target), inner.target.id]))
    return alone - nested


def _rename(tree: gast.FunctionDef, names: Mapping[int, str], namer: Namer) -> gast.FunctionDef:
    """The function with other names; ``names`` maps the ids of nodes."""

    def rebuild(node: Any) -> Any:
        if isinstance(node, list):
            return [rebuild(item) if isinstance(item, (gast.AST, list)) else item for item in node]
        if isinstance(node, gast.Name):
            return locate_like(
                gast.Name(names.get(id(node), node.id), node.ctx, node.annotation, None), node
            )
        if isinstance(node, (gast.FunctionDef, gast.Lambda)):
            nested = copy_tree(node)
            if isinstance(nested, gast.FunctionDef):
                nested.name = names.get(id(node), node.name)
            return nested
        if isinstance(node, (gast.Import, gast.ImportFrom)):
            return import_as(node, lambda alias: names.get(id(alias), bound_by(alias)), namer)
        form: Any = type(node)
        new = form.__new__(form)
        for field in node._fields:
            value = getattr(node, field, None)
            setattr(new, field, rebuild(value) if isinstance(value, (gast.AST, list)) else value)
        return locate_like(new, node)

    new_tree = copy_tree(tree)
    new_tree.body = rebuild(tree.body)
    return new_tree
