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

from collections.abc import Callable
from dataclasses import dataclass

import gast

from ..errors import NotSupported
from ..syntax import (
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
    target,
)
from .evaluation import is_range
from .rewriter import Rewriter, local_names, nodes, read, root, stored

RESIZING = {"append", "insert", "pop", "remove", "extend", "clear", "popitem", "add", "discard"}
ENDLESS = {"count", "cycle", "repeat"}
# Calls whose results cannot be indexed by position.
UNINDEXED = {
    "set",
    "frozenset",
    "dict",
    "filter",
    "iter",
    "Counter",
    "defaultdict",
    "OrderedDict",
    "vars",
}
UNINDEXED_STATIC = {"ndenumerate", "ndindex", "nditer", "fromkeys"}
DISPLAYS = (gast.Dict, gast.Set, gast.SetComp, gast.DictComp, gast.GeneratorExp)


def loops(
    tree: gast.FunctionDef, namer: Namer, indexed: set[str] | None = None
) -> gast.FunctionDef:
    """Make every `for` a `for … in range(…)`; consumes the tree.

    ``indexed`` collects the names that are indexed where Python would iterate.
    """
    return Loops(namer, indexed).function(tree)


@dataclass
class Sequence:
    """How to index what a loop runs over: the number of elements, and the element at a position."""

    length: gast.expr
    element: Callable[[gast.expr], gast.expr]
    counts_from: gast.expr | None = None  # for `enumerate`: the element is (position + this, …)


