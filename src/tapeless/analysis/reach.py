"""Which names may stand for one list, dict or object, or hold it, before more is known of them.

Kinds say what is known of a container; what changes under one name must not be taken for granted
under another. Here that is told from the text alone, whatever the order of the statements.
"""

from __future__ import annotations

from dataclasses import replace
from types import NoneType

import gast

from ..syntax import names_read, walk_scope
from .container_kinds import any_key
from .kinds import NO_VALUE, Array, Kind, Number, Record, Sequence, Table, join

LOOKERS = frozenset(
    """
    copy count decode encode endswith find format get index isdigit issubset issuperset join keys
    items lower most_common replace rfind rsplit split splitlines startswith strip total upper
    values
    """.split()
)  # methods of what is not known that change nothing
Kinds = dict[str, Kind | None]
MADE = (gast.Name, gast.Attribute, gast.Subscript)  # what gives a container that is there already


class Reach:
    """For each name, where what it stands for, and what that holds, may have been made.

    Numbers and arrays hold no list; of a name without a kind nothing has been seen yet.
    """

    def __init__(self, tree: gast.FunctionDef, parameters: list[str], kinds: Kinds):
        self.holders = {n for n, k in kinds.items() if not isinstance(k, (Number, Array, NoneType))}
        self.kinds = kinds
        self.own: dict[str, set[str]] = {n: set() for n in self.holders}
        self.held: dict[str, set[str]] = {n: set() for n in self.holders}
        self.flows: list[tuple[set[str], set[str]]] = []  # what is in the second is in the first
        for name in set(parameters) & self.holders:
            self.own[name].add(name)
            self.held[name].add(f"in {name}")
        for number, node in enumerate(walk_scope(tree.body)):
            if isinstance(node, gast.Assign):
                self.assigned(node, number)
            elif isinstance(node, gast.Call):
                self.called(node)
        changed = True
        while changed:
            before = sum(len(s) for s, _ in self.flows)
            for into, out in self.flows:
                into |= out
            changed = sum(len(s) for s, _ in self.flows) != before

    def read(self, node: gast.AST) -> list[str]:
        """The names below that may hold something."""
        return [n for n in names_read(node) if n in self.holders]

    def assigned(self, node: gast.Assign, number: int) -> None:
        """``y = value``, ``y[k] = value``."""
        where, value = node.targets[0], node.value
        if not isinstance(where, gast.Name):
            while isinstance(where, (gast.Subscript, gast.Attribute)):
                where = where.value
            if isinstance(where, gast.Name) and where.id in self.holders:
                self.put(where.id, self.read(value))
            return
        if where.id not in self.holders:
            return
        if isinstance(value, gast.Name):
            self.flows.append((self.own[where.id], self.own.get(value.id, set())))
            self.flows.append((self.held[where.id], self.held.get(value.id, set())))
            return
        cut = isinstance(value, gast.Subscript) and isinstance(value.slice, gast.Slice)
        taken = isinstance(value, (gast.Subscript, gast.Attribute)) and not cut
        if not taken:
            self.own[where.id].add(f"{where.id}@{number}")
        for name in self.read(value):
            self.flows.append((self.held[where.id], self.held[name]))
            if taken or isinstance(value, gast.Call):
                self.flows.append((self.own[where.id], self.held[name]))
            bound = isinstance(value, gast.Attribute) and self.is_container(name)
            if bound or not taken:
                self.flows.append((self.held[where.id], self.own[name]))
            if isinstance(value, gast.Call):
                self.flows.append((self.own[where.id], self.own[name]))

    def called(self, node: gast.Call) -> None:
        """Any argument may be put into any other, but a method of a list puts into the list."""
        if isinstance(node.func, gast.Attribute) and isinstance(node.func.value, gast.Name):
            if self.is_container(node.func.value.id):
                given = [*node.args, *(k.value for k in node.keywords)]
                self.put(node.func.value.id, [n for a in given for n in self.read(a)])
                return
        names = self.read(node)
        for name in names:
            self.put(name, [n for n in names if n != name])

    def is_container(self, name: str) -> bool:
        """Whether a name stands for a list or dict, of which an attribute is a method."""
        return isinstance(self.kinds.get(name), (Sequence, Table))

    def put(self, owner: str, given: list[str]) -> None:
        """What is given may be in a container from here on."""
        for name in given:
            self.flows.append((self.held[owner], self.own[name]))
            self.flows.append((self.held[owner], self.held[name]))

    def within(self, name: str) -> list[str]:
        """The other names of what one stands for, of what is in it, and of what it is in."""
        mine = self.own.get(name, set()) | self.held.get(name, set())
        return [
            n for n in sorted(self.holders) if n != name and mine & (self.own[n] | self.held[n])
        ]


def widened(kind: Kind | None, old: Kind, new: Kind, itself: bool = True) -> Kind | None:
    """A kind in which what may be the container that changed is what it was, or what it became.

    ``itself``: not only what is in the value may be that container.
    """
    if itself and _alike(kind, old):
        return join(kind, new)
    if isinstance(kind, Sequence):
        items = kind.items
        if items is not None:
            items = tuple(widened(k, old, new) or k for k in items)
        return Sequence(kind.form, items, widened(kind.element, old, new))
    if isinstance(kind, Table):
        parts = tuple((key, widened(k, old, new) or k) for key, k in kind.items)
        return Table(parts, widened(kind.rest, old, new), kind.others, kind.form)
    if isinstance(kind, Record):
        return Record(kind.form, tuple((f, widened(k, old, new) or k) for f, k in kind.items))
    return kind


def _alike(kind: Kind | None, old: Kind) -> bool:
    """Whether a kind may be that of the container that changed, and says how many items it has."""
    if isinstance(kind, Sequence) and isinstance(old, Sequence):
        if kind.form is not list or kind.items is None or old.items is None:
            return False
        return len(kind.items) == len(old.items) and all(map(_same_class, kind.items, old.items))
    if isinstance(kind, Table) and isinstance(old, Table):
        mine, theirs = dict(kind.items), dict(old.items)
        return (
            kind.closed
            and mine.keys() == theirs.keys()
            and all(_same_class(mine[k], theirs[k]) for k in mine)
        )
    return False


def _same_class(left: Kind, right: Kind) -> bool:
    """Whether values of two kinds may be the same, whatever is known of their sizes."""
    if isinstance(left, (Number, Array)) or isinstance(right, (Number, Array)):
        return left.is_numeric and right.is_numeric
    return type(left) is type(right)


def forgotten(kind: Kind | None) -> Kind | None:
    """A kind that does not say how many items a list or dict has, or which numbers."""
    if isinstance(kind, Number):
        return replace(kind, known=NO_VALUE, size=None)
    if isinstance(kind, Sequence) and kind.form is list:
        return Sequence(list, None, forgotten(kind.of_elements()))
    if isinstance(kind, Sequence):
        items = kind.items
        if items is not None:
            items = tuple(k if isinstance(k, Number) else forgotten(k) or k for k in items)
        return Sequence(kind.form, items, forgotten(kind.element))
    if isinstance(kind, Table) and kind.items:
        parts = tuple((key, forgotten(k) or k) for key, k in kind.items)
        table = Table(parts, kind.rest, kind.others, kind.form)
        return replace(table, rest=table.of_values(), others=any_key(table))
    if isinstance(kind, Record):
        return Record(kind.form, tuple((f, forgotten(k) or k) for f, k in kind.items))
    return kind
