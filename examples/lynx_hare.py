"""Fit the Lotka–Volterra equations to hundred-year-old pelt counts, by an exact gradient.

The Hudson's Bay Company kept count of the hare and lynx pelts it bought. The model says
how the two populations drive each other; a Runge–Kutta integrator, written as one would
write it anyway, fills a preallocated trajectory; the misfit compares logarithms. One
`@grad` on the misfit gives the gradient with respect to the four rates and the two
initial populations, and SciPy does the rest.

Run it with `python examples/lynx_hare.py` (needs scipy and matplotlib).
"""

import statistics
import time
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from tapeless import grad

HERE = Path(__file__).resolve().parent
DATA = HERE / "data" / "hudson_bay_lynx_hare.csv"
OUTPUT = HERE / "output"

NAMES = [
    "birth of hares",
    "predation",
    "death of lynx",
    "growth of lynx",
    "hares 1900",
    "lynx 1900",
]
PUBLISHED = [0.55, 0.028, 0.80, 0.024]
SIGMA = 0.25  # standard deviation of log counts
SUBSTEPS = 20  # Runge–Kutta steps a year
MAX_ITERATIONS = 500
TIMED_ROUNDS = 25

# A rough start: round numbers for the rates, the first counts for the populations.
START = np.array([0.5, 0.02, 0.5, 0.02, 30.0, 4.0])
BOUNDS = [(0.05, 5.0), (1e-3, 0.5), (0.05, 5.0), (1e-3, 0.5), (5.0, 100.0), (1.0, 50.0)]


# --- the model ---------------------------------------------------------------------------


def lotka_volterra(t, y, rates):
    hare, lynx = y
    birth, predation, death, growth = rates
    return np.array([(birth - predation * lynx) * hare, (growth * hare - death) * lynx])


def rk4(rhs, y0, times, params, substeps):
    """The solution of y' = rhs(t, y, params) at the given times."""
    path = np.empty((len(times), len(y0)))
    path[0] = y0
    y = y0
    for i in range(len(times) - 1):
        h = (times[i + 1] - times[i]) / substeps
        for k in range(substeps):
            t = times[i] + k * h
            k1 = rhs(t, y, params)
            k2 = rhs(t + 0.5 * h, y + 0.5 * h * k1, params)
            k3 = rhs(t + 0.5 * h, y + 0.5 * h * k2, params)
            k4 = rhs(t + h, y + h * k3, params)
            y = y + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
        path[i + 1] = y
    return path


@grad
def misfit(log_params, years, pelts):
    """Minus the log-likelihood of log-normal counts, up to a constant."""
    params = np.exp(log_params)
    path = rk4(lotka_volterra, params[4:], years, params[:4], SUBSTEPS)
    residuals = (np.log(pelts) - np.log(path)) / SIGMA
    return 0.5 * np.sum(residuals**2)


# --- the job -----------------------------------------------------------------------------


def read_counts():
    """The years, and the pelts of hare and lynx in thousands."""
    table = np.loadtxt(DATA, delimiter=",", skiprows=3)
    return table[:, 0], table[:, 1:]


def fit(years, pelts, start=START, max_iterations=MAX_ITERATIONS):
    """What L-BFGS-B makes of the rough start."""
    return minimize(
        misfit.value_and_grad,
        np.log(start),
        args=(years, pelts),
        jac=True,
        method="L-BFGS-B",
        bounds=np.log(BOUNDS),
        options={"maxiter": max_iterations, "maxfun": 10 * max_iterations},
    )


def finite_differences(log_params, years, pelts, step=1e-4):
    """The gradient by central differences, extrapolated from two step sizes."""

    def central(k, h):
        moved = [log_params.copy(), log_params.copy()]
        moved[0][k] += h
        moved[1][k] -= h
        ahead, behind = (misfit.primal(p, years, pelts) for p in moved)
        return (ahead - behind) / (2.0 * h)

    return np.array(
        [(4.0 * central(k, step / 2) - central(k, step)) / 3.0 for k in range(len(log_params))]
    )


def median_times(log_params, years, pelts, rounds=None):
    """Seconds of one run of the model and of one value with gradient, in turn."""
    model, gradient = [], []
    for _ in range(rounds or TIMED_ROUNDS):
        for function, times in ((misfit.primal, model), (misfit.value_and_grad, gradient)):
            start = time.perf_counter()
            function(log_params, years, pelts)
            times.append(time.perf_counter() - start)
    return statistics.median(model), statistics.median(gradient)


def plot(years, pelts, params, path):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    fine = np.linspace(years[0], years[-1], 20 * (len(years) - 1) + 1)
    curve = rk4(lotka_volterra, params[4:], fine, params[:4], 1)
    figure, axes = plt.subplots(figsize=(8, 4), layout="constrained")
    for k, (name, colour) in enumerate((("hare", "tab:blue"), ("lynx", "tab:orange"))):
        axes.plot(fine, curve[:, k], color=colour, label=f"{name}, fitted")
        axes.plot(years, pelts[:, k], "o", color=colour, label=f"{name}, counted")
    axes.set_xlabel("year")
    axes.set_ylabel("pelts (thousands)")
    axes.set_xticks(years[::4].astype(int))
    axes.set_ylim(0.0, 95.0)  # room for the legend
    axes.legend(ncols=2, frameon=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)
    plt.close(figure)


def main():
    years, pelts = read_counts()
    start = np.log(START)

    print("The generated gradient of `misfit`")
    print("-" * 88)
    print(misfit.source_for(start, years, pelts).rstrip())
    print("-" * 88)

    print("\nThe gradient at the start, with respect to the logarithms of the parameters")
    exact = misfit(start, years, pelts)
    approximate = finite_differences(start, years, pelts)
    print(f"{'':16}{'generated':>18}{'finite differences':>22}{'relative':>12}")
    for name, a, b in zip(NAMES, exact, approximate, strict=True):
        print(f"{name:16}{a:18.9f}{b:22.9f}{abs(a - b) / abs(a):12.1e}")

    result = fit(years, pelts)
    params = np.exp(result.x)
    print(f"\nL-BFGS-B: {result.message}")
    print(f"{result.nit} iterations, {result.nfev} values with gradients,")
    print(f"misfit from {misfit.primal(start, years, pelts):.3f} to {result.fun:.3f}")
    print(f"{'':16}{'start':>10}{'fitted':>12}{'published':>12}")
    for k, name in enumerate(NAMES):
        published = f"{PUBLISHED[k]:12.3f}" if k < len(PUBLISHED) else ""
        print(f"{name:16}{START[k]:10.3f}{params[k]:12.4f}{published}")

    model, gradient = median_times(result.x, years, pelts)
    print(f"\none run of the model {1e3 * model:8.2f} ms")
    print(f"value and gradient   {1e3 * gradient:8.2f} ms, {gradient / model:.2f} times as long")
    print(f"by differences       {1e3 * 2 * len(params) * model:8.2f} ms or more, and inexact")

    target = OUTPUT / "lynx_hare.png"
    plot(years, pelts, params, target)
    print(f"\nwrote {target}")
    return result


if __name__ == "__main__":
    main()
