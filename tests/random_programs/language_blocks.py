"""Random blocks of the language profile: loops, branches, attempts, matches, functions inside."""

from __future__ import annotations

from contextlib import contextmanager

from .expressions import threshold
from .language_kinds import ARRAY, FLOAT, Pack, Perhaps, Routine, Row, Table, Thing, Word, read
from .language_statements import (
    alias,
    array_store,
    assign,
    augmented,
    bind,
    call_for_effect,
    change_dict,
    change_list,
    fresh,
    here_and_there,
    sentinel,
    several,
    some_kind,
    store,
    swap,
    walrus,
    word,
)
from .language_values import condition, leaf, number, tame, value
from .scope import Scope, Whole


@contextmanager
def block(s: Scope, trips: int = 0, walking: bool = False, /, **types):
    """Statements one level deeper; the names they make are forgotten."""
    before, lengths = dict(s.types), len(s.lines)
    s.types.update(types)
    s.depth += 1
    s.walking += walking
    s.loops += bool(trips)
    s.inside += (bool(trips),)
    yield
    if len(s.lines) == lengths:
        s.emit("pass")
    s.inside = s.inside[:-1]
    s.loops -= bool(trips)
    s.walking -= walking
    s.depth -= 1
    s.types = before


def body(s: Scope, least: int = 1, most: int = 3) -> None:
    for _ in range(s.random.randint(least, most)):
        statement(s)


def leave(s: Scope) -> None:
    s.emit(f"if {condition(s)}:")
    with block(s):
        if s.chance(0.5):
            statement(s)
        words = ["break", "break", "continue"] if s.loops else []
        if s.result is not None:
            words.append("return")
        w = s.pick(words or ["pass"])
        s.emit(f"return {value(s, s.result, 1)}" if w == "return" else w)


def loop_body(s: Scope) -> None:
    body(s, 1, 3)
    if s.chance(0.35):
        leave(s)
        body(s, 0, 2)


def for_loop(s: Scope) -> None:
    form = s.random.randrange(9)
    v, k = fresh(s), fresh(s)
    rows = [n for n in s.named(Row)]
    tables = [t for t in s.named(Table) if s.types[t].fields]
    walking = True
    if form <= 1:
        n = s.random.randint(1, 4)
        s.emit(f"for {k} in range({n}):")
        types, walking = {k: Whole(0, n - 1)}, False
    elif form == 2 and rows:
        xs = s.pick(rows)
        s.emit(f"for {v} in {xs}:")
        types = {v: s.types[xs].held}
    elif form == 3 and rows:
        xs = s.pick(rows)
        s.emit(f"for {k}, {v} in enumerate({xs}):")
        types = {k: Whole(0, 9), v: s.types[xs].held}
    elif form == 4 and rows:
        xs, ys = s.pick(rows), s.pick(rows)
        s.emit(f"for {v}, {k} in zip({xs}, {ys}):")
        types = {v: s.types[xs].held, k: s.types[ys].held}
    elif form == 5 and rows:
        xs = s.pick(rows)
        form = s.pick(["reversed({})", "{}[::-1]", "{}[1:]", "list({})", "{}.copy()"])
        s.emit(f"for {v} in {form.format(xs)}:")
        types = {v: s.types[xs].held}
    elif form == 6 and tables:
        t = s.pick(tables)
        kinds = set(s.types[t].fields.values())
        if kinds != {FLOAT} or s.types[t].shared:
            return
        s.emit(
            f"for {k}, {v} in {s.pick([t, f'dict({t})', f'list({t}'])}.items():".replace(
                f"list({t}.items()", f"list({t}.items())"
            )
        )
        s.frozen_tables += 1
        with block(s, 3, True, **{v: FLOAT}):
            loop_body(s)
        s.frozen_tables -= 1
        return
    elif form == 7 and rows:
        xs = s.pick(rows)
        s.emit(f"for {k} in range(len({xs})):")
        held = s.types[xs].held
        with block(s, 3, True, **{k: Whole(0, 9)}):
            if held == FLOAT:
                s.emit(
                    f"{xs}[{k}] {s.pick(['=', '+=', '*='])} {value(s, FLOAT, 1)}"
                    if xs not in s.untouched
                    else "pass"
                )
            loop_body(s)
        return
    else:
        found = read(s, ARRAY)
        if not found:
            return
        s.emit(f"for {v} in {found}:")
        types = {v: FLOAT}
    with block(s, 3, walking, **types):
        loop_body(s)
    if s.chance(0.15):
        s.emit("else:")
        with block(s):
            body(s, 1, 2)


