"""The one door for refusals: where, what, why, and what to write instead.

A pass that meets something it cannot differentiate raises `NotSupported(node, reason,
instead=...)`.  Which file the node is from is known from the context: `reading(source)` is
entered wherever a function's nodes are processed, so passes need not hand the source around.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

__all__ = [
    "InternalError",
    "Location",
    "NotSupported",
    "Source",
    "TapelessError",
    "WrongUse",
    "current_source",
    "internal",
    "locate",
    "reading",
]


@dataclass(frozen=True)
class Source:
    """A file (all of its lines) and the function in it whose nodes are being processed."""

    filename: str
    lines: tuple[str, ...]
    function: str


@dataclass(frozen=True)
class Location:
    """A place in the user's file; `column` counts from 1, as editors do.

    >>> print(Location("model.py", 12, 8, "    y = foo(x)", 6).excerpt())
        y = foo(x)
           ^^^^^^
    >>> str(Location("model.py", 12, 9, "    y = foo(x)", 6))
    'model.py:12:9'
    """

    filename: str
    line: int
    column: int
    text: str
    width: int

    def __str__(self) -> str:
        return f"{self.filename}:{self.line}:{self.column}"

    def excerpt(self) -> str:
        """The line with carets under the expression, indented by four."""
        text = self.text.rstrip()
        start = self.column - 1
        indent = min(len(text) - len(text.lstrip()), start)
        # Tabs before the expression are kept, so that the carets stand under it.
        lead = "".join("\t" if c == "\t" else " " for c in text[indent:start])
        carets = "^" * max(1, min(self.width, len(text) - start))
        return f"    {text[indent:]}\n    {lead}{carets}"


_SOURCE: ContextVar[Source | None] = ContextVar("tapeless_source", default=None)


@contextmanager
def reading(source: Source) -> Iterator[Source]:
    """Within this block, nodes belong to `source`.

    >>> with reading(Source("model.py", ("y = f(x)",), "f")) as source:
    ...     current_source() is source
    True
    >>> current_source() is None
    True
    """
    token = _SOURCE.set(source)
    try:
        yield source
    finally:
        _SOURCE.reset(token)


OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep  # what stands in for functions in C


def current_source() -> Source | None:
    """The source whose nodes are being processed, if any."""
    return _SOURCE.get()


def locate(node: Any) -> Location | None:
    """Where `node` stands in the current source; None if either is unknown, or the source ours."""
    source = _SOURCE.get()
    line = getattr(node, "lineno", None)
    if source is None or not isinstance(line, int) or source.filename.startswith(OURS):
        return None
    text = source.lines[line - 1].rstrip("\r\n") if 0 < line <= len(source.lines) else ""
    start = _characters(text, getattr(node, "col_offset", None) or 0)
    end_line = getattr(node, "end_lineno", None)
    end = getattr(node, "end_col_offset", None)
    # An expression over several lines is marked to the end of its first one.
    if end is None or end_line not in (None, line):
        stop = len(text.rstrip())
    else:
        stop = _characters(text, end)
    return Location(source.filename, line, start + 1, text, max(1, stop - start))


def _characters(text: str, offset: int) -> int:
    """A column of the parser counts UTF-8 bytes; this counts characters.

    >>> _characters("é = x", 5)
    4
    """
    return len(text.encode()[:offset].decode(errors="ignore"))


class TapelessError(Exception):
    """Base of the errors that concern tapeless itself."""


class NotSupported(NotImplementedError):
    """A construct that is refused: with its place, the reason, and the way out.

    >>> print(NotSupported(None, "a call of foo", instead="write it out"))
    not supported yet: a call of foo
    instead: write it out
    >>> print(NotSupported(None, "writing a global", never=True))
    never supported: writing a global
    """

    reason: str
    instead: str | None
    never: bool
    location: Location | None

    def __init__(
        self, node: Any, reason: str, instead: str | None = None, never: bool = False
    ) -> None:
        self.reason = reason
        self.instead = instead
        self.never = never
        self.location = locate(node)
        super().__init__(self._message())

    def _message(self) -> str:
        kind = "never supported" if self.never else "not supported yet"
        parts = [f"{kind}: {self.reason}"]
        if self.location is not None:
            parts[0] = f"{self.location}: {parts[0]}"
            if self.location.text.strip():
                parts.append(self.location.excerpt())
        if self.instead:
            parts.append(f"instead: {self.instead}")
        return "\n".join(parts)

    def __reduce__(self) -> tuple[Any, ...]:
        # The location is a value, not to be looked up again where the pickle is read.
        state = {k: getattr(self, k) for k in ("reason", "instead", "never", "location")}
        return _rebuild, (str(self), state)


def _rebuild(message: str, state: dict[str, Any]) -> NotSupported:
    error = NotSupported.__new__(NotSupported, message)
    error.__dict__.update(state)
    error.args = (message,)
    return error


class KeptOutside(NotSupported):
    """A derivative goes through something that is not local: maybe an attribute of an argument."""


class WrongUse(TypeError):
    """The interface was used wrongly: a non-scalar result, an integer array to differentiate …"""


class InternalError(RuntimeError, TapelessError):
    """A bug in tapeless, with the user's line at which it happened."""

    location: Location | None

    def __init__(self, node: Any, cause: BaseException) -> None:
        self.location = locate(node)
        what = f"{type(cause).__name__}: {cause}" if str(cause) else type(cause).__name__
        message = f"internal error, a bug in tapeless ({what})"
        if self.location is not None:
            message = f"{self.location}: {message}\n{self.location.excerpt()}"
        super().__init__(message)

    def __reduce__(self) -> tuple[Any, ...]:
        return RuntimeError, (str(self),)


@contextmanager
def internal(node: Any = None) -> Iterator[None]:
    """An unexpected exception in this block is reported as a bug, at `node`'s line.

    Refusals and wrong use pass through, and so does an error that an inner block reported:
    the innermost location is the best one.

    >>> with internal():
    ...     1 // 0
    Traceback (most recent call last):
        ...
    tapeless.errors.InternalError: internal error, a bug in tapeless (ZeroDivisionError: ...)
    """
    try:
        yield
    except (NotSupported, WrongUse, TapelessError):
        raise
    except Exception as error:
        raise InternalError(node, error) from error
