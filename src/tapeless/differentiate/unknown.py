"""The refusal of a value of which nothing is known, at the place where that began."""

from __future__ import annotations

import collections

import gast

from ..analysis.kinds import Kind, Opaque
from ..analysis.objects import why_not_followed
from ..analysis.unit import Unit
from ..errors import NotSupported, reading
from ..syntax import names_read

INSTEAD = "numbers and arrays made by NumPy functions that tapeless knows"
MOST_DEEP = 40
CONTAINERS = (
    set, frozenset, collections.deque, collections.Counter, collections.ChainMap,
    collections.defaultdict,
)  # fmt: skip


def unknown_kind(unit: Unit, y: str, value: gast.expr) -> NotSupported:
    """The refusal of ``y = value``; it stands where the first unknown value came from."""
    origin, name, made = _origin(unit, y, value, set())
    with reading(origin.function.source):
        form = _class_of(origin, made)
        if form in CONTAINERS:
            what = f"a {form.__name__} that holds values with derivatives"
            return NotSupported(made, what, instead="a list, a tuple or a dict")
        if form is not None and form.__module__ != "builtins":
            return NotSupported(
                made,
                f"an object of {form.__name__}, a class that is not followed: "
                f"{why_not_followed(form)}",
                instead="a plain class, a dataclass or a named tuple",
            )
        if origin.namer.is_temporary(name) or name.startswith("value"):
            return NotSupported(made, "the kind of what this gives is not known", INSTEAD)
        called = origin.namer.called_by_user(name)
        return NotSupported(made, f"the kind of '{called}' is not known", INSTEAD)


def _class_of(unit: Unit, made: gast.expr) -> type | None:
    """The class of which an expression makes an object, if that is what it does."""
    if isinstance(made, gast.Set):
        return set
    if not isinstance(made, gast.Call):
        return None
    called = unit.facts["inference"].kind(made.func)
    form = called.value if called is not None and called.static else None
    return form if isinstance(form, type) else None


def _origin(
    unit: Unit, y: str, value: gast.expr, seen: set[tuple[int, str]]
) -> tuple[Unit, str, gast.expr]:
    """The unit, the name and the expression from which it is not known what a value is."""
    seen.add((id(unit), y))
    site = unit.sites.get(id(value))
    if site is not None and site.form == "user" and site.unit is not None:
        callee = site.unit
        for returned in names_read(callee.tree.body[-1]):
            found = _followed(callee, returned, seen)
            if found is not None:
                return found
        return unit, y, value
    for read in names_read(value):
        found = _followed(unit, read, seen)
        if found is not None:
            return found
    return unit, y, value


def _followed(
    unit: Unit, name: str, seen: set[tuple[int, str]]
) -> tuple[Unit, str, gast.expr] | None:
    """The origin of a name of which nothing is known; None for others."""
    kind: Kind | None = unit.env.get(name)
    known = kind is not None and not isinstance(kind, Opaque)
    if isinstance(kind, Opaque) and kind.made_by is not None and kind.made_by not in CONTAINERS:
        return None
    if known or name not in unit.env or (id(unit), name) in seen or len(seen) > MOST_DEEP:
        return None
    for made in unit.facts["flows"].layout.definitions.get(name, ()):
        if isinstance(made, gast.Assign) and getattr(made, "lineno", None):
            return _origin(unit, name, made.value, seen)
    return None
