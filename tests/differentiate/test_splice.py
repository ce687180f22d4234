"""The body of every registered rule can be put into generated text."""

import ast
import inspect
import textwrap

import gast
import pytest
from tests.together import hold_for_all

from tapeless import runtime
from tapeless.differentiate.splice import body_of, label
from tapeless.rules import registered
from tapeless.syntax import names_read, to_debug_text, walk

RULES = {}  # of each module
for rule in registered():
    if rule.function is not None:
        module = rule.function.__module__.removeprefix("tapeless.rules.")
        name = f"{label(rule.primitive)}-{rule.function.__name__}"
        RULES.setdefault(module, []).append((name, (rule,)))
KNOWN = {"y", "y_bar", "np", "math"} | set(vars(runtime))


@pytest.mark.parametrize("module", RULES)
def test_a_rule_is_assignments_and_one_return(module):
    hold_for_all(is_assignments_and_one_return, RULES[module])


def is_assignments_and_one_return(rule):
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(rule.function))).body
    *before, last = definition.body
    assert isinstance(last, ast.Return)
    for statement in before:
        docstring = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        assert docstring or isinstance(statement, ast.Assign)


@pytest.mark.parametrize("module", RULES)
def test_a_rule_gives_at_most_one_cotangent_for_each_argument(module):
    hold_for_all(gives_at_most_one_cotangent_for_each_argument, RULES[module])


def gives_at_most_one_cotangent_for_each_argument(rule):
    body = body_of(rule)
    places = rule.parameters
    if rule.form == "pushforward":
        several = len(rule.tangents) > 1  # else a tuple is the tangent of several results
        assert not several or len(body.returned) in (1, len(rule.tangents))
    elif not any(p.startswith("*") for p in places):
        assert 1 <= len(body.returned) <= len(places)
    assert not any(isinstance(r, gast.Starred) for r in body.returned)


@pytest.mark.parametrize("module", RULES)
def test_a_rule_reads_nothing_but_its_arguments_and_the_runtime(module):
    hold_for_all(reads_nothing_but_its_arguments_and_the_runtime, RULES[module])


def reads_nothing_but_its_arguments_and_the_runtime(rule):
    body = body_of(rule)
    local = {identifier for identifier, _ in body.assignments}
    inner = {
        n.id
        for node in [*body.returned, *(v for _, v in body.assignments)]
        for n in walk(node)
        if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load)
    }
    read = set(names_read([*body.returned, *(value for _, value in body.assignments)]))
    import builtins

    allowed = {p.lstrip("*") for p in rule.parameters} | local | inner | KNOWN
    allowed |= {f"{p}_dot" for p in rule.tangents}
    unknown = read - allowed - set(dir(builtins))
    assert not {n for n in unknown if n not in rule.function.__globals__}
    # Functions of the module of the rule must be those of the runtime, which is pasted on export.
    for identifier in unknown:
        found = rule.function.__globals__[identifier]
        known = getattr(found, "__module__", "").startswith(("tapeless.runtime", "numpy", "math"))
        assert inspect.ismodule(found) or known


@pytest.mark.parametrize("module", RULES)
def test_a_rule_prints_as_python(module):
    hold_for_all(prints_as_python, RULES[module])


def prints_as_python(rule):
    for node in body_of(rule).returned:
        compile(to_debug_text(node).strip(), "rule", "eval")
