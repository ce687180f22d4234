"""The adjoints of lists, tuples and dicts: what goes into them and what is taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gast

from .. import runtime
from ..algebra import number
from ..analysis.kinds import Array, Kind, Number, Record, Sequence, is_inexact
from ..analysis.objects import is_class_value
from ..analysis.unit import Site
from ..errors import NotSupported
from ..syntax import assign, attribute, call, const, copy_tree, name, subscript
from .parts import Part

if TYPE_CHECKING:
    pass


class Containers(Part):
    """Differentiates displays, items and methods of containers."""

    def load_item(
        self, node: gast.Assign, value: gast.Subscript, x: str, flowing: gast.expr
    ) -> None:
        """``y = items[k]``."""
        self.adjoints.ensure(x, node)
        index = self.recorder.expression(value.slice, node)
        where = subscript(self.adjoints.whole(x, node), index)
        self.adjoints.add_to_item(where, flowing, self.kind(value))

    def positions(
        self, node: gast.stmt, elements: list[gast.expr]
    ) -> list[tuple[gast.expr, gast.expr]]:
        """Where in a display each item, or each run of unpacked items, stands."""
        found: list[tuple[gast.expr, gast.expr]] = []
        start, unknown = 0, False
        for k, element in enumerate(elements):
            if not isinstance(element, gast.Starred):
                found.append((const(start), element))
                start += 1
                continue
            kind = self.kind(element.value)
            if isinstance(kind, Sequence) and kind.items is not None:
                stop: int | None = start + len(kind.items)
                stop = None if start < 0 and stop == 0 else stop
            elif unknown or self.count(elements[k + 1 :]) is None:
                raise NotSupported(
                    element, "several unpacked lists of unknown length", instead="a + b"
                )
            else:
                unknown, after = True, self.count(elements[k + 1 :])
                stop = -after if after else None
            part = gast.Slice(const(start), const(stop) if stop is not None else None, None)
            found.append((part, element.value))
            start = stop if stop is not None else 0
        return found

    def count(self, elements: list[gast.expr]) -> int | None:
        """How many items some elements of a display stand for, where that is known."""
        total = 0
        for element in elements:
            kind = self.kind(element.value) if isinstance(element, gast.Starred) else None
            if isinstance(kind, Sequence) and kind.items is not None:
                total += len(kind.items)
            elif isinstance(element, gast.Starred):
                return None
            else:
                total += 1
        return total

    def display(self, node: gast.Assign, value: gast.Tuple | gast.List | gast.Dict, y: str) -> None:
        """``y = [a, b]``."""
        items: list[tuple[gast.expr, gast.expr]] = []
        if isinstance(value, gast.Dict):
            if any(k is None for k in value.keys):
                raise NotSupported(
                    value, "merged dicts with derivatives", instead="a dict display with plain keys"
                )
            items = [
                (self.recorder.expression(k, node), v)
                for k, v in zip(value.keys, value.values, strict=True)
            ]
        else:
            items = self.positions(node, value.elts)
        flowing = self.adjoints.whole(y, node)
        self.adjoints.kill(y)
        for key, item in items:
            if isinstance(item, gast.Name) and self.sweep.is_active(item.id):
                part: gast.expr = subscript(copy_tree(flowing), key)
                if isinstance(key, gast.Slice) and isinstance(self.adjoints.kind(item.id), Array):
                    part = call(f"{self.adjoints.numpy()}.array", part)
                self.adjoints.add(item.id, part, node)

    def tuple_apart(self, node: gast.Assign, y: str) -> None:
        """A tuple whose items have adjoints of their own."""
        value = node.value
        items = self.unit.env[y].items  # type: ignore[union-attr]
        site = self.unit.sites.get(id(value))
        if site is not None and site.form == "primitive":
            self.several_results(node, value, y, site)
            return
        if site is not None and site.form == "bundle":
            value = gast.Tuple(site.positional, gast.Load())
        for k in range(len(items)):
            key = f"{y}[{k}]"
            if key not in self.adjoints.state:
                continue
            held = self.adjoints.state[key]
            flowing = self.adjoints.whole(key, node)
            self.adjoints.kill(key)
            if isinstance(value, (gast.Tuple, gast.List)):
                item = value.elts[k]
                if isinstance(item, gast.Name) and self.sweep.is_active(item.id):
                    self.adjoints.add(item.id, flowing, node, held.short)
            elif isinstance(value, gast.Name) and isinstance(
                self.adjoints.kind(value.id), Sequence
            ):
                if value.id in self.sweep.apart:
                    self.adjoints.add(f"{value.id}[{k}]", flowing, node, held.short)
                elif self.sweep.is_active(value.id):
                    self.adjoints.ensure(value.id, node)
                    self.adjoints.add_to_item(
                        subscript(self.adjoints.whole(value.id, node), const(k)), flowing, items[k]
                    )
            elif isinstance(value, gast.Subscript) and isinstance(value.value, gast.Name):
                self.add_to_part(node, value, k, flowing, items[k])
            elif isinstance(value, gast.Attribute) and isinstance(self.kind(value.value), Record):
                owner = value.value.id
                if self.sweep.is_active(owner):
                    self.adjoints.ensure(owner, node)
                    held_in = subscript(self.adjoints.whole(owner, node), const(value.attr))
                    self.adjoints.add_to_item(subscript(held_in, const(k)), flowing, items[k])
            elif is_inexact(items[k]) and self.active_names(value):
                raise NotSupported(
                    value,
                    "a tuple of this origin with derivatives",
                    instead="take it apart where it is made",
                )

    def several_results(self, node: gast.Assign, value: gast.Call, y: str, site: Site) -> None:
        """``q, r = np.linalg.qr(a)``: the rule gets the adjoints of the items as a tuple."""
        items = self.unit.env[y].items  # type: ignore[union-attr]
        keys = [f"{y}[{k}]" for k in range(len(items))]
        if not any(key in self.adjoints.state for key in keys):
            return
        parts: list[gast.expr] = []
        for key, item in zip(keys, items, strict=True):
            if key in self.adjoints.state:
                parts.append(self.adjoints.full(key, node))
            else:
                parts.append(self.adjoints.zeros(key, node) if is_inexact(item) else const(None))
        for key in keys:
            self.adjoints.kill(key)
        self.sweep.statements.operations.apart(node, value, y, site, parts)

    def add_to_part(
        self, node: gast.Assign, value: gast.Subscript, k: int, flowing: gast.expr, kind: Kind
    ) -> None:
        """Item ``k`` of a tuple that was taken out of a list, tuple or dict."""
        owner = value.value.id
        if not self.sweep.is_active(owner):
            return
        if isinstance(value.slice, gast.Slice):
            start = number(value.slice.lower) if value.slice.lower is not None else 0
            if value.slice.step is not None or not isinstance(start, int) or start < 0:
                raise NotSupported(
                    value,
                    "this slice of a list of values that carry derivatives",
                    instead="a loop over the indices",
                )
            value = gast.Subscript(value.value, const(start + k), gast.Load())
            if owner in self.sweep.apart:
                self.adjoints.add(f"{owner}[{start + k}]", flowing, node)
            else:
                self.adjoints.ensure(owner, node)
                self.adjoints.add_to_item(
                    subscript(self.adjoints.whole(owner, node), value.slice), flowing, kind
                )
            return
        if owner in self.sweep.apart:
            key = f"{owner}[{value.slice.value}]"
            self.adjoints.ensure(key, node)
            where: gast.expr = name(self.adjoints.variable(key))
        else:
            self.adjoints.ensure(owner, node)
            where = subscript(
                self.adjoints.whole(owner, node), self.recorder.expression(value.slice, node)
            )
        self.adjoints.add_to_item(subscript(where, const(k)), flowing, kind)

    def store_item(self, node: gast.Assign, where: gast.Subscript, u: str) -> None:
        """``items[k] = a``, ``items[i:j] = others`` of as many items."""
        if isinstance(where.slice, gast.Slice) and not self.keeps_length(where, node.value):
            raise NotSupported(
                node,
                "a store into a slice of a list with derivatives, of unknown length",
                instead="a new list, or a loop over the indices",
            )
        self.adjoints.ensure(self.effects.base(u), node)
        index = self.recorder.expression(where.slice, node)
        part = subscript(self.adjoints.whole(u, node), index)
        item = node.value
        kind = self.kind(item)
        taken = isinstance(item, gast.Name) and self.sweep.is_active(item.id)
        temporary = self.unit.namer.temporary()
        if taken:
            self.recorder.locals.add(temporary)
            self.unit.env[temporary] = kind
            self.adjoints.emit(assign(temporary, part))
        if not self.is_first(where, node):
            self.clear_item(node, where, u, part)
        if taken:
            self.adjoints.take(item.id, name(temporary), node)

    def clear_item(self, node: gast.Assign, where: gast.Subscript, u: str, part: gast.expr) -> None:
        """What was there before a store has had no effect after it."""
        item, kind = node.value, self.kind(node.value)
        spot = copy_tree(part)
        spot.ctx = gast.Store()
        zero: gast.expr = const(0.0)
        if not self.alike(where, kind):
            helper = self.sweep.bind(runtime.zeros_at, "zeros_at")
            place = index_of(where.slice)
            made = call(helper, copy_tree(where.value), place)
            zero = self.adjoints.made_before(f"{u}_zeros", made, node)
            zero = call(
                self.sweep.bind(runtime.copy_of, "copy_of"), zero
            )  # a pullback may run twice
        elif not isinstance(kind, Number):
            zero = call(
                self.sweep.bind(runtime.zeros_of, "zeros_of"),
                self.recorder.expression(item, node, False, False),
            )
        self.adjoints.emit(gast.Assign([spot], zero, None))

    def alike(self, where: gast.Subscript, kind: Kind | None) -> bool:
        """Whether what a store replaces surely has the shape of what it brings."""
        if isinstance(where.slice, gast.Slice):
            return isinstance(kind, Sequence) and isinstance(kind.of_elements(), Number)
        owner = self.kind(where.value)
        if isinstance(owner, Record):
            both = owner.get(where.slice.value)
        else:
            both = self.kind(where)  # what the container holds before and after
        if isinstance(kind, Array) and isinstance(both, Array):
            return both.axes is not None and None not in both.axes and not both.optional
        return isinstance(kind, Number) and isinstance(both, Number)

    def is_first(self, where: gast.Subscript, at: gast.stmt) -> bool:
        """Whether a new object gets an attribute that it has not had before."""
        parameters = self.unit.parameters
        if self.unit.function.name != "__init__" or not parameters:
            return False
        own = isinstance(where.value, gast.Name) and where.value.id == parameters[0]
        given = self.unit.kinds[parameters[0]]
        if not isinstance(given, Record) or given.get(where.slice.value) is not None:
            return False
        for statement in self.recorder.layout.statements():
            target = statement.targets[0] if isinstance(statement, gast.Assign) else None
            if isinstance(target, gast.Attribute) and target.attr == where.slice.value:
                return own and statement is at and not self.recorder.layout.loops(at)
        return False

    # --- objects with attributes: their adjoints are dicts

    def load_field(self, node: gast.Assign, value: gast.Attribute, y: str) -> None:
        """``y = p.w``."""
        assert isinstance(value.value, gast.Name)
        held = self.adjoints.state.get(y)
        flowing = self.adjoints.full(y, node) if held is not None else None
        self.adjoints.kill(y)
        if flowing is not None:
            self.adjoints.ensure(value.value.id, node)
            where = subscript(self.adjoints.whole(value.value.id, node), const(value.attr))
            kind = self.kind(value.value)
            if isinstance(kind, Record) and is_class_value(kind.form, value.attr):
                # The object may have none of this name: then it was the class's, a constant.
                known = attribute(where.value, "get")
                held = gast.Call(known, [const(value.attr)], [])
                helper = self.sweep.bind(runtime.add_to, "add_to")
                self.adjoints.emit(assign(where, call(helper, held, flowing)))
                return
            self.adjoints.add_to_item(where, flowing, self.kind(value))

    def store_field(self, node: gast.Assign, where: gast.Attribute, u: str) -> None:
        """``p.w = a``."""
        if u not in self.recorder.locals:
            self.sweep.guards.refuse_active_attribute(node)
        if not self.sweep.is_active(u) or self.adjoints.is_zero(u):
            return
        owner = self.kind(where.value)
        if isinstance(owner, Record) and not is_inexact(owner.get(where.attr)):
            return  # a counter, a name
        as_item = subscript(where.value, const(where.attr), store=True)
        self.store_item(node, as_item, u)

    def bundle(self, node: gast.Assign, site: Site, y: str) -> None:
        """``y = Params(w, b=c)``."""
        flowing = self.adjoints.whole(y, node)
        self.adjoints.kill(y)
        by_name = isinstance(self.adjoints.kind(y), Record)
        for k, (field, item) in enumerate(site.keywords.items()):
            if isinstance(item, gast.Name) and self.sweep.is_active(item.id):
                key = const(field if by_name else k)
                self.adjoints.add(item.id, subscript(copy_tree(flowing), key), node)
            elif self.wanted(item):
                raise NotSupported(item, "this expression in an object", instead="a variable")

    def keeps_length(self, where: gast.Subscript, item: gast.expr) -> bool:
        """Whether a store into a slice surely replaces as many items as it brings."""
        old, new = self.kind(where.value), self.kind(item)
        bounds = [where.slice.lower, where.slice.upper, where.slice.step]
        ends: list[Any] = [None if b is None else number(b) for b in bounds]
        if any(e is None and b is not None for e, b in zip(ends, bounds, strict=True)):
            return False
        if not isinstance(old, Sequence) or not isinstance(new, Sequence):
            return False
        if old.items is None or new.items is None:
            return False
        return len(old.items[slice(*ends)]) == len(new.items)


def index_of(index: gast.expr) -> gast.expr:
    """An index as an argument of a function."""
    if not isinstance(index, gast.Slice):
        return copy_tree(index)
    bounds = (index.lower, index.upper, index.step)
    return call("slice", *(const(None) if b is None else copy_tree(b) for b in bounds))
