"""The adjoints of names while the reverse sweep is written.

The first contribution to an adjoint is an assignment, later ones add. A name that is written in
place, or read by subscripts, has a *buffer*: an array that is ours, which parts are added into.
An adjoint is *short* while it is a number (or an array of fewer axes) that stands for an array: it
is filled up only where something needs all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import gast
import numpy as np

from .. import runtime
from ..algebra import negated, number, tidy
from ..analysis.infer import Inference
from ..analysis.kinds import STRUCTURES, Array, Kind, Number, Record, Sequence, Table, is_complex
from ..analysis.recording import Recorder
from ..analysis.writes import keeps_length
from ..errors import NotSupported
from ..syntax import (
    assign,
    attribute,
    call,
    called_name,
    const,
    copy_tree,
    is_step,
    name,
    subscript,
    walk,
)
from .crossing import may_be_unbound
from .shapes import Shapes


@dataclass(frozen=True)
class Held:
    """What the variable of an adjoint holds at this point of the reverse sweep."""

    short: bool = False
    owned: bool = False
    literal: float | None = None  # a number that no variable was made for yet


State = dict[str, Held]


class Adjoints:
    """Names of adjoints and what they hold; every method writes statements through ``emit``."""

    def __init__(
        self,
        inference: Inference,
        recorder: Recorder,
        bind: Callable[[object, str], str],
        buffers: set[str],
    ):
        self.inference, self.recorder, self.bind = inference, recorder, bind
        self.unit = recorder.unit
        self.buffers = buffers
        self.inout: set[str] = set()  # adjoints that belong to a caller: never rebound
        self.effects = recorder.effects
        self.apart: dict[
            int, dict[str, str]
        ] = {}  # values before a branch, under names of their own
        self.early: dict[int, dict[str, gast.expr]] = {}  # made before a statement, to be kept
        self.state: State = {}
        self.names: dict[str, str] = {}
        self.out: list[gast.stmt] = []
        self.shapes = Shapes(self)

    def emit(self, statement: gast.stmt) -> None:
        """Write a statement."""
        self.out.append(statement)

    def variable(self, identifier: str) -> str:
        """The variable that holds the adjoint of a name."""
        if identifier not in self.names:
            wish = identifier.replace("[", "_").replace("]", "")
            self.names[identifier] = self.unit.namer.fresh(f"{wish}_bar")
            self.inference.locals.add(self.names[identifier])
        return self.names[identifier]

    def kind(self, identifier: str) -> Kind | None:
        """The kind of a name, or of an element ``t[0]`` of a tuple that is held apart."""
        return self.unit.env.get(identifier)

    # --- reading

    def is_zero(self, identifier: str) -> bool:
        """Whether nothing has flown to a name yet."""
        return self.effects.base(identifier) not in self.state

    def whole(self, identifier: str, at: gast.stmt) -> gast.expr:
        """The adjoint as an expression; a view of its base's for a tied name."""
        if identifier in self.effects.ties:
            return self.view(identifier, at)
        held = self.state.get(identifier)
        if held is not None and held.literal is not None:
            return const(held.literal)
        return name(self.variable(identifier))

    def written_out(self, identifier: str) -> None:
        """Give a number that was only held a variable."""
        held = self.state.get(identifier)
        if held is not None and held.literal is not None:
            self.emit(assign(self.variable(identifier), const(held.literal)))
            self.state[identifier] = replace(held, literal=None)
            self._note(identifier, held.short, const(held.literal))

    def view(self, identifier: str, at: gast.stmt) -> gast.expr:
        """The view of the base's adjoint that a tied name is of its base."""
        made = self.recorder.layout.single_definition(identifier)
        assert isinstance(made, gast.Assign)
        return self._mirrored(made.value, self.effects.ties[identifier], at)

    def _mirrored(self, node: gast.expr, base: str, at: gast.stmt) -> gast.expr:
        if isinstance(node, gast.Name):
            return self.whole(base, at)
        if isinstance(node, gast.Subscript):
            index = self.recorder.expression(node.slice, at)
            return subscript(self._mirrored(node.value, base, at), index)
        if isinstance(node, gast.Attribute):
            if isinstance(self.inference.kind(node.value), Record):
                return subscript(self._mirrored(node.value, base, at), const(node.attr))
            if node.attr == "imag":
                raise NotSupported(
                    node, "an imaginary part that is written through", instead="a new array"
                )
            return attribute(self._mirrored(node.value, base, at), node.attr)
        assert isinstance(node, gast.Call)
        site = self.unit.sites[id(node)]
        if site.form == "user" or site.target is np.asarray:
            return self.whole(base, at)  # the argument itself is returned
        arguments = [self.recorder.expression(a, at) for a in site.positional[1:]]
        if site.target in (np.reshape, np.ravel):
            # An adjoint may lie in memory in another order than its primal.
            shape = arguments[0] if len(arguments) == 1 else gast.Tuple(arguments, gast.Load())
            helper = self.bind(runtime.view_as, "view_as")
            return call(helper, self.whole(base, at), shape if arguments else const(-1))
        if isinstance(node.func, gast.Attribute) and node.func.value is site.positional[0]:
            return gast.Call(
                attribute(self.whole(base, at), node.func.attr),
                arguments,
                [copy_tree(k) for k in node.keywords],
            )
        return gast.Call(
            copy_tree(node.func),
            [self.whole(base, at), *arguments],
            [copy_tree(k) for k in node.keywords],
        )

    def full(self, identifier: str, at: gast.stmt) -> gast.expr:
        """The adjoint with the shape of the name: a short one is filled up first."""
        self.fill_up(identifier, at)
        return self.whole(identifier, at)

    def fill_up(self, identifier: str, at: gast.stmt) -> None:
        """Give a short adjoint the shape of its name."""
        base = self.state.get(identifier)
        if (
            base is not None
            and base.literal is not None
            and base.short
            and identifier not in self.effects.ties
        ):
            self.emit(
                assign(
                    self.variable(identifier),
                    self.shapes.filled(const(base.literal), identifier, at),
                )
            )
            self.state[identifier] = Held(False, True)
            self._note(identifier, False)
            return
        self.written_out(identifier)
        held = self.state.get(self.effects.base(identifier))
        if held is not None and held.short and identifier not in self.effects.ties:
            variable = self.variable(identifier)
            self.emit(assign(variable, self.shapes.filled(name(variable), identifier, at)))
            self.state[identifier] = Held(False, True)
            self._note(identifier, False)

    def kill(self, identifier: str) -> None:
        """The name was assigned here: before, nothing flows to it."""
        self.state.pop(identifier, None)

    # --- adding

    def add(self, identifier: str, value: gast.expr, at: gast.stmt, short: bool = False) -> None:
        """Let ``value``, which has the shape of the name (or is short), flow to a name."""
        value = tidy(self.in_field(value, self.kind(identifier)), self.is_inexact)
        if identifier in self.effects.ties:
            self.ensure(self.effects.base(identifier), at)
            if isinstance(self.kind(identifier), STRUCTURES):
                self.add_to_item(self.view(identifier, at), value, self.kind(identifier))
            else:
                self.accumulate(self.view(identifier, at), value)
            return
        variable, kind = self.variable(identifier), self.kind(identifier)
        held = self.state.get(identifier)
        if held is None and isinstance(value, gast.Name) and value.id == variable:
            self.state[identifier] = Held(short, identifier in self.buffers)  # it stays where it is
            return
        if isinstance(kind, STRUCTURES):
            self._add_structure(identifier, value, at)
            return
        if held is None:
            self._first(identifier, value, at, short)
            return
        self.written_out(identifier)
        held = self.state[identifier]
        if held.short and not short and identifier in self.buffers:
            self.fill_up(identifier, at)
            held = self.state[identifier]
        if isinstance(kind, Number) or (
            identifier in self.buffers and held.owned and not held.short
        ):
            self.accumulate(name(variable), value)
            return
        plain = negated(value)
        op: gast.AST = gast.Add() if plain is None else gast.Sub()
        total = gast.BinOp(name(variable), op, value if plain is None else plain)
        self.emit(assign(variable, total))
        self.state[identifier] = Held(held.short and short, True)
        self._note(identifier, held.short and short, total)

    def in_field(self, value: gast.expr, kind: Kind | None) -> gast.expr:
        """The real part of a complex cotangent, for what is real."""
        if not isinstance(kind, (Number, Array)) or is_complex(kind):
            return value
        found = self.inference.kind(value)
        if is_complex(found):
            return attribute(value, "real")
        unsure = not isinstance(found, (Number, Array)) or self.is_item(value)
        if unsure and self.has_complex():
            return call(f"{self.numpy()}.real", value)
        return value

    def is_item(self, value: gast.expr) -> bool:
        """Whether a value is an item of the adjoint of a list, which may be complex throughout."""
        return any(
            isinstance(n, gast.Subscript) and not isinstance(self.inference.kind(n.value), Array)
            for n in walk(value)
        )

    def has_complex(self) -> bool:
        """Whether there are complex numbers in the function."""
        return any(is_complex(kind) for kind in self.unit.env.values())

    def _first(self, identifier: str, value: gast.expr, at: gast.stmt, short: bool) -> None:
        variable = self.variable(identifier)
        owned = is_fresh(value)
        literal = number(value)
        if (
            literal is not None
            and (short or isinstance(self.kind(identifier), Number))
            and (short is False or identifier not in self.buffers)
        ):
            self.state[identifier] = Held(short, True, float(literal))
            return
        if identifier in self.buffers and isinstance(self.kind(identifier), Array):
            if self.may_be_number(identifier) and not short:
                if not (isinstance(value, gast.Call) and called_name(value) in ARRAYS):
                    made = "asarray" if owned else "array"
                    value, owned = call(f"{self.numpy()}.{made}", value), True
            if is_complex(self.kind(identifier)) and not is_complex(self.inference.kind(value)):
                value, owned = gast.BinOp(value, gast.Add(), const(0j)), True
            if short:
                value, owned, short = self.shapes.filled(value, identifier, at), True, False
            elif not owned:
                value, owned = self.copied(value, identifier), True
        self.emit(assign(variable, value))
        self.state[identifier] = Held(short, owned)
        self._note(identifier, short, value)

    def _note(self, identifier: str, short: bool, value: gast.expr | None = None) -> None:
        """Remember the kind of an adjoint's variable; a short one is of the kind of its value."""
        kind = self.kind(identifier)
        if short:
            found = self.inference.kind(value) if value is not None else None
            kind = found if isinstance(found, (Number, Array)) else Array("f", None)
        self.inference.env[self.variable(identifier)] = adjoint_kind(kind)

    def take(self, identifier: str, value: gast.expr, at: gast.stmt) -> None:
        """Let a value flow to a name that nothing else refers to, such as a popped item."""
        kind = self.kind(identifier)
        structured = isinstance(kind, STRUCTURES)
        if structured and identifier not in self.state and identifier not in self.effects.ties:
            if isinstance(kind, Sequence):
                value = call("list", value)  # it may be a row of an array
            self.emit(assign(self.variable(identifier), value))
            self.state[identifier] = Held(False, True)
            self.inference.env[self.variable(identifier)] = adjoint_kind(kind)
        else:
            self.add(identifier, value, at)

    def _add_structure(self, identifier: str, value: gast.expr, at: gast.stmt) -> None:
        variable = self.variable(identifier)
        if identifier in self.inout:  # the caller's: added into in place
            helper = self.bind(runtime.add_into, "add_into")
            self.emit(gast.Expr(call(helper, name(variable), value)))
        elif identifier not in self.state and identifier not in self.buffers:
            self.emit(assign(variable, value))
            self.state[identifier] = Held(False, False)
        elif identifier not in self.state and self._is_new_list(identifier, value):
            self.emit(assign(variable, value))
            self.state[identifier] = Held(False, True)
        else:
            self.ensure(identifier, at)
            helper = self.bind(runtime.add_to, "add_to")
            self.emit(assign(variable, call(helper, name(variable), value)))
        self.inference.env[variable] = adjoint_kind(self.kind(identifier))

    def _is_new_list(self, identifier: str, value: gast.expr) -> bool:
        """Whether a cotangent is a list or dict of its own that can be added into in place."""
        if any(self.effects.base(n) == identifier for n in self.effects.ties):
            return False
        if isinstance(value, gast.Call):
            return called_name(value) in NEW_LISTS
        if isinstance(value, gast.Subscript):
            return isinstance(value.slice, gast.Slice)
        return isinstance(value, (gast.List, gast.Dict))

    def accumulate(self, where: gast.expr, value: gast.expr) -> None:
        """``where += value``, in place."""
        value = tidy(self.in_field(value, self.inference.kind(where)), self.is_inexact)
        plain = negated(value)
        spot = copy_tree(where)
        if isinstance(spot, (gast.Call, gast.Attribute)):
            spot = subscript(spot, gast.Constant(Ellipsis, None))
        spot.ctx = gast.Store()
        self.emit(
            gast.AugAssign(
                spot, gast.Add() if plain is None else gast.Sub(), value if plain is None else plain
            )
        )

    def ensure(self, identifier: str, at: gast.stmt, after: bool = True) -> None:
        """Give a name an adjoint of its own shape that parts can be added into."""
        identifier = self.effects.base(identifier)
        self.written_out(identifier) if not (
            identifier in self.state and self.state[identifier].short
        ) else None
        held = self.state.get(identifier)
        if held is None:
            self.zero(identifier, at, after)
        elif held.short:
            self.fill_up(identifier, at)
        elif not held.owned and isinstance(self.kind(identifier), Array):
            variable = self.variable(identifier)
            self.emit(assign(variable, self.copied(name(variable), identifier)))
            self.state[identifier] = Held(False, True)

    def copied(self, value: gast.expr, identifier: str) -> gast.expr:
        """A copy of an adjoint; a number is what it is."""
        kind = self.kind(identifier)
        if isinstance(kind, Array) and kind.axes:
            return gast.Call(attribute(value, "copy"), [], [])
        if self.may_be_number(identifier):
            return call(f"{self.numpy()}.array", value)
        return call(self.bind(runtime.copy_of, "copy_of"), value)

    def may_be_number(self, identifier: str) -> bool:
        """Whether the adjoint of an array may be a number: NumPy makes one of a 0-d result."""
        kind = self.kind(identifier)
        return isinstance(kind, Array) and not kind.axes and not kind.optional

    def zero(self, identifier: str, at: gast.stmt, after: bool = True) -> None:
        """Write the zero that nothing has flown into yet."""
        self.emit(assign(self.variable(identifier), self.zeros(identifier, at, after)))
        self.state[identifier] = Held(False, True)
        self._note(identifier, False)

    def zeros(self, identifier: str, at: gast.stmt, after: bool = True) -> gast.expr:
        """Zeros like a name: ``0.0`` for a number."""
        kind = self.kind(identifier)
        if isinstance(kind, Number):
            return const(0j if is_complex(kind) else 0.0)
        like = self.like(identifier, at, after)
        if isinstance(kind, Array) and kind.axes is not None and not (kind.optional or kind.mixed):
            return call(f"{self.numpy()}.zeros_like", like)
        zeros = call(self.bind(runtime.zeros_of, "zeros_of"), like)
        if identifier in self.buffers and self.may_be_number(identifier):
            return call(f"{self.numpy()}.asarray", zeros)
        return zeros

    def may_stand_for_nothing(self, owner: str) -> bool:
        """Whether a name that holds tuples is 0.0 until a loop that returns one has been left."""
        layout = self.recorder.layout
        loops = [loop for s in layout.definitions.get(owner, ()) for loop in layout.loops(s)]
        return any(may_be_unbound(layout, self.recorder.unit, owner, loop) for loop in loops)

    def like(self, identifier: str, at: gast.stmt, after: bool = True) -> gast.expr:
        """An expression with the shape of a name, or of an item of a tuple that is held apart."""
        if "[" in identifier:
            owner, _, index = identifier.partition("[")
            whole = self.recorder.value(owner, at, after, False)
            item = subscript(whole, const(int(index.rstrip("]"))))
            if self.may_stand_for_nothing(owner):  # nothing is read of it then
                made = call("isinstance", copy_tree(whole), name("tuple"))
                return gast.IfExp(made, item, const(0.0))
            return item
        if not after and self.recorder.layout.defines(at, identifier):
            return name(self.value_before(identifier, at))
        steps = [s for s in at.body if is_step(s)] if isinstance(at, gast.Try) else []
        if not after and len(steps) > 1 and self.changes_inside(at, identifier):
            others = [steps[-1], *at.orelse, *(s for h in at.handlers for s in h.body)]
            if any(self.lengthens(s, identifier) for s in others):
                raise NotSupported(
                    at,
                    f"'{identifier}' changes its length before and after an exception",
                    instead="a new list",
                )
            return self.recorder.value(identifier, at, True, False)  # as the exception left it
        if not after and self.changes_inside(at, identifier):
            like = call(self.bind(runtime.copy_of, "copy_of"), name(identifier))
            return self.made_before(f"{identifier}_before", like, at)
        return self.recorder.value(identifier, at, after, False)

    def changes_inside(self, at: gast.stmt, identifier: str) -> bool:
        """Whether a branch or loop may change how many items a list or dict has."""
        compound = isinstance(at, (gast.If, gast.For, gast.While, gast.Try, gast.With))
        return compound and self.lengthens(at, identifier)

    def lengthens(self, at: gast.stmt, identifier: str) -> bool:
        """Whether a statement, or one inside it, may change how many items a list or dict has."""
        return any(
            self.effects.may_reach(w, identifier, self.unit, self.recorder.layout)
            and not keeps_length(w, self.unit.env.get(w.name), self.kind(identifier))
            for w in self.effects.writes
            if not isinstance(self.unit.env.get(w.name), Array)
            and self.recorder.layout.inside(w.statement, at)
        )

    def value_before(self, identifier: str, at: gast.stmt) -> str:
        """A variable with the value that a name had before a branch that assigns it."""
        kept = self.apart.setdefault(id(at), {})
        if identifier not in kept:
            kept[identifier] = self.unit.namer.fresh(f"{identifier}_before")
            self.recorder.locals.add(kept[identifier])
            self.unit.env[kept[identifier]] = self.kind(identifier)
            self.recorder.layout.definitions[kept[identifier]] = [at]
        self.recorder.value(kept[identifier], at, True, False)
        return kept[identifier]

    def made_before(self, wish: str, value: gast.expr, at: gast.stmt) -> gast.expr:
        """What the forward sweep is to make right before a statement and to keep."""
        kept: str = self.unit.namer.fresh(wish)
        self.recorder.locals.add(kept)
        self.recorder.layout.definitions[kept] = [at]
        self.early.setdefault(id(at), {})[kept] = value
        return self.recorder.value(kept, at, True, False)

    def numpy(self) -> str:
        """What NumPy is called in the generated module."""
        return self.bind(np, "np")

    def is_inexact(self, node: gast.expr) -> bool:
        """Whether an expression is known to be a float (so that a factor 1.0 changes nothing)."""
        kind = self.inference.kind(node)
        return isinstance(kind, (Number, Array)) and kind.dtype[0] in "fc"

    def moved(self, x: str, short: bool) -> None:
        """The adjoint changes hands: no copy of a buffer is needed."""
        if self.state[x].literal is not None:
            return
        last = self.out[-1]
        if (
            isinstance(last, gast.Assign)
            and isinstance(last.value, gast.Call)
            and isinstance(last.value.func, gast.Attribute)
        ):
            if last.value.func.attr == "copy" and not short:
                last.value = last.value.func.value
        self.state[x] = Held(self.state[x].short, True)

    def add_to_item(self, where: gast.expr, flowing: gast.expr, kind: Kind | None) -> None:
        """Add to the adjoint of an item of a container."""
        flowing = self.in_field(flowing, kind)
        store = copy_tree(where)
        store.ctx = gast.Store()
        if isinstance(kind, Number) and not kind.optional:
            self.accumulate(where, flowing)
        elif isinstance(kind, Array) and not kind.optional:
            self.emit(
                gast.Assign(
                    [store],
                    tidy(gast.BinOp(where, gast.Add(), flowing), self.is_inexact),
                    None,
                )
            )
        else:
            helper = self.bind(runtime.add_to, "add_to")
            self.emit(gast.Assign([store], call(helper, where, flowing), None))

    # --- branches and loops

    def settle(self, identifier: str, at: gast.stmt) -> None:
        """Leave a block with an adjoint of full shape, so that it is the same on every way here."""
        self.fill_up(identifier, at)
        held = self.state.get(identifier)
        if held is not None:
            self.state[identifier] = replace(held, owned=held.owned and identifier in self.buffers)


