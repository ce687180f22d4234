"""Primitives whose derivative is zero everywhere it exists.

The results are integers, booleans, types and texts, or step functions of the arguments.  What
reads numbers from a text, a file or a buffer is not here: they may be a value with a derivative.
"""

import bisect
import builtins
import operator

import numpy as np

from .registry import constant, constructor


def named(namespace, names):
    """The functions of these names, as far as this version of the library has them.

    Looked up without `getattr`, which warns of names that are on their way out.
    """
    held = vars(namespace)
    return [held[name] for name in names.split() if name in held]


# --- step functions, orders, positions and comparisons -------------------------------------------

_STEPS = """
    floor ceil trunc rint fix round around floor_divide sign signbit spacing
    argmax argmin nanargmax nanargmin argsort argpartition argwhere nonzero flatnonzero lexsort
    searchsorted digitize count_nonzero
    isnan isfinite isinf isposinf isneginf isreal iscomplex isscalar iscomplexobj isrealobj isnat
    isclose allclose array_equal array_equiv isin in1d
    equal not_equal less less_equal greater greater_equal
    logical_and logical_or logical_not logical_xor any all
    bitwise_and bitwise_or bitwise_xor bitwise_not bitwise_invert invert left_shift right_shift
    bitwise_left_shift bitwise_right_shift bitwise_count gcd lcm packbits unpackbits
    bool bool_ byte ubyte short ushort intc uintc int_ uint long ulong longlong ulonglong
    intp uintp int8 int16 int32 int64 uint8 uint16 uint32 uint64
"""
constant(*named(np, _STEPS))
constant(*named(np.linalg, "matrix_rank"))
constant(*named(bisect, "bisect bisect_left bisect_right"))

# --- arrays made of counts, shapes and types -----------------------------------------------------

_MADE = """
    zeros ones empty eye identity tri indices zeros_like ones_like empty_like
    hanning hamming blackman bartlett
    tril_indices triu_indices diag_indices tril_indices_from triu_indices_from diag_indices_from
    mask_indices unravel_index ravel_multi_index ndindex
"""
constructor(*named(np, _MADE))

_ABOUT = """
    shape ndim size broadcast_shapes result_type can_cast promote_types min_scalar_type
    common_type mintypecode typename issubdtype isdtype iterable isfortran
    finfo iinfo dtype shares_memory may_share_memory einsum_path
    base_repr binary_repr
"""
constructor(*named(np, _ABOUT))

# --- settings and reports ------------------------------------------------------------------------

_SETTINGS = """
    errstate seterr geterr seterrcall geterrcall setbufsize getbufsize
    set_printoptions get_printoptions printoptions
    get_include show_config show_runtime info
    busday_count busday_offset busdaycalendar is_busday datetime_data datetime_as_string
"""
constant(*named(np, _SETTINGS))
constant(np.ndarray.setflags)

# --- Python --------------------------------------------------------------------------------------

_OF_PYTHON = """
    int bool len range isinstance issubclass any all str repr format print type id hash callable
    hasattr bin oct hex chr ord dir object
"""
constant(*named(builtins, _OF_PYTHON))

_OF_OPERATORS = """
    eq ne lt le gt ge not_ truth and_ or_ xor inv invert lshift rshift floordiv
    iand ior ixor ilshift irshift ifloordiv
    is_ is_not is_none is_not_none contains countOf indexOf index length_hint
"""
constant(*named(operator, _OF_OPERATORS))
