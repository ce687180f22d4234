"""Random statements, written into a scope."""

from __future__ import annotations

from contextlib import contextmanager

from .expressions import (
    any_view,
    argument,
    arguments,
    array,
    condition,
    element,
    index,
    mask,
    number,
    piece,
    tame,
    view_of_shape,
)
from .scope import Callee, Items, Mask, Picks, Real, Record, Scope, Shape, Whole


def value(s: Scope, shape: Shape, depth: int = 2) -> str:
    """An expression to assign: bounded where it may be repeated."""
    text = array(s, shape, depth)
    return tame(s, text) if s.chance(0.8 if s.loops else 0.3) else text


def some_shape(s: Scope) -> Shape:
    arrays = s.arrays()
    return s.shape(s.pick(arrays)) if arrays and s.chance(0.9) else s.pick([(3,), (4,), (2, 3)])


# --- assignments -------------------------------------------------------------------------


def new_number(s: Scope) -> None:
    text = value(s, ())
    name = s.fresh("s")
    s.emit(f"{name} = {text}")
    s.types[name] = Real()


def new_array_name(s: Scope) -> None:
    shape = some_shape(s)
    text = value(s, shape)
    if s.chance(0.3):
        text = s.pick([f"({text}).copy()", f"{text} * 1.0", f"np.array({text})"])
    name = s.fresh("u")
    s.emit(f"{name} = {text}")
    s.types[name] = Real(shape)


def free_reals(s: Scope, shape: Shape | None = None) -> list[str]:
    return [n for n in s.reals(shape) if n not in s.frozen]


def reassign(s: Scope) -> None:
    names = free_reals(s)
    if names:
        name = s.pick(names)
        s.emit(f"{name} = {value(s, s.shape(name))}")


def change_shape(s: Scope) -> None:
    """A name that stands for something of another shape from here on."""
    names = free_reals(s)
    if names and s.depth == 0:
        name, shape = s.pick(names), s.pick([(), some_shape(s)])
        s.emit(f"{name} = {value(s, shape)}")
        s.types[name] = Real(shape)


def name_view(s: Scope) -> None:
    arrays = s.arrays()
    if arrays:
        base = s.pick(arrays)
        text, shape = any_view(s, base)
        name = s.fresh("v")
        s.emit(f"{name} = {text}")
        s.types[name] = Real(shape)


def rename_view(s: Scope) -> None:
    """A known name becomes a view (or an alias) of another array."""
    names = [n for n in free_reals(s) if s.shape(n)]
    if names:
        name = s.pick(names)
        text = view_of_shape(s, s.shape(name), [n for n in s.arrays() if n != name])
        others = [n for n in s.reals(s.shape(name)) if n != name]
        if others and (text is None or s.chance(0.4)):
            text = s.pick(others)
        if text:
            s.emit(f"{name} = {text}")


def alias(s: Scope) -> None:
    names = s.arrays()
    if names:
        other, name = s.pick(names), s.fresh("w")
        s.emit(f"{name} = {other}")
        s.types[name] = Real(s.shape(other))


def swap(s: Scope) -> None:
    names = free_reals(s)
    if names:
        shape = s.shape(s.pick(names))
        group = free_reals(s, shape)
        if len(group) > 1:
            chosen = s.random.sample(group, min(len(group), s.pick([2, 2, 2, 3])))
            s.emit(f"{', '.join(chosen)} = {', '.join(chosen[1:] + chosen[:1])}")


def pair(s: Scope) -> None:
    shapes = [s.pick([(), some_shape(s)]) for _ in range(2)]
    texts = [value(s, shape, 1) for shape in shapes]
    names = [s.fresh("p") for _ in range(2)]
    s.emit(f"{', '.join(names)} = {', '.join(texts)}")
    for name, shape in zip(names, shapes, strict=True):
        s.types[name] = Real(shape)


