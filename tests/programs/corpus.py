"""The register of test programs.

A program is an ordinary NumPy function with a scalar result, together with a way to
make arguments for it::

    @program(make=lambda g: (g.normal(size=5), 0.1), wrt=(0, 1))
    def damped(x, c):
        return np.sum(x * np.exp(-c * x))

The decorator returns the function unchanged. `make` takes a random generator and gives
the arguments, away from kinks; `wrt` are the positions that are differentiated;
`may_refuse` marks what the engine may also refuse, as long as it never gets it wrong.
"""

from __future__ import annotations

import importlib
import pkgutil
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

_NOT_CATEGORIES = {"corpus", "check", "run"}
_register: dict[str, Program] = {}


@dataclass(frozen=True)
class Program:
    """One function of the corpus and how it is called."""

    function: Callable[..., Any]
    make: Callable[[np.random.Generator], tuple]
    wrt: tuple[int, ...]
    note: str
    may_refuse: bool
    category: str

    @property
    def name(self) -> str:
        return f"{self.category}.{self.function.__name__}"

    def arguments(self) -> tuple:
        """Fresh arguments: the same in every process."""
        return self.make(np.random.default_rng(zlib.crc32(self.name.encode())))


def program(*, make, wrt=(0,), note="", may_refuse=False):
    """Register the decorated function as a test program."""

    def register(function):
        category = function.__module__.rsplit(".", 1)[-1]
        entry = Program(function, make, tuple(wrt), note, may_refuse, category)
        if entry.name in _register:
            raise ValueError(f"two programs are called {entry.name}")
        _register[entry.name] = entry
        return function

    return register


def all_programs() -> list[Program]:
    """Every program of every category, in the order of their text."""
    package = __name__.rsplit(".", 1)[0]
    path = importlib.import_module(package).__path__
    for module in sorted(info.name for info in pkgutil.iter_modules(path)):
        if module not in _NOT_CATEGORIES and not module.startswith("_"):
            importlib.import_module(f"{package}.{module}")
    return list(_register.values())
