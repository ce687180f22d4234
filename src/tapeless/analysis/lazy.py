"""What Python reads late: iterators (`zip`, `map`, …) and the views of dicts.

They are followed as lists, made where they stand. That is the same only if an iterator is read
once, soon and to its end, and if nothing that a view or an iterator looks at changes meanwhile;
anything else is refused.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import gast

from ..errors import NotSupported
from ..frontend.generators import may_be_endless
from ..syntax import names_read, walk, walk_scope
from .effects import Effects, roots_of
from .infer import Inference
from .kinds import Closure
from .layout import Layout, assigned_names
from .sources import VIEWS, Sources
from .unit import Site, Unit, place_of
from .writes import find_writes

POOLS = (  # what these are given is read when they are called
    itertools.product, itertools.combinations, itertools.permutations,
    itertools.combinations_with_replacement,
)  # fmt: skip
ITERATORS = (
    zip, enumerate, reversed, map, filter, *POOLS,
    itertools.accumulate, itertools.chain, itertools.chain.from_iterable, itertools.compress,
    itertools.dropwhile, itertools.filterfalse, itertools.islice, itertools.pairwise,
    itertools.repeat, itertools.starmap, itertools.takewhile, itertools.zip_longest,
)  # fmt: skip
WHOLE = ("list", "tuple", "sum", "max", "min", "sorted")  # go through all that they are given
KEEPING = (gast.Tuple, gast.List, gast.Dict, gast.Return)


def is_late(target: object) -> bool:
    """Whether what a function returns is read later than it is made."""
    return any(target == f for f in (*VIEWS, *ITERATORS))


def check_late(
    unit: Unit,
    inference: Inference,
    statement: gast.Assign,
    call: gast.Call,
    target: object,
    smooth: bool = True,
) -> None:
    """Refuse what is not the same as a list made at this place.

    What carries no derivative is run as it is written; the reverse sweep may look at a view of a
    dict again (``smooth``: it may carry one).
    """
    late = _Late(unit, inference, statement, call, target)
    if smooth:
        late.check()
    elif late.is_view:
        late.check_unchanged()


def check_generator(
    unit: Unit, inference: Inference, statement: gast.Assign, call: gast.Call, callee: Unit
) -> None:
    """Refuse a generator that is not the same as the list of what it yields."""
    late = _Late(unit, inference, statement, call, callee.function)
    if callee.facts.get("written"):
        raise late.refuse(statement, "that changes what it is given, while it is gone through")
    if any(s.form == "opaque" and s.target == "random" for s in callee.sites.values()):
        raise late.refuse(statement, "that draws random numbers while it is gone through")
    late.check()
    if may_be_endless(callee.function.tree):
        late.check_complete()


class _Late:
    def __init__(
        self,
        unit: Unit,
        inference: Inference,
        statement: gast.Assign,
        call: gast.Call,
        target: object,
    ):
        self.unit, self.inference, self.made, self.call = unit, inference, statement, call
        self.layout = Layout(unit.tree)
        self.y: str = statement.targets[0].id
        self.readers = [s for s in self.layout.statements() if self.y in _read_by(s)]
        # A dict that gets other keys during a loop over it is an error of Python's.
        self.eager = any(target is p for p in (*POOLS, dict.keys))
        self.is_view = any(target is v for v in VIEWS)
        label = getattr(target, "__name__", None) or getattr(target, "name", "this")
        self.what = f"{label}({'' if self.is_view else '…'})"

    def refuse(self, node: gast.AST, how: str) -> NotSupported:
        where = node if hasattr(node, "lineno") else self.made
        instead = "list(d." + self.what + ")" if self.is_view else f"list({self.what})"
        return NotSupported(where, f"the result of {self.what} {how}", instead=instead)

    def check(self) -> None:
        """All that may go wrong."""
        for reader in self.readers:
            self.check_reader(reader)
        self.check_loops()
        if self.is_view or self.is_read_at_once():
            self.check_unchanged()
            return
        places = self.tops()
        if places is None:
            raise self.refuse(self.made, "that is read in another block than it is made in")
        self.check_once(places)
        self.check_unchanged()

    def check_complete(self) -> None:
        """It must be gone through to its end, if that may be far away."""
        for statement in self.layout.statements():
            if isinstance(statement, gast.For) and self.y in _read_by(statement):
                plain = isinstance(statement.iter.args[-1], gast.Call) and _is_len(
                    statement.iter.args[-1]
                )
                if not plain or any(isinstance(n, gast.Break) for n in walk_scope(statement.body)):
                    raise self.refuse(self.made, "that may be left before its end")

    def check_loops(self) -> None:
        """A loop over it runs between its elements."""
        if self.eager:
            return
        for loop in self.layout.statements():
            if isinstance(loop, gast.For) and place_of(loop) == place_of(self.made):
                inside = [s for s in self.layout.statements() if self.layout.inside(s, loop)]
                self.check_changes([s for s in inside if place_of(s) != place_of(loop)])

    def is_read_at_once(self) -> bool:
        """Whether it is read to its end within one statement of the user."""
        return all(place_of(r) == place_of(self.made) for r in self.readers)

    def tops(self) -> list[gast.stmt] | None:
        """The later statements of the same block that the readers are or stand in."""
        block = self.layout.block[id(self.made)]
        later = block[self.layout.index[id(self.made)] + 1 :]
        found = [next((s for s in later if self.layout.inside(r, s)), None) for r in self.readers]
        return None if None in found else [s for s in found if s is not None]

    def check_unchanged(self) -> None:
        """Nothing that it looks at changes before it is read."""
        if self.is_read_at_once():
            return
        places = self.tops()
        meanwhile = list(self.layout.statements())
        if places is not None:
            block = self.layout.block[id(self.made)]
            start = self.layout.index[id(self.made)] + 1
            stop = max(self.layout.index[id(s)] for s in places) + 1
            meanwhile = [s for s in meanwhile if _within(s, block[start:stop], self)]
        self.check_changes(meanwhile)

    def check_reader(self, reader: gast.stmt) -> None:
        """It may be read where it is, but not kept, handed on or given back."""
        for node in _header(reader):
            if isinstance(node, KEEPING) and any(_is(n, self.y) for n in _directly(node)):
                raise self.refuse(reader, "that is kept or returned")
            if isinstance(node, (gast.Lambda, gast.FunctionDef)) and self.y in names_read(node):
                raise self.refuse(reader, "that is read by a function inside")
            site = self.unit.sites.get(id(node))
            given = [] if site is None else [*site.positional, *site.keywords.values()]
            if site is None or not any(_is(a, self.y) for a in given):
                continue
            if site.form == "user" and not self.is_view and not _reads_once(site, self.y):
                raise self.refuse(reader, "that is given to another function")
            if site.form == "method" and not _is(site.positional[0], self.y):
                if site.target not in ("extend", "update"):
                    raise self.refuse(reader, "that is put into a container")
        if isinstance(reader, gast.Assign) and _is(reader.value, self.y):
            raise self.refuse(reader, "that is kept under two names")

    def check_once(self, tops: list[gast.stmt]) -> None:
        """An iterator that has been read is empty."""
        readers = self.readers
        if len({id(t) for t in tops}) > 1 and len({place_of(r) for r in readers}) > 1:
            raise self.refuse(readers[-1], "that is read twice")
        for reader, top in zip(readers, tops, strict=True):
            if reader is not top and isinstance(top, (gast.For, gast.While)):
                if not any(r is top for r in readers):
                    raise self.refuse(reader, "that is read in a loop, and made before it")
        given = [
            n
            for r in readers
            for c in _header(r)
            if isinstance(c, gast.Call) and not _is_len(c)
            for n in c.args
            if _is(n, self.y)
        ]
        if len(given) > 1:
            raise self.refuse(readers[-1], "that is read twice")

    def check_changes(self, meanwhile: list[gast.stmt]) -> None:
        """Nothing that it looks at may change before it is read."""
        looked_at = set(names_read(self.call))
        for identifier in list(looked_at):
            kind = self.unit.env.get(identifier)
            if isinstance(kind, Closure):
                looked_at.update(kind.captured)
        inside = {n for l in walk(self.call) if isinstance(l, gast.Lambda) for n in names_read(l)}
        looked_at |= inside
        captured = looked_at - set(names_read(self.call.args)) | inside
        sources = Sources(self.unit, self.inference)
        writes = find_writes(self.unit, self.inference, self.layout)
        effects = Effects(writes, roots_of(self.unit, sources, self.layout))
        for statement in meanwhile:
            changed = [n for n in assigned_names(statement) if n in captured]
            for write in effects.of(statement):
                changed += [
                    n
                    for n in sorted(looked_at)
                    if effects.may_reach(write, n, self.unit, self.layout)
                ]
            if changed:
                name = self.unit.namer.called_by_user(changed[0])
                raise self.refuse(statement, f"that is read after '{name}' has changed")


def _reads_once(site: Site, y: str) -> bool:
    """Whether a function goes through what it is given once, and from its beginning to its end."""
    parameters = [p for p, e in site.arguments.items() if _is(e, y)]
    if len(parameters) != 1 or site.unit is None:
        return False
    body = site.unit.function.tree.body
    (parameter,) = parameters
    first = next((s for s in body if parameter in names_read(s)), None)
    if first is None:
        return False
    stored = any(_is(t, parameter) for t in getattr(first, "targets", []))
    uses = [n for n in walk(body) if isinstance(n, gast.Name) and n.id == parameter]
    if len(uses) > 1 and not stored:
        return False
    if isinstance(first, gast.For):
        leaves = (gast.Break, gast.Return, gast.Raise)
        return _is(first.iter, parameter) and not any(
            isinstance(n, leaves) for n in walk_scope(first.body)
        )
    for node in _header(first):
        if isinstance(node, gast.Call) and isinstance(node.func, gast.Name) and node.args:
            if node.func.id in WHOLE and _is(node.args[0], parameter):
                return True
        if isinstance(node, gast.ListComp) and _is(node.generators[0].iter, parameter):
            return True
    return False


def _within(statement: gast.stmt, tops: list[gast.stmt], late: _Late) -> bool:
    return any(late.layout.inside(statement, top) for top in tops)


def _header(statement: gast.stmt) -> Iterator[gast.AST]:
    """What a statement evaluates itself, not in the blocks inside it."""
    if isinstance(statement, (gast.If, gast.While)):
        yield from walk_scope(statement.test)
    elif isinstance(statement, gast.For):
        yield from walk_scope(statement.iter)
    elif isinstance(statement, (gast.With, gast.Try)):
        yield from walk_scope([i.context_expr for i in getattr(statement, "items", [])])
    else:
        yield from walk_scope(statement)


def _read_by(statement: gast.stmt) -> set[str]:
    found = {n.id for n in _header(statement)
             if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Load)}  # fmt: skip
    for node in _header(statement):
        if isinstance(node, (gast.Lambda, gast.FunctionDef)):
            found.update(names_read(node))
    return found


def _directly(node: gast.AST) -> list[gast.AST]:
    found: list[gast.AST] = []
    for field in ("elts", "values", "value"):
        held = getattr(node, field, None)
        found += held if isinstance(held, list) else [held]
    return found


def _is(node: object, identifier: str) -> bool:
    return isinstance(node, gast.Name) and node.id == identifier


def _is_len(node: gast.Call) -> bool:
    return isinstance(node.func, gast.Name) and node.func.id == "len"
