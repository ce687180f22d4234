"""Arguments that are lists, tuples, dicts, named tuples and dataclasses."""

from collections import namedtuple
from dataclasses import dataclass

import numpy as np

from .corpus import program

Point = namedtuple("Point", "x y")


@dataclass
class Layer:
    weights: np.ndarray
    bias: np.ndarray


@program(make=lambda g: ([0.3, 1.2, -0.4],))
def list_of_floats(p):
    return p[0] * p[1] + p[2] ** 2


@program(make=lambda g: ((0.3, 1.2),))
def tuple_of_floats(p):
    a, b = p
    return a * b**2


@program(make=lambda g: ({"a": 0.3, "b": 1.2},))
def dict_of_floats(p):
    return p["a"] * p["b"] ** 2


@program(
    make=lambda g: (
        {"w": g.normal(size=(3, 2)), "b": g.normal(size=2), "scale": 0.7},
        g.normal(size=(5, 3)),
    ),
    wrt=(0, 1),
)
def dict_of_arrays(params, x):
    h = np.tanh(x @ params["w"] + params["b"])
    return params["scale"] * np.sum(h**2)


@program(
    make=lambda g: (
        [(g.normal(size=(3, 4)), g.normal(size=4)), (g.normal(size=(4, 2)), g.normal(size=2))],
        g.normal(size=(5, 3)),
    ),
    wrt=(0,),
    note="MLP with a list of layers",
)
def mlp_list_of_layers(layers, x):
    h = x
    for w, b in layers:
        h = np.tanh(h @ w + b)
    return np.mean(h**2)


@program(
    make=lambda g: (
        [(g.normal(size=(3, 4)), g.normal(size=4)), (g.normal(size=(4, 2)), g.normal(size=2))],
        g.normal(size=(5, 3)),
    ),
    wrt=(0, 1),
    note="the last layer is linear",
    may_refuse=True,
)
def mlp_last_layer_linear(layers, x):
    h = x
    for w, b in layers[:-1]:
        h = np.maximum(h @ w + b, 0.0)
    w, b = layers[-1]
    return np.sum((h @ w + b) ** 2)


@program(
    make=lambda g: (
        [(g.normal(size=(3, 3)), g.normal(size=3)) for _ in range(3)],
        g.normal(size=3),
    ),
    wrt=(0,),
    note="enumerate over layers",
)
def enumerated_layers(layers, x):
    for i, (w, b) in enumerate(layers):
        x = x @ w + b
        if i < len(layers) - 1:
            x = np.tanh(x)
    return x @ x


@program(
    make=lambda g: (
        {"enc": {"w": g.normal(size=(3, 2))}, "dec": {"w": g.normal(size=(2, 3)), "b": 0.3}},
        g.normal(size=(4, 3)),
    ),
    wrt=(0,),
)
def nested_dicts(p, x):
    z = np.sin(x @ p["enc"]["w"])
    y = z @ p["dec"]["w"] + p["dec"]["b"]
    return np.sum((y - x) ** 2)


@program(make=lambda g: ([[0.3, 1.2], [0.5]], 2.0), wrt=(0, 1))
def ragged_lists(p, c):
    return p[0][0] * p[1][0] + c * p[0][1] ** 2


@program(make=lambda g: ([0.3, g.normal(size=3)],), note="float and array in one list")
def mixed_list(p):
    a, v = p
    return a * np.sum(v**2) + v[0]


@program(
    make=lambda g: ([g.normal(size=3), g.normal(size=3), g.normal(size=3)],),
    note="for over a list of arrays",
)
def loop_over_list(xs):
    s = 0.0
    for x in xs:
        s = s * 0.5 + np.sum(x**2)
    return s


@program(
    make=lambda g: ([g.normal(size=3), g.normal(size=2), g.normal(size=4)],),
    note="arrays of different lengths, indexed",
)
def index_over_list(xs):
    s = 1.0
    for i in range(len(xs)):
        s = s * np.sum(np.cos(xs[i])) + xs[i][0]
    return s


@program(make=lambda g: ([g.normal(size=3), g.normal(size=3)],), note="#80: a list as an array")
def list_as_array(xs):
    a = np.array(xs)
    return np.sum(a[0] * a[1] ** 2)


@program(make=lambda g: ([0.3, 1.2, -0.4],), note="#80: list of floats in numpy functions")
def list_of_floats_as_array(p):
    return np.sum(np.array(p) ** 2) + np.sum(np.asarray(p) * 2)


