"""What looks up, merges and sorts is written with subscripts, stores and orders.

`d.get(k, v)` becomes a branch, `{**a, **b}` a display or a loop, `sorted` an order that is found
once and that both sweeps follow.

>>> import tapeless
>>> def looked_up(x):
...     d = {"a": x}
...     return d.get("b", x) * d.get("a")
>>> print(dict(tapeless.grad(looked_up).stages(2.0))["refine looked_up"])
def looked_up(x):
    d = {'a': x}
    t1 = x
    t2 = d['a']
    value = t1 * t2
    return value
"""

from __future__ import annotations

import collections
from typing import Any

import gast

from .. import runtime
from ..analysis.builtin_kinds import element_kind
from ..analysis.infer import Inference
from ..analysis.kinds import Array, Kind, Number, Sequence, Table, is_inexact
from ..analysis.lazy import check_generator, check_late, is_late
from ..analysis.unit import Site, Unit
from ..frontend.generators import is_generator
from ..syntax import (
    assign,
    attribute,
    call,
    const,
    copy_tree,
    locate_like,
    name,
    subscript,
    walk_scope,
)
from .rewrite import rewrite_statements

SAY_NOTHING = ("append", "extend", "insert", "reverse", "clear")  # methods that return None
EXTREMES = {max: "position_of_max", min: "position_of_min"}
READERS = (list, tuple, sum, runtime.FUNCTIONS["sorting_order"])


