"""From trees to text, to functions that run, and to modules that stand alone."""
