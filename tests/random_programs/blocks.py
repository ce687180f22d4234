"""Random blocks: loops, branches, functions inside; and the choice of a statement."""

from __future__ import annotations

from contextlib import contextmanager

from .expressions import (
    argument,
    array,
    condition,
    number,
    tame,
)
from .scope import Callee, Items, Real, Scope, Whole
from .simple import (
    add_to_number,
    alias,
    call,
    change_shape,
    comprehension,
    free_reals,
    name_view,
    new_array_name,
    new_mask,
    new_number,
    new_picks,
    pair,
    reassign,
    rename_view,
    some_shape,
    swap,
    twice,
    use_list,
    use_record,
    value,
)
from .writes import add_to_array, bounded, into, masked, picked, store, store_through, swap_places


@contextmanager
def block(s: Scope, trips: int = 0, **types):
    """Statements one level deeper; the names they make are forgotten."""
    before, lengths = dict(s.types), len(s.lines)
    s.types.update(types)
    s.depth += 1
    if trips:
        s.trips, s.loops = s.trips * trips, s.loops + 1
    yield
    if len(s.lines) == lengths:
        s.emit("pass")
    if trips:
        s.trips, s.loops = s.trips // trips, s.loops - 1
    s.depth -= 1
    s.types = before


def body(s: Scope, least: int = 1, most: int = 4) -> None:
    for _ in range(s.random.randint(least, most)):
        statement(s)


def leave(s: Scope, counter: str | None = None) -> None:
    """`if …: break` (or continue, or return)."""
    s.emit(f"if {condition(s, 0.4)}:")
    with block(s):
        if s.chance(0.4):
            statement(s)
        word = s.pick(["break", "break", "continue", "continue", "return"])
        s.emit(leaving(s) if word == "return" else word)


def leaving(s: Scope) -> str:
    """A return from the middle: what the function returns, of the same shapes."""
    return ("return " + ", ".join(value(s, shape, 1) for shape in s.results)).rstrip()


def loop_body(s: Scope) -> None:
    body(s)
    if s.chance(0.3):
        leave(s)
        body(s, 0, 2)


def for_range(s: Scope) -> None:
    trips = s.random.randint(1, 4)
    low, step = s.pick([0, 0, 0, 1, 2]), s.pick([1, 1, 1, 2])
    high = low + step * (trips - 1)
    outer = [c for c in s.named(Whole) if s.types[c].low >= 0 and s.types[c].high <= 4]
    name = s.fresh(s.pick("ijk"))
    if outer and s.chance(0.5):
        c = s.pick(outer)
        top = s.types[c].high
        bounds, low, high, trips = s.pick(
            [
                (f"{c}", 0, top - 1, top),
                (f"{c} + 1", 0, top, top + 1),
                (f"{c}, {top + 1}", 0, top, top + 1),
            ]
        )
        if high < 0:
            return
    elif s.chance(0.2):
        bounds = f"{high}, {low - 1}, -{step}"
    elif step != 1:
        bounds = f"{low}, {high + 1}, {step}"
    elif s.arrays() and s.chance(0.3):
        array_name = s.pick(s.arrays())
        low, high = 0, s.shape(array_name)[0] - 1
        trips = high + 1
        bounds = s.pick([f"len({array_name})", f"{array_name}.shape[0]"])
    else:
        bounds = f"{low}, {high + 1}" if low else str(high + 1)
    s.emit(f"for {name} in range({bounds}):")
    with block(s, trips, **{name: Whole(low, high)}):
        loop_body(s)


def for_over(s: Scope) -> None:
    """Over an array, a list, zip or enumerate."""
    arrays = s.arrays()
    if not arrays:
        return
    one = s.pick(arrays)
    n = s.shape(one)[0]
    form = s.random.randrange(5)
    name, inner = s.fresh("x"), Real(s.shape(one)[1:])
    lists = [x for x in s.named(Items) if 0 < s.types[x].length < 5]
    known = {one} - s.frozen
    if form == 0 and lists:
        xs = s.pick(lists)
        known, n, inner = {xs} - s.frozen, s.types[xs].length, Real(s.types[xs].shape)
        s.emit(f"for {name} in {xs}:")
        types = {name: inner}
    elif form == 1:
        other = s.pick(arrays)
        second = s.fresh("x")
        known |= {other} - s.frozen
        s.emit(f"for {name}, {second} in zip({one}, {other}):")
        types = {name: inner, second: Real(s.shape(other)[1:])}
    elif form == 2:
        i = s.fresh("i")
        s.emit(f"for {i}, {name} in enumerate({one}):")
        types = {i: Whole(0, n - 1), name: inner}
    elif form == 3:
        s.emit(f"for {name} in reversed({one}):")
        types = {name: inner}
    else:
        s.emit(f"for {name} in {one}:")
        types = {name: inner}
    s.frozen |= known if form == 0 or s.chance(0.7) else set()
    with block(s, n, **types):
        loop_body(s)
    s.frozen -= known


