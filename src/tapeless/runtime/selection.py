"""Cotangents of functions that choose among several arrays."""

import numpy as np

from .shapes import unbroadcast

SHAPE_OF = {"choose_cotangent": 2, "select_cotangent": 2, "unselected": 2}


def share_out(y_bar, chosen, items):
    """The cotangents of arrays of which `chosen` says, for each element, which was taken."""
    parts = [unbroadcast(np.where(chosen == k, y_bar, 0.0), item) for k, item in enumerate(items)]
    return np.array(parts) if isinstance(items, np.ndarray) else parts


def choose_cotangent(y_bar, a, choices, mode="raise"):
    """The cotangents of the arrays among which `np.choose(a, choices)` takes its elements."""
    return share_out(y_bar, np.take(np.arange(len(choices)), a, mode=mode), choices)


def select_cotangent(y_bar, condlist, choicelist):
    """The cotangents of the arrays of `np.select`: the first with a true condition is taken."""
    return share_out(y_bar, np.select(condlist, range(len(condlist)), -1), choicelist)


def unselected(y_bar, condlist, default):
    """The cotangent of the default of `np.select`, taken where no condition is true."""
    chosen = np.select(condlist, range(len(condlist)), -1)
    return unbroadcast(np.where(chosen < 0, y_bar, 0.0), default)
