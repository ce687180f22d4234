"""Forward mode: each tangent beside its primal, in the user's own control flow.

``y = a * b`` is followed by ``y_dot = a_dot * b + a * b_dot``; whatever is done to an array, a list
or a dict is done to its tangent too, so that tangents share memory as their primals do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import gast
import numpy as np

from .. import runtime
from ..algebra import tidy
from ..analysis.activity import analyse_activity, is_constant_here
from ..analysis.again import Again
from ..analysis.kinds import (
    Array,
    Kind,
    Number,
    Opaque,
    Record,
    Sequence,
    Static,
    Table,
    is_complex,
    is_inexact,
)
from ..analysis.layout import Layout
from ..analysis.objects import is_class_value
from ..analysis.sources import VIEW_ATTRIBUTES, holds_memory
from ..analysis.unit import Site, Unit, place_of
from ..analysis.writes import PERMUTE, SCATTERS
from ..errors import NotSupported
from ..syntax import (
    assign,
    attribute,
    blocks_of,
    call,
    const,
    copy_tree,
    locate_like,
    name,
    names_read,
    subscript,
    substitute,
    target,
)
from .forward import Plan
from .guards import Guards
from .operations import fills, primitive_of
from .splice import Operation
from .tangents import RESULT, TangentRules, keeps_shape
from .unknown import unknown_kind

OPERAND = "operand:"  # stands for the part of an array that is written, as it was before
MIRRORED = frozenset("append extend insert pop clear reverse copy update setdefault get".split())


class ForwardMode:
    """The tangent statements of one unit, as a plan of what stands beside which statement."""

    def __init__(
        self,
        unit: Unit,
        active: Iterable[str],
        wanted: bool,
        bind: Callable[[object, str], str],
        follow: Callable[[ForwardMode, gast.stmt, Site, str | None], gast.stmt | None],
    ):
        self.unit, self.bind, self.follow = unit, bind, follow
        self.inference, self.effects = unit.facts["inference"], unit.facts["effects"]
        self.flows = unit.facts["flows"]
        self.layout = Layout(unit.tree)
        result = unit.tree.body[-1]
        ends = {p for p in unit.facts["written"] if p in unit.kinds}
        if wanted:
            ends |= set(names_read(result))
        self.activity = analyse_activity(self.flows, active, ends)
        self.guards = Guards(unit, self.inference, self.effects, self.activity)
        self.guards.refuse_escapes()
        self.plan = Plan()
        self.early: set[int] = set()  # statements whose tangent reads what they overwrite
        self.dots: dict[str, str] = {}
        self.out: list[gast.stmt] = []
        again = Again(unit, self.inference, self.layout, self.effects)
        self.rules = TangentRules(unit, again, bind, self.out_append, self.zeros)

    # --- names and values

    def out_append(self, statement: gast.stmt) -> None:
        """Add a statement beside the one at hand."""
        self.out.append(statement)

    def is_active(self, identifier: str) -> bool:
        """Whether a name has a tangent."""
        return identifier in self.activity.active

    def kind(self, node: gast.expr) -> Kind | None:
        """The kind of an expression."""
        return self.rules.kind_of(node)

    def variable(self, identifier: str) -> str:
        """The name of the tangent of a name."""
        if identifier not in self.dots:
            namer = self.unit.namer
            made = namer.fresh(f"{identifier}_dot")
            if namer.is_temporary(identifier):
                namer.temporaries.add(made)
            self.dots[identifier] = made
            self.inference.locals.add(made)
            self.inference.env[made] = self.unit.env[made] = self.unit.env.get(identifier)
        return self.dots[identifier]

    def dot(self, node: gast.expr) -> gast.expr | None:
        """The tangent of an argument; None where it is zero."""
        if isinstance(node, gast.Name):
            return name(self.variable(node.id)) if self.is_active(node.id) else None
        if isinstance(node, gast.Starred):
            inner = self.dot(node.value)
            return gast.Starred(inner, gast.Load()) if inner is not None else None
        if isinstance(node, gast.Subscript):
            base = self.dot(node.value)
            if base is not None and isinstance(self.kind(node.value), Number):
                base = call(f"{self.bind(np, 'np')}.asarray", base)
            return subscript(base, copy_tree(node.slice)) if base is not None else None
        if isinstance(node, gast.Attribute):
            base_kind = self.kind(node.value)
            if isinstance(base_kind, Record):
                return self.dot_of_field(node, base_kind)
            if node.attr not in ("T", *VIEW_ATTRIBUTES) or node.attr == "flat":
                return None
            base = self.dot(node.value)
            return attribute(base, node.attr) if base is not None else None
        if isinstance(node, (gast.Tuple, gast.List)) and any(
            self.dot(item) is not None for item in node.elts
        ):
            return type(node)([self.full(item) for item in node.elts], gast.Load())
        return None

    def dot_of_field(self, node: gast.Attribute, kind: Record) -> gast.expr | None:
        """The tangent of an attribute of an object."""
        holder = self.dot(node.value)
        if holder is None or kind.get(node.attr) is None:
            return None
        if not is_class_value(kind.form, node.attr):
            return attribute(holder, node.attr)
        # An object that has no attribute of this name has that of its class, and so has a tangent.
        own = attribute(attribute(holder, "__dict__"), "get")
        return gast.Call(own, [const(node.attr), self.zeros(node)], [])

    def full(self, node: gast.expr) -> gast.expr:
        """The tangent of a value, written out where it is zero."""
        found = self.dot(node)
        if found is None and isinstance(node, gast.Starred):
            return gast.Starred(self.zeros(node.value), gast.Load())
        return found if found is not None else self.zeros(node)

    def zeros(self, node: gast.expr) -> gast.expr:
        """Zeros in the structure of a value."""
        kind = self.kind(node)
        if isinstance(kind, Number):
            return const(0j if is_complex(kind) else 0.0)
        if (
            isinstance(kind, Array)
            and kind.axes is not None
            and not kind.optional
            and is_inexact(kind)
        ):
            return call(f"{self.bind(np, 'np')}.zeros_like", copy_tree(node))
        if isinstance(node, (gast.Tuple, gast.List)):
            return type(node)([self.zeros(item) for item in node.elts], gast.Load())
        if isinstance(kind, Static):
            return const(None)
        helper = self.bind(runtime.zero_tangent, "zero_tangent")
        return call(helper, copy_tree(node))

    # --- statements

    def block(self, block: list[gast.stmt]) -> None:
        """Plan the tangents of a block."""
        for statement in block:
            self.statement(statement)

    def statement(self, node: gast.stmt) -> None:
        """Plan the tangents of one statement."""
        self.guards.check(node)
        if isinstance(node, (gast.If, gast.For, gast.While)):
            self.block(node.body)
            self.block(node.orelse)
            return
        if isinstance(node, (gast.With, gast.Try)):
            self.guards.refuse_carried(node)
            for block in blocks_of(node):
                self.block(block)
            return
        self.out.clear()
        try:
            self.simple(node)
        except NotSupported as refusal:
            if refusal.location is not None or not hasattr(node, "lineno"):
                raise
            raise NotSupported(
                node, refusal.reason, instead=refusal.instead, never=refusal.never
            ) from refusal
        if self.out:
            place = self.plan.before if id(node) in self.early else self.plan.after
            place[id(node)] = [locate_like(s, node) for s in self.out]

    def simple(self, node: gast.stmt) -> None:
        """The tangent of a simple statement."""
        if isinstance(node, gast.Assign):
            where = node.targets[0]
            if isinstance(where, gast.Name):
                self.assign(node, where.id)
            elif isinstance(where, gast.Subscript):
                self.store(node, where)
            elif isinstance(self.kind(where.value), Record) and isinstance(where.value, gast.Name):
                self.store_field(node, where)
            else:
                self.guards.refuse_active_attribute(node)
        elif isinstance(node, gast.AugAssign):
            self.augmented(node)
        elif isinstance(node, gast.Expr) and isinstance(node.value, gast.Call):
            self.expression(node, node.value)

    def assign(self, node: gast.Assign, y: str) -> None:
        """``y = …``."""
        value = node.value
        site = self.unit.sites.get(id(value)) if isinstance(value, gast.Call) else None
        if site is not None and site.form == "user":
            self.called(node, site, y)
            return
        if site is not None and site.form == "method" and site.target in ("pop", "setdefault"):
            self.method(node, value, site, y)
            return
        if not self.is_active(y):
            return
        kind = self.unit.env.get(y)
        if kind is None or isinstance(kind, Opaque):
            if self.guards.is_only_kept(y):
                self.emit(assign(self.variable(y), const(None)))
                return
            raise unknown_kind(self.unit, y, value)
        if site is not None and site.form == "method":
            self.method(node, value, site, y)
            return
        made = self.tangent_of(node, value, y, site)
        if self.reads_both(y, made):
            self.out.clear()
            self.rules.values.late = True
            made = self.tangent_of(node, value, y, site)
            self.rules.values.late = False
        if made is None:
            made = self.zeros(self.result(y, node) if isinstance(kind, Array) else value)
        elif isinstance(kind, Array):
            made = self.in_shape(made, node, y, site)
        if y in names_read([*self.out, made]) and y in self.read_before(node):
            self.early.add(id(node))
        self.emit(assign(self.variable(y), made))
        self.out[:] = [substitute(s, {RESULT + y: name(y)}) for s in self.out]

    def result(self, y: str, node: gast.stmt) -> gast.expr:
        """What a statement assigns, wherever the tangent will stand."""
        return self.rules.values.value(y, node, True)

    def reads_both(self, y: str, made: gast.expr | None) -> bool:
        """Whether a tangent reads what a name held before its assignment and what it holds after"""
        read = names_read([*self.out, *([made] if made is not None else [])])
        return y in read and RESULT + y in read

    def emit(self, statement: gast.stmt) -> None:
        """Add a statement, its value tidied."""
        value = getattr(statement, "value", None)
        if isinstance(statement, (gast.Assign, gast.AugAssign)) and value is not None:
            statement.value = tidy(value, self.is_numeric)
        self.out.append(statement)

    def is_numeric(self, node: gast.expr) -> bool:
        """Whether a factor of one may be dropped from a value."""
        kind = self.kind(node)
        return isinstance(kind, (Number, Array)) and is_inexact(kind)

    def read_before(self, node: gast.stmt) -> set[str]:
        """Names whose values a statement of the user reads before it assigns anything."""
        block = self.layout.block[id(node)]
        return (
            {n for s in block if place_of(s) == place_of(node) for n in names_read(s)}
            if hasattr(node, "lineno")
            else set(names_read(node))
        )

    def tangent_of(
        self, node: gast.Assign, value: gast.expr, y: str, site: Site | None
    ) -> gast.expr | None:
        """The tangent of a right-hand side; None where it is zero."""
        if isinstance(value, (gast.Name, gast.Subscript, gast.Attribute)):
            self.refuse_unknown_attribute(value)
            return self.dot(value)
        if isinstance(value, (gast.Tuple, gast.List)):
            return type(value)([self.full(item) for item in value.elts], gast.Load())
        if isinstance(value, gast.Dict):
            if any(k is None for k in value.keys):
                keys = [copy_tree(k) if k is not None else None for k in value.keys]
                return gast.Dict(keys, [self.full(item) for item in value.values])
            return gast.Dict(copy_tree(value.keys), [self.full(item) for item in value.values])
        if isinstance(value, gast.Constant):
            return None
        if site is not None and site.target is object.__new__:
            made: gast.expr = copy_tree(value)
            return made
        if site is not None and site.form == "bundle":
            fields = [gast.keyword(k, self.full(v)) for k, v in site.keywords.items()]
            return gast.Call(copy_tree(value.func), [], fields)
        if isinstance(value, (gast.BinOp, gast.UnaryOp, gast.Call)):
            if isinstance(self.unit.env.get(y), (Sequence, Table)) and isinstance(
                value, gast.BinOp
            ):
                return self.joined(value)
            return self.operation(node, value, y, site)
        if not self.guards.varied_names(value):
            return None
        raise NotSupported(
            value,
            "this expression with a derivative flowing through it",
            instead="assignments of calls and operations",
        )

    def refuse_unknown_attribute(self, value: gast.expr) -> None:
        if (
            isinstance(value, gast.Attribute)
            and self.guards.varied_names(value)
            and self.dot(value) is None
        ):
            raise NotSupported(
                value,
                f"the attribute '{value.attr}' with a derivative flowing through it",
                instead="a local variable",
            )

    def joined(self, value: gast.BinOp) -> gast.expr:
        """``items + others`` and ``items * n`` of lists and tuples."""
        sides = [
            self.full(side) if isinstance(self.kind(side), Sequence) else copy_tree(side)
            for side in (value.left, value.right)
        ]
        return gast.BinOp(sides[0], value.op, sides[1])

    def operation(
        self, node: gast.stmt, value: gast.expr, y: str, site: Site | None
    ) -> gast.expr | None:
        """A primitive."""
        if not self.guards.varied_names(value):
            return None
        primitive, positional, keywords = primitive_of(value, site)
        if is_constant_here(primitive, positional, self.inference):
            return None
        return self.rules.tangent(
            Operation(primitive, positional, keywords, y, node, value), self.dot
        )

    def in_shape(self, made: gast.expr, node: gast.Assign, y: str, site: Site | None) -> gast.expr:
        """A tangent of an array: of the shape of the array, in memory that it may be written in."""
        value, kind, found = node.value, self.unit.env[y], self.kind(made)
        assert isinstance(kind, Array)
        if not isinstance(value, (gast.BinOp, gast.UnaryOp, gast.Call)):
            return made
        primitive = primitive_of(value, site)[0]
        if not keeps_shape(primitive):
            return made
        written = self.effects.is_written(y)
        fits = isinstance(found, Array) and fills(found, kind)
        if not fits and not self.covers(primitive_of(value, site)[1]):
            spread = call(f"{self.bind(np, 'np')}.broadcast_to", made, self.shape_of(y, node))
            return gast.Call(attribute(spread, "copy"), [], []) if written else spread
        if isinstance(made, (gast.Name, gast.Subscript, gast.Attribute)):
            if written or any(self.effects.is_written(n) for n in names_read(value)):
                return gast.Call(attribute(made, "copy"), [], [])
        return made

    def shape_of(self, y: str, node: gast.stmt) -> gast.expr:
        """The shape of an array (a name that may hold a number has one too)."""
        kind = self.unit.env[y]
        assert isinstance(kind, Array)
        if kind.axes is None:
            return call(f"{self.bind(np, 'np')}.shape", self.result(y, node))
        return attribute(self.result(y, node), "shape")

    def covers(self, operands: list[gast.expr]) -> bool:
        """Whether every operand that may be an array has a tangent: their sum has its shape."""
        return all(
            isinstance(self.kind(o), (Number, Static)) or self.dot(o) is not None for o in operands
        )

    # --- memory

    def store(self, node: gast.Assign, where: gast.Subscript) -> None:
        """``u[index] = e``: the same store into the tangent."""
        if not isinstance(where.value, gast.Name):
            return
        u = where.value.id
        if not self.is_active(u):
            return
        spot = subscript(name(self.variable(u)), copy_tree(where.slice), store=True)
        item = self.dot(node.value)
        if item is None:
            in_array = isinstance(self.unit.env.get(u), Array)
            item = const(0.0) if in_array else self.zeros(node.value)
        self.emit(gast.Assign([spot], item, None))

    def store_field(self, node: gast.Assign, where: gast.Attribute) -> None:
        """``p.w = a``: the tangent of the object has the attribute too."""
        if not self.is_active(where.value.id):
            return
        spot = gast.Attribute(name(self.variable(where.value.id)), where.attr, gast.Store())
        self.emit(gast.Assign([spot], self.full(node.value), None))

    def augmented(self, node: gast.AugAssign) -> None:
        """``u op= e`` and ``u[index] op= e``: on arrays, in place."""
        base = node.target if isinstance(node.target, gast.Name) else node.target.value
        if not isinstance(base, gast.Name) or not self.is_active(base.id):
            return
        u, kind = base.id, self.unit.env.get(base.id)
        if isinstance(kind, Sequence):
            if isinstance(node.op, gast.Add) and isinstance(node.target, gast.Name):
                spot: gast.expr = target(self.variable(u))
                self.emit(gast.AugAssign(spot, node.op, self.full(node.value)))
                return
        if not isinstance(kind, Array):
            raise NotSupported(node, f"this on '{u}'", instead="a plain assignment")
        u_dot: gast.expr = name(self.variable(u))
        if isinstance(node.target, gast.Subscript):
            u_dot = subscript(u_dot, copy_tree(node.target.slice))
        item = self.dot(node.value)
        if isinstance(node.op, (gast.Add, gast.Sub)):
            if item is not None:
                self.emit(gast.AugAssign(_stored(u_dot), node.op, item))
            return
        if isinstance(node.op, (gast.Mult, gast.Div)) and item is None:
            self.emit(gast.AugAssign(_stored(u_dot), node.op, copy_tree(node.value)))
            return
        self.scaled(node, u, u_dot)

    def scaled(self, node: gast.AugAssign, u: str, u_dot: gast.expr) -> None:
        """``u *= e``, ``u /= e``, ``u **= e``: by the rule of the operator."""
        old, before = copy_tree(node.target), name(OPERAND)
        old.ctx = gast.Load()
        self.inference.env[OPERAND] = self.kind(old)
        self.inference.locals.add(OPERAND)
        value = gast.BinOp(before, node.op, node.value)

        def dot(argument: gast.expr) -> gast.expr | None:
            return copy_tree(u_dot) if argument is before else self.dot(argument)

        operation = Operation(
            primitive_of(value, None)[0], [before, node.value], {}, u, node, value
        )
        made = self.rules.tangent(operation, dot)
        assert made is not None
        read = names_read([*self.out, made])
        apart = not any(
            self.effects.share(n, u) for n in read if n not in (OPERAND, *self.dots.values())
        )
        late = RESULT + u in read and OPERAND not in read and apart
        again = gast.BinOp(old, node.op, node.value)
        changes = {OPERAND: old, RESULT + u: old if late else again}
        if not late:
            self.early.add(id(node))
        if isinstance(node.target, gast.Name):
            u_dot = subscript(u_dot, gast.Constant(Ellipsis, None))
        self.emit(gast.Assign([_stored(u_dot)], made, None))
        self.out[:] = [substitute(s, changes) for s in self.out]

    # --- calls

    def called(self, node: gast.stmt, site: Site, y: str | None) -> None:
        """A function of the user: one call gives the result and its tangent."""
        made = self.follow(self, node, site, y)
        if made is not None:
            self.plan.calls[id(node)] = made
        elif y is not None and self.is_active(y):
            self.emit(assign(self.variable(y), self.zeros(name(y))))

    def expression(self, node: gast.Expr, value: gast.Call) -> None:
        """A call whose result is thrown away."""
        site = self.unit.sites.get(id(value))
        if site is None:
            return
        if site.form == "user":
            self.called(node, site, None)
        elif site.form == "method":
            self.method(node, value, site, None)
        elif site.form == "primitive":
            self.effect(node, value, site)
        elif site.form == "opaque" and site.target != "random":
            self.guards.refuse_opaque(value, site)

    def effect(self, node: gast.Expr, value: gast.Call, site: Site) -> None:
        """A primitive that is called for its effect."""
        first = site.positional[0] if site.positional else None
        if site.target is PERMUTE and isinstance(first, gast.Name):
            if self.is_active(first.id):
                helper, order = self.bind(PERMUTE, "permute"), copy_tree(site.positional[1])
                self.emit(gast.Expr(call(helper, name(self.variable(first.id)), order)))
            return
        if isinstance(first, gast.Name) and self.is_active(first.id) and site.target in SCATTERS:
            item = self.dot(site.positional[2])
            if item is not None:
                index = copy_tree(site.positional[1])
                made = gast.Call(
                    copy_tree(value.func), [name(self.variable(first.id)), index, item], []
                )
                self.emit(gast.Expr(made))
            return
        self.guards.refuse_effect(node, value, site)

    def of_foreign(self, site: Site, owner: gast.Name, y: str) -> gast.expr:
        """The tangent of what a container without tangents gives: its default may have one."""
        zeros = self.zeros(name(y))
        default = self.dot(site.positional[2]) if len(site.positional) > 2 else None
        if default is None:
            return zeros
        missing = gast.Compare(copy_tree(site.positional[1]), [gast.NotIn()], [name(owner.id)])
        return gast.IfExp(missing, default, zeros)

    def method(self, node: gast.stmt, value: gast.Call, site: Site, y: str | None) -> None:
        """A method of a list or dict: the tangent has it called, too."""
        owner = site.positional[0]
        if not isinstance(owner, gast.Name):
            return
        if not self.is_active(owner.id):
            if y is not None and self.is_active(y):
                self.emit(assign(self.variable(y), self.of_foreign(site, owner, y)))
            return
        if site.target in ("index", "count", "keys"):
            return
        if site.target not in MIRRORED and site.target not in ("values", "items"):
            raise NotSupported(
                value,
                f"the method '{site.target}' of a list or dict with derivatives",
                instead="append, subscripts and plain loops",
            )
        if site.target == "items":
            raise NotSupported(value, "items() kept as a value", instead="a loop over it")
        valued = {"append": (0,), "extend": (0,), "insert": (1,), "update": (0,),
                  "get": (1,), "setdefault": (1,)}.get(site.target, ())  # fmt: skip
        arguments = [
            self.full(a) if k in valued else copy_tree(a) for k, a in enumerate(site.positional[1:])
        ]
        if site.keywords:
            raise NotSupported(value, "keywords here", instead="positional arguments")
        owner_dot = name(self.variable(owner.id))
        made = gast.Call(attribute(owner_dot, site.target), arguments, [])
        if y is None or not self.is_active(y):
            self.emit(gast.Expr(made))
        else:
            self.emit(assign(self.variable(y), made))


def _stored(node: gast.expr) -> gast.expr:
    found: gast.expr = copy_tree(node)
    found.ctx = gast.Store()
    return found


def is_result_active(mode: ForwardMode) -> bool:
    """Whether the result of the unit has a tangent."""
    result = mode.unit.tree.body[-1]
    return any(mode.is_active(n) for n in names_read(result))


__all__ = ["ForwardMode", "holds_memory", "is_result_active"]
