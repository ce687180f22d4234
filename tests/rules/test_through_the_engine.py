"""The cases of the rules through the engine: kinds, splicing, un-broadcasting, simplifying.

These are a sample; `python -m tests.rules.through_engine` runs all of them.
"""

import importlib.util

import pytest
from tests.rules.through_engine import chosen, families, run

HAS_SCIPY = importlib.util.find_spec("scipy") is not None
FAMILIES = [f for f in families() if HAS_SCIPY or not f.startswith(("scipy_", "decompositions"))]

# What fails, and why: names of programs.  A name goes when its program works.
KNOWN = {
    ("crash", "counts as complex: real or complex by its values"): """
        polynomials-np.roots-1-call-plain scipy_linalg-linalg.sqrtm-1-call-plain
        scipy_linalg-linalg.logm-1-call-plain scipy_linalg-linalg.sqrtm-1-call-strided
        series-np.polynomial.polynomial.polyroots-1-call-plain
        series-np.polynomial.legendre.legroots-1-call-plain
    """,
    ("crash", "empty matrices"): """
        scipy_linalg-linalg.solve_sylvester-1-call-empty
    """,
    ("gradient", "the null space is not unique"): """
        scipy_linalg-linalg.svd-1-call-size_1_last
    """,
    ("partly refused", "the rule has no cotangent for this argument"): """
        elementwise-np.nan_to_num-5-call-plain reductions-np.std-45-call-plain
        scipy_linalg-linalg.pinv-2-call-plain scipy_ndimage-ndimage.gaussian_filter-1-call-plain
        scipy_ndimage-ndimage.gaussian_filter-2-call-plain
        scipy_ndimage-ndimage.uniform_filter-2-call-plain
        scipy_ndimage-ndimage.gaussian_filter-1-loop-plain
        scipy_signal-signal.savgol_filter-1-call-plain
        scipy_signal-signal.savgol_filter-1-call-zero_d statistics-np.quantile-14-call-plain
        statistics-np.nanquantile-14-call-plain statistics-np.percentile-14-call-plain
        statistics-np.nanpercentile-14-call-plain statistics-np.cov-14-call-plain
        statistics-np.histogram-3-call-plain statistics-np.cov-14-call-reversed
    """,
    ("refused", "`max` takes 0-d arrays as numbers; the engine does not"): """
        math_functions-max-1-call-zero_d
    """,
    ("refused", "the kind of functions of `operator` on numbers is not known"): """
        operators-operator.imul-1-call-zero_d
    """,
    ("tangent", "the null space is not unique"): """
        scipy_linalg-linalg.svd-1-call-size_1_last
    """,
    ("type", "makes a 0-d array 1-d; so is its gradient"): """
        shaping-np.ascontiguousarray-6-call-zero_d shaping-np.asfortranarray-6-call-zero_d
    """,
    ("type", "the gradient is not of the type of its argument"): """
        products-np.kron-7-call-plain
    """,
    ("type", "the gradient of a complex argument is real, or the other way round"): """
        complex-np.array-1-call-plain
    """,
    ("type", "the gradient of a number is a 0-d array"): """
        convolution-np.convolve-38-call-plain statistics-np.quantile-1-call-plain
        statistics-np.quantile-3-call-plain statistics-np.nanquantile-1-call-plain
        statistics-np.nanquantile-3-call-plain statistics-np.quantile-1-call-reversed
    """,
    ("warning", "the gradient of a complex argument is real, or the other way round"): """
        complex-np.array-1-call-zero_d joining-np.stack-4-call-plain
    """,
}
EXPECTED = {(name, what) for (what, _), names in KNOWN.items() for name in names.split()}


@pytest.mark.parametrize("family", FAMILIES)
def test_cases_through_the_engine(family, tmp_path):
    programs = chosen(family, {name for name, _ in EXPECTED})
    failures = run(programs, tmp_path, f"through_{family}")
    new = [f for f in failures if (f.program.name, f.what) not in EXPECTED]
    shown = "\n\n".join(
        f"{f.what}: {f.why}\n{f.program.text}# {f.program.name}, {f.program.arguments}"
        for f in new[:5]
    )
    assert not new, f"{len(new)} of {len(programs)} fail\n{shown}"
    met = {(f.program.name, f.what) for f in failures}
    gone = sorted(key for key in EXPECTED - met if key[0].startswith(f"{family}-"))
    assert not gone, f"these work now, or are no longer there: {gone}"
