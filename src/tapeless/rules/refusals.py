"""Primitives without a rule, and why; the same reason for all of a kind.

A refusal matters only where a value with a derivative is among the arguments: on anything else
these functions may be called freely.
"""

import builtins
import operator

import numpy as np

from .constants import named
from .registry import refused


def exceptions(*namespaces):
    """All exceptions and warnings."""
    return [
        made
        for space in namespaces
        for made in vars(space).values()
        if isinstance(made, type) and issubclass(made, BaseException)
    ]


# --- never ---------------------------------------------------------------------------------------

refused(
    *named(np, "save savez savez_compressed savetxt"),
    *named(np.ndarray, "tofile tobytes tostring dump dumps"),
    reason="what is written to a file or to bytes has left the program",
    instead="return the value and write it outside the differentiated function",
    never=True,
)
refused(
    *named(np, "load loadtxt genfromtxt fromfile fromregex fromstring frombuffer memmap"),
    *named(builtins, "open input"),
    reason="it reads numbers out of a file, a text or a buffer, wherever they came from",
    instead="read the data outside and pass the array as an argument",
    never=True,
)
refused(
    *named(np, "array2string array_repr array_str format_float_positional format_float_scientific"),
    *named(np, "str_ bytes_ character flexible void"),
    *named(builtins, "ascii bytes bytearray memoryview"),
    reason="a text or a string of bytes holds no derivative",
    instead="print the number itself",
    never=True,
)
refused(
    *named(np.ndarray, "getfield setfield byteswap"),
    *named(np, "record recarray"),
    reason="it takes the bytes of numbers apart",
    instead="one array for each field",
    never=True,
)
refused(
    *named(np, "datetime64 timedelta64"),
    reason="times and dates are counted in whole units",
    instead="a float in a unit of your choice",
    never=True,
)
refused(
    *named(np, "object_"),
    reason="an array of Python objects has no derivative",
    instead="an array of floats, or a list",
    never=True,
)
refused(
    *named(np, "generic number integer signedinteger unsignedinteger inexact floating"),
    *named(np, "complexfloating ufunc"),
    reason="it is there to be tested against with isinstance, and makes no values",
    instead="np.float64 or np.asarray",
    never=True,
)
refused(
    *named(np, "matrix asmatrix bmat"),
    reason="it gives the operators another meaning, and NumPy advises against it",
    instead="a two-dimensional array and @",
    never=True,
)
refused(
    *(test for space in (np, np.linalg, np.fft, np.random) for test in named(space, "test")),
    reason="it runs the tests of NumPy",
    instead="call it outside",
    never=True,
)
refused(
    *named(builtins, "eval exec compile globals locals vars"),
    reason="it sees or makes names behind the back of the text that is differentiated",
    instead="write the expression out and name the variables",
    never=True,
)
refused(
    *named(builtins, "set frozenset"),
    reason="the order of a set is left to chance, and equal numbers in it become one",
    instead="a list or a tuple",
    never=True,
)
refused(
    *named(builtins, "aiter anext"),
    reason="asynchronous code has no fixed order to reverse",
    instead="a plain function",
    never=True,
)
refused(
    *named(builtins, "breakpoint"),
    reason="it stops for the debugger",
    instead="a breakpoint in the generated function, which can be stepped through",
    never=True,
)

refused(
    *exceptions(builtins, np.exceptions, np.linalg),
    reason="what an exception carries with it is not followed to where it is caught",
    instead="a message, and the value returned",
    never=True,
)
refused(
    *named(builtins, "slice staticmethod classmethod property"),
    reason="it keeps what it is given in an object",
    instead="the value itself",
    never=True,
)

# --- not yet -------------------------------------------------------------------------------------

refused(
    *named(np, "apply_over_axes frompyfunc"),
    reason="it calls a function on values that the analysis does not follow",
    instead="a loop over the elements or rows, or the function on whole arrays and np.where",
)
refused(
    *named(np.ndarray, "resize"),
    reason="it gives an array another length in place",
    instead="np.resize, or a new array",
)
refused(
    *named(np, "unique unique_all unique_counts unique_inverse unique_values intersect1d"),
    *named(np, "setdiff1d setxor1d union1d"),
    reason="which elements a set of numbers keeps changes as soon as two of them are equal",
    instead="np.sort, or subscripts with indices that are known",
)
refused(
    *named(np, "nditer nested_iters ndenumerate flatiter broadcast"),
    reason="the elements that an iterator object hands out are not followed",
    instead="a loop over range(len(x)) and subscripts",
)
refused(
    *named(np, "poly1d"),
    reason="the coefficients are kept in an object",
    instead="np.polyval with an array of coefficients",
)
refused(
    *named(np, "float16 half longdouble clongdouble float96 float128 complex192 complex256"),
    reason="derivatives are made of float32, float64 and their complex pairs",
    instead="np.float64",
)
refused(
    *named(np, "complex64 complex128 csingle cdouble"),
    reason="a type of complex numbers is called as a function",
    instead="x + 0j, or complex(a, b)",
)
refused(
    *named(np, "kaiser"),
    reason="the window has no rule for its beta yet",
    instead="its formula: np.i0(beta * np.sqrt(1.0 - t**2)) / np.i0(beta)",
)
refused(
    *named(np.fft, "fftfreq rfftfreq"),
    reason="the frequencies have no rule for the spacing yet",
    instead="those of spacing one, divided by the spacing: fftfreq(n) / d",
)
refused(
    *named(np, "sort_complex"),
    reason="the order of complex numbers jumps in both parts",
    instead="x[np.argsort(np.real(x))]",
)
refused(
    *named(np, "from_dlpack ndarray"),
    *named(np.ndarray, "view to_device"),
    reason="it makes another array of the same memory, perhaps of another type",
    instead="x[...] for a view, x.astype for another type",
)
refused(
    *named(np, "fromiter"),
    reason="the numbers come out of an iterator",
    instead="np.array of a list",
)
refused(
    *named(np, "ix_"),
    reason="of numbers that are no indices it makes open grids",
    instead="x[:, None] and y[None, :]",
)
refused(
    *named(np, "histogram2d histogramdd histogram_bin_edges"),
    reason="the edges of the bins follow the extremes of the data, and what counts is a jump",
    instead="np.bincount with weights and bins that are known",
)
refused(
    *named(builtins, "filter iter next"),
    *named(operator, "concat iconcat setitem delitem"),
    reason="a container or an iterator that a call makes of values with derivatives",
    instead="a display, [x[0], x[1]], a comprehension, or an array",
)
refused(
    *named(builtins, "getattr setattr delattr super"),
    *named(operator, "attrgetter itemgetter methodcaller call"),
    reason="it looks up what a name given as a text stands for",
    instead="the attribute, subscript or method written out",
)
