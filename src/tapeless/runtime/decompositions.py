"""Factorisations of matrices.

The formulas are written for cotangents that are paired with conjugation, `Re(sum(conj(g) * x))`, as
in the literature: `conj` stands at both ends.  What is read of a symmetric matrix is one triangle
of it, and the cotangent lies there.
"""

import numpy as np

SHAPE_OF = {"eig_cotangent": 2}

SHARING = ("with_complement", "without_complement")


def adjoint(x):
    """The conjugate transposes of a stack of matrices."""
    return np.conjugate(np.swapaxes(x, -1, -2))


def diagonal_matrix(x):
    """The matrices with the last axis of `x` on the diagonal."""
    return x[..., None] * np.eye(np.shape(x)[-1], dtype=x.dtype)


def in_triangle(x_bar, upper=False):
    """What reaches one triangle of a Hermitian matrix that is read from there alone."""
    both = x_bar + adjoint(x_bar)
    half = 0.5 * np.real(both) * np.eye(x_bar.shape[-1], dtype=bool)
    return (np.triu(both, 1) if upper else np.tril(both, -1)) + half


def from_triangle(x, upper=False):
    """The Hermitian matrix of which one triangle is `x`."""
    part = np.triu(x, 1) if upper else np.tril(x, -1)
    return part + adjoint(part) + np.real(x) * np.eye(x.shape[-1], dtype=bool)


def quotient(x, divisor, size, weight, scale):
    """`x / divisor`, but where `divisor` is zero beside `size`, 0 if `weight` is, else NaN.

    Vectors that belong to equal eigenvalues have no derivative, and whether a function of them has
    one does not show in what arrives here: NaN tells it, a number would not.  A tangent is zero
    beside `scale`; a cotangent is only where none flows.
    """
    rounding = 4.0 * max(np.shape(x)[-2:]) * np.finfo(x.dtype).eps
    apart = np.abs(divisor) > rounding * size
    lost = ~apart & (weight > rounding * scale)
    found = np.where(apart, x, 0.0) / np.where(apart, divisor, 1.0)
    return np.where(lost, np.nan, found).astype(x.dtype)


def largest(x):
    """The largest size in each matrix of a stack."""
    return np.max(np.abs(x), axis=(-2, -1), keepdims=True, initial=0.0)


def over_gaps(x, w, weight, scale=0.0):
    """`x[i, j] / (w[j] - w[i])`, 0 on the diagonal; see `quotient`."""
    gaps = w[..., None, :] - w[..., :, None]
    off = ~np.eye(w.shape[-1], dtype=bool)
    return quotient(x * off, gaps, largest(w[..., None]), weight * off, scale)


def over_sums(x, s, weight, scale=0.0):
    """`x[i, j] / (s[j] + s[i])`; see `quotient`."""
    sums = s[..., None, :] + s[..., :, None]
    weight = np.where(np.eye(s.shape[-1], dtype=bool), np.abs(x), weight)
    return quotient(x, sums, largest(s[..., None]), weight, scale)


def over_values(x, s, scale=0.0):
    """`x[i, j] / s[j]`; see `quotient`."""
    return quotient(x, s[..., None, :], largest(s[..., None]), np.abs(x), scale)


def real_rows(v):
    """`1 / v` at the element that makes the phase of each column: the largest one that is real.

    NumPy returns complex vectors that are real in one element, and there their derivatives are.
    """
    real = np.abs(np.imag(v)) <= 4.0 * np.finfo(v.dtype).eps
    size = np.where(real, np.abs(v), 0.0)
    rows = np.argmax(size, axis=-2, keepdims=True)
    chosen = (np.arange(v.shape[-2])[:, None] == rows) & (size > 0.0)
    return np.where(chosen, 1.0 / np.where(chosen, np.real(v), 1.0), 0.0).astype(size.dtype)


# --- Cholesky ------------------------------------------------------------------------------------


def cholesky_cotangent(y_bar, y, upper=False):
    """The cotangent of `a` in `np.linalg.cholesky(a)`, which reads one triangle of `a`.

    Murray (2016), "Differentiation of the Cholesky decomposition", equation (10).
    """
    lower = adjoint(y) if upper else y
    g = adjoint(np.conjugate(y_bar)) if upper else np.conjugate(y_bar)
    inner = np.tril(adjoint(lower) @ g)
    inner = inner - 0.5 * inner * np.eye(y.shape[-1], dtype=bool)
    right = np.linalg.inv(lower)
    return np.conjugate(in_triangle(adjoint(right) @ inner @ right, upper))


