"""The functions of a generated module: the entry, and the pairs that it calls."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import FunctionType, ModuleType

import gast
import numpy as np

from . import runtime
from .analysis.kinds import (
    STRUCTURES,
    Array,
    Closure,
    Kind,
    Number,
    Sequence,
    is_complex,
    is_inexact,
)
from .analysis.sources import holds_memory
from .analysis.unit import Unit
from .differentiate.crossing import free_names, surely_assigned
from .differentiate.forward_mode import ForwardMode
from .differentiate.pairs import Pair
from .differentiate.pushforwards import Pushforward
from .differentiate.reverse import Reverse
from .differentiate.seeds import final, seed_result, seeds_of
from .differentiate.sweeps import Sweeps, finish, function, start
from .errors import NotSupported, WrongUse
from .program import Program
from .simplify.renumber import renumber
from .syntax import (
    Blank,
    Comment,
    assign,
    attribute,
    call,
    const,
    mark,
    name,
    names_read,
    names_stored,
    subscript,
    substitute,
    target,
    to_debug_text,
    walk,
)


def grad_module(
    program: Program, unit: Unit, wrt: tuple[str, ...], has_aux: bool, single: bool
) -> tuple[list[gast.stmt], str]:
    """One function: value and gradient from one run."""
    kind = unit.result
    items = kind.items if isinstance(kind, Sequence) else None
    if has_aux and (items is None or len(items) != 2):
        raise WrongUse(
            f"has_aux=True needs a function that returns (value, aux), {unit.name} returns {kind}"
        )
    check_result(items[0] if has_aux and items is not None else kind, unit)
    program.changed = unit.facts["changed"]
    sweep = start(program, program.pairs, unit, wrt, True)
    result = unit.tree.body[-1]

    def seed() -> None:
        value_kind = items[0] if has_aux and items is not None else kind
        short = isinstance(value_kind, Array) and value_kind.rank != 0
        seed_result(sweep, result, 0 if has_aux else None, const(1.0), short)

    made = finish(program, sweep, seed, lambda: gradients(program, sweep, wrt, single))
    entry = program.module_name(f"{unit.name}_grad")
    last = made.reverse.pop()
    assert isinstance(last, gast.Return)
    body: list[gast.stmt] = [
        mark(Comment("Forward sweep")),
        *entry_copies(program, unit),
        *made.forward,
        *result_copy(program, unit, sweep, made),
    ]
    if made.reverse:
        body += [mark(Blank("")), mark(Comment("Reverse sweep")), *made.reverse]
    body.append(gast.Return(gast.Tuple([name(made.value), last.value], gast.Load())))
    return [function(entry, list(unit.parameters), body)], entry


def vjp_module(program: Program, unit: Unit, wrt: tuple[str, ...]) -> tuple[list[gast.stmt], str]:
    """A forward part that returns what the pullback needs, and the pullback."""
    check_known(unit)
    program.changed = unit.facts["changed"]
    sweep = start(program, program.pairs, unit, wrt, True)
    result = unit.tree.body[-1]
    entry = program.module_name(unit.name)
    out_bar = unit.namer.fresh(f"{sweep.value}_bar")
    sweep.recorder.locals.add(out_bar)

    def seed() -> None:
        for item in seeds_of(unit.result):
            value: gast.expr = (
                name(out_bar)
                if item is None
                else gast.Subscript(name(out_bar), const(item), gast.Load())
            )
            seed_result(sweep, result, item, value)

    made = finish(program, sweep, seed, lambda: gradients(program, sweep, wrt, False))
    copies = entry_copies(program, unit)
    local = set(names_stored([*copies, *made.forward])) | set(unit.parameters)
    saved = [n for n in free_names(made.reverse, [out_bar]) if n in local]
    first = [
        assign(n, const(None))
        for n in saved
        if n not in unit.parameters and not surely_assigned(n, [*copies, *made.forward])
    ]
    packed = gast.Tuple([name(n) for n in saved], gast.Load())
    forward = [
        *first,
        *entry_copies(program, unit),
        *made.forward,
        *result_copy(program, unit, sweep, made),
    ]
    forward.append(gast.Return(gast.Tuple([name(made.value), packed], gast.Load())))
    unpack: list[gast.stmt] = []
    kept = unit.namer.fresh("saved")
    if saved:
        unpack.append(
            gast.Assign([gast.Tuple([target(n) for n in saved], gast.Store())], name(kept), None)
        )
    return [
        function(f"{entry}_forward", list(unit.parameters), forward),
        function(f"{entry}_pullback", [kept, out_bar], [*unpack, *made.reverse]),
    ], entry


def jvp_module(program: Program, unit: Unit, wrt: tuple[str, ...]) -> tuple[list[gast.stmt], str]:
    """One function: the result and its tangent, from the arguments and their tangents."""
    check_known(unit)
    active = tuple(p for p in unit.parameters if p in wrt)
    made = Pushforward(unit, active, True, program.module_name(f"{unit.name}_jvp"))
    text = program.pushforwards.write(
        made, lambda mode: entry_copies_of_both(program, mode, active)
    )
    return [text], made.name


def entry_copies_of_both(
    program: Program, mode: ForwardMode, active: tuple[str, ...]
) -> list[gast.stmt]:
    """What the function writes into is copied first, and with it its tangent."""
    found = entry_copies(program, mode.unit)
    copied = [p for p in active if p in mode.unit.facts["written"]]
    for parameter in copied:
        if holds_memory(mode.unit.kinds[parameter]):
            dot = mode.variable(parameter)
            found.append(assign(dot, call(program.bind(runtime.copy_of, "copy_of"), name(dot))))
    return found


def check_known(unit: Unit) -> None:
    """A derivative needs a result that carries one."""
    if unit.result is None:
        raise NotSupported(
            unit.tree,
            f"what {unit.name} returns is not known",
            instead="functions and values whose kinds can be followed",
        )
    if not seeds_of(unit.result):
        raise WrongUse(f"{unit.name} returns {unit.result}: nothing to differentiate")


def check_result(kind: Kind | None, unit: Unit) -> None:
    """A gradient needs a real scalar."""
    if isinstance(kind, (Number, Array)):
        if kind.dtype[0] == "c":
            raise WrongUse(
                f"{unit.name} returns {kind}, not a real number: "
                "return its real part or its absolute value"
            )
        if kind.dtype == "b":
            raise WrongUse(f"{unit.name} returns {kind}: a boolean has no derivative")
        dims = kind.dims
        if dims is not None and any(d is not None and d.is_many for d in dims):
            raise WrongUse(
                f"{unit.name} returns {kind}, not a scalar: "
                "grad needs a scalar; see vjp and jacobian for arrays"
            )
        return
    if kind is not None and not isinstance(kind, (*STRUCTURES, Closure)) and is_inexact(kind):
        return
    if kind is None:
        check_known(unit)
    raise WrongUse(
        f"{unit.name} returns {kind}, not a scalar: "
        "grad needs a float; see vjp and jacobian for other results"
    )


def gradients(
    program: Program, sweep: Reverse, wrt: tuple[str, ...], single: bool
) -> list[gast.expr]:
    """The adjoints of the arguments, each in the structure and the dtype of its argument."""
    first = sweep.unit.tree.body[0]
    found: list[gast.expr] = []
    for parameter in wrt:
        kind = sweep.unit.kinds[parameter]
        if isinstance(kind, STRUCTURES) and parameter not in sweep.adjoints.state:
            zeros = call(
                program.bind(runtime.zeros_of, "zeros_of"), name(given_name(sweep.unit, parameter))
            )
            found.append(
                call(
                    program.bind(runtime.as_structure, "as_structure"),
                    zeros,
                    name(given_name(sweep.unit, parameter)),
                )
            )
            continue
        value = final(sweep, parameter, first)
        if isinstance(kind, STRUCTURES):
            value = call(
                program.bind(runtime.as_structure, "as_structure"),
                value,
                name(given_name(sweep.unit, parameter)),
            )
        elif kind.dtype in ("f4", "c8"):  # type: ignore[attr-defined]
            value = cast(program, value, parameter, kind)
        elif is_complex(kind) and isinstance(kind, Number) and kind.python:
            value = call(program.bind(complex, "complex"), value)
        elif is_complex(kind) or (
            isinstance(kind, Array) and (kind.rank == 0 or has_single(sweep.unit))
        ):
            value = cast(program, value, parameter, kind)
        elif (
            isinstance(kind, Number)
            and kind.python
            and (not isinstance(sweep.unit.env.get(parameter), Number) or has_single(sweep.unit))
        ):
            value = call(program.bind(float, "float"), value)
        found.append(value)
    return [found[0] if single and len(found) == 1 else gast.Tuple(found, gast.Load())]


def has_single(unit: Unit) -> bool:
    """Whether there are numbers of single precision in the function."""
    return any(getattr(k, "dtype", "") in ("f4", "c8") for k in unit.env.values())


def given_name(unit: Unit, parameter: str) -> str:
    """The name of an argument as the caller gave it; the function may change its own copy."""
    if parameter not in unit.facts["written"]:
        return parameter
    names = unit.facts.setdefault("given", {})
    if parameter not in names:
        names[parameter] = unit.namer.fresh(f"{parameter}_given")
    return str(names[parameter])


def cast(program: Program, value: gast.expr, parameter: str, kind: Kind) -> gast.expr:
    """A gradient in the dtype of its argument."""
    dtype = attribute(name(parameter), "dtype")
    if isinstance(kind, Number):
        return gast.Call(attribute(dtype, "type"), [value], [])
    return call(f"{program.bind(np, 'np')}.asarray", value, dtype)


def entry_copies(program: Program, unit: Unit) -> list[gast.stmt]:
    """What the function writes into is copied first: the caller's arrays stay as they are."""
    found: list[gast.stmt] = []
    for parameter in unit.parameters:
        if parameter not in unit.facts["written"] or not holds_memory(unit.kinds[parameter]):
            continue
        if isinstance(unit.kinds[parameter], Array):
            found.append(assign(parameter, gast.Call(attribute(name(parameter), "copy"), [], [])))
        else:
            found.append(assign(given_name(unit, parameter), name(parameter)))
            found.append(
                assign(parameter, call(program.bind(runtime.copy_of, "copy_of"), name(parameter)))
            )
    return found


