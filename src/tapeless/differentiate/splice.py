"""Rules become text: the body of a rule with the arguments of a call in place of its parameters."""

from __future__ import annotations

import functools
import inspect
import math
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import gast
import numpy as np

from ..analysis.expressions import kind_of_object
from ..analysis.infer import Inference
from ..analysis.kinds import Array, Kind
from ..analysis.unit import Unit
from ..errors import NotSupported
from ..rules import registry
from ..rules.registry import Rule
from ..syntax import assign, attribute, const, copy_tree, dotted, name

# Where a rule gives None, the result does not depend on the argument; elsewhere None is "not yet".
ZERO_WHERE_NONE = (
    np.full,
    np.full_like,
    np.where,
    np.power,
    np.float_power,
    np.copysign,
    np.heaviside,
    np.arange,
    pow,
    math.pow,
    math.copysign,
    np.nextafter,
    getattr(math, "nextafter", None),
)


@dataclass(frozen=True)
class Body:
    """The parsed body of a rule."""

    assignments: tuple[tuple[str, gast.expr], ...]
    value: gast.expr
    returned: tuple[gast.expr, ...]  # one for each position
    scope: Mapping[str, object]  # what else its names stand for


@functools.cache
def body_of(rule: Rule) -> Body:
    """The statements of a rule as trees; a single partial is that of the first argument."""
    assert rule.function is not None
    tree = gast.parse(textwrap.dedent(inspect.getsource(rule.function))).body[0]
    assignments = tuple((s.targets[0].id, s.value) for s in tree.body if isinstance(s, gast.Assign))
    value = tree.body[-1].value
    returned = tuple(value.elts) if isinstance(value, gast.Tuple) else (value,)
    return Body(assignments, value, returned, rule.function.__globals__)


class Values(Protocol):
    """How a sweep refers to the values of the primal at a statement."""

    @property
    def unit(self) -> Unit:
        """The function that is differentiated."""

    def value(self, identifier: str, at: gast.stmt, after: bool, content: bool = True) -> gast.expr:
        """The value of a name before (after) a statement, or only something of its shape."""

    def expression(
        self, node: gast.expr, at: gast.stmt, after: bool = False, content: bool = True
    ) -> gast.expr:
        """The value of an expression."""


@dataclass
class Operation:
    """A primitive applied to arguments, result ``y``, in a statement of the primal."""

    primitive: object
    positional: list[gast.expr]
    keywords: dict[str, gast.expr]
    y: str
    at: gast.stmt
    node: gast.expr


@dataclass
class Cotangent:
    """What flows to one argument; ``broadcasts``: it still has the shape of the result."""

    argument: gast.expr
    value: gast.expr
    broadcasts: bool


