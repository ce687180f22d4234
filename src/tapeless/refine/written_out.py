"""The body of a function in the place of its call: wrappers of decorators, and factories.

A function that returns a function over its own variables is written out, so that these are
variables of the caller; so is one that only hands its arguments on.
"""

from __future__ import annotations

from typing import Any

import gast

from ..analysis.binding import distribute
from ..analysis.higher_order import Pending, star_parameters
from ..analysis.kinds import Kind
from ..analysis.lifting import hidden_parameters
from ..errors import NotSupported, reading
from ..frontend.parse import Function, resolve
from ..normalise import Normalised, normalise
from ..syntax import (
    assign,
    bound_by,
    const,
    copy_tree,
    import_as,
    name,
    names_stored,
    parameters_of,
    walk,
    walk_scope,
)
from .objects import write_supers
from .stars import packed_names, plain_arguments
from .writing import Writing


def write_out(writing: Writing, pending: Pending) -> gast.expr:
    """The statements of the callee, and its result."""
    function: Function = pending.target
    positional, keywords = plain_arguments(writing)
    core = core_of(function, writing.kind(positional[0]) if positional else None)
    tree = core.tree
    found = distribute(writing.node, function, positional, keywords)
    names = _Scope(writing, function, core, pending)
    rest, more = star_parameters(function)
    for parameter, value in found.arguments.items():
        names.give(parameter, value)
    if rest is not None:
        names.hand_on(rest, gast.Tuple([*found.rest], gast.Load()), found.rest)
    if more is not None:
        display = gast.Dict([const(k) for k in found.more], list(found.more.values()))
        names.hand_on(more, display, found.more)
    body = tree.body
    if (
        isinstance(body[0], gast.Expr)
        and isinstance(body[0].value, gast.Constant)
        and isinstance(body[0].value.value, str)
    ):
        body = body[1:]
    *statements, last = body
    for statement in statements:
        writing.statements.append(names.visit(statement))
    assert isinstance(last, gast.Return)
    return names.visit(last.value) if last.value is not None else const(None)


def core_of(function: Function, first: Kind | None = None) -> Normalised:
    """A function in core form, all parameters plain; ``first`` is what `super()` looks at."""
    with reading(function.source):
        tree = copy_tree(function.tree)
        if first is not None and function.parameters:
            write_supers(tree, function, {function.parameters[0].name: first})
        plain = [gast.Name(p.name, gast.Param(), None, None) for p in function.parameters]
        tree.args = gast.arguments(plain, [], None, [], [], None, [])
        return normalise(tree, lookup=lambda free: resolve(function, free))


