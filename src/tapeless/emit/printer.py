"""Trees as text: the one module that knows astor.

>>> import gast
>>> print(to_text(gast.parse("h_bar = t_bar*(1.0-h**2)")))
h_bar = t_bar * (1.0 - h**2)
"""

from __future__ import annotations

import ast
import math
import warnings
from collections.abc import Sequence
from typing import Any

import gast

from ..syntax import Blank, Comment
from .wrap import WIDTH, fold

with warnings.catch_warnings():
    # astor asks `ast` for node classes that Python 3.12 deprecates.
    warnings.simplefilter("ignore", DeprecationWarning)
    import astor
    from astor.code_gen import set_precedence
    from astor.op_util import Precedence


def to_text(tree: gast.AST | Sequence[gast.AST], width: int = WIDTH) -> str:
    """The text of a tree or of a list of statements, without a newline at its end.

    Statements that are marks (`Comment`, `Blank`) become comments and empty lines.  The tree
    is not changed.
    """
    if isinstance(tree, Sequence):
        tree = gast.Module(list(tree), [])
    emitter = _Emitter(_INDENT)
    node = gast.gast_to_ast(tree)
    if isinstance(node, ast.expr):
        # As if it were an argument of a call: a tuple in brackets, nothing else.
        set_precedence(Precedence.Comma, node)
    emitter.visit(node)
    return fold(emitter.result, width).strip("\n")


_INDENT = "    "
_NUMBER = (int, float, complex)


def _mark_of(node: ast.AST) -> Comment | Blank | None:
    value = node.value if isinstance(node, ast.Expr) else None
    found = value.value if isinstance(value, ast.Constant) else None
    return found if isinstance(found, Comment | Blank) else None


class _Emitter(astor.SourceGenerator):
    """astor's generator with comments, today's syntax, and the house style.

    Its result is a list of tokens, newlines among them; `fold` makes lines of it.
    """

    def visit(self, node: ast.AST) -> None:
        known = hasattr(self, f"visit_{type(node).__name__}")
        if known and not getattr(node, "type_params", None):
            super().visit(node)
            return
        # What astor has no handler for: match, except*, type aliases, type parameters.
        for line in ast.unparse(ast.fix_missing_locations(node)).split("\n"):
            self.newline()
            self.write(line)

    # --- statements

    def visit_Expr(self, node: ast.Expr) -> None:
        mark = _mark_of(node)
        if isinstance(mark, Blank):
            self.newline(extra=1)
        elif isinstance(mark, Comment):
            for line in mark.splitlines() or [""]:
                self.newline()
                self.write(f"# {line}".rstrip())
        elif isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            self.newline()
            self.write(_documentation(node.value.value))
        else:
            super().visit_Expr(node)

    def body(self, statements: list[ast.stmt]) -> None:
        super().body(statements)
        if all(_mark_of(s) is not None for s in statements):
            super().body([ast.Pass()])  # a comment is not a statement

    def visit_FunctionDef(self, node: ast.FunctionDef, is_async: bool = False) -> None:
        self.decorators(node, 1 if self.indentation else 2)
        self.newline()
        self.write("async " if is_async else "", f"def {node.name}", "(")
        self.visit_arguments(node.args)
        self.write(")")
        self.conditional_write(" -> ", node.returns)
        self.write(":")
        self.body(node.body)
        self.newline(extra=1 if self.indentation else 2)

    # --- expressions

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.Pow) and _is_plain(node.left) and _is_exponent(node.right):
            with self.delimit(node, node.op):
                set_precedence(Precedence.Pow + 1, node.left)
                set_precedence(Precedence.PowRHS, node.right)
                self.write(node.left, "**", node.right)
        else:
            super().visit_BinOp(node)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        if len(node.elts) == 1:
            set_precedence(Precedence.Comma, *node.elts)
            self.write("(", node.elts[0], ",", ")")
        else:
            super().visit_Tuple(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, _NUMBER):
            set_precedence(Precedence.Comma, node.value)
            self.write("(", node.value, ")", ".", node.attr)  # `1.real` would not parse
        else:
            super().visit_Attribute(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value: Any = node.value
        if hasattr(value, "item") and hasattr(value, "dtype"):
            value = value.item()  # a NumPy scalar
        if isinstance(value, bool) or not isinstance(value, (*_NUMBER, str)):
            self.write("..." if value is Ellipsis else repr(value))
        elif isinstance(value, str):
            self.write(_quoted(value))
        elif isinstance(value, complex):
            self._complex(value)
        elif value < 0 or (value == 0 and math.copysign(1.0, value) < 0):
            # `(-2) ** x`: as an operation, so that brackets come where they are needed.
            positive = ast.UnaryOp(ast.USub(), ast.Constant(-value))
            positive._pp = self.get__pp(node)  # type: ignore[attr-defined]
            self.visit(positive)
        else:
            self.write(_number(value))

    def _complex(self, value: complex) -> None:
        pure = value.real == 0 and math.copysign(1.0, value.real) > 0
        if pure and math.isfinite(value.imag) and math.copysign(1.0, value.imag) > 0:
            self.write(repr(value))
        else:
            parts = [_signed(value.real), _signed(value.imag)]
            self.write(f"complex({parts[0]}, {parts[1]})")

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        text = ast.unparse(ast.fix_missing_locations(node))
        if text.startswith("f'") and not set("\"'\\") & set(text[2:-1]):
            text = f'f"{text[2:-1]}"'
        self.write(text)

    def visit_TemplateStr(self, node: ast.AST) -> None:
        self.write(ast.unparse(ast.fix_missing_locations(node)))


def _is_plain(node: ast.expr) -> bool:
    """A name, a chain of attributes, a number: what `**` stands close to."""
    if isinstance(node, ast.Attribute):
        return not isinstance(node.value, ast.Constant) and _is_plain(node.value)
    if isinstance(node, ast.Constant):
        return _is_finite(node.value) and not str(node.value).startswith("-")
    return isinstance(node, ast.Name)


def _is_exponent(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return _is_plain(node.operand)
    if isinstance(node, ast.Constant):
        return _is_finite(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return _is_plain(node.left) and _is_exponent(node.right)
    return _is_plain(node)


def _is_finite(value: object) -> bool:
    return type(value) is int or (isinstance(value, float) and math.isfinite(value))


def _number(value: int | float) -> str:
    if isinstance(value, int):
        return int.__repr__(value)
    if math.isinf(value):
        return 'float("inf")'
    return 'float("nan")' if math.isnan(value) else float.__repr__(value)


def _signed(value: float) -> str:
    return f"-{_number(-value)}" if math.copysign(1.0, value) < 0 else _number(value)


def _quoted(value: str) -> str:
    """A string literal, in double quotes where that needs no escape.

    >>> print(_quoted("sum"), _quoted('say "a"'))
    "sum" 'say "a"'
    """
    text = str.__repr__(value)
    return f'"{text[1:-1]}"' if text[0] == "'" and '"' not in value else text


def _documentation(value: str) -> str:
    """A string that stands as a statement: in triple quotes, as documentation is written."""
    plain = all(c == "\n" or c.isprintable() for c in value)
    if not value or not plain or "\\" in value or '"""' in value or value.endswith('"'):
        return _quoted(value)
    return f'"""{value}"""'