class Loops(Rewriter):
    def __init__(self, namer: Namer, indexed: set[str] | None = None):
        super().__init__(namer)
        self.indexed = indexed if indexed is not None else set()
        self.counters: list[str] = []
        self.depth = 0

    def function(self, tree: gast.FunctionDef) -> gast.FunctionDef:
        self.locals = local_names(tree)
        self.read = read(tree.body)
        self.mappings = {
            s.targets[0].id
            for s in nodes(tree.body, enter_nested=False)
            if isinstance(s, gast.Assign)
            and isinstance(s.targets[0], gast.Name)
            and needs_list(s.value)
        }
        return super().function(tree)

    def on_For(self, node: gast.For) -> list[gast.stmt]:
        changed = stored(node.body) | stored(node.target)
        iterated = node.iter
        if is_range(iterated):
            return self._over_range(node, changed, iterated.args)
        setup: list[gast.stmt] = []
        if self._is_call(iterated, "reversed", 1):
            inner = iterated.args[0]
            if is_range(inner) and _can_be_reversed(inner.args):
                return self._over_range(node, changed, _downwards(*inner.args[::-1]))
            sequence = self._sequence(inner, changed, node, setup)
            counter, taken = self._counter(node, changed, None)
            bounds = _downwards(sequence.length)
        else:
            sequence = self._sequence(iterated, changed, node, setup)
            counter, taken = self._counter(node, changed, sequence)
            bounds = [sequence.length]
        element = sequence.element(name(counter))
        place = node.target
        if taken:
            place, element = node.target.elts[1], element.elts[1]
        return [*setup, self._loop(node, counter, bounds, self._bound(place, element, node))]

    # --- the loop -------------------------------------------------------------------

    def _over_range(
        self, node: gast.For, changed: set[str], bounds: list[gast.expr]
    ) -> list[gast.stmt]:
        plain = isinstance(node.target, gast.Name)
        bounds = [copy_tree(b) for b in bounds]
        if plain and node.target.id not in stored(node.body) | set().union(
            *(read(b) for b in bounds)
        ):
            return [self._loop(node, node.target.id, bounds, [], deeper=False)]
        counter = self._new_counter()
        return [
            self._loop(
                node, counter, bounds, [locate_like(assign(node.target, name(counter)), node)]
            )
        ]

    def _loop(
        self, node: gast.For, counter: str, bounds, first: list[gast.stmt], deeper: bool = True
    ) -> gast.For:
        self.depth += deeper
        body = self.block([*first, *node.body])
        self.depth -= deeper
        orelse = self.block(node.orelse) if node.orelse else []
        return locate_like(
            gast.For(target(counter), call("range", *bounds), body, orelse, None), node
        )

    def _counter(
        self, node: gast.For, changed: set[str], sequence: Sequence | None
    ) -> tuple[str, bool]:
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

    # --- what it runs over -------------------------------------------------------------

    def _sequence(
        self, node: gast.expr, changed: set[str], loop: gast.For, setup: list[gast.stmt]
    ) -> Sequence:
        if is_range(node):
            return self._range(node.args, changed, setup)
        if self._is_call(node, "enumerate", 1, 2) or self._is_call(
            node, "enumerate", 1, 1, "start"
        ):
            return self._enumerate(node, changed, loop, setup)
        if self._is_call(node, "zip", 1, 99, "strict"):
            return self._zip(node, changed, loop, setup)
        if self._is_call(node, "map", 2, 99):
            function = self._fixed(node.args[0], changed, setup)
            parts = [self._sequence(a, changed, loop, setup) for a in node.args[1:]]
            return Sequence(
                _shortest(parts),
                lambda i: call(copy_tree(function), *(p.element(i) for p in parts)),
            )
        if self._is_call(node, "reversed", 1):
            inner = self._sequence(node.args[0], changed, loop, setup)
            length = self._fixed(inner.length, changed, setup)
            return Sequence(length, lambda i: inner.element(_sum(_less_one(length), gast.Sub(), i)))
        if _is_method(node, "items"):
            return self._items(node.func.value, changed, loop, setup)
        return self._indexable(node, changed, loop, setup)

    def _indexable(
        self, node: gast.expr, changed: set[str], loop: gast.For, setup: list[gast.stmt]
    ) -> Sequence:
        if _last_name(node) in ENDLESS and isinstance(node, gast.Call) and _from_itertools(node):
            raise NotSupported(node, "an endless iterator", instead="`while True:` with a counter")
        if isinstance(node, gast.Starred):
            raise NotSupported(
                node, "a starred argument here", instead="name what is iterated over"
            )
        self._refuse_resizing(node, loop)
        if (
            needs_list(node) or (isinstance(node, gast.Name) and node.id in self.mappings)
        ) and not self._is_local_function(node):
            node = locate_like(call("list", node), node)
        base = self._fixed(node, changed, setup)
        if isinstance(base, gast.Name):
            self.indexed.add(base.id)
        return Sequence(
            call("len", copy_tree(base)), lambda i: subscript(copy_tree(base), copy_tree(i))
        )

    def _range(
        self, bounds: list[gast.expr], changed: set[str], setup: list[gast.stmt]
    ) -> Sequence:
        fixed = [self._fixed(b, changed, setup) for b in bounds]
        if len(fixed) == 1:
            return Sequence(fixed[0], lambda i: copy_tree(i))
        start = fixed[0]
        step = fixed[2] if len(fixed) == 3 else const(1)
        if len(fixed) == 2:
            length = gast.BinOp(copy_tree(fixed[1]), gast.Sub(), copy_tree(start))
        else:
            length = call("len", call("range", *(copy_tree(b) for b in fixed)))
        return Sequence(length, lambda i: _sum(start, gast.Add(), _product(i, step)))

    def _enumerate(
        self, node: gast.Call, changed: set[str], loop: gast.For, setup: list[gast.stmt]
    ) -> Sequence:
        inner = self._sequence(node.args[0], changed, loop, setup)
        start = (
            node.args[1]
            if len(node.args) > 1
            else node.keywords[0].value
            if node.keywords
            else const(0)
        )
        start = self._fixed(start, changed, setup)

        def element(i: gast.expr) -> gast.expr:
            position = copy_tree(i) if same(start, const(0)) else _sum(i, gast.Add(), start)
            return _pair(position, inner.element(i))

        return Sequence(inner.length, element, counts_from=start)

    def _zip(
        self, node: gast.Call, changed: set[str], loop: gast.For, setup: list[gast.stmt]
    ) -> Sequence:
        if any(isinstance(a, gast.Starred) for a in node.args):
            return self._indexable(locate_like(call("list", node), node), changed, loop, setup)
        parts = [self._sequence(a, changed, loop, setup) for a in node.args]
        strict = node.keywords[0].value if node.keywords else const(False)
        if not isinstance(strict, gast.Constant):
            raise NotSupported(node, "`strict` is not a literal", instead="strict=True")
        if strict.value and len(parts) > 1:
            lengths = [p.length for p in parts]
            different = gast.Compare(copy_tree(lengths[0]), [gast.NotEq()], [copy_tree(lengths[1])])
            for left, right in zip(lengths[1:], lengths[2:], strict=False):
                one = gast.Compare(copy_tree(left), [gast.NotEq()], [copy_tree(right)])
                different = gast.BoolOp(gast.Or(), [different, one])
            error = call("ValueError", const("zip() arguments have different lengths"))
            setup.append(gast.If(different, [gast.Raise(error, None)], []))
            parts_length = lengths[0]
        else:
            parts_length = _shortest(parts)
        return Sequence(parts_length, lambda i: _tuple([p.element(i) for p in parts]))

    def _items(
        self, mapping: gast.expr, changed: set[str], loop: gast.For, setup: list[gast.stmt]
    ) -> Sequence:
        self._refuse_resizing(mapping, loop)
        mapping = self._fixed(mapping, changed, setup)
        keys = self.namer.temporary()
        setup.append(assign(keys, call("list", call(attribute(copy_tree(mapping), "keys")))))

        def element(i: gast.expr) -> gast.expr:
            key = subscript(name(keys), copy_tree(i))
            return _pair(key, subscript(copy_tree(mapping), copy_tree(key)))

        return Sequence(call("len", name(keys)), element)

    def _fixed(self, node: gast.expr, changed: set[str], setup: list[gast.stmt]) -> gast.expr:
        """An expression that has one value during the loop: itself, or a temporary."""
        if isinstance(node, gast.Constant) and not isinstance(node.value, str):
            return node
        origin = root(node)
        if isinstance(node, gast.Name) and origin not in changed:
            return node
        if origin is not None and origin not in self.locals:
            return node
        if isinstance(node, gast.Call) and same(node.func, name("len")) and len(node.args) == 1:
            inner = node.args[0]
            if isinstance(inner, gast.Name) and inner.id not in changed:
                return node
        temporary = self.namer.temporary()
        setup.append(assign(temporary, node))
        return locate_like(name(temporary), node)

    # --- telling calls ---------------------------------------------------------------

    def _is_call(
        self, node: gast.expr, function: str, least: int, most: int | None = None, *keywords: str
    ) -> bool:
        return (
            isinstance(node, gast.Call)
            and isinstance(node.func, gast.Name)
            and node.func.id == function
            and function not in self.locals
            and least <= len(node.args) <= (most or least)
            and all(k.arg in keywords for k in node.keywords)
            and (function == "zip" or not any(isinstance(a, gast.Starred) for a in node.args))
        )

    def _is_local_function(self, node: gast.expr) -> bool:
        return (
            isinstance(node, gast.Call)
            and isinstance(node.func, gast.Name)
            and node.func.id in self.locals
        )

    def _refuse_resizing(self, node: gast.expr, loop: gast.For) -> None:
        if not isinstance(node, gast.Name):
            return
        for inner in nodes(loop.body, enter_nested=False):
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


