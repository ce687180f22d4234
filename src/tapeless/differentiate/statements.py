"""The adjoint of each simple statement of the core language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast
import numpy as np

from .. import runtime
from ..algebra import neg, number, tidy
from ..analysis.effects import HARMLESS, SCATTERS, VIEW_ATTRIBUTES
from ..analysis.expressions import operator_name
from ..analysis.indexing import index_items, is_ellipsis, select
from ..analysis.kinds import Array, Kind, Number, Opaque, Sequence, Table, is_inexact
from ..analysis.unit import Site
from ..errors import NotSupported
from ..rules import registry
from ..syntax import assign, attribute, call, const, copy_tree, name, same, subscript
from .splice import Cotangent, Operation, Splicer

if TYPE_CHECKING:
    from .reverse import Reverse


class Statements:
    """Differentiates simple statements for one :class:`Reverse`."""

    def __init__(self, sweep: Reverse):
        self.sweep = sweep
        self.unit, self.recorder, self.inference = sweep.unit, sweep.recorder, sweep.inference
        self.adjoints, self.effects = sweep.adjoints, sweep.effects
        self.splicer = Splicer(self.inference, self.recorder, sweep.bind, self.adjoints.emit)

    def reverse(self, node: gast.stmt) -> None:
        """Write the adjoint of a statement."""
        if isinstance(node, gast.Assign):
            where = node.targets[0]
            if isinstance(where, gast.Name):
                self.assign(node, where.id)
            elif isinstance(where, gast.Subscript):
                self.store(node, where)
            else:
                self.refuse_active_attribute(node)
        elif isinstance(node, gast.AugAssign):
            self.augmented(node)
        elif isinstance(node, gast.Expr) and isinstance(node.value, gast.Call):
            self.expression(node, node.value)

    def refuse_active_attribute(self, node: gast.Assign) -> None:
        if self.varied_names(node.value):
            raise NotSupported(
                node, "a derivative that flows through an attribute", instead="a local variable"
            )

    def active_names(self, node: gast.expr) -> list[str]:
        """Active names of which an expression is a differentiable function."""
        flows = self.unit.facts["flows"]
        return [n for n in sorted(flows.operands(node)) if self.sweep.is_active(n)]

    def varied_names(self, node: gast.expr) -> list[str]:
        """Names that depend on the arguments, of which an expression is a differentiable function."""
        flows = self.unit.facts["flows"]
        return [n for n in sorted(flows.operands(node)) if n in self.sweep.activity.varied]

    def wanted(self, node: gast.expr) -> bool:
        """Whether a derivative with respect to an argument is asked for."""
        return bool(self.active_names(node))

    def kind(self, node: gast.expr) -> Kind | None:
        return self.inference.kind(node)

    # --- y = …

    def assign(self, node: gast.Assign, y: str) -> None:
        value = node.value
        site = self.unit.sites.get(id(value)) if isinstance(value, gast.Call) else None
        if site is not None and site.form == "user":
            self.sweep.pairs.reverse_call(self.sweep, node, site, y)
            return
        if y in self.effects.ties:
            return
        if y in self.sweep.apart:
            self.tuple_apart(node, y)
            return
        if site is not None and site.form == "method" and site.target == "pop":
            if self.popped(node, value, site, y):
                return
        if not self.sweep.is_active(y) or self.adjoints.is_zero(y):
            self.adjoints.kill(y)
            return
        if site is not None and site.form == "method":
            self.method(node, value, site, y)
            return
        if self.adjoints.kind(y) is None or isinstance(self.adjoints.kind(y), Opaque):
            raise NotSupported(
                value,
                f"the kind of '{y}' is not known",
                instead="numbers and arrays made by NumPy functions that tapeless knows",
            )
        if (
            isinstance(self.adjoints.kind(y), (Number, Array))
            and self.adjoints.kind(y).dtype[0] == "c"
        ):  # type: ignore[union-attr]
            raise NotSupported(
                value,
                "complex numbers in differentiated code",
                instead="real and imaginary part by themselves",
            )
        if isinstance(value, gast.Name):
            self.alias(node, y, value.id)
        elif isinstance(value, (gast.BinOp, gast.UnaryOp, gast.Call)):
            self.operation(node, value, y, site)
        elif isinstance(value, gast.Subscript):
            self.load(node, value, y)
        elif isinstance(value, gast.Attribute):
            self.attribute(node, value, y)
        elif isinstance(value, (gast.Tuple, gast.List, gast.Dict)):
            self.display(node, value, y)
        elif isinstance(value, gast.Constant):
            self.adjoints.kill(y)
        else:
            raise NotSupported(
                value,
                "this expression with a derivative flowing through it",
                instead="assignments of calls and operations",
            )

    def alias(self, node: gast.Assign, y: str, x: str) -> None:
        if not self.sweep.is_active(x):
            self.adjoints.kill(y)
            return
        held = self.adjoints.state[y]
        flowing = self.adjoints.whole(y, node)
        self.adjoints.kill(y)
        first = x not in self.adjoints.state
        self.adjoints.add(x, flowing, node, held.short)
        if first and held.owned and x in self.adjoints.state and x not in self.effects.ties:
            self.moved(x, held.short)

    def moved(self, x: str, short: bool) -> None:
        """The adjoint changes hands: no copy of a buffer is needed."""
        from .adjoints import Held

        if self.adjoints.state[x].literal is not None:
            return
        last = self.adjoints.out[-1]
        if (
            isinstance(last, gast.Assign)
            and isinstance(last.value, gast.Call)
            and isinstance(last.value.func, gast.Attribute)
        ):
            if last.value.func.attr == "copy" and not short:
                last.value = last.value.func.value
        self.adjoints.state[x] = Held(self.adjoints.state[x].short, True)

    def operation(self, node: gast.Assign, value: gast.expr, y: str, site: Site | None) -> None:
        """A primitive: its rule, un-broadcast where it must be."""
        if isinstance(self.adjoints.kind(y), (Sequence, Table)) and isinstance(
            value, (gast.BinOp, gast.UnaryOp)
        ):
            raise NotSupported(
                value,
                "joined or repeated lists of values that carry derivatives",
                instead="append and subscripts",
            )
        primitive, positional, keywords = self.primitive_of(value, site)
        if registry.is_constant(primitive):
            self.adjoints.kill(y)
            return
        if not self.wanted(value) and all(
            not self.wanted(a) for a in [*positional, *keywords.values()]
        ):
            self.adjoints.kill(y)
            return
        operation = Operation(primitive, positional, keywords, y, node, value)
        chosen = self.splicer.choose(operation)
        short = self.adjoints.state[y].short if y in self.adjoints.state else False
        if short and not (chosen[0].broadcasts and self.is_elementwise(primitive)):
            self.adjoints.fill_up(y, node)
            short = False
        flowing = self.adjoints.whole(y, node)
        owned = self.adjoints.state[y].owned if y in self.adjoints.state else False
        self.adjoints.kill(y)
        found = self.splicer.cotangents(operation, flowing, chosen, self.wanted)
        self.flow(node, y, found, short)
        if owned and len(found) == 1 and isinstance(found[0].argument, gast.Name):
            self.hand_over(found[0].argument.id, flowing)

    def is_elementwise(self, primitive: object) -> bool:
        """Whether a short adjoint may stand for a full one in the rule of a primitive."""
        if isinstance(primitive, np.ufunc):
            return primitive.signature is None
        return primitive in (np.where, np.clip, abs, np.nan_to_num, np.sinc)

    def hand_over(self, x: str, flowing: gast.expr) -> None:
        """An adjoint that went to one operand unchanged is that operand's now."""
        last = self.adjoints.out[-1] if self.adjoints.out else None
        if (
            isinstance(last, gast.Assign)
            and x in self.adjoints.state
            and x not in self.effects.ties
        ):
            value = last.value
            if (
                isinstance(value, gast.Call)
                and isinstance(value.func, gast.Attribute)
                and value.func.attr == "copy"
            ):
                value = value.func.value
            if (
                same(value, flowing)
                and isinstance(last.targets[0], gast.Name)
                and last.targets[0].id == self.adjoints.variable(x)
            ):
                self.moved(x, self.adjoints.state[x].short)

    def primitive_of(
        self, value: gast.expr, site: Site | None
    ) -> tuple[object, list[gast.expr], dict[str, gast.expr]]:
        if isinstance(value, gast.BinOp):
            return (
                registry.operator_primitive(operator_name(value.op)),
                [value.left, value.right],
                {},
            )
        if isinstance(value, gast.UnaryOp):
            return registry.operator_primitive(operator_name(value.op)), [value.operand], {}
        if site is None or site.form != "primitive":
            what = site.target if site is not None else None
            if isinstance(what, NotSupported):
                raise NotSupported(
                    value, what.reason, instead=what.instead, never=what.never
                ) from what
            raise NotSupported(
                value,
                "a call of an unknown function with a value that carries a derivative",
                instead="a function with Python source, or one of NumPy",
            )
        return site.target, site.positional, {k: v for k, v in site.keywords.items()}

    def flow(self, node: gast.Assign, y: str, found: list[Cotangent], short: bool) -> None:
        """Let the cotangents of one operation flow to its operands; to the name it assigns last."""
        parts: dict[str, list[tuple[gast.expr, bool]]] = {}
        for cotangent in found:
            for x, value, is_short in self.spread_over(node, y, cotangent, short):
                parts.setdefault(x, []).append((value, is_short))
        for x in sorted(parts, key=lambda n: n == y):
            values = parts[x]
            total, is_short = values[0]
            if len(values) == 2 and same(values[0][0], values[1][0]):
                values = [(gast.BinOp(const(2.0), gast.Mult(), total), is_short)]
                total = values[0][0]
            for value, other in values[1:]:
                total, is_short = gast.BinOp(total, gast.Add(), value), is_short and other
            self.adjoints.add(x, total, node, is_short)

    def spread_over(
        self, node: gast.Assign, y: str, cotangent: Cotangent, short: bool
    ) -> list[tuple[str, gast.expr, bool]]:
        """The cotangent of one argument, for the names that the argument is made of."""
        argument = cotangent.argument
        value, is_short = self.replace_spread(cotangent.value, argument)
        value = tidy(value, self.adjoints.is_inexact)
        if not isinstance(argument, gast.Name):
            raise NotSupported(
                argument, "this argument with a derivative flowing through it", instead="a name"
            )
        if cotangent.broadcasts:
            is_short = self.stays_short(value, y, short)
            if self.is_only_array(node, argument.id):
                return [(argument.id, value, is_short)]  # the result has the shape of the argument
            like = (
                self.recorder.value(y, node, True, False)
                if self.needs_like(y, argument.id, is_short)
                else None
            )
            value, is_short = self.adjoints.shapes.to_argument(
                value, is_short, self.adjoints.kind(y), like, argument.id, node
            )
        return [(argument.id, value, is_short)]

    def is_only_array(self, node: gast.Assign, argument: str) -> bool:
        """Whether all other operands of an operation are numbers."""
        value = node.value
        if isinstance(value, gast.Call):
            site = self.unit.sites.get(id(value))
            operands = [*site.positional, *site.keywords.values()] if site is not None else []
        else:
            operands = (
                [value.left, value.right] if isinstance(value, gast.BinOp) else [value.operand]
            )
        arrays = [
            o
            for o in operands
            if not isinstance(self.kind(o), Number)
            and not (isinstance(o, gast.Constant) and o.value is None)
        ]
        return len(arrays) == 1 and isinstance(arrays[0], gast.Name) and arrays[0].id == argument

    def needs_like(self, y: str, argument: str, short: bool) -> bool:
        mine, result = self.adjoints.kind(argument), self.adjoints.kind(y)
        return short and not (mine == result and isinstance(mine, Number))

    def stays_short(self, value: gast.expr, y: str, short: bool) -> bool:
        """Whether a cotangent made from a short adjoint still is."""
        if not short:
            return False
        kind, result = self.kind(value), self.adjoints.kind(y)
        return not (isinstance(kind, Array) and isinstance(result, Array) and fills(kind, result))

    def replace_spread(self, value: gast.expr, argument: gast.expr) -> tuple[gast.expr, bool]:
        """Calls of ``spread`` by broadcasting expressions, where kinds allow; whether the result is short."""
        helper = self.sweep.bind(runtime.spread, "spread")
        kind = self.kind(argument)
        replaced = False
        adjoints = self.adjoints

        class Replace(gast.NodeTransformer):
            def visit_Call(self, node: gast.Call) -> gast.expr:
                nonlocal replaced
                node = self.generic_visit(node)
                if isinstance(node.func, gast.Name) and node.func.id == helper:
                    short = adjoints.shapes.spread(node, kind)
                    if short is not None:
                        replaced = True
                        return short
                return node

        new = Replace().visit(copy_tree(value))
        if not replaced or isinstance(kind, Number):
            return new, False
        made = self.kind(new)
        return new, not (isinstance(made, Array) and isinstance(kind, Array) and fills(made, kind))

    # --- loads, attributes, displays

    def load(self, node: gast.Assign, value: gast.Subscript, y: str) -> None:
        if not isinstance(value.value, gast.Name):
            raise NotSupported(value, "a subscript of this expression", instead="a name")
        x = value.value.id
        if not self.sweep.is_active(x):
            self.adjoints.kill(y)
            return
        held = self.adjoints.state[y]
        flowing = self.adjoints.whole(y, node)
        base = self.adjoints.kind(x)
        self.adjoints.kill(y)
        if x in self.sweep.apart:
            self.adjoints.add(f"{x}[{value.slice.value}]", flowing, node, held.short)
            return
        if isinstance(base, (Sequence, Table)):
            self.load_item(node, value, x, flowing)
            return
        if not isinstance(base, Array):
            raise NotSupported(
                value, f"a subscript of '{x}'", instead="an array, list, tuple or dict"
            )
        index = self.recorder.expression(value.slice, node)
        found = select(base, value.slice, self.kind)
        root = self.effects.base(x)
        self.adjoints.ensure(root, node)
        where = subscript(self.adjoints.whole(x, node), index)
        if found.form == "copy" and not found.unique:
            self.scatter(where, flowing)
        else:
            self.adjoints.accumulate(where, flowing)

    def scatter(self, where: gast.Subscript, flowing: gast.expr) -> None:
        index = where.slice
        if isinstance(index, gast.Slice) or (
            isinstance(index, gast.Tuple)
            and any(isinstance(e, gast.Slice) or is_ellipsis(e) for e in index.elts)
        ):
            index = _as_slices(index)
        self.adjoints.emit(
            gast.Expr(call(f"{self.adjoints.numpy()}.add.at", where.value, index, flowing))
        )

    def load_item(
        self, node: gast.Assign, value: gast.Subscript, x: str, flowing: gast.expr
    ) -> None:
        if isinstance(value.slice, gast.Slice):
            raise NotSupported(
                value,
                "a slice of a list of values that carry derivatives",
                instead="a loop over the indices",
            )
        self.adjoints.ensure(x, node)
        index = self.recorder.expression(value.slice, node)
        where = subscript(self.adjoints.whole(x, node), index)
        self.add_to_item(where, flowing, self.kind(value))

    def add_to_item(self, where: gast.expr, flowing: gast.expr, kind: Kind | None) -> None:
        store = copy_tree(where)
        store.ctx = gast.Store()
        if isinstance(kind, Number):
            self.adjoints.accumulate(where, flowing)
        elif isinstance(kind, Array):
            self.adjoints.emit(
                gast.Assign(
                    [store],
                    tidy(gast.BinOp(where, gast.Add(), flowing), self.adjoints.is_inexact),
                    None,
                )
            )
        else:
            helper = self.sweep.bind(runtime.add_to, "add_to")
            self.adjoints.emit(gast.Assign([store], call(helper, where, flowing), None))

    def attribute(self, node: gast.Assign, value: gast.Attribute, y: str) -> None:
        if not isinstance(value.value, gast.Name) or not self.wanted(value):
            self.adjoints.kill(y)
            return
        if value.attr == "T" and isinstance(self.kind(value.value), Array):
            flowing, x = attribute(self.adjoints.full(y, node), "T"), value.value.id
        elif value.attr == "real" and value.attr in VIEW_ATTRIBUTES:
            flowing, x = self.adjoints.full(y, node), value.value.id
        else:
            raise NotSupported(
                value,
                f"the attribute '{value.attr}' with a derivative flowing through it",
                instead="a local variable",
            )
        self.adjoints.kill(y)
        self.adjoints.add(x, flowing, node)

    def display(self, node: gast.Assign, value: gast.Tuple | gast.List | gast.Dict, y: str) -> None:
        items: list[tuple[gast.expr, gast.expr]] = []
        if isinstance(value, gast.Dict):
            if any(k is None for k in value.keys):
                raise NotSupported(
                    value, "merged dicts with derivatives", instead="a dict display with plain keys"
                )
            items = [
                (self.recorder.expression(k, node), v)
                for k, v in zip(value.keys, value.values, strict=True)
            ]
        else:
            items = [(const(k), v) for k, v in enumerate(value.elts)]
            if any(isinstance(v, gast.Starred) for v in value.elts):
                raise NotSupported(
                    value, "unpacked items with derivatives", instead="the items one by one"
                )
        flowing = self.adjoints.whole(y, node)
        self.adjoints.kill(y)
        for key, item in items:
            if isinstance(item, gast.Name) and self.sweep.is_active(item.id):
                self.adjoints.add(item.id, subscript(copy_tree(flowing), key), node)

    def tuple_apart(self, node: gast.Assign, y: str) -> None:
        """A tuple whose items have adjoints of their own."""
        value = node.value
        items = self.unit.env[y].items  # type: ignore[union-attr]
        for k in range(len(items)):
            key = f"{y}[{k}]"
            if key not in self.adjoints.state:
                continue
            held = self.adjoints.state[key]
            flowing = self.adjoints.whole(key, node)
            self.adjoints.kill(key)
            if isinstance(value, (gast.Tuple, gast.List)):
                item = value.elts[k]
                if isinstance(item, gast.Name) and self.sweep.is_active(item.id):
                    self.adjoints.add(item.id, flowing, node, held.short)
            elif isinstance(value, gast.Name) and isinstance(
                self.adjoints.kind(value.id), Sequence
            ):
                if value.id in self.sweep.apart:
                    self.adjoints.add(f"{value.id}[{k}]", flowing, node, held.short)
                elif self.sweep.is_active(value.id):
                    self.adjoints.ensure(value.id, node)
                    self.add_to_item(
                        subscript(self.adjoints.whole(value.id, node), const(k)), flowing, items[k]
                    )
            elif isinstance(value, gast.Subscript) and isinstance(value.value, gast.Name):
                self.add_to_part(node, value, k, flowing, items[k])
            elif is_inexact(items[k]) and self.active_names(value):
                raise NotSupported(
                    value,
                    "a tuple of this origin with derivatives",
                    instead="take it apart where it is made",
                )

    def add_to_part(
        self, node: gast.Assign, value: gast.Subscript, k: int, flowing: gast.expr, kind: Kind
    ) -> None:
        """Item ``k`` of a tuple that was taken out of a list, tuple or dict."""
        owner = value.value.id
        if not self.sweep.is_active(owner):
            return
        if isinstance(value.slice, gast.Slice):
            start = number(value.slice.lower) if value.slice.lower is not None else 0
            if value.slice.step is not None or not isinstance(start, int) or start < 0:
                raise NotSupported(
                    value,
                    "this slice of a list of values that carry derivatives",
                    instead="a loop over the indices",
                )
            value = gast.Subscript(value.value, const(start + k), gast.Load())
            if owner in self.sweep.apart:
                self.adjoints.add(f"{owner}[{start + k}]", flowing, node)
            else:
                self.adjoints.ensure(owner, node)
                self.add_to_item(
                    subscript(self.adjoints.whole(owner, node), value.slice), flowing, kind
                )
            return
        if owner in self.sweep.apart:
            key = f"{owner}[{value.slice.value}]"
            self.adjoints.ensure(key, node)
            where: gast.expr = name(self.adjoints.variable(key))
        else:
            self.adjoints.ensure(owner, node)
            where = subscript(
                self.adjoints.whole(owner, node), self.recorder.expression(value.slice, node)
            )
        self.add_to_item(subscript(where, const(k)), flowing, kind)

    # --- methods of lists

    def popped(self, node: gast.stmt, value: gast.Call, site: Site, y: str) -> bool:
        """``y = items.pop()``: the adjoint of the list gets its last item back; whether this was that."""
        owner = site.positional[0]
        if not isinstance(owner, gast.Name) or not isinstance(
            self.adjoints.kind(owner.id), Sequence
        ):
            return False
        if not self.sweep.is_active(owner.id):
            return False
        if len(site.positional) != 1:
            raise NotSupported(value, "pop from the middle of a list with derivatives", instead="pop()")
        if self.sweep.is_active(y) and not self.adjoints.is_zero(y):
            flowing = self.adjoints.full(y, node)
        elif self.adjoints.is_zero(owner.id):
            return False
        else:
            flowing = self.adjoints.zeros(y, node)
        self.adjoints.kill(y)
        self.adjoints.ensure(owner.id, node)
        where = attribute(self.adjoints.whole(owner.id, node), "append")
        self.adjoints.emit(gast.Expr(gast.Call(where, [flowing], [])))
        return True

    def method(self, node: gast.stmt, value: gast.Call, site: Site, y: str) -> None:
        owner = site.positional[0]
        assert isinstance(owner, gast.Name)
        if site.target == "get" and isinstance(self.adjoints.kind(owner.id), Table):
            raise NotSupported(value, "dict.get with derivatives", instead="a subscript")
        raise NotSupported(
            value, f"the method '{site.target}' with derivatives", instead="append and subscripts"
        )

    def expression(self, node: gast.Expr, value: gast.Call) -> None:
        site = self.unit.sites.get(id(value))
        if site is None:
            return
        if site.form == "user":
            self.sweep.pairs.reverse_call(self.sweep, node, site, None)
            return
        first = site.positional[0] if site.positional else None
        active = isinstance(first, gast.Name) and self.sweep.is_active(first.id)
        if (
            site.form == "method"
            and isinstance(first, gast.Name)
            and first.id not in self.recorder.locals
        ):
            if any(self.varied_names(a) for a in site.positional[1:]):
                raise NotSupported(
                    value,
                    f"a value that carries a derivative put into '{first.id}', which is not local",
                    instead="a local list",
                )
        if site.form == "method" and active and isinstance(first, gast.Name):
            if site.target == "append":
                self.append(node, first.id, site.positional[1])
            elif site.target == "pop" and len(site.positional) == 1:
                self.adjoints.ensure(first.id, node)
                element = self.adjoints.kind(first.id).of_elements()  # type: ignore[union-attr]
                if not isinstance(element, Number):
                    raise NotSupported(
                        value, "a popped array that is thrown away", instead="keep it in a variable"
                    )
                self.adjoints.emit(
                    gast.Expr(
                        gast.Call(
                            attribute(self.adjoints.whole(first.id, node), "append"),
                            [const(0.0)],
                            [],
                        )
                    )
                )
            elif site.target in ("copy", "index", "count"):
                return
            else:
                raise NotSupported(
                    value,
                    f"the method '{site.target}' on a list with derivatives",
                    instead="append and subscripts",
                )
        elif (
            site.form == "primitive"
            and active
            and site.target in SCATTERS
            and isinstance(first, gast.Name)
        ):
            self.scattered(node, site, first.id)
        elif site.form == "primitive" and any(
            self.sweep.is_active(self.effects.base(w.name)) for w in self.effects.of(node)
        ):
            raise NotSupported(
                value, "a function that writes into an array with derivatives", instead="a store"
            )
        elif (
            site.form == "primitive"
            and not any(site.target is h for h in HARMLESS)
            and not self.only_looks(site.target)
        ):
            if any(self.varied_names(a) for a in [*site.positional, *site.keywords.values()]):
                raise NotSupported(
                    value,
                    "a call for its effect with a value that carries a derivative",
                    instead="the effect written out",
                )
        elif site.form == "opaque" and site.target != "random":
            self.opaque(node, value, site)

    def only_looks(self, target: object) -> bool:
        """Whether a function is known to check or report and nothing else."""
        module = getattr(target, "__module__", "") or ""
        return module.startswith(
            ("numpy.testing", "warnings", "logging", "time")
        ) or registry.is_constant(target)

    def opaque(self, node: gast.Expr, value: gast.Call, site: Site) -> None:
        """A call whose result is thrown away: harmless unless it could write into what it gets."""
        arguments = [
            n for a in [*site.positional, *site.keywords.values()] for n in self.active_names(a)
        ]
        if any(isinstance(self.adjoints.kind(n), (Array, Sequence, Table)) for n in arguments):
            raise NotSupported(
                value,
                "a call of an unknown function with an array that carries a derivative",
                instead="pass it a copy",
            )

    def append(self, node: gast.Expr, owner: str, item: gast.expr) -> None:
        if self.adjoints.is_zero(owner):
            return
        popped = gast.Call(attribute(self.adjoints.whole(owner, node), "pop"), [], [])
        if isinstance(item, gast.Name) and self.sweep.is_active(item.id):
            temporary = self.unit.namer.temporary()
            self.recorder.locals.add(temporary)
            self.unit.env[temporary] = self.adjoints.kind(item.id)
            self.adjoints.emit(assign(temporary, popped))
            self.adjoints.add(item.id, name(temporary), node)
        else:
            self.adjoints.emit(gast.Expr(popped))

    def scattered(self, node: gast.Expr, site: Site, x: str) -> None:
        """``np.add.at(x, index, e)``."""
        index, item = site.positional[1], site.positional[2]
        if (
            self.adjoints.is_zero(x)
            or not isinstance(item, gast.Name)
            or not self.sweep.is_active(item.id)
        ):
            return
        flowing: gast.expr = subscript(
            self.adjoints.full(x, node), self.recorder.expression(index, node)
        )
        if site.target == np.subtract.at:
            flowing = neg(flowing)
        kind = self.adjoints.kind(x)
        assert isinstance(kind, Array)
        part = select(kind, index, self.kind)
        value, short = self.adjoints.shapes.to_argument(
            flowing, False, part.kind, None, item.id, node
        )
        self.adjoints.add(item.id, value, node, short)

    # --- stores

    def store(self, node: gast.Assign, where: gast.Subscript) -> None:
        """``u[index] = e``."""
        if not isinstance(where.value, gast.Name):
            return
        u = where.value.id
        if u not in self.recorder.locals and self.varied_names(node.value):
            raise NotSupported(
                node,
                f"a store of a value that carries a derivative into '{u}', which is not local",
                instead="return the value",
            )
        if not self.sweep.is_active(u) or self.adjoints.is_zero(u):
            return
        kind = self.adjoints.kind(u)
        if isinstance(kind, (Sequence, Table)):
            self.store_item(node, where, u)
            return
        assert isinstance(kind, Array)
        root = self.effects.base(u)
        item = node.value
        if is_whole(where.slice) and isinstance(item, gast.Name) and item.id == u:
            return  # an array stored into itself
        self.adjoints.ensure(root, node)
        active = isinstance(item, gast.Name) and self.sweep.is_active(item.id)
        other = not (isinstance(item, gast.Name) and self.effects.base(item.id) == root)
        if (
            is_whole(where.slice)
            and u not in self.effects.ties
            and root == u
            and u not in self.adjoints.inout
            and other
        ):
            self.store_whole(node, u, item, active)
            return
        found = select(kind, where.slice, self.kind)
        index = self.recorder.expression(where.slice, node)
        part = subscript(self.adjoints.whole(u, node), index)
        spot = copy_tree(part)
        spot.ctx = gast.Store()
        if active:
            assert isinstance(item, gast.Name)
            flowing = self.bound_part(part, found.kind, found.form, found.unique)
            self.adjoints.emit(gast.Assign([spot], const(0.0), None))
            value, short = self.adjoints.shapes.to_argument(
                flowing, False, found.kind, None, item.id, node
            )
            self.adjoints.add(item.id, value, node, short)
        else:
            self.adjoints.emit(gast.Assign([spot], const(0.0), None))

    def bound_part(self, part: gast.Subscript, kind: Kind, form: str, unique: bool) -> gast.expr:
        """The part of an adjoint that a store takes over, in a variable of its own."""
        temporary = self.variable_like("")
        self.unit.env[temporary] = kind
        value: gast.expr = part
        if form == "copy" and not unique:
            helper = self.sweep.bind(runtime.last_writes, "last_writes")
            value = call(helper, part.value, _as_slices(part.slice))
        elif form == "view":
            value = gast.Call(attribute(part, "copy"), [], [])
        self.adjoints.emit(assign(temporary, value))
        return name(temporary)

    def store_whole(self, node: gast.Assign, u: str, item: gast.expr, active: bool) -> None:
        """Everything in the array is replaced: its adjoint moves to what was stored."""
        flowing = self.adjoints.whole(u, node)
        self.adjoints.kill(u)
        if not active:
            return
        assert isinstance(item, gast.Name)
        if item.id == u:
            return
        value, short = self.adjoints.shapes.to_argument(
            flowing, False, self.adjoints.kind(u), None, item.id, node
        )
        first = item.id not in self.adjoints.state
        self.adjoints.add(item.id, value, node, short)
        if first and value is flowing and item.id not in self.effects.ties:
            self.moved(item.id, short)

    def store_item(self, node: gast.Assign, where: gast.Subscript, u: str) -> None:
        self.adjoints.ensure(u, node)
        index = self.recorder.expression(where.slice, node)
        part = subscript(self.adjoints.whole(u, node), index)
        item = node.value
        kind = self.kind(item)
        temporary = self.unit.namer.temporary()
        self.recorder.locals.add(temporary)
        self.unit.env[temporary] = kind
        self.adjoints.emit(assign(temporary, part))
        spot = copy_tree(part)
        spot.ctx = gast.Store()
        zero: gast.expr = const(0.0)
        if not isinstance(kind, Number):
            zero = call(
                self.sweep.bind(runtime.zeros_of, "zeros_of"),
                self.recorder.expression(item, node, False, False),
            )
        self.adjoints.emit(gast.Assign([spot], zero, None))
        if isinstance(item, gast.Name) and self.sweep.is_active(item.id):
            self.adjoints.add(item.id, name(temporary), node)

    def augmented(self, node: gast.AugAssign) -> None:
        """``u op= e`` and ``u[index] op= e`` on arrays."""
        base = node.target if isinstance(node.target, gast.Name) else node.target.value
        if (
            not isinstance(base, gast.Name)
            or not self.sweep.is_active(base.id)
            or self.adjoints.is_zero(base.id)
        ):
            return
        u, kind = base.id, self.adjoints.kind(base.id)
        if not isinstance(kind, Array):
            raise NotSupported(node, f"this on '{u}'", instead="a plain assignment")
        root = self.effects.base(u)
        self.refuse_late_load(node, u)
        self.adjoints.ensure(root, node)
        if isinstance(node.target, gast.Name):
            part, part_kind = self.adjoints.whole(u, node), kind
            old: gast.expr = name(u)
        else:
            index = self.recorder.expression(node.target.slice, node)
            part = subscript(self.adjoints.whole(u, node), index)
            part_kind = select(kind, node.target.slice, self.kind).kind  # type: ignore[assignment]
            old = gast.Subscript(name(u), node.target.slice, gast.Load())
        item = node.value
        active = isinstance(item, gast.Name) and self.sweep.is_active(item.id)
        if isinstance(node.op, (gast.Mult, gast.Div)):
            self.scaled(node, u, part, part_kind, old, active)
            return
        if active:
            assert isinstance(item, gast.Name)
            flowing = part if isinstance(node.op, gast.Add) else neg(part)
            value, short = self.adjoints.shapes.to_argument(
                flowing, False, part_kind, None, item.id, node
            )
            self.adjoints.add(item.id, value, node, short)

    def refuse_late_load(self, node: gast.AugAssign, u: str) -> None:
        """``u[i] += f(u)`` loads ``u[i]`` before ``f`` runs; we write it as if after."""
        made = (
            self.sweep.layout.single_definition(node.value.id)
            if isinstance(node.value, gast.Name)
            else None
        )
        if made is not None and getattr(made, "lineno", None) == getattr(node, "lineno", 0):
            if any(self.effects.share(w.name, u) for w in self.effects.of(made)):
                raise NotSupported(
                    node,
                    f"an augmented store into '{u}' of a call that writes into it",
                    instead="the call as a statement of its own before",
                )

    def scaled(
        self,
        node: gast.AugAssign,
        u: str,
        part: gast.expr,
        kind: Kind,
        old: gast.expr,
        active: bool,
    ) -> None:
        """``u *= e`` and ``u /= e``."""
        factor = self.recorder.expression(node.value, node)
        if active:
            assert isinstance(node.value, gast.Name)
            before = self.recorder.expression(old, node)
            if isinstance(node.op, gast.Mult):
                flowing: gast.expr = gast.BinOp(copy_tree(part), gast.Mult(), before)
            else:
                square = gast.BinOp(copy_tree(factor), gast.Pow(), const(2))
                flowing = neg(
                    gast.BinOp(gast.BinOp(copy_tree(part), gast.Mult(), before), gast.Div(), square)
                )
            value, short = self.adjoints.shapes.to_argument(
                flowing, False, kind, None, node.value.id, node
            )
            if self.effects.base(node.value.id) == self.effects.base(u):
                flowing = name(self.variable_like(u))
                self.adjoints.emit(assign(flowing.id, value))
            else:
                self.adjoints.add(node.value.id, value, node, short)
        spot = copy_tree(part)
        if isinstance(spot, (gast.Attribute, gast.Call)):
            spot = subscript(spot, gast.Constant(Ellipsis, None))
        spot.ctx = gast.Store()
        self.adjoints.emit(gast.AugAssign(spot, node.op, factor))
        if active and self.effects.base(node.value.id) == self.effects.base(u):
            self.adjoints.add(node.value.id, flowing, node)

    def variable_like(self, u: str) -> str:
        """A variable of our own with the kind of a name."""
        temporary = self.unit.namer.fresh(f"{self.unit.namer.temporary()}_bar")
        self.unit.namer.temporaries.add(temporary)
        self.recorder.locals.add(temporary)
        self.unit.env[temporary] = self.adjoints.kind(u)
        return temporary


def fills(kind: Array, whole: Array) -> bool:
    """Whether a value of this kind surely has the shape of another (they broadcast together)."""
    if kind.dims is None or whole.dims is None or len(kind.dims) != len(whole.dims):
        return False
    return all(
        d is not None and (d == w or d.is_many) for d, w in zip(kind.dims, whole.dims, strict=True)
    )


def is_whole(index: gast.expr) -> bool:
    """``[...]`` or ``[:]``, ``[:, :]``."""
    return all(
        is_ellipsis(i) or (isinstance(i, gast.Slice) and i.lower is i.upper is i.step is None)
        for i in index_items(index)
    )


def _as_slices(index: gast.expr) -> gast.expr:
    """An index as an expression that can be an argument: ``1:3`` becomes ``slice(1, 3)``."""
    if isinstance(index, gast.Slice):
        parts = [
            p if p is not None else const(None) for p in (index.lower, index.upper, index.step)
        ]
        return call("slice", *(parts if index.step is not None else parts[:2]))
    if isinstance(index, gast.Tuple):
        return gast.Tuple([_as_slices(e) for e in index.elts], gast.Load())
    return index
