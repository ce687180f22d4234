"""Comprehensions and generator expressions become loops.

>>> from tapeless.normalise.show import show
>>> show(comprehensions, '''
... def f(x, w):
...     y = [a * b for a, b in zip(x, w) if a > 0]
...     return sum(v * v for v in y)
... ''')
def f(x, w):
    y = []
    for a, b in zip(x, w):
        if a > 0:
            y.append(a * b)
    t1 = 0
    for v in y:
        t1 = t1 + v * v
    return t1

A variable of a comprehension keeps its name where nothing else in the function has that name, and
is renamed otherwise. `any` and `all` stop where Python stops. In tests, comparisons and indices,
which are never differentiated, and as sets, comprehensions stay as they are. A generator that is
handed on, or kept, is a call of a generator function inside.
"""

from __future__ import annotations

from collections.abc import Set

import gast

from ..errors import NotSupported
from ..frontend.generators import as_lists
from ..syntax import (
    Namer,
    assign,
    attribute,
    call,
    const,
    copy_tree,
    locate_like,
    name,
    subscript,
    walk,
)
from .evaluation import Hoister, Place
from .rewriter import (
    COMPREHENSIONS,
    NESTED,
    captured_names,
    negated,
    nodes,
    parameters,
    read,
    stored,
    walruses,
)

# Calls that read a generator to its end at once.
EAGER = {
    "min",
    "max",
    "tuple",
    "list",
    "set",
    "frozenset",
    "sorted",
    "dict",
    "sum",
    "any",
    "all",
    "zip",
    "enumerate",
}
EAGER |= {"map", "filter"}
LATE = {"zip", "enumerate", "map", "filter", "reversed"}  # read what they are given when they go on
EAGER_METHODS = {"fromiter", "fsum", "prod", "join", "extend", "update"}


def comprehensions(tree: gast.FunctionDef, namer: Namer) -> gast.FunctionDef:
    """Replace the comprehensions of a function; consumes the tree."""
    if not any(isinstance(n, COMPREHENSIONS) for n in nodes(tree.body, enter_nested=False)):
        return tree
    return Comprehensions(namer).function(tree)


