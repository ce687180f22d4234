"""Which rule differentiates which primitive.

A rule is a plain function.  `@elementwise` gives partial derivatives and serves both modes.
`@pullback` gives cotangents; the tangents follow from it where each element of the result depends
on one element of each argument (`broadcasts=True`), from `linear` or `multilinear` where the
primitive is that, and are written as a `@pushforward` elsewhere.  `constant` says that the
derivative is zero wherever there is one, `constructor` that the result depends on the shapes of the
arguments at most, `refused` why there is no rule, `view` that the result may share memory with the
first argument.

The body of a rule is a docstring, assignments and one return; its names are its parameters, modules
(`np`, `math`, `special`, …) and functions of `tapeless.runtime`, because it is spliced into
generated text.  The rules of a library beside NumPy are loaded when the first of its functions is
looked up.
"""

import ast
import functools
import importlib
import inspect
import pkgutil
import sys
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from .. import runtime


@dataclass(frozen=True)
class Rule:
    """How one primitive, in one variant, is differentiated."""

    primitive: object
    form: str  # 'elementwise' | 'pullback' | 'pushforward' | 'constant'
    function: Callable | None = None
    broadcasts: bool = False  # each cotangent must be summed down to the shape of its argument
    when: Callable[..., bool] | None = None  # called with the kinds of all parameters, by name
    parameters: tuple[str, ...] = ()  # after y, and after y_bar or the tangents
    defaults: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    tangents: tuple[str, ...] = ()  # of a pushforward: the arguments whose tangents it takes


@dataclass(frozen=True)
class Linear:
    """The positions of the arguments in which a primitive is linear, in all at once or in each."""

    of: tuple[int, ...]
    jointly: bool


@dataclass(frozen=True)
class Refused:
    """Why a primitive has no rule, what to write instead, and whether it could ever have one."""

    reason: str
    instead: str
    never: bool


_RULES: dict[object, tuple[Rule, ...]] = {}
_PUSHFORWARDS: dict[object, tuple[Rule, ...]] = {}
_LINEAR: dict[object, Linear] = {}
_REFUSED: dict[object, Refused] = {}
_CONSTRUCTORS: set[object] = set()
_HANDLED: set[object] = set()
_SAMPLED: set[object] = set()
_TURNS_COMPLEX: dict[object, bool] = {}
_VIEWS: set[object] = set()


def elementwise(*primitives, when=None):
    """Register `fn(y, *args)`: a partial derivative, or a tuple of them, one for each argument."""
    return lambda function: _register(primitives, "elementwise", function, when, True)


def pullback(*primitives, when=None, broadcasts=False):
    """Register `fn(y, y_bar, *args)`: the cotangents, or that of the first argument alone."""
    return lambda function: _register(primitives, "pullback", function, when, broadcasts)


def pushforward(*primitives, when=None):
    """Register `fn(y, x_dot, …, *args)`: the tangent of the result.

    The parameters after `y` that end in `_dot` are the tangents of the arguments of that name.  If
    there are several, `fn` returns an expression that is linear in all of them together (those of
    arguments without a tangent are left out of it), or a tuple with what each contributes.
    """
    return lambda function: _register(primitives, "pushforward", function, when, False)


def linear(*primitives, of=(0,)):
    """Register primitives that are linear in the arguments at these positions, all at once.

    `np.where(c, a, b)` with `of=(1, 2)` has the tangent `np.where(c, a_dot, b_dot)`.
    """
    _LINEAR.update(dict.fromkeys(primitives, Linear(tuple(of), True)))


def multilinear(*primitives, of=(0, 1)):
    """Register primitives that are linear in each of the arguments at these positions."""
    _LINEAR.update(dict.fromkeys(primitives, Linear(tuple(of), False)))


def constant(*primitives):
    """Register primitives whose derivative is zero everywhere it exists."""
    for primitive in primitives:
        _add(Rule(primitive, "constant"))


def constructor(*primitives):
    """Register constants that make an array, or say something of shapes and types."""
    constant(*primitives)
    _CONSTRUCTORS.update(primitives)


def refused(*primitives, reason, instead, never=False):
    """Register primitives that have no rule, with the sentence that says why and the way out."""
    _REFUSED.update(dict.fromkeys(primitives, Refused(reason, instead, never)))


def handled(*primitives):
    """Name primitives that the engine differentiates itself: stores, displays, iterators."""
    _HANDLED.update(primitives)


