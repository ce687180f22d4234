"""What a program being written knows about its names."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Real:
    """A float (shape ()) or an array of floats."""

    shape: Shape = ()


@dataclass(frozen=True)
class Whole:
    """An integer between two bounds, both reached."""

    low: int
    high: int
    fixed: bool = True  # not to be reassigned: a counter


@dataclass(frozen=True)
class Mask:
    """A boolean array."""

    shape: Shape


@dataclass(frozen=True)
class Picks:
    """An array of integers to index with, below `bound`."""

    length: int
    bound: int


@dataclass(frozen=True)
class Items:
    """A list of at least `length` floats or arrays of one shape."""

    shape: Shape
    length: int


@dataclass(frozen=True)
class Record:
    """A dictionary with constant keys."""

    fields: tuple[tuple[str, Shape], ...]


@dataclass(frozen=True)
class Callee:
    """A function: shapes in, shapes out (a tuple if more than one)."""

    parameters: tuple[Shape, ...]
    results: tuple[Shape, ...]
    optional: int = 0
    names: tuple[str, ...] = ()


@dataclass
class Scope:
    """The names of one function while it is written."""

    random: random.Random
    types: dict[str, object] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)
    depth: int = 0
    trips: int = 1
    loops: int = 0
    budget: int = 12
    frozen: set[str] = field(default_factory=set)  # not to be rebound: a loop runs over them
    results: tuple[Shape, ...] = ((),)

    def emit(self, text: str) -> None:
        self.lines.append("    " * (self.depth + 1) + text)

    def fresh(self, stem: str) -> str:
        number = 0
        while f"{stem}{number}" in self.taken:
            number += 1
        self.taken.add(f"{stem}{number}")
        return f"{stem}{number}"

    def named(self, kind: type) -> list[str]:
        return [n for n, t in self.types.items() if isinstance(t, kind)]

    def reals(self, shape: Shape | None = None) -> list[str]:
        return [
            n
            for n, t in self.types.items()
            if isinstance(t, Real) and (shape is None or t.shape == shape)
        ]

    def arrays(self) -> list[str]:
        return [n for n in self.reals() if self.types[n].shape]

    def shape(self, name: str) -> Shape:
        return self.types[name].shape

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def pick(self, choices):
        return self.random.choice(list(choices))
