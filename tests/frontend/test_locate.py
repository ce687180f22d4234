"""Finding the definition of a function, whatever has been wrapped around it."""

import ast
import contextlib
import doctest
import functools
import importlib.util
import linecache
import sys
import textwrap
import types

import numpy as np
import pytest

from tapeless.errors import NotSupported
from tapeless.frontend.locate import locate
from tapeless.frontend.unwrap import unwrap


def module_from(path, text):
    path.write_text(textwrap.dedent(text))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def returned(f):
    """The text of what a function returns: enough to tell functions apart."""
    node = locate(f).node
    value = node.body if isinstance(node, ast.Lambda) else node.body[-1].value
    return ast.unparse(value)


# --- definitions --------------------------------------------------------------------------


def test_a_function_of_the_standard_library():
    found = locate(textwrap.dedent)
    assert found.node.name == "dedent"
    assert found.source.lines[found.node.lineno - 1].startswith("def dedent")


def test_every_function_of_a_module_is_found():
    functions = [f for f in vars(textwrap).values() if isinstance(f, types.FunctionType)]
    functions += [f for f in vars(functools).values() if isinstance(f, types.FunctionType)]
    functions += [
        f for f in vars(textwrap.TextWrapper).values() if isinstance(f, types.FunctionType)
    ]
    own = [f for f in functions if f.__code__.co_filename.endswith(("textwrap.py", "functools.py"))]
    assert len(own) > 20
    for f in own:
        # functools.wraps decorated functions of contextlib and the like are not in the list
        assert locate(f).node.name == f.__code__.co_name


def test_decorated_nested_and_conditional(tmp_path):
    module = module_from(
        tmp_path / "definitions.py",
        '''
        def keep(f): return f
        @keep
        @keep
        def decorated(x):
            return x + 1
        def outer(a):
            def inner(x):
                return a * x
            return inner
        if True:
            def conditional(x):
                return x + 2
        class Model:
            def method(self, x):
                """text
        at the margin"""
                return x + 3
            @staticmethod
            def static(x):
                return x + 4
        def twice(x): return 1
        def twice(x): return 2
        ''',
    )
    assert returned(module.decorated) == "x + 1"
    assert returned(module.outer(2.0)) == "a * x"
    assert returned(module.conditional) == "x + 2"
    assert returned(module.Model.method) == "x + 3"
    assert returned(module.Model.static) == "x + 4"
    assert returned(module.twice) == "2"
    assert locate(module.Model.method).owner == "Model"
    assert locate(module.outer(1.0)).owner is None


# --- lambdas ------------------------------------------------------------------------------


def test_lambdas_on_one_line():
    f, g, h = (lambda x: x + 1), (lambda x: x + 2), (lambda x: x + 1)
    assert returned(f) == returned(h) == "x + 1"
    assert returned(g) == "x + 2"
    assert locate(f).source.function.startswith("lambda_")


def test_lambdas_in_statements_on_one_line(tmp_path):
    """Where the statement by itself compiles to something else, the file decides among them."""
    text = """
        def keep(*found): return found
        scale = 2.0
        a, b = keep(lambda x: x + 1, 1); c, d = keep(lambda x: x * scale, (lambda x: x - scale))
        made = []
        made.append(lambda x: -x); made.append(lambda x: abs(x)); made.append(lambda x: x ** 2)
    """
    module = module_from(tmp_path / "semicolons.py", text)
    found = [module.a, module.c, module.d, *module.made]
    texts = ["x + 1", "x * scale", "x - scale", "-x", "abs(x)", "x ** 2"]
    assert list(map(returned, found)) == texts


def test_lambdas_within_lambdas():
    a = 1.0
    outer = lambda x: lambda y: x * y * a
    assert returned(outer) == "lambda y: x * y * a"
    assert returned(outer(2)) == "x * y * a"
    same = lambda x: lambda x: lambda x: x
    assert returned(same) == "lambda x: lambda x: x"
    assert returned(same(1)) == "lambda x: x"
    assert returned(same(1)(1)) == "x"


def test_lambdas_over_several_lines():
    made = [
        lambda x: x + 1, lambda x: x
        + 2,
        lambda x: (
            x + 3
        ),
    ]  # fmt: skip
    assert [returned(f) for f in made] == ["x + 1", "x + 2", "x + 3"]


def test_lambdas_with_defaults_that_hold_lambdas():
    f = lambda x, g=lambda x: x + 1: g(x)
    assert returned(f) == "g(x)"
    assert returned(f.__defaults__[0]) == "x + 1"


# --- wrappers -----------------------------------------------------------------------------


def plain(x, y=2.0):
    return x * y


