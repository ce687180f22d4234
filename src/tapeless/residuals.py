"""Copies of what a forward sweep hands to its pullback.

A pullback uses up what it is given: lists are popped, arrays are put back to earlier states in
place.  So each call gets its own copy, in which arrays that share memory share memory again.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

_PLAIN = frozenset({float, int, bool, complex, str, type(None), np.float64, np.float32, np.int64})


def needs_copy(value: Any) -> bool:
    """Whether anything in a value could be changed in place."""
    kind = type(value)
    if kind in _PLAIN:
        return False
    if kind is tuple:
        return any(needs_copy(item) for item in value)
    return isinstance(value, (np.ndarray, list, dict, tuple))


class Copier:
    """Copies structures; what is shared inside stays shared among its copies.

    >>> u = np.zeros(3)
    >>> copied, view = Copier()((u, u[1:]))
    >>> view[0] = 1.0
    >>> copied, u
    (array([0., 1., 0.]), array([0., 0., 0.]))
    """

    def __init__(self, only: frozenset[int] | None = None) -> None:
        self.only = only  # identities of the memory owners to copy; None means all of them
        self.done: dict[int, Any] = {}
        self.memory: dict[int, tuple[np.ndarray, int]] = {}
        self.kept: list[Any] = []  # identities stay unique as long as their objects live

    def __call__(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if id(value) in self.done:
            return self.done[id(value)]
        if isinstance(value, np.ndarray):
            made: Any = self._array(value)
        elif kind is list:
            made = self._list(value)
        elif isinstance(value, tuple):
            parts = [self(item) for item in value]
            made = kind(*parts) if hasattr(value, "_fields") else kind(parts)
        elif kind is dict:
            made = {key: self(item) for key, item in value.items()}
        else:
            return value
        self.done[id(value)] = made
        self.kept.append(value)
        return made

    def _list(self, value: list[Any]) -> list[Any]:
        if set(map(type, value)) <= _PLAIN:
            return value.copy()
        return [self(item) for item in value]

    def _array(self, array: np.ndarray) -> np.ndarray:
        root = owner(array)
        if self.only is not None and id(root) not in self.only:
            return array
        if array.dtype.hasobject or not array.size:
            return array.copy()
        if id(root) not in self.memory:
            self.memory[id(root)] = _memory_of(root)
            self.kept.append(root)
        memory, low = self.memory[id(root)]
        offset = _address(array) - low
        return np.ndarray(array.shape, array.dtype, memory, offset, array.strides)


def owner(array: np.ndarray) -> np.ndarray:
    """The array at the bottom of a chain of views."""
    while True:
        base = array.base
        if not isinstance(base, np.ndarray):
            base = getattr(base, "base", None)  # as_strided puts an object in between
        if not isinstance(base, np.ndarray):
            return array
        array = base


def owners(value: Any) -> Iterator[int]:
    """Identities of the owners of all arrays in a structure."""
    if isinstance(value, np.ndarray):
        yield id(owner(value))
    elif isinstance(value, dict):
        for item in value.values():
            yield from owners(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from owners(item)


def _memory_of(root: np.ndarray) -> tuple[np.ndarray, int]:
    """A copy of the memory below an array, and the address at which the original begins."""
    low, high = np.lib.array_utils.byte_bounds(root)
    memory = np.empty(high - low, np.uint8)
    offset = _address(root) - low
    np.ndarray(root.shape, root.dtype, memory, offset, root.strides)[...] = root
    return memory, low


def _address(array: np.ndarray) -> int:
    return int(array.__array_interface__["data"][0])


# --- whether a pullback uses up what it is given -------------------------------------------------

_BAR = re.compile(r".*_bar_?\d*$")
_MUTATING = {
    "append", "at", "clear", "copyto", "extend", "fill", "insert", "itemset", "partition", "place",
    "pop", "popitem", "put", "put_along_axis", "putmask", "remove", "resize", "reverse",
    "setdefault", "setfield", "setflags", "sort", "update",
}  # fmt: skip


def uses_up(text: str, function: str) -> bool:
    """Whether a function of a generated module may change what it is given, adjoints aside.

    >>> uses_up("def f(saved, y_bar):\\n    y_bar[0] = 0.0\\n    return saved[0] * y_bar", "f")
    False
    >>> uses_up("def f(saved, y_bar):\\n    return saved[0].pop() * y_bar", "f")
    True
    """
    functions = {n.name: n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)}
    seen = {function}
    waiting = [function]
    while waiting:
        for node in ast.walk(functions[waiting.pop()]):
            if _is_change(node):
                return True
            if isinstance(node, ast.Name) and node.id in functions and node.id not in seen:
                seen.add(node.id)
                waiting.append(node.id)
    return False


def _is_change(node: ast.AST) -> bool:
    """Whether a node may change an object in place that is not an adjoint."""
    if isinstance(node, ast.Assign):
        if isinstance(node.targets[0], ast.Tuple):  # `x, x_bar = saved`: not an adjoint of ours
            return any(
                _BAR.match(n.id) for n in ast.walk(node.targets[0]) if isinstance(n, ast.Name)
            )
        return any(not isinstance(t, ast.Name) and not _is_bar(t) for t in node.targets)
    if isinstance(node, ast.AugAssign):
        return not _is_bar(node.target)
    if isinstance(node, (ast.Delete, ast.NamedExpr, ast.Try, ast.With)):
        return True
    if isinstance(node, ast.Call):
        if any(k.arg == "out" and not _is_bar(k.value) for k in node.keywords):
            return True
        if isinstance(node.func, ast.Attribute) and node.func.attr in _MUTATING:
            method = _root(node.func) not in ("np", "numpy")
            return not _is_bar(node.func if method or not node.args else node.args[0])
    return False


def _is_bar(node: ast.expr) -> bool:
    return _BAR.match(_root(node)) is not None


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
