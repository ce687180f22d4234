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
from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any

import numpy as np

from .emit.live import register
from .frontend import Parameter
from .keys import NUMBERS, Guard, key_of
from .sized import lengths_of

_COUNT = itertools.count(1)


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
        sized: bool = False,
    ) -> None:
        """From now on recognise arguments like `values` first, and answer them with `entry`.

        `before`, if given, is called with the arguments ahead of `entry`; `sized` says that only
        arguments of the same lengths are alike.
        """
        tests = _Tests(self.prefix)
        for p, value in zip(self.parameters, values, strict=True):
            tests.add_argument(p.name, value)
            if sized:
                tests.add_lengths(p.name, value)
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
        elif kind in NUMBERS:
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
            if kind is list and set(map(type, parts)) <= NUMBERS:
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

    def add_lengths(self, name: str, value: Any) -> None:
        lengths = lengths_of(value)
        if type(value) is np.ndarray:
            self.found.append(f"{name}.shape == {lengths}")
        elif lengths is not None:
            self.found.append(f"{self.constant(lengths_of)}({name}) == {lengths}")

    def add_guard(self, guard: Guard) -> None:
        mapping, name, thing = guard
        held = self.constant(mapping)
        if type(mapping) is dict and thing is not None:
            self.found.append(f"{held}[{name!r}] is {self.constant(thing)}")
        else:
            self.found.append(f"{held}.get({name!r}) is {self.constant(thing)}")