class Comprehensions(Hoister):
    def function(self, tree: gast.FunctionDef) -> gast.FunctionDef:
        for node in nodes(tree.body, enter_nested=False):
            if isinstance(node, gast.Starred) and isinstance(node.value, gast.GeneratorExp):
                node.value = _as_list(node.value)
        self.outside = _names_outside(tree)
        self.captured = captured_names(tree)
        self.trying = 0
        return super().function(tree)

    # --- which -------------------------------------------------------------------

    def wanted(self, node: gast.expr, in_value: bool) -> bool:
        if isinstance(node, gast.Call):
            if in_value:
                self._lists_for_generators(node)
            return in_value and self._folds(node)
        if isinstance(node, COMPREHENSIONS):
            if walruses(node):
                if isinstance(node, (gast.SetComp, gast.GeneratorExp)):
                    raise NotSupported(
                        node, "`:=` inside this comprehension", instead="write it as a loop"
                    )
                return True
            return in_value and not isinstance(node, gast.SetComp)
        return False

    def _folds(self, node: gast.Call) -> bool:
        return (
            isinstance(node.func, gast.Name)
            and node.func.id in ("sum", "any", "all", "next")
            and node.func.id not in self.locals
            and 1 <= len(node.args) <= 2
            and not node.keywords
            and isinstance(node.args[0], (gast.ListComp, gast.GeneratorExp))
            and (
                node.func.id == "sum"
                or (
                    isinstance(node.args[0], gast.GeneratorExp)
                    and (len(node.args) == 1 or node.func.id == "next")
                )
            )
        )

    def _lists_for_generators(self, node: gast.Call) -> None:
        """``min(f(v) for v in x)`` is ``min([f(v) for v in x])``."""
        function = node.func
        if isinstance(function, gast.Name):
            eager = function.id in EAGER and function.id not in self.locals
            folds = self._folds(node)
        else:
            eager = isinstance(function, gast.Attribute) and function.attr in EAGER_METHODS
            folds = False
        for i, argument in enumerate(node.args):
            if isinstance(argument, gast.GeneratorExp) and eager and not (folds and i == 0):
                node.args[i] = _as_list(argument)
            elif isinstance(argument, gast.Starred) and isinstance(
                argument.value, gast.GeneratorExp
            ):
                argument.value = _as_list(argument.value)

    def _mark(self, node: gast.AST, in_value: bool, found: set[int]) -> bool:
        if isinstance(node, gast.Call) and in_value and self._folds(node):
            # the comprehension inside belongs to the fold
            found.add(id(node))
            for other in node.args[1:]:
                super()._mark(other, True, found)
            return True
        return super()._mark(node, in_value, found)

    # --- into what ------------------------------------------------------------------

    def _stays(self, value: gast.expr, later: list[Place]) -> bool:
        return isinstance(value, (gast.ListComp, gast.GeneratorExp)) or super()._stays(value, later)

    def on_Try(self, node: gast.Try) -> list[gast.stmt]:
        self.trying += 1
        self.inside(node)
        self.trying -= 1
        return [node]

    def on_Assign(self, node: gast.Assign) -> list[gast.stmt]:
        place = node.targets[0] if len(node.targets) == 1 else None
        if isinstance(place, (gast.Tuple, gast.List)) and isinstance(node.value, gast.GeneratorExp):
            node.value = _as_list(node.value)
        if isinstance(place, gast.Name) and isinstance(node.value, (gast.ListComp, gast.DictComp)):
            # A handler, or a function inside, would see the list grow.
            hidden = place.id in self.captured or self.trying
            if not hidden and place.id not in read(node.value) | stored(node.value):
                out: list[gast.stmt] = []
                self._build(node.value, place.id, out)
                return out
        return super().on_Assign(node)

    def on_While(self, node: gast.While) -> list[gast.stmt]:
        for inner in nodes(node.test, enter_nested=False):
            if isinstance(inner, COMPREHENSIONS) and walruses(inner):
                raise NotSupported(
                    inner, "`:=` inside a comprehension in this test", instead="write it as a loop"
                )
        return [self.inside(node)]

    def on_For(self, node: gast.For) -> list[gast.stmt]:
        if not isinstance(node.iter, gast.GeneratorExp):
            return super().on_For(node)
        # The body runs between the elements: it moves into the loop of the generator.
        if len(node.iter.generators) > 1 or walruses(node.iter):
            raise NotSupported(
                node.iter, "a loop over this generator expression", instead="nested loops"
            )
        generator, elements = self._renamed(
            node.iter, always=stored(node.body) | stored(node.target)
        )
        (only,) = generator
        body = [assign(node.target, elements[0]), *node.body]
        if only.ifs:
            body = [gast.If(_conjunction(only.ifs), body, [])]
        loop = gast.For(only.target, only.iter, body, node.orelse, None)
        return self.statement(locate_like(loop, node))

    def replace(self, node: gast.expr, out: list[gast.stmt]) -> gast.expr:
        if isinstance(node, gast.GeneratorExp):
            return self._generator(node, out)
        result = self.namer.temporary()
        if isinstance(node, gast.Call):
            self._fold(node, result, out)
        else:
            self._build(node, result, out)
        return name(result)

    def _generator(self, node: gast.GeneratorExp, out: list[gast.stmt]) -> gast.expr:
        """What nobody reads at once is a generator function inside, and a call of it."""
        label, given = self.namer.fresh("genexpr"), {}
        first = node.generators[0]
        late = isinstance(first.iter, gast.Call) and isinstance(first.iter.func, gast.Name)
        if not (late and first.iter.func.id in LATE):
            values = self.namer.fresh("values")
            given, first.iter = {values: first.iter}, name(values)
        body: list[gast.stmt] = [gast.Expr(gast.Yield(node.elt))]
        for generator in node.generators[::-1]:
            if generator.ifs:
                body = [gast.If(_conjunction(generator.ifs), body, [])]
            body = [gast.For(generator.target, generator.iter, body, [], None)]
        places = [gast.Name(p, gast.Param(), None, None) for p in given]
        arguments = gast.arguments(places, [], None, [], [], None, [])
        made = gast.FunctionDef(label, arguments, body, [], None, None, [])
        for inner in walk(made):
            if not hasattr(inner, "lineno"):
                locate_like(inner, node)
        out.append(as_lists(made))
        self.captured |= captured_names(gast.FunctionDef("", arguments, [made], [], None, None, []))
        self.locals.add(label)
        return gast.Call(locate_like(name(label), node), [*given.values()], [])

    def _build(
        self, node: gast.ListComp | gast.DictComp, result: str, out: list[gast.stmt]
    ) -> None:
        generators, elements = self._renamed(node)
        if isinstance(node, gast.ListComp):
            empty = gast.List([], gast.Load())
            body = [gast.Expr(call(attribute(name(result), "append"), elements[0]))]
        else:
            empty = gast.Dict([], [])
            body = []
            key, value = elements
            if not isinstance(key, (gast.Name, gast.Constant)):
                key = self.save(key, body)
            body.append(assign(subscript(name(result), key, store=True), value))
        self._loops(generators, body, assign(result, empty), out)

    def _fold(self, node: gast.Call, result: str, out: list[gast.stmt]) -> None:
        generators, elements = self._renamed(node.args[0])
        function = node.func.id
        if function == "sum":
            start = node.args[1] if len(node.args) > 1 else const(0)
            first = generators[0]
            if not isinstance(start, (gast.Name, gast.Constant)):
                first.iter = self.save(first.iter, out)
            body = [assign(result, gast.BinOp(name(result), gast.Add(), elements[0]))]
            self._loops(generators, body, assign(result, start), out)
            return
        if function == "next":
            self._first(node, result, generators, elements[0], out)
            return
        found = function == "any"
        test = elements[0] if found else negated(elements[0])
        done = name(result) if found else negated(name(result))
        body = [gast.If(test, [assign(result, const(found)), gast.Break()], [])]
        self._loops(generators, body, assign(result, const(not found)), out, done)

    def _first(
        self,
        node: gast.Call,
        result: str,
        generators: list[gast.comprehension],
        element: gast.expr,
        out: list[gast.stmt],
    ) -> None:
        """``next(… for …)``: the loop ends at the first element."""
        found = self.namer.fresh("found")
        body = [assign(result, element), assign(found, const(True)), gast.Break()]
        if len(node.args) > 1:
            default = node.args[1]
            if not isinstance(default, (gast.Name, gast.Constant)):
                generators[0].iter = self.save(generators[0].iter, out)
            out.append(assign(result, default))
        self._loops(generators, body, assign(found, const(False)), out, name(found))
        if len(node.args) == 1:
            ended = gast.Raise(call("StopIteration"), None)
            out.append(gast.If(negated(name(found)), [ended], []))

    def _loops(
        self,
        generators: list[gast.comprehension],
        body: list[gast.stmt],
        first: gast.stmt,
        out: list[gast.stmt],
        done: gast.expr | None = None,
    ) -> None:
        """Wrap a body in the loops of the generators; ``done``: when the outer ones stop."""
        for depth, generator in enumerate(reversed(generators)):
            if depth and done is not None:
                body = [*body, gast.If(copy_tree(done), [gast.Break()], [])]
            if generator.ifs:
                body = [gast.If(_conjunction(generator.ifs), body, [])]
            body = [gast.For(generator.target, generator.iter, body, [], None)]
        out.append(first)
        # Comprehensions inside must not reuse the variables of this one.
        variables = set().union(*(stored(g.target) for g in generators)) - self.outside
        self.outside |= variables
        out.extend(self.statement(body[0]))
        self.outside -= variables

    # --- scope ------------------------------------------------------------------------

    def _renamed(
        self, node: gast.expr, always: Set[str] = frozenset()
    ) -> tuple[list[gast.comprehension], list[gast.expr]]:
        """Generators and elements with the variables renamed where others use their names."""
        elements = [node.key, node.value] if isinstance(node, gast.DictComp) else [node.elt]
        bound = sorted(set().union(*(stored(g.target) for g in node.generators)))
        lambdas = set().union(*(read(n) for n in nodes(elements) if isinstance(n, NESTED)))
        new = {}
        for variable in bound:
            if variable in self.outside or variable in lambdas or variable in always:
                new[variable] = self.namer.fresh(variable)
        self.locals.update(new.get(v, v) for v in bound)
        generators = []
        for i, generator in enumerate(node.generators):
            generators.append(
                gast.comprehension(
                    _rename(generator.target, new),
                    generator.iter if i == 0 else _rename(generator.iter, new),
                    [_rename(test, new) for test in generator.ifs],
                    0,
                )
            )
        elements = [_rename(e, new) for e in elements]
        return generators, elements