def add_to_number(s: Scope) -> None:
    names = free_reals(s, ())
    if names:
        name = s.pick(names)
        operator = s.pick(["+=", "+=", "-=", "*=", "/="])
        text = number(s, 2)
        if operator == "*=":
            text = f"np.cos({text})"
        elif operator == "/=":
            text = f"1.0 + ({text}) ** 2"
        else:
            text = tame(s, text)
        s.emit(f"{name} {operator} {text}")


# --- writes ------------------------------------------------------------------------------


def place(s: Scope, name: str) -> tuple[str, Shape]:
    """A part of an array to store into and the shape it takes."""
    shape = s.shape(name)
    draw = s.random.random()
    if draw < 0.2:
        return f"{name}[{s.pick([':', '...'])}]", shape
    if draw < 0.5:
        return f"{name}[{', '.join(index(s, n) for n in shape)}]", ()
    if len(shape) == 1:
        cut, length = piece(s, shape[0])
        return f"{name}[{cut}]", (length,)
    rows, columns = shape
    if draw < 0.65:
        return f"{name}[{index(s, rows)}]", (columns,)
    if draw < 0.8:
        cut, length = piece(s, rows)
        return f"{name}[{cut}, {index(s, columns)}]", (length,)
    (cut, length), (other, width) = piece(s, rows), piece(s, columns)
    return f"{name}[{cut}, {other}]", (length, width)


def right_side(s: Scope, shape: Shape, depth: int = 2) -> str:
    """A value of a shape, or one that broadcasts to it."""
    if shape and s.chance(0.3):
        shape = s.pick([(), shape[-1:]])
    return value(s, shape, depth)


def store(s: Scope) -> None:
    if s.arrays():
        where, shape = place(s, s.pick(s.arrays()))
        s.emit(f"{where} = {right_side(s, shape)}")


def add_to_array(s: Scope) -> None:
    if s.arrays():
        name = s.pick(s.arrays())
        where, shape = (name, s.shape(name)) if s.chance(0.4) else place(s, name)
        augment(s, where, shape)


def augment(s: Scope, where: str, shape: Shape) -> None:
    operator = s.pick(["+=", "+=", "-=", "*=", "/=", "**="])
    if operator == "**=":
        s.emit(f"{where} **= 2" if s.chance(0.3) else f"{where} += {right_side(s, shape, 1)}")
        return
    text = right_side(s, shape)
    if operator == "*=":
        text = f"np.cos({text})"
    elif operator == "/=":
        text = f"1.0 + ({text}) ** 2"
    s.emit(f"{where} {operator} {text}")


def masked(s: Scope) -> None:
    if s.arrays():
        name = s.pick(s.arrays())
        where = mask(s, s.shape(name))
        known = [m for m in s.named(Mask) if s.types[m].shape == s.shape(name)]
        form = s.random.randrange(4)
        if form == 0 and known:
            m = s.pick(known)
            s.emit(f"{name}[{m}] {s.pick(['=', '+='])} ({array(s, s.shape(name), 1)})[{m}]")
        elif form <= 1:
            s.emit(f"{name}[{where}] = {tame(s, number(s, 1))}")
        else:
            s.emit(
                f"{name}[{where}] {s.pick(['*= np.cos', '+= np.sin', '-= np.tanh'])}({number(s, 1)})"
            )


def picked(s: Scope) -> None:
    for p in s.named(Picks):
        length, bound = s.types[p].length, s.types[p].bound
        names = [a for a in s.arrays() if s.shape(a)[0] == bound]
        if names:
            name = s.pick(names)
            shape = (length, *s.shape(name)[1:])
            if s.chance(0.3) and len(shape) == 1:
                s.emit(f"np.add.at({name}, {p}, {tame(s, array(s, shape, 1))})")
            elif s.chance(0.3):
                s.emit(f"{name}[{p}] = {right_side(s, shape, 1)}")
            else:
                augment(s, f"{name}[{p}]", shape)
            return