class Splicer:
    """Turns operations into cotangent expressions."""

    def __init__(
        self,
        inference: Inference,
        recorder: Values,
        bind: Callable[[object, str], str],
        emit: Callable[[gast.stmt], None],
    ):
        self.inference, self.recorder, self.bind, self.emit = inference, recorder, bind, emit

    def cotangents(
        self,
        operation: Operation,
        y_bar: gast.expr,
        chosen: tuple[Rule, dict[str, gast.expr]],
        wanted: Callable[[gast.expr], bool],
    ) -> list[Cotangent]:
        """The cotangents of the arguments that are wanted."""
        rule, bound = chosen
        body = body_of(rule)
        found: list[Cotangent] = []
        made: dict[str, gast.expr] = {}
        for position, parameter in enumerate(rule.parameters):
            argument = bound.get(parameter)
            if argument is None or not wanted(argument):
                continue
            value = body.returned[position] if position < len(body.returned) else None
            if value is None or (isinstance(value, gast.Constant) and value.value is None):
                if rule.primitive not in ZERO_WHERE_NONE:
                    raise NotSupported(
                        argument,
                        f"the derivative of {label(operation.primitive)} "
                        f"with respect to '{parameter}'",
                        instead="a value on which no derivative depends",
                    )
                continue
            value = self.with_locals(value, body, operation, bound, y_bar, made)
            if rule.form == "elementwise":
                value = gast.BinOp(copy_tree(y_bar), gast.Mult(), value)
            found.append(Cotangent(argument, value, rule.broadcasts))
        return found

    def gather(self, operation: Operation) -> list[gast.expr]:
        """``x.reshape(2, 3)`` is ``np.reshape(x, (2, 3))``."""
        positional = list(operation.positional)
        if operation.primitive in (np.reshape, np.transpose) and len(positional) > 2:
            return [positional[0], gast.Tuple(positional[1:], gast.Load())]
        return positional

    def choose(self, operation: Operation) -> tuple[Rule, dict[str, gast.expr]]:
        """The first variant whose condition holds, and its parameters bound."""
        rules = registry.rules_for(operation.primitive)
        shown = label(operation.primitive)
        if not rules:
            why = registry.refusal_of(operation.primitive)
            if why is not None:
                raise NotSupported(
                    operation.node,
                    f"{shown}: {why.reason}",
                    instead=why.instead,
                    never=why.never,
                )
            raise NotSupported(
                operation.node,
                f"{shown} has no derivative rule",
                instead="write it with functions that have one, "
                "or register a rule with tapeless.rules.pullback",
            )
        found, problem = self.first_that_holds(operation, rules)
        if found is not None:
            return found
        raise NotSupported(
            operation.node,
            problem or f"this form of {shown} has no derivative rule",
            instead="another form of the call",
        )

    def first_that_holds(
        self, operation: Operation, rules: Iterable[Rule]
    ) -> tuple[tuple[Rule, dict[str, gast.expr]] | None, str]:
        """The first of some rules that fits the arguments; else what was in the way."""
        positional = self.gather(operation)
        problem = ""
        for rule in rules:
            bound = self.bind_arguments(rule, positional, operation.keywords)
            if isinstance(bound, str):
                problem = bound
                continue
            kinds = {p: self.kind_of(a) for p, a in bound.items()}
            if rule.when is None or rule.when(**kinds):
                return (rule, bound), ""
        return None, problem

    def bind_arguments(
        self, rule: Rule, positional: list[gast.expr], keywords: dict[str, gast.expr]
    ) -> dict[str, gast.expr] | str:
        parameters = [p for p in rule.parameters if not p.startswith("*")]
        if inspect_varargs(rule):
            parameters = [p for p in parameters if p != inspect_varargs(rule)]
        if len(positional) > len(parameters):
            rest = inspect_varargs(rule)
            if rest is None:
                return f"{label(rule.primitive)} with {len(positional)} arguments"
            bound = dict(zip(parameters, positional, strict=False))
            for k, extra in enumerate(positional[len(parameters) :]):
                bound[f"{rest}[{k}]"] = extra
            return (
                f"{label(rule.primitive)} with {len(positional)} arguments"
                if len(positional) > len(parameters)
                else bound
            )
        bound = dict(zip(parameters, positional, strict=False))
        for key, value in keywords.items():
            parameter = f"{key}_" if f"{key}_" in parameters else key  # `y` is the result
            if parameter not in parameters or parameter in bound:
                return f"{label(rule.primitive)} with the keyword '{key}'"
            bound[parameter] = value
        for parameter in parameters:
            if parameter not in bound:
                if parameter not in rule.defaults:
                    return f"{label(rule.primitive)} without '{parameter}'"
                default = rule.defaults[parameter]
                bound[parameter] = (
                    const(default)
                    if isinstance(default, (int, float, str, bool, type(None)))
                    else gast.Constant(default, None)
                )
        return bound

    def kind_of(self, node: gast.expr) -> Kind | None:
        if isinstance(node, gast.Constant):
            return kind_of_object(node.value)
        return self.inference.kind(node)

    def with_locals(
        self,
        value: gast.expr,
        body: Body,
        operation: Operation,
        bound: dict[str, gast.expr],
        y_bar: gast.expr,
        made: dict[str, gast.expr],
    ) -> gast.expr:
        """The expression with parameters replaced; assignments of the rule become temporaries."""
        local = dict(body.assignments)
        for identifier in [n.id for n in gast.walk(value) if isinstance(n, gast.Name)]:
            if identifier in local and identifier not in made:
                expression = self.with_locals(
                    local[identifier], body, operation, bound, y_bar, made
                )
                temporary = self.recorder.unit.namer.temporary()
                self.inference.locals.add(temporary)
                self.inference.env[temporary] = self.inference.kind(expression)
                self.emit(assign(temporary, expression))
                made[identifier] = name(temporary)
        return self.replaced(value, body, operation, bound, y_bar, made)

    def replaced(
        self,
        value: gast.expr,
        body: Body,
        operation: Operation,
        bound: dict[str, gast.expr],
        y_bar: gast.expr,
        made: dict[str, gast.expr],
    ) -> gast.expr:
        return _Replace(self, body.scope, operation, bound, y_bar, made).visit(copy_tree(value))

    def parameter(
        self, operation: Operation, bound: dict[str, gast.expr], identifier: str, content: bool
    ) -> gast.expr:
        """The value of a parameter of the rule, for the reverse sweep."""
        at = operation.at
        if identifier == "y":
            return self.recorder.value(operation.y, at, True, content)
        argument = bound[identifier]
        if isinstance(argument, gast.Name):
            return self.recorder.value(argument.id, at, False, content)
        return self.recorder.expression(argument, at, False, content)


