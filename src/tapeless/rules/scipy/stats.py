"""Continuous distributions of `scipy.stats`: density, distribution function, quantile.

A distribution says how the logarithm of its standard density f moves with `z = (x - loc) / scale`
and with its shapes.  The rules of its methods follow: they are written from templates, as text
that reads like the rules of other files and that `inspect` finds.  How the distribution function F
moves with a shape is known in closed form for some; it is given as (∂F/∂shape) / f.
"""

import itertools
import linecache
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import special, stats

from ...runtime import log_or_zero, mills_ratio
from ..conditions import is_number
from ..registry import pullback

_NAMES = {
    "np": np, "math": math, "special": special, "stats": stats, "log_or_zero": log_or_zero,
    "mills_ratio": mills_ratio, "__name__": __name__,
}  # fmt: skip


@dataclass(frozen=True)
class Family:
    """A distribution in its standard form; texts of expressions in `z` and the shapes."""

    slope: str  # of the log density
    shapes: Mapping[str, str] = field(default_factory=dict)  # the same, by each shape
    moved: Mapping[str, str] = field(default_factory=dict)  # (∂F/∂shape) / f
    bounded: bool = True  # there are x of density zero


FAMILIES = {
    # on the whole line
    "norm": Family("-z", bounded=False),
    "cauchy": Family("-2.0 * z / (1.0 + z**2)", bounded=False),
    "laplace": Family("-np.sign(z)", bounded=False),
    "logistic": Family("-np.tanh(0.5 * z)", bounded=False),
    "hypsecant": Family("-np.tanh(z)", bounded=False),
    "gumbel_r": Family("np.exp(-z) - 1.0", bounded=False),
    "gumbel_l": Family("1.0 - np.exp(z)", bounded=False),
    "t": Family(
        "-(df + 1.0) * z / (df + z**2)",
        {
            "df": "0.5 * (special.digamma(0.5 * (df + 1.0)) - special.digamma(0.5 * df)"
            " + (z**2 - 1.0) / (df + z**2) - np.log1p(z**2 / df))"
        },
        bounded=False,
    ),
    "skewnorm": Family("a * mills_ratio(a * z) - z", {"a": "z * mills_ratio(a * z)"}, {}, False),
    "vonmises": Family(
        "-kappa * np.sin(z)",
        {"kappa": "np.cos(z) - special.i1e(kappa) / special.i0e(kappa)"},
        bounded=False,
    ),
    # above 0, or between two ends
    "uniform": Family("0.0"),
    "expon": Family("-1.0"),
    "halfnorm": Family("-z"),
    "halfcauchy": Family("-2.0 * z / (1.0 + z**2)"),
    "rayleigh": Family("1.0 / z - z"),
    "maxwell": Family("2.0 / z - z"),
    "gamma": Family("(a - 1.0) / z - 1.0", {"a": "log_or_zero(z) - special.digamma(a)"}),
    "invgamma": Family(
        "1.0 / z**2 - (a + 1.0) / z", {"a": "-(log_or_zero(z) + special.digamma(a))"}
    ),
    "chi2": Family(
        "(0.5 * df - 1.0) / z - 0.5",
        {"df": "0.5 * (log_or_zero(0.5 * z) - special.digamma(0.5 * df))"},
    ),
    "chi": Family(
        "(df - 1.0) / z - z",
        {"df": "log_or_zero(z) - 0.5 * (math.log(2.0) + special.digamma(0.5 * df))"},
    ),
    "beta": Family(
        "(a - 1.0) / z - (b - 1.0) / (1.0 - z)",
        {
            "a": "log_or_zero(z) - special.digamma(a) + special.digamma(a + b)",
            "b": "log_or_zero(1.0 - z) - special.digamma(b) + special.digamma(a + b)",
        },
    ),
    "f": Family(
        "(0.5 * dfn - 1.0) / z - 0.5 * dfn * (dfn + dfd) / (dfd + dfn * z)",
        {
            "dfn": "0.5 * (log_or_zero(dfn * z / (dfd + dfn * z)) + special.digamma("
            "0.5 * (dfn + dfd)) - special.digamma(0.5 * dfn) + (1.0 - z) * dfd / (dfd + dfn * z))",
            "dfd": "0.5 * (log_or_zero(dfd / (dfd + dfn * z)) + special.digamma("
            "0.5 * (dfn + dfd)) - special.digamma(0.5 * dfd) + (z - 1.0) * dfn / (dfd + dfn * z))",
        },
    ),
    "lognorm": Family(
        "-(1.0 + log_or_zero(z) / s**2) / z",
        {"s": "(log_or_zero(z) ** 2 / s**2 - 1.0) / s"},
        {"s": "-z * log_or_zero(z) / s"},
    ),
    "invgauss": Family("0.5 * (1.0 / z**2 - 1.0 / mu**2) - 1.5 / z", {"mu": "(z - mu) / mu**3"}),
    "weibull_min": Family(
        "(c - 1.0 - c * np.exp(c * log_or_zero(z))) / z",
        {"c": "1.0 / c + log_or_zero(z) * (1.0 - np.exp(c * log_or_zero(z)))"},
        {"c": "z * log_or_zero(z) / c"},
    ),
    "invweibull": Family(
        "(c * np.exp(-c * log_or_zero(z)) - c - 1.0) / z",
        {"c": "1.0 / c + log_or_zero(z) * (np.exp(-c * log_or_zero(z)) - 1.0)"},
        {"c": "z * log_or_zero(z) / c"},
    ),
    "fisk": Family(
        "(c - 1.0 - 2.0 * c * special.expit(c * log_or_zero(z))) / z",
        {"c": "1.0 / c - log_or_zero(z) * np.tanh(0.5 * c * log_or_zero(z))"},
        {"c": "z * log_or_zero(z) / c"},
    ),
    "powerlaw": Family(
        "(a - 1.0) / z", {"a": "1.0 / a + log_or_zero(z)"}, {"a": "z * log_or_zero(z) / a"}
    ),
    "pareto": Family(
        "-(b + 1.0) / z", {"b": "1.0 / b - log_or_zero(z)"}, {"b": "z * log_or_zero(z) / b"}
    ),
    "lomax": Family(
        "-(c + 1.0) / (1.0 + z)",
        {"c": "1.0 / c - log_or_zero(1.0 + z)"},
        {"c": "(1.0 + z) * log_or_zero(1.0 + z) / c"},
    ),
}