def into(s: Scope) -> None:
    """np.copyto, fill, out=."""
    if s.arrays():
        name = s.pick(s.arrays())
        shape = s.shape(name)
        form = s.random.randrange(6)
        if form == 0:
            s.emit(f"np.copyto({name}, {right_side(s, shape)})")
        elif form == 1:
            s.emit(f"{name}.fill({tame(s, number(s, 2))})")
        elif form == 2:
            s.emit(f"np.{s.pick(['sin', 'tanh', 'cos'])}({array(s, shape, 1)}, out={name})")
        elif form == 3:
            operation = s.pick(["add", "subtract", "multiply"])
            s.emit(
                f"np.{operation}({tame(s, array(s, shape, 1))}, {tame(s, array(s, shape, 0))}, out={name})"
            )
        else:
            text, shape = any_view(s, name)
            if "ravel" in text or "reshape" in text:
                return
            s.emit(f"np.copyto({text}, {right_side(s, shape)})")


def bounded(s: Scope) -> None:
    """Squash a name in place or by a new value, so that numbers stay small."""
    names = free_reals(s)
    if names:
        name = s.pick(names)
        if s.shape(name) and s.chance(0.5):
            s.emit(f"{name}[...] = np.tanh({name})")
        else:
            s.emit(f"{name} = np.tanh({name})")


# --- masks, picks, lists, dictionaries ------------------------------------------------------


def new_mask(s: Scope) -> None:
    if s.arrays():
        shape = some_shape(s)
        text = mask(s, shape)
        name = s.fresh("m")
        s.emit(f"{name} = {text}")
        s.types[name] = Mask(shape)


def new_picks(s: Scope) -> None:
    names = s.arrays()
    if names:
        bound, length = s.shape(s.pick(names))[0], s.pick([2, 3, 4])
        numbers = [s.random.randrange(-bound if s.chance(0.3) else 0, bound) for _ in range(length)]
        name = s.fresh("idx")
        s.emit(f"{name} = np.array({numbers})")
        s.types[name] = Picks(length, bound)


def new_list(s: Scope) -> None:
    shape = s.pick([(), (), some_shape(s)])
    texts = [argument(s, shape, 1) for _ in range(s.random.randrange(4))]
    name = s.fresh("xs")
    s.emit(f"{name} = [{', '.join(texts)}]")
    s.types[name] = Items(shape, len(texts))


def use_list(s: Scope) -> None:
    lists = s.named(Items)
    if not lists:
        return new_list(s)
    xs = s.pick(lists)
    held = s.types[xs]
    draw = s.random.random()
    if draw < 0.5 and xs not in s.frozen:
        s.emit(f"{xs}.append({s.pick([value, argument])(s, held.shape, 1)})")
        s.types[xs] = Items(held.shape, held.length + 1)
    elif held.length and draw < 0.6 and xs not in s.frozen:
        s.emit(f"{element(s, xs)} = {value(s, held.shape, 1)}")
    elif held.length and draw < 0.75:
        where = element(s, xs)
        if held.shape:
            s.emit(
                f"{where}[{', '.join(index(s, n) for n in held.shape)}] {s.pick(['=', '+='])} {value(s, (), 1)}"
            )
        else:
            s.emit(f"{where} {s.pick(['+= np.sin', '*= np.cos'])}({number(s, 1)})")
    elif held.length > 1 and draw < 0.85 and s.depth == 0 and held.shape == ():
        name = s.fresh("s")
        s.emit(f"{name} = {xs}.pop()")
        s.types[xs], s.types[name] = Items(held.shape, held.length - 1), Real(held.shape)
    elif held.length:
        name = s.fresh("e")
        s.emit(f"{name} = {element(s, xs)}")
        s.types[name] = Real(held.shape)


def new_record(s: Scope) -> None:
    fields = [(key, s.pick([(), some_shape(s)])) for key in ("a", "b")]
    texts = [f'"{key}": {argument(s, shape, 1)}' for key, shape in fields]
    name = s.fresh("d")
    s.emit(f"{name} = {{{', '.join(texts)}}}")
    s.types[name] = Record(tuple(fields))


