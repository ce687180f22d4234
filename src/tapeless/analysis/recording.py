"""What the reverse sweep reads of the primal, and how it gets it.

A value is *available* if its name cannot be assigned once the statement has run. Else it is
*recomputed* (loads, views, index arithmetic, cheap scalar arithmetic), or recorded: on a stack
inside loops, under a name of its own outside. Memory that is written in place is restored at the
mirrored place of the write, only if an adjoint of something earlier reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

import gast

from ..errors import NotSupported
from ..rules import registry
from ..syntax import name, names_read, substitute, walk
from .disjoint import never_overwrites
from .effects import Effects, Write, holds_memory
from .infer import Inference
from .kinds import Array, Kind, Number, Sequence, Static, Table
from .layout import Layout, assigned_names
from .sizes import same_size
from .unit import Unit

INLINE_LIMIT = 7  # operations that are rather done again than kept, on numbers
CHEAP_CALLS = (len, float, int, abs)


@dataclass(frozen=True)
class Need:
    """The reverse sweep of ``statement`` reads ``name`` as it was before (or right after) it."""

    name: str
    statement: gast.stmt
    after: bool


@dataclass
class Slot:
    """A recorded value: pushed before (after) ``anchor`` in the forward sweep, popped before its adjoint."""

    name: str
    anchor: gast.stmt
    after: bool
    stacked: bool
    again: gast.expr | None = None  # recomputed from this expression instead


class Recorder:
    """Collects the needs of one reverse sweep and decides how each is met."""

    def __init__(self, unit: Unit, inference: Inference, layout: Layout, effects: Effects):
        self.unit, self.inference, self.layout, self.effects = unit, inference, layout, effects
        self.needs: dict[tuple[str, int, bool], Need] = {}
        self.contents: list[Need] = []
        self.recomputed: dict[tuple[str, int, bool], gast.expr] = {}
        self.used: set[str] = set()
        self.locals = inference.locals
        self.indices = {
            n
            for w in effects.writes
            if w.index is not None
            for n in names_read(w.index)
            if isinstance(unit.env.get(n), Array)
        }
        self.counters = {n for n in inference.counters if self._only_counts(n)}

    def _only_counts(self, identifier: str) -> bool:
        return identifier not in self.unit.kinds and all(
            isinstance(d, gast.For) for d in self.layout.definitions.get(identifier, ())
        )

    # --- the question that the differentiation asks

    def value(
        self, identifier: str, at: gast.stmt, after: bool = False, content: bool = True
    ) -> gast.expr:
        """An expression for the value of a name at a statement; ``content`` False if only shape is read."""
        if identifier not in self.locals:
            return name(identifier)
        kind = self.unit.env.get(identifier)
        if isinstance(kind, Static) and (kind.value is None or isinstance(kind.value, (str, bool))):
            return gast.Constant(kind.value, None)
        if isinstance(kind, (Sequence, Table)):
            self.refuse_changed(identifier, at, after, content)
        if not content:
            identifier = self.shape_witness(identifier, at, after)
        inline = self.inline(identifier, at, after)
        if inline is not None:
            return self.expression(inline, at, after, content)
        if content and holds_memory(kind) and not isinstance(kind, Sequence):
            self.contents.append(Need(identifier, at, after))
        if not self.available(identifier, at, after):
            self.record(identifier, at, after, content)
        self.used.add(identifier)
        return name(identifier)

    def refuse_changed(self, identifier: str, at: gast.stmt, after: bool, content: bool) -> None:
        """A list that was changed since cannot be read in the reverse sweep: it is not put back."""
        for write in self.effects.writes:
            if (
                not self.effects.share(write.name, identifier)
                or (write.form != "list"
                and not content)
            ):
                continue
            if self.layout.may_follow(at, write.statement) or (write.statement is at and not after):
                raise NotSupported(
                    at,
                    f"'{identifier}' is changed after the reverse sweep needs it as it is here",
                    instead="a copy of the list",
                )

    def reference(self, identifier: str, at: gast.stmt) -> None:
        """The name itself must refer to what it referred to at a statement (to put memory back)."""
        if not self.available(identifier, at, False):
            self.record(identifier, at, False, False)

    def expression(
        self, node: gast.expr, at: gast.stmt, after: bool = False, content: bool = True
    ) -> gast.expr:
        """An expression of the primal, with every name in it as it was at the statement."""
        shapes = {id(n) for m in walk(node) for n in _shape_only(m)}
        found: dict[str, gast.expr] = {}
        for inner in walk(node):
            if isinstance(inner, gast.Name) and inner.id in self.locals and inner.id not in found:
                reads_content = content and any(
                    isinstance(n, gast.Name) and n.id == inner.id and id(n) not in shapes
                    for n in walk(node)
                )
                found[inner.id] = self.value(inner.id, at, after, reads_content)
        return substitute(node, found)

    # --- available, recomputed

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
        if (
            isinstance(statement.value, (gast.BinOp, gast.Call))
            and self.weight(statement.value, at) > INLINE_LIMIT
        ):
            return None
        return statement.value if temporary or self.leaves_available(statement.value, at) else None

    def _one_statement(self, first: gast.stmt, second: gast.stmt) -> bool:
        """Whether two statements were made from one of the user's."""
        places = [
            (getattr(s, "lineno", None), getattr(s, "col_offset", None)) for s in (first, second)
        ]
        return places[0] == places[1]

    def leaves_available(self, node: gast.expr, at: gast.stmt) -> bool:
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

    def repeatable(self, node: gast.expr, temporary: bool) -> bool:
        """Whether an expression is cheap and gives the same again: loads, views, index and scalar arithmetic."""
        kind = self.inference.kind(node)
        if isinstance(node, (gast.Name, gast.Constant)):
            return True
        if isinstance(node, gast.Attribute):
            return True
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

                return (
                    base.axes is not None
                    and select(base, node.slice, self.inference.kind).form != "copy"
                )
            return isinstance(node.value, gast.Name)
        if isinstance(node, gast.UnaryOp):
            return isinstance(kind, Number) or temporary
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
            return isinstance(kind, Number)
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
        return True

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
        return [
            s
            for top in block[start:stop]
            for s in self.layout.statements()
            if self.layout.inside(s, top)
        ]

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

    def _dims(self, identifier: str) -> tuple | None:
        kind: Kind | None = self.unit.env.get(identifier)
        return kind.dims if isinstance(kind, Array) else None

    # --- recorded

    def record(self, identifier: str, at: gast.stmt, after: bool, content: bool) -> None:
        self.needs.setdefault((identifier, id(at), after), Need(identifier, at, after))

    def slots(self) -> list[Slot]:
        """Where each recorded value is pushed and popped: once for all needs of one value in one block."""
        anchored: dict[tuple[str, int], list[tuple[int, gast.stmt, bool]]] = {}
        for need in self.needs.values():
            anchor, after = self._anchor(need)
            place = (need.name, id(self.layout.block[id(anchor)]))
            anchored.setdefault(place, []).append((self.layout.index[id(anchor)], anchor, after))
        found: list[Slot] = []
        for (identifier, _), places in anchored.items():
            places.sort(key=lambda p: (p[0], p[2]))
            last = None
            for place in reversed(places):
                if last is None or self._changes_between(identifier, place, last):
                    found.append(
                        Slot(identifier, place[1], place[2], bool(self.layout.loops(place[1])))
                    )
                last = place
        return found

    def _anchor(self, need: Need) -> tuple[gast.stmt, bool]:
        """Climb out of compound statements that do not assign the name."""
        here: gast.stmt = need.statement
        if need.after and self._defines(here, need.name):
            return here, True
        for outer in self.layout.ancestors(need.statement):
            if self.layout.defines(outer, need.name):
                break
            here = outer
        return here, need.after if here is need.statement else False

    def _defines(self, statement: gast.stmt, identifier: str) -> bool:
        return any(d is statement for d in self.layout.definitions.get(identifier, ()))

    def _changes_between(
        self, identifier: str, first: tuple[int, gast.stmt, bool], last: tuple[int, gast.stmt, bool]
    ) -> bool:
        block = self.layout.block[id(first[1])]
        start = first[0] + (1 if first[2] else 0)
        stop = last[0] + (1 if last[2] else 0)
        return any(self.layout.defines(s, identifier) for s in block[start:stop])

    # --- memory

    def restored(self) -> list[Write]:
        """The writes whose overwritten part an earlier adjoint reads."""
        found = []
        for write in self.effects.writes:
            if write.form in ("list", "attribute"):
                continue
            if any(self._disturbs(write, need) for need in self.contents):
                found.append(write)
        return found

    def _disturbs(self, write: Write, need: Need) -> bool:
        if not self.effects.share(write.name, need.name):
            return False
        if write.statement is need.statement:
            again = bool(self.layout.loops(write.statement))
            return (not need.after or again) and not self._disjoint(write, need)
        return self.layout.may_follow(need.statement, write.statement) and not self._disjoint(
            write, need
        )

    def _disjoint(self, write: Write, need: Need) -> bool:
        return never_overwrites(
            write, need.name, need.statement, self.layout, self.effects, self.inference, self.unit
        )


def _shape_only(node: gast.AST) -> list[gast.Name]:
    """The names of which this node reads nothing but the shape."""
    if isinstance(node, gast.Attribute) and node.attr in ("shape", "size", "ndim", "dtype"):
        return [node.value] if isinstance(node.value, gast.Name) else []
    if isinstance(node, gast.Call) and isinstance(node.func, (gast.Name, gast.Attribute)):
        called = node.func.id if isinstance(node.func, gast.Name) else node.func.attr
        if called in (
            "len",
            "zeros_like",
            "ones_like",
            "full_like",
            "empty_like",
            "shape",
            "size",
            "ndim",
            "zeros_of",
            "count_of",
        ):
            return [n for n in node.args[:1] if isinstance(n, gast.Name)]
        if called in ("unbroadcast", "spread"):
            return [n for n in node.args[1:2] if isinstance(n, gast.Name)]
    return []
