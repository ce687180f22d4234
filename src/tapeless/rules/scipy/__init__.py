"""Rules of SciPy, loaded when the first of its functions is looked up."""