@program(make=lambda g: ([0.3, 1.2, -0.4],), note="a list given to np.sum", may_refuse=True)
def list_into_numpy_function(p):
    return np.sum(p) * np.dot(p, p)


@program(make=lambda g: ([0.3, 1.2, -0.4],))
def loop_over_floats(p):
    s = 0.0
    for v in p:
        s += v**2 * s + v
    return s


@program(make=lambda g: ([0.3, 1.2], [1.0, -2.0]), wrt=(0, 1))
def zip_of_lists(p, q):
    s = 0.0
    for a, b in zip(p, q):
        s += a * b * s + a
    return s


@program(make=lambda g: (Point(0.3, 1.2),), note="named tuple")
def named_tuple(p):
    return p.x * p.y**2


@program(
    make=lambda g: (Point(g.normal(size=3), 0.4), 2.0), wrt=(0, 1), note="named tuple, unpacked"
)
def named_tuple_unpacked(p, c):
    x, y = p
    return np.sum(x**2) * y + c * p.x[0]


@program(
    make=lambda g: (Layer(g.normal(size=(3, 2)), g.normal(size=2)), g.normal(size=3)),
    wrt=(0, 1),
    note="dataclass",
    may_refuse=True,
)
def dataclass_argument(layer, x):
    return np.sum(np.tanh(x @ layer.weights + layer.bias))


@program(
    make=lambda g: ({"k": 1.3, "unused": g.normal(size=3)}, 0.4), wrt=(0,), note="unused entry"
)
def unused_entry(p, x):
    return p["k"] * x**2


@program(
    make=lambda g: ((g.normal(size=3), g.normal(size=3)),), note="a tuple handed to a function"
)
def handed_on(p):
    return pair_energy(p) * pair_energy((p[1], p[0]))


def pair_energy(pair):
    a, b = pair
    return np.sum(a * b) + a[0] ** 2


@program(make=lambda g: ({"a": 0.3, "b": 1.2},), note="dict iteration", may_refuse=True)
def dict_items(p):
    s = 0.0
    for name, v in p.items():
        s += v**2
    return s + sum(p.values())


@program(
    make=lambda g: ([g.normal(size=3), g.normal(size=3)],),
    note="array in a list is written",
    may_refuse=True,
)
def written_inside_list(xs):
    xs[0][1] = xs[1][2] * xs[0][0]
    xs[1] *= 2.0
    return np.sum(xs[0] * xs[1])


@program(
    make=lambda g: ([g.normal(size=3), g.normal(size=3)], 0.1),
    wrt=(0,),
    note="entry of the list replaced",
    may_refuse=True,
)
def replaced_inside_list(xs, c):
    xs = list(xs)
    xs[0] = xs[0] * xs[1] + c
    return np.sum(xs[0] ** 2)


@program(
    make=lambda g: (
        {"w": g.normal(size=(3, 2)).astype(np.float32), "b": g.normal(size=2)},
        g.normal(size=3),
    ),
    wrt=(0,),
    note="dtypes are kept",
)
def dtypes_in_dict(p, x):
    return np.sum(np.tanh(x @ p["w"] + p["b"]))


@program(make=lambda g: ([],), note="empty list")
def empty_list(p):
    return 2.0 + len(p)


@program(make=lambda g: (((0.3, [1.2, g.normal(size=2)]), {"k": (0.5,)}),), note="all nested")
def deeply_nested(p):
    (a, rest), d = p
    return a * rest[0] + np.sum(rest[1] ** 2) * d["k"][0]


@program(
    make=lambda g: ({"w": g.normal(size=(3, 3)), "b": g.normal(size=3)}, g.normal(size=(4, 3))),
    wrt=(0,),
    note="parameters used in each trip",
)
def recurrent_dict(p, xs):
    h = np.zeros(3)
    for x in xs:
        h = np.tanh(p["w"] @ h + x + p["b"])
    return np.sum(h**2)


@program(make=lambda g: ([0.3, 1.2, -0.4], 3), note="while over a list")
def while_over_list(p, n):
    i = 0
    s = 1.0
    while i < n:
        s = s * p[i] + p[n - 1 - i]
        i += 1
    return s


@program(
    make=lambda g: (g.normal(size=4), {"kind": "tanh", "steps": 3}),
    note="settings: strings and ints in a constant dict",
)
def settings_dict(x, settings):
    for _ in range(settings["steps"]):
        if settings["kind"] == "tanh":
            x = np.tanh(x) * 2.0
        else:
            x = x * x
    return np.sum(x)
