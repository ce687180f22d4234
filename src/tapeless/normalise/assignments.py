"""One target per assignment: unpacking, chains, annotations and `del` go.

>>> from tapeless.normalise.show import show
>>> show(assignments, '''
... def f(x, n):
...     rows, cols = x.shape
...     a, b = 0.0, 1.0
...     for i in range(n):
...         a, b = b, a + b
...     first, *rest = x
...     p = q = a * b
...     s: float = p + q
...     del p
...     return s
... ''')
def f(x, n):
    t1 = x.shape
    rows = t1[0]
    cols = t1[1]
    a = 0.0
    b = 1.0
    for i in range(n):
        t2 = b
        b = a + b
        a = t2
    first = x[0]
    rest = list(x[1:])
    p = a * b
    q = p
    s = p + q
    return s
"""

from __future__ import annotations

from collections.abc import Collection

import gast

from ..errors import NotSupported
from ..syntax import Namer, assign, attribute, call, const, copy_tree, locate_like, name, subscript
from .rewriter import Rewriter, captured_names, read, stored, walruses
from .sequences import Spot, is_unindexed, needs_list, spot_of

DISPLAYS = (gast.Tuple, gast.List)
Unpacked = dict[tuple[int, int], list[tuple[str, int, bool]]]


def assignments(
    tree: gast.FunctionDef,
    namer: Namer,
    indexed: dict[str, set[Spot]] | None = None,
    unpacked: Unpacked | None = None,
    mappings: Collection[str | Spot] = (),
) -> gast.FunctionDef:
    """Give every assignment one target: a name, an element or an attribute; consumes the tree.

    ``indexed`` collects the names that are indexed where Python would iterate, ``unpacked``, by
    location, the name that is unpacked, the number of targets, and whether it must be exact.
    ``mappings`` are names that are known to stand for what cannot be indexed by position.
    """
    return Assignments(namer, indexed, unpacked, mappings).function(tree)


