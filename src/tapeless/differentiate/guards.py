"""What neither mode can follow, refused before anything is written; the same for both modes."""

from __future__ import annotations

import gast

from .. import runtime
from ..analysis.activity import Activity
from ..analysis.effects import Effects
from ..analysis.infer import Inference
from ..analysis.kinds import (
    NUMBER_IN_TEXT,
    STRUCTURES,
    Array,
    Closure,
    Number,
    Opaque,
    Sequence,
    Table,
    is_inexact,
)
from ..analysis.layout import assigned_names
from ..analysis.outside import header_of, is_outside, is_read, only_looks
from ..analysis.sources import holds_memory
from ..analysis.unit import Site, Unit
from ..analysis.writes import HARMLESS, Write
from ..errors import KeptOutside, NotSupported
from ..syntax import names_read, names_stored, statements_in, walk, walk_scope

RANKING = (
    max, min, sorted,
    *(runtime.FUNCTIONS[f] for f in ("sorting_order", "position_of_max", "position_of_min")),
)  # fmt: skip


class Guards:
    """Refuses what would drop a derivative silently, for one unit and one activity."""

    def __init__(self, unit: Unit, inference: Inference, effects: Effects, activity: Activity):
        self.unit, self.inference, self.effects = unit, inference, effects
        self.activity = activity

    def is_active(self, identifier: str) -> bool:
        """Whether a name carries a derivative that is asked for."""
        return identifier in self.activity.active

    def varied_names(self, node: gast.expr) -> list[str]:
        """Names that depend on the arguments and on which an expression depends smoothly."""
        flows = self.unit.facts["flows"]
        return [n for n in sorted(flows.operands(node)) if n in self.activity.varied]

    def is_only_kept(self, identifier: str, seen: frozenset[str] = frozenset()) -> bool:
        """Whether something unknown, made of constants, is put into an object and not used here.

        It counts as varied, since it shares memory with an object that is.
        """
        if identifier in seen:
            return True
        seen |= {identifier}
        layout = self.unit.facts["flows"].layout
        made = layout.single_definition(identifier)
        if not isinstance(self.unit.env.get(identifier), Opaque):
            return False
        if not isinstance(made, gast.Assign):
            return False
        if not all(self.is_only_kept(n, seen) for n in self.varied_names(made.value)):
            return False
        for statement in layout.statements():
            if statement is made or identifier not in names_read(header_of(statement)):
                continue
            where = statement.targets[0] if isinstance(statement, gast.Assign) else None
            if isinstance(where, gast.Name):
                if not self.is_only_kept(where.id, seen):
                    return False
            elif not isinstance(where, gast.Attribute) or identifier in names_read(where):
                return False
        return True

    def check(self, node: gast.stmt) -> None:
        """What may not stand in any statement."""
        self.refuse_active_keys(node)
        self.refuse_shared_items(node)
        self.refuse_hidden_writes(node)
        self.refuse_hidden_reads(node)

    def refuse_active_keys(self, node: gast.stmt) -> None:
        """What is used as a key cannot be followed when it is read again."""
        if not isinstance(node, gast.Assign):
            return
        where, keys = node.targets[0], []
        if isinstance(where, gast.Subscript) and isinstance(
            self.inference.kind(where.value), Table
        ):
            keys = [where.slice]
        elif isinstance(node.value, gast.Dict):
            keys = [k for k in node.value.keys if k is not None]
        elif isinstance(node.value, gast.Set):
            keys = node.value.elts
        for key in keys:
            if self.varied_names(key):
                raise NotSupported(
                    node, "a value that carries a derivative as a key", instead="a list of pairs"
                )

    def refuse_shared_items(self, node: gast.stmt) -> None:
        """``[[]] * n`` holds one list many times."""
        value = getattr(node, "value", None)
        if isinstance(value, gast.BinOp) and isinstance(value.op, gast.Mult):
            kind = self.inference.kind(value)
            held = kind.of_elements() if isinstance(kind, Sequence) else None
            if isinstance(held, (Sequence, Table, Array)) and holds_memory(held):
                if any(self.effects.is_written(n) for n in names_stored(node)):
                    raise NotSupported(
                        node,
                        "one list, dict or array that stands in several places and is written",
                        instead="[[] for _ in range(n)]",
                    )

    def refuse_hidden_writes(self, node: gast.stmt) -> None:
        """A call that writes must be a statement of its own, or the value of an assignment."""
        for write in self.effects.of(node):
            if write.nested and self.counts(write, node):
                raise NotSupported(
                    node,
                    f"a call inside an expression that writes into '{write.name}'",
                    instead="the call as a statement of its own before",
                )

    def counts(self, write: Write, node: gast.stmt) -> bool:
        """Whether a write may matter to derivatives."""
        if write.form == "call":
            return True
        if write.form not in ("list", "attribute"):
            return False
        given = names_read(header_of(node))
        if not self.activity.varied.intersection(given):
            return False
        sites = [self.unit.sites.get(id(n)) for n in walk_scope(header_of(node))]
        return write.form == "list" or any(
            s is not None and s.unit is not None and gives_numbers(s.unit) for s in sites
        )

    def refuse_hidden_reads(self, node: gast.stmt) -> None:
        """A function that reads differentiated values must not go where it cannot be followed."""
        for inner in walk_scope(header_of(node)):
            site = self.unit.sites.get(id(inner))
            if site is None or site.form in ("user", "bundle") or only_ranks(site):
                continue
            for argument in [*site.positional, *site.keywords.values()]:
                kind = (
                    self.inference.kind(argument)
                    if not isinstance(argument, gast.Starred)
                    else None
                )
                if isinstance(kind, Closure) and any(
                    c in self.activity.varied for c in kind.captured
                ):
                    raise NotSupported(
                        argument,
                        "a function that reads values with derivatives, "
                        "given to a function that is not followed",
                        instead="a loop that calls it",
                    )

    def refuse_escapes(self) -> None:
        """A derivative that is kept where nobody follows it, in more than a log."""
        for escape in self.unit.facts["kept"]:
            if not escape.operands & self.activity.varied:
                continue
            if escape.log and not is_read(escape.labels, self.unit):
                continue
            raise KeptOutside(
                escape.statement,
                f"a value that carries a derivative is kept in '{escape.what}', which is not local",
                instead="return the value",
            )

    def refuse_carried(self, node: gast.With | gast.Try) -> None:
        """A value with a derivative that goes through an exception or a context manager."""
        if isinstance(node, gast.Try):
            for handler in node.handlers:
                if isinstance(handler.name, gast.Name):
                    self._refuse_read_from(handler.name.id, node, "an exception")
            return
        for item in node.items:
            given = [n for n in names_read(item.context_expr) if n in self.activity.varied]
            arrays = [n for n in given if not isinstance(self.unit.env.get(n), Number)]
            if arrays or (given and item.optional_vars is not None):
                raise NotSupported(
                    item.context_expr,
                    f"a context manager that is given '{(arrays or given)[0]}', "
                    "on which a derivative depends",
                    instead="the value itself, without the context manager",
                )
            if isinstance(item.optional_vars, gast.Name):
                if self._is_given_derivatives(item.optional_vars.id, node.body):
                    self._refuse_read_from(item.optional_vars.id, node, "a context manager")

    def _is_given_derivatives(self, owner: str, block: list[gast.stmt]) -> bool:
        return any(
            owner in names_read(call) and any(n in self.activity.varied for n in names_read(call))
            for call in walk(block)
            if isinstance(call, gast.Call)
        )

    def _refuse_read_from(self, owner: str, node: gast.stmt, what: str) -> None:
        """Numbers that are taken out of an object that nothing is known of."""
        held = {owner}
        for statement in statements_in(self.unit.tree.body):
            if not isinstance(statement, gast.Assign) or not held & set(names_read(statement)):
                continue
            for target in assigned_names(statement):
                kind = self.unit.env.get(target)
                if kind is None or isinstance(kind, (Opaque, Sequence)):
                    held.add(target)
                numeric = kind is None or is_inexact(kind)
                if numeric and target in self.activity.useful:
                    raise NotSupported(
                        statement,
                        f"a value that is handed on by {what}",
                        instead="a variable",
                    )

    def refuse_active_attribute(self, node: gast.Assign) -> None:
        """Attributes of objects of which nothing is known hold no derivatives."""
        owner = names_read(node.targets[0])
        known = any(is_outside(n, self.unit, self.inference) for n in owner)  # seen by the check
        if not known and self.varied_names(node.value):
            raise NotSupported(
                node, "a derivative that flows through an attribute", instead="a local variable"
            )

    def refuse_effect(self, node: gast.Expr, value: gast.Call, site: Site) -> None:
        """A primitive called for an effect that is not known to be harmless."""
        if any(self.is_active(self.effects.base(w.name)) for w in self.effects.of(node)):
            raise NotSupported(
                value, "a function that writes into an array with derivatives", instead="a store"
            )
        if any(site.target is h for h in HARMLESS) or only_looks(site.target):
            return
        given = [*site.positional, *site.keywords.values()]
        texts = [a for a in given if self.inference.kind(a) == NUMBER_IN_TEXT]  # `warn(message)`
        if any(self.varied_names(a) for a in given if a not in texts):
            raise NotSupported(
                value,
                "a call for its effect with a value that carries a derivative",
                instead="the effect written out",
            )

    def refuse_opaque(self, value: gast.Call, site: Site) -> None:
        """A call whose result is thrown away: harmless unless it could write into what it gets."""
        flows = self.unit.facts["flows"]
        given = [*site.positional, *site.keywords.values()]
        names = [n for a in given for n in sorted(flows.operands(a)) if self.is_active(n)]
        if any(isinstance(self.unit.env.get(n), (Array, *STRUCTURES)) for n in names):
            raise NotSupported(
                value,
                "a call of an unknown function with an array that carries a derivative",
                instead="pass it a copy",
            )


def only_ranks(site: Site) -> bool:
    """Whether a call asks a function for nothing but an order: what it gives has no derivative."""
    return any(site.target is f for f in RANKING) and not is_inexact(site.kind)


def gives_numbers(unit: Unit) -> bool:
    """Whether a function gives an object attributes that can carry a derivative."""
    kinds = unit.facts["inference"].kind
    stores = [w.statement for w in unit.facts["effects"].writes if w.form == "attribute"]
    return any(not isinstance(s, gast.Assign) or is_inexact(kinds(s.value)) for s in stores)
