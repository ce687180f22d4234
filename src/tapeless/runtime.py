"""The few functions that generated code may call.

Each stands for itself: it uses NumPy, `math` and other functions of this file, so that its source
can be pasted into a module that needs NumPy alone.
"""

import math

import numpy as np

# --- shapes --------------------------------------------------------------------------------------


def unbroadcast(x_bar, x):
    """Sum `x_bar` down to the shape of `x`; a float for a Python number."""
    if np.iscomplexobj(x_bar) and not np.iscomplexobj(x):
        x_bar = np.real(x_bar)
    shape = np.shape(x)
    if np.shape(x_bar) != shape:
        full = np.broadcast_shapes(np.shape(x_bar), shape)
        lead = len(full) - len(shape)
        stretched = [lead + i for i, n in enumerate(shape) if n == 1 != full[lead + i]]
        x_bar = np.sum(np.broadcast_to(x_bar, full), axis=(*range(lead), *stretched))
        x_bar = x_bar.reshape(shape) if shape else x_bar
    if type(x) in (float, int, bool):
        return float(x_bar)
    return x_bar


def spread(y_bar, x, axis=None, keepdims=False):
    """The cotangent of a sum over `axis`, put back onto the shape of `x`."""
    shape = np.shape(x)
    if not shape:
        return y_bar
    if axis is not None and not keepdims:
        y_bar = np.expand_dims(y_bar, tuple(np.atleast_1d(axis) % len(shape)))
    return np.array(np.broadcast_to(y_bar, shape), np.result_type(y_bar, np.asarray(x), np.float16))


def count_of(x, axis=None):
    """How many elements of `x` a reduction over `axis` takes together."""
    if axis is None:
        return np.size(x)
    return math.prod(np.shape(x)[i] for i in np.atleast_1d(axis))


def inverse_axes(axes):
    """The permutation that undoes a transposition by `axes`."""
    return np.argsort([axis % len(axes) for axis in axes])


# --- structures ----------------------------------------------------------------------------------


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
    return None


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
    return x_bar


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


# --- slopes of elementwise functions -------------------------------------------------------------


def log_or_zero(x):
    """The logarithm where there is one, else zero."""
    if np.iscomplexobj(x):
        return np.log(x)
    if np.ndim(x) == 0:
        return math.log(x) if x > 0 else 0.0
    positive = np.greater(x, 0)
    return np.where(positive, np.log(np.where(positive, x, 1.0)), 0.0)


def power_slope(x, n):
    """The derivative of `x**n` with respect to `x`; zero for `n == 0`, also at `x == 0`."""
    if np.ndim(n) == 0:
        return n * x ** (n - 1.0) if n != 0 else 0.0 * n
    return n * x ** np.where(np.equal(n, 0), 1.0, np.subtract(n, 1.0))


def sinc_slope(x):
    """The derivative of `np.sinc`."""
    near = np.abs(x) < 1e-3
    away = np.where(near, 1.0, x)
    series = -(np.pi**2) / 3.0 * x * (1.0 - (np.pi * x) ** 2 / 10.0)
    return np.where(near, series, (np.cos(np.pi * away) - np.sinc(away)) / away)


# --- reductions ----------------------------------------------------------------------------------


def tie_share(x, y, axis=None, keepdims=False):
    """What part of the extremum `y` over `axis` each element of `x` is: equal parts at a tie."""
    tied = np.equal(x, spread(y, x, axis, keepdims))
    share = tied / np.maximum(np.sum(tied, axis=axis, keepdims=True), 1)
    return share.astype(np.result_type(np.asarray(x), np.float16))


def product_of_others(x, axis=None):
    """For each element of `x`, the product over `axis` of all others (zeros need no division)."""
    shape = np.shape(x)
    axes = range(len(shape)) if axis is None else [i % len(shape) for i in np.atleast_1d(axis)]
    kept = [i for i in range(len(shape)) if i not in axes]
    order = [*kept, *axes]
    moved = np.transpose(x, order)
    rows = moved.reshape([shape[i] for i in kept] + [-1 if np.size(x) else 0])
    ones = np.ones_like(rows[..., :1])
    before = np.cumprod(np.concatenate([ones, rows[..., :-1]], axis=-1), axis=-1)
    after = np.cumprod(np.concatenate([ones, rows[..., :0:-1]], axis=-1), axis=-1)[..., ::-1]
    return np.transpose((before * after).reshape(moved.shape), inverse_axes(order))


