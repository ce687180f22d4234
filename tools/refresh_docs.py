"""Run the examples in README.md and docs/*.md and write down what they print.

`python tools/refresh_docs.py` rewrites what has changed; with `--check` it shows the differences
instead, and the exit status is 1 where there are any.

Two kinds of text are run, in the order of the page and in one namespace: doctest examples, and
what stands in a code block under a comment such as ``<!-- prints: print(f.source) -->``.  The
second kind is for output with blank lines, and for text that should not carry prompts.

An expected output with `...` in it that still fits is left alone.  Unlike the doctest run of the
test suite, spaces count here: indentation is a part of generated text.
"""

import argparse
import contextlib
import difflib
import doctest
import io
import linecache
import re
import sys
import traceback
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(
    r"^<!-- prints: (?P<code>.+?) -->\n```\w*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
EXCEPTION = "Traceback (most recent call last):\n    ...\n"


def pages():
    """The pages whose examples are run."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def refreshed(text, name):
    """The text of a page with the output that its examples have now."""
    lines = text.splitlines()
    scope = {"__name__": "__main__"}
    edits = []
    for number, (line, item) in enumerate(_in_order(text)):
        if isinstance(item, doctest.Example):
            if item.options.get(doctest.OPTIONFLAGS_BY_NAME["SKIP"]):
                continue
            first = line + item.source.count("\n")
            last = first + item.want.count("\n")
            got = _output(item.source, f"<doctest {name}[{number}]>", scope, item)
            if not _fits(item, got):
                new = [_indented(part, item.indent) for part in _as_expected(got)]
                edits.append((first, last, new))
        else:
            first = line + 2
            last = first + item["text"].count("\n")
            got = _output(item["code"] + "\n", f"<doctest {name}[{number}]>", scope)
            if got.strip("\n") != item["text"].strip("\n"):
                edits.append((first, last, got.strip("\n").split("\n")))
    for first, last, new in reversed(edits):
        lines[first:last] = new
    return "\n".join(lines) + "\n"


def _in_order(text):
    """Examples and blocks, each with the line it begins at."""
    found = [(example.lineno, example) for example in doctest.DocTestParser().get_examples(text)]
    found += [(text.count("\n", 0, m.start()), m) for m in BLOCK.finditer(text)]
    return sorted(found, key=lambda item: item[0])


def _output(source, filename, scope, example=None):
    """What a statement prints, or the end of its traceback."""
    # The functions of a page are found by their source, as those of a doctest are.
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            exec(compile(source, filename, "single"), scope)
        except Exception as error:
            if example is not None and example.exc_msg is None:
                print(f"{filename}: {source.strip()}", file=sys.stderr)
            said = "".join(traceback.format_exception_only(error))
            return (
                printed.getvalue() + EXCEPTION + re.sub(r"<doctest [^>]*>", "<doctest ...>", said)
            )
    return printed.getvalue()


def _fits(example, got):
    want = example.want
    if example.exc_msg is not None:
        want = EXCEPTION + example.exc_msg
    got = got.replace("\n\n", "\n<BLANKLINE>\n")
    return doctest.OutputChecker().check_output(want, got, doctest.ELLIPSIS)


def _as_expected(got):
    return [line or "<BLANKLINE>" for line in got.splitlines()]


def _indented(line, indent):
    return " " * indent + line


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing, show differences")
    parser.add_argument("pages", nargs="*", type=Path, help="README.md and docs/*.md by default")
    options = parser.parse_args(arguments)
    stale = 0
    for page in options.pages or pages():
        old = page.read_text(encoding="utf-8")
        new = refreshed(old, page.name)
        if new == old:
            continue
        stale += 1
        if options.check:
            parts = old.splitlines(keepends=True), new.splitlines(keepends=True)
            sys.stdout.writelines(difflib.unified_diff(*parts, str(page), "as it is now"))
        else:
            page.write_text(new, encoding="utf-8")
            print(f"refreshed {page}")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
