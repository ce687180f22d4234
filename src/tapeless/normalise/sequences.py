"""What a loop runs over, as something that can be indexed.

`enumerate`, `zip`, `reversed`, `map`, `range` and `items()` become index arithmetic, also inside
each other; what cannot be indexed is made a list; anything else is indexed as it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import gast
import numpy as np

from ..errors import NotSupported
from ..syntax import (
    LOCATION,
    Namer,
    assign,
    attribute,
    call,
    const,
    copy_tree,
    locate_like,
    name,
    same,
    subscript,
)
from .evaluation import is_range
from .rewriter import nodes, root

Objects = Callable[[gast.expr], object]  # what a static path stands for
RESIZING = {"append", "insert", "pop", "remove", "extend", "clear", "popitem", "add", "discard"}
# Calls whose results cannot be indexed by position.
ITERATORS = {"zip", "map", "filter", "enumerate", "reversed", "iter"}
COLLECTIONS = {"set", "frozenset", "dict", "Counter", "defaultdict", "OrderedDict", "vars"}
UNINDEXED = ITERATORS | COLLECTIONS
UNINDEXED_METHODS = {"ndenumerate", "ndindex", "nditer", "fromkeys", *UNINDEXED}
DISPLAYS = (gast.Dict, gast.Set, gast.SetComp, gast.DictComp, gast.GeneratorExp)


Spot = tuple[int | None, ...]


@dataclass
class Sequence:
    """How to index what a loop runs over: the number of elements, and the element at a position."""

    length: gast.expr | None  # None: it has no end
    element: Callable[[gast.expr], gast.expr]
    counts_from: gast.expr | None = None  # for `enumerate`: the element is (position + this, …)


@dataclass(frozen=True)
class Names:
    """What is known about the names of the function."""

    namer: Namer
    locals: set[str]
    # Names that hold something that cannot be indexed by position, and places where such stands.
    mappings: frozenset[str | Spot]
    # Collects the names that are indexed where Python would iterate, and where it would.
    indexed: dict[str, set[Spot]]
    objects: Objects

    def from_itertools(self, node: gast.expr) -> str | None:
        """The function of `itertools` that an expression is a call of."""
        if not isinstance(node, gast.Call) or not isinstance(
            node.func, (gast.Name, gast.Attribute)
        ):
            return None
        found = self.objects(node.func)
        owner = getattr(found, "__objclass__", found)  # of `chain.from_iterable`: chain
        if getattr(owner, "__module__", None) != "itertools":
            return None
        return str(getattr(found, "__name__", ""))

    def is_unindexed(self, node: gast.expr) -> bool:
        """Whether something is known not to be indexed by position."""
        return self.from_itertools(node) is not None or is_unindexed(node, self.mappings)


@dataclass
class Indexer:
    """Finds out how to index what one loop runs over.

    ``changed``: the names that the loop assigns. ``setup`` collects what comes before the loop.
    """

    names: Names
    loop: gast.For
    changed: set[str]
    setup: list[gast.stmt] = field(default_factory=list)

    def sequence(self, node: gast.expr) -> Sequence:
        """How to index the value of an expression, which has an end."""
        found = self.any_sequence(node)
        if found.length is None:
            raise NotSupported(node, "an endless iterator", instead="`while True:` with a counter")
        return found

    def any_sequence(self, node: gast.expr) -> Sequence:
        """How to index the value of an expression."""
        if is_range(node):
            return self._range(node.args)
        if self.is_call(node, "enumerate", 1, 2) or self.is_call(node, "enumerate", 1, 1, "start"):
            return self._enumerate(node)
        if self.is_call(node, "zip", 1, 99, "strict"):
            return self._zip(node)
        if self.is_call(node, "map", 2, 99):
            function = self._fixed(node.args[0])
            parts = [self.any_sequence(a) for a in node.args[1:]]
            return Sequence(
                _shortest(parts),
                lambda i: call(copy_tree(function), *(p.element(i) for p in parts)),
            )
        if self.is_call(node, "reversed", 1):
            inner = self.sequence(node.args[0])
            length = self._fixed(inner.length)
            return Sequence(length, lambda i: inner.element(_sum(less_one(length), gast.Sub(), i)))
        if _is_method(node, "items"):
            return self._items(node.func.value)
        return self._of_itertools(node) or self._of_numpy(node) or self._indexable(node)

    def _of_numpy(self, node: gast.expr) -> Sequence | None:
        """The elements of an array of any rank, in its plain form."""
        if not isinstance(node, gast.Call) or node.keywords or len(node.args) != 1:
            return None
        if not isinstance(node.func, (gast.Name, gast.Attribute)):
            return None
        function = self.names.objects(node.func)
        if function is np.ndenumerate:
            array = self._fixed(node.args[0])
            shape = attribute(copy_tree(array), "shape")
            indices = gast.Call(gast.Constant(np.ndindex, None), [shape], [])
            places = self._fixed(locate_like(call("list", locate_like(indices, node)), node))

            def element(i: gast.expr) -> gast.expr:
                place = subscript(copy_tree(places), copy_tree(i))
                return _pair(place, subscript(copy_tree(array), copy_tree(place)))

            return Sequence(call("len", copy_tree(places)), element)
        if function is np.nditer and not isinstance(node.args[0], (gast.List, gast.Tuple)):
            flat = gast.Call(attribute(node.args[0], "ravel"), [], [])
            flat.keywords.append(gast.keyword("order", const("K")))
            return self._indexable(locate_like(flat, node))
        return None

    def _of_itertools(self, node: gast.expr) -> Sequence | None:
        """What needs no list: iterators that have no end, or are the same everywhere."""
        function = self.names.from_itertools(node)
        if function == "count" and not node.keywords:
            if not node.args:
                return Sequence(None, copy_tree)
            start, step = [*(self._fixed(a) for a in node.args), const(1)][:2]
            return Sequence(None, lambda i: _sum(start, gast.Add(), _product(i, step)))
        if function == "repeat" and not node.keywords:
            value, *times = [self._fixed(a) for a in node.args]
            return Sequence(times[0] if times else None, lambda i: copy_tree(value))
        if function == "cycle":
            # A slice of all of it: what is read late is checked for changes, a list is not.
            whole = gast.Call(
                gast.Constant(itertools.islice, None), [node.args[0], const(None)], []
            )
            base = self._indexable(locate_like(call("list", locate_like(whole, node)), node))
            around = base.length
            return Sequence(
                None,
                lambda i: base.element(gast.BinOp(copy_tree(i), gast.Mod(), copy_tree(around))),
            )
        if function == "islice" and not node.keywords and len(node.args) in (2, 3):
            inner = self.names.from_itertools(node.args[0])
            if inner in ("count", "cycle", "repeat"):
                return self._slice(node)
        if function == "starmap" and len(node.args) == 2:
            called, rows = self._fixed(node.args[0]), self.any_sequence(node.args[1])
            return Sequence(rows.length, lambda i: _spread(called, rows.element(i)))
        return None

    def _slice(self, node: gast.Call) -> Sequence | None:
        """A part of what has no end."""
        inner = self.any_sequence(node.args[0])
        if inner.length is not None:
            return None
        bounds = [self._fixed(a) for a in node.args[1:]]
        stop = bounds[-1]
        if isinstance(stop, gast.Constant) and stop.value is None:
            return None
        if len(bounds) == 1:
            return Sequence(stop, inner.element)
        start = bounds[0]
        return Sequence(
            _sum(stop, gast.Sub(), start), lambda i: inner.element(_sum(i, gast.Add(), start))
        )

    def _indexable(self, node: gast.expr) -> Sequence:
        if isinstance(node, gast.Starred):
            raise NotSupported(
                node, "a starred argument here", instead="name what is iterated over"
            )
        self._refuse_resizing(node)
        if isinstance(node, gast.Set) and all(isinstance(e, gast.Constant) for e in node.elts):
            node = locate_like(_tuple([const(v) for v in _members(node)]), node)
        spot = spot_of(node)
        if self.names.is_unindexed(node) and not self._is_local_function(node):
            node = locate_like(call("list", node), node)
        base = self._fixed(node)
        if isinstance(base, gast.Name):
            self.names.indexed.setdefault(base.id, set()).add(spot)
        return Sequence(
            call("len", copy_tree(base)), lambda i: subscript(copy_tree(base), copy_tree(i))
        )

    def _range(self, bounds: list[gast.expr]) -> Sequence:
        fixed = [self._fixed(b) for b in bounds]
        if len(fixed) == 1:
            return Sequence(fixed[0], lambda i: copy_tree(i))
        start = fixed[0]
        step = fixed[2] if len(fixed) == 3 else const(1)
        if len(fixed) == 2:
            length = gast.BinOp(copy_tree(fixed[1]), gast.Sub(), copy_tree(start))
        else:
            length = call("len", call("range", *(copy_tree(b) for b in fixed)))
        return Sequence(length, lambda i: _sum(start, gast.Add(), _product(i, step)))

    def _enumerate(self, node: gast.Call) -> Sequence:
        inner = self.any_sequence(node.args[0])
        start = (
            node.args[1]
            if len(node.args) > 1
            else node.keywords[0].value
            if node.keywords
            else const(0)
        )
        start = self._fixed(start)

        def element(i: gast.expr) -> gast.expr:
            position = copy_tree(i) if same(start, const(0)) else _sum(i, gast.Add(), start)
            return _pair(position, inner.element(i))

        return Sequence(inner.length, element, counts_from=start)

    def _zip(self, node: gast.Call) -> Sequence:
        if any(isinstance(a, gast.Starred) for a in node.args):
            return self._indexable(locate_like(call("list", node), node))
        parts = [self.any_sequence(a) for a in node.args]
        strict = node.keywords[0].value if node.keywords else const(False)
        if not isinstance(strict, gast.Constant):
            raise NotSupported(node, "`strict` is not a literal", instead="strict=True")
        if strict.value and len(parts) > 1:
            lengths = [p.length for p in parts if p.length is not None]
            different = gast.Compare(copy_tree(lengths[0]), [gast.NotEq()], [copy_tree(lengths[1])])
            for left, right in itertools.pairwise(lengths[1:]):
                one = gast.Compare(copy_tree(left), [gast.NotEq()], [copy_tree(right)])
                different = gast.BoolOp(gast.Or(), [different, one])
            error = call("ValueError", const("zip() arguments have different lengths"))
            self.setup.append(gast.If(different, [gast.Raise(error, None)], []))
            parts_length = lengths[0]
        else:
            parts_length = _shortest(parts)
        return Sequence(parts_length, lambda i: _tuple([p.element(i) for p in parts]))

    def _items(self, mapping: gast.expr) -> Sequence:
        self._refuse_resizing(mapping)
        mapping = self._fixed(mapping)
        keys = self.names.namer.temporary()
        self.setup.append(assign(keys, call("list", call(attribute(copy_tree(mapping), "keys")))))

        def element(i: gast.expr) -> gast.expr:
            key = subscript(name(keys), copy_tree(i))
            return _pair(key, subscript(copy_tree(mapping), copy_tree(key)))

        return Sequence(call("len", name(keys)), element)

    def _fixed(self, node: gast.expr) -> gast.expr:
        """An expression that has one value during the loop: itself, or a temporary."""
        if isinstance(node, gast.Constant) and not isinstance(node.value, str):
            return node
        origin = root(node)
        if isinstance(node, gast.Name) and origin not in self.changed:
            return node
        if origin is not None and origin not in self.names.locals:
            return node
        if isinstance(node, gast.Call) and same(node.func, name("len")) and len(node.args) == 1:
            inner = node.args[0]
            if isinstance(inner, gast.Name) and inner.id not in self.changed:
                return node
        temporary = self.names.namer.temporary()
        self.setup.append(assign(temporary, node))
        return locate_like(name(temporary), node)

    # --- telling calls ---------------------------------------------------------------

    def is_call(
        self, node: gast.expr, function: str, least: int, most: int | None = None, *keywords: str
    ) -> bool:
        return (
            isinstance(node, gast.Call)
            and isinstance(node.func, gast.Name)
            and node.func.id == function
            and function not in self.names.locals
            and least <= len(node.args) <= (most or least)
            and all(k.arg in keywords for k in node.keywords)
            and (function == "zip" or not any(isinstance(a, gast.Starred) for a in node.args))
        )

    def _is_local_function(self, node: gast.expr) -> bool:
        return (
            isinstance(node, gast.Call)
            and isinstance(node.func, gast.Name)
            and node.func.id in self.names.locals
        )

    def _refuse_resizing(self, node: gast.expr) -> None:
        if not isinstance(node, gast.Name):
            return
        for inner in nodes(self.loop.body, enter_nested=False):
            if (
                isinstance(inner, gast.Call)
                and isinstance(inner.func, gast.Attribute)
                and inner.func.attr in RESIZING
                and isinstance(inner.func.value, gast.Name)
                and inner.func.value.id == node.id
            ):
                raise NotSupported(
                    inner,
                    f"`{node.id}` changes its length while the loop runs over it",
                    instead=f"`for … in list({node.id})`, or a while loop",
                )


def spot_of(node: gast.AST) -> Spot:
    """Where an expression stands in the user's file."""
    return tuple(getattr(node, field, None) for field in LOCATION)


