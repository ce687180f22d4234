"""`with` and `try` around differentiated code; exceptions are really raised."""

import contextlib
import io
import math
import tempfile
import threading
import time
import warnings

import numpy as np

from .corpus import program

LOCK = threading.Lock()

SPD = np.array([[2.0, 0.3], [0.3, 1.0]])


NPD = np.array([[1.0, 2.3], [2.3, 1.15]])


@program(make=lambda g: (SPD,))
def blocks_jitter_ok(a):
    for k in range(5):
        try:
            L = np.linalg.cholesky(a + 10.0**k * 1e-6 * np.eye(2))
            break
        except np.linalg.LinAlgError:
            continue
    return np.sum(np.log(np.diag(L)))


@program(make=lambda g: (NPD,))
def blocks_jitter_bad(a):
    jitter = 0.0
    for k in range(8):
        try:
            L = np.linalg.cholesky(a + jitter * np.eye(2))
        except np.linalg.LinAlgError:
            jitter = 10.0 ** (k - 4)
        else:
            break
    else:
        raise ValueError("no")
    return np.sum(np.log(np.diag(L)))


@program(make=lambda g: (NPD,))
def blocks_jitter_active(a):
    scale = np.trace(a) / 2
    jitter = 1e-2 * scale
    while True:
        try:
            L = np.linalg.cholesky(a + jitter * np.eye(2))
            break
        except np.linalg.LinAlgError:
            jitter *= 10.0
    return np.sum(L**2) * jitter


@program(make=lambda g: (NPD,))
def blocks_fallback(a):
    try:
        L = np.linalg.cholesky(a)
        return 2 * np.sum(np.log(np.diag(L)))
    except np.linalg.LinAlgError:
        w = np.linalg.eigvalsh(a)
        return np.sum(np.log(np.abs(w)))


@program(make=lambda g: (np.array([0.5, -1.0, 2.0, 0.3]),))
def blocks_loop_sqrt(x):
    s = 0.0
    for v in x:
        try:
            s += math.sqrt(v)
        except ValueError:
            s -= v
    return s


@program(make=lambda g: (np.array([0.5, -1.0, 2.0, 0.3]),))
def blocks_loop_two_steps(x):
    s = 0.0
    for v in x:
        try:
            s += v * v
            s += math.sqrt(v)
        except ValueError:
            s *= 2.0
    return s


@program(make=lambda g: (np.array([0.5, -1.0, 2.0, 0.3]),))
def blocks_loop_skip(x):
    s = 1.0
    for v in x:
        try:
            t = s * math.log(v)
        except ValueError:
            continue
        s += math.sin(t) * s
    return s


@program(make=lambda g: (np.array([0.5, -1.0, 2.0, 0.3]),))
def blocks_in_place(x):
    y = x * 2
    for i in range(6):
        try:
            y[i] = y[i] * y[i] + x[i]
            y[i + 1] = math.sqrt(x[i]) * y[i]
        except (IndexError, ValueError):
            y[0] += x[1]
    return np.sum(y * y)


@program(
    make=lambda g: (
        0.7,
        800.0,
    ),
    wrt=(0, 1),
)
def blocks_overflow(x, y):
    try:
        z = math.exp(x * y * 100)
    except OverflowError:
        z = x * y
    return z + x


@program(make=lambda g: (0.7,))
def blocks_rethrow(x):
    try:
        y = math.sqrt(x)
    except ValueError as e:
        raise RuntimeError("bad") from e
    return y * x


@program(make=lambda g: (0.7,))
def blocks_final(x):
    t0 = time.perf_counter()
    try:
        y = x * x
        return y * x
    finally:
        elapsed = time.perf_counter() - t0


@program(
    make=lambda g: (
        0.7,
        "1.5",
    )
)
def blocks_parse(x, s):
    try:
        k = float(s)
    except ValueError:
        k = 0.0
    return k * x * x


@program(
    make=lambda g: (
        0.7,
        "abc",
    )
)
def blocks_parse2(x, s):
    try:
        k = int(s)
        y = x**k
    except ValueError as e:
        print("bad", e)
        y = x**3
    return y * y


@program(make=lambda g: (-0.7,))
def blocks_several(x):
    try:
        if x < 0:
            raise KeyError(1)
        y = math.sqrt(x)
    except ValueError:
        y = x * 3
    except (KeyError, TypeError):
        y = x * x
    else:
        y = y * 2
    return y


