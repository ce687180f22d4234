"""Random expressions of the language profile."""

from __future__ import annotations

from .expressions import threshold
from .language_kinds import (
    ARRAY,
    FLOAT,
    Pack,
    Perhaps,
    Routine,
    Row,
    Table,
    Thing,
    Word,
    alike,
    read,
)
from .scope import Scope, Whole

SMOOTH = ["np.sin", "np.cos", "np.tanh", "np.exp", "np.arctan"]


def constant(s: Scope) -> str:
    return str(round(s.random.uniform(0.2, 1.7), 2))


def tame(s: Scope, text: str) -> str:
    form = s.pick(["np.sin({})", "np.tanh({})", "0.5 * np.cos({})", "math.sin({})"][:3])
    return form.format(text)


# --- conditions --------------------------------------------------------------------------


def condition(s: Scope) -> str:
    form = s.random.randrange(9)
    rows = [n for n in s.named(Row)]
    words, maybes, tables = s.named(Word), s.named(Perhaps), s.named(Table)
    if form <= 1 and rows:
        xs = s.pick(rows)
        n = s.types[xs].low + s.random.randrange(-1, 3)
        return s.pick(
            [f"len({xs}) > {n}", xs, f"not {xs}", f"len({xs}) % 2 == 0", f"{n} < len({xs})"]
        )
    if form == 2 and words:
        w = s.pick(words)
        return f'{w} {s.pick(["==", "==", "!="])} "{s.pick(s.types[w].choices)}"'
    if form == 3 and maybes:
        return f"{s.pick(maybes)} is {s.pick(['', 'not '])}None"
    if form == 4 and tables:
        return f'"{s.pick("abce")}" {s.pick(["in", "not in"])} {s.pick(tables)}'
    if form <= 6 and s.named(Whole):
        k = s.pick(s.named(Whole))
        return s.pick([f"{k} % 2 == 0", f"{k} > 1", f"{k} == 1", f"{k} < 2", k])
    if form == 7:
        return (
            f"{number(s, 0)} {s.pick('<>')} {threshold(s)} {s.pick(['and', 'or'])} {condition(s)}"
        )
    return f"{number(s, 1)} {s.pick('<>')} {threshold(s)}"


# --- floats ------------------------------------------------------------------------------


def leaf(s: Scope) -> str:
    return (read(s, FLOAT) if s.chance(0.92) else None) or constant(s)


def number(s: Scope, depth: int) -> str:
    """An expression of a float."""
    if depth <= 0 or s.chance(0.2):
        return leaf(s)
    form = s.random.randrange(22)
    if form <= 4:
        return f"({number(s, depth - 1)} {s.pick('+-**')} {number(s, depth - 1)})"
    if form <= 6:
        function = s.pick(["np.sin", "np.cos", "np.tanh", "math.sin", "math.atan"])
        return f"{function}({number(s, depth - 1)})"
    if form <= 9:
        return over_list(s, depth) or leaf(s)
    if form <= 12:
        return called(s, FLOAT, depth) or leaf(s)
    if form == 13:
        return f"({number(s, depth - 1)} if {condition(s)} else {number(s, depth - 1)})"
    if form == 14:
        return f"{s.pick(['max', 'min'])}({number(s, depth - 1)}, {number(s, 0)} + 0.0917)"
    if form == 15:
        return f"np.{s.pick(['sum', 'mean'])}({array(s, depth - 1)})"
    if form == 16:
        return f"({number(s, 0)} / (1.0 + {number(s, 0)} ** 2))"
    if form == 17:
        return f"(lambda v: {s.pick(['v * ', 'np.sin(v) + ', 'v - '])}{leaf(s)})({leaf(s)})"
    if form == 18:
        return s.pick(
            [
                f"({leaf(s)} or {constant(s)})",
                f"({condition(s)} and {leaf(s)} or {constant(s)})",
                f"float({leaf(s)})",
                f"np.dot({array(s, 0)}, {array(s, 0)})",
            ]
        )
    return looked_up(s) or leaf(s)


def looked_up(s: Scope) -> str | None:
    """From a dictionary, an object, or what may be None."""
    maybes = [m for m in s.named(Perhaps) if s.types[m].held == FLOAT]
    if maybes and s.chance(0.5):
        m = s.pick(maybes)
        return s.pick(
            [f"({m} if {m} is not None else {constant(s)})", f"({leaf(s)} if {m} is None else {m})"]
        )
    tables = [t for t in s.named(Table) if s.types[t].fields]
    flat = [t for t in tables if all(k == FLOAT for k in s.types[t].fields.values())]
    if flat:
        t = s.pick(flat)
        key = s.pick([*s.types[t].fields, "e"])
        if s.types[t].shared or key == "e":
            return f'{t}.get("{key}", {leaf(s)})'
        return s.pick(
            [
                f'{t}.get("{key}")',
                f'{t}.get("{key}", {leaf(s)})',
                f"sum({t}.values())",
                f"sum(v * {leaf(s)} for v in {t}.values())",
                f'sum({t}[k] ** 2 for k in {t} if k != "{key}")',
            ]
        )
    return None


