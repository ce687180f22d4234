"""What cannot be differentiated is refused before any number: where, why, the way out."""

import copy
import inspect
import re
import warnings

import numpy as np
import pytest

from tapeless import NotSupported, grad, jvp
from tapeless.errors import WrongUse

from . import calls, containers, functions, objects  # noqa: F401  (which registers its own)
from .sites import all_sites, watched

MARK = "# E: "
IDS = [case.function.__name__ for case in functions.CASES]


def name_of(case):
    return case.function.__name__


def file_of(case):
    return inspect.getsourcefile(case.marked)


def expected(function):
    """The number of the line that is marked, the line, and the message beside it."""
    lines, first = inspect.getsourcelines(function)
    marked = [(first + k, line) for k, line in enumerate(lines) if MARK in line]
    ((number, line),) = marked
    return number, line, line.partition(MARK)[2].strip()


def refusal(case):
    with pytest.raises(NotSupported) as info:
        grad(case.function, case.wrt)(*copy.deepcopy(case.arguments))
    return info.value


@pytest.mark.parametrize("case", functions.CASES, ids=IDS)
def test_message_stands_at_the_line(case):
    number, line, message = expected(case.marked)
    error = refusal(case)
    assert message in error.reason  # the line itself has the message, too
    assert error.location is not None
    assert (error.location.filename, error.location.line) == (file_of(case), number)
    assert error.location.text.strip() == line.strip()


@pytest.mark.parametrize("case", functions.CASES, ids=IDS)
def test_message_has_place_caret_and_way_out(case):
    first, text, carets, *rest = str(refusal(case)).splitlines()
    place = re.escape(file_of(case)) + r":(\d+):(\d+): "
    found = re.match(place + "(not supported yet|never supported): .+", first)
    assert found is not None
    assert re.fullmatch(r" +\^+", carets)
    line = line_of(case, int(found[1]))
    indent = len(line) - len(line.lstrip())
    assert text == "    " + line.strip()
    assert carets.index("^") == 4 + int(found[2]) - 1 - min(indent, int(found[2]) - 1)
    assert carets.rindex("^") < len(text)
    assert [r.partition(": ")[0] for r in rest] in ([], ["instead"])


def line_of(case, number):
    return inspect.getsource(inspect.getmodule(case.marked)).splitlines()[number - 1]


@pytest.mark.parametrize("case", functions.CASES, ids=IDS)
def test_nothing_runs_before_the_refusal(case):
    with pytest.raises(NotSupported):
        grad(case.function, case.wrt).source_for(*copy.deepcopy(case.arguments))