def reverse_cumsum(y_bar, x, axis=None):
    """The cotangent of a cumulative sum: sums from each element to the end."""
    if axis is None:
        return np.reshape(np.cumsum(y_bar[::-1])[::-1], np.shape(x))
    return np.flip(np.cumsum(np.flip(y_bar, axis), axis), axis)


def reverse_cumprod(y_bar, x, axis=None):
    """The cotangent of a cumulative product, zeros in `x` included."""
    rows = np.reshape(x, -1) if axis is None else np.moveaxis(x, axis, 0)
    rows_bar = y_bar if axis is None else np.moveaxis(y_bar, axis, 0)
    before = np.concatenate([np.ones_like(rows[:1]), np.cumprod(rows[:-1], axis=0)])
    after = np.array(rows_bar)
    for i in range(len(rows) - 2, -1, -1):
        after[i] += rows[i + 1] * after[i + 1]
    if axis is None:
        return np.reshape(before * after, np.shape(x))
    return np.moveaxis(before * after, 0, axis)


def shared_by(y_bar, items):
    """The cotangents of the items of a sum."""
    if isinstance(items, np.ndarray):
        return np.array(np.broadcast_to(y_bar, items.shape))
    return [unbroadcast(y_bar, item) for item in items]


# --- shaping and indexing ------------------------------------------------------------------------


