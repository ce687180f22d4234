"""Zeros, sums and copies of numbers, arrays and what holds them."""

import numpy as np

SHAPE_OF = {"zeros_of": 0, "zero_tangent": 0}

SHARING = ("as_structure", "add_to", "view_as", "must_share")


CHANGING = ("undo_writes",)


def fields_in(x):
    """The attributes of an object that is a bundle of values, as a dict; None for anything else."""
    form = type(x)
    if isinstance(x, (type, np.ndarray)):
        return None
    if form.__module__.partition(".")[0] in ("builtins", "numpy", "functools"):
        return None
    names = list(getattr(form, "__dataclass_fields__", ()))
    for base in form.__mro__:
        slots = base.__dict__.get("__slots__", ())
        for slot in [slots] if isinstance(slots, str) else slots:
            private = slot[:2] == "__" and slot[-2:] != "__"
            names.append(f"_{base.__name__.lstrip('_')}{slot}" if private else slot)
    if not names and not hasattr(x, "__dict__"):
        return None
    names += [name for name in getattr(x, "__dict__", ()) if name not in names]
    return {name: getattr(x, name) for name in names if name[:2] != "__" and hasattr(x, name)}


def zeros_of(x):
    """Zeros in the structure of `x`, tuples as lists, so that they can be accumulated in place."""
    if isinstance(x, (list, tuple)):
        return [zeros_of(item) for item in x]
    if isinstance(x, dict):
        return {key: zeros_of(item) for key, item in x.items()}
    if isinstance(x, np.ndarray):
        return np.zeros_like(x, dtype=None if x.dtype.kind in "fcO" else float)
    if isinstance(x, np.inexact):
        return type(x)(0)
    if isinstance(x, complex):
        return 0j
    if isinstance(x, (float, int, np.number, np.bool_)):
        return 0.0
    fields = fields_in(x)
    return None if fields is None else {f: zeros_of(item) for f, item in fields.items()}


def zeros_at(x, index):
    """Zeros like an item of a list or dict, or an attribute of an object; None if there is none."""
    if isinstance(x, (list, tuple, np.ndarray)) or (isinstance(x, dict) and index in x):
        return zeros_of(x[index])
    return None if isinstance(x, dict) else zeros_of(getattr(x, index, None))


def zero_tangent(x):
    """Zeros in the structure of `x`, for a tangent; None for what has none."""
    if isinstance(x, (list, tuple)):
        items = [zero_tangent(item) for item in x]
        return type(x)(*items) if hasattr(x, "_fields") else type(x)(items)
    if isinstance(x, dict):
        zeros = {key: zero_tangent(item) for key, item in x.items()}
        if not hasattr(x, "default_factory"):
            return zeros
        empty = x.copy()  # what is missing is made as in `x`
        empty.update(zeros)
        return empty
    if isinstance(x, (range, type({}.values()))):
        return [zero_tangent(item) for item in x]
    if isinstance(x, np.ndarray) and x.dtype.kind in "fciub":
        return np.zeros_like(x, x.dtype if x.dtype.kind in "fc" else float)
    if isinstance(x, (int, float, complex, np.number)):
        return 0.0
    fields = fields_in(x)
    if fields is None:
        return None
    return with_fields(x, {f: zero_tangent(item) for f, item in fields.items()})


def as_structure(x_bar, x):
    """The lists that `zeros_of` made, as the tuples and named tuples of `x` again."""
    if isinstance(x, dict):
        return {key: as_structure(x_bar[key], item) for key, item in x.items()}
    if isinstance(x, (list, tuple)):
        items = [as_structure(item_bar, item) for item_bar, item in zip(x_bar, x, strict=True)]
        if hasattr(x, "_fields"):
            return type(x)(*items)
        return type(x)(items)
    if isinstance(x, np.ndarray) and x.dtype.kind in "fc":
        return np.asarray(x_bar, x.dtype)
    if isinstance(x, np.inexact):
        return type(x)(x_bar)
    fields = fields_in(x)
    if fields is None or not isinstance(x_bar, dict):
        return x_bar
    return with_fields(x, {f: as_structure(x_bar[f], item) for f, item in fields.items()})


def with_fields(x, parts):
    """A copy of an object with attributes, with other values for some of them."""
    try:
        new = object.__new__(type(x))
    except TypeError:  # its class is written in C
        new = x.__class__.__new__(x.__class__)
    if hasattr(x, "__dict__"):
        new.__dict__.update(x.__dict__)
    for field, value in parts.items():
        object.__setattr__(new, field, value)
    return new


def add_to(a, b):
    """The sum of two cotangents of one structure; `None` is zero."""
    if a is None or b is None:
        return a if b is None else b
    if isinstance(a, dict):
        return {
            key: add_to(a.get(key), b.get(key)) for key in [*a, *(key for key in b if key not in a)]
        }
    if isinstance(a, (list, tuple)):
        items = [add_to(item, other) for item, other in zip(a, b, strict=True)]
        return type(a)(*items) if hasattr(a, "_fields") else type(a)(items)
    return a + b


def copy_of(x):
    """A copy of arrays, lists, tuples, dicts and sets, and of what they hold."""
    if isinstance(x, np.ndarray):
        return x.copy()
    if isinstance(x, dict):
        return {key: copy_of(item) for key, item in x.items()}
    if isinstance(x, list):
        return [copy_of(item) for item in x]
    if isinstance(x, tuple):
        items = [copy_of(item) for item in x]
        return type(x)(*items) if hasattr(x, "_fields") else tuple(items)
    if isinstance(x, (set, bytearray)):
        return x.copy()
    fields = fields_in(x)
    if fields is None:
        return x
    return with_fields(x, {f: copy_of(item) for f, item in fields.items()})


def memory_of(x):
    """What is in the arrays, lists, dicts and objects that `x` is or holds, to be put back."""
    found, waiting, seen = [], [x], set()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, tuple):
            waiting.extend(part)
            continue
        content = part.copy() if isinstance(part, (np.ndarray, list, dict)) else fields_in(part)
        if content is not None:
            found.append((part, content))
        if isinstance(content, (list, dict)):
            waiting.extend(content if isinstance(content, list) else content.values())
    return found


def undo_writes(found):
    """Undo what was written since `memory_of` looked; what is held stays the same objects."""
    for part, content in found:
        if isinstance(part, np.ndarray):
            part[...] = content
        elif isinstance(part, list):
            part[:] = content
        elif isinstance(part, dict):
            part.clear()
            part.update(content)
        else:
            for field, value in content.items():
                object.__setattr__(part, field, value)


def last_writes(u_bar, index):
    """The cotangent of `v` in `u[index] = v`: of elements stored twice only the last one counts."""
    order = np.zeros(np.shape(u_bar), dtype=int)
    part = np.asarray(u_bar[index])
    count = np.arange(1, part.size + 1).reshape(part.shape)
    order[index] = count
    return np.where(order[index] == count, part, 0.0)


def view_as(x, shape):
    """`x` in another shape, sharing its memory; an error where NumPy would have to copy."""
    y = np.reshape(x, shape)
    must_share(y, x)
    return y


def must_share(view, base):
    """Stop where a reshape made a copy: the derivative was written for a view."""
    if np.size(view) and not np.may_share_memory(view, base):
        raise ValueError(
            "a reshape of an array that is not contiguous made a copy, not a view: "
            "copy it explicitly"
        )
