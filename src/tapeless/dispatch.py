"""From a call to the function generated for arguments like these, in tens of nanoseconds.

The function that a caller sees has the primal's own parameter list, so Python itself binds
keywords and defaults.  Its first lines test whether the arguments are like those of the
specialisation preferred at the moment; all others go through a dictionary.  When the preference
changes, the function stays the same object and gets another code.
"""

from __future__ import annotations

import inspect
import itertools
import weakref
from collections.abc import Callable, Mapping, Sequence
from types import FunctionType
from typing import Any

import numpy as np

from .analysis.kinds import fields_of, static
from .emit.live import register
from .frontend import Parameter

Guard = tuple[Mapping[str, object], str, object]

_NUMBERS = frozenset({float, int, complex, np.float64, np.float32, np.int64, np.complex128})
_COUNT = itertools.count(1)


# --- keys -------------------------------------------------------------------------------------


def key_of(value: Any) -> object:
    """A hashable key; values with equal keys have equal kinds.

    >>> key_of(np.ones((2, 1))) == key_of(np.zeros((5, 1))) != key_of(np.ones((2, 2)))
    True
    """
    kind = type(value)
    if kind in _NUMBERS:
        return kind
    if kind is np.ndarray:
        return _array_key(value)
    if kind in (bool, str, bytes) or value is None:
        return kind, value
    if isinstance(value, np.ndarray):
        return kind, _array_key(value)
    if isinstance(value, (np.number, np.bool_, int, float, complex)):
        return kind
    if isinstance(value, (list, tuple)):
        return _sequence_key(kind, value)
    if isinstance(value, dict):
        return kind, tuple([(k, key_of(v)) for k, v in value.items()])
    if kind is FunctionType:
        return FunctionKey(value)
    fields = fields_of(value)
    if fields is not None:
        return kind, tuple([(f, key_of(getattr(value, f))) for f in fields])
    return static(value)


def _array_key(array: np.ndarray) -> object:
    shape, dtype = array.shape, array.dtype
    letter = dtype.char if dtype.kind in "fiubc" else str(dtype)
    return letter, tuple([n == 1 for n in shape]) if 1 in shape else len(shape)


def _sequence_key(kind: type, value: Sequence[Any]) -> object:
    if kind is list:
        kinds = frozenset(map(type, value))
        if kinds <= _NUMBERS:
            return kind, kinds, min(len(value), 2)
    return kind, tuple([key_of(item) for item in value])


class FunctionKey:
    """Functions are alike if they run the same code in the same surroundings."""

    __slots__ = ("function", "parts")

    def __init__(self, function: FunctionType) -> None:
        self.function = function  # keeps alive what the parts are identities of
        surroundings: list[object] = [function.__globals__, *(function.__closure__ or ())]
        surroundings += function.__defaults__ or ()
        for item in (function.__kwdefaults__ or {}).items():
            surroundings += item
        self.parts = (id(function.__code__), tuple(map(id, surroundings)))

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FunctionKey) and self.parts == other.parts


# --- the function that callers see ------------------------------------------------------------

FORMS = {  # (what is returned, has_aux): the generated function's result, and what is handed on
    ("grad", False): ("{value}, {bars}", "{bars}"),
    ("grad", True): ("({value}, {aux}), {bars}", "({bars}, {aux})"),
    ("value_and_grad", False): ("{value}, {bars}", "({value}, {bars})"),
    ("value_and_grad", True): ("({value}, {aux}), {bars}", "(({value}, {aux}), {bars})"),
}


