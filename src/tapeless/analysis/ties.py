"""Names that are views of others for their whole life.

A write is seen through every name of its memory. Where such a name is read later, one of the two
must be a plain view of the other; then its adjoint is the same view of the other's adjoint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast
import numpy as np

from ..errors import NotSupported
from ..syntax import names_read, statements_in, walk
from .aliases import Aliases
from .kinds import (
    STRUCTURES,
    Array,
    Kind,
    Number,
    Opaque,
    Record,
    Sequence,
    Table,
    is_inexact,
)
from .layout import Layout, assigned_names
from .liveness import Liveness
from .sources import Sources, holds_memory, makes_container
from .touched import touched
from .unit import NeedsInline, Unit
from .writes import Write, among_others

if TYPE_CHECKING:
    from .effects import Effects


def is_element_view(node: gast.expr) -> bool:
    """Whether an expression is a chain of subscripts and ``.T`` over one name."""
    while isinstance(node, (gast.Subscript, gast.Attribute)):
        if isinstance(node, gast.Attribute) and node.attr not in ("T", "mT", "real"):
            return False
        node = node.value
    return isinstance(node, gast.Name)


def refuse_shared_arguments(unit: Unit, effects: Effects, pairs: Aliases, sources: Sources) -> None:
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
            if write.name in others:
                others.remove(write.name)
            for other in others:
                if other == write.name or frozenset((other, write.name)) in seen:
                    callee = site.unit.name if site.unit else "the callee"
                    refusal = NotSupported(
                        node,
                        f"'{write.name}' is written by {callee}() and shares memory "
                        "with another argument",
                        instead="pass a copy for one of them",
                    )
                    raise NeedsInline(node, refusal)


def tie_once(
    unit: Unit,
    layout: Layout,
    effects: Effects,
    pairs: Aliases,
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
            if write.form == "attribute" and not may_hold(
                unit.env.get(other), unit.env.get(write.name)
            ):
                continue  # an object gets another attribute: only the object sees it
            if write.form in REPLACING and isinstance(unit.env.get(write.name), STRUCTURES):
                if isinstance(unit.env.get(other), Array):
                    continue  # what is held is replaced, not written into
            if among_others(write, unit.env.get(write.name), unit.env.get(other)):
                continue  # the callee gives a container other items
            if is_foreign(write.name, unit) and is_foreign(other, unit):
                continue
            if in_slots(write, unit) and (
                isinstance(unit.env.get(other), Array) or is_own(write.name, unit, layout)
            ):
                continue  # what is in the container is shared, not the container
            if in_slots(write, unit) and not may_be_in(
                unit.env.get(write.name), unit.env.get(other)
            ):
                continue  # a row is not the list of rows
            if (in_slots(write, unit) or write.form == "attribute") and is_apart(
                write.name, other, unit, layout
            ):
                continue
            _tie(write, other, unit, layout, effects, sources, pairs)
            changed = True
    return changed


def in_slots(write: Write, unit: Unit) -> bool:
    """Whether a write changes what a list or dict holds, not the memory of what it holds."""
    container = isinstance(unit.env.get(write.name), (Sequence, Table))
    return container and write.form in ("list", "store")


def is_apart(name: str, other: str, unit: Unit, layout: Layout) -> bool:
    """Whether a container is new where its name is assigned, and the other name never got it."""
    made = layout.single_definition(name)
    if not isinstance(made, gast.Assign):
        return False
    site = unit.sites.get(id(made.value))
    new = site is not None and (site.target is object.__new__ or site.form == "bundle")
    return (new or makes_container(made.value, site)) and other not in touched(unit.tree, [name])


def is_own(name: str, unit: Unit, layout: Layout) -> bool:
    """Whether a container is new where its name is assigned, and has no other name."""
    made = layout.single_definition(name)
    if not isinstance(made, gast.Assign):
        return False
    if not makes_container(made.value, unit.sites.get(id(made.value))):
        return False
    harmless: set[int] = set()
    for node in walk(unit.tree.body):
        if isinstance(node, gast.Subscript):
            harmless.add(id(node.value))
        elif isinstance(node, gast.Compare):
            harmless.update(id(n) for n in node.comparators)
        elif isinstance(node, gast.Return):
            harmless.add(id(node.value))
        elif isinstance(node, gast.Call):
            site = unit.sites.get(id(node))
            if site is not None and site.form == "method":
                harmless.update(id(n) for n in site.positional[:1])
            elif site is not None and site.form == "primitive":
                if not holds_memory(site.kind) or isinstance(site.kind, Array):
                    harmless.update(id(n) for n in site.positional)
                elif makes_container(node, site):
                    harmless.update(id(n) for n in site.positional[:1])
    return not any(
        isinstance(n, gast.Name)
        and n.id == name
        and isinstance(n.ctx, gast.Load)
        and id(n) not in harmless
        for n in walk(unit.tree.body)
    )


def may_be_in(container: Kind | None, held: Kind | None) -> bool:
    """Whether a value may be a container of this kind, or have it somewhere inside."""
    if _may_be(container, held):
        return True
    if isinstance(held, Sequence):
        items: tuple[Kind | None, ...] = held.items if held.items is not None else (held.element,)
    elif isinstance(held, Table):
        items = (*(k for _, k in held.items), *((held.rest,) if held.rest is not None else ()))
    elif isinstance(held, Record):
        items = tuple(k for _, k in held.items)
    else:
        return False
    return any(may_be_in(container, k) for k in items)


def _may_be(one: Kind | None, other: Kind | None) -> bool:
    """Whether one object may be of both kinds."""
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        if one.form is not other.form:
            return False
        return _may_be(one.of_elements(), other.of_elements())
    plain = [isinstance(k, (Number, Array)) for k in (one, other)]
    structures = [isinstance(k, (Sequence, Table, Record)) for k in (one, other)]
    if all(structures):
        return type(one) is type(other)
    return not ((plain[0] and structures[1]) or (plain[1] and structures[0]))


def may_hold(kind: Kind | None, held: Kind | None) -> bool:
    """Whether a value may be, or hold, an object of the class of another one."""
    if isinstance(kind, Sequence):
        items = kind.items if kind.items is not None else (kind.element,)
        return any(may_hold(k, held) for k in items)
    if isinstance(kind, Table):
        return any(may_hold(k, held) for k in (*(k for _, k in kind.items), kind.rest))
    if isinstance(kind, Record) and isinstance(held, Record):
        return kind.form is held.form or any(may_hold(k, held) for _, k in kind.items)
    return isinstance(kind, (Record, Opaque))


REPLACING = ("store", "attribute", "list")  # writes that give a container other items


def is_foreign(name: str, unit: Unit) -> bool:
    """Whether a name holds nothing that a derivative could depend on: a file, a logger."""
    if "touched" not in unit.facts:
        inexact = [p for p, k in unit.kinds.items() if is_inexact(k)]
        unit.facts["touched"] = touched(unit.tree, inexact)
    return name not in unit.facts["touched"] and not isinstance(unit.env.get(name), Array)


def _tie(
    write: Write,
    other: str,
    unit: Unit,
    layout: Layout,
    effects: Effects,
    sources: Sources,
    pairs: Aliases,
) -> None:
    for view in (write.name, other, effects.base(write.name), effects.base(other)):
        base = _view_of(view, layout, unit, sources, effects, pairs)
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
        if isinstance(made, gast.Assign):
            site = unit.sites.get(id(made.value))
            if site is not None and site.form == "user":
                raise NeedsInline(made.value, refusal)
    raise refusal


def _view_of(
    name: str, layout: Layout, unit: Unit, sources: Sources, effects: Effects, pairs: Aliases
) -> str | None:
    """The name that ``name`` is a plain view of for all its life, if there is one."""
    statement = layout.single_definition(name)
    if not isinstance(statement, gast.Assign):
        return None
    value = statement.value
    if is_item(value, unit):
        base = value.value.id
        if not holds_still(name, value, effects, pairs):
            return None
    elif is_same(value, unit) and isinstance(unit.env.get(name), STRUCTURES):
        found = sources.of(value)
        if len(found) != 1:
            return None
        base = found.pop()
    else:
        if not isinstance(unit.env.get(name), Array) or not is_tieable(value, unit):
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
            if not is_live_at(name, definition, pairs, unit):
                continue  # the view is not used any more
            if definition is not statement and layout.may_follow(statement, definition):
                loops = layout.loops(statement)
                # A counter or a base that changes only between trips is fixed while the view lives.
                if not (
                    loops
                    and layout.may_follow(definition, statement)
                    and _fixed_within_trip(definition, statement, layout)
                ):
                    return None
    return str(base)


def is_live_at(name: str, statement: gast.stmt, pairs: Aliases, unit: Unit) -> bool:
    """Whether a view, or a view of it, is read at or after a statement."""
    views = {n for n in touched(unit.tree, [name]) if holds_memory(unit.env.get(n))} | {name}
    found = pairs.liveness
    return any(
        id(statement) not in where or not views.isdisjoint(where[id(statement)])
        for where in (found.before, found.after)
    )


def is_item(value: gast.expr, unit: Unit) -> bool:
    """Whether an expression is an array, list or dict that stands in a list, dict or object."""
    if isinstance(value, gast.Attribute) and isinstance(value.value, gast.Name):
        kind = unit.env.get(value.value.id)
        return isinstance(kind, Record) and kind.get(value.attr) is not None
    return (
        isinstance(value, gast.Subscript)
        and not isinstance(value.slice, gast.Slice)
        and isinstance(value.value, gast.Name)
        and isinstance(unit.env.get(value.value.id), (Sequence, Table))
    )


def holds_still(name: str, item: gast.expr, effects: Effects, pairs: Aliases) -> bool:
    """Whether a container keeps an item at its place while a name for the item is in use."""
    return not any(
        name in pairs.liveness.after[id(write.statement)]
        for write in effects.writes
        if write.name == item.value.id and not is_elsewhere(write, item)
    )


def is_elsewhere(write: Write, item: gast.expr) -> bool:
    """Whether a write gives an object another attribute than the one that is meant."""
    if write.form != "attribute" or not isinstance(item, gast.Attribute):
        return False
    node = write.statement
    where = node.targets[0] if isinstance(node, gast.Assign) else None
    return isinstance(where, gast.Attribute) and where.attr != item.attr


def _fixed_within_trip(definition: gast.stmt, view: gast.stmt, layout: Layout) -> bool:
    if isinstance(definition, gast.For):
        return layout.inside(view, definition)
    return (
        layout.block[id(definition)] is layout.block[id(view)]
        and layout.order[id(definition)] < layout.order[id(view)]
    )


def is_same(value: gast.expr, unit: Unit) -> bool:
    """Whether an expression is another name for what a name stands for."""
    site = unit.sites.get(id(value))
    if site is None or site.form != "user" or site.unit is None:
        return isinstance(value, gast.Name)
    identity = site.unit.facts.get("identity")
    return identity is not None and isinstance(site.arguments[identity], gast.Name)


def is_tieable(value: gast.expr, unit: Unit) -> bool:
    """Whether a view can be taken of the adjoint just as it is taken of the primal."""
    if isinstance(value, gast.Call):
        site = unit.sites.get(id(value))
        if site is not None and site.form == "user":
            return is_same(value, unit)
        if site is None or not site.positional or not isinstance(site.positional[0], gast.Name):
            return False
        if site.form != "primitive":
            return False
        if site.target in (np.reshape, np.ravel):
            if is_view(site.positional[0].id, unit):
                return False  # a transpose or a slice: the reshape may copy
            return not site.keywords  # whether it is a view is checked at run time, see `guarded`
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


def is_view(identifier: str, unit: Unit) -> bool:
    """Whether a name is defined as a part or a transpose of an array."""
    for statement in statements_in(unit.tree.body):
        if isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Name):
            if statement.targets[0].id == identifier:
                if isinstance(statement.value, (gast.Attribute, gast.Subscript)):
                    return True
    return False


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
