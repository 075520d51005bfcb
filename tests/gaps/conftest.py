"""The same embedder and gold as alignment's."""

from tests.alignment.conftest import embedder, gold

__all__ = ["embedder", "gold"]
