"""Elements chosen among several arrays."""

import numpy as np

from ..runtime import choose_cotangent, select_cotangent, unselected
from .conditions import is_none
from .registry import linear, pullback


@pullback(np.choose, when=lambda out: is_none(out))
def choose_pullback(y, y_bar, a, choices, out=None, mode="raise"):
    return None, choose_cotangent(y_bar, a, choices, mode)


@pullback(np.select)
def select_pullback(y, y_bar, condlist, choicelist, default=0):
    """Where several conditions are true, the first of them holds."""
    return (
        None,
        select_cotangent(y_bar, condlist, choicelist),
        unselected(y_bar, condlist, default),
    )


linear(np.choose, of=(1,))
linear(np.select, np.where, of=(1, 2))