def logged(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        print(f"calling with {args}")
        result = f(*args, **kwargs)
        print("result", result)
        return result

    return wrapper


def doubled(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return 2 * f(*args, **kwargs)

    return wrapper


def rounded_arguments(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        args = [round(a) for a in args]
        return f(*args, **kwargs)

    return wrapper


def sorting(f):
    @functools.wraps(f)
    def wrapper(*args):
        args[0].sort()
        return f(*args)

    return wrapper


def sometimes(f):
    @functools.wraps(f)
    def wrapper(*args):
        if len(args) == 1:
            return f(*args)

    return wrapper


def timed_and_guarded(f):
    calls = 0

    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        nonlocal calls
        calls += 1
        with contextlib.nullcontext():
            try:
                return f(*args, **kwargs)
            finally:
                print("done")

    return wrapper


@pytest.mark.parametrize("decorator", [logged, timed_and_guarded, functools.lru_cache])
def test_wrappers_that_change_nothing_are_taken_off(decorator):
    assert unwrap(decorator(plain)).function is plain


def test_context_managers_as_decorators_are_taken_off():
    @contextlib.contextmanager
    def quiet():
        yield

    assert unwrap(quiet()(plain)).function is plain


@pytest.mark.parametrize("decorator", [doubled, rounded_arguments, sorting, sometimes])
def test_wrappers_that_change_something_are_kept(decorator):
    wrapped = decorator(plain)
    assert unwrap(wrapped).function is wrapped


def test_partials_and_methods():
    class Model:
        def __init__(self):
            self.scale = 2.0

        def value(self, x, y):
            return self.scale * x * y

        @classmethod
        def made(cls, x):
            return x

        def __call__(self, x):
            return x + self.scale

    model = Model()
    found = unwrap(functools.partial(functools.partial(model.value, 3.0), y=4.0))
    assert found.function is Model.value
    assert found.positional == (model, 3.0)
    assert found.keywords == {"y": 4.0}
    assert unwrap(Model.made).positional == (Model,)
    assert unwrap(model).function is Model.__call__
    assert unwrap(model).positional == (model,)


def test_objects_that_hold_a_function():
    derivative = types.SimpleNamespace(primal=plain)
    dispatcher = types.SimpleNamespace(py_func=plain)
    assert unwrap(derivative).function is plain
    assert unwrap(dispatcher).function is plain
    assert unwrap(staticmethod(plain)).function is plain


# --- refusals -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        (len, "len is compiled: it has no Python source"),
        (np.sin, "sin is compiled: it has no Python source"),
        (np.sum, "numpy.sum is compiled: it has no Python source"),
        (np.vectorize(plain), "is compiled: it has no Python source"),
        (dict, "dict is a class, not a function"),
        (3.0, "an object of type float is not callable"),
    ],
)
def test_what_has_no_source(thing, message):
    with pytest.raises(NotSupported, match=message):
        unwrap(thing)


def test_executed_text_has_no_source():
    namespace = {}
    exec("def f(x): return x", namespace)
    with pytest.raises(NotSupported, match=r"no source for f \(<string>\)"):
        locate(namespace["f"])


def test_an_edited_file_is_noticed(tmp_path):
    path = tmp_path / "edited.py"
    module = module_from(path, "def f(x):\n    return x + 1\n")
    path.write_text("def f(x):\n    return x + 2\n")
    with pytest.raises(NotSupported, match="the file has changed since it was imported"):
        locate(module.f)


def test_text_read_before_the_edit_is_still_right(tmp_path):
    path = tmp_path / "edited_later.py"
    module = module_from(path, "def f(x):\n    return x + 1\n")
    linecache.getlines(str(path))
    path.write_text("def f(x):\n    return x + 2000\n")
    assert returned(module.f) == "x + 1"


def test_a_reloaded_file_is_read_again(tmp_path):
    path = tmp_path / "reloaded.py"
    path.write_text("def f(x):\n    return x + 1\n")
    linecache.getlines(str(path))
    module = module_from(path, "def f(x):\n    return x + 2000\n")
    assert returned(module.f) == "x + 2000"


def test_removed_definitions_are_noticed(tmp_path):
    path = tmp_path / "shorter.py"
    module = module_from(path, "def f(x):\n    return x + 1\n")
    path.write_text("# nothing\n")
    with pytest.raises(NotSupported, match="the file has changed"):
        locate(module.f)


# --- doctest, notebooks, pytest -------------------------------------------------------------


def test_functions_of_doctests_and_their_futures():
    text = """
    >>> def f(x: float):
    ...     return x + 5
    >>> returned(f)
    'x + 5'
    """
    globs = {"returned": returned, "annotations": __import__("__future__").annotations}
    test = doctest.DocTestParser().get_doctest(text, globs, "example", "example.md", 0)
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


def test_cells_registered_with_linecache():
    filename, text = "<ipython-input-1-abc>", "def f(x):\n    return x + 6\n"
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    namespace = {}
    exec(compile(text, filename, "exec"), namespace)
    assert returned(namespace["f"]) == "x + 6"


def test_assertions_that_pytest_rewrites():
    def f(x):
        assert x > 0, "positive"
        return x + 7

    assert returned(f) == "x + 7"


def test_the_compiler_levels_match():
    assert sys.flags.optimize == 0 or not __debug__