def look_up(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """After this, dicts are read by subscripts and written by stores; sorting follows an order."""
    return rewrite_statements(tree, _LookUp(tree, unit, inference).change)


class _LookUp:
    def __init__(self, tree: gast.FunctionDef, unit: Unit, inference: Inference):
        self.tree, self.unit, self.inference = tree, unit, inference

    def change(self, node: gast.stmt) -> list[gast.stmt] | None:
        made = self.written_out(node)
        if made is None:
            return None
        return [locate_like(s, node) for s in made]

    def written_out(self, node: gast.stmt) -> list[gast.stmt] | None:
        """The statements that stand for one, if it is to be written with others."""
        if isinstance(node, gast.AugAssign) and isinstance(node.op, gast.BitOr):
            if isinstance(node.target, gast.Name) and self.is_table(node.target):
                return self.taken_over(name(node.target.id), node.value)
            return None
        if not isinstance(node, (gast.Assign, gast.Expr)):
            return None
        y = node.targets[0] if isinstance(node, gast.Assign) else None
        value = node.value
        if isinstance(y, gast.Name):
            if isinstance(value, gast.Dict) and any(k is None for k in value.keys):
                pairs = list(zip(value.keys, value.values, strict=True))
                return self.merged(y, pairs)
            if isinstance(value, gast.BinOp) and isinstance(value.op, gast.BitOr):
                sides = (value.left, value.right)
                if all(self.is_table(s) for s in sides):
                    return self.merged(y, [(None, s) for s in sides])
        site = self.unit.sites.get(id(value)) if isinstance(value, gast.Call) else None
        if site is None or not isinstance(y, (gast.Name, type(None))):
            return None
        if site.form == "method":
            smooth = is_inexact(self.inference.kind(site.positional[0]))
            if y is not None and site.target in SAY_NOTHING and smooth:
                return [gast.Expr(value), *_nothing(y)]
            return self.method(y, site)
        if site.form == "user" and site.unit is not None and y is not None:
            if is_generator(site.unit.function.tree) and isinstance(node, gast.Assign):
                check_generator(self.unit, self.inference, node, value, site.unit)
                made = self.unit.namer.temporary()
                return [assign(made, value), assign(y.id, _known(list, name(made)))]
        if site.form != "primitive" or not isinstance(node, gast.Assign):
            return None
        return self.function(node, y, value, site)

    def fresh(self, wish: str) -> str:
        """A name of the text that stands for a value of ours."""
        made: str = self.unit.namer.fresh(wish)
        self.inference.locals.add(made)
        return made

    def is_table(self, node: gast.expr) -> bool:
        return isinstance(node, gast.Name) and isinstance(self.inference.kind(node), Table)

    # --- methods

    def method(self, y: gast.Name | None, site: Site) -> list[gast.stmt] | None:
        owner, arguments = site.positional[0], site.positional[1:]
        kind = site.receiver
        if not isinstance(owner, gast.Name):
            return None
        if isinstance(kind, Sequence) and site.target == "sort" and is_inexact(kind):
            order = self.fresh("order")
            found = self.order(owner, site.keywords)
            permute = _runtime("permute", copy_tree(owner), name(order))
            return [assign(order, found), gast.Expr(permute), *_nothing(y)]
        if site.target == "pop" and y is None and not isinstance(site.kind, Number):
            kept = call(attribute(copy_tree(owner), "pop"), *arguments)  # to know its shape
            return [assign(self.unit.namer.temporary(), kept)] if is_inexact(site.kind) else None
        if site.target == "remove" and isinstance(kind, Sequence) and is_inexact(kind):
            place = self.unit.namer.temporary()
            found = call(attribute(copy_tree(owner), "index"), *arguments)
            popped = call(attribute(copy_tree(owner), "pop"), name(place))
            return [assign(place, found), gast.Expr(popped), *_nothing(y)]
        if not isinstance(kind, Table):
            return None
        if site.target == "update":
            return [*self.updated(owner, arguments, site.keywords), *_nothing(y)]
        if site.keywords or not arguments or not is_inexact(self.inference.kind(owner)):
            if site.target != "setdefault" or site.keywords:
                return None
        key, default = arguments[0], arguments[1] if len(arguments) > 1 else None
        item = subscript(copy_tree(owner), copy_tree(key))
        if site.target == "get":
            otherwise = default if default is not None else const(None)
            return self.either(kind, owner, key, _bind(y, item), _bind(y, otherwise))
        if site.target == "setdefault":
            spot = subscript(copy_tree(owner), copy_tree(key), store=True)
            store = gast.Assign([spot], default if default is not None else const(None), None)
            return [*self.either(kind, owner, key, [], [store]), *_bind(y, item)]
        if site.target == "pop" and default is not None:
            popped = call(attribute(copy_tree(owner), "pop"), copy_tree(key))
            found_it = _bind(y, popped) or [gast.Expr(popped)]
            return self.either(kind, owner, key, found_it, _bind(y, default))
        return None

    def either(
        self,
        kind: Table,
        owner: gast.Name,
        key: gast.expr,
        there: list[gast.stmt],
        missing: list[gast.stmt],
    ) -> list[gast.stmt]:
        """What is done if a dict has a key, and what if not; one of both where that is known."""
        found = self.inference.kind(key)
        if kind.closed and owner.id in self.inference.locals and found is not None and found.static:
            return there if found.value in dict(kind.items) else missing
        operator: Any = gast.In() if there else gast.NotIn()
        test = gast.Compare(copy_tree(key), [operator], [copy_tree(owner)])
        return [gast.If(test, there or missing, missing if there else [])]

    # --- merging

    def updated(
        self, owner: gast.Name, arguments: list[gast.expr], keywords: dict[str, gast.expr]
    ) -> list[gast.stmt]:
        """``d.update(other, key=value)``."""
        found: list[gast.stmt] = []
        for other in arguments:
            found += self.taken_over(owner, other)
        for key, value in keywords.items():
            spot = subscript(copy_tree(owner), const(key), store=True)
            found.append(gast.Assign([spot], value, None))
        return found

    def taken_over(self, owner: gast.Name, other: gast.expr) -> list[gast.stmt]:
        """Stores of all that another dict has (or a sequence of pairs)."""
        kind = self.inference.kind(other)
        found: list[gast.stmt] = []
        if not isinstance(kind, Table):
            made = self.unit.namer.temporary()
            found.append(assign(made, _known(dict, other)))
            other = name(made)
        elif kind.closed:
            for key, _ in kind.items:
                item = self.unit.namer.temporary()
                found.append(assign(item, subscript(copy_tree(other), _literal(key))))
                spot = subscript(copy_tree(owner), _literal(key), store=True)
                found.append(gast.Assign([spot], name(item), None))
            return found
        listed, keys, key, item = (self.unit.namer.temporary() for _ in range(4))
        counter = self.unit.namer.counter()
        self.inference.locals.add(counter)
        found.append(assign(listed, call(attribute(copy_tree(other), "keys"))))
        found.append(assign(keys, _known(list, name(listed))))
        spot = subscript(copy_tree(owner), name(key), store=True)
        body = [
            assign(key, subscript(name(keys), name(counter))),
            assign(item, subscript(copy_tree(other), name(key))),
            gast.Assign([spot], name(item), None),
        ]
        over = call("range", call("len", name(keys)))
        target = gast.Name(counter, gast.Store(), None, None)
        return [*found, gast.For(target, over, body, [], None)]

    def merged(
        self, y: gast.Name, pairs: list[tuple[gast.expr | None, gast.expr]]
    ) -> list[gast.stmt] | None:
        """``{**a, "b": x}``: a display where the keys are known, else one store after the other."""
        kinds = [self.inference.kind(v) for k, v in pairs if k is None]
        if not all(isinstance(k, Table) for k in kinds):
            return None
        found: list[gast.stmt] = []
        if all(k.closed for k in kinds if isinstance(k, Table)):
            items: dict[Any, tuple[gast.expr, gast.expr]] = {}
            for key, value in pairs:
                kind = self.inference.kind(value)
                if key is not None:
                    named = self.inference.kind(key)
                    label = named.value if named is not None and named.static else object()
                    items[label] = (key, value)
                    continue
                assert isinstance(kind, Table)
                for label, _ in kind.items:
                    item = self.unit.namer.temporary()
                    found.append(assign(item, subscript(copy_tree(value), _literal(label))))
                    items[label] = (_literal(label), name(item))
            keys, values = zip(*items.values(), strict=True) if items else ((), ())
            return [*found, assign(y.id, gast.Dict(list(keys), list(values)))]
        made = self.unit.namer.temporary()
        found.append(assign(made, gast.Dict([], [])))
        for key, value in pairs:
            if key is None:
                found += self.taken_over(name(made), value)
            else:
                spot = subscript(name(made), key, store=True)
                found.append(gast.Assign([spot], value, None))
        return [*found, assign(y.id, name(made))]

    # --- functions

    def function(
        self, node: gast.Assign, y: gast.Name, value: gast.Call, site: Site
    ) -> list[gast.stmt] | None:
        kinds = [self.inference.kind(a) for a in site.positional]
        first = kinds[0] if kinds else None
        held = [*kinds, *(self.inference.kind(v) for v in site.keywords.values())]
        ordered = _is(site.target, (collections.OrderedDict,)) and any(map(is_inexact, held))
        if _is(site.target, (dict,)) or ordered:
            return self.dict_of(y, site)
        made = self.inference.kind(value)
        if site.target == dict.fromkeys and isinstance(made, Table) and made.closed:
            held = site.positional[1] if len(kinds) > 1 else const(None)
            keys = [_literal(k) for k, _ in made.items]
            return [assign(y.id, gast.Dict(keys, [copy_tree(held) for _ in keys]))]
        if is_late(site.target):
            return self.made_a_list(node, y, value, site)
        if _is(site.target, tuple(EXTREMES)):
            return self.extreme(y, value, site, kinds)
        if not site.positional or isinstance(first, Table) or not is_inexact(first):
            return None
        items, keywords = site.positional[0], dict(site.keywords)
        if _is(site.target, (sorted,)):
            order, copied = self.fresh("order"), self.unit.namer.temporary()
            listed = assign(copied, _known(list, items))
            made = _runtime("items_at", name(copied), name(order))
            return [
                listed,
                assign(order, self.order(name(copied), keywords)),
                assign(y.id, made),
            ]
        return None

    def extreme(
        self, y: gast.Name, value: gast.Call, site: Site, kinds: list[Kind | None]
    ) -> list[gast.stmt] | None:
        """``max`` and ``min`` of what is no number, or by a key: an item, at a place found once."""
        keywords = dict(site.keywords)
        if not keywords and all(isinstance(k, (Number, Array)) for k in kinds[1:]):
            ranked = element_kind(kinds[0]) if len(kinds) == 1 else kinds[0]
            if ranked is None or isinstance(ranked, (Number, Array)):
                return None
        if not is_inexact(self.inference.kind(value)) or set(keywords) - {"key", "default"}:
            return None
        if len(kinds) == 1 and not isinstance(kinds[0], (Sequence, Array)):
            return None
        found: list[gast.stmt] = []
        items: gast.expr = site.positional[0]
        if len(kinds) > 1:
            items = name(self.unit.namer.temporary())
            found.append(assign(items.id, gast.List(list(site.positional), gast.Load())))
        place = self.unit.namer.temporary()
        keys = [copy_tree(keywords["key"])] if "key" in keywords else []
        found += [
            assign(place, _runtime(EXTREMES[site.target], copy_tree(items), *keys)),
            assign(y.id, subscript(copy_tree(items), name(place))),
        ]
        if "default" not in keywords:
            return found
        empty = gast.Compare(call("len", copy_tree(items)), [gast.Eq()], [const(0)])
        return [gast.If(empty, _bind(y, copy_tree(keywords["default"])), found)]

    def order(self, items: gast.expr, keywords: dict[str, gast.expr]) -> gast.expr:
        """The positions of items in sorted order."""
        made = _runtime("sorting_order", copy_tree(items))
        made.keywords = [gast.keyword(k, v) for k, v in keywords.items()]
        return made

    def dict_of(self, y: gast.Name, site: Site) -> list[gast.stmt] | None:
        """``dict(a, b=x)``."""
        if not site.keywords:
            return None
        pairs: list[tuple[gast.expr | None, gast.expr]] = [(None, a) for a in site.positional]
        pairs += [(const(k), v) for k, v in site.keywords.items()]
        if not site.positional:
            keys, values = zip(*pairs, strict=True)
            return [assign(y.id, gast.Dict(list(keys), list(values)))]
        return self.merged(y, pairs)

    def made_a_list(
        self, node: gast.Assign, y: gast.Name, value: gast.Call, site: Site
    ) -> list[gast.stmt] | None:
        """What is read late is a list, unless all that reads it makes it one anyway."""
        smooth = any(is_inexact(self.inference.kind(e)) for e in [value, *site.positional])
        check_late(self.unit, self.inference, node, value, site.target, smooth)
        if not smooth:
            return None
        readers: set[int] = set()
        for inner in walk_scope(self.tree.body):
            reader = self.unit.sites.get(id(inner))
            if reader is not None and reader.form == "primitive" and _is(reader.target, READERS):
                readers.update(id(a) for a in reader.positional[:1])
        uses = [
            n
            for n in walk_scope(self.tree.body)
            if isinstance(n, gast.Name) and n.id == y.id and isinstance(n.ctx, gast.Load)
        ]
        if all(id(n) in readers for n in uses):
            return None
        made = self.unit.namer.temporary()
        return [assign(made, value), assign(y.id, _known(list, name(made)))]


def _bind(y: gast.Name | None, value: gast.expr) -> list[gast.stmt]:
    return [assign(y.id, value)] if y is not None else []


def _nothing(y: gast.Name | None) -> list[gast.stmt]:
    return _bind(y, const(None))


def _literal(key: object) -> gast.expr:
    if isinstance(key, tuple):
        return gast.Tuple([_literal(k) for k in key], gast.Load())
    return const(key) if isinstance(key, (str, int, float, bool)) else gast.Constant(key, None)


def _known(function: object, *arguments: gast.expr) -> gast.Call:
    """A call of a function of Python's, whatever the user's names are."""
    return gast.Call(gast.Constant(function, None), list(arguments), [])


def _runtime(function: str, *arguments: gast.expr) -> gast.Call:
    return _known(runtime.FUNCTIONS[function], *arguments)


def _is(target: object, functions: tuple[object, ...]) -> bool:
    return any(target is f for f in functions)


__all__ = ["look_up"]