class Dispatcher:
    """Makes one function: `.function`, with the primal's parameters.

    `miss(*values)` answers calls that the tests do not recognise; `check(value)` is called with
    results that are not plainly floats.
    """

    def __init__(
        self,
        name: str,
        parameters: Sequence[Parameter],
        form: tuple[str, bool],
        miss: Callable[..., Any],
        check: Callable[[Any], None],
    ) -> None:
        self.name = name if name.isidentifier() else "function"
        self.parameters = parameters
        self.form = form
        self.prefix = "_"  # of all names of ours, so that none is a parameter
        while any(p.name.startswith(self.prefix) for p in parameters):
            self.prefix += "_"
        self.namespace: dict[str, Any] = {"__name__": __name__}
        known = {"miss": miss, "check": check, "type": type, "float": float}
        known |= {"float64": np.float64, "ndarray": np.ndarray}
        for word, thing in known.items():
            self.namespace[self.prefix + word] = thing
        self.function = self._compile([], "")
        given = [p for p in parameters if p.default is not inspect.Parameter.empty]
        only = inspect.Parameter.KEYWORD_ONLY
        self.function.__defaults__ = tuple(p.default for p in given if p.kind is not only)
        self.function.__kwdefaults__ = {p.name: p.default for p in given if p.kind is only}

    def prefer(
        self,
        entry: Callable[..., Any],
        values: Sequence[Any],
        guards: Sequence[Guard],
        before: Callable[..., None] | None = None,
    ) -> None:
        """From now on recognise arguments like `values` first, and answer them with `entry`.

        `before`, if given, is called with the arguments ahead of `entry`.
        """
        tests = _Tests(self.prefix)
        for p, value in zip(self.parameters, values, strict=True):
            tests.add_argument(p.name, value)
        for guard in guards:
            tests.add_guard(guard)
        call = f"{tests.constant(entry)}({self._arguments()})"
        if before is not None:
            call = f"{tests.constant(before)}({self._arguments()}) or {call}"
        self.namespace.update(tests.constants)
        code = self._compile(tests.found, call).__code__
        self.function.__code__ = code
        # What the code refers to goes when no function and no running frame has it any more.
        weakref.finalize(code, _forget, self.namespace, tuple(tests.constants)).atexit = False

    def _arguments(self) -> str:
        return ", ".join(p.name for p in self.parameters)

    def _compile(self, tests: list[str], call: str) -> FunctionType:
        text = self._text(tests, call)
        filename = f"<tapeless call of {self.name}>"
        register(filename, text)
        made: dict[str, Any] = {}
        exec(compile(text, filename, "exec", dont_inherit=True), self.namespace, made)
        function: FunctionType = made[self.name]
        return function

    def _text(self, tests: list[str], call: str) -> str:
        o = self.prefix
        words = {word: o + word for word in ("value", "bars", "aux")}
        targets, result = (text.format(**words) for text in FORMS[self.form])
        lines = [f"def {self.name}({parameter_list(self.parameters)}):"]
        miss = f"{targets} = {o}miss({self._arguments()})"
        if call:
            lines += [
                "    try:",
                f"        {o}known = (",
                f"            {(chr(10) + ' ' * 12 + 'and ').join(tests) or True}",
                "        )",
                "    except KeyError:  # a name that the function used is gone",
                f"        {o}known = False",
                f"    if {o}known:",
                f"        {targets} = {call}",
                "    else:",
                f"        {miss}",
            ]
        else:
            lines.append(f"    {miss}")
        lines += [
            f"    if {o}type({o}value) is not {o}float and {o}type({o}value) is not {o}float64:",
            f"        {o}check({o}value)",
            f"    return {result}",
        ]
        return "\n".join(lines) + "\n"


