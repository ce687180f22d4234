"""Rules: how each primitive is differentiated, one family per file.

The files of a library beside NumPy stand in a folder of its name.
"""

import importlib
import pkgutil

from .registry import (
    Linear,
    Refused,
    Rule,
    class_of,
    classes_of,
    constant,
    constructor,
    drawing,
    elementwise,
    handled,
    is_constant,
    is_view,
    linear,
    linear_in,
    method_primitive,
    multilinear,
    operator_primitive,
    pullback,
    pushforward,
    pushforwards_for,
    reads,
    refusal_of,
    refused,
    registered,
    rules_for,
    sampled,
    view,
)

for _module in pkgutil.iter_modules(__path__):
    if not _module.ispkg:
        importlib.import_module(f"{__name__}.{_module.name}")

__all__ = [
    "Linear", "Refused", "Rule", "class_of", "classes_of", "constant", "constructor", "drawing",
    "elementwise", "handled", "is_constant", "is_view", "linear", "linear_in", "method_primitive",
    "multilinear", "operator_primitive", "pullback", "pushforward", "pushforwards_for", "reads",
    "refusal_of", "refused", "registered", "rules_for", "sampled", "view",
]  # fmt: skip
