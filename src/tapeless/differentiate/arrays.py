"""The adjoints of reads and writes of parts of arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast
import numpy as np

from .. import runtime
from ..algebra import neg
from ..analysis.indexing import index_items, indexable, is_ellipsis, select
from ..analysis.kinds import Array, Kind, Number, Sequence, Table
from ..analysis.unit import Site
from ..errors import NotSupported
from ..syntax import assign, attribute, call, const, copy_tree, name, subscript
from .containers import Containers
from .parts import Part

if TYPE_CHECKING:
    from .reverse import Reverse


class Arrays(Part):
    """Differentiates ``y = x[i]``, ``u[i] = e`` and ``u[i] += e``."""

    def __init__(self, sweep: Reverse, containers: Containers):
        super().__init__(sweep)
        self.containers = containers

    def load(self, node: gast.Assign, value: gast.Subscript, y: str) -> None:
        """``y = x[index]``."""
        if not isinstance(value.value, gast.Name):
            raise NotSupported(value, "a subscript of this expression", instead="a name")
        x = value.value.id
        if not self.sweep.is_active(x):
            self.adjoints.kill(y)
            return
        held = self.adjoints.state[y]
        flowing = self.adjoints.whole(y, node)
        base = self.adjoints.kind(x)
        self.adjoints.kill(y)
        if x in self.sweep.apart:
            self.adjoints.add(f"{x}[{value.slice.value}]", flowing, node, held.short)
            return
        if isinstance(base, (Sequence, Table)):
            self.containers.load_item(node, value, x, flowing)
            return
        scalar = indexable(base) if isinstance(base, Number) else None
        if scalar is not None:
            kind = select(scalar, value.slice, self.kind).kind
            total, short = self.adjoints.shapes.to_argument(flowing, False, kind, None, x, node)
            self.adjoints.add(x, total, node, short)
            return
        if not isinstance(base, Array):
            raise NotSupported(
                value, f"a subscript of '{x}'", instead="an array, list, tuple or dict"
            )
        index = self.recorder.expression(value.slice, node)
        found = select(base, value.slice, self.kind)
        root = self.effects.base(x)
        self.adjoints.ensure(root, node)
        where = subscript(self.adjoints.whole(x, node), index)
        if found.form in ("copy", "any") and not found.unique:
            self.scatter(where, flowing)
        else:
            self.adjoints.accumulate(where, flowing)

    def scatter(self, where: gast.Subscript, flowing: gast.expr) -> None:
        """Add to elements that an index may name more than once."""
        index = where.slice
        if isinstance(index, gast.Slice) or (
            isinstance(index, gast.Tuple)
            and any(isinstance(e, gast.Slice) or is_ellipsis(e) for e in index.elts)
        ):
            index = _as_slices(index)
        self.adjoints.emit(
            gast.Expr(call(f"{self.adjoints.numpy()}.add.at", where.value, index, flowing))
        )

    def scattered(self, node: gast.Expr, site: Site, x: str) -> None:
        """``np.add.at(x, index, e)``."""
        index, item = site.positional[1], site.positional[2]
        if (
            self.adjoints.is_zero(x)
            or not isinstance(item, gast.Name)
            or not self.sweep.is_active(item.id)
        ):
            return
        flowing: gast.expr = subscript(
            self.adjoints.full(x, node), self.recorder.expression(index, node)
        )
        if site.target == np.subtract.at:
            flowing = neg(flowing)
        kind = self.adjoints.kind(x)
        assert isinstance(kind, Array)
        part = select(kind, index, self.kind)
        value, short = self.adjoints.shapes.to_argument(
            flowing, False, part.kind, None, item.id, node
        )
        self.adjoints.add(item.id, value, node, short)

    def store(self, node: gast.Assign, where: gast.Subscript) -> None:
        """``u[index] = e``."""
        if not isinstance(where.value, gast.Name):
            return
        u = where.value.id
        if not self.sweep.is_active(u) or self.adjoints.is_zero(u):
            return
        kind = self.adjoints.kind(u)
        if isinstance(kind, (Sequence, Table)):
            self.containers.store_item(node, where, u)
            return
        if isinstance(kind, Number):
            return  # it raises a TypeError, which the program must catch: nothing was stored
        if not isinstance(kind, Array):
            raise NotSupported(
                node,
                f"a store into '{self.unit.namer.called_by_user(u)}', which is not known to be "
                "one array, list or dict",
                instead="another name for what is of another kind",
            )
        root = self.effects.base(u)
        item = node.value
        if is_whole(where.slice) and isinstance(item, gast.Name) and item.id == u:
            return  # an array stored into itself
        self.adjoints.ensure(root, node)
        active = isinstance(item, gast.Name) and self.sweep.is_active(item.id)
        other = not (isinstance(item, gast.Name) and self.effects.base(item.id) == root)
        if (
            is_whole(where.slice)
            and u not in self.effects.ties
            and root == u
            and u not in self.adjoints.inout
            and other
        ):
            self.store_whole(node, u, item, active)
            return
        found = select(kind, where.slice, self.kind)
        index = self.recorder.expression(where.slice, node)
        part = subscript(self.adjoints.whole(u, node), index)
        spot = copy_tree(part)
        spot.ctx = gast.Store()
        if active:
            assert isinstance(item, gast.Name)
            flowing = self.bound_part(part, found.kind, found.form, found.unique)
            self.adjoints.emit(gast.Assign([spot], const(0.0), None))
            value, short = self.adjoints.shapes.to_argument(
                flowing, False, found.kind, None, item.id, node
            )
            self.adjoints.add(item.id, value, node, short)
        else:
            self.adjoints.emit(gast.Assign([spot], const(0.0), None))

    def bound_part(self, part: gast.Subscript, kind: Kind, form: str, unique: bool) -> gast.expr:
        """The part of an adjoint that a store takes over, in a variable of its own."""
        temporary = self.variable_like("")
        self.unit.env[temporary] = kind
        value: gast.expr = part
        if form in ("copy", "any") and not unique:
            helper = self.sweep.bind(runtime.last_writes, "last_writes")
            value = call(helper, part.value, _as_slices(part.slice))
        elif form == "view":
            value = gast.Call(attribute(part, "copy"), [], [])
        self.adjoints.emit(assign(temporary, value))
        return name(temporary)

    def store_whole(self, node: gast.Assign, u: str, item: gast.expr, active: bool) -> None:
        """Everything in the array is replaced: its adjoint moves to what was stored."""
        flowing = self.adjoints.whole(u, node)
        self.adjoints.kill(u)
        if not active:
            return
        assert isinstance(item, gast.Name)
        if item.id == u:
            return
        value, short = self.adjoints.shapes.to_argument(
            flowing, False, self.adjoints.kind(u), None, item.id, node
        )
        first = item.id not in self.adjoints.state
        self.adjoints.add(item.id, value, node, short)
        if first and value is flowing and item.id not in self.effects.ties:
            self.adjoints.moved(item.id, short)

    def augmented(self, node: gast.AugAssign) -> None:
        """``u op= e`` and ``u[index] op= e`` on arrays."""
        base = node.target if isinstance(node.target, gast.Name) else node.target.value
        if (
            not isinstance(base, gast.Name)
            or not self.sweep.is_active(base.id)
            or self.adjoints.is_zero(base.id)
        ):
            return
        u, kind = base.id, self.adjoints.kind(base.id)
        if not isinstance(kind, Array):
            raise NotSupported(node, f"this on '{u}'", instead="a plain assignment")
        root = self.effects.base(u)
        self.refuse_late_load(node, u)
        self.adjoints.ensure(root, node)
        if isinstance(node.target, gast.Name):
            part, part_kind = self.adjoints.whole(u, node), kind
            old: gast.expr = name(u)
        else:
            index = self.recorder.expression(node.target.slice, node)
            part = subscript(self.adjoints.whole(u, node), index)
            part_kind = select(kind, node.target.slice, self.kind).kind  # type: ignore[assignment]
            old = gast.Subscript(name(u), node.target.slice, gast.Load())
        item = node.value
        active = isinstance(item, gast.Name) and self.sweep.is_active(item.id)
        if isinstance(node.op, (gast.Mult, gast.Div)):
            self.scaled(node, u, part, part_kind, old, active)
            return
        if active:
            assert isinstance(item, gast.Name)
            flowing = part if isinstance(node.op, gast.Add) else neg(part)
            value, short = self.adjoints.shapes.to_argument(
                flowing, False, part_kind, None, item.id, node
            )
            self.adjoints.add(item.id, value, node, short)

    def refuse_late_load(self, node: gast.AugAssign, u: str) -> None:
        """``u[i] += f(u)`` loads ``u[i]`` before ``f`` runs; we write it as if after."""
        made = (
            self.sweep.layout.single_definition(node.value.id)
            if isinstance(node.value, gast.Name)
            else None
        )
        if made is not None and getattr(made, "lineno", None) == getattr(node, "lineno", 0):
            if any(self.effects.share(w.name, u) for w in self.effects.of(made)):
                raise NotSupported(
                    node,
                    f"an augmented store into '{u}' of a call that writes into it",
                    instead="the call as a statement of its own before",
                )

    def scaled(
        self,
        node: gast.AugAssign,
        u: str,
        part: gast.expr,
        kind: Kind,
        old: gast.expr,
        active: bool,
    ) -> None:
        """``u *= e`` and ``u /= e``."""
        factor = self.recorder.expression(node.value, node)
        if active:
            assert isinstance(node.value, gast.Name)
            before = self.recorder.expression(old, node)
            if isinstance(node.op, gast.Mult):
                flowing: gast.expr = gast.BinOp(copy_tree(part), gast.Mult(), before)
            else:
                square = gast.BinOp(copy_tree(factor), gast.Pow(), const(2))
                flowing = neg(
                    gast.BinOp(gast.BinOp(copy_tree(part), gast.Mult(), before), gast.Div(), square)
                )
            value, short = self.adjoints.shapes.to_argument(
                flowing, False, kind, None, node.value.id, node
            )
            if self.effects.base(node.value.id) == self.effects.base(u):
                flowing = name(self.variable_like(u))
                self.adjoints.emit(assign(flowing.id, value))
            else:
                self.adjoints.add(node.value.id, value, node, short)
        spot = copy_tree(part)
        if isinstance(spot, (gast.Attribute, gast.Call)):
            spot = subscript(spot, gast.Constant(Ellipsis, None))
        spot.ctx = gast.Store()
        self.adjoints.emit(gast.AugAssign(spot, node.op, factor))
        if active and self.effects.base(node.value.id) == self.effects.base(u):
            self.adjoints.add(node.value.id, flowing, node)

    def variable_like(self, u: str) -> str:
        """A variable of our own with the kind of a name."""
        temporary = self.unit.namer.fresh(f"{self.unit.namer.temporary()}_bar")
        self.unit.namer.temporaries.add(temporary)
        self.recorder.locals.add(temporary)
        self.unit.env[temporary] = self.adjoints.kind(u)
        return temporary


def is_whole(index: gast.expr) -> bool:
    """``[...]`` or ``[:]``, ``[:, :]``."""
    return all(
        is_ellipsis(i) or (isinstance(i, gast.Slice) and i.lower is i.upper is i.step is None)
        for i in index_items(index)
    )


def _as_slices(index: gast.expr) -> gast.expr:
    """An index as an expression that can be an argument: ``1:3`` becomes ``slice(1, 3)``."""
    if isinstance(index, gast.Slice):
        parts = [
            p if p is not None else const(None) for p in (index.lower, index.upper, index.step)
        ]
        return call("slice", *(parts if index.step is not None else parts[:2]))
    if isinstance(index, gast.Tuple):
        return gast.Tuple([_as_slices(e) for e in index.elts], gast.Load())
    return index
