"""An iterator that is taken from item by item is written as what it goes through, and a position.

>>> import gast
>>> from tapeless.syntax import to_debug_text
>>> tree = gast.parse('''
... def f(x):
...     values = iter(x)
...     last = next(values)
...     total = 0.0
...     for v in values:
...         total += (v - last) ** 2
...         last = v
...     return total
... ''').body[0]
>>> print(to_debug_text(spell_iterators(tree)))  # doctest: +ELLIPSIS
def f(x):
    values = <function items_of ...>(x)
    last = values[0]
    total = 0.0
    for v in values[1:]:
        total += (v - last) ** 2
        last = v
    return total
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import gast

from ..syntax import (
    blocks_of,
    call,
    called_name,
    const,
    copy_tree,
    locate_like,
    name,
    target,
    walk,
)

WHOLE = ("list", "tuple", "sum", "max", "min", "sorted", "set")  # go through all that is left
SEVERAL = ("zip", "enumerate", "map", "filter", "reversed")  # may go through a part of it
# What may be done when an iterator is made, or when it is read: nobody can tell.
PURE = {"abs", "float", "int", "len", "range", "min", "max", "round", "pow", *SEVERAL}
PURE_MODULES = {"math", "np", "numpy"}
LOOPS = (gast.For, gast.While)
CONDITIONAL = (
    gast.IfExp, gast.BoolOp, gast.Lambda, gast.ListComp, gast.SetComp, gast.DictComp,
    gast.GeneratorExp, gast.NamedExpr, gast.Await,
)  # fmt: skip


def items_of(values: Iterable[Any]) -> Iterable[Any]:
    """What `iter(values)` goes through, with items at positions; always written out."""
    return values if hasattr(values, "__getitem__") else list(values)


def spell_iterators(tree: gast.FunctionDef) -> gast.FunctionDef:
    """Spell out the iterators that can be; what is left is refused."""
    if not any(isinstance(n, gast.Call) and _is_called(n, "iter", "next") for n in walk(tree)):
        return tree
    used = {n.id for n in walk(tree) if isinstance(n, gast.Name)}
    for owner in [n for n in walk(tree) if isinstance(n, gast.FunctionDef)]:
        for made in [s for s in _statements(owner.body) if isinstance(s, gast.Assign)]:
            where = made.targets[0]
            if len(made.targets) == 1 and isinstance(where, gast.Name):
                iterator = _Iterator(owner, made, where.id, used)
                if iterator.is_plain():
                    iterator.spell()
    return tree


class _Iterator:
    def __init__(self, owner: gast.FunctionDef, made: gast.Assign, it: str, used: set[str]):
        self.owner, self.made, self.it, self.used = owner, made, it, used
        # Where it stands is a number known here, or a variable.
        self.at: int | str = 0
        self.seen = 0  # uses that are spelled out
        self.items = 0  # names handed out

    # --- whether it can be written so

    def is_plain(self) -> bool:
        """Whether every use of the name is one of those that are known here."""
        value = self.made.value
        every = [n for n in walk(self.owner) if isinstance(n, gast.Name) and n.id == self.it]
        stored = [n for n in every if not isinstance(n.ctx, gast.Load)]
        self.uses = len(every) - len(stored)
        if len(stored) != 1 or not self.uses:
            return False
        taken = any(self.is_next(n) for n in walk(self.owner))
        if not isinstance(value, gast.GeneratorExp):
            if not _is_iter(value):
                return False
            value, taken = value.args[0], True
        if not taken or (self.is_late(value) and not self.is_pure(value)):
            return False
        known = 0
        for statement in _statements(self.owner.body):
            known += len(self.taken(statement)) + len(self.read_whole(statement))
            known += self.looped(statement) is not None
            repeated = isinstance(statement, gast.While)
            if repeated and (self.taken(statement) or self.read_whole(statement)):
                return False
        return known == self.uses

    def is_late(self, value: gast.expr) -> bool:
        """Whether the items are made one by one."""
        late = isinstance(value, gast.Call) and _is_called(value, *SEVERAL)
        return late or isinstance(value, gast.GeneratorExp)

    def is_pure(self, value: gast.expr) -> bool:
        """Whether it makes no difference when the items are computed."""
        for node in walk(value):
            if isinstance(node, gast.Call):
                function = node.func
                if isinstance(function, gast.Attribute):
                    base = function.value
                    if not (isinstance(base, gast.Name) and base.id in PURE_MODULES):
                        return False
                elif not (isinstance(function, gast.Name) and function.id in PURE):
                    return False
        read = {n.id for n in walk(value) if isinstance(n, gast.Name)}
        own = {n.id for n in walk(value) if isinstance(n, gast.Name) and _is_stored(n)}
        order = list(_statements(self.owner.body))
        start = next(k for k, s in enumerate(order) if s is self.made)
        if any(isinstance(s, LOOPS) and self.made in _statements(s.body) for s in order[:start]):
            return False
        later = order[start + 1 :]
        return not (read - own) & {n for s in later for n in _changed(s)}

    def is_next(self, node: gast.AST) -> bool:
        known = isinstance(node, gast.Call) and _is_called(node, "next")
        return known and 1 <= len(node.args) <= 2 and self.named(node.args[0])

    def named(self, node: object) -> bool:
        return isinstance(node, gast.Name) and node.id == self.it

    def taken(self, statement: gast.stmt) -> list[gast.Call]:
        """The calls of `next` that a statement surely evaluates itself."""
        return [n for h in _headers(statement) for n in _surely(h) if self.is_next(n)]

    def looped(self, statement: gast.stmt) -> gast.Name | None:
        """Where a loop runs over it."""
        if not isinstance(statement, gast.For):
            return None
        over = statement.iter
        if isinstance(over, gast.Call) and _is_called(over, "enumerate") and over.args:
            over = over.args[0]
        return over if self.named(over) else None

    def read_whole(self, statement: gast.stmt) -> list[gast.Name]:
        """Where a statement reads all that is left."""
        found: list[gast.Name] = []
        loop = self.looped(statement)
        for header in _headers(statement):
            for node in _surely(header):
                given: list[Any] = []
                if isinstance(node, gast.Call) and _is_called(node, *WHOLE) and node.args:
                    given = node.args[:1]
                    if self.is_part(given[0]):
                        given = given[0].args[:1]
                    elif isinstance(given[0], gast.GeneratorExp):
                        given = [given[0].generators[0].iter]
                elif isinstance(node, gast.Call) and _is_called(node, *SEVERAL):
                    given = node.args if self.is_last(statement) else []
                elif isinstance(node, gast.ListComp):
                    given = [node.generators[0].iter]
                elif isinstance(node, gast.Starred) and isinstance(node.ctx, gast.Load):
                    given = [node.value]
                found += [a for a in given if self.named(a) and a is not loop]
        if isinstance(statement, gast.Assign) and self.named(statement.value):
            found += [statement.value] * isinstance(statement.targets[0], (gast.Tuple, gast.List))
        return found if len(found) < 2 or self.is_last(statement) else []

    def is_part(self, node: gast.expr) -> bool:
        """Whether an expression is `islice(it, n)`."""
        if not isinstance(node, gast.Call) or len(node.args) != 2 or node.keywords:
            return False
        count = node.args[1]
        counted = isinstance(count, gast.Name) or isinstance(getattr(count, "value", None), int)
        return counted and called_name(node) == "islice" and self.named(node.args[0])

    def is_last(self, statement: gast.stmt) -> bool:
        """Whether nothing comes after a statement that reads it."""
        order = list(_statements(self.owner.body))
        place = next(k for k, s in enumerate(order) if s is statement)
        if any(isinstance(s, LOOPS) and statement in _statements(s.body) for s in order):
            return False
        return not any(self.named(n) for s in order[place + 1 :] for n in walk(list(_headers(s))))

    def in_line(self) -> bool:
        """Whether items are taken one after the other in the block that it is made in."""
        tried = any(
            isinstance(s, gast.Try) and self.made in _statements(s.body)
            for s in _statements(self.owner.body)
        )
        block = next(b for b in _blocks(self.owner) if any(s is self.made for s in b))
        here = 0
        if any(self.is_part(n) for n in walk(self.owner.body) if isinstance(n, gast.Call)):
            return False
        for statement in block:
            if isinstance(statement, gast.Try) and any(map(self.is_next, walk(statement))):
                return False
            taken = self.taken(statement)
            if any(len(n.args) > 1 for n in taken):
                return False
            here += len(taken)
            if self.looped(statement) is not None or self.read_whole(statement):
                if not self.is_last(statement) or taken:
                    return False
                here += max(len(self.read_whole(statement)), 1)
        return here == self.uses and not tried

    # --- writing it

    def spell(self) -> None:
        """Rewrite the function in place."""
        value = self.made.value
        if isinstance(value, gast.Call) and self.is_late(value.args[0]):
            value = value.args[0]
            self.made.value = locate_like(call("list", value), value)
        if isinstance(value, gast.GeneratorExp):
            self.made.value = locate_like(gast.ListComp(value.elt, value.generators), value)
        elif self.made.value is value:
            self.made.value.func = locate_like(gast.Constant(items_of, None), value.func)
        if not self.in_line():
            self.at = self.fresh(f"{self.it}_at")
        for block in list(_blocks(self.owner)):
            block[:] = [new for s in block for new in self.statement(s)]

    def fresh(self, wish: str) -> str:
        found = wish
        while found in self.used:
            found += "_"
        self.used.add(found)
        return found

    def place(self) -> gast.expr:
        return const(self.at) if isinstance(self.at, int) else name(self.at)

    def rest(self, step: int = 1, first: int = 0) -> gast.expr:
        """What is left of it."""
        start = self.place()
        if isinstance(self.at, int):
            start = const(self.at + first)
        elif first:
            start = gast.BinOp(start, gast.Add(), const(first))
        part = gast.Slice(start, None, const(step) if step > 1 else None)
        return gast.Subscript(name(self.it), part, gast.Load())

    def advanced(self) -> list[gast.stmt]:
        """The position after an item was taken."""
        if isinstance(self.at, int):
            self.at += 1
            return []
        return [gast.AugAssign(target(self.at), gast.Add(), const(1))]

    def at_end(self, statement: gast.stmt) -> list[gast.stmt]:
        """The position after all was read."""
        if isinstance(self.at, int) or self.is_last(statement):
            return []
        return [gast.Assign([target(self.at)], call("len", name(self.it)), None)]

    def statement(self, node: gast.stmt) -> list[gast.stmt]:
        """What a statement becomes; blocks inside are rewritten on their own."""
        if node is self.made:
            if isinstance(self.at, int):
                return [node]
            return [node, _at(gast.Assign([target(self.at)], const(0), None), node)]
        before: list[gast.stmt] = []
        after: list[gast.stmt] = []
        taken = self.taken(node)
        if len(taken) == 1 and isinstance(node, gast.Assign) and node.value is taken[0]:
            if len(taken[0].args) == 1:
                made = [*self.checked(), node]
                node.value = self.item()
                return [_at(s, node) for s in [*made, *self.advanced()]]
        for one in taken:
            item = self.fresh(f"{self.it}_item")
            before += self.checked() if len(one.args) == 1 else []
            got = [gast.Assign([target(item)], self.item(), None), *self.advanced()]
            if len(one.args) == 2:
                left = gast.Compare(self.place(), [gast.Lt()], [call("len", name(self.it))])
                other = gast.Assign([target(item)], one.args[1], None)
                got = [gast.If(left, got, [other])]
            before += got
            _replace(node, one, name(item))
        whole = self.read_whole(node)
        for part in (
            [n for h in _headers(node) for n in walk(h) if self.is_part(n)] if whole else []
        ):
            count = part.args[1]
            stop = gast.BinOp(self.place(), gast.Add(), copy_tree(count))
            section = gast.Slice(self.place(), stop, None)
            _replace(node, part, gast.Subscript(name(self.it), section, gast.Load()))
            after = [gast.AugAssign(target(str(self.at)), gast.Add(), copy_tree(count))]
            whole = []
        if whole:
            after = self.at_end(node)
            for k, one in enumerate(whole):
                _replace(node, one, self.rest(len(whole), k))
        loop = self.looped(node)
        if loop is not None:
            return [_at(s, node) for s in [*before, *self.loop(node, loop)]]
        return [_at(s, node) for s in [*before, node, *after]]

    def item(self) -> gast.expr:
        return gast.Subscript(name(self.it), self.place(), gast.Load())

    def checked(self) -> list[gast.stmt]:
        """What `next` raises where nothing is left."""
        if isinstance(self.at, int):
            return []
        none = gast.Compare(self.place(), [gast.GtE()], [call("len", name(self.it))])
        return [gast.If(none, [gast.Raise(name("StopIteration"), None)], [])]

    def loop(self, node: gast.For, over: gast.Name) -> list[gast.stmt]:
        """A loop over what is left, which may be left early, or take items itself."""
        inside = any(self.named(n) for n in walk(node.body))
        if not inside or over is not node.iter:
            if not self.is_last(node) and isinstance(self.at, str):
                node.body[:0] = [_at(s, node) for s in self.advanced()]
            _replace(node, over, self.rest())
            return [node]
        left = gast.Compare(self.place(), [gast.Lt()], [call("len", name(self.it))])
        first: list[gast.stmt] = [gast.Assign([node.target], self.item(), None), *self.advanced()]
        node.body[:0] = [_at(s, node) for s in first]
        return [gast.While(left, node.body, node.orelse)]


def _at(made: gast.stmt, node: gast.stmt) -> gast.stmt:
    """A statement with a place in the source."""
    for inner in walk(made):
        if not hasattr(inner, "lineno"):
            locate_like(inner, node)
    return made


def _is_called(node: gast.Call, *names: str) -> bool:
    return isinstance(node.func, gast.Name) and node.func.id in names


def _is_iter(node: gast.expr) -> bool:
    """Whether an expression is `iter(x)`."""
    called = isinstance(node, gast.Call) and _is_called(node, "iter")
    return called and len(node.args) == 1 and not node.keywords


def _is_stored(node: gast.Name) -> bool:
    return not isinstance(node.ctx, gast.Load)


def _statements(block: list[gast.stmt]) -> Iterator[gast.stmt]:
    for statement in block:
        yield statement
        for inner in blocks_of(statement):
            yield from _statements(inner)


def _blocks(owner: gast.FunctionDef) -> Iterator[list[gast.stmt]]:
    yield owner.body
    for statement in _statements(list(owner.body)):
        yield from blocks_of(statement)


def _headers(statement: gast.stmt) -> list[gast.AST]:
    """What a statement evaluates itself, not in the blocks inside it."""
    if isinstance(statement, (gast.If, gast.While)):
        return [statement.test]
    if isinstance(statement, gast.For):
        return [statement.iter]
    if isinstance(statement, gast.With):
        return [i.context_expr for i in statement.items]
    if isinstance(statement, (gast.Try, gast.FunctionDef)):
        return []
    return [statement]


def _surely(node: gast.AST) -> Iterator[gast.AST]:
    """What is evaluated, once, whenever a node is."""
    yield node
    if isinstance(node, CONDITIONAL) or (isinstance(node, gast.Compare) and len(node.ops) > 1):
        return
    for child in gast.iter_child_nodes(node):
        yield from _surely(child)


def _changed(statement: gast.stmt) -> set[str]:
    """Names whose values a statement may change: stores, and what a method or call is given."""
    found: set[str] = set()
    for node in walk(statement):
        if isinstance(node, gast.Name) and _is_stored(node):
            found.add(node.id)
        if isinstance(node, (gast.Subscript, gast.Attribute)) and not isinstance(
            node.ctx, gast.Load
        ):
            found |= {n.id for n in walk(node.value) if isinstance(n, gast.Name)}
        if isinstance(node, gast.Call) and isinstance(node.func, gast.Attribute):
            if isinstance(node.func.value, gast.Name):
                found |= {node.func.value.id} - PURE_MODULES
    return found


def _replace(statement: gast.stmt, old: gast.AST, new: gast.expr) -> None:
    locate_like(new, old)
    for inner in walk(new):
        if not hasattr(inner, "lineno"):
            locate_like(inner, old)
    for node in walk(statement):
        for field, value in gast.iter_fields(node):
            if value is old:
                setattr(node, field, new)
            elif isinstance(value, list):
                value[:] = [new if v is old else v for v in value]


__all__ = ["items_of", "spell_iterators"]
