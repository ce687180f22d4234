"""Make a failing program small: delete and simplify while the same thing goes wrong."""

from __future__ import annotations

import ast
import copy
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from .generate import RandomProgram

BODIES = ("body", "orelse", "finalbody")


def shrink(
    program: RandomProgram, still: Callable[[RandomProgram], bool], seconds: float = 60.0
) -> RandomProgram:
    """The smallest program found within the time for which `still` holds."""
    end = time.monotonic() + seconds
    progress = True
    while progress and time.monotonic() < end:
        progress = False
        for reduce in REDUCTIONS:
            seen = 0
            while time.monotonic() < end:
                candidates = list(reduce(program))[seen:]
                for number, candidate in enumerate(candidates):
                    if time.monotonic() > end:
                        return program
                    if candidate.source != program.source and still(candidate):
                        program, progress, seen = candidate, True, seen + number
                        break
                else:
                    break
    return program


def edited(program: RandomProgram, tree: ast.Module) -> RandomProgram | None:
    try:
        return replace(program, source=ast.unparse(ast.fix_missing_locations(tree)))
    except Exception:
        return None


def blocks(tree: ast.Module) -> list[tuple[ast.AST, str]]:
    """Every list of statements, outermost first."""
    return [
        (node, f)
        for node in ast.walk(tree)
        for f in BODIES
        if isinstance(getattr(node, f, None), list)
    ]


def fewer_statements(program: RandomProgram) -> Iterator[RandomProgram]:
    """Runs of statements deleted, long runs first."""
    tree = ast.parse(program.source)
    places = [
        (k, start, length)
        for k, (node, f) in enumerate(blocks(tree))
        for length in (8, 4, 2, 1)
        for start in range(len(getattr(node, f)) - length, -1, -1)
        if not isinstance(node, ast.Module) or length == 1
    ]
    for k, start, length in sorted(places, key=lambda p: -p[2]):
        changed = copy.deepcopy(tree)
        node, f = blocks(changed)[k]
        statements = getattr(node, f)
        del statements[start : start + length]
        if not statements and f == "body" and not isinstance(node, ast.Module):
            statements.append(ast.Pass())
        result = edited(program, changed)
        if result:
            yield result


def simpler_statements(program: RandomProgram) -> Iterator[RandomProgram]:
    """A block in the place of its statement; a store in the place of an augmented one."""
    tree = ast.parse(program.source)
    for k, (node, f) in enumerate(blocks(tree)):
        for position, statement in enumerate(getattr(node, f)):
            for replacement in simpler(statement):
                changed = copy.deepcopy(tree)
                owner, _ = blocks(changed)[k]
                getattr(owner, f)[position : position + 1] = copy.deepcopy(replacement)
                result = edited(program, changed)
                if result:
                    yield result


def simpler(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    if isinstance(statement, ast.Try):
        yield statement.body
        yield [*statement.body, *statement.orelse, *statement.finalbody]
        for handler in statement.handlers:
            yield handler.body
    if isinstance(statement, ast.Match):
        for case in statement.cases:
            yield case.body
            if len(statement.cases) > 1:
                yield [_with(statement, cases=[c for c in statement.cases if c is not case])]
    if isinstance(statement, (ast.If, ast.For, ast.While)):
        yield statement.body
        if statement.orelse:
            yield statement.orelse
    if isinstance(statement, ast.For):
        if isinstance(statement.target, ast.Name):
            yield [ast.parse(f"{statement.target.id} = 0").body[0], *statement.body]
        for count in ("1", "2", "3"):
            if ast.unparse(statement.iter) != f"range({count})":
                yield [_with(statement, iter=ast.parse(f"range({count})", mode="eval").body)]
    if isinstance(statement, ast.AugAssign):
        yield [ast.Assign([statement.target], statement.value)]
    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Tuple):
        target = statement.targets[0]
        if isinstance(target, ast.Tuple):
            yield [
                ast.Assign([t], v) for t, v in zip(target.elts, statement.value.elts, strict=False)
            ]


def _with(node, **fields):
    return type(node)(**{**{f: getattr(node, f, None) for f in node._fields}, **fields})


