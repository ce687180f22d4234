"""Write docs/rules.md: what tapeless knows of each function, as the registry has it.

`python tools/list_rules.py` writes the page; with `--check` it changes nothing, and the exit status
is 1 where the page is out of date.  A page written with other versions of Python, NumPy or SciPy
names other functions; it is not compared.
"""

import argparse
import ast
import builtins
import cmath
import functools
import importlib
import importlib.util
import inspect
import math
import operator
import platform
import random
import statistics
import sys
import textwrap
import types
import warnings
from pathlib import Path

import numpy as np

from tapeless import rules
from tapeless.rules import (
    classes_of,
    is_view,
    linear_in,
    method_primitive,
    pushforwards_for,
    refusal_of,
    registered,
    rules_for,
)

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
HEAD = """# Rules

What `tapeless` knows of each function of NumPy, SciPy and Python. This page is written by
`tools/list_rules.py`.

Every public function is in one class. *Differentiable* functions have a rule, and *linear* ones are
their own derivative; *constants* have the derivative zero wherever there is one, and *constructors*
among them make arrays, or say something of shapes and types; *random* ones draw samples. The others
are refused, for now (*not yet*) or for good (*never*), but only where a value that carries a
derivative is among the arguments: on anything else they may be called freely.

Operators are looked up as their functions (`*` as `np.multiply`, `@` as `np.matmul`), methods of
arrays as theirs (`x.sum()` as `np.sum(x)`). Subscripts, attributes, displays and the methods of
lists belong to the engine. How to add a rule:
[contributing](contributing.md#a-rule-in-ten-minutes).
"""
TABLES = """## The rules

`y` is the result of the function, `y_bar` its cotangent, and `x_dot` the tangent of the argument
`x`. In reverse mode a rule gives *partials*, to be multiplied by `y_bar`, or the cotangents of the
arguments, in their order; `None` means that nothing flows to this argument, or that its derivative
is refused. Sums over axes that NumPy stretched are added by the engine. In forward mode it gives
the tangent of the result: *partials* are multiplied by the tangents, a *linear* function is applied
to the tangents, one that is *linear in each* argument to one tangent at a time, and *as reverse*
means that the formulas on the left serve with the tangent in place of `y_bar`; what several
arguments contribute is added.

Where a rule takes several statements, its name is given; it stands in the file named above the
table. A function with several rules has one for each form of its arguments (a vector or a matrix,
one axis or all); they stand below each other.
"""
SAMPLES = """A sample is a constant while its parameters are. Where a parameter that carries a
derivative moves it and a rule says how, the function stands in the tables above; the others are
refused then. The methods of `Generator` stand for those of `RandomState` and for the functions of
`np.random`.
"""
DISTRIBUTIONS = """The methods of distributions of `scipy.stats` are refused for all of them at
once, under the names of `rv_continuous` and `rv_discrete`; those that have a rule stand in the
tables above.
"""
CLASSES = ("differentiable", "linear", "constant", "constructor", "random", "not yet", "never")
POLYNOMIALS = "polynomial chebyshev legendre hermite hermite_e laguerre".split()
LIBRARIES = "special linalg fft signal integrate interpolate stats".split()
OWN = f"{rules.__name__}."


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args(arguments)
    if options.check and PAGE.exists():
        there = PAGE.read_text(encoding="utf-8")
        if "\nWritten with" in there and versions() not in there:
            return 0
        return 0 if there == page() else 1
    if options.check:
        return 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


# --- what there is -------------------------------------------------------------------------------


@functools.cache
def namespaces():
    """The public callables by the name of their namespace; those of SciPy where it is installed."""
    found = {
        "np": np, "np.linalg": np.linalg, "np.fft": np.fft, "np.random": np.random,
        "np.random.Generator": np.random.Generator, "np.ndarray": np.ndarray,
        "math": math, "cmath": cmath, "operator": operator, "": builtins,
        "random": random,
        "np.emath": np.emath, "np.polynomial": np.polynomial,
    }  # fmt: skip
    found |= {f"np.polynomial.{name}": vars(np.polynomial)[name] for name in POLYNOMIALS}
    if importlib.util.find_spec("scipy") is not None:
        for name in LIBRARIES:
            found[f"scipy.{name}"] = importlib.import_module(f"scipy.{name}")
        for name in ("rv_continuous", "rv_discrete"):  # the methods of all distributions
            found[f"scipy.stats.{name}"] = getattr(found["scipy.stats"], name)
    return {name: public(space) for name, space in found.items()}


