"""Random NumPy programs: written by a seeded generator, judged by finite differences."""
