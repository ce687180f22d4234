"""The functions of `operator`: their rules are those of the operators.

Those that write in place do so with arrays only; for numbers they are the plain operators.
"""

import operator

import numpy as np

from . import builtin_functions, products  # noqa: F401  (they register abs and matmul)
from .conditions import is_sequence
from .elementwise import (
    add_pullback,
    divide_pullback,
    multiply_pullback,
    remainder_pullback,
    subtract_pullback,
)
from .powers import power_pullback
from .registry import (
    constant,
    elementwise,
    linear,
    linear_in,
    multilinear,
    pullback,
    pushforward,
    pushforwards_for,
    refused,
    rules_for,
)


def same_as(name, primitive):
    """Register a function under the rules of another one, which has to be registered before."""
    for rule in (*rules_for(primitive), *pushforwards_for(primitive)):
        if rule.form == "constant":
            constant(name)
        elif rule.form == "elementwise":
            elementwise(name, when=rule.when)(rule.function)
        elif rule.form == "pullback":
            pullback(name, when=rule.when, broadcasts=rule.broadcasts)(rule.function)
        else:
            pushforward(name, when=rule.when)(rule.function)
    found = linear_in(primitive)
    if found is not None:
        (linear if found.jointly else multilinear)(name, of=found.of)


for _name, _primitive in {
    operator.sub: np.subtract, operator.truediv: np.divide, operator.mod: np.remainder,
    operator.neg: np.negative, operator.pos: np.positive, operator.abs: abs, operator.pow: pow,
    operator.matmul: np.matmul,
}.items():  # fmt: skip
    same_as(_name, _primitive)


# Of lists, `+` and `*` are something else.
_of_numbers = {
    "when": lambda x1, x2: not is_sequence(x1) and not is_sequence(x2),
    "broadcasts": True,
}
pullback(operator.add, **_of_numbers)(add_pullback)
pullback(operator.mul, **_of_numbers)(multiply_pullback)

_of_number = {"when": lambda x1: x1.is_scalar, "broadcasts": True}
pullback(operator.iadd, **_of_number)(add_pullback)
pullback(operator.isub, **_of_number)(subtract_pullback)
pullback(operator.imul, **_of_number)(multiply_pullback)
pullback(operator.itruediv, **_of_number)(divide_pullback)
pullback(operator.imod, **_of_number)(remainder_pullback)
pullback(operator.ipow, **_of_number)(power_pullback)

refused(
    operator.getitem,
    reason="it may give a part of what it is given",
    instead="a subscript: x[i]",
)
refused(
    operator.imatmul,
    reason="it writes into its argument",
    instead="a = a @ b",
)