def while_loop(s: Scope) -> None:
    k, trips = s.fresh("k"), s.random.randint(1, 4)
    s.emit(f"{k} = 0")
    test = f"{k} < {trips}"
    if s.chance(0.3):
        test += f" and {condition(s, 1.0)}"
    s.emit(f"while {test}:")
    with block(s, trips, **{k: Whole(0, trips - 1)}):
        first = s.chance(0.5)
        if first:
            s.emit(f"{k} += 1")
            s.types[k] = Whole(1, trips)
            loop_body(s)
        else:
            body(s)
            s.emit(f"{k} += 1")
    s.types[k] = Whole(0, trips)


def branch(s: Scope) -> None:
    s.emit(f"if {condition(s)}:")
    with block(s):
        body(s, 1, 3)
    while s.chance(0.2):
        s.emit(f"elif {condition(s)}:")
        with block(s):
            body(s, 1, 2)
    if s.chance(0.6):
        s.emit("else:")
        with block(s):
            body(s, 1, 2)


def new_in_branches(s: Scope) -> None:
    """A name that each branch makes in its own way."""
    shape = s.pick([(), some_shape(s)])
    name = s.fresh("c")
    s.emit(f"if {condition(s)}:")
    for last in (False, True):
        with block(s):
            if s.chance(0.5):
                statement(s)
            s.emit(f"{name} = {s.pick([value, argument])(s, shape, 1)}")
        if not last:
            s.emit("else:")
    s.types[name] = Real(shape)


def accumulate(s: Scope) -> None:
    """A sum that starts as a number and may become an array."""
    shape, trips = s.pick([(), some_shape(s)]), s.random.randint(1, 4)
    name, i = s.fresh("t"), s.fresh("i")
    s.emit(f"{name} = {s.pick(['0.0', '0', '1.0'])}")
    s.emit(f"for {i} in range({trips}):")
    types = {i: Whole(0, trips - 1)}
    with block(s, trips, **types):
        text = value(s, shape, 1)
        s.emit(
            s.pick([f"{name} = {name} + {text}", f"{name} += {text}", f"{name} = {text} - {name}"])
        )
        s.types[name] = Real(shape)
        body(s, 0, 2)
    s.types[name] = Real(shape)


def growing_piece(s: Scope) -> None:
    """Slices whose bounds are a counter."""
    arrays = [a for a in s.arrays() if len(s.shape(a)) == 1 and s.shape(a)[0] > 1]
    if not arrays:
        return
    name = s.pick(arrays)
    n = s.shape(name)[0]
    other = s.pick([a for a in arrays if s.shape(a)[0] == n])
    counters = [c for c in s.named(Whole) if s.types[c].low >= 0 and s.types[c].high < n]
    if not counters:
        i = s.fresh("i")
        s.emit(f"for {i} in range({n}):")
        with block(s, n, **{i: Whole(0, n - 1)}):
            growing_piece(s)
            body(s, 0, 2)
        return
    i = s.pick(counters)
    cut = s.pick([f"{i}:", f":{i} + 1", f"{i}:{i} + 2", f"{i}::2", f"{i}::-1"])
    s.emit(
        s.pick(
            [
                f"{name}[{cut}] = np.sin({other}[{cut}] + {number(s, 1)})",
                f"{name}[{cut}] += np.sin({number(s, 1)})",
                f"{name}[{cut}] *= np.cos({other}[{cut}])",
                f"{name}[{cut}] = np.tanh(np.sum({other}[{cut}]) * {number(s, 1)})",
                f"{name}[{i}] = np.sin(np.sum({other}[{cut}]))",
                f"{name}[{i}] += np.sin(np.dot({name}[{cut}], {other}[{cut}]))",
            ]
        )
    )


