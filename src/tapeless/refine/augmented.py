"""``s += e`` on floats and tuples is an assignment; on arrays it writes in place and stays.

``u[i] op= e`` for operators other than ``+ - * /`` becomes load, operation, store.

>>> import tapeless
>>> def total(x):
...     s = 0.0
...     s += x
...     return s
>>> print(dict(tapeless.grad(total).stages(2.0))["refine total"])
def total(x):
    s = 0.0
    s1 = s + x
    return s1
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import gast

from ..analysis.aliases import Aliases
from ..analysis.effects import roots_of
from ..analysis.indexing import select
from ..analysis.infer import Inference
from ..analysis.kinds import Array, Number, Sequence, Static
from ..analysis.layout import Layout
from ..analysis.liveness import Liveness
from ..analysis.sources import Sources, holds_memory
from ..analysis.unit import Unit
from ..errors import NotSupported
from ..syntax import (
    assign,
    attribute,
    blocks_of,
    call,
    copy_tree,
    locate_like,
    name,
    names_read,
    names_stored,
    statements_in,
    subscript,
    walk,
)
from .rewrite import rewrite_statements

IN_PLACE = (gast.Add, gast.Sub, gast.Mult, gast.Div)


def resolve_augmented(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """After this, an augmented assignment to a name is an in-place operation on an array."""
    seen = functools.cache(lambda: _Seen(tree, unit, inference))

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        if not isinstance(node, gast.AugAssign):
            return None
        if isinstance(node.target, gast.Name):
            identifier = node.target.id
            return _on_name(node, identifier, unit, lambda: seen().elsewhere(node, identifier))
        owner = getattr(node.target.value, "id", None)
        return _on_part(
            node, unit, inference, lambda: owner is None or seen().elsewhere(node, owner)
        )

    return _loads_first(rewrite_statements(tree, change), unit)


def _loads_first(tree: gast.FunctionDef, unit: Unit) -> gast.FunctionDef:
    """``k[0] += g(v)`` loads ``k[0]`` before ``g`` runs, which may write into it."""
    loaded: set[str] = unit.facts.get("loaded", set())

    def writes(node: gast.stmt) -> bool:
        site = unit.sites.get(id(getattr(node, "value", None)))
        return site is not None and site.unit is not None and bool(site.unit.facts.get("written"))

    nested = [b for s in statements_in(tree.body) for b in blocks_of(s)]
    for block in [tree.body, *nested] if loaded else []:
        for load in [s for s in block if loaded & set(names_stored([s]))]:
            place = block.index(load)
            first = place
            while first and _is_part_of(block[first - 1], load):
                if set(names_read(load)) & set(names_stored([block[first - 1]])):
                    break
                first -= 1
            if isinstance(load, gast.Assign) and any(writes(s) for s in block[first:place]):
                block.insert(first, block.pop(place))
    return tree


def _is_part_of(other: gast.stmt, node: gast.stmt) -> bool:
    """Whether two statements stand for one of the user's."""
    return isinstance(other, gast.Assign) and (
        (other.lineno, other.col_offset) == (node.lineno, node.col_offset)
    )


def hides_kinds(unit: Unit, inference: Inference) -> bool:
    """Whether a branch that is not taken is why it is not known what `x += e` writes into."""
    if not inference.truths:
        return False
    kinds = [
        unit.env.get(n.target.id)
        for n in walk(unit.tree.body)
        if isinstance(n, gast.AugAssign) and isinstance(n.target, gast.Name)
    ]
    return any(isinstance(k, Array) and k.axes is None for k in kinds)


