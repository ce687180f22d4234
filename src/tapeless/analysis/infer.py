"""Abstract interpretation of a tree in core form: the kind of every name, the meaning of every call.

One kind per name (names are webs, so this loses little); the body is interpreted until nothing
changes. Branches that kinds decide are not entered.
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from ..errors import NotSupported
from ..frontend.parse import Function, resolve
from ..syntax import names_stored, walk_scope
from .calls import Calls
from .expressions import (
    OPERATORS,
    attribute_kind,
    binary_kind,
    compare_kind,
    elementwise_kind,
    kind_of_object,
    operator_name,
)
from .indexing import select
from .kinds import (
    BOOL,
    Array,
    Closure,
    Kind,
    Number,
    Opaque,
    Sequence,
    Static,
    Table,
    integer,
    join,
    settle,
    static,
)
from .sizes import Symbol, constant_size, size_of_symbol
from .unit import Unit

ROUNDS = 30


class Inference:
    """Interprets one unit; ``analyse(function, kinds)`` gives the units of functions it calls."""

    def __init__(self, unit: Unit, analyse: Callable[[Function, dict[str, Kind]], Unit]):
        self.unit = unit
        self.env: dict[str, Kind | None] = dict(unit.kinds)
        self.here: dict[str, Kind | None] | None = None  # kinds at the point being interpreted
        self.locals = set(names_stored(unit.tree.body)) | set(unit.parameters)
        self.assigned: dict[str, int] = {}
        self.augmented: dict[str, int] = {}
        self.calls = Calls(unit, analyse, self)
        own = self.calls.own_closure()
        if own is not None and unit.function.name not in self.locals:
            self.env[unit.function.name] = own
        self.changed = False
        self.result: Kind | None = None
        self.truths: dict[int, bool] = {}
        self.met: dict[int, bool | None] = {}
        self.counters: set[str] = set()
        for node in walk_scope(unit.tree.body):
            if isinstance(node, gast.Name) and isinstance(node.ctx, gast.Store):
                self.assigned[node.id] = self.assigned.get(node.id, 0) + 1
            if isinstance(node, gast.AugAssign) and isinstance(node.target, gast.Name):
                self.augmented[node.target.id] = self.augmented.get(node.target.id, 0) + 1
            if isinstance(node, gast.For) and isinstance(node.target, gast.Name):
                self.counters.add(node.target.id)

    def run(self) -> None:
        """Interpret until nothing changes; results go to the unit."""
        for _ in range(ROUNDS):
            self.changed = False
            self.calls.sites.clear()
            self.truths.clear()
            self.met.clear()
            self.here = dict(self.unit.kinds)
            self.block(self.unit.tree.body)
            if not self.changed:
                break
        else:
            raise NotSupported(self.unit.tree, "the kinds of its values do not settle")
        self.here = None
        self.unit.env = self.env
        self.unit.sites = dict(self.calls.sites)
        self.unit.result = self.result

    # --- statements

    def block(self, block: list[gast.stmt]) -> None:
        for statement in block:
            getattr(self, "do_" + type(statement).__name__, self.do_other)(statement)

    def do_other(self, node: gast.stmt) -> None:
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, gast.expr):
                self.kind(value)

    def do_Assign(self, node: gast.Assign) -> None:
        found = self.kind(node.value)
        where = node.targets[0]
        if isinstance(where, gast.Name):
            self.bind(where.id, found)
        elif isinstance(where, gast.Subscript):
            self.store(where, found)
        elif isinstance(where, gast.Attribute):
            if isinstance(self.kind(where.value), Array):
                raise NotSupported(
                    where,
                    f"a store into the attribute '{where.attr}' of an array",
                    instead="reshape, astype or a new array",
                )

    def do_AugAssign(self, node: gast.AugAssign) -> None:
        found = self.kind(node.value)
        if isinstance(node.target, gast.Name):
            old = self.current(node.target.id)
            if isinstance(old, Array) and old.rank != 0:
                self.bind(node.target.id, old)
            elif isinstance(old, Sequence) and old.form is list and isinstance(found, Sequence):
                self.bind(
                    node.target.id,
                    Sequence(list, None, join(old.of_elements(), found.of_elements())),
                )
            else:
                self.bind(node.target.id, binary_kind(node.op, old, found))
        elif isinstance(node.target, gast.Subscript):
            base = self.kind(node.target.value)
            self.kind(node.target.slice)
            if isinstance(base, (Sequence, Table)):
                element = self.subscript(base, node.target.slice)
                self.store(node.target, binary_kind(node.op, element, found))

    def do_If(self, node: gast.If) -> None:
        truth = self.decide(node)
        before = dict(self.here or {})
        ends = []
        for block, taken in ((node.body, truth is not False), (node.orelse, truth is not True)):
            if taken:
                self.here = dict(before)
                self.block(block)
                if (
                    not (block and isinstance(block[-1], (gast.Raise, gast.Break)))
                    or truth is not None
                ):
                    ends.append(self.here)
        self.here = _joined(ends) if ends else before

    def do_While(self, node: gast.While) -> None:
        if self.decide(node) is False:
            return
        self.loop(node.body)
        self.kind(node.test)

    def loop(self, body: list[gast.stmt], counter: str | None = None) -> None:
        """Interpret a body until the kinds at its beginning are those of every trip."""
        for _ in range(ROUNDS):
            before = dict(self.here or {})
            self.block(body)
            self.here = _joined([before, self.here or {}])
            if self.here == before:
                break

    def do_For(self, node: gast.For) -> None:
        for argument in node.iter.args:
            self.kind(argument)
        counter = node.target.id
        self.bind(
            counter,
            integer(size_of_symbol(Symbol(f"{self.unit.name}.{counter}", varying=True))),
            settled=True,
        )
        self.loop(node.body)

    def do_Return(self, node: gast.Return) -> None:
        found = self.kind(node.value) if node.value is not None else static(None)
        self.result = join(self.result, found)

    def do_FunctionDef(self, node: gast.FunctionDef) -> None:
        self.bind(node.name, self.calls.closure(node, node.name))

    def do_With(self, node: gast.With) -> None:
        for item in node.items:
            self.kind(item.context_expr)
            if isinstance(item.optional_vars, gast.Name):
                self.bind(item.optional_vars.id, Opaque("context"))
        self.block(node.body)

    def do_Try(self, node: gast.Try) -> None:
        self.block(node.body)
        for handler in node.handlers:
            if isinstance(handler.name, gast.Name):
                self.bind(handler.name.id, Opaque("exception"))
            self.block(handler.body)
        self.block(node.orelse)
        self.block(node.finalbody)

    def do_Import(self, node: gast.Import) -> None:
        import importlib

        for alias in node.names:
            module = importlib.import_module(alias.name)
            if alias.asname is None:
                module = importlib.import_module(alias.name.split(".")[0])
            self.bind(alias.asname or alias.name.split(".")[0], static(module))

    def do_ImportFrom(self, node: gast.ImportFrom) -> None:
        import importlib

        package = self.unit.function.globals.get("__package__")
        module = importlib.import_module("." * (node.level or 0) + (node.module or ""), package)  # type: ignore[arg-type]
        for alias in node.names:
            self.bind(alias.asname or alias.name, kind_of_object(getattr(module, alias.name)))

    def bind(self, identifier: str, found: Kind | None, settled: bool = False) -> None:
        """Let the name also stand for values of this kind."""
        if found is None:
            return
        count = self.assigned.get(identifier, 0) + (identifier in self.unit.kinds)
        if isinstance(found, Array):
            count -= self.augmented.get(identifier, 0)  # writes in place bind nothing
        many = count > 1
        if many and not settled:
            found = settle(found)
        if self.here is not None:
            self.here[identifier] = found
        old = self.env.get(identifier)
        new = join(old, found)
        if many and not settled:
            new = settle(new)
        if new != old:
            self.env[identifier] = new
            self.changed = True

    def store(self, where: gast.Subscript, found: Kind | None) -> None:
        base = self.kind(where.value)
        self.kind(where.slice)
        if not isinstance(where.value, gast.Name) or found is None:
            return
        if isinstance(base, Table):
            key = self.kind(where.slice)
            self.bind(where.value.id, _with_key(base, key, found))
        elif isinstance(base, Sequence) and base.form is list:
            index = self.kind(where.slice)
            if (
                base.items is not None
                and isinstance(index, Number)
                and isinstance(index.value, int)
                and abs(index.value) <= len(base.items)
            ):
                items = list(base.items)
                if items:
                    items[index.value] = join(items[index.value], found) or found
                self.bind(where.value.id, Sequence(list, tuple(items)))
            else:
                self.bind(where.value.id, Sequence(list, None, join(base.of_elements(), found)))

    def grow(self, identifier: str, element: Kind | None) -> None:
        """A list gets another element."""
        if element is not None:
            old = self.current(identifier)
            if isinstance(old, Sequence):
                self.bind(identifier, Sequence(list, None, join(old.of_elements(), element)))

    def decide(self, node: gast.If | gast.While) -> bool | None:
        """The truth of a test; it counts as known only if it is the same each time the test is met."""
        truth = self.truth(node.test)
        if id(node) in self.met and self.met[id(node)] is not truth:
            truth = None
        self.met[id(node)] = truth
        if truth is None:
            self.truths.pop(id(node), None)
        else:
            self.truths[id(node)] = truth
        return truth

    def current(self, identifier: str) -> Kind | None:
        """The kind of a name where the interpretation stands."""
        if self.here is not None and identifier in self.here:
            return self.here[identifier]
        return self.env.get(identifier)

    def truth(self, test: gast.expr) -> bool | None:
        """What a test is known to be."""
        found = self.kind(test)
        if found is None or isinstance(found, Opaque):
            return None
        if found.static:
            try:
                return bool(found.value)
            except Exception:
                return None
        if isinstance(found, Closure):
            return True
        if isinstance(found, Sequence) and found.items is not None and found.form is tuple:
            return bool(found.items)
        return None

    # --- expressions

    def kind(self, node: gast.expr | None) -> Kind | None:
        """The kind of an expression; None where nothing has reached it yet."""
        if node is None:
            return static(None)
        return getattr(self, "of_" + type(node).__name__, self.of_other)(node)

    def of_other(self, node: gast.expr) -> Kind:
        return Opaque(type(node).__name__)

    def of_Constant(self, node: gast.Constant) -> Kind:
        return kind_of_object(node.value)

    def of_Name(self, node: gast.Name) -> Kind | None:
        if node.id in self.locals:
            if self.here is not None and node.id in self.here:
                return self.here[node.id]
            return self.env.get(node.id)
        return self.free(node)

    def free(self, node: gast.Name) -> Kind:
        """A name of the surrounding module or closure."""
        if node.id in self.env:
            return self.env[node.id] or Opaque()
        if self.unit.namer.is_temporary(node.id):
            return Opaque("made by a pass")
        try:
            value = resolve(self.unit.function, node.id)
        except KeyError:
            module = self.unit.facts.get("module", {})
            if node.id in module:
                return kind_of_object(module[node.id], node.id)
            raise NotSupported(
                node,
                f"the name '{node.id}' is not defined",
                instead="define it before differentiating",
            ) from None
        self.unit.globals_used[node.id] = value
        return kind_of_object(value, node.id)

    def of_Attribute(self, node: gast.Attribute) -> Kind | None:
        return attribute_kind(self.kind(node.value), node.attr)

    def of_BinOp(self, node: gast.BinOp) -> Kind | None:
        return binary_kind(node.op, self.kind(node.left), self.kind(node.right))

    def of_UnaryOp(self, node: gast.UnaryOp) -> Kind | None:
        operand = self.kind(node.operand)
        if operand is None:
            return None
        op = operator_name(node.op)
        if op == "Not":
            truth = self.truth(node.operand)
            return BOOL if truth is None else Number("b", True, None, not truth)
        if operand.static or not isinstance(operand, Number) or operand.dtype != "i":
            if operand.static:
                return kind_of_object(OPERATORS[op](operand.value))
            return elementwise_kind(OPERATORS[op], [operand])
        zero = integer(constant_size(0))
        return binary_kind(gast.Sub(), zero, operand) if op == "USub" else operand

    def of_Compare(self, node: gast.Compare) -> Kind | None:
        return compare_kind(list(node.ops), [self.kind(n) for n in (node.left, *node.comparators)])

    def of_BoolOp(self, node: gast.BoolOp) -> Kind | None:
        stop = isinstance(node.op, gast.Or)
        kinds: list[Kind | None] = []
        for value in node.values:
            truth = self.truth(value)
            if truth is stop:
                return Number("b", True, None, stop) if not kinds else BOOL
            if truth is None:
                kinds.append(self.kind(value))
        if not kinds:
            return Number("b", True, None, not stop)
        return (
            BOOL
            if all(isinstance(k, Number) and k.dtype == "b" for k in kinds)
            else Opaque("and/or")
        )

    def of_IfExp(self, node: gast.IfExp) -> Kind | None:
        truth = self.truth(node.test)
        if truth is not None:
            return self.kind(node.body if truth else node.orelse)
        return join(self.kind(node.body), self.kind(node.orelse))

    def of_Subscript(self, node: gast.Subscript) -> Kind | None:
        return self.subscript(self.kind(node.value), node.slice)

    def subscript(self, base: Kind | None, index: gast.expr) -> Kind | None:
        if base is None:
            return None
        if isinstance(base, Array):
            return select(base, index, self.kind).kind
        if isinstance(index, gast.Slice):
            bounds = [self.kind(b) for b in (index.lower, index.upper, index.step)]
            if isinstance(base, Sequence):
                if base.items is not None and all(b is not None and b.static for b in bounds):
                    return Sequence(
                        base.form if base.form in (list, tuple) else tuple,
                        base.items[slice(*(b.value for b in bounds))],
                    )
                return Sequence(base.form, None, base.of_elements())
            return Opaque("slice")
        key = self.kind(index)
        if key is None:
            return None
        return _item(base, key)

    def of_Tuple(self, node: gast.Tuple) -> Kind | None:
        return self.display(tuple, node.elts)

    def of_List(self, node: gast.List) -> Kind | None:
        return self.display(list, node.elts)

    def display(self, form: type, elements: list[gast.expr]) -> Kind | None:
        items: list[Kind] = []
        for element in elements:
            found = self.kind(element.value if isinstance(element, gast.Starred) else element)
            if found is None:
                return None
            if not isinstance(element, gast.Starred):
                items.append(found)
            elif isinstance(found, Sequence) and found.items is not None:
                items.extend(found.items)
            else:
                return Sequence(form, None, Opaque("starred"))
        return Sequence(form, tuple(items))

    def of_Dict(self, node: gast.Dict) -> Kind | None:
        items: dict[object, Kind] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            found, named = self.kind(value), self.kind(key) if key is not None else None
            if found is None:
                return None
            if key is None and isinstance(found, Table):
                items.update(found.items)
            elif named is not None and named.static:
                items[named.value] = found
            else:
                return Opaque("dict with computed keys")
        return Table(tuple(items.items()))

    def of_JoinedStr(self, node: gast.JoinedStr) -> Kind:
        return Opaque("string")

    def of_Lambda(self, node: gast.Lambda) -> Kind:
        return self.calls.closure(node, "lambda")

    def of_Starred(self, node: gast.Starred) -> Kind | None:
        return self.kind(node.value)

    def of_Call(self, node: gast.Call) -> Kind | None:
        if self.here is None and id(node) in self.unit.sites:
            return self.unit.sites[id(node)].kind
        return self.calls.call(node)


def _joined(states: list[dict[str, Kind | None]]) -> dict[str, Kind | None]:
    """Kinds where several ways meet; a name that one way does not assign has the kind of the others."""
    merged: dict[str, Kind | None] = {}
    for state in states:
        for identifier, kind in state.items():
            merged[identifier] = join(merged.get(identifier), kind)
    return merged


def _with_key(base: Table, key: Kind | None, found: Kind) -> Table:
    if key is None or not key.static:
        return Table(base.items, join(base.rest, found))
    items = dict(base.items)
    items[key.value] = join(items.get(key.value), found) or found
    return Table(tuple(items.items()), base.rest)


def _item(base: Kind, key: Kind) -> Kind:
    if isinstance(base, Sequence):
        if base.items is not None and isinstance(key, Number) and isinstance(key.value, int):
            if -len(base.items) <= key.value < len(base.items):
                return base.items[key.value]
            return Opaque("index out of range")
        return base.of_elements() or Opaque("empty")
    if isinstance(base, Table):
        if key.static:
            return base.get(key.value) or Opaque("missing key")
        found: Kind | None = base.rest
        for _, item in base.items:
            found = join(found, item)
        return found or Opaque("empty")
    if isinstance(base, Static) and key.static:
        try:
            return kind_of_object(base.value[key.value])  # type: ignore[index]
        except Exception:
            return Opaque("subscript")
    return Opaque("subscript")
