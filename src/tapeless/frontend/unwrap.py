"""From any callable to the plain Python function below it, and to what is fixed on the way.

Bound methods, partials, caches, Numba dispatchers, callable instances and derivatives of ours
are taken off.  A decorator made with `functools.wraps` is taken off only if it can be seen to
return exactly what the function it wraps returns: one that scales the result is part of the
function, and is then the function that is read.
"""

from __future__ import annotations

import ast
import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import FunctionType, MethodType
from typing import Any

from ..errors import NotSupported
from .locate import locate

# Calls that look at what they are given and change nothing.
_HARMLESS = {"print", "len", "repr", "str", "type", "id", "isinstance", "format"}
_ATOMS = (ast.Name, ast.Constant, ast.Starred, ast.JoinedStr)


@dataclass(frozen=True, eq=False)
class Unwrapped:
    """A plain function, the arguments in front of the caller's, and those fixed by name."""

    function: FunctionType
    positional: tuple[object, ...]
    keywords: Mapping[str, object]


def unwrap(f: object) -> Unwrapped:
    """Take the wrappers off a callable.

    >>> import functools
    >>> def area(a, b): return a * b
    >>> found = unwrap(functools.partial(area, 2.0))
    >>> found.function is area, found.positional
    (True, (2.0,))
    """
    positional: tuple[object, ...] = ()
    keywords: dict[str, object] = {}
    seen: list[object] = []
    while not _is_bottom(f):
        if any(f is other for other in seen):
            raise NotSupported(None, f"{_describe(f)} wraps itself")
        seen.append(f)
        if isinstance(f, functools.partial):
            positional = (*f.args, *positional)
            keywords = {**f.keywords, **keywords}
            f = f.func
        elif isinstance(f, MethodType):
            positional = (f.__self__, *positional)
            f = f.__func__
        elif (inner := _transparent_inner(f)) is not None:
            f = inner
        else:
            call = inspect.getattr_static(type(f), "__call__", None)
            if isinstance(f, type) or not isinstance(call, FunctionType) or _is_numpy(type(f)):
                raise _no_source(f)
            positional = (f, *positional)
            f = call
    assert isinstance(f, FunctionType)
    return Unwrapped(f, positional, keywords)


def _is_bottom(f: object) -> bool:
    return isinstance(f, FunctionType) and not _is_transparent(f)


def _transparent_inner(f: object) -> object | None:
    """What a wrapper that changes nothing wraps; None for any other object."""
    if isinstance(f, FunctionType):
        return vars(f)["__wrapped__"] if _is_transparent(f) else None
    if isinstance(f, (staticmethod, classmethod, functools._lru_cache_wrapper)):
        wrapped: object = f.__wrapped__
        return wrapped
    if isinstance(f, type):
        return None
    for attribute in ("primal", "py_func"):  # a derivative of ours, a Numba dispatcher
        inner: object = getattr(f, attribute, None)
        if callable(inner):
            return inner
    return None


def _no_source(f: object) -> NotSupported:
    what = _describe(f)
    if not callable(f):
        return NotSupported(None, f"{what} is not callable", never=True)
    if isinstance(f, type):
        return NotSupported(
            None, f"{what} is a class, not a function", instead="wrap the call in a function"
        )
    if inspect.isroutine(f) or _is_numpy(type(f)):
        reason = f"{what} is compiled: it has no Python source"
        return NotSupported(None, reason, instead="call it in a Python function")
    return NotSupported(None, f"{what} has no Python source")


def _is_numpy(kind: type) -> bool:
    return kind.__module__.partition(".")[0] == "numpy"


def _describe(f: object) -> str:
    name = getattr(f, "__qualname__", None) or getattr(f, "__name__", None)
    module = getattr(f, "__module__", None)
    if not isinstance(name, str):
        return f"an object of type {type(f).__name__}"
    return name if module in (None, "builtins", "__main__") else f"{module}.{name}"


# --- decorators that return what they wrap ------------------------------------------------


def _is_transparent(wrapper: FunctionType) -> bool:
    """Whether a `functools.wraps` wrapper returns just what the function it wraps returns."""
    inner: Callable[..., Any] | None = getattr(wrapper, "__wrapped__", None)
    if not callable(inner):
        return False
    names = {
        name
        for name, cell in zip(wrapper.__code__.co_freevars, wrapper.__closure__ or (), strict=True)
        if _content(cell) is inner
    }
    if not names:
        return False
    try:
        node = locate(wrapper).node
    except NotSupported:
        return False
    return isinstance(node, ast.FunctionDef) and _forwards(node, names)


def _content(cell: Any) -> object:
    try:
        return cell.cell_contents
    except ValueError:
        return None


def _forwards(node: ast.FunctionDef, names: set[str]) -> bool:
    """Whether every path through `def wrapper(*args, **kwargs)` returns `f(*args, **kwargs)`."""
    a = node.args
    if a.posonlyargs or a.args or a.kwonlyargs or a.vararg is None:
        return False
    star, stars = a.vararg.arg, a.kwarg.arg if a.kwarg else None

    def is_call(e: ast.expr | None) -> bool:
        return (
            isinstance(e, ast.Call)
            and isinstance(e.func, ast.Name)
            and e.func.id in names
            and [ast.dump(x) for x in e.args] == [ast.dump(_starred(star))]
            and [(k.arg, ast.unparse(k.value)) for k in e.keywords]
            == ([(None, stars)] if stars else [])
        )

    results = {
        s.targets[0].id
        for s in ast.walk(node)
        if isinstance(s, ast.Assign) and is_call(s.value) and isinstance(s.targets[0], ast.Name)
    }
    guarded = {star, *names, *results} | ({stars} if stars else set())
    free = [use for s in node.body for use in _guarded_uses(s, guarded, is_call)]
    returns = [s for s in ast.walk(node) if isinstance(s, ast.Return)]
    return (
        not free
        and _ends_in_return(node.body)
        and all(
            is_call(r.value) or (isinstance(r.value, ast.Name) and r.value.id in results)
            for r in returns
        )
    )


def _starred(name: str) -> ast.Starred:
    return ast.Starred(ast.Name(name, ast.Load()), ast.Load())


def _guarded_uses(
    node: ast.AST, guarded: set[str], is_call: Callable[[ast.expr | None], bool]
) -> Iterator[str]:
    """Uses of the guarded names that might change what they stand for."""
    if isinstance(node, ast.Name):
        if node.id in guarded:
            yield node.id
    elif isinstance(node, (ast.Yield, ast.YieldFrom, ast.Await, ast.Lambda)):
        yield "yield"
    elif (isinstance(node, ast.Return) and isinstance(node.value, ast.Name)) or (
        isinstance(node, ast.expr) and is_call(node)
    ):
        return
    elif isinstance(node, ast.Assign) and is_call(node.value):
        if len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
            yield "target"
    elif not _is_harmless(node):
        for child in ast.iter_child_nodes(node):
            yield from _guarded_uses(child, guarded, is_call)


def _is_harmless(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        return all(not isinstance(n, (ast.Call, ast.NamedExpr)) for n in ast.walk(node))
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _HARMLESS
        and all(isinstance(n, _ATOMS) for n in node.args)
    )


def _ends_in_return(body: list[ast.stmt]) -> bool:
    last = body[-1]
    if isinstance(last, (ast.With, ast.Try)):
        handlers = last.handlers if isinstance(last, ast.Try) else []
        inside = all(_ends_in_return(h.body) for h in handlers)
        return inside and _ends_in_return(last.body)
    return isinstance(last, (ast.Return, ast.Raise))