@program(make=lambda g: (0.7,))
def blocks_nested(x):
    try:
        try:
            y = math.sqrt(-x)
        except ValueError:
            y = math.log(-x)
    except ValueError:
        y = x * x
    return y


@program(make=lambda g: (np.array([0.5, -1.0, 2.0]),))
def blocks_nested_loop(x):
    s = 0.0
    for i in range(5):
        try:
            v = x[i]
            try:
                s += math.sqrt(v)
            except ValueError:
                s += v * v
            s *= 1.5
        except IndexError:
            s = s * s
            break
    return s


@program(make=lambda g: (np.array([0.5, -1.0, 2.0]),))
def blocks_assert_inside(x):
    s = 0.0
    for v in x:
        try:
            assert v > 0
            s += v**3
        except AssertionError:
            pass
    return s


@program(make=lambda g: (np.array([0.5, -1.0, 2.0]),))
def blocks_sup_loop(x):
    s = 1.0
    for v in x:
        with contextlib.suppress(ValueError):
            s *= math.sqrt(v) + s
    return s


def helper(v, w):
    if v < 0:
        raise ValueError("neg")
    return math.sqrt(v) * w * w


@program(
    make=lambda g: (
        np.array([0.5, -1.0, 2.0]),
        0.3,
    ),
    wrt=(0, 1),
)
def blocks_calls(x, w):
    s = w
    for v in x:
        try:
            s = s * helper(v, s)
        except ValueError:
            s = s + v
    return s


@program(make=lambda g: (np.array([0.5, 1.0, 2.0]),))
def blocks_loop_inside(x):
    s = 0.0
    for k in range(3):
        try:
            t = 1.0
            for i in range(k + 2):
                t = t * x[i] * t
        except IndexError:
            t = x[0]
        s += t * t
    return s


@program(make=lambda g: (np.array([0.5, 1.0, 2.0]),))
def blocks_branch_inside(x):
    s = 0.0
    for k in range(5):
        try:
            if k % 2:
                t = x[k] ** 2 * s
            else:
                t = math.sin(x[k])
        except IndexError:
            t = 2 * x[0]
        s += t * t
    return s


class Timer:
    def __enter__(self):
        self.t0 = time.perf_counter()
        return self

    def __exit__(self, *a):
        self.dt = time.perf_counter() - self.t0


@program(make=lambda g: (0.7,))
def blocks_timer(x):
    with Timer() as t:
        y = x * x
    print(t.dt)
    return y * y


class Swallow:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        return True


@program(make=lambda g: (np.array([0.5, -1.0, 2.0]),), may_refuse=True, note="forward mode")
def blocks_swallow(x):
    s = 0.0
    for v in x:
        with Swallow():
            s += math.sqrt(v)
    return s


@contextlib.contextmanager
def section(name):
    print("in", name)
    yield
    print("out", name)


@program(make=lambda g: (0.7,))
def blocks_with_gen(x):
    with section("a"), np.errstate(all="ignore"):
        y = x * x
        if y > 0.1:
            return y * 2
    return y


@program(make=lambda g: (np.array([0.7, 0.2]),))
def blocks_with_file(x):
    with tempfile.TemporaryFile("w+") as f:
        s = 0.0
        for v in x:
            s += v * v
            f.write(f"{s}\n")
            if s > 100:
                break
    return s


@program(make=lambda g: (np.array([0.3, 0.0, 0.4]),))
def blocks_errstate(x):
    with np.errstate(divide="ignore", invalid="ignore"):
        y = np.where(x != 0, x * np.log(np.abs(x)), x)
        z = y * y
    return z.sum()


@program(make=lambda g: (np.array([0.3, 0.1, 0.4]),))
def blocks_err_loop(x):
    s = np.zeros(3)
    for k in range(3):
        with np.errstate(over="ignore"):
            s = np.exp(x * s) + x
            if s[0] > 50:
                break
    return s.sum()


@program(make=lambda g: (0.7,))
def blocks_exitstack(x):
    with contextlib.ExitStack() as stack:
        stack.enter_context(np.errstate(all="ignore"))
        y = x * x
    return y


@program(make=lambda g: (0.7,))
def blocks_opt_import(x):
    try:
        import not_there_at_all as m
    except ImportError:
        m = None
    if m is not None:
        return x
    return x * x


@program(make=lambda g: (np.array([0.5, 1.0, 2.0]),))
def blocks_try_append(x):
    out = []
    for k in range(5):
        try:
            out.append(x[k] * x[0])
        except IndexError:
            out.append(x[1])
    return sum(out)


