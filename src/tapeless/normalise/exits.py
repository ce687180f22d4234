"""One way out: `continue`, early `return`, `break` in the middle and loop `else` become branches.

>>> from tapeless.normalise.show import show
>>> show(exits, '''
... def f(x, n):
...     if n == 0:
...         return 0.0
...     for i in range(n):
...         if x > 10.0:
...             return x
...         x = x * x
...     return -x
... ''')
def f(x, n):
    if n == 0:
        value = 0.0
    else:
        returned = False
        for i in range(n):
            if x > 10.0:
                value = x
                returned = True
            else:
                x = x * x
            if returned:
                break
        if not returned:
            value = -x
    return value

What follows a branch that leaves moves into the other branch. A flag appears only where an exit
leaves a loop (or a `with` or `try`), or where both branches may go on. A loop keeps its `break` if
that is its only exit and its first statement, and gets one as its last statement otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import gast

from ..syntax import Namer, assign, const, copy_tree, locate_like, name
from .evaluation import is_truth
from .leaving import BREAK, CONTINUE, RETURN, Leaving
from .rewriter import NESTED, negated, nodes, stamp, walruses

DEEPEST = 20  # a longer chain of early exits uses a flag: Python limits the indentation


def exits(tree: gast.FunctionDef, namer: Namer, listed: bool = False) -> gast.FunctionDef:
    """Leave one `return`, as the last statement; consumes the tree.

    ``listed``: it was a generator, so that each `return` gives the same list.
    """
    return Exits(namer, listed).function(tree)


@dataclass
class Loop:
    """A loop that is being rewritten: the flags that its exits set."""

    stop: str | None = None
    skip: str | None = None


@dataclass(frozen=True)
class Context:
    """Where a block stands."""

    loops: tuple[Loop, ...] = ()
    flagged: bool = False  # a return has to be remembered in a flag
    skipping: bool = False  # so has a continue
    depth: int = 0

    def deeper(self) -> Context:
        return replace(self, depth=self.depth + 1)


class Exits(Leaving):
    def __init__(self, namer: Namer, listed: bool = False):
        super().__init__()
        self.namer, self.listed = namer, listed
        self.value: str | None = None
        self.returned: str | None = None
        self.stops: list[str] = []
        self.asked: dict[int, str] = {}  # loops whose `else` asks a flag

    def function(self, tree: gast.FunctionDef) -> gast.FunctionDef:
        body = tree.body
        if self.falls(body):
            body = [*body, locate_like(gast.Return(const(None)), tree)]
        if self._is_simple(body):
            last = body[-1]
            if last.value is None:
                last.value = const(None)
            tree.body = [*self.lower(body[:-1], Context()), last]
            return tree
        returns = [n for s in body for n in nodes(s, False) if isinstance(n, gast.Return)]
        if any(r.value is not None and not _is_none(r.value) for r in returns):
            self.value = self.namer.fresh("value")
        result = None
        if self.listed:
            self.value, result = None, copy_tree(returns[-1].value)
        lowered = self.lower(body, Context())
        if result is None:
            result = const(None) if self.value is None else name(self.value)
        final = locate_like(gast.Return(result), returns[-1] if returns else tree.body[-1])
        tree.body = [*lowered, final]
        return tree

    def _is_simple(self, body: list[gast.stmt]) -> bool:
        """Whether the only return is the last statement."""
        return isinstance(body[-1], gast.Return) and not any(
            RETURN in self.exits(s) for s in body[:-1]
        )

    # --- blocks ------------------------------------------------------------------------

    def lower(self, block: list[gast.stmt], context: Context) -> list[gast.stmt]:
        """A block without exits: it runs to its end, and what must be remembered is in flags."""
        out: list[gast.stmt] = []
        for k, node in enumerate(block):
            rest = block[k + 1 :]
            leaves = self.exits(node)
            if isinstance(node, (gast.Return, gast.Break, gast.Continue)):
                return [*out, *self._site(node, context)]
            if isinstance(node, (gast.For, gast.While)):
                rest = self._after_loop(node, rest, context)
                return [*out, *self._through(node, rest, self.exits(node), context)]
            if isinstance(node, gast.If) and leaves:
                return [*out, *self._branch(node, rest, leaves, context)]
            if leaves:
                return [*out, *self._through(node, rest, leaves, context)]
            out.append(self._inside(node, context))
            if isinstance(node, gast.Raise):
                return out
        return out

    def _site(self, node: gast.stmt, context: Context) -> list[gast.stmt]:
        """The statements in the place of an exit."""
        new: list[gast.stmt] = []
        if isinstance(node, gast.Return):
            if self.value is not None:
                new.append(
                    assign(self.value, node.value if node.value is not None else const(None))
                )
            if context.loops or context.flagged:
                new.append(assign(self._returned(), const(True)))
            new.extend(assign(loop.stop, const(True)) for loop in context.loops if loop.stop)
        elif isinstance(node, gast.Break):
            new.append(assign(context.loops[-1].stop, const(True)))
        elif context.skipping:
            new.append(assign(context.loops[-1].skip, const(True)))
        for statement in new:
            locate_like(statement, node)
        return new

    def _branch(
        self, node: gast.If, rest: list[gast.stmt], leaves: frozenset[str], context: Context
    ) -> list[gast.stmt]:
        """An `if` that may leave: what follows moves into the branch that goes on."""
        first, second = self.falls(node.body), self.falls(node.orelse)
        body, orelse = node.body, node.orelse
        both = first and second
        if rest and both and not (len(rest) == 1 and _is_short(rest[0])):
            return self._flagged(node, rest, leaves, context)
        if rest and context.depth >= DEEPEST:
            return self._flagged(node, rest, leaves, context)
        if rest and first:
            body = [*body, *rest]
        if rest and second:
            orelse = [*orelse, *(copy_tree(rest) if both else rest)]
        inner = context.deeper()
        return [self._if(node, self.lower(body, inner), self.lower(orelse, inner))]

    def _if(self, node: gast.If, body: list[gast.stmt], orelse: list[gast.stmt]) -> gast.If:
        if not body and orelse:
            return locate_like(gast.If(negated(node.test), orelse, []), node)
        return locate_like(
            gast.If(node.test, body or [locate_like(gast.Pass(), node)], orelse), node
        )

    def _through(
        self, node: gast.stmt, rest: list[gast.stmt], leaves: frozenset[str], context: Context
    ) -> list[gast.stmt]:
        """A loop, `with` or `try`: it cannot be left from inside, so what follows asks a flag."""
        if not leaves:
            reached = self._passes(node)
            new = self._inside(node, context)
            return [*_listed(new), *(self.lower(rest, context) if reached else [])]
        if not self._passes(node):
            rest = []
        if self._goes_on_in_else(node) and context.depth < DEEPEST:
            node.orelse = [*node.orelse, *rest]
            self.forget(node)
            return _listed(self._inside(node, context))
        return self._flagged(node, rest, leaves, context)

    def _goes_on_in_else(self, node: gast.stmt) -> bool:
        """Whether what follows a `try` is reached if and only if its body was done."""
        return (
            isinstance(node, gast.Try)
            and bool(node.handlers)
            and not node.finalbody
            and not self.among([*node.body, *node.orelse])
            and not any(self.falls(h.body) for h in node.handlers)
            and self.falls([*node.body, *node.orelse])
        )

    def _flagged(
        self, node: gast.stmt, rest: list[gast.stmt], leaves: frozenset[str], context: Context
    ) -> list[gast.stmt]:
        """Lower a statement that may leave; the rest runs unless a flag says that it has left."""
        pieces = self._pieces(rest) if context.depth >= DEEPEST else [rest]
        leaves = leaves.union(*(self.among(p) for p in pieces[:-1]))
        asks = bool(rest) or (isinstance(node, gast.Try) and bool(node.orelse))
        loop = context.loops[-1] if context.loops else None
        stop = loop.stop if loop else None
        out: list[gast.stmt] = []
        inner = context
        flags: list[str] = []
        if RETURN in leaves and (asks or isinstance(node, (gast.For, gast.While))):
            if loop is None and not context.flagged:
                out.append(assign(self._returned(), const(False)))
            inner = replace(inner, flagged=True)
            flags.append(stop or self._returned())
        if BREAK in leaves and stop and stop not in flags:
            flags.append(stop)
        if CONTINUE in leaves and asks and loop:
            loop.skip = loop.skip or self.namer.fresh("skip")
            inner = replace(inner, skipping=True)
            flags.append(loop.skip)
        inside = inner.deeper()
        if isinstance(node, gast.Try) and node.orelse:
            completed = gast.If(_none_of(flags), node.orelse, [])
            stamp(completed, node)
            self.forget(node)
            node.orelse = [completed]
        out.extend(_listed(self._inside(node, inner)))
        for piece in pieces:
            lowered = self.lower(piece, inside if piece is not pieces[-1] else context.deeper())
            if lowered:
                out.append(gast.If(_none_of(flags), lowered, []))
        for statement in out:
            stamp(statement, node)
        return out

    def _pieces(self, block: list[gast.stmt]) -> list[list[gast.stmt]]:
        """A block in pieces that end with a statement that may leave."""
        pieces: list[list[gast.stmt]] = [[]]
        for statement in block:
            pieces[-1].append(statement)
            if self.exits(statement):
                pieces.append([])
        return pieces

    def _inside(self, node: gast.stmt, context: Context) -> gast.stmt | list[gast.stmt]:
        """Lower the blocks of a statement."""
        if isinstance(node, NESTED):
            return node
        if isinstance(node, (gast.For, gast.While)):
            return self._loop(node, context)
        deeper = context.deeper()
        for part in ("body", "orelse", "finalbody"):
            if getattr(node, part, None):
                lowered = self.lower(getattr(node, part), deeper)
                setattr(node, part, lowered or [locate_like(gast.Pass(), node)])
        for handler in getattr(node, "handlers", ()):
            handler.body = self.lower(handler.body, deeper) or [locate_like(gast.Pass(), node)]
        return node

    # --- loops ---------------------------------------------------------------------------

    def _after_loop(
        self, node: gast.For | gast.While, rest: list[gast.stmt], context: Context
    ) -> list[gast.stmt]:
        """Move the `else` of a loop behind it."""
        if not node.orelse:
            return rest
        orelse, node.orelse = node.orelse, []
        self.forget(node)
        if BREAK not in self.among(node.body):
            return [*orelse, *rest]
        flag = self.asked[id(node)] = self._stop(len(context.loops))
        unless = gast.If(negated(name(flag)), orelse, [])
        stamp(unless, orelse[0])
        return [unless, *rest]

    def _loop(self, node: gast.For | gast.While, context: Context) -> list[gast.stmt]:
        """A loop whose body runs to its end; flags first."""
        body = node.body = _guard_first(node.body)
        leaves = self.among(body)
        keep_first = keep_last = 0
        before: list[gast.stmt] = []
        loop = Loop()
        asked = id(node) in self.asked
        if BREAK in leaves:
            if not asked and _is_break(body[0]) and not self.among(body[1:]) & {BREAK, RETURN}:
                keep_first = 1
            elif not asked and _is_tail(body[-1]) and not self.among(body[:-1]):
                keep_last = 1
            else:
                loop.stop = self._stop(len(context.loops))
        inner = Context((*context.loops, loop), flagged=context.flagged, depth=context.depth + 1)
        tail: list[gast.stmt] = []
        if (
            loop.stop
            and not self.among(body[:-1])
            and _is_break(body[-1])
            and is_truth(body[-1].test)
        ):
            # `if test: break` at the very end: the flag is the test
            last = body[-1]
            tail = [assign(loop.stop, last.test), gast.If(name(loop.stop), [gast.Break()], [])]
            for statement in tail:
                stamp(statement, last)
            body = body[:-1]
            if asked:
                before.append(assign(loop.stop, const(False)))
        elif loop.stop:
            before.append(assign(loop.stop, const(False)))
            tail = [gast.If(name(loop.stop), [gast.Break()], [])]
        elif RETURN in leaves:
            tail = [gast.If(name(self._returned()), [gast.Break()], [])]
        lowered = self.lower(body[keep_first : len(body) - keep_last], inner)
        if loop.skip:
            lowered = [assign(loop.skip, const(False)), *lowered]
        new = [*body[:keep_first], *lowered, *body[len(body) - keep_last :][:keep_last], *tail]
        node.body = new or [gast.Pass()]
        for statement in [*before, *node.body]:
            stamp(statement, node)
        return [*before, node]

    # --- names ---------------------------------------------------------------------------

    def _returned(self) -> str:
        self.returned = self.returned or self.namer.fresh("returned")
        return self.returned

    def _stop(self, depth: int) -> str:
        """Loops of the same depth share a flag."""
        while len(self.stops) <= depth:
            self.stops.append(self.namer.fresh("stop"))
        return self.stops[depth]


def _listed(new: gast.stmt | list[gast.stmt]) -> list[gast.stmt]:
    return new if isinstance(new, list) else [new]


def _none_of(flags: list[str]) -> gast.expr:
    either = name(flags[0]) if len(flags) == 1 else gast.BoolOp(gast.Or(), [name(f) for f in flags])
    return negated(either)


def _is_none(node: gast.expr) -> bool:
    return isinstance(node, gast.Constant) and node.value is None


def _is_short(node: gast.stmt) -> bool:
    """Whether a statement may stand twice."""
    if isinstance(node, gast.Return):
        return node.value is None or isinstance(node.value, (gast.Name, gast.Constant))
    return isinstance(node, (gast.Break, gast.Continue))


def _is_break(node: gast.stmt) -> bool:
    """``if test: break``, and the test assigns nothing."""
    return (
        isinstance(node, gast.If)
        and len(node.body) == 1
        and isinstance(node.body[0], gast.Break)
        and not node.orelse
        and not walruses(node.test)
    )


def _guard_first(body: list[gast.stmt]) -> list[gast.stmt]:
    """``if test: break`` / ``else: rest`` at the top of a loop is a guard and the rest after it."""
    first = body[0]
    if not (isinstance(first, gast.If) and first.orelse and len(first.body) == 1):
        return body
    if not isinstance(first.body[0], gast.Break) or walruses(first.test):
        return body
    guard = gast.If(first.test, first.body, [])
    stamp(guard, first)
    return [guard, *first.orelse, *body[1:]]


def _is_tail(node: gast.stmt) -> bool:
    return _is_break(node) and isinstance(node.test, gast.Name)
