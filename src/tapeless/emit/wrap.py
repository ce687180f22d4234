"""Long lines broken as a person would: at the outermost operators, then at brackets.

The printer hands over each statement as a list of tokens.  Inside brackets a line break means
nothing, so a broken line is right by construction; it is parsed and compared nevertheless, and
the long line stands if anything differs.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 88

_INDENT = "    "
_OPEN = frozenset("([{")
_CLOSE = frozenset({")", "]", "}", "):"})
_COMMA = ", "

# A line is broken at the operators that bind least; a break comes before the operator.
_RANK = {_COMMA: -2, " for ": -1, " if ": 0, " else ": 0, " or ": 1, " and ": 2}
_RANK |= {f" {o} ": 3 for o in ("==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not")}
_RANK |= {" | ": 4, " ^ ": 5, " & ": 6, " << ": 7, " >> ": 7, " + ": 8, " - ": 8}
_RANK |= {" * ": 9, " / ": 9, " @ ": 9, " // ": 9, " % ": 9, " ** ": 10}

_ASSIGN = frozenset(
    f" {o}= " for o in ("", "+", "-", "*", "/", "@", "**", "//", "%", "&", "|", "^", "<<", ">>")
)
_HEADS = frozenset({"if ", "elif ", "while ", "return", "assert "})


def fold(tokens: Iterable[str], width: int = WIDTH) -> str:
    """The text of a token list; lines longer than `width` are broken where that is possible."""
    out: list[str] = []
    line: list[str] = []
    for token in tokens:
        if token and not token.strip("\n"):
            out += [_fold_line(line, width), token]
            line = []
        elif token:
            line.append(token)
    out.append(_fold_line(line, width))
    return "".join(out)


def _fold_line(tokens: list[str], width: int) -> str:
    text = "".join(tokens)
    if len(text) <= width or "\n" in text or text.lstrip().startswith("#"):
        return text
    indent = text[: len(text) - len(text.lstrip())]
    while tokens and not tokens[0].strip():
        tokens = tokens[1:]
    if tokens[0][0] == " ":
        return text  # a whole line that came from elsewhere
    folded = "\n".join(_statement(tokens, indent, width))
    return folded if _same_meaning(folded, text) else text


def _statement(tokens: Sequence[str], indent: str, width: int) -> list[str]:
    """A statement: its right-hand side goes into brackets if operators stand outside of any."""
    start = _right_hand_side(tokens)
    stop = len(tokens) - 1 if tokens[-1] == ":" else len(tokens)
    head, middle, tail = tokens[:start], tokens[start:stop], tokens[stop:]
    rank = _lowest(middle)
    if start == 0 or rank is None:
        return _bracketed(tokens, start, indent, width) or [indent + "".join(tokens)]
    opening = indent + "".join(head) + "("
    body = _split_lines(middle, rank, indent + _INDENT, width)
    return [opening, *body, f"{indent}){''.join(tail)}"]


def _right_hand_side(tokens: Sequence[str]) -> int:
    """Where the expression that a statement is about begins; 0 if there is none."""
    for k in range(len(tokens) - 1, -1, -1):
        if tokens[k] in _ASSIGN and _depth(tokens[:k]) == 0:
            return k + 1
    if tokens[0] in _HEADS:
        return 2 if len(tokens) > 1 and tokens[1] == " " else 1
    return 0


def _depth(tokens: Sequence[str]) -> int:
    return sum((t in _OPEN) - (t in _CLOSE) for t in tokens)


def _lowest(tokens: Sequence[str]) -> int | None:
    """The rank of the operators outside all brackets that bind least."""
    depth, ranks = 0, []
    for token in tokens:
        depth += (token in _OPEN) - (token in _CLOSE)
        if depth == 0 and token in _RANK:
            ranks.append(_RANK[token])
    return min(ranks, default=None)


def _split(tokens: Sequence[str], rank: int) -> list[list[str]]:
    """The tokens cut before each operator of a rank that stands outside all brackets."""
    depth, pieces = 0, [[]]  # type: tuple[int, list[list[str]]]
    for token in tokens:
        depth += (token in _OPEN) - (token in _CLOSE)
        if depth == 0 and _RANK.get(token) == rank and pieces[-1]:
            pieces.append([])
        pieces[-1].append(token)
    return pieces


def _split_lines(tokens: Sequence[str], rank: int, indent: str, width: int) -> list[str]:
    """One line for each piece; commas stand at the end of the line, operators at its start."""
    pieces = _split(tokens, rank)
    lines: list[str] = []
    for piece in pieces:
        comma = "," if rank == _RANK[_COMMA] and len(pieces) > 1 else ""
        rest = piece[1:] if piece[0] == _COMMA else [piece[0].lstrip(), *piece[1:]]
        lines += _piece(rest, comma, indent, width)
    return lines


def _piece(tokens: Sequence[str], after: str, indent: str, width: int) -> list[str]:
    """An expression that stands inside brackets, with what follows it."""
    text = indent + "".join(tokens) + after
    if len(text) <= width:
        return [text]
    rank = _lowest(tokens)
    if rank is None:
        return _bracketed([*tokens, after], 0, indent, width) or [text]
    first, *others = _split(tokens, rank)
    lines = _piece(first, "", indent, width)
    for piece in others:
        deeper = [piece[0].lstrip(), *piece[1:]]
        lines += _piece(deeper, "", indent + _INDENT, width)
    lines[-1] += after
    return lines


def _bracketed(tokens: Sequence[str], start: int, indent: str, width: int) -> list[str] | None:
    """Break inside the longest pair of brackets after `start`; None if there is none."""
    pair = _longest_pair(tokens, start)
    if pair is None:
        return None
    i, j = pair
    opening = indent + "".join(tokens[: i + 1])
    closing = indent + "".join(tokens[j:])
    inside = tokens[i + 1 : j]
    rank = _lowest(inside)
    if rank is None:
        body = _piece(inside, "", indent + _INDENT, width)
    else:
        body = _split_lines(inside, rank, indent + _INDENT, width)
    return [opening, *body, closing]


def _longest_pair(tokens: Sequence[str], start: int) -> tuple[int, int] | None:
    best: tuple[int, int, int] | None = None
    depth, opened = 0, 0
    for k in range(start, len(tokens)):
        if tokens[k] in _OPEN:
            if depth == 0:
                opened = k
            depth += 1
        elif tokens[k] in _CLOSE:
            depth -= 1
            length = len("".join(tokens[opened + 1 : k]))
            if depth == 0 and length and (best is None or length > best[0]):
                best = (length, opened, k)
    return best[1:] if best else None


def _same_meaning(new: str, old: str) -> bool:
    """Never trust a formatter: both texts are parsed and compared."""
    try:
        return ast.dump(_parsed(new)) == ast.dump(_parsed(old))
    except SyntaxError:
        return False


def _parsed(text: str) -> ast.Module:
    text = textwrap.dedent(text).strip()
    if text.startswith("elif "):
        text = text[2:]
    return ast.parse(f"{text} pass" if text.endswith(":") else text)
