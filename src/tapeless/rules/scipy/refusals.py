"""Functions of SciPy without a rule, and why; the same reason for all of a kind."""

from scipy import fft, integrate, interpolate, linalg, signal, special, stats

from ..constants import named
from ..refusals import exceptions
from ..registry import refused

for _space in (special, linalg, fft, signal, integrate, interpolate, stats):
    refused(
        *named(_space, "test"),
        reason="it runs the tests of SciPy",
        instead="call it outside",
        never=True,
    )

refused(
    *exceptions(special, linalg, fft, signal, integrate, interpolate, stats),
    reason="what an exception carries with it is not followed to where it is caught",
    instead="a message, and the value returned",
    never=True,
)

refused(
    *named(special, "btdtr btdtri clpmn lpmn lpn sph_harm"),
    *named(linalg, "kron"),
    *named(signal, "cascade cmplx_sort cwt daub morlet morlet2 qmf ricker"),
    *named(integrate, "cumtrapz quadrature romberg simps trapz"),
    *named(stats, "find_repeats rvs_ratio_uniforms"),
    reason="SciPy has dropped it in later versions",
    instead="what its documentation names: betainc, simpson, trapezoid, np.kron",
)

# --- linalg --------------------------------------------------------------------------------------

refused(
    *named(linalg, "qr_delete qr_insert qr_update qr_multiply rq qz ordqz ldl cossin hessenberg"),
    *named(linalg, "schur rsf2csf cdf2rdf polar cholesky_banded cho_solve_banded eig eigvals"),
    *named(linalg, "eig_banded eigvals_banded eigh_tridiagonal eigvalsh_tridiagonal"),
    reason="the derivative of this factorisation is not written down yet",
    instead="np.linalg.qr, cholesky, svd, eig or eigh, or scipy.linalg.solve",
)
refused(
    *named(linalg, "signm funm expm_cond expm_frechet"),
    reason="the derivative of this function of a matrix is not written down yet",
    instead="scipy.linalg.expm or sqrtm, or np.linalg.eigh and a function of the eigenvalues",
)
refused(
    *named(linalg, "null_space orth subspace_angles orthogonal_procrustes diagsvd matrix_balance"),
    reason="a basis of a subspace is one of many, and nothing says how the choice moves",
    instead="np.linalg.svd or qr, and a function of the subspace itself",
)
refused(
    *named(linalg, "solve_circulant solve_continuous_are solve_discrete_are pinvh"),
    reason="the derivative of this solver is not written down yet",
    instead="scipy.linalg.solve or pinv with the whole matrix, or a Newton iteration written out",
)
refused(
    *named(linalg, "companion convolution_matrix fiedler fiedler_companion leslie"),
    reason="a matrix of this pattern has no rule yet",
    instead="scipy.linalg.toeplitz, or stores into np.zeros",
)
refused(
    *named(linalg, "clarkson_woodruff_transform"),
    reason="it draws a random matrix of its own",
    instead="a product with a random matrix made before",
)

# --- fft, integrate, interpolate -----------------------------------------------------------------

refused(
    *named(fft, "fftfreq rfftfreq"),
    reason="the frequencies have no rule for the spacing yet",
    instead="those of spacing one, divided by the spacing: fftfreq(n) / d",
)
refused(
    *named(fft, "hfft2 hfftn ihfft2 ihfftn"),
    reason="the Hermitian transforms of several axes have no rule yet",
    instead="scipy.fft.fftn, or hfft along one axis and fft along the others",
)
refused(
    *named(fft, "fht ifht fhtoffset"),
    reason="its grid is logarithmic and its kernel a quotient of gamma functions",
    instead="a sum over the kernel written out",
)
refused(
    *named(integrate, "quad quad_vec dblquad tplquad nquad cubature qmc_quad fixed_quad tanhsinh"),
    *named(integrate, "nsum"),
    reason="it calls a function at points of its own choice",
    instead="a rule on fixed nodes: np.sum(weights * f(nodes)), with np.polynomial.legendre."
    "leggauss, or np.trapezoid",
)
refused(
    *named(integrate, "odeint solve_ivp solve_bvp ode complex_ode OdeSolver OdeSolution"),
    *named(integrate, "DenseOutput RK23 RK45 DOP853 Radau BDF LSODA"),
    reason="it calls a function at steps of its own choice",
    instead="a loop with fixed steps, as Runge-Kutta's of order four",
)
refused(
    *named(integrate, "cumulative_simpson"),
    reason="the parabolas that it lays through every three points have no rule yet",
    instead="scipy.integrate.cumulative_trapezoid, or scipy.integrate.simpson for the whole",
)
refused(
    *named(integrate, "newton_cotes"),
    reason="the weights are the solution of a system of the nodes",
    instead="scipy.integrate.simpson, or weights that are known",
)
refused(
    *named(interpolate, "AAA Akima1DInterpolator BPoly BSpline BarycentricInterpolator"),
    *named(interpolate, "CubicHermiteSpline CubicSpline FloaterHormannInterpolator NdBSpline"),
    *named(interpolate, "KroghInterpolator NdPPoly PPoly PchipInterpolator pchip RBFInterpolator"),
    *named(interpolate, "Rbf RegularGridInterpolator UnivariateSpline LSQUnivariateSpline"),
    *named(interpolate, "InterpolatedUnivariateSpline interp1d interp2d BivariateSpline"),
    *named(interpolate, "LSQBivariateSpline RectBivariateSpline SmoothBivariateSpline"),
    *named(interpolate, "LSQSphereBivariateSpline RectSphereBivariateSpline"),
    *named(interpolate, "SmoothSphereBivariateSpline CloughTocher2DInterpolator"),
    *named(interpolate, "LinearNDInterpolator NearestNDInterpolator"),
    reason="an interpolant made of values with derivatives keeps them in an object",
    instead="np.interp, or an interpolant made outside and called with the active points",
)
refused(
    *named(interpolate, "barycentric_interpolate krogh_interpolate pchip_interpolate lagrange"),
    *named(interpolate, "interpn griddata pade approximate_taylor_polynomial make_interp_spline"),
    *named(interpolate, "make_lsq_spline make_smoothing_spline make_splprep make_splrep"),
    *named(interpolate, "generate_knots splrep splprep splev splder splantider splint spalde"),
    *named(interpolate, "sproot insert bisplrep bisplev"),
    reason="the coefficients of an interpolant are the solution of a system of the values",
    instead="np.interp, or np.linalg.solve with the matrix of the basis written out",
)

