"""Which handlers of a ``try`` are never reached, as far as the kinds tell.

A look-up of a known key in a constant dict raises nothing, and NumPy's functions raise no
`NameError`: what stands in a handler for these is code for other arguments, and is taken out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast

from ..syntax import blocks_of, names_read, names_stored, walk, walk_scope
from .kinds import Array, Kind, Number, Record, Sequence, Static, Table

if TYPE_CHECKING:
    from .infer import Inference

# Raised by a name that has no value and by an import, never by a function of a library.
OF_NAMES = (NameError, ImportError)
PLAIN = (gast.Assign, gast.AugAssign, gast.Expr, gast.Pass)


class Raising:
    """Follows the body of one ``try``: what may its statements raise?"""

    def __init__(self, inference: Inference, attempt: gast.Try):
        self.inference = inference
        self.bound = assigned_before(inference.unit.tree.body, attempt) or set()
        self.bound |= set(inference.unit.parameters)
        self.bound -= _deleted(inference.unit.tree)
        self.sure = True  # the statement at hand raises nothing
        self.nothing = True  # no statement did so far
        self.no_names = True  # none of `OF_NAMES` was raised

    def before(self, statement: gast.stmt) -> None:
        """Look at a statement that is about to be interpreted."""
        bound = self.binds(statement)
        self.sure = bound and self.is_sure(statement)
        self.no_names = self.no_names and bound
        self.nothing = self.nothing and self.sure

    def after(self, statement: gast.stmt) -> None:
        """Look at a statement that has been interpreted: what its calls do is known now."""
        self.no_names = self.no_names and (self.sure or self.is_plain(statement))
        self.bound |= _assigned(statement)

    def unreached(self, handler: gast.ExceptHandler) -> bool:
        """Whether a handler is never entered."""
        if self.nothing:
            return True
        if not self.no_names or handler.type is None:
            return False
        caught = self.inference.kind(handler.type)
        found = caught.value if caught is not None and caught.static else None
        classes = found if isinstance(found, tuple) else (found,)
        return all(isinstance(c, type) and issubclass(c, OF_NAMES) for c in classes)

    def binds(self, statement: gast.stmt) -> bool:
        """Whether all names that a statement reads have a value."""
        known = self.inference
        return all(n in self.bound or n not in known.locals for n in names_read(statement))

    def is_sure(self, statement: gast.stmt) -> bool:
        """Whether a statement cannot fail: it looks up what is known to be there."""
        if isinstance(statement, gast.Pass):
            return True
        named = isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Name)
        return named and self.is_known(statement.value)

    def is_known(self, node: gast.expr) -> bool:
        if isinstance(node, (gast.Name, gast.Constant)):
            return True
        if isinstance(node, (gast.Tuple, gast.List)):
            return all(self.is_known(e) for e in node.elts)
        if isinstance(node, gast.Subscript) and not isinstance(
            node.slice, (gast.Slice, gast.Tuple)
        ):
            base, key = self.inference.kind(node.value), self.inference.kind(node.slice)
            there = key is not None and key.static and _holds(base, key.value)
            return there and self.is_known(node.value) and self.is_known(node.slice)
        if isinstance(node, gast.Attribute):
            found = self.inference.kind(node)
            return found is not None and found.static and self.is_known(node.value)
        if isinstance(node, gast.Call) and isinstance(node.func, gast.Attribute):
            # A method of a string that is known, such as `axes.lower()`, has been tried.
            base, found = self.inference.kind(node.func.value), self.inference.kind(node)
            text = isinstance(base, Static) and isinstance(base.value, str)
            known = found is not None and found.static and not node.keywords
            return text and known and all(map(self.is_known, [node.func.value, *node.args]))
        return False

    def is_plain(self, statement: gast.stmt) -> bool:
        """Whether a statement only computes: no code of the user runs, nothing is imported."""
        if isinstance(statement, gast.If):
            inside = [*statement.body, *statement.orelse]
            return self.computes(statement.test) and all(map(self.is_plain, inside))
        if isinstance(statement, gast.Raise):
            return self.raises_other(statement)
        return isinstance(statement, PLAIN) and self.computes(statement)

    def raises_other(self, statement: gast.Raise) -> bool:
        """Whether an exception that is raised here is none of `OF_NAMES`."""
        raised = statement.exc.func if isinstance(statement.exc, gast.Call) else statement.exc
        found = self.inference.kind(raised) if raised is not None else None
        form = found.value if found is not None else None
        return isinstance(form, type) and not issubclass(form, OF_NAMES)

    def computes(self, part: gast.AST) -> bool:
        """Whether there is nothing in a part of the program but arithmetic and calls of NumPy."""
        for node in walk_scope(part):
            if isinstance(node, gast.Call):
                site = self.inference.calls.sites.get(id(node))
                if site is None or site.form != "primitive":
                    return False
                if any(not _is_data(self.inference.kind(a)) for a in site.positional):
                    return False
            if isinstance(node, (gast.Subscript, gast.Attribute)):
                base = self.inference.kind(node.value)
                if isinstance(base, Record) and isinstance(node, gast.Attribute):
                    if base.get(node.attr) is None:
                        return False  # a property, perhaps
                elif not _is_data(base):
                    return False
            if isinstance(node, (gast.BinOp, gast.UnaryOp, gast.Compare)):
                if any(not _is_data(self.inference.kind(e)) for e in _operands(node)):
                    return False
        return True


def _operands(node: gast.AST) -> list[gast.expr]:
    found = [getattr(node, field, None) for field in ("left", "right", "operand")]
    return [*(e for e in found if e is not None), *getattr(node, "comparators", [])]


def _is_data(kind: Kind | None) -> bool:
    """Whether a value is made of numbers, or a constant that is no function of the user."""
    if isinstance(kind, Sequence):
        return all(map(_is_data, kind.items)) if kind.items is not None else _is_data(kind.element)
    if isinstance(kind, Static):
        module = str(getattr(kind.value, "__module__", None) or type(kind.value).__module__)
        return module.partition(".")[0] in ("numpy", "builtins", "math")
    return isinstance(kind, (Array, Number)) and not kind.optional


def _holds(base: Kind | None, key: object) -> bool:
    """Whether there is an item under a key."""
    if isinstance(base, Table):
        return base.closed and key in dict(base.items)
    if isinstance(base, Sequence) and base.items is not None and isinstance(key, int):
        return -len(base.items) <= key < len(base.items)
    return False


def assigned_before(block: list[gast.stmt], node: gast.stmt) -> set[str] | None:
    """Names that surely have a value where a statement begins; None if it is not in the block."""
    found: set[str] = set()
    for statement in block:
        if statement is node:
            return found
        for inner in blocks_of(statement):
            below = assigned_before(inner, node)
            if below is not None:
                return found | below
        found |= _assigned(statement)
    return None


def _assigned(statement: gast.stmt) -> set[str]:
    """Names to which a statement surely gives a value."""
    if isinstance(statement, gast.If):
        ways = [b for b in (statement.body, statement.orelse) if not _raises(b)]
        sets = [{n for s in way for n in _assigned(s)} for way in ways]
        return set.intersection(*sets) if sets else set()
    if isinstance(statement, gast.With):
        return {n for s in statement.body for n in _assigned(s)}
    if isinstance(statement, (gast.For, gast.While, gast.Try)):
        return set()
    return set(names_stored(statement))


def _raises(block: list[gast.stmt]) -> bool:
    return bool(block) and isinstance(block[-1], gast.Raise)


def _deleted(tree: gast.FunctionDef) -> set[str]:
    return {n.id for n in walk(tree) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Del)}