def over_list(s: Scope, depth: int) -> str | None:
    """A number that comes from all of a list."""
    rows = [n for n in s.types if isinstance(s.types[n], Row) and s.types[n].held == FLOAT]
    if not rows:
        xs = read(s, Row(FLOAT, 1))
        if xs is None:
            return None
        low = 1
    else:
        xs = s.pick(rows)
        low = s.types[xs].low
    other = s.pick(rows) if rows else xs
    forms = [
        f"sum({xs})",
        f"sum(v * {leaf(s)} for v in {xs})",
        f"sum([np.sin(v) for v in {xs}])",
        f"sum(v for v in {xs} if v > {threshold(s)})",
        f"sum(u * v for u, v in zip({xs}, {other}))",
        f"sum((k + 1.0) * v for k, v in enumerate({xs}))",
        f"sum((k + 1.0) * v for k, v in enumerate(reversed({xs})))",
        f"sum({xs}[1:])",
        f"sum({xs}, {leaf(s)})",
        f"(0.1 * len({xs}) * {leaf(s)})",
        f"functools.reduce(lambda u, v: np.sin(u) * v + u, {xs}, {leaf(s)})",
        f"sum(map(lambda v: v * {leaf(s)}, {xs}))",
    ]
    if low:
        forms += [
            f"max({xs})",
            f"min({xs})",
            f"sorted({xs})[0]",
            f"sorted({xs})[-1]",
            f"max({xs}, key=lambda v: (v - 0.4031) ** 2)",
            f"{xs}[::-1][0]",
            f"{xs}[1:][-1]" if low > 1 else f"{xs}[-1]",
            f"({xs} + {other})[{len(forms) % low}]",
            f"np.mean({xs})",
            f"np.sum(np.array({xs}) ** 2)",
            f"({xs}[-1] if {xs} else 0.3)",
        ]
    return s.pick(forms)


# --- arrays ------------------------------------------------------------------------------


def array(s: Scope, depth: int) -> str:
    found = read(s, ARRAY)
    if found and (depth <= 0 or s.chance(0.35)):
        return found
    form = s.random.randrange(12)
    if form <= 2 and found:
        return f"({found} {s.pick('+-*')} {array(s, depth - 1) if depth > 0 else number(s, 0)})"
    if form == 3 and found:
        return f"{s.pick(SMOOTH[:3])}({found})"
    if form == 4 and found:
        return s.pick([f"{found}[::-1]", f"np.cumsum({found})", f"{found}.copy()"])
    if form == 5:
        return called(s, ARRAY, depth) or f"np.ones(3) * {number(s, 0)}"
    if form == 6:
        xs = read(s, Row(FLOAT, 3))
        if xs:
            return f"np.array({xs}[:3])"
    if form == 7 and found:
        return f"np.array([{number(s, 0)} * v for v in {found}])"
    if form <= 9:
        return f"np.array([{', '.join(number(s, 0) for _ in range(3))}])"
    return f"({number(s, 1 if depth > 0 else 0)} * {found or 'np.arange(1.0, 4.0)'})"


# --- of any kind ---------------------------------------------------------------------------


def value(s: Scope, kind, depth: int = 2, alias: float = 0.3) -> str:
    """An expression of a kind, an alias of something known among them."""
    if kind == FLOAT:
        text = number(s, depth)
        return tame(s, text) if s.chance(0.8 if s.loops else 0.35) else text
    if kind == ARRAY:
        text = array(s, depth)
        return tame(s, text) if s.chance(0.7 if s.loops else 0.2) else text
    if s.chance(alias if depth > 0 else 0.8):
        found = read(s, kind)
        if found:
            return found
    if depth > 0 and s.chance(0.35):
        found = called(s, kind, depth)
        if found:
            return found
    if isinstance(kind, Row):
        return a_list(s, kind, depth)
    if isinstance(kind, Pack):
        return f"({', '.join(value(s, part, depth - 1) for part in kind.parts)},)"
    if isinstance(kind, Table):
        return a_dict(s, kind, depth)
    if isinstance(kind, Thing):
        return an_object(s, kind, depth)
    if isinstance(kind, Word):
        return f'"{s.pick(kind.choices)}"'
    raise ValueError(kind)


