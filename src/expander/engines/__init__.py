"""Machine translation engines: one protocol, one file an engine, a registry (``engines.get``)."""

from expander.engines.registry import get, names

__all__ = ["get", "names"]