def cholesky_tangent(a_dot, y, upper=False):
    """The tangent of `np.linalg.cholesky(a)`."""
    lower = adjoint(y) if upper else y
    left = np.linalg.inv(lower)
    inner = np.tril(left @ from_triangle(a_dot, upper) @ adjoint(left))
    y_dot = lower @ (inner - 0.5 * inner * np.eye(y.shape[-1], dtype=bool))
    return adjoint(y_dot) if upper else y_dot


# --- eigenvalues ---------------------------------------------------------------------------------


def eigh_cotangent(y_bar, y, UPLO="L"):
    """The cotangent of `a` in `w, v = np.linalg.eigh(a)`; Giles (2008), section 3.1."""
    w, v = y
    g = np.conjugate(y_bar[1])
    if np.iscomplexobj(v):
        turned = np.imag(np.sum(np.conjugate(g) * v, axis=-2, keepdims=True))
        g = g + 1j * real_rows(v) * turned
    turn = adjoint(v) @ g
    inner = diagonal_matrix(np.real(y_bar[0])) + over_gaps(turn, w, np.abs(turn))
    return np.conjugate(in_triangle(v @ inner @ adjoint(v), UPLO in "Uu"))


def eigh_tangent(a_dot, y, UPLO="L"):
    """The tangents of `np.linalg.eigh(a)`."""
    w, v = y
    inner = adjoint(v) @ from_triangle(a_dot, UPLO in "Uu") @ v
    v_dot = v @ over_gaps(inner, w, np.abs(inner), largest(inner))
    if np.iscomplexobj(v):
        v_dot = v_dot - 1j * v * np.sum(real_rows(v) * np.imag(v_dot), axis=-2, keepdims=True)
    return np.real(np.diagonal(inner, 0, -2, -1)).copy(), v_dot


def eigvalsh_cotangent(y_bar, a, UPLO="L"):
    """The cotangent of `a` in `np.linalg.eigvalsh(a, UPLO)`."""
    v = np.linalg.eigh(a, UPLO)[1]
    a_bar = v * np.real(y_bar)[..., None, :] @ adjoint(v)
    return np.conjugate(in_triangle(a_bar, UPLO in "Uu"))


def eigvalsh_tangent(a_dot, a, UPLO="L"):
    """The tangent of `np.linalg.eigvalsh(a, UPLO)`."""
    v = np.linalg.eigh(a, UPLO)[1]
    full = from_triangle(a_dot, UPLO in "Uu")
    return np.real(np.sum(np.conjugate(v) * (full @ v), axis=-2))


def eig_cotangent(y_bar, y, a):
    """The cotangent of `a` in `w, v = np.linalg.eig(a)`.

    Boeddeker et al. (2017), "On the computation of complex-valued gradients", equation (4.77).  The
    columns of `v` have length one and a largest element that is real, as LAPACK returns them.
    """
    w, v = y
    g_w, g = np.conjugate(y_bar[0]), np.conjugate(y_bar[1])
    along = np.sum(np.conjugate(g) * v, axis=-2, keepdims=True)
    g = g - v * np.real(along)
    if np.iscomplexobj(v):
        g = g + 1j * real_rows(v) * np.imag(along)
    turn = adjoint(v) @ g
    inner = diagonal_matrix(g_w) + over_gaps(turn, np.conjugate(w), np.abs(turn))
    a_bar = np.conjugate(np.linalg.solve(adjoint(v), inner @ adjoint(v)))
    return a_bar if np.iscomplexobj(a) else np.real(a_bar)


def eig_tangent(a_dot, y):
    """The tangents of `np.linalg.eig(a)`."""
    w, v = y
    inner = np.linalg.solve(v, a_dot @ v)
    v_dot = v @ over_gaps(inner, w, np.abs(inner), largest(inner))
    along = np.real(np.sum(np.conjugate(v) * v_dot, axis=-2, keepdims=True))
    if np.iscomplexobj(v):
        along = along + 1j * np.sum(real_rows(v) * np.imag(v_dot), axis=-2, keepdims=True)
    return np.diagonal(inner, 0, -2, -1).copy(), v_dot - v * along


