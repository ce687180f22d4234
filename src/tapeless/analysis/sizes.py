"""Integers known up to symbols: lengths of axes, and the counters and bounds that make them.

A size is a linear form over symbols. Two equal sizes are equal numbers at run time, as long as
both were computed in the same trip of every loop (see ``Symbol.varying``).

>>> n = size_of_symbol(Symbol("x.0"))
>>> str(add(n, -2)), add(add(n, -2), 2) == n
('x.0 - 2', True)
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Symbol:
    """An integer that is not known when the code is generated.

    ``many`` says that it is not 1 (so an axis of this length never broadcasts); ``varying``
    that it changes from trip to trip of a loop.
    """

    name: str
    many: bool = False
    varying: bool = False


@dataclass(frozen=True)
class Size:
    """``sum(coefficient * symbol) + constant``."""

    terms: tuple[tuple[Symbol, int], ...]
    constant: int

    @property
    def is_constant(self) -> bool:
        """Whether the number itself is known."""
        return not self.terms

    @property
    def is_one(self) -> bool:
        """Whether it is known to be 1."""
        return not self.terms and self.constant == 1

    @property
    def is_many(self) -> bool:
        """Whether it is known not to be 1."""
        if not self.terms:
            return self.constant != 1
        return (
            len(self.terms) == 1
            and self.constant == 0
            and self.terms[0][1] == 1
            and self.terms[0][0].many
        )

    @property
    def varies(self) -> bool:
        """Whether it may change from trip to trip of a loop."""
        return any(symbol.varying for symbol, _ in self.terms)

    def __str__(self) -> str:
        parts = [s.name if c == 1 else f"{c}*{s.name}" for s, c in self.terms]
        text = " + ".join(parts)
        if self.constant or not parts:
            sign = " - " if self.constant < 0 and parts else " + " if parts else ""
            text += f"{sign}{abs(self.constant) if parts else self.constant}"
        return text


ONE = Size((), 1)


def constant_size(number: int) -> Size:
    """A known number."""
    return Size((), int(number))


def size_of_symbol(symbol: Symbol) -> Size:
    """The number that a symbol stands for."""
    return Size(((symbol, 1),), 0)


def add(left: Size | None, right: Size | int | None, sign: int = 1) -> Size | None:
    """``left + sign * right``; unknown (None) stays unknown."""
    if left is None or right is None:
        return None
    if isinstance(right, int):
        right = constant_size(right)
    terms = dict(left.terms)
    for symbol, coefficient in right.terms:
        terms[symbol] = terms.get(symbol, 0) + sign * coefficient
    kept = tuple(sorted((s, c) for s, c in terms.items() if c))
    return Size(kept, left.constant + sign * right.constant)


def multiply(left: Size | None, right: Size | None) -> Size | None:
    """``left * right`` where one of them is a known number."""
    if left is None or right is None:
        return None
    if left.is_constant:
        left, right = right, left
    if not right.is_constant:
        return None
    factor = right.constant
    return Size(tuple((s, c * factor) for s, c in left.terms if factor), left.constant * factor)


def same_size(left: Size | None, right: Size | None) -> bool:
    """Whether two sizes are proved equal (an unknown size equals nothing)."""
    return left is not None and left == right