def needs_list(node: gast.expr) -> bool:
    if isinstance(node, DISPLAYS) or (
        isinstance(node, gast.Constant) and isinstance(node.value, str)
    ):
        return True
    if not isinstance(node, gast.Call):
        return False
    if isinstance(node.func, gast.Name):
        return node.func.id in UNINDEXED or node.func.id in ("zip", "map", "enumerate", "reversed")
    if _from_itertools(node):
        return True
    return isinstance(node.func, gast.Attribute) and (
        node.func.attr in UNINDEXED | UNINDEXED_STATIC
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


def _last_name(node: gast.expr) -> str | None:
    if isinstance(node, gast.Call):
        node = node.func
    return (
        node.attr
        if isinstance(node, gast.Attribute)
        else node.id
        if isinstance(node, gast.Name)
        else None
    )


def _from_itertools(node: gast.Call) -> bool:
    return isinstance(node.func, gast.Attribute) and root(node.func) in ("itertools", "it")


def _downwards(end: gast.expr, start: gast.expr | None = None) -> list[gast.expr]:
    """The bounds of a range from the last element before ``end`` down to ``start``."""
    return [_less_one(end), const(-1) if start is None else _less_one(start), const(-1)]


def _can_be_reversed(bounds: list[gast.expr]) -> bool:
    """Whether the bounds of a range can be swapped: evaluating one must not be seen by the other."""
    plain = (gast.Name, gast.Constant)
    return len(bounds) == 1 or (len(bounds) == 2 and any(isinstance(b, plain) for b in bounds))


def _less_one(length: gast.expr) -> gast.expr:
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


def _tuple(elements: list[gast.expr]) -> gast.Tuple:
    return gast.Tuple(elements, gast.Load())


def _pair(left: gast.expr, right: gast.expr) -> gast.Tuple:
    return _tuple([left, right])


def _shortest(parts: list[Sequence]) -> gast.expr:
    """The bound of a `zip`: the least of the lengths, each said once."""
    lengths: list[gast.expr] = []
    for part in parts:
        if not any(same(part.length, other) for other in lengths):
            lengths.append(part.length)
    if len(lengths) == 1:
        return copy_tree(lengths[0])
    return call("min", *(copy_tree(length) for length in lengths))
