"""Which ways lead out of a statement, and whether control can reach the end of a block."""

from __future__ import annotations

import gast

from ..errors import NotSupported

RETURN, BREAK, CONTINUE = "return", "break", "continue"


# Contexts that never swallow an exception: what follows one that returns is not reached.
TRANSPARENT = {
    "errstate",
    "printoptions",
    "catch_warnings",
    "localcontext",
    "nullcontext",
    "open",
    "closing",
    "threadpool_limits",
}


class Leaving:
    """Answers for one function, each worked out once."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[gast.stmt, frozenset[str]]] = {}

    def forget(self, node: gast.stmt) -> None:
        """The statement was changed."""
        self.known.pop(id(node), None)

    def exits(self, node: gast.stmt) -> frozenset[str]:
        """The ways in which a statement can leave the block that it stands in."""
        found = self.known.get(id(node))
        if found is not None and found[0] is node:
            return found[1]
        result = self._exits(node)
        self.known[id(node)] = (node, result)
        return result

    def _exits(self, node: gast.stmt) -> frozenset[str]:
        match node:
            case gast.Return():
                return frozenset({RETURN})
            case gast.Break():
                return frozenset({BREAK})
            case gast.Continue():
                return frozenset({CONTINUE})
            case gast.For() | gast.While():
                return (self.among(node.body) & {RETURN}) | self.among(node.orelse)
            case gast.If():
                return self.among(node.body) | self.among(node.orelse)
            case gast.With():
                return self.among(node.body)
            case gast.Try():
                handled = frozenset().union(*(self.among(h.body) for h in node.handlers))
                found = (
                    self.among(node.body)
                    | self.among(node.orelse)
                    | handled
                    | self.among(node.finalbody)
                )
                last = self.among(node.finalbody)
                if last:  # it would swallow the exception
                    raise NotSupported(
                        node.finalbody[0],
                        f"`{min(last)}` inside `finally`",
                        instead=f"{min(last)} after the `try`",
                    )
                return found
        return frozenset()

    def among(self, block: list[gast.stmt]) -> frozenset[str]:
        return frozenset().union(*(self.exits(s) for s in block))

    def falls(self, block: list[gast.stmt]) -> bool:
        """Whether control can reach the end of a block."""
        return all(self._passes(s) for s in block)

    def _passes(self, node: gast.stmt) -> bool:
        match node:
            case gast.Return() | gast.Break() | gast.Continue() | gast.Raise():
                return False
            case gast.If():
                return self.falls(node.body) or self.falls(node.orelse)
            case gast.With():
                return self.falls(node.body) or not all(_lets_through(i) for i in node.items)
            case gast.While(test=gast.Constant()):
                return not node.test.value or BREAK in self.among(node.body)
            case gast.For() | gast.While() if node.orelse:
                return BREAK in self.among(node.body) or self.falls(node.orelse)
            case gast.Try():
                inside = self.falls([*node.body, *node.orelse])
                return (inside or any(self.falls(h.body) for h in node.handlers)) and self.falls(
                    node.finalbody
                )
        return True


def _lets_through(item: gast.withitem) -> bool:
    """Whether a context lets every exception through."""
    context = item.context_expr
    function = context.func if isinstance(context, gast.Call) else context
    last = function.attr if isinstance(function, gast.Attribute) else getattr(function, "id", None)
    return last in TRANSPARENT
