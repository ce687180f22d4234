"""Lists, tuples and dicts as values of functions.

The cotangent of a list or a tuple is a list, that of a dict a dict.  What changes a container in
place is reversed in differentiate/containers.py.
"""

import builtins

import numpy as np

from ..runtime import (
    exchanged,
    items_at,
    position_of_max,
    position_of_min,
    sorting_order,
    unpaired,
    unpermuted,
    unzipped,
    with_keys_of,
    zero_tangent,
)
from .conditions import is_array, is_sequence
from .registry import constant, linear, pullback, pushforward

constant(sorting_order, exchanged, position_of_max, position_of_min)
constant(dict.keys, list.index, list.count, tuple.index, tuple.count)

linear(list, tuple, builtins.reversed, list.copy, dict.copy, dict.values, items_at)
linear(builtins.zip, of=(0, 1, 2, 3))


@pullback(list, tuple, when=lambda iterable: is_array(iterable))
def list_of_array_pullback(y, y_bar, iterable=()):
    return np.array(y_bar)


@pullback(list, tuple, list.copy, when=lambda iterable: is_sequence(iterable))
def list_pullback(y, y_bar, iterable=()):
    return list(y_bar)


@pullback(builtins.reversed, when=lambda sequence: not is_array(sequence))
def reversed_pullback(y, y_bar, sequence):
    return y_bar[::-1]


@pullback(builtins.reversed)
def reversed_array_pullback(y, y_bar, sequence):
    return np.array(y_bar[::-1])


@pullback(builtins.zip)
def zip_pullback(y, y_bar, x0, x1=(), x2=(), x3=(), strict=False):
    return (
        unzipped(y_bar, 0, x0),
        unzipped(y_bar, 1, x1),
        unzipped(y_bar, 2, x2),
        unzipped(y_bar, 3, x3),
    )


@pullback(builtins.enumerate, when=lambda iterable: not is_array(iterable))
def enumerate_pullback(y, y_bar, iterable, start=0):
    return [pair[1] for pair in y_bar]


@pullback(builtins.enumerate)
def enumerate_array_pullback(y, y_bar, iterable, start=0):
    return np.array([pair[1] for pair in y_bar])


@pushforward(builtins.enumerate)
def enumerate_pushforward(y, iterable_dot, iterable, start=0):
    return [(0.0, item_dot) for item_dot in iterable_dot]


@pullback(items_at)
def items_at_pullback(y, y_bar, items, order):
    return unpermuted(y_bar, order)


@pullback(dict.values)
def values_pullback(y, y_bar, mapping):
    return with_keys_of(mapping, y_bar)


@pullback(dict.items)
def items_pullback(y, y_bar, mapping):
    return with_keys_of(mapping, [pair[1] for pair in y_bar])


@pushforward(dict.items)
def items_pushforward(y, mapping_dot, mapping):
    return [(zero_tangent(key), value_dot) for key, value_dot in mapping_dot.items()]


@pullback(dict, when=lambda mapping: not is_sequence(mapping))
@pullback(dict.copy)
def dict_pullback(y, y_bar, mapping=()):
    return dict(y_bar)


@pullback(dict)
def dict_of_pairs_pullback(y, y_bar, mapping=()):
    return unpaired(y_bar, mapping)


@pushforward(dict, when=lambda mapping: is_sequence(mapping))
def dict_of_pairs_pushforward(y, mapping_dot, mapping=()):
    return {pair[0]: pair_dot[1] for pair, pair_dot in zip(mapping, mapping_dot, strict=True)}


@pushforward(dict)
def dict_pushforward(y, mapping_dot, mapping=()):
    return dict(mapping_dot)