def use_record(s: Scope) -> None:
    if not s.named(Record):
        return new_record(s)
    d = s.pick(s.named(Record))
    key, shape = s.pick(s.types[d].fields)
    form = s.random.randrange(3)
    if form == 0:
        s.emit(f'{d}["{key}"] = {value(s, shape, 1)}')
    elif form == 1 and shape:
        s.emit(f'{d}["{key}"][{", ".join(index(s, n) for n in shape)}] += {value(s, (), 1)}')
    elif form == 1:
        s.emit(f'{d}["{key}"] += {tame(s, number(s, 1))}')
    else:
        name = s.fresh("e")
        s.emit(f'{name} = {d}["{key}"]')
        s.types[name] = Real(shape)


# --- calls -------------------------------------------------------------------------------


def call(s: Scope) -> None:
    functions = s.named(Callee)
    if not functions:
        return
    f = s.pick(functions)
    callee = s.types[f]
    text = f"{f}({arguments(s, callee, 1)})"
    if s.chance(0.2) or not callee.results:
        s.emit(text)
        return
    if len(callee.results) == 1 and s.chance(0.3):
        known = free_reals(s, callee.results[0])
        if known:
            s.emit(f"{s.pick(known)} = {text}")
            return
    names = [s.fresh("r") for _ in callee.results]
    s.emit(f"{', '.join(names)} = {text}")
    for name, shape in zip(names, callee.results, strict=True):
        s.types[name] = Real(shape)


# --- blocks ------------------------------------------------------------------------------


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


def swap_places(s: Scope) -> None:
    """Elements, rows or slices exchanged; rows and slices are views of what is written."""
    names = [a for a in s.arrays() if s.shape(a)[0] > 1]
    if names:
        name = s.pick(names)
        n, rest = s.shape(name)[0], s.shape(name)[1:]
        i, j = s.random.sample(range(n), 2)
        one, two = f"{name}[{i}]", f"{name}[{j}]"
        if rest and s.chance(0.5):
            column = s.random.randrange(rest[0])
            one, two = f"{name}[{i}, {column}]", f"{name}[{j}, {column}]"
        elif not rest and n > 2 and s.chance(0.4):
            one, two = (
                f"{name}[{s.pick([':2', '0:2', '1::-1'])}]",
                f"{name}[{s.pick(['-2:', f'{n - 2}:'])}]",
            )
        if rest and s.chance(0.5):
            two, other = f"{two}.copy()", two
            s.emit(f"{one}, {other} = {two}, {one}")
        else:
            s.emit(f"{one}, {two} = {two}, {one}")


def store_through(s: Scope) -> None:
    """A store through a view without a name: A.T[0], x[1:][0], A[i][j]."""
    if s.arrays():
        base = s.pick(s.arrays())
        text, shape = any_view(s, base)
        if "reshape" in text or "ravel" in text:
            return
        cut = s.pick(["...", ":"]) if s.chance(0.4) else ", ".join(index(s, n) for n in shape)
        held = shape if cut in ("...", ":") else ()
        if s.chance(0.5):
            s.emit(f"{text}[{cut}] = {right_side(s, held, 1)}")
        else:
            augment(s, f"{text}[{cut}]", held)


def twice(s: Scope) -> None:
    """One value under two names: arrays share their memory."""
    shape = s.pick([(), some_shape(s)])
    one, two = s.fresh("b"), s.fresh("b")
    s.emit(f"{one} = {two} = {value(s, shape, 1)}")
    s.types[one] = s.types[two] = Real(shape)


def comprehension(s: Scope) -> None:
    name, v, arrays = s.fresh("xs"), s.fresh("x"), s.arrays()
    if not arrays:
        return
    over = s.pick(arrays)
    n, inner = s.shape(over)[0], s.shape(over)[1:]
    shape = s.pick([(), inner])
    before = dict(s.types)
    s.types[v] = Real(inner)
    text = value(s, shape, 2)
    s.types = before
    if s.chance(0.2):
        s.emit(f"{name} = [{text} for {v} in {over} if {condition(s, 0.7)}]")
        n = 0
    else:
        s.emit(f"{name} = [{text} for {v} in {over}]")
    s.types[name] = Items(shape, n)


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
