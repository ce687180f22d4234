"""Every rule, from tables, against central differences; and the form in which rules are written."""

import ast
import builtins
import functools
import inspect
import itertools
import math
import os
import runpy
import textwrap
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace as Known

import numpy as np
import pytest
from tests.together import hold_for_all, numbered

from tapeless import runtime
from tapeless.rules import (
    Rule,
    is_constant,
    is_view,
    linear_in,
    method_primitive,
    operator_primitive,
    pushforwards_for,
    reads,
    registered,
    rules_for,
)

HERE = Path(__file__).parent
pytestmark = pytest.mark.filterwarnings("error")


@dataclass(frozen=True)
class Kind:
    """The little that a `when` asks of an argument."""

    value: object
    static: bool

    @property
    def rank(self):
        numeric = (complex, float, int, np.ndarray, np.number)
        return np.ndim(self.value) if isinstance(self.value, numeric) else None

    @property
    def items(self):
        if not isinstance(self.value, (list, tuple)):
            return None
        return [Kind(plain(v), isinstance(v, Known) or is_static(v)) for v in self.value]

    @property
    def is_scalar(self):
        return isinstance(self.value, (complex, float, int, np.number, np.bool_))

    @property
    def dtype(self):
        numeric = isinstance(self.value, (complex, np.ndarray, np.number))
        return "c" if numeric and np.iscomplexobj(self.value) else "f"


def load_cases():
    # One family at a time, while it is being written: RULE_CASES=linalg pytest tests/rules
    family = os.environ.get("RULE_CASES", "*")
    for path in sorted(HERE.glob(f"cases_{family}.py")):
        for primitive, args, kwargs in runpy.run_path(str(path))["CASES"]:
            name = getattr(primitive, "__name__", str(primitive))
            yield f"{path.stem[6:]}-{name}", (primitive, args, kwargs)


GROUPS = numbered(load_cases())  # the cases of each primitive of a family
CASES = [case for group in GROUPS.values() for _, case in group]


def plain(value):
    return value.value if isinstance(value, Known) else value


def is_static(value):
    return not isinstance(value, (complex, float, np.inexact, np.ndarray, list))


def select(primitive, args, kwargs, table=rules_for):
    """The first rule whose condition holds, and all its arguments."""
    for rule in table(primitive):
        bound = dict(zip(rule.parameters, args)) | kwargs
        if len(args) > len(rule.parameters) or not bound.keys() <= set(rule.parameters):
            continue
        bound = {
            name: bound[name] if name in bound else rule.defaults[name] for name in rule.parameters
        }
        kinds = {n: Kind(plain(v), isinstance(v, Known) or is_static(v)) for n, v in bound.items()}
        if rule.when is None or rule.when(**kinds):
            return rule, {name: plain(value) for name, value in bound.items()}
    return None, {}


def leaves(value, path=()):
    """The numbers in a value and the way to each."""
    if isinstance(value, (list, tuple)):
        for i, item in enumerate(value):
            yield from leaves(item, (*path, i))
    elif isinstance(value, np.ndarray) and value.dtype.kind in "fc":
        for index in np.ndindex(value.shape):
            yield (*path, index)
    elif isinstance(value, (complex, float, np.inexact)):
        yield path


def nudged(value, path, h):
    if not path:
        return type(value)(value + h)
    if isinstance(value, np.ndarray):
        value = value.copy()
        value[path[0]] += h
        return value
    return type(value)(
        nudged(item, path[1:], h) if i == path[0] else item for i, item in enumerate(value)
    )


def at(value, path):
    for step in path:
        value = np.asarray(value)[step] if isinstance(step, tuple) else value[step]
    return value


def inner(y_bar, y):
    if isinstance(y, (list, tuple)):
        pairs = zip(y_bar, y, strict=True)
        return sum(inner(b, v) for b, v in pairs if b is not None and v is not None)
    return float(np.real(np.sum(np.multiply(y_bar, y))))


def random_like(y, generator):
    if isinstance(y, (list, tuple)):
        return [random_like(item, generator) for item in y]
    unit = 1.0 + 0.7j if np.iscomplexobj(y) else 1.0
    return unit * (generator.normal(size=np.shape(y)) if np.ndim(y) else float(generator.normal()))


@functools.cache
def returns_several(rule):
    """Whether what is returned is one value for each argument, written out as a tuple."""
    definition = ast.parse(textwrap.dedent(inspect.getsource(rule.function))).body[0]
    return isinstance(definition.body[-1].value, ast.Tuple)