def is_unindexed(node: gast.expr, mappings: Collection[str | Spot]) -> bool:
    """Whether something is known, by itself or from its kind, not to be indexed by position."""
    named = isinstance(node, gast.Name) and node.id in mappings
    return named or needs_list(node) or spot_of(node) in mappings


def needs_list(node: gast.expr) -> bool:
    if isinstance(node, DISPLAYS) or (
        isinstance(node, gast.Constant) and isinstance(node.value, str)
    ):
        return True
    if not isinstance(node, gast.Call):
        return False
    if isinstance(node.func, gast.Name):
        return node.func.id in UNINDEXED
    return isinstance(node.func, gast.Attribute) and (
        node.func.attr in UNINDEXED_METHODS
        or any(_is_method(node, method) for method in ("items", "keys", "values"))
    )


def _is_method(node: gast.expr, method: str) -> bool:
    return (
        isinstance(node, gast.Call)
        and isinstance(node.func, gast.Attribute)
        and node.func.attr == method
        and not node.args
        and not node.keywords
    )


def less_one(length: gast.expr) -> gast.expr:
    """``length - 1``."""
    if isinstance(length, gast.Constant) and isinstance(length.value, int):
        return const(length.value - 1)
    return gast.BinOp(copy_tree(length), gast.Sub(), const(1))


