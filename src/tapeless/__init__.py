"""Differentiation of NumPy functions, source to source.

`grad` reads a plain Python function and writes a Python function that computes its
gradient; the text can be printed, stepped through, saved and differentiated again.
"""

from .api import grad, jvp, jvp_source, value_and_grad, vjp
from .errors import NotSupported, WrongUse

__version__ = "0.1.0"

__all__ = [
    "NotSupported",
    "WrongUse",
    "__version__",
    "grad",
    "jvp",
    "jvp_source",
    "value_and_grad",
    "vjp",
]
