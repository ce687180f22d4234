"""Packages whose docstrings warn when they are compiled for the first time, before any test."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import colorspacious  # noqa: F401
    import navpy  # noqa: F401
    import trueskill  # noqa: F401
