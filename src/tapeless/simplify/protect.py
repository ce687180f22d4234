"""A view that is read after its base was changed becomes a copy.

>>> from ..syntax import stmts, to_debug_text
>>> block = stmts('''
... e_bar = u_bar[1:]
... u_bar[1:] = 0.0
... x_bar = e_bar * 2.0
... return x_bar
... ''')
>>> print(to_debug_text(protect(block, lambda name: False, lambda name: False)))
e_bar = u_bar[1:].copy()
u_bar[1:] = 0.0
x_bar = e_bar * 2.0
return x_bar
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from ..analysis.liveness import Liveness
from ..syntax import attribute, statements_in
from .memory import base_names, written_by

Pairs = frozenset[frozenset[str]]


class _Aliases:
    """May-alias pairs of names before each statement."""

    def __init__(
        self,
        block: list[gast.stmt],
        is_number: Callable[[str], bool],
        copied: set[int],
        is_primal: Callable[[str], bool],
    ):
        self.is_number, self.copied, self.is_primal = is_number, copied, is_primal
        self.at: dict[int, Pairs] = {}
        self.block(block, frozenset())

    def block(self, block: list[gast.stmt], pairs: Pairs) -> Pairs:
        """The pairs after a block."""
        for statement in block:
            self.at[id(statement)] = self.at.get(id(statement), frozenset()) | pairs
            if isinstance(statement, gast.If):
                pairs = self.block(statement.body, pairs) | self.block(statement.orelse, pairs)
            elif isinstance(statement, (gast.For, gast.While)):
                while True:
                    new = pairs | self.block(statement.body, pairs)
                    if new == pairs:
                        break
                    pairs = new
            elif isinstance(statement, gast.With):
                pairs = self.block(statement.body, pairs)
            elif isinstance(statement, gast.Assign):
                pairs = self.assign(statement, pairs)
        return pairs

    def assign(self, node: gast.Assign, pairs: Pairs) -> Pairs:
        """The pairs after an assignment."""
        sources = (
            []
            if id(node) in self.copied
            else [n for n in base_names(node.value) if not self.is_number(n)]
        )
        where = node.targets[0]
        if isinstance(where, gast.Name):
            old = pairs
            if where.id not in sources:
                pairs = frozenset(p for p in pairs if where.id not in p)
            if not self.is_number(where.id):
                for source in sources:
                    pairs |= _joined(where.id, source, old if where.id in sources else pairs)
                    if self.is_primal(source) and not self.is_primal(where.id):
                        # The name may be given other memory; the adjoint still refers to this.
                        pairs |= {frozenset((where.id, "@" + source))}
        elif isinstance(where, gast.Tuple):
            for item in where.elts:
                if isinstance(item, gast.Name):
                    pairs = frozenset(p for p in pairs if item.id not in p)
                    for source in sources:
                        pairs |= _joined(item.id, source, pairs)
        return pairs


def _joined(identifier: str, source: str, pairs: Pairs) -> Pairs:
    partners = {source} | {other for p in pairs if source in p for other in p}
    return frozenset(frozenset((identifier, other)) for other in partners if other != identifier)


def protect(
    block: list[gast.stmt],
    is_number: Callable[[str], bool],
    is_primal: Callable[[str], bool],
    copied_value: Callable[[str, gast.expr], gast.expr] = lambda name, value: gast.Call(
        attribute(value, "copy"), [], []
    ),
    share: Callable[[str, str], bool] = lambda one, other: one == other,
) -> list[gast.stmt]:
    """Add ``.copy()`` where memory is written while another name for it is still to be read.

    ``is_primal`` names are left alone among themselves: what they share is the primal's own doing.
    """
    liveness = Liveness(
        gast.FunctionDef(
            "sweep", gast.arguments([], [], None, [], [], None, []), block, [], None, None, []
        )
    )
    bindings: dict[str, list[gast.Assign]] = {}
    compound = (gast.If, gast.For, gast.While, gast.With)
    simple = [s for s in statements_in(block) if not isinstance(s, compound)]
    for statement in simple:
        if isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Name):
            if base_names(statement.value) and not is_number(statement.targets[0].id):
                bindings.setdefault(statement.targets[0].id, []).append(statement)
    writes = [(s, w) for s in simple for w in dict.fromkeys(written_by(s))]
    copied: set[int] = set()
    for _ in range(len(simple) + 1):
        aliases = _Aliases(block, is_number, copied, is_primal)
        found = _conflict(writes, aliases, liveness, bindings, copied, is_primal, share)
        if found is None:
            break
        copied.add(id(found))
    for statement in simple:
        if id(statement) in copied:
            statement.value = copied_value(statement.targets[0].id, statement.value)
        elif isinstance(statement, gast.AugAssign) and _overlapping(statement):
            statement.value = gast.Call(attribute(statement.value, "copy"), [], [])
    return block


def _conflict(
    writes: list[tuple[gast.stmt, str]],
    aliases: _Aliases,
    liveness: Liveness,
    bindings: dict[str, list[gast.Assign]],
    copied: set[int],
    is_primal: Callable[[str], bool],
    share: Callable[[str, str], bool],
) -> gast.Assign | None:
    """A binding that must be a copy."""
    for statement, written in writes:
        pairs = aliases.at.get(id(statement), frozenset())
        live = liveness.after.get(id(statement), frozenset())
        touched = {n for p in pairs if written in p for n in p}
        if is_primal(written):
            # What a stack gives back may be any array of the primal that ever had the same memory.
            touched |= {
                n for p in pairs if any(m[0] == "@" and share(m[1:], written) for m in p) for n in p
            }
        for other in sorted(touched - {written}):
            if other not in live or (is_primal(other) and is_primal(written)):
                continue
            for name in (other, written) if not is_primal(other) else (written, other):
                candidates = [
                    b for b in bindings.get(name, ()) if id(b) not in copied and not is_primal(name)
                ]
                if candidates:
                    return candidates[-1]
    return None


def _overlapping(node: gast.AugAssign) -> bool:
    """``u[1:] += u[:-1]``: right in NumPy, where the operation buffers; wrong under Numba."""
    value, where = node.value, node.target
    if not isinstance(value, (gast.Subscript, gast.Attribute)) or not isinstance(
        where, (gast.Subscript, gast.Name)
    ):
        return False
    if isinstance(value, gast.Attribute) and value.attr not in ("T", "mT"):
        return False
    same = base_names(value)[:1] == base_names(where)[:1] and bool(base_names(value))
    return same and (
        isinstance(value, gast.Attribute)
        or any(isinstance(n, gast.Slice) for n in gast.walk(value))
    )
