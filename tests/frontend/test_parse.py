"""Parsing: trees, parameters, names, and what is refused at the door."""

import ast
import functools
import inspect

import gast
import numpy as np
import pytest

from tapeless.errors import NotSupported
from tapeless.frontend import parse, resolve

EMPTY = inspect.Parameter.empty
SCALE = 3.0


def text_of(function):
    return ast.unparse(ast.fix_missing_locations(gast.gast_to_ast(function.tree)))


def loss(w, /, x: float, y=2.0, *rest, z, flag=True, **more):
    return w * x * SCALE


def test_parameters():
    found = parse(loss).parameters
    signature = inspect.signature(loss).parameters
    assert [p.name for p in found] == list(signature)
    assert [p.kind for p in found] == [p.kind for p in signature.values()]
    assert [p.default for p in found] == [p.default for p in signature.values()]
    assert [p.annotation for p in found] == [p.annotation for p in signature.values()]


def test_tree_has_the_locations_of_the_file():
    function = parse(loss)
    line = loss.__code__.co_firstlineno
    assert function.name == function.source.function == "loss"
    assert function.tree.lineno == line
    assert function.tree.body[0].lineno == line + 1
    assert function.source.lines[line - 1].startswith("def loss")
    assert function.source.filename == __file__
    assert function.object is loss


def test_trees_are_copies():
    first = parse(loss)
    first.tree.body.clear()
    assert parse(loss).tree.body


def test_decorators_are_stripped():
    @functools.lru_cache
    def f(x):
        return x

    function = parse(f)
    assert function.tree.decorator_list == []
    assert text_of(function) == "def f(x):\n    return x"


def test_lambda_is_a_function_with_one_return():
    function = parse(lambda x, y=1.0: x + y)
    line = inspect.currentframe().f_lineno - 1
    assert text_of(function) == f"def lambda_{line}(x, y=1.0):\n    return x + y"
    assert function.name == f"lambda_{line}"
    assert function.tree.body[0].lineno == line
    assert [p.default for p in function.parameters] == [EMPTY, 1.0]


def test_names():
    a, unset = 5.0, None

    def f(x):
        return a * x * SCALE * abs(x) * unset

    del unset
    function = parse(f)
    assert dict(function.closure) == {"a": 5.0}
    assert resolve(function, "a") == 5.0
    assert resolve(function, "SCALE") == 3.0
    assert resolve(function, "abs") is abs
    assert resolve(function, "np") is np
    with pytest.raises(KeyError):
        resolve(function, "nowhere")


class Model:
    __secret = 2.0

    def value(self, x, __y=1.0):
        return self.__secret * x * __y


def test_methods_and_private_names():
    model = Model()
    function = parse(model.value)
    assert function.bound == {"self": model}
    assert text_of(function) == (
        "def value(self, x, _Model__y=1.0):\n    return self._Model__secret * x * _Model__y"
    )
    assert [p.name for p in function.parameters] == ["self", "x", "_Model__y"]


def test_partials():
    assert parse(functools.partial(loss, 1.0, y=3.0)).bound == {"w": 1.0, "y": 3.0}
    with pytest.raises(NotSupported, match=r"into `\*args`"):
        parse(functools.partial(loss, 1.0, 2.0, 3.0, 4.0))
    with pytest.raises(NotSupported, match="'w', which is not a free parameter"):
        parse(functools.partial(loss, w=1.0))


def test_equal_code_at_two_closures():
    def make(a):
        def f(x):
            return a * x

        return f

    one, two = parse(make(1.0)), parse(make(2.0))
    assert one.closure == {"a": 1.0}
    assert two.closure == {"a": 2.0}


def test_globals_that_are_only_read():
    def f(x):
        global SCALE
        if x > 0:
            global other
        return x * SCALE

    assert text_of(parse(f)) == "def f(x):\n    if x > 0:\n        pass\n    return x * SCALE"


# --- refusals -----------------------------------------------------------------------------


def generator(x):
    y = yield x  # refused: a value that is sent to a generator
    yield y


async def coroutine(x):  # refused: a coroutine
    return x


def nested_coroutine(x):
    async def f():  # refused: asynchronous code
        return x

    return f


def global_writer(x):
    global SCALE  # refused: writes a global: SCALE
    import math as SCALE

    return x * SCALE.pi


def nonlocal_writer(x):
    def f():
        nonlocal x  # refused: writes a variable of another function: x
        x += 1

    f()
    return [x for x in (x, x)]


def evaluator(x):
    return eval("x")  # refused: a call of eval()


def executor(x):
    exec("x = 1")  # refused: a call of exec()
    return x


def class_inside(x):
    class A:  # refused: a class defined inside the function
        pass

    return x


@pytest.mark.parametrize(
    "f",
    [
        generator,
        coroutine,
        nested_coroutine,
        global_writer,
        nonlocal_writer,
        evaluator,
        executor,
        class_inside,
    ],
)
def test_refusals_point_at_the_line(f):
    lines, first = inspect.getsourcelines(f)
    offset, reason = next(
        (i, line.partition("# refused: ")[2].strip())
        for i, line in enumerate(lines)
        if "# refused: " in line
    )
    with pytest.raises(NotSupported) as caught:
        parse(f)
    assert caught.value.reason == reason
    assert caught.value.location.line == first + offset
    assert str(caught.value).startswith(f"{__file__}:{first + offset}:")
