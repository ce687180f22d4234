"""Where the source raises refusals, and which of these places a call reached."""

import ast
import sys
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import tapeless
from tapeless import NotSupported
from tapeless.errors import WrongUse

ROOT = Path(tapeless.__file__).parent
Site = tuple[str, int]  # a file of the package and a line


def all_sites() -> dict[Site, str]:
    """Every `NotSupported(…)` and `WrongUse(…)` of the source, with its reason as written there."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        if path.name == "errors.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            kind = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if kind in ("NotSupported", "WrongUse"):
                reason = ast.unparse(node.args[1 if kind == "NotSupported" else 0])
                found[str(path.relative_to(ROOT)), node.lineno] = reason
    return found


@contextmanager
def watched(reached: set[Site]):
    """Within this block, the places that made the refusal that leaves the block are noted."""
    made: list[tuple[Site, str]] = []

    def noting(original, position):
        def init(self, *args, **kwargs):
            frame = sys._getframe(1)
            path = Path(frame.f_code.co_filename)
            if path.is_relative_to(ROOT):
                site = str(path.relative_to(ROOT)), frame.f_lineno
                made.append((site, str(args[position])))
            original(self, *args, **kwargs)

        return init

    refusal = patch.object(NotSupported, "__init__", noting(NotSupported.__init__, 1))
    wrong = patch.object(WrongUse, "__init__", noting(WrongUse.__init__, 0))
    try:
        with refusal, wrong:
            yield
    except (NotSupported, WrongUse) as error:
        reached.update(site for site, reason in made if reason in str(error))
        raise
