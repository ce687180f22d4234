"""The generated text of every case; as a program, all of them on the standard output."""

import sys

from tapeless import NotSupported, grad

from .functions import CASES


def text_of(case) -> str:
    """What is generated for a case."""
    return grad(case.function, case.wrt).source_for(*case.arguments())


def all_texts() -> str:
    """Everything that is generated here, one after the other."""
    parts = []
    for case in CASES:
        try:
            text = text_of(case)
        except NotSupported as error:  # another test says so
            text = f"{error.reason}\n"
        parts.append(f"--- {case.name}\n{text}")
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(all_texts())