def eigenvectors_of(a, w):
    """The eigenvectors of `a` in the order of its eigenvalues `w`."""
    found, v = np.linalg.eig(a)
    order = np.empty(w.shape, int)
    for stack in np.ndindex(w.shape[:-1]):
        distance = np.abs(w[stack][:, None] - found[stack])
        for i in range(w.shape[-1]):
            order[(*stack, i)] = j = np.argmin(distance[i])
            distance[:, j] = np.inf
    return np.take_along_axis(v, order[..., None, :], -1)


def eigvals_cotangent(y_bar, y, a):
    """The cotangent of `a` in `np.linalg.eigvals(a)`."""
    v = eigenvectors_of(a, y)
    turned = np.swapaxes(v, -1, -2)
    a_bar = np.linalg.solve(turned, y_bar[..., None] * turned)
    return a_bar if np.iscomplexobj(a) else np.real(a_bar)


def eigvals_tangent(a_dot, y, a):
    """The tangent of `np.linalg.eigvals(a)`."""
    v = eigenvectors_of(a, y)
    return np.diagonal(np.linalg.solve(v, a_dot @ v), 0, -2, -1).copy()


# --- singular values -----------------------------------------------------------------------------


def svd_cotangent(y_bar, y):
    """The cotangent of `a` in `u, s, vh = np.linalg.svd(a)`; Townsend (2016), section 2.

    The vectors that `full_matrices=True` adds turn among themselves in no way that is determined:
    what is differentiated is the space that they span.
    """
    u, s, vh = y
    count = s.shape[-1]
    v, g_u, g_v = adjoint(vh), np.conjugate(y_bar[0]), np.swapaxes(y_bar[2], -1, -2)
    u, g_u = without_complement(u, g_u, count)
    v, g_v = without_complement(v, g_v, count)
    if np.iscomplexobj(u):
        turned = np.sum(np.conjugate(g_u) * u, -2) + np.sum(np.conjugate(g_v) * v, -2)
        rows = real_rows(np.concatenate([u, v], axis=-2))
        shift = 1j * rows * np.imag(turned)[..., None, :]
        g_u, g_v = g_u + shift[..., : u.shape[-2], :], g_v + shift[..., u.shape[-2] :, :]
    across, along = adjoint(u) @ g_u, adjoint(v) @ g_v
    weight = np.abs(across) + np.abs(along)
    weight = weight + np.swapaxes(weight, -1, -2)
    left, right = across - adjoint(across), along - adjoint(along)
    inner = over_gaps(left + right, s, weight) + over_sums(left - right, s, weight)
    inner = diagonal_matrix(np.real(y_bar[1])) + 0.5 * inner
    a_bar = u @ inner @ adjoint(v)
    if u.shape[-2] > count:
        a_bar = a_bar + over_values(g_u - u @ across, s) @ adjoint(v)
    if v.shape[-2] > count:
        a_bar = a_bar + u @ adjoint(over_values(g_v - v @ along, s))
    return np.conjugate(a_bar)


def svd_tangent(a_dot, y):
    """The tangents of `np.linalg.svd(a)`."""
    s, count = y[1], y[1].shape[-1]
    u, v = y[0][..., :count], adjoint(y[2])[..., :count]
    inner = adjoint(u) @ a_dot @ v
    weight, scale = np.abs(inner) + np.abs(adjoint(inner)), largest(a_dot)
    together = 0.5 * over_gaps(inner + adjoint(inner), s, weight, scale)
    against = 0.5 * over_sums(inner - adjoint(inner), s, weight, scale)
    u_dot, v_dot = u @ (together + against), v @ (together - against)
    if u.shape[-2] > count:
        u_dot = u_dot + over_values(a_dot @ v - u @ inner, s, scale)
    if v.shape[-2] > count:
        v_dot = v_dot + over_values(adjoint(a_dot) @ u - v @ adjoint(inner), s, scale)
    if np.iscomplexobj(u):
        rows = real_rows(np.concatenate([u, v], axis=-2))
        both = np.imag(np.concatenate([u_dot, v_dot], axis=-2))
        turned = 1j * np.sum(rows * both, axis=-2, keepdims=True)
        u_dot, v_dot = u_dot - u * turned, v_dot - v * turned
    u_dot = with_complement(u_dot, y[0])
    v_dot = with_complement(v_dot, adjoint(y[2]))
    return u_dot, np.real(np.diagonal(inner, 0, -2, -1)).copy(), adjoint(v_dot)


