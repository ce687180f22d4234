"""Arrays joined, cut into pieces, repeated and padded."""

import numpy as np

from ..runtime import (
    fold_pad,
    inserted_cotangent,
    margin_sum,
    split_like,
    unblock,
    undelete,
    uninsert,
    unpad,
    unrepeat,
    unresize,
    untile,
)
from .conditions import is_int, is_none, is_number, is_word, keeps_reals
from .constants import named
from .registry import linear, pullback, pushforward, refused

# --- joined --------------------------------------------------------------------------------------


@pullback(
    np.concatenate,
    when=lambda arrays, dtype, out: arrays.rank is not None and keeps_reals(dtype, out),
)
def concatenate_rows_pullback(y, y_bar, arrays, axis=0, out=None, dtype=None):
    """The parts are the rows of one array."""
    return np.stack(split_like(y_bar, arrays, axis))


@pullback(np.concatenate, when=keeps_reals)
def concatenate_pullback(y, y_bar, arrays, axis=0, out=None, dtype=None):
    return split_like(y_bar, arrays, axis)


@pullback(np.stack, when=lambda axis, dtype, out: is_number(axis, 0) and keeps_reals(dtype, out))
def stack_rows_pullback(y, y_bar, arrays, axis=0, out=None, dtype=None):
    return y_bar


@pullback(np.stack, when=keeps_reals)
def stack_pullback(y, y_bar, arrays, axis=0, out=None, dtype=None):
    return np.moveaxis(y_bar, axis, 0)


@pullback(np.vstack, when=lambda tup, dtype: tup.rank is not None and keeps_reals(dtype))
def vstack_rows_pullback(y, y_bar, tup, dtype=None):
    return np.reshape(y_bar, np.shape(tup))


@pullback(np.vstack, when=keeps_reals)
def vstack_pullback(y, y_bar, tup, dtype=None):
    return split_like(y_bar, tup, 0)


@pullback(np.hstack, when=lambda tup, dtype: tup.rank is not None and keeps_reals(dtype))
def hstack_rows_pullback(y, y_bar, tup, dtype=None):
    return np.stack(split_like(y_bar, tup, 1))


@pullback(np.hstack, when=keeps_reals)
def hstack_pullback(y, y_bar, tup, dtype=None):
    return split_like(y_bar, tup, 1)


@pullback(np.column_stack, when=lambda tup: tup.rank is not None)
def column_stack_rows_pullback(y, y_bar, tup):
    return np.stack(split_like(y_bar, tup, 1))


@pullback(np.column_stack)
def column_stack_pullback(y, y_bar, tup):
    return split_like(y_bar, tup, 1)


@pullback(np.dstack, when=lambda tup: tup.rank is not None)
def dstack_rows_pullback(y, y_bar, tup):
    return np.stack(split_like(y_bar, tup, 2))


@pullback(np.dstack)
def dstack_pullback(y, y_bar, tup):
    return split_like(y_bar, tup, 2)


@pullback(np.block)
def block_pullback(y, y_bar, arrays):
    return unblock(y_bar, arrays)


@pullback(np.append)
def append_pullback(y, y_bar, arr, values, axis=None):
    parts = split_like(y_bar, (arr, values), axis)
    return parts[0], parts[1]


@pullback(np.insert)
def insert_pullback(y, y_bar, arr, obj, values, axis=None):
    return (
        uninsert(y_bar, arr, obj, axis),
        None,
        inserted_cotangent(y_bar, arr, obj, values, axis),
    )


linear(np.concatenate, np.stack, np.vstack, np.hstack, np.column_stack, np.dstack, np.block)
linear(np.append, of=(0, 1))
linear(np.insert, of=(0, 2))
refused(
    *named(np, "row_stack"),
    reason="NumPy is about to drop it",
    instead="np.vstack, the same function",
)

# --- cut -----------------------------------------------------------------------------------------


@pullback(np.split, np.array_split)
def split_pullback(y, y_bar, ary, indices_or_sections, axis=0):
    return np.concatenate(y_bar, axis)


@pullback(np.vsplit)
def vsplit_pullback(y, y_bar, ary, indices_or_sections):
    return np.concatenate(y_bar)