def closure(s: Scope) -> None:
    """A function inside the function: it reads the names around it when it is called."""
    name, x = s.fresh("g"), s.fresh("x")
    shape = s.pick([(), some_shape(s)])
    before = dict(s.types)
    s.types[x] = Real(shape)
    if s.chance(0.5):
        text = f"{name} = lambda {x}: {tame(s, array(s, shape, 2))}"
        s.types = before
        s.emit(text)
    else:
        s.emit(f"def {name}({x}):")
        results, s.results = s.results, (shape,)
        with block(s):
            s.types[x] = Real(shape)
            own, around = s.loops, s.frozen
            s.frozen = set(s.types) - {x}
            if s.chance(0.5):
                y = s.fresh("y")
                s.emit(f"{y} = {tame(s, array(s, shape, 1))}")
                s.types[y] = Real(shape)
            if s.arrays() and s.chance(0.3):
                store(s)
            s.emit(f"return {tame(s, array(s, shape, 2))}")
            s.loops, s.frozen = own, around
        s.types, s.results = before, results
    s.types[name] = Callee((shape,), (shape,))


def forever(s: Scope) -> None:
    """`while True` with a counter that ends it; or a loop with `else`."""
    k, trips = s.fresh("k"), s.random.randint(1, 4)
    s.emit(f"{k} = 0")
    s.emit("while True:")
    with block(s, trips, **{k: Whole(0, trips - 1)}):
        body(s)
        s.emit(f"{k} += 1")
        s.types[k] = Whole(1, trips)
        s.emit(f"if {k} >= {trips}:")
        with block(s):
            body(s, 0, 1)
            s.emit("break")
        body(s, 0, 2)
    s.types[k] = Whole(0, trips)


def loop_else(s: Scope) -> None:
    i, trips = s.fresh("i"), s.random.randint(1, 3)
    s.emit(f"for {i} in range({trips}):")
    with block(s, trips, **{i: Whole(0, trips - 1)}):
        body(s)
        s.emit(f"if {condition(s, 0.8)}:")
        with block(s):
            body(s, 0, 1)
            s.emit("break")
    s.emit("else:")
    with block(s):
        body(s, 1, 2)


def named_test(s: Scope) -> None:
    """An assignment inside a condition."""
    name = s.fresh("q")
    s.emit(f"if ({name} := {value(s, (), 1)}) > {s.pick(['0.137', '-0.213'])}:")
    s.types[name] = Real()
    with block(s):
        body(s, 1, 2)


def changing_outer(s: Scope) -> None:
    """A function inside that rebinds a float of the function around it."""
    names = free_reals(s, ())
    if names and s.depth == 0:
        name, outer = s.fresh("g"), s.pick(names)
        s.emit(f"def {name}():")
        with block(s):
            s.emit(f"nonlocal {outer}")
            s.emit(f"{outer} = {tame(s, number(s, 1))}")
        s.emit(f"{name}()")
        if s.chance(0.5):
            statement(s)
            s.emit(f"{name}()")


WEIGHTS = {
    swap_places: 2,
    store_through: 3,
    twice: 1,
    comprehension: 2,
    forever: 2,
    loop_else: 1,
    named_test: 1,
    changing_outer: 0.3,
    new_number: 4,
    new_array_name: 4,
    reassign: 7,
    change_shape: 1,
    name_view: 7,
    rename_view: 2,
    alias: 3,
    swap: 2,
    pair: 1,
    add_to_number: 6,
    store: 8,
    add_to_array: 8,
    masked: 3,
    picked: 2,
    into: 4,
    bounded: 3,
    new_mask: 1,
    new_picks: 2,
    use_list: 4,
    use_record: 2,
    call: 5,
    for_range: 7,
    for_over: 4,
    while_loop: 3,
    branch: 6,
    new_in_branches: 2,
    accumulate: 2,
    growing_piece: 2,
    closure: 2,
}
LOOPS = {for_range, for_over, while_loop, accumulate, growing_piece, forever, loop_else}
BLOCKS = LOOPS | {branch, new_in_branches, named_test}


def statement(s: Scope) -> None:
    """One random statement, if the budget allows it."""
    if s.budget <= 0:
        return
    s.budget -= 1
    choices = dict(WEIGHTS)
    for make in choices:
        tall = s.depth >= 3 and make in BLOCKS
        long = s.trips > 12 and make in LOOPS
        if tall or long or (make is closure and s.depth > 1):
            choices[make] = 0
    make = s.random.choices(list(choices), weights=list(choices.values()))[0]
    make(s)