def sampled(*primitives):
    """Name functions that draw random numbers and have no rule: a sample is a constant."""
    _SAMPLED.update(primitives)


def view(*primitives):
    """Register primitives whose result may share memory with their first argument."""
    _VIEWS.update(primitives)


def rules_for(primitive) -> tuple[Rule, ...]:
    """The rules of a primitive, those with a condition first; () where it is unknown."""
    return _found(_RULES, primitive) or ()


def pushforwards_for(primitive) -> tuple[Rule, ...]:
    """The written pushforwards of a primitive, those with a condition first."""
    return _found(_PUSHFORWARDS, primitive) or ()


def linear_in(primitive) -> Linear | None:
    """In which arguments a primitive is linear, if it is declared so."""
    found: Linear | None = _found(_LINEAR, primitive)
    return found


def refusal_of(primitive) -> Refused | None:
    """Why a primitive has no rule, if somebody said so; for a method, perhaps of all like it."""
    found: Refused | None = _found(_REFUSED, primitive)
    if found is None and not _found(_RULES, primitive):
        found = _found(_REFUSED, getattr(primitive, "__func__", None))
    return found


def drawing(primitive) -> object:
    """The method of `Generator` that stands for a method of any generator of random numbers."""
    owner = getattr(primitive, "__self__", None)
    if isinstance(owner, np.random.Generator | np.random.RandomState):
        of_owner = getattr(type(owner), primitive.__name__, primitive)
        return getattr(np.random.Generator, primitive.__name__, of_owner)
    return primitive


def classes_of(primitive) -> tuple[str, ...]:
    """All classes that a primitive was put into; more than one is a mistake."""
    found = []
    primitive = drawing(primitive)
    if is_constant(primitive):
        found.append("constructor" if primitive in _CONSTRUCTORS else "constant")
    elif rules_for(primitive):
        declared = linear_in(primitive)
        jointly = declared is not None and declared.jointly
        found.append("linear" if jointly else "differentiable")
    if _is_in(_HANDLED, primitive):
        found.append("differentiable")
    if _is_in(_SAMPLED, primitive):
        found.append("random")
    refusal = refusal_of(primitive)
    if refusal is not None:
        found.append("never" if refusal.never else "not yet")
    return tuple(found)


def class_of(primitive) -> str | None:
    """The class of a primitive, None where it is unknown.

    "constant", "constructor", "linear", "differentiable", "random", "not yet" or "never".
    """
    found = classes_of(primitive)
    return found[0] if found else None


def _found(table, primitive):
    _load_rules_of(primitive)
    try:
        found = table.get(primitive)
        return table.get(_of_original(primitive)) if found is None else found
    except TypeError:  # not hashable
        return None


def _of_original(primitive):
    """A method of a copy of a distribution, as those inside frozen ones, of the distribution."""
    owner: Any = getattr(primitive, "__self__", None)
    known = isinstance(owner, getattr(sys.modules.get("scipy.stats"), "rv_continuous", ()))
    if not known:
        return primitive
    original: Any = getattr(sys.modules["scipy.stats"], str(owner.name), None)
    if type(original) is not type(owner) or (original.a, original.b) != (owner.a, owner.b):
        return primitive
    return getattr(original, primitive.__name__, primitive)


def _load_rules_of(primitive):
    """Load the rules of the library that a primitive comes from, unless they are there."""
    owner = getattr(primitive, "__self__", None)
    named = (
        getattr(primitive, "__module__", None),
        type(owner).__module__,
        type(primitive).__module__,
    )
    libraries = {str(name).partition(".")[0] for name in named}
    if isinstance(primitive, np.ufunc) and "scipy.special" in sys.modules:
        libraries.add("scipy")  # a ufunc does not say where it lives
    for library in libraries & set(runtime.LIBRARIES) - _LOADED:
        _LOADED.add(library)
        runtime.include(library)
        package = importlib.import_module(f"{__package__}.{library}")
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")


_LOADED: set[str] = set()


def registered() -> tuple[Rule, ...]:
    """All rules, in the order of registration of their primitives; pushforwards last."""
    return tuple(
        rule for table in (_RULES, _PUSHFORWARDS) for rules in table.values() for rule in rules
    )


def is_constant(primitive) -> bool:
    rules = rules_for(primitive)
    return any(rule.form == "constant" for rule in rules)


