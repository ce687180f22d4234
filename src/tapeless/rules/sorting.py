"""Sorting is a permutation: what flows to an element is what its new place receives.

Where elements are equal, the earlier goes to the lower place (`kind="stable"`), as in JAX.
"""

import numpy as np

from ..runtime import places_in
from .conditions import is_array, is_int, is_none, ranks
from .registry import pullback, pushforward


def of_vector(a, axis):
    return ranks(a, 1) and is_int(axis)


def along_axis(a, axis):
    return is_array(a) and is_int(axis)


@pullback(np.sort, when=of_vector)
def sort_of_vector_pullback(y, y_bar, a, axis=-1, kind=None, order=None, stable=None):
    return y_bar[np.argsort(np.argsort(a, kind="stable"))]


@pullback(np.sort, when=along_axis)
def sort_pullback(y, y_bar, a, axis=-1, kind=None, order=None, stable=None):
    new_places = np.argsort(np.argsort(a, axis, "stable"), axis)
    return np.take_along_axis(y_bar, new_places, axis)


@pullback(np.sort, when=lambda a, axis: is_array(a) and is_none(axis))
def sort_of_all_pullback(y, y_bar, a, axis=-1, kind=None, order=None, stable=None):
    new_places = np.argsort(np.argsort(a, None, "stable"))
    return np.reshape(y_bar[new_places], np.shape(a))


@pushforward(np.sort, when=of_vector)
def sort_of_vector_pushforward(y, a_dot, a, axis=-1, kind=None, order=None, stable=None):
    return a_dot[np.argsort(a, kind="stable")]


@pushforward(np.sort, when=along_axis)
def sort_pushforward(y, a_dot, a, axis=-1, kind=None, order=None, stable=None):
    return np.take_along_axis(a_dot, np.argsort(a, axis, "stable"), axis)


@pushforward(np.sort, when=lambda a, axis: is_array(a) and is_none(axis))
def sort_of_all_pushforward(y, a_dot, a, axis=-1, kind=None, order=None, stable=None):
    return np.ravel(a_dot)[np.argsort(a, None, "stable")]


@pullback(np.partition, when=along_axis)
def partition_pullback(y, y_bar, a, kth, axis=-1, kind="introselect", order=None):
    return np.take_along_axis(y_bar, places_in(y, a, axis), axis)


@pullback(np.partition, when=lambda a, axis: is_array(a) and is_none(axis))
def partition_of_all_pullback(y, y_bar, a, kth, axis=-1, kind="introselect", order=None):
    return np.reshape(y_bar[places_in(y, np.ravel(a))], np.shape(a))


@pushforward(np.partition, when=along_axis)
def partition_pushforward(y, a_dot, a, kth, axis=-1, kind="introselect", order=None):
    return np.take_along_axis(a_dot, places_in(a, y, axis), axis)


@pushforward(np.partition, when=lambda a, axis: is_array(a) and is_none(axis))
def partition_of_all_pushforward(y, a_dot, a, kth, axis=-1, kind="introselect", order=None):
    return np.ravel(a_dot)[places_in(np.ravel(a), y)]
