"""The examples run, and their numbers are right."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture(scope="module")
def lynx_hare():
    pytest.importorskip("scipy")
    spec = importlib.util.spec_from_file_location("lynx_hare", EXAMPLES / "lynx_hare.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["lynx_hare"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["lynx_hare"]


def test_counts_are_complete(lynx_hare):
    years, pelts = lynx_hare.read_counts()
    assert list(years) == list(range(1900, 1921))
    assert pelts.shape == (21, 2)
    assert pelts[0].tolist() == [30.0, 4.0]
    assert pelts[-1].tolist() == [24.7, 8.6]
    np.testing.assert_allclose(pelts.sum(axis=0), [715.7, 423.5])


def test_gradient_against_finite_differences(lynx_hare):
    years, pelts = lynx_hare.read_counts()
    at = np.log(lynx_hare.START)
    value, gradient = lynx_hare.misfit.value_and_grad(at, years, pelts)
    assert value == lynx_hare.misfit.primal(at, years, pelts)
    np.testing.assert_allclose(
        gradient, lynx_hare.finite_differences(at, years, pelts), rtol=1e-6, atol=1e-6
    )


def test_fit_finds_the_published_rates(lynx_hare):
    years, pelts = lynx_hare.read_counts()
    near = np.array([0.6, 0.03, 0.7, 0.02, 34.0, 6.0])
    result = lynx_hare.fit(years, pelts, start=near, max_iterations=40)
    rates = np.exp(result.x)[:4]
    np.testing.assert_allclose(rates, lynx_hare.PUBLISHED, rtol=0.05)
    assert result.fun == pytest.approx(16.1493, abs=1e-3)


def test_main(lynx_hare, tmp_path, monkeypatch, capsys):
    pytest.importorskip("matplotlib")
    monkeypatch.setattr(lynx_hare, "OUTPUT", tmp_path)
    monkeypatch.setattr(lynx_hare, "MAX_ITERATIONS", 3)
    monkeypatch.setattr(lynx_hare, "TIMED_ROUNDS", 1)
    monkeypatch.setattr(lynx_hare, "SUBSTEPS", 5)
    result = lynx_hare.main()
    assert result.fun < 535.0
    assert (tmp_path / "lynx_hare.png").stat().st_size > 10_000
    printed = capsys.readouterr().out
    for words in ("log_params_bar", "finite differences", "published", "value and gradient"):
        assert words in printed
