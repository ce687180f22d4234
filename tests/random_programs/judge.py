"""What becomes of a random program under `value_and_grad`."""

from __future__ import annotations

import copy
import importlib.util
import re
import signal
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tests.programs.check import (
    Wrong,
    children,
    identical,
    leaves,
    same_structure,
    scalar,
    with_leaves,
)

from .generate import RandomProgram

RTOL = 1e-5
AGREE = 1e-6
LARGEST = 1e5
_count = 0


@dataclass(frozen=True)
class Outcome:
    """right, refused, WRONG, crash, slow; or unjudged: the program itself is no good."""

    word: str
    detail: str = ""
    key: str = ""  # equal for failures that look alike

    @property
    def bad(self) -> bool:
        return self.word in ("WRONG", "crash", "slow")


class OutOfTime(BaseException):
    """The wall-clock limit of one program."""


@contextmanager
def time_limit(seconds: float):
    def stop(*_):
        raise OutOfTime

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, previous)


@contextmanager
def loaded(source: str):
    """The function `f` of a module in a real file."""
    global _count
    _count += 1
    with tempfile.TemporaryDirectory(prefix="random_program_") as folder:
        path = Path(folder) / f"program_{_count}.py"
        path.write_text(source)
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module.f


# --- finite differences -----------------------------------------------------------------


class Unsteady(Exception):
    """The differences do not converge: a kink, a jump, or a huge slope."""


def slope(f, args, direction) -> float:
    """The derivative along a direction; raises Unsteady where two steps disagree."""

    def at(step):
        moved = [
            leaf if d is None else leaf + step * d
            for leaf, d in zip(leaves(args), direction, strict=True)
        ]
        moved = [m if np.ndim(m) or isinstance(m, (int, str)) else float(m) for m in moved]
        return scalar(f(*copy.deepcopy(with_leaves(args, moved))))

    def central(step):
        return (at(step) - at(-step)) / (2.0 * step)

    def richardson(step):
        return (4.0 * central(0.5 * step) - central(step)) / 3.0

    good, other = richardson(1e-4), richardson(4e-4)
    if not np.isfinite(good) or abs(good - other) > AGREE * max(1.0, abs(good)):
        raise Unsteady
    return good


def marked(args, wrt) -> list[bool]:
    """Of every leaf, whether it is differentiated."""
    return [k in wrt for k, arg in enumerate(args) for _ in leaves(arg)]


def directions(args, wrt, count=2):
    g = np.random.default_rng(3)
    active = marked(args, wrt)
    for _ in range(count):
        yield [
            g.normal(size=np.shape(a)) if on else None
            for a, on in zip(leaves(args), active, strict=True)
        ]


def single_components(args, wrt):
    active = marked(args, wrt)
    names = [
        f"arg{k}" + (f".{i}" if children(arg) else "")
        for k, arg in enumerate(args)
        for i in range(len(leaves(arg)))
    ]
    for number, leaf in enumerate(leaves(args)):
        for where in np.ndindex(np.shape(leaf)) if active[number] else ():
            unit = [
                np.zeros(np.shape(a)) if on else None
                for a, on in zip(leaves(args), active, strict=True)
            ]
            unit[number][where] = 1.0
            yield names[number] + "".join(f"[{i}]" for i in where), unit


# --- what stands at module level -----------------------------------------------------------


def holders(f) -> list:
    """Lists, dictionaries, arrays and objects of the program's module, by name."""
    module = f.__module__
    return [
        held
        for name, held in sorted(f.__globals__.items())
        if not name.startswith("_")
        and (type(held) in (list, dict, np.ndarray) or type(held).__module__ == module)
    ]


def contents(f) -> list:
    return copy.deepcopy([vars(h) if hasattr(h, "__dict__") else h for h in holders(f)])


def put_back(f, before: list) -> None:
    for held, content in zip(holders(f), copy.deepcopy(before), strict=True):
        if isinstance(held, dict):
            held.clear()
            held.update(content)
        elif isinstance(held, (list, np.ndarray)):
            held[:] = content
        else:
            vars(held).clear()
            vars(held).update(content)


# --- the judgement ------------------------------------------------------------------------


def judge(program: RandomProgram, tapeless, limit: float = 10.0) -> Outcome:
    """The outcome for one program; never raises."""
    try:
        with time_limit(limit), warnings.catch_warnings(), np.errstate(all="warn"):
            warnings.simplefilter("error")
            try:
                with loaded(program.source) as f:
                    return _judge(f, program, tapeless)
            except Unsteady:
                return Outcome("unjudged", "differences do not converge", "unsteady")
            except (SyntaxError, NameError, AttributeError, TypeError) as error:
                return Outcome("unjudged", f"not a module with f: {error}", "primal")
    except OutOfTime:
        return Outcome("slow", f"over {limit} s", "slow")


