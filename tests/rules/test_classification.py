"""Every public function of NumPy, SciPy and Python is in one class, and belongs there.

A name that a newer version adds is in no class until somebody has looked at it: it is named here.
"""

import copy
import importlib.util
import pkgutil
import re
import types
from pathlib import Path

import numpy as np
import pytest

from tapeless.rules import (
    class_of,
    classes_of,
    is_constant,
    linear_in,
    pushforwards_for,
    refusal_of,
    registered,
)

ROOT = Path(__file__).resolve().parents[2]


def tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LISTS = tool("list_rules")
NUMPY = ["np", "np.linalg", "np.fft", "np.random", "np.random.Generator", "np.ndarray"]
NUMPY += ["np.emath", "np.polynomial"]
NUMPY += [f"np.polynomial.{name}" for name in LISTS.POLYNOMIALS]
PYTHON = ["math", "cmath", "operator", "random", ""]
SCIPY = [
    f"scipy.{name}"
    for name in ("special", "linalg", "fft", "signal", "integrate", "interpolate", "stats")
] + ["scipy.stats.rv_continuous", "scipy.stats.rv_discrete"]
DISTRIBUTIONS = """
    norm t uniform expon gamma beta chi2 f lognorm cauchy laplace logistic weibull_min pareto
    gumbel_r halfnorm invgamma poisson binom bernoulli nbinom geom
    multivariate_normal multivariate_t dirichlet multinomial
"""


def public(prefix):
    """The public functions of a namespace by name."""
    if prefix.startswith("scipy"):
        pytest.importorskip("scipy")
    return LISTS.namespaces()[prefix]


def everything():
    for prefix, names in LISTS.namespaces().items():
        for name, primitive in names.items():
            yield f"{prefix}.{name}", primitive


# --- each function is in one class ---------------------------------------------------------------


@pytest.mark.parametrize("prefix", [*NUMPY, *PYTHON, *SCIPY])
def test_every_function_is_in_a_class(prefix):
    assert [name for name, thing in public(prefix).items() if not classes_of(thing)] == []


@pytest.mark.parametrize("prefix", [*NUMPY, *PYTHON, *SCIPY])
def test_no_function_is_in_two_classes(prefix):
    found = {name: classes_of(thing) for name, thing in public(prefix).items()}
    assert {name: classes for name, classes in found.items() if len(classes) > 1} == {}


@pytest.mark.parametrize("name", DISTRIBUTIONS.split())
def test_every_method_of_a_distribution_is_in_one_class(name):
    stats = pytest.importorskip("scipy.stats")
    found = {n: classes_of(m) for n, m in LISTS.public(getattr(stats, name)).items()}
    assert {n: classes for n, classes in found.items() if len(classes) != 1} == {}


def test_no_primitive_with_a_rule_is_refused():
    primitives = dict.fromkeys(rule.primitive for rule in registered())
    assert [LISTS.label(p) for p in primitives if len(classes_of(p)) > 1] == []


def test_classes():
    generator = np.random.default_rng(0)
    assert class_of(np.tanh) == "differentiable"
    assert class_of(np.copyto) == "differentiable"  # a store, by the engine
    assert class_of(np.floor) == "constant"
    assert class_of(np.zeros) == "constructor"
    assert class_of(np.frompyfunc) == "not yet"
    assert class_of(np.save) == "never"
    assert class_of(np.random.normal) == class_of(generator.normal) == "differentiable"
    assert class_of(np.random.standard_normal) == class_of(generator.random) == "random"
    assert class_of(test_classes) is None
    assert class_of([]) is None


def test_methods_of_a_frozen_distribution_are_refused():
    stats = pytest.importorskip("scipy.stats")
    assert class_of(stats.norm(0.0, 1.0).logpdf) == "not yet"
    assert class_of(stats.norm(0.0, 1.0).rvs) == "not yet"


def test_every_rule_serves_forward_mode():
    missing = [
        LISTS.label(rule.primitive)
        for rule in registered()
        if rule.form == "pullback" and not rule.broadcasts and LISTS.is_own(rule)
        if linear_in(rule.primitive) is None and not pushforwards_for(rule.primitive)
    ]
    assert sorted(set(missing)) == []


# --- what is said of them ------------------------------------------------------------------------


def test_reasons_are_one_sentence_with_a_way_out():
    refusals = {r for _, thing in everything() if (r := refusal_of(thing)) is not None}
    for refusal in refusals:
        assert re.fullmatch(r"[^.\s].*[^.\s]", refusal.reason)
        assert ". " not in refusal.reason
        assert re.fullmatch(r"\S.*[^.\s]", refusal.instead)


def test_ways_out_are_open():
    """What a refusal advises to use is there and not refused itself."""
    named = dict(everything())
    for refusal in {r for thing in named.values() if (r := refusal_of(thing)) is not None}:
        for name in re.findall(r"\b(?:np|scipy)(?:\.\w+)+", refusal.instead):
            path = name.replace("np.", "numpy.", 1) if name.startswith("np.") else name
            thing = pkgutil.resolve_name(path)
            refused = class_of(thing) in ("not yet", "never", None)
            assert isinstance(thing, types.ModuleType) or not refused, name


EFFECTS = """
    print info set_printoptions setbufsize seterr seterrcall show_config show_runtime
    set_global_backend register_backend set_backend skip_backend set_workers
"""
COUNTS = "hanning hamming blackman bartlett correlation_lags"  # a fraction of one has no meaning
UNSET = "empty empty_like"


def numbers(value):
    """The inexact numbers in a result."""
    if isinstance(value, (list, tuple)):
        return [n for item in value for n in numbers(item)]
    if isinstance(value, (complex, float, np.inexact)):
        return [complex(value)]
    if isinstance(value, np.ndarray) and value.dtype.kind in "fc":
        return [complex(n) for n in value.ravel()]
    return []


def results(primitive, arguments):
    try:
        with np.errstate(all="ignore"):
            return numbers(primitive(*copy.deepcopy(arguments)))  # some write into what they get
    except Exception:
        return None


CONSTANTS = {
    name: thing
    for name, thing in everything()
    if is_constant(thing)
    and name.rpartition(".")[2] not in f"{EFFECTS} {COUNTS} {UNSET}".split()
    and not name.startswith(("np.random", "random"))
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", CONSTANTS)
def test_constants_do_not_vary(name):
    vector, other = np.array([0.31, 0.77, 0.52]), np.array([0.68, 0.29, 0.91])
    samples = [
        (vector,), (vector, other), (0.31,), (1.7, 0.68), (3, 0.7), (np.outer(vector, other),),
        (list(vector),), (iter(vector), float), (vector, 0.4), (0.4, vector),
    ]  # fmt: skip
    for arguments in samples:
        before = results(CONSTANTS[name], arguments)
        for i, argument in enumerate(arguments):
            if isinstance(argument, (float, list, np.ndarray)) and before:
                moved = (np.asarray(argument) + 1e-7).tolist()
                moved = np.array(moved) if isinstance(argument, np.ndarray) else moved
                after = results(CONSTANTS[name], (*arguments[:i], moved, *arguments[i + 1 :]))
                assert after == before
