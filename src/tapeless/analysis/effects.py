"""Effects: which statements write memory in place, which names may share memory, which must be tied.

A write through one name that nobody else can see is an update of that name's value. Where another
name that may share the memory is still alive, the two are *tied*: one of them is a view of the other
for its whole life, and its adjoint is the same view of the other's adjoint. What cannot be tied is
refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import gast
import numpy as np

from ..errors import NotSupported
from ..rules import registry
from ..syntax import names_read, statements_in, walk
from .indexing import select
from .infer import Inference
from .kinds import Array, Closure, Kind, Number, Opaque, Sequence, Static, Table
from .layout import Layout, assigned_names
from .liveness import Liveness
from .unit import NeedsInline, Site, Unit

Pairs = frozenset[frozenset[str]]
VIEW_ATTRIBUTES = ("T", "real", "imag", "flat")
SHRINKING = ("append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort")


@dataclass(frozen=True)
class Write:
    """An in-place write: through which name, and to which part of it (None: all of it)."""

    statement: gast.stmt
    name: str
    index: gast.expr | None
    form: str  # "store", "augmented", "scatter", "call", "list"


@dataclass
class Effects:
    """``ties`` maps a view to the name it is a view of; ``roots`` a name to where its memory may be from."""

    writes: list[Write]
    roots: dict[str, frozenset[str]]
    ties: dict[str, str] = field(default_factory=dict)
    copied: set[int] = field(default_factory=set)

    def of(self, statement: gast.stmt) -> list[Write]:
        """The writes of one statement."""
        return [w for w in self.writes if w.statement is statement]

    def base(self, name: str) -> str:
        """The end of a chain of ties."""
        while name in self.ties:
            name = self.ties[name]
        return name

    def share(self, left: str, right: str) -> bool:
        """Whether two names may share memory at some time."""
        return left == right or bool(
            self.roots.get(left, frozenset()) & self.roots.get(right, frozenset())
        )

    def written_names(self) -> set[str]:
        """Names through which something is written."""
        return {w.name for w in self.writes}

    def is_written(self, name: str) -> bool:
        """Whether the memory behind a name is ever written."""
        return any(self.share(name, w.name) for w in self.writes)


def holds_memory(kind: Kind | None) -> bool:
    """Whether values of a kind can be written in place, or hold something that can."""
    if kind is None or isinstance(kind, (Number, Static, Closure)):
        return False
    if isinstance(kind, Sequence):
        if kind.form is list:
            return True
        if kind.items is not None:
            return any(holds_memory(k) for k in kind.items)
        return holds_memory(kind.element)
    return isinstance(kind, (Array, Opaque, Table))


class Sources:
    """Which names the value of an expression may share memory with."""

    def __init__(self, unit: Unit, inference: Inference):
        self.unit, self.inference = unit, inference

    def kind(self, node: gast.expr) -> Kind | None:
        return self.inference.kind(node)

    def of(self, node: gast.expr) -> set[str]:
        """Local names whose memory the value may be (a part of)."""
        if not holds_memory(self.kind(node)):
            return set()
        if isinstance(node, gast.Name):
            return {node.id}
        if isinstance(node, gast.Attribute):
            base = self.kind(node.value)
            if isinstance(base, Array) and node.attr not in VIEW_ATTRIBUTES:
                return set()
            return self.of(node.value)
        if isinstance(node, gast.Subscript):
            base = self.kind(node.value)
            if (
                isinstance(base, Array)
                and base.axes is not None
                and select(base, node.slice, self.kind).form != "view"
            ):
                return set()
            return self.of(node.value)
        if isinstance(node, gast.Call):
            return self.of_call(node)
        if isinstance(node, (gast.BinOp, gast.UnaryOp, gast.Compare)):
            if isinstance(self.kind(node), (Array, Number)):
                return set()
            return self.of_all(list(ast_children(node)))
        if isinstance(node, (gast.Constant, gast.JoinedStr, gast.Lambda)):
            return set()
        return self.of_all(list(ast_children(node)))

    def of_all(self, nodes: list[gast.expr]) -> set[str]:
        found: set[str] = set()
        for node in nodes:
            found |= self.of(node)
        return found

    def _copies(self, site: Site) -> bool:
        return _copies_always(site)

    def of_call(self, node: gast.Call) -> set[str]:
        site = self.unit.sites.get(id(node))
        if site is None:
            return self.of_all([n for n in ast_children(node) if n is not node.func])
        if site.form == "user":
            assert site.unit is not None
            found: set[str] = set()
            for parameter in site.unit.facts.get("returns", frozenset(site.arguments)):
                if parameter in site.arguments:
                    found |= self.of(site.arguments[parameter])
            return found
        operands = [*site.positional, *site.keywords.values()]
        if site.form == "primitive":
            if "out" in site.keywords:
                return self.of(site.keywords["out"])
            if registry.is_view(site.target) and site.positional and not self._copies(site):
                return self.of(site.positional[0])
            if site.target is np.einsum and len(site.positional) == 2:
                return self.of(site.positional[1])  # a diagonal or a transpose is a view
            if isinstance(site.kind, (Array, Number)) and not isinstance(site.target, type):
                return set()
            if isinstance(site.kind, Array):
                return set()
        if site.form == "opaque" and site.target == "random":
            return set()
        return self.of_all(operands)


def _copies_always(site: Site) -> bool:
    return site.target in (np.array, np.copy, np.ndarray.astype) and "copy" not in site.keywords


def ast_children(node: gast.AST) -> Iterator[gast.expr]:
    """The expressions directly below a node."""
    for field_name in node._fields:
        value = getattr(node, field_name, None)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, gast.expr):
                yield item
            elif isinstance(item, gast.keyword):
                yield item.value


def is_element_view(node: gast.expr) -> bool:
    """Whether an expression is a chain of subscripts and ``.T`` over one name."""
    while isinstance(node, (gast.Subscript, gast.Attribute)):
        if isinstance(node, gast.Attribute) and node.attr not in ("T", "real"):
            return False
        node = node.value
    return isinstance(node, gast.Name)


def find_writes(unit: Unit, inference: Inference, layout: Layout) -> list[Write]:
    """Every in-place write of a function."""
    found: list[Write] = []
    for statement in layout.statements():
        if isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Subscript):
            where = statement.targets[0]
            if isinstance(where.value, gast.Name):
                found.append(Write(statement, where.value.id, where.slice, "store"))
        elif isinstance(statement, gast.Assign) and isinstance(
            statement.targets[0], gast.Attribute
        ):
            if isinstance(statement.targets[0].value, gast.Name):
                found.append(Write(statement, statement.targets[0].value.id, None, "attribute"))
        elif isinstance(statement, gast.AugAssign):
            if isinstance(statement.target, gast.Name):
                found.append(Write(statement, statement.target.id, None, "augmented"))
            elif isinstance(statement.target, gast.Subscript) and isinstance(
                statement.target.value, gast.Name
            ):
                found.append(
                    Write(statement, statement.target.value.id, statement.target.slice, "augmented")
                )
        if not isinstance(statement, (gast.FunctionDef,)):
            found += _writes_of_calls(statement, unit)
    return found


def _writes_of_calls(statement: gast.stmt, unit: Unit) -> list[Write]:
    found = []
    header: list[gast.AST] = [statement]
    if isinstance(statement, (gast.If, gast.While)):
        header = [statement.test]
    elif isinstance(statement, gast.For):
        header = [statement.iter]
    elif isinstance(statement, (gast.With, gast.Try)):
        header = [i.context_expr for i in getattr(statement, "items", [])]
    for node in walk(header):
        site = unit.sites.get(id(node))
        if site is None:
            continue
        alone = isinstance(statement, gast.Expr) and statement.value is node
        for written in _written_arguments(site) or (_may_be_written(site) if alone else []):
            if isinstance(written, gast.Constant):
                continue
            for name in [written.id] if isinstance(written, gast.Name) else names_read(written):
                index = (
                    site.positional[1]
                    if site.form == "primitive" and site.target in SCATTERS
                    else None
                )
                form = (
                    "list" if site.form == "method" else "scatter" if index is not None else "call"
                )
                found.append(Write(statement, name, index, form))
    return found


SCATTERS = (np.add.at, np.subtract.at)
WRITERS = {
    np.copyto: 0,
    np.put: 0,
    np.fill_diagonal: 0,
    np.place: 0,
    np.putmask: 0,
    np.ndarray.fill: 0,
    np.ndarray.sort: 0,
}


HARMLESS = (print, isinstance, len, repr, str, hasattr, callable, id, type)


def _may_be_written(site: Site) -> list[gast.expr]:
    """A call for its effect alone, of a function that is not known, may write into any argument."""
    if site.form not in ("primitive", "opaque") or site.target == "random":
        return []
    if site.form == "primitive" and any(site.target is h for h in HARMLESS):
        return []
    return [e for e in [*site.positional, *site.keywords.values()] if isinstance(e, gast.Name)]


def _written_arguments(site: Site) -> list[gast.expr]:
    if site.form == "user":
        assert site.unit is not None
        written = site.unit.facts.get("written", frozenset())
        return [
            e
            for p, e in site.arguments.items()
            if p in written and not isinstance(e, gast.Constant)
        ]
    if site.form == "method" and site.target in (*SHRINKING, "update", "setdefault", "popitem"):
        return site.positional[:1]
    if site.form == "primitive":
        if getattr(site.target, "__name__", "") == "at" and isinstance(
            getattr(site.target, "__self__", None), np.ufunc
        ):
            return site.positional[:1]
        try:
            place = WRITERS.get(site.target)
        except TypeError:
            place = None
        if place is not None:
            return [site.positional[place]]
        return (
            [site.keywords["out"]]
            if "out" in site.keywords and not isinstance(site.keywords["out"], gast.Constant)
            else []
        )
    return []


class _Pairs:
    """May-alias pairs of names, flow-sensitive, over structured code."""

    def __init__(self, unit: Unit, sources: Sources, writes: list[Write]):
        self.unit, self.sources = unit, sources
        self.at: dict[int, Pairs] = {}  # before each statement
        self.breaks: list[Pairs] = []
        self.by_statement: dict[int, list[Write]] = {}
        for write in writes:
            self.by_statement.setdefault(id(write.statement), []).append(write)

    def block(self, block: list[gast.stmt], pairs: Pairs) -> Pairs:
        for statement in block:
            self.at[id(statement)] = self.at.get(id(statement), frozenset()) | pairs
            pairs = self.statement(statement, pairs)
        return pairs

    def statement(self, node: gast.stmt, pairs: Pairs) -> Pairs:
        if isinstance(node, gast.If):
            return self.block(node.body, pairs) | self.block(node.orelse, pairs)
        if isinstance(node, (gast.For, gast.While)):
            leaving: Pairs = frozenset()
            self.breaks.append(frozenset())
            while True:
                new = pairs | self.block(node.body, pairs)
                if new == pairs:
                    break
                pairs = new
            leaving = self.breaks.pop()
            return pairs | leaving
        if isinstance(node, gast.Break):
            self.breaks[-1] |= pairs
            return pairs
        if isinstance(node, (gast.With, gast.Try)):
            for field_name in ("body", "orelse", "finalbody"):
                pairs |= self.block(getattr(node, field_name, []) or [], pairs)
            for handler in getattr(node, "handlers", []):
                pairs |= self.block(handler.body, pairs)
            return pairs
        if isinstance(node, gast.Assign):
            return self.assign(node, pairs)
        if isinstance(node, gast.Expr) and isinstance(node.value, gast.Call):
            return self.expression(node.value, pairs)
        return pairs

    def assign(self, node: gast.Assign, pairs: Pairs) -> Pairs:
        where = node.targets[0]
        sources = self.sources.of(node.value)
        if isinstance(where, gast.Name):
            with_old = pairs
            if where.id not in sources:
                pairs = frozenset(p for p in pairs if where.id not in p)
            for source in sources:
                pairs |= _joined(where.id, source, with_old if where.id in sources else pairs)
        elif isinstance(where, gast.Subscript) and isinstance(where.value, gast.Name):
            if not isinstance(self.sources.kind(where.value), Array):
                for source in sources:
                    pairs |= _joined(where.value.id, source, pairs)
        return pairs

    def expression(self, call: gast.Call, pairs: Pairs) -> Pairs:
        site = self.unit.sites.get(id(call))
        if site is not None and site.form == "method" and isinstance(site.positional[0], gast.Name):
            for argument in site.positional[1:]:
                for source in self.sources.of(argument):
                    pairs |= _joined(site.positional[0].id, source, pairs)
        return pairs


def _joined(name: str, source: str, pairs: Pairs) -> Pairs:
    partners = {source} | {other for p in pairs if source in p for other in p}
    return frozenset(frozenset((name, other)) for other in partners if other != name)


def analyse_effects(
    unit: Unit, inference: Inference, layout: Layout, result: frozenset[str]
) -> Effects:
    """The effects of a unit; refuses writes that another live name sees in a way that cannot be followed."""
    sources = Sources(unit, inference)
    writes = find_writes(unit, inference, layout)
    effects = Effects(writes, _roots(unit, sources, layout))
    if not writes:
        return effects
    pairs = _Pairs(unit, sources, writes)
    pairs.block(layout.tree.body, frozenset())
    _refuse_shared_arguments(unit, effects, pairs, sources)
    for _ in range(20):
        liveness = Liveness(layout.tree, result, effects.ties)
        if not _tie_once(unit, layout, effects, pairs, liveness, sources):
            return effects
    raise NotSupported(layout.tree, "arrays that share memory in a circle")


def _refuse_shared_arguments(unit: Unit, effects: Effects, pairs: _Pairs, sources: Sources) -> None:
    """A callee that writes into an argument must not get the same memory as another argument."""
    for write in effects.writes:
        if write.form != "call":
            continue
        for node in walk(write.statement):
            site = unit.sites.get(id(node))
            if site is None or site.form != "user":
                continue
            seen = pairs.at.get(id(write.statement), frozenset())
            others = [n for e in site.arguments.values() for n in sources.of(e)]
            others.remove(write.name) if write.name in others else None
            for other in others:
                if other == write.name or frozenset((other, write.name)) in seen:
                    refusal = NotSupported(
                        node,
                        f"'{write.name}' is written by {site.unit.name if site.unit else 'the callee'}() and shares memory with another argument",
                        instead="pass a copy for one of them",
                    )
                    raise NeedsInline(node, refusal)


def _tie_once(
    unit: Unit,
    layout: Layout,
    effects: Effects,
    pairs: _Pairs,
    liveness: Liveness,
    sources: Sources,
) -> bool:
    """Tie the names that some write requires; whether anything changed."""
    changed = False
    for write in effects.writes:
        if not holds_memory(unit.env.get(write.name)):
            continue
        after = liveness.after[id(write.statement)]
        bound = assigned_names(write.statement)
        seen = pairs.at.get(id(write.statement), frozenset())
        for other in sorted({n for p in seen if write.name in p for n in p} - {write.name}):
            if (
                other not in after
                or other in bound
                or effects.base(other) == effects.base(write.name)
            ):
                continue
            _tie(write, other, unit, layout, effects, sources)
            changed = True
    return changed


def _tie(
    write: Write, other: str, unit: Unit, layout: Layout, effects: Effects, sources: Sources
) -> None:
    for view in (write.name, other, effects.base(write.name), effects.base(other)):
        base = _view_of(view, layout, unit, sources)
        if base is not None and view not in effects.ties and effects.base(base) != view:
            if (
                effects.base(write.name) == view
                or effects.base(other) == view
                or view in (write.name, other)
            ):
                effects.ties[view] = base
                return
    refusal = NotSupported(
        write.statement,
        f"'{write.name}' is written here and may share memory with '{other}', which is read later",
        instead=f"write into a copy, or make '{other}' a plain view that is assigned once",
    )
    for name in (write.name, other):
        made = layout.single_definition(name)
        site = unit.sites.get(id(made.value)) if isinstance(made, gast.Assign) else None
        if site is not None and site.form == "user":
            raise NeedsInline(made.value, refusal)
    raise refusal


def _view_of(name: str, layout: Layout, unit: Unit, sources: Sources) -> str | None:
    """The name that ``name`` is a plain view of for all its life, if there is one."""
    statement = layout.single_definition(name)
    if not isinstance(statement, gast.Assign) or not isinstance(unit.env.get(name), Array):
        return None
    value = statement.value
    if not is_tieable(value, unit):
        return None
    found = sources.of(value)
    if len(found) != 1:
        return None
    base = found.pop()
    for kind in (unit.env.get(base), unit.env.get(name)):
        if not isinstance(kind, Array) or kind.axes is None:
            return None  # it may be an element, which is no view
    read = [base] if isinstance(value, gast.Call) else names_read(value)
    for identifier in read:
        for definition in layout.definitions.get(identifier, ()):
            if definition is not statement and layout.may_follow(statement, definition):
                loops = layout.loops(statement)
                # A counter or a base that changes only between trips is fixed while the view lives.
                if not (
                    loops
                    and layout.may_follow(definition, statement)
                    and _fixed_within_trip(definition, statement, layout)
                ):
                    return None
    return base


def _fixed_within_trip(definition: gast.stmt, view: gast.stmt, layout: Layout) -> bool:
    if isinstance(definition, gast.For):
        return layout.inside(view, definition)
    return (
        layout.block[id(definition)] is layout.block[id(view)]
        and layout.order[id(definition)] < layout.order[id(view)]
    )


def is_tieable(value: gast.expr, unit: Unit) -> bool:
    """Whether a view can be taken of the adjoint just as it is taken of the primal."""
    if isinstance(value, gast.Call):
        site = unit.sites.get(id(value))
        if site is not None and site.form == "user":
            identity = site.unit.facts.get("identity") if site.unit is not None else None
            return identity is not None and isinstance(site.arguments[identity], gast.Name)
        if site is None or not site.positional or not isinstance(site.positional[0], gast.Name):
            return False
        if site.form != "primitive":
            return False
        if site.target in (np.reshape, np.ravel):
            return is_contiguous(site.positional[0].id, unit) and not site.keywords
        return (
            site.target in SURE_VIEWS
            and not site.keywords
            and (site.target is not np.asarray or len(site.positional) == 1)
        )
    return is_element_view(value)


SURE_VIEWS = (
    np.transpose,
    np.swapaxes,
    np.moveaxis,
    np.squeeze,
    np.expand_dims,
    np.asarray,
    np.atleast_1d,
    np.atleast_2d,
    np.atleast_3d,
)
CONTIGUOUS = (
    np.zeros,
    np.ones,
    np.empty,
    np.full,
    np.arange,
    np.linspace,
    np.array,
    np.eye,
    np.copy,
)


def is_contiguous(identifier: str, unit: Unit) -> bool:
    """Whether an array is surely contiguous in C order, so that a reshape of it is a view."""
    made = [
        s
        for s in statements_in(unit.tree.body)
        if isinstance(s, gast.Assign)
        and isinstance(s.targets[0], gast.Name)
        and s.targets[0].id == identifier
    ]
    if len(made) != 1 or identifier in unit.parameters or not isinstance(made[0].value, gast.Call):
        return False
    site = unit.sites.get(id(made[0].value))
    if site is None or site.form != "primitive" or site.keywords.get("order") is not None:
        return False
    if site.target is np.copy:
        return (
            isinstance(made[0].value.func, gast.Attribute)
            and made[0].value.func.attr == "copy"
            and site.positional[0] is made[0].value.func.value
        )
    return site.target in CONTIGUOUS


def _roots(unit: Unit, sources: Sources, layout: Layout) -> dict[str, frozenset[str]]:
    """Flow-insensitive: names from which the memory of each name may come."""
    direct: dict[str, set[str]] = {p: {p} for p in unit.kinds if holds_memory(unit.kinds[p])}
    edges: dict[str, set[str]] = {}
    for statement in layout.statements():
        if isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Name):
            name = statement.targets[0].id
            if not holds_memory(unit.env.get(name)):
                continue
            found = sources.of(statement.value)
            edges.setdefault(name, set()).update(found)
            if not found or not isinstance(unit.env.get(name), Array):
                direct.setdefault(name, set()).add(f"{name}@{layout.order[id(statement)]}")
        elif isinstance(statement, gast.Assign) and isinstance(
            statement.targets[0], gast.Subscript
        ):
            where = statement.targets[0].value
            if isinstance(where, gast.Name) and not isinstance(unit.env.get(where.id), Array):
                edges.setdefault(where.id, set()).update(sources.of(statement.value))
        elif isinstance(statement, gast.Expr) and isinstance(statement.value, gast.Call):
            site = unit.sites.get(id(statement.value))
            if (
                site is not None
                and site.form == "method"
                and site.positional
                and isinstance(site.positional[0], gast.Name)
            ):
                for argument in site.positional[1:]:
                    edges.setdefault(site.positional[0].id, set()).update(sources.of(argument))
    roots = {n: set(r) for n, r in direct.items()}
    changed = True
    while changed:
        changed = False
        for name, others in edges.items():
            mine = roots.setdefault(name, set())
            before = len(mine)
            for other in others:
                mine |= roots.get(other, set())
            changed |= len(mine) != before
    return {n: frozenset(r) for n, r in roots.items()}
