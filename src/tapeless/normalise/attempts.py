"""What an exception may cut short: the body of a ``try``, and of a ``with`` that swallows it.

Such a body is divided into *steps*: each is done, or what it did is never seen.

>>> from tapeless.normalise.show import show
>>> show(attempts, '''
... def f(x):
...     try:
...         y = g(x)
...         z = h(y)
...     except ValueError:
...         z = x
...     return z
... ''')
def f(x):
    try:
        if True:
            y = g(x)
        if True:
            z = h(y)
    except ValueError:
        z = x
    return z
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import importlib
import inspect
import textwrap
from collections.abc import Callable

import gast

from ..frontend.locate import parse_quietly
from ..syntax import Namer, dotted, is_quiet, locate_like, step
from .leaving import TRANSPARENT, Leaving
from .rewriter import nodes

Lookup = Callable[[str], object]
UNKNOWN = object()
# Modules whose context managers let every exception through.
LETTING_THROUGH = (
    "_io",
    "io",
    "_thread",
    "threading",
    "tempfile",
    "numpy",
    "warnings",
    "decimal",
    "zipfile",
    "tarfile",
    "gzip",
    "tqdm",
    "concurrent",
    "multiprocessing",
    "socket",
    "mmap",
    "threadpoolctl",
    "shelve",
    "sqlite3",
)


def suppressed(tree: gast.FunctionDef, lookup: Lookup | None) -> gast.FunctionDef:
    """``with contextlib.suppress(E):`` is ``try: … except E: pass``; consumes the tree."""
    objects = Objects(tree, lookup)

    def block(body: list[gast.stmt]) -> list[gast.stmt]:
        found: list[gast.stmt] = []
        for node in body:
            for inner in _blocks(node):
                inner[:] = block(inner)
            found += _without_suppress(node, objects) if isinstance(node, gast.With) else [node]
        return found

    tree.body = block(tree.body)
    return tree


def _without_suppress(node: gast.With, objects: Objects) -> list[gast.stmt]:
    body = node.body
    outside: list[gast.withitem] = []
    for position in range(len(node.items) - 1, -1, -1):
        item = node.items[position]
        context = item.context_expr
        if not isinstance(context, gast.Call) or item.optional_vars is not None:
            outside.insert(0, item)
            continue
        if objects.of(context.func) is not contextlib.suppress:
            outside.insert(0, item)
            continue
        if outside:
            body = [locate_like(gast.With(outside, body, None), node)]
            outside = []
        if context.args:
            several = gast.Tuple(context.args, gast.Load())
            what = context.args[0] if len(context.args) == 1 else locate_like(several, context)
            ignore = [locate_like(gast.Pass(), item.context_expr)]
            handler = locate_like(gast.ExceptHandler(what, None, ignore), context)
            body = [locate_like(gast.Try(body, [handler], [], []), node)]
    return [locate_like(gast.With(outside, body, None), node)] if outside else body


def attempts(
    tree: gast.FunctionDef, namer: Namer, lookup: Lookup | None = None
) -> gast.FunctionDef:
    """Divide what may be cut short into steps; consumes the tree."""
    Attempts(tree, namer, lookup).block(tree.body)
    return tree


class Attempts:
    def __init__(self, tree: gast.FunctionDef, namer: Namer, lookup: Lookup | None):
        self.objects, self.namer = Objects(tree, lookup), namer
        self.leaving = Leaving()

    def block(self, body: list[gast.stmt]) -> None:
        for node in body:
            for inner in _blocks(node):
                self.block(inner)
            if isinstance(node, gast.Try):
                if any(self.leaving.falls(h.body) for h in node.handlers):
                    node.body = self.steps(node.body, node)
            elif isinstance(node, gast.With):
                if not all(self.objects.lets_through(i.context_expr) for i in node.items):
                    node.body = self.steps(node.body, node)

    def steps(self, body: list[gast.stmt], node: gast.stmt) -> list[gast.stmt]:
        """The statements by those of the user; a store or a call for its effect ends a step."""
        groups: list[list[gast.stmt]] = []
        place, ended = None, True
        for statement in body:
            here = (statement.lineno, statement.col_offset)
            if ended or here != place:
                groups.append([])
            groups[-1].append(statement)
            place = here
            ended = not _is_plain(statement)
        merged: list[list[gast.stmt]] = []
        for group in groups:
            if merged and all(is_quiet(s) for s in group):
                merged[-1] += group
            else:
                merged.append(group)
        return [step(group, node) for group in merged]


def _is_plain(statement: gast.stmt) -> bool:
    return isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Name)


def _blocks(node: gast.stmt) -> list[list[gast.stmt]]:
    if isinstance(node, (gast.FunctionDef, gast.AsyncFunctionDef, gast.ClassDef)):
        return []
    found = [getattr(node, f, None) or [] for f in ("body", "orelse", "finalbody")]
    return found + [h.body for h in getattr(node, "handlers", [])]


class Objects:
    """What static paths of a function stand for, imports inside it included."""

    def __init__(self, tree: gast.FunctionDef, lookup: Lookup | None):
        self.lookup = lookup
        self.imported: dict[str, object] = {}
        self.bound = {
            n.id
            for n in nodes(tree, enter_nested=False)
            if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load)
        }
        for node in nodes(tree.body, enter_nested=False):
            if isinstance(node, gast.Import):
                for alias in node.names:
                    whole = alias.name if alias.asname else alias.name.split(".")[0]
                    self._import(alias.asname or whole, whole, None)
            elif isinstance(node, gast.ImportFrom) and not node.level:
                for alias in node.names:
                    self._import(alias.asname or alias.name, node.module or "", alias.name)

    def _import(self, bound: str, module: str, member: str | None) -> None:
        with contextlib.suppress(Exception):
            found = importlib.import_module(module)
            self.imported[bound] = getattr(found, member) if member else found

    def of(self, node: gast.expr) -> object:
        """The object, or `UNKNOWN`."""
        path = dotted(node)
        if path is None:
            return UNKNOWN
        root, *fields = path.split(".")
        if root in self.imported:
            found = self.imported[root]
        elif root in self.bound:
            return UNKNOWN
        else:
            try:
                found = self.lookup(root) if self.lookup else getattr(builtins, root)
            except (KeyError, AttributeError):
                return UNKNOWN
        for field in fields:
            found = inspect.getattr_static(found, field, UNKNOWN)
            if found is UNKNOWN:
                return UNKNOWN
        return found

    def lets_through(self, context: gast.expr) -> bool:
        """Whether no exception ends at a context manager."""
        called = isinstance(context, gast.Call)
        found = self.of(context.func if isinstance(context, gast.Call) else context)
        if found is UNKNOWN:
            path = dotted(context.func if isinstance(context, gast.Call) else context) or ""
            return called and path.rpartition(".")[2] in TRANSPARENT and "." in path
        if called and found in (contextlib.suppress, contextlib.ExitStack):
            return found is contextlib.ExitStack
        if called and found in (open, contextlib.nullcontext, contextlib.closing):
            return True
        kind = found if isinstance(found, type) else type(found)
        if called and not isinstance(found, type):
            below = inspect.unwrap(found) if callable(found) else found
            if inspect.isgeneratorfunction(below):
                return not _has(below, ast.ExceptHandler)
            return _from_known_module(found)
        if _from_known_module(kind):
            return True
        leave = getattr(kind, "__exit__", None)
        return leave is not None and inspect.isfunction(leave) and not _returns_something(leave)


def _from_known_module(thing: object) -> bool:
    module = str(getattr(thing, "__module__", None) or "")
    return module.partition(".")[0] in (*LETTING_THROUGH, "contextlib")


def _has(function: object, *kinds: type[ast.AST]) -> bool:
    """Whether the source of a function has such nodes; True if there is no source."""
    try:
        tree = parse_quietly(textwrap.dedent(inspect.getsource(function)))  # type: ignore[arg-type]
    except (OSError, TypeError, SyntaxError):
        return True
    return any(isinstance(n, kinds) for n in ast.walk(tree))


def _returns_something(function: object) -> bool:
    """Whether a function may return anything but ``None`` and ``False``."""
    try:
        tree = parse_quietly(textwrap.dedent(inspect.getsource(function)))  # type: ignore[arg-type]
    except (OSError, TypeError, SyntaxError):
        return True
    return any(
        isinstance(n, ast.Return)
        and n.value is not None
        and not (isinstance(n.value, ast.Constant) and not n.value.value)
        for n in ast.walk(tree)
    )