def ones_like(value):
    """A tangent; None where there can be none."""
    if isinstance(value, dict):
        return {key: ones_like(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(ones_like(item) for item in value)
    if isinstance(value, np.ndarray):
        return np.ones_like(value)
    return 1.0


def pushed(case):
    args = copy.deepcopy(case.arguments)
    dots = tuple(ones_like(a) if k in case.wrt else None for k, a in enumerate(args))
    return jvp(case.function, args, dots)


@pytest.mark.parametrize("case", [c for c in functions.CASES if c.forward is None], ids=name_of)
def test_forward_mode_says_the_same(case):
    with pytest.raises(NotSupported) as info:
        pushed(case)
    error, (number, _, message) = info.value, expected(case.marked)
    assert message in error.reason
    assert (error.location.filename, error.location.line) == (file_of(case), number)


@pytest.mark.parametrize("case", [c for c in functions.CASES if c.forward], ids=name_of)
def test_forward_mode_says(case):
    with pytest.raises(NotSupported) as info:
        pushed(case)
    assert case.forward in info.value.reason
    assert info.value.location.filename == file_of(case)


@pytest.mark.parametrize("case", [c for c in functions.CASES if c.forward == ""], ids=name_of)
def test_forward_mode_can(case):
    def at(step):
        args = copy.deepcopy(case.arguments)
        return case.function(*(a + step if k in case.wrt else a for k, a in enumerate(args)))

    h = 1e-6
    out, out_dot = pushed(case)
    np.testing.assert_allclose(out, at(0.0), rtol=1e-13)
    np.testing.assert_allclose(out_dot, (at(h) - at(-h)) / (2.0 * h), rtol=1e-6)


@pytest.mark.parametrize(
    "case", [c for c in functions.CASES if c.runs], ids=lambda c: c.function.__name__
)
def test_the_function_itself_is_in_order(case):
    assert np.isfinite(case.function(*copy.deepcopy(case.arguments)))


@pytest.mark.parametrize(("call", "message"), calls.CASES, ids=[m for _, m in calls.CASES])
def test_wrong_call(call, message):
    with pytest.raises((NotSupported, WrongUse)) as info:
        call()
    assert message in str(info.value)


def test_every_refusal_of_the_source_is_tested():
    reached = set()
    warnings.simplefilter("ignore")
    thunks = [call for call, _ in calls.CASES]
    thunks += [
        lambda case=case: grad(case.function, case.wrt)(*copy.deepcopy(case.arguments))
        for case in functions.CASES
    ]
    thunks += [lambda case=case: pushed(case) for case in functions.CASES]
    for thunk in thunks:
        try:
            with watched(reached):
                thunk()
        except (NotSupported, WrongUse):
            pass
    missing = {site: reason for site, reason in all_sites().items() if site not in reached}
    unexpected = [
        f"{file}:{line}: {reason}"
        for (file, line), reason in missing.items()
        if not any(known in reason for known in ELSEWHERE.get(file, ()))
    ]
    assert not unexpected, "\n".join(["no test of", *unexpected])


# Refusals that other tests reach, and those that only a broken invariant could reach.
ELSEWHERE: dict[str, tuple[str, ...]] = {
    "analysis/effects.py": ("arrays that share memory in a circle",),
    # What has no place of its own gets that of its statement.
    "analysis/infer.py": ("the kinds of its values do not settle", "refusal.reason"),
    "differentiate/reverse.py": ("refusal.reason",),
    # What turns out to be a dict is listed: the function is normalised again.
    "analysis/iteration.py": ("a loop over a dict",),
    # Operands are names by then, and what has a kind and an item has a kind that holds items.
    "differentiate/arrays.py": (
        "a subscript of this expression",
        "a subscript of '{x}'",
        "this on '{u}'",  # what is augmented and no array has become a plain store
    ),
    # What other methods return has no kind; a `pop` of another form has been written out.
    "differentiate/changes.py": (
        "the method '{site.target}' with derivatives",
        "this form of pop with derivatives",
    ),
    # Merged dicts, and slices of what has a known length, have been written out; a tuple that is
    # taken apart comes from a display, a call or a container.
    "differentiate/containers.py": (
        "a tuple of this origin with derivatives",
        "merged dicts with derivatives",
        "this slice of a list of values that carry derivatives",
        "this expression in an object",
    ),
    # The result of a function without source has no kind: that is refused before.
    "differentiate/forward_mode.py": (
        "refusal.reason",
        "this expression with a derivative",
        "this on '{u}'",
        # `items()` is listed where it is kept, and keywords have become positional.
        "items() kept as a value",
        "keywords here",
    ),
    # An imaginary part that is written while its array is in use is refused before: it is no tie.
    "differentiate/adjoints.py": ("an imaginary part that is written through",),
    "differentiate/operations.py": (
        "what.reason",
        "this argument with a derivative flowing through it",
    ),
    # What a recursion needs of a changed list is kept as a copy.
    "differentiate/pairs.py": (
        "the argument '{parameter}' is not a name",
        "a change of what a function has got as",
    ),
    # A function without a rule and without a refusal has no kind.
    "differentiate/splice.py": ("{shown} has no derivative rule",),
    "differentiate/statements.py": ("this expression with a derivative",),
    "emit/standalone.py": (  # tests/emit
        "cannot be imported from another program",
        "is the name of a function of the runtime",
        "stands for two things",
    ),
    "frontend/unwrap.py": ("has no Python source",),
    "normalise/evaluation.py": ("`:=` in one of several assignment targets",),
    "normalise/intermediates.py": ("this order of evaluation", "this expression here"),
    "normalise/sequences.py": ("a starred argument here",),
    "normalise/walrus.py": ("`:=` inside a comprehension here",),
    "pipeline.py": ("nothing to differentiate with respect to",),
    "refine/expand.py": ("wrappers that call each other without end",),  # objects end before
    "refine/inplace.py": ("the keyword",),
}
