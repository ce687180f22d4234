"""Random statements on one line: assignments, calls, lists and dictionaries."""

from __future__ import annotations

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
    tame,
    view_of_shape,
)
from .scope import Callee, Items, Mask, Picks, Real, Record, Scope, Shape


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


def twice(s: Scope) -> None:
    """One value under two names: arrays share their memory."""
    shape = s.pick([(), some_shape(s)])
    one, two = s.fresh("b"), s.fresh("b")
    s.emit(f"{one} = {two} = {value(s, shape, 1)}")
    s.types[one] = s.types[two] = Real(shape)


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
            at = ", ".join(index(s, n) for n in held.shape)
            s.emit(f"{where}[{at}] {s.pick(['=', '+='])} {value(s, (), 1)}")
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
