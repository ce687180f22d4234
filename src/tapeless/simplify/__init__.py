"""Passes that make generated code plainer; none changes what it computes."""
