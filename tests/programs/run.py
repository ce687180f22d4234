"""Run every program and print what became of it: `python -m tests.programs.run [pattern]`.

Options: --primal (check the programs themselves, without the engine),
--only=WRONG,crash (print only these lines), --trace (print tracebacks of crashes).
"""

from __future__ import annotations

import importlib
import sys
import time
import traceback
import warnings
from collections import Counter

import numpy as np

from .check import Wrong, check_primal, check_program
from .corpus import all_programs


def outcome(program, tapeless, trace=False) -> tuple[str, str]:
    """One word and one line about a program."""
    try:
        if tapeless is None:
            check_primal(program)
        else:
            check_program(program, tapeless)
    except Wrong as error:
        return "WRONG", first_lines(error, 1)
    except Exception as error:
        if tapeless is not None and isinstance(error, tapeless.NotSupported):
            return ("refused" if program.may_refuse else "REFUSED"), first_lines(error, 4)
        if trace:
            traceback.print_exc()
        return "crash", f"{type(error).__name__}: {first_lines(error, 1)}"
    return "right", ""


def first_lines(error, count) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip(" ^")]
    return " | ".join(lines[:count])[:200]


def main(arguments) -> int:
    options = {a for a in arguments if a.startswith("--")}
    patterns = [a for a in arguments if not a.startswith("--")]
    only = {w for o in options if o.startswith("--only=") for w in o[7:].split(",")}
    tapeless = None if "--primal" in options else importlib.import_module("tapeless")
    totals: dict[str, Counter] = {}
    start = time.perf_counter()
    warnings.simplefilter("error")
    for program in all_programs():
        if patterns and not any(p in program.name for p in patterns):
            continue
        with np.errstate(all="warn"):
            word, line = outcome(program, tapeless, "--trace" in options)
        totals.setdefault(program.category, Counter())[word] += 1
        if not only or word in only:
            print(f"{word:8} {program.name:44} {line}", flush=True)
    words = ["right", "refused", "REFUSED", "WRONG", "crash"]
    print(f"\n{'category':20}" + "".join(f"{w:>9}" for w in words) + f"{'all':>9}")
    total = Counter()
    for category, counts in totals.items():
        total.update(counts)
        row = "".join(f"{counts[w] or '.':>9}" for w in words)
        print(f"{category:20}{row}{sum(counts.values()):>9}")
    row = "".join(f"{total[w] or '.':>9}" for w in words)
    print(f"{'total':20}{row}{sum(total.values()):>9}")
    print(f"{time.perf_counter() - start:.1f} s; refused is allowed, REFUSED is not")
    return int(any(total[w] for w in ("REFUSED", "WRONG", "crash")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
