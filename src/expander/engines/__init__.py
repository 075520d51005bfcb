"""Machine translation engines: one protocol, one file an engine."""