@pullback(np.hsplit)
def hsplit_pullback(y, y_bar, ary, indices_or_sections):
    return np.hstack(y_bar)


@pullback(np.dsplit)
def dsplit_pullback(y, y_bar, ary, indices_or_sections):
    return np.concatenate(y_bar, 2)


@pullback(np.delete)
def delete_pullback(y, y_bar, arr, obj, axis=None):
    return undelete(y_bar, arr, obj, axis)


linear(np.split, np.array_split, np.vsplit, np.hsplit, np.dsplit, np.delete)

if hasattr(np, "unstack"):

    @pullback(np.unstack)
    def unstack_pullback(y, y_bar, x, axis=0):
        return np.stack(y_bar, axis)

    linear(np.unstack)

# --- repeated ------------------------------------------------------------------------------------


@pullback(np.tile, when=lambda A: A.is_scalar)
def tile_of_number_pullback(y, y_bar, A, reps):
    return np.sum(y_bar)


@pullback(np.tile)
def tile_pullback(y, y_bar, A, reps):
    return untile(y_bar, A, reps)


@pullback(np.repeat, when=lambda a: a.is_scalar)
def repeat_of_number_pullback(y, y_bar, a, repeats, axis=None):
    return np.sum(y_bar)


@pullback(np.repeat, when=lambda repeats, axis: is_none(axis) and is_int(repeats))
def repeat_pullback(y, y_bar, a, repeats, axis=None):
    return np.sum(np.reshape(y_bar, (*np.shape(a), repeats)), -1)


@pullback(np.repeat)
def repeat_along_axis_pullback(y, y_bar, a, repeats, axis=None):
    return unrepeat(y_bar, a, repeats, axis)


@pullback(np.resize, when=lambda a: a.is_scalar)
def resize_of_number_pullback(y, y_bar, a, new_shape):
    return np.sum(y_bar)


@pullback(np.resize)
def resize_pullback(y, y_bar, a, new_shape):
    return unresize(y_bar, a)


linear(np.tile, np.repeat, np.resize)

# --- padded --------------------------------------------------------------------------------------


@pullback(
    np.pad,
    when=lambda mode, constant_values: is_word(mode, "constant") and constant_values.static,
)
def pad_pullback(y, y_bar, array, pad_width, mode="constant", constant_values=0):
    return unpad(y_bar, array, pad_width)


@pullback(
    np.pad,
    when=lambda mode, constant_values: is_word(mode, "constant") and constant_values.is_scalar,
)
def pad_with_number_pullback(y, y_bar, array, pad_width, mode="constant", constant_values=0):
    return unpad(y_bar, array, pad_width), None, None, margin_sum(y_bar, array, pad_width)


@pushforward(np.pad, when=lambda mode: is_word(mode, "constant"))
def pad_pushforward(
    y, array_dot, constant_values_dot, array, pad_width, mode="constant", constant_values=0
):
    return (
        np.pad(array_dot, pad_width),
        np.pad(np.zeros_like(array), pad_width, constant_values=constant_values_dot),
    )


@pullback(np.pad, when=lambda mode: is_word(mode, "edge", "reflect", "symmetric", "wrap", "mean"))
def pad_with_elements_pullback(y, y_bar, array, pad_width, mode="constant"):
    return fold_pad(y_bar, array, pad_width, mode)


@pushforward(
    np.pad, when=lambda mode: is_word(mode, "edge", "reflect", "symmetric", "wrap", "mean")
)
def pad_with_elements_pushforward(y, array_dot, array, pad_width, mode="constant"):
    return np.pad(array_dot, pad_width, mode)


@pullback(np.pad, when=lambda mode: is_word(mode, "linear_ramp"))
def pad_with_ramp_pullback(y, y_bar, array, pad_width, mode="constant", end_values=0):
    return fold_pad(y_bar, array, pad_width, mode)


@pushforward(np.pad, when=lambda mode: is_word(mode, "linear_ramp"))
def pad_with_ramp_pushforward(y, array_dot, array, pad_width, mode="constant", end_values=0):
    return np.pad(array_dot, pad_width, mode)