def public(space):
    """The callables of a namespace by name, methods as the functions that they are looked up as."""
    found = {}
    for name in dir(space):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of names on their way out
            thing = getattr(space, name)
        if name.startswith("_") or not callable(thing) or isinstance(thing, types.ModuleType):
            continue
        if type(thing).__module__ == "_sitebuiltins":  # of the interactive interpreter
            continue
        found[name] = (method_primitive(name) or thing) if space is np.ndarray else thing
    return found


@functools.cache
def labels():
    """The names of primitives as users write them: their own name in the first namespace."""
    found = {}
    spaces = dict(namespaces())
    spaces["np.lib.stride_tricks"] = public(np.lib.stride_tricks)
    spaces["statistics"] = {name: getattr(statistics, name) for name in statistics.__all__}
    if "scipy.stats" in spaces:
        for name, thing in spaces["scipy.stats"].items():
            if hasattr(thing, "rvs"):
                spaces[f"scipy.stats.{name}"] = public(thing)
    for exact in (True, False):
        for prefix, names in spaces.items():
            for name, thing in names.items():
                if exact is (getattr(thing, "__name__", name) == name):
                    found.setdefault(thing, f"{prefix}.{name}".lstrip("."))
    return found


def label(primitive):
    """The name of a primitive as users write it."""
    if primitive in labels():
        return labels()[primitive]
    name = getattr(primitive, "__name__", str(primitive))
    owner = getattr(primitive, "__self__", None)
    if isinstance(owner, np.ufunc):
        return f"{label(owner)}.{name}"
    module = ".".join(
        part
        for part in (getattr(primitive, "__module__", None) or "").split(".")
        if not part.startswith("_")
    )
    named = f"{module}.{getattr(primitive, '__qualname__', name)}"
    return named.replace("numpy.", "np.").lstrip(".")


def versions():
    """What the page was written with: other versions have other functions."""
    parts = [f"Python {'.'.join(platform.python_version_tuple()[:2])}"]
    parts.append(f"NumPy {'.'.join(np.__version__.split('.')[:2])}")
    if importlib.util.find_spec("scipy") is None:
        return f"Written with {parts[0]} and {parts[1]}, without SciPy.\n"
    scipy = importlib.import_module("scipy")
    parts.append(f"SciPy {'.'.join(scipy.__version__.split('.')[:2])}")
    return f"Written with {parts[0]}, {parts[1]} and {parts[2]}.\n"


def is_own(rule):
    """Whether a rule is one of the package, not registered by somebody else in this process."""
    return rule.function is None or rule.function.__module__.startswith(OWN)


# --- the page ------------------------------------------------------------------------------------


def page():
    """The text of the page."""
    by_class = {name: {} for name in CLASSES}
    for names in namespaces().values():
        for thing in names.values():
            for found in classes_of(thing):
                by_class[found].setdefault(thing)
    parts = [HEAD, versions(), "## How many\n", counts(), TABLES, *families()]
    parts += ["## Constants\n", "Their derivative is zero wherever there is one.\n"]
    parts += [listing(by_class["constant"])]
    parts += ["## Constructors\n", "They see counts, shapes and types.\n"]
    parts += [listing(by_class["constructor"])]
    parts += ["## Random samples\n", SAMPLES, listing(by_class["random"])]
    parts += ["## Not yet\n", DISTRIBUTIONS, refusals(by_class["not yet"])]
    parts += ["## Never\n", refusals(by_class["never"])]
    parts += ["## Views\n", "Their result may share memory with their first argument.\n"]
    parts += [listing(rule.primitive for rule in registered() if is_view(rule.primitive))]
    return "\n".join(parts)


def is_exception(thing):
    return isinstance(thing, type) and issubclass(thing, BaseException)


def counts():
    rows = [f"| | {' | '.join(CLASSES)} |", f"| --- |{' ---: |' * len(CLASSES)}"]
    for prefix, names in namespaces().items():
        found = [classes_of(thing) for thing in dict.fromkeys(names.values())]
        numbers = [sum(name in classes for classes in found) for name in CLASSES]
        shown = f"`{prefix}`" if prefix else "builtins"
        rows.append(f"| {shown} | {' | '.join(str(n) if n else '' for n in numbers)} |")
    return "\n".join([*rows, ""])


