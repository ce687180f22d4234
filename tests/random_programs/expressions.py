"""Random expressions of a known shape, from the names that are in scope."""

from __future__ import annotations

from .scope import Callee, Items, Mask, Picks, Real, Record, Scope, Shape, Whole

SMOOTH = ["np.sin", "np.cos", "np.tanh", "np.arctan", "np.sin", "np.tanh"]


def constant(s: Scope) -> str:
    return s.pick(["0.5", "0.3", "1.5", "0.7", "2.0", "0.25", "1.0"])


def threshold(s: Scope) -> str:
    """A number that no rounded argument and no simple expression of them equals."""
    return s.pick(["0.137", "-0.213", "0.319", "-0.071", "0.0113", "0.443"])


# --- integers and indices ----------------------------------------------------------------


def index(s: Scope, n: int) -> str:
    """An index into an axis of length n."""
    counters = [(c, s.types[c]) for c in s.named(Whole)]
    inside = [c for c, t in counters if t.low >= -n and t.high < n]
    if inside and s.chance(0.6):
        return s.pick(inside)
    if counters and s.chance(0.4):
        c, t = s.pick(counters)
        if t.low >= 0 and t.high < n and s.chance(0.5):
            return s.pick([f"{n - 1} - {c}", f"-{c} - 1", f"-1 - {c}"])
        return s.pick([f"({c} + {s.random.randrange(3)}) % {n}", f"{c} % {n}"])
    return str(s.random.randrange(-n, n) if s.chance(0.3) else s.random.randrange(n))


def piece(s: Scope, n: int) -> tuple[str, int]:
    """A slice of an axis of length n and the length it takes."""
    for _ in range(10):
        start = s.pick([None, None, 0, 1, 2, n - 1, -1, -2])
        stop = s.pick([None, None, n, n - 1, -1, -2, 2])
        step = s.pick([None, None, None, 1, 2, -1, -1, -2])
        length = len(range(n)[slice(start, stop, step)])
        if length:
            text = ["" if part is None else str(part) for part in (start, stop)]
            return ":".join(text) + ("" if step is None else f":{step}"), length
    return ":", n


