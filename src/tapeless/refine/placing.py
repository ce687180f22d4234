"""Calls that put values at places of an array, as stores: ``np.put``, ``np.putmask``, ``np.place``.

>>> import numpy as np
>>> import tapeless
>>> def floored(x):
...     y = x * 1.0
...     np.putmask(y, y < 0.5, 0.5)
...     return np.sum(y)
>>> print(dict(tapeless.grad(floored).stages(np.ones(3)))["refine floored"])
def floored(x):
    y = x * 1.0
    t1 = y < 0.5
    y[t1] = 0.5
    value = np.sum(y)
    return value
"""

from __future__ import annotations

import operator
from collections.abc import Callable

import gast
import numpy as np

from ..analysis.infer import Inference
from ..analysis.kinds import Array, Kind, Number
from ..analysis.unit import Site, Unit
from ..syntax import assign, attribute, const, copy_tree, name

Stores = list[gast.stmt]


def placed(site: Site, unit: Unit, inference: Inference) -> Stores | None:
    """The stores that a call stands for; None where it is none of these, or in no such form."""
    form = FORMS.get(site.target) if _hashable(site.target) else None
    if form is None or not site.positional or not isinstance(site.positional[0], gast.Name):
        return None
    return form(_Placing(site, unit, inference))


def _hashable(thing: object) -> bool:
    try:
        hash(thing)
    except TypeError:
        return False
    return True


class _Placing:
    """One call: its array, its other arguments, and the statements made so far."""

    def __init__(self, site: Site, unit: Unit, inference: Inference):
        self.unit, self.inference = unit, inference
        self.owner, *self.others = site.positional
        self.keywords = site.keywords
        self.made: Stores = []
        kind = inference.kind(self.owner)
        self.rank = len(kind.axes) if isinstance(kind, Array) and kind.axes is not None else None

    def arguments(self, *names: str) -> list[gast.expr] | None:
        """These arguments, by position or name; None if there are others, or too few."""
        found = [
            *self.others,
            *(self.keywords[n] for n in names[len(self.others) :] if n in self.keywords),
        ]
        given = len(self.others) + len(self.keywords)
        return found if len(found) == len(names) == given else None

    def kind(self, node: gast.expr) -> Kind | None:
        return self.inference.kind(node)

    def named(self, function: Callable[..., object], *arguments: gast.expr) -> gast.Name:
        """A variable for the result of a call."""
        temporary = self.unit.namer.temporary()
        made = gast.Call(gast.Constant(function, None), [copy_tree(a) for a in arguments], [])
        self.made.append(assign(temporary, made))
        return name(temporary)

    def as_many(self, values: gast.expr, places: gast.expr) -> gast.expr:
        """As many values as there are places: they are used again from the first."""
        if isinstance(self.kind(values), Number):
            return values
        shape = gast.Call(gast.Constant(np.shape, None), [copy_tree(places)], [])
        return self.named(np.resize, values, shape)

    def store(self, index: gast.expr, value: gast.expr) -> Stores:
        where = gast.Subscript(copy_tree(self.owner), index, gast.Store())
        return [*self.made, gast.Assign([where], value, None)]

    def shape(self) -> gast.expr:
        return attribute(copy_tree(self.owner), "shape")


def _put(call: _Placing) -> Stores | None:
    given = call.arguments("ind", "v")
    if given is None or call.rank not in (1, 2):
        return None
    places, values = given
    value = call.as_many(values, places)
    if call.rank == 1:
        return call.store(copy_tree(places), value)
    flat = call.named(np.unravel_index, places, call.shape())
    parts = [gast.Subscript(copy_tree(flat), const(k), gast.Load()) for k in range(2)]
    return call.store(gast.Tuple(parts, gast.Load()), value)


def _putmask(call: _Placing) -> Stores | None:
    given = call.arguments("mask", "values")
    if given is None or call.rank is None:
        return None
    mask, values = given
    if isinstance(call.kind(values), Number):
        return call.store(copy_tree(mask), values)
    value = call.named(np.where, mask, call.named(np.resize, values, call.shape()), call.owner)
    return call.store(const(Ellipsis), value)


def _place(call: _Placing) -> Stores | None:
    given = call.arguments("mask", "vals")
    if given is None or call.rank is None:
        return None
    mask, values = given
    value: gast.expr = values
    if not isinstance(call.kind(values), Number):
        value = call.named(np.resize, values, call.named(np.count_nonzero, mask))
    return call.store(copy_tree(mask), value)


def _fill_diagonal(call: _Placing) -> Stores | None:
    given = call.arguments("val")
    if given is None or call.rank != 2:
        return None
    shortest = gast.Call(gast.Constant(min, None), [call.shape()], [])
    places = call.named(np.arange, shortest)
    value = call.as_many(given[0], places)
    return call.store(gast.Tuple([copy_tree(places), copy_tree(places)], gast.Load()), value)


def _put_along_axis(call: _Placing) -> Stores | None:
    given = call.arguments("indices", "values", "axis")
    if given is None or call.rank not in (1, 2):
        return None
    places, values, along = given
    axis = getattr(call.kind(along), "value", None)
    if type(axis) is not int or not -call.rank <= axis < call.rank:
        return None
    if call.rank == 1:
        return call.store(copy_tree(places), values)
    other = 0 if axis % 2 else 1
    length = gast.Subscript(call.shape(), const(other), gast.Load())
    across: gast.expr = call.named(np.arange, length)
    if axis % 2:
        across = call.named(np.reshape, across, gast.Tuple([const(-1), const(1)], gast.Load()))
    pair = [across, copy_tree(places)] if axis % 2 else [copy_tree(places), across]
    return call.store(gast.Tuple(pair, gast.Load()), values)


def _partition(call: _Placing) -> Stores | None:
    given = call.arguments("kth")
    if given is None:
        return None
    return call.store(const(Ellipsis), call.named(np.partition, call.owner, given[0]))


def _setitem(call: _Placing) -> Stores | None:
    given = call.arguments("key", "value")
    return None if given is None else call.store(copy_tree(given[0]), given[1])


FORMS: dict[object, Callable[[_Placing], Stores | None]] = {
    np.put: _put,
    np.ndarray.put: _put,
    np.putmask: _putmask,
    np.place: _place,
    np.fill_diagonal: _fill_diagonal,
    np.put_along_axis: _put_along_axis,
    np.ndarray.partition: _partition,
    operator.setitem: _setitem,
    np.ndarray.__setitem__: _setitem,
}
