"""The derivative object: its text, its attributes, pickling, saving."""

import copy
import inspect
import pickle
import runpy
import subprocess
import sys

import numpy as np
import pytest

from tapeless import NotSupported, grad, value_and_grad

from . import functions

X = np.array([1.0, 2.0, 3.0])


def close(a, b):
    np.testing.assert_allclose(a, b, rtol=1e-6)


def test_attributes():
    d = functions.decorated
    assert (d.__name__, d.__qualname__, d.__doc__) == ("decorated", "decorated", "The cube.")
    assert d.__module__ == functions.__name__
    assert d.__wrapped__ is d.primal
    assert str(inspect.signature(d)) == "(x)"
    assert repr(d) == "<gradient of decorated(x) with respect to x>"
    assert repr(functions.both) == "<value and gradient of both(w, b, x) with respect to b, w>"
    assert callable(d)
    assert str(inspect.signature(grad(functions.area))) == "(r, scale=2.0, *, power=2)"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        d.nothing


def test_source_without_a_call():
    text = grad(functions.loss).source
    assert "def loss_grad(w, b, x):" in text
    assert grad(functions.loss).source == text


def test_source_by_annotations():
    def f(x: float, n: int, flag: bool = True, y: np.ndarray = None):
        return x**2

    def generic(x):
        return np.sum(x)

    assert "def f_grad(x, n, flag, y):" in grad(f).source
    d = grad(generic)
    assert d.source == d.source
    d(2.0)
    assert d.source == d.source_for(3.0) == grad(generic).source_for(3.0)
    assert d.source != grad(generic).source


def test_source_for_runs_nothing():
    calls = []

    def f(x):
        calls.append(x)
        return x**2

    assert "f_grad" in grad(f).source_for(1.0)
    assert not calls


def test_specialize():
    d = grad(functions.area)
    plain = d.specialize(3.0)
    close(plain(3.0), (18.0, 12.0))
    close(plain(3.0, 1.0, 2), (9.0, 6.0))
    assert inspect.isfunction(plain)
    assert inspect.getsource(plain) in d.source_for(3.0)
    model = functions.Model(2.0)
    close(model.misfit.specialize(0.0, X[:2])(0.0, X[:2]), (10.0, -12.0))


def test_stages():
    found = grad(functions.loss).stages(2.0, 1.0, X)
    assert len(found) >= 2
    assert all(isinstance(name, str) and isinstance(text, str) for name, text in found)


def test_errors_while_binding_examples():
    with pytest.raises(TypeError, match=r"loss\(\): missing a required argument"):
        grad(functions.loss).source_for(1.0)


@pytest.mark.parametrize("how", ["examples", "last"])
def test_save(tmp_path, how):
    d = grad(functions.loss, ("w", "b"))
    path = tmp_path / "saved.py"
    examples = (2.0, 1.0, X)
    if how == "last":
        d(*examples)
    assert d.save(path, *(examples if how == "examples" else ())) == path
    program = (
        "import sys; sys.modules['tapeless'] = None\n"
        "import numpy as np, saved\n"
        "value, bars = saved.loss_grad(2.0, 1.0, np.array([1.0, 2.0, 3.0]))\n"
        "print(value, *bars)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["83.0", "68.0", "30.0"]
    assert path.read_text().startswith("# For arguments of these kinds: w: float, b: float, x: f8")


def test_save_without_a_call(tmp_path):
    def f(x: float):
        return x**2

    assert "def f_grad(x):" in grad(f).save(tmp_path / "saved.py").read_text()

    def g(x):
        x[0] = abs(x[0])  # of what rank?
        return np.einsum("ij->", x)

    scope = runpy.run_path(str(grad(g).save(tmp_path / "saved.py")))
    value, x_bar = scope["g_grad"](np.array([[1.0, -2.0], [-3.0, 4.0]]))
    close(value, 4.0)
    close(x_bar, [[1.0, -1.0], [1.0, 1.0]])


def test_save_without_a_call_where_too_little_is_known(tmp_path):
    def f(x):
        for row in x:
            row *= 2.0  # of a number, or of a view?
        return np.sum(x)

    with pytest.raises(NotSupported) as info:
        grad(f).save(tmp_path / "saved.py")
    assert "annotate the parameters" in info.value.__notes__[0]


# --- pickling ---------------------------------------------------------------------------------


def again(thing):
    return pickle.loads(pickle.dumps(thing))


def test_pickle_decorated():
    assert again(functions.decorated) is functions.decorated
    assert again(functions.both) is functions.both
    assert again(functions.Model.misfit) is functions.Model.misfit
    assert again(functions.Model.static) is functions.Model.static
    assert copy.deepcopy(functions.decorated) is functions.decorated


def test_pickle_undecorated():
    d = again(value_and_grad(functions.loss, ("b",)))
    close(d(2.0, 1.0, X)[1][0], 30.0)
    close(again(grad(np.sin))(0.0), 1.0)
    np.testing.assert_allclose(again(grad(grad(functions.rated)))(1.0), 4.0, rtol=1e-3)


def test_pickle_bound():
    d = again(functions.Model(2.0).misfit)
    close(d(0.0, X[:2]), -12.0)
    d = again(grad(functions.Model(2.0).plain))
    close(d(3.0), 12.0)


def test_local_functions_do_not_pickle():
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps(grad(lambda x: x))


def test_refused_source_names_the_reason():
    def f(x):
        yield x

    with pytest.raises(NotSupported, match="generator"):
        grad(f).source
