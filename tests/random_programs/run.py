"""Judge many random programs: `python -m tests.random_programs.run --seeds 0:2000`.

Options: --profile language (lists, dictionaries, objects, closures; else arrays), --size N
(statements, about), --limit S (seconds for one program), --shrink N (how many failures to shrink),
--each N (of one kind at most), --also refused (shrink these too), --refused (count the reasons of
refusals), --report FILE (the shrunk failures as a page), --show SEED (print a program, its outcome
and the derivative).
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections import Counter
from pathlib import Path

from .generate import RandomProgram, random_program
from .judge import Outcome, judge, loaded
from .language import language_program
from .shrink import shrink

PROFILES = {"arrays": random_program, "language": language_program}
WORDS = ["right", "refused", "WRONG", "crash", "slow", "unjudged"]


def main(arguments=None) -> int:
    options = parsed(arguments)
    tapeless = importlib.import_module("tapeless")
    if options.show is not None:
        show(program_of(options.show, options), tapeless)
        return 0
    low, _, high = options.seeds.partition(":")
    seeds = range(int(low), int(high or int(low) + 1))
    start = time.perf_counter()
    outcomes: dict[int, Outcome] = {}
    for seed in seeds:
        outcomes[seed] = judge(program_of(seed, options), tapeless, options.limit)
        if outcomes[seed].bad:
            print(
                f"{outcomes[seed].word:8} {seed:6} {outcomes[seed].detail.splitlines()[0][:140]}",
                flush=True,
            )
    table(outcomes, time.perf_counter() - start, options.refused)
    found = shrunk(outcomes, options, tapeless)
    if options.report:
        Path(options.report).write_text(page(found))
    return int(any(outcome.bad for outcome in outcomes.values()))


def program_of(seed: int, options) -> RandomProgram:
    return PROFILES[options.profile](seed, options.size)


def parsed(arguments) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="0:500")
    parser.add_argument("--profile", choices=PROFILES, default="arrays")
    parser.add_argument("--size", type=int, default=12)
    parser.add_argument("--limit", type=float, default=10.0)
    parser.add_argument("--shrink", type=int, default=0)
    parser.add_argument("--each", type=int, default=3, help="failures of one kind to shrink")
    parser.add_argument("--also", default="", help="another outcome to shrink, such as refused")
    parser.add_argument("--refused", action="store_true")
    parser.add_argument("--report")
    parser.add_argument("--show", type=int)
    return parser.parse_args(arguments)


def table(outcomes: dict[int, Outcome], seconds: float, refused: bool) -> None:
    counts = Counter(outcome.word for outcome in outcomes.values())
    judged = sum(counts[w] for w in WORDS) - counts["unjudged"]
    print("\n" + "".join(f"{w:>10}" for w in WORDS))
    print("".join(f"{counts[w]:>10}" for w in WORDS))
    print(
        "".join(f"{100 * counts[w] / max(1, judged):>9.1f}%" for w in WORDS[:-1])
        + "  of the judged"
    )
    print(f"{len(outcomes)} programs, {seconds:.0f} s")
    words = ["WRONG", "crash", "slow"] + ["refused"] * refused
    for word in words:
        for key, count in Counter(o.key for o in outcomes.values() if o.word == word).most_common(
            25
        ):
            example = next(seed for seed, o in outcomes.items() if (o.word, o.key) == (word, key))
            print(f"{count:5} {word:8} {key}   (seed {example})")


def shrunk(outcomes, options, tapeless) -> list[tuple[int, RandomProgram, Outcome]]:
    """The failures made small, a few of each kind."""
    chosen: list[int] = []
    kinds: Counter = Counter()
    for seed, outcome in outcomes.items():
        kind = (outcome.word, outcome.key)
        most = options.shrink if outcome.word == "WRONG" else options.each
        if (outcome.bad or outcome.word == options.also) and kinds[kind] < most:
            kinds[kind] += 1
            chosen.append(seed)
    found = []
    for seed in chosen[: options.shrink]:
        outcome = outcomes[seed]
        small = smallest(program_of(seed, options), outcome, tapeless)
        found.append((seed, small, judge(small, tapeless)))
        print(f"\n# seed {seed}: {found[-1][2].word}: {found[-1][2].detail}\n{small}", flush=True)
    return found


def smallest(
    program: RandomProgram, outcome: Outcome, tapeless, seconds: float = 40.0
) -> RandomProgram:
    def still(candidate: RandomProgram) -> bool:
        got = judge(candidate, tapeless, 3.0)
        return got.word == outcome.word and got.key == outcome.key

    return shrink(program, still, seconds)


def page(found) -> str:
    """Failures grouped by what they look like, most frequent first."""
    groups: dict[tuple, list] = {}
    for seed, program, outcome in found:
        groups.setdefault((outcome.word, outcome.key), []).append((seed, program, outcome))
    parts = ["# Random programs that fail\n"]
    for (word, key), items in sorted(groups.items(), key=lambda g: -len(g[1])):
        parts.append(f"## {word}: {key} ({len(items)} shrunk)\n")
        for seed, program, outcome in items:
            parts.append(f"seed {seed}: {outcome.detail}\n\n```python\n{program}\n```\n")
    return "\n".join(parts)


def show(program: RandomProgram, tapeless) -> None:
    outcome = judge(program, tapeless)
    print(program, f"\n\n# {outcome.word}: {outcome.detail}\n")
    with loaded(program.source) as f:
        try:
            print(tapeless.grad(f, argnums=program.wrt).source_for(*program.values()))
        except Exception as error:
            print(f"# {type(error).__name__}: {error}")


if __name__ == "__main__":
    sys.exit(main())
