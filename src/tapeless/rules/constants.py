"""Primitives whose derivative is zero everywhere it exists."""

import numpy as np

from .registry import constant

_NAMES = """
floor ceil trunc rint fix round around floor_divide sign signbit spacing
argmax argmin nanargmax nanargmin argsort argpartition argwhere nonzero flatnonzero searchsorted digitize
count_nonzero shape ndim size isnan isfinite isinf isposinf isneginf isreal iscomplex isscalar
iscomplexobj isrealobj isclose allclose array_equal array_equiv isin
equal not_equal less less_equal greater greater_equal logical_and logical_or logical_not logical_xor any all
bitwise_and bitwise_or bitwise_xor invert left_shift right_shift gcd lcm
zeros ones empty eye identity zeros_like ones_like empty_like tri indices fromiter
tril_indices triu_indices diag_indices tril_indices_from triu_indices_from diag_indices_from ix_
unravel_index ravel_multi_index broadcast_shapes result_type can_cast promote_types min_scalar_type
finfo iinfo dtype ndindex shares_memory may_share_memory errstate seterr
bool_ int8 int16 int32 int64 intp uint8 uint16 uint32 uint64 hanning hamming blackman bartlett
""".split()

constant(*(getattr(np, name) for name in _NAMES if hasattr(np, name)))
