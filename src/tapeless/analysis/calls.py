"""What a call does: a primitive, a user's function, a method of a list, or something opaque."""

from __future__ import annotations

import copy
import functools
import inspect
import operator
import random
import types
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import gast
import numpy as np

from .. import runtime
from ..errors import NotSupported
from ..frontend.parse import Function, parse
from ..rules import registry
from ..syntax import const, copy_tree, names_read, names_stored
from . import bundles, objects
from .binding import bind
from .boundary import captures_in, enter, hidden_name, leave, with_names
from .builtin_kinds import BUILTINS, class_of, element_kind
from .container_kinds import (
    list_after,
    list_method,
    primitive_method,
    table_after,
    table_method,
)
from .expressions import OPERATORS, dot_kind, elementwise_kind, matmul_kind
from .heaps import in_python
from .higher_order import (
    GETTERS,
    Pending,
    closures_in,
    dispatched,
    followed,
    has_stars,
    only_forwards,
    pending_call,
    star_parameters,
)
from .kinds import (
    NONE,
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
    is_inexact,
    join,
    mixed_like,
    static,
)
from .lifting import CAPTURED, default_names, hidden_parameters, is_lifted, lift
from .probe import as_complex, probe, probe_roughly
from .reach import LOOKERS
from .reflection import is_about_objects, is_computed_name, meaning, refuse_own_lookup
from .shape_kinds import (
    REDUCTIONS,
    SEVERAL,
    broadcast_kind,
    einsum_kind,
    reduction_kind,
    reshape_kind,
    unknown_shape,
    with_letters,
)
from .spelled import CHANGING, spelled, written_as_operator
from .stand_for import are_arrays, of_frozen, plainer
from .unit import Site, Unit, place_of

if TYPE_CHECKING:
    from .values import Values

COPIES = (copy.copy, copy.deepcopy)  # of numbers and arrays; other objects are followed
SCALAR_MODULES = ("math", "builtins", "_operator", "cmath")  # whose functions take numbers
ARITHMETIC = [
    *(OPERATORS[o] for o in "Add Sub Mult Div FloorDiv Mod Pow USub UAdd".split()),
    operator.abs,
]
PLACED = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
NOT_MADE = object()  # a call that makes no object of a class of the user
SHUFFLES = ("shuffle", "bytes", "set_state", "setstate", "seed")
OWN_GENERATORS: dict[type, Callable[[], Any]] = {  # to learn the kinds of samples from
    np.random.Generator: lambda: np.random.default_rng(0),
    np.random.RandomState: lambda: np.random.RandomState(0),
    random.Random: lambda: random.Random(0),
}
PRIMITIVE_MODULES = ("numpy", "scipy", "math", "builtins", "operator", "cmath", "random", "time")
LIST_METHODS = (
    "append",
    "extend",
    "insert",
    "pop",
    "remove",
    "reverse",
    "clear",
    "sort",
    "copy",
    "index",
    "count",
)
TABLE_METHODS = ("get", "pop", "setdefault", "keys", "values", "items", "copy", "update", "clear",
                 "popitem")  # fmt: skip


SETTINGS: dict[object, str] = {np.seterr: "seterr", np.set_printoptions: "set_printoptions"}


def is_library(module: types.ModuleType) -> bool:
    """Whether a module is one of those whose functions are primitives, which nobody changes."""
    return module.__name__.partition(".")[0] in PRIMITIVE_MODULES


