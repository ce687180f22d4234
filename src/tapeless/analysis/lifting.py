"""Nested functions as functions of their own: what they capture becomes parameters."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterator

import gast

from ..errors import NotSupported
from ..frontend.parse import Function, Parameter
from ..syntax import copy_tree, locate_like, names_stored, parameters_of, walk

CAPTURED = "captured:"  # marks what a called closure reads of its maker; see refine/captures.py
HIDDEN: dict[int, tuple[Function, tuple[str, ...]]] = {}


def is_lifted(function: Function) -> bool:
    """Whether a function is one that was defined inside another."""
    return id(function) in HIDDEN


def hidden_parameters(function: Function) -> tuple[str, ...]:
    """The captured variables of a lifted function, in order."""
    held = HIDDEN.get(id(function))
    return held[1] if held is not None else ()


def default_names(function: Function) -> set[str]:
    """The variables of the maker that hold the computed defaults of a lifted function."""
    return {p.default.id for p in function.parameters if isinstance(p.default, gast.Name)}


def _parameters_of(node: gast.FunctionDef | gast.Lambda) -> tuple[Parameter, ...]:
    arguments, kinds = node.args, inspect._ParameterKind
    positional = [(a.id, kinds.POSITIONAL_ONLY) for a in arguments.posonlyargs]
    positional += [(a.id, kinds.POSITIONAL_OR_KEYWORD) for a in arguments.args]
    missing = [None] * (len(positional) - len(arguments.defaults))
    found = [
        Parameter(name, kind, _default(value))
        for (name, kind), value in zip(positional, [*missing, *arguments.defaults], strict=True)
    ]
    if arguments.vararg is not None:
        found.append(Parameter(arguments.vararg.id, kinds.VAR_POSITIONAL))
    for argument, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        found.append(Parameter(argument.id, kinds.KEYWORD_ONLY, _default(value)))
    if arguments.kwarg is not None:
        found.append(Parameter(arguments.kwarg.id, kinds.VAR_KEYWORD))
    return tuple(found)


def _default(value: gast.expr | None) -> object:
    if value is None:
        return inspect.Parameter.empty
    if isinstance(value, gast.Constant):
        return value.value
    if isinstance(value, gast.UnaryOp) and isinstance(value.operand, gast.Constant):
        number = value.operand.value
        return -number if isinstance(value.op, gast.USub) else number
    if isinstance(value, gast.Name):
        return value  # a variable of the maker
    raise NotSupported(
        value, "a computed default of a nested function", instead="pass the value as an argument"
    )


def lift(
    node: gast.FunctionDef | gast.Lambda, label: str, outer: Function, visible: Collection[str]
) -> Function:
    """A nested function as one that gets what it captures as parameters."""
    if isinstance(node, gast.Lambda):
        body: list[gast.stmt] = [locate_like(gast.Return(copy_tree(node.body)), node.body)]
        name = f"{label}_{getattr(node, 'lineno', 0)}"
    else:
        body, name = copy_tree(node.body), node.name
    tree = gast.FunctionDef(name, copy_tree(node.args), body, [], None, None, [])
    locate_like(tree, node)
    parameters = _parameters_of(node)
    own = {p.name for p in parameters} | set(names_stored(body))
    inside = _read_from_outside(body)
    captured = tuple(n for n in inside if n in visible and n not in own and n != name)
    lifted = Function(
        name, tree, outer.source, parameters, outer.globals, outer.closure, {}, outer.object
    )
    defaults = sorted(default_names(lifted) & set(visible) - set(captured))
    HIDDEN[id(lifted)] = (lifted, (*captured, *defaults))
    return lifted


def _read_from_outside(body: list[gast.stmt]) -> list[str]:
    """The names that a body reads, but for the variables of functions inside it, in order.

    >>> _read_from_outside(gast.parse("y = k * (lambda v: v + x)(1.0)").body)
    ['k', 'x']
    """
    own = {id(n): n.id for n in _inner_variables(body)}
    read = [n for n in walk(body) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Load)]
    return list(dict.fromkeys(n.id for n in read if id(n) not in own))


def _inner_variables(body: list[gast.stmt]) -> Iterator[gast.Name]:
    """The nodes inside nested functions that stand for variables of these."""
    for node in walk(body):
        if not isinstance(node, (gast.Lambda, gast.FunctionDef)):
            continue
        inner: list[gast.AST] = [node.body] if isinstance(node, gast.Lambda) else [*node.body]
        names = {p.id for p in parameters_of(node.args)} | set(names_stored(inner))
        for used in walk(inner):
            if isinstance(used, gast.Name) and used.id in names:
                yield used
