"""`nonlocal n` of what an inner function writes: a list of one item, shared by both functions.

>>> import gast
>>> from tapeless.syntax import to_debug_text
>>> tree = gast.parse('''
... def f(x):
...     count = 0
...     def step(v):
...         nonlocal count
...         count += 1
...         return v * v
...     return step(x) * count
... ''').body[0]
>>> print(to_debug_text(spell_nonlocals(tree)))
def f(x):
    count = [0]
<BLANKLINE>
    def step(v):
        count[0] += 1
        return v * v
    return step(x) * count[0]
"""

from __future__ import annotations

import gast

from ..syntax import locate_like, parameters_of, walk, walk_scope


def spell_nonlocals(tree: gast.FunctionDef) -> gast.FunctionDef:
    """Spell out the declarations that can be; what is left is refused."""
    for owner in [n for n in walk(tree) if isinstance(n, gast.FunctionDef)]:
        for name in sorted(_written_inside(owner)):
            first = _first_binding(owner, name)
            if first is not None and not _is_hidden(owner, name):
                _spell(owner, name, first)
    return tree


def _written_inside(owner: gast.FunctionDef) -> set[str]:
    """The variables of a function that functions inside declare as `nonlocal` and store."""
    found: set[str] = set()
    for inner in _inner_functions(owner):
        declared = {n for d in _declarations(inner) for n in d.names}
        stored = {
            n.id
            for n in walk_scope(inner.body)
            if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)
        }
        found |= declared & stored
    own = {n.id for n in walk_scope(owner.body) if _is_stored(n)} | _parameters(owner)
    return (found & own) - {n for d in _declarations(owner) for n in d.names}


def _inner_functions(owner: gast.FunctionDef) -> list[gast.FunctionDef]:
    return [n for n in walk(owner.body) if isinstance(n, gast.FunctionDef)]


def _declarations(function: gast.FunctionDef) -> list[gast.Nonlocal]:
    return [n for n in walk_scope(function.body) if isinstance(n, gast.Nonlocal)]


def _is_stored(node: gast.AST) -> bool:
    return isinstance(node, gast.Name) and isinstance(node.ctx, gast.Store)


def _parameters(function: gast.FunctionDef | gast.Lambda) -> set[str]:
    return {p.id for p in parameters_of(function.args)}


def _first_binding(owner: gast.FunctionDef, name: str) -> gast.Assign | None:
    """The statement of the body, before all others that name it, that gives a variable a value."""
    if name in _parameters(owner):
        used = {n.id for n in walk(owner) if isinstance(n, gast.Name)}
        box = f"{name}_cell"
        while box in used:
            box += "_"
        value = gast.Name(name, gast.Load(), None, None)
        made = gast.Assign([gast.Name(box, gast.Store(), None, None)], value, None)
        for node in walk(made):
            locate_like(node, owner.body[0])
        owner.body.insert(0, made)
        return made
    for statement in owner.body:
        if isinstance(statement, gast.FunctionDef):
            continue  # it runs when it is called
        if any(isinstance(n, gast.Name) and n.id == name for n in walk(statement)):
            plain = isinstance(statement, gast.Assign) and _place(statement, name) is not None
            return statement if plain else None
    return None


def _place(statement: gast.Assign, name: str) -> gast.expr | None:
    """The expression that a variable gets in an assignment of one value or of a tuple."""
    if len(statement.targets) != 1:
        return None
    where, value = statement.targets[0], statement.value
    if any(isinstance(n, gast.Name) and n.id == name for n in walk(value)):
        return None
    if isinstance(where, gast.Name):
        return value
    if isinstance(where, gast.Tuple) and isinstance(value, gast.Tuple):
        names = [getattr(e, "id", None) for e in where.elts]
        if len(names) == len(value.elts) and names.count(name) == 1:
            return value.elts[names.index(name)]
    return None


def _is_hidden(owner: gast.FunctionDef, name: str) -> bool:
    """Whether something other than a plain variable of a function goes by this name."""

    def named(node: object) -> bool:
        return isinstance(node, gast.Name) and node.id == name

    for node in walk(owner.body):
        if isinstance(node, gast.comprehension):
            hidden = any(named(n) for n in walk(node.target))
        elif isinstance(node, gast.Lambda):
            hidden = name in _parameters(node)
        elif isinstance(node, gast.alias):
            hidden = (node.asname or node.name).split(".")[0] == name
        elif isinstance(node, gast.NamedExpr):
            hidden = named(node.target)
        elif isinstance(node, (gast.FunctionDef, gast.MatchAs, gast.MatchStar)):
            hidden = node.name == name
        elif isinstance(node, gast.ExceptHandler):
            hidden = named(node.name)
        else:
            hidden = named(node) and isinstance(node.ctx, gast.Del)
        if hidden:
            return True
    return False


def _spell(owner: gast.FunctionDef, name: str, first: gast.Assign) -> None:
    parameter = name in _parameters(owner)
    value = first.value if parameter else _place(first, name)
    spelled = _Spelled(name, first.targets[0].id if parameter else name)
    owner.body = [s if s is first else spelled.visit(s) for s in owner.body]
    first.value = _Wrapped(value).visit(first.value)
    for inner in [owner, *_inner_functions(owner)]:
        _without(inner, name)


def _without(function: gast.FunctionDef, name: str) -> None:
    for declaration in _declarations(function):
        declaration.names = [n for n in declaration.names if n != name]
    kept = [s for s in function.body if not (isinstance(s, gast.Nonlocal) and not s.names)]
    function.body = kept or [locate_like(gast.Pass(), function)]


class _Wrapped(gast.NodeTransformer):
    """One expression in a list."""

    def __init__(self, value: gast.expr | None) -> None:
        self.value = value

    def visit(self, node: gast.AST) -> gast.AST:
        if node is self.value:
            return locate_like(gast.List([node], gast.Load()), node)
        return self.generic_visit(node)


class _Spelled(gast.NodeTransformer):
    """A variable as the item of a list; where a function has one of its own, that is left."""

    def __init__(self, name: str, box: str) -> None:
        self.name, self.box = name, box

    def visit_Name(self, node: gast.Name) -> gast.expr:
        if node.id != self.name or isinstance(node.ctx, gast.Param):
            return node
        box = locate_like(gast.Name(self.box, gast.Load(), None, None), node)
        item = locate_like(gast.Constant(0, None), node)
        return locate_like(gast.Subscript(box, item, node.ctx), node)

    def visit_FunctionDef(self, node: gast.FunctionDef) -> gast.FunctionDef:
        declared = {n for d in _declarations(node) for n in d.names}
        own = {n.id for n in walk_scope(node.body) if _is_stored(n)} | _parameters(node)
        node.args.defaults = [self.visit(d) for d in node.args.defaults]
        node.args.kw_defaults = [d and self.visit(d) for d in node.args.kw_defaults]
        if self.name in declared or self.name not in own:
            node.body = [self.visit(s) for s in node.body]
        return node