class Calls:
    """Resolves the calls of one unit."""

    def __init__(
        self, unit: Unit, analyse: Callable[[Function, dict[str, Kind]], Unit], inference: Values
    ):
        self.unit = unit
        self.analyse = analyse
        self.inference = inference
        self.sites: dict[int, Site] = {}
        self.kept: list[gast.AST] = []  # nodes that tables are keyed by: their ids stay theirs
        self.pending: dict[int, Pending] = {}  # calls that must be written out first
        self.closures: dict[int, Closure] = {}
        self.lifted: dict[int, tuple[gast.AST, Function]] = unit.facts.setdefault("lifted", {})

    def call(self, node: gast.Call) -> Kind | None:
        """The kind of the result; what the call does is noted in ``sites``."""
        found = self.meant(node)
        site = self.sites.get(id(node))
        waiting = id(node) in self.pending or id(node) in self.inference.expansions
        if site is None or waiting:
            self.inference.forget(node, wholly=True)
        elif may_change(site):
            self.inference.forget(node)
        return found

    def meant(self, node: gast.Call) -> Kind | None:
        """What a call does, and the kind of its result."""
        self.pending.pop(id(node), None)
        given = self.arguments(node)
        if given is None:
            return None
        positional, keywords = given
        if isinstance(node.func, gast.Attribute):
            receiver = self.inference.kind(node.func.value)
            if receiver is None:
                return None
            if not isinstance(receiver, Static):
                return self.method(node, receiver, positional, keywords)
        target = self.inference.kind(node.func)
        if target is None:
            return None
        kinds = [self.inference.kind(a) for a in positional]
        if isinstance(target, Static) and is_about_objects(target.value, kinds):
            return self.known(node, target.value, positional, keywords)
        if isinstance(target, (Closure, Static)) and not self.is_settled(
            node, target, positional, keywords
        ):
            return None
        if isinstance(target, Closure):
            callee: Any = target.function
            return self.user(node, callee, positional, keywords, target)
        if isinstance(target, Record):
            found = objects.method_of(target, "__call__")
            if found is None:
                raise NotSupported(
                    node,
                    f"a call of an object of {target.form.__name__}, which has no method "
                    "'__call__'",
                    instead="a method of it",
                )
            return self.known(node, found[0], [node.func, *positional], keywords)
        form = type(target.value) if target.static else getattr(target, "made_by", None)
        if form is not None and registry.rules_for(_call_of(form)):
            return self.instance(node, form, target, positional, keywords)
        if not target.static or not callable(target.value):
            return self.note(
                node,
                Site("opaque", None, positional, keywords, kind=Opaque("call of an unknown value")),
            )
        return self.known(node, target.value, positional, keywords)

    def instance(
        self,
        node: gast.Call,
        form: type,
        target: Kind,
        positional: list[gast.expr],
        keywords: dict[str, gast.expr],
    ) -> Kind | None:
        """A call of an object, such as a spline: the function is the method of its class."""
        kinds = [self.inference.kind(a) for a in positional]
        named = {k: self.inference.kind(v) for k, v in keywords.items()}
        if any(k is None for k in [*kinds, *named.values()]):
            return None
        kind: Kind = Array("f", None)
        if target.static:
            kind = probe(target.value, kinds, named)
        called = _call_of(form)
        return self.note(
            node, Site("primitive", called, [node.func, *positional], keywords, kind=kind)
        )

    def is_settled(
        self,
        node: gast.Call,
        target: Kind,
        positional: list[gast.expr],
        keywords: dict[str, gast.expr],
    ) -> bool:
        """Whether a call stays; else its kind is not known yet, or it is to be written out."""
        if self.is_packed(node) or (isinstance(target, Static) and _among(target.value, SETTINGS)):
            return True
        kinds = [self.inference.kind(a) for a in positional]
        named = {k: self.inference.kind(v) for k, v in keywords.items()}
        if any(k is None for k in [*kinds, *named.values()]):
            return False
        if isinstance(target, Static):
            chosen = dispatched(target.value, kinds[0] if kinds else None, class_of)
            if registry.rules_for(target.value) and not has_stars(node):
                if isinstance(target.value, np.vectorize):
                    return True  # the rule of a user
            plain = chosen is None and not is_primitive(target.value)
            plain = plain and not registry.rules_for(target.value)
            function = followed(target) if plain else None
        else:
            function = followed(target)
        if function is not None and any(star_parameters(function)):
            form = "inline" if only_forwards(function) else "pack"
            closure = target if isinstance(target, Closure) else None
            self.kept.append(node)  # its id stays its own
            self.pending[id(node)] = Pending(form, function, closure)
            return False
        wanted = pending_call(node, target, kinds, named)
        if wanted is not None:
            self.kept.append(node)  # its id stays its own
            self.pending[id(node)] = wanted
        return wanted is None

    def is_packed(self, node: gast.Call) -> bool:
        """Whether a call hands on one tuple and one dict, as `*args` and `**kwargs`."""
        packed = self.unit.facts.get("packed_calls", ())
        return any(
            isinstance(n, gast.Name) and n.id in packed
            for n in [
                *(a.value for a in node.args if isinstance(a, gast.Starred)),
                *(k.value for k in node.keywords if k.arg is None),
            ]
        )

    def arguments(self, node: gast.Call) -> tuple[list[gast.expr], dict[str, gast.expr]] | None:
        """Positional and keyword arguments, starred ones taken apart; None if not known yet."""
        if self.is_packed(node):
            shown = {k.arg: k.value for k in node.keywords if k.arg and CAPTURED not in k.arg}
            return [a for a in node.args if not isinstance(a, gast.Starred)], shown
        positional: list[gast.expr] = []
        for argument in node.args:
            if not isinstance(argument, gast.Starred):
                positional.append(argument)
                continue
            found = self.inference.kind(argument.value)
            if found is None:
                return None
            if objects.is_iterable(found):
                listed = objects.call_of(list, copy_tree(argument.value))
                self.inference.stands_for(argument.value, listed)
                return None
            count = length_known(found)
            if count is None:
                count = self.room(node) if isinstance(found, (Sequence, Array)) else None
            if count is None and self.is_columns(node, found):
                self.kept.append(node)  # its id stays its own
                self.pending[id(node)] = Pending("columns", zip, kinds=(found,))
                return None
            if count is None:
                raise NotSupported(
                    argument,
                    "a starred argument of unknown length",
                    instead="pass the arguments one by one",
                )
            positional += [
                gast.Subscript(copy_tree(argument.value), const(k), gast.Load())
                for k in range(count)
            ]
        keywords: dict[str, gast.expr] = {}
        for keyword in node.keywords:
            if keyword.arg is not None and keyword.arg.startswith(CAPTURED):
                continue
            if keyword.arg is not None:
                keywords[keyword.arg] = keyword.value
                continue
            found = self.inference.kind(keyword.value)
            if found is None:
                return None
            if not isinstance(found, Table):
                called = self.inference.kind(node.func)
                if isinstance(called, Static) and _among(called.value, SETTINGS):
                    continue  # what is set back
                raise NotSupported(
                    keyword.value,
                    "keyword arguments from an unknown dict",
                    instead="name the arguments",
                )
            for key, _ in found.items:
                keywords[str(key)] = gast.Subscript(
                    copy_tree(keyword.value), const(key), gast.Load()
                )
        return positional, keywords

    def is_columns(self, node: gast.Call, rows: Kind) -> bool:
        """Whether a call is `zip(*rows)`, over any number of rows."""
        target = self.inference.kind(node.func)
        called = isinstance(target, Static) and target.value is zip
        row = rows.of_elements() if isinstance(rows, Sequence) else rows
        indexed = isinstance(row, Sequence) or (isinstance(rows, Array) and rows.rank == 2)
        indexed = indexed or (isinstance(row, Array) and row.rank == 1)
        return called and indexed and len(node.args) == 1 and not node.keywords

    def room(self, node: gast.Call) -> int | None:
        """How many arguments the one with a star must stand for, where the callee says so."""
        if sum(isinstance(a, gast.Starred) for a in node.args) != 1:
            return None
        if any(k.arg is None for k in node.keywords):
            return None
        target = self.inference.kind(node.func)
        if isinstance(target, Closure):
            parameters: list[Any] = list(target.function.parameters)  # type: ignore[attr-defined]
        elif isinstance(target, Static) and not is_primitive(target.value):
            try:
                parameters = list(inspect.signature(target.value).parameters.values())  # type: ignore
            except (TypeError, ValueError):
                return None
        else:
            return None
        named = {k.arg for k in node.keywords}
        free = [p for p in parameters if p.name not in named and p.kind in PLACED]
        given = len(node.args) - 1
        fixed = all(p.default is inspect.Parameter.empty for p in free)
        variadic = any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters)
        return len(free) - given if fixed and not variadic and len(free) >= given else None

    def note(self, node: gast.Call, site: Site) -> Kind | None:
        """Remember what a call does; its kind."""
        self.kept.append(node)
        self.sites[id(node)] = site
        return site.kind

    # --- methods of values

    def method(
        self, node: gast.Call, receiver: Kind, positional: list[Any], keywords: dict[str, Any]
    ) -> Kind | None:
        """A method of a value."""
        assert isinstance(node.func, gast.Attribute)
        method = node.func.attr
        if isinstance(receiver, (Array, Number)):
            operator_meant = written_as_operator(node.func.value, method, positional)
            if operator_meant is not None and not keywords:
                return self.inference.stands_for(node, operator_meant)
            return self.array_method(node, receiver, method, positional, keywords)
        if isinstance(receiver, (Sequence, Table)):
            return self.container_method(node, receiver, method, positional, keywords)
        if isinstance(receiver, Record):
            return self.record_method(node, receiver, method, positional, keywords)
        if isinstance(receiver, Opaque) and receiver.made_by in (
            np.random.Generator,
            np.random.RandomState,
        ):
            return self.draw(node, receiver.made_by, method, positional, keywords)
        return self.note(
            node,
            Site("opaque", method, [node.func.value, *positional], keywords, kind=Opaque("method")),
        )

    def record_method(
        self,
        node: gast.Call,
        receiver: Record,
        method: str,
        positional: list[Any],
        keywords: dict[str, Any],
    ) -> Kind | None:
        """A method of an object: the function that its class has under this name."""
        assert isinstance(node.func, gast.Attribute)
        held = receiver.get(method)
        if held is not None:  # a function kept in an attribute
            if isinstance(held, Record):
                own = objects.method_of(held, "__call__")
                if own is not None and not keywords:
                    meant = objects.call_of(own[0], node.func, *positional)
                    return self.inference.stands_for(node, meant)
            if isinstance(held, Closure):
                if not self.is_settled(node, held, positional, keywords):
                    return None
                callee: Any = held.function
                return self.user(node, callee, positional, keywords, held)
            if not held.static:
                return self.note(
                    node, Site("opaque", None, positional, keywords, kind=Opaque("attribute"))
                )
            return self.known(node, held.value, positional, keywords)
        found = objects.method_of(receiver, method)
        if found is None:
            if method == "__class__":
                return self.known(node, receiver.form, positional, keywords)
            other = objects.vars_of(receiver.form, method)
            if callable(other) and not hasattr(type(other), "__get__"):
                return self.known(node, other, positional, keywords)  # a class, a ufunc
            if other is None:
                refuse_own_lookup(receiver, method, node)
                return None  # not there yet: the kinds of the attributes are still being learnt
            raise NotSupported(
                node,
                f"the method '{method}' of {receiver.form.__name__}, which is a "
                f"{type(other).__name__} object",
                instead="a method written with def",
            )
        function, bound = found
        return self.known(
            node, function, [node.func.value, *positional] if bound else positional, keywords
        )

    def array_method(
        self,
        node: gast.Call,
        receiver: Kind,
        method: str,
        positional: list[Any],
        keywords: dict[str, Any],
    ) -> Kind | None:
        """A method of an array: the function of the same name."""
        primitive = registry.method_primitive(method) or getattr(np.ndarray, method, None)
        if primitive is None:
            raise NotSupported(node, f"arrays have no method '{method}'")
        kinds = [receiver, *(self.inference.kind(a) for a in positional)]
        named = {k: self.inference.kind(v) for k, v in keywords.items()}
        if any(k is None for k in [*kinds, *named.values()]):
            return None
        kind = self.primitive_kind(primitive, kinds, named, _on_array(method))
        return self.note(
            node, Site("primitive", primitive, [node.func.value, *positional], keywords, kind=kind)
        )

    def container_method(
        self,
        node: gast.Call,
        receiver: Any,
        method: str,
        positional: list[Any],
        keywords: dict[str, Any],
    ) -> Kind | None:
        """A method of a list, tuple or dict."""
        assert isinstance(node.func, gast.Attribute)
        if isinstance(receiver, Sequence) and bundles.is_named_tuple(receiver.form):
            found = bundles.named_tuple_method(receiver, method, node.func.value, keywords)
            if isinstance(found, gast.expr):
                return self.inference.stands_for(node, found)
            if found is not None:
                return self.known(node, found, [node.func.value, *positional], keywords)
        if method.startswith("__") and (is_inexact(receiver) or method in CHANGING):
            return self.inference.stands_for(
                node, spelled(node, node.func.value, method, positional)
            )
        kinds = [self.inference.kind(a) for a in positional]
        named = {k: self.inference.kind(v) for k, v in keywords.items()}
        if any(k is None for k in [*kinds, *named.values()]):
            return None  # what it puts in is not known yet
        owner = node.func.value.id if isinstance(node.func.value, gast.Name) else None
        kind: Kind = Opaque("method")
        if isinstance(receiver, Sequence):
            if method == "pop" and receiver.of_elements() is None:
                if self.inference.here is not None:
                    return None  # nothing was put in yet
            kind = list_method(receiver, method)
            changed = list_after(receiver, method, added_by(method, kinds))
            if owner and changed != receiver:
                self.inference.replace(owner, changed)
        elif isinstance(receiver, Table):
            kind = table_method(receiver, method, kinds)
            after = table_after(receiver, method, kinds, named)
            if owner and after != receiver:
                self.inference.replace(owner, after)
        known = primitive_method(receiver, method)
        if known is not None:
            site = Site("primitive", known, [node.func.value, *positional], keywords, kind=kind)
            return self.note(node, site)
        site = Site("method", method, [node.func.value, *positional], keywords, kind=kind)
        site.receiver = receiver
        return self.note(node, site)

    # --- known functions

    def known(
        self, node: gast.Call, target: Any, positional: list[Any], keywords: dict[str, Any]
    ) -> Kind | None:
        """A call of an object that is known when the code is generated."""
        kinds = [self.inference.kind(a) for a in positional]
        named = {k: self.inference.kind(v) for k, v in keywords.items()}
        if any(k is None for k in [*kinds, *named.values()]):
            return None
        if hasattr(target, "primal") and hasattr(target, "value_and_grad"):
            raise NotSupported(
                node,
                f"a call of the derivative '{getattr(target, '__name__', 'f')}' "
                "inside differentiated code",
                instead="call the plain function, and give its derivative another name: "
                "f_grad = grad(f)",
            )
        if is_plain_method(target) and positional:  # `list.append(items, x)`
            method = gast.Attribute(copy_tree(positional[0]), target.__name__, gast.Load())
            rest = [copy_tree(a) for a in positional[1:]]
            named_too = [gast.keyword(k, copy_tree(v)) for k, v in keywords.items()]
            return self.inference.stands_for(node, gast.Call(method, rest, named_too))
        if is_about_objects(target, kinds):
            if is_computed_name(target, kinds):  # a loop over names that are known is written out
                self.inference.choose(positional[1], "an attribute")
                return None
            if target is len and isinstance(kinds[0], Record):
                if self.inference.is_listed(positional[0], kinds[0]):
                    return None
                self.inference.check_iterable(positional[0], kinds[0])
            meant = meaning(node, target, kinds, positional, keywords)
            if meant is not None:
                return self.inference.stands_for(node, meant)
        followed_instead = in_python(target, kinds)
        if followed_instead is not None:
            meant = objects.call_of(followed_instead, *map(copy_tree, positional))
            return self.inference.stands_for(node, meant)
        target = dispatched(target, kinds[0] if kinds else None, class_of) or target
        owner = getattr(target, "__self__", None)
        if isinstance(owner, (np.random.RandomState, np.random.Generator, random.Random)):
            return self.draw(node, type(owner), target.__name__, positional, keywords)
        known = [k for k in [*kinds, *named.values()] if k is not None and k.static]
        if target in GETTERS and len(known) == len(kinds) + len(named):
            values: list[Any] = [k.value for k in known]
            options = dict(zip(named, values[len(kinds) :], strict=True))
            getter = target(*values[: len(kinds)], **options)
            return self.note(node, Site("opaque", None, positional, keywords, kind=static(getter)))
        if target is functools.partial and len(known) == len(kinds) + len(named):
            frozen: list[Any] = [k.value for k in known]
            given = dict(zip(named, frozen[len(kinds) :], strict=True))
            made: Any = functools.partial(frozen[0], *frozen[1 : len(kinds)], **given)
            return self.note(node, Site("opaque", None, positional, keywords, kind=static(made)))
        if target is object.__new__ and len(known) == 1:
            made_of: Any = known[0].value
            return self.note(
                node, Site("primitive", target, positional, keywords, kind=Record(made_of, ()))
            )
        made = self.making(node, target, positional, keywords)
        if made is not NOT_MADE:
            kind: Kind | None = made
            return kind
        if are_arrays(self.inference, node, target, [*positional, *keywords.values()]):
            return None
        if target is operator.getitem and len(positional) == 2:
            item = gast.Subscript(*map(copy_tree, positional), gast.Load())
            return self.inference.stands_for(node, item)
        stand_in = plainer(target, positional, kinds, keywords, named)
        if stand_in is None:
            stand_in = of_frozen(node, target, positional, keywords, kinds)
        if stand_in is not None:
            return self.inference.stands_for(node, stand_in)
        if target is np.einsum:
            labelled = with_letters(positional, kinds)
            if labelled is not None:
                rest = [gast.keyword(k, copy_tree(v)) for k, v in keywords.items()]
                called = gast.Constant(np.einsum, None)
                return self.inference.stands_for(node, gast.Call(called, labelled, rest))
        builtin = isinstance(target, types.BuiltinFunctionType | type) and target in BUILTINS
        ruled = registry.rules_for(target)
        if target in COPIES and not isinstance(kinds[0], (Array, Number)):
            ruled = builtin = False  # type: ignore[assignment]
        without = getattr(target, "__module__", "") == "statistics" and registry.refusal_of(target)
        if ruled or builtin or without or is_primitive(target):
            kind = self.primitive_kind(target, kinds, named, target)
            return self.note(node, Site("primitive", target, positional, keywords, kind=kind))
        if is_housekeeping(target) and not any(is_inexact(k) for k in [*kinds, *named.values()]):
            kind = Opaque("not followed")
            if _among(target, BUILTINS):
                kind = BUILTINS[target](kinds, named)
            return self.note(node, Site("opaque", target, positional, keywords, kind=kind))
        try:
            function = parse(target)
        except NotSupported as refusal:
            return self.note(
                node, Site("opaque", refusal, positional, keywords, kind=Opaque("no source"))
            )
        if function.name == "__iter__":  # the iterator that it returns is no value of ours
            self.kept.append(node)
            self.pending[id(node)] = Pending("inline", function, None)
            return None
        return self.user(node, function, positional, keywords, None)

    def making(
        self, node: gast.Call, target: Any, positional: list[Any], keywords: dict[str, Any]
    ) -> Any:
        """A call of a class: a bundle of its arguments, or an object that `__init__` fills."""
        if bundles.is_named_tuple(target):
            fields = bundles.tuple_fields(target, positional, keywords)
            kinds = [self.inference.kind(e) for e in fields.values()] if fields else []
            if fields is not None and all(k is not None for k in kinds):
                row = Sequence(target, tuple(kinds))  # type: ignore[arg-type]
                return self.note(
                    node, Site("bundle", target, list(fields.values()), dict(fields), kind=row)
                )
        if objects.is_bundle(target):
            fields = bundles.bundle_fields(target, positional, keywords)
            whole = None
            if fields is not None:
                whole = bundles.with_factories(target, fields, positional, keywords)
            if whole is not None:
                return self.inference.stands_for(node, whole)
            if fields is not None:
                parts = {f: self.inference.kind(e) for f, e in fields.items()}
                if any(k is None for k in parts.values()):
                    return None
                held = {**bundles.defaults_of(target), **parts}
                held = {f: held[f] for f in bundles.in_order(target, held)}
                record = Record(target, tuple((f, k) for f, k in held.items() if k is not None))
                return self.note(
                    node, Site("bundle", target, list(fields.values()), dict(fields), kind=record)
                )
        foreign = place_of(node) in self.unit.facts.get("foreign_objects", ())
        if objects.is_user_class(target) and not foreign:
            return self.inference.stands_for(node, objects.Made(target, positional, keywords))
        return NOT_MADE

    def primitive_kind(
        self, primitive: Any, kinds: list[Any], named: dict[str, Any], function: Callable[..., Any]
    ) -> Kind:
        """The kind of the result of a primitive."""
        found = self.sampled_kind(primitive, kinds, named, function)
        return mixed_like(found, [*kinds, *named.values()])

    def sampled_kind(
        self, primitive: Any, kinds: list[Any], named: dict[str, Any], function: Callable[..., Any]
    ) -> Kind:
        """The same, but for integers where floats are expected."""
        out: Kind | None = named.get("out")
        if out is not None and not (isinstance(out, Static) and out.value is None):
            return out
        if isinstance(primitive, type) and registry.rules_for(_call_of(primitive)):
            return Opaque(primitive.__name__, primitive)  # a spline
        if primitive in BUILTINS if _hashable(primitive) else False:
            try:
                return BUILTINS[primitive](kinds, named)
            except RAISED_BY_CONSTANTS:
                if not any(k is not None and k.static for k in [*kinds, *named.values()]):
                    raise
                return Opaque(RAISES)  # where the program runs, too
        if (
            primitive in REDUCTIONS
            and kinds
            and isinstance(kinds[0], Array)
            and set(named) <= {"axis", "keepdims"}
            and len(kinds) <= 2
        ):
            return reduction_kind(primitive, kinds, named)
        if primitive is np.einsum and kinds:
            found = einsum_kind([_as_array(k) for k in kinds], named)
            if not isinstance(found, Opaque):
                return found
        if primitive in (np.broadcast, np.broadcast_arrays) and not named:
            found = broadcast_kind(primitive, [_as_array(k) for k in kinds])
            if not isinstance(found, Opaque):
                return found
        if primitive is np.reshape and kinds and isinstance(kinds[0], Array) and not named:
            return reshape_kind(kinds[0], kinds[1:])
        if primitive is np.matmul and len(kinds) == 2 and not named:
            return matmul_kind(kinds[0], kinds[1])
        if primitive is np.dot and len(kinds) == 2 and not named:
            return dot_kind(kinds[0], kinds[1])
        rules = registry.rules_for(primitive)
        plain = (
            isinstance(primitive, np.ufunc) and primitive.signature is None and primitive.nout == 1
        )
        scalar = getattr(primitive, "__module__", "") in SCALAR_MODULES or primitive in (
            np.where,
            np.clip,
            np.sinc,
            np.nan_to_num,
        )
        clipped = primitive is np.clip and set(named) <= {"a_min", "a_max", "min", "max"}
        known = not named or clipped
        if (plain or (scalar and any(r.broadcasts for r in rules))) and known and kinds:
            operands = [_as_array(k) for k in [*kinds, *named.values()]]
            if getattr(primitive, "__module__", "") == "math":
                operands = [_as_number(k) for k in operands]
            if clipped:
                operands = [k for k in operands if k != NONE]
            allowed: tuple[type, ...] = (Array, Number)
            if getattr(primitive, "__module__", "") in ("_operator", "cmath"):
                allowed = (Array, Number) if primitive in ARITHMETIC else (Number,)
            if all(isinstance(k, allowed) for k in operands):
                if clipped:
                    return functools.reduce(_bounded, operands) or Opaque()
                called = primitive if isinstance(primitive, np.ufunc) else function
                return elementwise_kind(called, operands) or Opaque()
        if (
            primitive is np.broadcast_to
            and len(kinds) == 2
            and isinstance(kinds[0], (Array, Number))
        ):
            return reshape_kind(Array(kinds[0].dtype, None), kinds[1:])
        found = probe(function, kinds, named)
        if isinstance(found, Opaque) and rules and not registry.is_constant(primitive):
            found = probe_roughly(function, kinds, named)
            if isinstance(found, Opaque) and primitive not in SEVERAL:
                found = unknown_shape(kinds, found)
        return as_complex(found) if registry.may_turn_complex(primitive) else found

    def draw(
        self,
        node: gast.Call,
        owner: type,
        method: str,
        positional: list[Any],
        keywords: dict[str, Any],
    ) -> Kind | None:
        """A method of a random generator; a sample moves with what it has a rule for."""
        kinds = [self.inference.kind(a) for a in positional]
        if any(k is None for k in kinds):
            return None
        kind = self.sample(owner, method, kinds, keywords)
        primitive = getattr(random if owner is random.Random else np.random.Generator, method, None)
        moves = any(is_inexact(self.inference.kind(a)) for a in [*positional, *keywords.values()])
        if moves and primitive is not None and registry.rules_for(primitive):
            site = Site("primitive", primitive, positional, keywords, kind=kind)
        else:
            form = method if method in SHUFFLES else "random"
            site = Site("opaque", form, positional, keywords, kind=kind)
        return self.note(node, site)

    def sample(self, owner: type, method: str, kinds: list[Any], keywords: dict[str, Any]) -> Kind:
        """The kind of a random sample, without touching any generator but one of our own."""
        if method in SHUFFLES:
            return static(None)
        generator = OWN_GENERATORS[owner]()
        drawn = functools.partial(getattr(generator, method))
        return probe(drawn, kinds, {k: self.inference.kind(v) for k, v in keywords.items()})

    # --- functions of the user

    def user(
        self,
        node: gast.Call,
        function: Function,
        positional: list[Any],
        keywords: dict[str, Any],
        closure: Closure | None,
    ) -> Kind | None:
        """A function with source, analysed for these arguments."""
        arguments = bind(node, function, positional, keywords)
        if self.is_packed(node):
            rest, more = star_parameters(function)
            for argument in node.args:
                if isinstance(argument, gast.Starred) and rest is not None:
                    arguments[rest] = argument.value
            for keyword in node.keywords:
                if keyword.arg is None and more is not None:
                    arguments[more] = keyword.value
        if closure is not None:
            theirs = dict(zip(closure.names, closure.captured, strict=True))
            for p in function.parameters:
                if isinstance(p.default, gast.Name) and arguments[p.name] is p.default:
                    arguments[p.name] = gast.Name(theirs[p.default.id], gast.Load(), None, None)
        kinds: dict[str, Kind] = {}
        for parameter, value in arguments.items():
            arguments[parameter] = value = self.handed_on(value)
            found = self.inference.kind(value)
            if found is None:
                return None
            kinds[parameter] = found
        inner: list[str] = []
        if closure is not None:
            for captured, hidden in zip(closure.captured, hidden_parameters(function), strict=True):
                if hidden not in names_read(function.tree.body):
                    continue  # only the value of a default
                arguments[hidden] = gast.Name(captured, gast.Load(), None, None)
                found = self.inference.current(captured)
                if found is None:
                    return None
                kinds[hidden] = found
        waiting = [(p, k, 0) for p, k in kinds.items()]
        while waiting:  # a captured function, or an object, may capture functions
            parameter, kind, depth = waiting.pop(0)
            for label, captured, own in captures_in(kind, parameter):
                hidden = hidden_name(label, own)
                arguments[hidden] = gast.Name(captured, gast.Load(), None, None)
                found = self.inference.current(captured)
                if found is None:
                    return None
                if depth > MOST_NESTED:
                    raise NotSupported(
                        node,
                        "a function in an attribute of an object that it reads itself",
                        instead="a method",
                    )
                kinds[hidden] = found
                inner.append(hidden)
                waiting.append((hidden, found, depth + 1))
        inner += hidden_parameters(function) if closure is not None else ()
        entered, back = enter(kinds)
        unit = self.analyse(function, entered)
        grown = grown_inside(unit, entered)
        if grown:
            unit = self.analyse(function, {**entered, **grown})
        site = Site(
            "user", function, positional, keywords, unit, arguments, leave(unit.result, back)
        )
        if next(closures_in(site.kind), None) is not None and not unit.facts.get("recursive"):
            self.kept.append(node)  # its id stays its own
            self.pending[id(node)] = Pending("inline", function, closure)
            return None
        site.kind = self._outward(site.kind)
        self.filled(unit, arguments, back)
        site.hidden = frozenset(inner)
        return self.note(node, site)

    def handed_on(self, value: gast.expr) -> gast.expr:
        """``f(*args)`` hands on the tuple that is there, item by item."""
        if not isinstance(value, gast.Tuple) or not value.elts:
            return value
        owners = set()
        for k, item in enumerate(value.elts):
            if not isinstance(item, gast.Subscript) or not isinstance(item.value, gast.Name):
                return value
            if not isinstance(item.slice, gast.Constant) or item.slice.value != k:
                return value
            owners.add(item.value.id)
        owner = gast.Name(owners.pop(), gast.Load(), None, None)
        held = self.inference.kind(owner)
        if owners or not isinstance(held, Sequence) or held.form is not tuple:
            return value
        return owner if held.items is not None and len(held.items) == len(value.elts) else value

    def filled(self, unit: Unit, arguments: dict[str, gast.expr], back: Any) -> None:
        """An object that a callee gives attributes has them afterwards."""
        names = {
            p: e.id
            for p, e in arguments.items()
            if isinstance(e, gast.Name) and not is_assigned(unit, p)
        }
        for parameter, argument in arguments.items():
            after = unit.env.get(parameter)
            if isinstance(after, (Sequence, Table)) and isinstance(argument, gast.Name):
                before = self.inference.current(argument.id)
                changed = leave(after, back)
                # What a function puts into a list or dict of its caller is there afterwards.
                grown = is_inexact(changed) and not is_inexact(before)
                if changed is not None and (grown or after != unit.kinds.get(parameter)):
                    self.inference.replace(argument.id, join(before, changed) or changed)
                continue
            if isinstance(after, Record) and isinstance(argument, gast.Name):
                before = self.inference.current(argument.id)
                outside = with_names(leave(after, back), names)
                if isinstance(before, Record) and isinstance(outside, Record):
                    fields = {**dict(before.items), **dict(outside.items)}
                    self.inference.rebind(argument.id, Record(before.form, tuple(fields.items())))
                    self.inference.carry(argument.id)

    def _outward(self, kind: Kind | None) -> Kind | None:
        if isinstance(kind, Closure) and kind.captured:
            return Opaque("a function that captures variables of a finished call")
        return kind

    def own_closure(self) -> Closure | None:
        """A nested function as it knows itself: what it captures are parameters of this unit."""
        function = self.unit.function
        if not is_lifted(function):
            return None
        captured = hidden_parameters(function)
        return Closure(function, captured, captured)

    def closure(self, node: gast.FunctionDef | gast.Lambda, label: str) -> Closure:
        """A nested function: the variables of ours that it reads become parameters."""
        known = self.lifted.get(id(node))
        if known is None:
            made = lift(node, label, self.unit.function, self.inference.locals)
            cells = self.unit.facts.setdefault("cells", set())
            cells |= self.unit.namer.cells
            if not default_names(made) <= cells:
                raise NotSupported(
                    node,
                    "a computed default of a function in a comprehension or condition",
                    instead="a loop, or the value as an argument",
                )
            known = self.lifted[id(node)] = (node, made)  # the node lives, so no other has its id
        function = known[1]
        captured = hidden_parameters(function)
        return Closure(function, captured, captured)