def cotangents_of(rule, y, y_bar, bound):
    if rule.form == "elementwise":
        partials = rule.function(y, *bound.values())
        partials = partials if isinstance(partials, tuple) else (partials,)
        found = [None if p is None else y_bar * p for p in partials]
    else:
        found = rule.function(y, y_bar, *bound.values())
        found = found if returns_several(rule) else (found,)
    pairs = zip(found, bound.values(), strict=False)
    return [runtime.unbroadcast(b, x) if b is not None and rule.broadcasts else b for b, x in pairs]


@pytest.mark.parametrize("group", GROUPS)
def test_rule_agrees_with_central_differences(group):
    hold_for_all(check_reverse, GROUPS[group])


def check_reverse(primitive, args, kwargs):
    generator = np.random.default_rng(0)
    rule, bound = select(primitive, args, kwargs)
    assert rule is not None, "no rule applies"
    call_args = [plain(value) for value in args]
    call_kwargs = {name: plain(value) for name, value in kwargs.items()}
    kept = [np.copy(value) if isinstance(value, np.ndarray) else value for value in call_args]
    y = primitive(*call_args, **call_kwargs)
    y_bar = random_like(y, generator)
    found = cotangents_of(rule, y, y_bar, bound)
    for before, after in zip(kept, call_args, strict=True):
        if isinstance(before, np.ndarray):
            np.testing.assert_array_equal(before, after)
    compared = 0
    for i, x_bar in enumerate(found):
        if i >= len(call_args):
            continue
        x = call_args[i]
        if isinstance(x, np.ndarray) and x.dtype.kind in "fc" and x_bar is not None:
            assert np.shape(x_bar) == x.shape
        for path in leaves(x):
            h = 1e-6

            def shifted(step):
                moved = [*call_args[:i], nudged(x, path, step), *call_args[i + 1 :]]
                return inner(y_bar, primitive(*moved, **call_kwargs))

            expected = (shifted(h) - shifted(-h)) / (2.0 * h)
            if np.iscomplexobj(
                at(x, path)
            ):  # the convention: x_bar * dx is paired without conjugation
                expected -= 1j * (shifted(1j * h) - shifted(-1j * h)) / (2.0 * h)
            actual = 0.0 if x_bar is None else at(x_bar, path)
            if not np.iscomplexobj(
                at(x, path)
            ):  # of a complex cotangent the engine takes the real part
                actual = np.real(actual)
            np.testing.assert_allclose(
                actual, expected, rtol=2e-6, atol=2e-7, err_msg=f"{i} {path}"
            )
            compared += 1
    assert compared or all(x_bar is None for x_bar in found)


def direction_like(x, generator):
    """A random tangent of an argument, None where it can have none."""
    if isinstance(x, (list, tuple)):
        parts = [direction_like(item, generator) for item in x]
        return type(x)(parts) if any(part is not None for part in parts) else None
    if isinstance(x, np.ndarray) and x.dtype.kind in "fc":
        unit = 1.0 + 0.7j if x.dtype.kind == "c" else 1.0
        return np.asarray(unit * generator.normal(size=x.shape), x.dtype)
    if isinstance(x, (complex, float, np.inexact)):
        return type(x)(generator.normal())
    return None


def zeros_like(x):
    if isinstance(x, (list, tuple)):
        return type(x)(zeros_like(item) for item in x)
    return np.zeros_like(x) if isinstance(x, np.ndarray) else 0.0


def moved(x, x_dot, h):
    if x_dot is None:
        return x
    if isinstance(x, (list, tuple)):
        return type(x)(moved(item, dot, h) for item, dot in zip(x, x_dot, strict=True))
    return type(x)(x + h * x_dot) if not isinstance(x, np.ndarray) else x + h * x_dot


def difference(above, below, scale):
    if isinstance(above, (list, tuple)):
        return [difference(a, b, scale) for a, b in zip(above, below, strict=True)]
    return (np.asarray(above) - np.asarray(below)) / scale


def total_of(contributions):
    """The sum of tangents; item by item where there are several results."""
    return functools.reduce(plus, contributions)


def plus(one, other):
    if isinstance(one, (list, tuple)):
        return [plus(a, b) for a, b in zip(one, other, strict=True)]
    return other if one is None else one if other is None else one + other


