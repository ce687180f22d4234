"""Nested functions as functions of their own: what they capture becomes parameters."""

from __future__ import annotations

import inspect
from collections.abc import Collection

import gast

from ..errors import NotSupported
from ..frontend.parse import Function, Parameter
from ..syntax import copy_tree, locate_like, names_read, names_stored

CAPTURED = "captured:"  # marks what a called closure reads of its maker; see refine/captures.py
HIDDEN: dict[int, tuple[Function, tuple[str, ...]]] = {}


def is_lifted(function: Function) -> bool:
    """Whether a function is one that was defined inside another."""
    return id(function) in HIDDEN


def hidden_parameters(function: Function) -> tuple[str, ...]:
    """The captured variables of a lifted function, in order."""
    held = HIDDEN.get(id(function))
    return held[1] if held is not None else ()


def _parameters_of(node: gast.FunctionDef | gast.Lambda, outer: Function) -> tuple[Parameter, ...]:
    arguments = node.args
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs:
        raise NotSupported(
            node, "a nested function with * parameters", instead="give it plain parameters"
        )
    found = [Parameter(a.id, inspect.Parameter.POSITIONAL_OR_KEYWORD) for a in arguments.args]
    for k, default in enumerate(reversed(arguments.defaults)):
        if not isinstance(default, gast.Constant):
            raise NotSupported(
                default,
                "a computed default of a nested function",
                instead="pass the value as an argument",
            )
        found[-1 - k] = Parameter(found[-1 - k].name, found[-1 - k].kind, default.value)
    return tuple(found)


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
    own = {a.id for a in tree.args.args} | set(names_stored(body))
    inside = names_read(body)
    captured = tuple(n for n in inside if n in visible and n not in own and n != name)
    parameters = _parameters_of(node, outer)
    lifted = Function(
        name, tree, outer.source, parameters, outer.globals, outer.closure, {}, outer.object
    )
    HIDDEN[id(lifted)] = (lifted, captured)
    return lifted