# --- templates -----------------------------------------------------------------------------------

_DENSITY = """\
def {rule}_pullback(y, y_bar, x, {parameters}):
    z = (x - loc) / scale
    {define}slope = {part} * ({slope}) / scale
    return slope, {shapes}-slope, -(z * slope + {part} / scale)
"""
_STANDARD_DENSITY = """\
def standard_{rule}_pullback(y, y_bar, x, {parameters}):
    {define}return {part} * ({slope}), {shapes}
"""
_DISTRIBUTION = """\
def {rule}_pullback(y, y_bar, x, {parameters}):
    slope = {sign}y_bar * {density}
    return slope, {shapes}-slope, -slope * (x - loc) / scale
"""
_QUANTILE = """\
def {rule}_pullback(y, y_bar, q, {parameters}):
    z = (y - loc) / scale
    return {sign}y_bar / {density}, {shapes}y_bar, y_bar * z
"""


def _is_standard(loc, scale):
    return is_number(loc, 0) and is_number(scale, 1)


def _density_rules(name, family, method):
    """The rules of `pdf` and `logpdf`; outside of the support nothing flows."""
    part, define = "part", "part = y_bar * y\n    "
    if method == "logpdf":
        part = "part" if family.bounded else "y_bar"
        define = "part = y_bar * (y > -np.inf)\n    " if family.bounded else ""
    shapes = "".join(f"{part} * ({text}), " for text in family.shapes.values())
    common = {"slope": family.slope, "shapes": shapes, "part": part, "define": define}
    _write(_DENSITY, name, method, None, **common)
    standard = {key: re.sub(r"\bz\b", "x", text) for key, text in common.items()}
    _write(_STANDARD_DENSITY, name, method, _is_standard, **standard)


def _distribution_rules(name, family, method, x="x"):
    """The rules of `cdf`, `sf` and their logarithms: of the density."""
    sign = "-" if method in ("sf", "logsf") else ""
    given = ", ".join([x, *family.shapes, "loc", "scale"])
    density = f"stats.{name}.pdf({given})"
    if method.startswith("log"):
        density = f"np.exp(stats.{name}.logpdf({given}) - y)"
    shapes = ""
    for shape in family.shapes:
        text = family.moved.get(shape)
        text = text and re.sub(r"\bz\b", "((x - loc) / scale)", text)
        shapes += f"slope * scale * ({text}), " if text else "None, "
    _write(_DISTRIBUTION, name, method, None, sign=sign, density=density, shapes=shapes)


def _quantile_rules(name, family, method):
    """The rules of `ppf` and `isf`: one over the density there."""
    given = ", ".join(["y", *family.shapes, "loc", "scale"])
    shapes = ""
    for shape in family.shapes:
        text = family.moved.get(shape)
        shapes += f"-y_bar * scale * ({text}), " if text else "None, "
    sign = "-" if method == "isf" else ""
    density = f"stats.{name}.pdf({given})"
    _write(_QUANTILE, name, method, None, sign=sign, density=density, shapes=shapes)


def _write(template, name, method, when, **parts):
    """Fill in a template, let `inspect` know the text, and register what it defines."""
    parameters = ", ".join([*FAMILIES[name].shapes, "loc=0", "scale=1"])
    text = template.format(rule=f"{name}_{method}", parameters=parameters, **parts)
    label = f"<rule of scipy.stats.{name}.{method}{', standard' if when else ''}>"
    linecache.cache[label] = (len(text), None, text.splitlines(keepends=True), label)
    made: dict[str, Any] = {}
    exec(compile(text, label, "exec"), _NAMES, made)
    primitive = getattr(getattr(stats, name), method)
    pullback(primitive, when=when, broadcasts=True)(*made.values())


for (_name, _family), (_make, _methods) in itertools.product(
    FAMILIES.items(),
    (
        (_density_rules, "pdf logpdf"),
        (_distribution_rules, "cdf sf logcdf logsf"),
        (_quantile_rules, "ppf isf"),
    ),
):
    for _method in _methods.split():
        _make(_name, _family, _method)