MOST_NESTED = 6  # functions that capture functions


def is_assigned(unit: Unit, parameter: str) -> bool:
    """Whether a function gives a parameter another value."""
    return parameter in names_stored(unit.tree.body)


def grown_inside(unit: Unit, entered: dict[str, Kind]) -> dict[str, Kind]:
    """Lists and dicts without a derivative that a function puts values with derivatives into."""
    found: dict[str, Kind] = {}
    for parameter, before in entered.items():
        after = unit.env.get(parameter)
        if isinstance(before, (Sequence, Table)) and is_inexact(after) and not is_inexact(before):
            joined = join(before, after)
            if isinstance(joined, type(before)):
                found[parameter] = joined
    return found


def is_primitive(target: Any) -> bool:
    """Whether a function belongs to a library that is not followed into."""
    if isinstance(target, np.ufunc):
        return True
    module = getattr(target, "__module__", None)
    if module is None:
        module = getattr(type(getattr(target, "__self__", None)), "__module__", None)
        if isinstance(getattr(target, "__self__", None), np.ufunc):
            return True
    if isinstance(target, types.BuiltinFunctionType):
        return True
    return (module or "").split(".")[0] in PRIMITIVE_MODULES or (
        target is runtime.FUNCTIONS.get(getattr(target, "__name__", ""))
    )


