"""Ranges in reverse, without a bound that could be said in fewer words.

>>> from .syntax import expr, to_debug_text
>>> show = lambda text: print(to_debug_text(reversed_range(expr(text).args)))
>>> show("range(n)")
range(n - 1, -1, -1)
>>> show("range(1, n)")
range(n - 1, 0, -1)
>>> show("range(n - 1, -1, -1)")
range(n)
>>> show("range(a, b, 2)")
range(a + (b - a - 1) // 2 * 2, a - 1, -2)
"""

from __future__ import annotations

import gast

from .algebra import number
from .syntax import call, const, copy_tree, same, subscript


def _plus(node: gast.expr, amount: int) -> gast.expr:
    """``node + amount`` with constants folded: ``n - 1 + 1`` is ``n``."""
    if amount == 0:
        return copy_tree(node)
    value = number(node)
    if isinstance(value, int):
        return const(value + amount)
    if isinstance(node, gast.BinOp) and isinstance(node.op, (gast.Add, gast.Sub)):
        right = number(node.right)
        if isinstance(right, int):
            return _plus(node.left, amount + (right if isinstance(node.op, gast.Add) else -right))
    return gast.BinOp(copy_tree(node), gast.Add() if amount > 0 else gast.Sub(), const(abs(amount)))


def _range(start: gast.expr, stop: gast.expr, step: int) -> gast.expr:
    if step == 1 and number(start) == 0:
        return call("range", stop)
    return call("range", start, stop) if step == 1 else call("range", start, stop, const(step))


def reversed_range(arguments: list[gast.expr]) -> gast.expr:
    """The counters of ``range(*arguments)``, last first."""
    start = arguments[0] if len(arguments) > 1 else const(0)
    stop = arguments[1] if len(arguments) > 1 else arguments[0]
    step = number(arguments[2]) if len(arguments) > 2 else 1
    if not isinstance(step, int) or step == 0:
        whole = call("range", *[copy_tree(a) for a in arguments])
        return subscript(whole, gast.Slice(None, None, const(-1)))
    if step == 1:
        return _range(_plus(stop, -1), _plus(start, -1), -1)
    if step == -1:
        return _range(_plus(stop, 1), _plus(start, 1), 1)
    gap = _minus(stop, start) if step > 0 else _minus(start, stop)
    count = gast.BinOp(
        gast.BinOp(_plus(gap, -1), gast.FloorDiv(), const(abs(step))), gast.Mult(), const(abs(step))
    )
    if number(start) == 0 and step > 0:
        last: gast.expr = count
    else:
        last = gast.BinOp(copy_tree(start), gast.Add() if step > 0 else gast.Sub(), count)
    return _range(last, _plus(start, -1 if step > 0 else 1), -step)


def _minus(left: gast.expr, right: gast.expr) -> gast.expr:
    if number(right) == 0:
        return copy_tree(left)
    if same(left, right):
        return const(0)
    return gast.BinOp(copy_tree(left), gast.Sub(), copy_tree(right))


def counted_range(arguments: list[gast.expr], trips: gast.expr) -> gast.expr:
    """The counters of the first ``trips`` trips of ``range(*arguments)``, last first."""
    start = arguments[0] if len(arguments) > 1 else const(0)
    step = arguments[2] if len(arguments) > 2 else const(1)
    known = number(step)
    if known == 1 and number(start) == 0:
        return _range(gast.BinOp(trips, gast.Sub(), const(1)), const(-1), -1)
    if known == 1:
        first = gast.BinOp(gast.BinOp(copy_tree(start), gast.Add(), trips), gast.Sub(), const(1))
        return _range(first, _plus(start, -1), -1)
    whole = call("range", *[copy_tree(a) for a in arguments])
    return subscript(
        subscript(whole, gast.Slice(None, trips, None)), gast.Slice(None, None, const(-1))
    )
