"""The printed text: means the same, reads well."""

import ast
import math
import os
import textwrap
from pathlib import Path

import gast
import numpy as np
import pytest

from tapeless.emit.printer import to_text
from tapeless.syntax import Blank, Comment, const, expr, mark

MODULES = """
abc argparse ast base64 bisect calendar codecs collections colorsys configparser
contextlib copy csv dataclasses datetime decimal difflib dis enum fractions functools
gettext graphlib heapq inspect ipaddress json.decoder json.encoder numbers optparse pdb
pickle pprint random shlex shutil statistics string textwrap tokenize traceback turtle
typing unittest.mock zipfile
""".split()


def source_of(name):
    path = Path(os.__file__).parent.joinpath(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return path.read_text(encoding="utf-8")


class _Plain(ast.NodeTransformer):
    def visit_Constant(self, node):
        node.kind = None
        if isinstance(node.value, float) and math.isinf(node.value):
            return ast.Call(ast.Name("float", ast.Load()), [ast.Constant("inf")], [])
        return node


def dump(text):
    return ast.dump(_Plain().visit(ast.parse(text)))


@pytest.mark.parametrize("width", [88, 50, 10**6])
@pytest.mark.parametrize("name", MODULES)
def test_round_trip_of_the_standard_library(name, width):
    text = source_of(name)
    assert dump(to_text(gast.parse(text), width)) == dump(text)


def printed(text, width=88):
    return to_text(gast.parse(textwrap.dedent(text)), width)


STYLE = [
    "h**2",
    "h ** (b + 1)",
    "x**-1.5",
    "-(x**2)",
    "(-x) ** 2",
    "(-2.0) ** x",
    "x[0] ** 2",
    "self.scale**n",
    "f(x) ** 2",
    "2**x**y",
    "(x**y) ** z",
    "u[1:-1, ::2, None, ...]",
    "a - (b - c)",
    "(a, b)",
    'f("sum", axis=0)',
    'f"{x:.3f}"',
    "(1).real",
    "1e-300",
    "2j",
    "not (a and b)",
    "lambda x, y=1.0: x",
]


@pytest.mark.parametrize("text", STYLE)
def test_style_of_expressions(text):
    assert dump(to_text(expr(text))) == dump(text)


@pytest.mark.parametrize("text", [t for t in STYLE if "-(x" not in t and t != "(a, b)"])
def test_expressions_print_as_written(text):
    assert to_text(expr(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "return value, (a_bar, b_bar)",
        "x = a, b",
        "x = (a,)",
        "a, (b, c) = t",
        "u[1:-1] += c * lap",
        "for i in range(n - 1, -1, -1):\n    x = x_stack.pop()",
        "while x > 0:\n    x -= 1",
        "def f(x: float, y=2.0, *, z) -> float:\n    return x",
        "if a:\n    pass\nelif b:\n    pass\nelse:\n    pass",
        'def f():\n    """One line."""\n    return 1',
        'def f():\n    """Several.\n\n    Lines.\n    """\n    return 1',
        "assert x > 0, 'no'".replace("'", '"'),
    ],
)
def test_statements_print_as_written(text):
    assert printed(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (float("inf"), 'float("inf")'),
        (float("-inf"), '-float("inf")'),
        (float("nan"), 'float("nan")'),
        (-0.0, "-0.0"),
        (-3, "-3"),
        (1e22, "1e+22"),
        (np.float64(0.1), "0.1"),
        (np.int64(-3), "-3"),
        (np.bool_(True), "True"),
        (1 - 2j, "complex(1.0, -2.0)"),
        (None, "None"),
        (b"a", "b'a'"),
    ],
)
def test_constants(value, text):
    assert to_text(gast.Constant(value, None)) == text


def test_negative_constants_keep_their_brackets():
    for base in (gast.Constant(-2, None), const(-2)):
        power = gast.BinOp(base, gast.Pow(), gast.Constant(4, None))
        assert eval(to_text(power)) == 16
    power = gast.BinOp(gast.Constant(2, None), gast.Pow(), gast.Constant(-1, None))
    assert to_text(power) == "2**-1"
    assert to_text(gast.Attribute(gast.Constant(-1, None), "real", gast.Load())) == "(-1).real"


def test_marks():
    function = gast.parse("def f(x):\n    y = x\n    if y:\n        pass\n    return y").body[0]
    function.body[1].body = [mark(Comment("nothing to do"))]
    function.body.insert(0, mark(Comment("Forward sweep\n\nover lines")))
    function.body.insert(2, mark(Blank("")))
    assert to_text(function) == textwrap.dedent(
        """\
        def f(x):
            # Forward sweep
            #
            # over lines
            y = x

            if y:
                # nothing to do
                pass
            return y"""
    )


def test_functions_are_set_apart():
    assert printed("def f():\n    pass\ndef g():\n    pass\nx = 1") == (
        "def f():\n    pass\n\n\ndef g():\n    pass\n\n\nx = 1"
    )


WRAPPED = [
    """\
    u[1:-1, 1:-1] += (
        dt
        * k[1:-1, 1:-1]
        * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4.0 * u[1:-1, 1:-1])
    )""",
    """\
    return value, (
        first_parameter_bar,
        second_parameter_bar,
    )""",
    """\
    if (
        first_long_condition_of_the_branch > second_long_condition
        and third_long_condition_of_the_branch < 0.0
    ):
        pass""",
    """\
    result = some_function(
        first_argument_of_the_call, second_argument_of_the_call, third=value_of_third
    )""",
    """\
    def function_with_many_parameters(
        first_parameter: float,
        second_parameter: float,
        third_parameter: float = 1.0,
        **others,
    ) -> float:
        return first_parameter""",
    """\
    total = np.sum(
        first_long_name * second_long_name
        + third_long_name * fourth_long_name
        + fifth_long_name * sixth_long_name
    )""",
]


@pytest.mark.parametrize("text", WRAPPED)
def test_long_lines_are_broken(text):
    text = textwrap.dedent(text)
    found = printed(text)
    assert dump(found) == dump(text)
    assert max(map(len, found.splitlines())) <= 88
    first = WRAPPED[0]
    if text == textwrap.dedent(first):
        assert found == text


def test_every_line_that_can_be_broken_is():
    text = "y = " + " + ".join(f"f(a{i}, b{i}) * (c{i} - d{i})" for i in range(40))
    assert max(map(len, printed(text).splitlines())) <= 88
    deep = "y = " + "f(" * 12 + "alpha + beta, " * 12 + "x" + ")" * 12
    assert max(map(len, printed(deep).splitlines())) <= 88


def test_the_tree_is_not_changed():
    tree = gast.parse("x = -2.0 ** y\nz = f(x)")
    before = gast.dump(tree)
    to_text(tree)
    assert gast.dump(tree) == before
