"""Generated derivatives against hand-written adjoints: `python benchmarks/golden.py`.

For each of the six functions of golden_adjoints.py, at two sizes: the time of the
generated value-and-gradient function over the time of the one written by hand (median of
the ratios of interleaved rounds, in one process), and the lines of code of both texts.
`--source` also prints the generated texts, `--quick` takes fewer rounds.
"""

# ruff: noqa: I001

import argparse
import ast
import inspect
import math
import sys

import timing  # before NumPy, which it keeps to one thread
import numpy as np
import golden_adjoints

import tapeless

MOST_TIME = 1.15
MOST_LINES = 1.25


def code_lines(text):
    """Lines that are neither blank, nor comments, nor docstrings, nor imports."""
    lines = text.splitlines()
    dropped = set()
    for node in ast.walk(ast.parse(text)):
        docstring = (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        )
        if docstring or isinstance(node, (ast.Import, ast.ImportFrom)):
            dropped.update(range(node.lineno, node.end_lineno + 1))
    kept = [
        line
        for number, line in enumerate(lines, start=1)
        if number not in dropped and line.strip() and not line.strip().startswith("#")
    ]
    return len(kept)


def hand_text(pair):
    return "\n\n".join(inspect.getsource(f) for f in (*pair.parts, pair.adjoint))


def flat(value, grads):
    grads = grads if isinstance(grads, tuple) else (grads,)
    return [np.asarray(v, dtype=float) for v in (value, *grads)]


def agree(generated, hand, args):
    ours, theirs = flat(*generated(*args)), flat(*hand(*args))
    return len(ours) == len(theirs) and all(
        np.allclose(a, b, rtol=1e-9, atol=1e-12) for a, b in zip(ours, theirs, strict=True)
    )


def measure(pair, rounds):
    """One row for each size: times, their ratio, and the line counts."""
    for size in ("small", "large"):
        args = getattr(pair, size)(np.random.default_rng(0))
        derivative = tapeless.value_and_grad(pair.primal, argnums=pair.argnums)
        generated = derivative.specialize(*args)
        if not agree(generated, pair.adjoint, args):
            raise SystemExit(f"{pair.primal.__name__}: generated and hand-written disagree")
        ours, theirs, ratio = timing.compare(generated, pair.adjoint, args, rounds)
        text = derivative.source_for(*args)
        yield size, ours, theirs, ratio, code_lines(text), code_lines(hand_text(pair)), text


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", action="store_true", help="print the generated texts")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    options = parser.parse_args(arguments)
    rounds = 7 if options.quick else 41

    texts, ratios, fine = [], [], True
    print(
        f"{'function':14}{'size':8}{'generated':>12}{'by hand':>12}{'time':>8}"
        f"{'lines':>8}{'by hand':>9}{'lines':>8}"
    )
    for pair in golden_adjoints.PAIRS:
        for size, ours, theirs, ratio, lines, hand_lines, text in measure(pair, rounds):  # noqa: B007
            kept = ratio <= MOST_TIME and lines <= MOST_LINES * hand_lines
            fine = fine and kept
            ratios.append(ratio)
            print(
                f"{pair.primal.__name__:14}{size:8}{timing.readable(ours):>12}"
                f"{timing.readable(theirs):>12}{ratio:8.2f}{lines:8}{hand_lines:9}"
                f"{lines / hand_lines:8.2f}{'' if kept else '  over'}"
            )
        texts.append(text)
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"geometric mean of the time ratios {mean:.2f}")
    print(f"marks: time at most {MOST_TIME}, lines at most {MOST_LINES}")
    if options.source:
        for text in texts:
            print("\n" + "#" * 88 + "\n" + text)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