def may_change(site: Site) -> bool:
    """Whether a call may change a list or dict in a way that is not known."""
    if site.form == "opaque":
        return site.target not in LOOKERS
    if site.form == "method":
        return site.target not in (*LIST_METHODS, *TABLE_METHODS)
    if site.form != "primitive" or _among(site.target, BUILTINS):
        return False
    module = getattr(site.target, "__module__", None)
    inert = str(module).partition(".")[0] in ("numpy", "scipy", "math", "cmath", "time")
    known = inert or module == "builtins" or isinstance(site.target, np.ufunc)
    return not known and not registry.rules_for(site.target)


def _among(target: object, table: Mapping[object, object]) -> bool:
    try:
        return target in table
    except TypeError:
        return False


def is_plain_method(target: Any) -> bool:
    """Whether a function is a method of lists or dicts that changes them, called by its class."""
    known = isinstance(target, types.MethodDescriptorType) and target not in BUILTINS
    return known and target.__objclass__ in (list, dict)


def length_known(kind: Kind) -> int | None:
    """How many values `*x` stands for, where the kind of `x` tells."""
    if isinstance(kind, Sequence) and kind.items is not None:
        return len(kind.items)
    if isinstance(kind, Sequence) and hasattr(kind.form, "_fields"):
        return len(kind.form._fields)
    if isinstance(kind, Array) and kind.axes and not kind.optional:
        first = kind.axes[0]
        return first.constant if first is not None and first.is_constant else None
    return None


