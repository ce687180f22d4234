"""Cases for `scipy.stats`: (primitive, positional arguments, keyword arguments)."""

from types import SimpleNamespace

import numpy as np
from scipy import stats

g = np.random.default_rng(7)
x, m, column = g.uniform(0.2, 0.8, 3), g.uniform(0.2, 0.8, (2, 3)), g.uniform(0.2, 0.8, (2, 1))
NO_SHAPE = """
    norm cauchy laplace logistic hypsecant gumbel_r gumbel_l uniform expon halfnorm halfcauchy
    rayleigh maxwell
""".split()
# Shapes whose derivative there is for distribution functions and quantiles too.
IN_CLOSED_FORM = {
    "lognorm": 0.7, "weibull_min": 1.7, "invweibull": 1.7, "fisk": 2.3, "powerlaw": 1.4,
    "pareto": 2.3, "lomax": 2.3,
}  # fmt: skip
SHAPES = {
    "t": (2.7,), "skewnorm": (1.3,), "vonmises": (1.4,), "gamma": (2.7,), "invgamma": (2.7,),
    "chi2": (3.3,), "chi": (3.3,), "beta": (2.3, 1.7), "f": (3.3, 5.7), "invgauss": (0.9,),
    **{name: (shape,) for name, shape in IN_CLOSED_FORM.items()},
}  # fmt: skip
WHOLE = {"t": (3,), "skewnorm": (2,), "vonmises": (2,), "gamma": (3,), "invgamma": (3,),
         "chi2": (3,), "chi": (3,), "beta": (2, 3), "f": (3, 5), "invgauss": (1,)}  # fmt: skip

CASES = []


def arguments(name, of, shapes):
    """Standard and moved; the support begins at 1 for `pareto`."""
    up = 1.3 if name == "pareto" else 0.0
    numbers = (0.4 + up, *shapes)
    yield numbers, {}
    yield (of + up, *shapes), {}
    yield (*numbers, -0.3, 1.2), {}
    yield (of + up, *shapes), {"loc": 0.1, "scale": column + 0.8}
    yield (0.45 + up, *shapes, x * 0.2, column + 1.1), {}
    yield (m + up, *shapes, 0.15), {}


def spread_out(shapes):
    """Shapes that broadcast."""
    return [(shape + 0.3 * column, *shapes[1:]) for shape in shapes[:1]]


for name, shapes in ({n: () for n in NO_SHAPE} | SHAPES).items():
    law = getattr(stats, name)
    for method in (law.pdf, law.logpdf):
        for args, kwargs in arguments(name, x, shapes):
            CASES += [(method, args, kwargs)]
        for given in spread_out(shapes):
            CASES += [(method, args, kwargs) for args, kwargs in arguments(name, m, given)]
for name, shapes in ({n: () for n in NO_SHAPE} | WHOLE).items():
    law = getattr(stats, name)
    for method in (law.cdf, law.sf, law.logcdf, law.logsf):
        CASES += [(method, args, kwargs) for args, kwargs in arguments(name, x, shapes)]
    for method in (law.ppf, law.isf):
        CASES += [(method, args, kwargs) for args, kwargs in arguments("", x, shapes)]
for name, shape in IN_CLOSED_FORM.items():
    law = getattr(stats, name)
    for given in (shape, shape + 0.3 * column):
        for method in (law.cdf, law.sf, law.logcdf, law.logsf):
            CASES += [(method, args, kwargs) for args, kwargs in arguments(name, x, (given,))]
        for method in (law.ppf, law.isf):
            CASES += [(method, args, kwargs) for args, kwargs in arguments("", x, (given,))]

# outside of the support
away = np.array([-0.7, 0.4])
for name in ("expon", "halfnorm", "rayleigh", "uniform"):
    CASES += [(getattr(stats, name).pdf, (away, 0.1, 1.2), {})]
for name, shapes in (("gamma", (2.7,)), ("beta", (2.3, 1.7)), ("weibull_min", (1.7,))):
    CASES += [(getattr(stats, name).pdf, (away, *shapes, 0.1, 1.2), {})]

# --- discrete ------------------------------------------------------------------------------------

