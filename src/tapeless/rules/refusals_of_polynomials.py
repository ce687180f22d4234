"""Functions of `np.polynomial` and `np.emath` without a rule, and why."""

import numpy as np

from .constants import named
from .registry import constant, constructor, refused

_FAMILIES = {
    "poly": np.polynomial.polynomial,
    "cheb": np.polynomial.chebyshev,
    "leg": np.polynomial.legendre,
    "herm": np.polynomial.hermite,
    "herme": np.polynomial.hermite_e,
    "lag": np.polynomial.laguerre,
}


def of_each_family(names):
    """The functions of these names in each family; `*` stands for its prefix."""
    return [
        function
        for prefix, family in _FAMILIES.items()
        for function in named(family, names.replace("*", prefix))
    ]


constructor(*of_each_family("*gauss *pts1 *pts2"))
constant(*named(np.polynomial, "set_default_printstyle"))
constant(*of_each_family("normalize_axis_index"))
refused(
    *of_each_family("*pow *mulx *line *div *valfromroots"),
    *of_each_family("chebfromroots legfromroots hermfromroots hermefromroots lagfromroots"),
    *of_each_family("*2poly poly2* *interpolate *companion *weight *trim"),
    *of_each_family("*val3d *valnd *grid2d *grid3d *vander2d *vander3d"),
    reason="this function of the coefficients has no rule yet",
    instead="the functions of the same family that evaluate, add, multiply, derive and integrate",
)
refused(
    *of_each_family("Polynomial Chebyshev Legendre Hermite HermiteE Laguerre ABCPolyBase"),
    reason="the coefficients are kept in an object",
    instead="the functions of the module: np.polynomial.polynomial.polyval(x, c)",
)
refused(
    *named(np.emath, "sqrt log log2 log10 logn power arccos arcsin arctanh"),
    reason="whether the result is complex depends on the sign of the numbers",
    instead="the function of the same name in np, of a complex argument where it has to be one",
)
refused(
    *named(np.polynomial, "test"),
    reason="it runs the tests of NumPy",
    instead="call it outside",
    never=True,
)