def is_view(primitive) -> bool:
    return _is_in(_VIEWS, primitive)


def _is_in(names, primitive) -> bool:
    try:
        return primitive in names
    except TypeError:  # not hashable
        return False


def view_names() -> frozenset[str]:
    """What the primitives whose result may share memory are called, without their modules."""
    return frozenset(str(getattr(view, "__name__", "")) for view in _VIEWS)


def may_turn_complex(primitive) -> bool:
    """Whether the result of a primitive is complex or real by its values, not by its kinds."""
    return bool(_found(_TURNS_COMPLEX, primitive))


def turns_complex(*primitives):
    """Register primitives whose result may be complex for real arguments: it counts as complex."""
    _TURNS_COMPLEX.update(dict.fromkeys(primitives, True))


def _register(primitives, form, function, when, broadcasts):
    listed = _parameters(function)
    dots = tuple(name[:-4] for name in listed if name.endswith("_dot"))
    tangents = dots if form == "pushforward" else ()
    names = tuple(listed)[{"elementwise": 1, "pullback": 2}.get(form, 1 + len(dots)) :]
    defaults = MappingProxyType({n: listed[n] for n in names if listed[n] is not _REQUIRED})
    condition = _of_named(when)
    for primitive in dict.fromkeys(primitives):
        _add(Rule(primitive, form, function, broadcasts, condition, names, defaults, tangents))
    return function


_REQUIRED = object()
_CONDITIONS: set[object] = set()  # conditions that take the kinds of all parameters


def _parameters(function):
    """The parameters of a plain function and their defaults, as its code has them.

    `inspect.signature` says the same, but there are thousands of rules to be read at import.
    """
    code = function.__code__
    count = code.co_argcount + code.co_kwonlyargcount
    names = code.co_varnames[: count + bool(code.co_flags & inspect.CO_VARARGS)]
    found = dict.fromkeys(names, _REQUIRED)
    values = function.__defaults__ or ()
    found.update(zip(names[code.co_argcount - len(values) : code.co_argcount], values, strict=True))
    found.update(function.__kwdefaults__ or {})
    return found


def _of_named(when):
    """`when`, made to take the kinds of all parameters although it names only those it looks at."""
    if when is None or when in _CONDITIONS:
        return when
    names = tuple(_parameters(when))

    def of_all(**kinds):
        return bool(when(**{name: kinds[name] for name in names if name in kinds}))

    _CONDITIONS.add(of_all)
    return of_all


def _add(rule):
    def same(other):  # what is registered again replaces what was there
        if rule.when is None or other.when is None:
            return rule.when is other.when
        return rule.function.__qualname__ == other.function.__qualname__

    table = _PUSHFORWARDS if rule.form == "pushforward" else _RULES
    rules = [other for other in table.get(rule.primitive, ()) if not same(other)] + [rule]
    table[rule.primitive] = tuple(sorted(rules, key=lambda rule: rule.when is None))


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
    "compress": np.ndarray.compress,
}  # fmt: skip


def operator_primitive(op: str) -> object:
    """The ufunc of an operator, by the name of its class in `ast`."""
    return _OPERATORS[op]


def method_primitive(name: str) -> object | None:
    """The function that an ndarray method calls; the method itself where there is none."""
    return _METHODS.get(name)


# What a rule reads

_SHAPE_ATTRIBUTES = {"shape", "size", "ndim", "dtype"}
_SHAPE_FUNCTIONS = {  # read shape and type of the argument at this position and nothing else
    "len": 0, "np.shape": 0, "np.ndim": 0, "np.size": 0, "np.zeros_like": 0, "np.ones_like": 0,
    "np.full_like": 0, "np.empty_like": 0,
}  # fmt: skip


def shape_position(called: str) -> int | None:
    """The argument of which a function reads shape and type alone, if there is one."""
    return _SHAPE_FUNCTIONS.get(called, runtime.SHAPE_OF.get(called))


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
    position = shape_position(ast.unparse(node.func)) if isinstance(node, ast.Call) else None
    if position is not None and len(node.args) > position:
        shaped = node.args[position]
        others = [_reads_of(p, known) for p in parts if p is not shaped]
        return frozenset().union(_shapes(_reads_of(shaped, known)), *others)
    return frozenset().union(*(_reads_of(part, known) for part in parts))


def _shapes(names) -> frozenset[str]:
    return frozenset(name if name.endswith(".shape") else f"{name}.shape" for name in names)
