"""Generated functions run, and show their text wherever it is asked for."""

import inspect
import linecache
import pdb
import subprocess
import sys
import traceback

import pytest

from tapeless.emit.live import load, text_hash
from tapeless.frontend import parse

TEXT = "def loss_grad(x):\n    # Reverse sweep\n    return factor / x\n"


def load_one(**options):
    return load(TEXT, "loss_grad", {"factor": 2.0}, **options)["loss_grad"]


def test_it_runs_and_is_named_by_its_text():
    f = load_one()
    assert f(4.0) == 0.5
    assert f.__code__.co_filename == f"<tapeless loss_grad {text_hash(TEXT)}>"


def test_namespaces_are_apart():
    one = load(TEXT, "loss_grad", {"factor": 1.0})
    two = load(TEXT, "loss_grad", {"factor": 2.0})
    assert one["loss_grad"](1.0) == 1.0
    assert two["loss_grad"](1.0) == 2.0
    namespace = {"factor": 3.0}
    load(TEXT, "loss_grad", namespace)
    assert namespace == {"factor": 3.0}


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_source_is_shown(kind, tmp_path):
    f = load_one(directory=tmp_path if kind == "file" else None)
    linecache.checkcache()
    assert inspect.getsource(f) == TEXT
    try:
        f(0.0)
    except ZeroDivisionError:
        assert "return factor / x" in traceback.format_exc()
    assert pdb.find_function("loss_grad", f.__code__.co_filename) or kind == "memory"


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_generated_functions_can_be_parsed_again(kind, tmp_path):
    f = load_one(directory=tmp_path if kind == "file" else None)
    assert parse(f).name == "loss_grad"


def test_files(tmp_path, monkeypatch):
    monkeypatch.setenv("TAPELESS_CACHE_DIR", str(tmp_path / "made"))
    f = load_one()
    path = tmp_path / "made" / f"loss_grad_{text_hash(TEXT)}.py"
    assert path.read_text() == TEXT
    assert f.__code__.co_filename == str(path)
    assert sys.modules[f.__module__].loss_grad is f
    assert f(4.0) == 0.5
    # A file that was tampered with is written again.
    path.write_text("def loss_grad(x): return 0\n")
    assert load_one()(4.0) == 0.5
    assert path.read_text() == TEXT
    assert [p.name for p in path.parent.iterdir() if p.suffix == ".tmp"] == []
    del sys.modules[f.__module__]


def test_names_are_the_same_in_every_process():
    code = f"from tapeless.emit.live import text_hash; print(text_hash({TEXT!r}))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == text_hash(TEXT)
