"""`np.add.reduce` and its like: reductions whose default is the first axis."""

import numpy as np

from ..runtime import (
    product_of_others,
    spread,
    tie_share,
    tie_share_of_initial,
    tie_share_where,
)
from .conditions import is_none, keeps_reals
from .registry import linear, pullback, pushforward


@pullback(np.add.reduce, when=keeps_reals)
def add_reduce_pullback(y, y_bar, array, axis=0, dtype=None, out=None, keepdims=False):
    return spread(y_bar, array, axis, keepdims)


@pullback(np.add.reduce, when=keeps_reals)
def add_reduce_where_pullback(
    y, y_bar, array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True
):
    return (
        np.where(where, spread(y_bar, array, axis, keepdims), 0.0),
        None,
        None,
        None,
        None,
        np.sum(y_bar),
    )


@pushforward(
    np.add.reduce, when=lambda initial, dtype, out: not is_none(initial) and keeps_reals(dtype, out)
)
def add_reduce_from_pushforward(
    y, array_dot, initial_dot, array, axis=0, dtype=None, out=None, keepdims=False, initial=None,
    where=True,
):  # fmt: skip
    return (
        np.sum(array_dot, axis=axis, keepdims=keepdims, where=where),
        np.full_like(y, initial_dot),
    )


linear(np.add.reduce)


@pullback(np.multiply.reduce, when=keeps_reals)
def multiply_reduce_pullback(y, y_bar, array, axis=0, dtype=None, out=None, keepdims=False):
    return spread(y_bar, array, axis, keepdims) * product_of_others(array, axis)


@pushforward(np.multiply.reduce, when=keeps_reals)
def multiply_reduce_pushforward(y, array_dot, array, axis=0, dtype=None, out=None, keepdims=False):
    return np.sum(array_dot * product_of_others(array, axis), axis=axis, keepdims=keepdims)


@pullback(np.maximum.reduce, np.minimum.reduce, when=keeps_reals)
def maximum_reduce_pullback(y, y_bar, array, axis=0, dtype=None, out=None, keepdims=False):
    return spread(y_bar, array, axis, keepdims) * tie_share(array, y, axis, keepdims)


@pushforward(np.maximum.reduce, np.minimum.reduce, when=keeps_reals)
def maximum_reduce_pushforward(y, array_dot, array, axis=0, dtype=None, out=None, keepdims=False):
    return np.sum(array_dot * tie_share(array, y, axis, keepdims), axis=axis, keepdims=keepdims)


@pullback(np.maximum.reduce, np.minimum.reduce, when=keeps_reals)
def maximum_reduce_where_pullback(
    y, y_bar, array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True
):
    return (
        spread(y_bar, array, axis, keepdims) * tie_share_where(array, y, axis, initial, where),
        None,
        None,
        None,
        None,
        np.sum(y_bar * tie_share_of_initial(array, y, axis, initial, where)),
    )


@pushforward(np.maximum.reduce, np.minimum.reduce, when=keeps_reals)
def maximum_reduce_where_pushforward(
    y, array_dot, initial_dot, array, axis=0, dtype=None, out=None, keepdims=False, initial=None,
    where=True,
):  # fmt: skip
    share = tie_share_where(array, y, axis, initial, where)
    return (
        np.sum(array_dot * share, axis=axis, keepdims=keepdims),
        initial_dot * tie_share_of_initial(array, y, axis, initial, where),
    )


@pullback(np.logaddexp.reduce, when=lambda dtype, out: is_none(dtype) and is_none(out))
def logaddexp_reduce_pullback(y, y_bar, array, axis=0, dtype=None, out=None, keepdims=False):
    """The weights are those of a softmax."""
    weights = np.exp(array - spread(y, array, axis, keepdims))
    return spread(y_bar, array, axis, keepdims) * weights


@pushforward(np.logaddexp.reduce, when=lambda dtype, out: is_none(dtype) and is_none(out))
def logaddexp_reduce_pushforward(y, array_dot, array, axis=0, dtype=None, out=None, keepdims=False):
    weights = np.exp(array - spread(y, array, axis, keepdims))
    return np.sum(array_dot * weights, axis=axis, keepdims=keepdims)


@pullback(np.hypot.reduce, when=lambda dtype, out: is_none(dtype) and is_none(out))
def hypot_reduce_pullback(y, y_bar, array, axis=0, dtype=None, out=None, keepdims=False):
    """At the origin there is no derivative."""
    return spread(y_bar / y, array, axis, keepdims) * array


@pushforward(np.hypot.reduce, when=lambda dtype, out: is_none(dtype) and is_none(out))
def hypot_reduce_pushforward(y, array_dot, array, axis=0, dtype=None, out=None, keepdims=False):
    return np.sum(array_dot * array, axis=axis, keepdims=keepdims) / y
