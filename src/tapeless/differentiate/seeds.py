"""Where derivatives enter a reverse sweep, and where they leave it."""

from __future__ import annotations

import gast

from ..analysis.kinds import Array, Kind, Sequence, is_inexact
from ..analysis.sources import holds_memory
from ..syntax import const, subscript
from .adjoints import Held, adjoint_kind, is_fresh
from .reverse import Reverse


def seeds_of(kind: Kind | None) -> list[int | None]:
    """Which items of a result carry derivatives; ``[None]`` for a result that is one value."""
    if isinstance(kind, Sequence) and kind.items is not None and kind.form is not list:
        return [k for k, item in enumerate(kind.items) if is_inexact(item)]
    return [None] if is_inexact(kind) else []


def flowing_into(y: str, result: Kind | None, sweep: Reverse) -> list[str | None]:
    """The names whose adjoints flow into what a call returns."""
    if y in sweep.apart and seeds_of(result) == [None]:  # a list: its pullback takes one list
        return [f"{y}[{k}]" for k in range(sweep.item_count(y))]
    return [seed_key(y, s, sweep) for s in seeds_of(result)]


def seed_key(y: str, seed: int | None, sweep: Reverse) -> str | None:
    """The name whose adjoint flows into (an item of) a result."""
    if y in sweep.effects.ties:
        return None  # an argument that is returned: its adjoint is the argument's
    if seed is None:
        return y if sweep.is_active(y) else None
    if y in sweep.apart:
        return f"{y}[{seed}]"
    return y if sweep.is_active(y) else None


def seed_values(
    sweep: Reverse, node: gast.stmt, y: str | None, flowing: list[str | None], result: Kind | None
) -> list[gast.expr]:
    """What the caller hands to a pullback for the items of a result."""
    assert y is not None
    values: list[gast.expr] = []
    seeds = seeds_of(result)
    if y in sweep.apart and seeds == [None]:
        seeds, values = [], [gast.List([item_of(k, sweep, node) for k in flowing], gast.Load())]
    for seed, key in zip(seeds, flowing if seeds else [], strict=True):
        if key is None:
            values.append(const(0.0))
        elif key in sweep.adjoints.state:
            value = sweep.adjoints.full(key, node)
            values.append(value if seed is None or key != y else subscript(value, const(seed)))
        else:
            values.append(sweep.adjoints.zeros(key, node))
    for key in flowing:
        if key is not None:
            sweep.adjoints.kill(key)
    return values


def item_of(key: str | None, sweep: Reverse, node: gast.stmt) -> gast.expr:
    """The adjoint of an item of a list, in memory that its pullback may add into."""
    assert key is not None
    adjoints = sweep.adjoints
    if not is_inexact(adjoints.kind(key)):
        return const(None)
    if key not in adjoints.state:
        return adjoints.zeros(key, node)
    value = adjoints.full(key, node)
    shared = holds_memory(adjoints.kind(key)) and not adjoints.state[key].owned
    return adjoints.copied(value, key) if shared else value


def seed_result(
    sweep: Reverse,
    result: gast.stmt,
    seed: int | None,
    value: gast.expr,
    short: bool = False,
) -> None:
    """Let a derivative flow to (an item of) what is returned."""
    assert isinstance(result, gast.Return)
    returned = result.value
    if not isinstance(returned, gast.Name) or not sweep.is_active(returned.id):
        return
    adjoints = sweep.adjoints
    key = returned.id if seed is None else f"{returned.id}[{seed}]"
    plain = returned.id not in sweep.effects.ties and returned.id not in sweep.unit.parameters
    if (
        isinstance(value, gast.Name)
        and plain
        and key not in adjoints.state
        and (seed is None or returned.id in sweep.apart)
    ):
        adjoints.names[key] = value.id  # the caller's adjoint is that of the result
        adjoints.state[key] = Held(False, False)
        sweep.unit.env[value.id] = adjoint_kind(adjoints.kind(key))
        return
    if seed is None:
        kind = adjoints.kind(returned.id)
        if isinstance(value, gast.Name):
            sweep.unit.env[value.id] = adjoint_kind(kind)
        adjoints.add(returned.id, value, result, short)
    elif returned.id in sweep.apart:
        if isinstance(value, gast.Name):
            sweep.unit.env[value.id] = adjoint_kind(adjoints.kind(f"{returned.id}[{seed}]"))
        adjoints.add(f"{returned.id}[{seed}]", value, result, short)
    else:
        kind = sweep.unit.env.get(returned.id)
        adjoints.ensure(returned.id, result)
        item = kind.items[seed] if isinstance(kind, Sequence) and kind.items is not None else None
        sweep.adjoints.add_to_item(
            subscript(adjoints.whole(returned.id, result), const(seed)), value, item
        )


def final(sweep: Reverse, parameter: str, first: gast.stmt) -> gast.expr:
    """The adjoint of a parameter at the beginning of the function."""
    adjoints = sweep.adjoints
    if parameter not in adjoints.state:
        return adjoints.zeros(parameter, first, after=False)
    adjoints.fill_up(parameter, first)
    value = adjoints.whole(parameter, first)
    kind = adjoints.kind(parameter)
    if isinstance(kind, Array) and not adjoints.state[parameter].owned:
        last = next(
            (
                s
                for s in reversed(adjoints.out)
                if isinstance(s, gast.Assign)
                and isinstance(s.targets[0], gast.Name)
                and s.targets[0].id == adjoints.variable(parameter)
            ),
            None,
        )
        if last is not None and not is_fresh(last.value):
            last.value = adjoints.copied(last.value, parameter)
        elif last is None:
            value = adjoints.copied(value, parameter)
    return value
