"""The kinds of expressions, given the kinds of names."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from typing import Any

import gast
import numpy as np

from .. import runtime
from ..errors import NotSupported
from ..frontend.global_names import module_of
from ..frontend.parse import Function, resolve
from ..syntax import copy_tree, names_stored, walk
from . import baked, bundles, objects
from .builtin_kinds import element_kind
from .calls import Calls, is_library
from .container_kinds import merged, with_key
from .expressions import (
    OPERATORS,
    attribute_kind,
    binary_kind,
    compare_kind,
    elementwise_kind,
    kind_of_object,
    operator_name,
)
from .higher_order import holds_functions, holds_objects
from .indexing import indexable, select
from .kinds import (
    BOOL,
    RAISED_BY_CONSTANTS,
    RAISES,
    Array,
    Closure,
    Kind,
    Number,
    Opaque,
    Record,
    Sequence,
    Static,
    Table,
    integer,
    is_inexact,
    is_text,
    join,
    static,
    text_of,
)
from .probe import probe
from .reflection import refuse_own_lookup
from .sizes import constant_size
from .spelled import CHANGING
from .unit import Unit

TRUTHS = ("isinstance", "hasattr", "callable", "len")
OF_OBJECTS = (gast.Is, gast.IsNot, gast.In, gast.NotIn)


class Values:
    """Interprets the expressions of one unit; ``env`` holds the kinds of its names."""

    def __init__(self, unit: Unit, analyse: Callable[[Function, dict[str, Kind]], Unit]):
        self.unit = unit
        self.env: dict[str, Kind | None] = dict(unit.kinds)
        self.here: dict[str, Kind | None] | None = None  # kinds at the point being interpreted
        self.locals = set(names_stored(unit.tree.body)) | set(unit.parameters)
        self.expansions: dict[int, tuple[gast.AST, objects.Expansion]] = {}
        self.changed = False
        self.chosen: list[gast.expr] = []  # indices that choose a function
        self.unrolled: dict[int, range | None] = {}  # loops over functions: their trips
        self.calls = Calls(unit, analyse, self)
        own = self.calls.own_closure()
        if own is not None and unit.function.name not in self.locals:
            self.env[unit.function.name] = own

    def kind(self, node: gast.expr | None) -> Kind | None:
        """The kind of an expression; None where nothing has reached it yet."""
        if node is None:
            return static(None)
        return getattr(self, "of_" + type(node).__name__, self.of_other)(node)

    def rebind(self, identifier: str, kind: Kind) -> None:
        """A name stands for a value of another kind from here on."""
        if self.here is not None:
            self.here[identifier] = kind
        known = join(self.env.get(identifier), kind)
        if known != self.env.get(identifier):
            self.env[identifier] = known
            self.changed = True

    def carry(self, identifier: str) -> None:
        """What changed under a name changed under others; what interprets the statements knows."""
        raise NotImplementedError

    def replace(self, identifier: str, kind: Kind) -> None:
        """A container was changed in place; what interprets the statements knows how."""
        raise NotImplementedError

    def forget(self, node: gast.expr, wholly: bool = False) -> None:
        """A call may change what it can get at; what interprets the statements knows what."""
        raise NotImplementedError

    def current(self, identifier: str) -> Kind | None:
        """The kind of a name where the interpretation stands."""
        if self.here is not None and identifier in self.here:
            return self.here[identifier]
        return self.env.get(identifier)

    def truth(self, test: gast.expr) -> bool | None:
        """What a test is known to be."""
        if isinstance(test, gast.BoolOp):  # one operand may decide, whatever those before it are
            deciding = isinstance(test.op, gast.Or)
            for value in test.values:
                if self.truth(value) is deciding:
                    return deciding
                if not self.never_raises(value):
                    break
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

    def never_raises(self, test: gast.expr) -> bool:
        """Whether a test may be left out: it compares numbers."""
        plain = (gast.Name, gast.Constant, gast.Compare, gast.BoolOp, gast.UnaryOp)
        parts = [n for n in walk(test) if isinstance(n, gast.expr)]
        return all(isinstance(n, plain) for n in parts) and all(
            isinstance(self.kind(n), (Number, Static)) for n in parts if isinstance(n, gast.Name)
        )

    def of_ListComp(self, node: gast.ListComp | gast.GeneratorExp) -> Kind:
        """Truths of the items of a tuple or list, ``[isinstance(a, str) for a in x]``."""
        made = Opaque(type(node).__name__)
        one = node.generators[0]
        source = self.kind(one.iter) if len(node.generators) == 1 else None
        called = [n.func for n in walk(node.elt) if isinstance(n, gast.Call)]
        plain = all(isinstance(f, gast.Name) and f.id in TRUTHS for f in called)
        if not isinstance(source, Sequence) or source.items is None or one.ifs or not plain:
            return made
        scope = self.env if self.here is None else self.here
        if not isinstance(one.target, gast.Name) or len(source.items) > 16:
            return made
        if one.target.id in scope or one.target.id in self.env:
            return made
        found = []
        for item in source.items:
            scope[one.target.id] = item
            found.append(self.kind(node.elt))
            del scope[one.target.id]
        if not all(isinstance(k, Number) and k.dtype == "b" for k in found):
            return made
        return Sequence(list, tuple(k for k in found if k is not None))

    of_GeneratorExp = of_ListComp

    def of_other(self, node: gast.expr) -> Kind:
        return Opaque(type(node).__name__)

    def of_Set(self, node: gast.Set) -> Kind:
        return Opaque("set", set)

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
        module = self.unit.facts.get("module", {})
        try:
            value = resolve(self.unit.function, node.id)
            ours = runtime.FUNCTIONS.get(node.id)
            if ours is not None and module.get(node.id) is ours:
                return kind_of_object(ours, node.id)  # a name of the user that the text has not
        except KeyError:
            if node.id in module:
                return kind_of_object(module[node.id], node.id)
            raise NotSupported(
                node,
                f"the name '{node.id}' is not defined",
                instead="define it before differentiating",
            ) from None
        self.unit.globals_used[node.id] = value
        home = module_of(self.unit.function.globals)
        if home is not None and not callable(value):
            label = f"@{id(home)}.{node.id}"
            self.unit.facts.setdefault("baked_by_name", {})[label] = node
        found = kind_of_object(value, node.id)
        return baked.as_it_is(value, found, self.unit.facts) or found

    def of_Attribute(self, node: gast.Attribute) -> Kind | None:
        base = self.kind(node.value)
        if isinstance(base, Record):
            return self.field(node, base)
        if isinstance(base, Static):
            self.made_for_attribute(base.value, node.attr)
        if isinstance(base, Sequence) and bundles.is_named_tuple(base.form):
            getter = objects.property_of(base, node.attr)
            if getter is not None and node.attr not in base.form._fields:  # type: ignore[attr-defined]
                return self.stands_for(node, objects.call_of(getter, node.value))
        if isinstance(base, (Sequence, Table)):
            method = getattr(base.form, node.attr, None)
            if isinstance(method, types.MethodDescriptorType):  # `add = items.append`
                function = gast.Constant(method, None)
                return self.stands_for(
                    node, objects.call_of(functools.partial, function, node.value)
                )
            changing = node.attr in CHANGING or is_inexact(base)
            if isinstance(method, types.WrapperDescriptorType) and changing:
                raise NotSupported(
                    node, f"the special method '{node.attr}' as a value", instead="a lambda"
                )
        found = attribute_kind(base, node.attr)
        if isinstance(base, Static) and isinstance(base.value, (types.ModuleType, type)):
            return self.looked_up(base.value, node.attr, found)
        if isinstance(base, Static):
            value = getattr(base.value, node.attr, None)
            return baked.as_it_is(value, found, self.unit.facts)
        return found

    def looked_up(self, owner: Any, field: str, found: Kind | None) -> Kind | None:
        """An attribute of a module or a class: what it is now, or of the kind of what it is now."""
        labels = baked.labels_of_attribute(owner, field)
        if labels & self.unit.facts.get("moving", baked.NOTHING):
            return baked.of_changing(found)
        if found is not None and found.static:
            self.unit.facts.setdefault("baked", {}).update(dict.fromkeys(labels))
        return found

    def field(self, node: gast.Attribute, base: Record) -> Kind | None:
        """The kind of an attribute of an object."""
        found = base.get(node.attr)
        if found is not None:
            self.expansions.pop(id(node), None)  # in the first trip of a loop it was the class's
            return found
        if node.attr == "__class__":
            return static(base.form)
        if node.attr == "__dict__":
            return self.stands_for(node, objects.attributes_of(base, node.value))
        getter = objects.property_of(base, node.attr)
        if getter is not None:
            return self.stands_for(node, objects.call_of(getter, node.value))
        method = objects.method_value(base, node.attr, node.value)
        if method is not None:
            return self.stands_for(node, method)
        if objects.vars_of(base.form, node.attr) is None:
            refuse_own_lookup(base, node.attr, node)
            return None
        self.made_for(base.form, node.attr)
        labels = baked.labels_of_attribute(base.form, node.attr)
        self.unit.facts.setdefault("baked_by_name", {}).update(dict.fromkeys(labels, node))
        return kind_of_object(objects.class_value(base, node.attr, node))

    def made_for_attribute(self, owner: Any, field: str) -> None:
        """The derivative was made for this value, or this kind of value, of an attribute."""
        moves = baked.labels_of_attribute(owner, field) & self.unit.facts.get(
            "moving", baked.NOTHING
        )
        if isinstance(owner, type) and not moves:
            self.made_for(owner, field)
        elif moves or not isinstance(owner, types.ModuleType):
            self.unit.facts.setdefault("attributes", {})[id(owner), field] = owner
        elif not is_library(owner) and field in vars(owner):
            self.unit.facts.setdefault("guards", []).append(
                (vars(owner), field, vars(owner)[field])
            )

    def made_for(self, form: type, field: str) -> None:
        """The derivative was made for this value of an attribute of a class."""
        for owner in form.__mro__[:-1]:
            scope = vars(owner)
            if field in scope:
                self.unit.facts.setdefault("guards", []).append((scope, field, scope[field]))
                return

    def stands_for(self, node: gast.AST, meant: objects.Expansion) -> Kind | None:
        """Note that an expression on objects is to be written as what it stands for."""
        self.expansions[id(node)] = (node, meant)
        return None  # not known before it is written so

    def operator(
        self, node: gast.expr, op: str, left: gast.expr, right: gast.expr | None
    ) -> tuple[bool, Kind | None]:
        """Whether an operator is one of a class of the user, and the kind if it is."""
        kinds = (self.kind(left), self.kind(right) if right is not None else None)
        if not any(objects.overloads(k, op) for k in kinds):
            return False, None
        if kinds[0] is None or (kinds[1] is None and right is not None):
            return True, None  # the other operand is not known yet
        return True, self.stands_for(node, objects.operator_call(op, left, right, kinds, node))

    def of_BinOp(self, node: gast.BinOp) -> Kind | None:
        left, right = self.kind(node.left), self.kind(node.right)  # once: there may be many below
        op = operator_name(node.op)
        if objects.overloads(left, op) or objects.overloads(right, op):
            return self.operator(node, op, node.left, node.right)[1]
        if self.beside_an_array([node.left, node.right], [left, right]):
            return None
        return binary_kind(node.op, left, right)

    def beside_an_array(self, operands: list[gast.expr], kinds: list[Kind | None]) -> bool:
        """Whether there is a list or tuple beside an array: it stands for an array itself."""
        if not any(isinstance(k, Array) for k in kinds):
            return False
        listed = [
            e
            for e, k in zip(operands, kinds, strict=True)
            if isinstance(k, Sequence) and _is_data(k)
        ]
        for operand in listed:
            self.stands_for(operand, objects.call_of(np.asarray, copy_tree(operand)))
        return bool(listed)

    def of_UnaryOp(self, node: gast.UnaryOp) -> Kind | None:
        operand = self.kind(node.operand)
        if operand is None:
            return None
        op = operator_name(node.op)
        if objects.overloads(operand, op) and op != "Not":
            return self.operator(node, op, node.operand, None)[1]
        if op == "Not":
            truth = self.truth(node.operand)
            return BOOL if truth is None else Number("b", True, None, not truth)
        if operand.static or not isinstance(operand, Number) or operand.dtype != "i":
            if operand.static:
                try:
                    return kind_of_object(OPERATORS[op](operand.value))
                except RAISED_BY_CONSTANTS:
                    return Opaque(RAISES)  # where the program runs, too
            return elementwise_kind(OPERATORS[op], [operand])
        zero = integer(constant_size(0))
        return binary_kind(gast.Sub(), zero, operand) if op == "USub" else operand

    def of_Compare(self, node: gast.Compare) -> Kind | None:
        if len(node.ops) == 1 and operator_name(node.ops[0]) in objects.OPERATORS:
            op = operator_name(node.ops[0])
            left = self.kind(node.left)
            if isinstance(left, Record) and not objects.is_bundle(left.form):
                if objects.method_of(left, objects.OPERATORS[op][0]) is not None:
                    return self.operator(node, op, node.left, node.comparators[0])[1]
        operands = [node.left, *node.comparators]
        if not any(isinstance(op, OF_OBJECTS) for op in node.ops):
            if self.beside_an_array(operands, [self.kind(n) for n in operands]):
                return None
        return compare_kind(list(node.ops), [self.kind(n) for n in operands])

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
        base = self.kind(node.value)
        if isinstance(base, Record):
            if self.is_listed(node.value, base):
                return None
            getter = objects.lookup(base, "__getitem__", "a subscript", node)
            return self.stands_for(node, objects.call_of(getter, node.value, node.slice))
        return self.subscript(base, node.slice)

    def choose(self, index: gast.expr, what: str) -> None:
        """Note that loops that change an index must be written out, so that it is known."""
        self.chosen.append(index)
        self.unit.facts["chosen"] = what

    def is_listed(self, node: gast.expr, kind: Record) -> bool:
        """Whether an object is iterated over, so that a list of what it gives will stand there."""
        if not isinstance(node, gast.Name) or objects.vars_of(kind.form, "__iter__") is None:
            return False
        places = self.unit.facts["iterated"].get(self.unit.namer.called_by_user(node.id), set())
        return not places <= self.unit.facts.get("mappings", frozenset())

    def check_iterable(self, node: gast.expr, kind: Record) -> None:
        """Refuse a loop over an object that is none of what Python can go through."""
        known = objects.vars_of(kind.form, "__len__") or objects.vars_of(kind.form, "__iter__")
        if isinstance(node, gast.Name) and known is None:
            if self.unit.namer.called_by_user(node.id) in self.unit.facts["iterated"]:
                raise NotSupported(
                    node if hasattr(node, "lineno") else None,
                    f"a loop over an object of {kind.form.__name__}, which has no method "
                    "'__iter__' or '__len__'",
                    instead="a loop over a list that the object holds",
                )

    def subscript(self, base: Kind | None, index: gast.expr) -> Kind | None:
        """The kind of an item, an element or a part."""
        if base is None:
            return None
        array = indexable(base)
        if array is not None:
            return select(array, index, self.kind).kind
        if isinstance(base, Static) and any(base.value is s for s in (np.s_, np.index_exp)):
            return self.index_object(index, base.value is np.index_exp)
        if is_text(base):
            return self.character(base, index)
        if isinstance(index, gast.Slice):
            bounds = [self.kind(b) for b in (index.lower, index.upper, index.step)]
            if isinstance(base, Sequence):
                if base.items is not None and all(b is not None and b.static for b in bounds):
                    ends: list[Any] = [b.value for b in bounds if b is not None]
                    form = base.form if base.form in (list, tuple) else tuple
                    return Sequence(form, base.items[slice(*ends)])
                return Sequence(base.form, None, base.of_elements())
            return Opaque("slice")
        key = self.kind(index)
        if key is None:
            return None
        if isinstance(base, Sequence) and isinstance(key.value, slice):
            if base.items is None:
                return base
            return Sequence(base.form if base.form is list else tuple, base.items[key.value])
        if not key.static and holds_functions(base):
            functions = not holds_objects(base)
            self.choose(index, "a function" if functions else "an object of one of several classes")
            return None
        found = _item(base, key)
        if (
            isinstance(found, Opaque)
            and found.note in ("empty", "missing key")
            and self.here is not None
        ):
            return None  # nothing was put in yet
        return found

    def index_object(self, index: gast.expr, as_tuple: bool) -> Kind | None:
        """What ``np.s_[index]`` is."""
        if isinstance(index, gast.Tuple) or as_tuple:
            parts = index.elts if isinstance(index, gast.Tuple) else [index]
            kinds = [self.index_object(p, False) for p in parts]
            return None if None in kinds else Sequence(tuple, tuple(k for k in kinds if k))
        if not isinstance(index, gast.Slice):
            return self.kind(index)
        bounds = [self.kind(b) for b in (index.lower, index.upper, index.step)]
        if any(b is None or not b.static for b in bounds):
            return Opaque("slice", slice)
        return static(slice(*(b.value for b in bounds if b is not None)))

    def character(self, base: Kind, index: gast.expr) -> Kind:
        """A character or a part of a string."""
        key = self.kind(index) if not isinstance(index, gast.Slice) else None
        if isinstance(index, gast.Slice):
            bounds = [self.kind(b) for b in (index.lower, index.upper, index.step)]
            if all(b is not None and b.static for b in bounds):
                key = static(slice(*(b.value for b in bounds if b is not None)))
        if base.static and key is not None and key.static:
            try:
                return static(base.value[key.value])  # type: ignore[index]
            except (IndexError, TypeError):
                pass
        return text_of(base)

    def of_Tuple(self, node: gast.Tuple) -> Kind | None:
        return self.display(tuple, node.elts)

    def of_List(self, node: gast.List) -> Kind | None:
        return self.display(list, node.elts)

    def display(self, form: type, elements: list[gast.expr]) -> Kind | None:
        """The kind of a tuple or list display."""
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
                return self.display_of_unknown_length(form, elements)
        return Sequence(form, tuple(items))

    def display_of_unknown_length(self, form: type, elements: list[gast.expr]) -> Kind | None:
        """The kind of ``[*a, x]``."""
        found: Kind | None = None
        for element in elements:
            kind = self.kind(element.value if isinstance(element, gast.Starred) else element)
            if kind is None:
                return None
            if isinstance(element, gast.Starred):
                kind = element_kind(kind) or Opaque("starred")
            found = join(found, kind)
        return Sequence(form, None, found)

    def of_Dict(self, node: gast.Dict) -> Kind | None:
        made = Table(())
        for key, value in zip(node.keys, node.values, strict=True):
            found, named = self.kind(value), self.kind(key) if key is not None else None
            if found is None or (key is not None and named is None):
                return None
            if key is not None:
                made = with_key(made, named, found)
            elif isinstance(found, Table):
                made = merged(made, found)
            else:
                return Opaque("dict")
        return made

    def of_JoinedStr(self, node: gast.JoinedStr) -> Kind:
        return text_of(*(self.kind(name) for name in walk(node) if isinstance(name, gast.Name)))

    def of_Lambda(self, node: gast.Lambda) -> Kind:
        return self.calls.closure(node, "lambda")

    def of_Starred(self, node: gast.Starred) -> Kind | None:
        return self.kind(node.value)

    def of_Call(self, node: gast.Call) -> Kind | None:
        if self.here is None and id(node) in self.unit.sites:
            return self.unit.sites[id(node)].kind
        return self.calls.call(node)


def _is_data(kind: Sequence) -> bool:
    """Whether NumPy makes an array of numbers of a list or tuple."""
    return isinstance(probe(np.asarray, [kind], {}), Array)


def _item(base: Kind, key: Kind) -> Kind:
    if isinstance(base, Sequence):
        if base.items == ():
            return Opaque("empty")
        if base.items is not None and isinstance(key, Number) and isinstance(key.value, int):
            if -len(base.items) <= key.value < len(base.items):
                return base.items[key.value]
            return Opaque("index out of range")
        return base.of_elements() or Opaque("empty")
    if isinstance(base, Table):
        if key.static:
            return base.get(key.value) or Opaque("missing key")
        return base.of_values() or Opaque("empty")
    if isinstance(base, Static) and key.static:
        try:
            return kind_of_object(base.value[key.value])  # type: ignore[index]
        except Exception:
            return Opaque("subscript")
    return Opaque("subscript")
