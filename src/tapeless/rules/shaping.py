"""What keeps all elements and changes how they are arranged: shapes, orders, copies, casts."""

import numpy as np

from ..runtime import (
    at_index,
    inverse_axes,
    on_diagonal,
    shaped_like,
    unbroadcast,
    undiag,
    unrollaxis,
)
from .conditions import (
    at_least,
    cuts_to_integers,
    is_none,
    is_number,
    is_word,
    keeps_reals,
    ranks,
)
from .registry import linear, pullback, view

# --- the same elements in another shape ----------------------------------------------------------


@pullback(np.reshape, when=lambda a: a.is_scalar)
def reshape_of_number_pullback(y, y_bar, a, shape=None, order="C", copy=None):
    return y_bar.item()


@pullback(np.reshape, when=lambda order: is_word(order, "C"))
def reshape_pullback(y, y_bar, a, shape=None, order="C", copy=None):
    return np.reshape(y_bar, np.shape(a))


@pullback(np.reshape, when=lambda order: is_word(order, "F"))
def reshape_by_columns_pullback(y, y_bar, a, shape=None, order="C", copy=None):
    return np.reshape(y_bar, np.shape(a), order)


@pullback(np.ravel, when=lambda a: a.is_scalar)
def ravel_of_number_pullback(y, y_bar, a, order="C"):
    return y_bar.item()


@pullback(np.ravel, np.ndarray.flatten, when=lambda a: ranks(a, 1))
def ravel_of_vector_pullback(y, y_bar, a, order="C"):
    return y_bar


@pullback(np.ravel, np.ndarray.flatten, when=lambda order: is_word(order, "C"))
def ravel_pullback(y, y_bar, a, order="C"):
    return np.reshape(y_bar, np.shape(a))


@pullback(np.ravel, np.ndarray.flatten, when=lambda order: is_word(order, "F"))
def ravel_by_columns_pullback(y, y_bar, a, order="C"):
    return np.reshape(y_bar, np.shape(a), order)


@pullback(np.squeeze, when=lambda a: a.is_scalar)
def squeeze_of_number_pullback(y, y_bar, a, axis=None):
    return unbroadcast(y_bar, a)


@pullback(np.squeeze)
def squeeze_pullback(y, y_bar, a, axis=None):
    return np.reshape(y_bar, np.shape(a))


@pullback(np.expand_dims, when=lambda a: a.is_scalar)
def expand_dims_of_number_pullback(y, y_bar, a, axis):
    return y_bar.item()


@pullback(np.expand_dims)
def expand_dims_pullback(y, y_bar, a, axis):
    return np.reshape(y_bar, np.shape(a))


@pullback(np.atleast_1d, np.atleast_2d, np.atleast_3d, when=lambda a, b: a.is_scalar and is_none(b))
def atleast_of_number_pullback(y, y_bar, a, b=None, c=None):
    return y_bar.item()


@pullback(np.atleast_1d, np.atleast_2d, np.atleast_3d, when=lambda b: is_none(b))
def atleast_pullback(y, y_bar, a, b=None, c=None):
    return np.reshape(y_bar, np.shape(a))


@pullback(np.atleast_1d, np.atleast_2d, np.atleast_3d, when=lambda c: is_none(c))
def atleast_of_two_pullback(y, y_bar, a, b=None, c=None):
    return shaped_like(y_bar[0], a), shaped_like(y_bar[1], b)


@pullback(np.atleast_1d, np.atleast_2d, np.atleast_3d)
def atleast_of_three_pullback(y, y_bar, a, b=None, c=None):
    return shaped_like(y_bar[0], a), shaped_like(y_bar[1], b), shaped_like(y_bar[2], c)


@pullback(np.broadcast_to, broadcasts=True)
def broadcast_to_pullback(y, y_bar, array, shape, subok=False):
    return y_bar


@pullback(np.broadcast_arrays, when=lambda b: is_none(b))
def broadcast_one_pullback(y, y_bar, a, b=None, c=None, d=None, e=None, f=None):
    return unbroadcast(y_bar[0], a)


@pullback(np.broadcast_arrays, when=lambda c: is_none(c))
def broadcast_two_pullback(y, y_bar, a, b=None, c=None, d=None, e=None, f=None):
    return unbroadcast(y_bar[0], a), unbroadcast(y_bar[1], b)


@pullback(np.broadcast_arrays, when=lambda d: is_none(d))
def broadcast_three_pullback(y, y_bar, a, b=None, c=None, d=None, e=None, f=None):
    return unbroadcast(y_bar[0], a), unbroadcast(y_bar[1], b), unbroadcast(y_bar[2], c)