def added_by(method: str, kinds: list[Kind | None]) -> Kind | None:
    """The kind of what a method puts into a list; None for nothing, or what is not known yet."""
    if method in ("append", "insert"):
        return kinds[-1] if kinds else None
    if method != "extend" or not kinds or kinds[0] is None:
        return None
    found = element_kind(kinds[0])
    return found if found is not None or isinstance(kinds[0], Sequence) else Opaque()


def _call_of(form: type) -> object:
    """The method that a call of an instance runs."""
    return getattr(form, "__call__", None)  # noqa: B004  (the method itself is wanted)


def _bounded(x: Kind | None, bound: Kind | None) -> Kind | None:
    """The kind of ``np.maximum(x, bound)``."""
    return elementwise_kind(np.maximum, [x, bound]) or Opaque()


# Modules of Python whose functions do something to the outside and are not looked into.
HOUSEKEEPING = frozenset(
    """
    argparse atexit configparser csv datetime gc getpass glob hashlib importlib inspect io json
    logging multiprocessing os pathlib pickle platform posixpath pprint queue re shutil signal
    string subprocess sys tempfile textwrap threading time traceback uuid warnings
    """.split()
)


def is_housekeeping(target: object) -> bool:
    """Whether a function is one of those."""
    module = str(getattr(target, "__module__", None) or "")
    return module.partition(".")[0] in HOUSEKEEPING


def _on_array(method: str) -> Callable[..., Any]:
    """A method of arrays as a function that takes numbers too."""

    def call(receiver: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(np.asarray(receiver), method)(*args, **kwargs)

    call.__name__ = method
    return call


def _hashable(thing: object) -> bool:
    try:
        hash(thing)
    except TypeError:
        return False
    return True


def _as_number(kind: Kind | None) -> Kind | None:
    """A 0-d array as the Python number that functions of `math` make of it."""
    if isinstance(kind, Array) and kind.axes == () and kind.dtype in ("f", "f4", "i", "b"):
        return Number({"f4": "f", "b": "i"}.get(kind.dtype, kind.dtype))
    return kind


def _as_array(kind: Kind | None) -> Kind | None:
    """A list or tuple of numbers as the array that NumPy makes of it."""
    if isinstance(kind, Sequence):
        return probe(np.asarray, [kind], {})
    return kind
