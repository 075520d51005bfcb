"""An embedder that knows the gold's texts already, and small articles."""

import shutil

import pytest
from benchmarks.gold import EMBEDDINGS, pairs

from expander.alignment.embedders import CACHE_FILE, open_embedder


@pytest.fixture(scope="session")
def embedder(tmp_path_factory):
    """The model of a default installation; the shipped vectors are copied, so that no test changes them."""
    folder = tmp_path_factory.mktemp("vectors")
    if EMBEDDINGS.is_file():
        shutil.copy(EMBEDDINGS, folder / CACHE_FILE)
    return open_embedder(folder)


@pytest.fixture(scope="session")
def gold():
    """The labelled pairs by side."""
    return {side: tuple(pairs(side)) for side in ("dev", "test")}
