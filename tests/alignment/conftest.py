"""The embedder and the gold."""

import pytest
from benchmarks.gold import pairs

from expander.alignment.embedders import open_embedder


@pytest.fixture(scope="session")
def embedder(pytestconfig):
    """The model of a default installation; pytest's cache keeps it and its vectors, so that a second run is quick."""
    return open_embedder(pytestconfig.cache.mkdir("embeddings"))


@pytest.fixture(scope="session")
def gold():
    """The labelled pairs by side."""
    return {side: tuple(pairs(side)) for side in ("dev", "test")}
