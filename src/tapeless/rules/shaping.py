"""What moves elements without changing them: shapes, joins, copies, casts."""

import numpy as np

from ..runtime import inverse_axes, on_diagonal, split_like, undiag, undiff, unpad, unrepeat, untile
from .conditions import cuts_to_integers, is_complex, is_none, is_number, keeps_reals, ranks
from .registry import pullback, view

# --- the same elements in another shape ----------------------------------------------------------


@pullback(np.reshape, when=lambda a, order: a.is_scalar)
def reshape_of_number_pullback(y, y_bar, a, shape=None, order="C"):
    return y_bar.item()


@pullback(np.reshape, when=lambda order: order.static and order.value == "C")
def reshape_pullback(y, y_bar, a, shape=None, order="C"):
    return np.reshape(y_bar, np.shape(a))


@pullback(np.ravel, np.ndarray.flatten, when=lambda a: ranks(a, 1))
def ravel_of_vector_pullback(y, y_bar, a, order="C"):
    return y_bar


@pullback(np.ravel, np.ndarray.flatten, when=lambda order: order.static and order.value == "C")
def ravel_pullback(y, y_bar, a, order="C"):
    return np.reshape(y_bar, np.shape(a))


@pullback(np.squeeze)
def squeeze_pullback(y, y_bar, a, axis=None):
    return np.reshape(y_bar, np.shape(a))


@pullback(np.expand_dims, when=lambda a: a.is_scalar)
def expand_dims_of_number_pullback(y, y_bar, a, axis):
    return y_bar.item()


@pullback(np.expand_dims)
def expand_dims_pullback(y, y_bar, a, axis):
    return np.reshape(y_bar, np.shape(a))


@pullback(np.atleast_1d, np.atleast_2d, np.atleast_3d, when=lambda a: a.is_scalar)
def atleast_of_number_pullback(y, y_bar, a):
    return y_bar.item()


@pullback(np.atleast_1d, np.atleast_2d, np.atleast_3d)
def atleast_pullback(y, y_bar, a):
    return np.reshape(y_bar, np.shape(a))


@pullback(np.transpose, when=lambda axes: is_none(axes))
def transpose_pullback(y, y_bar, a, axes=None):
    return y_bar.T


@pullback(np.transpose, np.permute_dims)
def permutation_pullback(y, y_bar, a, axes=None):
    return np.transpose(y_bar, inverse_axes(axes))


@pullback(np.swapaxes)
def swapaxes_pullback(y, y_bar, a, axis1, axis2):
    return np.swapaxes(y_bar, axis1, axis2)


@pullback(np.moveaxis)
def moveaxis_pullback(y, y_bar, a, source, destination):
    return np.moveaxis(y_bar, destination, source)


@pullback(np.broadcast_to, broadcasts=True)
def broadcast_to_pullback(y, y_bar, array, shape):
    return y_bar


# --- copies and casts ----------------------------------------------------------------------------


@pullback(np.copy)
def copy_pullback(y, y_bar, a, order="K"):
    return y_bar


@pullback(np.real)
def real_pullback(y, y_bar, val):
    return y_bar


@pullback(np.imag, when=lambda val: is_complex(val))
def imag_pullback(y, y_bar, val):
    return y_bar * -1j


@pullback(np.imag, when=lambda val: val.rank is not None)
def imag_of_real_pullback(y, y_bar, val):
    return None


@pullback(np.array, np.asarray, np.asanyarray, np.ascontiguousarray, when=cuts_to_integers)
def integer_array_pullback(y, y_bar, a, dtype=None):
    return None


@pullback(np.array, np.asarray, np.asanyarray, np.ascontiguousarray, when=keeps_reals)
def array_pullback(y, y_bar, a, dtype=None):
    """The cotangent of element i of a sequence is row i."""
    return y_bar


@pullback(np.ndarray.astype, np.astype, when=cuts_to_integers)
def integer_astype_pullback(y, y_bar, x, dtype):
    return None


@pullback(np.ndarray.astype, np.astype, when=keeps_reals)
def astype_pullback(y, y_bar, x, dtype):
    return y_bar


@pullback(np.ndarray.item)
def item_pullback(y, y_bar, a):
    """Of an array with one element."""
    return np.full(np.shape(a), y_bar)


@pullback(np.ndarray.tolist)
def tolist_pullback(y, y_bar, a):
    return np.array(y_bar)


# --- joined --------------------------------------------------------------------------------------


@pullback(np.concatenate)
def concatenate_pullback(y, y_bar, arrays, axis=0):
    return split_like(y_bar, arrays, axis)


