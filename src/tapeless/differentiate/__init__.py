"""Forward sweep and reverse sweep of a function, as statements."""
