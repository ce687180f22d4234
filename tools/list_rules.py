"""Write docs/rules.md: the primitives that have a rule, as the registry knows them.

`python tools/list_rules.py` writes the page; with `--check` it changes nothing, and the exit status
is 1 where the page is out of date.
"""

import argparse
import ast
import builtins
import inspect
import math
import sys
import textwrap
from pathlib import Path

import numpy as np

from tapeless import rules
from tapeless.rules import is_view, registered

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
HEAD = """# Rules

The functions that `tapeless` knows how to differentiate. This page is written by
`tools/list_rules.py`.

`y` is the result of the function and `y_bar` its cotangent. An *elementwise* rule gives partial
derivatives, to be multiplied by `y_bar`; a *pullback* gives the cotangents of the arguments, in
their order. `None` means that nothing flows to this argument. Sums over axes that NumPy stretched
are added by the engine. Where a rule takes several statements, its name is given; it stands in
the file named above the table. A function with several rules has one for each form of its
arguments (a vector or a matrix, one axis or all).

Operators are looked up as their functions (`*` as `np.multiply`, `@` as `np.matmul`), methods of
arrays as theirs (`x.sum()` as `np.sum(x)`). Subscripts, attributes, displays and the methods of
lists belong to the engine. How to add a rule:
[contributing](contributing.md#a-rule-in-ten-minutes).
"""
NAMESPACES = [
    ("np", np),
    ("np.linalg", np.linalg),
    ("np.ndarray", np.ndarray),
    ("math", math),
    ("", builtins),
]


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args(arguments)
    text = page()
    if options.check:
        return 0 if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


def page():
    """The text of the page."""
    own = [rule for rule in registered() if is_own(rule)]
    families = {}
    for rule in own:
        if rule.function is not None:
            families.setdefault(rule.function.__module__.rpartition(".")[2], []).append(rule)
    parts = [HEAD]
    for family in sorted(families):
        module = sys.modules[f"{rules.__name__}.{family}"]
        parts += [f"## {family.replace('_', ' ').capitalize()}\n", f"{inspect.getdoc(module)}\n"]
        parts += [f"`src/tapeless/rules/{family}.py`\n", table(families[family])]
    constants = sorted({label(rule.primitive) for rule in own if rule.form == "constant"})
    views = sorted({label(r.primitive) for r in own if is_view(r.primitive)})
    parts += ["## Constants\n", "Their derivative is zero wherever there is one.\n"]
    parts += [listing(constants), "## Views\n"]
    parts += ["Their result may share memory with their first argument.\n", listing(views)]
    return "\n".join(parts)


def is_own(rule):
    """Whether a rule is one of the package, not registered by somebody else in this process."""
    return rule.function is None or rule.function.__module__.startswith(f"{rules.__name__}.")


def table(family):
    rows = ["| function | arguments | rule |", "| --- | --- | --- |"]
    for rule in sorted(family, key=lambda rule: label(rule.primitive)):
        form = "" if rule.form == "elementwise" else "pullback: "
        arguments = ", ".join(rule.parameters)
        rows.append(f"| `{label(rule.primitive)}` | `{arguments}` | {form}{body(rule)} |")
    return "\n".join([*rows, ""])


def body(rule):
    """What a rule returns, or its name where that needs more than an expression."""
    source = textwrap.dedent(inspect.getsource(rule.function))
    statements = ast.parse(source).body[0].body
    if isinstance(statements[0], ast.Expr):
        statements = statements[1:]
    returned = ast.get_source_segment(source, statements[0].value)
    returned = " ".join(returned.split()).replace("( ", "(").replace(", )", ")")
    if len(statements) > 1 or len(returned) > 80:
        return f"`{rule.function.__name__}`"
    return f"`{returned}`".replace("|", "\\|")


def label(primitive):
    """The name of a primitive as users write it."""
    name = getattr(primitive, "__name__", str(primitive))
    for prefix, holder in NAMESPACES:
        if vars(holder).get(name) is primitive:
            return f"{prefix}.{name}".lstrip(".")
    return name


def listing(names):
    text = ", ".join(f"`{name}`" for name in names)
    lines = textwrap.wrap(text, 110, break_long_words=False, break_on_hyphens=False)
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
