"""Functions that call functions, as the loops and subscripts that they are."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import Any

import gast

from ..analysis.higher_order import OPERATIONS, Pending, elementwise_map, followed
from ..analysis.kinds import Array, Kind, Number, Sequence
from ..frontend.parse import Function
from ..syntax import call, const, copy_tree, name, same, subscript, target, walk
from .stars import plain_arguments
from .writing import Writing
from .written_out import core_of

SHORT = 8  # sequences up to this length are gone through without a loop


def loop_over(
    writing: Writing, start: int | gast.expr, stop: gast.expr, counter: gast.Name
) -> gast.For:
    """An empty loop over positions, written here."""
    first = const(start) if isinstance(start, int) else start
    bounds = [stop] if same(first, const(0)) else [first, stop]
    made = gast.For(target(counter.id), gast.Call(name("range"), bounds, []), [], [], None)
    writing.statements.append(made)
    return made


def new_counter(writing: Writing) -> gast.Name:
    """A name for the variable of a loop."""
    return name(writing.unit.namer.counter())


def inside(writing: Writing, block: list[gast.stmt], make: Callable[[], gast.expr]) -> gast.expr:
    """What ``make`` writes goes into a block; the result is an expression."""
    outer = writing.statements
    writing.statements = block
    try:
        return make()
    finally:
        writing.statements = outer


def length_of(writing: Writing, values: list[gast.expr]) -> gast.expr:
    """The number of items, of the shortest of several."""
    lengths: list[gast.expr] = [
        writing.let(None, gast.Call(name("len"), [copy_tree(v)], [])) for v in values
    ]
    if len(lengths) == 1:
        return lengths[0]
    return writing.let(None, gast.Call(name("min"), lengths, []))


def reduce(writing: Writing, pending: Pending) -> gast.expr:
    """``reduce(f, v)``: the function over what was found and the next item."""
    f, values, *start = plain_arguments(writing)[0]
    kind = pending.kinds[1]
    count = len(kind.items) if isinstance(kind, Sequence) and kind.items is not None else None
    if count == 0 and not start:
        raise writing.refuse("reduce of an empty sequence", "a first value")
    first = 0 if start else 1
    found: gast.expr = start[0] if start else writing.item(values, 0)
    if count is not None and count <= SHORT:
        for k in range(first, count):
            found = writing.let(None, call(copy_tree(f), found, writing.item(values, k)))
        return found
    result = writing.let("found", found)
    i = new_counter(writing)
    loop = loop_over(writing, first, length_of(writing, [values]), i)
    again = inside(
        writing, loop.body, lambda: call(copy_tree(f), result, writing.item(values, copy_tree(i)))
    )
    loop.body.append(gast.Assign([target(result.id)], again, None))
    return name(result.id)


def mapped(writing: Writing, pending: Pending) -> gast.expr:
    """``map(f, v)`` as the list of the results."""
    f, *values = plain_arguments(writing)[0]
    return _collected(writing, f, values, pending.kinds[1:])


def _collected(
    writing: Writing, f: gast.expr, values: list[gast.expr], kinds: tuple[Kind | None, ...]
) -> gast.expr:
    if all(isinstance(k, Sequence) and k.items is not None for k in kinds):
        count = min(len(k.items or ()) for k in kinds if isinstance(k, Sequence))
        if count <= SHORT:
            items: list[gast.expr] = [
                writing.let(None, call(copy_tree(f), *(writing.item(v, n) for v in values)))
                for n in range(count)
            ]
            return writing.let(None, gast.List(items, gast.Load()))
    found = writing.let("found", gast.List([], gast.Load()))
    i = new_counter(writing)
    loop = loop_over(writing, 0, length_of(writing, values), i)
    item = inside(
        writing,
        loop.body,
        lambda: writing.let(
            None, call(copy_tree(f), *(writing.item(v, copy_tree(i)) for v in values))
        ),
    )
    loop.body.append(appended(found, item))
    return name(found.id)


def appended(values: gast.Name, item: gast.expr) -> gast.stmt:
    """``values.append(item)``."""
    return gast.Expr(gast.Call(gast.Attribute(name(values.id), "append", gast.Load()), [item], []))


def filtered(writing: Writing, pending: Pending) -> gast.expr:
    """``filter(f, v)`` as the list of what is kept."""
    f, values = plain_arguments(writing)[0]
    found = writing.let("found", gast.List([], gast.Load()))
    i = new_counter(writing)
    loop = loop_over(writing, 0, length_of(writing, [values]), i)
    item = inside(writing, loop.body, lambda: writing.item(values, copy_tree(i)))
    test = item
    if not (isinstance(f, gast.Constant) and f.value is None):
        test = inside(writing, loop.body, lambda: writing.let(None, call(copy_tree(f), item)))
    loop.body.append(gast.If(test, [appended(found, copy_tree(item))], []))
    return name(found.id)


def operation(writing: Writing, pending: Pending) -> gast.expr:
    """``operator.mul(a, b)`` of numbers."""
    positional = plain_arguments(writing)[0]
    form: Any = OPERATIONS[pending.target]
    if len(positional) == 1:
        return gast.UnaryOp(form(), positional[0])
    return gast.BinOp(positional[0], form(), positional[1])


def getter(writing: Writing, pending: Pending) -> gast.expr:
    """``itemgetter(1)(v)``, ``attrgetter("a")(v)``, ``methodcaller("sum")(v)``."""
    value = plain_arguments(writing)[0][0]
    form, given = pending.target.__reduce__()[:2]
    if isinstance(pending.target, operator.itemgetter):
        items = [writing.item(value, writing.value_of(k, "key")) for k in given]
        return items[0] if len(items) == 1 else gast.Tuple(items, gast.Load())
    if isinstance(pending.target, operator.attrgetter):
        parts = [_path(writing, value, path) for path in given]
        return parts[0] if len(parts) == 1 else gast.Tuple(parts, gast.Load())
    options: dict[str, Any] = {}
    if isinstance(form, functools.partial):
        given, options = (*form.args, *given), form.keywords
    method, *arguments = given
    return gast.Call(
        gast.Attribute(writing.atom(value), method, gast.Load()),
        [writing.value_of(a, "argument") for a in arguments],
        [gast.keyword(k, writing.value_of(v, k)) for k, v in options.items()],
    )


def _path(writing: Writing, value: gast.expr, path: str) -> gast.expr:
    for part in path.split("."):
        value = writing.let(None, gast.Attribute(copy_tree(value), part, gast.Load()))
    return value


def partial_object(writing: Writing, pending: Pending) -> gast.expr:
    """A call of a partial of the program: a call of the function below."""
    below = pending.target
    positional, keywords = plain_arguments(writing)
    fixed: dict[str, Any] = {}
    while isinstance(below, functools.partial):
        positional = [*(writing.value_of(a, "argument") for a in below.args), *positional]
        fixed = {**below.keywords, **fixed}
        below = below.func
    options = {k: writing.value_of(v, k) for k, v in fixed.items() if k not in keywords}
    return gast.Call(
        writing.reach(below, getattr(below, "__name__", "function")),
        positional,
        [gast.keyword(k, v) for k, v in {**options, **keywords}.items()],
    )


def partial(writing: Writing, pending: Pending) -> gast.expr:
    """``partial(f, x)`` inside: a lambda over the values of now."""
    f, *given = plain_arguments(writing)[0]
    fixed = plain_arguments(writing)[1]
    names = [f, *given, *fixed.values()]
    kept = [_kept(writing, e) for e in names]
    f, given = kept[0], kept[1 : len(given) + 1]
    options = dict(zip(fixed, kept[len(given) + 1 :], strict=True))
    return _lambda(writing, f, given, options)


def _kept(writing: Writing, value: gast.expr) -> gast.expr:
    """An expression that keeps its value: a name that is assigned once, or a new one."""
    if not isinstance(value, gast.Name) or value.id not in writing.inference.locals:
        return value
    unit = writing.unit
    count = writing.inference.assigned.get(value.id, 0) + (value.id in unit.parameters)
    if count == 1 and value.id in unit.parameters:
        return value
    chosen = writing.let(unit.namer.called_by_user(value.id), value)
    unit.facts.setdefault("cells", set()).add(chosen.id)
    return chosen


def _lambda(
    writing: Writing, f: gast.expr, given: list[gast.expr], options: dict[str, gast.expr]
) -> gast.expr:
    args, more = writing.unit.namer.fresh("args"), writing.unit.namer.fresh("options")
    body = gast.Call(
        copy_tree(f),
        [*given, gast.Starred(name(args), gast.Load())],
        [*(gast.keyword(k, v) for k, v in options.items()), gast.keyword(None, name(more))],
    )
    parameters = gast.arguments(
        [], [], gast.Name(args, gast.Param(), None, None), [], [],
        gast.Name(more, gast.Param(), None, None), [],
    )  # fmt: skip
    return gast.Lambda(parameters, body)


def vectorize(writing: Writing, pending: Pending) -> gast.expr:
    """``np.vectorize(f)`` inside: a lambda that maps the function."""
    (f, *rest), options = plain_arguments(writing)
    if rest or set(options) - {"otypes", "doc", "cache"}:
        raise writing.refuse("np.vectorize with a signature or excluded arguments", "a loop")
    return _lambda(writing, writing.reach(elementwise_map, "elementwise_map"), [f], {})


def vectorized(writing: Writing, pending: Pending) -> gast.expr:
    """A call of a function that `np.vectorize` made outside."""
    made: Any = pending.target
    if made.signature or made.excluded:
        raise writing.refuse("np.vectorize with a signature or excluded arguments", "a loop")
    f = writing.reach(made.pyfunc, getattr(made.pyfunc, "__name__", "function"))
    positional, keywords = plain_arguments(writing)
    if keywords:
        raise writing.refuse("keyword arguments of a vectorized function", "pass them by position")
    return call(writing.reach(elementwise_map, "elementwise_map"), f, *positional)


def elementwise(writing: Writing, pending: Pending) -> gast.expr:
    """A function of numbers at each element of the arrays."""
    f, *values = plain_arguments(writing)[0]
    kinds = pending.kinds[1:]
    function = followed(pending.kinds[0]) if pending.kinds[0] is not None else None
    if function is not None and _gives_integers(function):
        raise writing.refuse(
            "np.vectorize of a function with an integer among its results: NumPy takes the dtype "
            "of the first",
            "a float, such as 0.0",
        )
    arrays = [k for k in kinds if isinstance(k, Array)]
    if not arrays and all(isinstance(k, Number) for k in kinds):
        return call(copy_tree(f), *values)
    shapes = {tuple(a is not None and a.is_one for a in k.axes or ()) for k in arrays}
    if (
        len(shapes) != 1
        or any(k.axes is None for k in arrays)
        or not all(isinstance(k, (Array, Number)) for k in kinds)
    ):
        raise writing.refuse("np.vectorize of arguments of different shapes", "a loop")
    flat = all(k.rank == 1 for k in arrays)
    first = next(v for v, k in zip(values, kinds, strict=True) if isinstance(k, Array))
    parts = {
        n: v if flat else writing.let(None, call(writing.function("ravel"), v))
        for n, (v, k) in enumerate(zip(values, kinds, strict=True))
        if isinstance(k, Array)
    }
    found = writing.let("found", gast.List([], gast.Load()))
    i = new_counter(writing)
    loop = loop_over(writing, 0, length_of(writing, [next(iter(parts.values()))]), i)

    def one() -> gast.expr:
        items = [
            writing.item(parts[n], copy_tree(i)) if n in parts else v for n, v in enumerate(values)
        ]
        return writing.let(None, call(copy_tree(f), *items))

    item = inside(writing, loop.body, one)
    loop.body.append(appended(found, item))
    made = call(writing.function("array"), name(found.id))
    if flat:
        return made
    shape = writing.let(None, call(writing.function("shape"), copy_tree(first)))
    return call(writing.function("reshape"), writing.let(None, made), shape)


def _gives_integers(function: Function) -> bool:
    """Whether a function may return an integer that stands in its text."""
    tree = core_of(function).tree
    last = tree.body[-1]
    results = {n.id for n in walk(last) if isinstance(n, gast.Name)}
    return any(
        isinstance(n, gast.Assign)
        and isinstance(n.value, gast.Constant)
        and type(n.value.value) is int
        and isinstance(n.targets[0], gast.Name)
        and n.targets[0].id in results
        for n in walk(tree)
    )


def along_axis(writing: Writing, pending: Pending) -> gast.expr:
    """``np.apply_along_axis(f, axis, a)`` as a loop over rows or columns."""
    positional, options = plain_arguments(writing)
    f, _, a, *rest = positional
    kind, number = pending.kinds[2], pending.kinds[1]
    if not isinstance(kind, Array) or kind.rank not in (1, 2) or options or number is None:
        raise writing.refuse("np.apply_along_axis of an array of more than two axes", "loops")
    if kind.rank == 1:
        return call(copy_tree(f), a, *rest)
    if not isinstance(number.value, int):
        raise writing.refuse("np.apply_along_axis along a computed axis", "a constant axis")
    rows = number.value in (1, -1)
    base = a if rows else writing.let(None, call(writing.function("transpose"), a))
    found = writing.let("found", gast.List([], gast.Load()))
    i = new_counter(writing)
    loop = loop_over(writing, 0, length_of(writing, [base]), i)
    item = inside(
        writing,
        loop.body,
        lambda: writing.let(None, call(copy_tree(f), writing.item(base, copy_tree(i)), *rest)),
    )
    loop.body.append(appended(found, item))
    made = call(writing.function("array"), name(found.id))
    return made if rows else call(writing.function("transpose"), writing.let(None, made))


def piecewise(writing: Writing, pending: Pending) -> gast.expr:
    """``np.piecewise`` with functions: each where its condition holds."""
    positional, options = plain_arguments(writing)
    x, conditions, functions, *rest = positional
    given, choices = pending.kinds[1], pending.kinds[2]
    if (
        not isinstance(pending.kinds[0], Array)
        or not isinstance(given, Sequence)
        or given.items is None
        or not isinstance(choices, Sequence)
        or choices.items is None
        or options
    ):
        raise writing.refuse("np.piecewise of such conditions", "a list of conditions")
    masks = [writing.item(conditions, k) for k in range(len(given.items))]
    if len(choices.items) == len(masks) + 1:
        any_mask: gast.expr = masks[0]
        for mask in masks[1:]:
            any_mask = writing.let(None, gast.BinOp(copy_tree(any_mask), gast.BitOr(), mask))
        masks.append(writing.let(None, gast.UnaryOp(gast.Invert(), copy_tree(any_mask))))
    found = writing.let("found", call(writing.function("zeros_like"), copy_tree(x)))
    for k, (mask, choice) in enumerate(zip(masks, choices.items, strict=True)):
        value = writing.item(functions, k)
        if not isinstance(choice, Number):
            part = writing.item(x, copy_tree(mask))
            value = writing.let(None, call(value, part, *rest))
        store = subscript(name(found.id), copy_tree(mask), store=True)
        writing.statements.append(gast.Assign([store], value, None))
    return name(found.id)


def from_function(writing: Writing, pending: Pending) -> gast.expr:
    """``np.fromfunction(f, shape)``: the function of the indices."""
    (f, shape), options = plain_arguments(writing)
    kind = pending.kinds[1]
    if not isinstance(kind, Sequence) or kind.items is None or set(options) - {"dtype"}:
        raise writing.refuse("np.fromfunction of such a shape", "np.indices")
    dtype = options.get("dtype") or name("float")
    grid = writing.let(None, call(writing.function("indices"), shape, dtype))
    return call(copy_tree(f), *(writing.item(grid, k) for k in range(len(kind.items))))


FORMS: dict[str, Callable[[Writing, Pending], gast.expr]] = {
    "reduce": reduce,
    "map": mapped,
    "filter": filtered,
    "getter": getter,
    "operation": operation,
    "partial object": partial_object,
    "partial": partial,
    "vectorize": vectorize,
    "vectorized": vectorized,
    "elementwise map": elementwise,
    "apply_along_axis": along_axis,
    "piecewise": piecewise,
    "fromfunction": from_function,
}
