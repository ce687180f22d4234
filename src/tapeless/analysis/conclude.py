"""What callers need to know of a function: what it writes, returns and depends on."""

from __future__ import annotations

from dataclasses import replace

import gast

from ..errors import NotSupported
from ..syntax import names_read, walk_scope
from .activity import Flows, analyse_activity
from .aliases import Aliases
from .doubled import Shared, changes_of, find_doubled
from .effects import Effects, analyse_effects, holders_of_items
from .infer import Inference
from .kinds import STRUCTURES, Array, Record, Sequence, is_inexact
from .layout import Layout
from .liveness import Liveness
from .outside import changed_by, escapes_of, labels_of
from .sources import Sources, holds_memory
from .ties import in_slots, may_hold
from .unit import Unit
from .writes import Write, keeps_length


def conclude(unit: Unit, inference: Inference) -> None:
    """What callers need to know: what is written, what is returned, what depends on what."""
    layout = Layout(unit.tree)
    result = unit.tree.body[-1]
    returned = names_read(result)
    visible = frozenset(returned) | frozenset(
        p for p in unit.parameters if holds_memory(unit.kinds[p])
    )
    effects = analyse_effects(unit, inference, layout, visible)
    refuse_growing(unit, layout, effects)
    flows = Flows(unit, inference, layout, effects, depends_of)
    written = find_written(unit, layout, effects)
    unit.facts.update(inference=inference, effects=effects, flows=flows, written=written)
    unit.facts["returns"] = frozenset(
        p for r in returned for p in unit.parameters if p in effects.roots.get(r, frozenset())
    )
    effects.doubled = doubled_in(unit, inference, layout, visible)
    unit.facts["doubled"] = {p: w for p, w in effects.doubled.items() if p in unit.parameters}
    for returning in returned:
        if returning in effects.doubled:
            unit.facts["doubled"]["return"] = effects.doubled[returning]
    unit.facts["changes"] = changes_of(unit, effects)
    unit.facts["keeps"] = {
        q: frozenset(p for p in unit.parameters if p != q and p in effects.roots.get(q, ()))
        for q in written
    }
    unit.facts["identity"] = identity_of(returned, unit, layout)
    varied = {
        p: analyse_activity(flows, [p], []).varied for p, k in unit.kinds.items() if is_inexact(k)
    }
    unit.facts["depends"] = dependencies(unit, varied, returned)
    unit.facts["changed"] = changed_by(unit, inference, flows)
    unit.facts["returned_outside"] = frozenset(
        r
        for n in returned
        for r in labels_of(gast.Name(n, gast.Load(), None, None), unit, inference)
    )
    unit.facts["kept"] = escapes_of(unit, inference, flows)
    unit.facts["escapes"] = tuple(
        replace(e, statement=None, operands=depending)
        for e in unit.facts["kept"]
        if (depending := frozenset(p for p, v in varied.items() if v & e.operands))
    )
    unit.facts["buffers"] = frozenset(buffers(unit, layout))


def find_written(unit: Unit, layout: Layout, effects: Effects) -> frozenset[str]:
    """The parameters that are written into; in which way is noted as facts."""

    def leaves_length(write: Write) -> bool:
        kind = unit.env.get(write.name)
        return isinstance(kind, Array) or keeps_length(write, kind, None)

    rooted = {
        p: [w for w in effects.writes if p in effects.roots.get(w.name, frozenset())]
        for p in unit.parameters
    }
    reaching = {
        p: [w for w in writes if effects.may_reach(w, p, unit, layout)]
        for p, writes in rooted.items()
    }
    written = {p for p, writes in reaching.items() if any(may_reach(w, p, unit) for w in writes)}
    unit.facts["filled"] = frozenset(
        p for p in written if all(w.form == "attribute" for w in reaching[p])
    )
    unit.facts["slots"] = frozenset(
        p for p in written if all(in_slots(w, unit) or w.slots for w in reaching[p])
    )
    unit.facts["same_length"] = frozenset(p for p in written if all(map(leaves_length, rooted[p])))
    return frozenset(written)