def _rename(node: gast.AST, new: dict[str, str]) -> gast.AST:
    """Rename variables, but not where an inner comprehension or lambda binds the same name."""
    if not new:
        return node
    if isinstance(node, COMPREHENSIONS):
        bound = set().union(*(stored(g.target) for g in node.generators))
        inner = {k: v for k, v in new.items() if k not in bound}
        first = node.generators[0]
        first.iter = _rename(first.iter, new)
        for i, g in enumerate(node.generators):
            if i:
                g.iter = _rename(g.iter, inner)
            g.ifs = [_rename(test, inner) for test in g.ifs]
        for field in ("elt", "key", "value"):
            if field in node._fields:
                setattr(node, field, _rename(getattr(node, field), inner))
        return node
    if isinstance(node, gast.Lambda):
        arguments = node.args
        bound = set(parameters(node))
        arguments.defaults = [_rename(d, new) for d in arguments.defaults]
        arguments.kw_defaults = [
            _rename(d, new) if d is not None else None for d in arguments.kw_defaults
        ]
        node.body = _rename(node.body, {k: v for k, v in new.items() if k not in bound})
        return node
    if isinstance(node, gast.Name):
        return locate_like(gast.Name(new.get(node.id, node.id), node.ctx, None, None), node)
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, gast.AST):
            setattr(node, field, _rename(value, new))
        elif isinstance(value, list):
            setattr(node, field, [_rename(v, new) if isinstance(v, gast.AST) else v for v in value])
    return node