def split_like(y_bar, arrays, axis=0):
    """Cut `y_bar` along `axis` (the last one at most) into the cotangents of joined arrays."""
    axis = 0 if axis is None else min(axis, y_bar.ndim - 1)
    across = max(y_bar.size // max(y_bar.shape[axis], 1), 1)
    ends = np.cumsum([np.size(array) // across for array in arrays])
    parts = np.split(y_bar, ends[:-1], axis)
    return [
        part.item() if np.ndim(array) == 0 else part.reshape(np.shape(array))
        for part, array in zip(parts, arrays, strict=True)
    ]


def on_diagonal(y_bar, x, offset=0, axis1=0, axis2=1):
    """Zeros in the shape of `x` with `y_bar` on the diagonal."""
    x_bar = np.zeros(np.shape(x), np.result_type(y_bar, np.float32(0)))
    matrix = np.moveaxis(x_bar, (axis1, axis2), (-2, -1))
    n, m = matrix.shape[-2:]
    i = np.arange(max(0, -offset), max(min(n, m - offset), max(0, -offset)))
    matrix[..., i, i + offset] = y_bar
    return x_bar


def undiag(y_bar, v, k=0):
    """The cotangent of `np.diag(v, k)`: a matrix of a vector, or a vector of a matrix."""
    return np.array(np.diag(y_bar, k)) if np.ndim(v) == 1 else on_diagonal(y_bar, v, k)


def untile(y_bar, x, reps):
    """Sum the copies that `np.tile(x, reps)` made."""
    reps = tuple(np.atleast_1d(reps))
    rank = max(len(reps), np.ndim(x))
    shape = (1,) * (rank - np.ndim(x)) + np.shape(x)
    reps = (1,) * (rank - len(reps)) + reps
    copies = np.reshape(y_bar, [n for pair in zip(reps, shape, strict=True) for n in pair])
    return np.reshape(np.sum(copies, axis=tuple(range(0, 2 * rank, 2))), np.shape(x))


def unrepeat(y_bar, x, repeats, axis=None):
    """Sum the copies that `np.repeat(x, repeats, axis)` made."""
    size = np.size(x) if axis is None else np.shape(x)[axis]
    return untake(y_bar, x, np.repeat(np.arange(size), repeats), axis)


def untake(y_bar, x, indices, axis=None):
    """Add `y_bar` to zeros in the shape of `x`, where `np.take(x, indices, axis)` read."""
    x_bar = np.zeros(np.shape(x), np.result_type(y_bar, np.float32(0)))
    if axis is None:
        np.add.at(x_bar.reshape(-1), indices, y_bar)
    else:
        np.add.at(x_bar, (slice(None),) * (axis % x_bar.ndim) + (indices,), y_bar)
    return x_bar


def untake_along(y_bar, x, indices, axis=-1):
    """Add `y_bar` to zeros in the shape of `x`, at the places that `np.take_along_axis` read."""
    x_bar = np.zeros(np.shape(x), np.result_type(y_bar, np.float32(0)))
    if axis is None:
        np.add.at(x_bar.reshape(-1), indices, y_bar)
    else:
        places = list(np.ogrid[tuple(slice(n) for n in np.shape(indices))])
        places[axis] = indices
        np.add.at(x_bar, tuple(places), y_bar)
    return x_bar


def unpad(y_bar, x, pad_width):
    """Cut off the margins that `np.pad(x, pad_width)` added."""
    widths = np.broadcast_to(pad_width, (np.ndim(x), 2))
    return y_bar[tuple(slice(w[0], w[0] + n) for w, n in zip(widths, np.shape(x), strict=True))]


def undiff(y_bar, x, axis=-1):
    """The cotangent of the first differences of `x` along `axis`."""
    margin = np.zeros_like(np.take(x, [0], axis))
    return np.concatenate([margin, y_bar], axis) - np.concatenate([y_bar, margin], axis)


def interp_place(x, xp):
    """The segments of `xp` that `x` lies in, and how far along."""
    segment = np.clip(np.searchsorted(xp, x, "right") - 1, 0, len(xp) - 2)
    left = np.take(xp, segment)
    return segment, np.clip((x - left) / (np.take(xp, segment + 1) - left), 0.0, 1.0)


def interp_slope(x, xp, fp):
    """The derivative of `np.interp` in `x`: at a knot the mean of both sides, outside zero."""
    slopes = np.concatenate([[0.0], np.diff(fp) / np.diff(xp), [0.0]])
    return 0.5 * (slopes[np.searchsorted(xp, x, "left")] + slopes[np.searchsorted(xp, x, "right")])


def uninterp(y_bar, x, xp):
    """Share `y_bar` among the knots that `np.interp(x, xp, …)` reads, by their weights."""
    segment, t = interp_place(x, xp)
    fp_bar = np.zeros(len(xp), np.result_type(y_bar, np.float32))
    np.add.at(fp_bar, segment, y_bar * (1.0 - t))
    np.add.at(fp_bar, segment + 1, y_bar * t)
    return fp_bar


# --- linear algebra ------------------------------------------------------------------------------


def contract_left(y_bar, a, b, axes):
    """The cotangent of `a` in `np.tensordot(a, b, axes)`."""
    axes_a, axes_b = contracted_axes(a, b, axes)
    free_b = [i for i in range(np.ndim(b)) if i not in axes_b]
    order = [i for i in range(np.ndim(a)) if i not in axes_a]
    order += [axes_a[axes_b.index(i)] for i in sorted(axes_b)]
    last = range(np.ndim(y_bar) - len(free_b), np.ndim(y_bar))
    return np.transpose(np.tensordot(y_bar, b, (list(last), free_b)), np.argsort(order))


def contract_right(y_bar, a, b, axes):
    """The cotangent of `b` in `np.tensordot(a, b, axes)`."""
    axes_a, axes_b = contracted_axes(a, b, axes)
    free_a = [i for i in range(np.ndim(a)) if i not in axes_a]
    order = [axes_b[axes_a.index(i)] for i in sorted(axes_a)]
    order += [i for i in range(np.ndim(b)) if i not in axes_b]
    first = list(range(len(free_a)))
    return np.transpose(np.tensordot(a, y_bar, (free_a, first)), np.argsort(order))


def contracted_axes(a, b, axes):
    """`axes` of `np.tensordot` as two lists of non-negative axes."""
    if np.ndim(axes) == 0:
        axes = (range(np.ndim(a) - axes, np.ndim(a)), range(axes))
    axes_a, axes_b = (np.atleast_1d(np.array(part, int)) for part in axes)
    return [int(i) % np.ndim(a) for i in axes_a], [int(i) % np.ndim(b) for i in axes_b]


def dot_axes(b):
    """The axes over which `np.dot(a, b)` sums."""
    return (-1, max(np.ndim(b) - 2, 0))


def matmul_left(y_bar, x1, x2):
    """The cotangent of `x1` in `x1 @ x2`."""
    if np.ndim(x2) == 1:
        return unbroadcast(np.expand_dims(y_bar, -1) * x2, x1)
    if np.ndim(x1) == 1:
        return unbroadcast((x2 @ np.expand_dims(y_bar, -1))[..., 0], x1)
    return unbroadcast(y_bar @ np.swapaxes(x2, -1, -2), x1)


def matmul_right(y_bar, x1, x2):
    """The cotangent of `x2` in `x1 @ x2`."""
    if np.ndim(x1) == 1:
        return unbroadcast(
            x1[:, None] * np.expand_dims(y_bar, -2) if np.ndim(x2) > 1 else y_bar * x1, x2
        )
    if np.ndim(x2) == 1:
        return unbroadcast((np.swapaxes(x1, -1, -2) @ y_bar[..., None])[..., 0], x2)
    return unbroadcast(np.swapaxes(x1, -1, -2) @ y_bar, x2)


def kron_blocks(y_bar, a, b):
    """`y_bar` of `np.kron(a, b)` with the axes of `a` and `b` apart, both padded to one rank."""
    rank = max(np.ndim(a), np.ndim(b))
    a = np.reshape(a, (1,) * (rank - np.ndim(a)) + np.shape(a))
    b = np.reshape(b, (1,) * (rank - np.ndim(b)) + np.shape(b))
    pairs = [n for pair in zip(a.shape, b.shape, strict=True) for n in pair]
    order = [*range(0, 2 * rank, 2), *range(1, 2 * rank, 2)]
    return np.transpose(np.reshape(y_bar, pairs), order), a, b


def kron_left(y_bar, a, b):
    """The cotangent of `a` in `np.kron(a, b)`."""
    blocks, _, wide = kron_blocks(y_bar, a, b)
    return np.reshape(np.tensordot(blocks, wide, wide.ndim), np.shape(a))


def kron_right(y_bar, a, b):
    """The cotangent of `b` in `np.kron(a, b)`."""
    blocks, wide, _ = kron_blocks(y_bar, a, b)
    return np.reshape(np.tensordot(wide, blocks, wide.ndim), np.shape(b))


def einsum_cotangent(y_bar, subscripts, position, x, *others):
    """The cotangent of the operand `x` at `position` of an einsum; `others` in their order."""
    operands = [*others[:position], x, *others[position:]]
    inputs, output = einsum_labels(subscripts, operands)
    own = "".join(dict.fromkeys(inputs[position]))
    sizes = dict(zip(inputs[position], np.shape(x), strict=True))
    known = inputs[:position] + inputs[position + 1 :]
    summed = "".join(label for label in own if label not in output + "".join(known))
    ones = np.ones([sizes[label] for label in summed])
    terms = ",".join([output, *known, summed])
    x_bar = np.einsum(f"{terms}->{own}", y_bar, *others, ones)
    if len(own) != np.ndim(x):  # a label occurs twice: its cotangent lies on a diagonal
        places = np.ogrid[tuple(slice(n) for n in x_bar.shape)]
        diagonal = np.zeros(np.shape(x), x_bar.dtype)
        diagonal[tuple(places[own.index(label)] for label in inputs[position])] = x_bar
        return diagonal
    return unbroadcast(x_bar, x)


def einsum_labels(subscripts, operands):
    """The labels of the operands and of the result, ellipses spelled out."""
    given, arrow, output = subscripts.replace(" ", "").partition("->")
    if not arrow:
        letters = given.replace(",", "").replace("...", "")
        once = "".join(sorted(label for label in set(letters) if letters.count(label) == 1))
        output = ("..." if "..." in given else "") + once
    spare = [
        c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" if c not in subscripts
    ]
    inputs, widest = [], ""
    for labels, operand in zip(given.split(","), operands, strict=True):
        width = np.ndim(operand) - len(labels.replace("...", "")) if "..." in labels else 0
        hidden = "".join(spare[:width][::-1])  # counted from the right, as broadcasting does
        widest = max(widest, hidden, key=len)
        inputs.append(labels.replace("...", hidden))
    return inputs, output.replace("...", widest)


def cholesky_cotangent(y_bar, y):
    """The cotangent of `a` in `np.linalg.cholesky(a)`, which reads the lower triangle of `a`."""
    inner = np.tril(np.swapaxes(y, -1, -2) @ y_bar)
    inner = inner - 0.5 * inner * np.eye(y.shape[-1])
    right = np.linalg.inv(y)
    a_bar = np.swapaxes(right, -1, -2) @ inner @ right
    both = a_bar + np.swapaxes(a_bar, -1, -2)
    return np.tril(both) - 0.5 * both * np.eye(y.shape[-1])


def copy_of(x):
    """A copy of arrays and of the lists, tuples and dicts that hold them."""
    if isinstance(x, np.ndarray):
        return x.copy()
    if isinstance(x, dict):
        return {key: copy_of(item) for key, item in x.items()}
    if isinstance(x, list):
        return [copy_of(item) for item in x]
    if type(x) is tuple:
        return tuple(copy_of(item) for item in x)
    return x


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
