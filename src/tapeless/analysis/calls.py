"""What a call does: a primitive, a user's function, a method of a list, or something opaque."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import gast
import numpy as np

from .. import runtime
from ..errors import NotSupported
from ..frontend.parse import Function, parse
from ..rules import registry
from ..syntax import const, copy_tree
from .binding import bind
from .boundary import enter, hidden_name, leave
from .builtin_kinds import BUILTINS, element_kind
from .expressions import dot_kind, elementwise_kind, kind_of_object, matmul_kind
from .kinds import Array, Closure, Kind, Number, Opaque, Sequence, Static, Table, static
from .lifting import CAPTURED, hidden_parameters, is_lifted, lift
from .probe import probe
from .shape_kinds import REDUCTIONS, SEVERAL, reduction_kind, reshape_kind, unknown_shape
from .unit import Site, Unit

if TYPE_CHECKING:
    from .values import Values

SHUFFLES = ("shuffle", "bytes", "set_state", "seed")
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


class Calls:
    """Resolves the calls of one unit."""

    def __init__(
        self, unit: Unit, analyse: Callable[[Function, dict[str, Kind]], Unit], inference: Values
    ):
        self.unit = unit
        self.analyse = analyse
        self.inference = inference
        self.sites: dict[int, Site] = {}
        self.closures: dict[int, Closure] = {}
        self.lifted: dict[int, Function] = unit.facts.setdefault("lifted", {})

    def call(self, node: gast.Call) -> Kind | None:
        """The kind of the result; what the call does is noted in ``sites``."""
        positional, keywords = self.arguments(node)
        if isinstance(node.func, gast.Attribute):
            receiver = self.inference.kind(node.func.value)
            if receiver is None:
                return None
            if not isinstance(receiver, Static):
                return self.method(node, receiver, positional, keywords)
        target = self.inference.kind(node.func)
        if target is None:
            return None
        if isinstance(target, Closure):
            callee: Any = target.function
            return self.user(node, callee, positional, keywords, target)
        if not target.static or not callable(target.value):
            return self.note(
                node,
                Site("opaque", None, positional, keywords, kind=Opaque("call of an unknown value")),
            )
        return self.known(node, target.value, positional, keywords)

    def arguments(self, node: gast.Call) -> tuple[list[gast.expr], dict[str, gast.expr]]:
        """Positional and keyword arguments, starred ones taken apart."""
        positional: list[gast.expr] = []
        for argument in node.args:
            if not isinstance(argument, gast.Starred):
                positional.append(argument)
                continue
            found = self.inference.kind(argument.value)
            if not isinstance(found, Sequence) or found.items is None:
                raise NotSupported(
                    argument,
                    "a starred argument of unknown length",
                    instead="pass the arguments one by one",
                )
            positional += [
                gast.Subscript(copy_tree(argument.value), const(k), gast.Load())
                for k in range(len(found.items))
            ]
        keywords: dict[str, gast.expr] = {}
        for keyword in node.keywords:
            if keyword.arg is not None and keyword.arg.startswith(CAPTURED):
                continue
            if keyword.arg is not None:
                keywords[keyword.arg] = keyword.value
                continue
            found = self.inference.kind(keyword.value)
            if not isinstance(found, Table):
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

    def note(self, node: gast.Call, site: Site) -> Kind | None:
        """Remember what a call does; its kind."""
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
            return self.array_method(node, receiver, method, positional, keywords)
        if isinstance(receiver, (Sequence, Table)):
            return self.container_method(node, receiver, method, positional, keywords)
        kinds = [self.inference.kind(a) for a in positional]
        if isinstance(receiver, Opaque) and receiver.made_by in (
            np.random.Generator,
            np.random.RandomState,
        ):
            return self.note(
                node,
                Site(
                    "opaque",
                    method if method in SHUFFLES else "random",
                    positional,
                    keywords,
                    kind=self.sample(receiver.made_by, method, kinds, keywords),
                ),
            )
        return self.note(
            node,
            Site("opaque", method, [node.func.value, *positional], keywords, kind=Opaque("method")),
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
        kind = self.primitive_kind(
            primitive, kinds, named, lambda r, *a, **k: getattr(np.asarray(r), method)(*a, **k)
        )
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
        kinds = [self.inference.kind(a) for a in positional]
        owner = node.func.value.id if isinstance(node.func.value, gast.Name) else None
        kind: Kind = Opaque("method")
        if isinstance(receiver, Sequence):
            kind = static(None)
            if method in ("append", "insert") and owner:
                self.inference.grow(owner, kinds[-1])
            elif method == "extend" and owner and isinstance(kinds[0], (Sequence, Array)):
                self.inference.grow(owner, element_kind(kinds[0]))
            elif method == "pop":
                kind = receiver.of_elements() or Opaque("empty")
                if owner and receiver.items is not None and receiver.items:
                    self.inference.grow(owner, receiver.of_elements())
            elif method == "copy":
                kind = receiver
            elif method in ("index", "count"):
                kind = Number("i")
        elif isinstance(receiver, Table):
            kind = _table_method(receiver, method, kinds)
        return self.note(
            node, Site("method", method, [node.func.value, *positional], keywords, kind=kind)
        )

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
        owner = getattr(target, "__self__", None)
        if isinstance(owner, (np.random.RandomState, np.random.Generator)):
            kind = self.sample(type(owner), target.__name__, kinds, keywords)
            form = target.__name__ if target.__name__ in SHUFFLES else "random"
            return self.note(node, Site("opaque", form, positional, keywords, kind=kind))
        known = [k for k in [*kinds, *named.values()] if k is not None and k.static]
        if target is functools.partial and len(known) == len(kinds) + len(named):
            frozen: list[Any] = [k.value for k in known]
            given = dict(zip(named, frozen[len(kinds) :], strict=True))
            made: Any = functools.partial(frozen[0], *frozen[1 : len(kinds)], **given)
            return self.note(node, Site("opaque", None, positional, keywords, kind=static(made)))
        builtin = isinstance(target, types.BuiltinFunctionType | type) and target in BUILTINS
        if registry.rules_for(target) or builtin or is_primitive(target):
            kind = self.primitive_kind(target, kinds, named, target)
            return self.note(node, Site("primitive", target, positional, keywords, kind=kind))
        try:
            function = parse(target)
        except NotSupported as refusal:
            return self.note(
                node, Site("opaque", refusal, positional, keywords, kind=Opaque("no source"))
            )
        return self.user(node, function, positional, keywords, None)

    def primitive_kind(
        self, primitive: Any, kinds: list[Any], named: dict[str, Any], function: Callable[..., Any]
    ) -> Kind:
        """The kind of the result of a primitive."""
        out: Kind | None = named.get("out")
        if out is not None and not (isinstance(out, Static) and out.value is None):
            return out
        if primitive in BUILTINS if _hashable(primitive) else False:
            return BUILTINS[primitive](kinds, named)
        if (
            primitive in REDUCTIONS
            and kinds
            and isinstance(kinds[0], Array)
            and set(named) <= {"axis", "keepdims"}
        ):
            return reduction_kind(primitive, kinds, named)
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
        scalar = getattr(primitive, "__module__", "") in ("math", "builtins") or primitive in (
            np.where,
            np.clip,
            np.sinc,
            np.nan_to_num,
        )
        if (plain or (scalar and any(r.broadcasts for r in rules))) and not named and kinds:
            operands = [_as_array(k) for k in kinds]
            if all(isinstance(k, (Array, Number)) for k in operands):
                return (
                    elementwise_kind(
                        primitive if isinstance(primitive, np.ufunc) else function, operands
                    )
                    or Opaque()
                )
        if (
            primitive is np.broadcast_to
            and len(kinds) == 2
            and isinstance(kinds[0], (Array, Number))
        ):
            return reshape_kind(Array(kinds[0].dtype, None), kinds[1:])
        found = probe(function, kinds, named)
        if isinstance(found, Opaque) and rules and not registry.is_constant(primitive):
            return unknown_shape(kinds, found) if primitive not in SEVERAL else found
        return found

    def sample(self, owner: type, method: str, kinds: list[Any], keywords: dict[str, Any]) -> Kind:
        """The kind of a random sample, without touching any generator but one of our own."""
        generator = (
            np.random.default_rng(0) if owner is np.random.Generator else np.random.RandomState(0)
        )
        return probe(
            getattr(generator, method),
            kinds,
            {k: self.inference.kind(v) for k, v in keywords.items()},
        )

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
        kinds: dict[str, Kind] = {}
        for parameter, value in arguments.items():
            found = self.inference.kind(value)
            if found is None:
                return None
            kinds[parameter] = found
        inner: list[str] = []
        if closure is not None:
            for captured, hidden in zip(closure.captured, hidden_parameters(function), strict=True):
                arguments[hidden] = gast.Name(captured, gast.Load(), None, None)
                found = self.inference.current(captured)
                if found is None:
                    return None
                kinds[hidden] = found
        for parameter, kind in list(kinds.items()):
            for captured, own in (
                zip(kind.captured, kind.names, strict=True) if isinstance(kind, Closure) else ()
            ):
                hidden = hidden_name(parameter, own)
                arguments[hidden] = gast.Name(captured, gast.Load(), None, None)
                found = self.inference.current(captured)
                if found is None:
                    return None
                kinds[hidden] = found
                inner.append(hidden)
        inner += hidden_parameters(function) if closure is not None else ()
        entered, back = enter(kinds)
        unit = self.analyse(function, entered)
        site = Site(
            "user", function, positional, keywords, unit, arguments, leave(unit.result, back)
        )
        site.kind = self._outward(site.kind)
        site.hidden = frozenset(inner)
        return self.note(node, site)

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
        return Closure(
            function, captured, tuple(self.unit.kinds.get(c) for c in captured), captured
        )

    def closure(self, node: gast.FunctionDef | gast.Lambda, label: str) -> Closure:
        """A nested function: the variables of ours that it reads become parameters."""
        function = self.lifted.get(id(node))
        if function is None:
            function = lift(node, label, self.unit.function, self.inference.locals)
            self.lifted[id(node)] = function
        captured = hidden_parameters(function)
        kinds = tuple(self.inference.current(c) for c in captured)
        return Closure(function, captured, kinds, captured)


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


def _hashable(thing: object) -> bool:
    try:
        hash(thing)
    except TypeError:
        return False
    return True


def _as_array(kind: Kind | None) -> Kind | None:
    """A list or tuple of numbers as the array that NumPy makes of it."""
    if isinstance(kind, Sequence):
        return probe(np.asarray, [kind], {})
    return kind


def _table_method(receiver: Table, method: str, kinds: list[Any]) -> Kind:
    if method == "get" and kinds and kinds[0] is not None and kinds[0].static:
        found = receiver.get(kinds[0].value)
        return found or (kinds[1] if len(kinds) > 1 else static(None))
    if method == "keys":
        return Sequence(tuple, tuple(kind_of_object(k) for k, _ in receiver.items))
    if method == "values":
        return Sequence(tuple, tuple(v for _, v in receiver.items))
    if method == "items":
        return Sequence(
            tuple, tuple(Sequence(tuple, (kind_of_object(k), v)) for k, v in receiver.items)
        )
    if method == "copy":
        return receiver
    return Opaque("dict method")