def _judge(f, program, tapeless) -> Outcome:
    try:
        args = program.values()
        before = contents(f)
        expected = f(*copy.deepcopy(args))
        after = contents(f)
        if isinstance(expected, (int, np.integer)):
            return Outcome("unjudged", "a constant integer", "integer")
        if scalar(f(*copy.deepcopy(args))) != scalar(expected):
            return Outcome("unjudged", "a second call gives another value", "unsteady")
        slopes = []
        if not abs(scalar(expected)) < LARGEST:
            return Outcome("unjudged", f"value {expected}", "large")
        for direction in directions(args, program.wrt):
            slopes.append((direction, slope(f, args, direction)))
    except Unsteady:
        raise
    except (Exception, OutOfTime) as error:
        return Outcome("unjudged", f"primal: {type(error).__name__}: {error}", "primal")
    try:
        put_back(f, before)
        compare(f, program, tapeless, args, expected, slopes, after)
    except Wrong as error:
        return Outcome("WRONG", str(error), str(error).split(":")[0].split("(")[0])
    except tapeless.NotSupported as error:
        return Outcome("refused", reason(error), plain(error.reason))
    except Exception as error:
        return Outcome(
            "crash",
            f"{type(error).__name__}: {error}",
            f"{type(error).__name__} {plain(str(error))}",
        )
    return Outcome("right")


def compare(f, program, tapeless, args, expected, slopes, after) -> None:
    derivative = tapeless.value_and_grad(f, argnums=program.wrt)
    given = copy.deepcopy(args)
    value, grads = derivative(*given)
    if not identical(contents(f), after):
        raise Wrong(f"what is global: left as {contents(f)}, the primal leaves {after}")
    if not identical(list(given), list(args)):
        raise Wrong("the caller's arguments were changed")
    if np.shape(value) != np.shape(expected) or not np.allclose(
        value, expected, rtol=1e-12, atol=1e-13
    ):
        raise Wrong(f"value: {value!r}, the primal's is {expected!r}")
    for position, grad in zip(program.wrt, grads, strict=True):
        same_structure(args[position], grad, f"argument {position}")
    for direction, good in slopes:
        got = along(grads, direction)
        if not abs(got - good) <= RTOL * max(1.0, abs(good)):
            raise Wrong(f"gradient: {described(f, args, program.wrt, grads)}")
    if not identical([*derivative(*given)], [value, grads]):
        raise Wrong("a second call: differs from the first")
    for direction, _ in slopes:
        check_forward(f, program, tapeless, given, value, along(grads, direction), direction)
    if not identical(list(given), list(args)):
        raise Wrong("forward mode changed the caller's arguments")


def check_forward(f, program, tapeless, args, value, expected, direction) -> None:
    """The dot-product test: the tangent of the result is the gradient along the direction."""
    parts = iter(d for d in direction if d is not None)
    tangents = []
    for position, arg in enumerate(args):
        if position not in program.wrt:
            tangents.append(None)
            continue
        dots = [next(parts) for _ in leaves(arg)]
        dots = [d if isinstance(x, np.ndarray) else float(d) for d, x in zip(dots, leaves(arg))]
        tangents.append(with_leaves(arg, dots))
    out, out_dot = tapeless.jvp(f, args, tuple(tangents))
    if not np.allclose(out, value, rtol=1e-12, atol=1e-13) or np.shape(out) != np.shape(value):
        raise Wrong(f"forward mode: value {out!r}, not {value!r}")
    if not abs(scalar(out_dot) - expected) <= 1e-9 * max(1.0, abs(expected)):
        raise Wrong(f"forward mode: tangent {out_dot!r}, the gradient says {expected!r}")


def along(grads, direction) -> float:
    parts = [d for d in direction if d is not None]
    return sum(float(np.sum(g * d)) for g, d in zip(leaves(grads), parts, strict=True))


def described(f, args, wrt, grads) -> str:
    """The components that are off."""
    parts = []
    for name, unit in single_components(args, wrt):
        got = along(grads, unit)
        try:
            good = slope(f, args, unit)
        except Unsteady:
            continue
        if not abs(got - good) <= RTOL * max(1.0, abs(good)):
            parts.append(f"d/d {name} = {got:.6g}, should be {good:.6g}")
    more = f" and {len(parts) - 4} more" if len(parts) > 4 else ""
    return "; ".join(parts[:4]) + more


def reason(error) -> str:
    return " | ".join(line.strip() for line in str(error).splitlines() if line.strip(" ^"))


def plain(text: str) -> str:
    """A message without file names, names and numbers, to compare by."""
    text = text.splitlines()[0] if text else ""
    text = re.sub(r"\S*program_\d+\.py:\d+:\d+: ", "", text)
    text = re.sub(r"`[^`]*`|'[^']*'", "…", text)
    return re.sub(r"-?\d+(\.\d+)?(e-?\d+)?", "#", text)[:110]