def a_list(s: Scope, kind: Row, depth: int) -> str:
    n, held = kind.low, kind.held
    literal = f"[{', '.join(value(s, held, depth - 1) for _ in range(n))}]"
    if held not in (FLOAT, ARRAY):
        return literal
    form = s.random.randrange(14)
    known = read(s, Row(held, n))
    if form == 0 and known:
        return s.pick([f"{known}[:]", f"list({known})", f"{known}.copy()", f"{known}[::-1]"])
    if form == 1 and known:
        return f"[{s.pick(['v * 0.7', 'np.sin(v)', 'v', 'v + ' + leaf(s)])} for v in {known}]"
    if form == 2 and known:
        return f"{known} + {literal}"
    if form == 3 and known:
        return f"[*{known}, {value(s, held, 0)}]"
    if form == 4 and known and held == FLOAT:
        return s.pick(
            [f"sorted({known})", f"list(reversed({known}))", f"sorted({known}, reverse=True)"]
        )
    if form == 5 and known:
        return f"[u * v for u, v in zip({known}, {known}[::-1])]"
    if form == 6 and known:
        return f"[v * (k + 1) for k, v in enumerate({known})]"
    if form == 7 and n and held == FLOAT:
        return f"[{value(s, held, 1)}] * {n}"
    if form == 8 and n <= 3 and held == FLOAT:
        found = read(s, ARRAY)
        if found:
            return s.pick(
                [f"list({found})", f"[v for v in {found}]", f"[{leaf(s)} * v for v in {found}]"]
            )
    if form == 9 and n:
        return f"[{value(s, held, 0)} * ({0.3} + i) for i in range({n})]"
    if form == 10 and known and n == 0:
        return f"[v for v in {known} if np.sum(v) > {threshold(s)}]"
    return literal


def a_dict(s: Scope, kind: Table, depth: int) -> str:
    items = [(key, value(s, held, depth - 1)) for key, held in kind.fields.items()]
    form = s.random.randrange(6)
    if form == 0:
        return f"dict({', '.join(f'{k}={v}' for k, v in items)})"
    known = read(s, kind)
    if form == 1 and known:
        key, text = s.pick(items)
        return s.pick([f'{{**{known}, "{key}": {text}}}', f'{known} | {{"{key}": {text}}}'])
    if form == 2 and known:
        return s.pick([f"dict({known})", f"{known}.copy()"])
    if form == 3 and known and set(kind.fields.values()) == {FLOAT}:
        return f"{{k: np.sin(v) for k, v in {known}.items()}}"
    if form == 4 and known:
        return f"dict({known}, {items[0][0]}={items[0][1]})"
    return "{" + ", ".join(f'"{k}": {v}' for k, v in items) + "}"


def an_object(s: Scope, kind: Thing, depth: int) -> str:
    made = kind.made
    known = read(s, kind)
    if known and made.operators and s.chance(0.5):
        operator = s.pick(sorted(made.operators))
        if operator == "+":
            return f"({known} + {read(s, kind)})"
        if operator == "*":
            return f"({known} * {number(s, 0)})"
        if operator == "-":
            return f"(-{known})"
    texts = [value(s, held, depth - 1) for _, held in made.arguments]
    if s.chance(0.2):
        texts[-1] = f"{made.arguments[-1][0]}={texts[-1]}"
    return f"{made.name}({', '.join(texts)})"


# --- calls -------------------------------------------------------------------------------


def routines(s: Scope) -> list[tuple[str, Routine]]:
    """What can be called here: functions and methods."""
    found = [(f, s.types[f]) for f in s.named(Routine)]
    for name in s.named(Thing):
        found += [
            (f"{name}.{m}" if m != "__call__" else name, r)
            for m, r in s.types[name].made.methods.items()
            if not (name in getattr(s, "untouched", ()) and r.grows)
        ]
    walking = getattr(s, "walking", 0)
    calling = getattr(s, "calling", ())
    return [
        (f, r) for f, r in found if not (r.grows and walking) and f.split(".")[-1] not in calling
    ]


def called(s: Scope, want, depth: int) -> str | None:
    fitting = [(f, r) for f, r in routines(s) if r.result is not None and alike(r.result, want)]
    if not fitting:
        return None
    f, routine = s.pick(fitting)
    return f"{f}({arguments(s, routine, depth - 1)})"


def arguments(s: Scope, routine: Routine, depth: int) -> str:
    count = len(routine.parameters) - s.random.randint(0, routine.optional)
    texts = []
    for k, kind in enumerate(routine.parameters[:count]):
        text = value(s, kind, depth, alias=0.75)
        last = k == count - 1 and routine.star is None
        texts.append(
            f"{routine.names[k]}={text}" if last and routine.names and s.chance(0.25) else text
        )
    if routine.star is not None:
        xs = read(s, Row(routine.star, 0))
        if xs and s.chance(0.4):
            texts.append(f"*{xs}")
        else:
            texts += [value(s, routine.star, depth) for _ in range(s.random.randint(1, 3))]
    tables = [t for t in s.named(Table) if set(s.types[t].fields) <= set(routine.keywords)]
    flat = [
        t for t in tables if set(s.types[t].fields.values()) <= {FLOAT} and not s.types[t].shared
    ]
    if routine.keywords and flat and s.chance(0.4):
        texts.append(f"**{s.pick(flat)}")
    else:
        texts += [f"{k}={value(s, FLOAT, depth)}" for k in routine.keywords if s.chance(0.7)]
    return ", ".join(texts)
