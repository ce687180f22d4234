"""Generated text as a module of its own: it needs NumPy, and not this package.

What the text refers to is written above it: modules are imported, functions of the runtime are
pasted, constants become literals, other functions are imported from where they live.
"""

from __future__ import annotations

import builtins
import importlib
import inspect
import symtable
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import FunctionType, ModuleType

import gast

from .. import runtime
from ..errors import NotSupported
from ..runtime import stand_ins
from .literals import literal, uses_numpy
from .printer import to_text

_PACKAGE = __name__.partition(".")[0]


def module_text(text: str, namespace: Mapping[str, object]) -> str:
    """A module that defines what `text` does; `namespace` holds what the text refers to.

    >>> import math
    >>> print(module_text("def area(r):\\n    return scale * math.pi * r**2",
    ...                   {"math": math, "scale": 2.0, "unused": object()}))
    import math
    <BLANKLINE>
    scale = 2.0
    <BLANKLINE>
    <BLANKLINE>
    def area(r):
        return scale * math.pi * r**2
    <BLANKLINE>
    """
    module = _Module()
    own = defined_names(text)
    for name in global_names(text):
        if name in namespace and name not in own:
            module.define(name, namespace[name])
    clash = sorted(own & module.known.keys())
    if clash:
        raise NotSupported(
            None, f"{clash[0]} is the name of a function of the runtime", "use another name"
        )
    return module.above(text)


@dataclass
class _Module:
    """The parts that stand above the text, and what each of their names means."""

    known: dict[str, object] = field(default_factory=dict)
    imports: set[str] = field(default_factory=set)
    constants: list[str] = field(default_factory=list)
    functions: list[FunctionType | type] = field(default_factory=list)

    def define(self, name: str, value: object) -> None:
        """See to it that `name` stands for `value`."""
        if name in self.known:
            if self.known[name] is not value:
                raise NotSupported(
                    None,
                    f"{name} stands for two things in a module that stands alone",
                    instead="use another name",
                )
            return
        self.known[name] = value
        if isinstance(value, ModuleType):
            self.imports.add(_import_module(name, value))
        elif _is_pasted(value):
            assert isinstance(value, FunctionType | type)
            self._paste(name, value)
        elif isinstance(value, type) or callable(value):
            if getattr(builtins, name, None) is not value:
                self.imports.add(_import_from(name, value))
        else:
            self._constant(name, value)

    def _constant(self, name: str, value: object) -> None:
        text = literal(value, name)
        if uses_numpy(text):
            self.define("np", sys.modules["numpy"])
        # Printed again, which breaks long lines.
        self.constants.append(to_text(gast.parse(f"{name} = {text}")))

    def _paste(self, name: str, function: FunctionType | type) -> None:
        if name != function.__name__:
            self.define(function.__name__, function)
            self.constants.append(f"{name} = {function.__name__}")
            return
        scope = vars(sys.modules[function.__module__])
        for used in global_names(inspect.getsource(function)):
            if used != name and used in scope:
                self.define(used, scope[used])
        self.functions.append(function)

    def above(self, text: str) -> str:
        """The module: imports, constants, pasted functions, the text."""
        standard = sorted(line for line in self.imports if _is_standard(line))
        others = sorted(self.imports - set(standard))
        # Aliases of pasted functions can only follow these.
        names = {f.__name__ for f in self.functions}
        aliases = sorted(c for c in self.constants if c.partition(" = ")[2] in names)
        constants = sorted(c for c in self.constants if c not in aliases)
        order = [*runtime.FUNCTIONS.values(), *vars(stand_ins).values()]
        pasted = sorted(self.functions, key=order.index)
        head = ["\n".join(block) for block in (standard, others, constants) if block]
        body = [inspect.getsource(f).strip("\n") for f in pasted]
        if aliases:
            body.append("\n".join(aliases))
        blocks = ["\n\n".join(head)] if head else []
        return "\n\n\n".join([*blocks, *body, text.strip("\n")]) + "\n"


def _is_pasted(value: object) -> bool:
    """Whether the text of a function or class is copied: those of the runtime."""
    if isinstance(value, FunctionType):
        return runtime.FUNCTIONS.get(value.__name__) is value
    return isinstance(value, type) and value.__module__ == stand_ins.__name__


# --- imports --------------------------------------------------------------------------------


def _import_module(name: str, module: ModuleType) -> str:
    path = module.__name__
    if sys.modules.get(path) is not module or path == "__main__" or _is_ours(path):
        raise NotSupported(
            None,
            f"{name}, the module {path}, cannot be imported from another program",
            instead="use a module that is installed, or lies beside the saved one",
        )
    if name == path:
        return f"import {path}"
    return f"import {path} as {name}"


def _import_from(name: str, value: object) -> str:
    for path, attribute in _places(value):
        if path == "__main__" or _is_ours(path) or not attribute.isidentifier():
            continue
        try:
            found = getattr(importlib.import_module(path), attribute, None)
        except (ImportError, ValueError):
            continue
        if found is value:
            rename = "" if attribute == name else f" as {name}"
            return f"from {path} import {attribute}{rename}"
    raise NotSupported(
        None,
        f"{name} ({type(value).__name__}) cannot be imported from another program",
        instead="define it at the top level of a module",
    )


def _places(value: object) -> Iterator[tuple[str, str]]:
    """Where a function or class may be found, the best place first."""
    attribute = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    if isinstance(getattr(value, "name", None), str):
        yield "scipy.stats", value.name  # type: ignore[attr-defined]  # a distribution
    if not isinstance(attribute, str):
        return
    path = getattr(value, "__module__", None)
    if isinstance(path, str):
        yield path, attribute
    # Ufuncs do not say where they live.
    yield "numpy", attribute
    yield "scipy.special", attribute


def _is_ours(path: str) -> bool:
    return path.partition(".")[0] == _PACKAGE


def _is_standard(line: str) -> bool:
    return line.split()[1].partition(".")[0] in sys.stdlib_module_names


# --- names ----------------------------------------------------------------------------------


def global_names(text: str) -> list[str]:
    """The names that a text reads and that are not local to a function in it, sorted.

    >>> global_names("def f(x, y=c):\\n    z = x\\n    return g(z) + h.k")
    ['c', 'g', 'h']
    """
    found = {
        symbol.get_name()
        for table in _tables(symtable.symtable(text, "<text>", "exec"))
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module")
    }
    return sorted(found - defined_names(text))


def defined_names(text: str) -> set[str]:
    """The names that a text defines at its top level."""
    top = symtable.symtable(text, "<text>", "exec")
    return {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)