def _sum(left: gast.expr, operator: gast.operator, right: gast.expr) -> gast.expr:
    return gast.BinOp(copy_tree(left), operator, copy_tree(right))


def _product(i: gast.expr, step: gast.expr) -> gast.expr:
    return (
        copy_tree(i)
        if same(step, const(1))
        else gast.BinOp(copy_tree(i), gast.Mult(), copy_tree(step))
    )


def _members(node: gast.Set) -> list[object]:
    """What a set of constants gives, in its order; that of strings is arbitrary in Python."""
    members = {e.value for e in node.elts}
    if all(isinstance(m, (int, float)) for m in members):
        return list(members)
    return sorted(members, key=repr)


def _tuple(elements: list[gast.expr]) -> gast.Tuple:
    return gast.Tuple(elements, gast.Load())


def _pair(left: gast.expr, right: gast.expr) -> gast.Tuple:
    return _tuple([left, right])


def _spread(function: gast.expr, row: gast.expr) -> gast.expr:
    """``f(*row)``."""
    given = row.elts if isinstance(row, gast.Tuple) else [gast.Starred(row, gast.Load())]
    return call(copy_tree(function), *given)


def _shortest(parts: list[Sequence]) -> gast.expr | None:
    """The bound of a `zip`: the least of the lengths, each said once."""
    lengths: list[gast.expr] = []
    for part in parts:
        if part.length is None:
            continue
        if not any(same(part.length, other) for other in lengths):
            lengths.append(part.length)
    if len(lengths) < 2:
        return copy_tree(lengths[0]) if lengths else None
    return call("min", *(copy_tree(length) for length in lengths))
