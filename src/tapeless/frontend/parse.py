"""A callable as a syntax tree with everything needed to understand it.

>>> def loss(w, x, scale=2.0):
...     return scale * (w * x) ** 2
>>> function = parse(loss)
>>> function.name, [p.name for p in function.parameters]
('loss', ['w', 'x', 'scale'])
>>> resolve(function, "abs")
<built-in function abs>
"""

from __future__ import annotations

import ast
import builtins
import functools
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import CodeType, FunctionType

import gast

from ..errors import NotSupported, Source, reading
from ..syntax import copy_tree, parameters_of
from .generators import as_lists
from .global_names import spell_globals
from .iterators import spell_iterators
from .local_names import spell_locals
from .locate import Definition, locate
from .nonlocal_names import spell_nonlocals
from .refuse import refuse_unsupported
from .unwrap import unwrap


@dataclass(frozen=True)
class Parameter:
    """A parameter as the function was defined; `empty` where there is no default."""

    name: str
    kind: inspect._ParameterKind
    default: object = inspect.Parameter.empty
    annotation: object = inspect.Parameter.empty


@dataclass(frozen=True, eq=False)
class Function:
    """A parsed function.

    `tree` carries the locations of the file, no decorators, and is the caller's own copy.
    `parameters` are all of them, in order; `bound` holds those that a bound method or a
    partial has fixed.  `closure` looks into the captured cells, empty ones left out.
    """

    name: str
    tree: gast.FunctionDef
    source: Source
    parameters: tuple[Parameter, ...]
    globals: Mapping[str, object]
    closure: Mapping[str, object]
    bound: Mapping[str, object]
    object: FunctionType


def parse(f: object) -> Function:
    """The function below a callable; `NotSupported` if it cannot be read or differentiated.

    A derivative of ours (an object with `primal`) is read as its primal: who wants the
    derivative of a derivative parses the generated function.
    """
    unwrapped = unwrap(f)
    plain = unwrapped.function
    tree, source = _parse_code(_Key(plain))
    with reading(source):
        parameters = _parameters(plain, tree)
        bound = _bind(tree, parameters, unwrapped.positional, unwrapped.keywords)
    return Function(
        name=tree.name,
        tree=copy_tree(tree),
        source=source,
        parameters=parameters,
        globals=plain.__globals__,
        closure=Cells(plain),
        bound=bound,
        object=plain,
    )


def resolve(function: Function, name: str) -> object:
    """What a name that is not local to the function stands for; `KeyError` if for nothing."""
    for scope in (function.closure, function.globals):
        if name in scope:
            return scope[name]
    found = function.globals.get("__builtins__", builtins)
    scope = found if isinstance(found, dict) else vars(found)
    return scope[name]