class _Replace(gast.NodeTransformer):
    """Parameters by arguments, globals of the rule by names bound in the generated module."""

    def __init__(
        self,
        splicer: Splicer,
        scope: Mapping[str, object],
        operation: Operation,
        bound: dict[str, gast.expr],
        y_bar: gast.expr,
        made: dict[str, gast.expr],
    ):
        self.splicer, self.scope, self.operation = splicer, scope, operation
        self.bound, self.y_bar, self.made = bound, y_bar, made

    def is_parameter(self, node: gast.AST) -> bool:
        return (
            isinstance(node, gast.Name)
            and (node.id in self.bound or node.id == "y")
            and node.id not in self.made
        )

    def shape_of(self, node: gast.Name) -> gast.expr:
        return self.splicer.parameter(self.operation, self.bound, node.id, False)

    def visit_Attribute(self, node: gast.Attribute) -> gast.expr:
        if self.is_parameter(node.value) and node.attr in ("shape", "size", "ndim", "dtype"):
            return attribute(self.shape_of(node.value), node.attr)
        return self.generic_visit(node)

    def visit_Subscript(self, node: gast.Subscript) -> gast.expr:
        """``y_bar[0]`` of a primitive with several results is the adjoint of the first."""
        if (
            isinstance(node.value, gast.Name)
            and node.value.id == "y_bar"
            and isinstance(self.y_bar, gast.Tuple)
            and isinstance(node.slice, gast.Constant)
        ):
            return copy_tree(self.y_bar.elts[node.slice.value])
        return self.generic_visit(node)

    def visit_Call(self, node: gast.Call) -> gast.expr:
        called = dotted(node.func)
        function = self.called(node.func)
        place = registry.shape_position(called or "")
        if place is not None and len(node.args) > place and self.is_parameter(node.args[place]):
            parameter = node.args[place]
            shaped = self.shape_of(parameter)
            kind = self._kind(parameter)
            if called in AS_ATTRIBUTE and isinstance(kind, Array) and kind.axes is not None:
                return attribute(shaped, AS_ATTRIBUTE[called])  # it is no number
            node.args[place] = gast.Constant(Ellipsis, None)
            node = self.generic_visit(node)
            node.args[place] = shaped
            return without_defaults(node, function)
        return without_defaults(self.generic_visit(node), function)

    def called(self, node: gast.expr) -> object:
        """The function that a rule calls."""
        if isinstance(node, gast.Attribute):
            return getattr(self.called(node.value), node.attr, None)
        return self.scope.get(node.id) if isinstance(node, gast.Name) else None

    def _kind(self, parameter: gast.Name) -> Kind | None:
        if parameter.id == "y":
            return self.splicer.inference.env.get(self.operation.y)
        return self.splicer.kind_of(self.bound[parameter.id])

    def visit_Name(self, node: gast.Name) -> gast.expr:
        if node.id in self.made:
            return copy_tree(self.made[node.id])
        if node.id == "y_bar":
            return copy_tree(self.y_bar)
        if node.id in self.bound or node.id == "y":
            return copy_tree(self.splicer.parameter(self.operation, self.bound, node.id, True))
        if node.id in self.scope:
            return name(self.splicer.bind(self.scope[node.id], node.id))
        return node


def without_defaults(node: gast.Call, function: object) -> gast.Call:
    """A call without the last arguments that are what the function takes for them anyway.

    A rule names all parameters; for the call at hand many of them have their defaults.
    """
    defaults = _defaults(function)
    if defaults is None:
        return node
    names = list(defaults)
    args = list(node.args)
    while len(names) >= len(args) > 0 and _is(args[-1], defaults[names[len(args) - 1]]):
        args.pop()
    keywords = [k for k in node.keywords if not _is(k.value, defaults.get(k.arg, REQUIRED))]
    if len(args) == len(node.args) and len(keywords) == len(node.keywords):
        return node
    return gast.Call(node.func, args, keywords)


REQUIRED = object()


@functools.lru_cache(maxsize=1024)
def _defaults(function: object) -> dict[str, object] | None:
    """The defaults of the parameters of a function, in order; REQUIRED where there is none."""
    if isinstance(function, np.ufunc) or not callable(function):
        return None
    try:
        listed = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return {
        p.name: REQUIRED
        if p.default is inspect.Parameter.empty
        else False
        if p.name == "keepdims"  # NumPy's default is a marker that stands for it
        else p.default
        for p in listed
    }


def _is(node: gast.expr, default: object) -> bool:
    """Whether an argument is written as a literal that equals a default."""
    if not isinstance(node, gast.Constant) or default is REQUIRED:
        return False
    return type(node.value) is type(default) and node.value == default


AS_ATTRIBUTE = {"np.shape": "shape", "np.size": "size", "np.ndim": "ndim"}


def inspect_varargs(rule: Rule) -> str | None:
    """The name of a rule's ``*args``, if it has them."""
    for parameter in inspect.signature(rule.function).parameters.values() if rule.function else ():
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            return parameter.name
    return None


def label(primitive: object) -> str:
    """How a primitive is called in messages."""
    owner = getattr(primitive, "__self__", None)
    if isinstance(owner, np.ufunc):
        return f"np.{owner.__name__}.{primitive.__name__}"  # type: ignore[attr-defined]
    shown = getattr(primitive, "__name__", repr(primitive))
    module = (getattr(primitive, "__module__", "") or "").replace("numpy", "np")
    if isinstance(primitive, np.ufunc):
        module = "np"
    return f"{module}.{shown}" if module and module != "builtins" else shown