def families():
    """A heading, the description and the table of each file of rules."""
    found = {}
    for rule in registered():
        if rule.function is not None and is_own(rule):
            primitives = found.setdefault(rule.function.__module__, {})
            primitives.setdefault(rule.primitive)
    for module in sorted(found, key=lambda name: (name.count("."), name)):
        rows = rows_of(found[module], module)
        if not rows:  # of these functions there are forward rules here, and no others
            continue
        family = module.removeprefix(OWN)
        yield f"### {title(family)}\n"
        yield f"{inspect.getdoc(sys.modules[module])}\n"
        yield f"`src/tapeless/rules/{family.replace('.', '/')}.py`\n"
        yield table(rows)


def title(family):
    words = family.replace("_", " ")
    for short, long in {"fft": "Fourier transforms", "linalg": "linear algebra"}.items():
        words = words.replace(short, long)
    words = words.replace("scipy.", "SciPy: ")
    return f"{words[0].upper()}{words[1:]}"


def rows_of(primitives, module):
    """The primitives whose rules stand in a file, together where they share them."""
    rows = {}
    for primitive in primitives:
        here = [r for r in rules_for(primitive) if r.function and r.function.__module__ == module]
        if here:
            owner = getattr(primitive, "__self__", None)
            back = "as the file says" if hasattr(owner, "rvs") and is_long(here) else reverse(here)
            cells = (arguments(here), back, forwards(primitive, here))
            rows.setdefault(cells, []).append(label(primitive))
    return rows


def table(rows):
    lines = ["| function | arguments | reverse | forward |", "| --- | --- | --- | --- |"]
    for cells, names in sorted(rows.items(), key=lambda row: sorted(row[1])):
        shown = ", ".join(f"`{name}`" for name in shortened(sorted(set(names))))
        lines.append(f"| {shown} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def shortened(names):
    """Of the methods of one object all but the first without the name of the object."""
    before = ""
    for name in names:
        owner, _, method = name.rpartition(".")
        yield f".{method}" if owner == before and owner.count(".") > 1 else name
        before = owner


def arguments(found):
    longest = max((rule.parameters for rule in found), key=len, default=())
    return f"`{', '.join(longest)}`" if longest else ""


def below_each_other(cells):
    return "<br>".join(dict.fromkeys(cells))


def reverse(found):
    return below_each_other(
        f"partials {body(rule)}" if rule.form == "elementwise" else body(rule) for rule in found
    )


def is_long(found):
    return any(body(rule) == f"`{rule.function.__name__}`" for rule in found)


def forwards(primitive, found):
    """How the tangent of the result is found."""
    written = pushforwards_for(primitive)
    cells = [body(rule) for rule in written]
    declared = linear_in(primitive)
    if declared is not None:
        cells.append("linear" if declared.jointly else "linear in each")
    if not any(rule.when is None for rule in written) and declared is None:
        cells += ["partials" for rule in found if rule.form == "elementwise"]
        cells += ["as reverse" for rule in found if rule.form == "pullback" and rule.broadcasts]
    return below_each_other(cells)


def body(rule):
    """What a rule returns, or its name where that needs more than an expression."""
    source = textwrap.dedent(inspect.getsource(rule.function))
    statements = ast.parse(source).body[0].body
    if isinstance(statements[0], ast.Expr):
        statements = statements[1:]
    returned = ast.get_source_segment(source, statements[0].value)
    returned = " ".join(returned.split()).replace("( ", "(").replace(", )", ")")
    returned = returned.removesuffix(",")
    if len(statements) > 1 or len(returned) > 80:
        return f"`{rule.function.__name__}`"
    return f"`{returned}`".replace("|", "\\|")


def listing(primitives):
    names = sorted({label(primitive) for primitive in primitives})
    return wrapped(", ".join(f"`{name}`" for name in names))


def wrapped(text):
    lines = textwrap.wrap(text, 110, break_long_words=False, break_on_hyphens=False)
    return "\n".join([*lines, ""])


def refusals(primitives):
    """The functions that are refused for the same reason, under it."""
    groups = {}
    for primitive in primitives:
        found = refusal_of(primitive)
        groups.setdefault((found.reason, found.instead), []).append(primitive)
    parts = []
    for reason, instead in sorted(groups):
        parts += [wrapped(f"**{reason[0].upper()}{reason[1:]}.** Instead: {instead}.")]
        plain = [thing for thing in groups[reason, instead] if not is_exception(thing)]
        parts += [listing(plain) if plain else "Every exception and every warning.\n"]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
