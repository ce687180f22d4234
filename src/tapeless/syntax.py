"""Build, quote, copy and walk gast trees; fresh deterministic names; comments as statements.

The one place that knows how gast's nodes differ from those of :mod:`ast`.

>>> print(to_debug_text(stmts("y = x + 1")[0]))
y = x + 1
"""

from __future__ import annotations

import ast
import builtins
import keyword
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import gast

LOCATION = ("lineno", "col_offset", "end_lineno", "end_col_offset")


class Comment(str):
    """``mark(Comment("text"))`` prints as the line ``# text``."""


class Blank(str):
    """``mark(Blank(""))`` prints as an empty line."""


def mark(text: Comment | Blank) -> gast.Expr:
    """A comment or an empty line as a statement: it survives copies and passes."""
    return gast.Expr(gast.Constant(text, None))


def mark_of(node: gast.AST) -> Comment | Blank | None:
    """The mark that a statement is, or None."""
    if isinstance(node, gast.Expr) and isinstance(node.value, gast.Constant):
        if isinstance(node.value.value, (Comment, Blank)):
            return node.value.value
    return None


class Origin(gast.Pass):
    """The adjoint of a user's statement begins here; becomes a comment with its text."""

    _fields = ()

    def __init__(self, statement: gast.stmt):
        super().__init__()
        self.statement = statement
        locate_like(self, statement)


class Done(gast.Pass):
    """The adjoint of a user's statement ends here."""

    _fields = ()


# --- building -------------------------------------------------------------------------


def name(identifier: str) -> gast.Name:
    """A name that is read."""
    return gast.Name(identifier, gast.Load(), None, None)


def target(identifier: str) -> gast.Name:
    """A name that is assigned."""
    return gast.Name(identifier, gast.Store(), None, None)


