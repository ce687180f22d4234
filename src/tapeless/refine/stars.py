"""`f(*args, **options)`: the stars become plain arguments, or one tuple and one dict."""

from __future__ import annotations

from typing import Any

import gast

from ..analysis.binding import distribute
from ..analysis.calls import length_known
from ..analysis.higher_order import Pending, star_parameters
from ..analysis.kinds import Table
from ..analysis.unit import Unit
from ..syntax import const, copy_tree, name, walk
from .rewrite import rewrite_statements
from .writing import Writing

Given = tuple[list[gast.expr], dict[str, gast.expr]]


def packed_names(unit: Unit) -> dict[str, Any]:
    """Tuples and dicts that only exist to be handed on, by name: what is in them."""
    found: dict[str, Any] = unit.facts.setdefault("packed", {})
    return found


def plain_arguments(writing: Writing) -> Given:
    """The arguments of the call, taken apart."""
    node, packed = writing.node, packed_names(writing.unit)
    positional: list[gast.expr] = []
    keywords: dict[str, gast.expr] = {}
    for argument in node.args:
        if not isinstance(argument, gast.Starred):
            positional.append(argument)
            continue
        base = argument.value
        if isinstance(base, gast.Name) and base.id in packed:
            positional += [copy_tree(e) for e in packed[base.id]]
            continue
        kind = writing.kind(base)
        count = length_known(kind) if kind is not None else None
        if count is None:
            count = writing.inference.calls.room(node)
        if count is None:
            raise writing.refuse(
                "a starred argument of unknown length", "pass the arguments one by one"
            )
        positional += [writing.item(base, k) for k in range(count)]
    for keyword in node.keywords:
        if keyword.arg is not None:
            keywords[keyword.arg] = keyword.value
            continue
        base = keyword.value
        if isinstance(base, gast.Name) and base.id in packed:
            keywords |= {key: copy_tree(e) for key, e in packed[base.id].items()}
            continue
        kind = writing.kind(base)
        if not isinstance(kind, Table) or kind.rest is not None:
            raise writing.refuse("keyword arguments from an unknown dict", "name the arguments")
        keywords |= {str(key): writing.item(base, str(key)) for key, _ in kind.items}
    return positional, keywords


def take_apart(writing: Writing, pending: Pending) -> gast.expr:
    """The call with plain arguments."""
    positional, keywords = plain_arguments(writing)
    return gast.Call(
        writing.node.func, positional, [gast.keyword(k, v) for k, v in keywords.items()]
    )


def pack(writing: Writing, pending: Pending) -> gast.expr:
    """The call with what goes to `*args` and `**kwargs` in one tuple and one dict."""
    function = pending.target
    positional, keywords = plain_arguments(writing)
    found = distribute(writing.node, function, positional, keywords)
    rest, more = star_parameters(function)
    fixed = [e for e in positional if not any(e is r for r in found.rest)]
    named = {k: v for k, v in keywords.items() if k not in found.more}
    packed = writing.unit.facts.setdefault("packed_calls", set())
    args: list[gast.expr] = list(fixed)
    options = [gast.keyword(k, v) for k, v in named.items()]
    if rest is not None:
        place = writing.let(rest, gast.Tuple([*found.rest], gast.Load()))
        packed.add(place.id)
        args.append(gast.Starred(name(place.id), gast.Load()))
    if more is not None:
        keys = [const(k) for k in found.more]
        place = writing.let(more, gast.Dict(keys, list(found.more.values())))
        packed.add(place.id)
        options.append(gast.keyword(None, name(place.id)))
    return gast.Call(writing.node.func, args, options)


def drop_packed(unit: Unit, tree: gast.FunctionDef | None) -> gast.FunctionDef | None:
    """Without the tuples and dicts whose content was handed on item by item."""
    packed = unit.facts.get("packed", {})
    if tree is None or not packed:
        return tree
    read = {
        n.id for n in walk(tree.body) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Load)
    }

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        where = node.targets[0] if isinstance(node, gast.Assign) else None
        unused = isinstance(where, gast.Name) and where.id in packed and where.id not in read
        return [] if unused else None

    return rewrite_statements(tree, change)
