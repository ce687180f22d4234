"""From any function to the core language (`docs/architecture.md`).

>>> from tapeless.normalise.show import show
>>> show(normalise, '''
... def f(x, y):
...     for a, b in zip(x, y):
...         if a > b:
...             return a * b + 1
...     return None
... ''')
def f(x, y):
    returned = False
    for i in range(min(len(x), len(y))):
        a = x[i]
        b = y[i]
        if a > b:
            t1 = a * b
            value = t1 + 1
            returned = True
        if returned:
            break
    if not returned:
        value = None
    return value
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import gast

from ..frontend.generators import is_generator
from ..syntax import Namer, copy_tree
from .assignments import assignments
from .attempts import Objects, attempts, suppressed
from .check import check
from .comprehensions import comprehensions
from .definitions import definitions
from .exits import exits
from .intermediates import intermediates
from .joins import joins
from .loops import loops
from .matches import matches
from .rewriter import all_names, nodes
from .sequences import Spot
from .tried import tried_loops
from .verify import NotCore, verify_core
from .walrus import walrus

__all__ = ["Normalised", "NotCore", "normalise", "verify_core"]

SIMPLE = (
    gast.Assign,
    gast.AnnAssign,
    gast.AugAssign,
    gast.Assert,
    gast.Delete,
    gast.Expr,
    gast.Raise,
    gast.Return,
)


@dataclass(frozen=True)
class Normalised:
    """A function in core form.

    ``originals``: the simple statements of the user, by (line, column). ``indexed``: names that are
    indexed by position where Python would iterate, so that they must not be mappings.
    ``iterated``: the places where Python would. ``unpacked``: by location of the statement, (name,
    number of targets, whether it must be exactly that many).
    """

    tree: gast.FunctionDef
    namer: Namer
    originals: dict[tuple[int, int], gast.stmt]
    indexed: frozenset[str] = frozenset()
    iterated: dict[str, set[Spot]] = field(default_factory=dict)
    unpacked: dict[tuple[int, int], list[tuple[str, int, bool]]] = field(default_factory=dict)


def normalise(
    tree: gast.FunctionDef,
    is_static: Callable[[str], bool] | None = None,
    lookup: Callable[[str], object] | None = None,
    mappings: Collection[str | Spot] = (),
) -> Normalised:
    """Bring a function to core form; the tree that is given stays as it is.

    ``is_static`` says of a name that is not local whether it stands for something static (a module,
    a function), so that attributes of it are no values; without it, every such name does.
    ``lookup`` gives what such a name stands for (`KeyError` if nothing). ``mappings`` are names
    that are known to stand for dicts and sets, which are iterated over but not indexed, and places
    where something stands of which that is known.
    """
    check(tree)
    originals = simple_statements(tree)
    namer = Namer(all_names(tree))
    indexed: dict[str, set[Spot]] = {}
    unpacked: dict[tuple[int, int], list[tuple[str, int, bool]]] = {}

    new = copy_tree(tree)
    new = matches(new, namer, lookup)
    new = definitions(new, namer, lookup)
    new = joins(new)
    new = suppressed(new, lookup)
    new = tried_loops(new, namer)
    new = comprehensions(new, namer)
    originals = without_generators(originals, new)
    new = loops(new, namer, indexed, mappings, Objects(new, lookup).of)
    new = assignments(new, namer, indexed, unpacked, mappings)
    new = exits(new, namer, is_generator(tree))
    new = walrus(new, namer)
    new = intermediates(new, namer, is_static)
    new = attempts(new, namer, lookup)

    if os.environ.get("TAPELESS_VERIFY"):
        verify_core(new, is_static)
    return Normalised(new, namer, originals, frozenset(indexed), indexed, unpacked)


def without_generators(
    originals: dict[tuple[int, int], gast.stmt], tree: gast.FunctionDef
) -> dict[tuple[int, int], gast.stmt]:
    """The statements in which no generator expression has become a function."""
    made = [n for n in nodes(tree.body) if isinstance(n, gast.FunctionDef)]
    places = {(n.lineno, n.col_offset) for n in made}

    def stays(statement: gast.stmt) -> bool:
        inside = nodes(statement)
        written = (n for n in inside if isinstance(n, gast.GeneratorExp))
        return not any((n.lineno, n.col_offset) in places for n in written)

    return {place: s for place, s in originals.items() if stays(s)}


def simple_statements(tree: gast.FunctionDef) -> dict[tuple[int, int], gast.stmt]:
    """The simple statements of a function as written, by (line, column).

    Where one statement of the user has become several there is none that was written so.
    """
    statements = [n for n in nodes(tree.body, enter_nested=False) if isinstance(n, gast.stmt)]
    places = Counter((s.lineno, s.col_offset) for s in statements)
    return {
        (s.lineno, s.col_offset): s
        for s in statements
        if isinstance(s, SIMPLE) and places[s.lineno, s.col_offset] == 1
    }
