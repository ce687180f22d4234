"""Reverse-mode differentiation of NumPy functions, source to source.

`grad` reads a plain Python function and writes a Python function that computes its
gradient; the text can be printed, stepped through, saved and differentiated again.
"""

import contextlib

from .errors import NotSupported

with contextlib.suppress(ModuleNotFoundError):  # until api.py stands
    from .api import grad, value_and_grad, vjp

__version__ = "0.1.0"

__all__ = ["NotSupported", "__version__", "grad", "value_and_grad", "vjp"]