def result_copy(program: Program, unit: Unit, sweep: Reverse, made: Sweeps) -> list[gast.stmt]:
    """The result is copied where the reverse sweep puts back memory that it may be a part of."""
    if not holds_memory(unit.result):
        return []
    returned = names_read(unit.tree.body[-1])
    for write in sweep.recorder.restored():
        if any(sweep.effects.share(write.name, r) for r in returned):
            return [
                assign(made.value, call(program.bind(runtime.copy_of, "copy_of"), name(made.value)))
            ]
    return []


def module(program: Program, body: list[gast.stmt], root: Unit) -> list[gast.stmt]:
    """Pairs of callees, then the function itself; constants that have no literal get names."""
    found: list[gast.stmt] = []
    same_as: dict[str, str] = {}
    seen: dict[str, tuple[str, ...]] = {}
    callees: list[Pair | Pushforward] = [*program.pairs.order, *program.pushforwards.order]
    for pair in callees:
        pair.text = [renumbered(part, pair.unit) for part in pair.text]
        known = seen.setdefault(shape_of(pair, same_as), pair.names)
        if known != pair.names:
            same_as.update(zip(pair.names, known, strict=True))
            continue
        for part in pair.text:
            found += [part, mark(Blank("")), mark(Blank(""))]
    found += [renumbered(part, root) for part in body]
    renamed = substitute(found, {old: name(new) for old, new in same_as.items()})
    renamed = [_Subscripts().visit(s) for s in renamed]
    return [named_constants(s, program) for s in renamed]