class _Scope(gast.NodeTransformer):
    """Renames the variables of a callee; what nested functions bind themselves stays."""

    def __init__(self, writing: Writing, function: Function, core: Normalised, pending: Pending):
        self.writing, self.function = writing, function
        tree = core.tree
        self.renamed: dict[str, gast.expr] = {}
        self.stored = set(names_stored(tree.body))
        self.nested = {
            n.id
            for inner in walk(tree.body)
            if isinstance(inner, (gast.FunctionDef, gast.Lambda))
            for n in walk(inner)
            if isinstance(n, gast.Name)
        }
        parameters = {p.name for p in function.parameters}
        namer = writing.unit.namer
        namer.reserve(*self.nested)
        writing.avoided |= self.nested
        for identifier in names_stored(tree.body):  # in the order of the text
            if identifier in parameters:
                continue
            temporary = core.namer.is_temporary(identifier) or identifier == "value"
            self.renamed[identifier] = name(
                namer.temporary() if temporary else namer.fresh(identifier)
            )
        writing.unit.facts.setdefault("cells", set()).update(
            new.id for old, new in self.renamed.items() if old in self.nested
        )
        if pending.closure is not None:
            for own, theirs in zip(
                hidden_parameters(function), pending.closure.captured, strict=True
            ):
                self.renamed[own] = name(theirs)

    def give(self, parameter: str, value: gast.expr) -> None:
        """The value of a parameter: in its place, or under a name of its own."""
        unit = self.writing.unit
        if not isinstance(value, (gast.Name, gast.Constant)) or self._is_data(value):
            value = self._made(parameter, value)
        changes = parameter in self.stored or (
            isinstance(value, gast.Name)
            and parameter in self.nested
            and (value.id in self.nested or not self._stays(value.id))
        )
        if changes:
            chosen = unit.namer.fresh(parameter)
            if parameter in self.nested:
                unit.facts.setdefault("cells", set()).add(chosen)
            self.writing.statements.append(assign(chosen, value))
            value = name(chosen)
        self.renamed[parameter] = value

    def _stays(self, identifier: str) -> bool:
        """Whether a name of the caller never gets another value."""
        inference = self.writing.inference
        return (
            identifier in self.writing.unit.parameters or identifier not in inference.locals
        ) and not inference.assigned.get(identifier)

    def _is_data(self, value: gast.expr) -> bool:
        return isinstance(value, gast.Constant) and not isinstance(
            value.value, (bool, int, float, str, type(None))
        )

    def _made(self, parameter: str, value: gast.expr) -> gast.expr:
        if isinstance(value, gast.Constant):
            return self.writing.reach(value.value, parameter)
        return self.writing.let(parameter, value)

    def hand_on(self, parameter: str, display: gast.expr, content: Any) -> None:
        """A tuple or dict for `*args` or `**kwargs`, of which we know what is in it."""
        for key, value in list(
            content.items() if isinstance(content, dict) else enumerate(content)
        ):
            content[key] = self.writing.atom(value)
        if isinstance(display, gast.Tuple):
            display.elts = list(content)
        elif isinstance(display, gast.Dict):
            display.values = list(content.values())
        chosen = self.writing.let(parameter, display)
        if parameter not in self.stored:
            packed_names(self.writing.unit)[chosen.id] = content
        self.renamed[parameter] = chosen

    def visit_Name(self, node: gast.Name) -> gast.expr:
        if node.id in self.renamed:
            new = copy_tree(self.renamed[node.id])
            if isinstance(new, gast.Name):
                new.ctx = node.ctx
            return new
        if isinstance(node.ctx, gast.Load):
            return self._free(node)
        return node

    def _free(self, node: gast.Name) -> gast.expr:
        try:
            thing = resolve(self.function, node.id)
        except KeyError:
            if self.function.name == node.id:
                return copy_tree(self.writing.node.func)
            raise NotSupported(
                node,
                f"the name '{node.id}' is not defined",
                instead="define it before differentiating",
            ) from None
        self._remember(node.id, thing)
        return self.writing.reach(thing, node.id)

    def _remember(self, identifier: str, thing: object) -> None:
        """The derivative was made for this value of a global or captured variable."""
        scope = (
            self.function.closure if identifier in self.function.closure else self.function.globals
        )
        self.writing.unit.facts.setdefault("guards", []).append((scope, identifier, thing))

    def visit_Import(self, node: gast.Import | gast.ImportFrom) -> gast.AST:
        return import_as(node, self._imported, self.writing.unit.namer)

    visit_ImportFrom = visit_Import

    def _imported(self, alias: gast.alias) -> str:
        renamed = self.renamed.get(bound_by(alias))
        return renamed.id if isinstance(renamed, gast.Name) else bound_by(alias)

    def visit_FunctionDef(self, node: gast.FunctionDef) -> gast.AST:
        renamed = self.renamed.get(node.name)
        own = set(names_stored(node.body)) | {n.id for n in parameters_of(node.args)}
        self._inside(node, own)
        if isinstance(renamed, gast.Name):
            node.name = renamed.id
        return node

    def visit_Lambda(self, node: gast.Lambda) -> gast.AST:
        own = {n.id for n in walk_scope(node.body) if isinstance(n, gast.Name) and _binds(n)}
        self._inside(node, own | {n.id for n in parameters_of(node.args)})
        return node

    def _inside(self, node: Any, own: set[str]) -> None:
        node.args.defaults = [self.visit(d) for d in node.args.defaults]
        node.args.kw_defaults = [d and self.visit(d) for d in node.args.kw_defaults]
        hidden = {n: self.renamed.get(n) for n in own}
        self.renamed |= {n: name(n) for n in own}
        body = node.body if isinstance(node.body, list) else [node.body]
        new = [self.visit(b) for b in body]
        node.body = new if isinstance(node.body, list) else new[0]
        for key, value in hidden.items():
            if value is None:
                self.renamed.pop(key, None)
            else:
                self.renamed[key] = value


def _binds(node: gast.Name) -> bool:
    return isinstance(node.ctx, (gast.Store, gast.Param))
