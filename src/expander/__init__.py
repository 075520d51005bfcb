"""Expand an English Wikipedia article with what its counterparts in other languages have and it lacks."""

__version__ = "0.1.0"
