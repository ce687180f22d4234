"""Random programs of the language: lists, dicts, objects, closures, exceptions, all mixed."""

from __future__ import annotations

import ast
import random

from .generate import RandomProgram, written
from .language_blocks import block, body, leave, statement, taste
from .language_kinds import ARRAY, FLOAT, Class, Pack, Perhaps, Routine, Row, Table, Thing, Word
from .language_statements import some_kind, store
from .language_values import constant, number, tame, value
from .scope import Scope

HEADER = "import functools\nimport math\nfrom dataclasses import dataclass\n\nimport numpy as np\n"


def language_program(seed: int, size: int = 12) -> RandomProgram:
    """The program of a seed: always the same one."""
    r = random.Random(f"language {seed}")
    known = Known(r)
    texts = [HEADER]
    for _ in range(r.choice([0, 0, 1, 1, 2])):
        texts.append(new_class(known))
    for _ in range(r.choice([0, 0, 1, 2])):
        texts.append(new_global(known))
    for _ in range(r.choice([0, 1, 1, 2])):
        texts.append(new_function(known))
    parameters, arguments, wrt = new_parameters(known)
    texts.append(main_function(known, parameters, r.randint(4, size)))
    source = ast.unparse(ast.parse("\n\n".join(texts)))
    return RandomProgram(source, tuple(arguments), tuple(wrt))


class Known:
    """What stands at module level."""

    def __init__(self, r: random.Random):
        self.random = r
        self.types: dict[str, object] = {}
        self.classes: list[Class] = []
        self.untouched: set[str] = set()
        self.resets: list[str] = []
        self.taste = taste(r)

    def scope(self, parameters, budget: int, result, depth: int = 0) -> Scope:
        s = Scope(self.random, {**self.types, **parameters}, {*self.types, *parameters})
        s.budget, s.depth, s.ground, s.result = budget, depth, depth, result
        s.classes, s.untouched = list(self.classes), set(self.untouched)
        s.routines = {n for n, t in self.types.items() if isinstance(t, Routine)}
        s.captured, s.calling, s.inside, s.taste = set(), (), (), self.taste
        s.walking, s.frozen_tables = 0, 0
        s.taken |= {"v", "k", "u", "i"}
        s.frozen |= set(self.types)
        return s


# --- classes -----------------------------------------------------------------------------


def new_class(known: Known) -> str:
    r = known.random
    name = "PQRS"[len(known.classes)]
    base = r.choice(known.classes) if known.classes and r.random() < 0.5 else None
    if base is not None:
        return subclass(known, name, base)
    fields = {"a": FLOAT}
    for field, kind in (("b", FLOAT), ("u", ARRAY), ("items", Row(FLOAT, 2, True))):
        if r.random() < (0.8, 0.35, 0.3)[len(fields) - 1 if len(fields) < 3 else 2]:
            fields[field] = kind
    made = Class(name, fields, [*fields.items()])
    data = r.random() < 0.5
    lines = ["@dataclass", f"class {name}:"] if data else [f"class {name}:"]
    if data:
        hints = {FLOAT: "float", ARRAY: "np.ndarray"}
        lines += [f"    {f}: {hints.get(k, 'list')}" for f, k in fields.items()]
        if fields.get("b") == FLOAT and [*fields][-1] == "b":
            lines[-1] += " = 0.8"
    else:
        lines += initialiser(known, made)
    known.classes.append(made)
    lines += members(known, made)
    return "\n".join(lines)


def initialiser(known: Known, made: Class) -> list[str]:
    """__init__: attributes as given, or changed; and one more."""
    r = known.random
    s = known.scope(dict(made.arguments), 2, None, 1)
    heads = [n for n, _ in made.arguments]
    if made.arguments[-1][1] == FLOAT and r.random() < 0.3:
        heads[-1] += "=0.8"
    for n, kind in made.arguments:
        plain = kind not in (FLOAT, ARRAY) or s.chance(0.6)
        s.emit(f"self.{n} = {n if plain else tame(s, n)}")
    if s.chance(0.4):
        s.emit(f"self.c = {value(s, FLOAT, 1)}")
        made.fields["c"] = FLOAT
    if s.chance(0.25):
        s.emit("self.log = []")
        made.fields["log"] = Row(FLOAT, 0, True)
    return ["    def __init__(self, " + ", ".join(heads) + "):", *s.lines]


