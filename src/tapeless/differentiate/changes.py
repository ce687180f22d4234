"""What changes a list or a dict in place, reversed: each change is undone on its adjoint.

The adjoint of a container has the items that the container has at that point: what `append` put in
is popped, what `pop` took out is put back.
"""

from __future__ import annotations

import gast

from .. import runtime
from ..algebra import number
from ..analysis.kinds import STRUCTURES, Array, Kind, Number, Sequence, Table
from ..analysis.unit import Site
from ..errors import NotSupported
from ..syntax import assign, attribute, call, const, copy_tree, name, subscript
from .adjoints import Held
from .parts import Part


class Changes(Part):
    """Differentiates the methods of lists and dicts that change them."""

    def assigned(self, node: gast.Assign, value: gast.Call, site: Site, y: str) -> None:
        """``y = items.pop()``, and methods that return nothing."""
        owner = site.positional[0]
        if isinstance(owner, gast.Name) and self.sweep.is_active(owner.id):
            if site.target == "pop":
                self.popped(node, value, site, y)
                return
            self.changed(node, value, site)
        if self.sweep.is_active(y) and not self.adjoints.is_zero(y):
            raise NotSupported(
                value,
                f"the method '{site.target}' with derivatives",
                instead="append, pop and subscripts",
            )
        self.adjoints.kill(y)

    def changed(self, node: gast.stmt, value: gast.Call, site: Site) -> None:
        """A method that is called for what it does to its container."""
        owner = site.positional[0]
        if not isinstance(owner, gast.Name):
            return
        if not self.sweep.is_active(owner.id):
            return
        arguments = site.positional[1:]
        known = isinstance(self.adjoints.kind(owner.id), Sequence) and not site.keywords
        if site.target == "append" and known:
            self.inserted(node, owner.id, None, arguments[0])
        elif site.target == "insert" and known:
            self.inserted(node, owner.id, arguments[0], arguments[1])
        elif site.target == "extend" and known:
            self.extended(node, owner.id, arguments[0])
        elif site.target == "reverse" and known:
            if not self.adjoints.is_zero(owner.id):
                self.on_adjoint(node, owner.id, "reverse")
        elif site.target == "pop":
            self.dropped(node, value, site, owner.id)
        elif site.target == "clear":
            self.cleared(node, owner.id)
        else:
            raise NotSupported(
                value,
                f"the method '{site.target}' of a list or dict with derivatives",
                instead="append, pop and subscripts, or a new one",
            )

    def on_adjoint(self, node: gast.stmt, owner: str, method: str, *arguments: gast.expr) -> None:
        """Call a method of the adjoint of a container."""
        where = attribute(self.adjoints.whole(owner, node), method)
        self.adjoints.emit(gast.Expr(gast.Call(where, list(arguments), [])))

    def helper(self, function: str, *arguments: gast.expr) -> gast.expr:
        """A call of a function of the runtime."""
        return call(self.sweep.bind(runtime.FUNCTIONS[function], function), *arguments)

    # --- what was put in

    def inserted(
        self, node: gast.stmt, owner: str, index: gast.expr | None, item: gast.expr
    ) -> None:
        """``items.append(a)``, ``items.insert(i, a)``: the adjoint gives the item back."""
        if self.adjoints.is_zero(owner):
            return
        whole = self.adjoints.whole(owner, node)
        if index is None or number(index) == 0:
            arguments = [const(0)] if index is not None else []
            given: gast.expr = gast.Call(attribute(whole, "pop"), arguments, [])
        else:
            given = self.helper("take_inserted", whole, self.recorder.expression(index, node))
        self.flow(node, item, given)

    def extended(self, node: gast.stmt, owner: str, other: gast.expr) -> None:
        """``items.extend(others)``: the adjoint gives as many back."""
        if self.adjoints.is_zero(owner):
            return
        kind = self.kind(other)
        if isinstance(kind, Sequence) and kind.items is not None:
            count: gast.expr = const(len(kind.items))
        else:
            count = self.recorder.expression(call("len", copy_tree(other)), node, False, False)
        given = self.helper("taken_off", self.adjoints.whole(owner, node), count)
        if isinstance(kind, Array):
            given = call(f"{self.adjoints.numpy()}.array", given)
        self.flow(node, other, given)

    def flow(self, node: gast.stmt, item: gast.expr, given: gast.expr) -> None:
        """Let what was taken off an adjoint flow to what was put in there."""
        if not isinstance(item, gast.Name) or not self.sweep.is_active(item.id):
            self.adjoints.emit(gast.Expr(given))
            return
        kind, apart = self.adjoints.kind(item.id), item.id not in self.effects.ties
        if isinstance(kind, STRUCTURES) and apart and item.id not in self.adjoints.state:
            self.adjoints.emit(assign(self.adjoints.variable(item.id), given))
            self.adjoints.state[item.id] = Held(False, True)  # it is nobody else's any more
            return
        temporary = self.variable(kind)
        self.adjoints.emit(assign(temporary, given))
        self.adjoints.add(item.id, name(temporary), node)

    def variable(self, kind: Kind | None) -> str:
        """A variable of our own."""
        temporary: str = self.unit.namer.temporary()
        self.recorder.locals.add(temporary)
        self.unit.env[temporary] = kind
        return temporary

    # --- what was taken out

    def popped(self, node: gast.stmt, value: gast.Call, site: Site, y: str) -> None:
        """``y = items.pop(i)``, ``y = table.pop(key)``: the item's adjoint is put back."""
        owner = site.positional[0].id
        if self.sweep.is_active(y) and not self.adjoints.is_zero(y):
            flowing = self.adjoints.full(y, node)
        elif self.adjoints.is_zero(owner):
            self.adjoints.kill(y)
            return
        else:
            flowing = self.adjoints.zeros(y, node)
        self.adjoints.kill(y)
        self.put_back(node, value, site, flowing)

    def dropped(self, node: gast.stmt, value: gast.Call, site: Site, owner: str) -> None:
        """``items.pop()``: the adjoint of the container gets a zero there."""
        if self.adjoints.is_zero(owner):
            return
        kind = self.adjoints.kind(owner)
        element = kind.of_elements() if isinstance(kind, Sequence) else site.kind
        # What has a shape has been given a name, see refine/containers.py.
        self.put_back(node, value, site, const(0.0 if isinstance(element, Number) else None))

    def cleared(self, node: gast.stmt, owner: str) -> None:
        """``items.clear()``: what was in there before has not been used since."""
        if self.adjoints.is_zero(owner):
            return
        before = self.recorder.value(owner, node, False, False)
        zeros = self.helper("zeros_of", before)
        whole = self.adjoints.whole(owner, node)
        if isinstance(self.adjoints.kind(owner), Table):
            self.on_adjoint(node, owner, "update", zeros)
        else:
            everything = subscript(whole, gast.Slice(None, None, None), store=True)
            self.adjoints.emit(gast.Assign([everything], zeros, None))

    def put_back(self, node: gast.stmt, value: gast.Call, site: Site, flowing: gast.expr) -> None:
        """Undo a `pop` on the adjoint."""
        owner, arguments = site.positional[0].id, site.positional[1:]
        kind = self.adjoints.kind(owner)
        self.adjoints.ensure(self.effects.base(owner), node)
        if isinstance(kind, Table) and len(arguments) == 1:
            key = self.recorder.expression(arguments[0], node)
            spot = subscript(self.adjoints.whole(owner, node), key, store=True)
            self.adjoints.emit(gast.Assign([spot], flowing, None))
        elif not isinstance(kind, Sequence):
            raise NotSupported(value, "this form of pop with derivatives", instead="a subscript")
        elif not arguments or number(arguments[0]) == -1:
            self.on_adjoint(node, owner, "append", flowing)
        else:
            index = self.recorder.expression(arguments[0], node)
            place = number(index)
            if isinstance(place, int) and place >= 0:
                self.on_adjoint(node, owner, "insert", index, flowing)
            else:
                whole = self.adjoints.whole(owner, node)
                self.adjoints.emit(gast.Expr(self.helper("unpop", whole, index, flowing)))

    # --- put together

    def joined(self, node: gast.Assign, value: gast.BinOp, y: str) -> None:
        """``a + b`` and ``a * n`` of lists and tuples."""
        flowing = self.adjoints.whole(y, node)
        self.adjoints.kill(y)
        left, right = value.left, value.right
        if isinstance(value.op, gast.Mult):
            items = left if isinstance(self.kind(left), Sequence) else right
            if isinstance(items, gast.Name) and self.sweep.is_active(items.id):
                like = self.recorder.value(items.id, node, False, False)
                self.adjoints.add(items.id, self.helper("folded", flowing, like), node)
            return
        first, second = self.cut(node, left, right, flowing)
        parts: dict[str, gast.expr] = {}
        for side, part in ((left, first), (right, second)):
            if isinstance(side, gast.Name) and self.sweep.is_active(side.id):
                known = parts.get(side.id)
                parts[side.id] = part if known is None else self.helper("add_to", known, part)
        for x in sorted(parts, key=lambda n: n == y):
            self.adjoints.add(x, parts[x], node)

    def cut(
        self, node: gast.stmt, left: gast.expr, right: gast.expr, flowing: gast.expr
    ) -> tuple[gast.expr, gast.expr]:
        """The adjoint of a joined list as those of its parts."""
        kinds = [self.kind(left), self.kind(right)]
        counts = [len(k.items) if isinstance(k, Sequence) and k.items is not None else None
                  for k in kinds]  # fmt: skip
        if counts[1]:
            place: gast.expr = const(-counts[1])
        elif counts[0] is not None:
            place = const(counts[0])
        else:
            place = self.recorder.expression(call("len", copy_tree(left)), node, False, False)
        before = subscript(copy_tree(flowing), gast.Slice(None, place, None))
        after = subscript(copy_tree(flowing), gast.Slice(copy_tree(place), None, None))
        return before, after

    def permuted(self, node: gast.stmt, owner: str, order: gast.expr) -> None:
        """A list that was sorted in place."""
        if not self.adjoints.is_zero(owner):
            whole, order = self.adjoints.whole(owner, node), self.recorder.expression(order, node)
            self.adjoints.emit(gast.Expr(self.helper("unpermute", whole, order)))
