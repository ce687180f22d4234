"""Conditions on kinds, for the `when` of rules."""

import numpy as np


def is_number(kind, value=None):
    """A number known at generation time (this one)."""
    known = (
        kind.static
        and isinstance(kind.value, (int, float, np.number))
        and not isinstance(kind.value, bool)
    )
    return known and (value is None or kind.value == value)


def is_none(kind):
    return kind.static and kind.value is None


def is_int(kind):
    return kind.static and isinstance(kind.value, (int, np.integer))


def ranks(*pairs):
    """Whether each kind has the rank beside it: `ranks(a, 2, b, 1)`."""
    return all(kind.rank == rank for kind, rank in zip(pairs[::2], pairs[1::2], strict=True))


def at_least(rank, *kinds):
    """Whether the rank of each kind is known and not below this one."""
    return all(kind.rank is not None and kind.rank >= rank for kind in kinds)


def is_complex(kind):
    """A complex number or array, or a list that makes one."""
    parts = [*(getattr(kind, "items", None) or ()), getattr(kind, "element", None)]
    dtype = getattr(kind, "dtype", None) or "f"
    return dtype.startswith("c") or any(is_complex(part) for part in parts if part is not None)


def is_real(kind):
    return not is_complex(kind)


def is_array(kind):
    """An array of known rank, one at least."""
    return kind.rank is not None and kind.rank >= 1


def keeps_reals(dtype, out=None):
    """Nothing is cast to integers or written elsewhere."""
    if out is not None and not is_none(out):
        return False
    return is_none(dtype) or (dtype.static and np.issubdtype(np.dtype(dtype.value), np.inexact))


def cuts_to_integers(dtype):
    """The result is made of integers or booleans: its derivative is zero."""
    return dtype.static and dtype.value is not None and np.dtype(dtype.value).kind in "biu"


def is_false(kind):
    """A flag that is known to be off."""
    return kind.static and not kind.value


def reduces_all(axis, keepdims):
    """A reduction to a number."""
    return is_none(axis) and is_false(keepdims)


def is_sequence(kind):
    """A list or a tuple."""
    return getattr(kind, "form", None) in (list, tuple)


def is_true(kind):
    """A flag that is known to be on."""
    return kind.static and kind.value is True


def is_word(kind, *words):
    """One of these words, known at generation time."""
    return kind.static and isinstance(kind.value, str) and kind.value in words