def members(known: Known, made: Class) -> list[str]:
    r = known.random
    lines: list[str] = []
    if r.random() < 0.4:
        s = known.scope({"self": Thing(made)}, 1, FLOAT, 1)
        s.classes = []
        made_property = f"return {value(s, FLOAT, 2, 0)}"
        lines += ["    @property", "    def size(self):", f"        {made_property}"]
        made.properties["size"] = FLOAT
    for name in r.sample(["step", "total", "scaled", "__call__"], r.randint(1, 3)):
        lines += method(known, made, name)
    if r.random() < 0.4:
        given = {n: k for n, k in made.arguments}
        if r.random() < 0.7:
            parts = [
                f"self.{n} + other.{n}" if k in (FLOAT, ARRAY) else f"self.{n}"
                for n, k in given.items()
            ]
            lines += [
                "    def __add__(self, other):",
                f"        return {made.name}({', '.join(parts)})",
            ]
            made.operators.add("+")
        if r.random() < 0.5:
            parts = [
                f"self.{n} * k" if k in (FLOAT, ARRAY) else f"[v * k for v in self.{n}]"
                for n, k in given.items()
            ]
            lines += [
                "    def __mul__(self, k):",
                f"        return {made.name}({', '.join(parts)})",
            ]
            made.operators.add("*")
        if r.random() < 0.4:
            parts = [f"-self.{n}" if k in (FLOAT, ARRAY) else f"self.{n}" for n, k in given.items()]
            lines += ["    def __neg__(self):", f"        return {made.name}({', '.join(parts)})"]
            made.operators.add("-")
    return lines


def method(known: Known, made: Class, name: str, inherited: Routine | None = None) -> list[str]:
    r = known.random
    changes = name == "step"
    result = FLOAT
    if name == "scaled":
        result = Thing(made)
    elif name == "step":
        result = r.choice([FLOAT, None, None])
    if inherited is not None:
        result = inherited.result
    s = known.scope({"self": Thing(made), "w": FLOAT}, 2, result, 1)
    s.calling = (name, "step", "total", "scaled", "size") if inherited is None else (name, "step")
    s.walking = 1
    s.frozen |= {"self"}
    if inherited is not None:
        start = f"super().{name}(w)"
        if result == FLOAT:
            s.emit(f"w = w + {start}")
        elif result is None:
            s.emit(start)
    if changes:
        field = r.choice([f for f, k in made.fields.items() if k in (FLOAT, ARRAY)])
        text = value(s, made.fields[field], 1)
        s.emit(f"self.{field} {s.pick(['=', '+=', '='])} {text}")
        logs = [f for f in ("items", "log") if f in made.fields]
        if logs and s.chance(0.7):
            s.emit(f"self.{s.pick(logs)}.append({value(s, FLOAT, 1)})")
        body(s, 0, 1)
    elif s.chance(0.3):
        body(s, 0, 2)
    if result is not None:
        if s.chance(0.15):
            leave(s)
        s.emit(f"return {value(s, result, 2, 0.1)}")
    made.methods[name] = inherited or Routine((FLOAT,), result, names=("w",), grows=changes)
    return [f"    def {name}(self, w):", *s.lines]


def subclass(known: Known, name: str, base: Class) -> str:
    r = known.random
    made = Class(
        name,
        dict(base.fields),
        list(base.arguments),
        dict(base.properties),
        dict(base.methods),
        set(),
        base,
    )
    lines = [f"class {name}({base.name}):"]
    if r.random() < 0.5:
        s = known.scope(dict(made.arguments), 1, None, 1)
        names = [n for n, _ in made.arguments]
        s.emit(f"super().__init__({', '.join([tame(s, names[0]), *names[1:]])})")
        s.emit(f"self.d = {value(s, FLOAT, 1)}")
        made.fields["d"] = FLOAT
        lines += [f"    def __init__(self, {', '.join(names)}):", *s.lines]
    for name_of, routine in list(base.methods.items()):
        if r.random() < 0.5:
            lines += method(known, made, name_of, routine)
    lines.append(f"    rate = {round(r.uniform(0.2, 1.5), 2)}")
    made.fields["rate"] = FLOAT
    known.classes.append(made)
    return "\n".join(lines)


# --- what stands at module level --------------------------------------------------------------


