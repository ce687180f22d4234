"""What the engine differentiates itself, and functions that draw random numbers.

Writes into an array become stores and sums over indices, iterators become subscripts.  A sample is
a constant; where a parameter moves it and there is a rule for that, it is in random_numbers.py.
"""

import builtins
import random

import numpy as np

from .constants import named
from .registry import constant, handled, sampled

handled(np.copyto, np.ndarray.fill, np.ndarray.sort, np.add.at, np.subtract.at)
handled(*named(np, "put place putmask put_along_axis fill_diagonal"), np.ndarray.partition)
handled(*named(np, "apply_along_axis piecewise vectorize fromfunction"))  # written out
handled(*named(builtins, "map sorted"))

# --- random numbers, but for those of random_numbers.py ------------------------------------------

_DRAWN = """
    beta binomial chisquare dirichlet f geometric hypergeometric integers logseries multinomial
    multivariate_hypergeometric multivariate_normal negative_binomial noncentral_chisquare
    noncentral_f permutation permuted choice poisson random shuffle standard_cauchy
    standard_exponential standard_gamma standard_normal standard_t triangular vonmises wald zipf
"""
_DRAWN_BEFORE = "rand randint randn random_integers random_sample ranf sample tomaxint"
sampled(*named(np.random.Generator, _DRAWN), *named(np.random.RandomState, _DRAWN_BEFORE))
sampled(*named(np.random, _DRAWN_BEFORE))

_OF_PYTHON = """
    random randint randrange getrandbits randbytes choice choices sample shuffle triangular
    betavariate binomialvariate gammavariate lognormvariate paretovariate vonmisesvariate
    weibullvariate
"""
sampled(*named(random, _OF_PYTHON))
constant(*named(random, "Random SystemRandom seed getstate setstate main"))

# Generators and their states hold no value with a derivative.
_GENERATORS = """
    default_rng Generator RandomState BitGenerator SeedSequence
    MT19937 PCG64 PCG64DXSM Philox SFC64
    seed get_state set_state get_bit_generator set_bit_generator bytes
"""
constant(*named(np.random, _GENERATORS))
constant(*named(np.random.Generator, "bytes spawn"))
constant(*named(np.random.RandomState, "bytes seed get_state set_state"))