class _Key:
    """A function as the key of the cache: its code, and the file that the code is from.

    Code objects that differ in nothing but the file compare equal.
    """

    def __init__(self, function: FunctionType) -> None:
        self.function = function
        self.code: CodeType = function.__code__

    def __hash__(self) -> int:
        return hash(self.code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and (
            self.code is other.code
            or (self.code == other.code and self.code.co_filename == other.code.co_filename)
        )


@functools.lru_cache(maxsize=256)
def _parse_code(key: _Key) -> tuple[gast.FunctionDef, Source]:
    found = locate(key.function)
    with reading(found.source):
        node = found.node
        if isinstance(node, ast.AsyncFunctionDef):
            raise NotSupported(node, "a coroutine", instead="a plain function", never=True)
        decorators = getattr(node, "decorator_list", [])
        managed = any("contextmanager" in ast.unparse(d) for d in decorators)
        tree = as_lists(_definition(node, found.source.function), managed)
        tree = spell_iterators(tree)
        if not key.code.co_freevars and "locals" not in key.function.__globals__:
            tree = spell_locals(tree)
        tree = spell_nonlocals(spell_globals(tree, key.function.__globals__))
        refuse_unsupported(tree)
        if found.owner is not None:
            tree = _Mangler(found.owner).visit(tree)
    return tree, found.source


def _definition(node: Definition, name: str) -> gast.FunctionDef:
    """The gast tree of a definition: no decorators, a lambda as a function with one return."""
    tree = gast.ast_to_gast(node)
    if isinstance(tree, gast.Lambda):
        body = gast.Return(tree.body)
        definition = gast.FunctionDef(name, tree.args, [body], [], None, None, [])
        for new, old in ((body, tree.body), (definition, tree)):
            gast.copy_location(new, old)
        return definition
    assert isinstance(tree, gast.FunctionDef)
    tree.decorator_list = []
    if getattr(tree, "type_params", None):
        # The annotations speak of the parameters' types, which exist in the user's file only.
        tree.type_params = []
        tree.returns = None
        for argument in parameters_of(tree.args):
            argument.annotation = None
    return tree


class _Mangler(gast.NodeTransformer):
    """Private names in a class body stand for other names: `__x` for `_Owner__x`."""

    def __init__(self, owner: str) -> None:
        self.prefix = "_" + owner.lstrip("_")

    def _mangled(self, name: str) -> str:
        private = name.startswith("__") and not name.endswith("__")
        return self.prefix + name if private and self.prefix != "_" else name

    def visit_Name(self, node: gast.Name) -> gast.Name:
        node.id = self._mangled(node.id)
        self.generic_visit(node)
        return node

    def visit_Attribute(self, node: gast.Attribute) -> gast.Attribute:
        node.attr = self._mangled(node.attr)
        self.generic_visit(node)
        return node

    def visit_keyword(self, node: gast.keyword) -> gast.keyword:
        if node.arg is not None:
            node.arg = self._mangled(node.arg)
        self.generic_visit(node)
        return node


def _parameters(f: FunctionType, tree: gast.FunctionDef) -> tuple[Parameter, ...]:
    """From the tree and the function, not `inspect.signature`: `__signature__` may say else."""
    kinds = inspect._ParameterKind
    args = tree.args
    named: list[tuple[gast.Name, inspect._ParameterKind]] = []
    named += [(a, kinds.POSITIONAL_ONLY) for a in args.posonlyargs]
    named += [(a, kinds.POSITIONAL_OR_KEYWORD) for a in args.args]
    positional = len(named)
    if args.vararg is not None:
        named.append((args.vararg, kinds.VAR_POSITIONAL))
    named += [(a, kinds.KEYWORD_ONLY) for a in args.kwonlyargs]
    if args.kwarg is not None:
        named.append((args.kwarg, kinds.VAR_KEYWORD))

    values = f.__defaults__ or ()
    # Defaults belong to the last positional parameters.
    defaults: dict[str, object] = dict(f.__kwdefaults__ or {})
    for (argument, _), value in zip(
        named[positional - len(values) : positional], values, strict=True
    ):
        defaults[argument.id] = value
    empty = inspect.Parameter.empty
    return tuple(
        Parameter(
            argument.id,
            kind,
            defaults.get(argument.id, empty),
            f.__annotations__.get(argument.id, empty),
        )
        for argument, kind in named
    )


def _bind(
    tree: gast.FunctionDef,
    parameters: tuple[Parameter, ...],
    positional: tuple[object, ...],
    keywords: Mapping[str, object],
) -> dict[str, object]:
    """The parameters that the arguments given in advance fix."""
    kinds = inspect._ParameterKind
    places = [
        p.name for p in parameters if p.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD)
    ]
    by_name = {
        p.name for p in parameters if p.kind in (kinds.KEYWORD_ONLY, kinds.POSITIONAL_OR_KEYWORD)
    }
    if len(positional) > len(places):
        raise NotSupported(
            tree, "a partial or method whose fixed arguments go into `*args`", "name the parameters"
        )
    bound: dict[str, object] = dict(zip(places, positional, strict=False))
    for name, value in keywords.items():
        if name not in by_name or name in bound:
            raise NotSupported(
                tree, f"a partial that fixes {name!r}, which is not a free parameter of {tree.name}"
            )
        bound[name] = value
    return bound


class Cells(Mapping[str, object]):
    """The captured variables as they are at the moment; those not assigned yet are left out."""

    def __init__(self, f: FunctionType) -> None:
        self._cells = dict(zip(f.__code__.co_freevars, f.__closure__ or (), strict=True))

    def __getitem__(self, name: str) -> object:
        try:
            return self._cells[name].cell_contents
        except ValueError:  # not assigned yet
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._cells if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))


__all__ = ["Function", "Parameter", "parse", "resolve"]