def new_global(known: Known) -> str:
    """A list, a dictionary, an array or an object; f resets it if it is to be written."""
    r = known.random
    name = f"{r.choice('ABCG')}{len(known.types)}"
    a, b, c = (round(r.uniform(-1.2, 1.2), 2) for _ in range(3))
    things = [k for k in known.classes if all(held == FLOAT for _, held in k.arguments)]
    form = r.randrange(5)
    if form == 4 and things:
        made = r.choice(things)
        text = f"{made.name}({', '.join(str(v) for v in (a, b, c)[: len(made.arguments)])})"
        known.types[name] = Thing(made)
        reset = "; ".join(f"{name}.{f} = {a}" for f, k in made.fields.items() if k == FLOAT)
        known.untouched.add(name)
        if r.random() < known.taste["globals"]:
            known.resets.append(reset)
            known.untouched.discard(name)
        return f"{name} = {text}"
    if form <= 1:
        known.types[name] = Row(FLOAT, 3, True)
        text, reset = f"[{a}, {b}, {c}]", f"{name}[:] = [{c}, {a}, {b}]"
    elif form == 2:
        known.types[name] = Table({"a": FLOAT, "b": FLOAT}, True)
        text = f'{{"a": {a}, "b": {b}}}'
        reset = f"{name}.clear(); {name}.update(a={b}, b={c})"
    else:
        known.types[name] = ARRAY
        text, reset = f"np.array([{a}, {b}, {c}])", f"{name}[:] = {c}"
    if r.random() < known.taste["globals"]:
        known.resets.append(reset)
    else:
        known.untouched.add(name)
    return f"{name} = {text}"


def new_function(known: Known) -> str:
    r = known.random
    name = f"h{len(known.types)}"
    form = r.randrange(8)
    if form == 0:
        known.types[name] = Routine((Row(FLOAT, 0),), FLOAT, names=("xs",))
        s = known.scope({"xs": Row(FLOAT, 1, True)}, 0, FLOAT)
        s.emit("if not xs:")
        s.emit(f"    return {constant(s)}")
        s.emit(f"return {tame(s, 'xs[0]')} * {constant(s)} + {name}(xs[1:])")
        return "\n".join([f"def {name}(xs):", *s.lines])
    probe = known.scope({}, 0, None)
    kinds = [some_kind(probe) for _ in range(r.randint(1, 3))]
    for kind in kinds:
        if isinstance(kind, (Row, Table)):
            kind.shared = True
    result = r.choice([None, some_kind(probe), some_kind(probe), some_kind(probe)])
    if result is None and all(k == FLOAT for k in kinds):
        result = FLOAT
    parameters = {f"{p}": kind for p, kind in zip("xyz", kinds, strict=False)}
    heads, types, optional, star, keywords = [*parameters], dict(parameters), 0, None, ()
    if form == 1:
        star = FLOAT
        heads.append("*args")
        types["args"] = Row(FLOAT, 0, True)
    elif form == 2:
        keywords = ("alpha", "beta")
        heads.append("**options")
    elif form == 3 and kinds[-1] == FLOAT:
        heads[-1] += "=0.6"
        optional = 1
    elif form == 4:
        heads.append('mode="a"')
        types["mode"] = Word(("a", "b"))
    elif form == 5:
        heads.append("w=None")
        types["w"] = Perhaps(FLOAT)
    s = known.scope(types, r.randint(1, 3), result)
    s.walking = 1
    if star is not None:
        s.untouched.add("args")
        s.types.pop("args")
        got = s.fresh("s")
        forms = ["sum(args)", "sum(v * v for v in args)", "args[0] * len(args)", "max(args)"]
        s.emit(f"{got} = {s.pick(forms)}")
        s.types[got] = FLOAT
    if keywords:
        got = s.fresh("s")
        other = s.pick(["sum(options.values())", "1.3"])
        s.emit(f'{got} = options.get("alpha", {constant(s)}) * {other}')
        s.types[got] = FLOAT
    if form in (4, 5):
        s.emit(f"if {'w is None' if form == 5 else 'mode == ' + repr('a')}:")
        with block(s):
            if form == 5:
                s.emit(f"w = {value(s, FLOAT, 1)}")
            body(s, 1, 2)
    body(s, 0, 3)
    if result is None or s.chance(0.4):
        store(s)
    if s.chance(0.2) and result is not None:
        leave(s)
    if result is not None:
        s.emit(f"return {value(s, result, 2)}")
    elif not s.lines:
        s.emit("return None")
    kinds_given = [*kinds]
    names = tuple(parameters)
    if form == 4:
        kinds_given.append(Word(("a", "b")))
        names, optional = (*names, "mode"), 1
    if form == 5:
        kinds_given.append(FLOAT)
        names, optional = (*names, "w"), 1
    known.types[name] = Routine(
        tuple(kinds_given), result, optional, () if star else names, star, keywords, grows=True
    )
    return "\n".join([f"def {name}({', '.join(heads)}):", *s.lines])


