"""Which rule differentiates which primitive.

A rule is a plain function.  `@elementwise` gives partial derivatives, `@pullback` cotangents,
`constant` says that the derivative is zero wherever there is one, `view` that the result may share
memory with the first argument.  The body of a rule is a docstring, assignments and one return; its
names are its parameters, `np`, `math` and functions of `tapeless.runtime`, because it is spliced
into generated text.
"""

import ast
import functools
import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Rule:
    """How one primitive, in one variant, is differentiated."""

    primitive: object
    form: str  # 'elementwise' | 'pullback' | 'constant'
    function: Callable | None = None
    broadcasts: bool = False  # each cotangent must be summed down to the shape of its argument
    when: Callable[..., bool] | None = None  # called with the kinds of all parameters, by name
    parameters: tuple[str, ...] = ()  # after y (and y_bar)
    defaults: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), hash=False)


_RULES: dict[object, tuple[Rule, ...]] = {}
_VIEWS: set[object] = set()


def elementwise(*primitives, when=None):
    """Register `fn(y, *args)`: a partial derivative, or a tuple of them, one for each argument."""
    return lambda function: _register(primitives, "elementwise", function, when, True)


def pullback(*primitives, when=None, broadcasts=False):
    """Register `fn(y, y_bar, *args)`: the cotangents, or that of the first argument alone."""
    return lambda function: _register(primitives, "pullback", function, when, broadcasts)


def constant(*primitives):
    """Register primitives whose derivative is zero everywhere it exists."""
    for primitive in primitives:
        _add(Rule(primitive, "constant"))


def view(*primitives):
    """Register primitives whose result may share memory with their first argument."""
    _VIEWS.update(primitives)


def rules_for(primitive) -> tuple[Rule, ...]:
    """The rules of a primitive, those with a condition first; () where it is unknown."""
    try:
        return _RULES.get(primitive, ())
    except TypeError:  # not hashable
        return ()


def registered() -> tuple[Rule, ...]:
    """All rules, in the order of registration of their primitives."""
    return tuple(rule for rules in _RULES.values() for rule in rules)


def is_constant(primitive) -> bool:
    rules = rules_for(primitive)
    return bool(rules) and all(rule.form == "constant" for rule in rules)


def is_view(primitive) -> bool:
    try:
        return primitive in _VIEWS
    except TypeError:
        return False


def _register(primitives, form, function, when, broadcasts):
    leading = 1 if form == "elementwise" else 2
    listed = list(inspect.signature(function).parameters.values())[leading:]
    defaults = {p.name: p.default for p in listed if p.default is not p.empty}
    for primitive in dict.fromkeys(primitives):
        names = tuple(p.name for p in listed)
        _add(
            Rule(
                primitive,
                form,
                function,
                broadcasts,
                _of_named(when),
                names,
                MappingProxyType(defaults),
            )
        )
    return function


def _of_named(when):
    """`when`, made to take the kinds of all parameters although it names only those it looks at."""
    if when is None:
        return None
    names = tuple(inspect.signature(when).parameters)

    @functools.wraps(when)
    def of_all(**kinds):
        return bool(when(**{name: kinds[name] for name in names if name in kinds}))

    return of_all


def _add(rule):
    def same(other):  # what is registered again replaces what was there
        if rule.when is None or other.when is None:
            return rule.when is other.when
        return rule.function.__qualname__ == other.function.__qualname__

    rules = [other for other in _RULES.get(rule.primitive, ()) if not same(other)] + [rule]
    _RULES[rule.primitive] = tuple(sorted(rules, key=lambda rule: rule.when is None))


# What an operator and a method are called as functions

_OPERATORS = {
    "Add": np.add, "Sub": np.subtract, "Mult": np.multiply, "Div": np.divide, "Pow": np.power,
    "MatMult": np.matmul, "FloorDiv": np.floor_divide, "Mod": np.remainder,
    "USub": np.negative, "UAdd": np.positive, "Invert": np.invert, "Not": np.logical_not,
    "BitAnd": np.bitwise_and, "BitOr": np.bitwise_or, "BitXor": np.bitwise_xor,
    "LShift": np.left_shift, "RShift": np.right_shift,
    "Eq": np.equal, "NotEq": np.not_equal, "Lt": np.less, "LtE": np.less_equal, "Gt": np.greater,
    "GtE": np.greater_equal, "And": np.logical_and, "Or": np.logical_or,
}  # fmt: skip

