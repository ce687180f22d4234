"""From a callable to its syntax tree: `parse`, and `resolve` for what names stand for."""

from .parse import Function, Parameter, parse, resolve

__all__ = ["Function", "Parameter", "parse", "resolve"]