def tangent_of(primitive, y, args, kwargs, dots):
    """The tangent of the result, by the written pushforward, by linearity or from the partials."""
    rule, bound = select(primitive, args, kwargs, pushforwards_for)
    named = dict(zip(bound, dots, strict=False))
    if rule is not None:
        given = [named.get(t) for t in rule.tangents]
        filled = [zeros_like(bound[t]) if g is None else g for t, g in zip(rule.tangents, given)]
        found = rule.function(y, *filled, *bound.values())
        if len(rule.tangents) == 1 or not returns_several(rule):
            return found
        return total_of(f for f, g in zip(found, given, strict=True) if g is not None)
    call_args = [plain(value) for value in args]
    call_kwargs = {name: plain(value) for name, value in kwargs.items()}
    linear = linear_in(primitive)
    if linear is not None:
        places = [i for i in linear.of if i < len(args)]
        filled = list(call_args)
        if linear.jointly:
            for i in places:
                filled[i] = zeros_like(call_args[i]) if dots[i] is None else dots[i]
            return primitive(*filled, **call_kwargs)
        parts = [
            [*call_args[:i], dots[i], *call_args[i + 1 :]] for i in places if dots[i] is not None
        ]
        return total_of(primitive(*part, **call_kwargs) for part in parts)
    rule, bound = select(primitive, args, kwargs)
    assert rule.broadcasts, "a pullback of this form needs a pushforward, or `linear`"
    total = 0.0
    for i, x_dot in enumerate(dots):
        if x_dot is None:
            continue
        if rule.form == "elementwise":
            partials = rule.function(y, *bound.values())
            partial = partials[i] if isinstance(partials, tuple) else partials
            total = total + x_dot * partial
        else:
            found = rule.function(y, x_dot, *bound.values())
            total = total + (found[i] if returns_several(rule) else found)
    return total


def check_tangent(actual, expected):
    if isinstance(expected, list):
        for one, other in zip(actual, expected, strict=True):
            check_tangent(one, other)
    elif actual is not None:
        assert np.shape(actual) == np.shape(expected)
        np.testing.assert_allclose(actual, expected, rtol=2e-6, atol=5e-7)


@pytest.mark.parametrize("group", GROUPS)
def test_forward_agrees_with_central_differences_and_with_reverse(group):
    hold_for_all(check_forward, GROUPS[group])


def check_forward(primitive, args, kwargs):
    generator = np.random.default_rng(1)
    rule, bound = select(primitive, args, kwargs)
    call_args = [plain(value) for value in args]
    call_kwargs = {name: plain(value) for name, value in kwargs.items()}
    y = primitive(*call_args, **call_kwargs)
    y_bar = random_like(y, generator)
    x_bars = cotangents_of(rule, y, y_bar, bound)
    dots = [
        direction_like(x, generator) if x_bar is not None and not isinstance(arg, Known) else None
        for x, x_bar, arg in itertools.zip_longest(call_args, x_bars[: len(args)], args)
    ]
    if all(dot is None for dot in dots):
        return
    found = tangent_of(primitive, y, args, kwargs, dots)
    h = 1e-6
    above, below = (
        primitive(
            *[moved(x, dot, step) for x, dot in zip(call_args, dots, strict=True)], **call_kwargs
        )
        for step in (h, -h)
    )
    check_tangent(found, difference(above, below, 2.0 * h))
    there = inner(y_bar, found)
    back = sum(
        inner(x_bar, x_dot) for x_bar, x_dot in zip(x_bars, dots, strict=False) if x_dot is not None
    )
    np.testing.assert_allclose(there, back, rtol=1e-9, atol=1e-9)


def rules_of_samples():
    """The rules of the functions that draw random numbers."""
    home = "tapeless.rules.random_numbers"
    return {r for r in registered() if r.function and r.function.__module__ == home}


def rules_of_containers():
    """The rules of lists and dicts: tests/programs/language_containers.py runs whole programs."""
    home = "tapeless.rules.containers"
    return {r for r in registered() if r.function and r.function.__module__ == home}


def test_every_rule_has_a_case():
    covered = {select(*case)[0] for case in CASES}
    covered |= {select(*case, pushforwards_for)[0] for case in CASES}
    covered |= set(
        rules_for(np.float32)
    )  # too coarse for differences; its rules are those of float64
    assert {r.function for r in rules_for(np.float32)} == {
        r.function for r in rules_for(np.float64)
    }
    # A sample cannot be drawn twice: test_random_numbers.py runs whole programs.
    sampled = rules_of_samples()
    assert len({rule.primitive for rule in sampled}) == 16
    covered |= sampled | rules_of_containers()
    missing = [r for r in registered() if r.form != "constant" and r not in covered]
    assert [(str(rule.primitive), rule.function.__name__) for rule in missing] == []


# --- the form of rules ---------------------------------------------------------------------------