@program(make=lambda g: (np.array([0.5, 1.0, 2.0]),))
def blocks_early(x):
    s = 1.0
    t = 1.0
    for k in range(5):
        try:
            s = s * s * x[k]
            t = t * s
        except IndexError:
            t = t + s
    return t * s


@program(make=lambda g: (np.array([0.5, -1.0, 2.0]),))
def blocks_log_early(x):
    s = 2.0
    for v in x:
        try:
            s = math.log(s) * v
        except ValueError:
            s = 1.5 + s * s
    return s


@program(make=lambda g: (np.array([0.6, -1.1, 2.0]),))
def blocks_log_array(x):
    s = x * 2
    for k in range(3):
        try:
            s[k] = math.log(s[k])
            s[k + 1] *= s[k]
        except (ValueError, IndexError):
            s[k] = 1.5 + s[k] * s[k]
    return np.sum(s)


@program(make=lambda g: (np.array([0.5, -1.0, 2.0]),))
def blocks_swallow_add(x):
    s = 0.0
    for i in range(5):
        with Swallow():
            s += x[i] * x[i]
            s *= 1.5
    return s


def model(x, p):
    if p < 0:
        raise RuntimeError
    return np.sum(x * x) * p


@program(
    make=lambda g: (
        np.array([0.5, -1.0, 2.0]),
        0.3,
    ),
    wrt=(0, 1),
)
def blocks_robust(x, p):
    try:
        return model(x, p)
    except Exception:
        return 1e10


@program(make=lambda g: (np.array([0.5, 1.0, 2.0]),))
def blocks_wh_cut(x):
    s = 1.0
    for k in range(4):
        try:
            t = s
            i = 0
            while i < k + 1:
                t = t * x[i] + t * t
                if t > 50:
                    t = math.sin(t)
                i += 1
            u = t * x[k]
        except IndexError:
            u = s
        s = s * 0.5 + u
    return s


@program(make=lambda g: (0.7,))
def blocks_warnings(x):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        y = x * x
    return y


@program(make=lambda g: (0.7,))
def blocks_lock(x):
    total = x
    for _ in range(3):
        with LOCK:
            total = total * total + x
    return total


@program(make=lambda g: (g.uniform(0.5, 1.5, size=3),))
def blocks_log_file(x):
    log = io.StringIO()
    with contextlib.redirect_stdout(log), contextlib.closing(log):
        y = np.sum(np.sin(x) ** 2)
        print("sum", y)
    return y * x[0]


@program(make=lambda g: (0.7, 0))
def blocks_zero_division(x, n):
    try:
        mean = x * x / n
    except ZeroDivisionError:
        mean = math.sin(x)
    return mean * x


@program(make=lambda g: (0.7, 2))
def blocks_no_zero_division(x, n):
    try:
        mean = x * x / n
        mean = mean / x
    except ZeroDivisionError:
        mean = math.sin(x)
    return mean * x


@program(make=lambda g: (g.uniform(0.5, 1.5, size=3),))
def blocks_solve_singular(x):
    a = np.diag(x) + 1.0
    singular = np.zeros((3, 3))
    for matrix in (singular, a):
        try:
            y = np.linalg.solve(matrix, x)
        except np.linalg.LinAlgError:
            y = x * 2.0
        else:
            return np.sum(y * y)
    return np.sum(y)


@program(make=lambda g: (g.uniform(0.5, 1.5, size=3),))
def blocks_finally_changes(x):
    total = 0.0
    for k in range(5):
        try:
            total += x[k] ** 2
        except IndexError:
            total -= x[0]
        finally:
            total *= 1.1
    return total


@program(make=lambda g: (0.7,))
def blocks_return_in_finally_block(x):
    log = []
    try:
        if x > 0.5:
            return x * x
        y = 2.0 * x
    finally:
        log.append("done")
    return y


@program(make=lambda g: (0.7,))
def blocks_raise_again(x):
    try:
        y = math.log(x)
    except ValueError as error:
        print("log of", x, error)
        raise
    return y * y


@program(make=lambda g: (-0.7,))
def blocks_cleanup_only(x):
    try:
        y = math.sqrt(x)
    except ValueError:
        y = x**2
    else:
        y *= 3.0
    finally:
        y = y + 1.0
    return y * x


@program(make=lambda g: (np.array([0.5, -1.0, 2.0, 0.0]),))
def blocks_counts_failures(x):
    failures = 0
    total = 0.0
    for v in x:
        try:
            if v == 0.0:
                raise ZeroDivisionError("no")
            total += math.log(v)
        except (ValueError, ArithmeticError) as error:
            failures += 1
            print(type(error).__name__, failures)
    return total + failures * x[0]


