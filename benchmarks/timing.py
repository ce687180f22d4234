"""Interleaved timing: what the benchmarks here share."""

import os
import statistics
import time

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # counts only if NumPy is imported later


def seconds(function, args, number):
    start = time.perf_counter()
    for _ in range(number):
        function(*args)
    return (time.perf_counter() - start) / number


def calls_for(function, args, target):
    """How many calls take about `target` seconds."""
    number = 1
    while (spent := seconds(function, args, number) * number) < 0.5 * target:
        number = max(2 * number, min(10 * number, int(number * target / max(spent, 1e-9))))
    return number


def compare(first, second, args, rounds=31, target=0.01):
    """Median seconds of two functions, and the median of the ratios first/second.

    Each round times one directly after the other, in alternating order, so that what
    slows the machine down for a while slows both.
    """
    first(*args), second(*args)
    n_first = calls_for(first, args, target)
    n_second = calls_for(second, args, target)
    a, b = [], []
    for k in range(rounds):
        if k % 2:
            a.append(seconds(first, args, n_first))
            b.append(seconds(second, args, n_second))
        else:
            b.append(seconds(second, args, n_second))
            a.append(seconds(first, args, n_first))
    ratios = [p / q for p, q in zip(a, b, strict=True)]
    return statistics.median(a), statistics.median(b), statistics.median(ratios)


def readable(value):
    """Seconds with a unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"
