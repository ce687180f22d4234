"""Functions analysed for arguments, and look-up of their statements."""

import textwrap

import gast

from tapeless.analysis.infer import Inference
from tapeless.analysis.kinds import kind_of
from tapeless.analysis.layout import Layout
from tapeless.frontend import parse
from tapeless.program import Program
from tapeless.syntax import statements_in, to_debug_text


def unit_of(function, *arguments):
    """The unit of a function for arguments like these."""
    parsed = parse(function)
    names = [p.name for p in parsed.parameters]
    kinds = {n: kind_of(a, n) for n, a in zip(names, arguments, strict=True)}
    return Program().unit(parsed, kinds)


def tree_of(text) -> gast.FunctionDef:
    return gast.parse(textwrap.dedent(text)).body[0]


def statement(tree, text):
    """The only statement whose first line is the text."""
    (found,) = [s for s in statements_in(tree.body) if first_line(s) == text]
    return found


def first_line(node) -> str:
    return to_debug_text(node).strip().splitlines()[0]


def kinds_of(function, *arguments) -> dict[str, str]:
    """The kinds of all names of a function, as text."""
    unit = unit_of(function, *arguments)
    return {name: str(kind) for name, kind in unit.env.items()}


__all__ = ["Inference", "Layout", "first_line", "kinds_of", "statement", "tree_of", "unit_of"]
