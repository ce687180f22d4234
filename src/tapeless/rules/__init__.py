"""Rules: how each primitive is differentiated, one family per file."""

from . import (  # noqa: F401  (each registers its rules)
    constants,
    constructors,
    indexing,
    linalg,
    math_functions,
    reductions,
    shaping,
)
from . import elementwise as _elementwise  # noqa: F401
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
    "Rule", "constant", "elementwise", "is_constant", "is_view", "method_primitive",
    "operator_primitive", "pullback", "reads", "registered", "rules_for", "view",
]  # fmt: skip