events = np.array([0, 1, 3, -1])
for law, parameters in (
    (stats.poisson, [(1.7,), (column * 3.0,)]),
    (stats.binom, [(4, 0.3), (np.array([[4], [5]]), column)]),
    (stats.bernoulli, [(0.3,), (column,)]),
    (stats.geom, [(0.3,), (column,)]),
):
    for given in parameters:
        for method in (law.pmf, law.cdf, law.sf):
            CASES += [
                (method, (2, *given), {}),
                (method, (events, *given), {}),
                (method, (events, *given, 1), {}),
                (method, (events, *given), {"loc": -1}),
            ]
        inside = 1 if law is stats.bernoulli else 2
        CASES += [(law.logpmf, (inside, *given), {}), (law.logpmf, (inside + 1, *given, 1), {})]
        if law is stats.poisson:
            for method in (law.logcdf, law.logsf):
                CASES += [(method, (2, *given), {}), (method, (np.array([1, 4]), *given, 1), {})]
for given in ((2.3, 0.4), (2.3, column), (column * 3.0, 0.4)):
    CASES += [
        (stats.nbinom.pmf, (2, *given), {}),
        (stats.nbinom.pmf, (events, *given, 1), {}),
        (stats.nbinom.logpmf, (2, *given), {}),
        (stats.nbinom.logpmf, (events[:3] + 1, *given), {"loc": 1}),
    ]
for given in ((2, 0.4), (np.array([[2], [3]]), column)):
    for method in (stats.nbinom.cdf, stats.nbinom.sf):
        CASES += [(method, (2, *given), {}), (method, (events, *given, 1), {})]

# --- multivariate --------------------------------------------------------------------------------

root = g.normal(size=(3, 3))
cov = root @ root.T + np.eye(3)
mean = g.normal(size=3)
normal = stats.multivariate_normal
for method in (normal.pdf, normal.logpdf):
    for points in (g.normal(size=3), g.normal(size=(4, 3)), g.normal(size=(1, 3)),
                   g.normal(size=(2, 2, 3))):  # fmt: skip
        CASES += [(method, (points, mean, cov), {}), (method, (points, None, cov), {})]
    CASES += [(method, (np.array([0.3]), np.array([0.1]), np.array([[1.4]])), {})]
weights = np.array([1.4, 2.3, 3.1])
CASES += [
    (normal.entropy, (None, cov), {}),
    (stats.dirichlet.logpdf, (np.array([0.2, 0.3]), weights), {}),
    (stats.dirichlet.pdf, (np.array([0.2, 0.3]), weights), {}),
]

# --- summaries -----------------------------------------------------------------------------------

data = g.uniform(0.5, 2.0, (4, 3))
SUMMARIES = [(stats.gmean, ()), (stats.hmean, ()), (stats.sem, ()), (stats.skew, ()),
             (stats.kurtosis, ()), (stats.zscore, ()), (stats.moment, (3,)),
             (stats.moment, (2,)), (stats.moment, (1,))]  # fmt: skip
for f, more in SUMMARIES:
    CASES += [
        (f, (data[:, 0].copy(), *more), {}),
        (f, (data, *more), {}),
        (f, (np.asfortranarray(data), *more), {"axis": 1}),
        (f, (data, *more), {"axis": -1}),
        (f, (data, *more), {"axis": None}),
    ]
CASES += [
    (stats.sem, (data,), {"ddof": 0}),
    (stats.zscore, (data,), {"ddof": 1}),
    (stats.kurtosis, (data,), {"fisher": False}),
    (stats.entropy, (data[:, 0].copy(),), {}),
    (stats.entropy, (data,), {"base": 2}),
    (stats.entropy, (data,), {"axis": 1}),
    (stats.entropy, (data, data[::-1].copy()), {}),
    (stats.entropy, (data, data[::-1].copy(), 2, -1), {}),
]
for cut in (0.0, 0.1, 0.3):
    CASES += [
        (stats.trim_mean, (g.normal(size=7), SimpleNamespace(value=cut)), {}),
        (stats.trim_mean, (g.normal(size=(5, 2)), SimpleNamespace(value=cut)), {}),
        (stats.trim_mean, (g.normal(size=(2, 4)), SimpleNamespace(value=cut)), {"axis": -1}),
        (stats.trim_mean, (g.normal(size=(2, 4)), SimpleNamespace(value=cut)), {"axis": None}),
    ]
