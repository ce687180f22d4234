"""Find the syntax tree of a Python function, and be sure that it is the right one.

`inspect.getsource` is not enough: it cuts a fragment that need not parse (lambdas, methods
with text at the left margin), cannot tell two lambdas on a line apart, and hands back another
function's text if the file was edited after it was imported.  Here the whole file is parsed,
the definition is found by name, first line and, for lambdas, columns, and the statement around
it is compiled again: only an equal code object proves that the text is what runs.
"""

from __future__ import annotations
import __future__

import ast
import functools
import inspect
import linecache
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType

from ..errors import NotSupported, Source, WrongUse

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda

# The flags of `from __future__` imports that a code object remembers.
_FUTURE = functools.reduce(
    lambda flags, name: flags | getattr(__future__, name).compiler_flag,
    __future__.all_feature_names,
    0,
)


@dataclass(frozen=True, eq=False)
class Located:
    """A definition in its file; `owner` is the class whose body it stands in, if any."""

    node: Definition
    source: Source
    owner: str | None


def locate(function: FunctionType) -> Located:
    """The definition of a plain Python function.

    >>> import textwrap
    >>> found = locate(textwrap.dedent)
    >>> found.node.name, found.source.filename.endswith("textwrap.py")
    ('dedent', True)
    """
    code = function.__code__
    # Text that is cached may be older than the file, and be right nevertheless: the module was
    # imported before the edit.  So it comes first, and the file as it is now second.
    lines = _lines(function)
    found = _find(code, lines) if lines else None
    if found is None:
        linecache.checkcache(code.co_filename)
        fresh = _lines(function)
        if fresh != lines:
            lines = fresh
            found = _find(code, lines) if lines else None
    if found is None:
        found = _in_supplied(function)
    if found is not None:
        return found
    # `exec` calls all its texts <string>, and so does `python -c`: a text of that name is
    # somebody else's, not an older one of this function.
    if not lines or code.co_filename in ("<string>", "<stdin>"):
        raise NotSupported(
            None,
            f"there is no source for {function.__qualname__} ({code.co_filename})",
            instead="define it in a file, a notebook or a doctest, or give the text that was "
            "executed: grad(f, source=text)",
        )
    raise NotSupported(
        None,
        f"{code.co_filename}:{code.co_firstlineno}: the source of {function.__qualname__} "
        "is not what was compiled: the file has changed since it was imported",
        instead="reload the module, or start Python again",
    )


# Texts that were handed in, by the globals of the functions that were made from them.
_SUPPLIED: dict[int, list[tuple[str, ...]]] = {}


def supply(function: FunctionType, text: str) -> None:
    """Note the text from which a function, and what it calls, was executed.

    `text` is all that was given to `exec`: how a function is compiled depends on what stands
    around it. Raises `WrongUse` if the function was not made from it.

    >>> text = "def double(x): return helper(x) + x\\ndef helper(x): return x"
    >>> namespace = {}
    >>> exec(text, namespace)
    >>> supply(namespace["double"], text)
    >>> locate(namespace["helper"]).node.lineno
    2
    """
    lines = tuple(text.splitlines(keepends=True))
    if _find(function.__code__, lines) is None:
        raise WrongUse(
            f"source= is not the text that {function.__qualname__} was compiled from: "
            "give all that was executed"
        )
    texts = _SUPPLIED.setdefault(id(function.__globals__), [])
    if lines not in texts:
        texts.append(lines)


def _in_supplied(function: FunctionType) -> Located | None:
    for lines in _SUPPLIED.get(id(function.__globals__), ()):
        found = _find(function.__code__, lines)
        if found is not None:
            return found
    return None


def _lines(function: FunctionType) -> tuple[str, ...]:
    filename = function.__code__.co_filename
    # Through the module, not a name of ours: doctest replaces `linecache.getlines`.
    return tuple(linecache.getlines(filename, function.__globals__))


def _find(code: CodeType, lines: tuple[str, ...]) -> Located | None:
    """The definition whose compilation is `code`, or None."""
    try:
        statements = _statements(code.co_filename, lines)
    except (SyntaxError, ValueError):
        return None
    there = [
        statement
        for statement in statements
        if _first_line(statement) <= code.co_firstlineno <= (statement.end_lineno or 0)
    ]  # several, where semicolons divide a line
    for statement in there:
        if _compiles_to([statement], code):
            found = _among([statement], code, lines)
            if found is not None:
                return found
    # One statement is quicker to compile than the file, but now and then the compiler lays
    # its blocks out in another way: then the whole file decides.
    return _among(there, code, lines) if there and _compiles_to(statements, code) else None


