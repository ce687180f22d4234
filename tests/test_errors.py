"""Messages: the place, the reason, the way out."""

import ast
import pickle

import pytest

from tapeless.errors import (
    InternalError,
    NotSupported,
    Source,
    WrongUse,
    current_source,
    internal,
    locate,
    reading,
)

TEXT = """\
def f(x):
    y = foo(x)
    é = "ü" + bar(y,
                  x)
\tz = baz(y)
"""
SOURCE = Source("model.py", tuple(TEXT.splitlines(keepends=True)), "f")


def node_at(line, start, end, end_line=None):
    node = ast.Name("x")
    node.lineno, node.col_offset = line, start
    node.end_lineno, node.end_col_offset = end_line or line, end
    return node


def message(node, **options):
    with reading(SOURCE):
        return str(NotSupported(node, "a call of foo", **options))


def test_message_with_place():
    assert message(node_at(2, 8, 14), instead="write it out") == (
        "model.py:2:9: not supported yet: a call of foo\n"
        "    y = foo(x)\n"
        "        ^^^^^^\n"
        "instead: write it out"
    )


def test_never():
    assert message(node_at(2, 8, 14), never=True).startswith(
        "model.py:2:9: never supported: a call of foo\n"
    )


def test_columns_count_characters():
    column = len('    é = "ü" + '.encode())
    assert message(node_at(3, column, 19, end_line=4)).splitlines()[1:] == [
        '    é = "ü" + bar(y,',
        "              ^^^^^^",
    ]


def test_tabs_stay_tabs():
    assert message(node_at(5, 5, 11)).splitlines()[1:] == ["    z = baz(y)", "        ^^^^^^"]


@pytest.mark.parametrize("node", [None, ast.Name("x"), object()])
def test_no_place(node):
    assert message(node) == "not supported yet: a call of foo"


def test_no_source():
    assert str(NotSupported(node_at(2, 8, 14), "this")) == "not supported yet: this"


def test_a_line_outside_the_file():
    assert message(node_at(99, 8, 14)) == "model.py:99:1: not supported yet: a call of foo"


def test_attributes_and_pickling():
    with reading(SOURCE):
        error = NotSupported(node_at(2, 8, 14), "this", instead="that", never=True)
    assert (error.reason, error.instead, error.never) == ("this", "that", True)
    assert (error.location.line, error.location.column, error.location.width) == (2, 9, 6)
    assert isinstance(error, NotImplementedError)
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_sources_nest():
    other = Source("other.py", ("x",), "g")
    with reading(SOURCE):
        with reading(other):
            assert locate(node_at(1, 0, 1)).filename == "other.py"
        assert current_source() is SOURCE
        with pytest.raises(ValueError, match="leave"), reading(other):
            raise ValueError("leave")
        assert current_source() is SOURCE
    assert current_source() is None


def test_unexpected_exceptions_become_internal_errors():
    with pytest.raises(InternalError) as caught, reading(SOURCE), internal(node_at(2, 8, 14)):
        raise KeyError("x")
    assert str(caught.value) == (
        "model.py:2:9: internal error, a bug in tapeless (KeyError: 'x')\n"
        "    y = foo(x)\n"
        "        ^^^^^^"
    )
    assert isinstance(caught.value, RuntimeError)
    assert isinstance(caught.value.__cause__, KeyError)


@pytest.mark.parametrize("error", [NotSupported(None, "a"), WrongUse("b"), KeyboardInterrupt()])
def test_what_passes_through(error):
    with pytest.raises(type(error)) as caught, internal():
        raise error
    assert caught.value is error


def test_the_innermost_place_is_kept():
    with pytest.raises(InternalError) as caught, reading(SOURCE), internal(node_at(1, 0, 9)):
        with internal(node_at(2, 8, 14)):
            raise KeyError("x")
    assert caught.value.location.line == 2