_METHODS = {
    function.__name__: function
    for function in (
        np.all, np.any, np.argmax, np.argmin, np.argpartition, np.argsort, np.choose, np.clip,
        np.compress, np.copy, np.cumprod, np.cumsum, np.diagonal, np.dot, np.max, np.mean, np.min,
        np.nonzero, np.prod, np.ptp, np.put, np.ravel, np.repeat, np.reshape, np.round,
        np.searchsorted, np.squeeze, np.std, np.sum, np.swapaxes, np.take, np.trace, np.transpose,
        np.var,
    )
} | {
    "conj": np.conjugate, "conjugate": np.conjugate, "flatten": np.ndarray.flatten,
    "astype": np.ndarray.astype, "item": np.ndarray.item, "tolist": np.ndarray.tolist,
    "fill": np.ndarray.fill, "sort": np.ndarray.sort,
}  # fmt: skip


def operator_primitive(op: str) -> object:
    """The ufunc of an operator, by the name of its class in `ast`."""
    return _OPERATORS[op]


def method_primitive(name: str) -> object | None:
    """The function that an ndarray method calls; the method itself where there is none."""
    return _METHODS.get(name)


# What a rule reads

_SHAPE_ATTRIBUTES = {"shape", "size", "ndim", "dtype"}
SHAPE_FUNCTIONS = {  # read shape and type of the argument at this position and nothing else
    "len": 0, "np.shape": 0, "np.ndim": 0, "np.size": 0, "np.zeros_like": 0, "np.ones_like": 0,
    "np.full_like": 0, "zeros_of": 0, "count_of": 0, "dot_axes": 0, "spread": 1, "unbroadcast": 1,
    "shared_by": 1, "reverse_cumsum": 1, "split_like": 1, "on_diagonal": 1, "undiag": 1,
    "untile": 1, "unrepeat": 1, "untake": 1, "untake_along": 1, "unpad": 1, "undiff": 1,
    "contract_left": 1, "contract_right": 2, "matmul_left": 1, "matmul_right": 2, "kron_left": 1,
    "kron_right": 2, "einsum_cotangent": 3,
}  # fmt: skip


@functools.cache
def reads(rule: Rule) -> dict[int, frozenset[str]]:
    """For each returned position, which of y and the arguments it reads.

    An argument of which only shape and type are read appears as `'x.shape'`.  A position of the
    result that is `None` is left out.
    """
    if rule.function is None:
        return {}
    source = textwrap.dedent(inspect.getsource(rule.function))
    definition: Any = ast.parse(source).body[0]
    body = definition.body
    given = {"y", *rule.parameters}
    known = {name: frozenset([name]) for name in given}
    for statement in body:
        if isinstance(statement, ast.Assign):
            found = _reads_of(statement.value, known)
            names = [t.id for t in statement.targets if isinstance(t, ast.Name)]
            known.update(dict.fromkeys(names, found))
    returned = body[-1].value
    parts = returned.elts if isinstance(returned, ast.Tuple) else [returned]
    reads = {i: _reads_of(p, known) for i, p in enumerate(parts) if ast.unparse(p) != "None"}
    return {
        i: frozenset(n for n in names if n.removesuffix(".shape") == n or n[:-6] not in names)
        for i, names in reads.items()
    }


def _reads_of(node: Any, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if isinstance(node, ast.Name):
        return known.get(node.id, frozenset())
    if isinstance(node, ast.Attribute) and node.attr in _SHAPE_ATTRIBUTES:
        return _shapes(_reads_of(node.value, known))
    parts = list(ast.iter_child_nodes(node))
    position = SHAPE_FUNCTIONS.get(ast.unparse(node.func)) if isinstance(node, ast.Call) else None
    if position is not None and len(node.args) > position:
        shaped = node.args[position]
        others = [_reads_of(p, known) for p in parts if p is not shaped]
        return frozenset().union(_shapes(_reads_of(shaped, known)), *others)
    return frozenset().union(*(_reads_of(part, known) for part in parts))


def _shapes(names) -> frozenset[str]:
    return frozenset(name if name.endswith(".shape") else f"{name}.shape" for name in names)
