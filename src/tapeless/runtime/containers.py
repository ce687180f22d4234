"""Lists, tuples and dicts and their cotangents; those of tuples are lists."""

import numpy as np

from .structures import add_to, zeros_of

SHAPE_OF = {"folded": 1, "unzipped": 2, "with_keys_of": 0}
CHANGING = ("taken_off", "take_inserted", "unpop", "permute", "unpermute", "add_into")


def taken_off(x_bar, count):
    """Remove the last `count` items of a list and return them."""
    start = len(x_bar) - count
    items = x_bar[start:]
    del x_bar[start:]
    return items


def take_inserted(x_bar, index):
    """Remove what `insert(index, …)` put into a list and return it."""
    rest = len(x_bar) - 1
    return x_bar.pop(min(index, rest) if index >= 0 else max(rest + index, 0))


def unpop(x_bar, index, item_bar):
    """Put back what `pop(index)` took out of a list."""
    x_bar.insert(index if index >= 0 else len(x_bar) + 1 + index, item_bar)


def folded(y_bar, x):
    """The cotangent of `x` in `x * n`: the sum of those of its copies."""
    total = zeros_of(x)
    for start in range(0, len(y_bar), max(len(x), 1)):
        total = add_to(total, list(y_bar[start : start + len(x)]))
    return total


def unzipped(y_bar, k, x):
    """The cotangent of the argument `x` at position `k` of `zip`, which may stop before its end."""
    items = [*(row[k] for row in y_bar), *zeros_of(x[len(y_bar) :])]
    return np.array(items) if isinstance(x, np.ndarray) else items


def sorting_order(items, key=None, reverse=False):
    """The positions of the items in the order of `sorted`."""
    items = list(items)
    ranked = items if key is None else [key(item) for item in items]
    return sorted(range(len(items)), key=ranked.__getitem__, reverse=reverse)


def exchanged(count, i, k):
    """The positions of as many items, two of them exchanged."""
    order = list(range(count))
    order[i], order[k] = order[k], order[i]
    return order


def items_at(items, order):
    """The items at these positions."""
    return [items[k] for k in order]


def unpermuted(y_bar, order):
    """Each item back at the position that `items_at` took it from."""
    x_bar = [None] * len(order)
    for item_bar, k in zip(y_bar, order, strict=True):
        x_bar[k] = item_bar
    return x_bar


def permute(items, order):
    """Bring the items of a list into this order, in place."""
    items[:] = [items[k] for k in order]


def unpermute(x_bar, order):
    """Undo `permute` on the cotangent of a list."""
    x_bar[:] = unpermuted(x_bar, order)


def position_of_max(items, key=None):
    """Where `max(items, key=key)` finds what it returns."""
    ranked = list(items) if key is None else [key(item) for item in items]
    return max(range(len(ranked)), key=ranked.__getitem__)


def position_of_min(items, key=None):
    """Where `min(items, key=key)` finds what it returns."""
    ranked = list(items) if key is None else [key(item) for item in items]
    return min(range(len(ranked)), key=ranked.__getitem__)


def with_keys_of(mapping, items):
    """A dict of these items under the keys of another, which may have got more keys since."""
    return dict(zip(mapping, items, strict=False))


def unpaired(y_bar, pairs):
    """The cotangent of the pairs that `dict` was made of: of equal keys the last one counts."""
    last = {pair[0]: k for k, pair in enumerate(pairs)}
    return [
        [None, y_bar[pair[0]] if last[pair[0]] == k else zeros_of(pair[1])]
        for k, pair in enumerate(pairs)
    ]


def add_into(x_bar, value):
    """Add a cotangent to that of a list or dict, in place."""
    if isinstance(x_bar, dict):
        x_bar.update({key: add_to(x_bar.get(key), item) for key, item in value.items()})
    else:
        x_bar[:] = [add_to(a, b) for a, b in zip(x_bar, value, strict=True)]