def _forget(namespace: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        namespace.pop(name, None)


def parameter_list(parameters: Sequence[Parameter]) -> str:
    """The text of a parameter list; every default is written `None`.

    >>> from tapeless.arguments import parameters_of
    >>> parameter_list(parameters_of(lambda a, /, b, *c, d=1, **e: 0))
    'a, /, b, *c, d=None, **e'
    """
    kinds = inspect._ParameterKind
    parts: list[str] = []
    seen: set[inspect._ParameterKind] = set()
    for p in parameters:
        if seen == {kinds.POSITIONAL_ONLY} and p.kind not in seen:
            parts.append("/")
        if p.kind is kinds.KEYWORD_ONLY and not seen & {kinds.VAR_POSITIONAL, kinds.KEYWORD_ONLY}:
            parts.append("*")
        seen.add(p.kind)
        stars = {kinds.VAR_POSITIONAL: "*", kinds.VAR_KEYWORD: "**"}.get(p.kind, "")
        default = "" if p.default is inspect.Parameter.empty else "=None"
        parts.append(f"{stars}{p.name}{default}")
    if seen == {kinds.POSITIONAL_ONLY}:
        parts.append("/")
    return ", ".join(parts)


class _Tests:
    """Expressions that are all true of arguments that are like given ones."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.found: list[str] = []
        self.constants: dict[str, Any] = {}
        self._names: dict[int, str] = {}

    def constant(self, thing: Any) -> str:
        """A name for an object; no name is ever used twice."""
        if id(thing) not in self._names:
            name = f"{self.prefix}c{next(_COUNT)}"
            self.constants[name] = thing
            self._names[id(thing)] = name
        return self._names[id(thing)]

    def add_argument(self, name: str, value: Any) -> None:
        kind = type(value)
        if kind is np.ndarray:
            self._add_array(name, value)
        elif value is None or kind is bool:
            self.found.append(f"{name} is {value}")
        elif kind in _NUMBERS:
            self._add_type(name, kind)
        elif kind is str:
            self._add_type(name, kind)
            self.found.append(f"{name} == {self.constant(value)}")
        elif self._add_parts(name, value):
            return
        elif isinstance(key := key_of(value), (tuple, type)):
            self.found.append(f"{self.constant(key_of)}({name}) == {self.constant(key)}")
        else:
            self.found.append(f"{name} is {self.constant(value)}")

    def _add_parts(self, name: str, value: Any) -> bool:
        """Test a small tuple, list or dict part by part, if that says all there is to say."""
        kind = type(value)
        if kind not in (tuple, list, dict) or len(value) > 8:
            return False
        if kind is dict:
            paths = [f"{name}[{k!r}]" for k in value]
            parts = list(value.values())
            if not all(type(k) is str for k in value):
                return False
        else:
            paths = [f"{name}[{k}]" for k in range(len(value))]
            parts = list(value)
            if kind is list and set(map(type, parts)) <= _NUMBERS:
                return False
        self._add_type(name, kind)
        if kind is dict:
            self.found.append(f"{self.constant(list)}({name}) == {list(value)}")
        else:
            self.found.append(f"{self.constant(len)}({name}) == {len(value)}")
        for path, part in zip(paths, parts, strict=True):
            self.add_argument(path, part)
        return True

    def _add_type(self, name: str, kind: type) -> None:
        self.found.append(f"{self.prefix}type({name}) is {self.constant(kind)}")

    def _add_array(self, name: str, array: np.ndarray) -> None:
        self.found.append(f"{self.prefix}type({name}) is {self.prefix}ndarray")
        self.found.append(f"{name}.dtype is {self.constant(array.dtype)}")
        self.found.append(f"{name}.ndim == {array.ndim}")
        if 1 in array.shape:
            for k, n in enumerate(array.shape):
                self.found.append(f"{name}.shape[{k}] {'==' if n == 1 else '!='} 1")
        elif array.ndim == 1:
            self.found.append(f"{self.constant(len)}({name}) != 1")
        elif array.ndim:
            self.found.append(f"1 not in {name}.shape")

    def add_guard(self, guard: Guard) -> None:
        mapping, name, thing = guard
        held = self.constant(mapping)
        if type(mapping) is dict and thing is not None:
            self.found.append(f"{held}[{name!r}] is {self.constant(thing)}")
        else:
            self.found.append(f"{held}.get({name!r}) is {self.constant(thing)}")


def is_fresh(guards: Sequence[Guard]) -> bool:
    """Whether everything that was baked in is still what it was.

    >>> globals_of_user = {"rate": 2.0}
    >>> guards = [(globals_of_user, "rate", globals_of_user["rate"])]
    >>> is_fresh(guards)
    True
    >>> globals_of_user["rate"] = 3.0
    >>> is_fresh(guards)
    False
    """
    return all(mapping.get(name) is thing for mapping, name, thing in guards)
