"""Random statements of the language profile: names, containers, objects."""

from __future__ import annotations

from .language_kinds import (
    ARRAY,
    FLOAT,
    Pack,
    Perhaps,
    Row,
    Table,
    Thing,
    Word,
    alike,
    mutable,
    place,
    read,
    share,
)
from .language_values import (
    arguments,
    array,
    condition,
    constant,
    leaf,
    number,
    routines,
    tame,
    value,
)
from .scope import Scope

STEMS = "abcdghmnopqrstuvz"


def some_kind(s: Scope, depth: int = 2):
    """A kind for a new value."""
    things = [c for c in s.classes]
    if depth == 0:
        return FLOAT
    form = s.random.choices(range(5), s.taste["kinds"])[0]
    if form == 0:
        return FLOAT
    if form == 1:
        return ARRAY
    if form == 2 and s.chance(0.8):
        return Row(some_kind(s, depth - 1) if s.chance(0.25) else FLOAT, s.random.randrange(4))
    if form == 2:
        return Pack(tuple(some_kind(s, depth - 1) for _ in range(s.random.randint(2, 3))))
    if form == 3:
        keys = s.random.sample("abc", s.random.randint(1, 3))
        mixed = s.chance(0.35)
        return Table({key: some_kind(s, depth - 1) if mixed else FLOAT for key in keys})
    return Thing(s.pick(things)) if things else FLOAT


def fresh(s: Scope) -> str:
    name = s.pick(STEMS)
    return name if name not in s.taken and not s.taken.add(name) else s.fresh(name)


def bindable(s: Scope, kind) -> list[str]:
    """Names that may be given something of this kind."""
    inside = s.depth > s.ground
    found = []
    for n, held in s.types.items():
        if n in s.frozen or n in s.untouched or n in s.routines or n == "self":
            continue
        if alike(kind, held) or not (inside or n in s.captured):
            found.append(n)
    return found


def bind(s: Scope, kind, text: str) -> str:
    """`name = text`, a new name or an old one."""
    known = bindable(s, kind)
    if known and s.chance(0.4):
        name = s.pick(known)
    else:
        name = fresh(s)
    s.emit(f"{name} = {text}")
    set_kind(s, name, kind)
    return name


def set_kind(s: Scope, name: str, kind) -> None:
    old = s.types.get(name)
    if old is None or not (s.depth > s.ground or name in s.captured):
        s.types[name] = kind
    if isinstance(kind, (Row, Table)) and old is not None:
        share(kind)
        share(old)


def assign(s: Scope) -> None:
    kind = some_kind(s)
    bind(s, kind, value(s, kind))


def alias(s: Scope) -> None:
    """A second name for something that can be written."""
    kinds = [k for n, k in s.types.items() if mutable(k) and n not in s.untouched]
    kinds = [k for k in kinds if k != ARRAY or s.chance(s.taste["views"])]
    if kinds:
        kind = s.pick(kinds)
        found = read(s, kind)
        if found:
            bind(s, kind, found)


def several(s: Scope) -> None:
    """Unpacking."""
    packs = [(n, s.types[n]) for n in s.named(Pack)]
    rows = [(n, s.types[n]) for n in s.named(Row) if s.types[n].low == 2 and not s.types[n].shared]
    form = s.random.randrange(5)
    if form == 0 and packs:
        text, kind = s.pick(packs)
        kinds = kind.parts
    elif form == 1 and (found := read(s, ARRAY)):
        text, kinds = found, (FLOAT,) * 3
    elif form == 2 and (found := read(s, Row(FLOAT, 2))):
        first, rest = fresh(s), fresh(s)
        s.emit(s.pick([f"{first}, *{rest} = {found}", f"*{rest}, {first} = {found}"]))
        s.types[first], s.types[rest] = FLOAT, Row(FLOAT, 1)
        return
    elif form == 3 and rows:
        text, kind = s.pick(rows)
        kinds = (kind.held,) * 2
        s.emit(f"{text} = {text}[:2]")
    else:
        kinds = (some_kind(s, 1), some_kind(s, 1))
        text = ", ".join(value(s, k, 1) for k in kinds)
    names = [fresh(s) for _ in kinds]
    s.emit(f"{', '.join(names)} = {text}")
    for name, kind in zip(names, kinds, strict=True):
        share(kind)
        s.types[name] = kind


