"""Passes that need kinds: decided branches go, rebinding and in-place operations are told apart."""

from __future__ import annotations

import gast

from ..analysis.infer import Inference
from ..analysis.unit import Unit
from .augmented import resolve_augmented
from .captures import show_captures
from .fields import index_fields
from .indices import name_indices
from .inplace import stores_for_calls
from .prune import prune
from .separate import separate_results

PASSES = (
    prune,
    show_captures,
    index_fields,
    stores_for_calls,
    name_indices,
    resolve_augmented,
    separate_results,
)


def refine(unit: Unit, inference: Inference) -> gast.FunctionDef:
    """All passes in order; the unit's tree is left as it is."""
    tree = unit.tree
    for rewrite in PASSES:
        tree = rewrite(tree, unit, inference)
    return tree


__all__ = ["PASSES", "refine"]
