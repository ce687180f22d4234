"""Ordinary NumPy programs whose derivatives are checked against finite differences."""
