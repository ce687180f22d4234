"""`global` of what a function writes: counters act once, derivatives kept there are refused."""

import numpy as np
import pytest

from tapeless import NotSupported, grad, jvp, value_and_grad

CALLS, LIMIT, BEST = 0, 2, None
X = np.array([0.3, 0.7])


def counted(x):
    """A function that counts its calls."""
    global CALLS
    CALLS += 1
    return np.sum(x * x)


def tired(x):
    global CALLS
    CALLS += 1
    if CALLS > LIMIT:
        return np.sum(x)
    return np.sum(x * x)


def calls_both(x):
    return counted(x) + 2.0 * counted(x[::-1])


def keeps(x):
    global BEST
    BEST = x * 2.0
    return np.sum(x * BEST)


@pytest.fixture(autouse=True)
def from_the_start():
    global CALLS
    CALLS = 0


def test_a_counter_counts_once():
    derivative = grad(counted)
    for k in range(3):
        np.testing.assert_allclose(derivative(X), 2.0 * X)
        assert k + 1 == CALLS
    jvp(counted, (X,), (X,))
    assert CALLS == 4
    assert "test_global_names.CALLS += 1" in derivative.source


def test_a_counter_of_a_callee():
    np.testing.assert_allclose(grad(calls_both)(X), 6.0 * X)
    assert CALLS == 2


def test_what_the_counter_decides():
    derivative = value_and_grad(tired)
    for k in range(5):
        value, x_bar = derivative(X)
        np.testing.assert_allclose(value, np.sum(X * X) if k < LIMIT else np.sum(X))
        np.testing.assert_allclose(x_bar, 2.0 * X if k < LIMIT else np.ones(2))


def test_a_derivative_kept_in_a_global():
    for mode in (lambda: grad(keeps)(X), lambda: jvp(keeps, (X,), (X,))):
        with pytest.raises(NotSupported, match="not local"):
            mode()
    assert BEST is None