def refuse_growing(unit: Unit, layout: Layout, effects: Effects) -> None:
    """A list that grows or shrinks while a loop runs over it: its trips were counted before."""
    holders = holders_of_items(unit, layout)
    for write in effects.writes:
        kind = unit.env.get(write.name)
        if not isinstance(kind, Sequence) or keeps_length(write, kind, kind):
            continue
        for loop in layout.loops(write.statement):
            for counted in _counted(loop):
                user = unit.namer.called_by_user(counted)
                runs_over = user in unit.facts["indexed"] or counted in unit.facts["indexed"]
                if counted in holders.get(write.name, ()):
                    continue  # an item of it grows
                if runs_over and effects.may_reach(write, counted, unit, layout):
                    if unit.namer.is_temporary(counted):
                        user = unit.namer.called_by_user(write.name)
                    raise NotSupported(
                        write.statement,
                        f"'{user}' changes its length while the loop runs over it",
                        instead="`for … in list(…)`, or a while loop",
                    )


def _counted(loop: gast.stmt) -> set[str]:
    """The names of whose lengths the trips of a loop are made."""
    return {
        n.args[0].id
        for n in walk_scope(getattr(loop, "iter", None) or [])
        if isinstance(n, gast.Call)
        and isinstance(n.func, gast.Name)
        and n.func.id == "len"
        and n.args
        and isinstance(n.args[0], gast.Name)
    }


def doubled_in(
    unit: Unit, inference: Inference, layout: Layout, visible: frozenset[str]
) -> dict[str, Shared]:
    """What may hold one memory in two places."""
    if not any(isinstance(k, STRUCTURES) for k in unit.env.values()):
        return {}
    sources = Sources(unit, inference)
    aliases = Aliases(unit, sources, Liveness(layout.tree, visible))
    aliases.block(layout.tree.body, frozenset())
    return find_doubled(unit, sources, layout, aliases)


def may_reach(write: Write, parameter: str, unit: Unit) -> bool:
    """Whether a write through a name may change what a parameter refers to.

    To give an object another attribute leaves the arrays as they are that it was made from.
    """
    held = isinstance(unit.env.get(write.name), Record) and write.form == "attribute"
    return not held or may_hold(unit.kinds[parameter], unit.env.get(write.name))


def summary(unit: Unit) -> tuple[object, ...]:
    """What callers know of a unit."""
    facts = unit.facts
    return (
        facts["written"],
        facts["filled"],
        facts["slots"],
        facts["same_length"],
        facts["returns"],
        tuple(sorted(facts["keeps"].items())),
        tuple(sorted(facts["doubled"].items())),
        facts["identity"],
        tuple(sorted(facts["depends"].items())),
        facts["escapes"],
        facts["changed"],
        facts["returned_outside"],
    )


def depends_of(unit: Unit) -> dict[str, frozenset[str]]:
    """On which parameters the result and the written ones depend (all, if that is not known)."""
    known: dict[str, frozenset[str]] | None = unit.facts.get("depends")
    if known is not None:
        return known
    inexact = frozenset(p for p, k in unit.kinds.items() if is_inexact(k))
    return {"return": inexact}


def dependencies(
    unit: Unit, varied: dict[str, frozenset[str]], returned: list[str]
) -> dict[str, frozenset[str]]:
    """For the result and what is written: the parameters it is a differentiable function of."""
    found: dict[str, set[str]] = {"return": set(), **{p: set() for p in unit.facts["written"]}}
    for parameter, names in varied.items():
        for end in found:
            reached = returned if end == "return" else [end]
            if any(r in names for r in reached):
                found[end].add(parameter)
    return {end: frozenset(names) for end, names in found.items()}


def identity_of(returned: list[str], unit: Unit, layout: Layout) -> str | None:
    """The parameter that a function returns as it is, if it does."""
    if len(returned) != 1:
        return None
    name_now = returned[0]
    for _ in range(10):
        if name_now in unit.parameters:
            return name_now if not layout.definitions.get(name_now) else None
        made = layout.single_definition(name_now)
        if not isinstance(made, gast.Assign) or not isinstance(made.value, gast.Name):
            return None
        name_now = made.value.id
    return None


def buffers(unit: Unit, layout: Layout) -> set[str]:
    """Names whose adjoint is added into in place.

    They are written, taken apart by subscripts, or so in a callee.
    """
    effects = unit.facts["effects"]
    found = {effects.base(n) for n in effects.written_names()} | {
        effects.base(n) for n in effects.ties
    }
    for node in walk_scope(unit.tree.body):
        if isinstance(node, gast.Subscript) and isinstance(node.value, gast.Name):
            found.add(node.value.id)
    for site in unit.sites.values():
        if site.form == "user" and site.unit is not None:
            for parameter in site.unit.facts.get("buffers", ()):
                argument = site.arguments.get(parameter)
                if isinstance(argument, gast.Name):
                    found.add(effects.base(argument.id))
    return found