# --- signal --------------------------------------------------------------------------------------

refused(
    *named(signal, "bessel besselap bilinear bilinear_zpk butter buttap buttord cheb1ap cheb1ord"),
    *named(signal, "cheb2ap cheb2ord cheby1 cheby2 ellip ellipap ellipord band_stop_obj lp2bp"),
    *named(signal, "lp2bp_zpk lp2bs lp2bs_zpk lp2hp lp2hp_zpk lp2lp lp2lp_zpk firls firwin"),
    *named(signal, "firwin2 firwin_2d gammatone iircomb iirdesign iirfilter iirnotch iirpeak"),
    *named(signal, "kaiser_atten kaiser_beta kaiserord minimum_phase remez savgol_coeffs"),
    *named(signal, "lfilter_zi sosfilt_zi get_window"),
    reason="a filter or window is designed by an algorithm of its own",
    instead="the coefficients, made outside the differentiated function",
)
refused(
    *named(signal, "abcd_normalize normalize sos2tf sos2zpk ss2tf ss2zpk tf2sos tf2ss tf2zpk"),
    *named(signal, "zpk2sos zpk2ss zpk2tf residue residuez invres invresz unique_roots"),
    *named(signal, "cont2discrete place_poles deconvolve"),
    reason="poles and zeros are sorted, paired and merged on the way",
    instead="np.poly and np.polymul for the coefficients, scipy.linalg.expm for the matrices",
)
refused(
    *named(signal, "StateSpace TransferFunction ZerosPolesGain lti dlti bode dbode freqresp"),
    *named(signal, "dfreqresp impulse dimpulse step dstep lsim dlsim"),
    reason="a linear system is kept in an object",
    instead="a loop over the time steps: x = A @ x + B @ u",
)
refused(
    *named(signal, "freqs freqs_zpk freqz freqz_sos freqz_zpk sosfreqz group_delay findfreqs"),
    reason="the response of a filter is not followed through its polynomials yet",
    instead="np.polyval at np.exp(1j * w)",
)
refused(
    *named(signal, "filtfilt sosfiltfilt lfiltic decimate resample resample_poly upfirdn sepfir2d"),
    *named(signal, "symiirorder1 symiirorder2 spline_filter cspline1d cspline2d qspline1d"),
    *named(signal, "qspline2d cspline1d_eval qspline1d_eval gauss_spline hilbert2 envelope wiener"),
    *named(signal, "whittaker_henderson"),
    reason="this filter has no rule yet",
    instead="scipy.signal.lfilter or fftconvolve, or np.convolve",
)
refused(
    *named(signal, "medfilt medfilt2d order_filter"),
    reason="which element is the median of a window is not kept",
    instead="np.median or np.sort of the windows that "
    "np.lib.stride_tricks.sliding_window_view gives",
)
refused(
    *named(signal, "coherence csd periodogram welch spectrogram stft istft lombscargle"),
    *named(signal, "vectorstrength ShortTimeFFT closest_STFT_dual_window CZT ZoomFFT czt"),
    *named(signal, "czt_points zoom_fft"),
    reason="the windows, segments and scalings of this spectrum are not followed yet",
    instead="np.fft.rfft of the segments times the window",
)
refused(
    *named(signal, "find_peaks find_peaks_cwt peak_prominences peak_widths"),
    reason="the properties of peaks come with their positions, in a table",
    instead="the indices found outside, and subscripts",
)
refused(
    *named(signal, "chirp gausspulse sawtooth square sweep_poly"),
    reason="this waveform has no rule yet",
    instead="its formula in np.sin, np.cos and np.exp",
)
