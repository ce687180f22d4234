"""Functions in forward mode: ``f_jvp(x, x_dot)`` returns the result and its tangent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import gast

from ..analysis.kinds import Kind, is_inexact
from ..analysis.unit import Site, Unit
from ..errors import reading
from ..syntax import assign, call, copy_tree, locate_like, name, target
from .beside import place_beside
from .forward import Forward
from .forward_mode import ForwardMode
from .pairs import own_definition
from .sweeps import Module, function, value_name
from .together import keep_together


@dataclass(eq=False)
class Pushforward:
    """The protocol between a call and the forward-mode function of its callee."""

    unit: Unit
    active: tuple[str, ...]  # parameters that come with a tangent
    wanted: bool  # whether the tangent of the result is returned
    name: str
    text: list[gast.stmt] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its functions."""
        return (self.name,)


class Pushforwards:
    """Makes forward-mode functions, each once."""

    def __init__(self, module: Module):
        self.module = module
        self.made: dict[tuple[int, tuple[str, ...], bool], Pushforward] = {}
        self.order: list[Pushforward] = []

    def call(
        self, mode: ForwardMode, node: gast.stmt, site: Site, y: str | None
    ) -> gast.stmt | None:
        """``y, y_dot = g_jvp(…)`` in place of ``y = g(…)``; None where no tangent comes out."""
        unit = site.unit
        assert unit is not None
        dots = {
            p: x_dot
            for p, e in site.arguments.items()
            if is_inexact(unit.kinds.get(p)) and (x_dot := mode.dot(e)) is not None
        }
        wanted = y is not None and mode.is_active(y) and is_inexact(unit.result)
        if not dots or not (wanted or any(p in unit.facts["written"] for p in dots)):
            return None
        found = self.function(unit, tuple(dots), wanted)
        arguments = [copy_tree(e) for e in site.arguments.values()]
        made = call(found.name, *arguments, *dots.values())
        if not wanted:
            left = node.targets[0] if isinstance(node, gast.Assign) else None
            new = gast.Assign([left], made, None) if left is not None else gast.Expr(made)
            return locate_like(new, node)
        assert y is not None
        where = gast.Tuple([target(y), target(mode.variable(y))], gast.Store())
        return locate_like(gast.Assign([where], made, None), node)

    def function(self, unit: Unit, active: tuple[str, ...], wanted: bool) -> Pushforward:
        """The forward-mode function of a unit for these active parameters."""
        key = (id(unit), active, wanted)
        found = self.made.get(key)
        if found is None:
            found = Pushforward(unit, active, wanted, self.module.module_name(f"{unit.name}_jvp"))
            self.made[key] = found
            with reading(unit.function.source):
                found.text = [self.write(found)]
            self.order.append(found)
        return found

    def write(
        self,
        made: Pushforward,
        entry: Callable[[ForwardMode], list[gast.stmt]] = lambda mode: [],
    ) -> gast.stmt:
        """The function: the primal with tangents beside it; ``entry`` says what comes first."""
        unit = made.unit
        mode = ForwardMode(unit, made.active, made.wanted, self.module.bind, self.call)
        parameters = [*unit.parameters, *[mode.variable(p) for p in made.active]]
        mode.block(unit.tree.body)
        result = unit.tree.body[-1]
        assert isinstance(result, gast.Return)
        value = result_name(unit, result)
        last = result_tangent(mode, result, value) if made.wanted else []
        plan = place_beside(mode)
        keep_together(mode, plan)
        statements = unit.tree.body[: -1 if is_none(result.value) else None]
        body = Forward(unit, mode.layout, plan, value).block(statements)
        body += last
        returned: gast.expr = name(value)
        if made.wanted:
            dot = name(mode.variable(value))
            returned = gast.Tuple([returned, dot], gast.Load())
        if not is_none(result.value) or made.wanted:
            body.append(gast.Return(returned))
        body = self.module.simplify_forward(mode, body)
        zeros = [
            assign(mode.variable(p), mode.zeros(name(p)))
            for p in unit.parameters
            if mode.is_active(p) and p not in made.active
        ]
        first = [*entry(mode), *zeros, *own_definition(unit, body)]
        return function(made.name, parameters, [*first, *body])


def is_none(node: gast.expr | None) -> bool:
    """Whether a function returns nothing."""
    return node is None or (isinstance(node, gast.Constant) and node.value is None)


def result_name(unit: Unit, result: gast.Return) -> str:
    """The name under which the result is returned: the user's own, if it has one."""
    returned = result.value
    if (
        isinstance(returned, gast.Name)
        and not unit.namer.is_temporary(returned.id)
        and returned.id in unit.env
    ):
        return str(returned.id)
    return value_name(unit, result)


def result_tangent(mode: ForwardMode, result: gast.Return, value: str) -> list[gast.stmt]:
    """The tangent of what is returned, under a name that goes with it."""
    returned = result.value
    if isinstance(returned, gast.Name) and returned.id == value and mode.is_active(value):
        return []
    if value not in mode.unit.env:
        mode.unit.env[value] = kind_of_result(mode, result)
    assert returned is not None
    return [assign(mode.variable(value), mode.full(returned))]


def kind_of_result(mode: ForwardMode, result: gast.Return) -> Kind | None:
    """The kind of what is returned."""
    return mode.kind(result.value) if result.value is not None else None
