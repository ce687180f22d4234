"""Imports point one way: a stage knows those before it, never those after it."""

import ast
from pathlib import Path

import pytest

import tapeless

ROOT = Path(tapeless.__file__).parent

# Each stage may import from its own and from those in earlier lines.
LAYERS = [
    {"runtime", "errors", "syntax", "algebra", "ranges"},
    {"rules"},
    {"frontend"},
    {"normalise"},
    {"analysis"},
    {"refine"},
    {"differentiate"},
    {"simplify", "emit"},
    {"program", "modules", "pipeline", "keys"},
    {"api"},
    {"interop", "cli", "__main__", "__init__"},
]
RANK = {stage: rank for rank, stages in enumerate(LAYERS) for stage in stages}
FILES = sorted(ROOT.rglob("*.py"))

# The other modules beside api.py are its parts.
for path in ROOT.glob("*.py"):
    RANK.setdefault(path.stem, RANK["api"])


def stage_of(path):
    return path.relative_to(ROOT).with_suffix("").parts[0]


def imported_stages(path):
    """The stages that a file imports from, each with its line."""
    package = ("tapeless", *path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            base += node.module.split(".") if node.module else []
            # `from .. import errors` names modules, `from ..errors import X` does not.
            modules = [[*base, alias.name] for alias in node.names]
        else:
            continue
        for module in modules:
            if module[0] == "tapeless" and len(module) > 1 and module[1] in RANK:
                yield module[1], node.lineno


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path):
    stage = stage_of(path)
    assert stage in RANK, f"{stage} has no place among the stages"
    for other, line in imported_stages(path):
        allowed = other == stage or RANK[other] < RANK[stage]
        # Single modules may know their neighbours; stages that are folders stand apart.
        neighbours = RANK[other] == RANK[stage] and path.parent == ROOT
        assert allowed or neighbours, f"{path.name}:{line}: {stage} imports {other}"


def test_only_the_printer_knows_astor():
    knowing = [
        str(path.relative_to(ROOT)) for path in FILES if "import astor" in path.read_text("utf-8")
    ]
    assert knowing == ["emit/printer.py"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_runtime_stands_alone(path):
    if stage_of(path) == "runtime":
        assert all(stage == "runtime" for stage, _ in imported_stages(path))
