"""Generated text as a function that runs, and that debuggers, tracebacks and `inspect` can show.

What is compiled is the text, nothing else.  Its file name is made from the function's name and
a hash of the text, so that equal text is one file and different texts never meet.
"""

from __future__ import annotations

import hashlib
import importlib.util
import linecache
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

_DIRECTORY = "TAPELESS_CACHE_DIR"


def load(
    text: str,
    name: str,
    namespace: Mapping[str, object],
    directory: str | os.PathLike[str] | None = None,
) -> dict[str, Any]:
    """Run `text` with the names of `namespace` defined; the namespace after that.

    With `directory`, or if the environment variable TAPELESS_CACHE_DIR names one, the text is
    written there as a module, which lets an editor set break points and Numba cache.

    >>> load("def double(x):\\n    return two * x", "double", {"two": 2.0})["double"](3.0)
    6.0
    """
    if not text.endswith("\n"):
        text += "\n"
    directory = directory or os.environ.get(_DIRECTORY)
    if directory:
        return vars(_load_file(text, name, namespace, Path(directory)))
    filename = f"<tapeless {name} {text_hash(text)}>"
    register(filename, text)
    # `__name__` gives the functions a module: pickling and inspect ask for it.
    result: dict[str, Any] = {"__name__": f"tapeless.generated.{name}", **namespace}
    exec(compile(text, filename, "exec", dont_inherit=True), result)
    return result


def text_hash(text: str) -> str:
    """Twelve hexadecimal digits: the same in every process.

    >>> text_hash("y = x\\n")
    '1085dfbcd7f7'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def register(filename: str, text: str) -> None:
    """Make `linecache`, and with it everything that shows source, know the text."""
    # The modification time None means: not from a file, never drop it.
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)


def _load_file(
    text: str, name: str, namespace: Mapping[str, object], directory: Path
) -> ModuleType:
    """The text as a file and a module; one file for equal texts."""
    module_name = f"{name}_{text_hash(text)}"
    path = directory.absolute() / f"{module_name}.py"
    if not _holds(path, text):
        _write(path, text)
    spec = importlib.util.spec_from_file_location(module_name, path)
    if spec is None:
        raise ImportError(f"cannot make a module of {path}")
    # A new module each time: equal text may be meant with other values in its namespace.
    # Executed from the text, not through the loader: a stale .pyc cannot come in between.
    module = importlib.util.module_from_spec(spec)
    vars(module).update(namespace)
    sys.modules[module_name] = module
    exec(compile(text, str(path), "exec", dont_inherit=True), vars(module))
    return module


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def _write(path: Path, text: str) -> None:
    """Write in one step, so that another process never reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    linecache.checkcache(str(path))
