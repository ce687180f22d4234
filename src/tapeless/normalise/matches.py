"""``match`` becomes `if` and `elif` over a subject that is evaluated once.

>>> from tapeless.normalise.show import show
>>> show(matches, '''
... def f(x, shape):
...     match shape:
...         case "disc" | "ball":
...             return np.pi * x**2
...         case ("box", a, b):
...             return a * b * x
...         case [first, *rest] if first > 0:
...             return x + sum(rest)
...         case {"radius": float(r)}:
...             return r * x
...         case _:
...             raise ValueError(shape)
... ''')
def f(x, shape):
    if shape in ('disc', 'ball'):
        return np.pi * x ** 2
    elif isinstance(shape, (list, tuple, range)) and len(shape) == 3 and (shape[0] == 'box'):
        a = shape[1]
        b = shape[2]
        return a * b * x
    elif isinstance(shape, (list, tuple, range)) and len(shape) >= 1 and (shape[0] > 0):
        first = shape[0]
        rest = list(shape[1:])
        return x + sum(rest)
    elif isinstance(shape, dict) and 'radius' in shape and isinstance(shape['radius'], float):
        r = shape['radius']
        return r * x
    else:
        raise ValueError(shape)

A pattern is a test of the subject's parts, which are written as subscripts and attributes, and
assignments of what it captures. The tests hold for what scripts match: lists, tuples and ranges
as sequences, dicts as mappings. The kinds decide most of them (``refine/prune.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import gast

from ..errors import NotSupported
from ..syntax import (
    Namer,
    assign,
    attribute,
    call,
    const,
    copy_tree,
    dotted,
    locate_like,
    name,
    subscript,
    substitute,
)
from .rewriter import COMPREHENSIONS, NESTED, Rewriter, children, nodes, read, walruses

# For these a positional pattern is the subject itself (PEP 634).
WHOLE = (bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple)
BY_NAME = {c.__name__: c for c in WHOLE}
Lookup = Callable[[str], Any]


def matches(tree: gast.FunctionDef, namer: Namer, lookup: Lookup | None = None) -> gast.FunctionDef:
    """Write `match` as branches; consumes the tree. ``lookup`` gives the value of a free name."""
    if not any(isinstance(n, gast.Match) for n in nodes(tree.body)):
        return tree
    return Matches(namer, lookup).function(tree)


@dataclass
class Found:
    """What a pattern asks and assigns; no tests: it matches anything."""

    tests: list[gast.expr] = field(default_factory=list)
    bindings: list[gast.stmt] = field(default_factory=list)

    def test(self) -> gast.expr | None:
        """All tests as one."""
        if len(self.tests) > 1:
            return gast.BoolOp(gast.And(), self.tests)
        return self.tests[0] if self.tests else None


class Matches(Rewriter):
    def __init__(self, namer: Namer, lookup: Lookup | None):
        super().__init__(namer)
        self.lookup = lookup

    def inside(self, node: gast.stmt) -> gast.stmt:
        """Nested functions too: no later stage knows the statement."""
        if isinstance(node, gast.FunctionDef):
            node.body = self.block(node.body)
            return node
        return super().inside(node)

    def on_Match(self, node: gast.Match) -> list[gast.stmt]:
        out: list[gast.stmt] = []
        subject = self.subject(node, out)
        return [*out, *self.chain(node.cases, subject, node)]

    def subject(self, node: gast.Match, out: list[gast.stmt]) -> gast.expr:
        """The subject as something that may be read many times."""
        taken = captured(node.cases) | walruses([c.guard for c in node.cases if c.guard])
        found = node.subject
        if isinstance(found, gast.Tuple) and not any(
            isinstance(e, gast.Starred) for e in found.elts
        ):
            found.elts = [self.held(e, taken, out) for e in found.elts]
            return found
        return self.held(found, taken, out)

    def held(self, node: gast.expr, taken: set[str], out: list[gast.stmt]) -> gast.expr:
        if isinstance(node, gast.Constant) or (
            isinstance(node, gast.Name) and node.id not in taken
        ):
            return node
        temporary = self.namer.temporary()
        out.append(assign(temporary, node))
        return locate_like(name(temporary), node)

    # --- cases ------------------------------------------------------------------------------

    def chain(
        self, cases: list[gast.match_case], subject: gast.expr, node: gast.Match
    ) -> list[gast.stmt]:
        """The statements for these cases, the later ones in the `else` of the first."""
        if not cases:
            return []
        case, rest = cases[0], cases[1:]
        found = self.pattern(case.pattern, subject)
        body = self.block(case.body)
        orelse = self.chain(rest, subject, node)
        new = self.guarded(found, case, body, orelse)
        for statement in new:
            if getattr(statement, "lineno", None) is None:
                _stamp_until_located(statement, case.pattern)
        return new

    def guarded(
        self,
        found: Found,
        case: gast.match_case,
        body: list[gast.stmt],
        orelse: list[gast.stmt],
    ) -> list[gast.stmt]:
        test, guard = found.test(), case.guard
        if guard is None:
            whole = [*found.bindings, *body]
            return whole if test is None else [gast.If(test, whole, orelse)]
        if test is None:  # what it captures stays captured when the guard fails
            return [*found.bindings, gast.If(guard, body, orelse)]
        parts = _parts_of(found.bindings)
        needed = read(guard) & captured([case])
        if needed <= set(parts) and not captured([case]) & self.loose and not _has_scopes(guard):
            both = gast.BoolOp(gast.And(), [*found.tests, substitute(guard, parts)])
            return [gast.If(both, [*found.bindings, *body], orelse)]
        flag = self.namer.fresh("matched")
        ask = gast.If(name(flag), [*found.bindings, assign(flag, guard)], [])
        return [assign(flag, test), ask, gast.If(name(flag), body, orelse)]

    def function(self, tree: gast.FunctionDef) -> gast.FunctionDef:
        self.loose = _read_outside(tree)
        return super().function(tree)

    # --- patterns -----------------------------------------------------------------------------

    def pattern(self, node: gast.pattern, subject: gast.expr) -> Found:
        """The tests of a pattern and what it captures."""
        method: Callable[[Any, gast.expr], Found] = getattr(self, "of_" + type(node).__name__)
        found = method(node, subject)
        for statement in found.bindings:
            if getattr(statement, "lineno", None) is None:
                _stamp_until_located(statement, node)
        return found

    def of_MatchValue(self, node: gast.MatchValue, subject: gast.expr) -> Found:
        return Found([gast.Compare(copy_tree(subject), [gast.Eq()], [node.value])])

    def of_MatchSingleton(self, node: gast.MatchSingleton, subject: gast.expr) -> Found:
        return Found([gast.Compare(copy_tree(subject), [gast.Is()], [const(node.value)])])

    def of_MatchAs(self, node: gast.MatchAs, subject: gast.expr) -> Found:
        found = Found() if node.pattern is None else self.pattern(node.pattern, subject)
        if node.name is not None:
            found.bindings.append(assign(node.name, copy_tree(subject)))
        return found

    def of_MatchOr(self, node: gast.MatchOr, subject: gast.expr) -> Found:
        values = [p.value for p in node.patterns if isinstance(p, gast.MatchValue)]
        if len(values) == len(node.patterns) and all(isinstance(v, gast.Constant) for v in values):
            among = gast.Tuple(values, gast.Load())
            return Found([gast.Compare(copy_tree(subject), [gast.In()], [among])])
        each = [self.pattern(p, subject) for p in node.patterns]
        tests = [t for f in each if (t := f.test()) is not None]
        bindings: list[gast.stmt] = each[-1].bindings
        for other in reversed(each[:-1]):
            if other.bindings:
                bindings = [gast.If(copy_tree(other.test()), other.bindings, bindings)]
        return Found([gast.BoolOp(gast.Or(), tests)] if len(tests) == len(each) else [], bindings)

    def of_MatchSequence(self, node: gast.MatchSequence, subject: gast.expr) -> Found:
        patterns = node.patterns
        star = next((k for k, p in enumerate(patterns) if isinstance(p, gast.MatchStar)), None)
        fixed = len(patterns) - (star is not None)
        found = Found()
        if isinstance(subject, gast.Tuple):
            count = len(subject.elts)
            if count < fixed or (star is None and count != fixed):
                return Found([const(False)])
        else:
            found.tests.append(_is_a(subject, "list", "tuple", "range"))
            if fixed or star is None:
                size = call("len", copy_tree(subject))
                order = gast.Eq() if star is None else gast.GtE()
                found.tests.append(gast.Compare(size, [order], [const(fixed)]))
        for k, pattern in enumerate(patterns):
            if k == star:
                if pattern.name is not None:
                    part = _middle(subject, k, len(patterns) - k - 1)
                    found.bindings.append(locate_like(assign(pattern.name, part), pattern))
                continue
            behind = star is not None and k > star
            self._part(found, pattern, _item(subject, k - len(patterns) if behind else k))
        return found

    def of_MatchMapping(self, node: gast.MatchMapping, subject: gast.expr) -> Found:
        found = Found([_is_a(subject, "dict")])
        for key in node.keys:
            found.tests.append(gast.Compare(copy_tree(key), [gast.In()], [copy_tree(subject)]))
        for key, pattern in zip(node.keys, node.patterns, strict=True):
            self._part(found, pattern, subscript(copy_tree(subject), copy_tree(key)))
        if node.rest is not None:
            found.bindings.append(assign(node.rest, call("dict", copy_tree(subject))))
            for key in node.keys:
                gone = call(attribute(name(node.rest), "pop"), copy_tree(key))
                found.bindings.append(gast.Expr(gone))
        return found

    def of_MatchClass(self, node: gast.MatchClass, subject: gast.expr) -> Found:
        found = Found([call("isinstance", copy_tree(subject), node.cls)])
        fields = list(node.kwd_attrs)
        form = self._class_of(node.cls)
        if node.patterns and form in WHOLE:
            if len(node.patterns) == 1:
                self._part(found, node.patterns[0], subject)
        elif node.patterns:
            fields = [*self._positional(node, form), *fields]
        whole = form in WHOLE and bool(node.patterns)
        patterns = [*(() if whole else node.patterns), *node.kwd_patterns]
        for attr, pattern in zip(fields, patterns, strict=True):
            if not _has_field(form, attr):
                found.tests.append(call("hasattr", copy_tree(subject), const(attr)))
            self._part(found, pattern, attribute(copy_tree(subject), attr))
        return found

    def _class_of(self, node: gast.expr) -> Any:
        """The class that a path stands for; None where it is not known here."""
        path = (dotted(node) or "").split(".")
        if self.lookup is None and path[-1] in BY_NAME:
            return BY_NAME[path[-1]]
        try:
            found = self.lookup(path[0]) if self.lookup is not None else None
            for part in path[1:]:
                found = getattr(found, part)
        except (KeyError, AttributeError):
            return None
        return found if isinstance(found, type) else None

    def _positional(self, node: gast.MatchClass, form: Any) -> list[str]:
        """The attributes that the positional patterns stand for."""
        if form is None:
            raise NotSupported(
                node,
                "a positional pattern of a class that is not known here",
                instead="name the attributes: Point(x=0, y=y)",
            )
        names = getattr(form, "__match_args__", ())
        if len(names) < len(node.patterns):
            raise NotSupported(
                node,
                f"{len(node.patterns)} positional patterns for the {len(names)} "
                f"of {form.__name__}.__match_args__",
                never=True,
            )
        return list(names[: len(node.patterns)])

    def _part(self, found: Found, pattern: gast.pattern, part: gast.expr) -> None:
        inner = self.pattern(pattern, locate_like(part, pattern))
        found.tests += inner.tests
        found.bindings += inner.bindings


# --- parts of a subject -----------------------------------------------------------------------


def _is_a(subject: gast.expr, *classes: str) -> gast.expr:
    forms = [name(c) for c in classes]
    form = forms[0] if len(forms) == 1 else gast.Tuple(forms, gast.Load())
    return call("isinstance", copy_tree(subject), form)


def _item(subject: gast.expr, k: int) -> gast.expr:
    if isinstance(subject, gast.Tuple):
        found: gast.expr = copy_tree(subject.elts[k])
        return found
    return subscript(copy_tree(subject), const(k))


def _middle(subject: gast.expr, start: int, after: int) -> gast.expr:
    """What a star captures: always a list."""
    if isinstance(subject, gast.Tuple):
        return gast.List(copy_tree(subject.elts[start : len(subject.elts) - after]), gast.Load())
    lower = const(start) if start else None
    upper = const(-after) if after else None
    return call("list", subscript(copy_tree(subject), gast.Slice(lower, upper, None)))


def _has_field(form: Any, attr: str) -> bool:
    """Whether every instance of a class has an attribute, as far as the class says."""
    fields: Any = getattr(form, "__dataclass_fields__", None) or getattr(form, "_fields", ())
    return attr in fields or (isinstance(form, type) and hasattr(form, attr))


# --- names ---------------------------------------------------------------------------------------


def captured(cases: list[gast.match_case]) -> set[str]:
    """The names that patterns assign."""
    names = set()
    for node in nodes([c.pattern for c in cases]):
        if isinstance(node, (gast.MatchAs, gast.MatchStar)):
            names.add(node.name)
        elif isinstance(node, gast.MatchMapping):
            names.add(node.rest)
    return {n for n in names if n is not None}


def _parts_of(bindings: list[gast.stmt]) -> dict[str, gast.expr]:
    """The part of the subject that each name stands for, where it is only a path to it."""
    found: dict[str, gast.expr] = {}
    for statement in bindings:
        if isinstance(statement, gast.Assign) and isinstance(
            statement.value, (gast.Name, gast.Subscript, gast.Attribute, gast.Constant)
        ):
            found[statement.targets[0].id] = statement.value
    return found


def _read_outside(tree: gast.FunctionDef) -> set[str]:
    """Names that are read where no case has just captured them: a failing guard undoes nothing."""
    found: set[str] = set()

    def visit(node: gast.AST, bound: frozenset[str]) -> None:
        if isinstance(node, gast.Name) and isinstance(node.ctx, gast.Load):
            if node.id not in bound:
                found.add(node.id)
        elif isinstance(node, gast.match_case):
            visit(node.pattern, bound)
            inner = bound | captured([node])
            for part in (node.guard, *node.body):
                if part is not None:
                    visit(part, inner)
        else:
            for child in children(node):
                visit(child, bound)

    visit(tree, frozenset())
    return found


def _has_scopes(node: gast.expr) -> bool:
    """Whether names in an expression may be other variables of the same name."""
    return any(isinstance(n, (*NESTED, *COMPREHENSIONS, gast.NamedExpr)) for n in nodes(node))


def _stamp_until_located(statement: gast.stmt, origin: gast.AST) -> None:
    """Locate a new statement and the new ones inside it; the user's keep theirs."""
    locate_like(statement, origin)
    for block in ("body", "orelse"):
        for inner in getattr(statement, block, None) or ():
            if getattr(inner, "lineno", None) is None:
                _stamp_until_located(inner, origin)
