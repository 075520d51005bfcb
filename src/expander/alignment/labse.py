"""LaBSE (extra ``labse``): a larger model, downloaded on first use; better than e5-small, above all for Tajik.

Feng et al. 2022, https://aclanthology.org/2022.acl-long.62/; weights Apache-2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from expander.alignment.embedding import Progress, in_batches

if TYPE_CHECKING:
    from expander.alignment.embedding import Vectors

_MODEL = "sentence-transformers/LaBSE"


def is_installed() -> bool:
    """Whether the extra ``labse`` is there."""
    return find_spec("sentence_transformers") is not None


class LaBSE:
    """LaBSE through sentence-transformers."""

    name = "LaBSE"

    def __init__(self) -> None:
        self._model: Any = None

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`~expander.alignment.embedding.Embedder`. The model is loaded, the first time downloaded, at the
        first call.
        """
        if self._model is None:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(_MODEL, device="cpu")
        return in_batches(texts, self._batch, progress)

    def _batch(self, texts: list[str]) -> Vectors:
        import numpy as np

        vectors = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)