def _on_name(
    node: gast.AugAssign, identifier: str, unit: Unit, seen_elsewhere: Callable[[], bool]
) -> list[gast.stmt] | None:
    kind = unit.env.get(identifier)
    if isinstance(kind, Array) and kind.axes is not None:
        if len(kind.axes) == 0:
            # Written in place, but arithmetic on it gives scalars: whole-array store.
            return None
        if isinstance(node.op, IN_PLACE):
            return None
        temporary = unit.namer.temporary()
        old = locate_like(name(identifier), node.target)
        value = gast.BinOp(old, node.op, node.value)
        store = gast.Assign(
            [subscript(name(identifier), gast.Constant(Ellipsis, None), store=True)],
            name(temporary),
            None,
        )
        return [locate_like(assign(temporary, value), node), locate_like(store, node)]
    if isinstance(kind, Sequence) and kind.form is list and not isinstance(node.op, gast.Add):
        raise NotSupported(
            node, "a list that is repeated in place", instead=f"{identifier} = {identifier} * n"
        )
    if isinstance(kind, Sequence) and kind.form is list:
        grown = gast.Expr(call(attribute(name(identifier), "extend"), node.value))
        return [locate_like(grown, node)]
    if isinstance(kind, Array) and seen_elsewhere():
        raise NotSupported(
            node,
            f"'{identifier}' may be a number or an array here, "
            "so that it is not known whether this writes in place",
            instead=f"{identifier} = {identifier} + ... or give it the same shape from the start",
        )
    if (
        kind is None
        or isinstance(kind, (Number, Array, Static, Sequence))
        or not holds_memory(kind)
    ):
        target = gast.Name(identifier, gast.Store(), None, None)
        locate_like(target, node.target)
        value = gast.BinOp(locate_like(name(identifier), node.target), node.op, node.value)
        return [locate_like(gast.Assign([target], locate_like(value, node), None), node)]
    return None


class _Seen:
    """Whether anybody would notice that ``y += e`` makes a new array instead of writing into y."""

    def __init__(self, tree: gast.FunctionDef, unit: Unit, inference: Inference):
        layout, sources = Layout(tree), Sources(unit, inference)
        self.liveness = Liveness(tree, frozenset(names_read(tree.body[-1])))
        self.aliases = Aliases(unit, sources, self.liveness)
        self.aliases.block(tree.body, frozenset())
        self.roots = roots_of(unit, sources, layout)
        self.outside = frozenset(unit.parameters)

    def elsewhere(self, node: gast.AugAssign, identifier: str) -> bool:
        """Whether the memory may be an argument's, a global's, or that of a name read later."""
        roots = self.roots.get(identifier, frozenset())
        if roots & self.outside or any(r.startswith("@") for r in roots):
            return True
        live = self.liveness.after[id(node)]
        pairs = self.aliases.at.get(id(node), frozenset())
        return any(identifier in pair and bool((pair - {identifier}) & live) for pair in pairs)


def _on_part(
    node: gast.AugAssign, unit: Unit, inference: Inference, seen_elsewhere: Callable[[], bool]
) -> list[gast.stmt] | None:
    assert isinstance(node.target, (gast.Subscript, gast.Attribute))
    base = inference.kind(node.target.value)
    if (
        isinstance(base, Array)
        and isinstance(node.op, IN_PLACE)
        and isinstance(node.target, gast.Subscript)
    ):
        found = select(base, node.target.slice, inference.kind)
        if found.form not in ("copy", "any") or found.unique:
            return None
    loaded = unit.namer.temporary()
    unit.facts.setdefault("loaded", set()).add(loaded)
    load = copy_tree(node.target)
    load.ctx = gast.Load()
    store = copy_tree(node.target)
    held = inference.kind(load) if not isinstance(base, Array) else None
    if isinstance(held, (Array, Sequence)):  # an item that may itself be written into
        unit.env[loaded] = held
        target = gast.Name(loaded, gast.Store(), None, None)
        changed = locate_like(gast.AugAssign(target, node.op, node.value), node)
        done = _on_name(changed, loaded, unit, seen_elsewhere) or [changed]
        made = loaded
        if held.form is list if isinstance(held, Sequence) else held.axes:
            # Changed where it is: the item stays the same object.
            return [locate_like(assign(loaded, load), node), *done]
    else:
        made = unit.namer.temporary()
        value = gast.BinOp(name(loaded), node.op, node.value)
        done = [locate_like(assign(made, value), node)]
    return [
        locate_like(assign(loaded, load), node),
        *done,
        locate_like(gast.Assign([store], name(made), None), node),
    ]