def written():
    """The rules of each module."""
    for primitive, _, _ in CASES:
        rules_for(primitive)  # those of SciPy are read when they are asked for
    modules = {}
    for rule in {rule.function: rule for rule in registered() if rule.function}.values():
        home = rule.function.__module__.removeprefix("tapeless.rules.")
        modules.setdefault(home, []).append((rule.function.__qualname__, (rule,)))
    return modules


WRITTEN = written()


@pytest.mark.parametrize("module", WRITTEN)
def test_rules_can_be_spliced(module):
    hold_for_all(check_form, WRITTEN[module])


def check_form(rule: Rule):
    definition = ast.parse(textwrap.dedent(inspect.getsource(rule.function))).body[0]
    body = definition.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    assert isinstance(body[-1], ast.Return)
    assert all(isinstance(statement, ast.Assign) for statement in body[:-1])
    allowed = {a.arg for a in definition.args.args} | {"np", "math"}
    allowed |= {
        n.id
        for comprehension in ast.walk(definition)
        if isinstance(comprehension, ast.comprehension)
        for n in ast.walk(comprehension.target)
        if isinstance(n, ast.Name)
    }
    for statement in body:
        for node in ast.walk(statement):
            assert not isinstance(node, (ast.IfExp, ast.Lambda, ast.GeneratorExp))
            if (
                isinstance(node, ast.Name)
                and isinstance(node.ctx, ast.Load)
                and node.id not in allowed
            ):
                found = rule.function.__globals__.get(node.id) or getattr(builtins, node.id)
                known = runtime.FUNCTIONS.get(node.id) or getattr(builtins, node.id, None)
                assert inspect.ismodule(found) or found is known
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                allowed.add(node.id)
    dots = [f"{name}_dot" for name in rule.tangents]
    leading = {"elementwise": ["y"], "pullback": ["y", "y_bar"]}.get(rule.form, ["y", *dots])
    assert [a.arg for a in definition.args.args[: len(leading)]] == leading


# --- kinks that central differences do not show --------------------------------------------------


def test_three_way_ties_share_in_thirds():
    x = np.array([2.0, 1.0, 2.0, 2.0])
    rule, bound = select(np.max, (x,), {})
    np.testing.assert_allclose(rule.function(2.0, 3.0, **bound), [1.0, 0.0, 1.0, 1.0])
    rule, bound = select(np.min, (np.array([x, -x]),), {"axis": 1})
    cotangent = rule.function(np.array([1.0, -2.0]), np.array([1.0, 3.0]), **bound)
    np.testing.assert_allclose(cotangent, [[0.0, 1.0, 0.0, 0.0], [1.0, 0.0, 1.0, 1.0]])


def test_clip_shares_come_to_one_at_a_triple_tie():
    rule, bound = select(np.clip, (1.0, 1.0, 1.0), {})
    assert sum(rule.function(1.0, 1.0, **bound)) == 1.0


@pytest.mark.parametrize(
    "power", [0.0, 1.0, 2.0, 3.0, Known(value=0), Known(value=1), Known(value=2), Known(value=3)]
)
@pytest.mark.parametrize("x", [0.0, np.zeros(2)])
def test_powers_at_zero_have_a_slope(power, x):
    rule, bound = select(np.power, (x, power), {})
    y = x ** plain(power)
    base_bar = cotangents_of(rule, y, 1.0 + 0.0 * x, bound)[0]
    expected = 1.0 if plain(power) == 1 else 0.0
    np.testing.assert_array_equal(0.0 * x if base_bar is None else base_bar, expected + 0.0 * x)


def test_minimum_of_infinities_is_no_nan():
    rule, bound = select(np.minimum, (np.array([np.inf, -np.inf]), np.array([np.inf, 1.0])), {})
    np.testing.assert_array_equal(rule.function(None, np.ones(2), **bound)[0], [0.5, 1.0])


def test_single_precision_stays():
    x = np.linspace(0.3, 0.8, 4, dtype=np.float32)
    for primitive in (np.maximum, np.minimum, np.multiply, np.divide, np.power, np.hypot, np.fmax):
        rule, bound = select(primitive, (x, x[::-1].copy()), {})
        for x_bar in cotangents_of(rule, primitive(x, x[::-1]), np.ones_like(x), bound):
            assert x_bar.dtype == np.float32, primitive
    for primitive in (np.exp, np.log2, np.tanh, np.arcsin, np.sqrt, np.sinc, np.abs, np.exp2,
              np.sum, np.mean,
                      np.ptp, np.std, np.var, np.cumsum, np.prod):  # fmt: skip
        rule, bound = select(primitive, (x,), {})
        y = primitive(x)
        y_bar = np.ones_like(x) if np.ndim(y) else 1.0
        assert cotangents_of(rule, y, y_bar, bound)[0].dtype == np.float32, primitive


