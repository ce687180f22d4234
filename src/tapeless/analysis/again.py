"""Which values the reverse sweep finds where they were, or can make again."""

from __future__ import annotations

from typing import Any

import gast

from ..rules import registry
from ..syntax import called_name, names_read, walk
from .effects import Effects
from .infer import Inference
from .kinds import STRUCTURES, Array, Kind, Number, Opaque, Record, Sequence, Table, is_text
from .layout import Layout, assigned_names
from .outside import labels_of
from .sizes import same_size
from .sources import VIEWS, holds_memory
from .unit import Unit
from .writes import Write, among_others, keeps_length

CHEAP_CALLS = (len, float, int, abs)
INLINE_LIMIT = 7  # operations that are rather done again than kept, on numbers


class Again:
    """What is still there, and what is cheap to compute once more, at any place of a unit."""

    def __init__(
        self,
        unit: Unit,
        inference: Inference,
        layout: Layout,
        effects: Effects,
        changed: frozenset[str] = frozenset(),
    ):
        self.changed = changed  # places outside that the program changes
        self.unit, self.inference, self.layout, self.effects = unit, inference, layout, effects
        self.locals = inference.locals
        self.indices = {
            n
            for w in effects.writes
            if w.index is not None
            for n in names_read(w.index)
            if isinstance(unit.env.get(n), Array)
        }
        self.counters = {n for n in inference.counters if self._only_counts(n)}

    def available(self, identifier: str, at: gast.stmt, after: bool) -> bool:
        """Whether the name still holds the value when the reverse sweep comes to the statement."""
        if identifier in self.counters:
            around = self.layout.loops(at)
            if any(isinstance(l, gast.For) and l.target.id == identifier for l in around):
                return True
        for definition in self.layout.definitions.get(identifier, ()):
            if after and self.layout.inside(definition, at) and not self.layout.loops(at):
                continue
            if definition is at and not after:
                return False
            if self.layout.may_follow(at, definition):
                return False
        return True

    def inline(self, identifier: str, at: gast.stmt, after: bool) -> gast.expr | None:
        """The expression that made a value, if doing it again is better than keeping it."""
        statement = self.layout.single_definition(identifier)
        if not isinstance(statement, gast.Assign) or not isinstance(
            statement.targets[0], gast.Name
        ):
            return None
        if statement is at and not after:
            return None
        if identifier in self.indices:
            return None  # the store that it indexes may change what it was made from
        if self.reads_what_changes(statement.value, at, after):
            return None  # a container of then cannot be asked now
        temporary = self.unit.namer.is_temporary(identifier)
        if self.available(identifier, at, after):
            if not (
                temporary
                and self._one_statement(statement, at)
                and self.leaves_available(statement.value, at)
            ):
                return None
        if not self.repeatable(statement.value, temporary) or not self.unchanged(
            statement, at, after
        ):
            return None
        if isinstance(statement.value, gast.Call) and self.written_since(identifier, at, after):
            return None  # made again it would be what it was before
        if (
            isinstance(statement.value, (gast.BinOp, gast.Call))
            and self.weight(statement.value, at) > INLINE_LIMIT
        ):
            return None
        return statement.value if temporary or self.leaves_available(statement.value, at) else None

    def change_after(
        self, identifier: str, at: gast.stmt, after: bool, content: bool = True
    ) -> Write | None:
        """What changes a list, dict or set before the reverse sweep reads it as it was at ``at``.

        Arrays are put back; of a list whose items are not read only the length matters.
        """
        made = self.layout.single_definition(identifier)
        site = self.unit.sites.get(id(getattr(made, "value", None)))
        if site is not None and site.target in VIEWS and isinstance(site.positional[0], gast.Name):
            return self.change_after(site.positional[0].id, at, after)  # it changes with its dict
        if not is_container(self.unit.env.get(identifier), identifier in self.locals):
            return None
        for write in self.effects.writes:
            if not self.may_reach(write, identifier):
                continue
            written = self.unit.env.get(write.name)
            if among_others(write, written, self.unit.env.get(identifier)):
                continue
            keeps = not content and keeps_length(write, written, self.unit.env.get(identifier))
            if isinstance(written, Array) or keeps:
                continue
            if self.layout.may_follow(at, write.statement) or (write.statement is at and not after):
                return write
        return None

    def may_reach(self, write: Write, identifier: str) -> bool:
        """Whether a write may change what a name holds."""
        return self.effects.may_reach(write, identifier, self.unit, self.layout)

    def reads_what_changes(self, node: gast.expr, at: gast.stmt, after: bool) -> bool:
        """Whether an expression asks a container for what it holds, and that changes later."""
        shapes = self.shapes_read(node)
        return any(
            self.change_after(n.id, at, after, id(n) not in shapes) is not None
            for n in walk(node)
            if isinstance(n, gast.Name)
        )

    def shapes_read(self, node: gast.expr) -> set[int]:
        """The names, by identity, of which an expression reads nothing but the shape."""
        found = set()
        for inner in walk(node):
            for read in shape_only(inner):
                counted = isinstance(inner, gast.Call) and called_name(inner) == "len"
                if not counted or isinstance(self.unit.env.get(read.id), (Array, Sequence)):
                    found.add(id(read))  # how many keys there are is what a dict holds
        return found

    def _one_statement(self, first: gast.stmt, second: gast.stmt) -> bool:
        """Whether two statements were made from one of the user's."""
        places = [
            (getattr(s, "lineno", None), getattr(s, "col_offset", None)) for s in (first, second)
        ]
        return places[0] == places[1]

    def leaves_available(self, node: gast.expr, at: gast.stmt) -> bool:
        """Whether all names that an expression reads still hold their values."""
        for identifier in names_read(node):
            if identifier in self.locals and not self.available(identifier, at, False):
                made = self.layout.single_definition(identifier)
                if not (
                    self.unit.namer.is_temporary(identifier)
                    and isinstance(made, gast.Assign)
                    and self.leaves_available(made.value, at)
                ):
                    return False
        return True

    def reads_what_changes_outside(self, node: gast.expr) -> bool:
        """Whether an expression reads what is not local and changes while the function runs."""
        return bool(self.changed) and any(
            self.changed & labels_of(n, self.unit, self.inference)
            for n in walk(node)
            if isinstance(n, (gast.Name, gast.Attribute))
        )

    def repeatable(self, node: gast.expr, temporary: bool) -> bool:
        """Whether an expression is cheap and gives the same again: loads, scalar arithmetic."""
        kind = self.inference.kind(node)
        if self.reads_what_changes_outside(node):
            return False
        if isinstance(node, (gast.Name, gast.Constant)):
            return True
        if isinstance(node, gast.Attribute):
            held = isinstance(node.value, gast.Name) and isinstance(
                self.inference.kind(node.value), Record
            )
            # Between the call and its pullback the caller may change an object.
            own = self.unit.facts.get("root", False)
            return not held or (own and not self.effects.is_written(node.value.id))
        if isinstance(node, gast.Subscript):
            base = self.inference.kind(node.value)
            if (
                isinstance(base, (Sequence, Table))
                and isinstance(node.value, gast.Name)
                and self.effects.is_written(node.value.id)
            ):
                return False
            if isinstance(base, Array):
                from .indexing import select

                return base.axes is not None and select(
                    base, node.slice, self.inference.kind
                ).form not in ("copy", "any")
            if isinstance(base, Number) and not isinstance(kind, Number):
                return False  # a new array, which may be written into
            return isinstance(node.value, gast.Name)
        if isinstance(node, gast.UnaryOp):
            called = [n for n in walk(node) if isinstance(n, gast.Call)]
            plain = all(self.repeatable(n, temporary) for n in called)
            return plain and (isinstance(kind, Number) or temporary)
        if isinstance(node, gast.BinOp):
            if isinstance(kind, Number) and not any(
                isinstance(n, (gast.Name, gast.Call)) for n in walk(node)
            ):
                return True
            if isinstance(kind, Number) and kind.dtype == "i":
                return True
            return (
                isinstance(kind, Number)
                and temporary
                and isinstance(node.op, (gast.Add, gast.Sub, gast.Mult, gast.Div))
            )
        if isinstance(node, gast.Tuple):
            return all(self.repeatable(e, temporary) for e in node.elts)
        if isinstance(node, gast.Compare):
            called = [n for n in walk(node) if isinstance(n, gast.Call)]
            return isinstance(kind, Number) and all(self.repeatable(n, temporary) for n in called)
        if isinstance(node, gast.Call):
            site = self.unit.sites.get(id(node))
            if site is None or site.form != "primitive":
                return False
            return site.target in CHEAP_CALLS if not registry.is_view(site.target) else temporary
        return False

    def weight(self, node: gast.expr, at: gast.stmt) -> int:
        """How many operations it takes to do an expression again, temporaries included."""
        total = 0
        for inner in walk(node):
            if isinstance(inner, (gast.BinOp, gast.Call, gast.Subscript)):
                total += 1
            elif isinstance(inner, gast.Name) and self.unit.namer.is_temporary(inner.id):
                made = self.layout.single_definition(inner.id)
                if isinstance(made, gast.Assign) and self.repeatable(made.value, True):
                    total += self.weight(made.value, at)
                if total > INLINE_LIMIT:
                    break
        return total

    def unchanged(self, made: gast.Assign, at: gast.stmt, after: bool) -> bool:
        """Whether the operands of a definition are the same at a later statement."""
        operands = [n for n in names_read(made.value) if n in self.locals]
        between = self._between(made, at, after)
        if between is None:
            operands = [
                n for n in operands if n not in self.counters or not self._inside_its_loop(n, at)
            ]
            fixed = all(self._never_again(n, made) for n in operands)
            return fixed and not any(
                self.effects.is_written(n) for n in operands if holds_memory(self.unit.env.get(n))
            )
        for statement in between:
            if any(n in assigned_names(statement) for n in operands):
                return False
            for write in self.effects.of(statement):
                if any(self.effects.share(write.name, n) for n in operands):
                    return False
        # What a callee writes is put back after its pullback, which gets the values of before.
        called = [w for w in self.effects.of(at) if w.form == "call" and not after]
        return not any(self.effects.share(w.name, n) for w in called for n in operands)

    def written_since(self, identifier: str, at: gast.stmt, after: bool) -> bool:
        """Whether what a name holds has been written into when a statement is reached, or left."""
        return holds_memory(self.unit.env.get(identifier)) and any(
            self.effects.share(w.name, identifier)
            and (self.layout.may_follow(w.statement, at) or (after and w.statement is at))
            for w in self.effects.writes
        )

    def _between(self, made: gast.stmt, at: gast.stmt, after: bool) -> list[gast.stmt] | None:
        """The statements that run between two of one block; None if they are not of one block."""
        block = self.layout.block[id(made)]
        if (
            self.layout.block[id(at)] is not block
            or self.layout.index[id(at)] < self.layout.index[id(made)]
        ):
            return None
        start, stop = (
            self.layout.index[id(made)] + 1,
            self.layout.index[id(at)] + (1 if after else 0),
        )
        return [s for top in block[start:stop] for s in self.layout.within(top)]

    def _inside_its_loop(self, counter: str, at: gast.stmt) -> bool:
        return any(
            isinstance(l, gast.For) and l.target.id == counter for l in self.layout.loops(at)
        )

    def _never_again(self, identifier: str, made: gast.stmt) -> bool:
        return not any(
            self.layout.may_follow(made, d) for d in self.layout.definitions.get(identifier, ())
        )

    def shape_witness(self, identifier: str, at: gast.stmt, after: bool) -> str:
        """A name with the same shape that need not be kept for it."""
        seen = identifier
        for _ in range(20):
            temporary = self.unit.namer.is_temporary(seen)
            if not temporary and self.available(seen, at, after):
                return seen
            made = self.layout.single_definition(seen)
            if not isinstance(made, gast.Assign):
                break
            dims = self._dims(seen)
            names = (
                names_read(made.value)
                if isinstance(made.value, (gast.BinOp, gast.UnaryOp, gast.Call, gast.Name))
                else []
            )
            for operand in names:
                other = self._dims(operand)
                if (
                    operand in self.locals
                    and dims is not None
                    and other is not None
                    and len(dims) == len(other)
                ):
                    alike = self.unit.env[operand].dtype == self.unit.env[seen].dtype  # type: ignore[union-attr]
                    if (
                        alike
                        and all(same_size(a, b) for a, b in zip(dims, other, strict=True))
                        and self._same_value(operand, made, at, after)
                    ):
                        seen = operand
                        break
            else:
                break
        return seen if self.available(seen, at, after) else identifier

    def _same_value(self, operand: str, made: gast.stmt, at: gast.stmt, after: bool) -> bool:
        between = self._between(made, at, after)
        if between is None:
            return self._never_again(operand, made)
        return not any(operand in assigned_names(s) for s in between)

    def _dims(self, identifier: str) -> tuple[Any, ...] | None:
        kind: Kind | None = self.unit.env.get(identifier)
        return kind.dims if isinstance(kind, Array) else None

    def _only_counts(self, identifier: str) -> bool:
        """Whether a name is nothing but the counter of loops."""
        return identifier not in self.unit.kinds and all(
            isinstance(d, gast.For) for d in self.layout.definitions.get(identifier, ())
        )


def is_container(kind: Kind | None, local: bool) -> bool:
    """Whether a value may be changed in place and is no array: a list, a dict, a set."""
    if isinstance(kind, STRUCTURES):
        return True
    return not is_text(kind) if isinstance(kind, Opaque) else not local


SHAPE_READERS = frozenset(
    "len zeros_like ones_like full_like empty_like shape size ndim zeros_of count_of".split()
)


def shape_only(node: gast.AST) -> list[gast.Name]:
    """The names of which this node reads nothing but the shape."""
    if isinstance(node, gast.Attribute) and node.attr in ("shape", "size", "ndim", "dtype"):
        return [node.value] if isinstance(node.value, gast.Name) else []
    if isinstance(node, gast.Call) and isinstance(node.func, (gast.Name, gast.Attribute)):
        called = node.func.id if isinstance(node.func, gast.Name) else node.func.attr
        if called in SHAPE_READERS:
            return [n for n in node.args[:1] if isinstance(n, gast.Name)]
        if called in ("unbroadcast", "spread"):
            return [n for n in node.args[1:2] if isinstance(n, gast.Name)]
    return []