@pullback(np.broadcast_arrays, when=lambda e: is_none(e))
def broadcast_four_pullback(y, y_bar, a, b=None, c=None, d=None, e=None, f=None):
    return (
        unbroadcast(y_bar[0], a),
        unbroadcast(y_bar[1], b),
        unbroadcast(y_bar[2], c),
        unbroadcast(y_bar[3], d),
    )


@pullback(np.broadcast_arrays, when=lambda f: is_none(f))
def broadcast_five_pullback(y, y_bar, a, b=None, c=None, d=None, e=None, f=None):
    return (
        unbroadcast(y_bar[0], a),
        unbroadcast(y_bar[1], b),
        unbroadcast(y_bar[2], c),
        unbroadcast(y_bar[3], d),
        unbroadcast(y_bar[4], e),
    )


@pullback(np.broadcast_arrays)
def broadcast_six_pullback(y, y_bar, a, b=None, c=None, d=None, e=None, f=None):
    return (
        unbroadcast(y_bar[0], a),
        unbroadcast(y_bar[1], b),
        unbroadcast(y_bar[2], c),
        unbroadcast(y_bar[3], d),
        unbroadcast(y_bar[4], e),
        unbroadcast(y_bar[5], f),
    )


@pullback(np.ndarray.item, when=lambda index: is_none(index))
def item_pullback(y, y_bar, a, index=None, column=None):
    """Of an array with one element."""
    return np.full(np.shape(a), y_bar)


@pullback(np.ndarray.item, when=lambda column: is_none(column))
def item_at_pullback(y, y_bar, a, index=None, column=None):
    return at_index(y_bar, a, index)


@pullback(np.ndarray.item)
def item_of_matrix_pullback(y, y_bar, a, index=None, column=None):
    return at_index(y_bar, a, (index, column))


@pullback(np.ndarray.tolist)
def tolist_pullback(y, y_bar, a):
    return np.array(y_bar)


# --- the axes in another order -------------------------------------------------------------------


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


@pullback(np.rollaxis, when=lambda start: is_number(start, 0))
def rollaxis_to_front_pullback(y, y_bar, a, axis, start=0):
    return np.moveaxis(y_bar, 0, axis)


@pullback(np.rollaxis)
def rollaxis_pullback(y, y_bar, a, axis, start=0):
    return unrollaxis(y_bar, axis, start)


# --- the elements in another order ---------------------------------------------------------------


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


# --- triangles and diagonals ---------------------------------------------------------------------


@pullback(np.tril, when=lambda m: at_least(2, m))
def tril_pullback(y, y_bar, m, k=0):
    return np.tril(y_bar, k)


@pullback(np.tril)
def tril_of_vector_pullback(y, y_bar, m, k=0):
    """A vector stands for the matrix with this row in all places."""
    return unbroadcast(np.tril(y_bar, k), m)


@pullback(np.triu, when=lambda m: at_least(2, m))
def triu_pullback(y, y_bar, m, k=0):
    return np.triu(y_bar, k)


@pullback(np.triu)
def triu_of_vector_pullback(y, y_bar, m, k=0):
    """A vector stands for the matrix with this row in all places."""
    return unbroadcast(np.triu(y_bar, k), m)


@pullback(np.diag, when=lambda v: ranks(v, 1))
def diag_of_vector_pullback(y, y_bar, v, k=0):
    return np.diagonal(y_bar, k)


@pullback(np.diag)
def diag_pullback(y, y_bar, v, k=0):
    return undiag(y_bar, v, k)


@pullback(np.diagflat, when=lambda v: ranks(v, 1))
def diagflat_of_vector_pullback(y, y_bar, v, k=0):
    return np.diagonal(y_bar, k)


@pullback(np.diagflat)
def diagflat_pullback(y, y_bar, v, k=0):
    return shaped_like(np.diagonal(y_bar, k), v)


@pullback(np.diagonal)
def diagonal_pullback(y, y_bar, a, offset=0, axis1=0, axis2=1):
    return on_diagonal(y_bar, a, offset, axis1, axis2)


# --- copies and casts ----------------------------------------------------------------------------


@pullback(np.copy)
def copy_pullback(y, y_bar, a, order="K", subok=False):
    return y_bar


@pullback(np.array, when=cuts_to_integers)
def integer_copy_pullback(y, y_bar, a, dtype=None, copy=True, order="K", subok=False, ndmin=0):
    return None


