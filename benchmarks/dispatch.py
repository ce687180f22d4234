"""What it costs to find the generated function: nanoseconds on top of calling it directly.

    python benchmarks/dispatch.py
"""

import timeit

import numpy as np

from tapeless.arguments import parameters_of
from tapeless.dispatch import Dispatcher

RATE = 2.0


def three(w, b, x): ...


def pick(params, x): ...


def one(x): ...


def nanoseconds(statement, names):
    return min(timeit.repeat(statement, globals=names, number=50_000, repeat=9)) / 50_000 * 1e9


def overhead(primal, values, guards=()):
    """The fastest of nine runs, with a generated function that does nothing."""
    names = [p.name for p in parameters_of(primal)]
    entry = eval(f"lambda {', '.join(names)}: (1.0, 2.0)")
    dispatcher = Dispatcher(
        primal.__name__, parameters_of(primal), ("grad", False), entry, lambda value: None
    )
    dispatcher.prefer(entry, values, guards)
    scope = dict(zip(names, values, strict=True))
    call = f"({', '.join(names)})"
    found = nanoseconds("f" + call, {"f": dispatcher.function, **scope})
    return found - nanoseconds("f" + call, {"f": entry, **scope})


def main():
    matrix, vector, long = np.ones((3, 4)), np.ones(4), np.ones(50)
    guards = [(globals(), "np", np), (globals(), "RATE", RATE)]
    for name, value in {
        "one float": overhead(one, (1.0,)),
        "one array": overhead(one, (long,)),
        "three floats": overhead(three, (1.0, 2.0, 3.0)),
        "float, array, int": overhead(three, (1.0, long, 3)),
        "three arrays": overhead(three, (matrix, vector, long)),
        "three arrays, two globals": overhead(three, (matrix, vector, long), guards),
        "dict of two arrays, array": overhead(pick, ({"w": matrix, "b": vector}, long)),
        "list of ten floats, array": overhead(pick, ([1.0] * 10, long)),
    }.items():
        print(f"{name:28} {value:6.0f} ns")


if __name__ == "__main__":
    main()
