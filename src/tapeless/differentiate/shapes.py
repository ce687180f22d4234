"""Un-broadcasting and filling up, with the shortest text that the kinds allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast

from .. import runtime
from ..algebra import number
from ..analysis.kinds import Array, Kind, Number, is_mixed
from ..analysis.sizes import same_size
from ..syntax import attribute, call, const, copy_tree, subscript

if TYPE_CHECKING:
    from .adjoints import Adjoints


class Shapes:
    """Shapes of adjoint expressions."""

    def __init__(self, adjoints: Adjoints):
        self.adjoints = adjoints

    def filled(self, value: gast.expr, identifier: str, at: gast.stmt) -> gast.expr:
        """A short adjoint with the shape of a name; memory of its own."""
        like = self.adjoints.like(identifier, at)
        return self._filled(value, like)

    def _filled(self, value: gast.expr, like: gast.expr) -> gast.expr:
        numpy = self.adjoints.numpy()
        if is_mixed(self.adjoints.inference.kind(like)):
            return call(f"{numpy}.full", call(f"{numpy}.shape", like), value)  # of floats
        if number(value) == 1:
            return call(f"{numpy}.ones_like", like)
        return call(f"{numpy}.full_like", like, value)

    def to_argument(
        self,
        value: gast.expr,
        short: bool,
        y: Kind | None,
        y_like: gast.expr | None,
        argument: str,
        at: gast.stmt,
    ) -> tuple[gast.expr, bool]:
        """A cotangent with the shape of the result as one with the shape of the argument.

        ``y_like`` is an expression with the shape of the result; returned with whether it is short.
        """
        mine = self.adjoints.kind(argument)
        if not isinstance(y, (Number, Array)) or not isinstance(mine, (Number, Array)):
            return self._at_run_time(value, short, y_like, argument, at)
        if isinstance(mine, Number) or mine.rank == 0:
            return self._to_number(value, short, y, y_like, argument, at)
        if mine.dims is None or y.dims is None:
            return self._at_run_time(value, short, y_like, argument, at)
        axes, sure = summed_axes(y, mine)
        if not sure:
            return self._at_run_time(value, short, y_like, argument, at)
        if not axes:
            return value, short
        if short:
            value = self._filled(value, y_like) if y_like is not None else value
        return self._summed(value, axes, len(y.dims) - len(mine.dims), len(mine.dims)), False

    def _to_number(
        self,
        value: gast.expr,
        short: bool,
        y: Kind,
        y_like: gast.expr | None,
        argument: str,
        at: gast.stmt,
    ) -> tuple[gast.expr, bool]:
        if y.dims is None:
            return self._at_run_time(value, short, y_like, argument, at)
        if isinstance(y, Number) or not y.dims:
            return value, False
        if short and y_like is not None:
            if isinstance(self.adjoints.inference.kind(value), Number):
                return gast.BinOp(value, gast.Mult(), attribute(y_like, "size")), False
            value = self._filled(value, y_like)
        return call(f"{self.adjoints.numpy()}.sum", value), False

    def _at_run_time(
        self, value: gast.expr, short: bool, y_like: gast.expr | None, argument: str, at: gast.stmt
    ) -> tuple[gast.expr, bool]:
        if short and y_like is not None:
            value = self._spread_over(value, y_like)
        like = self.adjoints.recorder.value(argument, at, False, False)
        return call(self.adjoints.bind(runtime.unbroadcast, "unbroadcast"), value, like), False

    def _spread_over(self, value: gast.expr, y_like: gast.expr) -> gast.expr:
        return call(
            self.adjoints.bind(runtime.spread, "spread"), value, y_like, const(None), const(True)
        )

    def _summed(self, value: gast.expr, axes: list[int], lead: int, rank: int) -> gast.expr:
        axis = (
            const(axes[0]) if len(axes) == 1 else gast.Tuple([const(a) for a in axes], gast.Load())
        )
        summed = call(f"{self.adjoints.numpy()}.sum", value, axis=axis)
        kept = [a - lead for a in axes if a >= lead]
        if not kept:
            return summed
        full = gast.Slice(None, None, None)
        items = [gast.Constant(None, None) if k in kept else copy_tree(full) for k in range(rank)]
        while len(items) > 1 and isinstance(items[-1], gast.Slice):
            items.pop()
        return subscript(summed, items[0] if len(items) == 1 else gast.Tuple(items, gast.Load()))

    def spread(self, node: gast.Call, argument: Kind | None) -> gast.expr | None:
        """``spread(y_bar, x, axis, keepdims)`` as an expression that broadcasts to ``x``.

        None where the kinds do not tell how.
        """
        value = node.args[0]
        axis = node.args[2] if len(node.args) > 2 else const(None)
        keepdims = node.args[3] if len(node.args) > 3 else const(False)
        if isinstance(argument, Number):
            return value
        if not isinstance(argument, Array) or argument.dims is None:
            return None
        kept = isinstance(keepdims, gast.Constant) and keepdims.value is True
        if not kept and not (
            isinstance(keepdims, gast.Constant) and keepdims.value in (False, None)
        ):
            return None
        if kept or (isinstance(axis, gast.Constant) and axis.value is None):
            return value
        axes = literal_axes(axis, len(argument.dims))
        if axes is None:
            return None
        if all(a in axes for a in range(max(axes, default=-1) + 1)):
            return value  # the axes in front: NumPy broadcasts without an index
        items: list[gast.expr] = [
            gast.Constant(None, None) if k in axes else gast.Slice(None, None, None)
            for k in range(len(argument.dims))
        ]
        while len(items) > 1 and isinstance(items[-1], gast.Slice):
            items.pop()
        if isinstance(self.adjoints.inference.kind(value), Number):
            return value
        return subscript(value, items[0] if len(items) == 1 else gast.Tuple(items, gast.Load()))


def literal_axes(node: gast.expr, rank: int) -> set[int] | None:
    """The axes that a literal names, counted from the front."""
    try:
        value = eval(compile(_text(node), "<axis>", "eval"), {})  # literals only
    except Exception:
        return None
    axes = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(a, int) and -rank <= a < rank for a in axes):
        return None
    return {a % rank for a in axes}


def _text(node: gast.expr) -> str:
    from ..syntax import to_debug_text, walk

    if any(isinstance(n, (gast.Name, gast.Call)) for n in walk(node)):
        raise ValueError
    return to_debug_text(node)


def summed_axes(y: Kind, mine: Kind) -> tuple[list[int], bool]:
    """Axes of ``y`` to sum over for an argument, and whether the kinds prove it."""
    assert y.dims is not None
    assert mine.dims is not None
    lead = len(y.dims) - len(mine.dims)
    axes, sure = list(range(lead)), True
    for k, dim in enumerate(mine.dims):
        other = y.dims[lead + k]
        if same_size(dim, other) or (dim is not None and dim.is_many):
            continue
        if dim is not None and dim.is_one:
            if not (other is not None and other.is_one):
                axes.append(lead + k)
            continue
        if other is not None and other.is_one:
            continue
        sure = False
    return axes, sure
