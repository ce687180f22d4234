"""Products of arrays."""

import numpy as np

from .shapes import unbroadcast

SHAPE_OF = {
    "contract_left": 1,
    "contract_right": 2,
    "dot_axes": 0,
    "matmul_left": 1,
    "matmul_right": 2,
    "kron_left": 1,
    "kron_right": 2,
    "einsum_cotangent": 3,
    "vecdot_cotangent": 1,
    "outer_left": 1,
    "outer_right": 1,
    "beside": 1,
}

SHARING = ("matmul_left", "matmul_right", "einsum_cotangent", "beside")


def contract_left(y_bar, a, b, axes):
    """The cotangent of `a` in `np.tensordot(a, b, axes)`; of a number in a product."""
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return unbroadcast(y_bar * b, a)
    axes_a, axes_b = contracted_axes(a, b, axes)
    free_b = [i for i in range(np.ndim(b)) if i not in axes_b]
    order = [i for i in range(np.ndim(a)) if i not in axes_a]
    order += [axes_a[axes_b.index(i)] for i in sorted(axes_b)]
    last = range(np.ndim(y_bar) - len(free_b), np.ndim(y_bar))
    return np.transpose(np.tensordot(y_bar, b, (list(last), free_b)), np.argsort(order))


def contract_right(y_bar, a, b, axes):
    """The cotangent of `b` in `np.tensordot(a, b, axes)`; of a number in a product."""
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return unbroadcast(y_bar * a, b)
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


def vecdot_cotangent(y_bar, x, other, axis=-1):
    """The cotangent of `x` in the sum of `x * other` over `axis`."""
    x_bar = unbroadcast(
        np.expand_dims(y_bar, -1) * np.moveaxis(other, axis, -1), np.moveaxis(x, axis, -1)
    )
    return np.moveaxis(x_bar, -1, axis)


def outer_left(y_bar, a):
    """Sum the cotangent of `np.add.outer(a, b)` down to that of `a`."""
    return np.sum(y_bar, axis=tuple(range(np.ndim(a), np.ndim(y_bar))))


def outer_right(y_bar, b):
    """Sum the cotangent of `np.add.outer(a, b)` down to that of `b`."""
    return np.sum(y_bar, axis=tuple(range(np.ndim(y_bar) - np.ndim(b))))


def beside(a, b):
    """`a` with an axis of one for each axis of `b`; `beside(a, b) + b` is their outer sum."""
    return np.reshape(a, np.shape(a) + (1,) * np.ndim(b))


def multi_dot_cotangents(y_bar, arrays):
    """The cotangents of the factors of a matrix product; the first and last may be vectors."""
    last = arrays[-1][:, None] if np.ndim(arrays[-1]) == 1 else arrays[-1]
    turned = [np.transpose(m) for m in (np.atleast_2d(arrays[0]), *arrays[1:-1], last)]
    y_bar = np.reshape(y_bar, (turned[0].shape[1], turned[-1].shape[0]))
    return [
        np.reshape(np.linalg.multi_dot([*turned[:i][::-1], y_bar, *turned[:i:-1]]), np.shape(array))
        for i, array in enumerate(arrays)
    ]


def multi_dot_tangent(arrays_dot, arrays):
    """The tangent of a matrix product: the sum over its factors."""
    total = 0.0
    for i, dot in enumerate(arrays_dot):
        if dot is not None:
            total = total + np.linalg.multi_dot([*arrays[:i], dot, *arrays[i + 1 :]])
    return total


def matrix_power_tangent(a_dot, a, n):
    """The tangent of `np.linalg.matrix_power(a, n)`.

    It stands in the corner of the same power of the block matrix of `a` and `a_dot`; Higham,
    Functions of Matrices (2008), equation (3.16).
    """
    size = np.shape(a)[-1]
    top = np.concatenate([a, a_dot], axis=-1)
    bottom = np.concatenate([np.zeros_like(a), a], axis=-1)
    power = np.linalg.matrix_power(np.concatenate([top, bottom], axis=-2), n)
    return power[..., :size, size:].copy()


def einsum_cotangent(y_bar, subscripts, position, x, *others):
    """The cotangent of the operand `x` at `position` of an einsum; `others` in their order."""
    inputs, output = einsum_labels(subscripts, [*others[:position], x, *others[position:]])
    mine, known = inputs[position], inputs[:position] + inputs[position + 1 :]
    own = "".join(dict.fromkeys(mine))
    sizes = dict(zip(mine, np.shape(x), strict=True))
    whole = np.empty([sizes[label] for label in own], np.result_type(x))
    reached = [label for label in own if label in output + "".join(known)]
    terms = f"{','.join([output, *known])}->{''.join(reached)}"
    x_bar = np.einsum(terms, y_bar, *others, optimize=len(others) > 1)
    # A label that is met nowhere else was summed over: the cotangent is the same all along it.
    x_bar = np.expand_dims(x_bar, [i for i, label in enumerate(own) if label not in reached])
    x_bar = unbroadcast(x_bar, whole)
    if len(own) == len(mine):
        return x_bar
    places = np.ogrid[tuple(slice(n) for n in whole.shape)]
    diagonal = np.zeros(np.shape(x), x_bar.dtype)  # a label occurs twice: only there is x read
    diagonal[tuple(places[own.index(label)] for label in mine)] = x_bar
    return diagonal


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
