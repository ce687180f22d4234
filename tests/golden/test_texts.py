"""Generated texts are compared with files, byte by byte: `--update-golden` writes them anew."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.programs.check import check_program
from tests.programs.corpus import Program

import tapeless

from .functions import CASES
from .texts import all_texts, text_of

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
IDS = [case.name for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_text_is_the_one_in_the_file(case, request):
    path = HERE / f"{case.name}.txt"
    text = text_of(case)
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert path.exists(), "no such file yet: run with --update-golden, and read what it says"
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_text_computes_the_gradient(case):
    program = Program(case.function, case.make, case.wrt, "", False, "golden")
    check_program(program, tapeless)


def test_every_file_has_its_function():
    assert sorted(path.stem for path in HERE.glob("*.txt")) == sorted(IDS)


def test_names_of_functions_are_different():
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_text_is_the_same_in_another_process(seed):
    path = os.pathsep.join([str(Path(tapeless.__file__).parent.parent), str(ROOT)])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    command = [sys.executable, "-W", "ignore", "-m", "tests.golden.texts"]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == all_texts()