@pullback(
    np.array,
    when=lambda a, dtype, ndmin: a.is_scalar or (keeps_reals(dtype) and not is_number(ndmin, 0)),
)
def array_with_axes_pullback(y, y_bar, a, dtype=None, copy=True, order="K", subok=False, ndmin=0):
    return shaped_like(y_bar, a)


@pullback(np.array, when=keeps_reals)
def array_pullback(y, y_bar, a, dtype=None, copy=True, order="K", subok=False, ndmin=0):
    """The cotangent of element i of a sequence is row i."""
    return y_bar


@pullback(
    np.asarray,
    np.asanyarray,
    np.ascontiguousarray,
    np.asfortranarray,
    np.asarray_chkfinite,
    np.require,
    when=cuts_to_integers,
)
def integer_array_pullback(y, y_bar, a, dtype=None, order=None, copy=None):
    return None


@pullback(
    np.asarray,
    np.asanyarray,
    np.ascontiguousarray,
    np.asfortranarray,
    np.asarray_chkfinite,
    np.require,
    when=lambda a: a.is_scalar,
)
def array_of_number_pullback(y, y_bar, a, dtype=None, order=None, copy=None):
    return shaped_like(y_bar, a)


@pullback(
    np.asarray,
    np.asanyarray,
    np.ascontiguousarray,
    np.asfortranarray,
    np.asarray_chkfinite,
    when=keeps_reals,
)
def asarray_pullback(y, y_bar, a, dtype=None, order=None, copy=None):
    """The cotangent of element i of a sequence is row i."""
    return y_bar


@pullback(np.require, when=keeps_reals)
def require_pullback(y, y_bar, a, dtype=None, requirements=None):
    return y_bar


@pullback(np.ndarray.astype, when=cuts_to_integers)
def integer_astype_pullback(y, y_bar, x, dtype, order="K", casting="unsafe", subok=True, copy=True):
    return None


@pullback(np.ndarray.astype, when=keeps_reals)
def astype_pullback(y, y_bar, x, dtype, order="K", casting="unsafe", subok=True, copy=True):
    return y_bar


@pullback(np.astype, when=cuts_to_integers)
def integer_cast_pullback(y, y_bar, x, dtype, copy=True):
    return None


@pullback(np.astype, when=keeps_reals)
def cast_pullback(y, y_bar, x, dtype, copy=True):
    return y_bar


# --- linear in what they arrange -----------------------------------------------------------------

linear(
    np.reshape, np.ravel, np.ndarray.flatten, np.squeeze, np.expand_dims, np.broadcast_to,
    np.ndarray.item, np.ndarray.tolist, np.transpose, np.permute_dims, np.swapaxes, np.moveaxis,
    np.rollaxis, np.roll, np.flip, np.fliplr, np.flipud, np.rot90, np.tril, np.triu, np.diag,
    np.diagflat, np.diagonal, np.copy, np.array, np.asarray, np.asanyarray, np.ascontiguousarray,
    np.asfortranarray, np.asarray_chkfinite, np.require, np.ndarray.astype, np.astype,
)  # fmt: skip
linear(np.atleast_1d, np.atleast_2d, np.atleast_3d, of=(0, 1, 2))
linear(np.broadcast_arrays, of=(0, 1, 2, 3, 4, 5))

# --- which results may share memory with their first argument ------------------------------------

view(
    np.reshape, np.ravel, np.transpose, np.permute_dims, np.swapaxes, np.moveaxis, np.rollaxis,
    np.squeeze, np.expand_dims, np.atleast_1d, np.atleast_2d, np.atleast_3d, np.broadcast_to,
    np.broadcast_arrays, np.diagonal, np.diag, np.linalg.diagonal, np.real, np.imag,
    np.real_if_close, np.conjugate, np.matrix_transpose, np.linalg.matrix_transpose, np.flip,
    np.fliplr, np.flipud, np.rot90, np.split, np.array_split, np.vsplit, np.hsplit, np.dsplit,
    np.asarray, np.asanyarray, np.ascontiguousarray, np.asfortranarray, np.asarray_chkfinite,
    np.require, np.array, np.astype, np.ndarray.astype, np.ndarray.view, np.nan_to_num, np.meshgrid,
    np.trim_zeros, np.lib.stride_tricks.sliding_window_view, np.lib.stride_tricks.as_strided,
)  # fmt: skip
if hasattr(np, "unstack"):
    view(np.unstack)