def swap(s: Scope) -> None:
    floats = [n for n in s.reals(()) if n not in s.frozen and n not in s.untouched]
    if len(floats) > 1 and s.chance(0.5):
        a, b = s.random.sample(floats, 2)
        s.emit(f"{a}, {b} = {b}, {s.pick([a, a + ' + ' + b])}")
        return
    xs = read(s, Row(FLOAT, 2))
    if xs and xs.split("[")[0].split(".")[0] not in s.untouched:
        s.emit(f"{xs}[0], {xs}[-1] = {xs}[-1], {xs}[0]")


def augmented(s: Scope) -> None:
    names = [n for n in s.reals() if n not in s.frozen and not n[0].isupper()]
    if names:
        name = s.pick(names)
        if s.shape(name) and s.chance(0.5):
            s.emit(f"{name} {s.pick(['+=', '-=', '*='])} {tame(s, array(s, 1))}")
        else:
            s.emit(f"{name} {s.pick(['+=', '-=', '*='])} {tame(s, number(s, 1))}")


def sentinel(s: Scope) -> None:
    """None until there is something."""
    maybes = s.named(Perhaps)
    if maybes and s.chance(0.6):
        name = s.pick(maybes)
        held = s.types[name].held
        s.emit(f"if {name} is {s.pick(['', '', 'not '])}None{s.pick(['', ' or ' + condition(s)])}:")
        s.emit(f"    {name} = {value(s, held, 1)}")
        return
    name = fresh(s)
    held = s.pick([FLOAT, FLOAT, ARRAY])
    s.emit(f"{name} = None")
    s.types[name] = Perhaps(held)


def word(s: Scope) -> None:
    name = fresh(s)
    s.emit(f'{name} = "a" if {condition(s)} else "b"' if s.chance(0.5) else f'{name} = "a"')
    s.types[name] = Word(("a", "b"))


def here_and_there(s: Scope) -> None:
    """A float on one way, an array on the other; a list or a tuple."""
    name = fresh(s)
    s.emit(f"if {condition(s)}:")
    s.emit(f"    {name} = {value(s, FLOAT, 1)}")
    s.emit("else:")
    s.emit(f"    {name} = {value(s, ARRAY, 1)}")
    other = fresh(s)
    s.emit(f"{other} = np.sum({name}) * {leaf(s)}")
    s.types[other] = FLOAT


# --- what changes containers ---------------------------------------------------------------


def store(s: Scope) -> None:
    found = place(s)
    if found:
        text, kind = found
        if s.chance(0.35):
            s.emit(f"{text} {s.pick(['+=', '-=', '*='])} {tame(s, number(s, 1))}")
        else:
            s.emit(f"{text} = {value(s, kind)}")


def row_to_change(s: Scope):
    want = Row(s.pick([FLOAT, FLOAT, FLOAT, ARRAY]), 0)
    names = [
        n
        for n in s.named(Row)
        if n not in s.untouched and (s.types[n].held in (FLOAT, ARRAY) or s.chance(0.3))
    ]
    if names and s.chance(0.7):
        name = s.pick(names)
        return name, s.types[name]
    found = read(s, want)
    if found is None or found.split("[")[0].split(".")[0] in s.untouched:
        return None
    row = Row(want.held, 0, True)
    return found, row


def change_list(s: Scope) -> None:
    found = row_to_change(s)
    if found is None:
        kind = Row(s.pick([FLOAT, FLOAT, ARRAY]), s.random.randint(0, 3))
        name = bind(s, kind, value(s, kind))
        found = name, kind
    xs, row = found
    level = s.depth == s.ground and not row.shared
    form = s.random.choices(range(16), s.taste["lists"])[0]
    guard = f"if len({xs}) < {s.pick([5, 8])}: " if s.walking else ""
    held = row.held
    if form <= 4:
        s.emit(f"{guard}{xs}.append({value(s, held)})")
    elif form == 5:
        s.emit(f"{guard}{xs}.insert({s.pick(['0', '1', '-1', f'len({xs})'])}, {value(s, held, 1)})")
    elif form == 6:
        s.emit(f"{guard}{xs}.extend([{value(s, held, 1)}, {value(s, held, 1)}])")
    elif form == 7:
        add = f".extend([{value(s, held, 1)}])" if xs[0].isupper() else f" += [{value(s, held, 1)}]"
        s.emit(f"{guard}{xs}{add}")
    elif form <= 9:
        pop(s, xs, row, level)
        return
    elif form == 10:
        s.emit(f"if {xs}:")
        sign = s.pick(["=", "+="]) if held == FLOAT else "="
        s.emit(f"    {xs}[{s.pick([0, -1])}] {sign} {value(s, held, 1)}")
        return
    elif form == 11 and held == FLOAT:
        s.emit(
            s.pick(
                [
                    f"{xs}.reverse()",
                    f"{xs}.sort()",
                    f"{xs}.sort(reverse=True)",
                    f"{xs}[:] = [np.sin(v) for v in {xs}]",
                ]
            )
        )
        return
    elif form == 12 and row.low and held == FLOAT:
        s.emit(f"{xs}[{s.pick([':1', '-1:', ':1'])}] = [{value(s, FLOAT, 1)}]")
        return
    elif form == 13 and level and not s.walking and row.low > 1:
        s.emit(f"del {xs}[{s.pick([0, -1])}]")
        row.low -= 1
        return
    elif form == 14 and level and not s.walking:
        s.emit(f"{xs}.clear()")
        row.low = 0
        return
    else:
        s.emit(f"{guard}{xs}.append({value(s, held, 1)})")
    if level and not guard:
        row.low += 1