@program(make=lambda g: (np.array([0.3, 0.9, 2.0]),))
def blocks_newton_overflow(x):
    y = x[0]
    for _ in range(4):
        try:
            step = math.exp(y * 300.0) / x[1]
        except OverflowError:
            y = 0.5 * y * x[1]
            continue
        y = y + x[2] / (1.0 + step)
    return y


@program(make=lambda g: (g.normal(size=4),))
def blocks_optional_key(x):
    settings = {"gain": 2.0}
    try:
        offset = settings["offset"]
    except KeyError:
        offset = 0.5
    return np.sum(x * settings["gain"] + offset) ** 2


@program(make=lambda g: (g.normal(size=4),))
def blocks_attribute(x):
    try:
        n = x.no_such_attribute
    except AttributeError:
        n = 3
    return np.sum(x[:n] ** 2)


@program(make=lambda g: (np.array([0.5, 0.4, 0.9]),))
def blocks_changed_in_finally(x):
    s, t, y = x[0], x[1] * 0.5, x * 1.1
    try:
        if t > 0.5:
            raise KeyError
        if y[2] > 0.5:
            raise ValueError
    except ValueError:
        return s * t + x[2]
    finally:
        t *= 0.9
    return t


@program(make=lambda g: (np.array([0.5, -1.0, 2.0]),))
def blocks_steps_of_arrays(x):
    total = 0.0
    for k in range(5):
        try:
            y = x * (k + 1)
            total += np.sum(y**2)
            w = x[k] * y
        except IndexError:
            total *= 1.1
        else:
            total += np.sum(w * y)
    return total


def safe_log(v):
    try:
        return math.log(v)
    except ValueError:
        return v * v


@program(make=lambda g: (np.array([0.5, -1.0, 2.0]),))
def blocks_callee(x):
    s = 1.0
    for v in x:
        s += safe_log(v * s) * s
    return s


def robust_cholesky(a, tries):
    jitter = 0.0
    for k in range(tries):
        try:
            return np.linalg.cholesky(a + jitter * np.eye(len(a)))
        except np.linalg.LinAlgError:
            jitter = 10.0 ** (k - 3)
    raise np.linalg.LinAlgError("not positive definite")


@program(make=lambda g: (np.array([[1.0, 2.3], [2.3, 1.15]]), g.normal(size=2)), wrt=(0, 1))
def blocks_gaussian_process(a, y):
    factor = robust_cholesky(a, 8)
    z = np.linalg.solve(factor, y)
    return -0.5 * z @ z - np.sum(np.log(np.diag(factor)))


@program(make=lambda g: (np.array([4.0, 1.0, 2.0]),))
def blocks_quadratic(x):
    a, b, c = x
    try:
        root = math.sqrt(b * b - 4 * a * c)
        r = (-b + root) / (2 * a)
    except ValueError:
        r = -b / (2 * a)
    return r


@program(make=lambda g: (0.7,))
def blocks_none_if_failed(x):
    y = None
    try:
        y = math.sqrt(-x)
    except ValueError:
        pass
    if y is None:
        y = x * 3
    return y * x


@program(make=lambda g: (np.array([0.5, -1.0, 2.0]),))
def blocks_continue_in_with(x):
    s = 0.0
    for v in x:
        with np.errstate(all="ignore"):
            if v < 0:
                continue
            s += np.log(v) * s + v
    return s


@program(make=lambda g: (np.array([0.5, -1.0, 2.0]),), note="an exception whose message has it")
def blocks_value_in_a_message(x):
    seen = []
    try:
        raise ValueError(x[0])
    except ValueError as error:
        seen.append(str(error))
    return np.sum(x) * len(seen)


@program(make=lambda g: (np.array([0.3, 0.7, 1.2]),), note="a list that an attempt leaves longer")
def list_grown_in_an_attempt(x):
    n, m, t = [x[0]], [x[0]], 0.0
    try:
        n.append(x[1])
        t += n[5]
    except IndexError:
        t += x[2]
    else:
        t = n[0] * 2.0
    try:
        m.append(x[1] * 2.0)
        t += m[5]
    except IndexError:
        m.append(x[2])
    else:
        t = m[0] * 2.0
    for k in range(3):
        try:
            n.append(x[k] * 2.0)
            if len(n) > 3:
                raise ValueError
            t += n[0] * n[-1]
        except ValueError:
            t += n[1]
    return t * sum(n) + sum(m)
