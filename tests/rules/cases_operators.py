"""Cases for the functions of `operator`: those of the operators."""

import operator
import runpy
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def cases_of(primitive, file):
    """What a file of cases has for one function."""
    found = runpy.run_path(str(HERE / f"cases_{file}.py"))["CASES"]
    return [(args, kwargs) for f, args, kwargs in found if f is primitive]


CASES = []
for f, primitive, file in (
    (operator.add, np.add, "elementwise"),
    (operator.sub, np.subtract, "elementwise"),
    (operator.mul, np.multiply, "elementwise"),
    (operator.truediv, np.divide, "elementwise"),
    (operator.mod, np.remainder, "elementwise"),
    (operator.pow, pow, "elementwise"),
    (operator.pow, pow, "complex"),
    (operator.neg, np.negative, "elementwise"),
    (operator.pos, np.positive, "elementwise"),
    (operator.abs, abs, "math_functions"),
    (operator.abs, abs, "complex"),
    (operator.matmul, np.matmul, "products"),
):
    CASES += [(f, args, kwargs) for args, kwargs in cases_of(primitive, file)]
for f in (operator.iadd, operator.isub, operator.imul, operator.itruediv, operator.imod,
          operator.ipow):  # fmt: skip
    CASES += [(f, (0.7, 1.3), {}), (f, (0.7, np.array([1.3, 2.4])), {})]
