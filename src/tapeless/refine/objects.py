"""Operations on objects become calls of the functions that they stand for.

`s = State(x)` makes an empty object and calls `State.__init__`, `v + w` calls `Vector.__add__`, and
so on (`analysis/objects.py`).  Runs before anything else is known of the function.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import FunctionType
from typing import Any

import gast

from ..analysis.infer import Inference
from ..analysis.kinds import Array, Kind, Record
from ..analysis.objects import (
    Attributes,
    Copied,
    Filled,
    Made,
    Stored,
    call_of,
    update_call,
    vars_of,
)
from ..analysis.touched import touched, touched_names
from ..analysis.unit import Unit, place_of
from ..errors import NotSupported
from ..frontend.parse import Function, resolve
from ..syntax import (
    assign,
    attribute,
    copy_tree,
    locate_like,
    name,
    names_read,
    statements_in,
    walk,
)
from .attributes import check_attributes
from .rewrite import rewrite_statements


def write_objects(tree: gast.FunctionDef, unit: Unit, inference: Inference) -> gast.FunctionDef:
    """Every expression that the inference has noted, written as what it stands for."""
    noted = inference.expansions
    result = tree.body[-1]
    reached = touched_names(unit) | set(names_read(result))

    def change(node: gast.stmt) -> list[gast.stmt] | None:
        if isinstance(node, (gast.FunctionDef, gast.With, gast.Try)):
            return None
        if id(node) in noted:
            unit.facts.setdefault("rewritten", set()).add((node.lineno, node.col_offset))
            made = _stored(node, noted[id(node)][1], unit, inference)
            return [_located(s, node) for s in made]
        header: Any = node
        if isinstance(node, (gast.If, gast.While)):
            header = node.test
        elif isinstance(node, gast.For):
            header = node.iter
        found = [n for n in walk(header) if id(n) in noted]
        if not found:
            return None
        unit.facts.setdefault("rewritten", set()).add((node.lineno, node.col_offset))
        whole = getattr(node, "value", None)
        if len(found) == 1 and found[0] is whole:
            return [_located(s, node) for s in _statement(node, noted[id(whole)][1], unit, reached)]
        if isinstance(node, gast.While):
            return [_located(s, node) for s in _with_outcome(node, unit)]
        divided = _divided(node, header, found, unit)
        if divided is not None:
            return [_located(s, node) for s in divided]
        before: list[gast.stmt] = []
        replaced: dict[int, gast.expr] = {}
        for inner in reversed(found):  # the innermost first
            meant = noted[id(inner)][1]
            temporary = unit.namer.temporary()
            if isinstance(meant, Attributes):
                meant = meant.display
            if isinstance(meant, (Made, Copied)):
                made = _made(name(temporary), meant, unit)
                before += [_located(s, node) for s in made]
                replaced[id(inner)] = name(temporary)
                continue
            first, meant = _with_atoms(_with(meant, replaced), unit)
            before += [_located(s, node) for s in [*first, assign(temporary, meant)]]
            replaced[id(inner)] = name(temporary)
        return [*before, _with(node, replaced)]

    return rewrite_statements(tree, change)


def _statement(node: gast.stmt, meant: Any, unit: Unit, reached: set[str]) -> list[gast.stmt]:
    """The statements that stand for one whose value is an operation on objects."""
    if isinstance(meant, Stored):
        return _stored(node, meant, unit, None)
    if isinstance(meant, Filled):
        before: list[gast.stmt] = []
        stores = _stores(meant.owner, meant.fields, before, unit)
        if meant.after is not None:
            stores.append(gast.Expr(_flat(meant.after, stores, unit)))
        return [*before, *stores]
    if isinstance(meant, Attributes):
        check_attributes(node, unit)
        meant = meant.display
    if not isinstance(meant, (Made, Copied)):
        before, meant = _with_atoms(meant, unit)
        if isinstance(node, gast.Assign):
            return [*before, gast.Assign(node.targets, meant, None)]
        return [*before, gast.Expr(meant)]
    where = node.targets[0] if isinstance(node, gast.Assign) else None
    if not isinstance(where, gast.Name) or not touched(unit.tree, [where.id]) & reached:
        unit.facts.setdefault("foreign_objects", set()).add(place_of(node.value))
        return [node]
    return _made(where, meant, unit)


def _made(where: gast.Name, meant: Made | Copied, unit: Unit) -> list[gast.stmt]:
    """An object made under a name: an empty one, which `__init__` fills."""
    empty = gast.Call(attribute(name("object"), "__new__"), [gast.Constant(meant.form, None)], [])
    statements: list[gast.stmt] = [assign(where.id, empty)]
    if isinstance(meant, Copied):
        before: list[gast.stmt] = []
        stores = _stores(where, meant.fields, before, unit)
        return [*before, *statements, *stores]
    init = vars_of(meant.form, "__init__")
    if init is not None:
        called = call_of(init, name(where.id), *meant.positional)  # type: ignore[arg-type]
        called.keywords = [gast.keyword(k, v) for k, v in meant.keywords.items()]
        statements.append(gast.Expr(called))
    return statements


def _stored(
    node: gast.stmt, meant: Any, unit: Unit, inference: Inference | None
) -> list[gast.stmt]:
    """The statements that a store into an object stands for."""
    if isinstance(meant, Stored):
        if not isinstance(meant.statement, gast.Expr):
            return [meant.statement]
        before, called = _with_atoms(meant.statement.value, unit)
        return [*before, gast.Expr(called)]
    assert isinstance(node, gast.AugAssign)
    assert inference is not None
    if isinstance(node.target, gast.Name):
        old: gast.expr = name(node.target.id)
        kind = inference.kind(old)
        changed = update_call(type(node.op).__name__, kind, old, node.value)
        return [assign(node.target.id, changed or gast.BinOp(old, node.op, node.value))]
    # As in Python: what is there is read, changed (an array in place), and stored again.
    before = []
    place = copy_tree(node.target)
    if isinstance(place, gast.Subscript) and not isinstance(place.slice, gast.Constant):
        index = unit.namer.temporary()
        before.append(assign(index, place.slice))
        place.slice = name(index)
    loaded = unit.namer.temporary()
    unit.facts.setdefault("loaded", set()).add(loaded)  # moved before a call that writes into it
    old = copy_tree(place)
    old.ctx = gast.Load()
    changed = gast.AugAssign(gast.Name(loaded, gast.Store(), None, None), node.op, node.value)
    steps = [*before, assign(loaded, old), changed]
    if isinstance(place, gast.Attribute) and _is_array(inference.kind(old)):
        return steps  # it stays where it is
    return [*steps, gast.Assign([place], name(loaded), None)]


def _is_array(kind: Kind | None) -> bool:
    return isinstance(kind, Array) and kind.axes is not None and not kind.optional


def _with_outcome(node: gast.While, unit: Unit) -> list[gast.stmt]:
    """``while v < w``: the test is made before each trip, and its outcome has a name."""
    outcome = unit.namer.temporary()
    again: gast.stmt = assign(outcome, copy_tree(node.test))
    *body, last = node.body
    if isinstance(last, gast.If) and len(last.body) == 1 and isinstance(last.body[0], gast.Break):
        if body:  # a loop that is left is not tested again
            again = gast.If(gast.UnaryOp(gast.Not(), copy_tree(last.test)), [again], [])
            body, last = [*body, again], last
        else:
            body, last = [last], again
    else:
        body, last = [*body, last], again
    loop = gast.While(name(outcome), [*body, last], node.orelse)
    return [assign(outcome, node.test), loop]


def _divided(node: gast.stmt, header: Any, found: list[Any], unit: Unit) -> list[gast.stmt] | None:
    """``a and v < w``: the second is only evaluated where the first holds."""
    whole = header if isinstance(header, gast.expr) else getattr(header, "value", None)
    if not isinstance(whole, gast.BoolOp) or not isinstance(node, (gast.If, gast.Assign)):
        return None
    first, *others = whole.values
    late = {id(n) for other in others for n in walk(other)}
    if not any(id(n) in late for n in found):
        return None
    outcome = unit.namer.temporary()
    rest = others[0] if len(others) == 1 else gast.BoolOp(whole.op, others)
    test: gast.expr = name(outcome)
    if isinstance(whole.op, gast.Or):
        test = gast.UnaryOp(gast.Not(), test)
    steps: list[gast.stmt] = [
        assign(outcome, first),
        gast.If(test, [assign(outcome, rest)], []),
    ]
    if isinstance(node, gast.If):
        return [*steps, gast.If(name(outcome), node.body, node.orelse)]
    return [*steps, gast.Assign(node.targets, name(outcome), None)]


def _stores(
    owner: Any, fields: Mapping[str, gast.expr], before: list[gast.stmt], unit: Unit
) -> list[gast.stmt]:
    """The stores that give an object its attributes."""
    found: list[gast.stmt] = []
    for field, value in fields.items():
        place = gast.Attribute(name(owner.id), field, gast.Store())
        found.append(gast.Assign([place], _atom(value, before, unit), None))
    return found


def _with_atoms(meant: Any, unit: Unit) -> tuple[list[gast.stmt], Any]:
    """A call or display whose parts are names and constants, and what gives them their names."""
    before: list[gast.stmt] = []
    return before, _flat(meant, before, unit)


def _atom(part: gast.expr, before: list[gast.stmt], unit: Unit) -> gast.expr:
    """The value of an expression as an operand."""
    if isinstance(part, (gast.Name, gast.Constant, gast.Slice)):
        return part
    temporary = unit.namer.temporary()
    before.append(assign(temporary, _flat(part, before, unit)))
    return name(temporary)


def _flat(node: Any, before: list[gast.stmt], unit: Unit) -> Any:
    """An expression as a right-hand side of the core language."""
    if isinstance(node, gast.Call):
        function = node.func
        if isinstance(function, gast.Attribute):
            function = gast.Attribute(
                _atom(function.value, before, unit), function.attr, gast.Load()
            )
        arguments = [_atom(a, before, unit) for a in node.args]
        options = [gast.keyword(k.arg, _atom(k.value, before, unit)) for k in node.keywords]
        return gast.Call(function, arguments, options)
    if isinstance(node, gast.Dict):
        return gast.Dict(node.keys, [_atom(v, before, unit) for v in node.values])
    if isinstance(node, (gast.Tuple, gast.List)):
        return type(node)([_atom(v, before, unit) for v in node.elts], gast.Load())
    if isinstance(node, gast.Attribute):
        return gast.Attribute(_atom(node.value, before, unit), node.attr, gast.Load())
    if isinstance(node, gast.Subscript):
        return gast.Subscript(_atom(node.value, before, unit), node.slice, gast.Load())
    return node


def _with(node: Any, replaced: dict[int, gast.expr]) -> Any:
    """A copy of a tree with some nodes, by identity, replaced; the rest stays the same objects."""
    if id(node) in replaced:
        return replaced[id(node)]
    if not any(id(n) in replaced for n in walk(node)):
        return node
    form: Any = type(node)
    new = form.__new__(form)
    for field in node._fields:
        value = getattr(node, field, None)
        if field in ("body", "orelse") and isinstance(value, list):
            pass
        elif isinstance(value, gast.AST):
            value = _with(value, replaced)
        elif isinstance(value, list):
            value = [_with(v, replaced) if isinstance(v, gast.AST) else v for v in value]
        setattr(new, field, value)
    return locate_like(new, node)


def _located(new: gast.stmt, old: gast.stmt) -> gast.stmt:
    for inner in walk(new):
        if not hasattr(inner, "lineno"):
            locate_like(inner, old)
    return new


def write_supers(
    tree: gast.FunctionDef, function: Function, kinds: Mapping[str, Kind]
) -> set[tuple[int, int]]:
    """`super().m(x)` as a call of the method that it finds; where these calls stood.

    Changes the tree.  Outside its class, `super()` would not know what it is called for.
    """
    if not any(is_super(n) for n in walk(tree.body)):
        return set()
    owner = function.closure.get("__class__")
    named = next((n.args[0].id for n in walk(tree.body) if is_super(n) and n.args), None)
    if named is not None:
        owner = resolve(function, named)
    first = next(iter(kinds), "")
    if not isinstance(owner, type) or not first:
        refuse_supers(tree)
        return set()
    kind = kinds[first]
    form = kind.form if isinstance(kind, Record) else type(kind.value) if kind.static else owner
    order = form.__mro__[form.__mro__.index(owner) + 1 :] if owner in form.__mro__ else ()
    places: set[tuple[int, int]] = set()

    class Supers(gast.NodeTransformer):
        def visit_Call(self, node: gast.Call) -> gast.expr:
            node = self.generic_visit(node)
            if not isinstance(node.func, gast.Attribute) or not is_super(node.func.value):
                return node
            for base in order:
                method = base.__dict__.get(node.func.attr)
                if isinstance(method, FunctionType):
                    node.func = locate_like(gast.Constant(method, None), node)
                    node.args = [locate_like(name(first), node), *node.args]
                    return node
                if base is object and node.func.attr == "__init__":
                    return locate_like(gast.Constant(None, None), node)
            return node

    for statement in statements_in(tree.body):
        if any(is_super(n) for n in walk(statement)):
            places.add((statement.lineno, statement.col_offset))
    Supers().visit(tree)
    refuse_supers(tree)
    return places


def refuse_supers(tree: gast.FunctionDef) -> None:
    """What `super()` is used for is not found."""
    for node in walk(tree.body):
        if is_super(node):
            raise NotSupported(
                node, "super() without arguments", instead="name the class: Base.method(self, ...)"
            )


def is_super(node: gast.AST) -> bool:
    """``super()``, ``super(Class, self)``."""
    return (
        isinstance(node, gast.Call)
        and isinstance(node.func, gast.Name)
        and node.func.id == "super"
        and (not node.args or [type(a) for a in node.args] == [gast.Name, gast.Name])
    )
