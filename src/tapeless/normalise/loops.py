"""Every `for` runs over a `range`; what was iterated over is indexed.

>>> from tapeless.normalise.show import show
>>> show(loops, '''
... def f(x, y):
...     s = 0.0
...     for i, (a, b) in enumerate(zip(x, y)):
...         s += i * a * b
...     for v in reversed(x):
...         s *= v
...     return s
... ''')
def f(x, y):
    s = 0.0
    for i in range(min(len(x), len(y))):
        a, b = (x[i], y[i])
        s += i * a * b
    for j in range(len(x) - 1, -1, -1):
        v = x[j]
        s *= v
    return s

What is iterated over is evaluated once, as Python does: into a temporary, unless it is a name that
the loop does not assign. What cannot be indexed (a set, a dictionary, an iterator) is made a list.
Two things differ from Python: a list that grows while it is iterated over is refused where that can
be seen, and so is an endless iterator.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import gast

from ..syntax import (
    Namer,
    assign,
    call,
    const,
    copy_tree,
    locate_like,
    name,
    same,
    subscript,
    target,
)
from .evaluation import is_range
from .rewriter import Rewriter, local_names, nodes, read, stored
from .sequences import Indexer, Names, Objects, Sequence, Spot, less_one


def loops(
    tree: gast.FunctionDef,
    namer: Namer,
    indexed: dict[str, set[Spot]] | None = None,
    mappings: Collection[str | Spot] = (),
    objects: Objects = lambda path: None,
) -> gast.FunctionDef:
    """Make every `for` a `for … in range(…)`; consumes the tree.

    ``indexed`` collects the names that are indexed where Python would iterate, and where;
    ``mappings`` are names that are known to stand for what cannot be indexed by position, and
    places where it is known of a value.
    """
    return Loops(namer, indexed, mappings, objects).function(tree)


class Loops(Rewriter):
    def __init__(
        self,
        namer: Namer,
        indexed: dict[str, set[Spot]] | None = None,
        mappings: Collection[str | Spot] = (),
        objects: Objects = lambda path: None,
    ):
        super().__init__(namer)
        self.objects = objects
        self.mappings: frozenset[str | Spot] = frozenset(mappings)
        self.indexed = indexed if indexed is not None else {}
        self.names: Names
        self.counters: list[str] = []
        self.depth = 0

    def function(self, tree: gast.FunctionDef) -> gast.FunctionDef:
        self.read = read(tree.body)
        names = Names(self.namer, local_names(tree), frozenset(), self.indexed, self.objects)
        mappings = {
            s.targets[0].id
            for s in nodes(tree.body, enter_nested=False)
            if isinstance(s, gast.Assign)
            and isinstance(s.targets[0], gast.Name)
            and names.is_unindexed(s.value)
        }
        self.names = replace(names, mappings=frozenset(mappings) | self.mappings)
        return super().function(tree)

    def on_For(self, node: gast.For) -> list[gast.stmt]:
        iterated = node.iter
        indexer = Indexer(self.names, node, stored(node.body) | stored(node.target))
        if is_range(iterated):
            return [self._over_range(node, iterated.args)]
        if indexer.is_call(iterated, "reversed", 1):
            inner = iterated.args[0]
            if is_range(inner) and _can_be_reversed(inner.args):
                return [self._over_range(node, _downwards(*inner.args[::-1]))]
            sequence = indexer.sequence(inner)
            counter, taken = self._counter(node, None)
            bounds = _downwards(sequence.length)
        else:
            sequence = indexer.sequence(iterated)
            counter, taken = self._counter(node, sequence)
            bounds = [sequence.length]
        element = sequence.element(name(counter))
        place = node.target
        if taken:
            place, element = node.target.elts[1], element.elts[1]
        loop = self._loop(node, counter, bounds, self._bound(place, element, node))
        return [*indexer.setup, loop]

    # --- the loop -------------------------------------------------------------------

    def _over_range(self, node: gast.For, bounds: list[gast.expr]) -> gast.For:
        """A loop over a range keeps its variable, unless something else assigns that too."""
        bounds = [copy_tree(b) for b in bounds]
        variable = node.target
        if isinstance(variable, gast.Name):
            used = stored(node.body).union(*(read(b) for b in bounds))
            if variable.id not in used:
                return self._loop(node, variable.id, bounds, [], ours=False)
        counter = self._new_counter()
        first = locate_like(assign(variable, name(counter)), node)
        return self._loop(node, counter, bounds, [first])

    def _loop(
        self,
        node: gast.For,
        counter: str,
        bounds: list[gast.expr],
        first: list[gast.stmt],
        ours: bool = True,
    ) -> gast.For:
        self.depth += ours
        body = self.block([*first, *node.body])
        self.depth -= ours
        orelse = self.block(node.orelse) if node.orelse else []
        over = call("range", *bounds)
        return locate_like(gast.For(target(counter), over, body, orelse, None), node)

    def _counter(self, node: gast.For, sequence: Sequence | None) -> tuple[str, bool]:
        """The counter, and whether it is the user's own, as in ``for i, v in enumerate(x)``."""
        start = sequence.counts_from if sequence is not None else None
        place = node.target
        if (
            start is not None
            and same(start, const(0))
            and isinstance(place, gast.Tuple)
            and len(place.elts) == 2
        ):
            first, rest = place.elts
            if isinstance(first, gast.Name) and first.id not in stored(node.body) | stored(rest):
                return first.id, True
        return self._new_counter(), False

    def _new_counter(self) -> str:
        """Loops of the same depth share a counter."""
        while len(self.counters) <= self.depth:
            self.counters.append(self.namer.counter())
        return self.counters[self.depth]

    def _bound(self, place: gast.expr, element: gast.expr, node: gast.For) -> list[gast.stmt]:
        """The assignments that give the loop's variables their values."""
        if self._unread(place):
            return []
        if (
            isinstance(place, gast.Tuple)
            and isinstance(element, gast.Tuple)
            and len(place.elts) == 2
        ):
            key, value = element.elts
            if (
                isinstance(place.elts[0], gast.Name)
                and isinstance(value, gast.Subscript)
                and same(value.slice, key)
            ):
                # `for k, v in d.items()`: v = d[k]
                item = subscript(value.value, name(place.elts[0].id))
                pairs = [(place.elts[0], key), (place.elts[1], item)]
                return [locate_like(assign(p, e), node) for p, e in pairs if not self._unread(p)]
        return [locate_like(assign(place, element), node)]

    def _unread(self, place: gast.expr) -> bool:
        return isinstance(place, gast.Name) and place.id == "_" and "_" not in self.read


def _downwards(end: gast.expr, start: gast.expr | None = None) -> list[gast.expr]:
    """The bounds of a range from the last element before ``end`` down to ``start``."""
    return [less_one(end), const(-1) if start is None else less_one(start), const(-1)]


def _can_be_reversed(bounds: list[gast.expr]) -> bool:
    """Whether the bounds of a range can be swapped: at most one of them does something."""
    plain = (gast.Name, gast.Constant)
    return len(bounds) == 1 or (len(bounds) == 2 and any(isinstance(b, plain) for b in bounds))
