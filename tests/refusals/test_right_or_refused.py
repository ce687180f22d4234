"""Never silently wrong: a program is differentiated correctly, or refused."""

import inspect

import numpy as np
import pytest

from tapeless import NotSupported, grad

from . import hazards

PROGRAMS = [
    function
    for function in vars(hazards).values()
    if inspect.isfunction(function) and function.__module__ == hazards.__name__
]


@pytest.fixture(autouse=True)
def _fresh_globals():
    hazards.GLOBAL_LIST[:] = [0.0]
    hazards.GLOBAL_DICT.clear()
    hazards.GLOBAL_ARRAY[:] = 0.0
    hazards.GROWING.clear()
    hazards.THING.value = 1.0


def central_differences(f, x, step=1e-6):
    found = np.zeros_like(x)
    for k in np.ndindex(x.shape):
        move = np.zeros_like(x)
        move[k] = step
        found[k] = (f(x + move) - f(x - move)) / (2.0 * step)
    return found


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("function", PROGRAMS, ids=[f.__name__ for f in PROGRAMS])
def test_right_or_refused(function):
    x = hazards.X.copy()
    try:
        gradient = grad(function)(x)
    except NotSupported as caught:
        refusal = caught
    else:
        refusal = None
    if refusal is not None:
        assert refusal.location is not None, refusal
        return
    np.testing.assert_array_equal(x, hazards.X)
    expected = central_differences(function, x)
    np.testing.assert_allclose(gradient, expected, rtol=1e-5, atol=1e-5)
