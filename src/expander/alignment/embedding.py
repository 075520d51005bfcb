"""Sentence embeddings: one protocol, and what every implementation shares.

An embedder turns texts of any language into unit vectors whose cosine is high where the meaning is the same. All
vectors are float32 of shape ``(len(texts), dimensions)``, rows in the order of the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

Progress = Callable[[int, int], None]
"""Called with (texts done, texts in all)."""

BATCH_CHARACTERS = 12_000
_SHORT = 100  # characters; a shorter text counts as many


class Embedder(Protocol):
    """Turns texts into unit vectors. ``name`` identifies the weights: equal names give equal vectors."""

    @property
    def name(self) -> str:
        """The model's name, which is part of the key under which vectors are cached."""
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors of ``texts``, float32, one row a text."""
        ...


def in_batches(texts: Sequence[str], encode: Callable[[list[str]], Vectors], progress: Progress | None) -> Vectors:
    """Encode ``texts`` in batches of similar length, reporting progress after each.

    A batch is bounded by its padded size, which bounds the memory, and by its number, which keeps progress moving.
    """
    import numpy as np

    if not texts:
        return np.zeros((0, 0), np.float32)
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    parts: list[Vectors] = []
    start = 0
    while start < len(order):
        stop = start + 1
        while stop < len(order) and (stop + 1 - start) * max(len(texts[order[stop]]), _SHORT) <= BATCH_CHARACTERS:
            stop += 1
        parts.append(encode([texts[index] for index in order[start:stop]]))
        start = stop
        if progress:
            progress(stop, len(order))
    vectors = np.concatenate(parts)
    back = np.empty_like(vectors)
    back[order] = vectors
    return back
