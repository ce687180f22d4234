"""The derivative of a function, as an object that is called like the function."""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

from .arguments import names_of, parameters_of
from .callables import Target, Targeted, target_of
from .depth import deep_trees
from .emit.standalone import module_text
from .errors import NotSupported, TapelessError, WrongUse
from .specialise import Inner, Request, Specialisation, Specialiser

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class Derivative(Targeted):
    """The gradient of a function, or its value and gradient: made by `grad`, `value_and_grad`.

    >>> from tapeless import grad
    >>> def loss(w, x):
    ...     return w * x**2
    >>> d = grad(loss)
    >>> d(3.0, 2.0), d.value_and_grad(3.0, 2.0), d.primal(3.0, 2.0)
    (4.0, (12.0, 4.0), 12.0)
    >>> print(d)
    <gradient of loss(w, x) with respect to w>
    """

    # `__call__` is a slot: a call goes to the generated function without a frame in between.
    __slots__ = {
        "__call__": "What the derivative is: the gradient, or the value and the gradient.",
        "__dict__": "",
        "__weakref__": "",
        "grad": "The gradient, in the structure of the differentiated arguments.",
        "value_and_grad": "The value and the gradient, from one run of the generated function.",
    }
    __call__: Callable[..., Any]
    grad: Callable[..., Any]
    value_and_grad: Callable[..., Any]

    def __init__(
        self,
        primal: Any,
        argnums: Any = 0,
        has_aux: bool = False,
        returns: str = "grad",
        source: str | None = None,
    ) -> None:
        self._is_static = isinstance(primal, staticmethod)
        self._is_class = isinstance(primal, classmethod)
        if isinstance(primal, (staticmethod, classmethod)):
            primal = primal.__func__
        self.primal = primal
        self._argnums = argnums
        self._has_aux = bool(has_aux)
        self._returns = returns
        self._bound: tuple[Any, Derivative] | None = None  # what was asked for last
        target = target_of(primal, source)
        self._specialisers: dict[int, Specialiser] = {}
        self._attach(target, 1 if self._is_class or _first(target.function) == "cls" else 0)
        for name in ("__module__", "__name__", "__qualname__", "__doc__"):
            named = primal if hasattr(primal, name) else target.function
            self.__dict__[name] = getattr(named, name, None)
        self.__dict__["__wrapped__"] = primal

    def _attach(self, target: Target, skip: int) -> None:
        self._target = target
        if skip not in self._specialisers:
            free = [p for p in _free(target) if not skip or p.name != _first(target.function)]
            names = names_of(self._argnums, free, target.function.__name__)
            single = not isinstance(self._argnums, (tuple, list))
            request = Request(names, single, self._has_aux)
            self._specialisers[skip] = Specialiser(target.function, request, inner=target.inner)
        self._specialiser = specialiser = self._specialisers[skip]
        self.grad = _fixed(specialiser.dispatcher("grad"), target)
        self.value_and_grad = _fixed(specialiser.dispatcher("value_and_grad"), target)
        self.__call__ = self.grad if self._returns == "grad" else self.value_and_grad

    def __set_name__(self, owner: type, name: str) -> None:
        """In the class that the function is defined in, `self` does not count as an argument."""
        inside = self._target.function.__qualname__.startswith(f"{owner.__qualname__}.")
        if inside and self._is_plain() and not self._is_static:
            self._attach(self._target, 1)

    def __get__(self, instance: Any, owner: type | None = None) -> Derivative:
        """Bound to an instance, like a method."""
        if self._is_class:
            instance = owner if owner is not None else type(instance)
        if instance is None or self._is_static or not self._is_plain():
            return self
        if self._bound is not None and self._bound[0] is instance:
            return self._bound[1]
        bound: Derivative = object.__new__(type(self))
        bound.__dict__.update(self.__dict__)
        primal = self.primal
        inner = primal.__get__(instance) if isinstance(primal, Derivative) else None
        bound.primal = MethodType(primal, instance) if inner is None else inner
        bound.__dict__["__wrapped__"] = bound.primal
        target = self._target
        bound._attach(Target(target.function, (instance,), {}, target.inner), 1)
        self._bound = instance, bound
        return bound

    def _is_plain(self) -> bool:
        """Whether the primal is a function that would be bound to an instance."""
        if isinstance(self.primal, Derivative):
            return self.primal._is_plain()
        return isinstance(self.primal, FunctionType)

    def _as_target(self) -> Target:
        inner = Inner(self._specialiser, self._returns)
        return Target(self._target.function, self._target.positional, self._target.keywords, inner)

    def __getattr__(self, name: str) -> Any:
        if name == "__signature__":
            return inspect.signature(_signed(self.primal, self._target))
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    # --- what was generated ------------------------------------------------------------------

    @property
    def source(self) -> str:
        """The generated text: that of the last call, or of `source_for`.

        Where there was none, it is for arguments such as annotations and defaults tell, and for
        any arrays of floats where there are neither.  If that is too little to go by, the text
        begins with a comment that says which arguments it is for.
        """
        last = self._specialiser.last
        if last is not None:
            return last.derived.text
        known = self._known()
        try:
            return self._specialiser.generic(known).derived.text
        except (NotSupported, WrongUse, TapelessError):
            found = self._specialiser.generic(known, guess=True)
            return found.about() + found.derived.text

    def _known(self) -> dict[str, Any]:
        """The arguments that a partial or a method fixes."""
        places = [p.name for p in self._specialiser.parameters if p.kind in _POSITIONAL]
        return {
            **dict(zip(places, self._target.positional, strict=False)),
            **self._target.keywords,
        }

    def source_for(self, *args: Any, **kwargs: Any) -> str:
        """The generated text for arguments like these; nothing is run."""
        return self._find(args, kwargs).derived.text

    def specialize(self, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        """The plain generated function for arguments like these: `(value, gradient)`.

        It does no tests: for inner loops, and for compilers.
        """
        found = self._find(args, kwargs)
        assert isinstance(found.entry, FunctionType)
        made = FunctionType(
            found.entry.__code__, found.entry.__globals__, found.entry.__name__, None, None
        )
        made.__defaults__ = _trailing_defaults(self._specialiser.parameters)
        made.__doc__ = found.entry.__doc__
        return _fixed(made, self._target)

    def stages(self, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
        """What each stage made of the function, for arguments like these: (name, text)."""
        return self._specialiser.stages(self._values(args, kwargs))

    @deep_trees()
    def save(self, path: str | os.PathLike[str], *args: Any, **kwargs: Any) -> Path:
        """Write a module that needs NumPy alone; for arguments like these, or the last ones."""
        if args or kwargs or not self._specialiser.parameters:
            found = self._find(args, kwargs)
        else:
            found = self._specialiser.last or self._specialiser.generic(self._known())
        target = Path(path)
        text = found.about() + module_text(found.derived.text, found.derived.namespace)
        target.write_text(text, encoding="utf-8")
        return target

    def _find(self, args: Sequence[Any], kwargs: dict[str, Any]) -> Specialisation:
        return self._specialiser.find(self._values(args, kwargs))[0]

    def _values(self, args: Sequence[Any], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        return bind(self._target, args, kwargs)

    # --- being an object ---------------------------------------------------------------------

    def __repr__(self) -> str:
        what = "gradient" if self._returns == "grad" else "value and gradient"
        names = ", ".join(p.name for p in _free(self._target))
        wrt = ", ".join(self._specialiser.request.wrt)
        return f"<{what} of {self.__name__}({names}) with respect to {wrt}>"

    def __reduce__(self) -> Any:
        if isinstance(self.primal, MethodType):
            holder = inspect.getattr_static(type(self.primal.__self__), self.__name__, None)
            if isinstance(holder, Derivative):
                return getattr, (self.primal.__self__, self.__name__)
        if _reached(self.__module__, self.__qualname__) is self:
            return str(self.__qualname__)
        return Derivative, (self.primal, self._argnums, self._has_aux, self._returns)


def bind(target: Target, args: Sequence[Any], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """The values of all parameters, as a call would bind them."""
    parameters = parameters_of(target.function)
    signature = inspect.Signature(
        [inspect.Parameter(p.name, p.kind, default=p.default) for p in parameters]
    )
    try:
        bound = signature.bind(*target.positional, *args, **{**target.keywords, **kwargs})
    except TypeError as error:
        raise TypeError(f"{target.function.__name__}(): {error}") from None
    bound.apply_defaults()
    return tuple(bound.arguments[p.name] for p in parameters)


def _first(function: FunctionType) -> str | None:
    return function.__code__.co_varnames[0] if function.__code__.co_argcount else None


def _free(target: Target) -> list[Any]:
    """The parameters that are not fixed."""
    parameters = parameters_of(target.function)
    positional = [p.name for p in parameters if p.kind in _POSITIONAL]
    fixed = {*positional[: len(target.positional)], *target.keywords}
    return [p for p in parameters if p.name not in fixed]


def _fixed(function: Callable[..., Any], target: Target) -> Callable[..., Any]:
    """The function with the arguments filled in that a partial or a method fixes."""
    if target.keywords or len(target.positional) > 1:
        return functools.partial(function, *target.positional, **target.keywords)
    if target.positional:
        return MethodType(function, target.positional[0])
    return function


def _signed(primal: Any, target: Target) -> Callable[..., Any]:
    return _fixed(target.function, target) if not isinstance(primal, FunctionType) else primal


def _trailing_defaults(parameters: Sequence[Any]) -> tuple[Any, ...] | None:
    """The defaults that a function with plain parameters in this order can have."""
    values: list[Any] = []
    for p in reversed(parameters):
        if p.kind is inspect.Parameter.VAR_POSITIONAL:
            values.append(())
        elif p.kind is inspect.Parameter.VAR_KEYWORD:
            values.append({})
        elif p.default is not inspect.Parameter.empty:
            values.append(p.default)
        else:
            break
    return tuple(reversed(values)) or None


def _reached(module: str | None, qualname: str | None) -> Any:
    found: Any = sys.modules.get(module or "")
    for part in (qualname or "").split("."):
        found = getattr(found, part, None)
    return found
