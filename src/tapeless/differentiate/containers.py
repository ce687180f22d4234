"""The adjoints of lists, tuples and dicts: what goes into them and what is taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast

from .. import runtime
from ..algebra import number
from ..analysis.kinds import Kind, Number, Sequence, Table, is_inexact
from ..analysis.unit import Site
from ..errors import NotSupported
from ..syntax import assign, attribute, call, const, copy_tree, name, subscript, walk
from .parts import Part

if TYPE_CHECKING:
    pass


class Containers(Part):
    """Differentiates displays, items and methods of containers."""

    def load_item(
        self, node: gast.Assign, value: gast.Subscript, x: str, flowing: gast.expr
    ) -> None:
        """``y = items[k]``."""
        if isinstance(value.slice, gast.Slice):
            raise NotSupported(
                value,
                "a slice of a list of values that carry derivatives",
                instead="a loop over the indices",
            )
        self.adjoints.ensure(x, node)
        index = self.recorder.expression(value.slice, node)
        where = subscript(self.adjoints.whole(x, node), index)
        self.adjoints.add_to_item(where, flowing, self.kind(value))

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
            items = [(const(k), v) for k, v in enumerate(value.elts)]
            if any(isinstance(v, gast.Starred) for v in value.elts):
                raise NotSupported(
                    value, "unpacked items with derivatives", instead="the items one by one"
                )
        flowing = self.adjoints.whole(y, node)
        self.adjoints.kill(y)
        for key, item in items:
            if isinstance(item, gast.Name) and self.sweep.is_active(item.id):
                self.adjoints.add(item.id, subscript(copy_tree(flowing), key), node)

    def tuple_apart(self, node: gast.Assign, y: str) -> None:
        """A tuple whose items have adjoints of their own."""
        value = node.value
        items = self.unit.env[y].items  # type: ignore[union-attr]
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
            elif is_inexact(items[k]) and self.active_names(value):
                raise NotSupported(
                    value,
                    "a tuple of this origin with derivatives",
                    instead="take it apart where it is made",
                )

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

    def popped(self, node: gast.stmt, value: gast.Call, site: Site, y: str) -> bool:
        """``y = items.pop()`` gives the adjoint of the list its last item back; whether it did."""
        owner = site.positional[0]
        if not isinstance(owner, gast.Name) or not isinstance(
            self.adjoints.kind(owner.id), Sequence
        ):
            return False
        if not self.sweep.is_active(owner.id):
            return False
        if len(site.positional) != 1:
            raise NotSupported(
                value, "pop from the middle of a list with derivatives", instead="pop()"
            )
        if self.sweep.is_active(y) and not self.adjoints.is_zero(y):
            flowing = self.adjoints.full(y, node)
        elif self.adjoints.is_zero(owner.id):
            return False
        else:
            flowing = self.adjoints.zeros(y, node)
        self.adjoints.kill(y)
        self.adjoints.ensure(owner.id, node)
        where = attribute(self.adjoints.whole(owner.id, node), "append")
        self.adjoints.emit(gast.Expr(gast.Call(where, [flowing], [])))
        return True

    def method(self, node: gast.stmt, value: gast.Call, site: Site, y: str) -> None:
        """``y = table.get(key)`` and other methods with a result."""
        owner = site.positional[0]
        assert isinstance(owner, gast.Name)
        if site.target == "get" and isinstance(self.adjoints.kind(owner.id), Table):
            raise NotSupported(value, "dict.get with derivatives", instead="a subscript")
        raise NotSupported(
            value, f"the method '{site.target}' with derivatives", instead="append and subscripts"
        )

    def is_read(self, owner: gast.Name) -> bool:
        """Whether a container is more to the function than a log that it writes."""
        receivers = {
            id(n.func.value)
            for n in walk(self.unit.tree.body)
            if isinstance(n, gast.Call)
            and isinstance(n.func, gast.Attribute)
            and n.func.attr in ("append", "extend", "update", "add")
        }
        return any(
            isinstance(n, gast.Name) and n.id == owner.id and id(n) not in receivers
            for n in walk(self.unit.tree.body)
        )

    def changed(self, node: gast.Expr, value: gast.Call, site: Site) -> None:
        """A method that is called for what it does to its container."""
        owner = site.positional[0]
        if not isinstance(owner, gast.Name):
            return
        if owner.id not in self.recorder.locals and self.is_read(owner):
            if any(self.varied_names(a) for a in site.positional[1:]):
                raise NotSupported(
                    value,
                    f"a value that carries a derivative put into '{owner.id}', which is not local",
                    instead="a local list",
                )
        if not self.sweep.is_active(owner.id) or site.target in ("copy", "index", "count"):
            return
        if site.target == "append":
            self.append(node, owner.id, site.positional[1])
        elif site.target == "pop" and len(site.positional) == 1:
            self.dropped(node, value, owner.id)
        else:
            raise NotSupported(
                value,
                f"the method '{site.target}' on a list with derivatives",
                instead="append and subscripts",
            )

    def dropped(self, node: gast.Expr, value: gast.Call, owner: str) -> None:
        """``items.pop()``: the adjoint of the list gets a zero at its end."""
        self.adjoints.ensure(owner, node)
        element = self.adjoints.kind(owner).of_elements()  # type: ignore[union-attr]
        if not isinstance(element, Number):
            raise NotSupported(
                value, "a popped array that is thrown away", instead="keep it in a variable"
            )
        where = attribute(self.adjoints.whole(owner, node), "append")
        self.adjoints.emit(gast.Expr(gast.Call(where, [const(0.0)], [])))

    def append(self, node: gast.Expr, owner: str, item: gast.expr) -> None:
        """``items.append(a)``: the adjoint of the list gives its last item back."""
        if self.adjoints.is_zero(owner):
            return
        popped = gast.Call(attribute(self.adjoints.whole(owner, node), "pop"), [], [])
        if isinstance(item, gast.Name) and self.sweep.is_active(item.id):
            temporary = self.unit.namer.temporary()
            self.recorder.locals.add(temporary)
            self.unit.env[temporary] = self.adjoints.kind(item.id)
            self.adjoints.emit(assign(temporary, popped))
            self.adjoints.add(item.id, name(temporary), node)
        else:
            self.adjoints.emit(gast.Expr(popped))

    def store_item(self, node: gast.Assign, where: gast.Subscript, u: str) -> None:
        """``items[k] = a``."""
        self.adjoints.ensure(u, node)
        index = self.recorder.expression(where.slice, node)
        part = subscript(self.adjoints.whole(u, node), index)
        item = node.value
        kind = self.kind(item)
        temporary = self.unit.namer.temporary()
        self.recorder.locals.add(temporary)
        self.unit.env[temporary] = kind
        self.adjoints.emit(assign(temporary, part))
        spot = copy_tree(part)
        spot.ctx = gast.Store()
        zero: gast.expr = const(0.0)
        if not isinstance(kind, Number):
            zero = call(
                self.sweep.bind(runtime.zeros_of, "zeros_of"),
                self.recorder.expression(item, node, False, False),
            )
        self.adjoints.emit(gast.Assign([spot], zero, None))
        if isinstance(item, gast.Name) and self.sweep.is_active(item.id):
            self.adjoints.add(item.id, name(temporary), node)