def pop(s: Scope, xs: str, row: Row, level: bool) -> None:
    taken = f"{xs}.pop({s.pick(['', '', '0', '-1'])})"
    if level and row.low and not s.walking:
        row.low -= 1
        bind(s, row.held, taken)
    elif row.held == FLOAT and not s.walking:
        names = [n for n in s.reals(()) if n not in s.frozen and n not in s.untouched]
        s.emit(f"if len({xs}) > {row.low}:")
        s.emit(f"    {s.pick(names) + ' = ' if names else ''}{taken}")


def change_dict(s: Scope) -> None:
    names = [n for n in s.named(Table) if n not in s.untouched]
    if not names:
        kind = Table({key: FLOAT for key in s.random.sample("abc", s.random.randint(1, 3))})
        names = [bind(s, kind, value(s, kind))]
    d = s.pick(names)
    table = s.types[d]
    level = s.depth == s.ground
    key = s.pick("abce")
    held = table.fields.get(key, FLOAT)
    form = s.random.choices(range(10), s.taste["dicts"])[0]
    if form <= 2:
        s.emit(f'{d}["{key}"] = {value(s, held)}')
    elif form == 3 and held == FLOAT:
        s.emit(f'{d}["{key}"] = {d}.get("{key}", {leaf(s)}) + {value(s, FLOAT, 1)}')
    elif form == 4:
        s.emit(
            f"{d}.update({{'{key}': {value(s, held, 1)}}})"
            if s.chance(0.5)
            else f"{d}.update({key}={value(s, held, 1)})"
        )
    elif form == 5:
        s.emit(f'{d}.setdefault("{key}", {value(s, held, 1)})')
    elif form == 6 and level and not table.shared and len(table.fields) > 1:
        key = s.pick(table.fields)
        held = table.fields.pop(key)
        s.emit(f'del {d}["{key}"]') if s.chance(0.4) else bind(s, held, f'{d}.pop("{key}")')
        return
    elif form == 7 and not d[0].isupper():
        s.emit(f'{d} |= {{"{key}": {value(s, held, 1)}}}')
    elif form == 8 and key not in table.fields:
        name = fresh(s)
        s.emit(f'{name} = {d}.pop("{key}", {constant(s)})')
        s.types[name] = held
        return
    elif table.fields.get(key) == FLOAT:
        s.emit(f'{d}["{key}"] *= {tame(s, number(s, 1))}')
        return
    else:
        s.emit(f'{d}["{key}"] = {value(s, held, 1)}')
    if level:
        table.fields[key] = held


def call_for_effect(s: Scope) -> None:
    found = routines(s)
    if found:
        f, routine = s.pick(found)
        text = f"{f}({arguments(s, routine, 1)})"
        if routine.result is None or s.chance(0.15):
            s.emit(text)
        elif isinstance(routine.result, Pack) and s.chance(0.7):
            names = [fresh(s) for _ in routine.result.parts]
            s.emit(f"{', '.join(names)} = {text}")
            s.types.update(zip(names, routine.result.parts, strict=True))
        else:
            share(routine.result)
            bind(s, routine.result, text)


def walrus(s: Scope) -> None:
    name, other = fresh(s), fresh(s)
    s.emit(f"{other} = ({name} := {value(s, FLOAT, 1)}) * {leaf(s)} + {name}")
    s.types[name] = s.types[other] = FLOAT


def array_store(s: Scope) -> None:
    names = [n for n in s.reals((3,)) if n not in s.untouched]
    if names and s.chance(s.taste["views"]):
        a = s.pick(names)
        cut = s.pick(["0", "-1", "1", "1:", ":2", ":"])
        s.emit(f"{a}[{cut}] {s.pick(['=', '+=', '*='])} {tame(s, number(s, 1))}")
