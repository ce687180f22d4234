"""Random statements that write into arrays."""

from __future__ import annotations

from .expressions import (
    any_view,
    array,
    index,
    mask,
    number,
    piece,
    tame,
)
from .scope import Mask, Picks, Scope, Shape
from .simple import free_reals, value


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
            change = s.pick(["*= np.cos", "+= np.sin", "-= np.tanh"])
            s.emit(f"{name}[{where}] {change}({number(s, 1)})")


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
            texts = [tame(s, array(s, shape, 1)), tame(s, array(s, shape, 0))]
            s.emit(f"np.{operation}({', '.join(texts)}, out={name})")
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
