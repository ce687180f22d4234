"""The pages: links lead somewhere, examples print what stands there, lists are up to date."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path
    for folder in (".", "docs", "benchmarks", "examples")
    for path in (ROOT / folder).glob("*.md")
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prose(page):
    """A page without its code blocks."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page):
    """What the headings of a page are called in links."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def links():
    for page in PAGES:
        for link in LINK.findall(prose(page)):
            if "://" not in link:
                yield pytest.param(page, link, id=f"{page.name}-{link}")


@pytest.mark.parametrize(("page", "link"), list(links()))
def test_link_leads_somewhere(page, link):
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    assert target.exists()
    assert target.is_relative_to(ROOT)
    assert not anchor or anchor in anchors(target)


@pytest.mark.parametrize("page", tool("refresh_docs").pages(), ids=lambda page: page.name)
def test_examples_print_what_the_page_says(page):
    text = page.read_text(encoding="utf-8")
    assert tool("refresh_docs").refreshed(text, page.name) == text, "run tools/refresh_docs.py"


def test_the_list_of_rules_is_up_to_date():
    assert tool("list_rules").main(["--check"]) == 0, "run tools/list_rules.py"


def test_every_page_is_linked():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        paths = [link.partition("#")[0] for link in LINK.findall(prose(page)) if "://" not in link]
        waiting += [(page.parent / path).resolve() for path in paths]
    assert sorted(set((ROOT / "docs").glob("*.md")) - reached) == []


# --- the tool itself ------------------------------------------------------------------------------


def test_outputs_are_rewritten_and_what_fits_stays():
    page = """
>>> 1 + 1
3
>>> print("a", 0.123456)
a 0.123...
>>> 1 / 0
2

<!-- prints: print("one\\n\\ntwo") -->
```python
old
```

>>> x = 3
4
"""
    expected = """
>>> 1 + 1
2
>>> print("a", 0.123456)
a 0.123...
>>> 1 / 0
Traceback (most recent call last):
    ...
ZeroDivisionError: division by zero

<!-- prints: print("one\\n\\ntwo") -->
```python
one

two
```

>>> x = 3
"""
    refreshed = tool("refresh_docs").refreshed
    assert refreshed(page, "page.md") == expected
    assert refreshed(expected, "page.md") == expected