def while_loop(s: Scope) -> None:
    rows = [n for n in s.named(Row) if n not in s.untouched and s.types[n].held == FLOAT]
    if rows and s.chance(0.4):
        xs = s.pick(rows)
        if s.chance(0.5):
            s.emit(f"while len({xs}) < {s.types[xs].low + s.random.randint(1, 3)}:")
            with block(s, 3, True):
                s.emit(f"{xs}.append({value(s, FLOAT, 1)})")
                statement(s)
        else:
            v = fresh(s)
            s.emit(f"while {s.pick([xs, f'len({xs}) > 1'])}:")
            with block(s, 3, True):
                s.emit(f"{v} = {xs}.pop({s.pick(['', '0'])})")
                s.types[v] = FLOAT
                total = [
                    n for n in s.reals(()) if n != v and n not in s.frozen and n not in s.untouched
                ]
                if total:
                    s.emit(f"{s.pick(total)} += {tame(s, v)} * {leaf(s)}")
            s.types[xs].low = 0
            s.types[xs].shared = True
        return
    k, trips = fresh(s), s.random.randint(1, 4)
    s.emit(f"{k} = 0")
    s.frozen.add(k)
    s.emit(f"while {k} < {trips}{s.pick(['', '', ' and ' + condition(s)])}:")
    with block(s, trips, **{k: Whole(0, trips)}):
        s.emit(f"{k} += 1")
        loop_body(s)
    if s.chance(0.15):
        s.emit("else:")
        with block(s):
            body(s, 1, 2)


def branch(s: Scope) -> None:
    s.emit(f"if {condition(s)}:")
    with block(s):
        body(s)
    if s.chance(0.3):
        s.emit(f"elif {condition(s)}:")
        with block(s):
            body(s, 1, 2)
    if s.chance(0.6):
        s.emit("else:")
        with block(s):
            body(s, 1, 2)


def new_in_branches(s: Scope) -> None:
    """A name that each branch makes in its own way."""
    kind, name = some_kind(s), fresh(s)
    s.emit(f"if {condition(s)}:")
    with block(s):
        if s.chance(0.4):
            statement(s)
        s.emit(f"{name} = {value(s, kind)}")
    s.emit("else:")
    with block(s):
        s.emit(f"{name} = {value(s, kind)}")
    s.types[name] = kind
    if isinstance(kind, (Row, Table)):
        kind.shared = True


def attempt(s: Scope) -> None:
    """try, with an exception that is really raised or nearly so."""
    floats = [n for n in s.reals(()) if n not in s.frozen and n not in s.untouched]
    target = s.pick(floats) if floats else fresh(s)
    tables, rows = s.named(Table), s.named(Row)
    forms = [
        ("ValueError", f"{target} = math.sqrt({number(s, 0)} - {constant_far(s)})"),
        ("ArithmeticError", "raise ArithmeticError('no')"),
        ("ValueError", f"if {condition(s)}: raise ValueError('no')"),
        ("ZeroDivisionError", f"{target} = 1.0 / int('0')"),
    ]
    if s.chance(0.1):
        forms.append(("ValueError", f"{target} = {leaf(s)} / float('no')"))
    if tables:
        forms.append(("KeyError", f'{target} = {s.pick(tables)}["missing"]'))
    if rows:
        forms.append(("ZeroDivisionError", f"{target} = 1 / (0 * len({s.pick(rows)}))"))
        forms.append(("IndexError", f"{target} = np.sum({s.pick(rows)}[{s.pick([2, 4, 9])}])"))
    exception, line = s.pick(forms)
    s.emit("try:")
    with block(s):
        body(s, 0, 2)
        s.emit(line)
        body(s, 0, 1)
    caught = s.pick([exception, exception, "Exception", f"({exception}, TypeError)"])
    s.emit(f"except {caught}:")
    with block(s):
        body(s, 1, 2)
    if s.chance(0.25):
        s.emit("else:")
        with block(s):
            body(s, 1, 1)
    if s.chance(0.3):
        s.emit("finally:")
        with block(s):
            body(s, 1, 1)
    if not floats:
        s.taken.add(target)