def simpler_expressions(program: RandomProgram) -> Iterator[RandomProgram]:
    """An operand in the place of an expression, or a number."""
    tree = ast.parse(program.source)
    count = sum(1 for _ in expressions(tree))
    for k in range(count):
        node = list(expressions(tree))[k][2]
        for replacement in smaller(node):
            changed = copy.deepcopy(tree)
            owner, slot, _ = list(expressions(changed))[k]
            put(owner, slot, copy.deepcopy(replacement))
            result = edited(program, changed)
            if result:
                yield result


def expressions(tree: ast.AST):
    """Expressions that are read, with where they stand; outermost first."""
    for node in ast.walk(tree):
        for name, held in ast.iter_fields(node):
            items = held if isinstance(held, list) else [held]
            for position, item in enumerate(items):
                if not isinstance(item, ast.expr) or isinstance(item, ast.Slice):
                    continue
                if isinstance(getattr(item, "ctx", None), ast.Store) or name in (
                    "func",
                    "targets",
                    "target",
                ):
                    continue
                if isinstance(node, ast.While) or (
                    isinstance(node, ast.If) and not isinstance(item, ast.BoolOp)
                ):
                    continue
                yield node, (name, position if isinstance(held, list) else None), item


def put(owner: ast.AST, slot, node: ast.expr) -> None:
    name, position = slot
    if position is None:
        setattr(owner, name, node)
    else:
        getattr(owner, name)[position] = node


def smaller(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, (ast.Name, ast.Constant)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float) and node.value != 1.0:
            yield ast.Constant(1.0)
        return
    if isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) > 1:
        for k in range(len(node.elts)):
            yield _with(node, elts=node.elts[:k] + node.elts[k + 1 :])
    parts = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
    parts += [part for call in calls for part in call.args if part not in parts]
    parts += [call.func.value for call in ast.walk(node) if is_method_call(call)]
    for part in parts:
        module = isinstance(part, ast.Name) and part.id in ("np", "math")
        if not module and not isinstance(part, (ast.Slice, ast.Compare)):
            yield part
    if not isinstance(node, (ast.Compare, ast.Attribute)):
        yield ast.Constant(1.0)
        yield ast.Constant(1)


def is_method_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)


def without_parameters(program: RandomProgram) -> Iterator[RandomProgram]:
    """An argument of f, or a parameter of a helper, less."""
    tree = ast.parse(program.source)
    for definition in ast.walk(tree):
        if not isinstance(definition, ast.FunctionDef):
            continue
        names = [a.arg for a in definition.args.args]
        for k in range(len(names)):
            changed = copy.deepcopy(tree)
            for node in ast.walk(changed):
                if isinstance(node, ast.FunctionDef) and node.name == definition.name:
                    del node.args.args[k]
                    if len(node.args.defaults) > len(node.args.args):
                        node.args.defaults = []
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id == definition.name
                ):
                    if k < len(node.args):
                        del node.args[k]
            result = edited(program, changed)
            if result is None:
                continue
            if definition.name == "f" and len(names) > 1:
                arguments = program.arguments[:k] + program.arguments[k + 1 :]
                wrt = tuple(w - (w > k) for w in program.wrt if w != k)
                if wrt:
                    yield replace(result, arguments=arguments, wrt=wrt)
            elif definition.name != "f":
                yield result


def without_names(program: RandomProgram) -> Iterator[RandomProgram]:
    """The value of a name in the place of the name."""
    tree = ast.parse(program.source)
    for k, (node, f) in enumerate(blocks(tree)):
        for position, statement in enumerate(getattr(node, f)):
            if not isinstance(statement, ast.Assign) or not isinstance(
                statement.targets[0], ast.Name
            ):
                continue
            changed = copy.deepcopy(tree)
            owner, _ = blocks(changed)[k]
            del getattr(owner, f)[position]
            wanted = statement.targets[0].id
            for place, slot, read in list(expressions(changed)):
                if isinstance(read, ast.Name) and read.id == wanted:
                    put(place, slot, copy.deepcopy(statement.value))
            result = edited(program, changed)
            if result and getattr(owner, f) and len(result.source) <= len(program.source):
                yield result


REDUCTIONS = (
    fewer_statements,
    without_parameters,
    simpler_statements,
    without_names,
    simpler_expressions,
)
