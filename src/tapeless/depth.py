"""Room for deep trees: a sum of five hundred terms is a tree of five hundred levels.

The passes go down such a tree level by level, several frames for each. Python's own limit of a
thousand frames is meant for functions that call themselves without end, which the passes do not.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

FRAMES = 12_000  # what a tree of about two thousand levels takes

_lock = threading.Lock()
_inside = 0  # how many are at work, in all threads: the limit is one for all of them
_before = 0


@contextmanager
def deep_trees() -> Iterator[None]:
    """Within this block, trees may be deep.

    >>> import sys
    >>> before = sys.getrecursionlimit()
    >>> with deep_trees():
    ...     sys.getrecursionlimit() >= FRAMES
    True
    >>> sys.getrecursionlimit() == before
    True
    """
    global _inside, _before
    with _lock:
        if _inside == 0:
            _before = sys.getrecursionlimit()
            sys.setrecursionlimit(max(_before, FRAMES))
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                sys.setrecursionlimit(_before)
