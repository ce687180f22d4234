"""Many small checks in one test: each of them is run, and those that fail are told together."""

import traceback

import pytest

SHOWN = 8  # in full; of the others, the names


def hold_for_all(check, cases):
    """Run a check with the arguments of every case; `cases` are pairs of a name and arguments."""
    __tracebackhide__ = True
    cases = list(cases)
    failed = []
    for name, arguments in cases:
        try:
            check(*arguments)
        except Exception as error:
            failed.append((name, arguments, error))
    if not failed:
        return
    told = [f"{len(failed)} of {len(cases)} fail: " + ", ".join(name for name, _, _ in failed)]
    for name, arguments, error in failed[:SHOWN]:
        told += [f"--- {name}", *(f"    {value!r}" for value in arguments)]
        told += traceback.format_exception(error)
    pytest.fail("\n".join(line.rstrip("\n") for line in told), pytrace=False)


def numbered(pairs):
    """Groups by name, in order; in each, pairs of a name with a number and the arguments."""
    groups = {}
    for name, arguments in pairs:
        group = groups.setdefault(name, [])
        group.append((f"{name}-{len(group) + 1}", arguments))
    return groups
