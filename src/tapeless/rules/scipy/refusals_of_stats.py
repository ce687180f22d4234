"""Functions of `scipy.stats` without a rule, and why.

The methods of distributions are refused for all of them at once; where a distribution has a rule
for one of its methods, the rule goes before.
"""

from scipy import stats
from scipy.stats import rv_continuous, rv_discrete

from ..constants import named
from ..registry import refused

_MULTIVARIATE = type(stats.multivariate_normal).__mro__[-2]
_FROZEN = type(stats.multivariate_normal([0.0])).__mro__[-2]
_DISTRIBUTIONS = [
    held
    for held in vars(stats).values()
    if isinstance(held, (rv_continuous, rv_discrete, _MULTIVARIATE))
]
_TYPES = dict.fromkeys(type(held) for held in _DISTRIBUTIONS)
_FROZEN_TYPES = [type(stats.norm()), type(stats.poisson(1.0)), *_FROZEN.__subclasses__()]


def methods(types, names):
    """The functions behind the methods of these names."""
    return [getattr(made, name) for name in names.split() for made in types if hasattr(made, name)]


# --- distributions -------------------------------------------------------------------------------

_VALUES = "pdf logpdf pmf logpmf cdf logcdf sf logsf ppf isf"
_MOMENTS = """
    mean var std median moment stats interval entropy expect support cov mode marginal
"""
_FITTED = "rvs fit fit_loc_scale nnlf"

refused(
    *methods(_TYPES, _VALUES),
    reason="this method of this distribution has no rule yet",
    instead="its formula, with the functions of scipy.special",
)
refused(
    *methods(_FROZEN_TYPES, _VALUES),
    *methods(_TYPES, "freeze"),
    *_DISTRIBUTIONS,
    reason="a frozen distribution keeps its parameters in an object",
    instead="the method of the distribution itself: norm.logpdf(x, loc, scale)",
)
refused(
    *methods([*_TYPES, *_FROZEN_TYPES], _MOMENTS),
    *methods(_DISTRIBUTIONS, "generic_moment vecentropy"),
    reason="the moments of a distribution are not followed through its parameters yet",
    instead="the formula of the moment",
)
refused(
    *methods([*_TYPES, *_FROZEN_TYPES], _FITTED),
    reason="it draws random numbers or minimises on its own",
    instead="loc + scale * rng.standard_normal(n), or the likelihood written out",
)
refused(
    *named(stats, "Normal Logistic Uniform Binomial Mixture make_distribution truncate"),
    *named(stats, "order_statistic abs exp log rv_continuous rv_discrete rv_histogram"),
    *named(stats, "gaussian_kde Covariance CensoredData"),
    reason="a distribution that is made of values with derivatives keeps them in an object",
    instead="its density written out",
)

# --- tests ---------------------------------------------------------------------------------------

refused(
    *named(stats, "alexandergovern anderson anderson_ksamp ansari barnard_exact bartlett"),
    *named(stats, "binomtest boschloo_exact brunnermunzel bws_test chi2_contingency chisquare"),
    *named(stats, "combine_pvalues cramervonmises cramervonmises_2samp dunnett"),
    *named(stats, "epps_singleton_2samp f_oneway false_discovery_control fisher_exact fligner"),
    *named(stats, "friedmanchisquare goodness_of_fit jarque_bera kruskal ks_1samp ks_2samp kstest"),
    *named(stats, "kurtosistest levene logrank mannwhitneyu median_test mood multiscale_graphcorr"),
    *named(stats, "normaltest page_trend_test poisson_means_test power power_divergence"),
    *named(stats, "quantile_test ranksums shapiro skewtest ttest_1samp ttest_ind"),
    *named(stats, "ttest_ind_from_stats ttest_rel tukey_hsd wilcoxon"),
    reason="a statistical test gives a statistic and a p-value in an object",
    instead="the statistic written out, with scipy.special for the p-value",
)
refused(
    *named(stats, "kendalltau spearmanr spearmanrho somersd weightedtau chatterjeexi siegelslopes"),
    *named(stats, "theilslopes"),
    reason="it is made of the order of the data and jumps where two of them are equal",
    instead="np.corrcoef, or a smooth measure of your own",
)
refused(
    *named(stats, "bootstrap monte_carlo_test permutation_test sobol_indices MonteCarloMethod"),
    *named(stats, "BootstrapMethod PermutationMethod random_correlation random_table"),
    reason="it calls a function on samples of its own choice",
    instead="a loop over samples drawn before",
)

# --- descriptions --------------------------------------------------------------------------------

refused(
    *named(stats, "describe bayes_mvs mvsdist linregress ecdf estimated_cdf fit binned_statistic"),
    *named(stats, "binned_statistic_2d binned_statistic_dd cumfreq relfreq boxcox_llf"),
    *named(stats, "boxcox_normmax boxcox_normplot boxcox yeojohnson yeojohnson_llf"),
    *named(stats, "yeojohnson_normmax yeojohnson_normplot ppcc_max ppcc_plot probplot"),
    reason="the result is an object or the outcome of a search",
    instead="np.mean, np.var, np.polyfit or the formula written out",
)
refused(
    *named(stats, "circmean circstd circvar directional_stats differential_entropy expectile"),
    *named(stats, "energy_distance wasserstein_distance wasserstein_distance_nd gstd gzscore iqr"),
    *named(stats, "kstat kstatvar lmoment median_abs_deviation mode obrientransform pmean"),
    *named(stats, "pointbiserialr quantile scoreatpercentile sigmaclip tmax tmean tmin trim1"),
    *named(stats, "trimboth tsem tstd tvar variation zmap"),
    reason="this summary of data has no rule yet",
    instead="its formula with np.mean, np.std, np.sort and np.quantile",
)