@pullback(np.stack, when=lambda axis: is_number(axis, 0))
def stack_rows_pullback(y, y_bar, arrays, axis=0):
    return y_bar


@pullback(np.stack)
def stack_pullback(y, y_bar, arrays, axis=0):
    return np.moveaxis(y_bar, axis, 0)


@pullback(np.vstack)
def vstack_pullback(y, y_bar, tup):
    return split_like(y_bar, tup, 0)


@pullback(np.hstack, np.column_stack)
def hstack_pullback(y, y_bar, tup):
    return split_like(y_bar, tup, 1)


@pullback(np.dstack)
def dstack_pullback(y, y_bar, tup):
    return split_like(y_bar, tup, 2)


@pullback(np.append)
def append_pullback(y, y_bar, arr, values, axis=None):
    return split_like(y_bar, (arr, values), axis)[0], split_like(y_bar, (arr, values), axis)[1]


# --- cut, repeated, turned -----------------------------------------------------------------------


@pullback(np.split, np.array_split)
def split_pullback(y, y_bar, ary, indices_or_sections, axis=0):
    return np.concatenate(y_bar, axis)


@pullback(np.vsplit)
def vsplit_pullback(y, y_bar, ary, indices_or_sections):
    return np.concatenate(y_bar)


@pullback(np.hsplit)
def hsplit_pullback(y, y_bar, ary, indices_or_sections):
    return np.hstack(y_bar)


@pullback(np.tile)
def tile_pullback(y, y_bar, A, reps):
    return untile(y_bar, A, reps)


@pullback(np.repeat)
def repeat_pullback(y, y_bar, a, repeats, axis=None):
    return unrepeat(y_bar, a, repeats, axis)


@pullback(np.roll, when=lambda shift: shift.is_scalar)
def roll_pullback(y, y_bar, a, shift, axis=None):
    return np.roll(y_bar, -shift, axis)


@pullback(np.roll)
def roll_axes_pullback(y, y_bar, a, shift, axis=None):
    return np.roll(y_bar, np.negative(shift), axis)


@pullback(np.flip)
def flip_pullback(y, y_bar, m, axis=None):
    return np.flip(y_bar, axis)


@pullback(np.fliplr)
def fliplr_pullback(y, y_bar, m):
    return np.fliplr(y_bar)


@pullback(np.flipud)
def flipud_pullback(y, y_bar, m):
    return np.flipud(y_bar)


@pullback(np.rot90)
def rot90_pullback(y, y_bar, m, k=1, axes=(0, 1)):
    return np.rot90(y_bar, -k, axes)


@pullback(np.diag, when=lambda v: ranks(v, 1))
def diag_of_vector_pullback(y, y_bar, v, k=0):
    return np.diag(y_bar, k)


@pullback(np.diag)
def diag_pullback(y, y_bar, v, k=0):
    return undiag(y_bar, v, k)


@pullback(np.diagonal)
def diagonal_pullback(y, y_bar, a, offset=0, axis1=0, axis2=1):
    return on_diagonal(y_bar, a, offset, axis1, axis2)


@pullback(np.tril)
def tril_pullback(y, y_bar, m, k=0):
    return np.tril(y_bar, k)


@pullback(np.triu)
def triu_pullback(y, y_bar, m, k=0):
    return np.triu(y_bar, k)


@pullback(np.pad, when=lambda mode: mode.static and mode.value == "constant")
def pad_pullback(y, y_bar, array, pad_width, mode="constant"):
    return unpad(y_bar, array, pad_width)


@pullback(np.diff, when=lambda n: is_number(n, 1))
def diff_pullback(y, y_bar, a, n=1, axis=-1):
    return undiff(y_bar, a, axis)


# --- which results may share memory with their first argument ------------------------------------

view(
    np.reshape, np.ravel, np.transpose, np.permute_dims, np.swapaxes, np.moveaxis, np.rollaxis,
    np.squeeze, np.expand_dims, np.atleast_1d, np.atleast_2d, np.atleast_3d, np.broadcast_to,
    np.broadcast_arrays, np.diagonal, np.diag, np.linalg.diagonal, np.real, np.imag,
    np.real_if_close, np.conjugate, np.matrix_transpose, np.linalg.matrix_transpose, np.flip,
    np.fliplr, np.flipud, np.rot90, np.split, np.array_split, np.vsplit, np.hsplit, np.dsplit,
    np.asarray, np.asanyarray, np.ascontiguousarray, np.asfortranarray, np.require, np.array,
    np.astype, np.ndarray.astype, np.ndarray.view, np.nan_to_num, np.meshgrid,
    np.lib.stride_tricks.sliding_window_view, np.lib.stride_tricks.as_strided,
)  # fmt: skip
