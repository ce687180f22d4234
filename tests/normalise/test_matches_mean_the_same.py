"""`match` as branches: run before equals run after, for subjects that match and that do not."""

import enum
from collections import namedtuple
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from .same_meaning import Register, check_same, say

case = Register()
Pair = namedtuple("Pair", "x y")


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


@dataclass
class Disc:
    radius: float
    height: float = 1.0


class Slotted:
    __match_args__ = ("a",)

    def __init__(self, a):
        self.a = a


class Named:
    a = 3


SUBJECTS = (
    (None,),
    (True,),
    (False,),
    (0,),
    (1,),
    (2.5,),
    (float("nan"),),
    ("a",),
    ("ab",),
    (b"ab",),
    ((),),
    ([],),
    ((1,),),
    ([1, 2],),
    ((1, 2),),
    ((1, 2, 3),),
    (["a", (1, [2, 3])],),
    (range(2),),
    ({},),
    ({"a": 1},),
    ({"a": 1, "b": (1, 2)},),
    ({1, 2},),
    (np.arange(2.0),),
    (Pair(1, 2),),
    (Disc(2.0),),
    (Disc(2.0, 0.0),),
    (Colour.RED,),
    (Colour.BLUE,),
    (Slotted(1),),
    (Slotted(2),),
    (SimpleNamespace(a=1),),
    (Named(),),
)


@case(*[s for s in SUBJECTS if not isinstance(s[0], np.ndarray)])
def literals(v):
    match v:
        case None:
            return "none"
        case True | False:
            return "truth"
        case 0:
            return "zero"
        case 1 | 2.5:
            return "number"
        case "a" | b"ab":
            return "text"
        case Colour.RED:
            return "red"
    return "rest"


@case(*SUBJECTS)
def sequences(v):
    match v:
        case []:
            return "empty"
        case [x]:
            return "one", x
        case (x, y):
            return "two", x, y
        case [x, *rest]:
            return "more", x, rest
        case _:
            return "none"


@case(*SUBJECTS)
def stars(v):
    match v:
        case [_, *middle, last] if middle:
            return middle, last
        case [*most, _]:
            return most
        case [*_]:
            return "any sequence"


@case(*SUBJECTS)
def nested(v):
    match v:
        case [str() as s, (1, [a, b])]:
            return s, a, b
        case {"b": [p, q], **rest}:
            return p, q, rest
        case {"a": int(n)}:
            return n
        case {}:
            return "a dict"
        case (1, (2 | 3) as k, *_):
            return k


@case(*SUBJECTS)
def classes(v):
    match v:
        case bool():
            return "bool"
        case int(n) | float(n):
            return n
        case str(s):
            return s
        case Pair(x=1, y=y):
            return y
        case tuple():
            return "tuple"
        case Disc(radius=r, height=0.0):
            return "flat", r
        case Disc():
            return "disc"
        case np.ndarray(shape=(n,)):
            return n


@case(*SUBJECTS)
def attributes(v):
    match v:
        case object(a=1):
            return "one"
        case object(a=a):
            return a
        case _:
            return "none"


@case((1, 2), (2, 1), (1, 1), (0, 5))
def guards(a, b):
    match (a, b):
        case (x, y) if say(x > y):
            return "greater", x, y
        case (x, y) if x == y:
            return "equal", x
        case (0, y) if say(y) > 3:
            return y
    return "less"


@case((1,), (5,), (9,))
def guard_of_a_capture_that_stays(n):
    k = 0
    match n:
        case k if k > 8:
            return "large"
        case 5:
            return "five", k
    return k


@case(((1, 2),), ((2, 1),), (3,))
def guard_of_parts_that_stay(p):
    x = "before"
    match p:
        case (x, y) if x > y:
            return y
        case _:
            pass
    return x


@case((1, 2), (3, 0))
def captures_take_the_names_of_the_subject(x, y):
    match x, y:
        case (y, x) if x > y:
            return x, y, "swapped"
        case (x, 0):
            return x, y
    return None


@case((3,), ([1, 2],))
def subject_evaluated_once(v):
    match say(v):
        case 1 | 2:
            return "small"
        case [a, b]:
            return a + b
        case n:
            return n


@case((4,), (0,))
def a_body_may_change_the_subject(n):
    match n:
        case 0:
            return "zero"
        case _:
            n = n - 1
            match n:
                case 3:
                    n = "three"
                case m if m > 3:
                    n = m
    return n


@case((7,), (0,))
def in_loops(n):
    found = []
    for i in range(n):
        match i % 4, i > 4:
            case 0, _:
                continue
            case 1, True:
                break
            case k, False if k != 2:
                found.append(k)
            case _:
                found.append("-")
    else:
        found.append("end")
    return found


@case((1,), ((2, 3),), ("x",))
def alternatives_that_capture(v):
    match v:
        case (a, 3) | (3, a) | int(a):
            return a
        case [*_] | str():
            return "other"


@case((1,), (2,))
def in_a_nested_function(n):
    def name(k):
        match k:
            case 1:
                return "one"
            case other:
                return other

    return name(n)


@case(((1, [2, (3, 4)]),), ((1, [2, 5]),))
def lambda_in_a_guard(v):
    x = 10
    match v:
        case (a, [b, *c]) if (lambda a: a)(x) == 10 and all(isinstance(a, tuple) for a in c):
            return a, b, c, x
    return x


@pytest.mark.parametrize("name", case)
def test_same(name):
    check_same(*case[name])
