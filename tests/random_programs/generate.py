"""Random programs: the text of a module with a function `f`, and arguments for it."""

from __future__ import annotations

import ast
import random
from dataclasses import dataclass

import numpy as np

from .blocks import block, body, leaving
from .expressions import condition, number
from .scope import Callee, Items, Real, Record, Scope, Shape, Whole
from .simple import value

SIZES: list[Shape] = [(3,), (4,), (4,), (5,), (6,), (2, 3), (3, 3), (3, 2), (4, 2)]
HEADER = "import math\n\nimport numpy as np\n"


@dataclass(frozen=True)
class RandomProgram:
    """A module's text, the arguments of its function `f` (as text), and what to differentiate."""

    source: str
    arguments: tuple[str, ...]
    wrt: tuple[int, ...]

    def values(self) -> tuple:
        return tuple(eval(text, {"np": np}) for text in self.arguments)

    def __str__(self) -> str:
        return f"{self.source}\n# f({', '.join(self.arguments)}), wrt={self.wrt}"


def random_program(seed: int, size: int = 12) -> RandomProgram:
    """The program of a seed: always the same one."""
    r = random.Random(seed)
    helpers: dict[str, object] = {}
    texts = [helper(r, helpers, k) for k in range(r.choice([0, 0, 1, 1, 2]))]
    shapes = [r.choice([(), r.choice(SIZES)]) for _ in range(r.randint(1, 3))]
    if not any(shapes):
        shapes.append(r.choice(SIZES))
    parameters: dict[str, object] = dict(zip("xyzw", map(Real, shapes), strict=False))
    arguments = [written(r, shape) for shape in shapes]
    wrt = [k for k in range(len(shapes)) if r.random() < 0.9] or [0]
    if r.random() < 0.15:
        parameters["n"] = Whole(3, 3)
        arguments.append("3")
    if r.random() < 0.15:
        structure(r, parameters, arguments, wrt)
    texts.append(main_function(r, helpers, parameters, r.randint(3, size)))
    source = ast.unparse(ast.parse("\n\n".join([HEADER, *texts])))
    return RandomProgram(source, tuple(arguments), tuple(wrt))


def structure(r: random.Random, parameters, arguments: list[str], wrt: list[int]) -> None:
    """A list or a dictionary as an argument."""
    wrt.append(len(arguments))
    shapes = [r.choice([(), r.choice(SIZES)]) for _ in range(2)]
    if r.random() < 0.5:
        parameters["p"] = Items(shapes[0], 3)
        arguments.append(f"[{', '.join(written(r, shapes[0]) for _ in range(3))}]")
    else:
        parameters["p"] = Record((("a", shapes[0]), ("b", shapes[1])))
        texts = [f"'{key}': {written(r, shape)}" for key, shape in parameters["p"].fields]
        arguments.append(f"{{{', '.join(texts)}}}")


def written(r: random.Random, shape: Shape) -> str:
    """An argument as text: numbers of two digits."""
    if shape == ():
        return str(round(r.uniform(-1.2, 1.2), 2))
    if len(shape) == 1:
        return f"np.array([{', '.join(written(r, ()) for _ in range(shape[0]))}])"
    rows = [f"[{', '.join(written(r, ()) for _ in range(shape[1]))}]" for _ in range(shape[0])]
    return f"np.array([{', '.join(rows)}])"


def new_scope(r: random.Random, helpers, parameters, budget: int, results) -> Scope:
    s = Scope(r, {**helpers, **parameters}, {*helpers, *parameters}, budget=budget)
    s.results = results
    return s


def helper(r: random.Random, helpers: dict[str, object], number_of: int) -> str:
    """A function at module level; `helpers` learns of it."""
    name = f"h{number_of}"
    shapes = [r.choice([(), r.choice(SIZES)]) for _ in range(r.randint(1, 3))]
    parameters = {p: Real(shape) for p, shape in zip("abc", shapes, strict=False)}
    pool = [*shapes, ()]
    results = tuple(r.choice(pool) for _ in range(r.choice([0, 1, 1, 1, 1, 2])))
    if r.random() < 0.12:
        return recursive(r, helpers, name, shapes[0])
    s = new_scope(r, helpers, parameters, r.randint(0, 4), results)
    optional = int(shapes[-1] == () and r.random() < 0.4)
    body(s, 1, 4)
    if r.random() < 0.25:
        s.emit(f"if {condition(s)}:")
        with block(s):
            s.emit(leaving(s))
    returned = [
        s.pick(s.reals(shape)) if s.reals(shape) and s.chance(0.6) else value(s, shape)
        for shape in results
    ]
    if returned or not s.lines:
        s.emit(f"return {', '.join(returned)}")
    heads = [*parameters]
    if optional:
        heads[-1] += "=0.7"
    helpers[name] = Callee(tuple(shapes), results, optional, tuple(parameters))
    return "\n".join([f"def {name}({', '.join(heads)}):", *s.lines])


def recursive(r: random.Random, helpers: dict[str, object], name: str, shape: Shape) -> str:
    """A helper that calls itself."""
    s = new_scope(r, helpers, {"a": Real(shape)}, 2, (shape,))
    s.emit("if k == 0:")
    with block(s):
        s.emit(leaving(s))
    s.frozen.add("a")
    body(s, 0, 2)
    s.emit(f"a = {value(s, shape, 1)}")
    again = f"{name}(a, k - 1)"
    s.emit("return " + s.pick([again, f"0.5 * np.sin({again})", f"{again} + 0.3 * a"]))
    helpers[name] = Callee((shape,), (shape,))
    return "\n".join([f"def {name}(a, k={r.randint(1, 3)}):", *s.lines])


def main_function(r: random.Random, helpers, parameters, budget: int) -> str:
    s = new_scope(r, helpers, parameters, budget, ((),))
    while s.budget > 0:
        body(s, 1, 3)
        if s.chance(0.06):
            s.emit(f"if {condition(s)}:")
            with block(s):
                s.emit(leaving(s))
    s.emit(f"return {total(s)}")
    return "\n".join([f"def f({', '.join(parameters)}):", *s.lines])


def total(s: Scope) -> str:
    """A sum in which (nearly) every name counts."""
    terms = []
    for name, held in s.types.items():
        if s.chance(0.1):
            continue
        if isinstance(held, Real):
            terms.append(name if not held.shape else f"np.sum({name} * {weights(held.shape)})")
        elif isinstance(held, Items) and held.length:
            part = f"{name}[{s.random.randrange(held.length)}]"
            terms.append(f"np.sum({part})" if held.shape else part)
        elif isinstance(held, Record):
            terms += [f'np.sum({name}["{key}"])' for key, _ in held.fields]
    s.random.shuffle(terms)
    return " + ".join(terms) or number(s, 1)


def weights(shape: Shape) -> str:
    if len(shape) == 1:
        return f"np.arange(1.0, {shape[0] + 1}.0)"
    return f"np.arange(1.0, {shape[0] * shape[1] + 1}.0).reshape({shape[0]}, {shape[1]})"
