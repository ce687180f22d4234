"""Random nests of loops, branches, `with` and `try` with every kind of exit."""

import random
import sys
from contextlib import suppress
from pathlib import Path

import gast
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.normalise.same_meaning import equal, observe, say, text_of

from tapeless.normalise import normalise, verify_core

LIMIT = 400


class Endless(Exception):
    pass


class Writer:
    """Writes one random function."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.count = 0

    def text(self):
        self.lines.append("def f(n):")
        self.lines.append("    s = n")
        self.block(1, 0, 4)
        if self.random.random() < 0.7:
            self.lines.append("    return s")
        return "\n".join(self.lines) + "\n"

    def add(self, depth, line):
        self.lines.append("    " * depth + line)

    def test(self):
        self.count += 1
        return f"(s + n * {self.random.randint(1, 3)}) % {self.random.randint(2, 4)} == 0"

    def block(self, depth, loops, budget):
        for _ in range(self.random.randint(1, 3)):
            self.statement(depth, loops, budget)

    def statement(self, depth, loops, budget):
        r = self.random
        kinds = ["say", "say", "add"]
        if budget:
            kinds += ["if", "if", "if", "for", "while", "with", "try", "exit"]
        kind = r.choice(kinds)
        self.count += 1
        if kind == "say":
            self.add(depth, f"say(({self.count}, s))")
        elif kind == "add":
            self.add(depth, f"s += {r.randint(1, 3)}")
        elif kind == "exit":
            self.add(depth, f"if {self.test()}:")
            self.leave(depth + 1, loops)
        elif kind == "if":
            self.add(depth, f"if {self.test()}:")
            self.inner(depth + 1, loops, budget)
            if r.random() < 0.3:
                self.add(depth, f"elif {self.test()}:")
                self.inner(depth + 1, loops, budget)
            if r.random() < 0.5:
                self.add(depth, "else:")
                self.inner(depth + 1, loops, budget)
        elif kind in ("for", "while"):
            name = f"i{self.count}"
            tests = [
                "tick()",
                f"tick() and s % 5 != {r.randint(0, 4)}",
                f"(w := s % 7) > {r.randint(1, 4)} and tick()",
            ]
            header = f"for {name} in range(n):" if kind == "for" else f"while {r.choice(tests)}:"
            self.add(depth, header)
            self.add(depth + 1, "tick()")
            if r.random() < 0.5:
                self.lines.pop()
                self.add(depth + 1, f"if tick() and {self.test()}:")
                self.leave(depth + 2, loops + 1)
            self.add(depth + 1, "s += 1")
            self.block(depth + 1, loops + 1, budget - 1)
            if r.random() < 0.4:
                self.add(depth, "else:")
                self.inner(depth + 1, loops, budget)
        elif kind == "with":
            self.add(depth, "with suppress(ZeroDivisionError):")
            self.add(depth + 1, f"s += 1 // (s % {r.randint(2, 5)})")
            self.inner(depth + 1, loops, budget)
        elif kind == "try":
            self.add(depth, "try:")
            self.add(depth + 1, f"s += 1 // (s % {r.randint(2, 5)})")
            self.inner(depth + 1, loops, budget)
            self.add(depth, "except ZeroDivisionError:")
            self.inner(depth + 1, loops, budget)
            if r.random() < 0.5:
                self.add(depth, "else:")
                self.inner(depth + 1, loops, budget)

    def inner(self, depth, loops, budget):
        self.block(depth, loops, budget - 1)
        if self.random.random() < 0.3:
            self.leave(depth, loops)

    def leave(self, depth, loops):
        exits = ["return s", f"return {self.count}", "return"]
        if loops:
            exits += ["break", "break", "continue", "continue"]
        self.add(depth, self.random.choice(exits))


def compiled(text):
    scope = {"say": say, "suppress": suppress}
    state = [0]

    def tick():
        state[0] += 1
        if state[0] > LIMIT:
            raise Endless
        return True

    scope["tick"] = tick
    exec(compile(text, "<random>", "exec"), scope)

    def f(n):
        state[0] = 0
        return scope["f"](n)

    return f


def compare(seed):
    text = Writer(seed).text()
    tree = gast.parse(text).body[0]
    result = normalise(tree)
    verify_core(result.tree)
    after = text_of(result.tree)
    before_f, after_f = compiled(text), compiled(after)
    for n in range(5):
        expected, found = observe(before_f, (n,)), observe(after_f, (n,))
        assert equal(expected, found), f"n = {n}: {expected} {found}\n{text}\n{after}"


@pytest.mark.parametrize("start", range(0, 120, 20))
def test_random_exits(start):
    for seed in range(start, start + 20):
        compare(seed)


def test_flags_where_nesting_would_be_too_deep(monkeypatch):
    module = sys.modules["tapeless.normalise.exits"]
    monkeypatch.setattr(module, "DEEPEST", 1)
    for seed in range(400, 440):
        compare(seed)
