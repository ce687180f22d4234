"""Rules: how each primitive is differentiated, one family per file."""

from .registry import (
    Rule,
    constant,
    elementwise,
    is_constant,
    is_view,
    method_primitive,
    operator_primitive,
    pullback,
    reads,
    registered,
    rules_for,
    view,
)

__all__ = [
    "Rule", "constant", "elementwise", "is_constant", "is_view", "method_primitive", "operator_primitive",
    "pullback", "reads", "registered", "rules_for", "view",
]  # fmt: skip