def view(s: Scope, text: str, shape: Shape) -> tuple[str, Shape]:
    """A view of an array expression."""
    if len(shape) == 1:
        n = shape[0]
        if n in (4, 6) and s.chance(0.2):
            return f"{text}.reshape(2, {n // 2})", (2, n // 2)
        cut, length = piece(s, n)
        return f"{text}[{cut}]", (length,)
    rows, columns = shape
    form = s.random.randrange(9)
    if form == 0:
        return f"{text}.T", (columns, rows)
    if form == 1:
        return f"{text}[{index(s, rows)}]", (columns,)
    if form == 2:
        return f"{text}[:, {index(s, columns)}]", (rows,)
    if form == 3:
        cut, length = piece(s, rows)
        return f"{text}[{cut}]", (length, columns)
    if form == 4:
        cut, length = piece(s, columns)
        return f"{text}[:, {cut}]", (rows, length)
    if form == 5:
        cut, length = piece(s, columns)
        return f"{text}[{index(s, rows)}, {cut}]", (length,)
    if form == 6:
        return f"{text}.{s.pick(['ravel()', 'reshape(-1)'])}", (rows * columns,)
    if form == 7:
        return f"{text}.reshape({columns}, {rows})", (columns, rows)
    (cut, length), (other, width) = piece(s, rows), piece(s, columns)
    return f"{text}[{cut}, {other}]", (length, width)


def any_view(s: Scope, name: str) -> tuple[str, Shape]:
    text, shape = view(s, name, s.shape(name))
    if s.chance(0.15):
        text, shape = view(s, text, shape)
    return text, shape


def view_of_shape(s: Scope, shape: Shape, names=None) -> str | None:
    names = names or s.arrays()
    for _ in range(8 if names else 0):
        text, got = any_view(s, s.pick(names))
        if got == shape:
            return text
    return None


# --- conditions --------------------------------------------------------------------------


def condition(s: Scope, active: float = 0.5) -> str:
    counters = s.named(Whole)
    if counters and not s.chance(active):
        c = s.pick(counters)
        middle = s.random.randint(s.types[c].low, s.types[c].high)
        return s.pick(
            [
                f"{c} == {middle}",
                f"{c} < {middle}",
                f"{c} % 2 == {s.random.randrange(2)}",
                f"{c} > {middle}",
            ]
        )
    test = f"{number(s, 1)} {s.pick('<>')} {threshold(s)}"
    if s.chance(0.1):
        test = f"not {test}"
    elif s.chance(0.1):
        test = f"{s.pick(['-0.3131', '-2.0'])} < {number(s, 1)} < {threshold(s)}"
    if s.chance(0.15):
        test = f"({test} {s.pick(['and', 'or'])} {number(s, 0)} < {threshold(s)})"
    return test


def mask(s: Scope, shape: Shape) -> str:
    known = [m for m in s.named(Mask) if s.types[m].shape == shape]
    if known and s.chance(0.5):
        return s.pick(known)
    test = f"{array(s, shape, 0)} {s.pick('<>')} {threshold(s)}"
    return f"~({test})" if s.chance(0.1) else test


# --- floats ------------------------------------------------------------------------------


def number(s: Scope, depth: int) -> str:
    """An expression of a float."""
    if depth <= 0 or s.chance(0.2):
        return number_leaf(s)
    form = s.random.randrange(14)
    if form <= 4:
        return f"({number(s, depth - 1)} {s.pick('+-**')} {number(s, depth - 1)})"
    if form == 5:
        return f"({number(s, depth - 1)} / (1.0 + ({number(s, depth - 1)}) ** 2))"
    if form <= 8:
        return smooth(s, number(s, depth - 1), scalar=True)
    if form <= 11:
        return reduction(s, depth - 1)
    if form == 12:
        low = s.pick(["np.maximum", "max", "min"])
        if s.chance(0.5):
            return f"{low}({number(s, depth - 1)}, {threshold(s)})"
        test = condition(s)
        return f"({number(s, depth - 1)} if {test} else {number(s, depth - 1)})"
    return called(s, (), depth) or number_leaf(s)


def number_leaf(s: Scope) -> str:
    floats, arrays = s.reals(()), s.arrays()
    draw = s.random.random()
    if draw < 0.1:
        return constant(s)
    if draw < 0.2 and s.named(Whole):
        return f"({s.pick(['0.1', '0.3'])} * {s.pick(s.named(Whole))})"
    lists = [x for x in s.named(Items) if s.types[x].length and s.types[x].shape == ()]
    if draw < 0.3 and lists:
        return element(s, s.pick(lists))
    if draw < 0.55 and arrays:
        name = s.pick(arrays)
        where = ", ".join(index(s, n) for n in s.shape(name))
        return f"{name}[{where}]"
    records = [r for r in s.named(Record)]
    if draw < 0.65 and records:
        r = s.pick(records)
        keys = [k for k, shape in s.types[r].fields if shape == ()]
        if keys:
            return f'{r}["{s.pick(keys)}"]'
    return s.pick(floats) if floats else constant(s)


def element(s: Scope, xs: str) -> str:
    known = s.types[xs].length
    return f"{xs}[{s.pick([-1, s.random.randrange(known)])}]"


def reduction(s: Scope, depth: int) -> str:
    arrays = s.arrays()
    if not arrays:
        return number_leaf(s)
    shape = s.shape(s.pick(arrays))
    a = array(s, shape, depth)
    form = s.random.randrange(9)
    if form <= 2:
        return f"np.sum({a})"
    if form == 3:
        return f"np.mean({a})"
    if form == 4:
        return f"({a}).sum()"
    if form == 5:
        return s.pick([f"np.max({a})", f"np.min({a})", f"({a}).mean()"])
    if form == 6:
        return s.pick(
            [
                f"np.prod(np.cos({a}))",
                f"np.linalg.norm({a} + 3.1)",
                f"np.sqrt(0.1 + np.var({a}))",
                f"sum(v for v in np.ravel({a}))",
            ]
        )
    if len(shape) == 1:
        b = array(s, shape, depth - 1)
        return s.pick(
            [f"np.dot({a}, {b})", f"(({a}) @ ({b}))", f"np.sqrt(1.0 + np.sum(({a}) ** 2))"]
        )
    return f"np.sum({a} * {array(s, shape, 0)})"


def smooth(s: Scope, e: str, scalar: bool = False) -> str:
    form = s.random.randrange(9)
    if form <= 4:
        return f"{s.pick(SMOOTH)}({e})"
    if form == 5:
        return s.pick(
            [f"np.exp(-({e}) ** 2)", f"np.exp(np.sin({e}))", f"np.exp(0.3 * np.tanh({e}))"]
        )
    if form == 6:
        return s.pick([f"np.sqrt(1.0 + ({e}) ** 2)", f"np.log(1.5 + ({e}) ** 2)"])
    if form == 7:
        return f"(-({e}))"
    if scalar and s.chance(0.3):
        return f"math.{s.pick(['sin', 'tanh', 'atan'])}({e})"
    return s.pick([f"np.abs({e})", f"({e}) ** 2", f"np.square({e})"])


def tame(s: Scope, e: str) -> str:
    """The value of e, bounded."""
    return s.pick(
        [f"np.sin({e})", f"np.tanh({e})", f"0.5 * np.cos({e})", f"(({e}) / (1.0 + ({e}) ** 2))"]
    )


# --- arrays ------------------------------------------------------------------------------


def array(s: Scope, shape: Shape, depth: int) -> str:
    """An expression of exactly this shape; () is a float."""
    if shape == ():
        return number(s, depth)
    if depth <= 0 or s.chance(0.2):
        return array_leaf(s, shape)
    form = s.random.randrange(16)
    if form <= 3:
        return f"({array(s, shape, depth - 1)} {s.pick('+-**')} {array(s, shape, depth - 1)})"
    if form <= 5:
        pair = [array(s, shape, depth - 1), number(s, depth - 1)]
        s.random.shuffle(pair)
        return f"({pair[0]} {s.pick('+-**')} {pair[1]})"
    if form == 6:
        return f"({array(s, shape, depth - 1)} / (1.0 + ({array(s, shape, depth - 1)}) ** 2))"
    if form <= 9:
        return smooth(s, array(s, shape, depth - 1))
    if form == 10:
        test = mask(s, shape)
        other = s.pick([array, array, lambda s, _, d: number(s, d)])(s, shape, depth - 1)
        return f"np.where({test}, {array(s, shape, depth - 1)}, {other})"
    if form == 11:
        return called(s, shape, depth) or array_leaf(s, shape)
    if form == 12 and s.chance(0.3):
        return f"({array(s, shape, depth - 1)} if {condition(s)} else {array(s, shape, depth - 1)})"
    return shaped(s, shape, depth)


def shaped(s: Scope, shape: Shape, depth: int) -> str:
    """Products, broadcasting and what changes shapes."""
    if len(shape) == 2:
        rows, columns = shape
        row, column = array(s, (columns,), depth - 1), array(s, (rows,), depth - 1)
        return s.pick(
            [
                f"np.outer({column}, {row})",
                f"({array(s, shape, depth - 1)} * {row})",
                f"({array(s, shape, depth - 1)} + ({column})[:, None])",
                f"(({column})[:, None] * {row})",
                f"({array(s, (columns, rows), depth - 1)}).T",
                f"(({array(s, (rows, rows), 0)}) @ ({array(s, shape, 0)}))",
            ]
        )
    (n,) = shape
    matrices = [m for m in s.arrays() if len(s.shape(m)) == 2 and n in s.shape(m)]
    if matrices and s.chance(0.5):
        m = s.pick(matrices)
        rows, columns = s.shape(m)
        if n == rows and (n != columns or s.chance(0.5)):
            return s.pick([f"({m} @ ({array(s, (columns,), depth - 1)}))", f"np.sum({m}, axis=1)"])
        return s.pick([f"(({array(s, (rows,), depth - 1)}) @ {m})", f"np.sum({m}, axis=0)"])
    form = s.random.randrange(7)
    if form == 0 and n > 1:
        cut = s.random.randrange(1, n)
        return f"np.concatenate([{array(s, (cut,), depth - 1)}, {array(s, (n - cut,), depth - 1)}])"
    if form == 1:
        return f"np.cumsum({array(s, shape, depth - 1)})"
    if form == 2:
        picks = [p for p in s.named(Picks) if s.types[p].length == n]
        names = [
            a
            for p in picks
            for a in s.reals()
            if s.shape(a) and s.shape(a)[0] == s.types[p].bound and len(s.shape(a)) == 1
        ]
        if picks and names:
            p = s.pick(picks)
            fitting = [a for a in names if s.shape(a) == (s.types[p].bound,)]
            if fitting:
                return f"{s.pick(fitting)}[{p}]"
    if form == 3 and n <= 4:
        return f"np.array([{', '.join(number(s, depth - 1) for _ in range(n))}])"
    if form == 4:
        lists = [x for x in s.named(Items) if s.types[x].length >= n and s.types[x].shape == ()]
        if lists and s.chance(0.3):
            return f"np.array({s.pick(lists)}[:{n}])"
    if form == 5:
        return f"np.roll({array(s, shape, depth - 1)}, {s.pick([1, -1, 2])})"
    return rearranged(s, n, depth)


def rearranged(s: Scope, n: int, depth: int) -> str:
    """Less usual ways to an array of one axis."""
    a = array(s, (n,), depth - 1)
    forms = [
        f"({a})[::-1]",
        f"np.flip({a})",
        f"np.clip({a}, {threshold(s)}, 5.0)",
        f"np.maximum({a}, {array(s, (n,), 0)} - 0.0917)",
        f"np.sort({a})",
        f"np.stack([{a}, {array(s, (n,), 0)}])[{s.pick([0, 1])}]",
        f"np.mean(np.stack([{a}, {array(s, (n,), 0)}]), axis=0)",
        f"np.diag(np.outer({a}, {array(s, (n,), 0)}))",
        f"np.append({array(s, (n - 1,), depth - 1)}, {number(s, 0)})" if n > 1 else a,
        f"np.linalg.solve(np.eye({n}) * 3.0 + 0.5 * np.tanh(np.outer({a}, {a})), {a})",
        f"np.einsum('i,i->i', {a}, {array(s, (n,), 0)})",
        f"[{number(s, 0)} * v for v in {a}][0] * np.ones({n})",
        f"np.array([np.sin(v) * {number(s, 0)} for v in {a}])",
        f"({a} - np.sum({a}, keepdims=True))",
    ]
    return s.pick(forms)


def array_leaf(s: Scope, shape: Shape) -> str:
    draw = s.random.random()
    if draw < 0.3:
        found = view_of_shape(s, shape)
        if found:
            return found
    lists = [x for x in s.named(Items) if s.types[x].length and s.types[x].shape == shape]
    if draw < 0.5 and lists:
        return element(s, s.pick(lists))
    if draw < 0.6:
        for r in s.named(Record):
            keys = [k for k, held in s.types[r].fields if held == shape]
            if keys:
                return f'{r}["{s.pick(keys)}"]'
    known = s.reals(shape)
    if known and draw < 0.93:
        return s.pick(known)
    if not known and draw < 0.93:
        found = view_of_shape(s, shape)
        if found:
            return found
    return new_array(s, shape)


def new_array(s: Scope, shape: Shape) -> str:
    size = shape[0] if len(shape) == 1 else shape[0] * shape[1]
    text = str(size) if len(shape) == 1 else f"({shape[0]}, {shape[1]})"
    pattern = f"np.linspace(0.2, 1.1, {size})"
    if len(shape) == 2:
        pattern += f".reshape({shape[0]}, {shape[1]})"
    return s.pick(
        [f"np.zeros({text})", f"np.ones({text})", f"np.full({text}, {number(s, 1)} + 0.0)", pattern]
    )


# --- calls -------------------------------------------------------------------------------


def called(s: Scope, shape: Shape, depth: int) -> str | None:
    """A call of a function in scope whose result has this shape."""
    fitting = [f for f in s.named(Callee) if s.types[f].results == (shape,)]
    if not fitting:
        return None
    f = s.pick(fitting)
    return f"{f}({arguments(s, s.types[f], depth - 1)})"


def arguments(s: Scope, callee: Callee, depth: int) -> str:
    count = len(callee.parameters) - s.random.randint(0, callee.optional)
    texts = [argument(s, shape, depth) for shape in callee.parameters[:count]]
    if texts and callee.names and s.chance(0.2):
        texts = [*texts[:-1], f"{callee.names[count - 1]}={texts[-1]}"]
    return ", ".join(texts)


def argument(s: Scope, shape: Shape, depth: int) -> str:
    known = s.reals(shape)
    if known and s.chance(0.6):
        return s.pick(known)
    if shape and s.chance(0.5):
        found = view_of_shape(s, shape)
        if found:
            return found
    return array(s, shape, depth)


__all__ = [
    "Real",
    "any_view",
    "argument",
    "arguments",
    "array",
    "condition",
    "constant",
    "index",
    "mask",
    "number",
    "piece",
    "reduction",
    "tame",
    "threshold",
    "view",
    "view_of_shape",
]
