"""Whole programs: value, gradient against finite differences, nothing else changed."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.programs.check import check_program
from tests.programs.corpus import all_programs

import tapeless

PROGRAMS = all_programs()


def test_there_are_enough_programs():
    assert len(PROGRAMS) >= 250


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_program(program):
    try:
        check_program(program, tapeless)
    except tapeless.NotSupported as error:
        if not program.may_refuse:
            raise
        message = str(error)
        assert message.strip(), "a refusal says what is wrong"
        pytest.skip("refused: " + message.splitlines()[0])
