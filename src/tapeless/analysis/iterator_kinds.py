"""The kinds of what `itertools` makes of things that carry no derivative."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from .kinds import Kind, Number, Opaque, Sequence, integer, join

Kinds = list[Kind | None]
Named = dict[str, Kind | None]
Element = Callable[[Kind | None], Kind | None]


def iterator_kinds(element: Element) -> dict[object, Callable[[Kinds, Named], Kind]]:
    """By function; ``element`` gives the kind of what iteration over a value gives."""

    def rows_of(items: Kinds) -> Kind:
        known = tuple(k or Opaque("element") for k in items)
        return Sequence(tuple, None, Sequence(tuple, known))

    def product(kinds: Kinds, named: Named) -> Kind:
        times = named.get("repeat", integer(None) if "repeat" in named else Number("i", known=1))
        if times is None or not isinstance(times.value, int):
            items = [element(k) for k in kinds]
            return Sequence(tuple, None, Sequence(tuple, None, _joined(items)))
        return rows_of([element(k) for k in kinds] * times.value)

    def combinations(kinds: Kinds, named: Named) -> Kind:
        size = kinds[1] if len(kinds) > 1 else named.get("r")
        if size is None or not isinstance(size.value, int):
            return Sequence(tuple, None, Sequence(tuple, None, element(kinds[0])))
        return rows_of([element(kinds[0])] * size.value)

    def same_items(kinds: Kinds, named: Named) -> Kind:
        return Sequence(tuple, None, _joined([element(k) for k in kinds]))

    def first_items(kinds: Kinds, named: Named) -> Kind:
        return Sequence(tuple, None, element(kinds[0]) or Opaque("element"))

    def second_items(kinds: Kinds, named: Named) -> Kind:
        return Sequence(tuple, None, element(kinds[1]) or Opaque("element"))

    def accumulate(kinds: Kinds, named: Named) -> Kind:
        plain = len(kinds) == 1 and not named
        found = element(kinds[0]) if plain else None
        known = isinstance(found, Number) and found.dtype == "i"
        return Sequence(tuple, None, integer(None) if known else Opaque("total"))

    def zip_longest(kinds: Kinds, named: Named) -> Kind:
        fill = named.get("fillvalue")
        if fill is None:
            return Opaque("zip_longest")
        return rows_of([join(element(k), fill) for k in kinds])

    return {
        itertools.product: product,
        itertools.combinations: combinations,
        itertools.combinations_with_replacement: combinations,
        itertools.permutations: combinations,
        itertools.pairwise: lambda kinds, named: rows_of([element(kinds[0])] * 2),
        itertools.chain: same_items,
        itertools.chain.from_iterable: lambda kinds, named: Sequence(
            tuple, None, element(element(kinds[0])) or Opaque("element")
        ),
        itertools.compress: first_items,
        itertools.islice: first_items,
        itertools.takewhile: second_items,
        itertools.dropwhile: second_items,
        itertools.filterfalse: second_items,
        itertools.accumulate: accumulate,
        itertools.zip_longest: zip_longest,
        itertools.repeat: lambda kinds, named: Sequence(tuple, None, kinds[0]),
    }


def _joined(kinds: Kinds) -> Kind:
    found: Kind | None = None
    for kind in kinds:
        found = join(found, kind or Opaque("element"))
    return found or Opaque("element")