def constant_far(s: Scope) -> str:
    return s.pick(["30.0", "-30.0", "30.0"])


def match(s: Scope) -> None:
    words, packs, tables = s.named(Word), s.named(Pack), s.named(Table)
    things, maybes = s.named(Thing), s.named(Perhaps)
    form = s.random.randrange(5)
    if form == 0 and words:
        subject, cases = s.pick(words), [('"a"', {}), ("_", {})]
    elif form == 1 and packs:
        subject = s.pick(packs)
        names = [fresh(s) for _ in s.types[subject].parts]
        kinds = dict(zip(names, s.types[subject].parts, strict=True))
        guard = f" if {condition(s)}" if s.chance(0.5) else ""
        cases = [(f"({', '.join(names)}){guard}", kinds), ("_", {})]
    elif form == 2 and tables:
        subject, name = s.pick(tables), fresh(s)
        fields = s.types[subject].fields
        key = s.pick([*fields, "e"])
        cases = [(f'{{"{key}": {name}}}', {name: fields.get(key, FLOAT)}), ("_", {})]
    elif form == 3 and things:
        subject, name = s.pick(things), fresh(s)
        made = s.types[subject].made
        field = s.pick(made.fields)
        cases = [(f"{made.name}({field}={name})", {name: made.fields[field]}), ("_", {})]
    elif form == 4 and maybes:
        subject, name = s.pick(maybes), fresh(s)
        cases = [("None", {}), (name, {name: s.types[subject].held})]
    elif s.named(Row):
        xs, one, rest = s.pick(s.named(Row)), fresh(s), fresh(s)
        held = s.types[xs].held
        subject = xs
        cases = [
            ("[]", {}),
            (f"[{one}]", {one: held}),
            (f"[{one}, *{rest}]", {one: held, rest: Row(held, 0)}),
        ]
    else:
        return
    s.emit(f"match {subject}:")
    s.depth += 1
    for pattern, types in cases:
        s.emit(f"case {pattern}:")
        with block(s, **types):
            body(s, 1, 2)
    s.depth -= 1


def closure(s: Scope) -> None:
    """A function inside, over names that may change later."""
    name, v = fresh(s), fresh(s)
    if s.chance(0.4):
        before = dict(s.types)
        s.types[v] = FLOAT
        s.calling += (name,)
        text = value(s, FLOAT, 2)
        s.types = before
        s.emit(f"{name} = lambda {v}: {text}")
        capture(s, text)
        s.types[name] = Routine((FLOAT,), FLOAT, names=(v,))
        s.routines.add(name)
        s.calling = s.calling[:-1]
        return
    kind = s.pick([FLOAT, FLOAT, ARRAY, Row(FLOAT, 1)])
    result = s.pick([FLOAT, FLOAT, FLOAT, ARRAY, Row(FLOAT, 1), None])
    s.emit(f"def {name}({v}):")
    start = len(s.lines)
    outer = (s.result, s.loops, s.inside, s.frozen, s.walking, s.captured)
    s.result, s.loops, s.inside, s.calling = result, 0, (), (*s.calling, name)
    taken_outside = {n for n in s.types}
    changed = [n for n in s.reals(()) if n not in s.frozen and n not in s.untouched]
    s.frozen = s.frozen | taken_outside
    s.walking += 1
    rebound = s.pick(changed) if changed and s.chance(s.taste["nonlocal"]) else None
    with block(s, **{v: kind}):
        if rebound:
            s.emit(f"nonlocal {rebound}")
            s.emit(f"{rebound} = {value(s, FLOAT, 1)}")
        body(s, 0, 2)
        if result is not None:
            s.emit(f"return {value(s, result, 1)}")
        else:
            store(s)
    s.result, s.loops, s.inside, s.frozen, s.walking, s.captured = outer
    s.calling = s.calling[:-1]
    capture(s, "\n".join(s.lines[start:]))
    s.types[name] = Routine((kind,), result, names=(v,), grows=True)
    s.routines.add(name)


