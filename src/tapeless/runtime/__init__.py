"""The functions that generated code may call, one family per file.

Each stands for itself: it uses NumPy, `math` and other functions of this package, so that its
source can be pasted into a module that needs NumPy alone.  A function returns memory of its own
and changes nothing, unless its file says otherwise: `SHARING` names those whose result may be a
part of what they are given.  `SHAPE_OF` names, for functions that read only shape and type of one
argument, the position of that argument: its content need not be kept. `CHANGING` names those that
change what they are given.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

LIBRARIES = ("scipy",)  # whose families are loaded when the library is
FUNCTIONS: dict[str, Callable[..., Any]] = {}
SHAPE_OF: dict[str, int] = {}
SHARING: set[str] = set()
CHANGING: set[str] = set()


def include(library: str = "") -> None:
    """Load the families that serve one library; without a name, NumPy and Python themselves.

    The names of files that serve another library begin with its name: `scipy_special.py`.
    """
    for module in pkgutil.iter_modules(__path__):
        owner = module.name.partition("_")[0]
        if (owner if owner in LIBRARIES else "") != library:
            continue
        family = importlib.import_module(f"{__name__}.{module.name}")
        for name, thing in vars(family).items():
            if inspect.isfunction(thing) and thing.__module__ == family.__name__:
                assert FUNCTIONS.get(name, thing) is thing, f"two functions are called {name}"
                FUNCTIONS[name] = globals()[name] = thing
        SHAPE_OF.update(getattr(family, "SHAPE_OF", {}))
        SHARING.update(getattr(family, "SHARING", ()))
        CHANGING.update(getattr(family, "CHANGING", ()))


def __getattr__(name: str) -> Callable[..., Any]:
    raise AttributeError(f"the runtime has no function {name!r}")


include()