def _among(statements: list[ast.stmt], code: CodeType, lines: tuple[str, ...]) -> Located | None:
    """The definition in these statements that `code` was made from."""
    candidates = [
        (node, owner)
        for statement in statements
        for node, owner in _definitions(statement, None)
        if _first_line(node) == code.co_firstlineno and _name(node) == code.co_name
    ]
    choice = _choose(candidates, code) if candidates else None
    if choice is not None:
        node, owner = choice
        name = f"lambda_{node.lineno}" if isinstance(node, ast.Lambda) else _name(node)
        return Located(node, Source(code.co_filename, lines, name), owner)
    return None


@functools.lru_cache(maxsize=32)
def _statements(filename: str, lines: tuple[str, ...]) -> list[ast.stmt]:
    return parse_quietly("".join(lines), filename).body


def parse_quietly(text: str, filename: str = "<unknown>") -> ast.Module:
    """The tree of a text that was compiled before: what it warns of, the user has seen."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text, filename)


def _first_line(node: ast.stmt | Definition) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in decorators)])


def _name(node: Definition) -> str:
    return "<lambda>" if isinstance(node, ast.Lambda) else node.name


def _definitions(node: ast.AST, owner: str | None) -> Iterator[tuple[Definition, str | None]]:
    """All definitions in a tree, each with the innermost class around it."""
    if isinstance(node, Definition):
        yield node, owner
    inner = node.name if isinstance(node, ast.ClassDef) else owner
    for child in ast.iter_child_nodes(node):
        yield from _definitions(child, inner)


def _compiles_to(statements: list[ast.stmt], code: CodeType) -> bool:
    """Whether `code` is among what the statements compile to."""
    module = ast.Module(statements, [])
    flags = code.co_flags & _FUTURE
    try:
        with warnings.catch_warnings():  # as in `parse_quietly`
            warnings.simplefilter("ignore")
            whole = compile(module, code.co_filename, "exec", flags=flags, dont_inherit=True)
    except (SyntaxError, ValueError):
        # A notebook cell may use `await` at top level.
        return False
    return any(_same(code, other) for other in _codes(whole))


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if inspect.iscode(constant):
            yield from _codes(constant)


def _same(code: CodeType, other: CodeType) -> bool:
    if code == other:
        return True
    # pytest rewrites the assert statements of test modules: there, bytecode proves nothing.
    names = code.co_varnames + code.co_names
    rewritten = any(name.startswith(("@py_", "@pytest_")) for name in names)
    arguments = code.co_argcount + code.co_kwonlyargcount
    return (
        rewritten
        and code.co_name == other.co_name
        and code.co_firstlineno == other.co_firstlineno
        and code.co_varnames[:arguments] == other.co_varnames[:arguments]
        and code.co_freevars == other.co_freevars
    )


def _choose(
    candidates: list[tuple[Definition, str | None]], code: CodeType
) -> tuple[Definition, str | None] | None:
    """Among definitions of one name that begin on one line, the one `code` was made from."""
    if len(candidates) == 1:
        return candidates[0]
    spots = _spots(code)
    holding = [
        (node, owner)
        for node, owner in candidates
        if isinstance(node, ast.Lambda) and all(_holds(node.body, spot) for spot in spots)
    ]
    # A lambda within a lambda lies inside both: the innermost is meant.  The outer one's code
    # has a spot, the inner lambda itself, that is not inside the inner one's body.
    smallest = [
        (node, owner)
        for node, owner in holding
        if not any(other is not node and _holds(node, _span(other)) for other, _ in holding)
    ]
    return smallest[0] if spots and len(smallest) == 1 else None


Spot = tuple[int, int, int, int]


def _spots(code: CodeType) -> list[Spot]:
    """Where the instructions of a code object come from, its prologue left out."""
    spots: list[Spot] = []
    for line, end_line, column, end_column in code.co_positions():
        if line is None or end_line is None or column is None or end_column is None:
            continue
        if column or end_column:
            spots.append((line, column, end_line, end_column))
    return spots


def _span(node: ast.expr | Definition) -> Spot:
    return node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0


def _holds(node: ast.expr | Definition, spot: Spot) -> bool:
    line, column, end_line, end_column = _span(node)
    return (line, column) <= spot[:2] and spot[2:] <= (end_line, end_column)