def test_python_floats_stay_python_floats():
    for primitive in (math.sin, math.exp, math.sqrt, math.log, abs, math.erf, math.fabs, math.atan):
        rule, bound = select(primitive, (0.4,), {})
        assert type(cotangents_of(rule, primitive(0.4), 1.0, bound)[0]) is float
    for primitive in (math.pow, pow, max, min, math.atan2, math.hypot, math.fmod):
        rule, bound = select(primitive, (0.4, 1.5), {})
        for x_bar in rule.function(primitive(0.4, 1.5), 1.0, **bound)[:2]:
            assert type(x_bar) in (float, int)


# --- what is refused, constant, a view -----------------------------------------------------------


@pytest.mark.parametrize(
    ("primitive", "args", "kwargs"),
    [
        (np.sum, (np.ones(3),), {"dtype": Known(value=int)}),
        (np.mean, (np.ones(3),), {"dtype": Known(value=int)}),
        (np.cumsum, (np.ones(3),), {"dtype": Known(value=int)}),
        (np.pad, (np.ones(3), 1), {"mode": "maximum"}),
        (np.median, (np.ones(3),), {"overwrite_input": True}),
        (np.unique, (np.ones(3),), {}),
        (np.apply_along_axis, (np.sum, 0, np.ones((3, 3))), {}),
        (np.r_.__getitem__, (("0,2", np.ones(3)),), {}),
    ],
)
def test_no_rule_applies(primitive, args, kwargs):
    assert select(primitive, args, kwargs)[0] is None


def test_constants_views_and_unknowns():
    assert is_constant(np.floor)
    assert is_constant(np.argmax)
    assert is_constant(len)
    assert is_constant(np.greater)
    assert not is_constant(np.sin)
    assert not is_constant(np.unique)
    assert not is_constant([])
    assert is_view(np.reshape)
    assert is_view(np.asarray)
    assert not is_view(np.copy)
    assert not is_view([])
    assert rules_for([]) == ()
    assert rules_for(np.unique) == ()


@pytest.mark.parametrize(
    "op", ["Add", "Sub", "Mult", "Div", "Pow", "MatMult", "Mod", "USub", "UAdd"]
)
def test_operators_have_rules(op):
    assert rules_for(operator_primitive(op))


@pytest.mark.parametrize(
    "name", "sum mean max min std var prod dot reshape copy astype flatten item ravel T_".split()
)
def test_methods_are_functions(name):
    primitive = method_primitive(name)
    assert primitive is None if name == "T_" else rules_for(primitive)


def test_views_are_what_numpy_shares():
    x = np.arange(6.0).reshape(2, 3)
    results = {
        np.reshape: np.reshape(x, 6), np.ravel: np.ravel(x), np.transpose: x.T, np.flip: np.flip(x),
        np.diag: np.diag(x), np.real: np.real(x), np.rot90: np.rot90(x), np.copy: np.copy(x),
        np.tril: np.tril(x), np.roll: np.roll(x, 0), np.squeeze: np.squeeze(x),
        np.conjugate: x.conj(), np.repeat: np.repeat(x, 1), np.tile: np.tile(x, 1),
        np.take: np.take(x, [0, 1], 0), np.positive: np.positive(x),
        np.concatenate: np.concatenate([x]), np.clip: np.clip(x, None, 9.0),
        np.nan_to_num: np.nan_to_num(x, False),
    }  # fmt: skip
    for primitive, result in results.items():
        assert np.shares_memory(result, x) <= is_view(primitive), primitive


def test_reads():
    def of(primitive, *args, **kwargs):
        return reads(select(primitive, args, kwargs)[0])

    assert of(np.tanh, 1.0) == {0: {"y"}}
    assert of(np.add, 1.0, 1.0) == {0: set(), 1: set()}
    assert of(np.multiply, 1.0, 1.0) == {0: {"x2"}, 1: {"x1"}}
    assert of(np.sum, np.ones(3)) == {0: {"a.shape", "axis", "keepdims"}}
    assert of(np.mean, np.ones(3))[0] >= {"a.shape"}
    assert of(np.var, np.ones(3))[0] == {"a"}
    assert of(np.where, np.array([True]), 1.0, 1.0) == {1: {"condition"}, 2: {"condition"}}
    assert of(np.concatenate, [np.ones(2)]) == {0: {"arrays.shape", "axis"}}
    assert of(np.linalg.solve, np.eye(2), np.ones(2)) == {0: {"a", "y"}, 1: {"a"}}
    assert of(np.maximum, 1.0, 1.0)[0] == {"x1", "x2"}
