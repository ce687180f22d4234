"""Print what a pass makes of a source text; for doctests, tests and looking."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import gast

from ..syntax import Namer, to_debug_text
from .rewriter import all_names


def function_from(source: str) -> gast.FunctionDef:
    """The first function of a source text."""
    module = gast.parse(textwrap.dedent(source))
    return next(s for s in module.body if isinstance(s, (gast.FunctionDef, gast.AsyncFunctionDef)))


def after(transform: Callable[..., Any], source: str) -> str:
    """The text of a function after one pass."""
    tree = function_from(source)
    if "namer" in inspect.signature(transform).parameters:
        result = transform(tree, Namer(all_names(tree)))
    else:
        result = transform(tree)
    return to_debug_text(getattr(result, "tree", result))


def show(transform: Callable[..., Any], source: str) -> None:
    """Print the text of a function after one pass."""
    print(after(transform, source))
