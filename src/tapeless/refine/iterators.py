"""What `itertools` makes, as the loops that make a list of it."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import gast

from ..analysis.higher_order import Pending
from ..analysis.kinds import Array, Sequence
from ..syntax import call, const, copy_tree, name, subscript
from .functional import appended, inside, length_of, loop_over, new_counter
from .stars import plain_arguments
from .writing import Writing


def _each(
    writing: Writing, values: list[gast.expr], make: Callable[..., list[gast.stmt]]
) -> gast.expr:
    """The list that a loop over items fills; ``make`` gives the last statements of its body."""
    found = writing.let("found", gast.List([], gast.Load()))
    i = new_counter(writing)
    loop = loop_over(writing, 0, length_of(writing, values), i)

    def body() -> gast.expr:
        writing.statements += make(found, i, *(writing.item(v, copy_tree(i)) for v in values))
        return found

    inside(writing, loop.body, body)
    return name(found.id)


def accumulate(writing: Writing, pending: Pending) -> gast.expr:
    """``accumulate(v, f)``: each item with what was found before it."""
    (values, *rest), options = plain_arguments(writing)
    f = rest[0] if rest else options.get("func")
    if isinstance(f, gast.Constant) and f.value is None:
        f = None
    start = options.get("initial")
    if isinstance(start, gast.Constant) and start.value is None:
        start = None

    def make(found: gast.Name, i: gast.Name, item: gast.Name) -> list[gast.stmt]:
        branch: list[gast.stmt] = []

        def combined() -> gast.expr:
            last = writing.item(found, -1)
            if f is None:
                return gast.BinOp(last, gast.Add(), copy_tree(item))
            return call(copy_tree(f), last, copy_tree(item))

        made = inside(writing, branch, combined)
        total = writing.unit.namer.fresh("total")
        branch.append(gast.Assign([gast.Name(total, gast.Store(), None, None)], made, None))
        if start is not None:
            return [*branch, appended(found, name(total))]
        first = gast.Assign([gast.Name(total, gast.Store(), None, None)], copy_tree(item), None)
        test = gast.Compare(copy_tree(i), [gast.Gt()], [const(0)])
        return [gast.If(test, branch, [first]), appended(found, name(total))]

    if start is None:
        return _each(writing, [values], make)
    found = writing.let("found", gast.List([copy_tree(start)], gast.Load()))
    i = new_counter(writing)
    loop = loop_over(writing, 0, length_of(writing, [values]), i)

    def body() -> gast.expr:
        writing.statements += make(found, i, writing.item(values, copy_tree(i)))
        return found

    inside(writing, loop.body, body)
    return name(found.id)


def chain(writing: Writing, pending: Pending) -> gast.expr:
    """``chain(v, w)``: one after the other."""
    found = writing.let("found", gast.List([], gast.Load()))
    for values in plain_arguments(writing)[0]:
        writing.statements.append(_extended(found, values))
    return name(found.id)


def chain_of(writing: Writing, pending: Pending) -> gast.expr:
    """``chain.from_iterable(rows)``."""
    (rows,) = plain_arguments(writing)[0]
    return _each(writing, [rows], lambda found, i, row: [_extended(found, row)])


def joined(writing: Writing, pending: Pending) -> gast.expr:
    """``sum(rows, [])``: the rows of lists, one after the other."""
    rows = plain_arguments(writing)[0][0]
    return _each(writing, [rows], lambda found, i, row: [_extended(found, row)])


def pairwise(writing: Writing, pending: Pending) -> gast.expr:
    """``pairwise(v)``: each item with the next one."""
    (values,) = plain_arguments(writing)[0]
    found = writing.let("found", gast.List([], gast.Load()))
    i = new_counter(writing)
    less = gast.BinOp(length_of(writing, [values]), gast.Sub(), const(1))
    loop = loop_over(writing, 0, less, i)

    def body() -> gast.expr:
        following = gast.BinOp(copy_tree(i), gast.Add(), const(1))
        row = [writing.item(values, copy_tree(i)), writing.item(values, following)]
        writing.statements.append(_row(writing, found, row))
        return found

    inside(writing, loop.body, body)
    return name(found.id)


def product(writing: Writing, pending: Pending) -> gast.expr:
    """``product(v, w)``: a loop in a loop."""
    pools, options = plain_arguments(writing)
    times = options.get("repeat", const(1))
    if not isinstance(times, gast.Constant) or not isinstance(times.value, int):
        raise writing.refuse("product with a computed number of repetitions", "nested loops")
    return _nested(writing, pools * times.value, lambda before: [], lambda before: const(0))


def columns(writing: Writing, pending: Pending) -> gast.expr:
    """``zip(*rows)``: a tuple for each column."""
    rows = writing.node.args[0].value
    kind = pending.kinds[0]
    row = kind.of_elements() if isinstance(kind, Sequence) else None
    i, j = new_counter(writing), new_counter(writing)
    count = length_of(writing, [rows])

    def column(place: gast.expr) -> gast.expr:
        found = writing.let("column", gast.List([], gast.Load()))
        loop = loop_over(writing, 0, copy_tree(count), i)

        def body() -> gast.expr:
            item = writing.item(writing.item(rows, copy_tree(i)), place)
            writing.statements.append(appended(found, item))
            return found

        inside(writing, loop.body, body)
        return writing.let(None, call(writing.builtin(tuple, "tuple"), name(found.id)))

    if isinstance(row, Sequence) and row.items is not None:
        none = gast.Compare(copy_tree(count), [gast.Eq()], [const(0)])
        error = call(writing.builtin(ValueError, "ValueError"), const("zip() of no rows"))
        writing.statements.append(gast.If(none, [gast.Raise(error, None)], []))
        made = [column(const(k)) for k in range(len(row.items))]
        return writing.let(None, gast.List(made, gast.Load()))
    shortest = call(writing.builtin(map, "map"), writing.builtin(len, "len"), copy_tree(rows))
    shortest = call(writing.builtin(min, "min"), writing.let(None, shortest))
    shortest.keywords.append(gast.keyword("default", const(0)))
    found = writing.let("columns", gast.List([], gast.Load()))
    loop = loop_over(writing, 0, writing.let(None, shortest), j)

    def body() -> gast.expr:
        writing.statements.append(appended(found, column(copy_tree(j))))
        return found

    inside(writing, loop.body, body)
    return name(found.id)


def combinations(writing: Writing, pending: Pending) -> gast.expr:
    """``combinations(v, r)`` and the like: loops over positions."""
    (values, *rest), options = plain_arguments(writing)
    size = rest[0] if rest else options.get("r")
    if not isinstance(size, gast.Constant) or not isinstance(size.value, int):
        raise writing.refuse("combinations of a computed size", "nested loops")

    def start(before: list[gast.Name]) -> gast.expr:
        if not before or pending.target is itertools.permutations:
            return const(0)
        if pending.target is itertools.combinations_with_replacement:
            return copy_tree(before[-1])
        return gast.BinOp(copy_tree(before[-1]), gast.Add(), const(1))

    different = pending.target is itertools.permutations
    return _nested(writing, [values] * size.value, lambda b: b if different else [], start)


def _nested(
    writing: Writing,
    pools: list[gast.expr],
    avoided: Callable[[list[gast.Name]], list[gast.Name]],
    start: Callable[[list[gast.Name]], gast.expr],
) -> gast.expr:
    """Rows of items by nested loops; positions of the outer loops may bound or bar inner ones."""
    found = writing.let("found", gast.List([], gast.Load()))
    lengths = [length_of(writing, [pool]) for pool in pools]

    def level(before: list[gast.Name], row: list[gast.expr]) -> gast.expr:
        depth = len(before)
        if depth == len(pools):
            writing.statements.append(_row(writing, found, row))
            return found
        i = new_counter(writing)
        loop = loop_over(writing, start(before), copy_tree(lengths[depth]), i)
        body = loop.body
        for other in avoided(before):
            test = gast.Compare(copy_tree(i), [gast.NotEq()], [copy_tree(other)])
            body.append(gast.If(test, [], []))
            body = body[-1].body

        def inner() -> gast.expr:
            item = writing.item(pools[depth], copy_tree(i))
            return level([*before, i], [*row, item])

        return inside(writing, body, inner)

    level([], [])
    return name(found.id)


def zip_longest(writing: Writing, pending: Pending) -> gast.expr:
    """``zip_longest(v, w)``: what is missing is filled up."""
    values, options = plain_arguments(writing)
    fill = options.get("fillvalue", const(None))
    found = writing.let("found", gast.List([], gast.Load()))
    lengths: list[gast.expr] = [length_of(writing, [v]) for v in values]
    stop = writing.let(None, call("max", *(copy_tree(n) for n in lengths)))
    i = new_counter(writing)
    loop = loop_over(writing, 0, stop, i)

    def body() -> gast.expr:
        row: list[gast.expr] = []
        for v, n in zip(values, lengths, strict=True):
            item = gast.Name(writing.unit.namer.temporary(), gast.Store(), None, None)
            there: gast.stmt = gast.Assign([item], subscript(copy_tree(v), copy_tree(i)), None)
            missing: gast.stmt = gast.Assign([copy_tree(item)], copy_tree(fill), None)
            test = gast.Compare(copy_tree(i), [gast.Lt()], [copy_tree(n)])
            writing.statements.append(gast.If(test, [there], [missing]))
            row.append(name(item.id))
        writing.statements.append(_row(writing, found, row))
        return found

    inside(writing, loop.body, body)
    return name(found.id)


def islice(writing: Writing, pending: Pending) -> gast.expr:
    """``islice(v, n)``: a slice."""
    values, *bounds = plain_arguments(writing)[0]
    ends = [const(None), bounds[0]] if len(bounds) == 1 else bounds
    slots = [
        None if isinstance(e, gast.Constant) and e.value is None else copy_tree(e) for e in ends
    ]
    if any(isinstance(e, gast.UnaryOp) for e in slots):
        raise writing.refuse("a negative bound of islice", "list(…)[…]")
    if not isinstance(pending.kinds[0], Array):
        values = writing.let(None, call(writing.builtin(list, "list"), values))
    part = gast.Slice(*[*slots, None, None][:3])
    return subscript(copy_tree(values), part)


def items(writing: Writing, pending: Pending) -> gast.expr:
    """``items_of(v)``: itself, or a list where there are no positions."""
    (values,) = writing.node.args
    if isinstance(pending.kinds[0], (Array, Sequence)):
        return copy_tree(values)
    return call(writing.builtin(list, "list"), copy_tree(values))


def repeat(writing: Writing, pending: Pending) -> gast.expr:
    """``repeat(v, n)``."""
    (value, *rest), options = plain_arguments(writing)
    times = rest[0] if rest else options.get("times")
    if times is None:
        raise writing.refuse("repeat without end", "repeat(v, n)")
    one = writing.let(None, gast.List([value], gast.Load()))
    return gast.BinOp(one, gast.Mult(), times)


def starmap(writing: Writing, pending: Pending) -> gast.expr:
    """``starmap(f, rows)``."""
    f, rows = plain_arguments(writing)[0]
    kind = pending.kinds[1]
    element = kind.of_elements() if isinstance(kind, Sequence) else None
    if not isinstance(element, Sequence) or element.items is None:
        raise writing.refuse("starmap over rows of unknown length", "a loop")
    count = len(element.items)

    def make(found: gast.Name, i: gast.Name, row: gast.Name) -> list[gast.stmt]:
        items = [writing.item(row, k) for k in range(count)]
        return [appended(found, writing.let(None, call(copy_tree(f), *items)))]

    return _each(writing, [rows], make)


def takewhile(writing: Writing, pending: Pending) -> gast.expr:
    """``takewhile(f, v)``: up to the first item that fails."""
    f, values = plain_arguments(writing)[0]

    def make(found: gast.Name, i: gast.Name, item: gast.Name) -> list[gast.stmt]:
        test = writing.let("kept", call(copy_tree(f), copy_tree(item)))
        stop = writing.unit.namer.fresh("stop")
        done = gast.UnaryOp(gast.Not(), copy_tree(test))
        return [
            gast.If(copy_tree(test), [appended(found, copy_tree(item))], []),
            gast.Assign([gast.Name(stop, gast.Store(), None, None)], done, None),
            gast.If(name(stop), [gast.Break()], []),
        ]

    return _each(writing, [values], make)


def dropwhile(writing: Writing, pending: Pending) -> gast.expr:
    """``dropwhile(f, v)``: from the first item that fails."""
    f, values = plain_arguments(writing)[0]
    dropping = writing.let("dropping", const(True))

    def make(found: gast.Name, i: gast.Name, item: gast.Name) -> list[gast.stmt]:
        store = gast.Name(dropping.id, gast.Store(), None, None)
        again = gast.Assign([store], call(copy_tree(f), copy_tree(item)), None)
        done = gast.UnaryOp(gast.Not(), copy_tree(dropping))
        return [
            gast.If(copy_tree(dropping), [again], []),
            gast.If(done, [appended(found, copy_tree(item))], []),
        ]

    return _each(writing, [values], make)


def compress(writing: Writing, pending: Pending) -> gast.expr:
    """``compress(v, chosen)``."""
    values, chosen = plain_arguments(writing)[0]
    return _each(
        writing,
        [values, chosen],
        lambda found, i, item, test: [gast.If(test, [appended(found, item)], [])],
    )


def filterfalse(writing: Writing, pending: Pending) -> gast.expr:
    """``filterfalse(f, v)``."""
    f, values = plain_arguments(writing)[0]

    def make(found: gast.Name, i: gast.Name, item: gast.Name) -> list[gast.stmt]:
        test: gast.expr = copy_tree(item)
        if not (isinstance(f, gast.Constant) and f.value is None):
            test = writing.let(None, call(copy_tree(f), copy_tree(item)))
        return [gast.If(gast.UnaryOp(gast.Not(), test), [appended(found, copy_tree(item))], [])]

    return _each(writing, [values], make)


def _row(writing: Writing, found: gast.Name, items: list[gast.expr]) -> gast.stmt:
    return appended(found, writing.let(None, gast.Tuple(items, gast.Load())))


def _extended(found: gast.Name, values: gast.expr) -> gast.stmt:
    method = gast.Attribute(name(found.id), "extend", gast.Load())
    return gast.Expr(gast.Call(method, [values], []))


FORMS: dict[str, Callable[[Writing, Pending], gast.expr]] = {
    "accumulate": accumulate,
    "chain": chain,
    "chain of": chain_of,
    "columns": columns,
    "combinations": combinations,
    "compress": compress,
    "dropwhile": dropwhile,
    "filterfalse": filterfalse,
    "islice": islice,
    "items": items,
    "joined": joined,
    "pairwise": pairwise,
    "product": product,
    "repeat": repeat,
    "starmap": starmap,
    "takewhile": takewhile,
    "zip_longest": zip_longest,
}
