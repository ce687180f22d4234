"""The cases of the rules as programs: written to files, differentiated by the engine, checked.

`python -m tests.rules.through_engine [family ...]` runs every case of the tables in every form and
arrangement, and prints what fails; `-v` adds the programs.  The suite runs a choice of them.
"""

import argparse
import ast
import builtins
import cmath
import collections
import copy
import functools
import importlib
import importlib.util
import itertools
import math
import multiprocessing
import operator
import random
import re
import runpy
import statistics
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace as Known

import numpy as np
from tests.rules import test_rules

from tapeless import NotSupported, jvp, value_and_grad
from tapeless.rules import method_primitive, operator_primitive

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEADER = "import builtins, cmath, math, operator, random, statistics\nimport numpy as np\n"
LIBRARIES = "fft integrate interpolate linalg ndimage signal special stats".split()
PER_FILE = 150
# Where the whole engine once went wrong although the rule was right, and no case stands for these.
ALWAYS = """
    reductions-np.sum-39 reductions-np.prod-39 reductions-np.max-31 reductions-np.min-31
    scipy_signal-signal.correlate-15 scipy_signal-signal.oaconvolve-15
    scipy_signal-signal.convolve2d-5 polynomials-np.polydiv-2 products-np.kron-7 joining-np.stack-4
    complex-np.real-2 index_objects-np.r_-9
""".split()

OPERATORS = {
    operator_primitive(name): symbol
    for name, symbol in {
        "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "Pow": "**", "MatMult": "@", "Mod": "%",
    }.items()
}  # fmt: skip
METHODS = {
    method_primitive(name): name
    for name in dir(np.ndarray)
    if method_primitive(name) is not None and name != "conj"
}


