"""What a program of the language profile knows about its names, and how a value is reached."""

from __future__ import annotations

from dataclasses import dataclass, field

from .scope import Real, Scope, Whole

FLOAT, ARRAY = Real(()), Real((3,))


@dataclass(eq=False)
class Row:
    """A list of at least `low` values of one kind."""

    held: object
    low: int
    shared: bool = False  # others know the list: its length may change behind this name


@dataclass(frozen=True)
class Pack:
    """A tuple."""

    parts: tuple


@dataclass(eq=False)
class Table:
    """A dictionary that has at least these keys."""

    fields: dict
    shared: bool = False


@dataclass(eq=False)
class Class:
    """A class of the program: what its objects have and what they can do."""

    name: str
    fields: dict
    arguments: list
    properties: dict = field(default_factory=dict)
    methods: dict = field(default_factory=dict)
    operators: set = field(default_factory=set)
    base: Class | None = None


@dataclass(frozen=True)
class Thing:
    """An object of a class."""

    made: Class


@dataclass(frozen=True)
class Routine:
    """A function: kinds in and out; it may write into what it gets."""

    parameters: tuple
    result: object = None
    optional: int = 0
    names: tuple = ()
    star: object = None  # the kind of *args
    keywords: tuple = ()  # names of **options
    grows: bool = False


@dataclass(frozen=True)
class Word:
    """One of some strings."""

    choices: tuple


@dataclass(frozen=True)
class Perhaps:
    """None, or something of a kind."""

    held: object


def alike(kind, want) -> bool:
    """Whether something of a kind may stand where another is wanted."""
    if isinstance(want, Real) or isinstance(kind, Real):
        return kind == want
    if isinstance(want, Row):
        return isinstance(kind, Row) and kind.low >= want.low and alike(kind.held, want.held)
    if isinstance(want, Pack):
        return (
            isinstance(kind, Pack)
            and len(kind.parts) == len(want.parts)
            and all(map(alike, kind.parts, want.parts))
        )
    if isinstance(want, Table):
        return isinstance(kind, Table) and all(
            key in kind.fields and alike(kind.fields[key], held)
            for key, held in want.fields.items()
        )
    if isinstance(want, Thing):
        return isinstance(kind, Thing) and want.made in lineage(kind.made)
    return False


def lineage(made: Class | None) -> list[Class]:
    return [] if made is None else [made, *lineage(made.base)]


def share(kind) -> None:
    if isinstance(kind, (Row, Table)):
        kind.shared = True


def mutable(kind) -> bool:
    return isinstance(kind, (Row, Table, Thing)) or kind == ARRAY


def readable(s: Scope, want) -> list[str]:
    """Names to start from; what is global is kept from being aliased unless f resets it."""
    fixed = getattr(s, "untouched", ())
    return [n for n in s.types if not (n in fixed and mutable(want))]


def read(s: Scope, want, tries: int = 10) -> str | None:
    """An expression without operations that gives something of this kind."""
    names = readable(s, want)
    for _ in range(tries if names else 0):
        name = s.pick(names)
        found = walk(s, name, s.types[name], want, 3)
        if found:
            return found
    return None


def walk(s: Scope, text: str, kind, want, steps: int) -> str | None:
    if alike(kind, want):
        share(kind)
        return text
    if steps == 0:
        return None
    step = inward(s, text, kind)
    return walk(s, *step, want, steps - 1) if step else None


def inward(s: Scope, text: str, kind) -> tuple[str, object] | None:
    """A part of a container."""
    if isinstance(kind, Row) and kind.low:
        return f"{text}[{position(s, kind.low)}]", kind.held
    if isinstance(kind, Pack):
        k = s.random.randrange(len(kind.parts))
        return f"{text}[{k - len(kind.parts) if s.chance(0.3) else k}]", kind.parts[k]
    if isinstance(kind, Table) and kind.fields:
        key = s.pick(kind.fields)
        return f'{text}["{key}"]', kind.fields[key]
    if isinstance(kind, Thing):
        name = s.pick({**kind.made.fields, **kind.made.properties})
        return f"{text}.{name}", {**kind.made.fields, **kind.made.properties}[name]
    if kind == ARRAY:
        return f"{text}[{position(s, 3)}]", FLOAT
    return None


def position(s: Scope, n: int) -> str:
    """An index into n places."""
    counters = [c for c in s.named(Whole) if s.types[c].low >= -n and s.types[c].high < n]
    if counters and s.chance(0.5):
        return s.pick(counters)
    if s.named(Whole) and s.chance(0.3):
        return f"{s.pick(s.named(Whole))} % {n}"
    return str(s.random.randrange(-n, n) if s.chance(0.4) else s.random.randrange(n))


def place(s: Scope, want=None) -> tuple[str, object] | None:
    """Something that can be assigned to inside a container: text and kind."""
    fixed = getattr(s, "untouched", ())
    names = [n for n in s.types if n not in fixed]
    for _ in range(10 if names else 0):
        name = s.pick(names)
        text, kind = name, s.types[name]
        for _ in range(3):
            inside = isinstance(kind, (Row, Table, Thing)) or kind == ARRAY
            step = inward(s, text, kind)
            if step is None:
                break
            outer, (text, kind) = kind, step
            if isinstance(outer, Thing) and text.rsplit(".", 1)[1] in outer.made.properties:
                break
            fits = kind in (FLOAT, ARRAY) if want is None else alike(kind, want)
            if inside and fits and s.chance(0.8):
                return text, kind
    return None
