"""Run a function before and after normalising, and compare everything that can be seen."""

from __future__ import annotations

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import gast
import numpy as np

from tapeless.normalise import Normalised, normalise, verify_core
from tapeless.syntax import copy_tree, same

LOG: list = []


def say(value: Any) -> Any:
    """Returns its argument; that and when it was called is remembered."""
    LOG.append(copy.deepcopy(value))
    return value


class Register(dict):
    """Functions with the arguments to call them with."""

    def __call__(self, *arguments: tuple) -> Callable:
        def add(function: Callable) -> Callable:
            assert function.__name__ not in self, function.__name__
            self[function.__name__] = (function, arguments)
            return function

        return add


def tree_of(function: Callable) -> gast.FunctionDef:
    tree = gast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    tree.decorator_list = []
    return tree


def text_of(tree: gast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(gast.gast_to_ast(copy_tree(tree))))


def rebuilt(function: Callable, result: Normalised) -> Callable:
    """The function that the normalised tree is."""
    text = text_of(result.tree)
    scope = dict(function.__globals__)
    if function.__closure__:
        scope |= dict(
            zip(
                function.__code__.co_freevars,
                (c.cell_contents for c in function.__closure__),
                strict=True,
            )
        )
    exec(compile(text, f"<{function.__name__} normalised>", "exec"), scope)
    return scope[function.__name__]


def observe(function: Callable, arguments: tuple) -> tuple:
    """Result or kind of error, the arguments afterwards, and what was said."""
    arguments = copy.deepcopy(arguments)
    LOG.clear()
    try:
        result: Any = function(*arguments)
        if inspect.isfunction(result):
            result = "a function"
    except Exception as error:
        result = type(error)
    return result, arguments, list(LOG)


def equal(a: Any, b: Any) -> bool:
    """Equal in value, type and structure."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return (
            a.dtype == b.dtype
            and a.shape == b.shape
            and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        )
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(equal(a[k], b[k]) for k in a)
    if hasattr(a, "__dict__") and not isinstance(a, type):
        return equal(vars(a), vars(b))
    return bool(a == b) or (a != a and b != b)


def check_same(function: Callable, arguments: tuple[tuple, ...]) -> None:
    """Normalise, verify the core language, compare the runs; the given tree stays as it is."""
    tree = tree_of(function)
    untouched = copy_tree(tree)
    result = normalise(tree)
    assert same(tree, untouched), "the input was changed"
    verify_core(result.tree)
    other = rebuilt(function, result)
    for each in arguments:
        expected, found = observe(function, each), observe(other, each)
        assert equal(expected, found), (
            f"{function.__name__}{each}:\n  before {expected}\n  after  {found}\n"
            + text_of(result.tree)
        )
    again = normalise(result.tree)
    verify_core(again.tree)
    assert equal(observe(rebuilt(function, again), arguments[0]), observe(function, arguments[0]))