def _as_list(node: gast.GeneratorExp) -> gast.ListComp:
    return locate_like(gast.ListComp(node.elt, node.generators), node)


def _conjunction(tests: list[gast.expr]) -> gast.expr:
    return tests[0] if len(tests) == 1 else gast.BoolOp(gast.And(), list(tests))


def _names_outside(tree: gast.FunctionDef) -> set[str]:
    """Names that occur other than as variables of a comprehension."""
    found = {p.id for p in nodes(tree.args) if isinstance(p, gast.Name)}

    def visit(node: gast.AST, bound: frozenset[str]) -> None:
        if isinstance(node, gast.Name):
            if node.id not in bound:
                found.add(node.id)
            return
        if isinstance(node, (gast.FunctionDef, gast.ClassDef)):
            found.add(node.name)
        if isinstance(node, gast.NamedExpr):
            found.add(node.target.id)
        if isinstance(node, COMPREHENSIONS):
            visit(node.generators[0].iter, bound)
            inner = bound.union(*(stored(g.target) for g in node.generators))
            for i, g in enumerate(node.generators):
                if i:
                    visit(g.iter, inner)
                for test in g.ifs:
                    visit(test, inner)
            for field in ("elt", "key", "value"):
                if field in node._fields:
                    visit(getattr(node, field), inner)
            return
        for field in node._fields:
            value = getattr(node, field, None)
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, gast.AST):
                    visit(item, bound)

    for statement in tree.body:
        visit(statement, frozenset())
    return found