@functools.cache
def label_of():
    spec = importlib.util.spec_from_file_location("list_rules", ROOT / "tools" / "list_rules.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.label


@dataclass(frozen=True)
class Case:
    """One line of a table, under a name that does not change when others are added before it."""

    name: str  # family-label-how many before it have the same label
    primitive: object
    args: tuple
    kwargs: dict

    def is_subscript(self):
        """Whether the arguments stand in brackets: `np.r_[x, y]`."""
        return getattr(self.primitive, "__name__", "") == "__getitem__"

    def as_given(self):
        """The arguments as the primitive takes them."""
        return (self.args,) if self.is_subscript() else self.args

    def apply(self, args, kwargs):
        if self.is_subscript():
            return self.primitive(tuple(args))
        return self.primitive(*args, **kwargs)


@dataclass
class Program:
    """A function that calls a primitive, and what it is called with."""

    name: str
    case: Case
    form: str  # "call", "method", "operator", "loop"
    arrangement: str  # "plain", "single", "fortran", …
    constant: frozenset = frozenset()  # arguments that are no parameters, although they could be
    text: str = ""
    known: dict = field(default_factory=dict)  # what the text names: constants and weights
    arguments: tuple = ()
    fails: Exception | None = None  # the primal does, so there is nothing to check
    function: object = None


@dataclass(frozen=True)
class Failure:
    program: Program
    what: str  # "refused", "partly refused", "crash", "value", "gradient", "tangent", "type", …
    why: str


# --- the tables ----------------------------------------------------------------------------------


def families():
    return [path.stem[6:] for path in sorted(HERE.glob("cases_*.py"))]


def cases_of(family):
    """The cases of one table that can be written down."""
    counts = collections.Counter()
    for primitive, args, kwargs in runpy.run_path(str(HERE / f"cases_{family}.py"))["CASES"]:
        label = name_of(primitive)
        if label is not None:
            counts[label] += 1
            args = args[0] if label in ("np.r_", "np.c_") else args
            yield Case(f"{family}-{label}-{counts[label]}", primitive, tuple(args), dict(kwargs))


def name_of(primitive):
    """What a primitive is called in source, None where it is not public."""
    owner = getattr(primitive, "__self__", None)
    for name in ("r_", "c_", "mgrid", "ogrid"):
        if owner is getattr(np, name):
            return f"np.{name}"
    label = label_of()(primitive)
    if label.startswith("scipy.interpolate.") and label.endswith(".__call__"):
        return "interpolant"
    label = label.removeprefix("scipy.")
    return label if found_at(label) == primitive else None


def found_at(label):
    """What a label names in a program."""
    first, *rest = label.split(".")
    libraries = {"np": np, "math": math, "cmath": cmath, "operator": operator, "random": random}
    libraries["statistics"] = statistics
    if first in LIBRARIES and importlib.util.find_spec("scipy") is not None:
        libraries[first] = importlib.import_module(f"scipy.{first}")
    found = libraries.get(first, getattr(builtins, first, None))
    for name in rest:
        found = getattr(found, name, None)
    return found


def rule_of(case):
    return test_rules.select(case.primitive, case.as_given(), case.kwargs)[0]


# --- the text ------------------------------------------------------------------------------------


def is_active(value):
    """Whether an argument can be differentiated: floats and complex numbers in it, no others."""
    if isinstance(value, (list, tuple)):
        return bool(value) and all(is_active(item) for item in value)
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fc"
    return isinstance(value, (complex, float, np.inexact))


def is_literal(value):
    try:
        return ast.literal_eval(repr(value)) is not None or value is None
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return False


def written(value, name, known):
    """A constant in the text: as a literal, or as a name."""
    if is_literal(value):
        return repr(value)
    if isinstance(value, type) and value in (int, float, bool, complex):
        return value.__name__
    if isinstance(value, slice):
        return repr(value)
    known[name] = value
    return name


def leaves_of(y, path="y"):
    """The differentiable items of a result and how to write them."""
    if isinstance(y, (list, tuple)):
        for i, item in enumerate(y):
            yield from leaves_of(item, f"{path}[{i}]")
    elif is_active(y):
        yield path, y


def weighted(y, generator, known, k):
    """The text of a sum of a result with weights; None where nothing can be differentiated."""
    terms = []
    for i, (path, item) in enumerate(leaves_of(y)):
        unit = 1.0 + 0.7j if np.iscomplexobj(item) else 1.0
        if isinstance(item, np.ndarray):
            weights = np.asarray(unit * generator.normal(size=item.shape))
            single = item.dtype in (np.float32, np.complex64)
            known[f"w{k}_{i}"] = weights.astype(item.dtype) if single else weights
            term = f"np.sum(w{k}_{i} * {path})"
        else:
            term = f"{unit * float(np.round(generator.normal(), 3))!r} * {path}"
        terms.append(f"np.real({term})" if np.iscomplexobj(item) else term)
    return " + ".join(terms) or None


def program_of(case, k, form="call", arrangement="plain", constant=frozenset()):
    """A case as a program, its text and its arguments; None where this form does not apply."""
    program = Program(f"{case.name}-{form}-{arrangement}", case, form, arrangement, constant)
    generator = np.random.default_rng(0)
    known, names, arguments, given = program.known, [], [], {}

    def place(key, value):
        is_known = isinstance(value, Known)
        value = value.value if is_known else value
        if not is_known and key not in constant and is_active(value):
            value = arranged(value, arrangement)
            names.append(f"x{key}" if isinstance(key, int) else key)
            arguments.append(value)
            given[key] = value
            return names[-1]
        given[key] = value
        return written(value, f"c{k}_{key}", known)

    try:
        parts = [place(i, value) for i, value in enumerate(case.args)]
        keywords = [f"{key}={place(key, value)}" for key, value in case.kwargs.items()]
    except Unsuited:
        return None
    call = call_of(case, form, parts, keywords, names)
    if call is None or not names:
        return None
    program.arguments = tuple(arguments)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            args = [copied(given[i]) for i in range(len(parts))]
            y = case.apply(args, {key: given[key] for key in case.kwargs})
        except Exception as error:
            program.fails = error
            return None if arrangement != "plain" else program
    lines = [f"def f{k}({', '.join(names)}):"]
    if form == "loop":
        if not same_form(y, arguments[0]) or names[0] != parts[0]:
            return None
        lines += [f"    y = {names[0]}", "    for _ in range(2):"]
        inside = call.replace(f"({names[0]}", "(y", 1)
        lines += [f"        y = 0.9 * y + 0.05 * {inside}"]
    else:
        lines += [f"    y = {call}"]
    result = weighted(y, generator, known, k)
    if result is None or not finite(y):
        return None
    program.text = "\n".join([*lines, f"    return {result}", ""])
    return program


def call_of(case, form, parts, keywords, names):
    label = name_of(case.primitive)
    listed = ", ".join([*parts, *keywords])
    if form == "operator":
        symbol = OPERATORS.get(case.primitive)
        fits = symbol and len(parts) == 2 and not keywords
        return f"{parts[0]} {symbol} {parts[1]}" if fits else None
    if form == "method" or label.startswith("np.ndarray."):
        name = label.rpartition(".")[2] if form == "call" else METHODS.get(case.primitive)
        value = case.args[0] if case.args else None
        if name is None or not isinstance(value, np.ndarray) or parts[0] not in names:
            return None
        return f"{parts[0]}.{name}({', '.join([*parts[1:], *keywords])})"
    if label in ("np.r_", "np.c_"):
        return f"{label}[{', '.join(parts)}]"
    if label == "interpolant":
        return f"{parts[0]}({', '.join([*parts[1:], *keywords])})"
    return f"{label}({listed})"


def same_form(y, x):
    if isinstance(x, np.ndarray):
        return isinstance(y, np.ndarray) and y.shape == x.shape and y.dtype == x.dtype
    return isinstance(x, float) and isinstance(y, float)


def finite(y):
    return all(np.all(np.isfinite(item)) for _, item in leaves_of(y))


# --- arrangements --------------------------------------------------------------------------------

ARRANGEMENTS = ["single", "fortran", "strided", "reversed", "zero_d", "size_1", "size_1_last",
                "empty"]  # fmt: skip


class Unsuited(Exception):
    """An argument cannot be arranged so."""


def arranged(value, arrangement):
    if arrangement == "plain":
        return value
    if isinstance(value, (list, tuple)):
        return type(value)(arranged(item, arrangement) for item in value)
    if arrangement == "zero_d":
        return value if isinstance(value, np.ndarray) else np.array(value)
    if not isinstance(value, np.ndarray):
        return value
    return getattr(Arranged, arrangement)(value)


class Arranged:
    """The same numbers, or some of them, in other arrays."""

    @staticmethod
    def single(x):
        return x.astype({"f": np.float32, "c": np.complex64}[x.dtype.kind])

    fortran = staticmethod(np.asfortranarray)

    @staticmethod
    def strided(x):
        if not x.ndim:
            return x
        wide = np.full((*x.shape[:-1], 2 * x.shape[-1]), 0.5, x.dtype)
        wide[..., ::2] = x
        return wide[..., ::2]

    @staticmethod
    def reversed(x):
        return x[..., ::-1].copy()[..., ::-1] if x.ndim else x

    @staticmethod
    def size_1(x):
        return x[:1].copy() if x.ndim else x

    @staticmethod
    def size_1_last(x):
        return x[..., :1].copy() if x.ndim else x

    @staticmethod
    def empty(x):
        return x[:0].copy() if x.ndim else x


def applies(case, arrangement):
    """Whether an arrangement changes anything in the arguments of a case."""
    values = [v for v in (*case.args, *case.kwargs.values()) if is_active(v)]
    arrays = [v for v in flat(values) if isinstance(v, np.ndarray)]
    if arrangement == "zero_d":
        return any(not isinstance(v, np.ndarray) for v in flat(values))
    if arrangement == "fortran":
        return any(v.ndim > 1 for v in arrays)
    if arrangement == "size_1_last":
        return any(v.ndim > 1 and v.shape[-1] > 1 for v in arrays)
    return any(v.ndim for v in arrays)


def flat(values):
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from flat(value)
        else:
            yield value


def copied(value):
    """A copy with the same strides where it matters."""
    if isinstance(value, (list, tuple)):
        return type(value)(copied(item) for item in value)
    if isinstance(value, np.ndarray) and value.dtype != object:
        return copy.deepcopy(value) if value.flags.forc else like(value)
    return value


def like(value):
    found = arranged(value, "strided" if value.strides[-1] > 0 else "reversed")
    return found if found.strides == value.strides else value.copy()


# --- checks --------------------------------------------------------------------------------------


def load(programs, folder, name):
    """Write the programs to a file, and give each its function."""
    header = HEADER
    for library in LIBRARIES:
        if any(f"{library}." in p.text for p in programs):
            header += f"from scipy import {library}\n"
    path = Path(folder) / f"{name}.py"
    path.write_text(header + "\n\n" + "\n\n".join(p.text for p in programs), encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    for program in programs:
        vars(module).update(program.known)
        function = re.match(r"def (\w+)", program.text).group(1)
        program.function = getattr(module, function)


def direction_of(x, generator):
    if isinstance(x, (list, tuple)):
        return type(x)(direction_of(item, generator) for item in x)
    unit = 1.0 + 0.7j if np.iscomplexobj(x) else 1.0
    if isinstance(x, np.ndarray):
        return np.asarray(unit * generator.normal(size=x.shape), x.dtype)
    return type(x)(unit * float(generator.normal()))


def moved(x, x_dot, h):
    if isinstance(x, (list, tuple)):
        return type(x)(moved(item, dot, h) for item, dot in zip(x, x_dot, strict=True))
    if isinstance(x, np.ndarray):
        found = copied(x)
        found[...] = x + h * x_dot
        return found
    return type(x)(x + h * x_dot)


def doubled(x):
    """In double precision."""
    if isinstance(x, (list, tuple)):
        return type(x)(doubled(item) for item in x)
    if isinstance(x, (np.ndarray, np.floating)) and x.dtype in (np.float32, np.complex64):
        return x.astype(complex if x.dtype.kind == "c" else float)
    return copied(x)


def inner(x_bar, x_dot):
    if isinstance(x_dot, (list, tuple)):
        return sum(inner(b, d) for b, d in zip(x_bar, x_dot, strict=True))
    return float(np.real(np.sum(np.multiply(x_bar, x_dot, dtype=complex))))


def differs(x_bar, x, path=""):
    """How a gradient is not like its argument."""
    if isinstance(x, (list, tuple)):
        if type(x_bar) is not type(x) or len(x_bar) != len(x):
            return f"{path}: {type(x_bar).__name__} for {type(x).__name__}"
        found = [differs(b, v, f"{path}[{i}]") for i, (b, v) in enumerate(zip(x_bar, x))]
        return next((f for f in found if f), "")
    if isinstance(x, np.ndarray):
        if not isinstance(x_bar, (np.ndarray, np.generic)):
            return f"{path}: {type(x_bar).__name__} for an array"
        if x_bar.shape != x.shape:
            return f"{path}: shape {x_bar.shape} for {x.shape}"
        return f"{path}: {x_bar.dtype} for {x.dtype}" if x_bar.dtype != x.dtype else ""
    kinds = (complex, np.complexfloating) if np.iscomplexobj(x) else (float, np.floating)
    if np.ndim(x_bar) or not isinstance(x_bar, kinds):
        return f"{path}: {type(x_bar).__name__} for {type(x).__name__}"
    return ""


def warned(function, *args):
    """The result, and the warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = function(*args)
    return found, [f"{w.category.__name__}: {w.message}" for w in caught]


def check(program):
    """All that is wrong with the derivatives of a program."""
    f, args = program.function, program.arguments
    try:
        value, loud = warned(f, *map(copied, args))
    except Exception as error:
        return [Failure(program, "primal", f"{type(error).__name__}: {error}")]
    if np.iscomplexobj(value):  # of real arguments, by their values
        return []
    generator = np.random.default_rng(5)
    dots = tuple(direction_of(x, generator) for x in args)
    given = tuple(map(copied, args))
    try:
        derivative = value_and_grad(f, argnums=tuple(range(len(args))))
        (found, gradient), louder = warned(derivative, *given)
        (out, out_dot), loudest = warned(jvp, f, tuple(map(copied, args)), dots)
    except NotSupported as error:
        return [Failure(program, "refused", reason(error))]
    except Exception as error:
        return [Failure(program, "crash", f"{type(error).__name__}: {str(error).strip()[:300]}")]
    single = program.arrangement == "single"
    rtol, atol = (5e-3, 5e-3) if single else (5e-6, 1e-6)
    failures = []

    def fail(what, why):
        failures.append(Failure(program, what, why))

    for name, one in (("value_and_grad", found), ("jvp", out)):
        if not np.isclose(one, value, rtol=1e-4 if single else 1e-10, atol=1e-9, equal_nan=True):
            fail("value", f"{name}: {one} for {value}")
    for i, (before, after) in enumerate(zip(args, given, strict=True)):
        if not same(before, after):
            fail("changed", f"argument {i}")
        wrong = differs(gradient[i], args[i], f"argument {i}")
        if wrong:
            fail("type", wrong)
    if not loud and louder + loudest:
        fail("warning", f"{(louder + loudest)[0]}")
    if any("shape" in one.why for one in failures):
        return failures
    there = sum(map(inner, gradient, dots))
    scale = sum(inner(magnitude(b), magnitude(d)) for b, d in zip(gradient, dots)) + abs(value)
    wanted = differences(f, [doubled(x) for x in args], dots)
    size = np.size(np.concatenate([np.ravel(v) for v in flat(args)])) if args else 0
    scale = scale if math.isfinite(scale) else 0.0
    slack = atol + rtol * abs(scale) * (1.0 if single else 0.01)
    if size and wanted is not None:
        if not np.isclose(there, wanted, rtol=rtol, atol=slack):
            fail("gradient", f"{there} for {wanted}")
        if not np.isclose(out_dot, wanted, rtol=rtol, atol=slack):
            fail("tangent", f"{out_dot} for {wanted}")
    elif size and not np.isclose(there, out_dot, rtol=1e-3, atol=1e-3):
        fail("tangent", f"{out_dot} for {there} (differences say nothing)")
    close = 1e-3 if single else 1e-9
    if not failures and not np.isclose(
        there, out_dot, rtol=close, atol=close + abs(scale) * (1e-4 if single else 1e-11)
    ):
        fail("tangent", f"{out_dot} for {there} (of the gradient)")
    return failures


def differences(f, args, dots):
    """The derivative in a direction; None where two steps disagree."""
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for h in (1e-6, 1e-5):
            above = f(*(moved(x, d, h) for x, d in zip(args, dots, strict=True)))
            below = f(*(moved(x, d, -h) for x, d in zip(args, dots, strict=True)))
            found.append((float(above) - float(below)) / (2.0 * h))
    agree = np.isclose(*found, rtol=1e-5, atol=1e-6 + 1e-7 * abs(float(above)))
    return found[0] if agree else None


def magnitude(x):
    if isinstance(x, (list, tuple)):
        return [magnitude(item) for item in x]
    return np.abs(x)


def same(before, after):
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(same, before, after))
    return np.array_equal(before, after, equal_nan=True)


def reason(error):
    """The reason of a refusal without the place."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    kept = [s for s in lines if not set(s) <= set("^ ") and " = " not in s and "return " not in s]
    return " | ".join(re.sub(r"\S*\.py:\d+:\d+:?", "", line).strip() for line in kept)[:300]


# --- what to run ---------------------------------------------------------------------------------


def plain_programs(cases, start=0):
    """Each case once, as a call."""
    found = [program_of(case, start + k) for k, case in enumerate(cases)]
    return [p for p in found if p is not None]


def varied_programs(cases, start=0):
    """The cases in all other forms and arrangements that apply."""
    found = []
    counter = itertools.count(start)
    for case in cases:
        for form in ("method", "operator", "loop"):
            found.append(program_of(case, next(counter), form))
        for arrangement in ARRANGEMENTS:
            if applies(case, arrangement):
                found.append(program_of(case, next(counter), arrangement=arrangement))
    return [p for p in found if p is not None and p.fails is None]


def one_per_rule(cases):
    """The first case of each rule of each primitive, and every second of its other forms."""
    seen, forms = set(), {}
    for case in cases:
        key = (case.primitive, rule_of(case))
        form = (key, len(case.args), *sorted(case.kwargs))
        if key not in seen or (form not in forms and len(forms) % 2):
            yield case
        seen.add(key)
        forms.setdefault(form)


def one_arrangement_each(cases, start=0):
    """Each case in one of the other forms and arrangements, which go round."""
    kinds = [("method", "plain"), ("operator", "plain"), ("loop", "plain")]
    kinds += [("call", arrangement) for arrangement in ARRANGEMENTS]
    found, turn = [], 0
    for k, case in enumerate(cases):
        for step in range(len(kinds)):
            form, arrangement = kinds[(turn + step) % len(kinds)]
            if form == "call" and not applies(case, arrangement):
                continue
            program = program_of(case, start + k, form, arrangement)
            if program is not None and program.fails is None:
                found.append(program)
                turn += step + 1
                break
    return found


def chosen(family, always=()):
    """What the suite runs of a table; `always` are names of programs that are not left out."""
    every = list(cases_of(family))
    cases = list(one_per_rule(every))
    cases = cases[:: {"scipy_stats": 3, "scipy_special": 2}.get(family, 1)]
    cases += [
        case for case in every if case.name in ALWAYS and all(case is not one for one in cases)
    ]
    programs = plain_programs(cases) + one_arrangement_each(cases[::2], len(cases))
    picked = {
        id(p) for p in sample(programs, {"scipy_stats": 4, "scipy_special": 2}.get(family, 1))
    }
    return [p for p in programs if id(p) in picked or p.name in always or p.case.name in ALWAYS]


def sample(programs, every):
    """Of every so many rules, one program in four, and one at least; they go round."""
    of_rule = {}
    for program in programs:
        rule = rule_of(program.case)
        written = rule.function if rule is not None else None
        of_rule.setdefault(written or program.case.primitive, []).append(program)
    for turn, some in enumerate(list(of_rule.values())[::every]):
        yield from some[turn % min(4, len(some)) :: 4]


def checked(program):
    """`check`, where the check itself may break on what came out."""
    try:
        return check(program)
    except Exception as error:
        return [Failure(program, "crash", f"in the check: {type(error).__name__}: {error}")]


def run(programs, folder, name):
    """The failures; where an argument is refused, the program without it is checked as well."""
    runnable = [p for p in programs if p.fails is None]
    failures = [
        Failure(p, "primal", f"{type(p.fails).__name__}: {p.fails}") for p in programs if p.fails
    ]
    again = []
    for start in range(0, len(runnable), PER_FILE):
        some = runnable[start : start + PER_FILE]
        load(some, folder, f"{name}_{start}")
        for program in some:
            found = checked(program)
            if [f.what for f in found] == ["refused"]:
                fewer = without_refused(program, len(again))
                if fewer is not None:
                    again.append((found[0], fewer))
                    continue
            failures += found
    if again:
        load([p for _, p in again], folder, f"{name}_again")
    for first, program in again:
        found = checked(program)
        if [f.what for f in found] == ["refused"]:
            failures.append(replace(first, why=found[0].why))
        else:
            failures += [replace(first, what="partly refused"), *found]
    return failures


def without_refused(program, k):
    """The program with those parameters alone to which the rule has a cotangent."""
    case = program.case
    rule, bound = test_rules.select(case.primitive, case.args, case.kwargs)
    if rule is None or case.is_subscript():
        return None
    try:
        kwargs = {key: test_rules.plain(value) for key, value in case.kwargs.items()}
        y = case.apply(list(map(test_rules.plain, case.args)), kwargs)
        y_bar = test_rules.random_like(y, np.random.default_rng(0))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            bars = dict(zip(bound, test_rules.cotangents_of(rule, y, y_bar, bound)))
    except Exception:
        return None
    places = {name: i for i, name in enumerate(rule.parameters)}
    values = {**dict(enumerate(case.args)), **case.kwargs}
    keys = {(name if name in case.kwargs else places[name]) for name in bound
            if bars.get(name) is None}  # fmt: skip
    constant = frozenset(key for key in keys if key in values and is_active(values[key]))
    if not constant:
        return None
    return program_of(case, f"{k}again", program.form, program.arrangement, constant)


# --- the command line ----------------------------------------------------------------------------


def run_family(task):
    family, part, parts, varied, every = task
    cases = list(cases_of(family))[::every][part::parts]
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        programs = plain_programs(cases)
        if varied:
            programs += varied_programs(cases, len(cases))
        found = run(programs, folder, f"through_{family}_{part}".replace(".", "_"))
    for failure in found:  # functions and primitives do not travel
        failure.program.function = failure.program.case = failure.program.fails = None
        failure.program.known = {k: v for k, v in failure.program.known.items() if not k[0] == "c"}
    return family, len(programs), time.perf_counter() - begun, found


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("family", nargs="*", help="tables; all of them unless some are named")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every program")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="no other forms and arrangements")
    parser.add_argument("--every", type=int, default=1, help="only every so many cases")
    options = parser.parse_args(arguments)
    parts = 4 if options.jobs > 1 else 1
    tasks = [(f, i, parts, not options.plain, options.every) for f in options.family or families()
             for i in range(parts)]  # fmt: skip
    total, failures = 0, []
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        for family, count, seconds, found in pool.imap_unordered(run_family, tasks):
            total += count
            failures += found
            print(f"# {family}: {count} programs, {seconds:.0f} s, {len(found)} fail", flush=True)
    groups = {}
    for failure in failures:
        brief = re.sub(r"[-+]?\d+\.\d+(e[-+]\d+)?|nan|\bf\d+|\bc\d+_\w+", "#", failure.why)
        groups.setdefault((failure.what, brief), []).append(failure)
    for (what, why), found in sorted(groups.items(), key=lambda g: (g[0][0], -len(g[1]))):
        print(f"\n{what} ({len(found)}): {why}")
        for failure in found if options.verbose else found[:4]:
            print(f"  {failure.program.name}: {failure.why[:120]}")
            print("    " + failure.program.text.replace("\n", "\n    ").rstrip())
            if options.verbose or failure is found[0]:
                print(f"    # {str(failure.program.arguments)[:300]}")
    print(f"\n{total} programs, {dict(collections.Counter(f.what for f in failures))}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