# --- the function to differentiate ---------------------------------------------------------------


def new_parameters(known: Known):
    r = known.random
    parameters: dict[str, object] = {"x": FLOAT if r.random() < 0.5 else ARRAY}
    if r.random() < 0.6:
        parameters["y"] = r.choice([FLOAT, ARRAY])
    arguments = [written(r, kind.shape) for kind in parameters.values()]
    wrt = [k for k in range(len(parameters)) if r.random() < 0.92] or [0]
    draw = r.random()
    number_of = len(arguments)
    one, two, three = (written(r, ()) for _ in range(3))
    if draw < 0.15:
        parameters["p"] = Row(FLOAT, 3, True)
        arguments.append(f"[{one}, {two}, {three}]")
    elif draw < 0.27:
        parameters["p"] = Table({"a": FLOAT, "b": FLOAT}, True)
        arguments.append(f'{{"a": {one}, "b": {two}}}')
    elif draw < 0.35:
        parameters["p"] = Pack((FLOAT, FLOAT))
        arguments.append(f"({one}, {two})")
    elif draw < 0.42:
        parameters["p"] = Row(ARRAY, 2, True)
        arguments.append(f"[{written(r, (3,))}, {written(r, (3,))}]")
    if len(arguments) > number_of:
        wrt.append(number_of)
    if r.random() < 0.12:
        parameters["mode"] = Word(("a", "b"))
        arguments.append(r.choice(["'a'", "'b'"]))
    return parameters, arguments, wrt


def main_function(known: Known, parameters, budget: int) -> str:
    s = known.scope(parameters, budget, FLOAT)
    for reset in known.resets:
        s.emit(reset)
    while s.budget > 0:
        statement(s)
        if s.chance(0.04):
            leave(s)
    terms = total(s)
    s.emit(f"total = {terms[0]}")
    for term in terms[1:]:
        s.emit(f"total += {term}")
    s.emit("return total")
    return "\n".join([f"def f({', '.join(parameters)}):", *s.lines])


def total(s: Scope) -> list[str]:
    """The terms of a sum in which (nearly) every name counts."""
    terms = []
    for name, kind in s.types.items():
        if not s.chance(0.1):
            terms += summed(s, name, kind, 2)
    s.random.shuffle(terms)
    return terms[:12] or [number(s, 1)]


def summed(s: Scope, text: str, kind, steps: int) -> list[str]:
    weight = s.pick(["1.3", "0.7", "1.0"])
    if kind == FLOAT:
        return [f"{weight} * {text}"]
    if kind == ARRAY:
        return [f"np.sum({text} * np.arange(1.0, 4.0))"]
    if isinstance(kind, Perhaps):
        return [f"(np.sum({text}) if {text} is not None else 0.0)"]
    if steps == 0:
        return []
    if isinstance(kind, Row):
        if kind.held in (FLOAT, ARRAY):
            return [f"sum((k + 1.0) * np.sum(v) for k, v in enumerate({text}))"]
        return (
            summed(s, f"{text}[{s.random.randrange(kind.low)}]", kind.held, steps - 1)
            if kind.low
            else []
        )
    if isinstance(kind, Pack):
        return [
            t
            for k, part in enumerate(kind.parts)
            for t in summed(s, f"{text}[{k}]", part, steps - 1)
        ]
    if isinstance(kind, Table):
        return [
            t
            for key, part in kind.fields.items()
            for t in summed(s, f'{text}["{key}"]', part, steps - 1)
        ]
    if isinstance(kind, Thing):
        return [
            t
            for f, part in kind.made.fields.items()
            for t in summed(s, f"{text}.{f}", part, steps - 1)
        ]
    return []