def without_complement(q, g, count):
    """The first columns of a unitary matrix, and their cotangent with that of the others in it."""
    first, rest = q[..., :count], q[..., count:]
    if rest.shape[-1] == 0:
        return first, g
    return first, g[..., :count] - rest @ (adjoint(g[..., count:]) @ first)


def with_complement(first_dot, q):
    """The tangent of a unitary matrix from that of its first columns."""
    count = first_dot.shape[-1]
    if q.shape[-1] == count:
        return first_dot
    rest_dot = -q[..., :count] @ (adjoint(first_dot) @ q[..., count:])
    return np.concatenate([first_dot, rest_dot], axis=-1)


def where_positive(x, s):
    """`x` where a singular value is not zero up to rounding, else 0."""
    size = np.max(s, axis=-1, keepdims=True, initial=0.0)
    return np.where(s > s.shape[-1] * np.finfo(s.dtype).eps * size, x, 0.0).astype(s.dtype)


def svdvals_cotangent(y_bar, a):
    """The cotangent of `a` in its singular values; those at zero have derivative 0."""
    u, s, vh = np.linalg.svd(a, full_matrices=False)
    weight = where_positive(np.real(y_bar), s)
    return np.conjugate(u * weight[..., None, :] @ vh)


def svdvals_tangent(a_dot, a):
    """The tangent of the singular values of `a`."""
    u, s, vh = np.linalg.svd(a, full_matrices=False)
    inner = np.sum(np.conjugate(u) * (a_dot @ adjoint(vh)), axis=-2)
    return where_positive(np.real(inner), s)


# --- QR ------------------------------------------------------------------------------------------


def qr_cotangent(y_bar, y):
    """The cotangent of `a` in `q, r = np.linalg.qr(a)`, whose first columns are independent.

    Walter and Lehmann (2010), "On evaluating higher-order derivatives of the QR decomposition".
    The columns that `mode="complete"` adds are differentiated as the space that they span.
    """
    q, r = y
    rows, columns = q.shape[-2], r.shape[-1]
    count = min(rows, columns)
    r, g_r = r[..., :count, :], np.conjugate(y_bar[1])[..., :count, :]
    q, g_q = without_complement(q, np.conjugate(y_bar[0]), count)
    beyond, g_beyond = r[..., count:], g_r[..., count:]  # of a wide matrix
    r, g_r = r[..., :count], g_r[..., :count]
    g_q = g_q + q @ beyond @ adjoint(g_beyond)
    across = adjoint(q) @ g_q
    inner = g_r @ adjoint(r)
    turn = across - inner
    inner = inner + np.tril(turn - adjoint(turn), -1)
    if np.iscomplexobj(q):
        inner = inner + 1j * diagonal_matrix(np.imag(np.diagonal(turn, 0, -2, -1)))
    inner = q @ (inner - across) + g_q
    a_bar = adjoint(np.linalg.solve(r, adjoint(inner)))
    if columns > count:
        a_bar = np.concatenate([a_bar, q @ g_beyond], axis=-1)
    return np.conjugate(a_bar)


def qr_tangent(a_dot, y):
    """The tangents of `np.linalg.qr(a)`."""
    q, r = y
    rows, columns = q.shape[-2], r.shape[-1]
    count = min(rows, columns)
    first, square = q[..., :count], r[..., :count, :count]
    scaled = adjoint(np.linalg.solve(adjoint(square), adjoint(a_dot[..., :count])))
    inner = adjoint(first) @ scaled
    lower = np.tril(inner, -1)
    turn = lower - adjoint(lower)
    if np.iscomplexobj(q):
        turn = turn + 1j * diagonal_matrix(np.imag(np.diagonal(inner, 0, -2, -1)))
    first_dot = first @ (turn - inner) + scaled
    r_dot = (inner - turn) @ square
    if columns > count:
        beyond_dot = adjoint(first) @ a_dot[..., count:]
        beyond_dot = beyond_dot + adjoint(first_dot) @ first @ r[..., :count, count:]
        r_dot = np.concatenate([r_dot, beyond_dot], axis=-1)
    if r.shape[-2] > count:
        empty = np.zeros_like(r[..., count:, :])
        r_dot = np.concatenate([r_dot, empty], axis=-2)
    return with_complement(first_dot, q), r_dot


def qr_factor_cotangent(y_bar, a):
    """The cotangent of `a` in `r = np.linalg.qr(a, "r")`."""
    q, r = np.linalg.qr(a)
    return qr_cotangent((np.zeros_like(q), y_bar), (q, r))