def renumbered(part: gast.stmt, unit: Unit) -> gast.stmt:
    """A function with its temporaries numbered without gaps."""
    ours = set(unit.namer.temporaries)
    return renumber([part], ours, {n for n in unit.namer.used if n not in ours})[0]


def shape_of(pair: Pair | Pushforward, same_as: Mapping[str, str]) -> str:
    """The text of a pair without its own names: pairs for like kinds often come out the same."""
    own = {old: f"OWN_{k}" for k, old in enumerate(pair.names)}
    changes = {old: name(new) for old, new in {**same_as, **own}.items()}
    parts = []
    for part in pair.text:
        renamed = substitute(part, changes)
        renamed.name = own.get(part.name, part.name)
        parts.append(to_debug_text(renamed))
    return "\n".join(parts)


class _Constants(gast.NodeTransformer):
    def __init__(self, program: Program):
        self.program = program

    def visit_Constant(self, node: gast.Constant) -> gast.expr:
        value = node.value
        if (
            value is None
            or value is Ellipsis
            or (
                isinstance(value, (str, bytes, int, float, complex, bool))
                and not isinstance(value, np.generic)
            )
        ):
            return node
        wish = getattr(value, "__name__", None) or "constant"
        if vars(np).get(str(wish)) is value:
            return attribute(name(self.program.bind(np, "np")), str(wish))
        owner = class_of_method(value)
        if owner is not None:
            return attribute(name(self.program.bind(owner, owner.__name__)), str(wish))
        if isinstance(value, ModuleType) or not str(wish).isidentifier():
            wish = "constant"
        return name(self.program.bind(value, str(wish)))


class _Subscripts(gast.NodeTransformer):
    """``np.r_.__getitem__((a, b))`` is written ``np.r_[a, b]`` again (see normalise/joins.py)."""

    def visit_Call(self, node: gast.Call) -> gast.expr:
        node = self.generic_visit(node)
        if isinstance(node.func, gast.Attribute) and node.func.attr == "__getitem__":
            return subscript(node.func.value, node.args[0])
        return node


def class_of_method(value: object) -> type | None:
    """The class that a function is a method of, where it can be found under its name."""
    path = getattr(value, "__qualname__", "").split(".")
    module = sys.modules.get(getattr(value, "__module__", None) or "")
    if not isinstance(value, FunctionType) or len(path) != 2 or module is None:
        return None
    owner = getattr(module, path[0], None)
    return owner if isinstance(owner, type) and vars(owner).get(path[1]) is value else None


def named_constants(node: gast.stmt, program: Program) -> gast.stmt:
    """Objects among the constants as names."""
    return _Constants(program).visit(node)


def used_names(text: str, namespace: Mapping[str, object]) -> dict[str, object]:
    """The part of a namespace that a text reads."""
    read = {n.id for n in walk(gast.parse(text)) if isinstance(n, gast.Name)}
    return {identifier: thing for identifier, thing in namespace.items() if identifier in read}