def const(value: object) -> gast.expr:
    """A literal; a negative number is a unary minus, so that ``(-2) ** x`` stays itself."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value < 0:
        return gast.UnaryOp(gast.USub(), gast.Constant(-value, None))
    return gast.Constant(value, None)


def call(function: str | gast.expr, *arguments: gast.expr, **keywords: gast.expr) -> gast.Call:
    """A call; a string names the function, dots allowed."""
    callee = expr(function) if isinstance(function, str) else function
    return gast.Call(callee, list(arguments), [gast.keyword(k, v) for k, v in keywords.items()])


def assign(left: str | gast.expr, value: gast.expr) -> gast.Assign:
    """``left = value``."""
    where = target(left) if isinstance(left, str) else left
    return gast.Assign([where], value, None)


def subscript(base: gast.expr, index: gast.expr, store: bool = False) -> gast.Subscript:
    """``base[index]``."""
    return gast.Subscript(base, index, gast.Store() if store else gast.Load())


def attribute(base: gast.expr, field: str) -> gast.Attribute:
    """``base.field``."""
    return gast.Attribute(base, field, gast.Load())


def expr(text: str) -> gast.expr:
    """The expression that a text is."""
    return gast.parse(text, mode="eval").body


def stmts(text: str) -> list[gast.stmt]:
    """The statements that a text is; locations are removed."""
    body: list[gast.stmt] = gast.parse(text).body
    for node in (n for s in body for n in gast.walk(s)):
        for field in LOCATION:
            if hasattr(node, field):
                delattr(node, field)
    return body


# --- copying, replacing, printing --------------------------------------------------------


def copy_tree(node: Any) -> Any:
    """A deep copy of a tree (or of a list of trees), locations included."""
    if isinstance(node, gast.AST):
        form: Any = type(node)
        new = form.__new__(form)
        for field in node._fields:
            value = getattr(node, field, None)
            setattr(new, field, copy_tree(value) if isinstance(value, (gast.AST, list)) else value)
        for field in LOCATION:
            value = getattr(node, field, None)
            if value is not None:
                setattr(new, field, value)
        return new
    if isinstance(node, list):
        return [copy_tree(item) if isinstance(item, (gast.AST, list)) else item for item in node]
    return node


def locate_like(new: gast.AST, old: gast.AST) -> gast.AST:
    """Give ``new`` (not its children) the location of ``old``; return it."""
    for field in LOCATION:
        value = getattr(old, field, None)
        if value is not None:
            setattr(new, field, value)
    return new


class _Substitution(gast.NodeTransformer):
    def __init__(self, replacements: Mapping[str, gast.expr]):
        self.replacements = replacements

    def visit_Name(self, node: gast.Name) -> gast.expr:
        found = self.replacements.get(node.id)
        if found is None:
            return node
        if isinstance(node.ctx, gast.Store) and isinstance(found, gast.Name):
            return target(found.id)
        return copy_tree(found)


def substitute(node: Any, replacements: Mapping[str, gast.expr]) -> Any:
    """A copy of a tree with names replaced by expressions.

    >>> print(to_debug_text(substitute(expr("x * y"), {"x": expr("a + b")})))
    (a + b) * y
    """
    if not replacements:
        return copy_tree(node)
    if isinstance(node, list):
        return [substitute(item, replacements) for item in node]
    return _Substitution(replacements).visit(copy_tree(node))


def to_debug_text(node: Any) -> str:
    """Text of a tree or a list of statements through the standard unparser (not what users see)."""
    if isinstance(node, list):
        return "\n".join(to_debug_text(item) for item in node)
    found = mark_of(node)
    if found is not None:
        return f"# {found}" if isinstance(found, Comment) else ""
    return ast.unparse(ast.fix_missing_locations(gast.gast_to_ast(copy_tree(node))))


def same(left: Any, right: Any) -> bool:
    """Whether two trees are equal, locations aside.

    >>> same(expr("a + 1"), expr("a+1")), same(expr("a"), expr("b"))
    (True, False)
    """
    if isinstance(left, gast.AST):
        if type(left) is not type(right):
            return False
        return all(
            same(getattr(left, f, None), getattr(right, f, None))
            for f in left._fields
            if f not in ("ctx", "annotation", "type_comment", "kind")
        )
    if isinstance(left, list):
        return (
            isinstance(right, list)
            and len(left) == len(right)
            and all(same(a, b) for a, b in zip(left, right, strict=True))
        )
    return type(left) is type(right) and left == right


# --- imports ----------------------------------------------------------------------------


def bound_by(alias: gast.alias) -> str:
    """The name that one item of an import binds: of ``import a.b``, the package ``a``."""
    return str((alias.asname or alias.name).split(".")[0])


def import_as(node: Any, name_for: Callable[[gast.alias], str], namer: Namer) -> Any:
    """An import that binds other names.

    >>> tree = stmts("import os.path, sys")[0]
    >>> print(to_debug_text(import_as(tree, lambda alias: bound_by(alias) + "1", Namer())))
    import os.path as os_path, os as os1, sys as sys1
    """
    names: list[gast.alias] = []
    for alias in node.names:
        new, old = name_for(alias), bound_by(alias)
        if new == old:
            names.append(gast.alias(alias.name, alias.asname))
            continue
        imported = alias.name
        if isinstance(node, gast.Import) and not alias.asname and "." in alias.name:
            # The submodule is imported, and what is bound is the package around it.
            names.append(gast.alias(alias.name, namer.fresh(alias.name.replace(".", "_"))))
            imported = old
        names.append(gast.alias(imported, new))
    form: Any = type(node)
    copied = form(names) if form is gast.Import else form(node.module, names, node.level)
    return locate_like(copied, node)


# --- walking ----------------------------------------------------------------------------


def names_read(node: Any) -> list[str]:
    """Names read anywhere below, in order of appearance, each once (nested scopes included)."""
    return list(
        dict.fromkeys(
            n.id for n in walk(node) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Load)
        )
    )


def parameters_of(arguments: gast.arguments) -> list[gast.Name]:
    """All parameters of a function or lambda; the starred ones last.

    >>> [p.id for p in parameters_of(expr("lambda a, /, b, *rest, c=1, **more: a").args)]
    ['a', 'b', 'c', 'rest', 'more']
    """
    extra = [a for a in (arguments.vararg, arguments.kwarg) if a is not None]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *extra]


def names_stored(node: Any) -> list[str]:
    """Names assigned anywhere below (not inside nested functions), each once."""
    found: dict[str, None] = {}
    for n in walk_scope(node):
        if isinstance(n, gast.Name) and isinstance(n.ctx, (gast.Store, gast.Del)):
            found[n.id] = None
        elif isinstance(n, (gast.FunctionDef, gast.AsyncFunctionDef, gast.ClassDef)):
            found[n.name] = None
        elif isinstance(n, gast.alias):
            found[bound_by(n)] = None
        elif isinstance(n, gast.ExceptHandler) and isinstance(n.name, gast.Name):
            found[n.name.id] = None
    return list(found)


SCOPES = (gast.FunctionDef, gast.AsyncFunctionDef, gast.Lambda, gast.ClassDef)


def walk(node: Any) -> Iterator[gast.AST]:
    """Every node below, parents first, in source order; lists allowed."""
    return _below(node, ())


def walk_scope(node: Any) -> Iterator[gast.AST]:
    """Like :func:`walk`, but does not enter nested functions, lambdas or classes."""
    return _below(node, SCOPES)


def _below(node: Any, closed: tuple[type, ...]) -> Iterator[gast.AST]:
    """The nodes below, those of some classes not entered.

    With a stack of its own: a sum of five hundred terms is a tree of that depth.
    """
    waiting: list[Any] = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += here[::-1]
        elif isinstance(here, gast.AST):
            yield here
            if isinstance(here, closed):
                continue
            for field in here._fields[::-1]:
                value = getattr(here, field, None)
                if isinstance(value, (gast.AST, list)):
                    waiting.append(value)


def blocks_of(statement: gast.stmt) -> list[list[gast.stmt]]:
    """The statement lists directly inside a compound statement, in the order of the text."""
    if isinstance(statement, (gast.FunctionDef, gast.ClassDef)):
        return []
    handled = [handler.body for handler in getattr(statement, "handlers", [])]
    body, *others = [getattr(statement, f, None) for f in ("body", "orelse", "finalbody")]
    return [block for block in (body, *handled, *others) if block]


def statements_in(block: Iterable[gast.stmt]) -> Iterator[gast.stmt]:
    """Every statement of a block and of the blocks inside it, in order."""
    for statement in block:
        yield statement
        for inner in blocks_of(statement):
            yield from statements_in(inner)


STEP = "step"


def step(body: list[gast.stmt], like: gast.AST) -> gast.stmt:
    """``if True:`` around statements of a block that an exception may cut short.

    A step is done as a whole, or what it did is never seen; what follows sees it as a branch that
    may not have been taken.
    """
    return locate_like(gast.If(locate_like(gast.Constant(True, STEP), like), body, []), like)


def is_step(node: gast.AST) -> bool:
    """Whether a statement was made by :func:`step`."""
    if not isinstance(node, gast.If) or not isinstance(node.test, gast.Constant):
        return False
    return node.test.value is True and node.test.kind == STEP


def in_steps(block: Iterable[gast.stmt]) -> list[gast.stmt]:
    """The statements of a block, those of its steps in their places."""
    return [inner for s in block for inner in (s.body if is_step(s) else [s])]


def is_quiet(statement: gast.stmt) -> bool:
    """Whether a statement raises nothing: ``stop = True``, ``value = y``."""
    if isinstance(statement, gast.Pass):
        return True
    named = isinstance(statement, gast.Assign) and isinstance(statement.targets[0], gast.Name)
    return named and isinstance(statement.value, (gast.Constant, gast.Name))


def dotted(node: gast.expr) -> str | None:
    """``"np.linalg.norm"`` for a chain of attributes that starts at a name, else None."""
    parts = []
    while isinstance(node, gast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, gast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])


def called_name(node: gast.Call) -> str:
    """The last part of the name of what is called: ``"sum"`` for ``np.sum(x)`` and ``x.sum()``."""
    if isinstance(node.func, gast.Attribute):
        return str(node.func.attr)
    return str(node.func.id) if isinstance(node.func, gast.Name) else ""


# --- names ------------------------------------------------------------------------------


class Namer:
    """Hands out names that are not used yet; the same calls give the same names.

    >>> namer = Namer({"x", "t1"})
    >>> namer.temporary(), namer.temporary(), namer.fresh("x"), namer.fresh("y")
    ('t2', 't3', 'x1', 'y')
    """

    def __init__(self, used: Iterable[str] = ()):
        self.used = set(used) | set(keyword.kwlist) | set(dir(builtins))
        self.temporaries: set[str] = set()
        self.cells: set[str] = set()  # hold defaults of nested functions, one for each time made
        self.origin: dict[str, str] = {}  # what a renamed name was called by the user
        self._count = 0

    def reserve(self, *names: str) -> None:
        """Never hand these out."""
        self.used.update(names)

    def temporary(self) -> str:
        """The next free ``t1``, ``t2``, …; remembered as a temporary of ours."""
        while True:
            self._count += 1
            candidate = f"t{self._count}"
            if candidate not in self.used:
                self.used.add(candidate)
                self.temporaries.add(candidate)
                return candidate

    def fresh(self, wish: str) -> str:
        """``wish`` if it is free, else ``wish1``, ``wish2``, …"""
        candidate, number = wish, 0
        while candidate in self.used:
            number += 1
            joint = "_" if wish[-1:].isdigit() else ""
            candidate = f"{wish}{joint}{number}"
        self.used.add(candidate)
        return candidate

    def counter(self) -> str:
        """A name for a loop counter: ``i``, ``j``, ``k``, … if free."""
        for candidate in "ijklmn":
            if candidate not in self.used:
                self.used.add(candidate)
                return candidate
        return self.fresh("i")

    def called_by_user(self, identifier: str) -> str:
        """The name in the user's text that a name was made from."""
        return self.origin.get(identifier, identifier)

    def is_temporary(self, identifier: str) -> bool:
        """Whether the name was handed out by :meth:`temporary`."""
        return identifier in self.temporaries