def capture(s: Scope, text: str) -> None:
    """What a function inside mentions keeps its kind from here on."""
    import re

    for n in re.findall(r"\w+", text):
        if n in s.types:
            s.captured.add(n)
            if isinstance(s.types[n], (Row, Table)):
                s.types[n].shared = True


def comprehension(s: Scope) -> None:
    """A list by a comprehension, with what is around it in its elements."""
    v = fresh(s)
    source = read(s, s.pick([Row(FLOAT, 0), Row(FLOAT, 0), ARRAY])) or "range(3)"
    before = dict(s.types)
    s.types[v] = FLOAT
    kind = s.pick([FLOAT, FLOAT, FLOAT, ARRAY, Pack((FLOAT, FLOAT)), Row(FLOAT, 1)])
    s.loops += 1
    text = value(s, kind, 2)
    test = f" if {v} > {threshold(s)}" if s.chance(0.2) else ""
    s.loops -= 1
    s.types = before
    low = 0 if test or "range" not in source else 3
    bind(s, Row(kind, low), f"[{text} for {v} in {source}{test}]")


def accumulate(s: Scope) -> None:
    """An empty list that a loop fills."""
    name = fresh(s)
    s.emit(f"{name} = []")
    k, n = fresh(s), s.random.randint(1, 4)
    kind = s.pick([FLOAT, FLOAT, ARRAY, Pack((FLOAT, ARRAY)), some_kind(s)])
    s.emit(f"for {k} in range({n}):")
    row = Row(kind, 0, True)
    with block(s, n, **{k: Whole(0, n - 1)}):
        body(s, 0, 2)
        s.types[name] = row
        s.emit(f"{name}.append({value(s, kind)})")
        if s.chance(0.3):
            statement(s)
    s.types[name] = Row(kind, n, False)


SIMPLE = [
    (assign, 7),
    (alias, 4),
    (several, 3),
    (swap, 1),
    (augmented, 2),
    (sentinel, 2),
    (word, 1),
    (here_and_there, 1),
    (store, 7),
    (change_list, 11),
    (change_dict, 6),
    (call_for_effect, 5),
    (walrus, 1),
    (array_store, 2),
    (comprehension, 3),
]
BLOCKS = [
    (for_loop, 5),
    (while_loop, 2),
    (branch, 4),
    (new_in_branches, 2),
    (attempt, 3),
    (match, 2),
    (closure, 3),
    (accumulate, 2),
]


def taste(r) -> dict:
    """What one program has much of, and what it does without."""
    weights = (0, 0.3, 1, 1, 2, 5)
    found = {make.__name__: r.choice(weights) for make, _ in SIMPLE + BLOCKS}
    found["kinds"] = [r.choice((0.5, 1, 1, 2)), *(r.choice((0, 0.3, 1, 2, 3)) for _ in range(4))]
    found["lists"] = [r.choice((0.1, 1, 3)) for _ in range(16)]
    found["dicts"] = [r.choice((0.1, 1, 3)) for _ in range(10)]
    found["views"] = r.choice((0.0, 0.1, 0.3))
    found["nonlocal"] = r.choice((0.0, 0.0, 0.3))
    found["globals"] = r.choice((0.0, 0.0, 0.0, 0.8))
    return found


def statement(s: Scope) -> None:
    if s.budget <= 0 and s.depth > s.ground:
        s.emit("pass") if s.chance(0.05) else assign(s) if s.chance(0.2) else store(s)
        return
    s.budget -= 1
    deep = s.depth - s.ground >= 3
    choices = SIMPLE if deep or s.chance(0.6) else BLOCKS
    make = [m for m, _ in choices]
    weight = [w * s.taste[m.__name__] + 0.001 for m, w in choices]
    before = len(s.lines)
    s.random.choices(make, weight)[0](s)
    if len(s.lines) == before:
        assign(s)
