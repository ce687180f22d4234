"""Passes that need kinds: decided branches go, rebinding and in-place operations are told apart."""

from __future__ import annotations

import gast

from ..analysis.infer import Inference
from ..analysis.unit import Unit
from .attempts import join_steps
from .augmented import resolve_augmented
from .captures import show_captures
from .containers import look_up
from .exchanges import exchange
from .fields import index_fields
from .flat import flatten
from .indices import name_indices
from .inplace import stores_for_calls
from .prune import prune
from .separate import separate_results
from .slices import spell_slices

PASSES = (
    prune,
    spell_slices,
    show_captures,
    exchange,
    look_up,
    index_fields,
    flatten,
    stores_for_calls,
    name_indices,
    resolve_augmented,
    separate_results,
    join_steps,
)


def refine(unit: Unit, inference: Inference) -> gast.FunctionDef:
    """All passes in order; the unit's tree is left as it is."""
    tree = unit.tree
    for rewrite in PASSES:
        tree = rewrite(tree, unit, inference)
    return tree


__all__ = ["PASSES", "refine"]