def adjoint_kind(kind: Kind | None) -> Kind | None:
    """The kind of an adjoint: that of an object with attributes is a dict."""
    if isinstance(kind, Record):
        return Table(tuple((f, adjoint_kind(k) or k) for f, k in kind.items))
    if isinstance(kind, Sequence) and kind.items is not None:
        return replace(kind, items=tuple(adjoint_kind(k) or k for k in kind.items))
    if isinstance(kind, Sequence):
        return replace(kind, element=adjoint_kind(kind.element))
    if isinstance(kind, Table):
        items = tuple((key, adjoint_kind(k) or k) for key, k in kind.items)
        return replace(kind, items=items, rest=adjoint_kind(kind.rest))
    return kind


def is_fresh(node: gast.expr) -> bool:
    """Whether the value of an expression is memory that nothing else refers to."""
    if isinstance(
        node, (gast.BinOp, gast.UnaryOp, gast.Compare, gast.Constant, gast.List, gast.Dict)
    ):
        return True
    if isinstance(node, gast.Call):
        called = called_name(node)
        return called in FRESH or (called in runtime.FUNCTIONS and called not in runtime.SHARING)
    return False


ARRAYS = ("array", "asarray", "zeros_like")  # what they return is an array, of rank 0 too
NEW_LISTS = ("list", "dict", "shared_by", "folded", "unpermuted", "with_keys_of")


FRESH = frozenset(
    """
    copy copy_of zeros_like full_like ones_like sum outer where zeros_of add_to spread
    matmul dot sqrt exp log sin cos tan sinh cosh tanh concatenate stack tile repeat array
    zeros ones full cumsum kron trace
    """.split()
)
