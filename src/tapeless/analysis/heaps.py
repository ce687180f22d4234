"""The functions of `heapq` as they are written in Python, for heaps of what carries derivatives."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any

from .kinds import Kind, Sequence, is_inexact


def heappush(heap: list[Any], item: Any) -> None:
    """Put an item in its place, as `heapq.heappush` does."""
    heap.append(item)
    place = len(heap) - 1
    while place > 0:
        above = (place - 1) // 2
        if not item < heap[above]:
            break
        heap[place] = heap[above]
        place = above
    heap[place] = item


def heappop(heap: list[Any]) -> Any:
    """Take out the least item, as `heapq.heappop` does."""
    last = heap.pop()
    if not heap:
        return last
    least = heap[0]
    place, below = 0, 1
    while below < len(heap):
        if below + 1 < len(heap) and not heap[below] < heap[below + 1]:
            below += 1
        heap[place] = heap[below]
        place, below = below, 2 * below + 1
    while place > 0:
        above = (place - 1) // 2
        if not last < heap[above]:
            break
        heap[place] = heap[above]
        place = above
    heap[place] = last
    return least


WRITTEN: dict[object, Callable[..., Any]] = {heapq.heappush: heappush, heapq.heappop: heappop}


def in_python(target: object, kinds: list[Kind | None]) -> Callable[..., Any] | None:
    """The function that is followed where a heap, or what comes into it, carries derivatives."""
    if not any(target is function for function in WRITTEN) or not kinds:
        return None
    smooth = isinstance(kinds[0], Sequence) and any(is_inexact(k) for k in kinds)
    return WRITTEN[target] if smooth else None