class Assignments(Rewriter):
    def __init__(
        self,
        namer: Namer,
        indexed: dict[str, set[Spot]] | None,
        unpacked: Unpacked | None,
        mappings: Collection[str | Spot] = (),
    ):
        super().__init__(namer)
        self.mappings = mappings
        self.indexed = indexed if indexed is not None else {}
        self.unpacked = unpacked if unpacked is not None else {}

    def function(self, tree: gast.FunctionDef) -> gast.FunctionDef:
        self.captured = captured_names(tree)
        self.trying = 0
        self.read = read(tree.body)
        return super().function(tree)

    def on_AnnAssign(self, node: gast.AnnAssign) -> list[gast.stmt]:
        if node.value is None:
            return []
        return [locate_like(assign(_bare(node.target), node.value), node)]

    def on_Delete(self, node: gast.Delete) -> list[gast.stmt]:
        """``del d[k]`` is ``d.pop(k)``; a name that goes is of no consequence."""
        out: list[gast.stmt] = []
        targets = list(node.targets)
        for target in targets:  # grows while it is run over
            if isinstance(target, DISPLAYS):
                targets += target.elts
            elif isinstance(target, gast.Subscript):
                base = copy_tree(target.value)
                popped = locate_like(call(attribute(base, "pop"), target.slice), target)
                out.append(locate_like(gast.Expr(popped), node))
        return out

    def on_Global(self, node: gast.Global) -> list[gast.stmt]:
        return []

    on_Nonlocal = on_Global

    def on_Try(self, node: gast.Try) -> list[gast.stmt]:
        self.trying += 1
        self.inside(node)
        self.trying -= 1
        return [node]

    def on_Assign(self, node: gast.Assign) -> list[gast.stmt]:
        out: list[gast.stmt] = []
        if len(node.targets) == 1:
            self._bind(node.targets[0], node.value, out, node)
            return out
        value = node.value
        first = node.targets[0]
        names = [stored(t) for t in node.targets]
        targets = node.targets
        if isinstance(first, gast.Name) and not any(first.id in s for s in names[1:]):
            out.append(assign(first, value))
            value, targets = locate_like(name(first.id), first), targets[1:]
        elif not isinstance(value, gast.Constant) and not (
            isinstance(value, gast.Name) and not any(value.id in s for s in names)
        ):
            value = self._save(value, out)
        for target in targets:
            self._bind(target, copy_tree(value), out, node)
        return out

    # --- one target -------------------------------------------------------------------

    def _bind(
        self, target: gast.expr, value: gast.expr, out: list[gast.stmt], node: gast.stmt
    ) -> None:
        """Append the assignment of a value to any target."""
        if not isinstance(target, DISPLAYS):
            if (
                isinstance(target, gast.Name)
                and target.id == "_"
                and "_" not in self.read
                and _harmless(value)
            ):
                return
            out.append(assign(target, value))
        elif isinstance(value, DISPLAYS) and not any(
            isinstance(e, gast.Starred) for e in value.elts
        ):
            self._bind_display(target, value, out, node)
        else:
            self._unpack(target, value, out, node)

    def _save(self, value: gast.expr, out: list[gast.stmt]) -> gast.Name:
        temporary = self.namer.temporary()
        out.append(assign(temporary, value))
        return locate_like(name(temporary), value)

    def _bind_display(
        self, target: gast.expr, value: gast.expr, out: list[gast.stmt], node: gast.stmt
    ) -> None:
        """``a, b = b, a + b``: evaluate from left to right, then assign from left to right."""
        targets, values = _matched(target, value, node)
        names = [t.id for t in targets if isinstance(t, gast.Name)]
        plain = (
            len(set(names)) == len(targets)
            and not self.trying
            and not walruses(values)
            and not self.captured & set(names)
        )
        assigned = set().union(*(stored(t) for t in targets))
        delayed = []
        for k, (place, item) in enumerate(zip(targets, values, strict=True)):
            later = read(values[k + 1 :]) if plain else set()
            if plain and place.id not in later:
                self._bind(place, item, out, node)
                continue
            if isinstance(place, DISPLAYS) and needs_list(item):
                item = locate_like(call("list", item), item)
            delayed.append((place, self._hold(item, assigned, out)))
        for place, item in delayed:
            self._bind(place, item, out, node)

    def _hold(self, value: gast.expr, assigned: set[str], out: list[gast.stmt]) -> gast.expr:
        """A value that stays what it is while the targets are assigned."""
        if isinstance(value, gast.Constant) or (
            isinstance(value, gast.Name) and value.id not in assigned
        ):
            return value
        return self._save(value, out)

    def _unpack(
        self, target: gast.expr, value: gast.expr, out: list[gast.stmt], node: gast.stmt
    ) -> None:
        """``rows, cols = x.shape``: one element after the other."""
        targets = target.elts
        spot = spot_of(value)
        if is_unindexed(value, self.mappings):
            value = locate_like(call("list", value), value)
        if not isinstance(value, gast.Name) or value.id in stored(target):
            value = self._save(value, out)
        self.indexed.setdefault(value.id, set()).add(spot)
        star = next((i for i, t in enumerate(targets) if isinstance(t, gast.Starred)), None)
        fixed = len(targets) - (star is not None)
        place = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
        self.unpacked.setdefault(place, []).append((value.id, fixed, star is None))
        for k, inner in enumerate(targets):
            index = const(k)
            if star is not None and k > star:
                index = const(k - len(targets))
            if k == star:
                after = len(targets) - star - 1
                upper = const(-after) if after else None
                lower = const(star) if star else None
                part = subscript(copy_tree(value), gast.Slice(lower, upper, None))
                self._bind(inner.value, locate_like(call("list", part), value), out, node)
                continue
            self._bind(inner, locate_like(subscript(copy_tree(value), index), value), out, node)


def _matched(
    target: gast.expr, value: gast.expr, node: gast.stmt
) -> tuple[list[gast.expr], list[gast.expr]]:
    """Targets and values of two displays, pair by pair; displays inside are taken apart too."""
    targets, values = list(target.elts), list(value.elts)
    star = next((i for i, t in enumerate(targets) if isinstance(t, gast.Starred)), None)
    if star is not None and len(values) >= len(targets) - 1:
        end = len(values) - (len(targets) - star - 1)
        middle = locate_like(gast.List(values[star:end], gast.Load()), value)
        values[star:end] = [middle]
        targets[star] = targets[star].value
    if len(targets) != len(values):
        raise NotSupported(node, f"{len(values)} values for {len(targets)} targets", never=True)
    flat_targets: list[gast.expr] = []
    flat_values: list[gast.expr] = []
    for place, item in zip(targets, values, strict=True):
        inside = isinstance(place, DISPLAYS) and isinstance(item, DISPLAYS)
        if inside and not any(isinstance(e, gast.Starred) for e in item.elts):
            places, items = _matched(place, item, node)
            flat_targets.extend(places)
            flat_values.extend(items)
        else:
            flat_targets.append(place)
            flat_values.append(item)
    return flat_targets, flat_values


def _bare(target: gast.expr) -> gast.expr:
    if isinstance(target, gast.Name):
        return locate_like(gast.Name(target.id, gast.Store(), None, None), target)
    return target


def _harmless(value: gast.expr) -> bool:
    """Whether not evaluating an expression goes unnoticed: a literal, a name, an element of one."""
    if isinstance(value, gast.Subscript):
        return isinstance(value.value, gast.Name) and isinstance(
            value.slice, (gast.Constant, gast.UnaryOp)
        )
    return isinstance(value, (gast.Name, gast.Constant))
