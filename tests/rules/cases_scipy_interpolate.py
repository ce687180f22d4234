"""Cases for the interpolants of `scipy.interpolate`, at points."""

import numpy as np
from scipy import interpolate

g = np.random.default_rng(26)
X = np.arange(6.0)
Y = g.normal(size=6)
CURVE = g.normal(size=(6, 2))
WIDE = g.normal(size=(2, 6, 3))
INSIDE = np.array([0.3, 2.7, 4.1])
AROUND = np.array([-0.7, 0.3, 2.7, 4.1, 5.6])


def call(interpolant, *args, **kwargs):
    return (type(interpolant).__call__, (interpolant, *args), kwargs)


CASES = []
for make in (
    interpolate.CubicSpline,
    interpolate.PchipInterpolator,
    interpolate.Akima1DInterpolator,
    interpolate.make_interp_spline,
):
    CASES += [
        call(make(X, Y), INSIDE),
        call(make(X, Y), 1.3),
        call(make(X, Y), INSIDE, 1),
        call(make(X, Y), INSIDE.reshape(3, 1), nu=0, extrapolate=True),
        call(make(X, CURVE), INSIDE),
        call(make(X, CURVE), 1.3),
        call(make(X, CURVE), INSIDE.reshape(3, 1)),
        call(make(X, WIDE, axis=1), INSIDE),
        call(make(X, WIDE, axis=1), 1.3),
        call(make(X, WIDE, axis=1), INSIDE.reshape(3, 1), 1),
    ]
CASES += [
    call(interpolate.BPoly.from_derivatives([0, 1], [[0, 1], [1, 2]]), np.array([0.2, 0.7])),
    call(interpolate.UnivariateSpline(X, Y), AROUND),
    call(interpolate.InterpolatedUnivariateSpline(X, Y, ext=3), AROUND),
    call(interpolate.InterpolatedUnivariateSpline(X, Y, ext=1), AROUND, 1),
    call(interpolate.InterpolatedUnivariateSpline(X, Y), 1.3),
]
for kind in ("linear", "slinear", "cubic", "quadratic", "zero", "nearest", "previous", "next"):
    CASES += [
        call(interpolate.interp1d(X, Y, kind), INSIDE),
        call(interpolate.interp1d(X, Y, kind), 1.3),
        call(
            interpolate.interp1d(X, Y, kind, fill_value="extrapolate"),
            INSIDE if kind in ("previous", "next") else AROUND,
        ),
        call(interpolate.interp1d(X, Y, kind, bounds_error=False, fill_value=(1.0, 2.0)), AROUND),
        call(interpolate.interp1d(X, CURVE, kind, axis=0), INSIDE),
        call(interpolate.interp1d(X, WIDE, kind, axis=1), INSIDE.reshape(3, 1)),
        call(interpolate.interp1d(X, WIDE, kind, axis=1), 1.3),
    ]
CASES += [
    call(interpolate.KroghInterpolator(X, Y), INSIDE),
    call(interpolate.KroghInterpolator(X, WIDE, axis=1), INSIDE),
    call(interpolate.RectBivariateSpline(X, X, np.outer(Y, Y)), INSIDE, INSIDE[::-1], grid=False),
    call(interpolate.RectBivariateSpline(X, X, np.outer(Y, Y)), 0.3, INSIDE, 1, 1, grid=False),
]
